//! What was done, and who signs, as the window asks for it: commands with JSON.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test stops where it fails"
)]

use std::sync::Arc;

use muster_api::dispatch;
use muster_engine::{
    Change, Engine, EngineOptions, Event,
    vault::{ExposeSecret, MemoryVault, Vault},
};
use serde_json::{Value, json};
use tempfile::TempDir;

struct Window {
    engine: Engine,
    vault: Arc<MemoryVault>,
    connection: String,
    _folder: TempDir,
}

async fn window() -> Window {
    let folder = tempfile::tempdir().unwrap();
    let vault = Arc::new(MemoryVault::default());
    let own = Arc::clone(&vault) as Arc<dyn Vault>;
    let engine = Engine::open(EngineOptions::new(folder.path().to_owned(), own)).unwrap();
    let connection = engine.open_practice().await.unwrap().record.id.to_string();
    Window {
        engine,
        vault,
        connection,
        _folder: folder,
    }
}

impl Window {
    async fn call(&self, command: &str, input: Value) -> Value {
        dispatch(&self.engine, command, input).await.unwrap()
    }

    async fn entries(&self, text: &str, before: Option<u64>) -> Value {
        let question = json!({
            "connection": self.connection, "kinds": [], "outcomes": [], "text": text,
            "since": null, "until": null, "before": before, "limit": 1,
        });
        self.call("activity_query", question).await
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_activity_is_asked_page_by_page_and_verified() {
    let window = window().await;
    let id = window.connection.clone();
    let mut events = window.engine.listen();
    let renamed = json!({"connection": id, "name": "Trial", "colour": "red"});
    window.call("connection_rename", renamed).await;
    let is_told = |event: Event| matches!(event, Event::Changed { what: Change::Activity, connection: Some(of) } if of == id);
    assert!(
        is_told(events.recv().await.unwrap()),
        "whoever looks is told"
    );

    let first = window.entries("", None).await;
    assert_eq!(
        (&first["total"], &first["entries"][0]["no"]),
        (&json!(2), &json!(2))
    );
    assert_eq!(
        first["kinds"],
        json!([{"kind": "connection_added", "count": 1}, {"kind": "connection_renamed", "count": 1}])
    );
    let entry = &first["entries"][0];
    assert_eq!(entry["target"]["name"], "Trial");
    assert_eq!(entry["detail"]["color"], "red");
    let second = window.entries("", Some(2)).await;
    assert_eq!(second["entries"][0]["no"], 1);
    assert_eq!(second["entries"][0]["hash"], entry["previous"]);
    assert_eq!(window.entries("trial", None).await["total"], 1);

    let head = window
        .call("activity_head", json!({"connection": id}))
        .await;
    assert_eq!(
        (&head["entries"], &head["hash"]),
        (&json!(2), &entry["hash"])
    );
    let noted = &second["entries"][0]["hash"];
    let check = json!({"connection": id, "head": noted});
    let verified = window.call("activity_verify", check).await;
    assert_eq!(
        (&verified["sound"], &verified["broken"], &verified["anchor"]),
        (&json!(2), &Value::Null, &json!({"no": 1}))
    );
    let check = json!({"connection": id, "head": " "});
    let verified = window.call("activity_verify", check).await;
    assert_eq!(verified["anchor"], Value::Null, "nothing was noted");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_signs_is_told_and_nothing_private_crosses() {
    let window = window().await;
    let ask = |create, renew| json!({"create": create, "renew": renew});
    let none = window.call("signing_identity", ask(false, false)).await;
    assert_eq!(none, Value::Null, "looking makes no key");
    let made = window.call("signing_identity", ask(true, false)).await;
    let fingerprint = made["fingerprint"].as_str().unwrap();
    assert_eq!(fingerprint.split(' ').count(), 16);
    assert!(
        fingerprint.split(' ').all(|group| group.len() == 4),
        "{fingerprint}"
    );
    assert_eq!(
        window.call("signing_identity", ask(false, false)).await,
        made
    );
    assert_eq!(
        window.call("signing_identity", ask(true, false)).await,
        made
    );

    let shown = format!("{:?}", window.vault);
    let start = shown.find("signing-").unwrap();
    let account = &shown[start..start + "signing-".len() + 36];
    let private = window.vault.read(account).unwrap();
    assert!(!made.to_string().contains(private.expose_secret()));
    let state = window.call("app_state", Value::Null).await;
    assert!(!state.to_string().contains(private.expose_secret()));

    let other = window.call("signing_identity", ask(true, true)).await;
    assert_ne!(other["public_key"], made["public_key"]);
}
