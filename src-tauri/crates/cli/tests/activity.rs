//! What was done here, as a script looks at it.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test stops where it fails"
)]

use std::path::{Path, PathBuf};

mod desk;

use desk::{code, json, look, practice, run};

fn ledger(profile: &Path) -> PathBuf {
    let mut folders = std::fs::read_dir(profile.join("connections")).unwrap();
    folders.next().unwrap().unwrap().path().join("ledger.db")
}

/// Changes the ledger as somebody would who has the file and another program.
fn tamper(profile: &Path, statements: &str) {
    let connection = rusqlite::Connection::open(ledger(profile)).unwrap();
    connection.execute_batch(statements).unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn activity_is_listed_and_verified_and_a_change_is_named() {
    let (profile, _simulator, secret) = practice().await;
    let profile = profile.path();
    assert_eq!(code(&run(profile, &["sync", "All"])), Some(0));

    let all = json(&look(
        profile,
        &["activity", "list", "All", "--format", "json"],
    ));
    let kinds: Vec<_> = all["entries"]
        .as_array()
        .unwrap()
        .iter()
        .map(|own| own["kind"].as_str().unwrap())
        .collect();
    assert_eq!(
        kinds,
        ["sync", "secret_read", "secret_written", "connection_added"],
        "the newest first"
    );
    assert_eq!(all["entries"][0]["detail"]["people"], 300);
    assert!(!all.to_string().contains(&secret));
    let found = [
        "activity",
        "list",
        "All",
        "--kind",
        "secret_read",
        "--outcome",
        "done",
        "--text",
        "SYNC",
        "--since",
        "2020-01-01",
        "--until",
        "2099-12-31",
        "--limit",
        "5",
        "--format",
        "json",
    ];
    assert_eq!(json(&look(profile, &found))["total"], 1);
    let table = look(profile, &["activity", "list", "All"]);
    let table = String::from_utf8(table.stdout).unwrap();
    assert!(
        table.contains("purpose: sync") && table.contains("4 of 4"),
        "{table}"
    );
    let csv = look(profile, &["activity", "list", "All", "--format", "csv"]);
    assert_eq!(String::from_utf8(csv.stdout).unwrap().lines().count(), 5);

    let head = json(&look(
        profile,
        &["activity", "head", "All", "--format", "json"],
    ));
    let hash = head["hash"].as_str().unwrap();
    assert_eq!((head["entries"].as_u64(), hash.len()), (Some(4), 64));
    let holds = look(profile, &["activity", "verify", "All", "--head", hash]);
    assert_eq!(code(&holds), Some(0));
    let said = String::from_utf8(holds.stdout).unwrap();
    assert!(
        said.contains("4 of 4 entries hold") && said.contains("noted hash: entry 4"),
        "{said}"
    );
    let strange = "ab".repeat(32);
    let verify = ["activity", "verify", "All", "--head", &strange];
    assert_eq!(
        code(&look(profile, &verify)),
        Some(1),
        "that was never noted here"
    );

    tamper(
        profile,
        "DROP TRIGGER activity_is_not_changed;
         UPDATE activity SET account = 'eve' WHERE no = 3",
    );
    let broken = look(profile, &["activity", "verify", "All"]);
    assert_eq!(code(&broken), Some(1));
    let said = String::from_utf8(broken.stderr).unwrap();
    assert!(said.contains("entry 3 was changed"), "{said}");
    let told = look(
        profile,
        &[
            "activity",
            "verify",
            "All",
            "--format",
            "json",
            "--json-errors",
        ],
    );
    assert_eq!(code(&told), Some(1));
    let verification: serde_json::Value = serde_json::from_slice(&told.stdout).unwrap();
    assert_eq!(
        verification["broken"],
        serde_json::json!({"no": 3, "fault": "changed"})
    );
    let error: serde_json::Value = serde_json::from_slice(&told.stderr).unwrap();
    assert_eq!(error["code"], "not_proven");
}
