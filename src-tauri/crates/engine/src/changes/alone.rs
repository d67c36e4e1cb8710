//! One at a time: whichever windows and commands are open on a profile, one of them alone applies
//! plans of a connection.

use std::{sync::Arc, time::Duration};

use muster_mirror::Alone;
use tokio::time::{Instant, sleep};
use uuid::Uuid;

use crate::{Engine, Error, Result, engine::blocking};

/// How long an app that was just ended may take to let go.
const LETTING_GO: Duration = Duration::from_secs(2);

/// How often it is looked whether it has.
const LOOK: Duration = Duration::from_millis(50);

impl Engine {
    /// Keeps everybody else from applying plans of a connection.
    pub(super) async fn apply_alone(&self, connection: Uuid) -> Result<Alone> {
        let end = Instant::now() + LETTING_GO;
        loop {
            let profile = Arc::clone(&self.profile);
            let alone = blocking(move || Ok(profile.apply_alone(connection)?)).await?;
            match alone {
                Some(alone) => return Ok(alone),
                None if Instant::now() < end => sleep(LOOK).await,
                None => {
                    return Err(Error::Busy(
                        "a plan of this connection is being applied elsewhere",
                    ));
                }
            }
        }
    }
}
