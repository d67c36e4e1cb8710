//! What was done here: listed, and looked at whether the record of it holds.

use jiff::{Timestamp, ToSpan, civil::Date, tz::TimeZone};
use muster_api::types;
use muster_engine::{
    Engine,
    activity::Verified,
    mirror::{ActivityQuestion, Anchor, Break, Fault},
};

use super::find;
use crate::{
    arguments::{Activity, ActivityList, Format},
    failure::Failure,
    output::{self, activity as written},
};

pub async fn run(engine: &Engine, activity: Activity) -> Result<(), Failure> {
    match activity {
        Activity::List(list) => self::list(engine, list).await,
        Activity::Head { connection, format } => {
            let id = id_of(engine, &connection).await?;
            let head = engine.activity_head(&id).await?;
            match format {
                Format::Json => output::json(&types::ActivityHead::from(head)),
                _ => written::head(&head, format),
            }
        }
        Activity::Verify {
            connection,
            head,
            format,
        } => {
            let id = id_of(engine, &connection).await?;
            let verified = engine.verify_activity(&id, head).await?;
            match format {
                Format::Json => output::json(&types::ActivityVerification::from(verified.clone()))?,
                _ => written::verified(&verified.verification, format)?,
            }
            what_is_wrong(&verified).map_or(Ok(()), |why| Err(Failure::NotProven(why)))
        }
    }
}

async fn id_of(engine: &Engine, connection: &str) -> Result<String, Failure> {
    Ok(find(engine, connection).await?.record.id.to_string())
}

async fn list(engine: &Engine, list: ActivityList) -> Result<(), Failure> {
    let id = id_of(engine, &list.connection).await?;
    let question = ActivityQuestion {
        kinds: list.kind,
        outcomes: list.outcome,
        text: list.text,
        since: list.since.map(beginning).transpose()?,
        until: list.until.map(end).transpose()?,
        before: None,
        limit: list.limit.unwrap_or(u64::MAX),
    };
    let page = engine.activity(&id, question).await?;
    match list.format {
        Format::Json => output::json(&types::ActivityAnswer::from(page)),
        format => written::list(&page, format),
    }
}

/// When a day begins, where this computer is, in Unix milliseconds.
fn beginning(day: Date) -> Result<i64, Failure> {
    let begins = day.to_zoned(TimeZone::system());
    begins
        .map(|at| at.timestamp())
        .map(Timestamp::as_millisecond)
        .map_err(|error| Failure::Usage(error.to_string()))
}

/// When a day is over.
fn end(day: Date) -> Result<i64, Failure> {
    let next = day.checked_add(1.day());
    beginning(next.map_err(|error| Failure::Usage(error.to_string()))?)
}

fn what_is_wrong(verified: &Verified) -> Option<String> {
    if let Some(Break { no, fault }) = verified.verification.broken {
        return Some(match fault {
            Fault::Missing => format!("entry {no} is missing, though there are later ones"),
            Fault::Changed => {
                format!("entry {no} was changed: its hash is not that of what it holds")
            }
            Fault::Unlinked => {
                format!("entry {no} does not hold the hash of the entry before it")
            }
        });
    }
    let is_absent = verified.verification.anchor == Some(Anchor::NotThere);
    is_absent.then(|| {
        "the noted hash is that of no entry: the end was cut off, all was written anew, or it was \
         noted of something else"
            .to_owned()
    })
}
