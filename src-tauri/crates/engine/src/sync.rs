//! Sync: one consistent answer of the vendor becomes the mirror's new state, in one transaction.
//!
//! The vendor's answer streams through a channel to a thread that holds the mirror's one write
//! transaction. Whatever goes wrong on the way, the transaction is dropped and the mirror is what
//! it was: a cut answer is not a deletion.

use std::sync::Arc;

use muster_directory::{
    AnswerMeta, Filter, Organization, Page, PageSize, PeopleQuery, Person, PersonId, PersonLeaf,
    Role,
};
use muster_mirror::{ConnectionRecord, Mirror, SyncRecord};
use muster_vendor::{Medipim, Pace, VendorError};
use serde_json::json;
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use crate::{
    Change, Engine, Error, Result,
    activity::{self, Entry, Purpose, Target, What},
    clock,
    jobs::{Job, Kind, Outcome, Phase, Start, State},
    role_filter::is_refused,
};

/// How many batches may wait between the network and the disk.
const AHEAD: usize = 4;

/// What the thread with the transaction is told.
enum Step {
    Organizations(Vec<Organization>),
    People(Vec<Person>),
    Roles(Vec<(Role, Vec<PersonId>)>),
    /// Everything came: commit.
    Commit,
}

impl Engine {
    /// Starts to sync a connection, or returns the sync that runs already.
    pub async fn start_sync(&self, connection: &str) -> Result<Job> {
        let record = self.record(connection).await?;
        let (job, cancel) = match self.jobs.start(Kind::Sync, &record.id.to_string()) {
            Start::Running(job) => return Ok(job),
            Start::New(job, cancel) => (job, cancel),
        };
        let (engine, id) = (self.clone(), job.id.clone());
        tokio::spawn(async move {
            let outcome = async {
                let client = engine.client_for(&record, Purpose::Sync).await?;
                let waiting = engine.watch_waiting(client.pace(), &id);
                let synced = engine.sync(&record, &client, &id, cancel).await;
                waiting.abort();
                synced
            }
            .await;
            engine.end_sync(&record, &id, outcome).await;
        });
        Ok(job)
    }

    /// Waits until a job has ended.
    pub async fn ended(&self, job: &str) -> Result<Job> {
        let mut events = self.listen();
        loop {
            let now = self.job(job)?;
            if !now.is_running() {
                return Ok(now);
            }
            // Lagging behind, or any event at all, is a reason to look again.
            drop(events.recv().await);
        }
    }

    async fn end_sync(&self, record: &ConnectionRecord, job: &str, outcome: Result<SyncRecord>) {
        let connection = record.id;
        let outcome = self.witness(connection, outcome);
        // Before it is told that the job has ended: then the ledger may be removed.
        self.note_after(record, entry(record, &outcome)).await;
        let state = match outcome {
            Ok(record) => State::Done(Outcome::Synced(record)),
            Err(Error::Canceled) => State::Canceled,
            Err(error) => {
                tracing::warn!(%connection, %error, ?error, "a sync failed; the mirror is as before");
                State::Failed(error)
            }
        };
        let done = matches!(state, State::Done(_));
        if done && let Err(error) = self.prove_open(record).await {
            tracing::warn!(%connection, %error, "what is not known to be done was not compared");
        }
        self.jobs.end(job, state);
        if done {
            let connection = connection.to_string();
            self.events.changed(Change::Mirror, Some(&connection));
            self.events.changed(Change::Connections, Some(&connection));
        }
    }

    async fn sync(
        &self,
        record: &ConnectionRecord,
        client: &Medipim,
        job: &str,
        cancel: CancellationToken,
    ) -> Result<SyncRecord> {
        let (steps, to_write) = mpsc::channel(AHEAD);
        let (engine, connection) = (self.clone(), record.id);
        let (started_at, stop) = (clock::now(), cancel.clone());
        let writing = tokio::task::spawn_blocking(move || {
            write(&*engine.mirror(connection)?, started_at, to_write, stop)
        });
        let receiving = Receiving {
            engine: self,
            record,
            client,
            job,
            cancel,
        };
        let received = receiving.everything(steps).await;
        let written = writing.await?;
        match (received, written) {
            // A writer that failed makes the receiver fail too; the writer knows why.
            (_, Err(error)) if !matches!(error, Error::Canceled) => Err(error),
            (Err(error), _) | (Ok(()), Err(error)) => Err(error),
            (Ok(()), Ok(record)) => Ok(record),
        }
    }

