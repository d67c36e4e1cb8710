//! Creating, linking and checking organizations over HTTP.

#![allow(
    clippy::unwrap_used,
    reason = "clippy sees only the test functions as tests"
)]

mod desk;

use desk::{Desk, both_about_the_undocumented, desk, desk_with, options, professional};
use muster_directory::{Platform, Role};
use muster_simulator::{Key, Options, Touched};
use serde_json::{Value, json};

const CREATE: &str = "/v4/organizations/create";
const LINK: &str = "/v4/organizations/link";
const CHECK: &str = "/v4/organizations/check/subscription";
const ORGANIZATIONS: &str = "/v4/organizations/query";
const USERS: &str = "/v4/users/query";
const TYPES: &str = "/v4/subscription-types/query";

fn pharmacy() -> Value {
    json!({
        "name": "Apotheek De Nieuwe",
        "type": "medical_professional",
        "vatNr": "BE0999999999",
        "apbNr": "099901",
        "rizivNr": 99_990_177,
    })
}

async fn created(desk: &Desk, key: &Key, body: &Value) -> u64 {
    let answer = desk.ok(key, CREATE, body).await;
    answer["organization"]["id"].as_u64().unwrap()
}

/// An organization that is linked to the first reseller and not to the second.
fn foreign(desk: &Desk) -> u64 {
    let (all, part) = (desk.reseller(), desk.other_reseller());
    let mut organizations = all.organizations.into_iter();
    organizations
        .find(|id| !part.organizations.contains(id))
        .unwrap()
}

#[tokio::test]
async fn a_created_organization_is_linked_to_its_reseller_and_to_nobody_else() {
    let desk = desk().await;
    let key = desk.other_reseller();
    let last = desk.simulator.organizations().last().unwrap().id;
    let answer = desk.ok(&key, CREATE, &pharmacy()).await;
    let organization = &answer["organization"];
    let at = &organization["meta"]["createdAt"];
    assert_eq!(
        *organization,
        json!({
            "id": last + 1,
            "name": "Apotheek De Nieuwe",
            "type": "medical_professional",
            "vatNr": "BE0999999999",
            "apbNr": "099901",
            "rizivNr": "99990177",
            "specializations": [],
            "meta": {"createdAt": at, "updatedAt": at},
        })
    );
    for filter in [
        json!({"id": last + 1}),
        json!({"name": "Apotheek De Nieuwe"}),
        json!({"searchName": "de nieuwe"}),
        json!({"type": "medical_professional"}),
        json!({"vatNr": "BE0999999999"}),
        json!({"apbNr": "099901"}),
        json!({"rizivNr": 99_990_177}),
        json!({"not": {"type": "supplier"}}),
    ] {
        let found = desk.found(&key, ORGANIZATIONS, filter.clone()).await;
        assert!(found.contains(&(last + 1)), "{filter}");
    }
    let apb = json!({"apbNr": 99_901});
    assert!(
        desk.found(&key, ORGANIZATIONS, apb).await.is_empty(),
        "zeros count"
    );
    let id = json!({"id": last + 1});
    assert!(
        desk.found(&desk.reseller(), ORGANIZATIONS, id)
            .await
            .is_empty()
    );
    assert_eq!(
        desk.simulator.mutations()[0].touched,
        [Touched::Organization(last + 1)]
    );
}

#[tokio::test]
async fn people_can_be_created_in_a_created_organization_and_found_by_its_numbers() {
    let desk = desk().await;
    let key = desk.other_reseller();
    let id = created(&desk, &key, &pharmacy()).await;
    let body = professional("anna@example.org", id);
    let answer = desk.ok(&key, "/v4/users/create", &body).await;
    let person = answer["user"]["id"].as_u64().unwrap();
    for filter in [
        json!({"organization": id}),
        json!({"vatNr": "BE0999999999"}),
        json!({"apbNr": "099901"}),
    ] {
        assert_eq!(desk.found(&key, USERS, filter).await, [person]);
    }
    let all = desk.reseller();
    let body = json!({"id": person, "profile": {"name": "A"}});
    assert_eq!(desk.status(&all, "/v4/users/update", &body).await, 404);
}

