//! What may be typed at a cursor, read from the text before it, however broken that is.

use super::{
    Completing, Expected,
    field::TextField,
    token::{self, Keyword, Kind, Operator, Token, tokens},
};
use crate::Vocabulary;

/// What is expected behind a piece.
#[derive(Clone, Copy)]
enum Place {
    Condition,
    /// An operator of the field; none: of a field that there is not.
    Operator(Option<TextField>),
    Value(Option<(TextField, Operator)>),
    /// A value of a list.
    Item(Option<(TextField, Operator)>),
    /// `,` or `]`
    AfterItem(Option<(TextField, Operator)>),
    /// `and` or `or`
    Joint,
}

pub(super) fn completing(text: &str, cursor: usize, vocabulary: Vocabulary) -> Completing {
    let mut cursor = cursor.min(text.len());
    while !text.is_char_boundary(cursor) {
        cursor -= 1;
    }
    let (before, behind) = text.split_at(cursor);
    let mut pieces = tokens(before);
    pieces.pop();
    let typed = pieces.pop_if(|last| {
        last.kind == Kind::Unclosed
            || last.span().end == cursor && matches!(last.kind, Kind::Word | Kind::Keyword(_))
    });
    let (mut place, mut brackets) = (Place::Condition, 0_usize);
    for piece in &pieces {
        match piece.kind {
            Kind::Open => brackets += 1,
            Kind::Close => brackets = brackets.saturating_sub(1),
            _ => {}
        }
        place = place.behind(piece, vocabulary);
    }
    Completing {
        span: typed.map_or(cursor, |piece| piece.start)..cursor + rest(typed.as_ref(), behind),
        expects: place.expects(typed.as_ref(), brackets > 0, vocabulary),
    }
}

/// How much of the text behind the cursor belongs to what is typed: the rest of the word, or the
/// quote that an editor puts behind the cursor on its own.
fn rest(typed: Option<&Token<'_>>, behind: &str) -> usize {
    match typed {
        None => 0,
        Some(piece) if piece.kind == Kind::Unclosed => usize::from(behind.starts_with('"')),
        Some(_) => behind
            .find(|letter| !token::in_word(letter))
            .unwrap_or(behind.len()),
    }
}

impl Place {
    fn behind(self, piece: &Token<'_>, vocabulary: Vocabulary) -> Self {
        match (piece.kind, self) {
            (Kind::Word | Kind::Quoted | Kind::Unclosed, Self::Value(_)) => Self::Joint,
            (
                Kind::Word | Kind::Quoted | Kind::Unclosed,
                Self::Item(asked) | Self::AfterItem(asked),
            ) => Self::AfterItem(asked),
            (Kind::Word, _) => Self::Operator(TextField::named(piece.text, vocabulary)),
            (Kind::Keyword(_) | Kind::Open, _) => Self::Condition,
            (Kind::Operator(operator), Self::Operator(field)) => {
                let known = field.filter(|field| field.operators().contains(&operator));
                Self::Value(known.map(|field| (field, operator)))
            }
            (Kind::ListOpen, Self::Value(asked)) => {
                Self::Item(asked.filter(|(_, operator)| *operator == Operator::Is))
            }
            (Kind::Comma, Self::Item(asked) | Self::AfterItem(asked)) => Self::Item(asked),
            (Kind::ListOpen | Kind::Comma, _) => Self::Item(None),
            (Kind::Operator(_) | Kind::Equals, _) => Self::Value(None),
            (Kind::Quoted | Kind::Unclosed | Kind::Close | Kind::ListClose | Kind::End, _) => {
                Self::Joint
            }
        }
    }

    fn expects(
        self,
        typed: Option<&Token<'_>>,
        brackets: bool,
        vocabulary: Vocabulary,
    ) -> Vec<Expected> {
        let quoted = typed.is_some_and(|piece| piece.kind == Kind::Unclosed);
        let begun = typed.map_or("", |piece| piece.text).to_ascii_lowercase();
        let begins = |word: &&'static str| word.starts_with(&begun);
        let words = |words: &[&'static str]| -> Vec<Expected> {
            words
                .iter()
                .copied()
                .filter(begins)
                .map(Expected::Word)
                .collect()
        };
        match self {
            Self::Value(asked) | Self::Item(asked) => value(asked, typed, quoted),
            _ if quoted => Vec::new(),
            Self::Condition => {
                let fields = TextField::of(vocabulary).map(TextField::name);
                let fields = fields.filter(begins).map(Expected::Field);
                fields
                    .chain(words(&[Keyword::Not.word(), Keyword::Off.word(), "("]))
                    .collect()
            }
            Self::Operator(Some(field)) if begun.is_empty() => {
                let operators = field.operators().iter();
                operators
                    .map(|operator| Expected::Operator(operator.symbol()))
                    .collect()
            }
            Self::Operator(_) => Vec::new(),
            Self::AfterItem(_) => words(&[",", "]"]),
            Self::Joint if brackets => words(&[Keyword::And.word(), Keyword::Or.word(), ")"]),
            Self::Joint => words(&[Keyword::And.word(), Keyword::Or.word()]),
        }
    }
}

