//! A filter asked of everybody at once: the set of those for whom it holds, and of those for whom
//! it may.
//!
//! This is the three-valued logic of SQL's NULL, and of `muster_directory::evaluate`: a filter is
//! true inside the first set, unknown between the two, and false outside the second.

use fixedbitset::FixedBitSet;
use muster_directory::{Filter, Node};

use crate::MirrorError;

/// For whom a filter holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Answer {
    /// For these it holds.
    pub yes: FixedBitSet,
    /// For these it holds, or something that decides it is not known.
    pub maybe: FixedBitSet,
}

impl Answer {
    /// It holds for nobody.
    pub fn nobody(size: usize) -> Self {
        Self {
            yes: FixedBitSet::with_capacity(size),
            maybe: FixedBitSet::with_capacity(size),
        }
    }

    /// It holds for these too.
    pub fn add_yes(&mut self, positions: impl IntoIterator<Item = usize>) {
        for position in positions {
            self.yes.insert(position);
            self.maybe.insert(position);
        }
    }

    /// It holds for all of these too.
    pub fn add_yes_set(&mut self, positions: &FixedBitSet) {
        self.yes.union_with(positions);
        self.maybe.union_with(positions);
    }

    /// It is not known for these, unless it holds for them anyway.
    pub fn add_unknown(&mut self, positions: &FixedBitSet) {
        self.maybe.union_with(positions);
    }

    /// It is not known for this one, unless it holds anyway.
    pub fn add_unknown_one(&mut self, position: usize) {
        self.maybe.insert(position);
    }

    /// It holds for those for whom another one holds too.
    pub fn and(&mut self, other: &Self) {
        self.yes.intersect_with(&other.yes);
        self.maybe.intersect_with(&other.maybe);
    }

    /// It holds for those for whom another one holds as well.
    pub fn or(&mut self, other: &Self) {
        self.yes.union_with(&other.yes);
        self.maybe.union_with(&other.maybe);
    }

    /// The complement.
    pub fn not(self) -> Self {
        let complement = |mut set: FixedBitSet| {
            set.toggle_range(..);
            set
        };
        Self {
            yes: complement(self.maybe),
            maybe: complement(self.yes),
        }
    }
}

/// The set of all positions.
pub(crate) fn everybody(size: usize) -> FixedBitSet {
    let mut all = FixedBitSet::with_capacity(size);
    all.insert_range(..);
    all
}

/// Asks a filter of `size` positions. `leaf` adds those for whom a leaf holds to an answer, which
/// spares a set for each of many leaves under one `or`.
pub(crate) fn answer<L>(
    filter: &Filter<L>,
    size: usize,
    leaf: &mut impl FnMut(&L, &mut Answer) -> Result<(), MirrorError>,
) -> Result<Answer, MirrorError> {
    match filter.node() {
        Node::Not(part) => Ok(answer(part, size, leaf)?.not()),
        Node::And(parts) => {
            let mut joined: Option<Answer> = None;
            for part in parts {
                let own = answer(part, size, leaf)?;
                match &mut joined {
                    None => joined = Some(own),
                    Some(joined) => joined.and(&own),
                }
            }
            // A filter is never empty.
            Ok(joined.unwrap_or_else(|| Answer::nobody(size)))
        }
        Node::Leaf(_) | Node::Or(_) => {
            let mut joined = Answer::nobody(size);
            add(filter, &mut joined, leaf)?;
            Ok(joined)
        }
    }
}

/// Adds those for whom a filter holds to an answer.
fn add<L>(
    filter: &Filter<L>,
    to: &mut Answer,
    leaf: &mut impl FnMut(&L, &mut Answer) -> Result<(), MirrorError>,
) -> Result<(), MirrorError> {
    match filter.node() {
        Node::Leaf(condition) => leaf(condition, to),
        Node::Or(parts) => parts.iter().try_for_each(|part| add(part, to, leaf)),
        Node::And(_) | Node::Not(_) => {
            to.or(&answer(filter, to.yes.len(), leaf)?);
            Ok(())
        }
    }
}

#[cfg(test)]
mod tests {
    use muster_directory::Truth;

    use super::*;

    const TRUTHS: [Truth; 3] = [Truth::No, Truth::Unknown, Truth::Yes];

    /// Position `3 * a + b` stands for the pair of truths `(a, b)`.
    fn leaf(which: usize) -> Answer {
        let truth = |position: usize| TRUTHS[[position / 3, position % 3][which]];
        let mut answer = Answer::nobody(9);
        for position in 0..9 {
            answer.yes.set(position, truth(position) == Truth::Yes);
            answer.maybe.set(position, truth(position) != Truth::No);
        }
        answer
    }

    #[test]
    fn and_or_not_are_those_of_plain_evaluation() {
        let (a, b) = (|| Filter::leaf(0_usize), || Filter::leaf(1_usize));
        for filter in [
            Filter::and(vec![a(), b()]).unwrap(),
            Filter::or(vec![a(), b()]).unwrap(),
            Filter::negate(a()).unwrap(),
            Filter::negate(Filter::and(vec![a(), Filter::negate(b()).unwrap()]).unwrap()).unwrap(),
        ] {
            let all = answer(&filter, 9, &mut |which, to| {
                to.or(&leaf(*which));
                Ok(())
            })
            .unwrap();
            for position in 0..9 {
                let pair = [TRUTHS[position / 3], TRUTHS[position % 3]];
                let found = match (all.yes.contains(position), all.maybe.contains(position)) {
                    (true, _) => Truth::Yes,
                    (false, true) => Truth::Unknown,
                    (false, false) => Truth::No,
                };
                let expected = filter.evaluate(&|which: &usize| pair[*which]);
                assert_eq!(found, expected, "{filter:?} of {pair:?}");
            }
        }
    }
}
