//! Steps of which it is not known whether the vendor did them: what stands now is read before
//! anything else, and only what is surely not done is sent again.

use std::{sync::PoisonError, time::Duration};

use muster_directory::{
    Fact, Target, Thing,
    plan::{Base, Step, StepReason, StepResult, StepState},
};
use muster_mirror::StepRecord;
use serde_json::Value;

use super::{
    applying::Application,
    reach::{Found, is_alike},
};
use crate::{Error, Result, clock};

/// The states of which nothing is known.
pub(super) const OPEN: [StepState; 2] = [StepState::Sending, StepState::Unknown];

/// How often a step is sent that turns out each time not to be done.
const TRIES: u32 = 3;

/// What reading back has shown.
enum Shown {
    /// It was done, and made this.
    Done(Option<Found>),
    /// It was surely not done.
    NotDone,
    /// It cannot be told, for this reason.
    Open(StepReason),
}

impl Application {
    /// Reads back everything of which it is not known whether it was done.
    pub async fn settle(&self) -> Result<()> {
        for row in self.steps_in(&OPEN).await? {
            self.settle_step(&row).await?;
            if self.cancel.is_cancelled() {
                return Err(Error::Canceled);
            }
        }
        Ok(())
    }

    /// Reads back what could be taken for what a step makes, before that is sent: each of two alike
    /// is known before there is a second.
    pub async fn settle_alike(&self, step: &Step) -> Result<()> {
        for row in self.steps_in(&OPEN).await? {
            if row.step.no != step.no && is_alike(&row.step, step) {
                self.settle_step(&row).await?;
            }
        }
        Ok(())
    }

    /// Looks again at what the vendor accepted for later: what it has done by now is known then.
    pub async fn look_again(&self) -> Result<()> {
        for row in self.steps_in(&[StepState::Pending]).await? {
            if let Shown::Done(found) = self.look(&row.step, &row.result).await? {
                self.found_done(&row, &[StepState::Pending], found).await?;
            }
        }
        Ok(())
    }

    async fn settle_step(&self, row: &StepRecord) -> Result<()> {
        let mut shown = self.look(&row.step, &row.result).await?;
        if matches!(shown, Shown::NotDone) {
            // The vendor may be at it still: what is not there now is looked for once more.
            let left = self.until_settled(&row.result);
            if !left.is_zero() {
                self.cancel
                    .run_until_cancelled(tokio::time::sleep(left))
                    .await
                    .ok_or(Error::Canceled)?;
                shown = self.look(&row.step, &row.result).await?;
            }
        }
        let sent = &row.result;
        match shown {
            Shown::Done(found) => self.found_done(row, &OPEN, found).await?,
            Shown::NotDone => {
                let next = match self.is_tried_enough(row.step.no) {
                    true => StepResult {
                        state: StepState::Rejected,
                        ended_at: Some(clock::now_in_milliseconds()),
                        reason: None,
                        ..sent.clone()
                    },
                    false => StepResult::of(StepState::Waiting),
                };
                self.set(row.step.no, &OPEN, next, None).await?;
            }
            Shown::Open(why) => {
                let result = StepResult {
                    state: StepState::Unknown,
                    reason: Some(why),
                    ..sent.clone()
                };
                self.set(row.step.no, &OPEN, result, None).await?;
            }
        }
        Ok(())
    }

    /// Whether a step, which turned out not to be done, did so often enough to leave it to the
    /// person: a vendor that fails at it each time would be asked without an end.
    fn is_tried_enough(&self, no: u64) -> bool {
        let mut not_done = self.not_done.lock().unwrap_or_else(PoisonError::into_inner);
        let times = not_done.entry(no).or_default();
        *times += 1;
        *times >= TRIES
    }

    /// A step turned out to be done.
    async fn found_done(
        &self,
        row: &StepRecord,
        from: &[StepState],
        found: Option<Found>,
    ) -> Result<()> {
        let version = found.as_ref().and_then(|found| found.version);
        let made = found
            .map(|found| found.target)
            .filter(|_| self.makes(&row.step));
        let is_key = |made: &Target| made.thing == Thing::ApiKey;
        let result = StepResult {
            state: StepState::Applied,
            ended_at: Some(clock::now_in_milliseconds()),
            reason: made
                .as_ref()
                .is_some_and(is_key)
                .then_some(StepReason::SecretLost),
            made: made.clone(),
            message: None,
            ..row.result.clone()
        };
        let about = made.or_else(|| row.step.target.clone());
        let wrote = about.map(|about| (about, self.written_of(&row.step, version)));
        self.set(row.step.no, from, result, wrote).await?;
        self.secrets_sent(&row.step);
        Ok(())
    }

