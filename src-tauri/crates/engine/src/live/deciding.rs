//! Deciding what is left of criteria, person by person, as an answer of the vendor arrives.

use std::sync::Arc;

use muster_directory::{
    Calendar, Fact, Organization, OrganizationId, Person, PersonId, Role, Roster, Truth, Violation,
    criteria::{Field, News},
    evaluate::{Chronicle, Prepared},
    explain::Value,
};
use muster_mirror::{Mirror, PersonFound, Witnesses};
use tokio::sync::mpsc;

use super::{MOST_KEPT, Organizations, Told, kept::Key, looks, person_ids, roles};
use crate::{Result, clock};

/// Decides what is left of criteria.
pub(super) struct Decider {
    mirror: Arc<Mirror>,
    key: Key,
    /// What is left, for many people.
    rest: Prepared,
    /// Whether it depends on what the mirror knows of the people.
    of_people: bool,
    /// All of them, if it depends on what is known of organizations.
    pub organizations: Option<Organizations>,
    /// When it began, Unix seconds.
    pub at: i64,
    /// Those for whom the criteria hold, in the order of the answer.
    pub matching: Vec<Person>,
    /// Those for whom they may, at most [`MOST_KEPT`].
    pub possible: Vec<Person>,
    /// How many the latter are in all.
    pub possible_in_all: u64,
}

impl Decider {
    pub fn new(mirror: Arc<Mirror>, key: Key, organizations: Option<Organizations>) -> Self {
        Self {
            of_people: looks(&key.rest, |value| {
                matches!(
                    value,
                    Value::Field(Field::Role) | Value::Changed | Value::News
                )
            }),
            rest: key.rest.prepared(&key.calendar),
            mirror,
            key,
            organizations,
            at: clock::now(),
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
        let people = match self.of_people {
            true => person_ids(&batch),
            false => Vec::new(),
        };
        let calendar = &self.key.calendar;
        let witnesses = self.mirror.witnesses(&people, &[])?;
        let told = Told {
            sent: self.key.sent.as_ref(),
            organizations: self.organizations.as_ref(),
            at: self.at,
        };
        for person in batch {
            let known = Known::of(person.id, &witnesses, told, calendar);
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
pub(crate) struct Known<'a> {
    /// What days are counted from.
    pub calendar: &'a Calendar,
    /// The organizations that matter, as far as the key sees them.
    pub organizations: Option<&'a Organizations>,
    /// The person as the mirror knows them.
    pub kept: Option<&'a PersonFound>,
    /// The role.
    pub role: Fact<&'a Role>,
}

impl<'a> Known<'a> {
    pub(super) fn of(
        id: PersonId,
        witnesses: &'a Witnesses,
        told: Told<'a>,
        calendar: &'a Calendar,
    ) -> Self {
        let kept = witnesses.person(id);
        Self {
            calendar,
            organizations: told.organizations,
            kept,
            role: roles::told(told.sent, kept),
        }
    }
}

impl Roster for Known<'_> {
    fn organization(&self, id: OrganizationId) -> Option<&Organization> {
        self.organizations?.get(&id)
    }

    fn role(&self, _: PersonId) -> Fact<&Role> {
        self.role
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
