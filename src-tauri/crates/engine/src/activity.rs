//! Activity: what was done here, by whom, with what answer; kept in the ledger of the connection.
//!
//! What leaves something behind elsewhere is noted before it is sent, and not sent if it cannot be
//! noted. What has happened already is noted after it: if that fails, it has happened all the same,
//! and the log says so. No secret is ever part of a note, and of people only ids and names.

use std::{
    collections::HashMap,
    sync::{Arc, LazyLock, Mutex, PoisonError},
};

use muster_mirror::{
    ActivityHead, ActivityPage, ActivityQuestion, ConnectionRecord, Ledger, NewActivity,
    Verification,
};
use serde::Serialize;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{Change, Engine, Error, Result, clock, engine::blocking};

/// For how long one note stands for everything like it, where that is enough, in milliseconds.
const AN_HOUR: i64 = 60 * 60 * 1_000;

/// How many letters of a message are noted.
const LONGEST_MESSAGE: usize = 300;

/// Who does everything that this process does, as the operating system says: unlike the variables
/// of the environment, that is nothing a caller can choose.
static ACCOUNT: LazyLock<String> = LazyLock::new(|| {
    whoami::account().unwrap_or_else(|error| {
        tracing::warn!(%error, "the account of the operating system is not known");
        "?".to_owned()
    })
});

/// Who does everything that this process does.
pub(crate) fn account() -> &'static str {
    &ACCOUNT
}

/// What was done. Its name stays the same over versions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The mirror was brought up to date, or not.
    Sync,
    /// A mirror that could not be read was set aside.
    MirrorSetAside,
    /// People were written to a file, or not.
    Export,
    /// People were handed to the clipboard.
    Copy,
    /// A secret was read from the vault.
    SecretRead,
    /// A secret was put into the vault.
    SecretWritten,
    /// A secret was removed from the vault.
    SecretRemoved,
    /// The vendor made a secret and showed it.
    SecretCreated,
    /// A secret was handed to the clipboard.
    SecretCopied,
    /// A connection was made.
    ConnectionAdded,
    /// A connection got another name or color.
    ConnectionRenamed,
    /// A plan was made of drafts.
    PlanMade,
    /// A plan waits for a network.
    PlanQueued,
    /// A plan began to be applied.
    PlanStarted,
    /// A plan waits to go on.
    PlanPaused,
    /// A plan is done, or was given up.
    PlanEnded,
    /// A plan was written to a file for a second person.
    PlanExported,
    /// A plan was approved, or not, by somebody here.
    ApprovalGiven,
    /// What somebody else said of a plan was taken in.
    ApprovalRead,
    /// Whether plans need a second person was set.
    SecondPersonSet,
    /// Somebody's key was compared, and counts from now on.
    ColleagueConfirmed,
    /// Somebody's key does not count any more.
    ColleagueForgotten,
    /// Something that changes the vendor's data is about to be sent.
    ActSent,
    /// The vendor's answer to it came, or did not.
    ActAnswered,
    /// What the vendor allows or refuses was learnt from its answer.
    Evidence,
}

impl Kind {
    /// Its name in the ledger.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Sync => "sync",
            Self::MirrorSetAside => "mirror_set_aside",
            Self::Export => "export",
            Self::Copy => "copy",
            Self::SecretRead => "secret_read",
            Self::SecretWritten => "secret_written",
            Self::SecretRemoved => "secret_removed",
            Self::SecretCreated => "secret_created",
            Self::SecretCopied => "secret_copied",
            Self::ConnectionAdded => "connection_added",
            Self::ConnectionRenamed => "connection_renamed",
            Self::PlanMade => "plan_made",
            Self::PlanQueued => "plan_queued",
            Self::PlanStarted => "plan_started",
            Self::PlanPaused => "plan_paused",
            Self::PlanEnded => "plan_ended",
            Self::PlanExported => "plan_exported",
            Self::ApprovalGiven => "approval_given",
            Self::ApprovalRead => "approval_read",
            Self::SecondPersonSet => "second_person_set",
            Self::ColleagueConfirmed => "colleague_confirmed",
            Self::ColleagueForgotten => "colleague_forgotten",
            Self::ActSent => "act_sent",
            Self::ActAnswered => "act_answered",
            Self::Evidence => "evidence",
        }
    }
}

/// What came of it. Its name stays the same over versions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It has begun, and nothing is known of its end yet.
    Started,
    /// It was done.
    Done,
    /// It was refused.
    Refused,
    /// It was not done.
    Failed,
    /// The person stopped it.
    Canceled,
    /// Nobody knows: no answer came.
    Unknown,
}

