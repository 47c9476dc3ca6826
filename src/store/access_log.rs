//! Who opened what, and when (procedure.md 12.3).

use chrono::{DateTime, Utc};

use super::{Fault, Tx, seconds};

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
