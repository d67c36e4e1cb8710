//! One step: what stands now is read and compared, then it is sent, once, and what came of it is
//! written down before anything else happens.

use muster_directory::{
    ActKind, SecretString, Target, Thing,
    plan::{Allowed, Base, Comparison, Permitted, Step, StepReason, StepResult, StepState},
};
use muster_mirror::{Tried, WrittenRecord};
use muster_vendor::{
    Fate, VendorError,
    medipim::{self, Acted},
};
use serde_json::json;
use uuid::Uuid;

use super::{applying::Application, held::SECRET, reach::person_found};
use crate::{
    Error, Result,
    activity::{self, Entry, Kind, Outcome, What},
    clock,
};

/// What follows from a step for those after it.
#[derive(Debug)]
pub(super) enum Next {
    /// The next one.
    GoOn,
    /// It was not sent, and has to be once the reason is gone.
    Stop(Error),
}

impl Application {
    /// Does one step that waits.
    pub async fn do_step(&self, step: &Step) -> Result<Next> {
        let Some(kind) = self.reach.kind(step) else {
            return self.reject(step, StepReason::UnknownAct).await;
        };
        if step.permitted() == Permitted::No {
            return self.reject(step, StepReason::NotAllowed).await;
        }
        let mut secrets = Vec::new();
        for path in &step.secrets {
            match self.engine.held.get(self.plan, step.no, path) {
                Some(secret) => secrets.push((path.clone(), secret)),
                None => return self.reject(step, StepReason::SecretNeeded).await,
            }
        }
        if step.is_read_before()
            && let Some(target) = &step.target
        {
            match self.reach.base(target).await {
                Ok(Some(now)) => {
                    if let Some(result) = compared(step, &now) {
                        return self.end(step, &[StepState::Waiting], result).await;
                    }
                }
                Ok(None) => {
                    return self.reject(step, StepReason::TargetGone).await;
                }
                // A key that may change what it may not read: the vendor decides.
                Err(error) if error.is_denied() || error.is_not_there() => {
                    tracing::info!(%error, "what stands now cannot be read");
                }
                Err(error) => return Ok(Next::Stop(error.into())),
            }
        }
        self.send_step(kind, step, &secrets).await
    }

    async fn send_step(
        &self,
        kind: &ActKind,
        step: &Step,
        secrets: &[(String, SecretString)],
    ) -> Result<Next> {
        let there_before = if kind.makes.is_some() {
            self.settle_alike(step).await?;
            match self.reach.there_before(step).await {
                Ok(ids) => ids,
                // A key that may make what it may not list: what came of it is not looked up then.
                Err(error) if error.is_denied() || error.is_not_there() => Vec::new(),
                Err(error) => return Ok(Next::Stop(error.into())),
            }
        } else {
            Vec::new()
        };
        // From when it is sent, not from when it has to wait, the vendor may be at it.
        let turn = match self.reach.client.turn().await {
            Ok(turn) => turn,
            Err(error) => return Ok(Next::Stop(error.into())),
        };
        let request_id = Uuid::new_v4().to_string();
        let sending = StepResult {
            there_before,
            request_id: Some(request_id.clone()),
            sent_at: Some(clock::now_in_milliseconds()),
            ..StepResult::of(StepState::Sending)
        };
        // Noted and written before it is sent: what is not known afterwards was at least begun.
        self.note(
            Kind::ActSent,
            Outcome::Started,
            step,
            &request_id,
            json!({}),
        )
        .await?;
        if !self
            .set(step.no, &[StepState::Waiting], sending.clone(), None)
            .await?
        {
            // Somebody else has it.
            return Ok(Next::GoOn);
        }
        match self
            .reach
            .send(turn, kind, step, secrets, &request_id)
            .await
        {
            Ok(acted) => self.accepted(step, sending, &acted).await,
            Err(error) => self.failed(kind, step, sending, error).await,
        }
    }

