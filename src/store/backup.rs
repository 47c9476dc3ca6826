//! A backup: the whole register in one new file, whether the daemon runs or not.
//!
//! ```text
//! aduan.db (read only) ──one step──> .aduan-…/register.db ──checked, synced──> FILE
//! ```
//!
//! The daemon goes on writing meanwhile: what it writes goes to the journal (WAL), and the copy is of one moment.

use std::fs;
use std::path::Path;

use super::copies::{self, Contents, Draft};
use super::copy_error::CopyError;
use super::migrate;

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
