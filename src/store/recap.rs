//! What the monthly recap is counted from: rows, no arithmetic.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use rusqlite::{Row, Rows, named_params};

use super::named::Named;
use super::{Fault, Tx, moment, seconds};
use crate::ticket::{Category, Channel, CloseReason, Stage, Way};

/// What is counted of a ticket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    /// The ticket's row.
    pub id: i64,
    /// What officers call it by.
    pub number: String,
    /// Unit code.
    pub unit: Option<String>,
    /// The unit's name at that time.
    pub unit_name: Option<String>,
    /// Set at T3.
    pub category: Option<Category>,
    /// Where it stands now.
    pub stage: Option<Stage>,
    /// The server's clock at receipt.
    pub received_at: DateTime<Utc>,
    /// First answer.
    pub answered_at: Option<DateTime<Utc>>,
    /// On the closed path now, or ended on it.
    pub is_sealed: bool,
}

impl Counted {
    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        let row = Named::of(row);
        Ok(Self {
            id: row.get("id")?,
            number: row.get("number")?,
            unit: row.get("unit")?,
            unit_name: row.get("unit_name")?,
            category: row
                .get::<Option<String>>("category")?
                .as_deref()
                .and_then(Category::from_token),
            stage: Stage::from_token(&row.get::<String>("stage")?),
            received_at: moment(row.get("received_at")?),
            answered_at: row.get::<Option<i64>>("answered_at")?.map(moment),
            is_sealed: row.get("is_sealed")?,
        })
    }
}

/// A change of stage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Move {
    /// The ticket's row.
    pub ticket_id: i64,
    /// Its row in the trail.
    pub id: i64,
    /// When.
    pub at: DateTime<Utc>,
    /// T-number.
    pub transition: Option<i64>,
    /// Stage before; `None` at the opening.
    pub from: Option<Stage>,
    /// Stage after.
    pub to: Option<Stage>,
    /// Whether it was the citizen's own step.
    pub by_citizen: bool,
    /// Of a closing by hand, why.
    pub reason: Option<CloseReason>,
    /// Of an answer that an officer gave, by what way.
    pub way: Option<Way>,
}

impl Move {
    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        let text =
            |place| -> rusqlite::Result<Option<&str>> { Ok(row.get_ref(place)?.as_str_or_null()?) };
        Ok(Self {
            ticket_id: row.get(0)?,
            id: row.get(1)?,
            at: moment(row.get(2)?),
            transition: row.get(3)?,
            from: text(4)?.and_then(Stage::from_token),
            to: text(5)?.and_then(Stage::from_token),
            by_citizen: row.get(6)?,
            reason: text(7)?.and_then(CloseReason::from_token),
            way: text(8)?.and_then(Way::from_token),
        })
    }
}

/// Every ticket that was open at some time in `[from, until)`, in the order of receipt: those received then, and of those
/// received before the ones that ended later or have not ended.
///
/// # Errors
/// [`Fault`] of the database.
pub fn tickets_between(
    tx: &Tx<'_>,
    from: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Result<Vec<Counted>, Fault> {
    let mut statement = tx.connection.prepare_cached(
        "SELECT id, number, unit, unit_name, category, stage, received_at, answered_at,
                restricted_by IS NOT NULL OR stage = 'TERTUTUP_ETIK' OR closed_as IS 'DITERUSKAN_ETIK' AS is_sealed
           FROM ticket
          WHERE received_at >= :from AND received_at < :until
         UNION ALL
         SELECT id, number, unit, unit_name, category, stage, received_at, answered_at,
                restricted_by IS NOT NULL OR stage = 'TERTUTUP_ETIK' OR closed_as IS 'DITERUSKAN_ETIK' AS is_sealed
           FROM ticket
          WHERE +received_at < :from AND finished_at >= :from
         UNION ALL
         SELECT id, number, unit, unit_name, category, stage, received_at, answered_at,
                restricted_by IS NOT NULL OR stage = 'TERTUTUP_ETIK' OR closed_as IS 'DITERUSKAN_ETIK' AS is_sealed
           FROM ticket
          WHERE +received_at < :from AND finished_at IS NULL AND stage NOT IN ('SELESAI', 'DITUTUP')",
    )?;
    let mut tickets: Vec<Counted> = statement
        .query_map(
            named_params! { ":from": seconds(from), ":until": seconds(until) },
            Counted::read,
        )?
        .collect::<Result<_, _>>()?;
    tickets.sort_unstable_by_key(|ticket| (ticket.received_at, ticket.id));
    Ok(tickets)
}

/// When the oldest of the tickets was received of which the trail tells something behind a row.
///
/// # Errors
/// [`Fault`] of the database.
pub fn oldest_touched(tx: &Tx<'_>, row: i64) -> Result<Option<DateTime<Utc>>, Fault> {
    let at: Option<i64> = tx
        .connection
        .prepare_cached(
            "SELECT MIN (ticket.received_at)
               FROM trail CROSS JOIN ticket ON ticket.id = trail.ticket_id
              WHERE trail.id > ?1",
        )?
        .query_row([row], |row| row.get(0))?;
    Ok(at.map(moment))
}

/// Whether a complaint was received before a time.
///
/// # Errors
/// [`Fault`] of the database.
pub fn any_before(tx: &Tx<'_>, at: DateTime<Utc>) -> Result<bool, Fault> {
    Ok(tx
        .connection
        .prepare_cached("SELECT EXISTS (SELECT 1 FROM ticket WHERE received_at < ?1)")?
        .query_row([seconds(at)], |row| row.get(0))?)
}

/// What the register tells of a ticket in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Texts {
    /// How it came.
    pub channel: Channel,
    /// The complaint.
    pub body: String,
    /// Codes of the units that got a copy.
    pub copies: Vec<String>,
    /// The wording that was last sent before the end of the time.
    pub answer: Option<String>,
    /// The marks of the ticket.
    pub flags: Vec<String>,
}

