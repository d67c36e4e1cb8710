//! What tests ask of the simulator itself, over HTTP: the record of writes, and faults.

use std::sync::Arc;

use axum::{
    Json, Router,
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::get,
};
use bytes::Bytes;
use serde::Serialize;

use crate::{
    faults::{FaultOrder, Faults},
    medipim::Desk,
    mutation::Mutation,
};

#[derive(Serialize)]
struct Mutations {
    mutations: Vec<Mutation>,
}

/// `/_simulator/mutations` and `/_simulator/faults`.
pub fn router(desk: Arc<Desk>) -> Router {
    Router::new()
        .route("/_simulator/mutations", get(mutations))
        .route("/_simulator/faults", get(faults).post(set_faults))
        .with_state(desk)
}

async fn mutations(State(desk): State<Arc<Desk>>) -> Json<Mutations> {
    Json(Mutations {
        mutations: desk.mutations(),
    })
}

async fn faults(State(desk): State<Arc<Desk>>) -> Json<Faults> {
    Json(desk.with_faults(|faults| faults.clone()))
}

async fn set_faults(State(desk): State<Arc<Desk>>, body: Bytes) -> Response {
    match serde_json::from_slice::<FaultOrder>(&body) {
        Ok(order) => Json(desk.with_faults(|faults| {
            faults.set(order);
            faults.clone()
        }))
        .into_response(),
        Err(error) => (StatusCode::UNPROCESSABLE_ENTITY, error.to_string()).into_response(),
    }
}
