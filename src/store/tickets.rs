//! Tickets: one row each, changed only together with a row of the trail.

use chrono::{DateTime, NaiveDate, Utc};
use rusqlite::{OptionalExtension, Row, named_params};

use super::named::{Named, Names, token};
use super::{Fault, Tx, moment, seconds, trail};
use crate::mutation::Mutation;
use crate::number::TicketNumber;
use crate::phone::PhoneNumber;
use crate::ticket::clock::Clocks;
use crate::ticket::{Category, Channel, CloseReason, Stage};

/// The flag of an emergency that nobody whom it concerns has looked at. Its tickets are looked at with those in the office's hands.
pub const ALARM: &str = "alarm";

/// A complaint as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ticket {
    /// Row number.
    pub id: i64,
    /// What citizens and officers call it by.
    pub number: TicketNumber,
    /// How it came.
    pub channel: Channel,
    /// The sender; `None`: somebody at the counter without a number.
    pub citizen: Option<PhoneNumber>,
    /// The SIM that received it.
    pub sim: Option<String>,
    /// Derived from the first message.
    pub body: String,
    /// Unit code.
    pub unit: Option<String>,
    /// The unit's name at that time.
    pub unit_name: Option<String>,
    /// How sure the reading of the unit was: `certain`, `lenient`, `guessed` or `none`.
    pub certainty: String,
    /// Unit codes that the text suggests.
    pub suggestions: Vec<String>,
    /// Flags proposed by the system.
    pub flags: Vec<String>,
    /// Set at T3.
    pub category: Option<Category>,
    /// Where it stands.
    pub stage: Stage,
    /// The stage that a pause returns to.
    pub before_pause: Option<Stage>,
    /// Why it was closed.
    pub closed_as: Option<CloseReason>,
    /// Of a duplicate.
    pub main_ticket_id: Option<i64>,
    /// The member who has it.
    pub assignee: Option<String>,
    /// Who wrote the draft that waits or was approved.
    pub drafter: Option<String>,
    /// Passed on to the director.
    pub escalated: bool,
    /// Who moved it to the closed path.
    pub restricted_by: Option<String>,
    /// Accounts of the officers who are named in a case of the closed path.
    pub concerns: Vec<String>,
    /// Returned as belonging to another unit, how often.
    pub returns: u8,
    /// BELUM, how often.
    pub objections: u8,
    /// Work remains after the answer.
    pub follow_up: bool,
    /// Promised day of its result.
    pub follow_up_on: Option<NaiveDate>,
    /// The server's clock at receipt.
    pub received_at: DateTime<Utc>,
    /// When it came to its stage.
    pub stage_since: DateTime<Utc>,
    /// Standard time of the step that waits now.
    pub due_at: Option<DateTime<Utc>>,
    /// Standard time of the first answer.
    pub answer_due_at: DateTime<Utc>,
    /// National limit of its category.
    pub national_due_at: Option<DateTime<Utc>>,
    /// When the clocks were stopped.
    pub paused_at: Option<DateTime<Utc>>,
    /// First answer.
    pub answered_at: Option<DateTime<Utc>>,
    /// Last answer: the days for an objection run from it.
    pub last_answer_at: Option<DateTime<Utc>>,
    /// When it was finished or closed.
    pub finished_at: Option<DateTime<Utc>>,
    /// Codes of the units that get a copy (tembusan).
    pub copies: Vec<String>,
    /// Codes of the units that the text named together where one belongs.
    pub named: Vec<String>,
    /// Of a case of the closed path: when a message came to it that nobody who decides on it has looked at yet.
    pub later_at: Option<DateTime<Utc>>,
    /// Since when a text waits that an officer is to give to the citizen.
    pub to_give_at: Option<DateTime<Utc>>,
    /// When such a text was given; of a question that is to be given once more, for the first time.
    pub given_at: Option<DateTime<Utc>>,
}

