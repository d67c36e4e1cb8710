//! Copying: people as a text for the clipboard.

use muster_directory::{Fact, PersonSort, Sort, Violation};
use serde_json::{Map, Value, json};

use crate::{
    Engine, Error, Result,
    activity::{Entry, Kind, Target, What},
    columns::Line,
    export::{CsvFile, Heading, UNKNOWN, check_columns},
    people::FoundPerson,
    question::{PeopleQuestion, Source, Who, Window},
};

/// How many people fit on the clipboard. More are for a file.
pub const MOST_COPIED: u64 = 10_000;

/// People to copy.
#[derive(Debug, Clone)]
pub struct Copying {
    /// Whom.
    pub who: Who,
    /// In which order.
    pub sort: Vec<Sort<PersonSort>>,
    /// Which columns, from left to right.
    pub columns: Vec<Heading>,
    /// As what.
    pub format: Format,
}

/// What is copied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Comma-separated, for spreadsheets.
    Csv,
    /// A list of objects.
    Json,
    /// A table.
    Markdown,
}

impl Format {
    const fn name(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Json => "json",
            Self::Markdown => "markdown",
        }
    }
}

/// What was copied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Copied {
    /// For the clipboard.
    pub text: String,
    /// How many people.
    pub count: u64,
}

impl Engine {
    /// People as a text; an error if they are too many for one.
    pub async fn copy_people(&self, connection: &str, copying: Copying) -> Result<Copied> {
        check_columns(&copying.columns)?;
        let window = match copying.who.source {
            Source::Mirror => Window::Rows {
                offset: 0,
                limit: MOST_COPIED + 1,
            },
            // The vendor gives a page or all.
            Source::Live => Window::All,
        };
        let source = copying.who.source;
        let question = PeopleQuestion {
            who: copying.who,
            sort: copying.sort,
            window,
            remember: None,
        };
        let found = self.people(connection, question).await?;
        let count = found.rows.len() as u64;
        if count > MOST_COPIED {
            let message = format!("more than {MOST_COPIED} people are for a file: export them");
            return Err(Violation::new("who", message).into());
        }
        let text = written(copying.format, &copying.columns, &found.rows)?;
        let columns = copying.columns.iter().map(|own| own.column.name());
        let detail = json!({
            "people": count,
            "source": source.name(),
            "format": copying.format.name(),
            "columns": columns.collect::<Vec<_>>(),
        });
        let entry = Entry::done(Kind::Copy, Target::new(What::Clipboard, None, None), detail);
        self.note_after(&self.record(connection).await?, entry)
            .await;
        Ok(Copied { text, count })
    }
}

fn written(format: Format, columns: &[Heading], people: &[FoundPerson]) -> Result<String> {
    let lines = people.iter().map(Line::from);
    match format {
        Format::Csv => csv(columns, lines),
        Format::Json => json(columns, lines),
        Format::Markdown => Ok(markdown(columns, lines)),
    }
}

fn csv<'a>(columns: &[Heading], lines: impl Iterator<Item = Line<'a>>) -> Result<String> {
    let written = || {
        let mut file = CsvFile::begin(Vec::new(), columns.to_vec(), false)?;
        for line in lines {
            file.line(&line)?;
        }
        file.complete()
    };
    let bytes = written().map_err(|error| Error::Defect(error.to_string()))?;
    String::from_utf8(bytes).map_err(|error| Error::Defect(error.to_string()))
}

fn json<'a>(columns: &[Heading], lines: impl Iterator<Item = Line<'a>>) -> Result<String> {
    let columns: Vec<_> = columns.iter().map(|own| own.column).collect();
    let objects: Vec<Map<String, Value>> = lines.map(|line| line.object(&columns)).collect();
    serde_json::to_string_pretty(&objects).map_err(|error| Error::Defect(error.to_string()))
}

fn markdown<'a>(columns: &[Heading], lines: impl Iterator<Item = Line<'a>>) -> String {
    let mut text = String::new();
    row(&mut text, columns.iter().map(|own| escaped(&own.text)));
    row(&mut text, columns.iter().map(|_| "---".to_owned()));
    for line in lines {
        let cells = columns.iter().map(|own| match line.cell(own.column) {
            Fact::Unknown => UNKNOWN.to_owned(),
            Fact::Absent => String::new(),
            Fact::Known(cell) => escaped(&cell.text()),
        });
        row(&mut text, cells);
    }
    text
}

fn row(text: &mut String, cells: impl Iterator<Item = String>) {
    for cell in cells {
        text.push_str("| ");
        text.push_str(&cell);
        text.push(' ');
    }
    text.push_str("|\n");
}

/// A text that stays in its cell and looks like itself: nothing in it is a mark of Markdown or
/// HTML.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '~' | '&' | '$' => {
                escaped.push('\\');
                escaped.push(letter);
            }
            '\u{2028}' | '\u{2029}' => escaped.push(' '),
            _ if letter.is_control() => escaped.push(' '),
            _ => escaped.push(letter),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use muster_directory::{Organization, Person};
    use serde_json::{from_value, json};

    use super::*;
    use crate::columns::{Column, tests::line};

    fn columns() -> Vec<Heading> {
        [Column::Id, Column::Name, Column::Organization]
            .map(|column| Heading {
                column,
                text: column.name().to_owned(),
            })
            .into()
    }

    fn people() -> (Vec<Person>, Organization) {
        let people = json!([
            {"id": 7, "name": "=Zoë | [x](y)\n<b>", "organization": 5},
            {"id": 8, "name": "B", "organization": null},
            {"id": 9, "name": "C"},
        ]);
        let own = json!({"id": 5, "name": "A & B"});
        (from_value(people).unwrap(), from_value(own).unwrap())
    }

    #[test]
    fn a_cell_of_markdown_holds_whatever_a_name_holds() {
        let (people, own) = people();
        let lines = people.iter().map(|person| line(person, Some(&own)));
        assert_eq!(
            markdown(&columns(), lines),
            "| id | name | organization |\n\
             | --- | --- | --- |\n\
             | 7 | =Zoë \\| \\[x\\](y) \\<b\\> | A \\& B |\n\
             | 8 | B |  |\n\
             | 9 | C | ? |\n"
        );
    }

    #[test]
    fn csv_and_json_tell_the_same() {
        let (people, own) = people();
        let lines = || people.iter().map(|person| line(person, Some(&own)));
        assert_eq!(
            csv(&columns(), lines()).unwrap(),
            "id,name,organization\n7,\"'=Zoë | [x](y)\n<b>\",A & B\n8,B,\n9,C,?\n"
        );
        let read: Value = serde_json::from_str(&json(&columns(), lines()).unwrap()).unwrap();
        assert_eq!(read[0]["name"], "=Zoë | [x](y)\n<b>");
        assert_eq!(
            read[1],
            json!({"id": "8", "name": "B", "organization": null})
        );
        assert_eq!(read[2], json!({"id": "9", "name": "C"}));
    }
}
