//! A sync changes what differs, all at once or not at all, and nothing is ever dropped.

use std::{cell::Cell, collections::BTreeMap};

use crate::common::{
    Fixture, everybody, fixture, organization, organizations, people, person, person_id,
};
use muster_directory::{Fact, Organization, Person, Role};
use muster_mirror::{Mirror, OrganizationsQuestion, Presence, Seen, SyncRecord, Tally};
use proptest::prelude::*;

/// What a mirror should hold, kept in the plainest way.
struct Replay<T>(BTreeMap<u64, (T, Presence)>);

impl<T: Clone + PartialEq> Replay<T> {
    fn sync(&mut self, id: impl Fn(&T) -> u64, fetched: &[T]) -> Tally {
        let mut tally = Tally::default();
        for (own, (_, presence)) in &mut self.0 {
            if fetched.iter().any(|value| id(value) == *own) {
                continue;
            }
            *presence = match presence {
                Presence::Present => {
                    tally.missing += 1;
                    Presence::Missing
                }
                Presence::Missing => {
                    tally.gone += 1;
                    Presence::Gone
                }
                Presence::Gone => Presence::Gone,
            };
        }
        for value in fetched {
            match self.0.insert(id(value), (value.clone(), Presence::Present)) {
                None => tally.added += 1,
                Some((_, Presence::Missing | Presence::Gone)) => tally.returned += 1,
                Some((before, _)) if before != *value => tally.changed += 1,
                Some(_) => {}
            }
        }
        let count = |wanted| self.0.values().filter(|(_, own)| *own == wanted).count() as u64;
        Tally {
            total: count(Presence::Present),
            all_missing: count(Presence::Missing),
            all_gone: count(Presence::Gone),
            ..tally
        }
    }

    fn rows(&self) -> Vec<(T, Presence)> {
        self.0.values().cloned().collect()
    }
}

fn held_people(mirror: &Mirror) -> Vec<(Person, Presence)> {
    let mut question = everybody();
    question.who.seen = Seen::All;
    let found = mirror.people(&question).unwrap();
    assert_eq!(found.total, found.rows.len() as u64);
    found
        .rows
        .into_iter()
        .map(|row| (row.person, row.presence))
        .collect()
}

fn held_organizations(mirror: &Mirror) -> Vec<(Organization, Presence)> {
    let question = OrganizationsQuestion {
        seen: Seen::All,
        limit: u64::MAX,
        ..OrganizationsQuestion::default()
    };
    let found = mirror.organizations(&question).unwrap();
    found
        .rows
        .into_iter()
        .map(|row| (row.organization, row.presence))
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_series_of_syncs_leaves_what_a_plain_replay_leaves(
        syncs in prop::collection::vec((organizations(), people(), any::<bool>()), 1..7),
    ) {
        let fixture = fixture();
        let (mut all, mut own) = (Replay(BTreeMap::new()), Replay(BTreeMap::new()));
        for (at, (organizations, people, aborted)) in (1_i64..).zip(&syncs) {
            if *aborted {
                let mut writer = fixture.mirror.begin_sync(at * 10).unwrap();
                writer.organizations(&organizations[..organizations.len() / 2]).unwrap();
                writer.people(&people[..people.len() / 2]).unwrap();
                continue;
            }
            let record = fixture.sync(at * 10, organizations, people);
            let expected = SyncRecord {
                id: record.id,
                started_at: at * 10,
                finished_at: at * 10 + 1,
                people: all.sync(|person: &Person| person.id.get(), people),
                organizations: own.sync(|own: &Organization| own.id.get(), organizations),
                roles_asked: false,
            };
            prop_assert_eq!(record, expected);
            let state = fixture.mirror.state().unwrap();
            prop_assert_eq!(state.last_sync, Some(record));
            prop_assert_eq!(state.people, expected.people.total);
            prop_assert_eq!(held_people(&fixture.mirror), all.rows());
            prop_assert_eq!(held_organizations(&fixture.mirror), own.rows());
        }
        // And it is all in the file, not only in memory.
        let again = Mirror::open(&fixture.path).unwrap();
        prop_assert_eq!(held_people(&again), all.rows());
        prop_assert_eq!(held_organizations(&again), own.rows());
    }
}

/// Enough to overflow the cache of changed pages into the log.
fn many() -> Vec<Person> {
    let name = "A very long name ".repeat(100);
    (1..10_000)
        .map(|id| person(id, &name, Fact::Absent))
        .collect()
}

