//! What a filter finds, as a set of places: leaves mark their places, and, or, not combine sets.

use muster_directory::OrganizationType;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use super::{
    filter::{Filter, OrganizationLeaf, UserLeaf},
    world::World,
};
use crate::bits::Bits;

/// A list in which leaves find places.
pub trait Places<L> {
    /// How long the list is.
    fn length(&self) -> usize;

    /// Adds the places where a leaf holds.
    fn mark(&self, leaf: &L, found: &mut Bits);
}

/// The places where a filter holds. Recurses as deep as filters can be, which is 64 levels.
pub fn find<L>(places: &impl Places<L>, filter: &Filter<L>) -> Bits {
    match filter {
        Filter::Leaf(leaf) => {
            let mut found = Bits::none(places.length());
            places.mark(leaf, &mut found);
            found
        }
        Filter::Except(part) => find(places, part).complement(),
        Filter::Any(parts) => {
            let mut found = Bits::none(places.length());
            for part in parts {
                match part {
                    Filter::Leaf(leaf) => places.mark(leaf, &mut found),
                    other => found |= &find(places, other),
                }
            }
            found
        }
        Filter::All(parts) => {
            let mut found = Bits::all(places.length());
            for part in parts {
                found &= &find(places, part);
            }
            found
        }
    }
}

/// The users.
pub struct Users<'a>(pub &'a World);

impl Users<'_> {
    fn mark_members(&self, organization: usize, found: &mut Bits) {
        for place in self.0.members(organization) {
            found.insert(place);
        }
    }
}

impl Places<UserLeaf> for Users<'_> {
    fn length(&self) -> usize {
        self.0.len()
    }

    fn mark(&self, leaf: &UserLeaf, found: &mut Bits) {
        match leaf {
            UserLeaf::Id(ids) => ids
                .iter()
                .filter_map(|id| self.0.place_of_person(*id))
                .for_each(|place| found.insert(place)),
            UserLeaf::Organization(id) => {
                if let Some(organization) = self.0.place_of_organization(*id) {
                    self.mark_members(organization, found);
                }
            }
            UserLeaf::Number(kind, number) => {
                for organization in self.0.with_number(*kind, number) {
                    self.mark_members(organization, found);
                }
            }
            UserLeaf::Role(role) => (0..self.0.len())
                .filter(|place| self.0.has_role(*place, role))
                .for_each(|place| found.insert(place)),
        }
    }
}

/// The organizations.
pub struct Organizations<'a>(pub &'a World);

impl Organizations<'_> {
    fn mark_if(&self, found: &mut Bits, holds: impl Fn(usize) -> bool) {
        (0..self.0.organization_count())
            .filter(|place| holds(*place))
            .for_each(|place| found.insert(place));
    }
}

impl Places<OrganizationLeaf> for Organizations<'_> {
    fn length(&self) -> usize {
        self.0.organization_count()
    }

    fn mark(&self, leaf: &OrganizationLeaf, found: &mut Bits) {
        let world = self.0;
        match leaf {
            OrganizationLeaf::Id(ids) => ids
                .iter()
                .filter_map(|id| world.place_of_organization(*id))
                .for_each(|place| found.insert(place)),
            OrganizationLeaf::Kind(kind) => {
                self.mark_if(found, |place| world.firm(place).kind == *kind);
            }
            OrganizationLeaf::Name(name) => {
                self.mark_if(found, |place| *world.firm(place).name == **name);
            }
            OrganizationLeaf::SearchName(part) => {
                let part = fold(part);
                self.mark_if(found, |place| world.folded(place).contains(&*part));
            }
            OrganizationLeaf::Specializations(wanted) => self.mark_if(found, |place| {
                let firm = world.firm(place);
                firm.kind == OrganizationType::MedicalProfessional
                    && wanted
                        .iter()
                        .any(|one| firm.specializations.contains(&one.as_str()))
            }),
            OrganizationLeaf::Number(kind, number) => {
                for place in world.with_number(*kind, number) {
                    found.insert(place);
                }
            }
        }
    }
}

/// Something that a leaf holds for, or not.
pub trait Holds<L> {
    /// Whether it does.
    fn holds(&self, leaf: &L) -> bool;
}

/// A list that is short enough to be looked through.
pub struct Items<'a, T>(pub &'a [T]);

impl<L, T: Holds<L>> Places<L> for Items<'_, T> {
    fn length(&self) -> usize {
        self.0.len()
    }

    fn mark(&self, leaf: &L, found: &mut Bits) {
        for (place, item) in self.0.iter().enumerate() {
            if item.holds(leaf) {
                found.insert(place);
            }
        }
    }
}

/// A text without its case and accents: taken apart, marks dropped, letters that do not come
/// apart written out.
pub fn fold(text: &str) -> Box<str> {
    let mut folded = String::with_capacity(text.len());
    let letters = text.nfkd().filter(|letter| !is_combining_mark(*letter));
    for letter in letters.flat_map(char::to_lowercase) {
        let written_out = match letter {
            'ß' => "ss",
            'æ' => "ae",
            'œ' => "oe",
            'þ' => "th",
            'ø' => "o",
            'ł' => "l",
            'đ' | 'ð' => "d",
            'ı' => "i",
            '\u{2018}' | '\u{2019}' => "'",
            mark if is_combining_mark(mark) => "",
            other => {
                folded.push(other);
                continue;
            }
        };
        folded.push_str(written_out);
    }
    folded.into()
}

