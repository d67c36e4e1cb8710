//! A running simulator: started on a thread of its own, stopped when it is no longer held.

use std::{
    io,
    net::{Ipv4Addr, TcpListener},
    sync::Arc,
    thread,
    time::Duration,
};

use axum::Router;
use muster_directory::{Role, permission::RulePackError};
use tokio::sync::oneshot;

use crate::{
    Options, control,
    faults::FaultOrder,
    journal::JournalError,
    line::{Lines, Scissors},
    medipim::{Desk, Details, ENDPOINTS, Key, Medipim, Ready, ReadyMedipim, Rules, Seeded, World},
    mutation::Mutation,
    options::{MOST_ORGANIZATIONS, MOST_PEOPLE},
    population::{SimulatedOrganization, SimulatedPerson},
    seeding::populate,
};

/// How long answers that are on their way may still take once the simulator is told to stop.
const GRACE: Duration = Duration::from_millis(300);

/// The longest wait until every thread has let go of its connections; usually an instant.
const LONGEST_END: Duration = Duration::from_secs(10);

/// How many threads send answers.
const SENDERS: usize = 2;

/// Why the simulator did not start.
#[derive(Debug, thiserror::Error)]
pub enum SimulatorError {
    /// The port could not be taken, most often because something else has it.
    #[error("port {port} on 127.0.0.1 cannot be used")]
    Port {
        /// The port that was asked for.
        port: u16,
        /// What the operating system said.
        source: io::Error,
    },
    /// More than can be simulated.
    #[error("{asked} {what} are too many: at most {most} can be simulated")]
    TooMany {
        /// People or organizations.
        what: &'static str,
        /// How many were asked for.
        asked: u64,
        /// How many are possible.
        most: u64,
    },
    /// An endpoint that is to be missing is none of those that there are.
    #[error("{0} is not an endpoint of the simulator")]
    UnknownEndpoint(String),
    /// The journal cannot be used.
    #[error(transparent)]
    Journal(#[from] JournalError),
    /// The rules that ship with the app cannot be used.
    #[error("the simulator has no rules")]
    Rules(#[from] RulePackError),
    /// The thread or its runtime could not be made.
    #[error("the simulator cannot run")]
    Thread(#[source] io::Error),
    /// The thread ended before it was ready.
    #[error("the simulator ended while it was starting")]
    Ended,
}

impl SimulatorError {
    /// Whether the port is the reason.
    #[must_use]
    pub const fn is_port(&self) -> bool {
        matches!(self, Self::Port { .. })
    }
}

/// What the simulated vendor knew at a moment, whatever a key sees of it.
#[derive(Debug, Clone)]
pub struct Snapshot(Arc<World>);

impl Snapshot {
    /// Everybody, by id.
    pub fn people(&self) -> impl ExactSizeIterator<Item = SimulatedPerson<'_>> {
        self.0.everybody()
    }

    /// The person with an id.
    #[must_use]
    pub fn person(&self, id: u64) -> Option<SimulatedPerson<'_>> {
        Some(self.0.person(self.0.place_of_person(id)?))
    }

    /// What users/query does not return of the person with an id.
    #[must_use]
    pub fn details(&self, id: u64) -> Option<Details> {
        Some(self.0.details(self.0.place_of_person(id)?))
    }

    /// Every organization, by id.
    pub fn organizations(&self) -> impl ExactSizeIterator<Item = SimulatedOrganization<'_>> {
        self.0.organizations()
    }
}

/// A running simulator. Dropping it stops it.
#[derive(Debug)]
pub struct Simulator {
    ready: Ready,
    seeded: Arc<Seeded>,
    desk: Arc<Desk>,
    stop: Option<oneshot::Sender<()>>,
    ended: oneshot::Receiver<()>,
}

/// Starts a simulator on 127.0.0.1; it answers when this returns.
///
/// It runs on threads of its own, so it goes on whatever the caller's runtime does.
pub async fn start(options: Options) -> Result<Simulator, SimulatorError> {
    check(&options)?;
    let port = options.port;
    let unusable = move |source| SimulatorError::Port { port, source };
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).map_err(unusable)?;
    listener.set_nonblocking(true).map_err(unusable)?;
    let address = listener.local_addr().map_err(unusable)?;

    let (stop, stopped) = oneshot::channel();
    let (ending, ended) = oneshot::channel();
    let (starting, started) = oneshot::channel();
    thread::Builder::new()
        .name("muster-simulator".to_owned())
        .spawn(move || {
            run(&options, listener, starting, stopped);
            // Nobody may be waiting for it.
            let _ = ending.send(());
        })
        .map_err(SimulatorError::Thread)?;
    let desk = started.await.map_err(|_| SimulatorError::Ended)??;
    let seeded = Arc::clone(&desk.world().seeded);
    Ok(Simulator {
        ready: Ready {
            medipim: ReadyMedipim {
                base_url: format!("http://{address}"),
                platform: seeded.population.platform,
                keys: seeded.keys.clone(),
            },
        },
        seeded,
        desk,
        stop: Some(stop),
        ended,
    })
}

