//! Who sees what of a citizen, and that it was seen: revealed numbers, marks that restrict, the access log (procedure.md 12.2,
//! 12.3, 12.8).

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use serde_json::json;

use super::officer::{actor, find};
use super::staff::Officer;
use super::{Error, Office, cases, search};
use crate::complaint::Flag;
use crate::masking;
use crate::store::trail_words::free;
use crate::store::{Tx, access_log, tickets};
use crate::ticket::{Role, SPECIFIC, Sight, may_read, sight};

/// Rows of the access log that are told at a time.
const ACCESSES_MAX: i64 = 500;

/// Days of the access log that are told where none are named.
const ACCESS_DAYS: i64 = 30;

/// The whole number of a ticket's citizen, for a reason that its trail and the access log keep.
///
/// # Errors
/// [`Error::NoSuchTicket`], [`Error::Missing`], [`Error::NotPermitted`]; [`Error::Fault`].
pub fn reveal(
    tx: &Tx<'_>,
    office: &Office,
    officer: &Officer,
    (typed, reason): (&str, &str),
    now: DateTime<Utc>,
) -> Result<(String, String), Error> {
    let ticket = find(tx, office, officer, typed, now)?;
    match sight(&cases::case(office, &ticket), &actor(officer)) {
        Sight::Whole | Sight::Revealable => {}
        Sight::Masked | Sight::Nothing => return Err(Error::NotPermitted),
    }
    // What is kept for years must not hold what is hidden everywhere else.
    let reason = masking::numbers(reason.trim());
    if reason.is_empty() {
        return Err(Error::Missing("reason"));
    }
    let number = ticket.citizen.as_ref().filter(|number| !number.is_pseudonym());
    let none = || Error::Invalid { what: "number to reveal", value: ticket.number.to_string() };
    let citizen = number.ok_or_else(none)?.local();
    let who = officer.id.as_str();
    access_log::note(tx, who, "reveal", Some(ticket.id), &reason, now)?;
    cases::remark(tx, ticket.id, who, "NOMOR_DIUNGKAP", json!({ "sebab": free(&reason) }), now)?;
    Ok((ticket.number.to_string(), citizen))
}

/// What a person may mark a ticket with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// Memuat data spesifik: its texts are for petugas, the assigned anggota and ketua.
    Specific,
    /// Minta dirahasiakan: its number is for petugas and ketua.
    Secret,
    /// Darurat: it stands in front of the others (section 5). The words of a text decide on it, and they err.
    Emergency,
}

impl Mark {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Specific, Self::Secret, Self::Emergency];

    /// The flag that stands for it.
    pub const fn token(self) -> &'static str {
        match self {
            Self::Specific => SPECIFIC,
            Self::Secret => Flag::Secret.token(),
            Self::Emergency => Flag::Emergency.token(),
        }
    }

    /// The inverse of [`token`](Self::token).
    pub fn from_token(token: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|mark| mark.token() == token)
    }
}

/// A petugas or a ketua marks a ticket, or takes the mark away; the flags that it bears then. The trail keeps the reason, without
/// which no emergency ceases to be one; with it goes the alarm that it raised.
///
/// # Errors
/// [`Error::NoSuchTicket`], [`Error::NotPermitted`], [`Error::Missing`] (the reason); [`Error::Fault`].
pub fn mark(
    tx: &Tx<'_>,
    office: &Office,
    officer: &Officer,
    (typed, mark, remove, reason): (&str, Mark, bool, Option<&str>),
    now: DateTime<Utc>,
) -> Result<(String, Vec<String>), Error> {
    let mut ticket = find(tx, office, officer, typed, now)?;
    if !officer.is(Role::Operator) && !officer.is(Role::Chair) {
        return Err(Error::NotPermitted);
    }
    let token = mark.token();
    let reason = reason.map(|reason| masking::numbers(reason.trim()));
    let reason = reason.filter(|reason| !reason.is_empty());
    if remove && mark == Mark::Emergency {
        if reason.is_none() {
            return Err(Error::Missing("reason"));
        }
        ticket.flags.retain(|flag| flag != tickets::ALARM);
        tickets::unflag(tx, ticket.id, tickets::ALARM)?;
    }
    let (changed, action) = if remove {
        ticket.flags.retain(|flag| flag != token);
        (tickets::unflag(tx, ticket.id, token)?, "TANDA_DICABUT")
    } else {
        (tickets::flag(tx, ticket.id, token)?, "DITANDAI")
    };
    if changed {
        if !remove {
            ticket.flags.push(token.to_owned());
        }
        let detail = json!({ "tanda": token, "sebab": reason.as_deref().map(free) });
        cases::remark(tx, ticket.id, officer.id.as_str(), action, detail, now)?;
    }
    Ok((ticket.number.to_string(), ticket.flags))
}

