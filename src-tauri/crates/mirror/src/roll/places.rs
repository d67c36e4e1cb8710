//! Where people are: in an organization, in none, or it is not known in which.

use fixedbitset::FixedBitSet;
use muster_directory::IdentifierKind;

use super::{Organizations, People};
use crate::answer::everybody;

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
    pub fn new(people: &People, organizations: &Organizations) -> Self {
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

    /// The places of which nothing is known.
    pub const fn unseen(&self) -> &FixedBitSet {
        &self.unseen
    }

    /// The places of organizations, by their positions.
    pub fn of(&self, organizations: impl Iterator<Item = usize>) -> impl Iterator<Item = usize> {
        organizations.filter_map(|position| self.of[position])
    }

    /// The same as a set.
    pub fn with(&self, organizations: impl Iterator<Item = usize>) -> FixedBitSet {
        let mut places = FixedBitSet::with_capacity(self.count);
        places.extend(self.of(organizations));
        places
    }
}
