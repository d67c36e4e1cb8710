//! People as lines: comma-separated, or a JSON object each.

use std::{
    borrow::Cow,
    io::{self, BufWriter, Write},
};

use muster_directory::Fact;

use super::{Heading, Replacement, UNKNOWN};
use crate::columns::{Column, Line};

/// Bytes that are gathered before they are written.
const GATHERED: usize = 64 * 1024;

/// Comma-separated lines under a line of headings.
pub(crate) struct CsvFile<W: Write> {
    lines: csv::Writer<W>,
    columns: Vec<Column>,
    keep_formulas: bool,
}

impl<W: Write> CsvFile<W> {
    /// Writes the headings.
    pub fn begin(to: W, columns: Vec<Heading>, keep_formulas: bool) -> io::Result<Self> {
        let mut lines = csv::WriterBuilder::new()
            .buffer_capacity(GATHERED)
            .from_writer(to);
        for own in &columns {
            let text = plain(&own.text, keep_formulas);
            lines.write_field(text.as_bytes()).map_err(io_error)?;
        }
        lines.write_record(None::<&[u8]>).map_err(io_error)?;
        Ok(Self {
            lines,
            columns: columns.into_iter().map(|own| own.column).collect(),
            keep_formulas,
        })
    }

    pub fn line(&mut self, line: &Line<'_>) -> io::Result<()> {
        for column in &self.columns {
            let text = match line.cell(*column) {
                Fact::Unknown => UNKNOWN.into(),
                Fact::Absent => "".into(),
                Fact::Known(cell) => cell.text(),
            };
            let text = plain(&text, self.keep_formulas);
            self.lines.write_field(text.as_bytes()).map_err(io_error)?;
        }
        self.lines.write_record(None::<&[u8]>).map_err(io_error)
    }

    pub fn complete(self) -> io::Result<W> {
        self.lines
            .into_inner()
            .map_err(csv::IntoInnerError::into_error)
    }
}

/// What is behind an error: that the disk is full, for example.
fn io_error(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}

/// The text as a spreadsheet takes it for a text.
fn plain(text: &str, keep_formulas: bool) -> Cow<'_, str> {
    match keep_formulas {
        true => Cow::Borrowed(text),
        false => unformulated(text),
    }
}

/// A text that a spreadsheet would take for a formula, after an apostrophe, which makes it a text.
pub(crate) fn unformulated(text: &str) -> Cow<'_, str> {
    match is_formula(text) {
        true => Cow::Owned(format!("'{text}")),
        false => Cow::Borrowed(text),
    }
}

/// The text behind the apostrophe that kept it from being taken for a formula.
pub(crate) fn formulated(text: &str) -> &str {
    match text.strip_prefix('\'') {
        Some(behind) if is_formula(behind) => behind,
        _ => text,
    }
}

/// Whether a spreadsheet that reads it from a file of text might take it for a formula. Some fold
/// the wide forms of the signs to the usual ones.
pub(super) fn is_formula(text: &str) -> bool {
    text.starts_with([
        '=', '+', '-', '@', '\t', '\r', '\n', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}',
    ])
}

/// A JSON object a line.
pub(crate) struct JsonLines {
    to: BufWriter<Replacement>,
    columns: Vec<Column>,
}

impl JsonLines {
    pub fn begin(to: Replacement, columns: Vec<Heading>) -> Self {
        Self {
            to: BufWriter::with_capacity(GATHERED, to),
            columns: columns.into_iter().map(|own| own.column).collect(),
        }
    }

    pub fn line(&mut self, line: &Line<'_>) -> io::Result<()> {
        serde_json::to_writer(&mut self.to, &line.object(&self.columns))?;
        self.to.write_all(b"\n")
    }

    pub fn complete(self) -> io::Result<Replacement> {
        self.to.into_inner().map_err(|error| error.into_error())
    }
}

#[cfg(test)]
mod tests {
    use muster_directory::{IdentifierKind, Organization, Person};
    use serde_json::{from_value, json};

    use super::*;
    use crate::columns::tests::line;

    fn heading(column: Column, text: &str) -> Heading {
        Heading {
            column,
            text: text.to_owned(),
        }
    }

    fn written(name: &str, keep_formulas: bool) -> String {
        let own: Organization =
            from_value(json!({"id": 5, "name": "A, \"B\"", "apbNr": null})).unwrap();
        let person: Person = from_value(json!({"id": 7, "name": name, "organization": 5})).unwrap();
        let columns = vec![
            heading(Column::Id, "=Id"),
            heading(Column::Name, "Name"),
            heading(Column::Organization, "Organization"),
            heading(Column::Identifier(IdentifierKind::Apb), "APB"),
            heading(Column::Identifier(IdentifierKind::Vat), "VAT"),
        ];
        let mut file = CsvFile::begin(Vec::new(), columns, keep_formulas).unwrap();
        file.line(&line(&person, Some(&own))).unwrap();
        String::from_utf8(file.complete().unwrap()).unwrap()
    }

    #[test]
    fn none_is_empty_and_unknown_has_a_sign() {
        assert_eq!(
            written("Zoë\nB", false),
            "'=Id,Name,Organization,APB,VAT\n7,\"Zoë\nB\",\"A, \"\"B\"\"\",,?\n"
        );
    }

    #[test]
    fn what_a_spreadsheet_would_calculate_is_a_text() {
        for name in [
            "=1+1",
            "+1",
            "-1",
            "@SUM(A1)",
            "\t=1",
            "\r=1",
            "\n=1",
            "\u{ff1d}1",
        ] {
            let text = written(name, false);
            let mut read = csv::Reader::from_reader(text.as_bytes());
            let record = read.records().next().unwrap().unwrap();
            assert_eq!(&record[1], format!("'{name}"), "{name:?}");
            let text = written(name, true);
            let mut read = csv::Reader::from_reader(text.as_bytes());
            let record = read.records().next().unwrap().unwrap();
            assert_eq!(&record[1], name, "kept if asked for");
        }
        assert!(
            written("a=1", false).contains(",a=1,"),
            "only at the beginning"
        );
    }
}
