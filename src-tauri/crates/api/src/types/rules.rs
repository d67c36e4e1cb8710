//! Roles and what they may do: the documented rules, who the key is, may, and what if.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{RoleReason, Truth, Verdict};

/// All that is documented of the roles of a connection's vendor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct RulesMatrix {
    /// The day on which the vendor's pages were read for the last time: `2026-11-21`.
    pub dated: String,
    /// Where the facts are from.
    pub sources: Vec<RuleSource>,
    /// The roles: the columns.
    pub roles: Vec<RuleRole>,
    /// The actions in groups: the rows.
    pub groups: Vec<RuleGroup>,
    /// Which role suits which purpose.
    pub needs: Vec<RuleNeed>,
    /// Who the connection's key is.
    pub actor: Actor,
    /// People of the last sync whose role is not known; none before the first one.
    pub people_unknown: Option<u64>,
    /// What came of trying what the pages leave open, the newest first.
    pub evidence: Vec<Evidence>,
}

/// Where facts are from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct RuleSource {
    /// The letter of `docs/contract/`.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// How much it is worth.
    pub kind: SourceKind,
}

/// How much a source is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SourceKind {
    /// A page of the vendor.
    Vendor,
    /// Our reading: nothing that could be read documents it.
    Reading,
}

/// A role.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct RuleRole {
    /// The vendor's API value.
    pub id: String,
    /// The vendor's own words.
    pub name: String,
    /// What it is for, in the vendor's words.
    pub purpose: String,
    /// Where that is documented.
    pub source: RuleSource,
    /// The role whose rows count for it too, by its API value.
    pub same_as: Option<String>,
    /// People of the last sync who have it; none before the first one.
    pub people: Option<u64>,
}

/// Actions on one kind of thing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct RuleGroup {
    /// What they are done to, the first word of their names: `user`.
    pub prefix: String,
    /// The actions.
    pub actions: Vec<RuleAction>,
}

/// An action, and what each role may of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct RuleAction {
    /// `user.view`
    pub action: String,
    /// One a role, in the order of the roles.
    pub cells: Vec<RuleCell>,
}

/// What the rules say of a role and an action.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct RuleCell {
    /// The vendor's API value of the role.
    pub role: String,
    /// What they say.
    pub answer: RuleAnswer,
    /// On what.
    pub scopes: Vec<RuleScope>,
    /// The most items.
    pub limit: Option<u64>,
    /// The rows that it follows from.
    pub rows: Vec<RuleRow>,
}

/// What the rules say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum RuleAnswer {
    /// It is documented that the role may.
    Yes,
    /// It is documented that the role may, inside of a scope; asked in general.
    YesWithin,
    /// It is documented that the role may not.
    No,
    /// The role may, but not outside of the scope of the rule.
    OutsideScope,
    /// The role may inside of a scope, and it is not known whether this is inside.
    DependsOnScope,
    /// The role may give other roles only.
    OtherRoleOnly,
    /// The vendor's pages contradict themselves.
    Contested,
    /// Nothing is documented, which is not a "no".
    Undocumented,
}

/// On what a role may act.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum RuleScope {
    /// Its own user.
    Own,
    /// Its own organization.
    Organization,
    /// Organizations linked to its account.
    Linked,
    /// The whole platform.
    Platform,
    /// Its project.
    Project,
}

/// A documented fact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct RuleRow {
    /// The role that the page speaks of: another one, if a role may the same.
    pub role: String,
    /// The action that the page speaks of; `*` stands for any part.
    pub action: String,
    /// What the page says.
    pub verdict: Verdict,
    /// On what.
    pub scope: RuleScope,
    /// The most items.
    pub limit: Option<u64>,
    /// A condition in words.
    pub note: Option<String>,
    /// The only role that the action may give.
    pub only_role: Option<String>,
    /// Where it is documented.
    pub source: RuleSource,
}

/// A purpose of an account, and the role that is documented for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct RuleNeed {
    /// What the account is for: `synchronize`
    pub purpose: String,
    /// Who uses it, where that decides: `software`, `profession`
    pub user: Option<String>,
    /// The role that suits.
    pub role: String,
    /// Where that is documented.
    pub source: RuleSource,
}

/// What the vendor answered when something was tried that its pages leave open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Evidence {
    /// `user.disable`
    pub action: String,
    /// The role of the key that tried; none if it was not known.
    pub role: Option<String>,
    /// Whether the vendor did it.
    pub allowed: bool,
    /// The status with which it refused.
    pub status: Option<u16>,
    /// How often that answer came.
    pub times: u64,
    /// Unix seconds.
    pub first_at: i64,
    /// Unix seconds.
    pub last_at: i64,
}

/// Who the key of a connection is, as far as is known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Actor {
    /// The vendor's API value of the role.
    pub role: Option<String>,
    /// The organization's id.
    pub organization: Option<u64>,
    /// The person's id.
    pub person: Option<u64>,
    /// How that is known; none if nothing is.
    pub known_by: Option<ActorKnownBy>,
    /// Unix seconds: when the person said it.
    pub given_at: Option<i64>,
    /// Which roles fit what the key sees: an offer, never used by itself.
    pub guess: Option<ActorGuess>,
}

/// How it is known who a key is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ActorKnownBy {
    /// The person said it.
    Given,
    /// It is the key of the practice directory.
    Practice,
}

/// Roles that fit what a key sees.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ActorGuess {
    /// The vendor's API values.
    pub roles: Vec<String>,
    /// What it follows from.
    pub reason: RoleReason,
    /// Unix seconds: when that was seen.
    pub at: i64,
}

