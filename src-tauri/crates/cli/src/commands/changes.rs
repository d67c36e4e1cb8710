//! Changes: planned, looked at, given up, undone. Nothing is sent from here.

use std::{
    fs,
    io::{self, Write},
    path::{Path, PathBuf},
};

use jiff::tz::TimeZone;
use muster_api::types;
use muster_directory::{
    ActKind, Target, Thing, Values,
    act::Field,
    plan::{Intent, Step},
};
use muster_engine::{
    Engine, Error,
    changes::{PlanWish, Planned},
    mirror::{PlanRecord, StepsWanted},
    question::{PeopleQuestion, Source, Who, Window},
};

use super::{find, note_possible, people};
use crate::{
    arguments::{Format, Making, Plan, PlanName, Plans, Undo},
    failure::Failure,
    output::{self, changes as written},
};

/// A longer title is cut.
const LONGEST_TITLE: usize = 80;

/// The exit status when something is not done, or cannot be.
pub const NOT_ALL: u8 = 4;

pub async fn id_of(engine: &Engine, connection: &str) -> Result<String, Failure> {
    Ok(find(engine, connection).await?.record.id.to_string())
}

pub async fn plan(engine: &Engine, asked: Plan) -> Result<(), Failure> {
    let connection = id_of(engine, &asked.connection).await?;
    let intents = match (&asked.from, &asked.act) {
        (Some(path), _) => from_file(path)?,
        (None, Some(act)) => said(engine, &connection, act, &asked).await?,
        (None, None) => Vec::new(),
    };
    let wish = PlanWish {
        title: match &asked.making.title {
            Some(title) => title.clone(),
            None => called(&intents),
        },
        intents,
        partly: asked.making.partly,
        ..PlanWish::default()
    };
    let planned = engine.make_plan(&connection, wish).await?;
    made(engine, &connection, planned, asked.making.out, asked.format).await
}

/// What a plan is called that nobody gave a name: what it does first, and for how many.
fn called(intents: &[Intent]) -> String {
    let Some(first) = intents.first() else {
        return String::new();
    };
    let name = match &first.target {
        Some(target) => Some(target.name.as_str()),
        None => ["profile.name", "name"]
            .iter()
            .find_map(|path| first.values.get(*path)?.as_str()),
    };
    let more = match intents.len() - 1 {
        0 => String::new(),
        1 => " and 1 more".to_owned(),
        more => format!(" and {more} more"),
    };
    title_of(&format!(
        "{}: {}{more}",
        first.kind,
        name.unwrap_or_default()
    ))
}

/// A title as long as one may be.
fn title_of(text: &str) -> String {
    text.chars().take(LONGEST_TITLE).collect()
}

pub async fn undo(engine: &Engine, asked: Undo) -> Result<(), Failure> {
    let connection = id_of(engine, &asked.plan.connection).await?;
    let title = match asked.title {
        Some(title) => title,
        None => {
            let undone = engine.plan(&connection, &asked.plan.plan).await?;
            title_of(&format!("Undo: {}", undone.record.header.title))
        }
    };
    let planned = engine
        .undo_plan(&connection, &asked.plan.plan, title)
        .await?;
    made(engine, &connection, planned, asked.out, asked.format).await
}

/// What is wanted, as it stands in a file.
fn from_file(path: &Path) -> Result<Vec<Intent>, Failure> {
    let text = fs::read_to_string(path).map_err(|error| Error::NotRead {
        path: path.to_owned(),
        source: error.into(),
    })?;
    let read: Vec<Intent> = serde_json::from_str(&text)
        .map_err(|error| Failure::Usage(format!("{}: {error}", path.display())))?;
    match read.iter().any(|intent| !intent.secrets.is_empty()) {
        true => Err(Failure::Usage(
            "a file of wishes cannot ask for secrets: use plan --with-password".to_owned(),
        )),
        false => Ok(read),
    }
}

