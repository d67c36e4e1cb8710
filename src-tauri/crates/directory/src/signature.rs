//! Public keys and signatures of Ed25519, as they are written, compared and checked. Private keys
//! are not here.

use std::{fmt, str::FromStr};

use base64::{Engine as _, prelude::BASE64_STANDARD};
use ed25519_dalek::VerifyingKey;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use sha2::{Digest, Sha256};

/// Bytes that are written in base64.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("expected {0} bytes in base64")]
pub struct NotBytes(usize);

/// The public half of a key that signs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct PublicKey([u8; 32]);

impl PublicKey {
    /// A key of these bytes.
    #[must_use]
    pub const fn of_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

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

/// What a private key makes of some bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Signature([u8; 64]);

impl Signature {
    /// A signature of these bytes.
    #[must_use]
    pub const fn of_bytes(bytes: [u8; 64]) -> Self {
        Self(bytes)
    }
}

macro_rules! written_in_base64 {
    ($($name:ident)*) => {$(
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&BASE64_STANDARD.encode(self.0))
            }
        }

        impl FromStr for $name {
            type Err = NotBytes;

            fn from_str(text: &str) -> Result<Self, NotBytes> {
                bytes(text).map(Self)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = String::deserialize(deserializer)?;
                text.parse().map_err(D::Error::custom)
            }
        }
    )*};
}

written_in_base64!(PublicKey Signature);

fn bytes<const N: usize>(text: &str) -> Result<[u8; N], NotBytes> {
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

#[cfg(test)]
mod tests {
    use ed25519_dalek::{Signer, SigningKey};

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
        let key = SigningKey::from_bytes(&[1; 32]);
        let public_key = PublicKey(key.verifying_key().to_bytes());
        let signature = Signature(key.sign(b"a plan").to_bytes());
        assert!(verify(&public_key, b"a plan", &signature));
        assert!(!verify(&public_key, b"a plaN", &signature));
        let other = PublicKey(SigningKey::from_bytes(&[2; 32]).verifying_key().to_bytes());
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
        let key = SigningKey::from_bytes(&[1; 32]);
        let public_key = PublicKey(key.verifying_key().to_bytes());
        assert_eq!(public_key.to_string().parse(), Ok(public_key));
        let signature = Signature(key.sign(b"x").to_bytes());
        assert_eq!(signature.to_string().parse(), Ok(signature));
        let written = serde_json::to_string(&signature).unwrap();
        let read: Signature = serde_json::from_str(&written).unwrap();
        assert_eq!(read, signature);
        assert_eq!("AAAA".parse::<PublicKey>(), Err(NotBytes(32)));
        assert!(serde_json::from_str::<PublicKey>("\"AAAA\"").is_err());
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
