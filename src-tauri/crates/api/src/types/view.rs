//! Saved views, what is shared of them, and recent questions.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{FilterProblem, PeopleSort, Source, Violation};

/// A question with the way its answer is shown.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct ViewState {
    /// The query as it was written.
    pub text: String,
    /// The columns from left to right.
    pub columns: Vec<ViewColumn>,
    /// In which order.
    pub sort: Vec<PeopleSort>,
    /// Where the answer comes from.
    pub source: Source,
}

/// A column that is shown.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct ViewColumn {
    /// Which: `name`, `organization`, `role`, `id`, `created_at`, `updated_at`, `last_changed`,
    /// `presence`, `vat`, `apb`, `riziv`, `finess`, `cip`.
    pub id: String,
    /// Pixels; none: the usual.
    pub width: Option<u32>,
    /// Whether it stays when others scroll.
    pub pinned: bool,
}

/// A saved view.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct View {
    /// Its id.
    pub id: String,
    /// Its name, unique in the connection.
    pub name: String,
    /// What it shows; none: this version of the app cannot read it.
    pub state: Option<ViewState>,
    /// What this version cannot read of it.
    pub problems: Vec<Violation>,
    /// Unix seconds.
    pub changed_at: i64,
}

/// A view to keep.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct ViewDraft {
    /// The connection's id.
    pub connection: String,
    /// The view that is replaced; none: a new one.
    pub id: Option<String>,
    /// Its name.
    pub name: String,
    /// What it shows; none: what the replaced one shows, also what cannot be read of it.
    pub state: Option<ViewState>,
    /// Replace also what this version of the app cannot read of the one that is there.
    pub discard: bool,
}

/// A saved view, by id.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct ViewRef {
    /// The connection's id.
    pub connection: String,
    /// The view's id.
    pub view: String,
}

/// A view to share.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct ViewShare {
    /// Its name.
    pub name: String,
    /// What it shows.
    pub state: ViewState,
    /// Write it to this file; none: only make the link.
    pub path: Option<String>,
}

/// A shared view.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct SharedView {
    /// `muster://view/…`; none: the view is too long for a link, which only a file can help.
    pub link: Option<String>,
    /// The file that was written.
    pub path: Option<String>,
}

/// Something shared to look at: exactly one of the three.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct ViewOpening {
    /// For which connection.
    pub connection: String,
    /// A link.
    pub link: Option<String>,
    /// A file.
    pub path: Option<String>,
    /// What stands in a file.
    pub content: Option<String>,
}

/// What a shared view would show. Nothing has been kept.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct ViewPreview {
    /// Its name.
    pub name: String,
    /// What it shows.
    pub state: ViewState,
    /// What does not fit this connection.
    pub problems: Vec<FilterProblem>,
    /// How many match in the mirror; none if never synced or with problems.
    pub total: Option<u64>,
}

/// A question that was asked before.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct RecentQuestion {
    /// The query as it was written.
    pub text: String,
    /// Where the answer came from.
    pub source: Source,
    /// How many matched.
    pub total: u64,
    /// How many more may have.
    pub possible: u64,
    /// Milliseconds in the engine.
    pub took_ms: f64,
    /// Unix seconds: when it was asked last.
    pub asked_at: i64,
}
