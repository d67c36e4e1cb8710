//! Applying a plan: exactly its steps, one after another, each at most once. What was begun is
//! finished or looked up before anything else, also after a crash.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
    time::Duration,
};

use muster_directory::{
    Target,
    plan::{READ_BACK, StepResult, StepState},
};
use muster_mirror::{ConnectionRecord, Ledger, PlanState, StepRecord, StepsWanted, WrittenRecord};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use super::{
    kinds,
    plans::{no_plan, plan_id, whole},
    reach::Reach,
    sending::Next,
    settling::OPEN,
};
use crate::{
    Change, Engine, Error, Result,
    activity::{self, Entry, Outcome, What},
    clock,
    connections::Link,
    engine::blocking,
    jobs::{Job, Kind, Phase, Start, State},
};

/// The vendor's status for too many requests.
const TOO_MANY: u16 = 429;

/// How many steps are read at once.
const PART: u64 = 200;

/// What applying a plan came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    /// Steps that the vendor has done, or that were so already.
    pub done: u64,
    /// Steps that are not done.
    pub not_done: u64,
    /// Steps of which it is not known.
    pub unknown: u64,
}

/// What somebody who applies a plan has said beside.
#[derive(Debug, Clone, Default)]
pub struct Applying {
    /// How many steps take access away, typed by the person: needed beyond the ceiling.
    pub takes_away: Option<u64>,
    /// How long the vendor may still be at a request whose answer never came; none: as long as an
    /// answer is waited for.
    pub settle: Option<Duration>,
}

/// A plan that is being applied.
#[derive(Clone)]
pub(super) struct Application {
    pub engine: Engine,
    pub record: ConnectionRecord,
    pub ledger: Arc<Ledger>,
    pub plan: Uuid,
    /// What the plan is called.
    pub title: String,
    pub reach: Arc<Reach>,
    pub cancel: CancellationToken,
    /// How often which step turned out not to be done.
    pub not_done: Arc<Mutex<HashMap<u64, u32>>>,
    job: String,
}

impl Engine {
    /// Starts to apply a plan, or goes on with one that was paused or cut off; returns the job that
    /// applies it already if there is one.
    pub async fn start_plan(
        &self,
        connection: &str,
        plan: &str,
        applying: Applying,
    ) -> Result<Job> {
        let id = plan_id(plan)?;
        let record = self.record(connection).await?;
        let ledger = Arc::new(self.ledger(connection).await?);
        let engine = self.settling_for(applying.settle);
        self.check_startable(&record, &ledger, id, applying).await?;
        if let Some(job) = self.applies(&record, id)? {
            return Ok(job);
        }
        let alone = match self.apply_alone(record.id).await {
            Ok(alone) => alone,
            // It may be this very plan by now.
            Err(busy) => return self.applies(&record, id)?.ok_or(busy),
        };
        let (job, cancel) = match self.jobs.start(Kind::Apply(id), &record.id.to_string()) {
            Start::Running(job) => return Ok(job),
            Start::New(job, cancel) => (job, cancel),
        };
        let name = job.id.clone();
        tokio::spawn(async move {
            let outcome = engine.apply(&record, ledger, id, &name, cancel).await;
            engine.end_apply(&record, id, &name, outcome).await;
            drop(alone);
        });
        Ok(job)
    }

    /// The job of this app that applies a plan; an error if one applies another of the connection.
    fn applies(&self, record: &ConnectionRecord, plan: Uuid) -> Result<Option<Job>> {
        let is_one = |job: &Job| {
            let applies = matches!(job.kind, Kind::Apply(_));
            applies && job.is_running() && job.connection == record.id.to_string()
        };
        match self.jobs().into_iter().find(is_one) {
            Some(job) if job.kind != Kind::Apply(plan) => Err(Error::Busy(
                "another plan of this connection is being applied",
            )),
            found => Ok(found),
        }
    }

    /// Stops applying a plan after the step that is being sent; it can go on later.
    pub async fn pause_plan(&self, connection: &str, plan: &str) -> Result<()> {
        let id = plan_id(plan)?;
        let connection = self.record(connection).await?.id.to_string();
        let running = self.jobs().into_iter().find(|job| {
            job.is_running() && job.connection == connection && job.kind == Kind::Apply(id)
        });
        if let Some(job) = running {
            self.cancel_job(&job.id)?;
            self.ended(&job.id).await?;
        }
        Ok(())
    }

    /// Lets steps that were refused be sent again: all of these, or those that are named. What
    /// somebody else has changed meanwhile is planned again instead.
    pub async fn retry_steps(&self, connection: &str, plan: &str, steps: &[u64]) -> Result<()> {
        let id = plan_id(plan)?;
        let ledger = self.ledger(connection).await?;
        let (engine, wanted) = (self.clone(), steps.to_vec());
        blocking(move || {
            let failed = StepsWanted {
                states: vec![StepState::Rejected],
                offset: 0,
                limit: i64::MAX.unsigned_abs(),
            };
            let mut again = ledger.steps(id, &failed)?;
            again.retain(|row| wanted.is_empty() || wanted.contains(&row.step.no));
            engine.check_secrets_held(id, &again)?;
            for row in again {
                let waiting = StepResult::of(StepState::Waiting);
                ledger.set_step(id, row.step.no, &[StepState::Rejected], &waiting, None)?;
            }
            ledger.set_plan_state(id, &[PlanState::Ended], PlanState::Paused, clock::now())?;
            Ok(())
        })
        .await?;
        self.events.changed(Change::Plans, Some(connection));
        Ok(())
    }

