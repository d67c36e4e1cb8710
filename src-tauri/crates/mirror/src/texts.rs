//! Many short texts in one array of bytes, searched as a whole.

use std::{ops::Range, thread};

use fixedbitset::FixedBitSet;
use memchr::memmem::Finder;

use crate::order::Order;

/// Stands after each text. UTF-8 never holds this byte, so no match reaches over it.
const END: u8 = 0xFF;

/// From so many bytes on, several threads search.
const LARGE: usize = 1 << 20;

/// Texts by their position.
#[derive(Default)]
pub(crate) struct Texts {
    bytes: Vec<u8>,
    /// Where the end mark of each text stands.
    ends: Vec<usize>,
}

impl Texts {
    /// Adds a text after all others.
    pub fn push(&mut self, text: &str) {
        self.bytes.extend_from_slice(text.as_bytes());
        self.ends.push(self.bytes.len());
        self.bytes.push(END);
    }

    /// Gives back the memory that growing left over.
    pub fn close(mut self) -> Self {
        self.bytes.shrink_to_fit();
        self.ends.shrink_to_fit();
        self
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// The text at a position.
    pub fn get(&self, position: usize) -> &[u8] {
        let start = self.start(position);
        let end = self.ends.get(position).copied().unwrap_or(start);
        self.bytes.get(start..end).unwrap_or_default()
    }

    /// The positions of the texts that contain a part, found by as many threads as can run.
    pub fn find(&self, part: &str) -> FixedBitSet {
        let mut found = FixedBitSet::with_capacity(self.len());
        let threads = if self.bytes.len() < LARGE {
            1
        } else {
            thread::available_parallelism().map_or(1, usize::from)
        };
        let width = usize::BITS as usize;
        let words = found.as_slice().len().div_ceil(threads).max(1);
        thread::scope(|scope| {
            let mut parts = found.as_mut_slice().chunks_mut(words).zip(0..);
            // This thread takes the first part.
            let own = parts.next();
            for (to, number) in parts {
                scope.spawn(move || self.find_in(number * words * width, to, part));
            }
            if let Some((to, _)) = own {
                self.find_in(0, to, part);
            }
        });
        found
    }

    /// Sets a bit for each text from a position on that contains a part.
    fn find_in(&self, first: usize, to: &mut [usize], part: &str) {
        let width = usize::BITS as usize;
        let until = (first + to.len() * width).min(self.len());
        for position in self.with_in(first..until, part) {
            let place = position - first;
            if let Some(word) = to.get_mut(place / width) {
                *word |= 1 << (place % width);
            }
        }
    }

    /// The positions of the texts that contain a part, ascending.
    pub fn with<'a>(&'a self, part: &'a str) -> impl Iterator<Item = usize> + 'a {
        self.with_in(0..self.len(), part)
    }

    fn with_in<'a>(
        &'a self,
        range: Range<usize>,
        part: &'a str,
    ) -> impl Iterator<Item = usize> + 'a {
        let finder = Finder::new(part.as_bytes());
        let (mut position, mut at) = (range.start, self.start(range.start));
        let end = self.start(range.end);
        std::iter::from_fn(move || {
            let rest = self.bytes.get(at..end).filter(|rest| !rest.is_empty())?;
            let next = finder.find(rest)?;
            let found = self.text_at(position, at + next);
            at = self.ends.get(found)? + 1;
            position = found + 1;
            Some(found)
        })
    }

    /// Where the text at a position begins.
    fn start(&self, position: usize) -> usize {
        let before = position.checked_sub(1);
        let end = before.and_then(|before| self.ends.get(before));
        end.map_or(0, |end| end + 1)
    }

    /// The text that holds a byte, at or after a position: near it more often than not.
    fn text_at(&self, from: usize, byte: usize) -> usize {
        let mut step = 1;
        let mut low = from;
        while self.ends.get(low + step).is_some_and(|end| *end < byte) {
            low += step;
            step *= 2;
        }
        let high = (low + step + 1).min(self.ends.len());
        let between = self.ends.get(low..high).unwrap_or_default();
        low + between.partition_point(|end| *end < byte)
    }

    /// The text at a position without the spaces at its ends.
    fn trimmed(&self, position: usize) -> &[u8] {
        let own = self.get(position);
        std::str::from_utf8(own).map_or(own, |text| text.trim().as_bytes())
    }

    /// The positions ordered by their texts; equal texts by position.
    pub fn ordered(&self) -> Vec<u32> {
        self.sorted(|position| self.get(position)).0
    }

    /// By text.
    pub fn order(&self) -> Order {
        let (positions, ties) = self.sorted(|position| self.get(position));
        Order::Listed {
            known: positions.len(),
            positions,
            ties,
        }
    }

    /// The positions ordered by their texts, and the places of those whose texts are equal to the
    /// ones before them.
    ///
    /// Each text is looked at a few bytes at a time, which compare as one number: texts lie far
    /// apart in memory, so comparing them two by two would wait for memory most of the time.
    fn sorted<'a>(&self, text: impl Fn(usize) -> &'a [u8]) -> (Vec<u32>, FixedBitSet) {
        let mut keys: Vec<(u64, u32)> = (0_u32..).take(self.len()).map(|own| (0, own)).collect();
        let mut ties = FixedBitSet::with_capacity(keys.len());
        let mut unsorted = vec![(0..keys.len(), 0)];
        while let Some((range, depth)) = unsorted.pop() {
            let first = range.start;
            let Some(part) = keys.get_mut(range) else {
                continue;
            };
            for (key, position) in part.iter_mut() {
                *key = key_of(text(*position as usize), depth);
            }
            part.sort_unstable();
            let mut from = first;
            for run in part.chunk_by(|(a, _), (b, _)| a == b) {
                let until = from + run.len();
                match run {
                    [(key, _), _, ..] if goes_on(*key) => {
                        unsorted.push((from..until, depth + BYTES))
                    }
                    _ => ties.insert_range(from + 1..until),
                }
                from = until;
            }
        }
        let positions = keys.into_iter().map(|(_, position)| position);
        (positions.collect(), ties)
    }
}

