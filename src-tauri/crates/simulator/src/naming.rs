//! Names of people and organizations, put together from words.

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

use crate::{
    random::Random,
    words::{self, Words},
};

/// One person in so many has a name that programs stumble over.
const UNUSUAL_EVERY: u64 = 97;

/// A very long name has at least so many characters.
const VERY_LONG: usize = 120;

/// A language that names are in, and that people prefer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Language {
    /// Dutch, as in Flanders: `nl`.
    #[serde(rename = "nl")]
    Dutch,
    /// French, as in Wallonia and Brussels: `fr`.
    #[serde(rename = "fr")]
    French,
    /// German, as in the east of Belgium: `de`.
    #[serde(rename = "de")]
    German,
    /// English, as in Australia: `en`.
    #[serde(rename = "en")]
    English,
}

impl Language {
    /// Every language.
    pub const ALL: [Self; 4] = [Self::Dutch, Self::French, Self::German, Self::English];

    /// The code: `nl`, `fr`, `de`, `en`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Dutch => "nl",
            Self::French => "fr",
            Self::German => "de",
            Self::English => "en",
        }
    }

    const fn words(self) -> &'static Words {
        match self {
            Self::Dutch => &words::DUTCH,
            Self::French => &words::FRENCH,
            Self::German => &words::GERMAN,
            Self::English => &words::ENGLISH,
        }
    }
}

/// What an organization does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trade {
    /// Makes medicines.
    Laboratory,
    /// Sells them to pharmacies.
    Wholesaler,
    /// Cares for patients.
    Hospital,
    /// Advertises.
    Agency,
    /// Sells medicines to people.
    Pharmacy,
    /// Anything else.
    Association,
}

/// Appends the name of a person. Every so many people, counted by `index`, get an unusual one, so
/// that even a small directory has some.
pub fn push_person(random: &mut Random, language: Language, index: u64, name: &mut String) {
    if index % UNUSUAL_EVERY == 7 {
        push_unusual(random, language, index / UNUSUAL_EVERY, name);
    } else {
        push_usual(random, language, name);
    }
}

fn push_usual(random: &mut Random, language: Language, name: &mut String) {
    let words = language.words();
    name.push_str(random.pick(words.given));
    name.push(' ');
    name.push_str(random.pick(words.family));
    if random.percent(6) {
        name.push('-');
        name.push_str(random.pick(words.family));
    }
}

fn push_unusual(random: &mut Random, language: Language, which: u64, name: &mut String) {
    let words = language.words();
    match which % 7 {
        0 | 1 => {
            let (given, family) = words::RIGHT_TO_LEFT[(which % 7) as usize];
            name.push_str(random.pick(given));
            name.push(' ');
            name.push_str(random.pick(family));
        }
        2 => {
            push_usual(random, language, name);
            name.push(' ');
            name.push_str(random.pick(words::PICTURES));
        }
        3 => push_very_long(random, words, name),
        4 => {
            // The accents as characters of their own, as some systems write them.
            let mut composed = String::new();
            push_usual(random, Language::French, &mut composed);
            name.extend(composed.nfd());
        }
        5 => {
            let (given, nickname) = (random.pick(words.given), random.pick(words.given));
            let family = random.pick(words.family);
            name.push_str(&format!("{given} \"{nickname}\" {family}"));
        }
        _ => {
            // Both directions in one name.
            name.push_str(random.pick(words.given));
            name.push(' ');
            name.push_str(random.pick(words::RIGHT_TO_LEFT[0].1));
            name.push_str(" (1)");
        }
    }
}

fn push_very_long(random: &mut Random, words: &Words, name: &mut String) {
    let from = name.len();
    name.push_str(random.pick(words::TITLES));
    for _ in 0..5 {
        name.push(' ');
        name.push_str(random.pick(words.given));
    }
    name.push(' ');
    name.push_str(random.pick(words.family));
    while name[from..].chars().count() < VERY_LONG {
        name.push('-');
        name.push_str(random.pick(words.family));
    }
}

