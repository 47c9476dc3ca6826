//! The answer bank (catatan jawaban): wording that a chair approved for use again, and the answers that are taken from it.

use chrono::{DateTime, NaiveDate, Utc};
use serde_json::json;

use super::drafting::{filled, worded};
use super::officer::{Done, actor, find, national_due, under};
use super::sending::dispatch;
use super::staff::Officer;
use super::suggesting::indexed;
use super::{Error, Office, cases, correcting, outbound};
use crate::complaint::Unit;
use crate::sms::{foreign, transliterate};
use crate::store::answers::{Answer, NewAnswer};
use crate::store::drafts::{Kind, NewDraft};
use crate::store::tickets::Ticket;
use crate::store::{Fault, Tx, answers, drafts, tickets, trail};
use crate::ticket::{
    Action, Category, OfficerId, Refusal, Role, advance, may_read, may_read_text, reads_a_copy,
};

/// What a petugas answers with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taking<'a> {
    /// The note's number.
    pub note: i64,
    /// Values of its blanks.
    pub blanks: &'a [(String, String)],
    /// What kind of message it is.
    pub category: Option<Category>,
    /// The unit whose matter it is, as typed, where the ticket has none or another one.
    pub unit: Option<&'a str>,
}

/// T2: answered at once with a valid note of the same unit, its marked blanks filled and nothing else changed. What kind of message
/// it is, which T3 asks for and nobody does here: as the petugas says, else as it was sorted before, else as the ticket that the note
/// is from; where none of them tells, a request for information, which an answer at once is most like. Of a complaint that named no
/// unit the petugas chooses it (A17), with the note: it is the note's.
///
/// # Errors
/// [`Error::Refused`], [`Error::NoSuchNote`], [`Error::NoSuchUnit`], [`Error::BlankLeft`], [`Error::Invalid`] (a blank, or what is
/// filled in), [`Error::TooLong`]; [`Error::Fault`].
pub fn answer(
    tx: &Tx<'_>,
    office: &Office,
    officer: &Officer,
    (typed, taking): (&str, &Taking<'_>),
    now: DateTime<Utc>,
) -> Result<Done, Error> {
    let mut ticket = find(tx, office, officer, typed, now)?;
    // The table first: who may not answer from the bank learns that, and not what is wrong with the note.
    let any = Action::Answer { note_valid: true, same_unit: true };
    advance(&cases::case(office, &ticket), &any, &actor(officer), now)?;
    let note = answers::find(tx, taking.note)?.ok_or(Error::NoSuchNote(taking.note))?;
    // What is only proposed is not in the bank yet.
    let approver = note.approved_by.clone().ok_or(Error::NoSuchNote(note.id))?;
    let today = office.calendar.zone().local(now).date_naive();
    let wording = worded(&with_blanks(&note, taking.blanks)?);
    let before = ticket.unit.clone();
    if let Some(unit) = chosen(office, &ticket, &note, taking.unit)? {
        under(&mut ticket, unit);
    }
    let body = filled(office, &ticket, Kind::Answer, &wording);
    outbound::check_length(office, &body, office.limits.parts_max)?;
    // The approver of a wording is somebody else than who fills and sends it (9.4, rule 1).
    if approver == officer.id.as_str() {
        return Err(Refusal::OwnDraft.into());
    }
    let action = Action::Answer {
        note_valid: note.is_valid_on(today),
        same_unit: ticket
            .unit
            .as_deref()
            .is_some_and(|unit| office.directory.is_same(unit, &note.unit)),
    };
    let draft = NewDraft {
        kind: Kind::Answer,
        recommendation: note.matter.clone(),
        rules: "-".to_owned(),
        note: format!("catatan jawaban {}", note.id),
        wording,
        answer_id: Some(note.id),
        writer: officer.id.as_str().to_owned(),
    };
    let category = match taking.category.or(ticket.category) {
        Some(category) => category,
        None => category_of(tx, &note)?.unwrap_or(Category::Information),
    };
    let national = national_due(tx, office, &ticket, category)?;
    let mut detail = json!({ "catatan": note.id, "kategori": category.token() });
    if let Some(facts) = detail.as_object_mut()
        && ticket.unit != before
    {
        facts.insert("unit".to_owned(), json!(ticket.unit));
    }
    cases::step(tx, office, &mut ticket, (&action, &actor(officer)), detail, now, |ticket| {
        ticket.drafter = Some(officer.id.as_str().to_owned());
        ticket.category = Some(category);
        ticket.national_due_at = Some(national);
    })?;
    // Approved is what the chair put into the bank, and that was then (9.4, rule 1; T13).
    let id = drafts::propose(tx, ticket.id, &draft, now)?;
    drafts::decide(tx, id, true, &approver, None, note.approved_at.unwrap_or(now))?;
    dispatch(tx, office, ticket, &actor(officer), now)
}

/// The unit that a ticket is answered for, where that is another one than it had: as typed, or that of the note where the citizen
/// named none.
fn chosen<'o>(
    office: &'o Office,
    ticket: &Ticket,
    note: &Answer,
    typed: Option<&str>,
) -> Result<Option<&'o Unit>, Error> {
    let directory = &office.directory;
    let is_named = ticket
        .unit
        .as_deref()
        .and_then(|code| directory.holder(code))
        .is_some_and(|unit| !unit.code.is_undecided());
    match typed {
        Some(typed) => directory
            .find_beside_hash(typed)
            .filter(|unit| !unit.code.is_undecided())
            .map(Some)
            .ok_or_else(|| Error::NoSuchUnit(typed.to_owned())),
        None if is_named => Ok(None),
        None => Ok(directory.holder(&note.unit)),
    }
}

