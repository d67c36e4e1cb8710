//! What is asked of people and organizations alike, and what comes back.

use muster_directory::{
    Filter, Page, PageSize, Sort, Violation, Violations, Vocabulary, filter::Leaf, json,
};
use muster_mirror::{ConnectionRecord, Seen};

use crate::{Result, access::platform};

/// Where an answer comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// The copy on this computer.
    Mirror,
    /// The vendor, now.
    Live,
}

/// A question about people or organizations.
#[derive(Debug, Clone)]
pub struct Question<Column> {
    /// Where the answer shall come from.
    pub source: Source,
    /// The vendor's filter, as JSON text.
    pub filter: Option<String>,
    /// Quick search; the mirror only.
    pub search: Option<String>,
    /// Which rows of the mirror count.
    pub seen: Seen,
    /// In which order; live only what the vendor sorts by.
    pub sort: Sort<Column>,
    /// Which rows.
    pub window: Window,
}

/// Which rows of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Window {
    /// Every row.
    All,
    /// These rows; live a page of the vendor.
    Rows {
        /// Index of the first row.
        offset: u64,
        /// The most rows.
        limit: u64,
    },
}

/// An answer.
#[derive(Debug, Clone)]
pub struct Found<Row> {
    /// How many match.
    pub total: u64,
    /// For how many the filter needs a value that is not known; live always 0.
    pub possible: u64,
    /// The rows of the window.
    pub rows: Vec<Row>,
    /// Unix seconds: of the sync, or now if live.
    pub as_of: i64,
}

impl Window {
    /// Offset and limit.
    pub(crate) const fn bounds(self) -> (u64, u64) {
        match self {
            // The largest count that SQLite takes.
            Self::All => (0, i64::MAX as u64),
            Self::Rows { offset, limit } => (offset, limit),
        }
    }

    /// The vendor's page that these rows are; none for every row.
    pub(crate) fn page(self) -> Result<Option<Page>> {
        let Self::Rows { offset, limit } = self else {
            return Ok(None);
        };
        let size = PageSize::try_from(limit)
            .map_err(|error| Violation::new("limit", error.to_string()))?;
        if offset % limit != 0 {
            let message = format!("live pages start at multiples of {limit}");
            return Err(Violation::new("offset", message).into());
        }
        Ok(Some(Page {
            no: offset / limit,
            size,
        }))
    }
}

impl<Column> Question<Column> {
    /// What only the mirror can answer is not sent.
    pub(crate) fn check_live(&self) -> Result<()> {
        if self.search.is_some() {
            return Err(Violation::new("search", "quick search works on the mirror only").into());
        }
        if self.seen != Seen::Present {
            return Err(Violation::new("seen", "only the mirror knows who is missing").into());
        }
        Ok(())
    }
}

/// Reads a filter from JSON text, in the vocabulary of the connection's platform.
pub(crate) fn read_filter<L: Leaf>(
    text: Option<&str>,
    record: &ConnectionRecord,
) -> Result<Option<Filter<L>>> {
    let Some(text) = text else { return Ok(None) };
    let value = json::parse(text).map_err(|error| {
        Violations::from(Violation::new("filter", format!("not JSON: {error}")))
    })?;
    Ok(Some(Filter::from_json(
        &value,
        "filter",
        Vocabulary::of(platform(record)?),
    )?))
}
