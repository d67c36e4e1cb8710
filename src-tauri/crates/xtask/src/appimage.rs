//! A thin AppImage: our programs in one file, with the system's own WebKit.
//!
//! Tauri's own way downloads a tool that is not on every network. An AppImage is a small runtime
//! with a squashfs behind it; the runtime comes with the crate `appimage`, the rest is
//! `mksquashfs`.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::program::{Program, Result, TaskError, is_on_path};
use crate::project::Project;
use crate::steps::Outcome;

/// The crate that carries the runtime; nothing of its code is built.
const RUNTIME_CRATE: &str = "[package]\nname = \"appimage-runtime\"\nversion = \"0.0.0\"\n\
    edition = \"2021\"\n\n[lib]\npath = \"lib.rs\"\n\n[dependencies]\nappimage = \"=0.4.0\"\n\n\
    [workspace]\n";

/// Makes the AppImage from the release build, where the tools for it are.
pub fn make(project: &Project) -> Result<Outcome> {
    if !cfg!(target_arch = "x86_64") {
        return Ok(Outcome::LeftOut(
            "the runtime is there for x86_64 only".to_owned(),
        ));
    }
    if !is_on_path("mksquashfs") {
        return Ok(Outcome::LeftOut(
            "mksquashfs is not here (package squashfs-tools)".to_owned(),
        ));
    }
    let Ok(runtime) = runtime(project) else {
        return Ok(Outcome::LeftOut(
            "the crate that carries its runtime cannot be fetched".to_owned(),
        ));
    };
    let folder = project.target().join("release/bundle/appimage");
    let tree = lay_out(project, &folder)?;
    let squashed = folder.join("muster.squashfs");
    Program::new("mksquashfs", &folder)
        .args([&tree, &squashed])
        .args([
            "-root-owned",
            "-noappend",
            "-quiet",
            "-no-progress",
            "-comp",
            "gzip",
        ])
        .run()?;
    let file = folder.join(format!(
        "Muster_{}_x86_64.AppImage",
        env!("CARGO_PKG_VERSION")
    ));
    join(&[&runtime, &squashed], &file)?;
    make_executable(&file)?;
    fs::remove_file(&squashed).map_err(TaskError::file(&squashed))?;
    Ok(Outcome::Passed)
}

/// Lays out the files as they are seen from inside.
fn lay_out(project: &Project, folder: &Path) -> Result<PathBuf> {
    let tree = folder.join("Muster.AppDir");
    if tree.exists() {
        fs::remove_dir_all(&tree).map_err(TaskError::file(&tree))?;
    }
    let programs = tree.join("usr/bin");
    fs::create_dir_all(&programs).map_err(TaskError::file(&programs))?;
    for name in ["muster", "musterctl"] {
        copy(&project.released(name), &programs.join(name))?;
    }
    let icon = project.root().join("icons/128x128@2x.png");
    copy(&icon, &tree.join("muster.png"))?;
    copy(&icon, &tree.join(".DirIcon"))?;
    let template = project.root().join("src-tauri/bundle/muster.desktop");
    let template = fs::read_to_string(&template).map_err(TaskError::file(&template))?;
    let entry = tree.join("muster.desktop");
    fs::write(&entry, desktop_entry(&template)).map_err(TaskError::file(&entry))?;
    link("usr/bin/muster", &tree.join("AppRun"))?;
    Ok(tree)
}

/// The desktop entry of the other bundles, with the names that hold inside this one.
fn desktop_entry(template: &str) -> String {
    template
        .replace("{{name}}", "Muster")
        .replace("{{exec}}", "muster")
        .replace("{{icon}}", "muster")
}

/// Fetches the crate that carries the runtime and finds the runtime in it.
fn runtime(project: &Project) -> Result<PathBuf> {
    let folder = project.notes().join("appimage-runtime");
    fs::create_dir_all(&folder).map_err(TaskError::file(&folder))?;
    for (name, text) in [("Cargo.toml", RUNTIME_CRATE), ("lib.rs", "")] {
        let file = folder.join(name);
        fs::write(&file, text).map_err(TaskError::file(&file))?;
    }
    let metadata = Program::cargo(&folder)
        .args(["metadata", "--format-version", "1"])
        .answer()?;
    let metadata: Value = serde_json::from_str(&metadata).map_err(|source| TaskError::Json {
        path: folder,
        source,
    })?;
    let manifest = metadata["packages"]
        .as_array()
        .into_iter()
        .flatten()
        .find(|package| package["name"] == "appimage")
        .and_then(|package| package["manifest_path"].as_str())
        .unwrap_or_default();
    let runtime = Path::new(manifest)
        .with_file_name("assets")
        .join("runtime-x86_64");
    if runtime.is_file() {
        Ok(runtime)
    } else {
        Err(TaskError::Missing(runtime.display().to_string()))
    }
}

fn join(parts: &[&Path], whole: &Path) -> Result<()> {
    let mut out = File::create(whole).map_err(TaskError::file(whole))?;
    for part in parts {
        let mut input = File::open(part).map_err(TaskError::file(*part))?;
        io::copy(&mut input, &mut out).map_err(TaskError::file(whole))?;
    }
    Ok(())
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::copy(from, to).map(drop).map_err(TaskError::file(from))
}

#[cfg(unix)]
fn link(target: &str, at: &Path) -> Result<()> {
    std::os::unix::fs::symlink(target, at).map_err(TaskError::file(at))
}

#[cfg(unix)]
fn make_executable(file: &Path) -> Result<()> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(file, fs::Permissions::from_mode(0o755)).map_err(TaskError::file(file))
}

#[cfg(not(unix))]
fn link(_target: &str, at: &Path) -> Result<()> {
    Err(TaskError::Missing(format!(
        "{} can only be made on Linux",
        at.display()
    )))
}

#[cfg(not(unix))]
fn make_executable(_file: &Path) -> Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_desktop_entry_has_every_name_filled_in() {
        let entry = desktop_entry(include_str!("../../../bundle/muster.desktop"));
        assert!(entry.contains("\nExec=muster %u\n"), "{entry}");
        assert!(!entry.contains("{{"), "{entry}");
    }

    #[test]
    fn the_parts_follow_each_other_in_the_whole() {
        let folder = tempfile::tempdir().expect("a folder");
        let at = |name: &str| folder.path().join(name);
        fs::write(at("runtime"), "run").expect("written");
        fs::write(at("squashfs"), "files").expect("written");
        join(&[&at("runtime"), &at("squashfs")], &at("whole")).expect("joined");
        assert_eq!(
            fs::read_to_string(at("whole")).expect("readable"),
            "runfiles"
        );
    }
}
