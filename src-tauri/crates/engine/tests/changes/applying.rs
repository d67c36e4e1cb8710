//! Plans that are applied: once, whatever happens on the way.

use muster_directory::{
    SecretString,
    plan::{StepReason, StepState},
};
use muster_engine::{
    changes::{Applying, GivenSecret, PlanWish},
    jobs::{Outcome, State},
    mirror::PlanState,
};
use muster_simulator::{FaultOrder, Options};
use serde_json::json;

use crate::desk::{Desk, holds, open};

#[tokio::test]
async fn a_person_is_created_once_proved_and_found_by_the_next_sync() {
    let desk = Desk::new(Options::default()).await;
    let intent = desk.create(1);
    let wish = PlanWish {
        title: "New pharmacist".to_owned(),
        intents: vec![intent],
        secrets: vec![GivenSecret {
            index: 0,
            path: "password".to_owned(),
            secret: Some(SecretString::from("canary-password-1")),
        }],
        ..PlanWish::default()
    };
    let planned = desk.engine.make_plan(&desk.connection, wish).await.unwrap();
    let plan = planned.plan.unwrap();
    assert_eq!((plan.header.steps, plan.header.requests), (1, 2));
    assert!(desk.applied().is_empty(), "a plan sends nothing");

    let id = plan.id.to_string();
    let ended = desk.apply(&id).await;
    assert!(matches!(ended.state, State::Done(Outcome::Applied(tally)) if tally.done == 1));
    assert_eq!(desk.plan_state(&id).await, PlanState::Ended);
    let steps = desk.steps(&id).await;
    assert_eq!(steps[0].result.state, StepState::Applied, "{steps:?}");
    let made = steps[0].result.made.clone().unwrap();
    let mutations = desk.applied();
    assert_eq!(mutations.len(), 1);
    assert_eq!(mutations[0].request_id, steps[0].result.request_id);

    desk.sync().await;
    let id = made.id.parse::<u64>().unwrap();
    assert_eq!(desk.name_of(id), "New 1");
    assert!(
        !holds(desk.folder.path(), b"canary-password-1"),
        "a password is in no file"
    );
}

#[tokio::test]
async fn what_the_rules_forbid_or_the_fields_refuse_is_never_sent() {
    let desk = Desk::new(Options::default()).await;
    let mut developer = desk.create(1);
    developer
        .values
        .insert("role".to_owned(), json!("software_developer"));
    let mut nowhere = desk.create(2);
    nowhere
        .values
        .insert("organization".to_owned(), json!(9_999_999));
    let mut nameless = desk.create(3);
    nameless.values.remove("profile.name");
    let planned = desk
        .plan(vec![developer, nowhere, nameless, desk.create(4)])
        .await;
    let wrong: Vec<_> = planned
        .problems
        .iter()
        .map(|problem| (problem.index, problem.violations[0].path.as_str()))
        .collect();
    assert_eq!(wrong, [(0, ""), (1, "organization"), (2, "profile.name")]);
    let plan = planned.plan.unwrap().id.to_string();
    desk.apply(&plan).await;
    assert_eq!(desk.applied().len(), 1);
    assert_eq!(
        desk.simulator.mutations().len(),
        1,
        "nothing else was even tried"
    );
}

#[tokio::test]
async fn an_answer_that_is_lost_is_looked_up_and_nothing_is_sent_twice() {
    let desk = Desk::new(Options::default()).await;
    desk.simulator.fail(FaultOrder {
        lose_answers: Some(2),
        ..FaultOrder::default()
    });
    let someone = desk.someone();
    let plan = desk
        .planned(vec![
            desk.create(1),
            desk.update(someone, "profile.name", json!("Renamed")),
            desk.create(2),
        ])
        .await;
    let ended = desk.apply(&plan).await;
    assert!(
        matches!(ended.state, State::Done(Outcome::Applied(tally)) if tally.done == 3),
        "{ended:?}"
    );
    assert_eq!(desk.states(&plan).await, [StepState::Applied; 3]);
    assert_eq!(desk.applied().len(), 3);
    assert_eq!(desk.name_of(someone), "Renamed");
}

