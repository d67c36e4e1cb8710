//! What a person does, against the simulator: connect, sync, lose the network, come back, remove.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test stops where it fails"
)]

use std::sync::Arc;

use muster_directory::{ExposeSecret, PersonId, Platform, Role, SecretString};
use muster_engine::{
    Engine, EngineOptions, Error,
    connections::{Connection, Draft, Link},
    jobs::{Outcome, State},
    mirror::{Presence, Seen, SyncRecord},
    question::{PeopleQuestion, Source, Who, Window},
    report::{Access, Reason},
    vault::{MemoryVault, Vault},
    vendor::Paces,
};
use muster_simulator::{Options, Simulator};
use tempfile::TempDir;

struct Desk {
    engine: Engine,
    vault: Arc<MemoryVault>,
    _folder: TempDir,
}

fn desk() -> Desk {
    let folder = tempfile::tempdir().unwrap();
    let vault = Arc::new(MemoryVault::default());
    let options = EngineOptions {
        paces: Paces::new(None),
        ..EngineOptions::new(
            folder.path().to_owned(),
            Arc::clone(&vault) as Arc<dyn Vault>,
        )
    };
    Desk {
        engine: Engine::open(options).unwrap(),
        vault,
        _folder: folder,
    }
}

async fn vendor(people: u64, port: u16) -> Simulator {
    let options = Options {
        people,
        port,
        organizations: 40,
        rate_limit: 0,
        ..Options::default()
    };
    muster_simulator::start(options).await.unwrap()
}

fn draft(simulator: &Simulator, role: Role) -> Draft {
    let key = simulator.key(role);
    Draft {
        name: "Clients".to_owned(),
        platform: Platform::Be,
        base_url: Some(simulator.base_url().to_owned()),
        key: key.id.try_into().unwrap(),
        secret: SecretString::from(key.secret.as_str()),
    }
}

fn port(simulator: &Simulator) -> u16 {
    simulator
        .base_url()
        .rsplit(':')
        .next()
        .unwrap()
        .parse()
        .unwrap()
}

fn id(connection: &Connection) -> String {
    connection.record.id.to_string()
}

/// The id of a new connection.
async fn connected(engine: &Engine, draft: Draft) -> String {
    id(&engine.add_connection(draft).await.unwrap())
}

async fn sync(engine: &Engine, connection: &str) -> Result<SyncRecord, Error> {
    let job = engine.start_sync(connection).await.unwrap();
    match engine.ended(&job.id).await.unwrap().state {
        State::Done(Outcome::Synced(record)) => Ok(record),
        State::Done(_) => panic!("it was a sync"),
        State::Failed(error) => Err(error),
        State::Canceled => Err(Error::Canceled),
        State::Running => unreachable!("it has ended"),
    }
}

fn everyone(source: Source, seen: Seen) -> PeopleQuestion {
    PeopleQuestion {
        who: Who {
            seen,
            ..Who::everybody(source)
        },
        sort: Vec::new(),
        window: Window::Rows {
            offset: 0,
            limit: 10,
        },
        remember: None,
    }
}

async fn total(engine: &Engine, connection: &str, seen: Seen) -> u64 {
    engine
        .people(connection, everyone(Source::Mirror, seen))
        .await
        .unwrap()
        .total
}

#[tokio::test]
async fn each_role_is_told_by_what_its_key_may_see() {
    let (simulator, desk) = (vendor(300, 0).await, desk());
    for (role, reason) in [
        (Role::OrganizationManager, Reason::SeesOneOrganization),
        (Role::Reseller, Reason::SeesManyOrganizations),
        (Role::SoftwareDeveloper, Reason::MayNotSeePeople),
        (Role::MedicalProfessional, Reason::MayNotSeePeople),
    ] {
        let report = desk
            .engine
            .try_draft(&draft(&simulator, role.clone()))
            .await
            .unwrap();
        assert!(
            report
                .roles
                .iter()
                .any(|guess| guess.role == role.as_str() && guess.reason == reason),
            "{role}: {:?}",
            report.roles
        );
        let sees_people = matches!(report.people, Access::Allowed(_));
        assert_eq!(sees_people, reason != Reason::MayNotSeePeople, "{role}");
    }
}

