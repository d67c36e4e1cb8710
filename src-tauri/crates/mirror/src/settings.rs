//! The table `settings`: what this app remembers for itself, a JSON value by name.

use rusqlite::{Connection, OptionalExtension};
use serde::{Serialize, de::DeserializeOwned};

use crate::{MirrorError, file::Migration};

pub(crate) const LAYOUT_1: Migration = "
    CREATE TABLE settings (
        key TEXT PRIMARY KEY,
        value TEXT NOT NULL  -- JSON
    ) STRICT, WITHOUT ROWID;
";

pub(crate) fn read<T: DeserializeOwned>(
    connection: &Connection,
    key: &str,
) -> Result<Option<T>, MirrorError> {
    let text: Option<String> = connection
        .prepare_cached("SELECT value FROM settings WHERE key = ?1")?
        .query_row([key], |row| row.get(0))
        .optional()?;
    Ok(text.map(|text| serde_json::from_str(&text)).transpose()?)
}

pub(crate) fn write<T: Serialize + ?Sized>(
    connection: &Connection,
    key: &str,
    value: &T,
) -> Result<(), MirrorError> {
    connection
        .prepare_cached(
            "INSERT INTO settings (key, value) VALUES (?1, ?2)
             ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        )?
        .execute([key, &serde_json::to_string(value)?])?;
    Ok(())
}

/// Keeps a value in the place of another, or, if that is none, where there is none; false if
/// something else stands there.
pub(crate) fn exchange<T: Serialize>(
    connection: &Connection,
    key: &str,
    before: Option<&T>,
    value: &T,
) -> Result<bool, MirrorError> {
    let value = serde_json::to_string(value)?;
    let changed = match before {
        None => connection
            .prepare_cached(
                "INSERT INTO settings (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO NOTHING",
            )?
            .execute([key, &value])?,
        Some(before) => connection
            .prepare_cached("UPDATE settings SET value = ?2 WHERE key = ?1 AND value = ?3")?
            .execute([key, &value, &serde_json::to_string(before)?])?,
    };
    Ok(changed == 1)
}
