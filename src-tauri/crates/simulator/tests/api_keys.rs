//! Creating, finding and switching API keys over HTTP.

#![allow(
    clippy::unwrap_used,
    reason = "clippy sees only the test functions as tests"
)]

mod desk;

use desk::{Desk, both_about_the_undocumented, desk, desk_with, options, professional};
use muster_directory::Role;
use muster_simulator::{Key, Options, Touched};
use serde_json::{Value, json};

const CREATE: &str = "/v4/api-keys/create";
const QUERY: &str = "/v4/api-keys/query";
const UPDATE: &str = "/v4/api-keys/update";
const USERS: &str = "/v4/users/query";

/// A key as an answer told it.
fn key_of(answer: &Value, role: Role) -> Key {
    let api_key = &answer["apiKey"];
    Key {
        id: api_key["id"].as_u64().unwrap(),
        secret: api_key["secret"].as_str().unwrap().to_owned(),
        user: None,
        role,
        organization: None,
        organizations: Vec::new(),
        without_organization: false,
    }
}

/// Somebody with a role in an organization.
fn somebody(desk: &Desk, role: &Role) -> (u64, u64) {
    let snapshot = desk.simulator.now();
    let mut people = snapshot
        .people()
        .filter(|one| one.role == *role && snapshot.details(one.id).unwrap().traits.enabled);
    let found = people.find_map(|one| Some((one.id, one.organization?)));
    found.unwrap()
}

#[tokio::test]
async fn a_created_key_can_be_used_at_once_as_its_user() {
    let desk = desk().await;
    let reseller = desk.reseller();
    let (manager, organization) = somebody(&desk, &Role::OrganizationManager);
    let body = json!({"user": manager, "name": "  Kassa 1 "});
    let answer = desk.ok(&reseller, CREATE, &body).await;
    let own: Vec<_> = answer["apiKey"].as_object().unwrap().keys().collect();
    assert_eq!(own, ["id", "name", "secret", "isEnabled"]);
    assert_eq!(answer["apiKey"]["name"], "Kassa 1");
    assert_eq!(answer["apiKey"]["isEnabled"], true);
    let key = key_of(&answer, Role::OrganizationManager);
    assert_eq!(
        desk.simulator.mutations()[0].touched,
        [Touched::ApiKey(key.id)]
    );
    let seen = desk.found(&key, USERS, json!({"not": {"id": 1}})).await;
    let mut expected = desk
        .simulator
        .people()
        .filter(|one| one.organization == Some(organization));
    assert!(expected.by_ref().map(|one| one.id).eq(seen));
    let body = json!({"id": manager, "profile": {"name": "A"}});
    desk.ok(&key, "/v4/users/update", &body).await;
    let body = professional("anna@example.org", organization);
    assert_eq!(desk.status(&key, "/v4/users/create", &body).await, 403);

    let wrong = Key {
        secret: key.secret.to_uppercase(),
        ..key
    };
    assert_eq!(desk.status(&wrong, USERS, &json!({})).await, 401);
}

#[tokio::test]
async fn a_disabled_key_opens_nothing_until_it_is_enabled_again() {
    let desk = desk().await;
    let reseller = desk.reseller();
    let (manager, _) = somebody(&desk, &Role::OrganizationManager);
    let body = json!({"user": manager, "name": "Kassa"});
    let answer = desk.ok(&reseller, CREATE, &body).await;
    let key = key_of(&answer, Role::OrganizationManager);
    for enabled in [false, true] {
        let body = json!({"id": key.id, "isEnabled": enabled});
        let answer = desk.ok(&reseller, UPDATE, &body).await;
        let expected = json!({
            "id": key.id, "user": manager, "name": "Kassa", "isEnabled": enabled,
        });
        assert_eq!(answer, json!({"apiKey": expected}), "without the secret");
        let found = desk
            .ok(&reseller, QUERY, &json!({"filter": {"id": key.id}}))
            .await;
        assert_eq!(found["results"], json!([expected]));
        let status = desk.status(&key, USERS, &json!({})).await;
        assert_eq!(status, if enabled { 200 } else { 401 });
    }
}

