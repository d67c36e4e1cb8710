//! What would change if somebody had another role, were disabled or deleted, or belonged to another
//! organization. Nothing is sent.

use muster_directory::{
    Clause, Criteria, Fact, Ids, OrganizationId, PersonId, PersonLeaf, Role, Truth, Violation,
    permission::{
        ActionChange, Answer, Deed, Effects, ManagerWarning, ManagersLeft, VendorRules,
        manager_warning,
    },
};
use muster_mirror::{ConnectionRecord, Mirror, PeopleQuestion, PersonFound, Presence, Wanted, Who};

use crate::{
    Engine, Error, Result,
    actor::Actor,
    clock,
    engine::blocking,
    may::{MayAnswer, MayQuestion},
    question::calendar,
    rules::rules_of,
};

/// How many managers are named.
const NAMED: u64 = 10;

/// What would be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Deal {
    /// The person gets another role.
    Role(Role),
    /// The person is disabled.
    Disable,
    /// The person is deleted.
    Delete,
    /// The person moves to another organization.
    Move(OrganizationId),
}

/// What is simulated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WhatIf {
    /// To whom it is done.
    pub person: PersonId,
    /// What is done.
    pub deal: Deal,
    /// The role that the person has, if it is not known.
    pub assumed: Option<Role>,
}

/// What would change.
#[derive(Debug, Clone)]
pub struct Outcome {
    /// The person, as the mirror knows them.
    pub person: PersonFound,
    /// The role that the person has now.
    pub role: Fact<Role>,
    /// Whether that role is only assumed.
    pub is_assumed: bool,
    /// What the person would gain and lose; none if the role is not known.
    pub effects: Option<Effects<'static>>,
    /// The role that the person would have, if it is about that.
    pub new_role: Option<Role>,
    /// What the new role may, if there is one.
    pub may_then: Vec<ActionChange<'static>>,
    /// Who manages the organizations that it is about: the present one, and the new one.
    pub organizations: Vec<Managed>,
    /// What is alarming, the worst first.
    pub warnings: Vec<Warning>,
    /// Whether the connection's key may do it.
    pub act: MayAnswer,
    /// Unix seconds: the sync that this follows from.
    pub as_of: i64,
}

/// An organization and its managers, before and after.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Managed {
    /// The organization.
    pub id: OrganizationId,
    /// Its last known name; none if the key never saw it.
    pub name: Option<String>,
    /// How many manage it now.
    pub before: ManagersLeft,
    /// How many would.
    pub after: ManagersLeft,
    /// How many others do, the person left out.
    pub others: ManagersLeft,
    /// Others who are known to manage it, at most ten.
    pub known: Vec<Named>,
    /// Others who may manage it, at most ten.
    pub possible: Vec<Named>,
}

/// A person, by name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// The vendor's id.
    pub id: PersonId,
    /// The display name.
    pub name: String,
}

/// What is alarming.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Warning {
    /// Who would manage the organization.
    Managers(ManagerWarning),
    /// It is the person who uses the connection's key.
    Yourself,
    /// It may be: who uses the key is not known, and the role fits.
    PossiblyYourself,
    /// The role of the connection's key may give only one role, and not this one.
    OnlyRole(String),
    /// The connection's key may not do it.
    KeyMayNot(Answer),
    /// No page says what a disabled person may still do: that it is nothing is our reading.
    DisablingIsOurReading,
}

impl Deal {
    /// The action that the vendor would have to allow.
    #[must_use]
    pub const fn action(&self) -> &'static str {
        match self {
            Self::Role(_) => "user.role.update",
            Self::Disable => "user.disable",
            Self::Delete => "user.delete",
            Self::Move(_) => "user.organization.update",
        }
    }
}

impl Engine {
    /// What would change for a person, and for who manages the organization. Contacts nobody.
    pub async fn what_if(&self, connection: &str, question: WhatIf) -> Result<Outcome> {
        let record = self.record(connection).await?;
        let engine = self.clone();
        blocking(move || {
            let mirror = engine.mirror(record.id)?;
            engine.simulated(&record, &mirror, question)
        })
        .await
    }

