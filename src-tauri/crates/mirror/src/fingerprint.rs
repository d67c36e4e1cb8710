//! A 64-bit hash of what the vendor said of one person or organization: two rows differ only if
//! their hashes do.
//!
//! It is taken over the vendor's own JSON with its keys sorted, so it stays the same when a later
//! version of the app reads more fields into columns, and when the vendor reorders its keys.

use std::io::Write;

use muster_directory::{Fact, Organization, Person};
use serde::Serialize;
use serde_json::Value;
use twox_hash::XxHash3_64;

use crate::MirrorError;

/// The hash of a person, as SQLite keeps it.
pub(crate) fn of_person(person: &Person) -> Result<i64, MirrorError> {
    if person.extra.is_empty() && person.meta.extra.is_empty() {
        let mut text = Vec::with_capacity(160);
        write_plain(person, &mut text)?;
        Ok(hash(&text))
    } else {
        of(person)
    }
}

/// The hash of an organization, as SQLite keeps it.
pub(crate) fn of_organization(organization: &Organization) -> Result<i64, MirrorError> {
    of(organization)
}

fn of(value: &impl Serialize) -> Result<i64, MirrorError> {
    let mut text = Vec::with_capacity(256);
    write_sorted(&serde_json::to_value(value)?, &mut text)?;
    Ok(hash(&text))
}

fn hash(text: &[u8]) -> i64 {
    XxHash3_64::oneshot(text).cast_signed()
}

/// The same text as [`write_sorted`] for a person without fields that we do not know: nearly all,
/// and a million of them are hashed in each sync.
fn write_plain(person: &Person, to: &mut Vec<u8>) -> Result<(), serde_json::Error> {
    let io = serde_json::Error::io;
    write!(to, r#"{{"id":{},"meta":{{"#, person.id).map_err(io)?;
    let mut comma = "";
    for (key, time) in [
        ("createdAt", &person.meta.created_at),
        ("updatedAt", &person.meta.updated_at),
    ] {
        match time {
            Fact::Unknown => continue,
            Fact::Absent => write!(to, r#"{comma}"{key}":null"#).map_err(io)?,
            Fact::Known(seconds) => write!(to, r#"{comma}"{key}":{seconds}"#).map_err(io)?,
        }
        comma = ",";
    }
    to.extend_from_slice(br#"},"name":"#);
    serde_json::to_writer(&mut *to, &person.name)?;
    match person.organization {
        Fact::Unknown => {}
        Fact::Absent => to.extend_from_slice(br#","organization":null"#),
        Fact::Known(id) => write!(to, r#","organization":{id}"#).map_err(io)?,
    }
    to.push(b'}');
    Ok(())
}

fn write_sorted(value: &Value, to: &mut Vec<u8>) -> Result<(), serde_json::Error> {
    match value {
        Value::Object(object) => {
            let mut entries: Vec<_> = object.iter().collect();
            entries.sort_unstable_by_key(|(key, _)| *key);
            to.push(b'{');
            for (index, (key, value)) in entries.into_iter().enumerate() {
                if index > 0 {
                    to.push(b',');
                }
                serde_json::to_writer(&mut *to, key)?;
                to.push(b':');
                write_sorted(value, to)?;
            }
            to.push(b'}');
        }
        Value::Array(items) => {
            to.push(b'[');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    to.push(b',');
                }
                write_sorted(item, to)?;
            }
            to.push(b']');
        }
        plain => serde_json::to_writer(to, plain)?,
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(text: &str) -> Person {
        serde_json::from_str(text).unwrap()
    }

    #[test]
    fn the_hash_of_a_person_never_changes_between_versions() {
        let plain = person(
            r#"{"id":1,"name":"Zoë","organization":12,"meta":{"createdAt":1,"updatedAt":2}}"#,
        );
        assert_eq!(of_person(&plain).unwrap(), PLAIN, "files out there hold it");
    }

    const PLAIN: i64 = 6_936_235_112_144_848_375;

    #[test]
    fn the_short_way_and_the_long_way_give_the_same_hash() {
        for text in [
            r#"{"id":1,"name":"Zoë \"x\"\n","organization":12,"meta":{"createdAt":1,"updatedAt":2}}"#,
            r#"{"id":1,"name":"","organization":null,"meta":{"updatedAt":null}}"#,
            r#"{"id":9007199254740991,"name":"A","meta":{}}"#,
        ] {
            let person = person(text);
            assert_eq!(of_person(&person).unwrap(), of(&person).unwrap(), "{text}");
        }
    }

    #[test]
    fn the_order_of_keys_does_not_count_and_everything_else_does() {
        let of = |text| of_person(&person(text)).unwrap();
        assert_eq!(
            of(r#"{"id":1,"name":"A","x":{"a":1,"b":[2]},"y":1}"#),
            of(r#"{"y":1,"x":{"b":[2],"a":1},"name":"A","id":1}"#),
        );
        let different = [
            r#"{"id":1,"name":"A"}"#,
            r#"{"id":1,"name":"B"}"#,
            r#"{"id":1,"name":"A","organization":null}"#,
            r#"{"id":1,"name":"A","organization":1}"#,
            r#"{"id":1,"name":"A","meta":{"createdAt":null}}"#,
            r#"{"id":1,"name":"A","meta":{"createdAt":1}}"#,
            r#"{"id":1,"name":"A","meta":{"updatedAt":1}}"#,
            r#"{"id":1,"name":"A","meta":{"x":1}}"#,
            r#"{"id":1,"name":"A","x":1}"#,
            r#"{"id":1,"name":"A","x":[1]}"#,
        ]
        .map(of);
        let distinct: std::collections::HashSet<_> = different.into_iter().collect();
        assert_eq!(distinct.len(), different.len());
    }
}
