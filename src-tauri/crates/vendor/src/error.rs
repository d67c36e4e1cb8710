//! Why a vendor did not give what was asked, as answers to the questions that somebody acts on.

mod fate;

use std::{error::Error, fmt, time::Duration};

use muster_directory::Violation;
use reqwest::StatusCode;

pub use fate::Fate;

/// Why a vendor did not give what was asked.
#[derive(Debug)]
pub struct VendorError {
    host: String,
    failure: Box<Failure>,
}

/// What went wrong.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The vendor has no way to be asked this.
    Unsendable(Violation),
    /// Nobody wants the answer any more.
    Canceled,
    /// No connection, or it broke before an answer.
    Unreachable(reqwest::Error),
    /// No answer, or a standstill in it.
    TimedOut { limit: Duration, started: bool },
    /// The vendor asked for a longer pause than anybody would wait for.
    Paused { left: Duration },
    /// The vendor said no.
    Refused(Refusal),
    /// The vendor is elsewhere: keys are not sent after it.
    Redirected {
        status: StatusCode,
        to: Option<String>,
    },
    /// The answer is larger than what we take.
    TooLarge { cap: u64 },
    /// The answer ended before its end.
    Cut {
        what: String,
        source: Option<Box<dyn Error + Send + Sync>>,
    },
    /// The answer is not what the vendor documents.
    Unreadable {
        what: String,
        excerpt: Option<String>,
    },
    /// This program is at fault.
    Broken {
        what: &'static str,
        source: Option<Box<dyn Error + Send + Sync>>,
    },
}

/// A status that is not a success, with what could be read of its body.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Refusal {
    pub status: StatusCode,
    pub retry_after: Option<Duration>,
    pub request_id: Option<String>,
    pub code: Option<String>,
    pub message: Option<String>,
    pub violations: Vec<Violation>,
    pub excerpt: Option<String>,
}

impl VendorError {
    pub(crate) fn new(host: impl Into<String>, failure: Failure) -> Self {
        Self {
            host: host.into(),
            failure: Box::new(failure),
        }
    }

    pub(crate) fn canceled(host: impl Into<String>) -> Self {
        Self::new(host, Failure::Canceled)
    }

    pub(crate) fn unreadable(host: impl Into<String>, what: impl Into<String>) -> Self {
        let what = what.into();
        Self::new(
            host,
            Failure::Unreadable {
                what,
                excerpt: None,
            },
        )
    }

    pub(crate) fn failure(&self) -> &Failure {
        &self.failure
    }

    fn refusal(&self) -> Option<&Refusal> {
        match self.failure() {
            Failure::Refused(refusal) => Some(refusal),
            _ => None,
        }
    }

    fn has_status(&self, status: StatusCode) -> bool {
        self.status() == Some(status.as_u16())
    }

    /// The server that was asked.
    #[must_use]
    pub fn host(&self) -> &str {
        &self.host
    }

    /// There is no way to the vendor now.
    #[must_use]
    pub fn is_offline(&self) -> bool {
        matches!(self.failure(), Failure::Unreachable(_))
    }

    /// The vendor does not know the key or its secret (401).
    #[must_use]
    pub fn is_refused(&self) -> bool {
        self.has_status(StatusCode::UNAUTHORIZED)
    }

    /// The key is known and may not do this (403).
    #[must_use]
    pub fn is_denied(&self) -> bool {
        self.has_status(StatusCode::FORBIDDEN)
    }

    /// The vendor has no such endpoint, or no such thing behind it (404, 405).
    #[must_use]
    pub fn is_not_there(&self) -> bool {
        self.has_status(StatusCode::NOT_FOUND) || self.has_status(StatusCode::METHOD_NOT_ALLOWED)
    }

    /// The key asked too much in too little time (429).
    #[must_use]
    pub fn is_rate_limited(&self) -> bool {
        self.has_status(StatusCode::TOO_MANY_REQUESTS)
            || matches!(self.failure(), Failure::Paused { .. })
    }

