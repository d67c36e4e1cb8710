//! Organizations: questions and rows.

use muster_directory::IdentifierKind;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Direction, IdentifierCode, Presence, Seen, Source, TextFact};

/// A question about organizations.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct OrganizationsQuestion {
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
    pub sort: OrganizationsSort,
    /// Index of the first row.
    pub offset: u64,
    /// The most rows. Live: 10, 50, 100 or 250, and the offset a multiple of it.
    pub limit: u64,
}

/// An order of organizations.
#[derive(Debug, Clone, Copy, Deserialize, TS)]
pub struct OrganizationsSort {
    /// By what; live by id and name only.
    pub by: OrganizationColumn,
    /// Which way.
    pub direction: Direction,
}

/// A column of organizations that can be sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the names say it")]
pub enum OrganizationColumn {
    Id,
    Name,
    Kind,
    People,
}

/// An answer about organizations.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct OrganizationsAnswer {
    /// How many match.
    pub total: u64,
    /// For how many the filter needs a value that is not known; live always 0.
    pub possible: u64,
    /// Index of the first row.
    pub offset: u64,
    /// The rows.
    pub rows: Vec<OrganizationRow>,
    /// Unix seconds: of the sync, or now if live.
    pub as_of: i64,
    /// Milliseconds in the engine.
    pub took_ms: f64,
}

/// An organization in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct OrganizationRow {
    /// The vendor's id.
    pub id: u64,
    /// The display name.
    pub name: String,
    /// The vendor's API value of its type.
    pub kind: TextFact,
    /// The numbers that its platform knows.
    pub identifiers: Vec<IdentifierValue>,
    /// People of the last sync in it; none if live.
    pub people: Option<u64>,
    /// Whether the last sync returned it.
    pub presence: Presence,
}

/// A public number of an organization.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct IdentifierValue {
    /// Which number.
    #[ts(as = "IdentifierCode")]
    pub kind: IdentifierKind,
    /// The number.
    pub value: TextFact,
}
