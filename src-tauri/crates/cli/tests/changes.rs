//! musterctl plans, shows, applies, undoes, queues and imports.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test stops where it fails"
)]

mod desk;

use std::{
    fs,
    io::Write,
    path::Path,
    process::{Output, Stdio},
};

use desk::{code, json, look, musterctl, practice, run};
use muster_simulator::{Mutation, Simulator};
use serde_json::{Value, json};
use tempfile::TempDir;

/// A reseller's desk, synced.
async fn reseller() -> (TempDir, Simulator) {
    let (profile, simulator, _) = practice().await;
    run(profile.path(), &["sync", "All"]);
    let said = look(profile.path(), &["connect", "role", "All", "reseller"]);
    assert_eq!(code(&said), Some(0));
    (profile, simulator)
}

fn told(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn complained(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

fn applied(simulator: &Simulator) -> Vec<Mutation> {
    let all = simulator.mutations().into_iter();
    all.filter(|own| own.applied).collect()
}

fn someone(simulator: &Simulator) -> (String, String) {
    let mut people = simulator.people();
    let found = people.find(|own| own.organization.is_some()).unwrap();
    (found.id.to_string(), found.name.to_owned())
}

fn name_of(simulator: &Simulator, id: &str) -> String {
    let id = id.parse().unwrap();
    simulator.now().person(id).unwrap().name.to_owned()
}

fn organization(simulator: &Simulator) -> String {
    simulator.organizations().next().unwrap().id.to_string()
}

/// Plans and returns the plan's id.
fn planned(profile: &Path, arguments: &[&str]) -> String {
    let plan = [&["plan", "All", "--format", "json"], arguments].concat();
    let plan = json(&look(profile, &plan));
    plan["plan"]["id"].as_str().unwrap().to_owned()
}

fn with_input(profile: &Path, arguments: &[&str], input: &str) -> Output {
    let mut child = musterctl(profile, arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    // Whoever does not read it has ended before.
    let _ = stdin.write_all(input.as_bytes());
    drop(stdin);
    child.wait_with_output().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_plan_is_shown_applied_and_undone() {
    let (profile, simulator) = reseller().await;
    let profile = profile.path();
    let (id, name) = someone(&simulator);
    let set = [
        "--act",
        "user.update",
        "--person",
        &id,
        "--set",
        "profile.name=Zoë Nieuw",
    ];
    let shown = look(profile, &[&["plan", "All"], &set[..]].concat());
    assert_eq!(code(&shown), Some(0), "{}", complained(&shown));
    let table = told(&shown);
    assert!(
        table.contains(&name) && table.contains("Zoë Nieuw"),
        "{table}"
    );
    let plan = planned(profile, &set);
    let unasked = run(profile, &["apply", "All", &plan]);
    assert_eq!(code(&unasked), Some(2));
    assert!(complained(&unasked).contains("say --yes"));
    assert!(applied(&simulator).is_empty());

    let done = run(
        profile,
        &["apply", "All", &plan, "--yes", "--format", "json"],
    );
    assert_eq!(code(&done), Some(0), "{}", complained(&done));
    assert_eq!(json(&done)["rows"][0]["state"], "applied");
    assert_eq!(name_of(&simulator, &id), "Zoë Nieuw");
    let twice = run(profile, &["apply", "All", &plan, "--yes"]);
    assert_eq!(code(&twice), Some(1), "it is at its end");

    run(profile, &["sync", "All"]);
    let undo = json(&look(profile, &["undo", "All", &plan, "--format", "json"]));
    assert_eq!(undo["plan"]["undoes"], plan.as_str());
    let undo = undo["plan"]["id"].as_str().unwrap();
    assert_eq!(
        code(&run(profile, &["apply", "All", undo, "--yes"])),
        Some(0)
    );
    assert_eq!(name_of(&simulator, &id), name);
    let list = json(&look(
        profile,
        &["plans", "list", "All", "--format", "json"],
    ));
    let states: Vec<_> = list
        .as_array()
        .unwrap()
        .iter()
        .map(|own| &own["state"])
        .collect();
    assert_eq!(states.iter().filter(|own| **own == "ended").count(), 2);
    simulator.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_plan_in_a_file_is_applied_as_it_was_sealed_or_not_at_all() {
    let (profile, simulator) = reseller().await;
    let profile = profile.path();
    let (id, name) = someone(&simulator);
    let file = profile.join("plan.json");
    let path = file.to_str().unwrap();
    let wishes = profile.join("wishes.json");
    let wanted = json!([{
        "kind": "user.update",
        "target": {"thing": "person", "id": id},
        "values": {"preferences.language": "fr", "profile.name": "From a file"},
    }]);
    fs::write(&wishes, wanted.to_string()).unwrap();
    let from = [
        "plan",
        "All",
        "--from",
        wishes.to_str().unwrap(),
        "--out",
        path,
    ];
    let written = look(profile, &from);
    assert_eq!(code(&written), Some(0), "{}", complained(&written));
    assert!(told(&written).contains(&name), "the mirror knows the name");
    let plans = json(&look(
        profile,
        &["plans", "list", "All", "--format", "json"],
    ));
    assert_eq!(plans, json!([]), "it is in the file");

    let whole = fs::read_to_string(&file).unwrap();
    fs::write(&file, whole.replace("From a file", "From nowhere")).unwrap();
    let broken = run(profile, &["apply", "All", path, "--yes"]);
    assert_eq!(code(&broken), Some(1));
    assert!(complained(&broken).contains("not what was sealed"));
    fs::write(&file, &whole).unwrap();
    let done = run(profile, &["apply", "All", path, "--yes", "--format", "csv"]);
    assert_eq!(code(&done), Some(0), "{}", complained(&done));
    assert!(told(&done).contains(",applied,"), "{}", told(&done));
    assert_eq!(name_of(&simulator, &id), "From a file");
    simulator.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_makes_no_sense_is_told_and_no_password_is_said() {
    let (profile, simulator) = reseller().await;
    let profile = profile.path();
    let (id, _) = someone(&simulator);
    let refused = |arguments: &[&str]| {
        let output = look(profile, &[&["plan", "All"], arguments].concat());
        assert_ne!(code(&output), Some(0));
        complained(&output)
    };
    assert!(refused(&["--act", "user.fly"]).contains("user.create"));
    assert!(refused(&["--act", "user.update"]).contains("say to whom"));
    let update = ["--act", "user.update", "--person", &id, "--set"];
    let set = |value| refused(&[&update[..], &[value]].concat());
    assert!(set("profile.nam=x").contains("profile.name"));
    assert!(set("subscription.start=soon").contains("expected a day"));
    assert!(set("preferences.language=").contains("(clear)"));
    let create = ["--act", "user.create", "--set", "password=canary-word-9"];
    let said = refused(&create);
    assert!(said.contains("--with-password") && !said.contains("canary"));
    let wrong = look(
        profile,
        &["plan", "All", "--act", "user.create", "--set", "role=king"],
    );
    assert_eq!(code(&wrong), Some(4));
    assert!(complained(&wrong).contains("email: is required"));
    assert!(applied(&simulator).is_empty());
    simulator.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_question_is_planned_for_all_who_match() {
    let (profile, simulator) = reseller().await;
    let profile = profile.path();
    let text = format!("org:{}", organization(&simulator));
    let people = json(&look(
        profile,
        &[
            "people", "query", "All", "--where", &text, "--format", "json",
        ],
    ));
    let plan = json(&look(
        profile,
        &[
            "plan",
            "All",
            "--act",
            "user.update",
            "--where",
            &text,
            "--set",
            "preferences.language=de",
            "--format",
            "json",
        ],
    ));
    assert_eq!(plan["plan"]["steps"], people["meta"]["total"]);
    assert_eq!(plan["steps"][0]["changes"][0]["after"], "de");
    simulator.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_password_is_read_and_a_new_key_has_somewhere_to_go() {
    let (profile, simulator) = reseller().await;
    let profile = profile.path();
    let organization = format!("organization={}", organization(&simulator));
    let create = [
        "--act",
        "user.create",
        "--set",
        "email=zoe@example.test",
        "--set",
        "role=medical_professional",
        "--set",
        &organization,
        "--set",
        "profile.name=Zoë",
        "--set",
        "preferences.language=nl",
        "--set",
        "subscription.type=1",
        "--with-password",
    ];
    let plan = planned(profile, &create);
    let apply = ["apply", "All", &plan, "--yes"];
    let without = run(profile, &apply);
    assert_eq!(code(&without), Some(2));
    assert!(complained(&without).contains("--password-stdin"));
    let apply = [&apply[..], &["--password-stdin", "--format", "json"]].concat();
    let short = with_input(profile, &apply, "short\n");
    assert_eq!(code(&short), Some(2), "{}", complained(&short));
    let done = json(&with_input(profile, &apply, "canary-password-9\n"));
    assert_eq!(done["rows"][0]["state"], "applied");
    let made = done["rows"][0]["made"]["id"].as_str().unwrap();

    run(profile, &["sync", "All"]);
    let plan = planned(
        profile,
        &[
            "--act",
            "api_key.create",
            "--person",
            made,
            "--set",
            "name=Till",
        ],
    );
    let nowhere = run(profile, &["apply", "All", &plan, "--yes"]);
    assert_eq!(code(&nowhere), Some(2));
    assert!(complained(&nowhere).contains("shown once"));
    let kept = run(
        profile,
        &[
            "apply",
            "All",
            &plan,
            "--yes",
            "--secret-to",
            "keyring:Till",
        ],
    );
    assert_eq!(code(&kept), Some(0), "{}", complained(&kept));
    assert!(complained(&kept).contains("the connection Till"));
    let list = json(&look(profile, &["connect", "list", "--format", "json"]));
    assert!(
        list.as_array()
            .unwrap()
            .iter()
            .any(|own| own["name"] == "Till")
    );

    let plan = planned(
        profile,
        &[
            "--act",
            "api_key.create",
            "--person",
            made,
            "--set",
            "name=Desk",
        ],
    );
    let printed = run(
        profile,
        &[
            "apply",
            "All",
            &plan,
            "--yes",
            "--print-secret",
            "--format",
            "csv",
        ],
    );
    assert_eq!(code(&printed), Some(0), "{}", complained(&printed));
    let secret = told(&printed).lines().last().unwrap().to_owned();
    assert!(
        secret.len() > 8 && !secret.contains(','),
        "it stands alone in the last line"
    );
    simulator.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_somebody_else_has_changed_is_not_overwritten_and_an_exit_status() {
    let (profile, simulator) = reseller().await;
    let profile = profile.path();
    let (id, _) = someone(&simulator);
    let plan = planned(
        profile,
        &[
            "--act",
            "user.update",
            "--person",
            &id,
            "--set",
            "profile.name=Mine",
        ],
    );
    let other = planned(
        profile,
        &[
            "--act",
            "user.update",
            "--person",
            &id,
            "--set",
            "profile.name=Theirs",
        ],
    );
    assert_eq!(
        code(&run(profile, &["apply", "All", &other, "--yes"])),
        Some(0)
    );
    let superseded = run(
        profile,
        &["apply", "All", &plan, "--yes", "--format", "csv"],
    );
    assert_eq!(code(&superseded), Some(4), "{}", complained(&superseded));
    assert!(told(&superseded).contains("superseded"));
    let steps = look(
        profile,
        &[
            "plans",
            "steps",
            "All",
            &plan,
            "--state",
            "superseded",
            "--format",
            "csv",
        ],
    );
    assert_eq!(told(&steps).lines().count(), 2);
    assert_eq!(name_of(&simulator, &id), "Theirs");
    simulator.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_outbox_is_made_again_and_shown_before_it_is_sent() {
    let (profile, simulator) = reseller().await;
    let profile = profile.path();
    let people: Vec<_> = simulator
        .people()
        .filter(|own| own.organization.is_some())
        .take(2)
        .map(|own| own.id.to_string())
        .collect();
    let plans: Vec<_> = people
        .iter()
        .map(|id| {
            planned(
                profile,
                &[
                    "--act",
                    "user.update",
                    "--person",
                    id,
                    "--set",
                    "profile.name=Queued",
                ],
            )
        })
        .collect();
    for plan in &plans {
        assert_eq!(
            code(&look(profile, &["outbox", "add", "All", plan])),
            Some(0)
        );
    }
    let list = || {
        json(&look(
            profile,
            &["outbox", "list", "All", "--format", "json"],
        ))
    };
    let ids = |list: &Value| -> Vec<String> {
        let ids = list
            .as_array()
            .unwrap()
            .iter()
            .map(|own| own["id"].as_str().unwrap().to_owned());
        ids.collect()
    };
    look(profile, &["outbox", "order", "All", &plans[1]]);
    assert_eq!(ids(&list()), [plans[1].as_str(), plans[0].as_str()]);
    let again = look(profile, &["outbox", "send", "All"]);
    assert_eq!(code(&again), Some(2));
    assert!(told(&again).contains("Queued"));
    assert_eq!(list().as_array().unwrap().len(), 2);
    assert!(!ids(&list()).contains(&plans[0]), "they were made again");
    assert!(applied(&simulator).is_empty());
    let sent = run(profile, &["outbox", "send", "All", "--yes"]);
    assert_eq!(code(&sent), Some(0), "{}", complained(&sent));
    assert_eq!(applied(&simulator).len(), 2);
    assert_eq!(list(), json!([]));
    let drafts = look(profile, &["drafts", "All", "--format", "json"]);
    assert_eq!(json(&drafts), json!([]));
    simulator.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_of_rows_is_looked_at_and_its_good_rows_are_planned() {
    let (profile, simulator) = reseller().await;
    let profile = profile.path();
    let organization = organization(&simulator);
    let template = look(
        profile,
        &["import", "All", "--act", "user.create", "--template"],
    );
    assert!(
        told(&template).starts_with("email,role,"),
        "{}",
        told(&template)
    );
    let file = profile.join("new.csv");
    let row = |mail: &str, role: &str| format!("{mail};{role};{organization};Zoë;nl;1\r\n");
    let text = [
        "Who;Rol;Apotheek;Naam;Taal;Abonnement\r\n".to_owned(),
        row("a@example.test", "medical_professional"),
        row("b@example.test", "king"),
        row("c@example.test", "medical_professional"),
    ];
    fs::write(&file, text.concat()).unwrap();
    let path = file.to_str().unwrap();
    let import = ["import", "All", path, "--act", "user.create"];
    let unmapped = look(profile, &import);
    assert_eq!(code(&unmapped), Some(2));
    assert!(complained(&unmapped).contains("no column is email"));
    let import = [&import[..], &["--map", "Who=email"]].concat();
    let checked = look(profile, &import);
    assert_eq!(code(&checked), Some(4), "{}", complained(&checked));
    assert!(told(&checked).contains("2 can be planned"));
    let rejects = profile.join("rejects.csv");
    let plan = [
        &import[..],
        &[
            "--rejects",
            rejects.to_str().unwrap(),
            "--plan",
            "--format",
            "json",
        ],
    ]
    .concat();
    let whole = look(profile, &plan);
    let whole: Value = serde_json::from_slice(&whole.stdout).unwrap();
    assert_eq!(
        (&whole["bad"], &whole["problems"][0]["line"]),
        (&json!(1), &json!(3))
    );
    let rejected = fs::read_to_string(&rejects).unwrap();
    assert!(rejected.contains("Rol: expected one of"), "{rejected}");
    let partly = look(profile, &[&plan[..], &["--partly"]].concat());
    assert_eq!(code(&partly), Some(4));
    let partly: Value = serde_json::from_slice(&partly.stdout).unwrap();
    let plan = partly["plan"]["id"].as_str().unwrap();
    assert_eq!(
        code(&run(profile, &["apply", "All", plan, "--yes"])),
        Some(0)
    );
    assert_eq!(applied(&simulator).len(), 2);
    simulator.stop().await;
}
