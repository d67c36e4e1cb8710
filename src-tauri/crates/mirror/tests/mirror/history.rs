//! Criteria of every kind, asked of every sync, mean what plain evaluation says.

use std::{collections::BTreeMap, ops::ControlFlow};

use muster_directory::{
    Criteria, Direction, Fact, Node, PersonId, PersonSort, Role, Roster, Sort, Truth,
    criteria::{State, TimeField},
    name::fold,
};
use muster_mirror::{
    Mirror, OnlyIn, PeopleQuestion, PersonFound, Presences, Seen, SyncRecord, Wanted, Who,
};
use proptest::prelude::*;

use crate::{
    common::{SOME_DAY, criteria, everybody, fixture, organization_id, person_id},
    replay::{Known, Then, calendar_at, history, replay},
};

fn seen() -> impl Strategy<Value = Seen> {
    prop::sample::select(&[Seen::Present, Seen::Missing, Seen::All][..])
}

fn ids() -> impl Strategy<Value = Option<Vec<PersonId>>> {
    let ids = prop::collection::vec((1_u64..45).prop_map(person_id), 0..30);
    prop::option::weighted(0.3, ids)
}

/// The current state first, which has code of its own, then each past one.
fn states(all: &[Known]) -> impl Iterator<Item = (Option<i64>, &Known)> {
    let id = |known: &Known| known.sync.map(|sync: SyncRecord| sync.id);
    let past = all.iter().map(move |known| (id(known), known));
    all.last().map(|last| (None, last)).into_iter().chain(past)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn criteria_mean_what_plain_evaluation_says_now_and_as_of_every_sync(
        history in history(),
        asked in prop::collection::vec((prop::option::weighted(0.95, criteria()), seen(), ids()), 8),
        day in -100_000_i64..300_000,
    ) {
        let fixture = fixture();
        let all = replay(&fixture, &history);
        let calendar = calendar_at(day);
        for (as_of, known) in states(&all) {
            for (filter, seen, ids) in &asked {
                for truth in [Wanted::Matching, Wanted::Possible] {
                    let who = Who {
                        as_of,
                        filter: filter.as_ref(),
                        search: None,
                        seen: *seen,
                        truth,
                        ids: ids.as_deref(),
                        calendar: &calendar,
                    };
                    let question = PeopleQuestion { who, ..everybody() };
                    let found = fixture.mirror.people(&question).unwrap();
                    let found = ((found.total, found.possible, found.rows), found.sync);
                    prop_assert_eq!(found, (known.ask(&who), known.sync), "{:?}", who);
                }
            }
        }
    }

    #[test]
    fn single_people_are_told_of_as_in_the_answer_for_all(
        history in history(),
        filter in criteria(),
    ) {
        let fixture = fixture();
        let all = replay(&fixture, &history);
        for (as_of, known) in states(&all) {
            let calendar = calendar_at(70_000);
            for row in known.rows() {
                let id = row.person.id;
                let witness = fixture.mirror.witness(id, as_of, &calendar).unwrap().unwrap();
                let then = Then { known, calendar: &calendar };
                prop_assert_eq!(
                    filter.matches(&row.person, &witness),
                    filter.matches(&row.person, &then)
                );
                prop_assert_eq!(&witness.found, &row);
                let details = fixture.mirror.person(id, as_of).unwrap().unwrap();
                prop_assert_eq!(details.found, row);
            }
        }
        let Some(last) = all.last() else { return Ok(()) };
        let rows = last.rows();
        let ids: Vec<_> = rows.iter().map(|row| row.person.id).chain([person_id(99)]).collect();
        let organizations: Vec<_> = (1..9).map(organization_id).collect();
        let witnesses = fixture.mirror.witnesses(&ids, &organizations).unwrap();
        prop_assert_eq!(witnesses.person(person_id(99)), None);
        let then = Then { known: last, calendar: &SOME_DAY };
        for id in organizations {
            prop_assert_eq!(witnesses.organization(id), then.organization(id));
        }
        for row in rows {
            prop_assert_eq!(witnesses.person(row.person.id), Some(&row));
            let matching = fixture.mirror.matching(row.person.id, &filter, &calendar_at).unwrap();
            let expected: Vec<_> = all.iter().filter_map(|known| {
                let sync = known.sync?;
                let calendar = calendar_at(sync.finished_at);
                let who = Who { filter: Some(&filter), ..Who::everybody(&calendar) };
                Some((sync, known.truth(row.person.id, &who)))
            }).collect();
            prop_assert_eq!(matching, expected);
        }
    }

    #[test]
    fn facets_and_comparisons_are_counts_of_what_is_asked(
        history in history(),
        filters in (criteria(), criteria()),
    ) {
        let fixture = fixture();
        let all = replay(&fixture, &history);
        let calendar = calendar_at(70_000);
        let (a, b) = &filters;
        for (as_of, known) in states(&all) {
            let who = Who { as_of, filter: Some(a), ..Who::everybody(&calendar) };
            check_facets(&fixture.mirror, known, &who)?;

            let compared = fixture.mirror.compare(&who, Some(b)).unwrap();
            let other = Who { filter: Some(b), ..who };
            prop_assert_eq!(compared.only_a, only_in(known, &who, &other));
            prop_assert_eq!(compared.only_b, only_in(known, &other, &who));
            let both = known.rows().into_iter().map(|row| {
                known.truth(row.person.id, &who).min(known.truth(row.person.id, &other))
            });
            let with = |wanted| both.clone().filter(|truth| *truth == wanted).count() as u64;
            prop_assert_eq!(compared.both, with(Truth::Yes));
            prop_assert_eq!(compared.both_possible, with(Truth::Unknown));
        }
    }

    #[test]
    fn any_page_in_any_order_of_columns_is_a_part_of_the_whole(
        history in history(),
        columns in prop::collection::vec((column(), direction()), 0..4),
        offset in 0_u64..20,
        limit in 0_u64..20,
    ) {
        let fixture = fixture();
        let all = replay(&fixture, &history);
        let sort: Vec<_> = columns.iter()
            .map(|(by, direction)| Sort { by: *by, direction: *direction }).collect();
        for (as_of, known) in states(&all) {
            let who = Who { as_of, ..Who::everybody(&SOME_DAY) };
            let (total, _, mut rows) = known.ask(&who);
            rows.sort_by(|a, b| ordering(a, b, &sort));
            let question = PeopleQuestion { who, sort: &sort, offset, limit };
            let found = fixture.mirror.people(&question).unwrap();
            let page: Vec<_> = rows.iter()
                .skip(offset as usize).take(limit as usize).cloned().collect();
            prop_assert_eq!((found.total, found.rows), (total, page), "{:?}", &sort);

            let mut taken = Vec::new();
            let count = fixture.mirror.each_person(
                &PeopleQuestion { who, sort: &sort, ..everybody() },
                &mut |batch| {
                    taken.extend_from_slice(batch);
                    ControlFlow::Continue(())
                },
            ).unwrap();
            prop_assert_eq!((count.total, taken), (total, rows));
        }
    }
}

