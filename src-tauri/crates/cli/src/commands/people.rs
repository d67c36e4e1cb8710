//! Questions about people: asked, explained, written to a file.

use std::io::{self, Write};

use jiff::civil::Date;
use muster_api::types;
use muster_directory::{Calendar, PersonId, PersonSort, Sort, criteria::TimeTest};
use muster_engine::{
    Engine, Error,
    columns::Column,
    connections::Connection,
    export::{self, Heading},
    filter::Face,
    jobs::{Outcome, State},
    mirror::{SyncRecord, Wanted},
    question::{PeopleQuestion, Source, Who},
    views::ViewState,
};

use super::{answer, find, follow, note_possible, page_of, views::shown, window_of};
use crate::{
    arguments::{AsOf, Export, FileFormat, Format, Look, Part, Truth, Whom},
    failure::{Failure, Question},
    output::{self, explained, people as written},
};

/// A question that is understood.
struct Understood {
    connection: Connection,
    /// As it was written, or as text.
    text: String,
    who: Who,
    sort: Vec<Sort<PersonSort>>,
    /// None were asked for if it is empty.
    columns: Vec<Column>,
}

pub async fn query(
    engine: &Engine,
    whom: Whom,
    truth: Truth,
    look: Look,
    part: Part,
    format: Format,
) -> Result<(), Failure> {
    let possible = truth.possible;
    let understood = understand(engine, whom, truth.wanted(), look).await?;
    let page = page_of(&part);
    let question = PeopleQuestion {
        who: understood.who,
        sort: understood.sort,
        window: window_of(page),
        remember: None,
    };
    let id = understood.connection.record.id.to_string();
    let found = engine.people(&id, question).await?;
    let columns = understood.columns;
    if !possible {
        note_possible(found.possible)?;
    }
    let total = match possible {
        true => found.possible,
        false => found.total,
    };
    match (format, columns.is_empty()) {
        (Format::Json, true) => {
            output::json(&answer(&found.rows, total, page, |row| row.person.clone()))
        }
        (Format::Json, false) => output::json(&answer(&found.rows, total, page, |row| {
            written::object(row, &columns)
        })),
        (Format::Csv, true) => written::csv(&found.rows),
        (Format::Csv, false) => written::columns_csv(&found.rows, &columns),
        (Format::Table, true) => written::table(&found.rows, total),
        (Format::Table, false) => written::columns_table(&found.rows, &columns, total),
    }
}

pub async fn explain(
    engine: &Engine,
    whom: Whom,
    person: PersonId,
    format: Format,
) -> Result<(), Failure> {
    let look = Look {
        sort: Vec::new(),
        columns: Vec::new(),
    };
    let understood = understand(engine, whom, Wanted::Matching, look).await?;
    let id = understood.connection.record.id.to_string();
    let explanation = engine.explain_person(&id, understood.who, person).await?;
    match format {
        Format::Json => output::json(&types::Explanation::from(explanation)),
        Format::Csv => explained::csv(&explanation),
        Format::Table => explained::table(&explanation),
    }
}

/// Writes people to a file, shows progress on a terminal, and stops cleanly at Ctrl+C.
pub async fn export(engine: &Engine, asked: Export) -> Result<(), Failure> {
    let understood = understand(engine, asked.whom, asked.truth.wanted(), asked.look).await?;
    let platform = understood.connection.record.platform;
    let mut columns = understood.columns;
    if columns.is_empty() {
        let of_platform = |column: &Column| platform.is_none_or(|own| column.is_of(own));
        columns = Column::ALL.into_iter().filter(of_platform).collect();
    }
    let export = export::Export {
        who: understood.who,
        text: understood.text,
        sort: understood.sort,
        columns: columns.into_iter().map(heading).collect(),
        format: match asked.format {
            FileFormat::Csv => export::Format::Csv,
            FileFormat::Xlsx => export::Format::Xlsx,
            FileFormat::Jsonl => export::Format::Jsonl,
        },
        path: asked.out,
        keep_formulas: asked.keep_formulas,
    };
    let id = understood.connection.record.id.to_string();
    // Before the job: what it tells first may be that it has ended.
    let events = engine.listen();
    let job = engine.start_export(&id, export).await?;
    let ended = follow(engine, &job.id, events).await?;
    match ended.state {
        State::Done(Outcome::Exported(people)) => {
            let path = ended.kind.path().unwrap_or_else(|| "".as_ref()).display();
            Ok(writeln!(io::stdout(), "{people} people in {path}")?)
        }
        State::Failed(error) => Err(error.into()),
        _ => Err(Error::Canceled.into()),
    }
}

fn heading(column: Column) -> Heading {
    Heading {
        column,
        text: column.name().to_owned(),
    }
}

