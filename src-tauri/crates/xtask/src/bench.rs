//! `cargo xtask bench`: runs the benchmark programs, keeps their figures and shows them.
//!
//! A benchmark program is an example named `bench` of any crate. It writes one JSON array of flat
//! objects, all with the same keys, on standard output: one object a measurement.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::program::{Program, Result, TaskError};
use crate::project::Project;
use crate::say;

/// Runs every benchmark program in turn, handing on `arguments`.
pub fn bench(project: &Project, arguments: &[String]) -> Result<()> {
    let packages = packages_with_a_benchmark(project)?;
    if packages.is_empty() {
        return Err(TaskError::Missing(
            "No crate under src-tauri/crates has a benchmark program (examples/bench.rs)"
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
                "bench",
                "--",
            ])
            .args(arguments);
        say::line(&format!("$ {}", program.as_typed()));
        let answer = program.answer_with_errors_shown()?;
        let file = folder.join(format!("{package}.json"));
        fs::write(&file, &answer).map_err(TaskError::file(&file))?;
        let measured: Vec<Value> =
            serde_json::from_str(&answer).map_err(|source| TaskError::Json {
                path: file.clone(),
                source,
            })?;
        say::line(&shown(&measured));
        say::line(&format!("\nkept in {}", file.display()));
    }
    Ok(())
}

/// The packages that have `examples/bench.rs`, by name.
fn packages_with_a_benchmark(project: &Project) -> Result<Vec<String>> {
    let crates = project.root().join("src-tauri/crates");
    let mut folders: Vec<PathBuf> = fs::read_dir(&crates)
        .and_then(|entries| entries.map(|entry| entry.map(|e| e.path())).collect())
        .map_err(TaskError::file(&crates))?;
    folders.sort();
    folders
        .iter()
        .filter(|folder| folder.join("examples/bench.rs").is_file())
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

/// The measurements as a table whose heads are the keys of the first one.
fn shown(measured: &[Value]) -> String {
    let heads: Vec<&str> = measured
        .first()
        .and_then(Value::as_object)
        .map(|first| first.keys().map(String::as_str).collect())
        .unwrap_or_default();
    let rows: Vec<Vec<String>> = measured
        .iter()
        .map(|one| heads.iter().map(|head| cell(&one[*head])).collect())
        .collect();
    say::table(&heads, &rows)
}

fn cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Number(number) if number.is_f64() => {
            format!("{:.2}", number.as_f64().unwrap_or(f64::NAN))
        }
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn measurements_become_a_table_with_their_keys_as_heads() {
        let measured = serde_json::json!([
            { "what": "first sync", "median_ms": 12.345, "people": 2000 },
            { "what": "re-sync", "median_ms": 1.0, "people": null },
        ]);
        let table = shown(measured.as_array().expect("an array"));
        let lines: Vec<&str> = table.lines().collect();
        assert_eq!(lines[0], "what        median_ms  people");
        assert_eq!(lines[2], "first sync  12.35      2000");
        assert_eq!(lines[3], "re-sync     1.00");
    }
}
