//! A request as a value: built without IO, so that it can be tested, shown and compared.

use muster_directory::{ExposeSecret, SecretString};
use reqwest::Method;
use serde::{Serialize, Serializer, ser::SerializeMap};
use serde_json::{Map, Value};
use zeroize::Zeroizing;

/// What stands in a body where a secret goes when it is sent.
pub const PLACEHOLDER: &str = "***";

/// What is sent to a vendor, without where it is and who asks.
#[derive(Debug, Clone, PartialEq)]
pub struct Request {
    /// The method.
    pub method: Method,
    /// The path below the vendor's address: `/v4/users/query`.
    pub path: String,
    /// The JSON body, with [`PLACEHOLDER`] where secrets go.
    pub body: Option<Value>,
    /// Whether it changes nothing, so that it may be sent twice.
    pub safe: bool,
    /// By what the vendor's log and ours call it: sent as `X-Request-Id`.
    pub id: Option<String>,
    /// Whether the answer holds secrets that were not asked for, so that nothing of it is repeated
    /// but its status.
    pub hushed: bool,
    secrets: Secrets,
}

impl Request {
    /// A POST that only asks.
    pub fn ask(path: impl Into<String>, body: Value) -> Self {
        Self {
            method: Method::POST,
            path: path.into(),
            body: Some(body),
            safe: true,
            id: None,
            hushed: false,
            secrets: Secrets::default(),
        }
    }

    /// A POST that changes something, and is therefore sent once.
    pub fn act(path: impl Into<String>, body: Value) -> Self {
        Self {
            safe: false,
            ..Self::ask(path, body)
        }
    }

    /// The same by a name of its own.
    #[must_use]
    pub fn called(self, id: impl Into<String>) -> Self {
        Self {
            id: Some(id.into()),
            ..self
        }
    }

    /// The same, and nothing of its answer is repeated but its status.
    #[must_use]
    pub fn hushed(self) -> Self {
        Self {
            hushed: true,
            ..self
        }
    }

    /// The same, with a secret at a path of the body: `profile.password`.
    #[must_use]
    pub fn with_secret(mut self, path: &str, secret: SecretString) -> Self {
        let body = self.body.get_or_insert_with(|| Value::Object(Map::new()));
        place(body, path);
        self.secrets.0.push((path.to_owned(), secret));
        self
    }

    /// The secrets that the body holds when it is sent.
    pub(crate) fn secrets(&self) -> impl Iterator<Item = &SecretString> {
        self.secrets.0.iter().map(|(_, secret)| secret)
    }

    /// The body as it is sent; none if there is none. Its memory is overwritten when it is dropped.
    pub(super) fn sent(&self) -> Option<serde_json::Result<Zeroizing<Vec<u8>>>> {
        let body = self.body.as_ref()?;
        let joined = Joined {
            value: body,
            at: String::new(),
            secrets: &self.secrets.0,
        };
        Some(joined.to_bytes())
    }
}

/// Puts the placeholder at a path, and objects on the way to it.
fn place(body: &mut Value, path: &str) {
    let (first, rest) = match path.split_once('.') {
        Some((first, rest)) => (first, Some(rest)),
        None => (path, None),
    };
    if !body.is_object() {
        *body = Value::Object(Map::new());
    }
    let Value::Object(object) = body else { return };
    match rest {
        Some(rest) => place(object.entry(first).or_insert(Value::Null), rest),
        None => {
            object.insert(first.to_owned(), PLACEHOLDER.into());
        }
    }
}

/// Secrets by their path. They are neither shown nor compared.
#[derive(Clone, Default)]
struct Secrets(Vec<(String, SecretString)>);

impl Secrets {
    fn paths(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(path, _)| path.as_str())
    }
}

impl std::fmt::Debug for Secrets {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.paths()).finish()
    }
}

impl PartialEq for Secrets {
    fn eq(&self, other: &Self) -> bool {
        self.paths().eq(other.paths())
    }
}

/// A body in which the secrets stand at their places.
struct Joined<'a> {
    value: &'a Value,
    at: String,
    secrets: &'a [(String, SecretString)],
}

impl Joined<'_> {
    /// Written at once into memory that is large enough, so that nothing is left behind by growing.
    fn to_bytes(&self) -> serde_json::Result<Zeroizing<Vec<u8>>> {
        let mut size = Size(0);
        serde_json::to_writer(&mut size, self)?;
        let mut bytes = Zeroizing::new(Vec::with_capacity(size.0));
        serde_json::to_writer(&mut *bytes, self)?;
        Ok(bytes)
    }
}

impl Serialize for Joined<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let secret = self.secrets.iter().find(|(path, _)| *path == self.at);
        if let Some((_, secret)) = secret {
            return to.serialize_str(secret.expose_secret());
        }
        let Value::Object(object) = self.value else {
            return self.value.serialize(to);
        };
        let mut map = to.serialize_map(Some(object.len()))?;
        for (key, value) in object {
            let at = match self.at.as_str() {
                "" => key.clone(),
                above => format!("{above}.{key}"),
            };
            let secrets = self.secrets;
            map.serialize_entry(key, &Joined { value, at, secrets })?;
        }
        map.end()
    }
}

/// Counts what is written.
struct Size(usize);

impl std::io::Write for Size {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0 += bytes.len();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn request(secret: &str) -> Request {
        Request::act("/x", json!({"email": "a@b.be", "inner": {"a": 1}}))
            .with_secret("password", secret.into())
            .with_secret("inner.pin", "4711".into())
    }

    #[test]
    fn a_secret_stands_in_what_is_sent_and_in_nothing_that_is_shown_or_compared() {
        let request = request("hunter\"2");
        let shown = format!("{request:?} {:?} {:?}", request.clone(), request.body);
        assert!(
            !shown.contains("hunter") && !shown.contains("4711"),
            "{shown}"
        );
        assert!(shown.contains(PLACEHOLDER));
        let sent = request.sent().unwrap().unwrap();
        let sent: Value = serde_json::from_slice(&sent).unwrap();
        let inner = json!({"a": 1, "pin": "4711"});
        let expected = json!({"email": "a@b.be", "inner": inner, "password": "hunter\"2"});
        assert_eq!(sent, expected);
    }

    #[test]
    fn requests_that_differ_in_their_secrets_alone_are_equal() {
        assert_eq!(request("one"), request("two"));
        assert_ne!(request("one"), Request::act("/x", json!({})));
    }

    #[test]
    fn the_memory_of_a_body_never_grows() {
        let sent = request(&"\u{1}é".repeat(1_000)).sent().unwrap().unwrap();
        assert_eq!(sent.len(), sent.capacity());
    }

    #[test]
    fn a_body_without_secrets_is_sent_as_it_is() {
        let body = json!({"filter": {"id": [1, 2]}, "a.b": null, "c": 1.5, "d": "***"});
        let sent = Request::ask("/x", body.clone()).sent().unwrap().unwrap();
        assert_eq!(*sent, body.to_string().into_bytes());
    }
}
