//! Questions about people, and what the query bar asks.

use std::time::Instant;

use muster_engine::{
    Engine,
    question::{self, Window},
};

use super::Answer;
use crate::{
    convert::{self, sort, who},
    types::*,
};

fn since(started: Instant) -> f64 {
    started.elapsed().as_secs_f64() * 1_000.0
}

pub async fn people_query(engine: &Engine, asked: PeopleQuestion) -> Answer<PeopleAnswer> {
    let started = Instant::now();
    let (connection, who) = who(asked.who)?;
    let platform = engine.platform(&connection).await?;
    let question = question::PeopleQuestion {
        who,
        sort: sort(asked.sort),
        window: Window::Rows {
            offset: asked.offset,
            limit: asked.limit,
        },
        remember: asked.remember,
    };
    let found = engine.people(&connection, question).await?;
    let rows = found.rows.into_iter();
    Ok(PeopleAnswer {
        total: found.total,
        possible: found.possible,
        offset: asked.offset,
        rows: rows.map(|row| convert::person_row(row, platform)).collect(),
        as_of: found.as_of,
        took_ms: since(started),
    })
}

pub async fn person_details(engine: &Engine, of: PersonRef) -> Answer<PersonDetails> {
    let id = convert::person_id(of.id, "id")?;
    let platform = engine.platform(&of.connection).await?;
    let details = engine
        .person(&of.connection, of.source.into(), of.as_of, id)
        .await?;
    Ok(convert::person_details(details, platform))
}

pub async fn people_facets(engine: &Engine, of: Who) -> Answer<Facets> {
    let started = Instant::now();
    let (connection, who) = who(of)?;
    let platform = engine.platform(&connection).await?;
    let found = engine.people_facets(&connection, who).await?;
    Ok(convert::facets(found, platform, since(started)))
}

pub async fn people_explain(engine: &Engine, of: ExplainRequest) -> Answer<Explanation> {
    let id = convert::person_id(of.id, "id")?;
    let (connection, who) = who(of.who)?;
    let explained = engine.explain_person(&connection, who, id).await?;
    Ok(explained.into())
}

pub async fn people_compare(engine: &Engine, of: CompareRequest) -> Answer<Comparison> {
    let (connection, a) = who(of.a)?;
    let compared = engine
        .compare_people(&connection, a, of.b.as_deref())
        .await?;
    Ok(convert::comparison(compared))
}

pub async fn people_curl(engine: &Engine, of: CurlRequest) -> Answer<String> {
    Ok(engine
        .people_curl(&of.connection, of.filter.as_deref())
        .await?)
}

pub async fn filter_read(engine: &Engine, writing: FilterWriting) -> Answer<FilterReading> {
    let written = writing.written;
    let reading = engine
        .read_filter(&writing.connection, writing.face.into(), written.clone())
        .await?;
    Ok(convert::reading(reading, &written))
}

pub async fn filter_complete(engine: &Engine, at: FilterCursor) -> Answer<FilterCompletions> {
    let cursor = convert::byte_at(&at.text, at.cursor);
    let found = engine
        .complete_filter(&at.connection, &at.text, cursor)
        .await?;
    Ok(convert::completions(found, &at.text))
}

pub async fn role_filter_probe(engine: &Engine, of: ConnectionRef) -> Answer<Capability> {
    let found = engine.probe_role_filter(&of.connection).await?;
    Ok(convert::capability(Some(found)))
}

pub async fn syncs_list(engine: &Engine, of: ConnectionRef) -> Answer<Vec<SyncMark>> {
    let syncs = engine.syncs(&of.connection).await?;
    Ok(syncs.into_iter().map(convert::sync_mark).collect())
}
