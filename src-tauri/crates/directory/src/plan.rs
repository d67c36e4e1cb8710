//! Plans: exactly what is going to be sent, made from what somebody wants and what is known, and
//! sealed before the first request.

pub mod approval;
mod comparing;
mod making;
mod mark;
mod seal;
mod undoing;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{
    Fact, Violation,
    act::{Target, Undo, Values},
};

pub use comparing::{Comparison, Conflict};
pub use making::{Context, Made, Problem, READ_BACK, make, make_all, requests, seconds};
pub use mark::Mark;
pub use seal::{FORMAT, Seal};
pub use undoing::undo;

/// What somebody wants done, before anything is known of how it stands.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Intent {
    /// The kind of act: `user.update`
    pub kind: String,
    /// What it is done to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target: Option<Target>,
    /// What it says.
    #[serde(default)]
    pub values: Values,
    /// The paths of secrets that are given beside it. The secrets themselves are never kept.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub secrets: Vec<String>,
    /// The line of the file that it comes from, from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<u64>,
}

/// How a target stood when the plan was made.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Base {
    /// The vendor's own time of its last change, Unix seconds.
    #[serde(default, skip_serializing_if = "Fact::is_unknown")]
    pub updated_at: Fact<i64>,
    /// What the vendor tells of it, by the paths of the act's fields. What is not there is not
    /// known; `null` is known to be nothing.
    pub values: Values,
    /// When this was learnt, Unix seconds.
    pub as_of: i64,
}

/// A field, before and after.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FieldChange {
    /// Where it stands in the vendor's body.
    pub path: String,
    /// What it was, as far as that is known.
    #[serde(default, skip_serializing_if = "Fact::is_unknown")]
    pub before: Fact<Value>,
    /// What it will be; `null` takes it away.
    pub after: Value,
}

/// What the rules say of a step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Allowed {
    /// The action of the rule pack.
    pub action: String,
    /// The weakest of the answers, by its name.
    pub answer: Permitted,
    /// The rows that decide.
    pub rows: Vec<DecidingRow>,
}

/// Whether a step may be sent, as far as the rules say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Permitted {
    /// It is documented that it may.
    Yes,
    /// It may inside of a scope, and it is not known whether this is inside.
    DependsOnScope,
    /// The vendor's pages contradict themselves: it may be tried.
    Contested,
    /// Nothing is documented, or the key's role is not known: it may be tried.
    Undocumented,
    /// It is documented that it may not: it is not sent.
    No,
}

/// A row of the rule pack that decides.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DecidingRow {
    /// Whose.
    pub role: String,
    /// The action as the row names it.
    pub action: String,
    /// `allow`, `deny`, `contested`
    pub verdict: String,
    /// `own`, `organization`, `linked`, `platform`, `project`
    pub scope: String,
    /// The title of the page that says so.
    pub source: String,
}

/// One request that changes something, with what it needs to be understood and checked.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Step {
    /// From 1, in the order in which they are sent.
    pub no: u64,
    /// The kind of act.
    pub kind: String,
    /// What it is done to; none: it makes something.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target: Option<Target>,
    /// How that stood; none: it makes something, or nothing is known of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base: Option<Base>,
    /// Field by field.
    pub changes: Vec<FieldChange>,
    /// The paths of secrets that are sent with it. They are in no plan.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub secrets: Vec<String>,
    /// What allows it.
    pub allowed: Vec<Allowed>,
    /// How it is undone.
    pub undo: Undo,
    /// Whether it takes access away.
    #[serde(default)]
    pub takes_away: bool,
    /// Whether the vendor's endpoint is our reading only `[C]`.
    #[serde(default)]
    pub reading_only: bool,
    /// The line of the file that it comes from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<u64>,
}

