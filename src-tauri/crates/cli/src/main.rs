//! musterctl: everything the window can do, for scripts.

mod arguments;
mod commands;
mod failure;
mod output;

use std::{io::Write, process::ExitCode};

use clap::{Parser, error::ErrorKind};

use crate::{arguments::Arguments, failure::Failure};

#[tokio::main]
async fn main() -> ExitCode {
    let filter = tracing_subscriber::EnvFilter::try_from_env("MUSTER_LOG")
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("off"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .init();
    let wants_json = std::env::args_os().any(|argument| argument == "--json-errors");
    let outcome = match Arguments::try_parse() {
        Ok(arguments) => commands::run(arguments).await,
        Err(error)
            if error.use_stderr()
                && error.kind() != ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand =>
        {
            Err(Failure::of_usage(&error))
        }
        // Help and version.
        Err(error) => error.exit(),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) if failure.is_enough() => ExitCode::SUCCESS,
        Err(failure) if failure.is_said() => failure.exit_code(),
        Err(failure) => {
            let line = if wants_json {
                failure.json()
            } else {
                format!("musterctl: {failure}")
            };
            // Nobody may read standard error any more; the exit code still says it.
            drop(writeln!(std::io::stderr(), "{line}"));
            failure.exit_code()
        }
    }
}
