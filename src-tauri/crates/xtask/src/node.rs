//! Node and npm: the window's packages by their lock file, and the window's build.

use std::path::{Path, PathBuf};

use crate::packages;
use crate::program::{Program, Result, TaskError};
use crate::project::Project;
use crate::say;
use crate::stamp::{Inputs, Stamp};
use crate::steps::Outcome;

/// What vite needs: 20.19 and later 20s, 22.12 and everything after it.
pub fn is_new_enough((major, minor): (u32, u32)) -> bool {
    match major {
        20 => minor >= 19,
        22 => minor >= 12,
        _ => major > 22,
    }
}

/// Major and minor of a version as programs print it: `v20.20.2`, `18.20.4+dfsg`.
pub fn version(text: &str) -> Option<(u32, u32)> {
    let mut parts = text.trim().trim_start_matches('v').split('.');
    let major = parts.next()?.parse().ok()?;
    let minor = parts.next()?;
    let digits = minor
        .find(|c: char| !c.is_ascii_digit())
        .map_or(minor, |end| &minor[..end]);
    Some((major, digits.parse().ok()?))
}

/// Makes sure that a Node is here that can build the window.
pub fn ensure_node() -> Result<()> {
    if is_ready() || (packages::install_node()? && is_ready()) {
        say::line("Node and npm are here.");
        return Ok(());
    }
    let found = match installed() {
        Some((major, minor)) => format!("Node {major}.{minor} is here"),
        None => "There is no Node here".to_owned(),
    };
    Err(TaskError::Missing(format!(
        "{found}; Muster is built with Node 20.19 or 22.12 or newer, and npm. \
         Get it from https://nodejs.org/en/download and run this again."
    )))
}

/// `npm ci` in `folder`, unless what is installed there is what the lock file says.
pub fn install_packages(project: &Project, folder: &Path) -> Result<Outcome> {
    let lock = folder.join("package-lock.json");
    if !lock.is_file() {
        return Err(TaskError::Missing(format!("{} is missing", lock.display())));
    }
    let inputs = Inputs::new()
        .word(&format!("{:?}", installed()))
        .path(&folder.join("package.json"), &[])?
        .path(&lock, &[])?;
    let name = folder
        .strip_prefix(project.root())
        .unwrap_or(folder)
        .to_string_lossy();
    let stamp = Stamp::new(
        &project.notes(),
        &format!("npm-{}", name.replace(['/', '\\'], "-")),
        &inputs,
    );
    if stamp.is_fresh() && folder.join("node_modules/.package-lock.json").is_file() {
        say::line("The npm packages are those of the lock file already.");
        return Ok(Outcome::PassedWith("nothing to do".to_owned()));
    }
    stamp.clear();
    Program::npm(folder)
        .args(["ci", "--no-audit", "--no-fund"])
        .run()?;
    stamp.set()?;
    Ok(Outcome::Passed)
}

/// Builds the window into `ui/dist`, unless nothing it is made of has changed.
pub fn build_window(project: &Project) -> Result<Outcome> {
    let ui = project.ui();
    let inputs = Inputs::new()
        .word(&format!("{:?}", installed()))
        .path(&ui, &["node_modules", "dist", "coverage", ".vite"])?;
    let stamp = Stamp::new(&project.notes(), "window", &inputs);
    if stamp.is_fresh() && ui.join("dist/index.html").is_file() {
        say::line("The window is built already.");
        return Ok(Outcome::PassedWith("nothing to do".to_owned()));
    }
    stamp.clear();
    script(&ui, "build").run()?;
    stamp.set()?;
    Ok(Outcome::Passed)
}

/// The script `name` of the package in `folder`.
pub fn script(folder: &Path, name: &str) -> Program {
    Program::npm(folder).args(["run", "--silent", name])
}

/// Tauri's command line, from the window's packages.
pub fn tauri(project: &Project) -> Result<Program> {
    let name = if cfg!(windows) { "tauri.cmd" } else { "tauri" };
    let path: PathBuf = project.ui().join("node_modules/.bin").join(name);
    if path.exists() {
        Ok(Program::new(path, project.root()))
    } else {
        Err(TaskError::Missing(format!(
            "{} is not there: the window's packages do not bring @tauri-apps/cli",
            path.display()
        )))
    }
}

fn installed() -> Option<(u32, u32)> {
    version(
        &Program::new("node", Path::new("."))
            .args(["--version"])
            .answer()
            .ok()?,
    )
}

fn is_ready() -> bool {
    let npm = || Program::npm(Path::new(".")).args(["--version"]).succeeds();
    installed().is_some_and(is_new_enough) && npm()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_is_read_as_programs_print_it() {
        assert_eq!(version("v20.20.2\n"), Some((20, 20)));
        assert_eq!(version("18.20.4+dfsg-1~deb12u1"), Some((18, 20)));
        assert_eq!(version("22.9-rc1"), Some((22, 9)));
        assert_eq!(version("not found"), None);
        assert_eq!(version("22"), None);
    }

    #[test]
    fn node_is_new_enough_where_vite_runs() {
        for version in [(20, 19), (20, 20), (22, 12), (24, 0)] {
            assert!(is_new_enough(version), "{version:?}");
        }
        for version in [(18, 20), (20, 18), (21, 7), (22, 11)] {
            assert!(!is_new_enough(version), "{version:?}");
        }
    }
}
