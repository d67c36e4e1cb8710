//! `cargo xtask bench`: runs the benchmark programs, keeps their figures and shows them.
//!
//! A benchmark program is an example named `measure` of any crate. It prints a line a measurement:
//! what was measured, the milliseconds with `ms` behind them, and whatever else is worth knowing.
//! The window is measured in the browser, by `tests/e2e/speed.ts`.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::program::{Program, Result, TaskError};
use crate::project::Project;
use crate::{node, packages, run, say, test};

/// Runs every benchmark program in turn, handing on `arguments`.
pub fn bench(project: &Project, arguments: &[String]) -> Result<()> {
    let packages = packages_with_a_benchmark(project)?;
    if packages.is_empty() {
        return Err(TaskError::Missing(
            "No crate under src-tauri/crates has a benchmark program (examples/measure.rs)"
                .to_owned(),
        ));
    }
    let folder = project.target().join("bench");
    fs::create_dir_all(&folder).map_err(TaskError::file(&folder))?;
    for package in packages {
        say::heading(&package);
        let program = Program::cargo(project.root())
            .args([
                "run",
                "--quiet",
                "--release",
                "--package",
                &package,
                "--example",
                "measure",
                "--",
            ])
            .args(arguments);
        say::line(&format!("$ {}", program.as_typed()));
        let answer = program.answer_with_errors_shown()?;
        keep(&answer, &folder.join(format!("{package}.json")))?;
    }
    let answer = window(project, arguments)?;
    keep(&answer, &folder.join("window.json"))
}

/// Shows the measurements of a program and keeps them in a file.
fn keep(answer: &str, file: &Path) -> Result<()> {
    let measured: Vec<Measurement> = answer.lines().filter_map(Measurement::read).collect();
    let rows: Vec<_> = measured.iter().map(Measurement::row).collect();
    say::line(&say::table(&["what", "ms", "more"], &rows));
    let figures = Value::from_iter(measured.iter().map(Measurement::json));
    fs::write(file, format!("{figures:#}\n")).map_err(TaskError::file(file))?;
    say::line(&format!("\nkept in {}", file.display()));
    Ok(())
}

/// Measures the window in the browser, against the practice directory with as many people.
fn window(project: &Project, arguments: &[String]) -> Result<String> {
    say::heading("window");
    run::prepare(project)?;
    packages::install_missing(packages::Purpose::Test)?;
    node::build_window(project)?;
    let tests = project.browser_tests();
    node::install_packages(project, &tests)?;
    Program::cargo(project.root())
        .args(["build", "--release", "--package", "muster-devhost"])
        .run()?;
    let script = test::browser_script(project, "speed")?
        .env("MUSTER_DEVHOST", project.released("muster-devhost"));
    let people = arguments.iter().find_map(|text| text.parse::<u64>().ok());
    let script = match people {
        Some(people) => script
            .env("MUSTER_PEOPLE", people.to_string())
            .env("MUSTER_ORGANIZATIONS", (people / 20).max(25).to_string()),
        None => script,
    };
    script.answer_with_errors_shown()
}

/// The packages that have `examples/measure.rs`, by name.
fn packages_with_a_benchmark(project: &Project) -> Result<Vec<String>> {
    let crates = project.root().join("src-tauri/crates");
    let mut folders: Vec<PathBuf> = fs::read_dir(&crates)
        .and_then(|entries| entries.map(|entry| entry.map(|e| e.path())).collect())
        .map_err(TaskError::file(&crates))?;
    folders.sort();
    folders
        .iter()
        .filter(|folder| folder.join("examples/measure.rs").is_file())
        .map(|folder| package_name(&folder.join("Cargo.toml")))
        .collect()
}

fn package_name(manifest: &Path) -> Result<String> {
    let text = fs::read_to_string(manifest).map_err(TaskError::file(manifest))?;
    let table: Option<toml::Table> = text.parse().ok();
    table
        .as_ref()
        .and_then(|table| table.get("package")?.get("name")?.as_str())
        .map(str::to_owned)
        .ok_or_else(|| TaskError::Missing(format!("{} names no package", manifest.display())))
}

/// One line of a benchmark program.
#[derive(Debug, PartialEq)]
struct Measurement {
    what: String,
    milliseconds: f64,
    more: String,
}

impl Measurement {
    /// Reads a line such as `first sync   12.3 ms, peak 20 MB`; none if no time stands in it.
    fn read(line: &str) -> Option<Self> {
        let (before, after) = line.split_once(" ms")?;
        let (what, number) = before.rsplit_once(' ')?;
        Some(Self {
            what: what.trim().trim_end_matches("median").trim_end().to_owned(),
            milliseconds: number.parse().ok()?,
            more: after.trim_start_matches([',', ' ']).to_owned(),
        })
    }

    fn row(&self) -> Vec<String> {
        let time = format!("{:>10.2}", self.milliseconds);
        vec![self.what.clone(), time, self.more.clone()]
    }

    fn json(&self) -> Value {
        json!({ "what": self.what, "ms": self.milliseconds, "more": self.more })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_read_as_what_was_measured_how_long_it_took_and_the_rest() {
        let read = |line| {
            let found: Option<Measurement> = Measurement::read(line);
            found.map(|found| (found.what, found.milliseconds, found.more))
        };
        assert_eq!(
            read("re-sync, 1 % changed       12.3 ms, of which the end 1.0"),
            Some((
                "re-sync, 1 % changed".into(),
                12.3,
                "of which the end 1.0".into()
            ))
        );
        assert_eq!(
            read("a page anywhere (7)   median     0.25 ms, worst     1.50 ms"),
            Some((
                "a page anywhere (7)".into(),
                0.25,
                "worst     1.50 ms".into()
            ))
        );
        assert_eq!(read("2000 people, 150 organizations"), None);
        assert_eq!(read("  file 12 MB"), None);
    }
}
