//! Between the rules of the engine and those of the boundary.

use muster_directory::{
    OrganizationId, Role,
    permission::{
        ActionChange, ActionGroup, Answer, Effects, ManagerWarning, ManagersLeft, Permission,
        Ruling, Scope, SourceKind as OwnKind, Target, VendorRules,
    },
};
use muster_engine::{
    actor, may,
    mirror::{EvidenceRecord, Tried},
    rules, what_if,
};

use super::question::person_id;
use crate::{error::invalid, types::*};

fn organization_id(id: u64, path: &str) -> Result<OrganizationId, ApiError> {
    OrganizationId::try_from(id).map_err(|error| invalid(path, error.to_string()))
}

pub(crate) fn actor_draft(own: ActorUpdate) -> Result<(String, actor::ActorDraft), ApiError> {
    let organization = own
        .organization
        .map(|id| organization_id(id, "organization"));
    let person = own.person.map(|id| person_id(id, "person"));
    let draft = actor::ActorDraft {
        role: own.role.map(Role::from),
        organization: organization.transpose()?,
        person: person.transpose()?,
    };
    Ok((own.connection, draft))
}

pub(crate) fn may_question(own: MayQuestion) -> Result<(String, may::MayQuestion), ApiError> {
    let organization = own
        .organization
        .map(|id| organization_id(id, "organization"));
    let person = own.person.map(|id| person_id(id, "person"));
    let question = may::MayQuestion {
        actions: own.actions,
        role: own.role.map(Role::from),
        person: person.transpose()?,
        organization: organization.transpose()?,
        gives: own.gives.map(Role::from),
    };
    Ok((own.connection, question))
}

pub(crate) fn what_if(own: WhatIfRequest) -> Result<(String, what_if::WhatIf), ApiError> {
    let deal = match own.deal {
        WhatIfDeal::Role { role } => what_if::Deal::Role(Role::from(role)),
        WhatIfDeal::Disable => what_if::Deal::Disable,
        WhatIfDeal::Delete => what_if::Deal::Delete,
        WhatIfDeal::Move { organization } => {
            what_if::Deal::Move(organization_id(organization, "deal.organization")?)
        }
    };
    let question = what_if::WhatIf {
        person: person_id(own.person, "person")?,
        deal,
        assumed: own.assumed.map(Role::from),
    };
    Ok((own.connection, question))
}

impl From<rules::Rules> for RulesMatrix {
    fn from(own: rules::Rules) -> Self {
        let vendor = own.vendor;
        let people = own.people.as_ref();
        let groups = vendor.matrix().into_iter();
        Self {
            dated: own.dated,
            sources: vendor
                .sources
                .iter()
                .map(|own| source(vendor, &own.id))
                .collect(),
            roles: vendor
                .roles
                .iter()
                .map(|role| rule_role(vendor, role, people))
                .collect(),
            groups: groups.map(|group| rule_group(vendor, group)).collect(),
            needs: vendor
                .needs
                .iter()
                .map(|need| rule_need(vendor, need))
                .collect(),
            people_unknown: people.map(|people| people.unknown),
            actor: own.actor.into(),
            evidence: own.evidence.into_iter().map(Evidence::from).collect(),
        }
    }
}

/// A source by its letter. A rule pack names every source that it uses.
fn source(vendor: &VendorRules, id: &str) -> RuleSource {
    let found = vendor.source(id);
    RuleSource {
        id: id.to_owned(),
        title: found.map(|own| own.title.clone()).unwrap_or_default(),
        kind: match found.map(|own| own.kind) {
            Some(OwnKind::Vendor) => SourceKind::Vendor,
            Some(OwnKind::Reading) | None => SourceKind::Reading,
        },
    }
}

fn rule_role(
    vendor: &VendorRules,
    role: &muster_directory::permission::RoleRules,
    people: Option<&rules::PeopleByRole>,
) -> RuleRole {
    let count = |people: &rules::PeopleByRole| {
        let own = people.known.iter().find(|(own, _)| own.as_str() == role.id);
        own.map_or(0, |(_, count)| *count)
    };
    RuleRole {
        id: role.id.clone(),
        name: role.name.clone(),
        purpose: role.purpose.clone(),
        source: source(vendor, &role.source),
        same_as: vendor.same_as(&role.id).map(|(own, _)| own.to_owned()),
        people: people.map(count),
    }
}

