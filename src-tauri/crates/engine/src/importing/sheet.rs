//! A file of rows: what separates its cells, its columns, and its rows one after another.

use std::{
    fs::{self, File},
    io::{self, BufReader, Read},
    path::PathBuf,
    sync::Arc,
    time::SystemTime,
};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use csv::{ReaderBuilder, StringRecord};
use muster_directory::{Violation, said::Said};

use super::text::{Decoded, Encoding, Kind, kind};
use crate::{Error, Result};

/// The most rows of a file.
pub const MOST_ROWS: u64 = 100_000;

/// The largest file, in bytes.
const LARGEST: u64 = 256 * 1024 * 1024;

/// How much of a text is looked at for what separates its cells, in bytes.
const HEAD: u64 = 64 * 1024;

/// How many rows of that.
const HEAD_ROWS: usize = 20;

/// What a row begins with that is a note to the reader.
pub(super) const NOTE: &str = "# ";

/// What a first line begins with that says what separates the cells, as some spreadsheets write it.
const SAYS_DELIMITER: &str = "sep=";

/// Where the rows are.
#[derive(Debug, Clone)]
pub enum Source {
    /// In a file.
    File(PathBuf),
    /// Here: a browser hands over what stands in a file, never where it lies.
    Content(Arc<[u8]>),
}

/// What separates the cells of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Delimiter {
    /// `,`
    Comma,
    /// `;`
    Semicolon,
    /// A tab.
    Tab,
    /// `|`
    Bar,
}

impl Delimiter {
    /// All of them, the most usual first.
    pub const ALL: [Self; 4] = [Self::Comma, Self::Semicolon, Self::Tab, Self::Bar];

    pub(super) const fn byte(self) -> u8 {
        match self {
            Self::Comma => b',',
            Self::Semicolon => b';',
            Self::Tab => b'\t',
            Self::Bar => b'|',
        }
    }
}

/// What stands in a file, from base 64.
pub fn content(base64: &str) -> Result<Source> {
    let bytes = STANDARD.decode(base64).map_err(|_| {
        let message = "the content of a file is expected in base 64";
        Violation::new("file", message)
    })?;
    Ok(Source::Content(bytes.into()))
}

impl Source {
    fn open(&self) -> Result<BufReader<Box<dyn Read + Send>>> {
        let (length, from): (u64, Box<dyn Read + Send>) = match self {
            Self::Content(bytes) => {
                let bytes = Arc::clone(bytes);
                (bytes.len() as u64, Box::new(io::Cursor::new(bytes)))
            }
            Self::File(path) => {
                let file = File::open(path).map_err(|error| self.not_read(error))?;
                let about = file.metadata().map_err(|error| self.not_read(error))?;
                (about.len(), Box::new(file))
            }
        };
        if length > LARGEST {
            let most = (LARGEST / 1024 / 1024).to_string();
            let message = format!("is larger than {most} MB: split it");
            return Err(wrong(message, "file_too_large", vec![("most", most)]));
        }
        Ok(BufReader::new(from))
    }

    /// What tells whether a file is still the same: its length in bytes and when it was written.
    /// What was handed over does not change.
    pub(super) fn mark(&self) -> Result<String> {
        let Self::File(path) = self else {
            return Ok(String::new());
        };
        let about = fs::metadata(path).map_err(|error| self.not_read(error))?;
        let written = about.modified().ok();
        let written = written.and_then(|at| at.duration_since(SystemTime::UNIX_EPOCH).ok());
        let nanoseconds = written.unwrap_or_default().as_nanos();
        Ok(format!("{}-{nanoseconds}", about.len()))
    }

    fn not_read(&self, error: io::Error) -> Error {
        let path = match self {
            Self::File(path) => path.clone(),
            Self::Content(_) => PathBuf::new(),
        };
        Error::NotRead {
            path,
            source: Arc::new(error),
        }
    }

