//! A plan goes to a second person as a signed file, is looked at there, and comes back as a signed
//! approval. Contacts nobody.

use std::{
    collections::VecDeque,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};

use muster_directory::{
    Violation,
    plan::{
        Mark, Plan, Step, StepResult, StepState,
        approval::{
            Approval, Decision, Expected, FileError, LONGEST_COMMENT, Opinion, PlanFile, Signatory,
        },
    },
};
use muster_mirror::{ConnectionRecord, StepRecord};
use serde_json::json;

use super::{
    Missing, PlanDetails, Standing, Steps, Untaken,
    planning::{host, kept},
    plans::{plan_id, whole},
};
use crate::{
    Engine, Error, Result,
    activity::{Entry, Kind, Target, What, account},
    clock,
    engine::blocking,
    export::Replacement,
    share,
};

/// How many opened plans are kept in memory.
const MOST_OPENED: usize = 4;

/// A file to look at.
#[derive(Debug, Clone)]
pub enum Opening {
    /// Where it is.
    File(PathBuf),
    /// What stands in it.
    Content(String),
}

impl Opening {
    /// What stands there, no more than can be taken.
    pub(super) fn content(self, expected: Expected) -> Result<Vec<u8>> {
        match self {
            Self::File(path) => share::of_file(&path, expected.largest()),
            Self::Content(content) => Ok(content.into_bytes()),
        }
    }
}

/// Plans that were opened from files and are being looked at; the oldest is forgotten.
#[derive(Debug, Default)]
pub(crate) struct Opened(Mutex<VecDeque<Arc<PlanFile>>>);

impl Opened {
    fn put(&self, file: Arc<PlanFile>) {
        let mut opened = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        opened.retain(|own| own.plan.seal != file.plan.seal);
        opened.truncate(MOST_OPENED - 1);
        opened.push_front(file);
    }

    fn get(&self, seal: &str) -> Result<Arc<PlanFile>> {
        let opened = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let found = opened.iter().find(|own| own.plan.seal.as_str() == seal);
        found.cloned().ok_or_else(|| Error::NotFound {
            what: "opened plan",
            which: seal.to_owned(),
        })
    }
}

/// A plan that somebody sent, whole and signed.
#[derive(Debug, Clone, PartialEq)]
pub struct PlanFileSeen {
    /// The plan as its author has it; nothing of it was sent.
    pub plan: PlanDetails,
    /// Who signed it.
    pub author: Signatory,
    /// What is known of that key.
    pub standing: Standing,
    /// Whether it was made or signed here.
    pub is_mine: bool,
    /// The connection here to the same server: by the same key, else by another one.
    pub connection: Option<ConnectionRecord>,
}

/// A signed file that was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// Where.
    pub path: PathBuf,
    /// The fingerprint of the key that signed it.
    pub fingerprint: String,
}

impl Engine {
    /// Writes a plan that is not at its end to a file, signed, for a second person.
    pub async fn export_plan(
        &self,
        connection: &str,
        plan: &str,
        path: PathBuf,
    ) -> Result<Written> {
        let id = plan_id(plan)?;
        let record = self.record(connection).await?;
        let ledger = self.ledger(connection).await?;
        let plan = blocking(move || {
            let (kept, plan) = whole(&ledger, id)?;
            if !kept.state.is_open() {
                return Err(Error::Busy("this plan is at its end: make a new one"));
            }
            checked(plan)
        })
        .await?;
        let bytes = PlanFile::bytes_to_sign(&plan.seal, account());
        let author = self.signed(Some(&record), bytes).await?;
        let target = target_of(&plan);
        let file = PlanFile::new(plan, author);
        let detail = json!({
            "seal": file.plan.seal,
            "fingerprint": file.author.fingerprint,
            "path": path.display().to_string(),
        });
        let written = write(path, file.written(), Expected::Plan, &file.author).await?;
        self.note_after(&record, Entry::done(Kind::PlanExported, target, detail))
            .await;
        Ok(written)
    }

    /// Opens a plan that somebody sent, to look at it; it stays in memory for a while.
    pub async fn open_plan_file(&self, opening: Opening) -> Result<PlanFileSeen> {
        let engine = self.clone();
        blocking(move || {
            let file = PlanFile::read(&opening.content(Expected::Plan)?)?;
            let seen = engine.seen(&file)?;
            engine.opened.put(Arc::new(file));
            Ok(seen)
        })
        .await
    }

    fn seen(&self, file: &PlanFile) -> Result<PlanFileSeen> {
        Ok(PlanFileSeen {
            plan: PlanDetails {
                counts: vec![(StepState::Waiting, file.plan.header.steps)],
                marks: Mark::count(&file.plan.steps),
                is_whole: true,
                untaken: Untaken::default(),
                missing: Missing::default(),
                record: kept(&file.plan)?,
            },
            author: file.author.clone(),
            standing: self.standing(&file.author.public_key)?,
            is_mine: self.is_mine(file)?,
            connection: self.connection_for(&file.plan)?.map(|(record, _)| record),
        })
    }

