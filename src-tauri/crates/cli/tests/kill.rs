//! A long plan that is killed, cut off and left without answers, again and again: in the end
//! everybody was created exactly once.
//!
//! `MUSTER_ROWS` and `MUSTER_KILLS` make it longer than the tests need.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test stops where it fails"
)]

mod desk;
mod wire;

use std::{
    collections::{HashMap, HashSet},
    fmt::Write,
    fs,
    path::Path,
    process::{Child, Stdio},
    time::{Duration, Instant},
};

use desk::{add, code, json, look, musterctl, run};
use muster_directory::Role;
use muster_simulator::{FaultOrder, Options, Simulator};
use tempfile::TempDir;
use wire::Wire;

/// Of so many rows, one is wrong: 3 %.
const WRONG_EVERY: usize = 33;

/// How often the simulator is asked how far it is.
const LOOK: Duration = Duration::from_millis(5);

/// How long nothing may be applied before the test gives up.
const PATIENCE: Duration = Duration::from_secs(60);

fn number(name: &str, usual: usize) -> usize {
    std::env::var(name).map_or(usual, |text| text.parse().unwrap())
}

/// A simulator of which a minute lasts a second, and somebody's profile.
async fn hurried() -> (TempDir, Simulator, Wire) {
    let options = Options {
        people: 300,
        organizations: 40,
        rate_limit: 100,
        minute_seconds: 1,
        ..Options::default()
    };
    let simulator = muster_simulator::start(options).await.unwrap();
    let profile = tempfile::tempdir().unwrap();
    let key = simulator.key(Role::Reseller);
    let wire = Wire::lay(simulator.base_url()).await;
    let added = add(profile.path(), "All", &wire.base_url, key.id, &key.secret);
    assert_eq!(code(&added), Some(0));
    run(profile.path(), &["sync", "All"]);
    let said = look(profile.path(), &["connect", "role", "All", "reseller"]);
    assert_eq!(code(&said), Some(0));
    (profile, simulator, wire)
}

/// A file of people to create; every so many rows something is wrong, each time something else.
fn rows(simulator: &Simulator, count: usize) -> (String, HashSet<String>) {
    let organizations: Vec<u64> = simulator.organizations().map(|own| own.id).collect();
    let mut file =
        "email,role,organization,profile.name,preferences.language,subscription.type\n".to_owned();
    let mut good = HashSet::new();
    for row in 0..count {
        let organization = organizations[row % organizations.len()].to_string();
        let email = format!("person{row}@example.test");
        let right = [
            email.as_str(),
            "medical_professional",
            &organization,
            // Many of one name in one organization: they are told apart all the same.
            if row % 3 == 0 {
                "Jan Peeters"
            } else {
                "An Maes"
            },
            "nl",
            "1",
        ];
        let mut cells = right.map(str::to_owned);
        if row % WRONG_EVERY == WRONG_EVERY - 1 {
            let wrong = [
                (0, "no address"),
                (1, "software_developer"),
                (2, "1E+05"),
                (3, ""),
                (4, "xx"),
                (5, "one"),
            ];
            let (column, text) = wrong[row / WRONG_EVERY % wrong.len()];
            cells[column] = text.to_owned();
        } else {
            good.insert(email);
        }
        writeln!(file, "{}", cells.join(",")).unwrap();
    }
    (file, good)
}

fn start(profile: &Path, plan: &str) -> Child {
    musterctl(profile, &["apply", "All", plan, "--yes", "--settle", "1"])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// Waits until so many are there; what is under way has to be alive and to go on.
async fn until_applied(simulator: &Simulator, target: usize, child: &mut Child) {
    let mut look = tokio::time::interval(LOOK);
    let mut last = (simulator.applied(), Instant::now());
    while last.0 < target {
        assert!(
            last.1.elapsed() < PATIENCE,
            "it stands still at {} of {target}",
            last.0
        );
        let ended = child.try_wait().unwrap();
        assert!(ended.is_none(), "it ended too early: {ended:?}");
        look.tick().await;
        let now = simulator.applied();
        if now > last.0 {
            last = (now, Instant::now());
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_cut_and_left_without_answers_everybody_is_created_once() {
    let (profile, simulator, wire) = hurried().await;
    let (count, kills) = (number("MUSTER_ROWS", 400), number("MUSTER_KILLS", 3));
    let (content, good) = rows(&simulator, count);
    let (file, rejects) = (
        profile.path().join("new.csv"),
        profile.path().join("rejects.csv"),
    );
    fs::write(&file, content).unwrap();
    let imported = look(
        profile.path(),
        &[
            "import",
            "All",
            file.to_str().unwrap(),
            "--act",
            "user.create",
            "--plan",
            "--partly",
            "--rejects",
            rejects.to_str().unwrap(),
            "--format",
            "json",
        ],
    );
    let told = String::from_utf8(imported.stdout).unwrap();
    let told: serde_json::Value = serde_json::from_str(&told).unwrap();
    let plan = told["plan"]["id"].as_str().unwrap().to_owned();
    assert!(
        simulator.applied() == 0,
        "nothing is sent while a file is looked at"
    );
    let refused = fs::read_to_string(&rejects).unwrap().lines().count() - 1;
    assert_eq!(
        refused,
        count - good.len(),
        "every wrong row is in the file of rejects"
    );

    let parts = kills + 2;
    for kill in 0..kills {
        let mut child = start(profile.path(), &plan);
        let target = good.len() * (kill + 1) / parts + kill;
        until_applied(&simulator, target, &mut child).await;
        // The process dies in the middle of whatever it does.
        child.kill().unwrap();
        child.wait().unwrap();
        // And for the next one the network is bad.
        simulator.fail(FaultOrder {
            lose_answers: Some(2),
            cut_writes: Some(1),
            ..FaultOrder::default()
        });
    }
    let mut child = start(profile.path(), &plan);
    until_applied(&simulator, good.len() * (kills + 1) / parts, &mut child).await;
    // There is no network at all any more, in the middle of whatever is under way.
    wire.cut();
    assert_eq!(
        child.wait().unwrap().code(),
        Some(1),
        "it stops and says so"
    );
    let there = simulator.applied();
    assert!(there < good.len(), "the cut came in the middle");
    wire.mend();
    let last = start(profile.path(), &plan).wait_with_output().unwrap();
    assert_eq!(code(&last), Some(0), "the last run does the rest");

    let mut made = HashMap::new();
    for mutation in simulator.mutations().iter().filter(|own| own.applied) {
        let email = mutation.body["email"].as_str().unwrap().to_owned();
        *made.entry(email).or_insert(0) += 1;
    }
    assert!(
        made.values().all(|times| *times == 1),
        "nobody was created twice"
    );
    assert_eq!(made.into_keys().collect::<HashSet<_>>(), good);
    let plans = json(&look(
        profile.path(),
        &["plans", "list", "All", "--format", "json"],
    ));
    assert_eq!(plans.as_array().unwrap().len(), 1);
}
