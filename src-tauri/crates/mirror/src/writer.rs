//! Writing a sync: one transaction that changes only what differs, or nothing at all.

use std::{iter::Peekable, path::Path, time::Duration};

use muster_directory::{Organization, Person, PersonId, Role};
use rusqlite::Connection;

use crate::{
    MirrorError, Presence, SyncRecord, Tally, file,
    merge::{Change, Fetched, Step, merge, rest},
    mirror::KIND,
    roles::Learned,
    syncs,
    versions::{OpenRows, Versioned, close, set_presence},
};

/// How long beginning a sync waits for another one. It takes minutes, so not at all in effect.
const NO_WAIT: Duration = Duration::from_millis(100);

/// Kilobytes of changed pages that are held in memory before they go to the log.
const CACHE: i64 = -16_000;

/// A sync that is being written. Readers see the state before it until [`Self::finish`]; dropping
/// it leaves the mirror as it was.
///
/// Give organizations first and then people, each in batches, ascending by id over all batches.
/// What was there and is in no batch becomes missing. Give the people of all roles at once. A kind
/// that was never given, not even an empty batch, was not asked for: it stays as it was.
pub struct SyncWriter {
    connection: Connection,
    sync: SyncRecord,
    organizations: Side<Organization>,
    people: Side<Person>,
    /// Reads the state before.
    before: Connection,
    keep_going: Box<KeepGoing>,
    failed: bool,
}

impl std::fmt::Debug for SyncWriter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SyncWriter")
            .field("sync", &self.sync)
            .finish_non_exhaustive()
    }
}

/// What has been merged of people or organizations.
struct Side<T: Versioned> {
    open: Peekable<OpenRows<T>>,
    last: Option<u64>,
    given: bool,
    tally: Tally,
}

impl SyncWriter {
    pub(crate) fn begin(path: &Path, started_at: i64) -> Result<Self, MirrorError> {
        let connection = file::open_again(path, &KIND, true)?;
        connection.busy_timeout(NO_WAIT)?;
        connection.pragma_update(None, "cache_size", CACHE)?;
        connection.execute_batch("BEGIN IMMEDIATE")?;
        // From here on nobody else can commit: what these two read is the state before.
        let before = || file::open_again(path, &KIND, false);
        let last = syncs::last(&connection)?;
        let id = syncs::begin(&connection, started_at)?;
        Ok(Self {
            sync: SyncRecord {
                id,
                started_at,
                finished_at: started_at,
                people: last.map(|sync| sync.people).unwrap_or_default(),
                organizations: last.map(|sync| sync.organizations).unwrap_or_default(),
                roles_asked: false,
            },
            organizations: Side::new(before()?),
            people: Side::new(before()?),
            before: before()?,
            connection,
            keep_going: Box::new(|| true),
            failed: false,
        })
    }

    /// Goes on only as long as this says so. It is asked often, from inside what takes long too,
    /// until everything is visible; the call that it ends gives an error that
    /// [`MirrorError::is_stopped`].
    pub fn keep_going_while(&mut self, keep_going: impl Fn() -> bool + Send + 'static) {
        self.keep_going = Box::new(keep_going);
    }

    /// Takes a batch of organizations.
    pub fn organizations(&mut self, batch: &[Organization]) -> Result<(), MirrorError> {
        if self.people.given {
            self.failed = true;
            return Err(MirrorError::OrganizationsAfterPeople);
        }
        let own = &mut self.organizations;
        let taken = own.take(&self.connection, self.sync.id, batch, &self.keep_going);
        self.failed |= taken.is_err();
        taken
    }

    /// Takes a batch of people.
    pub fn people(&mut self, batch: &[Person]) -> Result<(), MirrorError> {
        let own = &mut self.people;
        let taken = own.take(&self.connection, self.sync.id, batch, &self.keep_going);
        self.failed |= taken.is_err();
        taken
    }

    /// Takes everybody who was found under each role, in any order. Once only, with all roles:
    /// whoever is under none, or under several, has a role that is not known any more.
    pub fn roles(&mut self, roles: &[(Role, Vec<PersonId>)]) -> Result<(), MirrorError> {
        if self.failed {
            return Err(MirrorError::Failed);
        }
        let taken = self.take_roles(roles);
        self.failed |= taken.is_err();
        taken
    }

    fn take_roles(&mut self, roles: &[(Role, Vec<PersonId>)]) -> Result<(), MirrorError> {
        if std::mem::replace(&mut self.sync.roles_asked, true) {
            return Err(MirrorError::RolesTwice);
        }
        let go_on = || go_on(&self.keep_going);
        Learned::new(roles).write(&self.connection, &self.before, self.sync.id, &go_on)
    }

