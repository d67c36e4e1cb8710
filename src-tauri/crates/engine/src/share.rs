//! Shared views: written to a file or into a link, and looked at when somebody else sent one.
//!
//! What is shared is the question and how it is shown: no connection, no key, nobody's row. What
//! comes from elsewhere is not trusted: it is bounded before it is read, and only ever looked at.

use std::{
    fs::File,
    io::Read,
    ops::Range,
    path::{Path, PathBuf},
    sync::Arc,
};

use base64::{
    Engine as _,
    alphabet::URL_SAFE,
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig},
};
use muster_directory::{
    Criteria, Violation,
    said::{Coded, Said},
};
use serde::{Deserialize, Serialize};

use crate::{
    Engine, Error, Result,
    access::platform,
    engine::blocking,
    export::Replacement,
    filter::Face,
    given_name::{self, disturbs_a_line},
    question::{PeopleQuestion, Source, Who, Window},
    views::{ViewState, WrittenState},
};

/// How a link to a view begins.
pub const LINK: &str = "muster://view/";

/// How the name of a file with a view ends.
pub const EXTENSION: &str = "musterview";

/// The longest link that is made: programs that hand links on cut longer ones.
const LONGEST_LINK: usize = 2_000;

/// The longest link that is read: whoever made it may hand on longer ones.
const LONGEST_READ_LINK: usize = 64 * 1024;

/// The largest file that is read, in bytes.
const LARGEST_FILE: u64 = 1024 * 1024;

/// The version of what is written.
const VERSION: u32 = 1;

/// How many problems a preview names.
const MOST_PROBLEMS: usize = 20;

const BASE64: GeneralPurpose = GeneralPurpose::new(
    &URL_SAFE,
    GeneralPurposeConfig::new()
        .with_encode_padding(false)
        .with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// A view with its name.
#[derive(Debug, Clone, PartialEq)]
pub struct NamedView {
    /// Its name.
    pub name: String,
    /// What it shows.
    pub state: ViewState,
}

/// What was made of a view to share it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shared {
    /// The link; none if the view is too long for one and was written to a file.
    pub link: Option<String>,
    /// The file that was written.
    pub path: Option<PathBuf>,
}

/// Something shared that is to be looked at.
#[derive(Debug, Clone)]
pub enum Opening {
    /// A link.
    Link(String),
    /// A file.
    File(PathBuf),
    /// What stands in a file.
    Content(String),
}

/// What a shared view would show here. Nothing was kept.
#[derive(Debug, Clone, PartialEq)]
pub struct Preview {
    /// The view, as far as it is known here.
    pub view: NamedView,
    /// What does not fit.
    pub problems: Vec<Problem>,
    /// How many match in the mirror; none if it was never synced, or with problems.
    pub total: Option<u64>,
}

/// Something of a shared view that does not fit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Which part of the view; none: the text.
    pub path: Option<String>,
    /// Where in the text, in bytes.
    pub span: Range<usize>,
    /// What is wrong.
    pub message: String,
    /// The same for another language, where it can be said in one.
    pub coded: Option<Coded>,
    /// What would be right there.
    pub expected: Vec<String>,
}

/// What stands in a file, and in a link.
#[derive(Debug, Serialize, Deserialize)]
struct Written {
    /// Says what it is.
    muster: String,
    version: u32,
    name: String,
    view: WrittenState,
}

/// Enough of it to know whether the rest can be read.
#[derive(Debug, Deserialize)]
struct Beginning {
    muster: String,
    version: u32,
}

impl NamedView {
    fn written(&self) -> Result<Written> {
        Ok(Written {
            muster: "view".to_owned(),
            version: VERSION,
            name: given_name::checked(&self.name, "view")?,
            view: self.state.written(),
        })
    }

    /// The view as a link.
    pub fn link(&self) -> Result<String> {
        let json = serde_json::to_vec(&self.written()?).map_err(defect)?;
        let link = format!("{LINK}{}", BASE64.encode(json));
        if link.len() > LONGEST_LINK {
            let message = format!(
                "this view is too long for a link, which has at most {LONGEST_LINK} characters: \
                 save it to a file instead"
            );
            return Err(Violation::new("link", message).into());
        }
        Ok(link)
    }

    /// Writes the view to a file, in the place of one that is there.
    pub fn write(&self, path: &Path) -> Result<()> {
        let json = serde_json::to_vec_pretty(&self.written()?).map_err(defect)?;
        let mut file = Replacement::of(path)?;
        file.put(&json)?;
        file.put(b"\n")?;
        file.complete()
    }
}

