//! The query bar: a filter's three faces, what may be typed next, facets, explanations.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{TextFact, Who};

/// What a person wrote.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct FilterWriting {
    /// The connection's id.
    pub connection: String,
    /// In which face.
    pub face: FilterFace,
    /// As it was written. Text or JSON; an empty one asks for everybody.
    pub written: String,
}

/// In which face a filter is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
pub enum FilterFace {
    /// `org:12 and not vat:BE0123456749`
    Text,
    /// The vendor's JSON, with keys that begin with `muster.` for what the vendor has no word for.
    Json,
}

/// What was understood of a writing.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct FilterReading {
    /// The criteria as JSON text; none: asks for everybody, or cannot be read (see `problems`).
    pub filter: Option<String>,
    /// The criteria as text: as it was written if it was text, else in the usual form.
    pub text: String,
    /// The conditions in the order of the text.
    pub clauses: Vec<ClauseNote>,
    /// What a live question sends, as the vendor's JSON text; none: no filter.
    pub sent: Option<String>,
    /// Whether the vendor answers all of it; else the rest is decided on this computer.
    pub sent_is_all: bool,
    /// What is wrong. Nothing is asked while there are any.
    pub problems: Vec<FilterProblem>,
}

/// A condition, where it stands and where it runs.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct ClauseNote {
    /// Where it begins in `text`, in UTF-16 code units.
    pub from: u32,
    /// Where it ends.
    pub until: u32,
    /// The condition as text.
    pub text: String,
    /// Where a live question decides it.
    pub runs: ClauseRuns,
    /// Organizations that a name stands for, at most ten of them.
    pub names: Vec<NamedOrganization>,
    /// How many they are; none if it is not a name.
    pub named: Option<u64>,
}

/// Where a live question decides a condition. The mirror decides all of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "lowercase")]
pub enum ClauseRuns {
    /// At the vendor.
    Vendor,
    /// On this computer.
    Here,
    /// Nowhere: it is off.
    Off,
}

/// An organization that a name stands for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct NamedOrganization {
    /// The vendor's id.
    pub id: u64,
    /// Its name.
    pub name: String,
}

/// Something that is wrong in a writing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct FilterProblem {
    /// Where it begins, in UTF-16 code units.
    pub from: u32,
    /// Where it ends.
    pub until: u32,
    /// What is wrong, in English.
    pub message: String,
    /// Names the sentence, for another language; none: it is said in English only.
    pub code: Option<String>,
    /// What stands in the sentence, by name.
    pub values: BTreeMap<String, String>,
    /// What would be right there, at most eight.
    pub expected: Vec<String>,
    /// For JSON: the path, `filter.and[1].foo`.
    pub path: Option<String>,
}

/// Where somebody types.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct FilterCursor {
    /// The connection's id.
    pub connection: String,
    /// The whole text.
    pub text: String,
    /// Where the cursor stands, in UTF-16 code units.
    pub cursor: u32,
}

/// What may be typed next.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct FilterCompletions {
    /// What is replaced begins here, in UTF-16 code units.
    pub from: u32,
    /// And ends here.
    pub until: u32,
    /// The best first, at most thirty.
    pub options: Vec<FilterCompletion>,
}

/// Something that may be typed next.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct FilterCompletion {
    /// What is shown.
    pub label: String,
    /// What is inserted.
    pub insert: String,
    /// What it is.
    pub kind: CompletionKind,
    /// People of the mirror to whom the value belongs.
    pub count: Option<u64>,
    /// For an organization's id: its name; for a name: its id.
    pub detail: Option<String>,
}

/// What may be typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "lowercase")]
pub enum CompletionKind {
    /// A field: `org:`
    Field,
    /// `:`, `~`, `>`
    Operator,
    /// A value.
    Value,
    /// `and`, `or`, `not`, `off`, a parenthesis.
    Word,
}

/// A live question, for copying.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct CurlRequest {
    /// The connection's id.
    pub connection: String,
    /// The criteria, as JSON text.
    pub filter: Option<String>,
}

/// How the people who match are divided.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct Facets {
    /// The groups, in the order to show.
    pub groups: Vec<FacetGroup>,
    /// Milliseconds in the engine.
    pub took_ms: f64,
}

