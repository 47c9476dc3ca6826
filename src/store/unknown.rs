//! Texts of which nobody knows whether they left the modem: how long one waits for a report, and what is done when none comes.

use chrono::{DateTime, Utc};
use rusqlite::named_params;

use super::outbox::{Message, one};
use super::{Bell, Fault, Tx, moment, restores, seconds};

/// Messages `unknown` since before `before`, oldest first, without those that wait after a restore or go back to the queue by
/// themselves.
///
/// # Errors
/// [`Fault`] of the database.
pub fn unknown_since(tx: &Tx<'_>, before: DateTime<Utc>) -> Result<Vec<Message>, Fault> {
    let mut statement = tx.connection.prepare_cached(
        "SELECT * FROM outbox WHERE state = 'unknown' AND again_at IS NULL AND settled_at <= ?1 AND +id > ?2
          ORDER BY settled_at, id",
    )?;
    let values = (seconds(before), restores::held_until(tx)?);
    let messages = statement.query_map(values, Message::read)?.collect::<Result<_, _>>()?;
    Ok(messages)
}

/// Messages that the network gave no answer to and no report has spoken of, whose next try is due; without those that wait after
/// a restore.
///
/// # Errors
/// [`Fault`] of the database.
pub fn unanswered_until(tx: &Tx<'_>, now: DateTime<Utc>) -> Result<Vec<Message>, Fault> {
    let mut statement = tx.connection.prepare_cached(
        "SELECT * FROM outbox WHERE state = 'unknown' AND again_at <= ?1 AND +id > ?2 ORDER BY again_at, id",
    )?;
    let values = (seconds(now), restores::held_until(tx)?);
    let messages = statement.query_map(values, Message::read)?.collect::<Result<_, _>>()?;
    Ok(messages)
}

/// When the next of them is due.
///
/// # Errors
/// [`Fault`] of the database.
pub fn next_unanswered(tx: &Tx<'_>) -> Result<Option<DateTime<Utc>>, Fault> {
    let at: Option<i64> = tx
        .connection
        .prepare_cached("SELECT MIN (again_at) FROM outbox WHERE state = 'unknown' AND again_at IS NOT NULL AND +id > ?1")?
        .query_row([restores::held_until(tx)?], |row| row.get(0))?;
    Ok(at.map(moment))
}

/// Gives a message back to the queue that the network gave no answer to.
///
/// # Errors
/// [`Fault::Stale`] when it is not `unknown`; [`Fault`] of the database.
pub fn try_again(tx: &Tx<'_>, id: i64, now: DateTime<Utc>) -> Result<(), Fault> {
    let changed = tx
        .connection
        .prepare_cached(
            "UPDATE outbox SET state = 'queued', due_at = ?2, settled_at = NULL, again_at = NULL
              WHERE id = ?1 AND state = 'unknown'",
        )?
        .execute((id, seconds(now)))?;
    queue_unknown_parts(tx, id)?;
    one(changed, id)
}

fn queue_unknown_parts(tx: &Tx<'_>, id: i64) -> Result<(), Fault> {
    tx.connection
        .prepare_cached(
            "UPDATE outbox_part
                SET state = 'queued', sim = NULL, mr = NULL, offered_at = NULL, settled_at = NULL
              WHERE outbox_id = ?1 AND state = 'unknown'",
        )?
        .execute([id])?;
    tx.ring(Bell::Outbox);
    Ok(())
}

/// When the oldest message became `unknown`, of those that neither wait after a restore nor go back by themselves.
///
/// # Errors
/// [`Fault`] of the database.
pub fn oldest_unknown(tx: &Tx<'_>) -> Result<Option<DateTime<Utc>>, Fault> {
    let at: Option<i64> = tx
        .connection
        .prepare_cached("SELECT MIN (settled_at) FROM outbox WHERE state = 'unknown' AND again_at IS NULL AND +id > ?1")?
        .query_row([restores::held_until(tx)?], |row| row.get(0))?;
    Ok(at.map(moment))
}

/// Resolves an `unknown` message: sent once more, or dropped.
///
/// # Errors
/// [`Fault::Stale`] when it is not `unknown`; [`Fault`] of the database.
pub fn resolve_unknown(tx: &Tx<'_>, id: i64, again: bool, now: DateTime<Utc>) -> Result<(), Fault> {
    let changed = tx
        .connection
        .prepare_cached(
            "UPDATE outbox
                SET state = CASE WHEN :again THEN 'queued' ELSE 'dropped' END,
                    repeated = repeated + :again, due_at = CASE WHEN :again THEN :now ELSE due_at END,
                    settled_at = CASE WHEN :again THEN NULL ELSE :now END, again_at = NULL
              WHERE id = :id AND state = 'unknown'",
        )?
        .execute(named_params! { ":id": id, ":again": again, ":now": seconds(now) })?;
    if again {
        queue_unknown_parts(tx, id)?;
    }
    one(changed, id)
}

/// Sends the parts of a `failed` message once more, not before `due_at`, where a centre has only stopped trying for now (TP-ST
/// 0x60 to 0x7F) and time is left; whether it does.
///
/// # Errors
/// [`Fault`] of the database.
pub fn send_again(tx: &Tx<'_>, id: i64, due_at: DateTime<Utc>) -> Result<bool, Fault> {
    let changed = tx
        .connection
        .prepare_cached(
            "UPDATE outbox
                SET state = 'queued', repeated = 1, due_at = ?2, settled_at = NULL
              WHERE id = ?1 AND state = 'failed' AND repeated = 0 AND expires_at > ?2
                AND NOT EXISTS (SELECT 1 FROM outbox_part
                                 WHERE outbox_id = ?1 AND outbox_part.state IN ('failed', 'expired')
                                   AND COALESCE (outbox_part.status, 0) NOT BETWEEN 0x60 AND 0x7F)",
        )?
        .execute((id, seconds(due_at)))?;
    if changed == 0 {
        return Ok(false);
    }
    // When it left stays: the card has sent it, and may send so many.
    tx.connection
        .prepare_cached(
            "UPDATE outbox_part
                SET state = 'queued', mr = NULL, offered_at = NULL, settled_at = NULL
              WHERE outbox_id = ?1 AND state = 'failed'",
        )?
        .execute([id])?;
    tx.ring(Bell::Outbox);
    Ok(true)
}