/// The texts of the tickets that were received in `[from, until)`, by their rows.
///
/// # Errors
/// [`Fault`] of the database.
pub fn texts_between(
    tx: &Tx<'_>,
    from: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Result<HashMap<i64, Texts>, Fault> {
    let mut statement = tx.connection.prepare_cached(
        "SELECT id, channel, body, copies,
                (SELECT wording FROM draft
                  WHERE ticket_id = ticket.id AND sent_at < ?2
                  ORDER BY version DESC
                  LIMIT 1),
                flags
           FROM ticket
          WHERE received_at >= ?1 AND received_at < ?2",
    )?;
    let texts = statement
        .query_map((seconds(from), seconds(until)), |row| {
            let (channel, copies): (String, String) = (row.get(1)?, row.get(3)?);
            let flags: String = row.get(5)?;
            let words = |text: &str| text.split_whitespace().map(str::to_owned).collect();
            let texts = Texts {
                // A channel of another version is told as the most usual one.
                channel: Channel::from_token(&channel).unwrap_or(Channel::Sms),
                body: row.get(2)?,
                copies: words(&copies),
                answer: row.get(4)?,
                flags: words(&flags),
            };
            Ok((row.get(0)?, texts))
        })?
        .collect::<Result<_, _>>()?;
    Ok(texts)
}

/// The changes of stage of those tickets up to `until`, ticket by ticket by their rows, those of each in their order.
///
/// What happened in `[from, until)` lies together in the trail and is read in one go, with whatever else lies there; only what
/// happened before to tickets that are older is looked for ticket by ticket.
///
/// # Errors
/// [`Fault`] of the database.
pub fn moves_between(
    tx: &Tx<'_>,
    tickets: &[Counted],
    from: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Result<Vec<Move>, Fault> {
    let within = (seconds(from), seconds(until));
    let mut bounds = tx
        .connection
        .prepare_cached("SELECT MIN (id), MAX (id) FROM trail WHERE at >= ?1 AND at < ?2")?;
    let bounds: (Option<i64>, Option<i64>) =
        bounds.query_row(within, |row| Ok((row.get(0)?, row.get(1)?)))?;
    let mut moves = Vec::new();
    if let (Some(first), Some(last)) = bounds {
        let mut statement = tx.connection.prepare_cached(
            "SELECT ticket_id, id, at, transition, from_stage, to_stage, actor = 'pemohon',
                    CASE WHEN to_stage = 'DITUTUP' THEN detail ->> '$.sebab' END,
                    CASE WHEN transition = 16 THEN detail ->> '$.lewat' END
               FROM trail
              WHERE id BETWEEN ?3 AND ?4 AND +at >= ?1 AND +at < ?2
                AND to_stage IS NOT NULL AND from_stage IS NOT to_stage",
        )?;
        for step in statement.query_map((within.0, within.1, first, last), Move::read)? {
            moves.push(step?);
        }
    }
    let mut statement = tx.connection.prepare_cached(
        "SELECT ticket_id, id, at, transition, from_stage, to_stage, actor = 'pemohon',
                CASE WHEN to_stage = 'DITUTUP' THEN detail ->> '$.sebab' END,
                CASE WHEN transition = 16 THEN detail ->> '$.lewat' END
           FROM trail
          WHERE ticket_id = ?1 AND +at < ?2 AND to_stage IS NOT NULL AND from_stage IS NOT to_stage",
    )?;
    for older in tickets.iter().filter(|ticket| ticket.received_at < from) {
        for step in statement.query_map((older.id, within.0), Move::read)? {
            moves.push(step?);
        }
    }
    moves.sort_unstable_by_key(|step| (step.ticket_id, step.id));
    Ok(moves)
}

/// A ticket took the closed path, or came back from it; by itself or with its main ticket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Turn {
    /// The ticket's row.
    pub ticket_id: i64,
    /// Its row in the trail.
    pub id: i64,
    /// Whether it was sealed by it.
    pub seals: bool,
}

/// All that was ever sealed or opened again, ticket by ticket by their rows, in their order.
///
/// # Errors
/// [`Fault`] of the database.
pub fn turns(tx: &Tx<'_>) -> Result<Vec<Turn>, Fault> {
    let mut statement = tx.connection.prepare_cached(
        "SELECT ticket_id, id, action = 'JALUR_TERTUTUP'
           FROM trail
          WHERE action = 'JALUR_TERTUTUP' OR action = 'BUKAN_ETIK'
          ORDER BY ticket_id, id",
    )?;
    let turns = statement
        .query_map([], |row| {
            Ok(Turn { ticket_id: row.get(0)?, id: row.get(1)?, seals: row.get(2)? })
        })?
        .collect::<Result<_, _>>()?;
    Ok(turns)
}

/// How many messages came by each channel and ended in each outcome, with its reason: channel, outcome, reason, count.
///
/// # Errors
/// [`Fault`] of the database.
pub fn inbound_ends(
    tx: &Tx<'_>,
    from: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Result<Vec<(String, String, String, i64)>, Fault> {
    // SQLite would sort the messages of the whole month for a handful of sums.
    let mut statement = tx.connection.prepare_cached(
        "SELECT channel, COALESCE (outcome, 'unread'), COALESCE (reason, '')
           FROM inbound
          WHERE received_at >= ?1 AND received_at < ?2",
    )?;
    let mut counts = Vec::<(String, String, String, i64)>::new();
    let mut rows = statement.query((seconds(from), seconds(until)))?;
    while let Some(row) = rows.next()? {
        let [channel, outcome, reason] = [text(row, 0)?, text(row, 1)?, text(row, 2)?];
        let known = counts
            .iter_mut()
            .find(|known| known.1 == outcome && known.2 == reason && known.0 == channel);
        if let Some(known) = known {
            known.3 += 1;
        } else {
            counts.push((channel.to_owned(), outcome.to_owned(), reason.to_owned(), 1));
        }
    }
    Ok(counts)
}

fn text<'r>(row: &'r Row<'_>, place: usize) -> rusqlite::Result<&'r str> {
    Ok(row.get_ref(place)?.as_str()?)
}

/// How many messages to citizens went out in each state, with the parts that the network accepted.
///
/// # Errors
/// [`Fault`] of the database.
pub fn outbox_states(
    tx: &Tx<'_>,
    from: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Result<Vec<(String, i64, i64)>, Fault> {
    let mut statement = tx.connection.prepare_cached(
        "SELECT id, state FROM outbox WHERE created_at >= ?1 AND created_at < ?2 AND purpose <> 'staff'",
    )?;
    let mut counts = Vec::<(String, i64, i64)>::new();
    // The message's row, and the place of its state.
    let mut messages = Vec::<(i64, usize)>::new();
    let mut rows = statement.query((seconds(from), seconds(until)))?;
    while let Some(row) = rows.next()? {
        let state = text(row, 1)?;
        let place = counts.iter().position(|known| known.0 == state).unwrap_or_else(|| {
            counts.push((state.to_owned(), 0, 0));
            counts.len() - 1
        });
        messages.push((row.get(0)?, place));
    }
    messages.sort_unstable();
    // The parts of a month lie together: to look for those of each message would take thrice as long.
    let mut statement = tx.connection.prepare_cached(
        "SELECT outbox_id FROM outbox_part WHERE outbox_id BETWEEN ?1 AND ?2 AND accepted_at IS NOT NULL",
    )?;
    let bounds = (messages.first().map(|first| first.0), messages.last().map(|last| last.0));
    let mut parts = statement.query(bounds)?;
    let mut part: Option<i64> = next(&mut parts)?;
    for (id, place) in messages {
        let mut accepted = 0;
        while let Some(of) = part.filter(|of| *of <= id) {
            accepted += i64::from(of == id);
            part = next(&mut parts)?;
        }
        if let Some(known) = counts.get_mut(place) {
            known.1 += 1;
            known.2 += accepted;
        }
    }
    counts.sort_unstable();
    Ok(counts)
}

fn next(rows: &mut Rows<'_>) -> rusqlite::Result<Option<i64>> {
    rows.next()?.map(|row| row.get(0)).transpose()
}
