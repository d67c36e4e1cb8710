//! What people, organizations and types of subscription that are named by their ids are called, as
//! far as it is known here. Contacts nobody.

use std::collections::BTreeMap;

use muster_directory::{OrganizationId, PersonId};
use muster_vendor::medipim::SubscriptionType;

use crate::{Engine, Result, engine::blocking};

/// What ids are called. Whoever is not in it is not known here.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct KnownNames {
    /// People of the mirror, those who are gone too.
    pub people: BTreeMap<PersonId, String>,
    /// Organizations of the mirror.
    pub organizations: BTreeMap<OrganizationId, String>,
    /// All types of subscription, as they were read last; empty: they never were.
    pub subscription_types: Vec<SubscriptionType>,
}

impl Engine {
    /// What these people and organizations are called, and all types of subscription.
    pub async fn known_names(
        &self,
        connection: &str,
        people: Vec<PersonId>,
        organizations: Vec<OrganizationId>,
    ) -> Result<KnownNames> {
        let record = self.record(connection).await?;
        let types = self.kept_subscription_types(connection).await?;
        let engine = self.clone();
        blocking(move || {
            let mirror = engine.mirror(record.id)?;
            let mut known = KnownNames {
                subscription_types: types.map_or_else(Vec::new, |own| own.types),
                ..KnownNames::default()
            };
            for id in people {
                if let Some(own) = mirror.person(id, None)? {
                    known.people.insert(id, own.found.person.name);
                }
            }
            for id in organizations {
                if let Some(own) = mirror.organization(id)? {
                    known.organizations.insert(id, own.organization.name);
                }
            }
            Ok(known)
        })
        .await
    }
}
