//! Someone of the office acts: who that is, what was done, and sorting (T3). Each function of the rooms beside this one is a step of
//! the procedure, and reads like the office's own sentence.

use chrono::{DateTime, Utc};
use serde_json::json;

use super::giving::{Given, takes_sms};
use super::outbound::{self, Queued, Text};
use super::staff::Officer;
use super::{Error, Office, cases, copying, promising, ticket_number, timing};
use crate::complaint::{Flag, Unit};
use crate::store::drafts::Kind;
use crate::store::outbox::Purpose;
use crate::store::tickets::Ticket;
use crate::store::{Tx, tickets};
use crate::ticket::{Action, Actor, Category, OfficerId, Role, advance, clock};
use crate::words::{Blank, Key};

/// What was done, for the officer's eyes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Done {
    /// The ticket as it stands now.
    pub ticket: Ticket,
    /// What the citizen will read, where something goes out.
    pub text: Option<String>,
    /// When it goes out, where that is later than now.
    pub not_before: Option<DateTime<Utc>>,
    /// What no SMS carries: the officer gives it to the citizen, and to those whose tickets were joined to this one.
    pub give: Vec<Given>,
    /// The number is under STOP: nothing goes out, and the answer waits for STATUS (T16).
    pub stopped: bool,
    /// The unit that answers, where it was named among those that get a copy: it needs none.
    pub needs_no_copy: Option<String>,
    /// Of a correction: notes of the answer bank that hold what is corrected, or are like it.
    pub notes: Vec<i64>,
}

impl Done {
    pub(super) fn quietly(ticket: Ticket) -> Self {
        Self {
            ticket,
            text: None,
            not_before: None,
            give: Vec::new(),
            stopped: false,
            needs_no_copy: None,
            notes: Vec::new(),
        }
    }

    /// As this person may see it: a link holds the whole number, which the petugas and the ketua read, who also give what is to
    /// be given (procedure.md 9.3).
    #[must_use]
    pub fn seen_by(mut self, officer: &Officer) -> Self {
        if !officer.is(Role::Operator) && !officer.is(Role::Chair) {
            self.give.iter_mut().for_each(|give| give.link = None);
        }
        self
    }

    /// An officer tells it.
    pub(super) fn giving(ticket: Ticket, body: String) -> Self {
        let give = vec![Given::of(&ticket, body)];
        Self { give, ..Self::quietly(ticket) }
    }

    /// What is to be given is owed until an officer says to have given it.
    ///
    /// # Errors
    /// [`Error::Fault`].
    pub(super) fn owed(mut self, tx: &Tx<'_>, now: DateTime<Utc>) -> Result<Self, Error> {
        let give = std::mem::take(&mut self.give);
        for text in give {
            self.give.push(text.owe(tx, &self.ticket, now)?);
        }
        Ok(self)
    }

    pub(super) fn saying(ticket: Ticket, body: String, queued: Queued, now: DateTime<Utc>) -> Self {
        let not_before = match queued {
            Queued::At { due_at, .. } => (due_at > now).then_some(due_at),
            Queued::Stopped => return Self { stopped: true, ..Self::quietly(ticket) },
            Queued::Already => return Self::quietly(ticket),
        };
        Self { text: Some(body), not_before, ..Self::quietly(ticket) }
    }
}

/// A ticket that this person may act on; one that the person may not see does not exist.
///
/// # Errors
/// [`Error::NoSuchTicket`]; [`Error::Fault`].
pub fn find(
    tx: &Tx<'_>,
    office: &Office,
    officer: &Officer,
    typed: &str,
    now: DateTime<Utc>,
) -> Result<Ticket, Error> {
    let number = ticket_number(typed, office, now)?;
    tickets::find(tx, &number)?
        .filter(|ticket| crate::ticket::may_read(&cases::case(office, ticket), &actor(officer)))
        .ok_or_else(|| Error::NoSuchTicket(number.to_string()))
}

