//! Reminders (A11, A20, A21): planned whenever a ticket takes a step, raised by the rounds, each once.
//!
//! The standard time that passes at the petugas marks the ticket there; at the anggota it is the ketua's too, at the ketua
//! the pengarah's.

use std::time::Duration;

use chrono::{DateTime, Utc};
use serde_json::json;

use super::giving::takes_sms;
use super::outbound::{self, Queued, Text};
use super::staff::Officer;
use super::{Error, Office, asking, calling, cases, later, officer, promising, reading, unreached};
use crate::store::outbox::Purpose;
use crate::store::reminders::{self, Matter, Reminder};
use crate::store::tickets::Ticket;
use crate::store::{Fault, Tx, owing, tickets, unreachable};
use crate::ticket::{Role, Stage, may_read};

/// Reminders that one round raises at most: the writer's other jobs wait for it.
const AT_ONCE: i64 = 64;

/// The trail's word for a question that an officer is to give once more.
const GIVE_AGAIN: &str = "TANYAKAN_LAGI";

/// When a question that is not on its way to the citizen yet is looked at again.
const QUESTION_AGAIN: Duration = Duration::from_hours(1);

/// When somebody is reminded of what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reminders {
    /// Days of a citizen's silence after a question (A20).
    pub question: Duration,
    /// Working time that a decision may wait before its ketua is reminded (A11).
    pub decision: Duration,
    /// Working days before the national limit.
    pub national_days: u32,
    /// Whether the office's people get an SMS too.
    pub sms: bool,
    /// SMS of this kind to one person on a day.
    pub per_day: u32,
    /// Working days of a month by whose end last month's report is to be signed (A15).
    pub report_days: u32,
    /// Whether a petugas gets an SMS at once where a citizen tells of an emergency.
    pub emergency: bool,
    /// SMS of that kind to one person on a day.
    pub emergency_per_day: u32,
}

impl Default for Reminders {
    fn default() -> Self {
        Self {
            question: 7 * Duration::from_hours(24),
            decision: Duration::from_hours(1),
            national_days: 2,
            sms: false,
            per_day: 5,
            report_days: 5,
            emergency: false,
            emergency_per_day: 5,
        }
    }
}

/// Plans what a ticket as it stands now is to be reminded of, in place of what was planned before.
///
/// # Errors
/// [`Fault`] of the database.
pub fn plan(tx: &Tx<'_>, office: &Office, ticket: &Ticket) -> Result<(), Fault> {
    reminders::plan(tx, ticket.id, &planned(office, ticket))
}

/// What, the one of its kind since when, and when. All of it but the question comes while the office is open: what is due at
/// closing time is late with the next day's first minute.
fn planned(office: &Office, ticket: &Ticket) -> Vec<(Matter, DateTime<Utc>, DateTime<Utc>)> {
    let (calendar, limits) = (&office.calendar, &office.limits);
    let since = ticket.stage_since;
    let mut planned = Vec::new();
    if ticket.stage == Stage::WaitingCitizen {
        // What takes no SMS is asked by an officer, and nobody is silent before that.
        let asked = if takes_sms(ticket) { Some(since) } else { ticket.given_at };
        if let Some(asked) = asked.filter(|_| limits.reminders.question < limits.question) {
            let at = later(asked, limits.reminders.question);
            planned.push((Matter::Question, since, calendar.next_in_window(at, limits.window)));
        }
        return planned;
    }
    // A calendar without an end of its days off has no due times.
    let real = |due: &DateTime<Utc>| *due < DateTime::<Utc>::MAX_UTC;
    if let Some(due) = ticket.due_at.filter(real) {
        planned.push((Matter::Step, since, calendar.next_opening(due)));
        let minutes = i64::try_from(limits.reminders.decision.as_secs() / 60).unwrap_or(i64::MAX);
        let decision = calendar.add_minutes(since, minutes);
        if ticket.stage == Stage::Approval && decision < due {
            planned.push((Matter::Decision, since, calendar.next_opening(decision)));
        }
    }
    if ticket.stage == Stage::FollowUp
        && let Some(day) = promising::kept(ticket)
    {
        let at = calendar.next_opening(calendar.zone().midnight(day));
        if ticket.due_at.is_some_and(|due| at < due) {
            planned.push((Matter::Promise, since, at));
        }
    }
    if let Some(limit) = national_limit(ticket).filter(real) {
        let near = calendar.working_days_before(limit, limits.reminders.national_days);
        planned.push((Matter::NationalNear, limit, near));
        // There the limit of the step may be the same one.
        if ticket.stage != Stage::FollowUp || ticket.due_at != Some(limit) {
            planned.push((Matter::NationalOver, limit, calendar.next_opening(limit)));
        }
    }
    planned
}

/// The national limit, while the office still has something to do.
pub fn national_limit(ticket: &Ticket) -> Option<DateTime<Utc>> {
    let in_hand = ticket.is_open() && ticket.stage != Stage::Answered;
    ticket.national_due_at.filter(|_| in_hand)
}

/// Raises what is due; when the next one is.
///
/// # Errors
/// [`Fault`] of the database.
pub fn raise(
    tx: &Tx<'_>,
    office: &Office,
    now: DateTime<Utc>,
) -> Result<Option<DateTime<Utc>>, Fault> {
    let mut raised = Vec::new();
    for reminder in reminders::due(tx, now, AT_ONCE)? {
        // After a standstill: neither the office nor a citizen is reminded at night.
        let at = match reminder.matter {
            Matter::Question => office.calendar.next_in_window(now, office.limits.window),
            Matter::Step
            | Matter::Decision
            | Matter::Promise
            | Matter::NationalNear
            | Matter::NationalOver => office.calendar.next_opening(now),
        };
        if at > now {
            reminders::put_off(tx, &reminder, at)?;
        } else if let Some(ticket) = tickets::by_id(tx, reminder.ticket_id)?
            && raise_one(tx, office, (&reminder, &ticket), now)?
        {
            raised.push((reminder.matter, ticket));
        }
    }
    calling::call(tx, office, &raised, now)?;
    reminders::next_due(tx)
}