    async fn check_startable(
        &self,
        record: &ConnectionRecord,
        ledger: &Arc<Ledger>,
        id: Uuid,
        applying: Applying,
    ) -> Result<()> {
        let own = Arc::clone(ledger);
        let (kept, plan) = blocking(move || whole(&own, id)).await?;
        if !kept.state.is_open() {
            return Err(Error::Busy("this plan is at its end: make a new one"));
        }
        if kept.state == PlanState::Queued {
            // What waited may not fit any more what stands now.
            return Err(Error::Busy(
                "a plan of the outbox is made again and looked at before it goes",
            ));
        }
        if !plan.is_whole() {
            return Err(Error::SealBroken {
                plan: plan.header.title,
            });
        }
        if plan.header.key_id != record.key_id.get() {
            return Err(Error::Busy("this plan was made for another key"));
        }
        let ceiling = self.ceiling().await?;
        let away = plan.header.takes_away;
        if away > ceiling && applying.takes_away != Some(away) {
            return Err(Error::OverCeiling { away, ceiling });
        }
        self.check_approved(record, ledger, &kept).await?;
        let (engine, own) = (self.clone(), Arc::clone(ledger));
        blocking(move || {
            let waiting = StepsWanted {
                states: vec![StepState::Waiting],
                offset: 0,
                limit: i64::MAX.unsigned_abs(),
            };
            engine.check_secrets_held(id, &own.steps(id, &waiting)?)
        })
        .await
    }

    async fn apply(
        &self,
        record: &ConnectionRecord,
        ledger: Arc<Ledger>,
        plan: Uuid,
        job: &str,
        cancel: CancellationToken,
    ) -> Result<Tally> {
        let own = Arc::clone(&ledger);
        let begun = blocking(move || {
            let open = [PlanState::Made, PlanState::Paused, PlanState::Running];
            if !own.set_plan_state(plan, &open, PlanState::Running, clock::now())? {
                // Given up, queued or made again since it was looked at.
                return Err(Error::Busy("the plan stands otherwise by now"));
            }
            own.plan(plan)?.ok_or_else(|| no_plan(&plan.to_string()))
        })
        .await?;
        self.note_plan(record, activity::Kind::PlanStarted, &begun)
            .await;
        let total = begun.header.steps;
        self.events
            .changed(Change::Plans, Some(&record.id.to_string()));
        self.jobs.update(job, |job| job.total = Some(total));
        let application = self.application(record, ledger, plan, job, cancel).await?;
        let waiting = self.watch_waiting(application.reach.client.pace(), job);
        let done = application.run().await;
        waiting.abort();
        done
    }

    /// What applies a plan, or reads it back.
    pub(super) async fn application(
        &self,
        record: &ConnectionRecord,
        ledger: Arc<Ledger>,
        plan: Uuid,
        job: &str,
        cancel: CancellationToken,
    ) -> Result<Application> {
        let own = Arc::clone(&ledger);
        let kept = blocking(move || own.plan(plan)?.ok_or_else(|| no_plan(&plan.to_string())));
        let title = kept.await?.header.title;
        let client = self.client_for(record, activity::Purpose::Apply).await?;
        Ok(Application {
            engine: self.clone(),
            record: record.clone(),
            ledger,
            plan,
            title,
            reach: Arc::new(Reach {
                client,
                kinds: kinds(record)?,
            }),
            cancel,
            not_done: Arc::default(),
            job: job.to_owned(),
        })
    }

