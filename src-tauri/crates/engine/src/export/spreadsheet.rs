//! People as a spreadsheet, written in constant memory, with the question on a sheet of its own.

use std::{
    cell, io,
    panic::{self, AssertUnwindSafe, catch_unwind},
    sync::Once,
};

use muster_directory::Fact;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

use super::{Heading, Replacement, UNKNOWN, lines::is_formula, note::Note};
use crate::columns::{Cell, Column, Line};

/// How many rows a sheet has at most.
const MOST_ROWS: u32 = 1_048_576;

/// How many characters a cell has at most.
const MOST_CHARACTERS: usize = 32_767;

/// In characters.
const WIDE: f64 = 32.0;
const NARROW: f64 = 21.0;

/// A spreadsheet that is being written.
pub(super) struct Spreadsheet {
    to: Replacement,
    workbook: Workbook,
    columns: Vec<Heading>,
    looks: Looks,
    /// How many sheets of people there are.
    sheets: u32,
    /// The next row of the last one.
    row: u32,
    most_rows: u32,
}

struct Looks {
    heading: Format,
    text: Format,
    /// A text that is still a text after somebody has edited its cell.
    formula: Format,
    time: Format,
    note: Format,
}

impl Looks {
    fn new(keep_formulas: bool) -> Self {
        let text = Format::new().set_num_format("@");
        Self {
            heading: Format::new().set_bold().set_num_format("@"),
            formula: match keep_formulas {
                true => text.clone(),
                false => text.clone().set_quote_prefix(),
            },
            text,
            time: Format::new().set_num_format(r#"yyyy\-mm\-dd"T"hh:mm:ss"Z""#),
            note: Format::new().set_num_format("@").set_text_wrap(),
        }
    }

    fn of_text(&self, text: &str) -> &Format {
        match is_formula(text) {
            true => &self.formula,
            false => &self.text,
        }
    }
}

impl Spreadsheet {
    pub fn begin(to: Replacement, columns: Vec<Heading>, keep_formulas: bool) -> io::Result<Self> {
        Self::with_rows(to, columns, keep_formulas, MOST_ROWS)
    }

    fn with_rows(
        to: Replacement,
        columns: Vec<Heading>,
        keep_formulas: bool,
        most_rows: u32,
    ) -> io::Result<Self> {
        let mut workbook = Workbook::new();
        // Its rows wait in a nameless file; that one too belongs where the person wants them.
        workbook.set_tempdir(to.folder()).map_err(io_error)?;
        let mut own = Self {
            to,
            workbook,
            columns,
            looks: Looks::new(keep_formulas),
            sheets: 0,
            row: 0,
            most_rows,
        };
        own.begin_sheet()?;
        Ok(own)
    }

    fn begin_sheet(&mut self) -> io::Result<()> {
        self.sheets += 1;
        let name = match self.sheets {
            1 => "People".to_owned(),
            number => format!("People {number}"),
        };
        let (columns, looks) = (&self.columns, &self.looks);
        let workbook = &mut self.workbook;
        unpanicked(|| {
            let sheet = workbook.add_worksheet_with_constant_memory()?;
            sheet.set_name(name)?.set_freeze_panes(1, 0)?;
            for (index, own) in (0_u16..).zip(columns) {
                let width = match own.column {
                    Column::Name | Column::Organization | Column::Role => WIDE,
                    _ => NARROW,
                };
                sheet.set_column_width(index, width)?;
            }
            for (index, own) in (0_u16..).zip(columns) {
                sheet.write_string_with_format(0, index, &own.text, &looks.heading)?;
            }
            Ok(())
        })?;
        self.row = 1;
        Ok(())
    }

    pub fn line(&mut self, line: &Line<'_>) -> io::Result<()> {
        if self.row >= self.most_rows {
            self.begin_sheet()?;
        }
        let (columns, looks, row) = (&self.columns, &self.looks, self.row);
        let (workbook, last) = (&mut self.workbook, self.sheets as usize - 1);
        unpanicked(|| {
            let sheet = workbook.worksheet_from_index(last)?;
            for (index, own) in (0_u16..).zip(columns) {
                write_cell(sheet, row, index, line.cell(own.column), looks)?;
            }
            Ok(())
        })
        .map_err(|error| named(error, line))?;
        self.row += 1;
        Ok(())
    }

