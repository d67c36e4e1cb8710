//! Between what others say of plans in the engine and at the boundary.

use muster_engine::{
    changes::{self, Opening, Standing},
    directory::{plan::approval, signature::PublicKey},
    mirror,
};

use crate::{error::invalid, types::*};

/// A file, or what stands in one: exactly one of the two.
pub(crate) fn opening(path: Option<String>, content: Option<String>) -> Result<Opening, ApiError> {
    match (path, content) {
        (Some(path), None) => Ok(Opening::File(path.into())),
        (None, Some(content)) => Ok(Opening::Content(content)),
        _ => {
            let message = "expected exactly one of path and content";
            Err(invalid("path", message.to_owned()))
        }
    }
}

pub(crate) fn public_key(text: &str) -> Result<PublicKey, ApiError> {
    text.parse()
        .map_err(|error: muster_engine::signing::NotBytes| invalid("public_key", error.to_string()))
}

impl From<PlanDecision> for approval::Decision {
    fn from(own: PlanDecision) -> Self {
        match own {
            PlanDecision::Approved => Self::Approved,
            PlanDecision::Rejected => Self::Rejected,
        }
    }
}

impl From<approval::Decision> for PlanDecision {
    fn from(own: approval::Decision) -> Self {
        match own {
            approval::Decision::Approved => Self::Approved,
            approval::Decision::Rejected => Self::Rejected,
        }
    }
}

impl From<(approval::Signatory, Standing)> for Signatory {
    fn from((own, standing): (approval::Signatory, Standing)) -> Self {
        let (standing, name) = match standing {
            Standing::Own => (KeyStanding::Own, None),
            Standing::Known(name) => (KeyStanding::Known, Some(name)),
            Standing::Unknown => (KeyStanding::Unknown, None),
        };
        Self {
            public_key: own.public_key.to_string(),
            fingerprint: own.fingerprint,
            account: own.account,
            standing,
            name,
        }
    }
}

impl From<changes::Written> for SignedFile {
    fn from(own: changes::Written) -> Self {
        Self {
            path: own.path.display().to_string(),
            fingerprint: own.fingerprint,
        }
    }
}

impl From<changes::PlanFileSeen> for PlanFilePreview {
    fn from(own: changes::PlanFileSeen) -> Self {
        Self {
            connection_name: own.plan.record.header.connection.clone(),
            author: (own.author, own.standing).into(),
            is_mine: own.is_mine,
            connection: own.connection.map(|record| record.id.to_string()),
            plan: own.plan.into(),
        }
    }
}

impl From<changes::Approvals> for PlanApprovals {
    fn from(own: changes::Approvals) -> Self {
        Self {
            plan: own.plan.to_string(),
            needed: own.needed,
            approved: own.is_approved(),
            rows: own.rows.into_iter().map(PlanApproval::from).collect(),
        }
    }
}

impl From<changes::ApprovalSeen> for PlanApproval {
    fn from(own: changes::ApprovalSeen) -> Self {
        Self {
            counts: own.counts(),
            decision: own.opinion.decision.into(),
            comment: own.opinion.comment,
            at: own.opinion.at,
            read_at: own.read_at,
            signer: (own.signer, own.standing).into(),
            is_outdated: own.is_outdated,
        }
    }
}

impl From<changes::MovedBases> for MovedBases {
    fn from(own: changes::MovedBases) -> Self {
        Self {
            based: own.based,
            moved: own.moved,
            as_of: own.as_of,
        }
    }
}

impl From<mirror::ColleagueRecord> for Colleague {
    fn from(own: mirror::ColleagueRecord) -> Self {
        let key = own.public_key.parse::<PublicKey>();
        Self {
            // A key that is damaged in the profile is none that anybody could compare.
            fingerprint: key.map_or_else(|_| String::new(), |key| key.fingerprint()),
            name: own.name,
            public_key: own.public_key,
            confirmed_at: own.confirmed_at,
        }
    }
}
