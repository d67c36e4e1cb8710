//! Starting other programs: one way to name them, run them and say why they failed.

use std::ffi::{OsStr, OsString};
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};

/// Why a task could not be finished.
#[derive(Debug, thiserror::Error)]
pub enum TaskError {
    /// A program ran and did not succeed.
    #[error("`{command}` ended with {status}")]
    Failed {
        /// The command line, as a person would type it.
        command: String,
        /// How it ended.
        status: ExitStatus,
    },
    /// A program could not be started at all.
    #[error("`{command}` could not be started: {source}")]
    NotStarted {
        /// The command line, as a person would type it.
        command: String,
        /// What the system said.
        source: io::Error,
    },
    /// Something the task needs is not here, and what to do about it.
    #[error("{0}")]
    Missing(String),
    /// A file could not be read or written.
    #[error("{path}: {source}")]
    File {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A step failed and that was said already; this is the exit code.
    #[error("a step failed")]
    Told(u8),
    /// A file holds something else than expected.
    #[error("{path} cannot be read as JSON: {source}")]
    Json {
        /// The file, or the command that printed it.
        path: PathBuf,
        /// What the parser said.
        source: serde_json::Error,
    },
}

impl TaskError {
    /// The exit code for the whole task: the failed program's own, or 1.
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::Failed { status, .. } => status
                .code()
                .and_then(|code| u8::try_from(code).ok())
                .filter(|code| *code != 0)
                .unwrap_or(1),
            Self::Told(code) => *code,
            _ => 1,
        }
    }

    /// Wraps what the system said about a file.
    pub fn file(path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> Self {
        let path = path.into();
        move |source| Self::File { path, source }
    }
}

/// What a task returns.
pub type Result<T, E = TaskError> = std::result::Result<T, E>;

/// A command line, not yet started.
pub struct Program {
    name: OsString,
    arguments: Vec<OsString>,
    folder: PathBuf,
    settings: Vec<(OsString, OsString)>,
}

impl Program {
    /// `name` as found on the `PATH`, or a path; runs in `folder`.
    pub fn new(name: impl AsRef<OsStr>, folder: &Path) -> Self {
        Self {
            name: name.as_ref().to_owned(),
            arguments: Vec::new(),
            folder: folder.to_owned(),
            settings: Vec::new(),
        }
    }

    /// The cargo that runs this task.
    pub fn cargo(folder: &Path) -> Self {
        Self::new(cargo_name(), folder)
    }

    /// npm, which is a script on Windows.
    pub fn npm(folder: &Path) -> Self {
        Self::new(if cfg!(windows) { "npm.cmd" } else { "npm" }, folder)
    }

    /// Adds one argument.
    pub fn arg(self, argument: impl AsRef<OsStr>) -> Self {
        self.args([argument])
    }

    /// Adds arguments.
    pub fn args<A: AsRef<OsStr>>(mut self, arguments: impl IntoIterator<Item = A>) -> Self {
        self.arguments.extend(
            arguments
                .into_iter()
                .map(|argument| argument.as_ref().to_owned()),
        );
        self
    }

    /// Sets an environment variable.
    pub fn env(mut self, name: &str, value: impl AsRef<OsStr>) -> Self {
        self.settings.push((name.into(), value.as_ref().to_owned()));
        self
    }

    /// The command line, as a person would type it in the same folder.
    pub fn as_typed(&self) -> String {
        let name = Path::new(&self.name)
            .file_name()
            .filter(|_| is_cargo(&self.name))
            .unwrap_or(&self.name);
        std::iter::once(name)
            .chain(self.arguments.iter().map(OsString::as_os_str))
            .map(|word| quoted(&word.to_string_lossy()))
            .collect::<Vec<_>>()
            .join(" ")
    }

    /// Runs it with the terminal as its input and output.
    pub fn run(&self) -> Result<()> {
        crate::say::line(&format!("$ {}", self.as_typed()));
        self.run_silently()
    }

    /// Runs it without announcing the command line.
    pub fn run_silently(&self) -> Result<()> {
        let status = self
            .command()
            .status()
            .map_err(|source| self.not_started(source))?;
        if status.success() {
            Ok(())
        } else {
            Err(self.failed(status))
        }
    }

    /// What it writes on standard output, whether it succeeds or not; its errors are dropped.
    pub fn output(&self) -> Result<(ExitStatus, String)> {
        let output = self
            .command()
            .stdin(Stdio::null())
            .stderr(Stdio::null())
            .output()
            .map_err(|source| self.not_started(source))?;
        Ok((
            output.status,
            String::from_utf8_lossy(&output.stdout).into_owned(),
        ))
    }

