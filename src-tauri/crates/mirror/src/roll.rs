//! The roll: what filters, searches and orders need of everybody, in memory, as of one sync.
//!
//! SQLite keeps the truth and gives the rows. Who they are is answered here: sets of positions for
//! each leaf, joined by and, or, not; the total is a count, a page is a select by rank. A question
//! then takes about as long for the last page as for the first, and for any filter. Each part is
//! read when it is first needed, from the sync that the roll is of.

mod organizations;
mod people;

use std::sync::{Arc, Mutex, PoisonError};

use fixedbitset::FixedBitSet;
use muster_directory::{
    Filter, IdentifierKind, OrganizationFilter, OrganizationLeaf, OrganizationSort, PersonFilter,
    PersonLeaf, PersonSort,
};
use rusqlite::Connection;

pub(crate) use self::{organizations::Organizations, people::People};
use crate::{
    MirrorError, Seen,
    answer::{Answer, answer, everybody},
    order::Order,
    part::Part,
    people::{Time, scan_folded, scan_time},
    search::{Typed, ids_beginning_with},
    texts::Texts,
};

/// How many answers are kept: scrolling asks for another page of the same.
const RECENT: usize = 8;

/// Everybody, as of one sync.
#[derive(Default)]
pub(crate) struct Roll {
    /// The sync; 0 before the first one.
    sync: i64,
    people: Part<People>,
    names: Part<Texts>,
    organizations: Part<Organizations>,
    unknown: [Part<FixedBitSet>; IdentifierKind::ALL.len()],
    people_orders: [Part<Order>; 5],
    organization_orders: [Part<Order>; 4],
    recent_people: Recent<PersonLeaf>,
    recent_organizations: Recent<OrganizationLeaf>,
}

/// Who matches a question.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Matches {
    /// For these it holds.
    pub yes: FixedBitSet,
    /// How many they are.
    pub total: u64,
    /// For how many more it may.
    pub possible: u64,
}

impl Matches {
    fn new(mut asked: FixedBitSet, answer: Option<Answer>) -> Self {
        let mut at_most = None;
        if let Some(answer) = answer {
            at_most = Some(answer.maybe.intersection_count(&asked) as u64);
            asked.intersect_with(&answer.yes);
        }
        let total = asked.count_ones(..) as u64;
        Self {
            yes: asked,
            total,
            possible: at_most.map_or(0, |most| most - total),
        }
    }
}

/// What decides who matches.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Asked<F> {
    /// Which ones.
    pub filter: Option<F>,
    /// What was typed.
    pub search: Option<String>,
    /// Whether they are still there.
    pub seen: Seen,
}

impl<F> Asked<F> {
    fn typed(&self) -> Typed {
        self.search.as_deref().map_or(Typed::Nothing, Typed::read)
    }

    /// Whether the question is for all that are present.
    pub fn is_everything(&self) -> bool {
        self.filter.is_none() && self.seen == Seen::Present && self.typed() == Typed::Nothing
    }
}

/// The last few answers.
struct Recent<L>(Mutex<Vec<Kept<L>>>);

type Kept<L> = (Asked<Filter<L>>, Arc<Matches>);

impl<L> Default for Recent<L> {
    fn default() -> Self {
        Self(Mutex::new(Vec::new()))
    }
}

impl<L: PartialEq + Clone> Recent<L> {
    fn get(
        &self,
        asked: &Asked<Filter<L>>,
        find: impl FnOnce() -> Result<Matches, MirrorError>,
    ) -> Result<Arc<Matches>, MirrorError> {
        // Every state of the list is a good one, so a panic elsewhere does not matter.
        let lock = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, matches)) = lock().iter().find(|(kept, _)| kept == asked) {
            return Ok(Arc::clone(matches));
        }
        let matches = Arc::new(find()?);
        let mut kept = lock();
        kept.insert(0, (asked.clone(), Arc::clone(&matches)));
        kept.truncate(RECENT);
        Ok(matches)
    }
}

