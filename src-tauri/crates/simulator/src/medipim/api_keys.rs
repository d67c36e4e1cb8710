//! api-keys/create, api-keys/query and api-keys/update.

use std::sync::Arc;

use axum::response::Response;
use muster_directory::permission::Target;
use serde::Serialize;

use super::{
    body::Json,
    change::{ApiKeyUpdate, Change, NewApiKey},
    filter::{Leaf, Offer, Wrong, id, ids},
    form::{self, Form},
    holder::{Actor, ApiKey},
    leaves::Holds,
    read::{Question, list},
    refusal::Refusal,
    world::World,
    write::{Accepted, Shown, Turn},
};

/// `POST /v4/api-keys/create` `[V]`.
pub fn create(turn: &Turn<'_>) -> Result<Accepted, Refusal> {
    turn.check("api_key.create", None)?;
    let mut form = Form::default();
    let root = form.root(turn.json, &["user", "name"]);
    let user = form.required(&root, "user", |json| {
        let id = form::id(json)?;
        let target = as_target(turn.world, turn.actor, id);
        target
            .filter(|target| turn.world.reaches(turn.actor, *target))
            .map(|target| (id, target))
            .ok_or_else(|| "is not a user whom this key sees".to_owned())
    });
    if let Some((_, target)) = user {
        turn.check("api_key.create", Some(target))?;
    }
    let name = form.required(&root, "name", form::name);
    let (name, (user, _)) = form.finish_with(name.zip(user))?;
    let key = NewApiKey {
        id: turn.world.next_key(),
        user,
        name: name.to_owned(),
    };
    let shown = Shown::NewApiKey(key.id);
    Ok(Accepted::change(Change::ApiKeyCreated(key), shown))
}

/// `POST /v4/api-keys/update` `[C]`.
pub fn update(turn: &Turn<'_>) -> Result<Accepted, Refusal> {
    turn.check("api_key.manage", None)?;
    let mut form = Form::default();
    let root = form.root(turn.json, &["id", "name", "isEnabled"]);
    let id = form.required(&root, "id", form::id);
    if let Some(id) = id {
        let key = turn.world.api_key(id);
        let target = key.and_then(|key| reached(turn.world, turn.actor, &key));
        let target = target.ok_or_else(|| Refusal::unknown_id("API key", id))?;
        turn.check("api_key.manage", Some(target))?;
    }
    let name = form.optional(&root, "name", form::name);
    let enabled = form.optional(&root, "isEnabled", form::flag);
    if !root.has("name") && !root.has("isEnabled") {
        form.complain("body", "changes nothing: expected name or isEnabled");
    }
    let id = form.finish_with(id)?;
    let update = ApiKeyUpdate {
        id,
        name: name.map(str::to_owned),
        enabled,
    };
    let shown = Shown::ApiKey(id);
    Ok(Accepted::change(Change::ApiKeyUpdated(update), shown))
}

/// How the user with an id stands to who acts; none if there is none.
fn as_target(world: &World, actor: &Actor, user: u64) -> Option<Target> {
    let place = world.place_of_person(user)?;
    Some(world.person_as_target(actor, &world.person(place)))
}

/// How the user of a key stands to who acts; none if it is not reached.
fn reached(world: &World, actor: &Actor, key: &ApiKey) -> Option<Target> {
    let target = as_target(world, actor, key.user?)?;
    world.reaches(actor, target).then_some(target)
}

/// A condition on a key `[C]`.
#[derive(Debug, PartialEq)]
enum KeyLeaf {
    /// One of these ids.
    Id(Vec<u64>),
    /// Of this user.
    User(u64),
}

impl Leaf for KeyLeaf {
    fn keys(_: Offer) -> Vec<&'static str> {
        vec!["id", "user"]
    }

    fn read(key: &str, operand: &Json, _: Offer) -> Option<Result<Self, Wrong>> {
        match key {
            "id" => Some(ids(operand).map(Self::Id)),
            "user" => Some(id(operand).map(Self::User)),
            _ => None,
        }
    }
}

/// A key as it is told: without its secret.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ShownKey {
    id: u64,
    user: Option<u64>,
    name: Box<str>,
    is_enabled: bool,
}

impl From<&ApiKey> for ShownKey {
    fn from(key: &ApiKey) -> Self {
        Self {
            id: key.id,
            user: key.user,
            name: key.name.clone(),
            is_enabled: key.enabled,
        }
    }
}

impl Holds<KeyLeaf> for ShownKey {
    fn holds(&self, leaf: &KeyLeaf) -> bool {
        match leaf {
            KeyLeaf::Id(ids) => ids.contains(&self.id),
            KeyLeaf::User(user) => self.user == Some(*user),
        }
    }
}

/// `POST /v4/api-keys/query` `[C]`.
pub fn query(question: &Question) -> Result<Response, Refusal> {
    let (world, actor) = (&question.world, &question.actor);
    question.check("api_key.manage")?;
    let keys = world.api_keys();
    let seen = |key: &&Arc<ApiKey>| reached(world, actor, key).is_some();
    let shown: Vec<ShownKey> = keys
        .iter()
        .filter(seen)
        .map(|key| (&**key).into())
        .collect();
    list::<KeyLeaf, _>(question, shown)
}
