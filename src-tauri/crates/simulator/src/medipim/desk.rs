//! Where writes are taken in, one after the other: looked at, kept, made, noted.

use std::{
    collections::HashSet,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use axum::http::StatusCode;

use super::{
    body::Json,
    change::{Change, Unfit},
    holder::Actor,
    refusal::Refusal,
    rules::Rules,
    world::World,
    write::{Accepted, Shown, Turn},
};
use crate::{
    Options,
    faults::Faults,
    journal::{Journal, JournalError},
    mutation::{Mutation, shown_body},
};

/// What an endpoint that writes does with a body.
pub type Write = fn(&Turn<'_>) -> Result<Accepted, Refusal>;

/// A request to write something.
pub struct Request {
    /// Where it was sent.
    pub path: &'static str,
    /// Who sent it.
    pub actor: Actor,
    /// What the client calls it: `X-Request-Id`.
    pub id: Option<String>,
    /// What was sent.
    pub body: bytes::Bytes,
}

/// What the client gets.
pub struct Reply {
    /// What was decided; none if the request was dropped before.
    pub outcome: Option<Result<Shown, Refusal>>,
    /// What there was right after it.
    pub world: Arc<World>,
    /// How long the answer waits.
    pub delay: Duration,
    /// Whether the answer is sent at all.
    pub sent: bool,
}

/// The one place that changes what the simulated Medipim knows.
#[derive(Debug)]
pub struct Desk {
    rules: Rules,
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    world: Arc<World>,
    emails: HashSet<Box<str>>,
    journal: Option<Journal>,
    mutations: Vec<Mutation>,
    faults: Faults,
}

impl Desk {
    /// A desk at which nothing was written yet, but for what the journal remembers.
    pub fn new(world: World, rules: Rules, options: &Options) -> Result<Self, JournalError> {
        let mut state = State {
            world: Arc::new(world),
            emails: HashSet::new(),
            journal: None,
            mutations: Vec::new(),
            faults: Faults::default(),
        };
        if let Some(path) = &options.journal {
            let journal = Journal::open(path, options, |change| state.apply(&change));
            state.journal = Some(journal?);
        }
        let state = Mutex::new(state);
        Ok(Self { rules, state })
    }

    /// Who may what.
    pub const fn rules(&self) -> &Rules {
        &self.rules
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What there is now. No later change touches it.
    pub fn world(&self) -> Arc<World> {
        Arc::clone(&self.state().world)
    }

    /// Every request to write that was taken in, in order.
    pub fn mutations(&self) -> Vec<Mutation> {
        self.state().mutations.clone()
    }

    /// How many requests to write were done.
    pub fn applied(&self) -> usize {
        let state = self.state();
        state.mutations.iter().filter(|own| own.applied).count()
    }

    /// Reads or sets what goes wrong.
    pub fn with_faults<T>(&self, act: impl FnOnce(&mut Faults) -> T) -> T {
        act(&mut self.state().faults)
    }

    /// Takes a request in.
    pub fn take(&self, request: &Request, write: Write) -> Reply {
        let now = SystemTime::now().duration_since(UNIX_EPOCH);
        let now = now.unwrap_or_default();
        let json = Json::read(&request.body);
        let state = &mut *self.state();
        let mut accepted = None;
        let (outcome, sent) = if let Some(status) = state.faults.refuses() {
            (Some(Err(Refusal::told(status))), true)
        } else if state.faults.cuts() {
            (None, false)
        } else {
            let decided = json.and_then(|json| {
                write(&Turn {
                    world: &state.world,
                    emails: &state.emails,
                    rules: &self.rules,
                    actor: &request.actor,
                    json: &json,
                    now: now.as_secs().cast_signed(),
                })
            });
            let made = decided.and_then(|decided| {
                state.make(&decided)?;
                let shown = decided.shown;
                accepted = Some(decided);
                Ok(shown)
            });
            let lost = made.is_ok() && state.faults.loses();
            (Some(made), !lost)
        };
        state.note(
            request,
            now,
            outcome.as_ref().filter(|_| sent),
            accepted.as_ref(),
        );
        Reply {
            outcome,
            world: Arc::clone(&state.world),
            delay: state.faults.delay(),
            sent,
        }
    }
}

impl State {
    /// Makes a change, after it was kept. It was decided on this very world, so it fits.
    fn make(&mut self, accepted: &Accepted) -> Result<(), Refusal> {
        let Some(change) = &accepted.change else {
            return Ok(());
        };
        if let Some(journal) = &mut self.journal {
            let kept = journal.append(change);
            kept.map_err(|error| Refusal::internal(format!("The journal: {error}")))?;
        }
        self.apply(change)
            .map_err(|unfit| Refusal::internal(unfit.to_string()))
    }

    fn apply(&mut self, change: &Change) -> Result<(), Unfit> {
        Arc::make_mut(&mut self.world).apply(change)?;
        if let Change::UserCreated(user) = change {
            self.emails.insert(user.details.email.to_lowercase().into());
        }
        Ok(())
    }

    fn note(
        &mut self,
        request: &Request,
        now: Duration,
        answered: Option<&Result<Shown, Refusal>>,
        accepted: Option<&Accepted>,
    ) {
        let status = answered.map(|outcome| match outcome {
            Ok(_) => StatusCode::OK,
            Err(refusal) => refusal.status(),
        });
        self.mutations.push(Mutation {
            number: self.mutations.len() as u64 + 1,
            at: u64::try_from(now.as_millis()).unwrap_or(u64::MAX),
            key: request.actor.key,
            path: request.path.to_owned(),
            request_id: request.id.clone(),
            status: status.map(|status| status.as_u16()),
            applied: accepted.is_some_and(|accepted| accepted.change.is_some()),
            touched: accepted
                .map(|accepted| accepted.shown.touched())
                .into_iter()
                .collect(),
            body: shown_body(&request.body),
        });
    }
}
