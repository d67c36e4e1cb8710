//! Random criteria and people, and a world that knows of them, for property tests.

use std::collections::HashMap;

use proptest::{collection::vec, prelude::*, sample::select};
use serde_json::json;

use crate::{
    Calendar, Clause, Criteria, Fact, Filter, Identifier, IdentifierKind, Ids, Node, Organization,
    OrganizationId, Person, PersonFilter, PersonId, PersonLeaf, Role, Roster, Truth,
    criteria::{Age, AgeUnit, Field, News, State, TextTest, TimeField, TimeTest},
    evaluate::Chronicle,
};

/// How many organizations there are.
const ORGANIZATIONS: u64 = 4;

fn person_id(id: u64) -> PersonId {
    id.try_into().unwrap()
}

fn organization_id(id: u64) -> OrganizationId {
    id.try_into().unwrap()
}

fn vendor_leaf() -> impl Strategy<Value = PersonLeaf> {
    prop_oneof![
        (1..6_u64).prop_map(|id| PersonLeaf::Id(Ids::One(person_id(id)))),
        vec(1..6_u64, 1..3)
            .prop_map(|ids| PersonLeaf::Id(Ids::List(ids.into_iter().map(person_id).collect()))),
        (1..=ORGANIZATIONS).prop_map(|id| PersonLeaf::Organization(organization_id(id))),
        (1..=ORGANIZATIONS).prop_map(|id| PersonLeaf::Identifier(
            IdentifierKind::Vat,
            Identifier::Text(format!("V{id}"))
        )),
        select(&[Role::Reseller, Role::OrganizationManager][..]).prop_map(PersonLeaf::Role),
    ]
}

fn clause() -> impl Strategy<Value = Clause> {
    let text = || {
        prop_oneof![
            select(&["One", "Two", "nobody", "\u{b4}t Hof"][..])
                .prop_map(|text| TextTest::Is(text.to_owned())),
            select(&["o", "w"][..]).prop_map(|text| TextTest::Contains(text.to_owned())),
        ]
    };
    let field = select(
        &[
            Field::Organization,
            Field::Role,
            Field::Identifier(IdentifierKind::Vat),
            Field::Created,
            Field::Updated,
        ][..],
    );
    prop_oneof![
        5 => vendor_leaf().prop_map(Clause::Vendor),
        1 => text().prop_map(Clause::Name),
        2 => text().prop_map(Clause::OrganizationName),
        1 => (select(&TimeField::ALL[..]), any::<bool>()).prop_map(|(field, newer)| {
            let age = Age::new(30, AgeUnit::Days).unwrap();
            Clause::Time(field, if newer { TimeTest::Newer(age) } else { TimeTest::Older(age) })
        }),
        1 => (field, select(&State::ALL[..])).prop_map(|(field, state)| Clause::State(field, state)),
        1 => select(&News::ALL[..]).prop_map(Clause::Seen),
    ]
}

fn tree<L: Clone + std::fmt::Debug + 'static>(
    leaf: impl Strategy<Value = L> + 'static,
) -> impl Strategy<Value = Filter<L>> {
    leaf.prop_map(Filter::leaf)
        .prop_recursive(5, 24, 4, |part| {
            prop_oneof![
                vec(part.clone(), 1..4).prop_map(|parts| Filter::and(parts).unwrap()),
                vec(part.clone(), 1..4).prop_map(|parts| Filter::or(parts).unwrap()),
                part.prop_map(|part| Filter::negate(part).unwrap()),
            ]
        })
}

/// Criteria with nothing off.
pub(crate) fn criteria() -> impl Strategy<Value = Criteria> {
    tree(clause())
}

/// Criteria with parts that are off.
pub(crate) fn criteria_partly_off() -> impl Strategy<Value = Criteria> {
    (criteria(), any::<u64>()).prop_map(|(criteria, which)| switched(&criteria, &mut { which }))
}