    fn encoding(&self) -> Result<Encoding> {
        match kind(self.open()?).map_err(|error| self.not_read(error))? {
            Kind::Text(encoding) => Ok(encoding),
            Kind::Empty => Err(wrong("is empty", "file_empty", Vec::new())),
            Kind::Packed => Err(wrong(
                "is a workbook: save the sheet as CSV first",
                "file_packed",
                Vec::new(),
            )),
            Kind::Bytes => Err(wrong("is no text", "file_not_text", Vec::new())),
        }
    }
}

/// What is wrong with a file as a whole.
fn wrong(
    message: impl Into<String>,
    code: &'static str,
    values: Vec<(&'static str, String)>,
) -> Error {
    Violation::new("file", Said::new(message.into(), code, values)).into()
}

/// That a file is not the one that was looked at.
pub(super) fn changed() -> Error {
    let message = "has changed since it was looked at: look at it again";
    wrong(message, "file_changed", Vec::new())
}

/// What separates the cells of a text, by its begin; and whether the first line says so.
fn delimiter(head: &str) -> (Delimiter, bool) {
    if let Some(said) = head.strip_prefix(SAYS_DELIMITER) {
        let is_said = |own: &Delimiter| said.as_bytes().first() == Some(&own.byte());
        if let Some(own) = Delimiter::ALL.into_iter().find(is_said) {
            return (own, true);
        }
    }
    let fits = |own: &Delimiter| {
        let mut reader = ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(own.byte())
            .from_reader(head.as_bytes());
        let widths: Vec<_> = reader
            .records()
            .take(HEAD_ROWS)
            .filter_map(|record| Some(record.ok()?.len()))
            .collect();
        let width = widths.first().copied().unwrap_or_default();
        let same = widths.iter().filter(|own| **own == width).count();
        (width > 1).then_some((same, width))
    };
    let found = Delimiter::ALL.into_iter().rev().max_by_key(fits);
    (found.unwrap_or(Delimiter::Comma), false)
}

/// A file of rows that is being read.
pub(super) struct Sheet {
    pub encoding: Encoding,
    pub delimiter: Delimiter,
    /// What the columns are called, in the first row.
    pub columns: Vec<String>,
    /// How many rows were notes to the reader so far.
    pub notes: u64,
    source: Source,
    reader: csv::Reader<Decoded<BufReader<Box<dyn Read + Send>>>>,
    record: StringRecord,
    /// In which the record begins, from 1.
    line: u64,
    rows: u64,
}

impl Sheet {
    /// Opens it and reads what its columns are called.
    pub fn open(source: &Source) -> Result<Self> {
        let encoding = source.encoding()?;
        let mut head = Vec::new();
        Decoded::new(source.open()?, encoding, b',')
            .take(HEAD)
            .read_to_end(&mut head)
            .map_err(|error| source.not_read(error))?;
        let (delimiter, is_said) = delimiter(&String::from_utf8_lossy(&head));
        let decoded = Decoded::new(source.open()?, encoding, delimiter.byte());
        let mut own = Self {
            encoding,
            delimiter,
            columns: Vec::new(),
            notes: 0,
            source: source.clone(),
            reader: ReaderBuilder::new()
                .has_headers(false)
                .flexible(true)
                .delimiter(delimiter.byte())
                .from_reader(decoded),
            record: StringRecord::new(),
            line: 0,
            rows: 0,
        };
        if is_said {
            own.read()?;
        }
        if !own.read()? {
            return Err(wrong("is empty", "file_empty", Vec::new()));
        }
        own.columns = own.record.iter().map(|cell| cell.trim().into()).collect();
        Ok(own)
    }

    fn read(&mut self) -> Result<bool> {
        let read = self.reader.read_record(&mut self.record);
        let read = read.map_err(|error| match error.into_kind() {
            csv::ErrorKind::Io(error) => self.source.not_read(error),
            other => Error::Defect(format!("{other:?}")),
        })?;
        self.line = self.reader.get_mut().next_row().unwrap_or(self.line);
        Ok(read)
    }

    /// The next row with the line that it begins in, from 1; none at the end. Rows without anything
    /// in them, and notes to the reader, are passed over.
    pub fn row(&mut self) -> Result<Option<(u64, &StringRecord)>> {
        loop {
            if !self.read()? {
                return match self.reader.get_ref().unclosed() {
                    Some(line) => Err(unclosed(line)),
                    None => Ok(None),
                };
            }
            if self
                .record
                .get(0)
                .is_some_and(|cell| cell.starts_with(NOTE))
            {
                self.notes += 1;
            } else if self.record.iter().any(|cell| !cell.trim().is_empty()) {
                break;
            }
        }
        self.rows += 1;
        if self.rows > MOST_ROWS {
            let most = MOST_ROWS.to_string();
            let message = format!("has more than {most} rows: split it");
            return Err(wrong(message, "file_too_many_rows", vec![("most", most)]));
        }
        Ok(Some((self.line, &self.record)))
    }
}

fn unclosed(line: u64) -> Error {
    let line = line.to_string();
    let message = format!("a quotation mark is opened in line {line} and never closed");
    wrong(message, "file_quote_open", vec![("line", line)])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(bytes: &[u8]) -> Source {
        Source::Content(bytes.into())
    }

    fn rows(text: &str) -> Result<Vec<(u64, Vec<String>)>> {
        let mut sheet = Sheet::open(&source(text.as_bytes()))?;
        let mut rows = Vec::new();
        while let Some((line, record)) = sheet.row()? {
            rows.push((line, record.iter().map(str::to_owned).collect()));
        }
        Ok(rows)
    }

    fn code(outcome: Result<impl Sized>) -> &'static str {
        match outcome {
            Err(Error::Invalid(found)) => found.0[0].coded.as_ref().unwrap().code,
            _ => "",
        }
    }

    #[test]
    fn what_separates_cells_is_seen() {
        for (text, expected) in [
            ("a,b\n1,2\n", Delimiter::Comma),
            ("a;b\n\"1,5\";2\n", Delimiter::Semicolon),
            ("name;address, city;id\nx;\"y;z\";3\n", Delimiter::Semicolon),
            ("a\tb\n1\t2\n", Delimiter::Tab),
            ("a|b|c\n1|2|3\n", Delimiter::Bar),
            ("sep=|\na,b\n", Delimiter::Bar),
            ("email\na@b.be\n", Delimiter::Comma),
            ("\"a;b;c\",d\n1,2\n", Delimiter::Comma),
        ] {
            let sheet = Sheet::open(&source(text.as_bytes())).unwrap();
            assert_eq!(sheet.delimiter, expected, "{text}");
        }
    }

    #[test]
    fn rows_keep_their_lines_whatever_stands_between() {
        let text = "sep=;\r\na;b\r\n# x;y\r\n1;\"2\r\n3\"\r\n\r\n;\r\n4;5";
        let cells = |cells: [&str; 2]| cells.map(str::to_owned).to_vec();
        assert_eq!(
            rows(text).unwrap(),
            [(4, cells(["1", "2\r\n3"])), (8, cells(["4", "5"]))]
        );
    }

    #[test]
    fn a_file_that_cannot_be_read_says_why() {
        assert_eq!(code(rows("")), "file_empty");
        assert_eq!(code(rows("\n\n")), "file_empty");
        assert_eq!(code(rows("a,b\n1,\"2\n3,4\n")), "file_quote_open");
        assert_eq!(code(rows("PK\u{3}\u{4}")), "file_packed");
        assert_eq!(code(rows("a\0b")), "file_not_text");
        let long = "a,b\n".repeat(100_002);
        assert_eq!(code(rows(&long)), "file_too_many_rows");
        let missing = Source::File("/nowhere/people.csv".into());
        assert!(matches!(Sheet::open(&missing), Err(Error::NotRead { .. })));
    }

    #[test]
    fn a_header_alone_has_no_rows() {
        assert_eq!(rows("email,role\n").unwrap(), []);
        let wide: Vec<_> = (0..300).map(|number| number.to_string()).collect();
        let text = format!("{0}\n{0}\n", wide.join(";"));
        assert_eq!(rows(&text).unwrap()[0].1.len(), 300);
    }
}
