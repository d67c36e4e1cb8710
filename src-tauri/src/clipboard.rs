//! The system's clipboard, for secrets: no history keeps them, and none stays when Muster ends.

use std::sync::{Mutex, PoisonError};

use arboard::Set;
use muster_engine::{
    changes::{Clipboard, ClipboardError},
    vault::{ExposeSecret, SecretString},
};

/// The clipboard of the desktop, opened at first use.
#[derive(Default)]
pub(crate) struct SystemClipboard(Mutex<Held>);

#[derive(Default)]
struct Held {
    /// On Linux whoever put a text there serves it, so it stays open.
    clipboard: Option<arboard::Clipboard>,
    /// What was put there last, until it is taken out.
    put: Option<SecretString>,
}

impl Held {
    fn opened(&mut self) -> Result<&mut arboard::Clipboard, arboard::Error> {
        match &mut self.clipboard {
            Some(open) => Ok(open),
            closed => Ok(closed.insert(arboard::Clipboard::new()?)),
        }
    }

    fn clear(&mut self, text: &str) -> Result<(), arboard::Error> {
        self.put = None;
        match self.opened()?.get_text() {
            Ok(there) if there == text => self.opened()?.clear(),
            // Somebody has copied something else since, which is theirs.
            Ok(_) | Err(arboard::Error::ContentNotAvailable) => Ok(()),
            Err(error) => Err(error),
        }
    }
}

impl SystemClipboard {
    /// Takes out what was put there, if it is still there: nobody else would when Muster has ended.
    pub(crate) fn empty(&self) {
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(put) = held.put.take() else {
            return;
        };
        if let Err(error) = held.clear(put.expose_secret()) {
            tracing::warn!(%error, "a secret may still be in the clipboard");
        }
    }
}

impl Clipboard for SystemClipboard {
    fn put(&self, text: &str) -> Result<(), ClipboardError> {
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let opened = held.opened().map_err(told)?;
        without_history(opened.set()).text(text).map_err(told)?;
        held.put = Some(SecretString::from(text));
        Ok(())
    }

    fn clear(&self, text: &str) -> Result<(), ClipboardError> {
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        held.clear(text).map_err(told)
    }
}

fn told(error: arboard::Error) -> ClipboardError {
    ClipboardError(Box::new(error))
}

/// Asks those who keep what was in the clipboard not to keep this.
#[cfg(windows)]
fn without_history(set: Set<'_>) -> Set<'_> {
    use arboard::SetExtWindows;
    set.exclude_from_monitoring()
        .exclude_from_cloud()
        .exclude_from_history()
}

/// Asks those who keep what was in the clipboard not to keep this.
#[cfg(target_os = "macos")]
fn without_history(set: Set<'_>) -> Set<'_> {
    use arboard::SetExtApple;
    set.exclude_from_history()
}

/// Asks those who keep what was in the clipboard not to keep this.
#[cfg(not(any(windows, target_os = "macos")))]
fn without_history(set: Set<'_>) -> Set<'_> {
    use arboard::SetExtLinux;
    set.exclude_from_history()
}
