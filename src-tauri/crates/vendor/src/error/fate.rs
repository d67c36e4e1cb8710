//! What became of something that was to be done, when its request failed.

use reqwest::StatusCode;

use super::{Failure, VendorError};

/// What became of something that was to be done, when its request failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// Surely nothing: the request did not leave this machine, or was turned away before the vendor
    /// looked into it.
    NotApplied,
    /// Surely nothing: the vendor looked into the request and says no. Asked the same again, it
    /// will say the same.
    Refused,
    /// Perhaps it was applied. Only reading it back tells.
    Unknown,
}

impl VendorError {
    /// What became of something that was to be done. Of what was only asked it says nothing.
    #[must_use]
    pub fn fate(&self) -> Fate {
        match self.failure() {
            Failure::Unsendable(_)
            | Failure::Paused { .. }
            | Failure::Broken { .. }
            // What was sent is seen through, so that only what was not sent yet is canceled.
            | Failure::Canceled => Fate::NotApplied,
            // Without a connection no byte of the request went out.
            Failure::Unreachable(error) if error.is_connect() => Fate::NotApplied,
            Failure::Refused(refusal) => of_status(refusal.status),
            Failure::Redirected { status, .. } => of_status(*status),
            Failure::Unreachable(_)
            | Failure::TimedOut { .. }
            | Failure::TooLarge { .. }
            | Failure::Cut { .. }
            | Failure::Unreadable { .. } => Fate::Unknown,
        }
    }

    /// Whether something that was to be done may have been done in spite of the error, so that it
    /// is read back before anything else.
    #[must_use]
    pub fn may_have_been_applied(&self) -> bool {
        self.fate() == Fate::Unknown
    }
}

fn of_status(status: StatusCode) -> Fate {
    match status {
        StatusCode::TOO_MANY_REQUESTS => Fate::NotApplied,
        // The same request has to be sent elsewhere: here it was not looked into.
        StatusCode::TEMPORARY_REDIRECT | StatusCode::PERMANENT_REDIRECT => Fate::NotApplied,
        // A gate says this too when it has passed the request on and got no answer in time.
        StatusCode::REQUEST_TIMEOUT => Fate::Unknown,
        status if status.is_client_error() => Fate::Refused,
        // Other redirects are how some servers say "done, look there".
        _ => Fate::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use muster_directory::Violation;

    use super::*;
    use crate::error::Refusal;

    fn fate(failure: Failure) -> Fate {
        VendorError::new("host", failure).fate()
    }

    #[test]
    fn what_was_not_sent_was_not_applied() {
        for failure in [
            Failure::Unsendable(Violation::new("", "")),
            Failure::Canceled,
            Failure::Paused {
                left: Duration::ZERO,
            },
            Failure::Broken {
                what: "",
                source: None,
            },
        ] {
            assert_eq!(fate(failure), Fate::NotApplied);
        }
    }

    #[test]
    fn an_answer_that_is_no_answer_says_nothing_of_what_became_of_it() {
        let timed_out = |started| Failure::TimedOut {
            limit: Duration::ZERO,
            started,
        };
        for failure in [
            timed_out(false),
            timed_out(true),
            Failure::TooLarge { cap: 1 },
            Failure::Cut {
                what: String::new(),
                source: None,
            },
            Failure::Unreadable {
                what: String::new(),
                excerpt: None,
            },
        ] {
            assert_eq!(fate(failure), Fate::Unknown);
        }
    }

    #[test]
    fn a_status_tells_whether_the_vendor_said_no_or_nobody_knows() {
        use Fate::{NotApplied, Refused, Unknown};
        for (expected, codes) in [
            (Refused, &[400, 401, 403, 404, 405, 409, 413, 422][..]),
            (NotApplied, &[429, 307, 308]),
            (
                Unknown,
                &[408, 500, 501, 502, 503, 504, 599, 301, 302, 303, 304],
            ),
        ] {
            for code in codes {
                let status = StatusCode::from_u16(*code).unwrap();
                let refusal = Refusal {
                    status,
                    ..Refusal::default()
                };
                let redirected = Failure::Redirected { status, to: None };
                assert_eq!(fate(Failure::Refused(refusal)), expected, "{code}");
                assert_eq!(fate(redirected), expected, "{code}");
            }
        }
    }
}
