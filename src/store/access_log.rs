//! Who opened what, and when (procedure.md 12.3).

use chrono::{DateTime, Utc};

use super::{Fault, Tx, moment, seconds};

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

/// Somebody opened a ticket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Access {
    /// When.
    pub at: DateTime<Utc>,
    /// Unix user name.
    pub officer: String,
    /// `show`, `audit` …
    pub action: String,
}

/// Who opened a ticket, oldest first.
///
/// # Errors
/// [`Fault`] of the database.
pub fn of_ticket(tx: &Tx<'_>, ticket_id: i64) -> Result<Vec<Access>, Fault> {
    let mut statement = tx.connection.prepare_cached(
        "SELECT at, officer, action FROM access_log WHERE ticket_id = ?1 ORDER BY id",
    )?;
    let found = statement
        .query_map([ticket_id], |row| {
            Ok(Access { at: moment(row.get(0)?), officer: row.get(1)?, action: row.get(2)? })
        })?
        .collect::<Result<_, _>>()?;
    Ok(found)
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