    fn simulated(
        &self,
        record: &ConnectionRecord,
        mirror: &Mirror,
        question: WhatIf,
    ) -> Result<Outcome> {
        let rules = rules_of(record)?;
        if let Deal::Role(role) = &question.deal {
            check_role(rules, "role", role)?;
        }
        if let Some(role) = &question.assumed {
            check_role(rules, "assumed", role)?;
        }
        if mirror.state()?.last_sync.is_none() {
            return Err(Error::NeverSynced);
        }
        let details = mirror.person(question.person, None)?;
        let details = details.ok_or_else(|| Error::NotFound {
            what: "person",
            which: question.person.to_string(),
        })?;
        let person = details.found;
        let (role, is_assumed) = match (&person.role, question.assumed) {
            (Fact::Unknown, Some(role)) => (Fact::Known(role), true),
            (role, _) => (role.clone(), false),
        };
        let act = self.act(record, mirror, &question.deal, person.person.id)?;
        let actor = self.known_actor(record)?;
        let deal = Dealing {
            mirror,
            rules,
            person: &person,
            role: &role,
            deal: &question.deal,
        };
        let organizations = deal.organizations()?;
        Ok(Outcome {
            effects: deal.effects(),
            may_then: deal.may_then(),
            new_role: match &question.deal {
                Deal::Role(role) => Some(role.clone()),
                _ => None,
            },
            warnings: deal.warnings(&organizations, &actor, &act),
            organizations,
            act,
            as_of: details.sync.ok_or(Error::NeverSynced)?.finished_at,
            is_assumed,
            role,
            person,
        })
    }

    fn act(
        &self,
        record: &ConnectionRecord,
        mirror: &Mirror,
        deal: &Deal,
        person: PersonId,
    ) -> Result<MayAnswer> {
        let question = MayQuestion {
            actions: vec![deal.action().to_owned()],
            person: Some(person),
            organization: match deal {
                Deal::Move(to) => Some(*to),
                _ => None,
            },
            ..MayQuestion::default()
        };
        let answers = self.may_by_mirror(record, mirror, question)?;
        let answer = answers.into_iter().next();
        answer.ok_or_else(|| Error::Defect("a question had no answer".to_owned()))
    }
}

fn check_role(rules: &VendorRules, path: &str, role: &Role) -> Result<()> {
    if rules.role(role.as_str()).is_none() {
        let message = format!("the vendor's pages name no role {role}");
        return Err(Violation::new(path, message).into());
    }
    Ok(())
}

/// Something that is done to a person.
struct Dealing<'a> {
    mirror: &'a Mirror,
    rules: &'static VendorRules,
    person: &'a PersonFound,
    /// The role now.
    role: &'a Fact<Role>,
    deal: &'a Deal,
}

