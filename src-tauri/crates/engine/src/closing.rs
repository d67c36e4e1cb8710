//! Before the app ends: what would be lost with it, and plans that are paused in order.

use muster_mirror::Ledger;
use uuid::Uuid;

use crate::{
    Engine, Result,
    jobs::{Job, Kind},
};

/// What would be cut off or lost if the app ended now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct AtStake {
    /// Plans that are being applied.
    pub plans: u64,
    /// Secrets of new keys that were neither copied nor kept; the vendor tells them once.
    pub keys: u64,
    /// Passwords that were made and not copied.
    pub made: u64,
    /// Passwords that were typed or copied, of steps that were not sent: they are asked for again.
    pub unsent: u64,
}

impl AtStake {
    /// Whether nothing would be lost.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        *self == Self::default()
    }
}

impl Engine {
    /// What would be cut off or lost if the app ended now.
    #[must_use]
    pub fn at_stake(&self) -> AtStake {
        let loss = self.held.loss();
        AtStake {
            plans: self.applying().len() as u64,
            keys: loss.keys,
            made: loss.made,
            unsent: loss.unsent,
        }
    }

    /// Pauses every plan that is being applied, each after the step that is being sent.
    pub async fn pause_all_plans(&self) {
        let running = self.applying();
        for job in &running {
            // A job that is forgotten has ended.
            drop(self.cancel_job(&job.id));
        }
        for job in &running {
            drop(self.ended(&job.id).await);
        }
    }

    /// The jobs that apply a plan.
    fn applying(&self) -> Vec<Job> {
        let mut jobs = self.jobs();
        jobs.retain(|job| job.is_running() && matches!(job.kind, Kind::Apply(_)));
        jobs
    }

    /// Forgets the secrets of a connection's plans.
    pub(crate) fn forget_secrets_of(&self, connection: Uuid) {
        let plans = || -> Result<Vec<Uuid>> {
            let ledger = Ledger::open(&self.profile.ledger_path(connection))?;
            Ok(ledger.plans()?.into_iter().map(|plan| plan.id).collect())
        };
        match plans() {
            Ok(plans) => self.held.forget_all(&plans),
            // They are in memory, and gone when the app ends.
            Err(error) => tracing::warn!(%error, "secrets of plans are not forgotten yet"),
        }
    }
}
