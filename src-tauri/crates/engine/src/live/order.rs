//! The order of people who were decided here, as the mirror would order them.

use std::cmp::Ordering;

use muster_directory::{Direction, Fact, Person, PersonSort, Sort, name::fold};
use muster_mirror::{Mirror, Witnesses};

use super::{Organizations, organization_of, witnesses};
use crate::Result;

/// How many people are looked up in the mirror at once.
const TOGETHER: usize = 1_000;

/// What a person is ordered by; none comes last in both directions.
type Key = Option<KeyValue>;

#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum KeyValue {
    Number(i64),
    Text(String),
}

/// The places of these people, who come ascending by id.
pub(super) fn ordered(
    mirror: &Mirror,
    people: &[Person],
    sort: &[Sort<PersonSort>],
    organizations: Option<&Organizations>,
) -> Result<Vec<u32>> {
    let mut keys: Vec<Vec<Key>> = Vec::with_capacity(people.len());
    for together in people.chunks(TOGETHER) {
        let witnesses = witnesses(mirror, together)?;
        keys.extend(together.iter().map(|person| {
            let key = |sort: &Sort<PersonSort>| key(sort.by, person, &witnesses, organizations);
            sort.iter().map(key).collect()
        }));
    }
    let last = sort
        .last()
        .map_or(Direction::Ascending, |sort| sort.direction);
    let mut rows: Vec<(u32, Vec<Key>)> = (0..).zip(keys).collect();
    rows.sort_unstable_by(|(a, a_keys), (b, b_keys)| {
        let keys = a_keys.iter().zip(b_keys).zip(sort);
        keys.map(|((a, b), sort)| compare(a, b, sort.direction))
            .find(|order| order.is_ne())
            .unwrap_or_else(|| turned(a.cmp(b), last))
    });
    Ok(rows.into_iter().map(|(place, _)| place).collect())
}

fn key(
    by: PersonSort,
    person: &Person,
    witnesses: &Witnesses,
    organizations: Option<&Organizations>,
) -> Key {
    let number = |fact: &Fact<i64>| fact.known().copied().map(KeyValue::Number);
    let kept = witnesses.person(person.id);
    match by {
        PersonSort::Id => i64::try_from(person.id.get()).ok().map(KeyValue::Number),
        PersonSort::Name => Some(KeyValue::Text(fold(&person.name))),
        PersonSort::Organization => organization_of(person, witnesses, organizations)
            .map(|(own, _)| KeyValue::Text(fold(&own.name))),
        PersonSort::CreatedAt => number(&person.meta.created_at),
        PersonSort::UpdatedAt => number(&person.meta.updated_at),
        PersonSort::Role => {
            let role = kept.and_then(|kept| kept.role.known());
            role.map(|role| KeyValue::Text(role.to_string()))
        }
        PersonSort::LastChanged => kept.map(|kept| KeyValue::Number(kept.last_changed)),
    }
}

fn compare(a: &Key, b: &Key, direction: Direction) -> Ordering {
    match (a, b) {
        (Some(a), Some(b)) => turned(a.cmp(b), direction),
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (None, None) => Ordering::Equal,
    }
}

fn turned(order: Ordering, direction: Direction) -> Ordering {
    match direction {
        Direction::Ascending => order,
        Direction::Descending => order.reverse(),
    }
}
