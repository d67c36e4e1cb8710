//! How the people who match are divided, with counts.

use fixedbitset::FixedBitSet;
use muster_directory::{
    Fact, IdentifierKind, OrganizationId, Role,
    criteria::{Age, AgeUnit, TimeField, TimeTest},
};

use crate::{Mirror, MirrorError, SyncRecord, Who, snapshot::Snapshot};

/// How many organizations are listed.
const MOST: usize = 20;

/// Values, and how many people have each.
pub type Parts<T> = Vec<(Fact<T>, u64)>;

/// How the people who match are divided, all from one sync.
#[derive(Debug, Clone, PartialEq)]
pub struct FacetsFound {
    /// How many are divided.
    pub total: u64,
    /// By organization, the largest first, at most 20.
    pub organizations: Parts<OrganizationNamed>,
    /// How many organizations there are in all, with those in none and those in an unknown one.
    pub organizations_in_all: u64,
    /// By role, the largest first; parts without anybody are left out.
    pub roles: Parts<Role>,
    /// By whether their organization has a number.
    pub identifiers: [(IdentifierKind, Presences); IdentifierKind::ALL.len()],
    /// By the year in which the vendor created them, the newest first; parts without anybody are
    /// left out.
    pub created: Parts<i16>,
    /// How many changed since so long ago, the shortest first. Each contains those before it.
    pub changed: Vec<(Age, u64)>,
    /// The sync that this is the state of; none before the first one.
    pub sync: Option<SyncRecord>,
}

/// An organization, and how it is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrganizationNamed {
    /// The vendor's id.
    pub id: OrganizationId,
    /// The last known name; none if the key never saw it.
    pub name: Option<String>,
}

/// For how many a value is there, known not to be there, and not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Presences {
    /// There is one.
    pub any: u64,
    /// It is known that there is none.
    pub none: u64,
    /// It is not known.
    pub unknown: u64,
}

impl Mirror {
    /// How the people who match, or may, are divided.
    pub fn facets(&self, who: &Who<'_>) -> Result<FacetsFound, MirrorError> {
        self.read(who.as_of, |snapshot| {
            let found = snapshot.matches(who)?;
            let of = found.wanted(who.truth);
            let places = snapshot
                .roll
                .people(snapshot.connection)?
                .count_by_place(of);
            let (organizations, organizations_in_all) = snapshot.by_organization(&places)?;
            Ok(FacetsFound {
                total: places.iter().sum(),
                organizations,
                organizations_in_all,
                roles: snapshot.by_role(of)?,
                identifiers: snapshot.by_identifiers(&places)?,
                created: snapshot.by_year(of, who)?,
                changed: snapshot.by_change(of, who)?,
                sync: snapshot.sync,
            })
        })
    }
}

impl Snapshot<'_> {
    fn by_organization(
        &self,
        counts: &[u64],
    ) -> Result<(Parts<OrganizationNamed>, u64), MirrorError> {
        let people = self.roll.people(self.connection)?;
        let organizations = self.roll.organizations(self.connection)?;
        let count = |place: usize| counts.get(place).copied().unwrap_or_default();
        let known = people.organizations();
        let mut parts: Vec<(Fact<u64>, u64)> = known
            .map(|(id, place)| (Fact::Known(id), count(place)))
            .chain([
                (Fact::Absent, count(people.in_none())),
                (Fact::Unknown, count(people.in_unknown())),
            ])
            .filter(|(_, count)| *count > 0)
            .collect();
        let in_all = parts.len() as u64;
        parts.sort_unstable_by_key(|(own, count)| (std::cmp::Reverse(*count), *own));
        parts.truncate(MOST);
        let named = |id| {
            // What stands in the file was an id when it was written.
            let own = OrganizationId::try_from(id).ok()?;
            let name = organizations.name(id);
            Some(OrganizationNamed { id: own, name })
        };
        let parts = parts.into_iter().filter_map(|(id, count)| {
            let part = match id {
                Fact::Known(id) => Fact::Known(named(id)?),
                Fact::Absent => Fact::Absent,
                Fact::Unknown => Fact::Unknown,
            };
            Some((part, count))
        });
        Ok((parts.collect(), in_all))
    }

    fn by_role(&self, of: &FixedBitSet) -> Result<Parts<Role>, MirrorError> {
        let roles = self.roll.roles(self.connection)?;
        let known = roles
            .all()
            .map(|(role, people)| (Fact::Known(role), people));
        let mut parts: Vec<_> = known
            .chain([(Fact::Unknown, roles.unknown())])
            .map(|(role, people)| (role.map(Role::clone), together(people, of)))
            .filter(|(_, count)| *count > 0)
            .collect();
        parts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        Ok(parts)
    }

    fn by_identifiers(
        &self,
        counts: &[u64],
    ) -> Result<[(IdentifierKind, Presences); IdentifierKind::ALL.len()], MirrorError> {
        let places = self.roll.places(self.connection)?;
        let sum = |of: &FixedBitSet| of.ones().filter_map(|place| counts.get(place)).sum();
        let total: u64 = counts.iter().sum();
        Ok(IdentifierKind::ALL.map(|kind| {
            let known = places.identifier(kind);
            let (none, unknown) = (sum(&known.none), sum(&known.unknown));
            let any = total - none - unknown;
            let presences = Presences { any, none, unknown };
            (kind, presences)
        }))
    }

    fn by_year(&self, of: &FixedBitSet, who: &Who<'_>) -> Result<Parts<i16>, MirrorError> {
        let times = self.roll.times(self.connection, TimeField::Created)?;
        let years = self.roll.years(self.connection, &who.calendar.zone)?;
        let mut parts: Vec<_> = years
            .count(of)
            .into_iter()
            .map(|(year, count)| (Fact::Known(year), count))
            .collect();
        parts.push((Fact::Absent, together(times.absent(), of)));
        parts.push((Fact::Unknown, together(times.unknown(), of)));
        parts.retain(|(_, count)| *count > 0);
        Ok(parts)
    }

    fn by_change(&self, of: &FixedBitSet, who: &Who<'_>) -> Result<Vec<(Age, u64)>, MirrorError> {
        let ages = [
            Age::new(7, AgeUnit::Days),
            Age::new(30, AgeUnit::Days),
            Age::new(90, AgeUnit::Days),
            Age::new(1, AgeUnit::Years),
        ];
        let ages: Vec<Age> = ages.into_iter().flatten().collect();
        let from = |age: &Age| who.calendar.range(TimeTest::Newer(*age)).from;
        let moments = ages.iter().rev().map(from).collect();
        let buckets = self.roll.changed_between(self.connection, moments)?;
        let mut since = 0;
        let newest_first = buckets.count(of).into_iter().rev().map(|count| {
            since += count;
            since
        });
        Ok(ages.into_iter().zip(newest_first).collect())
    }
}

fn together(a: &FixedBitSet, b: &FixedBitSet) -> u64 {
    a.intersection_count(b) as u64
}
