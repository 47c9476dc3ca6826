//! What the due times of open tickets were last reckoned with.

use chrono::{DateTime, Utc};
use rusqlite::OptionalExtension;

use super::{Fault, Tx, seconds};

/// The digest of calendar and standard times; `None` before the first time.
///
/// # Errors
/// [`Fault`] of the database.
pub fn last(tx: &Tx<'_>) -> Result<Option<Vec<u8>>, Fault> {
    Ok(tx
        .connection
        .prepare_cached("SELECT digest FROM reckoning")?
        .query_row([], |row| row.get(0))
        .optional()?)
}

/// Keeps it.
///
/// # Errors
/// [`Fault`] of the database.
pub fn keep(tx: &Tx<'_>, digest: &[u8], now: DateTime<Utc>) -> Result<(), Fault> {
    tx.connection
        .prepare_cached(
            "INSERT OR REPLACE INTO reckoning (only_one, digest, reckoned_at) VALUES (1, ?1, ?2)",
        )?
        .execute((digest, seconds(now)))?;
    Ok(())
}
