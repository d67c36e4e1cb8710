//! Four eyes, against the simulator: two profiles with a vault each, files between them.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test stops where it fails"
)]

use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use muster_directory::{
    Platform, Role, SecretString, Target, Thing,
    plan::{
        Intent, Plan,
        approval::{Altered, Approval, Decision, FileError, PlanFile},
    },
};
use muster_engine::{
    Engine, EngineOptions, Error, Result,
    activity::Kind,
    actor::ActorDraft,
    changes::{Applying, Opening, PlanWish, Standing},
    connections::Draft,
    jobs::{Outcome, State},
    mirror::{ActivityQuestion, PlanState},
    vault::{MemoryVault, Vault},
    vendor::Paces,
};
use muster_simulator::{Options, Simulator};
use serde_json::json;
use tempfile::TempDir;

fn open(folder: &Path) -> Engine {
    let vault: Arc<dyn Vault> = Arc::new(MemoryVault::default());
    Engine::open(EngineOptions {
        paces: Paces::new(None),
        ..EngineOptions::new(folder.to_owned(), vault)
    })
    .unwrap()
}

/// An author with a connection, and a colleague who has none.
struct Two {
    author: Engine,
    colleague: Engine,
    simulator: Simulator,
    connection: String,
    folder: TempDir,
}

