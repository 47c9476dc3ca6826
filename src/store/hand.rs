//! What a modem has in hand: parts offered to the line and taken by the network, and where the message goes from there.

use chrono::{DateTime, Utc};
use rusqlite::named_params;

use super::outbox::one;
use super::{Bell, Fault, Tx, seconds};
use crate::mutation::Mutation;

/// What a modem took in hand: the parts that the network has not accepted yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claimed {
    /// The message's row.
    pub id: i64,
    /// E.164.
    pub recipient: String,
    /// Tries so far, this one included.
    pub attempts: i64,
    /// Not sent after this.
    pub expires_at: DateTime<Utc>,
    /// Number and TPDU of each part to send, in order.
    pub parts: Vec<(i64, Vec<u8>)>,
    /// The first of them is offered.
    pub offered: bool,
}

impl Claimed {
    /// The part to send after this one.
    pub fn part_after(&self, number: i64) -> Option<i64> {
        self.parts.iter().map(|(other, _)| *other).find(|other| *other > number)
    }
}

/// Notes that a part is about to be written to the line: from here on its fate may be unknown.
///
/// # Errors
/// [`Fault::Stale`] when it was not queued; [`Fault`] of the database.
pub fn offer(
    tx: &Tx<'_>,
    id: i64,
    number: i64,
    sim: &str,
    now: DateTime<Utc>,
) -> Result<(), Fault> {
    let changed = tx
        .connection
        .prepare_cached(
            "UPDATE outbox_part
                SET state = 'offered', sim = ?3, offered_at = ?4
              WHERE outbox_id = ?1 AND number = ?2 AND state = 'queued'",
        )?
        .execute((id, number, sim, seconds(now)))?;
    one(changed, id)
}

/// Notes that the network accepted a part, with its TP-MR. Where nobody told that, no report speaks of the part.
///
/// # Errors
/// [`Fault::Stale`] when it was not offered; [`Fault`] of the database.
pub fn accepted(
    tx: &Tx<'_>,
    id: i64,
    number: i64,
    mr: Option<u8>,
    now: DateTime<Utc>,
) -> Result<(), Fault> {
    let changed = tx
        .connection
        .prepare_cached(
            "UPDATE outbox_part
                SET state = 'accepted', mr = ?3, accepted_at = ?4
              WHERE outbox_id = ?1 AND number = ?2 AND state = 'offered'",
        )?
        .execute((id, number, mr, seconds(now)))?;
    one(changed, id)
}

/// Takes an offered part back: it surely did not leave.
///
/// # Errors
/// [`Fault`] of the database.
pub fn withdraw_offers(tx: &Tx<'_>, id: i64) -> Result<(), Fault> {
    tx.connection
        .prepare_cached(
            "UPDATE outbox_part
                SET state = 'queued', sim = NULL, offered_at = NULL
              WHERE outbox_id = ?1 AND state = 'offered'",
        )?
        .execute([id])?;
    Ok(())
}

/// Where a message in hand goes next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// Every part was accepted.
    Sent,
    /// Back to the queue, not before this time; this was one of its tries.
    Retry(DateTime<Utc>),
    /// Back to the queue, not before this time; it was not at fault, and the try does not count.
    Blameless(DateTime<Utc>),
    /// The network or the recipient said no for good.
    Failed,
    /// A payload was written and its final result code never came.
    Unknown,
    /// The network left the modem without an answer: it may have the message, which goes back to the queue at this time unless a
    /// report tells that it arrived. This was one of its tries.
    Unanswered(DateTime<Utc>),
}

/// Lets a claimed message go.
///
/// # Errors
/// [`Fault::Stale`] when it was not claimed; [`Fault`] of the database.
pub fn release(
    tx: &Tx<'_>,
    id: i64,
    fate: Fate,
    error: Option<&str>,
    now: DateTime<Utc>,
) -> Result<(), Fault> {
    let (state, due_at, sent_at, settled_at) = match fate {
        Fate::Sent if Mutation::DeliveredUnreported.is_made() => {
            ("delivered", None, Some(now), Some(now))
        }
        Fate::Sent => ("sent", None, Some(now), None),
        Fate::Retry(at) | Fate::Blameless(at) => ("queued", Some(at), None, None),
        Fate::Failed => ("failed", None, None, Some(now)),
        Fate::Unknown | Fate::Unanswered(_) => ("unknown", None, None, Some(now)),
    };
    let again_at = if let Fate::Unanswered(at) = fate { Some(at) } else { None };
    match fate {
        Fate::Sent => {}
        Fate::Retry(_) | Fate::Blameless(_) => withdraw_offers(tx, id)?,
        Fate::Failed => settle_offers(tx, id, "failed", now)?,
        Fate::Unknown | Fate::Unanswered(_) => settle_offers(tx, id, "unknown", now)?,
    }
    let changed = tx
        .connection
        .prepare_cached(
            "UPDATE outbox
                SET state = :state, claimed_by = NULL, claimed_at = NULL, due_at = COALESCE (:due_at, due_at),
                    sent_at = COALESCE (:sent_at, sent_at), settled_at = :settled_at,
                    error = COALESCE (:error, error), attempts = attempts - :given_back,
                    again_at = :again_at, unanswered = unanswered + (:again_at IS NOT NULL)
              WHERE id = :id AND state = 'claimed'",
        )?
        .execute(named_params! {
            ":id": id,
            ":state": state,
            ":due_at": due_at.map(seconds),
            ":sent_at": sent_at.map(seconds),
            ":settled_at": settled_at.map(seconds),
            ":error": error,
            ":given_back": matches!(fate, Fate::Blameless(_)),
            ":again_at": again_at.map(seconds),
        })?;
    if matches!(fate, Fate::Retry(_) | Fate::Blameless(_)) {
        tx.ring(Bell::Outbox);
    }
    one(changed, id)
}

fn settle_offers(tx: &Tx<'_>, id: i64, state: &str, now: DateTime<Utc>) -> Result<(), Fault> {
    tx.connection
        .prepare_cached(
            "UPDATE outbox_part
                SET state = ?2, settled_at = ?3
              WHERE outbox_id = ?1 AND state = 'offered'",
        )?
        .execute((id, state, seconds(now)))?;
    Ok(())
}

/// Messages that were in hand when the daemon last stopped, with whether a part of theirs had been offered.
///
/// # Errors
/// [`Fault`] of the database.
pub fn in_hand(tx: &Tx<'_>, modem: Option<&str>) -> Result<Vec<(i64, bool)>, Fault> {
    let mut statement = tx.connection.prepare_cached(
        "SELECT id, EXISTS (SELECT 1 FROM outbox_part WHERE outbox_id = id AND state = 'offered')
           FROM outbox
          WHERE state = 'claimed' AND (?1 IS NULL OR claimed_by = ?1)
          ORDER BY id",
    )?;
    let messages = statement
        .query_map([modem], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_, _>>()?;
    Ok(messages)
}
