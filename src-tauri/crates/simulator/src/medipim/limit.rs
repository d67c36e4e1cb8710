//! How many requests a key may send in a minute.

use std::{
    collections::{HashMap, VecDeque},
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

use axum::http::HeaderValue;

/// How long a minute is at the vendor's, in seconds.
const MINUTE: u32 = 60;

/// The limit of each key: at most so many requests in any minute. Refused ones do not count; the
/// vendor does not say whether they do.
#[derive(Debug)]
pub struct Limits {
    most: u32,
    minute: u32,
    taken: Mutex<HashMap<u64, VecDeque<Instant>>>,
}

impl Limits {
    /// At most so many requests, 0 for any number, in a minute that lasts so many seconds.
    pub fn new(most: u32, minute: u32) -> Self {
        Self {
            most,
            minute: minute.max(1),
            taken: Mutex::default(),
        }
    }

    /// Whether a request with a key may go through now, and if so, counts it.
    pub fn take(&self, key: u64, now: Instant) -> bool {
        if self.most == 0 {
            return true;
        }
        let window = Duration::from_secs(self.minute.into());
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let taken = taken.entry(key).or_default();
        while taken
            .front()
            .is_some_and(|first| now.saturating_duration_since(*first) >= window)
        {
            taken.pop_front();
        }
        let free = taken.len() < self.most as usize;
        if free {
            taken.push_back(now);
        }
        free
    }

    /// The header `RateLimit-Policy` of the IETF's draft, which says how long a minute is; none
    /// if it is as long as everywhere: the vendor sends no such header.
    pub fn policy(&self) -> Option<HeaderValue> {
        if self.minute == MINUTE || self.most == 0 {
            return None;
        }
        let text = format!("\"default\";q={};w={}", self.most, self.minute);
        HeaderValue::try_from(text).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_is_free_again_a_minute_after_the_one_that_took_its_place() {
        let (limits, start) = (Limits::new(2, 60), Instant::now());
        let at = |seconds| start + Duration::from_secs(seconds);
        assert!(limits.take(1, at(0)));
        assert!(limits.take(1, at(30)));
        assert!(!limits.take(1, at(59)), "two in the last minute");
        assert!(limits.take(2, at(59)), "each key has its own");
        assert!(limits.take(1, at(60)), "the first one is a minute ago");
        assert!(
            !limits.take(1, at(61)),
            "the window slides, it does not start anew"
        );
        assert!(limits.take(1, at(90)));
    }

    #[test]
    fn a_minute_can_be_shorter_and_then_it_is_told() {
        let (limits, start) = (Limits::new(1, 2), Instant::now());
        assert!(limits.take(1, start));
        assert!(!limits.take(1, start + Duration::from_secs(1)));
        assert!(limits.take(1, start + Duration::from_secs(2)));
        assert_eq!(limits.policy().unwrap(), "\"default\";q=1;w=2");
        assert_eq!(Limits::new(1, 60).policy(), None);
        assert_eq!(Limits::new(0, 2).policy(), None, "there is no limit");
    }

    #[test]
    fn no_limit_is_no_limit() {
        let (limits, now) = (Limits::new(0, 60), Instant::now());
        assert!((0..1_000).all(|_| limits.take(1, now)));
    }
}
