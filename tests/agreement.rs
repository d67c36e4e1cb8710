//! Criteria mean the same live, in the mirror and by plain evaluation.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test stops where it fails"
)]

use std::{collections::HashMap, sync::Arc};

use muster_directory::{
    Calendar, Clause, Criteria, Fact, Filter, Identifier, IdentifierKind, Ids, Organization,
    OrganizationId, Person, PersonId, PersonLeaf, Role, Roster, SecretString, Sort, Truth,
    criteria::{Age, AgeUnit, Field, News, State as Stated, TextTest, TimeField, TimeTest},
    evaluate::Chronicle,
    filter::Leaf,
};
use muster_engine::{
    Engine, EngineOptions,
    connections::Draft,
    jobs::{Outcome, State},
    mirror::{Seen, Wanted},
    question::{PeopleQuestion, Question, Source, Who, Window},
    vault::MemoryVault,
    vendor::Paces,
};
use muster_simulator::Options;
use proptest::{prelude::*, sample::select, test_runner::TestRunner};

/// How many random criteria are tried.
const CRITERIA: u32 = 150;

struct Known {
    people: Vec<Person>,
    organizations: HashMap<OrganizationId, Organization>,
    calendar: Calendar,
    synced_at: i64,
}

impl Roster for Known {
    fn organization(&self, id: OrganizationId) -> Option<&Organization> {
        self.organizations.get(&id)
    }

    fn role(&self, _: PersonId) -> Fact<&Role> {
        Fact::Unknown
    }
}

impl Chronicle for Known {
    fn calendar(&self) -> &Calendar {
        &self.calendar
    }

    fn news(&self, _: PersonId) -> Fact<News> {
        Fact::Known(News::New)
    }

    fn changed_at(&self, _: PersonId) -> Fact<i64> {
        Fact::Known(self.synced_at)
    }
}

fn question(source: Source, filter: Option<String>, truth: Wanted) -> PeopleQuestion {
    PeopleQuestion {
        who: Who {
            filter,
            truth,
            ..Who::everybody(source)
        },
        sort: Vec::new(),
        window: Window::All,
        remember: None,
    }
}

#[test]
fn the_mirror_the_simulator_and_plain_evaluation_agree_on_random_criteria() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let (engine, connection, known) = runtime.block_on(synced());
    let everything = criteria(&known);
    let mut runner = TestRunner::new(ProptestConfig::with_cases(CRITERIA));
    runner
        .run(&everything, |criteria| {
            let text = criteria.to_json().to_string();
            let ask = |source, truth| {
                let question = question(source, Some(text.clone()), truth);
                let found = runtime
                    .block_on(engine.people(&connection, question))
                    .unwrap();
                let ids: Vec<_> = found.rows.iter().map(|row| row.person.id).collect();
                let counted = match truth {
                    Wanted::Matching => found.total,
                    Wanted::Possible => found.possible,
                };
                assert_eq!(counted, ids.len() as u64, "{truth:?}, {text}");
                ids
            };
            for (truth, wanted) in [
                (Truth::Yes, Wanted::Matching),
                (Truth::Unknown, Wanted::Possible),
            ] {
                let plain: Vec<_> = known
                    .people
                    .iter()
                    .filter(|person| criteria.matches(person, &known) == truth)
                    .map(|person| person.id)
                    .collect();
                let live = ask(Source::Live, wanted);
                prop_assert_eq!(&live, &plain, "live, {:?}, {}", wanted, &text);
                let mirror = ask(Source::Mirror, wanted);
                prop_assert_eq!(&mirror, &plain, "mirror, {:?}, {}", wanted, &text);
            }
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
    let State::Done(Outcome::Synced(sync)) = ended.state else {
        panic!("{:?}", ended.state)
    };
    let everybody = question(Source::Live, None, Wanted::Matching);
    let people = engine.people(&connection, everybody).await.unwrap();
    let organizations = Question {
        source: Source::Live,
        filter: None,
        search: None,
        seen: Seen::Present,
        sort: Sort::default(),
        window: Window::All,
    };
    let organizations = engine
        .organizations(&connection, organizations)
        .await
        .unwrap();
    let known = Known {
        people: people.rows.into_iter().map(|row| row.person).collect(),
        organizations: organizations
            .rows
            .into_iter()
            .map(|row| (row.organization.id, row.organization))
            .collect(),
        calendar: Calendar::at(sync.finished_at, jiff::tz::TimeZone::system()),
        synced_at: sync.finished_at,
    };
    assert_eq!(known.people.len(), 250, "the first reseller sees everybody");
    // The simulator has to outlive the questions.
    Box::leak(Box::new(simulator));
    (engine, connection, known)
}

/// Criteria over values that exist, and a few that do not.
fn criteria(known: &Known) -> impl Strategy<Value = Criteria> + use<> {
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
    let mut names: Vec<_> = known.organizations.values().collect();
    names.sort_unstable_by_key(|own| own.id);
    let names: Vec<_> = names.into_iter().map(|own| own.name.clone()).collect();
    let leaf = prop_oneof![
        select(people.clone()).prop_map(|id| PersonLeaf::Id(Ids::One(id))),
        prop::collection::vec(select(people), 1..40).prop_map(|ids| PersonLeaf::Id(Ids::List(ids))),
        select(organizations).prop_map(PersonLeaf::Organization),
        select(numbers).prop_map(|(kind, value)| PersonLeaf::Identifier(kind, value)),
    ];
    let leaf = prop_oneof![2 => leaf.prop_map(Clause::Vendor), 1 => local(names)];
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

/// Conditions that the vendor has no word for.
fn local(names: Vec<String>) -> impl Strategy<Value = Clause> {
    let part = || select(&["a", "an", "apo", "é"][..]).prop_map(str::to_owned);
    let field = select(
        &[
            Field::Organization,
            Field::Role,
            Field::Identifier(IdentifierKind::Apb),
            Field::Created,
        ][..],
    );
    let age = (1..3_000_u16).prop_filter_map("an age", |days| Age::new(days, AgeUnit::Days));
    prop_oneof![
        part().prop_map(|part| Clause::Name(TextTest::Contains(part))),
        part().prop_map(|part| Clause::OrganizationName(TextTest::Contains(part))),
        select(names).prop_map(|name| Clause::OrganizationName(TextTest::Is(name))),
        select(&Role::NAMED[..]).prop_map(|role| Clause::Vendor(PersonLeaf::Role(role))),
        (select(&TimeField::ALL[..]), age, any::<bool>()).prop_map(|(field, age, newer)| {
            let test = if newer {
                TimeTest::Newer(age)
            } else {
                TimeTest::Older(age)
            };
            Clause::Time(field, test)
        }),
        (field, select(&Stated::ALL[..])).prop_map(|(field, state)| Clause::State(field, state)),
        // Who is missing is asked of the mirror only.
        select(&[News::Present, News::New, News::Changed, News::Returned][..])
            .prop_map(Clause::Seen),
    ]
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
