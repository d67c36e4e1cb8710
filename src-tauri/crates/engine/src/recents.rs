//! The questions that were asked last.

use muster_mirror::{ConnectionRecord, RecentRecord};

use crate::{Change, Engine, Result, engine::blocking, question::Source};

/// A question that was asked before.
#[derive(Debug, Clone, PartialEq)]
pub struct RecentQuestion {
    /// The query as it was written.
    pub text: String,
    /// Where the answer came from.
    pub source: Source,
    /// How many matched.
    pub total: u64,
    /// How many more may have.
    pub possible: u64,
    /// Milliseconds in the engine.
    pub took_ms: f64,
    /// Unix seconds: when it was asked last.
    pub asked_at: i64,
}

impl Engine {
    /// The questions that were asked last of a connection, the newest first.
    pub async fn recent_questions(&self, connection: &str) -> Result<Vec<RecentQuestion>> {
        let ledger = self.ledger(connection).await?;
        let kept = blocking(move || Ok(ledger.recents()?)).await?;
        Ok(kept.into_iter().filter_map(recent).collect())
    }

    /// Keeps a question as the newest of a connection, in the place of the same one before.
    pub(crate) async fn remember_question(
        &self,
        record: &ConnectionRecord,
        asked: RecentQuestion,
    ) -> Result<()> {
        let id = record.id.to_string();
        let ledger = self.ledger(&id).await?;
        let record = RecentRecord {
            text: asked.text,
            source: asked.source.name().to_owned(),
            total: asked.total,
            possible: asked.possible,
            took_ms: asked.took_ms,
            asked_at: asked.asked_at,
        };
        blocking(move || Ok(ledger.remember(&record)?)).await?;
        self.events.changed(Change::Views, Some(&id));
        Ok(())
    }
}

/// None for a source that a newer version of the app knows and this one does not.
fn recent(record: RecentRecord) -> Option<RecentQuestion> {
    Some(RecentQuestion {
        source: Source::named(&record.source)?,
        text: record.text,
        total: record.total,
        possible: record.possible,
        took_ms: record.took_ms,
        asked_at: record.asked_at,
    })
}
