//! The table `recents`: the questions that were asked last, each once.

use rusqlite::{Connection, TransactionBehavior, params};

use crate::{MirrorError, file::Migration};

pub(crate) const LAYOUT_2: Migration = "
    CREATE TABLE recents (
        turn INTEGER PRIMARY KEY AUTOINCREMENT,  -- the newest question has the highest
        text TEXT NOT NULL,
        source TEXT NOT NULL,
        total INTEGER NOT NULL,
        possible INTEGER NOT NULL,
        took_ms REAL NOT NULL,
        asked_at INTEGER NOT NULL,               -- Unix seconds
        UNIQUE (text, source)
    ) STRICT;
";

/// How many questions are kept.
const KEPT: u32 = 50;

/// A question that was asked.
#[derive(Debug, Clone, PartialEq)]
pub struct RecentRecord {
    /// The query as it was written.
    pub text: String,
    /// Where the answer came from, as the engine names it.
    pub source: String,
    /// How many matched.
    pub total: u64,
    /// How many more may have.
    pub possible: u64,
    /// Milliseconds in the engine.
    pub took_ms: f64,
    /// When it was asked last, Unix seconds.
    pub asked_at: i64,
}

/// All, the newest first.
pub(crate) fn all(connection: &Connection) -> Result<Vec<RecentRecord>, MirrorError> {
    let records = connection
        .prepare_cached(
            "SELECT text, source, total, possible, took_ms, asked_at FROM recents
             ORDER BY turn DESC",
        )?
        .query_map((), |row| {
            Ok(RecentRecord {
                text: row.get(0)?,
                source: row.get(1)?,
                total: row.get(2)?,
                possible: row.get(3)?,
                took_ms: row.get(4)?,
                asked_at: row.get(5)?,
            })
        })?
        .collect::<Result<_, _>>()?;
    Ok(records)
}

/// Keeps a question as the newest, in the place of the same one before; forgets the oldest.
pub(crate) fn remember(
    connection: &mut Connection,
    asked: &RecentRecord,
) -> Result<(), MirrorError> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    transaction
        .prepare_cached("DELETE FROM recents WHERE text = ?1 AND source = ?2")?
        .execute([&asked.text, &asked.source])?;
    transaction
        .prepare_cached(
            "INSERT INTO recents (text, source, total, possible, took_ms, asked_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?
        .execute(params![
            asked.text,
            asked.source,
            asked.total,
            asked.possible,
            asked.took_ms,
            asked.asked_at,
        ])?;
    transaction
        .prepare_cached(
            "DELETE FROM recents
             WHERE turn NOT IN (SELECT turn FROM recents ORDER BY turn DESC LIMIT ?1)",
        )?
        .execute([KEPT])?;
    transaction.commit()?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(text: &str, source: &str, total: u64) -> RecentRecord {
        RecentRecord {
            text: text.to_owned(),
            source: source.to_owned(),
            total,
            possible: 1,
            took_ms: 1.5,
            asked_at: 5,
        }
    }

    fn table() -> Connection {
        let connection = Connection::open_in_memory().unwrap();
        connection.execute_batch(LAYOUT_2).unwrap();
        connection
    }

    #[test]
    fn a_question_stands_once_with_its_last_answer() {
        let mut connection = table();
        for question in [
            asked("org:12", "mirror", 3),
            asked("", "mirror", 9),
            asked("org:12", "live", 4),
            asked("org:12", "mirror", 5),
        ] {
            remember(&mut connection, &question).unwrap();
        }
        assert_eq!(
            all(&connection).unwrap(),
            [
                asked("org:12", "mirror", 5),
                asked("org:12", "live", 4),
                asked("", "mirror", 9)
            ],
            "the newest first, though all came in one second"
        );
    }

    #[test]
    fn the_newest_fifty_are_kept() {
        let mut connection = table();
        for number in 0..60 {
            remember(
                &mut connection,
                &asked(&format!("id:{number}"), "mirror", 1),
            )
            .unwrap();
        }
        let kept = all(&connection).unwrap();
        assert_eq!(kept.len(), 50);
        assert_eq!(kept[0].text, "id:59");
        assert_eq!(kept[49].text, "id:10");
    }
}