/// The name of an organization.
pub fn organization(random: &mut Random, language: Language, trade: Trade) -> String {
    let words = language.words();
    let before = match trade {
        Trade::Pharmacy => return pharmacy(random, language),
        Trade::Laboratory => words.laboratory,
        Trade::Wholesaler => words.wholesaler,
        Trade::Hospital => words.hospital,
        Trade::Agency => words.agency,
        Trade::Association => words.association,
    };
    let before = random.pick(before);
    let core = match trade {
        Trade::Hospital => hospital_sign(random, language),
        Trade::Association => random.pick(words.towns).to_owned(),
        _ => made_up(random),
    };
    let form = random.pick(words.forms);
    let name = match language {
        Language::English => format!("{core} {before} {form}"),
        _ => format!("{before} {core} {form}"),
    };
    name.trim_end().to_owned()
}

fn hospital_sign(random: &mut Random, language: Language) -> String {
    let sign = random.pick(language.words().signs);
    let town = random.pick(language.words().towns);
    match language {
        Language::German => format!("{sign}berg {town}"),
        _ => format!("{sign} {town}"),
    }
}

fn pharmacy(random: &mut Random, language: Language) -> String {
    let words = language.words();
    let (kind, sign) = (random.pick(words.pharmacy), random.pick(words.signs));
    let (family, town) = (random.pick(words.family), random.pick(words.towns));
    match (language, random.below(10)) {
        (Language::German, 0..7) => format!("{sign}-{kind} {town}"),
        (Language::German, _) => format!("{kind} {family}"),
        (Language::English, 0..7) => format!("{sign} {kind} {town}"),
        (Language::English, _) => format!("{family}\u{2019}s {kind}"),
        (_, 0..3) => format!("{kind} {sign}"),
        (_, 3..7) => format!("{kind} {sign} {town}"),
        (_, 7..9) => format!("{kind} {family}"),
        (_, _) => format!("{kind} {family} & {}", random.pick(words.family)),
    }
}

fn made_up(random: &mut Random) -> String {
    words::SYLLABLES.map(|part| random.pick(part)).concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn people(count: u64) -> Vec<String> {
        let mut random = Random::new(1, "names");
        (0..count)
            .map(|index| {
                let mut name = String::new();
                push_person(&mut random, Language::Dutch, index, &mut name);
                name
            })
            .collect()
    }

    #[test]
    fn a_thousand_people_have_every_kind_of_unusual_name() {
        let names = people(1_000);
        let any = |test: &dyn Fn(&str) -> bool| names.iter().any(|name| test(name));
        assert!(
            any(&|name| name.contains(|c| ('\u{600}'..'\u{700}').contains(&c))),
            "Arabic"
        );
        assert!(
            any(&|name| name.contains(|c| ('\u{590}'..'\u{600}').contains(&c))),
            "Hebrew"
        );
        assert!(any(&|name| name.chars().any(|c| c > '\u{1F000}')), "emoji");
        assert!(any(&|name| name.chars().count() >= VERY_LONG), "very long");
        assert!(any(&|name| name.contains('"')), "quotes");
        assert!(any(&|name| name.contains('\'')), "an apostrophe");
        assert!(any(&|name| name.contains('\u{301}')), "a separate accent");
    }

    #[test]
    fn no_name_is_empty_or_starts_or_ends_with_a_space() {
        let mut random = Random::new(2, "names");
        let trades = [
            Trade::Laboratory,
            Trade::Wholesaler,
            Trade::Hospital,
            Trade::Agency,
            Trade::Pharmacy,
            Trade::Association,
        ];
        let languages = [
            Language::Dutch,
            Language::French,
            Language::German,
            Language::English,
        ];
        let mut names = people(2_000);
        for language in languages {
            for trade in trades {
                names.extend((0..50).map(|_| organization(&mut random, language, trade)));
            }
        }
        for name in names {
            assert!(!name.is_empty() && name.trim() == name, "{name:?}");
        }
    }
}
