//! Reminders: what is to be said of a ticket when time has passed, and what was said. Each is raised once.

use chrono::{DateTime, Utc};
use rusqlite::{OptionalExtension, named_params};

use super::{Fault, Tx, moment, seconds};
use crate::number::TicketNumber;
use crate::ticket::Stage;

/// What a reminder is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Matter {
    /// A question to the citizen is still unanswered (A20).
    Question,
    /// The standard time of the step that waits has passed.
    Step,
    /// A decision has waited for some time, and is not late yet (A11).
    Decision,
    /// The day is there by which work was promised (T12).
    Promise,
    /// The national limit comes near.
    NationalNear,
    /// The national limit has passed.
    NationalOver,
}

impl Matter {
    const ALL: [Self; 6] = [
        Self::Question,
        Self::Step,
        Self::Decision,
        Self::Promise,
        Self::NationalNear,
        Self::NationalOver,
    ];

    /// The stored token; the trail has it as its action.
    pub const fn token(self) -> &'static str {
        match self {
            Self::Question => "INGATKAN_PEMOHON",
            Self::Step => "LEWAT_WAKTU",
            Self::Decision => "INGATKAN_KEPUTUSAN",
            Self::Promise => "JANJI_HARI_INI",
            Self::NationalNear => "NASIONAL_DEKAT",
            Self::NationalOver => "NASIONAL_LEWAT",
        }
    }

    fn from_token(token: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|matter| matter.token() == token)
    }
}

/// A reminder, by what makes it the only one of its kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reminder {
    /// The ticket's row.
    pub ticket_id: i64,
    /// What it is about.
    pub matter: Matter,
    /// When the stage was entered; of a national limit the limit itself.
    pub since: DateTime<Utc>,
}

/// A reminder that was raised.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Raised {
    /// The ticket.
    pub number: TicketNumber,
    /// What it was about.
    pub matter: Matter,
    /// When.
    pub at: DateTime<Utc>,
    /// Where the ticket stood then: that one was late, whoever has it now.
    pub stage: Stage,
    /// Whether the ticket takes the closed path, or took it.
    pub sealed: bool,
}

/// What waits for a ticket is these reminders and no others, each with the time before which it is not raised. What was
/// raised before is not raised again.
///
/// # Errors
/// [`Fault`] of the database.
pub fn plan(
    tx: &Tx<'_>,
    ticket_id: i64,
    planned: &[(Matter, DateTime<Utc>, DateTime<Utc>)],
) -> Result<(), Fault> {
    tx.connection
        .prepare_cached("DELETE FROM reminder WHERE ticket_id = ?1 AND raised_at IS NULL")?
        .execute([ticket_id])?;
    let mut insert = tx.connection.prepare_cached(
        "INSERT INTO reminder (ticket_id, matter, since, due_at) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT DO NOTHING",
    )?;
    for (matter, since, at) in planned {
        insert.execute((ticket_id, matter.token(), seconds(*since), seconds(*at)))?;
    }
    Ok(())
}

/// Reminders to be raised now, the oldest first, at most `limit`.
///
/// # Errors
/// [`Fault`] of the database.
pub fn due(tx: &Tx<'_>, now: DateTime<Utc>, limit: i64) -> Result<Vec<Reminder>, Fault> {
    let mut statement = tx.connection.prepare_cached(
        "SELECT ticket_id, matter, since FROM reminder
          WHERE raised_at IS NULL AND due_at <= ?1
          ORDER BY due_at
          LIMIT ?2",
    )?;
    let mut rows = statement.query([seconds(now), limit])?;
    let mut reminders = Vec::new();
    while let Some(row) = rows.next()? {
        let (ticket_id, since) = (row.get(0)?, moment(row.get(2)?));
        let matter = read_matter(ticket_id, &row.get::<_, String>(1)?)?;
        reminders.push(Reminder { ticket_id, matter, since });
    }
    Ok(reminders)
}