#[tokio::test]
async fn what_was_cut_off_before_it_was_done_is_looked_up_and_sent_again() {
    let desk = Desk::new(Options::default()).await;
    desk.simulator.fail(FaultOrder {
        cut_writes: Some(2),
        ..FaultOrder::default()
    });
    let someone = desk.someone();
    let plan = desk
        .planned(vec![
            desk.update(someone, "profile.name", json!("Renamed")),
            desk.create(1),
            desk.create(2),
        ])
        .await;
    desk.apply(&plan).await;
    assert_eq!(desk.states(&plan).await, [StepState::Applied; 3]);
    assert_eq!(desk.applied().len(), 3);
}

#[tokio::test]
async fn a_change_of_somebody_else_is_never_overwritten() {
    let desk = Desk::new(Options::default()).await;
    let people: [u64; 3] = desk.some();
    let plan = desk
        .planned(vec![
            desk.update(people[0], "profile.name", json!("Mine")),
            desk.update(people[1], "profile.name", json!("Same")),
            desk.update(people[2], "preferences.language", json!("de")),
        ])
        .await;
    // Meanwhile, from elsewhere: another name, the same name, and anything at all.
    let elsewhere = desk
        .planned(vec![
            desk.update(people[0], "profile.name", json!("Theirs")),
            desk.update(people[1], "profile.name", json!("Same")),
            desk.update(people[2], "profile.name", json!("Somebody")),
        ])
        .await;
    desk.apply(&elsewhere).await;
    let before = desk.applied().len();
    desk.apply(&plan).await;
    let steps = desk.steps(&plan).await;
    let states: Vec<_> = steps.iter().map(|row| row.result.state).collect();
    assert_eq!(
        states,
        [
            StepState::Superseded,
            StepState::AlreadySo,
            StepState::Superseded
        ]
    );
    let conflict = &steps[0].result.conflicts[0];
    assert_eq!(conflict.mine, json!("Mine"));
    assert_eq!(conflict.theirs.known(), Some(&json!("Theirs")));
    assert_eq!(steps[2].result.conflicts[0].path, "updated_at");
    assert_eq!(desk.applied().len(), before, "nothing was sent");
    assert_eq!(desk.name_of(people[0]), "Theirs");
}

#[tokio::test]
async fn what_the_vendor_refuses_is_told_at_its_field_and_can_be_tried_again_alone() {
    let desk = Desk::new(Options::default()).await;
    let mut taken = desk.create(2);
    let used = desk.simulator.now().details(desk.someone()).unwrap().email;
    taken.values.insert("email".to_owned(), json!(used));
    let plan = desk
        .planned(vec![desk.create(1), taken, desk.create(3)])
        .await;
    desk.apply(&plan).await;
    let steps = desk.steps(&plan).await;
    assert_eq!(steps[1].result.state, StepState::Rejected);
    assert_eq!(steps[1].result.violations[0].path, "email");
    assert_eq!(
        steps[2].result.state,
        StepState::Applied,
        "the others go on"
    );

    desk.engine
        .retry_steps(&desk.connection, &plan, &[])
        .await
        .unwrap();
    desk.apply(&plan).await;
    let tried = desk.simulator.mutations();
    assert_eq!(tried.len(), 4, "only the refused one was sent again");
    assert_eq!(desk.applied().len(), 2);
}

