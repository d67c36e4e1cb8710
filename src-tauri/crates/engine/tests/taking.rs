//! Taking people out, keeping views, looking at shared ones: against the practice directory.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test stops where it fails"
)]

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use muster_directory::{Direction, PersonId, PersonSort, Platform, SecretString, Sort};
use muster_engine::{
    Change, Engine, EngineOptions, Error, Event, Step,
    columns::Column,
    connections::Draft,
    copying::{self, Copying},
    export::{Export, Format, Heading},
    jobs::{Job, Outcome, State},
    mirror::{Ledger, ViewRecord},
    question::{PeopleQuestion, Source, Who, Window},
    share::{NamedView, Opening},
    vault::MemoryVault,
    vendor::Paces,
    views::{ViewColumn, ViewDraft, ViewState},
};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use tempfile::TempDir;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
};

const PEOPLE: u64 = 3_000;

struct Desk {
    engine: Engine,
    connection: String,
    folder: TempDir,
}

impl Desk {
    fn path(&self, name: &str) -> PathBuf {
        self.out().join(name)
    }

    fn out(&self) -> PathBuf {
        self.folder.path().join("out")
    }

    fn ledger(&self) -> Ledger {
        let folder = self.folder.path().join("profile/connections");
        Ledger::open(&folder.join(&self.connection).join("ledger.db")).unwrap()
    }

    /// A connection that was never synced, to a server at this address.
    async fn connect(&self, address: &str) -> String {
        let draft = Draft {
            name: "Other".to_owned(),
            platform: Platform::Be,
            base_url: Some(address.to_owned()),
            key: 7.try_into().unwrap(),
            secret: SecretString::from("hunter2"),
        };
        let connection = self.engine.add_connection(draft).await.unwrap();
        connection.record.id.to_string()
    }

    /// The names of what is in the folder for exports.
    fn files(&self) -> BTreeSet<String> {
        names(&self.out())
    }
}

fn names(folder: &Path) -> BTreeSet<String> {
    fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect()
}

async fn desk_of(people: u64) -> Desk {
    let folder = tempfile::tempdir().unwrap();
    let mut options = EngineOptions::new(
        folder.path().join("profile"),
        Arc::new(MemoryVault::default()),
    );
    options.paces = Paces::new(None);
    options.practice.people = people;
    options.practice.organizations = 60;
    options.practice.rate_limit = 0;
    let engine = Engine::open(options).unwrap();
    let connection = engine.open_practice().await.unwrap().record.id.to_string();
    let job = engine.start_sync(&connection).await.unwrap();
    let ended = engine.ended(&job.id).await.unwrap();
    assert!(matches!(ended.state, State::Done(_)), "{:?}", ended.state);
    fs::create_dir(folder.path().join("out")).unwrap();
    Desk {
        engine,
        connection,
        folder,
    }
}

async fn desk() -> Desk {
    desk_of(PEOPLE).await
}

fn headings(columns: &[Column]) -> Vec<Heading> {
    let heading = |column: &Column| Heading {
        column: *column,
        text: column.name().to_uppercase(),
    };
    columns.iter().map(heading).collect()
}

fn by(column: PersonSort) -> Vec<Sort<PersonSort>> {
    vec![Sort {
        by: column,
        direction: Direction::Descending,
    }]
}

fn export(who: Who, format: Format, path: PathBuf) -> Export {
    Export {
        who,
        text: "as it was written".to_owned(),
        sort: by(PersonSort::Id),
        columns: headings(&[Column::Id, Column::Name, Column::Role, Column::Organization]),
        format,
        path,
        keep_formulas: false,
    }
}

async fn exported(desk: &Desk, export: Export) -> Job {
    let job = desk
        .engine
        .start_export(&desk.connection, export)
        .await
        .unwrap();
    desk.engine.ended(&job.id).await.unwrap()
}

fn refusal(job: Job) -> Error {
    match job.state {
        State::Failed(error) => error,
        other => panic!("{other:?}"),
    }
}

fn note(path: &Path) -> Value {
    let mut name = path.as_os_str().to_owned();
    name.push(".question.json");
    serde_json::from_slice(&fs::read(PathBuf::from(name)).unwrap()).unwrap()
}

fn ids_of_csv(path: &Path) -> Vec<u64> {
    let mut read = csv::Reader::from_path(path).unwrap();
    let ids = read.records().map(|record| record.unwrap()[0].parse());
    ids.collect::<Result<_, _>>().unwrap()
}

