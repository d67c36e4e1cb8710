//! Names that several people have, found by a part of them.

use std::collections::HashSet;

use fixedbitset::FixedBitSet;
use muster_directory::PersonSort;
use rusqlite::Connection;

use super::Roll;
use crate::{MirrorError, order::Order, texts::Texts};

/// How many names with a part in the middle are looked at: a part of nearly every name would
/// take long, and the first few of them are as good as any.
const LOOKED_AT: usize = 20_000;

impl Roll {
    /// Distinct names with a folded part: a person of each, and how many of a set have it. Those
    /// that begin with it come first, in their order.
    pub fn names_like(
        &self,
        connection: &Connection,
        part: &str,
        of: &FixedBitSet,
        limit: usize,
    ) -> Result<Vec<(usize, u64)>, MirrorError> {
        let names = self.names(connection)?;
        let order = self.by_column(connection, PersonSort::Name)?;
        let Order::Listed { positions, .. } = &*order else {
            return Ok(Vec::new());
        };
        let ordered = Ordered {
            names: &names,
            positions,
        };
        let mut found = Vec::new();
        let mut rest = ordered.from(part.as_bytes());
        while let Some(first) = rest.first().filter(|_| found.len() < limit) {
            let own = names.get(*first as usize);
            if !own.starts_with(part.as_bytes()) {
                break;
            }
            let same = ordered.same(rest, own);
            found.extend(counted(same, of));
            rest = &rest[same.len()..];
        }
        let mut seen = HashSet::new();
        let inside = names.with(part).take(LOOKED_AT);
        for own in inside.map(|position| names.get(position)) {
            if found.len() >= limit {
                break;
            }
            if !own.starts_with(part.as_bytes()) && seen.insert(own) {
                let same = ordered.same(ordered.from(own), own);
                found.extend(counted(same, of));
            }
        }
        Ok(found)
    }
}

/// Positions by name.
struct Ordered<'a> {
    names: &'a Texts,
    positions: &'a [u32],
}

impl<'a> Ordered<'a> {
    /// Those whose names are not before a text.
    fn from(&self, text: &[u8]) -> &'a [u32] {
        let before = |position: &u32| self.names.get(*position as usize) < text;
        &self.positions[self.positions.partition_point(before)..]
    }

    /// The first of these: those with this name.
    fn same(&self, from: &'a [u32], name: &[u8]) -> &'a [u32] {
        let same = |position: &u32| self.names.get(*position as usize) == name;
        &from[..from.partition_point(same)]
    }
}

/// One of a set among these, and how many of it there are; none if there is nobody.
fn counted(positions: &[u32], of: &FixedBitSet) -> Option<(usize, u64)> {
    let mut inside = positions
        .iter()
        .map(|position| *position as usize)
        .filter(|position| of.contains(*position));
    let first = inside.next()?;
    Some((first, 1 + inside.count() as u64))
}
