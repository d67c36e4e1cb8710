//! What to simulate.

use std::path::PathBuf;

use muster_directory::Platform;

/// The most people that can be simulated.
pub const MOST_PEOPLE: u64 = 20_000_000;

/// The most organizations that can be simulated.
pub const MOST_ORGANIZATIONS: u64 = 1_000_000;

/// What to simulate. The same options, but for the port, give the same data and keys, as long as
/// nothing is changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// The port on 127.0.0.1; 0 takes any that is free.
    pub port: u16,
    /// How many people, at most [`MOST_PEOPLE`].
    pub people: u64,
    /// How many organizations, at most [`MOST_ORGANIZATIONS`].
    pub organizations: u64,
    /// What decides the data.
    pub seed: u64,
    /// How many requests a key may send in a minute; 0 for any number.
    pub rate_limit: u32,
    /// How many seconds that minute lasts, at least one. If they are not 60, every answer says so
    /// in the header `RateLimit-Policy`.
    pub minute_seconds: u32,
    /// Which national platform.
    pub platform: Platform,
    /// Whether users/query knows the filter `role`, which the vendor's pages leave open `[R, Q]`.
    pub role_filter: bool,
    /// What comes of a write of which the vendor's pages say nothing, or both.
    pub undocumented: Undocumented,
    /// Endpoints that answer 404, as if the vendor did not have them: `/v4/users/update`.
    pub missing: Vec<String>,
    /// Where accepted changes are kept, so that they outlive the simulator; none to forget them.
    /// It fits one platform, seed and number of people and organizations.
    pub journal: Option<PathBuf>,
}

/// What comes of a write of which the vendor's pages say nothing, or both.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub enum Undocumented {
    /// It is refused.
    #[default]
    Refuse,
    /// It is done.
    Allow,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            port: 0,
            people: 2_000,
            organizations: 150,
            seed: 1,
            rate_limit: 100,
            minute_seconds: 60,
            platform: Platform::Be,
            role_filter: false,
            undocumented: Undocumented::Refuse,
            missing: Vec::new(),
            journal: None,
        }
    }
}