/// The person as the workflow table sees one.
pub fn actor(officer: &Officer) -> Actor<'_> {
    Actor::Officer { id: &officer.id, roles: &officer.roles, units: &officer.units }
}

/// Where a ticket goes to be analysed; what is `None` stays as it was, or follows from the unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Destination<'a> {
    /// Code or alias.
    pub unit: Option<&'a str>,
    /// What kind of message it is.
    pub category: Option<Category>,
    /// Account of the anggota, or of the ketua.
    pub member: Option<&'a str>,
    /// Codes or aliases of the units that get a copy, and of no others.
    pub copies: Option<&'a [String]>,
}

/// The unit, the category and the person that a destination means.
///
/// # Errors
/// [`Error::NoSuchUnit`], [`Error::NobodyFor`], [`Error::NotAMember`], [`Error::Missing`].
pub(super) fn destination<'o>(
    office: &'o Office,
    ticket: &Ticket,
    to: &Destination<'_>,
) -> Result<(&'o Unit, Category, &'o Officer), Error> {
    let unit = match to.unit {
        Some(typed) => office
            .directory
            .find_beside_hash(typed)
            .filter(|unit| !unit.code.is_undecided())
            .ok_or_else(|| Error::NoSuchUnit(typed.to_owned()))?,
        None => ticket
            .unit
            .as_deref()
            .and_then(|code| office.directory.holder(code))
            .filter(|unit| !unit.code.is_undecided())
            .ok_or(Error::Missing("unit"))?,
    };
    let category = to.category.or(ticket.category).ok_or(Error::Missing("category"))?;
    let code = unit.code.as_str();
    let member = match to.member {
        Some(name) => office
            .staff
            .find(&OfficerId::from(name))
            .filter(|member| member.is(Role::Member) || member.is(Role::Chair))
            .ok_or_else(|| Error::NotAMember(name.to_owned()))?,
        // If none is bound to the unit, the chair has it (procedure.md section 2).
        None => {
            office.staff.member_or_chair(code).ok_or_else(|| Error::NobodyFor(code.to_owned()))?
        }
    };
    Ok((unit, category, member))
}

/// Writes whose matter it is into the ticket; nobody guesses it any more.
pub(super) fn under(ticket: &mut Ticket, unit: &Unit) {
    ticket.flags.retain(|flag| flag != Flag::Guessed.token());
    ticket.copies.retain(|copy| copy != unit.code.as_str());
    ticket.unit = Some(unit.code.to_string());
    ticket.unit_name = Some(unit.name.clone());
}

/// Writes a destination into the ticket.
pub(super) fn going_to(ticket: &mut Ticket, (unit, category, member): (&Unit, Category, &Officer)) {
    under(ticket, unit);
    ticket.category = Some(category);
    ticket.assignee = Some(member.id.as_str().to_owned());
}

