//! The organizations that their names in criteria mean, each name looked up once.

use std::collections::HashMap;

use muster_directory::{
    Clause, Criteria, Node, OrganizationId, Vocabulary,
    criteria::TextTest,
    split::{MOST_NAMED, Split, split},
};
use muster_mirror::{Mirror, PeopleQuestion, Who};

use crate::{Result, clock, question::calendar};

/// What the names in criteria mean, as far as the mirror knows.
#[derive(Debug, Default)]
pub(crate) struct Names {
    found: HashMap<TextTest, Vec<(OrganizationId, String)>>,
    /// Whether the mirror was ever filled.
    synced: bool,
    /// Whether the mirror can tell of everybody's organization how it is called.
    sure: bool,
}

impl Names {
    /// Looks up the names in criteria, those that are off too.
    pub fn of(criteria: &Criteria, mirror: &Mirror) -> Result<Self> {
        let mut own = Self::default();
        own.look_up(criteria, mirror)?;
        if let Some(test) = own.found.keys().next() {
            own.synced = mirror.state()?.last_sync.is_some();
            // Of whom it is not known, it is so for every name.
            let criteria = Criteria::leaf(Clause::OrganizationName(test.clone()));
            let count = mirror.people(&PeopleQuestion::count(Who {
                filter: Some(&criteria),
                ..Who::everybody(&calendar(clock::now()))
            }))?;
            own.sure = own.synced && count.possible == 0;
        }
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

    /// Whether it is known that a name is nobody's. Before the first sync nobody can tell.
    pub fn is_nobody(&self, test: &TextTest) -> bool {
        self.synced && self.named(test).is_empty()
    }

    /// Divides criteria into what the vendor can answer and what is left.
    pub fn divide(&self, criteria: &Criteria, vocabulary: Vocabulary) -> Split {
        split(criteria, vocabulary, &|test| {
            let found = self.found.get(test)?;
            let sent = self.sure && found.len() <= MOST_NAMED;
            sent.then(|| found.iter().map(|(id, _)| *id).collect())
        })
    }
}
