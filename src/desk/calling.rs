//! Reminders by SMS to the office's own people, where the office wants that: short, with numbers of tickets and nothing of what
//! stands in them.
//!
//! A loop cannot come of it: a person gets so many a day, all that a round raises in one text, and none for a ticket that came
//! from that person's own telephone.

use chrono::{DateTime, Utc};

use super::outbound::{self, Queued, Text};
use super::staff::Officer;
use super::{Error, Office, cases, reminding};
use crate::phone::PhoneNumber;
use crate::store::outbox::Purpose;
use crate::store::reminders::Matter;
use crate::store::tickets::Ticket;
use crate::store::{Fault, Tx, outbox, staff_texts, unreachable};

/// Tickets that one text names: with the longest words for each it is one SMS.
const NAMED: usize = 2;

/// Tells everybody whom these tickets wait for, or have risen to, and who has a telephone in the staff file.
///
/// # Errors
/// [`Fault`] of the database.
pub fn call(
    tx: &Tx<'_>,
    office: &Office,
    raised: &[(Matter, Ticket)],
    now: DateTime<Utc>,
) -> Result<(), Fault> {
    if !office.limits.reminders.sms {
        return Ok(());
    }
    for officer in office.staff.iter() {
        let Some(phone) = &officer.phone else { continue };
        let told: Vec<&(Matter, Ticket)> = raised
            .iter()
            .filter(|(_, ticket)| {
                ticket.citizen.as_ref() != Some(phone)
                    && reminding::concerns(office, ticket, officer, now)
            })
            .collect();
        if !told.is_empty() {
            let (body, names) = words(office, &told);
            let most = office.limits.reminders.per_day;
            let call = Call { purpose: Purpose::Staff, most, body, names };
            call_one(tx, office, (officer, phone), call, now)?;
        }
    }
    Ok(())
}

/// What a person of the office is told.
pub(super) struct Call {
    /// `Staff` or `Alarm`.
    pub(super) purpose: Purpose,
    /// SMS of this kind to one person on a day.
    pub(super) most: u32,
    pub(super) body: String,
    /// The tickets whose numbers stand in it.
    pub(super) names: Vec<i64>,
}

/// Tells one person, who gets so many of this kind a day at most.
pub(super) fn call_one(
    tx: &Tx<'_>,
    office: &Office,
    (officer, phone): (&Officer, &PhoneNumber),
    Call { purpose, most, body, names }: Call,
    now: DateTime<Utc>,
) -> Result<(), Fault> {
    let (officer, kind) = (officer.id.as_str(), purpose.token());
    let (midnight, _) = office.calendar.zone().day_of(now);
    let today = outbox::staff_texts_since(tx, phone.reveal(), purpose, midnight)?;
    if today >= i64::from(most) {
        tracing::info!(officer, kind, "told by SMS often enough today");
        return Ok(());
    }
    // What no person has asked for is not tried at a number that is wrong or gone.
    if unreachable::find(tx, phone.reveal())?.is_some() {
        return Ok(());
    }
    let text = Text {
        to: phone,
        body,
        purpose,
        template: None,
        // It is no text of the ticket's citizen, and is not shown with those.
        ticket_id: None,
        inbound_id: None,
        draft_id: None,
        sim: None,
    };
    match outbound::queue(tx, office, &text, now) {
        Ok(Queued::At { id, .. }) => staff_texts::name(tx, id, &names),
        Ok(Queued::Stopped | Queued::Already) => Ok(()),
        Err(Error::Fault(fault)) => Err(fault),
        Err(error) => {
            tracing::error!(officer, kind, %error, "cannot be told by SMS");
            Ok(())
        }
    }
}

/// What a person reads, and the tickets whose numbers stand in it. Of the closed path not even a number.
fn words(office: &Office, told: &[&(Matter, Ticket)]) -> (String, Vec<i64>) {
    let (sealed, ordinary): (Vec<&(Matter, Ticket)>, Vec<_>) =
        told.iter().partition(|(_, ticket)| cases::case(office, ticket).on_closed_path());
    let mut parts: Vec<String> = ordinary
        .iter()
        .take(NAMED)
        .map(|(matter, ticket)| format!("{} {}", ticket.number, said(*matter)))
        .collect();
    match ordinary.len().saturating_sub(NAMED) {
        0 => {}
        more => parts.push(format!("{more} tiket lain")),
    }
    if !sealed.is_empty() {
        parts.push("ada kasus tertutup".to_owned());
    }
    let body = format!("Pengingat: {}. Lihat: aduan masuk. {}", parts.join(", "), office.name);
    (body, ordinary.iter().take(NAMED).map(|(_, ticket)| ticket.id).collect())
}

const fn said(matter: Matter) -> &'static str {
    match matter {
        Matter::Question => "menunggu pemohon",
        Matter::Step => "lewat waktu",
        Matter::Decision => "menunggu keputusan",
        Matter::Promise => "dijanjikan hari ini",
        Matter::NationalNear => "dekat batas nasional",
        Matter::NationalOver => "lewat batas nasional",
    }
}
