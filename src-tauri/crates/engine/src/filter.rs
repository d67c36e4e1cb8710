//! Reading what a person writes into the query bar: criteria, where each condition runs, what is
//! sent, and what is wrong.

use std::ops::Range;

use muster_directory::{
    Clause, Criteria, Node, OrganizationId, PersonFilter, Vocabulary,
    criteria::TextTest,
    filter::Leaf as _,
    json,
    said::{Coded, Said},
    split::split,
    text::{self, Spanned, TextProblem, Written},
    violation::MOST_PROBLEMS,
};
use muster_mirror::{ConnectionRecord, Mirror};

use crate::{Engine, Result, engine::blocking, names::Names};

/// The most organizations of a name that are listed.
const MOST_NAMES: usize = 10;

/// The most suggestions for something that is wrong.
const MOST_EXPECTED: usize = 8;

/// In which face a filter is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Face {
    /// The query language.
    Text,
    /// The vendor's JSON, with `muster.` keys.
    Json,
}

/// What was understood of a writing. Places are in bytes.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Reading {
    /// The criteria, with what is off; none asks for everybody, or there are problems.
    pub criteria: Option<Criteria>,
    /// The criteria as text: untouched if it was text.
    pub text: String,
    /// The conditions in the order of the text.
    pub clauses: Vec<ClauseNote>,
    /// What a live question sends; none: no filter.
    pub sent: Option<PersonFilter>,
    /// Whether the vendor answers all of it.
    pub sent_is_all: bool,
    /// What is wrong.
    pub problems: Vec<Problem>,
}

/// A condition, where it stands and where it runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClauseNote {
    /// Where, in the text.
    pub span: Range<usize>,
    /// As it stands there.
    pub text: String,
    /// Where a live question decides it.
    pub runs: Runs,
    /// Organizations that its name stands for, at most ten.
    pub names: Vec<(OrganizationId, String)>,
    /// How many they are; none if it is not a name.
    pub named: Option<u64>,
}

/// Where a live question decides a condition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Runs {
    /// At the vendor.
    Vendor,
    /// On this computer.
    Here,
    /// Nowhere: it is off.
    Off,
}

/// Something that is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Where, in what was written.
    pub span: Range<usize>,
    /// What is wrong.
    pub message: String,
    /// The same for another language, where it can be said in one.
    pub coded: Option<Coded>,
    /// What would be right there.
    pub expected: Vec<String>,
    /// For JSON: the path.
    pub path: Option<String>,
}

/// A writing with its conditions, before anything is looked up.
struct Read {
    criteria: Option<Criteria>,
    text: String,
    clauses: Vec<Spanned>,
}

impl Engine {
    /// Reads what a person wrote. Contacts nobody.
    pub async fn read_filter(
        &self,
        connection: &str,
        face: Face,
        written: String,
    ) -> Result<Reading> {
        let record = self.record(connection).await?;
        let vocabulary = self.vocabulary(&record).await?;
        let engine = self.clone();
        blocking(move || {
            let read = match face {
                Face::Text => read_text(&written, vocabulary),
                Face::Json => read_json(&written, vocabulary),
            };
            match read {
                Ok(read) => engine.noted(&record, vocabulary, face, &written, read),
                Err(problems) => Ok(Reading {
                    text: match face {
                        Face::Text => written,
                        Face::Json => String::new(),
                    },
                    problems,
                    ..Reading::default()
                }),
            }
        })
        .await
    }

    /// Where each condition runs, and which names are nobody's. Blocks.
    fn noted(
        &self,
        record: &ConnectionRecord,
        vocabulary: Vocabulary,
        face: Face,
        written: &str,
        read: Read,
    ) -> Result<Reading> {
        let mirror = self.mirror(record.id)?;
        let names = match &read.criteria {
            Some(criteria) => Names::of(criteria, &mirror)?,
            None => Names::default(),
        };
        let enabled = read.criteria.as_ref().and_then(Criteria::enabled);
        let split = enabled.map(|criteria| split(&criteria, vocabulary));
        let (sent, rest, at_vendor) = split.map_or_else(Default::default, |split| {
            (split.sent, split.rest, split.at_vendor)
        });
        let problems = match face {
            Face::Text => nobody_in_text(&mirror, &names, &read.clauses)?,
            Face::Json => nobody_in_json(&mirror, &names, written, read.criteria.as_ref())?,
        };
        Ok(Reading {
            clauses: notes(&names, &read, &at_vendor),
            criteria: read.criteria,
            text: read.text,
            sent,
            sent_is_all: rest.is_none(),
            problems,
        })
    }
}

