//! The table `syncs`: each complete sync, when it was and what it changed.

use std::collections::HashMap;

use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::{MirrorError, file::Migration};

pub(crate) const LAYOUT_1: Migration = "
    CREATE TABLE syncs (
        id INTEGER PRIMARY KEY,
        started_at INTEGER NOT NULL,   -- Unix seconds
        finished_at INTEGER NOT NULL,  -- Unix seconds
        people_total INTEGER NOT NULL DEFAULT 0,
        people_all_missing INTEGER NOT NULL DEFAULT 0,
        people_all_gone INTEGER NOT NULL DEFAULT 0,
        people_added INTEGER NOT NULL DEFAULT 0,
        people_changed INTEGER NOT NULL DEFAULT 0,
        people_returned INTEGER NOT NULL DEFAULT 0,
        people_missing INTEGER NOT NULL DEFAULT 0,
        people_gone INTEGER NOT NULL DEFAULT 0,
        organizations_total INTEGER NOT NULL DEFAULT 0,
        organizations_all_missing INTEGER NOT NULL DEFAULT 0,
        organizations_all_gone INTEGER NOT NULL DEFAULT 0,
        organizations_added INTEGER NOT NULL DEFAULT 0,
        organizations_changed INTEGER NOT NULL DEFAULT 0,
        organizations_returned INTEGER NOT NULL DEFAULT 0,
        organizations_missing INTEGER NOT NULL DEFAULT 0,
        organizations_gone INTEGER NOT NULL DEFAULT 0
    ) STRICT;
";

pub(crate) const LAYOUT_2: Migration = "
    ALTER TABLE syncs ADD COLUMN roles_asked INTEGER NOT NULL DEFAULT 0;  -- 0 or 1
";

/// A complete sync.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SyncRecord {
    /// Ascending, from 1.
    pub id: i64,
    /// Unix seconds.
    pub started_at: i64,
    /// Unix seconds.
    pub finished_at: i64,
    /// What it changed among people.
    pub people: Tally,
    /// What it changed among organizations.
    pub organizations: Tally,
    /// Whether it learnt roles.
    pub roles_asked: bool,
}

/// How many there are after a sync, and how many it changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    /// Present after it.
    pub total: u64,
    /// Missing after it: absent for the first time.
    pub all_missing: u64,
    /// Gone after it: absent twice or more.
    pub all_gone: u64,
    /// Never there before.
    pub added: u64,
    /// The vendor said something else of them.
    pub changed: u64,
    /// They were missing or gone and are back.
    pub returned: u64,
    /// They became missing.
    pub missing: u64,
    /// They became gone.
    pub gone: u64,
}

impl Tally {
    /// Whether the sync changed anything.
    #[must_use]
    pub const fn is_unchanged(&self) -> bool {
        self.added + self.changed + self.returned + self.missing + self.gone == 0
    }
}

const SELECT: &str = "SELECT id, started_at, finished_at,
    people_total, people_all_missing, people_all_gone, people_added, people_changed,
    people_returned, people_missing, people_gone,
    organizations_total, organizations_all_missing, organizations_all_gone, organizations_added,
    organizations_changed, organizations_returned, organizations_missing, organizations_gone,
    roles_asked
    FROM syncs";

fn read(row: &Row<'_>) -> rusqlite::Result<SyncRecord> {
    Ok(SyncRecord {
        id: row.get(0)?,
        started_at: row.get(1)?,
        finished_at: row.get(2)?,
        people: read_tally(row, 3)?,
        organizations: read_tally(row, 11)?,
        roles_asked: row.get(19)?,
    })
}

fn read_tally(row: &Row<'_>, at: usize) -> rusqlite::Result<Tally> {
    Ok(Tally {
        total: row.get(at)?,
        all_missing: row.get(at + 1)?,
        all_gone: row.get(at + 2)?,
        added: row.get(at + 3)?,
        changed: row.get(at + 4)?,
        returned: row.get(at + 5)?,
        missing: row.get(at + 6)?,
        gone: row.get(at + 7)?,
    })
}

/// The last complete sync.
pub(crate) fn last(connection: &Connection) -> Result<Option<SyncRecord>, MirrorError> {
    Ok(connection
        .prepare_cached(&format!("{SELECT} ORDER BY id DESC LIMIT 1"))?
        .query_row((), read)
        .optional()?)
}

/// A complete sync; none if there is none with this id.
pub(crate) fn one(connection: &Connection, id: i64) -> Result<Option<SyncRecord>, MirrorError> {
    Ok(connection
        .prepare_cached(&format!("{SELECT} WHERE id = ?1"))?
        .query_row([id], read)
        .optional()?)
}

/// Every complete sync, the newest first.
pub(crate) fn all(connection: &Connection) -> Result<Vec<SyncRecord>, MirrorError> {
    let all = connection
        .prepare_cached(&format!("{SELECT} ORDER BY id DESC"))?
        .query_map((), read)?
        .collect::<Result<_, _>>()?;
    Ok(all)
}

/// When each sync finished.
pub(crate) fn finished(connection: &Connection) -> Result<HashMap<i64, i64>, MirrorError> {
    let finished = connection
        .prepare_cached("SELECT id, finished_at FROM syncs")?
        .query_map((), |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_, _>>()?;
    Ok(finished)
}

/// When the last sync that learnt roles finished, of those up to one; none if none did.
pub(crate) fn roles_learned_at(
    connection: &Connection,
    until: i64,
) -> Result<Option<i64>, MirrorError> {
    Ok(connection
        .prepare_cached(
            "SELECT finished_at FROM syncs WHERE roles_asked AND id <= ?1
             ORDER BY id DESC LIMIT 1",
        )?
        .query_row([until], |row| row.get(0))
        .optional()?)
}

/// Begins a row, so that versions can refer to it; returns its id.
pub(crate) fn begin(connection: &Connection, started_at: i64) -> Result<i64, MirrorError> {
    connection.execute(
        "INSERT INTO syncs (started_at, finished_at) VALUES (?1, ?1)",
        [started_at],
    )?;
    Ok(connection.last_insert_rowid())
}

/// Completes a row.
pub(crate) fn finish(connection: &Connection, sync: &SyncRecord) -> Result<(), MirrorError> {
    let (people, organizations) = (&sync.people, &sync.organizations);
    connection.execute(
        "UPDATE syncs SET finished_at = ?2,
            people_total = ?3, people_all_missing = ?4, people_all_gone = ?5, people_added = ?6,
            people_changed = ?7, people_returned = ?8, people_missing = ?9, people_gone = ?10,
            organizations_total = ?11, organizations_all_missing = ?12,
            organizations_all_gone = ?13, organizations_added = ?14, organizations_changed = ?15,
            organizations_returned = ?16, organizations_missing = ?17, organizations_gone = ?18, roles_asked = ?19
         WHERE id = ?1",
        params![
            sync.id,
            sync.finished_at,
            people.total,
            people.all_missing,
            people.all_gone,
            people.added,
            people.changed,
            people.returned,
            people.missing,
            people.gone,
            organizations.total,
            organizations.all_missing,
            organizations.all_gone,
            organizations.added,
            organizations.changed,
            organizations.returned,
            organizations.missing,
            organizations.gone,
            sync.roles_asked,
        ],
    )?;
    Ok(())
}
