//! What conditions mean: from pieces of text to criteria.

use std::{borrow::Cow, ops::Range};

use super::{
    MOST_EXPECTED, MOST_PROBLEMS, Spanned, TextProblem, Written,
    field::{self, TextField, Wants},
    printing::print_clause,
    syntax::{Branch, Condition, Syntax, Tree, Values},
    token::{Kind, Operator, Token},
};
use crate::{
    Clause, Criteria, Identifier, Ids, OrganizationId, PersonId, PersonLeaf, Role, Vocabulary,
    criteria::{Age, LONGEST_AGE, News, State, TextTest, TimeField, TimeTest, read_day},
    filter::{MOST_LEAVES, MOST_LEVELS, ShapeError},
    id,
    said::{Said, said},
};

/// Gives a text its meaning; else everything that is wrong with it, at most [`MOST_PROBLEMS`].
pub(super) fn reading(
    syntax: Syntax<'_>,
    vocabulary: Vocabulary,
) -> Result<Written, Vec<TextProblem>> {
    let mut reader = Reader {
        vocabulary,
        clauses: Vec::with_capacity(syntax.conditions.len()),
        problems: Vec::new(),
        leaves: 0,
    };
    for condition in syntax.conditions {
        if reader.problems.len() >= MOST_PROBLEMS || reader.leaves > MOST_LEAVES {
            break;
        }
        reader.condition(&condition);
    }
    let criteria = match syntax.tree {
        Err(problem) => {
            reader.problems.push(problem);
            None
        }
        Ok(tree) if reader.problems.is_empty() => tree.and_then(|tree| reader.tree(tree, 1, false)),
        Ok(_) => None,
    };
    if reader.problems.is_empty() {
        return Ok(Written {
            criteria,
            clauses: reader.clauses,
        });
    }
    reader.problems.sort_by_key(|problem| problem.span.start);
    reader.problems.truncate(MOST_PROBLEMS);
    Err(reader.problems)
}

struct Reader {
    vocabulary: Vocabulary,
    /// One for each condition that was read, as long as there are no problems.
    clauses: Vec<Spanned>,
    problems: Vec<TextProblem>,
    leaves: usize,
}

/// A value, without quotes, and what it is compared with.
struct Value<'t> {
    field: TextField,
    operator: Operator,
    token: Token<'t>,
    text: Cow<'t, str>,
}

impl Value<'_> {
    fn problem(&self, said: Said) -> TextProblem {
        let samples = self.field.samples(self.operator);
        problem(self.token.span(), said, &samples)
    }

    /// Whether it stood in quotes: then it is a text and no word of the language.
    fn quoted(&self) -> bool {
        self.token.kind == Kind::Quoted
    }

    fn shown(&self) -> String {
        self.token.shown()
    }

    /// The same without the marks around it.
    fn shortened(&self) -> String {
        self.token.shortened()
    }

    /// The word of these, whatever its case, if it did not stand in quotes.
    fn word<T: Copy>(&self, all: &[T], word: fn(T) -> &'static str) -> Option<T> {
        let is = |value: &&T| !self.quoted() && word(**value).eq_ignore_ascii_case(&self.text);
        all.iter().find(is).copied()
    }

    fn digits(&self) -> bool {
        !self.quoted()
            && !self.text.is_empty()
            && self.text.bytes().all(|byte| byte.is_ascii_digit())
    }

    fn id<Id: TryFrom<u64>>(&self) -> Result<Id, TextProblem> {
        let number = self
            .digits()
            .then(|| self.text.parse::<u64>().ok())
            .flatten();
        number
            .and_then(|number| Id::try_from(number).ok())
            .ok_or_else(|| {
                self.problem(said!(
                    id,
                    "expected an id, an integer from 1 to {largest}, found {found}",
                    largest = id::LARGEST,
                    found = self.shown()
                ))
            })
    }

    fn not_blank(&self) -> Result<String, TextProblem> {
        if self.text.trim().is_empty() {
            return Err(self.problem(said!(
                blank,
                "expected a text that is not empty, found {found}",
                found = self.shown()
            )));
        }
        Ok(self.text.clone().into_owned())
    }
}

fn problem(span: Range<usize>, said: Said, expected: &[&str]) -> TextProblem {
    let expected = expected.iter().take(MOST_EXPECTED);
    let Said { message, coded } = said;
    TextProblem {
        span,
        message,
        coded,
        expected: expected.map(|word| (*word).to_owned()).collect(),
    }
}

