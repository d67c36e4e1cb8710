//! What the vendor tells of one person beside the values that it returns, so that an explanation
//! says of them what the list says.

use muster_directory::{
    Clause, Criteria, Fact, Filter, Ids, Page, PageSize, PeopleQuery, PersonId, PersonLeaf, Role,
    split::split,
};
use muster_mirror::ConnectionRecord;
use muster_vendor::Medipim;

use super::{Organizations, looks_at_organizations, organizations_of_vendor};
use crate::{Engine, Result, filter::leaves, people::FoundPerson, role_filter::is_refused};

/// The most roles of criteria that are asked for, one request each.
const MOST_ROLES: usize = 10;

/// What the vendor tells of a person beside the values that it returns.
pub(crate) struct ToldOf {
    /// The person's organization as it is now; none: the key does not see it.
    pub organizations: Organizations,
    /// The role; none: the vendor does not decide by it, so that what was learnt counts.
    pub role: Option<Fact<Role>>,
}

impl Engine {
    /// Asks for what decides criteria and is not returned with a person.
    pub(crate) async fn told_of(
        &self,
        record: &ConnectionRecord,
        criteria: Option<&Criteria>,
        found: &FoundPerson,
    ) -> Result<ToldOf> {
        let outcome = async {
            let roles = self.roles_decided_by_vendor(record, criteria).await?;
            let of_organization = criteria.is_some_and(looks_at_organizations);
            if roles.is_empty() && !of_organization {
                return Ok(ToldOf {
                    organizations: as_described(found),
                    role: None,
                });
            }
            let client = self.client(record).await?;
            let organizations = match of_organization {
                true => organization_now(&client, found).await?,
                false => as_described(found),
            };
            let role = match roles.is_empty() {
                true => None,
                false => Some(role_now(&client, roles, found).await?),
            };
            Ok(ToldOf {
                organizations,
                role,
            })
        };
        let outcome = outcome.await;
        self.witness(record.id, outcome)
    }

    /// The roles in criteria of which a live question leaves it to the vendor who has them; none
    /// if it leaves none to it.
    async fn roles_decided_by_vendor(
        &self,
        record: &ConnectionRecord,
        criteria: Option<&Criteria>,
    ) -> Result<Vec<Role>> {
        let vocabulary = self.vocabulary_for(record, criteria).await?;
        let Some(criteria) = criteria else {
            return Ok(Vec::new());
        };
        let mut clauses = Vec::new();
        leaves(criteria, &mut clauses);
        let (mut roles, mut any_at_vendor) = (Vec::new(), false);
        for (clause, at_vendor) in clauses.iter().zip(split(criteria, vocabulary).at_vendor) {
            if let Clause::Vendor(PersonLeaf::Role(role)) = clause {
                any_at_vendor |= at_vendor;
                add(role, &mut roles);
            }
        }
        Ok(if any_at_vendor { roles } else { Vec::new() })
    }
}

fn add(role: &Role, to: &mut Vec<Role>) {
    if !to.contains(role) {
        to.push(role.clone());
    }
}

/// The person's organization as it was described with them.
fn as_described(found: &FoundPerson) -> Organizations {
    let own = found.organization.as_ref();
    let own = own.filter(|_| found.organization_visible);
    own.map(|own| (own.id, own.clone())).into_iter().collect()
}

async fn organization_now(client: &Medipim, found: &FoundPerson) -> Result<Organizations> {
    let Fact::Known(id) = found.person.organization else {
        return Ok(Organizations::new());
    };
    let (all, came) = organizations_of_vendor(client, &[id]).await;
    match came {
        Err(error) if !error.is_denied() && !error.is_not_there() => Err(error.into()),
        _ => Ok(all.into_iter().map(|own| (own.id, own)).collect()),
    }
}

/// The role under which the vendor finds a person now. All that criteria name are asked for, so
/// that none of them is told wrongly; then the one that was learnt and those of the vendor's pages,
/// until one is the person's. Not known if none is, or several are.
async fn role_now(client: &Medipim, named: Vec<Role>, found: &FoundPerson) -> Result<Fact<Role>> {
    if named.len() > MOST_ROLES {
        return Ok(Fact::Unknown);
    }
    let id = found.person.id;
    let mut own = Fact::Unknown;
    for role in &named {
        if has_role(client, id, role).await? {
            if own != Fact::Unknown {
                return Ok(Fact::Unknown);
            }
            own = Fact::Known(role.clone());
        }
    }
    if own != Fact::Unknown {
        return Ok(own);
    }
    let mut others = Vec::new();
    for role in found.role.known().into_iter().chain(&Role::NAMED) {
        add(role, &mut others);
    }
    others.retain(|role| !named.contains(role));
    for role in others {
        if has_role(client, id, &role).await? {
            return Ok(Fact::Known(role));
        }
    }
    Ok(Fact::Unknown)
}

/// Whether the vendor finds a person under a role. Nobody has one that it refuses.
async fn has_role(client: &Medipim, id: PersonId, role: &Role) -> Result<bool> {
    let leaf = |leaf| Filter::leaf(leaf);
    let both = Filter::and(vec![
        leaf(PersonLeaf::Id(Ids::One(id))),
        leaf(PersonLeaf::Role(role.clone())),
    ])?;
    let query = PeopleQuery {
        filter: Some(both),
        sorting: None,
        page: Some(Page {
            no: 0,
            size: PageSize::Ten,
        }),
    };
    match client.people_page(&query).await {
        Ok(answer) => Ok(answer.meta.total > 0),
        Err(error) if is_refused(&error) => Ok(false),
        Err(error) => Err(error.into()),
    }
}
