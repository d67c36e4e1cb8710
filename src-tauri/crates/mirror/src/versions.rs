//! What people and organizations have in common as rows: each is valid from one sync until another,
//! and the open rows are the current state.

use muster_directory::criteria::News;
use rusqlite::{Connection, Row, params};

use crate::{MirrorError, stored};

/// Whether the vendor still returns somebody or something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Presence {
    /// It was in the last complete sync.
    Present,
    /// It was not in the last complete sync, and was in the one before.
    Missing,
    /// It was not in the last two complete syncs, or more.
    Gone,
}

impl Presence {
    /// As the columns keep it.
    pub(crate) const fn column(self) -> i64 {
        match self {
            Self::Present => 0,
            Self::Missing => 1,
            Self::Gone => 2,
        }
    }

    /// As the columns keep it; their CHECK allows nothing else.
    pub(crate) const fn from_column(column: i64) -> Self {
        match column {
            0 => Self::Present,
            1 => Self::Missing,
            _ => Self::Gone,
        }
    }

    /// What a sync said of somebody who is so after it: `opened` if it opened the version, which
    /// follows one with the presence `before`, if any.
    pub(crate) const fn news(self, opened: bool, before: Option<Self>) -> News {
        match (self, opened, before) {
            (Self::Missing, _, _) => News::Missing,
            (Self::Gone, _, _) => News::Gone,
            (Self::Present, false, _) => News::Present,
            (Self::Present, true, None) => News::New,
            (Self::Present, true, Some(Self::Present)) => News::Changed,
            (Self::Present, true, Some(Self::Missing | Self::Gone)) => News::Returned,
        }
    }
}

/// A value from one sync until another.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Version<T> {
    /// The first sync that left it so.
    pub from: i64,
    /// The first that did not any more; none: still so.
    pub until: Option<i64>,
    /// The value.
    pub value: T,
}

impl<T> Version<T> {
    /// The version that a sync left, and its place.
    pub fn find(versions: &[Self], sync: i64) -> Option<(usize, &Self)> {
        let holds = |own: &Self| own.from <= sync && own.until.is_none_or(|until| until > sync);
        versions.iter().enumerate().find(|(_, own)| holds(own))
    }

    /// Every version of an id, the oldest first, from rows with `valid_from` and `valid_until`.
    pub fn read_all(
        connection: &Connection,
        sql: &str,
        id: u64,
        read: impl Fn(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<Self>, MirrorError> {
        let all = connection
            .prepare_cached(sql)?
            .query_map([stored::column_of(id)], |row| {
                Ok(Self {
                    from: row.get("valid_from")?,
                    until: row.get("valid_until")?,
                    value: read(row)?,
                })
            })?
            .collect::<Result<_, _>>()?;
        Ok(all)
    }
}

/// An open row, as far as it takes to see whether something changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Open {
    pub id: u64,
    pub valid_from: i64,
    pub hash: i64,
    pub presence: Presence,
}

/// Something that is kept as versions.
pub(crate) trait Versioned {
    /// Reads the next open rows after an id, ascending: `(after, most)`.
    const OPEN_AFTER: &'static str;

    /// Closes an open row: `(id, valid_from, sync)`.
    const CLOSE: &'static str;

    /// Opens a copy of a row with another presence: `(id, valid_from, sync, presence)`.
    const COPY: &'static str;

    /// The vendor's id.
    fn id(&self) -> u64;

    /// See [`crate::fingerprint`].
    fn fingerprint(&self) -> Result<i64, MirrorError>;

    /// Writes a new open row, present.
    fn insert(&self, connection: &Connection, sync: i64, hash: i64) -> Result<(), MirrorError>;
}

/// The constants of [`Versioned`] for a table with these columns beside the common ones.
macro_rules! versioned_sql {
    ($table:literal, $columns:literal) => {
        const OPEN_AFTER: &'static str = concat!(
            "SELECT id, valid_from, hash, presence FROM ",
            $table,
            " WHERE id > ?1 AND valid_until IS NULL ORDER BY id LIMIT ?2"
        );
        const CLOSE: &'static str = concat!(
            "UPDATE ",
            $table,
            " SET valid_until = ?3 WHERE id = ?1 AND valid_from = ?2"
        );
        const COPY: &'static str = concat!(
            "INSERT INTO ",
            $table,
            " (id, valid_from, presence, hash, ",
            $columns,
            ") SELECT id, ?3, ?4, hash, ",
            $columns,
            " FROM ",
            $table,
            " WHERE id = ?1 AND valid_from = ?2"
        );
    };
}
pub(crate) use versioned_sql;

pub(crate) fn close<T: Versioned>(
    connection: &Connection,
    open: &Open,
    sync: i64,
) -> Result<(), MirrorError> {
    connection.prepare_cached(T::CLOSE)?.execute(params![
        stored::column_of(open.id),
        open.valid_from,
        sync
    ])?;
    Ok(())
}

/// Closes an open row and opens it again with another presence.
pub(crate) fn set_presence<T: Versioned>(
    connection: &Connection,
    open: &Open,
    sync: i64,
    presence: Presence,
) -> Result<(), MirrorError> {
    close::<T>(connection, open, sync)?;
    connection.prepare_cached(T::COPY)?.execute(params![
        stored::column_of(open.id),
        open.valid_from,
        sync,
        presence.column()
    ])?;
    Ok(())
}

/// How many open rows are held in memory at a time.
const CHUNK: usize = 2_000;

/// The open rows of a table, ascending by id, read in chunks.
pub(crate) struct OpenRows<T> {
    connection: Connection,
    chunk: std::vec::IntoIter<Open>,
    after: Option<i64>,
    of: std::marker::PhantomData<fn() -> T>,
}

impl<T: Versioned> OpenRows<T> {
    /// Nobody else may commit while these are read: whoever reads them holds the write lock.
    pub fn new(connection: Connection) -> Self {
        Self {
            connection,
            chunk: Vec::new().into_iter(),
            after: Some(0),
            of: std::marker::PhantomData,
        }
    }

    fn read_chunk(&mut self) -> Result<(), MirrorError> {
        let Some(after) = self.after else {
            return Ok(());
        };
        let rows: Vec<Open> = self
            .connection
            .prepare_cached(T::OPEN_AFTER)?
            .query_map(params![after, CHUNK as i64], |row| {
                Ok(Open {
                    id: row.get(0)?,
                    valid_from: row.get(1)?,
                    hash: row.get(2)?,
                    presence: Presence::from_column(row.get(3)?),
                })
            })?
            .collect::<Result<_, _>>()?;
        self.after = rows.last().map(|row| stored::column_of(row.id));
        self.chunk = rows.into_iter();
        Ok(())
    }
}

impl<T: Versioned> Iterator for OpenRows<T> {
    type Item = Result<Open, MirrorError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.chunk.len() == 0
            && let Err(error) = self.read_chunk()
        {
            return Some(Err(error));
        }
        self.chunk.next().map(Ok)
    }
}
