//! The answer bank (catatan jawaban): wording that a chair approved for use again.

use chrono::{DateTime, NaiveDate, Utc};
use rusqlite::{OptionalExtension, Row, named_params};

use super::named::Named;
use super::{Fault, Tx, moment, seconds};

/// A note of the answer bank.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// Row number: what officers call it by.
    pub id: i64,
    /// Unit code.
    pub unit: String,
    /// What it answers, in a line.
    pub matter: String,
    /// The approved wording; blanks are marked as `{nama}`.
    pub wording: String,
    /// Last day of validity; `None`: until it is withdrawn.
    pub valid_until: Option<NaiveDate>,
    /// Unix user name of the chair.
    pub approved_by: String,
    /// When.
    pub approved_at: DateTime<Utc>,
    /// When it was taken out of use.
    pub withdrawn_at: Option<DateTime<Utc>>,
    /// How often it was sent.
    pub uses: i64,
}

impl Answer {
    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        let row = Named::of(row);
        Ok(Self {
            id: row.get("id")?,
            unit: row.get("unit")?,
            matter: row.get("matter")?,
            wording: row.get("wording")?,
            valid_until: row.get::<Option<String>>("valid_until")?.and_then(|day| day.parse().ok()),
            approved_by: row.get("approved_by")?,
            approved_at: moment(row.get("approved_at")?),
            withdrawn_at: row.get::<Option<i64>>("withdrawn_at")?.map(moment),
            uses: row.get("uses")?,
        })
    }

    /// Whether it may be sent on this day.
    pub fn is_valid_on(&self, day: NaiveDate) -> bool {
        self.withdrawn_at.is_none() && self.valid_until.is_none_or(|last| day <= last)
    }
}

/// What a chair puts into the bank.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewAnswer {
    /// Unit code.
    pub unit: String,
    /// What it answers, in a line.
    pub matter: String,
    /// The wording.
    pub wording: String,
    /// Last day of validity.
    pub valid_until: Option<NaiveDate>,
    /// The ticket that it was taken from.
    pub source_id: Option<i64>,
    /// Unix user name of the chair.
    pub approved_by: String,
}

/// Adds a note and returns its number.
///
/// # Errors
/// [`Fault`] of the database.
pub fn add(tx: &Tx<'_>, answer: &NewAnswer, now: DateTime<Utc>) -> Result<i64, Fault> {
    tx.connection
        .prepare_cached(
            "INSERT INTO answer (unit, matter, wording, valid_until, source_id, approved_by, approved_at)
             VALUES (:unit, :matter, :wording, :valid_until, :source, :by, :now)",
        )?
        .execute(named_params! {
            ":unit": answer.unit,
            ":matter": answer.matter,
            ":wording": answer.wording,
            ":valid_until": answer.valid_until.map(|day| day.to_string()),
            ":source": answer.source_id,
            ":by": answer.approved_by,
            ":now": seconds(now),
        })?;
    Ok(tx.connection.last_insert_rowid())
}

/// Takes a note out of use; whether there was one in use.
///
/// # Errors
/// [`Fault`] of the database.
pub fn withdraw(tx: &Tx<'_>, id: i64, now: DateTime<Utc>) -> Result<bool, Fault> {
    let changed = tx
        .connection
        .prepare_cached(
            "UPDATE answer SET withdrawn_at = ?2 WHERE id = ?1 AND withdrawn_at IS NULL",
        )?
        .execute((id, seconds(now)))?;
    Ok(changed == 1)
}

/// Counts one more use.
///
/// # Errors
/// [`Fault`] of the database.
pub fn used(tx: &Tx<'_>, id: i64) -> Result<(), Fault> {
    tx.connection
        .prepare_cached("UPDATE answer SET uses = uses + 1 WHERE id = ?1")?
        .execute([id])?;
    Ok(())
}

/// One note.
///
/// # Errors
/// [`Fault`] of the database.
pub fn find(tx: &Tx<'_>, id: i64) -> Result<Option<Answer>, Fault> {
    Ok(tx
        .connection
        .prepare_cached("SELECT * FROM answer WHERE id = ?1")?
        .query_row([id], Answer::read)
        .optional()?)
}

/// The notes in use, of one unit or of all, most used first.
///
/// # Errors
/// [`Fault`] of the database.
pub fn in_use(tx: &Tx<'_>, unit: Option<&str>) -> Result<Vec<Answer>, Fault> {
    let mut statement = tx.connection.prepare_cached(
        "SELECT * FROM answer
          WHERE withdrawn_at IS NULL AND (?1 IS NULL OR unit = ?1)
          ORDER BY uses DESC, id",
    )?;
    let answers = statement.query_map([unit], Answer::read)?.collect::<Result<_, _>>()?;
    Ok(answers)
}
