//! People: asked of the mirror or of the vendor, with the same question.

use std::time::Instant;

use muster_directory::{
    Clause, Criteria, Fact, Ids, Organization, Person, PersonId, PersonLeaf, Role, Thing,
    explain::{self, explain},
};
use muster_mirror::{
    ConnectionRecord, Ledger, Mirror, PeopleQuestion as MirrorQuestion, PersonFound, Presence,
    Wanted, Witness,
};
use serde_json::Value;

use crate::{
    Engine, Error, Result, clock,
    engine::blocking,
    organizations::FoundOrganization,
    question::{Asked, Found, PeopleQuestion, Source, Who, Window},
    recents::RecentQuestion,
};

/// A person in an answer.
#[derive(Debug, Clone)]
pub struct FoundPerson {
    /// As the vendor returned it.
    pub person: Person,
    /// The organization, if the key ever saw it.
    pub organization: Option<Organization>,
    /// Whether the key still sees the organization.
    pub organization_visible: bool,
    /// The role, learnt by the vendor's filter.
    pub role: Fact<Role>,
    /// Unix seconds: when the role was learnt.
    pub role_learned_at: Option<i64>,
    /// Whether the last sync returned the person; always present if live.
    pub presence: Presence,
    /// Unix seconds: the first sync that returned the person, if one did.
    pub first_seen: Option<i64>,
    /// Unix seconds: the last sync that noticed a change, if one did.
    pub last_changed: Option<i64>,
    /// Of somebody for whom the criteria may hold: what is not known and decides it.
    pub missing: Vec<explain::Value>,
}

impl From<PersonFound> for FoundPerson {
    fn from(row: PersonFound) -> Self {
        Self {
            person: row.person,
            organization: row.organization,
            organization_visible: row.organization_visible,
            role: row.role,
            role_learned_at: row.role_learned_at,
            presence: row.presence,
            first_seen: Some(row.first_seen),
            last_changed: Some(row.last_changed),
            missing: Vec::new(),
        }
    }
}

/// Everything that is known of a person.
#[derive(Debug, Clone)]
pub struct PersonDetails {
    /// As in a list.
    pub found: FoundPerson,
    /// The organization, if the key can see it.
    pub organization: Option<FoundOrganization>,
    /// Unix seconds: when the values were returned.
    pub as_of: i64,
    /// What was written last from here; nothing of it if the past is asked for.
    pub written: Vec<Written>,
}

/// A value that was written last from here.
#[derive(Debug, Clone, PartialEq)]
pub struct Written {
    /// Where it stands in the vendor's body: `preferences.language`
    pub path: String,
    /// `null`: it was taken away.
    pub value: Value,
    /// When, Unix seconds.
    pub at: i64,
    /// Whether the vendor has recorded a later change of the person: it may be another value now.
    pub is_overtaken: bool,
}

impl Engine {
    /// People of a connection.
    pub async fn people(
        &self,
        connection: &str,
        question: PeopleQuestion,
    ) -> Result<Found<FoundPerson>> {
        let started = Instant::now();
        let record = self.record(connection).await?;
        let source = question.who.source;
        let asked = self.read_who(&record, question.who).await?;
        let found = match source {
            Source::Mirror => {
                self.people_of_mirror(&record, asked, question.sort, question.window)
                    .await?
            }
            Source::Live => {
                self.people_of_vendor(&record, &asked, &question.sort, question.window)
                    .await?
            }
        };
        if let Some(text) = question.remember {
            let asked = RecentQuestion {
                text,
                source,
                total: found.total,
                possible: found.possible,
                took_ms: started.elapsed().as_secs_f64() * 1_000.0,
                asked_at: clock::now(),
            };
            // The answer is good all the same.
            if let Err(error) = self.remember_question(&record, asked).await {
                tracing::warn!(%error, ?error, "a question was not kept among the recent ones");
            }
        }
        Ok(found)
    }

