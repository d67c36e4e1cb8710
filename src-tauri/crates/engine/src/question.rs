//! What is asked of people and organizations, and what comes back.

use jiff::tz::TimeZone;
use muster_directory::{
    Calendar, Clause, Criteria, Filter, Node, Page, PageSize, PersonId, PersonSort, Sort,
    Violation, Violations, Vocabulary, criteria::News, filter::Leaf, json,
};
use muster_mirror::{ConnectionRecord, Mirror, Seen, SyncRecord, Wanted};

use crate::{Engine, Error, Result, access::platform, clock, engine::blocking};

/// Where an answer comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// The copy on this computer.
    Mirror,
    /// The vendor, now.
    Live,
}

impl Source {
    /// Its name in files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Mirror => "mirror",
            Self::Live => "live",
        }
    }

    /// The source with this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        [Self::Mirror, Self::Live]
            .into_iter()
            .find(|source| source.name() == name)
    }
}

/// Which people are asked for.
#[derive(Debug, Clone)]
pub struct Who {
    /// Where the answer shall come from.
    pub source: Source,
    /// The mirror as this sync left it; none: as it is now.
    pub as_of: Option<i64>,
    /// The criteria, as JSON text.
    pub filter: Option<String>,
    /// Quick search; the mirror only.
    pub search: Option<String>,
    /// Which rows of the mirror count, unless the criteria ask for it themselves.
    pub seen: Seen,
    /// Those for whom the criteria hold, or those for whom they may.
    pub truth: Wanted,
    /// Only these of them.
    pub ids: Option<Vec<PersonId>>,
}

impl Who {
    /// Everybody whom a source has now.
    #[must_use]
    pub const fn everybody(source: Source) -> Self {
        Self {
            source,
            as_of: None,
            filter: None,
            search: None,
            seen: Seen::Present,
            truth: Wanted::Matching,
            ids: None,
        }
    }

    /// What only the mirror can answer is not sent.
    fn check(&self) -> Result<()> {
        if self.source == Source::Mirror {
            return Ok(());
        }
        if self.as_of.is_some() {
            return Err(Violation::new("as_of", "only the mirror knows the past").into());
        }
        check_live(self.search.as_deref(), self.seen)
    }
}

/// A question about people.
#[derive(Debug, Clone)]
pub struct PeopleQuestion {
    /// Who is asked for.
    pub who: Who,
    /// In which order: by the first, equals by the second, and so on; by id in the end. Live what
    /// the vendor sorts by, unless the answer is finished on this computer.
    pub sort: Vec<Sort<PersonSort>>,
    /// Which rows.
    pub window: Window,
    /// Keep it among the recent questions under this text.
    pub remember: Option<String>,
}

/// Who is asked for, understood.
#[derive(Debug, Clone)]
pub struct Asked {
    /// As it was asked.
    pub who: Who,
    /// The criteria without what is off; none asks for everybody.
    pub criteria: Option<Criteria>,
    /// What the times in the criteria are counted from.
    pub calendar: Calendar,
}

impl Asked {
    /// The same for the mirror.
    #[must_use]
    pub fn of_mirror(&self) -> muster_mirror::Who<'_> {
        muster_mirror::Who {
            as_of: self.who.as_of,
            filter: self.criteria.as_ref(),
            search: self.who.search.as_deref(),
            seen: self.who.seen,
            truth: self.who.truth,
            ids: self.who.ids.as_deref(),
            calendar: &self.calendar,
        }
    }
}

/// A question about organizations.
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
    /// For how many more it is not known whether they match; live only where something is decided
    /// on this computer.
    pub possible: u64,
    /// The rows of the window.
    pub rows: Vec<Row>,
    /// Unix seconds: of the sync, or when the vendor answered.
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
        check_live(self.search.as_deref(), self.seen)
    }
}

fn check_live(search: Option<&str>, seen: Seen) -> Result<()> {
    if search.is_some() {
        return Err(Violation::new("search", "quick search works on the mirror only").into());
    }
    if seen != Seen::Present {
        return Err(Violation::new("seen", "only the mirror knows who is missing").into());
    }
    Ok(())
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

/// The calendar of a moment, where this computer is.
pub(crate) fn calendar(at: i64) -> Calendar {
    Calendar::at(at, TimeZone::system())
}

/// A past sync.
pub(crate) fn sync_of(mirror: &Mirror, id: i64) -> Result<SyncRecord> {
    let all = mirror.syncs()?;
    let found = all.into_iter().find(|sync| sync.id == id);
    found.ok_or_else(|| Error::NotFound {
        what: "sync",
        which: id.to_string(),
    })
}

/// Whether it asks for people whom the vendor does not return.
fn asks_for_the_absent(criteria: &Criteria) -> bool {
    match criteria.node() {
        Node::Leaf(Clause::Seen(news)) => matches!(news, News::Missing | News::Gone),
        Node::Leaf(_) => false,
        Node::And(parts) | Node::Or(parts) => parts.iter().any(asks_for_the_absent),
        Node::Not(part) => asks_for_the_absent(part),
    }
}

/// The rows of the mirror that count, as a condition; none: all that were ever seen.
pub(crate) fn seen_as_criteria(seen: Seen) -> Result<Option<Criteria>> {
    let present = Criteria::leaf(Clause::Seen(News::Present));
    Ok(match seen {
        Seen::Present => Some(present),
        Seen::Missing => Some(Criteria::negate(present)?),
        Seen::All => None,
    })
}

/// Both of two criteria, each of which may ask for everybody: as parts of one `and`, so that what
/// is said of its parts is said of theirs.
pub(crate) fn joined(a: Option<Criteria>, b: Option<Criteria>) -> Result<Option<Criteria>> {
    let (Some(a), Some(b)) = (&a, &b) else {
        return Ok(a.or(b));
    };
    let mut parts = Vec::new();
    for side in [a, b] {
        match side.node() {
            Node::And(own) => parts.extend_from_slice(own),
            _ => parts.push(side.clone()),
        }
    }
    Ok(Some(Criteria::and(parts)?))
}

impl Engine {
    /// Understands who is asked for. Contacts nobody.
    pub async fn read_who(&self, record: &ConnectionRecord, who: Who) -> Result<Asked> {
        who.check()?;
        let criteria: Option<Criteria> = read_filter(who.filter.as_deref(), record)?;
        let criteria = criteria.and_then(|criteria| criteria.enabled());
        if who.source == Source::Live && criteria.as_ref().is_some_and(asks_for_the_absent) {
            return Err(Violation::new("filter", "only the mirror knows who is missing").into());
        }
        let at = match who.as_of {
            None => clock::now(),
            Some(sync) => {
                let (engine, id) = (self.clone(), record.id);
                blocking(move || Ok(sync_of(&*engine.mirror(id)?, sync)?.finished_at)).await?
            }
        };
        Ok(Asked {
            criteria,
            calendar: calendar(at),
            who,
        })
    }
}
