//! Makes the people and organizations of a seed: the same options give the same data, byte by byte.

use muster_directory::{OrganizationType, Platform, Role};

use crate::{
    Options,
    naming::{self, Language, Trade},
    numbers,
    population::{Firm, NewPerson, Population},
    random::Random,
    words,
};

/// The first day of 2016, in Unix seconds.
const FIRST_DAY: u64 = 1_451_606_400;

/// The first of July 2026, in Unix seconds: when the seeded data ends.
pub const LAST_DAY: u64 = 1_782_864_000;

/// So many people of a hundred have no organization.
const WITHOUT_ORGANIZATION: u64 = 3;

// Places in `Role::NAMED`.
const MANAGER: u8 = 0;
const CUSTOMER_SERVICE: u8 = 1;
const PROFESSIONAL: u8 = 2;
const DEVELOPER: u8 = 3;
const RESELLER: u8 = 4;

/// Makes everybody.
pub fn populate(options: &Options) -> Population {
    let sizes = sizes(options);
    let mut random = Random::new(options.seed, "organizations");
    let mut ranks: Vec<usize> = (0..sizes.len()).collect();
    random.shuffle(&mut ranks);
    let places: Vec<(Trade, Language)> = ranks
        .iter()
        .map(|rank| {
            let trade = trade(&mut random, *rank, sizes.len());
            (trade, language(&mut random, options.platform))
        })
        .collect();
    let firms = firms(options, &mut random, &places);
    let mut population = Population::new(options.platform, firms, options.people as usize);
    let sizes: Vec<u64> = ranks.iter().map(|rank| sizes[*rank]).collect();
    add_people(options, &places, &sizes, &mut population);
    population.group();
    population
}

/// How many people each organization has, largest first: the weight of the n-th is n to the power
/// of -7/8, so that one is large and most are small; the last ones have nobody.
fn sizes(options: &Options) -> Vec<u64> {
    let count = options.organizations as usize;
    let empty = match count {
        0..10 => 0,
        _ => 2.max(count / 50),
    };
    let inhabited = count - empty;
    // Square roots, because they are exact on every machine and powers are not.
    let weight = |rank: usize| {
        let half = (rank as f64 + 1.0).sqrt();
        let quarter = half.sqrt();
        1.0 / (half * quarter * quarter.sqrt())
    };
    let all: f64 = (0..inhabited).map(weight).sum();
    let people = options.people - options.people * WITHOUT_ORGANIZATION / 100;
    let mut sizes: Vec<u64> = (0..inhabited)
        .map(|rank| (people as f64 * weight(rank) / all) as u64)
        .collect();
    // What rounding left over goes to the first ones; with few people, to the first of them only.
    let left = people.saturating_sub(sizes.iter().sum());
    for nth in (0..inhabited).cycle().take(left as usize) {
        sizes[nth] += 1;
    }
    sizes.resize(count, 0);
    sizes
}

fn trade(random: &mut Random, rank: usize, count: usize) -> Trade {
    let share = random.below(100);
    match rank {
        0 => Trade::Laboratory,
        1 => Trade::Hospital,
        2 => Trade::Wholesaler,
        _ if rank < count / 12 => match share {
            0..45 => Trade::Laboratory,
            45..75 => Trade::Hospital,
            75..90 => Trade::Wholesaler,
            _ => Trade::Agency,
        },
        _ => match share {
            0..74 => Trade::Pharmacy,
            74..83 => Trade::Laboratory,
            83..88 => Trade::Hospital,
            88..92 => Trade::Wholesaler,
            92..96 => Trade::Agency,
            _ => Trade::Association,
        },
    }
}

/// The language of somebody on a platform.
pub fn language(random: &mut Random, platform: Platform) -> Language {
    let share = random.below(100);
    match (platform, share) {
        (Platform::Be, 0..55) | (Platform::Fr, 95..) => Language::Dutch,
        (Platform::Be, 55..93) | (Platform::Fr, _) => Language::French,
        (Platform::Be | Platform::De, _) => Language::German,
        (Platform::Au, _) => Language::English,
    }
}

fn kind(trade: Trade) -> OrganizationType {
    match trade {
        Trade::Laboratory => OrganizationType::Supplier,
        Trade::Agency => OrganizationType::Marketing,
        Trade::Pharmacy | Trade::Hospital => OrganizationType::MedicalProfessional,
        Trade::Wholesaler | Trade::Association => OrganizationType::Other,
    }
}

