//! Stamps: a step that was done is not done again while its inputs are the same.

use std::fs;
use std::hash::{DefaultHasher, Hasher};
use std::path::{Path, PathBuf};

use crate::program::{Result, TaskError};

/// A digest of the files and words a step depends on.
pub struct Inputs(DefaultHasher);

impl Inputs {
    /// No inputs yet.
    pub fn new() -> Self {
        Self(DefaultHasher::new())
    }

    /// Adds a word, such as a version.
    pub fn word(mut self, word: &str) -> Self {
        self.add(word.as_bytes());
        self
    }

    /// Adds a file by its content, or every file below a folder by its place and content, leaving
    /// out what is named in `without`. What does not exist counts as nothing.
    pub fn path(mut self, path: &Path, without: &[&str]) -> Result<Self> {
        self.add_path(path, without)?;
        Ok(self)
    }

    fn add_path(&mut self, path: &Path, without: &[&str]) -> Result<()> {
        if path.is_file() {
            self.add(&fs::read(path).map_err(TaskError::file(path))?);
        } else if path.is_dir() {
            for entry in sorted_entries(path)? {
                let name = entry.file_name().unwrap_or_default().to_string_lossy();
                if !without.contains(&name.as_ref()) {
                    self.add(name.as_bytes());
                    self.add_path(&entry, without)?;
                }
            }
        }
        Ok(())
    }

    /// With its length, so that two neighbours cannot be taken for another two.
    fn add(&mut self, bytes: &[u8]) {
        self.0.write_usize(bytes.len());
        self.0.write(bytes);
    }

    fn digest(&self) -> String {
        format!("{:016x}", self.0.finish())
    }
}

/// The mark of one step, in a file of its own.
pub struct Stamp {
    file: PathBuf,
    digest: String,
}

impl Stamp {
    /// The stamp of the step `name`, kept in `folder`, for these inputs.
    pub fn new(folder: &Path, name: &str, inputs: &Inputs) -> Self {
        Self {
            file: folder.join(format!("{name}.stamp")),
            digest: inputs.digest(),
        }
    }

    /// Whether the step was done with these very inputs.
    pub fn is_fresh(&self) -> bool {
        fs::read_to_string(&self.file).is_ok_and(|kept| kept == self.digest)
    }

    /// Notes that the step is done. To be called only after it succeeded.
    pub fn set(&self) -> Result<()> {
        if let Some(folder) = self.file.parent() {
            fs::create_dir_all(folder).map_err(TaskError::file(folder))?;
        }
        fs::write(&self.file, &self.digest).map_err(TaskError::file(&self.file))
    }

    /// Takes the mark away before the step is done again, so that a broken-off run leaves none.
    pub fn clear(&self) {
        let _ = fs::remove_file(&self.file);
    }
}

fn sorted_entries(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut entries = fs::read_dir(folder)
        .and_then(|entries| {
            entries
                .map(|entry| entry.map(|e| e.path()))
                .collect::<Result<Vec<_>, _>>()
        })
        .map_err(TaskError::file(folder))?;
    entries.sort();
    Ok(entries)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn digest_of(folder: &Path) -> String {
        Inputs::new()
            .path(folder, &["dist"])
            .expect("readable")
            .digest()
    }

    #[test]
    fn a_changed_added_or_renamed_file_makes_another_digest_and_a_left_out_one_does_not() {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join("a"), "one").expect("written");
        let first = digest_of(folder.path());
        assert_eq!(
            first,
            digest_of(folder.path()),
            "the same files are the same inputs"
        );

        fs::create_dir(folder.path().join("dist")).expect("made");
        fs::write(folder.path().join("dist/b"), "built").expect("written");
        assert_eq!(
            first,
            digest_of(folder.path()),
            "what is built is not an input"
        );

        fs::rename(folder.path().join("a"), folder.path().join("c")).expect("renamed");
        assert_ne!(first, digest_of(folder.path()), "a file's place counts");
    }

    #[test]
    fn a_stamp_is_fresh_only_after_it_was_set_and_for_the_same_inputs() {
        let folder = tempfile::tempdir().expect("a folder");
        let stamp = Stamp::new(folder.path(), "npm", &Inputs::new().word("1"));
        assert!(!stamp.is_fresh());
        stamp.set().expect("written");
        assert!(stamp.is_fresh());
        assert!(!Stamp::new(folder.path(), "npm", &Inputs::new().word("2")).is_fresh());
        stamp.clear();
        assert!(
            !stamp.is_fresh(),
            "a step that broke off must be done again"
        );
    }
}
