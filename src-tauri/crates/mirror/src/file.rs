//! Opening one of our SQLite files: its kind, its layout, who may read it, and how it is removed.

use std::{
    fs, io,
    path::{Path, PathBuf},
    time::Duration,
};

use rusqlite::{Connection, ErrorCode, OpenFlags, TransactionBehavior};

use crate::MirrorError;

/// A change of a file's layout: the statements that make it.
pub(crate) type Migration = &'static str;

/// A kind of file: what tells it from others, and the layouts that it has had.
pub(crate) struct Kind {
    /// SQLite's `application_id`: says which of our files it is.
    pub application_id: i32,
    /// The layouts in order, each as the statements of its tables. The number of the newest is
    /// SQLite's `user_version`.
    pub layouts: &'static [&'static [Migration]],
    /// What a commit survives: `FULL` a power cut, `NORMAL` a crash of the app. Neither ever
    /// leaves half a commit.
    pub synchronous: &'static str,
}

impl Kind {
    fn newest(&self) -> u32 {
        u32::try_from(self.layouts.len()).unwrap_or(u32::MAX)
    }
}

/// How long a writer waits for another one whose writes are short.
const SHORT_WRITES: Duration = Duration::from_secs(5);

/// Opens a file for writing, making it or bringing its layout up to date if need be, after a copy
/// of it as it was has been put beside it. A file that is newer, or not of this kind, is not
/// touched.
pub(crate) fn open(path: &Path, kind: &Kind) -> Result<Connection, MirrorError> {
    let found = match look(path, kind)? {
        Some(layout) => layout,
        None => {
            create_private(path)?;
            0
        }
    };
    let mut connection = Connection::open_with_flags(path, flags(true))?;
    connection.busy_timeout(SHORT_WRITES)?;
    configure(&connection, kind)?;
    if found < kind.newest() {
        migrate(&mut connection, path, kind)?;
    }
    Ok(connection)
}

/// Opens another connection to a file that [`open`] has made ready.
pub(crate) fn open_again(
    path: &Path,
    kind: &Kind,
    writable: bool,
) -> Result<Connection, MirrorError> {
    let connection = Connection::open_with_flags(path, flags(writable))?;
    connection.busy_timeout(SHORT_WRITES)?;
    if writable {
        configure(&connection, kind)?;
    }
    Ok(connection)
}

fn flags(writable: bool) -> OpenFlags {
    let access = if writable {
        OpenFlags::SQLITE_OPEN_READ_WRITE
    } else {
        OpenFlags::SQLITE_OPEN_READ_ONLY
    };
    access | OpenFlags::SQLITE_OPEN_NO_MUTEX
}

fn configure(connection: &Connection, kind: &Kind) -> Result<(), MirrorError> {
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", kind.synchronous)?;
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.pragma_update(None, "trusted_schema", false)?;
    Ok(())
}

/// The layout of the file: none if there is no file, 0 if it is empty.
///
/// Reads only: a connection that may write would fold a newer file's log into it when it closes.
fn look(path: &Path, kind: &Kind) -> Result<Option<u32>, MirrorError> {
    match fs::metadata(path) {
        Ok(file) if file.len() == 0 => return Ok(Some(0)),
        Ok(_) => {}
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(source) => return Err(io_error(path, source)),
    }
    let not_ours = || MirrorError::NotOurs {
        path: path.to_owned(),
    };
    let connection = Connection::open_with_flags(path, flags(false))?;
    connection.busy_timeout(SHORT_WRITES)?;
    let pragma = |name| match connection.pragma_query_value(None, name, |row| row.get(0)) {
        Err(error) if error.sqlite_error_code() == Some(ErrorCode::NotADatabase) => Err(not_ours()),
        other => Ok(other?),
    };
    let (application_id, layout): (i32, u32) =
        (pragma("application_id")?, pragma("user_version")? as u32);
    if application_id == 0 && layout == 0 && is_bare(&connection)? {
        // The app was stopped after the file was made and before its tables were.
        return Ok(Some(0));
    }
    if application_id != kind.application_id {
        return Err(not_ours());
    }
    if layout > kind.newest() {
        return Err(MirrorError::Newer {
            path: path.to_owned(),
            found: layout,
            known: kind.newest(),
        });
    }
    Ok(Some(layout))
}

