//! Why a vault did not do what it was asked. No message here ever carries a secret.

/// A cause, kept whole for the log.
pub type Source = Box<dyn std::error::Error + Send + Sync>;

/// Why a vault did not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum VaultError {
    /// The vault works and holds no secret of this account.
    #[error("there is no secret of {account}")]
    Missing {
        /// The account that was asked for.
        account: String,
    },
    /// The keyring is there and locked: the person can unlock it.
    #[error("the keyring is locked")]
    Locked {
        /// What the keyring said.
        source: Option<Source>,
    },
    /// There is no keyring in this session.
    #[error("there is no keyring in this session")]
    Absent {
        /// What was tried.
        source: Option<Source>,
    },
    /// The keyring or the person said no.
    #[error("access to the secrets was denied")]
    Denied {
        /// What the keyring said.
        source: Option<Source>,
    },
    /// The secret does not fit.
    #[error("the secret is too long: at most {most} {unit} fit")]
    TooLong {
        /// How much fits.
        most: usize,
        /// Of what.
        unit: &'static str,
    },
    /// The passphrase does not open the file.
    #[error("the passphrase does not open the file")]
    WrongPassphrase,
    /// What was written did not come back.
    #[error("the secret of {account} was written but not read back")]
    NotReadBack {
        /// The account that was written.
        account: String,
        /// Why it could not be read, if it was not merely different.
        source: Option<Box<VaultError>>,
    },
    /// Something else.
    #[error("{what}")]
    Other {
        /// In plain words.
        what: String,
        /// What was said.
        source: Option<Source>,
    },
}

impl VaultError {
    pub(crate) fn other(what: impl Into<String>, source: impl Into<Source>) -> Self {
        Self::Other {
            what: what.into(),
            source: Some(source.into()),
        }
    }

    pub(crate) fn plain(what: impl Into<String>) -> Self {
        Self::Other {
            what: what.into(),
            source: None,
        }
    }

    /// The vault works and holds no such secret.
    #[must_use]
    pub const fn is_missing(&self) -> bool {
        matches!(self, Self::Missing { .. })
    }

    /// Unlocking would help.
    #[must_use]
    pub const fn is_locked(&self) -> bool {
        matches!(self, Self::Locked { .. })
    }

    /// There is no keyring to use.
    #[must_use]
    pub const fn is_absent(&self) -> bool {
        matches!(self, Self::Absent { .. })
    }

    /// The keyring or the person said no.
    #[must_use]
    pub const fn is_denied(&self) -> bool {
        matches!(self, Self::Denied { .. })
    }

    /// The secret does not fit.
    #[must_use]
    pub const fn is_too_long(&self) -> bool {
        matches!(self, Self::TooLong { .. })
    }

    /// Another passphrase would help.
    #[must_use]
    pub const fn is_wrong_passphrase(&self) -> bool {
        matches!(self, Self::WrongPassphrase)
    }

    /// The secret must not be taken as saved.
    #[must_use]
    pub const fn is_not_read_back(&self) -> bool {
        matches!(self, Self::NotReadBack { .. })
    }
}
