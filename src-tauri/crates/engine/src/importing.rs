//! Import: the rows of a file become what is wanted, each looked at before anything is planned.
//! Nothing is sent from here.

mod guessing;
mod names;
mod rejects;
mod rows;
mod sheet;
mod template;
mod text;

use std::path::{Path, PathBuf};

use muster_directory::{ActKind, Violation, said::Said};
use muster_mirror::{ConnectionRecord, Ledger, PlanRecord, Workspace};
use serde::{Deserialize, Serialize};
use serde_json::json;
use sha2::{Digest, Sha256};

use crate::{
    Engine, Result,
    activity::{self, Entry, Target, What},
    changes::{PlanWish, kinds},
    clock,
    engine::blocking,
    export::{BYTE_ORDER_MARK, Replacement, checked_path},
};

pub use rows::{Checked, RowProblem};
pub use sheet::{Delimiter, MOST_ROWS, Source, content};
pub use text::Encoding;

/// How many rows are shown of a file before anything is decided.
const FIRST: usize = 20;

/// Stands in the rows that are shown where a secret seems to be.
const HIDDEN: &str = "\u{2022}\u{2022}\u{2022}";

/// What a column means.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "is", content = "path", rename_all = "snake_case")]
pub enum Meaning {
    /// Nothing.
    Ignored,
    /// The id of what the act is done to.
    Target,
    /// The value of a field, by its path.
    Field(String),
}

impl Meaning {
    /// The path that problems have: of a field, `target`, or nothing.
    #[must_use]
    pub fn path(&self) -> &str {
        match self {
            Self::Ignored => "",
            Self::Target => "target",
            Self::Field(path) => path,
        }
    }
}

/// A file, and what its rows want.
#[derive(Debug, Clone)]
pub struct Import {
    /// The file.
    pub source: Source,
    /// The kind of act: `user.create`
    pub kind: String,
    /// What each of its columns means, in order.
    pub columns: Vec<Meaning>,
    /// The mark of the file when it was looked at; another one now is refused. None: nobody looked.
    pub seen: Option<String>,
}

/// A column of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// What it is called.
    pub name: String,
    /// What it seems to mean.
    pub guess: Meaning,
    /// Whether its values seem to be secrets, which are not shown and cannot be imported.
    pub is_secret: bool,
}

/// What is seen of a file before anything is decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inspection {
    /// What it is written in.
    pub encoding: Encoding,
    /// What separates its cells.
    pub delimiter: Delimiter,
    /// Its columns.
    pub columns: Vec<Column>,
    /// What its columns meant the last time that a file with the same ones was imported here.
    pub remembered: Option<Vec<Meaning>>,
    /// How many rows it has.
    pub rows: u64,
    /// How many rows begin with `# ` and are passed over.
    pub notes: u64,
    /// Its first rows: the line, and the cells.
    pub first: Vec<(u64, Vec<String>)>,
    /// Tells whether the file is still the one that was looked at.
    pub mark: String,
}

/// What became of planning a file.
#[derive(Debug, Clone)]
pub struct PlannedImport {
    /// The plan; none if something is wrong, or nothing is to be done.
    pub plan: Option<PlanRecord>,
    /// What the rows came to.
    pub checked: Checked,
}

impl Import {
    fn kind_of(&self, record: &ConnectionRecord) -> Result<ActKind> {
        kind_of(record, &self.kind)
    }

    /// Refuses a file that has changed since it was looked at.
    fn check_unchanged(&self) -> Result<()> {
        match &self.seen {
            Some(seen) if *seen != self.source.mark()? => Err(sheet::changed()),
            _ => Ok(()),
        }
    }
}

impl Engine {
    /// Looks at a file that is to be imported as acts of a kind. Blocks nobody, keeps nothing.
    pub async fn inspect_import(
        &self,
        connection: &str,
        source: Source,
        kind: &str,
    ) -> Result<Inspection> {
        let kind = kind_of(&self.record(connection).await?, kind)?;
        let ledger = self.ledger(connection).await?;
        blocking(move || inspect(&source, &kind, &ledger)).await
    }

    /// Everything that is wrong with the rows of a file, and what would be planned.
    pub async fn check_import(&self, connection: &str, import: Import) -> Result<Checked> {
        let (engine, record) = (self.clone(), self.record(connection).await?);
        blocking(move || engine.check_rows(&record, &import)).await
    }

    /// Keeps what the columns of a file mean, for the next one with the same columns.
    pub async fn remember_columns(&self, connection: &str, import: Import) -> Result<()> {
        let ledger = self.ledger(connection).await?;
        blocking(move || {
            let sheet = sheet::Sheet::open(&import.source)?;
            let workspace = Workspace {
                state: json!(import.columns),
                changed_at: clock::now(),
            };
            Ok(ledger.set_workspace(&place(&import.kind, &sheet.columns), &workspace)?)
        })
        .await
    }

