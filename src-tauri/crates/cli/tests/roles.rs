//! musterctl shows what roles may do, answers may, and simulates what would change.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test stops where it fails"
)]

mod desk;

use std::{path::Path, process::Output};

use desk::{code, json, look, practice, run};
use serde_json::Value;

fn told(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn may(profile: &Path, arguments: &[&str]) -> Output {
    look(profile, &[&["may", "All"], arguments].concat())
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_is_an_exit_status_and_says_why() {
    let (profile, simulator, _) = practice().await;
    let profile = profile.path();
    run(profile, &["sync", "All"]);
    let unknown = may(profile, &["user.create"]);
    assert_eq!(
        code(&unknown),
        Some(3),
        "nobody said which role the key has"
    );
    assert!(told(&unknown).starts_with("user.create: depends on the role\n"));
    assert!(unknown.stderr.is_empty(), "an answer is no error");

    let said = look(profile, &["connect", "role", "All", "reseller"]);
    assert_eq!(code(&said), Some(0));
    let create = |role| may(profile, &["user.create", "--gives", role]);
    assert_eq!(code(&create("medical_professional")), Some(0));
    let other = create("software_developer");
    assert_eq!(code(&other), Some(1));
    assert!(told(&other).contains("only medical_professional"));
    assert!(told(&other).contains("Users and roles"), "its source");
    assert_eq!(code(&may(profile, &["media.upload"])), Some(1));
    assert_eq!(code(&may(profile, &["user.disable"])), Some(3));
    let nobody = may(profile, &["user.fly"]);
    assert_eq!(code(&nobody), Some(3));
    assert!(told(&nobody).contains("no page names this action"));
    assert_eq!(code(&may(profile, &["fly"])), Some(2), "not an action");

    let person = json(&look(
        profile,
        &[
            "people",
            "query",
            "All",
            "--where",
            "not org:none",
            "--format",
            "json",
        ],
    ));
    let person = person["results"][0]["id"].to_string();
    let update = ["user.profile.update", "--person", &person];
    assert_eq!(code(&may(profile, &update)), Some(0));
    let elsewhere = ["user.profile.update", "--organization", "999999"];
    assert_eq!(code(&may(profile, &elsewhere)), Some(3));
    let manager = [
        "user.create",
        "--role",
        "organization_manager",
        "--format",
        "json",
    ];
    let manager = may(profile, &manager);
    assert_eq!(code(&manager), Some(1));
    let manager: Value = serde_json::from_slice(&manager.stdout).unwrap();
    assert_eq!(manager["answer"], "no");
    assert_eq!(
        manager["applied"][0]["cell"]["rows"][0]["source"]["id"],
        "V"
    );

    let forgotten = look(
        profile,
        &["connect", "role", "All", "--forget", "--format", "json"],
    );
    let forgotten = json(&forgotten);
    assert_eq!(forgotten["role"], Value::Null);
    assert_eq!(forgotten["guess"]["roles"][0], "reseller", "only offered");
    simulator.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_matrix_says_what_is_undocumented() {
    let (profile, simulator, _) = practice().await;
    let profile = profile.path();
    let table = told(&look(profile, &["roles", "All"]));
    assert!(table.contains("undocumented is not \u{201c}no\u{201d}"));
    let matrix = json(&look(profile, &["roles", "All", "--format", "json"]));
    assert_eq!(matrix["roles"].as_array().unwrap().len(), 5);
    assert_eq!(matrix["roles"][0]["people"], Value::Null, "never synced");
    let csv = told(&look(profile, &["roles", "All", "--format", "csv"]));
    let row = csv.lines().find(|line| line.starts_with("product.export,"));
    assert!(row.unwrap().contains("at most 100"), "{row:?}");
    simulator.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_simulation_shows_what_would_change_and_sends_nothing() {
    let (profile, simulator, _) = practice().await;
    let profile = profile.path();
    let simulate = |arguments: &[&str]| look(profile, &[&["simulate", "All"], arguments].concat());
    let unsynced = simulate(&["--person", "1", "--delete"]);
    assert_eq!(code(&unsynced), Some(1), "there is nothing to look at");
    run(profile, &["sync", "All"]);
    let person = json(&look(
        profile,
        &[
            "people",
            "query",
            "All",
            "--where",
            "not org:none",
            "--format",
            "json",
        ],
    ));
    let person = person["results"][0]["id"].to_string();
    let role = ["--person", &person, "--role", "software_developer"];
    let assumed = ["--assume", "organization_manager", "--format", "json"];
    let outcome = json(&simulate(&[&role[..], &assumed[..]].concat()));
    assert_eq!(outcome["is_assumed"], true);
    let lost = outcome["effects"]["lost"].as_array().unwrap();
    assert!(lost.iter().any(|own| own["action"] == "product.update"));
    let unknown = told(&simulate(&role));
    assert!(unknown.contains("role unknown"), "{unknown}");
    assert!(unknown.contains("nothing was sent"));
    let moved = told(&simulate(&["--person", &person, "--move-to", "999999"]));
    assert!(moved.contains("managers of 999999"), "{moved}");
    for wrong in [
        &["--person", &person][..],
        &["--person", &person, "--delete", "--disable"],
        &["--person", &person, "--role", "king"],
    ] {
        assert_eq!(code(&simulate(wrong)), Some(2), "{wrong:?}");
    }
    simulator.stop().await;
}
