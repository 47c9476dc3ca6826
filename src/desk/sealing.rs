//! The closed path of ethics cases: T7 to T9. From here on the ticket exists for the ketua who is not named in it and for the
//! pengarah only (procedure.md 12.7).
//!
//! What was joined to a ticket as a duplicate is the same matter in other words, and is sealed and opened with it. By itself a joined
//! ticket is not sealed: it has ended, and its matter is the main ticket's.

use chrono::{DateTime, NaiveDate, Utc};
use serde_json::{Value, json};

use super::giving::Given;
use super::officer::{
    Destination, Done, actor, analysed, destination, find, going_to, national_due, saying_for,
};
use super::staff::Officer;
use super::{Error, Office, bank, cases, closing, succession, withholding};
use crate::phone::PhoneNumber;
use crate::store::outbox::{Message, Purpose};
use crate::store::tickets::Ticket;
use crate::store::trail::Entry;
use crate::store::trail_words::free;
use crate::store::{Fault, Tx, drafts, owing, tickets, trail};
use crate::ticket::{Action, Category, CloseReason, OfficerId, Refusal, Role, advance};
use crate::words::{Blank, Key};

/// T7: moved to the closed path, with what indicates it and who of the office is named in it. A draft that waits for its
/// decision waits no more, what came from it into the answer bank goes out of it, and what was joined to it goes with it. The citizens
/// read neither matter nor unit: what was queued before and says more is taken back.
///
/// # Errors
/// [`Error::Refused`], [`Error::NotOnStaff`]; [`Error::Fault`].
pub fn restrict(
    tx: &Tx<'_>,
    office: &Office,
    officer: &Officer,
    (typed, indication, concerns): (&str, &str, &[String]),
    now: DateTime<Utc>,
) -> Result<Done, Error> {
    let mut ticket = find(tx, office, officer, typed, now)?;
    let indication = indication.trim();
    on_staff(office, concerns)?;
    let action = Action::Restrict { indication: indication.to_owned() };
    let national = national_due(tx, office, &ticket, Category::Oversight)?;
    let detail = json!({ "indikasi": free(indication), "menyangkut": concerns.join(" ") });
    cases::step(tx, office, &mut ticket, (&action, &actor(officer)), detail, now, |ticket| {
        ticket.restricted_by = Some(officer.id.as_str().to_owned());
        ticket.concerns = concerns.to_vec();
        ticket.national_due_at = Some(national);
    })?;
    if let Some(draft) = drafts::latest(tx, ticket.id)?.filter(|draft| draft.state == "proposed") {
        let why = Action::Restrict { indication: String::new() }.token();
        drafts::decide(tx, draft.id, false, officer.id.as_str(), Some(why), now)?;
    }
    bank::withdraw_of(tx, &ticket, officer, now)?;
    let unsaid = withholding::take_back(tx, office, &ticket, now)?;
    // It may have lost its answer.
    let ticket = tickets::by_id(tx, ticket.id)?.unwrap_or(ticket);
    let mut done = tell_closed(tx, office, officer, (ticket, &unsaid), now)?;
    let give = seal_family(tx, office, officer, (&done.ticket, indication), now)?;
    done.give.extend(give);
    Ok(done)
}

/// Seals what is the same matter as a ticket that was sealed just now: what was joined to it, and what it took the place of. Whoever
/// wrote a joined one reads so, once.
///
/// # Errors
/// [`Error::Fault`].
fn seal_family(
    tx: &Tx<'_>,
    office: &Office,
    officer: &Officer,
    (sealed, indication): (&Ticket, &str),
    now: DateTime<Utc>,
) -> Result<Vec<Given>, Error> {
    let mut give = Vec::new();
    let mut told: Vec<PhoneNumber> = sealed.citizen.iter().cloned().collect();
    for mut ticket in family(tx, office, sealed, false)? {
        ticket.restricted_by.clone_from(&sealed.restricted_by);
        ticket.concerns.clone_from(&sealed.concerns);
        let indicated = (!indication.is_empty()).then(|| free(indication));
        note_sealed(tx, &ticket, officer, (sealed, indicated), now)?;
        bank::withdraw_of(tx, &ticket, officer, now)?;
        let unsaid = withholding::take_back(tx, office, &ticket, now)?;
        // Whose receipt was taken back knows no number yet.
        let is_told = ticket.citizen.as_ref().is_some_and(|own| told.contains(own));
        let is_told = is_told && !withholding::is_reply_among(&unsaid);
        if is_joined(&ticket) && !ticket.is_retired() && !is_told {
            told.extend(ticket.citizen.clone());
            give.extend(tell_closed(tx, office, officer, (ticket, &unsaid), now)?.give);
        }
    }
    Ok(give)
}

