//! From rows to what is wanted, and everything that is wrong with each row.

use jiff::tz::TimeZone;
use muster_directory::{
    ActKind, Target, Violation,
    act::read_id,
    plan::{Intent, Step, make, make_all},
    said::Said,
};
use muster_mirror::{ConnectionRecord, Ledger};

use super::{Import, Meaning, names::Names, sheet::Sheet};
use crate::{Engine, Error, Result, changes::Known, export::formulated};

/// Stands where a letter could not be read.
const UNREADABLE: char = '\u{fffd}';

/// A row that cannot be planned, and everything that is wrong with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowProblem {
    /// The line that it begins in, from 1.
    pub line: u64,
    /// What is wrong, at the paths of fields; `target`; empty: all of it.
    pub violations: Vec<Violation>,
}

/// What the rows of a file come to.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Checked {
    /// How many rows there are.
    pub rows: u64,
    /// How many requests would be planned: what is wanted twice of the same is joined.
    pub steps: Vec<Step>,
    /// The rows that cannot be planned, in order.
    pub problems: Vec<RowProblem>,
    /// How many are so already.
    pub unchanged: u64,
    /// What is wanted by the rows in which nothing is wrong, in order.
    pub(super) good: Vec<Intent>,
}

impl Checked {
    /// How many rows would be planned.
    #[must_use]
    pub fn planned(&self) -> u64 {
        self.rows - self.problems.len() as u64 - self.unchanged
    }
}

/// A row, as far as it could be read.
struct Row {
    intent: Intent,
    /// What could not be.
    wrong: Vec<Violation>,
}

impl Engine {
    /// Reads all rows and looks for everything that is wrong. Blocks.
    pub(super) fn check_rows(&self, record: &ConnectionRecord, import: &Import) -> Result<Checked> {
        let kind = import.kind_of(record)?;
        import.check_unchanged()?;
        let mirror = self.mirror(record.id)?;
        let mut rows = read(&kind, import, &mut Names::new(&mirror))?;
        let ledger = Ledger::open(&self.profile.ledger_path(record.id))?;
        let intents: Vec<_> = rows.iter().map(|row| row.intent.clone()).collect();
        let known = Known::read(self, record, &ledger, &intents)?;
        for row in &mut rows {
            if let Some(target) = &mut row.intent.target {
                target.name = known.name_of(target).unwrap_or_default();
            }
        }
        let count = rows.len() as u64;
        let (good, bad): (Vec<_>, Vec<_>) = rows.into_iter().partition(|row| row.wrong.is_empty());
        let good: Vec<_> = good.into_iter().map(|row| row.intent).collect();
        let made = make_all(&good, &known);
        let line = |at: usize| good.get(at).and_then(|intent| intent.line).unwrap_or(0);
        let found = made.problems.into_iter().map(|problem| RowProblem {
            line: line(problem.index),
            violations: problem.violations,
        });
        let mut problems: Vec<_> = found
            .chain(bad.into_iter().map(|row| all_wrong(row, &known)))
            .collect();
        problems.sort_by_key(|problem| problem.line);
        Ok(Checked {
            rows: count,
            steps: made.steps,
            unchanged: made.unchanged.len() as u64,
            good: without(good, &problems),
            problems,
        })
    }
}

/// What could not be read of a row, and what is wrong with the rest of it.
fn all_wrong(row: Row, known: &Known<'_>) -> RowProblem {
    let mut violations = row.wrong;
    let is_told = |path: &str| {
        violations
            .iter()
            .any(|own| own.path == path || own.path.is_empty())
    };
    let others = make(&row.intent, known).err().unwrap_or_default();
    let others: Vec<_> = others
        .into_iter()
        .filter(|own| !own.path.is_empty() && !is_told(&own.path))
        .collect();
    violations.extend(others);
    RowProblem {
        line: row.intent.line.unwrap_or(0),
        violations,
    }
}

fn without(intents: Vec<Intent>, problems: &[RowProblem]) -> Vec<Intent> {
    let is_good = |intent: &Intent| {
        let line = intent.line.unwrap_or(0);
        problems
            .binary_search_by_key(&line, |problem| problem.line)
            .is_err()
    };
    intents.into_iter().filter(is_good).collect()
}

