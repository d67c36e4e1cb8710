//! JSON text read with care: bounded nesting, no key twice, errors that say where.

use std::{borrow::Cow, fmt, ops::Range};

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

use crate::said::{Coded, Said, said};

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
    /// The same for another language.
    pub coded: Option<Coded>,
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
        .map_err(|error| {
            let message = without_position(&error.to_string());
            JsonError {
                line: error.line(),
                column: error.column(),
                coded: Some(coded(&message, error.is_eof())),
                message,
            }
        })
}

/// The reader's own message for another language.
fn coded(message: &str, is_cut_off: bool) -> Coded {
    let twice = message.strip_prefix(TWICE.0);
    let twice = twice.and_then(|rest| rest.strip_suffix(TWICE.1));
    let (code, values) = match twice {
        Some(key) => ("json_twice", vec![("key", key.to_owned())]),
        None if is_cut_off => ("json_cut_off", Vec::new()),
        None => (code_of(message), Vec::new()),
    };
    Coded { code, values }
}

fn code_of(message: &str) -> &'static str {
    match message {
        "expected value" => "json_value",
        "expected `:`" => "json_colon",
        "expected `,` or `]`" => "json_list_comma",
        "expected `,` or `}`" => "json_object_comma",
        "trailing comma" => "json_trailing_comma",
        "trailing characters" => "json_after",
        "key must be a string" => "json_key",
        _ => "json",
    }
}

/// What stands before and after a key that an object names twice.
const TWICE: (&str, &str) = ("the key \"", "\" stands twice");

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
            let Said { message, coded } = said!(
                json_deep,
                "nested deeper than {most} brackets",
                most = DEEPEST
            );
            return Err(JsonError {
                line,
                column: at - line_start + 1,
                message,
                coded,
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
    let (mut rest, mut start) = (path, places.at);
    while let Some(inside) = places.enter(rest) {
        (rest, start) = inside;
    }
    start..places.at
}

/// A walk through a JSON text that is known to be good.
struct Places<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Places<'a> {
    /// Goes to the value that a path leads to in the one that stands here: what is left of the
    /// path, and where the entry or item begins. If there is none, goes past the one that stands
    /// here.
    fn enter<'p>(&mut self, path: &'p str) -> Option<(&'p str, usize)> {
        let is_object = match self.peek() {
            b'{' if !path.is_empty() => true,
            b'[' if !path.is_empty() => false,
            _ => {
                self.pass();
                return None;
            }
        };
        let item = item_of(path);
        self.at += 1;
        self.blank();
        for index in 0.. {
            if matches!(self.peek(), b'}' | b']' | 0) {
                break;
            }
            let start = self.at;
            let rest = if is_object {
                self.key(path)
            } else {
                item.filter(|(wanted, _)| *wanted == index)
                    .map(|(_, rest)| rest)
            };
            if let Some(rest) = rest {
                return Some((rest, start));
            }
            self.pass();
            self.token(b',');
        }
        self.at += 1;
        None
    }

    /// Goes past a key to its value; what is left of a path if it leads to it.
    fn key<'p>(&mut self, path: &'p str) -> Option<&'p str> {
        let key = self.string();
        self.token(b':');
        let rest = path.strip_prefix('.').unwrap_or(path).strip_prefix(&*key)?;
        (rest.is_empty() || rest.starts_with(['.', '['])).then_some(rest)
    }

    /// Goes past the value that stands here.
    fn pass(&mut self) {
        let mut depth = 0_usize;
        loop {
            match self.peek() {
                0 => return,
                b'"' => self.pass_string(),
                b'{' | b'[' => {
                    depth += 1;
                    self.at += 1;
                }
                b'}' | b']' => {
                    depth = depth.saturating_sub(1);
                    self.at += 1;
                }
                b',' | b':' | b' ' | b'\t' | b'\r' | b'\n' => self.at += 1,
                _ => self.pass_word(),
            }
            if depth == 0 {
                return;
            }
        }
    }

    /// Goes past a number, `true`, `false` or `null`.
    fn pass_word(&mut self) {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let end = rest.find([',', ']', '}', ' ', '\t', '\r', '\n']);
        self.at += end.unwrap_or(rest.len());
    }

    fn pass_string(&mut self) {
        let mut escaped = false;
        let rest = self.text.get(self.at + 1..).unwrap_or_default();
        let end = rest.bytes().position(|byte| {
            let ends = byte == b'"' && !escaped;
            escaped = byte == b'\\' && !escaped;
            ends
        });
        self.at += end.map_or(rest.len() + 1, |end| end + 2);
    }

    /// A text, without its quotes and escapes.
    fn string(&mut self) -> Cow<'a, str> {
        let from = self.at;
        self.pass_string();
        let quoted = self.text.get(from..self.at).unwrap_or_default();
        if quoted.contains('\\') {
            return serde_json::from_str(quoted).map_or(Cow::Borrowed(quoted), Cow::Owned);
        }
        Cow::Borrowed(quoted.trim_matches('"'))
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

