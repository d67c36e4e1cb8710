//! What each command does: a few lines that call the engine.

use std::time::Instant;

use muster_engine::{Engine, connections::Draft};

use crate::{
    convert::{self, draft},
    error::api_error,
    types::*,
};

mod activity;
mod approvals;
mod changes;
mod import;
mod question;
mod rules;
mod taking;
mod views;

pub use activity::*;
pub use approvals::*;
pub use changes::*;
pub use import::*;
pub use question::*;
pub use rules::*;
pub use taking::*;
pub use views::*;

type Answer<T> = Result<T, ApiError>;

const SETTINGS: &str = "settings";
pub(crate) const LAST: &str = "last";

pub async fn app_state(engine: &Engine, (): ()) -> Answer<AppState> {
    let vault = std::sync::Arc::clone(engine.vault());
    let kind = vault.kind();
    let vault_error = engine.check_vault().await.err();
    Ok(AppState {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        profile: engine.folder().display().to_string(),
        vault: kind.into(),
        vault_error: vault_error.map(|error| api_error(&error)),
        settings: engine.setting(SETTINGS).await?,
        last: engine.setting(LAST).await?,
        connections: connections_list(engine, ()).await?,
    })
}

pub async fn settings_set(engine: &Engine, settings: Settings) -> Answer<Settings> {
    engine.set_ceiling(settings.ceiling).await?;
    engine.set_setting(SETTINGS, settings).await?;
    Ok(settings)
}

pub async fn last_set(engine: &Engine, last: LastPlace) -> Answer<()> {
    Ok(engine.set_setting(LAST, last).await?)
}

pub async fn workspace_get(engine: &Engine, of: WorkspaceRef) -> Answer<WorkspaceState> {
    Ok(WorkspaceState(
        engine.workspace(&of.connection, of.place).await?,
    ))
}

pub async fn workspace_set(engine: &Engine, update: WorkspaceUpdate) -> Answer<()> {
    Ok(engine
        .set_workspace(&update.connection, update.place, update.state)
        .await?)
}

pub async fn vault_unlock(engine: &Engine, (): ()) -> Answer<()> {
    Ok(engine.unlock_vault().await?)
}

pub async fn connections_list(engine: &Engine, (): ()) -> Answer<Vec<Connection>> {
    Ok(engine
        .connections()
        .await?
        .into_iter()
        .map(Connection::from)
        .collect())
}

pub async fn connection_try(engine: &Engine, typed: ConnectionDraft) -> Answer<ConnectionReport> {
    let draft: Draft = draft(typed)?;
    Ok(engine.try_draft(&draft).await?.into())
}

pub async fn connection_add(engine: &Engine, typed: ConnectionDraft) -> Answer<Connection> {
    Ok(engine.add_connection(draft(typed)?).await?.into())
}

pub async fn connection_test(engine: &Engine, of: ConnectionRef) -> Answer<ConnectionReport> {
    Ok(engine.test_connection(&of.connection).await?.into())
}

pub async fn connection_rename(engine: &Engine, new: ConnectionRename) -> Answer<Connection> {
    let colour = new.colour.name();
    Ok(engine
        .rename_connection(&new.connection, &new.name, colour)
        .await?
        .into())
}

pub async fn connection_replace_secret(
    engine: &Engine,
    new: SecretReplacement,
) -> Answer<ConnectionReport> {
    Ok(engine
        .replace_secret(&new.connection, new.secret)
        .await?
        .into())
}

pub async fn connection_removal(engine: &Engine, of: ConnectionRef) -> Answer<RemovalPreview> {
    Ok(engine.preview_removal(&of.connection).await?.into())
}

pub async fn connection_remove(engine: &Engine, of: ConnectionRef) -> Answer<()> {
    Ok(engine.remove_connection(&of.connection).await?)
}

pub async fn mirror_set_aside(engine: &Engine, of: ConnectionRef) -> Answer<Connection> {
    engine.set_mirror_aside(&of.connection).await?;
    Ok(engine.connection(&of.connection).await?.into())
}

pub async fn practice_open(engine: &Engine, (): ()) -> Answer<Connection> {
    Ok(engine.open_practice().await?.into())
}

pub async fn practice_network(engine: &Engine, network: PracticeNetwork) -> Answer<()> {
    Ok(engine.set_practice_network(network.on).await?)
}

pub async fn sync_start(engine: &Engine, of: ConnectionRef) -> Answer<Job> {
    Ok(engine.start_sync(&of.connection).await?.into())
}

pub async fn jobs_list(engine: &Engine, (): ()) -> Answer<Vec<Job>> {
    Ok(engine.jobs().into_iter().map(Job::from).collect())
}

pub async fn job_cancel(engine: &Engine, of: JobRef) -> Answer<()> {
    Ok(engine.cancel_job(&of.job)?)
}

pub async fn organizations_query(
    engine: &Engine,
    question: OrganizationsQuestion,
) -> Answer<OrganizationsAnswer> {
    let started = Instant::now();
    let platform = convert::platform(&engine.connection(&question.connection).await?.record);
    let (connection, offset, question) = convert::organizations_question(question);
    let found = engine.organizations(&connection, question).await?;
    let rows = found
        .rows
        .into_iter()
        .map(|row| convert::organization_row(row, platform));
    Ok(OrganizationsAnswer {
        total: found.total,
        possible: found.possible,
        offset,
        rows: rows.collect(),
        as_of: found.as_of,
        took_ms: started.elapsed().as_secs_f64() * 1_000.0,
    })
}
