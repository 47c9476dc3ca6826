//! What goes out: `queued → claimed → sent → delivered | failed | expired`, and `unknown` for a payload whose final
//! result code never came.

use chrono::{DateTime, Utc};
use rusqlite::{OptionalExtension, Row, named_params};

use super::named::Named;
use super::{Bell, Fault, Tx, moment, restores, seconds};

/// Priority from which a text leaves at any hour.
pub(super) const AT_ANY_HOUR: i64 = 3;

/// Why a text did not leave, or may not have, where it is the gateway that says so: a token, for which whoever shows it has the words.
/// What modem or network said stands as they said it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unsent {
    /// It was taken back. Whoever reads that need not be entitled to know why.
    TakenBack,
    /// Its time was over before it could leave.
    TooLate,
    /// It was unsent in a backup that was restored, and an admin decided that it is not sent.
    AfterRestore,
    /// The gateway stopped while a modem had it.
    GatewayStopped,
    /// The modem gave no answer in time.
    NoAnswer,
    /// The modem restarted meanwhile.
    ModemRestarted,
    /// The line to the modem was opened anew meanwhile.
    LineReset,
    /// The port is gone.
    PortGone,
    /// Only noise came.
    Noise,
    /// The modem's answer says nothing.
    UnusableAnswer,
}

impl Unsent {
    /// Each of them.
    pub const ALL: [Self; 10] = [
        Self::TakenBack,
        Self::TooLate,
        Self::AfterRestore,
        Self::GatewayStopped,
        Self::NoAnswer,
        Self::ModemRestarted,
        Self::LineReset,
        Self::PortGone,
        Self::Noise,
        Self::UnusableAnswer,
    ];

    /// The stored token.
    pub const fn token(self) -> &'static str {
        match self {
            Self::TakenBack => "taken-back",
            Self::TooLate => "too-late",
            Self::AfterRestore => "after-restore",
            Self::GatewayStopped => "gateway-stopped",
            Self::NoAnswer => "no-answer",
            Self::ModemRestarted => "modem-restarted",
            Self::LineReset => "line-reset",
            Self::PortGone => "port-gone",
            Self::Noise => "only-noise",
            Self::UnusableAnswer => "unusable-answer",
        }
    }
}

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
    /// The last error: a token of [`Unsent`], or what modem or network said.
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

/// Takes what is past its time out of the queue, but for what waits after a restore; the messages concerned.
///
/// # Errors
/// [`Fault`] of the database.
pub fn expire(tx: &Tx<'_>, now: DateTime<Utc>) -> Result<Vec<Message>, Fault> {
    let mut statement = tx.connection.prepare_cached(
        "UPDATE outbox
            SET state = 'expired', settled_at = ?1, error = COALESCE (error, ?3)
          WHERE state = 'queued' AND expires_at <= ?1 AND +id > ?2
         RETURNING *",
    )?;
    let values = (seconds(now), restores::held_until(tx)?, Unsent::TooLate.token());
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
        .execute((id, seconds(now), Unsent::TakenBack.token()))?;
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

/// Whether a text about a ticket may still leave: it waits in the queue, is in hand, or nobody knows yet what became of it.
///
/// # Errors
/// [`Fault`] of the database.
pub fn is_under_way(tx: &Tx<'_>, ticket_id: i64) -> Result<bool, Fault> {
    Ok(tx
        .connection
        .prepare_cached(
            "SELECT 1 FROM outbox
              WHERE ticket_id = ?1 AND (state = 'queued' OR state = 'claimed' OR state = 'unknown')
              LIMIT 1",
        )?
        .exists([ticket_id])?)
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

pub(super) fn one(changed: usize, id: i64) -> Result<(), Fault> {
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