#[tokio::test]
async fn created_organizations_stand_between_the_others_by_name() {
    let desk = desk().await;
    let key = desk.reseller();
    for name in ["Zzz last", "AAA first", "Middle"] {
        let body = json!({"name": name, "type": "other"});
        created(&desk, &key, &body).await;
    }
    let sorted = async |direction: &str| {
        let body = json!({"sorting": {"name": direction}});
        let answer = desk.ok(&key, ORGANIZATIONS, &body).await;
        let results = answer["results"].as_array().unwrap().clone();
        let name = |one: &Value| one["name"].as_str().unwrap().to_owned();
        results.iter().map(name).collect::<Vec<_>>()
    };
    let (rising, mut falling) = (sorted("ASC").await, sorted("DESC").await);
    assert_eq!(rising.len(), 43);
    assert_eq!((&*rising[0], &*rising[42]), ("AAA first", "Zzz last"));
    let folded = |name: &String| muster_directory::name::fold(name);
    assert!(rising.iter().map(folded).is_sorted());
    falling.reverse();
    assert_eq!(falling, rising);
}

#[tokio::test]
async fn each_field_of_a_new_organization_is_checked_at_its_path() {
    let desk = desk().await;
    let key = desk.reseller();
    created(&desk, &key, &pharmacy()).await;
    let seeded = desk
        .simulator
        .organizations()
        .find_map(|one| Some(one.identifiers[0].1?.to_owned()))
        .unwrap();
    let before = desk.simulator.now().organizations().len();
    for (body, paths) in [
        (json!({}), vec!["name", "type"]),
        (json!({"name": " ", "type": "other"}), vec!["name"]),
        (
            json!({"name": "x".repeat(256), "type": "other"}),
            vec!["name"],
        ),
        (json!({"name": "A", "type": "Supplier"}), vec!["type"]),
        (json!({"name": "A", "type": 1}), vec!["type"]),
        (
            json!({"name": "A", "type": "other", "vatNr": 5}),
            vec!["vatNr"],
        ),
        (
            json!({"name": "A", "type": "other", "vatNr": ""}),
            vec!["vatNr"],
        ),
        (
            json!({"name": "A", "type": "other", "vatNr": seeded}),
            vec!["vatNr"],
        ),
        (
            json!({"name": "A", "type": "other", "apbNr": "099901"}),
            vec!["apbNr"],
        ),
        (
            json!({"name": "A", "type": "other", "rizivNr": "99990177"}),
            vec!["rizivNr"],
        ),
        (
            json!({"name": "A", "type": "other", "apbNr": "1".repeat(65)}),
            vec!["apbNr"],
        ),
        (
            json!({"name": "A", "type": "other", "cipNr": 1}),
            vec!["cipNr"],
        ),
        (
            json!({"name": "A", "type": "x", "id": 1}),
            vec!["id", "type"],
        ),
    ] {
        assert_eq!(desk.violations(&key, CREATE, &body).await, paths, "{body}");
    }
    assert_eq!(desk.simulator.now().organizations().len(), before);
    let body = json!({"name": "A", "type": "other", "vatNr": null, "apbNr": 99_901});
    let answer = desk.ok(&key, CREATE, &body).await;
    assert_eq!(answer["organization"]["vatNr"], Value::Null);
    assert_eq!(answer["organization"]["apbNr"], "99901", "zeros count");
}

