//! Plans that a second person looks at, as tables and as CSV.

use muster_api::types;
use muster_directory::{
    Fact,
    plan::{FieldChange, Step, approval::Signatory},
};
use muster_engine::changes::{ApprovalSeen, Approvals, PlanFileSeen, Standing, Written};
use serde_json::Value;

use super::{Outcome, UNKNOWN, csv, table, time};
use crate::arguments::Format;

fn written(header: &[&str], rows: impl Iterator<Item = Vec<String>>, format: Format) -> Outcome {
    match format {
        Format::Csv => csv(header, rows),
        _ => table(header, rows),
    }
}

fn facts(rows: Vec<(&str, String)>) -> Outcome {
    let rows = rows.into_iter();
    table(
        &["what", "value"],
        rows.map(|(what, value)| vec![what.to_owned(), value]),
    )
}

pub fn signed(own: &Written) -> Outcome {
    facts(vec![
        ("file", own.path.display().to_string()),
        ("signed with the key", own.fingerprint.clone()),
    ])
}

pub fn second_person(needed: bool) -> Outcome {
    let words = if needed { "yes" } else { "no" };
    facts(vec![("a second person is needed", words.to_owned())])
}

pub fn colleagues(own: &[types::Colleague], format: Format) -> Outcome {
    let rows = own.iter().map(|own| {
        vec![
            own.name.clone(),
            own.fingerprint.clone(),
            own.public_key.clone(),
            time(own.confirmed_at),
        ]
    });
    written(&["name", "fingerprint", "key", "compared"], rows, format)
}

/// Whose a key is, as far as that is known.
fn whose(signer: &Signatory, standing: &Standing) -> String {
    match standing {
        Standing::Own => "your own key".to_owned(),
        Standing::Known(name) => name.clone(),
        Standing::Unknown => format!("unknown key, says {}: compare it first", signer.account),
    }
}

pub fn seen(own: &PlanFileSeen) -> Outcome {
    let header = &own.plan.record.header;
    let here = own.connection.as_ref().map(|record| record.name.clone());
    facts(vec![
        ("plan", header.title.clone()),
        ("for", format!("{} (key {})", header.host, header.key_id)),
        (
            "made",
            format!("{} by {}", time(header.made_at), header.made_by),
        ),
        ("signed by", whose(&own.author, &own.standing)),
        ("fingerprint", own.author.fingerprint.clone()),
        ("key", own.author.public_key.to_string()),
        ("seal", own.plan.record.seal.to_string()),
        ("steps", header.steps.to_string()),
        ("of them take access away", header.takes_away.to_string()),
        ("connection here", here.unwrap_or_else(|| "none".to_owned())),
    ])
}

pub fn steps<'a>(steps: impl Iterator<Item = &'a Step>, format: Format) -> Outcome {
    let row = |step: &Step| {
        let target = step.target.as_ref();
        vec![
            step.no.to_string(),
            step.kind.clone(),
            target.map_or_else(String::new, |own| format!("{} ({})", own.name, own.id)),
            step.changes
                .iter()
                .map(change)
                .collect::<Vec<_>>()
                .join("; "),
            step.takes_away.to_string(),
            step.is_final().to_string(),
        ]
    };
    let header = ["no", "act", "to", "changes", "takes access away", "final"];
    written(&header, steps.map(row), format)
}

fn change(own: &FieldChange) -> String {
    let before = match &own.before {
        Fact::Unknown => UNKNOWN.to_owned(),
        Fact::Absent => "none".to_owned(),
        Fact::Known(value) => shown(value),
    };
    format!("{}: {before} → {}", own.path, shown(&own.after))
}

fn shown(value: &Value) -> String {
    match value {
        Value::Null => "none".to_owned(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

pub fn approvals(own: &Approvals, format: Format) -> Outcome {
    let row = |own: &ApprovalSeen| {
        vec![
            own.opinion.decision.as_str().to_owned(),
            whose(&own.signer, &own.standing),
            own.opinion.comment.clone(),
            time(own.opinion.at),
            own.counts().to_string(),
            own.signer.fingerprint.clone(),
            own.signer.public_key.to_string(),
        ]
    };
    let header = [
        "said",
        "by",
        "comment",
        "at",
        "counts",
        "fingerprint",
        "key",
    ];
    written(&header, own.rows.iter().map(row), format)
}