/// Which item of a list a path leads to, and what is left of the path.
fn item_of(path: &str) -> Option<(usize, &str)> {
    let (index, rest) = path.strip_prefix('[')?.split_once(']')?;
    Some((index.parse().ok()?, rest))
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
                return Err(A::Error::custom(format!("{}{key}{}", TWICE.0, TWICE.1)));
            }
            object.insert(key, value);
        }
        Ok(object.into())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

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
    fn what_is_wrong_has_a_code_for_other_languages() {
        for (text, code) in [
            ("{\"id\": 1, \"id\": 2}", "json_twice"),
            ("{\"id\": ", "json_cut_off"),
            ("[x]", "json_value"),
            ("{\"id\" 1}", "json_colon"),
            ("[1 2]", "json_list_comma"),
            ("{\"id\": 1 \"a\": 2}", "json_object_comma"),
            ("[1,]", "json_trailing_comma"),
            ("{} x", "json_after"),
            ("{id: 1}", "json_key"),
            ("[\"\\x\"]", "json"),
        ] {
            let coded = parse(text).unwrap_err().coded.unwrap();
            assert_eq!(coded.code, code, "{text}");
        }
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
            (".b[0]", r#""b": null"#),
        ] {
            assert_eq!(&text[locate(text, path)], there, "{path}");
        }
    }

    #[test]
    fn a_key_is_found_however_it_is_escaped() {
        let text = r#"{"a\u0062": [1, {"c": 2}], "d": 3}"#;
        assert_eq!(&text[locate(text, ".ab[1].c")], r#""c": 2"#);
    }

    fn value() -> impl Strategy<Value = Value> {
        let scalar = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i32>().prop_map(Value::from),
            any::<String>().prop_map(Value::from),
        ];
        scalar.prop_recursive(4, 40, 4, |part| {
            let entries = prop::collection::vec(("[a-z\"\\\\é]{1,3}", part.clone()), 0..4);
            prop_oneof![
                prop::collection::vec(part, 0..4).prop_map(Value::from),
                entries.prop_map(|entries| Value::Object(entries.into_iter().collect())),
            ]
        })
    }

    /// The path of every value.
    fn paths<'a>(value: &'a Value, path: String, found: &mut Vec<(String, &'a Value)>) {
        match value {
            Value::Array(items) => items.iter().enumerate().for_each(|(index, item)| {
                paths(item, format!("{path}[{index}]"), found);
            }),
            Value::Object(entries) => entries.iter().for_each(|(key, value)| {
                paths(value, format!("{path}.{key}"), found);
            }),
            _ => {}
        }
        found.push((path, value));
    }

    proptest! {
        #[test]
        fn every_path_leads_to_its_value(value in value(), pretty in any::<bool>()) {
            let text = if pretty { format!("{value:#}") } else { value.to_string() };
            let mut all = Vec::new();
            paths(&value, String::new(), &mut all);
            for (path, own) in all {
                let there = &text[locate(&text, &path)];
                let is_entry = !path.is_empty() && !path.ends_with(']');
                let found: Value = if is_entry {
                    let entry: Map<_, _> = serde_json::from_str(&format!("{{{there}}}")).unwrap();
                    entry.into_values().next().unwrap()
                } else {
                    serde_json::from_str(there).unwrap()
                };
                prop_assert_eq!(&found, own, "{} in {}", path, &text);
            }
        }
    }
}
