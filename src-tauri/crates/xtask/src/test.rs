//! `cargo xtask test`: everything that must hold before a change is accepted, in one order.

use crate::licenses::{self, CargoDeny};
use crate::node;
use crate::packages::{self, Purpose};
use crate::program::{Program, Result, TaskError};
use crate::project::Project;
use crate::steps::{Outcome, Steps};

/// Clippy, the build and the tests use one set of packages and features, so that nothing is
/// compiled twice. The window is served from inside the binary, as in a bundle.
const WHOLE_WORKSPACE: [&str; 4] = ["--locked", "--workspace", "--features", "custom-protocol"];

/// Runs all steps, or those with one of the words of `only` in their names; the first failure
/// ends it.
pub fn test(project: &Project, only: &[String]) -> Result<()> {
    let mut steps = Steps::only(only);
    let result = run(project, &mut steps);
    steps.close(result)
}

fn run(project: &Project, steps: &mut Steps) -> Result<()> {
    let root = project.root();
    let ui = project.ui();
    steps.step("System packages", || {
        packages::install_missing(Purpose::Test)
    })?;
    steps.step("Node", node::ensure_node)?;
    steps.step("Format", || {
        Program::cargo(root).args(["fmt", "--all", "--check"]).run()
    })?;
    let mut deny = CargoDeny::of(project);
    if steps.wants("Licenses") || steps.wants("Advisories") {
        deny.prepare(project)?;
    }
    steps.telling("Window: packages", || node::install_packages(project, &ui))?;
    steps.step("Window: lints", || node::script(&ui, "lint").run())?;
    steps.step("Window: types", || node::script(&ui, "check").run())?;
    steps.step("Window: texts", || node::script(&ui, "i18n:check").run())?;
    steps.step("Window: tests", || node::script(&ui, "test").run())?;
    steps.telling("Window: build", || node::build_window(project))?;
    steps.step("Clippy", || {
        Program::cargo(root)
            .arg("clippy")
            .args(WHOLE_WORKSPACE)
            .args(["--all-targets", "--", "-D", "warnings"])
            .run()
    })?;
    steps.step("Build", || {
        // With the tests, so that their own dependencies ask for no other build later; without
        // this program, because Windows does not let a running one be overwritten.
        Program::cargo(root)
            .arg("build")
            .args(WHOLE_WORKSPACE)
            .args([
                "--exclude",
                "xtask",
                "--lib",
                "--bins",
                "--tests",
                "--examples",
            ])
            .run()
    })?;
    steps.step("Generated files", || generated_files_are_current(project))?;
    steps.step("Tests", || {
        Program::cargo(root).arg("test").args(WHOLE_WORKSPACE).run()
    })?;
    steps.telling("Browser tests", || browser_tests(project))?;
    steps.step("Licenses", || licenses::check(project, &mut deny))?;
    steps.telling("Advisories", || {
        licenses::check_advisories(project, &mut deny)
    })
}

fn generated_files_are_current(project: &Project) -> Result<()> {
    Program::new(project.built("generate"), project.root())
        .args(["--check"])
        .run()
}

fn browser_tests(project: &Project) -> Result<Outcome> {
    let folder = project.browser_tests();
    if !folder.join("package.json").is_file() {
        return Ok(Outcome::LeftOut("tests/e2e has no package.json".to_owned()));
    }
    node::install_packages(project, &folder)?;
    browser_script(project, "e2e")?.run()?;
    Ok(Outcome::Passed)
}

/// The script `name` of the browser tests, told where the browser and the backend are.
pub fn browser_script(project: &Project, name: &str) -> Result<Program> {
    let browser = packages::browser().ok_or_else(|| {
        TaskError::Missing("The browser tests need a Chromium on the PATH".to_owned())
    })?;
    Ok(node::script(&project.browser_tests(), name)
        .env("CHROMIUM", browser)
        .env("MUSTER_DEVHOST", project.built("muster-devhost")))
}
