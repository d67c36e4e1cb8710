//! Whoever has an API key: which keys there are, who they act as, and what these see and reach.

use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

use muster_directory::{Role, Truth, permission::Target};
use serde::{Deserialize, Serialize};

use super::{
    key::{Key, secret},
    world::{Seeded, World},
};
use crate::{bits::Bits, population::SimulatedPerson, random::Random};

/// The id that the key of the first seeded person would have; each has an id of its own.
const FIRST_OF_PEOPLE: u64 = 100;

/// Of the people who synchronize data, so many of a hundred have a key from the beginning.
const WITH_KEY: u64 = 25;

/// An account: that of a user, or of a key whose user is not among the simulated people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Account {
    /// The user with this id.
    User(u64),
    /// The key with this id.
    Key(u64),
}

/// An API key. Its secret follows from seed and id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiKey {
    /// The user name of Basic authentication.
    pub id: u64,
    /// Whose key it is.
    pub user: Option<u64>,
    /// What it is called.
    pub name: Box<str>,
    /// Whether it opens anything.
    pub enabled: bool,
}

/// What is linked to the account of a reseller.
#[derive(Debug, Clone)]
pub struct Links {
    /// Places of organizations.
    organizations: Bits,
    /// Places of the seeded people in these, and of those without an organization if they count.
    people: Bits,
    /// Whether people without an organization count as linked.
    without_organization: bool,
}

/// Who acts.
#[derive(Debug, Clone)]
pub struct Actor {
    /// The key that is used.
    pub key: u64,
    /// Its user, if it is among the simulated people.
    pub user: Option<u64>,
    /// Its user's role.
    pub role: Role,
    /// Its user's organization.
    pub organization: Option<u64>,
    /// Whose links count.
    pub account: Account,
}

/// What somebody sees.
#[derive(Debug)]
pub struct Sight {
    /// Places of people.
    pub people: Bits,
    /// Places of organizations.
    pub organizations: Bits,
}

impl ApiKey {
    /// The keys that are told when the simulator is ready.
    pub fn seeded(seeded: &Seeded) -> BTreeMap<u64, Arc<Self>> {
        let key = |key: &Key| Self {
            id: key.id,
            user: key.user,
            name: format!("Practice {}", key.id).into(),
            enabled: true,
        };
        let keys = seeded.keys.iter();
        keys.map(|one| (one.id, Arc::new(key(one)))).collect()
    }
}

impl Account {
    fn of(key: u64, user: Option<u64>) -> Self {
        user.map_or(Self::Key(key), Self::User)
    }
}

impl Links {
    /// What is linked from the beginning.
    pub fn seeded(seeded: &Seeded) -> HashMap<Account, Arc<Self>> {
        let resellers = seeded.keys.iter().filter(|key| key.role == Role::Reseller);
        let links = |key: &Key| {
            let mut links = Self::none(seeded, key.without_organization);
            for id in &key.organizations {
                if let Some(place) = seeded.population.place_of_organization(*id) {
                    links.insert(place, seeded);
                }
            }
            links
        };
        resellers
            .map(|key| (Account::of(key.id, key.user), Arc::new(links(key))))
            .collect()
    }

    /// Nothing but, where they count, the people without an organization.
    pub fn none(seeded: &Seeded, without_organization: bool) -> Self {
        let population = &seeded.population;
        let mut people = Bits::none(population.len());
        if without_organization {
            (0..population.len())
                .filter(|place| !population.has_organization(*place))
                .for_each(|place| people.insert(place));
        }
        Self {
            organizations: Bits::none(population.firms().len()),
            people,
            without_organization,
        }
    }

    /// Links the organization at a place.
    pub fn insert(&mut self, place: usize, seeded: &Seeded) {
        if !self.organizations.has_room(place) {
            self.organizations = self.organizations.grown(place + 1);
        }
        self.organizations.insert(place);
        if place < seeded.population.firms().len() {
            for member in seeded.population.members(place) {
                self.people.insert(*member as usize);
            }
        }
    }

    /// Whether the organization at a place is linked.
    pub fn contains(&self, place: usize) -> bool {
        self.organizations.has_room(place) && self.organizations.contains(place)
    }
}

