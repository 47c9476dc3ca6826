//! Who opened what, and when (procedure.md 12.3).

use chrono::{DateTime, Utc};
use rusqlite::Row;

use super::{Fault, Tx, moment, seconds};

/// A row of the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// When.
    pub at: DateTime<Utc>,
    /// Unix user name.
    pub officer: String,
    /// What was done: `show`, `audit`, `reveal` …
    pub action: String,
    /// The ticket's row.
    pub ticket_id: Option<i64>,
    /// Why, or what else is to be said.
    pub detail: String,
}

impl Entry {
    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            at: moment(row.get(0)?),
            officer: row.get(1)?,
            action: row.get(2)?,
            ticket_id: row.get(3)?,
            detail: row.get(4)?,
        })
    }
}

/// Notes that `officer` did `action` (`show`, `search`, `export` …).
///
/// # Errors
/// [`Fault`] of the database.
pub fn note(
    tx: &Tx<'_>,
    officer: &str,
    action: &str,
    ticket_id: Option<i64>,
    detail: &str,
    now: DateTime<Utc>,
) -> Result<(), Fault> {
    tx.connection
        .prepare_cached(
            "INSERT INTO access_log (at, officer, action, ticket_id, detail) VALUES (?1, ?2, ?3, ?4, ?5)",
        )?
        .execute((seconds(now), officer, action, ticket_id, detail))?;
    Ok(())
}

/// What was noted in `[from, until)`, latest first, at most `limit` rows.
///
/// # Errors
/// [`Fault`] of the database.
pub fn between(
    tx: &Tx<'_>,
    from: DateTime<Utc>,
    until: DateTime<Utc>,
    limit: i64,
) -> Result<Vec<Entry>, Fault> {
    let mut statement = tx.connection.prepare_cached(
        "SELECT at, officer, action, ticket_id, detail FROM access_log
          WHERE at >= ?1 AND at < ?2
          ORDER BY at DESC, id DESC
          LIMIT ?3",
    )?;
    let entries = statement
        .query_map((seconds(from), seconds(until), limit), Entry::read)?
        .collect::<Result<_, _>>()?;
    Ok(entries)
}

/// What was noted of one ticket in `[from, until)`, latest first, at most `limit` rows.
///
/// # Errors
/// [`Fault`] of the database.
pub fn of_ticket_between(
    tx: &Tx<'_>,
    ticket_id: i64,
    (from, until): (DateTime<Utc>, DateTime<Utc>),
    limit: i64,
) -> Result<Vec<Entry>, Fault> {
    let mut statement = tx.connection.prepare_cached(
        "SELECT at, officer, action, ticket_id, detail FROM access_log
          WHERE ticket_id = ?1 AND at >= ?2 AND at < ?3
          ORDER BY at DESC, id DESC
          LIMIT ?4",
    )?;
    let entries = statement
        .query_map((ticket_id, seconds(from), seconds(until), limit), Entry::read)?
        .collect::<Result<_, _>>()?;
    Ok(entries)
}

/// What was noted of one ticket, oldest first.
///
/// # Errors
/// [`Fault`] of the database.
pub fn of_ticket(tx: &Tx<'_>, ticket_id: i64) -> Result<Vec<Entry>, Fault> {
    let mut statement = tx.connection.prepare_cached(
        "SELECT at, officer, action, ticket_id, detail FROM access_log
          WHERE ticket_id = ?1
          ORDER BY at, id",
    )?;
    let entries = statement.query_map([ticket_id], Entry::read)?.collect::<Result<_, _>>()?;
    Ok(entries)
}

/// Who did `action`, and with which detail, oldest first.
///
/// # Errors
/// [`Fault`] of the database.
#[cfg(test)]
pub fn noted(tx: &Tx<'_>, action: &str) -> Result<Vec<String>, Fault> {
    let sql = "SELECT officer || ' ' || detail FROM access_log WHERE action = ?1 ORDER BY id";
    let mut statement = tx.connection.prepare(sql)?;
    let lines = statement.query_map([action], |row| row.get(0))?.collect::<Result<_, _>>()?;
    Ok(lines)
}
