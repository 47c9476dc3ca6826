//! The closed path of ethics cases: T7 to T9. From here on the ticket exists for the ketua who is not named in it and for the
//! pengarah only (procedure.md 12.7).

use chrono::{DateTime, NaiveDate, Utc};
use serde_json::json;

use super::officer::{Destination, Done, actor, destination, find, going_to, national_due, notice};
use super::staff::Officer;
use super::{Error, Office, bank, cases};
use crate::store::{Tx, drafts};
use crate::ticket::{Action, Category, CloseReason, OfficerId};
use crate::words::{Blank, Key};

/// T7: moved to the closed path, with what indicates it and who of the office is named in it. A draft that waits for its
/// decision waits no more, and what came from it into the answer bank goes out of it. The citizen reads neither matter nor unit.
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
    for account in concerns {
        if office.staff.find(&OfficerId::from(account.as_str())).is_none() {
            return Err(Error::NotOnStaff(account.clone()));
        }
    }
    let action = Action::Restrict { indication: indication.to_owned() };
    let national = national_due(tx, office, &ticket, Category::Oversight)?;
    let detail = json!({ "indikasi": indication, "menyangkut": concerns.join(" ") });
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
    let number = ticket.number.to_string();
    notice(tx, office, ticket, Key::Tertutup, &[(Blank::No, &*number)], now)
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
/// [`Error::Refused`]; [`Error::Fault`].
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
    let detail = json!({ "kepada": body, "surat": letter, "tanggal": cover.date.to_string() });
    cases::step(tx, office, &mut ticket, (&action, &actor(officer)), detail, now, |ticket| {
        ticket.closed_as = Some(CloseReason::HandedOver);
    })?;
    Ok(Done::quietly(ticket))
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
    let detail = json!({ "sebab": reason.trim(), "unit": unit.code.as_str(), "kategori": category.token(), "anggota": member.id.as_str() });
    cases::step(tx, office, &mut ticket, (&action, &actor(officer)), detail, now, |ticket| {
        ticket.restricted_by = None;
        ticket.concerns.clear();
        going_to(ticket, (unit, category, member));
        ticket.national_due_at = Some(national);
    })?;
    let (number, unit) = (ticket.number.to_string(), unit.code.to_string());
    let due = office.calendar.zone().short(ticket.answer_due_at);
    let values = [(Blank::No, &*number), (Blank::Unit, &*unit), (Blank::Batas, &*due)];
    notice(tx, office, ticket, Key::Ditelaah, &values, now)
}
