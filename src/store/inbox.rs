//! What came in: parts as evidence, whole messages as the queue of intake.

use chrono::{DateTime, Utc};
use rusqlite::{OptionalExtension, Row, named_params};

use super::named::{Named, token};
use super::{Bell, Fault, Tx, moment, seconds};
use crate::mutation::Mutation;
use crate::ticket::Channel;

/// A part of a concatenated message (3GPP TS 23.040 §9.2.3.24.1, §9.2.3.24.8).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// The sender's reference.
    pub reference: u16,
    /// 16-bit reference; an 8-bit one of the same value is another.
    pub wide: bool,
    /// Parts in all.
    pub total: u8,
    /// This part, from 1.
    pub number: u8,
}

/// One SMS as a modem gave it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPart {
    /// The SIM that received it.
    pub sim: String,
    /// The modem that read it.
    pub modem: String,
    /// As received, the centre's address included.
    pub pdu: Vec<u8>,
    /// SHA-256 of the part's identity.
    pub digest: Vec<u8>,
    /// Canonical sender.
    pub sender: String,
    /// TP-SCTS.
    pub centre_at: Option<DateTime<Utc>>,
    /// Where it belongs in a longer message.
    pub place: Option<Place>,
}

/// Whether a part was new.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Recorded {
    /// Stored now, as this row.
    Fresh(i64),
    /// Read before: counted, not stored again.
    Repeat(i64),
}

/// A part that waits for its neighbours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// Row number.
    pub id: i64,
    /// From 1.
    pub number: u8,
    /// As received.
    pub pdu: Vec<u8>,
}

/// The parts of one unfinished message share these.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// The SIM that received them.
    pub sim: String,
    /// The modem that read the first of them.
    pub modem: String,
    /// Canonical sender.
    pub sender: String,
    /// The sender's reference.
    pub reference: u16,
    /// 16-bit reference.
    pub wide: bool,
    /// Parts in all.
    pub total: u8,
}

/// A whole message, about to be queued for intake.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewInbound {
    /// The SIM that received it.
    pub sim: String,
    /// The modem that read it.
    pub modem: String,
    /// Canonical sender.
    pub sender: String,
    /// `subscriber`, `short-code`, `alphanumeric`, `odd` or `unknown`.
    pub sender_kind: &'static str,
    /// The text; `None` where it could not be read.
    pub text: Option<String>,
    /// Whether every part came.
    pub complete: bool,
    /// Why nothing of this kind is ever answered.
    pub silent_class: Option<&'static str>,
    /// TP-SCTS of the first part.
    pub centre_at: Option<DateTime<Utc>>,
}

/// A message that came by another channel than a modem, as an officer wrote it down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entered<'a> {
    /// How it came.
    pub channel: Channel,
    /// E.164; `None`: somebody at the counter without a number.
    pub sender: Option<&'a str>,
    /// The text, unaltered.
    pub text: &'a str,
    /// The officer's account.
    pub officer: &'a str,
    /// When the office got it.
    pub received_at: DateTime<Utc>,
}

/// A whole message as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inbound {
    /// Row number.
    pub id: i64,
    /// The SIM that received it.
    pub sim: String,
    /// The modem that it is in.
    pub modem: String,
    /// Canonical sender.
    pub sender: String,
    /// `subscriber`, `short-code`, `alphanumeric`, `odd` or `unknown`.
    pub sender_kind: String,
    /// The text; `None` where it could not be read.
    pub text: Option<String>,
    /// Whether every part came.
    pub complete: bool,
    /// Why nothing of this kind is ever answered.
    pub silent_class: Option<String>,
    /// TP-SCTS.
    pub centre_at: Option<DateTime<Utc>>,
    /// When the server got it.
    pub received_at: DateTime<Utc>,
    /// What became of it; `None` while it waits.
    pub outcome: Option<String>,
    /// Of the outcome.
    pub reason: Option<String>,
    /// The ticket that it opened or was added to.
    pub ticket_id: Option<i64>,
    /// How it came.
    pub channel: Channel,
    /// The officer who entered it, where no modem received it.
    pub entered_by: Option<String>,
}

