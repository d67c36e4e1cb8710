//! `profile.db` and the folders beside it: which connections there are, and the app's settings.

use std::{
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard, PoisonError},
};

use muster_directory::Role;
use rusqlite::Connection;
use serde::{Serialize, de::DeserializeOwned};
use uuid::Uuid;

use crate::{
    ActorGiven, ActorGuess, ActorRecord, Alone, Capability, ColleagueRecord, ConnectionRecord,
    EvidenceRecord, MirrorError, Tried, actors, alone, capabilities, colleagues, connections,
    evidence,
    file::{self, Kind},
    settings,
};

const KIND: Kind = Kind {
    application_id: 0x4D53_5450, // MSTP
    layouts: &[
        &[connections::LAYOUT_1, settings::LAYOUT_1],
        &[capabilities::LAYOUT_2],
        &[actors::LAYOUT_3, evidence::LAYOUT_3, colleagues::LAYOUT_3],
    ],
    synchronous: "FULL",
};

/// What the names of the folders begin with in which mirrors are that were set aside.
const ASIDE: &str = "damaged-";

/// A person's profile: a folder with everything that this app keeps.
#[derive(Debug)]
pub struct Profile {
    folder: PathBuf,
    connection: Mutex<Connection>,
}

impl Profile {
    /// Opens the profile in a folder, making both if they are not there.
    pub fn open(folder: &Path) -> Result<Self, MirrorError> {
        file::create_private_folder(folder)?;
        Ok(Self {
            folder: folder.to_owned(),
            connection: Mutex::new(file::open(&folder.join("profile.db"), &KIND)?),
        })
    }

    fn lock(&self) -> MutexGuard<'_, Connection> {
        // A panic while it was held rolled its statement back: the connection is good.
        self.connection
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    /// The folder of the profile.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// All connections, in the person's order.
    pub fn connections(&self) -> Result<Vec<ConnectionRecord>, MirrorError> {
        connections::all(&self.lock())
    }

    /// A connection; none if there is none with this id.
    pub fn connection(&self, id: Uuid) -> Result<Option<ConnectionRecord>, MirrorError> {
        connections::one(&self.lock(), id)
    }

    /// Adds a connection after all others, and makes its folder.
    pub fn insert_connection(&self, record: &ConnectionRecord) -> Result<(), MirrorError> {
        file::create_private_folder(&self.folder_of(record.id))?;
        connections::insert(&self.lock(), record)
    }

    /// Changes how a connection is called and marked; false if there is none.
    pub fn rename_connection(
        &self,
        id: Uuid,
        name: &str,
        colour: &str,
    ) -> Result<bool, MirrorError> {
        connections::rename(&self.lock(), id, name, colour)
    }

    /// What the vendor was found to be able to do for a connection's key; none if it was never
    /// asked.
    pub fn capability(&self, id: Uuid, name: &str) -> Result<Option<Capability>, MirrorError> {
        capabilities::read(&self.lock(), id, name)
    }

    /// Keeps what the vendor was found to be able to do. It goes with the connection.
    pub fn set_capability(
        &self,
        id: Uuid,
        name: &str,
        found: Capability,
    ) -> Result<(), MirrorError> {
        capabilities::write(&self.lock(), id, name, found)
    }

    /// What is kept of who the key of a connection is.
    pub fn actor(&self, id: Uuid) -> Result<ActorRecord, MirrorError> {
        actors::read(&self.lock(), id)
    }

    /// Keeps who the key of a connection is, as the person said; none takes it back. It goes with
    /// the connection.
    pub fn set_actor(&self, id: Uuid, given: Option<&ActorGiven>) -> Result<(), MirrorError> {
        actors::give(&self.lock(), id, given)
    }

    /// Keeps which roles fit what a test of a key has shown. It goes with the connection.
    pub fn set_actor_guess(&self, id: Uuid, guess: &ActorGuess) -> Result<(), MirrorError> {
        actors::guessed(&self.lock(), id, guess)
    }

