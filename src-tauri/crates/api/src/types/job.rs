//! Long work: its progress, its end, and the events that tell of it.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{ApiError, SyncSummary};

/// Long work that runs or ran since the app started.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct Job {
    /// Its id.
    pub id: String,
    /// What it does.
    pub kind: JobKind,
    /// The connection it works for.
    pub connection: String,
    /// How it stands.
    pub state: JobState,
    /// What it is at.
    pub phase: JobPhase,
    /// People or organizations of this phase that are done.
    pub done: u64,
    /// How many there are in this phase; none: not known yet.
    pub total: Option<u64>,
    /// Unix seconds.
    pub started_at: i64,
    /// Unix seconds.
    pub ended_at: Option<i64>,
    /// Unix seconds: the rate limit makes it wait until then.
    pub waiting_until: Option<i64>,
    /// Why it failed.
    pub error: Option<ApiError>,
    /// What a sync did.
    pub summary: Option<SyncSummary>,
    /// What an export wrote.
    pub path: Option<String>,
    /// The plan that is applied.
    pub plan: Option<String>,
    /// What applying it came to.
    pub applied: Option<AppliedTally>,
}

/// What applying a plan came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
pub struct AppliedTally {
    /// Steps that the vendor has done, or that were so already.
    pub done: u64,
    /// Steps that are not done.
    pub not_done: u64,
    /// Steps of which it is not known.
    pub unknown: u64,
}

/// What a job does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "lowercase")]
pub enum JobKind {
    /// Brings the mirror up to date.
    Sync,
    /// Writes people to a file.
    Export,
    /// Applies a plan.
    Apply,
}

/// How a job stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "lowercase")]
pub enum JobState {
    /// It works.
    Running,
    /// It did what it was for.
    Done,
    /// It did not; nothing was changed. A plan keeps what it has applied, and can go on.
    Failed,
    /// The person stopped it; nothing was changed. A plan keeps what it has applied.
    Canceled,
}

/// What a job is at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "lowercase")]
pub enum JobPhase {
    /// Reading the secret, reaching the vendor.
    Connecting,
    /// Receiving organizations.
    Organizations,
    /// Receiving people.
    People,
    /// Asking who has which role.
    Roles,
    /// Writing a file.
    Writing,
    /// Having the vendor do what a plan says.
    Applying,
    /// Committing.
    Saving,
    /// Nothing more.
    Finished,
}

/// A job, by its id.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct JobRef {
    /// The job's id.
    pub job: String,
}

/// What the app tells of itself, unasked.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum AppEvent {
    /// Progress, at most ten times a second a job, and always its end.
    Job {
        /// How it stands.
        job: Box<Job>,
    },
    /// What was read before may be otherwise now.
    Changed {
        /// What.
        what: Changed,
        /// Of which connection; none: of all.
        connection: Option<String>,
    },
    /// Somebody opened a link to a shared view, to look at it.
    Link {
        /// `muster://view/…`
        link: String,
    },
    /// Somebody closes the window, and something would be cut off or lost: the person is asked.
    Closing {
        /// What.
        at_stake: AtStake,
    },
}

/// What would be cut off or lost if the app ended now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
pub struct AtStake {
    /// Plans that are being applied.
    pub plans: u64,
    /// Secrets of new keys that were neither copied nor kept; the vendor tells them once.
    pub keys: u64,
    /// Passwords that were made and not copied.
    pub made: u64,
    /// Passwords that were typed or copied, of steps that were not sent: they are asked for again.
    pub unsent: u64,
}

/// What may have changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "lowercase")]
pub enum Changed {
    /// The list of connections, or what is known of one.
    Connections,
    /// People and organizations of the mirror.
    Mirror,
    /// Saved views and recent questions.
    Views,
    /// Who the key of a connection is, and what trying things has shown.
    Rules,
    /// What was done here.
    Activity,
    /// Language, appearance, who signs.
    Settings,
    /// Drafts, plans and how far they are.
    Plans,
}
