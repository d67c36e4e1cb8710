//! Servers that do what a test wants, and Medipim as it asks them.
#![allow(dead_code, reason = "not every test uses all of it")]

use std::{sync::Arc, time::Duration};

use axum::{
    Router,
    body::{Body, Bytes},
    extract::State,
    http::{HeaderMap, Response, Uri},
};
use muster_directory::Platform;
use muster_vendor::{Access, Medipim, Paces, Transport, TransportOptions};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
};

/// A limit that is over soon.
pub const SOON: Duration = Duration::from_millis(150);

/// What a request looked like.
#[derive(Debug, Clone)]
pub struct Seen {
    pub path: String,
    pub headers: HeaderMap,
    pub body: serde_json::Value,
}

/// A server that answers the n-th request by a rule.
pub struct Server {
    pub url: String,
    seen: Arc<std::sync::Mutex<Vec<Seen>>>,
}

type Rule = Arc<dyn Fn(usize, &Seen) -> Response<Body> + Send + Sync>;

impl Server {
    pub async fn start(
        rule: impl Fn(usize, &Seen) -> Response<Body> + Send + Sync + 'static,
    ) -> Self {
        let seen: Arc<std::sync::Mutex<Vec<Seen>>> = Arc::default();
        let rule: Rule = Arc::new(rule);
        let app = Router::new()
            .fallback(
                async |State((rule, seen)): State<(Rule, Arc<std::sync::Mutex<Vec<Seen>>>)>,
                       uri: Uri,
                       headers: HeaderMap,
                       body: Bytes| {
                    let request = Seen {
                        path: uri.path().to_owned(),
                        headers,
                        body: serde_json::from_slice(&body).unwrap_or_default(),
                    };
                    let mut seen = seen.lock().unwrap();
                    seen.push(request.clone());
                    rule(seen.len() - 1, &request)
                },
            )
            .with_state((rule, Arc::clone(&seen)));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, app).await });
        Self { url, seen }
    }

    pub async fn always(answer: impl Fn() -> Response<Body> + Send + Sync + 'static) -> Self {
        Self::start(move |_, _| answer()).await
    }

    pub fn requests(&self) -> Vec<Seen> {
        self.seen.lock().unwrap().clone()
    }
}

/// A server that writes these bytes to every connection and then either closes it or says no more.
pub async fn raw(answer: &'static [u8], close: bool) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        let mut open = Vec::new();
        while let Ok((mut connection, _)) = listener.accept().await {
            let mut request = [0; 4_096];
            let _ = connection.read(&mut request).await;
            let _ = connection.write_all(answer).await;
            if !close {
                open.push(connection);
            }
        }
    });
    url
}

pub fn options() -> TransportOptions {
    TransportOptions {
        refusal_pause: Duration::from_millis(10),
        failure_pause: Duration::from_millis(5),
        ..TransportOptions::default()
    }
}

pub fn medipim_with(url: &str, options: TransportOptions, paces: &Paces) -> Medipim {
    let access = Access::new(
        url.parse().unwrap(),
        7.try_into().unwrap(),
        "hunter2".into(),
    )
    .unwrap();
    let pace = paces.of(&access);
    Medipim::new(Transport::new(options).unwrap(), access, pace, Platform::Be)
}

/// With the usual limits.
pub fn medipim(url: &str) -> Medipim {
    medipim_with(url, options(), &Paces::default())
}

pub fn json(status: u16, body: impl Into<Body>) -> Response<Body> {
    Response::builder()
        .status(status)
        .header("content-type", "application/json")
        .body(body.into())
        .unwrap()
}