/// The same with some parts off, by the bits of a number.
fn switched(criteria: &Criteria, bits: &mut u64) -> Criteria {
    let all = |parts: &[Criteria], bits: &mut u64| -> Vec<Criteria> {
        parts.iter().map(|part| switched(part, bits)).collect()
    };
    let own = match criteria.node() {
        Node::Leaf(_) => criteria.clone(),
        Node::And(parts) => Criteria::and(all(parts, bits)).unwrap(),
        Node::Or(parts) => Criteria::or(all(parts, bits)).unwrap(),
        Node::Not(part) => Criteria::negate(switched(part, bits)).unwrap(),
    };
    *bits = bits.rotate_right(3);
    if *bits & 7 == 0 {
        Criteria::off(own).unwrap()
    } else {
        own
    }
}

/// A filter of the vendor.
pub(crate) fn vendor_filter() -> impl Strategy<Value = PersonFilter> {
    tree(vendor_leaf())
}

/// Some people, of whom not everything is known.
pub(crate) fn people() -> impl Strategy<Value = Vec<Person>> {
    let fact = || {
        select(
            &[
                Fact::Unknown,
                Fact::Absent,
                Fact::Known(0),
                Fact::Known(NOW),
            ][..],
        )
    };
    let organization = prop_oneof![
        Just(Fact::Absent),
        (1..=ORGANIZATIONS).prop_map(|id| Fact::Known(organization_id(id)))
    ];
    let person = (1..6_u64, 0..4_usize, organization, fact(), fact());
    vec(person, 1..6).prop_map(|people| {
        let person =
            |(id, name, organization, created_at, updated_at): (u64, usize, _, _, _)| Person {
                id: person_id(id),
                name: ["One", "Two", "Jan", "\u{b4}t Hof"][name].to_owned(),
                organization,
                meta: crate::person::Meta {
                    created_at,
                    updated_at,
                    ..crate::person::Meta::default()
                },
                extra: serde_json::Map::new(),
            };
        people.into_iter().map(person).collect()
    })
}

/// Unix seconds.
const NOW: i64 = 1_750_000_000;

/// A world in which everything is known that the vendor's filter decides, and not everything else.
#[derive(Debug)]
pub(crate) struct Complete {
    organizations: HashMap<OrganizationId, Organization>,
    calendar: Calendar,
    roles: bool,
}

impl Complete {
    /// If the vendor finds people by role, roles are known.
    pub fn new(roles: bool) -> Self {
        let organizations: Vec<Organization> = serde_json::from_value(json!([
            {"id": 1, "name": "One", "vatNr": "V1"},
            {"id": 2, "name": "One", "vatNr": null},
            {"id": 3, "name": "Two", "vatNr": "V3"},
            {"id": 4, "name": "Three", "vatNr": "V1"},
        ]))
        .unwrap();
        Self {
            organizations: organizations.into_iter().map(|own| (own.id, own)).collect(),
            calendar: Calendar::at(NOW, jiff::tz::TimeZone::UTC),
            roles,
        }
    }

    /// What criteria say of a person.
    pub fn truth(&self, criteria: &Criteria, person: &Person) -> Truth {
        criteria.matches(person, self)
    }
}

impl Roster for Complete {
    fn organization(&self, id: OrganizationId) -> Option<&Organization> {
        self.organizations.get(&id)
    }

    fn role(&self, id: PersonId) -> Fact<&Role> {
        match id.get() % 3 {
            0 => Fact::Known(&Role::Reseller),
            1 if !self.roles => Fact::Unknown,
            _ => Fact::Known(&Role::OrganizationManager),
        }
    }
}

impl Chronicle for Complete {
    fn calendar(&self) -> &Calendar {
        &self.calendar
    }

    fn news(&self, id: PersonId) -> Fact<News> {
        match id.get() {
            1 => Fact::Unknown,
            2 => Fact::Known(News::New),
            3 => Fact::Known(News::Gone),
            _ => Fact::Known(News::Present),
        }
    }

    fn changed_at(&self, id: PersonId) -> Fact<i64> {
        match id.get() {
            1 => Fact::Unknown,
            2 => Fact::Known(NOW),
            _ => Fact::Known(0),
        }
    }
}
