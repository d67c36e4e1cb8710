//! What the program can be told when it is started.

use std::path::PathBuf;

use clap::Parser;
use muster_engine::{
    Error, profile_folder,
    vault::{SecretString, VaultKind},
};

/// Muster: who has access, answered.
#[derive(Debug, Clone, Parser)]
#[command(version, about)]
pub struct Arguments {
    /// The folder to keep everything in.
    #[arg(long, env = "MUSTER_PROFILE", value_name = "DIR")]
    pub profile: Option<PathBuf>,

    /// Where to keep secrets: keyring, file (a passphrase file) or memory.
    #[arg(long, env = "MUSTER_VAULT", default_value = "keyring")]
    pub vault: VaultKind,

    /// Open the practice directory.
    #[arg(long)]
    pub practice: bool,
}

impl Arguments {
    /// The folder to keep everything in.
    pub(crate) fn profile(&self) -> muster_engine::Result<PathBuf> {
        self.profile
            .clone()
            .or_else(profile_folder)
            .ok_or_else(|| Error::NotFound {
                what: "folder",
                which: "home".to_owned(),
            })
    }

    /// The passphrase of a passphrase file.
    pub(crate) fn passphrase(&self) -> Option<SecretString> {
        std::env::var("MUSTER_VAULT_PASSPHRASE")
            .ok()
            .map(SecretString::from)
    }
}
