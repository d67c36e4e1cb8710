//! The query bar and the grid as the window asks for them: commands with JSON, on the practice
//! directory.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test stops where it fails"
)]

use std::sync::Arc;

use muster_api::{ApiError, dispatch};
use muster_engine::{Engine, EngineOptions, vault::MemoryVault};
use serde_json::{Value, json};

/// The practice directory.
struct Window {
    engine: Engine,
    connection: String,
    _folder: tempfile::TempDir,
}

async fn window() -> Window {
    let window = unsynced().await;
    let job = window.engine.start_sync(&window.connection).await.unwrap();
    window.engine.ended(&job.id).await.unwrap();
    window
}

async fn unsynced() -> Window {
    let folder = tempfile::tempdir().unwrap();
    let vault = Arc::new(MemoryVault::default());
    let engine = Engine::open(EngineOptions::new(folder.path().to_owned(), vault)).unwrap();
    let connection = engine.open_practice().await.unwrap().record.id.to_string();
    Window {
        engine,
        connection,
        _folder: folder,
    }
}

impl Window {
    async fn try_call(&self, command: &str, input: Value) -> Result<Value, ApiError> {
        dispatch(&self.engine, command, input).await
    }

    async fn call(&self, command: &str, input: Value) -> Value {
        self.try_call(command, input).await.unwrap()
    }

    fn who(&self, source: &str, filter: &Value, truth: &str) -> Value {
        json!({
            "connection": self.connection, "source": source, "as_of": null, "filter": filter,
            "search": null, "seen": "present", "truth": truth, "ids": null,
        })
    }

    async fn people(&self, source: &str, filter: &Value, truth: &str) -> Value {
        let sort = json!([{"by": "id", "direction": "DESC"}]);
        let question = json!({
            "who": self.who(source, filter, truth), "sort": sort, "offset": 0, "limit": 50,
            "remember": null,
        });
        self.call("people_query", question).await
    }

    async fn read(&self, face: &str, written: &str) -> Value {
        let writing = json!({"connection": self.connection, "face": face, "written": written});
        self.call("filter_read", writing).await
    }
}

