//! `cargo xtask screenshots`: a picture of every place and state, made in the browser.

use std::fs;

use crate::program::{Program, Result, TaskError};
use crate::project::Project;
use crate::{node, packages, run, say, test};

/// The largest picture that still counts as small, in bytes.
const SMALL: u64 = 300_000;

/// Makes the pictures under `docs/screenshots` anew.
pub fn screenshots(project: &Project) -> Result<()> {
    run::prepare(project)?;
    packages::install_missing(packages::Purpose::Test)?;
    say::heading("Window: build");
    node::build_window(project)?;
    say::heading("Backend: build");
    Program::cargo(project.root())
        .arg("build")
        .args(["--package", "muster-devhost"])
        .args(["--package", "muster-simulator"])
        .args(["--package", "muster-cli"])
        .run()?;
    say::heading("Screenshots");
    let tests = project.browser_tests();
    node::install_packages(project, &tests)?;
    let folder = project.root().join("docs/screenshots");
    fs::create_dir_all(&folder).map_err(TaskError::file(&folder))?;
    test::browser_script(project, "screenshots")?
        .env("MUSTER_SCREENSHOTS", &folder)
        .run()?;
    let mut files = fs::read_dir(&folder)
        .and_then(|entries| entries.collect::<std::result::Result<Vec<_>, _>>())
        .map_err(TaskError::file(&folder))?;
    files.sort_by_key(fs::DirEntry::file_name);
    for file in files {
        let size = file.metadata().map_err(TaskError::file(file.path()))?.len();
        let note = if size > SMALL {
            "  larger than it should be"
        } else {
            ""
        };
        say::line(&format!(
            "{:>6} kB  {}{note}",
            size / 1000,
            file.path().display()
        ));
    }
    Ok(())
}
