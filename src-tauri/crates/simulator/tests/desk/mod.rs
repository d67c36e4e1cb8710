//! What tests of writes share: a simulator, requests with a key, bodies that are in order.

#![allow(
    clippy::unwrap_used,
    reason = "clippy sees only the test functions as tests"
)]
#![allow(dead_code, reason = "each test file uses a part")]

use muster_directory::Role;
use muster_simulator::{Key, Options, Simulator, Undocumented, start};
use reqwest::{Client, Response};
use serde_json::{Value, json};

/// Many requests with one set of connections.
pub struct Desk {
    pub simulator: Simulator,
    pub client: Client,
}

pub fn options() -> Options {
    Options {
        people: 500,
        organizations: 40,
        rate_limit: 0,
        ..Options::default()
    }
}

pub async fn desk() -> Desk {
    desk_with(options()).await
}

pub async fn desk_with(options: Options) -> Desk {
    Desk {
        simulator: start(options).await.unwrap(),
        client: Client::new(),
    }
}

/// A simulator that refuses what the vendor's pages leave open, with the status of trying it, and
/// one that allows it.
pub async fn both_about_the_undocumented() -> [(Desk, u16); 2] {
    let refusing = desk_with(Options {
        undocumented: Undocumented::Refuse,
        ..options()
    });
    let allowing = desk_with(Options {
        undocumented: Undocumented::Allow,
        ..options()
    });
    [(refusing.await, 403), (allowing.await, 200)]
}

impl Desk {
    /// The first key of a role.
    pub fn key(&self, role: Role) -> Key {
        self.simulator.key(role).clone()
    }

    /// The reseller to whom everything seeded is linked.
    pub fn reseller(&self) -> Key {
        self.key(Role::Reseller)
    }

    /// The reseller to whom a third of the organizations is linked.
    pub fn other_reseller(&self) -> Key {
        let mut keys = self.simulator.keys().iter();
        let second = |key: &&Key| key.role == Role::Reseller && !key.without_organization;
        keys.find(second).unwrap().clone()
    }

    pub fn request(&self, key: &Key, path: &str, body: &Value) -> reqwest::RequestBuilder {
        self.client
            .post(format!("{}{path}", self.simulator.base_url()))
            .basic_auth(key.id, Some(&key.secret))
            .json(body)
    }

    pub async fn post(&self, key: &Key, path: &str, body: &Value) -> Response {
        self.request(key, path, body).send().await.unwrap()
    }

    pub async fn status(&self, key: &Key, path: &str, body: &Value) -> u16 {
        self.post(key, path, body).await.status().as_u16()
    }

    /// The answer to what is in order.
    pub async fn ok(&self, key: &Key, path: &str, body: &Value) -> Value {
        let response = self.post(key, path, body).await;
        let status = response.status();
        let answer: Value = response.json().await.unwrap();
        assert_eq!(status, 200, "{body}: {answer}");
        answer
    }

    /// The paths of the violations of what is not in order.
    pub async fn violations(&self, key: &Key, path: &str, body: &Value) -> Vec<String> {
        let response = self.post(key, path, body).await;
        let status = response.status();
        let answer: Value = response.json().await.unwrap();
        assert_eq!(status, 422, "{body}: {answer}");
        let violations = answer["error"]["violations"].as_array().unwrap();
        let path = |one: &Value| one["path"].as_str().unwrap().to_owned();
        violations.iter().map(path).collect()
    }

    /// The ids that a query finds.
    pub async fn found(&self, key: &Key, path: &str, filter: Value) -> Vec<u64> {
        let answer = self.ok(key, path, &json!({"filter": filter})).await;
        let results = answer["results"].as_array().unwrap();
        assert_eq!(answer["meta"]["total"], results.len());
        results
            .iter()
            .map(|one| one["id"].as_u64().unwrap())
            .collect()
    }
}

/// A medical professional in an organization.
pub fn professional(email: &str, organization: u64) -> Value {
    json!({
        "email": email,
        "password": "correct horse",
        "role": "medical_professional",
        "targetGroups": ["pharmacists"],
        "organization": organization,
        "isEnabled": true,
        "profile": {"name": "Anna Peeters"},
        "preferences": {"isPublic": false, "language": "nl"},
        "subscription": {"type": 4, "start": 1_700_000_000, "end": 1_900_000_000},
    })
}