    /// What came of trying what the vendor's pages leave open, the newest first.
    pub fn evidence(&self, id: Uuid) -> Result<Vec<EvidenceRecord>, MirrorError> {
        evidence::all(&self.lock(), id)
    }

    /// Adds what came of trying an action with a key of a role, none if that is not known; `at` is
    /// in Unix seconds. It goes with the connection.
    pub fn add_evidence(
        &self,
        id: Uuid,
        action: &str,
        role: Option<&Role>,
        outcome: Tried,
        at: i64,
    ) -> Result<(), MirrorError> {
        evidence::add(&self.lock(), id, action, role, outcome, at)
    }

    /// The people whose keys were compared, by name.
    pub fn colleagues(&self) -> Result<Vec<ColleagueRecord>, MirrorError> {
        colleagues::all(&self.lock())
    }

    /// Keeps whose key one is, in the place of what was kept of it.
    pub fn keep_colleague(&self, colleague: &ColleagueRecord) -> Result<(), MirrorError> {
        colleagues::write(&self.lock(), colleague)
    }

    /// Forgets whose key one is; false if it was not known.
    pub fn delete_colleague(&self, public_key: &str) -> Result<bool, MirrorError> {
        colleagues::delete(&self.lock(), public_key)
    }

    /// Removes a connection and exactly the files that [`Self::files_of`] lists; the folder too,
    /// if nothing else is in it. False if there is no such connection.
    ///
    /// Its mirror and ledger must be closed: Windows refuses to remove open files. If that fails,
    /// the connection is already gone and the call can be repeated for the files.
    pub fn remove_connection(&self, id: Uuid) -> Result<bool, MirrorError> {
        let removed = connections::delete(&self.lock(), id)?;
        for path in self.own_files(id)? {
            file::remove(&path)?;
        }
        for folder in self.set_aside(id)? {
            file::remove_if_empty(&folder)?;
        }
        file::remove_if_empty(&self.folder_of(id))?;
        Ok(removed)
    }

    /// Moves the mirror of a connection into a folder of its own beside it, named by the time in
    /// Unix seconds, and returns where it is. It must be closed.
    pub fn set_mirror_aside(&self, id: Uuid, at: i64) -> Result<PathBuf, MirrorError> {
        let folder = self.folder_of(id);
        let mut aside = folder.join(format!("{ASIDE}{at}"));
        // Another one of the same second keeps its place.
        for number in 2.. {
            if !aside.exists() {
                break;
            }
            aside = folder.join(format!("{ASIDE}{at}-{number}"));
        }
        file::create_private_folder(&aside)?;
        for path in file::files_of(&self.mirror_path(id))? {
            file::move_into(&path, &aside)?;
        }
        Ok(aside)
    }

    /// The files that are kept for a connection, with their sizes in bytes; mirrors that were set
    /// aside too.
    pub fn files_of(&self, id: Uuid) -> Result<Vec<(PathBuf, u64)>, MirrorError> {
        let mut found = Vec::new();
        for path in self.own_files(id)? {
            if let Some(size) = file::size(&path)? {
                found.push((path, size));
            }
        }
        Ok(found)
    }

    /// All files that can be kept for a connection, whether they are there or not.
    fn own_files(&self, id: Uuid) -> Result<Vec<PathBuf>, MirrorError> {
        let mut files = vec![self.applying_path(id)];
        for database in self.databases_of(id)? {
            files.extend(file::files_of(&database)?);
        }
        Ok(files)
    }

    /// The mirror and the ledger of a connection, and the mirrors that were set aside.
    fn databases_of(&self, id: Uuid) -> Result<Vec<PathBuf>, MirrorError> {
        let mirror = self.mirror_path(id);
        let name = mirror.file_name().unwrap_or_default();
        let aside = self.set_aside(id)?;
        let aside = aside.iter().map(|folder| folder.join(name));
        let own = [mirror.clone(), self.ledger_path(id)];
        Ok(own.into_iter().chain(aside).collect())
    }