    /// Shows in the job how long the rate limit makes it wait.
    pub(crate) fn watch_waiting(&self, pace: &Pace, job: &str) -> tokio::task::JoinHandle<()> {
        let (jobs, id) = (Arc::clone(&self.jobs), job.to_owned());
        let mut waiting = pace.waiting();
        tokio::spawn(async move {
            loop {
                let until = waiting.borrow_and_update().map(clock::seconds);
                jobs.update(&id, |job| job.waiting_until = until);
                if waiting.changed().await.is_err() {
                    return;
                }
            }
        })
    }
}

/// The vendor's answer on its way to the writer.
struct Receiving<'a> {
    engine: &'a Engine,
    record: &'a ConnectionRecord,
    client: &'a Medipim,
    /// The job that tells how far it is.
    job: &'a str,
    cancel: CancellationToken,
}

impl Receiving<'_> {
    /// Receives organizations, then people, then who has which role, and asks for the commit if
    /// all of it came.
    async fn everything(&self, steps: mpsc::Sender<Step>) -> Result<()> {
        let client = self.client;
        let fetch = |sink| client.organizations_all(None, sink, self.cancel.clone());
        match self
            .forward(
                Phase::Organizations,
                None,
                fetch,
                &steps,
                Step::Organizations,
            )
            .await
        {
            // A key that sees people and no organizations: what is known of them stays.
            Err(Error::Vendor(error)) if error.is_denied() || error.is_not_there() => {
                tracing::info!(%error, "organizations are left out of this sync");
            }
            outcome => outcome?,
        }
        // The streamed answer tells its total at its end; a short page tells it now.
        let page = Some(Page {
            no: 0,
            size: PageSize::Ten,
        });
        let short = PeopleQuery {
            page,
            ..PeopleQuery::default()
        };
        let asking = client.people_page(&short);
        let total = self
            .cancel
            .run_until_cancelled(asking)
            .await
            .ok_or(Error::Canceled)??
            .meta
            .total;
        let fetch = |sink| client.people_all(None, sink, self.cancel.clone());
        self.forward(Phase::People, Some(total), fetch, &steps, Step::People)
            .await?;
        if let Some(roles) = self.roles(total).await? {
            // If nobody listens any more, the writer failed and says so itself.
            drop(steps.send(Step::Roles(roles)).await);
        }
        if self.cancel.is_cancelled() {
            return Err(Error::Canceled);
        }
        self.tell(|job| job.phase = Phase::Saving);
        // If nobody listens any more, the writer failed and says so itself.
        drop(steps.send(Step::Commit).await);
        Ok(())
    }

    /// Who has which role, by one question a role; none if the vendor does not find people by
    /// role, or if that could not be learnt: the people have all come, and are worth more than
    /// their roles. They are handed on together: half of them would make roles unknown that were
    /// known before.
    async fn roles(&self, people: u64) -> Result<Option<Vec<(Role, Vec<PersonId>)>>> {
        let learning = self.learn_roles(people);
        match self.cancel.run_until_cancelled(learning).await {
            None | Some(Err(Error::Canceled)) => Err(Error::Canceled),
            Some(Ok(roles)) => Ok(roles),
            Some(Err(error)) => {
                tracing::warn!(%error, ?error, "roles were not learnt; they are as before");
                Ok(None)
            }
        }
    }

    /// Asks for each role. One that the vendor refuses is left out, so that whoever has it has a
    /// role that is not known any more: what was learnt of it once is no longer confirmed.
    async fn learn_roles(&self, people: u64) -> Result<Option<Vec<(Role, Vec<PersonId>)>>> {
        if !self.engine.finds_by_role(self.record, self.client).await? {
            return Ok(None);
        }
        self.tell(|job| {
            (job.phase, job.done, job.total) = (Phase::Roles, 0, Some(people));
        });
        let mut roles = Vec::with_capacity(Role::NAMED.len());
        for role in Role::NAMED {
            match self.people_with(&role).await {
                Ok(people) => roles.push((role, people)),
                Err(error) if is_refused(&error) => {
                    let filter = self.engine.ask_role_filter(self.record, self.client);
                    if !filter.await?.supported {
                        tracing::info!(%error, "people are not found by role any more");
                        return Ok(None);
                    }
                    tracing::info!(%error, %role, "nobody is found by this role");
                }
                Err(error) => return Err(error.into()),
            }
        }
        Ok(Some(roles))
    }

    /// Everybody with a role.
    async fn people_with(&self, role: &Role) -> std::result::Result<Vec<PersonId>, VendorError> {
        let filter = Filter::leaf(PersonLeaf::Role(role.clone()));
        let (sink, mut batches) = mpsc::channel::<Vec<Person>>(AHEAD);
        let counting = async {
            let mut people = Vec::new();
            while let Some(batch) = batches.recv().await {
                people.extend(batch.iter().map(|person| person.id));
                self.tell(|job| job.done += batch.len() as u64);
            }
            people
        };
        let fetching = self
            .client
            .people_all(Some(filter), sink, self.cancel.clone());
        let (meta, people) = tokio::join!(fetching, counting);
        meta.map(|_| people)
    }

    /// Hands batches on from the vendor to the writer, and counts them.
    async fn forward<T, Fetch>(
        &self,
        phase: Phase,
        total: Option<u64>,
        fetch: impl FnOnce(mpsc::Sender<Vec<T>>) -> Fetch,
        steps: &mpsc::Sender<Step>,
        step: fn(Vec<T>) -> Step,
    ) -> Result<()>
    where
        Fetch: Future<Output = std::result::Result<AnswerMeta, VendorError>>,
    {
        self.tell(|job| (job.phase, job.done, job.total) = (phase, 0, total));
        let (sink, mut batches) = mpsc::channel::<Vec<T>>(AHEAD);
        // Owns the batches: when the writer has failed, dropping them makes the request stop.
        let handing = async move {
            while let Some(batch) = batches.recv().await {
                let count = batch.len() as u64;
                if steps.send(step(batch)).await.is_err() {
                    return;
                }
                self.tell(|job| job.done += count);
            }
        };
        let (meta, ()) = tokio::join!(fetch(sink), handing);
        let total = meta?.total;
        // An answer without anybody is an answer too.
        drop(steps.send(step(Vec::new())).await);
        self.tell(|job| (job.done, job.total) = (total, Some(total)));
        Ok(())
    }

    /// Says in the job how far it is.
    fn tell(&self, how: impl FnOnce(&mut Job)) {
        self.engine.jobs.update(self.job, how);
    }
}

