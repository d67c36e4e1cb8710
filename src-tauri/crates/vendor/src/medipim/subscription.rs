//! Medipim's subscriptions: their types, and which organizations have which.

use std::collections::BTreeMap;

use muster_directory::{Fact, OrganizationId};
use serde::{Deserialize, Deserializer, Serialize};

use super::ApiKey;

/// A type of subscription `[V]`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SubscriptionType {
    /// The vendor's id.
    pub id: u64,
    /// What it is called.
    #[serde(default)]
    pub name: Localized,
    /// The vendor's code.
    #[serde(default)]
    pub code: Option<String>,
}

/// What the vendor tells of an organization's subscriptions `[V]`. The secrets that it tells too
/// are not read.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SubscriptionCheck {
    /// Whose subscriptions they are.
    pub organization: OrganizationId,
    /// What the organization is called.
    #[serde(default)]
    pub name: Fact<String>,
    /// The subscriptions that are active.
    #[serde(default)]
    pub active_subscriptions: Vec<ActiveSubscription>,
    /// The keys of its people.
    #[serde(default)]
    pub api_keys: Vec<ApiKey>,
}

/// A subscription that is active.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct ActiveSubscription {
    /// The id of its type.
    #[serde(rename = "type")]
    pub kind: u64,
    /// What its type is called.
    #[serde(default)]
    pub name: Localized,
    /// From when, in Unix seconds.
    #[serde(default)]
    pub start: Fact<i64>,
    /// Until when, in Unix seconds.
    #[serde(default)]
    pub end: Fact<i64>,
}

/// A text by language, such as `nl`. One that came without a language stands under no name.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
#[serde(transparent)]
pub struct Localized(pub BTreeMap<String, String>);

impl Localized {
    /// The text in a language, or else in English, or else in any.
    #[must_use]
    pub fn text(&self, language: &str) -> Option<&str> {
        let texts = &self.0;
        let text = texts.get(language).or_else(|| texts.get("en"));
        text.or_else(|| texts.values().next()).map(String::as_str)
    }
}

impl<'de> Deserialize<'de> for Localized {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Came {
            Texts(BTreeMap<String, Option<String>>),
            Text(Option<String>),
        }

        let texts = match Came::deserialize(from)? {
            Came::Texts(texts) => texts,
            Came::Text(text) => BTreeMap::from([(String::new(), text)]),
        };
        let told = texts.into_iter();
        Ok(Self(
            told.filter_map(|(code, text)| Some((code, text?)))
                .collect(),
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(json: &str) -> Localized {
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn a_text_is_told_in_the_language_that_is_asked_for_or_in_one_that_there_is() {
        let all = name(r#"{"nl":"Gratis","en":"Free","fr":null}"#);
        assert_eq!(all.text("nl"), Some("Gratis"));
        assert_eq!(all.text("fr"), Some("Free"));
        assert_eq!(name(r#"{"nl":"Gratis"}"#).text("fr"), Some("Gratis"));
        assert_eq!(name(r#""Gratis""#).text("fr"), Some("Gratis"));
        for none in ["null", "{}"] {
            assert_eq!(name(none).text("nl"), None);
        }
    }
}
