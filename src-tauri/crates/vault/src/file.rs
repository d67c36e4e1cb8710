//! Secrets in one file that a passphrase opens, in the format of `age`.

use std::{
    collections::BTreeMap,
    fmt,
    fs::{self, File, OpenOptions},
    io::{self, Write},
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard, PoisonError},
};

use age::{DecryptError, scrypt};
use secrecy::zeroize::Zeroizing;
use serde::{Deserialize, Serialize};

use crate::{ExposeSecret, SecretString, Vault, VaultError, VaultKind, compare};

/// The version of what is inside the file.
const VERSION: u32 = 1;

/// Above this a file asks for more work than we would ever have written: minutes and gigabytes.
const MOST_WORK: u8 = 20;

/// How much work one guess of the passphrase costs: 2 to this power rounds of scrypt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WorkFactor(u8);

impl WorkFactor {
    /// About a third of a second and 128 MiB a guess.
    pub const STRONG: Self = Self(17);

    /// Next to nothing, so that tests do not wait. Protects nothing.
    pub const FOR_TESTS: Self = Self(2);
}

impl Default for WorkFactor {
    fn default() -> Self {
        Self::STRONG
    }
}

/// Secrets in one encrypted file. Several processes may use the same file.
///
/// Opened secrets stay in memory, so that the passphrase is stretched once and not at every read;
/// the file is opened again only if another process changed it.
pub struct FileVault {
    path: PathBuf,
    passphrase: SecretString,
    work: WorkFactor,
    opened: Mutex<Opened>,
}

/// The file as it was last seen.
#[derive(Default)]
struct Opened {
    /// The encrypted bytes: encrypting twice never gives the same, so equal bytes are the same
    /// secrets. None while there is no file.
    sealed: Option<Vec<u8>>,
    secrets: BTreeMap<String, SecretString>,
}

#[derive(Serialize)]
struct ContentOut<'a> {
    version: u32,
    secrets: BTreeMap<&'a str, &'a str>,
}

#[derive(Deserialize)]
struct ContentIn {
    version: u32,
    secrets: BTreeMap<String, String>,
}

impl fmt::Debug for FileVault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FileVault")
            .field("path", &self.path)
            .field("work", &self.work)
            .finish_non_exhaustive()
    }
}

impl FileVault {
    /// Opens a file, or starts an empty one that is created by the first write.
    pub fn open(path: impl Into<PathBuf>, passphrase: SecretString) -> Result<Self, VaultError> {
        Self::open_with(path, passphrase, WorkFactor::default())
    }

    /// As [`FileVault::open`]; what is written costs this much work a guess.
    pub fn open_with(
        path: impl Into<PathBuf>,
        passphrase: SecretString,
        work: WorkFactor,
    ) -> Result<Self, VaultError> {
        let vault = Self {
            path: path.into(),
            passphrase,
            work,
            opened: Mutex::default(),
        };
        vault.refresh(&mut vault.opened())?;
        Ok(vault)
    }

    /// Where the file is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    fn opened(&self) -> MutexGuard<'_, Opened> {
        self.opened.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Reads the file again if it is not the one that was last seen.
    fn refresh(&self, opened: &mut Opened) -> Result<(), VaultError> {
        let sealed = match fs::read(&self.path) {
            Ok(sealed) => Some(sealed),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => return Err(io_error("read", &self.path, error)),
        };
        if sealed != opened.sealed {
            opened.secrets = match &sealed {
                Some(sealed) => self.unseal(sealed)?,
                None => BTreeMap::new(),
            };
            opened.sealed = sealed;
        }
        Ok(())
    }

    fn unseal(&self, sealed: &[u8]) -> Result<BTreeMap<String, SecretString>, VaultError> {
        let mut identity = scrypt::Identity::new(self.passphrase.clone());
        identity.set_max_work_factor(MOST_WORK);
        let content = Zeroizing::new(
            age::decrypt(&identity, sealed).map_err(|error| unseal_error(&self.path, error))?,
        );
        // The parser's message could quote a secret, so it is not kept.
        let content: ContentIn = serde_json::from_slice(&content).map_err(|_| {
            VaultError::plain(format!("{} does not hold secrets", self.path.display()))
        })?;
        if content.version > VERSION {
            return Err(VaultError::plain(format!(
                "{} was written by a newer version of Muster",
                self.path.display()
            )));
        }
        Ok(content
            .secrets
            .into_iter()
            .map(|(account, secret)| (account, secret.into()))
            .collect())
    }

