//! Ids as the vendors give them: integers from 1 to 2^53-1, one type each.

use serde::{Deserialize, Serialize};

/// The largest id: the largest integer that every JSON reader keeps exact, 2^53-1.
pub const LARGEST: u64 = (1 << 53) - 1;

/// A number that is not an id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{0} is not an id: ids are integers from 1 to {LARGEST}")]
pub struct NotAnId(pub u64);

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "u64", into = "u64")]
        pub struct $name(u64);

        impl $name {
            /// The id as a number.
            #[must_use]
            pub const fn get(self) -> u64 {
                self.0
            }
        }

        impl TryFrom<u64> for $name {
            type Error = NotAnId;

            fn try_from(number: u64) -> Result<Self, NotAnId> {
                if (1..=LARGEST).contains(&number) {
                    Ok(Self(number))
                } else {
                    Err(NotAnId(number))
                }
            }
        }

        impl From<$name> for u64 {
            fn from(id: $name) -> u64 {
                id.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }
    };
}

id! {
    /// A vendor's user.
    PersonId
}
id! {
    /// An organization of a vendor.
    OrganizationId
}
id! {
    /// An API key of Medipim: the user name of its Basic authentication `[V]`.
    ApiKeyId
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_between_one_and_the_largest_exact_integer() {
        assert_eq!(PersonId::try_from(0), Err(NotAnId(0)));
        assert_eq!(PersonId::try_from(LARGEST).map(PersonId::get), Ok(LARGEST));
        assert_eq!(PersonId::try_from(LARGEST + 1), Err(NotAnId(LARGEST + 1)));
    }

    #[test]
    fn an_id_is_not_read_from_a_float_or_a_string() {
        for text in ["1.5", "\"1\"", "true", "-1", "0"] {
            assert!(
                serde_json::from_str::<PersonId>(text).is_err(),
                "{text} is not an id"
            );
        }
    }
}
