//! Medipim's API v4.

mod answer;
mod api_keys;
mod body;
mod change;
mod desk;
mod details;
mod filter;
mod form;
mod holder;
mod key;
mod leaves;
mod limit;
mod organizations;
mod people;
mod query;
mod read;
mod refusal;
mod rules;
mod server;
mod subscription_types;
mod subscriptions;
mod world;
mod write;

pub(crate) use desk::Desk;
pub use details::{Details, Subscription, Traits};
pub use key::{Key, Ready, ReadyMedipim};
pub(crate) use rules::Rules;
pub(crate) use server::{ENDPOINTS, Medipim};
pub(crate) use world::{Seeded, World};
