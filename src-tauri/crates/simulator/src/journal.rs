//! The journal: every accepted change as a JSON line, replayed at the next start.

use std::{
    fs::{File, OpenOptions, TryLockError},
    io::{self, BufRead, BufReader, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
};

use muster_directory::Platform;
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use crate::Options;

/// The form of the lines.
const FORM: u32 = 1;

/// A journal that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum JournalError {
    /// It cannot be read or written.
    #[error("the journal {} cannot be used", path.display())]
    File {
        /// Where it is.
        path: PathBuf,
        /// What the operating system said.
        source: io::Error,
    },
    /// Another simulator writes it.
    #[error("the journal {} is in use by another simulator", .0.display())]
    InUse(PathBuf),
    /// It belongs to other people and organizations.
    #[error("the journal {} was begun with other options", .0.display())]
    OtherOptions(PathBuf),
    /// A line of it is no change, or does not fit.
    #[error("line {line} of the journal {} cannot be replayed", path.display())]
    Line {
        /// Where it is.
        path: PathBuf,
        /// Which line, from 1.
        line: u64,
        /// What is wrong with it.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
}

impl JournalError {
    /// Whether another simulator writes it.
    #[must_use]
    pub const fn is_in_use(&self) -> bool {
        matches!(self, Self::InUse(_))
    }

    /// Whether it can be read, and is not one to go on with.
    #[must_use]
    pub const fn is_unfit(&self) -> bool {
        matches!(self, Self::OtherOptions(_) | Self::Line { .. })
    }
}

/// The first line: what the changes are changes of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Head {
    journal: u32,
    platform: Platform,
    seed: u64,
    people: u64,
    organizations: u64,
}

impl Head {
    fn of(options: &Options) -> Self {
        Self {
            journal: FORM,
            platform: options.platform,
            seed: options.seed,
            people: options.people,
            organizations: options.organizations,
        }
    }
}

/// A journal that is open for more.
#[derive(Debug)]
pub struct Journal {
    file: File,
    /// Up to where it is whole, in bytes.
    whole: u64,
}

impl Journal {
    /// Opens a journal, or begins it, and replays what is in it. What a crash left of a last line
    /// was never answered, and is dropped.
    pub fn open<T, E>(
        path: &Path,
        options: &Options,
        replay: impl FnMut(T) -> Result<(), E>,
    ) -> Result<Self, JournalError>
    where
        T: DeserializeOwned,
        E: std::error::Error + Send + Sync + 'static,
    {
        let unusable = |source| JournalError::File {
            path: path.to_owned(),
            source,
        };
        let file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(path)
            .map_err(unusable)?;
        file.try_lock().map_err(|error| match error {
            TryLockError::WouldBlock => JournalError::InUse(path.to_owned()),
            TryLockError::Error(source) => unusable(source),
        })?;
        let head = Head::of(options);
        let whole = Reading { path, head: &head }.replay(&file, replay)?;
        let mut journal = Self { file, whole };
        journal.drop_rest().map_err(unusable)?;
        if whole == 0 {
            journal.append(&head).map_err(unusable)?;
        }
        Ok(journal)
    }

    /// Adds a line. The operating system has it when this returns, so that it outlives a crash of
    /// the simulator. If it cannot be added, nothing of it stays.
    pub fn append(&mut self, line: &impl Serialize) -> io::Result<()> {
        let mut bytes = serde_json::to_vec(line)?;
        bytes.push(b'\n');
        if let Err(error) = self.file.write_all(&bytes) {
            self.drop_rest()?;
            return Err(error);
        }
        self.whole += bytes.len() as u64;
        Ok(())
    }

    /// Cuts off what is not whole.
    fn drop_rest(&mut self) -> io::Result<()> {
        self.file.set_len(self.whole)?;
        self.file.seek(SeekFrom::Start(self.whole)).map(|_| ())
    }
}

/// A journal that is being read.
struct Reading<'a> {
    path: &'a Path,
    head: &'a Head,
}

