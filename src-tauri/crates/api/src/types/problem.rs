//! The error envelope: a code that someone acts on, words for the log, facts for the screen.

use std::collections::BTreeMap;

use serde::Serialize;
use ts_rs::TS;

/// Why something did not work.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS, thiserror::Error)]
#[error("{message}")]
#[ts(rename = "ApiError")]
pub struct ApiError {
    /// What to do about it hangs on this.
    pub code: ErrorCode,
    /// In English, for the log and for copying; the UI has its own words for each code.
    pub message: String,
    /// Facts that the words and the button need.
    pub details: Box<ErrorDetails>,
}

/// What to do about an error hangs on its code: each is acted on somewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ErrorCode {
    /// The vendor could not be reached.
    Offline,
    /// The vendor does not accept the key: 401.
    Refused,
    /// The key's role may not do this: 403.
    Denied,
    /// Too many requests: try again later.
    RateLimited,
    /// What was given is not valid; the violations say where.
    Invalid,
    /// The vendor answered with another error.
    VendorError,
    /// The vendor's answer cannot be read.
    VendorChanged,
    /// The keyring is there, but locked.
    KeyringLocked,
    /// There is no keyring on this computer.
    KeyringAbsent,
    /// The keyring refused.
    KeyringDenied,
    /// The secret is longer than the keyring takes.
    KeyringTooLong,
    /// The keyring has no secret for this connection.
    SecretMissing,
    /// The keyring does not have the private half of the signing key.
    SigningKeyMissing,
    /// What was asked for does not exist any more.
    NotFound,
    /// There is no copy on this computer yet.
    NeverSynced,
    /// A file was written by a newer version of the app.
    NewerFile,
    /// A file is damaged, or something else than it should be.
    DamagedFile,
    /// The disk is full.
    DiskFull,
    /// A file that the person chose cannot be written.
    FileNotWritten,
    /// Another export writes to the file that the person chose.
    FileBusy,
    /// A file that the person chose cannot be read.
    FileNotRead,
    /// The same is running already, perhaps in another window.
    Busy,
    /// A plan is not what was sealed.
    SealBroken,
    /// A plan takes more access away than it may without a word of the person.
    OverCeiling,
    /// Steps that would be sent need a password that is not in memory any more.
    SecretsNeeded,
    /// A file is neither a plan nor an approval, or only the beginning of one.
    NotPlanFile,
    /// A signed file is not as it was signed.
    FileAltered,
    /// Somebody approves a plan of their own.
    OwnPlan,
    /// An approval is of another plan, or of one that was made again.
    ApprovalOfAnother,
    /// A plan needs a second person, and nobody who counts has approved it.
    ApprovalNeeded,
    /// There is no clipboard, or it cannot be used.
    NoClipboard,
    /// The person stopped it.
    Canceled,
    /// The address does not use TLS.
    InsecureUrl,
    /// A defect, or a file that cannot be read.
    Internal,
}

/// Facts that the words and the button of an error need; each is there where it applies.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, TS)]
#[ts(optional_fields)]
pub struct ErrorDetails {
    /// When a request may go again.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retry_after_seconds: Option<u64>,
    /// What is not valid, and where.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub violations: Option<Vec<Violation>>,
    /// The HTTP status of the vendor's answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    /// The vendor's own code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vendor_code: Option<String>,
    /// The vendor's own words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vendor_message: Option<String>,
    /// The host or file that it is about.
    #[serde(rename = "where", skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
}

/// One thing that is not valid.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(optional_fields)]
pub struct Violation {
    /// Where: `filter.and[1].foo`.
    pub path: String,
    /// What is wrong, in English.
    pub message: String,
    /// Names the sentence in other languages.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// What stands in that sentence.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub values: Option<BTreeMap<String, String>>,
}
