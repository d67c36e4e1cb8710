//! The orders of everybody: by one column, or by several.

use std::sync::Arc;

use muster_directory::{Direction, OrganizationSort, PersonSort, Sort, criteria::TimeField};
use rusqlite::Connection;

use super::{Roll, asked::Recent};
use crate::{
    MirrorError,
    order::{Order, combine},
    part::Part,
};

/// How many orders by several columns are kept.
const RECENT: usize = 3;

/// The orders that were asked for so far.
pub(super) struct Orders {
    people: [Part<Order>; 7],
    combined: Recent<Vec<Sort<PersonSort>>, Order>,
    organizations: [Part<Order>; 4],
}

impl Default for Orders {
    fn default() -> Self {
        Self {
            people: Default::default(),
            combined: Recent::new(RECENT),
            organizations: Default::default(),
        }
    }
}

impl Roll {
    /// An order of people, and the direction to read it in.
    pub fn people_order(
        &self,
        connection: &Connection,
        sort: &[Sort<PersonSort>],
    ) -> Result<(Arc<Order>, Direction), MirrorError> {
        match deciding(sort).as_slice() {
            [] => Ok((
                self.by_column(connection, PersonSort::Id)?,
                Direction::Ascending,
            )),
            [only] => Ok((self.by_column(connection, only.by)?, only.direction)),
            several => {
                let order = self.orders.combined.get(several.to_vec(), |several| {
                    let columns = several
                        .iter()
                        .map(|own| Ok((self.by_column(connection, own.by)?, own.direction)));
                    let columns = columns.collect::<Result<Vec<_>, MirrorError>>()?;
                    Ok(combine(&columns, self.people(connection)?.len()))
                })?;
                Ok((order, Direction::Ascending))
            }
        }
    }

    pub(super) fn by_column(
        &self,
        connection: &Connection,
        by: PersonSort,
    ) -> Result<Arc<Order>, MirrorError> {
        let [id, name, organization, created, updated, role, changed] = &self.orders.people;
        let by_time = |field| Ok(self.times(connection, field)?.order());
        match by {
            PersonSort::Id => id.get(|| Ok(Order::Ascending)),
            PersonSort::Name => name.get(|| Ok(self.names(connection)?.order())),
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
            PersonSort::CreatedAt => created.get(|| by_time(TimeField::Created)),
            PersonSort::UpdatedAt => updated.get(|| by_time(TimeField::Updated)),
            PersonSort::Role => role.get(|| Ok(self.roles(connection)?.order())),
            PersonSort::LastChanged => changed.get(|| by_time(TimeField::Changed)),
        }
    }

    /// An order of organizations.
    pub fn organization_order(
        &self,
        connection: &Connection,
        by: OrganizationSort,
    ) -> Result<Arc<Order>, MirrorError> {
        let [id, name, kind, people] = &self.orders.organizations;
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

/// The columns that decide anything: each once, and none after the id.
fn deciding(sort: &[Sort<PersonSort>]) -> Vec<Sort<PersonSort>> {
    let mut deciding: Vec<Sort<PersonSort>> = Vec::new();
    for own in sort {
        if deciding.iter().any(|other| other.by == PersonSort::Id) {
            break;
        }
        if deciding.iter().all(|other| other.by != own.by) {
            deciding.push(*own);
        }
    }
    deciding
}
