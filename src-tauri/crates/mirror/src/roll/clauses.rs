//! For whom each clause holds, or may.

use muster_directory::{
    Clause, Criteria, PersonLeaf,
    criteria::{Field, News, State, TextTest, TimeField},
    name::fold,
};
use rusqlite::Connection;

use super::{
    Dated, People, Roll,
    places::{Piece, add_state, in_pieces},
};
use crate::{
    MirrorError,
    answer::{Answer, answer, everybody},
};

impl Roll {
    /// For whom criteria hold.
    pub fn answer(
        &self,
        connection: &Connection,
        criteria: &Criteria,
        asked: &Dated,
    ) -> Result<Answer, MirrorError> {
        let people = self.people(connection)?;
        let add = Adding {
            roll: self,
            connection,
            people: &people,
        };
        answer(
            &in_pieces(criteria),
            people.len(),
            &mut |piece, to| match piece {
                Piece::Own(clause) => add.clause(clause, asked, to),
                Piece::Place(criteria) => add.place(criteria, to),
            },
        )
    }
}

/// Adds those for whom clauses hold to an answer.
struct Adding<'a> {
    roll: &'a Roll,
    connection: &'a Connection,
    people: &'a People,
}

impl Adding<'_> {
    fn place(&self, criteria: &Criteria, to: &mut Answer) -> Result<(), MirrorError> {
        let organizations = self.roll.organizations(self.connection)?;
        let places = self.roll.places(self.connection)?;
        places.add(criteria, self.people, &organizations, to)
    }

    fn clause(&self, clause: &Clause, asked: &Dated, to: &mut Answer) -> Result<(), MirrorError> {
        match clause {
            Clause::Vendor(PersonLeaf::Id(ids)) => {
                let ids = ids.as_slice().iter().map(|id| id.get());
                to.add_yes(self.people.with_ids(ids));
            }
            Clause::Vendor(PersonLeaf::Role(role)) => {
                let roles = self.roll.roles(self.connection)?;
                if let Some(people) = roles.of(role) {
                    to.add_yes_set(people);
                }
                to.add_unknown(roles.unknown());
            }
            Clause::Name(test) => self.name(test, to)?,
            Clause::Time(field, test) => {
                let range = asked.calendar.range(*test);
                self.roll.times(self.connection, *field)?.add(range, to);
            }
            Clause::State(Field::Role, state) => {
                let roles = self.roll.roles(self.connection)?;
                add_state(*state, &self.people.nobody(), roles.unknown(), to);
            }
            Clause::State(Field::Created, state) => {
                self.time_state(TimeField::Created, *state, to)?;
            }
            Clause::State(Field::Updated, state) => {
                self.time_state(TimeField::Updated, *state, to)?;
            }
            Clause::Seen(news) => self.seen(*news, to)?,
            Clause::Off(_) => to.add_yes_set(&everybody(self.people.len())),
            Clause::Vendor(PersonLeaf::Organization(_) | PersonLeaf::Identifier(..))
            | Clause::OrganizationName(_)
            | Clause::State(Field::Organization | Field::Identifier(_), _) => {
                self.place(&Criteria::leaf(clause.clone()), to)?;
            }
        }
        Ok(())
    }

    fn name(&self, test: &TextTest, to: &mut Answer) -> Result<(), MirrorError> {
        match test {
            TextTest::Contains(part) => {
                let part = fold(part.trim());
                to.add_yes_set(&*self.roll.names_with(self.connection, part)?);
            }
            TextTest::Is(text) => {
                let names = self.roll.names(self.connection)?;
                to.add_yes(names.trimmed(fold(text.trim()).trim()));
            }
        }
        Ok(())
    }

    fn time_state(
        &self,
        field: TimeField,
        state: State,
        to: &mut Answer,
    ) -> Result<(), MirrorError> {
        let times = self.roll.times(self.connection, field)?;
        add_state(state, times.absent(), times.unknown(), to);
        Ok(())
    }

    fn seen(&self, news: News, to: &mut Answer) -> Result<(), MirrorError> {
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
