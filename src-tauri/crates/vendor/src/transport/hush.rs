//! What of a refusal may be repeated: never a secret that was sent, and of an answer that holds
//! secrets nothing but its status.

use muster_directory::{ExposeSecret, Violation};

use super::request::{PLACEHOLDER, Request};
use crate::error::Refusal;

/// The refusal of a request without anything that has to stay secret.
pub(super) fn repeatable(refusal: Refusal, request: &Request) -> Refusal {
    if request.hushed {
        return Refusal {
            status: refusal.status,
            retry_after: refusal.retry_after,
            request_id: refusal.request_id,
            ..Refusal::default()
        };
    }
    let spellings: Vec<_> = request
        .secrets()
        .flat_map(|secret| spellings(secret.expose_secret()))
        .collect();
    if spellings.is_empty() {
        return refusal;
    }
    let clean = |text: String| {
        spellings
            .iter()
            .fold(text, |text, secret| text.replace(secret, PLACEHOLDER))
    };
    let violations = refusal.violations.into_iter();
    Refusal {
        code: refusal.code.map(clean),
        message: refusal.message.map(clean),
        violations: violations
            .map(|it| Violation {
                path: clean(it.path),
                message: clean(it.message),
                ..it
            })
            .collect(),
        // It can end in the middle of a secret.
        excerpt: None,
        ..refusal
    }
}

/// A secret as it is, and as it stands in JSON.
fn spellings(secret: &str) -> Vec<String> {
    let json = serde_json::Value::from(secret).to_string();
    let inner = &json[1..json.len() - 1];
    let mut found = vec![secret.to_owned(), inner.to_owned()];
    found.dedup();
    found.retain(|text| !text.is_empty());
    found
}

#[cfg(test)]
mod tests {
    use reqwest::StatusCode;
    use serde_json::json;

    use super::*;
    use crate::transport::envelope;

    const BODY: &[u8] = br#"{"error":{"code":"hunter\"2","message":"hunter\"2 is short",
        "violations":[{"path":"password","message":"not hunter\"2"},{"odd":"hunter\"2"}]}}"#;

    fn refusal(request: &Request, body: &[u8]) -> Refusal {
        repeatable(
            envelope::read(StatusCode::UNPROCESSABLE_ENTITY, body),
            request,
        )
    }

    #[test]
    fn a_secret_that_the_vendor_repeats_is_not_repeated_by_us() {
        let request = Request::act("/x", json!({})).with_secret("password", "hunter\"2".into());
        let found = refusal(&request, BODY);
        assert_eq!(found.message.as_deref(), Some("*** is short"));
        assert_eq!(found.violations[0].path, "password");
        assert_eq!(found.violations[0].message, "not ***");
        assert!(!format!("{found:?}").contains("hunter"), "{found:?}");
        let cut = refusal(&request, b"<html>hunter");
        assert_eq!(cut.excerpt, None);
    }

    #[test]
    fn of_an_answer_with_secrets_only_the_status_is_repeated() {
        let found = refusal(&Request::ask("/x", json!({})).hushed(), BODY);
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        let expected = Refusal {
            status,
            ..Refusal::default()
        };
        assert_eq!(found, expected);
    }

    #[test]
    fn the_refusal_of_any_other_request_stays_as_it_is() {
        let request = Request::ask("/x", json!({}));
        assert_eq!(
            refusal(&request, BODY),
            envelope::read(StatusCode::UNPROCESSABLE_ENTITY, BODY)
        );
    }
}
