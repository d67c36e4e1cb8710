//! What was changed outlives the simulator, and an answer that has begun does not change.

#![allow(
    clippy::unwrap_used,
    reason = "clippy sees only the test functions as tests"
)]

mod desk;

use std::{
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
};

use desk::{Desk, desk_with, options, professional};
use muster_directory::Role;
use muster_simulator::{JournalError, Key, Options, SimulatorError, start};
use serde_json::{Value, json};

const USERS: &str = "/v4/users/query";
const ORGANIZATIONS: &str = "/v4/organizations/query";
const KEYS: &str = "/v4/api-keys/query";
const CHECK: &str = "/v4/organizations/check/subscription";

fn kept(path: &Path) -> Options {
    Options {
        journal: Some(path.to_owned()),
        ..options()
    }
}

/// Everything that answers tell, and what they do not tell.
async fn everything(desk: &Desk) -> String {
    let mut all = String::new();
    for key in [
        desk.reseller(),
        desk.other_reseller(),
        desk.key(Role::OrganizationManager),
    ] {
        for path in [USERS, ORGANIZATIONS, KEYS, CHECK] {
            let body = json!({"filter": {"not": {"id": 1}}});
            all += &desk.post(&key, path, &body).await.text().await.unwrap();
        }
    }
    let snapshot = desk.simulator.now();
    let details: Vec<_> = snapshot
        .people()
        .map(|one| snapshot.details(one.id))
        .collect();
    format!("{all}{details:?}")
}

/// Changes something in every way; gives the secret of a new key.
async fn change_everything(desk: &Desk) -> String {
    let (all, part) = (desk.reseller(), desk.other_reseller());
    let mut organizations = all.organizations.iter();
    let foreign = organizations
        .find(|id| !part.organizations.contains(id))
        .unwrap();
    let body = json!({"name": "Een \"nieuwe\"\n", "type": "other", "vatNr": "BE0999999999"});
    let made = desk.ok(&part, "/v4/organizations/create", &body).await;
    let new = made["organization"]["id"].as_u64().unwrap();
    desk.ok(
        &part,
        "/v4/organizations/link",
        &json!({"organization": foreign}),
    )
    .await;
    let mut ids = Vec::new();
    for (nth, organization) in [new, *foreign, part.organizations[0]]
        .into_iter()
        .enumerate()
    {
        let body = professional(&format!("a{nth}@example.org"), organization);
        let made = desk.ok(&part, "/v4/users/create", &body).await;
        ids.push(made["user"]["id"].as_u64().unwrap());
    }
    let seeded = desk.simulator.people().next().unwrap().id;
    for id in [seeded, ids[0]] {
        let body = json!({
            "id": id,
            "profile": {"name": "Émilie 🌻"},
            "preferences": {"isPublic": true, "language": "fr"},
            "subscription": {"type": 7, "start": null, "end": 2_000_000_000},
        });
        let key = if id == seeded { &all } else { &part };
        desk.ok(key, "/v4/users/update", &body).await;
    }
    let body = json!({"user": ids[0], "name": "Kassa"});
    let made = desk.ok(&part, "/v4/api-keys/create", &body).await;
    let keys = desk.found(&all, KEYS, json!({"not": {"id": 1}})).await;
    for id in [keys[keys.len() / 2], keys[0]] {
        let body = json!({"id": id, "name": "Renamed", "isEnabled": id == keys[0]});
        desk.ok(&all, "/v4/api-keys/update", &body).await;
    }
    made["apiKey"]["secret"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_simulator_that_starts_again_knows_everything_that_was_changed() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("journal");
    let desk = desk_with(kept(&path)).await;
    let untouched = everything(&desk).await;
    let secret = change_everything(&desk).await;
    let changed = everything(&desk).await;
    let url = format!("{}/_simulator/mutations", desk.simulator.base_url());
    let record = desk
        .client
        .get(url)
        .send()
        .await
        .unwrap()
        .text()
        .await
        .unwrap();
    assert!(record.contains("a0@example.org"));
    assert_ne!(changed, untouched);
    desk.simulator.stop().await;

    let desk = desk_with(kept(&path)).await;
    assert_eq!(everything(&desk).await, changed);
    assert!(
        desk.simulator.mutations().is_empty(),
        "the record is that of one run"
    );
    let key = desk.other_reseller();
    let organization = key.organizations[0];
    let body = professional("A0@example.org", organization);
    assert_eq!(
        desk.violations(&key, "/v4/users/create", &body).await,
        ["email"]
    );
    let body = professional("a9@example.org", organization);
    let next = desk.ok(&key, "/v4/users/create", &body).await;
    assert_eq!(
        next["user"]["id"],
        desk.simulator.people().last().unwrap().id + 4
    );
    desk.simulator.stop().await;

    let bytes = std::fs::read_to_string(&path).unwrap();
    assert!(bytes.contains("a9@example.org"));
    for hidden in [
        &*secret,
        "muster-practice",
        "correct horse",
        "password",
        "secret",
    ] {
        assert!(!bytes.contains(hidden), "{hidden} is in the journal");
        assert!(!record.contains(hidden), "{hidden} is in the record");
    }
}

#[tokio::test]
async fn a_journal_is_of_one_directory_and_one_simulator() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("journal");
    let first = start(kept(&path)).await.unwrap();
    let error = start(kept(&path)).await.unwrap_err();
    assert!(
        matches!(error, SimulatorError::Journal(JournalError::InUse(_))),
        "{error}"
    );
    first.stop().await;
    let other = Options {
        people: 499,
        ..kept(&path)
    };
    let error = start(other).await.unwrap_err();
    let is_other = matches!(
        error,
        SimulatorError::Journal(JournalError::OtherOptions(_))
    );
    assert!(is_other, "{error}");
    start(kept(&path)).await.unwrap().stop().await;
}

