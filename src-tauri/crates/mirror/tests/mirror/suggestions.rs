//! What is suggested while somebody types.

use muster_directory::{Fact, IdentifierKind, Organization, Role, criteria::TextTest};
use muster_mirror::Suggested;

use crate::common::{fixture, organization, organization_id, person, person_id};

fn names(found: &[Suggested]) -> Vec<(&str, u64)> {
    found.iter().map(|own| (&*own.name, own.people)).collect()
}

#[test]
fn organizations_are_suggested_by_a_part_of_their_names_and_by_size() {
    let fixture = fixture();
    let own = [
        organization(1, "Apotheek Zoë"),
        organization(2, "Zoëts"),
        organization(3, "De Zoe"),
        organization(4, "Anders"),
        organization(5, "Zoë die weg is"),
    ];
    let all: Vec<_> = [3, 3, 3, 1, 1, 2, 5]
        .into_iter()
        .zip(1..)
        .map(|(own, id)| person(id, "x", Fact::Known(own)))
        .collect();
    fixture.sync(10, &own, &all);
    fixture.sync(20, &own[..4], &all);
    let like = |part, limit| fixture.mirror.organizations_like(part, limit).unwrap();
    assert_eq!(
        names(&like("ZOE", 9)),
        [("Zoëts", 1), ("De Zoe", 3), ("Apotheek Zoë", 2)],
        "what begins with it comes first, and what the key cannot see is not suggested"
    );
    assert_eq!(names(&like("zoe", 1)), [("Zoëts", 1)]);
    assert_eq!(like("", 9).len(), 4);
    assert_eq!(like("nothing", 9), []);

    let named = |test: TextTest| fixture.mirror.organizations_named(&test).unwrap();
    assert_eq!(
        named(TextTest::Is(" de zoë".to_owned())),
        [(organization_id(3), "De Zoe".to_owned())]
    );
    assert_eq!(named(TextTest::Contains("zoe".to_owned())).len(), 3);
}

#[test]
fn numbers_are_suggested_by_how_they_begin() {
    let fixture = fixture();
    let with = |id: u64, vat: &str| Organization {
        vat_nr: Fact::Known(vat.to_owned()),
        ..organization(id, "A")
    };
    let own = [
        with(1, "BE0123"),
        with(2, "BE0129"),
        with(3, "BE0123"),
        with(4, "FR1"),
    ];
    let all: Vec<_> = [1, 2, 3, 3]
        .into_iter()
        .zip(1..)
        .map(|(own, id)| person(id, "x", Fact::Known(own)))
        .collect();
    fixture.sync(10, &own, &all);
    let like = |prefix, limit| {
        let found = fixture
            .mirror
            .identifiers_like(IdentifierKind::Vat, prefix, limit);
        found.unwrap()
    };
    let (first, second) = (("BE0123".to_owned(), 3), ("BE0129".to_owned(), 1));
    assert_eq!(like("be01", 9), [first.clone(), second]);
    assert_eq!(like("be01", 1), [first]);
    assert_eq!(like("BE02", 9), []);
    assert_eq!(like("", 9).len(), 3);
}

#[test]
fn names_of_people_are_suggested_once_each() {
    let fixture = fixture();
    let all: Vec<_> = [
        "Jan Maes", "Maes", "jan maes", "Maesen", "Ömaes", "Piet", "maes weg",
    ]
    .into_iter()
    .zip(1..)
    .map(|(name, id)| person(id, name, Fact::Absent))
    .collect();
    fixture.sync(10, &[], &all);
    fixture.sync(20, &[], &all[..6]);
    let like = |part, limit| fixture.mirror.people_like(part, limit).unwrap();
    let own = |name: &str, count| (name.to_owned(), count);
    assert_eq!(
        like("MAES", 9),
        [
            own("Maes", 1),
            own("Maesen", 1),
            own("Jan Maes", 2),
            own("Ömaes", 1)
        ]
    );
    assert_eq!(like("maes", 3).len(), 3);
    assert_eq!(like("q", 3), []);
    assert_eq!(like("", 9).len(), 5);
}

#[test]
fn roles_are_listed_with_their_people() {
    let fixture = fixture();
    let all: Vec<_> = (1..=4).map(|id| person(id, "x", Fact::Absent)).collect();
    let (manager, reseller) = (Role::OrganizationManager, Role::Reseller);
    let learned = [
        (reseller.clone(), vec![person_id(1), person_id(3)]),
        (
            manager.clone(),
            vec![person_id(2), person_id(3), person_id(9)],
        ),
    ];
    fixture.partial_sync(10, None, Some(&all), Some(&learned));
    let roles = fixture.mirror.roles().unwrap();
    assert_eq!(
        (roles.0.len(), roles.1),
        (2, 2),
        "one was found under two roles, one under none"
    );
    assert!(roles.0.contains(&(manager.clone(), 1)) && roles.0.contains(&(reseller, 1)));

    let learned = [(manager.clone(), vec![person_id(2), person_id(3)])];
    fixture.partial_sync(20, None, Some(&all), Some(&learned));
    fixture.sync(30, &[], &all);
    assert_eq!(
        fixture.mirror.roles().unwrap(),
        (vec![(manager, 2)], 2),
        "a sync that does not ask leaves what was learnt"
    );
    let found = fixture
        .mirror
        .person(person_id(3), Some(1))
        .unwrap()
        .unwrap()
        .found;
    assert_eq!((found.role, found.role_learned_at), (Fact::Unknown, None));
    let found = fixture
        .mirror
        .person(person_id(3), None)
        .unwrap()
        .unwrap()
        .found;
    assert_eq!(found.role_learned_at, Some(21), "when it was learnt last");
    assert!(
        fixture
            .mirror
            .person(person_id(3), Some(4))
            .unwrap_err()
            .is_no_such_sync()
    );
}