fn column() -> impl Strategy<Value = PersonSort> {
    prop::sample::select(
        &[
            PersonSort::Id,
            PersonSort::Name,
            PersonSort::Organization,
            PersonSort::CreatedAt,
            PersonSort::UpdatedAt,
            PersonSort::Role,
            PersonSort::LastChanged,
        ][..],
    )
}

fn direction() -> impl Strategy<Value = Direction> {
    prop::sample::select(&[Direction::Ascending, Direction::Descending][..])
}

/// What a column orders by; none is not known. Numbers are written so that they order as texts.
fn key(row: &PersonFound, by: PersonSort) -> Option<String> {
    let number = |number: i64| format!("{:020}", number + 1_000);
    match by {
        PersonSort::Id => Some(number(row.person.id.get() as i64)),
        PersonSort::Name => Some(fold(&row.person.name)),
        PersonSort::Organization => row.organization.as_ref().map(|own| fold(&own.name)),
        PersonSort::CreatedAt => row.person.meta.created_at.known().copied().map(number),
        PersonSort::UpdatedAt => row.person.meta.updated_at.known().copied().map(number),
        PersonSort::Role => row.role.known().map(|role| role.as_str().to_owned()),
        PersonSort::LastChanged => Some(number(row.last_changed)),
    }
}

