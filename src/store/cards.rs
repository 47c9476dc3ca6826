//! What is known of a card beside what its modem tells.

use chrono::{DateTime, NaiveDate, Utc};
use rusqlite::{OptionalExtension, Row, named_params};

use super::{Fault, Tx, moment, seconds};

/// The credit of a card, as far as its network told it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Credit {
    /// The last figure, in Rupiah.
    pub rupiah: Option<i64>,
    /// When it was told.
    pub read_at: Option<DateTime<Utc>>,
    /// When the network was last asked.
    pub tried_at: Option<DateTime<Utc>>,
    /// Tries since then without a figure.
    pub misses: i64,
}

/// The credit of the card `sim`.
///
/// # Errors
/// [`Fault`] of the database.
pub fn credit(tx: &Tx<'_>, sim: &str) -> Result<Credit, Fault> {
    let known = tx
        .connection
        .prepare_cached("SELECT credit, credit_at, tried_at, misses FROM card WHERE sim = ?1")?
        .query_row([sim], |row| {
            Ok(Credit {
                rupiah: row.get(0)?,
                read_at: row.get::<_, Option<i64>>(1)?.map(moment),
                tried_at: row.get::<_, Option<i64>>(2)?.map(moment),
                misses: row.get(3)?,
            })
        })
        .optional()?;
    Ok(known.unwrap_or_default())
}

/// The network is about to be asked.
///
/// # Errors
/// [`Fault`] of the database.
pub fn credit_tried(tx: &Tx<'_>, sim: &str, now: DateTime<Utc>) -> Result<(), Fault> {
    tx.connection
        .prepare_cached(
            "INSERT INTO card (sim, tried_at) VALUES (?1, ?2)
             ON CONFLICT (sim) DO UPDATE SET tried_at = ?2",
        )?
        .execute((sim, seconds(now)))?;
    Ok(())
}

/// The network told it.
///
/// # Errors
/// [`Fault`] of the database.
pub fn credit_read(tx: &Tx<'_>, sim: &str, rupiah: i64, now: DateTime<Utc>) -> Result<(), Fault> {
    tx.connection
        .prepare_cached(
            "INSERT INTO card (sim, credit, credit_at) VALUES (?1, ?2, ?3)
             ON CONFLICT (sim) DO UPDATE SET credit = ?2, credit_at = ?3, misses = 0",
        )?
        .execute((sim, rupiah, seconds(now)))?;
    Ok(())
}

/// The network did not tell it, or not so that it could be read; how often now in a row.
///
/// # Errors
/// [`Fault`] of the database.
pub fn credit_missed(tx: &Tx<'_>, sim: &str) -> Result<i64, Fault> {
    let misses = tx
        .connection
        .prepare_cached(
            "INSERT INTO card (sim, misses) VALUES (?1, 1)
             ON CONFLICT (sim) DO UPDATE SET misses = misses + 1 RETURNING misses",
        )?
        .query_row([sim], |row| row.get(0))?;
    Ok(misses)
}

/// What an operator last wrote to a card about one topic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// A token: `expires`, `blocked`, `register`, `valid`, `no-credit`.
    pub matter: String,
    /// The day that it names.
    pub until: Option<NaiveDate>,
    /// Under which name or short number.
    pub sender: String,
    /// When it was written.
    pub noticed_at: DateTime<Utc>,
    /// When an admin has looked at the modem since.
    pub looked_at: Option<DateTime<Utc>>,
}

impl Notice {
    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            matter: row.get(0)?,
            until: row.get::<_, Option<String>>(1)?.and_then(|day| day.parse().ok()),
            sender: row.get(2)?,
            noticed_at: moment(row.get(3)?),
            looked_at: row.get::<_, Option<i64>>(4)?.map(moment),
        })
    }
}

/// What was last written to the card `sim` about its validity or its credit.
///
/// # Errors
/// [`Fault`] of the database.
pub fn notice(tx: &Tx<'_>, sim: &str, topic: &str) -> Result<Option<Notice>, Fault> {
    let notice = tx
        .connection
        .prepare_cached(
            "SELECT matter, until, sender, noticed_at, looked_at
               FROM card_notice WHERE sim = ?1 AND topic = ?2",
        )?
        .query_row((sim, topic), Notice::read)
        .optional()?;
    Ok(notice)
}

/// Puts this in the place of what was last written.
///
/// # Errors
/// [`Fault`] of the database.
pub fn put_notice(tx: &Tx<'_>, sim: &str, topic: &str, notice: &Notice) -> Result<(), Fault> {
    tx.connection
        .prepare_cached(
            "INSERT INTO card_notice (sim, topic, matter, until, sender, noticed_at, looked_at)
             VALUES (:sim, :topic, :matter, :until, :sender, :noticed_at, :looked_at)
             ON CONFLICT (sim, topic) DO UPDATE
                SET matter = :matter, until = :until, sender = :sender, noticed_at = :noticed_at,
                    looked_at = :looked_at, reminded = reminded AND until IS :until",
        )?
        .execute(named_params! {
            ":sim": sim,
            ":topic": topic,
            ":matter": notice.matter,
            ":until": notice.until.map(|day| day.to_string()),
            ":sender": notice.sender,
            ":noticed_at": seconds(notice.noticed_at),
            ":looked_at": notice.looked_at.map(seconds),
        })?;
    Ok(())
}

/// Cards whose validity ends on this day or before, and of which nobody was reminded yet; each is given once.
///
/// # Errors
/// [`Fault`] of the database.
pub fn remind(tx: &Tx<'_>, day: NaiveDate) -> Result<Vec<Notice>, Fault> {
    let mut statement = tx.connection.prepare_cached(
        "UPDATE card_notice SET reminded = 1
          WHERE topic = 'validity' AND reminded = 0 AND until <= ?1
         RETURNING matter, until, sender, noticed_at, looked_at",
    )?;
    let ending = statement.query_map([day.to_string()], Notice::read)?.collect::<Result<_, _>>()?;
    Ok(ending)
}

/// An admin has looked at the modem with this card.
///
/// # Errors
/// [`Fault`] of the database.
pub fn looked_at(tx: &Tx<'_>, sim: &str, now: DateTime<Utc>) -> Result<(), Fault> {
    tx.connection
        .prepare_cached("UPDATE card_notice SET looked_at = ?2 WHERE sim = ?1")?
        .execute((sim, seconds(now)))?;
    Ok(())
}
