//! What the citizen is to read is written and decided on: T12, T19, T13, T14.

use chrono::{DateTime, NaiveDate, Utc};
use serde_json::json;

use super::officer::{Done, actor, find};
use super::sending::dispatch;
use super::staff::Officer;
use super::{Error, Office, cases, correcting, outbound, promising};
use crate::sms::transliterate;
use crate::store::drafts::{Draft, Kind, NewDraft};
use crate::store::tickets::Ticket;
use crate::store::trail_words::free;
use crate::store::{Tx, drafts};
use crate::ticket::{Action, Actor, Case, Refusal, Role, Stage, advance};
use crate::words::{Blank, Key};

/// What a member hands in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// Rekomendasi solusi.
    pub recommendation: String,
    /// Peraturan terkait, or "tidak ada".
    pub rules: String,
    /// Catatan solusi.
    pub note: String,
    /// Redaksi.
    pub wording: String,
    /// Day by which remaining work is promised.
    pub follow_up: Option<NaiveDate>,
}

/// T12 (and T19 from a follow-up): recommendation, rule, solution note and wording wait for the decision.
///
/// # Errors
/// [`Error::Refused`], [`Error::Missing`], [`Error::Invalid`] (the promised day), [`Error::TooLong`]; [`Error::Fault`].
pub fn propose(
    tx: &Tx<'_>,
    office: &Office,
    officer: &Officer,
    typed: &str,
    proposal: &Proposal,
    now: DateTime<Utc>,
) -> Result<Done, Error> {
    let mut ticket = find(tx, office, officer, typed, now)?;
    let corrects = correcting::is_under_way(tx, &ticket)?;
    let kind = kind_of_next(tx, &ticket, corrects)?;
    let action = if ticket.stage == Stage::FollowUp {
        Action::ReportResult
    } else {
        Action::Propose { follow_up: proposal.follow_up }
    };
    // The table first: who may not propose learns that, and not what is missing.
    let case = cases::case(office, &ticket);
    advance(&case, &action, &actor(officer), now)?;
    let drafted_by_chair = officer.is(Role::Chair);
    let handed_in = Case { drafter: Some(officer.id.clone()), drafted_by_chair, ..case };
    if office.staff.deciders(&handed_in).is_empty() {
        return Err(Refusal::NobodyDecides.into());
    }
    let wording = worded(&proposal.wording);
    for (name, text) in [
        ("recommendation", &proposal.recommendation),
        ("rules", &proposal.rules),
        ("note", &proposal.note),
        ("wording", &wording),
    ] {
        if text.trim().is_empty() {
            return Err(Error::Missing(name));
        }
    }
    if let Some(promised) = proposal.follow_up {
        promising::check(office, &ticket, promised, now)?;
    }
    let wording = if corrects { correcting::marked(&wording) } else { wording };
    let body = filled(office, &ticket, kind, &wording);
    outbound::check_length(office, &body, office.limits.parts_max)?;
    let draft = NewDraft {
        kind,
        recommendation: proposal.recommendation.trim().to_owned(),
        rules: proposal.rules.trim().to_owned(),
        note: proposal.note.trim().to_owned(),
        wording,
        answer_id: None,
        writer: officer.id.as_str().to_owned(),
    };
    let id = drafts::propose(tx, ticket.id, &draft, now)?;
    let detail = json!({ "draf": id });
    cases::step(tx, office, &mut ticket, (&action, &actor(officer)), detail, now, |ticket| {
        ticket.drafter = Some(officer.id.as_str().to_owned());
        // What was promised with the first answer is still promised with the second.
        if !corrects || proposal.follow_up.is_some() {
            ticket.follow_up = proposal.follow_up.is_some();
            ticket.follow_up_on = proposal.follow_up;
        }
    })?;
    let notes = if corrects { correcting::notes_beside(tx, &ticket)? } else { Vec::new() };
    Ok(Done { text: Some(body), notes, ..Done::quietly(ticket) })
}

