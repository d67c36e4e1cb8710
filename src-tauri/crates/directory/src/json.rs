//! JSON text read with care: bounded nesting, no key twice, errors that say where.

use std::{borrow::Cow, fmt, ops::Range};

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

/// Where in a text that [`parse`] has read a path points to, such as the `and[1].foo` of a
/// [`Violation`](crate::Violation): from the key on that stands there. If the path goes on where
/// there is nothing, what holds the place that is missing.
#[must_use]
pub fn locate(text: &str, path: &str) -> Range<usize> {
    let mut places = Places { text, at: 0 };
    places.blank();
    places.find(path, None)
}

/// A walk through a JSON text that is known to be good.
struct Places<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Places<'a> {
    /// The value that stands here, or what the path leads to in it.
    fn find(&mut self, path: &str, key_at: Option<usize>) -> Range<usize> {
        let value_at = self.at;
        let mut inside = None;
        match self.peek() {
            b'{' => self.each(|places, _| {
                let here = places.at;
                let key = places.string();
                places.token(b':');
                let rest = path.strip_prefix('.').unwrap_or(path);
                match rest.strip_prefix(&*key) {
                    Some(rest) if inside.is_none() && ends_a_name(rest) => {
                        inside = Some(places.find(rest, Some(here)));
                    }
                    _ => drop(places.find("", None)),
                }
            }),
            b'[' => self.each(|places, index| {
                let rest = path.strip_prefix(&format!("[{index}]"));
                let found = places.find(rest.unwrap_or_default(), None);
                if rest.is_some() {
                    inside = Some(found);
                }
            }),
            b'"' => drop(self.string()),
            _ => {
                let rest = self.text.get(self.at..).unwrap_or_default();
                let end = rest.find([',', ']', '}', ' ', '\t', '\r', '\n']);
                self.at += end.unwrap_or(rest.len());
            }
        }
        inside.unwrap_or(key_at.unwrap_or(value_at)..self.at)
    }

    /// Every entry or item between two brackets.
    fn each(&mut self, mut entry: impl FnMut(&mut Self, usize)) {
        self.at += 1;
        self.blank();
        let mut index = 0;
        while !matches!(self.peek(), b'}' | b']' | 0) {
            entry(self, index);
            index += 1;
            self.blank();
            self.token(b',');
        }
        self.at += 1;
    }

    /// A text, without its quotes and escapes.
    fn string(&mut self) -> Cow<'a, str> {
        let from = self.at;
        let mut escaped = false;
        let rest = self.text.get(from + 1..).unwrap_or_default();
        let end = rest.bytes().position(|byte| {
            let ends = byte == b'"' && !escaped;
            escaped = byte == b'\\' && !escaped;
            ends
        });
        self.at = from + 2 + end.unwrap_or(rest.len());
        let quoted = self.text.get(from..self.at).unwrap_or_default();
        serde_json::from_str(quoted).map_or(Cow::Borrowed(quoted), Cow::Owned)
    }

    fn token(&mut self, wanted: u8) {
        self.blank();
        self.at += usize::from(self.peek() == wanted);
        self.blank();
    }

    fn blank(&mut self) {
        while matches!(self.peek(), b' ' | b'\t' | b'\r' | b'\n') {
            self.at += 1;
        }
    }

    fn peek(&self) -> u8 {
        self.text.as_bytes().get(self.at).copied().unwrap_or(0)
    }
}

fn ends_a_name(rest: &str) -> bool {
    rest.is_empty() || rest.starts_with(['.', '['])
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

    #[test]
    fn a_path_is_found_in_the_text() {
        let text =
            r#" {"and": [ {"id": 1}, {"muster.name" : {"is": ["x\"}", -1.5]}} ], "b": null } "#;
        for (path, there) in [
            ("", text.trim()),
            (".and[0]", r#"{"id": 1}"#),
            (".and[0].id", r#""id": 1"#),
            (".and[1].muster.name.is", r#""is": ["x\"}", -1.5]"#),
            (".and[1].muster.name.is[1]", "-1.5"),
            (".b", r#""b": null"#),
            (
                ".and[7]",
                r#""and": [ {"id": 1}, {"muster.name" : {"is": ["x\"}", -1.5]}} ]"#,
            ),
            (".and[0].idx", r#"{"id": 1}"#),
        ] {
            assert_eq!(&text[locate(text, path)], there, "{path}");
        }
    }
}
