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

/// The window's policy, directive by directive, so that the browser tests see what it forbids.
static POLICY: LazyLock<Vec<(String, String)>> =
    LazyLock::new(|| policy(include_str!("../../../../tauri.conf.json")).unwrap_or_default());

fn policy(configuration: &str) -> Option<Vec<(String, String)>> {
    let configuration: serde_json::Value = serde_json::from_str(configuration).ok()?;
    let directives = configuration.pointer("/app/security/csp")?.as_object()?;
    let directive = |(name, value): (&String, &serde_json::Value)| {
        Some((name.clone(), value.as_str()?.to_owned()))
    };
    directives.iter().map(directive).collect()
}

/// The policy with a nonce for styles, which the window adds in the same way.
fn policy_with(nonce: &str) -> String {
    let directive = |(name, value): &(String, String)| match name.as_str() {
        "style-src" => format!("{name} {value} 'nonce-{nonce}'"),
        _ => format!("{name} {value}"),
    };
    POLICY.iter().map(directive).collect::<Vec<_>>().join("; ")
}

pub async fn page(State(host): State<Arc<Host>>, uri: Uri) -> Response {
    let wanted = Path::new(uri.path().trim_start_matches('/'));
    let inside = wanted
        .components()
        .all(|part| matches!(part, Component::Normal(_)));
    let file = host.ui.join(wanted);
    if inside && !wanted.as_os_str().is_empty() && file.is_file() {
        return match tokio::fs::read(&file).await {
            Ok(content) => ([(header::CONTENT_TYPE, content_type(&file))], content).into_response(),
            Err(error) => (StatusCode::NOT_FOUND, error.to_string()).into_response(),
        };
    }
    match tokio::fs::read_to_string(host.ui.join("index.html")).await {
        Ok(index) => {
            let nonce = uuid::Uuid::new_v4().simple().to_string();
            let headers = [
                (header::CONTENT_TYPE, "text/html; charset=utf-8".to_owned()),
                (header::CONTENT_SECURITY_POLICY, policy_with(&nonce)),
                (header::CACHE_CONTROL, "no-store".to_owned()),
            ];
            (headers, dressed(&index, &host, &nonce)).into_response()
        }
        Err(error) => {
            let text = format!("the UI is not built ({error}): run `npm run build` in ui");
            (StatusCode::NOT_FOUND, text).into_response()
        }
    }
}

/// The page with the token for its calls, the folder for its exports and the nonce for its styles.
fn dressed(index: &str, host: &Host, nonce: &str) -> String {
    let meta = |name: &str, content: &str| {
        let content = content.replace('&', "&amp;").replace('"', "&quot;");
        format!("<meta name=\"muster-{name}\" content=\"{content}\" />")
    };
    let token = meta("token", &host.token);
    let downloads = meta("downloads", &host.downloads.display().to_string());
    index
        .replacen("</head>", &format!("{token}{downloads}</head>"), 1)
        .replace("<style", &format!("<style nonce=\"{nonce}\""))
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
    fn the_policy_is_that_of_the_window_with_a_nonce() {
        let policy = policy_with("abc");
        assert!(policy.starts_with("default-src 'self'; "), "{policy}");
        assert!(policy.contains("style-src 'self' 'nonce-abc'"), "{policy}");
    }
}
