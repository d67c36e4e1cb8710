//! Medipim's acts by the simulator: what is asked for is done once, and what became of it is told
//! truly.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "these are tests")]

use muster_directory::{
    ActKind, ExposeSecret, Fact, Ids, OrganizationFilter, OrganizationId, OrganizationLeaf,
    OrganizationsQuery, Person, PersonId, Platform, Role, SecretString, Target, Thing, Values,
};
use muster_simulator::{FaultOrder, Options, RefuseWrites, Simulator, start};
use muster_vendor::{
    Access, Fate, Medipim, Paces, Transport, TransportOptions, VendorError,
    medipim::{Acted, Outcome, base_values},
};
use serde_json::{Value, json};

async fn simulator() -> Simulator {
    start(Options {
        people: 500,
        organizations: 30,
        rate_limit: 0,
        ..Options::default()
    })
    .await
    .unwrap()
}

fn by(simulator: &Simulator, role: Role) -> Medipim {
    let key = simulator.key(role);
    let access = Access::new(
        simulator.base_url().parse().unwrap(),
        key.id.try_into().unwrap(),
        key.secret.as_str().into(),
    )
    .unwrap();
    let transport = Transport::new(TransportOptions::default()).unwrap();
    let pace = Paces::new(None).of(&access);
    Medipim::new(transport, access, pace, Platform::Be)
}

fn act(id: &str) -> ActKind {
    let acts = muster_vendor::medipim::acts::acts(Platform::Be);
    acts.into_iter().find(|act| act.id == id).unwrap()
}

fn target(thing: Thing, id: u64) -> Target {
    Target {
        thing,
        id: id.to_string(),
        name: String::new(),
    }
}

fn values<const N: usize>(values: [(&str, Value); N]) -> Values {
    values.map(|(path, value)| (path.to_owned(), value)).into()
}

async fn an_organization(medipim: &Medipim) -> OrganizationId {
    let query = OrganizationsQuery::default();
    let organizations = medipim.organizations_page(&query).await.unwrap().results;
    organizations[3].id
}

fn zoe(organization: OrganizationId) -> Values {
    values([
        ("email", json!("zoe@example.com")),
        ("role", json!("medical_professional")),
        ("targetGroups", json!(["pharmacists"])),
        ("organization", json!(organization)),
        ("isEnabled", json!(false)),
        ("profile.name", json!("Zoë")),
        ("preferences.isPublic", json!(false)),
        ("preferences.language", json!("fr")),
        ("subscription.type", json!(3)),
        ("subscription.start", json!(1_700_000_000)),
        ("subscription.end", json!(2_000_000_000)),
    ])
}

async fn create(medipim: &Medipim, zoe: &Values, id: &str) -> Result<Acted, VendorError> {
    let password = [("password".to_owned(), SecretString::from("correct horse"))];
    medipim
        .perform(&act("user.create"), None, zoe, &password, id)
        .await
}

async fn update<const N: usize>(
    medipim: &Medipim,
    person: PersonId,
    changes: [(&str, Value); N],
) -> Result<Acted, VendorError> {
    let target = target(Thing::Person, person.get());
    let changes = values(changes);
    medipim
        .perform(&act("user.update"), Some(&target), &changes, &[], "update")
        .await
}

async fn new_key(medipim: &Medipim, person: PersonId) -> Acted {
    let owner = target(Thing::Person, person.get());
    let name = values([("name", json!("Till"))]);
    medipim
        .perform(&act("api_key.create"), Some(&owner), &name, &[], "key")
        .await
        .unwrap()
}

