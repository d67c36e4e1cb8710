//! Between what people want changed in the engine and at the boundary.

use std::collections::BTreeMap;

use muster_engine::{
    changes,
    directory::{
        self, Fact, OrganizationId, PersonId,
        act::{self, FieldKind},
        plan,
    },
    known_names::KnownNames,
    mirror::{self, StepsWanted},
    vendor::medipim,
};
use serde_json::Value;

use crate::{error::invalid, types::*};

pub(crate) fn organizations(ids: &[u64]) -> Result<Vec<OrganizationId>, ApiError> {
    let read = |id: &u64| {
        OrganizationId::try_from(*id).map_err(|error| invalid("organizations", error.to_string()))
    };
    ids.iter().map(read).collect()
}

pub(crate) fn people(ids: &[u64]) -> Result<Vec<PersonId>, ApiError> {
    ids.iter().copied().map(person).collect()
}

pub(crate) fn person(id: u64) -> Result<PersonId, ApiError> {
    PersonId::try_from(id).map_err(|error| invalid("person", error.to_string()))
}

pub(crate) fn draft(own: DraftSaving) -> (String, changes::DraftWish) {
    let wish = changes::DraftWish {
        id: own.id,
        title: own.title,
        intents: own.intents.into_iter().map(Into::into).collect(),
    };
    (own.connection, wish)
}

pub(crate) fn plan(own: PlanMaking) -> Result<(String, changes::PlanWish), ApiError> {
    let secret = |own: SecretGiving| {
        Ok(changes::GivenSecret {
            index: usize::try_from(own.index)
                .map_err(|error| invalid("secrets", error.to_string()))?,
            path: own.path,
            secret: own.secret,
        })
    };
    let wish = changes::PlanWish {
        title: own.title,
        intents: own.intents.into_iter().map(Into::into).collect(),
        secrets: own
            .secrets
            .into_iter()
            .map(secret)
            .collect::<Result<_, ApiError>>()?,
        partly: own.partly,
        ..changes::PlanWish::default()
    };
    Ok((own.connection, wish))
}

pub(crate) fn steps_wanted(question: &StepsQuestion) -> StepsWanted {
    StepsWanted {
        states: question
            .states
            .iter()
            .map(|state| (*state).into())
            .collect(),
        offset: question.offset,
        limit: question.limit,
    }
}

impl From<act::Thing> for Thing {
    fn from(own: act::Thing) -> Self {
        match own {
            act::Thing::Person => Self::Person,
            act::Thing::Organization => Self::Organization,
            act::Thing::ApiKey => Self::ApiKey,
        }
    }
}

impl From<Thing> for act::Thing {
    fn from(own: Thing) -> Self {
        match own {
            Thing::Person => Self::Person,
            Thing::Organization => Self::Organization,
            Thing::ApiKey => Self::ApiKey,
        }
    }
}

impl From<act::Undo> for UndoWay {
    fn from(own: act::Undo) -> Self {
        match own {
            act::Undo::Restore => Self::Restore,
            act::Undo::Disable => Self::Disable,
            act::Undo::Never => Self::Never,
        }
    }
}

impl From<act::ActKind> for ActForm {
    fn from(own: act::ActKind) -> Self {
        let field = |field: &act::Field| act_field(field, own.permission);
        Self {
            id: own.id.to_owned(),
            target: own.target.map(Into::into),
            makes: own.makes.map(Into::into),
            permission: own.permission.to_owned(),
            fields: own.fields.iter().map(field).collect(),
            reading_only: own.source == "C",
            undo: own.undo.into(),
        }
    }
}

