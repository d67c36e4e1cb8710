//! What people are asked for: the vendor's conditions, and those that only this computer knows.
//!
//! A [`Criteria`] is the tree behind the three faces of the query bar. It is written as JSON like
//! the vendor's own filter; what the vendor has no word for stands under keys that begin with
//! `muster.`, which no vendor's filter may contain.

use std::fmt;

use jiff::{civil::Date, tz::TimeZone};
use serde_json::{Value, json};

use crate::{
    Fact, Filter, IdentifierKind, Node, PersonFilter, PersonLeaf, Vocabulary,
    filter::{Leaf, OperandError, ShapeError, what},
    name::fold,
    said::{Said, said},
};

/// A tree of clauses.
pub type Criteria = Filter<Clause>;

/// A condition on a person, wherever it can be answered.
#[derive(Debug, Clone, PartialEq)]
pub enum Clause {
    /// One that the vendor's filter has a word for.
    Vendor(PersonLeaf),
    /// The person's name.
    Name(TextTest),
    /// The name of the person's organization.
    OrganizationName(TextTest),
    /// A time of the person.
    Time(TimeField, TimeTest),
    /// Whether a value is there, is known not to be there, or is not known.
    State(Field, State),
    /// What the last sync said of the person.
    Seen(News),
    /// A part that is kept but means nothing.
    Off(Off),
}

/// How a text is compared. Case and accents do not count.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum TextTest {
    /// It is this.
    Is(String),
    /// This is a part of it.
    Contains(String),
}

/// A [`TextTest`] whose text is folded once, for many texts.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum FoldedTest {
    /// The folded text is this, spaces at its ends aside.
    Is(String),
    /// This is a part of the folded text.
    Contains(String),
}

impl FoldedTest {
    /// Whether a folded text passes.
    #[must_use]
    pub fn holds(&self, folded: &str) -> bool {
        match self {
            Self::Is(wanted) => folded.trim() == wanted,
            Self::Contains(part) => folded.contains(part),
        }
    }
}

/// A time of a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TimeField {
    /// When the vendor created the person.
    Created,
    /// When the vendor last changed the person.
    Updated,
    /// When a sync last noticed a change: known to the mirror alone.
    Changed,
}

/// Which times are meant. Days begin at midnight of a [`Calendar`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TimeTest {
    /// After the end of the day.
    After(Date),
    /// From the beginning of the day on.
    From(Date),
    /// Before the beginning of the day.
    Before(Date),
    /// Until the end of the day.
    Until(Date),
    /// On the day.
    On(Date),
    /// From the day on that was this long ago.
    Newer(Age),
    /// Before the day that was this long ago.
    Older(Age),
}

/// A number of days, weeks, months or years.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Age {
    count: u16,
    unit: AgeUnit,
}

/// What an age is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AgeUnit {
    /// `d`
    Days,
    /// `w`
    Weeks,
    /// `m`
    Months,
    /// `y`
    Years,
}

/// The longest age, in its unit: more would leave the calendar.
pub const LONGEST_AGE: u16 = 5_000;

/// A value of a person that may be there or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Field {
    /// The organization.
    Organization,
    /// The role.
    Role,
    /// A number of the organization.
    Identifier(IdentifierKind),
    /// When the vendor created the person.
    Created,
    /// When the vendor last changed the person.
    Updated,
}

/// Whether a value is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum State {
    /// There is one, whichever.
    Any,
    /// It is known that there is none.
    None,
    /// It is not known.
    Unknown,
}

/// What the last sync said of a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum News {
    /// It returned the person.
    Present,
    /// It returned the person for the first time.
    New,
    /// It returned other values than the one before.
    Changed,
    /// It returned somebody who had been missing or gone.
    Returned,
    /// It was the first that did not return the person.
    Missing,
    /// It was at least the second that did not return the person.
    Gone,
}

/// A part that is kept but means nothing; made by [`Criteria::off`] alone, which counts its levels.
#[derive(Debug, Clone, PartialEq)]
pub struct Off(Box<Criteria>);

impl Off {
    /// What is kept.
    #[must_use]
    pub fn part(&self) -> &Criteria {
        &self.0
    }
}

/// The key of a part that means nothing.
pub const OFF_KEY: &str = "muster.off";

