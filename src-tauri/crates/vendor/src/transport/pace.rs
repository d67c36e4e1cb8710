//! Pacing: how often a key may ask, shared by everything that uses the key.

use std::{
    collections::{HashMap, VecDeque},
    num::NonZeroU32,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, SystemTime},
};

use muster_directory::ApiKeyId;
use tokio::{
    sync::{Notify, watch},
    time::{Instant, sleep_until},
};

use crate::{Access, BaseUrl};

/// The time over which the vendor counts `[V]`.
const WINDOW: Duration = Duration::from_secs(60);

/// Requests a minute a key `[V]`.
const LIMIT: NonZeroU32 = NonZeroU32::MIN.saturating_add(99);

/// Who asks whom: what the vendor counts by.
type Asker = (BaseUrl, ApiKeyId);

/// The paces of all keys: whoever uses the same key at the same server shares one.
#[derive(Debug, Clone)]
pub struct Paces {
    limit: Option<NonZeroU32>,
    known: Arc<Mutex<HashMap<Asker, Arc<Pace>>>>,
}

impl Default for Paces {
    fn default() -> Self {
        Self::new(Some(LIMIT))
    }
}

impl Paces {
    /// So many requests a minute a key; none for no limit of our own.
    #[must_use]
    pub fn new(limit: Option<NonZeroU32>) -> Self {
        Self {
            limit,
            known: Arc::default(),
        }
    }

    /// The pace of a key.
    #[must_use]
    pub fn of(&self, access: &Access) -> Arc<Pace> {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let pace = known
            .entry((access.base_url().clone(), access.key()))
            .or_insert_with(|| Arc::new(Pace::new(self.limit)));
        Arc::clone(pace)
    }
}

/// How often one key may ask: so many requests in any minute, and none before the vendor's pause
/// is over. Who comes first asks first.
#[derive(Debug)]
pub struct Pace {
    limit: Option<usize>,
    turnstile: tokio::sync::Mutex<()>,
    state: Mutex<State>,
    changed: Notify,
    waiting: watch::Sender<Option<SystemTime>>,
}

#[derive(Debug, Default)]
struct State {
    /// Sent and not answered yet: the vendor may count them now or later.
    under_way: usize,
    /// When the latest answers came: the vendor counted those requests then at the latest.
    answered: VecDeque<Instant>,
    /// The vendor's pause.
    not_before: Option<Instant>,
}

/// The pause is longer than anybody would wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct TooLong {
    pub left: Duration,
}

/// The right to send one request. It counts from when it is dropped, which is when the answer
/// began.
#[derive(Debug)]
pub(crate) struct Turn {
    pace: Arc<Pace>,
}

impl Pace {
    fn new(limit: Option<NonZeroU32>) -> Self {
        Self {
            limit: limit.map(|limit| usize::try_from(limit.get()).unwrap_or(usize::MAX)),
            turnstile: tokio::sync::Mutex::default(),
            state: Mutex::default(),
            changed: Notify::new(),
            waiting: watch::Sender::new(None),
        }
    }

    /// Until when this key waits; none while it does not.
    #[must_use]
    pub fn waiting(&self) -> watch::Receiver<Option<SystemTime>> {
        self.waiting.subscribe()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until a request may be sent, unless the vendor's pause is longer than `longest`.
    pub(crate) async fn turn(self: &Arc<Self>, longest: Duration) -> Result<Turn, TooLong> {
        let _first_in_line = self.turnstile.lock().await;
        let announced = Announced(&self.waiting);
        loop {
            let changed = self.changed.notified();
            let admission = self.state().admit(self.limit, Instant::now());
            match admission {
                Admission::Now => {
                    return Ok(Turn {
                        pace: Arc::clone(self),
                    });
                }
                Admission::At(at) => {
                    let left = at.saturating_duration_since(Instant::now());
                    if left > longest {
                        return Err(TooLong { left });
                    }
                    announced.until(SystemTime::now() + left);
                    tokio::select! {
                        () = sleep_until(at) => {}
                        () = changed => {}
                    }
                }
                Admission::AfterAnAnswer => changed.await,
            }
        }
    }

    /// Keeps everyone who shares the key from asking for a while, as the vendor wants.
    pub(crate) fn push_back(&self, pause: Duration) {
        let now = Instant::now();
        // A pause beyond what a clock can hold is as good as a year.
        let until = now
            .checked_add(pause)
            .unwrap_or_else(|| now + Duration::from_secs(365 * 24 * 3_600));
        let mut state = self.state();
        state.not_before = state.not_before.max(Some(until));
        drop(state);
        self.changed.notify_one();
    }
}

enum Admission {
    Now,
    At(Instant),
    AfterAnAnswer,
}

impl State {
    fn admit(&mut self, limit: Option<usize>, now: Instant) -> Admission {
        if let Some(at) = self.not_before {
            if at > now {
                return Admission::At(at);
            }
            self.not_before = None;
        }
        while self.answered.front().is_some_and(|at| *at + WINDOW <= now) {
            self.answered.pop_front();
        }
        let Some(limit) = limit else {
            self.under_way += 1;
            return Admission::Now;
        };
        if self.under_way + self.answered.len() < limit {
            self.under_way += 1;
            return Admission::Now;
        }
        match self.answered.front() {
            Some(oldest) => Admission::At(*oldest + WINDOW),
            None => Admission::AfterAnAnswer,
        }
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        let mut state = self.pace.state();
        state.under_way -= 1;
        if self.pace.limit.is_some() {
            state.answered.push_back(Instant::now());
        }
        drop(state);
        self.pace.changed.notify_one();
    }
}

/// Says until when it waits, and takes it back when it waits no more.
struct Announced<'a>(&'a watch::Sender<Option<SystemTime>>);