/// What kind of message the ticket was that a note is from. A note of a ticket on the closed path is withdrawn.
fn category_of(tx: &Tx<'_>, note: &Answer) -> Result<Option<Category>, Error> {
    Ok(source_of(tx, note)?.and_then(|ticket| ticket.category))
}

/// Words that one blank stands for, at most: it is there for a place, a day, a name. More would be a wording that nobody approved.
const PARTICULAR_WORDS_MAX: usize = 6;

/// Fills the marked blanks of a note; each must be filled once with a particular, and no other is known. What is filled in is never
/// read as a blank.
fn with_blanks(note: &Answer, blanks: &[(String, String)]) -> Result<String, Error> {
    let mut known: Vec<&str> = Vec::with_capacity(blanks.len());
    for (name, value) in blanks {
        if !note.wording.contains(&format!("{{{name}}}")) {
            return Err(Error::Invalid { what: "blank of this note", value: name.clone() });
        }
        if known.contains(&name.as_str()) {
            return Err(Error::Invalid { what: "blank to fill twice", value: name.clone() });
        }
        known.push(name);
        check_particular(value.trim())?;
    }
    let mut wording = String::with_capacity(note.wording.len());
    let mut rest = note.wording.as_str();
    while let Some((before, after)) = rest.split_once('{') {
        wording.push_str(before);
        if let Some((name, behind)) = after.split_once('}') {
            let value = blanks
                .iter()
                .find(|(blank, value)| blank == name && !value.trim().is_empty())
                .ok_or_else(|| Error::BlankLeft(name.to_owned()))?;
            wording.push_str(value.1.trim());
            rest = behind;
        } else {
            wording.push('{');
            rest = after;
        }
    }
    wording.push_str(rest);
    Ok(wording)
}

/// What a petugas fills in goes to the citizen as it is, with no second look: a few words in one line, in the SMS alphabet, outside of
/// which an SMS would hold 70 characters (procedure.md A6, section 13).
fn check_particular(value: &str) -> Result<(), Error> {
    let plain = transliterate(value);
    let invalid = |what, value: String| Err(Error::Invalid { what, value });
    if plain.contains(['\n', '\r', '\u{c}'])
        || plain.split_whitespace().count() > PARTICULAR_WORDS_MAX
    {
        return invalid("particular of a blank", value.to_owned());
    }
    let foreign: String = foreign(&plain).into_iter().collect();
    if foreign.is_empty() { Ok(()) } else { invalid("part of the SMS alphabet", foreign) }
}

