//! The documented rules of a connection's vendor, and what trying things has shown.

use std::sync::{Arc, OnceLock};

use muster_directory::{
    Fact, Role,
    permission::{RulePack, RulePackError, VendorRules},
};
use muster_mirror::{ConnectionRecord, EvidenceRecord, Mirror, Tried, Who};

use crate::{Change, Engine, Error, Result, actor::Actor, clock, engine::blocking, question};

/// What is documented of a vendor's roles, seen from a connection.
#[derive(Debug, Clone)]
pub struct Rules {
    /// The day on which the vendor's pages were read for the last time, as `2026-11-21`.
    pub dated: String,
    /// The documented facts.
    pub vendor: &'static VendorRules,
    /// Who the connection's key is.
    pub actor: Actor,
    /// People of the last sync by role; none before the first one.
    pub people: Option<PeopleByRole>,
    /// What came of trying what the pages leave open, the newest first.
    pub evidence: Vec<EvidenceRecord>,
}

/// How many people of a mirror have which role.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PeopleByRole {
    /// Those whose role is known.
    pub known: Vec<(Role, u64)>,
    /// Those whose role is not.
    pub unknown: u64,
}

/// The rules that ship with the app, read once.
fn pack() -> Result<&'static RulePack> {
    static PACK: OnceLock<std::result::Result<RulePack, RulePackError>> = OnceLock::new();
    let pack = PACK.get_or_init(RulePack::shipped);
    pack.as_ref()
        .map_err(|error| Error::Defect(error.to_string()))
}

/// The rules of a vendor.
pub(crate) fn rules_of_vendor(vendor: &str) -> Result<&'static VendorRules> {
    pack()?
        .vendor(vendor)
        .ok_or_else(|| Error::Defect(format!("there are no rules of {vendor}")))
}

/// The rules of a connection's vendor.
pub(crate) fn rules_of(record: &ConnectionRecord) -> Result<&'static VendorRules> {
    rules_of_vendor(&record.vendor)
}

impl Engine {
    /// The documented rules of a connection's vendor, and what is known around them. Contacts
    /// nobody.
    pub async fn rules(&self, connection: &str) -> Result<Rules> {
        let record = self.record(connection).await?;
        let engine = self.clone();
        blocking(move || {
            Ok(Rules {
                dated: pack()?.dated.to_string(),
                vendor: rules_of(&record)?,
                actor: engine.known_actor(&record)?,
                people: people_by_role(&*engine.mirror(record.id)?)?,
                evidence: engine.profile.evidence(record.id)?,
            })
        })
        .await
    }

    /// The documented rules of a connection's vendor alone.
    pub async fn vendor_rules(&self, connection: &str) -> Result<&'static VendorRules> {
        rules_of(&self.record(connection).await?)
    }

    /// Keeps what the vendor answered when something was tried that its pages leave open. The role
    /// is that of the connection's key, if it is known.
    pub async fn record_evidence(
        &self,
        connection: &str,
        action: &str,
        outcome: Tried,
    ) -> Result<()> {
        let record = self.record(connection).await?;
        let (engine, action) = (self.clone(), action.to_owned());
        blocking(move || {
            let role = engine.known_actor(&record)?.role;
            let at = clock::now();
            Ok(engine
                .profile
                .add_evidence(record.id, &action, role.as_ref(), outcome, at)?)
        })
        .await?;
        self.events.changed(Change::Rules, Some(connection));
        Ok(())
    }

    /// What came of trying an action with a connection, the newest first.
    pub async fn evidence(&self, connection: &str, action: &str) -> Result<Vec<EvidenceRecord>> {
        let record = self.record(connection).await?;
        let (profile, action) = (Arc::clone(&self.profile), action.to_owned());
        blocking(move || {
            let mut found = profile.evidence(record.id)?;
            found.retain(|own| own.action == action);
            Ok(found)
        })
        .await
    }
}

/// How many people of the last sync have which role; none before the first one.
fn people_by_role(mirror: &Mirror) -> Result<Option<PeopleByRole>> {
    if mirror.state()?.last_sync.is_none() {
        return Ok(None);
    }
    let calendar = question::calendar(clock::now());
    let mut people = PeopleByRole::default();
    for (role, count) in mirror.facets(&Who::everybody(&calendar))?.roles {
        match role {
            Fact::Known(role) => people.known.push((role, count)),
            Fact::Absent | Fact::Unknown => people.unknown += count,
        }
    }
    Ok(Some(people))
}
