//! From a cause to the envelope that crosses the boundary.

use std::{
    io::{self, ErrorKind},
    path::Path,
};

use muster_engine::{
    Error,
    directory::plan::approval::FileError,
    mirror::MirrorError,
    vault::VaultError,
    vendor::{BaseUrlError, VendorError},
};

use crate::types::{ApiError, ErrorCode, ErrorDetails, Violation};

impl ApiError {
    /// A defect in the app.
    pub(crate) fn defect(message: String) -> Self {
        Self {
            code: ErrorCode::Internal,
            message,
            details: Box::default(),
        }
    }
}

impl From<Error> for ApiError {
    fn from(error: Error) -> Self {
        api_error(&error)
    }
}

/// The envelope of a cause. The cause itself stays in the log.
#[must_use]
pub fn api_error(error: &Error) -> ApiError {
    let (code, details) = match error {
        Error::Vendor(error) => of_vendor(error),
        Error::Vault(error) => (of_vault(error), ErrorDetails::default()),
        Error::Mirror(error) => of_mirror(error),
        Error::Address(BaseUrlError::Insecure(url)) => {
            let place = url.host_str().map(str::to_owned);
            (
                ErrorCode::InsecureUrl,
                ErrorDetails {
                    place,
                    ..ErrorDetails::default()
                },
            )
        }
        Error::Address(error @ BaseUrlError::NotAServer(_)) => {
            let violation = muster_directory::Violation::new("base_url", error.to_string());
            (ErrorCode::Invalid, violations(&[violation]))
        }
        Error::Invalid(found) => (ErrorCode::Invalid, violations(&found.0)),
        Error::NotFound { .. } => (ErrorCode::NotFound, ErrorDetails::default()),
        Error::NotWritten { path, source, .. } if is_disk_full(source) => {
            (ErrorCode::DiskFull, at(path))
        }
        Error::NotWritten { path, .. } => (ErrorCode::FileNotWritten, at(path)),
        Error::BeingWritten { path } => (ErrorCode::FileBusy, at(path)),
        Error::NotRead { path, .. } => (ErrorCode::FileNotRead, at(path)),
        Error::ViewNotRead { .. } => {
            let violation = muster_directory::Violation::new("view", error.to_string());
            (ErrorCode::Invalid, violations(&[violation]))
        }
        Error::SigningKeyMissing => (ErrorCode::SigningKeyMissing, ErrorDetails::default()),
        Error::Busy(_) => (ErrorCode::Busy, ErrorDetails::default()),
        Error::SealBroken { plan } => (ErrorCode::SealBroken, named(plan)),
        Error::OverCeiling { .. } => (ErrorCode::OverCeiling, ErrorDetails::default()),
        Error::SecretsNeeded { .. } => (ErrorCode::SecretsNeeded, ErrorDetails::default()),
        Error::PlanFile(error) => (of_plan_file(*error), ErrorDetails::default()),
        Error::OwnPlan => (ErrorCode::OwnPlan, ErrorDetails::default()),
        Error::ApprovalOfAnother => (ErrorCode::ApprovalOfAnother, ErrorDetails::default()),
        Error::ApprovalNeeded { plan } => (ErrorCode::ApprovalNeeded, named(plan)),
        Error::NoClipboard | Error::Clipboard(_) => {
            (ErrorCode::NoClipboard, ErrorDetails::default())
        }
        Error::NeverSynced => (ErrorCode::NeverSynced, ErrorDetails::default()),
        Error::Canceled => (ErrorCode::Canceled, ErrorDetails::default()),
        Error::Defect(_) => (ErrorCode::Internal, ErrorDetails::default()),
    };
    if code == ErrorCode::Internal {
        tracing::error!(?error, "a command failed for a reason that nobody foresaw");
    }
    ApiError {
        code,
        message: error.to_string(),
        details: Box::new(details),
    }
}

