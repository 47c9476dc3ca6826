//! The database: the one module that knows SQL.
//!
//! One thread owns the one connection that writes. It drains its queue, runs each job in a SAVEPOINT of its own, commits
//! them together (`synchronous=FULL`) and only then answers: whoever holds an answer knows that it is on the disk, and a
//! job that fails takes no other with it. Reads go to connections of their own and never wait for the writer (WAL).

mod copies;
mod copy_error;
mod migrate;
mod named;
mod writer;

pub mod access_log;
pub mod answers;
pub mod backup;
pub mod blocks;
pub mod cards;
pub mod claim;
pub mod drafts;
pub mod examine;
pub mod floods;
pub mod hand;
pub mod inbox;
pub mod left;
pub mod modems;
pub mod outbox;
pub mod owing;
pub mod pseudonym;
pub mod recap;
pub mod reckoning;
pub mod reminders;
pub mod reports;
pub mod requests;
pub mod restore;
pub mod restores;
pub mod retention;
pub mod search;
pub mod signatures;
pub mod staff_texts;
pub mod stopped;
pub mod tickets;
pub mod trail;
pub mod trail_words;
pub mod unknown;
pub mod unreachable;
pub mod waiting;

use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use chrono::{DateTime, Utc};
use nix::fcntl::{Flock, FlockArg};
use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, MAIN_DB, OpenFlags};
use tokio::sync::watch;

pub use copies::{Contents, Spooled};
pub use copy_error::CopyError;
#[cfg(feature = "simulation")]
pub use writer::Step;
pub use writer::Tx;

use crate::mutation::Mutation;

/// How long a connection waits for a lock that another program holds.
const BUSY: Duration = Duration::from_secs(5);

/// Prepared statements that a connection keeps.
const STATEMENTS: usize = 128;

/// Connections kept open for reading; more are opened when needed and closed again.
const READERS_KEPT: usize = 4;

/// What the database could not do: the operator reads the cause, everybody else reads "gangguan".
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// SQLite said no.
    #[error("database: {0}")]
    Sqlite(#[from] rusqlite::Error),
    /// The directory or the lock file cannot be used.
    #[error(
        "cannot use {path}: {cause}; check that the directory exists, belongs to the daemon's user, and is mounted for writing"
    )]
    Place {
        /// The file in question.
        path: PathBuf,
        /// What the system said.
        cause: std::io::Error,
    },
    /// Another daemon holds this database.
    #[error("{path} is in use by another aduand{}; stop it first (one database has one daemon)", process(*pid))]
    InUse {
        /// The lock file.
        path: PathBuf,
        /// The other one's process, where it has told.
        pid: Option<i32>,
    },
    /// Another program keeps the file to itself.
    #[error(
        "{path} is held by another program, and was waited for in vain; end that one (fuser {path} names it), then start again"
    )]
    Held {
        /// The database file.
        path: PathBuf,
    },
    /// The file can be read and not written.
    #[error(
        "{path} cannot be written; it must belong to the daemon's user, on a file system that is mounted for writing"
    )]
    ReadOnly {
        /// The database file.
        path: PathBuf,
    },
    /// The file was written by a newer version.
    #[error(
        "{path} has schema version {found}, this program knows up to {known}; install the newer version again, or restore the backup made before it"
    )]
    Newer {
        /// The database file.
        path: PathBuf,
        /// Its `user_version`.
        found: i64,
        /// The newest version that this program knows.
        known: i64,
    },
    /// What is stored does not fit what this program expects of it.
    #[error("database: {table} {id} holds {what}, which this version does not know")]
    Unreadable {
        /// The table.
        table: &'static str,
        /// The row.
        id: i64,
        /// The value.
        what: String,
    },
    /// An `UPDATE` that names the state it comes from found another.
    #[error("database: {table} {id} was not in the expected state")]
    Stale {
        /// The table.
        table: &'static str,
        /// The row.
        id: i64,
    },
    /// The COMMIT of the group failed: nothing of this job is kept.
    #[error("not committed: {0}")]
    Commit(Arc<Fault>),
    /// The job died by a fault of the program; the log says where.
    #[error("the job died by a fault of the program, and nothing of it is kept")]
    Died,
    /// The writer is gone: the daemon is stopping or must be restarted.
    #[error("the database writer has stopped")]
    Stopped,
}

impl Fault {
    /// Whether the disk has no room left.
    pub fn is_full_disk(&self) -> bool {
        match self {
            Self::Sqlite(error) => error.sqlite_error_code() == Some(ErrorCode::DiskFull),
            Self::Place { cause, .. } => cause.kind() == std::io::ErrorKind::StorageFull,
            Self::Commit(fault) => fault.is_full_disk(),
            Self::InUse { .. }
            | Self::Held { .. }
            | Self::ReadOnly { .. }
            | Self::Newer { .. }
            | Self::Unreadable { .. }
            | Self::Stale { .. }
            | Self::Died
            | Self::Stopped => false,
        }
    }
}