    /// Whether a step makes something.
    pub fn makes(&self, step: &Step) -> bool {
        let kind = self.reach.kind(step);
        kind.is_some_and(|kind| kind.makes.is_some())
    }

    /// Looks for what a step made whose answer did not tell it.
    pub async fn find_made(&self, row: &StepRecord) -> Result<()> {
        if let Shown::Done(found) = self.look_for_made(&row.step, &row.result).await? {
            self.found_done(row, &[StepState::Accepted], found).await?;
        }
        Ok(())
    }

    /// How long the vendor may still be at a request that nobody waits for any more.
    fn until_settled(&self, sent: &StepResult) -> Duration {
        let since = clock::now_in_milliseconds() - sent.sent_at.unwrap_or_default();
        let since = Duration::from_millis(since.max(0).unsigned_abs());
        self.engine.settle.saturating_sub(since)
    }

    async fn look(&self, step: &Step, sent: &StepResult) -> Result<Shown> {
        let Some(kind) = self.reach.kind(step) else {
            return Ok(Shown::Open(StepReason::UnknownAct));
        };
        if kind.makes.is_some() {
            return self.look_for_made(step, sent).await;
        }
        let Some(target) = &step.target else {
            return Ok(Shown::Open(StepReason::NotReadable));
        };
        let now = match self.reach.base(target).await {
            Ok(now) => now,
            Err(error) if error.is_denied() || error.is_not_there() => None,
            Err(error) => return Err(error.into()),
        };
        Ok(match now {
            // What is linked is there.
            Some(_) if step.changes.is_empty() => Shown::Done(None),
            None if step.changes.is_empty() => Shown::NotDone,
            Some(now) => changed(step, &now, target),
            None => Shown::Open(StepReason::NotReadable),
        })
    }

    async fn look_for_made(&self, step: &Step, sent: &StepResult) -> Result<Shown> {
        let since = sent.sent_at.unwrap_or_default() / 1_000;
        let mut found = match self.reach.made_since(step, since).await {
            Ok(found) => found,
            Err(error) if error.is_denied() || error.is_not_there() => {
                return Ok(Shown::Open(StepReason::NotReadable));
            }
            Err(error) => return Err(error.into()),
        };
        let mut unclaimed = Vec::new();
        for own in found.drain(..) {
            let is_older = sent.there_before.contains(&own.target.id);
            if !is_older && !self.is_claimed(&own.target).await? {
                unclaimed.push(own);
            }
        }
        Ok(match unclaimed.len() {
            0 => Shown::NotDone,
            1 => Shown::Done(unclaimed.pop()),
            _ => Shown::Open(StepReason::SeveralFound),
        })
    }

    /// Whether another step is known to have made something.
    async fn is_claimed(&self, target: &Target) -> Result<bool> {
        let (ledger, target) = (self.ledger.clone(), target.clone());
        crate::engine::blocking(move || Ok(!ledger.written(target.thing, &target.id)?.is_empty()))
            .await
    }
}

/// Whether a change that was sent has been made.
fn changed(step: &Step, now: &Base, target: &Target) -> Shown {
    let told: Vec<_> = step
        .changes
        .iter()
        .filter_map(|change| Some((change, now.values.get(&change.path)?)))
        .collect();
    let is_so =
        |(change, now): &(&muster_directory::plan::FieldChange, &Value)| change.after == **now;
    if !told.is_empty() && told.iter().all(is_so) {
        return Shown::Done(Some(Found {
            target: target.clone(),
            version: now.updated_at.known().copied(),
        }));
    }
    let base = step.base.as_ref().map(|base| base.updated_at);
    let is_untouched = matches!(
        (target.thing, base, now.updated_at),
        (Thing::Person, Some(Fact::Known(before)), Fact::Known(after)) if before == after
    );
    let was_so = |(change, now): &(&muster_directory::plan::FieldChange, &Value)| {
        change.before == Fact::from_json(now)
    };
    if is_untouched || (!told.is_empty() && told.iter().all(was_so)) {
        return Shown::NotDone;
    }
    Shown::Open(StepReason::NotTold)
}
