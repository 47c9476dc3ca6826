//! What came by WhatsApp, by telephone or at the counter: a petugas enters it into the same register (A16). It is read like an
//! SMS, gets its number from the same row, and its clocks run from when the office got it; what an SMS would have answered is
//! given by the officer.

use chrono::{DateTime, Utc};

use super::giving::link;
use super::intake::{self, Desk, Entry};
use super::officer::find;
use super::staff::Officer;
use super::{Error, Office, blocking, earlier, sealing};
use crate::complaint::{Certainty, Flag, Kind, Reading, UnitCode, flags_of, read};
use crate::phone::PhoneNumber;
use crate::store::inbox::{Entered, Outcome};
use crate::store::tickets::Ticket;
use crate::store::{Fault, Tx, inbox, tickets};
use crate::ticket::{Channel, Refusal, Role, Stage};

/// A message as an officer enters it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// Not by SMS.
    pub channel: Channel,
    /// As it was typed; somebody at the counter may have none.
    pub from: Option<String>,
    /// What was written or said.
    pub text: String,
    /// When the office got it; `None`: now.
    pub at: Option<DateTime<Utc>>,
    /// Code or alias, where the text does not say it.
    pub unit: Option<String>,
    /// The ticket that it belongs to.
    pub to: Option<String>,
    /// A ticket of its own, whatever the same citizen sent before.
    pub again: bool,
    /// The number takes SMS: what the office says about this ticket goes out like that.
    pub by_sms: bool,
}

/// What became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Added {
    /// As of an SMS.
    pub outcome: Outcome,
    /// Of the outcome.
    pub reason: &'static str,
    /// The ticket that it opened, was added to, or asked after.
    pub ticket: Option<Ticket>,
    /// What the citizen is told.
    pub text: Option<String>,
    /// Opens WhatsApp on the officer's handset with it; `None` where the text goes out by SMS, or there is no number.
    pub link: Option<String>,
    /// Whether the text goes out by SMS.
    pub by_sms: bool,
}

/// Enters a message: kept unaltered as evidence, read, and handled in one transaction.
///
/// # Errors
/// [`Error::NotPermitted`], [`Error::Missing`], [`Error::Invalid`] (channel, number, time), [`Error::NoSuchUnit`],
/// [`Error::NoSuchTicket`], [`Error::Refused`] where the named ticket has ended; [`Error::Fault`].
pub fn add(
    tx: &Tx<'_>,
    office: &Office,
    officer: &Officer,
    entered: &Message,
    now: DateTime<Utc>,
) -> Result<Added, Error> {
    if !officer.is(Role::Operator) && !officer.is(Role::Chair) {
        return Err(Error::NotPermitted);
    }
    if entered.channel == Channel::Sms {
        return Err(Error::Invalid { what: "channel", value: entered.channel.token().to_owned() });
    }
    if entered.text.trim().is_empty() {
        return Err(Error::Missing("text"));
    }
    let to = match &entered.to {
        Some(typed) => Some(find(tx, office, officer, typed, now)?),
        None => None,
    };
    let citizen = sender(office, entered, to.as_ref())?;
    if entered.by_sms && citizen.is_none() {
        return Err(Error::Missing("from"));
    }
    let spoken = match &to {
        Some(ticket) => about(tx, office, ticket, &entered.text)?,
        None => None,
    };
    let mut reading = spoken.unwrap_or_else(|| read(&entered.text, &office.directory));
    let unit = match &entered.unit {
        Some(typed) => {
            let unit = office.directory.find_beside_hash(typed);
            Some(unit.ok_or_else(|| Error::NoSuchUnit(typed.clone()))?.code.clone())
        }
        None => None,
    };
    if let Some(unit) = &unit {
        addressed(&mut reading, unit.clone(), (&entered.text, office));
    }
    // What belongs to an ended ticket is a complaint of its own; the citizen's own word about it is not.
    let speaks =
        matches!(reading.kind, Kind::Satisfied | Kind::Unsatisfied | Kind::Withdraw | Kind::Status);
    let is_over = |ticket: &&Ticket| ticket.is_retired() || (!ticket.is_open() && !speaks);
    if let Some(ended) = to.as_ref().filter(is_over) {
        return Err(Refusal::OutOfTurn { stage: ended.stage }.into());
    }
    let message = inbox::enter(
        tx,
        &Entered {
            channel: entered.channel,
            sender: citizen.as_ref().map(PhoneNumber::reveal),
            text: &entered.text,
            officer: officer.id.as_str(),
            received_at: time(office, entered.at, now)?,
        },
    )?;
    let blocked = match &citizen {
        Some(citizen) => blocking::silences(tx, office, officer, (citizen, message.received_at))?,
        None => false,
    };
    let handled = if blocked {
        intake::silence(blocking::REASON)
    } else {
        let unit = unit.filter(|unit| !unit.is_undecided());
        let entry = Entry { officer, to, again: entered.again, by_sms: entered.by_sms, unit };
        let citizen = citizen.clone();
        Desk { tx, office, message: &message, citizen, entry: Some(entry), now }
            .decide(&entered.text, &reading)?
    };
    let reason = if entered.by_sms {
        intake::answer(tx, office, &message, &handled, now)?
    } else {
        handled.reason
    };
    inbox::handled(tx, message.id, handled.outcome, reason, handled.ticket_id, now)?;
    tracing::info!(
        inbound = message.id,
        channel = message.channel.token(),
        outcome = handled.outcome.token(),
        reason,
        "entered"
    );
    let ticket = match handled.ticket_id {
        Some(id) => tickets::by_id(tx, id)?,
        None => None,
    };
    let text = handled.reply.map(|reply| reply.body);
    let by_sms = entered.by_sms && text.is_some() && reason == handled.reason;
    let link = citizen
        .as_ref()
        .zip(text.as_ref())
        .filter(|_| !entered.by_sms)
        .map(|(citizen, text)| link(citizen, text));
    Ok(Added { outcome: handled.outcome, reason, ticket, text, link, by_sms })
}