/// One division of the people who match.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct FacetGroup {
    /// By what.
    pub by: FacetBy,
    /// Its parts: the largest first, years newest first; at most twenty.
    pub parts: Vec<Facet>,
    /// How many parts there are in all.
    pub parts_in_all: u64,
}

/// What people are divided by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the names say it")]
pub enum FacetBy {
    Organization,
    Role,
    Vat,
    Apb,
    Riziv,
    Finess,
    Cip,
    CreatedYear,
    Changed,
}

/// A part of those who match.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct Facet {
    /// The value: an organization's name, a role, a year, `any`, an age such as `30d`.
    pub value: TextFact,
    /// How many of those who match.
    pub count: u64,
    /// The condition that narrows to it, as text of the query language.
    pub clause: String,
}

/// A person and criteria.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct ExplainRequest {
    /// Of which connection, source and sync; its filter is what is explained.
    pub who: Who,
    /// The person's id.
    pub id: u64,
}

/// Why criteria hold for a person, or not.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct Explanation {
    /// Whether they hold.
    pub truth: Truth,
    /// The tree; none: the criteria ask for everybody. If the question is not about the person,
    /// because of whether the last sync returned them, that stands in it as a condition.
    pub tree: Option<ExplainedNode>,
    /// The smallest edit that would make them hold; none if they do.
    pub include: Option<FilterEdit>,
    /// The smallest edit that would make them not hold; none if they do not.
    pub exclude: Option<FilterEdit>,
    /// The first and the last sync at which they held, of all syncs.
    pub first_match: Option<SyncMark>,
    /// The last one.
    pub last_match: Option<SyncMark>,
}

/// Whether something holds, as far as is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "lowercase")]
pub enum Truth {
    /// It holds.
    Yes,
    /// It does not.
    No,
    /// Something that decides it is not known.
    Unknown,
}

/// A node of the criteria, and what it says of a person.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct ExplainedNode {
    /// What it is.
    pub kind: NodeKind,
    /// What it says.
    pub truth: Truth,
    /// Of a condition: as text.
    pub text: Option<String>,
    /// Of a condition: the person's own value that decided it, as a person would write it.
    pub value: Option<TextFact>,
    /// Its parts.
    pub parts: Vec<ExplainedNode>,
}

/// What a node is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "lowercase")]
pub enum NodeKind {
    /// A condition.
    Clause,
    /// All of its parts.
    And,
    /// Any of its parts.
    Or,
    /// The complement of its part.
    Not,
    /// It is off.
    Off,
}

/// A change of criteria.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct FilterEdit {
    /// What it does, step by step, in the order of the criteria.
    pub changes: Vec<FilterChange>,
    /// What it makes of the text.
    pub text: String,
}

/// One step of an edit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct FilterChange {
    /// What is done.
    pub act: FilterAct,
    /// To which part, as text.
    pub part: String,
}

/// What an edit does to a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "lowercase")]
pub enum FilterAct {
    /// Takes it away.
    Remove,
    /// Negates it.
    Negate,
    /// Adds it.
    Add,
}

/// Two questions.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct CompareRequest {
    /// The first.
    pub a: Who,
    /// The criteria of the second, as JSON text.
    pub b: Option<String>,
}

/// Two questions side by side.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct Comparison {
    /// In the first and not in the second.
    pub only_a: ComparedPart,
    /// In the second and not in the first.
    pub only_b: ComparedPart,
    /// In both.
    pub both: ComparedPart,
}

/// A part of a comparison.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct ComparedPart {
    /// How many surely are.
    pub count: u64,
    /// How many more may be: something that decides it is not known.
    pub possible: u64,
    /// Criteria that list them, and find those as possible, as JSON text.
    pub filter: String,
    /// The conditions of the other question that surely keep people out, and how many.
    pub because: Vec<Responsible>,
}

/// A condition that keeps people out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Responsible {
    /// The condition, as text.
    pub text: String,
    /// How many.
    pub count: u64,
}

/// A sync, as a point in time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
pub struct SyncMark {
    /// Its id.
    pub id: i64,
    /// Unix seconds: when it finished.
    pub at: i64,
    /// People after it.
    pub people: u64,
}
