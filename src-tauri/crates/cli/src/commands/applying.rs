//! Applying plans, one or those of the outbox: shown first, results by row after.

use std::{
    io::{self, Write},
    path::Path,
    time::Duration,
};

use muster_directory::{
    ExposeSecret,
    plan::{Step, StepState},
};
use muster_engine::{
    Engine,
    changes::{Applying, PlanDetails, Tally},
    jobs::{Outcome, State},
    mirror::{PlanState, StepsWanted},
    vendor::medipim::acts::API_KEY_CREATE,
};

use super::{
    changes::{NOT_ALL, id_of, named, show, steps_of},
    follow, read_secret,
};
use crate::{
    arguments::{Apply, Format, Outbox},
    failure::Failure,
    output::changes as written,
};

/// The exit status when it is not known of something.
const UNKNOWN: u8 = 5;

/// Under this name the secret of a key that was made is held.
const SECRET: &str = "secret";

pub async fn apply(engine: &Engine, asked: Apply) -> Result<(), Failure> {
    let connection = id_of(engine, &asked.connection).await?;
    let plan = kept(engine, &connection, &asked.plan).await?;
    let steps = steps_of(engine, &connection, &plan).await?;
    check_secrets(&asked, &steps)?;
    if !asked.yes {
        show(engine, &connection, &plan, asked.format).await?;
        return Err(Failure::Usage(
            "nothing was sent: say --yes to apply this".to_owned(),
        ));
    }
    if asked.password_stdin {
        give_password(engine, &connection, &plan, &steps).await?;
    }
    let applying = Applying {
        takes_away: asked.takes_away,
        settle: asked.settle.map(Duration::from_secs),
    };
    let outcome = run(engine, &connection, &plan, applying, asked.format).await;
    // Also after a failure: what was made before it cannot be asked for again.
    hand_over(engine, &connection, &plan, &asked).await?;
    outcome
}

/// The id of a plan that is kept, or of one in a file, which is kept then.
async fn kept(engine: &Engine, connection: &str, plan: &str) -> Result<String, Failure> {
    if !Path::new(plan).is_file() {
        return Ok(engine.plan(connection, plan).await?.record.id.to_string());
    }
    let read = engine.read_plan(plan.as_ref()).await?;
    Ok(engine.adopt_plan(connection, read).await?.id.to_string())
}

/// Whether all secrets have somewhere to come from, or to go.
fn check_secrets(asked: &Apply, steps: &[Step]) -> Result<(), Failure> {
    let given = steps.iter().filter(|step| !step.secrets.is_empty()).count();
    let made = steps
        .iter()
        .filter(|step| step.kind == API_KEY_CREATE)
        .count();
    let wrong = match (given, made) {
        (1.., _) if !asked.password_stdin => "this plan needs a password: say --password-stdin",
        (2.., _) => "only one password can be read: apply a plan of one person",
        (0, _) if asked.password_stdin => "this plan takes no password",
        (_, 1..) if asked.secret_to.is_none() && !asked.print_secret => {
            "this plan makes a key, whose secret is shown once: say --secret-to keyring:NAME or --print-secret"
        }
        (_, 2..) if asked.secret_to.is_some() => {
            "this plan makes several keys: --secret-to takes one"
        }
        _ => return Ok(()),
    };
    Err(Failure::Usage(wrong.to_owned()))
}

async fn give_password(
    engine: &Engine,
    connection: &str,
    plan: &str,
    steps: &[Step],
) -> Result<(), Failure> {
    let secret = read_secret("the password")?;
    for step in steps {
        for path in &step.secrets {
            engine
                .give_step_secret(connection, plan, step.no, path, Some(secret.clone()))
                .await?;
        }
    }
    Ok(())
}

/// Applies a plan, shows progress on a terminal, and pauses at Ctrl+C; then what became of each step.
async fn run(
    engine: &Engine,
    connection: &str,
    plan: &str,
    applying: Applying,
    format: Format,
) -> Result<(), Failure> {
    // Before the job: what it tells first may be that it has ended.
    let events = engine.listen();
    let job = engine.start_plan(connection, plan, applying).await?;
    let ended = follow(engine, &job.id, events).await?;
    let all = StepsWanted {
        limit: i64::MAX.unsigned_abs(),
        ..StepsWanted::default()
    };
    written::results(engine.plan_steps(connection, plan, all).await?, format)?;
    match ended.state {
        State::Done(Outcome::Applied(tally)) => answered(tally),
        State::Failed(error) => Err(error.into()),
        _ => {
            writeln!(
                io::stderr(),
                "musterctl: paused; the same command goes on with it"
            )?;
            Err(Failure::Answered(NOT_ALL))
        }
    }
}

const fn answered(tally: Tally) -> Result<(), Failure> {
    match tally {
        Tally { unknown: 1.., .. } => Err(Failure::Answered(UNKNOWN)),
        Tally { not_done: 1.., .. } => Err(Failure::Answered(NOT_ALL)),
        _ => Ok(()),
    }
}

