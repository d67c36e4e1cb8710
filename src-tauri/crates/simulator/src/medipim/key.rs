//! The API keys of the simulated Medipim, and what each of them sees.

use std::fmt;

use muster_directory::{Platform, Role};
use serde::Serialize;

use crate::{bits::Bits, population::Population, random::Random};

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
    let mut random = Random::new(seed, "secrets");
    for (id, key) in (1..).zip(&mut keys) {
        key.id = id;
        key.secret = secret(&mut random);
    }
    keys
}

fn key(role: Role, organization: Option<u64>) -> Key {
    Key {
        id: 0,
        secret: String::new(),
        role,
        organization,
        organizations: Vec::new(),
        without_organization: false,
    }
}

fn secret(random: &mut Random) -> String {
    const LETTERS: &[u8] = b"abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    let mut secret = SECRET_START.to_owned();
    while secret.len() < SECRET_LENGTH {
        let letter = LETTERS[random.below(LETTERS.len() as u64) as usize];
        secret.push(letter.into());
    }
    secret
}

/// What a key sees.
#[derive(Debug)]
pub struct Sight {
    /// Places of people.
    pub people: Bits,
    /// Places of organizations.
    pub organizations: Bits,
}

impl Sight {
    /// What a key sees; none if its role gives no access to users and organizations.
    ///
    /// The vendor's page grants it to managers, for their own organization, and to resellers, for
    /// linked ones `[R]`. It does not speak of customer service; we decided that it has no access.
    pub fn of(key: &Key, population: &Population) -> Option<Self> {
        let visible = match key.role {
            Role::OrganizationManager => key.organization.as_slice(),
            Role::Reseller => &key.organizations,
            _ => return None,
        };
        let mut sight = Self {
            people: Bits::none(population.len()),
            organizations: Bits::none(population.firms().len()),
        };
        for place in visible
            .iter()
            .filter_map(|id| population.place_of_organization(*id))
        {
            sight.organizations.insert(place);
            for member in population.members(place) {
                sight.people.insert(*member as usize);
            }
        }
        if key.without_organization {
            (0..population.len())
                .filter(|place| !population.has_organization(*place))
                .for_each(|place| sight.people.insert(place));
        }
        Some(sight)
    }
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
    fn the_first_reseller_sees_everybody_and_the_second_a_part() {
        let population = populate(&Options::default());
        let keys = keys(&population, 1);
        let resellers: Vec<_> = keys
            .iter()
            .filter(|key| key.role == Role::Reseller)
            .map(|key| Sight::of(key, &population).unwrap())
            .collect();
        assert_eq!(resellers[0].people.count(), 2_000);
        assert_eq!(resellers[0].organizations.count(), 150);
        assert_eq!(resellers[1].organizations.count(), 50);
        assert!((100..1_500).contains(&resellers[1].people.count()));
    }

    #[test]
    fn without_organizations_there_are_keys_all_the_same() {
        let population = populate(&Options {
            people: 10,
            organizations: 0,
            ..Options::default()
        });
        for key in keys(&population, 1) {
            if let Some(sight) = Sight::of(&key, &population) {
                let expected = if key.without_organization { 10 } else { 0 };
                assert_eq!(sight.people.count(), expected, "{:?}", key.role);
            }
        }
    }
}
