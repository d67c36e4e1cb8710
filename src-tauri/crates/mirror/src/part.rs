//! A value that is made once, when it is first needed, by work that can fail.

use std::sync::{Arc, Mutex, PoisonError};

/// Made at most once; whoever needs it meanwhile waits. After a failure the next one tries again.
pub(crate) struct Part<T>(Mutex<Option<Arc<T>>>);

impl<T> Default for Part<T> {
    fn default() -> Self {
        Self(Mutex::new(None))
    }
}

impl<T> Part<T> {
    /// The value, made if need be.
    pub fn get<E>(&self, make: impl FnOnce() -> Result<T, E>) -> Result<Arc<T>, E> {
        // A panic while making left it empty.
        let mut made = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(value) = &*made {
            return Ok(Arc::clone(value));
        }
        let value = Arc::new(make()?);
        *made = Some(Arc::clone(&value));
        Ok(value)
    }

    /// Whether it has been made.
    pub fn is_made(&self) -> bool {
        self.0.try_lock().is_ok_and(|made| made.is_some())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_made_once_and_a_failure_is_not_kept() {
        let part = Part::default();
        assert_eq!(part.get(|| Err("disk")), Err("disk"));
        assert!(!part.is_made());
        assert_eq!(part.get(|| Ok::<_, &str>(1)).as_deref(), Ok(&1));
        assert_eq!(part.get(|| Err("disk")).as_deref(), Ok(&1));
    }
}
