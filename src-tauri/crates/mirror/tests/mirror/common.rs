//! Random people, organizations and filters, and a mirror in a folder of its own.

use std::{path::PathBuf, sync::LazyLock};

use jiff::tz::TimeZone;
use muster_directory::{
    Calendar, Clause, Criteria, Fact, Filter, Identifier, IdentifierKind, Ids, Organization,
    OrganizationFilter, OrganizationId, OrganizationLeaf, OrganizationType, Person, PersonId,
    PersonLeaf, Role,
    criteria::{Age, AgeUnit, Field, News, State, TextTest, TimeField, TimeTest},
    person::Meta,
};
use muster_mirror::{Mirror, PeopleQuestion, SyncRecord, Who};
use proptest::prelude::*;
use serde_json::{Map, Value, json};
use tempfile::TempDir;

/// A day for questions that do not care.
pub static SOME_DAY: LazyLock<Calendar> = LazyLock::new(|| Calendar::at(0, TimeZone::UTC));

/// All who are present, with a row each.
pub fn everybody() -> PeopleQuestion<'static> {
    PeopleQuestion {
        limit: u64::MAX,
        ..PeopleQuestion::count(Who::everybody(&SOME_DAY))
    }
}

pub struct Fixture {
    pub mirror: Mirror,
    pub path: PathBuf,
    _folder: TempDir,
}

pub fn fixture() -> Fixture {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("mirror.db");
    Fixture {
        mirror: Mirror::open(&path).unwrap(),
        path,
        _folder: folder,
    }
}

impl Fixture {
    /// A whole sync without roles, in small batches.
    pub fn sync(&self, at: i64, organizations: &[Organization], people: &[Person]) -> SyncRecord {
        self.partial_sync(at, Some(organizations), Some(people), None)
    }

    /// A sync that asks for some of it.
    pub fn partial_sync(
        &self,
        at: i64,
        organizations: Option<&[Organization]>,
        people: Option<&[Person]>,
        roles: Option<&[(Role, Vec<PersonId>)]>,
    ) -> SyncRecord {
        let mut writer = self.mirror.begin_sync(at).unwrap();
        if let Some(organizations) = organizations {
            writer.organizations(&[]).unwrap();
            for batch in organizations.chunks(3) {
                writer.organizations(batch).unwrap();
            }
        }
        if let Some(people) = people {
            writer.people(&[]).unwrap();
            for batch in people.chunks(7) {
                writer.people(batch).unwrap();
            }
        }
        if let Some(roles) = roles {
            writer.roles(roles).unwrap();
        }
        writer.finish(at + 1).unwrap()
    }
}

pub fn person_id(id: u64) -> PersonId {
    PersonId::try_from(id).unwrap()
}

pub fn organization_id(id: u64) -> OrganizationId {
    OrganizationId::try_from(id).unwrap()
}

pub fn person(id: u64, name: &str, organization: Fact<u64>) -> Person {
    Person {
        id: person_id(id),
        name: name.to_owned(),
        organization: organization.map(organization_id),
        meta: Meta::default(),
        extra: Map::new(),
    }
}

pub fn organization(id: u64, name: &str) -> Organization {
    serde_json::from_value(json!({"id": id, "name": name})).unwrap()
}

pub fn fact<T: Clone + std::fmt::Debug + 'static>(
    known: impl Strategy<Value = T> + 'static,
) -> impl Strategy<Value = Fact<T>> {
    prop_oneof![
        1 => Just(Fact::Unknown),
        1 => Just(Fact::Absent),
        4 => known.prop_map(Fact::Known),
    ]
}

const NAMES: [&str; 11] = [
    "Zoë",
    "zoe",
    "ZOE B",
    "Anna",
    "anna",
    "Łukasz",
    "",
    "\u{1F600} مريم",
    // Folded, the first begins with a space and the last ends with one.
    "\u{b4}t Hof",
    "  t hof\u{a0}",
    "Zoe\u{b8}",
];
const IDENTIFIERS: [&str; 6] = ["", "123", "0123", "BE0123456749", "7", "12.3"];

fn extra() -> impl Strategy<Value = Map<String, Value>> {
    prop_oneof![
        4 => Just(json!({})),
        1 => Just(json!({"locale": {"b": [1.5], "a": null}, "city": "x"})),
        1 => Just(json!({"city": "y"})),
    ]
    .prop_map(|value| value.as_object().cloned().unwrap_or_default())
}

