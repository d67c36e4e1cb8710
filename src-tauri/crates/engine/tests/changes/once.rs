//! Nothing is done twice and nothing is lost, whoever is at a plan beside: another app on the same
//! profile, a vendor that fails each time, a limit that makes everybody wait.

use std::time::{Duration, Instant};

use muster_directory::plan::{StepResult, StepState};
use muster_engine::{
    Error,
    changes::Applying,
    jobs::State,
    mirror::{Ledger, PlanState},
};
use muster_simulator::{FaultOrder, Options};
use serde_json::json;

use crate::desk::{Desk, open};

/// The answers to writes come so late that somebody else can come in between.
fn late() -> FaultOrder {
    FaultOrder {
        delay_ms: Some(300),
        ..FaultOrder::default()
    }
}

fn refusing(status: u16, times: u64) -> FaultOrder {
    let order = json!({ "refuse_writes": { "status": status, "times": times } });
    serde_json::from_value(order).unwrap()
}

#[tokio::test]
async fn two_apps_on_one_profile_do_not_apply_a_connection_s_plans_at_once() {
    let desk = Desk::new(Options::default()).await;
    let intents = (1..=20).map(|number| desk.create(number)).collect();
    let plan = desk.planned(intents).await;
    desk.simulator.fail(late());
    let other = open(desk.folder.path(), &desk.vault, &desk.clipboard);
    let start = |engine: muster_engine::Engine| {
        let (connection, plan) = (desk.connection.clone(), plan.clone());
        async move {
            engine
                .start_plan(&connection, &plan, Applying::default())
                .await
        }
    };
    let job = start(desk.engine.clone()).await.unwrap();
    let refused = start(other.clone()).await;
    assert!(matches!(refused, Err(Error::Busy(_))), "{refused:?}");
    let again = other.plan_again(&desk.connection, &plan).await;
    assert!(matches!(again, Err(Error::Busy(_))), "{again:?}");
    let given_up = other.cancel_plan(&desk.connection, &plan).await;
    assert!(matches!(given_up, Err(Error::Busy(_))), "{given_up:?}");

    let twice = start(desk.engine.clone()).await.unwrap();
    assert_eq!(twice.id, job.id, "in one app it is the job that runs");
    desk.engine.ended(&job.id).await.unwrap();
    assert_eq!(desk.applied().len(), 20);
    assert_eq!(desk.states(&plan).await, [StepState::Applied; 20]);
}

#[tokio::test]
async fn what_the_vendor_fails_at_each_time_is_left_to_the_person_after_a_few_tries() {
    let desk = Desk::new(Options::default()).await;
    let plan = desk.planned(vec![desk.create(1), desk.create(2)]).await;
    desk.simulator.fail(refusing(500, 1_000));
    let ended = desk.apply(&plan).await;
    assert!(matches!(ended.state, State::Done(_)), "{ended:?}");
    let steps = desk.steps(&plan).await;
    for step in &steps {
        assert_eq!(step.result.state, StepState::Rejected);
        assert_eq!(step.result.status, Some(500), "as the vendor answered last");
    }
    assert_eq!(desk.simulator.mutations().len(), 6, "three times each");

    desk.simulator.fail(refusing(500, 0));
    let engine = &desk.engine;
    engine
        .retry_steps(&desk.connection, &plan, &[])
        .await
        .unwrap();
    desk.apply(&plan).await;
    assert_eq!(desk.states(&plan).await, [StepState::Applied; 2]);
    assert_eq!(desk.applied().len(), 2);
}

#[tokio::test]
async fn a_step_counts_as_sent_when_it_is_sent_and_not_while_it_waits_for_its_turn() {
    let desk = Desk::new(Options::default()).await;
    let plan = desk.planned(vec![desk.create(1), desk.create(2)]).await;
    // Whoever is refused waits a second before anything is sent.
    desk.simulator.fail(refusing(429, 1));
    let begun = Instant::now();
    desk.apply(&plan).await;
    assert!(begun.elapsed() > Duration::from_millis(900));
    for step in desk.steps(&plan).await {
        let (sent, ended) = (step.result.sent_at, step.result.ended_at);
        let took = ended.unwrap() - sent.unwrap();
        assert!(took < 700, "{took} ms");
    }
    assert_eq!(desk.applied().len(), 2);
}

