//! Texts that no SMS carries, or that no SMS has carried to its end: a ticket owes one until an officer says to have given it.

use chrono::{DateTime, Utc};

use super::tickets::Ticket;
use super::{Fault, Tx, seconds};

/// A text of this ticket is to be given by an officer.
///
/// # Errors
/// [`Fault`] of the database.
pub fn owe(tx: &Tx<'_>, id: i64, now: DateTime<Utc>) -> Result<(), Fault> {
    tx.connection
        .prepare_cached("UPDATE ticket SET to_give_at = COALESCE (to_give_at, ?2) WHERE id = ?1")?
        .execute((id, seconds(now)))?;
    Ok(())
}

/// It was given.
///
/// # Errors
/// [`Fault`] of the database.
pub fn given(tx: &Tx<'_>, id: i64, now: DateTime<Utc>) -> Result<(), Fault> {
    tx.connection
        .prepare_cached(
            "UPDATE ticket SET to_give_at = NULL, given_at = COALESCE (given_at, ?2) WHERE id = ?1",
        )?
        .execute((id, seconds(now)))?;
    Ok(())
}

/// Neither is anything to be given, nor does it matter what was.
///
/// # Errors
/// [`Fault`] of the database.
pub fn forget(tx: &Tx<'_>, id: i64) -> Result<(), Fault> {
    tx.connection
        .prepare_cached("UPDATE ticket SET to_give_at = NULL, given_at = NULL WHERE id = ?1")?
        .execute([id])?;
    Ok(())
}

/// The tickets that have ended and of which a text is still to be given, what has waited longest in front.
///
/// # Errors
/// [`Fault`] of the database.
pub fn ended(tx: &Tx<'_>) -> Result<Vec<Ticket>, Fault> {
    let mut statement = tx.connection.prepare_cached(
        "SELECT * FROM ticket
          WHERE to_give_at IS NOT NULL AND stage IN ('SELESAI', 'DITUTUP')
          ORDER BY to_give_at, id",
    )?;
    let tickets = statement.query_map([], Ticket::read)?.collect::<Result<_, _>>()?;
    Ok(tickets)
}
