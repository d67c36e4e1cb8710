//! The app itself: settings, where the person was, what is there at the start.

use muster_engine::settings::USUAL_CEILING;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{ApiError, Connection};

/// What a person chose for the whole app.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct Settings {
    /// None: the system's language, or English.
    pub language: Option<Language>,
    /// Light or dark.
    pub scheme: Scheme,
    /// How strong the contrast is.
    pub contrast: Contrast,
    /// How many steps of a plan may take access away before the person has to type how many do.
    pub ceiling: u64,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            language: None,
            scheme: Scheme::default(),
            contrast: Contrast::default(),
            ceiling: USUAL_CEILING,
        }
    }
}

/// A language of the UI.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// English.
    En,
    /// Dutch.
    Nl,
    /// French.
    Fr,
    /// German.
    De,
}

/// Light or dark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
pub enum Scheme {
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
    /// As the system.
    #[default]
    System,
}

/// How strong the contrast is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
pub enum Contrast {
    /// Ordinary.
    Normal,
    /// Black, white, thick lines.
    High,
    /// As the system.
    #[default]
    System,
}

/// Where the person was.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct LastPlace {
    /// The connection's id.
    pub connection: Option<String>,
    /// The place's name.
    pub place: Option<String>,
}

/// Everything that the first screen needs.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct AppState {
    /// The app's version.
    pub version: String,
    /// The folder of the profile.
    pub profile: String,
    /// Where secrets are kept.
    pub vault: VaultKind,
    /// Why secrets cannot be reached now.
    pub vault_error: Option<ApiError>,
    /// What the person chose.
    pub settings: Settings,
    /// Where the person was.
    pub last: LastPlace,
    /// The connections, in the person's order.
    pub connections: Vec<Connection>,
}

/// Where secrets are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "lowercase")]
pub enum VaultKind {
    /// The operating system's keyring.
    Keyring,
    /// A file under a passphrase.
    File,
    /// Nowhere: they are forgotten at the end.
    Memory,
}

/// Which place of which connection.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct WorkspaceRef {
    /// The connection's id.
    pub connection: String,
    /// The place's name.
    pub place: String,
}

/// What a person has open in a place.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct WorkspaceUpdate {
    /// The connection's id.
    pub connection: String,
    /// The place's name.
    pub place: String,
    /// The UI's own: kept as it is.
    #[ts(type = "unknown")]
    pub state: serde_json::Value,
}

/// What a person had open in a place; null if nothing was kept.
#[derive(Debug, Clone, Serialize, TS)]
pub struct WorkspaceState(#[ts(type = "unknown")] pub Option<serde_json::Value>);
