//! Export: people written to a file, as a job, with the question that found them beside it.

mod lines;
mod note;
mod replacement;
mod spreadsheet;

use std::{
    io::{self, Write as _},
    ops::ControlFlow,
    path::{Path, PathBuf},
    sync::Arc,
};

use muster_directory::{PersonSort, Sort, Violation};
use muster_mirror::{ConnectionRecord, PeopleQuestion as MirrorQuestion, Wanted};
use serde_json::{Value, json};
use tokio_util::{sync::CancellationToken, task::AbortOnDropHandle};

use crate::{
    Engine, Error, Result, Step,
    activity::{self, Entry, Target, What, answer},
    columns::{Column, Line},
    engine::blocking,
    jobs::{Job, Outcome, Phase, State},
    people::FoundPerson,
    question::{Asked, Found, Source, Who, Window},
};

use lines::JsonLines;
pub(crate) use lines::{CsvFile, formulated, unformulated};
use note::Note;
pub(crate) use replacement::Replacement;
use spreadsheet::Spreadsheet;

/// What stands where a value is not known. Where it is known that there is none, nothing stands.
pub const UNKNOWN: &str = "?";

/// People to write to a file.
#[derive(Debug, Clone)]
pub struct Export {
    /// Whom.
    pub who: Who,
    /// The query as it was written, for the note.
    pub text: String,
    /// In which order.
    pub sort: Vec<Sort<PersonSort>>,
    /// Which columns, from left to right.
    pub columns: Vec<Heading>,
    /// As what.
    pub format: Format,
    /// Where to. A file that is there is replaced, all at once, when the new one is complete.
    pub path: PathBuf,
    /// Leave texts that a spreadsheet would take for formulas as they are.
    pub keep_formulas: bool,
}

/// A column and what it is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// Which.
    pub column: Column,
    /// In the person's language.
    pub text: String,
}

/// What a file is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Comma-separated.
    Csv,
    /// A spreadsheet.
    Xlsx,
    /// One JSON object a line.
    Jsonl,
}

impl Format {
    /// Its name, which is also how the names of such files end.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
            Self::Jsonl => "jsonl",
        }
    }
}

/// Where the people came from, and how many they are.
struct Answered {
    /// The sync that the mirror's answer is of; none if live.
    sync: Option<muster_mirror::SyncRecord>,
    /// Unix seconds: of the sync, or when the vendor answered.
    as_of: i64,
    people: u64,
    /// How many more may match, or, if those were asked for, do match.
    others: u64,
}

/// A file that is in its place.
struct Placed {
    people: u64,
    /// The sync that they are of; none if live.
    sync: Option<i64>,
    bytes: u64,
    sha256: String,
}

/// What is noted of an export, however it ends.
struct Noted {
    target: Target,
    detail: Value,
}

impl Noted {
    fn of(export: &Export) -> Self {
        let name = export.path.display().to_string();
        let columns = export.columns.iter().map(|own| own.column.name());
        Self {
            target: Target::new(What::File, None, Some(name)),
            detail: json!({
                "question": export.text,
                "source": export.who.source.name(),
                "format": export.format.name(),
                "columns": columns.collect::<Vec<_>>(),
            }),
        }
    }

    fn entry(self, outcome: &Result<Placed>) -> Entry {
        let Self { target, mut detail } = self;
        match outcome {
            Ok(placed) => {
                detail["people"] = json!(placed.people);
                detail["sync"] = json!(placed.sync);
                detail["bytes"] = json!(placed.bytes);
                detail["sha256"] = json!(placed.sha256);
                Entry::done(activity::Kind::Export, target, detail)
            }
            Err(error) => {
                detail["error"] = answer(error);
                Entry {
                    outcome: error.into(),
                    ..Entry::done(activity::Kind::Export, target, detail)
                }
            }
        }
    }
}

/// An export that runs.
struct Run {
    engine: Engine,
    record: ConnectionRecord,
    asked: Asked,
    export: Export,
    job: String,
    cancel: CancellationToken,
}

impl Engine {
    /// Starts to write people to a file. An error if another export writes it already.
    pub async fn start_export(&self, connection: &str, mut export: Export) -> Result<Job> {
        let record = self.record(connection).await?;
        check_columns(&export.columns)?;
        // What makes no sense is told now, not by a job that fails.
        let asked = self.read_who(&record, export.who.clone()).await?;
        export.path = checked_path(&export.path)?;
        let path = export.path.clone();
        let resolved = blocking(move || {
            replacement::resolved(&path).map_err(|error| not_written(&path, Step::Find, error))
        })
        .await?;
        let path = export.path.clone();
        let (job, cancel) = self
            .jobs
            .start_writing(path, resolved, &record.id.to_string())?;
        let run = Run {
            engine: self.clone(),
            record,
            asked,
            export,
            job: job.id.clone(),
            cancel,
        };
        tokio::spawn(run.finish());
        Ok(job)
    }
}

