//! The table `views`: questions that the person has kept under a name.

use muster_directory::name::fold;
use rusqlite::{Connection, ErrorCode, OptionalExtension, Row, params, types::Type};
use uuid::Uuid;

use crate::{MirrorError, file::Migration};

pub(crate) const LAYOUT_2: Migration = "
    CREATE TABLE views (
        id TEXT PRIMARY KEY,          -- UUID
        name TEXT NOT NULL,
        folded TEXT NOT NULL UNIQUE,  -- the name without case and accents
        state TEXT NOT NULL,          -- JSON
        changed_at INTEGER NOT NULL   -- Unix seconds
    ) STRICT, WITHOUT ROWID;
";

/// A question that the person has kept under a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ViewRecord {
    /// Ours.
    pub id: Uuid,
    /// What the person calls it; unique, case and accents do not count.
    pub name: String,
    /// The question and how its answer is shown, as the engine wrote it: JSON. It is not read here,
    /// so that one view that cannot be read does not hide the others.
    pub state: String,
    /// When it was kept last, Unix seconds.
    pub changed_at: i64,
}

/// What became of the wish to keep a view.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kept {
    /// It is kept.
    Yes,
    /// Another view has this name; nothing was changed.
    NameTaken,
}

fn read(row: &Row<'_>) -> rusqlite::Result<ViewRecord> {
    let id: String = row.get(0)?;
    Ok(ViewRecord {
        id: id.parse().map_err(|error: uuid::Error| {
            rusqlite::Error::FromSqlConversionFailure(0, Type::Text, error.into())
        })?,
        name: row.get(1)?,
        state: row.get(2)?,
        changed_at: row.get(3)?,
    })
}

/// All, by name.
pub(crate) fn all(connection: &Connection) -> Result<Vec<ViewRecord>, MirrorError> {
    let records = connection
        .prepare_cached("SELECT id, name, state, changed_at FROM views ORDER BY folded")?
        .query_map((), read)?
        .collect::<Result<_, _>>()?;
    Ok(records)
}

pub(crate) fn one(connection: &Connection, id: Uuid) -> Result<Option<ViewRecord>, MirrorError> {
    Ok(connection
        .prepare_cached("SELECT id, name, state, changed_at FROM views WHERE id = ?1")?
        .query_row([id.to_string()], read)
        .optional()?)
}

/// Keeps a view, in the place of the one with its id if there is one.
pub(crate) fn write(connection: &Connection, view: &ViewRecord) -> Result<Kept, MirrorError> {
    let written = connection
        .prepare_cached(
            "INSERT INTO views (id, name, folded, state, changed_at) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT (id) DO UPDATE
             SET name = excluded.name, folded = excluded.folded, state = excluded.state,
                 changed_at = excluded.changed_at",
        )?
        .execute(params![
            view.id.to_string(),
            view.name,
            fold(view.name.trim()),
            view.state,
            view.changed_at,
        ]);
    match written {
        // The id gives way to the newer one, so only the name can stand in the way.
        Err(error) if error.sqlite_error_code() == Some(ErrorCode::ConstraintViolation) => {
            Ok(Kept::NameTaken)
        }
        Err(error) => Err(error.into()),
        Ok(_) => Ok(Kept::Yes),
    }
}

/// Removes one; false if there is none.
pub(crate) fn delete(connection: &Connection, id: Uuid) -> Result<bool, MirrorError> {
    let removed = connection
        .prepare_cached("DELETE FROM views WHERE id = ?1")?
        .execute([id.to_string()])?;
    Ok(removed > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> Connection {
        let connection = Connection::open_in_memory().unwrap();
        connection.execute_batch(LAYOUT_2).unwrap();
        connection
    }

    fn view(id: u128, name: &str) -> ViewRecord {
        ViewRecord {
            id: Uuid::from_u128(id),
            name: name.to_owned(),
            state: r#"{"text": "org:12", "columns": []}"#.to_owned(),
            changed_at: 5,
        }
    }

    #[test]
    fn a_view_is_read_as_it_was_kept_and_they_stand_by_name() {
        let connection = table();
        for own in [view(1, "zoë"), view(2, "Érable"), view(3, "Apotheek")] {
            assert_eq!(write(&connection, &own).unwrap(), Kept::Yes);
        }
        let all = all(&connection).unwrap();
        let names: Vec<_> = all.iter().map(|view| view.name.as_str()).collect();
        assert_eq!(names, ["Apotheek", "Érable", "zoë"]);
        assert_eq!(
            one(&connection, Uuid::from_u128(2)).unwrap(),
            Some(view(2, "Érable"))
        );
        assert!(delete(&connection, Uuid::from_u128(2)).unwrap());
        assert!(!delete(&connection, Uuid::from_u128(2)).unwrap());
    }

    #[test]
    fn a_state_that_is_not_json_hides_no_view() {
        let connection = table();
        write(&connection, &view(1, "Managers")).unwrap();
        let damaged = ViewRecord {
            state: "{\"text\": \"org:".to_owned(),
            ..view(2, "Leavers")
        };
        write(&connection, &damaged).unwrap();
        assert_eq!(all(&connection).unwrap(), [damaged, view(1, "Managers")]);
    }

    #[test]
    fn two_views_cannot_have_one_name() {
        let connection = table();
        write(&connection, &view(1, "Managers")).unwrap();
        write(&connection, &view(2, "Others")).unwrap();
        for taken in ["managers", "MANAGÉRS ", "Managers"] {
            assert_eq!(
                write(&connection, &view(2, taken)).unwrap(),
                Kept::NameTaken,
                "{taken}"
            );
        }
        assert_eq!(
            one(&connection, Uuid::from_u128(2)).unwrap().unwrap().name,
            "Others",
            "a refused name changes nothing"
        );
        assert_eq!(
            write(&connection, &view(1, "MANAGERS")).unwrap(),
            Kept::Yes,
            "its own name stands in nobody's way"
        );
    }
}
