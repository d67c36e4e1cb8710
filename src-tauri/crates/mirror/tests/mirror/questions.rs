//! A mirror answers as plain evaluation does.

use std::collections::HashMap;

use crate::common::{
    Fixture, everybody, fixture, organization, organization_filter, organization_id, organizations,
    people, person, person_id,
};
use muster_directory::{
    Clause, Criteria, Direction, Fact, Filter, Ids, Organization, OrganizationId, OrganizationSort,
    Person, PersonFilter, PersonId, PersonLeaf, PersonSort, Role, Roster, Sort, Truth,
    criteria::TextTest, name::fold,
};
use muster_mirror::{OrganizationsQuestion, PeopleQuestion, Seen};
use proptest::prelude::*;

struct Visible<'a>(HashMap<OrganizationId, &'a Organization>);

impl<'a> Visible<'a> {
    fn new(organizations: &'a [Organization]) -> Self {
        Self(organizations.iter().map(|own| (own.id, own)).collect())
    }
}

impl Roster for Visible<'_> {
    fn organization(&self, id: OrganizationId) -> Option<&Organization> {
        self.0.get(&id).copied()
    }

    fn role(&self, _: PersonId) -> Fact<&Role> {
        Fact::Unknown
    }
}

const DIRECTIONS: [Direction; 2] = [Direction::Ascending, Direction::Descending];

/// The people for whom a filter holds, by id, and for how many it may.
fn evaluated(filter: &PersonFilter, people: &[Person], roster: &Visible) -> (Vec<Person>, u64) {
    let truth = |person: &&Person| filter.matches(person, roster);
    let yes = people
        .iter()
        .filter(|own| truth(own) == Truth::Yes)
        .cloned()
        .collect();
    let unknown = people
        .iter()
        .filter(|own| truth(own) == Truth::Unknown)
        .count();
    (yes, unknown as u64)
}

fn ask(fixture: &Fixture, filter: &PersonFilter, seen: Seen) -> (u64, u64, Vec<Person>) {
    let criteria = Criteria::from_vendor(filter);
    let mut question = everybody();
    (question.who.filter, question.who.seen) = (Some(&criteria), seen);
    let found = fixture.mirror.people(&question).unwrap();
    let rows = found.rows.into_iter().map(|row| row.person).collect();
    (found.total, found.possible, rows)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn a_filter_over_organizations_means_what_plain_evaluation_says(
        all in organizations(),
        filters in prop::collection::vec(organization_filter(), 12),
    ) {
        let fixture = fixture();
        fixture.sync(10, &all, &[]);
        for filter in &filters {
            let found = fixture.mirror.organizations(&OrganizationsQuestion {
                filter: Some(filter),
                limit: u64::MAX,
                ..OrganizationsQuestion::default()
            }).unwrap();
            let with = |truth| all.iter().filter(move |own| filter.matches(own) == truth).cloned();
            let rows: Vec<_> = found.rows.into_iter().map(|row| row.organization).collect();
            prop_assert_eq!(rows, with(Truth::Yes).collect::<Vec<_>>());
            prop_assert_eq!(found.total, with(Truth::Yes).count() as u64);
            prop_assert_eq!(found.possible, with(Truth::Unknown).count() as u64);
        }
    }

    #[test]
    fn any_page_in_any_order_is_a_part_of_the_whole(
        own in organizations(),
        all in people(),
        offset in 0_u64..20,
        limit in 0_u64..20,
    ) {
        let fixture = fixture();
        fixture.sync(10, &own, &all);
        let names: HashMap<u64, &str> =
            own.iter().map(|own| (own.id.get(), &*own.name)).collect();
        for by in [
            PersonSort::Id,
            PersonSort::Name,
            PersonSort::Organization,
            PersonSort::CreatedAt,
            PersonSort::UpdatedAt,
        ] {
            for direction in DIRECTIONS {
                // A text stands for each key: numbers are written so that they order as texts.
                let key = |person: &Person| match by {
                    PersonSort::Id => Some(String::new()),
                    PersonSort::Name => Some(fold(&person.name)),
                    PersonSort::Organization => person.organization.known()
                        .and_then(|id| names.get(&id.get())).map(|name| fold(name)),
                    PersonSort::CreatedAt => person.meta.created_at.known()
                        .map(|time| (time + 500).to_string()),
                    PersonSort::UpdatedAt => person.meta.updated_at.known()
                        .map(|time| (time + 500).to_string()),
                    PersonSort::Role | PersonSort::LastChanged => None,
                };
                let mut expected = all.clone();
                expected.sort_by(|a, b| {
                    let order = (key(a), a.id).cmp(&(key(b), b.id));
                    let order = if direction == Direction::Descending { order.reverse() } else { order };
                    key(a).is_none().cmp(&key(b).is_none()).then(order)
                });
                let found = fixture.mirror.people(&PeopleQuestion {
                    sort: &[Sort { by, direction }],
                    offset,
                    limit,
                    ..everybody()
                }).unwrap();
                let rows: Vec<_> = found.rows.into_iter().map(|row| row.person).collect();
                let page: Vec<_> = expected.into_iter()
                    .skip(offset as usize).take(limit as usize).collect();
                prop_assert_eq!(rows, page, "{:?} {:?}", by, direction);
                prop_assert_eq!(found.total, all.len() as u64);
            }
        }
    }
}

