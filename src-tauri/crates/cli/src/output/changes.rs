//! Plans, what became of them, and drafts, written out.

use std::io::{self, Write};

use muster_api::types;
use muster_directory::{
    Fact, Target,
    plan::{FieldChange, Permitted, Step, StepState},
};
use muster_engine::{
    changes::{Draft, PlanDetails, Planned, Steps},
    columns::time,
    importing::Checked,
    mirror::StepRecord,
};
use serde_json::{Value, json};

use super::{Outcome, UNKNOWN, csv, json as write_json, table};
use crate::arguments::Format;

/// What cannot be planned, on standard error.
pub fn problems(planned: &Planned) -> Outcome {
    let mut out = io::stderr().lock();
    for problem in &planned.problems {
        for violation in &problem.violations {
            let no = problem.index + 1;
            match violation.path.is_empty() {
                true => writeln!(out, "musterctl: {no}: {}", violation.message)?,
                false => writeln!(out, "musterctl: {no}: {violation}")?,
            }
        }
    }
    Ok(())
}

/// What rows could not be planned, on standard error.
pub fn rows(checked: &Checked) -> Outcome {
    let mut out = io::stderr().lock();
    for problem in &checked.problems {
        for violation in &problem.violations {
            writeln!(out, "musterctl: line {}: {violation}", problem.line)?;
        }
    }
    Ok(())
}

/// A plan, field by field.
pub fn plan(details: PlanDetails, steps: Vec<Step>, format: Format) -> Outcome {
    let header = details.record.header.clone();
    let is_whole = details.is_whole;
    let id = details.record.id;
    if format == Format::Json {
        let plan = types::PlanSummary::from(details);
        let steps: Vec<_> = steps.into_iter().map(types::PlanStep::from).collect();
        return write_json(&json!({ "plan": plan, "steps": steps }));
    }
    let columns = ["step", "act", "whom", "field", "before", "after", "note"];
    let rows = steps.iter().flat_map(fields);
    if format == Format::Csv {
        return csv(&columns, rows);
    }
    table(&columns, rows)?;
    let mut out = io::stdout().lock();
    if !is_whole {
        writeln!(out, "This is not what was sealed: it cannot be applied.")?;
    }
    let last = steps.iter().filter(|step| step.is_final()).count();
    let away = header.takes_away;
    writeln!(
        out,
        "Plan {id}, \u{201c}{}\u{201d}: {} steps, at most {} requests, {} s",
        header.title, header.steps, header.requests, header.seconds
    )?;
    if away > 0 {
        writeln!(out, "Takes access away: {away}")?;
    }
    if last > 0 {
        writeln!(out, "Cannot be taken back, or not all of it: {last}")?;
    }
    Ok(())
}

/// A line a field of a step; one line if it has none.
fn fields(step: &Step) -> Vec<Vec<String>> {
    let line = |change: Option<&FieldChange>| {
        vec![
            step.no.to_string(),
            step.kind.clone(),
            step.target.as_ref().map(whom).unwrap_or_default(),
            change.map(|own| own.path.clone()).unwrap_or_default(),
            change.map(|own| before(&own.before)).unwrap_or_default(),
            change.map(|own| value(&own.after)).unwrap_or_default(),
            notes(step, change),
        ]
    };
    let mut lines: Vec<_> = step.changes.iter().map(|own| line(Some(own))).collect();
    for path in &step.secrets {
        let mut secret = line(None);
        secret[3].clone_from(path);
        "(a secret)".clone_into(&mut secret[5]);
        lines.push(secret);
    }
    if lines.is_empty() {
        lines.push(line(None));
    }
    lines
}

