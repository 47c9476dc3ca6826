//! What an officer may see: lists and whole tickets, after the rules of procedure.md 9.3 and 12.

use std::collections::HashMap;

use chrono::{DateTime, Utc};

use super::giving::{self, Given};
use super::reminding::has_risen_to;
use super::staff::Officer;
use super::standing::note_answer;
use super::suggesting::{self, Suggestion};
use super::{Error, Office, alarming, bank, cases, officer};
use crate::number::TicketNumber;
use crate::store::answers::Answer;
use crate::store::drafts::Draft;
use crate::store::inbox::Inbound;
use crate::store::outbox::Message;
use crate::store::tickets::Ticket;
use crate::store::trail::Line;
use crate::store::unreachable::{self, Mark};
use crate::store::{
    Tx, access_log, answers, drafts, inbox, outbox, owing, tickets, trail, waiting,
};
use crate::ticket::{Actor, Case, OfficerId, Role, Sight, Stage, may_read, may_read_text, sight};

/// The flag of a ticket whose citizen's number a network called wrong or gone.
pub const UNREACHABLE: &str = "unreachable";

/// The flag of a ticket to which a message came that nobody who has it in hand has looked at.
pub const LATER_MESSAGE: &str = "later-message";

/// The flag of a ticket with a text that an officer is to give to its citizen, and that nobody has said to have given.
pub const TO_GIVE: &str = "to-give";

/// What stands for a number of which nothing is told.
pub const SECRET: &str = "********";

/// The most tickets that an inbox shows. Nobody works off more in a day, and in a flood tens of thousands wait.
pub const INBOX_MAX: usize = 500;

/// The most joined tickets that are shown with their main one.
const JOINED_MAX: usize = 50;

/// What waits for somebody.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Inbox {
    /// At most [`INBOX_MAX`], emergencies in front, then what is due first.
    pub tickets: Vec<Ticket>,
    /// How many more there are.
    pub more: i64,
    /// How many tickets are on the closed path, for the totals.
    pub sealed: i64,
}

/// Everything about one ticket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseFile {
    /// The ticket.
    pub ticket: Ticket,
    /// The citizen's number as this person may see it.
    pub citizen: String,
    /// What a network said of that number, where it called it wrong or gone.
    pub unreachable: Option<Mark>,
    /// It holds specific data, and this person reads none of its texts.
    pub text_withheld: bool,
    /// Received messages, oldest first.
    pub messages: Vec<Inbound>,
    /// What was joined to it, and what came to that; what was written to last in front.
    pub joined: Vec<Joined>,
    /// Versions of the draft, oldest first.
    pub drafts: Vec<Draft>,
    /// Outgoing messages, oldest first.
    pub replies: Vec<Message>,
    /// The trail, oldest first.
    pub trail: Vec<Line>,
    /// Notes of the answer bank that are like it, for who may answer with one.
    pub known: Vec<Suggestion>,
    /// The text that an officer is to give, for whoever may.
    pub give: Option<Given>,
    /// Its unit is what an officer chose, and not what was read.
    pub unit_chosen: bool,
}

/// A ticket that was joined to the one that is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Joined {
    /// Its number.
    pub number: TicketNumber,
    /// It holds specific data, and this person reads none of its texts.
    pub text_withheld: bool,
    /// Received messages, oldest first.
    pub messages: Vec<Inbound>,
    /// The text that an officer is to give, for whoever may.
    pub give: Option<Given>,
}

impl Joined {
    fn withhold(&mut self) {
        self.text_withheld = true;
        for message in &mut self.messages {
            message.text = None;
        }
    }
}

