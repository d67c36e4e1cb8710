//! The table `connections`: the vendors' directories that the person has connected to. Secrets are
//! never in it.

use muster_directory::{ApiKeyId, Platform};
use rusqlite::{Connection, OptionalExtension, Row, params, types::Type};
use uuid::Uuid;

use crate::{MirrorError, file::Migration};

pub(crate) const LAYOUT_1: Migration = "
    CREATE TABLE connections (
        id TEXT PRIMARY KEY,          -- UUID; also the folder's name
        name TEXT NOT NULL,
        vendor TEXT NOT NULL,
        platform TEXT,                -- NULL: this vendor has none
        base_url TEXT,                -- NULL: the platform's own
        key_id INTEGER NOT NULL,
        colour TEXT NOT NULL,
        practice INTEGER NOT NULL CHECK (practice IN (0, 1)),
        created_at INTEGER NOT NULL,  -- Unix seconds
        position INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
";

/// A vendor's directory that the person has connected to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConnectionRecord {
    /// Ours; also the name of its folder.
    pub id: Uuid,
    /// What the person calls it.
    pub name: String,
    /// The vendor's code: `medipim`.
    pub vendor: String,
    /// The vendor's national platform; none if the vendor has none.
    pub platform: Option<Platform>,
    /// Where the vendor's API is, if not at the platform's own address.
    pub base_url: Option<String>,
    /// The id of the API key. Its secret is in the vault.
    pub key_id: ApiKeyId,
    /// The color that marks it, as the window's theme names it.
    pub colour: String,
    /// Whether it is the built-in practice directory.
    pub practice: bool,
    /// When it was made here, Unix seconds.
    pub created_at: i64,
}

const SELECT: &str = "SELECT id, name, vendor, platform, base_url, key_id, colour, practice, \
                      created_at FROM connections";

fn read(row: &Row<'_>) -> rusqlite::Result<ConnectionRecord> {
    Ok(ConnectionRecord {
        id: parse(row, 0, |text: String| text.parse::<Uuid>())?,
        name: row.get(1)?,
        vendor: row.get(2)?,
        platform: parse(row, 3, |code: Option<String>| {
            code.map(|code| code.parse::<Platform>()).transpose()
        })?,
        base_url: row.get(4)?,
        key_id: parse(row, 5, |id: u64| ApiKeyId::try_from(id))?,
        colour: row.get(6)?,
        practice: row.get(7)?,
        created_at: row.get(8)?,
    })
}

fn parse<S: rusqlite::types::FromSql, T, E: std::error::Error + Send + Sync + 'static>(
    row: &Row<'_>,
    column: usize,
    parse: impl FnOnce(S) -> Result<T, E>,
) -> rusqlite::Result<T> {
    parse(row.get(column)?).map_err(|error| {
        rusqlite::Error::FromSqlConversionFailure(column, Type::Text, Box::new(error))
    })
}

/// All, in the person's order.
pub(crate) fn all(connection: &Connection) -> Result<Vec<ConnectionRecord>, MirrorError> {
    let mut statement = connection.prepare_cached(&format!("{SELECT} ORDER BY position, id"))?;
    let records = statement.query_map((), read)?.collect::<Result<_, _>>()?;
    Ok(records)
}

pub(crate) fn one(
    connection: &Connection,
    id: Uuid,
) -> Result<Option<ConnectionRecord>, MirrorError> {
    Ok(connection
        .prepare_cached(&format!("{SELECT} WHERE id = ?1"))?
        .query_row([id.to_string()], read)
        .optional()?)
}

/// Adds one after all others.
pub(crate) fn insert(
    connection: &Connection,
    record: &ConnectionRecord,
) -> Result<(), MirrorError> {
    connection
        .prepare_cached(
            "INSERT INTO connections (id, name, vendor, platform, base_url, key_id, colour,
                                      practice, created_at, position)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9,
                     (SELECT coalesce(max(position), 0) + 1 FROM connections))",
        )?
        .execute(params![
            record.id.to_string(),
            record.name,
            record.vendor,
            record.platform.map(Platform::code),
            record.base_url,
            record.key_id.get(),
            record.colour,
            record.practice,
            record.created_at,
        ])?;
    Ok(())
}

/// Changes how one is called and marked; false if there is none.
pub(crate) fn rename(
    connection: &Connection,
    id: Uuid,
    name: &str,
    colour: &str,
) -> Result<bool, MirrorError> {
    let changed = connection
        .prepare_cached("UPDATE connections SET name = ?2, colour = ?3 WHERE id = ?1")?
        .execute([&id.to_string(), name, colour])?;
    Ok(changed > 0)
}

/// Removes one; false if there is none.
pub(crate) fn delete(connection: &Connection, id: Uuid) -> Result<bool, MirrorError> {
    let removed = connection
        .prepare_cached("DELETE FROM connections WHERE id = ?1")?
        .execute([id.to_string()])?;
    Ok(removed > 0)
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// A profile in memory with these connections and tables.
    pub fn with_connections(ids: &[Uuid], tables: &[Migration]) -> Connection {
        let connection = Connection::open_in_memory().unwrap();
        connection
            .pragma_update(None, "foreign_keys", true)
            .unwrap();
        connection.execute_batch(LAYOUT_1).unwrap();
        for table in tables {
            connection.execute_batch(table).unwrap();
        }
        for id in ids {
            let record = ConnectionRecord {
                id: *id,
                name: "A".to_owned(),
                vendor: "medipim".to_owned(),
                platform: None,
                base_url: None,
                key_id: ApiKeyId::try_from(1).unwrap(),
                colour: "teal".to_owned(),
                practice: false,
                created_at: 0,
            };
            insert(&connection, &record).unwrap();
        }
        connection
    }
}
