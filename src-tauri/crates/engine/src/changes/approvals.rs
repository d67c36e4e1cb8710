//! What others have said of plans: taken in, listed, and asked for before a plan is applied.

use std::{collections::HashMap, sync::Arc};

use muster_directory::{
    Fact,
    plan::{
        Context, Step, StepState,
        approval::{Approval, Decision, Expected, Opinion, Signatory},
    },
    signature::PublicKey,
};
use muster_mirror::{ApprovalRecord, ConnectionRecord, Ledger, PlanRecord, PlanState};
use serde_json::json;
use uuid::Uuid;

use super::{
    Opening, Standing,
    approving::{checked, target_of},
    planning::Known,
    plans::{no_plan, plan_id, whole},
};
use crate::{
    Change, Engine, Error, Result,
    activity::{Entry, Kind, Target},
    clock,
    engine::blocking,
};

/// What somebody has said of a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApprovalSeen {
    /// What.
    pub opinion: Opinion,
    /// Who.
    pub signer: Signatory,
    /// What is known of that key.
    pub standing: Standing,
    /// When it was taken in here, Unix seconds.
    pub read_at: i64,
    /// Whether the same person has said something else later.
    pub is_outdated: bool,
}

impl ApprovalSeen {
    /// Whether a plan that needs a second person may be applied for it.
    #[must_use]
    pub const fn counts(&self) -> bool {
        matches!(self.opinion.decision, Decision::Approved)
            && matches!(self.standing, Standing::Known(_))
            && !self.is_outdated
    }
}

/// What others have said of a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Approvals {
    /// Of which.
    pub plan: Uuid,
    /// Whether it needs a second person.
    pub needed: bool,
    /// In the order in which it was said.
    pub rows: Vec<ApprovalSeen>,
}

impl Approvals {
    /// Whether somebody who counts has approved it.
    #[must_use]
    pub fn is_approved(&self) -> bool {
        self.rows.iter().any(ApprovalSeen::counts)
    }
}

/// How many of the steps that wait stand on something that has changed since.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct MovedBases {
    /// Steps that wait and change something that was known.
    pub based: u64,
    /// Those of them of which the last sync, or our own writing, tells something else by now.
    pub moved: u64,
    /// When the last sync finished, Unix seconds; none: there was none.
    pub as_of: Option<i64>,
}

impl Engine {
    /// Takes in what somebody else has said of a plan of this connection that is not at its end.
    pub async fn read_approval(&self, connection: &str, opening: Opening) -> Result<Approvals> {
        let record = self.record(connection).await?;
        let ledger = Arc::new(self.ledger(connection).await?);
        let (engine, own) = (self.clone(), Arc::clone(&ledger));
        let (plan, target, approval) = blocking(move || engine.take_in(&own, opening)).await?;
        let detail = json!({
            "decision": approval.opinion.decision.as_str(),
            "seal": approval.opinion.seal,
            "account": approval.signer.account,
            "fingerprint": approval.signer.fingerprint,
        });
        self.note_after(&record, Entry::done(Kind::ApprovalRead, target, detail))
            .await;
        self.events.changed(Change::Plans, Some(connection));
        let (engine, id) = (self.clone(), plan);
        blocking(move || engine.approvals_in(&record, &ledger, id)).await
    }

    fn take_in(&self, ledger: &Ledger, opening: Opening) -> Result<(Uuid, Target, Approval)> {
        let content = opening.content(Expected::Approval)?;
        let approval = Approval::read(&content)?;
        let id = plan_id(&approval.opinion.plan_id).map_err(|_| Error::ApprovalOfAnother)?;
        let (kept, plan) = match whole(ledger, id) {
            Err(Error::NotFound { .. }) => return Err(Error::ApprovalOfAnother),
            found => found?,
        };
        if kept.state == PlanState::Replaced || kept.seal != approval.opinion.seal {
            return Err(Error::ApprovalOfAnother);
        }
        if !kept.state.is_open() {
            return Err(Error::Busy("this plan is at its end: make a new one"));
        }
        let plan = checked(plan)?;
        if self.is_own_key(&approval.signer.public_key)? {
            return Err(Error::OwnPlan);
        }
        let record = ApprovalRecord {
            content,
            read_at: clock::now(),
        };
        ledger.keep_approval(id, &record)?;
        Ok((id, target_of(&plan), approval))
    }

    /// What others have said of a plan.
    pub async fn approvals(&self, connection: &str, plan: &str) -> Result<Approvals> {
        let id = plan_id(plan)?;
        let record = self.record(connection).await?;
        let ledger = self.ledger(connection).await?;
        let engine = self.clone();
        blocking(move || engine.approvals_in(&record, &ledger, id)).await
    }

    fn approvals_in(
        &self,
        record: &ConnectionRecord,
        ledger: &Ledger,
        id: Uuid,
    ) -> Result<Approvals> {
        let plan = ledger.plan(id)?.ok_or_else(|| no_plan(&id.to_string()))?;
        let mut rows = Vec::new();
        for kept in ledger.approvals(id)? {
            rows.extend(self.approval_seen(&plan, &kept)?);
        }
        rows.sort_by_key(|own| (own.opinion.at, own.opinion.decision));
        mark_outdated(&mut rows);
        Ok(Approvals {
            plan: id,
            needed: self.is_second_person_needed(record)?,
            rows,
        })
    }

