//! A body as it comes in: nothing stands still for long, nothing grows without a limit.

use std::time::Duration;

use bytes::Bytes;
use reqwest::Response;
use tokio::time::{Instant, timeout_at};

use crate::{VendorError, error::Failure};

/// A body as it comes in, decompressed.
pub(crate) struct Incoming {
    host: String,
    response: Response,
    standstill: Duration,
    deadline: Option<(Instant, Duration)>,
}

impl Incoming {
    pub fn new(host: String, response: Response, standstill: Duration) -> Self {
        Self {
            host,
            response,
            standstill,
            deadline: None,
        }
    }

    /// Stops at a time, which is the end of a limit.
    pub fn until(self, deadline: Instant, limit: Duration) -> Self {
        Self {
            deadline: Some((deadline, limit)),
            ..self
        }
    }

    /// The next piece; none at the end.
    pub async fn chunk(&mut self) -> Result<Option<Bytes>, VendorError> {
        let still = Instant::now() + self.standstill;
        let (until, limit) = match self.deadline {
            Some((deadline, limit)) if deadline < still => (deadline, limit),
            _ => (still, self.standstill),
        };
        let chunk = timeout_at(until, self.response.chunk()).await;
        match chunk {
            Ok(Ok(chunk)) => Ok(chunk),
            Ok(Err(error)) => Err(self.failed(Failure::Cut {
                what: "the connection broke or the compression is damaged".to_owned(),
                source: Some(error.without_url().into()),
            })),
            Err(_) => Err(self.failed(Failure::TimedOut {
                limit,
                started: true,
            })),
        }
    }

    /// The whole body, if it is not larger than the cap.
    pub async fn whole(mut self, cap: u64) -> Result<Vec<u8>, VendorError> {
        let mut body = Vec::new();
        while let Some(chunk) = self.chunk().await? {
            if (body.len() + chunk.len()) as u64 > cap {
                return Err(self.failed(Failure::TooLarge { cap }));
            }
            body.extend_from_slice(&chunk);
        }
        Ok(body)
    }

    /// What comes of the body up to the cap, whatever happens then.
    pub async fn beginning(mut self, cap: u64) -> Vec<u8> {
        let mut body = Vec::new();
        while (body.len() as u64) < cap
            && let Ok(Some(chunk)) = self.chunk().await
        {
            body.extend_from_slice(&chunk);
        }
        body
    }

    fn failed(&self, failure: Failure) -> VendorError {
        VendorError::new(&self.host, failure)
    }
}
