//! Who may do what: what the rules say before anything is sent is what the vendor does.

use muster_directory::{
    Role, Target, Thing,
    act::{ActKind, Values},
    plan::{Intent, Permitted, Problem, StepState},
};
use muster_engine::{
    mirror::ActivityQuestion,
    vendor::{
        Access, Medipim, Paces, Transport, TransportOptions, VendorError, medipim::acts::acts,
    },
};
use muster_simulator::{Options, Undocumented};
use serde_json::{Value, json};

use crate::desk::Desk;

/// The vendor by the key of a desk, around everything that plans and checks.
fn directly(desk: &Desk, role: &Role) -> Medipim {
    let key = desk.simulator.key(role.clone());
    let url = desk.simulator.base_url().parse().unwrap();
    let access = Access::new(url, key.id.try_into().unwrap(), key.secret.as_str().into()).unwrap();
    let transport = Transport::new(TransportOptions::default()).unwrap();
    let pace = Paces::new(None).of(&access);
    Medipim::new(transport, access, pace, muster_directory::Platform::Be)
}

fn intent(kind: &str, target: Option<Target>, values: &[(&str, Value)]) -> Intent {
    let own = values.iter();
    Intent {
        kind: kind.to_owned(),
        target,
        values: own
            .map(|(path, value)| ((*path).to_owned(), value.clone()))
            .collect::<Values>(),
        secrets: Vec::new(),
        line: None,
    }
}

/// Everything that somebody of a role could try, on what is nearest to them.
fn everything(desk: &Desk, role: &Role) -> Vec<Intent> {
    let key = desk.simulator.key(role.clone());
    let organization = key.organization.unwrap_or_else(|| desk.organization());
    let person = desk
        .simulator
        .people()
        .find(|own| own.organization == Some(organization))
        .unwrap();
    let person = Some(Target {
        thing: Thing::Person,
        id: person.id.to_string(),
        name: person.name.to_owned(),
    });
    let organization_of = |id: u64| {
        Some(Target {
            thing: Thing::Organization,
            id: id.to_string(),
            name: String::new(),
        })
    };
    let create = |no: u64, gives: &str| {
        let mut create = desk.create(no);
        create.values.insert("role".to_owned(), json!(gives));
        create
            .values
            .insert("organization".to_owned(), json!(organization));
        create
    };
    vec![
        create(1, "medical_professional"),
        create(2, "software_developer"),
        create(3, "organization_manager"),
        intent(
            "user.update",
            person.clone(),
            &[("profile.name", json!("A"))],
        ),
        intent(
            "user.update",
            person.clone(),
            &[("preferences.language", json!("de"))],
        ),
        intent(
            "user.update",
            person.clone(),
            &[("subscription.type", json!(2))],
        ),
        intent(
            "organization.create",
            None,
            &[("name", json!("New")), ("type", json!("other"))],
        ),
        intent("organization.link", organization_of(organization), &[]),
        intent("api_key.create", person, &[("name", json!("Till"))]),
    ]
}

fn forbidden(problems: &[Problem]) -> bool {
    let codes = problems
        .iter()
        .flat_map(|problem| &problem.violations)
        .filter_map(|violation| Some(violation.coded.as_ref()?.code));
    codes.into_iter().any(|code| code == "not_allowed")
}

/// Whether the vendor says that this may not be done, and not that something else is wrong.
fn is_forbidden(error: &VendorError) -> bool {
    let about_role = error.violations().iter().any(|own| own.path == "role");
    error.is_denied() || about_role
}

async fn send(vendor: &Medipim, kinds: &[ActKind], intent: &Intent) -> Result<(), VendorError> {
    let kind = kinds.iter().find(|kind| kind.id == intent.kind).unwrap();
    let sent = vendor
        .perform(kind, intent.target.as_ref(), &intent.values, &[], "direct")
        .await;
    sent.map(drop)
}

