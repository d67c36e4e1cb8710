//! Where secrets go: to the vendor, to the clipboard for a moment, into the vault; nowhere else.

use muster_directory::{ExposeSecret, OrganizationId, SecretString};
use muster_engine::{
    Error,
    changes::{Applying, GivenSecret, Missing, PlanWish},
    closing::AtStake,
    mirror::PlanState,
};
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

#[tokio::test]
async fn a_password_that_was_made_and_not_copied_outlives_the_plan_until_somebody_has_it() {
    let desk = Desk::new(Options::default()).await;
    let plan = desk.with_password(None).await;
    let details = desk.engine.plan(&desk.connection, &plan).await.unwrap();
    assert_eq!(details.untaken.count, 1, "nobody has it yet");
    // Made again, it is the same password, and still nobody's.
    let again = desk.engine.plan_again(&desk.connection, &plan).await;
    let plan = again.unwrap().plan.unwrap().id.to_string();
    desk.apply(&plan).await;
    assert_eq!(desk.held(&plan).await, [("password".to_owned(), false)]);
    let stake = AtStake {
        made: 1,
        ..AtStake::default()
    };
    assert_eq!(desk.engine.at_stake(), stake);
    let copied = desk
        .engine
        .copy_step_secret(&desk.connection, &plan, 1, "password")
        .await;
    copied.unwrap();
    let password = desk.clipboard.0.lock().unwrap().clone().unwrap();
    assert_eq!(password.len(), 23);
    assert!(desk.held(&plan).await.is_empty(), "it is handed over once");
    assert!(desk.engine.at_stake().is_nothing());
    assert!(!holds(desk.folder.path(), password.as_bytes()));
}

#[tokio::test]
async fn a_password_that_was_typed_or_copied_is_forgotten_once_it_is_sent() {
    let desk = Desk::new(Options::default()).await;
    let typed = desk.with_password(Some("canary-password-1")).await;
    let unsent = AtStake {
        unsent: 1,
        ..AtStake::default()
    };
    assert_eq!(desk.engine.at_stake(), unsent);
    desk.apply(&typed).await;
    assert!(desk.held(&typed).await.is_empty());
    let made = desk.with_password(None).await;
    desk.engine
        .copy_step_secret(&desk.connection, &made, 1, "password")
        .await
        .unwrap();
    assert_eq!(desk.engine.at_stake(), unsent);
    desk.engine
        .cancel_plan(&desk.connection, &made)
        .await
        .unwrap();
    assert!(desk.engine.at_stake().is_nothing(), "it is not sent");
}

#[tokio::test]
async fn what_was_made_is_at_stake_until_it_is_kept_or_its_connection_is_removed() {
    let desk = Desk::new(Options::default()).await;
    let plan = desk.planned(vec![desk.new_key()]).await;
    desk.apply(&plan).await;
    let stake = AtStake {
        keys: 1,
        ..AtStake::default()
    };
    assert_eq!(desk.engine.at_stake(), stake);
    let removed = desk.engine.remove_connection(&desk.connection).await;
    removed.unwrap();
    assert!(desk.engine.at_stake().is_nothing());
}

#[tokio::test]
async fn a_plan_whose_password_is_gone_is_not_begun_until_it_is_given() {
    let desk = Desk::new(Options::default()).await;
    let mut intent = desk.create(1);
    intent.secrets = vec!["password".to_owned()];
    // As after a restart: the plan says that there is a password, and nobody has it any more.
    let plan = desk.planned(vec![desk.create(2), intent]).await;
    let details = desk.engine.plan(&desk.connection, &plan).await.unwrap();
    let missing = Missing {
        waiting: 1,
        rejected: 0,
        first: Some(2),
    };
    assert_eq!(details.missing, missing);
    let engine = &desk.engine;
    let refused = engine
        .start_plan(&desk.connection, &plan, Applying::default())
        .await;
    assert!(
        matches!(refused, Err(Error::SecretsNeeded { first: 2, steps: 1 })),
        "{refused:?}"
    );
    assert!(desk.applied().is_empty(), "nothing was sent");
    engine
        .give_step_secret(&desk.connection, &plan, 2, "password", None)
        .await
        .unwrap();
    desk.apply(&plan).await;
    assert_eq!(desk.applied().len(), 2);
}

#[tokio::test]
async fn plans_are_paused_in_order_before_the_app_ends() {
    let desk = Desk::new(Options::default()).await;
    let plan = desk
        .planned((1..=40).map(|no| desk.create(no)).collect())
        .await;
    let started = desk
        .engine
        .start_plan(&desk.connection, &plan, Applying::default())
        .await;
    started.unwrap();
    assert_eq!(desk.engine.at_stake().plans, 1);
    desk.engine.pause_all_plans().await;
    assert!(desk.engine.at_stake().is_nothing());
    assert_eq!(desk.plan_state(&plan).await, PlanState::Paused);
}
