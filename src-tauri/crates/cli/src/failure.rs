//! Why a command did not do what it was asked, and the exit code that says so.

use std::{fmt, process::ExitCode};

use muster_api::{ApiError, api_error};
use muster_engine::Error;
use serde_json::json;

/// Why a command did not do what it was asked.
#[derive(Debug)]
pub enum Failure {
    /// The engine could not.
    Engine(Error),
    /// What was given makes no sense.
    Usage(String),
    /// Standard input or output failed.
    Io(std::io::Error),
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

    /// 1: refused or failed; 2: bad usage.
    pub fn exit_code(&self) -> ExitCode {
        match self {
            Self::Usage(_) | Self::Engine(Error::Invalid(_) | Error::Address(_)) => {
                ExitCode::from(2)
            }
            Self::Engine(_) | Self::Io(_) => ExitCode::from(1),
        }
    }

    /// One line of JSON: code, message, details.
    pub fn json(&self) -> String {
        match self {
            Self::Engine(error) => json!(api_error(error) as ApiError).to_string(),
            Self::Usage(message) => {
                json!({"code": "usage", "message": message, "details": {}}).to_string()
            }
            Self::Io(error) => {
                json!({"code": "io", "message": error.to_string(), "details": {}}).to_string()
            }
        }
    }
}

impl Failure {
    /// Whether whoever reads the output has read enough: `musterctl … | head`.
    pub fn is_enough(&self) -> bool {
        matches!(self, Self::Io(error) if error.kind() == std::io::ErrorKind::BrokenPipe)
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = match self {
            Self::Engine(error) => with_causes(error),
            Self::Usage(message) => message.clone(),
            Self::Io(error) => error.to_string(),
        };
        // One line, whatever the vendor put into its message.
        f.write_str(&text.split_whitespace().collect::<Vec<_>>().join(" "))
    }
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
