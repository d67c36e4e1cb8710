//! Medipim, API v4: its people and organizations, as a page, as pages, and all at once.

mod acted;
mod acting;
pub mod acts;
mod base;
mod key;
pub mod request;
mod subscription;
mod wire;

use std::sync::Arc;

use futures::{Stream, stream::try_unfold, try_join};
use muster_directory::{
    ActKind, Answer, AnswerMeta, Direction, Organization, OrganizationFilter, OrganizationSort,
    OrganizationsQuery, Page, PageSize, PeopleQuery, Person, PersonFilter, PersonSort, Platform,
    Sort, Violation,
};
use tokio::sync::{mpsc, mpsc::Sender};
use tokio_util::sync::CancellationToken;

pub use acted::{Acted, Outcome};
pub use base::base_values;
pub use key::ApiKey;
pub use subscription::{ActiveSubscription, Localized, SubscriptionCheck, SubscriptionType};

use crate::{
    Access, Pace, Request, Transport, VendorError,
    error::Failure,
    transport::{Call, Incoming},
};
use request::{Queried, QueryFor};
use wire::{Arriving, Row, WireError};

/// Pieces of a body that wait to be read.
const PIECES_AHEAD: usize = 16;

/// Batches of items that wait to be taken.
const BATCHES_AHEAD: usize = 2;

/// Medipim by one key. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Medipim {
    shared: Arc<Shared>,
    cancel: CancellationToken,
}

#[derive(Debug)]
struct Shared {
    transport: Transport,
    access: Access,
    pace: Arc<Pace>,
    platform: Platform,
}

impl Medipim {
    /// Medipim by a key; the pace is the one of that key in [`crate::Paces`].
    #[must_use]
    pub fn new(transport: Transport, access: Access, pace: Arc<Pace>, platform: Platform) -> Self {
        Self {
            shared: Arc::new(Shared {
                transport,
                access,
                pace,
                platform,
            }),
            cancel: CancellationToken::new(),
        }
    }

    /// The same, and every request stops when this token says so.
    #[must_use]
    pub fn with_cancel(&self, cancel: CancellationToken) -> Self {
        Self {
            shared: Arc::clone(&self.shared),
            cancel,
        }
    }

    /// The platform.
    #[must_use]
    pub fn platform(&self) -> Platform {
        self.shared.platform
    }

    /// What it can be made to do.
    #[must_use]
    pub fn acts(&self) -> Vec<ActKind> {
        acts::acts(self.platform())
    }

    /// The key and its server.
    #[must_use]
    pub fn access(&self) -> &Access {
        &self.shared.access
    }

    /// How often this key may ask; its [`Pace::waiting`] tells until when it waits.
    #[must_use]
    pub fn pace(&self) -> &Arc<Pace> {
        &self.shared.pace
    }

    /// People: the page that is asked for, or all if the query has none.
    pub async fn people_page(&self, query: &PeopleQuery) -> Result<Answer<Person>, VendorError> {
        self.page(query).await
    }

    /// People, page after page until all were seen, ordered by id. The pages are no snapshot: a
    /// person can come twice or not at all if people are added or removed in between.
    pub fn people_pages(
        &self,
        filter: Option<PersonFilter>,
        direction: Direction,
        size: PageSize,
    ) -> impl Stream<Item = Result<Answer<Person>, VendorError>> + Send + use<> {
        self.pages(PeopleQuery {
            filter,
            sorting: Some(Sort {
                by: PersonSort::Id,
                direction,
            }),
            page: Some(Page { no: 0, size }),
        })
    }

    /// All people by one request, read as they arrive and sent on in batches, ascending by id.
    /// What was sent is known to be good, and a snapshot, only when this returns `Ok`.
    pub async fn people_all(
        &self,
        filter: Option<PersonFilter>,
        sink: Sender<Vec<Person>>,
        cancel: CancellationToken,
    ) -> Result<AnswerMeta, VendorError> {
        let query = PeopleQuery {
            filter,
            ..PeopleQuery::default()
        };
        self.all(&query, sink, cancel).await
    }

    /// Organizations: the page that is asked for, or all if the query has none.
    pub async fn organizations_page(
        &self,
        query: &OrganizationsQuery,
    ) -> Result<Answer<Organization>, VendorError> {
        self.page(query).await
    }

    /// As [`Medipim::people_pages`].
    pub fn organizations_pages(
        &self,
        filter: Option<OrganizationFilter>,
        direction: Direction,
        size: PageSize,
    ) -> impl Stream<Item = Result<Answer<Organization>, VendorError>> + Send + use<> {
        self.pages(OrganizationsQuery {
            filter,
            sorting: Some(Sort {
                by: OrganizationSort::Id,
                direction,
            }),
            page: Some(Page { no: 0, size }),
        })
    }

    /// As [`Medipim::people_all`].
    pub async fn organizations_all(
        &self,
        filter: Option<OrganizationFilter>,
        sink: Sender<Vec<Organization>>,
        cancel: CancellationToken,
    ) -> Result<AnswerMeta, VendorError> {
        let query = OrganizationsQuery {
            filter,
            ..OrganizationsQuery::default()
        };
        self.all(&query, sink, cancel).await
    }

    async fn page<T: Row + Queried>(&self, query: &QueryFor<T>) -> Result<Answer<T>, VendorError> {
        let request = self.ask::<T>(query)?;
        let body = self
            .shared
            .transport
            .fetch(&self.call(&request), &self.cancel)
            .await?;
        let answer = wire::read_page(&body).map_err(|error| self.failed(error))?;
        self.check_page(query.page, &answer.meta)?;
        Ok(answer)
    }

