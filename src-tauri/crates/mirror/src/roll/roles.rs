//! Everybody's roles in memory.

use fixedbitset::FixedBitSet;
use muster_directory::Role;
use rusqlite::Connection;

use super::People;
use crate::{MirrorError, answer::everybody, at::At, order::Order, roles};

/// The people of each role.
pub(crate) struct Roles {
    /// By role, ascending.
    people: Vec<(Role, FixedBitSet)>,
    unknown: FixedBitSet,
}

impl Roles {
    /// Reads a state.
    pub fn load(connection: &Connection, at: At, people: &People) -> Result<Self, MirrorError> {
        let mut own: Vec<(Role, FixedBitSet)> = Vec::new();
        let mut unknown = everybody(people.len());
        roles::scan(connection, at, |id, role| {
            let (Some(position), Some(role)) = (people.position(id), role) else {
                return;
            };
            unknown.remove(position);
            match own.iter_mut().find(|(own, _)| own.as_str() == role) {
                Some((_, set)) => set.insert(position),
                None => {
                    let mut set = people.nobody();
                    set.insert(position);
                    own.push((Role::from(role.to_owned()), set));
                }
            }
        })?;
        own.sort_by(|(a, _), (b, _)| a.as_str().cmp(b.as_str()));
        Ok(Self {
            people: own,
            unknown,
        })
    }

    /// Those whose role is not known.
    pub const fn unknown(&self) -> &FixedBitSet {
        &self.unknown
    }

    /// Those with a role; none if nobody has it.
    pub fn of(&self, role: &Role) -> Option<&FixedBitSet> {
        let found = self.people.iter().find(|(own, _)| own == role);
        found.map(|(_, people)| people)
    }

    /// The roles that somebody has, with those who have it.
    pub fn all(&self) -> impl Iterator<Item = (&Role, &FixedBitSet)> {
        self.people.iter().map(|(role, people)| (role, people))
    }

    /// By the role's API value; those without a known one last.
    pub fn order(&self) -> Order {
        let mut ranks = vec![None; self.unknown.len()];
        for (rank, (_, people)) in self.people.iter().enumerate() {
            for position in people.ones() {
                ranks[position] = Some(rank);
            }
        }
        Order::by_key(ranks.into_iter())
    }
}
