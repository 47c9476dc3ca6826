//! The register of a month, annexed to its figures (procedure.md section 14): a line for each complaint that came, as it stood at
//! the month's end. What is on the closed path now is counted and nothing else, whatever it was then.

use chrono::{DateTime, Utc};

use super::{Counter, reason_of};
use crate::complaint::Flag;
use crate::store::recap::{Counted, Move, Texts, texts_between};
use crate::store::{Fault, Tx};
use crate::ticket::{Category, Channel, CloseReason, SPECIFIC, Stage};

/// The complaints of a month.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Register {
    /// In the order of receipt.
    pub entries: Vec<Entry>,
    /// How many more came that are on the closed path.
    pub sealed: i64,
}

/// A complaint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Ticket number.
    pub number: String,
    /// Receipt.
    pub received_at: DateTime<Utc>,
    /// How it came.
    pub channel: Channel,
    /// Code of the unit that answers.
    pub unit: Option<String>,
    /// Codes of the units that got a copy.
    pub copies: Vec<String>,
    /// The complaint; empty where it holds specific data or a one-time code.
    pub body: String,
    /// It holds a one-time code.
    pub holds_otp: bool,
    /// What kind of message it is.
    pub category: Option<Category>,
    /// The wording that was last sent in the month.
    pub answer: Option<String>,
    /// First answer.
    pub answered_at: Option<DateTime<Utc>>,
    /// Working minutes to it, pauses taken out.
    pub minutes: Option<i64>,
    /// Whether it was in time; of none: `false` where it was due.
    pub on_time: Option<bool>,
    /// Stage at the month's end.
    pub stage: Stage,
    /// Why it was closed then.
    pub closed_as: Option<CloseReason>,
}

impl Counter<'_> {
    /// The line of a complaint that came in the month, where the register is wanted; its texts are read when all lines are there.
    pub(super) fn entry(&self, ticket: &Counted, moves: &[Move]) -> Option<Entry> {
        self.received.as_ref()?;
        let stage = self.stage_left(ticket, moves)?;
        let answered_at = ticket.answered_at.filter(|at| *at < self.until);
        let closed_as = moves
            .last()
            .filter(|last| stage == Stage::Closed && last.to == Some(Stage::Closed))
            .and_then(reason_of);
        let on_time = match answered_at {
            Some(at) => Some(at <= self.answer_due(ticket, moves, at)),
            None if stage == Stage::Closed => None,
            None => self.is_overdue(ticket, moves).then_some(false),
        };
        Some(Entry {
            number: ticket.number.clone(),
            received_at: ticket.received_at,
            channel: Channel::Sms,
            unit: ticket.unit.clone(),
            copies: Vec::new(),
            body: String::new(),
            holds_otp: false,
            category: ticket.category,
            answer: None,
            answered_at,
            minutes: answered_at.map(|at| self.minutes_to(ticket, moves, at)),
            on_time,
            stage,
            closed_as,
        })
    }
}

/// The register, with the texts of its lines.
///
/// # Errors
/// [`Fault`] of the database.
pub(super) fn with_texts(
    tx: &Tx<'_>,
    lines: Vec<(i64, Entry)>,
    sealed: i64,
    (from, until): (DateTime<Utc>, DateTime<Utc>),
) -> Result<Register, Fault> {
    let mut texts = texts_between(tx, from, until)?;
    let entries = lines
        .into_iter()
        .map(|(id, entry)| match texts.remove(&id) {
            // The register is read by more people than specific data may be (12.8).
            Some(Texts { channel, copies, flags, .. })
                if flags.iter().any(|flag| flag == SPECIFIC) =>
            {
                Entry { channel, copies, ..entry }
            }
            // Nor is a one-time code for a list (section 11).
            Some(Texts { channel, copies, answer, flags, .. })
                if flags.iter().any(|flag| flag == Flag::Otp.token()) =>
            {
                Entry { channel, copies, answer, holds_otp: true, ..entry }
            }
            Some(Texts { channel, body, copies, answer, .. }) => {
                Entry { channel, copies, body, answer, ..entry }
            }
            None => entry,
        })
        .collect();
    Ok(Register { entries, sealed })
}
