//! A plan goes to a second person and comes back, as a script sends it.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test stops where it fails"
)]

use std::path::Path;

mod desk;

use desk::{code, json, look, practice, run};
use muster_directory::{Target, Thing, plan::Intent};
use muster_engine::{Engine, EngineOptions, changes::PlanWish, vault::MemoryVault};

/// A plan that renames somebody, made without the command line; its id.
async fn plan(profile: &Path, person: u64) -> String {
    let vault = std::sync::Arc::new(MemoryVault::default());
    let engine = Engine::open(EngineOptions::new(profile.to_owned(), vault)).unwrap();
    let connection = engine.connections().await.unwrap().remove(0);
    let intent = Intent {
        kind: "user.update".to_owned(),
        target: Some(Target {
            thing: Thing::Person,
            id: person.to_string(),
            name: "Somebody".to_owned(),
        }),
        values: [("profile.name".to_owned(), "Another Name".into())].into(),
        secrets: Vec::new(),
        line: None,
    };
    let wish = PlanWish {
        title: "Names".to_owned(),
        intents: vec![intent],
        ..PlanWish::default()
    };
    let id = connection.record.id.to_string();
    let planned = engine.make_plan(&id, wish).await.unwrap();
    planned.plan.unwrap().id.to_string()
}

fn text(output: &std::process::Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_plan_is_exported_opened_approved_and_the_approval_read() {
    let (author, simulator, _) = practice().await;
    let author = author.path();
    assert_eq!(code(&run(author, &["sync", "All"])), Some(0));
    let mut people = simulator.people();
    let person = people.find(|own| own.organization.is_some()).unwrap().id;
    let plan = plan(author, person).await;
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).display().to_string();
    let (file, answer) = (path("a.musterplan"), path("a.musterapproval"));
    let exported = run(
        author,
        &["plan-file", "export", "All", &plan, "--out", &file],
    );
    assert_eq!(code(&exported), Some(0), "{exported:?}");

    let colleague = tempfile::tempdir().unwrap();
    let colleague = colleague.path();
    let opened = json(&look(
        colleague,
        &["plan-file", "open", &file, "--format", "json"],
    ));
    assert_eq!(opened["file"]["plan"]["id"], plan.as_str());
    assert_eq!(opened["steps"][0]["changes"][0]["after"], "Another Name");
    let table = text(&look(colleague, &["plan-file", "open", &file]));
    assert!(
        table.contains("unknown key") && table.contains("Another Name"),
        "{table}"
    );
    let approve = [
        "plan-file",
        "approve",
        &file,
        "--out",
        &answer,
        "--comment",
        "Fine.",
    ];
    assert_eq!(code(&run(author, &approve)), Some(1), "their own plan");
    let approved = run(colleague, &approve);
    assert_eq!(code(&approved), Some(0), "{approved:?}");

    let read = [
        "plan-file",
        "read-approval",
        "All",
        &answer,
        "--format",
        "json",
    ];
    let taken = json(&look(author, &read));
    assert_eq!(taken["approved"], false, "nobody has compared the key");
    assert_eq!(taken["rows"][0]["comment"], "Fine.");
    let key = taken["rows"][0]["signer"]["public_key"].as_str().unwrap();
    let confirm = ["plan-file", "confirm", key, "--name", "Zoë"];
    assert_eq!(code(&look(author, &confirm)), Some(0));
    assert_eq!(json(&look(author, &read))["approved"], true);
    let needed = ["plan-file", "second-person", "All", "on"];
    assert!(text(&look(author, &needed)).contains("yes"));
    let foreign = ["plan-file", "read-approval", "All", &file];
    assert_eq!(code(&look(author, &foreign)), Some(1), "that is the plan");
}
