//! What the engine tells of itself, unasked.

use tokio::sync::broadcast;

use crate::jobs::Job;

/// How many events a slow listener may lag behind; after that it has to read anew.
const BACKLOG: usize = 256;

/// Something happened.
#[derive(Debug, Clone)]
pub enum Event {
    /// A job went on, or ended.
    Job(Box<Job>),
    /// What was read before may be otherwise now.
    Changed {
        /// What.
        what: Change,
        /// Of which connection; none: of all.
        connection: Option<String>,
    },
}

/// What may have changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// The list of connections, or what is known of one.
    Connections,
    /// People and organizations of a mirror.
    Mirror,
    /// Saved views and recent questions.
    Views,
    /// Who the key of a connection is, and what trying things has shown.
    Rules,
    /// What was done here.
    Activity,
    /// Language, appearance, who signs.
    Settings,
    /// Drafts, plans and how far they are.
    Plans,
}

/// The sending end; without listeners, events go nowhere.
#[derive(Debug, Clone)]
pub(crate) struct Events(broadcast::Sender<Event>);

impl Events {
    pub fn new() -> Self {
        Self(broadcast::Sender::new(BACKLOG))
    }

    pub fn listen(&self) -> broadcast::Receiver<Event> {
        self.0.subscribe()
    }

    pub fn changed(&self, what: Change, connection: Option<&str>) {
        self.send(Event::Changed {
            what,
            connection: connection.map(str::to_owned),
        });
    }

    pub fn send(&self, event: Event) {
        // An error means that nobody listens, which is fine.
        drop(self.0.send(event));
    }
}
