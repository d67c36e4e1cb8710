//! Secrets that are gone with the process: for tests, and for a person who wants none kept.

use std::{
    collections::BTreeMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

use crate::{SecretString, Vault, VaultError, VaultKind};

/// Secrets in memory only.
#[derive(Debug, Default)]
pub struct MemoryVault {
    secrets: Mutex<BTreeMap<String, SecretString>>,
}

impl MemoryVault {
    fn secrets(&self) -> MutexGuard<'_, BTreeMap<String, SecretString>> {
        self.secrets.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Vault for MemoryVault {
    fn kind(&self) -> VaultKind {
        VaultKind::Memory
    }

    fn check(&self) -> Result<(), VaultError> {
        Ok(())
    }

    fn read(&self, account: &str) -> Result<SecretString, VaultError> {
        self.secrets()
            .get(account)
            .cloned()
            .ok_or_else(|| VaultError::Missing {
                account: account.to_owned(),
            })
    }

    fn write(&self, account: &str, secret: &SecretString) -> Result<(), VaultError> {
        self.secrets().insert(account.to_owned(), secret.clone());
        Ok(())
    }

    fn delete(&self, account: &str) -> Result<(), VaultError> {
        self.secrets().remove(account);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ExposeSecret;

    #[test]
    fn a_secret_is_kept_replaced_and_forgotten() {
        let vault = MemoryVault::default();
        assert!(vault.read("a").unwrap_err().is_missing());
        vault.write("a", &"one".into()).unwrap();
        vault.write("a", &"two".into()).unwrap();
        assert_eq!(vault.read("a").unwrap().expose_secret(), "two");
        vault.delete("a").unwrap();
        vault.delete("a").expect("forgetting twice is no mistake");
        assert!(vault.read("a").unwrap_err().is_missing());
    }

    #[test]
    fn a_vault_does_not_show_its_secrets() {
        let vault = MemoryVault::default();
        vault.write("a", &"hunter2".into()).unwrap();
        assert!(!format!("{vault:?}").contains("hunter2"));
    }
}