/// What "today" is, and where days begin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calendar {
    /// The day that ages are counted from.
    pub today: Date,
    /// Where days begin at midnight.
    pub zone: TimeZone,
}

/// A half-open range of Unix seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Range {
    /// The first second.
    pub from: i64,
    /// The first second that is not in it any more.
    pub until: i64,
}

impl Range {
    /// Whether a time lies in it.
    #[must_use]
    pub const fn contains(self, seconds: i64) -> bool {
        self.from <= seconds && seconds < self.until
    }
}

impl Calendar {
    /// The calendar of a moment, in Unix seconds.
    #[must_use]
    pub fn at(seconds: i64, zone: TimeZone) -> Self {
        let moment = jiff::Timestamp::from_second(seconds).unwrap_or_default();
        Self {
            today: zone.to_datetime(moment).date(),
            zone,
        }
    }

    /// The seconds that a test means.
    #[must_use]
    pub fn range(&self, test: TimeTest) -> Range {
        let (mut range, start) = (
            Range {
                from: i64::MIN,
                until: i64::MAX,
            },
            |day: Date| self.start_of(day),
        );
        let after = |day: Date| day.tomorrow().map_or(i64::MAX, |next| self.start_of(next));
        match test {
            TimeTest::After(day) => range.from = after(day),
            TimeTest::From(day) => range.from = start(day),
            TimeTest::Before(day) => range.until = start(day),
            TimeTest::Until(day) => range.until = after(day),
            TimeTest::On(day) => (range.from, range.until) = (start(day), after(day)),
            TimeTest::Newer(age) => range.from = start(self.ago(age)),
            TimeTest::Older(age) => range.until = start(self.ago(age)),
        }
        range
    }

    /// The first second of a day. The calendar has days that seconds are not counted for: those
    /// begin before or after everything else.
    fn start_of(&self, day: Date) -> i64 {
        let outside = if day.year() > 0 { i64::MAX } else { i64::MIN };
        self.zone
            .to_ambiguous_zoned(day.at(0, 0, 0, 0))
            .compatible()
            .map_or(outside, |start| start.timestamp().as_second())
    }

    /// The day that was this long ago.
    #[must_use]
    pub fn ago(&self, age: Age) -> Date {
        use jiff::ToSpan as _;
        let count = i64::from(age.count);
        self.today.saturating_sub(match age.unit {
            AgeUnit::Days => count.days(),
            AgeUnit::Weeks => count.weeks(),
            AgeUnit::Months => count.months(),
            AgeUnit::Years => count.years(),
        })
    }
}

impl Age {
    /// An age; none if it is longer than [`LONGEST_AGE`] units.
    #[must_use]
    pub fn new(count: u16, unit: AgeUnit) -> Option<Self> {
        (count <= LONGEST_AGE).then_some(Self { count, unit })
    }

    /// Reads `90d`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (digits, unit) = text.split_at_checked(text.len().checked_sub(1)?)?;
        let unit = match unit {
            "d" => AgeUnit::Days,
            "w" => AgeUnit::Weeks,
            "m" => AgeUnit::Months,
            "y" => AgeUnit::Years,
            _ => return None,
        };
        let plain = digits.bytes().all(|digit| digit.is_ascii_digit());
        plain
            .then(|| digits.parse().ok())
            .flatten()
            .and_then(|count| Self::new(count, unit))
    }
}

impl fmt::Display for Age {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unit = match self.unit {
            AgeUnit::Days => 'd',
            AgeUnit::Weeks => 'w',
            AgeUnit::Months => 'm',
            AgeUnit::Years => 'y',
        };
        write!(f, "{}{unit}", self.count)
    }
}

impl TextTest {
    /// Whether a text passes.
    #[must_use]
    pub fn holds(&self, text: &str) -> bool {
        self.folded().holds(&fold(text))
    }

    /// The same test, to be asked of many texts.
    #[must_use]
    pub fn folded(&self) -> FoldedTest {
        match self {
            // Folding can leave spaces at the ends that were none: an accent that stands alone is
            // a space with a mark.
            Self::Is(text) => FoldedTest::Is(fold(text.trim()).trim().to_owned()),
            Self::Contains(part) => FoldedTest::Contains(fold(part.trim())),
        }
    }

