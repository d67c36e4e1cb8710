//! Taking people out: to the clipboard, to a file.

use muster_engine::Engine;

use super::Answer;
use crate::{convert, types::*};

pub async fn people_copy(engine: &Engine, copy: PeopleCopy) -> Answer<CopiedPeople> {
    let (connection, copying) = convert::copying(copy)?;
    let copied = engine.copy_people(&connection, copying).await?;
    Ok(CopiedPeople {
        text: copied.text,
        count: copied.count,
    })
}

pub async fn people_export(engine: &Engine, export: PeopleExport) -> Answer<Job> {
    let (connection, export) = convert::export(export)?;
    Ok(engine.start_export(&connection, export).await?.into())
}
