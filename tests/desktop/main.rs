//! The real window: a real Secret Service keyring, a real D-Bus, a real WebKit, no monitor.
//!
//! `cargo xtask test` builds the UI and the app (with `custom-protocol`) before this runs.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test stops where it fails"
)]
#![cfg(target_os = "linux")]

mod session;
mod window;

use std::{path::Path, time::Duration};

use fantoccini::{Locator, key::Key};
use muster_directory::Role;
use muster_engine::{question::Source, share::NamedView, views::ViewState};
use muster_simulator::Options;
use session::Session;

#[tokio::test(flavor = "multi_thread")]
async fn a_manager_connects_syncs_and_finds_the_same_after_a_restart() {
    let options = Options {
        people: 400,
        organizations: 50,
        ..Options::default()
    };
    let simulator = muster_simulator::start(options).await.unwrap();
    let key = simulator.key(Role::Reseller);
    let (id, secret) = (key.id.to_string(), key.secret.clone());
    let session = Session::start();

    let window = session.window().await;
    window
        .press(Locator::XPath(
            "//button[contains(., 'Connect to Medipim')]",
        ))
        .await;
    window.fill("Name", "Our clients").await;
    window.fill("Key id", &id).await;
    window.fill("Secret", &secret).await;
    window
        .press(Locator::XPath("//button[contains(., 'Advanced')]"))
        .await;
    window
        .fill("Address of the API", simulator.base_url())
        .await;
    window
        .press(Locator::XPath("//button[normalize-space(.)='Connect']"))
        .await;
    window.shows("400 people").await;

    assert_eq!(
        session.secrets(),
        std::slice::from_ref(&secret),
        "the keyring holds the secret"
    );
    assert_eq!(
        holding(session.folder(), &secret),
        Vec::<String>::new(),
        "and nothing else does"
    );

    simulator.stop().await;
    window.type_keys(&[Key::Control.into(), 'f']).await;
    window.close().await;

    let window = session.window().await;
    window.shows("400 people").await;
    window.shows("Our clients").await;
    window
        .press(Locator::XPath("//*[normalize-space(.)='Live']"))
        .await;
    window.shows("No connection").await;
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_opens_a_preview_at_the_start_and_in_the_window_that_runs() {
    let session = Session::start();
    let link = |name: &str| {
        let view = ViewState {
            text: "name ~ an".to_owned(),
            columns: Vec::new(),
            sort: Vec::new(),
            source: Source::Mirror,
        };
        let name = name.to_owned();
        NamedView { name, state: view }.link().unwrap()
    };
    let window = session
        .window_with(&["--practice", &link("Shared before")])
        .await;
    window.shows("A shared view").await;
    window.holds("Shared before").await;
    window.type_keys(&[Key::Escape.into()]).await;
    window.drops("Shared before").await;

    let second = session
        .command(env!("CARGO_BIN_EXE_muster"))
        .arg(link("Shared later"))
        .status()
        .unwrap();
    assert!(second.success(), "it hands its link on and ends");
    window.holds("Shared later").await;
    window.close().await;
}

/// The files below a folder that hold a text, but for the keyring's own.
fn holding(folder: &Path, text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(holding(&path, text));
        } else if path.is_file() {
            let content = std::fs::read(&path).unwrap_or_default();
            if content
                .windows(text.len())
                .any(|part| part == text.as_bytes())
            {
                found.push(path.display().to_string());
            }
        }
    }
    found
}

/// How long anything may take before it counts as not happening.
const PATIENCE: Duration = Duration::from_secs(60);
