//! Looking into the table `activity`.

use std::collections::BTreeMap;

use muster_directory::{ApiKeyId, name::fold};
use rusqlite::{
    Connection, OptionalExtension, Row,
    functions::{Context, FunctionFlags},
    named_params,
};
use serde_json::Value;

use crate::MirrorError;

const COLUMNS: &str = "no, at, account, key_id, kind, target, request_id, outcome, detail, \
                       previous, hash";

/// Which entries count. What is empty or none does not narrow.
const WHICH: &str = "(:kinds IS NULL OR kind IN (SELECT value FROM json_each(:kinds)))
    AND (:outcomes IS NULL OR outcome IN (SELECT value FROM json_each(:outcomes)))
    AND (:since IS NULL OR at >= :since) AND (:until IS NULL OR at < :until)
    AND (:text IS NULL OR says(:text, account, key_id, target, request_id, detail, hash))";

/// An entry as it is stored. What of it is no longer readable is told as far as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActivityRecord {
    /// Its number, from 1.
    pub no: u64,
    /// When, Unix milliseconds.
    pub at: i64,
    /// The account of the operating system.
    pub account: String,
    /// The API key that was concerned.
    pub key_id: Option<ApiKeyId>,
    /// What was done.
    pub kind: String,
    /// What it was done to, as JSON.
    pub target: String,
    /// How the vendor calls the request.
    pub request_id: Option<String>,
    /// What came of it.
    pub outcome: String,
    /// More about it, as JSON.
    pub detail: String,
    /// The hash of the entry before.
    pub previous: String,
    /// Its hash.
    pub hash: String,
}

/// Which entries are asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ActivityQuestion {
    /// Of these kinds; empty: of all.
    pub kinds: Vec<String>,
    /// With these outcomes; empty: with all.
    pub outcomes: Vec<String>,
    /// In whose account, key, target, request id, details or hash this stands; case and accents do
    /// not count.
    pub text: Option<String>,
    /// From this time on, Unix milliseconds.
    pub since: Option<i64>,
    /// Before this time, Unix milliseconds.
    pub until: Option<i64>,
    /// Only what stands before the entry with this number, for the next page.
    pub before: Option<u64>,
    /// How many at most.
    pub limit: u64,
}

impl ActivityQuestion {
    /// Whether nothing but the kind decides, a text apart.
    const fn is_by_kind(&self) -> bool {
        self.outcomes.is_empty() && self.since.is_none() && self.until.is_none()
    }
}

/// Some of the entries, the newest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActivityPage {
    /// The entries.
    pub entries: Vec<ActivityRecord>,
    /// How many match on all pages.
    pub total: u64,
    /// How many there are of each kind, whatever was asked for.
    pub kinds: BTreeMap<String, u64>,
}

/// The text of a column, as far as it is one.
pub(super) fn text(row: &Row<'_>, column: usize) -> rusqlite::Result<String> {
    let bytes = row.get_ref(column)?.as_bytes()?;
    Ok(String::from_utf8_lossy(bytes).into_owned())
}

fn read(row: &Row<'_>) -> rusqlite::Result<ActivityRecord> {
    let key_id: Option<i64> = row.get(3)?;
    let key_id = key_id.and_then(|id| ApiKeyId::try_from(u64::try_from(id).ok()?).ok());
    let request_id = match row.get_ref(6)? {
        rusqlite::types::ValueRef::Null => None,
        _ => Some(text(row, 6)?),
    };
    Ok(ActivityRecord {
        no: row.get::<_, i64>(0)?.try_into().unwrap_or_default(),
        at: row.get(1)?,
        account: text(row, 2)?,
        key_id,
        kind: text(row, 4)?,
        target: text(row, 5)?,
        request_id,
        outcome: text(row, 7)?,
        detail: text(row, 8)?,
        previous: text(row, 9)?,
        hash: text(row, 10)?,
    })
}