/// What is joined to a sealed case is sealed there and then, with what was joined to it before.
///
/// # Errors
/// [`Error::Fault`].
pub(super) fn seal_with(
    tx: &Tx<'_>,
    office: &Office,
    officer: &Officer,
    (ticket, main): (Ticket, &Ticket),
    now: DateTime<Utc>,
) -> Result<Done, Error> {
    note_sealed(tx, &ticket, officer, (main, None), now)?;
    bank::withdraw_of(tx, &ticket, officer, now)?;
    let unsaid = withholding::take_back(tx, office, &ticket, now)?;
    let mut done = tell_closed(tx, office, officer, (ticket, &unsaid), now)?;
    let give = seal_family(tx, office, officer, (&done.ticket, ""), now)?;
    done.give.extend(give);
    Ok(done)
}

/// Writes into the trail of a ticket that it was sealed because of another one.
fn note_sealed(
    tx: &Tx<'_>,
    ticket: &Ticket,
    officer: &Officer,
    (main, indicated): (&Ticket, Option<Value>),
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let action = Action::Restrict { indication: String::new() };
    let mut detail = json!({
        "menyangkut": ticket.concerns.join(" "),
        "utama": main.number.to_string(),
    });
    if let (Some(indicated), Some(facts)) = (indicated, detail.as_object_mut()) {
        facts.insert("indikasi".to_owned(), indicated);
    }
    record(tx, ticket, (officer, action.token(), detail), now)
}

/// The citizen reads neither matter nor unit; as the reply to what was written, where that is in `unsaid`, which was taken back. Whom no
/// SMS tells a petugas does, who has the text in hand and sees the ticket no more; of what others move it is owed by whoever decides.
///
/// # Errors
/// [`Error::Fault`].
pub(super) fn tell_closed(
    tx: &Tx<'_>,
    office: &Office,
    officer: &Officer,
    (ticket, unsaid): (Ticket, &[Message]),
    now: DateTime<Utc>,
) -> Result<Done, Error> {
    let body = closed(office, &ticket);
    let is_reply = withholding::is_reply_among(unsaid);
    let purpose = if is_reply { Purpose::CommandReply } else { Purpose::Notice };
    let done = saying_for(tx, office, ticket, (Key::Tertutup, body, purpose), now)?;
    if officer.is(Role::Operator) { Ok(done) } else { done.owed(tx, now) }
}

/// What the citizen of a ticket on the closed path reads.
pub(super) fn closed(office: &Office, ticket: &Ticket) -> String {
    let number = ticket.number.to_string();
    office.templates.fill(Key::Tertutup, &[(Blank::No, &number)])
}

/// The tickets that are the same matter as this one, those of the closed path or the others: what was joined to it as a duplicate, and
/// what it took the place of.
fn family(
    tx: &Tx<'_>,
    office: &Office,
    ticket: &Ticket,
    sealed: bool,
) -> Result<Vec<Ticket>, Error> {
    let mut family = tickets::joined_to(tx, ticket.id)?;
    family.extend(succession::predecessors(tx, ticket)?);
    family.retain(|ticket| cases::case(office, ticket).on_closed_path() == sealed);
    Ok(family)
}

/// Whether a ticket took the closed path by a step of its own (T7), and not because of another one.
fn was_sealed_itself(tx: &Tx<'_>, ticket: &Ticket) -> Result<bool, Fault> {
    let action = Action::Restrict { indication: String::new() }.token();
    let lines = trail::of_ticket(tx, ticket.id)?;
    let sealed = lines.iter().rfind(|line| line.action == action);
    Ok(sealed.is_some_and(|line| line.transition.is_some()))
}

/// Whether a ticket ended as a duplicate.
fn is_joined(ticket: &Ticket) -> bool {
    ticket.closed_as == Some(CloseReason::Duplicate)
}

