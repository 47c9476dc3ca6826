//! What was to be told of a ticket before it was sealed, and is told no more: its citizens read neither matter nor unit (T7, template
//! 15), and for whom of the office it does not exist any more reads no number of it (12.7). What a modem has in hand leaves, unless it
//! comes back.

use chrono::{DateTime, Utc};
use serde_json::json;

use super::staff::Officer;
use super::{Office, cases, officer};
use crate::store::outbox::{Message, Purpose};
use crate::store::tickets::Ticket;
use crate::store::{Fault, Tx, drafts, outbox, staff_texts, tickets};
use crate::ticket::may_read;
use crate::words::Key;

/// The trail's word for a text that the seal kept from its citizen.
const WITHHELD: &str = "TIDAK_DIKIRIM_TERTUTUP";

/// What is told of a case of the closed path too: that it is one, that more has come to it, and whom to call.
const TOLD: [Key; 3] = [Key::Tertutup, Key::Tambahan, Key::Darurat];

/// Takes the texts of a ticket that is sealed now out of the queue, and those to the office's own people that name it; which were
/// its citizen's.
///
/// # Errors
/// [`Fault`] of the database.
pub fn take_back(
    tx: &Tx<'_>,
    office: &Office,
    ticket: &Ticket,
    now: DateTime<Utc>,
) -> Result<Vec<Message>, Fault> {
    let mut texts = outbox::of_ticket(tx, ticket.id)?;
    texts.retain(|text| text.state == "queued" && tells_more(text));
    for text in &texts {
        take_back_one(tx, ticket.id, text, now)?;
    }
    take_back_from_staff(tx, office, ticket, now)?;
    Ok(texts)
}

/// Takes what names a ticket of the closed path out of the queue, where it is for people of the office for whom that does not exist
/// any more: since it was sealed, or since they are named in it.
///
/// # Errors
/// [`Fault`] of the database.
pub fn take_back_from_staff(
    tx: &Tx<'_>,
    office: &Office,
    ticket: &Ticket,
    now: DateTime<Utc>,
) -> Result<(), Fault> {
    for text in staff_texts::queued_naming(tx, ticket.id)? {
        if is_hidden_from(office, ticket, &text.recipient) {
            outbox::take_back(tx, text.id, now)?;
            note(tx, ticket.id, &text, now)?;
        }
    }
    Ok(())
}

/// A text that a modem gave back does not wait for another try where its ticket, or one that it names, was sealed meanwhile.
///
/// # Errors
/// [`Fault`] of the database.
pub fn given_back(tx: &Tx<'_>, office: &Office, id: i64, now: DateTime<Utc>) -> Result<(), Fault> {
    let Some(text) = outbox::find(tx, id)? else { return Ok(()) };
    match text.ticket_id {
        Some(ticket_id) if is_withheld(tx, office, &text)? => {
            take_back_one(tx, ticket_id, &text, now)
        }
        Some(_) => Ok(()),
        None => {
            let hidden = hidden_from_its_reader(tx, office, &text)?;
            if !hidden.is_empty() {
                outbox::take_back(tx, id, now)?;
            }
            hidden.iter().try_for_each(|ticket| note(tx, ticket.id, &text, now))
        }
    }
}

/// An answer that is taken back was never given; another one has to be written, where the case comes back.
fn take_back_one(
    tx: &Tx<'_>,
    ticket_id: i64,
    text: &Message,
    now: DateTime<Utc>,
) -> Result<(), Fault> {
    outbox::take_back(tx, text.id, now)?;
    if let Some(draft) = text.draft_id.filter(|_| text.purpose == Purpose::Answer.token()) {
        drafts::not_sent(tx, draft)?;
        tickets::unanswered(tx, ticket_id)?;
    }
    note(tx, ticket_id, text, now)
}

/// The row of the trail of a text that does not go out.
fn note(tx: &Tx<'_>, ticket_id: i64, text: &Message, now: DateTime<Utc>) -> Result<(), Fault> {
    cases::remark(tx, ticket_id, "sistem", WITHHELD, json!({ "outbox": text.id }), now)
}

/// Whether a text may not go out, or not once more, since its ticket, or one that it names, is on the closed path.
///
/// # Errors
/// [`Fault`] of the database.
pub fn is_withheld(tx: &Tx<'_>, office: &Office, text: &Message) -> Result<bool, Fault> {
    let Some(ticket_id) = text.ticket_id else {
        return Ok(!hidden_from_its_reader(tx, office, text)?.is_empty());
    };
    if !tells_more(text) {
        return Ok(false);
    }
    let ticket = tickets::by_id(tx, ticket_id)?;
    Ok(ticket.is_some_and(|ticket| cases::case(office, &ticket).on_closed_path()))
}

/// The tickets that a text to a person of the office names, and that do not exist for that person.
fn hidden_from_its_reader(
    tx: &Tx<'_>,
    office: &Office,
    text: &Message,
) -> Result<Vec<Ticket>, Fault> {
    let mut named = staff_texts::named_in(tx, text.id)?;
    named.retain(|ticket| is_hidden_from(office, ticket, &text.recipient));
    Ok(named)
}

/// Whether a case of the closed path does not exist for somebody who has this telephone, which may be nobody's any more.
fn is_hidden_from(office: &Office, ticket: &Ticket, phone: &str) -> bool {
    let case = cases::case(office, ticket);
    let holds = |who: &&Officer| who.phone.as_ref().is_some_and(|own| own.reveal() == phone);
    let mut holders = office.staff.iter().filter(holds).peekable();
    case.on_closed_path()
        && (holders.peek().is_none()
            || holders.any(|holder| !may_read(&case, &officer::actor(holder))))
}

/// Whether a text says more than what is told of every case of the closed path.
fn tells_more(text: &Message) -> bool {
    text.template.as_deref().is_none_or(|template| TOLD.iter().all(|key| key.name() != template))
}

/// Whether one of these replied to what a citizen wrote.
pub fn is_reply_among(texts: &[Message]) -> bool {
    texts
        .iter()
        .filter_map(|text| Purpose::from_token(&text.purpose))
        .any(|purpose| !purpose.is_office_started())
}
