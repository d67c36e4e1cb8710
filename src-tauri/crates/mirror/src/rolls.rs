//! The rolls that are in memory.

use std::sync::Arc;

use crate::{at::At, roll::Roll};

/// The current roll, and the past one that was asked for last: each may be as large as the other.
#[derive(Default)]
pub(crate) struct Rolls {
    current: Option<Arc<Roll>>,
    past: Option<Arc<Roll>>,
}

impl Rolls {
    /// The roll of a sync: the one in memory, or a new one that takes its place, unless a reader
    /// that began before a sync asks after one that began after it.
    pub fn of(&mut self, sync: i64, at: At) -> Arc<Roll> {
        let place = match at {
            At::Now => &mut self.current,
            At::Past(_) => &mut self.past,
        };
        if let Some(roll) = place.as_ref().filter(|roll| roll.sync() == sync) {
            return Arc::clone(roll);
        }
        let own = Arc::new(Roll::new(sync, at));
        let is_late = |roll: &Arc<Roll>| at == At::Now && roll.sync() > sync;
        if !place.as_ref().is_some_and(is_late) {
            *place = Some(Arc::clone(&own));
        }
        own
    }
}
