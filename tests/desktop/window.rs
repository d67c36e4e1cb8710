//! The app's window through WebKit's own driver.

use std::{
    os::unix::process::CommandExt,
    process::{Child, Stdio},
};

use fantoccini::{
    Client, ClientBuilder, Locator,
    actions::{InputSource, KeyAction, KeyActions},
};
use serde_json::{Value, json};
use tokio::time::timeout;

use crate::{PATIENCE, session::Session};

/// A running app and the driver that holds it.
pub struct Window {
    client: Client,
    driver: Child,
}

impl Window {
    /// Starts the app with these arguments under a driver of its own.
    pub async fn open(session: &Session, arguments: &[&str]) -> Self {
        let port = free_port();
        let driver = session
            .command("WebKitWebDriver")
            .arg(format!("--port={port}"))
            .env("TAURI_WEBVIEW_AUTOMATION", "true")
            .stdout(Stdio::null())
            .process_group(0)
            .spawn()
            .expect("WebKitWebDriver is installed");
        let app = env!("CARGO_BIN_EXE_muster");
        let capabilities = json!({
            "webkitgtk:browserOptions": { "binary": app, "args": arguments },
        });
        let connecting = async {
            loop {
                let connected = ClientBuilder::rustls()
                    .unwrap()
                    .capabilities(capabilities.as_object().unwrap().clone())
                    .connect(&format!("http://127.0.0.1:{port}"))
                    .await;
                match connected {
                    Ok(client) => return client,
                    // The driver does not listen yet.
                    Err(error) if error.to_string().contains("onnect") => {
                        tokio::task::yield_now().await;
                    }
                    Err(error) => panic!("the app does not start: {error}"),
                }
            }
        };
        let client = timeout(PATIENCE, connecting)
            .await
            .expect("the window opens in time");
        Self { client, driver }
    }

    /// Clicks on something once it is there.
    pub async fn press(&self, what: Locator<'_>) {
        self.client
            .wait()
            .at_most(PATIENCE)
            .for_element(what)
            .await
            .unwrap()
            .click()
            .await
            .unwrap();
    }

    /// Types into the field with this label.
    pub async fn fill(&self, label: &str, text: &str) {
        let path = format!("//label[starts-with(normalize-space(.), '{label}')]");
        let wait = self.client.wait().at_most(PATIENCE);
        let label = wait.for_element(Locator::XPath(&path)).await.unwrap();
        let id = label
            .attr("for")
            .await
            .unwrap()
            .expect("a label belongs to a field");
        let field = self.client.find(Locator::Id(&id)).await.unwrap();
        field.send_keys(text).await.unwrap();
    }

    /// Holds all keys but the last, presses the last, lets go.
    pub async fn type_keys(&self, keys: &[char]) {
        let downs = keys.iter().map(|key| KeyAction::Down { value: *key });
        let ups = keys.iter().rev().map(|key| KeyAction::Up { value: *key });
        let actions = downs
            .chain(ups)
            .fold(KeyActions::new("keyboard".into()), |all, action| {
                all.then(action)
            });
        self.client.perform_actions(actions).await.unwrap();
    }

    /// Waits until a field holds a text.
    pub async fn holds(&self, text: &str) {
        let held = self.fields_become(|values| values.iter().any(|own| own == text));
        assert!(held.await, "no field holds \"{text}\"");
    }

    /// Waits until no field holds a text any more.
    pub async fn drops(&self, text: &str) {
        let dropped = self.fields_become(|values| values.iter().all(|own| own != text));
        assert!(dropped.await, "a field still holds \"{text}\"");
    }

    /// Whether what stands in the fields becomes as wanted in time.
    async fn fields_become(&self, wanted: impl Fn(&[Value]) -> bool) -> bool {
        let script = "return [...document.querySelectorAll('input')].map((own) => own.value)";
        let looking = async {
            loop {
                let values = self.client.execute(script, Vec::new()).await.unwrap();
                if wanted(values.as_array().unwrap()) {
                    return;
                }
            }
        };
        timeout(PATIENCE, looking).await.is_ok()
    }

    /// Waits until a text is on the screen.
    pub async fn shows(&self, text: &str) {
        let path = format!("//*[contains(text(), '{text}')]");
        let shown = self
            .client
            .wait()
            .at_most(PATIENCE)
            .for_element(Locator::XPath(&path))
            .await;
        if let Err(error) = shown {
            let source = self.client.source().await.unwrap_or_default();
            panic!("\"{text}\" does not appear ({error}) in {source}");
        }
    }

    /// Ends the app and its driver, and waits until they are gone: a leftover app would hold the
    /// name of the single instance.
    pub async fn close(mut self) {
        self.client.close().await.unwrap();
        let group = rustix::process::Pid::from_child(&self.driver);
        rustix::process::kill_process_group(group, rustix::process::Signal::TERM).unwrap();
        self.driver.wait().unwrap();
        let gone = async {
            while rustix::process::test_kill_process_group(group).is_ok() {
                tokio::task::yield_now().await;
            }
        };
        timeout(PATIENCE, gone).await.expect("the app ends in time");
    }
}

fn free_port() -> u16 {
    std::net::TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
        .port()
}
