//! How a register is, without a change to it: for whoever looks for what is wrong.

use std::fs;
use std::path::Path;

use super::copies::{self, Contents};
use super::copy_error::CopyError;
use super::restores::{self, Open};
use super::trail::{self, Verified};
use super::{Fault, Tx, migrate};

/// How a register is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Examined {
    /// Its schema, and that of this program.
    pub version: (i64, i64),
    /// The first thing that is wrong with tables and indexes.
    pub pages: Option<String>,
    /// The first row that speaks of one that is not there.
    pub references: Option<String>,
    /// The first row of the trail whose seal does not fit.
    pub trail: Option<String>,
    /// What it holds, where that can be read.
    pub contents: Option<Contents>,
    /// Size of the journal beside it.
    pub journal_bytes: u64,
    /// A restore that nobody has decided on.
    pub held: Option<Open>,
}

/// Examines the register at `database`, whether the daemon runs or not.
///
/// # Errors
/// [`CopyError`]: not there, not ours, of a newer version, not to be opened by this account.
pub fn examine(database: &Path) -> Result<Examined, CopyError> {
    let known = 1..=migrate::VERSION;
    let register = copies::open(database, |version| known.contains(&version))?;
    // What is so damaged that it cannot be examined is wrong too.
    let wrong = |outcome: Result<Option<String>, Fault>| {
        outcome.unwrap_or_else(|fault| Some(fault.to_string()))
    };
    let size = |path: &Path| fs::metadata(path).map_or(0, |found| found.len());
    let mut journal = database.as_os_str().to_owned();
    journal.push("-wal");
    let version = register
        .pragma_query_value(None, "user_version", |row| row.get(0))
        .map_err(|error| CopyError::of_sqlite(database, &error))?;
    Ok(Examined {
        version: (version, migrate::VERSION),
        pages: wrong(copies::broken_pages(&register)),
        references: wrong(copies::broken_references(&register)),
        trail: wrong(copies::broken_trail(&register)),
        contents: copies::contents(&register, size(database)).ok(),
        journal_bytes: size(Path::new(&journal)),
        // An older schema knows of none.
        held: restores::open(&Tx::new(&register)).unwrap_or(None),
    })
}

/// Holds the trail of the register at `database`, which may be a backup, against its seals, as it is at one moment; `pin` is
/// a seal that somebody kept. The daemon may run or not.
///
/// # Errors
/// [`CopyError`]: not there, not ours, of a newer version, not to be opened by this account, or too damaged to be read.
pub fn verify(database: &Path, pin: Option<&str>) -> Result<Verified, CopyError> {
    let known = 1..=migrate::VERSION;
    let mut register = copies::open(database, |version| known.contains(&version))?;
    let snapshot =
        register.transaction().map_err(|error| CopyError::of_sqlite(database, &error))?;
    trail::verify(&Tx::new(&snapshot), pin).map_err(|fault| copies::damaged(database, &fault))
}