#[tokio::test]
async fn a_person_is_made_read_back_and_changed() {
    let simulator = simulator().await;
    let medipim = by(&simulator, Role::Reseller);
    let organization = an_organization(&medipim).await;
    let made = create(&medipim, &zoe(organization), "step-1")
        .await
        .unwrap();
    assert_eq!(made.outcome, Outcome::Done);
    let person = made.person.unwrap();
    assert_eq!(person.organization, Fact::Known(organization));
    let details = simulator.now().details(person.id.get()).unwrap();
    assert_eq!(details.email, "zoe@example.com");
    assert!(!details.traits.enabled && !details.traits.public);
    assert_eq!(details.traits.subscription.end, Some(2_000_000_000));

    assert_eq!(
        medipim.person(person.id).await.unwrap(),
        Some(person.clone())
    );
    let there = medipim.people_of(organization).await.unwrap();
    assert!(there.contains(&person));
    let two = [there[0].id, person.id];
    let both = medipim.people_by_ids(&two).await.unwrap();
    assert!(both.iter().map(|it| it.id).eq(two));
    let told = base_values(Platform::Be, &person);
    assert_eq!(told["profile.name"], "Zoë");
    assert_eq!(told["organization"], json!(organization));

    let changes = [
        ("profile.name", json!("Zoé")),
        ("subscription.end", Value::Null),
    ];
    let changed = update(&medipim, person.id, changes).await.unwrap();
    assert_eq!(changed.person.unwrap().name, "Zoé");
    let details = simulator.now().details(person.id.get()).unwrap();
    assert_eq!(details.traits.subscription.end, None);
    assert_eq!(
        details.traits.subscription.kind, 3,
        "what is not said stays"
    );

    let record = simulator.mutations();
    let ids: Vec<_> = record.iter().map(|it| it.request_id.as_deref()).collect();
    assert_eq!(ids, [Some("step-1"), Some("update")]);
    assert!(!format!("{record:?}").contains("horse"));
    simulator.stop().await;
}

#[tokio::test]
async fn nobody_is_told_as_nobody() {
    let simulator = simulator().await;
    let medipim = by(&simulator, Role::Reseller);
    let nobody = PersonId::try_from(9_000_000).unwrap();
    assert_eq!(medipim.person(nobody).await.unwrap(), None);
    assert!(medipim.people_by_ids(&[nobody]).await.unwrap().is_empty());
    let none: Vec<Person> = medipim.people_by_ids(&[]).await.unwrap();
    assert!(none.is_empty());
    let nowhere = OrganizationId::try_from(9_000_000).unwrap();
    assert_eq!(medipim.organization(nowhere).await.unwrap(), None);
    let somewhere = an_organization(&medipim).await;
    let found = medipim.organization(somewhere).await.unwrap().unwrap();
    assert_eq!(found.id, somewhere);
    let error = update(&medipim, nobody, [("profile.name", json!("A"))]).await;
    let error = error.unwrap_err();
    assert!(error.is_not_there());
    assert_eq!(error.fate(), Fate::Refused);
    simulator.stop().await;
}

#[tokio::test]
async fn what_the_vendor_refuses_comes_back_at_its_field() {
    let simulator = simulator().await;
    let medipim = by(&simulator, Role::Reseller);
    let mut manager = zoe(an_organization(&medipim).await);
    manager.insert("role".to_owned(), json!("organization_manager"));
    manager.insert("subscription.type".to_owned(), json!(12_345));
    let error = create(&medipim, &manager, "1").await.unwrap_err();
    assert_eq!(error.fate(), Fate::Refused);
    let paths: Vec<_> = error
        .violations()
        .iter()
        .map(|it| it.path.as_str())
        .collect();
    assert_eq!(paths, ["role", "subscription.type"]);

    let developer = by(&simulator, Role::SoftwareDeveloper);
    let someone = simulator.people().next().unwrap().id.try_into().unwrap();
    let error = update(&developer, someone, [("profile.name", json!("A"))]).await;
    let error = error.unwrap_err();
    assert!(error.is_denied());
    assert_eq!(error.fate(), Fate::Refused);
    simulator.stop().await;
}

#[tokio::test]
async fn an_endpoint_that_is_not_there_is_a_refusal() {
    let simulator = start(Options {
        people: 10,
        organizations: 2,
        missing: vec!["/v4/users/update".to_owned()],
        ..Options::default()
    })
    .await
    .unwrap();
    let medipim = by(&simulator, Role::Reseller);
    let someone = simulator.people().next().unwrap().id.try_into().unwrap();
    let error = update(&medipim, someone, [("profile.name", json!("A"))]).await;
    let error = error.unwrap_err();
    assert!(error.is_not_there());
    assert_eq!(error.fate(), Fate::Refused);
    simulator.stop().await;
}

