//! Drafts, plans, the outbox, and what came of them.

use muster_engine::Engine;

use super::Answer;
use crate::{convert::changes as convert, types::*};

pub async fn acts_list(engine: &Engine, of: ConnectionRef) -> Answer<Vec<ActForm>> {
    let kinds = engine.acts(&of.connection).await?;
    Ok(kinds.into_iter().map(ActForm::from).collect())
}

pub async fn subscription_types(engine: &Engine, of: ConnectionRef) -> Answer<SubscriptionTypes> {
    Ok(engine.subscription_types(&of.connection).await?.into())
}

pub async fn names_known(engine: &Engine, of: NamesQuestion) -> Answer<NamesKnown> {
    let people = convert::people(&of.people)?;
    let organizations = convert::organizations(&of.organizations)?;
    let known = engine.known_names(&of.connection, people, organizations);
    Ok(known.await?.into())
}

pub async fn subscriptions_check(
    engine: &Engine,
    of: SubscriptionsCheck,
) -> Answer<Vec<SubscribedOrganization>> {
    let ids = convert::organizations(&of.organizations)?;
    let found = engine.check_subscriptions(&of.connection, ids).await?;
    Ok(found
        .into_iter()
        .map(SubscribedOrganization::from)
        .collect())
}

pub async fn api_keys(engine: &Engine, of: ApiKeysQuestion) -> Answer<Vec<ApiKeyRow>> {
    let person = convert::person(of.person)?;
    let found = engine.api_keys(&of.connection, person).await?;
    Ok(found.into_iter().map(ApiKeyRow::from).collect())
}

pub async fn drafts_list(engine: &Engine, of: ConnectionRef) -> Answer<Vec<ChangeDraft>> {
    let drafts = engine.drafts(&of.connection).await?;
    Ok(drafts.into_iter().map(ChangeDraft::from).collect())
}

pub async fn draft_save(engine: &Engine, own: DraftSaving) -> Answer<ChangeDraft> {
    let (connection, wish) = convert::draft(own);
    Ok(engine.keep_draft(&connection, wish).await?.into())
}

pub async fn draft_delete(engine: &Engine, of: DraftRef) -> Answer<()> {
    Ok(engine.delete_draft(&of.connection, &of.draft).await?)
}

pub async fn intents_check(engine: &Engine, own: IntentsCheck) -> Answer<IntentsChecked> {
    let intents = own.intents.into_iter().map(Into::into).collect();
    Ok(engine.check_intents(&own.connection, intents).await?.into())
}

pub async fn plan_make(engine: &Engine, own: PlanMaking) -> Answer<PlanMade> {
    let (connection, wish) = convert::plan(own)?;
    Ok(engine.make_plan(&connection, wish).await?.into())
}

pub async fn plans_list(engine: &Engine, of: ConnectionRef) -> Answer<Vec<PlanSummary>> {
    let plans = engine.plans(&of.connection).await?;
    Ok(plans.into_iter().map(PlanSummary::from).collect())
}

pub async fn plan_get(engine: &Engine, of: PlanRef) -> Answer<PlanSummary> {
    Ok(engine.plan(&of.connection, &of.plan).await?.into())
}

pub async fn plan_steps(engine: &Engine, question: StepsQuestion) -> Answer<StepsAnswer> {
    let (connection, plan) = (&question.connection, &question.plan);
    let steps = match question.mark {
        Some(mark) => {
            let part = (question.offset, question.limit);
            engine
                .marked_steps(connection, plan, mark.into(), part)
                .await?
        }
        None => {
            let wanted = convert::steps_wanted(&question);
            engine.plan_steps(connection, plan, wanted).await?
        }
    };
    Ok(steps.into())
}

pub async fn plan_intents(engine: &Engine, of: PlanRef) -> Answer<Vec<Intent>> {
    let intents = engine.plan_intents(&of.connection, &of.plan).await?;
    Ok(intents.into_iter().map(Intent::from).collect())
}

pub async fn plan_again(engine: &Engine, of: PlanRef) -> Answer<PlanMade> {
    Ok(engine.plan_again(&of.connection, &of.plan).await?.into())
}

pub async fn plan_undo(engine: &Engine, of: PlanUndoing) -> Answer<PlanMade> {
    Ok(engine
        .undo_plan(&of.connection, &of.plan, of.title)
        .await?
        .into())
}

pub async fn plan_start(engine: &Engine, of: PlanStarting) -> Answer<Job> {
    let applying = muster_engine::changes::Applying {
        takes_away: of.takes_away,
        ..Default::default()
    };
    Ok(engine
        .start_plan_and_sync(&of.connection, &of.plan, applying)
        .await?
        .into())
}

pub async fn plan_pause(engine: &Engine, of: PlanRef) -> Answer<()> {
    Ok(engine.pause_plan(&of.connection, &of.plan).await?)
}

pub async fn plan_cancel(engine: &Engine, of: PlanRef) -> Answer<PlanSummary> {
    Ok(engine.cancel_plan(&of.connection, &of.plan).await?.into())
}

pub async fn plan_delete(engine: &Engine, of: PlanRef) -> Answer<()> {
    Ok(engine.delete_plan(&of.connection, &of.plan).await?)
}

pub async fn plan_retry(engine: &Engine, of: StepsRetrying) -> Answer<()> {
    Ok(engine
        .retry_steps(&of.connection, &of.plan, &of.steps)
        .await?)
}

pub async fn plan_requested(engine: &Engine, of: PlanRef) -> Answer<PlanSummary> {
    engine.request_by_hand(&of.connection, &of.plan).await?;
    Ok(engine.plan(&of.connection, &of.plan).await?.into())
}

pub async fn outbox_add(engine: &Engine, of: PlanRef) -> Answer<()> {
    Ok(engine.queue_plan(&of.connection, &of.plan).await?)
}

pub async fn outbox_remove(engine: &Engine, of: PlanRef) -> Answer<()> {
    Ok(engine.unqueue_plan(&of.connection, &of.plan).await?)
}

pub async fn outbox_order(engine: &Engine, of: OutboxOrder) -> Answer<()> {
    Ok(engine.order_outbox(&of.connection, &of.plans).await?)
}

pub async fn step_secret_copy(engine: &Engine, of: StepSecretRef) -> Answer<SecretCopied> {
    let stays = engine
        .copy_step_secret(&of.connection, &of.plan, of.step, &of.path)
        .await?;
    Ok(SecretCopied {
        seconds: stays.as_secs(),
    })
}

pub async fn step_secret_give(engine: &Engine, of: StepSecretGiving) -> Answer<()> {
    Ok(engine
        .give_step_secret(&of.connection, &of.plan, of.step, &of.path, of.secret)
        .await?)
}

pub async fn step_secret_keep(engine: &Engine, of: StepSecretKeeping) -> Answer<Connection> {
    Ok(engine
        .keep_step_secret(&of.connection, &of.plan, of.step, &of.name)
        .await?
        .into())
}