fn versions(fixture: &Fixture) -> (i64, i64) {
    let connection = rusqlite::Connection::open(&fixture.path).unwrap();
    let count = |sql| connection.query_row(sql, (), |row| row.get(0)).unwrap();
    (
        count("SELECT (SELECT count(*) FROM people) + (SELECT count(*) FROM organizations)"),
        count("SELECT count(*) FROM syncs"),
    )
}

#[test]
fn a_sync_in_which_nothing_changed_writes_one_row() {
    let fixture = fixture();
    let (own, all) = ([organization(1, "A")], [person(1, "B", Fact::Absent)]);
    fixture.sync(10, &own, &all);
    assert_eq!(versions(&fixture), (2, 1));
    let record = fixture.sync(20, &own, &all);
    assert!(record.people.is_unchanged() && record.organizations.is_unchanged());
    assert_eq!(versions(&fixture), (2, 2));
}

#[test]
fn absent_once_is_missing_twice_is_gone_and_then_nothing_is_written() {
    let fixture = fixture();
    let all = [person(1, "B", Fact::Absent)];
    fixture.sync(10, &[], &all);
    let presence = || {
        let found = fixture
            .mirror
            .person(person_id(1), None)
            .unwrap()
            .unwrap()
            .found;
        (found.presence, found.first_seen, found.last_changed)
    };
    assert_eq!(presence(), (Presence::Present, 11, 11));
    fixture.sync(20, &[], &[]);
    assert_eq!(presence(), (Presence::Missing, 11, 21));
    fixture.sync(30, &[], &[]);
    assert_eq!(presence(), (Presence::Gone, 11, 31));
    fixture.sync(40, &[], &[]);
    assert_eq!(presence(), (Presence::Gone, 11, 31));
    assert_eq!(versions(&fixture), (3, 4));
    fixture.sync(50, &[], &all);
    assert_eq!(presence(), (Presence::Present, 11, 51));
}

#[test]
fn what_was_not_asked_for_is_not_absent() {
    let fixture = fixture();
    fixture.sync(
        10,
        &[organization(1, "A")],
        &[person(1, "B", Fact::Known(1))],
    );
    let mut writer = fixture.mirror.begin_sync(20).unwrap();
    writer.people(&[person(2, "C", Fact::Known(1))]).unwrap();
    let record = writer.finish(21).unwrap();
    assert_eq!(
        (record.organizations.total, record.organizations.missing),
        (1, 0)
    );
    assert_eq!((record.people.total, record.people.missing), (1, 1));
    let details = fixture.mirror.person(person_id(2), None).unwrap().unwrap();
    assert_eq!(details.found.organization, Some(organization(1, "A")));
    assert_eq!(details.organization.unwrap().people, 1);
}

#[test]
fn readers_see_the_old_state_until_a_sync_is_finished() {
    let fixture = fixture();
    fixture.sync(10, &[], &[person(1, "B", Fact::Absent)]);
    let before = held_people(&fixture.mirror);
    let elsewhere = Mirror::open(&fixture.path).unwrap();
    let mut writer = fixture.mirror.begin_sync(20).unwrap();
    let many = many();
    for batch in many.chunks(1_000) {
        writer.people(batch).unwrap();
    }
    assert_eq!(held_people(&fixture.mirror), before);
    assert_eq!(held_people(&elsewhere), before);
    drop(writer);
    assert_eq!(held_people(&fixture.mirror), before);
    assert_eq!(versions(&fixture), (1, 1));

    fixture.sync(30, &[], &many);
    assert_eq!(elsewhere.state().unwrap().people, many.len() as u64);
    assert_eq!(held_people(&elsewhere).len(), many.len());
}

#[test]
fn a_second_sync_of_the_same_file_is_refused_at_once() {
    let fixture = fixture();
    let elsewhere = Mirror::open(&fixture.path).unwrap();
    let writer = fixture.mirror.begin_sync(10).unwrap();
    let error = elsewhere.begin_sync(10).unwrap_err();
    assert!(error.is_busy(), "{error:?}");
    assert!(
        Mirror::open(&fixture.path).is_ok(),
        "opening does not wait for a sync"
    );
    drop(writer);
    assert!(elsewhere.begin_sync(10).is_ok());
}