    /// The folders in which mirrors are that were set aside.
    fn set_aside(&self, id: Uuid) -> Result<Vec<PathBuf>, MirrorError> {
        let mut folders = file::folders_of(&self.folder_of(id), ASIDE)?;
        folders.sort();
        Ok(folders)
    }

    /// The folder of a connection.
    #[must_use]
    pub fn folder_of(&self, id: Uuid) -> PathBuf {
        self.folder.join("connections").join(id.to_string())
    }

    /// Where a connection's mirror is.
    #[must_use]
    pub fn mirror_path(&self, id: Uuid) -> PathBuf {
        self.folder_of(id).join("mirror.db")
    }

    /// Where a connection's ledger is.
    #[must_use]
    pub fn ledger_path(&self, id: Uuid) -> PathBuf {
        self.folder_of(id).join("ledger.db")
    }

    /// Held by whoever applies a plan of a connection.
    fn applying_path(&self, id: Uuid) -> PathBuf {
        self.folder_of(id).join("applying.lock")
    }

    /// Keeps every other app on this profile from applying a plan of a connection, as long as what
    /// this returns is kept; none if another one does.
    pub fn apply_alone(&self, id: Uuid) -> Result<Option<Alone>, MirrorError> {
        alone::take(&self.applying_path(id))
    }

    /// A setting; none if it was never set.
    pub fn setting<T: DeserializeOwned>(&self, key: &str) -> Result<Option<T>, MirrorError> {
        settings::read(&self.lock(), key)
    }

    /// Sets a setting.
    pub fn set_setting<T: Serialize + ?Sized>(
        &self,
        key: &str,
        value: &T,
    ) -> Result<(), MirrorError> {
        settings::write(&self.lock(), key, value)
    }

