//! The endpoints: who asks, whether it may, what it asks, the answer.

use std::{sync::Arc, time::Instant};

use axum::{
    Extension, Router,
    body::Body,
    extract::{ConnectInfo, Request, State},
    http::{HeaderMap, HeaderName, header},
    middleware,
    response::{IntoResponse, Response},
    routing::post,
};
use base64::{Engine, prelude::BASE64_STANDARD};
use bytes::Bytes;
use futures::StreamExt;

use super::{
    answer::show,
    api_keys,
    desk::{self, Desk, Write},
    filter::Offer,
    holder::Actor,
    limit::Limits,
    organizations, people,
    read::{self, Question},
    refusal::Refusal,
    subscriptions,
};
use crate::{Options, line::Scissors};

/// The largest body that is read, in bytes: a list of half a million ids.
const LARGEST_BODY: usize = 8 * 1024 * 1024;

/// Of a body that is larger, so much is thrown away before the refusal is sent, so that the client
/// is not cut off while it still sends.
const LARGEST_WASTE: usize = 8 * LARGEST_BODY;

/// How a client names a request, so that it can be found in the record.
const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

const RATE_LIMIT_POLICY: HeaderName = HeaderName::from_static("ratelimit-policy");

/// Every endpoint.
pub const ENDPOINTS: [Endpoint; 11] = [
    Endpoint::read("/v4/users/query", read::users),
    Endpoint::write("/v4/users/create", people::create),
    Endpoint::write("/v4/users/update", people::update),
    Endpoint::read("/v4/organizations/query", read::organizations),
    Endpoint::write("/v4/organizations/create", organizations::create),
    Endpoint::write("/v4/organizations/link", organizations::link),
    Endpoint::read("/v4/organizations/check/subscription", subscriptions::check),
    Endpoint::write("/v4/api-keys/create", api_keys::create),
    Endpoint::read("/v4/api-keys/query", api_keys::query),
    Endpoint::write("/v4/api-keys/update", api_keys::update),
    Endpoint::read("/v4/subscription-types/query", subscriptions::types),
];

/// What an endpoint that reads does with a question.
type Read = fn(&Question) -> Result<Response, Refusal>;

/// An endpoint.
#[derive(Clone, Copy)]
pub struct Endpoint {
    /// Where it is.
    pub path: &'static str,
    does: Does,
}

#[derive(Clone, Copy)]
enum Does {
    Read(Read),
    Write(Write),
}

impl Endpoint {
    const fn read(path: &'static str, read: Read) -> Self {
        let does = Does::Read(read);
        Self { path, does }
    }

    const fn write(path: &'static str, write: Write) -> Self {
        let does = Does::Write(write);
        Self { path, does }
    }
}

/// The simulated Medipim.
pub struct Medipim {
    desk: Arc<Desk>,
    offer: Offer,
    limits: Limits,
}

impl Medipim {
    /// The server of what is on this desk.
    pub fn new(desk: Arc<Desk>, options: &Options) -> Self {
        Self {
            desk,
            offer: Offer {
                platform: options.platform,
                role: options.role_filter,
            },
            limits: Limits::new(options.rate_limit, options.minute_seconds),
        }
    }

    /// The endpoints, but for those that are missing.
    pub fn router(self, missing: &[String]) -> Router {
        let policy = self.limits.policy();
        let there = ENDPOINTS
            .into_iter()
            .filter(|endpoint| !missing.iter().any(|path| path == endpoint.path));
        there
            .fold(Router::new(), |router, endpoint| {
                let own = post(serve).layer(Extension(endpoint));
                router.route(endpoint.path, own)
            })
            .method_not_allowed_fallback(async || Refusal::method_not_allowed())
            .fallback(async || Refusal::not_found())
            .with_state(Arc::new(self))
            .layer(middleware::map_response(move |mut response: Response| {
                if let Some(policy) = &policy {
                    let headers = response.headers_mut();
                    headers.insert(RATE_LIMIT_POLICY, policy.clone());
                }
                std::future::ready(response)
            }))
    }

