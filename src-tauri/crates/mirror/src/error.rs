//! What can go wrong with a file on this computer, and the questions that callers ask of it.

use std::path::PathBuf;

use rusqlite::ErrorCode;

/// What went wrong with one of our files.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum MirrorError {
    /// The file was written by a newer version of the app. It was not touched.
    #[error("{} was written by a newer version: it has layout {found}, this one knows {known}", path.display())]
    Newer {
        /// The file.
        path: PathBuf,
        /// The layout that it has.
        found: u32,
        /// The newest layout that we know.
        known: u32,
    },
    /// The file is something else than what it should be. It was not touched.
    #[error("{} is not a file of this kind", path.display())]
    NotOurs {
        /// The file.
        path: PathBuf,
    },
    /// The file is ours and damaged.
    #[error("the file is damaged")]
    Corrupt(#[source] rusqlite::Error),
    /// A value in the file cannot be read.
    #[error("a stored value is damaged")]
    Value(#[from] serde_json::Error),
    /// Somebody else is writing to the file, possibly another window's sync.
    #[error("the file is being written to elsewhere")]
    Busy(#[source] rusqlite::Error),
    /// What was fetched does not ascend by id, so what is absent cannot be told.
    #[error("ids must ascend: {id} came after {after}")]
    NotAscending {
        /// The id that came.
        id: u64,
        /// The id that came before it.
        after: u64,
    },
    /// Organizations were given after people.
    #[error("organizations must be given before people")]
    OrganizationsAfterPeople,
    /// The people of the roles were given before.
    #[error("the people of all roles must be given at once")]
    RolesTwice,
    /// The sync was told not to go on. Nothing was changed.
    #[error("the sync was stopped")]
    Stopped,
    /// There is no sync with this id.
    #[error("there is no sync {0}")]
    NoSuchSync(i64),
    /// The sync has already failed and can only be dropped.
    #[error("a sync that has failed cannot be finished")]
    Failed,
    /// A file or folder cannot be made, read or removed.
    #[error("{} cannot be used", path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// Anything else that SQLite says.
    #[error("the file cannot be used")]
    Sqlite(#[source] rusqlite::Error),
}

impl MirrorError {
    /// Whether the file was written by a newer version of the app.
    #[must_use]
    pub const fn is_newer(&self) -> bool {
        matches!(self, Self::Newer { .. })
    }

    /// Whether the file is not one of ours.
    #[must_use]
    pub const fn is_not_ours(&self) -> bool {
        matches!(self, Self::NotOurs { .. })
    }

    /// Whether the file is damaged.
    #[must_use]
    pub const fn is_corrupt(&self) -> bool {
        matches!(self, Self::Corrupt(_) | Self::Value(_))
    }

    /// Whether somebody else is writing to the file.
    #[must_use]
    pub const fn is_busy(&self) -> bool {
        matches!(self, Self::Busy(_))
    }

    /// Whether a sync was told not to go on.
    #[must_use]
    pub const fn is_stopped(&self) -> bool {
        matches!(self, Self::Stopped)
    }

    /// Whether a past state was asked for that there is none of.
    #[must_use]
    pub const fn is_no_such_sync(&self) -> bool {
        matches!(self, Self::NoSuchSync(_))
    }

    /// Whether the disk is full. Nothing was changed.
    #[must_use]
    pub fn is_disk_full(&self) -> bool {
        match self {
            Self::Sqlite(error) => error.sqlite_error_code() == Some(ErrorCode::DiskFull),
            Self::Io { source, .. } => matches!(
                source.kind(),
                std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded
            ),
            _ => false,
        }
    }
}

impl From<rusqlite::Error> for MirrorError {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Busy(error),
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => Self::Corrupt(error),
            _ => Self::Sqlite(error),
        }
    }
}
