//! What becomes of a text in the hands of modem and network: accepted, refused, reported, or unknown (3GPP TS 23.040 §9.2.3.15).

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;

use super::unreached::{bring_back, is_awaited_question, is_question, undelivered};
use super::{Office, cases, earlier, later, overtaken, withholding};
use crate::mutation::Mutation;
use crate::sms::{Outcome, Status};
use crate::store::hand::{Claimed, Fate};
use crate::store::outbox::{Message, Purpose, Unsent};
use crate::store::reports::{Effect, NewReport, Verdict};
use crate::store::{Fault, Tx, hand, outbox, reports, unknown, unreachable};

/// Longer than the validity that a network grants: a report that comes later speaks of another part with the same TP-MR.
const REPORT_MARGIN: TimeDelta = TimeDelta::days(1);

/// TP-ST of a number that is not in use (3GPP TS 23.040 §9.2.3.15).
const NOT_OBTAINABLE: u8 = 0x43;

/// Why a ticket comes back whose last text was twice of unknown fate.
const UNCERTAIN: &str = "nasib SMS tidak pasti";

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
        Fate::Retry(_) | Fate::Blameless(_) => {
            withholding::given_back(tx, office, id, now)?;
            overtaken::given_back(tx, office, id, now)?;
        }
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
        let error = Unsent::GatewayStopped.token();
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
