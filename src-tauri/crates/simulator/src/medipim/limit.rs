//! How many requests a key may send in a minute.

use std::{
    collections::VecDeque,
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

const WINDOW: Duration = Duration::from_secs(60);

/// The limit of one key: at most so many requests in any 60 seconds. Refused ones do not count;
/// the vendor does not say whether they do.
#[derive(Debug)]
pub struct Limit {
    most: usize,
    taken: Mutex<VecDeque<Instant>>,
}

impl Limit {
    /// A limit of so many requests in a minute; 0 for none.
    pub fn new(most: u32) -> Self {
        Self {
            most: most as usize,
            taken: Mutex::default(),
        }
    }

    /// Whether a request may go through now, and if so, counts it.
    pub fn take(&self, now: Instant) -> bool {
        if self.most == 0 {
            return true;
        }
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        while taken
            .front()
            .is_some_and(|first| now.saturating_duration_since(*first) >= WINDOW)
        {
            taken.pop_front();
        }
        let free = taken.len() < self.most;
        if free {
            taken.push_back(now);
        }
        free
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_is_free_again_a_minute_after_the_one_that_took_its_place() {
        let (limit, start) = (Limit::new(2), Instant::now());
        let at = |seconds| start + Duration::from_secs(seconds);
        assert!(limit.take(at(0)));
        assert!(limit.take(at(30)));
        assert!(!limit.take(at(59)), "two in the last minute");
        assert!(limit.take(at(60)), "the first one is a minute ago");
        assert!(
            !limit.take(at(61)),
            "the window slides, it does not start anew"
        );
        assert!(limit.take(at(90)));
    }

    #[test]
    fn no_limit_is_no_limit() {
        let (limit, now) = (Limit::new(0), Instant::now());
        assert!((0..1_000).all(|_| limit.take(now)));
    }
}