impl Inbound {
    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        let row = Named::of(row);
        Ok(Self {
            id: row.get("id")?,
            sim: row.get("sim")?,
            modem: row.get("modem")?,
            sender: row.get("sender")?,
            sender_kind: row.get("sender_kind")?,
            text: row.get("text")?,
            complete: row.get("complete")?,
            silent_class: row.get("silent_class")?,
            centre_at: row.get::<Option<i64>>("centre_at")?.map(moment),
            received_at: moment(row.get("received_at")?),
            outcome: row.get("outcome")?,
            reason: row.get("reason")?,
            ticket_id: row.get("ticket_id")?,
            channel: token(&row, "channel", Channel::from_token)?,
            entered_by: row.get("entered_by")?,
        })
    }
}

/// How a message ended: exactly one of four (design rule 4).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// A new ticket.
    Ticket,
    /// An addition to a ticket.
    Addition,
    /// Answered by the system.
    Command,
    /// Deliberate silence, with its reason.
    Silence,
}

impl Outcome {
    /// The stored token.
    pub const fn token(self) -> &'static str {
        match self {
            Self::Ticket => "ticket",
            Self::Addition => "addition",
            Self::Command => "command",
            Self::Silence => "silence",
        }
    }
}

/// Stores a part, or counts one more reading of it.
///
/// # Errors
/// [`Fault`] of the database.
pub fn record_part(tx: &Tx<'_>, part: &NewPart, now: DateTime<Utc>) -> Result<Recorded, Fault> {
    let salted = Mutation::NoDedupeKey
        .is_made()
        .then(|| [&part.digest[..], &tx.connection.total_changes().to_be_bytes()].concat());
    let fresh = tx
        .connection
        .prepare_cached(
            "INSERT INTO part (sim, modem, pdu, digest, sender, centre_at, reference, wide, total, number, received_at)
             VALUES (:sim, :modem, :pdu, :digest, :sender, :centre_at, :reference, :wide, :total, :number, :now)
             ON CONFLICT (digest) DO NOTHING",
        )?
        .execute(named_params! {
            ":sim": part.sim,
            ":modem": part.modem,
            ":pdu": part.pdu,
            ":digest": salted.as_ref().unwrap_or(&part.digest),
            ":sender": part.sender,
            ":centre_at": part.centre_at.map(seconds),
            ":reference": part.place.map(|place| place.reference),
            ":wide": part.place.map(|place| place.wide),
            ":total": part.place.map(|place| place.total),
            ":number": part.place.map(|place| place.number),
            ":now": seconds(now),
        })?;
    if fresh == 1 {
        return Ok(Recorded::Fresh(tx.connection.last_insert_rowid()));
    }
    let id = tx
        .connection
        .prepare_cached(
            "UPDATE part SET repeats = repeats + 1, repeated_at = ?2 WHERE digest = ?1 RETURNING id",
        )?
        .query_row((&part.digest, seconds(now)), |row| row.get(0))?;
    Ok(Recorded::Repeat(id))
}

/// Whether a part of this digest was kept.
///
/// # Errors
/// [`Fault`] of the database.
pub fn is_kept(tx: &Tx<'_>, digest: &[u8]) -> Result<bool, Fault> {
    let kept =
        tx.connection.prepare_cached("SELECT 1 FROM part WHERE digest = ?1")?.exists([digest])?;
    Ok(kept)
}

/// The parts of `group` that wait, by number.
///
/// # Errors
/// [`Fault`] of the database.
pub fn waiting(tx: &Tx<'_>, group: &Group) -> Result<Vec<Waiting>, Fault> {
    let mut statement = tx.connection.prepare_cached(
        "SELECT id, number, pdu FROM part
          WHERE inbound_id IS NULL AND sender = :sender AND sim = :sim AND reference = :reference
            AND total = :total AND wide = :wide
          ORDER BY number, id",
    )?;
    let parts = statement
        .query_map(
            named_params! {
                ":sender": group.sender,
                ":sim": group.sim,
                ":reference": group.reference,
                ":total": group.total,
                ":wide": group.wide,
            },
            |row| Ok(Waiting { id: row.get(0)?, number: row.get(1)?, pdu: row.get(2)? }),
        )?
        .collect::<Result<_, _>>()?;
    Ok(parts)
}

