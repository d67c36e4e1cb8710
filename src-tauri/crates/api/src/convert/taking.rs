//! Between the boundary and what is copied and exported.

use muster_engine::{
    columns::Column,
    copying::{self, Copying},
    export::{self, Export, Heading},
};

use super::question::{sort, who};
use crate::{error::invalid, types::*};

pub(crate) fn copying(own: PeopleCopy) -> Result<(String, Copying), ApiError> {
    let (connection, who) = who(own.who)?;
    let copying = Copying {
        who,
        sort: sort(own.sort),
        columns: headings(&own.columns, own.headings)?,
        format: match own.format {
            CopyFormat::Csv => copying::Format::Csv,
            CopyFormat::Json => copying::Format::Json,
            CopyFormat::Markdown => copying::Format::Markdown,
        },
    };
    Ok((connection, copying))
}

pub(crate) fn export(own: PeopleExport) -> Result<(String, Export), ApiError> {
    let (connection, who) = who(own.who)?;
    let export = Export {
        who,
        text: own.text,
        sort: sort(own.sort),
        columns: headings(&own.columns, own.headings)?,
        format: match own.format {
            ExportFormat::Csv => export::Format::Csv,
            ExportFormat::Xlsx => export::Format::Xlsx,
            ExportFormat::Jsonl => export::Format::Jsonl,
        },
        path: own.path.into(),
        keep_formulas: own.keep_formulas,
    };
    Ok((connection, export))
}

fn headings(columns: &[String], texts: Vec<String>) -> Result<Vec<Heading>, ApiError> {
    if columns.len() != texts.len() {
        return Err(invalid(
            "headings",
            "expected one for each column".to_owned(),
        ));
    }
    columns
        .iter()
        .zip(texts)
        .enumerate()
        .map(|(index, (name, text))| {
            let column = column(name, &format!("columns[{index}]"))?;
            Ok(Heading { column, text })
        })
        .collect()
}

/// The column of this name.
pub(super) fn column(name: &str, path: &str) -> Result<Column, ApiError> {
    name.parse()
        .map_err(|error| invalid(path, format!("{error}")))
}
