//! Who takes which of the queued texts, and when.
//!
//! One citizen's messages keep their order: nothing is taken while an earlier one to the same number is in hand or could go
//! itself. A message bound to another card, or to a route that leads by others, is left to those for some time. What the office
//! starts stays where it is outside of the sending window. A card that may send no more for now takes nothing until there is room.
//! What was unsent in a backup stays where it is after a restore, in nobody's way, until an admin has decided. (Its rows are
//! told by a `+`, lest the table is read by rows and not by its queue.)

use chrono::{DateTime, Utc};
use rusqlite::{OptionalExtension, named_params};

use super::hand::{Claimed, offer};
use super::outbox::AT_ANY_HOUR;
use super::{Fault, Tx, moment, restores, seconds};
use crate::sms;

/// How long the parts of a minute count. The queue counts in whole seconds: one more, so that it is never less.
const MINUTE_SECONDS: i64 = 61;

/// How many parts a card may send; 0: as many as there are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Pace {
    /// In any minute.
    pub per_minute: u32,
    /// In a local calendar day.
    pub per_day: u32,
}

/// When the first part of a message that is taken is offered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Offer {
    /// In the same commit: it is written next.
    AtOnce,
    /// Later where it has other parts, or other messages behind it: something is said to the modem before.
    UnlessMoreFollow,
}

/// A modem that asks what it may send.
#[derive(Debug, Clone, Copy)]
pub struct Asking<'a> {
    /// Its name.
    pub modem: &'a str,
    /// Its card.
    pub sim: &'a str,
    /// The prefixes of the routes that lead by it, a space behind each.
    pub routes: &'a str,
    /// A message bound to another card or route is left to that one for so long after it was first due, in seconds.
    pub strangers_after: i64,
    /// When what the office starts may go: now, or when the window opens.
    pub opens_at: DateTime<Utc>,
    /// How much its card may send.
    pub pace: Pace,
    /// When the local day began, and when the next one does.
    pub day: (DateTime<Utc>, DateTime<Utc>),
    /// What time it is.
    pub now: DateTime<Utc>,
}

/// Takes the next message for a modem.
///
/// # Errors
/// [`Fault`] of the database.
pub fn claim(tx: &Tx<'_>, asking: &Asking<'_>, offering: Offer) -> Result<Option<Claimed>, Fault> {
    let left = left_today(tx, asking)?;
    let Some(mut claimed) = candidate(tx, asking, left)? else { return Ok(None) };
    if minute_full_until(tx, asking, &claimed)?.is_some() {
        return Ok(None);
    }
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
    take_whole(tx, claimed.id, asking.sim)?;
    shorten(tx, &mut claimed, asking.now)?;
    claimed.offered = offering == Offer::AtOnce
        || (claimed.parts.len() == 1 && candidate(tx, asking, left)?.is_none());
    if claimed.offered
        && let Some((number, _)) = claimed.parts.first()
    {
        offer(tx, claimed.id, *number, asking.sim, asking.now)?;
    }
    Ok(Some(claimed))
}

/// A phone joins only parts that come from one number: what another card has begun is sent whole by this one.
fn take_whole(tx: &Tx<'_>, id: i64, sim: &str) -> Result<(), Fault> {
    let taken_back = tx
        .connection
        .prepare_cached(
            "UPDATE outbox_part
                SET state = 'queued', sim = NULL, mr = NULL, offered_at = NULL, accepted_at = NULL, settled_at = NULL,
                    status = NULL
              WHERE outbox_id = ?1 AND state <> 'queued'
                AND EXISTS (SELECT 1 FROM outbox_part AS begun
                             WHERE begun.outbox_id = ?1 AND begun.state <> 'queued' AND begun.sim <> ?2)",
        )?
        .execute((id, sim))?;
    if taken_back > 0 {
        tracing::info!(
            outbox = id,
            parts = taken_back,
            "begun by another card, and sent whole by this one"
        );
    }
    Ok(())
}

