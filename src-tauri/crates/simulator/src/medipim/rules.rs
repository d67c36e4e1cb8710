//! Who may do what: the rule pack that ships with the app, as the vendor's own judgement.

use muster_directory::{
    Role,
    permission::{Answer, Deed, RulePack, RulePackError, Target, VendorRules},
};

use super::refusal::Refusal;
use crate::options::Undocumented;

/// The rules of Medipim.
#[derive(Debug)]
pub struct Rules {
    vendor: Option<VendorRules>,
    undocumented: Undocumented,
}

impl Rules {
    /// The rules that ship with the app.
    pub fn shipped(undocumented: Undocumented) -> Result<Self, RulePackError> {
        let vendor = RulePack::shipped()?.vendor("medipim").cloned();
        Ok(Self {
            vendor,
            undocumented,
        })
    }

    /// Whether a role may do something; 403 if not.
    pub fn check(
        &self,
        role: &Role,
        action: &'static str,
        target: Option<Target>,
    ) -> Result<(), Refusal> {
        let deed = Deed {
            target,
            ..Deed::of(action)
        };
        let answer = self.answer(role, &deed);
        let may = match answer {
            Answer::Yes => true,
            Answer::Undocumented | Answer::Contested => self.undocumented == Undocumented::Allow,
            _ => false,
        };
        match may {
            true => Ok(()),
            false => Err(Refusal::not_allowed(action, role)),
        }
    }

    /// Whether a role that may create users may give them this one.
    pub fn may_give(&self, role: &Role, gives: &str) -> bool {
        let deed = Deed {
            gives: Some(gives),
            ..Deed::of("user.create")
        };
        self.answer(role, &deed) != Answer::OtherRoleOnly
    }

    fn answer(&self, role: &Role, deed: &Deed<'_>) -> Answer {
        let vendor = self.vendor.as_ref();
        vendor.map_or(Answer::Undocumented, |vendor| {
            vendor.may(role.as_str(), deed).answer
        })
    }
}

#[cfg(test)]
mod tests {
    use muster_directory::Truth;

    use super::*;

    const LINKED: Target = Target {
        own: Truth::No,
        organization: Truth::No,
        linked: Truth::Yes,
    };

    fn may(undocumented: Undocumented, role: &Role, action: &'static str) -> bool {
        let rules = Rules::shipped(undocumented).unwrap();
        rules.check(role, action, None).is_ok()
    }

    #[test]
    fn what_is_documented_holds_whatever_comes_of_the_rest() {
        for undocumented in [Undocumented::Refuse, Undocumented::Allow] {
            let may = |role, action| may(undocumented, role, action);
            for action in ["user.create", "organization.link", "api_key.manage"] {
                assert!(may(&Role::Reseller, action), "{action}");
            }
            assert!(!may(&Role::OrganizationManager, "user.create"));
            assert!(!may(&Role::SoftwareDeveloper, "user.profile.update"));
            assert!(!may(&Role::MedicalProfessional, "api_key.create"));
        }
    }

    #[test]
    fn what_is_not_documented_is_done_only_where_it_was_asked_for() {
        for (role, action) in [
            (Role::OrganizationManager, "user.subscription.update"),
            (Role::OrganizationCustomerService, "user.create"),
        ] {
            assert!(!may(Undocumented::Refuse, &role, action));
            assert!(may(Undocumented::Allow, &role, action));
        }
    }

    #[test]
    fn what_is_outside_of_the_scope_is_refused() {
        let rules = Rules::shipped(Undocumented::Allow).unwrap();
        let check = |role, target| {
            rules
                .check(role, "user.profile.update", Some(target))
                .is_ok()
        };
        assert!(check(&Role::Reseller, LINKED));
        assert!(!check(&Role::OrganizationManager, LINKED));
    }

    #[test]
    fn a_reseller_gives_one_role_only() {
        let rules = Rules::shipped(Undocumented::Refuse).unwrap();
        let given = Role::NAMED
            .into_iter()
            .filter(|role| rules.may_give(&Role::Reseller, role.as_str()));
        assert_eq!(given.collect::<Vec<_>>(), [Role::MedicalProfessional]);
    }
}