fn defect(error: serde_json::Error) -> Error {
    Error::Defect(error.to_string())
}

impl Engine {
    /// Makes a link of a view, and writes it to a file if there is a path. A view that is too long
    /// for a link needs a file.
    pub async fn share_view(&self, view: NamedView, path: Option<PathBuf>) -> Result<Shared> {
        let Some(path) = path else {
            let link = Some(view.link()?);
            return Ok(Shared { link, path: None });
        };
        blocking(move || {
            view.write(&path)?;
            Ok(Shared {
                // Its name was good enough for the file: only its length can stand in the way.
                link: view.link().ok(),
                path: Some(path),
            })
        })
        .await
    }

    /// What a shared view would show of a connection. Keeps and contacts nothing.
    pub async fn preview_view(&self, connection: &str, opening: Opening) -> Result<Preview> {
        let platform = platform(&self.record(connection).await?)?;
        let (view, violations) = blocking(move || read(opening)).await?;
        let text = view.state.text.clone();
        let reading = self.read_filter(connection, Face::Text, text).await?;
        let of_text = reading.problems.into_iter().map(|own| Problem {
            path: None,
            span: own.span,
            message: own.message,
            coded: own.coded,
            expected: own.expected,
        });
        let columns = view.state.columns.iter().map(|own| own.column);
        let foreign = columns.filter(|column| !column.is_of(platform));
        let foreign = foreign.map(|column| {
            let name = column.name();
            let message = format!("this platform has no column \u{201c}{name}\u{201d}");
            let column = vec![("column", name.to_owned())];
            Violation::new("columns", Said::new(message, "foreign_column", column))
        });
        let of_parts = violations.into_iter().chain(foreign).map(|own| Problem {
            path: Some(own.path),
            span: 0..0,
            message: own.message,
            coded: own.coded,
            expected: Vec::new(),
        });
        let problems = first_of(of_text.chain(of_parts).collect());
        let total = match problems.is_empty() {
            true => self.count_of(connection, reading.criteria.as_ref()).await?,
            false => None,
        };
        Ok(Preview {
            view,
            problems,
            total,
        })
    }

    /// How many people of the mirror match; none if it was never synced.
    async fn count_of(&self, connection: &str, criteria: Option<&Criteria>) -> Result<Option<u64>> {
        let question = PeopleQuestion {
            who: Who {
                filter: criteria.map(|criteria| criteria.to_json().to_string()),
                ..Who::everybody(Source::Mirror)
            },
            sort: Vec::new(),
            window: Window::Rows {
                offset: 0,
                limit: 0,
            },
            remember: None,
        };
        match self.people(connection, question).await {
            Ok(found) => Ok(Some(found.total)),
            Err(Error::NeverSynced) => Ok(None),
            Err(error) => Err(error),
        }
    }
}

/// The first problems, and how many more there are.
fn first_of(mut problems: Vec<Problem>) -> Vec<Problem> {
    let more = problems.len().saturating_sub(MOST_PROBLEMS);
    if more > 0 {
        problems.truncate(MOST_PROBLEMS);
        let message = format!("and {more} more");
        let said = Said::new(message, "and_more", vec![("more", more.to_string())]);
        problems.push(Problem {
            path: Some("view".to_owned()),
            span: 0..0,
            message: said.message,
            coded: said.coded,
            expected: Vec::new(),
        });
    }
    problems
}

fn read(opening: Opening) -> Result<(NamedView, Vec<Violation>)> {
    let (of, content) = match opening {
        Opening::Link(link) => ("link", of_link(&link)?),
        Opening::File(path) => ("path", of_file(&path, LARGEST_FILE)?),
        Opening::Content(content) => ("content", content.into_bytes()),
    };
    if content.len() as u64 > LARGEST_FILE {
        return Err(refused(of, TOO_LARGE));
    }
    understood(&content).map_err(|message| refused(of, message))
}

const TOO_LARGE: &str = "this is too large for a shared view";
const NOT_A_VIEW: &str = "this is not a shared view";
const CUT_OFF: &str = "this shared view is cut off: its end is missing";
const NEWER: &str = "this view was shared by a newer version of Muster: install that version to \
                     open it";

fn refused(of: &str, message: &str) -> Error {
    Violation::new(of, message).into()
}