#[tokio::test]
async fn absent_once_is_missing_and_absent_twice_is_gone_and_nobody_is_dropped() {
    let (simulator, desk) = (vendor(300, 0).await, desk());
    let connection = connected(&desk.engine, draft(&simulator, Role::Reseller)).await;
    assert_eq!(
        sync(&desk.engine, &connection).await.unwrap().people.added,
        300
    );
    let same = sync(&desk.engine, &connection).await.unwrap().people;
    assert_eq!(
        (same.added, same.changed, same.missing),
        (0, 0, 0),
        "nothing has changed"
    );

    let port = port(&simulator);
    simulator.stop().await;
    let nobody = vendor(0, port).await;
    let record = sync(&desk.engine, &connection).await.unwrap();
    assert_eq!(
        record.people.missing, 300,
        "an answer without anybody is an answer"
    );
    assert_eq!(total(&desk.engine, &connection, Seen::Present).await, 0);
    let missing = desk
        .engine
        .people(&connection, everyone(Source::Mirror, Seen::Missing))
        .await;
    assert_eq!(missing.unwrap().rows[0].presence, Presence::Missing);
    assert_eq!(
        sync(&desk.engine, &connection).await.unwrap().people.gone,
        300
    );
    assert_eq!(
        total(&desk.engine, &connection, Seen::All).await,
        300,
        "nobody is dropped"
    );

    nobody.stop().await;
    let _again = vendor(300, port).await;
    let record = sync(&desk.engine, &connection).await.unwrap();
    assert_eq!((record.people.returned, record.people.added), (300, 0));
    assert_eq!(total(&desk.engine, &connection, Seen::Present).await, 300);
}

#[tokio::test]
async fn a_network_that_is_gone_takes_only_the_live_answers() {
    let (simulator, desk) = (vendor(300, 0).await, desk());
    let connection = connected(&desk.engine, draft(&simulator, Role::Reseller)).await;
    sync(&desk.engine, &connection).await.unwrap();
    simulator.stop().await;

    let live = desk
        .engine
        .people(&connection, everyone(Source::Live, Seen::Present))
        .await;
    assert!(matches!(live, Err(Error::Vendor(error)) if error.is_offline()));
    let link = desk.engine.connection(&connection).await.unwrap().link;
    assert!(matches!(link, Link::Error { .. }), "{link:?}");
    let failed = sync(&desk.engine, &connection).await.unwrap_err();
    assert!(matches!(failed, Error::Vendor(_)), "{failed:?}");
    assert_eq!(
        total(&desk.engine, &connection, Seen::Present).await,
        300,
        "as it was"
    );
    let found = desk
        .engine
        .people(&connection, everyone(Source::Mirror, Seen::All))
        .await
        .unwrap();
    let person = found.rows[0].person.id;
    let details = desk
        .engine
        .person(&connection, Source::Mirror, None, person)
        .await
        .unwrap();
    assert_eq!(details.found.person.id, person);
    let nobody = PersonId::try_from(9_007_199_254_740_991).unwrap();
    let unknown = desk
        .engine
        .person(&connection, Source::Mirror, None, nobody)
        .await;
    assert!(matches!(unknown, Err(Error::NotFound { .. })));
}

#[tokio::test]
async fn a_sync_that_is_stopped_changes_nothing() {
    let (simulator, desk) = (vendor(20_000, 0).await, desk());
    let connection = connected(&desk.engine, draft(&simulator, Role::Reseller)).await;
    let job = desk.engine.start_sync(&connection).await.unwrap();
    let same = desk.engine.start_sync(&connection).await.unwrap();
    assert_eq!(same.id, job.id, "a second wish joins the first");
    desk.engine.cancel_job(&job.id).unwrap();
    let ended = desk.engine.ended(&job.id).await.unwrap();
    assert!(matches!(ended.state, State::Canceled), "{:?}", ended.state);
    let question = everyone(Source::Mirror, Seen::Present);
    let asked = desk.engine.people(&connection, question).await;
    assert!(matches!(asked, Err(Error::NeverSynced)));
    assert_eq!(
        sync(&desk.engine, &connection).await.unwrap().people.added,
        20_000
    );
}

#[tokio::test]
async fn a_secret_is_replaced_only_by_one_that_the_vendor_accepts() {
    let (simulator, desk) = (vendor(10, 0).await, desk());
    let right = draft(&simulator, Role::Reseller);
    let connection = connected(&desk.engine, right.clone()).await;
    let wrong = desk
        .engine
        .replace_secret(&connection, SecretString::from("wrong"))
        .await;
    assert!(matches!(wrong, Err(Error::Vendor(error)) if error.is_refused()));
    let kept = desk.vault.read(&connection).unwrap();
    assert_eq!(
        kept.expose_secret(),
        right.secret.expose_secret(),
        "the old one stays"
    );
    desk.engine
        .replace_secret(&connection, right.secret.clone())
        .await
        .unwrap();
    assert!(
        !format!("{right:?}").contains(right.secret.expose_secret()),
        "it is not printed"
    );
}

