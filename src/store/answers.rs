//! The answer bank (catatan jawaban): wording that a chair approved for use again.
//!
//! What changes a note that is in use changes the index beside it (`answer_search`), here and nowhere else.

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
    /// Unix user name of the chair; `None`: it is proposed, and not yet to be used.
    pub approved_by: Option<String>,
    /// When.
    pub approved_at: Option<DateTime<Utc>>,
    /// When it was taken out of use.
    pub withdrawn_at: Option<DateTime<Utc>>,
    /// How often it was sent.
    pub uses: i64,
    /// The ticket that it was taken from.
    pub source_id: Option<i64>,
    /// Unix user name of who proposed it; `None`: a chair put it here.
    pub proposed_by: Option<String>,
    /// When it was last sent.
    pub used_at: Option<DateTime<Utc>>,
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
            approved_at: row.get::<Option<i64>>("approved_at")?.map(moment),
            withdrawn_at: row.get::<Option<i64>>("withdrawn_at")?.map(moment),
            uses: row.get("uses")?,
            source_id: row.get("source_id")?,
            proposed_by: row.get("proposed_by")?,
            used_at: row.get::<Option<i64>>("used_at")?.map(moment),
        })
    }

    /// Whether it may be sent on this day.
    pub fn is_valid_on(&self, day: NaiveDate) -> bool {
        self.approved_by.is_some()
            && self.withdrawn_at.is_none()
            && self.valid_until.is_none_or(|last| day <= last)
    }

    /// Its marked blanks, each once, in the order of the wording.
    pub fn blanks(&self) -> Vec<&str> {
        let mut blanks = Vec::new();
        let marked = self.wording.split('{').skip(1).filter_map(|behind| behind.split_once('}'));
        for (name, _) in marked {
            if !blanks.contains(&name) {
                blanks.push(name);
            }
        }
        blanks
    }
}

/// What is put into the bank, or proposed for it.
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
    /// Unix user name of the chair; `None`: it is proposed.
    pub approved_by: Option<String>,
    /// Unix user name of who proposes it.
    pub proposed_by: Option<String>,
}

/// What a note is found by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Indexed {
    /// Terms of its matter, parted by spaces.
    pub matter: String,
    /// Terms of its wording, parted by spaces.
    pub wording: String,
}

/// Adds a note and returns its number.
///
/// # Errors
/// [`Fault`] of the database.
pub fn add(
    tx: &Tx<'_>,
    answer: &NewAnswer,
    terms: &Indexed,
    now: DateTime<Utc>,
) -> Result<i64, Fault> {
    tx.connection
        .prepare_cached(
            "INSERT INTO answer (unit, matter, wording, valid_until, source_id, approved_by, approved_at, proposed_by,
                                 proposed_at)
             VALUES (:unit, :matter, :wording, :valid_until, :source, :by, CASE WHEN :by IS NOT NULL THEN :now END,
                     :proposer, CASE WHEN :proposer IS NOT NULL THEN :now END)",
        )?
        .execute(named_params! {
            ":unit": answer.unit,
            ":matter": answer.matter,
            ":wording": answer.wording,
            ":valid_until": answer.valid_until.map(|day| day.to_string()),
            ":source": answer.source_id,
            ":by": answer.approved_by,
            ":proposer": answer.proposed_by,
            ":now": seconds(now),
        })?;
    let id = tx.connection.last_insert_rowid();
    if answer.approved_by.is_some() {
        index(tx, id, terms)?;
    }
    Ok(id)
}

/// A chair approves what was proposed; whether there was such a proposal.
///
/// # Errors
/// [`Fault`] of the database.
pub fn approve(
    tx: &Tx<'_>,
    id: i64,
    by: &str,
    terms: &Indexed,
    now: DateTime<Utc>,
) -> Result<bool, Fault> {
    let changed = tx
        .connection
        .prepare_cached(
            "UPDATE answer SET approved_by = ?2, approved_at = ?3
              WHERE id = ?1 AND approved_by IS NULL AND withdrawn_at IS NULL",
        )?
        .execute((id, by, seconds(now)))?;
    if changed == 1 {
        index(tx, id, terms)?;
    }
    Ok(changed == 1)
}