/// The wording of an answered ticket for the answer bank: a chair puts it there, an anggota proposes it (9.3). A chair who gives
/// another wording than the one that was approved and sent has written it, and proposes it as well: no text is approved by its writer
/// alone (A10; 9.4, rule 1). Blanks in place of particulars make no other wording, unless the chair wrote the one that was sent.
///
/// # Errors
/// [`Error::NotPermitted`], [`Error::Missing`], [`Error::Invalid`], [`Error::NoSuchTicket`]; [`Error::Refused`] where nothing was sent or
/// what was sent does not stand, and on the closed path; [`Error::Fault`].
pub fn remember(
    tx: &Tx<'_>,
    office: &Office,
    officer: &Officer,
    (typed, matter, wording, valid_until): (&str, &str, Option<&str>, Option<NaiveDate>),
    now: DateTime<Utc>,
) -> Result<Noted, Error> {
    if !officer.is(Role::Chair) && !officer.is(Role::Member) {
        return Err(Error::NotPermitted);
    }
    let ticket = find(tx, office, officer, typed, now)?;
    let case = cases::case(office, &ticket);
    // Nobody proposes what that person may not read (procedure.md 12.8).
    if reads_a_copy(&case, &actor(officer)) || !may_read_text(&case, &actor(officer)) {
        return Err(Error::NotPermitted);
    }
    // The bank is read by everybody, and by its wording any complaint may be answered.
    if case.on_closed_path() {
        return Err(Refusal::OutOfTurn { stage: ticket.stage }.into());
    }
    let matter = matter.trim();
    if matter.is_empty() {
        return Err(Error::Missing("matter"));
    }
    let unit = case.unit.clone().ok_or(Error::Missing("unit"))?;
    let sent = drafts::last_sent(tx, ticket.id)?
        .ok_or(Error::Refused(Refusal::OutOfTurn { stage: ticket.stage }))?
        .content;
    check_answer_stands(tx, &ticket)?;
    // That it corrected another one says nothing to who has read none.
    let as_noted = |wording: &str| correcting::unmarked(&worded(wording)).to_owned();
    let sent_wording = as_noted(&sent.wording);
    let wording = wording.map_or_else(|| sent_wording.clone(), as_noted);
    // Also of an answer that is kept no longer.
    if wording.is_empty() {
        return Err(Error::Missing("wording"));
    }
    outbound::check_length(office, &wording, office.limits.parts_max)?;
    check_blanks(&wording)?;
    check_last_day(office, valid_until, now)?;
    let me = officer.id.as_str().to_owned();
    let own =
        sent_wording != wording && (sent.writer == me || !is_blanked(&wording, &sent_wording));
    let approved = officer.is(Role::Chair) && !own;
    let terms = indexed(matter, &wording);
    let note = NewAnswer {
        unit,
        matter: matter.to_owned(),
        wording,
        valid_until,
        source_id: Some(ticket.id),
        approved_by: approved.then(|| me.clone()),
        proposed_by: (!approved).then(|| me.clone()),
    };
    let id = answers::add(tx, &note, &terms, now)?;
    let action = if approved { "MASUK_CATATAN_JAWABAN" } else { "USUL_CATATAN_JAWABAN" };
    cases::remark(tx, ticket.id, &me, action, json!({ "catatan": id }), now)?;
    Ok(Noted { note: id, approved, wording: note.wording, specific: case.specific })
}

/// The answer of a ticket goes into the bank while it stands (A5): not while RALAT or BELUM says that it was wrong, or its ticket was
/// opened again, and no other one was sent since.
fn check_answer_stands(tx: &Tx<'_>, ticket: &Ticket) -> Result<(), Error> {
    const SENT: i64 = 16;
    const OBJECTED_OPENED_CORRECTED: [i64; 3] = [21, 23, 24];
    let last = trail::of_ticket(tx, ticket.id)?
        .iter()
        .filter_map(|line| line.transition)
        .rfind(|number| *number == SENT || OBJECTED_OPENED_CORRECTED.contains(number));
    match last {
        Some(number) if number != SENT => Err(Refusal::OutOfTurn { stage: ticket.stage }.into()),
        Some(_) | None => Ok(()),
    }
}

/// The ticket that a note was taken from.
fn source_of(tx: &Tx<'_>, note: &Answer) -> Result<Option<Ticket>, Fault> {
    Ok(note.source_id.map(|id| tickets::by_id(tx, id)).transpose()?.flatten())
}

/// A blank is filled as `name=value`: one without a name, or with a sign of its own marking in it, nobody could fill.
fn check_blanks(wording: &str) -> Result<(), Error> {
    let mut left = wording.split_once('{').map(|(_, behind)| behind);
    while let Some((name, behind)) = left.and_then(|rest| rest.split_once('}')) {
        if name != name.trim() || name.is_empty() || name.contains(['=', '{']) {
            return Err(Error::Invalid { what: "name of a blank", value: name.to_owned() });
        }
        left = behind.split_once('{').map(|(_, behind)| behind);
    }
    Ok(())
}

