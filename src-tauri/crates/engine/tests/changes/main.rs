//! What people want changed, against the simulator: planned, applied, lost on the way, undone; who
//! may do what; and where secrets go.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test stops where it fails"
)]

mod alike;
mod applying;
mod asking;
mod desk;
mod naming;
mod once;
mod permitted;
mod secrets;
