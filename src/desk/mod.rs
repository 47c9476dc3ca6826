//! The office at work: one synchronous function per use case, `fn(&Tx, &Office, …, now)`.
//!
//! ```text
//! part ──> receiving ──> inbound ──> intake ──> ticket + trail + acknowledgement
//!                                               │
//! officer ──> officer (assign, propose, approve …), bank ──> stage + trail + answer
//!                                               │
//! time ──> rounds (silence, unanswered questions, reminders, unknown fates) ── outbound ──> outbox <── receiving (reports)
//! ```
//!
//! Whatever one of these functions writes is committed together or not at all.

pub mod alarming;
pub mod asking;
pub mod bank;
pub mod blocking;
pub mod board;
pub mod calling;
pub mod cards;
pub mod cases;
pub mod closing;
mod commands;
pub mod copying;
pub mod correcting;
pub mod drafting;
pub mod entering;
pub mod exporting;
pub mod fates;
pub mod flooding;
pub mod giving;
pub mod intake;
pub mod letter;
pub mod likeness;
pub mod marking;
mod matching;
pub mod modems;
mod news;
pub mod notices;
pub mod officer;
mod opening;
pub mod outbound;
mod overtaken;
pub mod privacy;
pub mod promising;
pub mod reading;
pub mod recap;
pub mod receiving;
pub mod reminding;
pub mod requests;
pub mod restores;
pub mod retention;
pub mod rounds;
pub mod sealing;
pub mod search;
pub mod sending;
pub mod signing;
pub mod staff;
pub mod standing;
pub mod status;
pub mod story;
mod succession;
pub mod suggesting;
pub mod timing;
pub mod turning;
mod unreached;
pub mod withholding;

use std::time::Duration;

use chrono::{DateTime, Utc};

use crate::calendar::Calendar;
use crate::complaint::Directory;
use crate::number::TicketNumber;
use crate::phone::{PhoneNumber, Prefix};
use crate::sms::Language;
use crate::store::Fault;
use crate::ticket::clock::Reckoning;
use crate::ticket::{Objecting, Refusal, Standards};
use crate::words::Templates;
use letter::Letterhead;
use reminding::Reminders;
use staff::Staff;

/// What the office is: everything that decisions need beside the database.
#[derive(Debug)]
pub struct Office {
    /// Who speaks at the end of every SMS.
    pub name: String,
    /// Working time, and the office's zone.
    pub calendar: Calendar,
    /// Standard times of the procedure's rows.
    pub standards: Standards,
    /// Units, aliases and topics.
    pub directory: Directory,
    /// The texts to citizens.
    pub templates: Templates,
    /// Who may do what.
    pub staff: Staff,
    /// Times and sizes that an office may want otherwise.
    pub limits: Limits,
    /// Numbers of the gateway's own cards: never answered.
    pub own_numbers: Vec<PhoneNumber>,
    /// How numbers begin that should leave by certain modems.
    pub routes: Vec<Prefix>,
    /// What stands over its letters.
    pub letterhead: Letterhead,
}

impl Office {
    /// What time is reckoned with.
    pub const fn reckoning(&self) -> Reckoning<'_> {
        Reckoning { calendar: &self.calendar, standards: &self.standards }
    }
}

/// Times and sizes that an office may want otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// How long missing parts are awaited.
    pub part_wait: Duration,
    /// A message without a unit this soon after another one is an addition.
    pub addition_window: Duration,
    /// The same text within this time is a repeat.
    pub repeat_window: Duration,
    /// A bare unit code corrects a ticket not older than this.
    pub correction_window: Duration,
    /// Equal automatic texts to one number in an hour (loops).
    pub equal_per_hour: i64,
    /// Messages of one number in ten minutes that are acknowledged (floods).
    pub flood_ten_minutes: i64,
    /// Messages of one number in a day that are acknowledged (floods).
    pub flood_day: i64,
    /// How long ago what an officer enters may have come.
    pub entered_late: Duration,
    /// Window of texts that the office starts, local time.
    pub window: crate::calendar::Span,
    /// Whether an approved wording goes out at once.
    pub automatic_sending: bool,
    /// Whether delivery reports are asked for.
    pub reports: bool,
    /// How long the network keeps trying.
    pub validity: Duration,
    /// SMS that a wording may take.
    pub parts_max: usize,
    /// A national table to write with before UCS-2; the handsets of a place must know it.
    pub single_shift: Option<Language>,
    /// A text bound to one SIM may leave by another one after this time.
    pub other_sim_after: Duration,
    /// How long a text of unknown fate waits for a report.
    pub unknown_grace: Duration,
    /// How long a stop waits for the texts in hand.
    pub stop_within: Duration,
    /// Silence after an answer that finishes a case (T20).
    pub silence: Duration,
    /// How long after an answer, and how often, BELUM reopens a case (T21).
    pub objecting: Objecting,
    /// Silence after a question that ends a case (T6).
    pub question: Duration,
    /// Returns as another unit's after which the ketua must assign (T11).
    pub returns: u8,
    /// How long the answer to a citizen's request about the own data may take (12.5).
    pub data_request: Duration,
    /// Whether work may be promised for a day behind the national limit.
    pub promise_beyond_limit: bool,
    /// When somebody is reminded of what.
    pub reminders: Reminders,
    /// How long personal data are kept.
    pub retention: retention::Retention,
}