impl Outcome {
    /// Its name in the ledger.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Started => "started",
            Self::Done => "done",
            Self::Refused => "refused",
            Self::Failed => "failed",
            Self::Canceled => "canceled",
            Self::Unknown => "unknown",
        }
    }
}

impl From<&Error> for Outcome {
    fn from(error: &Error) -> Self {
        match error {
            Error::Canceled => Self::Canceled,
            Error::Vendor(error) if error.is_denied() || !error.violations().is_empty() => {
                Self::Refused
            }
            _ => Self::Failed,
        }
    }
}

/// What kind of thing something was done to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// The connection itself.
    Connection,
    /// Its mirror.
    Mirror,
    /// A file.
    File,
    /// The clipboard.
    Clipboard,
    /// A person at the vendor.
    Person,
    /// An organization at the vendor.
    Organization,
    /// An API key at the vendor.
    ApiKey,
    /// A plan.
    Plan,
}

/// What something was done to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Target {
    /// What kind of thing.
    pub what: What,
    /// Its id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Its name then.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

impl Target {
    /// A thing with what is known of it.
    #[must_use]
    pub fn new(what: What, id: Option<String>, name: Option<String>) -> Self {
        Self { what, id, name }
    }

    /// A connection.
    #[must_use]
    pub fn connection(record: &ConnectionRecord) -> Self {
        Self::of(What::Connection, record)
    }

    /// Something that a connection has one of.
    pub(crate) fn of(what: What, record: &ConnectionRecord) -> Self {
        Self::new(what, Some(record.id.to_string()), Some(record.name.clone()))
    }
}

/// Something to note.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// What was done.
    pub kind: Kind,
    /// What it was done to.
    pub target: Target,
    /// How the vendor calls the request.
    pub request_id: Option<String>,
    /// What came of it.
    pub outcome: Outcome,
    /// More about it: an object. Never a secret; of people only ids and names.
    pub detail: Value,
}

impl Entry {
    /// Something that was done.
    #[must_use]
    pub fn done(kind: Kind, target: Target, detail: Value) -> Self {
        Self {
            kind,
            target,
            request_id: None,
            outcome: Outcome::Done,
            detail,
        }
    }

    /// Something that was not done, and why not.
    #[must_use]
    pub fn not_done(kind: Kind, target: Target, error: &Error) -> Self {
        Self {
            kind,
            target,
            request_id: None,
            outcome: error.into(),
            detail: json!({"error": answer(error)}),
        }
    }
}

/// An error as a note tells it: its words, and the vendor's status and code.
#[must_use]
pub fn answer(error: &Error) -> Value {
    let mut told = json!({"message": brief(&error.to_string())});
    if let Error::Vendor(error) = error {
        told["status"] = json!(error.status());
        told["code"] = json!(error.vendor_code().map(brief));
    }
    without_nulls(told)
}

/// What is not there needs no words.
fn without_nulls(mut value: Value) -> Value {
    if let Value::Object(map) = &mut value {
        map.retain(|_, own| !own.is_null());
    }
    value
}

fn brief(text: &str) -> String {
    text.chars().take(LONGEST_MESSAGE).collect()
}

/// What looking at every entry showed, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    /// Unix seconds.
    pub checked_at: i64,
    /// What it showed.
    pub verification: Verification,
}

/// What a secret is read for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// To bring the mirror up to date.
    Sync,
    /// To answer somebody who looks at the screen.
    Live,
    /// To write the vendor's answer to a file.
    Export,
    /// To find out what the key may do.
    Test,
    /// To apply a plan.
    Apply,
    /// To sign.
    Sign,
}

impl Purpose {
    const fn name(self) -> &'static str {
        match self {
            Self::Sync => "sync",
            Self::Live => "live",
            Self::Export => "export",
            Self::Test => "test",
            Self::Apply => "apply",
            Self::Sign => "sign",
        }
    }

    /// Whether somebody waits for it at the screen, who is told rather than kept waiting.
    pub(crate) const fn is_prompt(self) -> bool {
        matches!(self, Self::Live | Self::Test)
    }

    /// Whether one question reads the secret several times, and many follow each other.
    const fn is_looking(self) -> bool {
        matches!(self, Self::Live | Self::Export)
    }
}

