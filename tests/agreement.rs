//! A filter means the same live, in the mirror and by plain evaluation.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test stops where it fails"
)]

use std::{collections::HashMap, sync::Arc};

use muster_directory::{
    Fact, Filter, Identifier, IdentifierKind, Ids, Organization, OrganizationId, Person,
    PersonFilter, PersonId, PersonLeaf, Role, Roster, SecretString, Sort, Truth, filter::Leaf,
};
use muster_engine::{
    Engine, EngineOptions,
    connections::Draft,
    jobs::State,
    mirror::Seen,
    question::{Question, Source, Window},
    vault::MemoryVault,
    vendor::Paces,
};
use muster_simulator::Options;
use proptest::{prelude::*, sample::select, test_runner::TestRunner};

/// How many random filters are tried.
const FILTERS: u32 = 150;

struct Known {
    people: Vec<Person>,
    organizations: HashMap<OrganizationId, Organization>,
}

impl Roster for Known {
    fn organization(&self, id: OrganizationId) -> Option<&Organization> {
        self.organizations.get(&id)
    }

    fn role(&self, _: PersonId) -> Fact<&Role> {
        Fact::Unknown
    }
}

fn question<C: Default>(source: Source, filter: Option<String>) -> Question<C> {
    Question {
        source,
        filter,
        search: None,
        seen: Seen::Present,
        sort: Sort {
            by: C::default(),
            ..sort()
        },
        window: Window::All,
    }
}

fn sort<C: Default>() -> Sort<C> {
    Sort {
        by: C::default(),
        direction: muster_directory::Direction::Ascending,
    }
}

#[test]
fn the_mirror_the_simulator_and_plain_evaluation_agree_on_random_filters() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let (engine, connection, known) = runtime.block_on(synced());
    let everything = filters(&known);
    let mut runner = TestRunner::new(ProptestConfig::with_cases(FILTERS));
    runner
        .run(&everything, |filter| {
            let text = filter.to_json().to_string();
            let ask = |source| {
                let question = question(source, Some(text.clone()));
                let found = runtime
                    .block_on(engine.people(&connection, question))
                    .unwrap();
                let ids: Vec<_> = found.rows.iter().map(|row| row.person.id).collect();
                assert_eq!(found.total, ids.len() as u64);
                ids
            };
            let plain: Vec<_> = known
                .people
                .iter()
                .filter(|person| filter.matches(person, &known) == Truth::Yes)
                .map(|person| person.id)
                .collect();
            prop_assert_eq!(&ask(Source::Live), &plain, "live, {}", &text);
            prop_assert_eq!(&ask(Source::Mirror), &plain, "mirror, {}", &text);
            Ok(())
        })
        .unwrap();
}

/// An engine whose mirror holds what a simulator has, and the same as values.
async fn synced() -> (Engine, String, Known) {
    let options = Options {
        people: 250,
        organizations: 40,
        rate_limit: 0,
        ..Options::default()
    };
    let simulator = muster_simulator::start(options).await.unwrap();
    let folder = tempfile::tempdir().unwrap().keep();
    let options = EngineOptions {
        paces: Paces::new(None),
        ..EngineOptions::new(folder, Arc::new(MemoryVault::default()))
    };
    let engine = Engine::open(options).unwrap();
    let key = simulator.key(Role::Reseller);
    let draft = Draft {
        name: "All".to_owned(),
        platform: muster_directory::Platform::Be,
        base_url: Some(simulator.base_url().to_owned()),
        key: key.id.try_into().unwrap(),
        secret: SecretString::from(key.secret.as_str()),
    };
    let connection = engine
        .add_connection(draft)
        .await
        .unwrap()
        .record
        .id
        .to_string();
    let job = engine.start_sync(&connection).await.unwrap();
    let ended = engine.ended(&job.id).await.unwrap();
    assert!(matches!(ended.state, State::Done(_)), "{:?}", ended.state);
    let people = engine
        .people(&connection, question(Source::Live, None))
        .await
        .unwrap();
    let organizations = engine
        .organizations(&connection, question(Source::Live, None))
        .await
        .unwrap();
    let known = Known {
        people: people.rows.into_iter().map(|row| row.person).collect(),
        organizations: organizations
            .rows
            .into_iter()
            .map(|row| (row.organization.id, row.organization))
            .collect(),
    };
    assert_eq!(known.people.len(), 250, "the first reseller sees everybody");
    // The simulator has to outlive the questions.
    Box::leak(Box::new(simulator));
    (engine, connection, known)
}

