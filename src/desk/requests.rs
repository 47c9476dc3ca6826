//! What citizens may ask about their own data (procedure.md 12.5): registered, and answered by the ketua; and whose data there are
//! (12.6).

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use serde_json::json;

use super::officer::{actor, find};
use super::staff::Officer;
use super::{Error, Office, cases, giving, later, sealing};
use crate::masking;
use crate::phone::PhoneNumber;
use crate::store::pseudonym::Key;
use crate::store::requests::{self as register, Kind, NewRequest};
use crate::store::retention::{self, Counts, Fate};
use crate::store::trail_words::free;
use crate::store::{
    Fault, Tx, access_log, blocks, drafts, inbox, outbox, search, stopped, tickets,
};
use crate::ticket::{Refusal, Role, may_read};

/// Requests that are told with those that are answered.
const LISTED_MAX: i64 = 200;

/// A petugas or a ketua registers what a citizen asks for; its number, and by when it is answered. Whose data: by ticket or by
/// telephone number; of somebody at the counter without a number, the data of that ticket. What is to be corrected stands in a
/// ticket.
///
/// # Errors
/// [`Error::NotPermitted`], [`Error::Missing`], [`Error::NoSuchTicket`]; [`Error::Refused`] where nobody knows any more whose data
/// they are; [`Error::Fault`].
pub fn add(
    tx: &Tx<'_>,
    office: &Office,
    officer: &Officer,
    (whose, kind, detail): (&str, Kind, &str),
    now: DateTime<Utc>,
) -> Result<(i64, DateTime<Utc>), Error> {
    if !officer.is(Role::Operator) && !officer.is(Role::Chair) {
        return Err(Error::NotPermitted);
    }
    let detail = masking::numbers(detail.trim());
    if detail.is_empty() {
        return Err(Error::Missing("detail"));
    }
    let (citizen, ticket_id) = match PhoneNumber::parse(whose) {
        Ok(number) if number.is_pseudonym() => {
            return Err(Error::Invalid { what: "telephone number", value: whose.to_owned() });
        }
        Ok(number) => (Some(number), None),
        Err(_) => {
            let ticket = find(tx, office, officer, whose, now)?;
            if ticket.is_retired() {
                return Err(Refusal::OutOfTurn { stage: ticket.stage }.into());
            }
            (ticket.citizen, Some(ticket.id))
        }
    };
    if kind == Kind::Correct && ticket_id.is_none() {
        return Err(Error::Missing("ticket"));
    }
    let who = officer.id.as_str();
    let due_at = later(now, office.limits.data_request);
    let request = NewRequest {
        citizen: citizen.as_ref().map_or("", PhoneNumber::reveal),
        ticket_id,
        kind,
        detail: &detail,
        officer: who,
        due_at,
    };
    let id = register::add(tx, &request, now)?;
    access_log::note(tx, who, "request", ticket_id, &format!("{id} {}", kind.token()), now)?;
    Ok((id, due_at))
}

/// Reckons anew by when the requests that wait are to be answered.
///
/// # Errors
/// [`Fault`] of the database.
pub fn reckon(tx: &Tx<'_>, office: &Office) -> Result<(), Fault> {
    for request in register::open(tx)? {
        let due_at = later(request.registered_at, office.limits.data_request);
        if due_at != request.due_at {
            register::set_due(tx, request.id, due_at)?;
        }
    }
    Ok(())
}

/// A request, as it is listed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// As it is stored, its number masked.
    pub request: register::Request,
    /// The ticket that it speaks of.
    pub number: Option<String>,
}

