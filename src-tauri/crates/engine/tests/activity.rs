//! What is noted of what a person does, and who signs: against the simulator.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test stops where it fails"
)]

use std::{fs, path::PathBuf, sync::Arc};

use muster_directory::{ExposeSecret, Platform, Role, SecretString};
use muster_engine::{
    Engine, EngineOptions, Error,
    activity::{Entry, Kind, Outcome, Target},
    columns::Column,
    connections::Draft,
    copying::{self, Copying},
    export::{Export, Format, Heading},
    jobs::State,
    mirror::{ActivityQuestion, ActivityRecord, Anchor, ConnectionRecord, NO_ENTRY},
    question::{PeopleQuestion, Source, Who, Window},
    signing,
    vault::{MemoryVault, Vault},
    vendor::Paces,
};
use muster_simulator::{Options, Simulator};
use serde_json::{Value, json};
use tempfile::TempDir;

struct Desk {
    engine: Engine,
    vault: Arc<MemoryVault>,
    folder: TempDir,
}

impl Desk {
    fn new() -> Self {
        let (folder, vault) = (tempfile::tempdir().unwrap(), Arc::default());
        let engine = open(&folder, &vault);
        Self {
            engine,
            vault,
            folder,
        }
    }

    /// The same profile and vault, as another process opens them.
    fn again(&self) -> Engine {
        open(&self.folder, &self.vault)
    }

    fn ledger(&self, connection: &str) -> PathBuf {
        let folder = self.folder.path().join("connections");
        folder.join(connection).join("ledger.db")
    }

    async fn practice(&self) -> ConnectionRecord {
        self.engine.open_practice().await.unwrap().record
    }

    async fn sync(&self, connection: &str) -> State {
        let job = self.engine.start_sync(connection).await.unwrap();
        self.engine.ended(&job.id).await.unwrap().state
    }

    /// Everything that was noted, the oldest first.
    async fn noted(&self, connection: &str) -> Vec<ActivityRecord> {
        let question = ActivityQuestion {
            limit: 1_000,
            ..ActivityQuestion::default()
        };
        let page = self.engine.activity(connection, question).await.unwrap();
        let mut entries = page.entries;
        entries.reverse();
        entries
    }

    async fn kinds(&self, connection: &str) -> Vec<String> {
        let noted = self.noted(connection).await;
        noted
            .into_iter()
            .map(|own| format!("{} {}", own.kind, own.outcome))
            .collect()
    }
}

fn open(folder: &TempDir, vault: &Arc<MemoryVault>) -> Engine {
    let mut options = EngineOptions::new(
        folder.path().to_owned(),
        Arc::clone(vault) as Arc<dyn Vault>,
    );
    options.paces = Paces::new(None);
    options.practice.people = 300;
    options.practice.organizations = 40;
    options.practice.rate_limit = 0;
    Engine::open(options).unwrap()
}

async fn vendor() -> Simulator {
    let options = Options {
        people: 300,
        organizations: 40,
        rate_limit: 0,
        ..Options::default()
    };
    muster_simulator::start(options).await.unwrap()
}

async fn connect(desk: &Desk, simulator: &Simulator) -> ConnectionRecord {
    let key = simulator.key(Role::Reseller);
    let draft = Draft {
        name: "Clients".to_owned(),
        platform: Platform::Be,
        base_url: Some(simulator.base_url().to_owned()),
        key: key.id.try_into().unwrap(),
        secret: SecretString::from(key.secret.as_str()),
    };
    desk.engine.add_connection(draft).await.unwrap().record
}

fn columns() -> Vec<Heading> {
    [Column::Id, Column::Name]
        .map(|column| Heading {
            column,
            text: column.name().to_owned(),
        })
        .into()
}

fn export(path: PathBuf, format: Format) -> Export {
    Export {
        who: Who::everybody(Source::Mirror),
        text: "org:12".to_owned(),
        sort: Vec::new(),
        columns: columns(),
        format,
        path,
        keep_formulas: false,
    }
}

async fn export_to(desk: &Desk, connection: &str, path: PathBuf, format: Format) -> State {
    let export = export(path, format);
    let job = desk.engine.start_export(connection, export).await.unwrap();
    desk.engine.ended(&job.id).await.unwrap().state
}

