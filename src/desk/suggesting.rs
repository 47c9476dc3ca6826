//! Answers on record: which notes of the answer bank are like a complaint. They help and never decide (procedure.md section 5).

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use chrono::NaiveDate;

use super::likeness::{Weighed, likeness};
use crate::complaint::{Directory, terms, terms_digest};
use crate::store::answers::{self, Answer, Found, Indexed};
use crate::store::tickets::Ticket;
use crate::store::{Fault, Tx};
use crate::ticket::{Actor, Role, Stage};

/// Notes that are suggested for one complaint.
pub const SUGGESTED_MAX: usize = 3;

/// Percent below which a note is not suggested: more of them would be noise.
pub const WEAK: u8 = 30;

/// Percent from which on a note is said to be moderately like the complaint.
pub const FAIR: u8 = 45;

/// Percent from which on it is said to be very like it.
pub const STRONG: u8 = 60;

/// Notes that FTS5 hands over to be weighed.
const CANDIDATES: i64 = 32;

/// Lines of an inbox that a suggestion is looked for, the first due: beyond them nobody looks at once.
pub const LINES_MAX: usize = 250;

/// Of them, lines that are looked up for one inbox: what is not remembered yet when the bank has changed comes with the next ones,
/// so that no inbox waits for it.
const LOOKED_UP_MAX: usize = 64;

/// Lines that are remembered at most.
const REMEMBERED_MAX: usize = 4 * LINES_MAX;

/// A note, and how like the complaint is to what it answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// The note.
    pub answer: Answer,
    /// Percent.
    pub score: u8,
}

/// A suggestion in a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hint {
    /// The note's number.
    pub note: i64,
    /// What it answers.
    pub matter: String,
    /// Percent.
    pub score: u8,
}

/// What a note is found by. Its blanks say nothing.
pub fn indexed(matter: &str, wording: &str) -> Indexed {
    let mut plain = String::with_capacity(wording.len());
    let mut rest = wording;
    while let Some((before, behind)) = rest.split_once('{') {
        plain.push_str(before);
        plain.push(' ');
        rest = behind.split_once('}').map_or(behind, |(_, rest)| rest);
    }
    plain.push_str(rest);
    Indexed { matter: terms(matter).join(" "), wording: terms(&plain).join(" ") }
}

/// Makes the index anew where it was made by other rules; how many notes it then holds.
///
/// # Errors
/// [`Fault`] of the database.
pub fn index(tx: &Tx<'_>) -> Result<Option<usize>, Fault> {
    let digest = terms_digest();
    if answers::indexed_by(tx)?.is_some_and(|(by, _)| by == digest) {
        return Ok(None);
    }
    answers::index_anew(tx, &digest, |note| indexed(&note.matter, &note.wording)).map(Some)
}

/// Whether somebody is shown suggestions for a ticket: who may answer it at once (T2), and who writes its answer.
pub fn may_use(ticket: &Ticket, actor: &Actor<'_>) -> bool {
    match ticket.stage {
        Stage::New => actor.is(Role::Operator) || actor.is(Role::Chair),
        Stage::Analysis => actor.is(Role::Member) || actor.is(Role::Chair),
        Stage::WaitingCitizen
        | Stage::Approval
        | Stage::ReadyToSend
        | Stage::Answered
        | Stage::FollowUp
        | Stage::Finished
        | Stage::EthicsClosed
        | Stage::Closed => false,
    }
}

/// Who looks for notes, with what it has learnt of terms: one for all lines of an inbox.
struct Search<'t, 'c> {
    tx: &'t Tx<'c>,
    directory: &'t Directory,
    today: NaiveDate,
    notes: i64,
    holders: HashMap<String, i64>,
}

impl<'t, 'c> Search<'t, 'c> {
    fn new(tx: &'t Tx<'c>, directory: &'t Directory, today: NaiveDate) -> Result<Self, Fault> {
        Ok(Self { tx, directory, today, notes: answers::indexed(tx)?, holders: HashMap::new() })
    }

    fn holders(&mut self, term: &str) -> Result<i64, Fault> {
        if let Some(known) = self.holders.get(term) {
            return Ok(*known);
        }
        let notes = answers::notes_with(self.tx, term)?;
        self.holders.insert(term.to_owned(), notes);
        Ok(notes)
    }