    fn read(operand: &Value) -> Result<Self, OperandError> {
        let (key, value) = entry(operand, "is or contains")?;
        let text = value
            .as_str()
            .filter(|text| !text.trim().is_empty())
            .ok_or_else(|| {
                let said = said!(
                    json_blank,
                    "expected a text that is not empty, found {found}",
                    found = what(value)
                );
                below(key, said)
            })?;
        match key {
            "is" => Ok(Self::Is(text.to_owned())),
            "contains" => Ok(Self::Contains(text.to_owned())),
            _ => Err(OperandError::new(said!(
                json_text_test,
                "expected is or contains, found {key}",
                key = key
            ))),
        }
    }

    fn write(&self) -> Value {
        match self {
            Self::Is(text) => json!({"is": text}),
            Self::Contains(text) => json!({"contains": text}),
        }
    }
}

/// The day that is written like this: not with a time of day, which would be lost, and not in
/// another way that means a day too.
pub(crate) fn read_day(text: &str) -> Option<Date> {
    let day: Date = text.parse().ok()?;
    (day.to_string() == text).then_some(day)
}

impl TimeTest {
    const KEYS: &str = "after, from, before, until, on, newer or older";

    fn read(operand: &Value) -> Result<Self, OperandError> {
        let (key, value) = entry(operand, Self::KEYS)?;
        let text = value.as_str().unwrap_or_default();
        let day = || {
            read_day(text).ok_or_else(|| {
                let said = said!(
                    json_day,
                    "expected a day such as \"2025-01-31\", found {found}",
                    found = what(value)
                );
                below(key, said)
            })
        };
        let age = || {
            Age::parse(text).ok_or_else(|| {
                let said = said!(
                    json_age,
                    "expected an age such as \"90d\" (d, w, m or y; at most {most}), found {found}",
                    most = LONGEST_AGE,
                    found = what(value)
                );
                below(key, said)
            })
        };
        Ok(match key {
            "after" => Self::After(day()?),
            "from" => Self::From(day()?),
            "before" => Self::Before(day()?),
            "until" => Self::Until(day()?),
            "on" => Self::On(day()?),
            "newer" => Self::Newer(age()?),
            "older" => Self::Older(age()?),
            _ => {
                return Err(OperandError::new(said!(
                    json_time_test,
                    "expected {keys}, found {key}",
                    keys = Self::KEYS,
                    key = key
                )));
            }
        })
    }

    fn write(self) -> Value {
        match self {
            Self::After(day) => json!({"after": day.to_string()}),
            Self::From(day) => json!({"from": day.to_string()}),
            Self::Before(day) => json!({"before": day.to_string()}),
            Self::Until(day) => json!({"until": day.to_string()}),
            Self::On(day) => json!({"on": day.to_string()}),
            Self::Newer(age) => json!({"newer": age.to_string()}),
            Self::Older(age) => json!({"older": age.to_string()}),
        }
    }
}

impl TimeField {
    /// Every time.
    pub const ALL: [Self; 3] = [Self::Created, Self::Updated, Self::Changed];

    /// Its name in text.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Created => "created",
            Self::Updated => "updated",
            Self::Changed => "changed",
        }
    }

    const fn key(self) -> &'static str {
        match self {
            Self::Created => "muster.created",
            Self::Updated => "muster.updated",
            Self::Changed => "muster.changed",
        }
    }
}

impl Field {
    /// The fields of a platform.
    pub fn of(vocabulary: Vocabulary) -> impl Iterator<Item = Self> {
        [Self::Organization, Self::Role, Self::Created, Self::Updated]
            .into_iter()
            .chain(
                vocabulary
                    .platform
                    .identifiers()
                    .iter()
                    .map(|kind| Self::Identifier(*kind)),
            )
    }

    /// Its name in JSON.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Organization => "organization",
            Self::Role => "role",
            Self::Identifier(kind) => kind.key(),
            Self::Created => "created",
            Self::Updated => "updated",
        }
    }
}

impl State {
    /// Every state.
    pub const ALL: [Self; 3] = [Self::Any, Self::None, Self::Unknown];

    /// Its word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Any => "any",
            Self::None => "none",
            Self::Unknown => "unknown",
        }
    }

    /// Whether a value is in this state. None if that is not known.
    pub const fn holds<T>(self, fact: &Fact<T>) -> Option<bool> {
        match (self, fact) {
            (Self::Unknown, fact) => Some(matches!(fact, Fact::Unknown)),
            (_, Fact::Unknown) => None,
            (Self::None, fact) => Some(matches!(fact, Fact::Absent)),
            (Self::Any, fact) => Some(matches!(fact, Fact::Known(_))),
        }
    }
}

