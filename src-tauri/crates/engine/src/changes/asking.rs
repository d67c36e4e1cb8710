//! Asking the vendor by hand for what its API does not do for this key: noted, and proved once a
//! sync shows it.

use std::sync::Arc;

use muster_directory::{
    ActKind, Direction, Filter, OrganizationId, OrganizationLeaf, OrganizationSort, Platform, Sort,
    Target, Thing, Values,
    plan::{Step, StepReason, StepResult, StepState},
};
use muster_mirror::{
    ConnectionRecord, Ledger, Mirror, OrganizationsQuestion, PlanState, Presence, Seen, StepRecord,
    StepsWanted, Witnesses,
};
use muster_vendor::medipim::base_values;
use serde_json::Value;
use uuid::Uuid;

use super::{
    kinds,
    planning::person_id,
    plans::{no_plan, plan_id},
};
use crate::{Change, Engine, Result, access::platform, clock, engine::blocking};

/// More organizations of one name are not told apart.
const MOST_NAMED: u64 = 100;

impl Engine {
    /// Notes that the vendor was asked by hand for every step of a plan that it has no endpoint
    /// for; what waits for the same is not sent any more. Returns how many steps that are.
    pub async fn request_by_hand(&self, connection: &str, plan: &str) -> Result<u64> {
        let id = plan_id(plan)?;
        let ledger = self.ledger(connection).await?;
        let asked = blocking(move || {
            let plan = ledger.plan(id)?.ok_or_else(|| no_plan(&id.to_string()))?;
            let wanted = StepsWanted {
                states: vec![StepState::Rejected, StepState::Waiting],
                offset: 0,
                limit: i64::MAX.unsigned_abs(),
            };
            let rows = ledger.steps(id, &wanted)?;
            let mut asked = 0;
            for row in rows.iter().filter(|row| has_no_endpoint(row, &rows)) {
                let from = [row.result.state];
                asked +=
                    u64::from(ledger.set_step(id, row.step.no, &from, &asked_for(row), None)?);
            }
            let counts = ledger.step_counts(id)?;
            let is_open = |state: StepState| {
                matches!(
                    state,
                    StepState::Waiting | StepState::Sending | StepState::Unknown
                )
            };
            if plan.state == PlanState::Paused && !counts.iter().any(|(state, _)| is_open(*state)) {
                ledger.set_plan_state(id, &[PlanState::Paused], PlanState::Ended, clock::now())?;
            }
            Ok(asked)
        })
        .await?;
        self.events.changed(Change::Plans, Some(connection));
        Ok(asked)
    }

    /// Compares what is not known to be done (the vendor was asked for it by hand, has accepted it
    /// for later, or gave no answer) with what the last sync has brought, and marks what it shows
    /// as applied.
    pub(crate) async fn prove_open(&self, record: &ConnectionRecord) -> Result<()> {
        let (engine, record) = (self.clone(), record.clone());
        let connection = record.id.to_string();
        let proved = blocking(move || {
            let ledger = Ledger::open(&engine.profile.ledger_path(record.id))?;
            let asked = ledger.unproved_steps()?;
            let shown = Shown::read(&engine, &record, &asked)?;
            let mut proved = false;
            for (plan, row) in &asked {
                proved |= shown.prove(&ledger, *plan, row)?;
            }
            Ok(proved)
        })
        .await?;
        if proved {
            self.events.changed(Change::Plans, Some(&connection));
        }
        Ok(())
    }
}

/// Whether the vendor has said of a step, or of one like it, that it has no endpoint for it.
fn has_no_endpoint(row: &StepRecord, all: &[StepRecord]) -> bool {
    let refused = |row: &StepRecord| row.result.reason == Some(StepReason::NoEndpoint);
    let is_like_it = |other: &StepRecord| refused(other) && other.step.kind == row.step.kind;
    match row.result.state {
        StepState::Waiting => all.iter().any(is_like_it),
        _ => refused(row),
    }
}

fn asked_for(row: &StepRecord) -> StepResult {
    StepResult {
        state: StepState::Rejected,
        reason: Some(StepReason::NoEndpoint),
        asked_at: Some(clock::now()),
        ..row.result.clone()
    }
}

/// What the last sync shows of steps.
struct Shown {
    mirror: Arc<Mirror>,
    witnesses: Witnesses,
    kinds: Vec<ActKind>,
    platform: Platform,
    /// When it finished, Unix seconds; none: there was none.
    synced_at: Option<i64>,
}