fn read_text(written: &str, vocabulary: Vocabulary) -> std::result::Result<Read, Vec<Problem>> {
    let Written { criteria, clauses } = text::parse(written, vocabulary)
        .map_err(|problems| problems.into_iter().map(Problem::from).collect::<Vec<_>>())?;
    Ok(Read {
        criteria,
        text: written.to_owned(),
        clauses,
    })
}

fn read_json(written: &str, vocabulary: Vocabulary) -> std::result::Result<Read, Vec<Problem>> {
    if written.trim().is_empty() {
        return Ok(Read {
            criteria: None,
            text: String::new(),
            clauses: Vec::new(),
        });
    }
    let value = json::parse(written).map_err(|error| {
        let at = place(written, error.line, error.column);
        vec![Problem {
            span: at..at,
            message: error.message,
            coded: error.coded,
            expected: Vec::new(),
            path: None,
        }]
    })?;
    let criteria = Criteria::from_json(&value, ROOT, vocabulary).map_err(|violations| {
        let problem = |violation: muster_directory::Violation| {
            let below = violation.path.strip_prefix(ROOT).unwrap_or_default();
            Problem {
                span: json::locate(written, below),
                message: violation.message,
                coded: violation.coded,
                expected: Vec::new(),
                path: Some(violation.path),
            }
        };
        violations.0.into_iter().map(problem).collect::<Vec<_>>()
    })?;
    let text = text::print(&criteria);
    let clauses = text::parse(&text, vocabulary).map_or_else(
        |problems| {
            // The text is right all the same; only its conditions cannot be pointed at.
            tracing::error!(%text, ?problems, "what was printed cannot be read");
            Vec::new()
        },
        |written| written.clauses,
    );
    Ok(Read {
        criteria: Some(criteria),
        text,
        clauses,
    })
}

/// The path of the whole.
const ROOT: &str = "filter";

/// The byte at a line and a column in bytes, both from one.
fn place(text: &str, line: usize, column: usize) -> usize {
    let before: usize = text
        .split_inclusive('\n')
        .take(line.saturating_sub(1))
        .map(str::len)
        .sum();
    let mut at = (before + column.saturating_sub(1)).min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

impl From<TextProblem> for Problem {
    fn from(problem: TextProblem) -> Self {
        Self {
            span: problem.span,
            message: problem.message,
            coded: problem.coded,
            expected: problem.expected,
            path: None,
        }
    }
}

fn notes(all_names: &Names, read: &Read, mut at_vendor: &[bool]) -> Vec<ClauseNote> {
    let mut notes = Vec::with_capacity(read.clauses.len());
    for own in &read.clauses {
        let mut clauses = Vec::new();
        leaves(&own.clause, &mut clauses);
        let runs = if own.off {
            Runs::Off
        } else {
            let (these, others) = at_vendor.split_at(clauses.len().min(at_vendor.len()));
            at_vendor = others;
            match these.iter().all(|at_vendor| *at_vendor) {
                true => Runs::Vendor,
                false => Runs::Here,
            }
        };
        let (mut names, mut named) = (Vec::new(), None);
        for clause in clauses {
            if let Clause::OrganizationName(test) = clause {
                let found = all_names.named(test);
                *named.get_or_insert(0) += found.len() as u64;
                names.extend(found.iter().take(MOST_NAMES).cloned());
            }
        }
        names.truncate(MOST_NAMES);
        notes.push(ClauseNote {
            text: read
                .text
                .get(own.span.clone())
                .unwrap_or_default()
                .to_owned(),
            span: own.span.clone(),
            runs,
            names,
            named,
        });
    }
    notes
}

/// The conditions of criteria, from left to right.
pub(crate) fn leaves<'a>(criteria: &'a Criteria, found: &mut Vec<&'a Clause>) {
    match criteria.node() {
        Node::Leaf(clause) => found.push(clause),
        Node::And(parts) | Node::Or(parts) => parts.iter().for_each(|part| leaves(part, found)),
        Node::Not(part) => leaves(part, found),
    }
}