fn read(kind: &ActKind, import: &Import, names: &mut Names<'_>) -> Result<Vec<Row>> {
    let mut sheet = Sheet::open(&import.source)?;
    let width = sheet.columns.len();
    check_columns(kind, &import.columns, width)?;
    let zone = TimeZone::system();
    let mut rows = Vec::new();
    while let Some((line, record)) = sheet.row()? {
        let mut row = Row {
            intent: Intent {
                kind: kind.id.to_owned(),
                target: None,
                values: muster_directory::Values::new(),
                secrets: Vec::new(),
                line: Some(line),
            },
            wrong: Vec::new(),
        };
        match record.len() == width {
            true => {
                for (meaning, cell) in import.columns.iter().zip(record) {
                    read_cell(kind, meaning, cell, &zone, names, &mut row)?;
                }
            }
            false => row.wrong.push(wrong_width(record.len(), width)),
        }
        rows.push(row);
    }
    Ok(rows)
}

fn read_cell(
    kind: &ActKind,
    meaning: &Meaning,
    cell: &str,
    zone: &TimeZone,
    names: &mut Names<'_>,
    row: &mut Row,
) -> Result<()> {
    let cell = formulated(cell);
    let read = match meaning {
        Meaning::Ignored => return Ok(()),
        Meaning::Target => read_target(kind, cell, row),
        Meaning::Field(path) => read_field(kind, path, cell, zone, names, row)?,
    };
    if let Err(said) = read {
        row.wrong.push(Violation::new(meaning.path(), said));
    }
    Ok(())
}

fn read_target(kind: &ActKind, cell: &str, row: &mut Row) -> std::result::Result<(), Said> {
    let (Some(thing), text) = (kind.target, cell.trim()) else {
        return Ok(());
    };
    if !text.is_empty() {
        row.intent.target = Some(Target {
            thing,
            id: read_id(text)?.to_string(),
            name: String::new(),
        });
    }
    Ok(())
}

fn read_field(
    kind: &ActKind,
    path: &str,
    cell: &str,
    zone: &TimeZone,
    names: &mut Names<'_>,
    row: &mut Row,
) -> Result<std::result::Result<(), Said>> {
    if cell.contains(UNREADABLE) {
        let message = "has a letter that could not be read".to_owned();
        return Ok(Err(Said::new(message, "unreadable_letter", Vec::new())));
    }
    let Some(field) = kind.field(path) else {
        return Ok(Ok(()));
    };
    let read = match names.read(field, cell)? {
        Some(named) => named.map(Some),
        None => field.read(cell, zone),
    };
    Ok(read.map(|value| {
        let value = value.map(|value| (path.to_owned(), value));
        row.intent.values.extend(value);
    }))
}

fn wrong_width(found: usize, expected: usize) -> Violation {
    let message = format!("has {found} cells; the first row has {expected}");
    let values = vec![
        ("found", found.to_string()),
        ("expected", expected.to_string()),
    ];
    Violation::new("", Said::new(message, "wrong_width", values))
}

/// Whether the columns mean something that the act can say, and everything that it needs.
pub(super) fn check_columns(kind: &ActKind, columns: &[Meaning], width: usize) -> Result<()> {
    let mut found = Vec::new();
    let mut tell = |at: Option<usize>, message: String, code, values| {
        let path = at.map_or_else(|| "columns".to_owned(), |at| format!("columns[{at}]"));
        found.push(Violation::new(path, Said::new(message, code, values)));
    };
    if columns.len() != width {
        let message = "the file has other columns by now: look at it again".to_owned();
        tell(None, message, "other_columns", Vec::new());
    }
    for (at, meaning) in columns.iter().enumerate() {
        let values = || vec![("path", meaning.path().to_owned())];
        let path = meaning.path();
        if *meaning != Meaning::Ignored && columns[..at].contains(meaning) {
            let message = format!("two columns are {path}");
            tell(Some(at), message, "column_twice", values());
        }
        let is_known = match meaning {
            Meaning::Ignored => true,
            Meaning::Target => kind.target.is_some(),
            Meaning::Field(path) => kind.field(path).is_some(),
        };
        if !is_known {
            let message = format!("{} says nothing of {path}", kind.id);
            tell(Some(at), message, "column_unknown", values());
        }
        if kind
            .field(path)
            .is_some_and(muster_directory::Field::is_secret)
        {
            let message =
                "passwords cannot come from a file: a plan keeps no secrets. Leave this column out"
                    .to_owned();
            tell(Some(at), message, "column_secret", Vec::new());
        }
    }
    let required = kind.fields.iter().filter(|field| field.required);
    let needed = required.map(|field| Meaning::Field(field.path.to_owned()));
    let target = kind.target.map(|_| Meaning::Target);
    for missing in target.into_iter().chain(needed) {
        if !columns.contains(&missing) {
            let path = missing.path().to_owned();
            let message = format!("no column is {path}, which is required");
            tell(None, message, "column_missing", vec![("path", path)]);
        }
    }
    match found.is_empty() {
        true => Ok(()),
        false => Err(Error::Invalid(muster_directory::Violations(found))),
    }
}
