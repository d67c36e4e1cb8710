//! Between the engine's values and those of the boundary.

use muster_directory::{
    ApiKeyId, IdentifierKind, OrganizationSort, Platform, Sort,
    permission::{self, Permission, Scope},
};
use muster_engine::{
    Change, Event, connections, jobs,
    mirror::{self, SyncRecord},
    organizations::FoundOrganization,
    question as asked,
    question::{Question, Window},
    report, vault,
};

use crate::{
    error::{api_error, invalid},
    types::*,
};

mod activity;
pub(crate) mod approvals;
pub(crate) mod changes;
mod filter;
pub(crate) mod import;
mod question;
mod rules;
mod taking;
mod views;

pub(crate) use activity::activity_question;
pub(crate) use filter::{byte_at, completions, reading};
pub(crate) use question::{
    capability, comparison, facets, person_details, person_id, person_row, sort, sync_mark, who,
};
pub(crate) use rules::{actor_draft, may_question, what_if};
pub use rules::{may_answer, what_if_outcome};
pub(crate) use taking::{copying, export};
pub(crate) use views::{opening, shared, view_draft};

pub(crate) fn draft(typed: ConnectionDraft) -> Result<connections::Draft, ApiError> {
    let Vendor::Medipim = typed.vendor;
    Ok(connections::Draft {
        name: typed.name,
        platform: typed.platform,
        base_url: typed.base_url.filter(|url| !url.trim().is_empty()),
        key: ApiKeyId::try_from(typed.key_id)
            .map_err(|error| invalid("key_id", error.to_string()))?,
        secret: typed.secret,
    })
}

/// An event, as the UI is told of it.
#[must_use]
pub fn event(event: Event) -> AppEvent {
    match event {
        Event::Job(job) => AppEvent::Job {
            job: Box::new((*job).into()),
        },
        Event::Changed { what, connection } => {
            let what = match what {
                Change::Connections => Changed::Connections,
                Change::Mirror => Changed::Mirror,
                Change::Views => Changed::Views,
                Change::Rules => Changed::Rules,
                Change::Activity => Changed::Activity,
                Change::Plans => Changed::Plans,
                Change::Settings => Changed::Settings,
            };
            AppEvent::Changed { what, connection }
        }
    }
}

/// What is told when the window is closed while something is at stake.
#[must_use]
pub const fn closing(own: muster_engine::closing::AtStake) -> AppEvent {
    AppEvent::Closing {
        at_stake: AtStake {
            plans: own.plans,
            keys: own.keys,
            made: own.made,
            unsent: own.unsent,
        },
    }
}

impl From<connections::Connection> for Connection {
    fn from(own: connections::Connection) -> Self {
        let platform = platform(&own.record);
        Self {
            role_filter: capability(own.role_filter),
            id: own.record.id.to_string(),
            name: own.record.name,
            vendor: Vendor::Medipim,
            platform,
            base_url: own.base_url,
            key_id: own.record.key_id.get(),
            colour: Colour::named(&own.record.colour),
            practice: own.record.practice,
            practice_network: own.practice_network,
            identifiers: platform.identifiers().to_vec(),
            link: match own.link {
                connections::Link::Untried => Link::Untried,
                connections::Link::Live { at } => Link::Live { at },
                connections::Link::Error { at, error } => Link::Error {
                    at,
                    error: api_error(&error),
                },
            },
            mirror: own.mirror.into(),
            mirror_error: own.mirror_error.as_ref().map(api_error),
        }
    }
}

impl Colour {
    const NAMED: [(Self, &str); 9] = [
        (Self::Blue, "blue"),
        (Self::Teal, "teal"),
        (Self::Green, "green"),
        (Self::Yellow, "yellow"),
        (Self::Orange, "orange"),
        (Self::Red, "red"),
        (Self::Grape, "grape"),
        (Self::Violet, "violet"),
        (Self::Gray, "gray"),
    ];

    /// The name that the profile keeps.
    pub(crate) fn name(self) -> &'static str {
        Self::NAMED
            .iter()
            .find(|(colour, _)| *colour == self)
            .map_or("gray", |(_, name)| name)
    }

    /// The color of a name; gray if a newer version of the app kept one that we do not know.
    fn named(name: &str) -> Self {
        let found = Self::NAMED.iter().find(|(_, known)| *known == name);
        found.map_or(Self::Gray, |(colour, _)| *colour)
    }
}

