//! When a request is sent again: only one that changes nothing, and never inside an answer.

use std::time::{Duration, SystemTime};

use reqwest::header::{HeaderMap, RETRY_AFTER};

use super::{TransportOptions, is_passing};
use crate::{VendorError, error::Failure};

/// How often a request is sent again after 429, as the vendor's own client does `[V]`.
const AFTER_A_REFUSAL: u32 = 3;

/// How often a request is sent again when there was no connection or the server was out of order.
const AFTER_A_FAILURE: u32 = 2;

/// The tries of one request so far.
pub(super) struct Retries<'a> {
    safe: bool,
    options: &'a TransportOptions,
    refusals: u32,
    failures: u32,
}

impl<'a> Retries<'a> {
    pub fn new(safe: bool, options: &'a TransportOptions) -> Self {
        Self {
            safe,
            options,
            refusals: 0,
            failures: 0,
        }
    }

    /// After which pause to send again; none if not. A pause that the vendor asks for is nothing
    /// here: the pace of the key keeps it, for everyone who shares the key.
    pub fn after(&mut self, error: &VendorError) -> Option<Duration> {
        if error.is_rate_limited() {
            self.refusals += 1;
            let waits = self.refusal_pause(error) <= self.options.longest_wait;
            let again = self.safe && waits && self.refusals <= AFTER_A_REFUSAL;
            return again.then_some(Duration::ZERO);
        }
        let passing = match error.failure() {
            Failure::Unreachable(_) => !error.is_timeout(),
            Failure::Refused(refusal) => is_passing(refusal.status),
            _ => false,
        };
        if !passing || !self.safe || self.failures == AFTER_A_FAILURE {
            return None;
        }
        let pause = match error.retry_after() {
            Some(pause) if pause > self.options.longest_wait => return None,
            Some(_) => Duration::ZERO,
            None => jittered(self.options.failure_pause * 2_u32.pow(self.failures)),
        };
        self.failures += 1;
        Some(pause)
    }

    /// How long the key pauses, if the vendor wants that.
    pub fn key_pause(&self, error: &VendorError) -> Option<Duration> {
        error
            .retry_after()
            .or_else(|| error.is_rate_limited().then(|| self.refusal_pause(error)))
    }

    fn refusal_pause(&self, error: &VendorError) -> Duration {
        error
            .retry_after()
            .unwrap_or(self.options.refusal_pause * self.refusals.max(1))
    }
}

/// Between half and one and a half times the pause, so that many do not come back together.
fn jittered(pause: Duration) -> Duration {
    pause.mul_f64(0.5 + fastrand::f64())
}

/// `Retry-After` in seconds or as a date.
pub(super) fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let value = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if let Ok(seconds) = value.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let date = httpdate::parse_http_date(value).ok()?;
    Some(date.duration_since(SystemTime::now()).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use reqwest::StatusCode;

    use super::*;
    use crate::error::Refusal;

    fn status(status: StatusCode, retry_after: Option<u64>) -> VendorError {
        let refusal = Refusal {
            status,
            retry_after: retry_after.map(Duration::from_secs),
            ..Refusal::default()
        };
        VendorError::new("host", Failure::Refused(refusal))
    }

    #[test]
    fn a_request_that_changes_something_is_never_sent_again() {
        let options = TransportOptions::default();
        let mut retries = Retries::new(false, &options);
        for code in [429, 502, 503, 504] {
            let error = status(StatusCode::from_u16(code).unwrap(), Some(0));
            assert_eq!(retries.after(&error), None, "{code}");
        }
    }

    #[test]
    fn a_refusal_is_answered_with_three_tries_after_one_two_and_three_seconds() {
        let options = TransportOptions::default();
        let mut retries = Retries::new(true, &options);
        let error = status(StatusCode::TOO_MANY_REQUESTS, None);
        for seconds in 1..=3 {
            assert_eq!(retries.after(&error), Some(Duration::ZERO));
            assert_eq!(retries.refusal_pause(&error), Duration::from_secs(seconds));
        }
        assert_eq!(retries.after(&error), None);
    }

    #[test]
    fn the_pause_that_the_vendor_asks_for_is_kept_unless_nobody_would_wait() {
        let options = TransportOptions::default();
        let error = status(StatusCode::TOO_MANY_REQUESTS, Some(60));
        let mut retries = Retries::new(true, &options);
        assert!(retries.after(&error).is_some());
        assert_eq!(retries.refusal_pause(&error), Duration::from_secs(60));
        let error = status(StatusCode::TOO_MANY_REQUESTS, Some(3_600));
        assert_eq!(Retries::new(true, &options).after(&error), None);
        assert_eq!(retries.refusal_pause(&error), Duration::from_secs(3_600));
    }

    #[test]
    fn a_server_out_of_order_is_asked_three_times_in_all() {
        let options = TransportOptions::default();
        let mut retries = Retries::new(true, &options);
        let error = status(StatusCode::BAD_GATEWAY, None);
        let first = retries.after(&error).unwrap();
        assert!(first >= options.failure_pause / 2 && first <= options.failure_pause * 2);
        assert!(retries.after(&error).unwrap() >= options.failure_pause);
        assert_eq!(retries.after(&error), None);
    }

    #[test]
    fn what_asking_again_cannot_change_is_not_asked_again() {
        let options = TransportOptions::default();
        for code in [400, 401, 403, 404, 405, 422, 500, 501] {
            let error = status(StatusCode::from_u16(code).unwrap(), None);
            assert_eq!(Retries::new(true, &options).after(&error), None, "{code}");
        }
        for failure in [
            Failure::Canceled,
            Failure::TooLarge { cap: 1 },
            Failure::TimedOut {
                limit: Duration::ZERO,
                started: true,
            },
            Failure::Cut {
                what: String::new(),
                source: None,
            },
        ] {
            let error = VendorError::new("host", failure);
            assert_eq!(Retries::new(true, &options).after(&error), None, "{error}");
        }
    }

    #[test]
    fn a_pause_is_read_in_seconds_and_as_a_date() {
        let read = |value: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(RETRY_AFTER, value.parse().unwrap());
            retry_after(&headers)
        };
        assert_eq!(read("7"), Some(Duration::from_secs(7)));
        assert_eq!(read("Sun, 06 Nov 1994 08:49:37 GMT"), Some(Duration::ZERO));
        let later = SystemTime::now() + Duration::from_secs(50);
        let left = read(&httpdate::fmt_http_date(later)).unwrap();
        assert!((48..=50).contains(&left.as_secs()), "{left:?}");
        for odd in ["", "soon", "-1", "1.5"] {
            assert_eq!(read(odd), None, "{odd}");
        }
    }
}
