//! Who a key is, what it may do to whom, and what would change if somebody were somebody else.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test stops where it fails"
)]

use std::{collections::HashMap, sync::Arc};

use muster_directory::{
    Fact, OrganizationId, PersonId, Platform, Role, SecretString, Truth,
    permission::{Answer, ManagerWarning, ManagersLeft},
};
use muster_engine::{
    Engine, EngineOptions, Error,
    actor::{ActorDraft, KnownBy},
    connections::Draft,
    jobs::{Outcome, State},
    may::{MayAnswer, MayQuestion},
    mirror::Tried,
    people::FoundPerson,
    question::{PeopleQuestion, Source, Who, Window},
    report::Reason,
    vault::MemoryVault,
    vendor::Paces,
    what_if::{Deal, Warning, WhatIf},
};
use muster_simulator::{Key, Options, Simulator};
use tempfile::TempDir;

struct Desk {
    engine: Engine,
    connection: String,
    _folder: TempDir,
}

async fn vendor() -> Simulator {
    vendor_that(true).await
}

/// One that finds people by role, or not: nobody's role is known then.
async fn vendor_that(role_filter: bool) -> Simulator {
    let options = Options {
        people: 400,
        organizations: 40,
        rate_limit: 0,
        role_filter,
        ..Options::default()
    };
    muster_simulator::start(options).await.unwrap()
}

fn keys(simulator: &Simulator, role: &Role) -> Vec<Key> {
    let keys = simulator.ready().medipim.keys.iter();
    keys.filter(|key| key.role == *role).cloned().collect()
}

async fn desk(simulator: &Simulator, key: &Key) -> Desk {
    let folder = tempfile::tempdir().unwrap();
    let options = EngineOptions {
        paces: Paces::new(None),
        ..EngineOptions::new(folder.path().to_owned(), Arc::new(MemoryVault::default()))
    };
    let engine = Engine::open(options).unwrap();
    let draft = Draft {
        name: "Clients".to_owned(),
        platform: Platform::Be,
        base_url: Some(simulator.base_url().to_owned()),
        key: key.id.try_into().unwrap(),
        secret: SecretString::from(key.secret.as_str()),
    };
    let added = engine.add_connection(draft).await.unwrap();
    Desk {
        connection: added.record.id.to_string(),
        engine,
        _folder: folder,
    }
}

impl Desk {
    async fn sync(&self) {
        let job = self.engine.start_sync(&self.connection).await.unwrap();
        let ended = self.engine.ended(&job.id).await.unwrap();
        assert!(matches!(ended.state, State::Done(Outcome::Synced(_))));
    }

    async fn everybody(&self) -> Vec<FoundPerson> {
        let question = PeopleQuestion {
            who: Who::everybody(Source::Mirror),
            sort: Vec::new(),
            window: Window::All,
            remember: None,
        };
        let found = self.engine.people(&self.connection, question).await;
        found.unwrap().rows
    }

    async fn is(&self, role: Role) {
        let draft = ActorDraft {
            role: Some(role),
            ..ActorDraft::default()
        };
        self.engine
            .set_actor(&self.connection, draft)
            .await
            .unwrap();
    }

    async fn may(&self, action: &str, question: MayQuestion) -> MayAnswer {
        let question = MayQuestion {
            actions: vec![action.to_owned()],
            ..question
        };
        let answers = self.engine.may(&self.connection, question).await.unwrap();
        answers.into_iter().next().unwrap()
    }

    async fn what_if(&self, person: PersonId, deal: Deal) -> muster_engine::what_if::Outcome {
        let question = WhatIf {
            person,
            deal,
            assumed: None,
        };
        self.engine
            .what_if(&self.connection, question)
            .await
            .unwrap()
    }
}

fn to(person: PersonId) -> MayQuestion {
    MayQuestion {
        person: Some(person),
        ..MayQuestion::default()
    }
}

