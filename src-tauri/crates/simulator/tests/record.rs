//! The record of writes, and what goes wrong on purpose.

#![allow(
    clippy::unwrap_used,
    reason = "clippy sees only the test functions as tests"
)]

mod desk;

use std::time::{Duration, Instant};

use desk::{Desk, desk, desk_with, options, professional};
use futures::future::join_all;
use muster_directory::Role;
use muster_simulator::{FaultOrder, Options, RefuseWrites, SimulatorError, Touched, start};
use reqwest::StatusCode;
use serde_json::{Value, json};

const CREATE: &str = "/v4/users/create";
const UPDATE: &str = "/v4/users/update";
const USERS: &str = "/v4/users/query";

async fn tell(desk: &Desk, order: Value) -> Value {
    let url = format!("{}/_simulator/faults", desk.simulator.base_url());
    let response = desk.client.post(url).json(&order).send().await.unwrap();
    assert_eq!(response.status(), 200);
    response.json().await.unwrap()
}

async fn people(desk: &Desk) -> usize {
    let everybody = json!({"not": {"id": 1}});
    desk.found(&desk.reseller(), USERS, everybody).await.len()
}

#[tokio::test]
async fn every_write_is_noted_in_order_with_what_came_of_it() {
    let desk = desk().await;
    let key = desk.reseller();
    let developer = desk.key(Role::SoftwareDeveloper);
    let body = professional("anna@example.org", key.organizations[0]);
    let request = desk.request(&key, CREATE, &body);
    let answer = request
        .header("X-Request-Id", "first")
        .send()
        .await
        .unwrap();
    let answer: Value = answer.json().await.unwrap();
    let id = answer["user"]["id"].as_u64().unwrap();
    desk.post(&key, CREATE, &body).await;
    desk.post(&developer, CREATE, &body).await;
    desk.post(&key, UPDATE, &json!({"id": 1, "profile": {"name": "A"}}))
        .await;
    let not_json = desk.request(&key, UPDATE, &json!({})).body("{");
    not_json.send().await.unwrap();
    desk.ok(&key, USERS, &json!({})).await;

    let noted = desk.simulator.mutations();
    let told: Vec<_> = noted
        .iter()
        .map(|one| (one.number, one.key, one.status, one.applied))
        .collect();
    assert_eq!(
        told,
        [
            (1, key.id, Some(200), true),
            (2, key.id, Some(422), false),
            (3, developer.id, Some(403), false),
            (4, key.id, Some(404), false),
            (5, key.id, Some(400), false),
        ]
    );
    assert_eq!(noted[0].request_id.as_deref(), Some("first"));
    assert_eq!(noted[1].request_id, None);
    assert_eq!(noted[0].touched, [Touched::User(id)]);
    assert!(noted[1..].iter().all(|one| one.touched.is_empty()));
    assert_eq!(noted[0].body["profile"]["name"], "Anna Peeters");
    assert_eq!(noted[0].body.get("password"), None, "no password is kept");
    assert_eq!(noted[4].body, Value::Null);
    assert!(noted.windows(2).all(|pair| pair[0].at <= pair[1].at));
}

#[tokio::test]
async fn the_record_can_be_had_over_http() {
    let desk = desk().await;
    let key = desk.reseller();
    let body = json!({"id": 1, "profile": {"name": "A"}});
    desk.post(&key, UPDATE, &body).await;
    let url = format!("{}/_simulator/mutations", desk.simulator.base_url());
    let answer: Value = desk
        .client
        .get(url)
        .send()
        .await
        .unwrap()
        .json()
        .await
        .unwrap();
    let one = &answer["mutations"][0];
    assert_eq!((&one["number"], &one["key"]), (&json!(1), &json!(key.id)));
    assert_eq!(
        (&one["path"], &one["status"]),
        (&json!(UPDATE), &json!(404))
    );
    assert_eq!(one["body"], body);
    assert_eq!(one["touched"], json!([]));
}

#[tokio::test]
async fn a_lost_answer_leaves_the_write_made_and_the_client_without_a_word() {
    let desk = desk().await;
    let key = desk.reseller();
    let left = tell(&desk, json!({"lose_answers": 1})).await;
    assert_eq!(left["lose_answers"], 1);
    let bad = professional("anna", key.organizations[0]);
    assert_eq!(
        desk.status(&key, CREATE, &bad).await,
        422,
        "only accepted ones are lost"
    );
    let body = professional("anna@example.org", key.organizations[0]);
    let lost = desk.request(&key, CREATE, &body).send().await.unwrap_err();
    assert!(lost.status().is_none() && !lost.is_connect() && !lost.is_timeout());
    assert_eq!(people(&desk).await, 501);
    let paths = desk.violations(&key, CREATE, &body).await;
    assert_eq!(paths, ["email"], "who tries again learns it");
    let noted = &desk.simulator.mutations()[1];
    assert_eq!((noted.status, noted.applied), (None, true));
    assert_eq!(noted.touched.len(), 1);
}

#[tokio::test]
async fn a_cut_write_is_neither_made_nor_answered() {
    let desk = desk().await;
    let key = desk.reseller();
    desk.simulator.fail(FaultOrder {
        cut_writes: Some(2),
        ..FaultOrder::default()
    });
    let body = professional("anna@example.org", key.organizations[0]);
    for _ in 0..2 {
        assert!(desk.request(&key, CREATE, &body).send().await.is_err());
    }
    assert_eq!(people(&desk).await, 500);
    desk.ok(&key, CREATE, &body).await;
    let told: Vec<_> = desk
        .simulator
        .mutations()
        .iter()
        .map(|one| (one.status, one.applied))
        .collect();
    assert_eq!(told, [(None, false), (None, false), (Some(200), true)]);
}

