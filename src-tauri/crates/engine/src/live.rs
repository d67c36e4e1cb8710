//! People asked of the vendor: the largest part that it can answer is sent, the rest is decided on
//! this computer as the answer arrives.
//!
//! Where the vendor decides everything, its pages are the pages. Else one unpaged answer is taken,
//! which is a snapshot; those who match or may match are kept, so that the pages that follow come
//! from the same answer.

mod deciding;
mod kept;
mod order;

use std::sync::Arc;

use muster_directory::{
    Answer, Calendar, Clause, Criteria, Direction, Fact, Filter, Ids, Node, Organization,
    OrganizationId, OrganizationLeaf, OrganizationsQuery, Page, PageSize, PeopleQuery, Person,
    PersonFilter, PersonId, PersonLeaf, PersonSort, Roster as _, Sort, Violation, Vocabulary,
    explain::explain, filter::ShapeError, split::Split,
};
use muster_mirror::{ConnectionRecord, Mirror, Presence, Wanted, Witnesses};
use muster_vendor::Medipim;
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use crate::{
    Engine, Error, Result, clock,
    engine::blocking,
    names::Names,
    people::FoundPerson,
    question::{Asked, Found, Window},
    role_filter::says_unsupported,
};
use deciding::Decider;
pub(crate) use kept::LiveAnswers;
use kept::{Finished, Key};

/// How many batches may wait while a whole answer is taken.
const AHEAD: usize = 4;

/// The most people that are kept of an answer that is finished here, of those who match and of
/// those who may.
const MOST_KEPT: usize = 100_000;

impl Engine {
    /// People whom the vendor has now.
    pub(crate) async fn people_of_vendor(
        &self,
        record: &ConnectionRecord,
        asked: &Asked,
        sort: &[Sort<PersonSort>],
        window: Window,
    ) -> Result<Found<FoundPerson>> {
        if asked.who.ids.as_ref().is_some_and(Vec::is_empty) {
            return Ok(Found {
                total: 0,
                possible: 0,
                rows: Vec::new(),
                as_of: clock::now(),
            });
        }
        let criteria = with_ids(asked)?;
        let outcome = async {
            let vocabulary = self.vocabulary_for(record, criteria.as_ref()).await?;
            let ask = |vocabulary| {
                self.ask_vendor(record, asked, criteria.as_ref(), vocabulary, sort, window)
            };
            match ask(vocabulary).await {
                Err(error) if vocabulary.role && says_unsupported(&error) => {
                    self.set_role_filter(record, false).await?;
                    ask(Vocabulary {
                        role: false,
                        ..vocabulary
                    })
                    .await
                }
                outcome => outcome,
            }
        }
        .await;
        self.witness(record.id, outcome)
    }

    async fn ask_vendor(
        &self,
        record: &ConnectionRecord,
        asked: &Asked,
        criteria: Option<&Criteria>,
        vocabulary: Vocabulary,
        sort: &[Sort<PersonSort>],
        window: Window,
    ) -> Result<Found<FoundPerson>> {
        let divided = match criteria {
            Some(criteria) => Some(self.divide(record, criteria, vocabulary).await?),
            None => None,
        };
        match divided {
            Some(Split {
                sent,
                rest: Some(rest),
                ..
            }) => {
                let key = Key {
                    sent,
                    rest,
                    calendar: asked.calendar.clone(),
                };
                let finished = self.finished(record, key, window).await?;
                self.page_of(record, asked, finished, sort, window).await
            }
            divided => {
                let sent = divided.and_then(|split| split.sent);
                self.page_of_vendor(record, asked, sent, sort, window).await
            }
        }
    }

    /// What the vendor's filter has words for; asks about roles if they matter and it is not known.
    async fn vocabulary_for(
        &self,
        record: &ConnectionRecord,
        criteria: Option<&Criteria>,
    ) -> Result<Vocabulary> {
        let mut vocabulary = self.vocabulary(record).await?;
        let of_roles = |clause: &Clause| matches!(clause, Clause::Vendor(PersonLeaf::Role(_)));
        if !vocabulary.role && criteria.is_some_and(|criteria| any(criteria, &of_roles)) {
            let client = self.client(record).await?;
            vocabulary.role = self.finds_by_role(record, &client).await?;
        }
        Ok(vocabulary)
    }

