//! An order of all positions, and the page of some of them in it.

use fixedbitset::FixedBitSet;
use muster_directory::Direction;

/// An order of all positions. Positions ascend as ids do.
pub(crate) enum Order {
    /// By id.
    Ascending,
    /// By a key, then by id. Those without a known key come last in both directions.
    Listed { positions: Vec<u32>, known: usize },
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
        let mut positions = Vec::with_capacity(count + unknown.len());
        positions.extend(known.into_iter().map(|(_, position)| position));
        positions.extend(unknown);
        Self::Listed {
            positions,
            known: count,
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
        match (self, direction) {
            (Self::Ascending, Direction::Ascending) => ranks(of, offset, limit),
            (Self::Ascending, Direction::Descending) => {
                let until = of.count_ones(..).saturating_sub(offset);
                let from = until.saturating_sub(limit);
                let mut page = ranks(of, from, until - from);
                page.reverse();
                page
            }
            (Self::Listed { positions, known }, direction) => {
                let (known, unknown) = positions.split_at(*known);
                let inside = |position: &u32| of.contains(*position as usize);
                let page = |all: &mut dyn Iterator<Item = &u32>| {
                    all.filter(|position| inside(position))
                        .skip(offset)
                        .take(limit)
                        .map(|position| *position as usize)
                        .collect()
                };
                match direction {
                    Direction::Ascending => page(&mut known.iter().chain(unknown)),
                    Direction::Descending => {
                        page(&mut known.iter().rev().chain(unknown.iter().rev()))
                    }
                }
            }
        }
    }
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
