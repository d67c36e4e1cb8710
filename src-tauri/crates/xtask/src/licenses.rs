//! Licenses and known vulnerabilities of what is used: cargo-deny for crates, the lock file for npm.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Child;

use serde_json::Value;

use crate::program::{Program, Result, TaskError, cargo_name, find_on_path, is_on_path};
use crate::project::Project;
use crate::say;
use crate::steps::Outcome;

/// The version that is built where none is installed.
const VERSION: &str = "0.20.2";

/// cargo-deny: on the `PATH`, built by an earlier run, or being built at this moment.
pub struct CargoDeny {
    program: PathBuf,
    building: Option<(Program, Child, PathBuf)>,
}

impl CargoDeny {
    /// Where cargo-deny is, or will be.
    pub fn of(project: &Project) -> Self {
        let name = format!("cargo-deny{}", std::env::consts::EXE_SUFFIX);
        let own = || tools(project).join("bin").join(name);
        Self {
            program: find_on_path("cargo-deny").unwrap_or_else(own),
            building: None,
        }
    }

    /// Starts building it in the background, with the lowest priority, if it is not here.
    /// It is built for a short build, not for speed: a check takes seconds either way.
    pub fn prepare(&mut self, project: &Project) -> Result<()> {
        if self.program.is_file() {
            return Ok(());
        }
        let folder = tools(project);
        fs::create_dir_all(&folder).map_err(TaskError::file(&folder))?;
        let log = folder.join("cargo-deny.log");
        let install = build_of_cargo_deny(project.root(), &folder);
        say::line(&format!(
            "cargo-deny is built in the background: {}",
            install.as_typed()
        ));
        let child = install.start(&log)?;
        self.building = Some((install, child, log));
        Ok(())
    }

    /// Waits for the build, if there is one.
    pub fn wait(&mut self) -> Result<()> {
        let Some((install, mut child, log)) = self.building.take() else {
            return Ok(());
        };
        say::line("Waiting for cargo-deny to be built.");
        let status = child.wait().map_err(TaskError::file(&self.program))?;
        if status.success() {
            let _ = fs::remove_dir_all(log.with_file_name("build"));
            return Ok(());
        }
        say::trouble(&fs::read_to_string(&log).unwrap_or_default());
        Err(install.failed(status))
    }

    fn program(&self, project: &Project) -> Program {
        Program::new(&self.program, project.root())
    }
}

