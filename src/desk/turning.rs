//! A ticket takes another way: back as another unit's (T11), up to the pengarah (T15), open again (T23).

use chrono::{DateTime, Utc};
use serde_json::json;

use super::officer::{Done, actor, find};
use super::staff::Officer;
use super::{Error, Office, cases};
use crate::store::Tx;
use crate::store::tickets::Ticket;
use crate::store::trail_words::free;
use crate::ticket::{Action, Case, Refusal, advance};

/// T11: it is another unit's, and is sorted once more; after the second time by the ketua.
///
/// # Errors
/// [`Error::Refused`]; [`Error::Fault`].
pub fn return_unit(
    tx: &Tx<'_>,
    office: &Office,
    officer: &Officer,
    (typed, reason): (&str, &str),
    now: DateTime<Utc>,
) -> Result<Done, Error> {
    let action = |reason| Action::ReturnUnit { reason };
    turn(tx, office, officer, (typed, reason), (action, now), |ticket| {
        ticket.assignee = None;
        ticket.returns = ticket.returns.saturating_add(1);
    })
}

/// T15: the pengarah decides. Where nobody would, the ketua goes on deciding.
///
/// # Errors
/// [`Error::Refused`]; [`Error::Fault`].
pub fn escalate(
    tx: &Tx<'_>,
    office: &Office,
    officer: &Officer,
    (typed, reason): (&str, &str),
    now: DateTime<Utc>,
) -> Result<Done, Error> {
    let action = |reason| Action::Escalate { reason };
    let ticket = find(tx, office, officer, typed, now)?;
    let case = cases::case(office, &ticket);
    let step = action(reason.trim().to_owned());
    advance(&case, &step, &actor(officer), now)?;
    if office.staff.deciders(&Case { escalated: true, ..case }).is_empty() {
        return Err(Refusal::NobodyDecides.into());
    }
    turn(tx, office, officer, (typed, reason), (action, now), |ticket| ticket.escalated = true)
}

/// T23: what was closed is sorted once more; what was sealed is decided on once more.
///
/// # Errors
/// [`Error::Refused`]; [`Error::Fault`].
pub fn reopen(
    tx: &Tx<'_>,
    office: &Office,
    officer: &Officer,
    (typed, reason): (&str, &str),
    now: DateTime<Utc>,
) -> Result<Done, Error> {
    let action = |reason| Action::Reopen { reason };
    turn(tx, office, officer, (typed, reason), (action, now), |ticket| {
        ticket.assignee = None;
        // What was passed on was another decision; the next one begins at the ketua.
        ticket.escalated = false;
        // What a proposal of before would have promised nobody was told.
        (ticket.follow_up, ticket.follow_up_on) = (false, None);
    })
}

/// Takes a step that asks for a reason and nothing else.
///
/// # Errors
/// [`Error::Refused`]; [`Error::Fault`].
pub(super) fn turn(
    tx: &Tx<'_>,
    office: &Office,
    officer: &Officer,
    (typed, reason): (&str, &str),
    (action, now): (impl FnOnce(String) -> Action, DateTime<Utc>),
    change: impl FnOnce(&mut Ticket),
) -> Result<Done, Error> {
    let mut ticket = find(tx, office, officer, typed, now)?;
    let reason = reason.trim();
    let (action, detail) = (action(reason.to_owned()), json!({ "sebab": free(reason) }));
    cases::step(tx, office, &mut ticket, (&action, &actor(officer)), detail, now, change)?;
    Ok(Done::quietly(ticket))
}
