//! Two questions side by side: who is in one, in the other, in both, and what keeps people out.

use fixedbitset::FixedBitSet;
use muster_directory::{Criteria, Node};

use crate::{
    Mirror, MirrorError, SyncRecord, Who,
    roll::{Dated, Matches},
    snapshot::{Snapshot, asked},
};

/// Two questions side by side, all from one sync.
#[derive(Debug, Clone, PartialEq)]
pub struct Compared {
    /// In the first, and not in the second.
    pub only_a: OnlyIn,
    /// In the second, and not in the first.
    pub only_b: OnlyIn,
    /// In both.
    pub both: u64,
    /// Perhaps in both: something that decides it is not known.
    pub both_possible: u64,
    /// The sync that this is the state of; none before the first one.
    pub sync: Option<SyncRecord>,
}

/// Those who are in one question, and not in the other.
#[derive(Debug, Clone, PartialEq)]
pub struct OnlyIn {
    /// How many surely are.
    pub people: u64,
    /// How many more may be: something that decides it is not known.
    pub possible: u64,
    /// The parts of the other that keep them out, in its order; none if it asks for everybody.
    pub because: Vec<KeepsOut>,
}

/// A part of criteria that keeps people out: all of them, or one of those that all must hold.
#[derive(Debug, Clone, PartialEq)]
pub struct KeepsOut {
    /// The part, without what is off in it.
    pub part: Criteria,
    /// For how many it surely does not hold. Several parts may keep the same people out.
    pub people: u64,
}

impl Mirror {
    /// The people of one question beside those of the same question with other criteria.
    pub fn compare(&self, a: &Who<'_>, b: Option<&Criteria>) -> Result<Compared, MirrorError> {
        self.read(a.as_of, |snapshot| {
            let b = &Who { filter: b, ..*a };
            let (in_a, in_b) = (snapshot.matches(a)?, snapshot.matches(b)?);
            let (mut both, b_maybe) = (in_a.maybe(), in_b.maybe());
            both.intersect_with(&b_maybe);
            let surely = in_a.yes.intersection_count(&in_b.yes) as u64;
            Ok(Compared {
                only_a: snapshot.only_in(&in_a, &in_b, b)?,
                only_b: snapshot.only_in(&in_b, &in_a, a)?,
                both: surely,
                both_possible: both.count_ones(..) as u64 - surely,
                sync: snapshot.sync,
            })
        })
    }
}

impl Snapshot<'_> {
    fn only_in(
        &self,
        own: &Matches,
        other: &Matches,
        who: &Who<'_>,
    ) -> Result<OnlyIn, MirrorError> {
        let mut surely = own.yes.clone();
        surely.difference_with(&other.maybe());
        let mut maybe = own.maybe();
        maybe.difference_with(&other.yes);
        let because = match asked(who).filter {
            None => Vec::new(),
            Some(dated) => self.because(&surely, &dated)?,
        };
        Ok(OnlyIn {
            people: surely.count_ones(..) as u64,
            possible: maybe.difference_count(&surely) as u64,
            because,
        })
    }

    fn because(&self, out: &FixedBitSet, dated: &Dated) -> Result<Vec<KeepsOut>, MirrorError> {
        let parts = match dated.criteria.node() {
            Node::And(parts) => parts.as_slice(),
            _ => std::slice::from_ref(&dated.criteria),
        };
        let mut because = Vec::new();
        for part in parts {
            let answer = self.roll.answer(self.connection, part, dated)?;
            let people = out.difference_count(&answer.maybe) as u64;
            if people > 0 {
                let part = part.clone();
                because.push(KeepsOut { part, people });
            }
        }
        Ok(because)
    }
}
