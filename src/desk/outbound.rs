//! What goes out: composed once, queued with what it answers, and followed to its fate.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;

use super::{Error, Office, cases, earlier, giving, later, sealing, withholding};
use crate::mutation::Mutation;
use crate::phone::{PhoneNumber, Prefix};
use crate::sms::{
    Address, Options, Outcome, Reference, Status, Submit, compose, measure, transliterate,
};
use crate::store::claim::{self, Asking, Offer, Pace};
use crate::store::hand::{Claimed, Fate};
use crate::store::outbox::{Message, NewMessage, Purpose};
use crate::store::reports::{Effect, NewReport, Verdict};
use crate::store::tickets::Ticket;
use crate::store::{
    Fault, Tx, drafts, hand, outbox, owing, reports, stopped, tickets, unknown, unreachable,
};
use crate::ticket::{Action, Actor, CloseReason, Stage};
use crate::words::Key;

/// Longer than the validity that a network grants: a report that comes later speaks of another part with the same TP-MR.
const REPORT_MARGIN: TimeDelta = TimeDelta::days(1);

/// TP-ST of a number that is not in use (3GPP TS 23.040 §9.2.3.15).
const NOT_OBTAINABLE: u8 = 0x43;

/// Why a ticket comes back whose last text was twice of unknown fate.
const UNCERTAIN: &str = "nasib SMS tidak pasti";

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

