//! The simulated Medipim over real HTTP: each rule of the contract that a client can see.

#![allow(
    clippy::unwrap_used,
    reason = "clippy sees only the test functions as tests"
)]

use std::collections::HashSet;

use muster_directory::Role;
use muster_simulator::{Key, Options, Simulator, start};
use reqwest::{Client, Method, Response};
use serde_json::{Value, json};

const USERS: &str = "/v4/users/query";
const ORGANIZATIONS: &str = "/v4/organizations/query";

async fn practice() -> Simulator {
    start(Options {
        rate_limit: 0,
        ..Options::default()
    })
    .await
    .unwrap()
}

async fn post(simulator: &Simulator, key: &Key, path: &str, body: impl Into<String>) -> Response {
    Client::new()
        .post(format!("{}{path}", simulator.base_url()))
        .basic_auth(key.id, Some(&key.secret))
        .header("content-type", "application/json")
        .body(body.into())
        .send()
        .await
        .unwrap()
}

async fn answer(simulator: &Simulator, key: &Key, path: &str, body: Value) -> Value {
    let response = post(simulator, key, path, body.to_string()).await;
    assert_eq!(response.status(), 200, "{body}");
    assert_eq!(response.headers()["content-type"], "application/json");
    response.json().await.unwrap()
}

/// The status and the error of a refusal, whose envelope repeats the status.
async fn refusal(response: Response) -> (u16, Value) {
    let status = response.status().as_u16();
    let body: Value = response.json().await.unwrap();
    assert_eq!(body["error"]["status"], status, "the envelope repeats it");
    assert!(body["error"]["message"].is_string());
    (status, body["error"].clone())
}

fn ids(answer: &Value) -> Vec<u64> {
    let results = answer["results"].as_array().unwrap();
    results
        .iter()
        .map(|one| one["id"].as_u64().unwrap())
        .collect()
}

fn everyone(simulator: &Simulator) -> Key {
    simulator.key(Role::Reseller).clone()
}

#[tokio::test]
async fn an_unpaged_answer_has_everybody_in_the_order_of_ids_as_the_simulator_knows_them() {
    let simulator = practice().await;
    let found = answer(&simulator, &everyone(&simulator), USERS, json!({})).await;
    assert_eq!(found["meta"], json!({"total": 2_000}));
    let expected: Vec<Value> = simulator
        .people()
        .map(|one| {
            json!({
                "id": one.id,
                "name": one.name,
                "organization": one.organization,
                "meta": {"createdAt": one.created_at, "updatedAt": one.updated_at},
            })
        })
        .collect();
    assert_eq!(found["results"], Value::Array(expected));
}

#[tokio::test]
async fn organizations_have_every_field_and_null_where_there_is_no_number() {
    let simulator = practice().await;
    let key = everyone(&simulator);
    let found = answer(&simulator, &key, ORGANIZATIONS, json!({})).await;
    let results = found["results"].as_array().unwrap();
    assert_eq!(found["meta"]["total"], 150);
    assert_eq!(results.len(), 150);
    for (one, known) in results.iter().zip(simulator.organizations()) {
        let keys: Vec<_> = one.as_object().unwrap().keys().cloned().collect();
        assert_eq!(
            keys,
            [
                "id",
                "name",
                "type",
                "vatNr",
                "apbNr",
                "rizivNr",
                "specializations",
                "meta"
            ]
        );
        assert_eq!(one["id"], known.id);
        assert_eq!(one["name"], known.name);
        assert_eq!(one["type"], known.kind.as_str());
        for (kind, number) in known.identifiers {
            assert_eq!(one[kind.key()], json!(number));
        }
    }
    assert!(results.iter().any(|one| one["apbNr"].is_null()));
    assert!(results.iter().any(|one| one["apbNr"].is_string()));
}

