//! The key that signs for the person: a pair of Ed25519 keys, one a profile, made on first use.
//!
//! The private key stands in the vault, under a name of its own, and is read only to sign. The
//! public key stands in the profile, so that it can be shown without opening the vault.

use std::{fmt, str::FromStr};

use base64::{Engine as _, prelude::BASE64_STANDARD};
use ed25519_dalek::{Signer, SigningKey, VerifyingKey};
use muster_directory::{ExposeSecret, SecretString};
use muster_mirror::ConnectionRecord;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use uuid::Uuid;
use zeroize::Zeroizing;

use crate::{Change, Engine, Error, Result, activity::Purpose, clock, engine::blocking};

/// The setting under which the public key stands.
const SETTING: &str = "signing";

/// Bytes that are written in base64.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("expected {0} bytes in base64")]
pub struct NotBytes(usize);

/// The public half of a key that signs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct PublicKey([u8; 32]);

impl PublicKey {
    /// Its SHA-256 in groups of four hexadecimal digits, for two people to compare.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        let digest = Sha256::digest(self.0);
        let groups = digest.chunks(2).map(|pair| {
            let digits = pair.iter().map(|byte| format!("{byte:02X}"));
            digits.collect::<String>()
        });
        groups.collect::<Vec<_>>().join(" ")
    }
}

impl fmt::Display for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&BASE64_STANDARD.encode(self.0))
    }
}

impl FromStr for PublicKey {
    type Err = NotBytes;

    fn from_str(text: &str) -> std::result::Result<Self, NotBytes> {
        bytes(text).map(Self)
    }
}

/// What a private key makes of some bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Signature([u8; 64]);

impl fmt::Display for Signature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&BASE64_STANDARD.encode(self.0))
    }
}

impl FromStr for Signature {
    type Err = NotBytes;

    fn from_str(text: &str) -> std::result::Result<Self, NotBytes> {
        bytes(text).map(Self)
    }
}

fn bytes<const N: usize>(text: &str) -> std::result::Result<[u8; N], NotBytes> {
    let decoded = BASE64_STANDARD.decode(text.trim()).ok();
    decoded
        .and_then(|bytes| bytes.try_into().ok())
        .ok_or(NotBytes(N))
}

/// Whether whoever has the private half of a key has signed exactly these bytes. A key that would
/// accept one signature for many bytes is none.
#[must_use]
pub fn verify(key: &PublicKey, bytes: &[u8], signature: &Signature) -> bool {
    let signature = ed25519_dalek::Signature::from_bytes(&signature.0);
    VerifyingKey::from_bytes(&key.0).is_ok_and(|key| key.verify_strict(bytes, &signature).is_ok())
}

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
}

impl Kept {
    fn identity(&self) -> Result<SigningIdentity> {
        let public_key = self.public_key.parse();
        Ok(SigningIdentity {
            public_key: public_key.map_err(|_| damaged("the profile"))?,
            made_at: self.made_at,
        })
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
    /// was read is noted for the connection.
    pub async fn sign(&self, record: &ConnectionRecord, bytes: Vec<u8>) -> Result<Signed> {
        let engine = self.clone();
        let signed = blocking(move || {
            let kept = engine.kept_or_new_key()?;
            let key = engine.private_key(&kept)?;
            Ok(Signed {
                public_key: kept.identity()?.public_key,
                signature: Signature(key.sign(&bytes).to_bytes()),
            })
        })
        .await?;
        self.note_secret_read(record, Purpose::Sign).await;
        Ok(signed)
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
            public_key: PublicKey(key.verifying_key().to_bytes()).to_string(),
            made_at: clock::now(),
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
        if kept.identity()?.public_key != PublicKey(key.verifying_key().to_bytes()) {
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

    /// RFC 8032, section 7.1, test 3.
    const SEED: &str = "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7";
    const PUBLIC: &str = "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025";
    const SIGNATURE: &str = "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac\
                             18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a";

    fn decoded<const N: usize>(hex: &str) -> [u8; N] {
        std::array::from_fn(|index| u8::from_str_radix(&hex[2 * index..2 * index + 2], 16).unwrap())
    }

    #[test]
    fn the_signature_is_that_of_the_standard() {
        let key = SigningKey::from_bytes(&decoded(SEED));
        let public_key = PublicKey(decoded(PUBLIC));
        assert_eq!(key.verifying_key().to_bytes(), public_key.0);
        let signature = Signature(key.sign(&[0xAF, 0x82]).to_bytes());
        assert_eq!(signature.0, decoded(SIGNATURE));
        assert!(verify(&public_key, &[0xAF, 0x82], &signature));
    }

    #[test]
    fn another_byte_another_key_or_another_signature_does_not_verify() {
        let key = new_key().unwrap();
        let public_key = PublicKey(key.verifying_key().to_bytes());
        let signature = Signature(key.sign(b"a plan").to_bytes());
        assert!(verify(&public_key, b"a plan", &signature));
        assert!(!verify(&public_key, b"a plaN", &signature));
        let other = PublicKey(new_key().unwrap().verifying_key().to_bytes());
        assert!(!verify(&other, b"a plan", &signature));
        let mut bytes = signature.0;
        bytes[40] ^= 1;
        assert!(!verify(&public_key, b"a plan", &Signature(bytes)));
        // A point of small order is a key for which one signature fits many texts.
        let mut weak = [0; 32];
        weak[0] = 1;
        let mut fits = [0; 64];
        fits[0] = 1;
        assert!(!verify(&PublicKey(weak), b"anything", &Signature(fits)));
    }

    #[test]
    fn keys_and_signatures_are_read_as_they_were_written() {
        let key = new_key().unwrap();
        let public_key = PublicKey(key.verifying_key().to_bytes());
        assert_eq!(public_key.to_string().parse(), Ok(public_key));
        let signature = Signature(key.sign(b"x").to_bytes());
        assert_eq!(signature.to_string().parse(), Ok(signature));
        assert_eq!("AAAA".parse::<PublicKey>(), Err(NotBytes(32)));
        let back = key_of(&secret_of(&key)).unwrap();
        assert_eq!(back.to_bytes(), key.to_bytes());
        assert!(key_of(&"no base64".into()).is_none());
    }

    #[test]
    fn a_fingerprint_is_the_sha_256_in_groups_of_four() {
        // printf '%064d' 0 | xxd -r -p | sha256sum
        assert_eq!(
            PublicKey([0; 32]).fingerprint(),
            "6668 7AAD F862 BD77 6C8F C18B 8E9F 8E20 0897 1485 6EE2 33B3 902A 591D 0D5F 2925"
        );
    }
}
