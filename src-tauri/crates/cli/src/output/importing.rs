//! Files of rows, written out.

use std::io::{self, Write};

use muster_api::types;
use muster_engine::importing::{Checked, Inspection, Meaning};

use super::{Outcome, csv, json, table};
use crate::arguments::Format;

/// What a file is written in and what its columns mean, on standard error.
pub fn columns(seen: &Inspection, meanings: &[Meaning]) -> Outcome {
    let mut out = io::stderr().lock();
    let encoding = seen.encoding.name();
    writeln!(out, "musterctl: {} rows, {encoding}", seen.rows)?;
    if seen.notes > 0 {
        writeln!(out, "musterctl: {} rows are notes", seen.notes)?;
    }
    for (column, meaning) in seen.columns.iter().zip(meanings) {
        let means = match meaning {
            Meaning::Ignored => "is ignored".to_owned(),
            known => format!("is {}", known.path()),
        };
        writeln!(out, "  {} {means}", column.name)?;
    }
    Ok(())
}

/// What the rows come to, and what is wrong.
pub fn checked(own: Checked, format: Format) -> Outcome {
    let rows = || {
        own.problems.iter().flat_map(|problem| {
            problem.violations.iter().map(|violation| {
                vec![
                    problem.line.to_string(),
                    violation.path.clone(),
                    violation.message.clone(),
                ]
            })
        })
    };
    let header = ["line", "field", "problem"];
    match format {
        Format::Csv => csv(&header, rows()),
        Format::Json => {
            let problems = own.problems.clone();
            let mut told = types::ImportChecked::from(own);
            told.problems = problems.into_iter().map(Into::into).collect();
            json(&told)
        }
        Format::Table => {
            if !own.problems.is_empty() {
                table(&header, rows())?;
            }
            let (planned, same) = (own.planned(), own.unchanged);
            let bad = own.problems.len();
            Ok(writeln!(
                io::stdout(),
                "{} rows: {planned} can be planned, {same} are so already, {bad} are wrong",
                own.rows
            )?)
        }
    }
}
