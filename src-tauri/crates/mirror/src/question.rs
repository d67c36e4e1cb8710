//! What a mirror is asked, and what it answers.

use muster_directory::{
    Organization, OrganizationFilter, OrganizationSort, Person, PersonFilter, PersonSort, Sort,
};
use serde::{Deserialize, Serialize};

use crate::{Presence, SyncRecord};

/// Which people or organizations are asked for, by whether the vendor still returns them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Seen {
    /// Those of the last sync: the answer that the vendor would have given then.
    #[default]
    Present,
    /// Those that are missing or gone.
    Missing,
    /// All that were ever seen.
    All,
}

/// A question about people. The default asks for nobody's rows and the total of all.
#[derive(Debug, Clone, Copy, Default)]
pub struct PeopleQuestion<'a> {
    /// Which ones; none asks for all.
    pub filter: Option<&'a PersonFilter>,
    /// What the person typed: a part of a name, an id, an identifier of the organization, or a
    /// list of ids.
    pub search: Option<&'a str>,
    /// Whether the vendor still returns them.
    pub seen: Seen,
    /// In which order; the id decides between equals.
    pub sort: Sort<PersonSort>,
    /// How many rows are left out at the beginning.
    pub offset: u64,
    /// The most rows.
    pub limit: u64,
}

/// The people that were found, all from one sync.
#[derive(Debug, Clone, PartialEq)]
pub struct PeopleFound {
    /// How many match in all.
    pub total: u64,
    /// How many more could match: something that decides it is not known.
    pub possible: u64,
    /// The asked part of those that match.
    pub rows: Vec<PersonFound>,
    /// The sync that this is the state of; none before the first one.
    pub sync: Option<SyncRecord>,
}

/// A person as the mirror knows it.
#[derive(Debug, Clone, PartialEq)]
pub struct PersonFound {
    /// What the vendor said last.
    pub person: Person,
    /// The name of the organization, if the key ever saw it.
    pub organization_name: Option<String>,
    /// Whether the vendor still returns the person.
    pub presence: Presence,
    /// When the first sync with the person finished, Unix seconds.
    pub first_seen: i64,
    /// When the last sync that noticed a change, of presence too, finished, Unix seconds.
    pub last_changed: i64,
}

/// A person with everything that belongs to it.
#[derive(Debug, Clone, PartialEq)]
pub struct PersonDetails {
    /// The person.
    pub found: PersonFound,
    /// The organization, if the key ever saw it.
    pub organization: Option<OrganizationFound>,
    /// The sync that this is the state of; none before the first one.
    pub sync: Option<SyncRecord>,
}

/// A question about organizations. The default asks for no rows and the total of all.
#[derive(Debug, Clone, Copy, Default)]
pub struct OrganizationsQuestion<'a> {
    /// Which ones; none asks for all.
    pub filter: Option<&'a OrganizationFilter>,
    /// What the person typed: a part of a name, an id, an identifier, or a list of ids.
    pub search: Option<&'a str>,
    /// Whether the vendor still returns them.
    pub seen: Seen,
    /// In which order; the id decides between equals.
    pub sort: Sort<OrganizationSort>,
    /// How many rows are left out at the beginning.
    pub offset: u64,
    /// The most rows.
    pub limit: u64,
}

/// The organizations that were found, all from one sync.
#[derive(Debug, Clone, PartialEq)]
pub struct OrganizationsFound {
    /// How many match in all.
    pub total: u64,
    /// How many more could match: something that decides it is not known.
    pub possible: u64,
    /// The asked part of those that match.
    pub rows: Vec<OrganizationFound>,
    /// The sync that this is the state of; none before the first one.
    pub sync: Option<SyncRecord>,
}

/// An organization as the mirror knows it.
#[derive(Debug, Clone, PartialEq)]
pub struct OrganizationFound {
    /// What the vendor said last.
    pub organization: Organization,
    /// Whether the vendor still returns it.
    pub presence: Presence,
    /// How many people of the last sync are in it.
    pub people: u64,
    /// When the first sync with it finished, Unix seconds.
    pub first_seen: i64,
    /// When the last sync that noticed a change, of presence too, finished, Unix seconds.
    pub last_changed: i64,
}

/// What a mirror holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct MirrorState {
    /// The last complete sync; none before the first one.
    pub last_sync: Option<SyncRecord>,
    /// People of the last sync.
    pub people: u64,
    /// Organizations of the last sync.
    pub organizations: u64,
    /// People who are missing.
    pub missing: u64,
    /// People who are gone.
    pub gone: u64,
}
