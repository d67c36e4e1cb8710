//! Plans that a second person looks at, and what that person says: two files, each signed.
//!
//! A plan file holds a sealed plan and who sends it. Its signature is over these bytes:
//!
//! ```text
//! muster plan v1\n<the seal, 64 hexadecimal digits>\n<the author's account>
//! ```
//!
//! An approval file holds what was decided. Its signature is over these bytes, the second line
//! being JSON without blanks, its keys in this order:
//!
//! ```text
//! muster approval v1\n{"seal":…,"plan_id":…,"decision":…,"comment":…,"at":…,"account":…}
//! ```
//!
//! The public key is bound by the signature itself, the fingerprint by the public key. What comes
//! from elsewhere is bounded, and refused if anything stands in it that would not be written.

use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::Value;

use super::{FORMAT, Plan, Seal};
use crate::signature::{PublicKey, Signature, verify};

/// The largest plan file that is written and read, in bytes.
pub const LARGEST_PLAN_FILE: u64 = 32 * 1024 * 1024;

/// The largest approval file that is written and read, in bytes.
pub const LARGEST_APPROVAL_FILE: u64 = 64 * 1024;

/// The longest comment, in characters.
pub const LONGEST_COMMENT: usize = 4_000;

/// What a plan file and an approval file say that they are.
const PLAN: &str = "muster-plan";
const APPROVAL: &str = "muster-approval";

/// The version of both that is written and read.
const VERSION: u32 = 1;

/// Why a file is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum FileError {
    /// It is larger than anything that is written.
    #[error("this file is larger than {0} bytes, and Muster writes none of that size")]
    TooLarge(u64),
    /// Its end is missing.
    #[error("this file is cut off: its end is missing")]
    CutOff,
    /// It is something else than what is expected.
    #[error("this is no file with {}", .0.words())]
    Another(Expected),
    /// A newer version of the app has written it.
    #[error(
        "a newer version of Muster wrote this file (version {0}): install that version to open it"
    )]
    Newer(u32),
    /// It is not as it was signed.
    #[error("this file was changed after it was signed, or is damaged: {}", .0.words())]
    Altered(Altered),
}

/// What a file is expected to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expected {
    /// A plan.
    Plan,
    /// What somebody says of a plan.
    Approval,
}

impl Expected {
    const fn words(self) -> &'static str {
        match self {
            Self::Plan => "a plan",
            Self::Approval => "an approval of a plan",
        }
    }

    const fn format(self) -> &'static str {
        match self {
            Self::Plan => PLAN,
            Self::Approval => APPROVAL,
        }
    }

    /// The largest file of this kind, in bytes.
    #[must_use]
    pub const fn largest(self) -> u64 {
        match self {
            Self::Plan => LARGEST_PLAN_FILE,
            Self::Approval => LARGEST_APPROVAL_FILE,
        }
    }
}

/// What is not as it was signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Altered {
    /// Something stands in it that this version would not write.
    Form,
    /// The plan is not what was sealed.
    Seal,
    /// The fingerprint is not that of the key.
    Fingerprint,
    /// The signature does not fit.
    Signature,
}

impl Altered {
    const fn words(self) -> &'static str {
        match self {
            Self::Form => "something in it does not belong there",
            Self::Seal => "the plan is not what was sealed",
            Self::Fingerprint => "the fingerprint is not that of the key",
            Self::Signature => "the signature does not fit",
        }
    }
}

/// Who has signed a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signatory {
    /// With the private half of this key.
    pub public_key: PublicKey,
    /// The fingerprint of that, for people to compare.
    pub fingerprint: String,
    /// The account of the operating system, as it says itself.
    pub account: String,
    /// The signature.
    pub signature: Signature,
}

impl Signatory {
    /// Whoever signed with a key.
    #[must_use]
    pub fn of(public_key: PublicKey, account: String, signature: Signature) -> Self {
        Self {
            public_key,
            fingerprint: public_key.fingerprint(),
            account,
            signature,
        }
    }

    fn check(&self, bytes: &[u8]) -> Result<(), FileError> {
        if self.fingerprint != self.public_key.fingerprint() {
            return Err(FileError::Altered(Altered::Fingerprint));
        }
        if !verify(&self.public_key, bytes, &self.signature) {
            return Err(FileError::Altered(Altered::Signature));
        }
        Ok(())
    }
}