/// Whether the office is told.
fn raise_one(
    tx: &Tx<'_>,
    office: &Office,
    (reminder, ticket): (&Reminder, &Ticket),
    now: DateTime<Utc>,
) -> Result<bool, Fault> {
    if reminder.matter == Matter::Question {
        return ask_again(tx, office, (reminder, ticket), now).map(|()| false);
    }
    reminders::raise(tx, reminder, ticket.stage, now)?;
    // Known to be near only when it has passed: that says more.
    if reminder.matter == Matter::NationalNear && reminder.since <= now {
        return Ok(false);
    }
    let roles: Vec<&str> = [Role::Operator, Role::Member, Role::Chair, Role::Director]
        .into_iter()
        .filter(|role| {
            let mut concerned =
                office.staff.iter().filter(|who| concerns(office, ticket, who, now));
            concerned.any(|who| who.is(*role))
        })
        .map(Role::token)
        .collect();
    let detail = json!({ "tahap": ticket.stage.token(), "peran": roles.join(" ") });
    cases::remark(tx, ticket.id, "sistem", reminder.matter.token(), detail, now)?;
    // Whoever reads the log is not entitled to learn which tickets take the closed path.
    if !cases::case(office, ticket).on_closed_path() {
        let matter = reminder.matter.token();
        tracing::info!(ticket = %ticket.number, stage = ticket.stage.token(), matter, "reminder");
    }
    Ok(true)
}

/// Whether a ticket waits for this person, or has been late so long where it waits that it is this person's too.
pub fn concerns(office: &Office, ticket: &Ticket, officer: &Officer, now: DateTime<Utc>) -> bool {
    may_read(&cases::case(office, ticket), &officer::actor(officer))
        && (reading::waits_for(office, ticket, officer) || has_risen_to(ticket, officer, now))
}

/// Whether a late ticket is shown to this person beside the one whom it waits for.
pub fn has_risen_to(ticket: &Ticket, officer: &Officer, now: DateTime<Utc>) -> bool {
    // While the citizen is awaited the clocks stand still.
    let late = ticket.due_at.is_some_and(|due| due <= now) && ticket.paused_at.is_none();
    late && risen(ticket.stage).is_some_and(|role| officer.is(role))
}

/// The role that a late ticket of a stage is shown to beside its own.
const fn risen(stage: Stage) -> Option<Role> {
    match stage {
        Stage::Analysis | Stage::FollowUp => Some(Role::Chair),
        Stage::Approval | Stage::EthicsClosed => Some(Role::Director),
        Stage::New
        | Stage::ReadyToSend
        | Stage::WaitingCitizen
        | Stage::Answered
        | Stage::Finished
        | Stage::Closed => None,
    }
}

/// A20: the question goes out once more, or is to be given once more. It is no new question: what becomes of this text changes nothing
/// about the pause.
fn ask_again(
    tx: &Tx<'_>,
    office: &Office,
    (reminder, ticket): (&Reminder, &Ticket),
    now: DateTime<Utc>,
) -> Result<(), Fault> {
    // Nobody can go after somebody at the counter who left no number.
    if ticket.citizen.is_none() {
        return reminders::raise(tx, reminder, ticket.stage, now);
    }
    if !takes_sms(ticket) {
        reminders::raise(tx, reminder, ticket.stage, now)?;
        owing::owe(tx, ticket.id, now)?;
        return cases::remark(tx, ticket.id, "sistem", GIVE_AGAIN, json!({}), now);
    }
    let reached = |state: &str| matches!(state, "sent" | "delivered");
    if !unreached::last_question(tx, ticket.id)?.is_some_and(|first| reached(&first.state)) {
        return reminders::put_off(tx, reminder, later(now, QUESTION_AGAIN));
    }
    reminders::raise(tx, reminder, ticket.stage, now)?;
    let not_told = |why| cases::remark(tx, ticket.id, "sistem", why, json!({}), now);
    let question = asking::waiting_question(tx, office, ticket)?;
    let Some((to, body)) = ticket.citizen.as_ref().zip(question) else { return Ok(()) };
    // What no person has asked for is not tried at a number that is wrong or gone.
    if unreachable::find(tx, to.reveal())?.is_some() {
        return not_told("TIDAK_DIKIRIM_NOMOR");
    }
    let text = Text {
        to,
        body,
        purpose: Purpose::Notice,
        // Named, it would be the last question, whose failure lets the clocks go on.
        template: None,
        ticket_id: Some(ticket.id),
        inbound_id: None,
        draft_id: None,
        sim: ticket.sim.as_deref(),
    };
    match outbound::queue(tx, office, &text, now) {
        Ok(Queued::At { id, .. }) => {
            let detail = json!({ "outbox": id });
            cases::remark(tx, ticket.id, "sistem", reminder.matter.token(), detail, now)
        }
        Ok(Queued::Stopped) => not_told("TIDAK_DIKIRIM_STOP"),
        Ok(Queued::Already) => Ok(()),
        Err(Error::Fault(fault)) => Err(fault),
        Err(error) => {
            tracing::error!(ticket = %ticket.number, %error, "cannot remind of a question");
            Ok(())
        }
    }
}