/// Hands over the secrets of keys that were made.
async fn hand_over(
    engine: &Engine,
    connection: &str,
    plan: &str,
    asked: &Apply,
) -> Result<(), Failure> {
    let done = StepsWanted {
        states: vec![StepState::Applied, StepState::Accepted],
        offset: 0,
        limit: i64::MAX.unsigned_abs(),
    };
    let steps = engine.plan_steps(connection, plan, done).await?;
    for (row, held) in steps.rows {
        if !held.iter().any(|own| own.path == SECRET) {
            continue;
        }
        match &asked.secret_to {
            Some(name) => {
                let made = engine
                    .keep_step_secret(connection, plan, row.step.no, name)
                    .await?;
                writeln!(
                    io::stderr(),
                    "musterctl: kept as the connection {}",
                    made.record.name
                )?;
            }
            None => {
                let secret = engine
                    .take_step_secret(connection, plan, row.step.no)
                    .await?;
                writeln!(io::stdout(), "{}", secret.expose_secret())?;
            }
        }
    }
    Ok(())
}

pub async fn outbox(engine: &Engine, asked: Outbox) -> Result<(), Failure> {
    match asked {
        Outbox::List { connection, format } => {
            let connection = id_of(engine, &connection).await?;
            written::plans(queued(engine, &connection).await?, format)
        }
        Outbox::Add { plan } => {
            let (connection, plan) = named(engine, plan).await?;
            Ok(engine.queue_plan(&connection, &plan).await?)
        }
        Outbox::Remove { plan } => {
            let (connection, plan) = named(engine, plan).await?;
            Ok(engine.unqueue_plan(&connection, &plan).await?)
        }
        Outbox::Order { connection, plans } => {
            let connection = id_of(engine, &connection).await?;
            Ok(engine.order_outbox(&connection, &plans).await?)
        }
        Outbox::Send {
            connection,
            yes,
            format,
        } => {
            let connection = id_of(engine, &connection).await?;
            match yes {
                true => send(engine, &connection, format).await,
                false => plan_again(engine, &connection, format).await,
            }
        }
    }
}

/// The plans in the outbox, in their order.
async fn queued(engine: &Engine, connection: &str) -> Result<Vec<PlanDetails>, Failure> {
    let mut plans = engine.plans(connection).await?;
    plans.retain(|plan| plan.record.state == PlanState::Queued);
    plans.sort_by_key(|plan| plan.record.position);
    Ok(plans)
}

/// Makes the plans of the outbox again, in the same order, and shows them.
async fn plan_again(engine: &Engine, connection: &str, format: Format) -> Result<(), Failure> {
    for plan in queued(engine, connection).await? {
        let before = plan.record.id.to_string();
        if let Some(made) = made_again(engine, connection, &before).await? {
            engine.queue_plan(connection, &made).await?;
            show(engine, connection, &made, format).await?;
        }
    }
    Err(Failure::Usage(
        "nothing was sent: say --yes to apply these".to_owned(),
    ))
}

/// The id of a plan that was made of another again; none if nothing of it is left to do.
async fn made_again(
    engine: &Engine,
    connection: &str,
    plan: &str,
) -> Result<Option<String>, Failure> {
    let planned = engine.plan_again(connection, plan).await?;
    written::problems(&planned)?;
    if planned.plan.is_none() {
        writeln!(
            io::stderr(),
            "musterctl: nothing of the plan {plan} is left to do as things stand; it stays in the outbox"
        )?;
    }
    Ok(planned.plan.map(|made| made.id.to_string()))
}

/// Applies the plans of the outbox one after another, and stops at one that cannot go on. Each is
/// made again first; if that is not what was shown, it is shown in the place of being sent.
async fn send(engine: &Engine, connection: &str, format: Format) -> Result<(), Failure> {
    let mut worst = 0;
    for plan in queued(engine, connection).await? {
        let before = plan.record.id.to_string();
        let shown = steps_of(engine, connection, &before).await?;
        if shown.iter().any(has_secrets) {
            return Err(Failure::Usage(format!(
                "the plan {before} has to do with secrets: take it out, and use apply"
            )));
        }
        let Some(plan) = made_again(engine, connection, &before).await? else {
            worst = worst.max(NOT_ALL);
            continue;
        };
        let now = steps_of(engine, connection, &plan).await?;
        if !is_same(&shown, &now) {
            engine.queue_plan(connection, &plan).await?;
            engine
                .order_outbox(connection, std::slice::from_ref(&plan))
                .await?;
            show(engine, connection, &plan, format).await?;
            return Err(Failure::Usage(
                "this plan is not any more what was shown: say --yes again to apply it".to_owned(),
            ));
        }
        match run(engine, connection, &plan, Applying::default(), format).await {
            Ok(()) => {}
            Err(Failure::Answered(code)) => worst = worst.max(code),
            Err(other) => return Err(other),
        }
    }
    match worst {
        0 => Ok(()),
        code => Err(Failure::Answered(code)),
    }
}

fn has_secrets(step: &Step) -> bool {
    !step.secrets.is_empty() || step.kind == API_KEY_CREATE
}

/// Whether the same is done to the same, from the same.
fn is_same(shown: &[Step], now: &[Step]) -> bool {
    let same = |(shown, now): (&Step, &Step)| {
        (&shown.kind, &shown.target, &shown.changes, &shown.allowed)
            == (&now.kind, &now.target, &now.changes, &now.allowed)
    };
    shown.len() == now.len() && shown.iter().zip(now).all(same)
}
