//! What time alone brings about: missing parts, cards that end, silence after an answer, questions nobody answered, steps nobody
//! took in time, fates nobody told.

use chrono::{DateTime, Utc};
use serde_json::json;

use super::giving::takes_sms;
use super::{
    Error, Office, asking, cards, cases, closing, earlier, fates, later, outbound, receiving,
    reminding, succession, unreached,
};
use crate::store::outbox::Unsent;
use crate::store::tickets::Ticket;
use crate::store::{Fault, Tx, outbox, owing, restores, tickets, unknown};
use crate::ticket::{Action, Actor, CloseReason};

/// How long nothing of the slow kind (days) is looked at again.
const SLOW: std::time::Duration = std::time::Duration::from_hours(1);

/// Does everything that is due, and says when to come again.
///
/// # Errors
/// [`Fault`] of the database.
pub fn make(tx: &Tx<'_>, office: &Office, now: DateTime<Utc>) -> Result<DateTime<Utc>, Fault> {
    let mut next = later(now, SLOW);
    if let Some(parts) = receiving::give_up_waiting(tx, office, now)? {
        next = next.min(parts);
    }
    fates::resolve_unknown(tx, office, now)?;
    if let Some(unknown) = unknown::oldest_unknown(tx)? {
        next = next.min(later(unknown, office.limits.unknown_grace));
    }
    if let Some(unanswered) = unknown::next_unanswered(tx)? {
        next = next.min(unanswered);
    }
    for message in outbox::expire(tx, now)? {
        tracing::warn!(
            outbox = message.id,
            purpose = message.purpose,
            "a text could not be sent in time"
        );
        unreached::undelivered(tx, office, &message, Unsent::TooLate.token(), now)?;
    }
    cards::remind(tx, office, now)?;
    // What citizens wrote after a backup is lost with its restore: until an admin has decided on its texts, nobody's silence
    // counts.
    if restores::open(tx)?.is_some() {
        return Ok(next.max(later(now, std::time::Duration::from_secs(1))));
    }
    // T20: silence after an answer.
    for id in tickets::silent_since(tx, earlier(now, office.limits.silence))? {
        cases::try_advance(
            tx,
            office,
            id,
            &Action::Finish,
            &Actor::System,
            "tidak ada balasan",
            now,
        )?;
    }
    // T6: a question that stayed unanswered.
    let since = asking::expired(office, now);
    for id in tickets::unanswered_questions(tx, since)? {
        let Some(mut ticket) = tickets::by_id(tx, id)? else { continue };
        let by_sms = takes_sms(&ticket);
        // What takes no SMS is asked by an officer, with whom it stays until one says so.
        if !by_sms && ticket.given_at.is_none_or(|given| given > since) {
            continue;
        }
        // Whose question is on its way or lost has not been silent.
        let asked = !by_sms
            || unreached::last_question(tx, id)?
                .is_some_and(|question| matches!(&*question.state, "sent" | "delivered"));
        if asked {
            give_up(tx, office, &mut ticket, now)?;
        } else {
            unreached::not_asked(tx, office, id, "SMS tidak sampai", now)?;
        }
    }
    if let Some(reminder) = reminding::raise(tx, office, now)? {
        next = next.min(reminder);
    }
    // A second later than now at the soonest: a round never becomes a tight loop.
    Ok(next.max(later(now, std::time::Duration::from_secs(1))))
}

fn give_up(
    tx: &Tx<'_>,
    office: &Office,
    ticket: &mut Ticket,
    now: DateTime<Utc>,
) -> Result<(), Fault> {
    let from = ticket.stage;
    let by = (&Action::GiveUp, &Actor::System);
    let detail = json!({ "sebab": CloseReason::Incomplete.token() });
    let step = cases::step(tx, office, ticket, by, detail, now, |ticket| {
        ticket.closed_as = Some(CloseReason::Incomplete);
    });
    match step {
        Ok(_) => {}
        Err(Error::Fault(fault)) => return Err(fault),
        Err(error) => {
            tracing::error!(ticket = %ticket.number, %error, "cannot close an unanswered question");
            return Ok(());
        }
    }
    if let Some(told) = closing::text(tx, office, ticket)?
        && !outbound::volunteer(tx, office, ticket, told, now)?
        && ticket.citizen.is_some()
        && !ticket.is_retired()
    {
        owing::owe(tx, ticket.id, now)?;
    }
    succession::pass_on(tx, office, (ticket, from), "pengaduan utama tidak dilengkapi", now)
}
