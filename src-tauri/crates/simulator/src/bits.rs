//! A set of places in a list, one bit each.

use std::ops::{BitAndAssign, BitOrAssign};

const WORD: usize = u64::BITS as usize;

/// A set of places below a length.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bits {
    words: Vec<u64>,
    length: usize,
}

impl Bits {
    /// None of the places.
    pub fn none(length: usize) -> Self {
        Self {
            words: vec![0; length.div_ceil(WORD)],
            length,
        }
    }

    /// All of the places.
    pub fn all(length: usize) -> Self {
        Self::none(length).complement()
    }

    /// The same places, below a length that is not smaller.
    pub fn grown(&self, length: usize) -> Self {
        let mut words = Vec::with_capacity(length.div_ceil(WORD));
        words.extend_from_slice(&self.words);
        words.resize(length.div_ceil(WORD), 0);
        Self { words, length }
    }

    /// Whether a place is below the length.
    pub const fn has_room(&self, place: usize) -> bool {
        place < self.length
    }

    /// Adds a place. It is below the length.
    pub fn insert(&mut self, place: usize) {
        self.words[place / WORD] |= 1 << (place % WORD);
    }

    /// Whether a place is in the set. It is below the length.
    pub fn contains(&self, place: usize) -> bool {
        self.words[place / WORD] >> (place % WORD) & 1 == 1
    }

    /// The places that are not in the set.
    pub fn complement(mut self) -> Self {
        for word in &mut self.words {
            *word = !*word;
        }
        // The bits beyond the length stay zero: they are counted otherwise.
        if let (Some(last), rest @ 1..) = (self.words.last_mut(), self.length % WORD) {
            *last &= (1 << rest) - 1;
        }
        self
    }

    /// How many places are in the set.
    pub fn count(&self) -> usize {
        self.words.iter().map(|word| ones(*word)).sum()
    }

    /// The places in rising order, without the first `skipped`.
    pub fn rising(self, mut skipped: usize) -> impl Iterator<Item = usize> + Send {
        let mut at = 0;
        while at < self.words.len() && ones(self.words[at]) <= skipped {
            skipped -= ones(self.words[at]);
            at += 1;
        }
        // Fewer are to be skipped than this word has, unless there is no word left.
        let mut left = self.words.get(at).copied().unwrap_or(0);
        for _ in 0..skipped.min(ones(left)) {
            left &= left - 1;
        }
        std::iter::from_fn(move || {
            while left == 0 {
                at += 1;
                left = *self.words.get(at)?;
            }
            let bit = left.trailing_zeros() as usize;
            left &= left - 1;
            Some(at * WORD + bit)
        })
    }

    /// The places in falling order, without the first `skipped`.
    pub fn falling(self, mut skipped: usize) -> impl Iterator<Item = usize> + Send {
        let mut end = self.words.len();
        while end > 0 && ones(self.words[end - 1]) <= skipped {
            skipped -= ones(self.words[end - 1]);
            end -= 1;
        }
        let mut left = match end {
            0 => 0,
            _ => self.words[end - 1],
        };
        for _ in 0..skipped.min(ones(left)) {
            left &= !(1 << left.ilog2());
        }
        std::iter::from_fn(move || {
            while left == 0 {
                end = end.checked_sub(1).filter(|end| *end > 0)?;
                left = self.words[end - 1];
            }
            let bit = left.ilog2() as usize;
            left &= !(1 << bit);
            Some((end - 1) * WORD + bit)
        })
    }
}

const fn ones(word: u64) -> usize {
    word.count_ones() as usize
}

impl BitAndAssign<&Bits> for Bits {
    fn bitand_assign(&mut self, other: &Bits) {
        for (own, other) in self.words.iter_mut().zip(&other.words) {
            *own &= other;
        }
    }
}

impl BitOrAssign<&Bits> for Bits {
    fn bitor_assign(&mut self, other: &Bits) {
        for (own, other) in self.words.iter_mut().zip(&other.words) {
            *own |= other;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    fn bits(length: usize, places: &BTreeSet<usize>) -> Bits {
        let mut bits = Bits::none(length);
        places.iter().for_each(|place| bits.insert(*place));
        bits
    }

    proptest! {
        #[test]
        fn both_orders_and_the_count_are_those_of_a_sorted_set(
            length in 0_usize..300,
            seeds in proptest::collection::vec(any::<usize>(), 0..100),
            skipped in 0_usize..120,
        ) {
            let places: BTreeSet<_> = match length {
                0 => BTreeSet::new(),
                _ => seeds.into_iter().map(|seed| seed % length).collect(),
            };
            let bits = bits(length, &places);
            prop_assert_eq!(bits.count(), places.len());
            prop_assert!(bits.clone().rising(skipped).eq(places.iter().copied().skip(skipped)));
            prop_assert!(bits.clone().falling(skipped).eq(places.iter().rev().copied().skip(skipped)));
            let outside = (0..length).filter(|place| !places.contains(place));
            prop_assert!(bits.complement().rising(0).eq(outside));
        }
    }

    #[test]
    fn more_can_be_skipped_than_there_are() {
        assert_eq!(Bits::all(100).rising(usize::MAX).next(), None);
        assert_eq!(Bits::all(100).falling(usize::MAX).next(), None);
    }

    #[test]
    fn a_set_that_grew_has_the_same_places_and_room_for_more() {
        for (from, to) in [(0, 3), (5, 64), (64, 65), (70, 300)] {
            let mut grown = Bits::all(from).grown(to);
            assert_eq!(grown.count(), from);
            grown.insert(to - 1);
            assert!(grown.contains(to - 1) && grown.complement().count() == to - from - 1);
        }
    }

    #[test]
    fn all_of_a_length_is_exactly_that_many() {
        for length in [0, 1, 63, 64, 65, 128] {
            assert_eq!(Bits::all(length).count(), length);
        }
    }
}