impl Reading<'_> {
    /// Replays every whole line; gives up to where the journal is whole, in bytes.
    fn replay<T, E>(
        &self,
        file: &File,
        mut replay: impl FnMut(T) -> Result<(), E>,
    ) -> Result<u64, JournalError>
    where
        T: DeserializeOwned,
        E: std::error::Error + Send + Sync + 'static,
    {
        let mut reader = BufReader::new(file);
        let (mut whole, mut line, mut bytes) = (0, 0, Vec::new());
        loop {
            bytes.clear();
            let read = reader.read_until(b'\n', &mut bytes);
            let read = read.map_err(|source| JournalError::File {
                path: self.path.to_owned(),
                source,
            })?;
            if !bytes.ends_with(b"\n") {
                return Ok(whole);
            }
            line += 1;
            match line {
                1 => self.check(&bytes)?,
                _ => {
                    let change = serde_json::from_slice(&bytes);
                    let change = change.map_err(|error| self.wrong(line, error))?;
                    replay(change).map_err(|error| self.wrong(line, error))?;
                }
            }
            whole += read as u64;
        }
    }

    fn check(&self, bytes: &[u8]) -> Result<(), JournalError> {
        let head: Head = serde_json::from_slice(bytes).map_err(|error| self.wrong(1, error))?;
        match head == *self.head {
            true => Ok(()),
            false => Err(JournalError::OtherOptions(self.path.to_owned())),
        }
    }

    fn wrong(
        &self,
        line: u64,
        source: impl Into<Box<dyn std::error::Error + Send + Sync>>,
    ) -> JournalError {
        JournalError::Line {
            path: self.path.to_owned(),
            line,
            source: source.into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::{convert::Infallible, fs};

    use super::*;

    /// Opens a journal of numbers and tells those in it.
    fn open(path: &Path, seed: u64) -> Result<(Journal, Vec<u64>), JournalError> {
        let options = Options {
            seed,
            ..Options::default()
        };
        let mut numbers = Vec::new();
        let journal = Journal::open(path, &options, |number| {
            numbers.push(number);
            Ok::<(), Infallible>(())
        })?;
        Ok((journal, numbers))
    }

    fn folder() -> tempfile::TempDir {
        tempfile::tempdir().unwrap()
    }

    #[test]
    fn what_was_added_is_replayed_in_order() {
        let folder = folder();
        let path = folder.path().join("journal");
        for already in 0..4_u64 {
            let (mut journal, numbers) = open(&path, 1).unwrap();
            assert_eq!(numbers, (0..already).collect::<Vec<_>>());
            journal.append(&already).unwrap();
        }
    }

    #[test]
    fn what_a_crash_left_of_a_last_line_is_dropped_at_every_byte() {
        let folder = folder();
        let path = folder.path().join("journal");
        let (mut journal, _) = open(&path, 1).unwrap();
        for number in [1_111_u64, 2_222] {
            journal.append(&number).unwrap();
        }
        drop(journal);
        let bytes = fs::read(&path).unwrap();
        for length in 0..=bytes.len() {
            fs::write(&path, &bytes[..length]).unwrap();
            let (mut journal, mut numbers) = open(&path, 1).unwrap();
            let whole = bytes[..length]
                .iter()
                .filter(|byte| **byte == b'\n')
                .count();
            assert_eq!(numbers.len(), whole.saturating_sub(1), "{length} bytes");
            journal.append(&3_u64).unwrap();
            drop(journal);
            numbers.push(3);
            assert_eq!(
                open(&path, 1).unwrap().1,
                numbers,
                "{length} bytes and one more"
            );
        }
    }

    #[test]
    fn a_journal_of_other_options_is_refused_and_left_alone() {
        let folder = folder();
        let path = folder.path().join("journal");
        drop(open(&path, 1).unwrap());
        let before = fs::read(&path).unwrap();
        assert!(matches!(open(&path, 2), Err(JournalError::OtherOptions(_))));
        assert_eq!(fs::read(&path).unwrap(), before);
    }

    #[test]
    fn a_file_that_is_no_journal_is_refused_and_left_alone() {
        let folder = folder();
        let path = folder.path().join("journal");
        for (text, wrong) in [("Dear diary,\n", 1), ("{}\n1\n", 1)] {
            fs::write(&path, text).unwrap();
            let found = open(&path, 1);
            assert!(matches!(found, Err(JournalError::Line { line, .. }) if line == wrong));
            assert_eq!(fs::read_to_string(&path).unwrap(), text);
        }
        drop(fs::remove_file(&path));
        drop(open(&path, 1).unwrap());
        let text = fs::read_to_string(&path).unwrap() + "1\nno number\n3\n";
        fs::write(&path, &text).unwrap();
        assert!(matches!(
            open(&path, 1),
            Err(JournalError::Line { line: 3, .. })
        ));
        assert_eq!(fs::read_to_string(&path).unwrap(), text);
    }

    #[test]
    fn two_simulators_do_not_write_one_journal() {
        let folder = folder();
        let path = folder.path().join("journal");
        let first = open(&path, 1).unwrap();
        assert!(matches!(open(&path, 1), Err(JournalError::InUse(_))));
        drop(first);
        assert!(open(&path, 1).is_ok());
    }
}
