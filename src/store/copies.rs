//! A whole register in one file: how it is made, and how it is held against what it must be.

use std::fs::{self, File, OpenOptions, Permissions};
use std::io::{self, Read, Write};
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use rusqlite::backup::{Backup, StepResult};
use rusqlite::{Connection, OpenFlags};
use tempfile::TempDir;

use super::copy_error::CopyError;
use super::{Fault, Tx, migrate, moment, prepare, trail};

/// Pages in one step: all of them. A copy in several steps begins anew whenever somebody else has written.
const ALL_PAGES: std::ffi::c_int = -1;

/// Locks nothing: nobody else knows the file, and network shares do not lock well.
const UNLOCKED: &std::ffi::CStr = c"unix-none";

/// What a register holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contents {
    /// Complaints.
    pub tickets: i64,
    /// Whole messages received.
    pub messages: i64,
    /// When something was last received, done or queued; `None`: nothing ever was.
    pub last_at: Option<DateTime<Utc>>,
    /// Size of the file.
    pub bytes: u64,
}

/// Opens a register for reading only, and looks at its version before anything else.
///
/// # Errors
/// [`CopyError`]: not there, not ours, of a version that `is_known` does not take.
pub(super) fn open(
    path: &Path,
    is_known: impl FnOnce(i64) -> bool,
) -> Result<Connection, CopyError> {
    // SQLite says of everything alike that it cannot open it.
    File::open(path).map_err(|error| CopyError::of_system(path, &error))?;
    let failed = |error: rusqlite::Error| CopyError::of_sqlite(path, &error);
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags).map_err(failed)?;
    connection.busy_timeout(super::BUSY).map_err(failed)?;
    let found: i64 =
        connection.pragma_query_value(None, "user_version", |row| row.get(0)).map_err(failed)?;
    let is_ours =
        "SELECT COUNT (*) = 3 FROM sqlite_schema WHERE name IN ('ticket', 'trail', 'outbox')";
    let is_ours: bool = connection.query_row(is_ours, [], |row| row.get(0)).map_err(failed)?;
    if !is_ours {
        return Err(CopyError::Foreign { path: path.to_owned() });
    }
    if !is_known(found) {
        return Err(CopyError::Version { path: path.to_owned(), found, known: migrate::VERSION });
    }
    Ok(connection)
}

/// A copy under way: a file of its own in a hidden folder beside its goal, which goes with this.
pub(super) struct Draft {
    folder: TempDir,
    /// The copy.
    pub(super) path: PathBuf,
}

impl Draft {
    /// Copies the whole register into a new file in `folder`, for its owner's eyes only, as it is at one moment.
    ///
    /// # Errors
    /// [`CopyError`].
    pub(super) fn of(
        source: &Connection,
        source_path: &Path,
        folder: &Path,
    ) -> Result<Self, CopyError> {
        let hidden = hidden_folder(folder)?;
        let path = hidden.path().join("register.db");
        OpenOptions::new()
            .create_new(true)
            .write(true)
            .mode(0o600)
            .open(&path)
            .map_err(|error| CopyError::of_system(folder, &error))?;
        let draft = Self { folder: hidden, path };
        let written = |error: &rusqlite::Error| {
            let error = CopyError::of_sqlite(&draft.path, error);
            if let CopyError::Full { .. } = error {
                CopyError::Full { path: folder.to_owned() }
            } else {
                error
            }
        };
        let mut copy = draft.open().map_err(|error| written(&error))?;
        // What is not whole is thrown away: no journal, and one sync at the end.
        let quick = "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF";
        copy.execute_batch(quick).map_err(|error| written(&error))?;
        let step = Backup::new(source, &mut copy)
            .and_then(|backup| backup.step(ALL_PAGES))
            .map_err(|error| written(&error))?;
        if !matches!(step, StepResult::Done) {
            return Err(CopyError::InUse { path: source_path.to_owned() });
        }
        copy.close().map_err(|(_, error)| written(&error))?;
        draft.stand_alone().map_err(|error| written(&error))?;
        Ok(draft)
    }

