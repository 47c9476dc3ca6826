//! Who takes which of the queued texts, and when.
//!
//! One citizen's messages keep their order: nothing is taken while an earlier one to the same number is in hand or could go
//! itself. A message bound to another card is left to that one for some time. What the office starts stays where it is
//! outside of the sending window.

use chrono::{DateTime, Utc};
use rusqlite::{OptionalExtension, named_params};

use super::outbox::{Claimed, offer};
use super::{Fault, Tx, moment, seconds};

/// A modem that asks what it may send.
#[derive(Debug, Clone, Copy)]
pub struct Asking<'a> {
    /// Its name.
    pub modem: &'a str,
    /// Its card.
    pub sim: &'a str,
    /// A message bound to another card is left to that one for so long, in seconds.
    pub strangers_after: i64,
    /// When what the office starts may go: now, or when the window opens.
    pub opens_at: DateTime<Utc>,
    /// What time it is.
    pub now: DateTime<Utc>,
}

/// Takes the next message for a modem, and offers its first part.
///
/// # Errors
/// [`Fault`] of the database.
pub fn claim(tx: &Tx<'_>, asking: &Asking<'_>) -> Result<Option<Claimed>, Fault> {
    let Some(mut claimed) = candidate(tx, asking)? else { return Ok(None) };
    let now = seconds(asking.now);
    // The writer runs one job after the other: two modems cannot take the same message.
    let taken = tx
        .connection
        .prepare_cached(
            "UPDATE outbox
                SET state = 'claimed', claimed_by = ?2, claimed_at = ?3, attempts = attempts + 1
              WHERE id = ?1 AND state = 'queued'",
        )?
        .execute((claimed.id, asking.modem, now))?;
    if taken != 1 {
        return Err(Fault::Stale { table: "outbox", id: claimed.id });
    }
    claimed.attempts += 1;
    if let Some((number, _)) = claimed.parts.first() {
        offer(tx, claimed.id, *number, asking.sim, asking.now)?;
    }
    Ok(Some(claimed))
}

/// The message that a modem would take now.
fn candidate(tx: &Tx<'_>, asking: &Asking<'_>) -> Result<Option<Claimed>, Fault> {
    let candidate = tx
        .connection
        .prepare_cached(
            "SELECT id, recipient, attempts
               FROM outbox AS candidate
              WHERE state = 'queued' AND due_at <= :now AND expires_at > :now
                AND (sim IS NULL OR sim = :sim OR created_at + :after <= :now)
                AND (:opens_at <= :now OR purpose NOT IN ('notice', 'answer'))
                AND NOT EXISTS (SELECT 1 FROM outbox AS earlier
                                 WHERE earlier.recipient = candidate.recipient
                                   AND earlier.id < candidate.id
                                   AND (earlier.state = 'claimed'
                                        OR (earlier.state = 'queued' AND earlier.expires_at > :now
                                            AND (earlier.due_at <= :now OR earlier.attempts > 0)
                                            AND (:opens_at <= :now OR earlier.purpose NOT IN ('notice', 'answer')))))
              ORDER BY priority DESC, due_at, id
              LIMIT 1",
        )?
        .query_row(
            named_params! {
                ":sim": asking.sim,
                ":after": asking.strangers_after,
                ":opens_at": seconds(asking.opens_at),
                ":now": seconds(asking.now),
            },
            |row| {
                Ok(Claimed {
                    id: row.get(0)?,
                    recipient: row.get(1)?,
                    attempts: row.get(2)?,
                    parts: Vec::new(),
                })
            },
        )
        .optional()?;
    let Some(mut candidate) = candidate else { return Ok(None) };
    let mut statement = tx.connection.prepare_cached(
        "SELECT number, tpdu FROM outbox_part WHERE outbox_id = ?1 AND state = 'queued' ORDER BY number",
    )?;
    candidate.parts = statement
        .query_map([candidate.id], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_, _>>()?;
    Ok(Some(candidate))
}

/// When a modem may take the next of the queued messages that it may not take yet.
///
/// # Errors
/// [`Fault`] of the database.
pub fn next_due(tx: &Tx<'_>, asking: &Asking<'_>) -> Result<Option<DateTime<Utc>>, Fault> {
    let due: Option<i64> = tx
        .connection
        .prepare_cached(
            "SELECT MIN (due)
               FROM (SELECT MAX (due_at,
                                 CASE WHEN sim IS NULL OR sim = :sim THEN due_at ELSE created_at + :after END,
                                 CASE WHEN purpose IN ('notice', 'answer') THEN :opens_at ELSE due_at END) AS due
                       FROM outbox WHERE state = 'queued')
              WHERE due > :now",
        )?
        .query_row(
            named_params! {
                ":sim": asking.sim,
                ":after": asking.strangers_after,
                ":opens_at": seconds(asking.opens_at),
                ":now": seconds(asking.now),
            },
            |row| row.get(0),
        )?;
    Ok(due.map(moment))
}