    /// The notes most like `text`, those of `unit` in front.
    fn find(&mut self, text: &str, unit: Option<&str>) -> Result<Vec<Suggestion>, Fault> {
        let terms = terms(text);
        let found = answers::search(self.tx, &terms, self.today, CANDIDATES)?;
        if found.is_empty() {
            return Ok(Vec::new());
        }
        let mut question = Vec::with_capacity(terms.len());
        for term in terms {
            let notes = self.holders(&term)?;
            question.push(Weighed::new(term, notes, self.notes));
        }
        let mut suggestions = Vec::new();
        for Found { answer, terms } in found {
            let matter: Vec<&str> = terms.matter.split_whitespace().collect();
            let wording: Vec<&str> = terms.wording.split_whitespace().collect();
            for term in &matter {
                self.holders(term)?;
            }
            let score = likeness(&question, &matter, &wording, |term| {
                (self.holders.get(term).copied().unwrap_or_default(), self.notes)
            });
            if score >= WEAK {
                suggestions.push(Suggestion { answer, score });
            }
        }
        // A note of another unit cannot be sent (T2); it hints that the complaint is another unit's, where it is very like it.
        let own = |suggestion: &Suggestion| unit.is_none_or(|unit| suggestion.answer.unit == unit);
        // A note from before a new name is shown as the ticket's unit's own.
        for suggestion in &mut suggestions {
            let noted = &mut suggestion.answer.unit;
            if let Some(unit) = unit.filter(|unit| self.directory.is_same(unit, noted)) {
                unit.clone_into(noted);
            }
        }
        suggestions.retain(|suggestion| own(suggestion) || suggestion.score >= STRONG);
        suggestions.sort_by_key(|suggestion| {
            (!own(suggestion), std::cmp::Reverse(suggestion.score), suggestion.answer.id)
        });
        suggestions.truncate(SUGGESTED_MAX);
        Ok(suggestions)
    }
}

/// The notes that may be sent on `today` and are most like the complaint, at most three; those of `unit` in front.
///
/// # Errors
/// [`Fault`] of the database.
pub fn suggest(
    tx: &Tx<'_>,
    directory: &Directory,
    (text, unit): (&str, Option<&str>),
    today: NaiveDate,
) -> Result<Vec<Suggestion>, Fault> {
    Search::new(tx, directory, today)?.find(text, unit)
}

/// What was suggested for the lines of an inbox. A complaint does not change: it is looked up once for each unit, each version
/// of the bank, and each day.
#[derive(Debug, Default)]
pub struct Remembered(Mutex<Memory>);

#[derive(Debug, Default)]
struct Memory {
    /// Version of the index, and the day.
    holds_for: Option<(i64, NaiveDate)>,
    /// By ticket and its unit.
    hints: HashMap<(i64, Option<String>), Option<Hint>>,
}

/// The best note that could be sent, for each of the first new tickets of an inbox, by the ticket's row.
///
/// # Errors
/// [`Fault`] of the database.
pub fn hints(
    tx: &Tx<'_>,
    directory: &Directory,
    remembered: &Remembered,
    (tickets, actor): (&[Ticket], &Actor<'_>),
    today: NaiveDate,
) -> Result<HashMap<i64, Hint>, Fault> {
    let new = |ticket: &&Ticket| ticket.stage == Stage::New && may_use(ticket, actor);
    let tickets: Vec<&Ticket> = tickets.iter().filter(new).take(LINES_MAX).collect();
    if tickets.is_empty() {
        return Ok(HashMap::new());
    }
    let version = answers::indexed_by(tx)?.map_or(0, |(_, version)| version);
    // What a search that died has left is whole: each hint is put there in one step.
    let mut memory = remembered.0.lock().unwrap_or_else(PoisonError::into_inner);
    if memory.holds_for != Some((version, today)) || memory.hints.len() > REMEMBERED_MAX {
        *memory = Memory { holds_for: Some((version, today)), hints: HashMap::new() };
    }
    let (mut search, mut looked_up) = (None, 0);
    let mut hints = HashMap::new();
    for ticket in tickets {
        let key = (ticket.id, ticket.unit.clone());
        let hint = if let Some(hint) = memory.hints.get(&key) {
            hint.clone()
        } else if looked_up == LOOKED_UP_MAX {
            continue;
        } else {
            looked_up += 1;
            let search = match &mut search {
                Some(search) => search,
                none => none.insert(Search::new(tx, directory, today)?),
            };
            let hint = search.hint(ticket)?;
            memory.hints.insert(key, hint.clone());
            hint
        };
        hints.extend(hint.map(|hint| (ticket.id, hint)));
    }
    Ok(hints)
}

impl Search<'_, '_> {
    /// The first suggestion for a ticket that could be sent.
    fn hint(&mut self, ticket: &Ticket) -> Result<Option<Hint>, Fault> {
        let unit = ticket.unit.as_deref();
        let first = self.find(&ticket.body, unit)?.into_iter().next();
        Ok(first.filter(|first| unit.is_none_or(|unit| first.answer.unit == unit)).map(
            |Suggestion { answer, score }| Hint { note: answer.id, matter: answer.matter, score },
        ))
    }
}
