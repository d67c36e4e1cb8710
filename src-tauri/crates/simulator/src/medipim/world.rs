//! What the simulated Medipim knows now: what was seeded, and over it what was changed since.
//!
//! Who reads holds a world of its own, which no change touches any more.

use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

use muster_directory::{IdentifierKind, Platform, Role};

use super::{
    details::{self, Details, Traits},
    holder::{Account, ApiKey, Links},
    key::{self, Key},
    leaves::fold,
};
use crate::population::{Firm, Population, SimulatedOrganization, SimulatedPerson};

/// What the seed decides and nothing changes.
#[derive(Debug)]
pub struct Seeded {
    /// The people and organizations.
    pub population: Population,
    /// What decided them.
    pub seed: u64,
    /// The keys that are told when the simulator is ready.
    pub keys: Vec<Key>,
    /// The names of the organizations, folded.
    folded: Vec<Box<str>>,
    /// The places of the organizations in the order of their folded names, then ids.
    by_name: Vec<usize>,
}

impl Seeded {
    /// Everything that follows from a population.
    pub fn new(population: Population, seed: u64) -> Self {
        let firms = population.firms();
        let folded: Vec<_> = firms.iter().map(|firm| fold(&firm.name)).collect();
        let mut by_name: Vec<usize> = (0..folded.len()).collect();
        by_name.sort_by(|one, other| folded[*one].cmp(&folded[*other]));
        Self {
            keys: key::keys(&population, seed),
            population,
            seed,
            folded,
            by_name,
        }
    }
}

/// What the simulated Medipim knows at a moment. People and organizations stand at places, with
/// rising ids: first the seeded ones, then those that were created.
#[derive(Debug, Clone)]
pub struct World {
    /// What was there from the beginning.
    pub seeded: Arc<Seeded>,
    /// Seeded people that were changed, by place.
    changed: HashMap<usize, Arc<Record>>,
    /// People that were created.
    people: Vec<Arc<Record>>,
    /// Organizations that were created.
    organizations: Vec<Arc<Created>>,
    /// The places of created people, by the place of their organization.
    pub(super) joined: HashMap<usize, Vec<usize>>,
    /// What is linked to the accounts of resellers.
    pub(super) links: HashMap<Account, Arc<Links>>,
    /// The keys that are not as the seed says.
    pub(super) keys: BTreeMap<u64, Arc<ApiKey>>,
}

/// A person that is not, or no longer, as the seed says.
#[derive(Debug, Clone)]
pub struct Record {
    /// The vendor's id.
    pub id: u64,
    /// The display name.
    pub name: Box<str>,
    /// The id of the organization.
    pub organization: Option<u64>,
    /// Unix seconds.
    pub created_at: i64,
    /// Unix seconds.
    pub updated_at: i64,
    /// The role.
    pub role: Role,
    /// What users/query does not return.
    pub details: Details,
}

#[derive(Debug)]
struct Created {
    firm: Firm,
    folded: Box<str>,
}

impl Record {
    fn person(&self) -> SimulatedPerson<'_> {
        SimulatedPerson {
            id: self.id,
            name: &self.name,
            organization: self.organization,
            created_at: self.created_at,
            updated_at: self.updated_at,
            role: self.role.clone(),
        }
    }
}

impl World {
    /// The world in which nothing was changed yet.
    pub fn new(seeded: Arc<Seeded>) -> Self {
        Self {
            links: Links::seeded(&seeded),
            keys: ApiKey::seeded(&seeded),
            seeded,
            changed: HashMap::new(),
            people: Vec::new(),
            organizations: Vec::new(),
            joined: HashMap::new(),
        }
    }

    /// The national platform.
    pub fn platform(&self) -> Platform {
        self.seeded.population.platform
    }

    /// How many people there are.
    pub fn len(&self) -> usize {
        self.seeded.population.len() + self.people.len()
    }