    fn seal(&self, secrets: &BTreeMap<String, SecretString>) -> Result<Vec<u8>, VaultError> {
        let content = ContentOut {
            version: VERSION,
            secrets: secrets
                .iter()
                .map(|(account, secret)| (account.as_str(), secret.expose_secret()))
                .collect(),
        };
        let content = Zeroizing::new(
            serde_json::to_vec(&content)
                .map_err(|_| VaultError::plain("the secrets cannot be written as JSON"))?,
        );
        let mut recipient = scrypt::Recipient::new(self.passphrase.clone());
        recipient.set_work_factor(self.work.0);
        age::encrypt(&recipient, &content)
            .map_err(|error| VaultError::other("the secrets cannot be encrypted", error))
    }

    /// Changes the secrets while no other process does; `change` says whether it changed anything.
    fn change(
        &self,
        change: impl FnOnce(&mut BTreeMap<String, SecretString>) -> bool,
    ) -> Result<(), VaultError> {
        let mut opened = self.opened();
        let _lock = self.lock()?;
        self.refresh(&mut opened)?;
        let mut secrets = opened.secrets.clone();
        if !change(&mut secrets) {
            return Ok(());
        }
        let sealed = self.seal(&secrets)?;
        replace(&self.path, &sealed).map_err(|error| io_error("write", &self.path, error))?;
        // Forgetting what was seen makes the refresh read what is really on the disk now.
        *opened = Opened::default();
        self.refresh(&mut opened)
    }

    /// Waits until no other process writes. Unlocked when dropped, and by the system if we die.
    fn lock(&self) -> Result<File, VaultError> {
        let mut path = self.path.clone().into_os_string();
        path.push(".lock");
        let path = PathBuf::from(path);
        let lock = || {
            let mut options = OpenOptions::new();
            options.create(true).truncate(false).write(true);
            #[cfg(unix)]
            std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
            let file = options.open(&path)?;
            file.lock()?;
            Ok(file)
        };
        lock().map_err(|error| io_error("lock", &path, error))
    }
}

impl Vault for FileVault {
    fn kind(&self) -> VaultKind {
        VaultKind::File
    }

    fn check(&self) -> Result<(), VaultError> {
        self.refresh(&mut self.opened())
    }

    fn read(&self, account: &str) -> Result<SecretString, VaultError> {
        let mut opened = self.opened();
        self.refresh(&mut opened)?;
        opened
            .secrets
            .get(account)
            .cloned()
            .ok_or_else(|| VaultError::Missing {
                account: account.to_owned(),
            })
    }

    fn write(&self, account: &str, secret: &SecretString) -> Result<(), VaultError> {
        self.change(|secrets| {
            secrets.insert(account.to_owned(), secret.clone());
            true
        })?;
        let read = self
            .read(account)
            .map_err(|error| VaultError::NotReadBack {
                account: account.to_owned(),
                source: Some(Box::new(error)),
            })?;
        compare(account, secret, &read)
    }

    fn delete(&self, account: &str) -> Result<(), VaultError> {
        self.change(|secrets| secrets.remove(account).is_some())
    }
}

/// Puts a new file in the place of another, so that a crash leaves the one or the other whole.
/// Only the owner may read it.
fn replace(path: &Path, content: &[u8]) -> io::Result<()> {
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    // On Unix a temporary file is created with mode 0600, and keeps it.
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(content)?;
    file.as_file().sync_all()?;
    file.persist(path).map_err(|error| error.error)?;
    #[cfg(unix)]
    File::open(folder)?.sync_all()?;
    Ok(())
}

fn io_error(act: &str, path: &Path, error: io::Error) -> VaultError {
    if error.kind() == io::ErrorKind::PermissionDenied {
        VaultError::Denied {
            source: Some(error.into()),
        }
    } else {
        VaultError::other(format!("cannot {act} {}", path.display()), error)
    }
}

