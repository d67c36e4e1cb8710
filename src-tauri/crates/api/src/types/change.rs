//! What people want changed: acts and their forms, drafts, plans, steps, what came of them.

use std::collections::BTreeMap;

use muster_directory::SecretString;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::connection::optional_secret;

/// A kind of act that a vendor knows, as a form of it is made.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct ActForm {
    /// Its name: `user.create`
    pub id: String,
    /// What it is done to; none: it makes something that nobody has to be there for.
    pub target: Option<Thing>,
    /// What it makes; none: it changes what is there.
    pub makes: Option<Thing>,
    /// The action of the rules that allows it; fields may have their own.
    pub permission: String,
    /// What it says, in the order to ask.
    pub fields: Vec<ActField>,
    /// Whether the vendor's endpoint is our reading only.
    pub reading_only: bool,
    /// How it is undone.
    pub undo: UndoWay,
}

/// What acts are about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the names say it")]
pub enum Thing {
    Person,
    Organization,
    ApiKey,
}

/// How an act is undone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum UndoWay {
    /// The values from before are written again, as far as they were known.
    Restore,
    /// What was made is disabled.
    Disable,
    /// The vendor has no way back.
    Never,
}

/// One thing that an act says.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct ActField {
    /// Where it stands in the vendor's body: `profile.name`
    pub path: String,
    /// What may stand there.
    pub kind: ActFieldKind,
    /// The words that may be chosen, for `choice` and `role`.
    pub choices: Vec<String>,
    /// The most characters of a text, the least of a password.
    pub length: Option<u64>,
    /// Whether the act cannot do without it.
    pub required: bool,
    /// Whether it may be taken away.
    pub clearable: bool,
    /// What the vendor takes if it is not said.
    pub default: Option<bool>,
    /// The action of the rules that allows it.
    pub permission: String,
    /// Whether the vendor tells it again afterwards, so that a read-back can prove it.
    pub returned: bool,
}

/// What may stand in a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the names say it")]
pub enum ActFieldKind {
    Text,
    Email,
    Password,
    Boolean,
    Choice,
    Role,
    Organization,
    SubscriptionType,
    /// Unix seconds.
    Time,
    TextList,
    Identifier,
}

/// Something that acts are done to, or make.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ActTarget {
    /// What it is.
    pub thing: Thing,
    /// The vendor's id, as text.
    pub id: String,
    /// What it was called then.
    pub name: String,
}

/// What somebody wants done.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Intent {
    /// The kind of act.
    pub kind: String,
    /// What it is done to.
    pub target: Option<ActTarget>,
    /// The fields by path, as JSON; null takes the value away. Never a secret.
    #[ts(type = "Record<string, unknown>")]
    pub values: BTreeMap<String, serde_json::Value>,
    /// The paths of secrets that are given beside it.
    pub secrets: Vec<String>,
    /// The line of the file that it comes from, from 1.
    pub line: Option<u64>,
}

/// A draft.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct ChangeDraft {
    /// Its id.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// What is wanted, right or wrong.
    pub intents: Vec<Intent>,
    /// Unix seconds.
    pub changed_at: i64,
}

/// A draft to keep.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct DraftSaving {
    /// The connection's id.
    pub connection: String,
    /// The draft that is replaced; none: a new one.
    pub id: Option<String>,
    /// What it is called.
    pub title: String,
    /// What is wanted.
    pub intents: Vec<Intent>,
}

/// A draft, by its id.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct DraftRef {
    /// The connection's id.
    pub connection: String,
    /// The draft's id.
    pub draft: String,
}

/// What is to be checked.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct IntentsCheck {
    /// The connection's id.
    pub connection: String,
    /// What is wanted.
    pub intents: Vec<Intent>,
}

/// What would be done, and what is wrong.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct IntentsChecked {
    /// What would be sent.
    pub steps: Vec<PlanStep>,
    /// What is wrong.
    pub problems: Vec<IntentProblem>,
    /// The places of what is so already.
    pub unchanged: Vec<u64>,
}

