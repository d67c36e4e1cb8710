//! The people and organizations that the simulated vendors know, kept small.

use std::collections::HashMap;

use muster_directory::{IdentifierKind, OrganizationType, Platform, Role};

/// Everybody and everything that the simulated vendors know.
#[derive(Debug)]
pub struct Population {
    pub(crate) platform: Platform,
    people: Vec<Row>,
    names: String,
    organizations: Vec<Firm>,
    /// Places of people, grouped by organization.
    members: Vec<u32>,
    /// Where the members of each organization start, and where the last ones end.
    starts: Vec<u32>,
    /// Places of organizations by number, in the order of the platform's identifiers.
    numbers: Vec<HashMap<Box<str>, Vec<u32>>>,
}

/// A person in 24 bytes; the name ends where the next one starts.
#[derive(Debug)]
struct Row {
    id: u32,
    name: u32,
    organization: u32,
    created_at: u32,
    updated_at: u32,
    role: u8,
}

const NO_ORGANIZATION: u32 = u32::MAX;

/// An organization.
#[derive(Debug)]
pub(crate) struct Firm {
    pub id: u32,
    pub name: Box<str>,
    pub kind: OrganizationType,
    /// In the order of the platform's identifiers.
    pub numbers: Vec<Option<Box<str>>>,
    pub specializations: Vec<&'static str>,
    pub created_at: u32,
    pub updated_at: u32,
}

/// A person to add. People come with rising ids.
pub(crate) struct NewPerson {
    pub id: u32,
    pub organization: Option<u32>,
    pub created_at: u32,
    pub updated_at: u32,
    /// Place in [`Role::NAMED`].
    pub role: u8,
}

/// A person as the simulator knows it: with the role, which Medipim's answers do not tell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SimulatedPerson<'a> {
    /// The vendor's id.
    pub id: u64,
    /// The display name.
    pub name: &'a str,
    /// The id of the organization, if there is one.
    pub organization: Option<u64>,
    /// Unix seconds.
    pub created_at: i64,
    /// Unix seconds, never before `created_at`.
    pub updated_at: i64,
    /// The role.
    pub role: Role,
}

/// An organization as the simulator knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SimulatedOrganization<'a> {
    /// The vendor's id.
    pub id: u64,
    /// The display name.
    pub name: &'a str,
    /// What kind of organization it is.
    pub kind: OrganizationType,
    /// The numbers that the platform knows; none where this organization has none.
    pub identifiers: Vec<(IdentifierKind, Option<&'a str>)>,
    /// What an organization of medical professionals is specialized in.
    pub specializations: &'a [&'static str],
    /// How many people are in it.
    pub people: u64,
    /// Unix seconds.
    pub created_at: i64,
    /// Unix seconds, never before `created_at`.
    pub updated_at: i64,
}

impl Population {
    /// A population of these organizations, in the order of their ids, and of nobody yet.
    pub(crate) fn new(platform: Platform, organizations: Vec<Firm>, people: usize) -> Self {
        let mut numbers = vec![HashMap::<_, Vec<_>>::new(); platform.identifiers().len()];
        for (place, firm) in organizations.iter().enumerate() {
            for (by_number, number) in numbers.iter_mut().zip(&firm.numbers) {
                if let Some(number) = number {
                    by_number
                        .entry(number.clone())
                        .or_default()
                        .push(place as u32);
                }
            }
        }
        Self {
            platform,
            people: Vec::with_capacity(people),
            names: String::with_capacity(people * 20),
            starts: vec![0; organizations.len() + 1],
            organizations,
            members: Vec::new(),
            numbers,
        }
    }

    /// Adds a person, whose name `write_name` appends.
    pub(crate) fn push(&mut self, person: &NewPerson, write_name: impl FnOnce(&mut String)) {
        self.people.push(Row {
            id: person.id,
            name: self.names.len() as u32,
            organization: person.organization.unwrap_or(NO_ORGANIZATION),
            created_at: person.created_at,
            updated_at: person.updated_at,
            role: person.role,
        });
        write_name(&mut self.names);
    }

