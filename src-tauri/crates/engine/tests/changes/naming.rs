//! What is named by an id has a name where it is shown, and nobody is contacted for it.

use muster_simulator::Options;

use super::desk::Desk;

#[tokio::test]
async fn ids_have_the_names_of_the_mirror_and_of_what_was_read_last() {
    let desk = Desk::new(Options::default()).await;
    let (person, organization) = (desk.someone(), desk.organization());
    let nobody = 999_999_999;
    let names = || {
        let people = [person, nobody].map(|id| id.try_into().unwrap());
        let organizations = [organization, nobody].map(|id| id.try_into().unwrap());
        let (people, organizations) = (people.into(), organizations.into());
        desk.engine
            .known_names(&desk.connection, people, organizations)
    };
    let before = names().await.unwrap();
    assert!(
        before.subscription_types.is_empty(),
        "they were never asked for, and looking at a plan contacts nobody"
    );
    let read = desk.engine.subscription_types(&desk.connection).await;
    let known = names().await.unwrap();
    assert_eq!(known.subscription_types, read.unwrap().types);
    let people: Vec<_> = known.people.into_iter().collect();
    assert_eq!(people, [(person.try_into().unwrap(), desk.name_of(person))]);
    let organizations: Vec<_> = known.organizations.into_iter().collect();
    let name = desk.simulator.organizations().next().unwrap().name;
    let expected = (organization.try_into().unwrap(), name.to_owned());
    assert_eq!(organizations, [expected]);
}
