//! People asked of the vendor: the largest part that it can answer is sent, the rest is decided on
//! this computer as the answer arrives.
//!
//! Where the vendor decides everything, its pages are the pages. Else one unpaged answer is taken,
//! which is a snapshot; those who match or may match are kept, so that the pages that follow come
//! from the same answer. If the rest looks at names or numbers of organizations, these are asked
//! for too, as they are now: what the mirror knows of them may be of the past.

mod deciding;
mod kept;
mod order;
mod person;
mod roles;

use std::{collections::HashMap, sync::Arc};

use muster_directory::{
    Answer, Clause, Criteria, Direction, Filter, Ids, Node, Organization, OrganizationId,
    OrganizationLeaf, OrganizationsQuery, Page, PageSize, PeopleQuery, Person, PersonFilter,
    PersonId, PersonLeaf, PersonSort, Role, Sort, Vocabulary,
    criteria::Field,
    explain::{Value, explain},
    split::{Split, split},
};
use muster_mirror::{ConnectionRecord, Mirror, Presence, Wanted, Witnesses};
use muster_vendor::{Medipim, VendorError};
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use crate::{
    Engine, Result, clock,
    engine::blocking,
    people::FoundPerson,
    question::{Asked, Found, Window, joined},
    role_filter::says_refused,
};
use deciding::Decider;
pub(crate) use deciding::Known;
pub(crate) use kept::LiveAnswers;
use kept::{Finished, Key};
pub(crate) use person::ToldOf;

/// How many batches may wait while a whole answer is taken.
const AHEAD: usize = 4;

/// The most people that are kept of an answer that is finished here, of those who match and of
/// those who may.
const MOST_KEPT: usize = 100_000;

/// Organizations as the vendor returns them now; who is not among them, the key does not see.
pub(crate) type Organizations = HashMap<OrganizationId, Organization>;

/// An answer, and whether the vendor was asked for it or it was kept from before.
struct Answered {
    found: Found<FoundPerson>,
    kept: bool,
}