#[tokio::test]
async fn a_linked_organization_is_seen_with_its_people_and_linking_again_changes_nothing() {
    let desk = desk().await;
    let key = desk.other_reseller();
    let foreign = foreign(&desk);
    let people: Vec<u64> = desk
        .simulator
        .people()
        .filter(|one| one.organization == Some(foreign))
        .map(|one| one.id)
        .collect();
    let in_it = || json!({"organization": foreign});
    assert!(desk.found(&key, USERS, in_it()).await.is_empty());
    let answer = desk.ok(&key, LINK, &json!({"organization": foreign})).await;
    assert_eq!(answer["organization"]["id"], foreign);
    assert_eq!(desk.found(&key, USERS, in_it()).await, people);
    let id = json!({"id": foreign});
    assert_eq!(desk.found(&key, ORGANIZATIONS, id).await, [foreign]);
    let again = desk.ok(&key, LINK, &json!({"organization": foreign})).await;
    assert_eq!(again, answer);
    let applied: Vec<_> = desk
        .simulator
        .mutations()
        .iter()
        .map(|one| one.applied)
        .collect();
    assert_eq!(applied, [true, false]);
    let body = professional("anna@example.org", foreign);
    desk.ok(&key, "/v4/users/create", &body).await;

    let new = created(&desk, &desk.reseller(), &pharmacy()).await;
    desk.ok(&key, LINK, &json!({"organization": new})).await;
    assert_eq!(
        desk.found(&key, ORGANIZATIONS, json!({"id": new})).await,
        [new]
    );
    for body in [
        json!({}),
        json!({"organization": 999_999}),
        json!({"organization": "1"}),
        json!({"organization": [foreign]}),
    ] {
        assert_eq!(
            desk.violations(&key, LINK, &body).await,
            ["organization"],
            "{body}"
        );
    }
}

#[tokio::test]
async fn the_rules_say_who_creates_links_and_checks_organizations() {
    for (desk, tried) in both_about_the_undocumented().await {
        for (role, [create, link, check]) in [
            (Role::Reseller, [200, 200, 200]),
            (Role::OrganizationManager, [tried, tried, tried]),
            (Role::OrganizationCustomerService, [tried, tried, tried]),
            (Role::MedicalProfessional, [403, tried, tried]),
            (Role::SoftwareDeveloper, [403, tried, tried]),
        ] {
            let key = desk.key(role.clone());
            let body = json!({"name": "A", "type": "other"});
            assert_eq!(desk.status(&key, CREATE, &body).await, create, "{role}");
            let body = json!({"organization": foreign(&desk)});
            assert_eq!(desk.status(&key, LINK, &body).await, link, "{role}");
            let body = json!({"filter": {"not": {"id": 1}}});
            assert_eq!(desk.status(&key, CHECK, &body).await, check, "{role}");
            desk.ok(&key, TYPES, &json!({})).await;
        }
    }
}

#[tokio::test]
async fn subscriptions_are_checked_for_what_is_linked_and_come_with_secrets() {
    let desk = desk().await;
    let key = desk.other_reseller();
    let body = json!({"filter": {"not": {"id": 1}}});
    let answer = desk.ok(&key, CHECK, &body).await;
    let results = answer["results"].as_array().unwrap();
    let ids: Vec<_> = results
        .iter()
        .map(|one| one["organization"].as_u64().unwrap())
        .collect();
    assert_eq!(ids, key.organizations);
    let keys: Vec<&Value> = results
        .iter()
        .flat_map(|one| one["apiKeys"].as_array().unwrap())
        .collect();
    assert!(keys.len() > 5, "{} keys", keys.len());
    for one in &keys {
        let own: Vec<_> = one.as_object().unwrap().keys().collect();
        assert_eq!(own, ["id", "user", "name", "secret", "isEnabled"]);
        assert!(
            one["secret"]
                .as_str()
                .unwrap()
                .starts_with("muster-practice-")
        );
    }
    let subscriptions = results
        .iter()
        .flat_map(|one| one["activeSubscriptions"].as_array().unwrap());
    for one in subscriptions {
        assert!(
            one["type"].is_u64() && one["name"]["nl"].is_string(),
            "{one}"
        );
        assert!(one.get("start").is_some() && one.get("end").is_some());
    }
}