/// Who it is from: the number that was typed, else the one of the named ticket. Only at the counter somebody may have none.
fn sender(
    office: &Office,
    entered: &Message,
    to: Option<&Ticket>,
) -> Result<Option<PhoneNumber>, Error> {
    let Some(typed) = entered.from.as_deref().map(str::trim).filter(|typed| !typed.is_empty())
    else {
        return match to {
            Some(ticket) => Ok(ticket.citizen.clone()),
            None if entered.channel == Channel::Counter => Ok(None),
            None => Err(Error::Missing("from")),
        };
    };
    PhoneNumber::parse(typed)
        .ok()
        .filter(|number| !office.own_numbers.contains(number) && !number.is_pseudonym())
        .map(Some)
        .ok_or_else(|| Error::Invalid { what: "telephone number", value: typed.to_owned() })
}

/// When the office got it: not after now, and not longer ago than the office allows.
fn time(
    office: &Office,
    at: Option<DateTime<Utc>>,
    now: DateTime<Utc>,
) -> Result<DateTime<Utc>, Error> {
    let Some(at) = at else { return Ok(now) };
    if at > now || at < earlier(now, office.limits.entered_late) {
        let value = office.calendar.zone().short(at);
        return Err(Error::Invalid { what: "time of receipt", value });
    }
    Ok(at)
}

/// PUAS, BELUM or BATAL about the named ticket, whose number nobody says at the counter; nothing where it is not their turn. What
/// was joined has the answer of its main ticket.
fn about(
    tx: &Tx<'_>,
    office: &Office,
    ticket: &Ticket,
    text: &str,
) -> Result<Option<Reading>, Fault> {
    let text = text.trim_start();
    let (word, rest) = text.split_at(text.find(char::is_whitespace).unwrap_or(text.len()));
    let reading = read(&format!("{word} {}{rest}", ticket.number), &office.directory);
    let in_turn = match reading.kind {
        Kind::Satisfied | Kind::Unsatisfied => {
            let answered = sealing::main_of(tx, ticket.clone())?;
            matches!(answered.stage, Stage::Answered | Stage::Finished)
        }
        Kind::Withdraw => ticket.is_open(),
        Kind::Complaint | Kind::Status | Kind::Help | Kind::Codes | Kind::Stop | Kind::Start => {
            false
        }
    };
    Ok(in_turn.then_some(reading))
}

/// The officer says which unit it is for: a complaint, whatever it looks like, with what it shows.
fn addressed(reading: &mut Reading, unit: UnitCode, (text, office): (&str, &Office)) {
    if reading.kind != Kind::Complaint {
        reading.kind = Kind::Complaint;
        text.clone_into(&mut reading.body);
        reading.number = None;
        // A command is read without flags; what is said to an office is no mere courtesy.
        reading.flags = flags_of(text, &office.directory);
        reading.flags.remove(&Flag::Courtesy);
    }
    reading.unit = Some(unit);
    reading.certainty = Certainty::Certain;
    reading.flags.remove(&Flag::Guessed);
}
