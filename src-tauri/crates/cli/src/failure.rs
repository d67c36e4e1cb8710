//! Why a command did not do what it was asked, and the exit code that says so.

use std::{fmt, process::ExitCode};

use muster_api::{ApiError, api_error};
use muster_engine::{Error, filter::Problem};
use serde_json::json;

/// Why a command did not do what it was asked.
#[derive(Debug)]
pub enum Failure {
    /// The engine could not.
    Engine(Error),
    /// What was given makes no sense.
    Usage(String),
    /// A question in the query language makes no sense.
    Query(Question),
    /// What was to be proven is not so.
    NotProven(String),
    /// Standard input or output failed.
    Io(std::io::Error),
    /// All was said on standard output; the exit code says it too.
    Answered(u8),
}

/// A question that cannot be understood.
#[derive(Debug)]
pub struct Question {
    /// As it was written.
    pub text: String,
    /// What is wrong with it, at least one.
    pub problems: Vec<Problem>,
}

impl Failure {
    /// What the arguments lack or have too much, in one line.
    pub fn of_usage(error: &clap::Error) -> Self {
        let text = error.render().to_string();
        let said = text.split("\n\n").next().unwrap_or_default();
        let said = said.strip_prefix("error: ").unwrap_or(said);
        let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
        Self::Usage(format!("{said} (musterctl --help says more)"))
    }

    /// 1: refused or failed; 2: bad usage; what an answer says otherwise.
    pub fn exit_code(&self) -> ExitCode {
        match self {
            Self::Answered(code) => ExitCode::from(*code),
            Self::Usage(_)
            | Self::Query(_)
            | Self::Engine(Error::Invalid(_) | Error::Address(_)) => ExitCode::from(2),
            Self::Engine(_) | Self::NotProven(_) | Self::Io(_) => ExitCode::from(1),
        }
    }

    /// One line of JSON: code, message, details; nothing if all was said.
    pub fn json(&self) -> String {
        match self {
            Self::Engine(error) => json!(api_error(error) as ApiError).to_string(),
            Self::Usage(message) => {
                json!({"code": "usage", "message": message, "details": {}}).to_string()
            }
            Self::NotProven(message) => {
                json!({"code": "not_proven", "message": message, "details": {}}).to_string()
            }
            Self::Query(question) => question.json().to_string(),
            Self::Answered(_) => String::new(),
            Self::Io(error) => {
                json!({"code": "io", "message": error.to_string(), "details": {}}).to_string()
            }
        }
    }
}

impl Failure {
    /// Whether there is nothing left to say.
    pub const fn is_said(&self) -> bool {
        matches!(self, Self::Answered(_))
    }

    /// Whether whoever reads the output has read enough: `musterctl … | head`.
    pub fn is_enough(&self) -> bool {
        matches!(self, Self::Io(error) if error.kind() == std::io::ErrorKind::BrokenPipe)
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = match self {
            Self::Engine(error) => with_causes(error),
            Self::Usage(message) | Self::NotProven(message) => message.clone(),
            // Its lines are what it is about.
            Self::Query(question) => return write!(f, "{question}"),
            Self::Io(error) => error.to_string(),
            Self::Answered(_) => return Ok(()),
        };
        // One line, whatever the vendor put into its message.
        f.write_str(&text.split_whitespace().collect::<Vec<_>>().join(" "))
    }
}

impl Question {
    /// Places are counted in characters.
    fn json(&self) -> serde_json::Value {
        let place = |byte: usize| characters(self.text.get(..byte).unwrap_or(&self.text));
        let problems = self.problems.iter().map(|own| {
            json!({
                "from": place(own.span.start),
                "until": place(own.span.end),
                "message": own.message,
                "expected": own.expected,
            })
        });
        let problems: Vec<_> = problems.collect();
        let violations: Vec<_> = self
            .problems
            .iter()
            .map(|own| json!({"path": "where", "message": own.message}))
            .collect();
        json!({
            "code": "invalid",
            "message": self.problems.first().map(|own| own.message.as_str()),
            "details": {"violations": violations, "problems": problems},
        })
    }
}

fn characters(text: &str) -> usize {
    text.chars().count()
}

impl fmt::Display for Question {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, own) in self.problems.iter().enumerate() {
            if index > 0 {
                writeln!(f)?;
            }
            pointed_at(f, &self.text, own)?;
        }
        Ok(())
    }
}

/// The message, the line that it is about, and a caret under the place.
fn pointed_at(f: &mut fmt::Formatter<'_>, text: &str, problem: &Problem) -> fmt::Result {
    let start = problem.span.start.min(text.len());
    let begin = text.get(..start).and_then(|before| before.rfind('\n'));
    let begin = begin.map_or(0, |at| at + 1);
    let end = text
        .get(start..)
        .and_then(|rest| rest.find('\n'))
        .map_or(text.len(), |at| start + at);
    let [line, before, under] = [begin..end, begin..start, start..problem.span.end.min(end)]
        .map(|range| text.get(range).unwrap_or_default());
    let plain = |letter: char| if letter.is_control() { ' ' } else { letter };
    writeln!(f, "--where: {}", problem.message)?;
    writeln!(f, "  {}", line.chars().map(plain).collect::<String>())?;
    write!(
        f,
        "  {}{}",
        " ".repeat(characters(before)),
        "^".repeat(characters(under).max(1))
    )
}

/// The message, and those of its causes that add something.
fn with_causes(error: &Error) -> String {
    let mut text = error.to_string();
    let mut cause = std::error::Error::source(error);
    while let Some(inner) = cause {
        let message = inner.to_string();
        if !text.contains(&message) {
            text = format!("{text}: {message}");
        }
        cause = inner.source();
    }
    text
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Engine(error)
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        Self::Io(error)
    }
}

impl From<csv::Error> for Failure {
    fn from(error: csv::Error) -> Self {
        match error.into_kind() {
            csv::ErrorKind::Io(error) => Self::Io(error),
            other => Self::Io(std::io::Error::other(format!("{other:?}"))),
        }
    }
}

impl From<serde_json::Error> for Failure {
    fn from(error: serde_json::Error) -> Self {
        Self::Io(error.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn question(text: &str, span: std::ops::Range<usize>) -> Question {
        Question {
            text: text.to_owned(),
            problems: vec![Problem {
                span,
                message: "expected a value".to_owned(),
                coded: None,
                expected: vec!["12".to_owned()],
                path: None,
            }],
        }
    }

    #[test]
    fn a_caret_stands_under_the_place() {
        assert_eq!(
            question("name:é and org:\tx", 15..17).to_string(),
            "--where: expected a value\n  name:é and org: x\n                ^^"
        );
        assert_eq!(
            question("id:1\nand org:", 13..13).to_string(),
            "--where: expected a value\n  and org:\n          ^",
            "the line that it is about, and behind its end"
        );
        let far = question("id:", 90..95).to_string();
        assert!(far.ends_with("id:\n     ^"), "{far}");
    }

    #[test]
    fn as_json_places_are_characters() {
        let told = question("é:x", 3..4).json();
        assert_eq!(
            (&told["details"]["problems"][0]["from"], &told["code"]),
            (&json!(2), &json!("invalid"))
        );
    }
}
