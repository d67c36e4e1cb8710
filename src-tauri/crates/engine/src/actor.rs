//! Who the key of a connection is. The vendor does not say it: the person does, or it is the
//! practice directory's, or it can be guessed from what the key sees. A guess is only offered.

use std::sync::Arc;

use muster_directory::{OrganizationId, PersonId, Role, Violation, permission::VendorRules};
use muster_mirror::{ActorGiven, ActorGuess, ConnectionRecord, MirrorState};
use uuid::Uuid;

use crate::{
    Change, Engine, Result, clock,
    engine::blocking,
    report::{Access, Reason, Report, guess},
    rules::rules_of,
};

/// Who the key of a connection is, as far as is known.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Actor {
    /// The role.
    pub role: Option<Role>,
    /// The organization.
    pub organization: Option<OrganizationId>,
    /// The person.
    pub person: Option<PersonId>,
    /// How that is known; none if nothing is.
    pub known_by: Option<KnownBy>,
    /// Which roles fit what the key sees; none if it was neither tested nor synced.
    pub guess: Option<Guess>,
}

/// How it is known who a key is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KnownBy {
    /// The person said it.
    Given {
        /// Unix seconds.
        at: i64,
    },
    /// It is the key of the practice directory.
    Practice,
}

/// Roles that fit what a key sees.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Guess {
    /// The vendor's API values.
    pub roles: Vec<String>,
    /// What it follows from.
    pub reason: Reason,
    /// Unix seconds: when that was seen.
    pub at: i64,
}

/// Who a key is, as a person says it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ActorDraft {
    /// The role; none: not known.
    pub role: Option<Role>,
    /// The organization; none: not known.
    pub organization: Option<OrganizationId>,
    /// The person; none: not known.
    pub person: Option<PersonId>,
}

impl Engine {
    /// Who the key of a connection is, as far as is known. Contacts nobody.
    pub async fn actor(&self, connection: &str) -> Result<Actor> {
        let record = self.record(connection).await?;
        let engine = self.clone();
        blocking(move || engine.known_actor(&record)).await
    }

    /// Keeps who the key of a connection is. A draft that says nothing takes back what was said.
    pub async fn set_actor(&self, connection: &str, draft: ActorDraft) -> Result<Actor> {
        let record = self.record(connection).await?;
        check(&record, &draft)?;
        let given = (draft != ActorDraft::default()).then(|| ActorGiven {
            role: draft.role,
            organization: draft.organization,
            person: draft.person,
            at: clock::now(),
        });
        let profile = Arc::clone(&self.profile);
        blocking(move || Ok(profile.set_actor(record.id, given.as_ref())?)).await?;
        self.events.changed(Change::Rules, Some(connection));
        self.actor(connection).await
    }

    /// The same as [`Engine::actor`]. Blocks.
    pub(crate) fn known_actor(&self, record: &ConnectionRecord) -> Result<Actor> {
        let kept = self.profile.actor(record.id)?;
        let given = kept.given.unwrap_or(ActorGiven {
            role: None,
            organization: None,
            person: None,
            at: 0,
        });
        let (role, known_by) = match record.practice {
            true => (Some(Role::Reseller), Some(KnownBy::Practice)),
            false => (
                given.role,
                (given.at > 0).then_some(KnownBy::Given { at: given.at }),
            ),
        };
        let guess = match kept.guess.and_then(tested) {
            Some(guess) => Some(guess),
            None => self.seen_in_mirror(record)?,
        };
        Ok(Actor {
            role,
            organization: given.organization,
            person: given.person,
            known_by,
            guess,
        })
    }

    /// Which roles fit what the last sync saw; none before the first one.
    fn seen_in_mirror(&self, record: &ConnectionRecord) -> Result<Option<Guess>> {
        let rules = rules_of(record)?;
        // A mirror that cannot be read tells nothing; others say why.
        let state = self.mirror(record.id).and_then(|own| Ok(own.state()?));
        let state = state.unwrap_or_default();
        Ok(state
            .last_sync
            .map(|sync| from_mirror(rules, &state, sync.finished_at)))
    }

    /// Keeps which roles fit what a test of the key has shown.
    pub(crate) async fn remember_guess(&self, connection: Uuid, report: &Report) -> Result<()> {
        let Some(first) = report.roles.first() else {
            return Ok(());
        };
        let guess = ActorGuess {
            fits: report.roles.iter().map(|role| role.role.clone()).collect(),
            reason: first.reason.name().to_owned(),
            at: report.checked_at,
        };
        let profile = Arc::clone(&self.profile);
        blocking(move || Ok(profile.set_actor_guess(connection, &guess)?)).await?;
        self.events
            .changed(Change::Rules, Some(&connection.to_string()));
        Ok(())
    }
}

fn check(record: &ConnectionRecord, draft: &ActorDraft) -> Result<()> {
    let Some(role) = &draft.role else {
        return Ok(());
    };
    if rules_of(record)?.role(role.as_str()).is_none() {
        let message = format!("the vendor's pages name no role {role}");
        return Err(Violation::new("role", message).into());
    }
    if record.practice && *role != Role::Reseller {
        let message = "the key of the practice directory is a reseller's";
        return Err(Violation::new("role", message).into());
    }
    Ok(())
}

/// None for a reason that a newer version of the app knows and this one does not.
fn tested(kept: ActorGuess) -> Option<Guess> {
    Some(Guess {
        reason: Reason::named(&kept.reason)?,
        roles: kept.fits,
        at: kept.at,
    })
}

fn from_mirror(rules: &VendorRules, state: &MirrorState, at: i64) -> Guess {
    // A sync reads people and organizations, so both were allowed.
    let roles = guess(
        rules,
        &Access::Allowed(state.people),
        &Access::Allowed(state.organizations),
    );
    Guess {
        reason: roles
            .first()
            .map_or(Reason::SeesManyOrganizations, |role| role.reason),
        roles: roles.into_iter().map(|role| role.role).collect(),
        at,
    }
}
