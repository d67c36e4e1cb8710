//! A request as a value: built without IO, so that it can be tested, shown and compared.

use reqwest::Method;
use serde_json::Value;

/// What is sent to a vendor, without where it is and who asks.
#[derive(Debug, Clone, PartialEq)]
pub struct Request {
    /// The method.
    pub method: Method,
    /// The path below the vendor's address: `/v4/users/query`.
    pub path: String,
    /// The JSON body.
    pub body: Option<Value>,
    /// Whether it changes nothing, so that it may be sent twice.
    pub safe: bool,
}

impl Request {
    /// A POST that only asks.
    pub fn ask(path: impl Into<String>, body: Value) -> Self {
        Self {
            method: Method::POST,
            path: path.into(),
            body: Some(body),
            safe: true,
        }
    }
}
