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
//! - Writes are answered with 200. Whoever is named by `id` and is not there or not seen is 404;
//!   whatever else is named and is not there or not reached is a violation at its field.
//! - Who may write what follows from the rule pack that ships with the app. What it does not
//!   decide is refused, unless [`Options::undocumented`] says otherwise.
//! - A field that is null is wrong, but for the start and end of a subscription, which it clears.
//! - Names lose the spaces around them. Passwords are looked at and forgotten.
//! - A key whose user cannot log in is refused like one that is disabled.

mod bits;
mod control;
mod faults;
mod journal;
mod line;
mod medipim;
mod mutation;
mod naming;
mod numbers;
mod options;
mod population;
mod random;
mod running;
mod seeding;
mod words;

pub use faults::{FaultOrder, RefuseWrites};
pub use journal::JournalError;
pub use medipim::{Details, Key, Ready, ReadyMedipim, Subscription, Traits};
pub use mutation::{Mutation, Touched};
pub use naming::Language;
pub use options::{MOST_ORGANIZATIONS, MOST_PEOPLE, Options, Undocumented};
pub use population::{SimulatedOrganization, SimulatedPerson};
pub use running::{Simulator, SimulatorError, Snapshot, start};
