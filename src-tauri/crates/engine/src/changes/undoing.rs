//! The way back: a plan that undoes another, made by the same rules as any.

use muster_directory::plan::{StepState, undo};

use super::{PlanWish, Planned, plans::plan_id};
use crate::{Engine, Result, engine::blocking};

impl Engine {
    /// Makes a plan that undoes what a plan has applied, the last step first, as far as the vendor
    /// has a way back; `title` is what it is called. What stands now is looked at again before each of its steps.
    pub async fn undo_plan(&self, connection: &str, plan: &str, title: String) -> Result<Planned> {
        let id = plan_id(plan)?;
        let ledger = self.ledger(connection).await?;
        let steps = blocking(move || Ok(ledger.all_steps(id)?)).await?;
        let applied = steps
            .iter()
            .rev()
            .filter(|row| matches!(row.result.state, StepState::Applied | StepState::Accepted));
        let wish = PlanWish {
            title,
            intents: applied
                .filter_map(|row| undo(&row.step, row.result.made.as_ref()))
                .collect(),
            partly: true,
            undoes: Some(id),
            ..PlanWish::default()
        };
        self.make_plan(connection, wish).await
    }
}
