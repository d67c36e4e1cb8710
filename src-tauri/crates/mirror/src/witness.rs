//! What the mirror can say of single people to decide criteria, now, then, and at every sync.

use std::collections::HashMap;

use muster_directory::{
    Calendar, Criteria, Fact, Organization, OrganizationId, Person, PersonId, Role, Roster, Truth,
    criteria::News, evaluate::Chronicle,
};

use crate::{
    Mirror, MirrorError, PersonFound, Presence, SyncRecord, organizations, people, roles,
    snapshot::{Snapshot, rows},
    syncs,
    versions::Version,
};

/// A person, and what it takes to decide criteria about them.
#[derive(Debug, Clone)]
pub struct Witness {
    /// The person.
    pub found: PersonFound,
    calendar: Calendar,
}

/// What the mirror knows of some people and organizations.
#[derive(Debug, Clone)]
pub struct Witnesses {
    people: HashMap<PersonId, PersonFound>,
    organizations: HashMap<OrganizationId, Organization>,
}

impl Witnesses {
    /// What the mirror knows of a person; none if nobody with this id was ever seen.
    #[must_use]
    pub fn person(&self, id: PersonId) -> Option<&PersonFound> {
        self.people.get(&id)
    }

    /// What the mirror knows of an organization; none if the key does not see it.
    #[must_use]
    pub fn organization(&self, id: OrganizationId) -> Option<&Organization> {
        self.organizations.get(&id)
    }

    /// An organization that is known from elsewhere, instead of what the mirror says of it.
    pub fn insert_organization(&mut self, organization: Organization) {
        self.organizations.insert(organization.id, organization);
    }
}

impl Witness {
    /// A person whom the mirror gave, on a day.
    #[must_use]
    pub fn of(found: PersonFound, calendar: &Calendar) -> Self {
        Self {
            found,
            calendar: calendar.clone(),
        }
    }

    fn own(&self, id: PersonId) -> Option<&PersonFound> {
        Some(&self.found).filter(|own| own.person.id == id)
    }
}

impl Roster for Witness {
    fn organization(&self, id: OrganizationId) -> Option<&Organization> {
        let visible = self.found.organization_visible;
        let own = self.found.organization.as_ref().filter(|_| visible);
        own.filter(|own| own.id == id)
    }

    fn role(&self, id: PersonId) -> Fact<&Role> {
        self.own(id).map_or(Fact::Unknown, |own| own.role.as_ref())
    }
}

impl Chronicle for Witness {
    fn calendar(&self) -> &Calendar {
        &self.calendar
    }

    fn news(&self, id: PersonId) -> Fact<News> {
        self.own(id)
            .map_or(Fact::Unknown, |own| Fact::Known(own.news))
    }

    fn changed_at(&self, id: PersonId) -> Fact<i64> {
        self.own(id)
            .map_or(Fact::Unknown, |own| Fact::Known(own.last_changed))
    }
}

impl Mirror {
    /// A person, now or after a past sync, with what it takes to decide criteria; none if nobody
    /// with this id had been seen. Reads that person only.
    pub fn witness(
        &self,
        id: PersonId,
        as_of: Option<i64>,
        calendar: &Calendar,
    ) -> Result<Option<Witness>, MirrorError> {
        self.read(as_of, |snapshot| {
            let found = snapshot.people_rows(&[id.get()])?.into_iter().next();
            Ok(found.map(|found| Witness::of(found, calendar)))
        })
    }

    /// What the mirror knows of these people, and of these organizations as far as the key sees
    /// them.
    pub fn witnesses(
        &self,
        people: &[PersonId],
        organizations: &[OrganizationId],
    ) -> Result<Witnesses, MirrorError> {
        self.read(None, |snapshot| {
            let ids: Vec<u64> = people.iter().map(|id| id.get()).collect();
            let found = snapshot.people_rows(&ids)?;
            Ok(Witnesses {
                people: found.into_iter().map(|own| (own.person.id, own)).collect(),
                organizations: visible(snapshot, organizations)?,
            })
        })
    }

