//! Where secrets go: to the vendor, to the clipboard for a moment, into the vault; nowhere else.

use muster_directory::{ExposeSecret, OrganizationId, SecretString};
use muster_engine::changes::{GivenSecret, PlanWish};
use muster_simulator::Options;

use crate::desk::{Desk, holds};

#[tokio::test]
async fn the_secret_of_a_new_key_goes_to_the_clipboard_once_and_into_no_file() {
    let desk = Desk::new(Options::default()).await;
    let plan = desk.planned(vec![desk.new_key()]).await;
    desk.apply(&plan).await;
    let copied = desk
        .engine
        .copy_step_secret(&desk.connection, &plan, 1, "secret")
        .await;
    assert!(copied.unwrap().as_secs() > 0);
    let secret = desk.clipboard.0.lock().unwrap().clone().unwrap();
    assert!(secret.starts_with("muster-practice-"));
    assert!(!holds(desk.folder.path(), secret.as_bytes()));
    let again = desk
        .engine
        .copy_step_secret(&desk.connection, &plan, 1, "secret")
        .await;
    assert!(again.is_err(), "it is handed over once");
}

#[tokio::test]
async fn a_new_key_becomes_a_connection_without_being_seen() {
    let desk = Desk::new(Options::default()).await;
    let plan = desk.planned(vec![desk.new_key()]).await;
    desk.apply(&plan).await;
    let kept = desk
        .engine
        .keep_step_secret(&desk.connection, &plan, 1, "Till")
        .await
        .unwrap();
    let made = desk.steps(&plan).await.remove(0).result.made.unwrap();
    assert_eq!(kept.record.key_id.get().to_string(), made.id);
    let secret = muster_engine::vault::Vault::read(&*desk.vault, &kept.record.id.to_string());
    assert!(
        secret
            .unwrap()
            .expose_secret()
            .starts_with("muster-practice-")
    );
}

#[tokio::test]
async fn a_password_that_was_made_is_strong_and_one_that_is_short_is_refused() {
    let desk = Desk::new(Options::default()).await;
    let wish = |secret: Option<&str>| PlanWish {
        title: "New".to_owned(),
        intents: vec![desk.create(1)],
        secrets: vec![GivenSecret {
            index: 0,
            path: "password".to_owned(),
            secret: secret.map(SecretString::from),
        }],
        ..PlanWish::default()
    };
    let engine = &desk.engine;
    let short = engine
        .make_plan(&desk.connection, wish(Some("short")))
        .await
        .unwrap();
    assert!(short.plan.is_none());
    assert_eq!(short.problems[0].violations[0].path, "password");
    let made = engine
        .make_plan(&desk.connection, wish(None))
        .await
        .unwrap();
    let plan = made.plan.unwrap().id.to_string();
    engine
        .copy_step_secret(&desk.connection, &plan, 1, "password")
        .await
        .unwrap();
    let password = desk.clipboard.0.lock().unwrap().clone().unwrap();
    assert_eq!(password.len(), 23);
    desk.apply(&plan).await;
    assert!(!holds(desk.folder.path(), password.as_bytes()));
}

#[tokio::test]
async fn the_secrets_in_a_check_of_subscriptions_reach_nothing() {
    let desk = Desk::new(Options::default()).await;
    let plan = desk.planned(vec![desk.new_key()]).await;
    desk.apply(&plan).await;
    desk.engine
        .copy_step_secret(&desk.connection, &plan, 1, "secret")
        .await
        .unwrap();
    let secret = desk.clipboard.0.lock().unwrap().take().unwrap();
    let ids: Vec<_> = desk
        .simulator
        .organizations()
        .map(|own| OrganizationId::try_from(own.id).unwrap())
        .collect();
    let found = desk
        .engine
        .check_subscriptions(&desk.connection, ids)
        .await
        .unwrap();
    let keys: usize = found.iter().map(|own| own.api_keys.len()).sum();
    assert!(
        keys > 0,
        "there are keys, and their secrets were in the answer"
    );
    let told = format!("{found:?}");
    assert!(!told.contains(&secret) && !told.contains("muster-practice-"));
    let activity = desk
        .engine
        .activity(&desk.connection, Default::default())
        .await
        .unwrap();
    assert!(!format!("{activity:?}").contains(&secret));
    assert!(
        !holds(desk.folder.path(), b"muster-practice-"),
        "no file holds one"
    );
}
