//! What is wrong with a query, and where in it.

use serde::{Deserialize, Serialize};

use crate::said::{Coded, Said};

/// The most things that are told of what is wrong with one filter or text.
pub const MOST_PROBLEMS: usize = 100;

/// One thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Violation {
    /// Where: `filter.and[1].foo`.
    pub path: String,
    /// What is wrong and what was expected, as a sentence without a full stop.
    pub message: String,
    /// The same for another language, where it can be said in one.
    #[serde(skip)]
    pub coded: Option<Coded>,
}

impl Violation {
    /// A violation at a path.
    pub fn new(path: impl Into<String>, said: impl Into<Said>) -> Self {
        let Said { message, coded } = said.into();
        Self {
            path: path.into(),
            message,
            coded,
        }
    }
}

impl std::fmt::Display for Violation {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.path, self.message)
    }
}

/// Everything that was found wrong, at least one.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))]
pub struct Violations(pub Vec<Violation>);

impl From<Violation> for Violations {
    fn from(violation: Violation) -> Self {
        Self(vec![violation])
    }
}
