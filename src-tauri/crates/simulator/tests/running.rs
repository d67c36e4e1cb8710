//! Starting and stopping: in the process and as a program.

#![allow(
    clippy::unwrap_used,
    reason = "clippy sees only the test functions as tests"
)]

use std::{
    io::{BufRead, BufReader},
    process::{Command, Stdio},
};

use muster_directory::Role;
use muster_simulator::{MOST_PEOPLE, Options, SimulatorError, start};
use reqwest::Client;
use serde_json::Value;

const PROGRAM: &str = env!("CARGO_BIN_EXE_muster-simulator");

#[tokio::test]
async fn a_stopped_simulator_refuses_connections_and_its_port_is_free() {
    let simulator = start(Options::default()).await.unwrap();
    let url = format!("{}/v4/users/query", simulator.base_url());
    let port = simulator.base_url().rsplit(':').next().unwrap();
    let port: u16 = port.parse().unwrap();
    let key = simulator.key(Role::Reseller).clone();
    let client = Client::new();
    let ask = async || {
        let request = client.post(&url).basic_auth(key.id, Some(&key.secret));
        request.body("{}").send().await
    };
    assert_eq!(ask().await.unwrap().status(), 200);
    simulator.stop().await;
    assert!(ask().await.unwrap_err().is_connect());

    let again = start(Options {
        port,
        ..Options::default()
    })
    .await
    .unwrap();
    assert_eq!(ask().await.unwrap().status(), 200, "the same port and key");
    again.stop().await;
}

#[tokio::test]
async fn an_answer_that_nobody_reads_does_not_keep_it_from_stopping() {
    // More than the buffers of both ends of a connection can hold between them.
    let simulator = start(Options {
        people: 600_000,
        ..Options::default()
    })
    .await
    .unwrap();
    let key = simulator.key(Role::Reseller).clone();
    let response = Client::new()
        .post(format!("{}/v4/users/query", simulator.base_url()))
        .basic_auth(key.id, Some(&key.secret))
        .body("{}")
        .send()
        .await
        .unwrap();
    simulator.stop().await;
    assert!(response.bytes().await.is_err(), "the answer was cut");
}

#[tokio::test]
async fn a_dropped_simulator_stops() {
    let simulator = start(Options::default()).await.unwrap();
    let url = format!("{}/v4/users/query", simulator.base_url());
    drop(simulator);
    // It ends on a thread of its own; each attempt is a request that either it or nobody answers.
    while Client::new().post(&url).send().await.is_ok() {}
}

#[tokio::test]
async fn a_port_that_is_taken_is_an_error_that_says_so() {
    let first = start(Options::default()).await.unwrap();
    let port = first.base_url().rsplit(':').next().unwrap();
    let error = start(Options {
        port: port.parse().unwrap(),
        ..Options::default()
    })
    .await
    .unwrap_err();
    assert!(error.is_port());
    assert!(error.to_string().contains(port));

    let output = Command::new(PROGRAM).args(["--port", port]).output();
    let output = output.unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(output.stdout.is_empty());
    let message = String::from_utf8(output.stderr).unwrap();
    assert_eq!(message.lines().count(), 1, "{message}");
    assert!(message.contains(port), "{message}");
}

#[tokio::test]
async fn more_people_than_can_be_simulated_are_an_error() {
    let error = start(Options {
        people: MOST_PEOPLE + 1,
        ..Options::default()
    })
    .await
    .unwrap_err();
    assert!(matches!(error, SimulatorError::TooMany { .. }));
}

#[test]
fn a_bad_flag_ends_the_program_with_status_two() {
    let output = Command::new(PROGRAM).arg("--nonsense").output().unwrap();
    assert_eq!(output.status.code(), Some(2));
}

#[cfg(unix)]
#[tokio::test]
async fn the_program_prints_one_line_answers_and_ends_when_it_is_told_to() {
    let mut program = Command::new(PROGRAM)
        .args(["--people", "50", "--organizations", "5", "--seed", "7"])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(program.stdout.take().unwrap()).lines();
    let ready: Value = serde_json::from_str(&lines.next().unwrap().unwrap()).unwrap();
    let medipim = &ready["medipim"];
    assert_eq!(medipim["platform"], "be");
    let base_url = medipim["base_url"].as_str().unwrap();
    assert!(base_url.starts_with("http://127.0.0.1:"));
    let keys = medipim["keys"].as_array().unwrap();
    for role in Role::NAMED {
        assert!(keys.iter().any(|key| key["role"] == role.as_str()));
    }
    let key = keys.iter().find(|key| key["role"] == "reseller").unwrap();
    let response = Client::new()
        .post(format!("{base_url}/v4/users/query"))
        .basic_auth(&key["id"], key["secret"].as_str())
        .body("{}")
        .send()
        .await
        .unwrap();
    let found: Value = response.json().await.unwrap();
    assert_eq!(found["meta"]["total"], 50);

    let told = Command::new("kill").arg(program.id().to_string()).status();
    assert!(told.unwrap().success());
    assert!(program.wait().unwrap().success(), "it ends in order");
    assert!(lines.next().is_none(), "one line is all that it prints");
}
