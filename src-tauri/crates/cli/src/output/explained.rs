//! Why a question finds a person, or not, as a tree of lines.

use std::io::{self, Write};

use muster_directory::{
    Fact, Truth,
    explain::{Act, Change, Edit, Explained, Kind},
    text,
};
use muster_engine::{explaining::Explanation, mirror::SyncRecord};

use super::{Outcome, UNKNOWN, time};

pub fn table(explanation: &Explanation) -> Outcome {
    super::table(&["holds", "condition", "value"], lines(explanation))?;
    let mut out = io::stdout().lock();
    for (what, edit) in [
        ("To include the person", &explanation.include),
        ("To exclude the person", &explanation.exclude),
    ] {
        if let Some(edit) = edit {
            writeln!(out, "{what}: {}", told(edit))?;
            writeln!(out, "  {}", text::print(&edit.result))?;
        }
    }
    for (what, sync) in [
        ("First seen matching", &explanation.first_match),
        ("Last seen matching", &explanation.last_match),
    ] {
        writeln!(
            out,
            "{what}: {}",
            sync.as_ref().map_or_else(|| "never".to_owned(), of_sync)
        )?;
    }
    Ok(())
}

pub fn csv(explanation: &Explanation) -> Outcome {
    super::csv(&["holds", "condition", "value"], lines(explanation))
}

fn of_sync(sync: &SyncRecord) -> String {
    format!("sync {}, {}", sync.id, time(sync.finished_at))
}

fn lines(explanation: &Explanation) -> impl Iterator<Item = Vec<String>> {
    let mut lines = Vec::new();
    match &explanation.tree {
        Some(tree) => add(tree, 0, &mut lines),
        None => lines.push(vec![
            word(explanation.truth),
            "everybody".to_owned(),
            String::new(),
        ]),
    }
    lines.into_iter()
}

/// As deep as a filter, which has few levels.
fn add(node: &Explained, depth: usize, lines: &mut Vec<Vec<String>>) {
    let what = match (node.kind, &node.clause) {
        (Kind::Clause, Some(clause)) => text::print_clause(clause),
        (Kind::Clause, None) => String::new(),
        (Kind::And, _) => "and".to_owned(),
        (Kind::Or, _) => "or".to_owned(),
        (Kind::Not, _) => "not".to_owned(),
        (Kind::Off, _) => "off".to_owned(),
    };
    let value = match &node.value {
        None => String::new(),
        Some(Fact::Known(value)) => value.clone(),
        Some(Fact::Absent) => "none".to_owned(),
        Some(Fact::Unknown) => UNKNOWN.to_owned(),
    };
    lines.push(vec![
        word(node.truth),
        format!("{}{what}", "  ".repeat(depth)),
        value,
    ]);
    for part in &node.parts {
        add(part, depth + 1, lines);
    }
}

fn word(truth: Truth) -> String {
    match truth {
        Truth::Yes => "yes",
        Truth::No => "no",
        Truth::Unknown => UNKNOWN,
    }
    .to_owned()
}

fn told(edit: &Edit) -> String {
    let step = |change: &Change| {
        let act = match change.act {
            Act::Remove => "remove",
            Act::Negate => "negate",
            Act::Add => "add",
        };
        format!("{act} {}", text::print(&change.part))
    };
    edit.changes.iter().map(step).collect::<Vec<_>>().join(", ")
}