    /// Adds the sheet with the question, and writes all of it.
    pub fn complete(self, note: &Note) -> io::Result<Replacement> {
        let Self {
            mut to,
            mut workbook,
            looks,
            ..
        } = self;
        unpanicked(|| {
            let sheet = workbook.add_worksheet();
            sheet.set_name("Question")?;
            sheet
                .set_column_width(0, NARROW)?
                .set_column_width(1, 100)?;
            let mut row = 0;
            for (key, text) in note.lines() {
                sheet.write_string_with_format(row, 0, key, &looks.heading)?;
                for part in parts(&text) {
                    sheet.write_string_with_format(row, 1, part, &looks.note)?;
                    row += 1;
                }
            }
            workbook.save_to_writer(&mut to)
        })?;
        Ok(to)
    }
}

fn write_cell(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    fact: Fact<Cell<'_>>,
    looks: &Looks,
) -> Result<(), XlsxError> {
    let text = match fact {
        Fact::Absent => return Ok(()),
        Fact::Unknown => UNKNOWN.into(),
        Fact::Known(Cell::Time(seconds)) => match ExcelDateTime::from_timestamp(seconds) {
            Ok(time) => {
                sheet.write_datetime_with_format(row, column, &time, &looks.time)?;
                return Ok(());
            }
            // A time that spreadsheets do not know: before 1900, after 9999.
            Err(_) => Cell::Time(seconds).text(),
        },
        Fact::Known(cell) => cell.text(),
    };
    let look = looks.of_text(&text);
    sheet.write_string_with_format(row, column, text, look)?;
    Ok(())
}

/// Parts of a text that each fit into a cell; at least one.
fn parts(text: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut length = 0;
    for letter in text.chars() {
        if length == MOST_CHARACTERS / 2 {
            parts.push(String::new());
            length = 0;
        }
        if let Some(part) = parts.last_mut() {
            part.push(letter);
        }
        length += 1;
    }
    parts
}

/// Runs what the library does. It panics when the file in which rows wait cannot be written, as on
/// a full disk; here that is an error like any other.
fn unpanicked(work: impl FnOnce() -> Result<(), XlsxError>) -> io::Result<()> {
    hush();
    HUSHED.set(true);
    let outcome = catch_unwind(AssertUnwindSafe(work));
    HUSHED.set(false);
    match outcome {
        Ok(outcome) => outcome.map_err(io_error),
        Err(panic) => {
            let text = panic
                .downcast_ref::<String>()
                .map(String::as_str)
                .or_else(|| panic.downcast_ref::<&str>().copied())
                .unwrap_or("the spreadsheet cannot be written");
            Err(match text.contains("StorageFull") {
                true => io::Error::from(io::ErrorKind::StorageFull),
                false => io::Error::other(text.to_owned()),
            })
        }
    }
}

thread_local! {
    /// Whether a panic of this thread is an error that somebody is told of in other words.
    static HUSHED: cell::Cell<bool> = const { cell::Cell::new(false) };
}

/// Keeps hushed panics from standard error, where scripts read errors.
fn hush() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let told = panic::take_hook();
        panic::set_hook(Box::new(move |panic| {
            if !HUSHED.get() {
                told(panic);
            }
        }));
    });
}

fn io_error(error: XlsxError) -> io::Error {
    match error {
        XlsxError::IoError(error) => error,
        other => io::Error::other(other),
    }
}

/// Names the person whose text does not fit.
fn named(error: io::Error, line: &Line<'_>) -> io::Error {
    let too_long = error
        .get_ref()
        .and_then(|inner| inner.downcast_ref::<XlsxError>())
        .is_some_and(|inner| matches!(inner, XlsxError::MaxStringLengthExceeded));
    match too_long {
        false => error,
        true => io::Error::other(format!(
            "a text of person {} is longer than the {MOST_CHARACTERS} characters of a cell: \
             choose CSV or JSON lines instead",
            line.id()
        )),
    }
}

#[cfg(test)]
mod tests {
    use std::{fs::File, io::BufReader, path::Path};

    use calamine::{Data, Reader, Xlsx, open_workbook};
    use muster_directory::{IdentifierKind, Organization, Person};
    use serde_json::{from_value, json};

    use super::*;
    use crate::columns::tests::line;