/// What a plan says of itself.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PlanHeader {
    /// Of this form of a plan.
    pub format: u32,
    /// The plan's own id: a UUID.
    pub id: String,
    /// What the person calls it.
    pub title: String,
    /// The vendor's code.
    pub vendor: String,
    /// The server that it is for.
    pub host: String,
    /// The key by which it is sent.
    pub key_id: u64,
    /// The connection's name when it was made.
    pub connection: String,
    /// When it was made, Unix seconds.
    pub made_at: i64,
    /// The account of the operating system that made it.
    pub made_by: String,
    /// The role of the key's user that the rules were read for; none: it is not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    /// The sync that it was made on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base_sync: Option<i64>,
    /// How many steps there are.
    pub steps: u64,
    /// How many requests they take at most, reading back included.
    pub requests: u64,
    /// How long they take under the rate limit, in seconds.
    pub seconds: u64,
    /// How many of them take access away.
    pub takes_away: u64,
    /// The plan that this one undoes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub undoes: Option<String>,
}

/// A plan that is whole and sealed: what it says cannot be changed without that being seen.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Plan {
    /// What it says of itself.
    pub header: PlanHeader,
    /// What it does, in order.
    pub steps: Vec<Step>,
    /// Over all of it.
    pub seal: Seal,
}

/// How a step stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StepState {
    /// It was not sent yet.
    Waiting,
    /// It is being sent, or was when the app ended: nothing is known of it.
    Sending,
    /// The vendor did it, and a read-back agrees as far as the vendor tells.
    Applied,
    /// The vendor accepted it; nothing could be read back that proves it.
    Accepted,
    /// It is so already: nothing was sent.
    AlreadySo,
    /// The vendor refused it, or it may not be sent.
    Rejected,
    /// Somebody else has changed the same meanwhile: nothing was sent.
    Superseded,
    /// No answer came: it may have been done or not.
    Unknown,
    /// The vendor accepted it for later.
    Pending,
}

/// Why a step stands as it does, where that is ours to say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StepReason {
    /// This version of the app knows no such act.
    UnknownAct,
    /// The rules do not allow it.
    NotAllowed,
    /// A secret was not kept, and is needed again.
    SecretNeeded,
    /// What it is done to is not there any more.
    TargetGone,
    /// The answer does not tell what came of it.
    NotConfirmed,
    /// Read back, something is otherwise than it was sent.
    ReadBackDiffers,
    /// No answer came, and what stands now cannot be read.
    NotReadable,
    /// No answer came, and the vendor does not tell the fields that it changes.
    NotTold,
    /// No answer came, and several could be what it made.
    SeveralFound,
    /// It made a key whose secret was in an answer that never came.
    SecretLost,
    /// The vendor has no such endpoint for this key: 404 or 405.
    NoEndpoint,
}

/// What became of a step.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StepResult {
    /// How it stands.
    pub state: StepState,
    /// The id that its last request carried.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request_id: Option<String>,
    /// When that was sent, Unix milliseconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sent_at: Option<i64>,
    /// When it came to its end, Unix milliseconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended_at: Option<i64>,
    /// The ids of what looked like it before it was sent: none of that is what it made.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub there_before: Vec<String>,
    /// What it made, or what it is done to if that was found.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub made: Option<Target>,
    /// Why it stands so, where that is ours to say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<StepReason>,
    /// The status of the vendor's answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    /// The vendor's own code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// The vendor's words, or more about the reason, in English.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// What the vendor says is wrong, at its fields.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub violations: Vec<Violation>,
    /// What three disagree on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conflicts: Vec<Conflict>,
    /// When the vendor was asked for it by hand, Unix seconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub asked_at: Option<i64>,
    /// When the sync finished that shows what the vendor was asked for, Unix seconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proved_at: Option<i64>,
}

impl StepResult {
    /// A step that stands like this, and nothing more is known.
    #[must_use]
    pub const fn of(state: StepState) -> Self {
        Self {
            state,
            request_id: None,
            sent_at: None,
            ended_at: None,
            there_before: Vec::new(),
            made: None,
            reason: None,
            status: None,
            code: None,
            message: None,
            violations: Vec::new(),
            conflicts: Vec::new(),
            asked_at: None,
            proved_at: None,
        }
    }
}

impl StepState {
    /// Every state.
    pub const ALL: [Self; 9] = [
        Self::Waiting,
        Self::Sending,
        Self::Applied,
        Self::Accepted,
        Self::AlreadySo,
        Self::Rejected,
        Self::Superseded,
        Self::Unknown,
        Self::Pending,
    ];

