//! A sent answer was wrong: it stays as it is, and a second one follows it, which begins with RALAT (A24, T24). What is wrong
//! about a received text is written beside it (9.4, rule 2).

use chrono::{DateTime, Utc};
use serde_json::json;

use super::officer::{Done, actor, find};
use super::staff::Officer;
use super::turning::turn;
use super::{Error, Office, cases};
use crate::store::tickets::Ticket;
use crate::store::trail_words::free;
use crate::store::{Fault, Tx, answers, drafts, trail};
use crate::ticket::{Action, Role, reads_a_copy};

/// How a second answer begins.
pub const MARK: &str = "RALAT:";

/// T24: the ticket is analysed once more, by whoever had it, and goes the way of every answer. The first answer stays.
///
/// # Errors
/// [`Error::Refused`]; [`Error::Fault`].
pub fn correct(
    tx: &Tx<'_>,
    office: &Office,
    officer: &Officer,
    (typed, reason): (&str, &str),
    now: DateTime<Utc>,
) -> Result<Done, Error> {
    let action = |reason| Action::Correct { reason };
    let done = turn(tx, office, officer, (typed, reason), (action, now), |ticket| {
        // What was answered from the bank had nobody to analyse it.
        if ticket.assignee.is_none() {
            let unit = cases::present(office, ticket.unit.as_deref().unwrap_or_default());
            let member = office.staff.member_or_chair(&unit);
            ticket.assignee = member.map(|member| member.id.as_str().to_owned());
        }
    })?;
    let notes = notes_beside(tx, &done.ticket)?;
    Ok(Done { notes, ..done })
}

/// Whether what is drafted now corrects an answer: since RALAT nothing was sent, objected to, or opened again.
///
/// # Errors
/// [`Fault`] of the database.
pub(super) fn is_under_way(tx: &Tx<'_>, ticket: &Ticket) -> Result<bool, Fault> {
    const SENT_OBJECTED_OPENED: [i64; 3] = [16, 21, 23];
    const CORRECT: i64 = 24;
    let lines = trail::of_ticket(tx, ticket.id)?;
    let last = lines
        .iter()
        .filter_map(|line| line.transition)
        .rfind(|number| *number == CORRECT || SENT_OBJECTED_OPENED.contains(number));
    Ok(last == Some(CORRECT))
}

/// The notes of the answer bank, in use or proposed, by which others may read what is corrected: the one that the wrong answer was taken
/// from, and those that were taken from this ticket. Nobody but a person knows whether they are wrong too.
///
/// # Errors
/// [`Fault`] of the database.
pub(super) fn notes_beside(tx: &Tx<'_>, ticket: &Ticket) -> Result<Vec<i64>, Fault> {
    let mut notes = answers::from_ticket(tx, ticket.id)?;
    let taken = drafts::last_sent(tx, ticket.id)?.and_then(|sent| sent.content.answer_id);
    let taken = taken.map(|note| answers::find(tx, note)).transpose()?.flatten();
    notes.extend(taken.filter(|note| note.withdrawn_at.is_none()).map(|note| note.id));
    notes.sort_unstable();
    notes.dedup();
    Ok(notes)
}

/// A wording with the mark in front, once.
pub(super) fn marked(wording: &str) -> String {
    let wording = wording.trim();
    if wording.is_empty() || unmarked(wording) != wording {
        wording.to_owned()
    } else {
        format!("{MARK} {wording}")
    }
}

/// A wording without the mark in front, whichever way its writer set it: the word with a sign behind it, or in capitals before a text
/// that is not. "Ralat akta kelahiran diurus di loket 3" speaks of something else.
pub(super) fn unmarked(wording: &str) -> &str {
    const SIGNS: [char; 5] = [':', '-', '.', ',', ';'];
    let wording = wording.trim();
    let word_ends = wording.find(|sign: char| !sign.is_alphanumeric()).unwrap_or(wording.len());
    let (word, behind) = wording.split_at(word_ends);
    if !word.eq_ignore_ascii_case("ralat") {
        return wording;
    }
    let text = behind.trim_start();
    // A hyphen inside of a word is none behind it.
    if let Some(rest) = text.strip_prefix(SIGNS)
        && (text.starts_with(':') || rest.is_empty() || rest.starts_with(char::is_whitespace))
    {
        return rest.trim_start();
    }
    let next = text.split_whitespace().next().unwrap_or_default();
    let stands_out = word.chars().all(char::is_uppercase) && next.contains(char::is_lowercase);
    if stands_out { text } else { wording }
}

/// A remark beside what a ticket holds, by whoever may act on it.
///
/// # Errors
/// [`Error::NotPermitted`], [`Error::Missing`], [`Error::NoSuchTicket`]; [`Error::Fault`].
pub fn note(
    tx: &Tx<'_>,
    office: &Office,
    officer: &Officer,
    (typed, text): (&str, &str),
    now: DateTime<Utc>,
) -> Result<Done, Error> {
    let ticket = find(tx, office, officer, typed, now)?;
    let case = cases::case(office, &ticket);
    // The pengarah sees everything, and acts where it is the pengarah's to decide (A23).
    let decides = case.on_closed_path() || case.is_judged_by(Role::Director);
    let acts = [Role::Operator, Role::Member, Role::Chair].iter().any(|role| officer.is(*role))
        || (officer.is(Role::Director) && decides);
    if !acts || reads_a_copy(&case, &actor(officer)) {
        return Err(Error::NotPermitted);
    }
    let text = text.trim();
    if text.is_empty() {
        return Err(Error::Missing("text"));
    }
    let detail = json!({ "isi": free(text) });
    cases::remark(tx, ticket.id, officer.id.as_str(), "CATATAN", detail, now)?;
    Ok(Done::quietly(ticket))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mark_is_set_once_and_taken_off_again() {
        for (written, text) in [
            ("Poli anak buka Senin.", "Poli anak buka Senin."),
            ("RALAT: Poli anak buka Senin.", "Poli anak buka Senin."),
            ("ralat - poli anak buka Senin.", "poli anak buka Senin."),
            ("Ralat. Poli anak buka Senin.", "Poli anak buka Senin."),
            ("Ralat:Poli anak", "Poli anak"),
            ("RALAT Poli anak buka Senin.", "Poli anak buka Senin."),
        ] {
            assert_eq!(unmarked(written), text);
            assert_eq!(unmarked(&marked(written)), text);
            assert_eq!(marked(&marked(written)), marked(written));
        }
        assert_eq!((marked(" "), unmarked("RALAT:")), (String::new(), ""));
    }

    #[test]
    fn a_text_about_a_correction_is_no_mark() {
        for text in [
            "Ralat akta kelahiran diurus di loket 3.",
            "RALAT AKTA KELAHIRAN DIURUS DI LOKET 3.",
            "Ralat-meralat akta diurus di loket 3.",
            "Ralatnya: datang ke loket 3.",
            "Ini ralat: datang ke loket 3.",
        ] {
            assert_eq!(unmarked(text), text);
            assert_eq!(marked(text), format!("RALAT: {text}"));
        }
    }
}
