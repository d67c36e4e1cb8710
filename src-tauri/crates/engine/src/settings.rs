//! What the app keeps for the person: settings, where they were, what they had open in a place.

use std::{sync::Arc, time::Duration};

use muster_mirror::{Ledger, Workspace};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;

use crate::{Change, Engine, Result, clock, engine::blocking};

/// How many steps of a plan may take access away without a word of the person, unless set.
pub const USUAL_CEILING: u64 = 20;

const CEILING: &str = "ceiling";

/// How long the first screen waits for the vault.
const SOON: Duration = Duration::from_secs(1);

impl Engine {
    /// Whether secrets can be reached now. A vault that does not answer soon counts as reachable:
    /// nobody waits for it who has not asked for a secret.
    pub async fn check_vault(&self) -> Result<()> {
        let vault = Arc::clone(&self.vault);
        let checking = blocking(move || Ok(vault.check()?));
        tokio::time::timeout(SOON, checking).await.unwrap_or(Ok(()))
    }

    /// Makes a locked vault usable; the system may ask the person.
    pub async fn unlock_vault(&self) -> Result<()> {
        let vault = Arc::clone(&self.vault);
        blocking(move || Ok(vault.unlock()?)).await?;
        self.events.changed(Change::Connections, None);
        Ok(())
    }

    /// A setting of the whole app; its default if it was never set.
    pub async fn setting<T>(&self, key: &'static str) -> Result<T>
    where
        T: DeserializeOwned + Default + Send + 'static,
    {
        let profile = Arc::clone(&self.profile);
        blocking(move || Ok(profile.setting(key)?.unwrap_or_default())).await
    }

    /// Keeps a setting of the whole app.
    pub async fn set_setting<T>(&self, key: &'static str, value: T) -> Result<()>
    where
        T: Serialize + Send + 'static,
    {
        let profile = Arc::clone(&self.profile);
        blocking(move || Ok(profile.set_setting(key, &value)?)).await?;
        self.events.changed(Change::Settings, None);
        Ok(())
    }

    /// How many steps of a plan may take access away before the person has to type how many do.
    pub async fn ceiling(&self) -> Result<u64> {
        let set: Option<u64> = self.setting(CEILING).await?;
        Ok(set.unwrap_or(USUAL_CEILING))
    }

    /// Sets how many steps of a plan may take access away before the person has to type how many do.
    pub async fn set_ceiling(&self, ceiling: u64) -> Result<()> {
        self.set_setting(CEILING, Some(ceiling)).await
    }

    /// What the person has open in a place of a connection.
    pub async fn workspace(&self, connection: &str, place: String) -> Result<Option<Value>> {
        let ledger = self.ledger(connection).await?;
        blocking(move || Ok(ledger.workspace(&place)?.map(|workspace| workspace.state))).await
    }

    /// Keeps what the person has open in a place of a connection.
    pub async fn set_workspace(&self, connection: &str, place: String, state: Value) -> Result<()> {
        let ledger = self.ledger(connection).await?;
        let workspace = Workspace {
            state,
            changed_at: clock::now(),
        };
        blocking(move || Ok(ledger.set_workspace(&place, &workspace)?)).await
    }

    /// The ledger of a connection.
    pub(crate) async fn ledger(&self, connection: &str) -> Result<Ledger> {
        let record = self.record(connection).await?;
        let file = self.profile.ledger_path(record.id);
        blocking(move || Ok(Ledger::open(&file)?)).await
    }
}
