//! Units that get a copy (tembusan) of a complaint that concerns several: one unit answers, the others read (A17).

use chrono::{DateTime, Utc};
use serde_json::json;

use super::officer::{Done, find};
use super::staff::Officer;
use super::{Error, Office, cases};
use crate::store::trail::Entry;
use crate::store::{Tx, tickets};
use crate::ticket::{Refusal, Role, Stage};

/// Units that are to get a copy.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Copies {
    /// Their codes, each once.
    pub(super) codes: Vec<String>,
    /// The one that answers, where it was named among them: it needs none.
    pub(super) answers: Option<String>,
}

/// The units that are to get a copy, without the one that answers.
///
/// # Errors
/// [`Error::NoSuchUnit`], also for the one that stands for none.
pub(super) fn units(
    office: &Office,
    typed: &[String],
    answers: Option<&str>,
) -> Result<Copies, Error> {
    let mut copies = Copies::default();
    for typed in typed {
        let unit = office
            .directory
            .find_beside_hash(typed)
            .filter(|unit| !unit.code.is_undecided())
            .ok_or_else(|| Error::NoSuchUnit(typed.clone()))?;
        let code = unit.code.to_string();
        if answers == Some(&*code) {
            copies.answers = Some(code);
        } else if !copies.codes.contains(&code) {
            copies.codes.push(code);
        }
    }
    Ok(copies)
}

/// These units get a copy, and no others. What is told to them is told by the officer; they find the ticket from now on.
///
/// # Errors
/// [`Error::Refused`] for whoever does not sort, for what has ended and for what is on the closed path; [`Error::NoSuchUnit`],
/// [`Error::NoSuchTicket`]; [`Error::Fault`].
pub fn copy(
    tx: &Tx<'_>,
    office: &Office,
    officer: &Officer,
    (typed, units): (&str, &[String]),
    now: DateTime<Utc>,
) -> Result<Done, Error> {
    let mut ticket = find(tx, office, officer, typed, now)?;
    if !ticket.is_open() || ticket.stage == Stage::EthicsClosed {
        return Err(Refusal::OutOfTurn { stage: ticket.stage }.into());
    }
    if !officer.is(Role::Operator) && !officer.is(Role::Chair) {
        return Err(Refusal::NotPermitted.into());
    }
    let answers = cases::case(office, &ticket).unit;
    let copies = self::units(office, units, answers.as_deref())?;
    let needs_no_copy = copies.answers;
    let before = std::mem::replace(&mut ticket.copies, copies.codes);
    if before == ticket.copies {
        return Ok(Done { needs_no_copy, ..Done::quietly(ticket) });
    }
    let (action, detail) = if ticket.copies.is_empty() {
        ("TEMBUSAN_DICABUT", json!({ "tembusan": before.join(" ") }))
    } else {
        ("TEMBUSAN", json!({ "tembusan": ticket.copies.join(" ") }))
    };
    let stage = Some(ticket.stage.token());
    let actor = officer.id.as_str();
    let entry = Entry { actor, transition: None, action, from: stage, to: stage, detail };
    tickets::record(tx, ticket.stage, &ticket, &entry, now)?;
    Ok(Done { needs_no_copy, ..Done::quietly(ticket) })
}
