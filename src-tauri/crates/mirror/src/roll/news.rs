//! What a sync said of everybody, in memory.

use fixedbitset::FixedBitSet;
use muster_directory::criteria::News;
use rusqlite::Connection;

use super::People;
use crate::{MirrorError, Presence, people};

/// Those of whom the sync said something new, as far as it returned them.
pub(crate) struct Changes {
    new: FixedBitSet,
    changed: FixedBitSet,
    returned: FixedBitSet,
}

impl Changes {
    /// Reads what a sync changed.
    pub fn load(connection: &Connection, sync: i64, people: &People) -> Result<Self, MirrorError> {
        let mut own = Self {
            new: people.nobody(),
            changed: people.nobody(),
            returned: people.nobody(),
        };
        let mut ended: Option<(u64, Presence)> = None;
        people::scan_changes(connection, sync, |id, presence, opened| {
            if !opened {
                ended = Some((id, presence));
                return;
            }
            let before = ended
                .take()
                .filter(|(before, _)| *before == id)
                .map(|(_, presence)| presence);
            let (Some(position), Some(set)) =
                (people.position(id), own.of_mut(presence.news(true, before)))
            else {
                return;
            };
            set.insert(position);
        })?;
        Ok(own)
    }

    fn of_mut(&mut self, news: News) -> Option<&mut FixedBitSet> {
        match news {
            News::New => Some(&mut self.new),
            News::Changed => Some(&mut self.changed),
            News::Returned => Some(&mut self.returned),
            News::Present | News::Missing | News::Gone => None,
        }
    }

    /// Those who are new, changed, or returned; none for what presence alone tells.
    pub fn of(&self, news: News) -> Option<&FixedBitSet> {
        match news {
            News::New => Some(&self.new),
            News::Changed => Some(&self.changed),
            News::Returned => Some(&self.returned),
            News::Present | News::Missing | News::Gone => None,
        }
    }
}
