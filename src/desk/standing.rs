//! How a ticket stands in time, as a list shows it: working minutes left or over, and what is to be marked.

use chrono::{DateTime, TimeDelta, Utc};

use super::reminding::{has_risen_to, national_limit};
use super::staff::Officer;
use super::{Office, cases, promising, reading};
use crate::store::outbox::Message;
use crate::store::tickets::Ticket;
use crate::store::{Fault, Tx, outbox, tickets};
use crate::ticket::{CloseReason, Stage};

/// The flag of a ticket whose last answer no delivery report has confirmed in time (A14).
pub const UNCONFIRMED: &str = "unconfirmed";

/// What is to be marked of a ticket, beside that its step is late.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// It waits for somebody else, and is so late there that it is shown to this person too.
    Risen,
    /// It was returned as another unit's so often that the ketua sorts it (T11).
    ChairAssigns,
    /// A decision has waited for some time (A11).
    DecisionWaits,
    /// The day by which work was promised has passed.
    PromiseOver,
    /// The national limit comes near.
    NationalNear,
    /// The national limit has passed.
    NationalOver,
}

impl Mark {
    /// Its name on the socket.
    pub const fn token(self) -> &'static str {
        match self {
            Self::Risen => "risen",
            Self::ChairAssigns => "chair-assigns",
            Self::DecisionWaits => "decision-waits",
            Self::PromiseOver => "promise-over",
            Self::NationalNear => "national-near",
            Self::NationalOver => "national-over",
        }
    }
}

/// How a ticket stands in time.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Standing {
    /// The standard time of the step has passed.
    pub overdue: bool,
    /// Working minutes until then, negative after it.
    pub left_minutes: Option<i64>,
    /// What else is to be marked.
    pub marks: Vec<Mark>,
}

/// How a ticket stands for this person. While the citizen is awaited everything stands still.
pub fn standing(
    office: &Office,
    ticket: &Ticket,
    officer: &Officer,
    now: DateTime<Utc>,
) -> Standing {
    let clock = ticket.paused_at.unwrap_or(now);
    let calendar = &office.calendar;
    let left = |due: DateTime<Utc>| {
        if due < clock {
            -calendar.minutes_between(due, clock)
        } else {
            calendar.minutes_between(clock, due)
        }
    };
    let overdue = ticket.due_at.is_some_and(|due| due < clock);
    let mut marks = Vec::new();
    if has_risen_to(ticket, officer, now) && !reading::waits_for(office, ticket, officer) {
        marks.push(Mark::Risen);
    }
    if ticket.stage == Stage::New && cases::chair_assigns(office, ticket) {
        marks.push(Mark::ChairAssigns);
    }
    let reminders = &office.limits.reminders;
    if ticket.stage == Stage::Approval && !overdue {
        let patience = i64::try_from(reminders.decision.as_secs() / 60).unwrap_or(i64::MAX);
        if calendar.minutes_between(ticket.stage_since, clock) >= patience {
            marks.push(Mark::DecisionWaits);
        }
    }
    if promising::is_broken(office, ticket, clock) {
        marks.push(Mark::PromiseOver);
    }
    if let Some(limit) = national_limit(ticket) {
        if limit < clock {
            marks.push(Mark::NationalOver);
        } else if calendar.working_days_before(limit, reminders.national_days) <= clock {
            marks.push(Mark::NationalNear);
        }
    }
    Standing { overdue, left_minutes: ticket.due_at.map(left), marks }
}

/// Whether nobody can say that a text arrived which has left or may have: it was sent and not reported on within the time of row 7,
/// its fate is unknown, or it goes out once more. The network keeps no office hours: these minutes are the clock's.
pub fn is_unconfirmed(office: &Office, message: &Message, now: DateTime<Utc>) -> bool {
    let patience = TimeDelta::minutes(office.standards.delivery);
    match &*message.state {
        "sent" => {
            office.limits.reports && message.sent_at.is_some_and(|sent| sent + patience <= now)
        }
        "unknown" => true,
        "queued" | "claimed" => message.repeated || message.unanswered,
        _ => false,
    }
}

/// Puts [`UNCONFIRMED`] beside the flags of a ticket whose last answer is, or the copy of it to who wrote a joined one.
///
/// # Errors
/// [`Fault`] of the database.
pub fn note_answer(
    tx: &Tx<'_>,
    office: &Office,
    ticket: &mut Ticket,
    now: DateTime<Utc>,
) -> Result<(), Fault> {
    let mut told = Vec::new();
    if matches!(ticket.stage, Stage::Answered | Stage::FollowUp) {
        told.push(ticket.id);
        told.extend(tickets::joined_to(tx, ticket.id)?.into_iter().map(|joined| joined.id));
    } else if ticket.closed_as == Some(CloseReason::Duplicate) {
        told.push(ticket.id);
    }
    for id in told {
        if outbox::last_answer(tx, id)?.is_some_and(|last| is_unconfirmed(office, &last, now)) {
            ticket.flags.push(UNCONFIRMED.to_owned());
            break;
        }
    }
    Ok(())
}