    /// Opens the copy for writing.
    pub(super) fn open(&self) -> rusqlite::Result<Connection> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags_and_vfs(&self.path, flags, UNLOCKED)?;
        connection.pragma_update(None, "locking_mode", "EXCLUSIVE")?;
        Ok(connection)
    }

    /// The copy has its source's journal mode: it becomes one file that needs none beside it.
    fn stand_alone(&self) -> rusqlite::Result<()> {
        let copy = self.open()?;
        let mode: String = copy.query_row("PRAGMA journal_mode = DELETE", [], |row| row.get(0))?;
        if mode != "delete" {
            return Err(rusqlite::Error::InvalidParameterName(mode));
        }
        copy.close().map_err(|(_, error)| error)
    }

    /// Holds the copy against what a register must be; what is wrong is told of `source`, whose copy it is.
    ///
    /// # Errors
    /// [`CopyError::Damaged`].
    pub(super) fn check(&self, source: &Path) -> Result<Contents, CopyError> {
        let failed = |error: rusqlite::Error| CopyError::of_sqlite(source, &error);
        let copy = self.open().map_err(failed)?;
        prepare(&copy).map_err(|fault| damaged(source, &fault))?;
        for check in [broken_pages, broken_references, broken_trail] {
            if let Some(what) = check(&copy).map_err(|fault| damaged(source, &fault))? {
                return Err(CopyError::Damaged { path: source.to_owned(), what });
            }
        }
        let bytes = fs::metadata(&self.path)
            .map_err(|error| CopyError::of_system(&self.path, &error))?
            .len();
        contents(&copy, bytes).map_err(failed)
    }

    /// Forces the copy to the disk.
    ///
    /// # Errors
    /// [`CopyError`] of its folder.
    pub(super) fn sync(&self, folder: &Path) -> Result<(), CopyError> {
        File::open(&self.path)
            .and_then(|file| file.sync_all())
            .map_err(|error| CopyError::of_system(folder, &error))
    }

    /// Writes the copy out and leaves nothing of it, wherever that ends.
    ///
    /// # Errors
    /// [`CopyError`] of the file, or of what is written to.
    pub(super) fn write_to(self, out: &mut dyn Write) -> Result<(), CopyError> {
        let mut file =
            File::open(&self.path).map_err(|error| CopyError::of_system(&self.path, &error))?;
        drop(self.folder);
        let piped = Path::new("-");
        io::copy(&mut file, out)
            .and_then(|_| out.flush())
            .map_err(|error| CopyError::of_system(piped, &error))
    }

    /// Gives the copy its name, where there is none of that name, and forces that to the disk.
    ///
    /// # Errors
    /// [`CopyError::Exists`]; [`CopyError`] of the folder.
    pub(super) fn keep_as(self, path: &Path, folder: &Path) -> Result<(), CopyError> {
        rename_new(&self.path, path).map_err(|error| CopyError::of_system(path, &error))?;
        drop(self.folder);
        sync_folder(folder)
    }

    /// Puts the copy in the place of a file, at once.
    ///
    /// # Errors
    /// [`CopyError`] of the file.
    pub(super) fn replace(self, path: &Path) -> Result<(), CopyError> {
        fs::rename(&self.path, path).map_err(|error| CopyError::of_system(path, &error))
    }
}

/// A backup that came through a pipe, in a hidden folder beside the register, which goes with this.
#[derive(Debug)]
pub struct Spooled {
    _folder: TempDir,
    path: PathBuf,
}

impl Spooled {
    /// Reads a backup to its end, for its owner's eyes only.
    ///
    /// # Errors
    /// [`CopyError`] of the folder, or of what is read from.
    pub fn read(database: &Path, input: &mut dyn Read) -> Result<Self, CopyError> {
        let place = fs::canonicalize(database).unwrap_or_else(|_| database.to_owned());
        let folder = folder_of(&place);
        let hidden = hidden_folder(folder)?;
        let path = hidden.path().join("backup.db");
        let mut file = OpenOptions::new()
            .create_new(true)
            .write(true)
            .mode(0o600)
            .open(&path)
            .map_err(|error| CopyError::of_system(folder, &error))?;
        io::copy(input, &mut file).map_err(|error| CopyError::of_system(folder, &error))?;
        Ok(Self { _folder: hidden, path })
    }

