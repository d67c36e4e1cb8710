//! The answers that were finished here: the last one of each connection, for the pages that follow.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Instant,
};

use muster_directory::{Calendar, Criteria, Person, PersonFilter, PersonSort, Sort};
use muster_mirror::{ConnectionRecord, Mirror, Wanted};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use super::{
    Organizations, Told,
    deciding::{Decider, too_many},
    order::ordered,
    organization_ids,
};
use crate::{Engine, Result, question::Window};

/// The last answer of each connection.
#[derive(Debug, Default)]
pub(crate) struct LiveAnswers(Mutex<HashMap<Uuid, Arc<Slot>>>);

#[derive(Debug, Default)]
struct Slot {
    /// What is being asked, and how to stop it.
    asking: Mutex<Option<(Key, CancellationToken)>>,
    last: tokio::sync::Mutex<Option<Arc<Finished>>>,
}

/// What makes two answers the same: what is sent, what is decided here, and on which day.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Key {
    pub sent: Option<PersonFilter>,
    pub rest: Criteria,
    pub calendar: Calendar,
}

/// An answer of the vendor, decided here.
#[derive(Debug)]
pub(super) struct Finished {
    key: Key,
    at: Instant,
    as_of: i64,
    /// Those of these people, if they decided.
    organizations: Option<Organizations>,
    matching: Vec<Person>,
    possible: Vec<Person>,
    /// May be more than are kept.
    possible_in_all: u64,
    order: Mutex<Option<Order>>,
}

/// The order that was asked for last.
#[derive(Debug, Clone)]
struct Order {
    of: Wanted,
    sort: Vec<Sort<PersonSort>>,
    places: Arc<Vec<u32>>,
}

impl LiveAnswers {
    fn slot(&self, connection: Uuid) -> Arc<Slot> {
        Arc::clone(locked(&self.0).entry(connection).or_default())
    }

    /// Lets go of what is kept for a connection, and stops what is being asked.
    pub fn forget(&self, connection: Uuid) {
        if let Some(slot) = locked(&self.0).remove(&connection) {
            slot.stop_others(None);
        }
    }
}

impl Slot {
    /// Stops what is being asked unless it is this.
    fn stop_others(&self, key: Option<&Key>) {
        if let Some((other, cancel)) = &*locked(&self.asking)
            && Some(other) != key
        {
            cancel.cancel();
        }
    }
}

impl Engine {
    /// The answer to a question of which the rest is decided here, and whether it is one that was
    /// kept: that is for a later page; a first page asks anew, and stops what was being asked for
    /// another question.
    pub(super) async fn finished(
        &self,
        record: &ConnectionRecord,
        key: Key,
        window: Window,
    ) -> Result<(Arc<Finished>, bool)> {
        let Window::Rows { offset, .. } = window else {
            let own = self.finish(record, key, CancellationToken::new());
            return Ok((own.await?, false));
        };
        let arrived = Instant::now();
        let slot = self.live.slot(record.id);
        if offset == 0 {
            slot.stop_others(Some(&key));
        }
        let mut last = slot.last.lock().await;
        if let Some(own) = &*last
            && own.key == key
            && (offset > 0 || own.at >= arrived)
        {
            return Ok((Arc::clone(own), true));
        }
        let cancel = CancellationToken::new();
        *locked(&slot.asking) = Some((key.clone(), cancel.clone()));
        let outcome = self.finish(record, key, cancel).await;
        *locked(&slot.asking) = None;
        let own = outcome?;
        *last = Some(Arc::clone(&own));
        Ok((own, false))
    }
}

impl Finished {
    pub fn new(key: Key, decided: Decider) -> Self {
        let mut organizations = decided.organizations;
        if let Some(all) = &mut organizations {
            let mut own = organization_ids(&decided.matching);
            own.extend(organization_ids(&decided.possible));
            own.sort_unstable();
            all.retain(|id, _| own.binary_search(id).is_ok());
        }
        Self {
            key,
            at: Instant::now(),
            as_of: decided.at,
            organizations,
            matching: decided.matching,
            possible: decided.possible,
            possible_in_all: decided.possible_in_all,
            order: Mutex::default(),
        }
    }

    pub const fn key(&self) -> &Key {
        &self.key
    }

    pub const fn as_of(&self) -> i64 {
        self.as_of
    }

    /// What it tells beside the people in it.
    pub const fn told(&self) -> Told<'_> {
        Told {
            sent: self.key.sent.as_ref(),
            organizations: self.organizations.as_ref(),
            at: self.as_of,
        }
    }

    /// How many match.
    pub const fn total(&self) -> u64 {
        self.matching.len() as u64
    }

    /// How many more may match.
    pub const fn possible(&self) -> u64 {
        self.possible_in_all
    }

    /// Some of the people, in an order.
    pub fn page(
        &self,
        mirror: &Mirror,
        truth: Wanted,
        sort: &[Sort<PersonSort>],
        window: Window,
    ) -> Result<Vec<Person>> {
        let all = match truth {
            Wanted::Matching => &self.matching,
            Wanted::Possible if self.possible_in_all > self.possible.len() as u64 => {
                return Err(too_many("may match").into());
            }
            Wanted::Possible => &self.possible,
        };
        let (offset, limit) = window.bounds();
        let count = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
        let places = self.order(mirror, truth, all, sort)?;
        let page = places.iter().skip(count(offset)).take(count(limit));
        Ok(page
            .filter_map(|place| all.get(*place as usize).cloned())
            .collect())
    }

    fn order(
        &self,
        mirror: &Mirror,
        of: Wanted,
        people: &[Person],
        sort: &[Sort<PersonSort>],
    ) -> Result<Arc<Vec<u32>>> {
        if let Some(own) = &*locked(&self.order)
            && own.of == of
            && own.sort == sort
        {
            return Ok(Arc::clone(&own.places));
        }
        let places = Arc::new(ordered(mirror, people, sort, self.organizations.as_ref())?);
        *locked(&self.order) = Some(Order {
            of,
            sort: sort.to_vec(),
            places: Arc::clone(&places),
        });
        Ok(places)
    }
}

/// What is behind these locks is good at every moment, so a panic elsewhere does not matter.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
