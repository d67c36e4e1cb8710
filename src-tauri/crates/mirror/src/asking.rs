//! Asking a mirror for people and organizations, and taking all of them out.

use std::ops::ControlFlow;

use muster_directory::{Fact, OrganizationId, PersonId};

use crate::{
    Mirror, MirrorError, OrganizationFound, OrganizationsFound, OrganizationsQuestion, PeopleCount,
    PeopleFound, PeopleQuestion, PersonDetails, PersonFound,
    roll::Asked,
    snapshot::{CHUNK, Snapshot},
};

impl Mirror {
    /// Asks for people. All rows of the answer are held in memory.
    pub fn people(&self, question: &PeopleQuestion<'_>) -> Result<PeopleFound, MirrorError> {
        self.read(question.who.as_of, |snapshot| {
            let (total, possible, ids) = snapshot.find_people(question)?;
            Ok(PeopleFound {
                total,
                possible,
                rows: snapshot.people_rows(&ids)?,
                sync: snapshot.sync,
            })
        })
    }

    /// Takes out the rows of an answer in batches, all from one state of the file, whatever is
    /// written meanwhile. Ends early when it is told to.
    pub fn each_person(
        &self,
        question: &PeopleQuestion<'_>,
        each: &mut dyn FnMut(&[PersonFound]) -> ControlFlow<()>,
    ) -> Result<PeopleCount, MirrorError> {
        self.read(question.who.as_of, |snapshot| {
            let found = snapshot.matches(&question.who)?;
            let wanted = found.wanted(question.who.truth);
            let (order, direction) = snapshot
                .roll
                .people_order(snapshot.connection, question.sort)?;
            let all = snapshot.roll.people(snapshot.connection)?;
            let [offset, limit] = [question.offset, question.limit]
                .map(|number| usize::try_from(number).unwrap_or(usize::MAX));
            let mut ids = order
                .walk(wanted, direction)
                .skip(offset)
                .take(limit)
                .filter_map(|position| all.id(position))
                .peekable();
            let mut reader = snapshot.people_reader()?;
            while ids.peek().is_some() {
                let batch: Vec<u64> = ids.by_ref().take(CHUNK).collect();
                if each(&reader.rows(&batch)?).is_break() {
                    break;
                }
            }
            let (total, possible) = found.counts();
            Ok(PeopleCount {
                total,
                possible,
                sync: snapshot.sync,
            })
        })
    }

    /// A person with the organization, now or after a past sync; none if nobody with this id had
    /// been seen.
    pub fn person(
        &self,
        id: PersonId,
        as_of: Option<i64>,
    ) -> Result<Option<PersonDetails>, MirrorError> {
        self.read(as_of, |snapshot| {
            let Some(found) = snapshot.people_rows(&[id.get()])?.into_iter().next() else {
                return Ok(None);
            };
            let organization = match found.person.organization {
                Fact::Known(id) => snapshot.organization(id)?,
                Fact::Unknown | Fact::Absent => None,
            };
            Ok(Some(PersonDetails {
                found,
                organization,
                sync: snapshot.sync,
            }))
        })
    }

    /// Asks for organizations. All rows of the answer are held in memory.
    pub fn organizations(
        &self,
        question: &OrganizationsQuestion<'_>,
    ) -> Result<OrganizationsFound, MirrorError> {
        self.read(None, |snapshot| {
            let Snapshot {
                connection, roll, ..
            } = snapshot;
            let found = roll.find_organizations(
                connection,
                Asked {
                    filter: question.filter.cloned(),
                    search: question.search.map(str::to_owned),
                    seen: question.seen,
                    ids: None,
                },
            )?;
            let (total, possible) = found.counts();
            let page = roll.organization_order(connection, question.sort.by)?.page(
                &found.yes,
                question.sort.direction,
                question.offset,
                question.limit,
            );
            let all = roll.organizations(connection)?;
            let ids: Vec<u64> = page.into_iter().filter_map(|at| all.id(at)).collect();
            Ok(OrganizationsFound {
                total,
                possible,
                rows: snapshot.organization_rows(&ids)?,
                sync: snapshot.sync,
            })
        })
    }

    /// An organization; none if none with this id was ever seen.
    pub fn organization(
        &self,
        id: OrganizationId,
    ) -> Result<Option<OrganizationFound>, MirrorError> {
        self.read(None, |snapshot| snapshot.organization(id))
    }
}
