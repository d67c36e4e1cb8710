//! The SQLite files on this computer: what the vendor said, what people here decided.
//!
//! Three kinds of files. `profile.db` is the app's own: connections and settings. Each connection
//! has a folder with `mirror.db`, what the vendor says, now and before, written only by a sync;
//! and `ledger.db`, what people here decided. Every call blocks: async callers use a thread for it.

mod activity;
mod actors;
mod alone;
mod answer;
mod approvals;
mod asking;
mod at;
mod capabilities;
mod colleagues;
mod compare;
mod connections;
mod drafts;
mod error;
mod evidence;
mod facets;
mod file;
mod fingerprint;
mod ledger;
mod merge;
mod mirror;
mod order;
mod organizations;
mod part;
mod people;
mod planned;
mod plans;
mod profile;
mod question;
mod recents;
mod roles;
mod roll;
mod rolls;
mod search;
mod settings;
mod snapshot;
mod steps;
mod stored;
mod suggestions;
mod syncs;
mod texts;
mod versions;
mod views;
mod witness;
mod workspaces;
mod writer;
mod written;

pub use activity::{
    ActivityHead, ActivityPage, ActivityQuestion, ActivityRecord, Anchor, Break, Fault, NO_ENTRY,
    NewActivity, Verification,
};
pub use actors::{ActorGiven, ActorGuess, ActorRecord};
pub use alone::Alone;
pub use approvals::ApprovalRecord;
pub use capabilities::Capability;
pub use colleagues::ColleagueRecord;
pub use compare::{Compared, KeepsOut, OnlyIn};
pub use connections::ConnectionRecord;
pub use drafts::DraftRecord;
pub use error::MirrorError;
pub use evidence::{EvidenceRecord, Tried};
pub use facets::{FacetsFound, OrganizationNamed, Parts, Presences};
pub use ledger::Ledger;
pub use mirror::Mirror;
pub use plans::{PlanRecord, PlanState};
pub use profile::Profile;
pub use question::{
    MirrorState, OrganizationFound, OrganizationsFound, OrganizationsQuestion, PeopleCount,
    PeopleFound, PeopleQuestion, PersonDetails, PersonFound, Seen, Wanted, Who,
};
pub use recents::RecentRecord;
pub use steps::{StepRecord, StepsWanted};
pub use suggestions::Suggested;
pub use syncs::{SyncRecord, Tally};
pub use versions::Presence;
pub use views::{Kept, ViewRecord};
pub use witness::{Witness, Witnesses};
pub use workspaces::Workspace;
pub use writer::SyncWriter;
pub use written::WrittenRecord;
