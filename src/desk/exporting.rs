//! The export for LAPOR! (procedure.md section 7, PermenPANRB 62/2018): the complaints of a period, whole. SP4N has no public interface
//! to write to, so it is fed by hand from what stands here. Of the closed path nothing, not even how many; of specific data how many
//! (12.8), and of what nobody has sorted yet (section 5); of a one-time code no text; numbers of persons masked everywhere (12.2).

use chrono::{DateTime, NaiveDate, Utc};

use super::recap::Month;
use super::staff::Officer;
use super::{Error, Office, cases, giving};
use crate::complaint::{self, Flag};
use crate::masking;
use crate::store::tickets::Ticket;
use crate::store::{Tx, access_log, drafts, inbox, outbox, tickets};
use crate::ticket::{CloseReason, Role, Stage};

/// Complaints of one export: a thousand a day for a month.
pub const ROWS_MAX: usize = 30_000;

/// As the access log calls it.
const ACCESS: &str = "export";

/// What is exported.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Wanted {
    /// First local day of receipt; of this month, where none is said.
    pub from: Option<NaiveDate>,
    /// Last local day of receipt; where none is said, that of the first one's month.
    pub to: Option<NaiveDate>,
    /// Code or alias.
    pub unit: Option<String>,
}

/// The complaints of a period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exported {
    /// First and last day.
    pub days: (NaiveDate, NaiveDate),
    /// In the order of receipt.
    pub complaints: Vec<Complaint>,
    /// How many were left out, or texts of how many that were joined, since they hold specific data.
    pub specific: usize,
    /// How many were left out, since no petugas has sorted them: what they are, a complaint or a matter of the closed path, only the system
    /// has guessed.
    pub unsorted: usize,
    /// There are more than one export holds.
    pub more: bool,
}

/// One complaint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Complaint {
    /// As it is stored.
    pub ticket: Ticket,
    /// It holds a one-time code, and its texts are left out.
    pub holds_otp: bool,
    /// What its citizen wrote, and those whose tickets were joined to it, in the order of time.
    pub texts: Vec<Text>,
    /// What was answered, as it was sent or given.
    pub answers: Vec<Text>,
}

/// A text with its time, numbers of persons masked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// When it came, or was sent.
    pub at: DateTime<Utc>,
    /// Its words; none where they hold a one-time code.
    pub text: String,
}

impl Text {
    fn of(at: DateTime<Utc>, text: &str) -> Self {
        Self { at, text: masking::numbers(text) }
    }
}

/// Notes who exports what, before anything is told (12.3).
///
/// # Errors
/// [`Error::NotPermitted`] for whoever is neither petugas nor ketua; [`Error::Invalid`] for days in the wrong order,
/// [`Error::NoSuchUnit`]; [`Error::Fault`].
pub fn note(
    tx: &Tx<'_>,
    office: &Office,
    officer: &Officer,
    wanted: &Wanted,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let ((from, to), unit) = read(office, officer, wanted, now)?;
    let mut detail = format!("{from} s.d. {to}");
    if let Some(unit) = unit {
        detail.extend([" ", &unit]);
    }
    access_log::note(tx, officer.id.as_str(), ACCESS, None, &detail, now)?;
    Ok(())
}

/// The complaints that were received in the period.
///
/// # Errors
/// As [`note`].
pub fn export(
    tx: &Tx<'_>,
    office: &Office,
    officer: &Officer,
    wanted: &Wanted,
    now: DateTime<Utc>,
) -> Result<Exported, Error> {
    let (days, unit) = read(office, officer, wanted, now)?;
    let zone = office.calendar.zone();
    let until = zone.midnight(days.1.succ_opt().unwrap_or(NaiveDate::MAX));
    let mut exported =
        Exported { days, complaints: Vec::new(), specific: 0, unsorted: 0, more: false };
    for id in tickets::received_between(tx, zone.midnight(days.0), until)? {
        let Some(ticket) = tickets::by_id(tx, id)? else { continue };
        let is_wanted = unit.is_none() || cases::case(office, &ticket).unit == unit;
        if !is_wanted || !is_exported(office, &ticket) {
            continue;
        }
        if exported.complaints.len() == ROWS_MAX {
            exported.more = true;
            break;
        }
        if cases::case(office, &ticket).specific {
            exported.specific += 1;
        } else if is_unsorted(&ticket) {
            exported.unsorted += 1;
        } else {
            let (complaint, specific) = complaint(tx, office, ticket)?;
            exported.complaints.push(complaint);
            exported.specific += specific;
        }
    }
    Ok(exported)
}

