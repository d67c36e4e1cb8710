//! What a mirror is asked, and what it answers.

use muster_directory::{
    Calendar, Criteria, Fact, Organization, OrganizationFilter, OrganizationSort, Person, PersonId,
    PersonSort, Role, Sort, criteria::News,
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

/// For whom criteria hold, or may.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Wanted {
    /// They hold.
    #[default]
    Matching,
    /// Something that decides it is not known.
    Possible,
}

/// Who is asked for.
#[derive(Debug, Clone, Copy)]
pub struct Who<'a> {
    /// The mirror as this sync left it; none: as it is now.
    pub as_of: Option<i64>,
    /// For whom these hold; none asks for all. Parts that are off mean nothing.
    pub filter: Option<&'a Criteria>,
    /// What the person typed: a part of a name, an id, an identifier of the organization, or a
    /// list of ids.
    pub search: Option<&'a str>,
    /// Whether the vendor still returns them, unless the criteria ask for it themselves.
    pub seen: Seen,
    /// Those for whom the criteria hold, or those for whom they may.
    pub truth: Wanted,
    /// Only these of them.
    pub ids: Option<&'a [PersonId]>,
    /// What the times in the criteria are counted from.
    pub calendar: &'a Calendar,
}

impl<'a> Who<'a> {
    /// All that are present now.
    #[must_use]
    pub const fn everybody(calendar: &'a Calendar) -> Self {
        Self {
            as_of: None,
            filter: None,
            search: None,
            seen: Seen::Present,
            truth: Wanted::Matching,
            ids: None,
            calendar,
        }
    }
}

/// A question about people.
#[derive(Debug, Clone, Copy)]
pub struct PeopleQuestion<'a> {
    /// Who is asked for.
    pub who: Who<'a>,
    /// In which order: by the first, equals by the second, and so on. The id decides in the end,
    /// in the direction of the last. Unknown values come last in both directions.
    pub sort: &'a [Sort<PersonSort>],
    /// How many rows are left out at the beginning.
    pub offset: u64,
    /// The most rows.
    pub limit: u64,
}

impl<'a> PeopleQuestion<'a> {
    /// How many these are, without rows.
    #[must_use]
    pub const fn count(who: Who<'a>) -> Self {
        Self {
            who,
            sort: &[],
            offset: 0,
            limit: 0,
        }
    }
}

/// The people that were found, all from one sync.
#[derive(Debug, Clone, PartialEq)]
pub struct PeopleFound {
    /// For how many the criteria hold.
    pub total: u64,
    /// For how many more they could hold: something that decides it is not known.
    pub possible: u64,
    /// The asked part of one or the other, see [`Who::truth`].
    pub rows: Vec<PersonFound>,
    /// The sync that this is the state of; none before the first one.
    pub sync: Option<SyncRecord>,
}

/// How many people were found, all from one sync.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PeopleCount {
    /// For how many the criteria hold.
    pub total: u64,
    /// For how many more they could hold.
    pub possible: u64,
    /// The sync that this is the state of; none before the first one.
    pub sync: Option<SyncRecord>,
}

/// A person as the mirror knows it.
#[derive(Debug, Clone, PartialEq)]
pub struct PersonFound {
    /// What the vendor said last.
    pub person: Person,
    /// What the vendor said last of the organization, if the key ever saw it.
    pub organization: Option<Organization>,
    /// Whether the key still sees the organization. If not, its values are the last known ones,
    /// and criteria that need them do not decide.
    pub organization_visible: bool,
    /// The role, learnt by the vendor's filter.
    pub role: Fact<Role>,
    /// Unix seconds: when the last sync that asked for roles finished, if the role is known.
    pub role_learned_at: Option<i64>,
    /// Whether the vendor still returns the person.
    pub presence: Presence,
    /// What the sync said of the person.
    pub news: News,
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