    /// Makes a plan of the rows of a file. If something is wrong with one of them, there is no plan,
    /// unless `partly`: then what is right is planned.
    pub async fn plan_import(
        &self,
        connection: &str,
        import: Import,
        title: String,
        partly: bool,
    ) -> Result<PlannedImport> {
        let mut checked = self.check_import(connection, import).await?;
        let is_wrong = !checked.problems.is_empty() && !partly;
        if is_wrong || checked.good.is_empty() {
            return Ok(PlannedImport {
                plan: None,
                checked,
            });
        }
        let wish = PlanWish {
            title,
            intents: std::mem::take(&mut checked.good),
            partly,
            ..PlanWish::default()
        };
        let planned = self.make_plan(connection, wish).await?;
        Ok(PlannedImport {
            plan: planned.plan,
            checked,
        })
    }

    /// Writes the rows that cannot be planned to a file, each with its line and why; returns how
    /// many. A file that is there is replaced, all at once.
    pub async fn write_rejects(
        &self,
        connection: &str,
        import: Import,
        path: PathBuf,
    ) -> Result<u64> {
        let (engine, record) = (self.clone(), self.record(connection).await?);
        let (own, path) = (record.clone(), checked_path(&path)?);
        let to = path.clone();
        let written = blocking(move || {
            let checked = engine.check_rows(&own, &import)?;
            rejects::write(&import.source, &import.columns, &checked.problems, &to)
        })
        .await?;
        let target = Target::new(What::File, None, Some(path.display().to_string()));
        let detail = json!({ "format": "csv", "rejected_rows": written });
        self.note_after(&record, Entry::done(activity::Kind::Export, target, detail))
            .await;
        Ok(written)
    }

    /// A file to fill in for acts of a kind, as CSV: its columns, and a note that shows what stands
    /// in them.
    pub async fn import_template(&self, connection: &str, kind: &str) -> Result<String> {
        template::template(&kind_of(&self.record(connection).await?, kind)?)
    }

    /// Writes that to a file. A file that is there is replaced, all at once.
    pub async fn write_template(&self, connection: &str, kind: &str, path: &Path) -> Result<()> {
        let text = self.import_template(connection, kind).await?;
        let path = checked_path(path)?;
        blocking(move || {
            let mut file = Replacement::of(&path)?;
            file.put(BYTE_ORDER_MARK.as_bytes())?;
            file.put(text.as_bytes())?;
            file.complete()
        })
        .await
    }
}

fn kind_of(record: &ConnectionRecord, id: &str) -> Result<ActKind> {
    let found = kinds(record)?.into_iter().find(|kind| kind.id == id);
    found.ok_or_else(|| {
        let message = format!("there is no act {id}");
        let said = Said::new(message, "unknown_act", vec![("act", id.to_owned())]);
        Violation::new("kind", said).into()
    })
}

fn inspect(source: &Source, kind: &ActKind, ledger: &Ledger) -> Result<Inspection> {
    // Before it is read: what changes meanwhile is noticed the next time.
    let mark = source.mark()?;
    let mut sheet = sheet::Sheet::open(source)?;
    let guesses = guessing::guess(kind, &sheet.columns);
    let columns: Vec<_> = sheet
        .columns
        .iter()
        .zip(guesses)
        .map(|(name, guess)| Column {
            name: name.clone(),
            guess,
            is_secret: guessing::is_secret(name),
        })
        .collect();
    let (mut rows, mut first) = (0, Vec::new());
    while let Some((line, record)) = sheet.row()? {
        rows += 1;
        if first.len() < FIRST {
            let shown = record.iter().enumerate().map(|(at, cell)| {
                let hidden = columns.get(at).is_some_and(|own| own.is_secret) && !cell.is_empty();
                if hidden { HIDDEN } else { cell }.to_owned()
            });
            first.push((line, shown.collect()));
        }
    }
    Ok(Inspection {
        encoding: sheet.encoding,
        delimiter: sheet.delimiter,
        remembered: remembered(ledger, kind, &sheet.columns)?,
        columns,
        rows,
        notes: sheet.notes,
        first,
        mark,
    })
}

/// What the same columns meant the last time, if the act still knows all of it.
fn remembered(ledger: &Ledger, kind: &ActKind, columns: &[String]) -> Result<Option<Vec<Meaning>>> {
    let Some(kept) = ledger.workspace(&place(kind.id, columns))? else {
        return Ok(None);
    };
    let meanings: Option<Vec<Meaning>> = serde_json::from_value(kept.state).ok();
    Ok(meanings.filter(|own| rows::check_columns(kind, own, columns.len()).is_ok()))
}

/// Where the meaning of these columns is kept.
fn place(kind: &str, columns: &[String]) -> String {
    let digest = Sha256::digest(json!(columns).to_string());
    let digits: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("import/{kind}/{digits}")
}
