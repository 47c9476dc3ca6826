//! A number is blocked: the ketua's decision, with a day on which it ends (procedure.md section 11). What comes from it is kept and
//! counted, and opens, adds and answers nothing, whatever it says; what the office owes to older tickets of it goes on.

use chrono::{DateTime, Days, NaiveDate, Utc};
use serde_json::json;

use super::officer::find;
use super::staff::Officer;
use super::{Error, Office, cases};
use crate::phone::PhoneNumber;
use crate::store::blocks::{self, Block};
use crate::store::tickets::Ticket;
use crate::store::{Tx, access_log};
use crate::ticket::Role;

/// Why a message of such a number has no answer.
pub const REASON: &str = "DIBLOKIR";

/// A decision has an end that one can see from where it begins.
const DAYS_MAX: u64 = 366;

/// A blocked number as this person may see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Blocked {
    /// The number, masked for whoever may not see it.
    pub citizen: String,
    /// The decision.
    pub block: Block,
}

/// Blocks a number, typed as it is or by a ticket of it, until the end of a day. What was decided before ends.
///
/// # Errors
/// [`Error::NotPermitted`], [`Error::Missing`], [`Error::NoSuchTicket`], [`Error::Invalid`] (day, number); [`Error::Fault`].
pub fn block(
    tx: &Tx<'_>,
    office: &Office,
    officer: &Officer,
    (whom, until, reason): (&str, NaiveDate, &str),
    now: DateTime<Utc>,
) -> Result<Blocked, Error> {
    let (citizen, ticket) = meant(tx, office, officer, whom, now)?;
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(Error::Missing("reason"));
    }
    let zone = office.calendar.zone();
    let today = zone.local(now).date_naive();
    let last = today.checked_add_days(Days::new(DAYS_MAX)).unwrap_or(NaiveDate::MAX);
    if !(today..=last).contains(&until) {
        return Err(Error::Invalid { what: "end of a block", value: until.to_string() });
    }
    blocks::lift(tx, &citizen, officer.id.as_str(), now)?;
    let block = Block {
        citizen,
        until,
        ends_at: zone.midnight(until.succ_opt().unwrap_or(NaiveDate::MAX)),
        reason: reason.to_owned(),
        officer: officer.id.as_str().to_owned(),
        blocked_at: now,
        messages: 0,
    };
    blocks::add(tx, &block)?;
    let detail = json!({ "sampai": until.to_string(), "sebab": reason });
    noted(tx, officer, ("block", "BLOKIR"), (ticket.as_ref(), &block.citizen, detail), now)?;
    Ok(Blocked { citizen: block.citizen.local(), block })
}

/// Ends a block before its day; the decision as it stood.
///
/// # Errors
/// [`Error::NotPermitted`], [`Error::NoSuchTicket`], [`Error::Invalid`] where the number is not blocked; [`Error::Fault`].
pub fn unblock(
    tx: &Tx<'_>,
    office: &Office,
    officer: &Officer,
    whom: &str,
    now: DateTime<Utc>,
) -> Result<Blocked, Error> {
    let (citizen, ticket) = meant(tx, office, officer, whom, now)?;
    let standing = blocks::standing(tx, now)?.into_iter().find(|block| block.citizen == citizen);
    let block = standing
        .ok_or_else(|| Error::Invalid { what: "blocked number", value: whom.to_owned() })?;
    blocks::lift(tx, &citizen, officer.id.as_str(), now)?;
    noted(tx, officer, ("unblock", "BUKA_BLOKIR"), (ticket.as_ref(), &citizen, json!({})), now)?;
    Ok(Blocked { citizen: citizen.local(), block })
}

/// The numbers that are blocked now, with the messages that were kept since.
///
/// # Errors
/// [`Error::NotPermitted`]; [`Error::Fault`].
pub fn list(tx: &Tx<'_>, officer: &Officer, now: DateTime<Utc>) -> Result<Vec<Blocked>, Error> {
    let sees_numbers = officer.is(Role::Operator) || officer.is(Role::Chair);
    if !sees_numbers && !officer.is(Role::Director) {
        return Err(Error::NotPermitted);
    }
    let shown = |block: Block| {
        let number = &block.citizen;
        let citizen = if sees_numbers { number.local() } else { number.to_string() };
        Blocked { citizen, block }
    };
    Ok(blocks::standing(tx, now)?.into_iter().map(shown).collect())
}

/// The number that is meant, and the ticket that it was named by.
fn meant(
    tx: &Tx<'_>,
    office: &Office,
    officer: &Officer,
    whom: &str,
    now: DateTime<Utc>,
) -> Result<(PhoneNumber, Option<Ticket>), Error> {
    if !officer.is(Role::Chair) {
        return Err(Error::NotPermitted);
    }
    if let Ok(number) = PhoneNumber::parse(whom) {
        return Ok((number, None));
    }
    let ticket = find(tx, office, officer, whom, now)?;
    match ticket.citizen.clone() {
        Some(number) => Ok((number, Some(ticket))),
        None => Err(Error::Invalid { what: "telephone number", value: whom.to_owned() }),
    }
}

/// In the access log, where numbers are masked, and in the trail of the ticket that it was decided by.
fn noted(
    tx: &Tx<'_>,
    officer: &Officer,
    (action, token): (&str, &str),
    (ticket, citizen, detail): (Option<&Ticket>, &PhoneNumber, serde_json::Value),
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let id = ticket.map(|ticket| ticket.id);
    access_log::note(tx, officer.id.as_str(), action, id, &citizen.to_string(), now)?;
    if let Some(id) = id {
        cases::remark(tx, id, officer.id.as_str(), token, detail, now)?;
    }
    Ok(())
}
