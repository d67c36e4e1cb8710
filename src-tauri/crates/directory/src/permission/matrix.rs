//! All that is documented of a vendor's roles at once: actions by roles, in groups.

use super::{Deed, Rule, Ruling, VendorRules, validation::is_action};

/// What stands first: who has access, and to what, before the vendor's own things.
const FIRST: [&str; 3] = ["user", "organization", "api_key"];

/// Actions on one kind of thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActionGroup<'a> {
    /// What they are done to, the first word of their names: `user`.
    pub prefix: &'a str,
    /// The actions, in the order of the rule pack.
    pub actions: Vec<ActionRow<'a>>,
}

/// What each role may do of an action.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActionRow<'a> {
    /// `user.view`
    pub action: &'a str,
    /// A ruling a role, in the order of [`VendorRules::roles`].
    pub rulings: Vec<Ruling<'a>>,
}

impl VendorRules {
    /// Every action that has a name, each once, those of one kind of thing together, access first. A
    /// `*` is not a name: a row with one is about each of these that it covers.
    #[must_use]
    pub fn actions(&self) -> Vec<&str> {
        let rows = self.permissions.iter().filter_map(|rule| match rule {
            Rule::Permission(row) => Some(row.action.as_str()),
            Rule::SameAs { .. } => None,
        });
        let mut groups: Vec<(&str, Vec<&str>)> = Vec::new();
        for action in rows.chain(self.asked.iter().map(String::as_str)) {
            if action.contains('*') {
                continue;
            }
            let own = prefix(action);
            match groups.iter_mut().find(|(prefix, _)| *prefix == own) {
                Some((_, actions)) if actions.contains(&action) => {}
                Some((_, actions)) => actions.push(action),
                None => groups.push((own, vec![action])),
            }
        }
        groups.sort_by_key(|(prefix, _)| {
            FIRST
                .iter()
                .position(|own| own == prefix)
                .unwrap_or(FIRST.len())
        });
        groups.into_iter().flat_map(|(_, own)| own).collect()
    }

    /// What each role may do of each action, in general.
    #[must_use]
    pub fn matrix(&self) -> Vec<ActionGroup<'_>> {
        let mut groups: Vec<ActionGroup<'_>> = Vec::new();
        for action in self.actions() {
            let own = prefix(action);
            let ruling = |role: &super::RoleRules| self.may(&role.id, &Deed::of(action));
            let row = ActionRow {
                action,
                rulings: self.roles.iter().map(ruling).collect(),
            };
            match groups.last_mut().filter(|group| group.prefix == own) {
                Some(group) => group.actions.push(row),
                None => groups.push(ActionGroup {
                    prefix: own,
                    actions: vec![row],
                }),
            }
        }
        groups
    }

    /// Whether a text can be the name of an action: words with dots between them.
    #[must_use]
    pub fn can_be_action(text: &str) -> bool {
        is_action(text) && !text.contains('*')
    }
}

/// The first word of an action's name.
fn prefix(action: &str) -> &str {
    action.split('.').next().unwrap_or(action)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::super::{Answer, RulePack};
    use super::*;

    fn rules(vendor: &str) -> VendorRules {
        RulePack::shipped().unwrap().vendor(vendor).unwrap().clone()
    }

    #[test]
    fn every_action_with_a_name_stands_once_and_beside_its_like() {
        for vendor in ["medipim", "medium_one"] {
            let rules = rules(vendor);
            let actions = rules.actions();
            let each: HashSet<_> = actions.iter().collect();
            assert_eq!(each.len(), actions.len(), "each once");
            assert!(
                actions
                    .iter()
                    .all(|action| VendorRules::can_be_action(action))
            );
            let groups = rules.matrix();
            let prefixes: HashSet<_> = groups.iter().map(|group| group.prefix).collect();
            assert_eq!(prefixes.len(), groups.len(), "a group stands together");
            let rows: Vec<_> = groups
                .iter()
                .flat_map(|group| group.actions.iter().map(|row| row.action))
                .collect();
            assert_eq!(rows, actions);
        }
    }

    #[test]
    fn a_wildcard_is_about_each_action_that_it_covers() {
        let rules = rules("medipim");
        let groups = rules.matrix();
        let answer = |action: &str, role: &str| {
            let at = rules.roles.iter().position(|own| own.id == role).unwrap();
            let mut rows = groups.iter().flat_map(|group| &group.actions);
            rows.find(|row| row.action == action).unwrap().rulings[at].answer
        };
        assert_eq!(
            answer("organization.create", "software_developer"),
            Answer::No
        );
        assert_eq!(
            answer("user.profile.update", "medical_professional"),
            Answer::No
        );
        assert_eq!(answer("media.publish", "reseller"), Answer::No);
        assert_eq!(answer("user.role.update", "software_developer"), Answer::No);
        assert_eq!(answer("user.role.update", "reseller"), Answer::Undocumented);
        assert_eq!(
            answer("user.view", "organization_customer_service"),
            Answer::Undocumented
        );
    }

    #[test]
    fn only_inside_of_a_scope_is_not_everywhere() {
        let rules = rules("medipim");
        let may = |role, action| rules.may(role, &Deed::of(action));
        assert!(may("organization_manager", "product.view").is_yes_within());
        assert!(!may("software_developer", "product.view").is_yes_within());
        assert!(!may("software_developer", "product.create").is_yes_within());
        assert_eq!(
            may("medical_professional", "product.export").limit(),
            Some(100)
        );
    }
}