fn id(number: u64) -> PersonId {
    PersonId::try_from(number).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_guess_is_offered_and_never_used() {
    let simulator = vendor().await;
    let manager = &keys(&simulator, &Role::OrganizationManager)[0];
    let desk = desk(&simulator, manager).await;
    let actor = desk.engine.actor(&desk.connection).await.unwrap();
    assert_eq!((actor.role, actor.guess), (None, None));

    desk.engine.test_connection(&desk.connection).await.unwrap();
    let actor = desk.engine.actor(&desk.connection).await.unwrap();
    let guess = actor.guess.unwrap();
    assert_eq!(guess.roles, ["organization_manager", "reseller"]);
    assert_eq!(guess.reason, Reason::SeesOneOrganization);
    assert_eq!((actor.role, actor.known_by), (None, None), "only offered");

    let answer = desk.may("user.create", MayQuestion::default()).await;
    assert_eq!(answer.answer, None, "a reseller may and a manager may not");
    assert_eq!(answer.applied.len(), 5, "each possible role is answered");
    let agreed = desk.may("user.enable", MayQuestion::default()).await;
    assert_eq!(agreed.answer, Some(Answer::Undocumented));

    desk.is(Role::OrganizationManager).await;
    let actor = desk.engine.actor(&desk.connection).await.unwrap();
    assert!(matches!(actor.known_by, Some(KnownBy::Given { .. })));
    let answer = desk.may("user.create", MayQuestion::default()).await;
    assert_eq!(answer.answer, Some(Answer::No));
    assert_eq!(answer.applied[0].ruling.rows[0].source, "V");

    let nothing = ActorDraft::default();
    let actor = desk.engine.set_actor(&desk.connection, nothing).await;
    assert_eq!(actor.unwrap().known_by, None, "taken back");
    let unheard = ActorDraft {
        role: Some(Role::Other("king".to_owned())),
        ..ActorDraft::default()
    };
    let refused = desk.engine.set_actor(&desk.connection, unheard).await;
    assert!(matches!(refused, Err(Error::Invalid(_))));
    simulator.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_sync_saw_is_a_guess_too() {
    let simulator = vendor().await;
    let reseller = &keys(&simulator, &Role::Reseller)[0];
    let desk = desk(&simulator, reseller).await;
    desk.sync().await;
    let actor = desk.engine.actor(&desk.connection).await.unwrap();
    let guess = actor.guess.unwrap();
    assert_eq!(guess.roles, ["reseller"]);
    assert_eq!(guess.reason, Reason::SeesManyOrganizations);
    let rules = desk.engine.rules(&desk.connection).await.unwrap();
    let people = rules.people.unwrap();
    let known: u64 = people.known.iter().map(|(_, count)| count).sum();
    assert_eq!(known + people.unknown, 400);
    simulator.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reseller_may_change_people_of_linked_organizations() {
    let simulator = vendor().await;
    let reseller = &keys(&simulator, &Role::Reseller)[1];
    let desk = desk(&simulator, reseller).await;
    desk.is(Role::Reseller).await;
    let unseen = desk.may("user.profile.update", to(id(1))).await;
    assert_eq!(
        unseen.answer,
        Some(Answer::DependsOnScope),
        "never synced: not known, which is no \"no\""
    );
    desk.sync().await;
    let everybody = desk.everybody().await;
    let someone = everybody
        .iter()
        .find(|own| own.organization_visible)
        .unwrap();
    let answer = desk.may("user.profile.update", to(someone.person.id)).await;
    assert_eq!(answer.answer, Some(Answer::Yes));
    assert_eq!(answer.applied[0].target.unwrap().linked, Truth::Yes);

    let given = |gives, organization| MayQuestion {
        gives: Some(gives),
        organization: Some(organization),
        ..MayQuestion::default()
    };
    let Fact::Known(linked) = someone.person.organization else {
        panic!("a visible organization is known");
    };
    let create = desk
        .may("user.create", given(Role::MedicalProfessional, linked))
        .await;
    assert_eq!(create.answer, Some(Answer::Yes));
    let create = desk
        .may("user.create", given(Role::SoftwareDeveloper, linked))
        .await;
    assert_eq!(create.answer, Some(Answer::OtherRoleOnly));
    let elsewhere = OrganizationId::try_from(999_999).unwrap();
    let create = desk
        .may("user.create", given(Role::MedicalProfessional, elsewhere))
        .await;
    assert_eq!(create.answer, Some(Answer::DependsOnScope));

    let other = MayQuestion {
        role: Some(Role::OrganizationManager),
        ..to(someone.person.id)
    };
    let other = desk.may("user.profile.update", other).await;
    assert_eq!(
        other.answer,
        Some(Answer::DependsOnScope),
        "whose manager it would be is not known"
    );
    simulator.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_manager_may_not_change_people_elsewhere() {
    let simulator = vendor().await;
    let manager = &keys(&simulator, &Role::OrganizationManager)[0];
    let desk = desk(&simulator, manager).await;
    desk.is(Role::OrganizationManager).await;
    desk.sync().await;
    let own = desk.everybody().await[0].person.id;
    let answer = desk.may("user.profile.update", to(own)).await;
    assert_eq!(answer.answer, Some(Answer::Yes), "the only organization");
    let elsewhere = MayQuestion {
        organization: OrganizationId::try_from(999_999).ok(),
        ..MayQuestion::default()
    };
    let answer = desk.may("user.profile.update", elsewhere).await;
    assert_eq!(answer.answer, Some(Answer::OutsideScope));
    let wrong = MayQuestion {
        actions: vec!["fly".to_owned()],
        ..MayQuestion::default()
    };
    let wrong = desk.engine.may(&desk.connection, wrong).await;
    assert!(matches!(wrong, Err(Error::Invalid(_))));
    simulator.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_tried_is_kept_and_shown() {
    let simulator = vendor().await;
    let reseller = &keys(&simulator, &Role::Reseller)[0];
    let desk = desk(&simulator, reseller).await;
    desk.is(Role::Reseller).await;
    for outcome in [Tried::Refused(Some(403)), Tried::Refused(Some(403))] {
        desk.engine
            .record_evidence(&desk.connection, "user.disable", outcome)
            .await
            .unwrap();
    }
    let answer = desk.may("user.disable", MayQuestion::default()).await;
    assert_eq!(answer.answer, Some(Answer::Undocumented), "still no \"no\"");
    assert_eq!(answer.evidence.len(), 1);
    assert_eq!(answer.evidence[0].times, 2);
    assert_eq!(answer.evidence[0].role, Some(Role::Reseller));
    let rules = desk.engine.rules(&desk.connection).await.unwrap();
    assert_eq!(rules.evidence, answer.evidence);
    simulator.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_practice_directory_knows_its_key() {
    let folder = tempfile::tempdir().unwrap();
    let options = EngineOptions::new(folder.path().to_owned(), Arc::new(MemoryVault::default()));
    let engine = Engine::open(options).unwrap();
    let practice = engine.open_practice().await.unwrap();
    let connection = practice.record.id.to_string();
    let actor = engine.actor(&connection).await.unwrap();
    assert_eq!(actor.role, Some(Role::Reseller));
    assert_eq!(actor.known_by, Some(KnownBy::Practice));
    let draft = ActorDraft {
        role: Some(Role::OrganizationManager),
        ..ActorDraft::default()
    };
    let refused = engine.set_actor(&connection, draft).await;
    assert!(matches!(refused, Err(Error::Invalid(_))));
    let nobody = WhatIf {
        person: id(1),
        deal: Deal::Delete,
        assumed: None,
    };
    let unsynced = engine.what_if(&connection, nobody).await;
    assert!(matches!(unsynced, Err(Error::NeverSynced)));
}

/// The managers of each organization, known ones alone.
fn managers(everybody: &[FoundPerson]) -> HashMap<OrganizationId, Vec<PersonId>> {
    let mut managers: HashMap<_, Vec<_>> = HashMap::new();
    for own in everybody {
        if let Fact::Known(organization) = own.person.organization {
            let of = managers.entry(organization).or_default();
            if own.role == Fact::Known(Role::OrganizationManager) {
                of.push(own.person.id);
            }
        }
    }
    managers
}

#[tokio::test(flavor = "multi_thread")]
async fn the_last_manager_is_not_taken_away_unseen() {
    let simulator = vendor().await;
    let reseller = &keys(&simulator, &Role::Reseller)[0];
    let desk = desk(&simulator, reseller).await;
    desk.is(Role::Reseller).await;
    desk.sync().await;
    let everybody = desk.everybody().await;
    let managers = managers(&everybody);
    let (home, only) = managers
        .iter()
        .find_map(|(id, own)| match own[..] {
            [only] => Some((*id, only)),
            _ => None,
        })
        .expect("an organization with one manager");

    let gone = desk.what_if(only, Deal::Delete).await;
    let possible = gone.organizations[0].after.possible;
    let expected = match possible {
        0 => ManagerWarning::LastManager,
        _ => ManagerWarning::OnlyPossibleManagersLeft,
    };
    assert_eq!(gone.warnings[0], Warning::Managers(expected));
    assert_eq!(gone.organizations[0].before.known, 1);
    assert_eq!(gone.organizations[0].after.known, 0);
    let lost = gone.effects.unwrap().lost;
    assert!(lost.iter().any(|own| own.action == "user.profile.update"));
    assert_eq!(gone.act.answer, Some(Answer::Undocumented));

    let stays = desk.what_if(only, Deal::Role(Role::OrganizationManager));
    let stays = stays.await;
    assert_eq!(stays.organizations[0].after.known, 1);
    assert!(
        !stays
            .warnings
            .iter()
            .any(|own| matches!(own, Warning::Managers(_)))
    );
    let only_role = Warning::OnlyRole("medical_professional".to_owned());
    assert!(
        stays.warnings.contains(&only_role),
        "a reseller gives one role"
    );

    let elsewhere = *managers.keys().find(|id| **id != home).unwrap();
    let moved = desk.what_if(only, Deal::Move(elsewhere)).await;
    let [before, after] = &moved.organizations[..] else {
        panic!("the old organization and the new one");
    };
    assert_eq!((before.id, before.after.known), (home, 0));
    let of_other = managers[&elsewhere].len() as u64;
    let left = |known, possible| ManagersLeft { known, possible };
    assert_eq!(after.before, left(of_other, after.before.possible));
    assert_eq!(after.after.known, of_other + 1);
    assert!(moved.effects.unwrap().lost.is_empty());
    simulator.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_an_unknown_role_loses_is_not_known() {
    let simulator = vendor_that(false).await;
    let reseller = &keys(&simulator, &Role::Reseller)[0];
    let desk = desk(&simulator, reseller).await;
    desk.sync().await;
    let everybody = desk.everybody().await;
    let unknown = everybody.iter().find(|own| own.organization_visible);
    let unknown = unknown.unwrap().person.id;
    let deal = Deal::Role(Role::SoftwareDeveloper);
    let answer = desk.what_if(unknown, deal.clone()).await;
    assert_eq!(answer.effects, None, "no guess");
    assert!(!answer.may_then.is_empty());
    let organization = &answer.organizations[0];
    assert_eq!(organization.before.known, 0);
    assert_eq!(
        organization.before.possible,
        organization.after.possible + 1
    );
    let question = WhatIf {
        person: unknown,
        deal,
        assumed: Some(Role::OrganizationManager),
    };
    let assumed = desk.engine.what_if(&desk.connection, question).await;
    let assumed = assumed.unwrap();
    assert!(assumed.is_assumed && assumed.effects.is_some());
    simulator.stop().await;
}