    /// Divides criteria into what is sent and what is left. Contacts nobody.
    pub(crate) async fn divide(
        &self,
        record: &ConnectionRecord,
        criteria: &Criteria,
        vocabulary: Vocabulary,
    ) -> Result<Split> {
        let (engine, id, criteria) = (self.clone(), record.id, criteria.clone());
        blocking(move || {
            let names = Names::of(&criteria, &*engine.mirror(id)?)?;
            Ok(names.divide(&criteria, vocabulary))
        })
        .await
    }

    /// A page of an answer that the vendor decides alone.
    async fn page_of_vendor(
        &self,
        record: &ConnectionRecord,
        asked: &Asked,
        filter: Option<PersonFilter>,
        sort: &[Sort<PersonSort>],
        window: Window,
    ) -> Result<Found<FoundPerson>> {
        let sorting = sort.first().copied().unwrap_or_default();
        // The vendor knows of everybody whether they match; it only has to count them.
        let nobody = asked.who.truth == Wanted::Possible;
        let page = match nobody {
            true => Some(Page::default()),
            false => window.page()?,
        };
        let query = PeopleQuery {
            filter,
            sorting: Some(sorting),
            page,
        };
        // What the vendor cannot answer is refused before the secret is read.
        query.to_json()?;
        let client = self.client(record).await?;
        let answer = match page {
            Some(_) => client.people_page(&query).await?,
            None => everybody(&client, query.filter, sorting.direction).await?,
        };
        let people = if nobody { Vec::new() } else { answer.results };
        Ok(Found {
            total: answer.meta.total,
            possible: 0,
            rows: self.described(record, asked, people).await?,
            as_of: clock::now(),
        })
    }

    /// Asks the vendor for what it can answer, in one request, and decides the rest as it arrives.
    async fn finish(
        &self,
        record: &ConnectionRecord,
        key: Key,
        cancel: CancellationToken,
    ) -> Result<Arc<Finished>> {
        let client = self.client(record).await?;
        let (sink, batches) = mpsc::channel(AHEAD);
        let (engine, id, own) = (self.clone(), record.id, key.clone());
        let deciding = tokio::task::spawn_blocking(move || {
            Decider::new(engine.mirror(id)?, own.rest, own.calendar).decide_all(batches)
        });
        let fetched = client.people_all(key.sent.clone(), sink, cancel).await;
        // A decider that failed makes the request stop; the decider knows why.
        let decided = deciding.await??;
        fetched?;
        Ok(Arc::new(Finished::new(key, decided)))
    }

    /// A page of an answer that was finished here.
    async fn page_of(
        &self,
        record: &ConnectionRecord,
        asked: &Asked,
        finished: Arc<Finished>,
        sort: &[Sort<PersonSort>],
        window: Window,
    ) -> Result<Found<FoundPerson>> {
        let truth = asked.who.truth;
        let (engine, id, sort) = (self.clone(), record.id, sort.to_vec());
        let own = Arc::clone(&finished);
        let people = blocking(move || own.page(&*engine.mirror(id)?, truth, &sort, window)).await?;
        let mut rows = self.described(record, asked, people).await?;
        if truth == Wanted::Possible {
            let (engine, own) = (self.clone(), Arc::clone(&finished));
            rows = blocking(move || with_reasons(&*engine.mirror(id)?, rows, own.key())).await?;
        }
        Ok(Found {
            total: finished.total(),
            possible: finished.possible(),
            rows,
            as_of: finished.as_of(),
        })
    }

    /// What is known of these people beside what the vendor returned: organizations from the
    /// mirror where the key sees them, else from the vendor; the rest from the mirror.
    async fn described(
        &self,
        record: &ConnectionRecord,
        asked: &Asked,
        people: Vec<Person>,
    ) -> Result<Vec<FoundPerson>> {
        let (engine, id, calendar) = (self.clone(), record.id, asked.calendar.clone());
        let (people, mut witnesses) = blocking(move || {
            let witnesses = witnesses(&*engine.mirror(id)?, &people, &calendar)?;
            Ok((people, witnesses))
        })
        .await?;
        let mut unknown = organization_ids(&people);
        unknown.retain(|id| witnesses.organization(*id).is_none());
        if !unknown.is_empty() {
            let client = self.client(record).await?;
            for own in organizations_of_vendor(&client, &unknown).await {
                witnesses.insert_organization(own);
            }
        }
        let describe = |person| described(person, &witnesses);
        Ok(people.into_iter().map(describe).collect())
    }
}