#[tokio::test]
async fn removing_deletes_what_was_shown_and_nothing_else() {
    let (simulator, desk) = (vendor(300, 0).await, desk());
    let engine = &desk.engine;
    let first = connected(engine, draft(&simulator, Role::Reseller)).await;
    let second = connected(
        engine,
        Draft {
            name: "Others".to_owned(),
            ..draft(&simulator, Role::Reseller)
        },
    )
    .await;
    sync(engine, &first).await.unwrap();
    sync(engine, &second).await.unwrap();
    engine
        .set_workspace(&first, "people".to_owned(), serde_json::json!({"a": 1}))
        .await
        .unwrap();

    let preview = engine.preview_removal(&first).await.unwrap();
    assert_eq!(
        (preview.mirror.people, preview.syncs, preview.secret),
        (300, 1, true)
    );
    assert!(
        preview
            .files
            .iter()
            .any(|(path, _)| path.ends_with("ledger.db"))
    );
    engine.remove_connection(&first).await.unwrap();
    for (path, _) in preview.files {
        assert!(!path.exists(), "{} is gone", path.display());
    }
    assert!(desk.vault.read(&first).unwrap_err().is_missing());
    let gone = engine.connection(&first).await;
    assert!(matches!(gone, Err(Error::NotFound { .. })));
    assert_eq!(
        total(engine, &second, Seen::Present).await,
        300,
        "the other is whole"
    );
    assert!(desk.vault.read(&second).is_ok());
}

#[tokio::test]
async fn the_practice_directory_loses_its_network_and_finds_it_again() {
    let desk = desk();
    let engine = &desk.engine;
    let practice = engine.open_practice().await.unwrap();
    assert!(practice.record.practice && practice.practice_network);
    let connection = id(&practice);
    assert_eq!(
        id(&engine.open_practice().await.unwrap()),
        connection,
        "there is one"
    );
    assert_eq!(sync(engine, &connection).await.unwrap().people.total, 2_000);

    engine.set_practice_network(false).await.unwrap();
    let live = engine
        .people(&connection, everyone(Source::Live, Seen::Present))
        .await;
    assert!(matches!(live, Err(Error::Vendor(error)) if error.is_offline()));
    assert_eq!(total(engine, &connection, Seen::Present).await, 2_000);

    engine.set_practice_network(true).await.unwrap();
    let live = engine
        .people(&connection, everyone(Source::Live, Seen::Present))
        .await
        .unwrap();
    assert_eq!(live.total, 2_000);
    assert!(
        live.rows
            .iter()
            .all(|row| { row.person.organization.known().is_none() || row.organization.is_some() })
    );
}

#[tokio::test]
async fn a_mirror_that_cannot_be_read_takes_only_its_own_connection_along() {
    let (simulator, desk) = (vendor(10, 0).await, desk());
    let engine = &desk.engine;
    let broken = connected(engine, draft(&simulator, Role::Reseller)).await;
    let whole = connected(
        engine,
        Draft {
            name: "Others".to_owned(),
            ..draft(&simulator, Role::Reseller)
        },
    )
    .await;
    let reopened = {
        let folder = engine.folder().join("connections").join(&broken);
        std::fs::remove_file(folder.join("mirror.db-wal")).ok();
        std::fs::remove_file(folder.join("mirror.db-shm")).ok();
        std::fs::write(folder.join("mirror.db"), b"this is no database at all").unwrap();
        let vault = Arc::clone(&desk.vault) as Arc<dyn Vault>;
        Engine::open(EngineOptions::new(engine.folder().to_owned(), vault)).unwrap()
    };
    let connections = reopened.connections().await.unwrap();
    let of = |wanted: &str| connections.iter().find(|own| id(own) == wanted).unwrap();
    assert!(of(&broken).mirror_error.is_some(), "it is said of this one");
    assert!(of(&whole).mirror_error.is_none(), "and not of that one");
}

