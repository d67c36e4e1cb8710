//! `ledger.db`: what people here decided. Written only by their acts, with full durability.

use std::{
    path::Path,
    sync::{Mutex, MutexGuard, PoisonError},
};

use rusqlite::Connection;
use uuid::Uuid;

use crate::{
    ActivityHead, ActivityPage, ActivityQuestion, ActivityRecord, Kept, MirrorError, NewActivity,
    RecentRecord, Verification, ViewRecord, Workspace, activity, approvals, drafts,
    file::{self, Kind},
    plans, recents, steps, views, workspaces, written,
};

const KIND: Kind = Kind {
    application_id: 0x4D53_544C, // MSTL
    layouts: &[
        &[workspaces::LAYOUT_1],
        &[views::LAYOUT_2, recents::LAYOUT_2],
        &[
            activity::LAYOUT_3,
            drafts::LAYOUT_3,
            plans::LAYOUT_3,
            steps::LAYOUT_3,
            approvals::LAYOUT_3,
            written::LAYOUT_3,
        ],
    ],
    synchronous: "FULL",
};

/// What people here decided about one connection.
#[derive(Debug)]
pub struct Ledger {
    connection: Mutex<Connection>,
}

impl Ledger {
    /// Opens a ledger, making it if it is not there. Its folder must be.
    pub fn open(path: &Path) -> Result<Self, MirrorError> {
        Ok(Self {
            connection: Mutex::new(file::open(path, &KIND)?),
        })
    }

    pub(crate) fn lock(&self) -> MutexGuard<'_, Connection> {
        // A panic while it was held rolled its statement back: the connection is good.
        self.connection
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    /// What the person had open in a place; none if never anything.
    pub fn workspace(&self, place: &str) -> Result<Option<Workspace>, MirrorError> {
        workspaces::read(&self.lock(), place)
    }

    /// Keeps what the person has open in a place.
    pub fn set_workspace(&self, place: &str, workspace: &Workspace) -> Result<(), MirrorError> {
        workspaces::write(&self.lock(), place, workspace)
    }

    /// The saved views, by name.
    pub fn views(&self) -> Result<Vec<ViewRecord>, MirrorError> {
        views::all(&self.lock())
    }

    /// A saved view; none if there is none with this id.
    pub fn view(&self, id: Uuid) -> Result<Option<ViewRecord>, MirrorError> {
        views::one(&self.lock(), id)
    }

    /// Keeps a view, in the place of the one with its id if there is one.
    pub fn keep_view(&self, view: &ViewRecord) -> Result<Kept, MirrorError> {
        views::write(&self.lock(), view)
    }

    /// Removes a saved view; false if there is none with this id.
    pub fn delete_view(&self, id: Uuid) -> Result<bool, MirrorError> {
        views::delete(&self.lock(), id)
    }

    /// The questions that were asked last, the newest first.
    pub fn recents(&self) -> Result<Vec<RecentRecord>, MirrorError> {
        recents::all(&self.lock())
    }

    /// Keeps a question as the newest, in the place of the same one before; forgets the oldest.
    pub fn remember(&self, asked: &RecentRecord) -> Result<(), MirrorError> {
        recents::remember(&mut self.lock(), asked)
    }

    /// Appends an entry to what was done here, and returns the new end of the chain.
    pub fn append_activity(&self, entry: &NewActivity) -> Result<ActivityHead, MirrorError> {
        activity::append(&mut self.lock(), entry)
    }

    /// The same, unless one that differs in nothing but its time was appended since a time in Unix
    /// milliseconds: none then.
    pub fn append_activity_unless_since(
        &self,
        entry: &NewActivity,
        since: i64,
    ) -> Result<Option<ActivityHead>, MirrorError> {
        activity::append_unless_since(&mut self.lock(), entry, since)
    }

    /// Some of what was done here, the newest first.
    pub fn activity(&self, question: &ActivityQuestion) -> Result<ActivityPage, MirrorError> {
        activity::page(&self.lock(), question)
    }

    /// The entry with a number; none if there is none.
    pub fn activity_entry(&self, no: u64) -> Result<Option<ActivityRecord>, MirrorError> {
        activity::one(&self.lock(), no)
    }

    /// The end of the chain of what was done here.
    pub fn activity_head(&self) -> Result<ActivityHead, MirrorError> {
        activity::head(&self.lock())
    }

    /// Looks at every entry of the chain, and where in it a hash stands that was noted outside.
    pub fn verify_activity(&self, noted: Option<&str>) -> Result<Verification, MirrorError> {
        activity::verify(&self.lock(), noted)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use tempfile::tempdir;

    use super::*;

    #[test]
    fn what_was_open_in_a_place_is_there_after_a_restart() {
        let folder = tempdir().unwrap();
        let path = folder.path().join("ledger.db");
        let workspace = Workspace {
            state: json!({"filter": {"id": 1}, "columns": ["name"]}),
            changed_at: 5,
        };
        let ledger = Ledger::open(&path).unwrap();
        assert_eq!(ledger.workspace("people").unwrap(), None);
        let earlier = Workspace {
            changed_at: 4,
            ..workspace.clone()
        };
        ledger.set_workspace("people", &earlier).unwrap();
        ledger.set_workspace("people", &workspace).unwrap();
        drop(ledger);
        let ledger = Ledger::open(&path).unwrap();
        assert_eq!(ledger.workspace("people").unwrap(), Some(workspace));
    }

    #[test]
    fn a_ledger_of_the_first_layout_keeps_what_it_has() {
        let folder = tempdir().unwrap();
        let path = folder.path().join("ledger.db");
        let first = Kind {
            layouts: &[&[workspaces::LAYOUT_1]],
            ..KIND
        };
        let old = file::open(&path, &first).unwrap();
        let workspace = Workspace {
            state: json!({"text": "org:1"}),
            changed_at: 5,
        };
        workspaces::write(&old, "people", &workspace).unwrap();
        drop(old);
        let ledger = Ledger::open(&path).unwrap();
        assert_eq!(ledger.workspace("people").unwrap(), Some(workspace));
        assert_eq!(ledger.views().unwrap(), []);
        assert_eq!(ledger.recents().unwrap(), []);
    }

    #[test]
    fn a_ledger_is_not_opened_as_a_mirror() {
        let folder = tempdir().unwrap();
        let path = folder.path().join("ledger.db");
        drop(Ledger::open(&path).unwrap());
        assert!(crate::Mirror::open(&path).unwrap_err().is_not_ours());
    }
}