#[tokio::test]
async fn an_answer_that_is_lost_leaves_open_what_reading_back_then_tells() {
    for (order, applied) in [
        (
            FaultOrder {
                lose_answers: Some(1),
                ..FaultOrder::default()
            },
            true,
        ),
        (
            FaultOrder {
                cut_writes: Some(1),
                ..FaultOrder::default()
            },
            false,
        ),
    ] {
        let simulator = simulator().await;
        let medipim = by(&simulator, Role::Reseller);
        let organization = an_organization(&medipim).await;
        let before = medipim.people_of(organization).await.unwrap().len();
        simulator.fail(order);
        let error = create(&medipim, &zoe(organization), "1").await.unwrap_err();
        assert!(error.may_have_been_applied(), "{error:?}");
        let record = simulator.mutations();
        assert_eq!(record.len(), 1, "it is sent once");
        assert_eq!(record[0].applied, applied);
        let after = medipim.people_of(organization).await.unwrap().len();
        assert_eq!(after - before, usize::from(applied));
        simulator.stop().await;
    }
}

#[tokio::test]
async fn a_vendor_out_of_order_is_not_asked_again() {
    let simulator = simulator().await;
    let medipim = by(&simulator, Role::Reseller);
    let organization = an_organization(&medipim).await;
    for (status, fate) in [(503, Fate::Unknown), (429, Fate::NotApplied)] {
        let refuse = RefuseWrites {
            status: status_code(status),
            times: 1,
        };
        simulator.fail(FaultOrder {
            refuse_writes: Some(refuse),
            ..FaultOrder::default()
        });
        let before = simulator.mutations().len();
        let error = create(&medipim, &zoe(organization), "1").await.unwrap_err();
        assert_eq!(error.fate(), fate, "{status}");
        assert_eq!(simulator.mutations().len(), before + 1, "{status}");
    }
    simulator.stop().await;
}

fn status_code(status: u16) -> axum::http::StatusCode {
    axum::http::StatusCode::from_u16(status).unwrap()
}

#[tokio::test]
async fn an_organization_is_made_linked_and_read_back() {
    let simulator = simulator().await;
    let medipim = by(&simulator, Role::Reseller);
    let given = values([
        ("name", json!("Apotheek Zoë")),
        ("type", json!("medical_professional")),
        ("vatNr", json!("BE0999999922")),
    ]);
    let create = act("organization.create");
    let made = medipim.perform(&create, None, &given, &[], "1").await;
    let made = made.unwrap();
    assert_eq!(made.outcome, Outcome::Done);
    let organization = made.organization.unwrap();
    let mut told = base_values(Platform::Be, &organization);
    told.retain(|_, value| !value.is_null());
    assert_eq!(told, given);
    let read = medipim.organization(organization.id).await.unwrap();
    assert_eq!(read, Some(organization.clone()));

    let target = target(Thing::Organization, organization.id.get());
    let (link, nothing) = (act("organization.link"), Values::new());
    let linked = medipim.perform(&link, Some(&target), &nothing, &[], "2");
    let linked = linked.await.unwrap();
    assert_eq!(linked.outcome, Outcome::Done, "once more changes nothing");
    assert_eq!(linked.organization, Some(organization));

    let again = medipim.perform(&create, None, &given, &[], "3").await;
    let error = again.unwrap_err();
    assert_eq!(error.fate(), Fate::Refused);
    assert_eq!(error.violations()[0].path, "vatNr");
    simulator.stop().await;
}