/// The requests that wait, or with `all` the last ones. Those about a ticket that does not exist for this person are left out.
///
/// # Errors
/// [`Error::NotPermitted`]; [`Error::Fault`].
pub fn list(
    tx: &Tx<'_>,
    office: &Office,
    officer: &Officer,
    all: bool,
) -> Result<Vec<Listed>, Error> {
    if !officer.is(Role::Operator) && !officer.is(Role::Chair) {
        return Err(Error::NotPermitted);
    }
    let requests = if all { register::all(tx, LISTED_MAX)? } else { register::open(tx)? };
    let mut listed = Vec::with_capacity(requests.len());
    for mut request in requests {
        let number = match request.ticket_id.map(|id| tickets::by_id(tx, id)).transpose()?.flatten()
        {
            Some(ticket) if !may_read(&cases::case(office, &ticket), &actor(officer)) => continue,
            ticket => ticket.map(|ticket| ticket.number.to_string()),
        };
        request.citizen = PhoneNumber::parse(&request.citizen)
            .map_or_else(|_| "-".to_owned(), |number| number.to_string());
        listed.push(Listed { request, number });
    }
    Ok(listed)
}

/// Requests that wait for the ketua's answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Waiting {
    /// How many.
    pub count: usize,
    /// By when the first of them is to be answered.
    pub due_at: DateTime<Utc>,
    /// That time has passed.
    pub overdue: bool,
}

/// What citizens ask for about their own data waits for the ketua (12.5): for whoever answers it, where anything does.
///
/// # Errors
/// [`Error::Fault`].
pub fn waiting(
    tx: &Tx<'_>,
    office: &Office,
    officer: &Officer,
    now: DateTime<Utc>,
) -> Result<Option<Waiting>, Error> {
    if !officer.is(Role::Chair) {
        return Ok(None);
    }
    let listed = list(tx, office, officer, false)?;
    let due_at = listed.iter().map(|listed| listed.request.due_at).min();
    Ok(due_at.map(|due_at| Waiting { count: listed.len(), due_at, overdue: due_at < now }))
}

/// A text that a citizen gets a copy of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Copied {
    /// When it came or was queued.
    pub at: DateTime<Utc>,
    /// It is the citizen's own, not the office's.
    pub own: bool,
    /// As it was written.
    pub text: String,
}

/// What came of a request.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Answered {
    /// Tickets whose texts are gone.
    pub destroyed: i64,
    /// Tickets of the closed path: their texts are needed, their number is gone (12.5).
    pub pseudonymised: i64,
    /// Tickets that are examined, by themselves or by the one that they are joined to, which stay as they are: without a number
    /// nobody could be answered.
    pub kept: i64,
    /// Of a copy: all of it, oldest first.
    pub copy: Vec<Copied>,
}

/// The ketua answers a request: grants it, which does it, or refuses it.
///
/// # Errors
/// [`Error::NotPermitted`], [`Error::Missing`], [`Error::Invalid`] where no such request waits; [`Error::Fault`].
pub fn answer(
    tx: &Tx<'_>,
    office: &Office,
    officer: &Officer,
    (key, id, granted, words): (&Key, i64, bool, &str),
    now: DateTime<Utc>,
) -> Result<Answered, Error> {
    if !officer.is(Role::Chair) {
        return Err(Error::NotPermitted);
    }
    let none = || Error::Invalid { what: "request", value: id.to_string() };
    let request = register::find(tx, id)?.ok_or_else(none)?;
    let who = officer.id.as_str();
    let readable =
        |ticket: &tickets::Ticket| may_read(&cases::case(office, ticket), &actor(officer));
    let about = request.ticket_id.map(|id| tickets::by_id(tx, id)).transpose()?.flatten();
    if about.as_ref().is_some_and(|ticket| !readable(ticket)) {
        return Err(none());
    }
    let words = masking::numbers(words.trim());
    if words.is_empty() {
        return Err(Error::Missing("answer"));
    }
    register::answer(tx, id, (granted, &words), who, now)?;
    access_log::note(
        tx,
        who,
        "request",
        request.ticket_id,
        &format!("{id} {}", request.kind),
        now,
    )?;
    let mut answered = Answered::default();
    match Kind::from_token(&request.kind).filter(|_| granted) {
        None => {}
        // A note beside the text: what was received stays as it came.
        Some(Kind::Correct) => {
            if let Some(ticket) = about {
                cases::remark(
                    tx,
                    ticket.id,
                    who,
                    "PEMBETULAN",
                    json!({ "keterangan": free(&words) }),
                    now,
                )?;
            }
        }
        Some(Kind::Copy) => {
            access_log::note(tx, who, "export", None, &format!("permintaan {id}"), now)?;
            let tickets = concerned(tx, &request.citizen, about)?;
            answered.copy = copy(tx, office, (&request.citizen, &tickets), readable)?;
        }
        Some(Kind::Delete) => {
            let tickets = concerned(tx, &request.citizen, about)?;
            let whose = (request.citizen.as_str(), tickets.as_slice());
            answered = delete(tx, office, (key, who), whose, readable, now)?;
        }
    }
    Ok(answered)
}

