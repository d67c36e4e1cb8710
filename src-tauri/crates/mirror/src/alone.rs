//! A file that one app at a time holds, so that two on one profile do not do the same.

use std::{
    fs::{File, OpenOptions, TryLockError},
    path::Path,
};

use crate::{
    MirrorError,
    file::{create_private, io_error},
};

/// Held by this app alone until it is dropped; however the app ends, nobody holds it after.
#[derive(Debug)]
pub struct Alone {
    _locked: File,
}

/// Takes a file, which is made if it is not there; none if somebody holds it.
pub(crate) fn take(path: &Path) -> Result<Option<Alone>, MirrorError> {
    create_private(path)?;
    let file = OpenOptions::new()
        .write(true)
        .open(path)
        .map_err(|source| io_error(path, source))?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => return Ok(None),
        // Where files have no locks, nobody can find out who else is at it.
        Err(TryLockError::Error(error)) => {
            tracing::warn!(%error, path = %path.display(), "it is not known who else is at it");
        }
    }
    Ok(Some(Alone { _locked: file }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_one_holds_another_gets_when_it_is_let_go() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("applying.lock");
        let held = take(&path).unwrap();
        assert!(held.is_some());
        assert!(take(&path).unwrap().is_none());
        drop(held);
        assert!(take(&path).unwrap().is_some());
    }
}