/// Takes a note out of use, or a proposal away; whether there was one.
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
    if changed == 1 {
        tx.connection
            .prepare_cached("DELETE FROM answer_search WHERE rowid = ?1")?
            .execute([id])?;
        changed_index(tx)?;
    }
    Ok(changed == 1)
}

/// The notes that were taken from a ticket and not taken away since, in use or proposed.
///
/// # Errors
/// [`Fault`] of the database.
pub fn from_ticket(tx: &Tx<'_>, ticket_id: i64) -> Result<Vec<i64>, Fault> {
    let mut statement = tx.connection.prepare_cached(
        "SELECT id FROM answer WHERE source_id = ?1 AND withdrawn_at IS NULL ORDER BY id",
    )?;
    let notes = statement.query_map([ticket_id], |row| row.get(0))?.collect::<Result<_, _>>()?;
    Ok(notes)
}

/// Takes away what is only proposed out of a ticket, its words too: nobody has said that it names nobody.
///
/// # Errors
/// [`Fault`] of the database.
pub fn forget_proposals(tx: &Tx<'_>, ticket_id: i64, now: DateTime<Utc>) -> Result<(), Fault> {
    tx.connection
        .prepare_cached(
            "UPDATE answer SET matter = '', wording = '', withdrawn_at = COALESCE (withdrawn_at, ?2)
              WHERE source_id = ?1 AND approved_by IS NULL",
        )?
        .execute((ticket_id, seconds(now)))?;
    Ok(())
}

/// Puts a note in use into the index.
fn index(tx: &Tx<'_>, id: i64, terms: &Indexed) -> Result<(), Fault> {
    tx.connection
        .prepare_cached("INSERT INTO answer_search (rowid, matter, wording) VALUES (?1, ?2, ?3)")?
        .execute((id, &terms.matter, &terms.wording))?;
    changed_index(tx)
}

/// What was suggested before holds no more.
fn changed_index(tx: &Tx<'_>) -> Result<(), Fault> {
    tx.connection
        .prepare_cached(
            "INSERT INTO answer_index (only_one, digest, version) VALUES (1, x'', 1)
             ON CONFLICT (only_one) DO UPDATE SET version = version + 1",
        )?
        .execute([])?;
    Ok(())
}

/// By which rules the index was made, and its version; `None` before the first time.
///
/// # Errors
/// [`Fault`] of the database.
pub fn indexed_by(tx: &Tx<'_>) -> Result<Option<(Vec<u8>, i64)>, Fault> {
    Ok(tx
        .connection
        .prepare_cached("SELECT digest, version FROM answer_index")?
        .query_row([], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?)
}

/// Makes the index anew by other rules.
///
/// # Errors
/// [`Fault`] of the database.
pub fn index_anew(
    tx: &Tx<'_>,
    digest: &[u8],
    terms: impl Fn(&Answer) -> Indexed,
) -> Result<usize, Fault> {
    tx.connection.prepare_cached("DELETE FROM answer_search")?.execute([])?;
    tx.connection
        .prepare_cached(
            "INSERT INTO answer_index (only_one, digest, version) VALUES (1, ?1, 1)
             ON CONFLICT (only_one) DO UPDATE SET digest = excluded.digest, version = version + 1",
        )?
        .execute([digest])?;
    let notes = in_use(tx)?;
    for note in &notes {
        index(tx, note.id, &terms(note))?;
    }
    Ok(notes.len())
}

/// A note with the terms that it was found by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The note.
    pub answer: Answer,
    /// Its terms.
    pub terms: Indexed,
}