impl Reader {
    fn condition(&mut self, condition: &Condition<'_>) {
        let Some(asked) = self.compared(condition) else {
            return;
        };
        if let Err(span) = self.count(condition, asked.0) {
            let said = ShapeError::TooLarge.said();
            self.problems.push(problem(span, said, &[]));
        } else if let Some(clause) = self.clause_or_list(condition, asked) {
            self.clauses.push(Spanned {
                span: condition.span(),
                clause,
                off: false,
            });
        }
    }

    /// Counts the leaves of a condition; else where the one too many stands.
    fn count(&mut self, condition: &Condition<'_>, field: TextField) -> Result<(), Range<usize>> {
        let left = MOST_LEAVES.saturating_sub(self.leaves);
        let (more, excess) = match &condition.values {
            Values::List(tokens) if field != TextField::Id => (tokens.len(), tokens.get(left)),
            _ => (1, None),
        };
        self.leaves += more;
        if more <= left {
            return Ok(());
        }
        Err(excess.map_or(condition.span(), Token::span))
    }

    /// The clause, or the `or` of a list; none if something is wrong with it.
    fn clause_or_list(
        &mut self,
        condition: &Condition<'_>,
        asked: (TextField, Operator),
    ) -> Option<Criteria> {
        let (field, operator) = asked;
        match &condition.values {
            Values::One(token) => {
                let clause = value(token, asked).and_then(|value| clause(&value));
                self.noted(clause).map(Criteria::leaf)
            }
            Values::List(tokens) if operator != Operator::Is => {
                let start = tokens.first().map_or(condition.end, |first| first.start);
                let said = said!(
                    list_after,
                    "a list stands after {field}: only",
                    field = field.name()
                );
                let span = condition.operator.start..start;
                self.problems.push(problem(span, said, &[":"]));
                None
            }
            Values::List(tokens) if field == TextField::Id => {
                let ids = self.each(tokens, asked, |value| value.id::<PersonId>())?;
                let leaf = PersonLeaf::Id(Ids::List(ids));
                Some(Criteria::leaf(Clause::Vendor(leaf)))
            }
            Values::List(tokens) => {
                let parts = self.each(tokens, asked, |value| clause(value).map(Criteria::leaf))?;
                // Some and not too many, as was counted: nothing can be wrong with the shape.
                Criteria::or(parts).ok()
            }
        }
    }