/// Unfinished messages whose first part came at or before `since`, and when the oldest of the others came.
///
/// # Errors
/// [`Fault`] of the database.
pub fn overdue_groups(
    tx: &Tx<'_>,
    since: DateTime<Utc>,
) -> Result<(Vec<Group>, Option<DateTime<Utc>>), Fault> {
    let mut statement = tx.connection.prepare_cached(
        "SELECT sim, MIN (modem), sender, reference, wide, total, MIN (received_at)
           FROM part
          WHERE inbound_id IS NULL
          GROUP BY sender, sim, reference, total, wide",
    )?;
    let mut rows = statement.query([])?;
    let mut groups = Vec::new();
    let mut next: Option<i64> = None;
    while let Some(row) = rows.next()? {
        let first: i64 = row.get(6)?;
        if first <= seconds(since) {
            groups.push(Group {
                sim: row.get(0)?,
                modem: row.get(1)?,
                sender: row.get(2)?,
                reference: row.get(3)?,
                wide: row.get(4)?,
                total: row.get(5)?,
            });
        } else {
            next = Some(next.map_or(first, |earliest| earliest.min(first)));
        }
    }
    Ok((groups, next.map(moment)))
}

/// Queues a whole message for intake and binds its parts to it.
///
/// # Errors
/// [`Fault::Stale`] when a part already belongs to another message; [`Fault`] of the database.
pub fn queue(
    tx: &Tx<'_>,
    message: &NewInbound,
    parts: &[i64],
    now: DateTime<Utc>,
) -> Result<i64, Fault> {
    tx.connection
        .prepare_cached(
            "INSERT INTO inbound (sim, modem, sender, sender_kind, text, complete, silent_class, centre_at, received_at)
             VALUES (:sim, :modem, :sender, :kind, :text, :complete, :silent, :centre_at, :now)",
        )?
        .execute(named_params! {
            ":sim": message.sim,
            ":modem": message.modem,
            ":sender": message.sender,
            ":kind": message.sender_kind,
            ":text": message.text,
            ":complete": message.complete,
            ":silent": message.silent_class,
            ":centre_at": message.centre_at.map(seconds),
            ":now": seconds(now),
        })?;
    let id = tx.connection.last_insert_rowid();
    for part in parts {
        let changed = tx
            .connection
            .prepare_cached("UPDATE part SET inbound_id = ?2 WHERE id = ?1 AND inbound_id IS NULL")?
            .execute((part, id))?;
        if changed != 1 {
            return Err(Fault::Stale { table: "part", id: *part });
        }
    }
    tx.ring(Bell::Inbound);
    Ok(id)
}

/// Keeps a message that an officer wrote down. Whoever enters it handles it in the same transaction: intake never meets it.
///
/// # Errors
/// [`Fault`] of the database.
pub fn enter(tx: &Tx<'_>, message: &Entered<'_>) -> Result<Inbound, Fault> {
    let kind = if message.sender.is_some() { "subscriber" } else { "unknown" };
    Ok(tx
        .connection
        .prepare_cached(
            "INSERT INTO inbound (sim, modem, sender, sender_kind, text, complete, received_at, channel, entered_by)
             VALUES ('', '', :sender, :kind, :text, 1, :received_at, :channel, :officer)
             RETURNING *",
        )?
        .query_row(
            named_params! {
                ":sender": message.sender.unwrap_or_default(),
                ":kind": kind,
                ":text": message.text,
                ":received_at": seconds(message.received_at),
                ":channel": message.channel.token(),
                ":officer": message.officer,
            },
            Inbound::read,
        )?)
}

/// Messages that wait for intake after row `after`, in the order of their arrival, at most `limit`.
///
/// # Errors
/// [`Fault`] of the database.
pub fn unread(tx: &Tx<'_>, after: i64, limit: i64) -> Result<Vec<i64>, Fault> {
    let mut statement = tx.connection.prepare_cached(
        "SELECT id FROM inbound WHERE state = 'unread' AND id > ?1 ORDER BY id LIMIT ?2",
    )?;
    let ids = statement.query_map([after, limit], |row| row.get(0))?.collect::<Result<_, _>>()?;
    Ok(ids)
}

