//! musterctl from the first connection to the answer without a network, as a script would use it.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test stops where it fails"
)]

use std::{path::Path, process::Stdio};

use muster_directory::Role;
use muster_simulator::Options;
use serde_json::Value;
use tokio::io::AsyncReadExt;

mod desk;

use desk::{add, code, json, musterctl, practice, run};

#[tokio::test(flavor = "multi_thread")]
async fn connect_sync_and_query_then_the_same_without_a_network() {
    let (profile, simulator, secret) = practice().await;
    let profile = profile.path();
    let page = [
        "people", "query", "All", "--page", "1", "--size", "50", "--format", "json",
    ];

    let refused = run(profile, &page);
    assert_eq!(code(&refused), Some(1), "nothing was synced yet");
    assert!(String::from_utf8_lossy(&refused.stderr).contains("never synced"));

    assert_eq!(code(&run(profile, &["sync", "All"])), Some(0));
    let mirror = json(&run(profile, &page));
    assert_eq!(mirror["meta"]["total"], 300);
    let part = serde_json::json!({"no": 1, "offset": 50, "size": 50});
    assert_eq!(mirror["meta"]["page"], part);
    let live = json(&run(profile, &[&page[..], &["--live"]].concat()));
    assert_eq!(mirror, live, "the same question has the same answer");

    let all = json(&run(
        profile,
        &["people", "query", "All", "--format", "json"],
    ));
    assert_eq!(all["results"].as_array().unwrap().len(), 300);
    assert_eq!(
        all["meta"],
        serde_json::json!({"total": 300}),
        "no page was asked"
    );

    simulator.stop().await;
    assert_eq!(
        json(&run(profile, &page)),
        mirror,
        "the mirror needs no network"
    );
    let offline = run(profile, &[&page[..], &["--live", "--json-errors"]].concat());
    assert_eq!(code(&offline), Some(1));
    let error: Value = serde_json::from_slice(&offline.stderr).unwrap();
    assert_eq!(error["code"], "offline");

    for entry in walk(profile) {
        let content = std::fs::read(&entry).unwrap();
        let found = content
            .windows(secret.len())
            .any(|part| part == secret.as_bytes());
        assert!(!found, "the secret is readable in {}", entry.display());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_filter_and_an_order_are_those_of_the_vendor() {
    let (profile, simulator, _) = practice().await;
    let profile = profile.path();
    run(profile, &["sync", "All"]);
    let manager = simulator
        .key(Role::OrganizationManager)
        .organization
        .unwrap();
    let filter = format!("{{\"not\":{{\"organization\":{manager}}}}}");
    let query = [
        "people", "query", "All", "--filter", &filter, "--sort", "id:desc",
    ];
    let mirror = json(&run(profile, &[&query[..], &["--format", "json"]].concat()));
    let live = json(&run(
        profile,
        &[&query[..], &["--format", "json", "--live"]].concat(),
    ));
    assert_eq!(mirror, live);
    let total = mirror["meta"]["total"].as_u64().unwrap();
    assert!(total > 0 && total < 300, "the filter divides the people");

    let csv = run(profile, &[&query[..], &["--format", "csv"]].concat());
    let lines = String::from_utf8(csv.stdout).unwrap().lines().count() as u64;
    assert!(
        lines > total,
        "a header and a line a person, names may hold line breaks"
    );
    let organizations = json(&run(
        profile,
        &["organizations", "query", "All", "--format", "json"],
    ));
    assert_eq!(organizations["meta"]["total"], 40);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_is_said_with_an_exit_code() {
    let (profile, simulator, _) = practice().await;
    let profile = profile.path();
    for (arguments, expected, words) in [
        (
            vec!["people", "query", "All", "--size", "7"],
            2,
            "10, 50, 100 or 250",
        ),
        (
            vec!["people", "query", "All", "--sort", "phone:asc"],
            2,
            "expected one of id",
        ),
        (vec!["people", "query", "Nobody"], 1, "no connection"),
        (
            vec!["people", "query", "All", "--filter", "{\"foo\":1}"],
            2,
            "filter.foo",
        ),
        (
            vec!["people", "query", "All", "--live", "--sort", "name:asc"],
            2,
            "by id only",
        ),
        (vec!["connect", "remove", "All"], 2, "--yes"),
    ] {
        let output = run(profile, &arguments);
        let error = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(code(&output), Some(expected), "{arguments:?}: {error}");
        assert!(error.contains(words), "{arguments:?}: {error}");
    }
    let usage = run(profile, &["sync", "--json-errors"]);
    let error: Value = serde_json::from_slice(&usage.stderr).unwrap();
    assert_eq!(
        (code(&usage), &error["code"]),
        (Some(2), &Value::from("usage"))
    );
    let wrong = add(profile, "Wrong", simulator.base_url(), 1, "not the secret");
    assert_eq!(code(&wrong), Some(0), "adding contacts nobody");
    let refused = run(profile, &["sync", "Wrong", "--json-errors"]);
    let error: Value = serde_json::from_slice(&refused.stderr).unwrap();
    assert_eq!(
        (code(&refused), &error["code"]),
        (Some(1), &Value::from("refused"))
    );
    let insecure = add(profile, "Plain", "http://api.example.com", 1, "x");
    assert_eq!(code(&insecure), Some(2));
    assert!(String::from_utf8_lossy(&insecure.stderr).contains("TLS"));
    let passphrase = musterctl(profile, &["connect", "test", "All"])
        .env("MUSTER_VAULT_PASSPHRASE", "another")
        .output()
        .unwrap();
    assert_eq!(code(&passphrase), Some(1));
    assert!(String::from_utf8_lossy(&passphrase.stderr).contains("passphrase"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reader_that_has_read_enough_is_no_failure() {
    let (profile, simulator, _) = practice().await;
    run(profile.path(), &["sync", "All"]);
    for format in ["csv", "json", "table"] {
        let mut child = musterctl(
            profile.path(),
            &["people", "query", "All", "--format", format],
        )
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
        drop(child.stdout.take());
        let ended = child.wait_with_output().unwrap();
        let error = String::from_utf8_lossy(&ended.stderr).into_owned();
        assert_eq!((code(&ended), error.as_str()), (Some(0), ""), "{format}");
    }
    simulator.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sync_that_is_killed_leaves_the_mirror_as_it_was() {
    let options = Options {
        people: 30_000,
        organizations: 500,
        rate_limit: 0,
        ..Options::default()
    };
    let small = Options {
        people: 300,
        organizations: 40,
        ..options.clone()
    };
    let simulator = muster_simulator::start(small).await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let profile = folder.path();
    let key = simulator.key(Role::Reseller);
    let (id, secret) = (key.id, key.secret.clone());
    let address = simulator.base_url().to_owned();
    let port = address.rsplit(':').next().unwrap().parse().unwrap();
    add(profile, "All", &address, id, &secret);
    assert_eq!(code(&run(profile, &["sync", "All"])), Some(0));
    let before = json(&run(
        profile,
        &["people", "query", "All", "--format", "json"],
    ));
    simulator.stop().await;

    let simulator = muster_simulator::start(options).await.unwrap();
    let vendor = simulator
        .base_url()
        .strip_prefix("http://")
        .unwrap()
        .to_owned();
    for sent in [0, 2_000, 100_000, 500_000, 1_500_000] {
        let stalling = stall_after(sent, port, vendor.clone());
        let mut child = musterctl(profile, &["sync", "All"])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let listener = stalling.await.unwrap();
        assert_eq!(
            child.try_wait().unwrap(),
            None,
            "{sent}: it waits for the rest"
        );
        child.kill().unwrap();
        child.wait().unwrap();
        drop(listener);
        let after = json(&run(
            profile,
            &["people", "query", "All", "--format", "json"],
        ));
        assert!(
            after == before,
            "{sent} bytes: a killed sync changed nothing"
        );
    }
    let address = tokio::net::TcpListener::bind(("127.0.0.1", port))
        .await
        .unwrap();
    tokio::spawn(forward(address, u64::MAX, vendor));
    assert_eq!(
        code(&run(profile, &["sync", "All"])),
        Some(0),
        "the next one succeeds"
    );
    let after = json(&run(
        profile,
        &["people", "query", "All", "--page", "0", "--format", "json"],
    ));
    assert_eq!(after["meta"]["total"], 30_000);
    simulator.stop().await;
}

/// Stands before the vendor at a port, lets so many bytes of answers pass, and then nothing more.
/// Ends at that moment; the connections stay open as long as what it returns.
fn stall_after(
    sent: u64,
    port: u16,
    vendor: String,
) -> tokio::task::JoinHandle<Vec<tokio::net::TcpStream>> {
    let listener = std::net::TcpListener::bind(("127.0.0.1", port)).unwrap();
    listener.set_nonblocking(true).unwrap();
    let listener = tokio::net::TcpListener::from_std(listener).unwrap();
    tokio::spawn(forward(listener, sent, vendor))
}

async fn forward(
    listener: tokio::net::TcpListener,
    mut left: u64,
    vendor: String,
) -> Vec<tokio::net::TcpStream> {
    loop {
        let (mut client, _) = listener.accept().await.unwrap();
        let mut server = tokio::net::TcpStream::connect(&vendor).await.unwrap();
        let (mut asking, mut asked) = client.split();
        let (mut answering, mut answered) = server.split();
        let mut answer = (&mut answering).take(left);
        let questions = tokio::io::copy(&mut asking, &mut answered);
        let answers = tokio::io::copy(&mut answer, &mut asked);
        tokio::select! {
            passed = answers => left -= passed.unwrap(),
            _ = questions => {}
        }
        if left == 0 {
            return vec![client, server];
        }
    }
}

fn walk(folder: &Path) -> Vec<std::path::PathBuf> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(walk(&path))
        } else {
            files.push(path)
        }
    }
    files
}
