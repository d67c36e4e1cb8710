//! What is known of a value: nothing, that it is absent, or what it is.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A value that a vendor may not have told us.
///
/// As JSON: a missing key is [`Fact::Unknown`], `null` is [`Fact::Absent`]. Fields of this type
/// need `#[serde(default, skip_serializing_if = "Fact::is_unknown")]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Fact<T> {
    /// The vendor did not say.
    #[default]
    Unknown,
    /// The vendor said that there is none.
    Absent,
    /// The vendor said this.
    Known(T),
}

impl<T> Fact<T> {
    /// Whether nothing is known.
    #[must_use]
    pub const fn is_unknown(&self) -> bool {
        matches!(self, Self::Unknown)
    }

    /// The value, if there is a known one.
    #[must_use]
    pub const fn known(&self) -> Option<&T> {
        match self {
            Self::Known(value) => Some(value),
            Self::Unknown | Self::Absent => None,
        }
    }

    /// The same knowledge of a borrowed value.
    #[must_use]
    pub const fn as_ref(&self) -> Fact<&T> {
        match self {
            Self::Unknown => Fact::Unknown,
            Self::Absent => Fact::Absent,
            Self::Known(value) => Fact::Known(value),
        }
    }

    /// The same knowledge of another value.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Fact<U> {
        match self {
            Self::Unknown => Fact::Unknown,
            Self::Absent => Fact::Absent,
            Self::Known(value) => Fact::Known(change(value)),
        }
    }
}

impl Fact<serde_json::Value> {
    /// What a vendor said: `null` is that there is none.
    #[must_use]
    pub fn from_json(value: &serde_json::Value) -> Self {
        match value {
            serde_json::Value::Null => Self::Absent,
            value => Self::Known(value.clone()),
        }
    }
}

impl<T: Serialize> Serialize for Fact<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.known().serialize(serializer)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Fact<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(match Option::deserialize(deserializer)? {
            Some(value) => Self::Known(value),
            None => Self::Absent,
        })
    }
}