fn firms(options: &Options, random: &mut Random, places: &[(Trade, Language)]) -> Vec<Firm> {
    let first_ordinal = random.below(1_000_000);
    let mut id = 4;
    let mut firms: Vec<Firm> = Vec::with_capacity(places.len());
    for (place, (trade, language)) in places.iter().enumerate() {
        id += 1 + random.below(4) as u32;
        let (created_at, updated_at) = times(random, place as u64, places.len() as u64);
        let ordinal = first_ordinal + place as u64;
        let mut numbers = numbers_of(random, options.platform, *trade, ordinal);
        // Branches share the VAT number of their firm.
        if let Some(before) = firms.last()
            && places[place - 1].0 == *trade
            && random.percent(8)
        {
            numbers[0].clone_from(&before.numbers[0]);
        }
        firms.push(Firm {
            id,
            name: naming::organization(random, *language, *trade).into(),
            kind: kind(*trade),
            numbers,
            specializations: specializations(random, *trade),
            created_at,
            updated_at,
        });
    }
    firms
}

/// The numbers of an organization in the order of [`Platform::identifiers`].
fn numbers_of(
    random: &mut Random,
    platform: Platform,
    trade: Trade,
    ordinal: u64,
) -> Vec<Option<Box<str>>> {
    let (pharmacy, hospital) = (trade == Trade::Pharmacy, trade == Trade::Hospital);
    let mut some = |applies: bool, percent: u64, make: fn(u64) -> String| {
        (random.percent(percent) && applies).then(|| make(ordinal).into())
    };
    match platform {
        Platform::Be => vec![
            some(true, 95, numbers::belgian_vat),
            some(pharmacy, 92, numbers::apb),
            some(pharmacy || hospital, 85, numbers::riziv),
        ],
        Platform::Fr => vec![
            some(true, 95, numbers::french_vat),
            some(pharmacy || hospital, 90, numbers::finess),
            some(pharmacy, 92, numbers::cip),
        ],
        Platform::De => vec![some(true, 95, numbers::german_vat)],
        Platform::Au => vec![some(true, 95, numbers::australian_number)],
    }
}

fn specializations(random: &mut Random, trade: Trade) -> Vec<&'static str> {
    if !matches!(trade, Trade::Pharmacy | Trade::Hospital) {
        return Vec::new();
    }
    let chosen = random.below(4);
    let mut found: Vec<_> = (0..chosen)
        .map(|_| random.pick(words::SPECIALIZATIONS))
        .collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// When the n-th of so many was created and last changed: rising with n on the whole.
fn times(random: &mut Random, nth: u64, count: u64) -> (u32, u32) {
    let span = LAST_DAY - FIRST_DAY;
    let jitter = span / 50;
    let created = FIRST_DAY + (span - jitter) * nth / count.max(1) + random.below(jitter);
    let updated = match random.below(3) {
        0 => created,
        _ => created + random.below(LAST_DAY - created + 1),
    };
    (created as u32, updated as u32)
}

fn add_people(
    options: &Options,
    places: &[(Trade, Language)],
    sizes: &[u64],
    population: &mut Population,
) {
    let mut random = Random::new(options.seed, "people");
    let mut organizations: Vec<Option<u32>> = Vec::with_capacity(options.people as usize);
    for (place, size) in sizes.iter().enumerate() {
        organizations.extend(std::iter::repeat_n(Some(place as u32), *size as usize));
    }
    organizations.resize(options.people as usize, None);
    random.shuffle(&mut organizations);
    let mut already = vec![0_u32; sizes.len()];
    let mut id = 1_000;
    for (index, organization) in organizations.into_iter().enumerate() {
        id += 1 + random.below(5) as u32;
        let index = index as u64;
        let (created_at, updated_at) = times(&mut random, index, options.people);
        let own = organization.map(|place| places[place as usize]);
        let role = match (organization, own) {
            (Some(place), Some((trade, _))) => {
                let before = already[place as usize];
                already[place as usize] += 1;
                role_in(&mut random, trade, before)
            }
            _ => role_outside(&mut random),
        };
        let language = match own {
            Some((_, language)) if random.percent(80) => language,
            _ => language(&mut random, options.platform),
        };
        let person = NewPerson {
            id,
            organization,
            created_at,
            updated_at,
            role,
        };
        population.push(&person, |name| {
            naming::push_person(&mut random, language, index, name);
        });
    }
}

/// The role of somebody in an organization that already has so many people: the first is its
/// manager, the second mostly too.
fn role_in(random: &mut Random, trade: Trade, before: u32) -> u8 {
    match (before, random.below(100)) {
        (0, _) | (1, 0..80) | (_, 0..1) => MANAGER,
        (_, 1..85) if matches!(trade, Trade::Pharmacy | Trade::Hospital) => PROFESSIONAL,
        (_, 1..20) => DEVELOPER,
        (_, 20..80) => CUSTOMER_SERVICE,
        _ => PROFESSIONAL,
    }
}

fn role_outside(random: &mut Random) -> u8 {
    match random.below(100) {
        0..15 => RESELLER,
        15..55 => DEVELOPER,
        _ => PROFESSIONAL,
    }
}

