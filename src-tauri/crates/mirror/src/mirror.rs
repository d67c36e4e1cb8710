//! `mirror.db`: what the vendor says, now and before. Written only by syncs, read by everybody.

use std::{
    path::{Path, PathBuf},
    rc::Rc,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use muster_directory::{Direction, Fact, OrganizationId, PersonId, PersonSort};
use rusqlite::{Connection, Row, types::Value, vtab::array};

use crate::{
    MirrorError, MirrorState, OrganizationFound, OrganizationsFound, OrganizationsQuestion,
    PeopleFound, PeopleQuestion, PersonDetails, PersonFound, SyncRecord, SyncWriter,
    file::{self, Kind},
    organizations, people,
    roll::{Asked, Roll},
    syncs,
};

pub(crate) const KIND: Kind = Kind {
    application_id: 0x4D53_544D, // MSTM
    layouts: &[&[syncs::LAYOUT_1, people::LAYOUT_1, organizations::LAYOUT_1]],
    synchronous: "NORMAL",
};

/// How many idle connections are kept for the next readers.
const IDLE: usize = 4;

/// The most rows that are fetched at once.
const CHUNK: usize = 1_000;

/// Up to here, a page of everybody is counted off in the file if the roll is not in memory yet.
const NEAR: u64 = 10_000;

/// What a vendor says of one connection's people and organizations.
///
/// Any number of threads may ask at once; each question is one read transaction. A sync that is
/// being written, here or in another process, neither blocks nor shows before it is finished.
pub struct Mirror {
    path: PathBuf,
    idle: Mutex<Vec<Connection>>,
    roll: Mutex<Arc<Roll>>,
    /// Keeps the file's log and its index in being, which readers alone cannot make.
    _keeper: Mutex<Connection>,
}

impl std::fmt::Debug for Mirror {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Mirror")
            .field("path", &self.path)
            .finish_non_exhaustive()
    }
}

/// One state of the file, for as long as a question takes.
struct Snapshot<'a> {
    connection: &'a Connection,
    sync: Option<SyncRecord>,
    roll: Arc<Roll>,
}

impl Mirror {
    /// Opens a mirror, making it if it is not there. Its folder must be.
    pub fn open(path: &Path) -> Result<Self, MirrorError> {
        Ok(Self {
            _keeper: Mutex::new(file::open(path, &KIND)?),
            path: path.to_owned(),
            idle: Mutex::default(),
            roll: Mutex::default(),
        })
    }

    /// Where the file is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Begins a sync: everything that follows becomes visible when it is finished, or never.
    /// An error that [`MirrorError::is_busy`] says that another sync of this file is running.
    /// `started_at` is in Unix seconds.
    pub fn begin_sync(&self, started_at: i64) -> Result<SyncWriter, MirrorError> {
        SyncWriter::begin(&self.path, started_at)
    }

    /// What the mirror holds. Cheap.
    pub fn state(&self) -> Result<MirrorState, MirrorError> {
        self.read(|snapshot| {
            let Some(sync) = snapshot.sync else {
                return Ok(MirrorState::default());
            };
            Ok(MirrorState {
                last_sync: Some(sync),
                people: sync.people.total,
                organizations: sync.organizations.total,
                missing: sync.people.all_missing,
                gone: sync.people.all_gone,
            })
        })
    }

    /// Reads into memory what filters, orders by name, and searches need, so that the first
    /// question need not wait for it.
    pub fn warm(&self) -> Result<(), MirrorError> {
        self.read(
            |Snapshot {
                 connection, roll, ..
             }| {
                roll.people(connection)?;
                roll.organizations(connection)?;
                roll.names(connection)?;
                Ok(())
            },
        )
    }

    /// Asks for people. All rows of the answer are held in memory.
    pub fn people(&self, question: &PeopleQuestion<'_>) -> Result<PeopleFound, MirrorError> {
        self.read(|snapshot| {
            let (total, possible, ids) = match snapshot.first_people(question)? {
                Some((total, ids)) => (total, 0, ids),
                None => snapshot.find_people(question)?,
            };
            Ok(PeopleFound {
                total,
                possible,
                rows: rows(snapshot.connection, people::BY_IDS, &ids, people::read)?,
                sync: snapshot.sync,
            })
        })
    }

