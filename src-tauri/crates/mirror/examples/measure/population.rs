//! The people and organizations that are measured with.

use muster_directory::{Fact, Organization, OrganizationId, Person, PersonId, Role, person::Meta};
use serde_json::{Map, json};

const FIRST: [&str; 16] = [
    "Anna",
    "Zoë",
    "Jan",
    "Marie-Claire",
    "Łukasz",
    "Fatima",
    "Pieter",
    "François",
    "Noor",
    "Émilie",
    "Sofie",
    "Ahmed",
    "Lies",
    "Björn",
    "Katrien",
    "Yusuf",
];
const LAST: [&str; 16] = [
    "Janssens",
    "Peeters",
    "De Smet",
    "D'Hondt",
    "Maes",
    "Van den Broeck",
    "Dubois",
    "Müller",
    "El Amrani",
    "Claes",
    "Goossens",
    "Wouters",
    "Lefèvre",
    "Vermeulen",
    "Özdemir",
    "Nowak",
];

/// So many people, in a twentieth as many organizations.
pub struct Population {
    pub people: u64,
    pub organizations: u64,
}

impl Population {
    pub fn of(people: u64) -> Self {
        Self {
            people,
            organizations: people / 20,
        }
    }

    /// The id of the person with a number.
    pub fn id(number: u64) -> PersonId {
        PersonId::try_from(number * 3).unwrap()
    }

    pub fn organization(&self, id: u64) -> Organization {
        let name = format!("Apotheek {} {id}", LAST[(id % 16) as usize]);
        serde_json::from_value(json!({
            "id": id, "name": name, "type": "medical_professional",
            "vatNr": format!("BE{id:010}"), "apbNr": format!("{:06}", id * 7 % 1_000_000),
            "rizivNr": null,
        }))
        .unwrap()
    }

    /// The person with a number. The first organization has a fiftieth of all people; one in forty
    /// is in none.
    pub fn person(&self, number: u64, updated: i64) -> Person {
        let mixed = mix(number);
        let organization = match mixed % 200 {
            0..4 => Fact::Known(organization_id(1)),
            4..9 => Fact::Absent,
            _ => Fact::Known(organization_id(mixed % self.organizations + 1)),
        };
        Person {
            id: Self::id(number),
            name: format!(
                "{} {} {}",
                FIRST[(mixed % 16) as usize],
                LAST[(mixed / 16 % 16) as usize],
                mixed % 9_973
            ),
            organization,
            meta: Meta {
                created_at: Fact::Known(1_400_000_000 + (mixed % 300_000_000) as i64),
                updated_at: Fact::Known(1_500_000_000 + updated),
                extra: Map::new(),
            },
            extra: Map::new(),
        }
    }

    /// The people of each role: three in four have one that is known.
    pub fn roles(&self) -> impl Iterator<Item = (Role, Vec<PersonId>)> {
        (0_u64..).zip(Role::NAMED).take(3).map(|(place, role)| {
            let own = (1..=self.people).filter(|number| mix(*number) / 7 % 4 == place);
            (role, own.map(Self::id).collect())
        })
    }
}

pub fn organization_id(id: u64) -> OrganizationId {
    OrganizationId::try_from(id).unwrap()
}

fn mix(number: u64) -> u64 {
    number.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 32
}