fn of_link(link: &str) -> Result<Vec<u8>> {
    if link.len() > LONGEST_READ_LINK {
        return Err(refused("link", TOO_LARGE));
    }
    let link = link.trim();
    let begins = link
        .get(..LINK.len())
        .is_some_and(|begin| begin.eq_ignore_ascii_case(LINK));
    if !begins {
        let message = "this is not a link to a view: those begin with muster://view/";
        return Err(refused("link", message));
    }
    let code = link[LINK.len()..].trim_end_matches('/');
    BASE64.decode(code).map_err(|_| {
        refused(
            "link",
            "this link is damaged or cut off: ask for it again, or for a file",
        )
    })
}

/// What stands in a file, and a byte more than is taken at most.
pub(crate) fn of_file(path: &Path, largest: u64) -> Result<Vec<u8>> {
    let not_read = |source: std::io::Error| Error::NotRead {
        path: path.to_owned(),
        source: Arc::new(source),
    };
    let mut content = Vec::new();
    let file = File::open(path).map_err(not_read)?;
    // A byte more than is taken tells that it is too large, whatever the size that it claims.
    file.take(largest + 1)
        .read_to_end(&mut content)
        .map_err(not_read)?;
    Ok(content)
}

/// The view that stands there; else why it cannot be read.
fn understood(content: &[u8]) -> std::result::Result<(NamedView, Vec<Violation>), &'static str> {
    let why = |error: serde_json::Error| match error.is_eof() && !content.is_empty() {
        true => CUT_OFF,
        false => NOT_A_VIEW,
    };
    let beginning: Beginning = serde_json::from_slice(content).map_err(why)?;
    if beginning.muster != "view" {
        return Err(NOT_A_VIEW);
    }
    let newer = beginning.version > VERSION;
    let written: Written = serde_json::from_slice(content).map_err(|error| match newer {
        true => NEWER,
        false => why(error),
    })?;
    let (state, mut problems) = written.view.read();
    if newer {
        let message = "a newer version of Muster shared this view: what it added is left out";
        let said = Said::new(message.to_owned(), "newer_view", Vec::new());
        problems.insert(0, Violation::new("version", said));
    }
    let name = shown_name(&written.name);
    Ok((NamedView { name, state }, problems))
}

