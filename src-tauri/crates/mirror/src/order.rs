//! An order of all positions, and the page of some of them in it.

use std::sync::Arc;

use fixedbitset::FixedBitSet;
use muster_directory::Direction;

/// An order of all positions. Positions ascend as ids do.
pub(crate) enum Order {
    /// By id.
    Ascending,
    /// By a key, then by id. Those without a known key come last in both directions.
    Listed {
        positions: Vec<u32>,
        known: usize,
        /// The places in `positions` whose keys are equal to those before them.
        ties: FixedBitSet,
    },
}

impl Order {
    /// By keys, one a position; none is not known.
    pub fn by_key<K: Ord>(keys: impl Iterator<Item = Option<K>>) -> Self {
        let (mut known, mut unknown) = (Vec::new(), Vec::new());
        for (position, key) in (0_u32..).zip(keys) {
            match key {
                Some(key) => known.push((key, position)),
                None => unknown.push(position),
            }
        }
        known.sort_unstable();
        let count = known.len();
        let mut ties = FixedBitSet::with_capacity(count);
        let pairs = known.windows(2).zip(1..);
        ties.extend(pairs.filter_map(|(pair, place)| (pair[0].0 == pair[1].0).then_some(place)));
        let mut positions = Vec::with_capacity(count + unknown.len());
        positions.extend(known.into_iter().map(|(_, position)| position));
        positions.extend(unknown);
        Self::Listed {
            positions,
            known: count,
            ties,
        }
    }

    /// A part of a set, in this order.
    pub fn page(
        &self,
        of: &FixedBitSet,
        direction: Direction,
        offset: u64,
        limit: u64,
    ) -> Vec<usize> {
        let offset = usize::try_from(offset).unwrap_or(usize::MAX);
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        let count = of.count_ones(..);
        let until = offset.saturating_add(limit).min(count);
        let length = until.saturating_sub(offset);
        // The end of the other direction, where that is nearer.
        let from_end = count - until;
        match (self, direction) {
            (Self::Ascending, Direction::Ascending) => ranks(of, offset, length),
            (Self::Ascending, Direction::Descending) => {
                let mut page = ranks(of, from_end, length);
                page.reverse();
                page
            }
            (Self::Listed { .. }, _) if from_end < offset => {
                let walk = self.walk(of, direction).rev();
                let mut page: Vec<_> = walk.skip(from_end).take(length).collect();
                page.reverse();
                page
            }
            (Self::Listed { .. }, _) => {
                self.walk(of, direction).skip(offset).take(length).collect()
            }
        }
    }

    /// A set in this order.
    pub fn walk<'a>(&'a self, of: &'a FixedBitSet, direction: Direction) -> Walk<'a> {
        match (self, direction) {
            (Self::Ascending, Direction::Ascending) => Box::new(of.ones()),
            (Self::Ascending, Direction::Descending) => Box::new(of.ones().rev()),
            (
                Self::Listed {
                    positions, known, ..
                },
                direction,
            ) => {
                let (known, unknown) = positions.split_at(*known);
                let inside = |position: &u32| {
                    let position = *position as usize;
                    of.contains(position).then_some(position)
                };
                match direction {
                    Direction::Ascending => {
                        Box::new(known.iter().chain(unknown).filter_map(inside))
                    }
                    Direction::Descending => Box::new(
                        known
                            .iter()
                            .rev()
                            .chain(unknown.iter().rev())
                            .filter_map(inside),
                    ),
                }
            }
        }
    }

    /// The rank of each position's key, equal keys alike, and how many ranks there are; none has
    /// the last one. By id nothing is equal and nothing needs to be ranked.
    fn ranks(&self, direction: Direction) -> Option<(Vec<u32>, usize)> {
        let Self::Listed {
            positions,
            known,
            ties,
        } = self
        else {
            return None;
        };
        let most = (known - ties.count_ones(..)) as u32;
        let mut ranks = vec![most; positions.len()];
        let mut next = 0;
        for (place, position) in positions.iter().take(*known).enumerate() {
            next += u32::from(!ties.contains(place));
            ranks[*position as usize] = match direction {
                Direction::Ascending => next - 1,
                Direction::Descending => most - next,
            };
        }
        Some((ranks, most as usize + 1))
    }
}