    /// What a kept file says; none if it is of another plan, whoever has put it there.
    fn approval_seen(
        &self,
        plan: &PlanRecord,
        kept: &ApprovalRecord,
    ) -> Result<Option<ApprovalSeen>> {
        let Approval { opinion, signer } = Approval::read(&kept.content)?;
        if opinion.seal != plan.seal {
            return Ok(None);
        }
        Ok(Some(ApprovalSeen {
            standing: self.standing(&signer.public_key)?,
            opinion,
            signer,
            read_at: kept.read_at,
            is_outdated: false,
        }))
    }

    /// An error if a plan needs a second person, and nobody who counts has approved it.
    pub(super) async fn check_approved(
        &self,
        record: &ConnectionRecord,
        ledger: &Arc<Ledger>,
        plan: &PlanRecord,
    ) -> Result<()> {
        let (engine, record, ledger) = (self.clone(), record.clone(), Arc::clone(ledger));
        let (id, title) = (plan.id, plan.header.title.clone());
        blocking(move || {
            if !engine.is_second_person_needed(&record)? {
                return Ok(());
            }
            let approvals = engine.approvals_in(&record, &ledger, id)?;
            match approvals.is_approved() {
                true => Ok(()),
                false => Err(Error::ApprovalNeeded { plan: title }),
            }
        })
        .await
    }

    /// Whether plans of a connection need a second person.
    pub async fn second_person(&self, connection: &str) -> Result<bool> {
        let record = self.record(connection).await?;
        let engine = self.clone();
        blocking(move || engine.is_second_person_needed(&record)).await
    }

    /// Sets whether plans of a connection need a second person.
    pub async fn set_second_person(&self, connection: &str, needed: bool) -> Result<()> {
        let record = self.record(connection).await?;
        let entry = Entry::done(
            Kind::SecondPersonSet,
            Target::connection(&record),
            json!({"needed": needed}),
        );
        // Before it is so: whoever takes it away shall be seen.
        self.note(&record, entry).await?;
        let engine = self.clone();
        blocking(move || Ok(engine.profile.set_setting(&setting(record.id), &needed)?)).await?;
        self.events.changed(Change::Settings, None);
        self.events.changed(Change::Plans, Some(connection));
        Ok(())
    }

    fn is_second_person_needed(&self, record: &ConnectionRecord) -> Result<bool> {
        let needed: Option<bool> = self.profile.setting(&setting(record.id))?;
        Ok(needed.unwrap_or_default())
    }

    /// How many of the steps of a plan that wait stand on something that has changed since, as far
    /// as it is known here. Applying looks again, at the vendor's.
    pub async fn moved_bases(&self, connection: &str, plan: &str) -> Result<MovedBases> {
        let id = plan_id(plan)?;
        let record = self.record(connection).await?;
        let ledger = self.ledger(connection).await?;
        let engine = self.clone();
        blocking(move || {
            let steps = ledger.all_steps(id)?.into_iter();
            let waits = steps.filter(|row| row.result.state == StepState::Waiting);
            let steps: Vec<_> = waits.map(|row| row.step).collect();
            let intents: Vec<_> = steps.iter().map(Step::intent).collect();
            let known = Known::read(&engine, &record, &ledger, &intents)?;
            let mut moved = MovedBases {
                as_of: known.synced_at(),
                ..MovedBases::default()
            };
            for step in steps.iter().filter(|step| step.base.is_some()) {
                moved.based += 1;
                moved.moved += u64::from(has_moved(step, &known));
            }
            Ok(moved)
        })
        .await
    }
}

fn setting(connection: Uuid) -> String {
    format!("second_person.{connection}")
}

/// Marks all but the last word of each person. In the same second, a refusal is the last word.
fn mark_outdated(rows: &mut [ApprovalSeen]) {
    let mut last: HashMap<PublicKey, usize> = HashMap::new();
    for at in 0..rows.len() {
        if let Some(before) = last.insert(rows[at].signer.public_key, at) {
            rows[before].is_outdated = true;
        }
    }
}

/// Whether what a step was made on is known to be otherwise by now.
fn has_moved(step: &Step, known: &Known<'_>) -> bool {
    let (Some(base), Some(target), Some(kind)) = (&step.base, &step.target, known.kind(&step.kind))
    else {
        return false;
    };
    let Some(now) = known.base(kind, target) else {
        return true;
    };
    let times = (base.updated_at, now.updated_at);
    let is_touched = matches!(times, (Fact::Known(then), Fact::Known(now)) if then != now);
    let differs = |path: &str| match (base.values.get(path), now.values.get(path)) {
        (Some(then), Some(now)) => then != now,
        _ => false,
    };
    is_touched || step.changes.iter().any(|change| differs(&change.path))
}
