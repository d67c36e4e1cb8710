//! People: asked of the mirror or of the vendor, with the same question.

use std::collections::HashMap;

use muster_directory::{
    Answer, Direction, Filter, Ids, OrganizationId, OrganizationLeaf, OrganizationsQuery, Page,
    PageSize, PeopleQuery, Person, PersonFilter, PersonId, PersonLeaf, PersonSort, Sort,
};
use muster_mirror::{ConnectionRecord, Mirror, PeopleQuestion as MirrorQuestion, Presence, Seen};
use muster_vendor::Medipim;
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use crate::{
    Engine, Error, Result, clock,
    engine::blocking,
    organizations::FoundOrganization,
    question::{Found, Question, Source, Window, read_filter},
};

/// How many batches may wait while a whole answer is collected.
const AHEAD: usize = 4;

/// A person in an answer.
#[derive(Debug, Clone)]
pub struct FoundPerson {
    /// As the vendor returned it.
    pub person: Person,
    /// The organization's name, if the key can see it.
    pub organization_name: Option<String>,
    /// Whether the last sync returned the person; always present if live.
    pub presence: Presence,
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
    /// Unix seconds: the first sync that returned the person.
    pub first_seen: Option<i64>,
    /// Unix seconds: the last sync that brought other values.
    pub last_changed: Option<i64>,
}

impl Engine {
    /// People of a connection.
    pub async fn people(
        &self,
        connection: &str,
        question: Question<PersonSort>,
    ) -> Result<Found<FoundPerson>> {
        let record = self.record(connection).await?;
        let filter = read_filter::<PersonLeaf>(question.filter.as_deref(), &record)?;
        match question.source {
            Source::Mirror => self.people_of_mirror(&record, filter, question).await,
            Source::Live => self.people_of_vendor(&record, filter, question).await,
        }
    }

    async fn people_of_mirror(
        &self,
        record: &ConnectionRecord,
        filter: Option<PersonFilter>,
        question: Question<PersonSort>,
    ) -> Result<Found<FoundPerson>> {
        let (engine, id) = (self.clone(), record.id);
        blocking(move || {
            let mirror = engine.mirror(id)?;
            let (offset, limit) = question.window.bounds();
            let found = mirror.people(&MirrorQuestion {
                filter: filter.as_ref(),
                search: question.search.as_deref(),
                seen: question.seen,
                sort: question.sort,
                offset,
                limit,
            })?;
            let sync = found.sync.ok_or(Error::NeverSynced)?;
            let rows = found.rows.into_iter().map(FoundPerson::from);
            Ok(Found {
                total: found.total,
                possible: found.possible,
                rows: rows.collect(),
                as_of: sync.finished_at,
            })
        })
        .await
    }

    async fn people_of_vendor(
        &self,
        record: &ConnectionRecord,
        filter: Option<PersonFilter>,
        question: Question<PersonSort>,
    ) -> Result<Found<FoundPerson>> {
        question.check_live()?;
        let page = question.window.page()?;
        let query = PeopleQuery {
            filter,
            sorting: Some(question.sort),
            page,
        };
        // What the vendor cannot answer is refused before the secret is read.
        query.to_json()?;
        let outcome = async {
            let client = self.client(record).await?;
            let answer = match page {
                Some(_) => client.people_page(&query).await?,
                None => everybody(&client, query.filter, question.sort.direction).await?,
            };
            let names = self
                .organization_names(record, &client, &answer.results)
                .await?;
            let rows = answer.results.into_iter().map(|person| FoundPerson {
                organization_name: person
                    .organization
                    .known()
                    .and_then(|id| names.get(id).cloned()),
                person,
                presence: Presence::Present,
            });
            let rows = rows.collect();
            Ok(Found {
                total: answer.meta.total,
                possible: 0,
                rows,
                as_of: clock::now(),
            })
        }
        .await;
        self.witness(record.id, outcome)
    }