#[tokio::test]
async fn pages_are_parts_of_the_whole_and_beyond_the_end_they_are_empty() {
    let simulator = practice().await;
    let key = everyone(&simulator);
    let all: Vec<u64> = simulator.people().map(|one| one.id).collect();
    for (page, from, to) in [
        (json!({"no": 0, "size": 10}), 0, 10),
        (json!({"no": 3, "size": 250}), 750, 1_000),
        (json!({"no": 19}), 1_900, 2_000),
        (json!({"size": 50}), 0, 50),
        (json!({}), 0, 100),
        (json!({"no": 8, "size": 250}), 2_000, 2_000),
    ] {
        let found = answer(&simulator, &key, USERS, json!({"page": page})).await;
        let size = page["size"].as_u64().unwrap_or(100);
        let no = page["no"].as_u64().unwrap_or(0);
        assert_eq!(
            found["meta"],
            json!({"total": 2_000, "page": {"no": no, "offset": from, "size": size}})
        );
        assert_eq!(ids(&found), all[from..to], "{page}");
    }
    let body = json!({"page": {"no": u64::MAX}});
    let found = answer(&simulator, &key, USERS, body).await;
    assert!(ids(&found).is_empty());
}

#[tokio::test]
async fn people_can_be_had_from_the_last_to_the_first() {
    let simulator = practice().await;
    let key = everyone(&simulator);
    let mut all: Vec<u64> = simulator.people().map(|one| one.id).collect();
    all.reverse();
    let body = json!({"sorting": {"id": "DESC"}});
    assert_eq!(ids(&answer(&simulator, &key, USERS, body).await), all);
    let body = json!({"sorting": {"id": "DESC"}, "page": {"no": 2, "size": 50}});
    let found = answer(&simulator, &key, USERS, body).await;
    assert_eq!(ids(&found), all[100..150]);
}

#[tokio::test]
async fn organizations_can_be_had_by_name_both_ways() {
    let simulator = practice().await;
    let key = everyone(&simulator);
    let sorted = async |direction: &str| {
        let body = json!({"sorting": {"name": direction}});
        ids(&answer(&simulator, &key, ORGANIZATIONS, body).await)
    };
    let (rising, mut falling) = (sorted("ASC").await, sorted("DESC").await);
    let name = |id: &u64| {
        let mut all = simulator.organizations();
        muster_directory::name::fold(all.find(|one| one.id == *id).unwrap().name)
    };
    let names: Vec<_> = rising.iter().map(name).collect();
    assert!(names.is_sorted());
    falling.reverse();
    assert_eq!(falling.iter().map(name).collect::<Vec<_>>(), names);
    assert_eq!(rising.len(), 150);
}

#[tokio::test]
async fn people_are_found_by_the_numbers_of_their_organization() {
    let simulator = practice().await;
    let key = everyone(&simulator);
    let mut checked = HashSet::new();
    for organization in simulator.organizations().filter(|one| one.people > 0) {
        for (kind, number) in organization.identifiers {
            let Some(number) = number else { continue };
            if checked.contains(&kind) {
                continue;
            }
            checked.insert(kind);
            let with_number: HashSet<u64> = simulator
                .organizations()
                .filter(|one| one.identifiers.contains(&(kind, Some(number))))
                .map(|one| one.id)
                .collect();
            let expected: Vec<u64> = simulator
                .people()
                .filter(|one| one.organization.is_some_and(|id| with_number.contains(&id)))
                .map(|one| one.id)
                .collect();
            let body = json!({"filter": {kind.key(): number}});
            let found = answer(&simulator, &key, USERS, body).await;
            assert_eq!(ids(&found), expected);
            assert_eq!(found["meta"]["total"], expected.len());
        }
    }
    assert_eq!(checked.len(), 3);
}

