//! JSON text read with care: bounded nesting, no key twice, errors that say where.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

/// How deep the brackets of a text may nest. A filter of 64 levels needs 130.
pub const DEEPEST: usize = 256;

/// A text that is not the JSON that we read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}, column {column}: {message}")]
pub struct JsonError {
    /// Line, from one.
    pub line: usize,
    /// Column in bytes, from one.
    pub column: usize,
    /// What is wrong.
    pub message: String,
}

/// Reads a JSON text, refusing what nests deeper than [`DEEPEST`] and objects that name a key
/// twice.
pub fn parse(text: &str) -> Result<Value, JsonError> {
    check_nesting(text)?;
    let mut reader = serde_json::Deserializer::from_str(text);
    reader.disable_recursion_limit();
    Strict
        .deserialize(&mut reader)
        .and_then(|value| reader.end().map(|()| value))
        .map_err(|error| JsonError {
            line: error.line(),
            column: error.column(),
            message: without_position(&error.to_string()),
        })
}

fn without_position(message: &str) -> String {
    message
        .split(" at line ")
        .next()
        .unwrap_or(message)
        .to_owned()
}

fn check_nesting(text: &str) -> Result<(), JsonError> {
    let (mut depth, mut line, mut line_start) = (0_usize, 1, 0);
    let (mut in_string, mut escaped) = (false, false);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'\n' => (line, line_start) = (line + 1, at + 1),
            _ if escaped => escaped = false,
            b'\\' if in_string => escaped = true,
            b'"' => in_string = !in_string,
            b'{' | b'[' if !in_string => depth += 1,
            b'}' | b']' if !in_string => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > DEEPEST {
            return Err(JsonError {
                line,
                column: at - line_start + 1,
                message: format!("nested deeper than {DEEPEST} brackets"),
            });
        }
    }
    Ok(())
}

struct Strict;

impl<'de> DeserializeSeed<'de> for Strict {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Value, D::Error> {
        from.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Strict {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element_seed(Self)? {
            list.push(item);
        }
        Ok(list.into())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let mut object = Map::new();
        while let Some(key) = entries.next_key::<String>()? {
            let value = entries.next_value_seed(Self)?;
            if object.contains_key(&key) {
                return Err(A::Error::custom(format!("the key \"{key}\" stands twice")));
            }
            object.insert(key, value);
        }
        Ok(object.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_million_brackets_are_an_error_and_not_a_crash() {
        let error = parse(&"[".repeat(1_000_000)).unwrap_err();
        assert_eq!((error.line, error.column), (1, DEEPEST + 1));
    }

    #[test]
    fn brackets_in_strings_do_not_nest() {
        let text = format!("[\"\\\"{}\"]", "[".repeat(1_000));
        assert!(parse(&text).is_ok(), "they are text");
    }

    #[test]
    fn a_key_that_stands_twice_is_refused() {
        let error = parse("{\"id\": 1,\n \"id\": 2}").unwrap_err();
        assert_eq!(error.line, 2);
        assert_eq!(error.message, "the key \"id\" stands twice");
    }

    #[test]
    fn text_after_the_value_is_refused() {
        assert!(parse("{} x").is_err());
    }
}