/// The open tickets that wait for this person, have risen to this person because they are late, or raise an alarm; emergencies in
/// front, then what has ended, then what waits for its citizen, where something came to it later and this person is to look at that, or
/// something is to be given and this person gives it, then what is due first.
/// `all`: also those that wait for somebody else.
///
/// # Errors
/// [`Error::NotPermitted`] for who reads no tickets at all; [`Error::Fault`].
pub fn inbox(
    tx: &Tx<'_>,
    office: &Office,
    officer: &Officer,
    all: bool,
    now: DateTime<Utc>,
) -> Result<Inbox, Error> {
    if officer.roles.iter().all(|role| *role == Role::Admin) {
        return Err(Error::NotPermitted);
    }
    let actor = officer::actor(officer);
    let mut inbox = Inbox::default();
    let mut ended = tickets::ended_with_later_message(tx)?;
    ended.extend(owing::ended(tx)?.into_iter().filter(|ticket| ticket.later_at.is_none()));
    for ticket in ended {
        if may_read(&cases::case(office, &ticket), &actor)
            && (all || looks_after(office, &ticket, officer))
        {
            inbox.tickets.push(ticket);
        }
    }
    // Those with an alarm in front, then other emergencies, then what came to one that rests; each kind by what is due first.
    let mut rows = [Vec::new(), Vec::new(), Vec::new(), Vec::new()];
    let [alarms, emergencies, resting, others] = &mut rows;
    let mut places = HashMap::new();
    waiting::each_kind(tx, all, now, |id, kind| {
        let place = if let Some(place) = places.get(kind) {
            *place
        } else {
            let Some(ticket) = tickets::by_id(tx, id)? else { return Ok(()) };
            let place = place(office, &ticket, (officer, all), now);
            places.insert(kind.to_vec(), place);
            place
        };
        inbox.sealed += i64::from(place.is_sealed);
        let list = match place.rank {
            None => return Ok(()),
            Some(Rank::Alarm) => &mut *alarms,
            Some(Rank::Emergency) => &mut *emergencies,
            Some(Rank::Resting) => &mut *resting,
            Some(Rank::Ordinary) => &mut *others,
        };
        inbox.more += 1;
        if list.len() < INBOX_MAX {
            list.push(id);
        }
        Ok(())
    })?;
    let [alarms, emergencies, resting, others] = rows;
    let room = INBOX_MAX.saturating_sub(inbox.tickets.len());
    let mut first = read(tx, alarms.iter().chain(&emergencies).take(room))?;
    let room = room.saturating_sub(first.len());
    let last = read(tx, resting.iter().chain(&others).take(room))?;
    inbox.more -= i64::try_from(first.len() + last.len()).unwrap_or(i64::MAX);
    first.append(&mut inbox.tickets);
    inbox.tickets = first;
    inbox.tickets.extend(last);
    for ticket in &mut inbox.tickets {
        withhold_text(office, ticket, &actor);
        note_number(tx, ticket)?;
        note_answer(tx, office, ticket, now)?;
        note_later(tx, ticket)?;
    }
    Ok(inbox)
}

/// Where a ticket stands in somebody's list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rank {
    /// An emergency that nobody has looked at.
    Alarm,
    /// An emergency that the office has in hand.
    Emergency,
    /// Something came to it while it waits for its citizen, or is to be given.
    Resting,
    Ordinary,
}

/// What a list makes of a ticket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    /// `None`: it is not in this person's list.
    pub(super) rank: Option<Rank>,
    is_sealed: bool,
}

/// What the list of a person makes of an open ticket, `all` or what waits for that person. Nothing decides on it but what
/// [`waiting::each_kind`] tells apart.
pub(super) fn place(
    office: &Office,
    ticket: &Ticket,
    (officer, all): (&Officer, bool),
    now: DateTime<Utc>,
) -> Place {
    let rests = matches!(ticket.stage, Stage::WaitingCitizen | Stage::Answered);
    let is_told = rests && (ticket.later_at.is_some() || ticket.to_give_at.is_some());
    let is_there = may_read(&cases::case(office, ticket), &officer::actor(officer))
        && (all
            || (is_told && looks_after(office, ticket, officer))
            || waits_for(office, ticket, officer)
            || has_risen_to(ticket, officer, now)
            || alarming::alerts(office, ticket, officer));
    let rank = if alarming::stands(ticket) {
        Rank::Alarm
    } else if alarming::comes_first(ticket) {
        Rank::Emergency
    } else if is_told {
        Rank::Resting
    } else {
        Rank::Ordinary
    };
    Place { rank: is_there.then_some(rank), is_sealed: ticket.stage == Stage::EthicsClosed }
}