/// A doorbell rung after a commit. What it stands for is in the database; a ring only says "look again".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bell {
    /// A whole message waits for intake.
    Inbound,
    /// Something waits to be sent.
    Outbox,
}

/// The doorbells: each counts its rings, so that none is lost between two looks.
#[derive(Debug, Clone)]
struct Bells {
    inbound: Arc<watch::Sender<u64>>,
    outbox: Arc<watch::Sender<u64>>,
}

impl Bells {
    fn new() -> Self {
        Self { inbound: Arc::new(watch::Sender::new(0)), outbox: Arc::new(watch::Sender::new(0)) }
    }

    fn ring(&self, bell: Bell) {
        if Mutation::LostBell.is_made() && bell == Bell::Inbound {
            return;
        }
        self.of(bell).send_modify(|rings| *rings = rings.wrapping_add(1));
    }

    fn of(&self, bell: Bell) -> &watch::Sender<u64> {
        match bell {
            Bell::Inbound => &self.inbound,
            Bell::Outbox => &self.outbox,
        }
    }
}

/// The open database: clone it freely.
#[derive(Clone)]
pub struct Store {
    writer: writer::Handle,
    readers: Arc<Readers>,
    bells: Bells,
}

impl Store {
    /// Opens the database at `path`, creates or migrates it, and starts its writer.
    ///
    /// # Errors
    /// [`Fault::InUse`] for a second daemon, [`Fault::Newer`] for a database of a newer version, [`Fault::Place`] and
    /// [`Fault::Sqlite`] for what the disk or the file refuses.
    pub fn open(path: &Path) -> Result<Self, Fault> {
        let (lock, connection) = open(path)?;
        let bells = Bells::new();
        let writer = writer::start(connection, lock, bells.clone())
            .map_err(|cause| Fault::Place { path: path.to_owned(), cause })?;
        Ok(Self { writer, readers: Arc::new(Readers::of(path)), bells })
    }

    /// The same with everything on this thread, one step after another, as a simulation needs it: `watch` is told of each
    /// step of the writer, and reading waits for nothing.
    ///
    /// # Errors
    /// As [`open`](Self::open).
    #[cfg(feature = "simulation")]
    pub fn open_stepped(
        path: &Path,
        watch: impl FnMut(Step) + Send + 'static,
    ) -> Result<Self, Fault> {
        let (lock, connection) = open(path)?;
        let bells = Bells::new();
        let writer = writer::start_stepped(connection, lock, bells.clone(), watch);
        let readers = Readers { stepped: true, ..Readers::of(path) };
        Ok(Self { writer, readers: Arc::new(readers), bells })
    }

