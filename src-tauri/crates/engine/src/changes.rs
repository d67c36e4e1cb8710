//! Changes: what somebody wants becomes a draft, the draft a plan, the plan an application of
//! exactly what it says.

mod adopting;
mod alone;
mod applying;
mod approvals;
mod approving;
mod asking;
mod broken_off;
mod cloning;
mod colleagues;
mod confirming;
mod drafts;
mod following;
mod giving;
mod handing;
mod held;
mod looking;
mod missing;
mod outbox;
mod planning;
mod plans;
mod reach;
mod sending;
mod settling;
mod undoing;

use muster_directory::ActKind;
use muster_mirror::ConnectionRecord;
use muster_vendor::medipim::acts::acts;

use crate::{Result, access::platform};

pub use applying::{Applying, Tally};
pub use approvals::{ApprovalSeen, Approvals, MovedBases};
pub(crate) use approving::Opened;
pub use approving::{Opening, PlanFileSeen, Written};
pub use colleagues::Standing;
pub use drafts::{Draft, DraftWish};
pub use handing::{Clipboard, ClipboardError};
pub(crate) use held::Held;
pub use held::{GivenSecret, HeldSecret, Untaken};
pub use looking::SubscriptionTypes;
pub use missing::Missing;
pub(crate) use planning::Known;
pub use planning::{PlanWish, Planned};
pub use plans::{PlanDetails, Steps};

/// The kinds of acts that the vendor of a connection knows.
pub(crate) fn kinds(record: &ConnectionRecord) -> Result<Vec<ActKind>> {
    Ok(acts(platform(record)?))
}