    async fn people_of_mirror(
        &self,
        record: &ConnectionRecord,
        asked: Asked,
        sort: Vec<muster_directory::Sort<muster_directory::PersonSort>>,
        window: Window,
    ) -> Result<Found<FoundPerson>> {
        let (engine, id) = (self.clone(), record.id);
        blocking(move || {
            let (offset, limit) = window.bounds();
            let found = engine.mirror(id)?.people(&MirrorQuestion {
                who: asked.of_mirror(),
                sort: &sort,
                offset,
                limit,
            })?;
            let sync = found.sync.ok_or(Error::NeverSynced)?;
            Ok(Found {
                total: found.total,
                possible: found.possible,
                rows: found
                    .rows
                    .into_iter()
                    .map(|row| with_reasons(row, &asked))
                    .collect(),
                as_of: sync.finished_at,
            })
        })
        .await
    }

    /// Everything that is known of a person; an error if nobody has this id.
    pub async fn person(
        &self,
        connection: &str,
        source: Source,
        as_of: Option<i64>,
        id: PersonId,
    ) -> Result<PersonDetails> {
        let record = self.record(connection).await?;
        let who = Who {
            as_of,
            filter: Some(only(id).to_json().to_string()),
            ..Who::everybody(source)
        };
        let asked = self.read_who(&record, who).await?;
        let (engine, own) = (self.clone(), record.id);
        let kept = blocking(move || person_of_mirror(&*engine.mirror(own)?, as_of, id)).await?;
        let found = match source {
            Source::Mirror => kept,
            Source::Live => {
                let window = Window::Rows {
                    offset: 0,
                    limit: 10,
                };
                let answer = self.people_of_vendor(&record, &asked, &[], window).await?;
                answer.rows.into_iter().next().map(|found| PersonDetails {
                    organization: kept.and_then(|kept| kept.organization).filter(|own| {
                        found.person.organization == Fact::Known(own.organization.id)
                    }),
                    found,
                    as_of: answer.as_of,
                    written: Vec::new(),
                })
            }
        };
        let found = found.ok_or_else(|| Error::NotFound {
            what: "person",
            which: id.to_string(),
        })?;
        match as_of {
            None => self.with_written(&record, found).await,
            Some(_) => Ok(found),
        }
    }

    /// Somebody with what was written last from here.
    async fn with_written(
        &self,
        record: &ConnectionRecord,
        found: PersonDetails,
    ) -> Result<PersonDetails> {
        let (id, path) = (found.found.person.id, self.profile.ledger_path(record.id));
        let records =
            blocking(move || Ok(Ledger::open(&path)?.written(Thing::Person, &id.to_string())?))
                .await?;
        let changed_at = found.found.person.meta.updated_at.known().copied();
        let written = records.into_iter().map(|own| Written {
            // The vendor's own clock where it told the time, so that two clocks are not compared.
            is_overtaken: changed_at.is_none_or(|changed| changed > own.version.unwrap_or(own.at)),
            path: own.path,
            value: own.value,
            at: own.at,
        });
        Ok(PersonDetails {
            written: written.collect(),
            ..found
        })
    }
}

/// Criteria that ask for one person.
pub(crate) fn only(id: PersonId) -> Criteria {
    Criteria::leaf(Clause::Vendor(PersonLeaf::Id(Ids::One(id))))
}

/// A person of the mirror; if the criteria may hold, with what is not known and decides it.
fn with_reasons(row: PersonFound, asked: &Asked) -> FoundPerson {
    let (Some(criteria), Wanted::Possible) = (&asked.criteria, asked.who.truth) else {
        return row.into();
    };
    let own = Witness::of(row, &asked.calendar);
    let missing = explain(criteria, &own.found.person, &own).missing();
    FoundPerson {
        missing,
        ..own.found.into()
    }
}

fn person_of_mirror(
    mirror: &Mirror,
    as_of: Option<i64>,
    id: PersonId,
) -> Result<Option<PersonDetails>> {
    let Some(details) = mirror.person(id, as_of)? else {
        return Ok(None);
    };
    Ok(Some(PersonDetails {
        as_of: details.sync.ok_or(Error::NeverSynced)?.finished_at,
        found: details.found.into(),
        organization: details.organization.map(FoundOrganization::from),
        written: Vec::new(),
    }))
}
