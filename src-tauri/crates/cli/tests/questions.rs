//! musterctl asks in the query language, explains, looks back, keeps views and writes files.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test stops where it fails"
)]

mod desk;

use std::{fs, path::Path, process::Output};

use desk::{code, json, look, practice, run};
use muster_engine::mirror::Ledger;
use serde_json::Value;

fn said(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

fn told(output: &Output) -> String {
    assert_eq!(code(output), Some(0), "{}", said(output));
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn ids(answer: &Value) -> Vec<u64> {
    let results = answer["results"].as_array().unwrap().iter();
    results.map(|own| own["id"].as_u64().unwrap()).collect()
}

fn asked(profile: &Path, arguments: &[&str]) -> Value {
    let query = ["people", "query", "All", "--format", "json"];
    let arguments = &[&query[..], arguments].concat();
    json(&match arguments.contains(&"--live") {
        true => run(profile, arguments),
        false => look(profile, arguments),
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_question_is_the_same_as_text_and_as_json_from_the_mirror_and_live() {
    let (profile, simulator, _) = practice().await;
    let profile = profile.path();
    run(profile, &["sync", "All"]);
    let text = asked(profile, &["--where", "name ~ an and not org:none"]);
    let filter = r#"{"and":[{"muster.name":{"contains":"an"}},{"not":{"muster.state":{"organization":"none"}}}]}"#;
    assert_eq!(text, asked(profile, &["--filter", filter]));
    assert_eq!(
        text,
        asked(
            profile,
            &["--where", "name ~ an and not org:none", "--live"]
        ),
        "the same question has the same answer"
    );
    let total = text["meta"]["total"].as_u64().unwrap();
    assert!(total > 0 && total < 300);

    // The vendor was never asked for roles: everybody may have one.
    let surely = asked(profile, &["--where", "role:reseller"]);
    assert_eq!(surely["meta"]["total"], 0);
    let possibly = asked(profile, &["--where", "role:reseller", "--possible"]);
    assert_eq!(possibly["meta"]["total"], 300);
    assert_eq!(ids(&possibly).len(), 300);

    let sorted = [
        "--sort",
        "organization:desc",
        "--sort",
        "id:desc",
        "--columns",
        "id,organization",
    ];
    let sorted = asked(profile, &sorted);
    let first = &sorted["results"][0];
    assert_eq!(first.as_object().unwrap().len(), 2, "the chosen columns");
    let csv = look(
        profile,
        &[
            "people",
            "query",
            "All",
            "--format",
            "csv",
            "--columns",
            "role,id",
        ],
    );
    let csv = told(&csv);
    assert!(csv.starts_with("role,id\nunknown,"), "{csv}");
    simulator.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_in_a_question_is_pointed_at() {
    let (profile, simulator, _) = practice().await;
    let profile = profile.path();
    let wrong = look(
        profile,
        &["people", "query", "All", "--where", "name ~ é and ogr:1"],
    );
    assert_eq!(code(&wrong), Some(2));
    let lines: Vec<_> = said(&wrong).lines().map(str::to_owned).collect();
    assert!(lines[0].starts_with("musterctl: --where: "), "{lines:?}");
    assert_eq!(lines[1], "  name ~ é and ogr:1");
    assert_eq!(lines[2], "               ^^^", "under the word");

    let arguments = [
        "export",
        "All",
        "--where",
        "org:12 and",
        "--format",
        "csv",
        "--out",
        "x.csv",
    ];
    let wrong = look(profile, &[&arguments[..], &["--json-errors"]].concat());
    let error: Value = serde_json::from_slice(&wrong.stderr).unwrap();
    assert_eq!(
        (code(&wrong), &error["code"]),
        (Some(2), &Value::from("invalid"))
    );
    assert_eq!(error["details"]["problems"][0]["from"], 10);
    assert!(!Path::new("x.csv").exists());
    for arguments in [
        vec!["people", "query", "All", "--where", "", "--filter", "{}"],
        vec!["people", "query", "All", "--live", "--as-of", "1"],
        vec!["people", "query", "All", "--columns", "phone"],
        vec!["people", "query", "All", "--as-of", "yesterday"],
        vec!["explain", "All", "1", "--possible"],
    ] {
        let output = look(profile, &arguments);
        assert_eq!(code(&output), Some(2), "{arguments:?}: {}", said(&output));
    }
    simulator.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_past_is_asked_by_a_sync_or_a_day() {
    let (profile, simulator, _) = practice().await;
    let profile = profile.path();
    run(profile, &["sync", "All"]);
    run(profile, &["sync", "All"]);
    let syncs = json(&look(profile, &["syncs", "All", "--format", "json"]));
    let known: Vec<_> = syncs
        .as_array()
        .unwrap()
        .iter()
        .map(|own| own["id"].as_i64().unwrap())
        .collect();
    assert_eq!(known, [2, 1], "the newest first");

    let new = |as_of: &str| {
        let answer = asked(profile, &["--where", "seen:new", "--as-of", as_of]);
        answer["meta"]["total"].as_u64().unwrap()
    };
    assert_eq!(new("1"), 300, "everybody was new then");
    assert_eq!(new("2"), 0);
    let now = jiff::Zoned::now().date();
    assert_eq!(new(&now.to_string()), 0, "the last of today");
    for gone in ["9", "2020-01-31"] {
        let output = look(profile, &["people", "query", "All", "--as-of", gone]);
        assert_eq!(code(&output), Some(1));
        assert!(said(&output).contains("no sync"), "{}", said(&output));
    }
    simulator.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn why_somebody_is_found_is_explained() {
    let (profile, simulator, _) = practice().await;
    let profile = profile.path();
    run(profile, &["sync", "All"]);
    let id = ids(&asked(profile, &[]))[0].to_string();
    let question = format!("id:{id} and role:reseller");
    let arguments = ["explain", "All", &id, "--where", &question];
    let table = told(&look(profile, &arguments));
    for line in [
        "unknown",
        "role:reseller",
        "First seen matching: never",
        "To include",
    ] {
        assert!(table.contains(line), "{line}: {table}");
    }
    let told = json(&look(
        profile,
        &[&arguments[..], &["--format", "json"]].concat(),
    ));
    assert_eq!(told["truth"], "unknown");
    assert_eq!(told["tree"]["parts"][0]["truth"], "yes");
    let nobody = look(profile, &["explain", "All", "999999999", "--where", ""]);
    assert_eq!(code(&nobody), Some(1));
    simulator.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn views_are_kept_shared_and_looked_at() {
    let (profile, simulator, _) = practice().await;
    let profile = profile.path();
    run(profile, &["sync", "All"]);
    let save = [
        "views",
        "save",
        "All",
        "Ans",
        "--where",
        "name ~ an",
        "--columns",
        "id,name",
        "--sort",
        "name:desc",
    ];
    told(&look(profile, &save));
    assert_eq!(code(&look(profile, &save)), Some(2), "the name is taken");
    told(&look(profile, &[&save[..], &["--replace"]].concat()));
    let list = json(&look(
        profile,
        &["views", "list", "All", "--format", "json"],
    ));
    assert_eq!(list.as_array().unwrap().len(), 1);
    assert!(told(&look(profile, &["views", "show", "All", "ANS"])).contains("name ~ an"));

    let viewed = asked(profile, &["--view", "ans"]);
    assert_eq!(viewed["results"][0].as_object().unwrap().len(), 2);
    let total = viewed["meta"]["total"].as_u64().unwrap();
    let link = told(&look(profile, &["views", "share", "All", "Ans"]));
    let file = profile.join("ans.musterview");
    let path = file.to_str().unwrap();
    told(&look(
        profile,
        &["views", "share", "All", "Ans", "--out", path],
    ));
    told(&look(profile, &["views", "delete", "All", "Ans"]));
    for shared in [link.trim(), path] {
        let open = ["views", "open", "All", shared, "--format", "json"];
        let preview = json(&look(profile, &open));
        assert_eq!(preview["state"]["text"], "name ~ an");
        assert_eq!(preview["total"], total);
    }
    let list = json(&look(
        profile,
        &["views", "list", "All", "--format", "json"],
    ));
    assert!(list.as_array().unwrap().is_empty(), "looking keeps nothing");
    let cut = &link.trim()[..link.len() / 2];
    let refused = look(profile, &["views", "open", "All", cut]);
    assert_eq!(code(&refused), Some(2));
    simulator.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_view_that_cannot_be_read_is_never_a_question_for_everybody() {
    let (profile, simulator, _) = practice().await;
    let profile = profile.path();
    run(profile, &["sync", "All"]);
    told(&look(
        profile,
        &["views", "save", "All", "Leavers", "--where", "seen:gone"],
    ));
    let connections = fs::read_dir(profile.join("connections")).unwrap();
    let folder = connections.into_iter().next().unwrap().unwrap().path();
    let rewrite = |state: &str| {
        let ledger = Ledger::open(&folder.join("ledger.db")).unwrap();
        let mut view = ledger.views().unwrap().remove(0);
        view.state = state.to_owned();
        ledger.keep_view(&view).unwrap();
    };
    rewrite(r#"{"question": {"seen": "gone"}}"#);
    let out = profile.join("a.csv");
    let export = [
        "export", "All", "--view", "Leavers", "--format", "csv", "--out",
    ];
    let refused = look(profile, &[&export[..], &[out.to_str().unwrap()]].concat());
    assert_eq!(code(&refused), Some(1));
    let said = said(&refused);
    assert!(
        said.contains("Leavers") && said.contains("cannot be read"),
        "{said}"
    );
    assert!(!out.exists());
    for asking in [
        ["views", "show", "All", "Leavers"],
        ["views", "share", "All", "Leavers"],
    ] {
        assert_eq!(code(&look(profile, &asking)), Some(1));
    }
    let list = told(&look(profile, &["views", "list", "All", "--format", "csv"]));
    assert!(list.contains("Leavers,unknown,unknown,"), "{list}");

    rewrite(r#"{"text": "seen:gone", "source": "cloud"}"#);
    let query = ["people", "query", "All", "--view", "Leavers"];
    let asked = look(profile, &query);
    assert_eq!(code(&asked), Some(0));
    let warned = self::said(&asked);
    assert!(
        warned.contains("cloud"),
        "what is left out is told: {warned}"
    );
    simulator.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_export_is_a_file_with_its_question_beside_it() {
    let (profile, simulator, _) = practice().await;
    let profile = profile.path();
    run(profile, &["sync", "All"]);
    let out = profile.join("out");
    fs::create_dir(&out).unwrap();
    let export = |name: &str, format: &str, more: &[&str]| {
        let path = out.join(name);
        let arguments = [
            "export",
            "All",
            "--format",
            format,
            "--out",
            path.to_str().unwrap(),
        ];
        let arguments = &[&arguments[..], more].concat();
        match more.contains(&"--live") {
            true => run(profile, arguments),
            false => look(profile, arguments),
        }
    };
    let csv = export(
        "a.csv",
        "csv",
        &["--where", "name ~ an", "--columns", "id,name"],
    );
    let total = asked(profile, &["--where", "name ~ an"])["meta"]["total"]
        .as_u64()
        .unwrap();
    assert!(told(&csv).starts_with(&format!("{total} people in ")));
    let written = fs::read_to_string(out.join("a.csv")).unwrap();
    assert!(written.starts_with('\u{feff}'), "only a file has it");
    let mut read = csv::Reader::from_path(out.join("a.csv")).unwrap();
    assert_eq!(read.records().count() as u64, total);
    let note: Value =
        serde_json::from_slice(&fs::read(out.join("a.csv.question.json")).unwrap()).unwrap();
    assert_eq!(
        (&note["question"], &note["people"]),
        (&Value::from("name ~ an"), &Value::from(total))
    );
    told(&export("a.xlsx", "xlsx", &[]));
    told(&export("a.jsonl", "jsonl", &["--live"]));
    assert_eq!(
        fs::read_to_string(out.join("a.jsonl"))
            .unwrap()
            .lines()
            .count(),
        300
    );
    let missing = export("no/a.csv", "csv", &[]);
    assert_eq!(code(&missing), Some(1));
    assert!(said(&missing).contains("no/a.csv"), "{}", said(&missing));
    simulator.stop().await;
}