fn unseal_error(path: &Path, error: DecryptError) -> VaultError {
    match error {
        // The header was read and understood, and its one key did not open: the passphrase.
        DecryptError::DecryptionFailed
        | DecryptError::KeyDecryptionFailed
        | DecryptError::NoMatchingKeys => VaultError::WrongPassphrase,
        error => VaultError::other(format!("{} is not a whole age file", path.display()), error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn open(path: &Path, passphrase: &str) -> Result<FileVault, VaultError> {
        FileVault::open_with(path, passphrase.into(), WorkFactor::FOR_TESTS)
    }

    fn folder() -> (tempfile::TempDir, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("vault.age");
        (folder, path)
    }

    #[test]
    fn a_secret_is_there_again_after_opening_and_gone_after_deleting() {
        let (_folder, path) = folder();
        let vault = open(&path, "pass").unwrap();
        assert!(!path.exists(), "opening creates nothing");
        assert!(vault.read("a").unwrap_err().is_missing());
        vault.write("a", &"hunter2 \u{1f511} \"".into()).unwrap();
        vault.write("b", &"other".into()).unwrap();
        let again = open(&path, "pass").unwrap();
        assert_eq!(
            again.read("a").unwrap().expose_secret(),
            "hunter2 \u{1f511} \""
        );
        again.delete("a").unwrap();
        again.delete("a").expect("forgetting twice is no mistake");
        assert!(
            open(&path, "pass")
                .unwrap()
                .read("a")
                .unwrap_err()
                .is_missing()
        );
        assert_eq!(again.read("b").unwrap().expose_secret(), "other");
    }

    #[test]
    fn another_passphrase_is_told_apart_from_a_damaged_file() {
        let (_folder, path) = folder();
        open(&path, "pass")
            .unwrap()
            .write("a", &"s".into())
            .unwrap();
        assert!(open(&path, "Pass").unwrap_err().is_wrong_passphrase());
        let sealed = fs::read(&path).unwrap();
        let mut turned = sealed.clone();
        *turned.last_mut().unwrap() ^= 1;
        for damaged in [
            &b""[..],
            b"{}",
            &sealed[..sealed.len() - 1],
            &sealed[..40],
            &turned,
        ] {
            fs::write(&path, damaged).unwrap();
            let error = open(&path, "pass").unwrap_err();
            assert!(
                matches!(error, VaultError::Other { .. }),
                "{} bytes: {error:?}",
                damaged.len()
            );
        }
    }

    #[test]
    fn the_file_is_an_age_file_without_the_secret_in_it() {
        let (_folder, path) = folder();
        open(&path, "pass")
            .unwrap()
            .write("a", &"hunter2".into())
            .unwrap();
        let sealed = fs::read(&path).unwrap();
        assert!(sealed.starts_with(b"age-encryption.org/v1\n-> scrypt "));
        assert!(!sealed.windows(7).any(|part| part == b"hunter2"));
    }

    #[cfg(unix)]
    #[test]
    fn only_the_owner_may_read_the_file() {
        use std::os::unix::fs::PermissionsExt;
        let (_folder, path) = folder();
        let vault = open(&path, "pass").unwrap();
        vault.write("a", &"one".into()).unwrap();
        vault.write("a", &"two".into()).unwrap();
        assert_eq!(
            fs::metadata(&path).unwrap().permissions().mode() & 0o777,
            0o600
        );
    }

    #[test]
    fn two_that_write_at_once_lose_nothing() {
        let (folder, path) = folder();
        std::thread::scope(|scope| {
            for writer in 0..4 {
                let path = &path;
                scope.spawn(move || {
                    let vault = open(path, "pass").unwrap();
                    for number in 0..10 {
                        let name = format!("{writer}-{number}");
                        vault.write(&name, &name.as_str().into()).unwrap();
                    }
                });
            }
        });
        let vault = open(&path, "pass").unwrap();
        for writer in 0..4 {
            for number in 0..10 {
                let name = format!("{writer}-{number}");
                assert_eq!(vault.read(&name).unwrap().expose_secret(), name);
            }
        }
        let left: Vec<_> = fs::read_dir(folder.path()).unwrap().collect();
        assert_eq!(
            left.len(),
            2,
            "the file and its lock, no temporary files: {left:?}"
        );
    }

    #[test]
    fn what_another_process_wrote_is_seen() {
        let (_folder, path) = folder();
        let (one, two) = (open(&path, "pass").unwrap(), open(&path, "pass").unwrap());
        one.write("a", &"first".into()).unwrap();
        assert_eq!(two.read("a").unwrap().expose_secret(), "first");
        two.write("a", &"second".into()).unwrap();
        assert_eq!(one.read("a").unwrap().expose_secret(), "second");
    }

    #[test]
    fn nothing_shows_a_secret() {
        let (_folder, path) = folder();
        let vault = open(&path, "correct horse").unwrap();
        vault.write("a", &"hunter2".into()).unwrap();
        let shown = format!("{vault:?}");
        assert!(
            !shown.contains("hunter2") && !shown.contains("correct horse"),
            "{shown}"
        );
    }
}