impl Ticket {
    /// Whether it is neither finished nor closed.
    pub fn is_open(&self) -> bool {
        !matches!(self.stage, Stage::Finished | Stage::Closed)
    }

    /// Whether its time is over: its number is replaced, and perhaps its texts are gone (procedure.md 12.4).
    pub fn is_retired(&self) -> bool {
        self.citizen.as_ref().is_some_and(PhoneNumber::is_pseudonym)
    }

    /// Where it stands in time.
    pub fn clocks(&self) -> Clocks {
        Clocks {
            stage: self.stage,
            stage_since: self.stage_since,
            before_pause: self.before_pause,
            paused_at: self.paused_at,
            due_at: self.due_at,
            answer_due_at: self.answer_due_at,
            national_due_at: self.national_due_at,
        }
    }

    /// Puts it there.
    pub fn set(&mut self, clocks: Clocks) {
        let Clocks {
            stage,
            stage_since,
            before_pause,
            paused_at,
            due_at,
            answer_due_at,
            national_due_at,
        } = clocks;
        (self.stage, self.stage_since) = (stage, stage_since);
        (self.before_pause, self.paused_at) = (before_pause, paused_at);
        (self.due_at, self.answer_due_at) = (due_at, answer_due_at);
        self.national_due_at = national_due_at;
    }

    pub(super) fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Self::of(&Named::of(row))
    }

    fn of(row: &Named<'_, '_>) -> rusqlite::Result<Self> {
        let words = |column: &str| -> rusqlite::Result<Vec<String>> {
            let text: String = row.get(column)?;
            Ok(text.split_whitespace().map(str::to_owned).collect())
        };
        let time = |column: &str| -> rusqlite::Result<Option<DateTime<Utc>>> {
            Ok(row.get::<Option<i64>>(column)?.map(moment))
        };
        Ok(Self {
            id: row.get("id")?,
            number: token(row, "number", |text| TicketNumber::parse(text).ok())?,
            channel: token(row, "channel", Channel::from_token)?,
            citizen: token(row, "citizen", |text| match text {
                "" => Some(None),
                number => PhoneNumber::parse(number).ok().map(Some),
            })?,
            sim: row.get("sim")?,
            body: row.get("body")?,
            unit: row.get("unit")?,
            unit_name: row.get("unit_name")?,
            certainty: row.get("certainty")?,
            suggestions: words("suggestions")?,
            flags: words("flags")?,
            category: optional(row, "category", Category::from_token)?,
            stage: token(row, "stage", Stage::from_token)?,
            before_pause: optional(row, "before_pause", Stage::from_token)?,
            closed_as: optional(row, "closed_as", CloseReason::from_token)?,
            main_ticket_id: row.get("main_ticket_id")?,
            assignee: row.get("assignee")?,
            drafter: row.get("drafter")?,
            escalated: row.get("escalated")?,
            restricted_by: row.get("restricted_by")?,
            concerns: words("concerns")?,
            returns: row.get("returns")?,
            objections: row.get("objections")?,
            follow_up: row.get("follow_up")?,
            follow_up_on: row
                .get::<Option<String>>("follow_up_on")?
                .and_then(|day| day.parse().ok()),
            received_at: moment(row.get("received_at")?),
            stage_since: moment(row.get("stage_since")?),
            due_at: time("due_at")?,
            answer_due_at: moment(row.get("answer_due_at")?),
            national_due_at: time("national_due_at")?,
            paused_at: time("paused_at")?,
            answered_at: time("answered_at")?,
            last_answer_at: time("last_answer_at")?,
            finished_at: time("finished_at")?,
            copies: words("copies")?,
            named: words("named")?,
            later_at: time("later_at")?,
            to_give_at: time("to_give_at")?,
            given_at: time("given_at")?,
        })
    }
}

