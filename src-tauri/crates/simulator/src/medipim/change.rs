//! A change of what the simulated Medipim knows: what the journal keeps of an accepted write. No
//! password and no secret is in it.

use std::sync::Arc;

use muster_directory::{OrganizationType, Role};
use serde::{Deserialize, Serialize};

use super::{
    details::{Details, Subscription},
    holder::{Account, ApiKey, Links},
    world::{Record, World},
};
use crate::{naming::Language, population::Firm};

/// A change. It fits the world in which it was made, and no other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// There is a new user.
    UserCreated(NewUser),
    /// A user is different.
    UserUpdated(UserUpdate),
    /// There is a new organization, linked to who created it.
    OrganizationCreated(NewOrganization),
    /// An organization is linked to one more account.
    OrganizationLinked(Link),
    /// There is a new key.
    ApiKeyCreated(NewApiKey),
    /// A key is different.
    ApiKeyUpdated(ApiKeyUpdate),
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

/// A new organization.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewOrganization {
    /// The vendor's id.
    pub id: u64,
    /// When, in Unix seconds.
    pub at: i64,
    /// The display name.
    pub name: String,
    /// What kind of organization it is.
    #[serde(rename = "type")]
    pub kind: OrganizationType,
    /// In the order of the platform's identifiers.
    pub numbers: Vec<Option<String>>,
    /// To whom it is linked.
    pub account: Account,
}

/// A new link.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// The organization.
    pub organization: u64,
    /// To whom it is linked.
    pub account: Account,
}

/// A new key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewApiKey {
    /// The vendor's id.
    pub id: u64,
    /// Whose.
    pub user: u64,
    /// What it is called.
    pub name: String,
}

/// What is different with a key; what is none stays.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApiKeyUpdate {
    /// Which.
    pub id: u64,
    /// What it is called.
    pub name: Option<String>,
    /// Whether it opens anything.
    pub enabled: Option<bool>,
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
            Change::OrganizationCreated(organization) => self.create_organization(organization),
            Change::OrganizationLinked(link) => {
                let place = self.place_of_organization(link.organization);
                self.link(place.ok_or(Unfit("links"))?, link.account);
                Ok(())
            }
            Change::ApiKeyCreated(key) => self.create_api_key(key),
            Change::ApiKeyUpdated(update) => self.update_api_key(update),
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

    fn create_organization(&mut self, organization: &NewOrganization) -> Result<(), Unfit> {
        let unfit = Unfit("organizations");
        let numbers = self.platform().identifiers().len();
        if organization.id != self.next_organization() || organization.numbers.len() != numbers {
            return Err(unfit);
        }
        let at = u32::try_from(organization.at).unwrap_or(u32::MAX);
        let number = |number: &Option<String>| number.as_deref().map(Into::into);
        let place = self.add_organization(Firm {
            id: u32::try_from(organization.id).map_err(|_| unfit)?,
            name: organization.name.as_str().into(),
            kind: organization.kind.clone(),
            numbers: organization.numbers.iter().map(number).collect(),
            specializations: Vec::new(),
            created_at: at,
            updated_at: at,
        });
        self.link(place, organization.account);
        Ok(())
    }

    fn link(&mut self, organization: usize, account: Account) {
        let seeded = Arc::clone(&self.seeded);
        let none = || Arc::new(Links::none(&seeded, false));
        let links = self.links.entry(account).or_insert_with(none);
        Arc::make_mut(links).insert(organization, &seeded);
    }

    fn create_api_key(&mut self, key: &NewApiKey) -> Result<(), Unfit> {
        if key.id != self.next_key() || self.place_of_person(key.user).is_none() {
            return Err(Unfit("API keys"));
        }
        let key = ApiKey {
            id: key.id,
            user: Some(key.user),
            name: key.name.as_str().into(),
            enabled: true,
        };
        self.keys.insert(key.id, Arc::new(key));
        Ok(())
    }

    fn update_api_key(&mut self, update: &ApiKeyUpdate) -> Result<(), Unfit> {
        let mut key = self.api_key(update.id).ok_or(Unfit("API keys"))?;
        let own = Arc::make_mut(&mut key);
        if let Some(name) = &update.name {
            own.name = name.as_str().into();
        }
        own.enabled = update.enabled.unwrap_or(own.enabled);
        self.keys.insert(update.id, key);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        Options,
        medipim::{Seeded, details::Traits},
        seeding::populate,
    };

    fn world() -> World {
        let options = Options {
            people: 100,
            organizations: 20,
            ..Options::default()
        };
        World::new(Arc::new(Seeded::new(populate(&options), options.seed)))
    }

    fn new_user(world: &World, organization: u64) -> NewUser {
        NewUser {
            id: world.next_person(),
            at: 1_800_000_000,
            name: "Anna".to_owned(),
            role: Role::MedicalProfessional,
            organization,
            details: Details {
                email: "anna@example.org".to_owned(),
                target_groups: Vec::new(),
                traits: Traits {
                    enabled: true,
                    public: true,
                    language: Language::Dutch,
                    subscription: Subscription::ALWAYS_FREE,
                },
            },
        }
    }

    #[test]
    fn a_change_that_does_not_fit_changes_nothing() {
        let mut world = world();
        let before = format!("{world:?}");
        let first = world.firm(0).id.into();
        let good = new_user(&world, first);
        let account = Account::Key(2);
        for change in [
            Change::UserCreated(NewUser {
                id: good.id + 1,
                ..good.clone()
            }),
            Change::UserCreated(NewUser {
                organization: 1,
                ..good.clone()
            }),
            Change::OrganizationLinked(Link {
                organization: 1,
                account,
            }),
            Change::OrganizationCreated(NewOrganization {
                id: world.next_organization(),
                at: 0,
                name: "A".to_owned(),
                kind: OrganizationType::Other,
                numbers: Vec::new(),
                account,
            }),
            Change::ApiKeyCreated(NewApiKey {
                id: world.next_key(),
                user: 1,
                name: "A".to_owned(),
            }),
            Change::ApiKeyUpdated(ApiKeyUpdate {
                id: 99,
                name: None,
                enabled: Some(false),
            }),
        ] {
            assert!(world.apply(&change).is_err(), "{change:?}");
        }
        assert_eq!(format!("{world:?}"), before);
        assert_eq!(world.apply(&Change::UserCreated(good)), Ok(()));
    }

    #[test]
    fn a_change_is_the_same_after_it_was_kept() {
        let world = world();
        let first = world.firm(0).id.into();
        let update = UserUpdate {
            id: 5,
            at: 1_800_000_000,
            name: None,
            public: Some(false),
            language: None,
            subscription: Some(Subscription {
                kind: 4,
                start: None,
                end: Some(1_900_000_000),
            }),
        };
        for change in [
            Change::UserCreated(new_user(&world, first)),
            Change::UserUpdated(update),
        ] {
            let line = serde_json::to_string(&change).unwrap();
            assert_eq!(serde_json::from_str::<Change>(&line).unwrap(), change);
            assert!(!line.contains('\n'), "one line");
        }
    }

    #[test]
    fn the_last_change_of_a_person_is_never_before_the_one_before() {
        let mut world = world();
        let (id, before) = (world.person(0).id, world.person(0).updated_at);
        let update = |at| {
            Change::UserUpdated(UserUpdate {
                id,
                at,
                name: Some("A".to_owned()),
                public: None,
                language: None,
                subscription: None,
            })
        };
        world.apply(&update(0)).unwrap();
        assert_eq!(world.person(0).updated_at, before);
        world.apply(&update(before + 5)).unwrap();
        assert_eq!(world.person(0).updated_at, before + 5);
    }
}