#[cfg(test)]
mod tests {
    use std::{collections::HashMap, sync::Arc};

    use muster_directory::{
        Fact, Organization, OrganizationFilter, OrganizationId, Person, PersonFilter, PersonId,
        Role, Roster, Truth, Vocabulary,
    };
    use proptest::prelude::*;
    use serde_json::{Value, json};

    use super::{
        super::{
            body::Json,
            filter::{self, Offer},
            world::Seeded,
        },
        *,
    };
    use crate::{Options, seeding::populate};

    /// The same data as values of the directory, for its plain evaluation.
    struct Reference {
        world: World,
        people: Vec<Person>,
        organizations: Vec<Organization>,
        places: HashMap<OrganizationId, usize>,
        roles: HashMap<PersonId, Role>,
    }

    impl Roster for Reference {
        fn organization(&self, id: OrganizationId) -> Option<&Organization> {
            self.places
                .get(&id)
                .map(|place| &self.organizations[*place])
        }

        fn role(&self, id: PersonId) -> Fact<&Role> {
            self.roles.get(&id).map_or(Fact::Unknown, Fact::Known)
        }
    }

    fn reference() -> Reference {
        let population = populate(&Options {
            people: 500,
            organizations: 100,
            ..Options::default()
        });
        let world = World::new(Arc::new(Seeded::new(population, 1)));
        let people: Vec<Person> = world
            .everybody()
            .map(|one| {
                let value = json!({
                    "id": one.id,
                    "name": one.name,
                    "organization": one.organization,
                });
                serde_json::from_value(value).unwrap()
            })
            .collect();
        let roles = people
            .iter()
            .zip(world.everybody())
            .map(|(person, one)| (person.id, one.role))
            .collect();
        let organizations: Vec<Organization> = world
            .organizations()
            .map(|one| {
                let mut value = json!({
                    "id": one.id,
                    "name": one.name,
                    "type": one.kind,
                    "specializations": one.specializations,
                });
                for (kind, number) in one.identifiers {
                    value[kind.key()] = json!(number);
                }
                serde_json::from_value(value).unwrap()
            })
            .collect();
        let places = organizations
            .iter()
            .enumerate()
            .map(|(place, one)| (one.id, place))
            .collect();
        Reference {
            world,
            people,
            organizations,
            places,
            roles,
        }
    }

    fn people_found(reference: &Reference, filter: &Value) -> Vec<u64> {
        let offer = Offer {
            platform: reference.world.platform(),
            role: true,
        };
        let filter = filter::read(&Json::read(filter.to_string().as_bytes()).unwrap(), offer);
        find(&Users(&reference.world), &filter.unwrap())
            .rising(0)
            .map(|place| reference.world.person(place).id)
            .collect()
    }

    fn people_expected(reference: &Reference, filter: &Value) -> Vec<u64> {
        let vocabulary = Vocabulary {
            platform: reference.world.platform(),
            role: true,
        };
        let filter = PersonFilter::from_json(filter, "filter", vocabulary).unwrap();
        let people = reference.people.iter();
        people
            .filter(|person| filter.matches(person, reference) == Truth::Yes)
            .map(|person| person.id.get())
            .collect()
    }

    fn organizations_found(reference: &Reference, filter: &Value) -> Vec<u64> {
        let offer = Offer {
            platform: reference.world.platform(),
            role: false,
        };
        let filter = filter::read(&Json::read(filter.to_string().as_bytes()).unwrap(), offer);
        find(&Organizations(&reference.world), &filter.unwrap())
            .rising(0)
            .map(|place| reference.world.firm(place).id.into())
            .collect()
    }

    fn organizations_expected(reference: &Reference, filter: &Value) -> Vec<u64> {
        let vocabulary = Vocabulary::of(reference.world.platform());
        let filter = OrganizationFilter::from_json(filter, "filter", vocabulary).unwrap();
        let organizations = reference.organizations.iter();
        organizations
            .filter(|one| filter.matches(one) == Truth::Yes)
            .map(|one| one.id.get())
            .collect()
    }

