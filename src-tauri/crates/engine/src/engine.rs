//! The engine: what everything that a person does needs, opened once.

use std::{
    collections::HashMap,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use muster_mirror::{ConnectionRecord, Mirror, Profile};
use muster_vault::Vault;
use muster_vendor::{Paces, Transport, TransportOptions};
use tokio::sync::broadcast;
use uuid::Uuid;

use crate::{
    Change, Error, Event, Result,
    activity::Looks,
    changes::{Clipboard, Held, Opened},
    connections::Link,
    events::Events,
    jobs::Jobs,
    live::LiveAnswers,
    practice::Practice,
};

/// How long the rate limit may keep somebody waiting who looks at the screen.
const LONGEST_LOOK: Duration = Duration::from_secs(2);

/// How long a vendor may be at a request that nobody waits for any more: as long as one is waited
/// for.
const SETTLE: Duration = Duration::from_secs(60);

/// How an engine is opened.
pub struct EngineOptions {
    /// The folder of the profile; made if it is not there.
    pub profile: PathBuf,
    /// Where secrets are kept.
    pub vault: Arc<dyn Vault>,
    /// How vendors are reached.
    pub transport: TransportOptions,
    /// How often each key may ask.
    pub paces: Paces,
    /// What the practice directory holds.
    pub practice: muster_simulator::Options,
    /// How long the vendor may still be at a request whose answer never came. What is not there
    /// after that was not done.
    pub settle: Duration,
    /// The system's clipboard; none: this host has none.
    pub clipboard: Option<Arc<dyn Clipboard>>,
}

impl EngineOptions {
    /// The usual ways, with this profile and vault.
    #[must_use]
    pub fn new(profile: PathBuf, vault: Arc<dyn Vault>) -> Self {
        Self {
            profile,
            vault,
            transport: TransportOptions::default(),
            paces: Paces::default(),
            settle: SETTLE,
            clipboard: None,
            practice: muster_simulator::Options {
                role_filter: true,
                ..muster_simulator::Options::default()
            },
        }
    }
}

/// The folder of the person's profile on this platform, if there is a home folder.
#[must_use]
pub fn profile_folder() -> Option<PathBuf> {
    directories::ProjectDirs::from("app", "muster", "Muster")
        .map(|folders| folders.data_local_dir().to_owned())
}

/// What everything that a person does needs. Cheap to clone; needs a tokio runtime.
#[derive(Clone)]
pub struct Engine {
    pub(crate) profile: Arc<Profile>,
    pub(crate) vault: Arc<dyn Vault>,
    /// For jobs: waits as long as the rate limit asks.
    pub(crate) patient: Transport,
    /// For somebody who looks at the screen: says at once that it would have to wait.
    pub(crate) prompt: Transport,
    pub(crate) paces: Paces,
    pub(crate) practice: Arc<Practice>,
    pub(crate) events: Events,
    pub(crate) jobs: Arc<Jobs>,
    pub(crate) links: Arc<Mutex<HashMap<Uuid, Link>>>,
    pub(crate) live: Arc<LiveAnswers>,
    pub(crate) looks: Looks,
    pub(crate) held: Arc<Held>,
    pub(crate) opened: Arc<Opened>,
    pub(crate) settle: Duration,
    pub(crate) clipboard: Option<Arc<dyn Clipboard>>,
    /// Whether what is asked is for a job: it waits as long as the rate limit says, and is whole or
    /// an error.
    pub(crate) asks_for_job: bool,
    mirrors: Arc<Mutex<HashMap<Uuid, Arc<Mirror>>>>,
}

impl Engine {
    /// Opens the profile; nothing is contacted.
    pub fn open(options: EngineOptions) -> Result<Self> {
        let events = Events::new();
        let profile = Profile::open(&options.profile)?;
        Ok(Self {
            practice: Arc::new(Practice::new(options.practice, profile.folder())),
            profile: Arc::new(profile),
            vault: options.vault,
            prompt: transport(TransportOptions {
                longest_wait: LONGEST_LOOK,
                ..options.transport.clone()
            })?,
            patient: transport(options.transport)?,
            paces: options.paces,
            jobs: Arc::new(Jobs::new(events.clone())),
            events,
            links: Arc::default(),
            live: Arc::default(),
            looks: Looks::default(),
            held: Arc::default(),
            opened: Arc::default(),
            settle: options.settle,
            clipboard: options.clipboard,
            asks_for_job: false,
            mirrors: Arc::default(),
        })
    }

    /// The folder of the profile.
    #[must_use]
    pub fn folder(&self) -> &Path {
        self.profile.folder()
    }

    /// Where secrets are kept.
    #[must_use]
    pub fn vault(&self) -> &Arc<dyn Vault> {
        &self.vault
    }

    /// Everything that happens from now on.
    #[must_use]
    pub fn listen(&self) -> broadcast::Receiver<Event> {
        self.events.listen()
    }

    /// The same engine, asking for a job.
    pub(crate) fn for_job(&self) -> Self {
        Self {
            asks_for_job: true,
            ..self.clone()
        }
    }

    /// The same engine, for which a request whose answer never came is over sooner or later.
    pub(crate) fn settling_for(&self, settle: Option<Duration>) -> Self {
        Self {
            settle: settle.unwrap_or(self.settle),
            ..self.clone()
        }
    }

    /// The connection with this id.
    pub(crate) async fn record(&self, connection: &str) -> Result<ConnectionRecord> {
        let unknown = Error::NotFound {
            what: "connection",
            which: connection.to_owned(),
        };
        let Ok(id) = connection.parse::<Uuid>() else {
            return Err(unknown);
        };
        let profile = Arc::clone(&self.profile);
        blocking(move || profile.connection(id)?.ok_or(unknown)).await
    }

    /// The mirror of a connection, opened at first use. Blocks.
    pub(crate) fn mirror(&self, connection: Uuid) -> Result<Arc<Mirror>> {
        let mut mirrors = self.mirrors.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(mirror) = mirrors.get(&connection) {
            return Ok(Arc::clone(mirror));
        }
        let mirror = Arc::new(Mirror::open(&self.profile.mirror_path(connection))?);
        mirrors.insert(connection, Arc::clone(&mirror));
        Ok(mirror)
    }

    /// Closes the mirror of a connection that is about to be removed.
    pub(crate) fn close_mirror(&self, connection: Uuid) {
        self.mirrors
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .remove(&connection);
    }

    /// Remembers what a contact with the vendor said, and tells of it if that is news.
    pub(crate) fn remember_link(&self, connection: Uuid, link: Link) {
        let mut links = self.links.lock().unwrap_or_else(PoisonError::into_inner);
        let news = links
            .get(&connection)
            .is_none_or(|before| !before.says_the_same_as(&link));
        links.insert(connection, link);
        drop(links);
        if news {
            self.events
                .changed(Change::Connections, Some(&connection.to_string()));
        }
    }
}

fn transport(options: TransportOptions) -> Result<Transport> {
    Transport::new(options).map_err(|error| Error::Defect(error.to_string()))
}

/// Runs what blocks where it may block.
pub(crate) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T> + Send + 'static,
) -> Result<T> {
    tokio::task::spawn_blocking(work).await?
}