/// Whether the next draft answers the complaint or reports a result: a result that was returned is written again as one, and
/// what corrects is of the kind of what it corrects.
fn kind_of_next(tx: &Tx<'_>, ticket: &Ticket, corrects: bool) -> Result<Kind, Error> {
    if corrects {
        let sent = drafts::last_sent(tx, ticket.id)?;
        return Ok(sent.map_or(Kind::Answer, |draft| draft.content.kind));
    }
    if ticket.stage == Stage::FollowUp {
        return Ok(Kind::Result);
    }
    let returned = drafts::latest(tx, ticket.id)?.filter(|draft| draft.state == "returned");
    Ok(returned.map_or(Kind::Answer, |draft| draft.content.kind))
}

/// T13: the wording is approved, and goes out at once where the office wants it so.
///
/// # Errors
/// [`Error::Refused`]; [`Error::Fault`].
pub fn approve(
    tx: &Tx<'_>,
    office: &Office,
    officer: &Officer,
    typed: &str,
    now: DateTime<Utc>,
) -> Result<Done, Error> {
    let mut ticket = find(tx, office, officer, typed, now)?;
    let draft = waiting_draft(tx, &ticket)?;
    let detail = json!({ "draf": draft.as_ref().map(|draft| draft.id) });
    cases::step(
        tx,
        office,
        &mut ticket,
        (&Action::Approve, &actor(officer)),
        detail,
        now,
        |ticket| {
            // It was passed on for this decision; the next round begins at the ketua again.
            ticket.escalated = false;
        },
    )?;
    if let Some(draft) = &draft {
        drafts::decide(tx, draft.id, true, officer.id.as_str(), None, now)?;
    }
    // Before it is sent, after which the ticket's last answer is the right one.
    let corrects = correcting::is_under_way(tx, &ticket)?;
    let notes = if corrects { correcting::notes_beside(tx, &ticket)? } else { Vec::new() };
    let done = if office.limits.automatic_sending {
        dispatch(tx, office, ticket, &Actor::System, now)?
    } else {
        Done::quietly(ticket)
    };
    Ok(Done { notes, ..done })
}

/// T14: the draft goes back to the member with a reason, and stays as a version.
///
/// # Errors
/// [`Error::Refused`], [`Error::Missing`]; [`Error::Fault`].
pub fn reject(
    tx: &Tx<'_>,
    office: &Office,
    officer: &Officer,
    (typed, reason): (&str, &str),
    now: DateTime<Utc>,
) -> Result<Done, Error> {
    let mut ticket = find(tx, office, officer, typed, now)?;
    let draft = waiting_draft(tx, &ticket)?;
    let action = Action::Reject { reason: reason.trim().to_owned() };
    let detail =
        json!({ "draf": draft.as_ref().map(|draft| draft.id), "sebab": free(reason.trim()) });
    cases::step(tx, office, &mut ticket, (&action, &actor(officer)), detail, now, |ticket| {
        ticket.drafter = None;
    })?;
    if let Some(draft) = draft {
        drafts::decide(tx, draft.id, false, officer.id.as_str(), Some(reason.trim()), now)?;
    }
    Ok(Done::quietly(ticket))
}

fn waiting_draft(tx: &Tx<'_>, ticket: &Ticket) -> Result<Option<Draft>, Error> {
    Ok(drafts::latest(tx, ticket.id)?.filter(|draft| draft.state == "proposed"))
}

pub(super) const fn template_of(kind: Kind) -> Key {
    match kind {
        Kind::Answer => Key::Jawaban,
        Kind::Result => Key::TindakLanjut,
    }
}

/// A wording as it is kept: as an SMS will carry it, so that what is shown and approved is what is sent, to the letter (9.4, rule 1).
pub(super) fn worded(text: &str) -> String {
    transliterate(text).trim().to_owned()
}

/// What the citizen will read of a wording.
pub fn filled(office: &Office, ticket: &Ticket, kind: Kind, wording: &str) -> String {
    let number = ticket.number.to_string();
    let wording = match kind {
        Kind::Answer => (Blank::Jawaban, wording.trim()),
        Kind::Result => (Blank::Hasil, wording.trim()),
    };
    office.templates.fill(template_of(kind), &[(Blank::No, number.as_str()), wording])
}