/// A name from elsewhere, as one line that is not endless. It may be empty: whoever keeps the view
/// gives it one.
fn shown_name(name: &str) -> String {
    let plain: String = name
        .chars()
        .filter(|letter| !disturbs_a_line(*letter))
        .take(100)
        .collect();
    plain.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use muster_directory::{Direction, PersonSort, Sort};
    use serde_json::json;

    use super::*;
    use crate::{columns::Column, views::ViewColumn};

    fn view(text: &str) -> NamedView {
        NamedView {
            name: "Managers \u{1f600}".to_owned(),
            state: ViewState {
                text: text.to_owned(),
                columns: vec![ViewColumn {
                    column: Column::Name,
                    width: Some(200),
                    pinned: true,
                }],
                sort: vec![Sort {
                    by: PersonSort::Name,
                    direction: Direction::Descending,
                }],
                source: Source::Mirror,
            },
        }
    }

    fn message(error: Error) -> String {
        error.to_string()
    }

    fn refusal(opening: Opening) -> String {
        message(read(opening).unwrap_err())
    }

    #[test]
    fn a_link_and_a_file_hold_the_whole_view() {
        let view = view("org:\"Apotheek \\\"Zoë\\\"\" and not id:[1,2]");
        let link = view.link().unwrap();
        assert!(link.starts_with(LINK));
        let code = &link[LINK.len()..];
        assert!(
            code.chars()
                .all(|letter| letter.is_ascii_alphanumeric() || "-_".contains(letter)),
            "nothing in it needs escaping: {code}"
        );
        for opened in [
            link.clone(),
            format!(" {link}=\n"),
            link.replace("muster:", "MUSTER:"),
        ] {
            let (read, problems) = read(Opening::Link(opened)).unwrap();
            assert_eq!((read, problems), (view.clone(), Vec::new()));
        }
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.musterview");
        view.write(&path).unwrap();
        assert_eq!(read(Opening::File(path.clone())).unwrap().0, view);
        let content = std::fs::read_to_string(&path).unwrap();
        assert_eq!(read(Opening::Content(content)).unwrap().0, view);
    }

    #[test]
    fn a_view_that_is_too_long_for_a_link_fits_into_a_file() {
        let ids: Vec<_> = (0..5_000).map(|id| id.to_string()).collect();
        let view = view(&format!("id:[{}]", ids.join(",")));
        assert!(message(view.link().unwrap_err()).contains("file instead"));
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.musterview");
        view.write(&path).unwrap();
        assert_eq!(read(Opening::File(path)).unwrap().0, view);
    }

    #[test]
    fn whatever_is_cut_off_is_refused_and_never_half_a_view() {
        let link = view("org:12").link().unwrap();
        for end in 0..link.len() {
            assert!(
                read(Opening::Link(link[..end].to_owned())).is_err(),
                "{end}"
            );
        }
        let content = serde_json::to_string(&view("org:12").written().unwrap()).unwrap();
        for end in 0..content.len() {
            let Some(part) = content.get(..end) else {
                continue;
            };
            let said = refusal(Opening::Content(part.to_owned()));
            assert!(said.contains("cut off") || end == 0, "{end}: {said}");
        }
    }

    #[test]
    fn what_is_not_a_view_is_told_and_does_no_harm() {
        for content in [
            "",
            "Dear diary",
            "[]",
            "null",
            "{}",
            r#"{"muster": "plan", "version": 1, "name": "", "view": {}}"#,
            r#"{"muster": "view", "version": -1, "name": "", "view": {}}"#,
            r#"{"muster": "view", "version": 1, "name": 5, "view": {}}"#,
            r#"{"muster": "view", "version": 1, "name": "", "view": []}"#,
            r#"{"muster": "view", "muster": "view", "version": 1, "name": "", "view": {}}"#,
        ] {
            let said = refusal(Opening::Content(content.to_owned()));
            assert!(said.contains("not a shared view"), "{content}: {said}");
        }
        let bytes = BASE64.encode([0xFF, 0xFE, 0x00, 0x7B]);
        assert!(refusal(Opening::Link(format!("{LINK}{bytes}"))).contains("not a shared view"));
        for link in [
            "https://example.com/",
            "muster://plan/AAAA",
            "muster:",
            "",
            "\u{e9}muster://view/",
        ] {
            assert!(
                refusal(Opening::Link(link.to_owned())).contains("muster://view/"),
                "{link}"
            );
        }
        for link in ["%2e%2e", "a b", "ä", "AAAA?x=1"] {
            assert!(
                refusal(Opening::Link(format!("{LINK}{link}"))).contains("damaged"),
                "{link}"
            );
        }
    }

    #[test]
    fn what_is_too_large_is_not_read() {
        let huge = "A".repeat(LONGEST_READ_LINK);
        assert!(refusal(Opening::Link(format!("{LINK}{huge}"))).contains("too large"));
        let huge = " ".repeat(LARGEST_FILE as usize + 1);
        assert!(refusal(Opening::Content(huge)).contains("too large"));
        #[cfg(unix)]
        assert!(
            refusal(Opening::File("/dev/zero".into())).contains("too large"),
            "a file without an end is left after its beginning"
        );
        let gone = refusal(Opening::File("/nowhere/a.musterview".into()));
        assert!(gone.contains("/nowhere/a.musterview"), "{gone}");
    }

    #[test]
    fn depth_is_refused_without_falling_into_it() {
        let deep = |inner: &str, count| format!("{}{}", inner.repeat(count), "]".repeat(count));
        for content in [
            deep("[", 400_000),
            format!(
                r#"{{"muster": "view", "version": 1, "x": {}"#,
                deep("[", 400_000)
            ),
            format!(
                r#"{{"muster": "view", "version": 1, "name": "", "view": {{"x": {}}}}}"#,
                deep("[", 400_000)
            ),
            "{\"a\":".repeat(150_000),
        ] {
            // Refused or read, but not fallen into.
            drop(read(Opening::Content(content)));
        }
    }

    #[test]
    fn a_newer_view_is_shown_as_far_as_it_is_known() {
        let newer = json!({
            "muster": "view", "version": 2, "name": "\u{202e}A\u{0}\u{2028}\n", "new": true,
            "view": {"text": "org:1", "source": "mirror", "columns": [], "sort": []},
        });
        let (view, problems) = read(Opening::Content(newer.to_string())).unwrap();
        assert_eq!(
            (view.name.as_str(), view.state.text.as_str()),
            ("A", "org:1")
        );
        assert_eq!(problems[0].path, "version");
        let other = json!({"muster": "view", "version": 2, "view": "elsewhere"});
        assert!(refusal(Opening::Content(other.to_string())).contains("newer version"));
    }

    #[test]
    fn a_preview_names_some_problems_and_counts_the_rest() {
        let problem = Problem {
            path: None,
            span: 0..0,
            message: String::new(),
            coded: None,
            expected: Vec::new(),
        };
        let named = first_of(vec![problem; 30]);
        assert_eq!(named.len(), MOST_PROBLEMS + 1);
        assert_eq!(named[MOST_PROBLEMS].message, "and 10 more");
    }
}