/// What may be sent on no day any more is not put into the bank.
fn check_last_day(
    office: &Office,
    valid_until: Option<NaiveDate>,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let today = office.calendar.zone().local(now).date_naive();
    match valid_until.filter(|last| *last < today) {
        Some(last) => Err(Error::Invalid { what: "last day of a note", value: last.to_string() }),
        None => Ok(()),
    }
}

/// What became of a note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Noted {
    /// Its number.
    pub note: i64,
    /// Whether it may be used; else it waits for a chair, or the director, who did not propose it.
    pub approved: bool,
    /// As it stands there.
    pub wording: String,
    /// Whether it is from a ticket with specific data, which the bank would show to all: whoever puts it there is told to look at its
    /// words (procedure.md 12.8).
    pub specific: bool,
}

/// Whether a wording is the one that was sent, with marked blanks in place of particulars: a place, a day, a name. What has few words
/// of its own left is none that anybody approved.
fn is_blanked(wording: &str, sent: &str) -> bool {
    let squeezed = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let (wording, sent) = (squeezed(wording), squeezed(sent));
    let (mut kept, mut blanked) = (0, 0);
    let mut left = sent.as_str();
    let mut literals = wording.split('{');
    let Some(behind) = literals.next().and_then(|first| left.strip_prefix(first)) else {
        return false;
    };
    kept += left.len() - behind.len();
    left = behind;
    let mut literals = literals.peekable();
    while let Some(literal) = literals.next() {
        let Some((_, literal)) = literal.split_once('}') else { return false };
        // What follows the last blank is the end; else the nearest place behind at least a character.
        let found = match (literals.peek(), literal) {
            (None, _) => left.len().checked_sub(literal.len()).filter(|_| left.ends_with(literal)),
            // Two blanks side by side stand for anything.
            (Some(_), "") => None,
            (Some(_), _) => left
                .char_indices()
                .nth(1)
                .and_then(|(second, _)| Some(left.get(second..)?.find(literal)? + second)),
        };
        let Some((particular, behind)) = found.and_then(|at| left.split_at_checked(at)) else {
            return false;
        };
        if particular.trim().is_empty()
            || particular.split_whitespace().count() > PARTICULAR_WORDS_MAX
        {
            return false;
        }
        blanked += particular.len();
        kept += literal.len();
        left = behind.get(literal.len()..).unwrap_or_default();
    }
    left.is_empty() && kept >= blanked
}

/// A chair approves a proposal of somebody else; so does the director what a chair proposed, as with a draft of a chair (A10).
///
/// # Errors
/// [`Error::NotPermitted`]; [`Error::Refused`] for the own proposal, and where the answer that it is from does not
/// stand any more; [`Error::NotProposed`] of what is in use; [`Error::Invalid`] where its last day has passed;
/// [`Error::NoSuchNote`]; [`Error::Fault`].
pub fn approve(
    tx: &Tx<'_>,
    office: &Office,
    officer: &Officer,
    note: i64,
    now: DateTime<Utc>,
) -> Result<Noted, Error> {
    let proposal = decidable(tx, office, officer, note)?;
    if proposal.approved_by.is_some() && proposal.withdrawn_at.is_none() {
        return Err(Error::NotProposed(note));
    }
    if proposal.proposed_by.as_deref() == Some(officer.id.as_str()) {
        return Err(Refusal::OwnDraft.into());
    }
    check_last_day(office, proposal.valid_until, now)?;
    let source = source_of(tx, &proposal)?;
    if let Some(source) = &source {
        check_answer_stands(tx, source)?;
    }
    let terms = indexed(&proposal.matter, &proposal.wording);
    if !answers::approve(tx, note, officer.id.as_str(), &terms, now)? {
        return Err(Error::NoSuchNote(note));
    }
    if let Some(ticket) = proposal.source_id {
        let detail = json!({ "catatan": note });
        cases::remark(tx, ticket, officer.id.as_str(), "MASUK_CATATAN_JAWABAN", detail, now)?;
    }
    let specific = source.is_some_and(|ticket| cases::case(office, &ticket).specific);
    Ok(Noted { note, approved: true, wording: proposal.wording, specific })
}