fn act_field(own: &act::Field, permission: &str) -> ActField {
    let (kind, choices, length) = match &own.kind {
        FieldKind::Text { most } => (ActFieldKind::Text, None, Some(*most)),
        FieldKind::Email => (ActFieldKind::Email, None, None),
        FieldKind::Password { least } => (ActFieldKind::Password, None, Some(*least)),
        FieldKind::Boolean => (ActFieldKind::Boolean, None, None),
        FieldKind::Choice(words) => (ActFieldKind::Choice, Some(words), None),
        FieldKind::Role(words) => (ActFieldKind::Role, Some(words), None),
        FieldKind::Organization => (ActFieldKind::Organization, None, None),
        FieldKind::SubscriptionType => (ActFieldKind::SubscriptionType, None, None),
        FieldKind::Time => (ActFieldKind::Time, None, None),
        FieldKind::TextList => (ActFieldKind::TextList, None, None),
        FieldKind::Identifier(_) => (ActFieldKind::Identifier, None, None),
    };
    let words = choices.map(|words| words.iter().map(|word| (*word).to_owned()).collect());
    ActField {
        path: own.path.to_owned(),
        kind,
        choices: words.unwrap_or_default(),
        length: length.map(|length| length as u64),
        required: own.required,
        clearable: own.clearable,
        default: own.default,
        permission: own.permission.unwrap_or(permission).to_owned(),
        returned: own.returned.is_some(),
    }
}

impl From<act::Target> for ActTarget {
    fn from(own: act::Target) -> Self {
        Self {
            thing: own.thing.into(),
            id: own.id,
            name: own.name,
        }
    }
}

impl From<ActTarget> for act::Target {
    fn from(own: ActTarget) -> Self {
        Self {
            thing: own.thing.into(),
            id: own.id,
            name: own.name,
        }
    }
}

impl From<plan::Intent> for Intent {
    fn from(own: plan::Intent) -> Self {
        Self {
            kind: own.kind,
            target: own.target.map(Into::into),
            values: own.values,
            secrets: own.secrets,
            line: own.line,
        }
    }
}

impl From<Intent> for plan::Intent {
    fn from(own: Intent) -> Self {
        Self {
            kind: own.kind,
            target: own.target.map(Into::into),
            values: own.values,
            secrets: own.secrets,
            line: own.line,
        }
    }
}

impl From<changes::Draft> for ChangeDraft {
    fn from(own: changes::Draft) -> Self {
        Self {
            id: own.id.to_string(),
            title: own.title,
            intents: own.intents.into_iter().map(Into::into).collect(),
            changed_at: own.changed_at,
        }
    }
}

impl From<plan::Made> for IntentsChecked {
    fn from(own: plan::Made) -> Self {
        Self {
            steps: own.steps.into_iter().map(Into::into).collect(),
            problems: own.problems.into_iter().map(Into::into).collect(),
            unchanged: own.unchanged.into_iter().map(|at| at as u64).collect(),
        }
    }
}

impl From<plan::Problem> for IntentProblem {
    fn from(own: plan::Problem) -> Self {
        Self {
            index: own.index as u64,
            line: own.line,
            violations: own.violations.into_iter().map(Into::into).collect(),
        }
    }
}

impl From<directory::Violation> for ActViolation {
    fn from(own: directory::Violation) -> Self {
        let (code, values) = own.coded.map_or((None, BTreeMap::new()), |coded| {
            let values = coded.values.into_iter();
            let values = values.map(|(name, value)| (name.to_owned(), value));
            (Some(coded.code.to_owned()), values.collect())
        });
        Self {
            path: own.path,
            message: own.message,
            code,
            values,
        }
    }
}

/// A plan that was just made: nothing was sent.
pub(crate) fn just_made(record: mirror::PlanRecord) -> PlanSummary {
    let waiting = (plan::StepState::Waiting, record.header.steps);
    PlanSummary::from(changes::PlanDetails {
        counts: vec![waiting],
        marks: Vec::new(),
        is_whole: true,
        untaken: changes::Untaken::default(),
        missing: changes::Missing::default(),
        record,
    })
}

impl From<changes::Planned> for PlanMade {
    fn from(own: changes::Planned) -> Self {
        Self {
            plan: own.plan.map(just_made),
            problems: own.problems.into_iter().map(Into::into).collect(),
            unchanged: own.unchanged.into_iter().map(|at| at as u64).collect(),
        }
    }
}

