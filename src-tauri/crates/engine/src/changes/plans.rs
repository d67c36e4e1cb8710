//! Plans that were made: looking at them, making them again, giving them up.

use std::sync::Arc;

use muster_directory::{
    ExposeSecret, SecretString,
    plan::{Intent, Mark, Plan, StepState},
};
use muster_mirror::{PlanRecord, PlanState, StepRecord, StepsWanted};
use uuid::Uuid;

use super::{
    PlanWish, Planned,
    held::{GivenSecret, HeldSecret, Untaken},
    missing::Missing,
};
use crate::{Change, Engine, Error, Result, clock, engine::blocking};

/// A plan, and how far it is.
#[derive(Debug, Clone, PartialEq)]
pub struct PlanDetails {
    /// The plan without its steps.
    pub record: PlanRecord,
    /// How many of its steps stand like this.
    pub counts: Vec<(StepState, u64)>,
    /// How many of its steps have which mark; empty in a list of plans.
    pub marks: Vec<(Mark, u64)>,
    /// Whether it is what was sealed.
    pub is_whole: bool,
    /// Its secrets that nobody has yet.
    pub untaken: Untaken,
    /// The steps that need a secret again; none in a list of plans.
    pub missing: Missing,
}

/// Some steps of a plan.
#[derive(Debug, Clone, PartialEq)]
pub struct Steps {
    /// How many there are of those that are asked for.
    pub total: u64,
    /// These, with the secrets that are held for each.
    pub rows: Vec<(StepRecord, Vec<HeldSecret>)>,
}

impl Engine {
    /// The plans of a connection, the newest first.
    pub async fn plans(&self, connection: &str) -> Result<Vec<PlanDetails>> {
        let engine = self.clone();
        let ledger = self.ledger(connection).await?;
        blocking(move || {
            let details = |record: PlanRecord| {
                Ok(PlanDetails {
                    counts: ledger.step_counts(record.id)?,
                    marks: Vec::new(),
                    // Looked at when it is opened: it takes reading all of it.
                    is_whole: true,
                    untaken: engine.held.untaken(record.id),
                    missing: Missing::default(),
                    record,
                })
            };
            ledger.plans()?.into_iter().map(details).collect()
        })
        .await
    }

    /// A plan and whether it is what was sealed.
    pub async fn plan(&self, connection: &str, plan: &str) -> Result<PlanDetails> {
        let id = plan_id(plan)?;
        let engine = self.clone();
        let ledger = self.ledger(connection).await?;
        blocking(move || {
            let (record, plan) = whole(&ledger, id)?;
            Ok(PlanDetails {
                counts: ledger.step_counts(id)?,
                marks: Mark::count(&plan.steps),
                is_whole: plan.is_whole(),
                untaken: engine.held.untaken(id),
                missing: match plan.steps.iter().all(|step| step.secrets.is_empty()) {
                    true => Missing::default(),
                    false => engine.missing_secrets(&ledger, id)?,
                },
                record,
            })
        })
        .await
    }

    /// All of a plan, as it was sealed.
    pub async fn sealed_plan(&self, connection: &str, plan: &str) -> Result<Plan> {
        let id = plan_id(plan)?;
        let ledger = self.ledger(connection).await?;
        blocking(move || Ok(whole(&ledger, id)?.1)).await
    }

    /// Some steps of a plan.
    pub async fn plan_steps(
        &self,
        connection: &str,
        plan: &str,
        wanted: StepsWanted,
    ) -> Result<Steps> {
        let id = plan_id(plan)?;
        let engine = self.clone();
        let ledger = self.ledger(connection).await?;
        blocking(move || {
            let counts = ledger.step_counts(id)?;
            let is_wanted =
                |state: StepState| wanted.states.is_empty() || wanted.states.contains(&state);
            let rows = ledger.steps(id, &wanted)?;
            Ok(Steps {
                total: counts
                    .iter()
                    .filter(|(state, _)| is_wanted(*state))
                    .map(|(_, count)| count)
                    .sum(),
                rows: rows
                    .into_iter()
                    .map(|row| {
                        let held = engine.held.of_step(id, row.step.no);
                        (row, held)
                    })
                    .collect(),
            })
        })
        .await
    }

    /// Some of the steps that have a mark, in order.
    pub async fn marked_steps(
        &self,
        connection: &str,
        plan: &str,
        mark: Mark,
        (offset, limit): (u64, u64),
    ) -> Result<Steps> {
        let id = plan_id(plan)?;
        let engine = self.clone();
        let ledger = self.ledger(connection).await?;
        blocking(move || {
            let mut marked = ledger.all_steps(id)?;
            marked.retain(|row| mark.is_on(&row.step));
            let total = marked.len() as u64;
            let part = |count: u64| usize::try_from(count).unwrap_or(usize::MAX);
            let rows = marked.into_iter().skip(part(offset)).take(part(limit));
            let rows = rows.map(|row| {
                let held = engine.held.of_step(id, row.step.no);
                (row, held)
            });
            Ok(Steps {
                total,
                rows: rows.collect(),
            })
        })
        .await
    }

