//! Restores of a backup, and the texts that were unsent in it: they may have been sent since, and wait for an admin's word.

use chrono::{DateTime, Utc};
use rusqlite::{OptionalExtension, named_params};

use super::outbox::{Message, Unsent};
use super::{Bell, Fault, Tx, moment, seconds};

/// A restore, as it is noted in the register that it brings back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewRestore {
    /// The account that did it.
    pub officer: String,
    /// The backup's last event.
    pub backup_at: Option<DateTime<Utc>>,
    /// Year and serial of the last number that the register before gave, where it told.
    pub last_number: Option<(i64, i64)>,
}

/// A restore whose texts wait.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Open {
    /// When it was.
    pub restored_at: DateTime<Utc>,
    /// The account that did it.
    pub officer: String,
    /// The backup's last event.
    pub backup_at: Option<DateTime<Utc>>,
    /// Texts that wait, those in hand and of unknown fate at that time among them.
    pub texts: i64,
}

/// What becomes of the texts that wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    /// They are sent.
    Send,
    /// They are not.
    Drop,
}

impl Decision {
    /// The stored token.
    pub const fn token(self) -> &'static str {
        match self {
            Self::Send => "send",
            Self::Drop => "drop",
        }
    }

    /// The inverse of [`token`](Self::token).
    pub fn from_token(token: &str) -> Option<Self> {
        [Self::Send, Self::Drop].into_iter().find(|decision| decision.token() == token)
    }
}

/// Notes a restore: every text that the outbox holds now, and that has not left, waits from here on.
///
/// # Errors
/// [`Fault`] of the database.
pub fn note(tx: &Tx<'_>, restore: &NewRestore, now: DateTime<Utc>) -> Result<(), Fault> {
    let (year, serial) = restore.last_number.unzip();
    tx.connection
        .prepare_cached(
            "INSERT INTO restore (restored_at, officer, backup_at, last_outbox, last_year, last_serial)
             VALUES (:now, :officer, :backup_at, (SELECT COALESCE (MAX (id), 0) FROM outbox), :year, :serial)",
        )?
        .execute(named_params! {
            ":now": seconds(now),
            ":officer": restore.officer,
            ":backup_at": restore.backup_at.map(seconds),
            ":year": year,
            ":serial": serial,
        })?;
    Ok(())
}

/// The last row of the outbox that waits for an admin's word if it has not left; 0: none does.
///
/// # Errors
/// [`Fault`] of the database.
pub fn held_until(tx: &Tx<'_>) -> Result<i64, Fault> {
    Ok(tx
        .connection
        .prepare_cached(
            "SELECT COALESCE (MAX (last_outbox), 0) FROM restore WHERE released_at IS NULL",
        )?
        .query_row([], |row| row.get(0))?)
}

/// The last restore that nobody has decided on, with how many texts wait.
///
/// # Errors
/// [`Fault`] of the database.
pub fn open(tx: &Tx<'_>) -> Result<Option<Open>, Fault> {
    let held = held_until(tx)?;
    Ok(tx
        .connection
        .prepare_cached(
            "SELECT restored_at, officer, backup_at,
                    (SELECT COUNT (*) FROM outbox WHERE state = 'queued' AND +id <= ?1)
                    + (SELECT COUNT (*) FROM outbox WHERE state = 'claimed' AND +id <= ?1)
                    + (SELECT COUNT (*) FROM outbox WHERE state = 'unknown' AND +id <= ?1)
               FROM restore
              WHERE released_at IS NULL
              ORDER BY id DESC
              LIMIT 1",
        )?
        .query_row([held], |row| {
            Ok(Open {
                restored_at: moment(row.get(0)?),
                officer: row.get(1)?,
                backup_at: row.get::<_, Option<i64>>(2)?.map(moment),
                texts: row.get(3)?,
            })
        })
        .optional()?)
}

/// Lets the texts that wait go, or takes them out of the queue; which they are. What is sent is tried until `expires_at`, and
/// what has an unknown fate goes the way of such texts.
///
/// # Errors
/// [`Fault`] of the database.
pub fn release(
    tx: &Tx<'_>,
    officer: &str,
    decision: Decision,
    expires_at: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<Vec<Message>, Fault> {
    let held = held_until(tx)?;
    let mut statement = match decision {
        Decision::Send => tx.connection.prepare_cached(
            "UPDATE outbox
                SET due_at = MAX (due_at, :now), first_due_at = MAX (first_due_at, :now),
                    expires_at = MAX (expires_at, :expires_at)
              WHERE state = 'queued' AND +id <= :held
             RETURNING *",
        )?,
        Decision::Drop => tx.connection.prepare_cached(
            "UPDATE outbox
                SET state = 'dropped', settled_at = :now, error = :cause
              WHERE state IN ('queued', 'unknown') AND +id <= :held
             RETURNING *",
        )?,
    };
    let texts = match decision {
        Decision::Send => {
            let expires_at = seconds(expires_at);
            let values =
                named_params! { ":now": seconds(now), ":expires_at": expires_at, ":held": held };
            let texts =
                statement.query_map(values, Message::read)?.collect::<Result<Vec<_>, _>>()?;
            // Else what is sent once more would be too late for that.
            tx.connection
                .prepare_cached(
                    "UPDATE outbox SET expires_at = MAX (expires_at, ?1) WHERE state = 'unknown' AND +id <= ?2",
                )?
                .execute((expires_at, held))?;
            texts
        }
        Decision::Drop => {
            let cause = Unsent::AfterRestore.token();
            let values = named_params! { ":now": seconds(now), ":held": held, ":cause": cause };
            statement.query_map(values, Message::read)?.collect::<Result<_, _>>()?
        }
    };
    tx.connection
        .prepare_cached(
            "UPDATE restore SET released_at = ?1, released_by = ?2, released_as = ?3 WHERE released_at IS NULL",
        )?
        .execute((seconds(now), officer, decision.token()))?;
    tx.ring(Bell::Outbox);
    Ok(texts)
}

/// Tickets that are open, and those of which a text waits: whoever opens one should know of the restore.
///
/// # Errors
/// [`Fault`] of the database.
pub fn concerned(tx: &Tx<'_>) -> Result<Vec<i64>, Fault> {
    let mut statement = tx.connection.prepare_cached(
        "SELECT id FROM ticket WHERE stage NOT IN ('SELESAI', 'DITUTUP')
         UNION SELECT ticket_id FROM outbox WHERE state = 'queued' AND ticket_id IS NOT NULL
         UNION SELECT ticket_id FROM outbox WHERE state = 'claimed' AND ticket_id IS NOT NULL
         UNION SELECT ticket_id FROM outbox WHERE state = 'unknown' AND ticket_id IS NOT NULL
         ORDER BY 1",
    )?;
    let tickets = statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
    Ok(tickets)
}