/// The tickets of a number; of somebody without one the ticket that was named.
fn concerned(
    tx: &Tx<'_>,
    citizen: &str,
    about: Option<tickets::Ticket>,
) -> Result<Vec<tickets::Ticket>, Error> {
    match PhoneNumber::parse(citizen) {
        Ok(number) => Ok(tickets::of_citizen(tx, &number, i64::MAX)?),
        Err(_) => Ok(about.into_iter().collect()),
    }
}

/// All texts of a number, or of one ticket without one: what came, what went out, and what an officer gave instead.
fn copy(
    tx: &Tx<'_>,
    office: &Office,
    (citizen, concerned): (&str, &[tickets::Ticket]),
    readable: impl Fn(&tickets::Ticket) -> bool,
) -> Result<Vec<Copied>, Error> {
    let is_told = |ticket: Option<i64>| -> Result<bool, Error> {
        Ok(ticket
            .map(|id| tickets::by_id(tx, id))
            .transpose()?
            .flatten()
            .is_none_or(|ticket| readable(&ticket)))
    };
    let (mut received, mut sent) = (Vec::new(), Vec::new());
    if citizen.is_empty() {
        for ticket in concerned {
            received.extend(inbox::of_ticket(tx, ticket.id)?);
            sent.extend(outbox::of_ticket(tx, ticket.id)?);
        }
    } else {
        received = inbox::recent_of(tx, citizen, DateTime::<Utc>::MIN_UTC)?;
        received.reverse();
        sent = outbox::to(tx, citizen)?;
    }
    sent.retain(|message| !message.taken_back);
    let mut copied = Vec::new();
    for message in received {
        if is_told(message.ticket_id)? {
            let text = message.text.unwrap_or_default();
            copied.push(Copied { at: message.received_at, own: true, text });
        }
    }
    for message in &sent {
        if is_told(message.ticket_id)? {
            let text = message.body.clone();
            copied.push(Copied { at: message.created_at, own: false, text });
        }
    }
    for ticket in concerned.iter().filter(|ticket| readable(ticket)) {
        for draft in drafts::of_ticket(tx, ticket.id)? {
            let Some(at) = draft.sent_at else { continue };
            if sent.iter().all(|message| message.draft_id != Some(draft.id)) {
                let text = giving::text_of(office, ticket, &draft);
                copied.push(Copied { at, own: false, text });
            }
        }
    }
    copied.sort_by_key(|text| text.at);
    Ok(copied)
}