    /// Its name in files.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Sending => "sending",
            Self::Applied => "applied",
            Self::Accepted => "accepted",
            Self::AlreadySo => "already_so",
            Self::Rejected => "rejected",
            Self::Superseded => "superseded",
            Self::Unknown => "unknown",
            Self::Pending => "pending",
        }
    }

    /// The state with this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == name)
    }

    /// Whether the vendor has done it.
    #[must_use]
    pub const fn is_done(self) -> bool {
        matches!(self, Self::Applied | Self::Accepted | Self::AlreadySo)
    }
}

impl Step {
    /// What it sends: the values after, by path.
    #[must_use]
    pub fn values(&self) -> Values {
        let after = |change: &FieldChange| (change.path.clone(), change.after.clone());
        self.changes.iter().map(after).collect()
    }

    /// What was wanted, to make a plan of it again.
    #[must_use]
    pub fn intent(&self) -> Intent {
        Intent {
            kind: self.kind.clone(),
            target: self.target.clone(),
            values: self.values(),
            secrets: self.secrets.clone(),
            line: self.line,
        }
    }

    /// The weakest answer of the rules.
    #[must_use]
    pub fn permitted(&self) -> Permitted {
        let answers = self.allowed.iter().map(|allowed| allowed.answer);
        answers.max().unwrap_or(Permitted::Undocumented)
    }

    /// The fields of which it is not known what they were, so that undoing cannot bring it back.
    pub fn not_restored(&self) -> impl Iterator<Item = &str> {
        let restores = self.undo == Undo::Restore;
        self.changes
            .iter()
            .filter(move |change| restores && change.before.is_unknown())
            .map(|change| change.path.as_str())
    }

    /// Whether nothing of it can be taken back.
    #[must_use]
    pub fn has_no_way_back(&self) -> bool {
        let restored = self
            .changes
            .iter()
            .any(|change| !change.before.is_unknown());
        self.undo == Undo::Never || (self.is_final() && !restored)
    }

    /// Whether something of it cannot be taken back.
    #[must_use]
    pub fn is_final(&self) -> bool {
        self.undo == Undo::Never || self.not_restored().next().is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::act::Thing;

    /// A change of person 7, who was called `name` and last changed at second 10.
    pub(super) fn step(name: &str, changes: &[(&str, Value)]) -> Step {
        let values = Values::from([("profile.name".to_owned(), Value::from(name))]);
        let change = |(path, after): &(&str, Value)| FieldChange {
            path: (*path).to_owned(),
            before: values.get(*path).map_or(Fact::Unknown, Fact::from_json),
            after: after.clone(),
        };
        Step {
            no: 1,
            kind: "user.update".to_owned(),
            target: Some(Target {
                thing: Thing::Person,
                id: "7".to_owned(),
                name: name.to_owned(),
            }),
            changes: changes.iter().map(change).collect(),
            base: Some(Base {
                updated_at: Fact::Known(10),
                values,
                as_of: 15,
            }),
            secrets: Vec::new(),
            allowed: Vec::new(),
            undo: Undo::Restore,
            takes_away: false,
            reading_only: true,
            line: None,
        }
    }

    /// A header of so many steps.
    pub(super) fn header(steps: u64) -> PlanHeader {
        PlanHeader {
            format: FORMAT,
            id: "plan".to_owned(),
            title: "Names".to_owned(),
            vendor: "medipim".to_owned(),
            host: "api.medipim.be".to_owned(),
            key_id: 2,
            connection: "Pharmacies".to_owned(),
            made_at: 20,
            made_by: "zoe".to_owned(),
            role: Some("reseller".to_owned()),
            base_sync: Some(3),
            steps,
            requests: 3,
            seconds: 0,
            takes_away: 0,
            undoes: None,
        }
    }

    #[test]
    fn a_state_is_found_by_its_name() {
        for state in StepState::ALL {
            assert_eq!(StepState::named(state.as_str()), Some(state));
        }
        assert_eq!(StepState::named("done"), None);
    }
}
