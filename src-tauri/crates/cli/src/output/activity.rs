//! What was done here, as tables and as CSV.

use std::io::{self, Write};

use jiff::Timestamp;
use muster_engine::mirror::{ActivityHead, ActivityPage, ActivityRecord, Anchor, Verification};
use serde_json::Value;

use super::{Outcome, csv, table};
use crate::arguments::Format;

fn written(header: &[&str], rows: impl Iterator<Item = Vec<String>>, format: Format) -> Outcome {
    match format {
        Format::Csv => csv(header, rows),
        _ => table(header, rows),
    }
}

/// A time in Unix milliseconds, in UTC.
fn time(at: i64) -> String {
    Timestamp::from_millisecond(at).map_or_else(|_| at.to_string(), |at| format!("{at:.0}"))
}

pub fn list(page: &ActivityPage, format: Format) -> Outcome {
    match format {
        Format::Csv => csv(
            &[
                "no", "at", "account", "key", "kind", "target", "request", "outcome", "detail",
                "previous", "hash",
            ],
            page.entries.iter().map(whole),
        ),
        _ => {
            table(
                &["no", "at", "account", "kind", "target", "outcome", "detail"],
                page.entries.iter().map(short),
            )?;
            super::shown(page.entries.len(), page.total)
        }
    }
}

/// Everything of an entry, as it is stored.
fn whole(own: &ActivityRecord) -> Vec<String> {
    vec![
        own.no.to_string(),
        time(own.at),
        own.account.clone(),
        own.key_id.map(|id| id.to_string()).unwrap_or_default(),
        own.kind.clone(),
        own.target.clone(),
        own.request_id.clone().unwrap_or_default(),
        own.outcome.clone(),
        own.detail.clone(),
        own.previous.clone(),
        own.hash.clone(),
    ]
}

fn short(own: &ActivityRecord) -> Vec<String> {
    vec![
        own.no.to_string(),
        time(own.at),
        own.account.clone(),
        own.kind.clone(),
        target(&own.target),
        own.outcome.clone(),
        detail(&own.detail),
    ]
}

/// What kind of thing, and its name or id.
fn target(json: &str) -> String {
    let read: Value = serde_json::from_str(json).unwrap_or_default();
    let part = |key: &str| read.get(key).and_then(Value::as_str);
    let words = [part("what"), part("name").or_else(|| part("id"))];
    words.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// `key: value` for what is told, one after the other.
fn detail(json: &str) -> String {
    let Ok(Value::Object(told)) = serde_json::from_str(json) else {
        return json.to_owned();
    };
    let told = told.into_iter().map(|(key, value)| match value {
        Value::String(text) => format!("{key}: {text}"),
        other => format!("{key}: {other}"),
    });
    told.collect::<Vec<_>>().join(", ")
}

pub fn head(head: &ActivityHead, format: Format) -> Outcome {
    let row = [
        head.no.to_string(),
        head.at.map(time).unwrap_or_default(),
        head.hash.clone(),
    ];
    written(
        &["entries", "last", "hash"],
        [row.into()].into_iter(),
        format,
    )
}

pub fn verified(found: &Verification, format: Format) -> Outcome {
    let anchor = found.anchor.map(|anchor| match anchor {
        Anchor::At(0) => "the chain was empty".to_owned(),
        Anchor::At(no) => format!("entry {no}"),
        Anchor::NotThere => "not there".to_owned(),
    });
    let broken = found.broken.map(|broken| broken.no.to_string());
    if format == Format::Csv {
        let row = vec![
            found.sound.to_string(),
            found.head.no.to_string(),
            broken.unwrap_or_default(),
            anchor.unwrap_or_default(),
            found.head.hash.clone(),
        ];
        let header = ["sound", "entries", "broken at", "noted hash", "hash"];
        return csv(&header, [row].into_iter());
    }
    let mut out = io::stdout().lock();
    writeln!(out, "{} of {} entries hold", found.sound, found.head.no)?;
    writeln!(out, "hash of the last: {}", found.head.hash)?;
    if let Some(anchor) = anchor {
        writeln!(out, "noted hash: {anchor}")?;
    }
    Ok(())
}