fn read_matter(ticket_id: i64, token: &str) -> Result<Matter, Fault> {
    let unknown = || Fault::Unreadable {
        table: "reminder",
        id: ticket_id,
        what: format!("matter holds {token:?}, which this version does not know"),
    };
    Matter::from_token(token).ok_or_else(unknown)
}

/// When the next one is to be raised.
///
/// # Errors
/// [`Fault`] of the database.
pub fn next_due(tx: &Tx<'_>) -> Result<Option<DateTime<Utc>>, Fault> {
    Ok(tx
        .connection
        .prepare_cached(
            "SELECT due_at FROM reminder WHERE raised_at IS NULL ORDER BY due_at LIMIT 1",
        )?
        .query_row([], |row| row.get(0))
        .optional()?
        .map(moment))
}

/// Notes that a reminder was raised, and where the ticket stood.
///
/// # Errors
/// [`Fault::Stale`] where it was before; [`Fault`] of the database.
pub fn raise(
    tx: &Tx<'_>,
    reminder: &Reminder,
    stage: Stage,
    now: DateTime<Utc>,
) -> Result<(), Fault> {
    let changed = tx
        .connection
        .prepare_cached(
            "UPDATE reminder SET raised_at = :now, stage = :stage
              WHERE ticket_id = :ticket AND matter = :matter AND since = :since AND raised_at IS NULL",
        )?
        .execute(named_params! {
            ":ticket": reminder.ticket_id,
            ":matter": reminder.matter.token(),
            ":since": seconds(reminder.since),
            ":now": seconds(now),
            ":stage": stage.token(),
        })?;
    if changed == 1 {
        Ok(())
    } else {
        Err(Fault::Stale { table: "reminder", id: reminder.ticket_id })
    }
}

/// Puts a reminder off.
///
/// # Errors
/// [`Fault`] of the database.
pub fn put_off(tx: &Tx<'_>, reminder: &Reminder, until: DateTime<Utc>) -> Result<(), Fault> {
    tx.connection
        .prepare_cached(
            "UPDATE reminder SET due_at = :until
              WHERE ticket_id = :ticket AND matter = :matter AND since = :since AND raised_at IS NULL",
        )?
        .execute(named_params! {
            ":ticket": reminder.ticket_id,
            ":matter": reminder.matter.token(),
            ":since": seconds(reminder.since),
            ":until": seconds(until),
        })?;
    Ok(())
}

/// What was raised since a time, latest first, at most `limit`.
///
/// # Errors
/// [`Fault`] of the database.
pub fn raised_since(tx: &Tx<'_>, since: DateTime<Utc>, limit: i64) -> Result<Vec<Raised>, Fault> {
    let mut statement = tx.connection.prepare_cached(
        "SELECT reminder.ticket_id, reminder.matter, reminder.raised_at, ticket.number, reminder.stage,
                ticket.restricted_by IS NOT NULL OR ticket.stage = 'TERTUTUP_ETIK'
                OR ticket.closed_as IS 'DITERUSKAN_ETIK'
           FROM reminder JOIN ticket ON ticket.id = reminder.ticket_id
          WHERE reminder.raised_at IS NOT NULL AND reminder.raised_at >= ?1
          ORDER BY reminder.raised_at DESC
          LIMIT ?2",
    )?;
    let mut rows = statement.query([seconds(since), limit])?;
    let mut raised = Vec::new();
    while let Some(row) = rows.next()? {
        let ticket_id: i64 = row.get(0)?;
        let unreadable = |table, what: &str| Fault::Unreadable {
            table,
            id: ticket_id,
            what: format!("{what} cannot be read"),
        };
        let (number, stage): (String, String) = (row.get(3)?, row.get(4)?);
        raised.push(Raised {
            number: TicketNumber::parse(&number).map_err(|_| unreadable("ticket", "number"))?,
            matter: read_matter(ticket_id, &row.get::<_, String>(1)?)?,
            at: moment(row.get(2)?),
            stage: Stage::from_token(&stage).ok_or_else(|| unreadable("reminder", "stage"))?,
            sealed: row.get(5)?,
        });
    }
    Ok(raised)
}
