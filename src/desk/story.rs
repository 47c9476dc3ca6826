//! The whole story of a ticket in the order of time: what came, what was done and by whom, what went out and what became of
//! it, and who has looked (procedure.md 9.4, 12.3).

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};

use super::staff::Officer;
use super::{Error, Office, cases, letter, officer, reading};
use crate::store::access_log;
use crate::store::drafts::Draft;
use crate::store::inbox::Inbound;
use crate::store::outbox::Message;
use crate::store::tickets::Ticket;
use crate::store::trail::Line;
use crate::store::{Tx, drafts, inbox, outbox, trail};
use crate::ticket::{OfficerId, may_read_text, sight};

/// One thing that happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// A message came in.
    Received(Inbound),
    /// A row of the trail.
    Step(Line),
    /// A version of the draft was handed in.
    Drafted(Draft),
    /// A text was queued.
    Queued(Message),
    /// The network took a text, or its fate became known.
    Fate {
        /// When.
        at: DateTime<Utc>,
        /// `sent` … `unknown`.
        state: String,
        /// What the text was for, a token.
        purpose: String,
        /// When it was queued, by which it is known among others.
        queued_at: DateTime<Utc>,
        /// The last error, as in [`Message`].
        error: Option<String>,
    },
    /// Somebody opened the ticket.
    Opened(access_log::Entry),
}

impl Event {
    /// When it happened, and of what happened in the same second what came first.
    const fn key(&self) -> (DateTime<Utc>, u8) {
        match self {
            Self::Received(message) => (message.received_at, 0),
            Self::Step(line) => (line.at, 1),
            Self::Drafted(draft) => (draft.written_at, 2),
            Self::Queued(message) => (message.created_at, 3),
            Self::Fate { at, .. } => (*at, 4),
            Self::Opened(access) => (access.at, 5),
        }
    }
}

/// The story of a ticket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Story {
    /// The ticket.
    pub ticket: Ticket,
    /// The citizen's number as this person may see it.
    pub citizen: String,
    /// It holds specific data, and this person reads none of its texts.
    pub text_withheld: bool,
    /// Everybody on the staff who is named in it.
    pub people: Vec<Officer>,
    /// What happened, oldest first.
    pub events: Vec<Event>,
}

/// The story of one ticket, for whoever may read the ticket; that it was read is noted, and is its last event.
///
/// # Errors
/// [`Error::NoSuchTicket`]; [`Error::Fault`].
pub fn tell(
    tx: &Tx<'_>,
    office: &Office,
    officer: &Officer,
    typed: &str,
    now: DateTime<Utc>,
) -> Result<Story, Error> {
    let ticket = officer::find(tx, office, officer, typed, now)?;
    access_log::note(tx, officer.id.as_str(), "audit", Some(ticket.id), "", now)?;
    let case = cases::case(office, &ticket);
    let actor = officer::actor(officer);
    let citizen = reading::number_as_seen(&ticket, sight(&case, &actor));
    let mut messages = inbox::of_ticket(tx, ticket.id)?;
    for message in &mut messages {
        message.sender.clone_from(&citizen);
    }
    let mut replies = outbox::of_ticket(tx, ticket.id)?;
    for reply in &mut replies {
        reply.recipient.clone_from(&citizen);
    }
    let fates: Vec<Event> = replies.iter().flat_map(fates).collect();
    let mut events: Vec<Event> = messages
        .into_iter()
        .map(Event::Received)
        .chain(trail::of_ticket(tx, ticket.id)?.into_iter().map(Event::Step))
        .chain(drafts::of_ticket(tx, ticket.id)?.into_iter().map(Event::Drafted))
        .chain(replies.into_iter().map(Event::Queued))
        .chain(fates)
        .chain(
            access_log::of_ticket(tx, ticket.id)?
                .into_iter()
                // Its row of the trail tells more.
                .filter(|access| access.action != letter::ACCESS)
                .map(Event::Opened),
        )
        .collect();
    events.sort_by_key(Event::key);
    let text_withheld = !may_read_text(&case, &actor);
    if text_withheld {
        withhold(&mut events, reading::decides(&case, officer));
    }
    let people = people(office, &events);
    Ok(Story { ticket, citizen, text_withheld, people, events })
}

/// Leaves what happened, and nothing of what was said.
fn withhold(events: &mut Vec<Event>, keep_drafts: bool) {
    events.retain(|event| keep_drafts || !matches!(event, Event::Drafted(_)));
    for event in events {
        match event {
            Event::Received(message) => message.text = None,
            Event::Step(line) => "{}".clone_into(&mut line.detail),
            Event::Queued(message) => message.body.clear(),
            Event::Drafted(_) | Event::Fate { .. } | Event::Opened(_) => {}
        }
    }
}

/// What became of a text, as far as it is known.
fn fates(message: &Message) -> Vec<Event> {
    let fate = |at, state: &str, error: Option<&String>| Event::Fate {
        at,
        state: state.to_owned(),
        purpose: message.purpose.clone(),
        queued_at: message.created_at,
        error: error.cloned(),
    };
    let sent = message.sent_at.map(|at| fate(at, "sent", None));
    let settled = message.settled_at.filter(|_| message.state != "sent");
    let settled = settled.map(|at| fate(at, &message.state, message.error.as_ref()));
    sent.into_iter().chain(settled).collect()
}

/// The people of the staff whose accounts are named in what happened.
fn people(office: &Office, events: &[Event]) -> Vec<Officer> {
    let mut accounts = BTreeSet::new();
    for event in events {
        match event {
            Event::Step(line) => {
                accounts.insert(line.actor.clone());
                let detail: serde_json::Value =
                    serde_json::from_str(&line.detail).unwrap_or_default();
                for named in ["anggota", "menyangkut"] {
                    let named = detail.get(named).and_then(serde_json::Value::as_str);
                    accounts.extend(named.unwrap_or("").split_whitespace().map(str::to_owned));
                }
            }
            Event::Drafted(draft) => {
                accounts.insert(draft.content.writer.clone());
                accounts.extend(draft.decided_by.clone());
            }
            Event::Opened(access) => _ = accounts.insert(access.officer.clone()),
            Event::Received(message) => accounts.extend(message.entered_by.clone()),
            Event::Queued(_) | Event::Fate { .. } => {}
        }
    }
    accounts
        .iter()
        .filter_map(|account| office.staff.find(&OfficerId::from(account.as_str())))
        .cloned()
        .collect()
}
