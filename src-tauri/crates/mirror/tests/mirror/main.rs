//! The mirror as its callers see it, in files of its own.
#![allow(missing_docs, clippy::unwrap_used)]

mod common;
mod history;
mod questions;
mod replay;
mod suggestions;
mod syncs;
