//! Connections, what is known of them, and what a request with their key has shown.

use muster_directory::{IdentifierKind, Platform, SecretString};
use serde::{Deserialize, Deserializer, Serialize};
use ts_rs::TS;

use super::ApiError;

/// A connection: one key of one vendor.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct Connection {
    /// Its id in this profile.
    pub id: String,
    /// The name that the person gave.
    pub name: String,
    /// Whose API it is.
    pub vendor: Vendor,
    /// The national platform.
    #[ts(as = "PlatformCode")]
    pub platform: Platform,
    /// The address in use, without a path.
    pub base_url: String,
    /// The API key's id.
    pub key_id: u64,
    /// Its colour in the window.
    pub colour: Colour,
    /// Whether it is the practice directory.
    pub practice: bool,
    /// Whether the practice directory answers; true for every other connection.
    pub practice_network: bool,
    /// Which identifiers its platform has.
    #[ts(as = "Vec<IdentifierCode>")]
    pub identifiers: Vec<IdentifierKind>,
    /// Whether the vendor's filter knows roles.
    pub role_filter: Capability,
    /// What the last contact said.
    pub link: Link,
    /// What its mirror holds.
    pub mirror: MirrorState,
    /// Why its mirror cannot be read.
    pub mirror_error: Option<ApiError>,
}

/// Something that the vendor's pages leave open and that was tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
pub struct Capability {
    /// Whether it is there; none: not tried yet.
    pub supported: Option<bool>,
    /// Unix seconds: when it was tried.
    pub checked_at: Option<i64>,
}

/// The TypeScript of [`Platform`].
#[derive(TS)]
#[ts(rename = "Platform", rename_all = "lowercase")]
#[allow(dead_code, reason = "it exists for its declaration in TypeScript")]
pub enum PlatformCode {
    /// Belgium.
    Be,
    /// France.
    Fr,
    /// Germany.
    De,
    /// Australia.
    Au,
}

/// The TypeScript of [`IdentifierKind`].
#[derive(TS)]
#[ts(rename = "IdentifierKind", rename_all = "lowercase")]
#[allow(dead_code, reason = "it exists for its declaration in TypeScript")]
pub enum IdentifierCode {
    /// VAT number.
    Vat,
    /// APB number.
    Apb,
    /// RIZIV number.
    Riziv,
    /// FINESS number.
    Finess,
    /// CIP number.
    Cip,
}

/// A vendor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Vendor {
    /// Medipim API v4.
    Medipim,
}

/// A colour by which a person tells connections apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs, reason = "the names say it")]
pub enum Colour {
    Blue,
    Teal,
    Green,
    Yellow,
    Orange,
    Red,
    Grape,
    Violet,
    Gray,
}

/// What the last contact with the vendor said.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(tag = "state", rename_all = "lowercase")]
pub enum Link {
    /// No contact since the app started.
    Untried,
    /// It answered.
    Live {
        /// Unix seconds.
        at: i64,
    },
    /// It did not, or not well.
    Error {
        /// Unix seconds.
        at: i64,
        /// Why.
        error: ApiError,
    },
}

/// What the mirror of a connection holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct MirrorState {
    /// None: never synced.
    pub last_sync: Option<SyncSummary>,
    /// People of the last sync.
    pub people: u64,
    /// Organizations of the last sync.
    pub organizations: u64,
    /// People that the last sync did not return any more.
    pub missing: u64,
    /// People that at least two syncs did not return any more.
    pub gone: u64,
}

/// A sync that was completed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
pub struct SyncSummary {
    /// Ascending from one.
    pub id: i64,
    /// Unix seconds.
    pub started_at: i64,
    /// Unix seconds.
    pub finished_at: i64,
    /// What it changed.
    pub people: Changes,
    /// What it changed.
    pub organizations: Changes,
}

/// What a sync changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
pub struct Changes {
    /// How many it returned.
    pub total: u64,
    /// Seen for the first time.
    pub added: u64,
    /// With other values than before.
    pub changed: u64,
    /// Not returned any more.
    pub missing: u64,
    /// Returned again after having been missing or gone.
    pub returned: u64,
    /// Not returned for the second time.
    pub gone: u64,
}

