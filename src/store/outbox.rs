//! What goes out: `queued → claimed → sent → delivered | failed | expired`, and `unknown` for a payload whose final
//! result code never came.

use chrono::{DateTime, Utc};
use rusqlite::{OptionalExtension, Row, named_params};

use super::named::Named;
use super::{Bell, Fault, Tx, moment, restores, seconds};
use crate::mutation::Mutation;

/// Priority from which a text leaves at any hour.
pub(super) const AT_ANY_HOUR: i64 = 3;

/// The error of a text that was taken back, in words: whoever reads it need not be entitled to know why.
const TAKEN_BACK: &str = "taken back before it was sent";

/// What a message to a citizen is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// The receipt of a complaint or of an addition.
    Acknowledgement,
    /// The system's answer to a command.
    CommandReply,
    /// Something that the office starts: a question, a closing.
    Notice,
    /// An approved wording.
    Answer,
    /// Sent by an admin from the command line.
    Admin,
    /// The same, at any hour.
    Urgent,
    /// A reminder to a person of the office.
    Staff,
    /// Word of an emergency to a person of the office, at any hour.
    Alarm,
}

impl Purpose {
    /// The stored token.
    pub const fn token(self) -> &'static str {
        match self {
            Self::Acknowledgement => "acknowledgement",
            Self::CommandReply => "command-reply",
            Self::Notice => "notice",
            Self::Answer => "answer",
            // Told apart by its priority.
            Self::Admin | Self::Urgent => "admin",
            Self::Staff | Self::Alarm => "staff",
        }
    }

    /// The inverse of [`token`](Self::token).
    pub fn from_token(token: &str) -> Option<Self> {
        [
            Self::Acknowledgement,
            Self::CommandReply,
            Self::Notice,
            Self::Answer,
            Self::Admin,
            Self::Staff,
        ]
        .into_iter()
        .find(|purpose| purpose.token() == token)
    }

    /// Whether the office begins the conversation: STOP silences such a text.
    pub const fn is_office_started(self) -> bool {
        matches!(
            self,
            Self::Notice | Self::Answer | Self::Admin | Self::Urgent | Self::Staff | Self::Alarm
        )
    }

    /// Whether it waits for the sending window.
    pub const fn waits_for_window(self) -> bool {
        self.is_office_started() && self.priority() < AT_ANY_HOUR
    }

    /// Larger goes first: whoever just wrote is waiting at the phone.
    const fn priority(self) -> i64 {
        match self {
            Self::CommandReply | Self::Acknowledgement | Self::Urgent | Self::Alarm => AT_ANY_HOUR,
            Self::Answer => 2,
            Self::Notice => 1,
            Self::Admin | Self::Staff => 0,
        }
    }
}

/// A message about to be queued. Its parts are composed already: what is sent is what was stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewMessage {
    /// E.164.
    pub recipient: String,
    /// What the citizen will read.
    pub body: String,
    /// What it is for.
    pub purpose: Purpose,
    /// Key of the template.
    pub template: Option<&'static str>,
    /// The ticket that it speaks of.
    pub ticket_id: Option<i64>,
    /// The message that it replies to.
    pub inbound_id: Option<i64>,
    /// The approved wording that it carries.
    pub draft_id: Option<i64>,
    /// The SIM that it should leave by.
    pub sim: Option<String>,
    /// The route that it should leave by: how its recipient's number begins.
    pub route: Option<String>,
    /// Concatenation reference of its parts.
    pub reference: u8,
    /// SMS-SUBMIT TPDUs, in order.
    pub parts: Vec<Vec<u8>>,
    /// Not before.
    pub due_at: DateTime<Utc>,
    /// Not after.
    pub expires_at: DateTime<Utc>,
}

/// What a modem took in hand: the parts that the network has not accepted yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claimed {
    /// The message's row.
    pub id: i64,
    /// E.164.
    pub recipient: String,
    /// Tries so far, this one included.
    pub attempts: i64,
    /// Not sent after this.
    pub expires_at: DateTime<Utc>,
    /// Number and TPDU of each part to send, in order.
    pub parts: Vec<(i64, Vec<u8>)>,
    /// The first of them is offered.
    pub offered: bool,
}

impl Claimed {
    /// The part to send after this one.
    pub fn part_after(&self, number: i64) -> Option<i64> {
        self.parts.iter().map(|(other, _)| *other).find(|other| *other > number)
    }
}

