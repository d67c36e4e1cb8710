//! musterctl: everything the window can do, for scripts.

mod arguments;
mod commands;
mod failure;
mod output;

use std::{io::Write, process::ExitCode};

use clap::Parser;

use crate::arguments::Arguments;

#[tokio::main]
async fn main() -> ExitCode {
    let filter = tracing_subscriber::EnvFilter::try_from_env("MUSTER_LOG")
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("off"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .init();
    // Wrong usage ends here with 2 and a line that says what is expected.
    let arguments = Arguments::parse();
    let json_errors = arguments.json_errors;
    match commands::run(arguments).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            let line = if json_errors {
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
