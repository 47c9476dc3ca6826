//! One ticket, one step: the workflow table decides, the clocks follow, the trail remembers.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;

use super::{Error, Office, overtaken, promising, reminding};
use crate::complaint::Flag;
use crate::mutation::Mutation;
use crate::store::tickets::Ticket;
use crate::store::trail::Entry;
use crate::store::{Fault, Tx, owing, tickets, trail};
use crate::ticket::{
    Action, Actor, Advance, Case, OfficerId, Refusal, Role, SPECIFIC, Stage, advance,
};

/// What the workflow table looks at.
pub fn case(office: &Office, ticket: &Ticket) -> Case {
    let drafter = ticket.drafter.as_deref().map(OfficerId::from);
    let by_chair = drafter
        .as_ref()
        .and_then(|id| office.staff.find(id))
        .is_some_and(|writer| writer.is(Role::Chair));
    Case {
        stage: ticket.stage,
        before_pause: ticket.before_pause,
        drafter,
        drafted_by_chair: by_chair,
        escalated: ticket.escalated,
        unit: ticket.unit.as_deref().map(|code| present(office, code)),
        assignee: ticket.assignee.as_deref().map(OfficerId::from),
        chair_assigns: chair_assigns(office, ticket),
        objections: ticket.objections,
        objecting: office.limits.objecting,
        stage_since: ticket.stage_since,
        last_answer_at: ticket.last_answer_at,
        needs_follow_up: ticket.follow_up,
        restricted: ticket.restricted_by.is_some(),
        concerns: ticket.concerns.iter().map(|account| OfficerId::from(account.as_str())).collect(),
        closed_as: ticket.closed_as,
        secret: has(ticket, Flag::Secret.token()),
        specific: has(ticket, SPECIFIC),
        copies: ticket.copies.iter().map(|code| present(office, code)).collect(),
    }
}

/// The code of the unit that answers now for one that the register holds, by which people are bound to units.
pub(super) fn present(office: &Office, code: &str) -> String {
    office.directory.holder(code).map_or_else(|| code.to_owned(), |unit| unit.code.to_string())
}

/// Whether a ticket was returned as another unit's so often that the ketua must assign it (T11).
pub fn chair_assigns(office: &Office, ticket: &Ticket) -> bool {
    ticket.returns >= office.limits.returns
}

/// Whether a ticket bears a flag.
fn has(ticket: &Ticket, flag: &str) -> bool {
    ticket.flags.iter().any(|other| other == flag)
}

/// Who acts, as the trail names it.
pub fn name_of<'a>(actor: &'a Actor<'_>) -> &'a str {
    match actor {
        Actor::System => "sistem",
        Actor::Citizen => "pemohon",
        Actor::Officer { id, .. } => id.as_str(),
    }
}