#[tokio::test]
async fn a_check_shows_what_was_just_created() {
    let desk = desk().await;
    let key = desk.reseller();
    let organization = created(&desk, &key, &pharmacy()).await;
    let body = json!({"filter": {"id": organization}});
    let empty = desk.ok(&key, CHECK, &body).await;
    assert_eq!(
        empty["results"],
        json!([{
            "organization": organization,
            "name": "Apotheek De Nieuwe",
            "activeSubscriptions": [],
            "apiKeys": [],
        }])
    );
    let anna = professional("anna@example.org", organization);
    let mut ended = professional("bert@example.org", organization);
    ended["subscription"] = json!({"type": 3, "start": 1, "end": 2});
    let mut endless = professional("carl@example.org", organization);
    endless["subscription"] = json!({"type": 4, "start": 1_600_000_000});
    let mut ids = Vec::new();
    for person in [&anna, &ended, &endless] {
        let answer = desk.ok(&key, "/v4/users/create", person).await;
        ids.push(answer["user"]["id"].clone());
    }
    let new = json!({"user": ids[0], "name": "Kassa"});
    let new = desk.ok(&key, "/v4/api-keys/create", &new).await;
    let checked = desk.ok(&key, CHECK, &body).await;
    let checked = &checked["results"][0];
    let active = checked["activeSubscriptions"].as_array().unwrap();
    assert_eq!(active.len(), 1, "one a type, and none that has ended");
    assert_eq!(active[0]["type"], 4);
    assert_eq!(active[0]["start"], 1_600_000_000);
    assert_eq!(active[0]["end"], Value::Null);
    assert_eq!(active[0]["name"]["fr"], "Professionnel");
    assert_eq!(checked["apiKeys"][0]["secret"], new["apiKey"]["secret"]);
    assert_eq!(checked["apiKeys"][0]["user"], ids[0]);
}

#[tokio::test]
async fn a_check_needs_a_filter() {
    let desk = desk().await;
    let key = desk.reseller();
    for (body, path) in [
        (json!({}), "filter"),
        (json!({"filter": {}}), "filter"),
        (
            json!({"filter": {"organization": 1}}),
            "filter.organization",
        ),
        (json!({"filter": {"id": 1}, "secrets": false}), "secrets"),
    ] {
        assert_eq!(desk.violations(&key, CHECK, &body).await, [path], "{body}");
    }
}

#[tokio::test]
async fn subscription_types_are_found_by_id_and_code() {
    let desk = desk().await;
    let key = desk.key(Role::SoftwareDeveloper);
    let all = desk.ok(&key, TYPES, &json!({})).await;
    assert_eq!(all["meta"]["total"], 6);
    let first = &all["results"][0];
    assert_eq!(
        *first,
        json!({
            "id": 1,
            "name": {"nl": "Gratis", "fr": "Gratuit", "de": "Kostenlos", "en": "Free"},
            "code": "free",
        })
    );
    for (filter, expected) in [
        (json!({"id": [1, 9, 5]}), vec![1, 9]),
        (json!({"code": "trial"}), vec![2]),
        (
            json!({"not": {"or": [{"id": 1}, {"code": "trial"}]}}),
            vec![3, 4, 7, 9],
        ),
        (json!({"and": [{"id": 3}, {"code": "trial"}]}), vec![]),
    ] {
        assert_eq!(desk.found(&key, TYPES, filter).await, expected);
    }
    let body = json!({"filter": {"name": "Gratis"}});
    assert_eq!(desk.violations(&key, TYPES, &body).await, ["filter.name"]);
}

#[tokio::test]
async fn each_platform_takes_its_own_numbers() {
    for platform in Platform::ALL {
        let desk = desk_with(Options {
            platform,
            ..options()
        })
        .await;
        let key = desk.reseller();
        let mut body = json!({"name": "A", "type": "other"});
        for kind in platform.identifiers() {
            body[kind.key()] = json!("X-1");
        }
        let answer = desk.ok(&key, CREATE, &body).await;
        for kind in platform.identifiers() {
            assert_eq!(answer["organization"][kind.key()], "X-1", "{platform}");
        }
    }
}