#[test]
fn organizations_are_ordered_by_each_of_their_columns() {
    let fixture = fixture();
    let kinds = |id, name, kind: Fact<&str>| Organization {
        kind: kind.map(|text| text.to_owned().into()),
        ..organization(id, name)
    };
    let all = [
        kinds(1, "b", Fact::Known("supplier")),
        kinds(2, "A", Fact::Absent),
        kinds(3, "a", Fact::Known("other")),
        kinds(4, "c", Fact::Unknown),
    ];
    let people: Vec<_> = [4, 4, 1, 3]
        .into_iter()
        .zip(1..)
        .map(|(organization, id)| person(id, "x", Fact::Known(organization)))
        .collect();
    fixture.sync(10, &all, &people);
    let ids = |by, direction| -> Vec<u64> {
        let question = OrganizationsQuestion {
            sort: Sort { by, direction },
            limit: 10,
            ..OrganizationsQuestion::default()
        };
        let found = fixture.mirror.organizations(&question).unwrap();
        found
            .rows
            .iter()
            .map(|row| row.organization.id.get())
            .collect()
    };
    let [up, down] = DIRECTIONS;
    assert_eq!(ids(OrganizationSort::Id, up), [1, 2, 3, 4]);
    assert_eq!(ids(OrganizationSort::Id, down), [4, 3, 2, 1]);
    assert_eq!(ids(OrganizationSort::Name, up), [2, 3, 1, 4]);
    assert_eq!(ids(OrganizationSort::Name, down), [4, 1, 3, 2]);
    assert_eq!(ids(OrganizationSort::Kind, up), [3, 1, 2, 4]);
    assert_eq!(ids(OrganizationSort::Kind, down), [1, 3, 4, 2]);
    assert_eq!(ids(OrganizationSort::People, up), [2, 1, 3, 4]);
    assert_eq!(ids(OrganizationSort::People, down), [4, 3, 1, 2]);
    let busiest = fixture
        .mirror
        .organization(organization_id(4))
        .unwrap()
        .unwrap();
    assert_eq!(busiest.people, 2);
}

fn some(count: u64) -> (Vec<Organization>, Vec<Person>) {
    let organizations = (1..=50)
        .map(|id| Organization {
            vat_nr: if id % 7 == 0 {
                Fact::Unknown
            } else {
                Fact::Known(format!("BE{id}"))
            },
            ..organization(id, &format!("Organization {id}"))
        })
        .collect();
    let own = |id: u64| match id % 61 {
        0 => Fact::Absent,
        60 => Fact::Unknown,
        own => Fact::Known(own),
    };
    let people = (1..=count)
        .map(|id| person(id, &format!("Person {id}"), own(id)))
        .collect();
    (organizations, people)
}

#[test]
fn the_deepest_and_the_largest_filter_are_answered() {
    let fixture = fixture();
    let (own, all) = some(500);
    fixture.sync(10, &own, &all);
    let roster = Visible::new(&own);
    let organization = |id| Filter::leaf(PersonLeaf::Organization(organization_id(id)));
    let vat = |id: u64| {
        Filter::leaf(PersonLeaf::Identifier(
            muster_directory::IdentifierKind::Vat,
            muster_directory::Identifier::Text(format!("BE{id}")),
        ))
    };

    let mut deep = vat(3);
    for level in 1..64 {
        deep = match level % 3 {
            0 => Filter::negate(deep).unwrap(),
            1 => Filter::and(vec![
                Filter::leaf(PersonLeaf::Id(Ids::List(
                    (1..=450).map(person_id).collect(),
                ))),
                deep,
            ])
            .unwrap(),
            _ => Filter::or(vec![organization(level), deep]).unwrap(),
        };
    }
    assert_eq!(deep.levels(), 64);
    let pairs = (0..5_000).map(|at| {
        Filter::or(vec![
            organization(at % 70 + 1),
            Filter::negate(vat(at % 60)).unwrap(),
        ])
        .unwrap()
    });
    let large = Filter::and(pairs.collect()).unwrap();
    let flat = Filter::or((0..10_000).map(|at| vat(at % 90)).collect()).unwrap();
    let ids = (1..=10_000).step_by(2).map(person_id).collect();
    let ids = Filter::leaf(PersonLeaf::Id(Ids::List(ids)));
    for filter in [deep, large, flat, ids] {
        let (yes, unknown) = evaluated(&filter, &all, &roster);
        let (total, possible, rows) = ask(&fixture, &filter, Seen::Present);
        assert_eq!((total, possible, rows), (yes.len() as u64, unknown, yes));
    }
}