/// A sync, as it is noted.
fn entry(record: &ConnectionRecord, outcome: &Result<SyncRecord>) -> Entry {
    let target = Target::of(What::Mirror, record);
    let synced = match outcome {
        Ok(synced) => synced,
        Err(error) => return Entry::not_done(activity::Kind::Sync, target, error),
    };
    let people = synced.people;
    let detail = json!({
        "sync": synced.id,
        "people": people.total,
        "added": people.added,
        "changed": people.changed,
        "missing": people.missing,
        "returned": people.returned,
        "gone": people.gone,
        "organizations": synced.organizations.total,
    });
    Entry::done(activity::Kind::Sync, target, detail)
}

/// Writes what comes, and commits only when told to. Without that, and if it is canceled before,
/// everything is rolled back.
fn write(
    mirror: &Mirror,
    started_at: i64,
    mut steps: mpsc::Receiver<Step>,
    cancel: CancellationToken,
) -> Result<SyncRecord> {
    let mut writer = mirror.begin_sync(started_at)?;
    writer.keep_going_while(move || !cancel.is_cancelled());
    while let Some(step) = steps.blocking_recv() {
        match step {
            Step::Organizations(batch) => writer.organizations(&batch)?,
            Step::People(batch) => writer.people(&batch)?,
            Step::Roles(roles) => writer.roles(&roles)?,
            Step::Commit => return Ok(writer.finish(clock::now())?),
        }
    }
    Err(Error::Canceled)
}
