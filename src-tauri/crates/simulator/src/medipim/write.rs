//! What a write is given and what comes of it.

use std::collections::HashSet;

use muster_directory::permission::Target;

use super::{
    body::Json, change::Change, form, holder::Actor, refusal::Refusal, rules::Rules, world::World,
};
use crate::mutation::Touched;

/// A write that is being looked at. Nothing else is written meanwhile.
pub struct Turn<'a> {
    /// What there is.
    pub world: &'a World,
    /// The addresses of created users, in lower case.
    pub emails: &'a HashSet<Box<str>>,
    /// Who may what.
    pub rules: &'a Rules,
    /// Who asks.
    pub actor: &'a Actor,
    /// What is asked.
    pub json: &'a Json,
    /// Now, in Unix seconds.
    pub now: i64,
}

/// A write that is in order.
#[derive(Debug)]
pub struct Accepted {
    /// What it changes; none if everything is so already.
    pub change: Option<Change>,
    /// What the answer shows, as it is afterwards.
    pub shown: Shown,
}

/// What the answer to a write shows.
#[derive(Debug, Clone, Copy)]
pub enum Shown {
    /// The user with this id.
    User(u64),
    /// The organization with this id.
    Organization(u64),
    /// The key with this id.
    ApiKey(u64),
    /// The key with this id and its secret, which is told this once.
    NewApiKey(u64),
}

impl Accepted {
    /// One that changes something.
    pub const fn change(change: Change, shown: Shown) -> Self {
        Self {
            change: Some(change),
            shown,
        }
    }
}

impl Shown {
    /// Whom or what the write is about.
    pub const fn touched(self) -> Touched {
        match self {
            Self::User(id) => Touched::User(id),
            Self::Organization(id) => Touched::Organization(id),
            Self::ApiKey(id) | Self::NewApiKey(id) => Touched::ApiKey(id),
        }
    }
}

impl Turn<'_> {
    /// Whether the rules allow an action; 403 if not.
    pub fn check(&self, action: &'static str, target: Option<Target>) -> Result<(), Refusal> {
        self.rules.check(&self.actor.role, action, target)
    }

    /// Whether somebody has this address, in any case of its letters.
    pub fn is_used(&self, email: &str) -> bool {
        self.emails.contains(email.to_lowercase().as_str()) || self.world.is_seeded_email(email)
    }

    /// The place of a person whom the key reaches; 404 if there is none.
    pub fn person(&self, id: u64) -> Result<usize, Refusal> {
        let place = self.world.place_of_person(id).filter(|place| {
            let person = self.world.person(*place);
            let target = self.world.person_as_target(self.actor, &person);
            self.world.reaches(self.actor, target)
        });
        place.ok_or_else(|| Refusal::unknown_id("user", id))
    }

    /// The id of an organization that the key reaches.
    pub fn organization(&self, json: &Json) -> form::Read<u64> {
        let id = form::id(json)?;
        let place = self.world.place_of_organization(id);
        let reached = place.is_some_and(|place| {
            let target = self.world.organization_as_target(self.actor, place);
            self.world.reaches(self.actor, target)
        });
        match reached {
            true => Ok(id),
            false => Err("is not an organization that is linked to this key".to_owned()),
        }
    }
}
