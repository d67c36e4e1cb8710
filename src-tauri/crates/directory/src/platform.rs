//! The national platforms of Medipim and the identifiers that each knows.

use serde::{Deserialize, Serialize};

/// A national platform of Medipim `[V]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Platform {
    /// Belgium.
    Be,
    /// France.
    Fr,
    /// Germany.
    De,
    /// Australia.
    Au,
}

impl Platform {
    /// Every platform.
    pub const ALL: [Self; 4] = [Self::Be, Self::Fr, Self::De, Self::Au];

    /// The code: `be`, `fr`, `de`, `au`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Be => "be",
            Self::Fr => "fr",
            Self::De => "de",
            Self::Au => "au",
        }
    }

    /// The vendor's address of this platform `[V]`, without a path.
    #[must_use]
    pub const fn base_url(self) -> &'static str {
        match self {
            Self::Be => "https://api.medipim.be",
            Self::Fr => "https://api.medipim.fr",
            Self::De => "https://api.medipim.de",
            Self::Au => "https://api.au.medipim.com",
        }
    }

    /// The identifiers by which this platform finds organizations and their people `[Q, V]`.
    #[must_use]
    pub const fn identifiers(self) -> &'static [IdentifierKind] {
        match self {
            Self::Be => &[
                IdentifierKind::Vat,
                IdentifierKind::Apb,
                IdentifierKind::Riziv,
            ],
            Self::Fr => &[
                IdentifierKind::Vat,
                IdentifierKind::Finess,
                IdentifierKind::Cip,
            ],
            Self::De | Self::Au => &[IdentifierKind::Vat],
        }
    }
}

impl std::str::FromStr for Platform {
    type Err = UnknownPlatform;

    fn from_str(code: &str) -> Result<Self, UnknownPlatform> {
        Self::ALL
            .into_iter()
            .find(|platform| platform.code() == code)
            .ok_or_else(|| UnknownPlatform(code.to_owned()))
    }
}

impl std::fmt::Display for Platform {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.code())
    }
}

/// A code that names no platform.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("\u{201c}{0}\u{201d} is not a platform: expected be, fr, de or au")]
pub struct UnknownPlatform(pub String);

/// A public number of an organization.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum IdentifierKind {
    /// VAT number, everywhere.
    Vat,
    /// APB number of a Belgian pharmacy.
    Apb,
    /// RIZIV number of the Belgian health insurance.
    Riziv,
    /// FINESS number of a French health establishment.
    Finess,
    /// CIP number of a French pharmacy.
    Cip,
}

impl IdentifierKind {
    /// Every kind.
    pub const ALL: [Self; 5] = [Self::Vat, Self::Apb, Self::Riziv, Self::Finess, Self::Cip];

    /// The vendor's key in filters and organizations.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Vat => "vatNr",
            Self::Apb => "apbNr",
            Self::Riziv => "rizivNr",
            Self::Finess => "finessNr",
            Self::Cip => "cipNr",
        }
    }

    /// The kind with this key.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.key() == key)
    }

    /// The number as the vendor keeps it: without spaces; a VAT number in upper case, without dots,
    /// dashes and slashes too.
    #[must_use]
    pub fn normalized(self, typed: &str) -> String {
        let letters = typed.chars().filter(|letter| !letter.is_whitespace());
        match self {
            Self::Vat => letters
                .filter(|letter| !matches!(letter, '.' | '-' | '–' | '/'))
                .flat_map(char::to_uppercase)
                .collect(),
            _ => letters.collect(),
        }
    }

    /// Whether a filter may give this number as an integer `[Q, V]`.
    #[must_use]
    pub const fn may_be_integer(self) -> bool {
        matches!(self, Self::Apb | Self::Riziv | Self::Cip)
    }
}