fn rule_group(vendor: &VendorRules, group: ActionGroup<'_>) -> RuleGroup {
    let actions = group.actions.into_iter().map(|row| {
        let cells = vendor.roles.iter().zip(&row.rulings);
        RuleAction {
            action: row.action.to_owned(),
            cells: cells
                .map(|(role, ruling)| cell(vendor, &role.id, ruling, false))
                .collect(),
        }
    });
    RuleGroup {
        prefix: group.prefix.to_owned(),
        actions: actions.collect(),
    }
}

fn rule_need(vendor: &VendorRules, need: &muster_directory::permission::Need) -> RuleNeed {
    RuleNeed {
        purpose: need.purpose.clone(),
        user: need.user.clone(),
        role: need.role.clone(),
        source: source(vendor, &need.source),
    }
}

/// What the rules say of a role. Of somebody concrete it is said whether they are inside of the
/// scope; in general it is only said that there is one.
fn cell(vendor: &VendorRules, role: &str, ruling: &Ruling<'_>, concrete: bool) -> RuleCell {
    RuleCell {
        role: role.to_owned(),
        answer: answer(ruling, concrete),
        scopes: ruling.scopes().into_iter().map(RuleScope::from).collect(),
        limit: ruling.limit(),
        rows: ruling
            .rows
            .iter()
            .map(|row| rule_row(vendor, row))
            .collect(),
    }
}

fn answer(ruling: &Ruling<'_>, concrete: bool) -> RuleAnswer {
    match ruling.answer {
        Answer::Yes if !concrete && ruling.is_yes_within() => RuleAnswer::YesWithin,
        answer => answer.into(),
    }
}

fn rule_row(vendor: &VendorRules, row: &Permission) -> RuleRow {
    RuleRow {
        role: row.role.clone(),
        action: row.action.clone(),
        verdict: row.verdict.into(),
        scope: row.scope.into(),
        limit: row.limit,
        note: row.note.clone(),
        only_role: row.only_role.clone(),
        source: source(vendor, &row.source),
    }
}

impl From<Answer> for RuleAnswer {
    fn from(own: Answer) -> Self {
        match own {
            Answer::Yes => Self::Yes,
            Answer::No => Self::No,
            Answer::OutsideScope => Self::OutsideScope,
            Answer::DependsOnScope => Self::DependsOnScope,
            Answer::OtherRoleOnly => Self::OtherRoleOnly,
            Answer::Contested => Self::Contested,
            Answer::Undocumented => Self::Undocumented,
        }
    }
}

impl From<Scope> for RuleScope {
    fn from(own: Scope) -> Self {
        match own {
            Scope::Own => Self::Own,
            Scope::Organization => Self::Organization,
            Scope::Linked => Self::Linked,
            Scope::Platform => Self::Platform,
            Scope::Project => Self::Project,
        }
    }
}

impl From<EvidenceRecord> for Evidence {
    fn from(own: EvidenceRecord) -> Self {
        Self {
            action: own.action,
            role: own.role.map(String::from),
            allowed: own.outcome == Tried::Allowed,
            status: match own.outcome {
                Tried::Allowed => None,
                Tried::Refused(status) => status,
            },
            times: own.times,
            first_at: own.first_at,
            last_at: own.last_at,
        }
    }
}

impl From<actor::Actor> for Actor {
    fn from(own: actor::Actor) -> Self {
        Self {
            role: own.role.map(String::from),
            organization: own.organization.map(u64::from),
            person: own.person.map(u64::from),
            known_by: own.known_by.map(|known| match known {
                actor::KnownBy::Given { .. } => ActorKnownBy::Given,
                actor::KnownBy::Practice => ActorKnownBy::Practice,
            }),
            given_at: own.known_by.and_then(|known| match known {
                actor::KnownBy::Given { at } => Some(at),
                actor::KnownBy::Practice => None,
            }),
            guess: own.guess.map(|guess| ActorGuess {
                roles: guess.roles,
                reason: guess.reason.into(),
                at: guess.at,
            }),
        }
    }
}