/// The entry with a number; none if there is none.
pub(crate) fn one(connection: &Connection, no: u64) -> Result<Option<ActivityRecord>, MirrorError> {
    let select = format!("SELECT {COLUMNS} FROM activity WHERE no = ?1");
    Ok(connection
        .prepare_cached(&select)?
        .query_row([i64::try_from(no).unwrap_or(i64::MAX)], read)
        .optional()?)
}

/// Some of the entries, the newest first.
pub(crate) fn page(
    connection: &Connection,
    question: &ActivityQuestion,
) -> Result<ActivityPage, MirrorError> {
    // One state, though somebody may append meanwhile.
    let reading = connection.unchecked_transaction()?;
    add_says(&reading)?;
    let text = question.text.as_deref().map(str::trim).map(fold);
    let text = text.filter(|text| !text.is_empty());
    let (kinds, outcomes) = (list(&question.kinds)?, list(&question.outcomes)?);
    let counts = counts(&reading)?;
    let total = if text.is_none() && question.is_by_kind() {
        // The index knows: a long record is not read for it.
        let asked = |kind: &String| question.kinds.is_empty() || question.kinds.contains(kind);
        let asked = counts.iter().filter(|(kind, _)| asked(kind));
        asked.map(|(_, count)| count).sum()
    } else {
        reading
            .prepare_cached(&format!("SELECT count(*) FROM activity WHERE {WHICH}"))?
            .query_row(
                named_params! {
                    ":kinds": kinds,
                    ":outcomes": outcomes,
                    ":since": question.since,
                    ":until": question.until,
                    ":text": text,
                },
                |row| row.get(0),
            )?
    };
    let entries = reading
        .prepare_cached(&format!(
            "SELECT {COLUMNS} FROM activity WHERE {WHICH} AND (:before IS NULL OR no < :before)
             ORDER BY no DESC LIMIT :limit"
        ))?
        .query_map(
            named_params! {
                ":kinds": kinds,
                ":outcomes": outcomes,
                ":since": question.since,
                ":until": question.until,
                ":text": text,
                ":before": question.before.map(|no| i64::try_from(no).unwrap_or(i64::MAX)),
                ":limit": i64::try_from(question.limit).unwrap_or(i64::MAX),
            },
            read,
        )?
        .collect::<Result<_, _>>()?;
    Ok(ActivityPage {
        entries,
        total,
        kinds: counts,
    })
}

fn counts(connection: &Connection) -> Result<BTreeMap<String, u64>, MirrorError> {
    let counted = connection
        .prepare_cached("SELECT kind, count(*) FROM activity GROUP BY kind")?
        .query_map((), |row| Ok((text(row, 0)?, row.get(1)?)))?
        .collect::<Result<_, _>>()?;
    Ok(counted)
}

/// Words as a list that SQL takes apart; none if there are none.
fn list(words: &[String]) -> Result<Option<String>, MirrorError> {
    if words.is_empty() {
        return Ok(None);
    }
    Ok(Some(serde_json::to_string(words)?))
}

/// Adds the function `says`: whether a folded text stands in an entry.
fn add_says(connection: &Connection) -> Result<(), MirrorError> {
    let flags = FunctionFlags::SQLITE_UTF8
        | FunctionFlags::SQLITE_DETERMINISTIC
        | FunctionFlags::SQLITE_DIRECTONLY;
    Ok(connection.create_scalar_function("says", 7, flags, says)?)
}

fn says(context: &Context<'_>) -> rusqlite::Result<bool> {
    let part: String = context.get(0)?;
    for index in 1..context.len() {
        let stored = match context.get_raw(index) {
            rusqlite::types::ValueRef::Null => continue,
            rusqlite::types::ValueRef::Integer(number) => number.to_string(),
            other => String::from_utf8_lossy(other.as_bytes()?).into_owned(),
        };
        // Of JSON the values count, not its keys and signs.
        let found = match serde_json::from_str(&stored) {
            Ok(value @ (Value::Object(_) | Value::Array(_))) => holds(&value, &part),
            _ => fold(&stored).contains(&part),
        };
        if found {
            return Ok(true);
        }
    }
    Ok(false)
}

