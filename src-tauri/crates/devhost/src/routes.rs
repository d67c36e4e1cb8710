//! The routes: a command each, the events, the page.

use std::sync::Arc;

use axum::{
    Router,
    body::Bytes,
    extract::{Path, Query, State},
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
        .fallback(get(page::page))
        .with_state(host)
}

async fn command(
    State(host): State<Arc<Host>>,
    Path(name): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    if headers
        .get("x-muster-token")
        .is_none_or(|token| token.as_bytes() != host.token.as_bytes())
    {
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