/// An answer with the words of the vendor's roles and pages.
pub fn may_answer(vendor: &VendorRules, own: may::MayAnswer) -> MayAnswer {
    let applied: Vec<MayApplied> = own
        .applied
        .iter()
        .map(|applied| applied_to(vendor, applied))
        .collect();
    // What all say in general is inside of a scope if it is so for all.
    let same = applied.first().map(|own| own.cell.answer);
    let same = same.filter(|answer| applied.iter().all(|own| own.cell.answer == *answer));
    MayAnswer {
        action: own.action,
        answer: own.answer.map(|answer| same.unwrap_or(answer.into())),
        applied,
        asked_for_role: own.asked_for_role,
        named: own.named,
        evidence: own.evidence.into_iter().map(Evidence::from).collect(),
    }
}

fn applied_to(vendor: &VendorRules, own: &may::Applied) -> MayApplied {
    let role = vendor.role(&own.role);
    MayApplied {
        name: role.map_or_else(|| own.role.clone(), |role| role.name.clone()),
        target: own.target.map(MayTarget::from),
        cell: cell(vendor, &own.role, &own.ruling, own.target.is_some()),
    }
}

impl From<Target> for MayTarget {
    fn from(own: Target) -> Self {
        Self {
            own: own.own.into(),
            organization: own.organization.into(),
            linked: own.linked.into(),
        }
    }
}

/// What would change, with the words of the vendor's roles and pages.
pub fn what_if_outcome(vendor: &VendorRules, own: what_if::Outcome) -> WhatIfOutcome {
    let now = own.role.known().map(Role::as_str).unwrap_or_default();
    let then = own.new_role.as_ref().map_or(now, Role::as_str);
    let changes = |changes: &[ActionChange<'static>], before: &str, after: &str| -> Vec<_> {
        let changes = changes.iter();
        changes
            .map(|change| rule_change(vendor, change, before, after))
            .collect()
    };
    let effects = |effects: &Effects<'static>| WhatIfEffects {
        gained: changes(&effects.gained, now, then),
        lost: changes(&effects.lost, now, then),
        changed: changes(&effects.changed, now, then),
        moved: changes(&effects.moved, now, now),
    };
    WhatIfOutcome {
        name: own.person.person.name.clone(),
        role: own.role.known().map(|role| role.as_str().to_owned()),
        is_assumed: own.is_assumed,
        effects: own.effects.as_ref().map(effects),
        may_then: changes(&own.may_then, then, then),
        organizations: own.organizations.into_iter().map(managed).collect(),
        warnings: own.warnings.into_iter().map(WhatIfWarning::from).collect(),
        act: may_answer(vendor, own.act),
        as_of: own.as_of,
    }
}

fn rule_change(
    vendor: &VendorRules,
    own: &ActionChange<'_>,
    before: &str,
    after: &str,
) -> RuleChange {
    RuleChange {
        action: own.action.to_owned(),
        before: cell(vendor, before, &own.before, false),
        after: own
            .after
            .as_ref()
            .map(|own| cell(vendor, after, own, false)),
    }
}

fn managed(own: what_if::Managed) -> ManagedOrganization {
    let count = |own: ManagersLeft| ManagerCount {
        known: own.known,
        possible: own.possible,
    };
    let named = |people: Vec<what_if::Named>| -> Vec<PersonNamed> {
        let people = people.into_iter();
        people
            .map(|own| PersonNamed {
                id: own.id.get(),
                name: own.name,
            })
            .collect()
    };
    ManagedOrganization {
        id: own.id.get(),
        name: own.name,
        before: count(own.before),
        after: count(own.after),
        others: count(own.others),
        known: named(own.known),
        possible: named(own.possible),
    }
}

impl From<what_if::Warning> for WhatIfWarning {
    fn from(own: what_if::Warning) -> Self {
        use what_if::Warning;
        match own {
            Warning::Managers(ManagerWarning::LastManager) => Self::LastManager,
            Warning::Managers(ManagerWarning::NoKnownManagerLeft) => Self::NoKnownManagerLeft,
            Warning::Managers(ManagerWarning::OnlyPossibleManagersLeft) => {
                Self::OnlyPossibleManagersLeft
            }
            Warning::Yourself => Self::Yourself,
            Warning::PossiblyYourself => Self::PossiblyYourself,
            Warning::OnlyRole(role) => Self::OnlyRole { role },
            Warning::KeyMayNot(answer) => Self::KeyMayNot {
                answer: answer.into(),
            },
            Warning::DisablingIsOurReading => Self::DisablingIsOurReading,
        }
    }
}
