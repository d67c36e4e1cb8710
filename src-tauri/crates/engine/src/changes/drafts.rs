//! Drafts: what somebody has typed, kept while they type.

use muster_directory::plan::Intent;
use muster_mirror::DraftRecord;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{Change, Engine, Error, Result, clock, engine::blocking};

/// What somebody has typed and not made a plan of yet.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    /// Its id.
    pub id: Uuid,
    /// What it is called.
    pub title: String,
    /// What is wanted. Values may be wrong: they are as they were typed.
    pub intents: Vec<Intent>,
    /// Unix seconds.
    pub changed_at: i64,
}

/// A draft to keep.
#[derive(Debug, Clone)]
pub struct DraftWish {
    /// The draft that is replaced; none: a new one.
    pub id: Option<String>,
    /// What it is called.
    pub title: String,
    /// What is wanted.
    pub intents: Vec<Intent>,
}

#[derive(Serialize, Deserialize)]
struct Content {
    intents: Vec<Intent>,
}

impl Engine {
    /// The drafts of a connection, the newest first.
    pub async fn drafts(&self, connection: &str) -> Result<Vec<Draft>> {
        let ledger = self.ledger(connection).await?;
        let records = blocking(move || Ok(ledger.drafts()?)).await?;
        records.into_iter().map(read).collect()
    }

    /// Keeps a draft as it is, right or wrong.
    pub async fn keep_draft(&self, connection: &str, wish: DraftWish) -> Result<Draft> {
        let id = match &wish.id {
            Some(id) => draft_id(id)?,
            None => Uuid::new_v4(),
        };
        let content = Content {
            intents: wish.intents,
        };
        let record = DraftRecord {
            id,
            title: wish.title.trim().to_owned(),
            content: serde_json::to_string(&content)
                .map_err(|error| Error::Defect(error.to_string()))?,
            changed_at: clock::now(),
        };
        let (ledger, kept) = (self.ledger(connection).await?, record.clone());
        blocking(move || Ok(ledger.keep_draft(&kept)?)).await?;
        self.events.changed(Change::Plans, Some(connection));
        Ok(Draft {
            id,
            title: record.title,
            intents: content.intents,
            changed_at: record.changed_at,
        })
    }

    /// Removes a draft.
    pub async fn delete_draft(&self, connection: &str, draft: &str) -> Result<()> {
        let id = draft_id(draft)?;
        let ledger = self.ledger(connection).await?;
        if !blocking(move || Ok(ledger.delete_draft(id)?)).await? {
            return Err(no_draft(draft));
        }
        self.events.changed(Change::Plans, Some(connection));
        Ok(())
    }
}

fn read(record: DraftRecord) -> Result<Draft> {
    let content: Content = serde_json::from_str(&record.content)
        .map_err(|error| Error::Mirror(muster_mirror::MirrorError::from(error).into()))?;
    Ok(Draft {
        id: record.id,
        title: record.title,
        intents: content.intents,
        changed_at: record.changed_at,
    })
}

fn draft_id(text: &str) -> Result<Uuid> {
    text.parse().map_err(|_| no_draft(text))
}

fn no_draft(which: &str) -> Error {
    Error::NotFound {
        what: "draft",
        which: which.to_owned(),
    }
}
