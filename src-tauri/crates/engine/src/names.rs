//! The organizations that their names in criteria mean, each name looked up once.

use std::collections::HashMap;

use muster_directory::{Clause, Criteria, Node, OrganizationId, criteria::TextTest};
use muster_mirror::Mirror;

use crate::Result;

/// What the names in criteria mean, as far as the mirror knows.
#[derive(Debug, Default)]
pub(crate) struct Names {
    found: HashMap<TextTest, Vec<(OrganizationId, String)>>,
    /// Whether the mirror was ever filled.
    synced: bool,
}

impl Names {
    /// Looks up the names in criteria, those that are off too.
    pub fn of(criteria: &Criteria, mirror: &Mirror) -> Result<Self> {
        let mut own = Self::default();
        own.look_up(criteria, mirror)?;
        own.synced = !own.found.is_empty() && mirror.state()?.last_sync.is_some();
        Ok(own)
    }

    fn look_up(&mut self, criteria: &Criteria, mirror: &Mirror) -> Result<()> {
        match criteria.node() {
            Node::Leaf(Clause::OrganizationName(test)) => {
                if !self.found.contains_key(test) {
                    let found = mirror.organizations_named(test)?;
                    self.found.insert(test.clone(), found);
                }
                Ok(())
            }
            Node::Leaf(Clause::Off(off)) => self.look_up(off.part(), mirror),
            Node::Leaf(_) => Ok(()),
            Node::And(parts) | Node::Or(parts) => {
                parts.iter().try_for_each(|part| self.look_up(part, mirror))
            }
            Node::Not(part) => self.look_up(part, mirror),
        }
    }

    /// The organizations that a test of their name means.
    pub fn named(&self, test: &TextTest) -> &[(OrganizationId, String)] {
        self.found.get(test).map_or(&[], Vec::as_slice)
    }

    /// Whether it is known that a name is and was nobody's. Before the first sync nobody can tell;
    /// a name of the past is one that people had then, or have whose organization is not seen now.
    pub fn is_nobody(&self, test: &TextTest, mirror: &Mirror) -> Result<bool> {
        let now = self.synced && self.named(test).is_empty();
        Ok(now && !mirror.organization_was_named(test)?)
    }
}
