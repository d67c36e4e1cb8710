//! What each command does: a call of the engine, and its answer written out.

mod activity;
mod applying;
mod changes;
mod importing;
mod people;
mod plan_file;
mod roles;
mod views;

use std::io::{self, IsTerminal, Read, Write};

use muster_directory::{
    Answer, AnswerMeta, AnswerPage, ApiKeyId, OrganizationSort, Page, SecretString, Sort,
};
use muster_engine::{
    Engine, EngineOptions, Error, Event,
    connections::{Connection, Draft},
    jobs::{Job, Outcome, State},
    mirror::Seen,
    profile_folder,
    question::{Question, Source, Window},
    vault::VaultKind,
};
use tokio::sync::broadcast;

use crate::{
    arguments::{Arguments, Asked, Command, Connect, Format, Organizations, Part, People},
    failure::Failure,
    output,
};

/// Keys and secrets are short; more than this on standard input is something else.
const LONGEST_SECRET: u64 = 64 * 1024;

pub async fn run(arguments: Arguments) -> Result<(), Failure> {
    let engine = open(&arguments)?;
    match arguments.command {
        Command::Activity(activity) => activity::run(&engine, activity).await,
        Command::Connect(connect) => run_connect(&engine, connect).await,
        Command::Sync { connection } => {
            let connection = find(&engine, &connection).await?;
            sync(&engine, &connection).await
        }
        Command::Syncs { connection, format } => {
            let connection = find(&engine, &connection).await?;
            let syncs = engine.syncs(&connection.record.id.to_string()).await?;
            output::syncs(&syncs, format)
        }
        Command::People(People::Query {
            whom,
            truth,
            look,
            part,
            format,
        }) => people::query(&engine, whom, truth, look, part, format).await,
        Command::Explain {
            whom,
            person,
            format,
        } => people::explain(&engine, whom, person, format).await,
        Command::Export(export) => people::export(&engine, export).await,
        Command::Views(views) => views::run(&engine, views).await,
        Command::Organizations(Organizations::Query { asked, sort }) => {
            organizations(&engine, asked, sort).await
        }
        Command::Roles { connection, format } => roles::matrix(&engine, &connection, format).await,
        Command::May(asked) => roles::may(&engine, asked).await,
        Command::PlanFile(files) => plan_file::run(&engine, files).await,
        Command::Plan(asked) => changes::plan(&engine, asked).await,
        Command::Apply(asked) => applying::apply(&engine, asked).await,
        Command::Undo(asked) => changes::undo(&engine, asked).await,
        Command::Plans(asked) => changes::plans(&engine, asked).await,
        Command::Outbox(asked) => applying::outbox(&engine, asked).await,
        Command::Drafts { connection, format } => {
            changes::drafts(&engine, &connection, format).await
        }
        Command::Import(asked) => importing::run(&engine, asked).await,
        Command::Simulate(asked) => roles::simulate(&engine, asked).await,
    }
}

fn open(arguments: &Arguments) -> Result<Engine, Failure> {
    let profile = arguments
        .profile
        .clone()
        .or_else(profile_folder)
        .ok_or_else(|| {
            Failure::Usage("there is no home folder: choose a profile with --profile".to_owned())
        })?;
    let passphrase = std::env::var("MUSTER_VAULT_PASSPHRASE")
        .ok()
        .map(SecretString::from);
    let vault = muster_engine::open_vault(arguments.vault, &profile, passphrase)?;
    Ok(Engine::open(EngineOptions::new(profile, vault))?)
}

async fn run_connect(engine: &Engine, connect: Connect) -> Result<(), Failure> {
    match connect {
        Connect::Add {
            vendor: _,
            platform,
            name,
            base_url,
            key_id,
        } => {
            let key =
                ApiKeyId::try_from(key_id).map_err(|error| Failure::Usage(error.to_string()))?;
            let secret = read_secret("the key's secret")?;
            let draft = Draft {
                name,
                platform,
                base_url,
                key,
                secret,
            };
            let connection = engine.add_connection(draft).await?;
            if engine.vault().kind() == VaultKind::Memory {
                let warning =
                    "the secret is in memory only and forgotten now: give it again to use it";
                writeln!(io::stderr(), "musterctl: {warning}")?;
            }
            output::connections(&[connection], Format::Table)
        }
        Connect::List { format } => output::connections(&engine.connections().await?, format),
        Connect::Test { connection, format } => {
            let connection = find(engine, &connection).await?;
            let report = engine
                .test_connection(&connection.record.id.to_string())
                .await?;
            output::report(report, format)
        }
        Connect::Role(own) => roles::key_role(engine, own).await,
        Connect::Remove { connection, yes } => {
            let connection = find(engine, &connection).await?;
            let id = connection.record.id.to_string();
            let preview = engine.preview_removal(&id).await?;
            output::removal(&connection, &preview, yes)?;
            if yes {
                engine.remove_connection(&id).await?;
                return Ok(());
            }
            Err(Failure::Usage(
                "nothing was removed: say --yes to remove this".to_owned(),
            ))
        }
    }
}

