//! The window: shown when there is something to see, kept where it was, told what happens.

use std::{
    hash::{DefaultHasher, Hash, Hasher},
    path::Path,
};

use muster_engine::Engine;
use tauri::{
    AppHandle, Emitter, Manager, Runtime, Webview,
    plugin::TauriPlugin,
    webview::{PageLoadEvent, PageLoadPayload},
};
use tauri_plugin_window_state::StateFlags;
use tokio::sync::broadcast::error::RecvError;

use crate::links;

/// The name of the event that the UI listens to.
pub(crate) const EVENT: &str = "muster";

/// Shows the window once its page is there: before, it would be a white rectangle.
pub(crate) fn show_once_loaded<R: Runtime>(webview: &Webview<R>, payload: &PageLoadPayload<'_>) {
    if payload.event() == PageLoadEvent::Started {
        return links::window_loads(webview.app_handle());
    }
    let window = webview.window();
    if let Err(error) = window.show().and_then(|()| window.set_focus()) {
        tracing::warn!(?error, "the window cannot be shown");
    }
}

/// Brings the window to the front, when the app is started a second time.
fn bring_to_front<R: Runtime>(app: &AppHandle<R>) {
    for window in app.webview_windows().values() {
        let raised = window.unminimize().and_then(|()| window.show());
        if let Err(error) = raised.and_then(|()| window.set_focus()) {
            tracing::warn!(?error, "the window cannot be brought to the front");
        }
    }
}

/// Brings the running window to the front instead of opening another one of the same profile, and
/// hands it the link that the other one was to open.
pub(crate) fn is_single<R: Runtime>(profile: Option<&Path>) -> TauriPlugin<R> {
    let single = tauri_plugin_single_instance::Builder::new().callback(|app, arguments, _| {
        bring_to_front(app);
        if let Some(link) = links::among(&arguments) {
            links::open(app, link);
        }
    });
    match profile {
        Some(folder) => single.dbus_id(name_on_the_bus(folder)).build(),
        None => single.build(),
    }
}

/// A name that only windows of this profile ask for, in the letters that D-Bus takes.
fn name_on_the_bus(folder: &Path) -> String {
    let folder = std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
    let mut hasher = DefaultHasher::new();
    folder.hash(&mut hasher);
    format!("app.muster.desktop.profile_{:x}", hasher.finish())
}

/// Keeps the window's size and place. Whether it is visible is not part of it: it shows itself.
pub(crate) fn remembers_its_place<R: Runtime>() -> TauriPlugin<R> {
    tauri_plugin_window_state::Builder::default()
        .with_state_flags(StateFlags::all() - StateFlags::VISIBLE)
        .build()
}

/// Hands on what the engine tells of itself.
pub(crate) fn forward_events<R: Runtime>(app: AppHandle<R>, engine: &Engine) {
    let mut events = engine.listen();
    tauri::async_runtime::spawn(async move {
        loop {
            let told = match events.recv().await {
                Ok(event) => vec![muster_api::event(event)],
                // Some were missed: everything may be otherwise.
                Err(RecvError::Lagged(_)) => muster_api::everything_changed(),
                Err(RecvError::Closed) => return,
            };
            for event in told {
                if let Err(error) = app.emit(EVENT, event) {
                    tracing::warn!(?error, "the window cannot be told");
                }
            }
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_profile_has_a_name_of_its_own_on_the_bus() {
        let name = name_on_the_bus(Path::new("/home/a/one"));
        assert_eq!(name, name_on_the_bus(Path::new("/home/a/one")));
        assert_ne!(name, name_on_the_bus(Path::new("/home/a/two")));
        let letters = |letter: char| letter.is_ascii_alphanumeric() || "._".contains(letter);
        assert!(name.chars().all(letters), "{name}");
    }
}