fn notes(step: &Step, change: Option<&FieldChange>) -> String {
    let mut notes = Vec::new();
    match step.permitted() {
        Permitted::Yes => {}
        Permitted::DependsOnScope => notes.push("depends on the scope"),
        Permitted::Contested => notes.push("contested"),
        Permitted::Undocumented => notes.push("undocumented"),
        Permitted::No => notes.push("not allowed"),
    }
    if step.takes_away {
        notes.push("takes access away");
    }
    let lost = change.is_some_and(|own| step.not_restored().any(|path| path == own.path));
    if lost || step.undo == muster_directory::Undo::Never {
        notes.push("cannot be taken back");
    }
    notes.join(", ")
}

fn whom(target: &Target) -> String {
    match target.name.is_empty() {
        true => target.id.clone(),
        false => format!("{} {}", target.id, target.name),
    }
}

fn before(fact: &Fact<Value>) -> String {
    match fact {
        Fact::Known(own) => value(own),
        Fact::Absent => String::new(),
        Fact::Unknown => UNKNOWN.to_owned(),
    }
}

fn value(own: &Value) -> String {
    match own {
        Value::String(text) => text.clone(),
        Value::Null => muster_directory::act::CLEAR.to_owned(),
        other => other.to_string(),
    }
}

/// What became of each step.
pub fn results(steps: Steps, format: Format) -> Outcome {
    let header = ["step", "act", "whom", "state", "made", "status", "why"];
    let rows =
        |steps: &Steps| -> Vec<_> { steps.rows.iter().map(|(row, _)| result(row)).collect() };
    match format {
        Format::Json => write_json(&types::StepsAnswer::from(steps)),
        Format::Csv => csv(&header, rows(&steps).into_iter()),
        Format::Table => table(&header, rows(&steps).into_iter()),
    }
}

fn result(row: &StepRecord) -> Vec<String> {
    let (step, own) = (&row.step, &row.result);
    let mut why: Vec<_> = own.violations.iter().map(ToString::to_string).collect();
    if why.is_empty() {
        why.extend(own.message.clone());
    }
    let conflict = |path: &String| format!("{path} was changed by somebody else");
    why.extend(own.conflicts.iter().map(|own| conflict(&own.path)));
    vec![
        step.no.to_string(),
        step.kind.clone(),
        step.target.as_ref().map(whom).unwrap_or_default(),
        own.state.as_str().to_owned(),
        own.made.as_ref().map(whom).unwrap_or_default(),
        own.status
            .map(|status| status.to_string())
            .unwrap_or_default(),
        why.join("; "),
    ]
}

pub fn plans(list: Vec<PlanDetails>, format: Format) -> Outcome {
    if format == Format::Json {
        let list: Vec<_> = list.into_iter().map(types::PlanSummary::from).collect();
        return write_json(&list);
    }
    let header = [
        "id", "title", "state", "made", "by", "steps", "done", "unknown",
    ];
    let count = |own: &PlanDetails, is: fn(StepState) -> bool| {
        let counts = own.counts.iter().filter(|(state, _)| is(*state));
        counts.map(|(_, count)| count).sum::<u64>().to_string()
    };
    let rows = list.iter().map(|own| {
        let header = &own.record.header;
        vec![
            own.record.id.to_string(),
            header.title.clone(),
            own.record.state.as_str().to_owned(),
            time(header.made_at),
            header.made_by.clone(),
            header.steps.to_string(),
            count(own, StepState::is_done),
            count(own, |state| {
                matches!(
                    state,
                    StepState::Unknown | StepState::Sending | StepState::Pending
                )
            }),
        ]
    });
    match format {
        Format::Csv => csv(&header, rows),
        _ => table(&header, rows),
    }
}

pub fn drafts(list: Vec<Draft>, format: Format) -> Outcome {
    if format == Format::Json {
        let list: Vec<_> = list.into_iter().map(types::ChangeDraft::from).collect();
        return write_json(&list);
    }
    let header = ["id", "title", "acts", "changed"];
    let rows = list.iter().map(|own| {
        vec![
            own.id.to_string(),
            own.title.clone(),
            own.intents.len().to_string(),
            time(own.changed_at),
        ]
    });
    match format {
        Format::Csv => csv(&header, rows),
        _ => table(&header, rows),
    }
}
