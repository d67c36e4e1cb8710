//! After a plan: the mirror is brought up to date, so that what was applied is seen in it.

use muster_directory::plan::StepState;

use super::{Applying, plans::plan_id};
use crate::{Engine, Result, engine::blocking, jobs::Job};

impl Engine {
    /// Starts to apply a plan, as [`Engine::start_plan`] does, and syncs the connection once that
    /// has ended or was paused and anything was applied.
    pub async fn start_plan_and_sync(
        &self,
        connection: &str,
        plan: &str,
        applying: Applying,
    ) -> Result<Job> {
        let before = self.applied(connection, plan).await?;
        let job = self.start_plan(connection, plan, applying).await?;
        let (engine, id) = (self.clone(), job.id.clone());
        let (connection, plan) = (connection.to_owned(), plan.to_owned());
        tokio::spawn(async move {
            let synced = async {
                engine.ended(&id).await?;
                if engine.applied(&connection, &plan).await? > before {
                    engine.start_sync(&connection).await?;
                }
                Result::Ok(())
            };
            if let Err(error) = synced.await {
                tracing::warn!(%error, "what was applied is not in the mirror yet");
            }
        });
        Ok(job)
    }

    /// How many steps of a plan the vendor has done.
    async fn applied(&self, connection: &str, plan: &str) -> Result<u64> {
        let id = plan_id(plan)?;
        let ledger = self.ledger(connection).await?;
        let counts = blocking(move || Ok(ledger.step_counts(id)?)).await?;
        let applied = [StepState::Applied, StepState::Accepted];
        let counts = counts.iter().filter(|(state, _)| applied.contains(state));
        Ok(counts.map(|(_, count)| count).sum())
    }
}
