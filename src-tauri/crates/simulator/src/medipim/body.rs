//! The body of a request as a JSON tree that keeps every key, even one that stands twice.

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::refusal::{Refusal, Violation};

/// How deep the brackets of a body may nest. A filter of 64 levels needs 130.
const DEEPEST: usize = 320;

/// A JSON value.
#[derive(Debug, Clone, PartialEq)]
pub enum Json {
    /// `null`
    Null,
    /// `true`, `false`
    Boolean(bool),
    /// An integer of 0 or more that fits.
    Integer(u64),
    /// Any other number.
    Number,
    /// A text.
    Text(String),
    /// A list.
    List(Vec<Json>),
    /// An object, with its keys in their order.
    Object(Vec<(String, Json)>),
}

impl Json {
    /// Reads a body: 400 if it is not JSON, 422 if it nests too deep.
    pub fn read(body: &[u8]) -> Result<Self, Refusal> {
        let text = std::str::from_utf8(body).map_err(|error| not_json(&error))?;
        // Skipping a value does not recurse, so this is safe for any nesting.
        serde_json::from_str::<IgnoredAny>(text).map_err(|error| not_json(&error))?;
        if deepest(text) > DEEPEST {
            return Err(Refusal::invalid(vec![Violation {
                path: "body".to_owned(),
                message: format!("nested deeper than {DEEPEST} brackets"),
            }]));
        }
        let mut reader = serde_json::Deserializer::from_str(text);
        reader.disable_recursion_limit();
        Self::deserialize(&mut reader).map_err(|error| not_json(&error))
    }

    /// What this is, for messages.
    pub const fn what(&self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Boolean(_) => "a boolean",
            Self::Integer(_) => "an integer",
            Self::Number => "a negative or decimal number",
            Self::Text(_) => "a text",
            Self::List(_) => "a list",
            Self::Object(_) => "an object",
        }
    }
}

fn not_json(error: &dyn fmt::Display) -> Refusal {
    Refusal::bad_request(format!("The body is not JSON: {error}"))
}

/// How deep the brackets of a valid JSON text nest.
fn deepest(text: &str) -> usize {
    let (mut depth, mut deepest) = (0_usize, 0);
    let mut bytes = text.bytes();
    let mut in_text = false;
    while let Some(byte) = bytes.next() {
        match byte {
            b'\\' => {
                bytes.next();
            }
            b'"' => in_text = !in_text,
            b'{' | b'[' if !in_text => {
                depth += 1;
                deepest = deepest.max(depth);
            }
            b'}' | b']' if !in_text => depth -= 1,
            _ => {}
        }
    }
    deepest
}

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(Tree)
    }
}

struct Tree;

impl<'de> Visitor<'de> for Tree {
    type Value = Json;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E: Error>(self) -> Result<Json, E> {
        Ok(Json::Null)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Json, E> {
        Ok(Json::Boolean(value))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Json, E> {
        Ok(Json::Integer(number))
    }

    fn visit_i64<E: Error>(self, _: i64) -> Result<Json, E> {
        // serde_json gives what is not negative as u64.
        Ok(Json::Number)
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<Json, E> {
        Ok(Json::Number)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Json, E> {
        Ok(Json::Text(text.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Json, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Json::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Json, A::Error> {
        let mut object = Vec::new();
        while let Some(entry) = entries.next_entry()? {
            object.push(entry);
        }
        Ok(Json::Object(object))
    }
}

#[cfg(test)]
mod tests {
    use axum::response::IntoResponse;

    use super::*;

    fn status(body: &[u8]) -> u16 {
        match Json::read(body) {
            Ok(_) => 200,
            Err(refusal) => refusal.into_response().status().as_u16(),
        }
    }

    fn nested(brackets: usize) -> Vec<u8> {
        [b"[".repeat(brackets), b"]".repeat(brackets)].concat()
    }

    #[test]
    fn three_hundred_brackets_are_read_and_more_are_refused_without_a_crash() {
        assert_eq!(status(&nested(DEEPEST)), 200);
        assert_eq!(status(&nested(DEEPEST + 1)), 422);
        assert_eq!(status(&nested(1_000_000)), 422);
        assert_eq!(status(&b"[".repeat(1_000_000)), 400);
        assert_eq!(status(&b"{\"not\":".repeat(1_000_000)), 400);
    }

    #[test]
    fn brackets_in_texts_do_not_nest() {
        let text = format!("[\"\\\"{}\\\\\"]", "[".repeat(1_000));
        assert_eq!(status(text.as_bytes()), 200);
    }

    #[test]
    fn what_is_not_json_is_a_bad_request() {
        for body in [
            "",
            " ",
            "{",
            "{}{}",
            "{'a':1}",
            "nul",
            "\"\\ud800\"",
            "[1,]",
            "NaN",
            "01",
        ] {
            assert_eq!(status(body.as_bytes()), 400, "{body}");
        }
        assert_eq!(status(b"\"\xff\""), 400, "not UTF-8");
    }

    #[test]
    fn only_integers_of_zero_or_more_are_integers() {
        let read = |text: &str| Json::read(text.as_bytes()).unwrap();
        assert_eq!(read("18446744073709551615"), Json::Integer(u64::MAX));
        for text in ["18446744073709551616", "1.0", "1e3", "-1", "-0", "0.5"] {
            assert_eq!(read(text), Json::Number, "{text}");
        }
    }

    #[test]
    fn a_key_that_stands_twice_is_kept_twice() {
        let twice = Json::read(b"{\"id\":1,\"id\":2}").unwrap();
        assert!(matches!(twice, Json::Object(entries) if entries.len() == 2));
    }
}
