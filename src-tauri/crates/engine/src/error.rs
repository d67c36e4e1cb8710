//! Why something did not work: the cause, kept whole.

use std::{io, path::PathBuf, sync::Arc};

use muster_directory::{Violation, Violations};
use muster_mirror::MirrorError;
use muster_vault::VaultError;
use muster_vendor::{BaseUrlError, VendorError};

/// Why something did not work. Cheap to clone: a job keeps it for whoever looks later.
#[derive(Debug, Clone, thiserror::Error)]
pub enum Error {
    /// The vendor did not answer, or not well.
    #[error(transparent)]
    Vendor(Arc<VendorError>),
    /// A secret cannot be reached.
    #[error(transparent)]
    Vault(Arc<VaultError>),
    /// A file cannot be read or written.
    #[error(transparent)]
    Mirror(Arc<MirrorError>),
    /// An address that no secret may travel to.
    #[error(transparent)]
    Address(#[from] BaseUrlError),
    /// What was given is not valid.
    #[error(transparent)]
    Invalid(#[from] Violations),
    /// It does not exist, or not any more.
    #[error("there is no {what} \u{201c}{which}\u{201d}")]
    NotFound {
        /// What kind of thing.
        what: &'static str,
        /// Which one.
        which: String,
    },
    /// There is no copy on this computer yet.
    #[error("this connection was never synced")]
    NeverSynced,
    /// A file that the person chose cannot be written. What was there before is still there.
    #[error("{} cannot be written: {source}", path.display())]
    NotWritten {
        /// The file.
        path: PathBuf,
        /// Why.
        source: Arc<io::Error>,
    },
    /// A file that the person chose cannot be read.
    #[error("{} cannot be read: {source}", path.display())]
    NotRead {
        /// The file.
        path: PathBuf,
        /// Why.
        source: Arc<io::Error>,
    },
    /// The person stopped it.
    #[error("stopped before it was done; nothing was changed")]
    Canceled,
    /// A defect in the app.
    #[error("{0}")]
    Defect(String),
}

impl From<VendorError> for Error {
    fn from(error: VendorError) -> Self {
        if error.is_canceled() {
            Self::Canceled
        } else {
            Self::Vendor(Arc::new(error))
        }
    }
}

impl From<VaultError> for Error {
    fn from(error: VaultError) -> Self {
        Self::Vault(Arc::new(error))
    }
}

impl From<MirrorError> for Error {
    fn from(error: MirrorError) -> Self {
        Self::Mirror(Arc::new(error))
    }
}

impl From<Violation> for Error {
    fn from(violation: Violation) -> Self {
        Self::Invalid(violation.into())
    }
}

impl From<tokio::task::JoinError> for Error {
    fn from(error: tokio::task::JoinError) -> Self {
        Self::Defect(format!("a task ended early: {error}"))
    }
}