/// One message, if it still waits.
///
/// # Errors
/// [`Fault`] of the database.
pub fn find_unread(tx: &Tx<'_>, id: i64) -> Result<Option<Inbound>, Fault> {
    Ok(tx
        .connection
        .prepare_cached("SELECT * FROM inbound WHERE id = ?1 AND state = 'unread'")?
        .query_row([id], Inbound::read)
        .optional()?)
}

/// A message by its row.
///
/// # Errors
/// [`Fault`] of the database.
pub fn by_id(tx: &Tx<'_>, id: i64) -> Result<Option<Inbound>, Fault> {
    Ok(tx
        .connection
        .prepare_cached("SELECT * FROM inbound WHERE id = ?1")?
        .query_row([id], Inbound::read)
        .optional()?)
}

/// Notes what became of a message.
///
/// # Errors
/// [`Fault::Stale`] when it was handled before; [`Fault`] of the database.
pub fn handled(
    tx: &Tx<'_>,
    id: i64,
    outcome: Outcome,
    reason: &str,
    ticket_id: Option<i64>,
    now: DateTime<Utc>,
) -> Result<(), Fault> {
    let changed = tx
        .connection
        .prepare_cached(
            "UPDATE inbound
                SET state = 'handled', outcome = :outcome, reason = :reason, ticket_id = :ticket, handled_at = :now
              WHERE id = :id AND state = 'unread'",
        )?
        .execute(named_params! {
            ":id": id,
            ":outcome": outcome.token(),
            ":reason": reason,
            ":ticket": ticket_id,
            ":now": seconds(now),
        })?;
    if changed == 1 { Ok(()) } else { Err(Fault::Stale { table: "inbound", id }) }
}

/// The handled messages of a sender since a time, latest first: what matching asks for.
///
/// # Errors
/// [`Fault`] of the database.
pub fn recent_of(tx: &Tx<'_>, sender: &str, since: DateTime<Utc>) -> Result<Vec<Inbound>, Fault> {
    let mut statement = tx.connection.prepare_cached(
        "SELECT * FROM inbound
          WHERE sender = ?1 AND received_at >= ?2 AND state = 'handled'
          ORDER BY received_at DESC, id DESC",
    )?;
    let messages =
        statement.query_map((sender, seconds(since)), Inbound::read)?.collect::<Result<_, _>>()?;
    Ok(messages)
}

/// How many messages a sender has sent since a time, up to the message `last`: what came behind it, and may wait as well, does
/// not count.
///
/// # Errors
/// [`Fault`] of the database.
pub fn count_since(
    tx: &Tx<'_>,
    sender: &str,
    since: DateTime<Utc>,
    last: i64,
) -> Result<i64, Fault> {
    Ok(tx
        .connection
        .prepare_cached(
            "SELECT COUNT (*) FROM inbound WHERE sender = ?1 AND received_at >= ?2 AND id <= ?3",
        )?
        .query_row((sender, seconds(since), last), |row| row.get(0))?)
}

/// The messages of a ticket, oldest first.
///
/// # Errors
/// [`Fault`] of the database.
pub fn of_ticket(tx: &Tx<'_>, ticket_id: i64) -> Result<Vec<Inbound>, Fault> {
    let mut statement =
        tx.connection.prepare_cached("SELECT * FROM inbound WHERE ticket_id = ?1 ORDER BY id")?;
    let messages = statement.query_map([ticket_id], Inbound::read)?.collect::<Result<_, _>>()?;
    Ok(messages)
}

/// Messages that nobody could read or that came from a network: the operator's own page, latest first.
///
/// # Errors
/// [`Fault`] of the database.
pub fn silent(tx: &Tx<'_>, limit: i64) -> Result<Vec<Inbound>, Fault> {
    let mut statement = tx.connection.prepare_cached(
        "SELECT * FROM inbound WHERE outcome = 'silence' ORDER BY id DESC LIMIT ?1",
    )?;
    let messages = statement.query_map([limit], Inbound::read)?.collect::<Result<_, _>>()?;
    Ok(messages)
}