#[tokio::test]
async fn a_violation_is_told_inside_the_error_with_its_path() {
    let simulator = practice().await;
    let key = everyone(&simulator);
    for (body, paths) in [
        (
            r#"{"filter":{"and":[{"id":1},{"foo":1}]}}"#,
            vec!["filter.and[1].foo"],
        ),
        (
            r#"{"filter":{},"page":{"size":20}}"#,
            vec!["filter", "page.size"],
        ),
        (r#"{"filter":{"role":"reseller"}}"#, vec!["filter.role"]),
        (r#"{"filter":{"id":1,"id":2}}"#, vec!["filter"]),
        ("[]", vec!["body"]),
    ] {
        let (status, error) = refusal(post(&simulator, &key, USERS, body).await).await;
        assert_eq!((status, &error["code"]), (422, &json!("validation_error")));
        let violations = error["violations"].as_array().unwrap();
        let found: Vec<_> = violations.iter().map(|one| &one["path"]).collect();
        assert_eq!(found, paths, "{body}");
        assert!(violations.iter().all(|one| one["message"].is_string()));
    }
}

#[tokio::test]
async fn a_body_that_is_not_json_is_a_bad_request() {
    let simulator = practice().await;
    let key = everyone(&simulator);
    for body in ["", "filter", "{\"filter\":", "{}{}"] {
        let (status, error) = refusal(post(&simulator, &key, USERS, body).await).await;
        assert_eq!((status, &error["code"]), (400, &json!("bad_request")));
    }
}

#[tokio::test]
async fn a_million_brackets_are_refused_and_the_next_question_is_answered() {
    let simulator = practice().await;
    let key = everyone(&simulator);
    let many = 1_000_000;
    let closed = format!("{{\"filter\":{}{}}}", "[".repeat(many), "]".repeat(many));
    let (status, _) = refusal(post(&simulator, &key, USERS, closed).await).await;
    assert_eq!(status, 422);
    let (status, _) = refusal(post(&simulator, &key, USERS, "[".repeat(many)).await).await;
    assert_eq!(status, 400);
    let nested = |ands: usize| {
        let (open, close) = ("{\"and\":[".repeat(ands), "]}".repeat(ands));
        format!("{{\"filter\":{open}{{\"not\":{{\"id\":[1]}}}}{close}}}")
    };
    let status = async |ands| post(&simulator, &key, USERS, nested(ands)).await.status();
    assert_eq!(status(62).await, 200, "64 levels");
    assert_eq!(status(63).await, 422, "65 levels");
    assert_eq!(
        status(150).await,
        422,
        "304 brackets are read, then refused"
    );
}

#[tokio::test]
async fn a_body_that_is_too_large_is_refused_in_the_envelope() {
    let simulator = practice().await;
    let key = everyone(&simulator);
    let body = format!("{{{}}}", " ".repeat(9 * 1024 * 1024));
    let (status, error) = refusal(post(&simulator, &key, USERS, body).await).await;
    assert_eq!((status, &error["code"]), (413, &json!("payload_too_large")));
}

#[tokio::test]
async fn the_largest_filter_is_answered() {
    let simulator = practice().await;
    let key = everyone(&simulator);
    let all: Vec<u64> = simulator.people().map(|one| one.id).collect();
    let leaves: Vec<Value> = (0..10_000)
        .map(|at| json!({"id": all[at % 1_500]}))
        .collect();
    let body = json!({"filter": {"or": leaves}});
    let found = answer(&simulator, &key, USERS, body).await;
    assert_eq!(ids(&found), all[..1_500]);
}

#[tokio::test]
async fn without_a_valid_key_nobody_is_answered() {
    let simulator = practice().await;
    let key = everyone(&simulator);
    let wrong = [
        Key {
            secret: "wrong".to_owned(),
            ..key.clone()
        },
        Key {
            id: 99,
            ..key.clone()
        },
        Key {
            secret: simulator.keys()[0].secret.clone(),
            ..key
        },
    ];
    for key in wrong {
        let (status, error) = refusal(post(&simulator, &key, USERS, "{}").await).await;
        assert_eq!(status, 401);
        assert_eq!(error["code"], "authentication.not_authenticated");
    }
    let bare = Client::new()
        .post(format!("{}{USERS}", simulator.base_url()))
        .send()
        .await;
    assert_eq!(refusal(bare.unwrap()).await.0, 401);
}

#[tokio::test]
async fn other_routes_and_methods_are_refused_in_the_envelope() {
    let simulator = practice().await;
    let key = everyone(&simulator);
    for path in [
        "/",
        "/v4",
        "/v4/users",
        "/v4/users/query/",
        "/v3/users/query",
    ] {
        let (status, error) = refusal(post(&simulator, &key, path, "{}").await).await;
        assert_eq!(
            (status, &error["code"]),
            (404, &json!("not_found")),
            "{path}"
        );
    }
    for method in [Method::GET, Method::PUT, Method::DELETE, Method::OPTIONS] {
        let url = format!("{}{USERS}", simulator.base_url());
        let response = Client::new().request(method, url).send().await.unwrap();
        assert_eq!(response.headers()["allow"], "POST");
        let (status, error) = refusal(response).await;
        assert_eq!(
            (status, &error["code"]),
            (405, &json!("method_not_allowed"))
        );
    }
}

#[tokio::test]
async fn a_manager_sees_the_own_organization_and_nothing_else() {
    let simulator = practice().await;
    let managers: Vec<Key> = simulator
        .keys()
        .iter()
        .filter(|key| key.role == Role::OrganizationManager)
        .cloned()
        .collect();
    assert_eq!(managers.len(), 2);
    for key in managers {
        let own = key.organization.unwrap();
        let expected: Vec<u64> = simulator
            .people()
            .filter(|one| one.organization == Some(own))
            .map(|one| one.id)
            .collect();
        let found = answer(&simulator, &key, USERS, json!({})).await;
        assert_eq!(ids(&found), expected);
        assert_eq!(found["meta"]["total"], expected.len());
        let body = json!({"filter": {"not": {"organization": own}}});
        let outside = answer(&simulator, &key, USERS, body).await;
        assert_eq!(outside["meta"]["total"], 0, "the complement stays inside");
        let organizations = answer(&simulator, &key, ORGANIZATIONS, json!({})).await;
        assert_eq!(ids(&organizations), [own]);
    }
    let largest = simulator.organizations().map(|one| one.people).max();
    let first = simulator.key(Role::OrganizationManager);
    let total = answer(&simulator, first, USERS, json!({})).await["meta"]["total"].as_u64();
    assert_eq!(total, largest);
}

#[tokio::test]
async fn a_reseller_sees_linked_organizations_and_their_people() {
    let simulator = practice().await;
    let mut resellers = simulator
        .keys()
        .iter()
        .filter(|key| key.role == Role::Reseller);
    let (first, second) = (resellers.next().unwrap(), resellers.next().unwrap());
    assert!(first.without_organization && !second.without_organization);
    let found = answer(&simulator, second, ORGANIZATIONS, json!({})).await;
    assert_eq!(ids(&found), second.organizations);
    let linked: HashSet<_> = second.organizations.iter().copied().collect();
    let expected: Vec<u64> = simulator
        .people()
        .filter(|one| one.organization.is_some_and(|id| linked.contains(&id)))
        .map(|one| one.id)
        .collect();
    let found = answer(&simulator, second, USERS, json!({})).await;
    assert_eq!(ids(&found), expected);
    let found = answer(&simulator, first, USERS, json!({})).await;
    assert_eq!(found["meta"]["total"], 2_000);
}

#[tokio::test]
async fn other_roles_see_nobody() {
    let simulator = practice().await;
    for role in [
        Role::SoftwareDeveloper,
        Role::MedicalProfessional,
        Role::OrganizationCustomerService,
    ] {
        for path in [USERS, ORGANIZATIONS] {
            let key = simulator.key(role.clone());
            let (status, error) = refusal(post(&simulator, key, path, "{}").await).await;
            assert_eq!(status, 403, "{role}");
            assert_eq!(error["code"], "authorization.access_denied");
        }
    }
}

#[tokio::test]
async fn the_limit_is_counted_for_each_key_on_its_own() {
    let simulator = start(Options {
        rate_limit: 3,
        ..Options::default()
    })
    .await
    .unwrap();
    let key = everyone(&simulator);
    let page = json!({"page": {"size": 10}}).to_string();
    for path in [USERS, ORGANIZATIONS, USERS] {
        assert_eq!(post(&simulator, &key, path, &*page).await.status(), 200);
    }
    let response = post(&simulator, &key, USERS, &*page).await;
    assert!(!response.headers().contains_key("retry-after"));
    let (status, error) = refusal(response).await;
    assert_eq!((status, &error["code"]), (429, &json!("too_many_requests")));
    let other = simulator.key(Role::OrganizationManager);
    assert_eq!(post(&simulator, other, USERS, &*page).await.status(), 200);
}

#[tokio::test]
async fn a_role_finds_people_only_where_it_was_switched_on() {
    let simulator = start(Options {
        role_filter: true,
        ..Options::default()
    })
    .await
    .unwrap();
    let key = everyone(&simulator);
    for role in Role::NAMED {
        let expected: Vec<u64> = simulator
            .people()
            .filter(|one| one.role == role)
            .map(|one| one.id)
            .collect();
        let body = json!({"filter": {"role": role}});
        let found = answer(&simulator, &key, USERS, body).await;
        assert_eq!(ids(&found), expected);
        assert!(!expected.is_empty());
    }
}

#[tokio::test]
async fn the_same_options_give_the_same_bytes_and_keys() {
    let (one, other) = (practice().await, practice().await);
    assert_eq!(one.keys(), other.keys());
    for path in [USERS, ORGANIZATIONS] {
        let first = post(&one, &everyone(&one), path, "{}").await;
        let second = post(&other, &everyone(&other), path, "{}").await;
        assert_eq!(first.bytes().await.unwrap(), second.bytes().await.unwrap());
    }
}

#[tokio::test]
async fn two_hundred_thousand_people_come_as_a_stream_with_meta_first() {
    let simulator = start(Options {
        people: 200_000,
        organizations: 2_000,
        rate_limit: 0,
        ..Options::default()
    })
    .await
    .unwrap();
    let key = everyone(&simulator);
    let mut response = post(&simulator, &key, USERS, "{}").await;
    assert_eq!(
        response.content_length(),
        None,
        "nobody knows it beforehand"
    );
    let mut text = Vec::new();
    let mut pieces = 0;
    while let Some(piece) = response.chunk().await.unwrap() {
        if pieces == 0 {
            assert!(piece.starts_with(b"{\"meta\":{\"total\":200000},\"results\":[{"));
        }
        pieces += 1;
        text.extend_from_slice(&piece);
    }
    assert!(pieces > 100, "{pieces} pieces");
    let found: Value = serde_json::from_slice(&text).unwrap();
    let all: Vec<u64> = simulator.people().map(|one| one.id).collect();
    assert_eq!(ids(&found), all);
}

#[tokio::test]
async fn every_platform_has_its_own_numbers() {
    use muster_directory::Platform;
    for platform in Platform::ALL {
        let simulator = start(Options {
            platform,
            ..Options::default()
        })
        .await
        .unwrap();
        assert_eq!(simulator.ready().medipim.platform, platform);
        let key = everyone(&simulator);
        let body = json!({"page": {"size": 10}});
        let found = answer(&simulator, &key, ORGANIZATIONS, body).await;
        for key in ["vatNr", "apbNr", "rizivNr", "finessNr", "cipNr"] {
            let known = platform.identifiers().iter().any(|kind| kind.key() == key);
            assert_eq!(found["results"][0].get(key).is_some(), known, "{key}");
        }
        let body = json!({"filter": {"cipNr": 5}}).to_string();
        let status = post(&simulator, &key, USERS, body).await.status().as_u16();
        let expected = if platform == Platform::Fr { 200 } else { 422 };
        assert_eq!(status, expected, "{platform}");
    }
}
