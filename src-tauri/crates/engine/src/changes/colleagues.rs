//! Whose keys count: those of people with whom a fingerprint was compared.

use muster_directory::signature::PublicKey;
use muster_mirror::ColleagueRecord;
use serde_json::json;

use crate::{
    Change, Engine, Error, Result,
    activity::{Entry, Kind, Target},
    clock,
    engine::blocking,
    given_name,
};

/// What is known of a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// It signs here, or did.
    Own,
    /// It was compared with this person.
    Known(String),
    /// Anybody's.
    Unknown,
}

impl Engine {
    /// The people whose keys were compared, by name.
    pub async fn colleagues(&self) -> Result<Vec<ColleagueRecord>> {
        let engine = self.clone();
        blocking(move || Ok(engine.profile.colleagues()?)).await
    }

    /// Says whose key one is, after two people have compared its fingerprint: what it signed, and
    /// will sign, counts from now on.
    pub async fn confirm_colleague(&self, key: PublicKey, name: &str) -> Result<ColleagueRecord> {
        let colleague = ColleagueRecord {
            public_key: key.to_string(),
            name: given_name::checked(name, "colleague")?,
            confirmed_at: clock::now(),
        };
        let (engine, own) = (self.clone(), colleague.clone());
        blocking(move || {
            if engine.is_own_key(&key)? {
                return Err(Error::OwnPlan);
            }
            Ok(engine.profile.keep_colleague(&own)?)
        })
        .await?;
        self.note_key(Kind::ColleagueConfirmed, &key, Some(name))
            .await?;
        Ok(colleague)
    }

    /// A key does not count any more, and what it approved does not either.
    pub async fn forget_colleague(&self, key: PublicKey) -> Result<()> {
        let (engine, own) = (self.clone(), key.to_string());
        if !blocking(move || Ok(engine.profile.delete_colleague(&own)?)).await? {
            return Err(Error::NotFound {
                what: "colleague",
                which: key.fingerprint(),
            });
        }
        self.note_key(Kind::ColleagueForgotten, &key, None).await
    }

    /// Notes for every connection that a key counts or does not: it does so for all of them.
    async fn note_key(&self, kind: Kind, key: &PublicKey, name: Option<&str>) -> Result<()> {
        let engine = self.clone();
        let records = blocking(move || Ok(engine.profile.connections()?)).await?;
        for record in records {
            let detail = json!({"name": name, "fingerprint": key.fingerprint()});
            let entry = Entry::done(kind, Target::connection(&record), detail);
            self.note_after(&record, entry).await;
        }
        self.events.changed(Change::Settings, None);
        self.events.changed(Change::Plans, None);
        Ok(())
    }

    /// What is known of a key.
    pub(super) fn standing(&self, key: &PublicKey) -> Result<Standing> {
        if self.is_own_key(key)? {
            return Ok(Standing::Own);
        }
        let written = key.to_string();
        let known = self.profile.colleagues()?;
        let known = known.into_iter().find(|own| own.public_key == written);
        Ok(known.map_or(Standing::Unknown, |own| Standing::Known(own.name)))
    }
}