async fn asked(desk: &Desk, who: Who, sort: Vec<Sort<PersonSort>>) -> Vec<u64> {
    let question = PeopleQuestion {
        who,
        sort,
        window: Window::All,
        remember: None,
    };
    let found = desk
        .engine
        .people(&desk.connection, question)
        .await
        .unwrap();
    found.rows.iter().map(|row| row.person.id.get()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_export_is_exactly_the_answer_with_the_question_beside_it() {
    let desk = desk().await;
    let filter = json!({"muster.name": {"contains": "an"}}).to_string();
    let who = Who {
        filter: Some(filter.clone()),
        ..Who::everybody(Source::Mirror)
    };
    let wanted = asked(&desk, who.clone(), by(PersonSort::Id)).await;
    assert!(!wanted.is_empty() && wanted.len() < PEOPLE as usize);

    let path = desk.path("people.csv");
    let job = exported(&desk, export(who.clone(), Format::Csv, path.clone())).await;
    assert!(
        matches!(job.state, State::Done(Outcome::Exported(count)) if count == wanted.len() as u64)
    );
    assert_eq!((job.done, job.total), (wanted.len() as u64, Some(job.done)));
    assert_eq!(
        ids_of_csv(&path),
        wanted,
        "the same people in the same order"
    );
    let note = note(&path);
    assert_eq!(note["question"], "as it was written");
    assert_eq!(note["filter"].to_string(), filter);
    assert_eq!(note["people"], wanted.len());
    assert_eq!(note["source"], "mirror");
    assert!(note["sync"].is_i64() && note["sync_finished_at"].is_string());
    assert!(note["today"].is_string() && note["time_zone"].is_string());
    let zone = note["time_zone"].as_str().unwrap();
    assert!(note["how_to_read"].as_str().unwrap().contains(zone));
    let content = fs::read(&path).unwrap();
    assert_eq!(note["bytes"], content.len());
    let digits = Sha256::digest(&content)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect::<String>();
    assert_eq!(note["sha256"], digits, "a note beside another file shows");
    assert_eq!(note["order"], json!([{"by": "id", "direction": "DESC"}]));
    assert_eq!(
        note["columns"][1],
        json!({"column": "name", "heading": "NAME"})
    );

    let lines = desk.path("people.jsonl");
    exported(&desk, export(who.clone(), Format::Jsonl, lines.clone())).await;
    let text = fs::read_to_string(&lines).unwrap();
    let ids = text.lines().map(|line| {
        let object: Value = serde_json::from_str(line).unwrap();
        object["id"].as_str().unwrap().parse().unwrap()
    });
    assert_eq!(ids.collect::<Vec<u64>>(), wanted);

    let book = desk.path("people.xlsx");
    exported(&desk, export(who, Format::Xlsx, book.clone())).await;
    let mut book: calamine::Xlsx<_> = calamine::open_workbook(&book).unwrap();
    let sheet = calamine::Reader::worksheet_range(&mut book, "People").unwrap();
    let ids = sheet.rows().skip(1).map(|row| row[0].to_string().parse());
    assert_eq!(ids.collect::<Result<Vec<u64>, _>>().unwrap(), wanted);
    let question = calamine::Reader::worksheet_range(&mut book, "Question").unwrap();
    let keys: Vec<_> = question.rows().map(|row| row[0].to_string()).collect();
    for key in [
        "question",
        "filter",
        "sync",
        "people",
        "order",
        "columns",
        "written_by",
    ] {
        assert!(keys.iter().any(|own| own == key), "{key}");
    }
    assert_eq!(
        desk.files(),
        [
            "people.csv",
            "people.csv.question.json",
            "people.jsonl",
            "people.jsonl.question.json",
            "people.xlsx"
        ]
        .map(str::to_owned)
        .into()
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_live_export_is_the_vendors_answer_and_chosen_people_are_only_those() {
    let desk = desk().await;
    let path = desk.path("live.csv");
    let job = exported(
        &desk,
        export(Who::everybody(Source::Live), Format::Csv, path.clone()),
    )
    .await;
    assert!(matches!(job.state, State::Done(_)), "{:?}", job.state);
    assert_eq!(ids_of_csv(&path).len() as u64, PEOPLE);
    let note = note(&path);
    assert!(note["asked_at"].is_string() && note["sync"].is_null());

    let all = ids_of_csv(&path);
    let chosen = [all[5], all[100]].map(|id| PersonId::try_from(id).unwrap());
    let who = Who {
        ids: Some(chosen.to_vec()),
        ..Who::everybody(Source::Mirror)
    };
    let path = desk.path("chosen.csv");
    exported(&desk, export(who, Format::Csv, path.clone())).await;
    assert_eq!(ids_of_csv(&path), [all[5], all[100]]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_written_is_told_with_its_path_and_leaves_nothing() {
    let desk = desk().await;
    let who = || Who::everybody(Source::Mirror);
    let start = |export| desk.engine.start_export(&desk.connection, export);
    for format in [Format::Csv, Format::Xlsx, Format::Jsonl] {
        let missing = export(who(), format, desk.path("missing/people"));
        let said = start(missing).await.unwrap_err().to_string();
        assert!(
            said.contains("missing/people") && said.contains("folder does not exist"),
            "{said}"
        );
        let folder = start(export(who(), format, desk.out())).await;
        let said = folder.unwrap_err().to_string();
        assert!(said.contains("it is a folder"), "{said}");
    }
    assert!(desk.files().is_empty());
    let mut without = export(who(), Format::Csv, desk.path("a.csv"));
    without.columns.clear();
    assert!(matches!(start(without).await, Err(Error::Invalid(_))));
    let wrong = Who {
        filter: Some("{\"foo\":1}".to_owned()),
        ..who()
    };
    let wrong = export(wrong, Format::Csv, desk.path("a.csv"));
    assert!(
        matches!(start(wrong).await, Err(Error::Invalid(_))),
        "it is told before a job begins"
    );
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn a_folder_that_may_not_be_written_to_is_told() {
    use std::os::unix::fs::PermissionsExt;
    let desk = desk().await;
    let locked = desk.path("locked");
    fs::create_dir(&locked).unwrap();
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o500)).unwrap();
    if fs::write(locked.join("probe"), "").is_ok() {
        return; // Root may write everywhere.
    }
    let who = Who::everybody(Source::Mirror);
    let error = refusal(exported(&desk, export(who, Format::Csv, locked.join("a.csv"))).await);
    let step = matches!(
        error,
        Error::NotWritten {
            step: Step::Create,
            ..
        }
    );
    assert!(step, "{error:?}");
    assert!(
        error.to_string().contains("may not be written to"),
        "{error}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stopped_export_leaves_the_file_that_was_there_and_no_other() {
    let desk = desk_of(60_000).await;
    for format in [Format::Csv, Format::Xlsx, Format::Jsonl] {
        let path = desk.path("people");
        fs::write(&path, "before").unwrap();
        let who = Who::everybody(Source::Mirror);
        let mut export = export(who, format, path.clone());
        export.sort = by(PersonSort::Name);
        let mut events = desk.engine.listen();
        let job = desk
            .engine
            .start_export(&desk.connection, export)
            .await
            .unwrap();
        loop {
            match events.recv().await.unwrap() {
                Event::Job(now) if now.id == job.id && (now.done > 0 || !now.is_running()) => break,
                _ => {}
            }
        }
        desk.engine.cancel_job(&job.id).unwrap();
        let ended = desk.engine.ended(&job.id).await.unwrap();
        assert!(
            matches!(ended.state, State::Canceled),
            "{format:?}: {:?}",
            ended.state
        );
        assert!(ended.done < 60_000, "{format:?}: it really stopped");
        assert_eq!(fs::read(&path).unwrap(), b"before");
        assert_eq!(desk.files(), ["people".to_owned()].into());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_is_being_written_is_not_written_by_another_export() {
    let desk = desk_of(60_000).await;
    let other = desk.connect("http://127.0.0.1:9").await;
    let who = || Who::everybody(Source::Mirror);
    let first = export(who(), Format::Xlsx, desk.path("people"));
    let first = desk.engine.start_export(&desk.connection, first);
    let first = first.await.unwrap();
    for connection in [&desk.connection, &other] {
        let again = export(who(), Format::Csv, desk.path("../out/./people"));
        let refused = desk.engine.start_export(connection, again).await;
        let Err(Error::BeingWritten { path }) = refused else {
            panic!("{refused:?}")
        };
        assert!(path.ends_with("people"));
    }
    let beside = export(who(), Format::Csv, desk.path("others"));
    assert!(matches!(
        exported(&desk, beside).await.state,
        State::Done(_)
    ));
    desk.engine.ended(&first.id).await.unwrap();
    let again = export(who(), Format::Csv, desk.path("people"));
    assert!(matches!(exported(&desk, again).await.state, State::Done(_)));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_killed_export_left_goes_with_the_next_one() {
    let desk = desk_of(10).await;
    fs::write(desk.path(".muster-a1B2c3.part"), "half").unwrap();
    let who = Who::everybody(Source::Mirror);
    exported(&desk, export(who, Format::Xlsx, desk.path("a.xlsx"))).await;
    assert_eq!(desk.files(), ["a.xlsx".to_owned()].into());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_live_export_waits_for_the_rate_limit_and_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let mut options = EngineOptions::new(
        folder.path().join("profile"),
        Arc::new(MemoryVault::default()),
    );
    options.paces = Paces::new(std::num::NonZeroU32::new(2));
    options.practice.people = 10;
    let engine = Engine::open(options).unwrap();
    let connection = engine.open_practice().await.unwrap().record.id.to_string();
    engine.test_connection(&connection).await.ok();
    let who = Who::everybody(Source::Live);
    let export = export(who, Format::Csv, folder.path().join("a.csv"));
    let job = engine.start_export(&connection, export).await.unwrap();
    let mut events = engine.listen();
    while engine.job(&job.id).unwrap().waiting_until.is_none() {
        let now = engine.job(&job.id).unwrap();
        assert!(now.is_running(), "it waits: {:?}", now.state);
        events.recv().await.unwrap();
    }
    engine.cancel_job(&job.id).unwrap();
    let ended = engine.ended(&job.id).await.unwrap();
    assert!(matches!(ended.state, State::Canceled), "{:?}", ended.state);
    assert_eq!(ended.waiting_until, None);
    assert!(!folder.path().join("a.csv").exists());
}

/// A vendor with one person, who answers so when asked for organizations.
async fn vendor_without_organizations(status: &'static str) -> String {
    const PEOPLE: &str =
        r#"{"meta": {"total": 1}, "results": [{"id": 1, "name": "Zoë", "organization": 12}]}"#;
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((mut connection, _)) = listener.accept().await {
            let mut request = vec![0; 64 * 1024];
            let count = connection.read(&mut request).await.unwrap_or(0);
            let asked = String::from_utf8_lossy(&request[..count]).into_owned();
            let (status, body) = match asked.contains("/v4/users/query") {
                true => ("200 OK", PEOPLE),
                false => (status, "{}"),
            };
            let length = body.len();
            let answer = format!(
                "HTTP/1.1 {status}\r\nContent-Type: application/json\r\n\
                 Content-Length: {length}\r\nConnection: close\r\n\r\n{body}"
            );
            connection.write_all(answer.as_bytes()).await.ok();
        }
    });
    address
}

#[tokio::test(flavor = "multi_thread")]
async fn a_live_export_without_the_organizations_fails_unless_the_key_may_not_see_them() {
    for (status, whole) in [
        ("500 Internal Server Error", false),
        ("403 Forbidden", true),
    ] {
        let desk = desk_of(10).await;
        let address = vendor_without_organizations(status).await;
        let connection = desk.connect(&address).await;
        let who = Who::everybody(Source::Live);
        let export = export(who, Format::Csv, desk.path("a.csv"));
        let job = desk.engine.start_export(&connection, export).await.unwrap();
        let ended = desk.engine.ended(&job.id).await.unwrap();
        match whole {
            true => {
                assert!(matches!(ended.state, State::Done(_)), "{:?}", ended.state);
                let text = fs::read_to_string(desk.path("a.csv")).unwrap();
                assert!(text.contains("Zoë,?,12"), "{text}");
                assert!(text.starts_with('\u{feff}'), "for spreadsheets on Windows");
            }
            false => {
                assert!(matches!(refusal(ended), Error::Vendor(_)));
                assert!(
                    desk.files().is_empty(),
                    "no file with half of what was asked"
                );
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_clipboard_takes_some_and_points_to_export_for_more() {
    let desk = desk_of(copying::MOST_COPIED + 1).await;
    let copying = |who, format| Copying {
        who,
        sort: by(PersonSort::Id),
        columns: headings(&[Column::Id, Column::Name]),
        format,
    };
    for source in [Source::Mirror, Source::Live] {
        let all = copying(Who::everybody(source), copying::Format::Csv);
        let error = desk.engine.copy_people(&desk.connection, all).await;
        let said = error.unwrap_err().to_string();
        assert!(said.contains("10000") && said.contains("export"), "{said}");
    }
    let some = || Who {
        filter: Some("{\"id\":[1,2,3]}".to_owned()),
        ..Who::everybody(Source::Mirror)
    };
    let wanted = asked(&desk, some(), Vec::new()).await.len() as u64;
    for format in [
        copying::Format::Csv,
        copying::Format::Json,
        copying::Format::Markdown,
    ] {
        let copied = desk
            .engine
            .copy_people(&desk.connection, copying(some(), format))
            .await
            .unwrap();
        assert_eq!(copied.count, wanted);
        assert!(!copied.text.is_empty());
    }
}

fn state(text: &str) -> ViewState {
    ViewState {
        text: text.to_owned(),
        columns: [Column::Name, Column::Organization]
            .map(|column| ViewColumn {
                column,
                width: None,
                pinned: false,
            })
            .into(),
        sort: by(PersonSort::Name),
        source: Source::Mirror,
    }
}

fn draft(id: Option<&str>, name: &str, text: &str) -> ViewDraft {
    ViewDraft {
        id: id.map(str::to_owned),
        name: name.to_owned(),
        state: Some(state(text)),
        discard: false,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn views_are_kept_under_names_of_their_own() {
    let desk = desk().await;
    let save = |draft| desk.engine.save_view(&desk.connection, draft);
    let mut events = desk.engine.listen();
    let first = save(draft(None, " Managers ", "org:12")).await.unwrap();
    loop {
        // What the sync still tells comes before.
        if let Event::Changed { what, connection } = events.recv().await.unwrap()
            && what == Change::Views
        {
            assert_eq!(connection.as_ref(), Some(&desk.connection));
            break;
        }
    }
    let refused = save(draft(None, "MANAGERS", "")).await.unwrap_err();
    assert!(refused.to_string().contains("another view"), "{refused}");
    let refused = save(draft(None, "  ", "")).await.unwrap_err();
    assert!(refused.to_string().contains("name"), "{refused}");

    let id = first.id.to_string();
    save(draft(Some(&id), "managers", "org:13")).await.unwrap();
    let kept = desk.engine.views(&desk.connection).await.unwrap();
    assert_eq!(kept.len(), 1, "it took its own place");
    assert_eq!(
        (kept[0].name.as_str(), &kept[0].state),
        ("managers", &Ok(state("org:13")))
    );

    desk.engine
        .delete_view(&desk.connection, &id)
        .await
        .unwrap();
    for gone in [id.as_str(), "nonsense"] {
        let again = desk.engine.delete_view(&desk.connection, gone).await;
        assert!(matches!(again, Err(Error::NotFound { .. })), "{again:?}");
        let saved = save(draft(Some(gone), "A", "")).await;
        assert!(matches!(saved, Err(Error::NotFound { .. })));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_view_that_cannot_be_read_keeps_its_name_and_is_not_replaced_unasked() {
    let desk = desk_of(10).await;
    let save = |draft| desk.engine.save_view(&desk.connection, draft);
    let newer = r#"{"text":"org:12","source":"cloud","columns":[],"sort":[],"truth":"possible"}"#;
    for (kept, readable) in [(r#"{"question":{"org":12}}"#, false), (newer, true)] {
        let view = ViewRecord {
            id: save(draft(None, "Leavers", "org:1")).await.unwrap().id,
            name: "Leavers".to_owned(),
            state: kept.to_owned(),
            changed_at: 5,
        };
        desk.ledger().keep_view(&view).unwrap();
        let found = desk.engine.views(&desk.connection).await.unwrap();
        assert_eq!((found.len(), found[0].name.as_str()), (1, "Leavers"));
        assert_eq!(found[0].shown().is_ok(), readable);
        assert!(found[0].problems().count() > 0);

        let id = view.id.to_string();
        let refused = save(draft(Some(&id), "Leavers", "org:2"))
            .await
            .unwrap_err();
        assert!(refused.to_string().contains("cannot read all"), "{refused}");
        let renamed = ViewDraft {
            state: None,
            ..draft(Some(&id), "Gone", "")
        };
        assert_eq!(save(renamed).await.unwrap().name, "Gone");
        let record = desk.ledger().view(view.id).unwrap().unwrap();
        assert_eq!(record.state, kept, "another name changes nothing of it");
        let knowing = ViewDraft {
            discard: true,
            ..draft(Some(&id), "Leavers", "org:2")
        };
        assert_eq!(save(knowing).await.unwrap().state, Ok(state("org:2")));
        let gone = desk.engine.delete_view(&desk.connection, &id).await;
        gone.unwrap();
    }
    let nothing = ViewDraft {
        state: None,
        ..draft(None, "Nothing", "")
    };
    assert!(matches!(save(nothing).await, Err(Error::Invalid(_))));
}

/// Every file of a profile with what is in it; without the marks of who is reading.
fn contents(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        match path.is_dir() {
            true => found.extend(contents(&path)),
            false if path.to_string_lossy().ends_with("-shm") => {}
            false => found.push((path.clone(), fs::read(&path).unwrap())),
        }
    }
    found.sort();
    found
}

#[tokio::test(flavor = "multi_thread")]
async fn looking_at_a_shared_view_keeps_nothing() {
    let desk = desk().await;
    let view = NamedView {
        name: "Shared".to_owned(),
        state: state("name ~ an"),
    };
    let path = desk.path("a.musterview");
    let shared = desk
        .engine
        .share_view(view.clone(), Some(path.clone()))
        .await
        .unwrap();
    let link = shared.link.unwrap();
    let secret_free = fs::read_to_string(&path).unwrap();
    assert!(
        !secret_free.contains(&desk.connection),
        "no connection is in it"
    );
    let before = contents(&desk.folder.path().join("profile"));
    let changed = || {
        let now = contents(&desk.folder.path().join("profile"));
        let news: Vec<_> = now.iter().filter(|own| !before.contains(own)).collect();
        news.iter()
            .map(|(path, _)| path.clone())
            .collect::<Vec<_>>()
    };
    let content = Opening::Content(secret_free);
    for opening in [Opening::Link(link), Opening::File(path), content] {
        let preview = desk
            .engine
            .preview_view(&desk.connection, opening)
            .await
            .unwrap();
        assert_eq!(preview.view, view);
        assert_eq!(preview.problems, []);
        let who = Who {
            filter: Some("{\"muster.name\":{\"contains\":\"an\"}}".to_owned()),
            ..Who::everybody(Source::Mirror)
        };
        let wanted = asked(&desk, who, Vec::new()).await.len() as u64;
        assert_eq!(preview.total, Some(wanted));
    }
    assert_eq!(
        changed(),
        Vec::<PathBuf>::new(),
        "no file of the profile changed"
    );
    assert!(
        desk.engine
            .views(&desk.connection)
            .await
            .unwrap()
            .is_empty()
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_view_of_another_platform_is_shown_with_what_does_not_fit() {
    let desk = desk().await;
    let mut foreign = state("finess:750000001 and (");
    foreign.columns[1].column = "cip".parse().unwrap();
    let view = NamedView {
        name: "France".to_owned(),
        state: foreign,
    };
    let opening = Opening::Link(view.link().unwrap());
    let preview = desk
        .engine
        .preview_view(&desk.connection, opening)
        .await
        .unwrap();
    assert_eq!(preview.view, view, "it is shown as it is");
    assert_eq!(preview.total, None);
    let of_text: Vec<_> = preview
        .problems
        .iter()
        .filter(|own| own.path.is_none())
        .collect();
    assert!(!of_text.is_empty(), "the text asks for what is not here");
    let of_columns = preview.problems.iter().filter(|own| own.path.is_some());
    assert!(of_columns.clone().any(|own| own.message.contains("cip")));
}

#[tokio::test(flavor = "multi_thread")]
async fn questions_are_remembered_with_their_answers() {
    let desk = desk().await;
    let ask = |remember: Option<&str>| {
        let question = PeopleQuestion {
            who: Who::everybody(Source::Mirror),
            sort: Vec::new(),
            window: Window::Rows {
                offset: 0,
                limit: 10,
            },
            remember: remember.map(str::to_owned),
        };
        desk.engine.people(&desk.connection, question)
    };
    for text in [Some("org:1"), None, Some(""), Some("org:1")] {
        ask(text).await.unwrap();
    }
    let kept = desk
        .engine
        .recent_questions(&desk.connection)
        .await
        .unwrap();
    let texts: Vec<_> = kept.iter().map(|own| own.text.as_str()).collect();
    assert_eq!(texts, ["org:1", ""]);
    assert_eq!((kept[0].total, kept[0].source), (PEOPLE, Source::Mirror));
    assert!(kept[0].took_ms > 0.0);
}
