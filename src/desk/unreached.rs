//! What it does to a ticket that a text has not reached its citizen: an answer comes back (T17), a question was not asked (T5).

use chrono::{DateTime, Utc};
use serde_json::json;

use super::{Office, cases, giving, sealing, withholding};
use crate::store::outbox::{Message, Purpose};
use crate::store::tickets::Ticket;
use crate::store::{Fault, Tx, drafts, outbox, owing, tickets};
use crate::ticket::{Action, Actor, CloseReason, Stage};
use crate::words::Key;

/// An answer that did not arrive for good goes back to the officer, who telephones (T17). After a question that did not, the
/// ticket is where it was before (T5): nobody waits for a citizen who was never asked. The copy of an answer is owed to who wrote a
/// joined ticket. Other texts, and what the case has left behind, are only noted.
///
/// # Errors
/// [`Fault`] of the database.
pub(super) fn undelivered(
    tx: &Tx<'_>,
    office: &Office,
    message: &Message,
    why: &str,
    now: DateTime<Utc>,
) -> Result<(), Fault> {
    let Some(ticket_id) = message.ticket_id else { return Ok(()) };
    if !bring_back(tx, office, (message, ticket_id), why, now)? {
        let detail = json!({ "outbox": message.id, "sebab": why });
        cases::remark(tx, ticket_id, "sistem", "TIDAK_SAMPAI", detail, now)?;
    }
    Ok(())
}

/// Leads a ticket back of whose citizen nobody can say that the last answer or question was read; whether it does.
///
/// # Errors
/// [`Fault`] of the database.
pub(super) fn bring_back(
    tx: &Tx<'_>,
    office: &Office,
    (message, ticket_id): (&Message, i64),
    why: &str,
    now: DateTime<Utc>,
) -> Result<bool, Fault> {
    let last = drafts::last_sent(tx, ticket_id)?.map(|draft| draft.id);
    let moved = if message.draft_id.is_some() && message.draft_id == last {
        // It came back before, as an officer learnt otherwise, and was given in another way: that stands.
        if giving::was_given(tx, ticket_id)? {
            return Ok(false);
        }
        let action = Action::DeliveryFailed;
        cases::try_advance(tx, office, ticket_id, &action, &Actor::System, why, now)?
    } else if is_last_question(tx, message)? {
        not_asked(tx, office, ticket_id, why, now)?
    } else {
        copy_is_owed(tx, office, (message, ticket_id), why, now)?;
        None
    };
    Ok(moved.is_some())
}

/// Whoever wrote a joined ticket is owed the answer too: the petugas telephones, and the trail of the main ticket tells it.
fn copy_is_owed(
    tx: &Tx<'_>,
    office: &Office,
    (message, ticket_id): (&Message, i64),
    why: &str,
    now: DateTime<Utc>,
) -> Result<(), Fault> {
    if message.purpose != Purpose::Answer.token() || withholding::is_withheld(tx, office, message)?
    {
        return Ok(());
    }
    let Some(joined) = tickets::by_id(tx, ticket_id)? else { return Ok(()) };
    let is_last = outbox::last_answer(tx, ticket_id)?.is_some_and(|last| last.id == message.id);
    if joined.closed_as != Some(CloseReason::Duplicate) || joined.is_retired() || !is_last {
        return Ok(());
    }
    let detail = json!({ "nomor": joined.number.to_string(), "sebab": why });
    let main = sealing::main_of(tx, joined)?;
    // An answer that is written anew comes to this one as well.
    if main.stage == Stage::Analysis {
        return Ok(());
    }
    owing::owe(tx, ticket_id, now)?;
    cases::remark(tx, main.id, "sistem", "SALINAN_TIDAK_SAMPAI", detail, now)
}

/// The clocks of a ticket whose citizen was not reached by the question go on, and the trail tells the officer to ask in
/// another way.
///
/// # Errors
/// [`Fault`] of the database.
pub(super) fn not_asked(
    tx: &Tx<'_>,
    office: &Office,
    ticket_id: i64,
    why: &str,
    now: DateTime<Utc>,
) -> Result<Option<Ticket>, Fault> {
    let action = Action::Resume;
    let moved = cases::try_advance(tx, office, ticket_id, &action, &Actor::System, why, now)?;
    if moved.is_some() {
        cases::remark(tx, ticket_id, "sistem", "TANYA_TIDAK_SAMPAI", json!({ "sebab": why }), now)?;
    }
    Ok(moved)
}

/// The last question that a ticket's citizen was asked.
///
/// # Errors
/// [`Fault`] of the database.
pub(super) fn last_question(tx: &Tx<'_>, ticket_id: i64) -> Result<Option<Message>, Fault> {
    let messages = outbox::of_ticket(tx, ticket_id)?;
    Ok(messages.into_iter().rfind(is_question))
}

/// Whether a text asks the citizen for what is missing.
pub(super) fn is_question(message: &Message) -> bool {
    message.template.as_deref() == Some(Key::Lengkapi.name())
}

fn is_last_question(tx: &Tx<'_>, message: &Message) -> Result<bool, Fault> {
    let Some(ticket_id) = message.ticket_id.filter(|_| is_question(message)) else {
        return Ok(false);
    };
    Ok(last_question(tx, ticket_id)?.is_some_and(|last| last.id == message.id))
}

/// Whether a text asks what the ticket still waits for.
///
/// # Errors
/// [`Fault`] of the database.
pub(super) fn is_awaited_question(tx: &Tx<'_>, message: &Message) -> Result<bool, Fault> {
    let Some(ticket_id) = message.ticket_id else { return Ok(false) };
    Ok(is_last_question(tx, message)?
        && tickets::by_id(tx, ticket_id)?
            .is_some_and(|ticket| ticket.stage == Stage::WaitingCitizen))
}
