//! Finding tickets by their words, their citizen or their time, newest first and never all of them.
//!
//! The words of each ticket stand in an index of FTS5 that triggers keep in step (`schema.sql`). What somebody typed reaches it
//! as quoted words only: no operator of FTS5's language does.

use chrono::{DateTime, Utc};
use rusqlite::{OptionalExtension, named_params};

use super::tickets::{self, Ticket};
use super::{Fault, Tx, seconds};

/// Tickets that a search looks at before it gives up. Each takes microseconds, and older hits are told to be there.
const LOOKED_AT_MAX: usize = 5_000;

/// Words that a search may have, and characters of each.
const WORDS_MAX: usize = 10;
const WORD_MAX: usize = 40;

/// Characters that the beginning of a word must have: shorter ones begin too many words.
const BEGINNING_MIN: usize = 3;

/// Words in the language of FTS5, each in quotes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words(String);

impl Words {
    /// Reads what somebody typed: all words must occur, `jal*` stands for every word that begins so. `None`: no letter and no
    /// digit is in it, or too many are, or too few stand before a `*`.
    pub fn read(typed: &str) -> Option<Self> {
        let mut quoted = Vec::new();
        for typed in typed.split_whitespace() {
            let is_beginning = typed.ends_with('*');
            let mut pieces = typed
                .split(|character: char| !character.is_alphanumeric())
                .filter(|piece| !piece.is_empty())
                .peekable();
            while let Some(piece) = pieces.next() {
                let length = piece.chars().count();
                if length > WORD_MAX {
                    return None;
                }
                let is_beginning = is_beginning && pieces.peek().is_none();
                if is_beginning && length < BEGINNING_MIN {
                    return None;
                }
                quoted.push(format!("\"{piece}\"{}", if is_beginning { "*" } else { "" }));
            }
        }
        ((1..=WORDS_MAX).contains(&quoted.len())).then(|| Self(quoted.join(" ")))
    }
}

/// What is looked for; what is `None` is not looked at.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Query {
    /// Words that must occur.
    pub words: Option<Words>,
    /// The citizen, E.164.
    pub citizen: Option<String>,
    /// Only tickets that one of these codes (separated by spaces) answers, or those of which somebody gets a copy.
    pub units: Option<String>,
    /// Stage token.
    pub stage: Option<String>,
    /// Received from this time on.
    pub from: Option<DateTime<Utc>>,
    /// Received before this time.
    pub until: Option<DateTime<Utc>>,
    /// Only tickets of these units (separated by spaces), or in these hands, or those of which somebody gets a copy.
    pub within: Option<(String, String)>,
}

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Found {
    /// Newest first.
    pub tickets: Vec<Ticket>,
    /// Whether there are more, or may be.
    pub more: bool,
}

/// Looks for tickets that `is_seen`, at most `limit` of them.
///
/// # Errors
/// [`Fault`] of the database.
pub fn find(
    tx: &Tx<'_>,
    query: &Query,
    limit: usize,
    mut is_seen: impl FnMut(&Ticket) -> bool,
) -> Result<Found, Fault> {
    let bounds = (query.from.map_or(i64::MIN, seconds), query.until.map_or(i64::MAX, seconds));
    let mut found = Found::default();
    let mut look = |id: i64, looked_at: usize| -> Result<bool, Fault> {
        if looked_at > LOOKED_AT_MAX {
            found.more = true;
            return Ok(false);
        }
        if !fits(tx, query, bounds, id)? {
            return Ok(true);
        }
        let Some(ticket) = tickets::by_id(tx, id)?.filter(&mut is_seen) else { return Ok(true) };
        found.more = found.tickets.len() == limit;
        if !found.more {
            found.tickets.push(ticket);
        }
        Ok(!found.more)
    };
    let (from, until) = bounds;
    let mut looked_at = 0;
    let mut each = |row: &rusqlite::Row<'_>| -> Result<bool, Fault> {
        looked_at += 1;
        look(row.get(0)?, looked_at)
    };
    match (&query.citizen, &query.words) {
        (Some(citizen), _) => {
            let mut statement = tx.connection.prepare_cached(
                "SELECT id FROM ticket
                  WHERE citizen = ?1 AND received_at >= ?2 AND received_at < ?3
                  ORDER BY received_at DESC, id DESC",
            )?;
            let mut rows = statement.query((citizen, from, until))?;
            while let Some(row) = rows.next()? {
                if !each(row)? {
                    break;
                }
            }
        }
        (None, Some(words)) => {
            let (first, last) = rows_between(tx, query)?;
            let mut statement = tx.connection.prepare_cached(
                "SELECT rowid FROM ticket_text
                  WHERE ticket_text MATCH ?1 AND rowid BETWEEN ?2 AND ?3
                  ORDER BY rowid DESC",
            )?;
            let mut rows = statement.query((&words.0, first, last))?;
            while let Some(row) = rows.next()? {
                if !each(row)? {
                    break;
                }
            }
        }
        (None, None) => {
            let mut statement = tx.connection.prepare_cached(
                "SELECT id FROM ticket
                  WHERE received_at >= ?1 AND received_at < ?2
                  ORDER BY received_at DESC, id DESC",
            )?;
            let mut rows = statement.query((from, until))?;
            while let Some(row) = rows.next()? {
                if !each(row)? {
                    break;
                }
            }
        }
    }
    Ok(found)
}

