//! The table `activity`: what was done here, by whom, with what answer. Entries are appended and
//! never changed; each holds the hash of the one before it.

mod chain;
mod reading;

use muster_directory::ApiKeyId;
use rusqlite::{Connection, OptionalExtension, TransactionBehavior, named_params};

use crate::{MirrorError, file::Migration, stored::column_of};

use chain::Cell;
pub(crate) use chain::verify;
pub use chain::{Anchor, Break, Fault, NO_ENTRY, Verification};
pub use reading::{ActivityPage, ActivityQuestion, ActivityRecord};
pub(crate) use reading::{one, page};

/// The triggers are a fence against mistakes, not against somebody who removes them: that is what
/// the hashes are for.
pub(crate) const LAYOUT_3: Migration = "
    CREATE TABLE activity (
        no INTEGER PRIMARY KEY,    -- from 1, without gaps
        at INTEGER NOT NULL,       -- Unix milliseconds
        account TEXT NOT NULL,     -- of the operating system
        key_id INTEGER,            -- of the API key, if one was concerned
        kind TEXT NOT NULL,
        target TEXT NOT NULL,      -- JSON
        request_id TEXT,
        outcome TEXT NOT NULL,
        detail TEXT NOT NULL,      -- JSON
        previous TEXT NOT NULL,    -- the hash of the entry before; 64 zeros: there is none
        hash TEXT NOT NULL         -- SHA-256, hexadecimal, over all others: see chain.rs
    ) STRICT;
    CREATE INDEX activity_by_kind ON activity (kind, at);
    CREATE TRIGGER activity_is_not_changed BEFORE UPDATE ON activity
    BEGIN SELECT RAISE(ABORT, 'an entry is never changed'); END;
    CREATE TRIGGER activity_is_not_deleted BEFORE DELETE ON activity
    BEGIN SELECT RAISE(ABORT, 'an entry is never deleted'); END;
    CREATE TRIGGER activity_is_appended BEFORE INSERT ON activity
    WHEN NEW.no IS NOT (SELECT coalesce(max(no), 0) + 1 FROM activity)
        OR NEW.previous IS NOT coalesce(
            (SELECT hash FROM activity ORDER BY no DESC LIMIT 1),
            '0000000000000000000000000000000000000000000000000000000000000000')
    BEGIN SELECT RAISE(ABORT, 'an entry is appended to the last one'); END;
";

/// An entry that is about to be appended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewActivity {
    /// When, Unix milliseconds.
    pub at: i64,
    /// The account of the operating system.
    pub account: String,
    /// The API key that was concerned.
    pub key_id: Option<ApiKeyId>,
    /// What was done: a word that stays the same over versions.
    pub kind: String,
    /// What it was done to, as JSON.
    pub target: String,
    /// How the vendor calls the request.
    pub request_id: Option<String>,
    /// What came of it: a word that stays the same over versions.
    pub outcome: String,
    /// More about it, as JSON.
    pub detail: String,
}

/// The end of the chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActivityHead {
    /// The number of the last entry, which is how many there are; 0: there is none.
    pub no: u64,
    /// Its hash; [`NO_ENTRY`] if there is none.
    pub hash: String,
    /// When it was appended, Unix milliseconds; none if there is none.
    pub at: Option<i64>,
}

/// The last entry's number, hash and time.
pub(crate) fn head(connection: &Connection) -> Result<ActivityHead, MirrorError> {
    let last = connection
        .prepare_cached("SELECT no, hash, at FROM activity ORDER BY no DESC LIMIT 1")?
        .query_row((), |row| {
            Ok(ActivityHead {
                no: row.get::<_, i64>(0)?.try_into().unwrap_or_default(),
                hash: reading::text(row, 1)?,
                at: Some(row.get(2)?),
            })
        })
        .optional()?;
    Ok(last.unwrap_or_else(|| ActivityHead {
        no: 0,
        hash: NO_ENTRY.to_owned(),
        at: None,
    }))
}

/// Appends an entry to the last one, and returns the new end.
pub(crate) fn append(
    connection: &mut Connection,
    entry: &NewActivity,
) -> Result<ActivityHead, MirrorError> {
    // From the start: between reading the head and writing, nobody else may append.
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let appended = append_in(&transaction, entry)?;
    transaction.commit()?;
    Ok(appended)
}

/// The same, unless one that differs in nothing but its time was appended since a time in Unix
/// milliseconds: none then.
pub(crate) fn append_unless_since(
    connection: &mut Connection,
    entry: &NewActivity,
    since: i64,
) -> Result<Option<ActivityHead>, MirrorError> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    if is_there_since(&transaction, entry, since)? {
        return Ok(None);
    }
    let appended = append_in(&transaction, entry)?;
    transaction.commit()?;
    Ok(Some(appended))
}

fn is_there_since(
    connection: &Connection,
    entry: &NewActivity,
    since: i64,
) -> Result<bool, MirrorError> {
    let found = connection
        .prepare_cached(
            // One of a clock that was wrong, in the future, would stand in the way for long.
            "SELECT EXISTS (SELECT 1 FROM activity
             WHERE kind = :kind AND at BETWEEN :since AND :at AND account = :account
                 AND key_id IS :key_id AND target = :target AND request_id IS :request_id
                 AND outcome = :outcome AND detail = :detail)",
        )?
        .query_row(
            named_params! {
                ":kind": entry.kind,
                ":since": since,
                ":at": entry.at,
                ":account": entry.account,
                ":key_id": entry.key_id.map(|id| column_of(id.get())),
                ":target": entry.target,
                ":request_id": entry.request_id,
                ":outcome": entry.outcome,
                ":detail": entry.detail,
            },
            |row| row.get(0),
        )?;
    Ok(found)
}

