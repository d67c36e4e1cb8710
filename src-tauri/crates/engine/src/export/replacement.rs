//! A file that takes another's place all at once, when it is complete; until then, and if it is
//! never completed, the other one stays as it is.

use std::{
    fs::{self, File, OpenOptions, TryLockError},
    io::{self, Write},
    path::{Path, PathBuf},
};

use sha2::{Digest, Sha256};
use tempfile::NamedTempFile;
use tokio_util::sync::CancellationToken;

use super::not_written;
use crate::{Error, Result, Step};

/// How the name of a file begins and ends that is not complete.
const BEGIN: &str = ".muster-";
const END: &str = ".part";

/// How often another file is begun when somebody clears the folder at the same moment.
const TRIES: usize = 8;

/// Written beside the file whose place it takes; gone if it is dropped before it is complete.
pub(crate) struct Replacement {
    file: NamedTempFile,
    /// As it was given.
    path: PathBuf,
    /// What that leads to.
    target: PathBuf,
    stopped: CancellationToken,
    digest: Sha256,
    length: u64,
}

impl Replacement {
    /// Begins a file that only this user may read.
    pub fn of(path: &Path) -> Result<Self> {
        let target = resolved(path).map_err(|error| not_written(path, Step::Find, error))?;
        let file = held_part(folder_of(&target));
        Ok(Self {
            file: file.map_err(|error| not_written(path, Step::Create, error))?,
            path: path.to_owned(),
            target,
            stopped: CancellationToken::new(),
            digest: Sha256::new(),
            length: 0,
        })
    }

    /// What is in a file now, ready to be put back there; none if there is no file.
    pub fn with_content_of(path: &Path) -> Result<Option<Self>> {
        let not_read = |source: io::Error| Error::NotRead {
            path: path.to_owned(),
            source: source.into(),
        };
        let mut content = match File::open(path) {
            Ok(content) => content,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(not_read(error)),
        };
        let mut own = Self::of(path)?;
        io::copy(&mut content, &mut own).map_err(|error| not_written(path, Step::Write, error))?;
        Ok(Some(own))
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
        folder_of(&self.target)
    }

    /// How many bytes were written.
    pub const fn length(&self) -> u64 {
        self.length
    }

