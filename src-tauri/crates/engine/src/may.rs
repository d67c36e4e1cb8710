//! May the key of a connection, or somebody with a role, do something to somebody? The documented
//! rules, applied to whom it is done.

use muster_directory::{
    Fact, OrganizationId, PersonId, Role, Truth, Violation,
    permission::{Answer, Deed, Ruling, Target, VendorRules},
};
use muster_mirror::{
    ConnectionRecord, EvidenceRecord, Mirror, OrganizationsQuestion, PersonFound, Presence,
};

use crate::{Engine, Result, actor::Actor, engine::blocking, rules::rules_of};

/// What is asked.
#[derive(Debug, Clone, Default)]
pub struct MayQuestion {
    /// Which actions: `user.view`
    pub actions: Vec<String>,
    /// Somebody of this role; none: the connection's key.
    pub role: Option<Role>,
    /// To whom it is done.
    pub person: Option<PersonId>,
    /// To which organization, or in which one.
    pub organization: Option<OrganizationId>,
    /// The role that a created person would have.
    pub gives: Option<Role>,
}

/// What the rules say of an action.
#[derive(Debug, Clone)]
pub struct MayAnswer {
    /// The action.
    pub action: String,
    /// What they say; none if it depends on the role, which is not known.
    pub answer: Option<Answer>,
    /// For one role, or, if it is not known, for every role.
    pub applied: Vec<Applied>,
    /// Whether a role was asked for, and not the key's own.
    pub asked_for_role: bool,
    /// Whether anything names this very action.
    pub named: bool,
    /// What came of trying it with this connection, the newest first.
    pub evidence: Vec<EvidenceRecord>,
}

/// The rules applied to a role.
#[derive(Debug, Clone)]
pub struct Applied {
    /// The vendor's API value.
    pub role: String,
    /// Whom it is done to, seen from this role; none: nobody was named.
    pub target: Option<Target>,
    /// What the rules say.
    pub ruling: Ruling<'static>,
}

impl Engine {
    /// Whether the key of a connection, or somebody of a role, may do things. An answer an action.
    /// Contacts nobody.
    pub async fn may(&self, connection: &str, question: MayQuestion) -> Result<Vec<MayAnswer>> {
        let record = self.record(connection).await?;
        let engine = self.clone();
        blocking(move || {
            let mirror = engine.mirror(record.id)?;
            engine.may_by_mirror(&record, &mirror, question)
        })
        .await
    }

    /// The same. Blocks.
    pub(crate) fn may_by_mirror(
        &self,
        record: &ConnectionRecord,
        mirror: &Mirror,
        question: MayQuestion,
    ) -> Result<Vec<MayAnswer>> {
        let whom = Whom::of(mirror, question.person, question.organization)?;
        self.asker(record, mirror)?.may(&question, whom)
    }

    /// Who asks by the key of a connection. Blocks.
    pub(crate) fn asker(&self, record: &ConnectionRecord, mirror: &Mirror) -> Result<Asker> {
        Ok(Asker {
            rules: rules_of(record)?,
            standpoint: Standpoint::of(self.known_actor(record)?, mirror)?,
            evidence: self.profile.evidence(record.id)?,
        })
    }
}

/// Who asks, and what that is answered from: read once for many questions.
pub(crate) struct Asker {
    rules: &'static VendorRules,
    standpoint: Standpoint,
    evidence: Vec<EvidenceRecord>,
}

impl Asker {
    /// The documented rules.
    pub const fn rules(&self) -> &'static VendorRules {
        self.rules
    }

    /// An answer an action.
    pub fn may(&self, question: &MayQuestion, whom: Option<Whom>) -> Result<Vec<MayAnswer>> {
        for (index, action) in question.actions.iter().enumerate() {
            if !VendorRules::can_be_action(action) {
                let message = "expected words with a dot between them, such as user.view";
                return Err(Violation::new(format!("actions[{index}]"), message).into());
            }
        }
        let asking = Asking {
            asker: self,
            whom,
            question,
        };
        let actions = question.actions.iter();
        Ok(actions.map(|own| asking.answer(own)).collect())
    }
}

/// A question with all that it is answered from.
struct Asking<'a> {
    asker: &'a Asker,
    whom: Option<Whom>,
    question: &'a MayQuestion,
}

impl Asking<'_> {
    fn answer(&self, action: &str) -> MayAnswer {
        let asker = self.asker;
        let asked = self.question.role.as_ref();
        let role = asked.or(asker.standpoint.actor.role.as_ref());
        let applied: Vec<Applied> = match role {
            Some(role) => vec![self.applied(role, action)],
            None => {
                let roles = asker.rules.roles.iter();
                roles
                    .map(|role| self.applied(&Role::from(role.id.clone()), action))
                    .collect()
            }
        };
        let evidence = asker.evidence.iter().filter(|own| own.action == action);
        MayAnswer {
            answer: agreed(&applied),
            applied,
            asked_for_role: asked.is_some(),
            named: asker.rules.actions().contains(&action),
            evidence: evidence.cloned().collect(),
            action: action.to_owned(),
        }
    }

    fn applied(&self, role: &Role, action: &str) -> Applied {
        let whom = self.whom.as_ref();
        let target = whom.map(|whom| self.asker.standpoint.sees(role, whom));
        let deed = Deed {
            action,
            target,
            gives: self.question.gives.as_ref().map(Role::as_str),
        };
        Applied {
            role: role.as_str().to_owned(),
            target,
            ruling: self.asker.rules.may(role.as_str(), &deed),
        }
    }
}