impl Two {
    async fn new() -> Self {
        let simulator = muster_simulator::start(Options {
            people: 60,
            organizations: 10,
            rate_limit: 0,
            ..Options::default()
        })
        .await
        .unwrap();
        let folder = tempfile::tempdir().unwrap();
        let author = open(&folder.path().join("author"));
        let connection = connect(&author, &simulator, "Clients").await;
        Self {
            colleague: open(&folder.path().join("colleague")),
            author,
            simulator,
            connection,
            folder,
        }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// A plan that renames somebody.
    async fn plan(&self, name: &str) -> String {
        let mut people = self.simulator.people();
        let person = people.find(|own| own.organization.is_some()).unwrap();
        let intent = Intent {
            kind: "user.update".to_owned(),
            target: Some(Target {
                thing: Thing::Person,
                id: person.id.to_string(),
                name: person.name.to_owned(),
            }),
            values: [("profile.name".to_owned(), json!(name))].into(),
            secrets: Vec::new(),
            line: None,
        };
        let wish = PlanWish {
            title: "Names".to_owned(),
            intents: vec![intent],
            ..PlanWish::default()
        };
        let planned = self.author.make_plan(&self.connection, wish).await.unwrap();
        assert_eq!(planned.problems, []);
        planned.plan.unwrap().id.to_string()
    }

    async fn export(&self, plan: &str) -> PathBuf {
        let path = self.path("names.musterplan");
        self.author
            .export_plan(&self.connection, plan, path.clone())
            .await
            .unwrap();
        path
    }

    async fn decide(&self, who: &Engine, file: &Path, decision: Decision) -> Result<PathBuf> {
        let seen = who.open_plan_file(Opening::File(file.to_owned())).await?;
        let path = self.path("names.musterapproval");
        let seal = seen.plan.record.seal.as_str();
        who.decide_plan(seal, decision, " As agreed. ", path.clone())
            .await?;
        Ok(path)
    }

    async fn take_in(&self, path: &Path) -> Result<muster_engine::changes::Approvals> {
        let opening = Opening::File(path.to_owned());
        self.author.read_approval(&self.connection, opening).await
    }

    async fn start(&self, plan: &str) -> Result<State> {
        let applying = Applying::default();
        let job = self
            .author
            .start_plan(&self.connection, plan, applying)
            .await?;
        Ok(self.author.ended(&job.id).await?.state)
    }

    async fn confirm_colleague(&self) {
        let key = self.colleague.signing_identity().await.unwrap().unwrap();
        let confirmed = self.author.confirm_colleague(key.public_key, "Zoë").await;
        confirmed.unwrap();
    }

    async fn kinds(&self, engine: &Engine, connection: &str) -> Vec<String> {
        let all = ActivityQuestion {
            limit: 1_000,
            ..ActivityQuestion::default()
        };
        let page = engine.activity(connection, all).await.unwrap();
        page.entries.into_iter().map(|own| own.kind).collect()
    }
}

async fn connect(engine: &Engine, simulator: &Simulator, name: &str) -> String {
    let key = simulator.key(Role::Reseller);
    let draft = Draft {
        name: name.to_owned(),
        platform: Platform::Be,
        base_url: Some(simulator.base_url().to_owned()),
        key: key.id.try_into().unwrap(),
        secret: SecretString::from(key.secret.as_str()),
    };
    let added = engine.add_connection(draft).await.unwrap();
    let connection = added.record.id.to_string();
    let actor = ActorDraft {
        role: Some(Role::Reseller),
        ..ActorDraft::default()
    };
    engine.set_actor(&connection, actor).await.unwrap();
    let job = engine.start_sync(&connection).await.unwrap();
    let ended = engine.ended(&job.id).await.unwrap();
    assert!(matches!(ended.state, State::Done(Outcome::Synced(_))));
    connection
}

#[tokio::test]
async fn a_plan_that_needs_a_second_person_is_applied_once_somebody_known_approved_it() {
    let two = Two::new().await;
    let (author, connection) = (&two.author, &two.connection);
    author.set_second_person(connection, true).await.unwrap();
    let plan = two.plan("Another Name").await;
    let refused = two.start(&plan).await.unwrap_err();
    assert!(matches!(refused, Error::ApprovalNeeded { .. }), "{refused}");

    let file = two.export(&plan).await;
    let opening = Opening::File(file.clone());
    let seen = two.colleague.open_plan_file(opening).await.unwrap();
    assert_eq!(seen.plan.record.id.to_string(), plan);
    assert_eq!((seen.is_mine, &seen.connection), (false, &None));
    assert_eq!(seen.standing, Standing::Unknown);
    let mine = author.signing_identity().await.unwrap().unwrap();
    assert_eq!(seen.author.public_key, mine.public_key);
    let sealed = author.sealed_plan(connection, &plan).await.unwrap();
    let steps = two
        .colleague
        .opened_steps(sealed.seal.as_str(), None, (0, 10))
        .unwrap();
    assert_eq!((steps.total, steps.rows.len()), (1, 1));
    assert_eq!(steps.rows[0].0.step, sealed.steps[0], "the very same plan");
    let beyond = two
        .colleague
        .opened_steps(sealed.seal.as_str(), None, (1, 10));
    assert!(beyond.unwrap().rows.is_empty());

    let approval = two
        .decide(&two.colleague, &file, Decision::Approved)
        .await
        .unwrap();
    let taken = two.take_in(&approval).await.unwrap();
    assert_eq!(taken.rows[0].opinion.comment, "As agreed.");
    assert_eq!(taken.rows[0].standing, Standing::Unknown);
    assert!(!taken.is_approved(), "anybody can make a key");
    let refused = two.start(&plan).await.unwrap_err();
    assert!(matches!(refused, Error::ApprovalNeeded { .. }), "{refused}");

    two.confirm_colleague().await;
    let approvals = author.approvals(connection, &plan).await.unwrap();
    assert_eq!(
        approvals.rows[0].standing,
        Standing::Known("Zoë".to_owned())
    );
    assert!(approvals.needed && approvals.is_approved());
    let done = two.start(&plan).await.unwrap();
    assert!(matches!(done, State::Done(Outcome::Applied(tally)) if tally.done == 1));
    let late = two.take_in(&approval).await.unwrap_err();
    assert!(matches!(late, Error::Busy(_)), "a plan at its end: {late}");

    let kinds = two.kinds(author, connection).await;
    for kind in [
        Kind::SecondPersonSet,
        Kind::PlanExported,
        Kind::ApprovalRead,
        Kind::ColleagueConfirmed,
    ] {
        assert!(kinds.iter().any(|own| own == kind.name()), "{kind:?}");
    }
}

#[tokio::test]
async fn nobody_approves_a_plan_of_their_own() {
    let two = Two::new().await;
    let plan = two.plan("Another Name").await;
    let file = two.export(&plan).await;
    let own = two.decide(&two.author, &file, Decision::Approved).await;
    assert!(matches!(own, Err(Error::OwnPlan)), "{own:?}");

    // With a key of before, and with the plan signed by another one.
    let colleague = connect(&two.colleague, &two.simulator, "Clients").await;
    let before = two.colleague.make_signing_identity().await.unwrap();
    let approval = two
        .decide(&two.colleague, &file, Decision::Approved)
        .await
        .unwrap();
    let kinds = two.kinds(&two.colleague, &colleague).await;
    assert_eq!(kinds[0], Kind::ApprovalGiven.name(), "{kinds:?}");
    let after = two.colleague.renew_signing_identity().await.unwrap();
    assert_ne!(before, after);
    for key in [before.public_key, after.public_key] {
        let own = two.colleague.confirm_colleague(key, "Me").await;
        assert!(matches!(own, Err(Error::OwnPlan)), "{own:?}");
    }
    let mine = two.author.make_signing_identity().await.unwrap();
    two.author.renew_signing_identity().await.unwrap();
    let own = two.decide(&two.author, &file, Decision::Approved).await;
    assert!(matches!(own, Err(Error::OwnPlan)), "{mine:?}: {own:?}");
    assert!(two.take_in(&approval).await.is_ok(), "another person's");
}

#[tokio::test]
async fn an_approval_counts_for_one_plan_and_not_for_it_made_again() {
    let two = Two::new().await;
    let (author, connection) = (&two.author, &two.connection);
    author.set_second_person(connection, true).await.unwrap();
    let plan = two.plan("Another Name").await;
    let file = two.export(&plan).await;
    let approval = two
        .decide(&two.colleague, &file, Decision::Approved)
        .await
        .unwrap();
    two.confirm_colleague().await;
    assert!(two.take_in(&approval).await.unwrap().is_approved());

    let other = two.plan("Yet Another Name").await;
    let refused = two.start(&other).await.unwrap_err();
    assert!(matches!(refused, Error::ApprovalNeeded { .. }), "{refused}");

    let again = author.plan_again(connection, &plan).await.unwrap();
    let again = again.plan.unwrap().id.to_string();
    let approvals = author.approvals(connection, &again).await.unwrap();
    assert_eq!(approvals.rows, []);
    let refused = two.start(&again).await.unwrap_err();
    assert!(matches!(refused, Error::ApprovalNeeded { .. }), "{refused}");
    let replayed = two.take_in(&approval).await.unwrap_err();
    assert!(matches!(replayed, Error::ApprovalOfAnother), "{replayed}");

    let elsewhere = connect(author, &two.simulator, "Elsewhere").await;
    let opening = Opening::File(approval);
    let foreign = author.read_approval(&elsewhere, opening).await;
    assert!(
        matches!(foreign, Err(Error::ApprovalOfAnother)),
        "{foreign:?}"
    );
}

#[tokio::test]
async fn the_last_word_of_a_person_counts() {
    let two = Two::new().await;
    let (author, connection) = (&two.author, &two.connection);
    author.set_second_person(connection, true).await.unwrap();
    let plan = two.plan("Another Name").await;
    let file = two.export(&plan).await;
    let mut said = Vec::new();
    for decision in [Decision::Approved, Decision::Rejected] {
        let path = two.decide(&two.colleague, &file, decision).await.unwrap();
        said.push(fs::read_to_string(path).unwrap());
    }
    two.confirm_colleague().await;
    // Also if they are handed over in another order.
    for content in said.iter().rev() {
        let opening = Opening::Content(content.clone());
        author.read_approval(connection, opening).await.unwrap();
    }
    let approvals = author.approvals(connection, &plan).await.unwrap();
    assert_eq!(approvals.rows.len(), 2);
    assert!(!approvals.is_approved());
    let refused = two.start(&plan).await.unwrap_err();
    assert!(matches!(refused, Error::ApprovalNeeded { .. }), "{refused}");

    author.set_second_person(connection, false).await.unwrap();
    let done = two.start(&plan).await.unwrap();
    assert!(matches!(done, State::Done(_)), "nobody has to be asked");
}

#[tokio::test]
async fn a_file_that_was_changed_or_is_newer_is_neither_shown_nor_taken_in() {
    let two = Two::new().await;
    let plan = two.plan("Another Name").await;
    let file = fs::read_to_string(two.export(&plan).await).unwrap();
    let refused = |content: String| {
        let colleague = two.colleague.clone();
        async move {
            let opened = colleague.open_plan_file(Opening::Content(content)).await;
            match opened.unwrap_err() {
                Error::PlanFile(error) => error,
                error => panic!("{error}"),
            }
        }
    };
    let changed = file.replace("Another Name", "Somebody Else");
    assert_eq!(refused(changed).await, FileError::Altered(Altered::Seal));
    let read = PlanFile::read(file.as_bytes()).unwrap();
    let mut steps = read.plan.steps.clone();
    steps[0].changes[0].after = json!("Somebody Else");
    let resealed = Plan::sealed(read.plan.header.clone(), steps).unwrap();
    let resealed = PlanFile::new(resealed, read.author);
    let resealed = String::from_utf8(resealed.written().unwrap()).unwrap();
    assert_eq!(
        refused(resealed).await,
        FileError::Altered(Altered::Signature)
    );
    let newer = file.replacen("\"version\":1", "\"version\":2", 1);
    assert_eq!(refused(newer).await, FileError::Newer(2));

    let path = two.path("plan.musterplan");
    fs::write(&path, &file).unwrap();
    let approval = two
        .decide(&two.colleague, &path, Decision::Rejected)
        .await
        .unwrap();
    let approved = fs::read_to_string(approval).unwrap();
    let approved = approved.replace("\"rejected\"", "\"approved\"");
    let taken = two
        .author
        .read_approval(&two.connection, Opening::Content(approved))
        .await;
    let altered = FileError::Altered(Altered::Signature);
    assert!(matches!(taken, Err(Error::PlanFile(error)) if error == altered));
}

#[tokio::test]
async fn what_is_kept_of_an_approval_is_checked_again_before_it_counts() {
    let two = Two::new().await;
    let (author, connection) = (&two.author, &two.connection);
    author.set_second_person(connection, true).await.unwrap();
    let plan = two.plan("Another Name").await;
    let file = two.export(&plan).await;
    let path = two
        .decide(&two.colleague, &file, Decision::Approved)
        .await
        .unwrap();
    two.take_in(&path).await.unwrap();
    two.confirm_colleague().await;
    let key = two.colleague.signing_identity().await.unwrap().unwrap();
    author.forget_colleague(key.public_key).await.unwrap();
    let refused = two.start(&plan).await.unwrap_err();
    assert!(matches!(refused, Error::ApprovalNeeded { .. }), "{refused}");
    let plan = author.plan(connection, &plan).await.unwrap();
    assert_eq!(plan.record.state, PlanState::Made);
    let read = Approval::read(&fs::read(path).unwrap()).unwrap();
    assert_eq!(read.opinion.seal, plan.record.seal);
}

#[tokio::test]
async fn what_has_changed_since_a_plan_was_made_is_counted() {
    let two = Two::new().await;
    let (author, connection) = (&two.author, &two.connection);
    let first = two.plan("First").await;
    let second = two.plan("Second").await;
    let before = author.moved_bases(connection, &second).await.unwrap();
    assert_eq!((before.based, before.moved), (1, 0));
    two.start(&first).await.unwrap();
    let job = author.start_sync(connection).await.unwrap();
    author.ended(&job.id).await.unwrap();
    let after = author.moved_bases(connection, &second).await.unwrap();
    assert_eq!((after.based, after.moved), (1, 1));
    assert!(after.as_of >= before.as_of);
}