#[test]
fn ten_thousand_pasted_names_are_one_question() {
    let fixture = fixture();
    let (own, all) = some(3_000);
    fixture.sync(10, &own, &all);
    let is = |name: String| TextTest::Is(name);
    let names = (1..=8_000_u64).map(|at| Clause::Name(is(format!(" pErson {}\t", at * 3))));
    let organizations = (1..=2_000).map(|at| format!("ORGANIZATION {}", at * 20));
    let organizations = organizations.map(|name| Clause::OrganizationName(is(name)));
    let leaves = names.chain(organizations).map(Filter::leaf);
    let criteria = Criteria::or(leaves.collect()).unwrap();
    let mut question = everybody();
    question.who.filter = Some(&criteria);
    let found = fixture.mirror.people(&question).unwrap();
    let ids: Vec<_> = found.rows.iter().map(|row| row.person.id.get()).collect();
    let expected = (1..=3_000).filter(|id| id % 3 == 0 || matches!(id % 61, 20 | 40));
    assert_eq!(ids, expected.collect::<Vec<_>>());
}

#[test]
fn quick_search_finds_by_name_id_identifier_and_pasted_ids() {
    let fixture = fixture();
    let own = [Organization {
        vat_nr: Fact::Known("BE0123.456.749".to_owned()),
        apb_nr: Fact::Known("004711".to_owned()),
        ..organization(1, "Apotheek")
    }];
    let all = [
        person(1, "Zoë Peeters", Fact::Known(1)),
        person(12, "Anna ŒUVRE", Fact::Absent),
        person(15, "zoeken", Fact::Unknown),
        person(120, "Jan 12", Fact::Known(9)),
        person(1203, "Jan", Fact::Known(1)),
    ];
    fixture.sync(10, &own, &all);
    let search = |text: &str| -> Vec<u64> {
        let mut question = everybody();
        question.who.search = Some(text);
        let found = fixture.mirror.people(&question).unwrap();
        assert_eq!(found.total, found.rows.len() as u64);
        found.rows.iter().map(|row| row.person.id.get()).collect()
    };
    assert_eq!(search("zoe"), [1, 15]);
    assert_eq!(search(" OEUV "), [12]);
    assert_eq!(search("12"), [12, 120, 1203]);
    assert_eq!(search("be 0123 456 749"), [1, 1203]);
    assert_eq!(search("4711"), [1, 1203]);
    assert_eq!(search("15, 12;99\n1"), [1, 12, 15]);
    assert_eq!(search("\t"), [1, 12, 15, 120, 1203]);
    assert_eq!(search("nobody"), [0_u64; 0]);

    let anna = Filter::leaf(Clause::Vendor(PersonLeaf::Id(Ids::List(vec![
        person_id(12),
        person_id(1),
    ]))));
    let mut question = everybody();
    question.who.filter = Some(&anna);
    question.who.search = Some("zoe");
    let found = fixture.mirror.people(&question).unwrap();
    assert_eq!(found.total, 1, "search and filter are both asked");
}

#[test]
fn a_search_of_organizations_finds_by_name_and_identifier() {
    let fixture = fixture();
    let all = [
        Organization {
            riziv_nr: Fact::Known("77-1".to_owned()),
            ..organization(3, "Zoë")
        },
        organization(771, "x"),
    ];
    fixture.sync(10, &all, &[]);
    let search = |text: &str| {
        let question = OrganizationsQuestion {
            search: Some(text),
            ..OrganizationsQuestion::default()
        };
        fixture.mirror.organizations(&question).unwrap().total
    };
    assert_eq!(
        (search("ZOE"), search("771"), search("771 3"), search("q")),
        (1, 2, 2, 0)
    );
}

#[test]
fn a_mirror_without_a_sync_answers_with_nothing() {
    let fixture = fixture();
    let found = fixture.mirror.people(&everybody()).unwrap();
    assert_eq!((found.total, found.rows.len(), found.sync), (0, 0, None));
    let filter =
        Filter::negate(Filter::leaf(PersonLeaf::Organization(organization_id(1)))).unwrap();
    assert_eq!(ask(&fixture, &filter, Seen::All), (0, 0, vec![]));
    assert_eq!(
        fixture.mirror.state().unwrap(),
        muster_mirror::MirrorState::default()
    );
    assert!(fixture.mirror.person(person_id(1), None).unwrap().is_none());
}

#[test]
fn many_threads_ask_at_once() {
    let fixture = fixture();
    let (own, all) = some(300);
    fixture.sync(10, &own, &all);
    std::thread::scope(|scope| {
        for at in 0..8 {
            let mirror = &fixture.mirror;
            scope.spawn(move || {
                for search in ["person 1", "2", "be3"] {
                    let mut question = everybody();
                    question.who.search = Some(search);
                    (question.offset, question.limit) = (at, 5);
                    assert!(mirror.people(&question).unwrap().total > 0);
                }
            });
        }
    });
}
