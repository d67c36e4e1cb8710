//! Long work: what runs, how far it is, how it ended, and how to stop it.

use std::{
    collections::HashMap,
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use muster_mirror::SyncRecord;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::{Engine, Error, Event, Result, changes::Tally, clock, events::Events};

/// The least time between two progress events of a job.
const PACE: Duration = Duration::from_millis(100);

/// How long the app waits for its jobs before it ends without them.
const LONGEST_END: Duration = Duration::from_secs(2);

/// How many ended jobs are remembered.
const REMEMBERED: usize = 50;

/// Long work that runs or ran since the engine was opened.
#[derive(Debug, Clone)]
pub struct Job {
    /// Its id.
    pub id: String,
    /// What it does.
    pub kind: Kind,
    /// The connection it works for.
    pub connection: String,
    /// How it stands.
    pub state: State,
    /// What it is at.
    pub phase: Phase,
    /// People or organizations of this phase that are done.
    pub done: u64,
    /// How many there are in this phase, once that is known.
    pub total: Option<u64>,
    /// Unix seconds.
    pub started_at: i64,
    /// Unix seconds.
    pub ended_at: Option<i64>,
    /// Unix seconds: the rate limit makes it wait until then.
    pub waiting_until: Option<i64>,
}

/// What a job does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// Brings the mirror up to date.
    Sync,
    /// Writes people to this file.
    Export(PathBuf),
    /// Applies this plan.
    Apply(Uuid),
}

impl Kind {
    /// The file that is written.
    #[must_use]
    pub fn path(&self) -> Option<&Path> {
        match self {
            Self::Sync | Self::Apply(_) => None,
            Self::Export(path) => Some(path),
        }
    }
}

/// How a job stands.
#[derive(Debug, Clone)]
pub enum State {
    /// It works.
    Running,
    /// It did what it was for.
    Done(Outcome),
    /// It did not; nothing was changed. A plan keeps what it has applied, and can go on.
    Failed(Error),
    /// The person stopped it; nothing was changed. A plan keeps what it has applied.
    Canceled,
}

/// What a job did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// The mirror is what this sync brought.
    Synced(SyncRecord),
    /// So many people were written.
    Exported(u64),
    /// A plan came to its end, like this.
    Applied(Tally),
}

/// What a job is at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// Reading the secret, reaching the vendor.
    Connecting,
    /// Receiving organizations.
    Organizations,
    /// Receiving people.
    People,
    /// Asking who has which role.
    Roles,
    /// Writing a file.
    Writing,
    /// Having the vendor do what a plan says.
    Applying,
    /// Committing.
    Saving,
    /// Nothing more.
    Finished,
}

impl Job {
    /// Whether it still works.
    #[must_use]
    pub const fn is_running(&self) -> bool {
        matches!(self.state, State::Running)
    }
}

/// Every job since the engine was opened.
#[derive(Debug)]
pub(crate) struct Jobs {
    entries: Mutex<HashMap<String, Entry>>,
    events: Events,
}

#[derive(Debug)]
struct Entry {
    job: Job,
    /// The file that is written, however it was spelt.
    writes: Option<PathBuf>,
    cancel: CancellationToken,
    told: Instant,
}