/// Moves a ticket by one step of the procedure: `change` writes what the step brings beside the stage; the trail gets
/// `detail`. Ticket and trail are written in the caller's transaction. A step is never said to be older than the one before it.
///
/// # Errors
/// [`Error::Refused`] where the table says no; [`Error::Fault`].
pub fn step(
    tx: &Tx<'_>,
    office: &Office,
    ticket: &mut Ticket,
    (action, actor): (&Action, &Actor<'_>),
    detail: serde_json::Value,
    now: DateTime<Utc>,
    change: impl FnOnce(&mut Ticket),
) -> Result<Advance, Error> {
    let before = case(office, ticket);
    let now = not_before(ticket.stage_since, now);
    let step = advance(&before, action, actor, now)?;
    // Its time is over: nobody is there to be answered, or nothing to be read.
    if ticket.is_retired() {
        return Err(Refusal::OutOfTurn { stage: ticket.stage }.into());
    }
    let sealed = before.on_closed_path();
    let from = ticket.stage;
    change(ticket);
    if *action == Action::Send {
        ticket.answered_at.get_or_insert(now);
        ticket.last_answer_at = Some(now);
    }
    // Whoever takes a step has looked.
    if matches!(actor, Actor::Officer { roles, .. } if roles.contains(&Role::Operator)) {
        ticket.flags.retain(|flag| flag != tickets::ALARM);
    }
    enter(office, ticket, step, now);
    let detail = if Mutation::UnreasonedStep.is_made() { json!({}) } else { detail };
    let entry = Entry {
        actor: name_of(actor),
        transition: Some(step.transition),
        action: action.token(),
        from: Some(from.token()),
        to: Some(step.to.token()),
        detail,
    };
    tickets::record(tx, from, ticket, &entry, now)?;
    owe_no_more(tx, ticket, step)?;
    overtaken::by_step(tx, ticket, step.transition, now)?;
    reminding::plan(tx, office, ticket)?;
    // Whoever reads the log is not entitled to learn which tickets take the closed path, or took it.
    if sealed || case(office, ticket).on_closed_path() {
        tracing::info!("a step on the closed path");
        return Ok(step);
    }
    tracing::info!(ticket = %ticket.number, transition = step.transition, from = from.token(), to = step.to.token(), "step");
    Ok(step)
}

/// What was to be given belongs to where the ticket stood; and nobody tells the copies of an answer that is written anew, or that was
/// sealed.
fn owe_no_more(tx: &Tx<'_>, ticket: &mut Ticket, step: Advance) -> Result<(), Fault> {
    const TAKES_THE_ANSWER_BACK: [u8; 3] = [7, 21, 24];
    const HANDED_OVER: u8 = 8;
    // Its citizen still does not know that it is in their hands.
    if step.transition == HANDED_OVER {
        return Ok(());
    }
    let (owed, given) = (ticket.to_give_at.take(), ticket.given_at.take());
    if owed.or(given).is_some() {
        owing::forget(tx, ticket.id)?;
    }
    if TAKES_THE_ANSWER_BACK.contains(&step.transition) {
        for joined in tickets::joined_to(tx, ticket.id)? {
            owing::forget(tx, joined.id)?;
        }
    }
    Ok(())
}

/// When a step of now is said to have been taken: not before the last one, where the clock was set back since. The month's
/// figures go by these times (9.4.7), and so do the time standards. A clock that was years ahead for an hour is not waited for.
fn not_before(last: DateTime<Utc>, now: DateTime<Utc>) -> DateTime<Utc> {
    const SET_BACK_MAX: TimeDelta = TimeDelta::days(2);
    if last - now > SET_BACK_MAX { now } else { now.max(last) }
}

/// Lets a ticket enter a stage: its clocks, its end, and what does not outlive the stage it left.
fn enter(office: &Office, ticket: &mut Ticket, step: Advance, now: DateTime<Utc>) {
    let mut clocks = ticket.clocks();
    clocks.enter(office.reckoning(), step, now);
    if step.to == Stage::FollowUp {
        clocks.due_at = promising::due(office, clocks.national_due_at, ticket.follow_up_on);
    }
    if Mutation::StaleDue.is_made() {
        clocks.due_at = ticket.due_at;
    }
    ticket.set(clocks);
    if step.to != Stage::Closed {
        (ticket.closed_as, ticket.main_ticket_id) = (None, None);
    }
    ticket.finished_at = matches!(step.to, Stage::Finished | Stage::Closed).then_some(now);
}

/// A step that the system takes where the table allows it: that it does not is no error.
///
/// # Errors
/// [`Fault`] of the database.
pub fn try_advance(
    tx: &Tx<'_>,
    office: &Office,
    ticket_id: i64,
    action: &Action,
    actor: &Actor<'_>,
    why: &str,
    now: DateTime<Utc>,
) -> Result<Option<Ticket>, Fault> {
    let Some(mut ticket) = tickets::by_id(tx, ticket_id)? else { return Ok(None) };
    match step(tx, office, &mut ticket, (action, actor), json!({ "sebab": why }), now, |_| {}) {
        Ok(_) => Ok(Some(ticket)),
        Err(Error::Fault(fault)) => Err(fault),
        Err(refused) => {
            // What is debugged is read by nobody who is entitled either.
            if case(office, &ticket).on_closed_path() {
                tracing::debug!("not now, on the closed path");
            } else {
                tracing::debug!(ticket = %ticket.number, %refused, action = action.token(), "not now");
            }
            Ok(None)
        }
    }
}

/// A row of the trail that moves nothing.
///
/// # Errors
/// [`Fault`] of the database.
pub fn remark(
    tx: &Tx<'_>,
    ticket_id: i64,
    actor: &str,
    action: &str,
    detail: serde_json::Value,
    now: DateTime<Utc>,
) -> Result<(), Fault> {
    let entry = Entry { actor, transition: None, action, from: None, to: None, detail };
    trail::append(tx, ticket_id, &entry, now)
}
