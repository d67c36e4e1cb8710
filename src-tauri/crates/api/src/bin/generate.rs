//! Writes the files that follow from the list of commands; with `--check`, only compares.

use std::{fs, io::Write, path::Path, process::ExitCode};

use muster_api::typescript::files;

fn main() -> std::io::Result<ExitCode> {
    let check = std::env::args().any(|argument| argument == "--check");
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../..");
    let mut stale = Vec::new();
    for file in files() {
        let path = root.join(file.path);
        let current = fs::read_to_string(&path).unwrap_or_default();
        if current != file.content {
            stale.push(file.path);
            if !check {
                if let Some(folder) = path.parent() {
                    fs::create_dir_all(folder)?;
                }
                fs::write(&path, &file.content)?;
            }
        }
    }
    let mut out = std::io::stdout().lock();
    for path in &stale {
        let verdict = if check {
            "is not up to date: run `cargo xtask generate`"
        } else {
            "written"
        };
        writeln!(out, "{path} {verdict}")?;
    }
    Ok(if check && !stale.is_empty() {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    })
}