fn is_bare(connection: &Connection) -> Result<bool, MirrorError> {
    let tables: i64 =
        connection.query_row("SELECT count(*) FROM sqlite_schema", (), |row| row.get(0))?;
    Ok(tables == 0)
}

/// Brings the layout up to date, all in one transaction.
fn migrate(connection: &mut Connection, path: &Path, kind: &Kind) -> Result<(), MirrorError> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    // Asked again under the lock: another process may have done it.
    let found: u32 = transaction.pragma_query_value(None, "user_version", |row| row.get(0))?;
    if (1..kind.newest()).contains(&found) {
        keep_copy(path, found)?;
    }
    for migration in kind.layouts.iter().skip(found as usize).copied().flatten() {
        transaction.execute_batch(migration)?;
    }
    transaction.pragma_update(None, "application_id", kind.application_id)?;
    transaction.pragma_update(None, "user_version", kind.newest())?;
    transaction.commit()?;
    Ok(())
}

/// Puts a copy of a file with an older layout beside it: `mirror.layout-1.db` of `mirror.db`. Nobody
/// may write to the file meanwhile. The copy is there whole or not at all.
fn keep_copy(path: &Path, layout: u32) -> Result<(), MirrorError> {
    let copy = path.with_file_name(format!("{}{layout}.db", copies_of(path)));
    let partial = copy.with_extension("db-part");
    remove(&partial)?;
    let kept = write_copy(path, &partial).and_then(|()| {
        let placed = fs::rename(&partial, &copy);
        placed.map_err(|source| io_error(&copy, source))
    });
    if kept.is_err()
        && let Err(error) = remove(&partial)
    {
        tracing::warn!(%error, "a part of a copy is left");
    }
    kept
}

fn write_copy(path: &Path, copy: &Path) -> Result<(), MirrorError> {
    create_private(copy)?;
    let target = copy.to_str().ok_or_else(|| {
        let source = io::Error::from(io::ErrorKind::InvalidFilename);
        io_error(copy, source)
    })?;
    let reader = Connection::open_with_flags(path, flags(false))?;
    reader.execute("VACUUM INTO ?1", [target])?;
    Ok(())
}

/// What the names of a file's copies begin with.
fn copies_of(path: &Path) -> String {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    format!("{stem}.layout-")
}

/// Makes a folder that only this user may enter, and those above it.
pub(crate) fn create_private_folder(path: &Path) -> Result<(), MirrorError> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder
        .create(path)
        .map_err(|source| io_error(path, source))
}

/// Makes an empty file that only this user may read. SQLite gives its log the same rights.
pub(crate) fn create_private(path: &Path) -> Result<(), MirrorError> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        Ok(_) => Ok(()),
        Err(source) => Err(io_error(path, source)),
    }
}

/// The files of a database, whether or not they are there now: those that SQLite keeps, and the
/// copies with older layouts that are there.
pub(crate) fn files_of(path: &Path) -> Result<Vec<PathBuf>, MirrorError> {
    let own = ["", "-wal", "-shm"].map(|suffix| {
        let mut name = path.as_os_str().to_owned();
        name.push(suffix);
        PathBuf::from(name)
    });
    let mut files = Vec::from(own);
    let folder = path.parent().unwrap_or(Path::new("."));
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(files),
        Err(source) => return Err(io_error(folder, source)),
    };
    let prefix = copies_of(path);
    for entry in entries {
        let entry = entry.map_err(|source| io_error(folder, source))?;
        if entry.file_name().to_string_lossy().starts_with(&prefix) {
            files.push(entry.path());
        }
    }
    Ok(files)
}

/// The folders in a folder whose names begin so; none if it is not there.
pub(crate) fn folders_of(path: &Path, prefix: &str) -> Result<Vec<PathBuf>, MirrorError> {
    let failed = |source| io_error(path, source);
    let entries = match fs::read_dir(path) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(source) => return Err(failed(source)),
    };
    let mut folders = Vec::new();
    for entry in entries {
        let entry = entry.map_err(failed)?;
        let named = entry.file_name().to_string_lossy().starts_with(prefix);
        if named && entry.file_type().map_err(failed)?.is_dir() {
            folders.push(entry.path());
        }
    }
    Ok(folders)
}

/// The size of a file in bytes; none if it is not there.
pub(crate) fn size(path: &Path) -> Result<Option<u64>, MirrorError> {
    match fs::metadata(path) {
        Ok(file) => Ok(Some(file.len())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(source) => Err(io_error(path, source)),
    }
}

/// Removes a file; it may already be gone.
pub(crate) fn remove(path: &Path) -> Result<(), MirrorError> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(io_error(path, error)),
        _ => Ok(()),
    }
}

