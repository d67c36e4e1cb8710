//! Creating and changing people over HTTP: every field, every role, every scope.

#![allow(
    clippy::unwrap_used,
    reason = "clippy sees only the test functions as tests"
)]

mod desk;

use std::time::{SystemTime, UNIX_EPOCH};

use desk::{both_about_the_undocumented, desk, desk_with, options, professional};
use futures::future::join_all;
use muster_directory::Role;
use muster_simulator::{Language, Options};
use serde_json::{Value, json};

const CREATE: &str = "/v4/users/create";
const UPDATE: &str = "/v4/users/update";
const USERS: &str = "/v4/users/query";

fn now() -> u64 {
    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    now.unwrap().as_secs()
}

/// A body with something else at a field; null leaves it out.
fn with(body: &Value, pointer: &str, value: Value) -> Value {
    let mut body = body.clone();
    let (parent, key) = pointer.rsplit_once('/').unwrap();
    let parent = body.pointer_mut(parent).unwrap().as_object_mut().unwrap();
    parent.insert(key.to_owned(), value);
    body
}

fn without(body: &Value, pointer: &str) -> Value {
    let mut body = body.clone();
    let (parent, key) = pointer.rsplit_once('/').unwrap();
    let parent = body.pointer_mut(parent).unwrap().as_object_mut().unwrap();
    parent.remove(key);
    body
}

#[tokio::test]
async fn a_created_person_is_answered_like_any_other_and_nothing_more_is_told() {
    let desk = desk().await;
    let key = desk.reseller();
    let before = now();
    let last = desk.simulator.people().last().unwrap().id;
    let organization = key.organizations[3];
    let body = professional("anna@example.org", organization);
    let answer = desk.ok(&key, CREATE, &body).await;
    let at = answer["user"]["meta"]["createdAt"].as_u64().unwrap();
    assert!((before..=now()).contains(&at), "the real clock");
    let expected = json!({
        "id": last + 1,
        "name": "Anna Peeters",
        "organization": organization,
        "meta": {"createdAt": at, "updatedAt": at},
    });
    assert_eq!(answer, json!({"user": expected}));
    let body = json!({"filter": {"id": last + 1}});
    let found = desk.ok(&key, USERS, &body).await;
    assert_eq!(found["results"], json!([expected]));
    let details = desk.simulator.now().details(last + 1).unwrap();
    assert_eq!(details.email, "anna@example.org");
    assert_eq!(details.target_groups, ["pharmacists"]);
    assert!(details.traits.enabled && !details.traits.public);
    assert_eq!(details.traits.language, Language::Dutch);
    assert_eq!(details.traits.subscription.end, Some(1_900_000_000));
}

#[tokio::test]
async fn what_may_be_left_out_has_its_default() {
    let desk = desk().await;
    let key = desk.reseller();
    let body = json!({
        "email": "b@example.org",
        "role": "medical_professional",
        "organization": key.organizations[0],
        "profile": {"name": "  B  "},
        "preferences": {"language": "de"},
        "subscription": {"type": 1, "end": null},
    });
    let answer = desk.ok(&key, CREATE, &body).await;
    assert_eq!(answer["user"]["name"], "B", "without the spaces around it");
    let id = answer["user"]["id"].as_u64().unwrap();
    let details = desk.simulator.now().details(id).unwrap();
    assert!(details.traits.enabled && details.traits.public);
    assert!(details.target_groups.is_empty());
    let subscription = details.traits.subscription;
    assert_eq!((subscription.start, subscription.end), (None, None));
}

