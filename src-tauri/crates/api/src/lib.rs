//! Every command of the app, declared once, with its types and errors.
//!
//! A host (the window, devhost) hands a command's name and JSON to [`dispatch`] and gives back
//! what it returns. The TypeScript client and the window's permissions are written from the same
//! list by the program `generate`.

mod commands;
mod convert;
mod error;
mod handlers;
mod startup;
pub mod types;
pub mod typescript;

pub use commands::{NAMES, dispatch};
pub use convert::{closing, event, may_answer, what_if_outcome};
pub use error::api_error;
pub use startup::{everything_changed, start_in_practice};
pub use types::ApiError;
