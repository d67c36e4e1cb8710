//! `cargo xtask run` and `cargo xtask dev`: the window, started from the sources.

use std::path::Path;

use crate::node;
use crate::packages::{self, Purpose};
use crate::program::{Program, Result, TaskError};
use crate::project::Project;
use crate::say;

/// Installs what is missing, builds what has changed, and opens the practice directory.
pub fn run(project: &Project, arguments: &[String]) -> Result<()> {
    if !has_display() {
        say::line("There is no display here: everything is built, but the window cannot open.");
    }
    prepare(project)?;
    say::heading("Window: build");
    node::build_window(project)?;
    say::heading("Build");
    let build = ["--features", "custom-protocol", "--bin", "muster"];
    Program::cargo(project.root())
        .arg("build")
        .args(build)
        .run()?;
    if !has_display() {
        return Err(no_display("run", arguments));
    }
    say::heading("Muster");
    Program::new(project.built("muster"), project.root())
        .args(["--practice"])
        .args(arguments)
        .run()
}

/// The window with hot reload: vite's own server for the page, a rebuild for the rest.
pub fn dev(project: &Project, arguments: &[String]) -> Result<()> {
    if !has_display() {
        return Err(no_display("dev", arguments));
    }
    prepare(project)?;
    say::heading("Development");
    node::tauri(project)?
        .args(["dev", "--", "--"])
        .args(arguments)
        .run()
}

/// System packages, Node and npm packages.
pub fn prepare(project: &Project) -> Result<()> {
    say::heading("System packages");
    packages::install_missing(Purpose::Build)?;
    say::heading("Node");
    node::ensure_node()?;
    say::heading("Window: packages");
    node::install_packages(project, &project.ui()).map(drop)
}

fn has_display() -> bool {
    let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    !cfg!(target_os = "linux") || set("DISPLAY") || set("WAYLAND_DISPLAY")
}

fn no_display(task: &str, arguments: &[String]) -> TaskError {
    let again = Program::new("cargo", Path::new("."))
        .args(["xtask", task])
        .args((!arguments.is_empty()).then_some("--"))
        .args(arguments)
        .as_typed();
    TaskError::Missing(format!(
        "The window needs a display, and neither DISPLAY nor WAYLAND_DISPLAY is set.\n\
         Run this again from a terminal on a desktop, or on a virtual display (package xvfb; \
         xorg-server-xvfb on Arch):\n  xvfb-run -a {again}"
    ))
}
