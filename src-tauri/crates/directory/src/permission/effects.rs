//! What another role, another organization or no account would change.

use super::{Answer, Deed, Ruling, Scope, VendorRules};
use crate::{Fact, Role};

/// What would be otherwise.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Effects<'a> {
    /// What the person could do then and cannot now.
    pub gained: Vec<ActionChange<'a>>,
    /// What the person can do now and could not then, or not for certain.
    pub lost: Vec<ActionChange<'a>>,
    /// What would be allowed or refused otherwise: another scope or limit, or another "no".
    pub changed: Vec<ActionChange<'a>>,
    /// What would be allowed as now, in another organization.
    pub moved: Vec<ActionChange<'a>>,
}

/// What would become of an action.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActionChange<'a> {
    /// `user.view`
    pub action: &'a str,
    /// What the rules say now.
    pub before: Ruling<'a>,
    /// What they would say; none without an account.
    pub after: Option<Ruling<'a>>,
}

impl VendorRules {
    /// What a person of one role would gain and lose with another one.
    #[must_use]
    pub fn compare_roles(&self, from: &str, to: &str) -> Effects<'_> {
        let mut effects = Effects::default();
        for action in self.actions() {
            let before = self.may(from, &Deed::of(action));
            let after = self.may(to, &Deed::of(action));
            if before.says_the_same_as(&after) {
                continue;
            }
            let list = match (before.is_yes(), after.is_yes()) {
                (false, true) => &mut effects.gained,
                (true, false) => &mut effects.lost,
                _ => &mut effects.changed,
            };
            list.push(ActionChange {
                action,
                before,
                after: Some(after),
            });
        }
        effects
    }

    /// What a person of a role would lose with the account: all that is documented, and what is
    /// contested.
    #[must_use]
    pub fn without_account(&self, role: &str) -> Effects<'_> {
        let lost = self
            .rulings(role)
            .filter(|(_, ruling)| matches!(ruling.answer, Answer::Yes | Answer::Contested));
        let lost = lost.map(|(action, before)| ActionChange {
            action,
            before,
            after: None,
        });
        Effects {
            lost: lost.collect(),
            ..Effects::default()
        }
    }

    /// What a person of a role may do in the own organization, and would do in another one.
    #[must_use]
    pub fn in_another_organization(&self, role: &str) -> Effects<'_> {
        let moved = self.rulings(role).filter(|(_, ruling)| {
            ruling.is_yes() && ruling.scopes().contains(&Scope::Organization)
        });
        let moved = moved.map(|(action, before)| ActionChange {
            action,
            after: Some(before.clone()),
            before,
        });
        Effects {
            moved: moved.collect(),
            ..Effects::default()
        }
    }

    fn rulings(&self, role: &str) -> impl Iterator<Item = (&str, Ruling<'_>)> {
        self.actions()
            .into_iter()
            .map(move |action| (action, self.may(role, &Deed::of(action))))
    }
}

/// How many people manage an organization.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ManagersLeft {
    /// Whose role is known to be organization manager.
    pub known: u64,
    /// Whose role is not known: they may be.
    pub possible: u64,
}

/// What is alarming about the managers that an organization would have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ManagerWarning {
    /// The person is the last manager: nobody would be left.
    LastManager,
    /// The person may be a manager, and nobody else is or may be one.
    NoKnownManagerLeft,
    /// Only people whose role is not known would be left.
    OnlyPossibleManagersLeft,
}

/// What is alarming if a person manages an organization no more and these others are left. Nothing
/// if the person is known to have another role.
#[must_use]
pub fn manager_warning(role: &Fact<Role>, left: ManagersLeft) -> Option<ManagerWarning> {
    let is_manager = match role {
        Fact::Known(Role::OrganizationManager) => true,
        Fact::Known(_) | Fact::Absent => return None,
        Fact::Unknown => false,
    };
    match left {
        ManagersLeft { known: 1.., .. } => None,
        ManagersLeft { possible: 0, .. } if is_manager => Some(ManagerWarning::LastManager),
        ManagersLeft { possible: 0, .. } => Some(ManagerWarning::NoKnownManagerLeft),
        _ => Some(ManagerWarning::OnlyPossibleManagersLeft),
    }
}

