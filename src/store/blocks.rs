//! Numbers that the ketua has blocked, each until a day.

use chrono::{DateTime, NaiveDate, Utc};
use rusqlite::{OptionalExtension, Row, named_params};

use super::named::{Named, token};
use super::{Fault, Tx, moment, seconds};
use crate::phone::PhoneNumber;

/// A decision that stands, or is about to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// Whose messages are not answered.
    pub citizen: PhoneNumber,
    /// Last day.
    pub until: NaiveDate,
    /// The midnight behind it.
    pub ends_at: DateTime<Utc>,
    /// Why.
    pub reason: String,
    /// Who decided.
    pub officer: String,
    /// When.
    pub blocked_at: DateTime<Utc>,
    /// Messages that were kept unanswered since.
    pub messages: i64,
    /// The ticket that it was decided over.
    pub ticket_id: Option<i64>,
}

impl Block {
    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        let row = Named::of(row);
        Ok(Self {
            citizen: token(&row, "citizen", |text| PhoneNumber::parse(text).ok())?,
            until: token(&row, "until", |text| text.parse().ok())?,
            ends_at: moment(row.get("ends_at")?),
            reason: row.get("reason")?,
            officer: row.get("officer")?,
            blocked_at: moment(row.get("blocked_at")?),
            ticket_id: row.get("ticket_id")?,
            messages: row.get("messages")?,
        })
    }
}

/// Writes a decision (its `messages` are ignored).
///
/// # Errors
/// [`Fault`] of the database.
pub fn add(tx: &Tx<'_>, block: &Block) -> Result<(), Fault> {
    tx.connection
        .prepare_cached(
            "INSERT INTO block (citizen, until, ends_at, reason, officer, blocked_at, ticket_id)
             VALUES (:citizen, :until, :ends_at, :reason, :officer, :now, :ticket)",
        )?
        .execute(named_params! {
            ":citizen": block.citizen.reveal(),
            ":until": block.until.to_string(),
            ":ends_at": seconds(block.ends_at),
            ":reason": block.reason,
            ":officer": block.officer,
            ":now": seconds(block.blocked_at),
            ":ticket": block.ticket_id,
        })?;
    Ok(())
}

/// Ends what stands for a number; whether anything did.
///
/// # Errors
/// [`Fault`] of the database.
pub fn lift(
    tx: &Tx<'_>,
    citizen: &PhoneNumber,
    officer: &str,
    now: DateTime<Utc>,
) -> Result<bool, Fault> {
    let changed = tx
        .connection
        .prepare_cached(
            "UPDATE block SET lifted_by = ?2, lifted_at = ?3
              WHERE citizen = ?1 AND ends_at > ?3 AND lifted_at IS NULL",
        )?
        .execute((citizen.reveal(), officer, seconds(now)))?;
    Ok(changed > 0)
}

/// Whether a number was blocked at a time.
///
/// # Errors
/// [`Fault`] of the database.
pub fn is_blocked(tx: &Tx<'_>, citizen: &PhoneNumber, at: DateTime<Utc>) -> Result<bool, Fault> {
    Ok(tx
        .connection
        .prepare_cached(
            "SELECT 1 FROM block
              WHERE citizen = ?1 AND ends_at > ?2 AND blocked_at <= ?2 AND (lifted_at IS NULL OR lifted_at > ?2)",
        )?
        .query_row((citizen.reveal(), seconds(at)), |_| Ok(()))
        .optional()?
        .is_some())
}

/// The decision by which a number was blocked at a time.
///
/// # Errors
/// [`Fault`] of the database.
pub fn find(tx: &Tx<'_>, citizen: &PhoneNumber, at: DateTime<Utc>) -> Result<Option<Block>, Fault> {
    Ok(tx
        .connection
        .prepare_cached(
            "SELECT citizen, until, ends_at, reason, officer, blocked_at, ticket_id,
                    (SELECT COUNT (*) FROM inbound
                      WHERE sender = citizen AND received_at >= blocked_at AND inbound.reason = 'DIBLOKIR') AS messages
               FROM block
              WHERE citizen = ?1 AND ends_at > ?2 AND blocked_at <= ?2 AND (lifted_at IS NULL OR lifted_at > ?2)",
        )?
        .query_row((citizen.reveal(), seconds(at)), Block::read)
        .optional()?)
}

/// Puts a pseudonym in the place of a number in the decisions that have ended; how many.
///
/// # Errors
/// [`Fault`] of the database.
pub fn rename_ended(
    tx: &Tx<'_>,
    citizen: &str,
    pseudonym: &str,
    now: DateTime<Utc>,
) -> Result<i64, Fault> {
    let changed = tx
        .connection
        .prepare_cached(
            "UPDATE block SET citizen = ?2
              WHERE citizen = ?1 AND COALESCE (lifted_at, ends_at) <= ?3",
        )?
        .execute((citizen, pseudonym, seconds(now)))?;
    Ok(i64::try_from(changed).unwrap_or(i64::MAX))
}

/// The decisions that stand, what ends first in front.
///
/// # Errors
/// [`Fault`] of the database.
pub fn standing(tx: &Tx<'_>, now: DateTime<Utc>) -> Result<Vec<Block>, Fault> {
    let mut statement = tx.connection.prepare_cached(
        "SELECT citizen, until, ends_at, reason, officer, blocked_at, ticket_id,
                (SELECT COUNT (*) FROM inbound
                  WHERE sender = citizen AND received_at >= blocked_at AND inbound.reason = 'DIBLOKIR') AS messages
           FROM block
          WHERE ends_at > ?1 AND lifted_at IS NULL
          ORDER BY ends_at, id",
    )?;
    let blocks = statement.query_map([seconds(now)], Block::read)?.collect::<Result<_, _>>()?;
    Ok(blocks)
}
