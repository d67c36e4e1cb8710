//! A change of what the simulated Medipim knows: what the journal keeps of an accepted write. No
//! password and no secret is in it.

use muster_directory::Role;
use serde::{Deserialize, Serialize};

use super::{
    details::{Details, Subscription},
    world::{Record, World},
};
use crate::naming::Language;

/// A change. It fits the world in which it was made, and no other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// There is a new user.
    UserCreated(NewUser),
    /// A user is different.
    UserUpdated(UserUpdate),
}

/// A new user.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewUser {
    /// The vendor's id.
    pub id: u64,
    /// When, in Unix seconds.
    pub at: i64,
    /// The display name.
    pub name: String,
    /// The role.
    pub role: Role,
    /// The id of the organization.
    pub organization: u64,
    /// Everything else.
    pub details: Details,
}

/// What is different with a user; what is none stays.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UserUpdate {
    /// Whose.
    pub id: u64,
    /// When, in Unix seconds.
    pub at: i64,
    /// The display name.
    pub name: Option<String>,
    /// Whether others see the profile.
    pub public: Option<bool>,
    /// The preferred language.
    pub language: Option<Language>,
    /// The subscription.
    pub subscription: Option<Subscription>,
}

/// A change that does not fit: it names something that is not there.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("a change of {0} does not fit")]
pub struct Unfit(&'static str);

impl World {
    /// Makes a change; nothing happens if it does not fit.
    pub fn apply(&mut self, change: &Change) -> Result<(), Unfit> {
        match change {
            Change::UserCreated(user) => self.create_user(user),
            Change::UserUpdated(update) => self.update_user(update),
        }
    }

    fn create_user(&mut self, user: &NewUser) -> Result<(), Unfit> {
        let organization = self.place_of_organization(user.organization);
        let organization = organization.ok_or(Unfit("users"))?;
        if user.id != self.next_person() {
            return Err(Unfit("users"));
        }
        let record = Record {
            id: user.id,
            name: user.name.as_str().into(),
            organization: Some(user.organization),
            created_at: user.at,
            updated_at: user.at,
            role: user.role.clone(),
            details: user.details.clone(),
        };
        self.add_person(organization, record);
        Ok(())
    }

    fn update_user(&mut self, update: &UserUpdate) -> Result<(), Unfit> {
        let place = self.place_of_person(update.id).ok_or(Unfit("users"))?;
        let record = self.record_mut(place).ok_or(Unfit("users"))?;
        if let Some(name) = &update.name {
            record.name = name.as_str().into();
        }
        let traits = &mut record.details.traits;
        traits.public = update.public.unwrap_or(traits.public);
        traits.language = update.language.unwrap_or(traits.language);
        traits.subscription = update.subscription.unwrap_or(traits.subscription);
        record.updated_at = record.updated_at.max(update.at);
        Ok(())
    }
}