/// A message as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// Row number.
    pub id: i64,
    /// E.164.
    pub recipient: String,
    /// What the citizen reads.
    pub body: String,
    /// What it is for, a token.
    pub purpose: String,
    /// Key of the template that it was filled into.
    pub template: Option<String>,
    /// `queued` … `unknown`.
    pub state: String,
    /// The ticket that it speaks of.
    pub ticket_id: Option<i64>,
    /// The approved wording that it carries.
    pub draft_id: Option<i64>,
    /// Whether it was sent once more, after `unknown` or because the centre stopped trying for now.
    pub repeated: bool,
    /// Whether the network left the modem without an answer to a try of it, which may have arrived.
    pub unanswered: bool,
    /// When it was queued.
    pub created_at: DateTime<Utc>,
    /// When the network accepted the last part.
    pub sent_at: Option<DateTime<Utc>>,
    /// When its fate became known.
    pub settled_at: Option<DateTime<Utc>>,
    /// The last error in words.
    pub error: Option<String>,
    /// Whether it was taken out of the queue, so that it never left whole.
    pub taken_back: bool,
}

impl Message {
    pub(super) fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        let row = Named::of(row);
        Ok(Self {
            id: row.get("id")?,
            recipient: row.get("recipient")?,
            body: row.get("body")?,
            purpose: row.get("purpose")?,
            template: row.get("template")?,
            state: row.get("state")?,
            ticket_id: row.get("ticket_id")?,
            draft_id: row.get("draft_id")?,
            repeated: row.get("repeated")?,
            unanswered: row.get::<i64>("unanswered")? > 0,
            created_at: moment(row.get("created_at")?),
            sent_at: row.get::<Option<i64>>("sent_at")?.map(moment),
            settled_at: row.get::<Option<i64>>("settled_at")?.map(moment),
            error: row.get("error")?,
            taken_back: row.get("taken_back")?,
        })
    }
}

/// Queues a message; `None` when the same message or wording was answered before.
///
/// # Errors
/// [`Fault`] of the database.
pub fn queue(tx: &Tx<'_>, message: &NewMessage, now: DateTime<Utc>) -> Result<Option<i64>, Fault> {
    let inserted = tx
        .connection
        .prepare_cached(
            "INSERT INTO outbox (recipient, body, purpose, template, ticket_id, inbound_id, draft_id, sim, priority,
                                 reference, created_at, due_at, expires_at, route, first_due_at)
             VALUES (:recipient, :body, :purpose, :template, :ticket, :inbound, :draft, :sim, :priority,
                     :reference, :now, :due_at, :expires_at, :route, :due_at)
             ON CONFLICT DO NOTHING",
        )?
        .execute(named_params! {
            ":recipient": message.recipient,
            ":body": message.body,
            ":purpose": message.purpose.token(),
            ":template": message.template,
            ":ticket": message.ticket_id,
            ":inbound": message.inbound_id,
            ":draft": message.draft_id,
            ":sim": message.sim,
            ":priority": message.purpose.priority(),
            ":reference": message.reference,
            ":now": seconds(now),
            ":due_at": seconds(message.due_at),
            ":expires_at": seconds(message.expires_at),
            ":route": message.route,
        })?;
    if inserted == 0 {
        return Ok(None);
    }
    let id = tx.connection.last_insert_rowid();
    let mut statement = tx
        .connection
        .prepare_cached("INSERT INTO outbox_part (outbox_id, number, tpdu) VALUES (?1, ?2, ?3)")?;
    for (number, tpdu) in (1_i64..).zip(&message.parts) {
        statement.execute((id, number, tpdu))?;
    }
    tx.ring(Bell::Outbox);
    Ok(Some(id))
}

/// A concatenation reference that differs from the citizen's recent ones: the rows count up.
///
/// # Errors
/// [`Fault`] of the database.
pub fn next_reference(tx: &Tx<'_>) -> Result<u8, Fault> {
    let last: i64 = tx
        .connection
        .prepare_cached("SELECT COALESCE (MAX (id), 0) FROM outbox")?
        .query_row([], |row| row.get(0))?;
    Ok(u8::try_from((last + 1).rem_euclid(1 << 8)).unwrap_or(0))
}

/// Notes that a part is about to be written to the line: from here on its fate may be unknown.
///
/// # Errors
/// [`Fault::Stale`] when it was not queued; [`Fault`] of the database.
pub fn offer(
    tx: &Tx<'_>,
    id: i64,
    number: i64,
    sim: &str,
    now: DateTime<Utc>,
) -> Result<(), Fault> {
    let changed = tx
        .connection
        .prepare_cached(
            "UPDATE outbox_part
                SET state = 'offered', sim = ?3, offered_at = ?4
              WHERE outbox_id = ?1 AND number = ?2 AND state = 'queued'",
        )?
        .execute((id, number, sim, seconds(now)))?;
    one(changed, id)
}

