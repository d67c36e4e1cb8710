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