    /// At every sync, the oldest first, whether a person was among those whom criteria asked for:
    /// like the same question as of that sync, so those who were not present were not, unless the
    /// criteria ask for that themselves. `calendar_at` gives the day of a sync from the time when
    /// it finished. Reads that person's versions only.
    pub fn matching(
        &self,
        id: PersonId,
        criteria: &Criteria,
        calendar_at: &dyn Fn(i64) -> Calendar,
    ) -> Result<Vec<(SyncRecord, Truth)>, MirrorError> {
        self.read(None, |snapshot| {
            let past = Past::read(snapshot, id)?;
            let criteria = criteria.enabled();
            let news = criteria.as_ref().is_some_and(Criteria::asks_for_news);
            let truth = |sync: &SyncRecord| {
                let Some(found) = past.at(sync.id) else {
                    return Truth::No;
                };
                if !news && found.presence != Presence::Present {
                    return Truth::No;
                }
                let witness = Witness::of(found, &calendar_at(sync.finished_at));
                criteria.as_ref().map_or(Truth::Yes, |criteria| {
                    criteria.matches(&witness.found.person, &witness)
                })
            };
            let syncs = past.syncs.iter();
            Ok(syncs.map(|sync| (*sync, truth(sync))).collect())
        })
    }
}

fn visible(
    snapshot: &Snapshot<'_>,
    organizations: &[OrganizationId],
) -> Result<HashMap<OrganizationId, Organization>, MirrorError> {
    let mut ids: Vec<u64> = organizations.iter().map(|id| id.get()).collect();
    ids.sort_unstable();
    ids.dedup();
    let sql = organizations::by_ids(snapshot.at);
    let found = rows(snapshot.connection, &sql, &ids, organizations::read)?;
    let visible = found
        .into_iter()
        .filter(|own| own.presence == Presence::Present);
    Ok(visible
        .map(|own| (own.organization.id, own.organization))
        .collect())
}

/// Everything that was ever known of a person.
struct Past {
    /// The oldest first.
    syncs: Vec<SyncRecord>,
    person: Vec<Version<(Person, Presence)>>,
    roles: Vec<Version<Fact<Role>>>,
    organizations: HashMap<OrganizationId, Vec<Version<(Organization, Presence)>>>,
}

impl Past {
    fn read(snapshot: &Snapshot<'_>, id: PersonId) -> Result<Self, MirrorError> {
        let connection = snapshot.connection;
        let mut syncs = syncs::all(connection)?;
        syncs.reverse();
        let person = people::versions(connection, id)?;
        let mut organizations = HashMap::new();
        for version in &person {
            if let Fact::Known(id) = version.value.0.organization
                && !organizations.contains_key(&id)
            {
                organizations.insert(id, organizations::versions(connection, id)?);
            }
        }
        Ok(Self {
            syncs,
            person,
            roles: roles::versions(connection, id)?,
            organizations,
        })
    }

    /// The person as a sync left them; none if they had not been seen.
    fn at(&self, sync: i64) -> Option<PersonFound> {
        let (place, own) = Version::find(&self.person, sync)?;
        let before = place
            .checked_sub(1)
            .and_then(|place| self.person.get(place));
        let (person, presence) = own.value.clone();
        let organization = person
            .organization
            .known()
            .and_then(|id| self.organizations.get(id))
            .and_then(|versions| Version::find(versions, sync))
            .map(|(_, version)| &version.value);
        let role = Version::find(&self.roles, sync);
        let role = role.map_or(Fact::Unknown, |(_, version)| version.value.clone());
        let learned = self.syncs.iter().rev();
        let learned = learned.filter(|own| own.id <= sync && own.roles_asked);
        Some(PersonFound {
            person,
            organization: organization.map(|(own, _)| own.clone()),
            organization_visible: organization
                .is_some_and(|(_, presence)| *presence == Presence::Present),
            role_learned_at: role
                .known()
                .and_then(|_| learned.map(|own| own.finished_at).next()),
            role,
            presence,
            news: presence.news(own.from == sync, before.map(|before| before.value.1)),
            first_seen: self.finished(self.person.first()?.from),
            last_changed: self.finished(own.from),
        })
    }

    fn finished(&self, sync: i64) -> i64 {
        let found = self.syncs.binary_search_by_key(&sync, |own| own.id);
        found.map_or(0, |place| self.syncs[place].finished_at)
    }
}