/// What an answer of the vendor tells beside the people in it.
#[derive(Clone, Copy)]
struct Told<'a> {
    /// What everybody in it passes; none: there was no filter.
    sent: Option<&'a PersonFilter>,
    /// The organizations, if they were asked for.
    organizations: Option<&'a Organizations>,
    /// Unix seconds.
    at: i64,
}

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
                Err(error)
                    if vocabulary.role
                        && asks_for_roles(criteria.as_ref())
                        && says_refused(&error) =>
                {
                    let client = self.client(record).await?;
                    if self.ask_role_filter(record, &client).await?.supported {
                        return Err(error);
                    }
                    tracing::info!(%error, "people are not found by role any more");
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
        match outcome {
            // Nobody was asked, so it does not say whether there is a way to the vendor.
            Ok(Answered { found, kept: true }) => Ok(found),
            outcome => self.witness(record.id, outcome.map(|own| own.found)),
        }
    }

    async fn ask_vendor(
        &self,
        record: &ConnectionRecord,
        asked: &Asked,
        criteria: Option<&Criteria>,
        vocabulary: Vocabulary,
        sort: &[Sort<PersonSort>],
        window: Window,
    ) -> Result<Answered> {
        match criteria.map(|criteria| split(criteria, vocabulary)) {
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
                let (finished, kept) = self.finished(record, key, window).await?;
                let found = self.page_of(record, asked, finished, sort, window).await?;
                Ok(Answered { found, kept })
            }
            divided => {
                let sent = divided.and_then(|split| split.sent);
                let found = self.page_of_vendor(record, asked, sent, sort, window);
                Ok(Answered {
                    found: found.await?,
                    kept: false,
                })
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
        if !vocabulary.role && asks_for_roles(criteria) {
            let client = self.client(record).await?;
            vocabulary.role = self.finds_by_role(record, &client).await?;
        }
        Ok(vocabulary)
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
            None => everybody(&client, query.filter.clone(), sorting.direction).await?,
        };
        let people = if nobody { Vec::new() } else { answer.results };
        let told = Told {
            sent: query.filter.as_ref(),
            organizations: None,
            at: clock::now(),
        };
        Ok(Found {
            total: answer.meta.total,
            possible: 0,
            rows: self.described(record, people, told).await?,
            as_of: told.at,
        })
    }

    /// Asks the vendor for what it can answer, in one request, and decides the rest as it arrives;
    /// in another one before for all organizations, if these decide.
    async fn finish(
        &self,
        record: &ConnectionRecord,
        key: Key,
        cancel: CancellationToken,
    ) -> Result<Arc<Finished>> {
        let client = self.client(record).await?;
        let organizations = match looks_at_organizations(&key.rest) {
            true => Some(organizations_now(&client, cancel.clone()).await?),
            false => None,
        };
        let (sink, batches) = mpsc::channel(AHEAD);
        let (engine, id, own) = (self.clone(), record.id, key.clone());
        let deciding = tokio::task::spawn_blocking(move || {
            Decider::new(engine.mirror(id)?, own, organizations).decide_all(batches)
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
        let mut rows = self.described(record, people, finished.told()).await?;
        if truth == Wanted::Possible {
            let (engine, own) = (self.clone(), Arc::clone(&finished));
            rows = blocking(move || with_reasons(&*engine.mirror(id)?, rows, &own)).await?;
        }
        Ok(Found {
            total: finished.total(),
            possible: finished.possible(),
            rows,
            as_of: finished.as_of(),
        })
    }

    /// What is known of these people beside what the vendor returned: organizations as they were
    /// asked for; else from the mirror where the key sees them, else from the vendor; the rest from
    /// the mirror.
    async fn described(
        &self,
        record: &ConnectionRecord,
        people: Vec<Person>,
        told: Told<'_>,
    ) -> Result<Vec<FoundPerson>> {
        let (engine, id) = (self.clone(), record.id);
        let (people, mut witnesses) = blocking(move || {
            let witnesses = witnesses(&*engine.mirror(id)?, &people)?;
            Ok((people, witnesses))
        })
        .await?;
        let mut unknown = organization_ids(&people);
        unknown.retain(|id| witnesses.organization(*id).is_none());
        if !unknown.is_empty() && told.organizations.is_none() {
            let client = self.client(record).await?;
            let (named, all) = organizations_of_vendor(&client, &unknown).await;
            for own in named {
                witnesses.insert_organization(own);
            }
            match all {
                Ok(()) => {}
                // A job is whole or an error, but for what the key may not see.
                Err(error) if self.asks_for_job && !(error.is_denied() || error.is_not_there()) => {
                    return Err(error.into());
                }
                // People without the names of their organizations are better than no people.
                Err(error) => tracing::info!(%error, "names of organizations did not come"),
            }
        }
        let describe = |person| described(person, &witnesses, told);
        Ok(people.into_iter().map(describe).collect())
    }
}

/// The criteria, of these people only.
fn with_ids(asked: &Asked) -> Result<Option<Criteria>> {
    let ids = asked.who.ids.clone();
    let ids = ids.map(|ids| Criteria::leaf(Clause::Vendor(PersonLeaf::Id(Ids::List(ids)))));
    joined(asked.criteria.clone(), ids)
}

/// Whether the vendor may be asked for a role.
fn asks_for_roles(criteria: Option<&Criteria>) -> bool {
    let of_roles = |clause: &Clause| matches!(clause, Clause::Vendor(PersonLeaf::Role(_)));
    criteria.is_some_and(|criteria| any(criteria, &of_roles))
}

/// Whether criteria look at what is known of organizations beside their ids.
fn looks_at_organizations(criteria: &Criteria) -> bool {
    looks(criteria, |value| {
        matches!(
            value,
            Value::OrganizationName | Value::Field(Field::Identifier(_))
        )
    })
}

/// Whether criteria look at any such value.
fn looks(criteria: &Criteria, at: impl Fn(Value) -> bool) -> bool {
    any(criteria, &|clause| clause.looks_at().is_some_and(&at))
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

/// All organizations, in one streamed request. A key that may not ask for them sees none.
async fn organizations_now(client: &Medipim, cancel: CancellationToken) -> Result<Organizations> {
    let (sink, mut batches) = mpsc::channel::<Vec<Organization>>(AHEAD);
    let collecting = async {
        let mut all = Organizations::new();
        while let Some(batch) = batches.recv().await {
            all.extend(batch.into_iter().map(|own| (own.id, own)));
        }
        all
    };
    let fetching = client.organizations_all(None, sink, cancel);
    match tokio::join!(fetching, collecting) {
        (Ok(_), all) => Ok(all),
        (Err(error), _) if error.is_denied() || error.is_not_there() => {
            tracing::info!(%error, "nothing is known of organizations");
            Ok(Organizations::new())
        }
        (Err(error), _) => Err(error.into()),
    }
}

/// What the mirror knows of these people and their organizations.
fn witnesses(mirror: &Mirror, people: &[Person]) -> Result<Witnesses> {
    let (ids, organizations) = (person_ids(people), organization_ids(people));
    Ok(mirror.witnesses(&ids, &organizations)?)
}

/// People who may match, each with what is not known and decides it.
fn with_reasons(
    mirror: &Mirror,
    rows: Vec<FoundPerson>,
    finished: &Finished,
) -> Result<Vec<FoundPerson>> {
    let key = finished.key();
    let ids: Vec<_> = rows.iter().map(|row| row.person.id).collect();
    let witnesses = mirror.witnesses(&ids, &[])?;
    let reasons = |row: FoundPerson| {
        let known = Known::of(row.person.id, &witnesses, finished.told(), &key.calendar);
        FoundPerson {
            missing: explain(&key.rest, &row.person, &known).missing(),
            ..row
        }
    };
    Ok(rows.into_iter().map(reasons).collect())
}

/// A person's organization, and whether the key sees it now, as far as that was asked.
fn organization_of<'a>(
    person: &Person,
    witnesses: &'a Witnesses,
    now: Option<&'a Organizations>,
) -> Option<(&'a Organization, bool)> {
    let id = *person.organization.known()?;
    let kept = witnesses.organization(id);
    let visible = match now {
        Some(now) => now.get(&id),
        None => kept,
    };
    visible.map(|own| (own, true)).or_else(|| {
        let last = || witnesses.person(person.id)?.organization.as_ref();
        let own = kept.or_else(|| last().filter(|own| own.id == id))?;
        Some((own, false))
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

/// Organizations that the mirror does not have: those that came, and why others did not.
async fn organizations_of_vendor(
    client: &Medipim,
    ids: &[OrganizationId],
) -> (Vec<Organization>, std::result::Result<(), VendorError>) {
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
            Err(error) => return (named, Err(error)),
        }
    }
    (named, Ok(()))
}

fn described(person: Person, witnesses: &Witnesses, told: Told<'_>) -> FoundPerson {
    let kept = witnesses.person(person.id);
    let organization = organization_of(&person, witnesses, told.organizations);
    let role = roles::told(told.sent, kept).map(Role::clone);
    let confirmed = told.sent.is_some_and(|sent| roles::implied(sent).is_some());
    FoundPerson {
        organization: organization.map(|(own, _)| own.clone()),
        organization_visible: organization.is_some_and(|(_, visible)| visible),
        role_learned_at: match confirmed {
            true => Some(told.at),
            false => kept
                .and_then(|kept| kept.role_learned_at)
                .filter(|_| role.known().is_some()),
        },
        role,
        presence: Presence::Present,
        first_seen: kept.map(|kept| kept.first_seen),
        last_changed: kept.map(|kept| kept.last_changed),
        missing: Vec::new(),
        person,
    }
}
