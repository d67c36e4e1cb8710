//! The vendor, as plans see it: how something stands, having something done, finding what was made.

use std::collections::HashMap;

use muster_directory::{
    ActKind, ApiKeyId, Fact, Filter, Organization, OrganizationId, OrganizationLeaf,
    OrganizationsQuery, Person, PersonId, Platform, SecretString, Target, Thing, Values,
    plan::{Base, Step},
};
use muster_vendor::{
    Medipim, Turn, VendorError,
    medipim::{Acted, acts, base_values},
};
use serde_json::{Value, json};

use super::planning::person_id;
use crate::clock;

/// How far the vendor's clock and this one may be apart, in seconds.
const SKEW: i64 = 300;

/// The vendor, as plans see it.
pub(super) struct Reach {
    pub client: Medipim,
    pub kinds: Vec<ActKind>,
}

impl Reach {
    pub fn kind(&self, step: &Step) -> Option<&ActKind> {
        self.kinds.iter().find(|kind| kind.id == step.kind)
    }

    /// How a target stands now; none if it is not there, or not told.
    pub async fn base(&self, target: &Target) -> Result<Option<Base>, VendorError> {
        let number = target.id.parse::<u64>().ok();
        Ok(match target.thing {
            Thing::Person => match person_id(target) {
                Some(id) => self
                    .client
                    .person(id)
                    .await?
                    .map(|person| of_person(self.client.platform(), &person)),
                None => None,
            },
            Thing::Organization => {
                match number.and_then(|id| OrganizationId::try_from(id).ok()) {
                    Some(id) => self.client.organization(id).await?.map(|found| {
                        base(Fact::Unknown, base_values(self.client.platform(), &found))
                    }),
                    None => None,
                }
            }
            Thing::ApiKey => {
                match number.and_then(|id| ApiKeyId::try_from(id).ok()) {
                    Some(id) => self.client.api_key(id).await?.map(|found| {
                        base(Fact::Unknown, base_values(self.client.platform(), &found))
                    }),
                    None => None,
                }
            }
        })
    }

    /// Has a step done, now that it is the key's turn. It is sent at most once.
    pub async fn send(
        &self,
        turn: Turn,
        kind: &ActKind,
        step: &Step,
        secrets: &[(String, SecretString)],
        request_id: &str,
    ) -> Result<Acted, VendorError> {
        self.client
            .perform_now(
                turn,
                kind,
                step.target.as_ref(),
                &step.values(),
                secrets,
                request_id,
            )
            .await
    }

    async fn named(&self, name: &str) -> Result<Vec<Organization>, VendorError> {
        let query = OrganizationsQuery {
            filter: Some(Filter::leaf(OrganizationLeaf::Name(name.to_owned()))),
            ..OrganizationsQuery::default()
        };
        let found = self.client.organizations_page(&query).await?.results;
        let is_it = |own: &Organization| own.name.trim() == name.trim();
        Ok(found.into_iter().filter(is_it).collect())
    }

    /// How people stand now, by id, by one request.
    pub async fn people(&self, ids: &[PersonId]) -> Result<HashMap<PersonId, Person>, VendorError> {
        let found = self.client.people_by_ids(ids).await?;
        Ok(found
            .into_iter()
            .map(|person| (person.id, person))
            .collect())
    }

    /// The ids of all that could be taken for what a step makes, before it is sent. Of people none:
    /// the vendor tells when they were made.
    pub async fn there_before(&self, step: &Step) -> Result<Vec<String>, VendorError> {
        if !is_listed_before(&step.kind) {
            return Ok(Vec::new());
        }
        let found = self.made_since(step, 0).await?;
        Ok(found.into_iter().map(|own| own.target.id).collect())
    }

    /// Everything that could be what a step made after a time (Unix seconds).
    pub async fn made_since(&self, step: &Step, since: i64) -> Result<Vec<Found>, VendorError> {
        let values = step.values();
        let text = |path: &str| values.get(path).and_then(Value::as_str).unwrap_or_default();
        match step.kind.as_str() {
            acts::USER_CREATE => {
                let id = values.get("organization").and_then(Value::as_u64);
                let Some(id) = id.and_then(|id| OrganizationId::try_from(id).ok()) else {
                    return Ok(Vec::new());
                };
                let people = self.client.people_of(id).await?;
                let name = text("profile.name").trim();
                let is_new = |person: &Person| {
                    let created_at = person.meta.created_at.known();
                    person.name.trim() == name && created_at.is_none_or(|at| *at >= since - SKEW)
                };
                Ok(people
                    .iter()
                    .filter(|person| is_new(person))
                    .map(person_found)
                    .collect())
            }
            acts::ORGANIZATION_CREATE => {
                let found = self.named(text("name")).await?;
                let target = |own: Organization| Found {
                    target: Target {
                        thing: Thing::Organization,
                        id: own.id.to_string(),
                        name: own.name.clone(),
                    },
                    version: None,
                };
                Ok(found.into_iter().map(target).collect())
            }
            acts::API_KEY_CREATE => {
                let Some(user) = step.target.as_ref().and_then(person_id) else {
                    return Ok(Vec::new());
                };
                let keys = self.client.api_keys_of(user).await?;
                Ok(keys
                    .into_iter()
                    .filter_map(|key| {
                        let name = key.name.known()?;
                        let is_it = name.trim() == text("name").trim();
                        is_it.then(|| Found {
                            target: Target {
                                thing: Thing::ApiKey,
                                id: key.id.to_string(),
                                name: name.clone(),
                            },
                            version: None,
                        })
                    })
                    .collect())
            }
            _ => Ok(Vec::new()),
        }
    }
}

/// Whether the vendor does not tell when what a step makes was made: what is there already is
/// listed before it is sent. [V]
pub(super) fn is_listed_before(kind: &str) -> bool {
    matches!(kind, acts::ORGANIZATION_CREATE | acts::API_KEY_CREATE)
}

/// Whether what one step makes could be taken for what another makes.
pub(super) fn is_alike(one: &Step, other: &Step) -> bool {
    let paths: &[&str] = match one.kind.as_str() {
        acts::USER_CREATE => &["organization", "profile.name"],
        acts::ORGANIZATION_CREATE | acts::API_KEY_CREATE => &["name"],
        _ => return false,
    };
    let (ours, theirs) = (one.values(), other.values());
    let trimmed = |value: Option<&Value>| match value {
        Some(Value::String(text)) => Some(json!(text.trim())),
        other => other.cloned(),
    };
    one.kind == other.kind
        && one.target == other.target
        && paths
            .iter()
            .all(|path| trimmed(ours.get(*path)) == trimmed(theirs.get(*path)))
}

/// Something that was found, with the vendor's time of its last change.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Found {
    pub target: Target,
    pub version: Option<i64>,
}

pub(super) fn person_found(person: &Person) -> Found {
    Found {
        target: Target {
            thing: Thing::Person,
            id: person.id.to_string(),
            name: person.name.clone(),
        },
        version: person.meta.updated_at.known().copied(),
    }
}

/// How a person stands.
pub(super) fn of_person(platform: Platform, person: &Person) -> Base {
    base(person.meta.updated_at, base_values(platform, person))
}

fn base(updated_at: Fact<i64>, values: Values) -> Base {
    Base {
        updated_at,
        values,
        as_of: clock::now(),
    }
}
