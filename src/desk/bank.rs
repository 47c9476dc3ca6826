//! The answer bank (catatan jawaban): wording that a chair approved for use again, and the answers that are taken from it.

use chrono::{DateTime, NaiveDate, Utc};
use serde_json::json;

use super::officer::{Done, actor, dispatch, filled, find};
use super::staff::Officer;
use super::{Error, Office, cases, outbound};
use crate::store::answers::{Answer, NewAnswer};
use crate::store::drafts::{Kind, NewDraft};
use crate::store::{Tx, answers, drafts};
use crate::ticket::{Action, Refusal, Role};

/// T2: answered at once with a valid note of the same unit, its marked blanks filled and nothing else changed.
///
/// # Errors
/// [`Error::Refused`], [`Error::NoSuchNote`], [`Error::BlankLeft`], [`Error::TooLong`]; [`Error::Fault`].
pub fn answer(
    tx: &Tx<'_>,
    office: &Office,
    officer: &Officer,
    (typed, note, blanks): (&str, i64, &[(String, String)]),
    now: DateTime<Utc>,
) -> Result<Done, Error> {
    let mut ticket = find(tx, office, officer, typed, now)?;
    let note = answers::find(tx, note)?.ok_or(Error::NoSuchNote(note))?;
    let today = office.calendar.zone().local(now).date_naive();
    let wording = with_blanks(&note, blanks)?;
    let body = filled(office, &ticket, Kind::Answer, &wording);
    outbound::check_length(office, &body, office.limits.parts_max)?;
    // The approver of a wording is somebody else than who fills and sends it (9.4, rule 1).
    if note.approved_by == officer.id.as_str() {
        return Err(Refusal::OwnDraft.into());
    }
    let action = Action::Answer {
        note_valid: note.is_valid_on(today),
        same_unit: ticket.unit.as_deref() == Some(note.unit.as_str()),
    };
    let draft = NewDraft {
        kind: Kind::Answer,
        recommendation: note.matter.clone(),
        rules: "-".to_owned(),
        note: format!("catatan jawaban {}", note.id),
        wording,
        answer_id: Some(note.id),
        writer: officer.id.as_str().to_owned(),
    };
    let detail = json!({ "catatan": note.id });
    cases::step(tx, office, &mut ticket, (&action, &actor(officer)), detail, now, |ticket| {
        ticket.drafter = Some(officer.id.as_str().to_owned());
    })?;
    // Its approver is the chair who put the note into the bank (9.4, rule 1).
    let id = drafts::propose(tx, ticket.id, &draft, now)?;
    drafts::decide(tx, id, true, &note.approved_by, None, now)?;
    dispatch(tx, office, ticket, &actor(officer), now)
}

/// Fills the marked blanks of a note; each must be filled, and no other is known. What is filled in is never read as a blank.
fn with_blanks(note: &Answer, blanks: &[(String, String)]) -> Result<String, Error> {
    for (name, _) in blanks {
        if !note.wording.contains(&format!("{{{name}}}")) {
            return Err(Error::Invalid { what: "blank of this note", value: name.clone() });
        }
    }
    let mut wording = String::with_capacity(note.wording.len());
    let mut rest = note.wording.as_str();
    while let Some((before, after)) = rest.split_once('{') {
        wording.push_str(before);
        if let Some((name, behind)) = after.split_once('}') {
            let value = blanks
                .iter()
                .find(|(blank, value)| blank == name && !value.trim().is_empty())
                .ok_or_else(|| Error::BlankLeft(name.to_owned()))?;
            wording.push_str(value.1.trim());
            rest = behind;
        } else {
            wording.push('{');
            rest = after;
        }
    }
    wording.push_str(rest);
    Ok(wording)
}

/// The chair puts an answered ticket's wording into the answer bank.
///
/// # Errors
/// [`Error::NotPermitted`], [`Error::Missing`], [`Error::NoSuchTicket`]; [`Error::Fault`].
pub fn remember(
    tx: &Tx<'_>,
    office: &Office,
    officer: &Officer,
    (typed, matter, wording, valid_until): (&str, &str, Option<&str>, Option<NaiveDate>),
    now: DateTime<Utc>,
) -> Result<i64, Error> {
    if !officer.is(Role::Chair) {
        return Err(Error::NotPermitted);
    }
    let ticket = find(tx, office, officer, typed, now)?;
    let matter = matter.trim();
    if matter.is_empty() {
        return Err(Error::Missing("matter"));
    }
    let unit = ticket.unit.clone().ok_or(Error::Missing("unit"))?;
    let sent = drafts::last_sent(tx, ticket.id)?
        .ok_or(Error::Refused(Refusal::OutOfTurn { stage: ticket.stage }))?;
    let wording = wording.map_or(sent.content.wording.as_str(), str::trim).to_owned();
    outbound::check_length(office, &wording, office.limits.parts_max)?;
    let note = NewAnswer {
        unit,
        matter: matter.to_owned(),
        wording,
        valid_until,
        source_id: Some(ticket.id),
        approved_by: officer.id.as_str().to_owned(),
    };
    let id = answers::add(tx, &note, now)?;
    cases::remark(
        tx,
        ticket.id,
        officer.id.as_str(),
        "MASUK_CATATAN_JAWABAN",
        json!({ "catatan": id }),
        now,
    )?;
    Ok(id)
}

/// The chair takes a note out of use.
///
/// # Errors
/// [`Error::NotPermitted`], [`Error::NoSuchNote`]; [`Error::Fault`].
pub fn forget(tx: &Tx<'_>, officer: &Officer, note: i64, now: DateTime<Utc>) -> Result<(), Error> {
    if !officer.is(Role::Chair) {
        return Err(Error::NotPermitted);
    }
    if answers::withdraw(tx, note, now)? { Ok(()) } else { Err(Error::NoSuchNote(note)) }
}
