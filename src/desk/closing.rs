//! T10: a ticket ends without handling, and whoever wrote of its matter learns why.

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use super::officer::{Done, actor, find, notice_saying};
use super::sending::copy_answer;
use super::staff::Officer;
use super::{Error, Office, cases, sealing};
use crate::phone::PhoneNumber;
use crate::store::tickets::Ticket;
use crate::store::trail_words::free;
use crate::store::{Fault, Tx, drafts, owing, tickets, trail};
use crate::ticket::{Action, CloseReason, Stage};
use crate::words::{Blank, Key};

/// What an officer says when a ticket ends without handling.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Closing {
    /// Why.
    pub reason: CloseReason,
    /// Number of the main ticket, of a duplicate.
    pub main: Option<String>,
    /// Whose matter it is, of a `BUKAN_WENANG`.
    pub party: Option<String>,
    /// How to reach them.
    pub contact: Option<String>,
    /// What the citizen reads as the reason of the others.
    pub words: Option<String>,
}

/// T10: ended without handling, with the words that the reason asks for. Every sender gets them, also those whose tickets were joined
/// to this one (procedure.md section 5).
///
/// # Errors
/// [`Error::Refused`], [`Error::Missing`], [`Error::NoSuchTicket`] (the main one), [`Error::TooLong`]; [`Error::Fault`].
pub fn close(
    tx: &Tx<'_>,
    office: &Office,
    officer: &Officer,
    (typed, closing): (&str, &Closing),
    now: DateTime<Utc>,
) -> Result<Done, Error> {
    let mut ticket = find(tx, office, officer, typed, now)?;
    let main = match &closing.main {
        Some(typed) => Some(find(tx, office, officer, typed, now)?),
        None => None,
    };
    if let Some(main) = &main
        && main.id == ticket.id
    {
        return Err(Error::Invalid { what: "main ticket", value: main.number.to_string() });
    }
    // What is joined to an ended ticket would never be answered.
    if let Some(main) = main.as_ref().filter(|main| !main.is_open()) {
        return Err(Error::Invalid { what: "open main ticket", value: main.number.to_string() });
    }
    let action = Action::Close {
        reason: closing.reason,
        main: main.as_ref().map(|main| main.id),
        addressee: closing.party.clone(),
    };
    let main_number = main.as_ref().map(|main| main.number.to_string());
    let sealed = main.as_ref().filter(|main| cases::case(office, main).on_closed_path());
    let detail = json!({
        "sebab": closing.reason.token(),
        "utama": main_number,
        "pihak": closing.party.as_deref().map(free),
        "kontak": closing.contact.as_deref().map(free),
        "kata": closing.words.as_deref().map(free),
    });
    cases::step(tx, office, &mut ticket, (&action, &actor(officer)), detail, now, |ticket| {
        ticket.closed_as = Some(closing.reason);
        ticket.main_ticket_id = main.as_ref().map(|main| main.id);
        // What is the same matter as a sealed one is sealed with it.
        if let Some(sealed) = sealed {
            ticket.restricted_by = Some(officer.id.as_str().to_owned());
            ticket.concerns.clone_from(&sealed.concerns);
        }
    })?;
    if let Some(main) = sealed {
        return sealing::seal_with(tx, office, officer, (ticket, main), now);
    }
    if let Some(main) = main {
        return tell_joined(tx, office, (ticket, &main), now);
    }
    let told = Told::of(closing);
    if closing.reason == CloseReason::NotOurs && told.contact.is_none() {
        return Err(Error::Missing("contact"));
    }
    let mut done = tell(tx, office, ticket, &told, now)?;
    let mut heard: Vec<PhoneNumber> = done.ticket.citizen.iter().cloned().collect();
    for joined in tickets::joined_to(tx, done.ticket.id)? {
        owing::forget(tx, joined.id)?;
        let has_heard = joined.citizen.as_ref().is_some_and(|citizen| heard.contains(citizen));
        if !has_heard && !joined.is_retired() {
            heard.extend(joined.citizen.clone());
            done.give.extend(tell(tx, office, joined, &told, now)?.give);
        }
    }
    Ok(done)
}

/// Where to ask after a ticket that is joined to `main`; and its answer, where that went out before.
fn tell_joined(
    tx: &Tx<'_>,
    office: &Office,
    (ticket, main): (Ticket, &Ticket),
    now: DateTime<Utc>,
) -> Result<Done, Error> {
    let told = joined_to(office, &ticket, main);
    let mut done = say(tx, office, ticket, told, now)?;
    if matches!(main.stage, Stage::Answered | Stage::FollowUp)
        && (main.citizen.is_none() || main.citizen != done.ticket.citizen)
        && let Some(draft) = drafts::last_sent(tx, main.id)?
    {
        done.give.extend(copy_answer(tx, office, &done.ticket, &draft, now)?);
    }
    Ok(done)
}

