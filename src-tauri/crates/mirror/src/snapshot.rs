//! One state of the file, for as long as a question takes.

use std::{collections::HashMap, rc::Rc, sync::Arc};

use muster_directory::{Criteria, Direction, Organization, OrganizationId, PersonSort, Sort};
use rusqlite::{Connection, Row, types::Value, vtab::array};

use crate::{
    MirrorError, OrganizationFound, PeopleQuestion, PersonFound, Presence, Seen, SyncRecord,
    Wanted, Who,
    at::At,
    organizations,
    people::{self, Reading},
    roll::{Asked, Dated, Matches, Roll},
    stored,
};

/// The most rows that are fetched at once.
pub(crate) const CHUNK: usize = 1_000;

/// Up to here, a page of everybody is counted off in the file if the roll is not in memory yet.
const NEAR: u64 = 10_000;

/// A state of the file.
pub(crate) struct Snapshot<'a> {
    pub connection: &'a Connection,
    /// The sync that it is the state of; none before the first one.
    pub sync: Option<SyncRecord>,
    /// Which rows are of it.
    pub at: At,
    pub roll: Arc<Roll>,
}

impl Snapshot<'_> {
    /// How many match, how many more may, and the ids of the page.
    pub fn find_people(
        &self,
        question: &PeopleQuestion<'_>,
    ) -> Result<(u64, u64, Vec<u64>), MirrorError> {
        let asked = asked(&question.who);
        if let Some((total, ids)) = self.first_people(question, &asked)? {
            return Ok((total, 0, ids));
        }
        let found = self.roll.find_people(self.connection, asked)?;
        let (total, possible) = found.counts();
        let (order, direction) = self.roll.people_order(self.connection, question.sort)?;
        let page = order.page(
            found.wanted(question.who.truth),
            direction,
            question.offset,
            question.limit,
        );
        let all = self.roll.people(self.connection)?;
        let ids = page.into_iter().filter_map(|at| all.id(at)).collect();
        Ok((total, possible, ids))
    }

    /// The answer from the file alone, if that is quicker than reading the roll: the first pages
    /// of everybody.
    fn first_people(
        &self,
        question: &PeopleQuestion<'_>,
        asked: &Asked<Dated>,
    ) -> Result<Option<(u64, Vec<u64>)>, MirrorError> {
        let near = question.offset.saturating_add(question.limit) <= NEAR;
        let plain = match question.sort.first() {
            None => true,
            Some(sort) => {
                *sort
                    == Sort {
                        by: PersonSort::Id,
                        direction: Direction::Ascending,
                    }
            }
        };
        let matching = question.who.truth == Wanted::Matching;
        if !near || !plain || !matching || !asked.is_everything() || self.roll.is_ready() {
            return Ok(None);
        }
        let total = self.sync.map_or(0, |sync| sync.people.total);
        let (offset, limit) = (question.offset, question.limit);
        let ids = people::first_present(self.connection, self.at, offset, limit)?;
        Ok(Some((total, ids)))
    }

    /// Who matches.
    pub fn matches(&self, who: &Who<'_>) -> Result<Arc<Matches>, MirrorError> {
        self.roll.find_people(self.connection, asked(who))
    }

    /// The people with these ids, in this order.
    pub fn people_rows(&self, ids: &[u64]) -> Result<Vec<PersonFound>, MirrorError> {
        self.people_reader()?.rows(ids)
    }

    /// Reads people of this state.
    pub fn people_reader(&self) -> Result<PeopleReader<'_>, MirrorError> {
        let sync = self.sync.map_or(0, |sync| sync.id);
        Ok(PeopleReader {
            connection: self.connection,
            reading: Reading::of(self.connection, self.at, sync)?,
            organizations_sql: organizations::values_by_ids(self.at),
            organizations: HashMap::new(),
        })
    }

    /// An organization; none if none with this id was ever seen.
    pub fn organization(
        &self,
        id: OrganizationId,
    ) -> Result<Option<OrganizationFound>, MirrorError> {
        Ok(self.organization_rows(&[id.get()])?.into_iter().next())
    }

    /// The organizations with these ids, in this order.
    pub fn organization_rows(&self, ids: &[u64]) -> Result<Vec<OrganizationFound>, MirrorError> {
        let sql = organizations::by_ids(self.at);
        let mut found = rows(self.connection, &sql, ids, organizations::read)?;
        if !found.is_empty() {
            let people = self.roll.people(self.connection)?;
            for row in &mut found {
                row.people = people.present_of(row.organization.id.get());
            }
        }
        Ok(found)
    }
}

/// How many organizations are kept between the rows of a long answer.
const KEPT: usize = 50_000;

/// Reads people with their organizations, each of which is read once for many of them.
pub(crate) struct PeopleReader<'a> {
    connection: &'a Connection,
    reading: Reading,
    organizations_sql: String,
    organizations: HashMap<u64, (Organization, Presence)>,
}

impl PeopleReader<'_> {
    /// The people with these ids, in this order.
    pub fn rows(&mut self, ids: &[u64]) -> Result<Vec<PersonFound>, MirrorError> {
        let sql = self.reading.by_ids();
        let mut found = rows(self.connection, &sql, ids, |row| self.reading.read(row))?;
        self.read_organizations(&found)?;
        for row in &mut found {
            let id = row.person.organization.known();
            if let Some((own, presence)) = id.and_then(|id| self.organizations.get(&id.get())) {
                row.organization = Some(own.clone());
                row.organization_visible = *presence == Presence::Present;
            }
        }
        Ok(found)
    }

    /// Reads the organizations of these people that are not kept yet, in the order of the file.
    fn read_organizations(&mut self, people: &[PersonFound]) -> Result<(), MirrorError> {
        if self.organizations.len() > KEPT {
            self.organizations.clear();
        }
        let mut ids: Vec<u64> = people
            .iter()
            .filter_map(|row| row.person.organization.known())
            .map(|id| id.get())
            .filter(|id| !self.organizations.contains_key(id))
            .collect();
        ids.sort_unstable();
        ids.dedup();
        let read = organizations::read_values;
        for (own, presence) in rows(self.connection, &self.organizations_sql, &ids, read)? {
            self.organizations.insert(own.id.get(), (own, presence));
        }
        Ok(())
    }
}

/// What decides who is asked for. Criteria that ask what the sync said are about everybody.
pub(crate) fn asked(who: &Who<'_>) -> Asked<Dated> {
    let criteria = who.filter.and_then(Criteria::enabled);
    let news = criteria.as_ref().is_some_and(Criteria::asks_for_news);
    Asked {
        filter: criteria.map(|criteria| Dated {
            criteria,
            calendar: who.calendar.clone(),
        }),
        search: who.search.map(str::to_owned),
        seen: if news { Seen::All } else { who.seen },
        ids: who.ids.map(|ids| ids.iter().map(|id| id.get()).collect()),
    }
}

/// The rows with these ids, in this order.
pub(crate) fn rows<T>(
    connection: &Connection,
    sql: &str,
    ids: &[u64],
    read: impl Fn(&Row<'_>) -> rusqlite::Result<T>,
) -> Result<Vec<T>, MirrorError> {
    let mut statement = connection.prepare_cached(sql)?;
    let mut found = Vec::with_capacity(ids.len());
    for chunk in ids.chunks(CHUNK) {
        let chunk = chunk.iter().map(|id| Value::from(stored::column_of(*id)));
        let chunk: array::Array = Rc::new(chunk.collect());
        for row in statement.query_map([chunk], &read)? {
            found.push(row?);
        }
    }
    Ok(found)
}
