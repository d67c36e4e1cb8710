//! Plans that a second person looks at, and what that person says.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{PlanSummary, StepMark};

/// A plan to write to a file for a second person.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct PlanExport {
    /// The connection's id.
    pub connection: String,
    /// The plan's id.
    pub plan: String,
    /// Where.
    pub path: String,
}

/// A signed file that was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct SignedFile {
    /// Where.
    pub path: String,
    /// The fingerprint of the key that signed it.
    pub fingerprint: String,
}

/// A plan file to look at: exactly one of the two.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct PlanFileOpening {
    /// A file.
    pub path: Option<String>,
    /// What stands in one.
    pub content: Option<String>,
}

/// A plan that somebody sent, whole and signed.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct PlanFilePreview {
    /// The plan as its author has it.
    pub plan: PlanSummary,
    /// The name of its author's connection.
    pub connection_name: String,
    /// Who signed it.
    pub author: Signatory,
    /// Whether it was made or signed here: nobody approves a plan of their own.
    pub is_mine: bool,
    /// The connection here to the same server, by the same key if there is one.
    pub connection: Option<String>,
}

/// Whoever has signed a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Signatory {
    /// 32 bytes in base64.
    pub public_key: String,
    /// Its SHA-256 in groups of four hexadecimal digits.
    pub fingerprint: String,
    /// The account of the operating system, as it says itself.
    pub account: String,
    /// What is known of the key.
    pub standing: KeyStanding,
    /// Whose it is, if that is known.
    pub name: Option<String>,
}

/// What is known of a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "lowercase")]
pub enum KeyStanding {
    /// It signs here, or did.
    Own,
    /// Its fingerprint was compared with somebody.
    Known,
    /// Anybody's.
    Unknown,
}

/// Some steps of a plan that was opened from a file.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct OpenedSteps {
    /// The plan's seal.
    pub seal: String,
    /// Those with this mark; none: all.
    pub mark: Option<StepMark>,
    /// The first one, from 0.
    pub offset: u64,
    /// How many at most.
    pub limit: u64,
}

/// What somebody thinks of a plan that was opened from a file.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct PlanDeciding {
    /// The plan's seal.
    pub seal: String,
    /// What was decided.
    pub decision: PlanDecision,
    /// Why; may be empty.
    pub comment: String,
    /// Where the signed answer is written to.
    pub path: String,
}

/// What somebody thinks of a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
pub enum PlanDecision {
    /// It may be applied.
    Approved,
    /// It should not be applied.
    Rejected,
}

/// An approval to take in: a file, or what stands in one.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct ApprovalReading {
    /// The connection's id.
    pub connection: String,
    /// A file.
    pub path: Option<String>,
    /// What stands in one.
    pub content: Option<String>,
}

/// What others have said of a plan.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct PlanApprovals {
    /// The plan's id.
    pub plan: String,
    /// Whether it needs a second person.
    pub needed: bool,
    /// Whether somebody who counts has approved it.
    pub approved: bool,
    /// In the order in which it was said.
    pub rows: Vec<PlanApproval>,
}

/// What somebody has said of a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct PlanApproval {
    /// What was decided.
    pub decision: PlanDecision,
    /// Why; may be empty.
    pub comment: String,
    /// When, by that person's clock, Unix seconds.
    pub at: i64,
    /// When it was taken in here, Unix seconds.
    pub read_at: i64,
    /// Who.
    pub signer: Signatory,
    /// Whether the same person has said something else later.
    pub is_outdated: bool,
    /// Whether a plan that needs a second person may be applied for it.
    pub counts: bool,
}

/// How many of the steps that wait stand on something that has changed since.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
pub struct MovedBases {
    /// Steps that wait and change something that was known.
    pub based: u64,
    /// Those of them of which something else is known by now.
    pub moved: u64,
    /// When the last sync finished, Unix seconds.
    pub as_of: Option<i64>,
}

/// Somebody whose key was compared.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Colleague {
    /// What the person is called here.
    pub name: String,
    /// 32 bytes in base64.
    pub public_key: String,
    /// Its SHA-256 in groups of four hexadecimal digits.
    pub fingerprint: String,
    /// When the fingerprints were compared, Unix seconds.
    pub confirmed_at: i64,
}

/// Somebody with whom a fingerprint was compared.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct ColleagueConfirming {
    /// 32 bytes in base64.
    pub public_key: String,
    /// What the person is called here.
    pub name: String,
}

/// A colleague, by the key.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct ColleagueRef {
    /// 32 bytes in base64.
    pub public_key: String,
}

/// Whether plans of a connection need a second person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
pub struct SecondPerson {
    /// Whether they do.
    pub needed: bool,
}

/// Whether plans of a connection shall need a second person.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct SecondPersonSetting {
    /// The connection's id.
    pub connection: String,
    /// Whether they do.
    pub needed: bool,
}
