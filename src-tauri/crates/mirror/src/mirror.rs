//! `mirror.db`: what the vendor says, now and before. Written only by syncs, read by everybody.

use std::{
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard, PoisonError},
    time::Instant,
};

use rusqlite::{Connection, vtab::array};

use crate::{
    MirrorError, MirrorState, SyncRecord, SyncWriter,
    at::At,
    file::{self, Kind},
    organizations, people, roles,
    rolls::Rolls,
    snapshot::Snapshot,
    syncs,
};

pub(crate) const KIND: Kind = Kind {
    application_id: 0x4D53_544D, // MSTM
    layouts: &[
        &[syncs::LAYOUT_1, people::LAYOUT_1, organizations::LAYOUT_1],
        &[syncs::LAYOUT_2, roles::LAYOUT_2],
    ],
    synchronous: "NORMAL",
};

/// How many idle connections are kept for the next readers.
const IDLE: usize = 4;

/// What a vendor says of one connection's people and organizations.
///
/// Any number of threads may ask at once; each question is one read transaction. A sync that is
/// being written, here or in another process, neither blocks nor shows before it is finished.
pub struct Mirror {
    path: PathBuf,
    idle: Mutex<Vec<Connection>>,
    rolls: Mutex<Rolls>,
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

impl Mirror {
    /// Opens a mirror, making it if it is not there. Its folder must be.
    pub fn open(path: &Path) -> Result<Self, MirrorError> {
        Ok(Self {
            _keeper: Mutex::new(file::open(path, &KIND)?),
            path: path.to_owned(),
            idle: Mutex::default(),
            rolls: Mutex::default(),
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
        self.read(None, |snapshot| {
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

    /// Every complete sync, the newest first.
    pub fn syncs(&self) -> Result<Vec<SyncRecord>, MirrorError> {
        self.read(None, |snapshot| syncs::all(snapshot.connection))
    }

    /// Reads into memory what criteria, orders by name, and searches need, so that the first
    /// question need not wait for it.
    pub fn warm(&self) -> Result<(), MirrorError> {
        self.read(
            None,
            |Snapshot {
                 connection, roll, ..
             }| {
                roll.places(connection)?;
                roll.names(connection)?;
                Ok(())
            },
        )
    }

    /// Reads one state of the file.
    pub(crate) fn read<T>(
        &self,
        as_of: Option<i64>,
        read: impl FnOnce(&Snapshot<'_>) -> Result<T, MirrorError>,
    ) -> Result<T, MirrorError> {
        let mut connection = match locked(&self.idle).pop() {
            Some(connection) => connection,
            None => self.connect()?,
        };
        let transaction = connection.transaction()?;
        let (sync, at) = state_of(&transaction, as_of)?;
        let of = sync.map_or(0, |sync| sync.id);
        let answer = read(&Snapshot {
            connection: &transaction,
            sync,
            at,
            roll: locked(&self.rolls).of(of, at, Instant::now()),
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
}

/// The state that a sync left, the last one if none is asked for.
fn state_of(
    connection: &Connection,
    as_of: Option<i64>,
) -> Result<(Option<SyncRecord>, At), MirrorError> {
    let last = syncs::last(connection)?;
    match as_of {
        Some(id) if last.is_none_or(|last| last.id != id) => {
            let sync = syncs::one(connection, id)?.ok_or(MirrorError::NoSuchSync(id))?;
            Ok((Some(sync), At::Past(id)))
        }
        _ => Ok((last, At::Now)),
    }
}

/// What is behind these locks is good at every moment, so a panic elsewhere does not matter.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use jiff::tz::TimeZone;
    use muster_directory::{Calendar, Fact, PersonId, Role};
    use tempfile::tempdir;

    use super::*;
    use crate::{PeopleQuestion, Who};

    #[test]
    fn a_mirror_from_before_roles_were_learnt_keeps_everybody() {
        const BEFORE: Kind = Kind {
            layouts: &[KIND.layouts[0]],
            ..KIND
        };
        let folder = tempdir().unwrap();
        let path = folder.path().join("mirror.db");
        let connection = file::open(&path, &BEFORE).unwrap();
        connection
            .execute_batch(
                "INSERT INTO syncs (started_at, finished_at, people_total) VALUES (10, 11, 1);
                 INSERT INTO people (id, valid_from, presence, hash, organization, created_at,
                                     updated_at, name, folded)
                 VALUES (7, 1, 0, 5, NULL, NULL, NULL, 'Zoë', 'zoe');",
            )
            .unwrap();
        drop(connection);

        let mirror = Mirror::open(&path).unwrap();
        let calendar = Calendar::at(0, TimeZone::UTC);
        let everybody = PeopleQuestion {
            limit: 9,
            ..PeopleQuestion::count(Who::everybody(&calendar))
        };
        let found = mirror.people(&everybody).unwrap();
        assert_eq!((found.total, found.rows.len()), (1, 1));
        assert_eq!(found.rows[0].role, Fact::Unknown);
        assert!(!mirror.syncs().unwrap()[0].roles_asked);

        let id = PersonId::try_from(7).unwrap();
        let mut writer = mirror.begin_sync(20).unwrap();
        writer.roles(&[(Role::Reseller, vec![id])]).unwrap();
        writer.finish(21).unwrap();
        let found = mirror.person(id, None).unwrap().unwrap().found;
        assert_eq!(found.role, Fact::Known(Role::Reseller));
        let before = file::open(&folder.path().join("mirror.layout-1.db"), &BEFORE).unwrap();
        let names: String = before
            .query_row("SELECT name FROM people", (), |row| row.get(0))
            .unwrap();
        assert_eq!(names, "Zoë", "and a copy of what it was stands beside it");
    }
}