fn optional<T>(
    row: &Named<'_, '_>,
    column: &str,
    read: impl FnOnce(&str) -> Option<T>,
) -> rusqlite::Result<Option<T>> {
    match row.get::<Option<String>>(column)? {
        None => Ok(None),
        Some(_) => token(row, column, read).map(Some),
    }
}

/// The serial that the next ticket of a year gets: no number that was given before a restore is given again.
///
/// # Errors
/// [`Fault`] of the database.
pub fn next_serial(tx: &Tx<'_>, year: u8) -> Result<u32, Fault> {
    Ok(tx
        .connection
        .prepare_cached("SELECT MAX (COALESCE ((SELECT MAX (serial) FROM ticket WHERE year = ?1), 0),
                         COALESCE ((SELECT MAX (last_serial) FROM restore WHERE last_year = ?1), 0)) + 1",
        )?
        .query_row([year], |row| row.get(0))?)
}

/// Stores a new ticket (its `id` is ignored) with the first row of its trail, and returns its row.
///
/// # Errors
/// [`Fault`] of the database.
pub fn open(
    tx: &Tx<'_>,
    ticket: &Ticket,
    entry: &trail::Entry<'_>,
    now: DateTime<Utc>,
) -> Result<i64, Fault> {
    tx.connection
        .prepare_cached(
            "INSERT INTO ticket (number, year, serial, channel, citizen, sim, body, unit, unit_name, certainty,
                                 suggestions, flags, category, stage, received_at, stage_since, due_at, answer_due_at,
                                 national_due_at, named)
             VALUES (:number, :year, :serial, :channel, :citizen, :sim, :body, :unit, :unit_name, :certainty,
                     :suggestions, :flags, :category, :stage, :received_at, :stage_since, :due_at, :answer_due_at,
                     :national_due_at, :named)",
        )?
        .execute(named_params! {
            ":number": ticket.number.to_string(),
            ":year": ticket.number.year(),
            ":serial": ticket.number.serial(),
            ":channel": ticket.channel.token(),
            ":citizen": ticket.citizen.as_ref().map_or("", PhoneNumber::reveal),
            ":sim": ticket.sim,
            ":body": ticket.body,
            ":unit": ticket.unit,
            ":unit_name": ticket.unit_name,
            ":certainty": ticket.certainty,
            ":suggestions": ticket.suggestions.join(" "),
            ":flags": ticket.flags.join(" "),
            ":category": ticket.category.map(Category::token),
            ":stage": ticket.stage.token(),
            ":received_at": seconds(ticket.received_at),
            ":stage_since": seconds(ticket.stage_since),
            ":due_at": ticket.due_at.map(seconds),
            ":answer_due_at": seconds(ticket.answer_due_at),
            ":national_due_at": ticket.national_due_at.map(seconds),
            ":named": ticket.named.join(" "),
        })?;
    let id = tx.connection.last_insert_rowid();
    trail::append(tx, id, entry, now)?;
    Ok(id)
}

