//! What a sync changes: the merge of what was fetched with what is open, both ascending by id.

use std::iter::Peekable;

use crate::versions::{Open, Presence};

/// What a sync does to one id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Change {
    /// It was never there before.
    Added,
    /// The vendor says something else of it.
    Changed,
    /// It was missing or gone and is back, changed or not.
    Returned,
    /// It is absent for the first time.
    Missing,
    /// It is absent for the second time.
    Gone,
    /// Nothing.
    Same,
}

/// Something that was fetched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Fetched<T> {
    pub id: u64,
    pub hash: i64,
    pub value: T,
}

/// One id, what a sync does to it, and what is known of it on both sides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Step<T> {
    pub change: Change,
    pub fetched: Option<Fetched<T>>,
    pub open: Option<Open>,
}

impl<T> Step<T> {
    /// The presence after this step.
    pub fn presence(&self) -> Presence {
        match (&self.fetched, self.change) {
            (Some(_), _) => Presence::Present,
            (None, Change::Missing) => Presence::Missing,
            (None, _) => Presence::Gone,
        }
    }
}

/// Merges a part of what was fetched. Open rows after its last id are left for the next part.
pub(crate) fn merge<'a, T: 'a, E: 'a>(
    fetched: impl IntoIterator<Item = Fetched<T>> + 'a,
    open: &'a mut Peekable<impl Iterator<Item = Result<Open, E>>>,
) -> impl Iterator<Item = Result<Step<T>, E>> + 'a {
    let mut fetched = fetched.into_iter().peekable();
    std::iter::from_fn(move || {
        let next = fetched.peek()?.id;
        let open = match open.next_if(|row| row.as_ref().map_or(true, |row| row.id <= next)) {
            Some(Err(error)) => return Some(Err(error)),
            Some(Ok(row)) if row.id < next => return Some(Ok(absent(row))),
            Some(Ok(row)) => Some(row),
            None => None,
        };
        fetched.next().map(|fetched| Ok(returned(fetched, open)))
    })
}

/// What is open after everything that was fetched: it is absent.
pub(crate) fn rest<'a, T: 'a, E: 'a>(
    open: &'a mut Peekable<impl Iterator<Item = Result<Open, E>>>,
) -> impl Iterator<Item = Result<Step<T>, E>> + 'a {
    open.map(|row| row.map(absent))
}

fn absent<T>(open: Open) -> Step<T> {
    Step {
        change: match open.presence {
            Presence::Present => Change::Missing,
            Presence::Missing => Change::Gone,
            Presence::Gone => Change::Same,
        },
        fetched: None,
        open: Some(open),
    }
}

fn returned<T>(fetched: Fetched<T>, open: Option<Open>) -> Step<T> {
    Step {
        change: match open {
            None => Change::Added,
            Some(open) if open.presence != Presence::Present => Change::Returned,
            Some(open) if open.hash != fetched.hash => Change::Changed,
            Some(_) => Change::Same,
        },
        fetched: Some(fetched),
        open,
    }
}

#[cfg(test)]
mod tests {
    use std::{collections::BTreeMap, convert::Infallible};

    use proptest::prelude::*;

    use super::*;

    fn fetched(id: u64, hash: i64) -> Fetched<()> {
        Fetched {
            id,
            hash,
            value: (),
        }
    }

    fn open(id: u64, hash: i64, presence: Presence) -> Open {
        Open {
            id,
            valid_from: 1,
            hash,
            presence,
        }
    }

    /// Merges in parts, then the rest.
    fn changes(parts: &[Vec<Fetched<()>>], rows: Vec<Open>) -> Vec<(u64, Change)> {
        let mut rows = rows.into_iter().map(Ok::<_, Infallible>).peekable();
        let mut steps: Vec<Step<()>> = Vec::new();
        for part in parts {
            steps.extend(merge(part.clone(), &mut rows).map(Result::unwrap));
        }
        steps.extend(rest(&mut rows).map(Result::unwrap));
        steps
            .into_iter()
            .map(|step| {
                let id = step
                    .fetched
                    .map(|row| row.id)
                    .or(step.open.map(|row| row.id));
                (id.unwrap(), step.change)
            })
            .collect()
    }

    #[test]
    fn each_side_decides_what_changes() {
        use Presence::{Gone, Missing, Present};
        let rows = vec![
            open(1, 1, Present),
            open(2, 1, Present),
            open(3, 1, Present),
            open(4, 1, Missing),
            open(5, 1, Gone),
            open(6, 1, Missing),
            open(7, 1, Gone),
            open(9, 1, Present),
        ];
        let parts = [
            vec![fetched(1, 1), fetched(2, 2)],
            vec![],
            vec![fetched(6, 1), fetched(7, 2), fetched(8, 1)],
        ];
        assert_eq!(
            changes(&parts, rows),
            [
                (1, Change::Same),
                (2, Change::Changed),
                (3, Change::Missing),
                (4, Change::Gone),
                (5, Change::Same),
                (6, Change::Returned),
                (7, Change::Returned),
                (8, Change::Added),
                (9, Change::Missing),
            ]
        );
    }

    #[test]
    fn an_error_of_the_open_rows_is_passed_on() {
        let mut rows = [Ok(open(1, 1, Presence::Present)), Err("disk")]
            .into_iter()
            .peekable();
        let steps: Vec<_> = merge([fetched(1, 1), fetched(2, 1)], &mut rows)
            .take(2)
            .map(|step| step.map(|step: Step<()>| step.change))
            .collect();
        assert_eq!(steps, [Ok(Change::Same), Err("disk")]);
    }

    fn presence() -> impl Strategy<Value = Presence> {
        prop_oneof![
            Just(Presence::Present),
            Just(Presence::Missing),
            Just(Presence::Gone)
        ]
    }

    proptest! {
        #[test]
        fn the_merge_is_what_a_look_at_each_id_says(
            rows in prop::collection::btree_map(1_u64..40, (0_i64..3, presence()), 0..30),
            new in prop::collection::btree_map(1_u64..40, 0_i64..3, 0..30),
            size in 1_usize..7,
        ) {
            let mut expected = BTreeMap::new();
            for id in rows.keys().chain(new.keys()) {
                let change = match (rows.get(id), new.get(id)) {
                    (None, _) => Change::Added,
                    (Some((_, Presence::Present)), None) => Change::Missing,
                    (Some((_, Presence::Missing)), None) => Change::Gone,
                    (Some((_, Presence::Gone)), None) => Change::Same,
                    (Some((was, Presence::Present)), Some(is)) if was == is => Change::Same,
                    (Some((_, Presence::Present)), Some(_)) => Change::Changed,
                    (Some(_), Some(_)) => Change::Returned,
                };
                expected.insert(*id, change);
            }
            let new: Vec<_> = new.into_iter().map(|(id, hash)| fetched(id, hash)).collect();
            let parts: Vec<_> = new.chunks(size).map(<[_]>::to_vec).collect();
            let rows = rows
                .into_iter()
                .map(|(id, (hash, presence))| open(id, hash, presence))
                .collect();
            prop_assert_eq!(changes(&parts, rows), expected.into_iter().collect::<Vec<_>>());
        }
    }
}
