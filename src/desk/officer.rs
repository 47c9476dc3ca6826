//! Someone of the office acts: sorting, drafting, deciding, sending. Each function is one step of the procedure, and reads
//! like the office's own sentence.

use chrono::{DateTime, NaiveDate, Utc};
use serde_json::json;

use super::giving::{self, Given, takes_sms};
use super::outbound::{self, Queued, Text};
use super::staff::Officer;
use super::{Error, Office, cases, copying, correcting, promising, status, ticket_number, timing};
use crate::complaint::{Flag, Unit};
use crate::mutation::Mutation;
use crate::phone::PhoneNumber;
use crate::sms::transliterate;
use crate::store::drafts::{Draft, Kind, NewDraft};
use crate::store::outbox::Purpose;
use crate::store::tickets::Ticket;
use crate::store::trail_words::free;
use crate::store::{Tx, access_log, answers, drafts, tickets};
use crate::ticket::{
    Action, Actor, Case, Category, OfficerId, Refusal, Role, Stage, Way, advance, clock,
};
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

    fn saying(ticket: Ticket, body: String, queued: Queued, now: DateTime<Utc>) -> Self {
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