impl Default for Limits {
    fn default() -> Self {
        const DAY: Duration = Duration::from_hours(24);
        Self {
            part_wait: Duration::from_mins(10),
            addition_window: Duration::from_mins(30),
            repeat_window: DAY,
            correction_window: Duration::from_hours(1),
            equal_per_hour: 3,
            flood_ten_minutes: 5,
            flood_day: 20,
            entered_late: 7 * DAY,
            window: crate::calendar::Span::SENDING,
            automatic_sending: false,
            reports: true,
            validity: DAY,
            parts_max: 4,
            single_shift: None,
            other_sim_after: Duration::from_mins(15),
            unknown_grace: Duration::from_mins(30),
            // Longer than `AT+CMGS` may take, and what becomes of it is noted.
            stop_within: Duration::from_secs(140),
            silence: 10 * DAY,
            objecting: Objecting::default(),
            question: 30 * DAY,
            returns: 2,
            data_request: 3 * DAY,
            promise_beyond_limit: false,
            reminders: Reminders::default(),
            retention: retention::Retention::default(),
        }
    }
}

/// Why something asked for was not done.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A rule of the procedure said no.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// There is no such ticket for this person.
    #[error("there is no ticket {0}")]
    NoSuchTicket(String),
    /// There is no such unit.
    #[error("there is no unit {0}")]
    NoSuchUnit(String),
    /// There is no such note in the answer bank.
    #[error("there is no note {0} in the answer bank")]
    NoSuchNote(i64),
    /// The note waits for nobody's decision: it is in use.
    #[error("note {0} of the answer bank is approved already")]
    NotProposed(i64),
    /// Nobody is bound to the unit.
    #[error("no anggota is bound to {0}")]
    NobodyFor(String),
    /// The named person is not on the staff, or not an anggota.
    #[error("{0} is no anggota")]
    NotAMember(String),
    /// The named person is not on the staff.
    #[error("{0} is not on the staff")]
    NotOnStaff(String),
    /// The wording, filled into its template, takes too many SMS.
    #[error("the text takes {parts} SMS, {max} are allowed: shorten it by about {over} characters")]
    TooLong {
        /// SMS that it takes.
        parts: usize,
        /// SMS that it may take.
        max: usize,
        /// Characters over.
        over: usize,
    },
    /// A field that must be filled is empty.
    #[error("{0} is missing")]
    Missing(&'static str),
    /// A value that cannot be what it should be.
    #[error("{value:?} is no {what}")]
    Invalid {
        /// What it should be.
        what: &'static str,
        /// What it is.
        value: String,
    },
    /// A blank of a note is not filled.
    #[error("the blank {{{0}}} of this note is not filled")]
    BlankLeft(String),
    /// The citizen wants no texts: what is asked would not be read.
    #[error("the number is under STOP: ask by telephone")]
    UnderStop,
    /// The role does not allow it, whatever the ticket.
    #[error("your role does not allow this")]
    NotPermitted,
    /// The database could not do it.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl Error {
    /// A stable code for scripts and translations.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Refused(refusal) => refusal.code(),
            Self::NoSuchTicket(_) => "NO_SUCH_TICKET",
            Self::NoSuchUnit(_) => "NO_SUCH_UNIT",
            // For scripts there is no such proposal.
            Self::NoSuchNote(_) | Self::NotProposed(_) => "NO_SUCH_NOTE",
            Self::NobodyFor(_) => "NOBODY_FOR_UNIT",
            Self::NotAMember(_) => "NOT_A_MEMBER",
            Self::NotOnStaff(_) => "NOT_ON_STAFF",
            Self::TooLong { .. } => "TOO_LONG",
            Self::Missing(_) => "MISSING",
            Self::Invalid { .. } => "INVALID",
            Self::BlankLeft(_) => "BLANK_LEFT",
            Self::UnderStop => "UNDER_STOP",
            Self::NotPermitted => "NOT_PERMITTED",
            Self::Fault(_) => "FAULT",
        }
    }
}

/// The number that an officer typed, in any spelling: `P26-00123-0`, `p26001230`, `123` (of this year).
///
/// # Errors
/// [`Error::NoSuchTicket`] for anything else.
pub fn ticket_number(
    typed: &str,
    office: &Office,
    now: DateTime<Utc>,
) -> Result<TicketNumber, Error> {
    let year = office.calendar.zone().local(now).format("%y").to_string();
    TicketNumber::parse_short(typed, year.parse().unwrap_or_default())
        .map_err(|_| Error::NoSuchTicket(typed.to_owned()))
}

/// Time by `length` later; the far end of the calendar where it would run out.
fn later(at: DateTime<Utc>, length: Duration) -> DateTime<Utc> {
    chrono::TimeDelta::from_std(length)
        .ok()
        .and_then(|length| at.checked_add_signed(length))
        .unwrap_or(DateTime::<Utc>::MAX_UTC)
}

/// Time by `length` earlier.
fn earlier(at: DateTime<Utc>, length: Duration) -> DateTime<Utc> {
    chrono::TimeDelta::from_std(length)
        .ok()
        .and_then(|length| at.checked_sub_signed(length))
        .unwrap_or(DateTime::<Utc>::MIN_UTC)
}

#[cfg(test)]
mod tests;