    fn each<T>(
        &mut self,
        tokens: &[Token<'_>],
        asked: (TextField, Operator),
        read: impl Fn(&Value<'_>) -> Result<T, TextProblem>,
    ) -> Option<Vec<T>> {
        let mut all = Vec::with_capacity(tokens.len());
        for token in tokens {
            if self.problems.len() >= MOST_PROBLEMS {
                return None;
            }
            let one = value(token, asked).and_then(|value| read(&value));
            all.extend(self.noted(one));
        }
        (all.len() == tokens.len()).then_some(all)
    }

    fn noted<T>(&mut self, read: Result<T, TextProblem>) -> Option<T> {
        read.map_err(|problem| self.problems.push(problem)).ok()
    }

    /// The field and the operator, if the one may be compared with the other.
    fn compared(&mut self, condition: &Condition<'_>) -> Option<(TextField, Operator)> {
        let (word, sign) = (&condition.field, &condition.operator);
        let Some(field) = TextField::named(word.text, self.vocabulary) else {
            let said = field::unknown(word.text, &word.shown(), self.vocabulary);
            let names: Vec<_> = TextField::of(self.vocabulary)
                .map(TextField::name)
                .collect();
            self.problems.push(problem(word.span(), said, &names));
            return None;
        };
        match sign.kind {
            Kind::Operator(operator) if field.operators().contains(&operator) => {
                return Some((field, operator));
            }
            _ => {}
        }
        let symbols: Vec<_> = field.operators().iter().map(|own| own.symbol()).collect();
        let said = said!(
            operator_found,
            "expected {operators} after {field}, found {found}",
            operators = field::one_of(&symbols),
            field = field.name(),
            found = sign.shown()
        );
        self.problems.push(problem(sign.span(), said, &symbols));
        None
    }

    /// The criteria of a tree whose conditions were all read.
    fn tree(&mut self, tree: Tree, level: usize, off: bool) -> Option<Criteria> {
        let levels = match &tree.node {
            Branch::Condition(index) => self.clauses.get(*index)?.clause.levels(),
            _ => 1,
        };
        if level + levels - 1 > MOST_LEVELS {
            let deepest = ShapeError::TooDeep.said();
            self.problems.push(problem(tree.at, deepest, &[]));
            return None;
        }
        let whole = match tree.node {
            Branch::Condition(index) => {
                let spanned = self.clauses.get_mut(index)?;
                spanned.off = off;
                Ok(spanned.clause.clone())
            }
            Branch::And(parts) => Criteria::and(self.parts(parts, level, off)?),
            Branch::Or(parts) => Criteria::or(self.parts(parts, level, off)?),
            Branch::Not(part) => Criteria::negate(self.tree(*part, level + 1, off)?),
            Branch::Off(part) => Criteria::off(self.tree(*part, level + 1, true)?),
        };
        whole
            .map_err(|error| self.problems.push(problem(tree.at, error.said(), &[])))
            .ok()
    }

    fn parts(&mut self, parts: Vec<Tree>, level: usize, off: bool) -> Option<Vec<Criteria>> {
        let mut read = Vec::with_capacity(parts.len());
        for part in parts {
            read.push(self.tree(part, level + 1, off)?);
        }
        Some(read)
    }
}

/// Takes a value out of its quotes.
fn value<'t>(
    token: &Token<'t>,
    (field, operator): (TextField, Operator),
) -> Result<Value<'t>, TextProblem> {
    let text = token.content().map_err(|span| {
        let said = said!(escape, "after \\ in quotes expected \", \\, n, r or t");
        problem(span, said, &["\\\"", "\\\\", "\\n", "\\r", "\\t"])
    })?;
    let value = Value {
        field,
        operator,
        token: *token,
        text,
    };
    let typographic = ['\u{201c}', '\u{201d}', '\u{201e}', '\u{ab}', '\u{bb}'];
    if !value.quoted() && value.text.starts_with(typographic) {
        let said = said!(
            quotes,
            "quotes are written \"\u{2026}\", found {found}",
            found = value.shown()
        );
        return Err(problem(token.span(), said, &["\""]));
    }
    Ok(value)
}

/// What a value means.
fn clause(value: &Value<'_>) -> Result<Clause, TextProblem> {
    let (field, operator) = (value.field, value.operator);
    let state = (operator == Operator::Is)
        .then(|| value.word(&State::ALL, State::word))
        .flatten();
    if let (Some(state), Some(own)) = (state, field.state()) {
        return Ok(Clause::State(own, state));
    }
    Ok(match field {
        TextField::Org if operator == Operator::Is && value.digits() => {
            Clause::Vendor(PersonLeaf::Organization(value.id::<OrganizationId>()?))
        }
        TextField::Org => Clause::OrganizationName(text_test(value)?),
        TextField::Name => Clause::Name(text_test(value)?),
        TextField::Id => Clause::Vendor(PersonLeaf::Id(Ids::One(value.id()?))),
        TextField::Role => Clause::Vendor(PersonLeaf::Role(role(value)?)),
        TextField::Identifier(kind) => {
            let number = integer(&value.text).filter(|_| kind.may_be_integer() && !value.quoted());
            let number = number.map_or_else(
                || Identifier::Text(value.text.to_string()),
                Identifier::Integer,
            );
            Clause::Vendor(PersonLeaf::Identifier(kind, number))
        }
        TextField::Time(time) => Clause::Time(time, time_test(time, value)?),
        TextField::Seen => {
            let named = |news: &News| news.word().eq_ignore_ascii_case(&value.text);
            let news = News::ALL.into_iter().find(named);
            Clause::Seen(news.ok_or_else(|| not_news(value))?)
        }
    })
}

/// The named role, whatever its case; in quotes, the role of exactly this name.
fn role(value: &Value<'_>) -> Result<Role, TextProblem> {
    if value.quoted() {
        return Ok(Role::from(value.text.to_string()));
    }
    Role::named(&value.text).ok_or_else(|| no_role(value))
}

