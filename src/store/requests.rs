//! Requests of the data subject (procedure.md 12.5): what somebody wants done with the own data, by when, and what came of it;
//! and whose data there are at all (12.6).

use chrono::{DateTime, Utc};
use rusqlite::{OptionalExtension, Row, named_params};

use super::named::Named;
use super::{Fault, Tx, moment, seconds};

/// What is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Something is wrong, and gets a note beside it.
    Correct,
    /// The data shall go.
    Delete,
    /// What there is.
    Copy,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Correct, Self::Delete, Self::Copy];

    /// The stored token.
    pub const fn token(self) -> &'static str {
        match self {
            Self::Correct => "correct",
            Self::Delete => "delete",
            Self::Copy => "copy",
        }
    }

    /// The inverse of [`token`](Self::token).
    pub fn from_token(token: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.token() == token)
    }
}

/// A request as it is registered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewRequest<'a> {
    /// Whose data: E.164; empty where it is somebody without a number, of whom there is the ticket.
    pub citizen: &'a str,
    /// The ticket that it speaks of.
    pub ticket_id: Option<i64>,
    /// What is asked for.
    pub kind: Kind,
    /// In words.
    pub detail: &'a str,
    /// Who registered it.
    pub officer: &'a str,
    /// To be answered by then.
    pub due_at: DateTime<Utc>,
}

/// A request as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// Its number.
    pub id: i64,
    /// E.164; a pseudonym once it was deleted; empty as in [`NewRequest`].
    pub citizen: String,
    /// The ticket that it speaks of.
    pub ticket_id: Option<i64>,
    /// A token.
    pub kind: String,
    /// What is asked for, in words.
    pub detail: String,
    /// When it was registered.
    pub registered_at: DateTime<Utc>,
    /// To be answered by then.
    pub due_at: DateTime<Utc>,
    /// When it was.
    pub answered_at: Option<DateTime<Utc>>,
    /// `granted` or `refused`.
    pub outcome: Option<String>,
    /// In words.
    pub answer: Option<String>,
    /// Of a deletion that waits for tickets that are still needed: when it was first carried out as far as it could be.
    pub begun_at: Option<DateTime<Utc>>,
    /// What was answered then.
    pub begun_answer: Option<String>,
}

impl Request {
    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        let row = Named::of(row);
        Ok(Self {
            id: row.get("id")?,
            citizen: row.get("citizen")?,
            ticket_id: row.get("ticket_id")?,
            kind: row.get("kind")?,
            detail: row.get("detail")?,
            registered_at: moment(row.get("registered_at")?),
            due_at: moment(row.get("due_at")?),
            answered_at: row.get::<Option<i64>>("answered_at")?.map(moment),
            outcome: row.get("outcome")?,
            answer: row.get("answer")?,
            begun_at: row.get::<Option<i64>>("begun_at")?.map(moment),
            begun_answer: row.get("begun_answer")?,
        })
    }
}

/// Registers a request; its number.
///
/// # Errors
/// [`Fault`] of the database.
pub fn add(tx: &Tx<'_>, request: &NewRequest<'_>, now: DateTime<Utc>) -> Result<i64, Fault> {
    tx.connection
        .prepare_cached(
            "INSERT INTO data_request (citizen, ticket_id, kind, detail, registered_by, registered_at, due_at)
             VALUES (:citizen, :ticket, :kind, :detail, :officer, :now, :due)",
        )?
        .execute(named_params! {
            ":citizen": request.citizen,
            ":ticket": request.ticket_id,
            ":kind": request.kind.token(),
            ":detail": request.detail,
            ":officer": request.officer,
            ":now": seconds(now),
            ":due": seconds(request.due_at),
        })?;
    Ok(tx.connection.last_insert_rowid())
}

/// The requests that wait, what is due first in front.
///
/// # Errors
/// [`Fault`] of the database.
pub fn open(tx: &Tx<'_>) -> Result<Vec<Request>, Fault> {
    let mut statement = tx.connection.prepare_cached(
        "SELECT * FROM data_request WHERE answered_at IS NULL ORDER BY due_at, id",
    )?;
    let requests = statement.query_map([], Request::read)?.collect::<Result<_, _>>()?;
    Ok(requests)
}

/// The last requests, answered ones too, latest first, at most `limit`.
///
/// # Errors
/// [`Fault`] of the database.
pub fn all(tx: &Tx<'_>, limit: i64) -> Result<Vec<Request>, Fault> {
    let mut statement =
        tx.connection.prepare_cached("SELECT * FROM data_request ORDER BY id DESC LIMIT ?1")?;
    let requests = statement.query_map([limit], Request::read)?.collect::<Result<_, _>>()?;
    Ok(requests)
}

/// Gives a request that waits another day.
///
/// # Errors
/// [`Fault`] of the database.
pub fn set_due(tx: &Tx<'_>, id: i64, due_at: DateTime<Utc>) -> Result<(), Fault> {
    tx.connection
        .prepare_cached(
            "UPDATE data_request SET due_at = ?2 WHERE id = ?1 AND answered_at IS NULL",
        )?
        .execute((id, seconds(due_at)))?;
    Ok(())
}

/// One request that waits.
///
/// # Errors
/// [`Fault`] of the database.
pub fn find(tx: &Tx<'_>, id: i64) -> Result<Option<Request>, Fault> {
    Ok(tx
        .connection
        .prepare_cached("SELECT * FROM data_request WHERE id = ?1 AND answered_at IS NULL")?
        .query_row([id], Request::read)
        .optional()?)
}