/// Notes that the network accepted a part, with its TP-MR. Where nobody told that, no report speaks of the part.
///
/// # Errors
/// [`Fault::Stale`] when it was not offered; [`Fault`] of the database.
pub fn accepted(
    tx: &Tx<'_>,
    id: i64,
    number: i64,
    mr: Option<u8>,
    now: DateTime<Utc>,
) -> Result<(), Fault> {
    let changed = tx
        .connection
        .prepare_cached(
            "UPDATE outbox_part
                SET state = 'accepted', mr = ?3, accepted_at = ?4
              WHERE outbox_id = ?1 AND number = ?2 AND state = 'offered'",
        )?
        .execute((id, number, mr, seconds(now)))?;
    one(changed, id)
}

/// Takes an offered part back: it surely did not leave.
///
/// # Errors
/// [`Fault`] of the database.
pub fn withdraw_offers(tx: &Tx<'_>, id: i64) -> Result<(), Fault> {
    tx.connection
        .prepare_cached(
            "UPDATE outbox_part
                SET state = 'queued', sim = NULL, offered_at = NULL
              WHERE outbox_id = ?1 AND state = 'offered'",
        )?
        .execute([id])?;
    Ok(())
}

/// Where a message in hand goes next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// Every part was accepted.
    Sent,
    /// Back to the queue, not before this time; this was one of its tries.
    Retry(DateTime<Utc>),
    /// Back to the queue, not before this time; it was not at fault, and the try does not count.
    Blameless(DateTime<Utc>),
    /// The network or the recipient said no for good.
    Failed,
    /// A payload was written and its final result code never came.
    Unknown,
    /// The network left the modem without an answer: it may have the message, which goes back to the queue at this time unless a
    /// report tells that it arrived. This was one of its tries.
    Unanswered(DateTime<Utc>),
}

/// Lets a claimed message go.
///
/// # Errors
/// [`Fault::Stale`] when it was not claimed; [`Fault`] of the database.
pub fn release(
    tx: &Tx<'_>,
    id: i64,
    fate: Fate,
    error: Option<&str>,
    now: DateTime<Utc>,
) -> Result<(), Fault> {
    let (state, due_at, sent_at, settled_at) = match fate {
        Fate::Sent if Mutation::DeliveredUnreported.is_made() => {
            ("delivered", None, Some(now), Some(now))
        }
        Fate::Sent => ("sent", None, Some(now), None),
        Fate::Retry(at) | Fate::Blameless(at) => ("queued", Some(at), None, None),
        Fate::Failed => ("failed", None, None, Some(now)),
        Fate::Unknown | Fate::Unanswered(_) => ("unknown", None, None, Some(now)),
    };
    let again_at = if let Fate::Unanswered(at) = fate { Some(at) } else { None };
    match fate {
        Fate::Sent => {}
        Fate::Retry(_) | Fate::Blameless(_) => withdraw_offers(tx, id)?,
        Fate::Failed => settle_offers(tx, id, "failed", now)?,
        Fate::Unknown | Fate::Unanswered(_) => settle_offers(tx, id, "unknown", now)?,
    }
    let changed = tx
        .connection
        .prepare_cached(
            "UPDATE outbox
                SET state = :state, claimed_by = NULL, claimed_at = NULL, due_at = COALESCE (:due_at, due_at),
                    sent_at = COALESCE (:sent_at, sent_at), settled_at = :settled_at,
                    error = COALESCE (:error, error), attempts = attempts - :given_back,
                    again_at = :again_at, unanswered = unanswered + (:again_at IS NOT NULL)
              WHERE id = :id AND state = 'claimed'",
        )?
        .execute(named_params! {
            ":id": id,
            ":state": state,
            ":due_at": due_at.map(seconds),
            ":sent_at": sent_at.map(seconds),
            ":settled_at": settled_at.map(seconds),
            ":error": error,
            ":given_back": matches!(fate, Fate::Blameless(_)),
            ":again_at": again_at.map(seconds),
        })?;
    if matches!(fate, Fate::Retry(_) | Fate::Blameless(_)) {
        tx.ring(Bell::Outbox);
    }
    one(changed, id)
}

fn settle_offers(tx: &Tx<'_>, id: i64, state: &str, now: DateTime<Utc>) -> Result<(), Fault> {
    tx.connection
        .prepare_cached(
            "UPDATE outbox_part
                SET state = ?2, settled_at = ?3
              WHERE outbox_id = ?1 AND state = 'offered'",
        )?
        .execute((id, state, seconds(now)))?;
    Ok(())
}