/// Moves a file into a folder; it may not be there.
pub(crate) fn move_into(path: &Path, folder: &Path) -> Result<(), MirrorError> {
    let Some(name) = path.file_name() else {
        return Ok(());
    };
    match fs::rename(path, folder.join(name)) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(io_error(path, error)),
        _ => Ok(()),
    }
}

/// Removes a folder if nothing is in it.
pub(crate) fn remove_if_empty(path: &Path) -> Result<(), MirrorError> {
    match fs::remove_dir(path) {
        Err(error)
            if !matches!(
                error.kind(),
                io::ErrorKind::NotFound | io::ErrorKind::DirectoryNotEmpty
            ) =>
        {
            Err(io_error(path, error))
        }
        _ => Ok(()),
    }
}

pub(crate) fn io_error(path: &Path, source: io::Error) -> MirrorError {
    MirrorError::Io {
        path: path.to_owned(),
        source,
    }
}

/// Folds the log into the file and empties it, as far as readers allow: after a large commit it
/// is as large as the file. Failing changes nothing, the log is valid as it stands.
pub(crate) fn empty_log(connection: &Connection) {
    let emptied = connection
        .busy_timeout(Duration::ZERO)
        .and_then(|()| connection.pragma_query(None, "wal_checkpoint(TRUNCATE)", |_| Ok(())));
    if let Err(error) = emptied {
        tracing::debug!(%error, "the log was not emptied");
    }
}

#[cfg(test)]
mod tests {
    use tempfile::tempdir;

    use super::*;

    const ONE: Kind = Kind {
        application_id: 77,
        layouts: &[&[
            "CREATE TABLE a (x INTEGER) STRICT",
            "INSERT INTO a VALUES (1)",
        ]],
        synchronous: "FULL",
    };
    const TWO: Kind = Kind {
        layouts: &[ONE.layouts[0], &["ALTER TABLE a ADD COLUMN y INTEGER"]],
        ..ONE
    };

    fn layout(connection: &Connection) -> u32 {
        connection
            .pragma_query_value(None, "user_version", |row| row.get(0))
            .unwrap()
    }

    #[test]
    fn an_older_file_is_brought_up_to_date_and_keeps_its_rows() {
        let folder = tempdir().unwrap();
        let path = folder.path().join("a.db");
        assert_eq!(layout(&open(&path, &ONE).unwrap()), 1);
        let connection = open(&path, &TWO).unwrap();
        assert_eq!(layout(&connection), 2);
        let rows: i64 = connection
            .query_row("SELECT count(*) FROM a WHERE y IS NULL", (), |row| {
                row.get(0)
            })
            .unwrap();
        assert_eq!(rows, 1);
    }

