//! How conditions are joined: the grammar, without what its words mean.
//!
//! Brackets lie on a stack of our own, so that no text, however deep, uses up the thread's.

use std::ops::Range;

use winnow::{
    ModalResult, Parser,
    combinator::{alt, cut_err, separated},
    error::{ErrMode, ParserError},
    stream::TokenSlice,
    token::any,
};

use super::{
    MOST_EXPECTED, TextProblem, field,
    field::{TextField, Wants},
    token::{Keyword, Kind, Token},
};
use crate::{
    Vocabulary,
    said::{Said, said},
};

/// The most brackets, `not` and `off` inside each other: more than any filter needs, few enough to
/// walk the tree.
const MOST_NESTING: usize = 256;

/// What was written, as far as it could be read.
pub(super) struct Syntax<'t> {
    /// The conditions in the order of the text.
    pub(super) conditions: Vec<Condition<'t>>,
    /// How they are joined; none if nothing was written.
    pub(super) tree: Result<Option<Tree>, TextProblem>,
}

/// A field, an operator and what it is compared with.
#[derive(Debug, Clone)]
pub(super) struct Condition<'t> {
    pub(super) field: Token<'t>,
    pub(super) operator: Token<'t>,
    pub(super) values: Values<'t>,
    pub(super) end: usize,
}

/// One value or a list, at least one.
#[derive(Debug, Clone)]
pub(super) enum Values<'t> {
    One(Token<'t>),
    List(Vec<Token<'t>>),
}

impl Condition<'_> {
    pub(super) const fn span(&self) -> Range<usize> {
        self.field.start..self.end
    }
}

/// A part of the tree, and the piece that it begins with.
#[derive(Debug)]
pub(super) struct Tree {
    pub(super) at: Range<usize>,
    pub(super) node: Branch,
}

#[derive(Debug)]
pub(super) enum Branch {
    /// The condition with this index.
    Condition(usize),
    And(Vec<Tree>),
    Or(Vec<Tree>),
    Not(Box<Tree>),
    Off(Box<Tree>),
}

type Tokens<'t> = TokenSlice<'t, Token<'t>>;

/// A place where something else was expected.
#[derive(Debug)]
struct Wrong<'t> {
    at: Option<Token<'t>>,
    /// Boxed, because it is carried through every step that can go wrong.
    said: Option<Box<Said>>,
    expected: Vec<&'static str>,
}

impl<'t> ParserError<Tokens<'t>> for Wrong<'t> {
    type Inner = Self;

    fn from_input(input: &Tokens<'t>) -> Self {
        Self {
            at: input.first().copied(),
            said: None,
            expected: Vec::new(),
        }
    }

    fn into_inner(self) -> Result<Self, Self> {
        Ok(self)
    }
}

impl Wrong<'_> {
    /// Says what was expected, unless something nearer to the place did.
    fn or_say(mut self, say: impl FnOnce(&Token<'_>) -> Said, expected: &[&'static str]) -> Self {
        let (None, Some(at)) = (&self.said, &self.at) else {
            return self;
        };
        (self.said, self.expected) = if at.kind == Kind::Unclosed {
            let said = said!(quote_open, "this quote is never closed: expected \"");
            (Some(Box::new(said)), vec!["\""])
        } else {
            (Some(Box::new(say(at))), expected.to_vec())
        };
        self
    }

    fn into_problem(self) -> TextProblem {
        let expected = self.expected.into_iter().take(MOST_EXPECTED);
        let Said { message, coded } = self.said.map_or_else(|| Said::from(""), |said| *said);
        TextProblem {
            span: self.at.map_or(0..0, |token| token.span()),
            message,
            coded,
            expected: expected.map(str::to_owned).collect(),
        }
    }
}

type Step<'t, T> = ModalResult<T, Wrong<'t>>;

/// Reads all pieces of a text.
pub(super) fn syntax<'t>(tokens: &'t [Token<'t>], vocabulary: Vocabulary) -> Syntax<'t> {
    let mut nest = Nest {
        vocabulary,
        conditions: Vec::new(),
        brackets: vec![Bracket::default()],
        depth: 0,
    };
    let tree = nest.read(&mut TokenSlice::new(tokens));
    Syntax {
        conditions: nest.conditions,
        tree: tree.map_err(|wrong| {
            wrong
                .into_inner()
                .map_or_else(no_problem, Wrong::into_problem)
        }),
    }
}

/// Errors without a place are those of a text that is not all there yet, which no text is.
fn no_problem(_: ErrMode<Wrong<'_>>) -> TextProblem {
    Wrong {
        at: None,
        said: None,
        expected: Vec::new(),
    }
    .into_problem()
}

/// The brackets that are open, and what was read.
struct Nest<'t> {
    vocabulary: Vocabulary,
    conditions: Vec<Condition<'t>>,
    /// The first is the whole text.
    brackets: Vec<Bracket<'t>>,
    depth: usize,
}

