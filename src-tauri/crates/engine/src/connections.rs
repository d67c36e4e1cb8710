//! Connections: add, look at, rename, test, remove.

use std::{
    path::PathBuf,
    sync::{Arc, PoisonError},
};

use muster_directory::{ApiKeyId, ExposeSecret, Platform, SecretString, Violation, name::fold};
use muster_mirror::{Capability, ConnectionRecord, MirrorState};
use serde_json::json;
use url::Url;
use uuid::Uuid;

use crate::{
    Change, Engine, Error, Result,
    access::{base_url, parse_base_url, platform},
    activity::{Entry, Kind, Purpose, Target, What},
    clock,
    engine::blocking,
    given_name,
    report::{Access, Report},
};

/// The colours by which a person tells connections apart; new ones take the next.
pub const COLOURS: [&str; 9] = [
    "teal", "violet", "orange", "blue", "green", "grape", "yellow", "red", "gray",
];

/// What a person types to make a connection.
#[derive(Debug, Clone)]
pub struct Draft {
    /// A name of the person's choice.
    pub name: String,
    /// The national platform.
    pub platform: Platform,
    /// Another address than the platform's own.
    pub base_url: Option<String>,
    /// The API key's id.
    pub key: ApiKeyId,
    /// The API key's secret.
    pub secret: SecretString,
}

impl Draft {
    /// The address: the draft's own, or the platform's.
    pub(crate) fn base_url(&self) -> Result<Url> {
        parse_base_url(self.base_url.as_deref().unwrap_or(self.platform.base_url()))
    }
}

/// What the last contact with the vendor said.
#[derive(Debug, Clone, Default)]
pub enum Link {
    /// No contact since the engine was opened.
    #[default]
    Untried,
    /// It answered.
    Live {
        /// Unix seconds.
        at: i64,
    },
    /// It did not, or not well.
    Error {
        /// Unix seconds.
        at: i64,
        /// Why.
        error: Error,
    },
}

impl Link {
    /// Whether a person who looks at it sees the same.
    pub(crate) fn says_the_same_as(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Untried, Self::Untried) | (Self::Live { .. }, Self::Live { .. }) => true,
            (Self::Error { error: a, .. }, Self::Error { error: b, .. }) => {
                a.to_string() == b.to_string()
            }
            _ => false,
        }
    }
}

/// A connection and what is known of it.
#[derive(Debug, Clone)]
pub struct Connection {
    /// As it is kept in the profile.
    pub record: ConnectionRecord,
    /// The address in use.
    pub base_url: String,
    /// Whether the practice directory answers; true for every other connection.
    pub practice_network: bool,
    /// What the last contact said.
    pub link: Link,
    /// Whether the vendor finds people by role; none if it was never asked.
    pub role_filter: Option<Capability>,
    /// What its mirror holds.
    pub mirror: MirrorState,
    /// Why its mirror cannot be read.
    pub mirror_error: Option<Error>,
}

/// What removing a connection would delete.
#[derive(Debug, Clone)]
pub struct RemovalPreview {
    /// The files, with their sizes in bytes.
    pub files: Vec<(PathBuf, u64)>,
    /// What the mirror holds.
    pub mirror: MirrorState,
    /// How many syncs its history has.
    pub syncs: u64,
    /// Whether a secret is deleted from the vault too.
    pub secret: bool,
}

impl Engine {
    /// Every connection, in the person's order.
    pub async fn connections(&self) -> Result<Vec<Connection>> {
        let engine = self.clone();
        blocking(move || {
            let records = engine.profile.connections()?;
            records
                .into_iter()
                .map(|record| engine.describe(record))
                .collect()
        })
        .await
    }

    /// A connection by its id.
    pub async fn connection(&self, id: &str) -> Result<Connection> {
        let record = self.record(id).await?;
        let engine = self.clone();
        blocking(move || engine.describe(record)).await
    }

    fn describe(&self, record: ConnectionRecord) -> Result<Connection> {
        // A file that cannot be read takes its own connection along, not all of them.
        let mirror = self
            .mirror(record.id)
            .and_then(|mirror| Ok(mirror.state()?));
        let links = self.links.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(Connection {
            base_url: match record.practice {
                true => self.practice.base_url().unwrap_or_default(),
                false => base_url(&record)?.as_str().trim_end_matches('/').to_owned(),
            },
            practice_network: !record.practice || self.practice.is_network_on(),
            link: links.get(&record.id).cloned().unwrap_or_default(),
            role_filter: self.known_role_filter(record.id)?,
            mirror_error: mirror.as_ref().err().cloned(),
            mirror: mirror.unwrap_or_default(),
            record,
        })
    }