fn value(
    asked: Option<(TextField, Operator)>,
    typed: Option<&Token<'_>>,
    quoted: bool,
) -> Vec<Expected> {
    let Some((field, operator)) = asked else {
        return Vec::new();
    };
    // In the middle of an escape: what was typed before it.
    let content = typed.map_or(String::new(), |piece| match piece.content() {
        Ok(content) => content.into_owned(),
        Err(_) => piece.text.trim_start_matches('"').to_owned(),
    });
    vec![Expected::Value {
        field: field.name(),
        operator: operator.symbol(),
        typed: content,
        quoted,
    }]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Platform;

    /// The text that is replaced, and in short what is expected. `|` is the cursor.
    fn at(text: &str) -> (String, String) {
        let cursor = text.find('|').unwrap();
        let text = text.replacen('|', "", 1);
        let found = completing(&text, cursor, Vocabulary::of(Platform::Be));
        let expects: Vec<_> = found
            .expects
            .into_iter()
            .map(|expected| match expected {
                Expected::Word(word) | Expected::Field(word) | Expected::Operator(word) => {
                    word.to_owned()
                }
                Expected::Value {
                    field,
                    operator,
                    typed,
                    quoted,
                } => format!(
                    "{field} {operator} {typed}{}",
                    if quoted { " quoted" } else { "" }
                ),
            })
            .collect();
        (text[found.span].to_owned(), expects.join(" "))
    }

    const START: &str = "org name id role vat apb riziv created updated changed seen not off (";

    #[test]
    fn every_place_has_what_is_expected_there() {
        for (text, replaced, expected) in [
            // Where a condition is expected.
            ("|", "", START),
            ("|org:12", "", START),
            ("  |", "", START),
            ("o|", "o", "org off"),
            ("O|", "O", "org off"),
            ("o|r:12", "or", "org off"),
            ("not|", "not", "not"),
            ("not |", "", START),
            ("not off |", "", START),
            ("(|", "", START),
            ("( c|", "c", "created changed"),
            ("and(|", "", START),
            ("org:12 and |", "", START),
            ("org:12 or r|", "r", "role riziv"),
            ("org:12 and(r| or id:5)", "r", "role riziv"),
            ("jans|", "jans", ""),
            ("\"jans|", "\"jans", ""),
            // Where an operator is expected.
            ("org|", "org", "org"),
            ("org |", "", ": ~"),
            ("created |", "", "> >= < <= :"),
            ("seen |", "", ":"),
            ("org x|", "x", ""),
            ("foo |", "", ""),
            ("cip |", "", ""),
            ("org:12 and name |", "", ": ~"),
            // Where a value is expected.
            ("org:|", "", "org : "),
            ("org: |", "", "org : "),
            ("org:1|", "1", "org : 1"),
            ("org:1|2", "12", "org : 1"),
            ("org ~ jan|", "jan", "org ~ jan"),
            ("org:\"|", "\"", "org :  quoted"),
            ("org:\"|\"", "\"\"", "org :  quoted"),
            (
                "org:\"Apo \\\"t|\" and x",
                "\"Apo \\\"t\"",
                "org : Apo \"t quoted",
            ),
            ("org:\"Apo| and name:\"x\"", "\"Apo", "org : Apo quoted"),
            ("name ~ \"a and (|", "\"a and (", "name ~ a and ( quoted"),
            ("name ~ \"💊 שלום|", "\"💊 שלום", "name ~ 💊 שלום quoted"),
            ("created > 2025|", "2025", "created > 2025"),
            ("created >|", "", "created > "),
            ("updated <= |", "", "updated <= "),
            ("seen:n|", "n", "seen : n"),
            ("role:not|", "not", "role : not"),
            ("org > |", "", ""),
            ("foo:|", "", ""),
            ("cip:1|", "1", ""),
            ("org = |", "", ""),
            // In lists.
            ("org:[|", "", "org : "),
            ("org:[12,|", "", "org : "),
            ("org:[12, 1|", "1", "org : 1"),
            ("org:[12|,15]", "12", "org : 12"),
            ("org:[12 |", "", ", ]"),
            ("id:[1,2,|", "", "id : "),
            ("role:[reseller,\"or|", "\"or", "role : or quoted"),
            ("org ~ [|", "", ""),
            // After a condition.
            ("org:12 |", "", "and or"),
            ("org:12 a|", "a", "and"),
            ("org:12 or|", "or", "or"),
            ("(org:12 |", "", "and or )"),
            ("(org:12) |", "", "and or"),
            ("(org:12)|", "", "and or"),
            ("org:[1,2]|", "", "and or"),
            ("org:\"x\"|", "", "and or"),
            ("not (org:12 and (id:[1] |", "", "and or )"),
            // In what is broken.
            ("org:12 org:15 and na|", "na", "name"),
            ("org:12 name |", "", ": ~"),
            (")) |", "", "and or"),
            ("org and n|", "n", "name not"),
            ("org: and n|", "n", "name not"),
            (", |", "", ""),
            ("= ( ] [ ~ or |", "", START),
        ] {
            let (found, expects) = at(text);
            assert_eq!(
                (found.as_str(), expects.as_str()),
                (replaced, expected),
                "{text}"
            );
        }
    }

    #[test]
    fn fields_are_those_of_the_platform() {
        let found = completing("(f", 2, Vocabulary::of(Platform::Fr));
        assert_eq!(found.expects, [Expected::Field("finess")]);
    }

    #[test]
    fn a_cursor_that_is_nowhere_stands_before() {
        let found = completing("name ~ é", 8, Vocabulary::of(Platform::Be));
        assert_eq!(found.span, 7..7, "it stood inside a letter");
        let found = completing("org", 99, Vocabulary::of(Platform::Be));
        assert_eq!(found.span, 0..3, "it stood behind the end");
    }
}
