//! Files of rows: looked at, planned, the rest written down.

use std::{
    io::{self, Write},
    path::Path,
};

use muster_engine::{
    Engine,
    importing::{Import, Inspection, Meaning, Source},
};

use super::changes::{NOT_ALL, id_of, kind, shown};
use crate::{
    arguments,
    failure::Failure,
    output::{changes as shown_plan, importing as written},
};

pub async fn run(engine: &Engine, asked: arguments::Import) -> Result<(), Failure> {
    let connection = id_of(engine, &asked.connection).await?;
    kind(engine, &connection, &asked.act).await?;
    let Some(path) = &asked.file else {
        let text = engine.import_template(&connection, &asked.act).await?;
        return Ok(write!(io::stdout(), "{text}")?);
    };
    let import = read(engine, &connection, path, &asked).await?;
    let rejects = asked.rejects.clone();
    let (title, partly, out) = asked.making.parts(path);
    let (plan, checked) = match asked.plan {
        true => {
            let planned = engine
                .plan_import(&connection, import.clone(), title, partly)
                .await?;
            (planned.plan, planned.checked)
        }
        false => (
            None,
            engine.check_import(&connection, import.clone()).await?,
        ),
    };
    if let Some(path) = rejects {
        let rows = engine
            .write_rejects(&connection, import, path.clone())
            .await?;
        writeln!(io::stderr(), "musterctl: {rows} rows in {}", path.display())?;
    }
    let is_wrong = !checked.problems.is_empty();
    match &plan {
        Some(plan) => {
            shown_plan::rows(&checked)?;
            shown(engine, &connection, plan, out, asked.format).await?;
        }
        None => written::checked(checked, asked.format)?,
    }
    match is_wrong {
        true => Err(Failure::Answered(NOT_ALL)),
        false => Ok(()),
    }
}

/// What the rows want: columns mean what was said, else what they seem to mean. What that is is said.
async fn read(
    engine: &Engine,
    connection: &str,
    path: &Path,
    asked: &arguments::Import,
) -> Result<Import, Failure> {
    let source = Source::File(path.to_owned());
    let seen = engine
        .inspect_import(connection, source.clone(), &asked.act)
        .await?;
    let columns = mapped(&seen, &asked.map)?;
    written::columns(&seen, &columns)?;
    Ok(Import {
        source,
        kind: asked.act.clone(),
        columns,
        seen: Some(seen.mark),
    })
}

fn mapped(seen: &Inspection, said: &[String]) -> Result<Vec<Meaning>, Failure> {
    let mut columns: Vec<_> = seen.columns.iter().map(|own| own.guess.clone()).collect();
    for own in said {
        let (name, path) = own
            .rsplit_once('=')
            .ok_or_else(|| Failure::Usage(format!("--map {own}: expected COLUMN=PATH")))?;
        let at = seen.columns.iter().position(|column| column.name == name);
        let at =
            at.ok_or_else(|| Failure::Usage(format!("--map {own}: there is no column {name}")))?;
        let meaning = match path {
            "" => Meaning::Ignored,
            "target" => Meaning::Target,
            path => Meaning::Field(path.to_owned()),
        };
        // A guess gives way.
        for other in &mut columns {
            if *other == meaning {
                *other = Meaning::Ignored;
            }
        }
        columns[at] = meaning;
    }
    Ok(columns)
}
