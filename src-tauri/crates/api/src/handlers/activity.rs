//! What was done here, whether the record of it holds, and who signs.

use muster_engine::Engine;

use super::Answer;
use crate::{convert, types::*};

pub async fn activity_query(engine: &Engine, question: ActivityQuestion) -> Answer<ActivityAnswer> {
    let (connection, question) = convert::activity_question(question);
    Ok(engine.activity(&connection, question).await?.into())
}

pub async fn activity_head(engine: &Engine, of: ConnectionRef) -> Answer<ActivityHead> {
    Ok(engine.activity_head(&of.connection).await?.into())
}

pub async fn activity_verify(
    engine: &Engine,
    check: ActivityCheck,
) -> Answer<ActivityVerification> {
    let head = check.head.filter(|head| !head.trim().is_empty());
    Ok(engine
        .verify_activity(&check.connection, head)
        .await?
        .into())
}

pub async fn signing_identity(
    engine: &Engine,
    wish: SigningWish,
) -> Answer<Option<SigningIdentity>> {
    let found = if wish.renew {
        Some(engine.renew_signing_identity().await?)
    } else if wish.create {
        Some(engine.make_signing_identity().await?)
    } else {
        engine.signing_identity().await?
    };
    Ok(found.map(SigningIdentity::from))
}