    /// Runs `job` in the next group commit; the answer comes after the commit.
    ///
    /// # Errors
    /// What the job returned, in which case nothing of it is kept; or the [`Fault`] of the commit.
    pub async fn write<T, E>(
        &self,
        job: impl FnOnce(&Tx<'_>) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<Fault> + Send + 'static,
    {
        self.writer.run(job).await
    }

    /// Runs `job` on a snapshot, on a thread that may block; writing there is refused by SQLite.
    ///
    /// # Errors
    /// What the job returned, or the [`Fault`] of opening a connection.
    pub async fn read<T, E>(
        &self,
        job: impl FnOnce(&Tx<'_>) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<Fault> + Send + 'static,
    {
        let readers = Arc::clone(&self.readers);
        #[cfg(feature = "simulation")]
        if readers.stepped {
            return readers.run(job);
        }
        tokio::task::spawn_blocking(move || readers.run(job))
            .await
            .unwrap_or_else(|_| Err(Fault::Died.into()))
    }

    /// The key of the office's pseudonyms, made where there is none.
    ///
    /// # Errors
    /// [`Fault::Place`]: it cannot be read or written, or is none.
    pub fn pseudonyms(&self) -> Result<pseudonym::Key, Fault> {
        pseudonym::Key::beside(&self.readers.path)
    }

    /// Subscribes to a doorbell; `changed().await` wakes after the next commit that rang it.
    pub fn bell(&self, bell: Bell) -> watch::Receiver<u64> {
        self.bells.of(bell).subscribe()
    }

    /// Ends the writer after what is queued, and waits for it. The last connection to close is the writer's: it leaves one
    /// file without a journal beside it.
    pub async fn close(&self) {
        self.readers.close();
        self.writer.close().await;
    }
}

/// Connections for reading, kept between uses.
struct Readers {
    path: PathBuf,
    idle: Mutex<Vec<Connection>>,
    /// Reading happens on the caller's thread.
    #[cfg(feature = "simulation")]
    stepped: bool,
}

impl Readers {
    fn of(path: &Path) -> Self {
        Self {
            path: path.to_owned(),
            idle: Mutex::new(Vec::new()),
            #[cfg(feature = "simulation")]
            stepped: false,
        }
    }

    fn run<T, E: From<Fault>>(&self, job: impl FnOnce(&Tx<'_>) -> Result<T, E>) -> Result<T, E> {
        let connection = match self.take() {
            Some(connection) => connection,
            None => self.connect()?,
        };
        run(&connection, "BEGIN")?;
        let outcome = job(&Tx::new(&connection));
        run(&connection, "ROLLBACK")?;
        self.give_back(connection);
        outcome
    }

    fn close(&self) {
        if let Ok(mut idle) = self.idle.lock() {
            idle.clear();
        }
    }

    fn take(&self) -> Option<Connection> {
        self.idle.lock().ok()?.pop()
    }

    fn give_back(&self, connection: Connection) {
        if let Ok(mut idle) = self.idle.lock()
            && idle.len() < READERS_KEPT
        {
            idle.push(connection);
        }
    }

    fn connect(&self) -> Result<Connection, Fault> {
        let connection = Connection::open_with_flags(
            &self.path,
            OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX,
        )?;
        prepare(&connection)?;
        Ok(connection)
    }
}

/// The lock, and the connection that writes, to a database that is of this version.
fn open(path: &Path) -> Result<(Flock<File>, Connection), Fault> {
    let lock = lock(path)?;
    match prepared(path) {
        Err(Fault::Sqlite(error)) if error.sqlite_error_code() == Some(ErrorCode::DatabaseBusy) => {
            Err(Fault::Held { path: path.to_owned() })
        }
        connection => Ok((lock, connection?)),
    }
}

fn prepared(path: &Path) -> Result<Connection, Fault> {
    let mut connection = Connection::open(path)?;
    prepare(&connection)?;
    // SQLite opens what it may not write for reading, without a word.
    if connection.is_readonly(MAIN_DB)? {
        return Err(Fault::ReadOnly { path: path.to_owned() });
    }
    // Before anything is changed, the journal mode included.
    migrate::refuse_newer(&connection, path)?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    migrate::run(&mut connection, path)?;
    Ok(connection)
}

fn prepare(connection: &Connection) -> Result<(), Fault> {
    connection.busy_timeout(BUSY)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    connection.pragma_update(None, "foreign_keys", true)?;
    // A statement is planned once. By itself SQLite plans one that is asked with another value anew where the value might
    // lead by another index, and the values of a LIMIT or of a join with a partial index do.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    Ok(())
}

/// What begins and ends a transaction, read once by each connection.
fn run(connection: &Connection, sql: &str) -> Result<(), Fault> {
    connection.prepare_cached(sql)?.execute([])?;
    Ok(())
}

/// Takes the lock file beside the database: two daemons on one register would answer every citizen twice.
fn lock(database: &Path) -> Result<Flock<File>, Fault> {
    let mut path = database.as_os_str().to_owned();
    path.push(".lock");
    let path = PathBuf::from(path);
    let file = File::options()
        .create(true)
        .truncate(false)
        .write(true)
        .open(&path)
        .map_err(|cause| Fault::Place { path: path.clone(), cause })?;
    let lock = Flock::lock(file, FlockArg::LockExclusiveNonblock).map_err(|(_, errno)| {
        if errno == nix::errno::Errno::EWOULDBLOCK {
            let told = std::fs::read_to_string(&path).ok();
            let pid = told.and_then(|told| told.trim().parse().ok());
            Fault::InUse { path: path.clone(), pid }
        } else {
            Fault::Place { path: path.clone(), cause: errno.into() }
        }
    })?;
    // For whoever comes second; a disk without room for it is met again where it matters.
    let told = lock.set_len(0).and_then(|()| writeln!(&*lock, "{}", std::process::id()));
    if let Err(error) = told {
        tracing::debug!(%error, "the lock file does not say who holds it");
    }
    Ok(lock)
}

/// A process, in brackets; nothing where it is not known.
fn process(pid: Option<i32>) -> String {
    pid.map_or_else(String::new, |pid| format!(" (process {pid})"))
}

/// UTC seconds, as every `*_at` column holds them.
fn seconds(at: DateTime<Utc>) -> i64 {
    at.timestamp()
}

/// The inverse of [`seconds`]; a value outside of the calendar's range becomes its edge.
fn moment(seconds: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(seconds, 0).unwrap_or(if seconds < 0 {
        DateTime::<Utc>::MIN_UTC
    } else {
        DateTime::<Utc>::MAX_UTC
    })
}

#[cfg(test)]
mod tests;
