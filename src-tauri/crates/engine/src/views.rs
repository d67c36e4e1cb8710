//! Saved views: a question, and how its answer is shown, under a name.

use muster_directory::{Direction, PersonSort, Sort, Violation};
use muster_mirror::{Kept, Ledger, ViewRecord};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use uuid::Uuid;

use crate::{
    Change, Engine, Error, Result, clock, columns::Column, engine::blocking, given_name,
    question::Source,
};

/// Pixels: narrower, a column cannot be grasped; wider, it is no column any more.
const WIDTHS: std::ops::RangeInclusive<u32> = 20..=4_000;

/// A question, and how its answer is shown.
#[derive(Debug, Clone, PartialEq)]
pub struct ViewState {
    /// The query as it was written.
    pub text: String,
    /// The columns from left to right.
    pub columns: Vec<ViewColumn>,
    /// In which order.
    pub sort: Vec<Sort<PersonSort>>,
    /// Where the answer comes from.
    pub source: Source,
}

/// A column that is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ViewColumn {
    /// Which.
    pub column: Column,
    /// Pixels; none: the usual.
    pub width: Option<u32>,
    /// Whether it stays when others scroll.
    pub pinned: bool,
}

/// A saved view.
#[derive(Debug, Clone, PartialEq)]
pub struct View {
    /// Its id.
    pub id: Uuid,
    /// Its name, unique in the connection.
    pub name: String,
    /// What it shows; else why this version of the app cannot read it.
    pub state: std::result::Result<ViewState, Violation>,
    /// What this version cannot read of it, if it can read the rest.
    pub left_out: Vec<Violation>,
    /// Unix seconds.
    pub changed_at: i64,
}

impl View {
    /// What it shows; an error if it cannot be read, which is never a question for everybody.
    pub fn shown(&self) -> Result<&ViewState> {
        self.state.as_ref().map_err(|why| Error::ViewNotRead {
            name: self.name.clone(),
            why: why.message.clone(),
        })
    }

    /// Everything that this version cannot read of it.
    pub fn problems(&self) -> impl Iterator<Item = &Violation> {
        self.state.as_ref().err().into_iter().chain(&self.left_out)
    }
}

/// A view to keep.
#[derive(Debug, Clone)]
pub struct ViewDraft {
    /// The view that is replaced; none: a new one.
    pub id: Option<String>,
    /// Its name.
    pub name: String,
    /// What it shows; none: what the replaced one shows, also what this version cannot read of it.
    pub state: Option<ViewState>,
    /// Replace also what this version cannot read of the one that is there.
    pub discard: bool,
}

impl Engine {
    /// The saved views of a connection, by name.
    pub async fn views(&self, connection: &str) -> Result<Vec<View>> {
        let ledger = self.ledger(connection).await?;
        let records = blocking(move || Ok(ledger.views()?)).await?;
        Ok(records.into_iter().map(View::from).collect())
    }

    /// Keeps a view under its name.
    pub async fn save_view(&self, connection: &str, draft: ViewDraft) -> Result<View> {
        let name = given_name::checked(&draft.name, "view")?;
        let replaced = draft.id.as_deref().map(view_id).transpose()?;
        let state = draft.state.map(|state| state.to_json()).transpose()?;
        let ledger = self.ledger(connection).await?;
        let kept = blocking(move || {
            let before = replaced.map(|id| kept_before(&ledger, id)).transpose()?;
            let state = match (state, before) {
                (Some(state), Some(before)) if !draft.discard => {
                    check_nothing_is_lost(before.into())?;
                    state
                }
                (Some(state), _) => state,
                (None, Some(before)) => before.state,
                (None, None) => {
                    return Err(Violation::new("state", "a new view shows something").into());
                }
            };
            let record = ViewRecord {
                id: replaced.unwrap_or_else(Uuid::new_v4),
                name,
                state,
                changed_at: clock::now(),
            };
            keep(&ledger, record)
        })
        .await?;
        self.events.changed(Change::Views, Some(connection));
        Ok(kept.into())
    }

    /// Removes a saved view.
    pub async fn delete_view(&self, connection: &str, view: &str) -> Result<()> {
        let id = view_id(view)?;
        let ledger = self.ledger(connection).await?;
        if !blocking(move || Ok(ledger.delete_view(id)?)).await? {
            return Err(no_view(view));
        }
        self.events.changed(Change::Views, Some(connection));
        Ok(())
    }
}

fn kept_before(ledger: &Ledger, id: Uuid) -> Result<ViewRecord> {
    ledger.view(id)?.ok_or_else(|| no_view(&id.to_string()))
}