fn ordering(a: &PersonFound, b: &PersonFound, sort: &[Sort<PersonSort>]) -> std::cmp::Ordering {
    let directed = |order: std::cmp::Ordering, direction| match direction {
        Direction::Ascending => order,
        Direction::Descending => order.reverse(),
    };
    for Sort { by, direction } in sort {
        let (a, b) = (key(a, *by), key(b, *by));
        let unknown_last = a.is_none().cmp(&b.is_none());
        let order = unknown_last.then(directed(a.cmp(&b), *direction));
        if order.is_ne() {
            return order;
        }
    }
    // What stands after the id, or stands twice, decides nothing.
    let id = sort.iter().position(|own| own.by == PersonSort::Id);
    let mut deciding: Vec<&Sort<PersonSort>> = Vec::new();
    for own in &sort[..id.map_or(sort.len(), |place| place + 1)] {
        if deciding.iter().all(|other| other.by != own.by) {
            deciding.push(own);
        }
    }
    let last = deciding
        .last()
        .map_or(Direction::Ascending, |last| last.direction);
    directed(a.person.id.cmp(&b.person.id), last)
}

fn check_facets(mirror: &Mirror, known: &Known, who: &Who<'_>) -> Result<(), TestCaseError> {
    let facets = mirror.facets(who).unwrap();
    let (total, _, rows) = known.ask(who);
    prop_assert_eq!((facets.total, facets.sync), (total, known.sync));

    let mut organizations: BTreeMap<Fact<u64>, u64> = BTreeMap::new();
    let mut roles: BTreeMap<Fact<Role>, u64> = BTreeMap::new();
    let mut years: BTreeMap<Fact<i16>, u64> = BTreeMap::new();
    for row in &rows {
        let organization = row.person.organization.map(|id| id.get());
        *organizations.entry(organization).or_default() += 1;
        *roles.entry(row.role.clone()).or_default() += 1;
        let year = |time: i64| calendar_at(time).today.year();
        let created = row.person.meta.created_at.map(year);
        *years.entry(created).or_default() += 1;
    }
    let found: BTreeMap<_, _> = facets
        .organizations
        .iter()
        .map(|(own, count)| (own.clone().map(|own| own.id.get()), *count))
        .collect();
    prop_assert_eq!(&found, &organizations);
    prop_assert_eq!(facets.organizations_in_all, organizations.len() as u64);
    prop_assert!(
        facets
            .organizations
            .is_sorted_by_key(|(_, count)| std::cmp::Reverse(*count))
    );
    prop_assert_eq!(facets.roles.into_iter().collect::<BTreeMap<_, _>>(), roles);
    prop_assert_eq!(
        facets.created.into_iter().collect::<BTreeMap<_, _>>(),
        years
    );

    for (kind, presences) in facets.identifiers {
        let with = |state| {
            let clause = muster_directory::Clause::State(
                muster_directory::criteria::Field::Identifier(kind),
                state,
            );
            let leaf = Criteria::leaf(clause);
            let then = Then {
                known,
                calendar: who.calendar,
            };
            let holds = |row: &&PersonFound| leaf.matches(&row.person, &then) == Truth::Yes;
            rows.iter().filter(holds).count() as u64
        };
        let expected = Presences {
            any: with(State::Any),
            none: with(State::None),
            unknown: with(State::Unknown),
        };
        prop_assert_eq!(presences, expected, "{:?}", kind);
    }
    for (age, count) in facets.changed {
        let newer = muster_directory::criteria::TimeTest::Newer(age);
        let range = who.calendar.range(newer);
        let since = rows.iter().filter(|row| range.contains(row.last_changed));
        prop_assert_eq!(
            count,
            since.count() as u64,
            "{:?} {}",
            TimeField::Changed,
            age
        );
    }
    Ok(())
}

fn only_in(known: &Known, own: &Who<'_>, other: &Who<'_>) -> OnlyIn {
    let rows = known.rows();
    let truth = |row: &PersonFound| {
        let there = known.truth(row.person.id, other);
        known.truth(row.person.id, own).min(there.negated())
    };
    let with = |wanted| rows.iter().filter(move |row| truth(row) == wanted);
    let enabled = other.filter.and_then(Criteria::enabled);
    let parts = match enabled.as_ref().map(|criteria| (criteria, criteria.node())) {
        None => &[][..],
        Some((_, Node::And(parts))) => parts.as_slice(),
        Some((whole, _)) => std::slice::from_ref(whole),
    };
    let then = Then {
        known,
        calendar: own.calendar,
    };
    let because = parts.iter().map(|part| {
        let fails = |row: &&PersonFound| part.matches(&row.person, &then) == Truth::No;
        muster_mirror::KeepsOut {
            part: part.clone(),
            people: with(Truth::Yes).filter(fails).count() as u64,
        }
    });
    OnlyIn {
        people: with(Truth::Yes).count() as u64,
        possible: with(Truth::Unknown).count() as u64,
        because: because.filter(|part| part.people > 0).collect(),
    }
}