/// Something that cannot be planned.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct IntentProblem {
    /// Its place among what was wanted, from 0.
    pub index: u64,
    /// The line of the file that it comes from.
    pub line: Option<u64>,
    /// Everything that is wrong, at the paths of fields.
    pub violations: Vec<ActViolation>,
}

/// One thing that is wrong with an act.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct ActViolation {
    /// The field; `target`; empty: all of it.
    pub path: String,
    /// In English.
    pub message: String,
    /// Names the sentence in other languages.
    pub code: Option<String>,
    /// What stands in it.
    #[ts(type = "Record<string, string>")]
    pub values: BTreeMap<String, String>,
}

/// A plan to make.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct PlanMaking {
    /// The connection's id.
    pub connection: String,
    /// What it is called.
    pub title: String,
    /// What is wanted.
    pub intents: Vec<Intent>,
    /// Secrets of it.
    pub secrets: Vec<SecretGiving>,
    /// Plan what can be planned, and leave out what is wrong.
    pub partly: bool,
}

/// A secret of something that is wanted.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct SecretGiving {
    /// The place of what is wanted, from 0.
    pub index: u64,
    /// The path of the field.
    pub path: String,
    /// Comes in here and never goes out; none: a strong one is made.
    #[serde(default, deserialize_with = "optional_secret")]
    #[ts(type = "string | null")]
    pub secret: Option<SecretString>,
}

/// What became of making a plan.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct PlanMade {
    /// None: something is wrong, or nothing is to be done.
    pub plan: Option<PlanSummary>,
    /// What is wrong.
    pub problems: Vec<IntentProblem>,
    /// The places of what is so already.
    pub unchanged: Vec<u64>,
}

/// A plan, and how far it is.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct PlanSummary {
    /// Its id.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// How it stands.
    pub state: PlanState,
    /// Its place in the outbox, from 1.
    pub position: Option<u64>,
    /// When it was made, Unix seconds.
    pub made_at: i64,
    /// By which account of the operating system.
    pub made_by: String,
    /// When it changed last, Unix seconds.
    pub changed_at: i64,
    /// The server that it is for.
    pub host: String,
    /// The key by which it is sent.
    pub key_id: u64,
    /// The role of the key's user that the rules were read for.
    pub role: Option<String>,
    /// The sync that it was made on.
    pub base_sync: Option<i64>,
    /// How many steps there are.
    pub steps: u64,
    /// How many requests they take at most.
    pub requests: u64,
    /// How long they take under the rate limit, in seconds.
    pub seconds: u64,
    /// How many of them take access away.
    pub takes_away: u64,
    /// The plan that this one undoes.
    pub undoes: Option<String>,
    /// The plan that was made of this one again.
    pub replaced_by: Option<String>,
    /// How many steps stand like this; those with none are left out.
    pub counts: Vec<StepCount>,
    /// How many of its steps have which mark; those with none are left out. Empty in a list of
    /// plans: it takes reading all of it.
    pub marks: Vec<MarkCount>,
    /// SHA-256 over all of it.
    pub seal: String,
    /// Whether it is what was sealed, as far as that was looked at.
    pub is_whole: bool,
    /// Its secrets that nobody has yet.
    pub untaken: UntakenSecrets,
    /// The steps that need a password again. None in a list of plans: it takes reading all of it.
    pub missing: MissingSecrets,
}

/// Secrets that nobody has yet: they were made, and neither copied nor kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
pub struct UntakenSecrets {
    /// How many.
    pub count: u64,
    /// The first step with one, from 1.
    pub first: Option<u64>,
}

/// Steps that need a password again: it was in memory alone, and the app has ended since.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
pub struct MissingSecrets {
    /// How many of those that wait.
    pub waiting: u64,
    /// How many of those that were refused.
    pub rejected: u64,
    /// The first of them all, from 1.
    pub first: Option<u64>,
}