    async fn accepted(&self, step: &Step, sent: StepResult, acted: &Acted) -> Result<Next> {
        let made = self.made(step, acted);
        let (state, why) = match &acted.outcome {
            medipim::Outcome::Done => (StepState::Accepted, None),
            medipim::Outcome::Pending => (StepState::Pending, None),
            medipim::Outcome::Unconfirmed { why } => (StepState::Accepted, Some(why.clone())),
        };
        let result = StepResult {
            state,
            ended_at: Some(clock::now_in_milliseconds()),
            made: made.clone(),
            status: Some(acted.status),
            reason: why.is_some().then_some(StepReason::NotConfirmed),
            message: why,
            ..sent
        };
        if let (Some(secret), Some(made)) = (&acted.secret, &made) {
            let held = &self.engine.held;
            held.put_made(self.plan, step.no, SECRET, secret.clone());
            let detail = json!({ "key": made.id });
            self.note(Kind::SecretCreated, Outcome::Done, step, "", detail)
                .await?;
        }
        let request_id = result.request_id.clone().unwrap_or_default();
        let detail = json!({ "status": acted.status, "made": made });
        self.note(Kind::ActAnswered, Outcome::Done, step, &request_id, detail)
            .await?;
        self.evidence(step, Tried::Allowed).await;
        let about = made.or_else(|| step.target.clone());
        let wrote = about.map(|about| (about, self.written(step, acted)));
        self.set(step.no, &[StepState::Sending], result, wrote)
            .await?;
        self.secrets_sent(step);
        Ok(Next::GoOn)
    }

    /// The vendor has the secrets of a step.
    pub(super) fn secrets_sent(&self, step: &Step) {
        for path in &step.secrets {
            self.engine.held.sent(self.plan, step.no, path);
        }
    }

    /// What the vendor says that it made, or is done to.
    fn made(&self, step: &Step, acted: &Acted) -> Option<Target> {
        let kind = self.reach.kind(step)?;
        let named = |thing, id: String, name: &str| Target {
            thing,
            id,
            name: name.to_owned(),
        };
        match kind.makes? {
            Thing::Person => acted.person.as_ref().map(|own| person_found(own).target),
            thing @ Thing::Organization => acted
                .organization
                .as_ref()
                .map(|own| named(thing, own.id.to_string(), &own.name)),
            thing @ Thing::ApiKey => acted.api_key.as_ref().map(|own| {
                let name = own.name.known().map_or("", String::as_str);
                named(thing, own.id.to_string(), name)
            }),
        }
    }

    /// What the vendor took, to be remembered.
    fn written(&self, step: &Step, acted: &Acted) -> Vec<WrittenRecord> {
        let version = acted
            .person
            .as_ref()
            .and_then(|person| person.meta.updated_at.known().copied());
        self.written_of(step, version)
    }

    pub(super) fn written_of(&self, step: &Step, version: Option<i64>) -> Vec<WrittenRecord> {
        let record = |change: &muster_directory::plan::FieldChange| WrittenRecord {
            path: change.path.clone(),
            value: change.after.clone(),
            at: clock::now(),
            version,
            plan: self.plan.to_string(),
        };
        step.changes.iter().map(record).collect()
    }

    /// What an error means for a step that was being sent.
    async fn failed(
        &self,
        kind: &ActKind,
        step: &Step,
        sent: StepResult,
        error: VendorError,
    ) -> Result<Next> {
        let request_id = sent.request_id.clone().unwrap_or_default();
        let detail = json!({ "status": error.status(), "code": error.vendor_code() });
        let fate = error.fate();
        let outcome = match fate {
            Fate::Unknown => Outcome::Unknown,
            Fate::Refused => Outcome::Refused,
            Fate::NotApplied => Outcome::Failed,
        };
        self.note(Kind::ActAnswered, outcome, step, &request_id, detail)
            .await?;
        if fate == Fate::Unknown {
            let result = StepResult {
                state: StepState::Unknown,
                status: error.status(),
                message: Some(error.to_string()),
                ..sent
            };
            self.set(step.no, &[StepState::Sending], result, None)
                .await?;
            return Ok(Next::GoOn);
        }
        if fate == Fate::NotApplied && error.violations().is_empty() {
            let waiting = StepResult::of(StepState::Waiting);
            self.set(step.no, &[StepState::Sending], waiting, None)
                .await?;
            return Ok(Next::Stop(error.into()));
        }
        if error.is_denied() {
            self.evidence(step, Tried::Refused(error.status())).await;
        }
        let no_endpoint = error.is_not_there();
        let result = StepResult {
            state: StepState::Rejected,
            ended_at: Some(clock::now_in_milliseconds()),
            status: error.status(),
            code: error.vendor_code().map(str::to_owned),
            message: error.vendor_message().map(str::to_owned),
            violations: error.violations().to_vec(),
            reason: no_endpoint.then_some(StepReason::NoEndpoint),
            ..sent
        };
        self.set(step.no, &[StepState::Sending], result, None)
            .await?;
        match no_endpoint && kind.source == "C" {
            // The next ones would all hear the same.
            true => Ok(Next::Stop(error.into())),
            false => Ok(Next::GoOn),
        }
    }

