//! The cover letter (surat pengantar) with which a case of the closed path goes to the authorised body (T8): what stands in it,
//! before the hand-over, to be signed, and afterwards as it was recorded.
//!
//! It leaves the office, so no number of a person is in it (procedure.md 12.2, 12.7).

use chrono::{DateTime, NaiveDate, Utc};
use serde_json::{Value, json};

use super::officer::{actor, find};
use super::staff::Officer;
use super::{Error, Office, cases, commands, reading, sealing};
use crate::masking;
use crate::store::inbox::Inbound;
use crate::store::tickets::Ticket;
use crate::store::trail::Line;
use crate::store::{Tx, access_log, inbox, tickets, trail};
use crate::ticket::{Action, CloseReason, OfficerId, Refusal, Role, Sight, advance};

/// How the access log calls it.
pub const ACCESS: &str = "letter";

/// How the trail calls it.
const MADE: &str = "SURAT_PENGANTAR";

/// The T-numbers of the steps whose facts stand in the letter.
const RESTRICT: i64 = 7;
const HAND_OVER: i64 = 8;

/// What stands over the office's letters, and where they are dated.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Letterhead {
    /// The first two are names, the rest is the address.
    pub lines: Vec<String>,
    /// Empty: left open.
    pub place: String,
}

/// What is known of the letter before it is recorded; `None` is left open in it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Known {
    /// The authorised body.
    pub body: Option<String>,
    /// Its number in the office's register of letters.
    pub letter: Option<String>,
    /// Its date.
    pub date: Option<NaiveDate>,
}

impl Known {
    /// What the hand-over recorded.
    fn recorded(step: &Line) -> Self {
        let detail = facts(step);
        Self {
            body: text(&detail, "kepada"),
            letter: text(&detail, "surat"),
            date: text(&detail, "tanggal").and_then(|day| day.parse().ok()),
        }
    }

    /// The same without what is empty.
    fn said(self) -> Self {
        let said = |text: Option<String>| {
            text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
        };
        Self { body: said(self.body), letter: said(self.letter), date: self.date }
    }
}

/// What stands in the letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// The case.
    pub ticket: Ticket,
    /// To whom it goes, its number and date.
    pub known: Known,
    /// Whether the case was handed over.
    pub handed_over: bool,
    /// What indicates a breach of the code of ethics.
    pub indication: String,
    /// Names of the officers who are named in the case.
    pub named: Vec<String>,
    /// The citizen's number, masked.
    pub citizen: String,
    /// The complaint as it came; `None`: it could not be read.
    pub text: Option<String>,
    /// What the same citizen wrote to it later, oldest first.
    pub later: Vec<Inbound>,
    /// What was joined to it: the same matter in the words of others.
    pub joined: Vec<Joined>,
    /// Who signs, by name.
    pub signer: String,
    /// As what: ketua or pengarah.
    pub signer_role: Role,
}

/// A complaint that was joined to the case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Joined {
    /// Its ticket.
    pub ticket: Ticket,
    /// Its citizen's number, masked.
    pub citizen: String,
    /// The complaint as it came; `None`: it could not be read.
    pub text: Option<String>,
    /// What its citizen wrote to it later, oldest first.
    pub later: Vec<Inbound>,
}

