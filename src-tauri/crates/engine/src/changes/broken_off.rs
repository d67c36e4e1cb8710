//! Plans that nobody is at any more: the app ended in the middle, or no answer came.

use std::sync::Arc;

use muster_directory::plan::StepState;
use muster_mirror::{Ledger, PlanState};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use super::settling::OPEN;
use crate::{Engine, Result, clock, engine::blocking};

impl Engine {
    /// Says of a plan that is not applied any more, because the app ended in the middle, that it is
    /// paused.
    pub(super) async fn leave_broken_off(
        &self,
        connection: &str,
        ledger: &Arc<Ledger>,
        plan: Uuid,
    ) -> Result<()> {
        let own = Arc::clone(ledger);
        let kept = blocking(move || Ok(own.plan(plan)?)).await?;
        if kept.is_none_or(|kept| kept.state != PlanState::Running) {
            return Ok(());
        }
        let _alone = self.apply_alone(self.record(connection).await?.id).await?;
        let own = Arc::clone(ledger);
        blocking(move || {
            let running = [PlanState::Running];
            own.set_plan_state(plan, &running, PlanState::Paused, clock::now())?;
            Ok(())
        })
        .await
    }

    /// Reads back what is not known of a plan that nobody applies; nothing is sent. Contacts nobody
    /// if everything is known.
    pub(super) async fn read_back(
        &self,
        connection: &str,
        ledger: &Arc<Ledger>,
        plan: Uuid,
    ) -> Result<()> {
        self.leave_broken_off(connection, ledger, plan).await?;
        let own = Arc::clone(ledger);
        let counts = blocking(move || Ok(own.step_counts(plan)?)).await?;
        let is_open = |state: &StepState| OPEN.contains(state) || *state == StepState::Pending;
        if !counts.iter().any(|(state, _)| is_open(state)) {
            return Ok(());
        }
        let record = self.record(connection).await?;
        let _alone = self.apply_alone(record.id).await?;
        let (own, none) = (Arc::clone(ledger), CancellationToken::new());
        let settled = async {
            let application = self.application(&record, own, plan, "", none).await?;
            application.settle().await?;
            application.look_again().await
        };
        self.witness(record.id, settled.await)
    }
}
