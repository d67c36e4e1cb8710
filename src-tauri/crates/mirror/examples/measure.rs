//! How long a mirror takes: `measure [people]` prints a table. Build it with `--release`.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

use std::time::{Duration, Instant};

use muster_directory::{
    Direction, Fact, Filter, Identifier, IdentifierKind, Ids, Organization, OrganizationId,
    OrganizationSort, Person, PersonFilter, PersonId, PersonLeaf, PersonSort, Sort, person::Meta,
};
use muster_mirror::{Mirror, OrganizationsQuestion, PeopleQuestion, Seen};
use serde_json::{Map, json};

const FIRST: [&str; 16] = [
    "Anna",
    "Zoë",
    "Jan",
    "Marie-Claire",
    "Łukasz",
    "Fatima",
    "Pieter",
    "François",
    "Noor",
    "Émilie",
    "Sofie",
    "Ahmed",
    "Lies",
    "Björn",
    "Katrien",
    "Yusuf",
];
const LAST: [&str; 16] = [
    "Janssens",
    "Peeters",
    "De Smet",
    "D'Hondt",
    "Maes",
    "Van den Broeck",
    "Dubois",
    "Müller",
    "El Amrani",
    "Claes",
    "Goossens",
    "Wouters",
    "Lefèvre",
    "Vermeulen",
    "Özdemir",
    "Nowak",
];

fn main() {
    let count: u64 = std::env::args()
        .nth(1)
        .map_or(100_000, |text| text.parse().unwrap());
    let organizations = count / 20;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("mirror.db");
    println!("{count} people, {organizations} organizations");

    let floor = floor(&folder.path().join("floor.db"), count, organizations);
    println!(
        "{:<44} {:>9.1} ms",
        "floor: a bare program inserts the same",
        ms(floor)
    );
    let mirror = Mirror::open(&path).unwrap();
    let sync = |at: i64, changed: u64| {
        let start = Instant::now();
        let mut writer = mirror.begin_sync(at).unwrap();
        let all: Vec<_> = (1..=organizations).map(organization).collect();
        writer.organizations(&all).unwrap();
        drop(all);
        let (mut batch, mut making) = (Vec::with_capacity(1_000), Duration::ZERO);
        for from in (1..=count).step_by(1_000) {
            let made = Instant::now();
            batch.clear();
            batch.extend((from..(from + 1_000).min(count + 1)).map(|id| {
                person(
                    id,
                    organizations,
                    if changed > 0 && id % changed == 0 {
                        at
                    } else {
                        0
                    },
                )
            }));
            making += made.elapsed();
            writer.people(&batch).unwrap();
        }
        let finishing = Instant::now();
        writer.finish(at + 1).unwrap();
        (start.elapsed().saturating_sub(making), finishing.elapsed())
    };
    for (name, at, changed) in [
        ("first sync", 1, 0),
        ("re-sync, nothing changed", 2, 0),
        ("re-sync, 1 % changed", 3, 100),
        ("re-sync, nothing of it changed", 4, 100),
    ] {
        let before = peak();
        let (all, finish) = sync(at, changed);
        println!(
            "{name:<44} {:>9.1} ms, of which the end {:.1}; peak {} MB (before {before})",
            ms(all),
            ms(finish),
            peak()
        );
        if at == 2 {
            println!(
                "  file {} MB",
                std::fs::metadata(&path).unwrap().len() / 1_000_000
            );
        }
    }
    drop(mirror);

    let start = Instant::now();
    let mirror = Mirror::open(&path).unwrap();
    println!("{:<44} {:>9.2} ms", "open", ms(start.elapsed()));
    let page = |question: &PeopleQuestion| mirror.people(question).unwrap();
    let base = PeopleQuestion {
        limit: 100,
        ..PeopleQuestion::default()
    };
    once("first page of all, cold", || page(&base).total);
    let first = Filter::leaf(PersonLeaf::Organization(org_id(27)));
    once("first question with a filter, cold", || {
        page(&PeopleQuestion {
            filter: Some(&first),
            ..base
        })
        .total
    });
    once("first search, cold", || {
        page(&PeopleQuestion {
            search: Some("janss"),
            ..base
        })
        .total
    });
    for by in [
        PersonSort::Name,
        PersonSort::Organization,
        PersonSort::CreatedAt,
    ] {
        let sort = Sort {
            by,
            direction: Direction::Ascending,
        };
        once(&format!("first page by {by:?}, cold"), || {
            page(&PeopleQuestion { sort, ..base }).total
        });
    }
    once("state", || mirror.state().unwrap().people);

    for (name, filter) in filters(organizations) {
        let total = page(&PeopleQuestion {
            filter: filter.as_ref(),
            ..base
        })
        .total;
        for (which, offset) in [("first", 0), ("last", total.saturating_sub(100))] {
            for by in [PersonSort::Id, PersonSort::Name] {
                let sort = Sort {
                    by,
                    direction: Direction::Descending,
                };
                let question = PeopleQuestion {
                    filter: filter.as_ref(),
                    sort,
                    offset,
                    ..base
                };
                // Others in between push it out of the recent answers: each time is a new question.
                many(
                    &format!("{name}: {which} page by {by:?} ({total})"),
                    15,
                    || {
                        forget(&mirror);
                        let start = Instant::now();
                        page(&question);
                        start.elapsed()
                    },
                );
            }
        }
    }
    for text in [
        "j", "ja", "jan", "janssens", "zoe p", "0123", "be0", "zzzz", "12",
    ] {
        many(
            &format!(
                "search {text:?} ({})",
                page(&PeopleQuestion {
                    search: Some(text),
                    ..base
                })
                .total
            ),
            15,
            || {
                forget(&mirror);
                let start = Instant::now();
                page(&PeopleQuestion {
                    search: Some(text),
                    ..base
                });
                start.elapsed()
            },
        );
    }
    many("missing and gone", 15, || {
        let start = Instant::now();
        page(&PeopleQuestion {
            seen: Seen::Missing,
            ..base
        });
        start.elapsed()
    });
    many("organizations by people", 15, || {
        let start = Instant::now();
        mirror
            .organizations(&OrganizationsQuestion {
                sort: Sort {
                    by: OrganizationSort::People,
                    direction: Direction::Descending,
                },
                limit: 100,
                ..OrganizationsQuestion::default()
            })
            .unwrap();
        start.elapsed()
    });
    many("one person", 50, || {
        let start = Instant::now();
        mirror
            .person(PersonId::try_from(count / 2).unwrap())
            .unwrap();
        start.elapsed()
    });
    println!("resident {} MB, peak {} MB", status("VmRSS:"), peak());
}

