//! The shell: wires the engine to a window. No rule of the business lives here.

mod arguments;
mod clipboard;
mod closing;
mod commands;
mod links;
mod log;
mod recovery;
mod window;

use std::sync::Arc;

use clipboard::SystemClipboard;
use muster_engine::{Engine, EngineOptions, changes::Clipboard};
use tauri::RunEvent;

pub use arguments::Arguments;

/// Opens the profile and shows the window; returns when the person quits.
pub fn run(arguments: Arguments) {
    log::start();
    let context = tauri::generate_context!();
    let clipboard = Arc::new(SystemClipboard::default());
    let engine = match tauri::async_runtime::block_on(open(&arguments, &clipboard)) {
        Ok(engine) => engine,
        Err(error) => return recovery::show(context, &error),
    };
    let (ending, shown) = (engine.clone(), engine.clone());
    let app = tauri::Builder::default()
        .plugin(window::is_single(arguments.profile.as_deref()))
        .plugin(tauri_plugin_dialog::init())
        .plugin(window::remembers_its_place())
        .manage(links::Links::default())
        .manage(closing::Closing::default())
        .on_window_event(closing::asks_first(engine.clone()))
        .invoke_handler(commands::handler(engine))
        .on_page_load(window::show_once_loaded)
        .setup(move |app| {
            window::forward_events(app.handle().clone(), &shown);
            if let Some(link) = arguments.link {
                links::open(app.handle(), link);
            }
            Ok(())
        })
        .build(context);
    match app {
        Ok(app) => app.run(move |_app, event| match event {
            // What is half done is cleared away before the program ends.
            RunEvent::ExitRequested { .. } => {
                tauri::async_runtime::block_on(ending.stop_all_jobs());
                clipboard.empty();
            }
            #[cfg(target_os = "macos")]
            RunEvent::Opened { urls } => {
                for url in urls.iter().filter(|url| links::is_link(url.as_str())) {
                    links::open(_app, url.to_string());
                }
            }
            _ => {}
        }),
        Err(error) => tracing::error!(?error, "the window cannot be made"),
    }
}

async fn open(
    arguments: &Arguments,
    clipboard: &Arc<SystemClipboard>,
) -> muster_engine::Result<Engine> {
    let profile = arguments.profile()?;
    let vault = muster_engine::open_vault(arguments.vault, &profile, arguments.passphrase())?;
    let engine = Engine::open(EngineOptions {
        clipboard: Some(Arc::clone(clipboard) as Arc<dyn Clipboard>),
        ..EngineOptions::new(profile, vault)
    })?;
    if arguments.practice {
        muster_api::start_in_practice(&engine).await?;
    }
    Ok(engine)
}
