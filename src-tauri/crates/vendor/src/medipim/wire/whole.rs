//! Short answers that are read as a whole, and never quoted: what cannot be read of them may be a
//! secret.

use muster_directory::AnswerMeta;
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::error::Category;

use super::WireError;

/// A list of everything that was asked for.
#[derive(Deserialize)]
struct Items<T> {
    #[serde(default)]
    meta: Option<AnswerMeta>,
    results: Vec<T>,
}

/// Reads a list that has no pages.
pub fn read_items<T: DeserializeOwned>(body: &[u8]) -> Result<Vec<T>, WireError> {
    let Items { meta, results }: Items<T> = read_unquoted(body)?;
    let count = results.len() as u64;
    match meta.map(|meta| meta.total) {
        Some(total) if total != count => Err(WireError::Cut(format!(
            "it says that there are {total} and holds {count}"
        ))),
        _ => Ok(results),
    }
}

/// Reads a body. What is wrong with it is told by its place alone.
pub fn read_unquoted<T: DeserializeOwned>(body: &[u8]) -> Result<T, WireError> {
    serde_json::from_slice(body).map_err(|error| {
        let (line, column) = (error.line(), error.column());
        let at = |what: &str| format!("{what} at line {line} column {column}");
        match error.classify() {
            Category::Eof if column == 0 => WireError::Unreadable("it is empty".to_owned()),
            Category::Eof => WireError::Cut(at("it ends")),
            Category::Data => WireError::Unreadable(at("it is not what is documented")),
            Category::Syntax | Category::Io => WireError::Unreadable(at("it is no JSON")),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::medipim::{ApiKey, SubscriptionCheck};

    #[test]
    fn a_list_is_whole_or_an_error() {
        for body in [
            r#"{"results":[{"id":1},{"id":2}]}"#,
            r#"{"meta":{"total":2},"results":[{"id":1},{"id":2}],"more":1}"#,
        ] {
            let keys: Vec<ApiKey> = read_items(body.as_bytes()).unwrap();
            assert_eq!(keys.len(), 2);
        }
        let short = read_items::<ApiKey>(br#"{"meta":{"total":2},"results":[{"id":1}]}"#);
        assert!(matches!(short, Err(WireError::Cut(_))));
        assert!(matches!(
            read_items::<ApiKey>(b""),
            Err(WireError::Unreadable(_))
        ));
    }

    #[test]
    fn nothing_of_an_answer_that_cannot_be_read_is_quoted() {
        let good = r#"{"meta":{"total":1},"results":[{"organization":12,"name":"A","activeSubscriptions":[{"type":3,"name":{"nl":"Basis"},"start":1,"end":null}],"apiKeys":[{"id":7,"user":1,"name":"Till","secret":"canary","isEnabled":true}]}]}"#;
        let checks: Vec<SubscriptionCheck> = read_items(good.as_bytes()).unwrap();
        assert!(!format!("{checks:?}").contains("canary"));
        for end in 0..good.len() {
            let cut = read_items::<SubscriptionCheck>(&good.as_bytes()[..end]);
            assert!(
                !format!("{:?}", cut.unwrap_err()).contains("canary"),
                "{end}"
            );
        }
        for odd in [
            r#"{"results":"canary"}"#,
            r#"{"results":["canary"]}"#,
            r#"{"results":[{"organization":"canary"}]}"#,
            r#"{"results":[{"organization":1,"apiKeys":["canary"]}]}"#,
            r#"{"results":[{"organization":1,"apiKeys":{"canary":1}}]}"#,
            r#"{"results":[{"organization":1,"apiKeys":[{"id":"canary"}]}]}"#,
            r#"{"results":[{"organization":1,"activeSubscriptions":[{"type":1,"name":["canary"]}]}]}"#,
            "\"canary\"",
            "<canary>",
        ] {
            let error = read_items::<SubscriptionCheck>(odd.as_bytes()).unwrap_err();
            assert!(!format!("{error:?}").contains("canary"), "{odd}: {error:?}");
        }
    }
}