fn some_person(id: u64) -> impl Strategy<Value = Person> {
    (
        prop::sample::select(&NAMES[..]),
        fact(1_u64..9),
        fact(-3_i64..3),
        fact(-3_i64..3),
        extra(),
        extra(),
    )
        .prop_map(
            move |(name, organization, created_at, updated_at, own, meta)| Person {
                meta: Meta {
                    created_at,
                    updated_at,
                    extra: meta,
                },
                extra: own,
                ..person(id, name, organization)
            },
        )
}

fn some_organization(id: u64) -> impl Strategy<Value = Organization> {
    let identifier = || fact(prop::sample::select(&IDENTIFIERS[..]).prop_map(str::to_owned));
    let specializations = prop_oneof![
        Just(None),
        Just(Some(json!(["a", "b"]))),
        Just(Some(json!([]))),
        Just(Some(json!("a"))),
    ];
    (
        prop::sample::select(&NAMES[..]),
        fact(kind()),
        [
            identifier().boxed(),
            identifier().boxed(),
            identifier().boxed(),
        ],
        specializations,
    )
        .prop_map(move |(name, kind, [vat_nr, apb_nr, riziv_nr], listed)| {
            let mut own = Organization {
                kind,
                vat_nr,
                apb_nr,
                riziv_nr,
                ..organization(id, name)
            };
            if let Some(listed) = listed {
                own.extra.insert("specializations".to_owned(), listed);
            }
            own
        })
}

fn kind() -> impl Strategy<Value = OrganizationType> {
    prop::sample::select(vec!["supplier", "other", "new"])
        .prop_map(|text| OrganizationType::from(text.to_owned()))
}

/// Up to 30 people, ascending by id, with gaps.
pub fn people() -> impl Strategy<Value = Vec<Person>> {
    prop::collection::btree_set(1_u64..40, 0..30).prop_flat_map(|ids| {
        ids.into_iter()
            .map(|id| some_person(id).boxed())
            .collect::<Vec<_>>()
    })
}

/// Some of the organizations that people can be in, ascending by id.
pub fn organizations() -> impl Strategy<Value = Vec<Organization>> {
    prop::collection::btree_set(1_u64..9, 0..8).prop_flat_map(|ids| {
        ids.into_iter()
            .map(|id| some_organization(id).boxed())
            .collect::<Vec<_>>()
    })
}

fn some_identifier() -> impl Strategy<Value = (IdentifierKind, Identifier)> {
    (
        prop::sample::select(&IdentifierKind::ALL[..4]),
        prop_oneof![
            prop::sample::select(&IDENTIFIERS[..])
                .prop_map(|text| Identifier::Text(text.to_owned())),
            prop::sample::select(vec![7_u64, 123]).prop_map(Identifier::Integer),
        ],
    )
}

fn person_leaf() -> impl Strategy<Value = PersonLeaf> {
    prop_oneof![
        (1_u64..45).prop_map(|id| PersonLeaf::Id(Ids::One(person_id(id)))),
        prop::collection::vec(1_u64..45, 1..6)
            .prop_map(|ids| PersonLeaf::Id(Ids::List(ids.into_iter().map(person_id).collect()))),
        (1_u64..10).prop_map(|id| PersonLeaf::Organization(organization_id(id))),
        some_identifier().prop_map(|(kind, value)| PersonLeaf::Identifier(kind, value)),
        Just(PersonLeaf::Role(Role::Reseller)),
    ]
}

pub fn organization_filter() -> impl Strategy<Value = OrganizationFilter> {
    let name = || prop::sample::select(&NAMES[..]).prop_map(str::to_owned);
    let leaf = prop_oneof![
        prop::collection::vec(1_u64..10, 1..4).prop_map(|ids| OrganizationLeaf::Id(Ids::List(
            ids.into_iter().map(organization_id).collect()
        ))),
        kind().prop_map(OrganizationLeaf::Kind),
        name().prop_map(OrganizationLeaf::Name),
        prop::sample::select(vec!["o", "Ë", "ann", ""])
            .prop_map(|part| OrganizationLeaf::SearchName(part.to_owned())),
        prop::sample::select(vec!["a", "c"])
            .prop_map(|text| OrganizationLeaf::Specializations(vec![text.to_owned()])),
        some_identifier().prop_map(|(kind, value)| OrganizationLeaf::Identifier(kind, value)),
    ];
    tree(leaf)
}

