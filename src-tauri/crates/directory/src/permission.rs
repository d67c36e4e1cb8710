//! Who may do what: the rule pack, one row a documented fact.

mod effects;
mod matrix;
mod ruling;
mod validation;

use jiff::civil::Date;
use serde::Deserialize;

pub use effects::{ActionChange, Effects, ManagerWarning, ManagersLeft, manager_warning};
pub use matrix::{ActionGroup, ActionRow};
pub use ruling::{Answer, Deed, Ruling, Target};

/// The rules that ship with the app.
const SHIPPED: &str = include_str!("../permissions.toml");

/// The documented facts of every vendor.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RulePack {
    /// The day on which the vendors' pages were read for the last time.
    pub dated: Date,
    /// One block a vendor.
    #[serde(rename = "vendor")]
    pub vendors: Vec<VendorRules>,
}

/// The documented facts of one vendor.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VendorRules {
    /// `medipim`, `medium_one`
    pub id: String,
    /// Where the facts are from.
    pub sources: Vec<Source>,
    /// Its roles.
    pub roles: Vec<RoleRules>,
    /// What they may do.
    pub permissions: Vec<Rule>,
    /// Which role suits which purpose.
    #[serde(default)]
    pub needs: Vec<Need>,
    /// Actions that no row names and that people ask about all the same.
    #[serde(default)]
    pub asked: Vec<String>,
}

/// Where facts are from.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// The letter that rows name it by.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// How much it is worth.
    pub kind: SourceKind,
}

/// How much a source is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SourceKind {
    /// A page of the vendor.
    Vendor,
    /// Our reading: nothing that could be read documents it.
    Reading,
}

/// A purpose of an account, and the role that is documented for it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Need {
    /// What the account is for: `synchronize`, `manage_content`
    pub purpose: String,
    /// Who uses it, where that decides between roles: `software`, `profession`
    pub user: Option<String>,
    /// The role that suits.
    pub role: String,
    /// Where that is documented.
    pub source: String,
}

/// A role as the vendor describes it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct RoleRules {
    /// The vendor's API value.
    pub id: String,
    /// The vendor's own words.
    pub name: String,
    /// What it is for.
    #[serde(rename = "for")]
    pub purpose: String,
    /// Where it is documented: a letter of `docs/contract/`.
    pub source: String,
}

/// One row: what a role may do, or that it may do what another role may.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub enum Rule {
    /// The same as another role.
    SameAs {
        /// The role this row is about.
        role: String,
        /// The role whose rows count.
        same_as: String,
        /// Where it is documented.
        source: String,
    },
    /// A verdict on an action.
    Permission(Permission),
}

/// A verdict on an action of a role.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Permission {
    /// The role this row is about.
    pub role: String,
    /// `user.view`; `*` stands for any part: `product.*`, `*.create`.
    pub action: String,
    /// What is documented.
    pub verdict: Verdict,
    /// On what.
    pub scope: Scope,
    /// The most items of the action.
    pub limit: Option<u64>,
    /// A condition in words.
    pub note: Option<String>,
    /// The only role that the action may give.
    pub only_role: Option<String>,
    /// Where it is documented: a letter of `docs/contract/`.
    pub source: String,
}

/// What is documented of an action.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// The role may.
    Allow,
    /// The role may not.
    Deny,
    /// The vendor's page contradicts itself.
    Contested,
}

impl Verdict {
    /// Its name in a rule pack.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Allow => "allow",
            Self::Deny => "deny",
            Self::Contested => "contested",
        }
    }
}

/// On what a role may act.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
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

impl Scope {
    /// Its name in a rule pack.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Own => "own",
            Self::Organization => "organization",
            Self::Linked => "linked",
            Self::Platform => "platform",
            Self::Project => "project",
        }
    }
}

