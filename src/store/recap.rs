//! What the monthly recap is counted from: rows, no arithmetic.

use chrono::{DateTime, Utc};
use rusqlite::named_params;

use super::tickets::Ticket;
use super::{Fault, Tx, moment, seconds, tickets};

/// A change of stage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Move {
    /// The ticket's row.
    pub ticket_id: i64,
    /// When.
    pub at: DateTime<Utc>,
    /// T-number.
    pub transition: Option<i64>,
    /// Stage before, a token; `None` at the opening.
    pub from: Option<String>,
    /// Stage after, a token.
    pub to: String,
    /// Unix user name, `pemohon` or `sistem`.
    pub actor: String,
    /// Why, where the step names a reason: of a closing by hand, its token.
    pub reason: Option<String>,
}

/// Every ticket that was open at some time in `[from, until)`, in the order of receipt.
///
/// # Errors
/// [`Fault`] of the database.
pub fn tickets_between(
    tx: &Tx<'_>,
    from: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Result<Vec<Ticket>, Fault> {
    tickets::select(
        tx,
        "SELECT * FROM ticket
          WHERE received_at < :until AND (finished_at IS NULL OR finished_at >= :from)
          ORDER BY received_at, id",
        named_params! { ":from": seconds(from), ":until": seconds(until) },
    )
}

/// The changes of stage of those tickets up to `until`, in their order.
///
/// # Errors
/// [`Fault`] of the database.
pub fn moves_between(
    tx: &Tx<'_>,
    from: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Result<Vec<Move>, Fault> {
    let mut statement = tx.connection.prepare_cached(
        "SELECT ticket_id, at, transition, from_stage, to_stage, actor, detail ->> '$.sebab'
           FROM trail
          WHERE at < :until AND to_stage IS NOT NULL AND from_stage IS NOT to_stage
            AND ticket_id IN (SELECT id FROM ticket
                               WHERE received_at < :until AND (finished_at IS NULL OR finished_at >= :from))
          ORDER BY trail.id",
    )?;
    let moves = statement
        .query_map(named_params! { ":from": seconds(from), ":until": seconds(until) }, |row| {
            Ok(Move {
                ticket_id: row.get(0)?,
                at: moment(row.get(1)?),
                transition: row.get(2)?,
                from: row.get(3)?,
                to: row.get(4)?,
                actor: row.get(5)?,
                reason: row.get(6)?,
            })
        })?
        .collect::<Result<_, _>>()?;
    Ok(moves)
}

/// How many received messages ended in each outcome, with its reason.
///
/// # Errors
/// [`Fault`] of the database.
pub fn inbound_outcomes(
    tx: &Tx<'_>,
    from: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Result<Vec<(String, String, i64)>, Fault> {
    let mut statement = tx.connection.prepare_cached(
        "SELECT COALESCE (outcome, 'unread'), COALESCE (reason, ''), COUNT (*)
           FROM inbound
          WHERE received_at >= ?1 AND received_at < ?2
          GROUP BY 1, 2
          ORDER BY 1, 2",
    )?;
    let counts = statement
        .query_map((seconds(from), seconds(until)), |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?))
        })?
        .collect::<Result<_, _>>()?;
    Ok(counts)
}

/// How many messages went out in each state, with the parts that the network accepted.
///
/// # Errors
/// [`Fault`] of the database.
pub fn outbox_states(
    tx: &Tx<'_>,
    from: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Result<Vec<(String, i64, i64)>, Fault> {
    let mut statement = tx.connection.prepare_cached(
        "SELECT state, COUNT (*),
                SUM ((SELECT COUNT (*) FROM outbox_part WHERE outbox_id = outbox.id AND accepted_at IS NOT NULL))
           FROM outbox
          WHERE created_at >= ?1 AND created_at < ?2
          GROUP BY state
          ORDER BY state",
    )?;
    let counts = statement
        .query_map((seconds(from), seconds(until)), |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?))
        })?
        .collect::<Result<_, _>>()?;
    Ok(counts)
}
