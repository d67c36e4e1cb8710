//! Steps whose secrets are gone: they were in memory alone, and the app has ended since. None is sent
//! without them.

use muster_directory::plan::StepState;
use muster_mirror::{Ledger, StepRecord, StepsWanted};
use uuid::Uuid;

use crate::{Engine, Error, Result};

/// The steps of a plan that need a secret again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Missing {
    /// How many of those that wait.
    pub waiting: u64,
    /// How many of those that were refused.
    pub rejected: u64,
    /// The first of them all, from 1.
    pub first: Option<u64>,
}

impl Engine {
    /// The steps of a plan that need a secret again.
    pub(super) fn missing_secrets(&self, ledger: &Ledger, plan: Uuid) -> Result<Missing> {
        let wanted = StepsWanted {
            states: vec![StepState::Waiting, StepState::Rejected],
            offset: 0,
            limit: i64::MAX.unsigned_abs(),
        };
        let mut missing = Missing::default();
        for row in ledger.steps(plan, &wanted)? {
            if !self.lacks_secret(plan, &row) {
                continue;
            }
            missing.first = missing.first.or(Some(row.step.no));
            match row.result.state {
                StepState::Waiting => missing.waiting += 1,
                _ => missing.rejected += 1,
            }
        }
        Ok(missing)
    }

    /// An error if one of these steps lacks a secret.
    pub(super) fn check_secrets_held<'a>(
        &self,
        plan: Uuid,
        steps: impl IntoIterator<Item = &'a StepRecord>,
    ) -> Result<()> {
        let lacking = steps.into_iter().filter(|row| self.lacks_secret(plan, row));
        let lacking: Vec<_> = lacking.map(|row| row.step.no).collect();
        match lacking.first() {
            Some(first) => Err(Error::SecretsNeeded {
                first: *first,
                steps: lacking.len() as u64,
            }),
            None => Ok(()),
        }
    }

    fn lacks_secret(&self, plan: Uuid, row: &StepRecord) -> bool {
        let mut paths = row.step.secrets.iter();
        paths.any(|path| self.held.get(plan, row.step.no, path).is_none())
    }
}