/// Reads a secret, which is called `what`, from standard input.
fn read_secret(what: &str) -> Result<SecretString, Failure> {
    let mut input = io::stdin();
    if input.is_terminal() {
        writeln!(io::stderr(), "Type {what}, then Enter and Ctrl+D:")?;
    }
    let mut secret = String::new();
    let read = input
        .by_ref()
        .take(LONGEST_SECRET)
        .read_to_string(&mut secret)?;
    if read as u64 == LONGEST_SECRET {
        return Err(Failure::Usage(
            "what came on standard input is too long for a secret".to_owned(),
        ));
    }
    let secret = secret.trim_end_matches(['\r', '\n']);
    if secret.is_empty() {
        return Err(Failure::Usage(format!(
            "{what} is expected on standard input"
        )));
    }
    Ok(SecretString::from(secret))
}

/// A connection by its name or id.
async fn find(engine: &Engine, wanted: &str) -> Result<Connection, Failure> {
    let mut found: Vec<_> = engine
        .connections()
        .await?
        .into_iter()
        .filter(|own| own.record.name == wanted || own.record.id.to_string() == wanted)
        .collect();
    match (found.pop(), found.is_empty()) {
        (Some(connection), true) => Ok(connection),
        (Some(_), false) => Err(Failure::Usage(format!(
            "several connections are called \u{201c}{wanted}\u{201d}: use the id"
        ))),
        (None, _) => Err(Error::NotFound {
            what: "connection",
            which: wanted.to_owned(),
        }
        .into()),
    }
}

async fn sync(engine: &Engine, connection: &Connection) -> Result<(), Failure> {
    let id = connection.record.id.to_string();
    // Before the job: what it tells first may be that it has ended.
    let events = engine.listen();
    let job = engine.start_sync(&id).await?;
    match follow(engine, &job.id, events).await?.state {
        State::Done(Outcome::Synced(record)) => output::synced(&record),
        State::Failed(error) => Err(error.into()),
        _ => Err(Error::Canceled.into()),
    }
}

/// Waits for the end of a job, shows its progress on a terminal, and stops it at Ctrl+C.
async fn follow(
    engine: &Engine,
    job: &str,
    mut events: broadcast::Receiver<Event>,
) -> Result<Job, Failure> {
    let shown = io::stderr().is_terminal();
    let interrupted = tokio::signal::ctrl_c();
    tokio::pin!(interrupted);
    let mut interrupts = true;
    loop {
        let now = engine.job(job)?;
        if shown {
            output::progress(&now)?;
        }
        if !now.is_running() {
            if shown {
                writeln!(io::stderr())?;
            }
            return Ok(now);
        }
        tokio::select! {
            // Lagging behind, or any event at all, is a reason to look again.
            _ = events.recv() => {}
            outcome = &mut interrupted, if interrupts => {
                outcome?;
                interrupts = false;
                engine.cancel_job(job)?;
            }
        }
    }
}

async fn organizations(
    engine: &Engine,
    asked: Asked,
    sort: Sort<OrganizationSort>,
) -> Result<(), Failure> {
    let (id, page, format, question) = question(engine, asked, sort).await?;
    let found = engine.organizations(&id, question).await?;
    note_possible(found.possible)?;
    match format {
        Format::Json => {
            let answer = answer(&found.rows, found.total, page, |row| {
                row.organization.clone()
            });
            output::json(&answer)
        }
        Format::Csv => output::organizations_csv(&found.rows),
        Format::Table => output::organizations_table(&found),
    }
}

async fn question<C>(
    engine: &Engine,
    asked: Asked,
    sort: Sort<C>,
) -> Result<(String, Option<Page>, Format, Question<C>), Failure> {
    let connection = find(engine, &asked.connection).await?;
    let page = page_of(&asked.part);
    let source = if asked.live {
        Source::Live
    } else {
        Source::Mirror
    };
    let question = Question {
        source,
        filter: asked.filter,
        search: None,
        seen: Seen::Present,
        sort,
        window: window_of(page),
    };
    Ok((
        connection.record.id.to_string(),
        page,
        asked.format,
        question,
    ))
}

/// The page that was asked for; none for everything.
fn page_of(part: &Part) -> Option<Page> {
    (part.page.is_some() || part.size.is_some()).then(|| Page {
        no: part.page.unwrap_or(0),
        size: part.size.unwrap_or_default(),
    })
}

fn window_of(page: Option<Page>) -> Window {
    page.map_or(Window::All, |page| Window::Rows {
        offset: page.offset(),
        limit: page.size.get(),
    })
}

/// Says on standard error what the vendor's shape has no place for.
fn note_possible(possible: u64) -> Result<(), Failure> {
    if possible > 0 {
        writeln!(
            io::stderr(),
            "musterctl: {possible} more may match: what the filter asks is not known of them"
        )?;
    }
    Ok(())
}

fn answer<Row, T>(
    rows: &[Row],
    total: u64,
    page: Option<Page>,
    of: impl Fn(&Row) -> T,
) -> Answer<T> {
    let page = page.map(|page| AnswerPage {
        no: page.no,
        offset: page.offset(),
        size: page.size.get(),
    });
    Answer {
        meta: AnswerMeta { total, page },
        results: rows.iter().map(of).collect(),
    }
}