/// What was read since a bracket.
#[derive(Default)]
struct Bracket<'t> {
    open: Option<Opening<'t>>,
    /// The parts of the `or`, but for the last.
    any: Vec<Tree>,
    /// The parts of the `and`.
    all: Vec<Tree>,
    /// `not` and `off` before what comes next.
    before: Vec<Token<'t>>,
}

/// `(`, `and(` or `or(`.
#[derive(Clone, Copy)]
struct Opening<'t> {
    word: Option<Token<'t>>,
    bracket: Token<'t>,
}

/// What may stand where a condition is expected.
enum Operand<'t> {
    Before(Token<'t>),
    Open(Opening<'t>),
    Condition(Condition<'t>),
}

/// What may stand after a condition.
#[derive(Clone, Copy)]
enum Joint {
    And,
    Or,
    Close,
    End,
}

impl<'t> Nest<'t> {
    fn read(&mut self, input: &mut Tokens<'t>) -> Step<'t, Option<Tree>> {
        if kind(Kind::End).parse_next(input).is_ok() {
            return Ok(None);
        }
        loop {
            let vocabulary = self.vocabulary;
            let start = *input;
            match cut_err(|input: &mut Tokens<'t>| operand(input, vocabulary)).parse_next(input)? {
                Operand::Before(word) => {
                    self.deeper(&start)?;
                    self.top(&start)?.before.push(word);
                    continue;
                }
                Operand::Open(open) => {
                    self.deeper(&start)?;
                    self.brackets.push(Bracket {
                        open: Some(open),
                        ..Bracket::default()
                    });
                    continue;
                }
                Operand::Condition(condition) => {
                    let part = Tree {
                        at: condition.span(),
                        node: Branch::Condition(self.conditions.len()),
                    };
                    self.conditions.push(condition);
                    self.add(part, &start)?;
                }
            }
            if let Some(whole) = self.join(input)? {
                return Ok(Some(whole));
            }
        }
    }

    /// Reads what stands after a condition, up to where the next is expected; the whole tree if
    /// that is the end.
    fn join(&mut self, input: &mut Tokens<'t>) -> Step<'t, Option<Tree>> {
        loop {
            let start = *input;
            let brackets = self.brackets.len() > 1;
            match joint
                .parse_next(input)
                .map_err(|error| cut(error, |wrong| unjoined(wrong, brackets)))?
            {
                Joint::And => return Ok(None),
                Joint::Or => {
                    let top = self.top(&start)?;
                    let part = all(&mut top.all, &start)?;
                    top.any.push(part);
                    return Ok(None);
                }
                Joint::Close => {
                    let closed = self.close(&start)?;
                    self.add(closed, &start)?;
                }
                Joint::End => {
                    let unclosed = self.top(&start)?.open;
                    return match unclosed {
                        None => any_of(self.top(&start)?, &start).map(Some),
                        Some(open) => Err(wrong(
                            open.bracket,
                            said!(open_alone, "this ( is never closed: expected )"),
                            &["and", "or", ")"],
                        )),
                    };
                }
            }
        }
    }

    fn close(&mut self, input: &Tokens<'t>) -> Step<'t, Tree> {
        let mut bracket = self
            .brackets
            .pop()
            .filter(|bracket| bracket.open.is_some())
            .ok_or_else(|| at(input, close_alone(), &["and", "or"]))?;
        self.depth -= 1;
        let inside = any_of(&mut bracket, input)?;
        let word = bracket.open.and_then(|open| open.word);
        Ok(match word {
            None => inside,
            Some(word) => Tree {
                at: word.span(),
                node: if word.kind == Kind::Keyword(Keyword::And) {
                    Branch::And(vec![inside])
                } else {
                    Branch::Or(vec![inside])
                },
            },
        })
    }

    /// Adds a part to the bracket that is open, under the words that stand before it.
    fn add(&mut self, part: Tree, input: &Tokens<'t>) -> Step<'t, ()> {
        let top = self.top(input)?;
        let words = std::mem::take(&mut top.before);
        let whole = words.iter().rev().fold(part, |part, word| Tree {
            at: word.span(),
            node: if word.kind == Kind::Keyword(Keyword::Not) {
                Branch::Not(Box::new(part))
            } else {
                Branch::Off(Box::new(part))
            },
        });
        top.all.push(whole);
        self.depth -= words.len();
        Ok(())
    }

    fn deeper(&mut self, input: &Tokens<'t>) -> Step<'t, ()> {
        self.depth += 1;
        if self.depth <= MOST_NESTING {
            return Ok(());
        }
        let said = said!(
            nesting,
            "more than {most} brackets, not and off inside each other",
            most = MOST_NESTING
        );
        Err(at(input, said, &[]))
    }

    fn top(&mut self, input: &Tokens<'t>) -> Step<'t, &mut Bracket<'t>> {
        self.brackets
            .last_mut()
            .ok_or_else(|| ErrMode::Cut(Wrong::from_input(input)))
    }
}

/// The parts of an `and` as one.
fn all<'t>(parts: &mut Vec<Tree>, input: &Tokens<'t>) -> Step<'t, Tree> {
    one(std::mem::take(parts), Branch::And, input)
}

/// What was read in a bracket, as one.
fn any_of<'t>(bracket: &mut Bracket<'t>, input: &Tokens<'t>) -> Step<'t, Tree> {
    let last = all(&mut bracket.all, input)?;
    let mut parts = std::mem::take(&mut bracket.any);
    parts.push(last);
    one(parts, Branch::Or, input)
}

fn one<'t>(
    mut parts: Vec<Tree>,
    joined: fn(Vec<Tree>) -> Branch,
    input: &Tokens<'t>,
) -> Step<'t, Tree> {
    if parts.len() > 1 {
        let at = parts.first().map_or(0..0, |part| part.at.clone());
        return Ok(Tree {
            at,
            node: joined(parts),
        });
    }
    parts
        .pop()
        .ok_or_else(|| ErrMode::Cut(Wrong::from_input(input)))
}

fn close_alone() -> Said {
    said!(close_alone, "this ) has no ( before it")
}

fn wrong<'t>(at: Token<'t>, said: Said, expected: &[&'static str]) -> ErrMode<Wrong<'t>> {
    ErrMode::Cut(Wrong {
        at: Some(at),
        said: Some(Box::new(said)),
        expected: expected.to_vec(),
    })
}

fn at<'t>(input: &Tokens<'t>, said: Said, expected: &[&'static str]) -> ErrMode<Wrong<'t>> {
    ErrMode::Cut(Wrong::from_input(input).or_say(|_| said, expected))
}

fn cut<'t>(
    error: ErrMode<Wrong<'t>>,
    say: impl FnOnce(Wrong<'t>) -> Wrong<'t>,
) -> ErrMode<Wrong<'t>> {
    match error {
        ErrMode::Backtrack(wrong) | ErrMode::Cut(wrong) => ErrMode::Cut(say(wrong)),
        incomplete @ ErrMode::Incomplete(_) => incomplete,
    }
}

fn token<'t>(
    passes: impl Fn(Kind) -> bool,
) -> impl Parser<Tokens<'t>, Token<'t>, ErrMode<Wrong<'t>>> {
    any.verify(move |token: &&Token<'t>| passes(token.kind))
        .map(|token: &Token<'t>| *token)
}

fn kind<'t>(wanted: Kind) -> impl Parser<Tokens<'t>, Token<'t>, ErrMode<Wrong<'t>>> {
    token(move |kind| kind == wanted)
}

fn operand<'t>(input: &mut Tokens<'t>, vocabulary: Vocabulary) -> Step<'t, Operand<'t>> {
    let before = token(|kind| matches!(kind, Kind::Keyword(Keyword::Not | Keyword::Off)));
    let joined = token(|kind| matches!(kind, Kind::Keyword(Keyword::And | Keyword::Or)));
    let named = (joined, kind(Kind::Open)).map(|(word, bracket)| Opening {
        word: Some(word),
        bracket,
    });
    let plain = kind(Kind::Open).map(|bracket| Opening {
        word: None,
        bracket,
    });
    let condition = |input: &mut Tokens<'t>| condition(input, vocabulary);
    let start = *input;
    alt((
        condition.map(Operand::Condition),
        plain.map(Operand::Open),
        before.map(Operand::Before),
        named.map(Operand::Open),
    ))
    .parse_next(input)
    .map_err(|error| match error {
        // However far an alternative came: a condition was expected where they all began.
        ErrMode::Backtrack(_) => cut(ErrMode::Backtrack(Wrong::from_input(&start)), |wrong| {
            no_condition(wrong, &start, vocabulary)
        }),
        error => error,
    })
}

fn no_condition<'t>(wrong: Wrong<'t>, start: &Tokens<'t>, vocabulary: Vocabulary) -> Wrong<'t> {
    let fields = TextField::of(vocabulary).map(TextField::name).take(5);
    let expected: Vec<_> = fields.chain(["not", "off", "("]).collect();
    let after = start.previous_tokens().next().map(Token::shown);
    wrong.or_say(
        |found| match (found.kind, after) {
            (Kind::Quoted, _) => said!(
                text_alone,
                "a text alone is not a condition: to look for a name, write name ~ before {found}",
                found = found.shown()
            ),
            (Kind::End, None) => said!(condition, "expected a condition"),
            (Kind::End, Some(after)) => said!(
                condition_after,
                "expected a condition after {after}",
                after = after
            ),
            (_, None) => said!(
                condition_found,
                "expected a condition, found {found}",
                found = found.shown()
            ),
            (_, Some(after)) => said!(
                condition_after_found,
                "expected a condition after {after}, found {found}",
                after = after,
                found = found.shown()
            ),
        },
        &expected,
    )
}

/// What stands in the place of `and` or `or`.
fn unjoined(wrong: Wrong<'_>, brackets: bool) -> Wrong<'_> {
    let expected: &[_] = if brackets {
        &["and", "or", ")"]
    } else {
        &["and", "or"]
    };
    wrong.or_say(
        |found| {
            let shown = found.shown();
            match (found.kind, found.text) {
                (_, "&" | "&&" | "+") => said!(
                    and_instead,
                    "expected and instead of {found}",
                    found = shown
                ),
                (_, "|" | "||") => said!(
                    or_instead,
                    "expected or instead of {found}",
                    found = shown
                ),
                (Kind::Close, _) => close_alone(),
                (Kind::Comma, _) => said!(
                    joint_or_list,
                    "expected \u{201c}and\u{201d} or \u{201c}or\u{201d}, found {found}: a list stands in [ and ]",
                    found = shown
                ),
                (Kind::Word, _) => said!(
                    joint_before,
                    "expected \u{201c}and\u{201d} or \u{201c}or\u{201d} before {found}; a value of several words stands in quotes",
                    found = shown
                ),
                _ => said!(
                    joint,
                    "expected \u{201c}and\u{201d} or \u{201c}or\u{201d}, found {found}",
                    found = shown
                ),
            }
        },
        expected,
    )
}

fn joint<'t>(input: &mut Tokens<'t>) -> Step<'t, Joint> {
    alt((
        kind(Kind::Keyword(Keyword::And)).value(Joint::And),
        kind(Kind::Keyword(Keyword::Or)).value(Joint::Or),
        kind(Kind::Close).value(Joint::Close),
        kind(Kind::End).value(Joint::End),
    ))
    .parse_next(input)
}

fn condition<'t>(input: &mut Tokens<'t>, vocabulary: Vocabulary) -> Step<'t, Condition<'t>> {
    let field = kind(Kind::Word).parse_next(input)?;
    let operator = token(|kind| matches!(kind, Kind::Operator(_) | Kind::Equals))
        .parse_next(input)
        .map_err(|error| cut(error, |wrong| no_operator(wrong, &field, vocabulary)))?;
    let known = TextField::named(field.text, vocabulary);
    let values = alt((list.map(Values::List), value.map(Values::One)))
        .parse_next(input)
        .map_err(|error| cut(error, |wrong| no_value(wrong, &field, &operator, known)))?;
    let end = input.previous_tokens().next();
    Ok(Condition {
        field,
        operator,
        values,
        end: end.map_or(field.start, |last| last.span().end),
    })
}

fn value<'t>(input: &mut Tokens<'t>) -> Step<'t, Token<'t>> {
    token(|kind| matches!(kind, Kind::Word | Kind::Quoted)).parse_next(input)
}

