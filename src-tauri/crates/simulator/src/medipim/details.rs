//! What Medipim knows of a person and does not return in users/query. For seeded people, seed and
//! id decide it, so that it needs no room.

use muster_directory::Platform;
use serde::{Deserialize, Serialize};
use unicode_normalization::char::is_combining_mark;

use super::{leaves::fold, subscription_types::TYPES};
use crate::{
    naming::Language,
    population::SimulatedPerson,
    random::Random,
    seeding::{LAST_DAY, language},
};

/// Seconds of a year.
const YEAR: u64 = 31_536_000;

/// Whom the content that a person sees is for.
const TARGET_GROUPS: [&str; 6] = [
    "dentists",
    "nurses",
    "pharmacists",
    "physicians",
    "public",
    "veterinarians",
];

/// What Medipim knows of a person beside name, organization and role.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Details {
    /// The e-mail address, as it was written at creation.
    pub email: String,
    /// Whom the content that the person sees is for.
    pub target_groups: Vec<String>,
    /// What can be told without an allocation.
    #[serde(flatten)]
    pub traits: Traits,
}

/// The details that need no room.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Traits {
    /// Whether the person can log in.
    pub enabled: bool,
    /// Whether others see the profile.
    pub public: bool,
    /// The preferred language.
    pub language: Language,
    /// The subscription.
    pub subscription: Subscription,
}

/// A subscription of a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subscription {
    /// The id of its type.
    pub kind: u64,
    /// From when, in Unix seconds; none for always.
    pub start: Option<u64>,
    /// Until when, in Unix seconds; none for ever.
    pub end: Option<u64>,
}

impl Subscription {
    /// Free, from the beginning, for ever.
    pub(super) const ALWAYS_FREE: Self = Self {
        kind: TYPES[0].id,
        start: None,
        end: None,
    };

    /// Whether it is in force at a time, in Unix seconds.
    #[must_use]
    pub fn is_active(&self, at: u64) -> bool {
        self.start.is_none_or(|start| start <= at) && self.end.is_none_or(|end| at < end)
    }
}

/// A stream of random numbers that belongs to one person.
fn random(seed: u64, id: u64, purpose: &str) -> Random {
    Random::new(seed ^ id.wrapping_mul(0x9E37_79B9_7F4A_7C15), purpose)
}

/// The traits of a seeded person.
pub fn traits(seed: u64, person: &SimulatedPerson<'_>, platform: Platform) -> Traits {
    let mut random = random(seed, person.id, "traits");
    Traits {
        enabled: random.percent(97),
        public: random.percent(85),
        language: language(&mut random, platform),
        subscription: subscription(&mut random, person.created_at.unsigned_abs()),
    }
}

/// Most subscriptions end after the seeded data does; some have ended, some never end.
fn subscription(random: &mut Random, start: u64) -> Subscription {
    let kind = TYPES[random.below(TYPES.len() as u64) as usize].id;
    let end = match random.below(10) {
        0 => None,
        1 | 2 => Some(start + 1 + random.below(LAST_DAY.saturating_sub(start).max(1))),
        _ => Some(LAST_DAY + random.below(3 * YEAR)),
    };
    Subscription {
        kind,
        start: Some(start),
        end,
    }
}

/// The details of a seeded person, whose organization has this name.
pub fn details(
    seed: u64,
    person: &SimulatedPerson<'_>,
    platform: Platform,
    organization: Option<&str>,
) -> Details {
    let mut random = random(seed, person.id, "target groups");
    let groups = TARGET_GROUPS.iter().filter(|_| random.percent(30));
    Details {
        target_groups: groups.map(|&group| group.to_owned()).collect(),
        email: email(person, organization),
        traits: traits(seed, person, platform),
    }
}

/// The address of a seeded person. The id stands at the end of its first part, so that whose an
/// address is can be told without a list of them.
pub fn email(person: &SimulatedPerson<'_>, organization: Option<&str>) -> String {
    let name = plain(person.name, '.', "person");
    let domain = organization.map_or_else(|| "home".to_owned(), |name| plain(name, '-', "firm"));
    format!("{name}.{}@{domain}.example", person.id)
}

/// The id that stands in the address of a seeded person.
pub fn id_in(email: &str) -> Option<u64> {
    let (first, _) = email.split_once('@')?;
    first.rsplit('.').next()?.parse().ok()
}

/// The first words of a name in the letters that an address can have.
fn plain(name: &str, between: char, otherwise: &str) -> String {
    const LONGEST: usize = 40;
    let folded = fold(name);
    let mut plain = String::new();
    for letter in folded.chars().filter(|letter| !is_combining_mark(*letter)) {
        match letter {
            'a'..='z' | '0'..='9' => plain.push(letter),
            _ if plain.is_empty() || plain.ends_with(between) => {}
            _ => plain.push(between),
        }
        if plain.len() >= LONGEST {
            break;
        }
    }
    let plain = plain.trim_end_matches(between);
    match plain.is_empty() {
        true => otherwise.to_owned(),
        false => plain.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::{Options, population::Population, seeding::populate};

    fn all(population: &Population) -> Vec<Details> {
        let people = population.people();
        people
            .map(|person| {
                let organization = person.organization.and_then(|id| {
                    let place = population.place_of_organization(id)?;
                    Some(&*population.firms()[place].name)
                });
                details(1, &person, population.platform, organization)
            })
            .collect()
    }

    #[test]
    fn every_seeded_person_has_an_address_of_its_own_that_tells_the_id() {
        let population = populate(&Options::default());
        let all = all(&population);
        let different: HashSet<_> = all.iter().map(|one| &one.email).collect();
        assert_eq!(different.len(), 2_000);
        for (person, details) in population.people().zip(&all) {
            assert_eq!(id_in(&details.email), Some(person.id), "{}", details.email);
            assert!(details.email.is_ascii() && details.email.len() < 120);
        }
    }

    #[test]
    fn there_is_somebody_of_every_kind() {
        let all = all(&populate(&Options::default()));
        let any = |test: fn(&Details) -> bool| all.iter().any(test);
        assert!(any(|one| !one.traits.enabled) && any(|one| one.traits.enabled));
        assert!(any(|one| !one.traits.public) && any(|one| one.traits.public));
        assert!(any(|one| one.target_groups.is_empty()) && any(|one| one.target_groups.len() > 2));
        let active = |at| move |one: &&Details| one.traits.subscription.is_active(at);
        let now = all.iter().filter(active(LAST_DAY)).count();
        assert!((1_400..1_950).contains(&now), "{now} are in force");
        let kinds: HashSet<_> = all.iter().map(|one| one.traits.subscription.kind).collect();
        assert_eq!(kinds.len(), TYPES.len());
    }

    #[test]
    fn a_subscription_is_in_force_from_its_start_until_before_its_end() {
        let given = |start, end| Subscription {
            kind: 1,
            start,
            end,
        };
        assert!(given(None, None).is_active(0));
        let both = given(Some(10), Some(20));
        let active: Vec<_> = (9..22).filter(|at| both.is_active(*at)).collect();
        assert_eq!(active, (10..20).collect::<Vec<_>>());
    }
}