/// The ticket in whose hands a joined one is, by way of others or not; any other is its own.
///
/// # Errors
/// [`Fault`] of the database.
pub(super) fn main_of(tx: &Tx<'_>, mut ticket: Ticket) -> Result<Ticket, Fault> {
    /// Duplicates of duplicates; more than this is a circle.
    const STEPS_MAX: usize = 8;
    for _ in 0..STEPS_MAX {
        let main = ticket.main_ticket_id.map(|main| tickets::by_id(tx, main)).transpose()?;
        let Some(main) = main.flatten() else { break };
        ticket = main;
    }
    Ok(ticket)
}

/// Writes what changed of a ticket that stays at its stage.
fn record(
    tx: &Tx<'_>,
    ticket: &Ticket,
    (officer, action, detail): (&Officer, &str, serde_json::Value),
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let stage = Some(ticket.stage.token());
    let actor = officer.id.as_str();
    let entry = Entry { actor, transition: None, action, from: stage, to: stage, detail };
    Ok(tickets::record(tx, ticket.stage, ticket, &entry, now)?)
}

/// More officers who are named in a case of the closed path, which loses its readers among them at once; of a ketua who names
/// nobody but him or herself too. What was joined to it is the same case, and so is what it was joined to.
///
/// # Errors
/// [`Error::NoSuchTicket`], [`Error::NotOnStaff`], [`Error::Missing`]; [`Error::Refused`] where it is not on the closed path;
/// [`Error::Fault`].
pub fn concern(
    tx: &Tx<'_>,
    office: &Office,
    officer: &Officer,
    (typed, concerns): (&str, &[String]),
    now: DateTime<Utc>,
) -> Result<Done, Error> {
    // Whoever reads a case of the closed path also decides there (A8).
    let ticket = find(tx, office, officer, typed, now)?;
    if !cases::case(office, &ticket).on_closed_path() || ticket.is_retired() {
        return Err(Refusal::OutOfTurn { stage: ticket.stage }.into());
    }
    on_staff(office, concerns)?;
    if concerns.is_empty() {
        return Err(Error::Missing("concerns"));
    }
    let main = main_of(tx, ticket.clone())?;
    let mut family = family(tx, office, &main, true)?;
    family.push(main);
    family.retain(|ticket| cases::case(office, ticket).on_closed_path());
    let mut named = ticket;
    for mut ticket in family {
        let known = ticket.concerns.len();
        for name in concerns {
            if !ticket.concerns.contains(name) {
                ticket.concerns.push(name.clone());
            }
        }
        let new = ticket.concerns.get(known..).unwrap_or_default().join(" ");
        if !new.is_empty() {
            let detail = json!({ "menyangkut": new });
            record(tx, &ticket, (officer, "MENYANGKUT", detail), now)?;
            withholding::take_back_from_staff(tx, office, &ticket, now)?;
        }
        if ticket.id == named.id {
            named = ticket;
        }
    }
    tracing::info!("a step on the closed path");
    Ok(Done::quietly(named))
}

fn on_staff(office: &Office, accounts: &[String]) -> Result<(), Error> {
    let stranger =
        accounts.iter().find(|name| office.staff.find(&OfficerId::from(name.as_str())).is_none());
    stranger.map_or(Ok(()), |name| Err(Error::NotOnStaff(name.clone())))
}

/// The letter that goes with a case to the authorised body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cover {
    /// The authorised body: Inspektorat, direct superior, Majelis Kode Etik.
    pub body: String,
    /// Its number in the office's register of letters.
    pub letter: String,
    /// Its date.
    pub date: NaiveDate,
}

/// T8: handed to the authorised body, and ended here. The citizen was told already that it is in their hands.
///
/// # Errors
/// [`Error::Refused`]; [`Error::Invalid`] for a letter of a day to come, or from before the complaint; [`Error::Fault`].
pub fn hand_over(
    tx: &Tx<'_>,
    office: &Office,
    officer: &Officer,
    (typed, cover): (&str, &Cover),
    now: DateTime<Utc>,
) -> Result<Done, Error> {
    let mut ticket = find(tx, office, officer, typed, now)?;
    let (body, letter) = (cover.body.trim(), cover.letter.trim());
    let action =
        Action::HandOver { body: body.to_owned(), letter: letter.to_owned(), date: cover.date };
    // Who may not learns that first.
    advance(&cases::case(office, &ticket), &action, &actor(officer), now)?;
    check_date(office, &ticket, cover.date, now)?;
    let detail = json!({ "kepada": body, "surat": letter, "tanggal": cover.date.to_string() });
    cases::step(tx, office, &mut ticket, (&action, &actor(officer)), detail, now, |ticket| {
        ticket.closed_as = Some(CloseReason::HandedOver);
    })?;
    Ok(Done::quietly(ticket))
}