    fn nested(leaf: BoxedStrategy<Value>) -> impl Strategy<Value = Value> {
        leaf.prop_recursive(6, 40, 5, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 1..5).prop_map(|parts| json!({"and": parts})),
                prop::collection::vec(inner.clone(), 1..5).prop_map(|parts| json!({"or": parts})),
                inner.prop_map(|part| json!({"not": part})),
            ]
        })
    }

    fn a_number(reference: &Reference) -> BoxedStrategy<Value> {
        let numbers: Vec<(&str, String)> = reference
            .world
            .organizations()
            .flat_map(|one| one.identifiers)
            .filter_map(|(kind, number)| Some((kind.key(), number?.to_owned())))
            .collect();
        prop::sample::select(numbers)
            .prop_flat_map(|(key, number)| {
                let as_integer = match (key, number.parse::<u64>()) {
                    ("apbNr" | "rizivNr", Ok(integer)) => json!({key: integer}),
                    _ => json!({key: "nothing"}),
                };
                prop::sample::select(vec![json!({key: number}), as_integer])
            })
            .boxed()
    }

    fn person_leaf(reference: &Reference) -> BoxedStrategy<Value> {
        let ids: Vec<u64> = reference.people.iter().map(|one| one.id.get()).collect();
        let id = prop_oneof![prop::sample::select(ids), 1..3_000_u64];
        let organizations: Vec<u64> = reference
            .organizations
            .iter()
            .map(|one| one.id.get())
            .collect();
        prop_oneof![
            id.clone().prop_map(|id| json!({"id": id})),
            prop::collection::vec(id, 1..200).prop_map(|ids| json!({"id": ids})),
            prop_oneof![prop::sample::select(organizations), 1..200_u64]
                .prop_map(|id| json!({"organization": id})),
            a_number(reference),
            prop::sample::select(&Role::NAMED[..]).prop_map(|role| json!({"role": role})),
        ]
        .boxed()
    }

    fn organization_leaf(reference: &Reference) -> BoxedStrategy<Value> {
        let names: Vec<String> = reference
            .organizations
            .iter()
            .map(|one| one.name.clone())
            .collect();
        let name = prop::sample::select(names);
        let kinds = OrganizationType::NAMED.to_vec();
        let specializations = prop::sample::select(crate::words::SPECIALIZATIONS);
        prop_oneof![
            prop::collection::vec(1..200_u64, 1..30).prop_map(|ids| json!({"id": ids})),
            name.clone().prop_map(|name| json!({"name": name})),
            (name, 0..10_usize, 0..10_usize).prop_map(|(name, skip, take)| {
                let part: String = name.chars().skip(skip).take(take).collect();
                json!({"searchName": part.to_uppercase()})
            }),
            prop::collection::vec(specializations, 1..3)
                .prop_map(|values| json!({"specializations": values})),
            prop::sample::select(kinds).prop_map(|kind| json!({"type": kind})),
            Just(json!({"type": "circus"})),
            a_number(reference),
        ]
        .boxed()
    }

    #[test]
    fn the_simulator_finds_the_people_that_plain_evaluation_finds() {
        let reference = reference();
        let mut runner = proptest::test_runner::TestRunner::default();
        runner
            .run(&nested(person_leaf(&reference)), |filter| {
                prop_assert_eq!(
                    people_found(&reference, &filter),
                    people_expected(&reference, &filter)
                );
                Ok(())
            })
            .unwrap();
    }

    #[test]
    fn the_simulator_finds_the_organizations_that_plain_evaluation_finds() {
        let reference = reference();
        let mut runner = proptest::test_runner::TestRunner::default();
        runner
            .run(&nested(organization_leaf(&reference)), |filter| {
                prop_assert_eq!(
                    organizations_found(&reference, &filter),
                    organizations_expected(&reference, &filter)
                );
                Ok(())
            })
            .unwrap();
    }

    proptest! {
        #[test]
        fn names_are_folded_as_everywhere_else(text in any::<String>()) {
            prop_assert_eq!(&*fold(&text), muster_directory::name::fold(&text));
        }
    }

    #[test]
    fn somebody_without_an_organization_matches_the_complement_of_every_organization_leaf() {
        let reference = reference();
        let outside = |found: Vec<u64>| {
            let people = reference.world.everybody();
            let outside = people.filter(|one| one.organization.is_none());
            let all: Vec<_> = outside.map(|one| one.id).collect();
            let in_it = all.iter().filter(|id| found.contains(id)).count();
            (in_it, all.len())
        };
        for leaf in [
            json!({"organization": 9}),
            json!({"vatNr": "BE0"}),
            json!({"apbNr": 1}),
        ] {
            let (found, _) = outside(people_found(&reference, &leaf));
            assert_eq!(found, 0, "{leaf}");
            let (found, all) = outside(people_found(&reference, &json!({"not": leaf})));
            assert_eq!(found, all, "{leaf}");
        }
    }

    #[test]
    fn a_number_with_leading_zeros_is_found_by_its_text_and_not_by_its_integer() {
        let reference = reference();
        let numbers: Vec<String> = reference
            .world
            .organizations()
            .filter(|one| one.people > 0)
            .flat_map(|one| one.identifiers)
            .filter(|(kind, _)| kind.key() == "rizivNr")
            .filter_map(|(_, number)| number.map(str::to_owned))
            .collect();
        let found = |filter: Value| !people_found(&reference, &filter).is_empty();
        let mut zeros = 0;
        for number in numbers {
            let integer: u64 = number.parse().unwrap();
            assert!(found(json!({"rizivNr": number})));
            assert_eq!(
                found(json!({"rizivNr": integer})),
                !number.starts_with('0'),
                "{number}"
            );
            zeros += usize::from(number.starts_with('0'));
        }
        assert!(zeros > 0, "some start with a zero");
    }
}