impl News {
    /// Every piece of news.
    pub const ALL: [Self; 6] = [
        Self::Present,
        Self::New,
        Self::Changed,
        Self::Returned,
        Self::Missing,
        Self::Gone,
    ];

    /// Whether somebody of whom the last sync said `own` is asked for: who is new, changed or
    /// returned is present too.
    #[must_use]
    pub const fn includes(self, own: Self) -> bool {
        match self {
            Self::Present => !matches!(own, Self::Missing | Self::Gone),
            Self::New => matches!(own, Self::New),
            Self::Changed => matches!(own, Self::Changed),
            Self::Returned => matches!(own, Self::Returned),
            Self::Missing => matches!(own, Self::Missing),
            Self::Gone => matches!(own, Self::Gone),
        }
    }

    /// Its word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Present => "present",
            Self::New => "new",
            Self::Changed => "changed",
            Self::Returned => "returned",
            Self::Missing => "missing",
            Self::Gone => "gone",
        }
    }
}

fn entry<'a>(operand: &'a Value, expected: &str) -> Result<(&'a str, &'a Value), OperandError> {
    operand
        .as_object()
        .filter(|object| object.len() == 1)
        .and_then(|object| object.iter().next())
        .map(|(key, value)| (key.as_str(), value))
        .ok_or_else(|| {
            OperandError::new(said!(
                one_key_of,
                "expected an object with one key, {expected}, found {found}",
                expected = expected,
                found = what(operand)
            ))
        })
}

fn below(key: &str, said: Said) -> OperandError {
    OperandError {
        below: format!(".{key}"),
        said,
    }
}

fn word<T: Copy>(
    operand: &Value,
    all: &[T],
    word: fn(T) -> &'static str,
) -> Result<T, OperandError> {
    let found = all
        .iter()
        .find(|value| operand.as_str() == Some(word(**value)));
    found.copied().ok_or_else(|| {
        let words: Vec<_> = all.iter().map(|value| word(*value)).collect();
        let found = operand
            .as_str()
            .map_or_else(|| what(operand), |text| format!("\"{text}\""));
        OperandError::new(said!(
            one_of,
            "expected one of {words}, found {found}",
            words = words.join(", "),
            found = found
        ))
    })
}

impl Leaf for Clause {
    fn keys(vocabulary: Vocabulary) -> Vec<&'static str> {
        let mut keys = PersonLeaf::keys(of_everything(vocabulary));
        keys.extend(["muster.name", "muster.organizationName"]);
        keys.extend(TimeField::ALL.map(TimeField::key));
        keys.extend(["muster.state", "muster.seen", OFF_KEY]);
        keys
    }

    fn read(
        key: &str,
        operand: &Value,
        vocabulary: Vocabulary,
    ) -> Option<Result<Self, OperandError>> {
        Some(match key {
            "muster.name" => TextTest::read(operand).map(Self::Name),
            "muster.organizationName" => TextTest::read(operand).map(Self::OrganizationName),
            "muster.seen" => word(operand, &News::ALL, News::word).map(Self::Seen),
            "muster.state" => read_state(operand, vocabulary),
            _ => match TimeField::ALL.into_iter().find(|field| field.key() == key) {
                Some(field) => TimeTest::read(operand).map(|test| Self::Time(field, test)),
                None => {
                    PersonLeaf::read(key, operand, of_everything(vocabulary))?.map(Self::Vendor)
                }
            },
        })
    }

    fn write(&self) -> (&'static str, Value) {
        match self {
            Self::Vendor(leaf) => leaf.write(),
            Self::Name(test) => ("muster.name", test.write()),
            Self::OrganizationName(test) => ("muster.organizationName", test.write()),
            Self::Time(field, test) => (field.key(), test.write()),
            Self::State(field, state) => ("muster.state", json!({field.key(): state.word()})),
            Self::Seen(news) => ("muster.seen", json!(news.word())),
            Self::Off(off) => (OFF_KEY, off.part().to_json()),
        }
    }

    const HAS_OFF: bool = true;

    fn off(part: Filter<Self>) -> Option<Result<Filter<Self>, ShapeError>> {
        Some(Criteria::off(part))
    }
}