/// A rule pack that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum RulePackError {
    /// It is not written as a rule pack.
    #[error("the rule pack cannot be read")]
    Unreadable(#[from] toml::de::Error),
    /// What it says contradicts itself; a line a problem.
    #[error("the rule pack is not consistent:\n{}", .0.join("\n"))]
    Inconsistent(Vec<String>),
}

impl RulePack {
    /// The rules that ship with the app.
    pub fn shipped() -> Result<Self, RulePackError> {
        Self::read(SHIPPED)
    }

    /// Reads a rule pack; one that contradicts itself is refused whole.
    pub fn read(text: &str) -> Result<Self, RulePackError> {
        let pack: Self = toml::from_str(text)?;
        let problems = pack.problems();
        match problems.is_empty() {
            true => Ok(pack),
            false => Err(RulePackError::Inconsistent(problems)),
        }
    }

    /// The rules of a vendor.
    #[must_use]
    pub fn vendor(&self, id: &str) -> Option<&VendorRules> {
        self.vendors.iter().find(|vendor| vendor.id == id)
    }
}

impl VendorRules {
    /// A role by the vendor's API value; none if no page names it.
    #[must_use]
    pub fn role(&self, id: &str) -> Option<&RoleRules> {
        self.roles.iter().find(|role| role.id == id)
    }

    /// A source by its letter.
    #[must_use]
    pub fn source(&self, id: &str) -> Option<&Source> {
        self.sources.iter().find(|source| source.id == id)
    }

    /// The role whose rows count for a role too, and where that is documented.
    #[must_use]
    pub fn same_as(&self, role: &str) -> Option<(&str, &str)> {
        self.permissions.iter().find_map(|rule| match rule {
            Rule::SameAs {
                role: own,
                same_as,
                source,
            } if own == role => Some((same_as.as_str(), source.as_str())),
            _ => None,
        })
    }

    /// The row that decides an action: an exact row before one with `*`. None means that nothing
    /// is documented, which is not a "no".
    #[must_use]
    pub fn decide(&self, role: &str, action: &str) -> Option<&Permission> {
        let rows = self.rows(role);
        let exact = rows.iter().find(|row| row.action == action);
        exact
            .or_else(|| rows.iter().find(|row| row.covers(action)))
            .copied()
    }

    /// The rows of a role, those it shares with another role included.
    #[must_use]
    pub fn rows(&self, role: &str) -> Vec<&Permission> {
        let shared = self.same_as(role).map(|(shared, _)| shared);
        let about = |row: &Permission| row.role == role || Some(row.role.as_str()) == shared;
        self.permissions
            .iter()
            .filter_map(|rule| match rule {
                Rule::Permission(row) if about(row) => Some(row),
                _ => None,
            })
            .collect()
    }
}

impl Permission {
    fn covers(&self, action: &str) -> bool {
        match (self.action.split_once('*'), action) {
            (Some(("", end)), action) => action.ends_with(end),
            (Some((start, "")), action) => action.starts_with(start),
            _ => self.action == action,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn medipim() -> VendorRules {
        RulePack::shipped()
            .unwrap()
            .vendor("medipim")
            .unwrap()
            .clone()
    }

    #[test]
    fn an_exact_row_counts_before_a_wildcard() {
        let rules = medipim();
        let row = rules
            .decide("software_developer", "product.create")
            .unwrap();
        assert_eq!(
            (row.action.as_str(), row.verdict),
            ("*.create", Verdict::Deny)
        );
        let row = rules.decide("reseller", "product.view").unwrap();
        assert_eq!(
            (row.action.as_str(), row.verdict),
            ("product.*", Verdict::Deny)
        );
    }

    #[test]
    fn a_role_that_is_the_same_as_another_shares_its_rows() {
        let rules = medipim();
        let row = rules
            .decide("medical_professional", "product.export")
            .unwrap();
        assert_eq!(row.limit, Some(100));
    }

    #[test]
    fn what_has_no_row_is_undocumented_and_not_denied() {
        assert_eq!(medipim().decide("software_developer", "user.view"), None);
    }
}
