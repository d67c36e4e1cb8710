//! The fields of the language: their names, and how each may be compared.

use strsim::osa_distance;

use super::token::Operator;
use crate::{
    IdentifierKind, Platform, Vocabulary,
    criteria::{Field, News, State, TimeField},
    said::{Said, said},
};

/// What a condition is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TextField {
    Org,
    Name,
    Id,
    Role,
    Identifier(IdentifierKind),
    Time(TimeField),
    Seen,
}

impl TextField {
    /// The fields of a platform, in the order to offer them.
    pub(super) fn of(vocabulary: Vocabulary) -> impl Iterator<Item = Self> {
        let identifiers = vocabulary.platform.identifiers().iter();
        [Self::Org, Self::Name, Self::Id, Self::Role]
            .into_iter()
            .chain(identifiers.map(|kind| Self::Identifier(*kind)))
            .chain(TimeField::ALL.map(Self::Time))
            .chain([Self::Seen])
    }

    /// The field with this name on a platform, whatever its case.
    pub(super) fn named(word: &str, vocabulary: Vocabulary) -> Option<Self> {
        Self::of(vocabulary).find(|field| field.name().eq_ignore_ascii_case(word))
    }

    /// Its name.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Org => "org",
            Self::Name => "name",
            Self::Id => "id",
            Self::Role => "role",
            Self::Identifier(kind) => identifier(kind),
            Self::Time(field) => field.name(),
            Self::Seen => "seen",
        }
    }

    /// How it may be compared.
    pub(super) const fn operators(self) -> &'static [Operator] {
        use Operator::{After, Before, Contains, From, Is, Until};
        match self {
            Self::Org | Self::Name => &[Is, Contains],
            Self::Id | Self::Role | Self::Identifier(_) | Self::Seen => &[Is],
            Self::Time(_) => &[After, From, Before, Until, Is],
        }
    }

    /// What may be there or not, if `none`, `any` and `unknown` may be asked.
    pub(super) const fn state(self) -> Option<Field> {
        match self {
            Self::Org => Some(Field::Organization),
            Self::Role => Some(Field::Role),
            Self::Identifier(kind) => Some(Field::Identifier(kind)),
            Self::Time(TimeField::Created) => Some(Field::Created),
            Self::Time(TimeField::Updated) => Some(Field::Updated),
            Self::Time(TimeField::Changed) | Self::Id | Self::Name | Self::Seen => None,
        }
    }

    /// The field that asks for this state.
    pub(super) const fn of_state(field: Field) -> Self {
        match field {
            Field::Organization => Self::Org,
            Field::Role => Self::Role,
            Field::Identifier(kind) => Self::Identifier(kind),
            Field::Created => Self::Time(TimeField::Created),
            Field::Updated => Self::Time(TimeField::Updated),
        }
    }

    /// What stands after an operator of it, for messages.
    pub(super) fn wants(self, operator: Operator) -> Wants {
        let (kind, english) = match (self, operator) {
            (Self::Org | Self::Name, Operator::Contains) => ("part", "a part of a name"),
            (Self::Org, _) => (
                "organization",
                "an organization's id, its name in quotes, any, none or unknown",
            ),
            (Self::Name, _) => ("name", "a name"),
            (Self::Id, _) => ("id", "an id or a list of ids"),
            (Self::Role, _) => ("role", "a role, any, none or unknown"),
            (Self::Identifier(_), _) => ("number", "a number, any, none or unknown"),
            (Self::Time(_), Operator::After | Operator::Before) => (
                "day_or_age",
                "a day such as 2025-01-31 or an age such as 90d",
            ),
            (Self::Time(TimeField::Created | TimeField::Updated), Operator::Is) => (
                "day_or_state",
                "a day such as 2025-01-31, any, none or unknown",
            ),
            (Self::Time(_), _) => ("day", "a day such as 2025-01-31"),
            (Self::Seen, _) => ("news", "present, new, changed, returned, missing or gone"),
        };
        Wants { kind, english }
    }
}

