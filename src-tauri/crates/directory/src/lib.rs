//! People, organizations, roles and filters as values: no IO, no clock.
//!
//! Everything that Muster says about access is said in these types. The vendors' facts come from
//! `docs/contract/`; each is marked with its source there: `[Q]`, `[R]`, `[U]`, `[V]`, `[C]`.

pub mod act;
pub mod answer;
pub mod criteria;
pub mod evaluate;
pub mod explain;
pub mod fact;
pub mod filter;
pub mod id;
pub mod json;
pub mod name;
pub mod organization;
pub mod permission;
pub mod person;
pub mod plan;
pub mod platform;
pub mod query;
pub mod role;
pub mod said;
#[cfg(test)]
mod sampling;
pub mod signature;
pub mod sort;
pub mod split;
pub mod text;
pub mod violation;

pub use act::{ActKind, Field, FieldKind, Target, Thing, Undo, Values};
pub use answer::{Answer, AnswerMeta, AnswerPage};
pub use criteria::{Calendar, Clause, Criteria};
pub use evaluate::{Roster, Truth};
pub use fact::Fact;
pub use filter::{
    Filter, Identifier, Ids, Node, OrganizationFilter, OrganizationLeaf, PersonFilter, PersonLeaf,
    Vocabulary,
};
pub use id::{ApiKeyId, OrganizationId, PersonId};
pub use organization::{Organization, OrganizationType};
pub use person::Person;
pub use platform::{IdentifierKind, Platform};
pub use query::{OrganizationsQuery, Page, PageSize, PeopleQuery, Query};
pub use role::Role;
pub use secrecy::{ExposeSecret, SecretString};
pub use sort::{Direction, OrganizationSort, PersonSort, Sort};
pub use violation::{Violation, Violations};