impl From<changes::PlanDetails> for PlanSummary {
    fn from(own: changes::PlanDetails) -> Self {
        let mirror::PlanRecord {
            id,
            header,
            seal,
            state,
            position,
            changed_at,
            replaced_by,
        } = own.record;
        let counts = own.counts.into_iter().map(|(state, count)| StepCount {
            state: state.into(),
            count,
        });
        let marks = own.marks.into_iter().map(|(mark, count)| MarkCount {
            mark: mark.into(),
            count,
        });
        Self {
            id: id.to_string(),
            title: header.title,
            state: state.into(),
            position,
            made_at: header.made_at,
            made_by: header.made_by,
            changed_at,
            host: header.host,
            key_id: header.key_id,
            role: header.role,
            base_sync: header.base_sync,
            steps: header.steps,
            requests: header.requests,
            seconds: header.seconds,
            takes_away: header.takes_away,
            undoes: header.undoes,
            replaced_by: replaced_by.map(|id| id.to_string()),
            counts: counts.collect(),
            marks: marks.collect(),
            seal: seal.to_string(),
            is_whole: own.is_whole,
            untaken: own.untaken.into(),
            missing: own.missing.into(),
        }
    }
}

impl From<changes::Untaken> for UntakenSecrets {
    fn from(own: changes::Untaken) -> Self {
        Self {
            count: own.count,
            first: own.first,
        }
    }
}

impl From<changes::Missing> for MissingSecrets {
    fn from(own: changes::Missing) -> Self {
        Self {
            waiting: own.waiting,
            rejected: own.rejected,
            first: own.first,
        }
    }
}

macro_rules! step_marks {
    ($($mark:ident)*) => {
        impl From<plan::Mark> for StepMark {
            fn from(own: plan::Mark) -> Self {
                match own {
                    $(plan::Mark::$mark => Self::$mark,)*
                }
            }
        }

        impl From<StepMark> for plan::Mark {
            fn from(own: StepMark) -> Self {
                match own {
                    $(StepMark::$mark => Self::$mark,)*
                }
            }
        }
    };
}

step_marks!(TakesAway Final PartlyFinal ReadingOnly Contested Undocumented ScopeUnknown);

impl From<mirror::PlanState> for PlanState {
    fn from(own: mirror::PlanState) -> Self {
        match own {
            mirror::PlanState::Made => Self::Made,
            mirror::PlanState::Queued => Self::Queued,
            mirror::PlanState::Running => Self::Running,
            mirror::PlanState::Paused => Self::Paused,
            mirror::PlanState::Ended => Self::Ended,
            mirror::PlanState::Canceled => Self::Canceled,
            mirror::PlanState::Replaced => Self::Replaced,
        }
    }
}

macro_rules! step_states {
    ($($state:ident)*) => {
        impl From<plan::StepState> for StepState {
            fn from(own: plan::StepState) -> Self {
                match own {
                    $(plan::StepState::$state => Self::$state,)*
                }
            }
        }

        impl From<StepState> for plan::StepState {
            fn from(own: StepState) -> Self {
                match own {
                    $(StepState::$state => Self::$state,)*
                }
            }
        }
    };
}

macro_rules! step_reasons {
    ($($reason:ident)*) => {
        impl From<plan::StepReason> for StepReason {
            fn from(own: plan::StepReason) -> Self {
                match own {
                    $(plan::StepReason::$reason => Self::$reason,)*
                }
            }
        }
    };
}

step_reasons!(UnknownAct NotAllowed SecretNeeded TargetGone NotConfirmed ReadBackDiffers NotReadable NotTold SeveralFound SecretLost NoEndpoint);
step_states!(Waiting Sending Applied Accepted AlreadySo Rejected Superseded Unknown Pending);

impl From<changes::Steps> for StepsAnswer {
    fn from(own: changes::Steps) -> Self {
        Self {
            total: own.total,
            rows: own.rows.into_iter().map(Into::into).collect(),
        }
    }
}

impl From<(mirror::StepRecord, Vec<changes::HeldSecret>)> for PlanStepRow {
    fn from((own, held): (mirror::StepRecord, Vec<changes::HeldSecret>)) -> Self {
        let result = own.result;
        let untaken = held.iter().filter(|secret| !secret.taken);
        Self {
            step: own.step.into(),
            state: result.state.into(),
            request_id: result.request_id,
            sent_at: result.sent_at,
            ended_at: result.ended_at,
            made: result.made.map(Into::into),
            status: result.status,
            vendor_code: result.code,
            reason: result.reason.map(Into::into),
            message: result.message,
            violations: result.violations.into_iter().map(Into::into).collect(),
            conflicts: result.conflicts.into_iter().map(Into::into).collect(),
            asked_at: result.asked_at,
            proved_at: result.proved_at,
            untaken: untaken.map(|secret| secret.path.clone()).collect(),
            held: held.into_iter().map(|secret| secret.path).collect(),
        }
    }
}