#[tokio::test]
async fn a_cut_line_is_only_that_of_the_write() {
    let desk = desk().await;
    let key = desk.reseller();
    desk.simulator.fail(FaultOrder {
        lose_answers: Some(3),
        ..FaultOrder::default()
    });
    let organizations = &key.organizations;
    let bodies: Vec<_> = (0..10)
        .map(|nth| professional(&format!("a{nth}@example.org"), organizations[nth]))
        .collect();
    let requests = bodies
        .iter()
        .map(|body| desk.request(&key, CREATE, body).send());
    let answers = join_all(requests).await;
    let lost = answers.iter().filter(|answer| answer.is_err()).count();
    assert_eq!(lost, 3);
    assert_eq!(people(&desk).await, 510, "all of them were made");
}

#[tokio::test]
async fn a_slow_answer_comes_after_its_write_was_made() {
    let desk = desk().await;
    let key = desk.reseller();
    tell(&desk, json!({"delay_ms": 300})).await;
    let begun = Instant::now();
    let body = professional("anna@example.org", key.organizations[0]);
    let (status, meanwhile) = tokio::join!(desk.status(&key, CREATE, &body), async {
        loop {
            let made = desk.simulator.now().people().len();
            if made == 501 {
                break begun.elapsed();
            }
            tokio::task::yield_now().await;
        }
    });
    assert_eq!(status, 200);
    assert!(begun.elapsed() >= Duration::from_millis(300));
    assert!(meanwhile < begun.elapsed());
}

#[tokio::test]
async fn writes_can_be_refused_with_any_status_so_many_times() {
    let desk = desk().await;
    let key = desk.reseller();
    desk.simulator.fail(FaultOrder {
        refuse_writes: Some(RefuseWrites {
            status: StatusCode::SERVICE_UNAVAILABLE,
            times: 2,
        }),
        ..FaultOrder::default()
    });
    let body = professional("anna@example.org", key.organizations[0]);
    let mut statuses = Vec::new();
    for _ in 0..3 {
        statuses.push(desk.status(&key, CREATE, &body).await);
        desk.ok(&key, USERS, &json!({"page": {"size": 10}})).await;
    }
    assert_eq!(statuses, [503, 503, 200]);
    let noted = desk.simulator.mutations();
    assert_eq!(noted[0].status, Some(503));
    assert!(!noted[0].applied && noted[2].applied);
}

#[tokio::test]
async fn what_is_no_fault_is_refused() {
    let desk = desk().await;
    let url = format!("{}/_simulator/faults", desk.simulator.base_url());
    for body in [
        "",
        "{\"lose\":1}",
        "{\"refuse_writes\":{\"status\":200,\"times\":1}}",
    ] {
        let response = desk.client.post(&url).body(body).send().await.unwrap();
        assert_eq!(response.status(), 422, "{body}");
    }
    let now: Value = desk
        .client
        .get(&url)
        .send()
        .await
        .unwrap()
        .json()
        .await
        .unwrap();
    assert_eq!(now["cut_writes"], 0);
}

#[tokio::test]
async fn a_shorter_minute_is_told_with_every_answer_and_kept() {
    let desk = desk_with(Options {
        rate_limit: 3,
        minute_seconds: 1,
        ..options()
    })
    .await;
    let key = desk.reseller();
    let mut statuses = Vec::new();
    for path in [USERS, UPDATE, "/v4/nothing", CREATE, USERS] {
        let response = desk.post(&key, path, &json!({"page": {}})).await;
        assert_eq!(
            response.headers()["ratelimit-policy"],
            "\"default\";q=3;w=1"
        );
        statuses.push(response.status().as_u16());
    }
    assert_eq!(statuses, [200, 422, 404, 422, 429]);
    tokio::time::sleep(Duration::from_millis(1_050)).await;
    assert_eq!(desk.status(&key, USERS, &json!({"page": {}})).await, 200);
    assert_eq!(
        desk.simulator.mutations().len(),
        2,
        "none that the limit refused"
    );

    let desk = desk_with(options()).await;
    let response = desk.post(&key, USERS, &json!({"page": {}})).await;
    assert!(!response.headers().contains_key("ratelimit-policy"));
}

#[tokio::test]
async fn a_missing_endpoint_is_as_if_it_were_nowhere() {
    let desk = desk_with(Options {
        missing: vec![UPDATE.to_owned()],
        ..options()
    })
    .await;
    let key = desk.reseller();
    let body = json!({"id": 1, "profile": {"name": "A"}});
    let response = desk.post(&key, UPDATE, &body).await;
    assert_eq!(response.status(), 404);
    let missing: Value = response.json().await.unwrap();
    let nowhere: Value = desk
        .post(&key, "/v4/nowhere", &body)
        .await
        .json()
        .await
        .unwrap();
    assert_eq!(missing, nowhere);
    assert!(desk.simulator.mutations().is_empty());

    let mistyped = start(Options {
        missing: vec!["/v4/user/update".to_owned()],
        ..options()
    });
    let error = mistyped.await.unwrap_err();
    assert!(
        matches!(error, SimulatorError::UnknownEndpoint(_)),
        "{error}"
    );
}
