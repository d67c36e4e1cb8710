//! People: questions, rows, details with provenance.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Direction, Moment, OrganizationRow, Presence, Seen, Source};

/// A question about people.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct PeopleQuestion {
    /// The connection's id.
    pub connection: String,
    /// Where the answer shall come from.
    pub source: Source,
    /// The vendor's filter, as JSON text.
    pub filter: Option<String>,
    /// Quick search by name, id or identifier; the mirror only.
    pub search: Option<String>,
    /// Which rows of the mirror count.
    pub seen: Seen,
    /// In which order.
    pub sort: PeopleSort,
    /// Index of the first row.
    pub offset: u64,
    /// The most rows. Live: 10, 50, 100 or 250, and the offset a multiple of it.
    pub limit: u64,
}

/// An order of people.
#[derive(Debug, Clone, Copy, Deserialize, TS)]
pub struct PeopleSort {
    /// By what; live by id only.
    pub by: PersonColumn,
    /// Which way.
    pub direction: Direction,
}

/// A column of people that can be sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the names say it")]
pub enum PersonColumn {
    Id,
    Name,
    Organization,
    CreatedAt,
    UpdatedAt,
}

/// An answer about people.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct PeopleAnswer {
    /// How many match.
    pub total: u64,
    /// For how many the filter needs a value that is not known; live always 0.
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
    /// `language`, or the vendor's own key.
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
}
