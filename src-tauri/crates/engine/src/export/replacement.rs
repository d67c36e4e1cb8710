//! A file that takes another's place all at once, when it is complete; until then, and if it is
//! never completed, the other one stays as it is.

use std::{
    fs::{self, File},
    io::{self, Write},
    path::{Path, PathBuf},
};

use tempfile::NamedTempFile;
use tokio_util::sync::CancellationToken;

use super::not_written;
use crate::Result;

/// Written beside the file whose place it takes; gone if it is dropped before it is complete.
pub(crate) struct Replacement {
    file: NamedTempFile,
    path: PathBuf,
    stopped: CancellationToken,
}

impl Replacement {
    /// Begins a file that only this user may read.
    pub fn of(path: &Path) -> Result<Self> {
        let failed = |error| not_written(path, error);
        let path = &replaced(path).map_err(failed)?;
        let mut prefix = std::ffi::OsString::from(".");
        prefix.push(path.file_name().unwrap_or_default());
        let file = tempfile::Builder::new()
            .prefix(&prefix)
            .suffix(".part")
            .tempfile_in(folder_of(path))
            .map_err(failed)?;
        Ok(Self {
            file,
            path: path.to_owned(),
            stopped: CancellationToken::new(),
        })
    }

    /// Whoever writes to it after this was canceled gets an error.
    pub fn stopped_by(self, cancel: &CancellationToken) -> Self {
        Self {
            stopped: cancel.clone(),
            ..self
        }
    }

    /// The folder that it is in.
    pub fn folder(&self) -> &Path {
        folder_of(&self.path)
    }

    /// Writes all of this.
    pub fn put(&mut self, bytes: &[u8]) -> Result<()> {
        self.write_all(bytes)
            .map_err(|error| not_written(&self.path, error))
    }

    /// Takes the other's place; what was written survives a power cut.
    pub fn complete(self) -> Result<()> {
        let Self { file, path, .. } = self;
        let failed = |error| not_written(&path, error);
        file.as_file().sync_all().map_err(failed)?;
        file.persist(&path).map_err(|error| failed(error.error))?;
        sync_folder(folder_of(&path));
        Ok(())
    }
}

impl Write for Replacement {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.stopped.is_cancelled() {
            return Err(io::Error::other("stopped"));
        }
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

/// The file whose place is taken: what a link leads to, not the link. A folder or a device is not
/// replaced.
fn replaced(path: &Path) -> io::Result<PathBuf> {
    let found = match fs::metadata(path) {
        Ok(found) => found,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(path.to_owned()),
        Err(error) => return Err(error),
    };
    if found.is_dir() {
        return Err(io::Error::new(
            io::ErrorKind::IsADirectory,
            "it is a folder",
        ));
    }
    if !found.is_file() {
        return Err(io::Error::other("it is a device, not a file"));
    }
    fs::canonicalize(path)
}

fn folder_of(path: &Path) -> &Path {
    path.parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."))
}

/// Makes a new name in a folder survive a power cut, where folders can be synced.
fn sync_folder(folder: &Path) {
    if cfg!(unix)
        && let Err(error) = File::open(folder).and_then(|folder| folder.sync_all())
    {
        // The file is there; only a power cut right now could take its name away.
        tracing::debug!(%error, "a folder was not synced");
    }
}

/// Removes a file that is of no use without another one.
pub(crate) fn forget(path: &Path) {
    if let Err(error) = fs::remove_file(path) {
        tracing::warn!(%error, path = %path.display(), "a note stayed without its file");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap();
        let mut names: Vec<_> = entries
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn the_other_file_stays_until_this_one_is_complete() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.csv");
        fs::write(&path, "before").unwrap();
        let mut dropped = Replacement::of(&path).unwrap();
        dropped.put(b"half").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"before");
        drop(dropped);
        assert_eq!(names(folder.path()), ["a.csv"], "nothing is left of it");

        let mut file = Replacement::of(&path).unwrap();
        file.put(b"whole").unwrap();
        file.complete().unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"whole");
        assert_eq!(names(folder.path()), ["a.csv"]);
    }

    #[test]
    fn what_stands_in_the_way_is_told_with_the_path() {
        let folder = tempfile::tempdir().unwrap();
        let missing = folder.path().join("no/a.csv");
        let error = Replacement::of(&missing).err().unwrap().to_string();
        assert!(
            error.contains("no/a.csv") && error.contains("its folder does not exist"),
            "{error}"
        );
        let error = Replacement::of(folder.path()).err().unwrap().to_string();
        assert!(error.contains("it is a folder"), "{error}");
    }

    #[cfg(unix)]
    #[test]
    fn a_device_is_not_replaced_and_a_link_stays_one() {
        let error = Replacement::of(Path::new("/dev/null")).err().unwrap();
        assert!(error.to_string().contains("it is a device"), "{error}");

        let folder = tempfile::tempdir().unwrap();
        let (path, link) = (folder.path().join("a.csv"), folder.path().join("link.csv"));
        fs::write(&path, "before").unwrap();
        std::os::unix::fs::symlink(&path, &link).unwrap();
        let mut file = Replacement::of(&link).unwrap();
        file.put(b"whole").unwrap();
        file.complete().unwrap();
        assert!(link.is_symlink());
        assert_eq!(fs::read(&path).unwrap(), b"whole");
    }

    #[test]
    fn nothing_more_is_written_once_it_is_stopped() {
        let folder = tempfile::tempdir().unwrap();
        let cancel = CancellationToken::new();
        let path = folder.path().join("a.csv");
        let mut file = Replacement::of(&path).unwrap().stopped_by(&cancel);
        file.put(b"a").unwrap();
        cancel.cancel();
        assert!(file.put(b"b").is_err());
    }
}
