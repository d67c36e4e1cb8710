//! Who a key is and what it may do, as far as real requests can show.

use muster_directory::{
    OrganizationsQuery, Page, PageSize, PeopleQuery,
    permission::{Permission, Scope, VendorRules, Verdict},
};
use muster_vendor::{Medipim, VendorError};

use crate::{Error, Result, clock, rules::rules_of_vendor};

/// What real requests with a key have shown.
#[derive(Debug, Clone)]
pub struct Report {
    /// Whether it sees people.
    pub people: Access,
    /// Whether it sees organizations.
    pub organizations: Access,
    /// Which roles fit that: the vendor does not say which one a key has.
    pub roles: Vec<RoleGuess>,
    /// Unix seconds.
    pub checked_at: i64,
}

/// Whether a key may read something.
#[derive(Debug, Clone)]
pub enum Access {
    /// It may, and sees this many.
    Allowed(u64),
    /// The vendor refused.
    Refused(Error),
}

/// A role that fits what was seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoleGuess {
    /// The vendor's API value.
    pub role: String,
    /// The vendor's own words.
    pub name: String,
    /// What it follows from.
    pub reason: Reason,
    /// What is documented of it.
    pub may: Vec<Permission>,
}

/// What a guess of a role follows from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// The key sees exactly one organization.
    SeesOneOrganization,
    /// The key sees several organizations.
    SeesManyOrganizations,
    /// The key may read organizations, and there are none.
    SeesNoOrganization,
    /// The vendor refuses people to the key.
    MayNotSeePeople,
}

impl Reason {
    const ALL: [Self; 4] = [
        Self::SeesOneOrganization,
        Self::SeesManyOrganizations,
        Self::SeesNoOrganization,
        Self::MayNotSeePeople,
    ];

    /// Its name in files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::SeesOneOrganization => "sees_one_organization",
            Self::SeesManyOrganizations => "sees_many_organizations",
            Self::SeesNoOrganization => "sees_no_organization",
            Self::MayNotSeePeople => "may_not_see_people",
        }
    }

    /// The reason with this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.name() == name)
    }
}

impl Report {
    /// Asks the vendor for one short page of each. A key that is not accepted, and a vendor that
    /// cannot be reached, are errors; a right that is missing is part of the report.
    pub(crate) async fn of(client: &Medipim) -> Result<Self> {
        let page = Some(Page {
            no: 0,
            size: PageSize::Ten,
        });
        let query = OrganizationsQuery {
            page,
            ..OrganizationsQuery::default()
        };
        let organizations = access(
            client
                .organizations_page(&query)
                .await
                .map(|a| a.meta.total),
        )?;
        let query = PeopleQuery {
            page,
            ..PeopleQuery::default()
        };
        let people = access(
            client
                .people_page(&query)
                .await
                .map(|answer| answer.meta.total),
        )?;
        let roles = guess(rules_of_vendor("medipim")?, &people, &organizations);
        Ok(Self {
            people,
            organizations,
            roles,
            checked_at: clock::now(),
        })
    }
}

fn access(outcome: std::result::Result<u64, VendorError>) -> Result<Access> {
    match outcome {
        Ok(total) => Ok(Access::Allowed(total)),
        Err(error) if error.is_denied() => Ok(Access::Refused(error.into())),
        Err(error) => Err(error.into()),
    }
}

/// The roles that fit: those that may see people where the key does, in the documented scope, and
/// those of which nothing says so where it does not.
pub(crate) fn guess(
    rules: &VendorRules,
    people: &Access,
    organizations: &Access,
) -> Vec<RoleGuess> {
    let sees_people = matches!(people, Access::Allowed(_));
    let reason = match (people, organizations) {
        (Access::Refused(_), _) => Reason::MayNotSeePeople,
        (_, Access::Allowed(1)) => Reason::SeesOneOrganization,
        (_, Access::Allowed(0)) => Reason::SeesNoOrganization,
        _ => Reason::SeesManyOrganizations,
    };
    let fits = |role: &str| {
        let allowed = rules
            .decide(role, "user.view")
            .filter(|row| row.verdict == Verdict::Allow)
            .map(|row| row.scope);
        match allowed {
            Some(Scope::Organization) => sees_people && reason == Reason::SeesOneOrganization,
            Some(_) => sees_people,
            None => !sees_people,
        }
    };
    rules
        .roles
        .iter()
        .filter(|role| fits(&role.id))
        .map(|role| RoleGuess {
            role: role.id.clone(),
            name: role.name.clone(),
            reason,
            may: rules.rows(&role.id).into_iter().cloned().collect(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use muster_directory::permission::RulePack;

    use super::*;

    fn roles(people: &Access, organizations: &Access) -> Vec<String> {
        let rules = RulePack::shipped().unwrap();
        let guesses = guess(rules.vendor("medipim").unwrap(), people, organizations);
        guesses.into_iter().map(|guess| guess.role).collect()
    }

    #[test]
    fn a_key_that_sees_one_organization_is_a_manager_or_a_reseller_with_one_client() {
        assert_eq!(
            roles(&Access::Allowed(12), &Access::Allowed(1)),
            ["organization_manager", "reseller"]
        );
    }

    #[test]
    fn a_key_that_sees_several_organizations_is_a_reseller() {
        assert_eq!(
            roles(&Access::Allowed(12), &Access::Allowed(9)),
            ["reseller"]
        );
    }

    #[test]
    fn a_key_that_may_not_see_people_has_a_role_without_that_right() {
        let refused = Access::Refused(Error::NeverSynced);
        assert_eq!(
            roles(&refused, &refused),
            [
                "software_developer",
                "medical_professional",
                "organization_customer_service"
            ]
        );
    }
}