    /// When the vendor says that asking again makes sense.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        match self.failure() {
            Failure::Paused { left } => Some(*left),
            _ => self.refusal()?.retry_after,
        }
    }

    /// An answer came, and it is not one that the vendor documents.
    #[must_use]
    pub fn is_unreadable(&self) -> bool {
        matches!(
            self.failure(),
            Failure::Unreadable { .. }
                | Failure::Cut { .. }
                | Failure::TooLarge { .. }
                | Failure::Redirected { .. }
        )
    }

    /// The answer ended before its end, or holds less than it says.
    #[must_use]
    pub fn is_cut(&self) -> bool {
        matches!(self.failure(), Failure::Cut { .. })
    }

    /// The answer is larger than what we take.
    #[must_use]
    pub fn is_too_large(&self) -> bool {
        matches!(self.failure(), Failure::TooLarge { .. })
    }

    /// Where the vendor pointed instead of answering, if it did.
    #[must_use]
    pub fn redirected_to(&self) -> Option<&str> {
        match self.failure() {
            Failure::Redirected { to, .. } => to.as_deref(),
            _ => None,
        }
    }

    /// Nobody wanted the answer any more.
    #[must_use]
    pub fn is_canceled(&self) -> bool {
        matches!(self.failure(), Failure::Canceled)
    }

    /// The vendor did not answer in time, or stood still in its answer.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        matches!(self.failure(), Failure::TimedOut { .. })
            || matches!(self.failure(), Failure::Unreachable(error) if error.is_timeout())
    }

    /// The status line, which is authoritative whatever the body says.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        match self.failure() {
            Failure::Refused(refusal) => Some(refusal.status.as_u16()),
            Failure::Redirected { status, .. } => Some(status.as_u16()),
            _ => None,
        }
    }

    /// What the vendor calls the request, if its refusal says so.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.refusal()?.request_id.as_deref()
    }

    /// The vendor's code, unchanged: `authentication.not_authenticated`.
    #[must_use]
    pub fn vendor_code(&self) -> Option<&str> {
        self.refusal()?.code.as_deref()
    }

    /// The vendor's own words.
    #[must_use]
    pub fn vendor_message(&self) -> Option<&str> {
        self.refusal()?.message.as_deref()
    }

    /// What is wrong with the request, by the vendor or before it was sent.
    #[must_use]
    pub fn violations(&self) -> &[Violation] {
        match self.failure() {
            Failure::Unsendable(violation) => std::slice::from_ref(violation),
            Failure::Refused(refusal) => &refusal.violations,
            _ => &[],
        }
    }

    /// The beginning of a body that is not JSON, for the log.
    #[must_use]
    pub fn excerpt(&self) -> Option<&str> {
        match self.failure() {
            Failure::Refused(refusal) => refusal.excerpt.as_deref(),
            Failure::Unreadable { excerpt, .. } => excerpt.as_deref(),
            _ => None,
        }
    }
}

impl fmt::Display for VendorError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let host = &self.host;
        match self.failure() {
            Failure::Unsendable(violation) => write!(f, "{host} cannot be asked this: {violation}"),
            Failure::Canceled => write!(f, "the request to {host} was canceled"),
            Failure::Unreachable(_) => write!(f, "{host} cannot be reached"),
            Failure::TimedOut { limit, started } => {
                let what = if *started {
                    "stood still in its answer"
                } else {
                    "did not answer"
                };
                write!(f, "{host} {what} for {limit:?}")
            }
            Failure::Paused { left } => {
                write!(
                    f,
                    "{host} takes no more requests for {} seconds",
                    left.as_secs()
                )
            }
            Failure::Refused(refusal) => write!(f, "{host} answered {refusal}"),
            Failure::Redirected { status, to } => {
                let to = to.as_deref().unwrap_or("nowhere");
                write!(
                    f,
                    "{host} answered {status} and points to {to}: not followed"
                )
            }
            Failure::TooLarge { cap } => {
                write!(f, "the answer of {host} is larger than {cap} bytes")
            }
            Failure::Cut { what, .. } => write!(f, "the answer of {host} is not whole: {what}"),
            Failure::Unreadable { what, .. } => {
                write!(f, "the answer of {host} cannot be read: {what}")
            }
            Failure::Broken { what, .. } => write!(f, "{host} was not asked: {what}"),
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.status)?;
        if let Some(code) = &self.code {
            write!(f, " ({code})")?;
        }
        if let Some(message) = &self.message {
            write!(f, ": {message}")?;
        }
        for violation in &self.violations {
            let separator = if violation.path.is_empty() { "" } else { ": " };
            write!(f, "; {}{separator}{}", violation.path, violation.message)?;
        }
        Ok(())
    }
}

impl Error for VendorError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self.failure() {
            Failure::Unreachable(source) => Some(source),
            Failure::Unsendable(_)
            | Failure::Canceled
            | Failure::TimedOut { .. }
            | Failure::Paused { .. }
            | Failure::Refused(_)
            | Failure::Redirected { .. }
            | Failure::TooLarge { .. }
            | Failure::Unreadable { .. } => None,
            Failure::Cut { source, .. } | Failure::Broken { source, .. } => {
                source.as_ref().map(|source| {
                    let source: &(dyn Error + 'static) = source.as_ref();
                    source
                })
            }
        }
    }
}
