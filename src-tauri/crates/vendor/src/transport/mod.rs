//! The one way to the vendors' servers: TLS, time limits, a size cap, pacing, retries, errors.

mod body;
mod clients;
mod envelope;
mod hush;
mod pace;
mod policy;
mod request;
mod retry;

use std::{sync::Arc, time::Duration};

use bytes::Bytes;
use reqwest::{
    Response, StatusCode,
    header::{AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderValue, LOCATION},
};
use tokio::time::{Instant, timeout_at};
use tokio_util::sync::CancellationToken;
use zeroize::Zeroizing;

pub(crate) use body::Incoming;
pub use pace::{Pace, Paces, Turn};
pub use request::{PLACEHOLDER, Request};

use crate::{
    BaseUrl, VendorError,
    error::{Failure, Refusal},
};
use clients::{Clients, Place};
use retry::Retries;

/// The most bytes that are read of the body of an error.
const MOST_OF_AN_ERROR: u64 = 64 * 1_024;

/// The longest address of a redirect that is repeated to the person.
const LONGEST_LOCATION: usize = 300;

/// The longest name of a request by the vendor that is kept, in characters.
const LONGEST_REQUEST_ID: usize = 200;

/// By what a request is called, in the vendor's log and in ours.
const REQUEST_ID: &str = "x-request-id";

/// Limits in time and size.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TransportOptions {
    /// How we call ourselves.
    pub user_agent: String,
    /// The longest wait for a connection.
    pub connect_timeout: Duration,
    /// The longest standstill inside an answer.
    pub read_timeout: Duration,
    /// The longest time for one page, from sending to its last byte.
    pub total_timeout: Duration,
    /// The longest wait for the beginning of an answer with everything in it.
    pub first_byte_timeout: Duration,
    /// The most bytes of one page, after decompression.
    pub max_bytes: u64,
    /// The most bytes of one item of an answer with everything in it.
    pub max_item_bytes: u64,
    /// The longest pause that a vendor may ask for and somebody waits.
    pub longest_wait: Duration,
    /// The pause before a second try when the vendor takes no more requests and does not say for
    /// how long; twice it before the third, three times it before the fourth `[V]`.
    pub refusal_pause: Duration,
    /// The pause before a second try when the vendor is out of order; doubled before the third,
    /// each shortened or lengthened by chance.
    pub failure_pause: Duration,
}

impl Default for TransportOptions {
    fn default() -> Self {
        Self {
            user_agent: concat!("Muster/", env!("CARGO_PKG_VERSION")).to_owned(),
            connect_timeout: Duration::from_secs(10),
            read_timeout: Duration::from_secs(30),
            total_timeout: Duration::from_secs(60),
            first_byte_timeout: Duration::from_secs(300),
            max_bytes: 64 * 1_024 * 1_024,
            max_item_bytes: 4 * 1_024 * 1_024,
            longest_wait: Duration::from_secs(120),
            refusal_pause: Duration::from_secs(1),
            failure_pause: Duration::from_millis(300),
        }
    }
}

/// The way to the vendors' servers, shared by all connections. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Transport {
    remote: Clients,
    loopback: Clients,
    options: Arc<TransportOptions>,
}

/// A transport that cannot be made, for want of certificates or randomness.
#[derive(Debug, thiserror::Error)]
#[error("no secure connection can be made on this machine")]
pub struct TransportError(#[from] reqwest::Error);

/// What came after something was done.
pub(crate) struct Delivered {
    /// A success.
    pub status: StatusCode,
    /// What the vendor calls the request, if it says so.
    pub request_id: Option<String>,
    /// The whole body.
    pub body: Zeroizing<Vec<u8>>,
}

/// A request with where it goes and who asks.
pub(crate) struct Call<'a> {
    pub base_url: &'a BaseUrl,
    pub authorization: Option<HeaderValue>,
    pub pace: &'a Arc<Pace>,
    pub request: &'a Request,
}

impl Transport {
    /// A transport with these limits.
    pub fn new(options: TransportOptions) -> Result<Self, TransportError> {
        Ok(Self {
            remote: Clients::new(Place::Remote, &options)?,
            loopback: Clients::new(Place::Loopback, &options)?,
            options: Arc::new(options),
        })
    }

    /// The limits.
    #[must_use]
    pub fn options(&self) -> &TransportOptions {
        &self.options
    }

