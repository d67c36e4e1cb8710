//! The built UI, under the same content security policy as in the window.

use std::{
    path::{Component, Path},
    sync::{Arc, LazyLock},
};

use axum::{
    extract::State,
    http::{StatusCode, Uri, header},
    response::{IntoResponse, Response},
};

use crate::Host;

/// The window's policy, so that the browser tests see what it forbids.
static POLICY: LazyLock<String> = LazyLock::new(|| {
    let configuration = include_str!("../../../../tauri.conf.json");
    policy(configuration).unwrap_or_else(|| "default-src 'none'".to_owned())
});

fn policy(configuration: &str) -> Option<String> {
    let configuration: serde_json::Value = serde_json::from_str(configuration).ok()?;
    let directives = configuration.pointer("/app/security/csp")?.as_object()?;
    let parts = directives.iter().filter_map(|(name, value)| Some(format!("{name} {}", value.as_str()?)));
    Some(parts.collect::<Vec<_>>().join("; "))
}

pub async fn page(State(host): State<Arc<Host>>, uri: Uri) -> Response {
    let wanted = Path::new(uri.path().trim_start_matches('/'));
    let inside = wanted.components().all(|part| matches!(part, Component::Normal(_)));
    let file = host.ui.join(wanted);
    if inside && !wanted.as_os_str().is_empty() && file.is_file() {
        return match tokio::fs::read(&file).await {
            Ok(content) => ([(header::CONTENT_TYPE, content_type(&file))], content).into_response(),
            Err(error) => (StatusCode::NOT_FOUND, error.to_string()).into_response(),
        };
    }
    match tokio::fs::read_to_string(host.ui.join("index.html")).await {
        Ok(index) => {
            let token = format!("<meta name=\"muster-token\" content=\"{}\" />", host.token);
            let headers = [
                (header::CONTENT_TYPE, "text/html; charset=utf-8"),
                (header::CONTENT_SECURITY_POLICY, POLICY.as_str()),
                (header::CACHE_CONTROL, "no-store"),
            ];
            (headers, index.replacen("</head>", &format!("{token}</head>"), 1)).into_response()
        }
        Err(error) => {
            let text = format!("the UI is not built ({error}): run `npm run build` in ui");
            (StatusCode::NOT_FOUND, text).into_response()
        }
    }
}

fn content_type(file: &Path) -> &'static str {
    match file.extension().and_then(|extension| extension.to_str()) {
        Some("js") => "text/javascript",
        Some("css") => "text/css",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("woff2") => "font/woff2",
        Some("json") => "application/json",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_policy_is_that_of_the_window() {
        assert!(POLICY.starts_with("default-src 'self'; "), "{}", *POLICY);
    }
}