impl From<mirror::MirrorState> for MirrorState {
    fn from(own: mirror::MirrorState) -> Self {
        Self {
            last_sync: own.last_sync.map(SyncSummary::from),
            people: own.people,
            organizations: own.organizations,
            missing: own.missing,
            gone: own.gone,
        }
    }
}

impl From<SyncRecord> for SyncSummary {
    fn from(own: SyncRecord) -> Self {
        Self {
            id: own.id,
            started_at: own.started_at,
            finished_at: own.finished_at,
            people: own.people.into(),
            organizations: own.organizations.into(),
        }
    }
}

impl From<mirror::Tally> for Changes {
    fn from(own: mirror::Tally) -> Self {
        Self {
            total: own.total,
            added: own.added,
            changed: own.changed,
            missing: own.missing,
            returned: own.returned,
            gone: own.gone,
        }
    }
}

impl From<connections::RemovalPreview> for RemovalPreview {
    fn from(own: connections::RemovalPreview) -> Self {
        let files = own.files.into_iter();
        Self {
            files: files
                .map(|(path, bytes)| FileSize {
                    path: path.display().to_string(),
                    bytes,
                })
                .collect(),
            people: own.mirror.people,
            organizations: own.mirror.organizations,
            syncs: own.syncs,
            secret: own.secret,
        }
    }
}

impl From<report::Report> for ConnectionReport {
    fn from(own: report::Report) -> Self {
        Self {
            people: own.people.into(),
            organizations: own.organizations.into(),
            roles: own.roles.into_iter().map(RoleGuess::from).collect(),
            checked_at: own.checked_at,
        }
    }
}

impl From<report::Access> for Access {
    fn from(own: report::Access) -> Self {
        match own {
            report::Access::Allowed(total) => Self::Allowed {
                allowed: true,
                total,
            },
            report::Access::Refused(error) => Self::Refused {
                allowed: false,
                error: api_error(&error),
            },
        }
    }
}

impl From<report::RoleGuess> for RoleGuess {
    fn from(own: report::RoleGuess) -> Self {
        Self {
            role: own.role,
            name: own.name,
            reason: own.reason.into(),
            may: own.may.into_iter().map(RoleAction::from).collect(),
        }
    }
}

impl From<report::Reason> for RoleReason {
    fn from(own: report::Reason) -> Self {
        match own {
            report::Reason::SeesOneOrganization => Self::SeesOneOrganization,
            report::Reason::SeesManyOrganizations => Self::SeesManyOrganizations,
            report::Reason::SeesNoOrganization => Self::SeesNoOrganization,
            report::Reason::MayNotSeePeople => Self::MayNotSeePeople,
        }
    }
}

impl From<permission::Verdict> for Verdict {
    fn from(own: permission::Verdict) -> Self {
        match own {
            permission::Verdict::Allow => Self::Allow,
            permission::Verdict::Deny => Self::Deny,
            permission::Verdict::Contested => Self::Contested,
        }
    }
}

impl From<Permission> for RoleAction {
    fn from(row: Permission) -> Self {
        Self {
            action: row.action,
            verdict: row.verdict.into(),
            scope: match row.scope {
                Scope::Own => "own",
                Scope::Organization => "organization",
                Scope::Linked => "linked",
                Scope::Platform => "platform",
                Scope::Project => "project",
            }
            .to_owned(),
            note: row.note,
            limit: row.limit,
            source: row.source,
        }
    }
}