    /// Asks and reads the whole answer.
    pub(crate) async fn fetch(
        &self,
        call: &Call<'_>,
        cancel: &CancellationToken,
    ) -> Result<Vec<u8>, VendorError> {
        unless_canceled(call, cancel, async {
            let (response, deadline) = self.begin(call, self.options.total_timeout).await?;
            let cap = self.options.max_bytes;
            Incoming::new(call.base_url.host(), response, self.options.read_timeout)
                .until(deadline, self.options.total_timeout)
                .whole(cap)
                .await
        })
        .await
    }

    /// Asks and returns when the answer begins. The caller reads it, without a limit in size or
    /// total time, and gives up when `cancel` says so.
    pub(crate) async fn open(
        &self,
        call: &Call<'_>,
        cancel: &CancellationToken,
    ) -> Result<Incoming, VendorError> {
        unless_canceled(call, cancel, async {
            let (response, _) = self.begin(call, self.options.first_byte_timeout).await?;
            Ok(Incoming::new(
                call.base_url.host(),
                response,
                self.options.read_timeout,
            ))
        })
        .await
    }

    /// Has something done, once and at once, and reads the whole answer. It is seen through,
    /// because only its answer tells what became of it.
    pub(crate) async fn deliver(
        &self,
        call: &Call<'_>,
        turn: Turn,
    ) -> Result<Delivered, VendorError> {
        let limit = self.options.total_timeout;
        let begun = self.once(call, turn, limit).await;
        let (response, deadline) = begun.inspect_err(|error| {
            tracing::debug!(%error, "no success");
            if let Some(pause) = Retries::new(false, &self.options).key_pause(error) {
                call.pace.push_back(pause);
            }
        })?;
        let (status, request_id) = (response.status(), request_id(response.headers()));
        let body = Incoming::new(call.base_url.host(), response, self.options.read_timeout)
            .until(deadline, limit)
            .whole(self.options.max_bytes)
            .await?;
        Ok(Delivered {
            status,
            request_id,
            body: body.into(),
        })
    }

    /// Sends until an answer begins that is a success, as often as that makes sense. The time is
    /// when the limit of the last try is over.
    async fn begin(
        &self,
        call: &Call<'_>,
        limit: Duration,
    ) -> Result<(Response, Instant), VendorError> {
        let mut retries = Retries::new(call.request.safe, &self.options);
        loop {
            let turn = self.turn(call.base_url, call.pace).await?;
            let error = match self.once(call, turn, limit).await {
                Ok(begun) => return Ok(begun),
                Err(error) => error,
            };
            let pause = retries.after(&error);
            tracing::debug!(%error, excerpt = error.excerpt(), ?pause, "no success");
            if let Some(pause) = retries.key_pause(&error) {
                call.pace.push_back(pause);
            }
            match pause {
                Some(pause) => tokio::time::sleep(pause).await,
                None => return Err(error),
            }
        }
    }

    /// Waits until a key may ask a server.
    pub(crate) async fn turn(
        &self,
        base_url: &BaseUrl,
        pace: &Arc<Pace>,
    ) -> Result<Turn, VendorError> {
        let turn = pace.turn(self.options.longest_wait).await;
        turn.map_err(|pause| {
            VendorError::new(base_url.host(), Failure::Paused { left: pause.left })
        })
    }

    /// Sends once. The time is when the limit is over.
    async fn once(
        &self,
        call: &Call<'_>,
        turn: Turn,
        limit: Duration,
    ) -> Result<(Response, Instant), VendorError> {
        let deadline = Instant::now() + limit;
        let begun = self.send(call, deadline, limit).await;
        drop(turn);
        let response = begun?;
        let told = policy::told(response.headers());
        call.pace.learn(told, call.base_url.is_loopback());
        if !response.status().is_success() {
            return Err(self.refused(call, response).await);
        }
        let response = self.readable(call, response).await?;
        Ok((response, deadline))
    }