    /// Marks what is absent and makes everything visible at once. An error leaves the mirror as it
    /// was.
    pub fn finish(mut self, finished_at: i64) -> Result<SyncRecord, MirrorError> {
        if self.failed {
            return Err(MirrorError::Failed);
        }
        let (connection, id, keep_going) = (&self.connection, self.sync.id, &self.keep_going);
        let tally = self.organizations.finish(connection, id, keep_going)?;
        self.sync.organizations = tally.unwrap_or_else(|| unchanged(self.sync.organizations));
        let tally = self.people.finish(connection, id, keep_going)?;
        self.sync.people = tally.unwrap_or_else(|| unchanged(self.sync.people));
        self.sync.finished_at = finished_at;
        syncs::finish(connection, &self.sync)?;
        go_on(keep_going)?;
        connection.execute_batch("COMMIT")?;
        file::empty_log(&self.connection);
        Ok(self.sync)
    }
}

/// Whether to go on, which a person decides.
type KeepGoing = dyn Fn() -> bool + Send;

fn go_on(keep_going: &KeepGoing) -> Result<(), MirrorError> {
    keep_going().then_some(()).ok_or(MirrorError::Stopped)
}

/// What a sync that did not ask leaves of the counts before it.
fn unchanged(before: Tally) -> Tally {
    Tally {
        total: before.total,
        all_missing: before.all_missing,
        all_gone: before.all_gone,
        ..Tally::default()
    }
}

impl<T: Versioned> Side<T> {
    fn new(before: Connection) -> Self {
        Self {
            open: OpenRows::new(before).peekable(),
            last: None,
            given: false,
            tally: Tally::default(),
        }
    }

    fn take(
        &mut self,
        connection: &Connection,
        sync: i64,
        batch: &[T],
        keep_going: &KeepGoing,
    ) -> Result<(), MirrorError> {
        go_on(keep_going)?;
        self.given = true;
        let mut fetched = Vec::with_capacity(batch.len());
        for value in batch {
            let id = value.id();
            if let Some(after) = self.last.replace(id).filter(|after| *after >= id) {
                return Err(MirrorError::NotAscending { id, after });
            }
            fetched.push(Fetched {
                id,
                hash: value.fingerprint()?,
                value,
            });
        }
        for step in merge(fetched, &mut self.open) {
            let step = step?;
            write(connection, sync, &step)?;
            count(&mut self.tally, &step);
        }
        Ok(())
    }

    fn finish(
        &mut self,
        connection: &Connection,
        sync: i64,
        keep_going: &KeepGoing,
    ) -> Result<Option<Tally>, MirrorError> {
        if !self.given {
            return Ok(None);
        }
        for step in rest::<&T, _>(&mut self.open) {
            go_on(keep_going)?;
            let step = step?;
            write(connection, sync, &step)?;
            count(&mut self.tally, &step);
        }
        Ok(Some(self.tally))
    }
}

fn write<T: Versioned>(
    connection: &Connection,
    sync: i64,
    step: &Step<&T>,
) -> Result<(), MirrorError> {
    match (step.change, &step.fetched, &step.open) {
        (Change::Same, _, _) => Ok(()),
        (_, Some(fetched), open) => {
            if let Some(open) = open {
                close::<T>(connection, open, sync)?;
            }
            fetched.value.insert(connection, sync, fetched.hash)
        }
        (_, None, Some(open)) => set_presence::<T>(connection, open, sync, step.presence()),
        (_, None, None) => Ok(()),
    }
}

fn count<T>(tally: &mut Tally, step: &Step<T>) {
    match step.change {
        Change::Added => tally.added += 1,
        Change::Changed => tally.changed += 1,
        Change::Returned => tally.returned += 1,
        Change::Missing => tally.missing += 1,
        Change::Gone => tally.gone += 1,
        Change::Same => {}
    }
    match step.presence() {
        Presence::Present => tally.total += 1,
        Presence::Missing => tally.all_missing += 1,
        Presence::Gone => tally.all_gone += 1,
    }
}

#[cfg(test)]
mod tests {
    use muster_directory::Fact;
    use serde_json::json;
    use tempfile::tempdir;

    use super::*;
    use crate::Mirror;

    #[test]
    fn a_full_disk_is_told_apart_and_leaves_the_mirror_as_it_was() {
        let folder = tempdir().unwrap();
        let mirror = Mirror::open(&folder.path().join("mirror.db")).unwrap();
        let person: Person = serde_json::from_value(json!({"id": 1, "name": "A"})).unwrap();
        let mut writer = mirror.begin_sync(10).unwrap();
        writer.people(std::slice::from_ref(&person)).unwrap();
        writer.finish(11).unwrap();

        let mut writer = mirror.begin_sync(20).unwrap();
        writer
            .connection
            .pragma_update(None, "max_page_count", 10)
            .unwrap();
        let many: Vec<_> = (1..10_000)
            .map(|id| Person {
                id: id.try_into().unwrap(),
                organization: Fact::Absent,
                ..person.clone()
            })
            .collect();
        let error = writer.people(&many).unwrap_err();
        assert!(error.is_disk_full(), "{error:?}");
        assert!(writer.finish(21).is_err());
        let state = mirror.state().unwrap();
        assert_eq!((state.people, state.last_sync.unwrap().id), (1, 1));
    }
}
