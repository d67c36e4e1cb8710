//! The practice directory: the simulator as a connection like any other, started by the app.

use std::{
    fs, io,
    path::{Path, PathBuf},
    sync::{
        Arc, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use muster_directory::{ApiKeyId, Role, SecretString};
use muster_mirror::ConnectionRecord;
use muster_simulator::{Options, Simulator, SimulatorError};
use tokio::sync::Mutex;
use url::Url;

use crate::{
    Change, Engine, Error, Result, access::parse_base_url, clock, connections::Connection,
    engine::blocking,
};

/// The name of the connection, until a person gives it another.
const NAME: &str = "Practice directory";

/// In the folder of the profile: what was changed in the practice directory.
const JOURNAL: &str = "practice.journal";

/// A journal that this version cannot go on with, set aside.
const ASIDE: &str = "practice.journal.aside";

/// How long the journal may be in use by another Muster that is about to end.
const LONGEST_USE: Duration = Duration::from_secs(2);

/// Between two looks at whether it is free.
const LOOK_AGAIN: Duration = Duration::from_millis(50);

/// The simulator that stands behind the practice directory. Its keys are no secrets: anybody can
/// compute them from the seed, so they need no vault.
pub(crate) struct Practice {
    options: Options,
    simulator: Mutex<Option<Simulator>>,
    known: std::sync::Mutex<Option<(Url, ApiKeyId, SecretString)>>,
    network: AtomicBool,
}

impl Practice {
    /// What is practised is kept in the profile's folder, unless the options say where.
    pub fn new(options: Options, folder: &Path) -> Self {
        Self {
            options: Options {
                journal: options.journal.or_else(|| Some(folder.join(JOURNAL))),
                ..options
            },
            simulator: Mutex::default(),
            known: std::sync::Mutex::default(),
            network: AtomicBool::new(true),
        }
    }

    pub fn is_network_on(&self) -> bool {
        self.network.load(Ordering::Relaxed)
    }

    /// The address of the last start.
    pub fn base_url(&self) -> Option<String> {
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known
            .as_ref()
            .map(|(url, ..)| url.as_str().trim_end_matches('/').to_owned())
    }

    /// Address, key and secret; starts the simulator if the network is on. If it is off, the
    /// address is one at which nobody answers.
    pub async fn access(&self) -> Result<(Url, ApiKeyId, SecretString)> {
        let mut simulator = self.simulator.lock().await;
        if simulator.is_none() && (self.is_network_on() || self.base_url().is_none()) {
            let started = self.start().await?;
            let key = started.key(Role::Reseller);
            let id =
                ApiKeyId::try_from(key.id).map_err(|error| Error::Defect(error.to_string()))?;
            let access = (
                parse_base_url(started.base_url())?,
                id,
                SecretString::from(key.secret.as_str()),
            );
            *self.known.lock().unwrap_or_else(PoisonError::into_inner) = Some(access);
            if self.is_network_on() {
                *simulator = Some(started);
            } else {
                started.stop().await;
            }
        }
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known
            .clone()
            .ok_or_else(|| Error::Defect("the practice directory has no key".to_owned()))
    }

    async fn start(&self) -> Result<Simulator> {
        let begun = Instant::now();
        let mut is_aside = false;
        loop {
            let failed = match muster_simulator::start(self.options.clone()).await {
                Ok(started) => return Ok(started),
                Err(failed) => failed,
            };
            match &failed {
                // Of a Muster that has just ended, it is free in a moment.
                SimulatorError::Journal(reason) if reason.is_in_use() => {
                    if begun.elapsed() > LONGEST_USE {
                        return Err(Error::Busy(
                            "another Muster has the practice directory of this profile open",
                        ));
                    }
                    tokio::time::sleep(LOOK_AGAIN).await;
                }
                // What cannot be replayed any more must not close the practice directory for ever.
                SimulatorError::Journal(reason) if reason.is_unfit() && !is_aside => {
                    tracing::warn!(%reason, "what was practised is set aside");
                    self.set_journal_aside().map_err(|error| defect(&error))?;
                    is_aside = true;
                }
                _ => return Err(defect(&failed)),
            }
        }
    }

    fn set_journal_aside(&self) -> io::Result<()> {
        match &self.options.journal {
            Some(journal) => fs::rename(journal, journal.with_file_name(ASIDE)),
            None => Ok(()),
        }
    }

    /// Ends the simulator, and returns when its journal is closed.
    pub async fn stop(&self) {
        let mut simulator = self.simulator.lock().await;
        if let Some(running) = simulator.take() {
            running.stop().await;
        }
    }

    /// The files in which is kept what was practised, with their sizes in bytes.
    pub fn files(&self) -> Result<Vec<(PathBuf, u64)>> {
        let journal = self.options.journal.iter();
        let all = journal.flat_map(|own| [own.clone(), own.with_file_name(ASIDE)]);
        let mut found = Vec::new();
        for path in all {
            match fs::metadata(&path) {
                Ok(file) => found.push((path, file.len())),
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) => return Err(defect(&error)),
            }
        }
        Ok(found)
    }

    /// Deletes exactly what [`Self::files`] lists. The simulator must be stopped.
    pub fn forget(&self) -> Result<()> {
        for (path, _) in self.files()? {
            fs::remove_file(path).map_err(|error| defect(&error))?;
        }
        Ok(())
    }
}

fn defect(error: &impl std::fmt::Display) -> Error {
    Error::Defect(format!("the practice directory: {error}"))
}

impl Engine {
    /// The practice directory; made if this profile has none yet.
    pub async fn open_practice(&self) -> Result<Connection> {
        let existing = self.connections().await?;
        if let Some(practice) = existing
            .into_iter()
            .find(|connection| connection.record.practice)
        {
            return Ok(practice);
        }
        let (_, key, _) = self.practice.access().await?;
        let record = ConnectionRecord {
            id: uuid::Uuid::new_v4(),
            name: NAME.to_owned(),
            vendor: "medipim".to_owned(),
            platform: Some(self.practice.options.platform),
            base_url: None,
            key_id: key,
            colour: "gray".to_owned(),
            practice: true,
            created_at: clock::now(),
        };
        let (profile, own) = (Arc::clone(&self.profile), record.clone());
        blocking(move || Ok(profile.insert_connection(&own)?)).await?;
        self.note_added(&record).await;
        self.events.changed(Change::Connections, None);
        self.connection(&record.id.to_string()).await
    }

    /// Lets the practice directory answer, or not, as if its network were gone.
    pub async fn set_practice_network(&self, on: bool) -> Result<()> {
        self.practice.network.store(on, Ordering::Relaxed);
        if on {
            self.practice.access().await?;
        } else {
            self.practice.stop().await;
        }
        self.events.changed(Change::Connections, None);
        Ok(())
    }
}
