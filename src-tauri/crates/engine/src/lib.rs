//! What a person does with Muster: connect, sync, query. Hosts (window, browser, command line)
//! are thin on top of [`Engine`].

mod access;
pub mod activity;
pub mod actor;
pub mod changes;
mod clock;
pub mod closing;
pub mod columns;
pub mod comparing;
pub mod completing;
pub mod connections;
pub mod copying;
mod curl;
mod engine;
mod error;
mod events;
pub mod explaining;
pub mod export;
pub mod filter;
mod given_name;
pub mod importing;
pub mod jobs;
pub mod known_names;
mod live;
pub mod may;
mod names;
pub mod organizations;
pub mod people;
pub mod practice;
pub mod question;
pub mod recents;
pub mod report;
mod role_filter;
pub mod rules;
pub mod settings;
pub mod share;
pub mod signing;
pub mod sync;
mod vaults;
pub mod views;
pub mod what_if;

pub use engine::{Engine, EngineOptions, profile_folder};
pub use error::{Error, Step};
pub use events::{Change, Event};
pub use muster_directory as directory;
pub use muster_mirror as mirror;
pub use muster_vault as vault;
pub use muster_vendor as vendor;
pub use vaults::vault as open_vault;

/// What the engine's functions return.
pub type Result<T> = std::result::Result<T, Error>;
