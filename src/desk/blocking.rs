//! A number is blocked: the ketua's decision, with a day on which it ends (procedure.md section 11). What comes from it is kept and
//! counted, and opens, adds and answers nothing, whatever it says; what the office owes to older tickets of it goes on.

use chrono::{DateTime, Days, NaiveDate, Utc};
use serde_json::json;

use super::staff::Officer;
use super::{Error, Office, cases, officer, reading};
use crate::masking;
use crate::phone::PhoneNumber;
use crate::store::blocks::{self, Block};
use crate::store::tickets::Ticket;
use crate::store::trail_words::free;
use crate::store::{Tx, access_log, tickets};
use crate::ticket::{Role, Sight, may_read, sight};

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
    // What is kept for years must not hold what is hidden everywhere else.
    let reason = masking::numbers(reason.trim());
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
    let ticket_id = match &ticket {
        Some(ticket) => Some(ticket.id),
        None => only_sealed(tx, office, officer, &citizen)?,
    };
    let block = Block {
        citizen,
        until,
        ends_at: zone.midnight(until.succ_opt().unwrap_or(NaiveDate::MAX)),
        reason: reason.clone(),
        officer: officer.id.as_str().to_owned(),
        blocked_at: now,
        messages: 0,
        ticket_id,
    };
    blocks::add(tx, &block)?;
    let detail = json!({ "sampai": until.to_string(), "sebab": free(&reason) });
    noted(tx, officer, ("block", "BLOKIR", detail), (&block, ticket.as_ref()), now)?;
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
    let none = || Error::Invalid { what: "blocked number", value: whom.to_owned() };
    let block = blocks::find(tx, &citizen, now)?.ok_or_else(none)?;
    if !is_told(tx, office, officer, &block)? {
        return Err(none());
    }
    blocks::lift(tx, &citizen, officer.id.as_str(), now)?;
    noted(tx, officer, ("unblock", "BUKA_BLOKIR", json!({})), (&block, ticket.as_ref()), now)?;
    Ok(Blocked { citizen: citizen.local(), block })
}

/// The numbers that are blocked now, with the messages that were kept since. What was decided over a case of the closed path is
/// left out for whoever may not read that one: number and reason would tell who reported (12.7). That it was asked is noted.
///
/// # Errors
/// [`Error::NotPermitted`]; [`Error::Fault`].
pub fn list(
    tx: &Tx<'_>,
    office: &Office,
    officer: &Officer,
    now: DateTime<Utc>,
) -> Result<Vec<Blocked>, Error> {
    if ![Role::Operator, Role::Chair, Role::Director].into_iter().any(|role| officer.is(role)) {
        return Err(Error::NotPermitted);
    }
    let mut blocked = Vec::new();
    for block in blocks::standing(tx, now)? {
        if !is_told(tx, office, officer, &block)? {
            continue;
        }
        let citizen = as_seen(tx, office, officer, &block.citizen)?;
        blocked.push(Blocked { citizen, block });
    }
    // Whole numbers are read (12.3). Noted also where there are none: otherwise the log would tell others that there was one.
    access_log::note(tx, officer.id.as_str(), "blocked", None, "", now)?;
    Ok(blocked)
}

/// Whether what this person enters of a number is kept unanswered. By a decision that does not exist for who enters it, it is not: the
/// silence would tell of a case of the closed path, and somebody of the office has decided to enter it.
///
/// # Errors
/// [`Error::Fault`].
pub(super) fn silences(
    tx: &Tx<'_>,
    office: &Office,
    officer: &Officer,
    (citizen, at): (&PhoneNumber, DateTime<Utc>),
) -> Result<bool, Error> {
    match blocks::find(tx, citizen, at)? {
        Some(block) => is_told(tx, office, officer, &block),
        None => Ok(false),
    }
}

/// Whether a decision exists for this person: one that was made over a ticket which does not exist for this person does not.
fn is_told(tx: &Tx<'_>, office: &Office, officer: &Officer, block: &Block) -> Result<bool, Error> {
    let ticket = block.ticket_id.map(|id| tickets::by_id(tx, id)).transpose()?.flatten();
    let actor = officer::actor(officer);
    Ok(ticket.is_none_or(|ticket| may_read(&cases::case(office, &ticket), &actor)))
}

/// The latest ticket of a number of which this person knows by cases of the closed path alone: over what else should it be decided?
/// Who may read none of its tickets has the number from somewhere else.
fn only_sealed(
    tx: &Tx<'_>,
    office: &Office,
    officer: &Officer,
    number: &PhoneNumber,
) -> Result<Option<i64>, Error> {
    let actor = officer::actor(officer);
    let mut known = tickets::of_citizen(tx, number, i64::MAX)?;
    known.retain(|ticket| may_read(&cases::case(office, ticket), &actor));
    let are_sealed = known.iter().all(|ticket| cases::case(office, ticket).on_closed_path());
    Ok(known.first().filter(|_| are_sealed).map(|ticket| ticket.id))
}

/// As much of a number as this person sees of it in its tickets: petugas and ketua all of it, others nothing where its citizen
/// asked to be kept secret (A19).
pub(super) fn as_seen(
    tx: &Tx<'_>,
    office: &Office,
    officer: &Officer,
    number: &PhoneNumber,
) -> Result<String, Error> {
    if officer.is(Role::Operator) || officer.is(Role::Chair) {
        return Ok(number.local());
    }
    let actor = officer::actor(officer);
    let is_secret = |ticket: &Ticket| sight(&cases::case(office, ticket), &actor) == Sight::Nothing;
    let is_secret = tickets::of_citizen(tx, number, i64::MAX)?.iter().any(is_secret);
    Ok(if is_secret { reading::SECRET.to_owned() } else { number.to_string() })
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
    let (number, ticket) = if let Ok(number) = PhoneNumber::parse(whom) {
        (Some(number), None)
    } else {
        let ticket = officer::find(tx, office, officer, whom, now)?;
        (ticket.citizen.clone(), Some(ticket))
    };
    // A number that is kept no longer is nobody's.
    match number.filter(|number| !number.is_pseudonym()) {
        Some(number) => Ok((number, ticket)),
        None => Err(Error::Invalid { what: "telephone number", value: whom.to_owned() }),
    }
}

/// In the access log, where numbers are masked, and in the trail: of the ticket that it was decided over, so that both are told to who
/// is told of the block; else of the one that it was named by.
fn noted(
    tx: &Tx<'_>,
    officer: &Officer,
    (action, token, detail): (&str, &str, serde_json::Value),
    (block, named): (&Block, Option<&Ticket>),
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let id = block.ticket_id.or(named.map(|ticket| ticket.id));
    access_log::note(tx, officer.id.as_str(), action, id, &block.citizen.to_string(), now)?;
    if let Some(id) = id {
        cases::remark(tx, id, officer.id.as_str(), token, detail, now)?;
    }
    Ok(())
}