/// A plan that goes to a second person.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PlanFile {
    format: String,
    version: u32,
    /// As it was sealed.
    pub plan: Plan,
    /// Who sends it.
    pub author: Signatory,
}

impl PlanFile {
    /// What its author signs.
    #[must_use]
    pub fn bytes_to_sign(seal: &Seal, account: &str) -> Vec<u8> {
        format!("muster plan v1\n{seal}\n{account}").into_bytes()
    }

    /// A plan with its author's signature.
    #[must_use]
    pub fn new(plan: Plan, author: Signatory) -> Self {
        Self {
            format: PLAN.to_owned(),
            version: VERSION,
            plan,
            author,
        }
    }

    /// The file's bytes.
    pub fn written(&self) -> serde_json::Result<Vec<u8>> {
        let mut bytes = serde_json::to_vec(self)?;
        bytes.push(b'\n');
        Ok(bytes)
    }

    /// Reads a file, and everything that it claims is true of it.
    pub fn read(content: &[u8]) -> Result<Self, FileError> {
        let own: Self = read(content, Expected::Plan)?;
        if own.plan.header.format > FORMAT {
            return Err(FileError::Newer(own.plan.header.format));
        }
        if !own.plan.is_whole() {
            return Err(FileError::Altered(Altered::Seal));
        }
        let signed = Self::bytes_to_sign(&own.plan.seal, &own.author.account);
        own.author.check(&signed)?;
        Ok(own)
    }
}

/// What somebody thinks of a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Decision {
    /// It may be applied.
    Approved,
    /// It should not be applied.
    Rejected,
}

impl Decision {
    /// Its name in files.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Approved => "approved",
            Self::Rejected => "rejected",
        }
    }
}

/// What somebody says of a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opinion {
    /// The seal of the plan.
    pub seal: Seal,
    /// The plan's own id.
    pub plan_id: String,
    /// What was decided.
    pub decision: Decision,
    /// Why, in the person's words; may be empty.
    pub comment: String,
    /// When, by that person's clock, Unix seconds.
    pub at: i64,
}

/// What is signed of an approval, in this order.
#[derive(Serialize)]
struct Signed<'a> {
    seal: &'a Seal,
    plan_id: &'a str,
    decision: Decision,
    comment: &'a str,
    at: i64,
    account: &'a str,
}

impl Opinion {
    /// What whoever has it signs.
    pub fn bytes_to_sign(&self, account: &str) -> serde_json::Result<Vec<u8>> {
        let mut bytes = b"muster approval v1\n".to_vec();
        serde_json::to_writer(
            &mut bytes,
            &Signed {
                seal: &self.seal,
                plan_id: &self.plan_id,
                decision: self.decision,
                comment: &self.comment,
                at: self.at,
                account,
            },
        )?;
        Ok(bytes)
    }
}

/// What somebody says of a plan, signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Approval {
    /// What is said.
    pub opinion: Opinion,
    /// By whom.
    pub signer: Signatory,
}

/// What stands in an approval file.
#[derive(Serialize, Deserialize)]
struct ApprovalFile {
    format: String,
    version: u32,
    seal: Seal,
    plan_id: String,
    decision: Decision,
    comment: String,
    at: i64,
    signer: Signatory,
}

impl Approval {
    /// The file's bytes.
    pub fn written(&self) -> serde_json::Result<Vec<u8>> {
        let own = self.opinion.clone();
        let mut bytes = serde_json::to_vec_pretty(&ApprovalFile {
            format: APPROVAL.to_owned(),
            version: VERSION,
            seal: own.seal,
            plan_id: own.plan_id,
            decision: own.decision,
            comment: own.comment,
            at: own.at,
            signer: self.signer.clone(),
        })?;
        bytes.push(b'\n');
        Ok(bytes)
    }

    /// Reads a file, and everything that it claims is true of it.
    pub fn read(content: &[u8]) -> Result<Self, FileError> {
        let own: ApprovalFile = read(content, Expected::Approval)?;
        let opinion = Opinion {
            seal: own.seal,
            plan_id: own.plan_id,
            decision: own.decision,
            comment: own.comment,
            at: own.at,
        };
        let signed = opinion.bytes_to_sign(&own.signer.account);
        let signed = signed.map_err(|_| FileError::Altered(Altered::Form))?;
        own.signer.check(&signed)?;
        Ok(Self {
            opinion,
            signer: own.signer,
        })
    }
}