    #[test]
    fn a_copy_of_the_older_file_is_kept_beside_it() {
        let folder = tempdir().unwrap();
        let path = folder.path().join("a.db");
        // Part of what it holds is in its log only.
        let older = open(&path, &ONE).unwrap();
        older.execute("INSERT INTO a VALUES (2)", ()).unwrap();
        let copy = folder.path().join("a.layout-1.db");
        assert!(!copy.exists(), "a new file is no older one");
        drop(open(&path, &TWO).unwrap());
        drop(older);

        let connection = open(&copy, &ONE).unwrap();
        assert_eq!(layout(&connection), 1);
        let rows: i64 = connection
            .query_row("SELECT sum(x) FROM a", (), |row| row.get(0))
            .unwrap();
        assert_eq!(rows, 3);
        drop(connection);
        let files = files_of(&path).unwrap();
        assert!(files.contains(&copy), "it is removed with the file");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = fs::metadata(&copy).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600, "only this user may read it");
        }
    }

    #[test]
    fn without_room_for_a_copy_nothing_is_migrated() {
        let folder = tempdir().unwrap();
        let path = folder.path().join("a.db");
        drop(open(&path, &ONE).unwrap());
        // A folder stands where the copy should.
        fs::create_dir_all(folder.path().join("a.layout-1.db/x")).unwrap();
        assert!(open(&path, &TWO).is_err());
        assert_eq!(layout(&open(&path, &ONE).unwrap()), 1);
    }

    #[test]
    fn a_migration_that_fails_leaves_the_file_as_it_was() {
        const BROKEN: Kind = Kind {
            layouts: &[
                ONE.layouts[0],
                &["CREATE TABLE b (x INTEGER) STRICT", "NONSENSE"],
            ],
            ..ONE
        };
        let folder = tempdir().unwrap();
        let path = folder.path().join("a.db");
        drop(open(&path, &ONE).unwrap());
        assert!(open(&path, &BROKEN).is_err());
        let connection = open(&path, &ONE).unwrap();
        assert_eq!(layout(&connection), 1);
        assert!(
            connection.execute("SELECT * FROM b", ()).is_err(),
            "all or nothing"
        );
    }

    #[test]
    fn a_copy_that_fails_leaves_nothing_and_the_file_as_it_was() {
        let folder = tempdir().unwrap();
        let path = folder.path().join("a.db");
        drop(open(&path, &ONE).unwrap());
        let in_its_place = folder.path().join("a.layout-1.db");
        fs::create_dir_all(in_its_place.join("x")).unwrap();
        assert!(open(&path, &TWO).is_err());
        assert!(!folder.path().join("a.layout-1.db-part").exists());
        assert_eq!(layout(&open(&path, &ONE).unwrap()), 1);
    }

    #[test]
    fn a_newer_file_is_refused_and_not_touched() {
        let folder = tempdir().unwrap();
        let path = folder.path().join("a.db");
        drop(open(&path, &TWO).unwrap());
        let before = fs::read(&path).unwrap();
        let error = open(&path, &ONE).unwrap_err();
        assert!(error.is_newer(), "{error}");
        assert_eq!(fs::read(&path).unwrap(), before);
    }

    #[test]
    fn a_newer_file_with_an_open_log_is_refused_and_not_touched() {
        let folder = tempdir().unwrap();
        let path = folder.path().join("a.db");
        let other = open(&path, &TWO).unwrap();
        other.execute("INSERT INTO a VALUES (2, 2)", ()).unwrap();
        let files = files_of(&path).unwrap();
        let (file, log) = (&files[0], &files[1]);
        let before = (fs::read(file).unwrap(), fs::read(log).unwrap());
        assert!(open(&path, &ONE).unwrap_err().is_newer());
        assert_eq!((fs::read(file).unwrap(), fs::read(log).unwrap()), before);
    }

    #[test]
    fn a_file_that_is_not_ours_is_refused_and_not_touched() {
        let folder = tempdir().unwrap();
        let text = folder.path().join("text.db");
        fs::write(&text, "Dear diary, ".repeat(100)).unwrap();
        assert!(open(&text, &ONE).unwrap_err().is_not_ours());
        assert_eq!(fs::read(&text).unwrap().len(), 1200);

        let other = folder.path().join("other.db");
        let connection = Connection::open(&other).unwrap();
        connection.execute_batch("CREATE TABLE t (x)").unwrap();
        drop(connection);
        let before = fs::read(&other).unwrap();
        assert!(open(&other, &ONE).unwrap_err().is_not_ours());
        assert_eq!(fs::read(&other).unwrap(), before);
    }

    #[test]
    fn a_damaged_file_is_told_apart() {
        let folder = tempdir().unwrap();
        let path = folder.path().join("a.db");
        drop(open(&path, &ONE).unwrap());
        let mut bytes = fs::read(&path).unwrap();
        bytes[100..].fill(0xAA);
        fs::write(&path, bytes).unwrap();
        let error = open(&path, &ONE)
            .and_then(|connection| Ok(connection.query_row("SELECT x FROM a", (), |_| Ok(()))?))
            .unwrap_err();
        assert!(error.is_corrupt(), "{error:?}");
    }

    #[test]
    fn an_empty_file_is_a_new_one() {
        let folder = tempdir().unwrap();
        let path = folder.path().join("a.db");
        fs::write(&path, "").unwrap();
        assert_eq!(layout(&open(&path, &ONE).unwrap()), 1);
    }

    #[cfg(unix)]
    #[test]
    fn only_this_user_may_read_the_files() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempdir().unwrap();
        let inner = folder.path().join("inner");
        create_private_folder(&inner).unwrap();
        let path = inner.join("a.db");
        let _open = open(&path, &ONE).unwrap();
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(&inner), 0o700);
        for file in files_of(&path).unwrap() {
            assert_eq!(mode(&file), 0o600, "{}", file.display());
        }
    }
}