impl Run {
    async fn finish(self) {
        let (engine, id, cancel) = (self.engine.clone(), self.job.clone(), self.cancel.clone());
        let (record, noted) = (self.record.clone(), Noted::of(&self.export));
        let outcome = match self.export.who.source {
            Source::Mirror => blocking(move || self.write_mirror()).await,
            Source::Live => self.write_live().await,
        };
        let outcome = match outcome {
            // Whatever a stopped writer complains of: it was stopped.
            Err(_) if cancel.is_cancelled() => Err(Error::Canceled),
            outcome => outcome,
        };
        // Before it is told that the job has ended: then the ledger may be removed.
        engine.note_after(&record, noted.entry(&outcome)).await;
        let state = match outcome {
            Ok(placed) => State::Done(Outcome::Exported(placed.people)),
            Err(Error::Canceled) => State::Canceled,
            Err(error) => {
                tracing::warn!(%error, ?error, "an export failed; no file was written");
                State::Failed(error)
            }
        };
        engine.jobs.end(&id, state);
    }

    fn update(&self, change: impl FnOnce(&mut Job)) {
        self.engine.jobs.update(&self.job, change);
    }

    fn write_mirror(&self) -> Result<Placed> {
        let mirror = self.engine.mirror(self.record.id)?;
        let who = self.asked.of_mirror();
        let wanted = mirror.people(&MirrorQuestion::count(who))?;
        wanted.sync.ok_or(Error::NeverSynced)?;
        let (expected, _) = self.these_and_others(wanted.total, wanted.possible);
        let mut writing = Writing::begin(self, expected)?;
        let question = MirrorQuestion {
            who: self.asked.of_mirror(),
            sort: &self.export.sort,
            offset: 0,
            limit: i64::MAX as u64,
        };
        let mut failed = None;
        let found = mirror.each_person(&question, &mut |batch| {
            let lines = batch.iter().map(Line::from);
            match writing.lines(lines, batch.len()) {
                Ok(()) => ControlFlow::Continue(()),
                Err(error) => {
                    failed = Some(error);
                    ControlFlow::Break(())
                }
            }
        })?;
        if let Some(error) = failed {
            return Err(error);
        }
        let sync = found.sync.ok_or(Error::NeverSynced)?;
        let (_, others) = self.these_and_others(found.total, found.possible);
        let answered = Answered {
            sync: Some(sync),
            as_of: sync.finished_at,
            people: writing.done,
            others,
        };
        writing.complete(&answered)
    }

    async fn write_live(self) -> Result<Placed> {
        self.update(|job| job.phase = Phase::People);
        let asking = self.cancel.run_until_cancelled(self.ask());
        let found = asking.await.ok_or(Error::Canceled)??;
        blocking(move || self.write_found(&found)).await
    }

    /// Everybody whom the vendor has now, however long its rate limit makes that take.
    async fn ask(&self) -> Result<Found<FoundPerson>> {
        let engine = self.engine.for_job();
        let client = engine.client(&self.record).await?;
        let waiting = AbortOnDropHandle::new(engine.watch_waiting(client.pace(), &self.job));
        let found = engine
            .people_of_vendor(&self.record, &self.asked, &self.export.sort, Window::All)
            .await;
        drop(waiting);
        self.update(|job| job.waiting_until = None);
        found
    }

    fn write_found(&self, found: &Found<FoundPerson>) -> Result<Placed> {
        let mut writing = Writing::begin(self, found.rows.len() as u64)?;
        for batch in found.rows.chunks(BATCH) {
            writing.lines(batch.iter().map(Line::from), batch.len())?;
        }
        let (_, others) = self.these_and_others(found.total, found.possible);
        let answered = Answered {
            sync: None,
            as_of: found.as_of,
            people: writing.done,
            others,
        };
        writing.complete(&answered)
    }

    /// How many are asked for, and how many of the other kind there are.
    const fn these_and_others(&self, matching: u64, possible: u64) -> (u64, u64) {
        match self.export.who.truth {
            Wanted::Matching => (matching, possible),
            Wanted::Possible => (possible, matching),
        }
    }
}

/// How many people are written between two looks at whether to go on.
const BATCH: usize = 1_000;

/// A file that is being written by an export.
struct Writing<'a> {
    run: &'a Run,
    file: Box<dyn Written>,
    done: u64,
}