    /// A person with the organization; none if nobody with this id was ever seen.
    pub fn person(&self, id: PersonId) -> Result<Option<PersonDetails>, MirrorError> {
        self.read(|snapshot| {
            let ids = [id.get()];
            let found: Vec<PersonFound> =
                rows(snapshot.connection, people::BY_IDS, &ids, people::read)?;
            let Some(found) = found.into_iter().next() else {
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
        self.read(|snapshot| {
            let Snapshot {
                connection, roll, ..
            } = snapshot;
            let asked = Asked {
                filter: question.filter.cloned(),
                search: question.search.map(str::to_owned),
                seen: question.seen,
            };
            let found = roll.find_organizations(connection, &asked)?;
            let page = roll.organization_order(connection, question.sort.by)?.page(
                &found.yes,
                question.sort.direction,
                question.offset,
                question.limit,
            );
            let all = roll.organizations(connection)?;
            let ids: Vec<u64> = page.into_iter().filter_map(|at| all.id(at)).collect();
            Ok(OrganizationsFound {
                total: found.total,
                possible: found.possible,
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
        self.read(|snapshot| snapshot.organization(id))
    }

    /// Reads one state of the file.
    fn read<T>(
        &self,
        read: impl FnOnce(&Snapshot<'_>) -> Result<T, MirrorError>,
    ) -> Result<T, MirrorError> {
        let mut connection = match locked(&self.idle).pop() {
            Some(connection) => connection,
            None => self.connect()?,
        };
        let transaction = connection.transaction()?;
        let sync = syncs::last(&transaction)?;
        let answer = read(&Snapshot {
            connection: &transaction,
            sync,
            roll: self.roll_of(sync.map_or(0, |sync| sync.id)),
        })?;
        drop(transaction);
        let mut idle = locked(&self.idle);
        if idle.len() < IDLE {
            idle.push(connection);
        }
        Ok(answer)
    }

    fn connect(&self) -> Result<Connection, MirrorError> {
        let connection = file::open_again(&self.path, &KIND, false)?;
        array::load_module(&connection)?;
        Ok(connection)
    }

    /// The roll of a sync: the one in memory, or a new one that takes its place if it is of an
    /// older sync.
    fn roll_of(&self, sync: i64) -> Arc<Roll> {
        let mut roll = locked(&self.roll);
        if roll.sync() == sync {
            return Arc::clone(&roll);
        }
        let own = Arc::new(Roll::new(sync));
        if roll.sync() < sync {
            *roll = Arc::clone(&own);
        }
        own
    }
}

impl Snapshot<'_> {
    /// The answer from the file alone, if that is quicker than reading the roll: the first pages
    /// of everybody.
    fn first_people(
        &self,
        question: &PeopleQuestion<'_>,
    ) -> Result<Option<(u64, Vec<u64>)>, MirrorError> {
        let near = question.offset.saturating_add(question.limit) <= NEAR;
        let plain = question.sort.by == PersonSort::Id
            && question.sort.direction == Direction::Ascending
            && asked(question).is_everything();
        if !near || !plain || self.roll.is_ready() {
            return Ok(None);
        }
        let total = self.sync.map_or(0, |sync| sync.people.total);
        let ids = people::first_present(self.connection, question.offset, question.limit)?;
        Ok(Some((total, ids)))
    }

    /// The total, how many more are possible, and the ids of the page.
    fn find_people(
        &self,
        question: &PeopleQuestion<'_>,
    ) -> Result<(u64, u64, Vec<u64>), MirrorError> {
        let found = self.roll.find_people(self.connection, &asked(question))?;
        let page = self
            .roll
            .people_order(self.connection, question.sort.by)?
            .page(
                &found.yes,
                question.sort.direction,
                question.offset,
                question.limit,
            );
        let all = self.roll.people(self.connection)?;
        let ids = page.into_iter().filter_map(|at| all.id(at)).collect();
        Ok((found.total, found.possible, ids))
    }

    fn organization(&self, id: OrganizationId) -> Result<Option<OrganizationFound>, MirrorError> {
        Ok(self.organization_rows(&[id.get()])?.into_iter().next())
    }

    fn organization_rows(&self, ids: &[u64]) -> Result<Vec<OrganizationFound>, MirrorError> {
        let mut found: Vec<OrganizationFound> = rows(
            self.connection,
            organizations::BY_IDS,
            ids,
            organizations::read,
        )?;
        if !found.is_empty() {
            let people = self.roll.people(self.connection)?;
            for row in &mut found {
                row.people = people.present_of(row.organization.id.get());
            }
        }
        Ok(found)
    }
}

fn asked(question: &PeopleQuestion<'_>) -> Asked<muster_directory::PersonFilter> {
    Asked {
        filter: question.filter.cloned(),
        search: question.search.map(str::to_owned),
        seen: question.seen,
    }
}

/// The rows with these ids, in this order.
fn rows<T>(
    connection: &Connection,
    sql: &str,
    ids: &[u64],
    read: fn(&Row<'_>) -> rusqlite::Result<T>,
) -> Result<Vec<T>, MirrorError> {
    let mut statement = connection.prepare_cached(sql)?;
    let mut found = Vec::with_capacity(ids.len());
    for chunk in ids.chunks(CHUNK) {
        let chunk = chunk
            .iter()
            .map(|id| Value::from(crate::stored::column_of(*id)));
        let chunk: array::Array = Rc::new(chunk.collect());
        for row in statement.query_map([chunk], read)? {
            found.push(row?);
        }
    }
    Ok(found)
}

/// What is behind these locks is good at every moment, so a panic elsewhere does not matter.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