/// How many steps stand like this.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
pub struct StepCount {
    /// Like this.
    pub state: StepState,
    /// So many.
    pub count: u64,
}

/// How many steps have this mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
pub struct MarkCount {
    /// This one.
    pub mark: StepMark,
    /// So many.
    pub count: u64,
}

/// Something that is to be known of a step before it is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum StepMark {
    /// It takes access away.
    TakesAway,
    /// Nothing of it can be taken back.
    Final,
    /// Something of it cannot be taken back.
    PartlyFinal,
    /// The vendor's endpoint is our reading only.
    ReadingOnly,
    /// The vendor's pages contradict themselves on whether it is allowed.
    Contested,
    /// Nothing is documented of whether it is allowed, or the key's role is not known.
    Undocumented,
    /// It is allowed inside of a scope, and it is not known whether this is inside.
    ScopeUnknown,
}

/// How a plan stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PlanState {
    /// It was made and shown; nothing was sent.
    Made,
    /// It waits in the outbox.
    Queued,
    /// It is being applied, or was when the app ended: see the jobs.
    Running,
    /// Somebody paused it, or it could not go on.
    Paused,
    /// Every step has come to an end.
    Ended,
    /// It was given up; what was applied stays applied.
    Canceled,
    /// A newer plan was made of it.
    Replaced,
}

/// How a step stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum StepState {
    /// It was not sent yet.
    Waiting,
    /// It is being sent, or was when the app ended.
    Sending,
    /// The vendor did it, and a read-back agrees as far as the vendor tells.
    Applied,
    /// The vendor accepted it; nothing was read back yet that proves it.
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
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
    /// Read back, the field in `message` is otherwise than it was sent.
    ReadBackDiffers,
    /// No answer came, and what stands now cannot be read.
    NotReadable,
    /// No answer came, and the vendor does not tell the fields that it changes.
    NotTold,
    /// No answer came, and several could be what it made.
    SeveralFound,
    /// It made a key whose secret was in an answer that never came.
    SecretLost,
    /// The vendor has no such endpoint for this key.
    NoEndpoint,
}

/// A plan, by its id.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct PlanRef {
    /// The connection's id.
    pub connection: String,
    /// The plan's id.
    pub plan: String,
}

/// A plan to undo.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct PlanUndoing {
    /// The connection's id.
    pub connection: String,
    /// The plan's id.
    pub plan: String,
    /// What the plan that undoes it is called.
    pub title: String,
}

/// A plan to apply.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct PlanStarting {
    /// The connection's id.
    pub connection: String,
    /// The plan's id.
    pub plan: String,
    /// How many steps take access away, typed by the person: needed beyond the ceiling.
    pub takes_away: Option<u64>,
}

/// Steps to send again.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct StepsRetrying {
    /// The connection's id.
    pub connection: String,
    /// The plan's id.
    pub plan: String,
    /// Their numbers; empty: all that were refused.
    pub steps: Vec<u64>,
}

/// The outbox in an order.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct OutboxOrder {
    /// The connection's id.
    pub connection: String,
    /// The ids of the plans, the first to be sent first.
    pub plans: Vec<String>,
}

/// Which steps of a plan are wanted.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct StepsQuestion {
    /// The connection's id.
    pub connection: String,
    /// The plan's id.
    pub plan: String,
    /// Those that stand like this; empty: all.
    pub states: Vec<StepState>,
    /// Those with this mark, however they stand; none: as `states` says.
    #[serde(default)]
    pub mark: Option<StepMark>,
    /// The first one, from 0.
    pub offset: u64,
    /// How many at most.
    pub limit: u64,
}

/// Some steps of a plan.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct StepsAnswer {
    /// How many there are of those that are asked for.
    pub total: u64,
    /// These.
    pub rows: Vec<PlanStepRow>,
}

