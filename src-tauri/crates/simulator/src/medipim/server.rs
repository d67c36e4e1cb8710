//! The endpoints: who asks, whether it may, what it asks, the answer.

use std::{sync::Arc, time::Instant};

use axum::{
    Extension, Router,
    body::Body,
    extract::{ConnectInfo, Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, header},
    middleware,
    response::{IntoResponse, Response},
    routing::post,
};
use base64::{Engine, prelude::BASE64_STANDARD};
use bytes::Bytes;
use futures::StreamExt;

use super::{
    answer::{Pieces, write_organization, write_user},
    body::Json,
    desk::{self, Desk, Write},
    filter::{Filter, Offer},
    holder::Actor,
    leaves::{Organizations, Users, find},
    limit::Limits,
    people,
    query::{self, Query},
    refusal::Refusal,
    world::World,
    write::Shown,
};
use crate::{Options, bits::Bits, line::Scissors};

/// The largest body that is read, in bytes: a list of half a million ids.
const LARGEST_BODY: usize = 8 * 1024 * 1024;

/// Of a body that is larger, so much is thrown away before the refusal is sent, so that the client
/// is not cut off while it still sends.
const LARGEST_WASTE: usize = 8 * LARGEST_BODY;

/// How a client names a request, so that it can be found in the record.
const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

const RATE_LIMIT_POLICY: HeaderName = HeaderName::from_static("ratelimit-policy");

/// Every endpoint.
pub const ENDPOINTS: [Endpoint; 4] = [
    Endpoint::new("/v4/users/query", Does::Read(users)),
    Endpoint::new("/v4/users/create", Does::Write(people::create)),
    Endpoint::new("/v4/users/update", Does::Write(people::update)),
    Endpoint::new("/v4/organizations/query", Does::Read(organizations)),
];

/// An endpoint.
#[derive(Clone, Copy)]
pub struct Endpoint {
    /// Where it is.
    pub path: &'static str,
    does: Does,
}

#[derive(Clone, Copy)]
enum Does {
    Read(fn(&Question) -> Result<Response, Refusal>),
    Write(Write),
}

impl Endpoint {
    const fn new(path: &'static str, does: Does) -> Self {
        Self { path, does }
    }
}

/// A request to read something.
struct Question {
    world: Arc<World>,
    actor: Actor,
    offer: Offer,
    body: Bytes,
}

/// The simulated Medipim.
pub struct Medipim {
    desk: Arc<Desk>,
    offer: Offer,
    limits: Limits,
}

/// The places of an answer, in order.
type Places = Box<dyn Iterator<Item = usize> + Send>;

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

fn users(question: &Question) -> Result<Response, Refusal> {
    let world = &question.world;
    let sight = world.sight(&question.actor);
    let sight = sight.ok_or_else(Refusal::access_denied)?;
    let query = query::read(&Json::read(&question.body)?, question.offer, &["id"]);
    let query = query.map_err(Refusal::invalid)?;
    let found = seen(sight.people, &query, |filter| find(&Users(world), filter));
    let total = found.count();
    let skipped = skipped(&query);
    let places: Places = match query.sorting.descending {
        false => Box::new(found.rising(skipped)),
        true => Box::new(found.falling(skipped)),
    };
    let world = Arc::clone(world);
    respond(total, &query, places, move |place, to: &mut Vec<u8>| {
        write_user(&world, place, to)
    })
}

fn organizations(question: &Question) -> Result<Response, Refusal> {
    let world = &question.world;
    let sight = world.sight(&question.actor);
    let sight = sight.ok_or_else(Refusal::access_denied)?;
    let query = query::read(
        &Json::read(&question.body)?,
        question.offer,
        &["id", "name"],
    );
    let query = query.map_err(Refusal::invalid)?;
    let found = seen(sight.organizations, &query, |filter| {
        find(&Organizations(world), filter)
    });
    let total = found.count();
    let skipped = skipped(&query);
    let places: Places = match (query.sorting.by_name, query.sorting.descending) {
        (false, false) => Box::new(found.rising(skipped)),
        (false, true) => Box::new(found.falling(skipped)),
        (true, descending) => {
            let mut named = world.by_name();
            named.retain(|place| found.contains(*place));
            if descending {
                named.reverse();
            }
            Box::new(named.into_iter().skip(skipped))
        }
    };
    let world = Arc::clone(world);
    respond(total, &query, places, move |place, to: &mut Vec<u8>| {
        write_organization(&world, place, to)
    })
}

/// What a query finds among what the key sees.
fn seen<L>(visible: Bits, query: &Query<L>, find: impl FnOnce(&Filter<L>) -> Bits) -> Bits {
    let mut seen = visible;
    if let Some(filter) = &query.filter {
        seen &= &find(filter);
    }
    seen
}

fn skipped<L>(query: &Query<L>) -> usize {
    query.page.map_or(0, |page| {
        usize::try_from(page.offset()).unwrap_or(usize::MAX)
    })
}

/// The answer: a page at once, everything as a stream.
fn respond<L>(
    total: usize,
    query: &Query<L>,
    places: Places,
    write: impl Fn(usize, &mut Vec<u8>) -> serde_json::Result<()> + Send + 'static,
) -> Result<Response, Refusal> {
    let body = match query.page {
        Some(page) => {
            let rows = places.take(page.size as usize);
            let pieces: Result<Vec<Bytes>, _> =
                Pieces::new(total, query.page, rows, write).collect();
            let pieces = pieces.map_err(|error| Refusal::internal(error.to_string()))?;
            Body::from(pieces.concat())
        }
        None => {
            let pieces = Pieces::new(total, None, places, write);
            Body::from_stream(futures::stream::iter(pieces))
        }
    };
    Ok(json(body))
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
        let body = read(request.into_body()).await?;
        match endpoint.does {
            Does::Read(read) => {
                let question = Question {
                    world: self.desk.world(),
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
                tokio::time::sleep(reply.delay).await;
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

/// The answer to an accepted write.
fn show(world: &World, shown: Shown) -> Result<Response, Refusal> {
    let mut body = Vec::new();
    let written = match shown {
        Shown::User(id) => {
            body.extend_from_slice(b"{\"user\":");
            let place = world.place_of_person(id).unwrap_or_default();
            write_user(world, place, &mut body)
        }
    };
    written.map_err(|error| Refusal::internal(error.to_string()))?;
    body.push(b'}');
    Ok(json(body.into()))
}

fn json(body: Body) -> Response {
    let json = HeaderValue::from_static("application/json");
    ([(header::CONTENT_TYPE, json)], body).into_response()
}

async fn read(body: Body) -> Result<Bytes, Refusal> {
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