/// The letter of a hand-over is written after the complaint came, and not in a day to come: what is recorded is never changed.
///
/// # Errors
/// [`Error::Invalid`].
fn check_date(
    office: &Office,
    ticket: &Ticket,
    date: NaiveDate,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    if date > office.calendar.zone().local(now).date_naive() {
        return Err(wrong_date(date));
    }
    check_is_after_receipt(office, ticket, date)
}

/// No letter about a complaint is older than it.
///
/// # Errors
/// [`Error::Invalid`].
pub(super) fn check_is_after_receipt(
    office: &Office,
    ticket: &Ticket,
    date: NaiveDate,
) -> Result<(), Error> {
    let received = office.calendar.zone().local(ticket.received_at).date_naive();
    if date < received { Err(wrong_date(date)) } else { Ok(()) }
}

fn wrong_date(date: NaiveDate) -> Error {
    Error::Invalid { what: "date of a letter", value: date.to_string() }
}

/// T9: no ethics matter. An anggota gets it as any other complaint, and the citizen reads by when it is answered.
///
/// # Errors
/// [`Error::Refused`], [`Error::NoSuchUnit`], [`Error::NobodyFor`], [`Error::NotAMember`], [`Error::Missing`];
/// [`Error::Fault`].
pub fn unrestrict(
    tx: &Tx<'_>,
    office: &Office,
    officer: &Officer,
    (typed, reason, to): (&str, &str, &Destination<'_>),
    now: DateTime<Utc>,
) -> Result<Done, Error> {
    let mut ticket = find(tx, office, officer, typed, now)?;
    let action = Action::Unrestrict { reason: reason.trim().to_owned() };
    let (unit, category, member) = destination(office, &ticket, to)?;
    let national = national_due(tx, office, &ticket, category)?;
    let detail = json!({
        "sebab": free(reason.trim()),
        "unit": unit.code.as_str(),
        "kategori": category.token(),
        "anggota": member.id.as_str(),
    });
    cases::step(
        tx,
        office,
        &mut ticket,
        (&action, &actor(officer)),
        detail.clone(),
        now,
        |ticket| {
            ticket.restricted_by = None;
            ticket.concerns.clear();
            // The draft that was passed on waits no more.
            ticket.escalated = false;
            going_to(ticket, (unit, category, member));
            ticket.national_due_at = Some(national);
        },
    )?;
    let lifted = family(tx, office, &ticket, true)?;
    let mut give = Vec::new();
    let mut told: Vec<PhoneNumber> = ticket.citizen.iter().cloned().collect();
    let main = ticket.number.to_string();
    for mut joined in lifted {
        // What was decided of a ticket itself stands until it is decided on itself.
        if !is_joined(&joined) && was_sealed_itself(tx, &joined)? {
            continue;
        }
        joined.restricted_by = None;
        joined.concerns.clear();
        record(tx, &joined, (officer, action.token(), with_main(&detail, &main)), now)?;
        owing::forget(tx, joined.id)?;
        // As every other citizen whose ticket is joined: where to ask after it.
        if is_joined(&joined)
            && !joined.is_retired()
            && joined.citizen.as_ref().is_none_or(|own| !told.contains(own))
        {
            told.extend(joined.citizen.clone());
            let told = closing::joined_to(office, &joined, &ticket);
            give.extend(closing::say(tx, office, joined, told, now)?.give);
        }
    }
    let mut done = analysed(tx, office, ticket, now)?;
    done.give.extend(give);
    Ok(done)
}

/// The same facts of a step, with the ticket whose step it was.
fn with_main(detail: &serde_json::Value, main: &str) -> serde_json::Value {
    let mut detail = detail.clone();
    if let Some(facts) = detail.as_object_mut() {
        facts.insert("utama".to_owned(), json!(main));
    }
    detail
}
