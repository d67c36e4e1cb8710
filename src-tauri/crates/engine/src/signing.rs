//! The key that signs for the person: a pair of Ed25519 keys, one a profile, made on first use.
//!
//! The private key stands in the vault, under a name of its own, and is read only to sign. The
//! public key stands in the profile, so that it can be shown without opening the vault.

use base64::{Engine as _, prelude::BASE64_STANDARD};
use ed25519_dalek::{Signer, SigningKey};
use muster_directory::{ExposeSecret, SecretString};
use muster_mirror::ConnectionRecord;
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use zeroize::Zeroizing;

use crate::{Change, Engine, Error, Result, activity::Purpose, clock, engine::blocking};

pub use muster_directory::signature::{NotBytes, PublicKey, Signature, verify};

/// The setting under which the public key stands.
const SETTING: &str = "signing";

/// Who signs here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SigningIdentity {
    /// The public key.
    pub public_key: PublicKey,
    /// When it was made, Unix seconds.
    pub made_at: i64,
}

/// Something that was signed here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Signed {
    /// With the private half of this key.
    pub public_key: PublicKey,
    /// The signature.
    pub signature: Signature,
}

/// A pair of keys as the profile keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Kept {
    /// The vault's name for the private key.
    account: String,
    public_key: String,
    /// Unix seconds.
    made_at: i64,
    /// The public keys that stood here before.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    before: Vec<String>,
}

impl Kept {
    fn identity(&self) -> Result<SigningIdentity> {
        let public_key = self.public_key.parse();
        Ok(SigningIdentity {
            public_key: public_key.map_err(|_| damaged("the profile"))?,
            made_at: self.made_at,
        })
    }

    /// The public keys that stood here, and the one that stands here.
    fn all(&self) -> Vec<String> {
        let own = std::iter::once(&self.public_key);
        self.before.iter().chain(own).cloned().collect()
    }
}

fn damaged(place: &str) -> Error {
    Error::Defect(format!("the signing key in {place} is damaged"))
}

/// A new private key from the randomness of the operating system.
fn new_key() -> Result<SigningKey> {
    let mut seed = Zeroizing::new([0; 32]);
    getrandom::fill(seed.as_mut())
        .map_err(|error| Error::Defect(format!("there is no randomness: {error}")))?;
    Ok(SigningKey::from_bytes(&seed))
}

fn secret_of(key: &SigningKey) -> SecretString {
    let seed = Zeroizing::new(key.to_bytes());
    BASE64_STANDARD.encode(seed.as_slice()).into()
}

fn key_of(secret: &SecretString) -> Option<SigningKey> {
    let seed = Zeroizing::new(BASE64_STANDARD.decode(secret.expose_secret()).ok()?);
    let seed = Zeroizing::new(<[u8; 32]>::try_from(seed.as_slice()).ok()?);
    Some(SigningKey::from_bytes(&seed))
}

impl Engine {
    /// Who signs here; none if nobody has signed yet. Does not open the vault.
    pub async fn signing_identity(&self) -> Result<Option<SigningIdentity>> {
        let engine = self.clone();
        blocking(move || engine.kept_key()?.map(|kept| kept.identity()).transpose()).await
    }

    /// Who signs here; made if nobody has signed yet.
    pub async fn make_signing_identity(&self) -> Result<SigningIdentity> {
        let engine = self.clone();
        blocking(move || engine.kept_or_new_key()?.identity()).await
    }

    /// Another key in the place of the one that signs here, which is removed from the vault. What it
    /// signed stays signed.
    pub async fn renew_signing_identity(&self) -> Result<SigningIdentity> {
        let engine = self.clone();
        blocking(move || {
            let before = engine.kept_key()?;
            let kept = engine.place_key(before.as_ref())?;
            if let Some(before) = before.filter(|before| before.account != kept.account) {
                engine.forget_key(&before.account);
            }
            kept.identity()
        })
        .await
    }

    /// Signs bytes for the person, with a key that is made if there is none. That the private key
    /// was read is noted for the connection, if there is one to note it for.
    pub async fn sign(&self, record: Option<&ConnectionRecord>, bytes: Vec<u8>) -> Result<Signed> {
        let engine = self.clone();
        let signed = blocking(move || {
            let kept = engine.kept_or_new_key()?;
            let key = engine.private_key(&kept)?;
            Ok(Signed {
                public_key: kept.identity()?.public_key,
                signature: Signature::of_bytes(key.sign(&bytes).to_bytes()),
            })
        })
        .await?;
        if let Some(record) = record {
            self.note_secret_read(record, Purpose::Sign).await;
        }
        Ok(signed)
    }

    /// Whether a key signs here, or did before another one took its place.
    pub(crate) fn is_own_key(&self, key: &PublicKey) -> Result<bool> {
        let kept = self.kept_key()?;
        Ok(kept.is_some_and(|kept| kept.all().contains(&key.to_string())))
    }

    fn kept_key(&self) -> Result<Option<Kept>> {
        Ok(self.profile.setting(SETTING)?)
    }

    fn kept_or_new_key(&self) -> Result<Kept> {
        match self.kept_key()? {
            Some(kept) => Ok(kept),
            None => self.place_key(None),
        }
    }

    /// Makes a key and puts it in the place of another. If somebody else did so meanwhile, theirs
    /// stands, and ours was never used.
    fn place_key(&self, before: Option<&Kept>) -> Result<Kept> {
        let key = new_key()?;
        let made = Kept {
            account: format!("signing-{}", Uuid::new_v4()),
            public_key: PublicKey::of_bytes(key.verifying_key().to_bytes()).to_string(),
            made_at: clock::now(),
            before: before.map(Kept::all).unwrap_or_default(),
        };
        // The private key first: nobody may find a public key that nobody can sign for.
        self.vault.write(&made.account, &secret_of(&key))?;
        match self.profile.exchange_setting(SETTING, before, &made) {
            Ok(true) => {
                self.events.changed(Change::Settings, None);
                Ok(made)
            }
            Ok(false) => {
                self.forget_key(&made.account);
                self.kept_key()?.ok_or_else(|| damaged("the profile"))
            }
            Err(error) => {
                self.forget_key(&made.account);
                Err(error.into())
            }
        }
    }

    fn private_key(&self, kept: &Kept) -> Result<SigningKey> {
        let secret = self.vault.read(&kept.account).map_err(|error| {
            if error.is_missing() {
                return Error::SigningKeyMissing;
            }
            error.into()
        })?;
        let key = key_of(&secret).ok_or_else(|| damaged("the vault"))?;
        if kept.identity()?.public_key != PublicKey::of_bytes(key.verifying_key().to_bytes()) {
            return Err(damaged("the vault"));
        }
        Ok(key)
    }

    fn forget_key(&self, account: &str) {
        if let Err(error) = self.vault.delete(account) {
            tracing::warn!(?error, "a signing key stayed in the vault without use");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_private_key_is_read_as_it_was_written() {
        let key = new_key().unwrap();
        let back = key_of(&secret_of(&key)).unwrap();
        assert_eq!(back.to_bytes(), key.to_bytes());
        assert!(key_of(&"no base64".into()).is_none());
    }
}
