//! Which vault a host uses: the keyring, unless the person explicitly chose otherwise.

use std::{path::Path, sync::Arc};

use muster_directory::{ExposeSecret, SecretString, Violation};
use muster_vault::{FileVault, KeyringVault, MemoryVault, Vault, VaultKind};

use crate::Result;

/// The vault of this kind. A passphrase file lies in the profile's folder and needs its passphrase.
pub fn vault(
    kind: VaultKind,
    profile: &Path,
    passphrase: Option<SecretString>,
) -> Result<Arc<dyn Vault>> {
    Ok(match kind {
        VaultKind::Keyring => Arc::new(KeyringVault::default()),
        VaultKind::Memory => Arc::new(MemoryVault::default()),
        VaultKind::File => {
            let given = passphrase.filter(|given| !given.expose_secret().is_empty());
            let passphrase = given.ok_or_else(|| {
                Violation::new(
                    "MUSTER_VAULT_PASSPHRASE",
                    "the passphrase of the file is needed",
                )
            })?;
            Arc::new(FileVault::open(profile.join("secrets.age"), passphrase)?)
        }
    })
}