    /// Who asks, if it may ask now.
    fn admit(&self, headers: &HeaderMap) -> Result<Actor, Refusal> {
        let (id, secret) = credentials(headers).ok_or_else(Refusal::not_authenticated)?;
        let actor = self.desk.world().actor(id, &secret);
        let actor = actor.ok_or_else(Refusal::not_authenticated)?;
        match self.limits.take(id, Instant::now()) {
            true => Ok(actor),
            false => Err(Refusal::too_many_requests()),
        }
    }
}

/// The key id and secret of Basic authentication; none if there are none.
fn credentials(headers: &HeaderMap) -> Option<(u64, String)> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, encoded) = value.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    let decoded = BASE64_STANDARD.decode(encoded.trim()).ok()?;
    let pair = String::from_utf8(decoded).ok()?;
    let (id, secret) = pair.split_once(':')?;
    Some((id.parse().ok()?, secret.to_owned()))
}

async fn serve(
    State(medipim): State<Arc<Medipim>>,
    Extension(endpoint): Extension<Endpoint>,
    ConnectInfo(scissors): ConnectInfo<Scissors>,
    request: Request,
) -> Response {
    let answered = medipim.answer(endpoint, &scissors, request).await;
    let response = answered.unwrap_or_else(IntoResponse::into_response);
    tracing::debug!(path = endpoint.path, status = %response.status(), "answered");
    response
}

impl Medipim {
    async fn answer(
        self: Arc<Self>,
        endpoint: Endpoint,
        scissors: &Scissors,
        request: Request,
    ) -> Result<Response, Refusal> {
        let actor = self.admit(request.headers())?;
        let id = request.headers().get(REQUEST_ID);
        let id = id.and_then(|id| id.to_str().ok()).map(str::to_owned);
        let body = read_body(request.into_body()).await?;
        match endpoint.does {
            Does::Read(read) => {
                let question = Question {
                    world: self.desk.world(),
                    desk: Arc::clone(&self.desk),
                    actor,
                    offer: self.offer,
                    body,
                };
                aside(move || read(&question)).await?
            }
            Does::Write(write) => {
                let request = desk::Request {
                    path: endpoint.path,
                    actor,
                    id,
                    body,
                };
                let reply = aside(move || self.desk.take(&request, write)).await?;
                if !reply.delay.is_zero() {
                    tokio::time::sleep(reply.delay).await;
                }
                if !reply.sent {
                    scissors.cut();
                }
                // What is decided without an outcome is never sent.
                let shown = reply
                    .outcome
                    .unwrap_or_else(|| Err(Refusal::internal("cut")))?;
                show(&reply.world, shown)
            }
        }
    }
}

/// Works away from the tasks that send: it can take long, and it recurses.
async fn aside<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, Refusal> {
    tokio::task::spawn_blocking(work)
        .await
        .map_err(|error| Refusal::internal(error.to_string()))
}

async fn read_body(body: Body) -> Result<Bytes, Refusal> {
    let mut stream = body.into_data_stream();
    let (mut read, mut wasted) = (Vec::new(), 0);
    while let Some(piece) = stream.next().await {
        let piece = piece.map_err(|error| Refusal::bad_request(error.to_string()))?;
        if read.len() + piece.len() <= LARGEST_BODY && wasted == 0 {
            read.extend_from_slice(&piece);
        } else {
            wasted += piece.len();
        }
        if wasted > LARGEST_WASTE {
            break;
        }
    }
    match wasted {
        0 => Ok(read.into()),
        _ => Err(Refusal::payload_too_large(LARGEST_BODY)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn given(value: &str) -> Option<(u64, String)> {
        let mut headers = HeaderMap::new();
        headers.insert(header::AUTHORIZATION, value.parse().unwrap());
        credentials(&headers)
    }

    #[test]
    fn credentials_are_an_integer_and_a_text_that_may_have_colons() {
        let basic = |pair: &str| format!("Basic {}", BASE64_STANDARD.encode(pair));
        assert_eq!(given(&basic("12:a:b")), Some((12, "a:b".to_owned())));
        assert_eq!(given(&basic("12:")), Some((12, String::new())));
        for bad in ["12", "a:b", ":b", "-1:b"] {
            assert_eq!(given(&basic(bad)), None, "{bad}");
        }
        for bad in ["", "Basic", "Basic %", "Bearer MTI6YQ=="] {
            assert_eq!(given(bad), None, "{bad}");
        }
    }
}
