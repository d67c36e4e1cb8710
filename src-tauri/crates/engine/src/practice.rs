//! The practice directory: the simulator as a connection like any other, started by the app.

use std::sync::{
    Arc, PoisonError,
    atomic::{AtomicBool, Ordering},
};

use muster_directory::{ApiKeyId, Role, SecretString};
use muster_mirror::ConnectionRecord;
use muster_simulator::{Options, Simulator};
use tokio::sync::Mutex;
use url::Url;

use crate::{
    Change, Engine, Error, Result, access::parse_base_url, clock, connections::Connection,
    engine::blocking,
};

/// The name of the connection, until a person gives it another.
const NAME: &str = "Practice directory";

/// The simulator that stands behind the practice directory. Its keys are no secrets: anybody can
/// compute them from the seed, so they need no vault.
pub(crate) struct Practice {
    options: Options,
    simulator: Mutex<Option<Simulator>>,
    known: std::sync::Mutex<Option<(Url, ApiKeyId, SecretString)>>,
    network: AtomicBool,
}

impl Practice {
    pub fn new(options: Options) -> Self {
        Self {
            options,
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
            let started = muster_simulator::start(self.options.clone())
                .await
                .map_err(|error| Error::Defect(format!("the practice directory: {error}")))?;
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

    /// Ends the simulator.
    pub async fn stop(&self) {
        if let Some(simulator) = self.simulator.lock().await.take() {
            simulator.stop().await;
        }
    }
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