impl Roll {
    /// An empty roll of a sync: its parts are read later, from that sync.
    pub fn new(sync: i64) -> Self {
        Self {
            sync,
            ..Self::default()
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
        self.people.get(|| People::load(connection))
    }

    /// All organizations.
    pub fn organizations(
        &self,
        connection: &Connection,
    ) -> Result<Arc<Organizations>, MirrorError> {
        self.organizations.get(|| Organizations::load(connection))
    }

    /// Everybody's folded names.
    pub fn names(&self, connection: &Connection) -> Result<Arc<Texts>, MirrorError> {
        self.names.get(|| {
            let mut names = Texts::default();
            scan_folded(connection, |name| names.push(name))?;
            Ok(names.close())
        })
    }

    /// The people who match.
    pub fn find_people(
        &self,
        connection: &Connection,
        asked: &Asked<PersonFilter>,
    ) -> Result<Arc<Matches>, MirrorError> {
        self.recent_people.get(asked, || {
            let people = self.people(connection)?;
            let mut among = people.seen(asked.seen);
            if let Some(found) = self.search_people(connection, &asked.typed())? {
                among.intersect_with(&found);
            }
            let answer = match &asked.filter {
                None => None,
                Some(filter) => Some(answer(filter, people.len(), &mut |leaf, to| {
                    self.add_leaf(connection, &people, leaf, to)
                })?),
            };
            Ok(Matches::new(among, answer))
        })
    }

    /// The organizations that match.
    pub fn find_organizations(
        &self,
        connection: &Connection,
        asked: &Asked<OrganizationFilter>,
    ) -> Result<Arc<Matches>, MirrorError> {
        self.recent_organizations.get(asked, || {
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

    /// Adds those for whom a leaf holds.
    fn add_leaf(
        &self,
        connection: &Connection,
        people: &People,
        leaf: &PersonLeaf,
        to: &mut Answer,
    ) -> Result<(), MirrorError> {
        match leaf {
            PersonLeaf::Id(ids) => {
                to.add_yes(people.with_ids(ids.as_slice().iter().map(|id| id.get())));
            }
            PersonLeaf::Organization(id) => {
                to.add_yes(people.of(id.get()));
                to.add_unknown(people.of_unknown());
            }
            PersonLeaf::Identifier(kind, value) => {
                let organizations = self.organizations(connection)?;
                for organization in organizations.visible_with(*kind, &value.text()) {
                    to.add_yes(people.of(organization));
                }
                to.add_unknown(&*self.unknown(connection, people, *kind)?);
            }
            // The vendor does not return roles, and nothing here learns them yet.
            PersonLeaf::Role(_) => to.add_unknown(&everybody(people.len())),
        }
        Ok(())
    }

    /// Those of whom it is not known whether their organization has an identifier of a kind.
    fn unknown(
        &self,
        connection: &Connection,
        people: &People,
        kind: IdentifierKind,
    ) -> Result<Arc<FixedBitSet>, MirrorError> {
        let [vat, apb, riziv, finess, cip] = &self.unknown;
        let part = match kind {
            IdentifierKind::Vat => vat,
            IdentifierKind::Apb => apb,
            IdentifierKind::Riziv => riziv,
            IdentifierKind::Finess => finess,
            IdentifierKind::Cip => cip,
        };
        part.get(|| {
            let organizations = self.organizations(connection)?;
            let mut unknown = people.of_unknown().clone();
            for organization in people.organizations() {
                if !organizations.is_known(kind, organization) {
                    unknown.extend(people.of(organization));
                }
            }
            Ok(unknown)
        })
    }

    /// The people who are found by what was typed; none if nothing was.
    fn search_people(
        &self,
        connection: &Connection,
        typed: &Typed,
    ) -> Result<Option<FixedBitSet>, MirrorError> {
        let people = self.people(connection)?;
        let mut found = people.nobody();
        match typed {
            Typed::Nothing => return Ok(None),
            Typed::Ids(ids) => found.extend(people.with_ids(ids.iter().copied())),
            Typed::Text {
                name,
                identifier,
                id,
            } => {
                self.names(connection)?.find(name, &mut found);
                if let Some(bare) = identifier {
                    for organization in self.organizations(connection)?.containing(bare) {
                        found.extend(people.of(organization));
                    }
                }
                for range in id.iter().copied().flat_map(ids_beginning_with) {
                    people.add_range(&range, &mut found);
                }
            }
        }
        Ok(Some(found))
    }

    /// An order of people.
    pub fn people_order(
        &self,
        connection: &Connection,
        by: PersonSort,
    ) -> Result<Arc<Order>, MirrorError> {
        let [id, name, organization, created, updated] = &self.people_orders;
        let by_time = |time| {
            let mut times = Vec::new();
            scan_time(connection, time, |fact| times.push(fact.known().copied()))?;
            Ok(Order::by_key(times.into_iter()))
        };
        match by {
            PersonSort::Id => id.get(|| Ok(Order::Ascending)),
            PersonSort::Name => name.get(|| {
                let positions = self.names(connection)?.ordered();
                Ok(Order::Listed {
                    known: positions.len(),
                    positions,
                })
            }),
            PersonSort::Organization => organization.get(|| {
                let people = self.people(connection)?;
                let mut ranks = vec![None; people.len()];
                for (organization, rank) in self.organizations(connection)?.ranks() {
                    for position in people.of(organization) {
                        ranks[position] = Some(rank);
                    }
                }
                Ok(Order::by_key(ranks.into_iter()))
            }),
            PersonSort::CreatedAt => created.get(|| by_time(Time::Created)),
            PersonSort::UpdatedAt => updated.get(|| by_time(Time::Updated)),
        }
    }

    /// An order of organizations.
    pub fn organization_order(
        &self,
        connection: &Connection,
        by: OrganizationSort,
    ) -> Result<Arc<Order>, MirrorError> {
        let [id, name, kind, people] = &self.organization_orders;
        let organizations = || self.organizations(connection);
        match by {
            OrganizationSort::Id => id.get(|| Ok(Order::Ascending)),
            OrganizationSort::Name => name.get(|| Ok(organizations()?.by_name())),
            OrganizationSort::Kind => kind.get(|| Ok(organizations()?.by_kind())),
            OrganizationSort::People => people.get(|| {
                let all = self.people(connection)?;
                Ok(organizations()?.by_number(|id| all.present_of(id)))
            }),
        }
    }
}
