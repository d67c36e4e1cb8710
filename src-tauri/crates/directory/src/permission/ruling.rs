//! May X do Y: the rows of a rule pack applied to somebody and something.

use super::{Permission, Scope, VendorRules, Verdict};
use crate::Truth;

/// Whom or what an action is done to, as far as is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Target {
    /// Whether it is the person who acts.
    pub own: Truth,
    /// Whether it is in the organization of the person who acts.
    pub organization: Truth,
    /// Whether it is in an organization linked to the account of the person who acts.
    pub linked: Truth,
}

/// An action, on what, and which role it gives if it gives one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Deed<'a> {
    /// `user.create`
    pub action: &'a str,
    /// None asks in general, whatever it is done to.
    pub target: Option<Target>,
    /// The role that a created person would have.
    pub gives: Option<&'a str>,
}

/// What the rules say of a deed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Answer {
    /// It is documented that the role may.
    Yes,
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

/// An answer and the rows that it follows from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ruling<'a> {
    /// What the rules say.
    pub answer: Answer,
    /// The rows that decide; none if nothing is documented, several if they contradict.
    pub rows: Vec<&'a Permission>,
}

impl Ruling<'_> {
    /// Whether it is documented that the role may.
    #[must_use]
    pub fn is_yes(&self) -> bool {
        self.answer == Answer::Yes
    }

    /// On what the deciding rows are, each once.
    #[must_use]
    pub fn scopes(&self) -> Vec<Scope> {
        let mut scopes = Vec::new();
        for row in &self.rows {
            if !scopes.contains(&row.scope) {
                scopes.push(row.scope);
            }
        }
        scopes
    }

    /// Whether the role may, but only inside of a scope that is smaller than all that there is.
    #[must_use]
    pub fn is_yes_within(&self) -> bool {
        let narrow = |row: &&Permission| {
            matches!(row.scope, Scope::Own | Scope::Organization | Scope::Linked)
        };
        self.is_yes() && self.rows.iter().all(narrow)
    }

    /// The most items of the action.
    #[must_use]
    pub fn limit(&self) -> Option<u64> {
        self.rows.iter().filter_map(|row| row.limit).min()
    }

    /// Whether both say the same, whatever roles and pages it follows from.
    #[must_use]
    pub fn says_the_same_as(&self, other: &Self) -> bool {
        let said = |ruling: &Self| -> Vec<_> {
            let rows = ruling.rows.iter();
            rows.map(|row| {
                (
                    row.scope,
                    row.limit,
                    row.note.clone(),
                    row.only_role.clone(),
                )
            })
            .collect()
        };
        self.answer == other.answer && (!self.is_yes() || said(self) == said(other))
    }
}

impl Target {
    /// Somebody of whom nothing is known.
    pub const UNKNOWN: Self = Self {
        own: Truth::Unknown,
        organization: Truth::Unknown,
        linked: Truth::Unknown,
    };

    /// Whether a scope covers it.
    #[must_use]
    pub const fn is_in(self, scope: Scope) -> Truth {
        match scope {
            Scope::Own => self.own,
            Scope::Organization => self.organization,
            Scope::Linked => self.linked,
            Scope::Platform | Scope::Project => Truth::Yes,
        }
    }
}

impl<'a> Deed<'a> {
    /// An action in general.
    #[must_use]
    pub const fn of(action: &'a str) -> Self {
        Self {
            action,
            target: None,
            gives: None,
        }
    }

    fn is_in(&self, row: &Permission) -> Truth {
        self.target
            .map_or(Truth::Yes, |target| target.is_in(row.scope))
    }

    fn gives_another(&self, row: &Permission) -> bool {
        matches!((self.gives, row.only_role.as_deref()), (Some(gives), Some(only)) if gives != only)
    }
}

