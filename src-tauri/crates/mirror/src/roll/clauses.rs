//! For whom criteria hold, or may: clause by clause, and joined by and, or, not.
//!
//! What depends on a person's place alone is joined for the places, which are far fewer than the
//! people, and then holds for everybody who is there.

use std::sync::Arc;

use fixedbitset::FixedBitSet;
use muster_directory::{
    Clause, Criteria, Node, PersonLeaf,
    criteria::{Field, FoldedTest, News, State, TextTest, TimeField},
};
use rusqlite::Connection;

use super::{Dated, People, Roll};
use crate::{
    MirrorError,
    answer::{Answer, everybody},
};

impl Roll {
    /// For whom criteria hold.
    pub fn answer(
        &self,
        connection: &Connection,
        criteria: &Criteria,
        asked: &Dated,
    ) -> Result<Answer, MirrorError> {
        let asking = Asking {
            roll: self,
            connection,
            people: self.people(connection)?,
            asked,
        };
        Ok(match asking.find(criteria)? {
            Found::Places(places) => asking.people_at(&places),
            Found::People(people) => people,
        })
    }
}

/// Finds for whom criteria hold.
struct Asking<'a> {
    roll: &'a Roll,
    connection: &'a Connection,
    people: Arc<People>,
    asked: &'a Dated,
}

/// Where criteria hold.
enum Found {
    /// They depend on places alone: at these.
    Places(Answer),
    /// For these people.
    People(Answer),
}

impl Found {
    fn not(self) -> Self {
        match self {
            Self::Places(places) => Self::Places(places.not()),
            Self::People(people) => Self::People(people.not()),
        }
    }
}

/// The parts of an `and` or `or`: those that depend on places alone stand together, so that the
/// people who are there are looked up once.
#[derive(Default)]
struct Joined {
    places: Option<Answer>,
    people: Option<Answer>,
}

type Join = fn(&mut Answer, &Answer);

impl Joined {
    fn add(&mut self, part: Found, join: Join) {
        let (own, part) = match part {
            Found::Places(places) => (&mut self.places, places),
            Found::People(people) => (&mut self.people, people),
        };
        match own {
            Some(own) => join(own, &part),
            None => *own = Some(part),
        }
    }
}