    /// Makes a plan again from what one still wants, as things stand now, and puts it in its place.
    /// What is not known of it is read back first. With nothing left to do, the old one stays as it
    /// is.
    pub async fn plan_again(&self, connection: &str, plan: &str) -> Result<Planned> {
        let id = plan_id(plan)?;
        let ledger = Arc::new(self.ledger(connection).await?);
        self.read_back(connection, &ledger, id).await?;
        let (record, steps) = blocking(move || {
            let record = ledger.plan(id)?.ok_or_else(|| no_plan(&id.to_string()))?;
            Ok((record, ledger.all_steps(id)?))
        })
        .await?;
        match record.state {
            PlanState::Running => return Err(Error::Busy("this plan is being applied")),
            PlanState::Replaced => return Err(Error::Busy("this plan was made again already")),
            _ => {}
        }
        let left: Vec<_> = steps
            .iter()
            .filter(|row| is_left(row.result.state))
            .collect();
        let secrets = left.iter().enumerate().flat_map(|(index, row)| {
            let held = row.step.secrets.iter().filter_map(move |path| {
                let secret = self.held.get(id, row.step.no, path)?;
                Some(given(index, path, &secret))
            });
            held.collect::<Vec<_>>()
        });
        let wish = PlanWish {
            title: record.header.title.clone(),
            secrets: secrets.collect(),
            intents: left.iter().map(|row| row.step.intent()).collect(),
            partly: true,
            undoes: record.header.undoes.as_ref().and_then(|id| id.parse().ok()),
            replaces: Some(record),
        };
        let planned = self.make_plan(connection, wish).await?;
        if planned.plan.is_some() {
            self.held.forget_plan(id);
        }
        Ok(planned)
    }

    /// What a plan still wants, to change it in a draft.
    pub async fn plan_intents(&self, connection: &str, plan: &str) -> Result<Vec<Intent>> {
        let id = plan_id(plan)?;
        let ledger = self.ledger(connection).await?;
        let steps = blocking(move || Ok(ledger.all_steps(id)?)).await?;
        let left = steps.iter().filter(|row| is_left(row.result.state));
        Ok(left.map(|row| row.step.intent()).collect())
    }

    /// Gives a plan up: what was applied stays applied, the rest is not sent.
    pub async fn cancel_plan(&self, connection: &str, plan: &str) -> Result<PlanDetails> {
        let id = plan_id(plan)?;
        self.pause_plan(connection, plan).await?;
        let ledger = Arc::new(self.ledger(connection).await?);
        self.leave_broken_off(connection, &ledger, id).await?;
        let open = [PlanState::Made, PlanState::Queued, PlanState::Paused];
        blocking(move || {
            ledger.set_plan_state(id, &open, PlanState::Canceled, clock::now())?;
            Ok(())
        })
        .await?;
        self.held.forget_plan(id);
        self.events.changed(Change::Plans, Some(connection));
        self.plan(connection, plan).await
    }

    /// Removes a plan of which nothing was sent.
    pub async fn delete_plan(&self, connection: &str, plan: &str) -> Result<()> {
        let id = plan_id(plan)?;
        let ledger = self.ledger(connection).await?;
        if !blocking(move || Ok(ledger.delete_plan(id)?)).await? {
            return Err(Error::Busy("a plan that was begun is kept"));
        }
        self.held.forget_plan(id);
        self.events.changed(Change::Plans, Some(connection));
        Ok(())
    }
}

/// Whether a step is still wanted: not done, and not known to be under way.
const fn is_left(state: StepState) -> bool {
    matches!(
        state,
        StepState::Waiting | StepState::Rejected | StepState::Superseded
    )
}

fn given(index: usize, path: &str, secret: &SecretString) -> GivenSecret {
    GivenSecret {
        index,
        path: path.to_owned(),
        secret: Some(SecretString::from(secret.expose_secret())),
    }
}

/// A plan as it was sealed.
pub(super) fn whole(ledger: &muster_mirror::Ledger, id: Uuid) -> Result<(PlanRecord, Plan)> {
    let record = ledger.plan(id)?.ok_or_else(|| no_plan(&id.to_string()))?;
    let steps = ledger.all_steps(id)?;
    let plan = Plan {
        header: record.header.clone(),
        steps: steps.into_iter().map(|row| row.step).collect(),
        seal: record.seal.clone(),
    };
    Ok((record, plan))
}

pub(super) fn plan_id(text: &str) -> Result<Uuid> {
    text.parse().map_err(|_| no_plan(text))
}

pub(super) fn no_plan(which: &str) -> Error {
    Error::NotFound {
        what: "plan",
        which: which.to_owned(),
    }
}
