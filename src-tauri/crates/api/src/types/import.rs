//! Files of rows that become acts: what is seen of one, what its columns mean, what its rows come to.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{ActViolation, PlanSummary};

/// A file of rows: exactly one of the two.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct ImportFile {
    /// Where it lies.
    pub path: Option<String>,
    /// What stands in it, in base 64: a browser hands over that, and not where it lies.
    pub content: Option<String>,
    /// Its mark when it was looked at: a file that has changed since is refused. None: nobody looked.
    pub mark: Option<String>,
}

/// A file to look at.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct ImportInspect {
    /// The connection's id.
    pub connection: String,
    /// The file.
    pub file: ImportFile,
    /// The kind of act that its rows are to become.
    pub kind: String,
}

/// What is seen of a file before anything is decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ImportInspection {
    /// What it is written in: `UTF-8`, `UTF-16LE`, `UTF-16BE`, `windows-1252`
    pub encoding: String,
    /// What separates its cells.
    pub delimiter: ImportDelimiter,
    /// Its columns, from left to right.
    pub columns: Vec<ImportColumn>,
    /// What the same columns meant the last time; none: there was none.
    pub remembered: Option<Vec<ImportMeaning>>,
    /// How many rows it has.
    pub rows: u64,
    /// How many rows are notes that begin with `# ` and are passed over.
    pub notes: u64,
    /// Its first rows.
    pub first: Vec<ImportRow>,
    /// Tells whether the file is still the one that was looked at.
    pub mark: String,
}

/// What separates the cells of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs, reason = "the names say it")]
pub enum ImportDelimiter {
    Comma,
    Semicolon,
    Tab,
    Bar,
}

/// A column of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ImportColumn {
    /// What it is called.
    pub name: String,
    /// What it seems to mean.
    pub guess: ImportMeaning,
    /// Whether its values seem to be secrets: they are not shown and cannot be imported.
    pub secret: bool,
}

/// What a column means.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "is", rename_all = "lowercase")]
pub enum ImportMeaning {
    /// Nothing.
    Ignored,
    /// The id of what the act is done to.
    Target,
    /// The value of a field.
    Field {
        /// Its path: `profile.name`
        path: String,
    },
}

/// A row of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ImportRow {
    /// The line that it begins in, from 1.
    pub line: u64,
    /// Its cells.
    pub cells: Vec<String>,
}

/// A file, and what its columns mean.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct ImportMapping {
    /// The connection's id.
    pub connection: String,
    /// The file.
    pub file: ImportFile,
    /// The kind of act that its rows are to become.
    pub kind: String,
    /// What each column means, from left to right.
    pub columns: Vec<ImportMeaning>,
}

/// What the rows of a file come to.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct ImportChecked {
    /// How many rows there are.
    pub rows: u64,
    /// How many of them would be planned.
    pub planned: u64,
    /// As how many steps: rows of the same are joined.
    pub steps: u64,
    /// How many are so already.
    pub unchanged: u64,
    /// How many cannot be planned.
    pub bad: u64,
    /// The first hundred of those.
    pub problems: Vec<ImportProblem>,
}

/// A row that cannot be planned.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct ImportProblem {
    /// The line that it begins in, from 1.
    pub line: u64,
    /// What is wrong, at the paths of fields; `target`; empty: all of it.
    pub violations: Vec<ActViolation>,
}

/// A file to plan.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct ImportPlanning {
    /// The file, and what its columns mean.
    pub import: ImportMapping,
    /// What the plan is called.
    pub title: String,
    /// Plan what can be planned, and leave out what is wrong.
    pub partly: bool,
}

/// What became of planning a file.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct ImportPlanned {
    /// None: something is wrong, or nothing is to be done.
    pub plan: Option<PlanSummary>,
    /// What the rows came to.
    pub checked: ImportChecked,
}

/// Where the rows go that cannot be planned.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct ImportRejecting {
    /// The file, and what its columns mean.
    pub import: ImportMapping,
    /// The file to write. One that is there is replaced.
    pub path: String,
}

/// Rows that were written to a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
pub struct ImportRejected {
    /// How many.
    pub rows: u64,
}

/// A file to fill in.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct ImportTemplate {
    /// The connection's id.
    pub connection: String,
    /// The kind of act that its rows shall become.
    pub kind: String,
    /// The file to write. One that is there is replaced.
    pub path: String,
}

/// A person to be taken as an example.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct PersonCloning {
    /// The connection's id.
    pub connection: String,
    /// The person's id.
    pub person: u64,
}
