//! What crosses the boundary to the UI: plain values, declared once, written as TypeScript too.
//!
//! Times are Unix seconds. Field names are the same in Rust, JSON and TypeScript.

mod activity;
mod approval;
mod change;
mod connection;
mod export;
mod filter;
mod import;
mod job;
mod organization;
mod person;
mod problem;
mod rules;
mod settings;
mod view;

pub use activity::*;
pub use approval::*;
pub use change::*;
pub use connection::*;
pub use export::*;
pub use filter::*;
pub use import::*;
pub use job::*;
pub use organization::*;
pub use person::*;
pub use problem::*;
pub use rules::*;
pub use settings::*;
pub use view::*;

use muster_directory::{Fact, OrganizationType};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A text that the vendor may not have told us.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "known", rename_all = "lowercase")]
pub enum TextFact {
    /// This is it.
    Yes {
        /// The text.
        text: String,
    },
    /// There is none.
    None,
    /// The vendor did not say.
    Unknown,
}

impl From<Fact<String>> for TextFact {
    fn from(fact: Fact<String>) -> Self {
        match fact {
            Fact::Unknown => Self::Unknown,
            Fact::Absent => Self::None,
            Fact::Known(text) => Self::Yes { text },
        }
    }
}

impl From<Fact<OrganizationType>> for TextFact {
    fn from(fact: Fact<OrganizationType>) -> Self {
        fact.map(String::from).into()
    }
}

/// A time that the vendor may not have told us.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "known", rename_all = "lowercase")]
pub enum Moment {
    /// This is it.
    Yes {
        /// Unix seconds.
        at: i64,
    },
    /// There is none.
    None,
    /// The vendor did not say.
    Unknown,
}

impl From<Fact<i64>> for Moment {
    fn from(fact: Fact<i64>) -> Self {
        match fact {
            Fact::Unknown => Self::Unknown,
            Fact::Absent => Self::None,
            Fact::Known(at) => Self::Yes { at },
        }
    }
}

/// Where an answer comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
pub enum Source {
    /// The copy on this computer.
    Mirror,
    /// The vendor, now.
    Live,
}

/// Which rows of the mirror count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
pub enum Seen {
    /// Those of the last sync.
    Present,
    /// Those that the last sync did not return any more.
    Missing,
    /// All that were ever returned.
    All,
}

/// Whether the last sync returned it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "lowercase")]
pub enum Presence {
    /// Returned by the last sync.
    Present,
    /// Not returned by the last complete sync.
    Missing,
    /// Not returned by at least two complete syncs.
    Gone,
}

/// Which way an order goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub enum Direction {
    /// Smallest first.
    #[serde(rename = "ASC")]
    Ascending,
    /// Largest first.
    #[serde(rename = "DESC")]
    Descending,
}

impl From<Direction> for muster_directory::Direction {
    fn from(direction: Direction) -> Self {
        match direction {
            Direction::Ascending => Self::Ascending,
            Direction::Descending => Self::Descending,
        }
    }
}
