//! What was approved reaches the citizen, by SMS or by an officer: T16, T17 by hand, T18; and texts of an admin.

use chrono::{DateTime, Utc};
use serde_json::json;

use super::giving::{self, Given, takes_sms};
use super::officer::{Done, actor, find};
use super::outbound::{self, Queued, Text};
use super::staff::Officer;
use super::{Error, Office, cases, status};
use crate::mutation::Mutation;
use crate::phone::PhoneNumber;
use crate::store::drafts::Draft;
use crate::store::outbox::Purpose;
use crate::store::tickets::Ticket;
use crate::store::trail_words::free;
use crate::store::{Tx, access_log, answers, drafts, tickets};
use crate::ticket::{Action, Actor, Role, Way, advance};

/// T16: the approved wording goes to the outbox, to the letter. What takes no SMS stays, and is told to the officer, who gives it and
/// says so with [`hand`]; so is what a ticket owes, and what an SMS has not carried to its end (T17).
///
/// # Errors
/// [`Error::Refused`]; [`Error::Fault`].
pub fn send(
    tx: &Tx<'_>,
    office: &Office,
    officer: &Officer,
    typed: &str,
    now: DateTime<Utc>,
) -> Result<Done, Error> {
    let ticket = find(tx, office, officer, typed, now)?;
    if ticket.to_give_at.is_some() {
        return giving::give(tx, office, officer, ticket, now);
    }
    dispatch(tx, office, ticket, &actor(officer), now)
}

/// T16 by hand: an officer has given the approved wording, or what the ticket owes, to the citizen, to the letter, and says how; or
/// wants it sent by SMS although the complaint came otherwise.
///
/// # Errors
/// [`Error::Refused`]; [`Error::Invalid`] where no SMS can carry it; [`Error::Fault`].
pub fn hand(
    tx: &Tx<'_>,
    office: &Office,
    officer: &Officer,
    (typed, way): (&str, Way),
    now: DateTime<Utc>,
) -> Result<Done, Error> {
    let ticket = find(tx, office, officer, typed, now)?;
    if ticket.to_give_at.is_some() {
        return giving::given(tx, office, officer, (ticket, way), now);
    }
    let actor = actor(officer);
    advance(&cases::case(office, &ticket), &Action::Send, &actor, now)?;
    let is_sent = giving::approved(tx, &ticket)?.is_some_and(|draft| draft.sent_at.is_some());
    if way == Way::Sms && (is_sent || ticket.citizen.is_none()) {
        return Err(Error::Invalid { what: "way", value: way.token().to_owned() });
    }
    deliver(tx, office, ticket, (&actor, way), now)
}

pub(super) fn dispatch(
    tx: &Tx<'_>,
    office: &Office,
    ticket: Ticket,
    actor: &Actor<'_>,
    now: DateTime<Utc>,
) -> Result<Done, Error> {
    advance(&cases::case(office, &ticket), &Action::Send, actor, now)?;
    let draft = giving::approved(tx, &ticket)?;
    match draft.filter(|draft| giving::by_hand(&ticket, draft)) {
        Some(draft) => {
            let body = giving::text_of(office, &ticket, &draft);
            Ok(Done::giving(ticket, body))
        }
        None => deliver(tx, office, ticket, (actor, Way::Sms), now),
    }
}

