//! Deciding what is left of criteria, person by person, as an answer of the vendor arrives.

use std::{collections::HashMap, sync::Arc};

use muster_directory::{
    Calendar, Criteria, Fact, Organization, OrganizationId, Person, PersonId, Role, Roster, Truth,
    Violation,
    criteria::{Field, News},
    evaluate::Chronicle,
    explain::Value,
};
use muster_mirror::{Mirror, PersonFound, Witnesses};
use tokio::sync::mpsc;

use super::{MOST_KEPT, any, organization_ids, person_ids};
use crate::Result;

/// Decides what is left of criteria.
pub(super) struct Decider {
    mirror: Arc<Mirror>,
    rest: Criteria,
    calendar: Calendar,
    /// Whether it depends on what the mirror knows of the people.
    of_people: bool,
    /// Whether it depends on what the mirror knows of their organizations.
    of_organizations: bool,
    organizations: HashMap<OrganizationId, Option<Organization>>,
    /// Those for whom the criteria hold, in the order of the answer.
    pub matching: Vec<Person>,
    /// Those for whom they may, at most [`MOST_KEPT`].
    pub possible: Vec<Person>,
    /// How many the latter are in all.
    pub possible_in_all: u64,
}

impl Decider {
    pub fn new(mirror: Arc<Mirror>, rest: Criteria, calendar: Calendar) -> Self {
        let looks = |at: &dyn Fn(Value) -> bool| any(&rest, &|own| own.looks_at().is_some_and(at));
        Self {
            of_people: looks(&|value| {
                matches!(
                    value,
                    Value::Field(Field::Role) | Value::Changed | Value::News
                )
            }),
            of_organizations: looks(&|value| {
                matches!(
                    value,
                    Value::OrganizationName | Value::Field(Field::Identifier(_))
                )
            }),
            mirror,
            rest,
            calendar,
            organizations: HashMap::new(),
            matching: Vec::new(),
            possible: Vec::new(),
            possible_in_all: 0,
        }
    }

    /// Decides all that come, until nobody sends any more. Blocks.
    pub fn decide_all(mut self, mut batches: mpsc::Receiver<Vec<Person>>) -> Result<Self> {
        while let Some(batch) = batches.blocking_recv() {
            self.decide(batch)?;
        }
        Ok(self)
    }

    fn decide(&mut self, batch: Vec<Person>) -> Result<()> {
        let witnesses = self.witnesses(&batch)?;
        for person in batch {
            let known = Known {
                calendar: &self.calendar,
                organizations: &self.organizations,
                kept: witnesses.person(person.id),
            };
            match self.rest.matches(&person, &known) {
                Truth::Yes if self.matching.len() == MOST_KEPT => {
                    return Err(too_many("match").into());
                }
                Truth::Yes => self.matching.push(person),
                Truth::Unknown => {
                    self.possible_in_all += 1;
                    if self.possible.len() < MOST_KEPT {
                        self.possible.push(person);
                    }
                }
                Truth::No => {}
            }
        }
        Ok(())
    }

    /// What the mirror knows and these people are decided by; organizations are learnt once.
    fn witnesses(&mut self, batch: &[Person]) -> Result<Witnesses> {
        let people = match self.of_people {
            true => person_ids(batch),
            false => Vec::new(),
        };
        let mut organizations = match self.of_organizations {
            true => organization_ids(batch),
            false => Vec::new(),
        };
        organizations.retain(|id| !self.organizations.contains_key(id));
        let witnesses = self
            .mirror
            .witnesses(&people, &organizations, &self.calendar)?;
        for id in organizations {
            let own = witnesses.organization(id).cloned();
            self.organizations.insert(id, own);
        }
        Ok(witnesses)
    }
}

/// Why an answer is not taken that would not fit.
pub(super) fn too_many(what: &str) -> Violation {
    let message = format!(
        "more than {MOST_KEPT} people {what}, and a part is decided on this computer: narrow the \
         question or ask the mirror"
    );
    Violation::new("filter", message)
}

/// What one person is decided by, beside what the vendor returns now.
struct Known<'a> {
    calendar: &'a Calendar,
    organizations: &'a HashMap<OrganizationId, Option<Organization>>,
    kept: Option<&'a PersonFound>,
}

impl Roster for Known<'_> {
    fn organization(&self, id: OrganizationId) -> Option<&Organization> {
        self.organizations.get(&id)?.as_ref()
    }

    fn role(&self, _: PersonId) -> Fact<&Role> {
        self.kept.map_or(Fact::Unknown, |kept| kept.role.as_ref())
    }
}

impl Chronicle for Known<'_> {
    fn calendar(&self) -> &Calendar {
        self.calendar
    }

    fn news(&self, _: PersonId) -> Fact<News> {
        self.kept
            .map_or(Fact::Unknown, |kept| Fact::Known(kept.news))
    }

    fn changed_at(&self, _: PersonId) -> Fact<i64> {
        self.kept
            .map_or(Fact::Unknown, |kept| Fact::Known(kept.last_changed))
    }
}
