//! Four eyes: plans to files, what others say of them, and whose keys count.

use muster_engine::Engine;

use super::Answer;
use crate::{convert::approvals as convert, types::*};

pub async fn plan_export(engine: &Engine, own: PlanExport) -> Answer<SignedFile> {
    let path = own.path.into();
    let written = engine.export_plan(&own.connection, &own.plan, path).await?;
    Ok(written.into())
}

pub async fn plan_file_open(engine: &Engine, own: PlanFileOpening) -> Answer<PlanFilePreview> {
    let opening = convert::opening(own.path, own.content)?;
    Ok(engine.open_plan_file(opening).await?.into())
}

pub async fn plan_file_steps(engine: &Engine, own: OpenedSteps) -> Answer<StepsAnswer> {
    Ok(engine
        .opened_steps(&own.seal, own.mark.map(Into::into), (own.offset, own.limit))?
        .into())
}

pub async fn plan_file_decide(engine: &Engine, own: PlanDeciding) -> Answer<SignedFile> {
    let (decision, path) = (own.decision.into(), own.path.into());
    let written = engine
        .decide_plan(&own.seal, decision, &own.comment, path)
        .await?;
    Ok(written.into())
}

pub async fn approval_read(engine: &Engine, own: ApprovalReading) -> Answer<PlanApprovals> {
    let opening = convert::opening(own.path, own.content)?;
    Ok(engine.read_approval(&own.connection, opening).await?.into())
}

pub async fn plan_approvals(engine: &Engine, of: PlanRef) -> Answer<PlanApprovals> {
    Ok(engine.approvals(&of.connection, &of.plan).await?.into())
}

pub async fn plan_moved(engine: &Engine, of: PlanRef) -> Answer<MovedBases> {
    Ok(engine.moved_bases(&of.connection, &of.plan).await?.into())
}

pub async fn colleagues_list(engine: &Engine, (): ()) -> Answer<Vec<Colleague>> {
    let found = engine.colleagues().await?;
    Ok(found.into_iter().map(Colleague::from).collect())
}

pub async fn colleague_confirm(engine: &Engine, own: ColleagueConfirming) -> Answer<Colleague> {
    let key = convert::public_key(&own.public_key)?;
    Ok(engine.confirm_colleague(key, &own.name).await?.into())
}

pub async fn colleague_forget(engine: &Engine, of: ColleagueRef) -> Answer<()> {
    let key = convert::public_key(&of.public_key)?;
    Ok(engine.forget_colleague(key).await?)
}

pub async fn second_person_get(engine: &Engine, of: ConnectionRef) -> Answer<SecondPerson> {
    let needed = engine.second_person(&of.connection).await?;
    Ok(SecondPerson { needed })
}

pub async fn second_person_set(engine: &Engine, own: SecondPersonSetting) -> Answer<()> {
    Ok(engine
        .set_second_person(&own.connection, own.needed)
        .await?)
}