impl From<plan::Step> for PlanStep {
    fn from(own: plan::Step) -> Self {
        Self {
            permitted: own.permitted().into(),
            not_restored: own.not_restored().map(str::to_owned).collect(),
            is_final: own.is_final(),
            no: own.no,
            kind: own.kind,
            target: own.target.map(Into::into),
            changes: own.changes.into_iter().map(Into::into).collect(),
            secrets: own.secrets,
            allowed: own.allowed.into_iter().map(Into::into).collect(),
            undo: own.undo.into(),
            takes_away: own.takes_away,
            reading_only: own.reading_only,
            line: own.line,
            based_on: own.base.map(|base| base.as_of),
        }
    }
}

impl From<plan::FieldChange> for StepChange {
    fn from(own: plan::FieldChange) -> Self {
        Self {
            path: own.path,
            before: own.before.into(),
            after: own.after,
        }
    }
}

impl From<Fact<Value>> for JsonFact {
    fn from(own: Fact<Value>) -> Self {
        match own {
            Fact::Unknown => Self::Unknown,
            Fact::Absent => Self::None,
            Fact::Known(value) => Self::Yes { value },
        }
    }
}

impl From<plan::Conflict> for StepConflict {
    fn from(own: plan::Conflict) -> Self {
        Self {
            path: own.path,
            base: own.base.into(),
            mine: own.mine,
            theirs: own.theirs.into(),
        }
    }
}

impl From<plan::Allowed> for StepAllowed {
    fn from(own: plan::Allowed) -> Self {
        let row = |row: plan::DecidingRow| StepRule {
            role: row.role,
            action: row.action,
            verdict: row.verdict,
            scope: row.scope,
            source: row.source,
        };
        Self {
            action: own.action,
            answer: own.answer.into(),
            rows: own.rows.into_iter().map(row).collect(),
        }
    }
}

impl From<plan::Permitted> for Permitted {
    fn from(own: plan::Permitted) -> Self {
        match own {
            plan::Permitted::Yes => Self::Yes,
            plan::Permitted::DependsOnScope => Self::DependsOnScope,
            plan::Permitted::Contested => Self::Contested,
            plan::Permitted::Undocumented => Self::Undocumented,
            plan::Permitted::No => Self::No,
        }
    }
}

impl From<changes::SubscriptionTypes> for SubscriptionTypes {
    fn from(own: changes::SubscriptionTypes) -> Self {
        Self {
            types: own.types.into_iter().map(Into::into).collect(),
            read_at: own.read_at,
        }
    }
}

impl From<medipim::SubscriptionType> for SubscriptionType {
    fn from(own: medipim::SubscriptionType) -> Self {
        Self {
            id: own.id,
            code: own.code,
            names: own.name.0,
        }
    }
}

impl From<KnownNames> for NamesKnown {
    fn from(own: KnownNames) -> Self {
        let people = own.people.into_iter();
        let organizations = own.organizations.into_iter();
        Self {
            people: people.map(|(id, name)| (id.get(), name)).collect(),
            organizations: organizations.map(|(id, name)| (id.get(), name)).collect(),
            subscription_types: own.subscription_types.into_iter().map(Into::into).collect(),
        }
    }
}

impl From<medipim::SubscriptionCheck> for SubscribedOrganization {
    fn from(own: medipim::SubscriptionCheck) -> Self {
        let running = |own: medipim::ActiveSubscription| RunningSubscription {
            kind: own.kind,
            names: own.name.0,
            start: own.start.known().copied(),
            end: own.end.known().copied(),
        };
        Self {
            organization: own.organization.get(),
            name: own.name.known().cloned(),
            subscriptions: own.active_subscriptions.into_iter().map(running).collect(),
            api_keys: own.api_keys.into_iter().map(Into::into).collect(),
        }
    }
}

impl From<medipim::ApiKey> for ApiKeyRow {
    fn from(own: medipim::ApiKey) -> Self {
        Self {
            id: own.id.get(),
            user: own.user.known().map(|id| id.get()),
            name: own.name.known().cloned(),
            enabled: own.enabled.known().copied(),
        }
    }
}