impl Dealing<'_> {
    fn effects(&self) -> Option<Effects<'static>> {
        let role = self.role.known()?.as_str();
        Some(match self.deal {
            Deal::Role(to) => self.rules.compare_roles(role, to.as_str()),
            Deal::Disable | Deal::Delete => self.rules.without_account(role),
            Deal::Move(to) if self.person.person.organization == Fact::Known(*to) => {
                Effects::default()
            }
            Deal::Move(_) => self.rules.in_another_organization(role),
        })
    }

    fn may_then(&self) -> Vec<ActionChange<'static>> {
        let Deal::Role(role) = self.deal else {
            return Vec::new();
        };
        // What would be lost with that role is what it may.
        self.rules.without_account(role.as_str()).lost
    }

    fn organizations(&self) -> Result<Vec<Managed>> {
        let mut found = Vec::new();
        if let Fact::Known(own) = self.person.person.organization {
            found.push(self.managed(own, true)?);
        }
        if let Deal::Move(to) = self.deal
            && self.person.person.organization != Fact::Known(*to)
        {
            found.push(self.managed(*to, false)?);
        }
        Ok(found)
    }

    /// Whether the last sync returned the person, so that they count where they are.
    fn counts(&self) -> bool {
        self.person.presence == Presence::Present
    }

    fn managed(&self, id: OrganizationId, is_own: bool) -> Result<Managed> {
        let (others, known) = self.others(id, Wanted::Matching)?;
        let (_, possible) = self.others(id, Wanted::Possible)?;
        let organization = self.mirror.organization(id)?;
        Ok(Managed {
            before: joined(others, Some(self.role).filter(|_| is_own && self.counts())),
            after: joined(others, self.role_there(is_own).as_ref()),
            name: organization.map(|own| own.organization.name),
            others,
            known,
            possible,
            id,
        })
    }

    /// The role that the person would have in the own or the other organization; none: not there.
    fn role_there(&self, is_own: bool) -> Option<Fact<Role>> {
        match (self.deal, is_own) {
            _ if !self.counts() => None,
            (Deal::Role(to), true) => Some(Fact::Known(to.clone())),
            (Deal::Move(to), true) if self.person.person.organization == Fact::Known(*to) => {
                Some(self.role.clone())
            }
            (Deal::Move(_), false) => Some(self.role.clone()),
            _ => None,
        }
    }

    /// Others of an organization who manage it, or may: how many of both, and some of one.
    fn others(&self, id: OrganizationId, truth: Wanted) -> Result<(ManagersLeft, Vec<Named>)> {
        let vendor = |leaf| Criteria::leaf(Clause::Vendor(leaf));
        let criteria = Criteria::and(vec![
            vendor(PersonLeaf::Organization(id)),
            vendor(PersonLeaf::Role(Role::OrganizationManager)),
            Criteria::negate(vendor(PersonLeaf::Id(Ids::One(self.person.person.id))))?,
        ])?;
        let calendar = calendar(clock::now());
        let found = self.mirror.people(&PeopleQuestion {
            limit: NAMED,
            ..PeopleQuestion::count(Who {
                filter: Some(&criteria),
                truth,
                ..Who::everybody(&calendar)
            })
        })?;
        let left = ManagersLeft {
            known: found.total,
            possible: found.possible,
        };
        let named = found.rows.into_iter().map(|own| Named {
            id: own.person.id,
            name: own.person.name,
        });
        Ok((left, named.collect()))
    }

    fn warnings(&self, organizations: &[Managed], actor: &Actor, act: &MayAnswer) -> Vec<Warning> {
        let mut warnings = Vec::new();
        // The first one is the present organization, which may lose a manager.
        let own = organizations.first().filter(|own| own.after != own.before);
        if let Some(own) = own
            && matches!(self.person.person.organization, Fact::Known(id) if id == own.id)
            && !self.stays_manager()
        {
            let warning = manager_warning(self.role, own.after);
            warnings.extend(warning.map(Warning::Managers));
        }
        match self.is_yourself(actor) {
            Truth::Yes => warnings.push(Warning::Yourself),
            Truth::Unknown => warnings.push(Warning::PossiblyYourself),
            Truth::No => {}
        }
        if let Some(Answer::No | Answer::OutsideScope | Answer::OtherRoleOnly) = act.answer {
            warnings.extend(act.answer.map(Warning::KeyMayNot));
        }
        warnings.extend(self.only_role(actor).map(Warning::OnlyRole));
        if *self.deal == Deal::Disable {
            warnings.push(Warning::DisablingIsOurReading);
        }
        warnings
    }

    fn stays_manager(&self) -> bool {
        matches!(self.deal, Deal::Role(Role::OrganizationManager))
    }

    fn is_yourself(&self, actor: &Actor) -> Truth {
        if let Some(own) = actor.person {
            return Truth::from(own == self.person.person.id);
        }
        let same_place = actor
            .organization
            .map(|own| self.person.person.organization == Fact::Known(own));
        let may_be = match (&actor.role, self.role) {
            (Some(own), Fact::Known(role)) => own == role && same_place != Some(false),
            // A hint for everybody would be none.
            _ => same_place == Some(true),
        };
        match may_be {
            true => Truth::Unknown,
            false => Truth::No,
        }
    }

    /// The only role that the key's role may give, if the new one is another.
    fn only_role(&self, actor: &Actor) -> Option<String> {
        let (Deal::Role(to), Some(role)) = (self.deal, &actor.role) else {
            return None;
        };
        let deed = Deed {
            gives: Some(to.as_str()),
            ..Deed::of("user.create")
        };
        let ruling = self.rules.may(role.as_str(), &deed);
        let only = ruling.rows.iter().find_map(|row| row.only_role.clone());
        only.filter(|_| ruling.answer == Answer::OtherRoleOnly)
    }
}

/// Managers, with one more person of a role; none adds nobody.
fn joined(others: ManagersLeft, role: Option<&Fact<Role>>) -> ManagersLeft {
    let mut all = others;
    match role {
        Some(Fact::Known(Role::OrganizationManager)) => all.known += 1,
        Some(Fact::Unknown) => all.possible += 1,
        Some(Fact::Known(_) | Fact::Absent) | None => {}
    }
    all
}
