//! Months whose report was signed (procedure.md section 14): the figures as they were, and who signed, acknowledged or returned
//! them.

use chrono::{DateTime, Utc};
use rusqlite::{OptionalExtension, Row, named_params};
use serde_json::Value;

use super::named::Named;
use super::{Fault, Tx, moment, seconds};

/// A signed month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signed {
    /// Row number.
    pub id: i64,
    /// `2026-11`.
    pub month: String,
    /// The report as it was told, JSON.
    pub told: String,
    /// Its figures by name, JSON: what later counts are held against.
    pub figures: String,
    /// Unix user name.
    pub signed_by: String,
    /// When.
    pub signed_at: DateTime<Utc>,
    /// Who has taken notice of it.
    pub acknowledged_by: Option<String>,
    /// When.
    pub acknowledged_at: Option<DateTime<Utc>>,
    /// Who gave it back.
    pub returned_by: Option<String>,
    /// When.
    pub returned_at: Option<DateTime<Utc>>,
    /// Why.
    pub reason: Option<String>,
}

impl Signed {
    /// The trail's newest row when it was counted; 0 where it does not say.
    pub fn trail_row(&self) -> i64 {
        let told: Value = serde_json::from_str(&self.told).unwrap_or_default();
        told.pointer("/seal/row").and_then(Value::as_i64).unwrap_or(0)
    }

    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        let row = Named::of(row);
        Ok(Self {
            id: row.get("id")?,
            month: row.get("month")?,
            told: row.get("told")?,
            figures: row.get("figures")?,
            signed_by: row.get("signed_by")?,
            signed_at: moment(row.get("signed_at")?),
            acknowledged_by: row.get("acknowledged_by")?,
            acknowledged_at: row.get::<Option<i64>>("acknowledged_at")?.map(moment),
            returned_by: row.get("returned_by")?,
            returned_at: row.get::<Option<i64>>("returned_at")?.map(moment),
            reason: row.get("reason")?,
        })
    }
}

/// What was last signed of a month, returned or not.
///
/// # Errors
/// [`Fault`] of the database.
pub fn last(tx: &Tx<'_>, month: &str) -> Result<Option<Signed>, Fault> {
    Ok(tx
        .connection
        .prepare_cached("SELECT * FROM recap WHERE month = ?1 ORDER BY id DESC LIMIT 1")?
        .query_row([month], Signed::read)
        .optional()?)
}

/// What is signed of the months from this one on, and was not returned.
///
/// # Errors
/// [`Fault`] of the database.
pub fn in_force_since(tx: &Tx<'_>, month: &str) -> Result<Vec<Signed>, Fault> {
    let mut statement = tx
        .connection
        .prepare_cached("SELECT * FROM recap WHERE month >= ?1 AND returned_at IS NULL")?;
    let signed = statement.query_map([month], Signed::read)?.collect::<Result<_, _>>()?;
    Ok(signed)
}

/// Freezes a month.
///
/// # Errors
/// [`Fault`] of the database; also where the month is signed and was not returned.
pub fn sign(
    tx: &Tx<'_>,
    (month, told, figures): (&str, &str, &str),
    officer: &str,
    now: DateTime<Utc>,
) -> Result<(), Fault> {
    tx.connection
        .prepare_cached(
            "INSERT INTO recap (month, told, figures, signed_by, signed_at)
             VALUES (:month, :told, :figures, :officer, :now)",
        )?
        .execute(named_params! {
            ":month": month,
            ":told": told,
            ":figures": figures,
            ":officer": officer,
            ":now": seconds(now),
        })?;
    Ok(())
}

/// Notes that somebody has taken notice of a signed month.
///
/// # Errors
/// [`Fault::Stale`] where somebody has, or it was returned; [`Fault`] of the database.
pub fn acknowledge(tx: &Tx<'_>, id: i64, officer: &str, now: DateTime<Utc>) -> Result<(), Fault> {
    let changed = tx
        .connection
        .prepare_cached(
            "UPDATE recap
                SET acknowledged_by = ?2, acknowledged_at = ?3
              WHERE id = ?1 AND acknowledged_at IS NULL AND returned_at IS NULL",
        )?
        .execute((id, officer, seconds(now)))?;
    if changed == 1 { Ok(()) } else { Err(Fault::Stale { table: "recap", id }) }
}

/// Gives a signed month back: it is counted and signed anew.
///
/// # Errors
/// As [`acknowledge`].
pub fn give_back(
    tx: &Tx<'_>,
    id: i64,
    (officer, reason): (&str, &str),
    now: DateTime<Utc>,
) -> Result<(), Fault> {
    let changed = tx
        .connection
        .prepare_cached(
            "UPDATE recap
                SET returned_by = ?2, returned_at = ?3, reason = ?4
              WHERE id = ?1 AND acknowledged_at IS NULL AND returned_at IS NULL",
        )?
        .execute((id, officer, seconds(now), reason))?;
    if changed == 1 { Ok(()) } else { Err(Fault::Stale { table: "recap", id }) }
}