    /// Keeps a connection: its secret in the vault, the rest in the profile. Contacts nobody.
    pub async fn add_connection(&self, draft: Draft) -> Result<Connection> {
        let name = given_name::checked(&draft.name, "connection")?;
        check_secret(&draft.secret)?;
        // Refuses an address without TLS before anything is kept.
        self.client_of_draft(&draft)?;
        let engine = self.clone();
        let record = blocking(move || {
            let others = engine.profile.connections()?;
            check_is_free(&name, &others)?;
            let count = others.len();
            let record = ConnectionRecord {
                id: Uuid::new_v4(),
                name,
                vendor: "medipim".to_owned(),
                platform: Some(draft.platform),
                base_url: draft.base_url,
                key_id: draft.key,
                colour: COLOURS[count % COLOURS.len()].to_owned(),
                practice: false,
                created_at: clock::now(),
            };
            // The secret first: a connection without its secret would be of no use.
            engine.vault.write(&record.id.to_string(), &draft.secret)?;
            if let Err(error) = engine.profile.insert_connection(&record) {
                forget_secret(&engine, &record.id.to_string());
                return Err(error.into());
            }
            Ok(record)
        })
        .await?;
        self.note_added(&record).await;
        let written = Entry::done(
            Kind::SecretWritten,
            Target::connection(&record),
            json!({"first": true}),
        );
        self.note_after(&record, written).await;
        self.events.changed(Change::Connections, None);
        self.connection(&record.id.to_string()).await
    }

    /// Notes that a connection was made.
    pub(crate) async fn note_added(&self, record: &ConnectionRecord) {
        let detail = json!({
            "vendor": record.vendor,
            "platform": record.platform,
            "base_url": record.base_url,
            "practice": record.practice,
        });
        let entry = Entry::done(Kind::ConnectionAdded, Target::connection(record), detail);
        self.note_after(record, entry).await;
    }

    /// Gives a connection another name and colour.
    pub async fn rename_connection(
        &self,
        id: &str,
        name: &str,
        colour: &str,
    ) -> Result<Connection> {
        let name = given_name::checked(name, "connection")?;
        let record = self.record(id).await?;
        let (profile, own, colour) = (Arc::clone(&self.profile), record.id, colour.to_owned());
        let after = (name.clone(), colour.clone());
        blocking(move || {
            let mut others = profile.connections()?;
            others.retain(|other| other.id != own);
            check_is_free(&name, &others)?;
            Ok(profile.rename_connection(own, &name, &colour)?)
        })
        .await?;
        self.note_renamed(record, after).await;
        self.events.changed(Change::Connections, Some(id));
        self.connection(id).await
    }

    /// Notes what is other than before.
    async fn note_renamed(&self, before: ConnectionRecord, (name, colour): (String, String)) {
        let mut detail = serde_json::Map::new();
        if before.name != name {
            detail.insert("name_before".to_owned(), json!(before.name));
        }
        if before.colour != colour {
            detail.insert("color_before".to_owned(), json!(before.colour));
            detail.insert("color".to_owned(), json!(colour));
        }
        if detail.is_empty() {
            return;
        }
        let record = ConnectionRecord { name, ..before };
        let target = Target::connection(&record);
        let entry = Entry::done(Kind::ConnectionRenamed, target, detail.into());
        self.note_after(&record, entry).await;
    }

    /// Who the key of what a person typed is and what it may do, from real requests.
    pub async fn try_draft(&self, draft: &Draft) -> Result<Report> {
        Report::of(&self.client_of_draft(draft)?).await
    }

    /// Who the connection's key is and what it may do, from real requests.
    pub async fn test_connection(&self, id: &str) -> Result<Report> {
        let record = self.record(id).await?;
        let report = async {
            let client = self.client_for(&record, Purpose::Test).await?;
            let report = Report::of(&client).await?;
            // What a key may see is the answer; what its filter knows is learnt on the way.
            if matches!(report.people, Access::Allowed(_))
                && let Err(error) = self.finds_by_role(&record, &client).await
            {
                tracing::info!(%error, "whether people are found by role was not learnt");
            }
            self.remember_guess(record.id, &report).await?;
            Ok(report)
        }
        .await;
        self.witness(record.id, report)
    }