fn read<'i>(tx: &Tx<'_>, rows: impl Iterator<Item = &'i i64>) -> Result<Vec<Ticket>, Error> {
    let mut found = Vec::new();
    for row in rows {
        found.extend(tickets::by_id(tx, *row)?);
    }
    Ok(found)
}

/// Puts [`LATER_MESSAGE`] beside the flags of a ticket to which something came that was not looked at, and [`TO_GIVE`].
fn note_later(tx: &Tx<'_>, ticket: &mut Ticket) -> Result<(), Error> {
    if ticket.later_at.is_some() {
        ticket.flags.push(LATER_MESSAGE.to_owned());
    }
    if giving::waits(tx, ticket)? {
        ticket.flags.push(TO_GIVE.to_owned());
    }
    Ok(())
}

/// Whether this person is to look at what comes to a ticket, and at what is to be given of it: whoever has it in hand, and of what has
/// ended or waits for its citizen a petugas.
fn looks_after(office: &Office, ticket: &Ticket, officer: &Officer) -> bool {
    if cases::case(office, ticket).on_closed_path() {
        return decides_on_sealed(office, ticket, officer);
    }
    match ticket.stage {
        Stage::WaitingCitizen | Stage::Answered | Stage::Finished | Stage::Closed => {
            officer.is(Role::Operator)
        }
        Stage::New
        | Stage::Analysis
        | Stage::Approval
        | Stage::ReadyToSend
        | Stage::FollowUp
        | Stage::EthicsClosed => waits_for(office, ticket, officer),
    }
}

/// Puts [`UNREACHABLE`] beside the flags that the text gave the ticket, where its citizen's number is marked.
pub(super) fn note_number(tx: &Tx<'_>, ticket: &mut Ticket) -> Result<Option<Mark>, Error> {
    let mark = match &ticket.citizen {
        Some(number) => unreachable::find(tx, number.reveal())?,
        None => None,
    };
    if mark.is_some() {
        ticket.flags.push(UNREACHABLE.to_owned());
    }
    Ok(mark)
}

/// The citizen's number, as much of it as is to be seen; of somebody without one a dash.
pub fn number_as_seen(ticket: &Ticket, seen: Sight) -> String {
    let Some(number) = &ticket.citizen else { return "-".to_owned() };
    match seen {
        // It is nobody's.
        _ if number.is_pseudonym() => number.reveal().to_owned(),
        Sight::Whole => number.local(),
        Sight::Masked | Sight::Revealable => number.to_string(),
        Sight::Nothing => SECRET.to_owned(),
    }
}

/// Whether a ticket waits for this person (9.1, column "waits at").
pub(super) fn waits_for(office: &Office, ticket: &Ticket, officer: &Officer) -> bool {
    // A ticket of somebody who has left the office is the chair's.
    let mine = match ticket.assignee.as_deref().map(OfficerId::from) {
        Some(assignee) if office.staff.find(&assignee).is_some() => assignee == officer.id,
        _ => officer.is(Role::Chair),
    };
    match ticket.stage {
        Stage::New if cases::chair_assigns(office, ticket) => officer.is(Role::Chair),
        Stage::New | Stage::ReadyToSend => officer.is(Role::Operator),
        Stage::Analysis | Stage::FollowUp => mine,
        Stage::Approval => {
            let own = ticket.drafter.as_deref() == Some(officer.id.as_str());
            let case = cases::case(office, ticket);
            !own && officer.roles.iter().any(|role| case.is_judged_by(*role))
        }
        Stage::EthicsClosed => decides_on_sealed(office, ticket, officer),
        Stage::WaitingCitizen | Stage::Answered | Stage::Finished | Stage::Closed => false,
    }
}

