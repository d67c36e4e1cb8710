//! The table `colleagues`: whose keys these are, after two people have compared a fingerprint.

use rusqlite::{Connection, Row, params};

use crate::{MirrorError, file::Migration};

pub(crate) const LAYOUT_3: Migration = "
    CREATE TABLE colleagues (
        public_key TEXT PRIMARY KEY,   -- base64
        name TEXT NOT NULL,
        confirmed_at INTEGER NOT NULL  -- Unix seconds
    ) STRICT, WITHOUT ROWID;
";

/// Somebody whose key was compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColleagueRecord {
    /// In base64.
    pub public_key: String,
    /// What the person is called here.
    pub name: String,
    /// When the fingerprints were compared, Unix seconds.
    pub confirmed_at: i64,
}

fn record(row: &Row<'_>) -> rusqlite::Result<ColleagueRecord> {
    Ok(ColleagueRecord {
        public_key: row.get(0)?,
        name: row.get(1)?,
        confirmed_at: row.get(2)?,
    })
}

/// All, by name.
pub(crate) fn all(connection: &Connection) -> Result<Vec<ColleagueRecord>, MirrorError> {
    let found = connection
        .prepare_cached(
            "SELECT public_key, name, confirmed_at FROM colleagues ORDER BY name, public_key",
        )?
        .query_map((), record)?
        .collect::<Result<_, _>>()?;
    Ok(found)
}

/// Keeps one, in the place of what was kept of the same key.
pub(crate) fn write(connection: &Connection, own: &ColleagueRecord) -> Result<(), MirrorError> {
    connection
        .prepare_cached(
            "INSERT INTO colleagues (public_key, name, confirmed_at) VALUES (?1, ?2, ?3)
             ON CONFLICT (public_key) DO UPDATE
             SET name = excluded.name, confirmed_at = excluded.confirmed_at",
        )?
        .execute(params![own.public_key, own.name, own.confirmed_at])?;
    Ok(())
}

/// Forgets one; false if there is none with this key.
pub(crate) fn delete(connection: &Connection, public_key: &str) -> Result<bool, MirrorError> {
    let removed = connection
        .prepare_cached("DELETE FROM colleagues WHERE public_key = ?1")?
        .execute([public_key])?;
    Ok(removed > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_belongs_to_one_person_until_it_is_forgotten() {
        let connection = Connection::open_in_memory().unwrap();
        connection.execute_batch(LAYOUT_3).unwrap();
        let zoe = |name: &str, confirmed_at| ColleagueRecord {
            public_key: "AAAA".to_owned(),
            name: name.to_owned(),
            confirmed_at,
        };
        write(&connection, &zoe("Zoe", 5)).unwrap();
        write(&connection, &zoe("Zoë", 6)).unwrap();
        assert_eq!(all(&connection).unwrap(), [zoe("Zoë", 6)]);
        assert!(delete(&connection, "AAAA").unwrap());
        assert!(!delete(&connection, "AAAA").unwrap());
        assert_eq!(all(&connection).unwrap(), []);
    }
}