fn sha256(path: &PathBuf) -> String {
    use sha2::{Digest, Sha256};
    let digest = Sha256::digest(fs::read(path).unwrap());
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn detail(entry: &ActivityRecord) -> Value {
    serde_json::from_str(&entry.detail).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_synced_written_copied_and_renamed_is_noted_with_who_and_what() {
    let desk = Desk::new();
    let record = desk.practice().await;
    let id = record.id.to_string();
    assert!(matches!(desk.sync(&id).await, State::Done(_)));
    let (csv, xlsx) = (
        desk.folder.path().join("a.csv"),
        desk.folder.path().join("a.xlsx"),
    );
    export_to(&desk, &id, csv.clone(), Format::Csv).await;
    export_to(&desk, &id, xlsx.clone(), Format::Xlsx).await;
    let copying = Copying {
        who: Who::everybody(Source::Mirror),
        sort: Vec::new(),
        columns: columns(),
        format: copying::Format::Markdown,
    };
    desk.engine.copy_people(&id, copying).await.unwrap();
    let engine = &desk.engine;
    engine
        .rename_connection(&id, "Practice", &record.colour)
        .await
        .unwrap();
    engine
        .rename_connection(&id, "Practice", &record.colour)
        .await
        .unwrap();

    assert_eq!(
        desk.kinds(&id).await,
        [
            "connection_added done",
            "sync done",
            "export done",
            "export done",
            "copy done",
            "connection_renamed done"
        ],
        "the practice directory has no secret, and a name that stays is nothing new"
    );
    let noted = desk.noted(&id).await;
    assert_eq!(detail(&noted[1])["people"], 300);
    for (entry, path) in [(&noted[2], &csv), (&noted[3], &xlsx)] {
        let detail = detail(entry);
        assert_eq!(
            (&detail["people"], &detail["question"], &detail["columns"]),
            (&json!(300), &json!("org:12"), &json!(["id", "name"]))
        );
        assert_eq!(detail["sha256"], sha256(path), "it names this very file");
        let target: Value = serde_json::from_str(&entry.target).unwrap();
        assert_eq!(
            target,
            json!({"what": "file", "name": path.display().to_string()})
        );
        assert_eq!(entry.key_id, Some(record.key_id));
        assert!(!entry.account.is_empty());
    }
    assert_eq!(detail(&noted[4])["people"], 300);
    assert_eq!(detail(&noted[5])["name_before"], record.name);

    let head = engine.activity_head(&id).await.unwrap();
    assert_eq!((head.no, &head.hash), (6, &noted[5].hash));
    let verified = engine
        .verify_activity(&id, Some(noted[2].hash.clone()))
        .await
        .unwrap()
        .verification;
    assert_eq!((verified.sound, verified.broken), (6, None));
    assert_eq!(verified.anchor, Some(Anchor::At(3)));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_fails_or_is_refused_is_noted_with_the_answer() {
    let desk = Desk::new();
    let simulator = vendor().await;
    let record = connect(&desk, &simulator).await;
    let id = record.id.to_string();
    let folder = desk.folder.path().join("not there");
    simulator.stop().await;
    assert!(matches!(desk.sync(&id).await, State::Failed(_)));
    let never = desk.folder.path().join("b.csv");
    assert!(matches!(
        export_to(&desk, &id, never, Format::Csv).await,
        State::Failed(Error::NeverSynced)
    ));
    let refused = desk
        .engine
        .start_export(&id, export(folder.join("c.csv"), Format::Csv))
        .await;
    assert!(refused.is_err(), "it never began");
    let noted = desk.noted(&id).await;
    let kinds: Vec<_> = noted.iter().map(|own| own.kind.as_str()).collect();
    assert_eq!(
        kinds,
        [
            "connection_added",
            "secret_written",
            "secret_read",
            "sync",
            "export"
        ]
    );
    assert_eq!(
        (noted[3].outcome.as_str(), noted[4].outcome.as_str()),
        ("failed", "failed")
    );
    let message = detail(&noted[4])["error"]["message"].clone();
    assert!(
        message.as_str().unwrap().contains("never synced"),
        "{message}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn every_reading_of_a_secret_is_noted_and_looking_once_an_hour() {
    let desk = Desk::new();
    let simulator = vendor().await;
    let record = connect(&desk, &simulator).await;
    let id = record.id.to_string();
    desk.sync(&id).await;
    desk.sync(&id).await;
    let live = || PeopleQuestion {
        who: Who::everybody(Source::Live),
        sort: Vec::new(),
        window: Window::Rows {
            offset: 0,
            limit: 50,
        },
        remember: None,
    };
    for engine in [&desk.engine, &desk.engine, &desk.again()] {
        engine.people(&id, live()).await.unwrap();
    }
    desk.engine.test_connection(&id).await.unwrap();
    let secret = SecretString::from(simulator.key(Role::Reseller).secret.as_str());
    desk.engine.replace_secret(&id, secret).await.unwrap();

    let noted = desk.noted(&id).await;
    let secrets: Vec<_> = noted
        .iter()
        .filter(|own| own.kind.starts_with("secret"))
        .map(|own| (own.kind.as_str(), detail(own)))
        .collect();
    assert_eq!(
        secrets,
        [
            ("secret_written", json!({"first": true})),
            ("secret_read", json!({"purpose": "sync"})),
            ("secret_read", json!({"purpose": "sync"})),
            ("secret_read", json!({"purpose": "live"})),
            ("secret_read", json!({"purpose": "test"})),
            ("secret_written", json!({"first": false})),
        ]
    );
    let secret = &simulator.key(Role::Reseller).secret;
    let all = format!("{noted:?}");
    assert!(!all.contains(secret.as_str()), "the secret is in no note");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_happened_has_happened_even_if_it_cannot_be_noted() {
    let desk = Desk::new();
    let record = desk.practice().await;
    let id = record.id.to_string();
    let ledger = desk.ledger(&id);
    for suffix in ["", "-wal", "-shm"] {
        let mut path = ledger.clone().into_os_string();
        path.push(suffix);
        drop(fs::remove_file(path));
    }
    fs::create_dir(&ledger).unwrap();
    assert!(matches!(desk.sync(&id).await, State::Done(_)));
    let entry = Entry::done(Kind::ActSent, Target::connection(&record), json!({}));
    assert!(
        desk.engine.note(&record, entry).await.is_err(),
        "who must note before sending is told"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_is_noted_before_it_is_sent_and_with_its_answer() {
    let desk = Desk::new();
    let record = desk.practice().await;
    let id = record.id.to_string();
    let before = desk.engine.activity_head(&id).await.unwrap();
    assert_ne!(before.hash, NO_ENTRY, "the connection was made");
    let sent = Entry {
        outcome: Outcome::Started,
        ..Entry::done(
            Kind::ActSent,
            Target::connection(&record),
            json!({"step": 1, "nothing": null}),
        )
    };
    let answered = Entry {
        outcome: Outcome::Unknown,
        request_id: Some("r-1".to_owned()),
        ..Entry::done(Kind::ActAnswered, Target::connection(&record), json!({}))
    };
    let first = desk.engine.note(&record, sent).await.unwrap();
    let second = desk.engine.note(&record, answered).await.unwrap();
    assert_eq!((first.no, second.no), (before.no + 1, before.no + 2));
    let noted = desk.noted(&id).await;
    let [.., sent, answered] = noted.as_slice() else {
        panic!("two were noted");
    };
    assert_eq!(detail(sent), json!({"step": 1}));
    assert_eq!(answered.request_id.as_deref(), Some("r-1"));
    assert_eq!(answered.outcome, "unknown");
}

#[tokio::test(flavor = "multi_thread")]
async fn two_who_sign_first_at_once_sign_with_one_key() {
    let desk = Desk::new();
    let record = desk.practice().await;
    assert_eq!(desk.engine.signing_identity().await.unwrap(), None);
    let others: Vec<_> = (0..8).map(|_| desk.again()).collect();
    let signing = others.iter().map(|engine| {
        let (engine, record) = (engine.clone(), record.clone());
        tokio::spawn(async move {
            engine
                .sign(Some(&record), b"a plan".to_vec())
                .await
                .unwrap()
        })
    });
    let mut signed = Vec::new();
    for own in signing.collect::<Vec<_>>() {
        signed.push(own.await.unwrap());
    }
    let identity = desk.engine.signing_identity().await.unwrap().unwrap();
    for own in &signed {
        assert_eq!(own.public_key, identity.public_key);
        assert!(signing::verify(&own.public_key, b"a plan", &own.signature));
    }
    assert_eq!(
        desk.again().make_signing_identity().await.unwrap(),
        identity,
        "it is made once"
    );
    let kept = format!("{:?}", desk.vault);
    let accounts = kept.matches("\"signing-").count();
    assert_eq!(accounts, 1, "keys that lost the race are gone: {kept}");
    let reads = desk.noted(&record.id.to_string()).await;
    let reads = reads.iter().filter(|own| own.detail.contains("sign"));
    assert_eq!(reads.count(), 8, "each reading of the private key is noted");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_private_key_that_is_gone_is_told_and_another_one_is_an_act_of_its_own() {
    let desk = Desk::new();
    let record = desk.practice().await;
    let first = desk.engine.make_signing_identity().await.unwrap();
    let account = account_of(&desk);
    let private = desk.vault.read(&account).unwrap();
    for file in fs::read_dir(desk.folder.path()).unwrap() {
        let path = file.unwrap().path();
        let content = fs::read(&path).unwrap_or_default();
        let secret = private.expose_secret().as_bytes();
        let found = content.windows(secret.len()).any(|part| part == secret);
        assert!(!found, "the private key is in {}", path.display());
    }

    desk.vault.delete(&account).unwrap();
    let refused = desk
        .engine
        .sign(Some(&record), b"x".to_vec())
        .await
        .unwrap_err();
    assert!(matches!(refused, Error::SigningKeyMissing), "{refused}");
    assert_eq!(
        desk.engine.make_signing_identity().await.unwrap(),
        first,
        "nobody becomes another signer unasked"
    );
    let second = desk.engine.renew_signing_identity().await.unwrap();
    assert_ne!(second.public_key, first.public_key);
    let signed = desk
        .engine
        .sign(Some(&record), b"x".to_vec())
        .await
        .unwrap();
    assert_eq!(signed.public_key, second.public_key);

    let account = account_of(&desk);
    desk.engine.renew_signing_identity().await.unwrap();
    assert!(
        desk.vault.read(&account).unwrap_err().is_missing(),
        "a private key that was replaced is not kept"
    );
}

/// The vault's name of the private key, from what the vault shows of itself.
fn account_of(desk: &Desk) -> String {
    let shown = format!("{:?}", desk.vault);
    let start = shown.find("signing-").unwrap();
    shown[start..start + "signing-".len() + 36].to_owned()
}
