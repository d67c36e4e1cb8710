//! The table `workspaces`: what the person had open in each place of the window.

use rusqlite::{Connection, OptionalExtension, params};
use serde_json::Value;

use crate::{MirrorError, file::Migration};

pub(crate) const LAYOUT_1: Migration = "
    CREATE TABLE workspaces (
        place TEXT PRIMARY KEY,
        state TEXT NOT NULL,          -- JSON
        changed_at INTEGER NOT NULL   -- Unix seconds
    ) STRICT, WITHOUT ROWID;
";

/// What the person had open in a place of the window.
#[derive(Debug, Clone, PartialEq)]
pub struct Workspace {
    /// As the window wrote it.
    pub state: Value,
    /// When, Unix seconds.
    pub changed_at: i64,
}

pub(crate) fn read(connection: &Connection, place: &str) -> Result<Option<Workspace>, MirrorError> {
    let found: Option<(String, i64)> = connection
        .prepare_cached("SELECT state, changed_at FROM workspaces WHERE place = ?1")?
        .query_row([place], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    found
        .map(|(state, changed_at)| {
            Ok(Workspace {
                state: serde_json::from_str(&state)?,
                changed_at,
            })
        })
        .transpose()
}

pub(crate) fn write(
    connection: &Connection,
    place: &str,
    workspace: &Workspace,
) -> Result<(), MirrorError> {
    connection
        .prepare_cached(
            "INSERT INTO workspaces (place, state, changed_at) VALUES (?1, ?2, ?3)
             ON CONFLICT (place) DO UPDATE
             SET state = excluded.state, changed_at = excluded.changed_at",
        )?
        .execute(params![
            place,
            workspace.state.to_string(),
            workspace.changed_at
        ])?;
    Ok(())
}