/// What has waited is not tried by the centre beyond its time: a stale answer does not arrive two days later. What is sent
/// is what is stored.
fn shorten(tx: &Tx<'_>, claimed: &mut Claimed, now: DateTime<Utc>) -> Result<(), Fault> {
    let left = (claimed.expires_at - now).to_std().unwrap_or_default();
    for (number, tpdu) in &mut claimed.parts {
        if sms::shorten(tpdu, left) {
            tx.connection
                .prepare_cached(
                    "UPDATE outbox_part SET tpdu = ?3 WHERE outbox_id = ?1 AND number = ?2 AND state = 'queued'",
                )?
                .execute((claimed.id, *number, &*tpdu))?;
        }
    }
    Ok(())
}

/// The message that a modem would take now, as far as its minute allows; `left` is what its card may still send today. A
/// message with more parts than a whole day allows is begun on a day on which nothing was sent.
fn candidate(
    tx: &Tx<'_>,
    asking: &Asking<'_>,
    left: Option<i64>,
) -> Result<Option<Claimed>, Fault> {
    let candidate = tx
        .connection
        .prepare_cached(
            "SELECT id, recipient, attempts, expires_at
               FROM outbox AS candidate
              WHERE state = 'queued' AND due_at <= :now AND +expires_at > :now AND +id > :held
                AND (sim = :sim OR (sim IS NULL AND (route IS NULL OR instr (:routes, route || ' ') > 0))
                     OR first_due_at + :after <= :now)
                AND (:opens_at <= :now OR priority >= :at_any_hour)
                AND (:left IS NULL
                     OR :left >= MIN (:per_day, (SELECT COUNT (*) FROM outbox_part
                                                  WHERE outbox_id = candidate.id AND outbox_part.state = 'queued')))
                AND NOT EXISTS (SELECT 1 FROM outbox AS earlier
                                 WHERE earlier.recipient = candidate.recipient
                                   AND earlier.id < candidate.id AND earlier.id > :held
                                   AND earlier.state IN ('queued', 'claimed')
                                   AND (earlier.state = 'claimed'
                                        OR (earlier.state = 'queued' AND earlier.expires_at > :now
                                            AND (earlier.due_at <= :now OR earlier.attempts > 0)
                                            AND (:opens_at <= :now OR earlier.priority >= :at_any_hour))))
              ORDER BY priority DESC, due_at, id
              LIMIT 1",
        )?
        .query_row(
            named_params! {
                ":sim": asking.sim,
                ":routes": asking.routes,
                ":after": asking.strangers_after,
                ":opens_at": seconds(asking.opens_at),
                ":at_any_hour": AT_ANY_HOUR,
                ":now": seconds(asking.now),
                ":left": left,
                ":per_day": asking.pace.per_day,
                ":held": restores::held_until(tx)?,
            },
            |row| {
                Ok(Claimed {
                    id: row.get(0)?,
                    recipient: row.get(1)?,
                    attempts: row.get(2)?,
                    expires_at: moment(row.get(3)?),
                    parts: Vec::new(),
                    offered: false,
                })
            },
        )
        .optional()?;
    let Some(mut candidate) = candidate else { return Ok(None) };
    let mut statement = tx.connection.prepare_cached(
        "SELECT number, tpdu FROM outbox_part
          WHERE outbox_id = ?1
            AND (state = 'queued' OR EXISTS (SELECT 1 FROM outbox_part AS begun
                                              WHERE begun.outbox_id = ?1 AND begun.state <> 'queued' AND begun.sim <> ?2))
          ORDER BY number",
    )?;
    candidate.parts = statement
        .query_map((candidate.id, asking.sim), |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_, _>>()?;
    Ok(Some(candidate))
}

/// Parts that the network has taken of a card from one moment until before another. What a clock that was wrong has dated
/// later is of another day.
///
/// # Errors
/// [`Fault`] of the database.
pub fn parts_within(
    tx: &Tx<'_>,
    sim: &str,
    (from, until): (DateTime<Utc>, DateTime<Utc>),
) -> Result<i64, Fault> {
    Ok(tx
        .connection
        .prepare_cached(
            "SELECT COUNT (*) FROM outbox_part WHERE sim = ?1 AND accepted_at >= ?2 AND accepted_at < ?3",
        )?
        .query_row((sim, seconds(from), seconds(until)), |row| row.get(0))?)
}

/// Parts that the card may still send today; `None`: any number.
fn left_today(tx: &Tx<'_>, asking: &Asking<'_>) -> Result<Option<i64>, Fault> {
    let per_day = i64::from(asking.pace.per_day);
    if per_day == 0 {
        return Ok(None);
    }
    Ok(Some((per_day - parts_within(tx, asking.sim, asking.day)?).max(0)))
}

/// When this message fits into the card's minute, where it does not yet. One with more parts than a minute allows is begun
/// after a minute in which nothing was sent.
fn minute_full_until(
    tx: &Tx<'_>,
    asking: &Asking<'_>,
    message: &Claimed,
) -> Result<Option<DateTime<Utc>>, Fault> {
    let per_minute = i64::from(asking.pace.per_minute);
    if per_minute == 0 {
        return Ok(None);
    }
    let parts = i64::try_from(message.parts.len()).unwrap_or(i64::MAX).min(per_minute);
    // The latest part of those that must be out of the minute before. A clock that was set back would else be awaited.
    let last: Option<i64> = tx
        .connection
        .prepare_cached(
            "SELECT accepted_at FROM outbox_part
              WHERE sim = ?1 AND accepted_at > ?2 AND accepted_at <= ?4
              ORDER BY accepted_at DESC
              LIMIT 1 OFFSET ?3",
        )?
        .query_row(
            (
                asking.sim,
                seconds(asking.now) - MINUTE_SECONDS,
                per_minute - parts,
                seconds(asking.now),
            ),
            |row| row.get(0),
        )
        .optional()?;
    Ok(last.map(|last| moment(last + MINUTE_SECONDS)))
}

/// When a modem that took nothing may take the next of the queued messages: because its time comes, or because its card may
/// send again.
///
/// # Errors
/// [`Fault`] of the database.
pub fn next_due(tx: &Tx<'_>, asking: &Asking<'_>) -> Result<Option<DateTime<Utc>>, Fault> {
    let left = left_today(tx, asking)?;
    let room = match candidate(tx, asking, left)? {
        Some(message) => {
            // It goes first, and with it waits all that becomes due until then: the queue, which may be long, is not
            // looked through.
            if let Some(at) = minute_full_until(tx, asking, &message)? {
                return Ok(Some(at));
            }
            None
        }
        None if left.is_some() && candidate(tx, asking, None)?.is_some() => Some(asking.day.1),
        None => None,
    };
    Ok([room, next_time(tx, asking)?].into_iter().flatten().min())
}

fn next_time(tx: &Tx<'_>, asking: &Asking<'_>) -> Result<Option<DateTime<Utc>>, Fault> {
    let due: Option<i64> = tx
        .connection
        .prepare_cached(
            "SELECT MIN (due)
               FROM (SELECT MAX (due_at,
                                 CASE WHEN sim = :sim
                                        OR (sim IS NULL AND (route IS NULL OR instr (:routes, route || ' ') > 0))
                                      THEN due_at ELSE first_due_at + :after END,
                                 CASE WHEN priority < :at_any_hour THEN :opens_at ELSE due_at END) AS due
                       FROM outbox WHERE state = 'queued' AND +id > :held)
              WHERE due > :now",
        )?
        .query_row(
            named_params! {
                ":sim": asking.sim,
                ":routes": asking.routes,
                ":after": asking.strangers_after,
                ":opens_at": seconds(asking.opens_at),
                ":at_any_hour": AT_ANY_HOUR,
                ":now": seconds(asking.now),
                ":held": restores::held_until(tx)?,
            },
            |row| row.get(0),
        )?;
    Ok(due.map(moment))
}
