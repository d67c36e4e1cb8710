//! The table `drafts`: what somebody has typed and has not made a plan of yet.

use rusqlite::{Connection, OptionalExtension, Row, params};
use uuid::Uuid;

use crate::{MirrorError, file::Migration, stored::damaged};

pub(crate) const LAYOUT_3: Migration = "
    CREATE TABLE drafts (
        id TEXT PRIMARY KEY,          -- UUID
        title TEXT NOT NULL,
        content TEXT NOT NULL,        -- JSON; no secret
        changed_at INTEGER NOT NULL   -- Unix seconds
    ) STRICT, WITHOUT ROWID;
";

/// What somebody has typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftRecord {
    /// Ours.
    pub id: Uuid,
    /// What it is called.
    pub title: String,
    /// What is wanted, as the engine wrote it: JSON. Never a secret.
    pub content: String,
    /// When it was kept last, Unix seconds.
    pub changed_at: i64,
}

const SELECT: &str = "SELECT id, title, content, changed_at FROM drafts";

fn read(row: &Row<'_>) -> rusqlite::Result<DraftRecord> {
    let id: String = row.get(0)?;
    Ok(DraftRecord {
        id: id.parse().map_err(|error: uuid::Error| damaged(0, error))?,
        title: row.get(1)?,
        content: row.get(2)?,
        changed_at: row.get(3)?,
    })
}

/// All, the newest first.
pub(crate) fn all(connection: &Connection) -> Result<Vec<DraftRecord>, MirrorError> {
    let sql = format!("{SELECT} ORDER BY changed_at DESC, id");
    let records = connection
        .prepare_cached(&sql)?
        .query_map((), read)?
        .collect::<Result<_, _>>()?;
    Ok(records)
}

pub(crate) fn one(connection: &Connection, id: Uuid) -> Result<Option<DraftRecord>, MirrorError> {
    Ok(connection
        .prepare_cached(&format!("{SELECT} WHERE id = ?1"))?
        .query_row([id.to_string()], read)
        .optional()?)
}

/// Keeps a draft, in the place of the one with its id if there is one.
pub(crate) fn write(connection: &Connection, draft: &DraftRecord) -> Result<(), MirrorError> {
    connection
        .prepare_cached(
            "INSERT INTO drafts (id, title, content, changed_at) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (id) DO UPDATE
             SET title = excluded.title, content = excluded.content,
                 changed_at = excluded.changed_at",
        )?
        .execute(params![
            draft.id.to_string(),
            draft.title,
            draft.content,
            draft.changed_at
        ])?;
    Ok(())
}

/// Removes one; false if there is none.
pub(crate) fn delete(connection: &Connection, id: Uuid) -> Result<bool, MirrorError> {
    let removed = connection
        .prepare_cached("DELETE FROM drafts WHERE id = ?1")?
        .execute([id.to_string()])?;
    Ok(removed > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_draft_is_read_as_it_was_kept_last() {
        let connection = Connection::open_in_memory().unwrap();
        connection.execute_batch(LAYOUT_3).unwrap();
        let draft = DraftRecord {
            id: Uuid::from_u128(1),
            title: "Zoë".to_owned(),
            content: r#"{"intents":[]}"#.to_owned(),
            changed_at: 5,
        };
        write(&connection, &draft).unwrap();
        let later = DraftRecord {
            title: "Zoë Peeters".to_owned(),
            changed_at: 6,
            ..draft
        };
        write(&connection, &later).unwrap();
        assert_eq!(all(&connection).unwrap(), std::slice::from_ref(&later));
        assert_eq!(one(&connection, later.id).unwrap(), Some(later.clone()));
        assert!(delete(&connection, later.id).unwrap());
        assert!(!delete(&connection, later.id).unwrap());
    }
}