#[tokio::test]
async fn what_the_rules_say_is_what_the_vendor_does_for_every_role_and_act() {
    let kinds = acts(muster_directory::Platform::Be);
    for undocumented in [Undocumented::Refuse, Undocumented::Allow] {
        for role in Role::NAMED {
            let options = Options {
                undocumented,
                ..Options::default()
            };
            let desk = Desk::of(options, role.clone()).await;
            if matches!(role, Role::OrganizationManager | Role::Reseller) {
                // The mirror knows where the others are, seen from this key.
                desk.sync().await;
            }
            let vendor = directly(&desk, &role);
            for wanted in everything(&desk, &role) {
                let checked = desk
                    .engine
                    .check_intents(&desk.connection, vec![wanted.clone()])
                    .await
                    .unwrap();
                let what = format!("{role} {} {:?}", wanted.kind, wanted.values);
                let direct = send(&vendor, &kinds, &wanted).await;
                if forbidden(&checked.problems) {
                    let error = direct.expect_err(&what);
                    assert!(is_forbidden(&error), "{what}: {error}");
                    continue;
                }
                assert_eq!(checked.problems, [], "{what}");
                match (checked.steps[0].permitted(), undocumented) {
                    (Permitted::Yes | Permitted::DependsOnScope, _)
                    | (Permitted::Undocumented, Undocumented::Allow) => {
                        // Customer service sees nobody, so what it may do it cannot reach.
                        if let Err(error) = direct {
                            assert!(error.status() != Some(403), "{what}: {error}");
                        }
                    }
                    (Permitted::Undocumented, Undocumented::Refuse) => {
                        let error = direct.expect_err(&what);
                        assert!(
                            error.is_denied() || error.status() == Some(404),
                            "{what}: {error}"
                        );
                    }
                    (other, _) => panic!("{what}: {other:?}"),
                }
            }
        }
    }
}

#[tokio::test]
async fn what_the_pages_leave_open_may_be_tried_and_the_answer_is_remembered() {
    for (undocumented, state, outcome) in [
        (Undocumented::Refuse, StepState::Rejected, "refused"),
        (Undocumented::Allow, StepState::Applied, "done"),
    ] {
        let options = Options {
            undocumented,
            ..Options::default()
        };
        let desk = Desk::of(options, Role::OrganizationManager).await;
        desk.sync().await;
        let key = everything(&desk, &Role::OrganizationManager).pop().unwrap();
        let mut other = key.clone();
        other.values.insert("name".to_owned(), json!("Desk"));
        let plan = desk.planned(vec![key, other]).await;
        let step = desk.steps(&plan).await.remove(0).step;
        assert_eq!(step.permitted(), Permitted::Undocumented);
        desk.apply(&plan).await;
        assert_eq!(desk.states(&plan).await, [state, state]);
        let evidence = desk
            .engine
            .evidence(&desk.connection, "api_key.create")
            .await
            .unwrap();
        assert_eq!(evidence.len(), 1, "{undocumented:?}");
        let wanted = ActivityQuestion {
            kinds: vec!["evidence".to_owned()],
            limit: 10,
            ..ActivityQuestion::default()
        };
        let noted = desk.engine.activity(&desk.connection, wanted).await;
        let noted = noted.unwrap().entries;
        assert_eq!(noted.len(), 1, "once for both: {noted:?}");
        assert_eq!(noted[0].outcome, outcome);
        let detail: Value = serde_json::from_str(&noted[0].detail).unwrap();
        assert_eq!(detail["action"], "api_key.create");
        assert_eq!(detail["rule"], "undocumented");
    }
}

#[tokio::test]
async fn what_is_forbidden_is_not_sent_by_a_plan_either() {
    let desk = Desk::of(Options::default(), Role::SoftwareDeveloper).await;
    let planned = desk.plan(everything(&desk, &Role::SoftwareDeveloper)).await;
    assert!(planned.problems.len() >= 6, "{:?}", planned.problems);
    if let Some(plan) = planned.plan {
        desk.apply(&plan.id.to_string()).await;
    }
    assert!(desk.applied().is_empty());
}

#[tokio::test]
async fn a_plan_says_by_its_title_which_page_allows_a_step() {
    let desk = Desk::new(Options::default()).await;
    let plan = desk.planned(vec![desk.create(1)]).await;
    let step = desk.steps(&plan).await.remove(0).step;
    let rows = step.allowed.iter().flat_map(|own| &own.rows);
    let pages: Vec<&str> = rows.map(|row| row.source.as_str()).collect();
    assert_eq!(pages, ["Users and roles"]);
}