impl Jobs {
    pub fn new(events: Events) -> Self {
        Self {
            entries: Mutex::default(),
            events,
        }
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<String, Entry>> {
        self.entries.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A new job of a connection, or the one that does the same already.
    pub fn start(&self, kind: Kind, connection: &str) -> Start {
        let mut entries = self.lock();
        let mut of_it = entries
            .values()
            .filter(|entry| entry.job.connection == connection && entry.job.is_running());
        if let Some(entry) = of_it.find(|entry| entry.job.kind == kind) {
            return Start::Running(entry.job.clone());
        }
        let (job, cancel) = self.begin(&mut entries, kind, connection, None);
        Start::New(job, cancel)
    }

    /// A new job that writes to a file; an error while another one, of whatever connection, does.
    /// `resolved` is what the path leads to.
    pub fn start_writing(
        &self,
        path: PathBuf,
        resolved: PathBuf,
        connection: &str,
    ) -> Result<(Job, CancellationToken)> {
        let mut entries = self.lock();
        let mut running = entries.values().filter(|entry| entry.job.is_running());
        let is_it = |other: &PathBuf| is_one_file(other, &resolved);
        if running.any(|entry| entry.writes.as_ref().is_some_and(is_it)) {
            return Err(Error::BeingWritten { path });
        }
        Ok(self.begin(&mut entries, Kind::Export(path), connection, Some(resolved)))
    }

    fn begin(
        &self,
        entries: &mut HashMap<String, Entry>,
        kind: Kind,
        connection: &str,
        writes: Option<PathBuf>,
    ) -> (Job, CancellationToken) {
        forget_oldest(entries);
        let job = Job {
            id: Uuid::new_v4().to_string(),
            kind,
            connection: connection.to_owned(),
            state: State::Running,
            phase: Phase::Connecting,
            done: 0,
            total: None,
            started_at: clock::now(),
            ended_at: None,
            waiting_until: None,
        };
        let cancel = CancellationToken::new();
        let entry = Entry {
            job: job.clone(),
            writes,
            cancel: cancel.clone(),
            told: Instant::now(),
        };
        entries.insert(job.id.clone(), entry);
        self.events.send(Event::Job(Box::new(job.clone())));
        (job, cancel)
    }

    /// Changes a job and tells of it: at once if its phase, state or waiting changed, else at most
    /// every [`PACE`].
    pub fn update(&self, id: &str, change: impl FnOnce(&mut Job)) {
        let mut entries = self.lock();
        let Some(entry) = entries.get_mut(id) else {
            return;
        };
        let before = (
            entry.job.phase,
            entry.job.is_running(),
            entry.job.waiting_until,
        );
        change(&mut entry.job);
        let after = (
            entry.job.phase,
            entry.job.is_running(),
            entry.job.waiting_until,
        );
        if before != after || entry.told.elapsed() >= PACE {
            entry.told = Instant::now();
            // Under the lock, or an older state could be told after a newer one.
            self.events.send(Event::Job(Box::new(entry.job.clone())));
        }
    }

    /// Ends a job.
    pub fn end(&self, id: &str, state: State) {
        self.update(id, |job| {
            job.state = state;
            job.phase = Phase::Finished;
            job.ended_at = Some(clock::now());
            job.waiting_until = None;
        });
    }

    fn cancel(&self, id: &str) -> Result<()> {
        let entries = self.lock();
        let entry = entries.get(id).ok_or_else(|| Error::NotFound {
            what: "job",
            which: id.to_owned(),
        })?;
        entry.cancel.cancel();
        Ok(())
    }

    fn cancel_all(&self) {
        self.lock().values().for_each(|entry| entry.cancel.cancel());
    }
}

/// What became of the wish to start a job.
pub(crate) enum Start {
    /// It is new: run it.
    New(Job, CancellationToken),
    /// The same runs already.
    Running(Job),
}

/// Whether two paths that were resolved are of one file. Where case does not count in names, a
/// file that is not there yet may be spelt in two ways.
fn is_one_file(one: &Path, other: &Path) -> bool {
    if cfg!(any(windows, target_os = "macos")) {
        let plain = |path: &Path| path.to_string_lossy().to_lowercase();
        return plain(one) == plain(other);
    }
    one == other
}

fn forget_oldest(entries: &mut HashMap<String, Entry>) {
    let mut ended: Vec<_> = entries
        .values()
        .filter_map(|entry| entry.job.ended_at.map(|at| (at, entry.job.id.clone())))
        .collect();
    ended.sort();
    for (_, id) in ended.iter().rev().skip(REMEMBERED) {
        entries.remove(id);
    }
}

impl Engine {
    /// Every job that runs, and the last ones that ended, oldest first.
    #[must_use]
    pub fn jobs(&self) -> Vec<Job> {
        let mut jobs: Vec<_> = self
            .jobs
            .lock()
            .values()
            .map(|entry| entry.job.clone())
            .collect();
        jobs.sort_by(|a, b| (a.started_at, &a.id).cmp(&(b.started_at, &b.id)));
        jobs
    }

    /// A job by its id.
    pub fn job(&self, id: &str) -> Result<Job> {
        let found = self.jobs.lock().get(id).map(|entry| entry.job.clone());
        found.ok_or_else(|| Error::NotFound {
            what: "job",
            which: id.to_owned(),
        })
    }

    /// Stops a job; nothing that it did stays.
    pub fn cancel_job(&self, id: &str) -> Result<()> {
        self.jobs.cancel(id)
    }

    /// Stops every job of a connection, and waits until each has cleared away what it had half done
    /// and has let go of the connection's files.
    pub(crate) async fn stop_jobs_of(&self, connection: Uuid) {
        let connection = connection.to_string();
        let is_of_it = |job: &&Job| job.connection == connection && job.is_running();
        for job in self.jobs().iter().filter(is_of_it) {
            // A job that is forgotten has ended.
            drop(self.cancel_job(&job.id));
            drop(self.ended(&job.id).await);
        }
    }

    /// Stops every job, and waits a moment until each has cleared away what it had half done,
    /// before the app ends.
    pub async fn stop_all_jobs(&self) {
        self.jobs.cancel_all();
        let all_ended = async {
            for job in self.jobs().iter().filter(|job| job.is_running()) {
                // A job that is forgotten has ended.
                drop(self.ended(&job.id).await);
            }
        };
        if tokio::time::timeout(LONGEST_END, all_ended).await.is_err() {
            tracing::warn!("a job had not ended when the app did");
        }
    }
}
