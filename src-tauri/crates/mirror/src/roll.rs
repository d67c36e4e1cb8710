//! The roll: what criteria, searches and orders need of everybody, in memory, as of one sync.
//!
//! SQLite keeps the truth and gives the rows. Who they are is answered here: sets of positions for
//! each clause, joined by and, or, not; the total is a count, a page is a select by rank. A
//! question then takes about as long for the last page as for the first, and for any criteria.
//! Each part is read when it is first needed, from the sync that the roll is of.

mod asked;
mod buckets;
mod clauses;
mod names;
mod news;
mod orders;
mod organizations;
mod people;
mod places;
mod roles;
mod times;

use std::sync::Arc;

use fixedbitset::FixedBitSet;
use jiff::tz::TimeZone;
use muster_directory::{OrganizationFilter, criteria::TimeField};
use rusqlite::Connection;

use self::{asked::Recent, news::Changes, orders::Orders};
pub(crate) use self::{
    asked::{Asked, Dated, Matches},
    buckets::{Buckets, Years},
    organizations::Organizations,
    people::People,
    places::Places,
    roles::Roles,
    times::Times,
};
use crate::{
    MirrorError,
    answer::answer,
    at::At,
    part::Part,
    people::scan_folded,
    search::{Typed, ids_beginning_with},
    texts::{Texts, Whole},
};

/// How many answers are kept: scrolling asks for another page of the same.
const RECENT: usize = 8;

/// Everybody, as of one sync.
pub(crate) struct Roll {
    /// The sync; 0 before the first one.
    sync: i64,
    at: At,
    people: Part<People>,
    names: Part<Texts>,
    whole_names: Part<Whole>,
    organizations: Part<Organizations>,
    roles: Part<Roles>,
    changes: Part<Changes>,
    times: [Part<Times>; TimeField::ALL.len()],
    years: Recent<TimeZone, Years>,
    changed_between: Recent<Vec<i64>, Buckets>,
    names_with: Recent<String, FixedBitSet>,
    /// How many people of each organization are present, by its position.
    people_of_each: Part<Vec<u32>>,
    places: Part<Places>,
    orders: Orders,
    recent_people: Recent<Asked<Dated>, Matches>,
    recent_organizations: Recent<Asked<OrganizationFilter>, Matches>,
}

impl Roll {
    /// An empty roll of a sync: its parts are read later, from that sync.
    pub fn new(sync: i64, at: At) -> Self {
        Self {
            sync,
            at,
            people: Part::default(),
            names: Part::default(),
            whole_names: Part::default(),
            organizations: Part::default(),
            roles: Part::default(),
            changes: Part::default(),
            times: Default::default(),
            years: Recent::new(1),
            changed_between: Recent::new(1),
            names_with: Recent::new(RECENT),
            people_of_each: Part::default(),
            places: Part::default(),
            orders: Orders::default(),
            recent_people: Recent::new(RECENT),
            recent_organizations: Recent::new(RECENT),
        }
    }

    /// The sync that it is of.
    pub const fn sync(&self) -> i64 {
        self.sync
    }

    /// Whether everybody is in memory already.
    pub fn is_ready(&self) -> bool {
        self.people.is_made()
    }

    /// Everybody.
    pub fn people(&self, connection: &Connection) -> Result<Arc<People>, MirrorError> {
        self.people.get(|| People::load(connection, self.at))
    }

    /// All organizations.
    pub fn organizations(
        &self,
        connection: &Connection,
    ) -> Result<Arc<Organizations>, MirrorError> {
        self.organizations
            .get(|| Organizations::load(connection, self.at))
    }

    /// Everybody's folded names.
    pub fn names(&self, connection: &Connection) -> Result<Arc<Texts>, MirrorError> {
        self.names.get(|| {
            let mut names = Texts::default();
            scan_folded(connection, self.at, |name| names.push(name))?;
            Ok(names.close())
        })
    }

    /// Everybody's folded names, to be found as a whole.
    fn whole_names(&self, connection: &Connection) -> Result<Arc<Whole>, MirrorError> {
        self.whole_names
            .get(|| Ok(Whole::of(&*self.names(connection)?)))
    }

    /// Everybody's roles.
    pub fn roles(&self, connection: &Connection) -> Result<Arc<Roles>, MirrorError> {
        self.roles.get(|| {
            let people = self.people(connection)?;
            Roles::load(connection, self.at, &people)
        })
    }

    /// What the sync said of everybody.
    fn changes(&self, connection: &Connection) -> Result<Arc<Changes>, MirrorError> {
        self.changes.get(|| {
            let people = self.people(connection)?;
            Changes::load(connection, self.sync, &people)
        })
    }