/// What does not exist for who answers stays as it is, and nothing is told of it.
fn delete(
    tx: &Tx<'_>,
    office: &Office,
    (key, who): (&Key, &str),
    (citizen, concerned): (&str, &[tickets::Ticket]),
    readable: impl Fn(&tickets::Ticket) -> bool,
    now: DateTime<Utc>,
) -> Result<Answered, Error> {
    let mut answered = Answered::default();
    let mut is_still_borne = false;
    let run = retention::begin(tx, who, "request", now)?;
    retention::within(tx, run, || -> Result<Counts, Error> {
        for ticket in concerned {
            if !readable(ticket) {
                is_still_borne = true;
            } else if is_needed(tx, ticket)? {
                is_still_borne = true;
                answered.kept += 1;
            } else if cases::case(office, ticket).on_closed_path() {
                retention::retire(tx, key, (ticket.id, Fate::Pseudonymised), now)?;
                answered.pseudonymised += 1;
            } else {
                retention::retire(tx, key, (ticket.id, Fate::Destroyed), now)?;
                answered.destroyed += 1;
            }
        }
        let mut done = Counts {
            pseudonymised: answered.pseudonymised,
            destroyed: answered.destroyed,
            ..Counts::default()
        };
        if !citizen.is_empty() {
            (done.messages, done.texts) = retention::forget_apart(tx, key, citizen)?;
            let pseudonym = key.pseudonym(citizen);
            register::rename(tx, citizen, pseudonym.reveal())?;
            // Of a ticket that still has the number, seen or not, its citizen may be told something: a STOP holds.
            if !is_still_borne {
                stopped::forget(tx, citizen)?;
            }
            // A block that stands is needed until it ends.
            done.decisions = blocks::rename_ended(tx, citizen, pseudonym.reveal(), now)?;
        }
        if done.destroyed > 0 {
            search::sweep(tx)?;
        }
        Ok(done)
    })?;
    retention::finish(tx, run, now)?;
    Ok(answered)
}

/// Whether an examination needs a ticket as it is (12.5): its own, or that of the one that it is joined to, whose answer is its
/// citizen's too.
fn is_needed(tx: &Tx<'_>, ticket: &tickets::Ticket) -> Result<bool, Fault> {
    Ok(ticket.is_open() || sealing::main_of(tx, ticket.clone())?.is_open())
}

/// Whose data there are.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Affected {
    /// Telephone numbers, E.164.
    pub numbers: Vec<String>,
    /// How many more there are, known by nothing but cases of the closed path that do not exist for who asks.
    pub withheld: usize,
}

/// The numbers that came into the register between two local days, by messages, requests, blocks or STOP, for the notice that a breach
/// asks for (12.6). A ketua who is
/// named in a case does not learn here who reported it: how many numbers are left out is told, and the pengarah lists them all.
///
/// # Errors
/// [`Error::NotPermitted`] for whoever is neither ketua nor pengarah; [`Error::Fault`].
pub fn affected(
    tx: &Tx<'_>,
    office: &Office,
    officer: &Officer,
    (from, until): (Option<NaiveDate>, Option<NaiveDate>),
    now: DateTime<Utc>,
) -> Result<Affected, Error> {
    if !officer.is(Role::Chair) && !officer.is(Role::Director) {
        return Err(Error::NotPermitted);
    }
    let zone = office.calendar.zone();
    let since = from.map_or(DateTime::<Utc>::MIN_UTC, |day| zone.midnight(day));
    let before = until
        .and_then(|day| day.succ_opt())
        .map_or(now + TimeDelta::seconds(1), |next| zone.midnight(next));
    let day = |day: Option<NaiveDate>| day.map_or_else(|| "-".to_owned(), |day| day.to_string());
    let period = format!("{} {}", day(from), day(until));
    access_log::note(tx, officer.id.as_str(), "affected", None, &period, now)?;
    // Whether each number is known by anything that exists for this person.
    let mut known = BTreeMap::<String, bool>::new();
    for (number, sealed) in register::affected(tx, since, before)? {
        let case = sealed.map(|id| tickets::by_id(tx, id)).transpose()?.flatten();
        let told = case.is_none_or(|case| may_read(&cases::case(office, &case), &actor(officer)));
        *known.entry(number).or_default() |= told;
    }
    let withheld = known.values().filter(|told| !**told).count();
    let numbers = known.into_iter().filter_map(|(number, told)| told.then_some(number)).collect();
    Ok(Affected { numbers, withheld })
}
