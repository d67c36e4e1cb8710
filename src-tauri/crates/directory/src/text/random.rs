//! Random criteria, for tests that must hold for all.

use jiff::civil::Date;
use proptest::{collection::vec, prelude::*, sample::select, strategy::Union};

use crate::{
    Clause, Criteria, Identifier, IdentifierKind, Ids, PersonLeaf, Platform, Role, Vocabulary,
    criteria::{Age, AgeUnit, Field, LONGEST_AGE, News, State, TextTest, TimeField, TimeTest},
    id,
};

/// Trees of every kind of clause of a platform, with parts of one part, lists, `not` and `off`.
pub(crate) fn criteria(platform: Platform) -> impl Strategy<Value = Criteria> {
    let list = Union::new(clauses(platform))
        .prop_flat_map(|clause| vec(alike(clause), 1..4))
        .prop_map(|clauses| joined(Criteria::or, clauses.into_iter().map(Criteria::leaf)));
    let leaf = Union::new(clauses(platform)).prop_map(Criteria::leaf);
    prop_oneof![3 => leaf, 1 => list].prop_recursive(8, 48, 4, |part| {
        prop_oneof![
            vec(part.clone(), 1..5).prop_map(|parts| joined(Criteria::and, parts)),
            vec(part.clone(), 1..5).prop_map(|parts| joined(Criteria::or, parts)),
            part.clone()
                .prop_map(|part| Criteria::negate(part).unwrap()),
            part.prop_map(|part| Criteria::off(part).unwrap()),
        ]
    })
}

fn joined<E: std::fmt::Debug>(
    join: fn(Vec<Criteria>) -> Result<Criteria, E>,
    parts: impl IntoIterator<Item = Criteria>,
) -> Criteria {
    join(parts.into_iter().collect()).unwrap()
}

/// The clause itself or another of the same kind: what a list may be made of.
fn alike(clause: Clause) -> BoxedStrategy<Clause> {
    match clause {
        Clause::Vendor(PersonLeaf::Organization(_)) => organization().boxed(),
        Clause::Vendor(PersonLeaf::Identifier(kind, _)) => identifier(kind).boxed(),
        clause => Just(clause).boxed(),
    }
}

fn clauses(platform: Platform) -> Vec<BoxedStrategy<Clause>> {
    let fields: Vec<_> = Field::of(Vocabulary::of(platform)).collect();
    let ids = prop_oneof![
        numbers().prop_map(Ids::One),
        vec(numbers(), 1..5).prop_map(Ids::List)
    ];
    let role = prop_oneof![
        select(&Role::NAMED[..]),
        texts().prop_map(Role::from),
        Just(Role::from("Reseller".to_owned())),
        Just(Role::from(String::new()))
    ];
    let mut all = vec![
        organization().boxed(),
        ids.prop_map(|ids| Clause::Vendor(PersonLeaf::Id(ids)))
            .boxed(),
        role.prop_map(|role| Clause::Vendor(PersonLeaf::Role(role)))
            .boxed(),
        text_tests().prop_map(Clause::Name).boxed(),
        text_tests().prop_map(Clause::OrganizationName).boxed(),
        (select(&TimeField::ALL[..]), time_tests())
            .prop_map(|(field, test)| Clause::Time(field, test))
            .boxed(),
        (select(fields), select(&State::ALL[..]))
            .prop_map(|(field, state)| Clause::State(field, state))
            .boxed(),
        select(&News::ALL[..]).prop_map(Clause::Seen).boxed(),
    ];
    all.extend(
        platform
            .identifiers()
            .iter()
            .map(|kind| identifier(*kind).boxed()),
    );
    all
}

fn organization() -> impl Strategy<Value = Clause> {
    numbers().prop_map(|id| Clause::Vendor(PersonLeaf::Organization(id)))
}

fn identifier(kind: IdentifierKind) -> impl Strategy<Value = Clause> {
    let text = prop_oneof![texts(), "0{0,3}[0-9]{0,20}"].prop_map(Identifier::Text);
    let integer = any::<u64>().prop_map(Identifier::Integer);
    let value = if kind.may_be_integer() {
        prop_oneof![text, integer].boxed()
    } else {
        text.boxed()
    };
    value.prop_map(move |value| Clause::Vendor(PersonLeaf::Identifier(kind, value)))
}

fn numbers<Id: TryFrom<u64, Error: std::fmt::Debug> + std::fmt::Debug>() -> impl Strategy<Value = Id>
{
    prop_oneof![1..100_u64, 1..=id::LARGEST].prop_map(|number| Id::try_from(number).unwrap())
}

/// Texts that are not blank, among them those that look like something else.
fn texts() -> impl Strategy<Value = String> {
    let awkward = select(vec![
        "and",
        "OR",
        "not",
        "off",
        "none",
        "Any",
        "unknown",
        "12",
        "0012",
        "a\"b\\c",
        "\\",
        "\"",
        "a\nb\r\tc",
        "💊 Apotheek",
        "בית מרקחת",
        "x\u{202e}y",
        "-x",
        "(a)",
        "[1,2]",
        "a,b",
        "org:12",
        "name ~ x",
        "'t Apotheekje",
        "O'Neill",
        "jan@example.be",
        "<",
        "e\u{301}",
        "“a”",
        "\u{b4}t Hof",
    ])
    .prop_map(str::to_owned);
    prop_oneof![awkward, any::<String>(), "(?s).{1,12}", "[a-zA-Z ]{1,12}"]
        .prop_filter("a blank text is refused", |text| !text.trim().is_empty())
}

fn text_tests() -> impl Strategy<Value = TextTest> {
    prop_oneof![
        texts().prop_map(TextTest::Is),
        texts().prop_map(TextTest::Contains)
    ]
}

fn time_tests() -> impl Strategy<Value = TimeTest> {
    let units = [
        AgeUnit::Days,
        AgeUnit::Weeks,
        AgeUnit::Months,
        AgeUnit::Years,
    ];
    let ages = (0..=LONGEST_AGE, select(units.to_vec()))
        .prop_map(|(count, unit)| Age::new(count, unit).unwrap());
    let years = prop_oneof![9 => 1990..2030_i16, 1 => -9999..=9999_i16];
    let days = (years, 1..=12_i8, 1..=31_i8)
        .prop_filter_map("not every month has 31 days", |(year, month, day)| {
            Date::new(year, month, day).ok()
        });
    let day = |test: fn(Date) -> TimeTest| days.clone().prop_map(test);
    prop_oneof![
        day(TimeTest::After),
        day(TimeTest::From),
        day(TimeTest::Before),
        day(TimeTest::Until),
        day(TimeTest::On),
        ages.clone().prop_map(TimeTest::Newer),
        ages.prop_map(TimeTest::Older),
    ]
}
