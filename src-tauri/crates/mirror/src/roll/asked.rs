//! What decides who matches, who matches, and the last few answers.

use std::sync::{Arc, Mutex, PoisonError};

use fixedbitset::FixedBitSet;
use muster_directory::{Calendar, Criteria};

use crate::{MirrorError, Seen, Wanted, answer::Answer, search::Typed};

/// What decides who matches.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Asked<F> {
    /// Which ones.
    pub filter: Option<F>,
    /// What was typed.
    pub search: Option<String>,
    /// Whether they are still there.
    pub seen: Seen,
    /// Only these.
    pub ids: Option<Vec<u64>>,
}

/// Criteria, and the day on which they are asked.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Dated {
    pub criteria: Criteria,
    pub calendar: Calendar,
}

/// Who matches a question.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Matches {
    /// For these it holds.
    pub yes: FixedBitSet,
    /// For these it may.
    pub possible: FixedBitSet,
}

impl Matches {
    pub(super) fn new(mut among: FixedBitSet, answer: Option<Answer>) -> Self {
        let Some(Answer { yes, mut maybe }) = answer else {
            let possible = FixedBitSet::with_capacity(among.len());
            return Self {
                yes: among,
                possible,
            };
        };
        maybe.intersect_with(&among);
        maybe.difference_with(&yes);
        among.intersect_with(&yes);
        Self {
            yes: among,
            possible: maybe,
        }
    }

    /// For these it holds or may.
    pub fn maybe(&self) -> FixedBitSet {
        let mut all = self.yes.clone();
        all.union_with(&self.possible);
        all
    }

    /// Those who are wanted.
    pub fn wanted(&self, wanted: Wanted) -> &FixedBitSet {
        match wanted {
            Wanted::Matching => &self.yes,
            Wanted::Possible => &self.possible,
        }
    }

    /// For how many it holds, and for how many more it may.
    pub fn counts(&self) -> (u64, u64) {
        let count = |set: &FixedBitSet| set.count_ones(..) as u64;
        (count(&self.yes), count(&self.possible))
    }
}

impl<F> Asked<F> {
    pub(super) fn typed(&self) -> Typed {
        self.search.as_deref().map_or(Typed::Nothing, Typed::read)
    }

    /// Whether the question is for all that are present.
    pub fn is_everything(&self) -> bool {
        self.filter.is_none()
            && self.seen == Seen::Present
            && self.ids.is_none()
            && self.typed() == Typed::Nothing
    }
}

/// The last few values that were made, by what they were made for.
pub(super) struct Recent<K, V> {
    kept: Mutex<Vec<(K, Arc<V>)>>,
    most: usize,
}

impl<K: PartialEq, V> Recent<K, V> {
    /// Keeps this many.
    pub const fn new(most: usize) -> Self {
        Self {
            kept: Mutex::new(Vec::new()),
            most,
        }
    }

    /// The value for a key, made if it is not kept.
    pub fn get(
        &self,
        key: K,
        make: impl FnOnce(&K) -> Result<V, MirrorError>,
    ) -> Result<Arc<V>, MirrorError> {
        // Every state of the list is a good one, so a panic elsewhere does not matter.
        let lock = || self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, value)) = lock().iter().find(|(kept, _)| *kept == key) {
            return Ok(Arc::clone(value));
        }
        let value = Arc::new(make(&key)?);
        let mut kept = lock();
        kept.insert(0, (key, Arc::clone(&value)));
        kept.truncate(self.most);
        Ok(value)
    }
}
