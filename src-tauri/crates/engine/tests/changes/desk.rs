//! Somebody with a key at the simulator, and what they do.

use std::{
    path::Path,
    sync::{Arc, Mutex},
    time::Duration,
};

use muster_directory::{
    Platform, Role, SecretString, Target, Thing,
    plan::{Intent, StepState},
};
use muster_engine::{
    Engine, EngineOptions,
    actor::ActorDraft,
    changes::{Applying, Clipboard, ClipboardError, GivenSecret, PlanWish, Planned},
    connections::Draft,
    jobs::{Job, Outcome, State},
    mirror::{PlanState, StepRecord, StepsWanted},
    vault::{MemoryVault, Vault},
    vendor::Paces,
};
use muster_simulator::{Mutation, Options, Simulator};
use serde_json::{Value, json};
use tempfile::TempDir;

/// A clipboard that remembers what it was given.
#[derive(Debug, Default)]
pub struct Pinboard(pub Mutex<Option<String>>);

impl Clipboard for Pinboard {
    fn put(&self, text: &str) -> Result<(), ClipboardError> {
        *self.0.lock().unwrap() = Some(text.to_owned());
        Ok(())
    }

    fn clear(&self, text: &str) -> Result<(), ClipboardError> {
        let mut held = self.0.lock().unwrap();
        if held.as_deref() == Some(text) {
            *held = None;
        }
        Ok(())
    }
}

/// Somebody with a key at the simulator.
pub struct Desk {
    pub engine: Engine,
    pub vault: Arc<MemoryVault>,
    pub clipboard: Arc<Pinboard>,
    pub simulator: Simulator,
    pub connection: String,
    pub folder: TempDir,
}

/// An engine on a profile, without a pace of its own.
pub fn open(folder: &Path, vault: &Arc<MemoryVault>, clipboard: &Arc<Pinboard>) -> Engine {
    Engine::open(EngineOptions {
        paces: Paces::new(None),
        settle: Duration::from_millis(50),
        clipboard: Some(Arc::clone(clipboard) as Arc<dyn Clipboard>),
        ..EngineOptions::new(folder.to_owned(), Arc::clone(vault) as Arc<dyn Vault>)
    })
    .unwrap()
}

impl Desk {
    /// A reseller's desk, synced.
    pub async fn new(options: Options) -> Self {
        let desk = Self::of(options, Role::Reseller).await;
        desk.sync().await;
        desk
    }

    /// The desk of somebody with a role.
    pub async fn of(options: Options, role: Role) -> Self {
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
        let clipboard = Arc::new(Pinboard::default());
        let engine = open(folder.path(), &vault, &clipboard);
        let key = simulator.key(role.clone());
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
            clipboard,
            simulator,
            folder,
        };
        let actor = ActorDraft {
            role: Some(role),
            ..ActorDraft::default()
        };
        desk.engine
            .set_actor(&desk.connection, actor)
            .await
            .unwrap();
        desk
    }

    pub async fn sync(&self) {
        let job = self.engine.start_sync(&self.connection).await.unwrap();
        let ended = self.engine.ended(&job.id).await.unwrap();
        assert!(
            matches!(ended.state, State::Done(Outcome::Synced(_))),
            "{ended:?}"
        );
    }

    pub async fn plan(&self, intents: Vec<Intent>) -> Planned {
        let wish = PlanWish {
            title: "Test".to_owned(),
            intents,
            partly: true,
            ..PlanWish::default()
        };
        self.engine.make_plan(&self.connection, wish).await.unwrap()
    }

    /// The id of a plan in which nothing is wrong.
    pub async fn planned(&self, intents: Vec<Intent>) -> String {
        let planned = self.plan(intents).await;
        assert_eq!(planned.problems, []);
        planned.plan.unwrap().id.to_string()
    }

    /// The id of a plan that makes somebody with this password; none: a strong one is made.
    pub async fn with_password(&self, password: Option<&str>) -> String {
        let wish = PlanWish {
            title: "New".to_owned(),
            intents: vec![self.create(1)],
            secrets: vec![GivenSecret {
                index: 0,
                path: "password".to_owned(),
                secret: password.map(SecretString::from),
            }],
            ..PlanWish::default()
        };
        let made = self.engine.make_plan(&self.connection, wish).await;
        made.unwrap().plan.unwrap().id.to_string()
    }

    /// The secrets that are held for the first step, and whether somebody has each.
    pub async fn held(&self, plan: &str) -> Vec<(String, bool)> {
        let all = StepsWanted {
            limit: 1,
            ..StepsWanted::default()
        };
        let steps = self.engine.plan_steps(&self.connection, plan, all).await;
        let (_, held) = steps.unwrap().rows.remove(0);
        held.into_iter().map(|own| (own.path, own.taken)).collect()
    }

    pub async fn apply(&self, plan: &str) -> Job {
        let started = self
            .engine
            .start_plan(&self.connection, plan, Applying::default())
            .await
            .unwrap();
        self.engine.ended(&started.id).await.unwrap()
    }

    pub async fn steps(&self, plan: &str) -> Vec<StepRecord> {
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

    pub async fn states(&self, plan: &str) -> Vec<StepState> {
        let steps = self.steps(plan).await;
        steps.iter().map(|row| row.result.state).collect()
    }

    pub async fn plan_state(&self, plan: &str) -> PlanState {
        let plan = self.engine.plan(&self.connection, plan).await.unwrap();
        assert!(plan.is_whole);
        plan.record.state
    }

    pub fn organization(&self) -> u64 {
        self.simulator.organizations().next().unwrap().id
    }

    pub fn applied(&self) -> Vec<Mutation> {
        let all = self.simulator.mutations().into_iter();
        all.filter(|own| own.applied).collect()
    }

    pub fn create(&self, number: u64) -> Intent {
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

    pub fn update(&self, id: u64, path: &str, value: Value) -> Intent {
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

    /// Somebody of an organization.
    pub fn someone(&self) -> u64 {
        let [one] = self.some();
        one
    }

    /// The first so many people who are of an organization.
    pub fn some<const MANY: usize>(&self) -> [u64; MANY] {
        let people = self.simulator.people();
        let mut placed = people.filter(|own| own.organization.is_some());
        std::array::from_fn(|_| placed.next().unwrap().id)
    }

    /// A key for somebody.
    pub fn new_key(&self) -> Intent {
        Intent {
            kind: "api_key.create".to_owned(),
            target: Some(Target {
                thing: Thing::Person,
                id: self.someone().to_string(),
                name: "Somebody".to_owned(),
            }),
            values: [("name".to_owned(), json!("Till"))].into(),
            secrets: Vec::new(),
            line: None,
        }
    }

    pub fn name_of(&self, id: u64) -> String {
        self.simulator.now().person(id).unwrap().name.to_owned()
    }
}

/// Whether a file below a folder holds some bytes.
pub fn holds(folder: &Path, wanted: &[u8]) -> bool {
    std::fs::read_dir(folder).unwrap().any(|entry| {
        let path = entry.unwrap().path();
        if path.is_dir() {
            return holds(&path, wanted);
        }
        let bytes = std::fs::read(&path).unwrap();
        bytes.windows(wanted.len()).any(|part| part == wanted)
    })
}
