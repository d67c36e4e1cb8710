//! Plans as signed files: written, looked at, approved or rejected, and what was said taken in.

use muster_api::types;
use muster_directory::{plan::approval::Decision, signature::PublicKey};
use muster_engine::{
    Engine,
    changes::{Opening, PlanFileSeen},
};

use super::find;
use crate::{
    arguments::{Deciding, Format, PlanFiles, Switch},
    failure::Failure,
    output::{self, plan_file as written},
};

/// All steps of a plan that was opened.
const ALL: (u64, u64) = (0, u64::MAX);

pub async fn run(engine: &Engine, files: PlanFiles) -> Result<(), Failure> {
    match files {
        PlanFiles::Export {
            connection,
            plan,
            out,
        } => {
            let id = id_of(engine, &connection).await?;
            written::signed(&engine.export_plan(&id, &plan, out).await?)
        }
        PlanFiles::Open { file, format } => open(engine, Opening::File(file), format).await,
        PlanFiles::Approve(own) => decide(engine, own, Decision::Approved).await,
        PlanFiles::Reject(own) => decide(engine, own, Decision::Rejected).await,
        PlanFiles::ReadApproval {
            connection,
            file,
            format,
        } => {
            let id = id_of(engine, &connection).await?;
            let approvals = engine.read_approval(&id, Opening::File(file)).await?;
            match format {
                Format::Json => output::json(&types::PlanApprovals::from(approvals)),
                _ => written::approvals(&approvals, format),
            }
        }
        PlanFiles::Colleagues { format } => {
            let found = engine.colleagues().await?;
            let found: Vec<_> = found.into_iter().map(types::Colleague::from).collect();
            match format {
                Format::Json => output::json(&found),
                _ => written::colleagues(&found, format),
            }
        }
        PlanFiles::Confirm { key, name } => {
            let colleague = engine.confirm_colleague(read_key(&key)?, &name).await?;
            written::colleagues(&[colleague.into()], Format::Table)
        }
        PlanFiles::Forget { key } => Ok(engine.forget_colleague(read_key(&key)?).await?),
        PlanFiles::SecondPerson { connection, needed } => {
            let id = id_of(engine, &connection).await?;
            if let Some(needed) = needed {
                engine.set_second_person(&id, needed == Switch::On).await?;
            }
            written::second_person(engine.second_person(&id).await?)
        }
    }
}

async fn id_of(engine: &Engine, connection: &str) -> Result<String, Failure> {
    Ok(find(engine, connection).await?.record.id.to_string())
}

fn read_key(text: &str) -> Result<PublicKey, Failure> {
    text.parse()
        .map_err(|error| Failure::Usage(format!("a public key: {error}")))
}

async fn open(engine: &Engine, opening: Opening, format: Format) -> Result<(), Failure> {
    let seen = engine.open_plan_file(opening).await?;
    let steps = engine.opened_steps(seen.plan.record.seal.as_str(), None, ALL)?;
    match format {
        Format::Json => {
            let plan = types::PlanFilePreview::from(seen);
            let steps = types::StepsAnswer::from(steps).rows;
            let steps: Vec<_> = steps.into_iter().map(|row| row.step).collect();
            output::json(&serde_json::json!({"file": plan, "steps": steps}))
        }
        _ => {
            if format == Format::Table {
                written::seen(&seen)?;
            }
            written::steps(steps.rows.iter().map(|(row, _)| &row.step), format)
        }
    }
}

async fn decide(engine: &Engine, own: Deciding, decision: Decision) -> Result<(), Failure> {
    let PlanFileSeen { plan, .. } = engine.open_plan_file(Opening::File(own.file)).await?;
    let (seal, out) = (plan.record.seal.as_str(), own.out);
    let file = engine
        .decide_plan(seal, decision, &own.comment, out)
        .await?;
    written::signed(&file)
}