    /// The person at a place.
    pub fn person(&self, place: usize) -> SimulatedPerson<'_> {
        match self.record(place) {
            Some(record) => record.person(),
            None => self.seeded.population.person(place),
        }
    }

    fn record(&self, place: usize) -> Option<&Record> {
        match place.checked_sub(self.seeded.population.len()) {
            Some(nth) => self.people.get(nth).map(|record| &**record),
            None => self.changed.get(&place).map(|record| &**record),
        }
    }

    /// What users/query does not return of the person at a place.
    pub fn details(&self, place: usize) -> Details {
        if let Some(record) = self.record(place) {
            return record.details.clone();
        }
        let person = self.seeded.population.person(place);
        let organization = self.organization_of(&person);
        let name = organization.map(|place| &*self.firm(place).name);
        details::details(self.seeded.seed, &person, self.platform(), name)
    }

    /// The part of the details that needs no allocation.
    pub fn traits(&self, place: usize) -> Traits {
        match self.record(place) {
            Some(record) => record.details.traits,
            None => {
                let person = self.seeded.population.person(place);
                details::traits(self.seeded.seed, &person, self.platform())
            }
        }
    }

    /// Whether a seeded person has this address, in any case of its letters.
    pub fn is_seeded_email(&self, email: &str) -> bool {
        let place = details::id_in(email).and_then(|id| self.seeded.population.place_of_person(id));
        place.is_some_and(|place| {
            let person = self.seeded.population.person(place);
            let organization = self.organization_of(&person);
            let name = organization.map(|place| &*self.firm(place).name);
            details::email(&person, name) == email.to_lowercase()
        })
    }

    /// The place of the organization of a person.
    pub fn organization_of(&self, person: &SimulatedPerson<'_>) -> Option<usize> {
        self.place_of_organization(person.organization?)
    }

    /// The place of the person with an id.
    pub fn place_of_person(&self, id: u64) -> Option<usize> {
        let seeded = self.seeded.population.place_of_person(id);
        seeded.or_else(|| {
            let created = self.people.binary_search_by_key(&id, |record| record.id);
            created.ok().map(|nth| self.seeded.population.len() + nth)
        })
    }

    /// Whether the person at a place has a role.
    pub fn has_role(&self, place: usize, role: &Role) -> bool {
        match self.record(place) {
            Some(record) => record.role == *role,
            None => self.seeded.population.has_role(place, role),
        }
    }

    /// How many organizations there are.
    pub fn organization_count(&self) -> usize {
        self.seeded.population.firms().len() + self.organizations.len()
    }

    /// The organization at a place.
    pub fn firm(&self, place: usize) -> &Firm {
        let seeded = self.seeded.population.firms();
        match seeded.get(place) {
            Some(firm) => firm,
            None => &self.organizations[place - seeded.len()].firm,
        }
    }

    /// The folded name of the organization at a place.
    pub fn folded(&self, place: usize) -> &str {
        let seeded = &self.seeded.folded;
        match seeded.get(place) {
            Some(folded) => folded,
            None => &self.organizations[place - seeded.len()].folded,
        }
    }

    /// The places of the organizations in the order of their folded names, then ids.
    pub fn by_name(&self) -> Vec<usize> {
        let mut places = self.seeded.by_name.clone();
        if !self.organizations.is_empty() {
            places.extend(self.seeded.folded.len()..self.organization_count());
            places.sort_by(|one, other| self.folded(*one).cmp(self.folded(*other)));
        }
        places
    }

    /// The place of the organization with an id.
    pub fn place_of_organization(&self, id: u64) -> Option<usize> {
        let seeded = &self.seeded.population;
        seeded.place_of_organization(id).or_else(|| {
            let of = |created: &Arc<Created>| u64::from(created.firm.id);
            let created = self.organizations.binary_search_by_key(&id, of);
            created.ok().map(|nth| seeded.firms().len() + nth)
        })
    }

    /// The places of the people of an organization, rising.
    pub fn members(&self, organization: usize) -> impl Iterator<Item = usize> {
        let seeded = &self.seeded.population;
        let from_the_start = match organization < seeded.firms().len() {
            true => seeded.members(organization),
            false => &[],
        };
        let joined = self
            .joined
            .get(&organization)
            .map_or(&[][..], Vec::as_slice);
        let from_the_start = from_the_start.iter().map(|place| *place as usize);
        from_the_start.chain(joined.iter().copied())
    }

    /// The places of the organizations with a number, rising.
    pub fn with_number(&self, kind: IdentifierKind, number: &str) -> impl Iterator<Item = usize> {
        let kinds = self.platform().identifiers();
        let at = kinds.iter().position(|one| *one == kind);
        let seeded = self.seeded.population.with_number(kind, number);
        let has = move |created: &Created| {
            let own = at.and_then(|at| created.firm.numbers[at].as_deref());
            own == Some(number)
        };
        let first = self.seeded.population.firms().len();
        let created = self.organizations.iter().enumerate();
        let created = created.filter(move |(_, created)| has(created));
        let seeded = seeded.iter().map(|place| *place as usize);
        seeded.chain(created.map(move |(nth, _)| first + nth))
    }

    /// Everybody, with rising ids.
    pub fn everybody(&self) -> impl ExactSizeIterator<Item = SimulatedPerson<'_>> {
        (0..self.len()).map(|place| self.person(place))
    }

    /// Every organization, with rising ids.
    pub fn organizations(&self) -> impl ExactSizeIterator<Item = SimulatedOrganization<'_>> {
        let people = |place| self.members(place).count() as u64;
        (0..self.organization_count())
            .map(move |place| self.firm(place).shown(self.platform(), people(place)))
    }
}

/// What changes call.
impl World {
    /// The id that the next created person gets.
    pub fn next_person(&self) -> u64 {
        self.len()
            .checked_sub(1)
            .map_or(1_001, |last| self.person(last).id + 1)
    }

    /// The id that the next created organization gets.
    pub fn next_organization(&self) -> u64 {
        let last = self.organization_count().checked_sub(1);
        last.map_or(5, |last| u64::from(self.firm(last).id) + 1)
    }

    /// Adds a person, whose id is higher than all others.
    pub(super) fn add_person(&mut self, organization: usize, record: Record) {
        let place = self.len();
        self.joined.entry(organization).or_default().push(place);
        self.people.push(Arc::new(record));
    }

    /// The person at a place as it can be changed.
    pub(super) fn record_mut(&mut self, place: usize) -> Option<&mut Record> {
        if let Some(nth) = place.checked_sub(self.seeded.population.len()) {
            return self.people.get_mut(nth).map(Arc::make_mut);
        }
        if !self.changed.contains_key(&place) {
            let person = self.seeded.population.person(place);
            let record = Record {
                id: person.id,
                name: person.name.into(),
                organization: person.organization,
                created_at: person.created_at,
                updated_at: person.updated_at,
                role: person.role,
                details: self.details(place),
            };
            self.changed.insert(place, Arc::new(record));
        }
        self.changed.get_mut(&place).map(Arc::make_mut)
    }

    /// Adds an organization, whose id is higher than all others; gives its place.
    pub(super) fn add_organization(&mut self, firm: Firm) -> usize {
        let folded = fold(&firm.name);
        self.organizations.push(Arc::new(Created { firm, folded }));
        self.organization_count() - 1
    }
}