/// T3: unit and category are set, and the anggota of the unit gets the ticket. Of one that somebody has in hand already the ketua
/// does it (A9), and the same step goes on.
///
/// # Errors
/// [`Error::Refused`], [`Error::NoSuchUnit`], [`Error::NobodyFor`], [`Error::NotAMember`], [`Error::Missing`];
/// [`Error::Fault`].
pub fn assign(
    tx: &Tx<'_>,
    office: &Office,
    officer: &Officer,
    (typed, to): (&str, &Destination<'_>),
    now: DateTime<Utc>,
) -> Result<Done, Error> {
    let mut ticket = find(tx, office, officer, typed, now)?;
    let (unit, category, member) = destination(office, &ticket, to)?;
    let told_as = ticket.category;
    let code = unit.code.to_string();
    let action = Action::Assign { unit: code.clone(), category, member: member.id.clone() };
    advance(&cases::case(office, &ticket), &action, &actor(officer), now)?;
    // The ketua may give it to anybody (A9).
    if !officer.is(Role::Chair) && !office.staff.takes(member, &code) {
        return Err(Error::NotAMember(member.id.as_str().to_owned()));
    }
    let national = national_due(tx, office, &ticket, category)?;
    let copies = to.copies.map(|typed| copying::units(office, typed, Some(&code))).transpose()?;
    let mut detail =
        json!({ "unit": code, "kategori": category.token(), "anggota": member.id.as_str() });
    let (copies, needs_no_copy) =
        copies.map_or((None, None), |copies| (Some(copies.codes), copies.answers));
    if let (Some(copies), Some(facts)) = (&copies, detail.as_object_mut())
        && *copies != ticket.copies
    {
        facts.insert("tembusan".to_owned(), json!(copies.join(" ")));
    }
    cases::step(tx, office, &mut ticket, (&action, &actor(officer)), detail, now, |ticket| {
        if let Some(copies) = copies {
            ticket.copies = copies;
        }
        going_to(ticket, (unit, category, member));
        ticket.national_due_at = Some(national);
    })?;
    // "Standar waktu berubah": only an oversight case has another limit than the one that its receipt named, and only what was
    // taken for one has another than it was told.
    let done = if [Some(category), told_as].contains(&Some(Category::Oversight)) {
        analysed(tx, office, ticket, now)?
    } else {
        Done::quietly(ticket)
    };
    Ok(Done { needs_no_copy, ..done })
}

/// DITELAAH: who has the complaint now, and by when the citizen reads an answer.
///
/// # Errors
/// [`Error::Fault`].
pub(super) fn analysed(
    tx: &Tx<'_>,
    office: &Office,
    ticket: Ticket,
    now: DateTime<Utc>,
) -> Result<Done, Error> {
    let number = ticket.number.to_string();
    let unit = ticket.unit.clone().unwrap_or_default();
    let due = promising::answer_by(office, &ticket, Kind::Answer, now);
    let mut values = vec![(Blank::No, &*number), (Blank::Unit, &*unit)];
    values.extend(due.as_deref().map(|due| (Blank::Batas, due)));
    notice(tx, office, ticket, Key::Ditelaah, &values, now)
}

/// The national limit of a category, for a ticket as it stands now.
pub(super) fn national_due(
    tx: &Tx<'_>,
    office: &Office,
    ticket: &Ticket,
    category: Category,
) -> Result<DateTime<Utc>, Error> {
    let pauses = clock::pauses(&timing::steps(tx, ticket)?);
    Ok(clock::national_due(office.reckoning(), ticket.received_at, category, &pauses))
}

pub(super) fn notice(
    tx: &Tx<'_>,
    office: &Office,
    ticket: Ticket,
    key: Key,
    values: &[(Blank, &str)],
    now: DateTime<Utc>,
) -> Result<Done, Error> {
    notice_saying(tx, office, ticket, (key, office.templates.fill(key, values)), now)
}

/// The same with the template filled in.
pub(super) fn notice_saying(
    tx: &Tx<'_>,
    office: &Office,
    ticket: Ticket,
    (key, body): (Key, String),
    now: DateTime<Utc>,
) -> Result<Done, Error> {
    saying_for(tx, office, ticket, (key, body, Purpose::Notice), now)
}

/// The same for any purpose.
pub(super) fn saying_for(
    tx: &Tx<'_>,
    office: &Office,
    ticket: Ticket,
    (key, body, purpose): (Key, String, Purpose),
    now: DateTime<Utc>,
) -> Result<Done, Error> {
    outbound::check_length(office, &body, 1)?;
    let Some(to) = ticket.citizen.as_ref().filter(|_| takes_sms(&ticket)) else {
        return Ok(Done::giving(ticket, body));
    };
    let text = Text {
        to,
        body: body.clone(),
        purpose,
        template: Some(key),
        ticket_id: Some(ticket.id),
        inbound_id: None,
        draft_id: None,
        sim: ticket.sim.as_deref(),
    };
    let queued = outbound::queue(tx, office, &text, now)?;
    Ok(Done::saying(ticket, body, queued, now))
}