impl VendorRules {
    /// Whether a role may do something. Rows about the very action count before those with a `*`;
    /// of these, those whose scope covers the target; if they disagree, the deed is contested.
    #[must_use]
    pub fn may(&self, role: &str, deed: &Deed<'_>) -> Ruling<'_> {
        let rows = self.rows_about(role, deed.action);
        let within = |wanted: Truth| -> Vec<&Permission> {
            let inside = |row: &&&Permission| deed.is_in(row) == wanted;
            rows.iter().filter(inside).copied().collect()
        };
        let ruling = |answer, rows| Ruling { answer, rows };
        let inside = within(Truth::Yes);
        if let Some(answer) = agreed(&inside) {
            let others = inside.iter().all(|row| deed.gives_another(row));
            return match answer {
                Answer::Yes if others => ruling(Answer::OtherRoleOnly, inside),
                answer => ruling(answer, inside),
            };
        }
        let unsure = within(Truth::Unknown);
        if !unsure.is_empty() {
            return ruling(Answer::DependsOnScope, unsure);
        }
        let outside = within(Truth::No);
        let allowed = outside.iter().any(|row| row.verdict == Verdict::Allow);
        match allowed {
            true => ruling(Answer::OutsideScope, outside),
            false => ruling(Answer::Undocumented, Vec::new()),
        }
    }

    /// The rows of a role that are about an action: those that name it, else those with a `*`.
    fn rows_about(&self, role: &str, action: &str) -> Vec<&Permission> {
        let rows = self.rows(role);
        let named: Vec<_> = rows
            .iter()
            .filter(|row| row.action == action)
            .copied()
            .collect();
        if !named.is_empty() {
            return named;
        }
        rows.into_iter().filter(|row| row.covers(action)).collect()
    }
}

/// What rows say together; none if there are none.
fn agreed(rows: &[&Permission]) -> Option<Answer> {
    let (first, rest) = rows.split_first()?;
    Some(match first.verdict {
        verdict if rest.iter().any(|row| row.verdict != verdict) => Answer::Contested,
        Verdict::Allow => Answer::Yes,
        Verdict::Deny => Answer::No,
        Verdict::Contested => Answer::Contested,
    })
}

#[cfg(test)]
mod tests {
    use super::super::RulePack;
    use super::*;

    fn rules(vendor: &str) -> VendorRules {
        RulePack::shipped().unwrap().vendor(vendor).unwrap().clone()
    }

    fn at(own: Truth, organization: Truth, linked: Truth) -> Option<Target> {
        Some(Target {
            own,
            organization,
            linked,
        })
    }

    #[test]
    fn a_scope_is_applied_to_whom_it_is_done() {
        let rules = rules("medipim");
        let may = |target| {
            let deed = Deed {
                target,
                ..Deed::of("user.profile.update")
            };
            rules.may("organization_manager", &deed).answer
        };
        let inside = |organization| at(Truth::No, organization, Truth::No);
        assert_eq!(may(None), Answer::Yes, "in general");
        assert_eq!(may(inside(Truth::Yes)), Answer::Yes);
        assert_eq!(may(inside(Truth::No)), Answer::OutsideScope);
        assert_eq!(may(inside(Truth::Unknown)), Answer::DependsOnScope);
    }

    #[test]
    fn a_reseller_creates_medical_professionals_only() {
        let rules = rules("medipim");
        let may = |gives| {
            let deed = Deed {
                gives: Some(gives),
                ..Deed::of("user.create")
            };
            rules.may("reseller", &deed).answer
        };
        assert_eq!(may("medical_professional"), Answer::Yes);
        assert_eq!(may("software_developer"), Answer::OtherRoleOnly);
    }

    #[test]
    fn what_has_no_row_is_undocumented_and_never_a_no() {
        let rules = rules("medipim");
        let ruling = rules.may("organization_customer_service", &Deed::of("user.view"));
        assert_eq!(
            (ruling.answer, ruling.rows.len()),
            (Answer::Undocumented, 0)
        );
        let denied = rules.may("software_developer", &Deed::of("user.create"));
        assert_eq!(denied.answer, Answer::No);
        assert_eq!(denied.rows[0].action, "*.create", "the row that decides");
    }

    #[test]
    fn what_the_vendor_contradicts_is_contested_where_it_does() {
        let rules = rules("medium_one");
        let may = |own| {
            let deed = Deed {
                target: at(own, Truth::Unknown, Truth::Unknown),
                ..Deed::of("user.disable")
            };
            rules.may("basic", &deed).answer
        };
        assert_eq!(may(Truth::No), Answer::Contested, "somebody else");
        assert_eq!(may(Truth::Yes), Answer::Contested, "rows disagree");
        let enable = rules.may("registration", &Deed::of("user.enable"));
        assert_eq!(enable.answer, Answer::Contested);
    }
}
