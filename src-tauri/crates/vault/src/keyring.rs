//! Secrets in the operating system's keyring: Secret Service, macOS Keychain, Windows Credential
//! Manager.

#[cfg(not(target_os = "linux"))]
use keyring::Entry;
use keyring::Error;

#[cfg(target_os = "linux")]
use crate::secret_service as platform;
use crate::{ExposeSecret, SecretString, Vault, VaultError, VaultKind, compare};

/// The most bytes of a secret in UTF-16: what Windows takes. The same limit holds everywhere, so
/// that a connection means the same on every machine.
pub const LONGEST_UTF16_BYTES: usize = 2_560;

/// The name under which the app's secrets stand in the keyring.
const SERVICE: &str = "Muster";

/// Secrets in the operating system's keyring.
#[derive(Debug)]
pub struct KeyringVault {
    service: String,
}

impl Default for KeyringVault {
    fn default() -> Self {
        Self::named(SERVICE)
    }
}

impl KeyringVault {
    /// Secrets under another service name than the app's.
    pub fn named(service: impl Into<String>) -> Self {
        Self {
            service: service.into(),
        }
    }

    /// The service name under which the secrets stand.
    #[must_use]
    pub fn service(&self) -> &str {
        &self.service
    }
}

impl Vault for KeyringVault {
    fn kind(&self) -> VaultKind {
        VaultKind::Keyring
    }

    fn check(&self) -> Result<(), VaultError> {
        platform::check(&self.service)
    }

    fn unlock(&self) -> Result<(), VaultError> {
        platform::unlock(&self.service)
    }

    fn read(&self, account: &str) -> Result<SecretString, VaultError> {
        platform::read(&self.service, account)
    }

    fn write(&self, account: &str, secret: &SecretString) -> Result<(), VaultError> {
        check_length(secret)?;
        platform::write(&self.service, account, secret)?;
        let read = self
            .read(account)
            .map_err(|error| VaultError::NotReadBack {
                account: account.to_owned(),
                source: Some(Box::new(error)),
            })?;
        compare(account, secret, &read)
    }

    fn delete(&self, account: &str) -> Result<(), VaultError> {
        match platform::delete(&self.service, account) {
            Err(error) if error.is_missing() => Ok(()),
            done => done,
        }
    }
}

fn check_length(secret: &SecretString) -> Result<(), VaultError> {
    if secret.expose_secret().encode_utf16().count() * 2 > LONGEST_UTF16_BYTES {
        return Err(VaultError::TooLong {
            most: LONGEST_UTF16_BYTES / 2,
            unit: "characters",
        });
    }
    Ok(())
}

/// The operating systems whose keyring asks the person by itself, in its own window.
#[cfg(not(target_os = "linux"))]
mod platform {
    use super::{Entry, Error, ExposeSecret, SecretString, VaultError, classify};

    /// Asking for a secret that nobody keeps shows whether the keyring answers.
    pub fn check(service: &str) -> Result<(), VaultError> {
        match read(service, "availability") {
            Err(error) if !error.is_missing() => Err(error),
            _ => Ok(()),
        }
    }

    pub fn unlock(service: &str) -> Result<(), VaultError> {
        check(service)
    }

    pub fn read(service: &str, account: &str) -> Result<SecretString, VaultError> {
        let secret = entry(service, account)?.get_password();
        Ok(secret.map_err(|error| classify(error, account))?.into())
    }

    pub fn write(service: &str, account: &str, secret: &SecretString) -> Result<(), VaultError> {
        entry(service, account)?
            .set_password(secret.expose_secret())
            .map_err(|error| classify(error, account))
    }

    pub fn delete(service: &str, account: &str) -> Result<(), VaultError> {
        entry(service, account)?
            .delete_credential()
            .map_err(|error| classify(error, account))
    }

    #[allow(clippy::disallowed_methods, reason = "this is the vault")]
    fn entry(service: &str, account: &str) -> Result<Entry, VaultError> {
        Entry::new(service, account).map_err(|error| match error {
            Error::NoDefaultStore => VaultError::Absent { source: None },
            error => classify(error, account),
        })
    }
}

