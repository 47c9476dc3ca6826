//! The trail (jejak perubahan): append-only, each row sealed by a digest over itself and the row before.

use chrono::{DateTime, Utc};
use rusqlite::{OptionalExtension, Row};
use sha2::{Digest, Sha256};

use super::named::Named;
use super::{Fault, Tx, moment, retention, seconds};
use crate::mutation::Mutation;

/// A change of a ticket, as it is about to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry<'a> {
    /// Unix user name, `pemohon` or `sistem`.
    pub actor: &'a str,
    /// T-number of the procedure; `None` for what moves nothing.
    pub transition: Option<u8>,
    /// What was done, a token.
    pub action: &'a str,
    /// Stage before, a token; `None` at the opening.
    pub from: Option<&'a str>,
    /// Stage after, a token.
    pub to: Option<&'a str>,
    /// Further facts, a JSON object.
    pub detail: serde_json::Value,
}

/// A row of the trail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Row number.
    pub id: i64,
    /// The ticket's row.
    pub ticket_id: i64,
    /// When.
    pub at: DateTime<Utc>,
    /// Unix user name, `pemohon` or `sistem`.
    pub actor: String,
    /// T-number.
    pub transition: Option<i64>,
    /// What was done.
    pub action: String,
    /// Stage before.
    pub from: Option<String>,
    /// Stage after.
    pub to: Option<String>,
    /// Further facts, a JSON object.
    pub detail: String,
}

impl Line {
    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        let row = Named::of(row);
        Ok(Self {
            id: row.get("id")?,
            ticket_id: row.get("ticket_id")?,
            at: moment(row.get("at")?),
            actor: row.get("actor")?,
            transition: row.get("transition")?,
            action: row.get("action")?,
            from: row.get("from_stage")?,
            to: row.get("to_stage")?,
            detail: row.get("detail")?,
        })
    }

    /// The seal behind the row whose seal is `previous` (nothing before the first): SHA-256 over that and every field with
    /// its length in front, so that no two rows read the same.
    pub fn seal(&self, previous: &[u8]) -> Vec<u8> {
        let mut hasher = Sha256::new();
        hasher.update(previous);
        let transition = self.transition.map_or_else(String::new, |number| number.to_string());
        for field in [
            self.ticket_id.to_string().as_str(),
            seconds(self.at).to_string().as_str(),
            &self.actor,
            &transition,
            &self.action,
            self.from.as_deref().unwrap_or(""),
            self.to.as_deref().unwrap_or(""),
            &self.detail,
        ] {
            hasher.update((field.len() as u64).to_be_bytes());
            hasher.update(field.as_bytes());
        }
        hasher.finalize().to_vec()
    }
}

/// Appends one row for `ticket_id`.
///
/// # Errors
/// [`Fault`] of the database.
pub fn append(
    tx: &Tx<'_>,
    ticket_id: i64,
    entry: &Entry<'_>,
    now: DateTime<Utc>,
) -> Result<(), Fault> {
    let previous: Option<Vec<u8>> = tx
        .connection
        .prepare_cached("SELECT digest FROM trail ORDER BY id DESC LIMIT 1")?
        .query_row([], |row| row.get(0))
        .optional()?;
    let previous = match previous {
        Some(digest) => digest,
        None => retention::anchor(tx)?,
    };
    let line = Line {
        id: 0,
        ticket_id,
        at: moment(seconds(now)),
        actor: entry.actor.to_owned(),
        transition: entry.transition.map(i64::from),
        action: entry.action.to_owned(),
        from: entry.from.map(str::to_owned),
        to: entry.to.map(str::to_owned),
        detail: entry.detail.to_string(),
    };
    tx.connection
        .prepare_cached(
            "INSERT INTO trail (ticket_id, at, actor, transition, action, from_stage, to_stage, detail, digest)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        )?
        .execute((
            line.ticket_id,
            seconds(line.at),
            &line.actor,
            line.transition,
            &line.action,
            &line.from,
            &line.to,
            &line.detail,
            line.seal(if Mutation::LooseTrail.is_made() { &[] } else { &previous }),
        ))?;
    Ok(())
}

/// The rows of one ticket, oldest first.
///
/// # Errors
/// [`Fault`] of the database.
pub fn of_ticket(tx: &Tx<'_>, ticket_id: i64) -> Result<Vec<Line>, Fault> {
    let mut statement = tx.connection.prepare_cached(
        "SELECT id, ticket_id, at, actor, transition, action, from_stage, to_stage, detail
           FROM trail
          WHERE ticket_id = ?1
          ORDER BY id",
    )?;
    let lines = statement.query_map([ticket_id], Line::read)?.collect::<Result<_, _>>()?;
    Ok(lines)
}

/// Recomputes every seal, from the last row that the retention removed; the first row that does not fit, if any.
///
/// # Errors
/// [`Fault`] of the database.
pub fn first_broken(tx: &Tx<'_>) -> Result<Option<i64>, Fault> {
    let mut statement = tx.connection.prepare_cached(
        "SELECT id, ticket_id, at, actor, transition, action, from_stage, to_stage, detail, digest
           FROM trail
          ORDER BY id",
    )?;
    let mut rows = statement.query([])?;
    let mut previous = retention::anchor(tx)?;
    while let Some(row) = rows.next()? {
        let line = Line::read(row)?;
        let digest: Vec<u8> = row.get("digest")?;
        if line.seal(&previous) != digest {
            return Ok(Some(line.id));
        }
        previous = digest;
    }
    Ok(None)
}
