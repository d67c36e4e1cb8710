//! The ways to a server: one for what may be sent twice, one for what is sent once.

use std::sync::{Arc, OnceLock};

use reqwest::{Client, ClientBuilder, redirect::Policy};

use super::TransportOptions;

/// The ways to servers of one place. Cheap to clone.
#[derive(Debug, Clone)]
pub(super) struct Clients {
    place: Place,
    /// For requests that may be sent twice.
    asking: Client,
    /// For requests that are sent once, made when the first one is. Each goes by a connection of
    /// its own: one that was used before can be closed by the server in the very moment in which a
    /// request goes out on it, and then nobody knows what became of the request.
    acting: Arc<OnceLock<Client>>,
}

/// Where servers are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// Elsewhere: TLS only, by the proxy of the environment.
    Remote,
    /// On this machine: never by a proxy.
    Loopback,
}

impl Clients {
    pub fn new(place: Place, options: &TransportOptions) -> reqwest::Result<Self> {
        Ok(Self {
            place,
            asking: client(place, options).build()?,
            acting: Arc::default(),
        })
    }

    /// The way for a request that may be sent twice.
    pub fn asking(&self) -> &Client {
        &self.asking
    }

    /// The way for a request that is sent once.
    pub fn acting(&self, options: &TransportOptions) -> reqwest::Result<&Client> {
        if let Some(acting) = self.acting.get() {
            return Ok(acting);
        }
        let made = client(self.place, options)
            .pool_max_idle_per_host(0)
            .build()?;
        Ok(self.acting.get_or_init(|| made))
    }
}

fn client(place: Place, options: &TransportOptions) -> ClientBuilder {
    let client = Client::builder()
        .user_agent(&options.user_agent)
        .connect_timeout(options.connect_timeout)
        .gzip(true)
        // A key must never follow to another server, and a write is never repeated.
        .redirect(Policy::none())
        .retry(reqwest::retry::never());
    match place {
        Place::Remote => client.https_only(true),
        Place::Loopback => client.no_proxy(),
    }
}