impl Shown {
    fn read(
        engine: &Engine,
        record: &ConnectionRecord,
        asked: &[(Uuid, StepRecord)],
    ) -> Result<Self> {
        let mirror = engine.mirror(record.id)?;
        let targets = || asked.iter().filter_map(|(_, row)| row.step.target.as_ref());
        let people: Vec<_> = targets().filter_map(person_id).collect();
        let organizations: Vec<_> = targets().filter_map(organization_id).collect();
        Ok(Self {
            witnesses: mirror.witnesses(&people, &organizations)?,
            synced_at: mirror.state()?.last_sync.map(|sync| sync.finished_at),
            mirror,
            kinds: kinds(record)?,
            platform: platform(record)?,
        })
    }

    /// Marks a step as applied if the mirror shows it.
    fn prove(&self, ledger: &Ledger, plan: Uuid, row: &StepRecord) -> Result<bool> {
        let is_asked = row.result.asked_at.is_some();
        let shown = self.shown(&row.step, is_asked)?;
        let (Some(synced_at), Some(target)) = (self.synced_at, shown) else {
            return Ok(false);
        };
        let makes = row.step.target.is_none();
        let result = StepResult {
            state: StepState::Applied,
            ended_at: Some(synced_at * 1_000),
            proved_at: Some(synced_at),
            reason: None,
            made: makes.then_some(target),
            ..row.result.clone()
        };
        Ok(ledger.set_step(plan, row.step.no, &[row.result.state], &result, None)?)
    }

    /// What a step is about, if the mirror shows that it is done.
    fn shown(&self, step: &Step, is_asked: bool) -> Result<Option<Target>> {
        let kind = self.kinds.iter().find(|kind| kind.id == step.kind);
        match (&step.target, kind.and_then(|kind| kind.makes)) {
            (Some(target), None) => {
                let is_so = |told: Values| step.changes.is_empty() || agrees(step, &told);
                Ok(self.told(target).is_some_and(is_so).then(|| target.clone()))
            }
            // One that was asked for by hand: others are told from what was there before.
            (None, Some(Thing::Organization)) if is_asked => self.made_organization(step),
            // What the vendor does not return cannot be proved by a sync.
            _ => Ok(None),
        }
    }

    /// What the vendor told of a target; none if it did not return it.
    fn told(&self, target: &Target) -> Option<Values> {
        match target.thing {
            Thing::Person => {
                let found = self.witnesses.person(person_id(target)?)?;
                let is_there = found.presence == Presence::Present;
                is_there.then(|| base_values(self.platform, &found.person))
            }
            Thing::Organization => {
                let found = self.witnesses.organization(organization_id(target)?)?;
                Some(base_values(self.platform, found))
            }
            Thing::ApiKey => None,
        }
    }

    fn made_organization(&self, step: &Step) -> Result<Option<Target>> {
        let values = step.values();
        let Some(name) = values.get("name").and_then(Value::as_str) else {
            return Ok(None);
        };
        let filter = Filter::leaf(OrganizationLeaf::Name(name.to_owned()));
        let found = self.mirror.organizations(&OrganizationsQuestion {
            filter: Some(&filter),
            search: None,
            seen: Seen::Present,
            sort: Sort {
                by: OrganizationSort::Id,
                direction: Direction::Descending,
            },
            offset: 0,
            limit: MOST_NAMED,
        })?;
        let mut found = found.rows.into_iter().map(|row| row.organization);
        let made = found.find(|own| agrees(step, &base_values(self.platform, own)));
        Ok(made.map(|own| Target {
            thing: Thing::Organization,
            id: own.id.to_string(),
            name: own.name,
        }))
    }
}

fn organization_id(target: &Target) -> Option<OrganizationId> {
    let is_organization = target.thing == Thing::Organization;
    let id = target.id.parse::<u64>().ok().filter(|_| is_organization)?;
    OrganizationId::try_from(id).ok()
}

/// Whether at least one field is told, and every one that is told is as it was wanted.
fn agrees(step: &Step, told: &Values) -> bool {
    let mut compared = step
        .changes
        .iter()
        .filter_map(|change| Some(*told.get(&change.path)? == change.after))
        .peekable();
    compared.peek().is_some() && compared.all(|is_so| is_so)
}