/// Writes what changed of a ticket that was at stage `from`, and the row of the trail that says why.
///
/// # Errors
/// [`Fault::Stale`] when the ticket had moved meanwhile; [`Fault`] of the database.
pub fn record(
    tx: &Tx<'_>,
    from: Stage,
    ticket: &Ticket,
    entry: &trail::Entry<'_>,
    now: DateTime<Utc>,
) -> Result<(), Fault> {
    let changed = tx
        .connection
        .prepare_cached(
            "UPDATE ticket
                SET unit = :unit, unit_name = :unit_name, certainty = :certainty, flags = :flags,
                    category = :category, stage = :stage, before_pause = :before_pause, closed_as = :closed_as,
                    main_ticket_id = :main, assignee = :assignee, drafter = :drafter, escalated = :escalated,
                    restricted_by = :restricted_by, concerns = :concerns, returns = :returns, objections = :objections,
                    follow_up = :follow_up, follow_up_on = :follow_up_on, stage_since = :stage_since,
                    due_at = :due_at, answer_due_at = :answer_due_at, national_due_at = :national_due_at,
                    paused_at = :paused_at, answered_at = :answered_at, last_answer_at = :last_answer_at,
                    finished_at = :finished_at, copies = :copies
              WHERE id = :id AND stage = :from",
        )?
        .execute(named_params! {
            ":id": ticket.id,
            ":from": from.token(),
            ":unit": ticket.unit,
            ":unit_name": ticket.unit_name,
            ":certainty": ticket.certainty,
            ":flags": ticket.flags.join(" "),
            ":category": ticket.category.map(Category::token),
            ":stage": ticket.stage.token(),
            ":before_pause": ticket.before_pause.map(Stage::token),
            ":closed_as": ticket.closed_as.map(CloseReason::token),
            ":main": ticket.main_ticket_id,
            ":assignee": ticket.assignee,
            ":drafter": ticket.drafter,
            ":escalated": ticket.escalated,
            ":restricted_by": ticket.restricted_by,
            ":concerns": ticket.concerns.join(" "),
            ":returns": ticket.returns,
            ":objections": ticket.objections,
            ":follow_up": ticket.follow_up,
            ":follow_up_on": ticket.follow_up_on.map(|day| day.to_string()),
            ":stage_since": seconds(ticket.stage_since),
            ":due_at": ticket.due_at.map(seconds),
            ":answer_due_at": seconds(ticket.answer_due_at),
            ":national_due_at": ticket.national_due_at.map(seconds),
            ":paused_at": ticket.paused_at.map(seconds),
            ":answered_at": ticket.answered_at.map(seconds),
            ":last_answer_at": ticket.last_answer_at.map(seconds),
            ":finished_at": ticket.finished_at.map(seconds),
            ":copies": ticket.copies.join(" "),
        })?;
    if changed != 1 {
        return Err(Fault::Stale { table: "ticket", id: ticket.id });
    }
    if Mutation::UntoldStep.is_made() {
        return Ok(());
    }
    trail::append(tx, ticket.id, entry, now)
}

/// Takes the times of its answers from a ticket of which no version counts as sent any more.
///
/// # Errors
/// [`Fault`] of the database.
pub fn unanswered(tx: &Tx<'_>, id: i64) -> Result<(), Fault> {
    tx.connection
        .prepare_cached(
            "UPDATE ticket SET answered_at = NULL, last_answer_at = NULL
              WHERE id = ?1
                AND NOT EXISTS (SELECT 1 FROM draft WHERE ticket_id = ?1 AND sent_at IS NOT NULL)",
        )?
        .execute([id])?;
    Ok(())
}

/// Puts a flag beside the others of a ticket; whether it was not there before.
///
/// # Errors
/// [`Fault`] of the database.
pub fn flag(tx: &Tx<'_>, id: i64, flag: &str) -> Result<bool, Fault> {
    let changed = tx
        .connection
        .prepare_cached(
            "UPDATE ticket SET flags = trim (flags || ' ' || ?2)
              WHERE id = ?1 AND instr (' ' || flags || ' ', ' ' || ?2 || ' ') = 0",
        )?
        .execute((id, flag))?;
    Ok(changed == 1)
}

/// Takes a flag away from a ticket; whether it was there.
///
/// # Errors
/// [`Fault`] of the database.
pub fn unflag(tx: &Tx<'_>, id: i64, flag: &str) -> Result<bool, Fault> {
    let changed = tx
        .connection
        .prepare_cached(
            "UPDATE ticket SET flags = trim (replace (' ' || flags || ' ', ' ' || ?2 || ' ', ' '))
              WHERE id = ?1 AND instr (' ' || flags || ' ', ' ' || ?2 || ' ') > 0",
        )?
        .execute((id, flag))?;
    Ok(changed == 1)
}

