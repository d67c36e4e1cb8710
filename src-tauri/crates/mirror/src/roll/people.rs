//! Everybody's columns in memory: who there is, and in which organization.

use std::collections::HashMap;

use fixedbitset::FixedBitSet;
use rusqlite::Connection;

use crate::{MirrorError, Presence, Seen, answer::everybody, at::At, people};

/// All people of a state. A person's position is its rank by id.
pub(crate) struct People {
    ids: Vec<u64>,
    present: FixedBitSet,
    /// Absent for the first time.
    missing: FixedBitSet,
    /// Who is known to be in no organization.
    in_none: FixedBitSet,
    /// Whose organization is not known.
    unknown: FixedBitSet,
    /// The place of each.
    places: Vec<u32>,
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
    /// Reads a state.
    pub fn load(connection: &Connection, at: At) -> Result<Self, MirrorError> {
        let (mut ids, mut present, mut missing) = (Vec::new(), Vec::new(), Vec::new());
        let (mut in_none, mut unknown) = (Vec::new(), Vec::new());
        let mut numbers = HashMap::new();
        let mut own: Vec<Option<u32>> = Vec::new();
        people::scan(connection, at, |id, presence, organization| {
            let position = ids.len();
            ids.push(id);
            match presence {
                Presence::Present => present.push(position),
                Presence::Missing => missing.push(position),
                Presence::Gone => {}
            }
            match organization {
                None => unknown.push(position),
                Some(0) => in_none.push(position),
                Some(_) => {}
            }
            let next = numbers.len() as u32;
            own.push(
                organization
                    .filter(|id| *id > 0)
                    .map(|id| *numbers.entry(id).or_insert(next)),
            );
        })?;
        ids.shrink_to_fit();
        let (in_none, unknown) = (set(ids.len(), in_none), set(ids.len(), unknown));
        let in_none_place = numbers.len() as u32;
        let members = Members::new(numbers, &own);
        let places = own.iter().enumerate().map(|(position, number)| {
            number.unwrap_or(in_none_place + u32::from(unknown.contains(position)))
        });
        Ok(Self {
            present: set(ids.len(), present),
            missing: set(ids.len(), missing),
            places: places.collect(),
            in_none,
            unknown,
            members,
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

    /// The position of an id.
    pub fn position(&self, id: u64) -> Option<usize> {
        self.ids.binary_search(&id).ok()
    }

    /// The set of nobody.
    pub fn nobody(&self) -> FixedBitSet {
        FixedBitSet::with_capacity(self.len())
    }

    /// Those who are present, or not.
    pub fn seen(&self, seen: Seen) -> FixedBitSet {
        seen_set(&self.present, seen)
    }

    /// Those who are present.
    pub const fn present(&self) -> &FixedBitSet {
        &self.present
    }

    /// Those who are absent for the first time.
    pub const fn missing(&self) -> &FixedBitSet {
        &self.missing
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

    /// How many places there are: the organizations that people are in, none, and unknown.
    pub fn places(&self) -> usize {
        self.members.numbers.len() + 2
    }

    /// The place of an organization, if anybody is in it.
    pub fn place(&self, organization: u64) -> Option<usize> {
        let number = self.members.numbers.get(&organization);
        number.map(|number| *number as usize)
    }

    /// The place of those who are known to be in no organization.
    pub fn in_none(&self) -> usize {
        self.members.numbers.len()
    }

    /// The place of those whose organization is not known.
    pub fn in_unknown(&self) -> usize {
        self.members.numbers.len() + 1
    }

    /// Everybody who is at one of these places.
    pub fn at(&self, places: &FixedBitSet) -> FixedBitSet {
        let count: usize = places
            .ones()
            .map(|place| self.members.at(place).len())
            .sum();
        let mut found;
        if count > self.len() / 2 {
            // The others are fewer.
            let mut others = places.clone();
            others.toggle_range(..);
            found = self.together(&others);
            found.toggle_range(..);
        } else {
            found = self.together(places);
        }
        found
    }

    fn together(&self, places: &FixedBitSet) -> FixedBitSet {
        let mut found = self.nobody();
        for place in places.ones() {
            let positions = self.members.at(place).iter();
            found.extend(positions.map(|position| *position as usize));
        }
        if places.contains(self.in_none()) {
            found.union_with(&self.in_none);
        }
        if places.contains(self.in_unknown()) {
            found.union_with(&self.unknown);
        }
        found
    }

    /// How many of a set are at each place.
    pub fn count_by_place(&self, of: &FixedBitSet) -> Vec<u64> {
        let mut counts = vec![0; self.places()];
        for place in of.ones().filter_map(|position| self.places.get(position)) {
            if let Some(count) = counts.get_mut(*place as usize) {
                *count += 1;
            }
        }
        counts
    }

    /// The organizations that people are in, with their places.
    pub fn organizations(&self) -> impl Iterator<Item = (u64, usize)> {
        let numbers = self.members.numbers.iter();
        numbers.map(|(organization, number)| (*organization, *number as usize))
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
        let number = self.numbers.get(&organization);
        number.map_or(&[], |number| self.at(*number as usize))
    }

    /// The people of the organization with a number; nobody if there is none.
    fn at(&self, number: usize) -> &[u32] {
        match self.starts.get(number..number.saturating_add(2)) {
            Some([start, end]) => &self.positions[*start as usize..*end as usize],
            _ => &[],
        }
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