#[test]
fn a_sync_that_shall_not_go_on_stops_wherever_it_is_and_changes_nothing() {
    let fixture = fixture();
    let all: Vec<_> = (1..=4).map(|id| person(id, "A", Fact::Absent)).collect();
    let roles = |ids: [u64; 2]| [(Role::Reseller, ids.map(person_id).to_vec())];
    fixture.partial_sync(10, Some(&[]), Some(&all), Some(&roles([1, 2])));
    let before = (
        held_people(&fixture.mirror),
        fixture.mirror.state().unwrap(),
    );
    let sync = |asks: u32| {
        let mut writer = fixture.mirror.begin_sync(20).unwrap();
        let left = Cell::new(asks);
        writer.keep_going_while(move || left.replace(left.get().saturating_sub(1)) > 0);
        writer.organizations(&[organization(1, "B")])?;
        writer.people(&all[..2])?;
        writer.roles(&roles([2, 3]))?;
        writer.finish(21)
    };
    // For the batches, the people with a role before or now, those who are absent, and in the end.
    let asked = 2 + 3 + 2 + 1;
    for asks in 0..asked {
        assert!(sync(asks).unwrap_err().is_stopped(), "after {asks}");
        let now = (
            held_people(&fixture.mirror),
            fixture.mirror.state().unwrap(),
        );
        assert_eq!(now, before, "after {asks}");
    }
    let record = sync(asked).unwrap();
    assert_eq!((record.people.missing, record.roles_asked), (2, true));
}

#[test]
fn the_people_of_all_roles_are_given_once() {
    let fixture = fixture();
    let mut writer = fixture.mirror.begin_sync(10).unwrap();
    writer
        .roles(&[(Role::Reseller, vec![person_id(1)])])
        .unwrap();
    assert!(writer.roles(&[]).is_err(), "they would be forgotten again");
    assert!(writer.finish(11).is_err());
}

#[test]
fn people_out_of_order_are_refused_and_nothing_is_written() {
    let fixture = fixture();
    for ids in [[2, 1], [1, 1]] {
        let mut writer = fixture.mirror.begin_sync(10).unwrap();
        writer.people(&[person(ids[0], "A", Fact::Absent)]).unwrap();
        assert!(writer.people(&[person(ids[1], "B", Fact::Absent)]).is_err());
        assert!(writer.finish(11).is_err(), "a failed sync is not finished");
    }
    let mut writer = fixture.mirror.begin_sync(10).unwrap();
    writer.people(&[]).unwrap();
    assert!(writer.organizations(&[]).is_err());
    drop(writer);
    assert_eq!(versions(&fixture), (0, 0));
}

#[test]
fn everything_the_vendor_said_comes_back_as_it_was() {
    let fixture = fixture();
    let text = r#"[{"id":1,"name":"'t Zoë","organization":null,"meta":{"createdAt":-5,"updatedAt":null,"x":[1]},"z":{"b":1.5,"a":null}},{"id":9007199254740991,"name":"","meta":{}}]"#;
    let all: Vec<Person> = serde_json::from_str(text).unwrap();
    let own_text =
        r#"[{"id":5,"name":"A","type":null,"vatNr":"","apbNr":null,"rizivNr":"007","k":{}}]"#;
    let own: Vec<Organization> = serde_json::from_str(own_text).unwrap();
    fixture.sync(10, &own, &all);
    let held: Vec<_> = held_people(&fixture.mirror)
        .into_iter()
        .map(|(own, _)| own)
        .collect();
    assert_eq!(serde_json::to_string(&held).unwrap(), text);
    let held: Vec<_> = held_organizations(&fixture.mirror)
        .into_iter()
        .map(|(own, _)| own)
        .collect();
    assert_eq!(serde_json::to_string(&held).unwrap(), own_text);
}

#[test]
fn a_mirror_is_never_opened_as_something_else() {
    let fixture = fixture();
    assert!(
        muster_mirror::Ledger::open(&fixture.path)
            .unwrap_err()
            .is_not_ours()
    );
}

#[test]
fn a_mirror_whose_app_was_killed_is_whole() {
    let fixture = fixture();
    fixture.sync(
        10,
        &[organization(1, "A")],
        &[person(1, "B", Fact::Known(1))],
    );
    let mut writer = fixture.mirror.begin_sync(20).unwrap();
    let many = many();
    writer.people(&many).unwrap();
    // What a killed app leaves: the file and a log with half a sync in it, locks and index gone.
    let left = tempfile::tempdir().unwrap();
    let path = left.path().join("mirror.db");
    let log = |path: &std::path::Path| path.with_extension("db-wal");
    std::fs::copy(&fixture.path, &path).unwrap();
    let copied = std::fs::copy(log(&fixture.path), log(&path)).unwrap();
    assert!(copied > 1_000_000, "half a sync is in the log");

    let mirror = Mirror::open(&path).unwrap();
    assert_eq!(held_people(&mirror), held_people(&fixture.mirror));
    assert_eq!(mirror.state().unwrap().people, 1);
    let mut writer = mirror.begin_sync(30).unwrap();
    writer.people(&many).unwrap();
    assert_eq!(writer.finish(31).unwrap().people.total, many.len() as u64);
}
