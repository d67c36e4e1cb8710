//! What the engine tells of itself, as server-sent events.

use std::{convert::Infallible, sync::PoisonError};

use axum::response::sse::{Event, KeepAlive, Sse};
use futures::{Stream, StreamExt, stream};
use muster_api::types::AppEvent;
use tokio_stream::wrappers::BroadcastStream;

use crate::Host;

pub fn stream(host: &Host) -> Sse<impl Stream<Item = Result<Event, Infallible>> + use<>> {
    let waited = host
        .link
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .take();
    let links = stream::iter(waited.map(|link| sent(&AppEvent::Link { link })));
    let events = BroadcastStream::new(host.engine.listen()).flat_map(|event| {
        let told = match event {
            Ok(event) => vec![muster_api::event(event)],
            // Some were missed: everything may be otherwise.
            Err(_) => muster_api::everything_changed(),
        };
        stream::iter(told.into_iter().map(|event| sent(&event)))
    });
    Sse::new(links.chain(events)).keep_alive(KeepAlive::default())
}

fn sent(event: &AppEvent) -> Result<Event, Infallible> {
    Ok(Event::default().data(serde_json::json!(event).to_string()))
}
