//! Reading back: what the vendor accepted is proved by what it tells afterwards, many at a time.

use muster_directory::{
    PersonId, Thing,
    plan::{READ_BACK, StepResult, StepState},
};
use muster_mirror::StepRecord;

use super::{applying::Application, planning::person_id, reach::of_person};
use crate::{Result, clock};

impl Application {
    /// Reads back what was accepted and not proved yet. What cannot be read stays accepted.
    pub async fn confirm(&self) -> Result<()> {
        let accepted = self.steps_in(&[StepState::Accepted]).await?;
        let about = |row: &StepRecord| {
            let target = row.result.made.as_ref().or(row.step.target.as_ref())?;
            (target.thing == Thing::Person)
                .then(|| person_id(target))
                .flatten()
        };
        let people: Vec<(PersonId, &StepRecord)> = accepted
            .iter()
            .filter(|row| row.result.message.is_none())
            .filter_map(|row| Some((about(row)?, row)))
            .collect();
        for part in people.chunks(usize::try_from(READ_BACK).unwrap_or(usize::MAX)) {
            self.confirm_people(part).await?;
        }
        for row in accepted.iter().filter(|row| about(row).is_none()) {
            self.confirm_other(row).await?;
        }
        Ok(())
    }

    async fn confirm_people(&self, part: &[(PersonId, &StepRecord)]) -> Result<()> {
        let ids: Vec<_> = part.iter().map(|(id, _)| *id).collect();
        let now = match self.reach.people(&ids).await {
            Ok(now) => now,
            Err(error) if error.is_denied() || error.is_not_there() => return Ok(()),
            Err(error) => return Err(error.into()),
        };
        for (id, row) in part {
            let Some(person) = now.get(id) else {
                continue;
            };
            let base = of_person(self.reach.client.platform(), person);
            self.proved(row, &base).await?;
        }
        Ok(())
    }

    async fn confirm_other(&self, row: &StepRecord) -> Result<()> {
        let target = row.result.made.as_ref().or(row.step.target.as_ref());
        let Some(target) = target else {
            return Ok(());
        };
        match self.reach.base(target).await {
            Ok(Some(now)) => self.proved(row, &now).await,
            Ok(None) => Ok(()),
            Err(error) if error.is_denied() || error.is_not_there() => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    /// Applied, if everything that the vendor tells is as it was sent; else what differs is kept.
    async fn proved(&self, row: &StepRecord, now: &muster_directory::plan::Base) -> Result<()> {
        let differs = row.step.changes.iter().find(|change| {
            now.values
                .get(&change.path)
                .is_some_and(|told| *told != change.after)
        });
        let result = match differs {
            None => StepResult {
                state: StepState::Applied,
                ended_at: Some(clock::now_in_milliseconds()),
                ..row.result.clone()
            },
            Some(change) => StepResult {
                message: Some(format!("read back, {} is another value", change.path)),
                ..row.result.clone()
            },
        };
        self.set(row.step.no, &[StepState::Accepted], result, None)
            .await?;
        Ok(())
    }
}
