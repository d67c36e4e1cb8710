//! Between the engine's values and those of the boundary.

use muster_directory::{
    ApiKeyId, Fact, IdentifierKind, OrganizationSort, PersonSort, Platform, Sort,
    permission::{Permission, Scope},
};
use muster_engine::{
    Change, Event, connections, jobs,
    mirror::{self, SyncRecord},
    organizations::FoundOrganization,
    people,
    question::{self, Question, Window},
    report, vault,
};
use serde_json::{Value, json};

use crate::{
    error::{api_error, invalid},
    types::*,
};

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
                Change::Settings => Changed::Settings,
            };
            AppEvent::Changed { what, connection }
        }
    }
}

impl From<connections::Connection> for Connection {
    fn from(own: connections::Connection) -> Self {
        let platform = platform(&own.record);
        Self {
            role_filter: Capability { supported: None, checked_at: None },
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
            reason: match own.reason {
                report::Reason::SeesOneOrganization => RoleReason::SeesOneOrganization,
                report::Reason::SeesManyOrganizations => RoleReason::SeesManyOrganizations,
                report::Reason::SeesNoOrganization => RoleReason::SeesNoOrganization,
                report::Reason::MayNotSeePeople => RoleReason::MayNotSeePeople,
            },
            may: own.may.into_iter().map(RoleAction::from).collect(),
        }
    }
}

impl From<Permission> for RoleAction {
    fn from(row: Permission) -> Self {
        use muster_directory::permission::Verdict as Own;
        Self {
            action: row.action,
            verdict: match row.verdict {
                Own::Allow => Verdict::Allow,
                Own::Deny => Verdict::Deny,
                Own::Contested => Verdict::Contested,
            },
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
        let (state, error, summary) = match own.state {
            jobs::State::Running => (JobState::Running, None, None),
            jobs::State::Done(record) => (JobState::Done, None, Some(record.into())),
            jobs::State::Failed(error) => (JobState::Failed, Some(api_error(&error)), None),
            jobs::State::Canceled => (JobState::Canceled, None, None),
        };
        Self {
            id: own.id,
            kind: JobKind::Sync,
            path: None,
            connection: own.connection,
            state,
            phase: match own.phase {
                jobs::Phase::Connecting => JobPhase::Connecting,
                jobs::Phase::Organizations => JobPhase::Organizations,
                jobs::Phase::People => JobPhase::People,
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

impl From<Source> for question::Source {
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

/// A question of the boundary as the engine takes it. Both questions have the same fields; only
/// their columns differ.
macro_rules! asked {
    ($own:ident, $by:ident) => {{
        let question = Question {
            source: $own.source.into(),
            filter: $own.filter,
            search: searched($own.search),
            seen: $own.seen.into(),
            sort: Sort {
                by: $by,
                direction: $own.sort.direction.into(),
            },
            window: Window::Rows {
                offset: $own.offset,
                limit: $own.limit,
            },
        };
        ($own.connection, $own.offset, question)
    }};
}

pub(crate) fn people_question(own: PeopleQuestion) -> (String, u64, Question<PersonSort>) {
    let sort = own.sort.first().map_or_else(Sort::default, |sort| Sort {
        by: match sort.by {
            PersonColumn::Id | PersonColumn::Role | PersonColumn::LastChanged => PersonSort::Id,
            PersonColumn::Name => PersonSort::Name,
            PersonColumn::Organization => PersonSort::Organization,
            PersonColumn::CreatedAt => PersonSort::CreatedAt,
            PersonColumn::UpdatedAt => PersonSort::UpdatedAt,
        },
        direction: sort.direction.into(),
    });
    let question = Question {
        source: own.who.source.into(),
        filter: own.who.filter,
        search: searched(own.who.search),
        seen: own.who.seen.into(),
        sort,
        window: Window::Rows {
            offset: own.offset,
            limit: own.limit,
        },
    };
    (own.who.connection, own.offset, question)
}

pub(crate) fn organizations_question(
    own: OrganizationsQuestion,
) -> (String, u64, Question<OrganizationSort>) {
    let by = match own.sort.by {
        OrganizationColumn::Id => OrganizationSort::Id,
        OrganizationColumn::Name => OrganizationSort::Name,
        OrganizationColumn::Kind => OrganizationSort::Kind,
        OrganizationColumn::People => OrganizationSort::People,
    };
    asked!(own, by)
}

impl From<people::FoundPerson> for PersonRow {
    fn from(found: people::FoundPerson) -> Self {
        Self {
            role: TextFact::Unknown,
            identifiers: Vec::new(),
            last_changed: None,
            missing_values: Vec::new(),
            id: found.person.id.get(),
            name: found.person.name,
            organization: match found.person.organization {
                Fact::Unknown => OrganizationRef::Unknown,
                Fact::Absent => OrganizationRef::None,
                Fact::Known(id) => OrganizationRef::Yes {
                    id: id.get(),
                    name: found.organization_name,
                },
            },
            created_at: found.person.meta.created_at.into(),
            updated_at: found.person.meta.updated_at.into(),
            presence: found.presence.into(),
        }
    }
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

/// What the vendor has of a person but never returns `[Q]`.
const NEVER_RETURNED: [&str; 4] = ["role", "email", "enabled", "language"];

pub(crate) fn person_details(own: people::PersonDetails, platform: Platform) -> PersonDetails {
    let person = &own.found.person;
    let returned = |key: &str, fact: Fact<Value>| value(key, fact, own.as_of);
    let mut values = vec![
        returned("id", Fact::Known(json!(person.id))),
        returned("name", Fact::Known(json!(person.name))),
        returned("organization", person.organization.map(|id| json!(id))),
        returned("created_at", person.meta.created_at.map(|at| json!(at))),
        returned("updated_at", person.meta.updated_at.map(|at| json!(at))),
    ];
    let others = person.extra.iter().chain(&person.meta.extra);
    values.extend(others.map(|(key, value)| returned(key, fact(value))));
    let known = |key: &str| person.extra.contains_key(key);
    let never = NEVER_RETURNED.into_iter().filter(|key| !known(key));
    values.extend(never.map(|key| value(key, Fact::Unknown, own.as_of)));
    PersonDetails {
        row: own.found.into(),
        organization: own
            .organization
            .map(|found| organization_row(found, platform)),
        values,
        first_seen: own.first_seen,
        last_changed: own.last_changed,
    }
}

fn fact(value: &Value) -> Fact<Value> {
    if value.is_null() {
        Fact::Absent
    } else {
        Fact::Known(value.clone())
    }
}

fn value(key: &str, fact: Fact<Value>, at: i64) -> ValueWithProvenance {
    let (known, value) = match fact {
        Fact::Unknown => (Known::Unknown, Value::Null),
        Fact::Absent => (Known::None, Value::Null),
        Fact::Known(value) => (Known::Yes, value),
    };
    let learnt = known != Known::Unknown;
    ValueWithProvenance {
        key: key.to_owned(),
        known,
        value,
        from: learnt.then_some(Provenance::Returned),
        at: learnt.then_some(at),
    }
}

/// The platform of a connection. Every connection to Medipim has one; Belgium stands in for a
/// profile that was tampered with.
pub(crate) fn platform(record: &mirror::ConnectionRecord) -> Platform {
    record.platform.unwrap_or(Platform::Be)
}
