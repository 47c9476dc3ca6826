//! What waits to be sent and is not to be read any more: its number has said STOP, or its ticket has gone another way since. What a
//! modem has in hand leaves, unless it comes back.

use chrono::{DateTime, Utc};
use serde_json::json;

use super::unreached::{is_awaited_question, is_question, not_asked};
use super::{Office, cases, sealing, status};
use crate::phone::PhoneNumber;
use crate::store::outbox::{Message, Purpose};
use crate::store::tickets::Ticket;
use crate::store::{Fault, Tx, outbox, stopped, tickets};
use crate::words::Key;

/// The trail's word for a text that holds no more.
const OVERTAKEN: &str = "TIDAK_DIKIRIM_LAGI";

/// Why a question was not asked after all.
const SILENCED: &str = "nomor di bawah STOP";

/// A step was taken: what was queued before and says otherwise does not go out. After T5 and T6 nobody waits for what was asked; what
/// was withdrawn (T22) is told of no more; what is opened again (T23) has not ended; and what is corrected (T24) is written anew.
///
/// # Errors
/// [`Fault`] of the database.
pub(super) fn by_step(
    tx: &Tx<'_>,
    ticket: &Ticket,
    transition: u8,
    now: DateTime<Utc>,
) -> Result<(), Fault> {
    const ENDS: [Key; 3] = [Key::TidakDiproses, Key::BukanWenang, Key::Gabung];
    let is_answer = |text: &Message| text.purpose == Purpose::Answer.token();
    let is_notice = |text: &Message| text.purpose == Purpose::Notice.token();
    let says = |text: &Message, key: Key| text.template.as_deref() == Some(key.name());
    let is_over = |text: &Message| match transition {
        // A question that is asked once more has no template of its own.
        5 | 6 => is_notice(text) && (is_question(text) || text.template.is_none()),
        22 => is_notice(text) || is_answer(text),
        23 => ENDS.iter().any(|key| says(text, *key)),
        24 => is_answer(text),
        _ => false,
    };
    if !matches!(transition, 5 | 6 | 22 | 23 | 24) {
        return Ok(());
    }
    let mut concerned = vec![ticket.id];
    if transition == 24 {
        concerned.extend(tickets::joined_to(tx, ticket.id)?.iter().map(|joined| joined.id));
    }
    for id in concerned {
        let texts = outbox::of_ticket(tx, id)?;
        for text in texts.iter().filter(|text| text.state == "queued" && is_over(text)) {
            take_back(tx, text, OVERTAKEN, now)?;
        }
    }
    Ok(())
}

/// A number says STOP: what the office has begun and not sent yet does not go out. An answer waits for STATUS from now on (T16), and
/// nobody waits for a citizen who was not asked (T5).
///
/// # Errors
/// [`Fault`] of the database.
pub(super) fn by_stop(
    tx: &Tx<'_>,
    office: &Office,
    citizen: &PhoneNumber,
    now: DateTime<Utc>,
) -> Result<(), Fault> {
    for text in outbox::to(tx, citizen.reveal())? {
        if text.state == "queued" && is_office_started(&text) {
            silence(tx, office, &text, now)?;
        }
    }
    Ok(())
}

/// A text that a modem gave back does not wait for another try where its number has said STOP meanwhile, or where it asks for what
/// is awaited no more.
///
/// # Errors
/// [`Fault`] of the database.
pub(super) fn given_back(
    tx: &Tx<'_>,
    office: &Office,
    id: i64,
    now: DateTime<Utc>,
) -> Result<(), Fault> {
    let text = outbox::find(tx, id)?.filter(|text| text.state == "queued");
    let Some(text) = text else { return Ok(()) };
    let is_stopped = is_office_started(&text)
        && match PhoneNumber::parse(&text.recipient) {
            Ok(citizen) => stopped::is_stopped(tx, &citizen)?,
            Err(_) => false,
        };
    if is_stopped {
        return silence(tx, office, &text, now);
    }
    if is_question(&text) && !is_awaited_question(tx, &text)? {
        return take_back(tx, &text, OVERTAKEN, now);
    }
    Ok(())
}

fn is_office_started(text: &Message) -> bool {
    // To the office's own people STOP says nothing.
    text.purpose != Purpose::Staff.token()
        && text.purpose != Purpose::Alarm.token()
        && Purpose::from_token(&text.purpose).is_some_and(Purpose::is_office_started)
}

fn silence(tx: &Tx<'_>, office: &Office, text: &Message, now: DateTime<Utc>) -> Result<(), Fault> {
    take_back(tx, text, status::WITHHELD, now)?;
    if let Some(ticket_id) = text.ticket_id
        && is_awaited_question(tx, text)?
    {
        not_asked(tx, office, ticket_id, SILENCED, now)?;
    }
    Ok(())
}

/// Takes it out of the queue, with the reason in the trail of its ticket; of an answer with the version that it carries.
fn take_back(tx: &Tx<'_>, text: &Message, why: &str, now: DateTime<Utc>) -> Result<(), Fault> {
    outbox::take_back(tx, text.id, now)?;
    let Some(ticket_id) = text.ticket_id else { return Ok(()) };
    let detail = match draft_of(tx, text, ticket_id)? {
        Some(draft) => json!({ "outbox": text.id, "draf": draft }),
        None => json!({ "outbox": text.id }),
    };
    cases::remark(tx, ticket_id, "sistem", why, detail, now)
}

/// The version that an answer carries: the own one, or for who wrote a joined ticket that of the main one.
fn draft_of(tx: &Tx<'_>, text: &Message, ticket_id: i64) -> Result<Option<i64>, Fault> {
    if text.purpose != Purpose::Answer.token() || text.draft_id.is_some() {
        return Ok(text.draft_id);
    }
    let Some(ticket) = tickets::by_id(tx, ticket_id)? else { return Ok(None) };
    let main = sealing::main_of(tx, ticket)?;
    Ok(status::told(tx, &main)?.map(|answer| answer.id))
}