/// A question may ask for roles whether the vendor's filter knows them or not.
const fn of_everything(vocabulary: Vocabulary) -> Vocabulary {
    Vocabulary {
        role: true,
        ..vocabulary
    }
}

fn read_state(operand: &Value, vocabulary: Vocabulary) -> Result<Clause, OperandError> {
    let fields: Vec<_> = Field::of(vocabulary).collect();
    let names: Vec<_> = fields.iter().map(|field| field.key()).collect();
    let names = names.join(", ");
    let (key, value) = entry(operand, &format!("one of {names}"))?;
    let field = fields
        .into_iter()
        .find(|field| field.key() == key)
        .ok_or_else(|| {
            OperandError::new(said!(
                one_of,
                "expected one of {words}, found {found}",
                words = names,
                found = key
            ))
        })?;
    word(value, &State::ALL, State::word)
        .map(|state| Clause::State(field, state))
        .map_err(|error| OperandError {
            below: format!(".{key}"),
            ..error
        })
}

impl Criteria {
    /// Keeps a part without its meaning.
    pub fn off(part: Self) -> Result<Self, ShapeError> {
        Self::wrapping(part, |part| Clause::Off(Off(Box::new(part))))
    }

    /// What the vendor's filter says, as criteria.
    #[must_use]
    pub fn from_vendor(filter: &PersonFilter) -> Self {
        filter.map(&|leaf| Clause::Vendor(leaf.clone()))
    }

    /// Without the parts that are off; none if nothing is left, which asks for everybody.
    #[must_use]
    pub fn enabled(&self) -> Option<Self> {
        let parts =
            |parts: &[Self]| -> Vec<Self> { parts.iter().filter_map(Self::enabled).collect() };
        match self.node() {
            Node::Leaf(Clause::Off(_)) => None,
            Node::Leaf(_) => Some(self.clone()),
            // A part of a tree that was neither too deep nor too large is neither; the only thing
            // that may be wrong is that nothing is left.
            Node::And(all) => Self::and(parts(all)).ok(),
            Node::Or(all) => Self::or(parts(all)).ok(),
            Node::Not(part) => part.enabled().and_then(|part| Self::negate(part).ok()),
        }
    }

