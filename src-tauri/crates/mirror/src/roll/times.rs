//! A time of everybody in memory.

use fixedbitset::FixedBitSet;
use muster_directory::{
    Fact,
    criteria::{Range, TimeField},
};
use rusqlite::Connection;

use super::people::set;
use crate::{
    MirrorError,
    answer::{Answer, everybody},
    at::At,
    order::Order,
    people,
};

/// A time by position.
pub(crate) struct Times {
    seconds: Seconds,
    unknown: FixedBitSet,
    absent: FixedBitSet,
}

/// Unix seconds; anything where the time is not known or there is none.
enum Seconds {
    /// All within 136 years, after the first of them: half the memory.
    Near { first: i64, after: Vec<u32> },
    /// Whatever a vendor may say.
    Far(Vec<i64>),
}

impl Seconds {
    fn of(known: &FixedBitSet, all: Vec<i64>) -> Self {
        let times = || known.ones().filter_map(|position| all.get(position));
        let (Some(first), Some(last)) = (times().min(), times().max()) else {
            return Self::Far(all);
        };
        if last
            .checked_sub(*first)
            .is_none_or(|width| width > i64::from(u32::MAX))
        {
            return Self::Far(all);
        }
        // What is not known is outside, and cut off.
        let after = all.iter().map(|time| time.wrapping_sub(*first) as u32);
        Self::Near {
            after: after.collect(),
            first: *first,
        }
    }

    fn len(&self) -> usize {
        match self {
            Self::Near { after, .. } => after.len(),
            Self::Far(all) => all.len(),
        }
    }

    fn get(&self, position: usize) -> Option<i64> {
        match self {
            Self::Near { first, after } => after.get(position).map(|own| first + i64::from(*own)),
            Self::Far(all) => all.get(position).copied(),
        }
    }

    /// Those in a range, whether known or not.
    fn inside(&self, range: Range) -> FixedBitSet {
        match self {
            Self::Near { first, after } => {
                let from = range.from.saturating_sub(*first);
                let until = range.until.saturating_sub(*first);
                those(after, |own| {
                    from <= i64::from(own) && i64::from(own) < until
                })
            }
            Self::Far(all) => those(all, |own| range.contains(own)),
        }
    }
}

/// The positions of those for which a test holds.
fn those<T: Copy>(all: &[T], test: impl Fn(T) -> bool) -> FixedBitSet {
    let mut those = FixedBitSet::with_capacity(all.len());
    let width = usize::BITS as usize;
    for (word, all) in those.as_mut_slice().iter_mut().zip(all.chunks(width)) {
        for (bit, own) in all.iter().enumerate() {
            *word |= usize::from(test(*own)) << bit;
        }
    }
    those
}

impl Times {
    /// Reads a state.
    pub fn load(connection: &Connection, at: At, field: TimeField) -> Result<Self, MirrorError> {
        let mut loading = Loading::default();
        people::scan_time(connection, at, field, |fact| loading.push(fact))?;
        Ok(loading.close())
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.seconds.len()
    }

    /// Those whose time is not known.
    pub const fn unknown(&self) -> &FixedBitSet {
        &self.unknown
    }

    /// Those who are known to have none.
    pub const fn absent(&self) -> &FixedBitSet {
        &self.absent
    }

    /// The time at a position, if there is a known one.
    pub fn get(&self, position: usize) -> Option<i64> {
        let known = !self.unknown.contains(position) && !self.absent.contains(position);
        self.seconds.get(position).filter(|_| known)
    }

    /// Adds those whose time is in a range.
    pub fn add(&self, range: Range, to: &mut Answer) {
        let mut inside = self.seconds.inside(range);
        inside.difference_with(&self.unknown);
        inside.difference_with(&self.absent);
        to.add_yes_set(&inside);
        to.add_unknown(&self.unknown);
    }

    /// By time; those without a known one last.
    pub fn order(&self) -> Order {
        Order::by_key((0..self.seconds.len()).map(|position| self.get(position)))
    }
}

#[derive(Default)]
struct Loading {
    seconds: Vec<i64>,
    unknown: Vec<usize>,
    absent: Vec<usize>,
}

impl Loading {
    fn push(&mut self, fact: Fact<i64>) {
        match fact {
            Fact::Unknown => self.unknown.push(self.seconds.len()),
            Fact::Absent => self.absent.push(self.seconds.len()),
            Fact::Known(_) => {}
        }
        self.seconds.push(fact.known().copied().unwrap_or_default());
    }

    fn close(self) -> Times {
        let size = self.seconds.len();
        let (unknown, absent) = (set(size, self.unknown), set(size, self.absent));
        let mut known = everybody(size);
        known.difference_with(&unknown);
        known.difference_with(&absent);
        Times {
            seconds: Seconds::of(&known, self.seconds),
            unknown,
            absent,
        }
    }
}

#[cfg(test)]
impl FromIterator<Fact<i64>> for Times {
    fn from_iter<I: IntoIterator<Item = Fact<i64>>>(all: I) -> Self {
        let mut loading = Loading::default();
        all.into_iter().for_each(|fact| loading.push(fact));
        loading.close()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn time() -> impl Strategy<Value = i64> {
        let edges = [i64::MIN + 1, -1, 0, 1, i64::from(u32::MAX), i64::MAX];
        prop_oneof![
            4 => 1_700_000_000_i64..1_700_000_010,
            1 => prop::sample::select(edges.to_vec()),
        ]
    }

    proptest! {
        #[test]
        fn a_range_holds_for_what_is_in_it_however_the_times_are_kept(
            near in prop::collection::vec(1_700_000_000_i64..1_700_000_010, 1..140),
            others in prop::collection::vec(
                prop_oneof![Just(Fact::Unknown), Just(Fact::Absent), time().prop_map(Fact::Known)],
                0..5,
            ),
            from in time(),
            until in time(),
        ) {
            let all: Vec<_> = near.into_iter().map(Fact::Known).chain(others).collect();
            let times: Times = all.iter().copied().collect();
            let range = Range { from, until };
            let mut answer = Answer::nobody(all.len());
            times.add(range, &mut answer);
            for (position, fact) in all.iter().enumerate() {
                let yes = fact.known().is_some_and(|time| range.contains(*time));
                prop_assert_eq!(answer.yes.contains(position), yes);
                prop_assert_eq!(answer.maybe.contains(position), yes || fact.is_unknown());
                prop_assert_eq!(times.get(position), fact.known().copied());
            }
        }
    }
}