/// Positions one after the other, from either end.
pub(crate) type Walk<'a> = Box<dyn DoubleEndedIterator<Item = usize> + 'a>;

/// The order by several columns of so many positions: by the first, equals by the second, and so
/// on, and in the end by id in the direction of the last.
///
/// It is sorted by the last column first, each time keeping the order of what is equal.
pub(crate) fn combine(columns: &[(Arc<Order>, Direction)], size: usize) -> Order {
    let mut positions: Vec<u32> = (0_u32..).take(size).collect();
    if matches!(columns.last(), Some((_, Direction::Descending))) {
        positions.reverse();
    }
    for (column, direction) in columns.iter().rev() {
        if let Some((ranks, count)) = column.ranks(*direction) {
            positions = sorted_by_rank(&positions, &ranks, count);
        }
    }
    Order::Listed {
        known: positions.len(),
        positions,
        ties: FixedBitSet::new(),
    }
}

/// The positions by rank, equals as they were.
fn sorted_by_rank(positions: &[u32], ranks: &[u32], count: usize) -> Vec<u32> {
    let mut next = vec![0_u32; count + 1];
    for rank in ranks {
        next[*rank as usize + 1] += 1;
    }
    for rank in 1..next.len() {
        next[rank] += next[rank - 1];
    }
    let mut sorted = vec![0; positions.len()];
    for position in positions {
        let place = &mut next[ranks[*position as usize] as usize];
        sorted[*place as usize] = *position;
        *place += 1;
    }
    sorted
}

/// The members of a set with the ranks from `offset`, whole words being skipped by counting.
fn ranks(of: &FixedBitSet, offset: usize, limit: usize) -> Vec<usize> {
    let bits = usize::BITS as usize;
    let mut before = 0;
    for (index, word) in of.as_slice().iter().enumerate() {
        let ones = word.count_ones() as usize;
        if before + ones > offset {
            let mut rest = of.clone();
            rest.remove_range(..index * bits);
            return rest.ones().skip(offset - before).take(limit).collect();
        }
        before += ones;
    }
    Vec::new()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_page_is_a_part_of_the_whole_order(
            members in prop::collection::vec((any::<bool>(), prop::option::of(0_u8..4)), 0..300),
            offset in 0_u64..320,
            limit in prop_oneof![0_u64..40, Just(u64::MAX)],
        ) {
            let set: FixedBitSet =
                (0..members.len()).filter(|at| members[*at].0).collect();
            let listed = Order::by_key(members.iter().map(|(_, key)| *key));
            let cut = |all: Vec<usize>| -> Vec<usize> {
                all.into_iter().skip(offset as usize)
                    .take(usize::try_from(limit).unwrap()).collect()
            };
            let mut all: Vec<usize> = set.ones().collect();
            prop_assert_eq!(Order::Ascending.page(&set, Direction::Ascending, offset, limit), cut(all.clone()));
            all.sort_by_key(|at| (members[*at].1.is_none(), members[*at].1, *at));
            prop_assert_eq!(listed.page(&set, Direction::Ascending, offset, limit), cut(all.clone()));
            all.sort_by_key(|at| (members[*at].1.is_none(), std::cmp::Reverse((members[*at].1, *at))));
            prop_assert_eq!(listed.page(&set, Direction::Descending, offset, limit), cut(all.clone()));
            all.sort_by_key(|at| std::cmp::Reverse(*at));
            prop_assert_eq!(Order::Ascending.page(&set, Direction::Descending, offset, limit), cut(all));
        }
    }
}