/// First and last day, and the unit's code.
fn read(
    office: &Office,
    officer: &Officer,
    wanted: &Wanted,
    now: DateTime<Utc>,
) -> Result<((NaiveDate, NaiveDate), Option<String>), Error> {
    if !officer.is(Role::Operator) && !officer.is(Role::Chair) {
        return Err(Error::NotPermitted);
    }
    let zone = office.calendar.zone();
    let month = |at| Month::of(zone, at).map(Month::days);
    let today = zone.local(now).date_naive();
    let (from, to) = match (wanted.from, wanted.to) {
        (Some(from), Some(to)) => (from, to),
        (Some(from), None) => {
            (from, month(zone.midnight(from)).map_or(from, |(_, last)| last).max(from))
        }
        (None, Some(to)) => (month(zone.midnight(to)).map_or(to, |(first, _)| first), to),
        (None, None) => month(now).unwrap_or((today, today)),
    };
    in_order(Some(from), Some(to))?;
    let unit = match &wanted.unit {
        None => None,
        Some(typed) => {
            let unit = office.directory.find_beside_hash(typed);
            Some(unit.ok_or_else(|| Error::NoSuchUnit(typed.clone()))?.code.to_string())
        }
    };
    Ok(((from, to), unit))
}

/// Two days, where both are said, are a period in this order.
///
/// # Errors
/// [`Error::Invalid`] where the first comes after the last.
pub(super) fn in_order(from: Option<NaiveDate>, to: Option<NaiveDate>) -> Result<(), Error> {
    match (from, to) {
        (Some(from), Some(to)) if from > to => {
            Err(Error::Invalid { what: "period", value: from.to_string() })
        }
        _ => Ok(()),
    }
}

/// Whether it is a complaint of its own that LAPOR! may hear of. What was joined to another one is told there; of what the retention
/// or its citizen has destroyed nothing is left to tell.
fn is_exported(office: &Office, ticket: &Ticket) -> bool {
    use CloseReason as R;
    let is_complaint = !matches!(
        ticket.closed_as,
        Some(R::Spam | R::Abuse | R::NotAComplaint | R::Duplicate | R::HandedOver)
    );
    is_complaint && !is_destroyed(ticket) && !cases::case(office, ticket).on_closed_path()
}

/// Whether nobody has said yet what it is (section 5: a person decides): it waits to be sorted, or for its citizen before that, or ended
/// by its citizen or the time while it did.
fn is_unsorted(ticket: &Ticket) -> bool {
    use CloseReason as R;
    let stage = ticket.before_pause.filter(|_| ticket.stage == Stage::WaitingCitizen);
    let is_new = stage.unwrap_or(ticket.stage) == Stage::New;
    let has_ended_by_itself = matches!(ticket.closed_as, Some(R::Withdrawn | R::Incomplete));
    ticket.category.is_none() && (is_new || has_ended_by_itself)
}

fn is_destroyed(ticket: &Ticket) -> bool {
    ticket
        .citizen
        .as_ref()
        .is_some_and(|number| number.reveal() == crate::phone::PhoneNumber::NOBODY)
}

/// One line, and how many joined tickets hold specific data.
fn complaint(tx: &Tx<'_>, office: &Office, ticket: Ticket) -> Result<(Complaint, usize), Error> {
    let holds =
        |ticket: &Ticket, flag: Flag| ticket.flags.iter().any(|other| other == flag.token());
    let holds_otp = holds(&ticket, Flag::Otp);
    let (mut texts, mut specific) = (Vec::new(), 0);
    let joined = tickets::joined_to(tx, ticket.id)?;
    for one in std::iter::once(&ticket).chain(&joined) {
        let case = cases::case(office, one);
        if case.on_closed_path() || is_destroyed(one) || holds(one, Flag::Otp) {
            continue;
        }
        if case.specific {
            specific += 1;
            continue;
        }
        let messages = inbox::of_ticket(tx, one.id)?
            .into_iter()
            .filter(|message| matches!(message.outcome.as_deref(), Some("ticket" | "addition")));
        texts.extend(messages.filter_map(|message| {
            let text = message.text?;
            // What was added bears no flag of its own on the ticket.
            let is_told = !complaint::read(&text, &office.directory).flags.contains(&Flag::Otp);
            Some(Text::of(message.received_at, if is_told { &text } else { "" }))
        }));
    }
    texts.sort_by_key(|text: &Text| text.at);
    let sent = outbox::of_ticket(tx, ticket.id)?;
    let mut answers = Vec::new();
    for draft in drafts::of_ticket(tx, ticket.id)? {
        let Some(at) = draft.sent_at else { continue };
        let text = sent
            .iter()
            .find(|text| text.draft_id == Some(draft.id) && !text.taken_back)
            .map_or_else(|| giving::text_of(office, &ticket, &draft), |text| text.body.clone());
        answers.push(Text::of(at, &text));
    }
    answers.sort_by_key(|answer| answer.at);
    Ok((Complaint { ticket, holds_otp, texts, answers }, specific))
}