/// What this version cannot read of a view is replaced only by who knows that.
fn check_nothing_is_lost(before: View) -> Result<()> {
    let Some(first) = before.problems().next() else {
        return Ok(());
    };
    let message = format!(
        "this version cannot read all of the view \u{201c}{}\u{201d}, which saving would lose: {}",
        before.name, first.message
    );
    Err(Violation::new("discard", message).into())
}

fn keep(ledger: &Ledger, record: ViewRecord) -> Result<ViewRecord> {
    match ledger.keep_view(&record)? {
        Kept::Yes => Ok(record),
        Kept::NameTaken => {
            let message = format!("another view is called \u{201c}{}\u{201d}", record.name);
            Err(Violation::new("name", message).into())
        }
    }
}

fn view_id(text: &str) -> Result<Uuid> {
    text.parse().map_err(|_| no_view(text))
}

fn no_view(which: &str) -> Error {
    Error::NotFound {
        what: "view",
        which: which.to_owned(),
    }
}

impl From<ViewRecord> for View {
    fn from(record: ViewRecord) -> Self {
        let (state, left_out) = match serde_json::from_str::<WrittenState>(&record.state) {
            Ok(written) => {
                let (state, left_out) = written.read();
                (Ok(state), left_out)
            }
            // The others are not hidden for the one that cannot be read.
            Err(error) => (
                Err(Violation::new("view", brief(&error.to_string()))),
                Vec::new(),
            ),
        };
        Self {
            id: record.id,
            name: record.name,
            state,
            left_out,
            changed_at: record.changed_at,
        }
    }
}

/// A view's state as it is written, here and in files: words instead of types, so that what a
/// newer version has added does not make the rest unreadable.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct WrittenState {
    // Without it, a view would ask for everybody.
    text: String,
    #[serde(default)]
    columns: Vec<WrittenColumn>,
    #[serde(default)]
    sort: Vec<WrittenSort>,
    #[serde(default)]
    source: String,
    /// What another version has written beside.
    #[serde(flatten, skip_serializing)]
    unknown: Map<String, Value>,
}

#[derive(Debug, Serialize, Deserialize)]
struct WrittenColumn {
    id: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    width: Option<u32>,
    #[serde(default, skip_serializing_if = "is_false")]
    pinned: bool,
}

#[derive(Debug, Serialize, Deserialize)]
struct WrittenSort {
    by: String,
    direction: String,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde asks for it")]
const fn is_false(value: &bool) -> bool {
    !*value
}

impl ViewState {
    fn to_json(&self) -> Result<String> {
        serde_json::to_string(&self.written()).map_err(|error| Error::Defect(error.to_string()))
    }

    pub(crate) fn written(&self) -> WrittenState {
        WrittenState {
            text: self.text.clone(),
            columns: self
                .columns
                .iter()
                .map(|own| WrittenColumn {
                    id: own.column.name().to_owned(),
                    width: own.width,
                    pinned: own.pinned,
                })
                .collect(),
            sort: self
                .sort
                .iter()
                .map(|sort| WrittenSort {
                    by: sort_name(sort.by).to_owned(),
                    direction: direction_name(sort.direction).to_owned(),
                })
                .collect(),
            source: self.source.name().to_owned(),
            unknown: Map::new(),
        }
    }
}

impl WrittenState {
    /// What of it is known, and what is wrong with the rest.
    pub fn read(self) -> (ViewState, Vec<Violation>) {
        let mut problems = Vec::new();
        let mut columns: Vec<ViewColumn> = Vec::new();
        for (index, own) in self.columns.into_iter().enumerate() {
            let path = format!("columns[{index}].id");
            match own.id.parse() {
                Err(error) => problems.push(Violation::new(path, brief(&format!("{error}")))),
                Ok(column) if columns.iter().any(|before| before.column == column) => {
                    problems.push(Violation::new(path, "this column is there already"));
                }
                Ok(column) => columns.push(ViewColumn {
                    column,
                    width: own.width.filter(|width| WIDTHS.contains(width)),
                    pinned: own.pinned,
                }),
            }
        }
        let mut sort: Vec<Sort<PersonSort>> = Vec::new();
        for (index, own) in self.sort.into_iter().enumerate() {
            match own.read() {
                Some(read) if sort.iter().all(|before| before.by != read.by) => sort.push(read),
                Some(_) => {}
                None => {
                    let message = brief(&format!("cannot sort by \u{201c}{}\u{201d}", own.by));
                    problems.push(Violation::new(format!("sort[{index}]"), message));
                }
            }
        }
        let source = Source::named(&self.source).unwrap_or_else(|| {
            let message = brief(&format!(
                "there is no source \u{201c}{}\u{201d}",
                self.source
            ));
            problems.push(Violation::new("source", message));
            Source::Mirror
        });
        for name in self.unknown.keys() {
            let message = format!("this version does not know \u{201c}{name}\u{201d}");
            problems.push(Violation::new("view", brief(&message)));
        }
        let state = ViewState {
            text: self.text,
            columns,
            sort,
            source,
        };
        (state, problems)
    }
}

impl WrittenSort {
    fn read(&self) -> Option<Sort<PersonSort>> {
        let by = SORTS.into_iter().find(|by| sort_name(*by) == self.by)?;
        let direction = [Direction::Ascending, Direction::Descending]
            .into_iter()
            .find(|direction| direction_name(*direction) == self.direction)?;
        Some(Sort { by, direction })
    }
}

/// A message may quote what somebody else wrote, which may be long.
fn brief(message: &str) -> String {
    const LONGEST: usize = 200;
    match message.char_indices().nth(LONGEST) {
        None => message.to_owned(),
        Some((end, _)) => format!("{}\u{2026}", &message[..end]),
    }
}

const SORTS: [PersonSort; 7] = [
    PersonSort::Id,
    PersonSort::Name,
    PersonSort::Organization,
    PersonSort::Role,
    PersonSort::CreatedAt,
    PersonSort::UpdatedAt,
    PersonSort::LastChanged,
];

/// The name of a direction in files: the vendor's.
pub(crate) const fn direction_name(direction: Direction) -> &'static str {
    match direction {
        Direction::Ascending => "ASC",
        Direction::Descending => "DESC",
    }
}