/// Something came to a ticket that whoever has it in hand is to look at.
///
/// # Errors
/// [`Fault`] of the database.
pub fn later_message(tx: &Tx<'_>, id: i64, now: DateTime<Utc>) -> Result<(), Fault> {
    tx.connection
        .prepare_cached("UPDATE ticket SET later_at = COALESCE (later_at, ?2) WHERE id = ?1")?
        .execute((id, seconds(now)))?;
    Ok(())
}

/// Whoever has the ticket in hand has looked at what came to it later.
///
/// # Errors
/// [`Fault`] of the database.
pub fn heeded(tx: &Tx<'_>, id: i64) -> Result<(), Fault> {
    tx.connection
        .prepare_cached("UPDATE ticket SET later_at = NULL WHERE id = ?1")?
        .execute([id])?;
    Ok(())
}

/// The tickets that have ended and to which something came later, what came first in front.
///
/// # Errors
/// [`Fault`] of the database.
pub fn ended_with_later_message(tx: &Tx<'_>) -> Result<Vec<Ticket>, Fault> {
    let mut statement = tx.connection.prepare_cached(
        "SELECT * FROM ticket
          WHERE later_at IS NOT NULL AND stage IN ('SELESAI', 'DITUTUP')
          ORDER BY later_at, id",
    )?;
    let tickets = statement.query_map([], Ticket::read)?.collect::<Result<_, _>>()?;
    Ok(tickets)
}

/// Writes the due times of a ticket: what moves nothing but them.
///
/// # Errors
/// [`Fault::Stale`] where there is no such ticket; [`Fault`] of the database.
pub fn set_dues(tx: &Tx<'_>, ticket: &Ticket) -> Result<(), Fault> {
    let changed = tx
        .connection
        .prepare_cached(
            "UPDATE ticket SET due_at = ?2, answer_due_at = ?3, national_due_at = ?4 WHERE id = ?1",
        )?
        .execute((
            ticket.id,
            ticket.due_at.map(seconds),
            seconds(ticket.answer_due_at),
            ticket.national_due_at.map(seconds),
        ))?;
    if changed == 1 { Ok(()) } else { Err(Fault::Stale { table: "ticket", id: ticket.id }) }
}

/// A ticket by its number.
///
/// # Errors
/// [`Fault`] of the database.
pub fn find(tx: &Tx<'_>, number: &TicketNumber) -> Result<Option<Ticket>, Fault> {
    Ok(tx
        .connection
        .prepare_cached("SELECT * FROM ticket WHERE number = ?1")?
        .query_row([number.to_string()], Ticket::read)
        .optional()?)
}

/// A ticket by its row.
///
/// # Errors
/// [`Fault`] of the database.
pub fn by_id(tx: &Tx<'_>, id: i64) -> Result<Option<Ticket>, Fault> {
    Ok(tx
        .connection
        .prepare_cached("SELECT * FROM ticket WHERE id = ?1")?
        .query_row([id], Ticket::read)
        .optional()?)
}

/// The tickets of a handset, latest first, at most `limit`.
///
/// # Errors
/// [`Fault`] of the database.
pub fn of_citizen(tx: &Tx<'_>, citizen: &PhoneNumber, limit: i64) -> Result<Vec<Ticket>, Fault> {
    let mut statement = tx.connection.prepare_cached(
        "SELECT * FROM ticket WHERE citizen = ?1 ORDER BY received_at DESC, id DESC LIMIT ?2",
    )?;
    let tickets =
        statement.query_map((citizen.reveal(), limit), Ticket::read)?.collect::<Result<_, _>>()?;
    Ok(tickets)
}

