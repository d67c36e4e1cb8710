//! The secrets that Medipim tells without being asked reach nothing: no value, no error, no log.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "these are tests")]

mod server;

use std::{
    io::{self, Write},
    sync::{Arc, Mutex},
};

use muster_directory::{
    ExposeSecret, Fact, OrganizationFilter, OrganizationLeaf, PersonId, Target, Thing, Values,
};
use muster_vendor::VendorError;
use server::{Server, json, medipim};
use tracing::level_filters::LevelFilter;

const CANARY: &str = "canary-5ecret";

/// What was logged, down to the last trace of the HTTP client.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Log {
    fn start() -> (Self, tracing::subscriber::DefaultGuard) {
        let log = Self::default();
        let writer = log.clone();
        let subscriber = tracing_subscriber::fmt()
            .with_max_level(LevelFilter::TRACE)
            .with_writer(move || writer.clone())
            .finish();
        (log, tracing::subscriber::set_default(subscriber))
    }

    fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }
}

/// The answer of check/subscription as it is documented, with a secret in it.
fn check() -> String {
    format!(
        r#"{{"meta":{{"total":1}},"results":[{{"organization":12,"name":"A","activeSubscriptions":[{{"type":3,"name":{{"nl":"Basis"}},"start":1,"end":2}}],"apiKeys":[{{"id":7,"user":1,"name":"Till","secret":"{CANARY}","isEnabled":true}}]}}]}}"#
    )
}

/// The answer of api-keys/query if it told secrets.
fn keys() -> String {
    format!(r#"{{"results":[{{"id":7,"name":"Till","secret":"{CANARY}","isEnabled":false}}]}}"#)
}

/// Everything that is told when a server answers this: values, errors and their causes.
async fn told(status: u16, body: String, kind: &'static str) -> String {
    let server = Server::always(move || {
        let mut answer = json(status, body.clone());
        let kind = kind.parse().unwrap();
        answer.headers_mut().insert("content-type", kind);
        answer
    })
    .await;
    let medipim = medipim(&server.url);
    let filter = OrganizationFilter::leaf(OrganizationLeaf::Name("A".to_owned()));
    let user = PersonId::try_from(1).unwrap();
    let checked = medipim.check_subscription(&filter).await;
    let keys = medipim.api_keys_of(user).await;
    let mut told = format!("{checked:?} {keys:?}");
    for error in [checked.err(), keys.err()].into_iter().flatten() {
        told += &shown(&error);
    }
    told
}

fn shown(error: &VendorError) -> String {
    let mut shown = format!("{error} {error:?} {:?}", error.excerpt());
    let mut cause = std::error::Error::source(error);
    while let Some(error) = cause {
        shown += &format!(" {error} {error:?}");
        cause = error.source();
    }
    shown
}

#[tokio::test]
async fn what_is_asked_for_comes_without_the_secrets_beside_it() {
    let (log, _guard) = Log::start();
    let server = Server::start(|_, request| match request.path.as_str() {
        "/v4/api-keys/query" => json(200, keys()),
        _ => json(200, check()),
    })
    .await;
    let medipim = medipim(&server.url);
    let filter = OrganizationFilter::leaf(OrganizationLeaf::Name("A".to_owned()));
    let checks = medipim.check_subscription(&filter).await.unwrap();
    assert_eq!(checks[0].organization.get(), 12);
    assert_eq!(
        checks[0].active_subscriptions[0].name.text("nl"),
        Some("Basis")
    );
    assert_eq!(checks[0].api_keys[0].enabled, Fact::Known(true));
    let key = medipim.api_key(7.try_into().unwrap()).await.unwrap();
    let key = key.unwrap();
    assert_eq!(key.name, Fact::Known("Till".to_owned()));
    let written = serde_json::to_string(&key).unwrap();
    let all = format!("{checks:?} {key:?} {written} {}", log.text());
    assert!(!all.contains(CANARY), "{all}");
    assert!(
        log.text().contains("hyper"),
        "the log is deep enough to tell"
    );
}

#[tokio::test]
async fn an_answer_that_cannot_be_read_or_says_no_tells_nothing_of_its_secrets() {
    let (log, _guard) = Log::start();
    let whole = check();
    let cut = whole.len() - 20;
    let refusal = format!(
        r#"{{"error":{{"code":"{CANARY}","message":"{CANARY}","violations":[{{"path":"{CANARY}","message":"{CANARY}"}}]}}}}"#
    );
    for (status, body) in [
        (200, whole[..cut].to_owned()),
        (200, format!("{CANARY} {whole}")),
        (200, format!(r#"{{"results":"{CANARY}"}}"#)),
        (200, format!(r#"{{"results":["{CANARY}"]}}"#)),
        (200, whole.replace("12", &format!("\"{CANARY}\""))),
        (200, whole.replace("true", &format!("\"{CANARY}\""))),
        (400, refusal.clone()),
        (401, whole.clone()),
        (403, refusal.clone()),
        (422, refusal),
        (500, CANARY.to_owned()),
        (503, whole),
    ] {
        for kind in ["application/json", "text/html"] {
            let told = told(status, body.clone(), kind).await;
            assert!(!told.contains(CANARY), "{status} {body}: {told}");
            assert!(!told.contains("\"secret\""), "{status} {body}: {told}");
        }
    }
    assert!(!log.text().contains(CANARY));
}

#[tokio::test]
async fn a_password_and_the_secret_of_a_new_key_reach_no_log() {
    let (log, _guard) = Log::start();
    let server = Server::start(|_, request| match request.path.as_str() {
        "/v4/users/create" => json(422, request.body.to_string()),
        _ => json(
            200,
            format!(r#"{{"apiKey":{{"id":7,"secret":"{CANARY}"}}}}"#),
        ),
    })
    .await;
    let medipim = medipim(&server.url);
    let acts = medipim.acts();
    let act = |id| acts.iter().find(|act| act.id == id).unwrap();
    let values = [
        ("email", json_of("zoe@example.com")),
        ("role", json_of("medical_professional")),
        ("organization", 12.into()),
        ("profile.name", json_of("Zoë")),
        ("preferences.language", json_of("nl")),
        ("subscription.type", 3.into()),
    ];
    let values = values.map(|(path, value)| (path.to_owned(), value)).into();
    let secrets = [("password".to_owned(), CANARY.into())];
    let created = medipim.perform(act("user.create"), None, &values, &secrets, "1");
    let error = created.await.unwrap_err();
    assert_eq!(server.requests()[0].body["password"], CANARY);
    let target = Target {
        thing: Thing::Person,
        id: "1".to_owned(),
        name: String::new(),
    };
    let name = Values::from([("name".to_owned(), json_of("Till"))]);
    let made = medipim.perform(act("api_key.create"), Some(&target), &name, &[], "2");
    let made = made.await.unwrap();
    assert_eq!(made.secret.as_ref().unwrap().expose_secret(), CANARY);
    let all = format!("{} {made:?} {}", shown(&error), log.text());
    assert!(!all.contains(CANARY), "{all}");
}

fn json_of(text: &str) -> serde_json::Value {
    text.into()
}

#[tokio::test]
async fn a_refusal_is_still_told_apart() {
    for (status, is) in [
        (401, VendorError::is_refused as fn(&VendorError) -> bool),
        (403, VendorError::is_denied),
        (404, VendorError::is_not_there),
    ] {
        let server = Server::always(move || json(status, "")).await;
        let medipim = medipim(&server.url);
        let user = PersonId::try_from(1).unwrap();
        let error = medipim.api_keys_of(user).await.unwrap_err();
        assert!(is(&error), "{error:?}");
    }
}
