//! A sent answer was wrong: it stays as it is, and a second one follows it, which begins with RALAT (A24, T24). What is wrong
//! about a received text is written beside it (9.4, rule 2).

use chrono::{DateTime, Utc};
use serde_json::json;

use super::officer::{Done, actor, find};
use super::staff::Officer;
use super::turning::turn;
use super::{Error, Office, cases};
use crate::store::tickets::Ticket;
use crate::store::trail_words::free;
use crate::store::{Fault, Tx, trail};
use crate::ticket::{Action, Role, reads_a_copy};

/// How a second answer begins.
pub const MARK: &str = "RALAT:";

/// T24: the ticket is analysed once more, by whoever had it, and goes the way of every answer. The first answer stays.
///
/// # Errors
/// [`Error::Refused`]; [`Error::Fault`].
pub fn correct(
    tx: &Tx<'_>,
    office: &Office,
    officer: &Officer,
    (typed, reason): (&str, &str),
    now: DateTime<Utc>,
) -> Result<Done, Error> {
    let action = |reason| Action::Correct { reason };
    turn(tx, office, officer, (typed, reason), (action, now), |ticket| {
        // What was answered from the bank had nobody to analyse it.
        if ticket.assignee.is_none() {
            let unit = cases::present(office, ticket.unit.as_deref().unwrap_or_default());
            let member = office.staff.member_or_chair(&unit);
            ticket.assignee = member.map(|member| member.id.as_str().to_owned());
        }
    })
}

/// Whether what is drafted now corrects an answer: since RALAT nothing was sent, objected to, or opened again.
///
/// # Errors
/// [`Fault`] of the database.
pub(super) fn is_under_way(tx: &Tx<'_>, ticket: &Ticket) -> Result<bool, Fault> {
    const SENT_OBJECTED_OPENED: [i64; 3] = [16, 21, 23];
    const CORRECT: i64 = 24;
    let lines = trail::of_ticket(tx, ticket.id)?;
    let last = lines
        .iter()
        .filter_map(|line| line.transition)
        .rfind(|number| *number == CORRECT || SENT_OBJECTED_OPENED.contains(number));
    Ok(last == Some(CORRECT))
}

/// A wording with the mark in front, once.
pub(super) fn marked(wording: &str) -> String {
    let wording = wording.trim();
    let begins = wording
        .split(|sign: char| !sign.is_alphanumeric())
        .next()
        .is_some_and(|first| first.eq_ignore_ascii_case("ralat"));
    if begins || wording.is_empty() { wording.to_owned() } else { format!("{MARK} {wording}") }
}

/// A remark beside what a ticket holds, by whoever may act on it.
///
/// # Errors
/// [`Error::NotPermitted`], [`Error::Missing`], [`Error::NoSuchTicket`]; [`Error::Fault`].
pub fn note(
    tx: &Tx<'_>,
    office: &Office,
    officer: &Officer,
    (typed, text): (&str, &str),
    now: DateTime<Utc>,
) -> Result<Done, Error> {
    let ticket = find(tx, office, officer, typed, now)?;
    let case = cases::case(office, &ticket);
    // The pengarah sees everything, and acts where it is the pengarah's to decide (A23).
    let decides = case.on_closed_path() || case.is_judged_by(Role::Director);
    let acts = [Role::Operator, Role::Member, Role::Chair].iter().any(|role| officer.is(*role))
        || (officer.is(Role::Director) && decides);
    if !acts || reads_a_copy(&case, &actor(officer)) {
        return Err(Error::NotPermitted);
    }
    let text = text.trim();
    if text.is_empty() {
        return Err(Error::Missing("text"));
    }
    let detail = json!({ "isi": free(text) });
    cases::remark(tx, ticket.id, officer.id.as_str(), "CATATAN", detail, now)?;
    Ok(Done::quietly(ticket))
}