    /// Groups the people by organization, once all are there.
    pub(crate) fn group(&mut self) {
        let mut sizes = vec![0; self.organizations.len()];
        for row in self
            .people
            .iter()
            .filter(|row| row.organization().is_some())
        {
            sizes[row.organization as usize] += 1;
        }
        let mut next = vec![0; self.organizations.len()];
        let mut start = 0;
        for (place, size) in sizes.into_iter().enumerate() {
            (self.starts[place], next[place]) = (start, start as usize);
            start += size;
            self.starts[place + 1] = start;
        }
        self.members = vec![0; start as usize];
        for (place, row) in self.people.iter().enumerate() {
            if let Some(organization) = row.organization() {
                self.members[next[organization]] = place as u32;
                next[organization] += 1;
            }
        }
    }

    /// How many people there are.
    pub(crate) fn len(&self) -> usize {
        self.people.len()
    }

    /// The person at a place.
    pub(crate) fn person(&self, place: usize) -> SimulatedPerson<'_> {
        let row = &self.people[place];
        let end = self.people.get(place + 1).map(|next| next.name as usize);
        SimulatedPerson {
            id: row.id.into(),
            name: &self.names[row.name as usize..end.unwrap_or(self.names.len())],
            organization: row
                .organization()
                .map(|organization| self.organizations[organization].id.into()),
            created_at: row.created_at.into(),
            updated_at: row.updated_at.into(),
            role: Role::NAMED[usize::from(row.role)].clone(),
        }
    }

    /// The place of the person with an id.
    pub(crate) fn place_of_person(&self, id: u64) -> Option<usize> {
        self.people
            .binary_search_by(|row| u64::from(row.id).cmp(&id))
            .ok()
    }

    /// Whether the person at a place has a role.
    pub(crate) fn has_role(&self, place: usize, role: &Role) -> bool {
        Role::NAMED[usize::from(self.people[place].role)] == *role
    }

    /// Whether the person at a place has an organization.
    pub(crate) fn has_organization(&self, place: usize) -> bool {
        self.people[place].organization().is_some()
    }

    /// The organizations, with rising ids.
    pub(crate) fn firms(&self) -> &[Firm] {
        &self.organizations
    }

    /// The place of the organization with an id.
    pub(crate) fn place_of_organization(&self, id: u64) -> Option<usize> {
        self.organizations
            .binary_search_by(|firm| u64::from(firm.id).cmp(&id))
            .ok()
    }

    /// The places of the people of an organization, rising.
    pub(crate) fn members(&self, organization: usize) -> &[u32] {
        let (start, end) = (self.starts[organization], self.starts[organization + 1]);
        &self.members[start as usize..end as usize]
    }

    /// The places of the organizations with a number, rising.
    pub(crate) fn with_number(&self, kind: IdentifierKind, number: &str) -> &[u32] {
        let known = self.platform.identifiers();
        known
            .iter()
            .position(|one| *one == kind)
            .and_then(|at| self.numbers[at].get(number))
            .map_or(&[], Vec::as_slice)
    }

    /// Everybody, with rising ids.
    pub fn people(&self) -> impl ExactSizeIterator<Item = SimulatedPerson<'_>> {
        (0..self.people.len()).map(|place| self.person(place))
    }

    /// Every organization, with rising ids.
    pub fn organizations(&self) -> impl ExactSizeIterator<Item = SimulatedOrganization<'_>> {
        let people = |place| self.members(place).len() as u64;
        let firms = self.organizations.iter().enumerate();
        firms.map(move |(place, firm)| firm.shown(self.platform, people(place)))
    }
}

impl Firm {
    /// It with its numbers named and so many people.
    pub fn shown(&self, platform: Platform, people: u64) -> SimulatedOrganization<'_> {
        let kinds = platform.identifiers().iter();
        SimulatedOrganization {
            id: self.id.into(),
            name: &self.name,
            kind: self.kind.clone(),
            identifiers: kinds
                .zip(&self.numbers)
                .map(|(kind, number)| (*kind, number.as_deref()))
                .collect(),
            specializations: &self.specializations,
            people,
            created_at: self.created_at.into(),
            updated_at: self.updated_at.into(),
        }
    }
}

impl Row {
    fn organization(&self) -> Option<usize> {
        (self.organization != NO_ORGANIZATION).then_some(self.organization as usize)
    }
}