/// Says it by SMS; what no SMS carries is owed from now on, where there is a number to reach its citizen by.
///
/// # Errors
/// [`Error::Fault`].
pub(super) fn say(
    tx: &Tx<'_>,
    office: &Office,
    ticket: Ticket,
    told: (Key, String),
    now: DateTime<Utc>,
) -> Result<Done, Error> {
    let done = notice_saying(tx, office, ticket, told, now)?;
    if done.ticket.citizen.is_some() { done.owed(tx, now) } else { Ok(done) }
}

/// What the citizen of a ticket that is joined to `main` reads.
pub(super) fn joined_to(office: &Office, ticket: &Ticket, main: &Ticket) -> (Key, String) {
    let (number, main) = (ticket.number.to_string(), main.number.to_string());
    let values = [(Blank::No, &*number), (Blank::Lama, &*main)];
    (Key::Gabung, office.templates.fill(Key::Gabung, &values))
}

/// What the citizen of a closed ticket was told, or is to be told, when it ended.
///
/// # Errors
/// [`Fault`] of the database.
pub(super) fn text(
    tx: &Tx<'_>,
    office: &Office,
    ticket: &Ticket,
) -> Result<Option<(Key, String)>, Fault> {
    let main = sealing::main_of(tx, ticket.clone())?;
    if ticket.id != main.id && main.is_open() {
        return Ok(Some(joined_to(office, ticket, &main)));
    }
    Ok(Told::noted(tx, &main)?.and_then(|told| told.text(office, ticket)))
}

/// The end of a ticket in the words that were found for it.
pub(super) struct Told {
    /// Why.
    pub(super) reason: CloseReason,
    /// Whose matter it is.
    pub(super) party: Option<String>,
    contact: Option<String>,
    /// The officer's own words for the reason.
    pub(super) words: Option<String>,
}

impl Told {
    fn of(closing: &Closing) -> Self {
        let said = |words: &Option<String>| words.as_deref().and_then(said);
        Self {
            reason: closing.reason,
            party: said(&closing.party),
            contact: said(&closing.contact),
            words: said(&closing.words),
        }
    }

    /// As the trail has it; `None` for what has not ended. Words that are gone are not told.
    ///
    /// # Errors
    /// [`Fault`] of the database.
    pub(super) fn noted(tx: &Tx<'_>, ticket: &Ticket) -> Result<Option<Self>, Fault> {
        let Some(reason) = ticket.closed_as else { return Ok(None) };
        let by_hand = Action::Close { reason, main: None, addressee: None }.token();
        let ends = [by_hand, Action::GiveUp.token()];
        // It may have been opened again since, and have ended otherwise.
        let facts = trail::of_ticket(tx, ticket.id)?
            .into_iter()
            .rfind(|line| ends.contains(&&*line.action))
            .and_then(|line| serde_json::from_str::<Value>(&line.detail).ok())
            .filter(|facts| facts.get("sebab").and_then(Value::as_str) == Some(reason.token()));
        let fact = |name| said(facts.as_ref()?.get(name)?.as_str()?);
        Ok(Some(Self {
            reason,
            party: fact("pihak"),
            contact: fact("kontak"),
            words: fact("kata"),
        }))
    }

    /// What the citizen of `ticket` reads of it; nothing of spam, of the own withdrawal, and of what somebody else decides on.
    fn text(&self, office: &Office, ticket: &Ticket) -> Option<(Key, String)> {
        let number = ticket.number.to_string();
        let (key, values) = match self.reason {
            CloseReason::Spam | CloseReason::Withdrawn | CloseReason::HandedOver => return None,
            CloseReason::NotOurs => (
                Key::BukanWenang,
                vec![
                    (Blank::No, &*number),
                    (Blank::Pihak, self.party.as_deref()?),
                    (Blank::Kontak, self.contact.as_deref()?),
                ],
            ),
            CloseReason::Abuse
            | CloseReason::NotAComplaint
            | CloseReason::Duplicate
            | CloseReason::Incomplete => {
                let words = self.words.as_deref().unwrap_or(self.reason.shown_to_citizen());
                (Key::TidakDiproses, vec![(Blank::Alasan, words)])
            }
        };
        Some((key, office.templates.fill(key, &values)))
    }
}

fn said(words: &str) -> Option<String> {
    let words = words.trim();
    (!words.is_empty()).then(|| words.to_owned())
}

fn tell(
    tx: &Tx<'_>,
    office: &Office,
    ticket: Ticket,
    told: &Told,
    now: DateTime<Utc>,
) -> Result<Done, Error> {
    match told.text(office, &ticket) {
        Some(text) => say(tx, office, ticket, text, now),
        None => Ok(Done::quietly(ticket)),
    }
}