#[cfg(test)]
mod tests {
    use super::super::RulePack;
    use super::*;

    fn medipim() -> VendorRules {
        let pack = RulePack::shipped().unwrap();
        pack.vendor("medipim").unwrap().clone()
    }

    fn actions<'a>(changes: &[ActionChange<'a>]) -> Vec<&'a str> {
        changes.iter().map(|change| change.action).collect()
    }

    #[test]
    fn another_role_gains_loses_and_changes_actions() {
        let rules = medipim();
        let effects = rules.compare_roles("organization_manager", "software_developer");
        assert!(actions(&effects.gained).contains(&"brand.view"));
        assert!(actions(&effects.lost).contains(&"product.update"));
        let export = |change: &&ActionChange<'_>| change.action == "product.export";
        let export = effects.changed.iter().find(export).unwrap();
        assert_eq!(export.before.limit(), Some(10_000));
        assert_eq!(export.after.as_ref().unwrap().limit(), Some(100));
        let view = effects
            .lost
            .iter()
            .find(|own| own.action == "user.view")
            .unwrap();
        assert_eq!(
            view.after.as_ref().unwrap().answer,
            Answer::Undocumented,
            "lost for certain would be a false no"
        );
        let refused = |change: &&ActionChange<'_>| change.action == "organization.create";
        let refused = effects.changed.iter().find(refused).unwrap();
        assert_eq!(refused.before.answer, Answer::Undocumented);
    }

    #[test]
    fn a_role_with_the_same_rights_changes_nothing() {
        let rules = medipim();
        let same = rules.compare_roles("software_developer", "medical_professional");
        assert_eq!(same, Effects::default());
        let itself = rules.compare_roles("reseller", "reseller");
        assert_eq!(itself, Effects::default());
    }

    #[test]
    fn what_one_role_gains_the_way_back_loses() {
        let rules = medipim();
        for from in &rules.roles {
            for to in &rules.roles {
                let there = rules.compare_roles(&from.id, &to.id);
                let back = rules.compare_roles(&to.id, &from.id);
                assert_eq!(actions(&there.gained), actions(&back.lost));
                assert_eq!(actions(&there.changed), actions(&back.changed));
            }
        }
    }

    #[test]
    fn without_an_account_all_that_is_allowed_is_lost() {
        let rules = medipim();
        let effects = rules.without_account("reseller");
        assert!(actions(&effects.lost).contains(&"user.create"));
        assert!(
            !actions(&effects.lost).contains(&"media.view"),
            "it never could"
        );
        let nothing = rules.without_account("organization_customer_service");
        assert_eq!(nothing, Effects::default());
    }

    #[test]
    fn another_organization_moves_what_is_done_in_the_own_one() {
        let rules = medipim();
        let moved = rules.in_another_organization("organization_manager").moved;
        assert!(actions(&moved).contains(&"user.profile.update"));
        let developer = rules.in_another_organization("software_developer");
        assert_eq!(developer, Effects::default(), "the platform stays the same");
    }

    #[test]
    fn an_organization_without_a_manager_is_alarming() {
        let manager = Fact::Known(Role::OrganizationManager);
        let left = |known, possible| ManagersLeft { known, possible };
        assert_eq!(manager_warning(&manager, left(1, 9)), None);
        assert_eq!(
            manager_warning(&manager, left(0, 0)),
            Some(ManagerWarning::LastManager)
        );
        assert_eq!(
            manager_warning(&manager, left(0, 2)),
            Some(ManagerWarning::OnlyPossibleManagersLeft)
        );
        assert_eq!(
            manager_warning(&Fact::Unknown, left(0, 0)),
            Some(ManagerWarning::NoKnownManagerLeft)
        );
        let reseller = Fact::Known(Role::Reseller);
        assert_eq!(manager_warning(&reseller, left(0, 0)), None);
    }
}
