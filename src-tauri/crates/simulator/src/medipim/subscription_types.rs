//! The types of subscriptions.

use serde::Serialize;

/// A type of subscriptions `[V]`.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct SubscriptionType {
    /// Its id.
    pub id: u64,
    /// Its name in each language.
    pub name: Localized,
    /// Its code.
    pub code: &'static str,
}

/// A text in each language.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct Localized {
    nl: &'static str,
    fr: &'static str,
    de: &'static str,
    en: &'static str,
}

/// Every type, with rising ids.
pub const TYPES: [SubscriptionType; 6] = [
    kind(1, "free", ["Gratis", "Gratuit", "Kostenlos", "Free"]),
    kind(2, "trial", ["Proef", "Essai", "Probe", "Trial"]),
    kind(3, "basic", ["Basis", "De base", "Basis", "Basic"]),
    kind(
        4,
        "professional",
        [
            "Professioneel",
            "Professionnel",
            "Professionell",
            "Professional",
        ],
    ),
    kind(
        7,
        "education",
        ["Onderwijs", "Enseignement", "Ausbildung", "Education"],
    ),
    kind(
        9,
        "enterprise",
        ["Onderneming", "Entreprise", "Unternehmen", "Enterprise"],
    ),
];

const fn kind(id: u64, code: &'static str, name: [&'static str; 4]) -> SubscriptionType {
    let [nl, fr, de, en] = name;
    SubscriptionType {
        id,
        name: Localized { nl, fr, de, en },
        code,
    }
}

/// The type with an id.
pub fn with_id(id: u64) -> Option<&'static SubscriptionType> {
    TYPES.iter().find(|one| one.id == id)
}