/// The rows of the tickets that were received in `[from, until)`, in the order of receipt.
///
/// # Errors
/// [`Fault`] of the database.
pub fn received_between(
    tx: &Tx<'_>,
    from: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Result<Vec<i64>, Fault> {
    let mut statement = tx.connection.prepare_cached(
        "SELECT id FROM ticket WHERE received_at >= ?1 AND received_at < ?2 ORDER BY received_at, id",
    )?;
    let ids = statement
        .query_map((seconds(from), seconds(until)), |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    Ok(ids)
}

/// The tickets that were joined to this one as duplicates, also by way of another duplicate, oldest first.
///
/// # Errors
/// [`Fault`] of the database.
pub fn joined_to(tx: &Tx<'_>, main: i64) -> Result<Vec<Ticket>, Fault> {
    let mut statement = tx.connection.prepare_cached(
        "WITH RECURSIVE joined (id) AS (
            SELECT id FROM ticket WHERE main_ticket_id = ?1 AND closed_as = 'DUPLIKAT'
             UNION
            SELECT ticket.id FROM joined JOIN ticket ON ticket.main_ticket_id = joined.id
             WHERE ticket.closed_as = 'DUPLIKAT')
         SELECT ticket.* FROM joined JOIN ticket ON ticket.id = joined.id ORDER BY joined.id",
    )?;
    let tickets = statement.query_map([main], Ticket::read)?.collect::<Result<_, _>>()?;
    Ok(tickets)
}

/// The open tickets, all of them and whole, what is due first in front.
///
/// # Errors
/// [`Fault`] of the database.
pub fn open_ones(tx: &Tx<'_>) -> Result<Vec<Ticket>, Fault> {
    let mut statement = tx.connection.prepare_cached(
        "SELECT * FROM ticket
          WHERE stage NOT IN ('SELESAI', 'DITUTUP')
          ORDER BY due_at IS NULL, due_at, id",
    )?;
    let names = Names::of(&statement);
    let tickets = statement
        .query_map([], |row| Ticket::of(&Named::among(row, &names)))?
        .collect::<Result<_, _>>()?;
    Ok(tickets)
}

/// How many tickets wait for their citizen, by stage.
///
/// # Errors
/// [`Fault`] of the database.
pub fn resting(tx: &Tx<'_>) -> Result<Vec<(Stage, i64)>, Fault> {
    let mut statement = tx.connection.prepare_cached(
        "SELECT stage, COUNT (*) FROM ticket
          WHERE stage IN ('DIJAWAB', 'MENUNGGU_PEMOHON')
          GROUP BY stage",
    )?;
    let mut counts = Vec::new();
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let stage: String = row.get(0)?;
        counts.extend(Stage::from_token(&stage).zip(row.get(1)?));
    }
    Ok(counts)
}

/// Answered tickets whose citizen stayed silent since before `since` (T20).
///
/// # Errors
/// [`Fault`] of the database.
pub fn silent_since(tx: &Tx<'_>, since: DateTime<Utc>) -> Result<Vec<i64>, Fault> {
    let mut statement = tx.connection.prepare_cached(
        "SELECT id FROM ticket
          WHERE stage = 'DIJAWAB' AND stage IN ('DIJAWAB', 'MENUNGGU_PEMOHON') AND stage_since <= ?1
          ORDER BY stage_since, id",
    )?;
    let ids = statement.query_map([seconds(since)], |row| row.get(0))?.collect::<Result<_, _>>()?;
    Ok(ids)
}

/// Tickets whose citizen was asked before `since` and has not answered (T6).
///
/// # Errors
/// [`Fault`] of the database.
pub fn unanswered_questions(tx: &Tx<'_>, since: DateTime<Utc>) -> Result<Vec<i64>, Fault> {
    let mut statement = tx.connection.prepare_cached(
        "SELECT id FROM ticket
          WHERE stage = 'MENUNGGU_PEMOHON' AND stage IN ('DIJAWAB', 'MENUNGGU_PEMOHON') AND stage_since <= ?1
          ORDER BY stage_since, id",
    )?;
    let ids = statement.query_map([seconds(since)], |row| row.get(0))?.collect::<Result<_, _>>()?;
    Ok(ids)
}
