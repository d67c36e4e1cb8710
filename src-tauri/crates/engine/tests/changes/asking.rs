//! What the vendor's API does not do is asked for by hand, and a later sync proves it.

use muster_directory::plan::{StepReason, StepState};
use muster_engine::mirror::PlanState;
use muster_simulator::Options;
use serde_json::json;

use super::desk::Desk;

#[tokio::test]
async fn what_was_asked_for_by_hand_is_proved_by_the_sync_that_shows_it() {
    let desk = Desk::new(Options::default()).await;
    let order = json!({ "refuse_writes": { "status": 404, "times": 1 } });
    desk.simulator.fail(serde_json::from_value(order).unwrap());
    let people: [u64; 2] = desk.some();
    let plan = desk
        .planned(vec![
            desk.update(people[0], "profile.name", json!("Ann")),
            desk.update(people[1], "profile.name", json!("Bea")),
        ])
        .await;
    desk.apply(&plan).await;
    let asked = desk.engine.request_by_hand(&desk.connection, &plan).await;
    assert_eq!(asked.unwrap(), 2, "what waits would hear the same");
    assert_eq!(desk.plan_state(&plan).await, PlanState::Ended);

    desk.sync().await;
    for step in desk.steps(&plan).await {
        assert_eq!(step.result.state, StepState::Rejected);
        assert_eq!(step.result.reason, Some(StepReason::NoEndpoint));
        assert!(step.result.asked_at.is_some());
        assert_eq!(step.result.proved_at, None, "nothing shows it yet");
    }

    // The vendor does the one and not the other.
    let done = desk
        .planned(vec![desk.update(people[0], "profile.name", json!("Ann"))])
        .await;
    desk.apply(&done).await;
    desk.sync().await;
    let steps = desk.steps(&plan).await;
    assert_eq!(steps[0].result.state, StepState::Applied);
    assert!(steps[0].result.proved_at.is_some());
    assert_eq!(steps[0].result.reason, None);
    assert_eq!(steps[1].result.state, StepState::Rejected);
}
