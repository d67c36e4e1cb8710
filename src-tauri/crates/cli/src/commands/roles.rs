//! Roles: what they may do, who the key is, may, and what if.

use muster_api::{may_answer, types, what_if_outcome};
use muster_directory::Role;
use muster_engine::{
    Engine,
    actor::ActorDraft,
    may::MayQuestion,
    what_if::{self, WhatIf},
};

use super::find;
use crate::{
    arguments::{Deal, Format, KeyRole, May, Simulate},
    failure::Failure,
    output::{self, roles as written},
};

/// The exit status of an answer that is neither yes nor no.
const OPEN: u8 = 3;

async fn id_of(engine: &Engine, connection: &str) -> Result<String, Failure> {
    Ok(find(engine, connection).await?.record.id.to_string())
}

pub async fn matrix(engine: &Engine, connection: &str, format: Format) -> Result<(), Failure> {
    let rules = engine.rules(&id_of(engine, connection).await?).await?;
    let matrix = types::RulesMatrix::from(rules);
    match format {
        Format::Json => output::json(&matrix),
        _ => written::matrix(&matrix, format),
    }
}

pub async fn key_role(engine: &Engine, own: KeyRole) -> Result<(), Failure> {
    let connection = id_of(engine, &own.connection).await?;
    let draft = ActorDraft {
        role: own.role.map(Role::from),
        organization: own.organization,
        person: own.person,
    };
    let actor = match own.forget || draft.role.is_some() {
        true => engine.set_actor(&connection, draft).await?,
        false => engine.actor(&connection).await?,
    };
    let actor = types::Actor::from(actor);
    match own.format {
        Format::Json => output::json(&actor),
        format => written::actor(&actor, format),
    }
}

pub async fn may(engine: &Engine, asked: May) -> Result<(), Failure> {
    let connection = id_of(engine, &asked.connection).await?;
    let vendor = engine.vendor_rules(&connection).await?;
    let question = MayQuestion {
        actions: vec![asked.action],
        role: asked.role.map(Role::from),
        person: asked.person,
        organization: asked.organization,
        gives: asked.gives.map(Role::from),
    };
    for answer in engine.may(&connection, question).await? {
        let answer = may_answer(vendor, answer);
        match asked.format {
            Format::Json => output::json(&answer)?,
            format => written::may(&answer, format)?,
        }
        answered(answer.answer)?;
    }
    Ok(())
}

/// The answer as an exit status: nothing if it is yes.
fn answered(answer: Option<types::RuleAnswer>) -> Result<(), Failure> {
    use types::RuleAnswer::{
        Contested, DependsOnScope, No, OtherRoleOnly, OutsideScope, Undocumented, Yes, YesWithin,
    };
    match answer {
        Some(Yes | YesWithin) => Ok(()),
        Some(No | OutsideScope | OtherRoleOnly) => Err(Failure::Answered(1)),
        Some(Contested | Undocumented | DependsOnScope) | None => Err(Failure::Answered(OPEN)),
    }
}

pub async fn simulate(engine: &Engine, asked: Simulate) -> Result<(), Failure> {
    let connection = id_of(engine, &asked.connection).await?;
    let vendor = engine.vendor_rules(&connection).await?;
    let question = WhatIf {
        person: asked.person,
        deal: deal(asked.deal)?,
        assumed: asked.assume.map(Role::from),
    };
    let outcome = engine.what_if(&connection, question).await?;
    let outcome = what_if_outcome(vendor, outcome);
    match asked.format {
        Format::Json => output::json(&outcome),
        format => written::what_if(&outcome, format),
    }
}

fn deal(own: Deal) -> Result<what_if::Deal, Failure> {
    match own {
        Deal {
            role: Some(role), ..
        } => Ok(what_if::Deal::Role(Role::from(role))),
        Deal {
            move_to: Some(to), ..
        } => Ok(what_if::Deal::Move(to)),
        Deal { disable: true, .. } => Ok(what_if::Deal::Disable),
        Deal { delete: true, .. } => Ok(what_if::Deal::Delete),
        _ => Err(Failure::Usage(
            "say --role, --disable, --delete or --move-to".to_owned(),
        )),
    }
}
