//! The smallest pieces of a text: words, texts in quotes, brackets, operators.

use std::{borrow::Cow, ops::Range};

use winnow::{
    LocatingSlice, ModalResult, Parser as _,
    combinator::{alt, eof, opt, preceded, repeat, terminated},
    error::{EmptyError, ErrMode},
    token::{any, take_while},
};

/// How a field is compared with a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Operator {
    /// `:`
    Is,
    /// `~`
    Contains,
    /// `>`
    After,
    /// `>=`
    From,
    /// `<`
    Before,
    /// `<=`
    Until,
}

impl Operator {
    /// As it is written.
    pub(super) const fn symbol(self) -> &'static str {
        match self {
            Self::Is => ":",
            Self::Contains => "~",
            Self::After => ">",
            Self::From => ">=",
            Self::Before => "<",
            Self::Until => "<=",
        }
    }
}

/// A word that is no value unless it stands in quotes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Keyword {
    And,
    Or,
    Not,
    Off,
}

impl Keyword {
    pub(super) const ALL: [Self; 4] = [Self::And, Self::Or, Self::Not, Self::Off];

    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::And => "and",
            Self::Or => "or",
            Self::Not => "not",
            Self::Off => "off",
        }
    }

    pub(super) fn read(word: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|keyword| keyword.word().eq_ignore_ascii_case(word))
    }
}

/// What a piece is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Letters, digits and signs, without quotes.
    Word,
    /// `and`, `or`, `not`, `off`.
    Keyword(Keyword),
    /// In quotes.
    Quoted,
    /// Begun with a quote, but the text ends before the other one.
    Unclosed,
    /// `:` and the others.
    Operator(Operator),
    /// `=`, which is no operator.
    Equals,
    /// `(`
    Open,
    /// `)`
    Close,
    /// `[`
    ListOpen,
    /// `]`
    ListClose,
    /// `,`
    Comma,
    /// The end of the text.
    End,
}

/// A piece and where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Token<'t> {
    pub(super) kind: Kind,
    /// As it was written, with its quotes.
    pub(super) text: &'t str,
    pub(super) start: usize,
}

impl<'t> Token<'t> {
    /// Where it stands, in bytes.
    pub(super) const fn span(&self) -> Range<usize> {
        self.start..self.start + self.text.len()
    }

    /// The operator that it is.
    pub(super) const fn operator(&self) -> Option<Operator> {
        match self.kind {
            Kind::Operator(operator) => Some(operator),
            _ => None,
        }
    }

    /// For messages: as it was written, if that is not too long.
    pub(super) fn shown(&self) -> String {
        if self.kind == Kind::End {
            return "the end".to_owned();
        }
        let text = self.shortened();
        match self.kind {
            Kind::Quoted | Kind::Unclosed => text,
            _ => format!("\u{201c}{text}\u{201d}"),
        }
    }

    /// As it was written, but no more of it than a message has room for.
    pub(super) fn shortened(&self) -> String {
        const MOST: usize = 40;
        match self.text.char_indices().nth(MOST) {
            Some((end, _)) => format!("{}\u{2026}", self.text.get(..end).unwrap_or_default()),
            None => self.text.to_owned(),
        }
    }

    /// What it says: without quotes and escapes. An escape that means nothing is an error, which
    /// says where in the text it stands.
    pub(super) fn content(&self) -> Result<Cow<'t, str>, Range<usize>> {
        let inner = match self.kind {
            Kind::Quoted => self.text.get(1..self.text.len() - 1),
            Kind::Unclosed => self.text.get(1..),
            _ => return Ok(self.text.into()),
        };
        let inner = inner.unwrap_or_default();
        if !inner.contains('\\') {
            return Ok(inner.into());
        }
        let mut content = String::with_capacity(inner.len());
        let mut letters = inner.char_indices();
        while let Some((at, letter)) = letters.next() {
            if letter != '\\' {
                content.push(letter);
                continue;
            }
            let escaped = letters.next().map(|(_, escaped)| escaped);
            match escaped {
                Some('"') => content.push('"'),
                Some('\\') => content.push('\\'),
                Some('n') => content.push('\n'),
                Some('r') => content.push('\r'),
                Some('t') => content.push('\t'),
                _ => {
                    let start = self.start + 1 + at;
                    return Err(start..start + 1 + escaped.map_or(0, char::len_utf8));
                }
            }
        }
        Ok(content.into())
    }
}

type Letters<'t> = LocatingSlice<&'t str>;

/// Cuts a text into its pieces, the last of which is [`Kind::End`]. No text is without them.
pub(super) fn tokens(text: &str) -> Vec<Token<'_>> {
    let pieces: ModalResult<Vec<Token<'_>>, EmptyError> =
        preceded(space, repeat(0.., terminated(piece, space)))
            .parse_next(&mut LocatingSlice::new(text));
    let mut tokens = pieces.unwrap_or_default();
    tokens.push(Token {
        kind: Kind::End,
        text: "",
        start: text.len(),
    });
    tokens
}

