//! The commands over loopback HTTP, so that the UI runs in an ordinary browser: for development
//! and for the browser tests. Never in a bundle.

mod clipboard;
mod events;
mod page;
mod routes;

use std::{
    io::Write,
    net::Ipv4Addr,
    path::PathBuf,
    process::ExitCode,
    sync::{Arc, Mutex},
};

use clap::Parser;
use clipboard::MemoryClipboard;
use muster_engine::{
    Engine, EngineOptions,
    changes::Clipboard,
    vault::{SecretString, VaultKind},
};
use tokio::net::TcpListener;

#[derive(Debug, Parser)]
#[command(about)]
struct Arguments {
    /// The port to listen on; 0: any that is free.
    #[arg(long, default_value_t = 0)]
    port: u16,

    /// The folder to keep everything in.
    #[arg(long, value_name = "DIR")]
    profile: PathBuf,

    /// Where to keep secrets: keyring, file or memory.
    #[arg(long, default_value = "memory")]
    vault: VaultKind,

    /// The folder of the built UI.
    #[arg(long, default_value = "ui/dist", value_name = "DIR")]
    ui: PathBuf,

    /// People of the practice directory.
    #[arg(long, default_value_t = 2_000)]
    people: u64,

    /// Organizations of the practice directory.
    #[arg(long, default_value_t = 150)]
    organizations: u64,

    /// Requests a minute that the practice directory takes; 0: any number.
    #[arg(long, default_value_t = 100)]
    rate_limit: u32,

    /// Open the practice directory.
    #[arg(long)]
    practice: bool,

    /// A link to a shared view, told to the first page that listens.
    #[arg(value_name = "LINK")]
    link: Option<String>,
}

/// What every route needs.
struct Host {
    engine: Engine,
    token: String,
    ui: PathBuf,
    /// Where the page's exports go.
    downloads: PathBuf,
    /// A link that nobody was told of yet.
    link: Mutex<Option<String>>,
    /// In the place of the desktop's.
    clipboard: Arc<MemoryClipboard>,
}

#[tokio::main]
async fn main() -> ExitCode {
    tracing_subscriber::fmt()
        .with_writer(std::io::stderr)
        .init();
    match run(Arguments::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            tracing::error!(%error, "devhost cannot run");
            ExitCode::FAILURE
        }
    }
}

async fn run(arguments: Arguments) -> Result<(), Box<dyn std::error::Error>> {
    let passphrase = std::env::var("MUSTER_VAULT_PASSPHRASE")
        .ok()
        .map(SecretString::from);
    let vault = muster_engine::open_vault(arguments.vault, &arguments.profile, passphrase)?;
    let mut options = EngineOptions::new(arguments.profile, vault);
    options.practice.people = arguments.people;
    options.practice.organizations = arguments.organizations;
    options.practice.rate_limit = arguments.rate_limit;
    let clipboard = Arc::new(MemoryClipboard::default());
    options.clipboard = Some(Arc::clone(&clipboard) as Arc<dyn Clipboard>);
    let engine = Engine::open(options)?;
    if arguments.practice {
        muster_api::start_in_practice(&engine).await?;
    }
    let downloads = std::path::absolute(engine.folder().join("downloads"))?;
    std::fs::create_dir_all(&downloads)?;
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, arguments.port)).await?;
    let url = format!("http://{}", listener.local_addr()?);
    // Whoever can read this line may use the host; a page of another origin cannot.
    let token = uuid::Uuid::new_v4().simple().to_string();
    let host = Arc::new(Host {
        engine: engine.clone(),
        token: token.clone(),
        ui: arguments.ui,
        downloads,
        link: Mutex::new(arguments.link),
        clipboard,
    });
    let ready = serde_json::json!({ "url": url, "token": token });
    writeln!(std::io::stdout(), "{ready}")?;
    let serving = axum::serve(listener, routes::routes(host));
    tokio::select! {
        outcome = serving => outcome?,
        outcome = tokio::signal::ctrl_c() => outcome?,
    }
    engine.stop_all_jobs().await;
    Ok(())
}