    /// A vendor that gives another page than the one that was asked for is not understood.
    fn check_page(&self, asked: Option<Page>, meta: &AnswerMeta) -> Result<(), VendorError> {
        match (asked, meta.page) {
            (Some(asked), Some(came)) if (asked.no, asked.size.get()) != (came.no, came.size) => {
                Err(self.failed(WireError::Unreadable(format!(
                    "page {} with {} a page was asked for, page {} with {} came",
                    asked.no,
                    asked.size.get(),
                    came.no,
                    came.size
                ))))
            }
            _ => Ok(()),
        }
    }

    fn pages<T: Row + Queried>(
        &self,
        first: QueryFor<T>,
    ) -> impl Stream<Item = Result<Answer<T>, VendorError>> + Send + use<T>
    where
        T::Leaf: Send + Sync,
        T::Sort: Send + Sync,
    {
        let medipim = self.clone();
        try_unfold(
            (medipim, Some(first)),
            async |(medipim, query): (Self, Option<QueryFor<T>>)| {
                let Some(mut query) = query else {
                    return Ok(None);
                };
                let answer = medipim.page::<T>(&query).await?;
                let page = query.page.unwrap_or_default();
                let more = medipim.check_count(page, &answer)?;
                query.page = Some(Page {
                    no: page.no + 1,
                    ..page
                });
                Ok(Some((answer, (medipim, more.then_some(query)))))
            },
        )
    }

    /// Whether there are more pages; an error if this page does not hold what it must.
    fn check_count<T: Row>(&self, page: Page, answer: &Answer<T>) -> Result<bool, VendorError> {
        let left = answer.meta.total.saturating_sub(page.offset());
        let (expected, came) = (left.min(page.size.get()), answer.results.len() as u64);
        if expected == came {
            return Ok(left > came);
        }
        Err(self.failed(WireError::Cut(format!(
            "page {} of {} {} should hold {expected} and holds {came}",
            page.no,
            answer.meta.total,
            T::MANY
        ))))
    }

    async fn all<T: Row + Queried>(
        &self,
        query: &QueryFor<T>,
        sink: Sender<Vec<T>>,
        cancel: CancellationToken,
    ) -> Result<AnswerMeta, VendorError> {
        let request = self.ask::<T>(query)?;
        let call = self.call(&request);
        let wanted = sink.clone();
        let work = async {
            let incoming = self.shared.transport.open(&call, &self.cancel).await?;
            self.read_all(incoming, sink).await
        };
        tokio::select! {
            biased;
            () = cancel.cancelled() => Err(self.failed(WireError::Unwanted)),
            () = self.cancel.cancelled() => Err(self.failed(WireError::Unwanted)),
            () = wanted.closed() => Err(self.failed(WireError::Unwanted)),
            done = work => done,
        }
    }

    /// Reads on a thread that may block, fed from here; what it reads comes back here, so that
    /// nothing is sent on after this is dropped.
    async fn read_all<T: Row>(
        &self,
        mut incoming: Incoming,
        sink: Sender<Vec<T>>,
    ) -> Result<AnswerMeta, VendorError> {
        let (pieces, arriving) = mpsc::channel(PIECES_AHEAD);
        let (batches, mut read) = mpsc::channel(BATCHES_AHEAD);
        let most_item_bytes = self.shared.transport.options().max_item_bytes;
        let parser = tokio::task::spawn_blocking(move || {
            let arriving = Arriving::new(arriving, most_item_bytes);
            wire::read_all(arriving, |batch| batches.blocking_send(batch).is_ok())
        });
        let feed = async move {
            while let Some(piece) = incoming.chunk().await? {
                if pieces.send(piece).await.is_err() {
                    // The reader stopped, and says why.
                    break;
                }
            }
            Ok(())
        };
        let pass_on = async {
            while let Some(batch) = read.recv().await {
                if sink.send(batch).await.is_err() {
                    return Err(self.failed(WireError::Unwanted));
                }
            }
            Ok(())
        };
        try_join!(feed, pass_on)?;
        match parser.await {
            Ok(done) => done.map_err(|error| self.failed(error)),
            Err(error) => Err(VendorError::new(
                self.host(),
                Failure::Broken {
                    what: "reading the answer failed",
                    source: Some(error.into()),
                },
            )),
        }
    }

    fn ask<T: Queried>(&self, query: &QueryFor<T>) -> Result<Request, VendorError> {
        request::ask::<T>(query).map_err(|violation| self.unsendable(violation))
    }

    fn unsendable(&self, violation: Violation) -> VendorError {
        VendorError::new(self.host(), Failure::Unsendable(violation))
    }

    fn call<'a>(&'a self, request: &'a Request) -> Call<'a> {
        Call {
            base_url: self.shared.access.base_url(),
            authorization: self.shared.access.basic(),
            pace: &self.shared.pace,
            request,
        }
    }

    fn host(&self) -> String {
        self.shared.access.base_url().host()
    }

    fn failed(&self, error: WireError) -> VendorError {
        match error {
            WireError::Unwanted => VendorError::canceled(self.host()),
            WireError::Unreadable(what) => VendorError::unreadable(self.host(), what),
            WireError::Cut(what) => {
                VendorError::new(self.host(), Failure::Cut { what, source: None })
            }
        }
    }
}
