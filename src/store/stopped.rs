//! Numbers under STOP.

use chrono::{DateTime, Utc};
use rusqlite::OptionalExtension;

use super::{Fault, Tx, seconds};
use crate::phone::PhoneNumber;

/// Puts a number under STOP; again is harmless.
///
/// # Errors
/// [`Fault`] of the database.
pub fn stop(tx: &Tx<'_>, citizen: &PhoneNumber, now: DateTime<Utc>) -> Result<(), Fault> {
    tx.connection
        .prepare_cached(
            "INSERT INTO stopped (citizen, since) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
        )?
        .execute((citizen.reveal(), seconds(now)))?;
    Ok(())
}

/// Undoes STOP.
///
/// # Errors
/// [`Fault`] of the database.
pub fn start(tx: &Tx<'_>, citizen: &PhoneNumber) -> Result<(), Fault> {
    forget(tx, citizen.reveal())
}

/// The same for a number that is deleted.
///
/// # Errors
/// [`Fault`] of the database.
pub fn forget(tx: &Tx<'_>, citizen: &str) -> Result<(), Fault> {
    tx.connection.prepare_cached("DELETE FROM stopped WHERE citizen = ?1")?.execute([citizen])?;
    Ok(())
}

/// Whether a number is under STOP.
///
/// # Errors
/// [`Fault`] of the database.
pub fn is_stopped(tx: &Tx<'_>, citizen: &PhoneNumber) -> Result<bool, Fault> {
    Ok(tx
        .connection
        .prepare_cached("SELECT 1 FROM stopped WHERE citizen = ?1")?
        .query_row([citizen.reveal()], |_| Ok(()))
        .optional()?
        .is_some())
}