/// A file in one of the formats.
trait Written {
    fn line(&mut self, line: &Line<'_>) -> io::Result<()>;

    /// All that was written. A format that has a place for the note takes it in.
    fn complete(self: Box<Self>, note: &Note) -> io::Result<Replacement>;
}

impl Written for CsvFile<Replacement> {
    fn line(&mut self, line: &Line<'_>) -> io::Result<()> {
        Self::line(self, line)
    }

    fn complete(self: Box<Self>, _: &Note) -> io::Result<Replacement> {
        Self::complete(*self)
    }
}

impl Written for JsonLines {
    fn line(&mut self, line: &Line<'_>) -> io::Result<()> {
        Self::line(self, line)
    }

    fn complete(self: Box<Self>, _: &Note) -> io::Result<Replacement> {
        Self::complete(*self)
    }
}

impl Written for Spreadsheet {
    fn line(&mut self, line: &Line<'_>) -> io::Result<()> {
        Self::line(self, line)
    }

    fn complete(self: Box<Self>, note: &Note) -> io::Result<Replacement> {
        Self::complete(*self, note)
    }
}

/// What a CSV file begins with, as a spreadsheet on Windows would otherwise take it for text of an old
/// code page.
pub(crate) const BYTE_ORDER_MARK: &str = "\u{feff}";

fn begin(export: &Export, mut to: Replacement) -> io::Result<Box<dyn Written>> {
    let (columns, keep_formulas) = (export.columns.clone(), export.keep_formulas);
    Ok(match export.format {
        Format::Csv => {
            to.write_all(BYTE_ORDER_MARK.as_bytes())?;
            Box::new(CsvFile::begin(to, columns, keep_formulas)?)
        }
        Format::Jsonl => Box::new(JsonLines::begin(to, columns)),
        Format::Xlsx => Box::new(Spreadsheet::begin(to, columns, keep_formulas)?),
    })
}

impl<'a> Writing<'a> {
    fn begin(run: &'a Run, expected: u64) -> Result<Self> {
        let path = &run.export.path;
        let replacement = Replacement::of(path)?.stopped_by(&run.cancel);
        replacement::clear(replacement.folder());
        let file = begin(&run.export, replacement)
            .map_err(|error| not_written(path, Step::Write, error))?;
        run.update(|job| (job.phase, job.done, job.total) = (Phase::Writing, 0, Some(expected)));
        Ok(Self { run, file, done: 0 })
    }

    fn lines<'b>(&mut self, lines: impl Iterator<Item = Line<'b>>, count: usize) -> Result<()> {
        if self.run.cancel.is_cancelled() {
            return Err(Error::Canceled);
        }
        for line in lines {
            self.file
                .line(&line)
                .map_err(|error| not_written(&self.run.export.path, Step::Write, error))?;
        }
        self.done += count as u64;
        let done = self.done;
        self.run.update(|job| job.done = done);
        Ok(())
    }

    /// Puts the file, and the note beside it, in their places.
    fn complete(self, answered: &Answered) -> Result<Placed> {
        let Self { run, file, done } = self;
        run.update(|job| (job.phase, job.done, job.total) = (Phase::Saving, done, Some(done)));
        let path = &run.export.path;
        let mut note = Note::of(run, answered);
        let file = file
            .complete(&note)
            .map_err(|error| not_written(path, Step::Write, error))?;
        let placed = Placed {
            people: done,
            sync: answered.sync.map(|sync| sync.id),
            bytes: file.length(),
            sha256: file.sha256(),
        };
        if run.export.format == Format::Xlsx {
            return file.complete().map(|()| placed);
        }
        note.tell_file(&file);
        let mut noted = Replacement::of(&note::path_beside(path))?;
        noted.put(&note.json()?)?;
        replacement::place(file, noted).map(|()| placed)
    }
}

/// The file cannot be written; at what, and why.
pub(crate) fn not_written(path: &Path, step: Step, error: io::Error) -> Error {
    Error::NotWritten {
        path: path.to_owned(),
        step,
        source: Arc::new(error),
    }
}

pub(crate) fn checked_path(path: &Path) -> Result<PathBuf> {
    if path.file_name().is_none() {
        return Err(Violation::new("path", "expected the path of a file").into());
    }
    std::path::absolute(path).map_err(|error| not_written(path, Step::Find, error))
}

pub(crate) fn check_columns(columns: &[Heading]) -> Result<()> {
    if columns.is_empty() {
        return Err(Violation::new("columns", "choose at least one column").into());
    }
    for (index, own) in columns.iter().enumerate() {
        if columns[..index]
            .iter()
            .any(|before| before.column == own.column)
        {
            let message = format!("\u{201c}{}\u{201d} stands there twice", own.column.name());
            return Err(Violation::new("columns", message).into());
        }
    }
    Ok(())
}
