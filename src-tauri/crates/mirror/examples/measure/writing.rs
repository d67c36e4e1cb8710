//! Syncs, against what a bare program needs for the same rows.

use std::{
    path::Path,
    time::{Duration, Instant},
};

use muster_mirror::Mirror;

use crate::{figures::Figures, population::Population};

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
        let took = sync(&mirror, population, series, BEGINNING + number * DAY);
        figures.took(series.what, None, took);
        figures.memory(series.what, None);
    }
    let size = std::fs::metadata(path).unwrap().len();
    println!("  file {} MB", size / 1_000_000);
}

fn sync(mirror: &Mirror, population: &Population, series: &Series, at: i64) -> Duration {
    let start = Instant::now();
    let mut making = Duration::ZERO;
    let mut writer = mirror.begin_sync(at).unwrap();
    let ids = 1..=population.organizations;
    let all: Vec<_> = ids.map(|id| population.organization(id)).collect();
    writer.organizations(&all).unwrap();
    drop(all);
    let mut batch = Vec::with_capacity(1_000);
    for from in (1..=population.people).step_by(1_000) {
        let made = Instant::now();
        batch.clear();
        for number in from..(from + 1_000).min(population.people + 1) {
            let one_in = |share: u64, rest: u64| share > 0 && number % share == rest;
            if !one_in(series.absent, 1) {
                let updated = i64::from(one_in(series.changed, 0));
                batch.push(population.person(number, updated));
            }
        }
        making += made.elapsed();
        writer.people(&batch).unwrap();
    }
    if series.roles {
        for (role, people) in population.roles() {
            for batch in people.chunks(10_000) {
                writer.roles(&role, batch).unwrap();
            }
        }
    }
    writer.finish(at + 60).unwrap();
    start.elapsed().saturating_sub(making)
}

/// What it takes to insert the same people with their key, and nothing else.
fn floor(path: &Path, population: &Population) -> Duration {
    let connection = rusqlite::Connection::open(path).unwrap();
    connection
        .execute_batch(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;
             CREATE TABLE people (id INTEGER PRIMARY KEY, organization INTEGER, created INTEGER,
                                  updated INTEGER, name TEXT) STRICT;
             BEGIN",
        )
        .unwrap();
    let mut inserting = Duration::ZERO;
    for number in 1..=population.people {
        let own = population.person(number, 0);
        let start = Instant::now();
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
        inserting += start.elapsed();
    }
    let start = Instant::now();
    connection
        .execute_batch("COMMIT; PRAGMA wal_checkpoint(TRUNCATE)")
        .unwrap();
    inserting + start.elapsed()
}
