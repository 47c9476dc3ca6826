//! A backup: the whole register in one new file, whether the daemon runs or not.
//!
//! ```text
//! aduan.db (read only) ──one step──> .aduan-…/register.db ──checked, synced──> FILE
//! ```
//!
//! The daemon goes on writing meanwhile: what it writes goes to the journal (WAL), and the copy is of one moment.

use std::fs;
use std::io::Write;
use std::path::Path;

use super::copies::{self, Contents, Draft};
use super::copy_error::CopyError;
use super::migrate;

/// Writes a copy of the register at `database` to `out`, such as a pipe that encrypts it. It is made and checked beside the register,
/// which stands there in plain as well, and has no name any more when the first octet of it is written.
///
/// # Errors
/// [`CopyError`]; nothing was written where the copy could not be made, and nothing is left beside the register.
pub fn stream(database: &Path, out: &mut dyn Write) -> Result<Contents, CopyError> {
    let place = fs::canonicalize(database).unwrap_or_else(|_| database.to_owned());
    let source = copies::open(database, |version| version == migrate::VERSION)?;
    let draft = Draft::of(&source, database, copies::folder_of(&place))?;
    drop(source);
    let contents = draft.check(database)?;
    draft.write_to(out)?;
    Ok(contents)
}

/// Copies the register at `database` to `target`, which must not be there yet.
///
/// # Errors
/// [`CopyError`]; then nothing stands at `target`, and nothing is left beside it.
pub fn backup(database: &Path, target: &Path) -> Result<Contents, CopyError> {
    let folder = copies::folder_of(target);
    // Looked at again when it gets its name; told here before the work.
    if fs::symlink_metadata(target).is_ok() {
        return Err(CopyError::Exists { path: target.to_owned() });
    }
    let source = copies::open(database, |version| version == migrate::VERSION)?;
    let draft = Draft::of(&source, database, folder)?;
    drop(source);
    let contents = draft.check(database)?;
    draft.sync(folder)?;
    draft.keep_as(target, folder)?;
    Ok(contents)
}
