//! Giving a secret of a step again: secrets are in memory alone, and gone when the app ends.

use muster_directory::{FieldKind, SecretString, Violation, plan::StepState};

use super::{
    held::strong_password,
    kinds,
    planning::{said, too_short},
    plans::{no_plan, plan_id},
};
use crate::{Change, Engine, Result, engine::blocking};

impl Engine {
    /// Holds a secret for a step that was not sent yet, or was refused; none: a strong one is made.
    /// The plan stays what was sealed: it says that there is a secret, not which.
    pub async fn give_step_secret(
        &self,
        connection: &str,
        plan: &str,
        step: u64,
        path: &str,
        secret: Option<SecretString>,
    ) -> Result<()> {
        let id = plan_id(plan)?;
        let kinds = kinds(&self.record(connection).await?)?;
        let ledger = self.ledger(connection).await?;
        let row = blocking(move || Ok(ledger.step(id, step)?)).await?;
        let row = row.ok_or_else(|| no_plan(plan))?;
        let waits = matches!(row.result.state, StepState::Waiting | StepState::Rejected);
        let kind = kinds.iter().find(|kind| kind.id == row.step.kind);
        let field = kind.and_then(|kind| kind.field(path));
        let least = match field.map(|field| &field.kind) {
            Some(FieldKind::Password { least }) => *least,
            _ => 0,
        };
        if !waits || least == 0 || !row.step.secrets.iter().any(|own| own == path) {
            return Err(Violation::new(
                path,
                said("is no secret that this step waits for", "no_secret"),
            )
            .into());
        }
        if let Some(message) = secret.as_ref().and_then(|own| too_short(own, least)) {
            return Err(Violation::new(path, message).into());
        }
        let (secret, taken) = match secret {
            Some(secret) => (secret, true),
            None => (strong_password()?, false),
        };
        self.held.put(id, step, path, secret, taken);
        self.events.changed(Change::Plans, Some(connection));
        Ok(())
    }
}
