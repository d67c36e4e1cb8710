//! The outbox: plans that wait for a network, in their order.

use muster_mirror::PlanState;
use uuid::Uuid;

use super::plans::plan_id;
use crate::{Change, Engine, Error, Result, activity::Kind, clock, engine::blocking};

impl Engine {
    /// Puts a plan at the end of the outbox.
    pub async fn queue_plan(&self, connection: &str, plan: &str) -> Result<()> {
        self.move_plan(
            connection,
            plan,
            &[PlanState::Made, PlanState::Paused],
            PlanState::Queued,
        )
        .await
    }

    /// Takes a plan out of the outbox; it stays.
    pub async fn unqueue_plan(&self, connection: &str, plan: &str) -> Result<()> {
        self.move_plan(connection, plan, &[PlanState::Queued], PlanState::Made)
            .await
    }

    async fn move_plan(
        &self,
        connection: &str,
        plan: &str,
        from: &'static [PlanState],
        to: PlanState,
    ) -> Result<()> {
        let id = plan_id(plan)?;
        let ledger = self.ledger(connection).await?;
        let moved =
            blocking(move || Ok(ledger.set_plan_state(id, from, to, clock::now())?)).await?;
        if !moved {
            return Err(Error::Busy("the plan stands otherwise by now"));
        }
        if to == PlanState::Queued {
            self.note_queued(connection, id).await?;
        }
        self.events.changed(Change::Plans, Some(connection));
        Ok(())
    }

    async fn note_queued(&self, connection: &str, plan: Uuid) -> Result<()> {
        let (record, ledger) = (
            self.record(connection).await?,
            self.ledger(connection).await?,
        );
        if let Some(plan) = blocking(move || Ok(ledger.plan(plan)?)).await? {
            self.note_plan(&record, Kind::PlanQueued, &plan).await;
        }
        Ok(())
    }

    /// Puts the outbox in this order.
    pub async fn order_outbox(&self, connection: &str, plans: &[String]) -> Result<()> {
        let ids = plans
            .iter()
            .map(|id| plan_id(id))
            .collect::<Result<Vec<_>>>()?;
        let ledger = self.ledger(connection).await?;
        blocking(move || Ok(ledger.order_outbox(&ids)?)).await?;
        self.events.changed(Change::Plans, Some(connection));
        Ok(())
    }
}
