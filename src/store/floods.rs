//! Numbers that send more than is answered: the messages over the limits of intake, of those that are received.

use chrono::{DateTime, Utc};
use rusqlite::{Row, named_params};

use super::named::{Named, token};
use super::{Fault, Tx, moment, seconds};
use crate::phone::PhoneNumber;

/// What one number sent over the limits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flood {
    /// Whose.
    pub citizen: PhoneNumber,
    /// How many messages.
    pub messages: i64,
    /// When the first of them came.
    pub since: DateTime<Utc>,
    /// When the last of them came.
    pub last_at: DateTime<Utc>,
    /// The last one's row.
    pub last: i64,
}

impl Flood {
    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        let row = Named::of(row);
        Ok(Self {
            citizen: token(&row, "sender", |text| PhoneNumber::parse(text).ok())?,
            messages: row.get("messages")?,
            since: moment(row.get("since")?),
            last_at: moment(row.get("last_at")?),
            last: row.get("last")?,
        })
    }
}

/// Notes that a message came over the limits.
///
/// # Errors
/// [`Fault`] of the database.
pub fn mark(tx: &Tx<'_>, inbound: i64) -> Result<(), Fault> {
    tx.connection
        .prepare_cached("UPDATE inbound SET flood = 1 WHERE id = ?1")?
        .execute([inbound])?;
    Ok(())
}

/// Who sent more than is answered since a time and is not blocked now, latest in front. What belongs to a case of the closed path
/// counts nowhere (procedure.md 12.7), and a number that is kept no longer is nobody's.
///
/// # Errors
/// [`Fault`] of the database.
pub fn since(tx: &Tx<'_>, since: DateTime<Utc>, now: DateTime<Utc>) -> Result<Vec<Flood>, Fault> {
    let mut statement = tx.connection.prepare_cached(
        "SELECT inbound.sender, COUNT (*) AS messages, MIN (inbound.received_at) AS since,
                MAX (inbound.received_at) AS last_at, MAX (inbound.id) AS last
           FROM inbound LEFT JOIN ticket ON ticket.id = inbound.ticket_id
          WHERE inbound.flood = 1 AND inbound.received_at >= :since AND inbound.sender NOT LIKE '+999%'
            AND (ticket.id IS NULL
                 OR NOT (ticket.restricted_by IS NOT NULL OR ticket.stage = 'TERTUTUP_ETIK'
                         OR ticket.closed_as IS 'DITERUSKAN_ETIK'))
            AND NOT EXISTS (SELECT 1 FROM block
                             WHERE block.citizen = inbound.sender AND ends_at > :now AND lifted_at IS NULL)
          GROUP BY inbound.sender
          ORDER BY last DESC",
    )?;
    let floods = statement
        .query_map(named_params! { ":since": seconds(since), ":now": seconds(now) }, Flood::read)?
        .collect::<Result<_, _>>()?;
    Ok(floods)
}
