//! The SQLite files on this computer: what the vendor said, what people here decided.
//!
//! Three kinds of files. `profile.db` is the app's own: connections and settings. Each connection
//! has a folder with `mirror.db`, what the vendor says, now and before, written only by a sync;
//! and `ledger.db`, what people here decided. Every call blocks: async callers use a thread for it.

mod answer;
mod connections;
mod error;
mod file;
mod fingerprint;
mod ledger;
mod merge;
mod mirror;
mod order;
mod organizations;
mod part;
mod people;
mod profile;
mod question;
mod roll;
mod search;
mod settings;
mod stored;
mod syncs;
mod texts;
mod versions;
mod workspaces;
mod writer;

pub use connections::ConnectionRecord;
pub use error::MirrorError;
pub use ledger::Ledger;
pub use mirror::Mirror;
pub use profile::Profile;
pub use question::{
    MirrorState, OrganizationFound, OrganizationsFound, OrganizationsQuestion, PeopleFound,
    PeopleQuestion, PersonDetails, PersonFound, Seen,
};
pub use syncs::{SyncRecord, Tally};
pub use versions::Presence;
pub use workspaces::Workspace;
pub use writer::SyncWriter;
