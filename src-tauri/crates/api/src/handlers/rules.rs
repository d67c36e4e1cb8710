//! Roles: the matrix, who the key is, may, and what if.

use muster_engine::Engine;

use super::Answer;
use crate::{convert, types::*};

pub async fn rules_matrix(engine: &Engine, of: ConnectionRef) -> Answer<RulesMatrix> {
    Ok(engine.rules(&of.connection).await?.into())
}

pub async fn may_ask(engine: &Engine, question: MayQuestion) -> Answer<Vec<MayAnswer>> {
    let (connection, question) = convert::may_question(question)?;
    let vendor = engine.vendor_rules(&connection).await?;
    let answers = engine.may(&connection, question).await?;
    let answers = answers.into_iter();
    Ok(answers
        .map(|answer| convert::may_answer(vendor, answer))
        .collect())
}

pub async fn what_if(engine: &Engine, request: WhatIfRequest) -> Answer<WhatIfOutcome> {
    let (connection, question) = convert::what_if(request)?;
    let vendor = engine.vendor_rules(&connection).await?;
    let outcome = engine.what_if(&connection, question).await?;
    Ok(convert::what_if_outcome(vendor, outcome))
}

pub async fn actor_get(engine: &Engine, of: ConnectionRef) -> Answer<Actor> {
    Ok(engine.actor(&of.connection).await?.into())
}

pub async fn actor_set(engine: &Engine, update: ActorUpdate) -> Answer<Actor> {
    let (connection, draft) = convert::actor_draft(update)?;
    Ok(engine.set_actor(&connection, draft).await?.into())
}
