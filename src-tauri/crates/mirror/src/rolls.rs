//! The rolls that are in memory.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use crate::{at::At, roll::Roll};

/// How long a past roll stays after it was last asked. It is let go at the first question about the
/// present after that: nothing needs to wake up for it.
const KEPT: Duration = Duration::from_secs(3 * 60);

/// The current roll, and the past one that was asked for last: each may be as large as the other.
#[derive(Default)]
pub(crate) struct Rolls {
    current: Option<Arc<Roll>>,
    /// With the time when it was asked for last.
    past: Option<(Arc<Roll>, Instant)>,
}

impl Rolls {
    /// The roll of a sync, asked for now: the one in memory, or a new one that takes its place.
    pub fn of(&mut self, sync: i64, at: At, now: Instant) -> Arc<Roll> {
        match at {
            At::Now => {
                self.past
                    .take_if(|(_, asked)| now.duration_since(*asked) > KEPT);
                self.current(sync)
            }
            At::Past(_) => self.past(sync, at, now),
        }
    }

    /// A reader that began before a sync and asks after one that began after it gets a roll of its
    /// own, which takes nobody's place.
    fn current(&mut self, sync: i64) -> Arc<Roll> {
        match &self.current {
            Some(roll) if roll.sync() == sync => Arc::clone(roll),
            Some(roll) if roll.sync() > sync => Arc::new(Roll::new(sync, At::Now)),
            _ => Arc::clone(self.current.insert(Arc::new(Roll::new(sync, At::Now)))),
        }
    }

    fn past(&mut self, sync: i64, at: At, now: Instant) -> Arc<Roll> {
        let kept = self.past.take().filter(|(roll, _)| roll.sync() == sync);
        let roll = kept.map_or_else(|| Arc::new(Roll::new(sync, at)), |(roll, _)| roll);
        self.past = Some((Arc::clone(&roll), now));
        roll
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_past_roll_stays_while_it_is_asked_for_and_is_let_go_afterwards() {
        let (mut rolls, start) = (Rolls::default(), Instant::now());
        let past = |rolls: &mut Rolls, now| rolls.of(1, At::Past(1), now);
        let first = past(&mut rolls, start);
        rolls.of(2, At::Now, start + KEPT);
        let again = past(&mut rolls, start + KEPT);
        assert!(Arc::ptr_eq(&first, &again), "it was asked for in time");
        rolls.of(2, At::Now, start + KEPT + KEPT);
        assert_eq!(
            Arc::strong_count(&first),
            3,
            "it was asked for again in between"
        );
        drop(again);
        rolls.of(2, At::Now, start + KEPT * 3);
        assert_eq!(Arc::strong_count(&first), 1, "nobody keeps it any more");
    }

    #[test]
    fn another_past_sync_takes_the_place_of_the_one_before() {
        let (mut rolls, now) = (Rolls::default(), Instant::now());
        let first = rolls.of(1, At::Past(1), now);
        assert_eq!(rolls.of(2, At::Past(2), now).sync(), 2);
        assert_eq!(Arc::strong_count(&first), 1);
    }

    #[test]
    fn a_reader_who_is_late_does_not_take_the_place_of_the_present() {
        let (mut rolls, now) = (Rolls::default(), Instant::now());
        let present = rolls.of(2, At::Now, now);
        assert_eq!(rolls.of(1, At::Now, now).sync(), 1);
        assert!(Arc::ptr_eq(&present, &rolls.of(2, At::Now, now)));
        assert_eq!(rolls.of(3, At::Now, now).sync(), 3);
        assert_eq!(Arc::strong_count(&present), 1);
    }
}