/// The network accepted a part; with the last one the message is sent. A report that overtook the answer is applied now.
///
/// # Errors
/// [`Fault`] of the database.
pub fn accepted(
    tx: &Tx<'_>,
    office: &Office,
    (message, sim): (&Claimed, &str),
    number: i64,
    mr: Option<u8>,
    now: DateTime<Utc>,
) -> Result<(), Fault> {
    hand::accepted(tx, message.id, number, mr, now)?;
    if message.part_after(number).is_none() {
        hand::release(tx, message.id, Fate::Sent, None, now)?;
    }
    let Some(mr) = mr else { return Ok(()) };
    // A report can come before `+CMGS: <mr>` is read; it waited for this moment.
    let since = earlier(now, std::time::Duration::from_mins(2));
    if let Some((report, status)) = reports::early(tx, sim, &message.recipient, mr, since)? {
        reports::speaks_of(tx, report, message.id)?;
        let part = (message.id, number);
        settle(tx, office, (report, status), (part, &message.recipient), now)?;
    }
    Ok(())
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

/// A network called the number of a message wrong or gone: it is marked until it writes or a text reaches it.
///
/// # Errors
/// [`Fault`] of the database.
pub fn number_refused(
    tx: &Tx<'_>,
    recipient: &str,
    code: &str,
    now: DateTime<Utc>,
) -> Result<(), Fault> {
    tracing::warn!(code, "the network calls a number wrong or gone: it is marked");
    unreachable::mark(tx, recipient, code, now)
}

/// A message in hand goes back, ends, or becomes unknown.
///
/// # Errors
/// [`Fault`] of the database.
pub fn released(
    tx: &Tx<'_>,
    office: &Office,
    id: i64,
    fate: Fate,
    error: &str,
    now: DateTime<Utc>,
) -> Result<(), Fault> {
    hand::release(tx, id, fate, Some(error), now)?;
    match fate {
        Fate::Failed => {
            if let Some(message) = outbox::find(tx, id)? {
                undelivered(tx, office, &message, error, now)?;
            }
        }
        Fate::Unknown => already_reported(tx, office, id, now)?,
        Fate::Unanswered(_) => {
            if let Some(ticket_id) = outbox::find(tx, id)?.and_then(|message| message.ticket_id) {
                let detail = json!({ "outbox": id, "sebab": error });
                cases::remark(tx, ticket_id, "sistem", "TANPA_JAWABAN", detail, now)?;
            }
            already_reported(tx, office, id, now)?;
        }
        Fate::Retry(_) | Fate::Blameless(_) => withholding::given_back(tx, office, id, now)?,
        Fate::Sent => {}
    }
    Ok(())
}

/// A report can come where the answer to the AT+CMGS is lost: it waited for this moment.
fn already_reported(
    tx: &Tx<'_>,
    office: &Office,
    id: i64,
    now: DateTime<Utc>,
) -> Result<(), Fault> {
    if let Some((report, status, number)) = reports::of_unknown(tx, id)?
        && let Some(message) = outbox::find(tx, id)?
    {
        reports::speaks_of(tx, report, id)?;
        settle(tx, office, (report, status), ((id, number), &message.recipient), now)?;
    }
    Ok(())
}

/// After a start: what was in hand when the daemon stopped. A part that had been offered may have left: unknown. The rest
/// goes back to the queue.
///
/// # Errors
/// [`Fault`] of the database.
pub fn recover(
    tx: &Tx<'_>,
    office: &Office,
    modem: Option<&str>,
    now: DateTime<Utc>,
) -> Result<usize, Fault> {
    if Mutation::ForgetInHand.is_made() {
        return Ok(0);
    }
    let messages = hand::in_hand(tx, modem)?;
    for (id, offered) in &messages {
        let fate = if *offered && !Mutation::ResendUnknown.is_made() {
            Fate::Unknown
        } else {
            Fate::Blameless(now)
        };
        let error = "the gateway stopped while it was being sent";
        released(tx, office, *id, fate, error, now)?;
    }
    Ok(messages.len())
}

/// How many texts stand in each state that still moves.
///
/// # Errors
/// [`Fault`] of the database.
pub fn in_motion(
    tx: &Tx<'_>,
    office: &Office,
    now: DateTime<Utc>,
) -> Result<Vec<(String, i64)>, Fault> {
    outbox::depth(tx, reports_since(office, now))
}

/// What left before is not reported any more.
fn reports_since(office: &Office, now: DateTime<Utc>) -> DateTime<Utc> {
    let window = TimeDelta::from_std(office.limits.validity).unwrap_or(TimeDelta::MAX);
    now.checked_sub_signed(window + REPORT_MARGIN).unwrap_or(DateTime::<Utc>::MIN_UTC)
}

/// A status report arrived: kept, matched, applied.
///
/// # Errors
/// [`Fault`] of the database.
pub fn report(
    tx: &Tx<'_>,
    office: &Office,
    report: &NewReport,
    now: DateTime<Utc>,
) -> Result<(), Fault> {
    let part = reports::part_of(tx, report, reports_since(office, now))?;
    let recorded = reports::record(tx, report, part.map(|(outbox_id, _)| outbox_id), now)?;
    match (recorded, part) {
        (Some(id), Some(part)) => {
            settle(tx, office, (id, report.status), (part, &report.recipient), now)
        }
        // Read before, or kept: it may have overtaken the answer to its AT+CMGS.
        (None, _) | (_, None) => Ok(()),
    }
}

fn settle(
    tx: &Tx<'_>,
    office: &Office,
    (report, status): (i64, u8),
    (part, recipient): ((i64, i64), &str),
    now: DateTime<Utc>,
) -> Result<(), Fault> {
    let verdict = verdict(status);
    let effect = reports::apply(tx, report, part, status, verdict, now)?;
    if verdict == Verdict::Delivered {
        unreachable::unmark(tx, recipient)?;
    } else if status == NOT_OBTAINABLE {
        number_refused(tx, recipient, &format!("TP-ST {status:#04x}"), now)?;
    }
    if let Effect::Settled { id, delivered: false } = effect
        && let Some(message) = outbox::find(tx, id)?
    {
        let why = format!("TP-ST {status:#04x}");
        if !try_again(tx, office, &message, &why, now)? {
            undelivered(tx, office, &message, &why, now)?;
        }
    }
    Ok(())
}

/// What a centre has stopped trying only for now goes to it once more, after the time that an unknown fate is given, with the
/// fact in the trail (errors.md, TP-ST 0x60 to 0x7F); whether it does.
fn try_again(
    tx: &Tx<'_>,
    office: &Office,
    message: &Message,
    why: &str,
    now: DateTime<Utc>,
) -> Result<bool, Fault> {
    if is_question(message) && !is_awaited_question(tx, message)? {
        return Ok(false);
    }
    if withholding::is_withheld(tx, office, message)? {
        return Ok(false);
    }
    let again = unknown::send_again(tx, message.id, later(now, office.limits.unknown_grace))?;
    if again && let Some(ticket_id) = message.ticket_id {
        let detail = json!({ "outbox": message.id, "sebab": why });
        cases::remark(tx, ticket_id, "sistem", "KIRIM_LAGI", detail, now)?;
    }
    Ok(again)
}

/// TP-ST by errors.md, "Status reports".
fn verdict(status: u8) -> Verdict {
    /// Validity period expired (3GPP TS 23.040 §9.2.3.15).
    const EXPIRED: u8 = 0x46;
    match Status(status).outcome() {
        Outcome::Delivered => Verdict::Delivered,
        Outcome::Complete | Outcome::Reserved => Verdict::Unconfirmed,
        Outcome::Trying => Verdict::Trying,
        Outcome::Failed if status == EXPIRED => Verdict::Expired,
        Outcome::Failed | Outcome::TryingStopped => Verdict::Failed,
    }
}

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
fn bring_back(
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

fn is_question(message: &Message) -> bool {
    message.template.as_deref() == Some(Key::Lengkapi.name())
}

fn is_last_question(tx: &Tx<'_>, message: &Message) -> Result<bool, Fault> {
    let Some(ticket_id) = message.ticket_id.filter(|_| is_question(message)) else {
        return Ok(false);
    };
    Ok(last_question(tx, ticket_id)?.is_some_and(|last| last.id == message.id))
}

/// `unknown` texts that no report has spoken of. What the network gave no answer to is tried again after its pause. Of the others,
/// whose grace is over, receipts are dropped, answers and questions are sent once more, with the fact in the trail. Neither, where
/// their ticket is on the closed path. What is unknown again does not count as read: the officer telephones (T17), or asks in
/// another way (T5).
///
/// # Errors
/// [`Fault`] of the database.
pub fn resolve_unknown(tx: &Tx<'_>, office: &Office, now: DateTime<Utc>) -> Result<(), Fault> {
    for message in unknown::unanswered_until(tx, now)? {
        let is_past = is_question(&message) && !is_awaited_question(tx, &message)?;
        if is_past || withholding::is_withheld(tx, office, &message)? {
            resolve(tx, office, &message, false, now)?;
        } else {
            unknown::try_again(tx, message.id, now)?;
        }
    }
    for message in unknown::unknown_since(tx, earlier(now, office.limits.unknown_grace))? {
        // STATUS carries an answer that waited for it (T16).
        let is_answer = message.purpose == Purpose::Answer.token() || message.draft_id.is_some();
        let is_answer = is_answer && !Mutation::DropAnswers.is_made();
        let is_owed = (is_answer && !withholding::is_withheld(tx, office, &message)?)
            || is_awaited_question(tx, &message)?;
        let again = !message.repeated && (is_owed || Mutation::ResendReceipts.is_made());
        resolve(tx, office, &message, again, now)?;
    }
    Ok(())
}

/// Sends a text of unknown fate once more, or drops it, with the fact in the trail of its ticket.
fn resolve(
    tx: &Tx<'_>,
    office: &Office,
    message: &Message,
    again: bool,
    now: DateTime<Utc>,
) -> Result<(), Fault> {
    unknown::resolve_unknown(tx, message.id, again, now)?;
    let Some(ticket_id) = message.ticket_id else { return Ok(()) };
    let action = if again { "KIRIM_ULANG" } else { "TIDAK_PASTI" };
    cases::remark(tx, ticket_id, "sistem", action, json!({ "outbox": message.id }), now)?;
    if !again {
        bring_back(tx, office, (message, ticket_id), UNCERTAIN, now)?;
    }
    Ok(())
}

/// Whether a text asks what the ticket still waits for.
fn is_awaited_question(tx: &Tx<'_>, message: &Message) -> Result<bool, Fault> {
    let Some(ticket_id) = message.ticket_id else { return Ok(false) };
    Ok(is_last_question(tx, message)?
        && tickets::by_id(tx, ticket_id)?
            .is_some_and(|ticket| ticket.stage == Stage::WaitingCitizen))
}