fn check(options: &Options) -> Result<(), SimulatorError> {
    for (what, asked, most) in [
        ("people", options.people, MOST_PEOPLE),
        ("organizations", options.organizations, MOST_ORGANIZATIONS),
    ] {
        if asked > most {
            return Err(SimulatorError::TooMany { what, asked, most });
        }
    }
    let known = |path: &String| ENDPOINTS.iter().any(|endpoint| endpoint.path == path);
    match options.missing.iter().find(|path| !known(path)) {
        Some(path) => Err(SimulatorError::UnknownEndpoint(path.clone())),
        None => Ok(()),
    }
}

type Started = Result<Arc<Desk>, SimulatorError>;

/// Makes the data, with what the journal remembers.
fn furnish(options: &Options) -> Started {
    let seeded = Seeded::new(populate(options), options.seed);
    let rules = Rules::shipped(options.undocumented)?;
    let desk = Desk::new(World::new(Arc::new(seeded)), rules, options)?;
    Ok(Arc::new(desk))
}

/// Makes the data and serves it until it is told to stop.
fn run(
    options: &Options,
    listener: TcpListener,
    starting: oneshot::Sender<Started>,
    stopped: oneshot::Receiver<()>,
) {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(SENDERS)
        .thread_name("muster-simulator")
        .enable_all()
        .build();
    let runtime = match runtime {
        Ok(runtime) => runtime,
        Err(error) => {
            let _ = starting.send(Err(SimulatorError::Thread(error)));
            return;
        }
    };
    let desk = match furnish(options) {
        Ok(desk) => desk,
        Err(error) => {
            let _ = starting.send(Err(error));
            return;
        }
    };
    let medipim = Medipim::new(Arc::clone(&desk), options).router(&options.missing);
    let router = medipim.merge(control::router(Arc::clone(&desk)));
    runtime.block_on(async {
        match tokio::net::TcpListener::from_std(listener) {
            Ok(listener) => {
                // If nobody waits any more, `stopped` says so too.
                let _ = starting.send(Ok(desk));
                serve(listener, router, stopped).await;
            }
            Err(error) => {
                let _ = starting.send(Err(SimulatorError::Thread(error)));
            }
        }
    });
    // Cuts whatever connection the grace did not suffice for.
    runtime.shutdown_timeout(LONGEST_END);
}

/// Serves until told to stop or until nobody can tell any more; then answers on their way get the
/// grace.
async fn serve(listener: tokio::net::TcpListener, router: Router, stopped: oneshot::Receiver<()>) {
    let router = router.into_make_service_with_connect_info::<Scissors>();
    let (begin_end, told) = oneshot::channel::<()>();
    let serving = axum::serve(Lines(listener), router).with_graceful_shutdown(async {
        let _ = told.await;
    });
    let served = tokio::spawn(serving.into_future());
    let _ = stopped.await;
    drop(begin_end);
    match tokio::time::timeout(GRACE, served).await {
        Ok(Ok(Ok(()))) => {}
        Ok(Ok(Err(error))) => tracing::warn!(%error, "serving ended"),
        Ok(Err(error)) => tracing::warn!(%error, "serving ended"),
        Err(_) => tracing::debug!("answers on their way are cut"),
    }
}

impl Simulator {
    /// `http://127.0.0.1:…`, without a path.
    #[must_use]
    pub fn base_url(&self) -> &str {
        &self.ready.medipim.base_url
    }

    /// What `muster-simulator` prints when it is ready.
    #[must_use]
    pub const fn ready(&self) -> &Ready {
        &self.ready
    }

    /// All keys.
    #[must_use]
    pub fn keys(&self) -> &[Key] {
        &self.ready.medipim.keys
    }

    /// The first key of a role: for [`Role::OrganizationManager`] that of the largest organization,
    /// for [`Role::Reseller`] the one that sees everybody.
    ///
    /// # Panics
    /// For [`Role::Other`]: no key has a role that the vendor's pages do not name.
    #[must_use]
    pub fn key(&self, role: Role) -> &Key {
        let mut keys = self.keys().iter();
        match keys.find(|key| key.role == role) {
            Some(key) => key,
            None => panic!("no key has the role {role}"),
        }
    }

    /// Everybody whom the simulated vendor knew at the start, by id, whatever a key sees of them.
    pub fn people(&self) -> impl ExactSizeIterator<Item = SimulatedPerson<'_>> {
        self.seeded.population.people()
    }

    /// Every organization that the simulated vendor knew at the start, by id.
    pub fn organizations(&self) -> impl ExactSizeIterator<Item = SimulatedOrganization<'_>> {
        self.seeded.population.organizations()
    }

    /// What the simulated vendor knows now, with everything that was changed.
    #[must_use]
    pub fn now(&self) -> Snapshot {
        Snapshot(self.desk.world())
    }

    /// Every request to write something that reached its endpoint since the start, in order, also
    /// the refused ones.
    #[must_use]
    pub fn mutations(&self) -> Vec<Mutation> {
        self.desk.mutations()
    }

    /// How many requests to write were done since the start.
    #[must_use]
    pub fn applied(&self) -> usize {
        self.desk.applied()
    }

    /// Lets things go wrong from now on.
    pub fn fail(&self, order: FaultOrder) {
        self.desk.with_faults(|faults| faults.set(order));
    }

    /// Stops it: the port is free and all connections are closed when this returns. Answers on
    /// their way get a moment to finish.
    pub async fn stop(mut self) {
        drop(self.stop.take());
        // An error means that the thread is gone, which is what is wanted.
        let _ = (&mut self.ended).await;
    }
}
