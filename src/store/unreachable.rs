//! Numbers that a network called wrong or gone, until they are heard of again.

use chrono::{DateTime, Utc};
use rusqlite::OptionalExtension;

use super::{Fault, Tx, moment, seconds};

/// What a network said of a number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// When it last said so.
    pub at: DateTime<Utc>,
    /// The code: `+CMS ERROR: 1`, `TP-ST 0x43`.
    pub code: String,
}

/// Marks a number; the last code stands.
///
/// # Errors
/// [`Fault`] of the database.
pub fn mark(tx: &Tx<'_>, citizen: &str, code: &str, now: DateTime<Utc>) -> Result<(), Fault> {
    tx.connection
        .prepare_cached(
            "INSERT INTO unreachable (citizen, marked_at, code) VALUES (?1, ?2, ?3)
             ON CONFLICT (citizen) DO UPDATE SET marked_at = ?2, code = ?3",
        )?
        .execute((citizen, seconds(now), code))?;
    Ok(())
}

/// The number has shown that it is there.
///
/// # Errors
/// [`Fault`] of the database.
pub fn unmark(tx: &Tx<'_>, citizen: &str) -> Result<(), Fault> {
    tx.connection
        .prepare_cached("DELETE FROM unreachable WHERE citizen = ?1")?
        .execute([citizen])?;
    Ok(())
}

/// What was last said of a number, where that is marked.
///
/// # Errors
/// [`Fault`] of the database.
pub fn find(tx: &Tx<'_>, citizen: &str) -> Result<Option<Mark>, Fault> {
    let mark = tx
        .connection
        .prepare_cached("SELECT marked_at, code FROM unreachable WHERE citizen = ?1")?
        .query_row([citizen], |row| Ok(Mark { at: moment(row.get(0)?), code: row.get(1)? }))
        .optional()?;
    Ok(mark)
}
