//! Gives each command that the window may call its own permission.

use tauri_build::{AppManifest, Attributes};

const CAPABILITY: &str = "src-tauri/capabilities/main.json";

fn main() -> Result<(), Box<dyn std::error::Error>> {
    println!("cargo::rerun-if-changed={CAPABILITY}");
    // The page is embedded when the app is compiled; a new page needs a new app.
    println!("cargo::rerun-if-changed=ui/dist");
    // The list of commands is written into the capability by `cargo xtask generate`; reading it
    // there spares the build script the whole engine.
    let capability: serde_json::Value =
        serde_json::from_str(&std::fs::read_to_string(CAPABILITY)?)?;
    let permissions = capability["permissions"]
        .as_array()
        .ok_or("no permissions")?;
    let commands: Vec<&'static str> = permissions
        .iter()
        .filter_map(|permission| permission.as_str()?.strip_prefix("allow-"))
        .map(|name| -> &'static str { name.replace('-', "_").leak() })
        .collect();
    tauri_build::try_build(
        Attributes::new()
            .capabilities_path_pattern("./src-tauri/capabilities/**/*.json")
            .app_manifest(AppManifest::new().commands(commands.leak())),
    )?;
    Ok(())
}
