//! Rows that were left out, written to a file as they were, with why.

use std::{
    collections::HashMap,
    io::{self, Write},
    path::Path,
};

use muster_directory::Violation;

use super::{
    Meaning, RowProblem,
    guessing::is_secret,
    sheet::{Sheet, Source},
};
use crate::{
    Result, Step,
    export::{BYTE_ORDER_MARK, Replacement, not_written, unformulated},
};

/// What the columns are called that are added.
const ADDED: [&str; 2] = ["line", "problems"];

/// Writes the rows with problems to a file that takes the place of one that is there; returns how
/// many. Cells of columns that seem to hold secrets are left blank.
pub(super) fn write(
    source: &Source,
    columns: &[Meaning],
    problems: &[RowProblem],
    path: &Path,
) -> Result<u64> {
    let mut sheet = Sheet::open(source)?;
    let by_line: HashMap<_, _> = problems
        .iter()
        .map(|problem| (problem.line, &problem.violations))
        .collect();
    let kept = kept_columns(&sheet.columns);
    let mut file = Replacement::of(path)?;
    file.put(BYTE_ORDER_MARK.as_bytes())?;
    // Like the file it comes from, so that it opens in the same program as that did.
    let mut lines = csv::WriterBuilder::new()
        .delimiter(sheet.delimiter.byte())
        .from_writer(file);
    let not_written = |error: io::Error| not_written(path, Step::Write, error);
    let header = kept.iter().map(|at| sheet.columns[*at].as_str());
    record(&mut lines, header.chain(ADDED)).map_err(not_written)?;
    let secret: Vec<_> = sheet.columns.iter().map(|name| is_secret(name)).collect();
    let names = sheet.columns.clone();
    let mut written = 0;
    while let Some((line, row)) = sheet.row()? {
        let Some(violations) = by_line.get(&line) else {
            continue;
        };
        let cells = kept.iter().map(|at| match secret[*at] {
            true => "",
            false => row.get(*at).unwrap_or_default(),
        });
        let told = told(violations, columns, &names);
        let line = line.to_string();
        record(&mut lines, cells.chain([line.as_str(), told.as_str()])).map_err(not_written)?;
        written += 1;
    }
    let file = lines
        .into_inner()
        .map_err(|error| not_written(error.into_error()))?;
    file.complete()?;
    Ok(written)
}

/// Without those that a file like this one had added.
fn kept_columns(columns: &[String]) -> Vec<usize> {
    let is_ours = columns.ends_with(&ADDED.map(str::to_owned));
    let kept = columns.len() - if is_ours { ADDED.len() } else { 0 };
    (0..kept).collect()
}

/// What is wrong, with what the columns are called in the file.
fn told(violations: &[Violation], columns: &[Meaning], names: &[String]) -> String {
    let one = |violation: &Violation| {
        let at = columns
            .iter()
            .position(|own| *own != Meaning::Ignored && own.path() == violation.path);
        let name = at
            .and_then(|at| names.get(at))
            .map_or(violation.path.as_str(), String::as_str);
        match name.is_empty() {
            true => violation.message.clone(),
            false => format!("{name}: {}", violation.message),
        }
    };
    violations.iter().map(one).collect::<Vec<_>>().join("; ")
}

fn record<'a>(
    to: &mut csv::Writer<impl Write>,
    cells: impl Iterator<Item = &'a str>,
) -> io::Result<()> {
    let plain: Vec<_> = cells.map(unformulated).collect();
    let written = to.write_record(plain.iter().map(|cell| cell.as_bytes()));
    written.map_err(io::Error::from)
}