/// A step of a plan, and what became of it.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct PlanStepRow {
    /// What was planned.
    pub step: PlanStep,
    /// How it stands.
    pub state: StepState,
    /// The id that its last request carried.
    pub request_id: Option<String>,
    /// When that was sent, Unix milliseconds.
    pub sent_at: Option<i64>,
    /// When it came to its end, Unix milliseconds.
    pub ended_at: Option<i64>,
    /// What it made.
    pub made: Option<ActTarget>,
    /// The status of the vendor's answer.
    pub status: Option<u16>,
    /// The vendor's own code.
    pub vendor_code: Option<String>,
    /// Why it stands so, where that is ours to say.
    pub reason: Option<StepReason>,
    /// The vendor's words, or more about the reason, in English.
    pub message: Option<String>,
    /// What the vendor says is wrong.
    pub violations: Vec<ActViolation>,
    /// What three disagree on.
    pub conflicts: Vec<StepConflict>,
    /// When the vendor was asked for it by hand, Unix seconds.
    pub asked_at: Option<i64>,
    /// When the sync finished that shows what the vendor was asked for, Unix seconds.
    pub proved_at: Option<i64>,
    /// The paths of secrets that are in memory for it: `password` that was given or made, `secret`
    /// of a key that the vendor has made.
    pub held: Vec<String>,
    /// Those of them that nobody has yet: made, and neither copied nor kept.
    pub untaken: Vec<String>,
}

/// One request that changes something.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct PlanStep {
    /// From 1.
    pub no: u64,
    /// The kind of act.
    pub kind: String,
    /// What it is done to.
    pub target: Option<ActTarget>,
    /// Field by field.
    pub changes: Vec<StepChange>,
    /// The paths of secrets that are sent with it.
    pub secrets: Vec<String>,
    /// What the rules say, an action each.
    pub allowed: Vec<StepAllowed>,
    /// The weakest of the answers.
    pub permitted: Permitted,
    /// How it is undone.
    pub undo: UndoWay,
    /// The fields that undoing cannot bring back: it is not known what they were.
    pub not_restored: Vec<String>,
    /// Whether something of it cannot be taken back.
    pub is_final: bool,
    /// Whether it takes access away.
    pub takes_away: bool,
    /// Whether the vendor's endpoint is our reading only.
    pub reading_only: bool,
    /// The line of the file that it comes from.
    pub line: Option<u64>,
    /// When what it is based on was learnt, Unix seconds.
    pub based_on: Option<i64>,
}

/// A field, before and after.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct StepChange {
    /// Where it stands in the vendor's body.
    pub path: String,
    /// What it was.
    pub before: JsonFact,
    /// What it will be; null takes it away.
    #[ts(type = "unknown")]
    pub after: serde_json::Value,
}

/// A value that may not be known.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(tag = "known", rename_all = "lowercase")]
pub enum JsonFact {
    /// This is it.
    Yes {
        /// As JSON.
        #[ts(type = "unknown")]
        value: serde_json::Value,
    },
    /// There is none.
    None,
    /// It is not known.
    Unknown,
}

/// A field that three disagree on.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct StepConflict {
    /// Which; `updated_at` if the vendor does not tell which one changed.
    pub path: String,
    /// What it was when the plan was made.
    pub base: JsonFact,
    /// What the plan wants.
    #[ts(type = "unknown")]
    pub mine: serde_json::Value,
    /// What it is now.
    pub theirs: JsonFact,
}

/// What the rules say of a step.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct StepAllowed {
    /// The action.
    pub action: String,
    /// Whether it may be sent.
    pub answer: Permitted,
    /// The rows that decide.
    pub rows: Vec<StepRule>,
}

/// Whether a step may be sent, as far as the rules say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Permitted {
    /// It is documented that it may.
    Yes,
    /// It may inside of a scope, and it is not known whether this is inside.
    DependsOnScope,
    /// The vendor's pages contradict themselves.
    Contested,
    /// Nothing is documented, or the key's role is not known.
    Undocumented,
    /// It is documented that it may not.
    No,
}