/// Notes that a request was carried out as far as it could be, and what was answered. It goes on waiting.
///
/// # Errors
/// [`Fault::Stale`] where it does not wait; [`Fault`] of the database.
pub fn begin(tx: &Tx<'_>, id: i64, answer: &str, now: DateTime<Utc>) -> Result<(), Fault> {
    let changed = tx
        .connection
        .prepare_cached(
            "UPDATE data_request
                SET begun_at = COALESCE (begun_at, ?3), begun_answer = COALESCE (begun_answer || ' / ', '') || ?2
              WHERE id = ?1 AND answered_at IS NULL",
        )?
        .execute((id, answer, seconds(now)))?;
    if changed == 1 { Ok(()) } else { Err(Fault::Stale { table: "data_request", id }) }
}

/// Lets a request that was begun stand as granted when it was: to whoever may not know what it waited for it was that all the while.
///
/// # Errors
/// [`Fault::Stale`] where none such waits; [`Fault`] of the database.
pub fn end(tx: &Tx<'_>, id: i64, officer: &str) -> Result<(), Fault> {
    let changed = tx
        .connection
        .prepare_cached(
            "UPDATE data_request
                SET outcome = 'granted', answer = begun_answer, answered_by = ?2, answered_at = begun_at,
                    begun_at = NULL, begun_answer = NULL
              WHERE id = ?1 AND answered_at IS NULL AND begun_at IS NOT NULL",
        )?
        .execute((id, officer))?;
    if changed == 1 { Ok(()) } else { Err(Fault::Stale { table: "data_request", id }) }
}

/// Notes the answer to a request, behind what was answered before.
///
/// # Errors
/// [`Fault::Stale`] where it does not wait; [`Fault`] of the database.
pub fn answer(
    tx: &Tx<'_>,
    id: i64,
    (granted, answer): (bool, &str),
    officer: &str,
    now: DateTime<Utc>,
) -> Result<(), Fault> {
    let outcome = if granted { "granted" } else { "refused" };
    let changed = tx
        .connection
        .prepare_cached(
            "UPDATE data_request
                SET outcome = ?2, answer = COALESCE (begun_answer || ' / ', '') || ?3, answered_by = ?4, answered_at = ?5,
                    begun_at = NULL, begun_answer = NULL
              WHERE id = ?1 AND answered_at IS NULL",
        )?
        .execute((id, outcome, answer, officer, seconds(now)))?;
    if changed == 1 { Ok(()) } else { Err(Fault::Stale { table: "data_request", id }) }
}

/// Puts a pseudonym in the place of a number in the requests that are answered.
///
/// # Errors
/// [`Fault`] of the database.
pub fn rename(tx: &Tx<'_>, citizen: &str, pseudonym: &str) -> Result<(), Fault> {
    tx.connection
        .prepare_cached(
            "UPDATE data_request SET citizen = ?2 WHERE citizen = ?1 AND answered_at IS NOT NULL",
        )?
        .execute((citizen, pseudonym))?;
    Ok(())
}

/// The numbers that came into the register in `[from, until)`: that wrote or were written to, that a request or a block is about, or that
/// are under STOP. Each with the cases of the closed path over which that was, and with `None` where it was over anything else; in the
/// order of the numbers. What names a number and no ticket was over those that the number has.
///
/// # Errors
/// [`Fault`] of the database.
pub fn affected(
    tx: &Tx<'_>,
    from: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Result<Vec<(String, Option<i64>)>, Fault> {
    let mut statement = tx.connection.prepare_cached(
        "WITH known (number, ticket_id) AS (
             SELECT sender, ticket_id FROM inbound
              WHERE inbound.received_at >= ?1 AND inbound.received_at < ?2 AND sender_kind = 'subscriber'
              UNION
             SELECT recipient, ticket_id FROM outbox
              WHERE created_at >= ?1 AND created_at < ?2 AND purpose <> 'staff'
              UNION
             SELECT data_request.citizen, COALESCE (data_request.ticket_id, own.id)
               FROM data_request LEFT JOIN ticket AS own
                    ON own.citizen = data_request.citizen AND data_request.ticket_id IS NULL
              WHERE registered_at >= ?1 AND registered_at < ?2
              UNION
             SELECT block.citizen, COALESCE (block.ticket_id, own.id)
               FROM block LEFT JOIN ticket AS own ON own.citizen = block.citizen AND block.ticket_id IS NULL
              WHERE blocked_at >= ?1 AND blocked_at < ?2
              UNION
             SELECT stopped.citizen, own.id
               FROM stopped LEFT JOIN ticket AS own ON own.citizen = stopped.citizen
              WHERE since >= ?1 AND since < ?2
         )
         SELECT DISTINCT known.number, CASE WHEN restricted_by IS NOT NULL OR stage = 'TERTUTUP_ETIK'
                                           OR closed_as IS 'DITERUSKAN_ETIK' THEN ticket.id END
           FROM known LEFT JOIN ticket ON ticket.id = known.ticket_id
          WHERE known.number <> '' AND known.number NOT LIKE '+999%'
          ORDER BY 1",
    )?;
    let numbers = statement
        .query_map((seconds(from), seconds(until)), |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_, _>>()?;
    Ok(numbers)
}