/// The role at a place in [`Role::NAMED`] is what the constants say.
const _: () = assert!(
    matches!(Role::NAMED[MANAGER as usize], Role::OrganizationManager)
        && matches!(
            Role::NAMED[CUSTOMER_SERVICE as usize],
            Role::OrganizationCustomerService
        )
        && matches!(
            Role::NAMED[PROFESSIONAL as usize],
            Role::MedicalProfessional
        )
        && matches!(Role::NAMED[DEVELOPER as usize], Role::SoftwareDeveloper)
        && matches!(Role::NAMED[RESELLER as usize], Role::Reseller)
);

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use muster_directory::IdentifierKind;

    use super::*;

    fn practice() -> Population {
        populate(&Options::default())
    }

    #[test]
    fn the_practice_directory_has_one_large_organization_many_small_and_some_empty_ones() {
        let mut sizes: Vec<_> = practice().organizations().map(|one| one.people).collect();
        sizes.sort_unstable();
        assert_eq!(sizes.len(), 150);
        assert!((200..400).contains(&sizes[149]), "{}", sizes[149]);
        let small = sizes.iter().filter(|size| (3..=30).contains(*size)).count();
        assert!(small > 100, "{small} small ones");
        let empty = sizes.iter().filter(|size| **size == 0).count();
        assert!((2..=5).contains(&empty), "{empty} empty ones");
    }

    #[test]
    fn ids_rise_with_gaps_and_times_are_in_order() {
        let population = practice();
        let people: Vec<_> = population.people().collect();
        assert_eq!(people.len(), 2_000);
        assert!(people.windows(2).all(|pair| pair[0].id < pair[1].id));
        assert!(people.windows(2).any(|pair| pair[0].id + 1 < pair[1].id));
        for person in &people {
            assert!(person.created_at >= FIRST_DAY as i64);
            assert!(person.updated_at >= person.created_at);
            assert!(person.updated_at <= LAST_DAY as i64);
        }
        let outside = people.iter().filter(|one| one.organization.is_none());
        assert_eq!(outside.count(), 60);
    }

    #[test]
    fn every_role_exists_and_every_inhabited_organization_has_a_manager() {
        let population = practice();
        let roles: HashSet<_> = population.people().map(|person| person.role).collect();
        assert_eq!(roles.len(), Role::NAMED.len());
        let managed: HashSet<_> = population
            .people()
            .filter(|person| person.role == Role::OrganizationManager)
            .filter_map(|person| person.organization)
            .collect();
        for organization in population.organizations() {
            assert_eq!(
                managed.contains(&organization.id),
                organization.people > 0,
                "{}",
                organization.name
            );
        }
    }

    #[test]
    fn numbers_are_sometimes_absent_sometimes_shared_and_sometimes_start_with_a_zero() {
        let population = practice();
        let values = |kind| -> Vec<Option<String>> {
            let numbers = population.organizations().map(|one| {
                let mut identifiers = one.identifiers.into_iter();
                identifiers
                    .find(|(own, _)| *own == kind)
                    .and_then(|(_, number)| number.map(str::to_owned))
            });
            numbers.collect()
        };
        for kind in [
            IdentifierKind::Vat,
            IdentifierKind::Apb,
            IdentifierKind::Riziv,
        ] {
            assert!(values(kind).contains(&None), "{kind:?} is absent somewhere");
        }
        for kind in [IdentifierKind::Apb, IdentifierKind::Riziv] {
            let numbers = values(kind);
            assert!(
                numbers
                    .iter()
                    .flatten()
                    .any(|number| number.starts_with('0')),
                "{kind:?} has a leading zero somewhere"
            );
        }
        let vat: Vec<_> = values(IdentifierKind::Vat).into_iter().flatten().collect();
        let different: HashSet<_> = vat.iter().collect();
        assert!(different.len() < vat.len(), "branches share a VAT number");
    }

    #[test]
    fn the_same_options_give_the_same_data_and_another_seed_gives_other_data() {
        let text = |seed| {
            let population = populate(&Options {
                seed,
                ..Options::default()
            });
            let people: Vec<_> = population.people().collect();
            let organizations: Vec<_> = population.organizations().collect();
            format!("{people:?}{organizations:?}")
        };
        assert_eq!(text(1), text(1));
        assert_ne!(text(1), text(2));
    }

    #[test]
    fn any_numbers_of_people_and_organizations_are_possible() {
        for (people, organizations) in [(0, 0), (0, 20), (1, 0), (1, 1), (5, 40), (300, 1)] {
            for platform in Platform::ALL {
                let population = populate(&Options {
                    people,
                    organizations,
                    platform,
                    ..Options::default()
                });
                assert_eq!(population.people().len() as u64, people);
                assert_eq!(population.organizations().len() as u64, organizations);
            }
        }
    }
}