    /// Puts a new secret in the place of a connection's old one, once the vendor has accepted it.
    pub async fn replace_secret(&self, id: &str, secret: SecretString) -> Result<Report> {
        let record = self.record(id).await?;
        check_secret(&secret)?;
        if record.practice {
            return Err(
                Violation::new("connection", "the practice directory needs no secret").into(),
            );
        }
        let draft = Draft {
            platform: platform(&record)?,
            name: record.name.clone(),
            base_url: record.base_url.clone(),
            key: record.key_id,
            secret,
        };
        let report = self.try_draft(&draft).await?;
        let (vault, account) = (Arc::clone(&self.vault), record.id.to_string());
        blocking(move || Ok(vault.write(&account, &draft.secret)?)).await?;
        let (target, detail) = (Target::connection(&record), json!({"first": false}));
        let entry = Entry::done(Kind::SecretWritten, target, detail);
        self.note_after(&record, entry).await;
        self.remember_guess(record.id, &report).await?;
        self.witness(record.id, Ok(report))
    }

    /// Puts a mirror that cannot be read aside, under another name beside its old one, so that the
    /// next sync begins a new one. Nothing is deleted. Returns where it is now.
    pub async fn set_mirror_aside(&self, id: &str) -> Result<PathBuf> {
        let record = self.record(id).await?;
        // A sync would go on writing to the file that was moved.
        self.stop_jobs_of(record.id).await;
        let (engine, own) = (self.clone(), record.id);
        let aside = blocking(move || {
            engine.live.forget(own);
            engine.close_mirror(own);
            Ok(engine.profile.set_mirror_aside(own, clock::now())?)
        })
        .await?;
        let detail = json!({"path": aside.display().to_string()});
        let target = Target::of(What::Mirror, &record);
        let entry = Entry::done(Kind::MirrorSetAside, target, detail);
        self.note_after(&record, entry).await;
        self.events.changed(Change::Connections, Some(id));
        self.events.changed(Change::Mirror, Some(id));
        Ok(aside)
    }

    /// What [`Engine::remove_connection`] would delete.
    pub async fn preview_removal(&self, id: &str) -> Result<RemovalPreview> {
        let record = self.record(id).await?;
        let engine = self.clone();
        blocking(move || {
            let state = engine.mirror(record.id)?.state()?;
            let mut files = engine.profile.files_of(record.id)?;
            if record.practice {
                files.extend(engine.practice.files()?);
            }
            Ok(RemovalPreview {
                files,
                mirror: state,
                syncs: state.last_sync.map_or(0, |sync| sync.id.unsigned_abs()),
                secret: !record.practice,
            })
        })
        .await
    }

    /// Removes a connection with everything that [`Engine::preview_removal`] names. There is no
    /// way back, so hosts ask first.
    pub async fn remove_connection(&self, id: &str) -> Result<()> {
        let record = self.record(id).await?;
        self.stop_jobs_of(record.id).await;
        let engine = self.clone();
        let connection = record.id;
        blocking(move || {
            engine.forget_secrets_of(record.id);
            if !record.practice {
                engine.vault.delete(&record.id.to_string())?;
            }
            engine.close_mirror(record.id);
            engine.live.forget(record.id);
            Ok(engine.profile.remove_connection(record.id)?)
        })
        .await?;
        if record.practice {
            self.practice.stop().await;
            let practice = Arc::clone(&self.practice);
            blocking(move || practice.forget()).await?;
        }
        self.links
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .remove(&connection);
        self.events.changed(Change::Connections, None);
        Ok(())
    }
}

fn forget_secret(engine: &Engine, account: &str) {
    if let Err(error) = engine.vault.delete(account) {
        tracing::warn!(
            ?error,
            "a secret stayed in the vault without its connection"
        );
    }
}

/// A secret is one line: more was pasted than the secret, or something else.
fn check_secret(secret: &SecretString) -> Result<()> {
    let text = secret.expose_secret();
    if text.is_empty() || text.chars().any(char::is_control) {
        let message = "expected the key's secret alone: one line, not empty";
        return Err(Violation::new("secret", message).into());
    }
    Ok(())
}

/// Two connections of one name could not be told apart.
fn check_is_free(name: &str, others: &[ConnectionRecord]) -> Result<()> {
    let folded = fold(name);
    if others.iter().any(|other| fold(&other.name) == folded) {
        return Err(Violation::new("name", "another connection has this name").into());
    }
    Ok(())
}