/// What a failure of the keyring means. Causes that could quote a secret are not kept.
pub(crate) fn classify(error: Error, account: &str) -> VaultError {
    match error {
        Error::NoEntry => VaultError::Missing {
            account: account.to_owned(),
        },
        Error::TooLong(_, most) => VaultError::TooLong {
            most: usize::try_from(most).unwrap_or(usize::MAX),
            unit: "characters",
        },
        Error::BadEncoding(_) | Error::BadDataFormat(_, _) => {
            VaultError::plain(format!("the secret of {account} is not readable text"))
        }
        Error::Ambiguous(_) => {
            VaultError::plain(format!("the keyring holds several secrets of {account}"))
        }
        error @ Error::NoStorageAccess(_) => no_access(error),
        error @ Error::PlatformFailure(_) => platform_failure(error),
        error => VaultError::other("the keyring failed", error),
    }
}

/// Secret Service: a dismissed prompt, or a collection that was locked in between.
#[cfg(target_os = "linux")]
fn no_access(error: Error) -> VaultError {
    VaultError::Locked {
        source: Some(error.into()),
    }
}

#[cfg(target_os = "linux")]
fn platform_failure(error: Error) -> VaultError {
    VaultError::other("the keyring failed", error)
}

/// Windows: a session without a logon has no Credential Manager.
#[cfg(target_os = "windows")]
fn no_access(error: Error) -> VaultError {
    VaultError::Absent {
        source: Some(error.into()),
    }
}

#[cfg(target_os = "windows")]
fn platform_failure(error: Error) -> VaultError {
    VaultError::other("the keyring failed", error)
}

#[cfg(not(any(target_os = "linux", target_os = "windows")))]
fn no_access(error: Error) -> VaultError {
    platform_failure(error)
}

#[cfg(not(any(target_os = "linux", target_os = "windows", target_os = "macos")))]
fn platform_failure(error: Error) -> VaultError {
    VaultError::Absent {
        source: Some(error.into()),
    }
}

/// macOS: by the codes of Security.framework (`SecBase.h`).
#[cfg(target_os = "macos")]
fn platform_failure(error: Error) -> VaultError {
    let code = match &error {
        Error::PlatformFailure(cause) | Error::NoStorageAccess(cause) => cause
            .downcast_ref::<security_framework::base::Error>()
            .map(|cause| cause.code()),
        _ => None,
    };
    let source = Some(error.into());
    match code {
        // errSecInteractionNotAllowed
        Some(-25308) => VaultError::Locked { source },
        // errSecNotAvailable, errSecNoSuchKeychain, errSecInvalidKeychain, errSecNoDefaultKeychain
        Some(-25291 | -25294 | -25295 | -25307) => VaultError::Absent { source },
        // errSecAuthFailed, errSecUserCanceled, errSecReadOnly, wrPermErr, errSecInvalidOwnerEdit
        Some(-25293 | -128 | -25292 | -61 | -25244) => VaultError::Denied { source },
        _ => VaultError::Other {
            what: "the keyring failed".to_owned(),
            source,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_of_the_longest_length_fits_and_one_more_does_not() {
        let longest = "\u{e9}".repeat(LONGEST_UTF16_BYTES / 2);
        assert!(check_length(&longest.clone().into()).is_ok());
        assert!(
            check_length(&(longest + "a").into())
                .unwrap_err()
                .is_too_long()
        );
        let astral = "\u{1f511}".repeat(LONGEST_UTF16_BYTES / 4 + 1);
        assert!(check_length(&astral.into()).unwrap_err().is_too_long());
    }

    #[test]
    fn a_failure_never_quotes_a_secret() {
        for error in [
            Error::BadEncoding(b"hunter2".to_vec()),
            Error::BadDataFormat(b"hunter2".to_vec(), "hunter2".into()),
        ] {
            let error = classify(error, "a");
            let shown = format!("{error} {error:?}");
            // A byte vector in Debug shows its numbers.
            assert!(
                !shown.contains("hunter2") && !shown.contains("104, 117"),
                "{shown}"
            );
        }
    }

    #[test]
    fn no_entry_is_the_only_failure_that_means_missing() {
        assert!(classify(Error::NoEntry, "a").is_missing());
        for error in [
            Error::NoStorageAccess("locked".into()),
            Error::PlatformFailure("broken".into()),
            Error::NoDefaultStore,
            Error::Ambiguous(Vec::new()),
            Error::TooLong("secret".to_owned(), 1),
        ] {
            assert!(!classify(error, "a").is_missing());
        }
    }
}
