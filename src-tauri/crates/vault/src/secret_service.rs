//! The Secret Service of a Linux session, asked in such a way that nothing waits for ever.
//!
//! The `keyring` library unlocks whatever it finds locked, which opens a window of the desktop and
//! waits for the person: for ever where there is no desktop. So every act first looks, on a
//! connection of its own, whether the secrets are locked, and only `unlock` may ask. A fresh
//! connection for each act costs some milliseconds and survives a keyring that was restarted.

use std::{collections::HashMap, sync::mpsc, thread, time::Duration};

use keyring_core::{Entry, api::CredentialStoreApi};
use secret_service::{EncryptionType, Error, blocking::SecretService};
use zbus_secret_service_keyring_store::Store;

use crate::{ExposeSecret, SecretString, VaultError, keyring::classify};

/// How long the keyring may take to answer.
const ANSWER: Duration = Duration::from_secs(15);

/// How long the person may take to answer the keyring's question.
const PERSON: Duration = Duration::from_secs(180);

pub(crate) fn check(service: &str) -> Result<(), VaultError> {
    let service = service.to_owned();
    within(ANSWER, move || look(&service, None))
}

pub(crate) fn unlock(_service: &str) -> Result<(), VaultError> {
    within(PERSON, || {
        let keyring = connect()?;
        match keyring.get_default_collection() {
            Ok(collection) if !collection.is_locked().map_err(meaning)? => Ok(()),
            Ok(collection) => collection.unlock().map_err(meaning),
            Err(Error::NoResult) => keyring
                .create_collection("Login", "default")
                .map(drop)
                .map_err(meaning),
            Err(error) => Err(meaning(error)),
        }
    })
}

pub(crate) fn read(service: &str, account: &str) -> Result<SecretString, VaultError> {
    act(service, account, |entry| {
        entry.get_password().map(Into::into)
    })
}

pub(crate) fn write(service: &str, account: &str, secret: &SecretString) -> Result<(), VaultError> {
    let secret = secret.clone();
    act(service, account, move |entry| {
        entry.set_password(secret.expose_secret())
    })
}

pub(crate) fn delete(service: &str, account: &str) -> Result<(), VaultError> {
    act(service, account, Entry::delete_credential)
}

/// Does one thing with a secret that is not locked.
fn act<T: Send + 'static>(
    service: &str,
    account: &str,
    act: impl FnOnce(&Entry) -> keyring::Result<T> + Send + 'static,
) -> Result<T, VaultError> {
    let (service, account) = (service.to_owned(), account.to_owned());
    within(ANSWER, move || {
        look(&service, Some(&account))?;
        Store::new()
            .and_then(|store| store.build(&service, &account, None))
            .and_then(|entry| act(&entry))
            .map_err(|error| classify(error, &account))
    })
}

/// Whether the keyring is there and neither it nor the account's secret is locked.
fn look(service: &str, account: Option<&str>) -> Result<(), VaultError> {
    let keyring = connect()?;
    if let Some(account) = account {
        let attributes = HashMap::from([("service", service), ("username", account)]);
        let found = keyring.search_items(attributes).map_err(meaning)?;
        if !found.locked.is_empty() {
            return Err(VaultError::Locked { source: None });
        }
        if !found.unlocked.is_empty() {
            return Ok(());
        }
    }
    let default = keyring.get_default_collection().map_err(meaning)?;
    if default.is_locked().map_err(meaning)? {
        return Err(VaultError::Locked { source: None });
    }
    Ok(())
}

fn connect() -> Result<SecretService<'static>, VaultError> {
    let bus = zbus::blocking::connection::Builder::session()
        .and_then(|builder| builder.build())
        .map_err(|error| VaultError::Absent {
            source: Some(error.into()),
        })?;
    // Nothing secret travels on this connection, so it needs no encryption.
    SecretService::connect_with_existing(EncryptionType::Plain, bus).map_err(meaning)
}

fn meaning(error: Error) -> VaultError {
    match error {
        Error::Locked => VaultError::Locked {
            source: Some(error.into()),
        },
        Error::Prompt => VaultError::Denied {
            source: Some(error.into()),
        },
        // A keyring without a default collection: nothing to keep a secret in until one is made.
        Error::NoResult | Error::Unavailable => VaultError::Absent {
            source: Some(error.into()),
        },
        Error::Zbus(cause) if nobody_answers(&cause) => VaultError::Absent {
            source: Some(cause.into()),
        },
        Error::Zbus(cause) if denied(&cause) => VaultError::Denied {
            source: Some(cause.into()),
        },
        error => VaultError::other("the keyring failed", error),
    }
}

/// The bus knows no keyring, or could not start it.
fn nobody_answers(error: &zbus::Error) -> bool {
    error_name(error).is_some_and(|name| {
        name.ends_with(".ServiceUnknown")
            || name.ends_with(".NameHasNoOwner")
            || name.contains(".Spawn.")
    })
}

fn denied(error: &zbus::Error) -> bool {
    error_name(error).is_some_and(|name| name.ends_with(".AccessDenied"))
}

fn error_name(error: &zbus::Error) -> Option<String> {
    match error {
        zbus::Error::MethodError(name, _, _) => Some(name.to_string()),
        zbus::Error::FDO(error) => Some(zbus::DBusError::name(error.as_ref()).to_string()),
        _ => None,
    }
}

/// Runs on a thread of its own that is left alone if it does not come back in time: the library
/// has no time limit.
fn within<T: Send + 'static>(
    limit: Duration,
    act: impl FnOnce() -> Result<T, VaultError> + Send + 'static,
) -> Result<T, VaultError> {
    let (done, wait) = mpsc::channel();
    thread::Builder::new()
        .name("keyring".to_owned())
        .spawn(move || {
            // Nobody listens any more if the limit passed.
            let _ = done.send(act());
        })
        .map_err(|error| VaultError::other("cannot start a thread", error))?;
    wait.recv_timeout(limit)
        .unwrap_or_else(|error| match error {
            mpsc::RecvTimeoutError::Timeout => Err(VaultError::plain(format!(
                "the keyring did not answer within {} seconds",
                limit.as_secs()
            ))),
            mpsc::RecvTimeoutError::Disconnected => {
                Err(VaultError::plain("the keyring library failed"))
            }
        })
}