#[tokio::test]
async fn a_refused_write_is_not_kept_and_a_lost_answer_is() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("journal");
    let desk = desk_with(kept(&path)).await;
    let key = desk.reseller();
    let length = || std::fs::metadata(&path).unwrap().len();
    let head = length();
    let create = "/v4/users/create";
    let body = professional("anna@example.org", 1);
    assert_eq!(desk.status(&key, create, &body).await, 422);
    desk.simulator.fail(muster_simulator::FaultOrder {
        cut_writes: Some(1),
        ..Default::default()
    });
    let body = professional("anna@example.org", key.organizations[0]);
    assert!(desk.request(&key, create, &body).send().await.is_err());
    assert_eq!(length(), head);
    desk.simulator.fail(muster_simulator::FaultOrder {
        lose_answers: Some(1),
        ..Default::default()
    });
    assert!(desk.request(&key, create, &body).send().await.is_err());
    desk.simulator.stop().await;
    let desk = desk_with(kept(&path)).await;
    assert_eq!(desk.violations(&key, create, &body).await, ["email"]);
}

struct Program {
    child: Child,
    base_url: String,
    key: Value,
}

fn program(journal: &Path) -> Program {
    let mut child = Command::new(env!("CARGO_BIN_EXE_muster-simulator"))
        .args([
            "--people",
            "50",
            "--organizations",
            "10",
            "--rate-limit",
            "0",
            "--journal",
        ])
        .arg(journal)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    let mut output = BufReader::new(child.stdout.take().unwrap());
    output.read_line(&mut line).unwrap();
    let ready: Value = serde_json::from_str(&line).unwrap();
    let keys = ready["medipim"]["keys"].as_array().unwrap();
    Program {
        child,
        base_url: ready["medipim"]["base_url"].as_str().unwrap().to_owned(),
        key: keys
            .iter()
            .find(|key| key["role"] == "reseller")
            .unwrap()
            .clone(),
    }
}

impl Program {
    async fn post(&self, path: &str, body: &Value) -> reqwest::Result<Value> {
        let request = reqwest::Client::new()
            .post(format!("{}{path}", self.base_url))
            .basic_auth(&self.key["id"], self.key["secret"].as_str());
        request.json(body).send().await?.json().await
    }
}

#[tokio::test]
async fn whatever_was_answered_is_there_after_a_kill() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("journal");
    let mut answered = Vec::new();
    for run in 0..3 {
        let mut program = program(&path);
        let organization = program.key["organizations"][0].as_u64().unwrap();
        for nth in 0..20 {
            let body = professional(&format!("r{run}n{nth}@example.org"), organization);
            let made = program.post("/v4/users/create", &body).await.unwrap();
            answered.push(made["user"]["id"].as_u64().unwrap());
        }
        // Not told to stop: killed.
        program.child.kill().unwrap();
        program.child.wait().unwrap();
    }
    let mut program = program(&path);
    let body = json!({"filter": {"id": answered}});
    let found = program.post(USERS, &body).await.unwrap();
    assert_eq!(found["meta"]["total"], 60);
    program.child.kill().unwrap();
    program.child.wait().unwrap();
}

#[tokio::test]
async fn an_answer_that_has_begun_is_of_one_moment_whatever_is_written_meanwhile() {
    // More than the buffers of both ends of a connection can hold between them.
    let desk = desk_with(Options {
        people: 120_000,
        organizations: 500,
        ..options()
    })
    .await;
    let key = desk.reseller();
    let everybody: Vec<u64> = desk.simulator.people().map(|one| one.id).collect();
    let mut answer = desk.post(&key, USERS, &json!({})).await;
    let mut text = answer.chunk().await.unwrap().unwrap().to_vec();
    let last = *everybody.last().unwrap();
    let rename = |id: u64| json!({"id": id, "profile": {"name": "Written meanwhile"}});
    for id in everybody.iter().rev().take(50) {
        desk.ok(&key, "/v4/users/update", &rename(*id)).await;
    }
    for nth in 0..50 {
        let body = professional(&format!("a{nth}@example.org"), key.organizations[nth]);
        desk.ok(&key, "/v4/users/create", &body).await;
    }
    let now = desk
        .found(&key, USERS, json!({"id": [last, last + 1, last + 50]}))
        .await;
    assert_eq!(now, [last, last + 1, last + 50], "who asks now sees it");
    while let Some(piece) = answer.chunk().await.unwrap() {
        text.extend_from_slice(&piece);
    }
    let found: Value = serde_json::from_slice(&text).unwrap();
    assert_eq!(found["meta"]["total"], 120_000);
    let results = found["results"].as_array().unwrap();
    let ids = results.iter().map(|one| one["id"].as_u64().unwrap());
    assert!(ids.eq(everybody));
    assert!(results.iter().all(|one| one["name"] != "Written meanwhile"));
}

#[tokio::test]
async fn every_answer_is_whole_while_many_write() {
    let desk = desk_with(options()).await;
    let key = desk.reseller();
    let writes = async {
        for nth in 0..200 {
            let body = professional(&format!("a{nth}@example.org"), key.organizations[nth % 30]);
            desk.ok(&key, "/v4/users/create", &body).await;
        }
    };
    let asks = async |key: &Key| {
        let mut before = 0;
        loop {
            let answer = desk.ok(key, USERS, &json!({})).await;
            let total = answer["meta"]["total"].as_u64().unwrap();
            assert_eq!(answer["results"].as_array().unwrap().len() as u64, total);
            assert!(total >= before, "nobody vanishes");
            before = total;
            if total == 700 {
                break;
            }
        }
    };
    tokio::join!(writes, asks(&key), asks(&key));
}
