//! Files of rows that become acts.

use muster_engine::Engine;

use super::Answer;
use crate::{
    convert::{changes, import as convert},
    types::*,
};

pub async fn import_inspect(engine: &Engine, own: ImportInspect) -> Answer<ImportInspection> {
    let source = convert::source(own.file)?;
    let seen = engine.inspect_import(&own.connection, source, &own.kind);
    Ok(seen.await?.into())
}

pub async fn import_map(engine: &Engine, own: ImportMapping) -> Answer<ImportChecked> {
    let (connection, import) = convert::import(own)?;
    let checked = engine.check_import(&connection, import.clone()).await?;
    engine.remember_columns(&connection, import).await?;
    Ok(checked.into())
}

pub async fn import_plan(engine: &Engine, own: ImportPlanning) -> Answer<ImportPlanned> {
    let (connection, import) = convert::import(own.import)?;
    let planned = engine.plan_import(&connection, import, own.title, own.partly);
    Ok(planned.await?.into())
}

pub async fn import_rejects(engine: &Engine, own: ImportRejecting) -> Answer<ImportRejected> {
    let (connection, import) = convert::import(own.import)?;
    let written = engine.write_rejects(&connection, import, own.path.into());
    Ok(ImportRejected {
        rows: written.await?,
    })
}

pub async fn import_template(engine: &Engine, own: ImportTemplate) -> Answer<()> {
    Ok(engine
        .write_template(&own.connection, &own.kind, own.path.as_ref())
        .await?)
}

pub async fn person_clone(engine: &Engine, of: PersonCloning) -> Answer<Intent> {
    let person = changes::person(of.person)?;
    Ok(engine.clone_person(&of.connection, person).await?.into())
}
