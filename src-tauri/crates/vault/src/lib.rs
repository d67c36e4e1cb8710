//! Secrets: the operating system's keyring, or a passphrase file by explicit choice.
//!
//! Everything here blocks: a keyring may ask the person, a passphrase file costs a deliberate
//! second of work. Callers on an async runtime go through its blocking threads.

mod error;
mod file;
mod keyring;
mod memory;
#[cfg(target_os = "linux")]
mod secret_service;

pub use error::{Source, VaultError};
pub use file::{FileVault, WorkFactor};
pub use keyring::{KeyringVault, LONGEST_UTF16_BYTES};
pub use memory::MemoryVault;
pub use muster_directory::{ExposeSecret, SecretString};

/// Where a secret is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum VaultKind {
    /// The operating system's keyring.
    Keyring,
    /// A file encrypted with a passphrase.
    File,
    /// Nowhere: gone with the process.
    Memory,
}

impl std::str::FromStr for VaultKind {
    type Err = UnknownVault;

    fn from_str(name: &str) -> Result<Self, UnknownVault> {
        match name {
            "keyring" => Ok(Self::Keyring),
            "file" => Ok(Self::File),
            "memory" => Ok(Self::Memory),
            _ => Err(UnknownVault(name.to_owned())),
        }
    }
}

/// A name that no kind of vault has.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("\u{201c}{0}\u{201d} is no kind of vault: expected keyring, file or memory")]
pub struct UnknownVault(pub String);

/// A place for secrets, one an account. An account is the id of a connection.
pub trait Vault: Send + Sync {
    /// Where the secrets are kept.
    fn kind(&self) -> VaultKind;

    /// Whether secrets can be read and written now. Never asks the person anything.
    fn check(&self) -> Result<(), VaultError>;

    /// Makes a locked vault usable, asking the person if that is needed. Does nothing to a vault
    /// that is usable.
    fn unlock(&self) -> Result<(), VaultError> {
        self.check()
    }

    /// The secret of an account. Never asks for an unlock: that is [`Vault::unlock`].
    fn read(&self, account: &str) -> Result<SecretString, VaultError>;

    /// Keeps a secret, replacing an earlier one. It was read back and compared when this is `Ok`.
    fn write(&self, account: &str, secret: &SecretString) -> Result<(), VaultError>;

    /// Forgets a secret; `Ok` too if there was none.
    fn delete(&self, account: &str) -> Result<(), VaultError>;
}

/// `Ok` if what was read back is what was written.
fn compare(account: &str, written: &SecretString, read: &SecretString) -> Result<(), VaultError> {
    if written.expose_secret() == read.expose_secret() {
        Ok(())
    } else {
        Err(VaultError::NotReadBack {
            account: account.to_owned(),
            source: None,
        })
    }
}