    /// Keeps a setting in the place of another value, or, if that is none, where none was set;
    /// false if somebody else was faster.
    pub fn exchange_setting<T: Serialize>(
        &self,
        key: &str,
        before: Option<&T>,
        value: &T,
    ) -> Result<bool, MirrorError> {
        settings::exchange(&self.lock(), key, before, value)
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use muster_directory::{ApiKeyId, Platform};
    use tempfile::tempdir;

    use super::*;
    use crate::{Ledger, Mirror};

    fn record(number: u128, name: &str) -> ConnectionRecord {
        ConnectionRecord {
            id: Uuid::from_u128(number),
            name: name.to_owned(),
            vendor: "medipim".to_owned(),
            platform: Some(Platform::Be),
            base_url: (number == 1).then(|| "http://127.0.0.1:1".to_owned()),
            key_id: ApiKeyId::try_from(7).unwrap(),
            colour: "teal".to_owned(),
            practice: number == 1,
            created_at: 1_700_000_000,
        }
    }

    #[test]
    fn connections_are_kept_in_the_order_in_which_they_were_added() {
        let folder = tempdir().unwrap();
        let (second, first) = (record(1, "Zoë"), record(2, "Apotheek"));
        {
            let profile = Profile::open(folder.path()).unwrap();
            profile.insert_connection(&first).unwrap();
            profile.insert_connection(&second).unwrap();
            assert!(
                profile.insert_connection(&first).is_err(),
                "an id stands once"
            );
        }
        let profile = Profile::open(folder.path()).unwrap();
        assert_eq!(profile.connections().unwrap(), [first.clone(), second]);
        assert!(profile.rename_connection(first.id, "A", "red").unwrap());
        let renamed = profile.connection(first.id).unwrap().unwrap();
        assert_eq!((&*renamed.name, &*renamed.colour), ("A", "red"));
        assert!(!profile.rename_connection(Uuid::nil(), "A", "red").unwrap());
    }

    #[test]
    fn a_setting_is_read_as_it_was_written() {
        let folder = tempdir().unwrap();
        let profile = Profile::open(folder.path()).unwrap();
        assert_eq!(profile.setting::<Vec<u8>>("last").unwrap(), None);
        profile.set_setting("last", &[1_u8, 2][..]).unwrap();
        profile.set_setting("last", &vec![3_u8]).unwrap();
        assert_eq!(profile.setting("last").unwrap(), Some(vec![3_u8]));
    }

    #[test]
    fn a_profile_from_before_roles_were_explained_keeps_its_connections() {
        const BEFORE: Kind = Kind {
            layouts: &[KIND.layouts[0], KIND.layouts[1]],
            ..KIND
        };
        let folder = tempdir().unwrap();
        let path = folder.path().join("profile.db");
        let own = record(2, "Apotheek");
        let before = file::open(&path, &BEFORE).unwrap();
        connections::insert(&before, &own).unwrap();
        drop(before);

        let profile = Profile::open(folder.path()).unwrap();
        assert_eq!(profile.connections().unwrap(), std::slice::from_ref(&own));
        assert_eq!(profile.actor(own.id).unwrap(), ActorRecord::default());
        profile
            .add_evidence(own.id, "user.disable", None, Tried::Allowed, 5)
            .unwrap();
        assert_eq!(profile.evidence(own.id).unwrap().len(), 1);
        assert!(folder.path().join("profile.layout-2.db").exists(), "a copy");
    }

    #[test]
    fn removing_a_connection_removes_our_files_and_no_others() {
        let folder = tempdir().unwrap();
        let profile = Profile::open(folder.path()).unwrap();
        let (own, other) = (record(1, "own"), record(2, "other"));
        for record in [&own, &other] {
            profile.insert_connection(record).unwrap();
            drop(Mirror::open(&profile.mirror_path(record.id)).unwrap());
            drop(Ledger::open(&profile.ledger_path(record.id)).unwrap());
        }
        let note = profile.folder_of(own.id).join("note.txt");
        fs::write(&note, "mine").unwrap();
        let listed = profile.files_of(own.id).unwrap();
        drop(profile.apply_alone(own.id).unwrap());
        let lock = profile.applying_path(own.id);
        let all = profile.files_of(own.id).unwrap();
        assert!(all.contains(&(lock.clone(), 0)), "it is ours too");
        assert!(listed.len() >= 2 && listed.iter().all(|(_, size)| *size > 0));

        assert!(profile.remove_connection(own.id).unwrap());
        assert_eq!(profile.files_of(own.id).unwrap(), []);
        assert!(!lock.exists());
        assert!(note.exists(), "what is not ours stays");
        let left = profile.connections().unwrap();
        assert_eq!(left, std::slice::from_ref(&other));
        assert!(profile.mirror_path(other.id).exists());

        assert!(profile.remove_connection(other.id).unwrap());
        assert!(!profile.folder_of(other.id).exists());
        assert!(!profile.remove_connection(other.id).unwrap());
    }

    #[test]
    fn mirrors_that_were_set_aside_are_listed_and_go_with_the_connection() {
        let folder = tempdir().unwrap();
        let profile = Profile::open(folder.path()).unwrap();
        let own = record(1, "own");
        profile.insert_connection(&own).unwrap();
        let mut aside = Vec::new();
        for _ in 0..3 {
            drop(Mirror::open(&profile.mirror_path(own.id)).unwrap());
            aside.push(profile.set_mirror_aside(own.id, 5).unwrap());
        }
        let listed = profile.files_of(own.id).unwrap();
        for folder in &aside {
            let mirror = folder.join("mirror.db");
            assert!(mirror.is_file(), "one of the same second keeps its place");
            assert!(listed.iter().any(|(path, _)| *path == mirror));
        }
        fs::write(aside[1].join("note.txt"), "mine").unwrap();

        assert!(profile.remove_connection(own.id).unwrap());
        assert!(
            !aside[0].exists() && !aside[2].exists(),
            "nobody's name is left"
        );
        assert!(!aside[1].join("mirror.db").exists());
        assert!(aside[1].join("note.txt").exists(), "what is not ours stays");
    }
}
