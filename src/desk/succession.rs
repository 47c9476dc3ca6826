//! A matter outlives who wrote of it first. Where a main ticket ends because its own citizen has withdrawn it, or has not said what
//! was asked, the oldest ticket that was joined to it takes its place, since every sender still gets the answer (procedure.md section 5).

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use super::{Error, Office, cases, closing, outbound, status};
use crate::number::TicketNumber;
use crate::phone::PhoneNumber;
use crate::store::tickets::Ticket;
use crate::store::trail::Entry;
use crate::store::{Fault, Tx, owing, tickets, trail};
use crate::ticket::{Action, Actor, Stage};

/// The trail's word for a ticket that is joined to another one than before.
const MOVED: &str = "GABUNG_PINDAH";

/// Lets the matter of `main`, which stood at `from` until now, go on under the oldest ticket of whoever still waits for an answer; those
/// of the others are joined to that one. All of them are told, but for those of the closed path.
///
/// # Errors
/// [`Fault`] of the database.
pub(super) fn pass_on(
    tx: &Tx<'_>,
    office: &Office,
    (main, from): (&Ticket, Stage),
    why: &str,
    now: DateTime<Utc>,
) -> Result<(), Fault> {
    // Every sender has read the answer.
    if from == Stage::Answered {
        return Ok(());
    }
    let mut waiting = Vec::new();
    for joined in tickets::joined_to(tx, main.id)? {
        // Where to ask after the main one is told nobody any more.
        owing::forget(tx, joined.id)?;
        if still_waits(tx, main, &joined)? {
            waiting.push(joined);
        }
    }
    let mut waiting = waiting.into_iter();
    let Some(mut heir) = waiting.next() else { return Ok(()) };
    let action = Action::Reopen { reason: why.to_owned() };
    let by = (&action, &Actor::System);
    let detail = json!({ "sebab": why, "utama": main.number.to_string() });
    match cases::step(tx, office, &mut heir, by, detail, now, |heir| {
        (heir.assignee, heir.escalated) = (None, false);
    }) {
        Ok(_) => {}
        Err(Error::Fault(fault)) => return Err(fault),
        Err(error) => {
            tracing::error!(ticket = %heir.number, %error, "cannot take the place of its main ticket");
            return Ok(());
        }
    }
    let is_sealed = cases::case(office, &heir).on_closed_path();
    let mut told: Vec<PhoneNumber> = heir.citizen.iter().cloned().collect();
    if !is_sealed {
        let standing = status::of(tx, office, &heir, now)?;
        outbound::volunteer(tx, office, &heir, standing, now)?;
    }
    for mut joined in waiting {
        joined.main_ticket_id = Some(heir.id);
        let stage = Some(joined.stage.token());
        let detail = json!({ "utama": heir.number.to_string() });
        let entry = Entry {
            actor: "sistem",
            transition: None,
            action: MOVED,
            from: stage,
            to: stage,
            detail,
        };
        tickets::record(tx, joined.stage, &joined, &entry, now)?;
        let is_told = joined.citizen.as_ref().is_some_and(|citizen| told.contains(citizen));
        if is_sealed || is_told {
            continue;
        }
        told.extend(joined.citizen.clone());
        let moved = closing::joined_to(office, &joined, &heir);
        if !outbound::volunteer(tx, office, &joined, moved, now)? && joined.citizen.is_some() {
            owing::owe(tx, joined.id, now)?;
        }
    }
    Ok(())
}

/// The tickets whose place this one has taken, the last one first, as far as they have not been opened again.
///
/// # Errors
/// [`Fault`] of the database.
pub(super) fn predecessors(tx: &Tx<'_>, ticket: &Ticket) -> Result<Vec<Ticket>, Fault> {
    /// Of heirs of heirs; more than this is a circle.
    const STEPS_MAX: usize = 8;
    let takes_place = Action::Reopen { reason: String::new() }.token();
    let mut found: Vec<Ticket> = Vec::new();
    let mut heir = ticket.id;
    while found.len() < STEPS_MAX {
        let lines = trail::of_ticket(tx, heir)?;
        let taken = lines.iter().rfind(|line| line.actor == "sistem" && line.action == takes_place);
        let Some(main) = taken.and_then(|line| main_in(&line.detail)) else { break };
        let Some(before) = tickets::find(tx, &main)? else { break };
        if before.is_open() {
            break;
        }
        heir = before.id;
        found.push(before);
    }
    Ok(found)
}

/// The main ticket that a row of the trail names.
fn main_in(detail: &str) -> Option<TicketNumber> {
    let facts: Value = serde_json::from_str(detail).ok()?;
    facts.get("utama")?.as_str().and_then(|main| TicketNumber::parse(main).ok())
}

/// Whether somebody else wrote a joined ticket, and has not withdrawn it since.
fn still_waits(tx: &Tx<'_>, main: &Ticket, joined: &Ticket) -> Result<bool, Fault> {
    let is_same = main.citizen.is_some() && joined.citizen == main.citizen;
    if is_same || joined.is_retired() {
        return Ok(false);
    }
    let withdraws = Action::Withdraw.token();
    let lines = trail::of_ticket(tx, joined.id)?;
    Ok(!lines.iter().any(|line| line.actor == "pemohon" && line.action == withdraws))
}
