//! What the citizen is asked, and that it was learnt: T4 and T5. While the citizen is asked both clocks stand still (A20).

use std::time::Duration;

use chrono::{DateTime, Utc};
use serde_json::json;

use super::officer::{Done, actor, find, notice_saying};
use super::staff::Officer;
use super::{Error, Office, cases, earlier, later};
use crate::store::tickets::Ticket;
use crate::store::trail_words::free;
use crate::store::{Fault, Tx, trail};
use crate::ticket::Action;
use crate::words::{Blank, Key};

/// T4: the citizen is asked for what is missing, and has the time of [`Limits::question`](super::Limits::question), the day on which
/// that ends included (A20): a text that names a day as the last one means all of it. Where no SMS asks, an officer is to, and that
/// time begins when one says so.
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
    let detail = json!({ "kurang": free(missing) });
    cases::step(tx, office, &mut ticket, (&action, &actor(officer)), detail, now, |_| {})?;
    let body = question(office, &ticket, missing, now);
    let done = notice_saying(tx, office, ticket, (Key::Lengkapi, body), now)?;
    // Clocks that stand still for a question that nobody reads: with the refusal nothing of it is kept.
    if done.text.is_none() && done.give.is_empty() {
        return Err(Error::UnderStop);
    }
    done.owed(tx, now)
}

/// A moment of the last day, by the office's clock, on which a question that was asked at `asked_at` may be answered.
fn last_day(office: &Office, asked_at: DateTime<Utc>) -> DateTime<Utc> {
    later(asked_at, office.limits.question)
}

/// The inverse of [`last_day`]: of a question that was asked then or before, the last day is over, and of no later one.
pub(super) fn expired(office: &Office, now: DateTime<Utc>) -> DateTime<Utc> {
    let (today, _) = office.calendar.zone().day_of(now);
    earlier(earlier(today, Duration::from_secs(1)), office.limits.question)
}

/// What the citizen reads of a question that was asked at `asked_at`.
fn question(office: &Office, ticket: &Ticket, missing: &str, asked_at: DateTime<Utc>) -> String {
    let number = ticket.number.to_string();
    let until = office.calendar.zone().day(last_day(office, asked_at));
    let values = [(Blank::No, &*number), (Blank::Kurang, missing), (Blank::Tgl, &*until)];
    office.templates.fill(Key::Lengkapi, &values)
}

/// The question that a ticket waits with, as its citizen reads it in an SMS.
///
/// # Errors
/// [`Fault`] of the database.
pub(super) fn waiting_question(
    tx: &Tx<'_>,
    office: &Office,
    ticket: &Ticket,
) -> Result<Option<String>, Fault> {
    let asked = asked(tx, ticket)?;
    Ok(asked.map(|(missing, at)| question(office, ticket, &missing, at)))
}

/// The same as an officer gives it now, or gave it before.
///
/// # Errors
/// [`Fault`] of the database.
pub(super) fn given_question(
    tx: &Tx<'_>,
    office: &Office,
    ticket: &Ticket,
    now: DateTime<Utc>,
) -> Result<Option<String>, Fault> {
    let asked = asked(tx, ticket)?;
    let at = ticket.given_at.unwrap_or(now);
    Ok(asked.map(|(missing, _)| question(office, ticket, &missing, at)))
}

/// What a ticket's citizen was asked for last, and when.
fn asked(tx: &Tx<'_>, ticket: &Ticket) -> Result<Option<(String, DateTime<Utc>)>, Fault> {
    const ASKED: i64 = 4;
    let lines = trail::of_ticket(tx, ticket.id)?;
    let Some(asked) = lines.into_iter().rfind(|line| line.transition == Some(ASKED)) else {
        return Ok(None);
    };
    let detail: serde_json::Value = serde_json::from_str(&asked.detail).unwrap_or_default();
    let missing = detail.get("kurang").and_then(serde_json::Value::as_str);
    Ok(missing.map(|missing| (missing.to_owned(), asked.at)))
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
    let detail = json!({ "keterangan": free(learnt) });
    cases::step(tx, office, &mut ticket, by, detail, now, |_| {})?;
    Ok(Done::quietly(ticket))
}