#[tokio::test]
async fn each_field_of_a_new_person_is_checked_at_its_path() {
    let desk = desk().await;
    let key = desk.reseller();
    let good = professional("anna@example.org", key.organizations[0]);
    let seeded = desk.simulator.people().next().unwrap().id;
    let taken = desk.simulator.now().details(seeded).unwrap().email;
    let long = |count: usize| "x".repeat(count);
    let cases = [
        ("/email", json!(null), "email"),
        ("/email", json!(5), "email"),
        ("/email", json!(""), "email"),
        ("/email", json!("anna"), "email"),
        ("/email", json!("@example.org"), "email"),
        ("/email", json!("anna@example"), "email"),
        ("/email", json!("anna@example."), "email"),
        ("/email", json!("anna@.example.org"), "email"),
        ("/email", json!("anna@ex@ample.org"), "email"),
        ("/email", json!("an na@example.org"), "email"),
        ("/email", json!("anna@example.org "), "email"),
        (
            "/email",
            json!(format!("{}@example.org", long(243))),
            "email",
        ),
        ("/email", json!(taken), "email"),
        ("/email", json!(taken.to_uppercase()), "email"),
        ("/password", json!(null), "password"),
        ("/password", json!("7 signs"), "password"),
        ("/role", json!("organization_manager"), "role"),
        ("/role", json!("organization_customer_service"), "role"),
        ("/role", json!("software_developer"), "role"),
        ("/role", json!("reseller"), "role"),
        ("/role", json!("Medical_Professional"), "role"),
        ("/role", json!(1), "role"),
        ("/targetGroups", json!("pharmacists"), "targetGroups"),
        ("/targetGroups", json!(["pharmacists", ""]), "targetGroups"),
        ("/targetGroups", json!([1]), "targetGroups"),
        ("/organization", json!(999_999), "organization"),
        ("/organization", json!("5"), "organization"),
        ("/organization", json!(0), "organization"),
        ("/organization", json!(null), "organization"),
        ("/isEnabled", json!("true"), "isEnabled"),
        ("/isEnabled", json!(1), "isEnabled"),
        ("/profile", json!("Anna"), "profile"),
        ("/profile/name", json!(""), "profile.name"),
        ("/profile/name", json!(" \t "), "profile.name"),
        ("/profile/name", json!(long(256)), "profile.name"),
        ("/profile/name", json!(7), "profile.name"),
        ("/profile/nickname", json!("An"), "profile.nickname"),
        ("/preferences", json!([]), "preferences"),
        ("/preferences/isPublic", json!("no"), "preferences.isPublic"),
        ("/preferences/language", json!("NL"), "preferences.language"),
        ("/preferences/language", json!("it"), "preferences.language"),
        ("/subscription", json!(4), "subscription"),
        ("/subscription/type", json!(5), "subscription.type"),
        ("/subscription/type", json!("4"), "subscription.type"),
        ("/subscription/start", json!("2026"), "subscription.start"),
        ("/subscription/start", json!(-1), "subscription.start"),
        ("/subscription/end", json!(1.5), "subscription.end"),
        (
            "/subscription/end",
            json!(1_700_000_000),
            "subscription.end",
        ),
        ("/roles", json!([]), "roles"),
    ];
    for (pointer, value, path) in cases {
        let body = with(&good, pointer, value);
        assert_eq!(desk.violations(&key, CREATE, &body).await, [path], "{body}");
    }
    for (pointer, path) in [
        ("/email", "email"),
        ("/role", "role"),
        ("/organization", "organization"),
        ("/profile", "profile.name"),
        ("/profile/name", "profile.name"),
        ("/preferences", "preferences.language"),
        ("/preferences/language", "preferences.language"),
        ("/subscription", "subscription.type"),
        ("/subscription/type", "subscription.type"),
    ] {
        let body = without(&good, pointer);
        assert_eq!(desk.violations(&key, CREATE, &body).await, [path], "{body}");
    }
    let people = desk.simulator.now().people().len();
    assert_eq!(people, 500, "nothing that was refused is there");
    let longest = format!("{}@example.org", long(242));
    let body = with(
        &with(&good, "/email", json!(longest)),
        "/profile/name",
        json!(long(255)),
    );
    desk.ok(&key, CREATE, &body).await;
}

#[tokio::test]
async fn everything_that_is_wrong_is_told_together() {
    let desk = desk().await;
    let key = desk.reseller();
    let body = json!({"email": "x", "role": "x", "subscription": {"type": 0}, "x": 1});
    let expected = [
        "x",
        "email",
        "role",
        "organization",
        "profile.name",
        "preferences.language",
        "subscription.type",
    ];
    assert_eq!(desk.violations(&key, CREATE, &body).await, expected);
    assert_eq!(desk.violations(&key, CREATE, &json!([])).await[0], "body");
    assert_eq!(
        desk.violations(&key, UPDATE, &json!({})).await,
        ["id", "body"]
    );
}

#[tokio::test]
async fn of_two_creations_with_one_address_at_once_exactly_one_wins() {
    let desk = desk().await;
    let key = desk.reseller();
    let addresses = ["anna@example.org", "Anna@Example.Org"];
    let bodies: Vec<_> = (0..20)
        .map(|nth| professional(addresses[nth % 2], key.organizations[nth % 5]))
        .collect();
    let statuses = join_all(bodies.iter().map(|body| desk.status(&key, CREATE, body))).await;
    let won = statuses.iter().filter(|status| **status == 200).count();
    let lost = statuses.iter().filter(|status| **status == 422).count();
    assert_eq!((won, lost), (1, 19));
    assert_eq!(desk.simulator.now().people().len(), 501);
    let numbers: Vec<_> = desk
        .simulator
        .mutations()
        .iter()
        .map(|one| one.number)
        .collect();
    assert_eq!(numbers, (1..=20).collect::<Vec<_>>());
}

