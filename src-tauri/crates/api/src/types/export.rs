//! Taking people out: to the clipboard, to files.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{PeopleSort, Who};

/// People to take out.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct PeopleCopy {
    /// Whom.
    pub who: Who,
    /// In which order.
    pub sort: Vec<PeopleSort>,
    /// Which columns, from left to right (see [`ViewColumn`](super::ViewColumn)).
    pub columns: Vec<String>,
    /// What the columns are called, in the same order.
    pub headings: Vec<String>,
    /// As what.
    pub format: CopyFormat,
}

/// What is copied.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
pub enum CopyFormat {
    /// Comma-separated, for spreadsheets.
    Csv,
    /// A list of objects.
    Json,
    /// A table.
    Markdown,
}

/// What was copied.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct CopiedPeople {
    /// For the clipboard.
    pub text: String,
    /// How many people.
    pub count: u64,
}

/// People to write to a file.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct PeopleExport {
    /// Whom.
    pub who: Who,
    /// The query as it was written, for the note beside the file.
    pub text: String,
    /// In which order.
    pub sort: Vec<PeopleSort>,
    /// Which columns, from left to right.
    pub columns: Vec<String>,
    /// What the columns are called, in the same order.
    pub headings: Vec<String>,
    /// As what.
    pub format: ExportFormat,
    /// Where to. A file that is there is replaced, all at once, when the new one is complete.
    pub path: String,
    /// Leave texts that a spreadsheet would take for formulas as they are.
    pub keep_formulas: bool,
}

/// What a file is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
pub enum ExportFormat {
    /// Comma-separated.
    Csv,
    /// A spreadsheet.
    Xlsx,
    /// One JSON object a line.
    Jsonl,
}
