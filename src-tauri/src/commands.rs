//! The window's calls, handed to the one list of commands.

use muster_api::NAMES;
use muster_engine::Engine;
use serde_json::Value;
use tauri::{
    Manager, Runtime,
    ipc::{Invoke, InvokeBody, InvokeError},
};

use crate::{closing, links};

/// Answers the window's calls. Which of them the window may make at all stands in
/// `src-tauri/capabilities`.
pub(crate) fn handler<R: Runtime>(
    engine: Engine,
) -> impl Fn(Invoke<R>) -> bool + Send + Sync + 'static {
    move |invoke| {
        let name = invoke.message.command().to_owned();
        if name == links::LISTENING {
            links::window_listens(invoke.message.webview_ref().app_handle());
            invoke.resolver.resolve(());
            return true;
        }
        if name == closing::CLOSING {
            if let Some(answer) = input(&invoke).as_str().and_then(closing::Answer::of) {
                let app = invoke.message.webview_ref().app_handle();
                closing::answered(app, &engine, answer);
            }
            invoke.resolver.resolve(());
            return true;
        }
        if !NAMES.contains(&name.as_str()) {
            return false;
        }
        let input = input(&invoke);
        let engine = engine.clone();
        invoke.resolver.respond_async(async move {
            muster_api::dispatch(&engine, &name, input)
                .await
                .map_err(|error| InvokeError(serde_json::json!(error)))
        });
        true
    }
}

/// What a call says.
fn input<R: Runtime>(invoke: &Invoke<R>) -> Value {
    match invoke.message.payload() {
        InvokeBody::Json(payload) => payload.get("input").cloned().unwrap_or(Value::Null),
        InvokeBody::Raw(_) => Value::Null,
    }
}
