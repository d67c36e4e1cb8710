//! What the program can be told when it is started.

use std::path::PathBuf;

use clap::Parser;
use muster_engine::{
    Error, profile_folder,
    vault::{SecretString, VaultKind},
};

use crate::links;

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

    /// A link to a shared view, to look at it.
    #[arg(value_name = "LINK", value_parser = link)]
    pub link: Option<String>,
}

fn link(text: &str) -> Result<String, &'static str> {
    match links::is_link(text) {
        true => Ok(text.to_owned()),
        false => Err("expected a link that begins with muster://"),
    }
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

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_arguments_are_consistent() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn a_link_is_the_only_thing_without_a_name() {
        let link = |given: &str| Arguments::try_parse_from(["muster", given]).map(|own| own.link);
        assert_eq!(
            link("muster://view/a").unwrap().as_deref(),
            Some("muster://view/a")
        );
        assert!(link("https://example.com").is_err());
    }
}