fn holds(value: &Value, part: &str) -> bool {
    match value {
        Value::Null => false,
        Value::Bool(_) | Value::Number(_) => value.to_string().contains(part),
        Value::String(text) => fold(text).contains(part),
        Value::Array(list) => list.iter().any(|own| holds(own, part)),
        Value::Object(map) => map.values().any(|own| holds(own, part)),
    }
}

#[cfg(test)]
mod tests {
    use super::{
        super::{
            NewActivity, append,
            tests::{entry, table},
        },
        *,
    };

    fn three() -> Connection {
        let mut connection = table();
        for own in [
            entry(10, "sync"),
            NewActivity {
                outcome: "failed".to_owned(),
                request_id: Some("Req-77".to_owned()),
                ..entry(20, "export")
            },
            NewActivity {
                key_id: None,
                ..entry(30, "sync")
            },
        ] {
            append(&mut connection, &own).unwrap();
        }
        connection
    }

    fn found(connection: &Connection, question: ActivityQuestion) -> (Vec<u64>, u64) {
        let question = ActivityQuestion {
            limit: question.limit.max(2),
            ..question
        };
        let page = page(connection, &question).unwrap();
        let counted = super::page(
            connection,
            &ActivityQuestion {
                since: Some(question.since.unwrap_or(i64::MIN)),
                ..question
            },
        );
        assert_eq!(
            counted.unwrap().total,
            page.total,
            "counted one by one it is the same"
        );
        let numbers = page.entries.iter().map(|own| own.no).collect();
        (numbers, page.total)
    }

    #[test]
    fn the_newest_stand_first_and_the_next_page_follows_on() {
        let connection = three();
        let asked = ActivityQuestion::default;
        assert_eq!(found(&connection, asked()), (vec![3, 2], 3));
        let next = ActivityQuestion {
            before: Some(2),
            ..asked()
        };
        assert_eq!(found(&connection, next), (vec![1], 3));
        let kinds = page(&connection, &asked()).unwrap().kinds;
        assert_eq!(
            kinds,
            BTreeMap::from([("export".to_owned(), 1), ("sync".to_owned(), 2)])
        );
    }

    #[test]
    fn entries_are_found_by_kind_outcome_time_and_text() {
        let connection = three();
        let asked = ActivityQuestion::default;
        let text = |part: &str| ActivityQuestion {
            text: Some(part.to_owned()),
            ..asked()
        };
        for (question, expected) in [
            (
                ActivityQuestion {
                    kinds: vec!["sync".to_owned()],
                    ..asked()
                },
                vec![3, 1],
            ),
            (
                ActivityQuestion {
                    outcomes: vec!["failed".to_owned(), "unknown".to_owned()],
                    ..asked()
                },
                vec![2],
            ),
            (
                ActivityQuestion {
                    since: Some(20),
                    until: Some(30),
                    ..asked()
                },
                vec![2],
            ),
            (text(" req-77 "), vec![2]),
            (text("C:\\LEDEN"), vec![3, 2]),
            (text("41"), vec![2, 1]),
            (text("people"), vec![]),
            (text("100%"), vec![]),
            (text("  "), vec![3, 2]),
        ] {
            assert_eq!(
                found(&connection, question.clone()).0,
                expected,
                "{question:?}"
            );
        }
        let hash = one(&connection, 1).unwrap().unwrap().hash;
        assert_eq!(found(&connection, text(&hash[..20])), (vec![1], 1));
    }

    #[test]
    fn an_entry_that_was_tampered_with_hides_no_other() {
        let connection = three();
        connection
            .execute_batch(
                "DROP TRIGGER activity_is_not_changed;
                 UPDATE activity SET account = CAST(x'ff61' AS TEXT), key_id = -5, detail = '{'
                 WHERE no = 2",
            )
            .unwrap();
        let page = page(
            &connection,
            &ActivityQuestion {
                limit: 9,
                text: Some("a".to_owned()),
                ..ActivityQuestion::default()
            },
        )
        .unwrap();
        assert_eq!(page.entries.len(), 3);
        assert_eq!(page.entries[1].account, "\u{fffd}a");
        assert_eq!(page.entries[1].key_id, None);
    }
}