impl World {
    /// Who acts with a key; none if it, its secret or its user opens nothing.
    pub fn actor(&self, id: u64, given: &str) -> Option<Actor> {
        let key = self.api_key(id).filter(|key| key.enabled)?;
        if secret(self.seeded.seed, id) != given {
            return None;
        }
        let actor = |role, organization| Actor {
            key: id,
            user: key.user,
            role,
            organization,
            account: Account::of(id, key.user),
        };
        if let Some(known) = self.seeded.keys.iter().find(|known| known.id == id) {
            return Some(actor(known.role.clone(), known.organization));
        }
        let place = self.place_of_person(key.user?)?;
        let person = self.person(place);
        let enabled = self.traits(place).enabled;
        enabled.then(|| actor(person.role, person.organization))
    }

    /// The key with an id.
    pub fn api_key(&self, id: u64) -> Option<Arc<ApiKey>> {
        self.keys.get(&id).cloned().or_else(|| {
            let place = usize::try_from(id.checked_sub(FIRST_OF_PEOPLE)?).ok()?;
            self.seeded_key(place).map(Arc::new)
        })
    }

    /// The key that a person has from the beginning, if it is still as the seed says.
    pub fn seeded_key(&self, place: usize) -> Option<ApiKey> {
        match self.keys.contains_key(&(FIRST_OF_PEOPLE + place as u64)) {
            true => None,
            false => self.key_of_seeded(place),
        }
    }

    fn key_of_seeded(&self, place: usize) -> Option<ApiKey> {
        let population = &self.seeded.population;
        let synchronizes = place < population.len()
            && population.has_organization(place)
            && [Role::SoftwareDeveloper, Role::MedicalProfessional]
                .iter()
                .any(|role| population.has_role(place, role));
        if !synchronizes {
            return None;
        }
        let id = FIRST_OF_PEOPLE + place as u64;
        let mut random = Random::new(self.seeded.seed ^ id, "api keys");
        random.percent(WITH_KEY).then(|| ApiKey {
            id,
            user: Some(population.person(place).id),
            name: random
                .pick(&["Webshop", "Kassa", "ERP", "PIM", "Test"])
                .into(),
            enabled: random.percent(90),
        })
    }

    /// Every key, with rising ids.
    pub fn api_keys(&self) -> Vec<Arc<ApiKey>> {
        let of_people = (0..self.seeded.population.len())
            .filter_map(|place| self.seeded_key(place))
            .map(Arc::new);
        let mut keys: Vec<_> = self.keys.values().cloned().chain(of_people).collect();
        keys.sort_unstable_by_key(|key| key.id);
        keys
    }

    /// The id that the next created key gets.
    pub fn next_key(&self) -> u64 {
        let after_people = FIRST_OF_PEOPLE + self.seeded.population.len() as u64;
        let last = self.keys.last_key_value().map_or(0, |(id, _)| *id);
        after_people.max(last + 1)
    }

    /// What somebody sees; none if the role gives no access to users and organizations.
    ///
    /// The vendor's page grants it to managers, for their own organization, and to resellers, for
    /// linked ones `[R]`. It does not speak of customer service; we decided that it has no access.
    pub fn sight(&self, actor: &Actor) -> Option<Sight> {
        match actor.role {
            Role::OrganizationManager => Some(self.sight_of_one(actor.organization)),
            Role::Reseller => Some(match self.links.get(&actor.account) {
                Some(links) => self.sight_of_linked(links),
                None => self.sight_of_one(None),
            }),
            _ => None,
        }
    }

    fn sight_of_one(&self, organization: Option<u64>) -> Sight {
        let mut sight = Sight {
            people: Bits::none(self.len()),
            organizations: Bits::none(self.organization_count()),
        };
        if let Some(place) = organization.and_then(|id| self.place_of_organization(id)) {
            sight.organizations.insert(place);
            for member in self.members(place) {
                sight.people.insert(member);
            }
        }
        sight
    }

    fn sight_of_linked(&self, links: &Links) -> Sight {
        let mut people = links.people.grown(self.len());
        for (organization, joined) in &self.joined {
            if links.contains(*organization) {
                joined.iter().for_each(|place| people.insert(*place));
            }
        }
        Sight {
            people,
            organizations: links.organizations.grown(self.organization_count()),
        }
    }

