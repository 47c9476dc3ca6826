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
use crate::ticket::{Refusal, Role, Stage, may_read};

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
    /// Of a deletion that was begun: the tickets that are still needed as they are.
    pub waits_for: Vec<String>,
}

/// The requests that wait, or with `all` the last ones. Those about a ticket that does not exist for this person are left out, and a
/// deletion that waits for nothing but such tickets is shown as granted.
///
/// # Errors
/// [`Error::NotPermitted`]; [`Error::Fault`].
pub fn list(
    tx: &Tx<'_>,
    office: &Office,
    officer: &Officer,
    all: bool,
    now: DateTime<Utc>,
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
        let mut waits_for = Vec::new();
        let mut is_gone = false;
        if request.answered_at.is_none() && request.begun_at.is_some() {
            let mut rest = rest(tx, &request)?;
            rest.retain(|ticket| may_read(&cases::case(office, ticket), &actor(officer)));
            if rest.is_empty() {
                if !all {
                    continue;
                }
                is_gone = true;
                request.outcome = Some("granted".to_owned());
                request.answered_at = request.begun_at.take();
                request.answer = request.begun_answer.take();
            } else {
                (request.due_at, waits_for) = due(tx, office, &rest, now)?;
            }
        }
        request.citizen = PhoneNumber::parse(&request.citizen)
            .ok()
            .filter(|number| !is_gone && !number.is_pseudonym())
            .map_or_else(|| "-".to_owned(), |number| number.to_string());
        listed.push(Listed { request, number, waits_for });
    }
    if !all {
        listed.sort_by_key(|listed| (listed.request.due_at, listed.request.id));
    }
    Ok(listed)
}

/// What is left of a deletion that was begun: the tickets that it is about and that still have their number, whoever may read them.
/// What came after it was begun is no part of it.
fn rest(tx: &Tx<'_>, request: &register::Request) -> Result<Vec<tickets::Ticket>, Error> {
    let about = request.ticket_id.map(|id| tickets::by_id(tx, id)).transpose()?.flatten();
    let mut tickets = concerned(tx, &request.citizen, about)?;
    tickets.retain(|ticket| {
        !ticket.is_retired() && request.begun_at.is_none_or(|begun| ticket.received_at <= begun)
    });
    Ok(tickets)
}

/// By when a deletion that was begun is to be ended: as long after the last of its tickets has ended, or can end at the earliest, as
/// a request waits. And the tickets that have not.
fn due(
    tx: &Tx<'_>,
    office: &Office,
    rest: &[tickets::Ticket],
    now: DateTime<Utc>,
) -> Result<(DateTime<Utc>, Vec<String>), Error> {
    let (mut last, mut waits_for) = (DateTime::<Utc>::MIN_UTC, Vec::new());
    for ticket in rest {
        let main = sealing::main_of(tx, ticket.clone())?;
        if is_needed(tx, ticket)? {
            waits_for.push(ticket.number.to_string());
        }
        let end = if ticket.is_open() || main.is_open() {
            // Of an answer its silence is known, of all else that none has begun.
            let answered = main.last_answer_at.filter(|_| main.stage == Stage::Answered);
            later(answered.unwrap_or(now), office.limits.silence).max(now)
        } else {
            ticket.finished_at.max(main.finished_at).unwrap_or(now)
        };
        last = last.max(end);
    }
    Ok((later(last, office.limits.data_request), waits_for))
}

/// Requests that wait for the ketua's answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// How many.
    pub count: usize,
    /// By when the first of them is to be answered.
    pub due_at: DateTime<Utc>,
    /// That time has passed.
    pub overdue: bool,
    /// Tickets that have to end before deletions can be carried out to their end.
    pub waits_for: Vec<String>,
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
    let listed = list(tx, office, officer, false, now)?;
    let due_at = listed.iter().map(|listed| listed.request.due_at).min();
    let count = listed.len();
    let mut waits_for: Vec<String> =
        listed.into_iter().flat_map(|listed| listed.waits_for).collect();
    waits_for.sort();
    waits_for.dedup();
    Ok(due_at.map(|due_at| Waiting { count, due_at, overdue: due_at < now, waits_for }))
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
    /// Tickets that are examined, by themselves or by the one that they are joined to, or of which a text may still leave: they stay as
    /// they are, since without a number nobody could be answered. The request waits for them.
    pub kept: Vec<String>,
    /// Of a copy: all of it, oldest first.
    pub copy: Vec<Copied>,
}

