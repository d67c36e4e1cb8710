//! Export: people written to a file, as a job, with the question that found them beside it.

mod lines;
mod note;
mod replacement;
mod spreadsheet;

use std::{
    io,
    ops::ControlFlow,
    path::{Path, PathBuf},
    sync::Arc,
};

use muster_directory::{PersonSort, Sort, Violation};
use muster_mirror::{ConnectionRecord, PeopleQuestion as MirrorQuestion, Wanted};
use tokio_util::sync::CancellationToken;

use crate::{
    Engine, Error, Result,
    columns::{Column, Line},
    engine::blocking,
    jobs::{Job, Jobs, Kind, Outcome, Phase, Start, State},
    question::{Asked, PeopleQuestion, Source, Who, Window},
};

pub(crate) use lines::CsvFile;
use lines::JsonLines;
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

impl Engine {
    /// Starts to write people to a file, or returns the export that writes this file already.
    pub async fn start_export(&self, connection: &str, mut export: Export) -> Result<Job> {
        let record = self.record(connection).await?;
        check_columns(&export.columns)?;
        export.path = checked_path(&export.path)?;
        // What makes no sense is told now, not by a job that fails.
        let asked = self.read_who(&record, export.who.clone()).await?;
        let kind = Kind::Export(export.path.clone());
        let (job, cancel) = match self.jobs.start(kind, &record.id.to_string()) {
            Start::Running(job) => return Ok(job),
            Start::New(job, cancel) => (job, cancel),
        };
        let (engine, id) = (self.clone(), job.id.clone());
        tokio::spawn(async move {
            let outcome = engine.export(record, asked, export, &id, &cancel).await;
            let state = match outcome {
                Ok(people) => State::Done(Outcome::Exported(people)),
                // Whatever a stopped writer complains of: it was stopped.
                Err(_) if cancel.is_cancelled() => State::Canceled,
                Err(error) => {
                    tracing::warn!(%error, ?error, "an export failed; no file was written");
                    State::Failed(error)
                }
            };
            engine.jobs.end(&id, state);
        });
        Ok(job)
    }

    async fn export(
        &self,
        record: ConnectionRecord,
        asked: Asked,
        export: Export,
        job: &str,
        cancel: &CancellationToken,
    ) -> Result<u64> {
        match export.who.source {
            Source::Mirror => self.export_mirror(record, asked, export, job, cancel).await,
            Source::Live => self.export_live(record, export, job, cancel).await,
        }
    }

