//! A key to Medipim's API, as the vendor tells it: without its secret.

use muster_directory::{ApiKeyId, Fact, PersonId};
use serde::{Deserialize, Serialize};

/// A key. What else the vendor tells of it, its secret above all, is not read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ApiKey {
    /// The vendor's id, which is the user name of its Basic authentication `[V]`.
    pub id: ApiKeyId,
    /// Whose it is.
    #[serde(default, skip_serializing_if = "Fact::is_unknown")]
    pub user: Fact<PersonId>,
    /// What it is called.
    #[serde(default, skip_serializing_if = "Fact::is_unknown")]
    pub name: Fact<String>,
    /// Whether it opens anything.
    #[serde(
        rename = "isEnabled",
        default,
        skip_serializing_if = "Fact::is_unknown"
    )]
    pub enabled: Fact<bool>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_read_without_its_secret() {
        let text =
            r#"{"id":7,"user":1,"name":"Till","secret":"canary","isEnabled":true,"more":{}}"#;
        let key: ApiKey = serde_json::from_str(text).unwrap();
        assert_eq!(key.enabled, Fact::Known(true));
        let written = serde_json::to_string(&key).unwrap();
        assert_eq!(
            written,
            r#"{"id":7,"user":1,"name":"Till","isEnabled":true}"#
        );
        let bare: ApiKey = serde_json::from_str(r#"{"id":7}"#).unwrap();
        assert!(bare.enabled.is_unknown() && bare.user.is_unknown());
    }
}
