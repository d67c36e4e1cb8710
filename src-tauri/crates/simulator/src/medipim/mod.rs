//! Medipim's API v4: users/query and organizations/query.

mod answer;
mod body;
mod filter;
mod key;
mod leaves;
mod limit;
mod query;
mod refusal;
mod server;

pub use key::{Key, Ready, ReadyMedipim};
pub(crate) use server::Medipim;
