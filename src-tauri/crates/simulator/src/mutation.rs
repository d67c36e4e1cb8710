//! The record of writes: what tests count and compare.

use serde::Serialize;
use serde_json::Value;

/// A request to write something that reached its endpoint, whether it was accepted or not.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Mutation {
    /// 1 for the first since the simulator was started.
    pub number: u64,
    /// When it was decided, in Unix milliseconds.
    pub at: u64,
    /// The id of the key that was used.
    pub key: u64,
    /// Where it was sent: `/v4/users/create`.
    pub path: String,
    /// What the client called it, in the header `X-Request-Id`.
    pub request_id: Option<String>,
    /// The status of the answer; none if no answer was sent.
    pub status: Option<u16>,
    /// Whether something was changed by it.
    pub applied: bool,
    /// Whom or what an accepted one is about.
    pub touched: Vec<Touched>,
    /// What was sent, without passwords; null if it was not JSON.
    pub body: Value,
}

/// Somebody or something that a write is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Touched {
    /// The user with this id.
    User(u64),
    /// The organization with this id.
    Organization(u64),
    /// The API key with this id.
    ApiKey(u64),
}

/// A body as it is noted: without passwords, wherever they stand.
pub fn shown_body(body: &[u8]) -> Value {
    let mut value = serde_json::from_slice(body).unwrap_or(Value::Null);
    drop_passwords(&mut value);
    value
}

fn drop_passwords(value: &mut Value) {
    match value {
        Value::Object(entries) => {
            entries.retain(|key, _| !key.to_lowercase().contains("password"));
            entries.values_mut().for_each(drop_passwords);
        }
        Value::Array(items) => items.iter_mut().for_each(drop_passwords),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn passwords_are_not_noted_wherever_they_stand() {
        let body = json!({
            "email": "a@b.example",
            "password": "correct horse",
            "profile": {"Password": "correct horse", "name": "A"},
            "list": [{"newPassword": "correct horse"}],
        });
        let noted = shown_body(body.to_string().as_bytes());
        assert_eq!(
            noted,
            json!({"email": "a@b.example", "profile": {"name": "A"}, "list": [{}]})
        );
    }

    #[test]
    fn what_is_not_json_is_noted_as_nothing() {
        assert_eq!(shown_body(b"{\"password\":\"correct"), Value::Null);
    }
}
