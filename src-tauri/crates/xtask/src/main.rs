//! The project's tasks, as `cargo xtask <task>`: one file a task, and what they share beside them.

mod appimage;
mod bench;
mod bundle;
mod licenses;
mod node;
mod packages;
mod program;
mod project;
mod run;
mod say;
mod screenshots;
mod stamp;
mod steps;
mod test;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use program::{Program, Result, TaskError};
use project::Project;

/// The tasks of this repository.
#[derive(Parser)]
#[command(bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Install what is missing, build, and open the window on the practice directory
    Run {
        /// Handed on to the app
        #[arg(last = true)]
        arguments: Vec<String>,
    },
    /// Open the window with hot reload
    Dev {
        /// Handed on to the app
        #[arg(last = true)]
        arguments: Vec<String>,
    },
    /// Everything that must hold before a change is accepted
    Test {
        /// Only the steps with this word in their names (may be given more than once)
        #[arg(long, value_name = "WORD")]
        only: Vec<String>,
    },
    /// Make the installable bundles of this system
    Bundle,
    /// Run the benchmark programs and keep their figures in target/bench
    Bench {
        /// Handed on to the benchmark programs
        #[arg(last = true)]
        arguments: Vec<String>,
    },
    /// Make the pictures in docs/screenshots anew
    Screenshots,
    /// Write the files that are generated from the list of commands
    Generate,
}

fn main() -> ExitCode {
    let project = Project::here();
    match perform(&project, Arguments::parse().task) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            if !matches!(error, TaskError::Told(_)) {
                say::trouble(&format!("\n{error}"));
            }
            ExitCode::from(error.exit_code())
        }
    }
}

fn perform(project: &Project, task: Task) -> Result<()> {
    match task {
        Task::Run { arguments } => run::run(project, &arguments),
        Task::Dev { arguments } => run::dev(project, &arguments),
        Task::Test { only } => test::test(project, &only),
        Task::Bundle => bundle::bundle(project),
        Task::Bench { arguments } => bench::bench(project, &arguments),
        Task::Screenshots => screenshots::screenshots(project),
        Task::Generate => {
            let generate = [
                "run",
                "--quiet",
                "--package",
                "muster-api",
                "--bin",
                "generate",
            ];
            Program::cargo(project.root()).args(generate).run()
        }
    }
}
