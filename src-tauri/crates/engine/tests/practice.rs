//! The practice directory: what is practised survives, and goes when a person says so.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test stops where it fails"
)]

use std::{path::Path, sync::Arc};

use muster_directory::{Target, Thing, plan::Intent};
use muster_engine::{
    Engine, EngineOptions,
    changes::{Applying, PlanWish},
    jobs::{Outcome, State},
    question::Source,
    vault::MemoryVault,
    vendor::Paces,
};
use serde_json::json;
use tempfile::TempDir;

const JOURNAL: &str = "practice.journal";

fn open(folder: &Path, people: u64) -> Engine {
    let mut options = EngineOptions::new(folder.to_owned(), Arc::new(MemoryVault::default()));
    options.paces = Paces::new(None);
    options.practice.people = people;
    options.practice.organizations = 20;
    options.practice.rate_limit = 0;
    Engine::open(options).unwrap()
}

async fn practice(engine: &Engine) -> String {
    engine.open_practice().await.unwrap().record.id.to_string()
}

async fn sync(engine: &Engine, connection: &str) {
    let job = engine.start_sync(connection).await.unwrap();
    let ended = engine.ended(&job.id).await.unwrap();
    assert!(
        matches!(ended.state, State::Done(Outcome::Synced(_))),
        "{ended:?}"
    );
}

/// Somebody of the last sync.
async fn somebody(engine: &Engine, connection: &str) -> u64 {
    let who = muster_engine::question::Who::everybody(Source::Mirror);
    let question = muster_engine::question::PeopleQuestion {
        who,
        sort: Vec::new(),
        window: muster_engine::question::Window::Rows {
            offset: 0,
            limit: 1,
        },
        remember: None,
    };
    let found = engine.people(connection, question).await.unwrap();
    found.rows[0].person.id.get()
}

/// Gives somebody another name and language.
async fn rename(engine: &Engine, connection: &str, person: u64) {
    let wish = PlanWish {
        title: "Another name".to_owned(),
        intents: vec![Intent {
            kind: "user.update".to_owned(),
            target: Some(Target {
                thing: Thing::Person,
                id: person.to_string(),
                name: "Somebody".to_owned(),
            }),
            values: [
                ("profile.name".to_owned(), json!("Zoë Practised")),
                ("preferences.language".to_owned(), json!("de")),
            ]
            .into(),
            secrets: Vec::new(),
            line: None,
        }],
        ..PlanWish::default()
    };
    let planned = engine.make_plan(connection, wish).await.unwrap();
    assert_eq!(planned.problems, []);
    let plan = planned.plan.unwrap().id.to_string();
    let job = engine
        .start_plan(connection, &plan, Applying::default())
        .await
        .unwrap();
    let ended = engine.ended(&job.id).await.unwrap();
    assert!(
        matches!(ended.state, State::Done(Outcome::Applied(_))),
        "{ended:?}"
    );
}

/// A practice directory in which somebody has another name than it began with.
struct Practised {
    folder: TempDir,
    engine: Engine,
    connection: String,
    person: u64,
}

async fn practised() -> Practised {
    let folder = tempfile::tempdir().unwrap();
    let engine = open(folder.path(), 50);
    let connection = practice(&engine).await;
    sync(&engine, &connection).await;
    let person = somebody(&engine, &connection).await;
    rename(&engine, &connection, person).await;
    Practised {
        folder,
        engine,
        connection,
        person,
    }
}

async fn name(engine: &Engine, connection: &str, person: u64) -> String {
    let id = person.try_into().unwrap();
    let details = engine
        .person(connection, Source::Live, None, id)
        .await
        .unwrap();
    details.found.person.name
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_practised_survives_a_restart_and_a_network_that_goes() {
    let Practised {
        folder,
        engine,
        connection,
        person,
    } = practised().await;

    for _ in 0..3 {
        engine.set_practice_network(false).await.unwrap();
        engine.set_practice_network(true).await.unwrap();
    }
    assert_eq!(name(&engine, &connection, person).await, "Zoë Practised");

    drop(engine);
    let engine = open(folder.path(), 50);
    assert_eq!(practice(&engine).await, connection);
    assert_eq!(name(&engine, &connection, person).await, "Zoë Practised");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_second_muster_is_told_that_the_practice_directory_is_open() {
    let folder = tempfile::tempdir().unwrap();
    let first = open(folder.path(), 50);
    practice(&first).await;
    let second = open(folder.path(), 50);
    let connection = practice(&second).await;
    let refused = second.test_connection(&connection).await.unwrap_err();
    assert!(
        refused.to_string().contains("another Muster"),
        "{refused}: two that write one directory would lose changes"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_journal_of_another_directory_is_set_aside_not_lost() {
    let Practised {
        folder,
        engine,
        connection,
        person: _,
    } = practised().await;
    drop(engine);

    let engine = open(folder.path(), 60);
    practice(&engine).await;
    sync(&engine, &connection).await;
    let aside = folder.path().join("practice.journal.aside");
    assert!(
        std::fs::read_to_string(aside)
            .unwrap()
            .contains("Zoë Practised")
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn removing_the_practice_connection_names_and_deletes_what_was_practised() {
    let Practised {
        folder,
        engine,
        connection,
        person,
    } = practised().await;

    let journal = folder.path().join(JOURNAL);
    let preview = engine.preview_removal(&connection).await.unwrap();
    assert!(preview.files.iter().any(|(path, _)| *path == journal));
    engine.remove_connection(&connection).await.unwrap();
    assert!(!journal.exists());

    let again = practice(&engine).await;
    assert_ne!(name(&engine, &again, person).await, "Zoë Practised");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_written_is_known_until_somebody_else_changes_the_person() {
    let Practised {
        folder: _folder,
        engine,
        connection,
        person,
    } = practised().await;

    let language = async |as_of| {
        let id = person.try_into().unwrap();
        let details = engine.person(&connection, Source::Mirror, as_of, id).await;
        let mut written = details.unwrap().written.into_iter();
        written.find(|own| own.path == "preferences.language")
    };
    for synced in [false, true] {
        if synced {
            sync(&engine, &connection).await;
        }
        let own = language(None).await.unwrap();
        assert_eq!(own.value, json!("de"));
        assert!(!own.is_overtaken, "nobody else has changed the person");
    }
    assert_eq!(language(Some(1)).await, None, "the past did not know it");
}