#[tokio::test]
async fn a_key_of_somebody_who_cannot_log_in_opens_nothing() {
    let desk = desk().await;
    let reseller = desk.reseller();
    let mut body = professional("anna@example.org", reseller.organizations[0]);
    body["isEnabled"] = json!(false);
    let answer = desk.ok(&reseller, "/v4/users/create", &body).await;
    let body = json!({"user": answer["user"]["id"], "name": "Kassa"});
    let answer = desk.ok(&reseller, CREATE, &body).await;
    let key = key_of(&answer, Role::MedicalProfessional);
    assert_eq!(desk.status(&key, USERS, &json!({})).await, 401);
}

#[tokio::test]
async fn keys_are_found_by_id_and_user_and_their_secrets_are_never_told() {
    let desk = desk().await;
    let reseller = desk.reseller();
    let all = desk.ok(&reseller, QUERY, &json!({})).await;
    let total = all["meta"]["total"].as_u64().unwrap();
    assert!(total > 20, "{total} keys from the beginning");
    assert!(!all.to_string().contains("secret"));
    assert!(!all.to_string().contains("muster-practice"));
    let (user, _) = somebody(&desk, &Role::MedicalProfessional);
    let mut ids = desk.found(&reseller, QUERY, json!({"user": user})).await;
    for name in ["One", "Two"] {
        let body = json!({"user": user, "name": name});
        let answer = desk.ok(&reseller, CREATE, &body).await;
        ids.push(answer["apiKey"]["id"].as_u64().unwrap());
    }
    assert_eq!(
        desk.found(&reseller, QUERY, json!({"user": user})).await,
        ids
    );
    let last = *ids.last().unwrap();
    let filter = json!({"and": [{"user": user}, {"not": {"id": last}}]});
    assert_eq!(
        desk.found(&reseller, QUERY, filter).await,
        ids[..ids.len() - 1]
    );
    let body = json!({"sorting": {"id": "DESC"}, "page": {"size": 10}});
    let page = desk.ok(&reseller, QUERY, &body).await;
    assert_eq!(
        page["results"][0]["id"], last,
        "a new key has the highest id"
    );
    assert_eq!(page["meta"]["total"], total + 2);
    let body = json!({"filter": {"name": "One"}});
    assert_eq!(
        desk.violations(&reseller, QUERY, &body).await,
        ["filter.name"]
    );
}

#[tokio::test]
async fn a_key_from_the_beginning_opens_what_its_check_says_and_can_be_renamed_and_disabled() {
    let desk = desk().await;
    let reseller = desk.reseller();
    let check = "/v4/organizations/check/subscription";
    let body = json!({"filter": {"not": {"id": 1}}});
    let answer = desk.ok(&reseller, check, &body).await;
    let keys: Vec<Value> = answer["results"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|one| one["apiKeys"].as_array().unwrap().clone())
        .filter(|key| key["isEnabled"] == true)
        .collect();
    let snapshot = desk.simulator.now();
    let mut tried = 0;
    for one in &keys {
        let user = one["user"].as_u64().unwrap();
        let role = snapshot.person(user).unwrap().role;
        if !snapshot.details(user).unwrap().traits.enabled || role != Role::SoftwareDeveloper {
            continue;
        }
        let key = key_of(&json!({"apiKey": one}), role);
        let types = "/v4/subscription-types/query";
        desk.ok(&key, types, &json!({})).await;
        let body = json!({"id": key.id, "name": "Renamed", "isEnabled": false});
        desk.ok(&reseller, UPDATE, &body).await;
        assert_eq!(desk.status(&key, types, &json!({})).await, 401);
        tried += 1;
    }
    assert!(tried > 0, "there is one of a developer");
}