impl Asking<'_> {
    fn find(&self, criteria: &Criteria) -> Result<Found, MirrorError> {
        match criteria.node() {
            Node::Not(part) => Ok(self.find(part)?.not()),
            Node::And(parts) => {
                let mut all = Joined::default();
                for part in parts {
                    all.add(self.find(part)?, Answer::and);
                }
                Ok(self.together(all, Answer::and))
            }
            Node::Leaf(_) | Node::Or(_) => {
                let mut any = Joined::default();
                self.add(criteria, &mut any)?;
                Ok(self.together(any, Answer::or))
            }
        }
    }

    /// Adds where criteria hold to where another part of an `or` does, which spares a set for each
    /// of many conditions.
    fn add(&self, criteria: &Criteria, to: &mut Joined) -> Result<(), MirrorError> {
        match criteria.node() {
            Node::Leaf(clause) => self.add_clause(clause, to),
            Node::Or(parts) => parts.iter().try_for_each(|part| self.add(part, to)),
            Node::And(_) | Node::Not(_) => {
                to.add(self.find(criteria)?, Answer::or);
                Ok(())
            }
        }
    }

    fn together(&self, parts: Joined, join: Join) -> Found {
        match (parts.places, parts.people) {
            (Some(places), None) => Found::Places(places),
            (Some(places), Some(mut people)) => {
                join(&mut people, &self.people_at(&places));
                Found::People(people)
            }
            // A filter is never empty.
            (None, people) => Found::People(people.unwrap_or_else(|| self.nobody())),
        }
    }

    /// The people at places.
    fn people_at(&self, places: &Answer) -> Answer {
        let mut unknown = places.maybe.clone();
        unknown.difference_with(&places.yes);
        let mut people = self.nobody();
        people.add_yes_set(&self.people.at(&places.yes));
        people.add_unknown(&self.people.at(&unknown));
        people
    }

    fn nobody(&self) -> Answer {
        Answer::nobody(self.people.len())
    }

    fn people_of<'t>(&self, to: &'t mut Joined) -> &'t mut Answer {
        to.people.get_or_insert_with(|| self.nobody())
    }

    fn places_of<'t>(&self, to: &'t mut Joined) -> &'t mut Answer {
        let nowhere = || Answer::nobody(self.people.places());
        to.places.get_or_insert_with(nowhere)
    }

    fn add_clause(&self, clause: &Clause, to: &mut Joined) -> Result<(), MirrorError> {
        match clause {
            Clause::Vendor(leaf) => self.add_leaf(leaf, to),
            Clause::Name(test) => self.add_name(test, self.people_of(to)),
            Clause::OrganizationName(test) => {
                let organizations = self.roll.organizations(self.connection)?;
                let places = self.roll.places(self.connection)?;
                let to = self.places_of(to);
                to.add_yes(places.of(organizations.named(test)));
                to.add_unknown(places.unseen());
                Ok(())
            }
            Clause::Time(field, test) => {
                let range = self.asked.calendar.range(*test);
                let times = self.roll.times(self.connection, *field)?;
                times.add(range, self.people_of(to));
                Ok(())
            }
            Clause::State(field, state) => self.add_state(*field, *state, to),
            Clause::Seen(news) => self.add_seen(*news, self.people_of(to)),
            Clause::Off(_) => {
                let everybody = everybody(self.people.len());
                self.people_of(to).add_yes_set(&everybody);
                Ok(())
            }
        }
    }

    fn add_leaf(&self, leaf: &PersonLeaf, to: &mut Joined) -> Result<(), MirrorError> {
        match leaf {
            PersonLeaf::Id(ids) => {
                let ids = ids.as_slice().iter().map(|id| id.get());
                self.people_of(to).add_yes(self.people.with_ids(ids));
            }
            PersonLeaf::Organization(id) => {
                let to = self.places_of(to);
                to.add_yes(self.people.place(id.get()));
                to.add_unknown_one(self.people.in_unknown());
            }
            PersonLeaf::Identifier(kind, value) => {
                let organizations = self.roll.organizations(self.connection)?;
                let places = self.roll.places(self.connection)?;
                let to = self.places_of(to);
                to.add_yes(places.of(organizations.visible_with(*kind, &value.text())));
                to.add_unknown(&places.identifier(*kind).unknown);
            }
            PersonLeaf::Role(role) => {
                let roles = self.roll.roles(self.connection)?;
                let to = self.people_of(to);
                if let Some(people) = roles.of(role) {
                    to.add_yes_set(people);
                }
                to.add_unknown(roles.unknown());
            }
        }
        Ok(())
    }

    fn add_name(&self, test: &TextTest, to: &mut Answer) -> Result<(), MirrorError> {
        match test.folded() {
            FoldedTest::Contains(part) => {
                to.add_yes_set(&*self.roll.names_with(self.connection, part)?);
            }
            FoldedTest::Is(text) => {
                let names = self.roll.names(self.connection)?;
                let whole = self.roll.whole_names(self.connection)?;
                to.add_yes(whole.find(&names, &text));
            }
        }
        Ok(())
    }

    fn add_state(&self, field: Field, state: State, to: &mut Joined) -> Result<(), MirrorError> {
        match field {
            Field::Organization => {
                let only = |place| {
                    let mut set = FixedBitSet::with_capacity(self.people.places());
                    set.insert(place);
                    set
                };
                let (none, unknown) = (self.people.in_none(), self.people.in_unknown());
                add_in_state(state, &only(none), &only(unknown), self.places_of(to));
            }
            Field::Identifier(kind) => {
                let places = self.roll.places(self.connection)?;
                let known = places.identifier(kind);
                add_in_state(state, &known.none, &known.unknown, self.places_of(to));
            }
            Field::Role => {
                let roles = self.roll.roles(self.connection)?;
                let nobody = self.people.nobody();
                add_in_state(state, &nobody, roles.unknown(), self.people_of(to));
            }
            Field::Created => self.add_time_state(TimeField::Created, state, to)?,
            Field::Updated => self.add_time_state(TimeField::Updated, state, to)?,
        }
        Ok(())
    }

    fn add_time_state(
        &self,
        field: TimeField,
        state: State,
        to: &mut Joined,
    ) -> Result<(), MirrorError> {
        let times = self.roll.times(self.connection, field)?;
        add_in_state(state, times.absent(), times.unknown(), self.people_of(to));
        Ok(())
    }

    fn add_seen(&self, news: News, to: &mut Answer) -> Result<(), MirrorError> {
        match news {
            News::Present => to.add_yes_set(self.people.present()),
            News::Missing => to.add_yes_set(self.people.missing()),
            News::Gone => {
                let mut gone = everybody(self.people.len());
                gone.difference_with(self.people.present());
                gone.difference_with(self.people.missing());
                to.add_yes_set(&gone);
            }
            News::New | News::Changed | News::Returned => {
                let changes = self.roll.changes(self.connection)?;
                if let Some(own) = changes.of(news) {
                    to.add_yes_set(own);
                }
            }
        }
        Ok(())
    }
}

/// Adds those whose value is in a state.
fn add_in_state(state: State, none: &FixedBitSet, unknown: &FixedBitSet, to: &mut Answer) {
    match state {
        State::Unknown => to.add_yes_set(unknown),
        State::None => {
            to.add_yes_set(none);
            to.add_unknown(unknown);
        }
        State::Any => {
            let mut any = everybody(none.len());
            any.difference_with(none);
            any.difference_with(unknown);
            to.add_yes_set(&any);
            to.add_unknown(unknown);
        }
    }
}
