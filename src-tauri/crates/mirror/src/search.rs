//! What somebody types into quick search, and what is looked for.

use muster_directory::{id::LARGEST, name::fold};

/// An identifier is looked for from this many letters on: fewer are in nearly all of them.
const SHORTEST_IDENTIFIER: usize = 3;

/// What was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Typed {
    /// Nothing but spaces: everybody is found.
    Nothing,
    /// A list of ids, ascending.
    Ids(Vec<u64>),
    /// Anything else.
    Text {
        /// A part of a name, folded.
        name: String,
        /// A part of an identifier, as [`bare`] writes it.
        identifier: Option<String>,
        /// The first digits of an id.
        id: Option<u64>,
    },
}

impl Typed {
    /// Reads what was typed.
    pub fn read(text: &str) -> Self {
        let words: Vec<_> = text
            .split(|letter: char| letter.is_whitespace() || matches!(letter, ',' | ';'))
            .filter(|word| !word.is_empty())
            .collect();
        let ids: Option<Vec<u64>> = words.iter().map(|word| read_id(word)).collect();
        match (words.as_slice(), ids) {
            ([], _) => Self::Nothing,
            ([_, _, ..], Some(mut ids)) => {
                ids.sort_unstable();
                ids.dedup();
                Self::Ids(ids)
            }
            (_, ids) => {
                let identifier = bare(text);
                Self::Text {
                    name: fold(text.trim()),
                    identifier: (identifier.chars().count() >= SHORTEST_IDENTIFIER)
                        .then_some(identifier),
                    id: ids.and_then(|ids| ids.first().copied()),
                }
            }
        }
    }
}

fn read_id(word: &str) -> Option<u64> {
    let plain = word.bytes().all(|digit| digit.is_ascii_digit()) && !word.starts_with('0');
    plain
        .then(|| word.parse().ok())
        .flatten()
        .filter(|id| (1..=LARGEST).contains(id))
}

/// An identifier without case and without what people write between its groups.
pub(crate) fn bare(identifier: &str) -> String {
    let mut bare = fold(identifier);
    bare.retain(|letter| {
        !letter.is_whitespace() && !letter.is_control() && !matches!(letter, '.' | '-' | '/' | ',')
    });
    bare
}

/// The ranges of ids that begin with the digits of a number: itself, ten more, a hundred more, …
pub(crate) fn ids_beginning_with(number: u64) -> impl Iterator<Item = std::ops::Range<u64>> {
    std::iter::successors(Some(1_u64), |width| width.checked_mul(10))
        .map_while(move |width| {
            Some(number.checked_mul(width)?..number.checked_add(1)?.checked_mul(width)?)
        })
        .take_while(|range| range.start <= LARGEST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pasted_list_is_a_list_of_ids() {
        for text in ["12, 15,19", " 19;15\n12 12", "12\t15 19"] {
            assert_eq!(Typed::read(text), Typed::Ids(vec![12, 15, 19]), "{text}");
        }
    }

    #[test]
    fn a_number_may_be_an_id_a_name_or_an_identifier() {
        assert_eq!(
            Typed::read(" 123 "),
            Typed::Text {
                name: "123".to_owned(),
                identifier: Some("123".to_owned()),
                id: Some(123)
            }
        );
    }

    #[test]
    fn an_identifier_is_found_however_its_groups_are_written() {
        for text in ["BE 0123.456.749", "be0123456749", "BE-0123-456-749"] {
            let Typed::Text { identifier, id, .. } = Typed::read(text) else {
                panic!("{text} is no list of ids");
            };
            assert_eq!(identifier.as_deref(), Some("be0123456749"));
            assert_eq!(id, None);
        }
        assert!(
            matches!(Typed::read("0123 456 749"), Typed::Text { .. }),
            "no id begins with a zero"
        );
    }

    #[test]
    fn spaces_alone_ask_for_nothing() {
        assert_eq!(Typed::read(" \n;"), Typed::Nothing);
    }

    #[test]
    fn ids_beginning_with_digits_are_a_few_ranges() {
        let ranges: Vec<_> = ids_beginning_with(12).take(3).collect();
        assert_eq!(ranges, [12..13, 120..130, 1200..1300]);
        assert_eq!(ids_beginning_with(LARGEST).count(), 1);
        assert!(ids_beginning_with(u64::MAX).next().is_none());
    }
}
