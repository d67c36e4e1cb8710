//! Syncs, against what a bare program needs for the same rows.

use std::path::Path;

use muster_directory::Person;
use muster_mirror::Mirror;

use crate::{
    figures::{Figures, Took, time},
    population::Population,
};

/// A day between one sync and the next.
pub const DAY: i64 = 86_400;

/// When the first sync was.
pub const BEGINNING: i64 = 1_760_000_000;

/// One sync.
struct Series {
    what: &'static str,
    /// One in so many has changed; 0: nobody.
    changed: u64,
    /// One in so many is absent; 0: nobody.
    absent: u64,
    roles: bool,
}

const SYNCS: [Series; 6] = [
    series("first sync", 0, 0, false),
    series("re-sync, nothing changed", 0, 0, false),
    series("re-sync, 1 % changed", 100, 0, false),
    series("re-sync, nothing of it changed", 100, 0, false),
    series("re-sync, 1 % missing, with all roles", 100, 100, true),
    series("re-sync, nothing but the missing returned", 100, 0, false),
];

const fn series(what: &'static str, changed: u64, absent: u64, roles: bool) -> Series {
    Series {
        what,
        changed,
        absent,
        roles,
    }
}

/// Writes several syncs.
pub fn measure(path: &Path, population: &Population, figures: &mut Figures) {
    let floor = floor(&path.with_file_name("floor.db"), population);
    figures.took("floor: a bare program inserts the same", None, floor);
    let mirror = Mirror::open(path).unwrap();
    for (series, number) in SYNCS.iter().zip(0_i64..) {
        let [taking, finishing] = sync(&mirror, population, series, BEGINNING + number * DAY);
        let both = [taking, finishing].into_iter().sum();
        figures.took(series.what, None, both);
        figures.took(
            &format!("{}: of it, finishing", series.what),
            None,
            finishing,
        );
        figures.memory(series.what, None);
    }
    let size = std::fs::metadata(path).unwrap().len();
    println!("  file {} MB", size / 1_000_000);
}

/// How long taking everything and finishing take. What is taken is made beforehand, people a batch
/// at a time as they come from a vendor.
fn sync(mirror: &Mirror, population: &Population, series: &Series, at: i64) -> [Took; 2] {
    let ids = 1..=population.organizations;
    let organizations: Vec<_> = ids.map(|id| population.organization(id)).collect();
    let roles: Vec<_> = population.roles().filter(|_| series.roles).collect();
    let mut writer = mirror.begin_sync(at).unwrap();
    let mut taking = vec![time(|| writer.organizations(&organizations).unwrap())];
    drop(organizations);
    for from in (1..=population.people).step_by(1_000) {
        let batch = batch(population, series, from);
        taking.push(time(|| writer.people(&batch).unwrap()));
    }
    if series.roles {
        taking.push(time(|| writer.roles(&roles).unwrap()));
    }
    let finishing = time(|| {
        writer.finish(at + 60).unwrap();
    });
    [taking.into_iter().sum(), finishing]
}

/// Up to a thousand people from a number on.
fn batch(population: &Population, series: &Series, from: u64) -> Vec<Person> {
    let numbers = from..(from + 1_000).min(population.people + 1);
    let one_in = |number: u64, share: u64, rest: u64| share > 0 && number % share == rest;
    let present = numbers.filter(|number| !one_in(*number, series.absent, 1));
    let person = |number| population.person(number, i64::from(one_in(number, series.changed, 0)));
    present.map(person).collect()
}

/// What it takes to insert the same people with their key, and nothing else.
fn floor(path: &Path, population: &Population) -> Took {
    let connection = rusqlite::Connection::open(path).unwrap();
    connection
        .execute_batch(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;
             CREATE TABLE people (id INTEGER PRIMARY KEY, organization INTEGER, created INTEGER,
                                  updated INTEGER, name TEXT) STRICT;
             BEGIN",
        )
        .unwrap();
    let mut took = Vec::new();
    for from in (1..=population.people).step_by(1_000) {
        let batch = batch(population, &SYNCS[0], from);
        took.push(time(|| {
            batch.iter().for_each(|own| insert(&connection, own))
        }));
    }
    took.push(time(|| {
        connection
            .execute_batch("COMMIT; PRAGMA wal_checkpoint(TRUNCATE)")
            .unwrap();
    }));
    took.into_iter().sum()
}

fn insert(connection: &rusqlite::Connection, own: &Person) {
    connection
        .prepare_cached("INSERT INTO people VALUES (?1, ?2, ?3, ?4, ?5)")
        .unwrap()
        .execute((
            own.id.get(),
            own.organization.known().map(|id| id.get()),
            own.meta.created_at.known(),
            own.meta.updated_at.known(),
            &own.name,
        ))
        .unwrap();
}