impl TextField {
    /// Some of the values that may stand after an operator of it.
    pub(super) fn samples(self, operator: Operator) -> Vec<&'static str> {
        let own: &[_] = match self {
            Self::Org if operator == Operator::Is => &["12"],
            Self::Id => &["5", "[5,7]"],
            Self::Role => &[
                "organization_manager",
                "organization_customer_service",
                "medical_professional",
                "software_developer",
                "reseller",
            ],
            Self::Time(_) if matches!(operator, Operator::After | Operator::Before) => {
                &["2025-01-31", "90d"]
            }
            Self::Time(_) => &["2025-01-31"],
            Self::Seen => return News::ALL.map(News::word).to_vec(),
            Self::Org | Self::Name | Self::Identifier(_) => &[],
        };
        let states = self.state().filter(|_| operator == Operator::Is);
        let states = states.map(|_| State::ALL.map(State::word));
        own.iter()
            .copied()
            .chain(states.into_iter().flatten())
            .collect()
    }
}

/// What stands after an operator, in words.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wants {
    /// Names the words, for another language.
    pub(super) kind: &'static str,
    pub(super) english: &'static str,
}

impl Wants {
    /// Of an operator that is no field's.
    pub(super) const A_VALUE: Self = Self {
        kind: "value",
        english: "a value",
    };
}

/// `a, b or c`
pub(super) fn one_of(words: &[&str]) -> String {
    match words {
        [first @ .., last] if !first.is_empty() => format!("{} or {last}", first.join(", ")),
        _ => words.concat(),
    }
}

const fn identifier(kind: IdentifierKind) -> &'static str {
    match kind {
        IdentifierKind::Vat => "vat",
        IdentifierKind::Apb => "apb",
        IdentifierKind::Riziv => "riziv",
        IdentifierKind::Finess => "finess",
        IdentifierKind::Cip => "cip",
    }
}

/// Why a word is no field of a platform.
pub(super) fn unknown(word: &str, shown: &str, vocabulary: Vocabulary) -> Said {
    if let Some(said) = elsewhere(word) {
        return said;
    }
    if let Some(field) = TextField::named(word.trim_start_matches(['-', '!']), vocabulary) {
        return said!(
            no_field_but_not,
            "{found} is not a field: what shall not be is written not {field}",
            found = shown,
            field = field.name()
        );
    }
    let names: Vec<_> = TextField::of(vocabulary).map(TextField::name).collect();
    match nearest(word, &names) {
        Some(name) => said!(
            no_field_near,
            "{found} is not a field: did you mean {near}?",
            found = shown,
            near = name
        ),
        None => said!(
            no_field,
            "{found} is not a field: expected {names}",
            found = shown,
            names = one_of(&names)
        ),
    }
}

/// For a word that is no field here: on which platform it is one.
pub(super) fn elsewhere(word: &str) -> Option<Said> {
    let (platform, field) = Platform::ALL
        .into_iter()
        .find_map(|platform| Some((platform, TextField::named(word, Vocabulary::of(platform))?)))?;
    let field = field.name();
    Some(match platform {
        Platform::Be => said!(
            only_be,
            "{field} exists on the Belgian platform only",
            field = field
        ),
        Platform::Fr => said!(
            only_fr,
            "{field} exists on the French platform only",
            field = field
        ),
        Platform::De => said!(
            only_de,
            "{field} exists on the German platform only",
            field = field
        ),
        Platform::Au => said!(
            only_au,
            "{field} exists on the Australian platform only",
            field = field
        ),
    })
}

/// The candidate that was probably meant.
pub(super) fn nearest(word: &str, candidates: &[&'static str]) -> Option<&'static str> {
    const LONGEST: usize = 30;
    let word = word.to_lowercase();
    if word.len() > LONGEST {
        return None;
    }
    let longer = |name: &&&str| word.starts_with(**name) || name.starts_with(&word);
    let likely = |name: &&'static str| {
        let distance = osa_distance(&word, name);
        (distance <= (name.len() / 3).max(1)).then_some((distance, *name))
    };
    let close = candidates.iter().filter_map(likely).min();
    close
        .map(|(_, name)| name)
        .or_else(|| candidates.iter().find(longer).copied())
}
