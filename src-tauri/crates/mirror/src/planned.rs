//! What people here want changed: drafts, plans with their steps, and what came of them.

use muster_directory::{
    Target, Thing,
    plan::{Plan, StepResult, StepState},
};
use uuid::Uuid;

use crate::{
    ApprovalRecord, DraftRecord, Ledger, MirrorError, PlanRecord, PlanState, StepRecord,
    StepsWanted, WrittenRecord, approvals, drafts, plans, steps, written,
};

impl Ledger {
    /// The drafts, the newest first.
    pub fn drafts(&self) -> Result<Vec<DraftRecord>, MirrorError> {
        drafts::all(&self.lock())
    }

    /// A draft; none if there is none with this id.
    pub fn draft(&self, id: Uuid) -> Result<Option<DraftRecord>, MirrorError> {
        drafts::one(&self.lock(), id)
    }

    /// Keeps a draft, in the place of the one with its id if there is one.
    pub fn keep_draft(&self, draft: &DraftRecord) -> Result<(), MirrorError> {
        drafts::write(&self.lock(), draft)
    }

    /// Removes a draft; false if there is none with this id.
    pub fn delete_draft(&self, id: Uuid) -> Result<bool, MirrorError> {
        drafts::delete(&self.lock(), id)
    }

    /// Keeps a plan with its steps, all of it or nothing; the one that it takes the place of, if it
    /// does, is marked so. False, and nothing is kept, if that one does not stand any more as it
    /// was read: what it wants may have been done meanwhile.
    pub fn keep_plan(
        &self,
        record: &PlanRecord,
        plan: &Plan,
        replaces: Option<&PlanRecord>,
    ) -> Result<bool, MirrorError> {
        let mut connection = self.lock();
        let transaction = connection.transaction()?;
        plans::insert(&transaction, record)?;
        steps::insert(&transaction, record.id, &plan.steps)?;
        if let Some(before) = replaces
            && !plans::set_replaced(&transaction, before, record.id, record.changed_at)?
        {
            return Ok(false);
        }
        transaction.commit()?;
        Ok(true)
    }

    /// The plans, the newest first.
    pub fn plans(&self) -> Result<Vec<PlanRecord>, MirrorError> {
        plans::all(&self.lock())
    }

    /// A plan without its steps; none if there is none with this id.
    pub fn plan(&self, id: Uuid) -> Result<Option<PlanRecord>, MirrorError> {
        plans::one(&self.lock(), id)
    }

    /// Gives a plan another state, if it has one of these now; false if not.
    pub fn set_plan_state(
        &self,
        id: Uuid,
        from: &[PlanState],
        to: PlanState,
        now: i64,
    ) -> Result<bool, MirrorError> {
        plans::set_state(&self.lock(), id, from, to, now)
    }

    /// Puts the plans of the outbox in this order; those that are not named come after.
    pub fn order_outbox(&self, ids: &[Uuid]) -> Result<(), MirrorError> {
        let mut connection = self.lock();
        let transaction = connection.transaction()?;
        plans::order(&transaction, ids)?;
        Ok(transaction.commit()?)
    }

    /// Removes a plan of which nothing was sent; false if there is none or something was.
    pub fn delete_plan(&self, id: Uuid) -> Result<bool, MirrorError> {
        plans::delete(&self.lock(), id)
    }

    /// All steps of a plan, in order.
    pub fn all_steps(&self, plan: Uuid) -> Result<Vec<StepRecord>, MirrorError> {
        steps::all(&self.lock(), plan)
    }

    /// Some steps of a plan, in order.
    pub fn steps(&self, plan: Uuid, wanted: &StepsWanted) -> Result<Vec<StepRecord>, MirrorError> {
        steps::some(&self.lock(), plan, wanted)
    }

    /// A step of a plan; none if it has none with this number.
    pub fn step(&self, plan: Uuid, no: u64) -> Result<Option<StepRecord>, MirrorError> {
        steps::one(&self.lock(), plan, no)
    }

    /// How many steps of a plan stand like this.
    pub fn step_counts(&self, plan: Uuid) -> Result<Vec<(StepState, u64)>, MirrorError> {
        steps::counts(&self.lock(), plan)
    }

    /// Says what became of a step, if it stands like one of these; false if not. What it wrote is
    /// kept with it.
    pub fn set_step(
        &self,
        plan: Uuid,
        no: u64,
        from: &[StepState],
        result: &StepResult,
        wrote: Option<(&Target, &[WrittenRecord])>,
    ) -> Result<bool, MirrorError> {
        let mut connection = self.lock();
        let transaction = connection.transaction()?;
        let is_set = steps::set_result(&transaction, plan, no, from, result)?;
        if let Some((target, records)) = wrote
            && is_set
        {
            written::write(&transaction, target, records)?;
        }
        transaction.commit()?;
        Ok(is_set)
    }

    /// What others have said of a plan, in the order in which it was taken in.
    pub fn approvals(&self, plan: Uuid) -> Result<Vec<ApprovalRecord>, MirrorError> {
        approvals::of(&self.lock(), plan)
    }

    /// Keeps what somebody has said of a plan; false if the very same is kept already.
    pub fn keep_approval(
        &self,
        plan: Uuid,
        approval: &ApprovalRecord,
    ) -> Result<bool, MirrorError> {
        approvals::insert(&self.lock(), plan, approval)
    }

    /// Every step that a sync may show to be done, with its plan: the vendor was asked for it by
    /// hand, has accepted it for later, or gave no answer.
    pub fn unproved_steps(&self) -> Result<Vec<(Uuid, StepRecord)>, MirrorError> {
        steps::unproved(&self.lock())
    }

    /// What the vendor took from us last of something, by path.
    pub fn written(&self, thing: Thing, id: &str) -> Result<Vec<WrittenRecord>, MirrorError> {
        written::of(&self.lock(), thing, id)
    }
}