fn deliver(
    tx: &Tx<'_>,
    office: &Office,
    mut ticket: Ticket,
    (actor, way): (&Actor<'_>, Way),
    now: DateTime<Utc>,
) -> Result<Done, Error> {
    let approved = giving::approved(tx, &ticket)?;
    let detail = giving::detail(&ticket, approved.as_ref(), way);
    cases::step(tx, office, &mut ticket, (&Action::Send, actor), detail, now, |_| {})?;
    // The table let it pass, so there was something to send: a wording that was sent before and did not arrive was given
    // otherwise, and is only marked here.
    let Some(draft) = approved.filter(|draft| draft.sent_at.is_none()) else {
        start_follow_up(tx, office, &mut ticket, now)?;
        return Ok(Done::quietly(ticket));
    };
    drafts::sent(tx, draft.id, now)?;
    if let Some(note) = draft.content.answer_id {
        answers::used(tx, note, now)?;
    }
    let mut body = giving::text_of(office, &ticket, &draft);
    if Mutation::ChangedWording.is_made() {
        body.make_ascii_lowercase();
    }
    let to = ticket.citizen.as_ref().filter(|_| way == Way::Sms);
    let queued = match to {
        Some(to) => {
            let text = Text {
                to,
                body: body.clone(),
                purpose: Purpose::Answer,
                template: Some(giving::key_of(&draft)),
                ticket_id: Some(ticket.id),
                inbound_id: None,
                draft_id: Some(draft.id),
                sim: ticket.sim.as_deref(),
            };
            Some(outbound::queue(tx, office, &text, now)?)
        }
        None => None,
    };
    if queued == Some(Queued::Stopped) {
        // Under STOP nothing is sent: the answer waits for STATUS (T16).
        let detail = json!({ "draf": draft.id });
        cases::remark(tx, ticket.id, "sistem", status::WITHHELD, detail, now)?;
    }
    // Every sender gets the answer, also those whose tickets were joined to this one.
    let mut told: Vec<PhoneNumber> = ticket.citizen.iter().cloned().collect();
    let mut give = Vec::new();
    for joined in tickets::joined_to(tx, ticket.id)? {
        if joined.citizen.as_ref().is_none_or(|citizen| !told.contains(citizen)) {
            give.extend(copy_answer(tx, office, &joined, &draft, now)?);
            told.extend(joined.citizen);
        }
    }
    start_follow_up(tx, office, &mut ticket, now)?;
    let done = match queued {
        Some(queued) => Done::saying(ticket, body, queued, now),
        None => Done::quietly(ticket),
    };
    Ok(Done { give, ..done })
}

/// T18: work was promised with the answer, and begins with it, whichever way that reached the citizen.
fn start_follow_up(
    tx: &Tx<'_>,
    office: &Office,
    ticket: &mut Ticket,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    if ticket.follow_up {
        let by = (&Action::StartFollowUp, &Actor::System);
        cases::step(tx, office, ticket, by, json!({}), now, |_| {})?;
    }
    Ok(())
}

/// An approved wording once more, under the number of a ticket that was joined to the one it was written for; what an officer
/// is to give.
pub(super) fn copy_answer(
    tx: &Tx<'_>,
    office: &Office,
    joined: &Ticket,
    draft: &Draft,
    now: DateTime<Utc>,
) -> Result<Option<Given>, Error> {
    // Its time is over: nobody is there to be told.
    if joined.is_retired() {
        return Ok(None);
    }
    let body = giving::text_of(office, joined, draft);
    let Some(to) = joined.citizen.as_ref().filter(|_| takes_sms(joined)) else {
        cases::remark(tx, joined.id, "sistem", "SAMPAIKAN_SALINAN", json!({}), now)?;
        return Ok(Some(Given::of(joined, body).owe(tx, joined, now)?));
    };
    let text = Text {
        to,
        body,
        purpose: Purpose::Answer,
        template: Some(giving::key_of(draft)),
        ticket_id: Some(joined.id),
        inbound_id: None,
        // The draft itself is sent once: to the main ticket's citizen.
        draft_id: None,
        sim: joined.sim.as_deref(),
    };
    if outbound::queue(tx, office, &text, now)? == Queued::Stopped {
        let detail = json!({ "draf": draft.id });
        cases::remark(tx, joined.id, "sistem", status::WITHHELD, detail, now)?;
    }
    Ok(None)
}

/// T17 by hand: the answer has not reached the citizen, and is to be given in another way.
///
/// # Errors
/// [`Error::Refused`], [`Error::Missing`]; [`Error::Fault`].
pub fn undelivered(
    tx: &Tx<'_>,
    office: &Office,
    officer: &Officer,
    (typed, reason): (&str, &str),
    now: DateTime<Utc>,
) -> Result<Done, Error> {
    let mut ticket = find(tx, office, officer, typed, now)?;
    let by = (&Action::DeliveryFailed, &actor(officer));
    let reason = reason.trim();
    advance(&cases::case(office, &ticket), by.0, by.1, now)?;
    if reason.is_empty() {
        return Err(Error::Missing("reason"));
    }
    cases::step(tx, office, &mut ticket, by, json!({ "sebab": free(reason) }), now, |_| {})?;
    let give = giving::waiting(tx, office, &ticket, now)?;
    Ok(Done { give: give.into_iter().collect(), ..Done::quietly(ticket) })
}

/// Texts from an admin, straight into the outbox: all of them or none, but for those to numbers under STOP. They wait for the
/// sending window; urgent ones do not, which the access log notes.
///
/// # Errors
/// [`Error::NotPermitted`], [`Error::Invalid`] for a number that cannot be written to, [`Error::TooLong`]; [`Error::Fault`].
pub fn send_sms(
    tx: &Tx<'_>,
    office: &Office,
    officer: &Officer,
    (messages, urgent): (&[(String, String)], bool),
    now: DateTime<Utc>,
) -> Result<Vec<i64>, Error> {
    if !officer.is(Role::Admin) {
        return Err(Error::NotPermitted);
    }
    let purpose = if urgent { Purpose::Urgent } else { Purpose::Admin };
    let mut ids = Vec::with_capacity(messages.len());
    for (number, body) in messages {
        let to = PhoneNumber::parse(number)
            .map_err(|_| Error::Invalid { what: "telephone number", value: number.clone() })?;
        if body.trim().is_empty() {
            return Err(Error::Missing("text"));
        }
        let text = Text {
            to: &to,
            body: body.clone(),
            purpose,
            template: None,
            ticket_id: None,
            inbound_id: None,
            draft_id: None,
            sim: None,
        };
        if let Queued::At { id, .. } = outbound::queue(tx, office, &text, now)? {
            ids.push(id);
        }
    }
    if urgent {
        let note = format!("now {}", ids.len());
        access_log::note(tx, officer.id.as_str(), "sms", None, &note, now)?;
    }
    Ok(ids)
}