/// When this process last noted that a secret was read to look, in Unix milliseconds.
pub(crate) type Looks = Arc<Mutex<HashMap<(Uuid, &'static str), i64>>>;

impl Engine {
    /// Notes something in the ledger of a connection: before it is sent, if it changes anything
    /// elsewhere.
    pub async fn note(&self, record: &ConnectionRecord, entry: Entry) -> Result<ActivityHead> {
        let entry = appended(record, entry);
        let ledger = self.ledger_of(record).await?;
        let head = blocking(move || Ok(ledger.append_activity(&entry)?)).await?;
        self.tell_activity(record);
        Ok(head)
    }

    /// Notes something that has happened already: it has happened even if it cannot be noted.
    pub async fn note_after(&self, record: &ConnectionRecord, entry: Entry) {
        let kind = entry.kind.name();
        if let Err(error) = self.note(record, entry).await {
            not_noted(record, kind, &error);
        }
    }

    /// Notes that the secret of a connection was read.
    pub(crate) async fn note_secret_read(&self, record: &ConnectionRecord, purpose: Purpose) {
        let detail = json!({"purpose": purpose.name()});
        let entry = Entry::done(Kind::SecretRead, Target::connection(record), detail);
        if !purpose.is_looking() {
            return self.note_after(record, entry).await;
        }
        if !self.looks_anew(record, purpose) {
            return;
        }
        self.note_once_an_hour(record, entry).await;
    }

    /// Whether this process has noted no such look within the hour; if so, it is about to.
    fn looks_anew(&self, record: &ConnectionRecord, purpose: Purpose) -> bool {
        let now = clock::now_in_milliseconds();
        let mut looks = self.looks.lock().unwrap_or_else(PoisonError::into_inner);
        let last = looks.entry((record.id, purpose.name())).or_insert(i64::MIN);
        let anew = !(now.saturating_sub(AN_HOUR)..=now).contains(last);
        if anew {
            *last = now;
        }
        anew
    }

    /// Notes something that has happened already, unless the same was noted within the hour, by
    /// whatever process.
    pub(crate) async fn note_once_an_hour(&self, record: &ConnectionRecord, entry: Entry) {
        let kind = entry.kind.name();
        let entry = appended(record, entry);
        let since = entry.at - AN_HOUR;
        let noted = async {
            let ledger = self.ledger_of(record).await?;
            blocking(move || Ok(ledger.append_activity_unless_since(&entry, since)?)).await
        };
        match noted.await {
            Ok(Some(_)) => self.tell_activity(record),
            Ok(None) => {}
            Err(error) => not_noted(record, kind, &error),
        }
    }

    fn tell_activity(&self, record: &ConnectionRecord) {
        self.events
            .changed(Change::Activity, Some(&record.id.to_string()));
    }

    /// What was done, the newest first.
    pub async fn activity(
        &self,
        connection: &str,
        question: ActivityQuestion,
    ) -> Result<ActivityPage> {
        let ledger = self.ledger(connection).await?;
        blocking(move || Ok(ledger.activity(&question)?)).await
    }

    /// The end of the chain: how many entries there are, and the hash that stands for all of them.
    pub async fn activity_head(&self, connection: &str) -> Result<ActivityHead> {
        let ledger = self.ledger(connection).await?;
        blocking(move || Ok(ledger.activity_head()?)).await
    }

    /// Looks at every entry, and where a hash stands that was noted outside.
    pub async fn verify_activity(
        &self,
        connection: &str,
        noted: Option<String>,
    ) -> Result<Verified> {
        let ledger = self.ledger(connection).await?;
        let verification = blocking(move || Ok(ledger.verify_activity(noted.as_deref())?)).await?;
        Ok(Verified {
            checked_at: clock::now(),
            verification,
        })
    }

    async fn ledger_of(&self, record: &ConnectionRecord) -> Result<Ledger> {
        let file = self.profile.ledger_path(record.id);
        blocking(move || Ok(Ledger::open(&file)?)).await
    }
}

fn appended(record: &ConnectionRecord, entry: Entry) -> NewActivity {
    NewActivity {
        at: clock::now_in_milliseconds(),
        account: ACCOUNT.clone(),
        key_id: Some(record.key_id),
        kind: entry.kind.name().to_owned(),
        target: json!(entry.target).to_string(),
        request_id: entry.request_id,
        outcome: entry.outcome.name().to_owned(),
        detail: without_nulls(entry.detail).to_string(),
    }
}

fn not_noted(record: &ConnectionRecord, kind: &'static str, error: &Error) {
    tracing::error!(
        connection = %record.id, kind, %error, ?error,
        "something was done that could not be noted in the activity"
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_message_is_cut_between_letters() {
        let error = Error::Defect("é".repeat(1_000));
        let told = answer(&error);
        assert_eq!(told["message"].as_str().unwrap().chars().count(), 300);
    }

    #[test]
    fn the_account_is_that_of_the_operating_system() {
        assert!(!ACCOUNT.is_empty());
    }
}
