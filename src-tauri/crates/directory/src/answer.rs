//! An answer of a query endpoint, exactly in the vendor's shape.

use serde::{Deserialize, Serialize};

/// What a query endpoint returns `[Q]`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Answer<T> {
    /// How much there is, and which part this is.
    pub meta: AnswerMeta,
    /// The people or organizations of this part.
    pub results: Vec<T>,
}

/// How much there is in all, and which part of it came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnswerMeta {
    /// How many match in all.
    pub total: u64,
    /// Which part: only if a page was asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<AnswerPage>,
}

/// Which part of the whole an answer holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnswerPage {
    /// Zero-based number of the page.
    pub no: u64,
    /// Index of the page's first item in the whole.
    pub offset: u64,
    /// Items a page.
    pub size: u64,
}
