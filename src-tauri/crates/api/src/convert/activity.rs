//! Between what the ledger keeps of what was done, and who signs, and the boundary.

use muster_engine::{activity, mirror, signing};
use serde_json::Value;

use crate::types::*;

/// The connection, and which entries are asked for.
pub(crate) fn activity_question(own: ActivityQuestion) -> (String, mirror::ActivityQuestion) {
    let question = mirror::ActivityQuestion {
        kinds: own.kinds,
        outcomes: own.outcomes,
        text: own.text,
        since: own.since,
        until: own.until,
        before: own.before,
        limit: own.limit,
    };
    (own.connection, question)
}

impl From<mirror::ActivityPage> for ActivityAnswer {
    fn from(own: mirror::ActivityPage) -> Self {
        let kinds = own.kinds.into_iter();
        Self {
            entries: own.entries.into_iter().map(ActivityEntry::from).collect(),
            total: own.total,
            kinds: kinds
                .map(|(kind, count)| ActivityCount { kind, count })
                .collect(),
        }
    }
}

impl From<mirror::ActivityRecord> for ActivityEntry {
    fn from(own: mirror::ActivityRecord) -> Self {
        Self {
            no: own.no,
            at: own.at,
            account: own.account,
            key_id: own.key_id.map(muster_directory::ApiKeyId::get),
            kind: own.kind,
            // An entry that somebody has damaged is shown as far as it can be read.
            target: serde_json::from_str(&own.target).unwrap_or_default(),
            request_id: own.request_id,
            outcome: own.outcome,
            detail: serde_json::from_str(&own.detail).unwrap_or(Value::String(own.detail)),
            previous: own.previous,
            hash: own.hash,
        }
    }
}

impl From<mirror::ActivityHead> for ActivityHead {
    fn from(own: mirror::ActivityHead) -> Self {
        Self {
            entries: own.no,
            hash: own.hash,
            at: own.at,
        }
    }
}

impl From<activity::Verified> for ActivityVerification {
    fn from(own: activity::Verified) -> Self {
        let found = own.verification;
        Self {
            checked_at: own.checked_at,
            sound: found.sound,
            head: found.head.into(),
            broken: found.broken.map(|own| ActivityBreak {
                no: own.no,
                fault: match own.fault {
                    mirror::Fault::Missing => ActivityFault::Missing,
                    mirror::Fault::Changed => ActivityFault::Changed,
                    mirror::Fault::Unlinked => ActivityFault::Unlinked,
                },
            }),
            anchor: found.anchor.map(|own| ActivityAnchor {
                no: match own {
                    mirror::Anchor::At(no) => Some(no),
                    mirror::Anchor::NotThere => None,
                },
            }),
        }
    }
}

impl From<signing::SigningIdentity> for SigningIdentity {
    fn from(own: signing::SigningIdentity) -> Self {
        Self {
            public_key: own.public_key.to_string(),
            fingerprint: own.public_key.fingerprint(),
            made_at: own.made_at,
        }
    }
}