#[tokio::test]
async fn a_key_is_made_used_renamed_and_disabled() {
    let simulator = simulator().await;
    let medipim = by(&simulator, Role::Reseller);
    let organization = an_organization(&medipim).await;
    let mut zoe = zoe(organization);
    zoe.insert("isEnabled".to_owned(), json!(true));
    let person = create(&medipim, &zoe, "1").await.unwrap().person.unwrap();
    let made = new_key(&medipim, person.id).await;
    assert_eq!(made.outcome, Outcome::Done);
    let (key, secret) = (made.api_key.unwrap(), made.secret.unwrap());
    let its = |medipim: &Medipim| {
        let access = medipim.access().base_url().url().clone();
        let access = Access::new(access, key.id, secret.clone()).unwrap();
        let pace = Paces::new(None).of(&access);
        let transport = Transport::new(TransportOptions::default()).unwrap();
        Medipim::new(transport, access, pace, Platform::Be)
    };
    let theirs = its(&medipim);
    let error = theirs.person(person.id).await.unwrap_err();
    assert!(
        error.is_denied(),
        "it is known, and a professional sees nobody"
    );

    let target = target(Thing::ApiKey, key.id.get());
    let changes = values([("name", json!("Desk")), ("isEnabled", json!(false))]);
    let update = act("api_key.update");
    assert!(update.takes_away(&changes));
    let changed = medipim.perform(&update, Some(&target), &changes, &[], "3");
    let changed = changed.await.unwrap();
    assert_eq!(changed.outcome, Outcome::Done);
    assert!(changed.secret.is_none());
    assert!(theirs.person(person.id).await.unwrap_err().is_refused());

    let read = medipim.api_key(key.id).await.unwrap().unwrap();
    assert_eq!(base_values(Platform::Be, &read), changes);
    assert_eq!(medipim.api_keys_of(person.id).await.unwrap(), [read]);
    let nowhere = 9_000_000.try_into().unwrap();
    assert_eq!(medipim.api_key(nowhere).await.unwrap(), None);
    simulator.stop().await;
}

#[tokio::test]
async fn subscriptions_are_told_without_the_secrets_that_come_with_them() {
    let simulator = simulator().await;
    let medipim = by(&simulator, Role::Reseller);
    let types = medipim.subscription_types().await.unwrap();
    assert!(types.len() > 1);
    for kind in &types {
        assert!(kind.name.text("de").is_some() && kind.code.is_some());
    }
    let organization = an_organization(&medipim).await;
    let mut zoe = zoe(organization);
    zoe.insert("subscription.type".to_owned(), json!(types[1].id));
    let person = create(&medipim, &zoe, "1").await.unwrap().person.unwrap();
    let made = new_key(&medipim, person.id).await;
    let (key, secret) = (made.api_key.unwrap(), made.secret.unwrap());

    let one = OrganizationFilter::leaf(OrganizationLeaf::Id(Ids::One(organization)));
    let [check] = &medipim.check_subscription(&one).await.unwrap()[..] else {
        panic!("one organization was asked for")
    };
    assert_eq!(check.organization, organization);
    let kinds: Vec<_> = check
        .active_subscriptions
        .iter()
        .map(|it| it.kind)
        .collect();
    assert!(kinds.contains(&types[1].id), "{check:?}");
    assert!(check.api_keys.iter().any(|it| it.id == key.id));
    assert!(!format!("{check:?}").contains(secret.expose_secret()));
    simulator.stop().await;
}

#[tokio::test]
async fn a_minute_of_a_second_is_kept_to() {
    let simulator = start(Options {
        people: 500,
        organizations: 30,
        rate_limit: 10,
        minute_seconds: 1,
        ..Options::default()
    })
    .await
    .unwrap();
    let key = simulator.key(Role::Reseller);
    let access = Access::new(
        simulator.base_url().parse().unwrap(),
        key.id.try_into().unwrap(),
        key.secret.as_str().into(),
    )
    .unwrap();
    let transport = Transport::new(TransportOptions::default()).unwrap();
    let pace = Paces::default().of(&access);
    let medipim = Medipim::new(transport, access, pace, Platform::Be);
    let someone: PersonId = simulator.people().next().unwrap().id.try_into().unwrap();
    let begun = std::time::Instant::now();
    for number in 0..35 {
        let name = json!(format!("Name {number}"));
        update(&medipim, someone, [("profile.name", name)])
            .await
            .expect("nothing is refused for the limit");
    }
    let took = begun.elapsed().as_secs_f64();
    assert!((3.0..30.0).contains(&took), "35 at 10 a second: {took}");
    simulator.stop().await;
}