/// Messages that were in hand when the daemon last stopped, with whether a part of theirs had been offered.
///
/// # Errors
/// [`Fault`] of the database.
pub fn in_hand(tx: &Tx<'_>, modem: Option<&str>) -> Result<Vec<(i64, bool)>, Fault> {
    let mut statement = tx.connection.prepare_cached(
        "SELECT id, EXISTS (SELECT 1 FROM outbox_part WHERE outbox_id = id AND state = 'offered')
           FROM outbox
          WHERE state = 'claimed' AND (?1 IS NULL OR claimed_by = ?1)
          ORDER BY id",
    )?;
    let messages = statement
        .query_map([modem], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_, _>>()?;
    Ok(messages)
}

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

/// Takes what is past its time out of the queue, but for what waits after a restore; the messages concerned.
///
/// # Errors
/// [`Fault`] of the database.
pub fn expire(tx: &Tx<'_>, now: DateTime<Utc>) -> Result<Vec<Message>, Fault> {
    let mut statement = tx.connection.prepare_cached(
        "UPDATE outbox
            SET state = 'expired', settled_at = ?1, error = COALESCE (error, 'not sent in time')
          WHERE state = 'queued' AND expires_at <= ?1 AND +id > ?2
         RETURNING *",
    )?;
    let values = (seconds(now), restores::held_until(tx)?);
    let messages = statement.query_map(values, Message::read)?.collect::<Result<_, _>>()?;
    Ok(messages)
}

/// Takes a text out of the queue that nobody is to be told any more; why stands in the trail of its ticket.
///
/// # Errors
/// [`Fault::Stale`] when it is not queued; [`Fault`] of the database.
pub fn take_back(tx: &Tx<'_>, id: i64, now: DateTime<Utc>) -> Result<(), Fault> {
    let changed = tx
        .connection
        .prepare_cached(
            "UPDATE outbox
                SET state = 'dropped', taken_back = 1, settled_at = ?2, error = ?3
              WHERE id = ?1 AND state = 'queued'",
        )?
        .execute((id, seconds(now), TAKEN_BACK))?;
    one(changed, id)
}

/// One message.
///
/// # Errors
/// [`Fault`] of the database.
pub fn find(tx: &Tx<'_>, id: i64) -> Result<Option<Message>, Fault> {
    Ok(tx
        .connection
        .prepare_cached("SELECT * FROM outbox WHERE id = ?1")?
        .query_row([id], Message::read)
        .optional()?)
}

/// The messages about a ticket, oldest first.
///
/// # Errors
/// [`Fault`] of the database.
pub fn of_ticket(tx: &Tx<'_>, ticket_id: i64) -> Result<Vec<Message>, Fault> {
    let mut statement =
        tx.connection.prepare_cached("SELECT * FROM outbox WHERE ticket_id = ?1 ORDER BY id")?;
    let messages = statement.query_map([ticket_id], Message::read)?.collect::<Result<_, _>>()?;
    Ok(messages)
}

/// What a number was sent or is to be sent, oldest first.
///
/// # Errors
/// [`Fault`] of the database.
pub fn to(tx: &Tx<'_>, recipient: &str) -> Result<Vec<Message>, Fault> {
    let mut statement = tx
        .connection
        .prepare_cached("SELECT * FROM outbox WHERE recipient = ?1 ORDER BY created_at, id")?;
    let messages = statement.query_map([recipient], Message::read)?.collect::<Result<_, _>>()?;
    Ok(messages)
}

/// Reminders or alarms that a person of the office got, or is to get, since a time; what was taken back is none.
///
/// # Errors
/// [`Fault`] of the database.
pub fn staff_texts_since(
    tx: &Tx<'_>,
    phone: &str,
    purpose: Purpose,
    since: DateTime<Utc>,
) -> Result<i64, Fault> {
    Ok(tx
        .connection
        .prepare_cached(
            "SELECT COUNT (*) FROM outbox
              WHERE recipient = ?1 AND created_at >= ?2 AND purpose = 'staff' AND priority = ?3 AND taken_back = 0",
        )?
        .query_row((phone, seconds(since), purpose.priority()), |row| row.get(0))?)
}

/// The last answer that a ticket's citizen got, or is to get, also by a reply to STATUS.
///
/// # Errors
/// [`Fault`] of the database.
pub fn last_answer(tx: &Tx<'_>, ticket_id: i64) -> Result<Option<Message>, Fault> {
    Ok(tx
        .connection
        .prepare_cached(
            "SELECT * FROM outbox
              WHERE ticket_id = ?1 AND (purpose = 'answer' OR draft_id IS NOT NULL)
              ORDER BY id DESC
              LIMIT 1",
        )?
        .query_row([ticket_id], Message::read)
        .optional()?)
}

/// How often the number got exactly this text since a time (loops, procedure.md 11).
///
/// # Errors
/// [`Fault`] of the database.
pub fn equal_since(
    tx: &Tx<'_>,
    recipient: &str,
    body: &str,
    since: DateTime<Utc>,
) -> Result<i64, Fault> {
    Ok(tx
        .connection
        .prepare_cached(
            "SELECT COUNT (*) FROM outbox WHERE recipient = ?1 AND created_at >= ?3 AND body = ?2",
        )?
        .query_row((recipient, body, seconds(since)), |row| row.get(0))?)
}

/// How many messages stand in each state that still moves: queued, claimed, unknown, and of those sent the ones that left
/// since `reported_since`: of what left earlier no report is awaited any more.
///
/// # Errors
/// [`Fault`] of the database.
pub fn depth(tx: &Tx<'_>, reported_since: DateTime<Utc>) -> Result<Vec<(String, i64)>, Fault> {
    let mut statement = tx.connection.prepare_cached(
        "SELECT 'queued', COUNT (*) FROM outbox WHERE state = 'queued'
         UNION ALL SELECT 'claimed', COUNT (*) FROM outbox WHERE state = 'claimed'
         UNION ALL SELECT 'sent', COUNT (*) FROM outbox WHERE state = 'sent' AND sent_at >= ?1
         UNION ALL SELECT 'unknown', COUNT (*) FROM outbox WHERE state = 'unknown'",
    )?;
    let depth = statement
        .query_map([seconds(reported_since)], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_, _>>()?;
    Ok(depth)
}

/// Queued texts that are bound alike.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// The SIM that they are bound to.
    pub sim: Option<String>,
    /// The route that they are bound to, where no SIM is.
    pub route: Option<String>,
    /// How many.
    pub count: i64,
}

/// How many queued texts there are, by what they are bound to.
///
/// # Errors
/// [`Fault`] of the database.
pub fn waiting(tx: &Tx<'_>) -> Result<Vec<Waiting>, Fault> {
    // Counted here: SQLite would sort the whole queue for it.
    let mut statement = tx.connection.prepare_cached(
        "SELECT sim, CASE WHEN sim IS NULL THEN route END FROM outbox WHERE state = 'queued'",
    )?;
    let mut counts: Vec<Waiting> = Vec::new();
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let name =
            |place| -> rusqlite::Result<Option<&str>> { Ok(row.get_ref(place)?.as_str_or_null()?) };
        let (sim, route) = (name(0)?, name(1)?);
        let is_alike =
            |bound: &&mut Waiting| bound.sim.as_deref() == sim && bound.route.as_deref() == route;
        if let Some(bound) = counts.iter_mut().find(is_alike) {
            bound.count += 1;
        } else {
            let owned = |name: Option<&str>| name.map(str::to_owned);
            counts.push(Waiting { sim: owned(sim), route: owned(route), count: 1 });
        }
    }
    Ok(counts)
}

/// How many texts the network has taken a part of since a time, by the SIM that they left by.
///
/// # Errors
/// [`Fault`] of the database.
pub fn sent_since(tx: &Tx<'_>, sim: &str, since: DateTime<Utc>) -> Result<i64, Fault> {
    let count = tx
        .connection
        .prepare_cached(
            "SELECT COUNT (DISTINCT outbox_id) FROM outbox_part WHERE sim = ?1 AND accepted_at >= ?2",
        )?
        .query_row((sim, seconds(since)), |row| row.get(0))?;
    Ok(count)
}

fn one(changed: usize, id: i64) -> Result<(), Fault> {
    if changed == 1 { Ok(()) } else { Err(Fault::Stale { table: "outbox", id }) }
}

/// To whom a message was answered, and for what purpose.
///
/// # Errors
/// [`Fault`] of the database.
#[cfg(test)]
pub fn replies_to(tx: &Tx<'_>, inbound_id: i64) -> Result<Vec<(String, String)>, Fault> {
    let sql = "SELECT recipient, purpose FROM outbox WHERE inbound_id = ?1 ORDER BY id";
    let mut statement = tx.connection.prepare(sql)?;
    let replies = statement
        .query_map([inbound_id], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_, _>>()?;
    Ok(replies)
}