/// What is wanted, as it was said on the command line.
async fn said(
    engine: &Engine,
    connection: &str,
    act: &str,
    asked: &Plan,
) -> Result<Vec<Intent>, Failure> {
    let kind = kind(engine, connection, act).await?;
    let values = values(&kind, &asked.set)?;
    let targets = targets(engine, connection, asked).await?;
    let secrets = match asked.with_password {
        true => secrets_of(&kind)?,
        false => Vec::new(),
    };
    let intent = |target| Intent {
        kind: kind.id.to_owned(),
        target,
        values: values.clone(),
        secrets: secrets.clone(),
        line: None,
    };
    Ok(match (kind.target, targets.is_empty()) {
        (None, true) => vec![intent(None)],
        (Some(_), true) if asked.text.is_some() => {
            return Err(Failure::Usage("nobody matches this question".to_owned()));
        }
        (Some(_), true) => return Err(Failure::Usage(format!("say to whom: {act} needs it"))),
        (_, false) => targets.into_iter().map(Some).map(intent).collect(),
    })
}

/// The act of this name; an error names all there are.
pub async fn kind(engine: &Engine, connection: &str, act: &str) -> Result<ActKind, Failure> {
    let kinds = engine.acts(connection).await?;
    let names: Vec<_> = kinds.iter().map(|kind| kind.id).collect();
    let unknown = format!("there is no act {act}; there are {}", names.join(", "));
    let found = kinds.into_iter().find(|kind| kind.id == act);
    found.ok_or(Failure::Usage(unknown))
}

fn secrets_of(kind: &ActKind) -> Result<Vec<String>, Failure> {
    let secrets = kind.fields.iter().filter(|field| field.is_secret());
    let paths: Vec<_> = secrets.map(|field| field.path.to_owned()).collect();
    match paths.is_empty() {
        true => Err(Failure::Usage(format!("{} takes no password", kind.id))),
        false => Ok(paths),
    }
}

fn values(kind: &ActKind, set: &[String]) -> Result<Values, Failure> {
    let mut values = Values::new();
    for said in set {
        let (path, text) = said
            .split_once('=')
            .ok_or_else(|| Failure::Usage(format!("--set {said}: expected PATH=VALUE")))?;
        // What may be a password is not repeated.
        let wrong = |why: &str| Failure::Usage(format!("--set {path}: {why}"));
        let field = kind.field(path).ok_or_else(|| {
            let paths: Vec<_> = kind.fields.iter().map(|field| field.path).collect();
            wrong(&format!("expected one of {}", paths.join(", ")))
        })?;
        if field.is_secret() {
            return Err(wrong(
                "others can read a command line: say --with-password, and apply --password-stdin",
            ));
        }
        let value = read(field, text).map_err(|why| wrong(&why))?;
        if values.insert(path.to_owned(), value).is_some() {
            return Err(wrong("is said twice"));
        }
    }
    Ok(values)
}

fn read(field: &Field, text: &str) -> Result<serde_json::Value, String> {
    let read = field.read(text, &TimeZone::system());
    let value = read.map_err(|said| said.message)?;
    value.ok_or_else(|| "cannot be blank; (clear) takes a value away".to_owned())
}

async fn targets(engine: &Engine, connection: &str, asked: &Plan) -> Result<Vec<Target>, Failure> {
    let target = |thing, id: String| Target {
        thing,
        id,
        name: String::new(),
    };
    let people = asked.person.iter();
    let mut found: Vec<_> = people
        .map(|id| target(Thing::Person, id.to_string()))
        .collect();
    found.extend(
        asked
            .organization
            .iter()
            .map(|id| target(Thing::Organization, id.to_string())),
    );
    let keys = asked.api_key.iter();
    found.extend(keys.map(|id| target(Thing::ApiKey, id.to_string())));
    if let Some(text) = &asked.text {
        let question = PeopleQuestion {
            who: Who {
                filter: people::read(engine, connection, text).await?,
                ..Who::everybody(Source::Mirror)
            },
            sort: vec![muster_directory::Sort::default()],
            window: Window::All,
            remember: None,
        };
        let answer = engine.people(connection, question).await?;
        note_possible(answer.possible)?;
        found.extend(
            answer
                .rows
                .iter()
                .map(|row| target(Thing::Person, row.person.id.to_string())),
        );
    }
    Ok(found)
}

