//! What people want changed, against the simulator: planned, applied, lost on the way, undone.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test stops where it fails"
)]

use std::{path::Path, sync::Arc, time::Duration};

use muster_directory::{
    Platform, Role, SecretString, Target, Thing,
    plan::{Intent, StepReason, StepState},
};
use muster_engine::{
    Engine, EngineOptions,
    actor::ActorDraft,
    changes::{Applying, GivenSecret, PlanWish, Planned},
    connections::Draft,
    jobs::{Job, Outcome, State},
    mirror::{PlanState, StepRecord, StepsWanted},
    vault::{MemoryVault, Vault},
    vendor::Paces,
};
use muster_simulator::{FaultOrder, Mutation, Options, Simulator};
use serde_json::{Value, json};
use tempfile::TempDir;

struct Desk {
    engine: Engine,
    vault: Arc<MemoryVault>,
    simulator: Simulator,
    connection: String,
    folder: TempDir,
}

fn open(folder: &Path, vault: &Arc<MemoryVault>) -> Engine {
    Engine::open(EngineOptions {
        paces: Paces::new(None),
        settle: Duration::from_millis(50),
        ..EngineOptions::new(folder.to_owned(), Arc::clone(vault) as Arc<dyn Vault>)
    })
    .unwrap()
}

impl Desk {
    /// A reseller's desk, synced.
    async fn new(options: Options) -> Self {
        let simulator = muster_simulator::start(Options {
            people: 300,
            organizations: 40,
            rate_limit: 0,
            ..options
        })
        .await
        .unwrap();
        let folder = tempfile::tempdir().unwrap();
        let vault = Arc::new(MemoryVault::default());
        let engine = open(folder.path(), &vault);
        let key = simulator.key(Role::Reseller);
        let draft = Draft {
            name: "Clients".to_owned(),
            platform: Platform::Be,
            base_url: Some(simulator.base_url().to_owned()),
            key: key.id.try_into().unwrap(),
            secret: SecretString::from(key.secret.as_str()),
        };
        let connection = engine.add_connection(draft).await.unwrap();
        let desk = Self {
            connection: connection.record.id.to_string(),
            engine,
            vault,
            simulator,
            folder,
        };
        let actor = ActorDraft {
            role: Some(Role::Reseller),
            ..ActorDraft::default()
        };
        desk.engine
            .set_actor(&desk.connection, actor)
            .await
            .unwrap();
        desk.sync().await;
        desk
    }

    async fn sync(&self) {
        let job = self.engine.start_sync(&self.connection).await.unwrap();
        let ended = self.engine.ended(&job.id).await.unwrap();
        assert!(
            matches!(ended.state, State::Done(Outcome::Synced(_))),
            "{ended:?}"
        );
    }

    async fn plan(&self, intents: Vec<Intent>) -> Planned {
        let wish = PlanWish {
            title: "Test".to_owned(),
            intents,
            partly: true,
            ..PlanWish::default()
        };
        self.engine.make_plan(&self.connection, wish).await.unwrap()
    }

    /// The id of a plan in which nothing is wrong.
    async fn planned(&self, intents: Vec<Intent>) -> String {
        let planned = self.plan(intents).await;
        assert_eq!(planned.problems, []);
        planned.plan.unwrap().id.to_string()
    }

    async fn apply(&self, plan: &str) -> Job {
        let started = self
            .engine
            .start_plan(&self.connection, plan, Applying::default())
            .await
            .unwrap();
        self.engine.ended(&started.id).await.unwrap()
    }

    async fn steps(&self, plan: &str) -> Vec<StepRecord> {
        let all = StepsWanted {
            limit: 100_000,
            ..StepsWanted::default()
        };
        let steps = self.engine.plan_steps(&self.connection, plan, all).await;
        steps
            .unwrap()
            .rows
            .into_iter()
            .map(|(row, _)| row)
            .collect()
    }

    async fn states(&self, plan: &str) -> Vec<StepState> {
        let steps = self.steps(plan).await;
        steps.iter().map(|row| row.result.state).collect()
    }