/// Who a key is, as a person says it; nothing at all takes back what was said.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct ActorUpdate {
    /// The connection's id.
    pub connection: String,
    /// The vendor's API value of the role.
    pub role: Option<String>,
    /// The organization's id.
    pub organization: Option<u64>,
    /// The person's id.
    pub person: Option<u64>,
}

/// Whether the key of a connection, or somebody of a role, may do things.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct MayQuestion {
    /// The connection's id.
    pub connection: String,
    /// Which actions: `user.view`
    pub actions: Vec<String>,
    /// The vendor's API value of a role; none: the connection's key.
    pub role: Option<String>,
    /// To whom it is done.
    pub person: Option<u64>,
    /// To which organization, or in which one.
    pub organization: Option<u64>,
    /// The role that a created person would have.
    pub gives: Option<String>,
}

/// What the rules say of an action.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct MayAnswer {
    /// The action.
    pub action: String,
    /// What they say; none if it depends on the role, which is not known.
    pub answer: Option<RuleAnswer>,
    /// For one role, or, if it is not known, for every role.
    pub applied: Vec<MayApplied>,
    /// Whether a role was asked for, and not the key's own.
    pub asked_for_role: bool,
    /// Whether anything names this very action.
    pub named: bool,
    /// What came of trying it with this connection, the newest first.
    pub evidence: Vec<Evidence>,
}

/// The rules applied to a role and to whom it is done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct MayApplied {
    /// The vendor's own words for the role.
    pub name: String,
    /// Where whom it is done to is, seen from this role; none: nobody was named.
    pub target: Option<MayTarget>,
    /// What the rules say.
    pub cell: RuleCell,
}

/// Where somebody is, seen from a role.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
pub struct MayTarget {
    /// Whether it is the person who acts.
    pub own: Truth,
    /// Whether it is in the own organization.
    pub organization: Truth,
    /// Whether it is in a linked organization.
    pub linked: Truth,
}

/// What is simulated.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct WhatIfRequest {
    /// The connection's id.
    pub connection: String,
    /// The person's id.
    pub person: u64,
    /// What is done.
    pub deal: WhatIfDeal,
    /// The role that the person has, if it is not known.
    pub assumed: Option<String>,
}

/// What would be done to a person.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum WhatIfDeal {
    /// Another role.
    Role {
        /// The vendor's API value.
        role: String,
    },
    /// Disabled.
    Disable,
    /// Deleted.
    Delete,
    /// Another organization.
    Move {
        /// Its id.
        organization: u64,
    },
}

/// What would change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct WhatIfOutcome {
    /// The person's name.
    pub name: String,
    /// The role now; none if it is not known.
    pub role: Option<String>,
    /// Whether that role is only assumed.
    pub is_assumed: bool,
    /// What the person would gain and lose; none if the role is not known.
    pub effects: Option<WhatIfEffects>,
    /// What the new role may, if there is one.
    pub may_then: Vec<RuleChange>,
    /// Who manages the organizations that it is about: the present one, and the new one.
    pub organizations: Vec<ManagedOrganization>,
    /// What is alarming, the worst first.
    pub warnings: Vec<WhatIfWarning>,
    /// Whether the connection's key may do it.
    pub act: MayAnswer,
    /// Unix seconds: the sync that this follows from.
    pub as_of: i64,
}

/// What would be otherwise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct WhatIfEffects {
    /// What the person could do then and cannot now.
    pub gained: Vec<RuleChange>,
    /// What the person can do now and could not then, or not for certain.
    pub lost: Vec<RuleChange>,
    /// What would be allowed or refused otherwise.
    pub changed: Vec<RuleChange>,
    /// What would be allowed as now, in another organization.
    pub moved: Vec<RuleChange>,
}

/// What would become of an action.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct RuleChange {
    /// `user.view`
    pub action: String,
    /// What the rules say now.
    pub before: RuleCell,
    /// What they would say; none without an account.
    pub after: Option<RuleCell>,
}

/// An organization and its managers, before and after.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ManagedOrganization {
    /// The organization's id.
    pub id: u64,
    /// Its last known name.
    pub name: Option<String>,
    /// How many manage it now.
    pub before: ManagerCount,
    /// How many would.
    pub after: ManagerCount,
    /// How many others do, the person left out.
    pub others: ManagerCount,
    /// Others who are known to manage it, at most ten.
    pub known: Vec<PersonNamed>,
    /// Others who may manage it, at most ten.
    pub possible: Vec<PersonNamed>,
}

/// How many people manage an organization.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
pub struct ManagerCount {
    /// Whose role is known to be organization manager.
    pub known: u64,
    /// Whose role is not known: they may be.
    pub possible: u64,
}

/// A person, by name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct PersonNamed {
    /// The person's id.
    pub id: u64,
    /// The display name.
    pub name: String,
}

/// What is alarming.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum WhatIfWarning {
    /// The person is the last manager: nobody would be left.
    LastManager,
    /// The person may be a manager, and nobody else is or may be one.
    NoKnownManagerLeft,
    /// Only people whose role is not known would be left.
    OnlyPossibleManagersLeft,
    /// It is the person who uses the connection's key.
    Yourself,
    /// It may be.
    PossiblyYourself,
    /// The role of the connection's key may give only this one role.
    OnlyRole {
        /// The vendor's API value.
        role: String,
    },
    /// The connection's key may not do it.
    KeyMayNot {
        /// What the rules say.
        answer: RuleAnswer,
    },
    /// No page says what a disabled person may still do: that it is nothing is our reading.
    DisablingIsOurReading,
}
