//! What a status that is not a success says: the vendor's error envelope, read leniently.
//!
//! The status line is authoritative; the body can be empty or malformed, or come from a gate in
//! between `[V]`.

use muster_directory::Violation;
use reqwest::StatusCode;
use serde_json::Value;

use crate::error::Refusal;

/// The most characters of a body that is not JSON which go to the log.
const EXCERPT: usize = 200;

/// Reads `{"error": {"code", "message"}}`, with `violations` inside `error` or beside it.
pub(super) fn read(status: StatusCode, body: &[u8]) -> Refusal {
    let mut refusal = Refusal {
        status,
        ..Refusal::default()
    };
    let Ok(body_json) = serde_json::from_slice::<Value>(body) else {
        refusal.excerpt = excerpt(body);
        return refusal;
    };
    let error = body_json.get("error").unwrap_or(&body_json);
    refusal.code = text(error, &["code"]);
    refusal.message = match error {
        Value::String(message) => Some(message.clone()),
        error => text(error, &["message", "detail", "title"]),
    };
    refusal.violations = error
        .get("violations")
        .into_iter()
        .chain(
            body_json
                .get("violations")
                .filter(|_| body_json.get("error").is_some()),
        )
        .flat_map(violations)
        .collect();
    if refusal.code.is_none() && refusal.message.is_none() {
        refusal.excerpt = excerpt(body);
    }
    refusal
}

fn violations(value: &Value) -> Vec<Violation> {
    match value {
        Value::Array(items) => items.iter().map(|item| violation("", item)).collect(),
        // `{"filter.id": "…"}`, `{"filter.id": ["…"]}`
        Value::Object(fields) => fields
            .iter()
            .flat_map(|(path, value)| match value {
                Value::Array(items) => items.iter().map(|item| violation(path, item)).collect(),
                item => vec![violation(path, item)],
            })
            .collect(),
        Value::Null => Vec::new(),
        item => vec![violation("", item)],
    }
}

fn violation(path: &str, item: &Value) -> Violation {
    let own = text(item, &["path", "field", "propertyPath", "property"]);
    let message = match item {
        Value::String(message) => message.clone(),
        item => text(item, &["message", "detail", "title"]).unwrap_or_else(|| item.to_string()),
    };
    Violation::new(own.unwrap_or_else(|| path.to_owned()), message)
}

/// The first of these keys that holds a text or a number.
fn text(value: &Value, keys: &[&str]) -> Option<String> {
    keys.iter().find_map(|key| match value.get(key)? {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    })
}

/// The beginning of a body, on one line.
pub(super) fn excerpt(body: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(&body[..body.len().min(EXCERPT * 4)]);
    let words: Vec<_> = text.split_whitespace().collect();
    let line: String = words
        .join(" ")
        .chars()
        .filter(|letter| !letter.is_control())
        .take(EXCERPT)
        .collect();
    (!line.is_empty()).then_some(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    const STATUS: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;

    fn found(body: &str) -> Refusal {
        read(STATUS, body.as_bytes())
    }

    #[test]
    fn the_documented_envelope_is_read() {
        let refusal = found(
            r#"{"error":{"status":401,"code":"authentication.not_authenticated","message":"No."}}"#,
        );
        assert_eq!(refusal.status, STATUS, "the status line is authoritative");
        assert_eq!(
            refusal.code.as_deref(),
            Some("authentication.not_authenticated")
        );
        assert_eq!(refusal.message.as_deref(), Some("No."));
        assert_eq!(refusal.excerpt, None);
    }

    #[test]
    fn violations_are_read_inside_the_error_and_beside_it_in_every_shape() {
        let expected = vec![Violation::new("filter.id", "bad")];
        for body in [
            r#"{"error":{"violations":[{"path":"filter.id","message":"bad"}]}}"#,
            r#"{"error":{"code":"x"},"violations":[{"field":"filter.id","message":"bad"}]}"#,
            r#"{"violations":[{"propertyPath":"filter.id","message":"bad"}]}"#,
            r#"{"error":{"violations":{"filter.id":["bad"]}}}"#,
            r#"{"error":{"violations":{"filter.id":"bad"}}}"#,
        ] {
            assert_eq!(found(body).violations, expected, "{body}");
        }
        assert_eq!(
            found(r#"{"error":{"violations":["bad",{"odd":1}]}}"#).violations,
            [
                Violation::new("", "bad"),
                Violation::new("", r#"{"odd":1}"#)
            ]
        );
        assert_eq!(
            found(r#"{"error":{"violations":[]},"violations":null}"#).violations,
            []
        );
    }

    #[test]
    fn a_body_that_is_not_the_envelope_leaves_an_excerpt() {
        for (body, excerpt) in [
            ("", None),
            ("  \n ", None),
            (
                "<html>\n <h1>Bad  gate</h1>",
                Some("<html> <h1>Bad gate</h1>"),
            ),
            (r#"{"error":{"code":"#, Some(r#"{"error":{"code":"#)),
            ("[1]", Some("[1]")),
            ("null", Some("null")),
        ] {
            let refusal = found(body);
            assert_eq!(refusal.excerpt.as_deref(), excerpt, "{body}");
            assert_eq!((refusal.code, refusal.message), (None, None));
        }
        let long = found(&"\u{e9}".repeat(10_000)).excerpt.unwrap();
        assert_eq!(long.chars().count(), EXCERPT);
    }

    #[test]
    fn an_error_in_plain_words_is_a_message() {
        assert_eq!(
            found(r#"{"error":"Gone"}"#).message.as_deref(),
            Some("Gone")
        );
        assert_eq!(
            found(r#"{"message":"Gone","code":7}"#).code.as_deref(),
            Some("7")
        );
    }
}
