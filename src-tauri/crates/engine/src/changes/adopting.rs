//! Plans from a file: looked at as if they had been made here, and kept as they were sealed.

use std::path::Path;

use muster_directory::{
    ActKind, Violation, Violations,
    plan::{Context, FORMAT, Intent, Plan, make},
    said::Said,
};
use muster_mirror::{ConnectionRecord, Ledger, PlanRecord};

use super::{Known, planning, plans::whole};
use crate::{
    Change, Engine, Error, Result,
    activity::Kind,
    engine::blocking,
    export::{Replacement, checked_path},
};

impl Engine {
    /// Keeps a plan that was written to a file as a plan of this connection, if it is whole, made for
    /// this key and server, and if every step could still be planned. One that is kept already stays
    /// as it stands.
    pub async fn adopt_plan(&self, connection: &str, plan: Plan) -> Result<PlanRecord> {
        let (engine, record) = (self.clone(), self.record(connection).await?);
        let own = record.clone();
        let kept = blocking(move || engine.adopt(&own, &plan)).await?;
        self.note_plan(&record, Kind::PlanMade, &kept).await;
        self.events.changed(Change::Plans, Some(connection));
        Ok(kept)
    }

    /// Writes a plan to a file as it was sealed, to be looked at and applied later. A file that is
    /// there is replaced, all at once.
    pub async fn write_plan(&self, connection: &str, plan: &str, path: &Path) -> Result<()> {
        let plan = self.sealed_plan(connection, plan).await?;
        let path = checked_path(path)?;
        blocking(move || {
            let mut text = serde_json::to_string_pretty(&plan)
                .map_err(|error| Error::Defect(error.to_string()))?;
            text.push('\n');
            let mut file = Replacement::of(&path)?;
            file.put(text.as_bytes())?;
            file.complete()
        })
        .await
    }

    /// The plan in a file, as it stands there: whether it is whole is seen when it is kept.
    pub async fn read_plan(&self, path: &Path) -> Result<Plan> {
        let path = path.to_owned();
        blocking(move || {
            let text = std::fs::read_to_string(&path).map_err(|error| Error::NotRead {
                path: path.clone(),
                source: error.into(),
            })?;
            serde_json::from_str(&text)
                .map_err(|_| misfit("there is no plan in this file", "plan_unreadable"))
        })
        .await
    }

    fn adopt(&self, record: &ConnectionRecord, plan: &Plan) -> Result<PlanRecord> {
        if plan.header.format != FORMAT {
            return Err(misfit(
                "this version does not know this form of a plan",
                "plan_format",
            ));
        }
        if !plan.is_whole() {
            return Err(Error::SealBroken {
                plan: plan.header.title.clone(),
            });
        }
        if plan.header.vendor != record.vendor || plan.header.host != planning::host(record)? {
            return Err(misfit("this plan was made for another server", "plan_host"));
        }
        if plan.header.key_id != record.key_id.get() {
            return Err(misfit("this plan was made for another key", "plan_key"));
        }
        let ledger = Ledger::open(&self.profile.ledger_path(record.id))?;
        let kept = planning::kept(plan)?;
        if ledger.plan(kept.id)?.is_some() {
            let (there, own) = whole(&ledger, kept.id)?;
            return match own.seal == plan.seal && own.is_whole() {
                true => Ok(there),
                false => Err(misfit("another plan with this id is kept here", "plan_id")),
            };
        }
        self.check_steps(record, &ledger, plan)?;
        ledger.keep_plan(&kept, plan, None)?;
        Ok(kept)
    }

    /// Whether the steps are what this version would make of what they want.
    fn check_steps(&self, record: &ConnectionRecord, ledger: &Ledger, plan: &Plan) -> Result<()> {
        let intents: Vec<_> = plan.steps.iter().map(|step| step.intent()).collect();
        let known = Known::read(self, record, ledger, &intents)?;
        let mut found = Vec::new();
        for (step, intent) in plan.steps.iter().zip(&intents) {
            for own in make(intent, &known).err().unwrap_or_default() {
                let path = format!("steps[{}].{}", step.no, own.path);
                found.push(Violation { path, ..own });
            }
        }
        let takes_away = |kind: &ActKind, intent: &Intent| kind.takes_away(&intent.values);
        let away = |intent: &&Intent| {
            let kind = known.kind(&intent.kind);
            kind.is_some_and(|kind| takes_away(kind, intent))
        };
        let told = plan.steps.iter().filter(|step| step.takes_away).count();
        let counted = intents.iter().filter(away).count();
        let in_order = (1..).zip(&plan.steps).all(|(no, step)| step.no == no);
        if told != counted || plan.header.takes_away != counted as u64 || !in_order {
            let message = "what the plan says of itself is not what its steps do";
            found.push(Violation::new("plan", said(message, "plan_untrue")));
        }
        match found.is_empty() {
            true => Ok(()),
            false => Err(Error::Invalid(Violations(found))),
        }
    }
}

fn said(message: &str, code: &'static str) -> Said {
    Said::new(message.to_owned(), code, Vec::new())
}

fn misfit(message: &str, code: &'static str) -> Error {
    Violation::new("plan", said(message, code)).into()
}
