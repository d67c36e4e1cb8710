//! How a value that may be unknown or absent stands in a column: unknown is NULL, absent is a
//! value that no vendor gives, anything else is itself.

use muster_directory::Fact;
use serde_json::{Map, Value};

use crate::MirrorError;

/// A text that the vendor said there is none of. The empty text is another thing: vendors send it.
pub(crate) const ABSENT_TEXT: &str = "\0";

/// A time that the vendor said there is none of.
pub(crate) const ABSENT_TIME: i64 = i64::MIN;

/// The organization of a person without one. Ids begin at 1.
pub(crate) const NO_ORGANIZATION: i64 = 0;

pub(crate) fn text_column(fact: Fact<&str>) -> Option<&str> {
    match fact {
        Fact::Unknown => None,
        Fact::Absent => Some(ABSENT_TEXT),
        Fact::Known(text) => Some(text),
    }
}

pub(crate) fn text(column: Option<String>) -> Fact<String> {
    match column {
        None => Fact::Unknown,
        Some(text) if text == ABSENT_TEXT => Fact::Absent,
        Some(text) => Fact::Known(text),
    }
}

pub(crate) fn time_column(fact: &Fact<i64>) -> Option<i64> {
    match fact {
        Fact::Unknown => None,
        Fact::Absent => Some(ABSENT_TIME),
        Fact::Known(seconds) => Some((*seconds).max(ABSENT_TIME + 1)),
    }
}

pub(crate) fn time(column: Option<i64>) -> Fact<i64> {
    match column {
        None => Fact::Unknown,
        Some(ABSENT_TIME) => Fact::Absent,
        Some(seconds) => Fact::Known(seconds),
    }
}

/// Fields that we do not know, as JSON: NULL if there are none.
pub(crate) fn extra_column(extra: &Map<String, Value>) -> Result<Option<String>, MirrorError> {
    if extra.is_empty() {
        return Ok(None);
    }
    Ok(Some(serde_json::to_string(extra)?))
}

pub(crate) fn extra(column: Option<&str>) -> Result<Map<String, Value>, MirrorError> {
    column.map_or_else(
        || Ok(Map::new()),
        |text| {
            let mut reader = serde_json::Deserializer::from_str(text);
            // What was written here was read with care before.
            reader.disable_recursion_limit();
            Ok(serde::Deserialize::deserialize(&mut reader)?)
        },
    )
}

/// A row id as SQLite keeps it. Ids are smaller than 2^53.
pub(crate) const fn column_of(id: u64) -> i64 {
    id.cast_signed()
}

/// Turns an error in a value of ours into one that a row reader may return.
pub(crate) fn damaged(
    column: usize,
    error: impl std::error::Error + Send + Sync + 'static,
) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(column, rusqlite::types::Type::Null, Box::new(error))
}