    async fn reject(&self, step: &Step, reason: StepReason) -> Result<Next> {
        let result = StepResult {
            reason: Some(reason),
            ..StepResult::of(StepState::Rejected)
        };
        self.end(step, &[StepState::Waiting], result).await
    }

    async fn end(&self, step: &Step, from: &[StepState], result: StepResult) -> Result<Next> {
        let result = StepResult {
            ended_at: Some(clock::now_in_milliseconds()),
            ..result
        };
        self.set(step.no, from, result, None).await?;
        Ok(Next::GoOn)
    }

    /// Notes something of a step in the activity. What cannot be noted is not done.
    async fn note(
        &self,
        kind: Kind,
        outcome: Outcome,
        step: &Step,
        request_id: &str,
        mut detail: serde_json::Value,
    ) -> Result<()> {
        detail["plan"] = json!(self.plan);
        detail["step"] = json!(step.no);
        detail["act"] = json!(step.kind);
        let target = match &step.target {
            Some(target) => activity::Target::new(
                what(target.thing),
                Some(target.id.clone()),
                Some(target.name.clone()),
            ),
            None => self.to_be_made(step),
        };
        let entry = Entry {
            request_id: (!request_id.is_empty()).then(|| request_id.to_owned()),
            outcome,
            ..Entry::done(kind, target, detail)
        };
        self.engine.note(&self.record, entry).await?;
        Ok(())
    }

    /// What a step makes, by the name that it gets.
    fn to_be_made(&self, step: &Step) -> activity::Target {
        let values = step.values();
        let name = ["profile.name", "name"]
            .iter()
            .find_map(|path| values.get(*path)?.as_str());
        match self.reach.kind(step).and_then(|kind| kind.makes) {
            Some(thing) => activity::Target::new(what(thing), None, name.map(str::to_owned)),
            None => {
                let title = Some(self.title.clone());
                activity::Target::new(What::Plan, Some(self.plan.to_string()), title)
            }
        }
    }

    /// Keeps what the vendor said to something that its pages leave open.
    async fn evidence(&self, step: &Step, tried: Tried) {
        let open = step.allowed.iter().filter(|allowed| {
            matches!(
                allowed.answer,
                Permitted::Undocumented | Permitted::Contested
            )
        });
        for allowed in open {
            let kept = self
                .engine
                .record_evidence(&self.connection(), &allowed.action, tried)
                .await;
            if let Err(error) = kept {
                tracing::warn!(%error, "what the vendor allows was not kept");
            }
            self.note_tried(allowed, tried).await;
        }
    }

    /// Notes it in the activity: once for everything in the plan that hears the same.
    async fn note_tried(&self, allowed: &Allowed, tried: Tried) {
        let (outcome, status) = match tried {
            Tried::Allowed => (Outcome::Done, None),
            Tried::Refused(status) => (Outcome::Refused, status),
        };
        let detail = json!({
            "action": allowed.action,
            "rule": allowed.answer,
            "status": status,
        });
        let title = Some(self.title.clone());
        let plan = activity::Target::new(What::Plan, Some(self.plan.to_string()), title);
        let entry = Entry {
            outcome,
            ..Entry::done(Kind::Evidence, plan, detail)
        };
        self.engine.note_once_an_hour(&self.record, entry).await;
    }
}

/// What comparing says, where that is the end of the step.
fn compared(step: &Step, now: &Base) -> Option<StepResult> {
    match step.compare(now) {
        Comparison::Send => None,
        Comparison::AlreadySo => Some(StepResult::of(StepState::AlreadySo)),
        Comparison::Superseded(conflicts) => Some(StepResult {
            conflicts,
            ..StepResult::of(StepState::Superseded)
        }),
    }
}

/// What a thing is called in the activity.
const fn what(thing: Thing) -> What {
    match thing {
        Thing::Person => What::Person,
        Thing::Organization => What::Organization,
        Thing::ApiKey => What::ApiKey,
    }
}