    /// Whether a plan was signed by a key of this profile, or stands in one of its ledgers.
    fn is_mine(&self, file: &PlanFile) -> Result<bool> {
        if self.is_own_key(&file.author.public_key)? {
            return Ok(true);
        }
        let id = plan_id(&file.plan.header.id)?;
        for record in self.profile.connections()? {
            let path = self.profile.ledger_path(record.id);
            if muster_mirror::Ledger::open(&path)?.plan(id)?.is_some() {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// The connection to the server of a plan, and whether it has the plan's key.
    fn connection_for(&self, plan: &Plan) -> Result<Option<(ConnectionRecord, bool)>> {
        let mut found = None;
        for record in self.profile.connections()? {
            if record.vendor != plan.header.vendor || host(&record)? != plan.header.host {
                continue;
            }
            if record.key_id.get() == plan.header.key_id {
                return Ok(Some((record, true)));
            }
            found.get_or_insert((record, false));
        }
        Ok(found)
    }

    /// Some steps of a plan that was opened from a file, by its seal: those with a mark, or all.
    pub fn opened_steps(
        &self,
        seal: &str,
        mark: Option<Mark>,
        (offset, limit): (u64, u64),
    ) -> Result<Steps> {
        let file = self.opened.get(seal)?;
        let is_wanted = |step: &&Step| mark.is_none_or(|mark| mark.is_on(step));
        let wanted = || file.plan.steps.iter().filter(is_wanted);
        let place = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
        let rows = wanted().skip(place(offset)).take(place(limit)).map(|step| {
            let waiting = StepRecord {
                step: step.clone(),
                result: StepResult::of(StepState::Waiting),
            };
            (waiting, Vec::new())
        });
        Ok(Steps {
            total: wanted().count() as u64,
            rows: rows.collect(),
        })
    }

    /// Signs what somebody here says of a plan that was opened, into a file for its author.
    pub async fn decide_plan(
        &self,
        seal: &str,
        decision: Decision,
        comment: &str,
        path: PathBuf,
    ) -> Result<Written> {
        let file = self.opened.get(seal)?;
        let (engine, own) = (self.clone(), Arc::clone(&file));
        let record = blocking(move || {
            if engine.is_mine(&own)? {
                return Err(Error::OwnPlan);
            }
            // What is said of somebody else's plan is noted where it would be applied from here;
            // else where this person's work is noted first.
            let fitting = engine.connection_for(&own.plan)?.map(|(record, _)| record);
            let any = || Ok::<_, Error>(engine.profile.connections()?.into_iter().next());
            fitting.map_or_else(any, |record| Ok(Some(record)))
        })
        .await?;
        let opinion = Opinion {
            seal: file.plan.seal.clone(),
            plan_id: file.plan.header.id.clone(),
            decision,
            comment: checked_comment(comment)?,
            at: clock::now(),
        };
        let bytes = opinion.bytes_to_sign(account()).map_err(defect)?;
        let signer = self.signed(record.as_ref(), bytes).await?;
        let detail = json!({
            "decision": decision.as_str(),
            "seal": opinion.seal,
            "host": file.plan.header.host,
            "key": file.plan.header.key_id,
            "author": file.author.fingerprint,
            "fingerprint": signer.fingerprint,
        });
        let approval = Approval { opinion, signer };
        let expected = Expected::Approval;
        let written = write(path, approval.written(), expected, &approval.signer).await?;
        if let Some(record) = record {
            let entry = Entry::done(Kind::ApprovalGiven, target_of(&file.plan), detail);
            self.note_after(&record, entry).await;
        }
        Ok(written)
    }

    async fn signed(&self, record: Option<&ConnectionRecord>, bytes: Vec<u8>) -> Result<Signatory> {
        let signed = self.sign(record, bytes).await?;
        Ok(Signatory::of(
            signed.public_key,
            account().to_owned(),
            signed.signature,
        ))
    }
}

pub(super) fn target_of(plan: &Plan) -> Target {
    let header = &plan.header;
    Target::new(
        What::Plan,
        Some(header.id.clone()),
        Some(header.title.clone()),
    )
}

pub(super) fn checked(plan: Plan) -> Result<Plan> {
    match plan.is_whole() {
        true => Ok(plan),
        false => Err(Error::SealBroken {
            plan: plan.header.title,
        }),
    }
}

fn checked_comment(comment: &str) -> Result<String> {
    let comment = comment.trim();
    if comment.chars().count() > LONGEST_COMMENT {
        let message = format!("at most {LONGEST_COMMENT} characters");
        return Err(Violation::new("comment", message).into());
    }
    Ok(comment.to_owned())
}

fn defect(error: serde_json::Error) -> Error {
    Error::Defect(error.to_string())
}

/// Writes a signed file in the place of one that is there, if it can be read again.
async fn write(
    path: PathBuf,
    content: serde_json::Result<Vec<u8>>,
    expected: Expected,
    by: &Signatory,
) -> Result<Written> {
    let content = content.map_err(defect)?;
    if content.len() as u64 > expected.largest() {
        return Err(FileError::TooLarge(expected.largest()).into());
    }
    let fingerprint = by.fingerprint.clone();
    blocking(move || {
        place(&path, &content)?;
        Ok(Written { path, fingerprint })
    })
    .await
}

fn place(path: &Path, content: &[u8]) -> Result<()> {
    let mut file = Replacement::of(path)?;
    file.put(content)?;
    file.complete()
}
