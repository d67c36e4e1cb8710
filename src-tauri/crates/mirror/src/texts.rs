//! Many short texts in one array of bytes, searched as a whole.

use fixedbitset::FixedBitSet;
use memchr::memmem::Finder;

/// Stands after each text. UTF-8 never holds this byte, so no match reaches over it.
const END: u8 = 0xFF;

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
        let start = position
            .checked_sub(1)
            .and_then(|before| self.ends.get(before))
            .map_or(0, |end| end + 1);
        let end = self.ends.get(position).copied().unwrap_or(start);
        self.bytes.get(start..end).unwrap_or_default()
    }

    /// Adds the positions of the texts that contain a part.
    pub fn find(&self, part: &str, found: &mut FixedBitSet) {
        let finder = Finder::new(part.as_bytes());
        let (mut position, mut at) = (0, 0);
        while let Some(next) = self.bytes.get(at..).and_then(|rest| finder.find(rest)) {
            position = self.text_at(position, at + next);
            let Some(end) = self.ends.get(position) else {
                return;
            };
            found.insert(position);
            at = end + 1;
            position += 1;
        }
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

    /// The positions ordered by their texts; equal texts by position.
    pub fn ordered(&self) -> Vec<u32> {
        // Most texts differ in their first bytes, which compare as one number.
        let mut keys: Vec<(u64, u32)> = (0..)
            .zip(0..self.len())
            .map(|(number, position)| (first_bytes(self.get(position)), number))
            .collect();
        keys.sort_unstable_by(|(a, x), (b, y)| {
            a.cmp(b)
                .then_with(|| self.get(*x as usize).cmp(self.get(*y as usize)))
                .then_with(|| x.cmp(y))
        });
        keys.into_iter().map(|(_, position)| position).collect()
    }
}

fn first_bytes(text: &[u8]) -> u64 {
    let mut bytes = [0; 8];
    for (to, from) in bytes.iter_mut().zip(text) {
        *to = *from;
    }
    u64::from_be_bytes(bytes)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn finding_and_ordering_are_what_each_text_says(
            texts in prop::collection::vec("[abé\u{0}]{0,12}", 0..60),
            part in "[abé]{1,3}",
        ) {
            let mut all = Texts::default();
            texts.iter().for_each(|text| all.push(text));
            let all = all.close();
            let mut found = FixedBitSet::with_capacity(texts.len());
            all.find(&part, &mut found);
            let expected: Vec<_> = (0..texts.len()).filter(|at| texts[*at].contains(&part)).collect();
            prop_assert_eq!(found.ones().collect::<Vec<_>>(), expected);

            let mut ordered: Vec<u32> = (0..texts.len() as u32).collect();
            ordered.sort_by_key(|at| &texts[*at as usize]);
            prop_assert_eq!(all.ordered(), ordered);
        }
    }
}