impl Drop for CargoDeny {
    fn drop(&mut self) {
        if let Some((_, child, _)) = &mut self.building {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

fn tools(project: &Project) -> PathBuf {
    project.target().join("tools")
}

fn build_of_cargo_deny(root: &Path, folder: &Path) -> Program {
    let install = [
        "install",
        "cargo-deny",
        "--locked",
        "--version",
        VERSION,
        "--root",
    ];
    let program = if is_on_path("nice") {
        Program::new("nice", root)
            .args(["-n", "19"])
            .arg(cargo_name())
    } else {
        Program::cargo(root)
    };
    program
        .args(install)
        .args([folder])
        .env("CARGO_TARGET_DIR", folder.join("build"))
        .env("CARGO_PROFILE_RELEASE_LTO", "off")
        .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
        .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1")
}

/// Licenses and sources of all crates and npm packages against `deny.toml`.
pub fn check(project: &Project, deny: &mut CargoDeny) -> Result<()> {
    check_npm(project)?;
    deny.wait()?;
    deny.program(project)
        .args(["check", "licenses", "bans", "sources"])
        .run()
}

/// Known vulnerabilities. A list that cannot be reached is said, and is no failure.
pub fn check_advisories(project: &Project, deny: &mut CargoDeny) -> Result<Outcome> {
    deny.wait()?;
    let mut unreachable = Vec::new();
    let fetch = deny.program(project).args(["fetch", "db"]);
    say::line(&format!("$ {}", fetch.as_typed()));
    if fetch.succeeds() {
        deny.program(project)
            .args(["check", "--disable-fetch", "advisories"])
            .run()?;
    } else {
        unreachable.push("RustSec");
    }
    let audit =
        Program::npm(&project.ui()).args(["audit", "--omit=dev", "--audit-level=high", "--json"]);
    say::line(&format!("$ {}", audit.as_typed()));
    let (status, report) = audit.output()?;
    match found_by_npm(&report) {
        None => unreachable.push("npm"),
        Some(_) if status.success() => {}
        Some(found) => {
            say::trouble(&format!("vulnerable: {}", found.join(", ")));
            return Err(audit.failed(status));
        }
    }
    if unreachable.is_empty() {
        return Ok(Outcome::Passed);
    }
    let reason = format!("cannot reach the list of {}", unreachable.join(" and of "));
    say::line(&format!("Not checked: {reason}."));
    Ok(Outcome::LeftOut(reason))
}

/// The vulnerable packages of a report of `npm audit`; none if it is no report but an error.
fn found_by_npm(report: &str) -> Option<Vec<String>> {
    let report: Value = serde_json::from_str(report).ok()?;
    let found = report.get("vulnerabilities")?.as_object()?;
    Some(found.keys().cloned().collect())
}

fn check_npm(project: &Project) -> Result<()> {
    let allowed = allowed(&project.root().join("deny.toml"))?;
    let refused: Vec<String> = [project.ui(), project.browser_tests()]
        .iter()
        .map(|folder| folder.join("package-lock.json"))
        .filter(|lock| lock.is_file())
        .map(|lock| {
            let text = fs::read_to_string(&lock).map_err(TaskError::file(&lock))?;
            let tree = serde_json::from_str(&text)
                .map_err(|source| TaskError::Json { path: lock, source })?;
            Ok(refused(&tree, &allowed))
        })
        .collect::<Result<Vec<_>>>()?
        .concat();
    if refused.is_empty() {
        say::line("All npm packages have a license that deny.toml allows.");
        Ok(())
    } else {
        Err(TaskError::Missing(format!(
            "deny.toml does not allow the license of {}",
            refused.join(", ")
        )))
    }
}

/// The licenses that `deny.toml` allows.
fn allowed(file: &Path) -> Result<BTreeSet<String>> {
    let text = fs::read_to_string(file).map_err(TaskError::file(file))?;
    let table: toml::Table = text
        .parse()
        .map_err(|error| TaskError::Missing(format!("{}: {error}", file.display())))?;
    let list = table
        .get("licenses")
        .and_then(|licenses| licenses.get("allow")?.as_array());
    Ok(list
        .into_iter()
        .flatten()
        .filter_map(|name| Some(name.as_str()?.to_owned()))
        .collect())
}

/// The packages of a lock file whose license is not allowed, with the license.
fn refused(lock: &Value, allowed: &BTreeSet<String>) -> Vec<String> {
    let packages = lock["packages"].as_object().into_iter().flatten();
    packages
        .filter(|(place, _)| !place.is_empty())
        .filter_map(|(place, package)| {
            let license = package["license"].as_str().unwrap_or("none given");
            let name = place.rsplit("node_modules/").next().unwrap_or(place);
            (!is_allowed(license, allowed)).then(|| format!("{name} ({license})"))
        })
        .collect()
}

/// Whether an SPDX expression can be met with the allowed licenses: one side of an `OR`, both of
/// an `AND`, `AND` binding tighter. An expression that cannot be read is not allowed.
fn is_allowed(expression: &str, allowed: &BTreeSet<String>) -> bool {
    let spaced = expression.replace('(', " ( ").replace(')', " ) ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut rest = words.as_slice();
    any(&mut rest, allowed) == Some(true) && rest.is_empty()
}

fn any(words: &mut &[&str], allowed: &BTreeSet<String>) -> Option<bool> {
    let mut met = all(words, allowed)?;
    while let ["OR", rest @ ..] = *words {
        *words = rest;
        met |= all(words, allowed)?;
    }
    Some(met)
}

fn all(words: &mut &[&str], allowed: &BTreeSet<String>) -> Option<bool> {
    let mut met = one(words, allowed)?;
    while let ["AND", rest @ ..] = *words {
        *words = rest;
        met &= one(words, allowed)?;
    }
    Some(met)
}

fn one(words: &mut &[&str], allowed: &BTreeSet<String>) -> Option<bool> {
    match *words {
        ["(", rest @ ..] => {
            *words = rest;
            let met = any(words, allowed)?;
            *words = words.strip_prefix(&[")"])?;
            Some(met)
        }
        [name, "WITH", exception, rest @ ..] => {
            *words = rest;
            Some(allowed.contains(&format!("{name} WITH {exception}")))
        }
        [name, rest @ ..] => {
            *words = rest;
            Some(allowed.contains(*name))
        }
        [] => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn allowed_here() -> BTreeSet<String> {
        ["MIT", "ISC", "Apache-2.0 WITH LLVM-exception"]
            .map(str::to_owned)
            .into()
    }

    #[test]
    fn an_expression_is_met_by_one_side_of_an_or_and_by_both_of_an_and() {
        for met in [
            "MIT",
            "GPL-3.0 OR MIT",
            "(MIT AND ISC)",
            "MIT OR GPL-3.0 AND GPL-2.0",
            "Apache-2.0 WITH LLVM-exception",
            "((GPL-3.0 OR ISC) AND MIT)",
        ] {
            assert!(is_allowed(met, &allowed_here()), "{met}");
        }
        for unmet in [
            "GPL-3.0",
            "MIT AND GPL-3.0",
            "Apache-2.0",
            "(MIT OR GPL-3.0) AND GPL-3.0",
            "",
            "(MIT",
            "MIT ISC",
            "SEE LICENSE IN LICENSE.md",
        ] {
            assert!(!is_allowed(unmet, &allowed_here()), "{unmet}");
        }
    }

    #[test]
    fn a_refused_package_is_named_with_its_license_and_the_project_itself_is_not_asked() {
        let lock = serde_json::json!({ "packages": {
            "": { "name": "muster-ui" },
            "node_modules/good": { "license": "MIT" },
            "node_modules/good/node_modules/@a/bad": { "license": "GPL-3.0" },
            "node_modules/silent": {},
        }});
        assert_eq!(
            refused(&lock, &allowed_here()),
            ["@a/bad (GPL-3.0)", "silent (none given)"]
        );
    }

    #[test]
    fn the_project_allows_its_own_license() {
        let allowed = allowed(&Project::here().root().join("deny.toml")).expect("readable");
        assert!(is_allowed("MIT OR Apache-2.0", &allowed));
        assert!(!is_allowed("GPL-3.0-only", &allowed));
    }

    #[test]
    fn an_unreachable_list_is_told_from_a_report() {
        let error = r#"{"message": "405 Method Not Allowed", "statusCode": 405, "error": {}}"#;
        assert_eq!(found_by_npm(error), None);
        assert_eq!(found_by_npm(""), None);
        assert_eq!(found_by_npm(r#"{"vulnerabilities": {}}"#), Some(vec![]));
        let found = r#"{"auditReportVersion": 2, "vulnerabilities": {"x": {"severity": "high"}}}"#;
        assert_eq!(found_by_npm(found), Some(vec!["x".to_owned()]));
    }
}
