//! What the engine tells of itself, as server-sent events.

use std::convert::Infallible;

use axum::response::sse::{Event, KeepAlive, Sse};
use futures::{Stream, StreamExt, stream};
use muster_engine::Engine;
use tokio_stream::wrappers::BroadcastStream;

pub fn stream(engine: &Engine) -> Sse<impl Stream<Item = Result<Event, Infallible>> + use<>> {
    let events = BroadcastStream::new(engine.listen()).flat_map(|event| {
        let told = match event {
            Ok(event) => vec![muster_api::event(event)],
            // Some were missed: everything may be otherwise.
            Err(_) => muster_api::everything_changed(),
        };
        stream::iter(
            told.into_iter()
                .map(|event| Ok(Event::default().data(serde_json::json!(event).to_string()))),
        )
    });
    Sse::new(events).keep_alive(KeepAlive::default())
}