#[tokio::test]
async fn without_a_network_a_plan_waits_and_goes_on_where_it_was() {
    let desk = Desk::new(Options::default()).await;
    let plan = desk
        .planned((1..=3).map(|no| desk.create(no)).collect())
        .await;
    let port = desk
        .simulator
        .base_url()
        .rsplit(':')
        .next()
        .unwrap()
        .parse()
        .unwrap();
    let engine = desk.engine.clone();
    desk.simulator.stop().await;
    let started = engine
        .start_plan(&desk.connection, &plan, Applying::default())
        .await
        .unwrap();
    let ended = engine.ended(&started.id).await.unwrap();
    assert!(matches!(ended.state, State::Failed(_)), "{ended:?}");
    let simulator = muster_simulator::start(Options {
        port,
        people: 300,
        organizations: 40,
        rate_limit: 0,
        ..Options::default()
    })
    .await
    .unwrap();
    let desk = Desk { simulator, ..desk };
    assert_eq!(desk.states(&plan).await, [StepState::Waiting; 3]);
    assert_eq!(desk.plan_state(&plan).await, PlanState::Paused);
    desk.apply(&plan).await;
    assert_eq!(desk.states(&plan).await, [StepState::Applied; 3]);
    assert_eq!(desk.applied().len(), 3);
}

#[tokio::test]
async fn an_endpoint_that_is_not_there_loses_nothing() {
    let desk = Desk::new(Options {
        missing: vec!["/v4/users/update".to_owned()],
        ..Options::default()
    })
    .await;
    let people: [u64; 2] = desk.some();
    let plan = desk
        .planned(vec![
            desk.update(people[0], "profile.name", json!("A")),
            desk.update(people[1], "profile.name", json!("B")),
        ])
        .await;
    let ended = desk.apply(&plan).await;
    assert!(matches!(ended.state, State::Failed(_)));
    let steps = desk.steps(&plan).await;
    assert_eq!(steps[0].result.reason, Some(StepReason::NoEndpoint));
    assert_eq!(
        steps[1].result.state,
        StepState::Waiting,
        "it would hear the same"
    );
    assert_eq!(desk.plan_state(&plan).await, PlanState::Paused);
}

#[tokio::test]
async fn a_plan_is_undone_by_a_plan_as_far_as_there_is_a_way_back() {
    let desk = Desk::new(Options::default()).await;
    let someone = desk.someone();
    let before = desk.name_of(someone);
    let plan = desk
        .planned(vec![
            desk.update(someone, "profile.name", json!("Changed")),
            desk.create(1),
        ])
        .await;
    desk.apply(&plan).await;
    desk.sync().await;
    let undone = desk
        .engine
        .undo_plan(&desk.connection, &plan, "Undo".to_owned())
        .await
        .unwrap();
    let undo = undone.plan.unwrap();
    assert_eq!(undo.header.steps, 1, "a person cannot be taken back");
    assert_eq!(undo.header.undoes, Some(plan));
    assert_eq!(desk.name_of(someone), "Changed", "a plan changes nothing");
    desk.apply(&undo.id.to_string()).await;
    assert_eq!(desk.name_of(someone), before);
}

#[tokio::test]
async fn a_plan_that_was_broken_off_is_found_and_goes_on_without_a_double() {
    let mut desk = Desk::new(Options::default()).await;
    let plan = desk
        .planned((1..=40).map(|no| desk.create(no)).collect())
        .await;
    desk.simulator.fail(FaultOrder {
        delay_ms: Some(20),
        ..FaultOrder::default()
    });
    for _ in 0..5 {
        // An engine on a runtime of its own, which ends in the middle of whatever it does.
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .unwrap();
        let (own, at, which) = (desk.engine.clone(), desk.connection.clone(), plan.clone());
        runtime.spawn(async move {
            own.start_plan(&at, &which, Applying::default())
                .await
                .unwrap();
        });
        let wanted = desk.simulator.mutations().len() + 7;
        while desk.simulator.mutations().len() < wanted {
            tokio::task::yield_now().await;
        }
        runtime.shutdown_background();
        desk.engine = open(desk.folder.path(), &desk.vault, &desk.clipboard);
    }
    let ended = desk.apply(&plan).await;
    assert!(matches!(ended.state, State::Done(_)), "{ended:?}");
    assert_eq!(desk.states(&plan).await, vec![StepState::Applied; 40]);
    assert_eq!(desk.applied().len(), 40, "each was created exactly once");
}