/// Reads what is expected, if every value in it is one that would be written.
fn read<T: DeserializeOwned + Serialize>(
    content: &[u8],
    expected: Expected,
) -> Result<T, FileError> {
    let largest = expected.largest();
    if content.len() as u64 > largest {
        return Err(FileError::TooLarge(largest));
    }
    let another = FileError::Another(expected);
    let value: Value = serde_json::from_slice(content).map_err(|error| {
        let is_begun = error.is_eof() && content.first() == Some(&b'{');
        if is_begun { FileError::CutOff } else { another }
    })?;
    if value["format"].as_str() != Some(expected.format()) {
        return Err(another);
    }
    match value["version"].as_u64() {
        Some(version) if version > VERSION.into() => {
            return Err(FileError::Newer(version.try_into().unwrap_or(u32::MAX)));
        }
        Some(version) if version == u64::from(VERSION) => {}
        _ => return Err(another),
    }
    let altered = FileError::Altered(Altered::Form);
    let own = T::deserialize(&value).map_err(|_| altered)?;
    // A field that is not known would be left out, and nobody would have signed that.
    let again = serde_json::to_value(&own).map_err(|_| altered)?;
    if again != value {
        return Err(altered);
    }
    Ok(own)
}

#[cfg(test)]
mod tests {
    use ed25519_dalek::{Signer, SigningKey};
    use serde_json::json;

    use super::super::tests::{header, step};
    use super::*;

    fn key(number: u8) -> SigningKey {
        SigningKey::from_bytes(&[number; 32])
    }

    fn signatory(key: &SigningKey, bytes: &[u8]) -> Signatory {
        let public_key = PublicKey::of_bytes(key.verifying_key().to_bytes());
        let signature = Signature::of_bytes(key.sign(bytes).to_bytes());
        Signatory::of(public_key, "zoë".to_owned(), signature)
    }

    fn plan(after: &str) -> Plan {
        let steps = vec![step("old", &[("profile.name", json!(after))])];
        Plan::sealed(header(1), steps).unwrap()
    }

    fn plan_file() -> PlanFile {
        let plan = plan("new");
        let bytes = PlanFile::bytes_to_sign(&plan.seal, "zoë");
        PlanFile::new(plan, signatory(&key(1), &bytes))
    }

    fn approval(decision: Decision) -> Approval {
        let opinion = Opinion {
            seal: plan("new").seal,
            plan_id: "plan".to_owned(),
            decision,
            comment: "Looks \"good\"\nto me.".to_owned(),
            at: 1_700_000_000,
        };
        let bytes = opinion.bytes_to_sign("zoë").unwrap();
        Approval {
            signer: signatory(&key(2), &bytes),
            opinion,
        }
    }

    fn text(bytes: &[u8]) -> String {
        String::from_utf8(bytes.to_vec()).unwrap()
    }

    #[test]
    fn both_files_are_read_as_they_were_written() {
        let file = plan_file();
        assert_eq!(PlanFile::read(&file.written().unwrap()), Ok(file));
        for decision in [Decision::Approved, Decision::Rejected] {
            let own = approval(decision);
            assert_eq!(Approval::read(&own.written().unwrap()), Ok(own));
        }
    }

    #[test]
    fn what_is_signed_stays_the_same_over_versions() {
        let seal = Seal::written("ab".repeat(32));
        let signed = PlanFile::bytes_to_sign(&seal, "zoë");
        assert_eq!(
            text(&signed),
            format!("muster plan v1\n{}\nzoë", "ab".repeat(32))
        );
        let own = Opinion {
            seal: Seal::written("ab".to_owned()),
            ..approval(Decision::Approved).opinion
        };
        assert_eq!(
            text(&own.bytes_to_sign("zoë").unwrap()),
            "muster approval v1\n{\"seal\":\"ab\",\"plan_id\":\"plan\",\"decision\":\"approved\",\
             \"comment\":\"Looks \\\"good\\\"\\nto me.\",\"at\":1700000000,\"account\":\"zoë\"}"
        );
    }