    /// What it writes on standard output, if it succeeds.
    pub fn answer(&self) -> Result<String> {
        let (status, text) = self.output()?;
        if status.success() {
            Ok(text)
        } else {
            Err(self.failed(status))
        }
    }

    /// What it writes on standard output, if it succeeds; its errors go to the terminal.
    pub fn answer_with_errors_shown(&self) -> Result<String> {
        let output = self
            .command()
            .stderr(Stdio::inherit())
            .output()
            .map_err(|source| self.not_started(source))?;
        if output.status.success() {
            Ok(String::from_utf8_lossy(&output.stdout).into_owned())
        } else {
            Err(self.failed(output.status))
        }
    }

    /// Whether it can be started and succeeds.
    pub fn succeeds(&self) -> bool {
        self.output().is_ok_and(|(status, _)| status.success())
    }

    /// Starts it with its output going to the file `log`.
    pub fn start(&self, log: &Path) -> Result<Child> {
        let file = std::fs::File::create(log).map_err(TaskError::file(log))?;
        let errors = file.try_clone().map_err(TaskError::file(log))?;
        self.command()
            .stdin(Stdio::null())
            .stdout(file)
            .stderr(errors)
            .spawn()
            .map_err(|source| self.not_started(source))
    }

    /// The error for a run that ended with `status`.
    pub fn failed(&self, status: ExitStatus) -> TaskError {
        TaskError::Failed {
            command: self.as_typed(),
            status,
        }
    }

    fn not_started(&self, source: io::Error) -> TaskError {
        TaskError::NotStarted {
            command: self.as_typed(),
            source,
        }
    }

    fn command(&self) -> Command {
        let mut command = Command::new(&self.name);
        command.args(&self.arguments).current_dir(&self.folder);
        for name in std::env::vars_os().map(|(name, _)| name) {
            if is_set_by_cargo_run(&name.to_string_lossy()) {
                command.env_remove(name);
            }
        }
        command.envs(self.settings.iter().map(|(name, value)| (name, value)));
        command
    }
}

/// The name of the cargo that runs this task.
pub fn cargo_name() -> OsString {
    std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into())
}

/// Whether `name` is a program on the `PATH`.
pub fn is_on_path(name: &str) -> bool {
    find_on_path(name).is_some()
}

/// Where the program `name` is, if it is on the `PATH`.
pub fn find_on_path(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    let endings: &[&str] = if cfg!(windows) {
        &[".exe", ".cmd", ""]
    } else {
        &[""]
    };
    std::env::split_paths(&path)
        .flat_map(|folder| {
            endings
                .iter()
                .map(move |ending| folder.join(format!("{name}{ending}")))
        })
        .find(|candidate| candidate.is_file())
}

/// `cargo run` tells a program about its own package. Handed on, some build scripts would take a
/// build through this program for another one, and everything above them would be built again.
fn is_set_by_cargo_run(name: &str) -> bool {
    name.starts_with("CARGO_PKG_") || matches!(name, "CARGO_MANIFEST_DIR" | "CARGO_MANIFEST_PATH")
}

fn is_cargo(name: &OsStr) -> bool {
    Path::new(name)
        .file_stem()
        .is_some_and(|stem| stem == "cargo")
}

fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./=:,@+%".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', "'\\''"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_is_shown_as_it_can_be_typed() {
        let program = Program::new("/opt/rust/bin/cargo", Path::new(".")).args([
            "run",
            "--",
            "two words",
            "it's",
            "",
        ]);
        assert_eq!(program.as_typed(), r"cargo run -- 'two words' 'it'\''s' ''");
    }

    #[test]
    fn only_what_cargo_says_about_this_package_is_kept_from_other_builds() {
        assert!(is_set_by_cargo_run("CARGO_PKG_NAME"));
        assert!(is_set_by_cargo_run("CARGO_MANIFEST_DIR"));
        assert!(!is_set_by_cargo_run("CARGO_HOME"));
        assert!(!is_set_by_cargo_run("CARGO_TARGET_DIR"));
    }

    #[test]
    fn a_program_that_is_not_there_says_so_by_name() {
        let error = Program::new("no-such-program-here", Path::new(".")).run_silently();
        let error = error.expect_err("it does not exist");
        assert!(
            error.to_string().contains("no-such-program-here"),
            "{error}"
        );
        assert_eq!(error.exit_code(), 1);
    }
}
