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

use muster_directory::{Direction, PersonId, PersonSort, Sort};
use muster_engine::{
    Change, Engine, EngineOptions, Error, Event,
    columns::Column,
    copying::{self, Copying},
    export::{Export, Format, Heading},
    jobs::{Job, Outcome, State},
    question::{PeopleQuestion, Source, Who, Window},
    share::{NamedView, Opening},
    vault::MemoryVault,
    vendor::Paces,
    views::{ViewColumn, ViewDraft, ViewState},
};
use serde_json::{Value, json};
use tempfile::TempDir;

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
    for format in [Format::Csv, Format::Xlsx, Format::Jsonl] {
        let path = desk.path("missing/people");
        let error = refusal(exported(&desk, export(who(), format, path)).await);
        let said = error.to_string();
        assert!(
            said.contains("missing/people") && said.contains("folder does not exist"),
            "{said}"
        );
        let error = refusal(exported(&desk, export(who(), format, desk.out())).await);
        assert!(error.to_string().contains("it is a folder"), "{error}");
    }
    assert!(desk.files().is_empty());
    let start = |export| desk.engine.start_export(&desk.connection, export);
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
        state: state(text),
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
        ("managers", &state("org:13"))
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
