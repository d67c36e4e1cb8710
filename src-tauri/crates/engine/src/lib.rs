//! What a person does with Muster: connect, sync, query. Hosts (window, browser, command line)
//! are thin on top of [`Engine`].

mod access;
mod clock;
pub mod connections;
mod engine;
mod error;
mod events;
pub mod jobs;
pub mod organizations;
pub mod people;
pub mod practice;
pub mod question;
pub mod report;
pub mod settings;
pub mod sync;
mod vaults;

pub use engine::{Engine, EngineOptions, profile_folder};
pub use error::Error;
pub use events::{Change, Event};
pub use muster_directory as directory;
pub use muster_mirror as mirror;
pub use muster_vault as vault;
pub use muster_vendor as vendor;
pub use vaults::vault as open_vault;

/// What the engine's functions return.
pub type Result<T> = std::result::Result<T, Error>;
