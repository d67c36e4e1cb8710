//! Reading back: what the vendor accepted is proved by what it tells afterwards, many at a time.

use std::collections::HashMap;

use muster_directory::{
    PersonId, Target,
    plan::{Base, READ_BACK, StepReason, StepResult, StepState},
};
use muster_mirror::StepRecord;

use super::{applying::Application, planning::person_id, reach::of_person};
use crate::{Result, clock};

impl Application {
    /// Reads back what was accepted and not proved yet. What cannot be read stays accepted, and
    /// says so.
    pub async fn confirm(&self) -> Result<()> {
        self.confirm_those(&[None, Some(StepReason::NotConfirmed)])
            .await
    }

    /// Reads back what was accepted with an answer that tells what came of it. The rest is looked
    /// for once, at the end: each takes a request of its own.
    pub async fn confirm_new(&self) -> Result<()> {
        self.confirm_those(&[None]).await
    }

    async fn confirm_those(&self, reasons: &[Option<StepReason>]) -> Result<()> {
        let accepted = self.steps_in(&[StepState::Accepted]).await?;
        let is_wanted = |row: &&StepRecord| reasons.contains(&row.result.reason);
        let mut people = Vec::new();
        for row in accepted.iter().filter(is_wanted) {
            match self.about(row) {
                None => self.find_made(row).await?,
                Some(target) => match person_id(target) {
                    Some(id) => people.push((id, row)),
                    None => self.confirm_one(row, target).await?,
                },
            }
        }
        for part in people.chunks(usize::try_from(READ_BACK).unwrap_or(usize::MAX)) {
            self.confirm_people(part).await?;
        }
        Ok(())
    }

    /// What a step has made, or is done to; none if it is not known what it made.
    fn about<'a>(&self, row: &'a StepRecord) -> Option<&'a Target> {
        match self.makes(&row.step) {
            true => row.result.made.as_ref(),
            false => row.step.target.as_ref(),
        }
    }

    async fn confirm_people(&self, part: &[(PersonId, &StepRecord)]) -> Result<()> {
        let ids: Vec<_> = part.iter().map(|(id, _)| *id).collect();
        let now = match self.reach.people(&ids).await {
            Ok(now) => now,
            Err(error) if error.is_denied() || error.is_not_there() => HashMap::new(),
            Err(error) => return Err(error.into()),
        };
        let platform = self.reach.client.platform();
        for (id, row) in part {
            let base = now.get(id).map(|person| of_person(platform, person));
            self.proved(row, base).await?;
        }
        Ok(())
    }

    async fn confirm_one(&self, row: &StepRecord, target: &Target) -> Result<()> {
        match self.reach.base(target).await {
            Ok(now) => self.proved(row, now).await,
            Err(error) if error.is_denied() || error.is_not_there() => self.proved(row, None).await,
            Err(error) => Err(error.into()),
        }
    }

    /// Applied, if everything that the vendor tells is as it was sent; else what differs is kept.
    async fn proved(&self, row: &StepRecord, now: Option<Base>) -> Result<()> {
        let Some(now) = now else {
            let unread = StepResult {
                reason: Some(StepReason::NotReadable),
                ..row.result.clone()
            };
            self.set(row.step.no, &[StepState::Accepted], unread, None)
                .await?;
            return Ok(());
        };
        let differs = row.step.changes.iter().find(|change| {
            now.values
                .get(&change.path)
                .is_some_and(|told| *told != change.after)
        });
        let result = match differs {
            None => StepResult {
                state: StepState::Applied,
                ended_at: Some(clock::now_in_milliseconds()),
                reason: None,
                ..row.result.clone()
            },
            Some(change) => StepResult {
                reason: Some(StepReason::ReadBackDiffers),
                message: Some(change.path.clone()),
                ..row.result.clone()
            },
        };
        self.set(row.step.no, &[StepState::Accepted], result, None)
            .await?;
        Ok(())
    }
}