/// A row of the rules that decides.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct StepRule {
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

/// A secret of a step.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct StepSecretRef {
    /// The connection's id.
    pub connection: String,
    /// The plan's id.
    pub plan: String,
    /// The step's number.
    pub step: u64,
    /// `password` or `secret`
    pub path: String,
}

/// A secret that was put into the clipboard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
pub struct SecretCopied {
    /// After so many seconds it is taken out again.
    pub seconds: u64,
}

/// A secret of a step that was not kept, given again.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct StepSecretGiving {
    /// The connection's id.
    pub connection: String,
    /// The plan's id.
    pub plan: String,
    /// The step's number.
    pub step: u64,
    /// The path of the field: `password`
    pub path: String,
    /// Comes in here and never goes out; none: a strong one is made.
    #[serde(default, deserialize_with = "optional_secret")]
    #[ts(type = "string | null")]
    pub secret: Option<SecretString>,
}

/// The secret of a key that the vendor has made, to be kept as a new connection.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct StepSecretKeeping {
    /// The connection's id.
    pub connection: String,
    /// The plan's id.
    pub plan: String,
    /// The step's number.
    pub step: u64,
    /// What the new connection is called.
    pub name: String,
}

/// A type of subscription.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct SubscriptionType {
    /// The vendor's id.
    pub id: u64,
    /// The vendor's code.
    pub code: Option<String>,
    /// Its name by language.
    #[ts(type = "Record<string, string>")]
    pub names: BTreeMap<String, String>,
}

/// The types of subscription, and when they were read.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct SubscriptionTypes {
    /// All of them.
    pub types: Vec<SubscriptionType>,
    /// Unix seconds.
    pub read_at: i64,
}

/// Ids of which the names are wanted.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct NamesQuestion {
    /// The connection's id.
    pub connection: String,
    /// People's ids.
    pub people: Vec<u64>,
    /// Organizations' ids.
    pub organizations: Vec<u64>,
}

/// What ids are called, as far as it is known here.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct NamesKnown {
    /// The names of people by id.
    #[ts(type = "Record<string, string>")]
    pub people: BTreeMap<u64, String>,
    /// The names of organizations by id.
    #[ts(type = "Record<string, string>")]
    pub organizations: BTreeMap<u64, String>,
    /// All types of subscription, as they were read last.
    pub subscription_types: Vec<SubscriptionType>,
}

/// Organizations whose subscriptions are to be checked.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct SubscriptionsCheck {
    /// The connection's id.
    pub connection: String,
    /// The organizations' ids.
    pub organizations: Vec<u64>,
}

/// An organization with its subscriptions and keys, as the vendor says now.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct SubscribedOrganization {
    /// The organization's id.
    pub organization: u64,
    /// Its name; none: the vendor did not say.
    pub name: Option<String>,
    /// The subscriptions that run.
    pub subscriptions: Vec<RunningSubscription>,
    /// Its keys, without their secrets.
    pub api_keys: Vec<ApiKeyRow>,
}

/// A subscription that runs.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct RunningSubscription {
    /// The id of its type.
    pub kind: u64,
    /// Its name by language.
    #[ts(type = "Record<string, string>")]
    pub names: BTreeMap<String, String>,
    /// Unix seconds.
    pub start: Option<i64>,
    /// Unix seconds.
    pub end: Option<i64>,
}

/// A key to the vendor's API, without its secret.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct ApiKeyRow {
    /// The key's id.
    pub id: u64,
    /// The person that it belongs to.
    pub user: Option<u64>,
    /// What it is called; none: the vendor did not say.
    pub name: Option<String>,
    /// Whether it can be used; none: the vendor did not say.
    pub enabled: Option<bool>,
}

/// A person whose keys are asked for.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct ApiKeysQuestion {
    /// The connection's id.
    pub connection: String,
    /// The person's id.
    pub person: u64,
}