impl From<jobs::Job> for Job {
    fn from(own: jobs::Job) -> Self {
        let applied = match own.state {
            jobs::State::Done(jobs::Outcome::Applied(tally)) => Some(AppliedTally {
                done: tally.done,
                not_done: tally.not_done,
                unknown: tally.unknown,
            }),
            _ => None,
        };
        let plan = match own.kind {
            jobs::Kind::Apply(plan) => Some(plan.to_string()),
            _ => None,
        };
        let (state, error, summary) = match own.state {
            jobs::State::Running => (JobState::Running, None, None),
            jobs::State::Done(outcome) => {
                let summary = match outcome {
                    jobs::Outcome::Synced(record) => Some(record.into()),
                    jobs::Outcome::Exported(_) | jobs::Outcome::Applied(_) => None,
                };
                (JobState::Done, None, summary)
            }
            jobs::State::Failed(error) => (JobState::Failed, Some(api_error(&error)), None),
            jobs::State::Canceled => (JobState::Canceled, None, None),
        };
        Self {
            id: own.id,
            path: own.kind.path().map(|path| path.display().to_string()),
            kind: match own.kind {
                jobs::Kind::Sync => JobKind::Sync,
                jobs::Kind::Export(_) => JobKind::Export,
                jobs::Kind::Apply(_) => JobKind::Apply,
            },
            connection: own.connection,
            state,
            phase: match own.phase {
                jobs::Phase::Connecting => JobPhase::Connecting,
                jobs::Phase::Organizations => JobPhase::Organizations,
                jobs::Phase::People => JobPhase::People,
                jobs::Phase::Roles => JobPhase::Roles,
                jobs::Phase::Writing => JobPhase::Writing,
                jobs::Phase::Applying => JobPhase::Applying,
                jobs::Phase::Saving => JobPhase::Saving,
                jobs::Phase::Finished => JobPhase::Finished,
            },
            done: own.done,
            total: own.total,
            started_at: own.started_at,
            ended_at: own.ended_at,
            waiting_until: own.waiting_until,
            error,
            summary,
            plan,
            applied,
        }
    }
}

impl From<vault::VaultKind> for VaultKind {
    fn from(kind: vault::VaultKind) -> Self {
        match kind {
            vault::VaultKind::Keyring => Self::Keyring,
            vault::VaultKind::File => Self::File,
            vault::VaultKind::Memory => Self::Memory,
        }
    }
}

impl From<Source> for asked::Source {
    fn from(source: Source) -> Self {
        match source {
            Source::Mirror => Self::Mirror,
            Source::Live => Self::Live,
        }
    }
}

impl From<Seen> for mirror::Seen {
    fn from(seen: Seen) -> Self {
        match seen {
            Seen::Present => Self::Present,
            Seen::Missing => Self::Missing,
            Seen::All => Self::All,
        }
    }
}

impl From<mirror::Presence> for Presence {
    fn from(presence: mirror::Presence) -> Self {
        match presence {
            mirror::Presence::Present => Self::Present,
            mirror::Presence::Missing => Self::Missing,
            mirror::Presence::Gone => Self::Gone,
        }
    }
}

/// A text that searches for something.
fn searched(text: Option<String>) -> Option<String> {
    text.filter(|text| !text.trim().is_empty())
}

/// A question of the boundary as the engine takes it.
pub(crate) fn organizations_question(
    own: OrganizationsQuestion,
) -> (String, u64, Question<OrganizationSort>) {
    let question = Question {
        source: own.source.into(),
        filter: own.filter,
        search: searched(own.search),
        seen: own.seen.into(),
        sort: Sort {
            by: match own.sort.by {
                OrganizationColumn::Id => OrganizationSort::Id,
                OrganizationColumn::Name => OrganizationSort::Name,
                OrganizationColumn::Kind => OrganizationSort::Kind,
                OrganizationColumn::People => OrganizationSort::People,
            },
            direction: own.sort.direction.into(),
        },
        window: Window::Rows {
            offset: own.offset,
            limit: own.limit,
        },
    };
    (own.connection, own.offset, question)
}

pub(crate) fn organization_row(found: FoundOrganization, platform: Platform) -> OrganizationRow {
    let own = found.organization;
    let identifier = |kind: &IdentifierKind| IdentifierValue {
        kind: *kind,
        value: own.identifier(*kind).clone().into(),
    };
    OrganizationRow {
        id: own.id.get(),
        identifiers: platform.identifiers().iter().map(identifier).collect(),
        name: own.name,
        kind: own.kind.into(),
        people: found.people,
        presence: found.presence.into(),
    }
}

/// The platform of a connection. Every connection to Medipim has one; Belgium stands in for a
/// profile that was tampered with.
pub(crate) fn platform(record: &mirror::ConnectionRecord) -> Platform {
    record.platform.unwrap_or(Platform::Be)
}