/// Whether this person's role decides on a case of the closed path. Where every ketua is named in it, the pengarah does (A8).
pub(super) fn decides_on_sealed(office: &Office, ticket: &Ticket, officer: &Officer) -> bool {
    let unnamed = |person: &Officer| {
        person.is(Role::Chair) && !ticket.concerns.iter().any(|named| person.id.as_str() == named)
    };
    officer.is(if office.staff.iter().any(unnamed) { Role::Chair } else { Role::Director })
}

/// One ticket, whole; that it was opened is noted.
///
/// # Errors
/// [`Error::NoSuchTicket`]; [`Error::Fault`].
pub fn show(
    tx: &Tx<'_>,
    office: &Office,
    officer: &Officer,
    typed: &str,
    now: DateTime<Utc>,
) -> Result<CaseFile, Error> {
    let mut ticket = officer::find(tx, office, officer, typed, now)?;
    alarming::looked_at(tx, office, (&mut ticket, officer))?;
    let unreachable = note_number(tx, &mut ticket)?;
    note_answer(tx, office, &mut ticket, now)?;
    note_later(tx, &mut ticket)?;
    if ticket.later_at.is_some() && looks_after(office, &ticket, officer) {
        tickets::heeded(tx, ticket.id)?;
    }
    let actor = officer::actor(officer);
    let case = cases::case(office, &ticket);
    let seen = sight(&case, &actor);
    let text_withheld = !may_read_text(&case, &actor);
    access_log::note(tx, officer.id.as_str(), "show", Some(ticket.id), "", now)?;
    // What is like a text says what stands in it.
    let known = if suggesting::may_use(&ticket, &actor) && !text_withheld {
        let today = office.calendar.zone().local(now).date_naive();
        let asked = (&*ticket.body, ticket.unit.as_deref());
        suggesting::suggest(tx, &office.directory, asked, today)?
    } else {
        Vec::new()
    };
    let citizen = number_as_seen(&ticket, seen);
    let gives = seen == Sight::Whole && giving::gives(office, &ticket, officer);
    let give = if gives { giving::waiting(tx, office, &ticket, now)? } else { None };
    let joined = joined_to(tx, office, (&ticket, officer), now)?;
    let mut messages = inbox::of_ticket(tx, ticket.id)?;
    let mut replies = outbox::of_ticket(tx, ticket.id)?;
    for number in messages
        .iter_mut()
        .map(|message| &mut message.sender)
        .chain(replies.iter_mut().map(|reply| &mut reply.recipient))
    {
        number.clone_from(&citizen);
    }
    let trail = trail::of_ticket(tx, ticket.id)?;
    let mut file = CaseFile {
        unit_chosen: is_unit_chosen(&trail),
        citizen,
        unreachable,
        text_withheld,
        messages,
        joined,
        drafts: drafts::of_ticket(tx, ticket.id)?,
        replies,
        trail,
        known,
        give,
        ticket,
    };
    if file.text_withheld {
        withhold(&mut file, decides(&case, officer));
    }
    Ok(file)
}

/// Whether an officer set the unit that a ticket has: on entering it, on answering from the bank, or on giving it to somebody to
/// analyse. What its citizen has set right since was read.
fn is_unit_chosen(trail: &[Line]) -> bool {
    let sets = |line: &Line| {
        let detail: serde_json::Value = serde_json::from_str(&line.detail).unwrap_or_default();
        let names_one = detail.get("unit").is_some_and(serde_json::Value::is_string);
        match line.transition {
            Some(1) => Some(names_one),
            Some(2 | 3 | 9) => names_one.then_some(true),
            _ => (line.action == "KODE_DIBETULKAN").then_some(false),
        }
    };
    trail.iter().rev().find_map(sets).unwrap_or_default()
}

