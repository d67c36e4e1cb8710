//! The log: to standard error, as much as `MUSTER_LOG` asks for.

use tracing_subscriber::EnvFilter;

/// Starts the log. A second start changes nothing.
pub(crate) fn start() {
    let filter = EnvFilter::try_from_env("MUSTER_LOG").unwrap_or_else(|_| EnvFilter::new("warn"));
    let subscriber = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr);
    // An error means that a log runs already, which is fine.
    drop(subscriber.try_init());
}