    async fn end_apply(
        &self,
        record: &ConnectionRecord,
        plan: Uuid,
        job: &str,
        outcome: Result<Tally>,
    ) {
        let connection = record.id.to_string();
        // What the vendor has not is an answer of a vendor that is there.
        let outcome = match outcome {
            Err(Error::Vendor(error)) if error.is_not_there() => {
                self.remember_link(record.id, Link::Live { at: clock::now() });
                Err(Error::Vendor(error))
            }
            outcome => self.witness(record.id, outcome),
        };
        let (state, to, noted) = match outcome {
            Ok(tally) => {
                let noted = (activity::Kind::PlanEnded, Outcome::Done);
                (
                    State::Done(crate::jobs::Outcome::Applied(tally)),
                    PlanState::Ended,
                    noted,
                )
            }
            Err(Error::Canceled) => (
                State::Canceled,
                PlanState::Paused,
                (activity::Kind::PlanPaused, Outcome::Canceled),
            ),
            Err(error) => {
                tracing::warn!(%connection, %error, ?error, "a plan is paused");
                let noted = (activity::Kind::PlanPaused, Outcome::from(&error));
                (State::Failed(error), PlanState::Paused, noted)
            }
        };
        let ledger = self.ledger(&connection).await;
        let kept = match ledger {
            Ok(ledger) => {
                blocking(move || {
                    let running = [PlanState::Running];
                    ledger.set_plan_state(plan, &running, to, clock::now())?;
                    Ok(ledger.plan(plan)?.map(|kept| kept.header.title))
                })
                .await
            }
            Err(error) => Err(error),
        };
        let title = kept.unwrap_or_else(|error| {
            // It is found as it is at the next start: running, and nobody at it.
            tracing::error!(%error, "how a plan stands was not kept");
            None
        });
        let entry = Entry {
            outcome: noted.1,
            ..Entry::done(
                noted.0,
                activity::Target::new(What::Plan, Some(plan.to_string()), title),
                serde_json::json!({}),
            )
        };
        self.note_after(record, entry).await;
        self.jobs.end(job, state);
        self.events.changed(Change::Plans, Some(&connection));
        self.events.changed(Change::Connections, Some(&connection));
    }
}

impl Application {
    pub fn connection(&self) -> String {
        self.record.id.to_string()
    }

    /// Goes through all steps that wait.
    async fn run(&self) -> Result<Tally> {
        self.settle().await?;
        let mut since_proof = 0;
        loop {
            self.count().await?;
            let part = self.waiting_part().await?;
            if part.is_empty() {
                break;
            }
            for row in part {
                if self.cancel.is_cancelled() {
                    self.confirm().await?;
                    return Err(Error::Canceled);
                }
                self.jobs_phase(Phase::Applying);
                match self.do_step(&row.step).await? {
                    Next::GoOn => self.engine.jobs.update(&self.job, |job| job.done += 1),
                    Next::Stop(Error::Vendor(error)) if error.status() == Some(TOO_MANY) => {
                        // It was not taken; the pace of the key knows until when to wait.
                        tracing::info!(%error, "the vendor asks for a pause");
                    }
                    Next::Stop(error) => return Err(error),
                }
                since_proof += 1;
                if since_proof >= READ_BACK {
                    since_proof = 0;
                    self.confirm_new().await?;
                }
            }
            self.settle().await?;
        }
        self.confirm().await?;
        self.look_again().await?;
        self.tally().await
    }

    /// The next steps that wait.
    async fn waiting_part(&self) -> Result<Vec<StepRecord>> {
        let (ledger, plan) = (Arc::clone(&self.ledger), self.plan);
        let wanted = StepsWanted {
            states: vec![StepState::Waiting],
            offset: 0,
            limit: PART,
        };
        blocking(move || Ok(ledger.steps(plan, &wanted)?)).await
    }

    /// All steps that stand like one of these.
    pub async fn steps_in(&self, states: &[StepState]) -> Result<Vec<StepRecord>> {
        let (ledger, plan) = (Arc::clone(&self.ledger), self.plan);
        let wanted = StepsWanted {
            states: states.to_vec(),
            offset: 0,
            limit: i64::MAX.unsigned_abs(),
        };
        blocking(move || Ok(ledger.steps(plan, &wanted)?)).await
    }

    /// Says what became of a step; false if it stands otherwise by now.
    pub async fn set(
        &self,
        no: u64,
        from: &[StepState],
        result: StepResult,
        wrote: Option<(Target, Vec<WrittenRecord>)>,
    ) -> Result<bool> {
        let (ledger, plan, from) = (Arc::clone(&self.ledger), self.plan, from.to_vec());
        let is_set = blocking(move || {
            let wrote = wrote.as_ref().map(|(target, records)| (target, &**records));
            Ok(ledger.set_step(plan, no, &from, &result, wrote)?)
        })
        .await?;
        Ok(is_set)
    }

    async fn tally(&self) -> Result<Tally> {
        let (ledger, plan) = (Arc::clone(&self.ledger), self.plan);
        let counts = blocking(move || Ok(ledger.step_counts(plan)?)).await?;
        let mut tally = Tally::default();
        for (state, count) in counts {
            match state {
                state if state.is_done() => tally.done += count,
                state if OPEN.contains(&state) || state == StepState::Pending => {
                    tally.unknown += count;
                }
                _ => tally.not_done += count,
            }
        }
        Ok(tally)
    }

    /// Shows in the job how many steps came to their end.
    async fn count(&self) -> Result<()> {
        let (ledger, plan) = (Arc::clone(&self.ledger), self.plan);
        let counts = blocking(move || Ok(ledger.step_counts(plan)?)).await?;
        let ended = counts
            .iter()
            .filter(|(state, _)| *state != StepState::Waiting);
        let done = ended.map(|(_, count)| count).sum();
        self.engine.jobs.update(&self.job, |job| job.done = done);
        Ok(())
    }

    fn jobs_phase(&self, phase: Phase) {
        self.engine.jobs.update(&self.job, |job| job.phase = phase);
    }
}