/// What was joined to a ticket, for whoever has that one in hand: it is the same matter in other words, and its citizen may have
/// written more. That it was read is noted of each.
fn joined_to(
    tx: &Tx<'_>,
    office: &Office,
    (main, officer): (&Ticket, &Officer),
    now: DateTime<Utc>,
) -> Result<Vec<Joined>, Error> {
    let actor = officer::actor(officer);
    let in_hand = cases::case(office, main);
    let mut all = Vec::new();
    for ticket in tickets::joined_to(tx, main.id)? {
        // Its own marks restrict it, and the main ticket's hands are its own.
        let own = cases::case(office, &ticket);
        let case = Case {
            unit: in_hand.unit.clone(),
            assignee: in_hand.assignee.clone(),
            copies: in_hand.copies.clone(),
            ..own
        };
        if ticket.is_retired() || !may_read(&case, &actor) {
            continue;
        }
        let seen = sight(&case, &actor);
        let gives = seen == Sight::Whole && giving::gives(office, &ticket, officer);
        let seen = number_as_seen(&ticket, seen);
        let mut messages = inbox::of_ticket(tx, ticket.id)?;
        for message in &mut messages {
            message.sender.clone_from(&seen);
        }
        let give = if gives { giving::waiting(tx, office, &ticket, now)? } else { None };
        let mut joined = Joined { number: ticket.number, text_withheld: false, messages, give };
        if !may_read_text(&case, &actor) {
            joined.withhold();
        }
        all.push((ticket.id, joined));
    }
    all.sort_by_key(|(_, joined)| {
        std::cmp::Reverse(joined.messages.last().map(|message| message.received_at))
    });
    all.truncate(JOINED_MAX);
    for (id, _) in &all {
        access_log::note(tx, officer.id.as_str(), "show", Some(*id), "", now)?;
    }
    Ok(all.into_iter().map(|(_, joined)| joined).collect())
}

/// Whether this person decides on the draft that waits, and so must read it; the rest of the texts speaks of the citizen.
pub(super) fn decides(case: &Case, officer: &Officer) -> bool {
    let judges = officer.roles.iter().any(|role| case.is_judged_by(*role));
    judges && case.stage == Stage::Approval
}

/// Empties the text of a ticket with specific data for whoever does not read it (12.8).
pub(super) fn withhold_text(office: &Office, ticket: &mut Ticket, actor: &Actor<'_>) {
    if !may_read_text(&cases::case(office, ticket), actor) {
        ticket.body.clear();
    }
}

/// Leaves that the ticket is there, and nothing of what was said in it.
fn withhold(file: &mut CaseFile, keep_drafts: bool) {
    file.ticket.body.clear();
    file.joined.iter_mut().for_each(Joined::withhold);
    for message in &mut file.messages {
        message.text = None;
    }
    for reply in &mut file.replies {
        reply.body.clear();
    }
    for line in &mut file.trail {
        "{}".clone_into(&mut line.detail);
    }
    if !keep_drafts {
        file.drafts.clear();
    }
}

/// The notes of the answer bank in use, and behind them, for who writes and approves notes, what is proposed out of tickets that
/// this person may read.
///
/// # Errors
/// [`Error::NoSuchUnit`]; [`Error::Fault`].
pub fn known(
    tx: &Tx<'_>,
    office: &Office,
    officer: &Officer,
    unit: Option<&str>,
) -> Result<Vec<Answer>, Error> {
    let unit = match unit {
        Some(typed) => Some(
            office
                .directory
                .find_beside_hash(typed)
                .ok_or_else(|| Error::NoSuchUnit(typed.to_owned()))?,
        ),
        None => None,
    };
    let mut notes = answers::in_use(tx)?;
    for note in answers::proposed(tx)? {
        if bank::lists_proposal(tx, office, officer, &note)? {
            notes.push(note);
        }
    }
    for note in &mut notes {
        note.unit = cases::present(office, &note.unit);
    }
    notes.retain(|note| unit.is_none_or(|unit| note.unit == unit.code.as_str()));
    Ok(notes)
}
