//! The routes: a command each, the events, the page.

use std::sync::Arc;

use axum::{
    Router,
    body::Bytes,
    extract::{DefaultBodyLimit, Path, Query, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use serde::Deserialize;
use serde_json::Value;

use crate::{Host, events, page};

pub fn routes(host: Arc<Host>) -> Router {
    Router::new()
        .route("/api/{command}", post(command))
        .route("/events", get(listen))
        .route("/test/clipboard", get(clipboard))
        .fallback(get(page::page))
        // A browser hands over a whole file of rows.
        .layer(DefaultBodyLimit::disable())
        .with_state(host)
}

async fn command(
    State(host): State<Arc<Host>>,
    Path(name): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    if !may_use(&host, &headers) {
        return StatusCode::FORBIDDEN.into_response();
    }
    let input: Value = match serde_json::from_slice(&body) {
        Ok(input) => input,
        Err(error) => return (StatusCode::BAD_REQUEST, error.to_string()).into_response(),
    };
    match muster_api::dispatch(&host.engine, &name, input).await {
        Ok(output) => json(StatusCode::OK, &output),
        Err(error) => json(StatusCode::UNPROCESSABLE_ENTITY, &serde_json::json!(error)),
    }
}

/// What is in the clipboard, for the browser tests.
async fn clipboard(State(host): State<Arc<Host>>, headers: HeaderMap) -> Response {
    match may_use(&host, &headers) {
        true => json(StatusCode::OK, &serde_json::json!(host.clipboard.text())),
        false => StatusCode::FORBIDDEN.into_response(),
    }
}

fn may_use(host: &Host, headers: &HeaderMap) -> bool {
    headers
        .get("x-muster-token")
        .is_some_and(|token| token.as_bytes() == host.token.as_bytes())
}

fn json(status: StatusCode, body: &Value) -> Response {
    (
        status,
        [(header::CONTENT_TYPE, "application/json")],
        body.to_string(),
    )
        .into_response()
}

#[derive(Deserialize)]
struct Token {
    token: String,
}

async fn listen(State(host): State<Arc<Host>>, Query(given): Query<Token>) -> Response {
    if given.token != host.token {
        return StatusCode::FORBIDDEN.into_response();
    }
    events::stream(&host).into_response()
}