#[tokio::test]
async fn each_field_of_a_key_is_checked_at_its_path() {
    let desk = desk().await;
    let (reseller, other) = (desk.reseller(), desk.other_reseller());
    let (user, _) = somebody(&desk, &Role::MedicalProfessional);
    for (body, paths) in [
        (json!({}), vec!["user", "name"]),
        (json!({"user": user}), vec!["name"]),
        (json!({"user": user, "name": ""}), vec!["name"]),
        (json!({"user": 1, "name": "A"}), vec!["user"]),
        (json!({"user": user.to_string(), "name": "A"}), vec!["user"]),
        (
            json!({"user": user, "name": "A", "secret": "mine"}),
            vec!["secret"],
        ),
    ] {
        assert_eq!(
            desk.violations(&reseller, CREATE, &body).await,
            paths,
            "{body}"
        );
    }
    let body = json!({"user": user, "name": "A"});
    let answer = desk.ok(&reseller, CREATE, &body).await;
    let id = answer["apiKey"]["id"].as_u64().unwrap();
    for (body, paths) in [
        (json!({}), vec!["id", "body"]),
        (json!({"id": id}), vec!["body"]),
        (json!({"id": id, "name": null}), vec!["name"]),
        (json!({"id": id, "isEnabled": 1}), vec!["isEnabled"]),
        (json!({"id": id, "user": user, "name": "A"}), vec!["user"]),
    ] {
        assert_eq!(
            desk.violations(&reseller, UPDATE, &body).await,
            paths,
            "{body}"
        );
    }
    let body = json!({"id": 1_000_000, "name": "A"});
    assert_eq!(desk.status(&reseller, UPDATE, &body).await, 404);

    let mut people = desk.simulator.people();
    let unseen = people.find(|one| {
        one.organization
            .is_some_and(|id| !other.organizations.contains(&id))
    });
    let unseen = unseen.unwrap().id;
    let body = json!({"user": unseen, "name": "A"});
    assert_eq!(desk.violations(&other, CREATE, &body).await, ["user"]);
    let answer = desk.ok(&reseller, CREATE, &body).await;
    let body = json!({"id": answer["apiKey"]["id"], "name": "B"});
    assert_eq!(desk.status(&other, UPDATE, &body).await, 404);
    assert!(
        desk.found(&other, QUERY, json!({"user": unseen}))
            .await
            .is_empty()
    );
}

#[tokio::test]
async fn the_rules_say_who_creates_and_manages_keys() {
    for (desk, tried) in both_about_the_undocumented().await {
        for (role, [create, query, update]) in [
            (Role::Reseller, [200, 200, 200]),
            (Role::OrganizationManager, [tried, tried, tried]),
            (Role::OrganizationCustomerService, [tried, tried, tried]),
            (Role::MedicalProfessional, [403, tried, 403]),
            (Role::SoftwareDeveloper, [403, tried, 403]),
        ] {
            let key = desk.key(role.clone());
            let organization = key.organization.unwrap_or_else(|| key.organizations[0]);
            let mut people = desk.simulator.people();
            let user = people
                .find(|one| one.organization == Some(organization))
                .unwrap();
            let body = json!({"user": user.id, "name": "A"});
            let response = desk.post(&key, CREATE, &body).await;
            assert_eq!(response.status(), create, "{role}");
            assert_eq!(desk.status(&key, QUERY, &json!({})).await, query, "{role}");
            let made: Value = response.json().await.unwrap();
            if let Some(id) = made["apiKey"]["id"].as_u64() {
                let body = json!({"id": id, "name": "B"});
                assert_eq!(desk.status(&key, UPDATE, &body).await, update, "{role}");
            }
        }
    }
}

#[tokio::test]
async fn two_keys_of_one_reseller_share_what_is_linked() {
    let desk = desk_with(Options {
        people: 2_000,
        ..options()
    })
    .await;
    let reseller = desk.reseller();
    let body = json!({"user": reseller.user.unwrap(), "name": "Second"});
    let answer = desk.ok(&reseller, CREATE, &body).await;
    let second = key_of(&answer, Role::Reseller);
    let everybody = || json!({"not": {"id": 1}});
    assert_eq!(desk.found(&second, USERS, everybody()).await.len(), 2_000);
    let body = json!({"name": "New", "type": "other"});
    let answer = desk.ok(&second, "/v4/organizations/create", &body).await;
    let id = answer["organization"]["id"].as_u64().unwrap();
    let found = desk
        .found(&reseller, "/v4/organizations/query", json!({"id": id}))
        .await;
    assert_eq!(found, [id]);
}
