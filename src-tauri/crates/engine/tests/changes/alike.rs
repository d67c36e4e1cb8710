//! Answers that are lost while things of one name are made: what was there before, and what another
//! step made, is never taken for it.

use muster_directory::plan::{Intent, StepState};
use muster_simulator::{FaultOrder, Options};
use serde_json::json;

use crate::desk::Desk;

fn new_organization(desk: &Desk) -> Intent {
    let name = desk
        .simulator
        .organizations()
        .find(|own| own.id == desk.organization())
        .unwrap()
        .name
        .to_owned();
    Intent {
        kind: "organization.create".to_owned(),
        target: None,
        values: [
            ("name".to_owned(), json!(name)),
            ("type".to_owned(), json!("other")),
        ]
        .into(),
        secrets: Vec::new(),
        line: None,
    }
}

#[tokio::test]
async fn people_of_one_name_in_one_organization_are_told_apart() {
    let desk = Desk::new(Options::default()).await;
    let intents = (1..=4)
        .map(|number| {
            let mut intent = desk.create(number);
            intent
                .values
                .insert("profile.name".to_owned(), json!("An Maes"));
            intent
        })
        .collect();
    let plan = desk.planned(intents).await;
    desk.simulator.fail(FaultOrder {
        lose_answers: Some(2),
        cut_writes: Some(1),
        ..FaultOrder::default()
    });
    desk.apply(&plan).await;
    assert_eq!(desk.states(&plan).await, [StepState::Applied; 4]);
    let mut addresses: Vec<_> = desk
        .applied()
        .iter()
        .map(|own| own.body["email"].clone())
        .collect();
    addresses.sort_by_key(ToString::to_string);
    addresses.dedup();
    assert_eq!((desk.applied().len(), addresses.len()), (4, 4));
}

#[tokio::test]
async fn what_had_the_name_before_is_not_what_a_lost_answer_was_about() {
    for fault in [
        FaultOrder {
            cut_writes: Some(1),
            ..FaultOrder::default()
        },
        FaultOrder {
            lose_answers: Some(1),
            ..FaultOrder::default()
        },
    ] {
        let desk = Desk::new(Options::default()).await;
        let first = desk.planned(vec![desk.new_key()]).await;
        desk.apply(&first).await;
        for intent in [new_organization(&desk), desk.new_key()] {
            let kind = intent.kind.clone();
            let before = desk.applied().len();
            let plan = desk.planned(vec![intent]).await;
            desk.simulator.fail(fault);
            desk.apply(&plan).await;
            assert_eq!(desk.states(&plan).await, [StepState::Applied], "{kind}");
            assert_eq!(desk.applied().len(), before + 1, "{kind}");
            let made = desk.steps(&plan).await[0].result.made.clone().unwrap();
            assert_ne!(made.id, desk.organization().to_string());
        }
    }
}
