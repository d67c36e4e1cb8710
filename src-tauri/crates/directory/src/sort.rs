//! The order of an answer.

use serde::{Deserialize, Serialize};

/// Which way an order goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum Direction {
    /// Smallest first.
    #[default]
    #[serde(rename = "ASC")]
    Ascending,
    /// Largest first.
    #[serde(rename = "DESC")]
    Descending,
}

/// A column and a direction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub struct Sort<Column> {
    /// By what.
    pub by: Column,
    /// Which way.
    #[serde(default)]
    pub direction: Direction,
}

/// What people can be ordered by. The vendor orders by id only `[Q]`; the mirror by all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PersonSort {
    /// The vendor's id.
    #[default]
    Id,
    /// The name, without regard to case and accents.
    Name,
    /// The name of the organization; people without a known one last.
    Organization,
    /// When the vendor created the person; unknown last.
    CreatedAt,
    /// When the vendor last changed the person; unknown last.
    UpdatedAt,
    /// The role's API value; unknown last.
    Role,
    /// When a sync last noticed a change.
    LastChanged,
}

/// What organizations can be ordered by. The vendor orders by id and name `[V]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OrganizationSort {
    /// The vendor's id.
    #[default]
    Id,
    /// The name, without regard to case and accents.
    Name,
    /// What kind of organization it is; the mirror only.
    Kind,
    /// The number of people in it; the mirror only.
    People,
}
