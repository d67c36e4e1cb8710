//! A clipboard of its own, which browser tests may look into: a browser has none that Muster could
//! put a secret into, and the desktop's is not theirs.

use std::sync::{Mutex, PoisonError};

use muster_engine::changes::{Clipboard, ClipboardError};

/// What was put there last, in memory.
#[derive(Default)]
pub struct MemoryClipboard(Mutex<Option<String>>);

impl MemoryClipboard {
    /// What is there now.
    pub fn text(&self) -> Option<String> {
        let text = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        text.clone()
    }
}

impl Clipboard for MemoryClipboard {
    fn put(&self, text: &str) -> Result<(), ClipboardError> {
        let mut there = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *there = Some(text.to_owned());
        Ok(())
    }

    fn clear(&self, text: &str) -> Result<(), ClipboardError> {
        let mut there = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        there.take_if(|own| own == text);
        Ok(())
    }
}