    /// The names of the organizations of these people: from the mirror where it has them, else
    /// from the vendor in one request.
    async fn organization_names(
        &self,
        record: &ConnectionRecord,
        client: &Medipim,
        people: &[Person],
    ) -> Result<HashMap<OrganizationId, String>> {
        let mut ids: Vec<_> = people
            .iter()
            .filter_map(|person| person.organization.known().copied())
            .collect();
        ids.sort_unstable();
        ids.dedup();
        let (engine, id, wanted) = (self.clone(), record.id, ids.clone());
        let mut names = blocking(move || {
            let mirror = engine.mirror(id)?;
            let mut names = HashMap::new();
            for own in wanted {
                if let Some(found) = mirror.organization(own)? {
                    names.insert(own, found.organization.name);
                }
            }
            Ok(names)
        })
        .await?;
        ids.retain(|id| !names.contains_key(id));
        for part in ids.chunks(250) {
            let filter = Filter::leaf(OrganizationLeaf::Id(Ids::List(part.to_vec())));
            let page = Some(Page {
                no: 0,
                size: PageSize::TwoHundredFifty,
            });
            let query = OrganizationsQuery {
                filter: Some(filter),
                sorting: None,
                page,
            };
            match client.organizations_page(&query).await {
                Ok(answer) => {
                    names.extend(answer.results.into_iter().map(|own| (own.id, own.name)));
                }
                // People without the names of their organizations are better than no people.
                Err(error) => tracing::info!(%error, "names of organizations did not come"),
            }
        }
        Ok(names)
    }

    /// Everything that is known of a person; none if nobody has this id.
    pub async fn person(
        &self,
        connection: &str,
        source: Source,
        id: PersonId,
    ) -> Result<PersonDetails> {
        let record = self.record(connection).await?;
        let (engine, own) = (self.clone(), record.id);
        let kept = blocking(move || person_of_mirror(&*engine.mirror(own)?, id)).await?;
        let found = match source {
            Source::Mirror => kept,
            Source::Live => {
                let filter = Filter::leaf(PersonLeaf::Id(Ids::One(id)))
                    .to_json()
                    .to_string();
                let question = Question {
                    source,
                    filter: Some(filter),
                    search: None,
                    seen: Seen::Present,
                    sort: Sort::default(),
                    window: Window::Rows {
                        offset: 0,
                        limit: 10,
                    },
                };
                let answer = self.people(connection, question).await?;
                answer.rows.into_iter().next().map(|found| PersonDetails {
                    found,
                    as_of: answer.as_of,
                    organization: kept.as_ref().and_then(|kept| kept.organization.clone()),
                    first_seen: kept.as_ref().and_then(|kept| kept.first_seen),
                    last_changed: kept.as_ref().and_then(|kept| kept.last_changed),
                })
            }
        };
        found.ok_or_else(|| Error::NotFound {
            what: "person",
            which: id.to_string(),
        })
    }
}

/// Everybody in one streamed request, which comes ascending by id.
async fn everybody(
    client: &Medipim,
    filter: Option<PersonFilter>,
    direction: Direction,
) -> Result<Answer<Person>> {
    let (sink, mut batches) = mpsc::channel(AHEAD);
    let collecting = async {
        let mut people = Vec::new();
        while let Some(batch) = batches.recv().await {
            people.extend::<Vec<Person>>(batch);
        }
        people
    };
    let fetching = client.people_all(filter, sink, CancellationToken::new());
    let (meta, mut results) = tokio::join!(fetching, collecting);
    if direction == Direction::Descending {
        results.reverse();
    }
    Ok(Answer {
        meta: meta?,
        results,
    })
}

fn person_of_mirror(mirror: &Mirror, id: PersonId) -> Result<Option<PersonDetails>> {
    let Some(details) = mirror.person(id)? else {
        return Ok(None);
    };
    Ok(Some(PersonDetails {
        as_of: details.sync.ok_or(Error::NeverSynced)?.finished_at,
        first_seen: Some(details.found.first_seen),
        last_changed: Some(details.found.last_changed),
        found: details.found.into(),
        organization: details.organization.map(FoundOrganization::from),
    }))
}

impl From<muster_mirror::PersonFound> for FoundPerson {
    fn from(row: muster_mirror::PersonFound) -> Self {
        Self {
            person: row.person,
            organization_name: row.organization_name,
            presence: row.presence,
        }
    }
}