/// Filters over values that exist, and a few that do not.
fn filters(known: &Known) -> impl Strategy<Value = PersonFilter> + use<> {
    let mut people: Vec<_> = known.people.iter().map(|person| person.id).collect();
    people.push(PersonId::try_from(9_007_199_254_740_991).unwrap());
    let mut organizations: Vec<_> = known.organizations.keys().copied().collect();
    organizations.sort_unstable();
    let mut numbers = vec![
        (IdentifierKind::Apb, Identifier::Integer(0)),
        (IdentifierKind::Vat, Identifier::Text(String::new())),
    ];
    for id in &organizations {
        for kind in [
            IdentifierKind::Vat,
            IdentifierKind::Apb,
            IdentifierKind::Riziv,
        ] {
            if let Some(text) = known.organizations[id].identifier(kind).known() {
                numbers.push((kind, Identifier::Text(text.clone())));
                if let (true, Ok(number)) = (kind.may_be_integer(), text.parse()) {
                    numbers.push((kind, Identifier::Integer(number)));
                }
            }
        }
    }
    let leaf = prop_oneof![
        select(people.clone()).prop_map(|id| PersonLeaf::Id(Ids::One(id))),
        prop::collection::vec(select(people), 1..40).prop_map(|ids| PersonLeaf::Id(Ids::List(ids))),
        select(organizations).prop_map(PersonLeaf::Organization),
        select(numbers).prop_map(|(kind, value)| PersonLeaf::Identifier(kind, value)),
    ];
    leaf.prop_map(Filter::leaf)
        .prop_recursive(6, 40, 5, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 1..5)
                    .prop_map(|all| Filter::and(all).unwrap()),
                prop::collection::vec(inner.clone(), 1..5).prop_map(|any| Filter::or(any).unwrap()),
                inner.prop_map(|one| Filter::negate(one).unwrap()),
            ]
        })
}

#[test]
fn the_simulator_refuses_what_we_refuse() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let options = Options {
            people: 10,
            organizations: 2,
            rate_limit: 0,
            ..Options::default()
        };
        let simulator = muster_simulator::start(options).await.unwrap();
        let key = simulator.key(Role::Reseller);
        let client = reqwest::Client::new();
        let vocabulary = muster_directory::Vocabulary::of(muster_directory::Platform::Be);
        for filter in [
            r#"{}"#,
            r#"{"id":[]}"#,
            r#"{"and":[]}"#,
            r#"{"or":[]}"#,
            r#"{"id":1.5}"#,
            r#"{"id":"1"}"#,
            r#"{"id":true}"#,
            r#"{"id":0}"#,
            r#"{"id":9007199254740992}"#,
            r#"{"organization":[1]}"#,
            r#"{"vatNr":1}"#,
            r#"{"cipNr":"1"}"#,
            r#"{"role":"x"}"#,
            r#"{"and":[{"id":1},{"foo":1}]}"#,
            r#"{"not":{"or":[{"id":1},{}]}}"#,
            r#"{"id":1,"organization":2}"#,
        ] {
            let value: serde_json::Value = serde_json::from_str(filter).unwrap();
            let ours = Filter::<PersonLeaf>::from_json(&value, "filter", vocabulary).unwrap_err();
            let response = client
                .post(format!("{}/v4/users/query", simulator.base_url()))
                .basic_auth(key.id, Some(&key.secret))
                .body(format!("{{\"filter\":{filter}}}"))
                .send()
                .await
                .unwrap();
            assert_eq!(response.status(), 422, "{filter}");
            let body: serde_json::Value =
                serde_json::from_str(&response.text().await.unwrap()).unwrap();
            let theirs = body["error"]["violations"][0]["path"].as_str().unwrap();
            assert_eq!(theirs, ours.0[0].path, "{filter}");
        }
        assert_eq!(PersonLeaf::keys(vocabulary).len(), 5);
        simulator.stop().await;
    });
}