/// What all roles agree on; none if they do not.
fn agreed(applied: &[Applied]) -> Option<Answer> {
    let (first, rest) = applied.split_first()?;
    let same = |own: &Applied| own.ruling.answer == first.ruling.answer;
    rest.iter().all(same).then_some(first.ruling.answer)
}

/// To whom something is done, as the mirror knows them.
pub(crate) struct Whom {
    /// The person, if one was named.
    person: Option<Someone>,
    /// The organization that was named.
    organization: Option<Place>,
}

struct Someone {
    id: PersonId,
    /// None: the mirror does not know the person.
    found: Option<PersonFound>,
}

/// An organization, or that of a person.
#[derive(Clone, Copy)]
struct Place {
    id: Fact<OrganizationId>,
    /// Whether the last sync returned it.
    is_present: bool,
}

impl Whom {
    fn of(
        mirror: &Mirror,
        person: Option<PersonId>,
        organization: Option<OrganizationId>,
    ) -> Result<Option<Self>> {
        if person.is_none() && organization.is_none() {
            return Ok(None);
        }
        let someone = |id| -> Result<Someone> {
            let details = mirror.person(id, None)?;
            let found = details.map(|details| details.found);
            Ok(Someone { id, found })
        };
        let place = |id| -> Result<Place> {
            let found = mirror.organization(id)?;
            Ok(Place {
                id: Fact::Known(id),
                is_present: found.is_some_and(|own| own.presence == Presence::Present),
            })
        };
        Ok(Some(Self {
            person: person.map(someone).transpose()?,
            organization: organization.map(place).transpose()?,
        }))
    }

    /// Somebody and an organization that were looked up before; none if nobody is named.
    pub fn known(
        person: Option<(PersonId, Option<PersonFound>)>,
        organization: Option<(OrganizationId, bool)>,
    ) -> Option<Self> {
        (person.is_some() || organization.is_some()).then(|| Self {
            person: person.map(|(id, found)| Someone { id, found }),
            organization: organization.map(|(id, is_present)| Place {
                id: Fact::Known(id),
                is_present,
            }),
        })
    }

    /// The organizations that have to be in a scope: that which was named, and the person's.
    fn places(&self) -> impl Iterator<Item = Place> {
        let of_person = self.person.as_ref().map(Someone::place);
        of_person.into_iter().chain(self.organization)
    }
}

impl Someone {
    fn place(&self) -> Place {
        let found = self.found.as_ref();
        Place {
            id: found.map_or(Fact::Unknown, |own| own.person.organization),
            is_present: found.is_some_and(|own| own.organization_visible),
        }
    }
}

/// Who asks, and what the mirror tells of that.
struct Standpoint {
    actor: Actor,
    /// The only organization that the last sync returned.
    only_organization: Option<OrganizationId>,
}

impl Standpoint {
    fn of(actor: Actor, mirror: &Mirror) -> Result<Self> {
        let found = mirror.organizations(&OrganizationsQuestion {
            limit: 1,
            ..OrganizationsQuestion::default()
        })?;
        let first = found.rows.into_iter().next();
        Ok(Self {
            actor,
            only_organization: first
                .filter(|_| found.total == 1)
                .map(|own| own.organization.id),
        })
    }

    /// Where somebody is, seen from the key if it had a role. From a role that it is known not to
    /// have, nothing of that is known: it would be somebody else's key.
    fn sees(&self, role: &Role, whom: &Whom) -> Target {
        if self.actor.role.as_ref().is_some_and(|own| own != role) {
            return Target::UNKNOWN;
        }
        let all = |inside: &dyn Fn(Place) -> Truth| {
            let places = whom.places().map(inside);
            places.min().unwrap_or(Truth::Unknown)
        };
        Target {
            own: self.is_own(role, whom),
            organization: all(&|place| self.is_in_own_organization(role, place)),
            linked: all(&|place| is_linked(role, place)),
        }
    }

    fn is_own(&self, role: &Role, whom: &Whom) -> Truth {
        let Some(person) = &whom.person else {
            return Truth::No;
        };
        if let Some(own) = self.actor.person {
            return Truth::from(own == person.id);
        }
        let found = person.found.as_ref();
        match found.map(|found| &found.role) {
            Some(Fact::Known(known)) if known != role => Truth::No,
            _ => Truth::Unknown,
        }
    }

    /// Organization managers are returned their own organization alone `[R, C]`, so if it is the
    /// only one, it is theirs.
    fn is_in_own_organization(&self, role: &Role, place: Place) -> Truth {
        let seen = self
            .only_organization
            .filter(|_| *role == Role::OrganizationManager);
        match (self.actor.organization.or(seen), place.id) {
            (Some(own), Fact::Known(id)) => Truth::from(own == id),
            (Some(_), Fact::Absent) => Truth::No,
            _ => Truth::Unknown,
        }
    }
}

/// Resellers are returned linked organizations alone `[R]`. One that is not returned may have been
/// linked since.
fn is_linked(role: &Role, place: Place) -> Truth {
    match *role == Role::Reseller && place.is_present {
        true => Truth::Yes,
        false => Truth::Unknown,
    }
}