/// What a person types to make a connection.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct ConnectionDraft {
    /// Whose API it is.
    pub vendor: Vendor,
    /// The national platform.
    #[ts(as = "PlatformCode")]
    pub platform: Platform,
    /// A name of the person's choice.
    pub name: String,
    /// Another address than the platform's own.
    pub base_url: Option<String>,
    /// The API key's id.
    pub key_id: u64,
    /// The API key's secret: comes in here and never goes out.
    #[serde(deserialize_with = "secret")]
    #[ts(as = "String")]
    pub secret: SecretString,
}

/// The one way in for a secret; there is none out.
fn secret<'de, D: Deserializer<'de>>(from: D) -> Result<SecretString, D::Error> {
    String::deserialize(from).map(SecretString::from)
}

/// The same for a secret that may be left out.
pub(super) fn optional_secret<'de, D: Deserializer<'de>>(
    from: D,
) -> Result<Option<SecretString>, D::Error> {
    Ok(Option::<String>::deserialize(from)?.map(SecretString::from))
}

/// A connection, by its id.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct ConnectionRef {
    /// The connection's id.
    pub connection: String,
}

/// A new name and colour.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct ConnectionRename {
    /// The connection's id.
    pub connection: String,
    /// The new name.
    pub name: String,
    /// The new colour.
    pub colour: Colour,
}

/// A new secret of a key.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct SecretReplacement {
    /// The connection's id.
    pub connection: String,
    /// The API key's secret: comes in here and never goes out.
    #[serde(deserialize_with = "secret")]
    #[ts(as = "String")]
    pub secret: SecretString,
}

/// Whether the practice directory answers.
#[derive(Debug, Clone, Copy, Deserialize, TS)]
pub struct PracticeNetwork {
    /// False: as if the network were gone.
    pub on: bool,
}

/// What real requests with a key have shown.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct ConnectionReport {
    /// Whether it sees people, and how many.
    pub people: Access,
    /// Whether it sees organizations, and how many.
    pub organizations: Access,
    /// Which roles fit that; more than one where the vendor does not say.
    pub roles: Vec<RoleGuess>,
    /// Unix seconds.
    pub checked_at: i64,
}

/// Whether a key may read something.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(untagged)]
pub enum Access {
    /// It may.
    Allowed {
        /// Always true.
        #[ts(type = "true")]
        allowed: bool,
        /// How many it sees.
        total: u64,
    },
    /// It may not.
    Refused {
        /// Always false.
        #[ts(type = "false")]
        allowed: bool,
        /// What the vendor said.
        error: ApiError,
    },
}

/// A role that fits what was seen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct RoleGuess {
    /// The vendor's API value.
    pub role: String,
    /// The vendor's own words.
    pub name: String,
    /// What it follows from.
    pub reason: RoleReason,
    /// What is documented of it.
    pub may: Vec<RoleAction>,
}

/// What a guess of a role follows from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum RoleReason {
    /// The key sees exactly one organization.
    SeesOneOrganization,
    /// The key sees several organizations.
    SeesManyOrganizations,
    /// The key may read organizations, and there are none.
    SeesNoOrganization,
    /// The vendor refuses people to the key.
    MayNotSeePeople,
}

/// What is documented of an action.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct RoleAction {
    /// `user.view`
    pub action: String,
    /// What the vendor's page says.
    pub verdict: Verdict,
    /// On what: own, organization, linked, platform, project.
    pub scope: String,
    /// A condition in words.
    pub note: Option<String>,
    /// The most items.
    pub limit: Option<u64>,
    /// The letter of its source in `docs/contract/`.
    pub source: String,
}

/// What is documented of an action.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// It may.
    Allow,
    /// It may not.
    Deny,
    /// The vendor's page contradicts itself.
    Contested,
}

/// What removing a connection would delete.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct RemovalPreview {
    /// The files, with their sizes.
    pub files: Vec<FileSize>,
    /// People in the mirror.
    pub people: u64,
    /// Organizations in the mirror.
    pub organizations: u64,
    /// Syncs of its history.
    pub syncs: u64,
    /// Whether a secret is deleted from the keyring too.
    pub secret: bool,
}

/// A file and its size.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct FileSize {
    /// Its path.
    pub path: String,
    /// Its size.
    pub bytes: u64,
}
