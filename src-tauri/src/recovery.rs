//! What a person sees when the profile cannot be opened: why, and that nothing was touched.

use muster_engine::Error;
use tauri::Context;
use tauri_plugin_dialog::{DialogExt, MessageDialogKind};

/// Says why the app cannot start, and waits until the person has read it.
pub(crate) fn show(mut context: Context, error: &Error) {
    tracing::error!(?error, "the profile cannot be opened");
    let newer = matches!(error, Error::Mirror(error) if error.is_newer());
    let advice = if newer {
        "This file was written by a newer version of Muster. Install that version to go on."
    } else {
        "Start Muster again when the cause is gone."
    };
    let text = format!("{error}\n\n{advice}\n\nNothing was changed or deleted.");
    let app = tauri::Builder::default()
        .plugin(tauri_plugin_dialog::init())
        .setup(move |app| {
            let handle = app.handle().clone();
            app.dialog()
                .message(text)
                .title("Muster cannot open its files")
                .kind(MessageDialogKind::Error)
                .show(move |_| handle.exit(1));
            Ok(())
        });
    context.config_mut().app.windows.clear();
    if let Err(error) = app.run(context) {
        tracing::error!(?error, "the message cannot be shown");
    }
}