    async fn plan_state(&self, plan: &str) -> PlanState {
        let plan = self.engine.plan(&self.connection, plan).await.unwrap();
        assert!(plan.is_whole);
        plan.record.state
    }

    fn organization(&self) -> u64 {
        self.simulator.organizations().next().unwrap().id
    }

    fn applied(&self) -> Vec<Mutation> {
        let all = self.simulator.mutations().into_iter();
        all.filter(|own| own.applied).collect()
    }

    fn create(&self, number: u64) -> Intent {
        let values = [
            ("email", json!(format!("new{number}@example.test"))),
            ("role", json!("medical_professional")),
            ("organization", json!(self.organization())),
            ("profile.name", json!(format!("New {number}"))),
            ("preferences.language", json!("nl")),
            ("subscription.type", json!(1)),
        ];
        Intent {
            kind: "user.create".to_owned(),
            target: None,
            values: values.map(|(path, value)| (path.to_owned(), value)).into(),
            secrets: Vec::new(),
            line: Some(number + 1),
        }
    }

    fn update(&self, id: u64, path: &str, value: Value) -> Intent {
        let person = self.simulator.people().find(|own| own.id == id).unwrap();
        Intent {
            kind: "user.update".to_owned(),
            target: Some(Target {
                thing: Thing::Person,
                id: id.to_string(),
                name: person.name.to_owned(),
            }),
            values: [(path.to_owned(), value)].into(),
            secrets: Vec::new(),
            line: None,
        }
    }

    fn someone(&self) -> u64 {
        let mut people = self.simulator.people();
        people.find(|own| own.organization.is_some()).unwrap().id
    }

    fn name_of(&self, id: u64) -> String {
        self.simulator.now().person(id).unwrap().name.to_owned()
    }
}

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

/// Whether a file below a folder holds some bytes.
fn holds(folder: &Path, wanted: &[u8]) -> bool {
    std::fs::read_dir(folder).unwrap().any(|entry| {
        let path = entry.unwrap().path();
        if path.is_dir() {
            return holds(&path, wanted);
        }
        let bytes = std::fs::read(&path).unwrap();
        bytes.windows(wanted.len()).any(|part| part == wanted)
    })
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
    let people: Vec<u64> = desk
        .simulator
        .people()
        .filter(|own| own.organization.is_some())
        .map(|own| own.id)
        .take(3)
        .collect();
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
    let Desk {
        engine,
        vault,
        simulator,
        connection,
        folder,
    } = desk;
    simulator.stop().await;
    let started = engine
        .start_plan(&connection, &plan, Applying::default())
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
    let desk = Desk {
        engine,
        vault,
        simulator,
        connection,
        folder,
    };
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
    let people: Vec<u64> = desk
        .simulator
        .people()
        .filter(|own| own.organization.is_some())
        .map(|own| own.id)
        .take(2)
        .collect();
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
    let desk = Desk::new(Options::default()).await;
    let plan = desk
        .planned((1..=40).map(|no| desk.create(no)).collect())
        .await;
    desk.simulator.fail(FaultOrder {
        delay_ms: Some(20),
        ..FaultOrder::default()
    });
    let Desk {
        engine,
        vault,
        simulator,
        connection,
        folder,
    } = desk;
    let mut engine = engine;
    for _ in 0..5 {
        // An engine on a runtime of its own, which ends in the middle of whatever it does.
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .unwrap();
        let (own, at, which) = (engine.clone(), connection.clone(), plan.clone());
        runtime.spawn(async move {
            own.start_plan(&at, &which, Applying::default())
                .await
                .unwrap();
        });
        let wanted = simulator.mutations().len() + 7;
        while simulator.mutations().len() < wanted {
            tokio::task::yield_now().await;
        }
        runtime.shutdown_background();
        engine = open(folder.path(), &vault);
    }
    let desk = Desk {
        engine,
        vault,
        simulator,
        connection,
        folder,
    };
    let ended = desk.apply(&plan).await;
    assert!(matches!(ended.state, State::Done(_)), "{ended:?}");
    assert_eq!(desk.states(&plan).await, vec![StepState::Applied; 40]);
    assert_eq!(desk.applied().len(), 40, "each was created exactly once");
    drop(desk.vault);
}