impl Announced<'_> {
    fn until(&self, time: SystemTime) {
        self.0.send_replace(Some(time));
    }
}

impl Drop for Announced<'_> {
    fn drop(&mut self) {
        self.0.send_if_modified(|until| until.take().is_some());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LONGEST: Duration = Duration::from_secs(120);

    fn pace(limit: u32) -> Arc<Pace> {
        Arc::new(Pace::new(NonZeroU32::new(limit)))
    }

    async fn ask(pace: &Arc<Pace>) {
        drop(pace.turn(LONGEST).await.unwrap());
    }

    #[tokio::test(start_paused = true)]
    async fn in_any_minute_there_are_no_more_requests_than_the_limit() {
        let pace = pace(5);
        let mut asked: Vec<Instant> = Vec::new();
        for number in 0..40 {
            ask(&pace).await;
            asked.push(Instant::now());
            if number % 3 == 0 {
                tokio::time::advance(Duration::from_secs(7)).await;
            }
        }
        for window in asked.windows(6) {
            assert!(
                window[5] - window[0] >= WINDOW,
                "{:?}",
                window[5] - window[0]
            );
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_slow_answer_counts_from_when_it_came() {
        let pace = pace(1);
        let turn = pace.turn(LONGEST).await.unwrap();
        let other = tokio::spawn({
            let pace = Arc::clone(&pace);
            async move {
                ask(&pace).await;
                Instant::now()
            }
        });
        tokio::time::advance(Duration::from_secs(90)).await;
        tokio::task::yield_now().await;
        assert!(!other.is_finished(), "the first is not answered yet");
        let answered = Instant::now();
        drop(turn);
        assert!(other.await.unwrap() - answered >= WINDOW);
    }

    #[tokio::test(start_paused = true)]
    async fn a_pause_of_the_vendor_holds_back_everyone_with_the_key() {
        let pace = pace(100);
        let start = Instant::now();
        pace.push_back(Duration::from_secs(30));
        pace.push_back(Duration::from_secs(10));
        let others = (0..3).map(|_| {
            let pace = Arc::clone(&pace);
            async move {
                ask(&pace).await;
                Instant::now() - start
            }
        });
        for waited in futures::future::join_all(others).await {
            assert!(waited >= Duration::from_secs(30), "{waited:?}");
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_pause_that_nobody_would_wait_for_is_told_at_once() {
        let pace = pace(100);
        pace.push_back(Duration::MAX);
        let start = Instant::now();
        let too_long = pace.turn(LONGEST).await.unwrap_err();
        assert!(too_long.left > LONGEST);
        assert_eq!(start, Instant::now());
    }

    #[tokio::test(start_paused = true)]
    async fn a_pause_that_comes_while_waiting_makes_the_wait_longer() {
        let pace = pace(1);
        ask(&pace).await;
        let start = Instant::now();
        let mut waiting = pace.waiting();
        let asks = tokio::spawn({
            let pace = Arc::clone(&pace);
            async move { ask(&pace).await }
        });
        waiting.changed().await.unwrap();
        let first = waiting.borrow_and_update().unwrap();
        pace.push_back(Duration::from_secs(100));
        waiting.changed().await.unwrap();
        assert!(waiting.borrow_and_update().unwrap() > first);
        asks.await.unwrap();
        assert!(start.elapsed() >= Duration::from_secs(100));
    }

    #[tokio::test(start_paused = true)]
    async fn waiting_can_be_watched_and_ends_when_the_wait_does_or_is_given_up() {
        let pace = pace(1);
        let mut waiting = pace.waiting();
        ask(&pace).await;
        assert!(
            waiting.borrow_and_update().is_none(),
            "the first does not wait"
        );

        let asks = tokio::spawn({
            let pace = Arc::clone(&pace);
            async move { ask(&pace).await }
        });
        waiting.changed().await.unwrap();
        let until = waiting.borrow_and_update().unwrap();
        let left = until.duration_since(SystemTime::now()).unwrap();
        assert!(left > Duration::from_secs(50) && left <= WINDOW, "{left:?}");
        asks.await.unwrap();
        assert!(waiting.borrow_and_update().is_none());

        let given_up = tokio::time::timeout(Duration::from_secs(1), ask(&pace)).await;
        assert!(given_up.is_err());
        assert!(waiting.borrow_and_update().is_none());
        tokio::time::timeout(Duration::from_secs(61), ask(&pace))
            .await
            .expect("one who gave up does not use up a turn");
    }

    #[tokio::test(start_paused = true)]
    async fn without_a_limit_only_the_pause_of_the_vendor_counts() {
        let pace = Arc::new(Pace::new(None));
        let start = Instant::now();
        for _ in 0..1_000 {
            ask(&pace).await;
        }
        assert_eq!(start, Instant::now());
        pace.push_back(Duration::from_secs(1));
        ask(&pace).await;
        assert!(start.elapsed() >= Duration::from_secs(1));
    }

    #[test]
    fn the_same_key_at_the_same_server_shares_one_pace() {
        let access = |url: &str, key: u64| {
            Access::new(url.parse().unwrap(), key.try_into().unwrap(), "s".into()).unwrap()
        };
        let paces = Paces::default();
        let one = paces.of(&access("https://api.medipim.be", 1));
        let clone = paces.clone();
        assert!(Arc::ptr_eq(
            &one,
            &clone.of(&access("https://api.medipim.be/", 1))
        ));
        assert!(!Arc::ptr_eq(
            &one,
            &paces.of(&access("https://api.medipim.be", 2))
        ));
        assert!(!Arc::ptr_eq(
            &one,
            &paces.of(&access("https://api.medipim.fr", 1))
        ));
    }
}