#[tokio::test]
async fn whoever_looks_is_told_of_the_rate_limit_at_once_and_a_job_waits_for_it() {
    let simulator = vendor(10, 0).await;
    let folder = tempfile::tempdir().unwrap();
    let limit = std::num::NonZeroU32::new(2);
    let options = EngineOptions {
        paces: Paces::new(limit),
        ..EngineOptions::new(folder.path().to_owned(), Arc::new(MemoryVault::default()))
    };
    let engine = Engine::open(options).unwrap();
    let connection = connected(&engine, draft(&simulator, Role::Reseller)).await;
    engine.test_connection(&connection).await.unwrap();
    let question = everyone(Source::Live, Seen::Present);
    let limited = engine.people(&connection, question).await;
    let Err(Error::Vendor(error)) = limited else {
        panic!("two requests a minute were used up: {limited:?}")
    };
    assert!(
        error.is_rate_limited() && error.retry_after().is_some(),
        "{error:?}"
    );

    let mut events = engine.listen();
    let job = engine.start_sync(&connection).await.unwrap();
    while engine.job(&job.id).unwrap().waiting_until.is_none() {
        events.recv().await.unwrap();
    }
    engine.cancel_job(&job.id).unwrap();
    let ended = engine.ended(&job.id).await.unwrap();
    assert!(
        matches!(ended.state, State::Canceled),
        "waiting is stopped too: {:?}",
        ended.state
    );
}

#[tokio::test]
async fn a_sync_that_cannot_write_ends_and_says_why() {
    let (simulator, desk) = (vendor(50_000, 0).await, desk());
    let connection = connected(&desk.engine, draft(&simulator, Role::Reseller)).await;
    // Another process holds the one write transaction.
    let folder = desk.engine.folder().join("connections").join(&connection);
    let mirror = muster_engine::mirror::Mirror::open(&folder.join("mirror.db")).unwrap();
    let writing = mirror.begin_sync(0).unwrap();
    let failed = sync(&desk.engine, &connection).await.unwrap_err();
    assert!(matches!(failed, Error::Mirror(error) if error.is_busy()));
    drop(writing);
    assert_eq!(
        sync(&desk.engine, &connection).await.unwrap().people.added,
        50_000
    );
}

#[tokio::test]
async fn a_damaged_mirror_is_set_aside_and_a_new_one_begins() {
    let (simulator, desk) = (vendor(300, 0).await, desk());
    let engine = &desk.engine;
    let connection = connected(engine, draft(&simulator, Role::Reseller)).await;
    sync(engine, &connection).await.unwrap();
    let aside = engine.set_mirror_aside(&connection).await.unwrap();
    assert!(aside.join("mirror.db").is_file(), "it is kept");
    let asked = engine
        .people(&connection, everyone(Source::Mirror, Seen::Present))
        .await;
    assert!(matches!(asked, Err(Error::NeverSynced)));
    assert_eq!(sync(engine, &connection).await.unwrap().people.added, 300);
}

#[tokio::test]
async fn a_mirror_is_set_aside_only_when_nobody_writes_to_it() {
    let (simulator, desk) = (vendor(20_000, 0).await, desk());
    let engine = &desk.engine;
    let connection = connected(engine, draft(&simulator, Role::Reseller)).await;
    let job = engine.start_sync(&connection).await.unwrap();
    let first = engine.set_mirror_aside(&connection).await.unwrap();
    let ended = engine.job(&job.id).unwrap();
    assert!(matches!(ended.state, State::Canceled), "{:?}", ended.state);
    let question = everyone(Source::Mirror, Seen::Present);
    let asked = engine.people(&connection, question).await;
    assert!(matches!(asked, Err(Error::NeverSynced)));

    sync(engine, &connection).await.unwrap();
    let second = engine.set_mirror_aside(&connection).await.unwrap();
    let preview = engine.preview_removal(&connection).await.unwrap();
    let listed = |path: &std::path::Path| preview.files.iter().any(|(own, _)| own == path);
    assert_ne!(first, second);
    assert!(listed(&second.join("mirror.db")), "{:?}", preview.files);
    engine.remove_connection(&connection).await.unwrap();
    assert!(!first.exists() && !second.exists(), "nobody's name is left");
}

#[tokio::test]
async fn a_name_is_taken_once_and_a_secret_is_one_line() {
    let (simulator, desk) = (vendor(10, 0).await, desk());
    let first = draft(&simulator, Role::Reseller);
    desk.engine.add_connection(first.clone()).await.unwrap();
    let again = desk.engine.add_connection(Draft {
        name: " clients ".to_owned(),
        ..first.clone()
    });
    assert!(
        matches!(again.await, Err(Error::Invalid(_))),
        "the name is taken"
    );
    let secret = SecretString::from("one\ntwo");
    let lines = Draft {
        name: "Other".to_owned(),
        secret,
        ..first
    };
    assert!(matches!(
        desk.engine.add_connection(lines).await,
        Err(Error::Invalid(_))
    ));
}