/// Whether a letter may stand in a word.
pub(super) fn in_word(letter: char) -> bool {
    !letter.is_whitespace()
        && !matches!(
            letter,
            '(' | ')' | '[' | ']' | ',' | '"' | ':' | '~' | '<' | '>' | '='
        )
}

fn space(input: &mut Letters<'_>) -> ModalResult<(), EmptyError> {
    take_while(0.., char::is_whitespace)
        .void()
        .parse_next(input)
}

fn piece<'t>(input: &mut Letters<'t>) -> ModalResult<Token<'t>, EmptyError> {
    alt((word, symbol, quoted))
        .with_taken()
        .with_span()
        .map(|((kind, text), span)| Token {
            kind,
            text,
            start: span.start,
        })
        .parse_next(input)
}

fn word(input: &mut Letters<'_>) -> ModalResult<Kind, EmptyError> {
    take_while(1.., in_word)
        .map(|word| Keyword::read(word).map_or(Kind::Word, Kind::Keyword))
        .parse_next(input)
}

fn symbol(input: &mut Letters<'_>) -> ModalResult<Kind, EmptyError> {
    let mut sign = any.verify_map(|sign| {
        Some(match sign {
            ':' => Kind::Operator(Operator::Is),
            '~' => Kind::Operator(Operator::Contains),
            '>' => Kind::Operator(Operator::After),
            '<' => Kind::Operator(Operator::Before),
            '=' => Kind::Equals,
            '(' => Kind::Open,
            ')' => Kind::Close,
            '[' => Kind::ListOpen,
            ']' => Kind::ListClose,
            ',' => Kind::Comma,
            _ => return None,
        })
    });
    let kind = sign.parse_next(input)?;
    let longer = match kind {
        Kind::Operator(Operator::After) => Operator::From,
        Kind::Operator(Operator::Before) => Operator::Until,
        _ => return Ok(kind),
    };
    let equal = opt('=').parse_next(input)?;
    Ok(equal.map_or(kind, |_| Kind::Operator(longer)))
}

fn quoted(input: &mut Letters<'_>) -> ModalResult<Kind, EmptyError> {
    let plain = take_while(1.., |letter| letter != '"' && letter != '\\');
    let inside = alt((plain.void(), ('\\', any).void()));
    let inside = repeat::<_, _, (), ErrMode<EmptyError>, _>(0.., inside);
    let end = alt((
        "\"".value(Kind::Quoted),
        (opt('\\'), eof).value(Kind::Unclosed),
    ));
    ('"', inside, end)
        .map(|(_, (), kind)| kind)
        .parse_next(input)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{prop_assert, prop_assert_eq, proptest};

    use super::*;

    fn cut(text: &str) -> Vec<&str> {
        tokens(text).iter().map(|token| token.text).collect()
    }

    #[test]
    fn a_text_is_cut_at_spaces_and_signs() {
        assert_eq!(
            cut("org:[12,15]and created>=2025-01-01\u{a0}(name~\"a b\")"),
            [
                "org",
                ":",
                "[",
                "12",
                ",",
                "15",
                "]",
                "and",
                "created",
                ">=",
                "2025-01-01",
                "(",
                "name",
                "~",
                "\"a b\"",
                ")",
                ""
            ]
        );
    }

    #[test]
    fn quotes_keep_everything() {
        for (text, content) in [
            (r#""a \"b\" \\ c""#, r#"a "b" \ c"#),
            (r#""and (x) [y], z""#, "and (x) [y], z"),
            ("\"💊 שלום\"", "💊 שלום"),
            (r#""a\nb""#, "a\nb"),
            (r#""""#, ""),
        ] {
            let tokens = tokens(text);
            assert_eq!(tokens.len(), 2, "{text} is one piece");
            assert_eq!(tokens[0].content().unwrap(), content);
        }
    }

    #[test]
    fn what_is_not_closed_goes_on_to_the_end() {
        for text in ["\"a b", "\"", "\"a\\", "\"a\\\""] {
            let tokens = tokens(text);
            assert_eq!(
                (tokens.len(), tokens[0].kind),
                (2, Kind::Unclosed),
                "{text}"
            );
        }
    }

    proptest! {
        #[test]
        fn nothing_but_spaces_lies_between_the_pieces(text in proptest::prelude::any::<String>()) {
            let mut end = 0;
            for token in tokens(&text) {
                prop_assert!(text[end..token.start].chars().all(char::is_whitespace));
                prop_assert_eq!(&text[token.span()], token.text);
                end = token.span().end;
            }
            prop_assert_eq!(end, text.len());
        }
    }
}