/// The name of an order in files: that of its column.
#[must_use]
pub const fn sort_name(by: PersonSort) -> &'static str {
    match by {
        PersonSort::Id => Column::Id,
        PersonSort::Name => Column::Name,
        PersonSort::Organization => Column::Organization,
        PersonSort::Role => Column::Role,
        PersonSort::CreatedAt => Column::CreatedAt,
        PersonSort::UpdatedAt => Column::UpdatedAt,
        PersonSort::LastChanged => Column::LastChanged,
    }
    .name()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_state_is_read_as_it_was_written() {
        let column = |column, width| ViewColumn {
            column,
            width,
            pinned: width.is_none(),
        };
        let state = ViewState {
            text: "org:12 and not \"é\"".to_owned(),
            columns: vec![column(Column::Name, None), column(Column::Id, Some(120))],
            sort: SORTS
                .map(|by| Sort {
                    by,
                    direction: Direction::Descending,
                })
                .into(),
            source: Source::Live,
        };
        let view = View::from(record(&state.to_json().unwrap()));
        assert_eq!((&view.state, view.problems().count()), (&Ok(state), 0));
    }

    fn record(state: &str) -> ViewRecord {
        ViewRecord {
            id: Uuid::nil(),
            name: "Leavers".to_owned(),
            state: state.to_owned(),
            changed_at: 5,
        }
    }

    #[test]
    fn a_view_that_cannot_be_read_is_never_a_question_for_everybody() {
        for state in ["", "{}", "[]", "{\"text\": 5}", "{\"text\": \"org:1\""] {
            let view = View::from(record(state));
            assert_eq!(view.name, "Leavers", "it keeps its name");
            assert_eq!(view.problems().count(), 1, "{state}");
            let said = view.shown().unwrap_err().to_string();
            assert!(
                said.contains("Leavers") && said.contains("cannot be read"),
                "{said}"
            );
        }
    }

    #[test]
    fn what_a_newer_version_added_is_told_and_left_out() {
        let value = json!({
            "text": "org:1", "source": "cloud", "shape": {"a": [1]},
            "columns": [{"id": "name", "width": 1}, {"id": "phone"}, {"id": "name"}],
            "sort": [{"by": "phone", "direction": "ASC"}, {"by": "name", "direction": "DESC"}],
        });
        let written: WrittenState = serde_json::from_value(value).unwrap();
        let (state, problems) = written.read();
        let paths: Vec<_> = problems.iter().map(|own| own.path.as_str()).collect();
        assert_eq!(
            paths,
            [
                "columns[1].id",
                "columns[2].id",
                "sort[0]",
                "source",
                "view"
            ]
        );
        assert!(problems[4].message.contains("shape"), "{}", problems[4]);
        assert_eq!(state.columns.len(), 1);
        assert_eq!(state.columns[0].width, None, "a pixel is no width");
        assert_eq!(state.sort.len(), 1);
        assert_eq!(state.source, Source::Mirror);
    }
}
