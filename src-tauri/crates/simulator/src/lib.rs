//! The vendors' servers on loopback, with seeded people.
//!
//! The simulator behaves as `docs/contract` says the vendors do; where they are silent, it does
//! what was decided there. It reads and evaluates filters by code of its own, so that it can be
//! compared with the mirror and with plain evaluation.
//!
//! Decided here, because the vendor does not say:
//! - The first reseller key sees everybody, also people without an organization; a second one is
//!   linked to a third of the organizations.
//! - Customer service has no access to users and organizations.
//! - Where users are filtered by role, a role that the vendor's pages do not name is refused.
//! - Requests that are refused for the limit do not count towards it; `Retry-After` is not sent.
//! - Violations stand inside `error`; a body is at most 8 MiB.

mod bits;
mod medipim;
mod naming;
mod numbers;
mod options;
mod population;
mod random;
mod running;
mod seeding;
mod words;

pub use medipim::{Key, Ready, ReadyMedipim};
pub use options::{MOST_ORGANIZATIONS, MOST_PEOPLE, Options};
pub use population::{SimulatedOrganization, SimulatedPerson};
pub use running::{Simulator, SimulatorError, start};