/// Why a value without quotes is no role.
fn no_role(value: &Value<'_>) -> TextProblem {
    let words = value.field.samples(value.operator);
    let role = Role::Other(value.shortened());
    let quoted = print_clause(&Clause::Vendor(PersonLeaf::Role(role)));
    let said = match field::nearest(&value.text, &words) {
        Some(word) => said!(
            role_near,
            "{found} is not a role that is known: did you mean {near}? Another role stands in quotes: {quoted}",
            found = value.shown(),
            near = word,
            quoted = quoted
        ),
        None => said!(
            role,
            "{found} is not a role that is known: expected {words}; another role stands in quotes: {quoted}",
            found = value.shown(),
            words = field::one_of(&words),
            quoted = quoted
        ),
    };
    value.problem(said)
}

/// The number that is written like this and not otherwise.
pub(super) fn integer(text: &str) -> Option<u64> {
    let plain =
        text.bytes().all(|byte| byte.is_ascii_digit()) && (text == "0" || !text.starts_with('0'));
    plain.then(|| text.parse().ok()).flatten()
}

fn text_test(value: &Value<'_>) -> Result<TextTest, TextProblem> {
    let text = value.not_blank()?;
    Ok(if value.operator == Operator::Contains {
        TextTest::Contains(text)
    } else {
        TextTest::Is(text)
    })
}

fn not_news(value: &Value<'_>) -> TextProblem {
    let words = News::ALL.map(News::word);
    let said = match field::nearest(&value.text, &words) {
        Some(word) => said!(
            news_near,
            "{found} is not said of anybody: did you mean {near}?",
            found = value.shown(),
            near = word
        ),
        None => said!(
            news,
            "expected {words}, found {found}",
            words = field::one_of(&words),
            found = value.shown()
        ),
    };
    value.problem(said)
}

fn time_test(time: TimeField, value: &Value<'_>) -> Result<TimeTest, TextProblem> {
    let operator = value.operator;
    if let Some(age) = Age::parse(&value.text.to_ascii_lowercase()) {
        return match operator {
            Operator::Before => Ok(TimeTest::Newer(age)),
            Operator::After => Ok(TimeTest::Older(age)),
            _ => {
                let name = time.name();
                let said = said!(
                    age_sign,
                    "an age stands after < or >: {field} < {age} is newer, {field} > {age} is older",
                    field = name,
                    age = age
                );
                Err(problem(value.token.span(), said, &["2025-01-31"]))
            }
        };
    }
    let day = read_day(&value.text).ok_or_else(|| value.problem(no_day(time, value)))?;
    Ok(match operator {
        Operator::After => TimeTest::After(day),
        Operator::From => TimeTest::From(day),
        Operator::Before => TimeTest::Before(day),
        Operator::Until => TimeTest::Until(day),
        Operator::Is | Operator::Contains => TimeTest::On(day),
    })
}

/// Why a value is neither a day nor an age.
fn no_day(time: TimeField, value: &Value<'_>) -> Said {
    let (text, shown) = (&*value.text, value.shown());
    if looks_like_a_day(text) {
        return said!(
            no_day,
            "{found} is not a day of the calendar",
            found = shown
        );
    }
    if looks_like_an_age(text) {
        return said!(
            age_too_large,
            "an age is at most {most} d, w, m or y, found {found}",
            most = LONGEST_AGE,
            found = shown
        );
    }
    let takes_ages = matches!(value.operator, Operator::After | Operator::Before);
    if let Some(days) = Age::parse(&format!("{text}d")).filter(|_| takes_ages) {
        let (name, sign) = (time.name(), value.operator.symbol());
        return said!(
            age_unit,
            "{found} needs a unit: {field} {sign} {days} counts days; w weeks, m months, y years",
            found = shown,
            field = name,
            sign = sign,
            days = days
        );
    }
    let Wants { english, kind } = value.field.wants(value.operator);
    said!(no_such_value, "expected {expected}, found {found}", expected = english, found = shown; wants = kind)
}

fn looks_like_a_day(text: &str) -> bool {
    let shape = "0000-00-00";
    let fits = |(own, shape): (u8, u8)| own == shape || shape == b'0' && own.is_ascii_digit();
    text.len() == shape.len() && text.bytes().zip(shape.bytes()).all(fits)
}

/// Whether it is digits and a unit, however many digits.
fn looks_like_an_age(text: &str) -> bool {
    let number = text.strip_suffix(['d', 'w', 'm', 'y', 'D', 'W', 'M', 'Y']);
    let digits = |number: &str| number.bytes().all(|digit| digit.is_ascii_digit());
    number.is_some_and(|number| !number.is_empty() && digits(number))
}
