//! What was done here, by whom, with what answer; whether the record of it holds; who signs.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use ts_rs::TS;

/// Which entries are asked for. What is empty or none does not narrow.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct ActivityQuestion {
    /// The connection's id.
    pub connection: String,
    /// Of these kinds.
    pub kinds: Vec<String>,
    /// With these outcomes.
    pub outcomes: Vec<String>,
    /// In whose account, key, target, request id, details or hash this stands.
    pub text: Option<String>,
    /// From this time on, Unix milliseconds.
    pub since: Option<i64>,
    /// Before this time, Unix milliseconds.
    pub until: Option<i64>,
    /// Only what stands before the entry with this number: the next page.
    pub before: Option<u64>,
    /// How many at most.
    pub limit: u64,
}

/// Some of the entries, the newest first.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct ActivityAnswer {
    /// The entries.
    pub entries: Vec<ActivityEntry>,
    /// How many match on all pages.
    pub total: u64,
    /// Every kind that there is, by name, whatever was asked for.
    pub kinds: Vec<ActivityCount>,
}

/// How many entries there are of a kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ActivityCount {
    /// The kind.
    pub kind: String,
    /// How many.
    pub count: u64,
}

/// Something that was done.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct ActivityEntry {
    /// Its number, from 1.
    pub no: u64,
    /// When, Unix milliseconds.
    pub at: i64,
    /// The account of the operating system.
    pub account: String,
    /// The API key that was concerned.
    pub key_id: Option<u64>,
    /// What was done, such as `sync`, `export` or `secret_read`; versions add to them.
    pub kind: String,
    /// What it was done to.
    pub target: ActivityTarget,
    /// How the vendor calls the request.
    pub request_id: Option<String>,
    /// What came of it: `started`, `done`, `refused`, `failed`, `canceled`, `unknown`; versions add
    /// to them.
    pub outcome: String,
    /// More about it, by kind.
    pub detail: Value,
    /// The hash of the entry before; 64 zeros: there is none.
    pub previous: String,
    /// Its hash.
    pub hash: String,
}

/// What something was done to.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct ActivityTarget {
    /// What kind of thing, such as `connection`, `file` or `person`; versions add to them.
    pub what: String,
    /// Its id.
    pub id: Option<String>,
    /// Its name then.
    pub name: Option<String>,
}

/// The end of the chain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ActivityHead {
    /// How many entries there are.
    pub entries: u64,
    /// The hash of the last one, which stands for all of them; 64 zeros: there is none.
    pub hash: String,
    /// When the last one was noted, Unix milliseconds.
    pub at: Option<i64>,
}

/// A chain to look at.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct ActivityCheck {
    /// The connection's id.
    pub connection: String,
    /// A hash that was noted outside.
    pub head: Option<String>,
}

/// What looking at every entry showed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ActivityVerification {
    /// Unix seconds.
    pub checked_at: i64,
    /// How many entries from the first on hold.
    pub sound: u64,
    /// The end of the chain, as it is stored.
    pub head: ActivityHead,
    /// The first entry that does not hold; none: all do.
    pub broken: Option<ActivityBreak>,
    /// Where the hash stands that was noted outside; none if none was given.
    pub anchor: Option<ActivityAnchor>,
}

/// The first entry that does not hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
pub struct ActivityBreak {
    /// Its number.
    pub no: i64,
    /// Why.
    pub fault: ActivityFault,
}

/// Why an entry does not hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "lowercase")]
pub enum ActivityFault {
    /// There is none with this number, though there are later ones.
    Missing,
    /// Its hash is not that of what it holds.
    Changed,
    /// It does not hold the hash of the entry before it.
    Unlinked,
}

/// Where a hash stands that was noted outside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
pub struct ActivityAnchor {
    /// It is the hash of this entry, and all up to it hold; none: it is that of none that holds.
    pub no: Option<u64>,
}

/// Whether a signing key shall be made.
#[derive(Debug, Clone, Copy, Deserialize, TS)]
pub struct SigningWish {
    /// Make one if there is none.
    pub create: bool,
    /// Make another one in the place of the one that there is.
    pub renew: bool,
}

/// Who signs here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct SigningIdentity {
    /// The public key, 32 bytes in base64.
    pub public_key: String,
    /// Its SHA-256 in groups of four hexadecimal digits.
    pub fingerprint: String,
    /// When it was made, Unix seconds.
    pub made_at: i64,
}
