//! What STATUS says of a ticket, at every stage, in the words of procedure.md 9.1.

use chrono::{DateTime, Utc};

use super::closing::Told;
use super::{Office, cases, giving, outbound, promising};
use crate::store::drafts::{Draft, Kind};
use crate::store::tickets::Ticket;
use crate::store::{Fault, Tx, drafts, outbox, trail};
use crate::ticket::{CloseReason, Stage};
use crate::words::{Blank, Key};

/// The trail's word for an answer that STOP kept from its citizen.
pub(super) const WITHHELD: &str = "TIDAK_DIKIRIM_STOP";

/// An answer that STATUS gives whole.
pub(super) struct Whole {
    pub(super) key: Key,
    pub(super) body: String,
    /// The version that it carries, so that what becomes of the reply becomes of the answer (row 7): the first such reply to the
    /// citizen whom it was written for.
    pub(super) draft_id: Option<i64>,
}

/// The answer that waits for STATUS (T16): `own`, joined to `ticket` or the same, had it kept from its citizen by STOP. It is given
/// as it was approved, in as many parts as it takes.
///
/// # Errors
/// [`Fault`] of the database.
pub(super) fn whole(
    tx: &Tx<'_>,
    office: &Office,
    (own, ticket): (&Ticket, &Ticket),
) -> Result<Option<Whole>, Fault> {
    if cases::case(office, ticket).on_closed_path() {
        return Ok(None);
    }
    let Some(answer) = told(tx, ticket)? else { return Ok(None) };
    let kept = |line: &trail::Line| {
        line.action == WITHHELD
            && serde_json::from_str::<serde_json::Value>(&line.detail).is_ok_and(|detail| {
                detail.get("draf").and_then(serde_json::Value::as_i64) == Some(answer.id)
            })
    };
    if !trail::of_ticket(tx, own.id)?.iter().any(kept) {
        return Ok(None);
    }
    let body = giving::text_of(office, own, &answer);
    // Templates may have grown since it was approved: then it is told in short.
    if outbound::check_length(office, &body, office.limits.parts_max).is_err() {
        return Ok(None);
    }
    let carried = outbox::of_ticket(tx, own.id)?;
    let is_first =
        own.id == ticket.id && carried.iter().all(|message| message.draft_id != Some(answer.id));
    let draft_id = is_first.then_some(answer.id);
    Ok(Some(Whole { key: giving::key_of(&answer), body, draft_id }))
}

/// What STATUS says of a ticket, in one SMS. The closed path tells nothing but that it is one.
///
/// # Errors
/// [`Fault`] of the database.
pub fn of(
    tx: &Tx<'_>,
    office: &Office,
    ticket: &Ticket,
    now: DateTime<Utc>,
) -> Result<(Key, String), Fault> {
    if cases::case(office, ticket).on_closed_path() {
        let number = ticket.number.to_string();
        let body = office.templates.fill(Key::Tertutup, &[(Blank::No, &number)]);
        return Ok((Key::Tertutup, body));
    }
    let zone = office.calendar.zone();
    if let Some(answer) = told(tx, ticket)? {
        let sent = answer.sent_at.unwrap_or(ticket.stage_since);
        let (state, day) = match ticket.stage {
            Stage::FollowUp => ("dalam tindak lanjut sejak", ticket.stage_since),
            Stage::Finished => {
                (Stage::Finished.shown_to_citizen(), ticket.finished_at.unwrap_or(sent))
            }
            // Also of an answer that went out and did not arrive.
            Stage::New
            | Stage::WaitingCitizen
            | Stage::Analysis
            | Stage::Approval
            | Stage::ReadyToSend
            | Stage::Answered
            | Stage::EthicsClosed
            | Stage::Closed => (Stage::Answered.shown_to_citizen(), sent),
        };
        return Ok(ended(office, ticket, (state, &zone.day(day)), &answer.content.wording));
    }
    if !ticket.is_open() {
        let day = zone.day(ticket.finished_at.unwrap_or(ticket.stage_since));
        let why = why_closed(tx, ticket)?;
        return Ok(ended(office, ticket, (ticket.stage.shown_to_citizen(), &day), &why));
    }
    let number = ticket.number.to_string();
    let day = zone.day(ticket.stage_since);
    let due = promising::answer_by(office, ticket, awaited(tx, ticket)?, now);
    let mut values = vec![
        (Blank::No, &*number),
        (Blank::Unit, ticket.unit.as_deref().unwrap_or("UMUM")),
        (Blank::Status, ticket.stage.shown_to_citizen()),
        (Blank::Tgl, &*day),
    ];
    values.extend(due.as_deref().map(|due| (Blank::Batas, due)));
    Ok((Key::StatusProses, office.templates.fill(Key::StatusProses, &values)))
}

/// The answer that the citizen of a ticket as it stands may read: the last one that went out, unless the case has gone on since.
///
/// # Errors
/// [`Fault`] of the database.
pub fn told(tx: &Tx<'_>, ticket: &Ticket) -> Result<Option<Draft>, Fault> {
    let Some(answer) = drafts::last_sent(tx, ticket.id)? else { return Ok(None) };
    let is_told = match ticket.stage {
        Stage::Finished | Stage::Answered | Stage::FollowUp => true,
        // Of an answer that did not arrive no later version was approved.
        Stage::ReadyToSend => {
            drafts::latest(tx, ticket.id)?.is_some_and(|latest| latest.id == answer.id)
        }
        Stage::New
        | Stage::WaitingCitizen
        | Stage::Analysis
        | Stage::Approval
        | Stage::EthicsClosed
        | Stage::Closed => false,
    };
    Ok(is_told.then_some(answer))
}

/// `STATUS_SELESAI`, shortened to one SMS.
fn ended(
    office: &Office,
    ticket: &Ticket,
    (state, day): (&str, &str),
    answer: &str,
) -> (Key, String) {
    let body = office.templates.fill_shortened(
        Key::StatusSelesai,
        &[
            (Blank::No, &ticket.number.to_string()),
            (Blank::Unit, ticket.unit.as_deref().unwrap_or("UMUM")),
            (Blank::Status, state),
            (Blank::Tgl, day),
            (Blank::Jawaban, answer),
        ],
        Blank::Jawaban,
        office.limits.single_shift,
    );
    (Key::StatusSelesai, body)
}

/// Why a ticket ended without an answer, as the officer told it when it was closed (T10), else in the office's own words. Of what
/// was taken for spam nothing was told.
fn why_closed(tx: &Tx<'_>, ticket: &Ticket) -> Result<String, Fault> {
    let Some(told) = Told::noted(tx, ticket)? else { return Ok("-".to_owned()) };
    let words = match told.reason {
        CloseReason::NotOurs => told.party.map(|party| format!("hal ini kewenangan {party}")),
        CloseReason::Spam => None,
        CloseReason::Abuse
        | CloseReason::NotAComplaint
        | CloseReason::Duplicate
        | CloseReason::Incomplete
        | CloseReason::Withdrawn
        | CloseReason::HandedOver => told.words,
    };
    let words = words.unwrap_or_else(|| told.reason.shown_to_citizen().to_owned());
    Ok(words.trim_end_matches('.').to_owned() + ".")
}

/// What the citizen is told next: the result of a follow-up, whose first answer has gone out, or an answer.
fn awaited(tx: &Tx<'_>, ticket: &Ticket) -> Result<Kind, Fault> {
    if !matches!(ticket.stage, Stage::Approval | Stage::ReadyToSend) {
        return Ok(Kind::Answer);
    }
    Ok(drafts::latest(tx, ticket.id)?.map_or(Kind::Answer, |draft| draft.content.kind))
}