/// Of the notes that have one of `terms` in common, the `limit` likest, as far as they may be sent on `day`. `terms` are of
/// ASCII letters and digits, and cannot be read as anything else than terms.
///
/// # Errors
/// [`Fault`] of the database.
pub fn search(
    tx: &Tx<'_>,
    terms: &[String],
    day: NaiveDate,
    limit: i64,
) -> Result<Vec<Found>, Fault> {
    let is_plain = |term: &&String| {
        !term.is_empty() && term.bytes().all(|letter| letter.is_ascii_alphanumeric())
    };
    let quoted: Vec<String> =
        terms.iter().filter(is_plain).map(|term| format!("\"{term}\"")).collect();
    if quoted.is_empty() {
        return Ok(Vec::new());
    }
    // Ranked by FTS5 itself, which reads nothing but what is left within the limit.
    let mut statement = tx.connection.prepare_cached(
        "SELECT answer.*, matching.matter AS matter_terms, matching.wording AS wording_terms
           FROM (SELECT rowid AS note, matter, wording FROM answer_search
                  WHERE answer_search MATCH ?1 AND rank MATCH 'bm25(3.0, 1.0)'
                  ORDER BY rank LIMIT ?3) AS matching
           JOIN answer ON answer.id = matching.note
          WHERE answer.withdrawn_at IS NULL AND answer.approved_by IS NOT NULL
            AND (answer.valid_until IS NULL OR answer.valid_until >= ?2)",
    )?;
    let found = statement
        .query_map((quoted.join(" OR "), day.to_string(), limit), |row| {
            let terms = Named::of(row);
            let (matter, wording) = (terms.get("matter_terms")?, terms.get("wording_terms")?);
            Ok(Found { answer: Answer::read(row)?, terms: Indexed { matter, wording } })
        })?
        .collect::<Result<_, _>>()?;
    Ok(found)
}

/// In how many notes of the index a term stands.
///
/// # Errors
/// [`Fault`] of the database.
pub fn notes_with(tx: &Tx<'_>, term: &str) -> Result<i64, Fault> {
    Ok(tx
        .connection
        .prepare_cached("SELECT doc FROM answer_vocabulary WHERE term = ?1")?
        .query_row([term], |row| row.get(0))
        .optional()?
        .unwrap_or(0))
}

/// How many notes the index holds.
///
/// # Errors
/// [`Fault`] of the database.
pub fn indexed(tx: &Tx<'_>) -> Result<i64, Fault> {
    Ok(tx
        .connection
        .prepare_cached(
            "SELECT COUNT (*) FROM answer WHERE approved_by IS NOT NULL AND withdrawn_at IS NULL",
        )?
        .query_row([], |row| row.get(0))?)
}

/// Counts one more use.
///
/// # Errors
/// [`Fault`] of the database.
pub fn used(tx: &Tx<'_>, id: i64, now: DateTime<Utc>) -> Result<(), Fault> {
    tx.connection
        .prepare_cached("UPDATE answer SET uses = uses + 1, used_at = ?2 WHERE id = ?1")?
        .execute((id, seconds(now)))?;
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

/// The notes in use, most used first.
///
/// # Errors
/// [`Fault`] of the database.
pub fn in_use(tx: &Tx<'_>) -> Result<Vec<Answer>, Fault> {
    let mut statement = tx.connection.prepare_cached(
        "SELECT * FROM answer
          WHERE withdrawn_at IS NULL AND approved_by IS NOT NULL
          ORDER BY uses DESC, id",
    )?;
    let answers = statement.query_map([], Answer::read)?.collect::<Result<_, _>>()?;
    Ok(answers)
}

/// What is proposed, oldest first.
///
/// # Errors
/// [`Fault`] of the database.
pub fn proposed(tx: &Tx<'_>) -> Result<Vec<Answer>, Fault> {
    let mut statement = tx.connection.prepare_cached(
        "SELECT * FROM answer
          WHERE withdrawn_at IS NULL AND approved_by IS NULL
          ORDER BY id",
    )?;
    let answers = statement.query_map([], Answer::read)?.collect::<Result<_, _>>()?;
    Ok(answers)
}