#[tokio::test]
async fn a_plan_that_was_broken_off_can_be_given_up_or_made_again_and_nothing_open_is_forgotten() {
    let desk = Desk::new(Options::default()).await;
    let broken_off = |again: bool| {
        let desk = &desk;
        async move {
            let from = if again { 10 } else { 20 };
            let intents = (from..from + 3).map(|number| desk.create(number)).collect();
            let plan = desk.planned(intents).await;
            desk.simulator.fail(late());
            let runtime = tokio::runtime::Builder::new_multi_thread()
                .worker_threads(1)
                .enable_all()
                .build()
                .unwrap();
            let before = desk.applied().len();
            let killed = open(desk.folder.path(), &desk.vault, &desk.clipboard);
            let (at, which) = (desk.connection.clone(), plan.clone());
            runtime.spawn(async move {
                killed
                    .start_plan(&at, &which, Applying::default())
                    .await
                    .unwrap();
            });
            while desk.applied().len() == before {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
            runtime.shutdown_background();
            assert_eq!(desk.plan_state(&plan).await, PlanState::Running);
            assert_eq!(desk.states(&plan).await[0], StepState::Sending);
            plan
        }
    };
    let plan = broken_off(true).await;
    let again = desk.engine.plan_again(&desk.connection, &plan).await;
    let again = again.unwrap().plan.unwrap();
    assert_eq!(again.header.steps, 2, "the first one was done");
    assert_eq!(desk.states(&plan).await[0], StepState::Applied);
    assert_eq!(desk.plan_state(&plan).await, PlanState::Replaced);
    let twice = desk.engine.plan_again(&desk.connection, &plan).await;
    assert!(matches!(twice, Err(Error::Busy(_))), "{twice:?}");
    let removed = desk.engine.delete_plan(&desk.connection, &plan).await;
    assert!(removed.is_err(), "what was sent stays on record");
    desk.apply(&again.id.to_string()).await;
    assert_eq!(desk.applied().len(), 3);

    let plan = broken_off(false).await;
    let given_up = desk.engine.cancel_plan(&desk.connection, &plan).await;
    assert_eq!(given_up.unwrap().record.state, PlanState::Canceled);
}

#[tokio::test]
async fn what_was_just_written_is_what_a_plan_starts_from_also_before_the_next_sync() {
    let desk = Desk::new(Options::default()).await;
    let someone = desk.someone();
    let before = desk.name_of(someone);
    let plan = desk
        .planned(vec![desk.update(someone, "profile.name", json!("Changed"))])
        .await;
    desk.apply(&plan).await;
    let undone = desk
        .engine
        .undo_plan(&desk.connection, &plan, "Undo".to_owned())
        .await
        .unwrap();
    assert_eq!(undone.unchanged, Vec::<usize>::new(), "it was changed");
    desk.apply(&undone.plan.unwrap().id.to_string()).await;
    assert_eq!(desk.name_of(someone), before);
}

#[tokio::test]
async fn what_was_accepted_for_later_is_looked_at_again_and_by_every_sync() {
    let desk = Desk::new(Options::default()).await;
    let people: [u64; 2] = desk.some();
    let rename = |at: usize, name: &str| desk.update(people[at], "profile.name", json!(name));
    let plan = desk.planned(vec![rename(0, "Ann"), rename(1, "Bea")]).await;
    let ledger = desk.folder.path().join("connections");
    let ledger = Ledger::open(&ledger.join(&desk.connection).join("ledger.db")).unwrap();
    let accept = |no| {
        let pending = StepResult {
            sent_at: Some(1),
            ..StepResult::of(StepState::Pending)
        };
        let waiting = [StepState::Waiting];
        assert!(
            ledger
                .set_step(plan.parse().unwrap(), no, &waiting, &pending, None)
                .unwrap()
        );
    };
    // Accepted for later; the vendor has done one of it by the time that the rest is applied.
    accept(1);
    accept(2);
    let done = desk.planned(vec![rename(0, "Ann")]).await;
    desk.apply(&done).await;
    desk.apply(&plan).await;
    let states = [StepState::Applied, StepState::Pending];
    assert_eq!(desk.states(&plan).await, states);
    assert_eq!(desk.plan_state(&plan).await, PlanState::Ended);

    desk.sync().await;
    assert_eq!(desk.states(&plan).await, states, "nothing shows it yet");
    let done = desk.planned(vec![rename(1, "Bea")]).await;
    desk.apply(&done).await;
    desk.sync().await;
    assert_eq!(desk.states(&plan).await, [StepState::Applied; 2]);
}
