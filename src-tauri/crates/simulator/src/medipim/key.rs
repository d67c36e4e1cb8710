//! The API keys that are told when the simulator is ready.

use std::fmt;

use muster_directory::{Platform, Role};
use serde::Serialize;

use super::details;
use crate::{population::Population, random::Random};

/// What every secret starts with, so that it is recognized wherever it turns up.
const SECRET_START: &str = "muster-practice-";

/// How long a secret is.
const SECRET_LENGTH: usize = 40;

/// Of the organizations that the second reseller could have, it has one in so many.
const RESELLER_SHARE: usize = 3;

/// What to print when the simulator is ready: one JSON line.
#[derive(Debug, Clone, Serialize)]
pub struct Ready {
    /// The simulated Medipim.
    pub medipim: ReadyMedipim,
}

/// Where the simulated Medipim is and who may use it.
#[derive(Debug, Clone, Serialize)]
pub struct ReadyMedipim {
    /// `http://127.0.0.1:…`, without a path.
    pub base_url: String,
    /// The national platform.
    pub platform: Platform,
    /// At least one key of every role.
    pub keys: Vec<Key>,
}

/// An API key. Its `Debug` hides the secret; its JSON does not.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct Key {
    /// The user name of Basic authentication.
    pub id: u64,
    /// The password of Basic authentication; the seed decides it.
    pub secret: String,
    /// The key's user, if it is among the simulated people.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user: Option<u64>,
    /// The role of the key's user.
    pub role: Role,
    /// The organization of the key's user.
    pub organization: Option<u64>,
    /// The organizations that are linked to a reseller.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub organizations: Vec<u64>,
    /// Whether a reseller also sees the people who have no organization. The vendor does not say
    /// who does; in the simulator the first reseller does, so that somebody sees everybody.
    #[serde(skip_serializing_if = "is_false")]
    pub without_organization: bool,
}

fn is_false(value: &bool) -> bool {
    !value
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Key")
            .field("id", &self.id)
            .field("role", &self.role)
            .field("organization", &self.organization)
            .finish_non_exhaustive()
    }
}

/// The keys: the manager of the largest organization, the reseller of everything, the manager of
/// a middle one, the reseller of a third, and one of each role that sees nobody.
pub fn keys(population: &Population, seed: u64) -> Vec<Key> {
    let mut by_size: Vec<(u64, u64)> = population
        .organizations()
        .map(|one| (one.people, one.id))
        .filter(|(people, _)| *people > 0)
        .collect();
    by_size.sort_unstable_by_key(|(people, id)| (std::cmp::Reverse(*people), *id));
    let all: Vec<u64> = population.organizations().map(|one| one.id).collect();
    let third = all.iter().copied().skip(1).step_by(RESELLER_SHARE);
    let nth = |place: usize| by_size.get(place).map(|(_, id)| *id);
    let (largest, middle) = (nth(0), nth(by_size.len() / 2));
    let mut keys = vec![
        key(Role::OrganizationManager, largest),
        Key {
            organizations: all.clone(),
            without_organization: true,
            ..key(Role::Reseller, None)
        },
        key(Role::OrganizationManager, middle),
        Key {
            organizations: third.collect(),
            ..key(Role::Reseller, None)
        },
        key(Role::OrganizationCustomerService, largest),
        key(Role::MedicalProfessional, middle),
        key(Role::SoftwareDeveloper, largest),
    ];
    for (id, key) in (1..).zip(&mut keys) {
        key.id = id;
        key.secret = secret(seed, id);
    }
    give_users(population, seed, &mut keys);
    keys
}

/// Makes the first fitting person who can log in the user of each key.
fn give_users(population: &Population, seed: u64, keys: &mut [Key]) {
    let mut without: Vec<usize> = (0..keys.len()).collect();
    for person in population.people() {
        if without.is_empty() {
            break;
        }
        let fits = |at: &&usize| {
            let key: &Key = &keys[**at];
            key.role == person.role && key.organization == person.organization
        };
        let Some(at) = without.iter().find(fits).copied() else {
            continue;
        };
        if details::traits(seed, &person, population.platform).enabled {
            keys[at].user = Some(person.id);
            without.retain(|one| *one != at);
        }
    }
}

fn key(role: Role, organization: Option<u64>) -> Key {
    Key {
        id: 0,
        secret: String::new(),
        user: None,
        role,
        organization,
        organizations: Vec::new(),
        without_organization: false,
    }
}

/// The secret of a key. Anybody who knows the seed can tell it, so no secret is ever kept.
pub fn secret(seed: u64, id: u64) -> String {
    const LETTERS: &[u8] = b"abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    let mut random = Random::new(seed, &format!("secret {id}"));
    let mut secret = SECRET_START.to_owned();
    while secret.len() < SECRET_LENGTH {
        let letter = LETTERS[random.below(LETTERS.len() as u64) as usize];
        secret.push(letter.into());
    }
    secret
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::{Options, seeding::populate};

    #[test]
    fn there_is_a_key_of_every_role_with_a_secret_of_its_own() {
        let keys = keys(&populate(&Options::default()), 1);
        let roles: HashSet<_> = keys.iter().map(|key| &key.role).collect();
        assert_eq!(roles.len(), Role::NAMED.len());
        let secrets: HashSet<_> = keys.iter().map(|key| &key.secret).collect();
        assert_eq!(secrets.len(), keys.len());
        for key in &keys {
            assert_eq!(key.secret.len(), SECRET_LENGTH);
            assert!(!format!("{key:?}").contains(&key.secret), "Debug hides it");
        }
    }

    #[test]
    fn the_user_of_a_key_is_somebody_with_its_role_and_organization() {
        let population = populate(&Options::default());
        for key in keys(&population, 1) {
            let place = population.place_of_person(key.user.unwrap()).unwrap();
            let user = population.person(place);
            assert_eq!((user.role, user.organization), (key.role, key.organization));
        }
    }

    #[test]
    fn without_organizations_there_are_keys_all_the_same() {
        let population = populate(&Options {
            people: 10,
            organizations: 0,
            ..Options::default()
        });
        let keys = keys(&population, 1);
        assert_eq!(keys.len(), 7);
        assert!(keys.iter().all(|key| key.organizations.is_empty()));
    }
}