    fn columns() -> Vec<Heading> {
        [
            Column::Name,
            Column::Id,
            Column::CreatedAt,
            Column::Identifier(IdentifierKind::Apb),
            Column::Identifier(IdentifierKind::Vat),
        ]
        .map(|column| Heading {
            column,
            text: format!("={}", column.name()),
        })
        .into()
    }

    fn written(path: &Path, names: &[String], most_rows: u32) -> Xlsx<BufReader<File>> {
        let to = Replacement::of(path).unwrap();
        let own: Organization = from_value(json!({"id": 5, "name": "A", "apbNr": "0123"})).unwrap();
        let mut file = Spreadsheet::with_rows(to, columns(), false, most_rows).unwrap();
        for name in names {
            let person = json!({"id": 9_007_199_254_740_991_u64, "name": name,
                "organization": 5, "meta": {"createdAt": 1_735_689_600}});
            let person: Person = from_value(person).unwrap();
            file.line(&line(&person, Some(&own))).unwrap();
        }
        let long = "x".repeat(100_000);
        let note = Note::told(&[("question", "=1"), ("filter", &long)]);
        file.complete(&note).unwrap().complete().unwrap();
        open_workbook(path).unwrap()
    }

    #[test]
    fn ids_are_texts_and_nothing_is_a_formula() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.xlsx");
        let names: Vec<_> = [
            "Zoë \u{1f600}",
            "=1+1",
            "@x",
            "a\u{1}b\u{fffe}\n_x0041_ <&>",
            "",
        ]
        .map(str::to_owned)
        .into();
        let mut book = written(&path, &names, MOST_ROWS);
        assert_eq!(book.sheet_names(), ["People", "Question"]);
        let sheet = book.worksheet_range("People").unwrap();
        assert_eq!(sheet.height(), names.len() + 1);
        assert_eq!(sheet[(0, 0)], Data::String("=name".to_owned()));
        assert_eq!(sheet[(1, 0)], Data::String(names[0].clone()));
        assert_eq!(sheet[(2, 0)], Data::String("=1+1".to_owned()));
        assert_eq!(
            sheet[(1, 1)],
            Data::String("9007199254740991".to_owned()),
            "no digit is lost"
        );
        assert!(matches!(&sheet[(1, 2)], Data::DateTime(at) if at.as_f64() == 45_658.0));
        assert_eq!(sheet[(1, 3)], Data::String("0123".to_owned()));
        assert_eq!(sheet[(1, 4)], Data::String(UNKNOWN.to_owned()));
        assert!(book.worksheet_formula("People").unwrap().is_empty());
        let question = book.worksheet_range("Question").unwrap();
        assert_eq!(question[(0, 1)], Data::String("=1".to_owned()));
        assert!(
            question.height() > 4,
            "a long text continues in the next rows"
        );
    }

    #[test]
    fn what_does_not_fit_on_a_sheet_continues_on_the_next() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.xlsx");
        let names: Vec<_> = (0..5).map(|number| format!("P{number}")).collect();
        let mut book = written(&path, &names, 3);
        assert_eq!(
            book.sheet_names(),
            ["People", "People 2", "People 3", "Question"]
        );
        let last = book.worksheet_range("People 3").unwrap();
        assert_eq!(last[(0, 0)], Data::String("=name".to_owned()));
        assert_eq!(last[(1, 0)], Data::String("P4".to_owned()));
    }

    #[test]
    fn a_panic_of_the_library_is_an_error() {
        let full = unpanicked(|| panic!("{}: StorageFull", "Couldn't write to xml file"));
        assert_eq!(full.unwrap_err().kind(), io::ErrorKind::StorageFull);
        assert!(unpanicked(|| panic!("{}", "else")).is_err());
        assert!(!HUSHED.get(), "what panics after this is told");
    }

    #[test]
    fn a_text_that_is_too_long_is_told_with_its_person() {
        let folder = tempfile::tempdir().unwrap();
        let to = Replacement::of(&folder.path().join("a.xlsx")).unwrap();
        let mut file = Spreadsheet::begin(to, columns(), false).unwrap();
        let person = json!({"id": 7, "name": "x".repeat(MOST_CHARACTERS + 1)});
        let person: Person = from_value(person).unwrap();
        let error = file.line(&line(&person, None)).unwrap_err().to_string();
        assert!(
            error.contains("person 7") && error.contains("CSV"),
            "{error}"
        );
    }
}