    /// Where it lies for now.
    pub fn path(&self) -> &Path {
        &self.path
    }
}

/// A hidden folder in another one, which goes with what is returned.
fn hidden_folder(folder: &Path) -> Result<TempDir, CopyError> {
    let made = tempfile::Builder::new()
        .prefix(".aduan-")
        .permissions(Permissions::from_mode(0o700))
        .tempdir_in(folder);
    made.map_err(|error| {
        if error.kind() == io::ErrorKind::NotFound {
            return CopyError::NoFolder { path: folder.to_owned() };
        }
        CopyError::of_system(folder, &error)
    })
}

/// Renames, and overwrites nothing.
fn rename_new(from: &Path, to: &Path) -> io::Result<()> {
    use nix::fcntl::{AT_FDCWD, RenameFlags, renameat2};
    match renameat2(AT_FDCWD, from, AT_FDCWD, to, RenameFlags::RENAME_NOREPLACE) {
        Ok(()) => Ok(()),
        // Some file systems, mostly those of other systems, cannot do it at once.
        Err(nix::errno::Errno::EINVAL | nix::errno::Errno::ENOSYS) => {
            if fs::symlink_metadata(to).is_ok() {
                return Err(io::ErrorKind::AlreadyExists.into());
            }
            fs::rename(from, to)
        }
        Err(errno) => Err(errno.into()),
    }
}

/// Forces what a folder says of its files to the disk.
///
/// # Errors
/// [`CopyError`] of the folder.
pub(super) fn sync_folder(folder: &Path) -> Result<(), CopyError> {
    File::open(folder)
        .and_then(|folder| folder.sync_all())
        .map_err(|error| CopyError::of_system(folder, &error))
}

/// The folder that a file stands in.
pub(super) fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if folder != Path::new("") => folder,
        _ => Path::new("."),
    }
}

pub(super) fn damaged(path: &Path, fault: &Fault) -> CopyError {
    if let Fault::Sqlite(error) = fault {
        return CopyError::of_sqlite(path, error);
    }
    CopyError::Damaged { path: path.to_owned(), what: fault.to_string() }
}

/// The first thing that SQLite finds wrong with tables and indexes.
///
/// # Errors
/// [`Fault`] of the database.
pub(super) fn broken_pages(connection: &Connection) -> Result<Option<String>, Fault> {
    let found: String = connection.query_row("PRAGMA integrity_check (1)", [], |row| row.get(0))?;
    Ok((found != "ok").then(|| found.replace('\n', " ")))
}

/// The first row that speaks of one that is not there.
///
/// # Errors
/// [`Fault`] of the database.
pub(super) fn broken_references(connection: &Connection) -> Result<Option<String>, Fault> {
    let mut statement = connection.prepare("PRAGMA foreign_key_check")?;
    let mut rows = statement.query([])?;
    let Some(row) = rows.next()? else { return Ok(None) };
    let (table, id, parent): (String, Option<i64>, String) =
        (row.get(0)?, row.get(1)?, row.get(2)?);
    let id = id.map_or_else(String::new, |id| format!(" {id}"));
    Ok(Some(format!("{table}{id} names a row of {parent} that is not there")))
}

/// The first row of the trail whose seal does not fit.
///
/// # Errors
/// [`Fault`] of the database.
pub(super) fn broken_trail(connection: &Connection) -> Result<Option<String>, Fault> {
    let broken = trail::first_broken(&Tx::new(connection))?;
    Ok(broken.map(|id| format!("trail {id} does not bear its seal")))
}

/// What a register of `bytes` holds.
///
/// # Errors
/// What SQLite says.
pub(super) fn contents(connection: &Connection, bytes: u64) -> rusqlite::Result<Contents> {
    let (tickets, messages, last): (i64, i64, Option<i64>) = connection.query_row(
        "SELECT (SELECT COUNT (*) FROM ticket), (SELECT COUNT (*) FROM inbound),
                (SELECT MAX (at) FROM (SELECT MAX (at) AS at FROM trail
                                       UNION ALL SELECT MAX (received_at) FROM inbound
                                       UNION ALL SELECT MAX (created_at) FROM outbox))",
        [],
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
    )?;
    Ok(Contents { tickets, messages, last_at: last.map(moment), bytes })
}
