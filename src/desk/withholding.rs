//! What was to be told of a ticket before it was sealed, and is told no more: its citizens read neither matter nor unit (T7, template
//! 15). What a modem has in hand leaves, unless it comes back.

use chrono::{DateTime, Utc};
use serde_json::json;

use super::{Office, cases};
use crate::store::outbox::{Message, Purpose};
use crate::store::{Fault, Tx, drafts, outbox, tickets};
use crate::words::Key;

/// The trail's word for a text that the seal kept from its citizen.
const WITHHELD: &str = "TIDAK_DIKIRIM_TERTUTUP";

/// What is told of a case of the closed path too: that it is one, that more has come to it, and whom to call.
const TOLD: [Key; 3] = [Key::Tertutup, Key::Tambahan, Key::Darurat];

/// Takes the texts of a ticket that is sealed now out of the queue; which they were.
///
/// # Errors
/// [`Fault`] of the database.
pub fn take_back(tx: &Tx<'_>, ticket_id: i64, now: DateTime<Utc>) -> Result<Vec<Message>, Fault> {
    let mut texts = outbox::of_ticket(tx, ticket_id)?;
    texts.retain(|text| text.state == "queued" && tells_more(text));
    for text in &texts {
        take_back_one(tx, ticket_id, text, now)?;
    }
    Ok(texts)
}

/// A text that a modem gave back does not wait for another try where its ticket was sealed meanwhile.
///
/// # Errors
/// [`Fault`] of the database.
pub fn given_back(tx: &Tx<'_>, office: &Office, id: i64, now: DateTime<Utc>) -> Result<(), Fault> {
    let Some(text) = outbox::find(tx, id)? else { return Ok(()) };
    match text.ticket_id {
        Some(ticket_id) if is_withheld(tx, office, &text)? => {
            take_back_one(tx, ticket_id, &text, now)
        }
        Some(_) | None => Ok(()),
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
    cases::remark(tx, ticket_id, "sistem", WITHHELD, json!({ "outbox": text.id }), now)
}

/// Whether a text may not go out, or not once more, since its ticket is on the closed path.
///
/// # Errors
/// [`Fault`] of the database.
pub fn is_withheld(tx: &Tx<'_>, office: &Office, text: &Message) -> Result<bool, Fault> {
    let Some(ticket_id) = text.ticket_id.filter(|_| tells_more(text)) else { return Ok(false) };
    let ticket = tickets::by_id(tx, ticket_id)?;
    Ok(ticket.is_some_and(|ticket| cases::case(office, &ticket).on_closed_path()))
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
