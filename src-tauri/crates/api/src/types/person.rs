//! People: questions, rows, details with provenance.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Direction, Moment, OrganizationRow, Presence, Seen, Source, TextFact};

/// Who is asked for.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct Who {
    /// The connection's id.
    pub connection: String,
    /// Where the answer shall come from.
    pub source: Source,
    /// The mirror as a past sync left it, by the sync's id; none: as it is now.
    pub as_of: Option<i64>,
    /// The criteria, as JSON text (see [`FilterReading`](super::FilterReading)).
    pub filter: Option<String>,
    /// Quick search by name, id or identifier; the mirror only.
    pub search: Option<String>,
    /// Which rows of the mirror count, unless the criteria ask for `seen` themselves.
    pub seen: Seen,
    /// Those for whom the criteria hold, or those for whom they may.
    pub truth: Wanted,
    /// Only these of them; none: all.
    pub ids: Option<Vec<u64>>,
}

/// For whom the criteria hold, or may.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
pub enum Wanted {
    /// They hold.
    Matching,
    /// Something that decides it is not known.
    Possible,
}

/// A question about people.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct PeopleQuestion {
    /// Who is asked for.
    pub who: Who,
    /// In which order: by the first, equals by the second, and so on; by id in the end.
    pub sort: Vec<PeopleSort>,
    /// Index of the first row.
    pub offset: u64,
    /// The most rows. Live: 10, 50, 100 or 250, and the offset a multiple of it.
    pub limit: u64,
    /// Keep it among the recent questions under this text.
    pub remember: Option<String>,
}

/// An order of people.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, PartialEq, Eq, TS)]
pub struct PeopleSort {
    /// By what; live by id only, unless a part of the question is decided on this computer.
    pub by: PersonColumn,
    /// Which way.
    pub direction: Direction,
}

/// A column of people that can be sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the names say it")]
pub enum PersonColumn {
    Id,
    Name,
    Organization,
    Role,
    CreatedAt,
    UpdatedAt,
    LastChanged,
}

/// An answer about people.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct PeopleAnswer {
    /// How many match.
    pub total: u64,
    /// How many more may match: something that decides it is not known.
    pub possible: u64,
    /// Index of the first row.
    pub offset: u64,
    /// The rows.
    pub rows: Vec<PersonRow>,
    /// Unix seconds: of the sync, or now if live.
    pub as_of: i64,
    /// Milliseconds in the engine.
    pub took_ms: f64,
}

/// A person in a list.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct PersonRow {
    /// The vendor's id.
    pub id: u64,
    /// The display name.
    pub name: String,
    /// The organization.
    pub organization: OrganizationRef,
    /// When the vendor created the person.
    pub created_at: Moment,
    /// When the vendor last changed the person.
    pub updated_at: Moment,
    /// Whether the last sync returned the person.
    pub presence: Presence,
    /// The role's API value, learnt by the vendor's role filter, live by the question itself if it
    /// asks for one role.
    pub role: TextFact,
    /// The organization's numbers, in the order of the connection's `identifiers`.
    pub identifiers: Vec<TextFact>,
    /// Unix seconds: the last sync that noticed a change; none if live and never synced.
    pub last_changed: Option<i64>,
    /// Of a possible match: the columns of the values that are not known and decide it (see
    /// [`ViewColumn`](super::ViewColumn)); `seen` for what the last sync said.
    pub missing_values: Vec<String>,
}

/// A person's organization.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "known", rename_all = "lowercase")]
pub enum OrganizationRef {
    /// This one.
    Yes {
        /// The vendor's id.
        id: u64,
        /// None: the key cannot see it.
        name: Option<String>,
    },
    /// The person has none.
    None,
    /// The vendor did not say.
    Unknown,
}

/// A person, by id.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct PersonRef {
    /// The connection's id.
    pub connection: String,
    /// Where the answer shall come from.
    pub source: Source,
    /// The mirror as a past sync left it; none: as it is now.
    pub as_of: Option<i64>,
    /// The vendor's id.
    pub id: u64,
}

/// Everything that is known of a person.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct PersonDetails {
    /// As in the list.
    pub row: PersonRow,
    /// The organization, if the key can see it.
    pub organization: Option<OrganizationRow>,
    /// Every value, known or not, in the order to show.
    pub values: Vec<ValueWithProvenance>,
    /// Unix seconds: the first sync that returned the person.
    pub first_seen: Option<i64>,
    /// Unix seconds: the last sync that brought other values.
    pub last_changed: Option<i64>,
}

/// A value, and how we know it.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct ValueWithProvenance {
    /// `id`, `name`, `organization`, `created_at`, `updated_at`, `role`, `email`, `enabled`,
    /// `language`, `public`, `target_groups`, `subscription_type`, `subscription_start`,
    /// `subscription_end`, or the vendor's own key.
    pub key: String,
    /// Whether it is known.
    pub known: Known,
    /// JSON; null unless known.
    #[ts(type = "unknown")]
    pub value: serde_json::Value,
    /// How it was learnt; none if it is not known.
    pub from: Option<Provenance>,
    /// Unix seconds: when it was learnt.
    pub at: Option<i64>,
}

/// Whether a value is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "lowercase")]
pub enum Known {
    /// It is.
    Yes,
    /// It is known that there is none.
    None,
    /// It is not.
    Unknown,
}

/// How a value was learnt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "lowercase")]
pub enum Provenance {
    /// Returned by the vendor.
    Returned,
    /// Learnt by a filter of the vendor.
    Filter,
    /// Written last from here; the vendor has recorded no later change.
    Written,
    /// Written last from here, and changed by somebody since: it may be another value now.
    Overtaken,
}