    /// How the organization at a place stands to who acts.
    pub fn organization_as_target(&self, actor: &Actor, place: usize) -> Target {
        let links = self.links.get(&actor.account);
        Target {
            own: Truth::No,
            organization: (actor.organization == Some(self.firm(place).id.into())).into(),
            linked: links.is_some_and(|links| links.contains(place)).into(),
        }
    }

    /// How a person stands to who acts.
    pub fn person_as_target(&self, actor: &Actor, person: &SimulatedPerson<'_>) -> Target {
        let own = actor.user == Some(person.id);
        let organization = self.organization_of(person);
        let linked = match (organization, self.links.get(&actor.account)) {
            (Some(place), Some(links)) => links.contains(place),
            (None, Some(links)) => links.without_organization,
            (_, None) => false,
        };
        Target {
            own: own.into(),
            organization: (organization.is_some() && person.organization == actor.organization)
                .into(),
            linked: linked.into(),
        }
    }

    /// Whether something that stands so to somebody is there for it at all: resellers reach what
    /// is linked, everybody else the own organization.
    pub fn reaches(&self, actor: &Actor, target: Target) -> bool {
        let within = match actor.role {
            Role::Reseller => target.linked,
            _ => target.organization,
        };
        within == Truth::Yes
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::{Options, seeding::populate};

    fn world(options: &Options) -> World {
        World::new(Arc::new(Seeded::new(populate(options), options.seed)))
    }

    fn actor(world: &World, id: u64) -> Option<Actor> {
        world.actor(id, &secret(world.seeded.seed, id))
    }

    #[test]
    fn the_first_reseller_sees_everybody_and_the_second_a_part() {
        let world = world(&Options::default());
        let resellers: Vec<_> = (1..=7)
            .map(|id| actor(&world, id).unwrap())
            .filter(|actor| actor.role == Role::Reseller)
            .map(|actor| world.sight(&actor).unwrap())
            .collect();
        assert_eq!(resellers[0].people.count(), 2_000);
        assert_eq!(resellers[0].organizations.count(), 150);
        assert_eq!(resellers[1].organizations.count(), 50);
        assert!((100..1_500).contains(&resellers[1].people.count()));
    }

    #[test]
    fn without_organizations_only_people_outside_of_them_are_seen() {
        let world = world(&Options {
            people: 10,
            organizations: 0,
            ..Options::default()
        });
        for key in &world.seeded.keys {
            let sight = world.sight(&actor(&world, key.id).unwrap());
            let expected = if key.without_organization { 10 } else { 0 };
            assert_eq!(sight.map_or(0, |sight| sight.people.count()), expected);
        }
    }

    #[test]
    fn what_is_seen_is_what_is_reached() {
        let world = world(&Options::default());
        for key in 1..=7 {
            let actor = actor(&world, key).unwrap();
            let Some(sight) = world.sight(&actor) else {
                continue;
            };
            for place in 0..world.len() {
                let target = world.person_as_target(&actor, &world.person(place));
                assert_eq!(world.reaches(&actor, target), sight.people.contains(place));
            }
            for place in 0..world.organization_count() {
                let target = world.organization_as_target(&actor, place);
                assert_eq!(
                    world.reaches(&actor, target),
                    sight.organizations.contains(place)
                );
            }
        }
    }

    #[test]
    fn some_people_who_synchronize_have_a_key_that_acts_as_they_do() {
        let world = world(&Options::default());
        let keys = world.api_keys();
        let ids: HashSet<_> = keys.iter().map(|key| key.id).collect();
        assert_eq!(ids.len(), keys.len());
        assert!((100..800).contains(&keys.len()), "{} keys", keys.len());
        let (mut open, mut shut) = (0, 0);
        for key in &keys {
            let person = world.person(world.place_of_person(key.user.unwrap()).unwrap());
            match actor(&world, key.id) {
                None => shut += 1,
                Some(actor) => {
                    open += 1;
                    assert_eq!(
                        (actor.role, actor.organization),
                        (person.role, person.organization)
                    );
                }
            }
        }
        assert!(open > 100 && shut > 5, "{open} open, {shut} do not");
        assert!(keys.iter().all(|key| key.id < world.next_key()));
    }

    #[test]
    fn a_key_opens_nothing_with_the_secret_of_another() {
        let world = world(&Options::default());
        assert!(world.actor(1, &secret(1, 2)).is_none());
        assert!(
            world.actor(99, &secret(1, 99)).is_none(),
            "there is no such key"
        );
    }
}