fn of_vendor(error: &VendorError) -> (ErrorCode, ErrorDetails) {
    let code = if error.is_offline() {
        ErrorCode::Offline
    } else if error.is_refused() {
        ErrorCode::Refused
    } else if error.is_denied() {
        ErrorCode::Denied
    } else if error.is_rate_limited() {
        ErrorCode::RateLimited
    } else if error.is_unreadable() {
        ErrorCode::VendorChanged
    } else if !error.violations().is_empty() {
        ErrorCode::Invalid
    } else {
        ErrorCode::VendorError
    };
    let details = ErrorDetails {
        retry_after_seconds: error.retry_after().map(|after| after.as_secs().max(1)),
        status: error.status(),
        vendor_code: error.vendor_code().map(str::to_owned),
        vendor_message: error.vendor_message().map(str::to_owned),
        place: Some(error.host().to_owned()),
        ..violations(error.violations())
    };
    (code, details)
}

const fn of_plan_file(error: FileError) -> ErrorCode {
    match error {
        FileError::TooLarge(_) | FileError::CutOff | FileError::Another(_) => {
            ErrorCode::NotPlanFile
        }
        FileError::Newer(_) => ErrorCode::NewerFile,
        FileError::Altered(_) => ErrorCode::FileAltered,
    }
}

fn of_vault(error: &VaultError) -> ErrorCode {
    if error.is_missing() {
        ErrorCode::SecretMissing
    } else if error.is_locked() {
        ErrorCode::KeyringLocked
    } else if error.is_absent() {
        ErrorCode::KeyringAbsent
    } else if error.is_too_long() {
        ErrorCode::KeyringTooLong
    } else {
        ErrorCode::KeyringDenied
    }
}

fn of_mirror(error: &MirrorError) -> (ErrorCode, ErrorDetails) {
    let code = if error.is_newer() {
        ErrorCode::NewerFile
    } else if error.is_corrupt() || error.is_not_ours() {
        ErrorCode::DamagedFile
    } else if error.is_disk_full() {
        ErrorCode::DiskFull
    } else if error.is_busy() {
        ErrorCode::Busy
    } else {
        ErrorCode::Internal
    };
    let details = match error {
        MirrorError::Newer { path, .. }
        | MirrorError::NotOurs { path }
        | MirrorError::Io { path, .. } => at(path),
        _ => ErrorDetails::default(),
    };
    (code, details)
}

fn is_disk_full(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded
    )
}

fn named(what: &str) -> ErrorDetails {
    ErrorDetails {
        place: Some(what.to_owned()),
        ..ErrorDetails::default()
    }
}

fn at(path: &Path) -> ErrorDetails {
    ErrorDetails {
        place: Some(path.display().to_string()),
        ..ErrorDetails::default()
    }
}

impl From<&muster_directory::Violation> for Violation {
    fn from(own: &muster_directory::Violation) -> Self {
        let values = own.coded.as_ref().map(|coded| {
            let values = coded.values.iter();
            let values = values.map(|(name, value)| ((*name).to_owned(), value.clone()));
            values.collect()
        });
        Self {
            path: own.path.clone(),
            message: own.message.clone(),
            code: own.coded.as_ref().map(|coded| coded.code.to_owned()),
            values,
        }
    }
}

fn violations(found: &[muster_directory::Violation]) -> ErrorDetails {
    let list: Vec<_> = found.iter().map(Violation::from).collect();
    ErrorDetails {
        violations: (!list.is_empty()).then_some(list),
        ..ErrorDetails::default()
    }
}

/// What is not valid, at a path.
pub(crate) fn invalid(path: &str, message: String) -> ApiError {
    Error::from(muster_directory::Violation::new(path, message)).into()
}

/// A host sent what is not the command's input: a field of the wrong type, or none.
#[allow(clippy::needless_pass_by_value, reason = "it is handed to map_err")]
pub(crate) fn invalid_input(error: serde_json::Error) -> ApiError {
    invalid("input", error.to_string())
}