impl Truth {
    const fn wanted(self) -> Wanted {
        match self.possible {
            true => Wanted::Possible,
            false => Wanted::Matching,
        }
    }
}

async fn understand(
    engine: &Engine,
    whom: Whom,
    truth: Wanted,
    look: Look,
) -> Result<Understood, Failure> {
    let connection = find(engine, &whom.connection).await?;
    let id = connection.record.id.to_string();
    let view = match &whom.view {
        Some(name) => Some(shown(engine, &id, name).await?.state),
        None => None,
    };
    let source = source(whom.live, whom.as_of, view.as_ref());
    let as_of = match whom.as_of {
        Some(as_of) => Some(sync_of(engine, &id, as_of).await?.id),
        None => None,
    };
    let (text, filter) = match (
        whom.filter,
        whom.text.or(view.as_ref().map(|own| own.text.clone())),
    ) {
        (Some(json), _) => (json.clone(), Some(json)),
        (None, Some(text)) => {
            let filter = read(engine, &id, &text).await?;
            (text, filter)
        }
        (None, None) => (String::new(), None),
    };
    let (sort, columns) = laid_out(look, view);
    Ok(Understood {
        connection,
        text,
        who: Who {
            as_of,
            filter,
            truth,
            ..Who::everybody(source)
        },
        sort,
        columns,
    })
}

/// What was said here comes before what a view says.
fn source(live: bool, as_of: Option<AsOf>, view: Option<&ViewState>) -> Source {
    match (live, as_of, view) {
        (true, _, _) => Source::Live,
        (false, Some(_), _) | (false, None, None) => Source::Mirror,
        (false, None, Some(view)) => view.source,
    }
}

fn laid_out(look: Look, view: Option<ViewState>) -> (Vec<Sort<PersonSort>>, Vec<Column>) {
    let (of_view, shown) = view.map_or_else(Default::default, |view| {
        let columns = view.columns.iter().map(|own| own.column).collect();
        (view.sort, columns)
    });
    let either = |said: Vec<_>, other| if said.is_empty() { other } else { said };
    let mut sort = either(look.sort, of_view);
    if sort.is_empty() {
        sort.push(Sort::default());
    }
    let columns = match look.columns.is_empty() {
        true => shown,
        false => look.columns,
    };
    (sort, columns)
}

/// A question in the query language as criteria in JSON; none asks for everybody.
pub async fn read(
    engine: &Engine,
    connection: &str,
    text: &str,
) -> Result<Option<String>, Failure> {
    let reading = engine
        .read_filter(connection, Face::Text, text.to_owned())
        .await?;
    if !reading.problems.is_empty() {
        return Err(Failure::Query(Question {
            text: text.to_owned(),
            problems: reading.problems,
        }));
    }
    Ok(reading
        .criteria
        .map(|criteria| criteria.to_json().to_string()))
}

async fn sync_of(engine: &Engine, connection: &str, as_of: AsOf) -> Result<SyncRecord, Failure> {
    let syncs = engine.syncs(connection).await?;
    let (found, which) = match as_of {
        AsOf::Sync(id) => (
            syncs.iter().find(|sync| sync.id == id).copied(),
            id.to_string(),
        ),
        AsOf::Day(day) => (last_until(&syncs, day), format!("until {day}")),
    };
    found.ok_or_else(|| {
        Error::NotFound {
            what: "sync",
            which,
        }
        .into()
    })
}

/// The last sync that had finished by the end of a day here; of those that finished in the same
/// second, the later one.
fn last_until(syncs: &[SyncRecord], day: Date) -> Option<SyncRecord> {
    let calendar = Calendar {
        today: day,
        zone: jiff::tz::TimeZone::system(),
    };
    let until = calendar.range(TimeTest::Until(day));
    syncs
        .iter()
        .filter(|sync| until.contains(sync.finished_at))
        .max_by_key(|sync| (sync.finished_at, sync.id))
        .copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_two_syncs_in_one_second_the_later_is_the_last_of_the_day() {
        let noon = jiff::civil::date(2025, 1, 31)
            .at(12, 0, 0, 0)
            .to_zoned(jiff::tz::TimeZone::system())
            .unwrap()
            .timestamp()
            .as_second();
        let sync = |id, finished_at| SyncRecord {
            id,
            finished_at,
            ..SyncRecord::default()
        };
        let syncs = [sync(3, noon), sync(2, noon), sync(1, noon - 1)];
        let last = |day| last_until(&syncs, day).map(|sync| sync.id);
        assert_eq!(last(jiff::civil::date(2025, 1, 31)), Some(3));
        assert_eq!(last(jiff::civil::date(2025, 1, 30)), None);
    }
}