#[tokio::test]
async fn a_text_becomes_a_question_and_rows() {
    let window = window().await;
    let text = "role:organization_manager and updated > 1d";
    let read = window.read("text", text).await;
    assert_eq!(read["problems"], json!([]), "{read}");
    assert_eq!(read["text"], text);
    assert_eq!(read["sent"], r#"{"role":"organization_manager"}"#);
    assert_eq!(read["sent_is_all"], false);
    let runs: Vec<_> = read["clauses"]
        .as_array()
        .unwrap()
        .iter()
        .map(|own| (own["text"].as_str().unwrap(), own["runs"].as_str().unwrap()))
        .collect();
    assert_eq!(
        runs,
        [
            ("role:organization_manager", "vendor"),
            ("updated > 1d", "here")
        ]
    );
    let mirror = window.people("mirror", &read["filter"], "matching").await;
    let live = window.people("live", &read["filter"], "matching").await;
    assert!(mirror["total"].as_u64().unwrap() > 10, "{mirror}");
    assert_eq!(mirror["rows"], live["rows"]);
    let row = &mirror["rows"][0];
    assert_eq!(row["role"]["text"], "organization_manager");
    assert_eq!(
        row["identifiers"].as_array().unwrap().len(),
        3,
        "Belgium has three"
    );
    assert_eq!(row["missing_values"], json!([]));

    let details = json!({
        "connection": window.connection, "source": "mirror", "as_of": null, "id": row["id"],
    });
    let details = window.call("person_details", details).await;
    let values = details["values"].as_array().unwrap();
    let role = values.iter().find(|own| own["key"] == "role").unwrap();
    assert_eq!(role["from"], "filter");
    assert_eq!(role["at"], mirror["as_of"], "learnt by the sync");
}

#[tokio::test]
async fn places_are_counted_in_utf_16() {
    let window = window().await;
    let text = "name:\"💊é\" and org:\"💊 nobody\"";
    let read = window.read("text", text).await;
    let problem = &read["problems"][0];
    let units: Vec<u16> = text.encode_utf16().collect();
    let place = |at: &Value| usize::try_from(at.as_u64().unwrap()).unwrap();
    let there = &units[place(&problem["from"])..place(&problem["until"])];
    assert_eq!(String::from_utf16(there).unwrap(), "org:\"💊 nobody\"");
    let broken = window.read("text", "name:\"💊\" and foo:1").await;
    assert_eq!(broken["problems"][0]["from"], 14, "{broken}");
    assert_eq!(broken["filter"], Value::Null);
    let cursor = json!({
        "connection": window.connection, "text": "name:\"💊\" and rol", "cursor": 17,
    });
    let completions = window.call("filter_complete", cursor).await;
    assert_eq!(
        (&completions["from"], &completions["until"]),
        (&json!(14), &json!(17))
    );
    assert_eq!(completions["options"][0]["insert"], "role:");
}

#[tokio::test]
async fn who_may_match_comes_with_the_reason() {
    let window = unsynced().await;
    let read = window.read("text", "changed < 1d").await;
    assert_eq!(read["sent"], Value::Null, "the vendor does not know of it");
    let may = window.people("live", &read["filter"], "possible").await;
    assert!(may["possible"].as_u64().unwrap() > 1_000, "{may}");
    assert_eq!(may["rows"].as_array().unwrap().len(), 50);
    for row in may["rows"].as_array().unwrap() {
        assert_eq!(row["missing_values"], json!(["last_changed"]));
    }
    window.call("practice_network", json!({"on": false})).await;
    let question = json!({
        "who": window.who("live", &read["filter"], "possible"), "sort": [], "offset": 0,
        "limit": 50, "remember": null,
    });
    let offline = window.try_call("people_query", question).await;
    assert_eq!(json!(offline.unwrap_err().code), "offline");
}

#[tokio::test]
async fn each_part_of_a_division_narrows_to_as_many_as_it_counts() {
    let window = window().await;
    let who = window.who("mirror", &Value::Null, "matching");
    let facets = window.call("people_facets", who).await;
    let mut parts = 0;
    for group in facets["groups"].as_array().unwrap() {
        for part in group["parts"].as_array().unwrap() {
            let clause = part["clause"].as_str().unwrap();
            let read = window.read("text", clause).await;
            assert_eq!(read["problems"], json!([]), "{clause}");
            let found = window.people("mirror", &read["filter"], "matching").await;
            assert_eq!(found["total"], part["count"], "{clause}");
            parts += 1;
        }
    }
    assert!(parts > 40, "{parts}");
    assert_eq!(
        facets["groups"].as_array().unwrap().len(),
        7,
        "organization, role, three numbers, year, change"
    );
}

#[tokio::test]
async fn an_explanation_offers_edits_that_can_be_read() {
    let window = window().await;
    let filter = json!(r#"{"and":[{"role":"reseller"},{"muster.off":{"id":1}}]}"#);
    let everybody = window.people("mirror", &Value::Null, "matching").await;
    let person = everybody["rows"].as_array().unwrap().iter();
    let person = person
        .clone()
        .find(|row| row["role"]["text"] != "reseller")
        .unwrap();
    let request = json!({
        "who": window.who("mirror", &filter, "matching"), "id": person["id"],
    });
    let explained = window.call("people_explain", request).await;
    assert_eq!(explained["truth"], "no");
    assert_eq!(explained["tree"]["parts"][0]["text"], "role:reseller");
    assert_eq!(explained["tree"]["parts"][0]["value"], person["role"]);
    let text = explained["include"]["text"].as_str().unwrap();
    let read = window.read("text", text).await;
    assert_eq!(read["problems"], json!([]), "{text}");
    let request = json!({
        "who": window.who("mirror", &read["filter"], "matching"), "id": person["id"],
    });
    let edited = window.call("people_explain", request).await;
    assert_eq!(edited["truth"], "yes");
    assert_eq!(edited["first_match"]["id"], 1);

    let request = json!({
        "a": window.who("mirror", &Value::Null, "matching"), "b": filter,
    });
    let compared = window.call("people_compare", request).await;
    let only = &compared["only_a"];
    assert_eq!(only["because"][0]["text"], "role:reseller");
    let listed = window.people("mirror", &only["filter"], "matching").await;
    assert_eq!(
        (&listed["total"], &listed["possible"]),
        (&only["count"], &only["possible"])
    );
    assert_eq!(compared["only_b"]["count"], 0);
}

#[tokio::test]
async fn what_was_learnt_of_the_vendor_is_shown() {
    let window = window().await;
    let of = json!({"connection": window.connection});
    let connections = window.call("connections_list", Value::Null).await;
    assert_eq!(connections[0]["role_filter"]["supported"], true);
    let again = window.call("role_filter_probe", of.clone()).await;
    assert_eq!(again["supported"], true);
    let syncs = window.call("syncs_list", of).await;
    assert_eq!(syncs[0]["people"], 2_000);
    let curl = json!({"connection": window.connection, "filter": r#"{"id":1}"#});
    let curl = window.call("people_curl", curl).await;
    let curl = curl.as_str().unwrap();
    assert!(curl.contains(r#"-d '{"filter":{"id":1}"#), "{curl}");
}
