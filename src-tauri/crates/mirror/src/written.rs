//! The table `written`: what the vendor took from us and does not tell again, by what it is about.

use muster_directory::{Target, Thing};
use rusqlite::{Connection, params};
use serde_json::Value;

use crate::{MirrorError, file::Migration, stored::damaged};

pub(crate) const LAYOUT_3: Migration = "
    CREATE TABLE written (
        thing TEXT NOT NULL,
        id TEXT NOT NULL,             -- the vendor's
        path TEXT NOT NULL,           -- profile.name
        value TEXT NOT NULL,          -- JSON; no secret
        at INTEGER NOT NULL,          -- Unix seconds
        version INTEGER,              -- the vendor's time of the last change after it
        plan TEXT NOT NULL,           -- UUID
        PRIMARY KEY (thing, id, path)
    ) STRICT, WITHOUT ROWID;
";

/// A value that the vendor took from us last.
#[derive(Debug, Clone, PartialEq)]
pub struct WrittenRecord {
    /// Where it stands in the vendor's body: `preferences.language`
    pub path: String,
    /// `null`: it was taken away.
    pub value: Value,
    /// When, Unix seconds.
    pub at: i64,
    /// The vendor's own time of the last change after it, Unix seconds: as long as that stands,
    /// nobody has changed the value since.
    pub version: Option<i64>,
    /// By which plan.
    pub plan: String,
}

/// A thing's name in the file.
pub(crate) const fn thing_name(thing: Thing) -> &'static str {
    match thing {
        Thing::Person => "person",
        Thing::Organization => "organization",
        Thing::ApiKey => "api_key",
    }
}

/// Everything that was written of something, by path.
pub(crate) fn of(
    connection: &Connection,
    thing: Thing,
    id: &str,
) -> Result<Vec<WrittenRecord>, MirrorError> {
    let records = connection
        .prepare_cached(
            "SELECT path, value, at, version, plan FROM written WHERE thing = ?1 AND id = ?2 ORDER BY path",
        )?
        .query_map([thing_name(thing), id], |row| {
            let value: String = row.get(1)?;
            Ok(WrittenRecord {
                path: row.get(0)?,
                value: serde_json::from_str(&value).map_err(|error| damaged(1, error))?,
                at: row.get(2)?,
                version: row.get(3)?,
                plan: row.get(4)?,
            })
        })?
        .collect::<Result<_, _>>()?;
    Ok(records)
}

/// Keeps what was written of something, in the place of what was before.
pub(crate) fn write(
    connection: &Connection,
    target: &Target,
    records: &[WrittenRecord],
) -> Result<(), MirrorError> {
    let mut statement = connection.prepare_cached(
        "INSERT INTO written (thing, id, path, value, at, version, plan)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
         ON CONFLICT (thing, id, path) DO UPDATE
         SET value = excluded.value, at = excluded.at, version = excluded.version,
             plan = excluded.plan",
    )?;
    for record in records {
        statement.execute(params![
            thing_name(target.thing),
            target.id,
            record.path,
            serde_json::to_string(&record.value)?,
            record.at,
            record.version,
            record.plan
        ])?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_was_written_last_counts() {
        let connection = Connection::open_in_memory().unwrap();
        connection.execute_batch(LAYOUT_3).unwrap();
        let target = Target {
            thing: Thing::Person,
            id: "7".to_owned(),
            name: "Zoë".to_owned(),
        };
        let record = |path: &str, value: Value, at| WrittenRecord {
            path: path.to_owned(),
            value,
            at,
            version: Some(at),
            plan: "p".to_owned(),
        };
        let first = [
            record("email", json!("a@b.be"), 1),
            record("role", json!("r"), 1),
        ];
        write(&connection, &target, &first).unwrap();
        let second = record("email", Value::Null, 2);
        write(&connection, &target, std::slice::from_ref(&second)).unwrap();
        let [_, role] = first;
        assert_eq!(of(&connection, Thing::Person, "7").unwrap(), [second, role]);
        assert_eq!(of(&connection, Thing::Organization, "7").unwrap(), []);
    }
}
