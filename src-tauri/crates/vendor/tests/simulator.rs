//! Medipim as it is meant to be, by the simulator: pages, pages in a row and everything agree.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "these are tests")]

use futures::StreamExt;
use muster_directory::{
    Direction, Ids, OrganizationsQuery, Page, PageSize, PeopleQuery, Person, PersonFilter,
    PersonLeaf, Platform, Role,
};
use muster_simulator::{Options, Simulator, start};
use muster_vendor::{Access, Medipim, Paces, Transport, TransportOptions};
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

async fn simulator(rate_limit: u32) -> Simulator {
    start(Options {
        people: 1_234,
        organizations: 60,
        rate_limit,
        ..Options::default()
    })
    .await
    .unwrap()
}

fn by_key(simulator: &Simulator, role: Role, secret: Option<&str>) -> Medipim {
    let key = simulator.key(role);
    let access = Access::new(
        simulator.base_url().parse().unwrap(),
        key.id.try_into().unwrap(),
        secret.unwrap_or(&key.secret).into(),
    )
    .unwrap();
    let transport = Transport::new(TransportOptions::default()).unwrap();
    let pace = Paces::new(None).of(&access);
    Medipim::new(transport, access, pace, Platform::Be)
}

async fn all(medipim: &Medipim, filter: Option<PersonFilter>) -> (u64, Vec<Person>) {
    let (sink, mut batches) = mpsc::channel::<Vec<Person>>(1);
    let (done, people) = tokio::join!(
        medipim.people_all(filter, sink, CancellationToken::new()),
        async {
            let mut people = Vec::new();
            while let Some(batch) = batches.recv().await {
                people.extend(batch);
            }
            people
        }
    );
    (done.unwrap().total, people)
}

#[tokio::test]
async fn everything_at_once_is_what_the_pages_are_in_either_order() {
    let simulator = simulator(0).await;
    let medipim = by_key(&simulator, Role::Reseller, None);
    let (total, people) = all(&medipim, None).await;
    assert_eq!(total, 1_234);

    let mut pages = std::pin::pin!(medipim.people_pages(
        None,
        Direction::Descending,
        PageSize::TwoHundredFifty
    ));
    let mut paged = Vec::new();
    while let Some(page) = pages.next().await {
        paged.extend(page.unwrap().results);
    }
    paged.reverse();
    assert_eq!(paged, people);

    let page = Page {
        no: 3,
        size: PageSize::Ten,
    };
    let query = PeopleQuery {
        page: Some(page),
        ..PeopleQuery::default()
    };
    let third = medipim.people_page(&query).await.unwrap();
    assert_eq!(third.results, people[30..40]);
    simulator.stop().await;
}

#[tokio::test]
async fn a_filter_and_the_organizations_come_through() {
    let simulator = simulator(0).await;
    let medipim = by_key(&simulator, Role::Reseller, None);
    let query = OrganizationsQuery::default();
    let organizations = medipim.organizations_page(&query).await.unwrap().results;
    assert_eq!(organizations.len(), 60);
    let (sink, mut batches) = mpsc::channel(10);
    let meta = medipim
        .organizations_all(None, sink, CancellationToken::new())
        .await
        .unwrap();
    assert_eq!(meta.total, 60);
    assert_eq!(batches.recv().await.unwrap(), organizations);

    let (_, everybody) = all(&medipim, None).await;
    let ids = [3, 5, 800].map(|index: usize| everybody[index].id);
    let filter = PersonFilter::leaf(PersonLeaf::Id(Ids::List(ids.to_vec())));
    let (total, people) = all(&medipim, Some(filter)).await;
    assert_eq!(total, 3);
    assert!(people.iter().map(|person| person.id).eq(ids));
    simulator.stop().await;
}

#[tokio::test]
async fn a_wrong_secret_is_refused_and_a_role_without_the_right_denied() {
    let simulator = simulator(0).await;
    let query = PeopleQuery::default();
    let wrong = by_key(&simulator, Role::Reseller, Some("wrong"));
    let error = wrong.people_page(&query).await.unwrap_err();
    assert!(error.is_refused(), "{error}");
    assert_eq!(
        error.vendor_code(),
        Some("authentication.not_authenticated")
    );
    let developer = by_key(&simulator, Role::SoftwareDeveloper, None);
    let error = developer.people_page(&query).await.unwrap_err();
    assert!(error.is_denied(), "{error}");
    assert!(error.vendor_code().is_some());
    simulator.stop().await;
}

#[tokio::test]
async fn a_simulator_that_stopped_is_offline() {
    let simulator = simulator(0).await;
    let medipim = by_key(&simulator, Role::Reseller, None);
    let query = PeopleQuery::default();
    medipim.people_page(&query).await.unwrap();
    simulator.stop().await;
    let error = medipim.people_page(&query).await.unwrap_err();
    assert!(error.is_offline(), "{error:?}");
}
