//! Questions: users/query, organizations/query, and what all questions share.

use std::sync::Arc;

use axum::{body::Body, response::Response};
use bytes::Bytes;
use serde::Serialize;

use super::{
    answer::{Pieces, json, write_organization, write_user},
    body::Json,
    desk::Desk,
    filter::{Filter, Leaf, Offer},
    holder::Actor,
    leaves::{Holds, Items, Organizations, Users, find},
    query::{self, Query},
    refusal::Refusal,
    world::World,
};
use crate::bits::Bits;

/// A request to read something.
pub struct Question {
    /// What there is. It stays so while the answer is sent.
    pub world: Arc<World>,
    /// Where the rules are.
    pub desk: Arc<Desk>,
    /// Who asks.
    pub actor: Actor,
    /// Which filters there are.
    pub offer: Offer,
    /// What is asked.
    pub body: Bytes,
}

impl Question {
    /// Whether the rules allow an action; 403 if not.
    pub fn check(&self, action: &'static str) -> Result<(), Refusal> {
        self.desk.rules().check(&self.actor.role, action, None)
    }
}

/// The places of an answer, in order.
type Places = Box<dyn Iterator<Item = usize> + Send>;

/// `POST /v4/users/query` `[Q]`.
pub fn users(question: &Question) -> Result<Response, Refusal> {
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

/// `POST /v4/organizations/query` `[V]`.
pub fn organizations(question: &Question) -> Result<Response, Refusal> {
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

/// The answer to a question about a list that the one who asks sees whole, with rising ids.
pub fn list<L, T>(question: &Question, items: Vec<T>) -> Result<Response, Refusal>
where
    L: Leaf,
    T: Holds<L> + Serialize + Send + 'static,
{
    let query = query::read::<L>(&Json::read(&question.body)?, question.offer, &["id"]);
    let query = query.map_err(Refusal::invalid)?;
    let found = seen(Bits::all(items.len()), &query, |filter| {
        find(&Items(&items), filter)
    });
    let (total, skipped) = (found.count(), skipped(&query));
    let places: Places = match query.sorting.descending {
        false => Box::new(found.rising(skipped)),
        true => Box::new(found.falling(skipped)),
    };
    respond(total, &query, places, move |place, to: &mut Vec<u8>| {
        serde_json::to_writer(to, &items[place])
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

/// How many items stand before the page.
pub fn skipped<L>(query: &Query<L>) -> usize {
    query.page.map_or(0, |page| {
        usize::try_from(page.offset()).unwrap_or(usize::MAX)
    })
}

/// The answer: a page at once, everything as a stream.
pub fn respond<L>(
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