/// What it takes to insert the same people with their key, and nothing else.
fn floor(path: &std::path::Path, count: u64, organizations: u64) -> Duration {
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
    for id in 1..=count {
        let own = person(id, organizations, 0);
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

/// Eight other questions: the mirror keeps no more answers than that.
fn forget(mirror: &Mirror) {
    for id in 1..=9 {
        let filter = Filter::leaf(PersonLeaf::Id(Ids::One(PersonId::try_from(id).unwrap())));
        mirror
            .people(&PeopleQuestion {
                filter: Some(&filter),
                ..Default::default()
            })
            .unwrap();
    }
}

fn filters(organizations: u64) -> Vec<(&'static str, Option<PersonFilter>)> {
    let own = |id| Filter::leaf(PersonLeaf::Organization(org_id(id)));
    let vat = |id: u64| {
        Filter::leaf(PersonLeaf::Identifier(
            IdentifierKind::Vat,
            Identifier::Text(format!("BE{id:010}")),
        ))
    };
    let or = |parts| Filter::or(parts).unwrap();
    let and = |parts| Filter::and(parts).unwrap();
    let not = |part| Filter::negate(part).unwrap();
    let mut nested = own(3);
    for level in 0..6 {
        nested = match level % 3 {
            0 => or(vec![nested, vat(level + 10), own(level + 20)]),
            1 => and(vec![not(vat(level + 30)), not(nested)]),
            _ => not(and(vec![nested, not(own(level + 40))])),
        };
    }
    let ids = (1..=5_000)
        .map(|id| PersonId::try_from(id * 3).unwrap())
        .collect();
    vec![
        ("all", None),
        ("largest organization", Some(own(1))),
        ("vatNr of it", Some(vat(1))),
        ("not (organization)", Some(not(own(1)))),
        ("20 organizations", Some(or((5..25).map(own).collect()))),
        ("nested, depth 6", Some(nested)),
        (
            "5,000 ids",
            Some(Filter::leaf(PersonLeaf::Id(Ids::List(ids)))),
        ),
        (
            "10,000 organizations or-ed",
            Some(or((1..=10_000)
                .map(|id| own(id % organizations + 1))
                .collect())),
        ),
        (
            "10,000 mixed leaves in pairs",
            Some(and((1..=5_000)
                .map(|id| or(vec![own(id % organizations + 1), not(vat(id))]))
                .collect())),
        ),
    ]
}

fn org_id(id: u64) -> OrganizationId {
    OrganizationId::try_from(id).unwrap()
}

fn organization(id: u64) -> Organization {
    let name = format!("Apotheek {} {id}", LAST[(id % 16) as usize]);
    serde_json::from_value(json!({
        "id": id, "name": name, "type": "medical_professional", "vatNr": format!("BE{id:010}"),
        "apbNr": format!("{:06}", id * 7 % 1_000_000), "rizivNr": null,
    }))
    .unwrap()
}

fn person(id: u64, organizations: u64, updated: i64) -> Person {
    // The first organization has a fiftieth of all people; one in forty is in none.
    let mixed = id.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 32;
    let organization = match mixed % 200 {
        0..4 => Fact::Known(org_id(1)),
        4..9 => Fact::Absent,
        _ => Fact::Known(org_id(mixed % organizations + 1)),
    };
    Person {
        id: PersonId::try_from(id * 3).unwrap(),
        name: format!(
            "{} {} {}",
            FIRST[(mixed % 16) as usize],
            LAST[(mixed / 16 % 16) as usize],
            mixed % 9_973
        ),
        organization,
        meta: Meta {
            created_at: Fact::Known(1_400_000_000 + (mixed % 300_000_000) as i64),
            updated_at: Fact::Known(1_500_000_000 + updated),
            extra: Map::new(),
        },
        extra: Map::new(),
    }
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

fn once(name: &str, run: impl FnOnce() -> u64) {
    let start = Instant::now();
    let total = run();
    println!(
        "{:<44} {:>9.2} ms",
        format!("{name} ({total})"),
        ms(start.elapsed())
    );
}

fn many(name: &str, times: usize, mut run: impl FnMut() -> Duration) {
    let mut all: Vec<_> = (0..times).map(|_| run()).collect();
    all.sort_unstable();
    println!(
        "{name:<60} median {:>8.2} ms, worst {:>8.2} ms",
        ms(all[times / 2]),
        ms(all[times - 1])
    );
}

/// Peak resident memory in MB; 0 where the system does not tell.
fn peak() -> u64 {
    status("VmHWM:")
}

fn status(line: &str) -> u64 {
    let text = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    text.lines()
        .find_map(|own| own.strip_prefix(line))
        .and_then(|rest| rest.split_whitespace().next())
        .and_then(|kilobytes| kilobytes.parse::<u64>().ok())
        .unwrap_or(0)
        / 1_000
}
