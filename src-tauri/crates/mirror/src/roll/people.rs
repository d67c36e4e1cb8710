//! Everybody's columns in memory: who there is, and in which organization.

use std::collections::HashMap;

use fixedbitset::FixedBitSet;
use rusqlite::Connection;

use crate::{MirrorError, Presence, Seen, answer::everybody, people};

/// All people of the open rows. A person's position is its rank by id.
pub(crate) struct People {
    ids: Vec<u64>,
    present: FixedBitSet,
    /// Whose organization is not known.
    unknown: FixedBitSet,
    members: Members,
}

/// The people of each organization.
#[derive(Default)]
struct Members {
    /// The number of an organization among these, by id.
    numbers: HashMap<u64, u32>,
    /// Where the people of each begin; one more for the end of the last.
    starts: Vec<u32>,
    /// Positions of people, ascending within an organization.
    positions: Vec<u32>,
}

impl People {
    /// Reads the open rows.
    pub fn load(connection: &Connection) -> Result<Self, MirrorError> {
        let (mut ids, mut present, mut unknown) = (Vec::new(), Vec::new(), Vec::new());
        let mut numbers = HashMap::new();
        let mut own: Vec<Option<u32>> = Vec::new();
        people::scan(connection, |id, presence, organization| {
            let position = ids.len();
            ids.push(id);
            if presence == Presence::Present {
                present.push(position);
            }
            if organization.is_none() {
                unknown.push(position);
            }
            let next = numbers.len() as u32;
            own.push(
                organization
                    .filter(|id| *id > 0)
                    .map(|id| *numbers.entry(id).or_insert(next)),
            );
        })?;
        ids.shrink_to_fit();
        Ok(Self {
            present: set(ids.len(), present),
            unknown: set(ids.len(), unknown),
            members: Members::new(numbers, &own),
            ids,
        })
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// The id at a position.
    pub fn id(&self, position: usize) -> Option<u64> {
        self.ids.get(position).copied()
    }

    /// The set of nobody.
    pub fn nobody(&self) -> FixedBitSet {
        FixedBitSet::with_capacity(self.len())
    }

    /// Those who are present, or not.
    pub fn seen(&self, seen: Seen) -> FixedBitSet {
        seen_set(&self.present, seen)
    }

    /// Those whose organization is not known.
    pub fn of_unknown(&self) -> &FixedBitSet {
        &self.unknown
    }

    /// The positions of the people of an organization.
    pub fn of(&self, organization: u64) -> impl Iterator<Item = usize> {
        let positions = self.members.of(organization).iter();
        positions.map(|position| *position as usize)
    }

    /// How many people of an organization are present.
    pub fn present_of(&self, organization: u64) -> u64 {
        let present = |position: &usize| self.present.contains(*position);
        self.of(organization).filter(present).count() as u64
    }

    /// The organizations that people are in.
    pub fn organizations(&self) -> impl Iterator<Item = u64> {
        self.members.numbers.keys().copied()
    }

    /// The positions of those with these ids.
    pub fn with_ids(&self, ids: impl IntoIterator<Item = u64>) -> impl Iterator<Item = usize> {
        with_ids(&self.ids, ids)
    }

    /// Adds those with ids in a range to a set.
    pub fn add_range(&self, range: &std::ops::Range<u64>, to: &mut FixedBitSet) {
        add_range(&self.ids, range, to);
    }
}

impl Members {
    /// From the number of each person's organization.
    fn new(numbers: HashMap<u64, u32>, own: &[Option<u32>]) -> Self {
        let mut starts = vec![0_u32; numbers.len() + 1];
        for number in own.iter().flatten() {
            starts[*number as usize + 1] += 1;
        }
        for index in 1..starts.len() {
            starts[index] += starts[index - 1];
        }
        let mut next = starts.clone();
        let mut positions = vec![0; starts.last().map_or(0, |end| *end as usize)];
        for (position, number) in (0_u32..).zip(own) {
            if let Some(number) = number {
                let slot = &mut next[*number as usize];
                positions[*slot as usize] = position;
                *slot += 1;
            }
        }
        Self {
            numbers,
            starts,
            positions,
        }
    }

    fn of(&self, organization: u64) -> &[u32] {
        let Some(number) = self.numbers.get(&organization) else {
            return &[];
        };
        let number = *number as usize;
        &self.positions[self.starts[number] as usize..self.starts[number + 1] as usize]
    }
}

pub(super) fn set(size: usize, positions: Vec<usize>) -> FixedBitSet {
    let mut set = FixedBitSet::with_capacity(size);
    set.extend(positions);
    set
}

pub(super) fn seen_set(present: &FixedBitSet, seen: Seen) -> FixedBitSet {
    match seen {
        Seen::Present => present.clone(),
        Seen::All => everybody(present.len()),
        Seen::Missing => {
            let mut missing = present.clone();
            missing.toggle_range(..);
            missing
        }
    }
}

pub(super) fn with_ids(
    all: &[u64],
    ids: impl IntoIterator<Item = u64>,
) -> impl Iterator<Item = usize> {
    ids.into_iter().filter_map(|id| all.binary_search(&id).ok())
}

pub(super) fn add_range(all: &[u64], range: &std::ops::Range<u64>, to: &mut FixedBitSet) {
    let from = all.partition_point(|id| *id < range.start);
    let until = all.partition_point(|id| *id < range.end);
    to.insert_range(from..until);
}
