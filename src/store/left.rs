//! The cards that this gateway has met, and the messages that it found on them and leaves there.

use chrono::{DateTime, Utc};
use rusqlite::OptionalExtension;

use super::{Fault, Tx, moment, seconds};

/// Whether it is known what of a card's messages was there before this gateway.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Met {
    /// All that lies there and was not left is to be taken.
    Settled,
    /// What lies there is still to be looked at, and left.
    Unsettled {
        /// When the card was met; UTC, whole seconds.
        since: DateTime<Utc>,
        /// This is the first time that it is in service.
        first: bool,
    },
}

/// A card comes into service. If it never did before, what lies there is taken, or with `leaves` looked at first.
///
/// # Errors
/// [`Fault`] of the database.
pub fn meet(tx: &Tx<'_>, sim: &str, leaves: bool, now: DateTime<Utc>) -> Result<Met, Fault> {
    let settled = (!leaves).then(|| seconds(now));
    let first = tx
        .connection
        .prepare_cached(
            "INSERT INTO card_met (sim, met_at, settled_at) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING",
        )?
        .execute((sim, seconds(now), settled))?
        == 1;
    if !leaves {
        settle(tx, sim, now)?;
    }
    let unsettled: Option<i64> = tx
        .connection
        .prepare_cached("SELECT met_at FROM card_met WHERE sim = ?1 AND settled_at IS NULL")?
        .query_row([sim], |row| row.get(0))
        .optional()?;
    Ok(unsettled.map_or(Met::Settled, |met| Met::Unsettled { since: moment(met), first }))
}

/// All that lies on a card and is to be left was noted.
///
/// # Errors
/// [`Fault`] of the database.
pub fn settle(tx: &Tx<'_>, sim: &str, now: DateTime<Utc>) -> Result<(), Fault> {
    tx.connection
        .prepare_cached(
            "UPDATE card_met SET settled_at = ?2 WHERE sim = ?1 AND settled_at IS NULL",
        )?
        .execute((sim, seconds(now)))?;
    Ok(())
}

/// Notes a message that is left.
///
/// # Errors
/// [`Fault`] of the database.
pub fn leave(tx: &Tx<'_>, sim: &str, digest: &[u8], now: DateTime<Utc>) -> Result<(), Fault> {
    tx.connection
        .prepare_cached(
            "INSERT INTO left_message (digest, sim, left_at) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING",
        )?
        .execute((digest, sim, seconds(now)))?;
    Ok(())
}

/// Whether a message is left, by the SHA-256 of its identity.
///
/// # Errors
/// [`Fault`] of the database.
pub fn is_left(tx: &Tx<'_>, digest: &[u8]) -> Result<bool, Fault> {
    let left = tx
        .connection
        .prepare_cached("SELECT 1 FROM left_message WHERE digest = ?1")?
        .exists([digest])?;
    Ok(left)
}
