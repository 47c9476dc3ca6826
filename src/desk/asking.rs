//! What the citizen is asked, and that it was learnt: T4 and T5. While the citizen is asked both clocks stand still (A20).

use chrono::{DateTime, Utc};
use serde_json::json;

use super::officer::{Done, actor, find, notice};
use super::staff::Officer;
use super::{Error, Office, cases, later};
use crate::store::tickets::Ticket;
use crate::store::{Tx, trail};
use crate::ticket::Action;
use crate::words::{Blank, Key};

/// T4: the citizen is asked for what is missing, and has the time of [`Limits::question`](super::Limits::question).
///
/// # Errors
/// [`Error::Refused`], [`Error::TooLong`] where the question takes more than one SMS, [`Error::UnderStop`]; [`Error::Fault`].
pub fn ask(
    tx: &Tx<'_>,
    office: &Office,
    officer: &Officer,
    (typed, missing): (&str, &str),
    now: DateTime<Utc>,
) -> Result<Done, Error> {
    let mut ticket = find(tx, office, officer, typed, now)?;
    let missing = missing.trim();
    let action = Action::Ask { missing: missing.to_owned() };
    let detail = json!({ "kurang": missing });
    cases::step(tx, office, &mut ticket, (&action, &actor(officer)), detail, now, |_| {})?;
    let number = ticket.number.to_string();
    let until = until(office, now);
    let values = [(Blank::No, &*number), (Blank::Kurang, missing), (Blank::Tgl, &*until)];
    let done = notice(tx, office, ticket, Key::Lengkapi, &values, now)?;
    // Clocks that stand still for a question that nobody reads: with the refusal nothing of it is kept.
    if done.text.is_none() && done.give.is_empty() {
        return Err(Error::UnderStop);
    }
    Ok(done)
}

/// The last day for an answer to what is asked at `at`.
fn until(office: &Office, at: DateTime<Utc>) -> String {
    office.calendar.zone().day(later(at, office.limits.question))
}

/// The question that a ticket waits with, as its citizen reads it.
///
/// # Errors
/// [`Error::Fault`].
pub(super) fn question(
    tx: &Tx<'_>,
    office: &Office,
    ticket: &Ticket,
) -> Result<Option<String>, Error> {
    const ASKED: i64 = 4;
    let lines = trail::of_ticket(tx, ticket.id)?;
    let Some(asked) = lines.into_iter().rfind(|line| line.transition == Some(ASKED)) else {
        return Ok(None);
    };
    let detail: serde_json::Value = serde_json::from_str(&asked.detail).unwrap_or_default();
    let Some(missing) = detail.get("kurang").and_then(serde_json::Value::as_str) else {
        return Ok(None);
    };
    let (number, until) = (ticket.number.to_string(), until(office, asked.at));
    let values = [(Blank::No, &*number), (Blank::Kurang, missing), (Blank::Tgl, &*until)];
    Ok(Some(office.templates.fill(Key::Lengkapi, &values)))
}

/// T5: what was missing has been learnt otherwise, by telephone or at the counter; the clocks go on.
///
/// # Errors
/// [`Error::Refused`], [`Error::Missing`]; [`Error::Fault`].
pub fn resume(
    tx: &Tx<'_>,
    office: &Office,
    officer: &Officer,
    (typed, learnt): (&str, &str),
    now: DateTime<Utc>,
) -> Result<Done, Error> {
    let mut ticket = find(tx, office, officer, typed, now)?;
    let learnt = learnt.trim();
    if learnt.is_empty() {
        return Err(Error::Missing("learnt"));
    }
    let by = (&Action::Resume, &actor(officer));
    let detail = json!({ "keterangan": learnt });
    cases::step(tx, office, &mut ticket, by, detail, now, |_| {})?;
    Ok(Done::quietly(ticket))
}