#[tokio::test]
async fn a_reseller_creates_only_in_organizations_that_are_linked() {
    let desk = desk().await;
    let (all, part) = (desk.reseller(), desk.other_reseller());
    let mut organizations = all.organizations.iter();
    let foreign = organizations
        .find(|id| !part.organizations.contains(id))
        .unwrap();
    let body = professional("anna@example.org", *foreign);
    assert_eq!(
        desk.violations(&part, CREATE, &body).await,
        ["organization"]
    );
    let body = professional("anna@example.org", part.organizations[0]);
    desk.ok(&part, CREATE, &body).await;
}

#[tokio::test]
async fn a_created_person_is_found_by_every_filter_and_counts_in_its_organization() {
    let desk = desk_with(Options {
        role_filter: true,
        ..options()
    })
    .await;
    let key = desk.reseller();
    let organization = desk
        .simulator
        .organizations()
        .find(|one| one.identifiers.iter().all(|(_, number)| number.is_some()))
        .unwrap();
    let body = professional("anna@example.org", organization.id);
    let id = desk.ok(&key, CREATE, &body).await["user"]["id"]
        .as_u64()
        .unwrap();
    let mut filters = vec![
        json!({"id": [1, id]}),
        json!({"organization": organization.id}),
        json!({"role": "medical_professional"}),
        json!({"not": {"role": "reseller"}}),
        json!({"and": [{"organization": organization.id}, {"id": id}]}),
    ];
    for (kind, number) in &organization.identifiers {
        filters.push(json!({kind.key(): number}));
    }
    for filter in filters {
        let found = desk.found(&key, USERS, filter.clone()).await;
        assert_eq!(
            found.iter().filter(|one| **one == id).count(),
            1,
            "{filter}"
        );
    }
    let not = json!({"not": {"organization": organization.id}});
    assert!(!desk.found(&key, USERS, not).await.contains(&id));
    let body = json!({"sorting": {"id": "DESC"}, "page": {"size": 10}});
    let last = desk.ok(&key, USERS, &body).await;
    assert_eq!(last["results"][0]["id"], id);
    assert_eq!(last["meta"]["total"], 501);
    let snapshot = desk.simulator.now();
    let now = snapshot
        .organizations()
        .find(|one| one.id == organization.id);
    assert_eq!(now.unwrap().people, organization.people + 1);
}

#[tokio::test]
async fn a_change_touches_what_it_names_and_nothing_else() {
    let desk = desk().await;
    let key = desk.reseller();
    let id = desk.simulator.people().nth(17).unwrap().id;
    let before = desk.simulator.now();
    let body = json!({"id": id, "profile": {"name": "Someone Else"}});
    let answer = desk.ok(&key, UPDATE, &body).await;
    let (person, details) = (before.person(id).unwrap(), before.details(id).unwrap());
    assert_eq!(answer["user"]["name"], "Someone Else");
    assert_eq!(answer["user"]["meta"]["createdAt"], person.created_at);
    assert!(answer["user"]["meta"]["updatedAt"].as_i64().unwrap() >= person.updated_at);
    assert_eq!(desk.simulator.now().details(id).unwrap(), details);

    let body = json!({"id": id, "preferences": {"isPublic": !details.traits.public}});
    desk.ok(&key, UPDATE, &body).await;
    let body = json!({"id": id, "subscription": {"start": null, "end": 2_000_000_000_u64}});
    desk.ok(&key, UPDATE, &body).await;
    let after = desk.simulator.now().details(id).unwrap().traits;
    assert_eq!(after.public, !details.traits.public);
    assert_eq!(after.language, details.traits.language);
    assert_eq!(after.enabled, details.traits.enabled);
    assert_eq!(after.subscription.kind, details.traits.subscription.kind);
    assert_eq!(
        (after.subscription.start, after.subscription.end),
        (None, Some(2_000_000_000))
    );
    let found = desk.ok(&key, USERS, &json!({"filter": {"id": id}})).await;
    assert_eq!(found["results"][0]["name"], "Someone Else");
    assert_eq!(
        before.person(id).unwrap(),
        person,
        "who holds a snapshot keeps it"
    );
}

