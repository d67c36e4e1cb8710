//! Files of rows against the simulator: read, looked at, planned, the rest written down.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test stops where it fails"
)]

use std::{fmt::Write, sync::Arc, time::Instant};

use muster_directory::{Platform, Role, SecretString, Violation, plan::StepState};
use muster_engine::{
    Engine, EngineOptions, Error,
    actor::ActorDraft,
    changes::Applying,
    connections::Draft,
    importing::{Checked, Delimiter, Encoding, Import, Meaning, Source},
    jobs::{Outcome, State},
    mirror::StepsWanted,
    vault::MemoryVault,
    vendor::Paces,
};
use muster_simulator::{Options, Simulator};
use serde_json::{Value, json};
use tempfile::TempDir;

const COLUMNS: [&str; 6] = [
    "email",
    "role",
    "organization",
    "profile.name",
    "preferences.language",
    "subscription.type",
];

struct Desk {
    engine: Engine,
    simulator: Simulator,
    connection: String,
    folder: TempDir,
}

impl Desk {
    /// A reseller's desk, synced.
    async fn new(people: u64) -> Self {
        let simulator = muster_simulator::start(Options {
            people,
            organizations: 40,
            rate_limit: 0,
            ..Options::default()
        })
        .await
        .unwrap();
        let folder = tempfile::tempdir().unwrap();
        let vault = Arc::new(MemoryVault::default());
        let engine = Engine::open(EngineOptions {
            paces: Paces::new(None),
            ..EngineOptions::new(folder.path().to_owned(), vault)
        })
        .unwrap();
        let key = simulator.key(Role::Reseller);
        let draft = Draft {
            name: "Clients".to_owned(),
            platform: Platform::Be,
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
        let actor = ActorDraft {
            role: Some(Role::Reseller),
            ..ActorDraft::default()
        };
        engine.set_actor(&connection, actor).await.unwrap();
        let job = engine.start_sync(&connection).await.unwrap();
        let ended = engine.ended(&job.id).await.unwrap();
        assert!(matches!(ended.state, State::Done(Outcome::Synced(_))));
        Self {
            engine,
            simulator,
            connection,
            folder,
        }
    }

    async fn check(&self, import: &Import) -> Checked {
        let checked = self
            .engine
            .check_import(&self.connection, import.clone())
            .await;
        checked.unwrap()
    }

    /// A file as its columns seem to mean it.
    async fn guessed(&self, kind: &str, content: impl Into<Vec<u8>>) -> Import {
        let source = source(content);
        let seen = self
            .engine
            .inspect_import(&self.connection, source.clone(), kind)
            .await
            .unwrap();
        Import {
            source,
            kind: kind.to_owned(),
            columns: seen.columns.into_iter().map(|own| own.guess).collect(),
            seen: Some(seen.mark),
        }
    }

    fn organization(&self) -> u64 {
        self.simulator.organizations().next().unwrap().id
    }

    /// Ids of people whom the key sees.
    fn people(&self, count: usize) -> Vec<u64> {
        let people = self.simulator.people();
        let seen = people.filter(|own| own.organization.is_some());
        seen.map(|own| own.id).take(count).collect()
    }
}

fn source(content: impl Into<Vec<u8>>) -> Source {
    Source::Content(content.into().into())
}

fn codes(violations: &[Violation]) -> Vec<(&str, &str)> {
    let code = |own: &Violation| own.coded.as_ref().map_or("", |coded| coded.code);
    violations
        .iter()
        .map(|own| (own.path.as_str(), code(own)))
        .collect()
}

fn refused<T: std::fmt::Debug>(outcome: Result<T, Error>) -> Vec<Violation> {
    match outcome {
        Err(Error::Invalid(found)) => found.0,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_thousand_rows_are_all_looked_at_before_the_good_ones_are_planned() {
    let desk = Desk::new(300).await;
    let organization = desk.organization();
    let mut text = format!("{};password\n", COLUMNS.join(";"));
    for number in 0..1_000 {
        let good = format!(
            "new{number}@example.test;Medical_Professional;0{organization};\"Zoë; {number}\";NL;1;x"
        );
        let bad = match number {
            0 => "new0@example.test;medical_professional;12;A;nl".to_owned(),
            50 => good.replace("@example", " example"),
            100 => good.replace("Medical_Professional", "software_developer"),
            150 => good.replace("Medical_Professional", "king"),
            200 => good.replace(&format!(";0{organization};"), ";999999999;"),
            250 => good.replace(&format!(";0{organization};"), ";1E+05;"),
            300 => good.replace(&format!(";0{organization};"), ";12.0;"),
            350 => good.replace(";NL;", ";xx;"),
            400 => good.replace(";NL;", ";(clear);"),
            450 => good.replace("Zoë; 450", "Zoë\n450"),
            500 => good.replace("new500", "new499"),
            550 => good.replace(";NL;1;", ";NL;0;"),
            600 => good.replace(";NL;1;", ";;;"),
            650 => good.replace("Zoë", &"x".repeat(300)),
            700 => good.replace("Zoë", "\u{fffd}"),
            _ if number % 50 == 25 => format!(";;;only {number};;;"),
            _ => good,
        };
        writeln!(text, "{bad}").unwrap();
    }
    let import = desk.guessed("user.create", text.clone()).await;
    assert_eq!(
        import.columns[6],
        Meaning::Ignored,
        "a password is never guessed"
    );
    let checked = desk.check(&import).await;
    assert_eq!(checked.rows, 1_000);
    assert_eq!((checked.problems.len(), checked.planned()), (35, 965));
    let found: Vec<_> = checked
        .problems
        .iter()
        .filter(|own| own.violations.len() < 4)
        .collect();
    let told: Vec<_> = found
        .iter()
        .flat_map(|own| codes(&own.violations))
        .collect();
    assert_eq!(told[0], ("", "wrong_width"));
    for expected in [
        ("email", "not_email"),
        ("", "not_allowed"),
        ("role", "not_one_of"),
        ("organization", "mangled_id"),
        ("preferences.language", "not_one_of"),
        ("preferences.language", "not_clearable"),
        ("profile.name", "not_a_line"),
        ("email", "address_twice_in_file"),
        ("subscription.type", "not_id"),
        ("subscription.type", "required"),
        ("profile.name", "too_long"),
        ("profile.name", "unreadable_letter"),
    ] {
        assert!(told.contains(&expected), "{expected:?} in {told:?}");
    }
    assert!(
        desk.simulator.mutations().is_empty(),
        "looking sends nothing"
    );

    let whole = desk
        .engine
        .plan_import(&desk.connection, import.clone(), "New".to_owned(), false)
        .await
        .unwrap();
    assert!(whole.plan.is_none(), "not all of it is right");
    let partly = desk
        .engine
        .plan_import(&desk.connection, import.clone(), "New".to_owned(), true)
        .await
        .unwrap();
    let plan = partly.plan.unwrap();
    assert_eq!((plan.header.steps, plan.header.requests), (965, 965 + 20));

    let path = desk.folder.path().join("rejected.csv");
    let written = desk
        .engine
        .write_rejects(&desk.connection, import, path.clone())
        .await
        .unwrap();
    assert_eq!(written, 35);
    let rejected = std::fs::read(path).unwrap();
    assert!(
        !rejected.windows(3).any(|part| part == b",x,"),
        "no password is written again"
    );
    let again = desk.guessed("user.create", rejected).await;
    assert_eq!(again.columns[7..], [Meaning::Ignored, Meaning::Ignored]);
    assert_eq!(
        desk.check(&again).await.problems.len(),
        34,
        "all but the one whose address was taken can only be mended there"
    );
}

#[tokio::test]
async fn a_rejected_row_that_was_mended_says_what_it_said_before() {
    let desk = Desk::new(300).await;
    let person = desk.people(1)[0];
    let text = format!(
        "id;Naam;subscription.start;subscription.end\n{person};=1+1;2026-02-01;2026-01-01\n"
    );
    let import = desk.guessed("user.update", text).await;
    let path = desk.folder.path().join("rejected.csv");
    desk.engine
        .write_rejects(&desk.connection, import, path.clone())
        .await
        .unwrap();
    let rejected = std::fs::read_to_string(path).unwrap();
    assert!(
        rejected.contains(";'=1+1;"),
        "as it was separated: {rejected}"
    );
    let mended = rejected.replace("2026-01-01", "2026-03-01");
    let again = desk.guessed("user.update", mended).await;
    let checked = desk.check(&again).await;
    assert!(checked.problems.is_empty(), "{:?}", checked.problems);
    assert_eq!(checked.steps[0].values()["profile.name"], "=1+1");
}

#[tokio::test]
async fn an_update_leaves_what_is_blank_and_takes_away_what_is_cleared() {
    let desk = Desk::new(300).await;
    let people = desk.people(4);
    let name = |id: u64| desk.simulator.now().person(id).unwrap().name.to_owned();
    let same = name(people[2]);
    let text = format!(
        "id,Naam,subscription.start,subscription.end,Taal\n\
         00{},Nieuwe naam,,(clear),\n{},,2026-01-01,,fr\n{},\"{same}\",,,\n{},=1+1,2026-02-01,2026-01-01,\n77x,A,,,\n,B,,,\n",
        people[0], people[1], people[2], people[3]
    );
    let import = desk.guessed("user.update", text).await;
    let checked = desk.check(&import).await;
    let told: Vec<_> = checked
        .problems
        .iter()
        .map(|own| (own.line, codes(&own.violations)))
        .collect();
    assert_eq!(
        told,
        [
            (5, vec![("subscription.end", "ends_too_early")]),
            (6, vec![("target", "not_id")]),
            (7, vec![("target", "target_missing")]),
        ]
    );
    assert_eq!(checked.unchanged, 1, "the name is so already");
    let values: Vec<_> = checked
        .steps
        .iter()
        .map(|step| json!(step.values()))
        .collect();
    assert_eq!(
        values[0],
        json!({"profile.name": "Nieuwe naam", "subscription.end": null})
    );
    assert_eq!(values[1]["preferences.language"], "fr");
    assert_eq!(
        values[1].as_object().unwrap().len(),
        2,
        "what is blank is left"
    );
    let target = checked.steps[0].target.as_ref().unwrap();
    assert_eq!(
        (target.id.as_str(), target.name.as_str()),
        (people[0].to_string().as_str(), name(people[0]).as_str())
    );

    let path = desk.folder.path().join("rejected.csv");
    desk.engine
        .write_rejects(&desk.connection, import.clone(), path.clone())
        .await
        .unwrap();
    let rejected = std::fs::read_to_string(path).unwrap();
    assert!(rejected.contains(",'=1+1,"), "no formula: {rejected}");
    assert!(rejected.contains("subscription.end: has to be after the start"));

    let planned = desk
        .engine
        .plan_import(&desk.connection, import, "Names".to_owned(), true)
        .await
        .unwrap();
    let plan = planned.plan.unwrap().id.to_string();
    let job = desk
        .engine
        .start_plan(&desk.connection, &plan, Applying::default())
        .await
        .unwrap();
    desk.engine.ended(&job.id).await.unwrap();
    let all = StepsWanted {
        limit: 10,
        ..StepsWanted::default()
    };
    let steps = desk
        .engine
        .plan_steps(&desk.connection, &plan, all)
        .await
        .unwrap();
    assert!(
        steps
            .rows
            .iter()
            .all(|(row, _)| row.result.state == StepState::Applied),
        "{steps:?}"
    );
    assert_eq!(name(people[0]), "Nieuwe naam");
}

#[tokio::test]
async fn a_file_is_read_whatever_it_was_written_in() {
    let desk = Desk::new(300).await;
    let id = desk.people(1)[0];
    let text = format!("id;Nom\r\n{id};\"Zoë\"\"\r\n\"\r\n");
    let wide = |encode: fn(u16) -> [u8; 2]| -> Vec<u8> {
        "\u{feff}"
            .encode_utf16()
            .chain(text.encode_utf16())
            .flat_map(encode)
            .collect()
    };
    let old = text
        .chars()
        .map(|letter| if letter == 'ë' { 0xeb } else { letter as u8 })
        .collect();
    for (bytes, encoding) in [
        (text.clone().into_bytes(), Encoding::Utf8),
        (wide(u16::to_le_bytes), Encoding::Utf16Le),
        (wide(u16::to_be_bytes), Encoding::Utf16Be),
        (old, Encoding::Windows1252),
    ] {
        let seen = desk
            .engine
            .inspect_import(&desk.connection, source(bytes), "user.update")
            .await
            .unwrap();
        assert_eq!(
            (seen.encoding, seen.delimiter),
            (encoding, Delimiter::Semicolon)
        );
        assert_eq!(
            seen.first,
            [(2, vec![id.to_string(), "Zoë\"\r\n".to_owned()])]
        );
        assert_eq!(
            seen.columns[1].guess,
            Meaning::Field("profile.name".to_owned())
        );
    }
}

#[tokio::test]
async fn columns_that_make_no_sense_are_refused_before_any_row() {
    let desk = Desk::new(300).await;
    let columns = |names: &[&str]| -> Vec<Meaning> {
        let meaning = |name: &&str| match *name {
            "" => Meaning::Ignored,
            "target" => Meaning::Target,
            path => Meaning::Field(path.to_owned()),
        };
        names.iter().map(meaning).collect()
    };
    let check = async |kind: &str, text: &str, names: &[&str]| {
        let import = Import {
            source: source(text),
            kind: kind.to_owned(),
            columns: columns(names),
            seen: None,
        };
        let found = refused(desk.engine.check_import(&desk.connection, import).await);
        codes(&found)
            .into_iter()
            .map(|(path, code)| format!("{path} {code}"))
            .collect::<Vec<_>>()
    };
    let full = [&COLUMNS[..], &["password"]].concat();
    assert_eq!(
        check("user.create", "a,b,c,d,e,f,g\n", &full).await,
        ["columns[6] column_secret"]
    );
    assert_eq!(
        check(
            "user.update",
            "name,name,x\n",
            &["profile.name", "profile.name", "role"]
        )
        .await,
        [
            "columns[1] column_twice",
            "columns[2] column_unknown",
            "columns column_missing"
        ]
    );
    assert_eq!(
        check("user.update", "id\n", &["target", ""]).await,
        ["columns other_columns"]
    );
    assert_eq!(
        check("user.fly", "id\n", &["target"]).await,
        ["kind unknown_act"]
    );
    let twice = desk.guessed("user.update", "id,name,Name,ID\n").await;
    assert_eq!(twice.columns, columns(&["target", "profile.name", "", ""]));
    let checked = desk.check(&twice).await;
    assert_eq!(
        (checked.rows, checked.steps.len()),
        (0, 0),
        "a header alone"
    );
}

#[tokio::test]
async fn a_file_that_has_changed_since_it_was_looked_at_is_refused() {
    let desk = Desk::new(300).await;
    let path = desk.folder.path().join("people.csv");
    std::fs::write(&path, "id,name\n1,A\n").unwrap();
    let source = Source::File(path.clone());
    let look = async || {
        let kind = "user.update";
        let seen = desk
            .engine
            .inspect_import(&desk.connection, source.clone(), kind);
        let seen = seen.await.unwrap();
        Import {
            source: source.clone(),
            kind: kind.to_owned(),
            columns: seen.columns.into_iter().map(|own| own.guess).collect(),
            seen: Some(seen.mark),
        }
    };
    let before = look().await;
    desk.check(&before).await;
    std::fs::write(&path, "id,name\n1,A\n2,B\n").unwrap();
    let title = "Names".to_owned();
    let planned = desk
        .engine
        .plan_import(&desk.connection, before, title, true);
    assert_eq!(codes(&refused(planned.await)), [("file", "file_changed")]);
    assert_eq!(desk.check(&look().await).await.rows, 2);
}

#[tokio::test]
async fn what_columns_mean_is_remembered_by_their_names() {
    let desk = Desk::new(300).await;
    let import = Import {
        source: source("nr,x,secret\n1,A,hush\n"),
        kind: "user.update".to_owned(),
        columns: vec![
            Meaning::Target,
            Meaning::Field("profile.name".to_owned()),
            Meaning::Ignored,
        ],
        seen: None,
    };
    desk.engine
        .remember_columns(&desk.connection, import.clone())
        .await
        .unwrap();
    let inspect = async |text: &str, kind: &str| {
        desk.engine
            .inspect_import(&desk.connection, source(text), kind)
            .await
            .unwrap()
    };
    let seen = inspect("nr,x,secret\n2,B,hush\n", "user.update").await;
    assert_eq!(seen.remembered, Some(import.columns));
    assert_eq!(
        seen.first[0].1,
        ["2", "B", "•••"],
        "what seems secret is not shown"
    );
    assert_eq!(
        inspect("nr,y,secret\n", "user.update").await.remembered,
        None
    );
    assert_eq!(
        inspect("nr,x,secret\n", "user.create").await.remembered,
        None
    );
}

#[tokio::test]
async fn another_person_like_one_has_nothing_of_their_own() {
    let desk = Desk::new(300).await;
    let id = desk.people(1)[0];
    let intent = desk
        .engine
        .clone_person(&desk.connection, id.try_into().unwrap())
        .await
        .unwrap();
    assert_eq!(
        (intent.kind.as_str(), &intent.target),
        ("user.create", &None)
    );
    let organization = desk.simulator.now().person(id).unwrap().organization;
    assert_eq!(
        intent.values["organization"],
        Value::from(organization.unwrap())
    );
    for own in ["email", "profile.name", "password"] {
        assert!(!intent.values.contains_key(own));
    }
}

#[tokio::test]
async fn a_plan_from_a_file_is_kept_if_it_is_whole_and_fits() {
    let desk = Desk::new(300).await;
    let id = desk.people(1)[0];
    let import = desk
        .guessed("user.update", format!("id,name\n{id},New\n"))
        .await;
    let made = desk
        .engine
        .plan_import(&desk.connection, import, "One".to_owned(), false)
        .await
        .unwrap();
    let made = made.plan.unwrap().id.to_string();
    let plan = desk
        .engine
        .sealed_plan(&desk.connection, &made)
        .await
        .unwrap();
    desk.engine
        .delete_plan(&desk.connection, &made)
        .await
        .unwrap();
    let adopt = async |plan| desk.engine.adopt_plan(&desk.connection, plan).await;

    let mut changed = plan.clone();
    changed.steps[0].changes[0].after = json!("Other");
    assert!(matches!(
        adopt(changed.clone()).await,
        Err(Error::SealBroken { .. })
    ));
    changed.steps[0].changes[0].path = "profile.king".to_owned();
    let sealed = muster_directory::plan::Plan::sealed(changed.header, changed.steps).unwrap();
    assert!(
        codes(&refused(adopt(sealed).await)).contains(&("steps[1].profile.king", "unknown_field"))
    );
    let mut other = plan.clone();
    other.header.key_id += 1;
    let sealed = muster_directory::plan::Plan::sealed(other.header, other.steps).unwrap();
    assert_eq!(codes(&refused(adopt(sealed).await)), [("plan", "plan_key")]);

    let kept = adopt(plan.clone()).await.unwrap();
    assert_eq!((kept.id.to_string(), &kept.seal), (made, &plan.seal));
    assert_eq!(
        adopt(plan).await.unwrap(),
        kept,
        "once more is the same one"
    );
}

#[tokio::test]
async fn an_organization_may_be_written_as_its_name() {
    let desk = Desk::new(100).await;
    let organization = desk.simulator.organizations().next().unwrap();
    let (id, name) = (organization.id, organization.name.to_owned());
    let row = |number: u8, organization: &str| {
        format!("n{number}@example.test;Medical professional;\"{organization}\";A;nl;yes;1\n")
    };
    let text = format!(
        "email;role;organization;profile.name;preferences.language;preferences.isPublic;subscription.type\n{}{}{}",
        row(1, &name),
        row(2, &name.to_uppercase()),
        row(3, "Nobody is called so"),
    );
    let import = desk.guessed("user.create", text).await;
    let checked = desk.check(&import).await;
    assert_eq!(checked.steps.len(), 2);
    for step in &checked.steps {
        let given = step.changes.iter().find(|own| own.path == "organization");
        assert_eq!(given.map(|own| &own.after), Some(&json!(id)));
    }
    assert_eq!(checked.problems.len(), 1);
    assert!(
        codes(&checked.problems[0].violations).contains(&("organization", "nobody_called")),
        "{:?}",
        checked.problems
    );
}

#[tokio::test]
async fn ten_thousand_rows_are_looked_at_in_a_moment() {
    let desk = Desk::new(12_000).await;
    let mut text = "id,name,preferences.language\n".to_owned();
    for id in desk.people(10_000) {
        writeln!(text, "{id},New {id},fr").unwrap();
    }
    let import = desk.guessed("user.update", text).await;
    let begun = Instant::now();
    let checked = desk.check(&import).await;
    let took = begun.elapsed();
    println!("{} rows in {took:?}", checked.rows);
    assert_eq!(checked.planned(), checked.rows);
    let most = if cfg!(debug_assertions) { 20 } else { 2 };
    assert!(took.as_secs() < most, "{took:?}");
}