    /// Whether it asks what the last sync said, and is so about everybody who was ever seen.
    #[must_use]
    pub fn asks_for_news(&self) -> bool {
        match self.node() {
            Node::Leaf(Clause::Seen(_)) => true,
            Node::Leaf(_) => false,
            Node::And(parts) | Node::Or(parts) => parts.iter().any(Self::asks_for_news),
            Node::Not(part) => part.asks_for_news(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Platform;

    fn read(value: &Value) -> Result<Criteria, crate::Violations> {
        Criteria::from_json(value, "filter", Vocabulary::of(Platform::Be))
    }

    #[test]
    fn every_clause_is_written_as_it_was_read() {
        for value in [
            json!({"id": [1, 2]}),
            json!({"role": "reseller"}),
            json!({"muster.name": {"contains": "jans"}}),
            json!({"muster.organizationName": {"is": "Apotheek Janssens"}}),
            json!({"muster.created": {"after": "2025-01-01"}}),
            json!({"muster.updated": {"newer": "90d"}}),
            json!({"muster.changed": {"older": "2y"}}),
            json!({"muster.state": {"vatNr": "none"}}),
            json!({"muster.seen": "new"}),
            json!({"muster.off": {"and": [{"id": 1}, {"muster.off": {"id": 2}}]}}),
        ] {
            assert_eq!(read(&value).unwrap().to_json(), value);
        }
    }

    #[test]
    fn what_is_wrong_is_named_by_its_path() {
        for (value, path) in [
            (json!({"muster.name": "jans"}), "filter.muster.name"),
            (json!({"muster.name": {"is": " "}}), "filter.muster.name.is"),
            (
                json!({"muster.created": {"on": "2025-02-30"}}),
                "filter.muster.created.on",
            ),
            (
                json!({"muster.created": {"newer": "90"}}),
                "filter.muster.created.newer",
            ),
            (
                json!({"muster.state": {"cipNr": "none"}}),
                "filter.muster.state",
            ),
            (json!({"muster.seen": "old"}), "filter.muster.seen"),
            (json!({"muster.off": {"and": []}}), "filter.muster.off.and"),
        ] {
            assert_eq!(read(&value).unwrap_err().0[0].path, path, "{value}");
        }
    }

    #[test]
    fn a_day_is_read_as_it_is_written_and_not_otherwise() {
        for text in [
            "2025-01-31T10:00",
            "2025-01-31T10:00[UTC]",
            "20250131",
            "+002025-01-31",
        ] {
            let value = json!({"muster.created": {"on": text}});
            let found = read(&value).unwrap_err().0;
            assert_eq!(found[0].path, "filter.muster.created.on", "{text}");
        }
    }

    #[test]
    fn a_name_is_the_same_as_itself() {
        for name in [
            "Jan",
            " Jan ",
            "\u{b4}t Hof",
            "Jan\u{b8}",
            "\u{a8}\u{a0}",
            "\u{2002}x\u{2003}",
        ] {
            let is = TextTest::Is(name.to_owned());
            assert!(is.holds(name), "{name}");
            let contains = TextTest::Contains(name.to_owned());
            assert!(contains.holds(name), "{name}");
        }
        assert!(TextTest::Is("t hof".to_owned()).holds("\u{b4}t Hof"));
    }

    #[test]
    fn parts_that_are_off_mean_nothing_and_count_as_levels() {
        let mut tree = read(&json!({"id": 1})).unwrap();
        for _ in 1..crate::filter::MOST_LEVELS {
            tree = Criteria::off(tree).unwrap();
        }
        assert_eq!(tree.enabled(), None);
        assert_eq!(Criteria::off(tree), Err(ShapeError::TooDeep));
        let value = json!({"and": [{"id": 1}, {"not": {"or": [{"muster.off": {"id": 2}}]}}]});
        let enabled = read(&value).unwrap().enabled().unwrap();
        assert_eq!(enabled.to_json(), json!({"and": [{"id": 1}]}));
    }

    #[test]
    fn a_vendors_filter_has_no_word_for_them() {
        let value = json!({"muster.off": {"id": 1}});
        assert!(PersonFilter::from_json(&value, "filter", Vocabulary::of(Platform::Be)).is_err());
    }

    #[test]
    fn days_begin_at_midnight_where_the_person_is() {
        let zone = TimeZone::get("Europe/Brussels").unwrap();
        let calendar = Calendar::at(1_735_689_600, zone); // 2025-01-01T00:00:00Z
        let day = |text: &str| text.parse::<Date>().unwrap();
        let midnight = 1_735_686_000; // an hour earlier
        assert_eq!(calendar.today, day("2025-01-01"));
        let range = calendar.range(TimeTest::On(day("2025-01-01")));
        assert_eq!((range.from, range.until), (midnight, midnight + 86_400));
        let range = calendar.range(TimeTest::After(day("2024-12-31")));
        assert_eq!((range.from, range.until), (midnight, i64::MAX));
        let age = Age::parse("1y").unwrap();
        assert_eq!(calendar.ago(age), day("2024-01-01"));
        let newer = calendar.range(TimeTest::Newer(age));
        let older = calendar.range(TimeTest::Older(age));
        assert_eq!(newer.from, older.until, "nobody is in both or in neither");
    }

    #[test]
    fn every_time_is_between_the_first_and_the_last_day_of_the_calendar() {
        let (first, last) = (Date::MIN, Date::MAX);
        for zone in [
            "UTC",
            "Europe/Brussels",
            "Pacific/Auckland",
            "America/Los_Angeles",
        ] {
            let calendar = Calendar::at(0, TimeZone::get(zone).unwrap());
            for (test, holds) in [
                (TimeTest::Before(last), true),
                (TimeTest::Until(last), true),
                (TimeTest::From(last), false),
                (TimeTest::After(last), false),
                (TimeTest::On(last), false),
                (TimeTest::From(first), true),
                (TimeTest::After(first), true),
                (TimeTest::Before(first), false),
                (TimeTest::Until(first), false),
                (TimeTest::On(first), false),
            ] {
                let range = calendar.range(test);
                for time in [-200_000_000_000, 0, 1_750_000_000, 200_000_000_000] {
                    assert_eq!(range.contains(time), holds, "{time} {test:?} in {zone}");
                }
            }
        }
    }
}
