//! What an officer may see: lists and whole tickets, after the rules of procedure.md 9.3 and 12.

use chrono::{DateTime, Utc};

use super::giving::{self, Given};
use super::reminding::has_risen_to;
use super::staff::Officer;
use super::standing::note_answer;
use super::suggesting::{self, Suggestion};
use super::{Error, Office, cases, officer};
use crate::phone::PhoneNumber;
use crate::store::answers::Answer;
use crate::store::drafts::Draft;
use crate::store::inbox::Inbound;
use crate::store::outbox::Message;
use crate::store::tickets::Ticket;
use crate::store::trail::Line;
use crate::store::unreachable::{self, Mark};
use crate::store::{Tx, access_log, answers, drafts, inbox, outbox, tickets, trail};
use crate::ticket::{OfficerId, Role, Stage, may_read, may_see_number};

/// The flag of a ticket whose citizen's number a network called wrong or gone.
pub const UNREACHABLE: &str = "unreachable";

/// The most tickets that an inbox shows. Nobody works off more in a day, and in a flood tens of thousands wait.
pub const INBOX_MAX: usize = 500;

/// What waits for somebody.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Inbox {
    /// At most [`INBOX_MAX`], what is due first in front.
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
    /// Received messages, oldest first.
    pub messages: Vec<Inbound>,
    /// Versions of the draft, oldest first.
    pub drafts: Vec<Draft>,
    /// Outgoing messages, oldest first.
    pub replies: Vec<Message>,
    /// The trail, oldest first.
    pub trail: Vec<Line>,
    /// Notes of the answer bank that are like it, for who may answer with one.
    pub known: Vec<Suggestion>,
    /// The approved wording or the question that an officer is to give, for whoever may.
    pub give: Option<Given>,
}

/// The open tickets that wait for this person, or have risen to this person because they are late; what is due first in front.
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
    tickets::each_open(tx, all, |ticket| {
        inbox.sealed += i64::from(ticket.stage == Stage::EthicsClosed);
        let mine = may_read(&cases::case(office, &ticket), &actor)
            && (all || waits_for(office, &ticket, officer) || has_risen_to(&ticket, officer, now));
        if mine && inbox.tickets.len() < INBOX_MAX {
            inbox.tickets.push(ticket);
        } else {
            inbox.more += i64::from(mine);
        }
    })?;
    for ticket in &mut inbox.tickets {
        note_number(tx, ticket)?;
        note_answer(tx, office, ticket, now)?;
    }
    Ok(inbox)
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

/// The citizen's number, masked where it is not to be seen whole; of somebody without one a dash.
pub(super) fn number_as_seen(ticket: &Ticket, whole: bool) -> String {
    let seen = |number: &PhoneNumber| if whole { number.local() } else { number.to_string() };
    ticket.citizen.as_ref().map_or_else(|| "-".to_owned(), seen)
}

/// Whether a ticket waits for this person (9.1, column "waits at").
pub(super) fn waits_for(office: &Office, ticket: &Ticket, officer: &Officer) -> bool {
    // A ticket of somebody who has left the office is the chair's.
    let mine = match ticket.assignee.as_deref().map(OfficerId::from) {
        Some(assignee) if office.staff.find(&assignee).is_some() => assignee == officer.id,
        _ => officer.is(Role::Chair),
    };
    match ticket.stage {
        Stage::New => officer.is(Role::Operator) || (ticket.returns > 1 && officer.is(Role::Chair)),
        Stage::ReadyToSend => officer.is(Role::Operator),
        Stage::Analysis | Stage::FollowUp => mine,
        Stage::Approval => {
            let own = ticket.drafter.as_deref() == Some(officer.id.as_str());
            let for_director = ticket.escalated || cases::case(office, ticket).drafted_by_chair;
            !own && officer.is(if for_director { Role::Director } else { Role::Chair })
        }
        // Where every ketua is named in it, the pengarah decides (A8).
        Stage::EthicsClosed => {
            let unnamed = |person: &Officer| {
                person.is(Role::Chair)
                    && !ticket.concerns.iter().any(|named| person.id.as_str() == named)
            };
            officer.is(if office.staff.iter().any(unnamed) { Role::Chair } else { Role::Director })
        }
        Stage::WaitingCitizen | Stage::Answered | Stage::Finished | Stage::Closed => false,
    }
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
    let unreachable = note_number(tx, &mut ticket)?;
    note_answer(tx, office, &mut ticket, now)?;
    let visible = may_see_number(&cases::case(office, &ticket), &officer::actor(officer));
    access_log::note(tx, officer.id.as_str(), "show", Some(ticket.id), "", now)?;
    let known = if suggesting::may_use(&ticket, &officer::actor(officer)) {
        let today = office.calendar.zone().local(now).date_naive();
        suggesting::suggest(tx, &ticket.body, ticket.unit.as_deref(), today)?
    } else {
        Vec::new()
    };
    let citizen = number_as_seen(&ticket, visible);
    let sends = officer.is(Role::Operator) || officer.is(Role::Chair);
    let give = if visible && sends { giving::waiting(tx, office, &ticket)? } else { None };
    let mut messages = inbox::of_ticket(tx, ticket.id)?;
    let mut replies = outbox::of_ticket(tx, ticket.id)?;
    for number in messages
        .iter_mut()
        .map(|message| &mut message.sender)
        .chain(replies.iter_mut().map(|reply| &mut reply.recipient))
    {
        number.clone_from(&citizen);
    }
    Ok(CaseFile {
        citizen,
        unreachable,
        messages,
        drafts: drafts::of_ticket(tx, ticket.id)?,
        replies,
        trail: trail::of_ticket(tx, ticket.id)?,
        known,
        give,
        ticket,
    })
}

/// The notes of the answer bank in use, and behind them, for who writes and approves notes, what is proposed.
///
/// # Errors
/// [`Error::NoSuchUnit`]; [`Error::Fault`].
pub fn known(
    tx: &Tx<'_>,
    office: &Office,
    officer: &Officer,
    unit: Option<&str>,
) -> Result<Vec<Answer>, Error> {
    let code = match unit {
        Some(typed) => {
            let unit = office
                .directory
                .find_beside_hash(typed)
                .ok_or_else(|| Error::NoSuchUnit(typed.to_owned()))?;
            Some(unit.code.to_string())
        }
        None => None,
    };
    let mut notes = answers::in_use(tx, code.as_deref())?;
    if officer.is(Role::Chair) || officer.is(Role::Member) {
        notes.extend(answers::proposed(tx, code.as_deref())?);
    }
    Ok(notes)
}