/// The first and the last row that was received in the time of a query, so that words of other years are not gone through.
fn rows_between(tx: &Tx<'_>, query: &Query) -> Result<(i64, i64), Fault> {
    if query.from.is_none() && query.until.is_none() {
        return Ok((i64::MIN, i64::MAX));
    }
    let (from, until) =
        (query.from.map_or(i64::MIN, seconds), query.until.map_or(i64::MAX, seconds));
    let rows: (Option<i64>, Option<i64>) = tx
        .connection
        .prepare_cached(
            "SELECT MIN (id), MAX (id) FROM ticket WHERE received_at >= ?1 AND received_at < ?2",
        )?
        .query_row((from, until), |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok((rows.0.unwrap_or(0), rows.1.unwrap_or(-1)))
}

/// Whether a ticket is what a query asks for, words and all.
fn fits(tx: &Tx<'_>, query: &Query, bounds: (i64, i64), id: i64) -> Result<bool, Fault> {
    let (bound, account) = query.within.as_ref().map(|(units, account)| (units, account)).unzip();
    let fits = tx
        .connection
        .prepare_cached(
            "SELECT 1 FROM ticket
              WHERE id = :id AND received_at >= :from AND received_at < :until
                AND (:stage IS NULL OR stage = :stage)
                AND (:units IS NULL OR copies <> '' OR instr (' ' || :units || ' ', ' ' || unit || ' ') > 0)
                AND (:account IS NULL OR assignee = :account OR copies <> ''
                     OR instr (' ' || :bound || ' ', ' ' || unit || ' ') > 0)",
        )?
        .query_row(
            named_params! {
                ":id": id, ":from": bounds.0, ":until": bounds.1, ":units": query.units,
                ":stage": query.stage, ":account": account, ":bound": bound,
            },
            |_| Ok(()),
        )
        .optional()?
        .is_some();
    match &query.words {
        Some(words) if fits && query.citizen.is_some() => says(tx, id, words),
        _ => Ok(fits),
    }
}

/// Whether all words occur in one ticket.
fn says(tx: &Tx<'_>, id: i64, words: &Words) -> Result<bool, Fault> {
    Ok(tx
        .connection
        .prepare_cached("SELECT 1 FROM ticket_text WHERE ticket_text MATCH ?1 AND rowid = ?2")?
        .query_row((&words.0, id), |_| Ok(()))
        .optional()?
        .is_some())
}

/// Takes the words of a ticket out of the index, whose text is to be found no more. A later change of its text puts that in.
/// What is left of the words in the file goes with [`sweep`].
///
/// # Errors
/// [`Fault`] of the database.
pub fn forget(tx: &Tx<'_>, ticket_id: i64) -> Result<(), Fault> {
    tx.connection
        .prepare_cached("DELETE FROM ticket_text WHERE rowid = ?1")?
        .execute([ticket_id])?;
    Ok(())
}

/// Writes the index anew without what was taken out of it: seconds at a million tickets, so once for many.
///
/// # Errors
/// [`Fault`] of the database.
pub fn sweep(tx: &Tx<'_>) -> Result<(), Fault> {
    tx.connection
        .prepare_cached("INSERT INTO ticket_text (ticket_text) VALUES ('optimize')")?
        .execute([])?;
    Ok(())
}