fn text_test() -> impl Strategy<Value = TextTest> {
    prop_oneof![
        prop::sample::select(
            &[
                "zoe",
                " ANNA ",
                "Łukasz",
                "b",
                "\u{b4}t Hof",
                "T HOF",
                "\u{b8}"
            ][..]
        )
        .prop_map(|text| TextTest::Is(text.to_owned())),
        prop::sample::select(&["o", "Ë", " nn", "\u{301}", "مر", "\u{b4}t"][..])
            .prop_map(|text| TextTest::Contains(text.to_owned())),
    ]
}

/// Days and ages around the times that people and syncs have here.
fn time_test() -> impl Strategy<Value = TimeTest> {
    let day = || {
        let near = ["1969-12-31", "1970-01-01", "1970-01-02", "1970-01-03"];
        let edges = ["9999-12-31", "-009999-01-01"];
        prop_oneof![
            8 => prop::sample::select(near.to_vec()),
            1 => prop::sample::select(edges.to_vec()),
        ]
        .prop_map(|day| day.parse().unwrap())
    };
    let age = || (0_u16..4).prop_map(|count| Age::new(count, AgeUnit::Days).unwrap());
    prop_oneof![
        day().prop_map(TimeTest::After),
        day().prop_map(TimeTest::From),
        day().prop_map(TimeTest::Before),
        day().prop_map(TimeTest::Until),
        day().prop_map(TimeTest::On),
        age().prop_map(TimeTest::Newer),
        age().prop_map(TimeTest::Older),
    ]
}

fn field() -> impl Strategy<Value = Field> {
    prop_oneof![
        Just(Field::Organization),
        Just(Field::Role),
        prop::sample::select(&IdentifierKind::ALL[..]).prop_map(Field::Identifier),
        Just(Field::Created),
        Just(Field::Updated),
    ]
}

/// Roles that people are found under.
pub fn role() -> impl Strategy<Value = Role> {
    prop::sample::select(&["reseller", "software_developer", "new"][..])
        .prop_map(|role| Role::from(role.to_owned()))
}

/// A clause of any kind, on or off.
fn clause() -> impl Strategy<Value = Criteria> {
    let clause = prop_oneof![
        4 => person_leaf().prop_map(Clause::Vendor),
        1 => role().prop_map(|role| Clause::Vendor(PersonLeaf::Role(role))),
        1 => text_test().prop_map(Clause::Name),
        1 => text_test().prop_map(Clause::OrganizationName),
        2 => (prop::sample::select(&TimeField::ALL[..]), time_test())
            .prop_map(|(field, test)| Clause::Time(field, test)),
        2 => (field(), prop::sample::select(&State::ALL[..]))
            .prop_map(|(field, state)| Clause::State(field, state)),
        1 => prop::sample::select(&News::ALL[..]).prop_map(Clause::Seen),
    ];
    (clause, 0..8).prop_map(|(clause, off)| {
        let clause = Criteria::leaf(clause);
        if off == 0 {
            Criteria::off(clause).unwrap()
        } else {
            clause
        }
    })
}

pub fn criteria() -> impl Strategy<Value = Criteria> {
    tree_of(clause())
}

/// Trees of up to nine levels.
fn tree<L: Clone + std::fmt::Debug + 'static>(
    leaf: impl Strategy<Value = L> + 'static,
) -> impl Strategy<Value = Filter<L>> {
    tree_of(leaf.prop_map(Filter::leaf))
}

fn tree_of<L: Clone + std::fmt::Debug + 'static>(
    leaf: impl Strategy<Value = Filter<L>> + 'static,
) -> impl Strategy<Value = Filter<L>> {
    leaf.prop_recursive(8, 48, 4, |part| {
        prop_oneof![
            prop::collection::vec(part.clone(), 1..4).prop_map(|parts| Filter::and(parts).unwrap()),
            prop::collection::vec(part.clone(), 1..4).prop_map(|parts| Filter::or(parts).unwrap()),
            part.prop_map(|part| Filter::negate(part).unwrap()),
        ]
    })
}
