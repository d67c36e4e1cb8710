//! Links to shared views, handed to the window. One that comes before the window listens waits for
//! it: a link at the first start must not be lost.

use std::sync::{Mutex, PoisonError};

use muster_api::types::AppEvent;
use tauri::{AppHandle, Emitter, Manager, Runtime};

use crate::window::EVENT;

/// How every link to Muster begins.
const SCHEME: &str = "muster:";

/// How many links wait at most: nobody looks at more.
const MOST_WAITING: usize = 10;

/// The command by which the window says that it listens.
pub(crate) const LISTENING: &str = "listening";

/// Links on their way to the window.
#[derive(Debug, Default)]
pub(crate) struct Links(Mutex<Waiting>);

#[derive(Debug, Default)]
struct Waiting {
    heard: bool,
    links: Vec<String>,
}

impl Links {
    /// A link for the window; given back if the window listens, kept if not.
    fn take(&self, link: String) -> Option<String> {
        let mut waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if waiting.heard {
            return Some(link);
        }
        if waiting.links.len() < MOST_WAITING {
            waiting.links.push(link);
        }
        None
    }

    /// The window listens, or not any more; what has waited if it does.
    fn set_heard(&self, heard: bool) -> Vec<String> {
        let mut waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        waiting.heard = heard;
        match heard {
            true => std::mem::take(&mut waiting.links),
            false => Vec::new(),
        }
    }
}

/// Hands a link to the window, as soon as it listens.
pub(crate) fn open<R: Runtime>(app: &AppHandle<R>, link: String) {
    if let Some(link) = app.state::<Links>().take(link) {
        tell(app, link);
    }
}

/// The window listens: it is told of what has waited.
pub(crate) fn window_listens<R: Runtime>(app: &AppHandle<R>) {
    for link in app.state::<Links>().set_heard(true) {
        tell(app, link);
    }
}

/// The window loads its page anew: what comes now waits until it listens again.
pub(crate) fn window_loads<R: Runtime>(app: &AppHandle<R>) {
    app.state::<Links>().set_heard(false);
}

fn tell<R: Runtime>(app: &AppHandle<R>, link: String) {
    if let Err(error) = app.emit(EVENT, AppEvent::Link { link }) {
        tracing::warn!(?error, "the window cannot be told of a link");
    }
}

/// The link among the arguments of a program.
pub(crate) fn among(arguments: &[String]) -> Option<String> {
    let link = arguments.iter().skip(1).find(|argument| is_link(argument));
    link.cloned()
}

/// Whether a text is a link to Muster. What it leads to is looked at when it is opened.
pub(crate) fn is_link(text: &str) -> bool {
    text.get(..SCHEME.len())
        .is_some_and(|scheme| scheme.eq_ignore_ascii_case(SCHEME))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_waits_until_the_window_listens() {
        let links = Links::default();
        assert_eq!(links.take("muster://view/a".to_owned()), None);
        assert_eq!(links.set_heard(true), ["muster://view/a"]);
        assert!(links.set_heard(true).is_empty(), "it is told once");
        assert!(links.take("muster://view/b".to_owned()).is_some());
        links.set_heard(false);
        assert_eq!(
            links.take("muster://view/c".to_owned()),
            None,
            "a page that loads does not listen"
        );
        for _ in 0..100 {
            links.take("muster://view/d".to_owned());
        }
        assert_eq!(links.set_heard(true).len(), MOST_WAITING);
    }

    #[test]
    fn a_link_is_found_among_other_arguments() {
        let arguments =
            |given: &[&str]| -> Vec<String> { given.iter().map(|own| (*own).to_owned()).collect() };
        assert_eq!(
            among(&arguments(&["muster", "--practice", "Muster://view/a"])).as_deref(),
            Some("Muster://view/a")
        );
        assert_eq!(
            among(&arguments(&["muster://x", "https://example.com"])),
            None
        );
        assert!(!is_link("mus\u{e9}"));
    }
}