    /// The SHA-256 of what was written, in hexadecimal digits.
    pub fn sha256(&self) -> String {
        let digest = self.digest.clone().finalize();
        digest.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// Writes all of this.
    pub fn put(&mut self, bytes: &[u8]) -> Result<()> {
        self.write_all(bytes)
            .map_err(|error| not_written(&self.path, Step::Write, error))
    }

    /// Makes what was written survive a power cut.
    pub fn sync(&self) -> Result<()> {
        let synced = self.file.as_file().sync_all();
        synced.map_err(|error| not_written(&self.path, Step::Write, error))
    }

    /// Takes the other's place; what was written survives a power cut.
    pub fn complete(self) -> Result<()> {
        self.sync()?;
        let Self {
            file, path, target, ..
        } = self;
        file.persist(&target)
            .map_err(|error| not_written(&path, Step::Place, error.error))?;
        sync_folder(folder_of(&target));
        Ok(())
    }
}

impl Write for Replacement {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.stopped.is_cancelled() {
            return Err(io::Error::other("stopped"));
        }
        let count = self.file.write(bytes)?;
        self.digest.update(&bytes[..count]);
        self.length += count as u64;
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

/// The file whose place is taken, however it was spelt: what a link leads to, not the link. A
/// folder or a device is not replaced.
pub(crate) fn resolved(path: &Path) -> io::Result<PathBuf> {
    let found = match fs::metadata(path) {
        Ok(found) => found,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let folder = fs::canonicalize(folder_of(path))?;
            return Ok(folder.join(path.file_name().unwrap_or_default()));
        }
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

/// A new file, locked as long as it is open: so it is not taken for what a killed app has left.
fn held_part(folder: &Path) -> io::Result<NamedTempFile> {
    for _ in 0..TRIES {
        let file = tempfile::Builder::new()
            .prefix(BEGIN)
            .suffix(END)
            .tempfile_in(folder)?;
        match file.as_file().try_lock() {
            // It was taken for a rest just before it was locked.
            Err(TryLockError::WouldBlock) => {}
            // Where files have no locks, nobody can find out that it is not locked.
            Ok(()) | Err(TryLockError::Error(_)) if file.path().exists() => return Ok(file),
            Ok(()) | Err(TryLockError::Error(_)) => {}
        }
    }
    Err(io::Error::other(
        "files in this folder vanish while they are written",
    ))
}

/// Removes what an app that was killed has left half written in a folder. What is being written
/// is locked by whoever writes it, and stays.
pub(crate) fn clear(folder: &Path) {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        // Whoever writes there next is told what is wrong with it.
        Err(error) => return tracing::debug!(%error, "a folder was not looked through"),
    };
    for entry in entries
        .flatten()
        .filter(|entry| is_part(&entry.file_name()))
    {
        if let Err(error) = remove_unlocked(&entry.path()) {
            tracing::debug!(%error, path = %entry.path().display(), "a rest stayed");
        }
    }
}

fn is_part(name: &std::ffi::OsStr) -> bool {
    let name = name.to_string_lossy();
    let middle = name
        .strip_prefix(BEGIN)
        .and_then(|rest| rest.strip_suffix(END));
    middle.is_some_and(|middle| {
        !middle.is_empty() && middle.chars().all(|own| own.is_ascii_alphanumeric())
    })
}

fn remove_unlocked(path: &Path) -> io::Result<()> {
    if !fs::symlink_metadata(path)?.is_file() {
        return Ok(());
    }
    let file = OpenOptions::new().read(true).write(true).open(path)?;
    match file.try_lock() {
        Ok(()) => fs::remove_file(path),
        Err(TryLockError::WouldBlock) => Ok(()),
        Err(TryLockError::Error(error)) => Err(error),
    }
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

/// Puts a file and the note beside it in their places: both or neither.
pub(super) fn place(file: Replacement, note: Replacement) -> Result<()> {
    // Whatever takes time or room comes first; then only names change.
    let before = Replacement::with_content_of(&note.path)?;
    file.sync()?;
    note.sync()?;
    let path = note.path.clone();
    // Before the file, which says by being there that all of it is.
    note.complete()?;
    let Err(error) = file.complete() else {
        return Ok(());
    };
    let put_back = match before {
        Some(before) => before.complete(),
        None => fs::remove_file(&path).map_err(|error| not_written(&path, Step::Place, error)),
    };
    if let Err(error) = put_back {
        // The file is the old one: its size and SHA-256 are not those in the note.
        tracing::error!(%error, path = %path.display(), "a note stayed without its file");
    }
    Err(error)
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
    fn a_file_that_cannot_take_its_place_leaves_the_old_note() {
        for before in [Some("the old question"), None] {
            let folder = tempfile::tempdir().unwrap();
            let (path, beside) = (folder.path().join("a.csv"), folder.path().join("a.json"));
            if let Some(text) = before {
                fs::write(&beside, text).unwrap();
            }
            let mut file = Replacement::of(&path).unwrap();
            file.put(b"new").unwrap();
            let mut note = Replacement::of(&beside).unwrap();
            note.put(b"the new question").unwrap();
            // It stands in the way only when the file is put in its place.
            fs::create_dir(&path).unwrap();
            let error = place(file, note).unwrap_err();
            assert!(
                matches!(
                    error,
                    Error::NotWritten {
                        step: Step::Place,
                        ..
                    }
                ),
                "{error:?}"
            );
            assert_eq!(fs::read_to_string(&beside).ok().as_deref(), before);
            let left = names(folder.path());
            assert!(!left.iter().any(|name| name.ends_with(END)), "{left:?}");
        }
    }

    #[test]
    fn what_a_killed_app_left_is_removed_and_what_is_written_stays() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name| folder.path().join(name);
        for name in [".muster-a1B2c3.part", ".muster-mine.txt", "people.part"] {
            fs::write(at(name), "half").unwrap();
        }
        fs::create_dir(at(".muster-folder.part")).unwrap();
        let mut file = Replacement::of(&at("a.csv")).unwrap();
        clear(folder.path());
        assert!(!at(".muster-a1B2c3.part").exists());
        file.put(b"whole").unwrap();
        file.complete().unwrap();
        let rest = [
            ".muster-folder.part",
            ".muster-mine.txt",
            "a.csv",
            "people.part",
        ];
        assert_eq!(names(folder.path()), rest);
    }

    #[test]
    fn what_was_written_has_a_size_and_a_sha256() {
        let folder = tempfile::tempdir().unwrap();
        let mut file = Replacement::of(&folder.path().join("a.csv")).unwrap();
        file.put(b"ab").unwrap();
        file.put(b"c").unwrap();
        assert_eq!(file.length(), 3);
        assert_eq!(
            file.sha256(),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
    }

    #[cfg(unix)]
    #[test]
    fn one_file_is_found_by_each_of_its_names() {
        let folder = tempfile::tempdir().unwrap();
        let real = folder.path().join("real");
        fs::create_dir(&real).unwrap();
        std::os::unix::fs::symlink(&real, folder.path().join("link")).unwrap();
        let wanted = resolved(&real.join("a.csv")).unwrap();
        for other in ["link/a.csv", "real/../link/./a.csv"] {
            assert_eq!(
                resolved(&folder.path().join(other)).unwrap(),
                wanted,
                "{other}"
            );
        }
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