fn list<'t>(input: &mut Tokens<'t>) -> Step<'t, Vec<Token<'t>>> {
    let open = kind(Kind::ListOpen).parse_next(input)?;
    let item = cut_err(value.map_err(|error| cut(error, no_item)));
    let items = separated(1.., item, kind(Kind::Comma));
    let close = |input: &mut Tokens<'t>| {
        kind(Kind::ListClose)
            .parse_next(input)
            .map_err(|error| cut(error, |wrong| unclosed_list(wrong, open)))
    };
    (items, close).map(|(items, _)| items).parse_next(input)
}

fn no_item(wrong: Wrong<'_>) -> Wrong<'_> {
    wrong.or_say(
        |found| match found.kind {
            Kind::ListClose => {
                said!(
                    list_empty,
                    "expected a value before \u{201c}]\u{201d}"
                )
            }
            Kind::ListOpen => said!(list_in_list, "a list has no lists in it: expected a value"),
            Kind::End => said!(item, "expected a value in the list"),
            Kind::Keyword(_) => said!(
                item_keyword,
                "expected a value in the list, found {found}: to look for this word, put it in quotes",
                found = found.shown()
            ),
            _ => said!(
                item_found,
                "expected a value in the list, found {found}",
                found = found.shown()
            ),
        },
        &[],
    )
}

fn unclosed_list<'t>(wrong: Wrong<'t>, open: Token<'t>) -> Wrong<'t> {
    let ended = wrong.at.is_some_and(|token| token.kind == Kind::End);
    if ended {
        return Wrong {
            at: Some(open),
            said: Some(Box::new(said!(
                list_open_alone,
                "this [ is never closed: expected ]"
            ))),
            expected: vec![",", "]"],
        };
    }
    wrong.or_say(
        |found| {
            said!(
                list_joint,
                "expected , or ] in the list, found {found}",
                found = found.shown()
            )
        },
        &[",", "]"],
    )
}

fn no_operator<'t>(wrong: Wrong<'t>, field: &Token<'t>, vocabulary: Vocabulary) -> Wrong<'t> {
    let Some(known) = TextField::named(field.text, vocabulary) else {
        return Wrong {
            at: Some(*field),
            said: Some(Box::new(no_field(field))),
            expected: TextField::of(vocabulary).map(TextField::name).collect(),
        };
    };
    let symbols: Vec<_> = known
        .operators()
        .iter()
        .map(|operator| operator.symbol())
        .collect();
    let listed = field::one_of(&symbols);
    wrong.or_say(
        |found| match found.kind {
            Kind::End => said!(
                operator,
                "expected {operators} after {field}",
                operators = listed,
                field = known.name()
            ),
            Kind::Word if found.text.starts_with('!') => said!(
                operator_but_not,
                "expected {operators} after {field}, found {found}: what shall not be is written not {field}",
                operators = listed,
                field = known.name(),
                found = found.shown()
            ),
            _ => said!(
                operator_found,
                "expected {operators} after {field}, found {found}",
                operators = listed,
                field = known.name(),
                found = found.shown()
            ),
        },
        &symbols,
    )
}

/// A word that stands alone.
fn no_field(word: &Token<'_>) -> Said {
    let shown = word.shown();
    if word.text.starts_with(['!', '-']) {
        return said!(
            condition_but_not,
            "expected a condition, found {found}: what shall not be stands after not",
            found = shown
        );
    }
    field::elsewhere(word.text).unwrap_or_else(|| {
        said!(
            word_alone,
            "{found} is not a condition: to look for a name, write name ~ before it",
            found = shown
        )
    })
}

fn no_value<'t>(
    wrong: Wrong<'t>,
    field: &Token<'t>,
    operator: &Token<'t>,
    known: Option<TextField>,
) -> Wrong<'t> {
    let known = known.zip(operator.operator());
    let Wants { kind, english } =
        known.map_or(Wants::A_VALUE, |(field, operator)| field.wants(operator));
    let samples = known.map_or(Vec::new(), |(field, operator)| field.samples(operator));
    let space = if operator.text == ":" { "" } else { " " };
    let after = format!("{}{space}{}", field.text, operator.text);
    wrong.or_say(
        |found| match found.kind {
            Kind::End => {
                said!(value, "expected {expected} after {after}", expected = english, after = after; wants = kind)
            }
            Kind::Keyword(_) => said!(
                value_keyword,
                "expected {expected} after {after}, found {found}: to look for this word, put it in quotes",
                expected = english, after = after, found = found.shown(); wants = kind
            ),
            _ => said!(
                value_found,
                "expected {expected} after {after}, found {found}",
                expected = english, after = after, found = found.shown(); wants = kind
            ),
        },
        &samples,
    )
}
