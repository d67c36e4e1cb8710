//! Roles and what they may do, as tables and as CSV.

use std::io::{self, Write};

use muster_api::types::{
    Actor, ActorKnownBy, Evidence, ManagedOrganization, MayAnswer, MayApplied, RuleAnswer,
    RuleCell, RuleChange, RuleRow, RuleScope, RulesMatrix, SourceKind, Verdict, WhatIfOutcome,
    WhatIfWarning,
};

use super::{Outcome, UNKNOWN, csv, table, time};
use crate::arguments::Format;

fn written(header: &[&str], rows: impl Iterator<Item = Vec<String>>, format: Format) -> Outcome {
    match format {
        Format::Csv => csv(header, rows),
        _ => table(header, rows),
    }
}

/// Roles by actions.
pub fn matrix(matrix: &RulesMatrix, format: Format) -> Outcome {
    let roles = matrix.roles.iter().map(|role| role.id.as_str());
    let header: Vec<&str> = std::iter::once("action").chain(roles).collect();
    let actions = matrix.groups.iter().flat_map(|group| &group.actions);
    let rows = actions.map(|own| {
        let cells = own.cells.iter().map(|cell| said(cell, Some(cell.answer)));
        std::iter::once(own.action.clone()).chain(cells).collect()
    });
    written(&header, rows, format)?;
    if format == Format::Table {
        writeln!(
            io::stdout(),
            "as the vendor's pages said on {}; undocumented is not \u{201c}no\u{201d}",
            matrix.dated
        )?;
    }
    Ok(())
}

/// An answer with its scope and limit.
fn said(cell: &RuleCell, answer: Option<RuleAnswer>) -> String {
    let mut text = word(answer).to_owned();
    if answer == Some(RuleAnswer::YesWithin) {
        let scopes = cell.scopes.iter().map(|scope| scope_word(*scope));
        text = format!("yes: {}", scopes.collect::<Vec<_>>().join(", "));
    }
    if let Some(limit) = cell.limit {
        text = format!("{text}, at most {limit}");
    }
    text
}

fn word(answer: Option<RuleAnswer>) -> &'static str {
    match answer {
        Some(RuleAnswer::Yes) => "yes",
        Some(RuleAnswer::YesWithin) => "yes, inside of a scope",
        Some(RuleAnswer::No) => "no",
        Some(RuleAnswer::OutsideScope) => "no: outside of the scope",
        Some(RuleAnswer::DependsOnScope) => "depends on the scope",
        Some(RuleAnswer::OtherRoleOnly) => "no: another role only",
        Some(RuleAnswer::Contested) => "contested",
        Some(RuleAnswer::Undocumented) => "undocumented",
        None => "depends on the role",
    }
}

fn scope_word(scope: RuleScope) -> &'static str {
    match scope {
        RuleScope::Own => "own",
        RuleScope::Organization => "organization",
        RuleScope::Linked => "linked",
        RuleScope::Platform => "platform",
        RuleScope::Project => "project",
    }
}

/// An answer, with the pages that it follows from.
pub fn may(answer: &MayAnswer, format: Format) -> Outcome {
    let rows = answer.applied.iter().flat_map(applied_lines);
    let header = ["role", "answer", "scope", "the page says", "source"];
    if format == Format::Csv {
        return csv(&header, rows);
    }
    writeln!(io::stdout(), "{}: {}", answer.action, word(answer.answer))?;
    table(&header, rows)?;
    if !answer.named {
        writeln!(io::stdout(), "no page names this action")?;
    }
    for own in &answer.evidence {
        writeln!(io::stdout(), "{}", tried(own))?;
    }
    Ok(())
}

/// A line a page; one line if no page says anything.
fn applied_lines(own: &MayApplied) -> Vec<Vec<String>> {
    let line = |row: Option<&RuleRow>| {
        vec![
            own.cell.role.clone(),
            word(Some(own.cell.answer)).to_owned(),
            row.map_or("", |row| scope_word(row.scope)).to_owned(),
            row.map(fact).unwrap_or_default(),
            row.map(cited).unwrap_or_default(),
        ]
    };
    match own.cell.rows.is_empty() {
        true => vec![line(None)],
        false => own.cell.rows.iter().map(|row| line(Some(row))).collect(),
    }
}

fn fact(row: &RuleRow) -> String {
    let verdict = match row.verdict {
        Verdict::Allow => "allowed",
        Verdict::Deny => "not allowed",
        Verdict::Contested => "contradicts itself",
    };
    let only = row.only_role.as_ref().map(|role| format!("only {role}"));
    let limit = row.limit.map(|limit| format!("at most {limit}"));
    let parts = [only, limit, row.note.clone()].into_iter().flatten();
    let parts: Vec<_> = std::iter::once(format!("{} {}: {verdict}", row.role, row.action))
        .chain(parts)
        .collect();
    parts.join(", ")
}

fn cited(row: &RuleRow) -> String {
    match row.source.kind {
        SourceKind::Vendor => row.source.title.clone(),
        SourceKind::Reading => format!("{} (our reading)", row.source.title),
    }
}