    async fn send(
        &self,
        call: &Call<'_>,
        deadline: Instant,
        limit: Duration,
    ) -> Result<Response, VendorError> {
        let clients = match call.base_url.is_loopback() {
            true => &self.loopback,
            false => &self.remote,
        };
        let client = match call.request.safe {
            true => clients.asking(),
            false => clients
                .acting(&self.options)
                .map_err(|error| self.unbuilt(call, error))?,
        };
        let mut request = client.request(
            call.request.method.clone(),
            call.base_url.join(&call.request.path),
        );
        if let Some(authorization) = &call.authorization {
            request = request.header(AUTHORIZATION, authorization);
        }
        if let Some(id) = &call.request.id {
            request = request.header(REQUEST_ID, id);
        }
        if let Some(body) = call.request.sent() {
            let body = body.map_err(|error| self.unbuilt(call, error))?;
            request = request
                .header(CONTENT_TYPE, "application/json")
                .body(Bytes::from_owner(body));
        }
        match timeout_at(deadline, request.send()).await {
            Ok(Ok(response)) => Ok(response),
            Ok(Err(error)) if error.is_builder() => Err(self.unbuilt(call, error.without_url())),
            Ok(Err(error)) => Err(self.failed(call, Failure::Unreachable(error.without_url()))),
            Err(_) => Err(self.failed(
                call,
                Failure::TimedOut {
                    limit,
                    started: false,
                },
            )),
        }
    }

    /// A success that may be read; a page for people is not one.
    async fn readable(&self, call: &Call<'_>, response: Response) -> Result<Response, VendorError> {
        let html = response
            .headers()
            .get(CONTENT_TYPE)
            .and_then(|kind| kind.to_str().ok())
            .is_some_and(|kind| kind.to_ascii_lowercase().contains("html"));
        if !html {
            return Ok(response);
        }
        let body = self.beginning(call, response).await;
        // What a write brings can be a new key's secret, whatever it says that it is.
        let repeats = call.request.safe && !call.request.hushed;
        Err(self.failed(
            call,
            Failure::Unreadable {
                what: "it is a web page, where JSON was expected".to_owned(),
                excerpt: envelope::excerpt(&body).filter(|_| repeats),
            },
        ))
    }

    /// What a status that is not a success means.
    async fn refused(&self, call: &Call<'_>, response: Response) -> VendorError {
        let status = response.status();
        if status.is_redirection() {
            let to = location(response.headers());
            return self.failed(call, Failure::Redirected { status, to });
        }
        let retry_after = retry::retry_after(response.headers());
        let request_id = request_id(response.headers());
        let body = self.beginning(call, response).await;
        let refusal = Refusal {
            retry_after,
            request_id,
            ..envelope::read(status, &body)
        };
        let refusal = hush::repeatable(refusal, call.request);
        self.failed(call, Failure::Refused(refusal))
    }

    /// What can be read of a body whose end does not matter.
    async fn beginning(&self, call: &Call<'_>, response: Response) -> Vec<u8> {
        let limit = self.options.read_timeout;
        Incoming::new(call.base_url.host(), response, limit)
            .until(Instant::now() + limit, limit)
            .beginning(MOST_OF_AN_ERROR)
            .await
    }

    fn unbuilt(
        &self,
        call: &Call<'_>,
        source: impl Into<Box<dyn std::error::Error + Send + Sync>>,
    ) -> VendorError {
        let what = "the request cannot be built";
        let source = Some(source.into());
        self.failed(call, Failure::Broken { what, source })
    }

    fn failed(&self, call: &Call<'_>, failure: Failure) -> VendorError {
        VendorError::new(call.base_url.host(), failure)
    }
}

/// Does something unless nobody wants it any more; not at all if nobody does already.
async fn unless_canceled<T>(
    call: &Call<'_>,
    cancel: &CancellationToken,
    work: impl Future<Output = Result<T, VendorError>>,
) -> Result<T, VendorError> {
    tokio::select! {
        biased;
        () = cancel.cancelled() => Err(VendorError::canceled(call.base_url.host())),
        done = work => done,
    }
}

fn location(headers: &HeaderMap) -> Option<String> {
    let to = String::from_utf8_lossy(headers.get(LOCATION)?.as_bytes()).into_owned();
    Some(to.chars().take(LONGEST_LOCATION).collect())
}

/// What the vendor calls a request, if it says so.
fn request_id(headers: &HeaderMap) -> Option<String> {
    let found = ["x-request-id", "request-id", "x-correlation-id"]
        .iter()
        .find_map(|name| headers.get(*name)?.to_str().ok())?;
    Some(found.chars().take(LONGEST_REQUEST_ID).collect())
}

/// A status after which a safe request may be sent again.
fn is_passing(status: StatusCode) -> bool {
    matches!(
        status,
        StatusCode::BAD_GATEWAY | StatusCode::SERVICE_UNAVAILABLE | StatusCode::GATEWAY_TIMEOUT
    )
}
