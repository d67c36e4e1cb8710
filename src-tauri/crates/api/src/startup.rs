//! What hosts do at the start, beyond opening the engine.

use muster_engine::{Engine, Result};

use crate::{
    handlers::LAST,
    types::{AppEvent, Changed, LastPlace},
};

/// Opens the practice directory as the place where the person was, and starts to sync it.
pub async fn start_in_practice(engine: &Engine) -> Result<()> {
    let connection = engine.open_practice().await?.record.id.to_string();
    engine.start_sync(&connection).await?;
    let last = LastPlace {
        connection: Some(connection),
        place: Some("people".to_owned()),
    };
    engine.set_setting(LAST, last).await
}

/// What a listener is told who missed some events.
#[must_use]
pub fn everything_changed() -> Vec<AppEvent> {
    [
        Changed::Connections,
        Changed::Mirror,
        Changed::Views,
        Changed::Rules,
        Changed::Activity,
        Changed::Settings,
    ]
    .map(|what| AppEvent::Changed {
        what,
        connection: None,
    })
    .into()
}