fn append_in(connection: &Connection, entry: &NewActivity) -> Result<ActivityHead, MirrorError> {
    let previous = head(connection)?;
    let no = previous.no + 1;
    let key_id = entry.key_id.map(|id| column_of(id.get()));
    let hash = chain::hash(&[
        Cell::Number(column_of(no)),
        Cell::Number(entry.at),
        Cell::text(&entry.account),
        key_id.map_or(Cell::Null, Cell::Number),
        Cell::text(&entry.kind),
        Cell::text(&entry.target),
        entry.request_id.as_deref().map_or(Cell::Null, Cell::text),
        Cell::text(&entry.outcome),
        Cell::text(&entry.detail),
        Cell::text(&previous.hash),
    ]);
    connection
        .prepare_cached(
            "INSERT INTO activity (no, at, account, key_id, kind, target, request_id, outcome,
                 detail, previous, hash)
             VALUES (:no, :at, :account, :key_id, :kind, :target, :request_id, :outcome,
                 :detail, :previous, :hash)",
        )?
        .execute(named_params! {
            ":no": column_of(no),
            ":at": entry.at,
            ":account": entry.account,
            ":key_id": key_id,
            ":kind": entry.kind,
            ":target": entry.target,
            ":request_id": entry.request_id,
            ":outcome": entry.outcome,
            ":detail": entry.detail,
            ":previous": previous.hash,
            ":hash": hash,
        })?;
    Ok(ActivityHead {
        no,
        hash,
        at: Some(entry.at),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    pub(super) fn table() -> Connection {
        let connection = Connection::open_in_memory().unwrap();
        connection.execute_batch(LAYOUT_3).unwrap();
        connection
    }

    pub(super) fn entry(at: i64, kind: &str) -> NewActivity {
        NewActivity {
            at,
            account: "anna".to_owned(),
            key_id: Some(ApiKeyId::try_from(41).unwrap()),
            kind: kind.to_owned(),
            target: r#"{"what":"file","name":"C:\\léden.csv"}"#.to_owned(),
            request_id: None,
            outcome: "done".to_owned(),
            detail: r#"{"people":12}"#.to_owned(),
        }
    }

    #[test]
    fn entries_are_numbered_from_one_and_linked() {
        let mut connection = table();
        assert_eq!(
            head(&connection).unwrap(),
            ActivityHead {
                no: 0,
                hash: NO_ENTRY.to_owned(),
                at: None
            }
        );
        let first = append(&mut connection, &entry(5, "sync")).unwrap();
        let second = append(&mut connection, &entry(6, "export")).unwrap();
        assert_eq!((first.no, second.no), (1, 2));
        assert_eq!(head(&connection).unwrap(), second);
        let second = one(&connection, 2).unwrap().unwrap();
        assert_eq!(second.previous, first.hash, "each holds the hash before it");
        assert_eq!(one(&connection, 1).unwrap().unwrap().previous, NO_ENTRY);
        assert_eq!(one(&connection, 3).unwrap(), None);
    }

    #[test]
    fn nothing_is_changed_deleted_replaced_or_put_in_between() {
        let mut connection = table();
        for at in 1..=3 {
            append(&mut connection, &entry(at, "sync")).unwrap();
        }
        let before = head(&connection).unwrap();
        let columns = "(no, at, account, kind, target, outcome, detail, previous, hash)";
        let insert = |verb: &str, no: i64, previous: &str| {
            format!(
                "{verb} INTO activity {columns} VALUES ({no}, 1, 'a', 'b', 'c', 'd', 'e', '{previous}', 'f')"
            )
        };
        for statement in [
            "UPDATE activity SET at = 9 WHERE no = 2".to_owned(),
            "DELETE FROM activity WHERE no = 3".to_owned(),
            "DELETE FROM activity".to_owned(),
            insert("INSERT OR REPLACE", 2, &before.hash),
            insert("INSERT", 9, &before.hash),
            insert("INSERT", 4, NO_ENTRY),
            insert("INSERT", -1, &before.hash),
        ] {
            assert!(connection.execute_batch(&statement).is_err(), "{statement}");
        }
        assert_eq!(head(&connection).unwrap(), before);
    }

    #[test]
    fn two_who_append_at_once_stand_one_after_the_other() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("ledger.db");
        drop(crate::Ledger::open(&path).unwrap());
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    let ledger = crate::Ledger::open(&path).unwrap();
                    for at in 0..25 {
                        ledger.append_activity(&entry(at, "sync")).unwrap();
                    }
                });
            }
        });
        let verified = crate::Ledger::open(&path)
            .unwrap()
            .verify_activity(None)
            .unwrap();
        assert_eq!((verified.head.no, verified.broken), (100, None));
    }

    #[test]
    fn what_was_noted_within_the_hour_is_not_noted_again() {
        let mut connection = table();
        let looked = |at| entry(at, "secret_read");
        let mut note = |entry: &NewActivity| {
            append_unless_since(&mut connection, entry, entry.at - 60)
                .unwrap()
                .is_some()
        };
        assert!(note(&looked(100)));
        assert!(!note(&looked(160)), "it is there since then");
        assert!(note(&looked(161)), "the time is over");
        for other in [
            NewActivity {
                account: "bert".to_owned(),
                ..looked(162)
            },
            NewActivity {
                key_id: None,
                ..looked(162)
            },
            NewActivity {
                detail: "{}".to_owned(),
                ..looked(162)
            },
            NewActivity {
                outcome: "failed".to_owned(),
                ..looked(162)
            },
        ] {
            assert!(note(&other), "it is something else: {other:?}");
        }
        assert!(note(&looked(90)), "the clock was set back");
    }
}