#[tokio::test]
async fn each_field_of_a_change_is_checked_at_its_path() {
    let desk = desk().await;
    let key = desk.reseller();
    let id = desk.simulator.people().next().unwrap().id;
    for (body, paths) in [
        (json!({"id": id}), vec!["body"]),
        (json!({"profile": {"name": "A"}}), vec!["id"]),
        (json!({"id": "1", "profile": {"name": "A"}}), vec!["id"]),
        (json!({"id": id, "profile": {}}), vec!["profile"]),
        (json!({"id": id, "profile": null}), vec!["profile"]),
        (
            json!({"id": id, "profile": {"name": " "}}),
            vec!["profile.name"],
        ),
        (
            json!({"id": id, "email": "a@b.example"}),
            vec!["email", "body"],
        ),
        (
            json!({"id": id, "preferences": {"language": "xx"}}),
            vec!["preferences.language"],
        ),
        (
            json!({"id": id, "preferences": {"isPublic": null}}),
            vec!["preferences.isPublic"],
        ),
        (
            json!({"id": id, "subscription": {"type": null}}),
            vec!["subscription.type"],
        ),
        (
            json!({"id": id, "subscription": {"type": 99}}),
            vec!["subscription.type"],
        ),
        (
            json!({"id": id, "subscription": {"start": 20, "end": 10}}),
            vec!["subscription.end"],
        ),
        (
            json!({"profile": {"name": ""}, "subscription": {"start": 20, "end": 10}}),
            vec!["id", "profile.name", "subscription.end"],
        ),
    ] {
        assert_eq!(desk.violations(&key, UPDATE, &body).await, paths, "{body}");
    }
    let body = json!({"id": id, "subscription": {"start": null, "end": 10}});
    desk.ok(&key, UPDATE, &body).await;
    let body = json!({"id": id, "subscription": {"start": 10}});
    assert_eq!(
        desk.violations(&key, UPDATE, &body).await,
        ["subscription.start"]
    );
}

#[tokio::test]
async fn who_is_not_there_or_not_seen_is_not_found() {
    let desk = desk().await;
    let part = desk.other_reseller();
    let seen = desk.found(&part, USERS, json!({"not": {"id": 1}})).await;
    let unseen = desk
        .simulator
        .people()
        .find(|one| !seen.contains(&one.id))
        .unwrap();
    for id in [unseen.id, 1, 999_999_999] {
        let body = json!({"id": id, "profile": {"name": "A"}});
        let response = desk.post(&part, UPDATE, &body).await;
        assert_eq!(response.status(), 404);
        let answer: Value = response.json().await.unwrap();
        assert_eq!(answer["error"]["code"], "not_found");
    }
    let body = json!({"id": seen[0], "profile": {"name": "A"}});
    desk.ok(&part, UPDATE, &body).await;
}

#[tokio::test]
async fn the_rules_say_who_creates_and_changes_people() {
    for (desk, tried) in both_about_the_undocumented().await {
        for (role, [create, profile, preferences, subscription, both]) in [
            (Role::Reseller, [200, 200, 200, 200, 200]),
            (Role::OrganizationManager, [403, 200, 200, tried, tried]),
            (Role::OrganizationCustomerService, [tried; 5]),
            (Role::MedicalProfessional, [403; 5]),
            (Role::SoftwareDeveloper, [403; 5]),
        ] {
            let key = desk.key(role.clone());
            let organization = key.organization.unwrap_or_else(|| key.organizations[0]);
            let email = format!("{role}@example.org");
            let body = professional(&email, organization);
            assert_eq!(desk.status(&key, CREATE, &body).await, create, "{role}");
            let mut people = desk.simulator.people();
            let person = people.find(|one| one.organization == Some(organization));
            let id = person.unwrap().id;
            for (part, expected) in [
                (json!({"id": id, "profile": {"name": "A"}}), profile),
                (
                    json!({"id": id, "preferences": {"language": "fr"}}),
                    preferences,
                ),
                (json!({"id": id, "subscription": {"type": 1}}), subscription),
                (
                    json!({"id": id, "profile": {"name": "B"}, "subscription": {"type": 1}}),
                    both,
                ),
            ] {
                assert_eq!(
                    desk.status(&key, UPDATE, &part).await,
                    expected,
                    "{role} {part}"
                );
            }
            let outside = desk
                .simulator
                .people()
                .find(|one| one.organization.is_some() && one.organization != key.organization);
            let body = json!({"id": outside.unwrap().id, "profile": {"name": "A"}});
            if key.role != Role::Reseller && profile == 200 {
                assert_eq!(desk.status(&key, UPDATE, &body).await, 404, "{role}");
            }
        }
        let applied = desk
            .simulator
            .mutations()
            .iter()
            .filter(|one| one.applied)
            .count();
        assert_eq!(applied, if tried == 200 { 14 } else { 7 });
    }
}
