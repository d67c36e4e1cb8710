//! Why something did not work: the cause, kept whole.

use std::{io, path::PathBuf, sync::Arc};

use muster_directory::{Violation, Violations, filter::ShapeError, plan::approval::FileError};
use muster_mirror::MirrorError;
use muster_vault::VaultError;
use muster_vendor::{BaseUrlError, VendorError};

use crate::changes::ClipboardError;

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
    #[error("{} cannot be written: {}", path.display(), step.words(source))]
    NotWritten {
        /// The file.
        path: PathBuf,
        /// At what.
        step: Step,
        /// Why.
        source: Arc<io::Error>,
    },
    /// Another export writes to this file right now.
    #[error("{} is being written by another export: wait for its end, or choose another file", path.display())]
    BeingWritten {
        /// The file.
        path: PathBuf,
    },
    /// A file that the person chose cannot be read.
    #[error("{} cannot be read: {source}", path.display())]
    NotRead {
        /// The file.
        path: PathBuf,
        /// Why.
        source: Arc<io::Error>,
    },
    /// A saved view cannot be read by this version of the app. It is kept as it is.
    #[error("the saved view \u{201c}{name}\u{201d} cannot be read: {why}")]
    ViewNotRead {
        /// Its name.
        name: String,
        /// Why.
        why: String,
    },
    /// There is a signing key, and the vault does not have its private half.
    #[error("the private half of the signing key is not where secrets are kept")]
    SigningKeyMissing,
    /// It cannot be done as things stand.
    #[error("{0}")]
    Busy(&'static str),
    /// A plan is not what was sealed.
    #[error(
        "the plan \u{201c}{plan}\u{201d} is not what was sealed: it was changed, or the file is damaged"
    )]
    SealBroken {
        /// What it is called.
        plan: String,
    },
    /// A plan takes more access away than the ceiling allows without a word of the person.
    #[error(
        "this plan takes access away {away} times; more than {ceiling} need to be confirmed by typing how many"
    )]
    OverCeiling {
        /// How often it takes access away.
        away: u64,
        /// How often a plan may without a word.
        ceiling: u64,
    },
    /// Steps that would be sent need a secret that is not in memory any more.
    #[error(
        "a password of {steps} steps was not kept and is needed again, first of step {first}: nothing was sent"
    )]
    SecretsNeeded {
        /// The first of them, from 1.
        first: u64,
        /// How many steps.
        steps: u64,
    },
    /// A file with a plan or an approval is not taken.
    #[error(transparent)]
    PlanFile(#[from] FileError),
    /// Somebody approves what they made themselves.
    #[error("a plan is approved by another person than the one who made it")]
    OwnPlan,
    /// An approval does not belong to a plan as it stands.
    #[error(
        "this approval is of another plan, or of this one before it was made again: an approval counts for one plan alone"
    )]
    ApprovalOfAnother,
    /// A plan needs a second person, and nobody who counts has approved it.
    #[error(
        "plans of this connection need a second person, and nobody whose key was compared has approved \u{201c}{plan}\u{201d}"
    )]
    ApprovalNeeded {
        /// What it is called.
        plan: String,
    },
    /// This host has no clipboard.
    #[error("there is no clipboard here")]
    NoClipboard,
    /// The clipboard cannot be used.
    #[error(transparent)]
    Clipboard(Arc<ClipboardError>),
    /// The person stopped it.
    #[error("stopped before it was done; nothing was changed")]
    Canceled,
    /// A defect in the app.
    #[error("{0}")]
    Defect(String),
}

/// What was being done when a file could not be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Looking at what is there.
    Find,
    /// Making the file that shall take its place.
    Create,
    /// Writing into that one.
    Write,
    /// Putting that one in its place.
    Place,
}

impl Step {
    /// Why it was not done, in words that name what a person can change.
    fn words(self, error: &io::Error) -> String {
        use io::ErrorKind::{
            NotFound, PermissionDenied, QuotaExceeded, ReadOnlyFilesystem, ResourceBusy,
            StorageFull,
        };
        let words = match (self, error.kind()) {
            (_, StorageFull | QuotaExceeded) => "the disk is full",
            (_, ReadOnlyFilesystem) => "its disk may only be read",
            (Self::Find | Self::Create, NotFound) => "its folder does not exist",
            (Self::Find, PermissionDenied) => "its folder may not be entered",
            (Self::Create, PermissionDenied) => "this folder may not be written to",
            (Self::Place, PermissionDenied | ResourceBusy) => IN_USE,
            (Self::Place, _) if is_shared(error) => IN_USE,
            (Self::Write | Self::Place, NotFound) => "its folder is gone",
            _ => return error.to_string(),
        };
        words.to_owned()
    }
}

const IN_USE: &str = "the file is open in another program, or write-protected";

/// Whether Windows says that another program holds a file open: it has no kind of its own.
fn is_shared(error: &io::Error) -> bool {
    const SHARING_VIOLATION: i32 = 32;
    cfg!(windows) && error.raw_os_error() == Some(SHARING_VIOLATION)
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

impl From<ClipboardError> for Error {
    fn from(error: ClipboardError) -> Self {
        Self::Clipboard(Arc::new(error))
    }
}

impl From<VaultError> for Error {
    fn from(error: VaultError) -> Self {
        Self::Vault(Arc::new(error))
    }
}

impl From<MirrorError> for Error {
    fn from(error: MirrorError) -> Self {
        if error.is_stopped() {
            Self::Canceled
        } else {
            Self::Mirror(Arc::new(error))
        }
    }
}

impl From<Violation> for Error {
    fn from(violation: Violation) -> Self {
        Self::Invalid(violation.into())
    }
}

impl From<ShapeError> for Error {
    fn from(error: ShapeError) -> Self {
        Violation::new("filter", error.to_string()).into()
    }
}

impl From<tokio::task::JoinError> for Error {
    fn from(error: tokio::task::JoinError) -> Self {
        Self::Defect(format!("a task ended early: {error}"))
    }
}

#[cfg(test)]
mod tests {
    use io::ErrorKind::{NotFound, PermissionDenied, StorageFull};

    use super::*;

    #[test]
    fn what_stands_in_the_way_is_named_by_the_step_that_failed() {
        for (step, kind, words) in [
            (Step::Find, PermissionDenied, "may not be entered"),
            (Step::Create, NotFound, "folder does not exist"),
            (
                Step::Create,
                PermissionDenied,
                "folder may not be written to",
            ),
            (Step::Write, NotFound, "its folder is gone"),
            (Step::Write, StorageFull, "disk is full"),
            (Step::Place, PermissionDenied, "open in another program"),
        ] {
            let error = Error::NotWritten {
                path: "a.csv".into(),
                step,
                source: Arc::new(kind.into()),
            };
            assert!(
                error.to_string().contains(words),
                "{step:?} {kind}: {error}"
            );
            let cause = std::error::Error::source(&error).unwrap().to_string();
            assert_eq!(
                cause,
                io::Error::from(kind).to_string(),
                "the cause is kept"
            );
        }
    }
}
