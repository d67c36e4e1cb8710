//! `cargo xtask bundle`: what a person installs, made for the system this runs on.

use std::fs;
use std::path::{Path, PathBuf};

use crate::program::{Program, Result, TaskError};
use crate::project::Project;
use crate::steps::Outcome;
use crate::{appimage, node, run, say};

/// Builds for release and makes the bundles of this system.
pub fn bundle(project: &Project) -> Result<()> {
    run::prepare(project)?;
    say::heading("Window: build");
    node::build_window(project)?;
    say::heading("Build for release");
    Program::cargo(project.root())
        .args([
            "build",
            "--locked",
            "--release",
            "--features",
            "custom-protocol",
            "--bins",
        ])
        .args(["--package", "muster", "--package", "muster-cli"])
        .run()?;
    say::heading("Bundles");
    let kinds: &[&str] = if cfg!(target_os = "linux") {
        &["--bundles", "deb,rpm"]
    } else {
        &[]
    };
    node::tauri(project)?
        .arg("bundle")
        .args(kinds)
        .env("CI", "true")
        .run()?;
    if cfg!(target_os = "linux") {
        say::heading("AppImage");
        if let Outcome::LeftOut(reason) = appimage::make(project)? {
            say::line(&format!("Left out: {reason}."));
        }
    }
    say::heading("Made");
    for (file, size) in made(&project.target().join("release/bundle"))? {
        let file = file.strip_prefix(project.root()).unwrap_or(&file);
        say::line(&format!(
            "{:>8.1} MB  {}",
            size as f64 / 1e6,
            file.display()
        ));
    }
    Ok(())
}

/// The bundles themselves: the files one folder below `folder`, with their sizes in bytes.
fn made(folder: &Path) -> Result<Vec<(PathBuf, u64)>> {
    let mut found = Vec::new();
    for kind in entries(folder)?.into_iter().filter(|path| path.is_dir()) {
        for file in entries(&kind)?.into_iter().filter(|path| path.is_file()) {
            let size = fs::metadata(&file).map_err(TaskError::file(&file))?.len();
            found.push((file, size));
        }
    }
    found.sort();
    Ok(found)
}

fn entries(folder: &Path) -> Result<Vec<PathBuf>> {
    fs::read_dir(folder)
        .and_then(|entries| entries.map(|entry| entry.map(|e| e.path())).collect())
        .map_err(TaskError::file(folder))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_bundles_are_listed_not_what_they_were_made_from() {
        let folder = tempfile::tempdir().expect("a folder");
        fs::create_dir_all(folder.path().join("deb/muster/data")).expect("made");
        fs::write(folder.path().join("deb/muster/control"), "x").expect("written");
        fs::write(folder.path().join("deb/muster.deb"), "12345").expect("written");
        let found = made(folder.path()).expect("readable");
        assert_eq!(found, [(folder.path().join("deb/muster.deb"), 5)]);
    }
}