/// Makes the letter. Who it was made by is noted in the access log and in the trail.
///
/// # Errors
/// [`Error::NoSuchTicket`] for whom the case does not exist; [`Error::Refused`] where it is on no closed path, for whoever may not
/// hand it over, and where something else is wanted of a letter than what was recorded; [`Error::Invalid`] for a day before the
/// complaint; [`Error::Fault`].
pub fn make(
    tx: &Tx<'_>,
    office: &Office,
    officer: &Officer,
    (typed, known): (&str, Known),
    now: DateTime<Utc>,
) -> Result<Letter, Error> {
    let ticket = find(tx, office, officer, typed, now)?;
    let known = known.said();
    let lines = trail::of_ticket(tx, ticket.id)?;
    let last = |number: i64| lines.iter().rfind(|line| line.transition == Some(number));
    let handed_over = last(HAND_OVER).filter(|_| ticket.closed_as == Some(CloseReason::HandedOver));
    let case = cases::case(office, &ticket);
    let (known, signer) = match handed_over {
        Some(step) if known == Known::default() => {
            // As of the hand-over itself: whoever is named in the case has no part in it (A8).
            if case.concerns.contains(&officer.id) {
                return Err(Refusal::NotPermitted.into());
            }
            let signed_by = office.staff.find(&OfficerId::from(step.actor.as_str()));
            (Known::recorded(step), signed_by.unwrap_or(officer))
        }
        Some(_) | None => {
            let action = Action::HandOver {
                body: "-".to_owned(),
                letter: "-".to_owned(),
                date: NaiveDate::default(),
            };
            advance(&case, &action, &actor(officer), now)?;
            // It may be signed on a later day, but what is dated before the complaint could not be recorded.
            if let Some(date) = known.date {
                sealing::check_is_after_receipt(office, &ticket, date)?;
            }
            (known, officer)
        }
    };
    let detail = json!({
        "kepada": known.body, "surat": known.letter, "tanggal": known.date.map(|day| day.to_string()),
    });
    access_log::note(tx, officer.id.as_str(), ACCESS, Some(ticket.id), "", now)?;
    cases::remark(tx, ticket.id, officer.id.as_str(), MADE, detail, now)?;
    let until = handed_over.map_or(now, |step| step.at);
    let (text, later) = messages(tx, &ticket, until)?;
    let joined = joined(tx, office, &ticket, until)?;
    let name = |account: &String| {
        let officer = office.staff.find(&OfficerId::from(account.as_str()));
        officer.map_or_else(|| account.clone(), |officer| officer.name.clone())
    };
    Ok(Letter {
        known,
        handed_over: handed_over.is_some(),
        indication: last(RESTRICT)
            .and_then(|step| self::text(&facts(step), "indikasi"))
            .map(|said| masking::numbers(&said))
            .unwrap_or_default(),
        named: ticket.concerns.iter().map(name).collect(),
        citizen: citizen(&ticket, case.secret),
        text,
        later,
        joined,
        signer: signer.name.clone(),
        signer_role: if signer.is(Role::Chair) { Role::Chair } else { Role::Director },
        ticket,
    })
}

/// What was joined to a case, with what its citizens wrote up to `until`.
fn joined(
    tx: &Tx<'_>,
    office: &Office,
    ticket: &Ticket,
    until: DateTime<Utc>,
) -> Result<Vec<Joined>, Error> {
    let of = |ticket: Ticket| {
        let (text, later) = messages(tx, &ticket, until)?;
        let citizen = citizen(&ticket, cases::case(office, &ticket).secret);
        Ok(Joined { ticket, citizen, text, later })
    };
    tickets::joined_to(tx, ticket.id)?.into_iter().map(of).collect()
}

/// The citizen's number as it may leave the office.
fn citizen(ticket: &Ticket, secret: bool) -> String {
    let is_kept = ticket.citizen.as_ref().is_some_and(|number| !number.is_pseudonym());
    if !is_kept {
        return "-".to_owned();
    }
    // Who asked to be kept secret is known to petugas and ketua only (A19).
    reading::number_as_seen(ticket, if secret { Sight::Nothing } else { Sight::Masked })
}

/// The complaint as it came, and what was added to it up to `until`; nobody's number can be read in either. What was only sent
/// once more is there already.
fn messages(
    tx: &Tx<'_>,
    ticket: &Ticket,
    until: DateTime<Utc>,
) -> Result<(Option<String>, Vec<Inbound>), Error> {
    const AGAIN: &str = "BERULANG";
    let mut messages = inbox::of_ticket(tx, ticket.id)?;
    for message in &mut messages {
        message.text = message.text.as_deref().map(masking::numbers);
        message.sender.clear();
    }
    let is = |message: &Inbound, outcome: &str| message.outcome.as_deref() == Some(outcome);
    let first = messages.iter().position(|message| is(message, "ticket"));
    let text = match first {
        Some(first) => messages.swap_remove(first).text,
        None => Some(masking::numbers(&ticket.body)),
    };
    messages.retain(|message| {
        // Whoever asks after a case may tell more of it in the same message.
        let tells = message.text.as_deref().is_some_and(commands::tells_more);
        message.received_at <= until
            && message.reason.as_deref() != Some(AGAIN)
            && (is(message, "addition") || (is(message, "command") && tells))
    });
    messages.sort_by_key(|message| message.id);
    Ok((text, messages))
}

fn facts(step: &Line) -> Value {
    serde_json::from_str(&step.detail).unwrap_or_default()
}

fn text(detail: &Value, key: &str) -> Option<String> {
    detail.get(key).and_then(Value::as_str).map(str::to_owned)
}
