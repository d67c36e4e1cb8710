//! Where people are: in an organization, in none, or it is not known in which.
//!
//! What depends on a person's organization alone is decided for the places, which are far fewer
//! than the people, and then holds for everybody who is there.

use fixedbitset::FixedBitSet;
use muster_directory::{
    Clause, Criteria, Filter, IdentifierKind, Node, PersonLeaf,
    criteria::{Field, State},
};

use super::{Organizations, People};
use crate::{
    MirrorError,
    answer::{Answer, answer, everybody},
};

/// What is known of the places.
pub(crate) struct Places {
    /// The place of each organization, by its position.
    of: Vec<Option<usize>>,
    count: usize,
    /// Nothing is known of these: the key cannot see the organization, or it is not known which
    /// one it is.
    unseen: FixedBitSet,
    identifiers: [Known; IdentifierKind::ALL.len()],
}

/// What is known of a value of each place.
pub(crate) struct Known {
    pub none: FixedBitSet,
    pub unknown: FixedBitSet,
}

impl Places {
    /// What organizations say of the places of people.
    pub fn of(people: &People, organizations: &Organizations) -> Self {
        let of: Vec<_> = organizations.ids().map(|id| people.place(id)).collect();
        let count = people.places();
        let places = |positions: &mut dyn Iterator<Item = usize>| {
            let mut set = FixedBitSet::with_capacity(count);
            set.extend(positions.filter_map(|position| of[position]));
            set
        };
        let mut unseen = everybody(count);
        unseen.difference_with(&places(&mut organizations.visible()));
        unseen.remove(people.in_none());
        let identifiers = IdentifierKind::ALL.map(|kind| {
            let mut unknown = places(&mut organizations.unknown(kind));
            unknown.union_with(&unseen);
            let mut none = places(&mut organizations.without(kind));
            none.insert(people.in_none());
            Known { none, unknown }
        });
        Self {
            of,
            count,
            unseen,
            identifiers,
        }
    }

    /// What is known of an identifier of each place.
    pub fn identifier(&self, kind: IdentifierKind) -> &Known {
        let [vat, apb, riziv, finess, cip] = &self.identifiers;
        match kind {
            IdentifierKind::Vat => vat,
            IdentifierKind::Apb => apb,
            IdentifierKind::Riziv => riziv,
            IdentifierKind::Finess => finess,
            IdentifierKind::Cip => cip,
        }
    }

    /// The places of organizations, by their positions.
    pub fn with(&self, organizations: impl Iterator<Item = usize>) -> FixedBitSet {
        let mut places = FixedBitSet::with_capacity(self.count);
        places.extend(organizations.filter_map(|position| self.of[position]));
        places
    }

    /// Adds the people for whom criteria hold that depend on their places alone.
    pub fn add(
        &self,
        criteria: &Criteria,
        people: &People,
        organizations: &Organizations,
        to: &mut Answer,
    ) -> Result<(), MirrorError> {
        let places = answer(criteria, self.count, &mut |clause, to| {
            self.add_clause(clause, people, organizations, to);
            Ok(())
        })?;
        let mut unknown = places.maybe;
        unknown.difference_with(&places.yes);
        to.add_yes_set(&people.at(&places.yes));
        to.add_unknown(&people.at(&unknown));
        Ok(())
    }

    /// Adds the places for which a clause holds. Others than those of [`is_of_place`] are not
    /// given.
    fn add_clause(
        &self,
        clause: &Clause,
        people: &People,
        organizations: &Organizations,
        to: &mut Answer,
    ) {
        match clause {
            Clause::Vendor(PersonLeaf::Organization(id)) => {
                to.add_yes(people.place(id.get()));
                to.add_unknown_one(people.in_unknown());
            }
            Clause::Vendor(PersonLeaf::Identifier(kind, value)) => {
                let text = value.text();
                let found = organizations.visible_with(*kind, &text);
                to.add_yes(found.filter_map(|position| self.of[position]));
                to.add_unknown(&self.identifier(*kind).unknown);
            }
            Clause::OrganizationName(test) => {
                let found = organizations.named(test);
                to.add_yes(found.filter_map(|position| self.of[position]));
                to.add_unknown(&self.unseen);
            }
            Clause::State(Field::Identifier(kind), state) => {
                let known = self.identifier(*kind);
                add_state(*state, &known.none, &known.unknown, to);
            }
            Clause::State(Field::Organization, state) => {
                let one = |place| {
                    let mut set = FixedBitSet::with_capacity(self.count);
                    set.insert(place);
                    set
                };
                add_state(
                    *state,
                    &one(people.in_none()),
                    &one(people.in_unknown()),
                    to,
                );
            }
            // See `is_of_place`.
            _ => {}
        }
    }
}

/// Whether a clause depends on the person's place alone.
const fn is_of_place(clause: &Clause) -> bool {
    matches!(
        clause,
        Clause::Vendor(PersonLeaf::Organization(_) | PersonLeaf::Identifier(..))
            | Clause::OrganizationName(_)
            | Clause::State(Field::Organization | Field::Identifier(_), _)
    )
}

/// A piece of criteria.
pub(super) enum Piece {
    /// One that depends on the person.
    Own(Clause),
    /// One that depends on their place alone, as large as it can be.
    Place(Criteria),
}

/// Criteria in pieces: what depends on places alone stands together.
pub(super) fn in_pieces(criteria: &Criteria) -> Filter<Piece> {
    // Pieces are fewer than clauses and nowhere deeper, so the first way always succeeds.
    pieces(criteria).unwrap_or_else(|| criteria.map(&|clause| Piece::Own(clause.clone())))
}

fn pieces(criteria: &Criteria) -> Option<Filter<Piece>> {
    if depends_on_place(criteria) {
        return Some(Filter::leaf(Piece::Place(criteria.clone())));
    }
    match criteria.node() {
        Node::Leaf(clause) => Some(Filter::leaf(Piece::Own(clause.clone()))),
        Node::Not(part) => Filter::negate(pieces(part)?).ok(),
        Node::And(parts) => Filter::and(joined(parts, Criteria::and)?).ok(),
        Node::Or(parts) => Filter::or(joined(parts, Criteria::or)?).ok(),
    }
}

fn joined<E>(
    parts: &[Criteria],
    join: impl FnOnce(Vec<Criteria>) -> Result<Criteria, E>,
) -> Option<Vec<Filter<Piece>>> {
    let (places, own): (Vec<_>, Vec<_>) = parts.iter().partition(|part| depends_on_place(part));
    let mut pieces = own.into_iter().map(pieces).collect::<Option<Vec<_>>>()?;
    if !places.is_empty() {
        let together = join(places.into_iter().cloned().collect()).ok()?;
        pieces.push(Filter::leaf(Piece::Place(together)));
    }
    Some(pieces)
}

fn depends_on_place(criteria: &Criteria) -> bool {
    match criteria.node() {
        Node::Leaf(clause) => is_of_place(clause),
        Node::And(parts) | Node::Or(parts) => parts.iter().all(depends_on_place),
        Node::Not(part) => depends_on_place(part),
    }
}

/// Adds those whose value is in a state.
pub(super) fn add_state(state: State, none: &FixedBitSet, unknown: &FixedBitSet, to: &mut Answer) {
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
