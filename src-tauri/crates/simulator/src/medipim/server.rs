//! The endpoints: who asks, whether it may, what it asks, the answer.

use std::{sync::Arc, time::Instant};

use axum::{
    Router,
    body::Body,
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, header},
    response::{IntoResponse, Response},
    routing::post,
};
use base64::{Engine, prelude::BASE64_STANDARD};
use bytes::Bytes;
use futures::StreamExt;

use super::{
    answer::{Pieces, write_organization, write_user},
    body::Json,
    filter::{Filter, Offer, OrganizationLeaf, UserLeaf},
    key::{self, Key, Sight},
    leaves::{Organizations, Users, find, fold},
    limit::Limit,
    query::{self, Query},
    refusal::Refusal,
};
use crate::{Options, bits::Bits, population::Population};

/// The largest body that is read, in bytes: a list of half a million ids.
const LARGEST_BODY: usize = 8 * 1024 * 1024;

/// Of a body that is larger, so much is thrown away before the refusal is sent, so that the client
/// is not cut off while it still sends.
const LARGEST_WASTE: usize = 8 * LARGEST_BODY;

/// The simulated Medipim.
pub struct Medipim {
    population: Arc<Population>,
    offer: Offer,
    holders: Vec<Holder>,
    /// The names of the organizations, folded.
    folded: Vec<Box<str>>,
    /// The places of the organizations in the order of their folded names, then ids.
    by_name: Vec<usize>,
}

/// A key, what it sees, and how much it asked.
struct Holder {
    key: Key,
    sight: Option<Arc<Sight>>,
    limit: Limit,
}

/// The places of an answer, in order.
type Places = Box<dyn Iterator<Item = usize> + Send>;

impl Medipim {
    /// The server of this population.
    pub fn new(population: Arc<Population>, options: &Options) -> Self {
        let holders = key::keys(&population, options.seed)
            .into_iter()
            .map(|key| Holder {
                sight: Sight::of(&key, &population).map(Arc::new),
                limit: Limit::new(options.rate_limit),
                key,
            })
            .collect();
        let firms = population.firms();
        let folded: Vec<_> = firms.iter().map(|firm| fold(&firm.name)).collect();
        let mut by_name: Vec<usize> = (0..folded.len()).collect();
        by_name.sort_by(|one, other| folded[*one].cmp(&folded[*other]));
        Self {
            offer: Offer {
                platform: options.platform,
                role: options.role_filter,
            },
            population,
            holders,
            folded,
            by_name,
        }
    }

    /// The keys, in the order of their ids.
    pub fn keys(&self) -> Vec<Key> {
        self.holders
            .iter()
            .map(|holder| holder.key.clone())
            .collect()
    }

    /// The endpoints.
    pub fn router(self) -> Router {
        Router::new()
            .route("/v4/users/query", post(users))
            .route("/v4/organizations/query", post(organizations))
            .method_not_allowed_fallback(async || Refusal::method_not_allowed())
            .fallback(async || Refusal::not_found())
            .with_state(Arc::new(self))
    }

    /// What the one who asks sees, if it may ask now.
    fn admit(&self, headers: &HeaderMap) -> Result<Arc<Sight>, Refusal> {
        let (id, secret) = credentials(headers).ok_or_else(Refusal::not_authenticated)?;
        let mut holders = self.holders.iter();
        let holder = holders
            .find(|holder| holder.key.id == id && holder.key.secret == secret)
            .ok_or_else(Refusal::not_authenticated)?;
        if !holder.limit.take(Instant::now()) {
            return Err(Refusal::too_many_requests());
        }
        holder.sight.clone().ok_or_else(Refusal::access_denied)
    }

    fn find_users(&self, filter: &Filter<UserLeaf>) -> Bits {
        find(&Users(&self.population), filter)
    }

    fn find_organizations(&self, filter: &Filter<OrganizationLeaf>) -> Bits {
        let organizations = Organizations {
            population: &self.population,
            folded: &self.folded,
        };
        find(&organizations, filter)
    }

    fn users(&self, body: &[u8], sight: &Sight) -> Result<Response, Refusal> {
        let query = query::read(&Json::read(body)?, self.offer, &["id"]);
        let query = query.map_err(Refusal::invalid)?;
        let found = seen(&sight.people, &query, |filter| self.find_users(filter));
        let total = found.count();
        let skipped = skipped(&query);
        let places: Places = match query.sorting.descending {
            false => Box::new(found.rising(skipped)),
            true => Box::new(found.falling(skipped)),
        };
        let population = Arc::clone(&self.population);
        respond(total, &query, places, move |place, to: &mut Vec<u8>| {
            write_user(&population, place, to)
        })
    }

    fn organizations(&self, body: &[u8], sight: &Sight) -> Result<Response, Refusal> {
        let query = query::read(&Json::read(body)?, self.offer, &["id", "name"]);
        let query = query.map_err(Refusal::invalid)?;
        let found = seen(&sight.organizations, &query, |filter| {
            self.find_organizations(filter)
        });
        let total = found.count();
        let skipped = skipped(&query);
        let places: Places = match (query.sorting.by_name, query.sorting.descending) {
            (false, false) => Box::new(found.rising(skipped)),
            (false, true) => Box::new(found.falling(skipped)),
            (true, descending) => {
                let in_order = self.by_name.iter().copied();
                let mut named: Vec<_> = in_order.filter(|place| found.contains(*place)).collect();
                if descending {
                    named.reverse();
                }
                Box::new(named.into_iter().skip(skipped))
            }
        };
        let population = Arc::clone(&self.population);
        respond(total, &query, places, move |place, to: &mut Vec<u8>| {
            write_organization(&population, place, to)
        })
    }
}

/// What a query finds among what the key sees.
fn seen<L>(visible: &Bits, query: &Query<L>, find: impl FnOnce(&Filter<L>) -> Bits) -> Bits {
    match &query.filter {
        None => visible.clone(),
        Some(filter) => {
            let mut found = find(filter);
            found &= visible;
            found
        }
    }
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
    let json = HeaderValue::from_static("application/json");
    Ok(([(header::CONTENT_TYPE, json)], body).into_response())
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

type Find = fn(&Medipim, &[u8], &Sight) -> Result<Response, Refusal>;

async fn users(State(medipim): State<Arc<Medipim>>, request: Request) -> Response {
    serve(medipim, request, Medipim::users).await
}

async fn organizations(State(medipim): State<Arc<Medipim>>, request: Request) -> Response {
    serve(medipim, request, Medipim::organizations).await
}

async fn serve(medipim: Arc<Medipim>, request: Request, find: Find) -> Response {
    let path = request.uri().path().to_owned();
    let response = match answer(medipim, request, find).await {
        Ok(response) => response,
        Err(refusal) => refusal.into_response(),
    };
    tracing::debug!(path, status = %response.status(), "answered");
    response
}

async fn answer(medipim: Arc<Medipim>, request: Request, find: Find) -> Result<Response, Refusal> {
    let sight = medipim.admit(request.headers())?;
    let body = read(request.into_body()).await?;
    // Away from the tasks that send: it can take long, and it recurses.
    tokio::task::spawn_blocking(move || find(&medipim, &body, &sight))
        .await
        .unwrap_or_else(|error| Err(Refusal::internal(error.to_string())))
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