fn tried(own: &Evidence) -> String {
    let outcome = match (own.allowed, own.status) {
        (true, _) => "the vendor did it".to_owned(),
        (false, Some(status)) => format!("the vendor refused with {status}"),
        (false, None) => "the vendor refused".to_owned(),
    };
    let role = own.role.as_deref().unwrap_or(UNKNOWN);
    let (at, times) = (time(own.last_at), own.times);
    format!("tried {times} times, last {at}, role {role}: {outcome}")
}

/// Who a key is.
pub fn actor(actor: &Actor, format: Format) -> Outcome {
    let number = |id: Option<u64>| id.map_or_else(|| UNKNOWN.to_owned(), |id| id.to_string());
    let known_by = match actor.known_by {
        Some(ActorKnownBy::Given) => "you said so",
        Some(ActorKnownBy::Practice) => "it is the practice directory's",
        None => "nobody said",
    };
    let fits = actor.guess.as_ref().map(|own| own.roles.join(" or "));
    let role = actor.role.clone();
    let rows = [
        ("role", role.unwrap_or_else(|| UNKNOWN.to_owned())),
        ("organization", number(actor.organization)),
        ("person", number(actor.person)),
        ("known by", known_by.to_owned()),
        (
            "fits what it sees",
            fits.unwrap_or_else(|| UNKNOWN.to_owned()),
        ),
    ];
    let rows = rows.into_iter();
    written(
        &["what", "shown"],
        rows.map(|(what, shown)| vec![what.to_owned(), shown]),
        format,
    )
}

/// What would change.
pub fn what_if(outcome: &WhatIfOutcome, format: Format) -> Outcome {
    let lines = changes(outcome);
    let header = ["change", "action", "now", "then"];
    if format == Format::Csv {
        return csv(&header, lines.into_iter());
    }
    let mut out = io::stdout();
    writeln!(out, "{}, {}", outcome.name, role_now(outcome))?;
    if lines.is_empty() {
        writeln!(out, "nothing that is documented would change")?;
    } else {
        table(&header, lines.into_iter())?;
    }
    for own in &outcome.organizations {
        writeln!(out, "{}", managers(own))?;
    }
    for warning in &outcome.warnings {
        writeln!(out, "warning: {}", alarming(warning))?;
    }
    let may = word(outcome.act.answer);
    writeln!(out, "may this key do it ({})? {may}", outcome.act.action)?;
    Ok(writeln!(out, "nothing was sent")?)
}

fn role_now(outcome: &WhatIfOutcome) -> String {
    match (&outcome.role, outcome.is_assumed) {
        (Some(role), false) => role.clone(),
        (Some(role), true) => format!("assumed to be {role}"),
        (None, _) => "role unknown: what would be lost is not known either".to_owned(),
    }
}

fn changes(outcome: &WhatIfOutcome) -> Vec<Vec<String>> {
    let line = |kind: &str, own: &RuleChange| {
        let then = own.after.as_ref().map_or_else(
            || "no account".to_owned(),
            |cell| said(cell, Some(cell.answer)),
        );
        let now = said(&own.before, Some(own.before.answer));
        vec![kind.to_owned(), own.action.clone(), now, then]
    };
    let Some(effects) = &outcome.effects else {
        let then = outcome.may_then.iter();
        return then
            .map(|own| {
                let may = said(&own.before, Some(own.before.answer));
                let now = UNKNOWN.to_owned();
                vec!["may then".to_owned(), own.action.clone(), now, may]
            })
            .collect();
    };
    let kinds = [
        ("lost", &effects.lost),
        ("gained", &effects.gained),
        ("changed", &effects.changed),
        ("in the other organization", &effects.moved),
    ];
    let lines = kinds
        .into_iter()
        .flat_map(|(kind, list)| list.iter().map(move |own| line(kind, own)));
    lines.collect()
}

fn managers(own: &ManagedOrganization) -> String {
    let name = own.name.clone().unwrap_or_else(|| own.id.to_string());
    let names: Vec<_> = own.known.iter().map(|own| own.name.as_str()).collect();
    let names = match names.is_empty() {
        true => String::new(),
        false => format!(" ({})", names.join(", ")),
    };
    format!(
        "managers of {name}: {} now, {} then{names}; {} more may be",
        own.before.known, own.after.known, own.after.possible
    )
}

fn alarming(warning: &WhatIfWarning) -> String {
    match warning {
        WhatIfWarning::LastManager => "the last manager: nobody would be left".to_owned(),
        WhatIfWarning::NoKnownManagerLeft => {
            "if this person is a manager, it is the last one".to_owned()
        }
        WhatIfWarning::OnlyPossibleManagersLeft => {
            "no known manager would be left, only people whose role is not known".to_owned()
        }
        WhatIfWarning::Yourself => "this is the person of the connection's key".to_owned(),
        WhatIfWarning::PossiblyYourself => {
            "this may be the person of the connection's key".to_owned()
        }
        WhatIfWarning::OnlyRole { role } => format!("this key may give only the role {role}"),
        WhatIfWarning::KeyMayNot { answer } => {
            format!("this key may not do it ({})", word(Some(*answer)))
        }
        WhatIfWarning::DisablingIsOurReading => {
            "that a disabled person may do nothing is our reading".to_owned()
        }
    }
}
