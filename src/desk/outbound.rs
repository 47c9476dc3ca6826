//! What goes out: composed once, queued with what it answers, and handed to a modem.

use chrono::{DateTime, Utc};
use serde_json::json;

use super::{Error, Office, cases, giving, later};
use crate::phone::{PhoneNumber, Prefix};
use crate::sms::{Address, Options, Reference, Submit, compose, measure, transliterate};
use crate::store::claim::{self, Asking, Offer, Pace};
use crate::store::hand::Claimed;
use crate::store::outbox::{NewMessage, Purpose};
use crate::store::tickets::Ticket;
use crate::store::{Fault, Tx, hand, outbox, stopped, unreachable};
use crate::words::Key;

/// A text to a citizen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text<'a> {
    /// The citizen.
    pub to: &'a PhoneNumber,
    /// What the citizen reads.
    pub body: String,
    /// What it is for.
    pub purpose: Purpose,
    /// The template that it was filled into.
    pub template: Option<Key>,
    /// The ticket that it speaks of.
    pub ticket_id: Option<i64>,
    /// The message that it replies to.
    pub inbound_id: Option<i64>,
    /// The approved wording that it carries.
    pub draft_id: Option<i64>,
    /// The SIM that it should leave by.
    pub sim: Option<&'a str>,
}

/// What became of a text that was to be queued.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Queued {
    /// It waits, not before this time.
    At {
        /// Its row.
        id: i64,
        /// Now, or when the sending window opens.
        due_at: DateTime<Utc>,
    },
    /// The number is under STOP and the text is not an answer to what was just sent.
    Stopped,
    /// The same message or wording was answered before.
    Already,
}

/// Checks that a text fits so many SMS.
///
/// # Errors
/// [`Error::TooLong`] with how much is over.
pub fn check_length(office: &Office, body: &str, max: usize) -> Result<(), Error> {
    let size = measure(&transliterate(body), office.limits.single_shift);
    if size.parts <= max {
        return Ok(());
    }
    Err(Error::TooLong { parts: size.parts, max, over: size.over(max) })
}

/// Says by SMS what no person has asked for, and not at a number that is wrong or gone. Returns whether the ticket takes SMS.
///
/// # Errors
/// [`Fault`] of the database.
pub(super) fn volunteer(
    tx: &Tx<'_>,
    office: &Office,
    ticket: &Ticket,
    (key, body): (Key, String),
    now: DateTime<Utc>,
) -> Result<bool, Fault> {
    let not_told = |why| cases::remark(tx, ticket.id, "sistem", why, json!({}), now);
    let Some(to) = ticket.citizen.as_ref().filter(|_| giving::takes_sms(ticket)) else {
        not_told("TIDAK_DIKIRIM_SALURAN")?;
        return Ok(false);
    };
    if unreachable::find(tx, to.reveal())?.is_some() {
        not_told("TIDAK_DIKIRIM_NOMOR")?;
        return Ok(true);
    }
    let text = Text {
        to,
        body,
        purpose: Purpose::Notice,
        template: Some(key),
        ticket_id: Some(ticket.id),
        inbound_id: None,
        draft_id: None,
        sim: ticket.sim.as_deref(),
    };
    match queue(tx, office, &text, now) {
        Ok(Queued::At { .. } | Queued::Stopped | Queued::Already) => {}
        Err(Error::Fault(fault)) => return Err(fault),
        Err(error) => tracing::error!(ticket = %ticket.number, %error, "cannot tell the citizen"),
    }
    Ok(true)
}

