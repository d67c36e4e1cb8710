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

use super::policy::Policy;
use crate::{Access, BaseUrl};

/// The time over which the vendor counts, as long as it does not say otherwise `[V]`.
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

/// How often one key may ask: so many requests in any minute, or as the vendor says in its answers,
/// and none before the vendor's pause is over. Who comes first asks first.
#[derive(Debug)]
pub struct Pace {
    /// What holds before an answer says anything.
    own: Option<Policy>,
    turnstile: tokio::sync::Mutex<()>,
    state: Mutex<State>,
    changed: Notify,
    waiting: watch::Sender<Option<SystemTime>>,
}

#[derive(Debug, Default)]
struct State {
    /// What holds, all at once; empty for no limit.
    policies: Vec<Policy>,
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
#[must_use]
pub struct Turn {
    pace: Arc<Pace>,
}

impl Pace {
    fn new(limit: Option<NonZeroU32>) -> Self {
        let own = limit.map(|limit| Policy {
            quota: usize::try_from(limit.get()).unwrap_or(usize::MAX),
            window: WINDOW,
        });
        let state = State {
            policies: own.into_iter().collect(),
            ..State::default()
        };
        Self {
            own,
            turnstile: tokio::sync::Mutex::default(),
            state: Mutex::new(state),
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
            let admission = self.state().admit(Instant::now());
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

    /// Keeps to what the vendor says in an answer, if it says something. What is `believed` takes
    /// the place of our own limit; otherwise both hold, so that asking can only become slower.
    pub(super) fn learn(&self, told: Vec<Policy>, believed: bool) {
        if told.is_empty() {
            return;
        }
        let own = self.own.filter(|_| !believed);
        let policies: Vec<_> = own.into_iter().chain(told).collect();
        let mut state = self.state();
        if state.policies == policies {
            return;
        }
        tracing::info!(?policies, "the vendor says how often this key may ask");
        state.policies = policies;
        drop(state);
        self.changed.notify_one();
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
    fn admit(&mut self, now: Instant) -> Admission {
        if let Some(at) = self.not_before {
            if at > now {
                return Admission::At(at);
            }
            self.not_before = None;
        }
        self.forget(now);
        let mut latest = None;
        for policy in &self.policies {
            match self.admit_by(*policy, now) {
                Admission::Now => {}
                Admission::At(at) => latest = latest.max(Some(at)),
                Admission::AfterAnAnswer => return Admission::AfterAnAnswer,
            }
        }
        if let Some(at) = latest {
            return Admission::At(at);
        }
        self.under_way += 1;
        Admission::Now
    }

    fn admit_by(&self, policy: Policy, now: Instant) -> Admission {
        let over = self
            .answered
            .partition_point(|at| *at + policy.window <= now);
        let counted = self.answered.len() - over;
        if self.under_way + counted < policy.quota {
            return Admission::Now;
        }
        match self.answered.get(over) {
            Some(oldest) => Admission::At(*oldest + policy.window),
            None => Admission::AfterAnAnswer,
        }
    }

    /// Answers that no policy counts any more are forgotten.
    fn forget(&mut self, now: Instant) {
        let longest = self.policies.iter().map(|policy| policy.window).max();
        let longest = longest.unwrap_or_default();
        while self.answered.front().is_some_and(|at| *at + longest <= now) {
            self.answered.pop_front();
        }
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        let mut state = self.pace.state();
        state.under_way -= 1;
        if !state.policies.is_empty() {
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

    fn policy(quota: usize, seconds: u64) -> Policy {
        Policy {
            quota,
            window: Duration::from_secs(seconds),
        }
    }

    /// When each of so many requests went, in whole seconds.
    async fn times(pace: &Arc<Pace>, count: usize) -> Vec<u64> {
        let start = Instant::now();
        let mut times = Vec::new();
        for _ in 0..count {
            ask(pace).await;
            times.push(start.elapsed().as_secs());
        }
        times
    }

    #[tokio::test(start_paused = true)]
    async fn a_window_that_the_vendor_tells_and_that_is_believed_takes_the_place_of_the_minute() {
        let pace = pace(2);
        pace.learn(vec![policy(3, 1)], true);
        assert_eq!(times(&pace, 7).await, [0, 0, 0, 1, 1, 1, 2]);
        pace.learn(Vec::new(), true);
        assert_eq!(
            times(&pace, 2).await,
            [0, 0],
            "an answer that says nothing changes nothing"
        );
    }

    #[tokio::test(start_paused = true)]
    async fn what_a_vendor_tells_elsewhere_can_only_slow_the_key_down() {
        let faster = pace(2);
        faster.learn(vec![policy(100, 1)], false);
        assert_eq!(times(&faster, 5).await, [0, 0, 60, 60, 120]);

        let slower = pace(2);
        slower.learn(vec![policy(1, 40)], false);
        assert_eq!(times(&slower, 4).await, [0, 40, 80, 120]);
        slower.learn(vec![policy(100, 1)], false);
        assert_eq!(
            times(&slower, 3).await,
            [20, 60, 80],
            "and it can take that back"
        );
    }

    #[tokio::test(start_paused = true)]
    async fn slower_over_an_hour_does_not_mean_faster_in_a_minute() {
        let pace = pace(2);
        pace.learn(vec![policy(3, 100)], false);
        assert_eq!(times(&pace, 6).await, [0, 0, 60, 100, 120, 160]);
    }

    #[tokio::test(start_paused = true)]
    async fn what_is_learnt_reaches_who_waits_already() {
        let pace = pace(1);
        ask(&pace).await;
        let start = Instant::now();
        let waits = tokio::spawn({
            let pace = Arc::clone(&pace);
            async move { ask(&pace).await }
        });
        tokio::time::sleep(Duration::from_secs(2)).await;
        pace.learn(vec![policy(1, 5)], true);
        waits.await.unwrap();
        assert_eq!(start.elapsed().as_secs(), 5);
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
