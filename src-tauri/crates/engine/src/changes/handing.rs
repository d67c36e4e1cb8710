//! Handing secrets over: to the clipboard for a moment, or into the vault as a new connection.
//! They never cross to the window.

use std::{sync::Arc, time::Duration};

use muster_directory::{ApiKeyId, ExposeSecret, SecretString, plan::StepState};
use serde_json::json;
use uuid::Uuid;

use super::{held::SECRET, plans::plan_id};
use crate::{
    Engine, Error, Result,
    activity::{Entry, Kind, Target, What},
    connections::{Connection, Draft},
    engine::blocking,
};

/// How long a secret stays in the clipboard.
const IN_CLIPBOARD: Duration = Duration::from_secs(60);

/// The system's clipboard, as far as a host has one.
pub trait Clipboard: Send + Sync {
    /// Puts a text there; managers of the clipboard's history are asked not to keep it.
    fn put(&self, text: &str) -> std::result::Result<(), ClipboardError>;

    /// Empties it, if this text is still there.
    fn clear(&self, text: &str) -> std::result::Result<(), ClipboardError>;
}

/// Why the clipboard could not be used.
#[derive(Debug, thiserror::Error)]
#[error("the clipboard cannot be used: {0}")]
pub struct ClipboardError(pub Box<dyn std::error::Error + Send + Sync>);

impl Engine {
    /// Puts a secret of a step into the clipboard, and takes it out again after the time that is
    /// returned. A password can be copied until it is sent, and one that was made and not copied by
    /// then once more, as the secret of a key.
    pub async fn copy_step_secret(
        &self,
        connection: &str,
        plan: &str,
        step: u64,
        path: &str,
    ) -> Result<Duration> {
        let id = plan_id(plan)?;
        let record = self.record(connection).await?;
        let secret = self.step_secret(id, step, path)?;
        let clipboard = self.clipboard.clone().ok_or(Error::NoClipboard)?;
        let detail = json!({ "plan": id, "step": step, "what": path });
        let target = Target::new(What::Clipboard, None, None);
        self.note(&record, Entry::done(Kind::SecretCopied, target, detail))
            .await?;
        let (own, text) = (Arc::clone(&clipboard), secret.clone());
        blocking(move || Ok(own.put(text.expose_secret())?)).await?;
        tokio::spawn(async move {
            tokio::time::sleep(IN_CLIPBOARD).await;
            let cleared = blocking(move || Ok(clipboard.clear(secret.expose_secret())?)).await;
            if let Err(error) = cleared {
                tracing::warn!(%error, "a secret may still be in the clipboard");
            }
        });
        self.held.take(id, step, path);
        self.events.changed(crate::Change::Plans, Some(connection));
        Ok(IN_CLIPBOARD)
    }

    /// Keeps the secret of a key that a step has made in the vault, as a new connection to the same
    /// server.
    pub async fn keep_step_secret(
        &self,
        connection: &str,
        plan: &str,
        step: u64,
        name: &str,
    ) -> Result<Connection> {
        let id = plan_id(plan)?;
        let record = self.record(connection).await?;
        let secret = self.step_secret(id, step, SECRET)?;
        let ledger = self.ledger(connection).await?;
        let made = blocking(move || Ok(ledger.step(id, step)?)).await?;
        let made = made
            .filter(|row| row.result.state != StepState::Waiting)
            .and_then(|row| row.result.made)
            .and_then(|made| made.id.parse::<u64>().ok())
            .and_then(|key| ApiKeyId::try_from(key).ok())
            .ok_or_else(|| no_secret(step))?;
        if record.practice {
            return Err(Error::Busy(
                "the practice directory has one connection: copy the secret instead",
            ));
        }
        let platform = crate::access::platform(&record)?;
        let kept = self
            .add_connection(Draft {
                name: name.to_owned(),
                platform,
                base_url: record.base_url.clone(),
                key: made,
                secret,
            })
            .await?;
        self.held.take(id, step, SECRET);
        self.events.changed(crate::Change::Plans, Some(connection));
        Ok(kept)
    }

    /// Takes the secret of a key that a step has made out, for whoever asked for it in words: a
    /// script that keeps it elsewhere. It can be taken once.
    pub async fn take_step_secret(
        &self,
        connection: &str,
        plan: &str,
        step: u64,
    ) -> Result<SecretString> {
        let id = plan_id(plan)?;
        let record = self.record(connection).await?;
        let secret = self.step_secret(id, step, SECRET)?;
        let detail = json!({ "plan": id, "step": step, "what": SECRET, "to": "standard output" });
        let target = Target::new(What::Plan, Some(id.to_string()), None);
        self.note(&record, Entry::done(Kind::SecretCopied, target, detail))
            .await?;
        self.held.take(id, step, SECRET);
        Ok(secret)
    }

    fn step_secret(&self, plan: Uuid, step: u64, path: &str) -> Result<SecretString> {
        self.held
            .get(plan, step, path)
            .ok_or_else(|| no_secret(step))
    }
}

fn no_secret(step: u64) -> Error {
    Error::NotFound {
        what: "secret of step",
        which: step.to_string(),
    }
}