/// Names of nobody, in text: no more of them than anybody reads.
fn nobody_in_text(mirror: &Mirror, names: &Names, clauses: &[Spanned]) -> Result<Vec<Problem>> {
    let mut problems = Vec::new();
    for own in clauses.iter().filter(|own| !own.off) {
        let mut found = Vec::new();
        leaves(&own.clause, &mut found);
        for clause in found {
            if problems.len() >= MOST_PROBLEMS {
                return Ok(problems);
            }
            if let Some((Said { message, coded }, expected)) = nobody(mirror, names, clause)? {
                problems.push(Problem {
                    span: own.span.clone(),
                    message,
                    coded,
                    expected,
                    path: None,
                });
            }
        }
    }
    Ok(problems)
}

/// Names of nobody, in JSON: no more of them than anybody reads.
fn nobody_in_json(
    mirror: &Mirror,
    names: &Names,
    written: &str,
    criteria: Option<&Criteria>,
) -> Result<Vec<Problem>> {
    let mut problems = Vec::new();
    let mut paths = Vec::new();
    if let Some(criteria) = criteria {
        paths_of(criteria, String::new(), &mut paths);
    }
    for (path, clause) in paths {
        if problems.len() >= MOST_PROBLEMS {
            break;
        }
        if let Some((Said { message, coded }, expected)) = nobody(mirror, names, clause)? {
            problems.push(Problem {
                span: json::locate(written, &path),
                message,
                coded,
                expected,
                path: Some(format!("{ROOT}{path}")),
            });
        }
    }
    Ok(problems)
}

/// The path of every name of an organization that is not off.
fn paths_of<'a>(criteria: &'a Criteria, path: String, found: &mut Vec<(String, &'a Clause)>) {
    let mut each = |parts: &'a [Criteria], key: &str| {
        for (index, part) in parts.iter().enumerate() {
            paths_of(part, format!("{path}.{key}[{index}]"), found);
        }
    };
    match criteria.node() {
        Node::And(parts) => each(parts, "and"),
        Node::Or(parts) => each(parts, "or"),
        Node::Not(part) => paths_of(part, path + ".not", found),
        Node::Leaf(clause @ Clause::OrganizationName(_)) => {
            found.push((format!("{path}.{}", clause.write().0), clause));
        }
        Node::Leaf(_) => {}
    }
}

/// What is wrong with a name that no organization ever had, and names that are like it.
fn nobody(mirror: &Mirror, names: &Names, clause: &Clause) -> Result<Option<(Said, Vec<String>)>> {
    let Clause::OrganizationName(test @ TextTest::Is(name)) = clause else {
        return Ok(None);
    };
    if !names.is_nobody(test, mirror)? {
        return Ok(None);
    }
    let like = mirror.organizations_like(name, MOST_EXPECTED)?;
    let message = format!("no organization is called \u{201c}{name}\u{201d}");
    let said = match like.is_empty() {
        true => "nobody_called",
        false => "nobody_called_like",
    };
    let said = Said::new(message, said, vec![("name", name.clone())]);
    Ok(Some((
        said,
        like.into_iter().map(|own| quoted(&own.name)).collect(),
    )))
}

/// A text in the quotes of the query language.
pub(crate) fn quoted(text: &str) -> String {
    let escaped = text.replace('\\', "\\\\").replace('"', "\\\"");
    format!("\"{escaped}\"")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_and_a_column_are_a_place() {
        let text = "{\n  \"é\": x\n}";
        assert_eq!(&text[place(text, 2, 9)..], "x\n}");
        assert_eq!(place(text, 9, 9), text.len(), "behind the end is the end");
        assert_eq!(
            &text[place(text, 2, 5)..],
            "é\": x\n}",
            "not inside a letter"
        );
    }

    #[test]
    fn what_is_wrong_in_json_is_found_in_the_text() {
        let vocabulary = Vocabulary::of(muster_directory::Platform::Be);
        let written = r#"{"and": [{"id": 1}, {"foo": 2}, {"muster.name": {"is": ""}}]}"#;
        let Err(problems) = read_json(written, vocabulary) else {
            panic!("it is wrong");
        };
        let told: Vec<_> = problems
            .iter()
            .map(|own| (own.path.as_deref(), &written[own.span.clone()]))
            .collect();
        assert_eq!(
            told,
            [
                (Some("filter.and[1].foo"), "\"foo\": 2"),
                (Some("filter.and[2].muster.name.is"), "\"is\": \"\""),
            ]
        );
        let Err(problems) = read_json("{\"id\": 1,}", vocabulary) else {
            panic!("it is wrong");
        };
        assert_eq!(problems.len(), 1);
        assert_eq!(problems[0].span.start, 9, "where it goes wrong");
    }
}