    /// Changes every byte in several ways; whatever is still read says the very same.
    fn every_byte<T: PartialEq + std::fmt::Debug>(
        written: &[u8],
        read: impl Fn(&[u8]) -> Result<T, FileError>,
    ) {
        let whole = read(written).unwrap();
        for at in 0..written.len() {
            for to in [written[at] ^ 1, b'0', b'"'] {
                let mut changed = written.to_vec();
                changed[at] = to;
                if let Ok(own) = read(&changed) {
                    assert_eq!(own, whole, "byte {at} became {to}");
                }
            }
            let mut shorter = written.to_vec();
            shorter.remove(at);
            if let Ok(own) = read(&shorter) {
                assert_eq!(own, whole, "byte {at} was taken out");
            }
        }
    }

    #[test]
    fn a_plan_file_with_another_byte_is_refused() {
        every_byte(&plan_file().written().unwrap(), PlanFile::read);
    }

    #[test]
    fn an_approval_file_with_another_byte_is_refused() {
        let written = approval(Decision::Rejected).written().unwrap();
        every_byte(&written, Approval::read);
    }

    #[test]
    fn a_plan_that_is_sealed_anew_is_not_what_was_signed() {
        let file = PlanFile {
            plan: plan("another"),
            ..plan_file()
        };
        assert!(file.plan.is_whole());
        assert_eq!(
            PlanFile::read(&file.written().unwrap()),
            Err(FileError::Altered(Altered::Signature))
        );
    }

    #[test]
    fn a_signature_for_one_kind_of_file_is_none_for_the_other() {
        let own = approval(Decision::Approved);
        let bytes = PlanFile::bytes_to_sign(&own.opinion.seal, "zoë");
        let own = Approval {
            signer: signatory(&key(2), &bytes),
            ..own
        };
        assert_eq!(
            Approval::read(&own.written().unwrap()),
            Err(FileError::Altered(Altered::Signature))
        );
    }

    #[test]
    fn what_nobody_signed_may_not_stand_beside() {
        let written = text(&plan_file().written().unwrap());
        for (from, to) in [
            ("\"version\":1", "\"version\":1,\"note\":\"urgent\""),
            ("\"title\":", "\"hint\":1,\"title\":"),
            ("\"no\":1", "\"no\":1,\"also\":\"this\""),
            ("\"account\":", "\"trusted\":true,\"account\":"),
        ] {
            assert!(written.contains(from), "{from}");
            let changed = written.replacen(from, to, 1);
            assert_eq!(
                PlanFile::read(changed.as_bytes()),
                Err(FileError::Altered(Altered::Form)),
                "{to}"
            );
        }
        let moved = written.replacen("\"fingerprint\":\"", "\"fingerprint\":\"0", 1);
        assert_eq!(
            PlanFile::read(moved.as_bytes()),
            Err(FileError::Altered(Altered::Fingerprint))
        );
    }

    #[test]
    fn what_cannot_be_read_says_why() {
        let written = text(&plan_file().written().unwrap());
        let newer = written.replacen("\"version\":1", "\"version\":2,\"more\":[]", 1);
        assert_eq!(PlanFile::read(newer.as_bytes()), Err(FileError::Newer(2)));
        let cut = &written.as_bytes()[..written.len() / 2];
        assert_eq!(PlanFile::read(cut), Err(FileError::CutOff));
        let another = FileError::Another(Expected::Plan);
        let approval = approval(Decision::Approved).written().unwrap();
        for content in [b"".as_slice(), b"[1", b"PK", &approval] {
            assert_eq!(PlanFile::read(content), Err(another));
        }
        assert_eq!(
            Approval::read(written.as_bytes()),
            Err(FileError::Another(Expected::Approval))
        );
        let large = vec![b' '; usize::try_from(LARGEST_APPROVAL_FILE).unwrap() + 1];
        assert_eq!(
            Approval::read(&large),
            Err(FileError::TooLarge(LARGEST_APPROVAL_FILE))
        );
    }

    #[test]
    fn a_plan_of_a_newer_form_says_so() {
        let mut header = header(0);
        header.format = FORMAT + 1;
        let plan = Plan::sealed(header, Vec::new()).unwrap();
        let bytes = PlanFile::bytes_to_sign(&plan.seal, "zoë");
        let file = PlanFile::new(plan, signatory(&key(1), &bytes));
        assert_eq!(
            PlanFile::read(&file.written().unwrap()),
            Err(FileError::Newer(FORMAT + 1))
        );
    }
}