/// The criteria, of these people only.
fn with_ids(asked: &Asked) -> Result<Option<Criteria>> {
    let Some(ids) = asked.who.ids.clone() else {
        return Ok(asked.criteria.clone());
    };
    let ids = Criteria::leaf(Clause::Vendor(PersonLeaf::Id(Ids::List(ids))));
    let joined = match asked.criteria.clone() {
        None => return Ok(Some(ids)),
        Some(criteria) => Criteria::and(vec![criteria, ids]),
    };
    let refused = |error: ShapeError| Error::from(Violation::new("filter", error.to_string()));
    joined.map(Some).map_err(refused)
}

/// Whether any clause is so.
fn any(criteria: &Criteria, is: &impl Fn(&Clause) -> bool) -> bool {
    match criteria.node() {
        Node::Leaf(clause) => is(clause),
        Node::And(parts) | Node::Or(parts) => parts.iter().any(|part| any(part, is)),
        Node::Not(part) => any(part, is),
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

/// What the mirror knows of these people and their organizations.
fn witnesses(mirror: &Mirror, people: &[Person], calendar: &Calendar) -> Result<Witnesses> {
    let (ids, organizations) = (person_ids(people), organization_ids(people));
    Ok(mirror.witnesses(&ids, &organizations, calendar)?)
}

/// People who may match, each with what is not known and decides it.
fn with_reasons(mirror: &Mirror, rows: Vec<FoundPerson>, key: &Key) -> Result<Vec<FoundPerson>> {
    let people: Vec<Person> = rows.iter().map(|row| row.person.clone()).collect();
    let witnesses = witnesses(mirror, &people, &key.calendar)?;
    let reasons = |row: FoundPerson| FoundPerson {
        missing: explain(&key.rest, &row.person, &witnesses).missing(),
        ..row
    };
    Ok(rows.into_iter().map(reasons).collect())
}

/// A person's organization as the mirror knows it, and whether the key still sees it.
fn organization_of<'a>(
    person: &Person,
    witnesses: &'a Witnesses,
) -> Option<(&'a Organization, bool)> {
    let id = *person.organization.known()?;
    let visible = witnesses.organization(id).map(|own| (own, true));
    visible.or_else(|| {
        let kept = witnesses.person(person.id)?.organization.as_ref();
        kept.filter(|own| own.id == id).map(|own| (own, false))
    })
}

fn person_ids(people: &[Person]) -> Vec<PersonId> {
    people.iter().map(|person| person.id).collect()
}

/// The organizations of these people, each once.
fn organization_ids(people: &[Person]) -> Vec<OrganizationId> {
    let mut ids: Vec<_> = people
        .iter()
        .filter_map(|person| person.organization.known().copied())
        .collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}

/// Organizations that the mirror does not have. People without the names of their organizations
/// are better than no people, so an error is no reason to fail.
async fn organizations_of_vendor(client: &Medipim, ids: &[OrganizationId]) -> Vec<Organization> {
    let size = PageSize::TwoHundredFifty;
    let mut named = Vec::new();
    for part in ids.chunks(250) {
        let query = OrganizationsQuery {
            filter: Some(Filter::leaf(OrganizationLeaf::Id(Ids::List(part.to_vec())))),
            sorting: None,
            page: Some(Page { no: 0, size }),
        };
        match client.organizations_page(&query).await {
            Ok(answer) => named.extend(answer.results),
            Err(error) => {
                tracing::info!(%error, "names of organizations did not come");
                break;
            }
        }
    }
    named
}

fn described(person: Person, witnesses: &Witnesses) -> FoundPerson {
    let kept = witnesses.person(person.id);
    let organization = organization_of(&person, witnesses);
    FoundPerson {
        organization: organization.map(|(own, _)| own.clone()),
        organization_visible: organization.is_some_and(|(_, visible)| visible),
        role: kept.map_or(Fact::Unknown, |kept| kept.role.clone()),
        role_learned_at: kept.and_then(|kept| kept.role_learned_at),
        presence: Presence::Present,
        first_seen: kept.map(|kept| kept.first_seen),
        last_changed: kept.map(|kept| kept.last_changed),
        missing: Vec::new(),
        person,
    }
}