/// The ketua answers a request: grants it, which does it, or refuses it. A deletion is done as far as it can be; while any of its
/// tickets is needed as it is, it goes on waiting, and answering it again does the rest.
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
    // To whoever may read none of what it waits for it was answered.
    let rest = request.begun_at.map(|_| rest(tx, &request)).transpose()?;
    if rest.as_ref().is_some_and(|rest| !rest.iter().any(readable)) {
        return Err(none());
    }
    let words = masking::numbers(words.trim());
    if words.is_empty() {
        return Err(Error::Missing("answer"));
    }
    // Whoever may not read the cases that alone are left is not told that it was answered once more.
    let sealed = rest.as_deref().filter(|rest| are_sealed(office, rest)).and_then(<[_]>::first);
    let over = request.ticket_id.or(sealed.map(|ticket| ticket.id));
    access_log::note(tx, who, "request", over, &format!("{id} {}", request.kind), now)?;
    let mut answered = Answered::default();
    let kind = Kind::from_token(&request.kind).filter(|_| granted);
    if kind == Some(Kind::Delete) {
        let tickets = match &rest {
            Some(rest) => rest.clone(),
            None => concerned(tx, &request.citizen, about)?,
        };
        let whose = (request.citizen.as_str(), tickets.as_slice());
        let is_done;
        (answered, is_done) = delete(tx, office, (key, who), whose, readable, now)?;
        if is_done {
            finish(tx, office, (&request, rest.as_deref()), (true, &words, who), now)?;
        } else {
            register::begin(tx, id, &words, now)?;
        }
        if !request.citizen.is_empty() {
            end_others(tx, &request, who)?;
            register::rename(tx, &request.citizen, key.pseudonym(&request.citizen).reveal())?;
        }
        return Ok(answered);
    }
    finish(tx, office, (&request, rest.as_deref()), (granted, &words, who), now)?;
    match (kind, about) {
        // A note beside the text: what was received stays as it came.
        (Some(Kind::Correct), Some(ticket)) => {
            let detail = json!({ "keterangan": free(&words) });
            cases::remark(tx, ticket.id, who, "PEMBETULAN", detail, now)?;
        }
        (Some(Kind::Copy), about) => {
            access_log::note(tx, who, "export", None, &format!("permintaan {id}"), now)?;
            let tickets = concerned(tx, &request.citizen, about)?;
            answered.copy = copy(tx, office, (&request.citizen, &tickets), readable)?;
        }
        (Some(Kind::Correct | Kind::Delete) | None, _) => {}
    }
    Ok(answered)
}

/// Notes the answer to a request. Where nothing but cases of the closed path was left of it, it stands as it did for all others, and
/// what is said of it now stands in the trail of those cases.
fn finish(
    tx: &Tx<'_>,
    office: &Office,
    (request, rest): (&register::Request, Option<&[tickets::Ticket]>),
    (granted, words, who): (bool, &str, &str),
    now: DateTime<Utc>,
) -> Result<(), Error> {
    match rest {
        Some(rest) if are_sealed(office, rest) => {
            register::end(tx, request.id, who)?;
            for ticket in rest {
                cases::remark(tx, ticket.id, who, "CATATAN", json!({ "isi": free(words) }), now)?;
            }
        }
        Some(_) | None => register::answer(tx, request.id, (granted, words), who, now)?,
    }
    Ok(())
}

fn are_sealed(office: &Office, tickets: &[tickets::Ticket]) -> bool {
    tickets.iter().all(|ticket| cases::case(office, ticket).on_closed_path())
}

/// Other deletions of the same number of which nothing is left any more.
fn end_others(tx: &Tx<'_>, done: &register::Request, who: &str) -> Result<(), Error> {
    for other in register::open(tx)? {
        let is_one = other.begun_at.is_some() && other.citizen == done.citizen;
        if is_one && other.id != done.id && rest(tx, &other)?.is_empty() {
            register::end(tx, other.id, who)?;
        }
    }
    Ok(())
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

/// What does not exist for who answers stays as it is, and nothing is told of it. Whether nothing of it all is left.
fn delete(
    tx: &Tx<'_>,
    office: &Office,
    (key, who): (&Key, &str),
    (citizen, concerned): (&str, &[tickets::Ticket]),
    readable: impl Fn(&tickets::Ticket) -> bool,
    now: DateTime<Utc>,
) -> Result<(Answered, bool), Error> {
    let mut answered = Answered::default();
    let mut is_done = true;
    let run = retention::begin(tx, who, "request", now)?;
    retention::within(tx, run, || -> Result<Counts, Error> {
        for ticket in concerned {
            if !readable(ticket) {
                is_done = false;
            } else if is_needed(tx, ticket)? {
                is_done = false;
                answered.kept.push(ticket.number.to_string());
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
        if let Ok(number) = PhoneNumber::parse(citizen) {
            (done.messages, done.texts) = retention::forget_apart(tx, key, citizen)?;
            let pseudonym = key.pseudonym(citizen);
            // Of a ticket that still has the number, seen or not, its citizen may be told something: a STOP holds.
            if tickets::of_citizen(tx, &number, 1)?.is_empty() {
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
    Ok((answered, is_done))
}

/// Whether a ticket is needed as it is (12.5): for its own examination, or that of the one that it is joined to, whose answer is its
/// citizen's too; or for a text that has not left.
fn is_needed(tx: &Tx<'_>, ticket: &tickets::Ticket) -> Result<bool, Fault> {
    Ok(ticket.is_open()
        || sealing::main_of(tx, ticket.clone())?.is_open()
        || outbox::is_under_way(tx, ticket.id)?)
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
    let period = format!("{} s.d. {}", day(from), day(until));
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
