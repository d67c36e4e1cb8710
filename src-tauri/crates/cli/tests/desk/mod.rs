//! A profile with a connection to a simulator, and musterctl for it.

use std::{
    io::Write,
    path::Path,
    process::{Command, Output, Stdio},
};

use muster_directory::Role;
use muster_simulator::{Options, Simulator};
use serde_json::Value;
use tempfile::TempDir;

pub fn musterctl(profile: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_musterctl"));
    command
        .args(["--vault", "file", "--profile"])
        .arg(profile)
        .args(arguments)
        .env("MUSTER_VAULT_PASSPHRASE", "correct horse battery staple")
        .stdin(Stdio::null());
    command
}

/// Runs what needs no secret: opening the passphrase file takes its time.
#[allow(dead_code, reason = "not every test asks the mirror alone")]
pub fn look(profile: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_musterctl"));
    command
        .args(["--vault", "memory", "--profile"])
        .arg(profile)
        .args(arguments)
        .stdin(Stdio::null());
    command.output().unwrap()
}

pub fn run(profile: &Path, arguments: &[&str]) -> Output {
    musterctl(profile, arguments).output().unwrap()
}

pub fn json(output: &Output) -> Value {
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    serde_json::from_slice(&output.stdout).unwrap()
}

pub fn code(output: &Output) -> Option<i32> {
    output.status.code()
}

pub fn add(profile: &Path, name: &str, base_url: &str, key: u64, secret: &str) -> Output {
    let key = key.to_string();
    let arguments = [
        "connect",
        "add",
        "--vendor",
        "medipim",
        "--platform",
        "be",
        "--name",
        name,
        "--base-url",
        base_url,
        "--key-id",
        &key,
    ];
    let mut child = musterctl(profile, &arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child
        .stdin
        .take()
        .unwrap()
        .write_all(format!("{secret}\n").as_bytes())
        .unwrap();
    child.wait_with_output().unwrap()
}

#[allow(dead_code, reason = "not every test has this desk")]
pub async fn practice() -> (TempDir, Simulator, String) {
    let options = Options {
        people: 300,
        organizations: 40,
        rate_limit: 0,
        ..Options::default()
    };
    let simulator = muster_simulator::start(options).await.unwrap();
    let profile = tempfile::tempdir().unwrap();
    let key = simulator.key(Role::Reseller);
    let (id, secret) = (key.id, key.secret.clone());
    let added = add(profile.path(), "All", simulator.base_url(), id, &secret);
    assert_eq!(
        code(&added),
        Some(0),
        "{}",
        String::from_utf8_lossy(&added.stderr)
    );
    (profile, simulator, secret)
}