    /// A time of everybody.
    pub fn times(
        &self,
        connection: &Connection,
        field: TimeField,
    ) -> Result<Arc<Times>, MirrorError> {
        let [created, updated, changed] = &self.times;
        let part = match field {
            TimeField::Created => created,
            TimeField::Updated => updated,
            TimeField::Changed => changed,
        };
        part.get(|| Times::load(connection, self.at, field))
    }

    /// The year in which the vendor created everybody, where the person is.
    pub fn years(
        &self,
        connection: &Connection,
        zone: &TimeZone,
    ) -> Result<Arc<Years>, MirrorError> {
        self.years.get(zone.clone(), |zone| {
            Ok(Years::new(
                &*self.times(connection, TimeField::Created)?,
                zone,
            ))
        })
    }

    /// Between which of these moments a sync last noticed a change of everybody.
    pub fn changed_between(
        &self,
        connection: &Connection,
        moments: Vec<i64>,
    ) -> Result<Arc<Buckets>, MirrorError> {
        self.changed_between.get(moments, |moments| {
            let times = self.times(connection, TimeField::Changed)?;
            Ok(Buckets::new(&times, moments))
        })
    }

    /// Those whose folded names contain a part. The last few are kept: the same condition stands
    /// in many questions, and the same letters are typed again.
    fn names_with(
        &self,
        connection: &Connection,
        part: String,
    ) -> Result<Arc<FixedBitSet>, MirrorError> {
        self.names_with
            .get(part, |part| Ok(self.names(connection)?.find(part)))
    }

    /// How many people of each organization are present, by its position.
    pub fn people_of_each(&self, connection: &Connection) -> Result<Arc<Vec<u32>>, MirrorError> {
        self.people_of_each.get(|| {
            let people = self.people(connection)?;
            let organizations = self.organizations(connection)?;
            Ok(organizations.numbers(|id| people.present_of(id)))
        })
    }

    /// The places of everybody.
    pub fn places(&self, connection: &Connection) -> Result<Arc<Places>, MirrorError> {
        self.places.get(|| {
            let people = self.people(connection)?;
            let organizations = self.organizations(connection)?;
            Ok(Places::new(&people, &organizations))
        })
    }

    /// The people who match.
    pub fn find_people(
        &self,
        connection: &Connection,
        asked: Asked<Dated>,
    ) -> Result<Arc<Matches>, MirrorError> {
        self.recent_people.get(asked, |asked| {
            let people = self.people(connection)?;
            let mut among = people.seen(asked.seen);
            if let Some(ids) = &asked.ids {
                let mut own = people.nobody();
                own.extend(people.with_ids(ids.iter().copied()));
                among.intersect_with(&own);
            }
            if let Some(found) = self.search_people(connection, &asked.typed())? {
                among.intersect_with(&found);
            }
            let answer = match &asked.filter {
                None => None,
                Some(dated) => Some(self.answer(connection, &dated.criteria, dated)?),
            };
            Ok(Matches::new(among, answer))
        })
    }

    /// The organizations that match.
    pub fn find_organizations(
        &self,
        connection: &Connection,
        asked: Asked<OrganizationFilter>,
    ) -> Result<Arc<Matches>, MirrorError> {
        self.recent_organizations.get(asked, |asked| {
            let organizations = self.organizations(connection)?;
            let mut among = organizations.seen(asked.seen);
            if let Some(found) = organizations.search(&asked.typed()) {
                among.intersect_with(&found);
            }
            let answer = match &asked.filter {
                None => None,
                Some(filter) => Some(answer(filter, organizations.len(), &mut |leaf, to| {
                    organizations.add_leaf(leaf, to);
                    Ok(())
                })?),
            };
            Ok(Matches::new(among, answer))
        })
    }

    /// The people who are found by what was typed; none if nothing was.
    fn search_people(
        &self,
        connection: &Connection,
        typed: &Typed,
    ) -> Result<Option<FixedBitSet>, MirrorError> {
        let people = self.people(connection)?;
        let mut found;
        match typed {
            Typed::Nothing => return Ok(None),
            Typed::Ids(ids) => {
                found = people.nobody();
                found.extend(people.with_ids(ids.iter().copied()));
            }
            Typed::Text {
                name,
                identifier,
                id,
            } => {
                found = (*self.names_with(connection, name.clone())?).clone();
                if let Some(bare) = identifier {
                    let organizations = self.organizations(connection)?;
                    let places = self.places(connection)?;
                    let places = places.with(organizations.containing(bare));
                    found.union_with(&people.at(&places));
                }
                for range in id.iter().copied().flat_map(ids_beginning_with) {
                    people.add_range(&range, &mut found);
                }
            }
        }
        Ok(Some(found))
    }
}