/// The positions of texts in the order of what they are without the spaces at their ends: so whole
/// ones are found without looking through all.
pub(crate) struct Whole(Vec<u32>);

impl Whole {
    pub fn of(texts: &Texts) -> Self {
        Self(texts.sorted(|position| texts.trimmed(position)).0)
    }

    /// The positions of the texts that are this one, spaces at their ends aside, ascending.
    pub fn find<'a>(&'a self, texts: &Texts, text: &str) -> impl Iterator<Item = usize> + use<'a> {
        let own = |position: &u32| texts.trimmed(*position as usize).cmp(text.as_bytes());
        let from = self.0.partition_point(|position| own(position).is_lt());
        let until = self.0.partition_point(|position| own(position).is_le());
        let same = self.0.get(from..until).unwrap_or_default();
        same.iter().map(|position| *position as usize)
    }
}

/// How many bytes of a text are in a key.
const BYTES: usize = 7;

/// Some bytes of a text and how many there are, as a number that orders as they do: zeros stand
/// for what is not there, and the count tells them from zeros that are.
fn key_of(text: &[u8], depth: usize) -> u64 {
    let rest = text.get(depth..).unwrap_or_default();
    let mut bytes = [0; BYTES + 1];
    for (to, from) in bytes.iter_mut().zip(rest.iter().take(BYTES)) {
        *to = *from;
    }
    u64::from_be_bytes(bytes) + rest.len().min(BYTES + 1) as u64
}

/// Whether there is more of the text than the key has.
const fn goes_on(key: u64) -> bool {
    key & 0xFF > BYTES as u64
}

#[cfg(test)]
mod tests {
    use muster_directory::Direction;
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn finding_and_ordering_are_what_each_text_says(
            texts in prop::collection::vec("[abé\u{0}]{0,12}|aaaaaaaaaaaaaaa[ab\u{0}]{0,3}", 0..60),
            part in "[abé]{1,3}",
        ) {
            let mut all = Texts::default();
            texts.iter().for_each(|text| all.push(text));
            let all = all.close();
            let found: Vec<_> = all.with(&part).collect();
            let expected: Vec<_> = (0..texts.len()).filter(|at| texts[*at].contains(&part)).collect();
            prop_assert_eq!(&found, &expected);
            prop_assert_eq!(all.find(&part).into_ones().collect::<Vec<_>>(), expected);

            let mut ordered: Vec<u32> = (0..texts.len() as u32).collect();
            ordered.sort_by_key(|at| &texts[*at as usize]);
            let text = |place: usize| &texts[ordered[place] as usize];
            let ties: Vec<_> = (1..texts.len()).filter(|at| text(*at) == text(at - 1)).collect();
            let (positions, found) = all.sorted(|position| all.get(position));
            prop_assert_eq!((positions, found.into_ones().collect::<Vec<_>>()), (ordered.clone(), ties));
        }

        #[test]
        fn a_whole_text_is_found_whatever_spaces_are_around_it(
            texts in prop::collection::vec("[ \u{2003}]{0,2}[ab ]{0,3}[ \t]{0,2}", 0..60),
            wanted in "[ab]{0,3}",
        ) {
            let mut all = Texts::default();
            texts.iter().for_each(|text| all.push(text));
            let all = all.close();
            let found: Vec<_> = Whole::of(&all).find(&all, &wanted).collect();
            let expected: Vec<_> =
                (0..texts.len()).filter(|at| texts[*at].trim() == wanted).collect();
            prop_assert_eq!(found, expected);
        }
    }

    #[test]
    fn many_threads_find_what_one_finds() {
        let mut all = Texts::default();
        for number in 0..200_003 {
            all.push(&format!("person {number}"));
        }
        let all = all.close();
        assert!(all.bytes.len() > LARGE);
        for part in ["7", "77", "person 200002", "nobody", ""] {
            let found: Vec<_> = all.find(part).into_ones().collect();
            assert_eq!(found, all.with(part).collect::<Vec<_>>(), "{part}");
        }
        let everybody = all.find("");
        let last = all.order().page(&everybody, Direction::Descending, 0, 1);
        assert_eq!(all.get(last[0]), b"person 99999");
    }
}