    async fn export_mirror(
        &self,
        record: ConnectionRecord,
        asked: Asked,
        export: Export,
        job: &str,
        cancel: &CancellationToken,
    ) -> Result<u64> {
        let (engine, job, cancel) = (self.clone(), job.to_owned(), cancel.clone());
        blocking(move || {
            let mirror = engine.mirror(record.id)?;
            let wanted = mirror.people(&MirrorQuestion::count(asked.of_mirror()))?;
            wanted.sync.ok_or(Error::NeverSynced)?;
            let mut writing = Writing::begin(&export, &engine.jobs, &job, &cancel)?;
            writing.expect(match export.who.truth {
                Wanted::Matching => wanted.total,
                Wanted::Possible => wanted.possible,
            });
            let question = MirrorQuestion {
                who: asked.of_mirror(),
                sort: &export.sort,
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
            let others = match export.who.truth {
                Wanted::Matching => found.possible,
                Wanted::Possible => found.total,
            };
            let answered = Answered {
                sync: Some(sync),
                as_of: sync.finished_at,
                people: writing.done,
                others,
            };
            writing.complete(&record, &answered)
        })
        .await
    }

    async fn export_live(
        &self,
        record: ConnectionRecord,
        export: Export,
        job: &str,
        cancel: &CancellationToken,
    ) -> Result<u64> {
        self.jobs.update(job, |job| job.phase = Phase::People);
        let connection = record.id.to_string();
        let question = PeopleQuestion {
            who: export.who.clone(),
            sort: export.sort.clone(),
            window: Window::All,
            remember: None,
        };
        let found = cancel
            .run_until_cancelled(self.people(&connection, question))
            .await
            .ok_or(Error::Canceled)??;
        let (jobs, job, cancel) = (Arc::clone(&self.jobs), job.to_owned(), cancel.clone());
        blocking(move || {
            let mut writing = Writing::begin(&export, &jobs, &job, &cancel)?;
            writing.expect(found.rows.len() as u64);
            for batch in found.rows.chunks(BATCH) {
                writing.lines(batch.iter().map(Line::from), batch.len())?;
            }
            let answered = Answered {
                sync: None,
                as_of: found.as_of,
                people: writing.done,
                others: match export.who.truth {
                    Wanted::Matching => found.possible,
                    Wanted::Possible => found.total,
                },
            };
            writing.complete(&record, &answered)
        })
        .await
    }
}

/// How many people are written between two looks at whether to go on.
const BATCH: usize = 1_000;

/// A file that is being written, and the job that does it.
struct Writing<'a> {
    export: &'a Export,
    jobs: &'a Jobs,
    job: &'a str,
    cancel: &'a CancellationToken,
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

fn begin(export: &Export, to: Replacement) -> io::Result<Box<dyn Written>> {
    let (columns, keep_formulas) = (export.columns.clone(), export.keep_formulas);
    Ok(match export.format {
        Format::Csv => Box::new(CsvFile::begin(to, columns, keep_formulas)?),
        Format::Jsonl => Box::new(JsonLines::begin(to, columns)),
        Format::Xlsx => Box::new(Spreadsheet::begin(to, columns, keep_formulas)?),
    })
}

impl<'a> Writing<'a> {
    fn begin(
        export: &'a Export,
        jobs: &'a Jobs,
        job: &'a str,
        cancel: &'a CancellationToken,
    ) -> Result<Self> {
        let replacement = Replacement::of(&export.path)?.stopped_by(cancel);
        let file = begin(export, replacement).map_err(|error| not_written(&export.path, error))?;
        Ok(Self {
            export,
            jobs,
            job,
            cancel,
            file,
            done: 0,
        })
    }

    fn expect(&self, total: u64) {
        self.jobs.update(self.job, |job| {
            (job.phase, job.done, job.total) = (Phase::Writing, 0, Some(total));
        });
    }

    fn lines<'b>(&mut self, lines: impl Iterator<Item = Line<'b>>, count: usize) -> Result<()> {
        if self.cancel.is_cancelled() {
            return Err(Error::Canceled);
        }
        for line in lines {
            self.file
                .line(&line)
                .map_err(|error| not_written(&self.export.path, error))?;
        }
        self.done += count as u64;
        let done = self.done;
        self.jobs.update(self.job, |job| job.done = done);
        Ok(())
    }

    /// Puts the file, and the note beside it, in their places.
    fn complete(self, record: &ConnectionRecord, answered: &Answered) -> Result<u64> {
        let done = self.done;
        self.jobs.update(self.job, |job| {
            (job.phase, job.done, job.total) = (Phase::Saving, done, Some(done));
        });
        let export = self.export;
        let note = Note::of(record, export, answered);
        let file = self.file.complete(&note);
        let file = file.map_err(|error| not_written(&export.path, error))?;
        if export.format == Format::Xlsx {
            return file.complete().map(|()| done);
        }
        let path = note::path_beside(&export.path);
        let mut noted = Replacement::of(&path)?;
        noted.put(&note.json()?)?;
        // Before the file, which says by being there that all of it is.
        noted.complete()?;
        if let Err(error) = file.complete() {
            replacement::forget(&path);
            return Err(error);
        }
        Ok(done)
    }
}

/// The file cannot be written; why, in words that name what a person can change.
pub(crate) fn not_written(path: &Path, error: io::Error) -> Error {
    let source = match error.kind() {
        io::ErrorKind::NotFound => io::Error::new(error.kind(), "its folder does not exist"),
        io::ErrorKind::PermissionDenied => {
            io::Error::new(error.kind(), "this folder may not be written to")
        }
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
            io::Error::new(io::ErrorKind::StorageFull, "the disk is full")
        }
        _ => error,
    };
    Error::NotWritten {
        path: path.to_owned(),
        source: Arc::new(source),
    }
}

fn checked_path(path: &Path) -> Result<PathBuf> {
    if path.file_name().is_none() {
        return Err(Violation::new("path", "expected the path of a file").into());
    }
    std::path::absolute(path).map_err(|error| not_written(path, error))
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
