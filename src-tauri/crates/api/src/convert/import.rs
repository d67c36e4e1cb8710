//! Between files of rows in the engine and at the boundary.

use muster_engine::importing::{self, Import, Meaning, Source};

use super::changes::just_made;
use crate::{error::invalid, types::*};

/// How many problems are told.
const MOST: usize = 100;

pub(crate) fn source(file: ImportFile) -> Result<Source, ApiError> {
    match (file.path, file.content) {
        (Some(path), None) => Ok(Source::File(path.into())),
        (None, Some(content)) => importing::content(&content).map_err(ApiError::from),
        _ => Err(invalid(
            "file",
            "say either its path or its content".to_owned(),
        )),
    }
}

pub(crate) fn import(own: ImportMapping) -> Result<(String, Import), ApiError> {
    let import = Import {
        seen: own.file.mark.clone(),
        source: source(own.file)?,
        kind: own.kind,
        columns: own.columns.into_iter().map(Into::into).collect(),
    };
    Ok((own.connection, import))
}

impl From<ImportMeaning> for Meaning {
    fn from(own: ImportMeaning) -> Self {
        match own {
            ImportMeaning::Ignored => Self::Ignored,
            ImportMeaning::Target => Self::Target,
            ImportMeaning::Field { path } => Self::Field(path),
        }
    }
}

impl From<Meaning> for ImportMeaning {
    fn from(own: Meaning) -> Self {
        match own {
            Meaning::Ignored => Self::Ignored,
            Meaning::Target => Self::Target,
            Meaning::Field(path) => Self::Field { path },
        }
    }
}

impl From<importing::Delimiter> for ImportDelimiter {
    fn from(own: importing::Delimiter) -> Self {
        match own {
            importing::Delimiter::Comma => Self::Comma,
            importing::Delimiter::Semicolon => Self::Semicolon,
            importing::Delimiter::Tab => Self::Tab,
            importing::Delimiter::Bar => Self::Bar,
        }
    }
}

impl From<importing::Inspection> for ImportInspection {
    fn from(own: importing::Inspection) -> Self {
        let column = |own: importing::Column| ImportColumn {
            name: own.name,
            guess: own.guess.into(),
            secret: own.is_secret,
        };
        let meanings = |own: Vec<Meaning>| own.into_iter().map(Into::into).collect();
        let row = |(line, cells)| ImportRow { line, cells };
        Self {
            encoding: own.encoding.name().to_owned(),
            delimiter: own.delimiter.into(),
            columns: own.columns.into_iter().map(column).collect(),
            remembered: own.remembered.map(meanings),
            rows: own.rows,
            notes: own.notes,
            first: own.first.into_iter().map(row).collect(),
            mark: own.mark,
        }
    }
}

impl From<importing::RowProblem> for ImportProblem {
    fn from(own: importing::RowProblem) -> Self {
        Self {
            line: own.line,
            violations: own.violations.into_iter().map(Into::into).collect(),
        }
    }
}

impl From<importing::Checked> for ImportChecked {
    fn from(own: importing::Checked) -> Self {
        Self {
            rows: own.rows,
            planned: own.planned(),
            steps: own.steps.len() as u64,
            unchanged: own.unchanged,
            bad: own.problems.len() as u64,
            problems: own
                .problems
                .into_iter()
                .take(MOST)
                .map(Into::into)
                .collect(),
        }
    }
}

impl From<importing::PlannedImport> for ImportPlanned {
    fn from(own: importing::PlannedImport) -> Self {
        Self {
            plan: own.plan.map(just_made),
            checked: own.checked.into(),
        }
    }
}