/// A row of the access log, as it is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Access {
    /// When.
    pub at: DateTime<Utc>,
    /// Account.
    pub officer: String,
    /// What was done: `show`, `reveal`, `recap` …
    pub action: String,
    /// Number of the ticket that it was done to.
    pub number: Option<String>,
    /// Why, or what else is to be said.
    pub detail: String,
}

/// Who saw what, latest first: of one ticket, or between two local days. Of tickets that do not exist for this person nothing
/// is told, nor what others looked for; that it was looked at is noted too.
///
/// # Errors
/// [`Error::NotPermitted`] for whoever is neither ketua nor pengarah, [`Error::NoSuchTicket`]; [`Error::Fault`].
pub fn accesses(
    tx: &Tx<'_>,
    office: &Office,
    officer: &Officer,
    (typed, from, until): (Option<&str>, Option<NaiveDate>, Option<NaiveDate>),
    now: DateTime<Utc>,
) -> Result<Vec<Access>, Error> {
    if !officer.is(Role::Chair) && !officer.is(Role::Director) {
        return Err(Error::NotPermitted);
    }
    let ticket = typed.map(|typed| find(tx, office, officer, typed, now)).transpose()?;
    let zone = office.calendar.zone();
    let until = until
        .and_then(|day| day.succ_opt())
        .map_or(now + TimeDelta::seconds(1), |next| zone.midnight(next));
    let usual = if ticket.is_some() {
        DateTime::<Utc>::MIN_UTC
    } else {
        until - TimeDelta::days(ACCESS_DAYS)
    };
    let from = from.map_or(usual, |day| zone.midnight(day));
    let ticket_id = ticket.as_ref().map(|ticket| ticket.id);
    let rows = match ticket_id {
        Some(id) => access_log::of_ticket_between(tx, id, (from, until), ACCESSES_MAX)?,
        None => access_log::between(tx, from, until, ACCESSES_MAX)?,
    };
    let who = actor(officer);
    let mut known: BTreeMap<i64, Option<String>> = BTreeMap::new();
    let mut told = Vec::with_capacity(rows.len());
    for row in rows {
        let number = match row.ticket_id {
            None => None,
            Some(id) => {
                let number = match known.entry(id) {
                    Entry::Occupied(known) => known.get().clone(),
                    Entry::Vacant(place) => {
                        let ticket = tickets::by_id(tx, id)?
                            .filter(|ticket| may_read(&cases::case(office, ticket), &who));
                        place.insert(ticket.map(|ticket| ticket.number.to_string())).clone()
                    }
                };
                match number {
                    Some(number) => Some(number),
                    None => continue,
                }
            }
        };
        let detail =
            if is_told(&row, officer) { masking::numbers(&row.detail) } else { String::new() };
        let access_log::Entry { at, officer, action, .. } = row;
        told.push(Access { at, officer, action, number, detail });
    }
    access_log::note(tx, officer.id.as_str(), "access", ticket_id, "", now)?;
    Ok(told)
}

/// Whether somebody who is told of a row is told its detail as well. A search belongs to no ticket: its words and number may be those of
/// a case of the closed path, which a ketua who is named in it would know by them (12.7). The pengarah reads every case.
fn is_told(row: &access_log::Entry, officer: &Officer) -> bool {
    row.action != search::ACCESS || row.officer == officer.id.as_str() || officer.is(Role::Director)
}