/// The chair takes a note out of use, or turns a proposal down; that the director may who approves it.
///
/// # Errors
/// [`Error::NotPermitted`], [`Error::NoSuchNote`]; [`Error::Fault`].
pub fn forget(
    tx: &Tx<'_>,
    office: &Office,
    officer: &Officer,
    note: i64,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    decidable(tx, office, officer, note)?;
    if answers::withdraw(tx, note, now)? { Ok(()) } else { Err(Error::NoSuchNote(note)) }
}

/// How many proposals wait for this person's decision: those of somebody else that are theirs to decide on and to read.
///
/// # Errors
/// [`Error::Fault`].
pub fn waiting(tx: &Tx<'_>, office: &Office, officer: &Officer) -> Result<usize, Error> {
    let (is_chair, is_director) = (officer.is(Role::Chair), officer.is(Role::Director));
    if !is_chair && !is_director {
        return Ok(0);
    }
    let mut count = 0;
    for proposal in answers::proposed(tx)? {
        let is_own = proposal.proposed_by.as_deref() == Some(officer.id.as_str());
        if !is_own
            && (is_chair || is_of_chair(office, &proposal))
            && may_read_proposal(tx, office, officer, &proposal)?
        {
            count += 1;
        }
    }
    Ok(count)
}

/// The note that somebody decides on: a chair on any, the director on what a chair proposed. A proposal that this person may not read
/// does not exist.
fn decidable(tx: &Tx<'_>, office: &Office, officer: &Officer, note: i64) -> Result<Answer, Error> {
    let found = answers::find(tx, note)?;
    let as_director = |note: &Answer| officer.is(Role::Director) && is_of_chair(office, note);
    if !officer.is(Role::Chair) && !found.as_ref().is_some_and(as_director) {
        return Err(Error::NotPermitted);
    }
    let found = found.ok_or(Error::NoSuchNote(note))?;
    if found.approved_by.is_none() && !may_read_proposal(tx, office, officer, &found)? {
        return Err(Error::NoSuchNote(note));
    }
    Ok(found)
}

/// Whether a chair proposed a note that nobody has approved yet: then the director decides as well, who is the only other one in an
/// office with one chair (A10).
fn is_of_chair(office: &Office, note: &Answer) -> bool {
    let proposer = note.proposed_by.as_deref().map(OfficerId::from);
    let proposer = proposer.and_then(|id| office.staff.find(&id));
    note.approved_by.is_none() && proposer.is_some_and(|person| person.is(Role::Chair))
}

/// Whether a proposal is shown in the answer bank: to who writes and approves notes, and to the director what waits for one.
///
/// # Errors
/// [`Error::Fault`].
pub(super) fn lists_proposal(
    tx: &Tx<'_>,
    office: &Office,
    officer: &Officer,
    note: &Answer,
) -> Result<bool, Error> {
    let concerned = officer.is(Role::Chair)
        || officer.is(Role::Member)
        || (officer.is(Role::Director) && is_of_chair(office, note));
    Ok(concerned && may_read_proposal(tx, office, officer, note)?)
}

/// Whether this person may read a note that nobody has approved yet: it says what stands in the ticket.
///
/// # Errors
/// [`Error::Fault`].
fn may_read_proposal(
    tx: &Tx<'_>,
    office: &Office,
    officer: &Officer,
    note: &Answer,
) -> Result<bool, Error> {
    Ok(source_of(tx, note)?.is_none_or(|ticket| {
        let (case, actor) = (cases::case(office, &ticket), actor(officer));
        may_read(&case, &actor) && may_read_text(&case, &actor)
    }))
}

/// Takes out of the bank what came from a ticket that is sealed now, approved or proposed: everybody reads the bank, and what was
/// approved of an ordinary complaint is approved no more. Whether it goes in again when the seal is lifted is the ketua's to say.
///
/// # Errors
/// [`Error::Fault`].
pub(super) fn withdraw_of(
    tx: &Tx<'_>,
    ticket: &Ticket,
    officer: &Officer,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    for note in answers::from_ticket(tx, ticket.id)? {
        if answers::withdraw(tx, note, now)? {
            let detail = json!({ "catatan": note });
            cases::remark(tx, ticket.id, officer.id.as_str(), "CATATAN_DITARIK", detail, now)?;
        }
    }
    Ok(())
}
