//! organizations/check/subscription and subscription-types/query.

use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
    time::{SystemTime, UNIX_EPOCH},
};

use axum::response::Response;
use serde::Serialize;

use super::{
    body::Json,
    details::Subscription,
    filter::{Leaf, Offer, OrganizationLeaf, Wrong, ids, text},
    holder::ApiKey,
    key::secret,
    leaves::{Holds, Organizations, find},
    query,
    read::{Question, list, respond, skipped},
    refusal::{Refusal, Violation},
    subscription_types::{Localized, SubscriptionType, TYPES, with_id},
    world::World,
};
use crate::bits::Bits;

/// A condition on a type of subscriptions `[V]`.
#[derive(Debug, PartialEq)]
enum TypeLeaf {
    /// One of these ids.
    Id(Vec<u64>),
    /// With this code.
    Code(String),
}

impl Leaf for TypeLeaf {
    fn keys(_: Offer) -> Vec<&'static str> {
        vec!["id", "code"]
    }

    fn read(key: &str, operand: &Json, _: Offer) -> Option<Result<Self, Wrong>> {
        match key {
            "id" => Some(ids(operand).map(Self::Id)),
            "code" => Some(text(operand).map(|code| Self::Code(code.to_owned()))),
            _ => None,
        }
    }
}

impl Holds<TypeLeaf> for &SubscriptionType {
    fn holds(&self, leaf: &TypeLeaf) -> bool {
        match leaf {
            TypeLeaf::Id(ids) => ids.contains(&self.id),
            TypeLeaf::Code(code) => self.code == code,
        }
    }
}

/// `POST /v4/subscription-types/query` `[V]`: whoever has a key sees them.
pub fn types(question: &Question) -> Result<Response, Refusal> {
    list::<TypeLeaf, _>(question, TYPES.iter().collect())
}

/// An organization with what its people subscribed to `[V]`.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Checked<'a> {
    organization: u64,
    name: &'a str,
    active_subscriptions: Vec<Active>,
    api_keys: Vec<TellingKey>,
}

/// A type of subscriptions that is in force.
#[derive(Serialize)]
struct Active {
    #[serde(rename = "type")]
    kind: u64,
    name: Option<&'static Localized>,
    start: Option<u64>,
    end: Option<u64>,
}

/// A key with its secret.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct TellingKey {
    id: u64,
    user: Option<u64>,
    name: Box<str>,
    secret: String,
    is_enabled: bool,
}

/// `POST /v4/organizations/check/subscription` `[V]`.
pub fn check(question: &Question) -> Result<Response, Refusal> {
    question.check("organization.view")?;
    let json = Json::read(&question.body)?;
    let query = query::read::<OrganizationLeaf>(&json, question.offer, &["id"]);
    let query = query.map_err(Refusal::invalid)?;
    let Some(filter) = &query.filter else {
        return Err(Refusal::invalid(vec![Violation {
            path: "filter".to_owned(),
            message: "is required".to_owned(),
        }]));
    };
    let world = &question.world;
    let mut found = reached(question);
    found &= &find(&Organizations(world), filter);
    let (total, skipped) = (found.count(), skipped(&query));
    let places: Vec<usize> = match query.sorting.descending {
        false => found.rising(skipped).collect(),
        true => found.falling(skipped).collect(),
    };
    let (world, keys) = (Arc::clone(world), kept_keys(world));
    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    let now = now.unwrap_or_default().as_secs();
    let write = move |place, to: &mut Vec<u8>| {
        let checked = checked(&world, place, &keys, now);
        serde_json::to_writer(to, &checked)
    };
    respond(total, &query, Box::new(places.into_iter()), write)
}

/// The organizations that are there for who asks.
fn reached(question: &Question) -> Bits {
    let (world, actor) = (&question.world, &question.actor);
    let mut reached = Bits::none(world.organization_count());
    for place in 0..world.organization_count() {
        if world.reaches(actor, world.organization_as_target(actor, place)) {
            reached.insert(place);
        }
    }
    reached
}

/// The keys that are not as the seed says, by their user.
fn kept_keys(world: &World) -> HashMap<u64, Vec<Arc<ApiKey>>> {
    let mut by_user = HashMap::<_, Vec<_>>::new();
    for key in world.keys.values() {
        if let Some(user) = key.user {
            by_user.entry(user).or_default().push(Arc::clone(key));
        }
    }
    by_user
}

fn checked<'a>(
    world: &'a World,
    place: usize,
    keys: &HashMap<u64, Vec<Arc<ApiKey>>>,
    now: u64,
) -> Checked<'a> {
    let firm = world.firm(place);
    let mut active = BTreeMap::new();
    let mut api_keys = Vec::new();
    for member in world.members(place) {
        let subscription = world.traits(member).subscription;
        if subscription.is_active(now) {
            let longest = active.entry(subscription.kind).or_insert(subscription);
            *longest = together(*longest, subscription);
        }
        let kept = keys.get(&world.person(member).id);
        let kept = kept.into_iter().flatten().map(|key| (**key).clone());
        let seeded = world.seeded_key(member);
        api_keys.extend(kept.chain(seeded).map(|key| telling(world, key)));
    }
    api_keys.sort_unstable_by_key(|key| key.id);
    Checked {
        organization: firm.id.into(),
        name: &firm.name,
        active_subscriptions: active.into_values().map(shown).collect(),
        api_keys,
    }
}

/// From the earliest start to the latest end; none of either is further than any.
fn together(one: Subscription, other: Subscription) -> Subscription {
    Subscription {
        kind: one.kind,
        start: one
            .start
            .zip(other.start)
            .map(|(one, other)| one.min(other)),
        end: one.end.zip(other.end).map(|(one, other)| one.max(other)),
    }
}

fn shown(subscription: Subscription) -> Active {
    Active {
        kind: subscription.kind,
        name: with_id(subscription.kind).map(|kind| &kind.name),
        start: subscription.start,
        end: subscription.end,
    }
}

fn telling(world: &World, key: ApiKey) -> TellingKey {
    TellingKey {
        id: key.id,
        user: key.user,
        secret: secret(world.seeded.seed, key.id),
        is_enabled: key.enabled,
        name: key.name,
    }
}
