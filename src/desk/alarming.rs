//! Emergencies (procedure.md section 5: "marks the ticket red, alerts the Petugas"): in front of everything else, in the list of every
//! petugas until one of them has looked, and where the office wants it by SMS to their own telephones at once, at any hour.
//!
//! The words of a text decide, and they err: an alarm says "look", and nothing is done on its strength.

use chrono::{DateTime, Utc};

use super::calling::Call;
use super::staff::Officer;
use super::{Office, calling, cases, officer, reading};
use crate::complaint::Flag;
use crate::store::outbox::Purpose;
use crate::store::tickets::{ALARM, Ticket};
use crate::store::{Fault, Tx, tickets};
use crate::ticket::{Role, Stage, may_read};

/// Raises an alarm for a ticket that is an emergency. While one stands that nobody has looked at there is no second one.
///
/// # Errors
/// [`Fault`] of the database.
pub fn raise(tx: &Tx<'_>, office: &Office, id: i64, now: DateTime<Utc>) -> Result<(), Fault> {
    if !tickets::flag(tx, id, ALARM)? || !office.limits.reminders.emergency {
        return Ok(());
    }
    let Some(ticket) = tickets::by_id(tx, id)? else { return Ok(()) };
    for officer in office.staff.iter() {
        if let Some(phone) = &officer.phone
            && ticket.citizen.as_ref() != Some(phone)
            && is_for(office, &ticket, officer)
        {
            let (body, names) = words(office, &ticket);
            let most = office.limits.reminders.emergency_per_day;
            let call = Call { purpose: Purpose::Alarm, most, body, names };
            calling::call_one(tx, office, (officer, phone), call, now)?;
        }
    }
    Ok(())
}

/// Whether an alarm is this person's: a petugas', and of the closed path, of which those know nothing, whoever has the case.
fn is_for(office: &Office, ticket: &Ticket, person: &Officer) -> bool {
    let case = cases::case(office, ticket);
    may_read(&case, &officer::actor(person))
        && (person.is(Role::Operator)
            || (case.on_closed_path() && reading::waits_for(office, ticket, person)))
}

/// Takes the alarm of a ticket away that this person looks at, if it is this person's.
///
/// # Errors
/// [`Fault`] of the database.
pub fn looked_at(
    tx: &Tx<'_>,
    office: &Office,
    (ticket, officer): (&mut Ticket, &Officer),
) -> Result<(), Fault> {
    if stands(ticket) && is_for(office, ticket, officer) {
        ticket.flags.retain(|flag| flag != ALARM);
        tickets::unflag(tx, ticket.id, ALARM)?;
    }
    Ok(())
}

/// Whether an alarm stands that nobody has looked at.
pub fn stands(ticket: &Ticket) -> bool {
    ticket.flags.iter().any(|flag| flag == ALARM)
}

/// Whether a ticket stands in front of the others: an emergency that the office has in hand, or with an alarm.
pub fn comes_first(ticket: &Ticket) -> bool {
    let in_hand = !matches!(ticket.stage, Stage::WaitingCitizen | Stage::Answered);
    let emergency = Flag::Emergency.token();
    ticket.is_open()
        && (stands(ticket) || (in_hand && ticket.flags.iter().any(|flag| flag == emergency)))
}

/// Whether this person is shown a ticket because of its alarm, whomever it waits for.
pub fn alerts(office: &Office, ticket: &Ticket, officer: &Officer) -> bool {
    stands(ticket) && is_for(office, ticket, officer)
}

/// What a person reads, and the ticket whose number stands in it. Of the closed path not even a number.
fn words(office: &Office, ticket: &Ticket) -> (String, Vec<i64>) {
    let name = &office.name;
    if cases::case(office, ticket).on_closed_path() {
        let body = format!("DARURAT: ada kasus tertutup. Lihat: aduan masuk. {name}");
        return (body, Vec::new());
    }
    let number = ticket.number;
    (format!("DARURAT: {number}. Lihat: aduan lihat {number}. {name}"), vec![ticket.id])
}