/// Queues a text in the caller's transaction.
///
/// # Errors
/// [`Error::TooLong`]; [`Error::Fault`].
pub fn queue(
    tx: &Tx<'_>,
    office: &Office,
    text: &Text<'_>,
    now: DateTime<Utc>,
) -> Result<Queued, Error> {
    // Whose number is kept no longer cannot be told anything.
    if text.to.is_pseudonym() {
        return Ok(Queued::Stopped);
    }
    if text.purpose.is_office_started() && stopped::is_stopped(tx, text.to)? {
        return Ok(Queued::Stopped);
    }
    check_length(office, &text.body, office.limits.parts_max)?;
    let due_at = if text.purpose.waits_for_window() {
        office.calendar.next_in_window(now, office.limits.window)
    } else {
        now
    };
    let body = transliterate(&text.body);
    let reference = outbox::next_reference(tx)?;
    let options = Options {
        // Eight bits: every handset joins them, and a part holds one septet more than with sixteen.
        reference: Reference::Narrow(reference),
        status_report: office.limits.reports,
        validity: Some(office.limits.validity),
        single_shift: office.limits.single_shift,
    };
    let parts = Address::international(text.to.reveal())
        .and_then(|to| compose(&to, &body, &options))
        .and_then(|parts| parts.iter().map(Submit::encode).collect::<Result<_, _>>())
        .map_err(|error| Error::Invalid { what: "SMS", value: error.to_string() })?;
    let message = NewMessage {
        recipient: text.to.reveal().to_owned(),
        body,
        purpose: text.purpose,
        template: text.template.map(Key::name),
        ticket_id: text.ticket_id,
        inbound_id: text.inbound_id,
        draft_id: text.draft_id,
        sim: text.sim.map(str::to_owned),
        // A reply leaves by the card that received, wherever its number leads.
        route: if text.sim.is_none() { route_of(office, text.to) } else { None },
        reference,
        parts,
        due_at,
        expires_at: later(due_at, office.limits.validity),
    };
    Ok(outbox::queue(tx, &message, now)?.map_or(Queued::Already, |id| Queued::At { id, due_at }))
}

/// The longest of the configured prefixes that the number begins with.
fn route_of(office: &Office, to: &PhoneNumber) -> Option<String> {
    let leading = office.routes.iter().filter(|prefix| prefix.leads(to));
    leading.map(Prefix::as_str).max_by_key(|prefix| prefix.len()).map(str::to_owned)
}

/// A modem as the queue knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sender {
    /// Its name.
    pub modem: String,
    /// The card in it.
    pub sim: String,
    /// How much that card may send.
    pub pace: Pace,
    /// The prefixes of the routes that lead by it, a space behind each.
    routes: String,
}

impl Sender {
    /// A modem with this card.
    pub fn new((modem, sim): (&str, &str), pace: Pace, routes: &[Prefix]) -> Self {
        let routes = routes.iter().flat_map(|prefix| [prefix.as_str(), " "]).collect();
        Self { modem: modem.to_owned(), sim: sim.to_owned(), pace, routes }
    }
}

/// The next message for a modem, already marked as its own.
///
/// # Errors
/// [`Fault`] of the database.
pub fn claim(
    tx: &Tx<'_>,
    office: &Office,
    sender: &Sender,
    offering: Offer,
    now: DateTime<Utc>,
) -> Result<Option<Claimed>, Fault> {
    claim::claim(tx, &asking(office, sender, now), offering)
}

/// When a modem that found nothing may find something.
///
/// # Errors
/// [`Fault`] of the database.
pub fn next_due(
    tx: &Tx<'_>,
    office: &Office,
    sender: &Sender,
    now: DateTime<Utc>,
) -> Result<Option<DateTime<Utc>>, Fault> {
    claim::next_due(tx, &asking(office, sender, now))
}

/// Parts that the card has sent on this local day.
///
/// # Errors
/// [`Fault`] of the database.
pub fn sent_today(
    tx: &Tx<'_>,
    office: &Office,
    sim: &str,
    now: DateTime<Utc>,
) -> Result<i64, Fault> {
    claim::parts_within(tx, sim, office.calendar.zone().day_of(now))
}

fn asking<'a>(office: &Office, sender: &'a Sender, now: DateTime<Utc>) -> Asking<'a> {
    let after = office.limits.other_sim_after.as_secs();
    Asking {
        modem: &sender.modem,
        sim: &sender.sim,
        routes: &sender.routes,
        strangers_after: u32::try_from(after).unwrap_or(u32::MAX).into(),
        opens_at: office.calendar.next_in_window(now, office.limits.window),
        pace: sender.pace,
        day: office.calendar.zone().day_of(now),
        now,
    }
}

/// What a modem writes to its line as soon as the commit is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    /// No text: there is something else to do first.
    Nothing,
    /// Another part of the message in hand.
    Part(i64),
    /// The next message, if there is one.
    Message(Offer),
}

/// Offers what is written next; a message that was taken for it.
///
/// # Errors
/// [`Fault`] of the database.
pub fn go_on(
    tx: &Tx<'_>,
    office: &Office,
    (message, next): (&Claimed, Next),
    sender: &Sender,
    now: DateTime<Utc>,
) -> Result<Option<Claimed>, Fault> {
    match next {
        Next::Nothing => Ok(None),
        Next::Part(number) => hand::offer(tx, message.id, number, &sender.sim, now).map(|()| None),
        Next::Message(offering) => claim(tx, office, sender, offering, now),
    }
}
