//! The note beside an export: the question, where the answer came from, and how to read it.

use std::path::{Path, PathBuf};

use jiff::{Timestamp, Zoned};
use muster_directory::Calendar;
use muster_mirror::{Seen, Wanted};
use serde_json::{Map, Value, json};

use super::{Answered, Export, Format, Replacement, Run};
use crate::{
    Error, Result, clock,
    columns::time,
    views::{direction_name, sort_name},
};

/// What is told beside an export, in the order to show.
pub(super) struct Note(Map<String, Value>);

impl Note {
    pub fn of(run: &Run, answered: &Answered) -> Self {
        let (record, export, calendar) = (&run.record, &run.export, &run.asked.calendar);
        let zone = zone(calendar);
        let mut note = Map::new();
        let mut tell = |key: &str, value: Value| {
            if !value.is_null() {
                note.insert(key.to_owned(), value);
            }
        };
        tell("question", json!(export.text));
        tell("filter", filter(export));
        tell("search", json!(export.who.search));
        tell("seen", json!(seen(export.who.seen)));
        tell("truth", json!(truth(export.who.truth)));
        tell("only_ids", json!(export.who.ids));
        tell("source", json!(export.who.source.name()));
        tell("sync", json!(answered.sync.map(|sync| sync.id)));
        let at = match answered.sync {
            Some(_) => "sync_finished_at",
            None => "asked_at",
        };
        tell(at, json!(time(answered.as_of)));
        tell("today", json!(calendar.today));
        tell("time_zone", json!(zone));
        tell("people", json!(answered.people));
        let others = match export.who.truth {
            Wanted::Matching => "possible_not_in_file",
            Wanted::Possible => "matching_not_in_file",
        };
        tell(others, json!(answered.others));
        let sort = export.sort.iter().map(
            |sort| json!({"by": sort_name(sort.by), "direction": direction_name(sort.direction)}),
        );
        tell("order", sort.collect());
        let columns = export
            .columns
            .iter()
            .map(|own| json!({"column": own.column.name(), "heading": own.text}));
        tell("columns", columns.collect());
        tell("connection", json!(record.name));
        tell("vendor", json!(record.vendor));
        tell("platform", json!(record.platform));
        tell("practice", json!(record.practice.then_some(true)));
        tell("written_at", json!(time(clock::now())));
        tell(
            "written_by",
            json!(concat!("Muster ", env!("CARGO_PKG_VERSION"))),
        );
        let file = export.path.file_name().map(|name| name.to_string_lossy());
        tell("file", json!(file));
        tell("format", json!(export.format.name()));
        tell("how_to_read", json!(how_to_read(export, calendar, &zone)));
        Self(note)
    }

    /// Tells which file it belongs to, so that a note beside another one shows.
    pub fn tell_file(&mut self, file: &Replacement) {
        self.0.insert("bytes".to_owned(), json!(file.length()));
        self.0.insert("sha256".to_owned(), json!(file.sha256()));
    }

    #[cfg(test)]
    pub fn told(lines: &[(&str, &str)]) -> Self {
        let lines = lines
            .iter()
            .map(|(key, text)| ((*key).to_owned(), json!(text)));
        Self(lines.collect())
    }

    /// As a file of its own.
    pub fn json(&self) -> Result<Vec<u8>> {
        let mut bytes =
            serde_json::to_vec_pretty(&self.0).map_err(|error| Error::Defect(error.to_string()))?;
        bytes.push(b'\n');
        Ok(bytes)
    }

    /// As lines of a name and a text.
    pub fn lines(&self) -> impl Iterator<Item = (&str, String)> {
        self.0.iter().map(|(key, value)| {
            let text = match value {
                Value::String(text) => text.clone(),
                other => other.to_string(),
            };
            (key.as_str(), text)
        })
    }
}

/// Where the note of a file is.
pub(super) fn path_beside(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".question.json");
    PathBuf::from(name)
}

fn filter(export: &Export) -> Value {
    let text = export.who.filter.as_deref();
    // It was read before anything was asked; if it is not JSON after all, it is told as it is.
    text.map_or(Value::Null, |text| {
        muster_directory::json::parse(text).unwrap_or_else(|_| json!(text))
    })
}

const fn seen(seen: Seen) -> &'static str {
    match seen {
        Seen::Present => "present",
        Seen::Missing => "missing",
        Seen::All => "all",
    }
}

const fn truth(truth: Wanted) -> &'static str {
    match truth {
        Wanted::Matching => "matching",
        Wanted::Possible => "possible",
    }
}

/// Where the days of a question begin: the name of the zone, or, if it has none, how far it is from
/// UTC on the day that ages are counted from.
fn zone(calendar: &Calendar) -> String {
    let name = calendar.zone.iana_name().map(str::to_owned);
    name.unwrap_or_else(|| {
        let start = calendar.today.to_zoned(calendar.zone.clone());
        let at = start
            .as_ref()
            .map_or(Timestamp::UNIX_EPOCH, Zoned::timestamp);
        format!("UTC{}", calendar.zone.to_offset(at))
    })
}

fn how_to_read(export: &Export, calendar: &Calendar, zone: &str) -> String {
    let facts = match export.format {
        Format::Csv | Format::Xlsx => {
            "An empty cell: it is known that there is none. A question mark: it is not known."
        }
        Format::Jsonl => {
            "null: it is known that there is none. A key that is left out: it is not known."
        }
    };
    let formulas = match (export.format, export.keep_formulas) {
        (Format::Csv, false) => {
            " A text that a spreadsheet would take for a formula begins with an apostrophe."
        }
        (Format::Xlsx, false) => " No cell is a formula.",
        _ => "",
    };
    let today = calendar.today;
    format!(
        "{facts} Times in the file are in UTC. Days in the question begin at midnight in {zone}, and \
         ages are counted from {today}.{formulas}"
    )
}

#[cfg(test)]
mod tests {
    use jiff::tz::{Offset, TimeZone};

    use super::*;

    #[test]
    fn a_zone_without_a_name_is_told_by_its_offset() {
        let of = |own| zone(&Calendar::at(1_735_689_600, own));
        assert_eq!(
            of(TimeZone::get("Europe/Brussels").unwrap()),
            "Europe/Brussels"
        );
        assert_eq!(of(TimeZone::fixed(Offset::constant(-3))), "UTC-03");
    }
}