/// Shows what became of making a plan, and writes it to a file if that was asked for.
async fn made(
    engine: &Engine,
    connection: &str,
    planned: Planned,
    out: Option<PathBuf>,
    format: Format,
) -> Result<(), Failure> {
    written::problems(&planned)?;
    let is_wrong = !planned.problems.is_empty();
    if let Some(plan) = &planned.plan {
        shown(engine, connection, plan, out, format).await?;
    } else if format == Format::Json {
        output::json(&types::PlanMade::from(planned))?;
    } else if !is_wrong {
        writeln!(io::stdout(), "Nothing to do: it is so already.")?;
    }
    match is_wrong {
        true => Err(Failure::Answered(NOT_ALL)),
        false => Ok(()),
    }
}

/// Shows a plan that was just made, and writes it to a file in the place of keeping it.
pub async fn shown(
    engine: &Engine,
    connection: &str,
    plan: &PlanRecord,
    out: Option<PathBuf>,
    format: Format,
) -> Result<(), Failure> {
    let id = plan.id.to_string();
    show(engine, connection, &id, format).await?;
    if let Some(path) = out {
        let written = engine.write_plan(connection, &id, &path).await;
        // Also if it could not be written: it was not asked to be kept.
        engine.delete_plan(connection, &id).await?;
        written?;
        writeln!(io::stderr(), "musterctl: written to {}", path.display())?;
    }
    Ok(())
}

/// Shows a plan, field by field.
pub async fn show(
    engine: &Engine,
    connection: &str,
    plan: &str,
    format: Format,
) -> Result<(), Failure> {
    let details = engine.plan(connection, plan).await?;
    let steps = steps_of(engine, connection, plan).await?;
    written::plan(details, steps, format)
}

pub async fn steps_of(engine: &Engine, connection: &str, plan: &str) -> Result<Vec<Step>, Failure> {
    Ok(engine.sealed_plan(connection, plan).await?.steps)
}

pub async fn plans(engine: &Engine, asked: Plans) -> Result<(), Failure> {
    match asked {
        Plans::List { connection, format } => {
            let connection = id_of(engine, &connection).await?;
            written::plans(engine.plans(&connection).await?, format)
        }
        Plans::Show { plan, format } => {
            let connection = id_of(engine, &plan.connection).await?;
            show(engine, &connection, &plan.plan, format).await
        }
        Plans::Steps {
            plan,
            state,
            format,
        } => {
            let connection = id_of(engine, &plan.connection).await?;
            let wanted = StepsWanted {
                states: state,
                offset: 0,
                limit: i64::MAX.unsigned_abs(),
            };
            let steps = engine.plan_steps(&connection, &plan.plan, wanted).await?;
            written::results(steps, format)
        }
        Plans::Retry { plan, step } => {
            let connection = id_of(engine, &plan.connection).await?;
            Ok(engine.retry_steps(&connection, &plan.plan, &step).await?)
        }
        Plans::Cancel { plan } => {
            let connection = id_of(engine, &plan.connection).await?;
            engine.cancel_plan(&connection, &plan.plan).await?;
            Ok(())
        }
    }
}

pub async fn drafts(engine: &Engine, connection: &str, format: Format) -> Result<(), Failure> {
    let connection = id_of(engine, connection).await?;
    written::drafts(engine.drafts(&connection).await?, format)
}

/// The connection's id and the plan's.
pub async fn named(engine: &Engine, own: PlanName) -> Result<(String, String), Failure> {
    Ok((id_of(engine, &own.connection).await?, own.plan))
}

impl Making {
    /// How a plan of rows is made.
    pub fn parts(self, file: &Path) -> (String, bool, Option<PathBuf>) {
        let name = || file.file_name().unwrap_or_default().to_string_lossy();
        let title = self.title.unwrap_or_else(|| title_of(&name()));
        (title, self.partly, self.out)
    }
}
