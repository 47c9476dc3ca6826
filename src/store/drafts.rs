//! Drafts: versions of recommendation, rules, solution note and wording, with who wrote and who decided.

use chrono::{DateTime, Utc};
use rusqlite::{OptionalExtension, Row, named_params};

use super::named::Named;
use super::{Fault, Tx, moment, seconds};

/// What a member hands in (T12), or what stands for it when a note of the answer bank is used (T2).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewDraft {
    /// `JAWABAN` or `TINDAK_LANJUT`.
    pub kind: Kind,
    /// Rekomendasi solusi.
    pub recommendation: String,
    /// Peraturan terkait, or "tidak ada".
    pub rules: String,
    /// Catatan solusi.
    pub note: String,
    /// Redaksi: what the citizen will read.
    pub wording: String,
    /// The note of the answer bank that it was taken from.
    pub answer_id: Option<i64>,
    /// Unix user name.
    pub writer: String,
}

/// Whether a wording answers the complaint or reports the result of the follow-up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// `JAWABAN`
    Answer,
    /// `TINDAK_LANJUT`
    Result,
}

impl Kind {
    /// The stored token, also the key of the template that carries the wording.
    pub const fn token(self) -> &'static str {
        match self {
            Self::Answer => "JAWABAN",
            Self::Result => "TINDAK_LANJUT",
        }
    }
}

/// A version as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// Row number.
    pub id: i64,
    /// From 1, per ticket.
    pub version: i64,
    /// Its content and writer.
    pub content: NewDraft,
    /// When it was handed in.
    pub written_at: DateTime<Utc>,
    /// `proposed`, `approved` or `returned`.
    pub state: String,
    /// Who decided.
    pub decided_by: Option<String>,
    /// When; of what was taken from the answer bank, on the note.
    pub decided_at: Option<DateTime<Utc>>,
    /// Why it was returned.
    pub reason: Option<String>,
    /// When the wording was handed to the outbox.
    pub sent_at: Option<DateTime<Utc>>,
}

impl Draft {
    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        let row = Named::of(row);
        let kind: String = row.get("kind")?;
        Ok(Self {
            id: row.get("id")?,
            version: row.get("version")?,
            content: NewDraft {
                kind: if kind == Kind::Result.token() { Kind::Result } else { Kind::Answer },
                recommendation: row.get("recommendation")?,
                rules: row.get("rules")?,
                note: row.get("note")?,
                wording: row.get("wording")?,
                answer_id: row.get("answer_id")?,
                writer: row.get("writer")?,
            },
            written_at: moment(row.get("written_at")?),
            state: row.get("state")?,
            decided_by: row.get("decided_by")?,
            decided_at: row.get::<Option<i64>>("decided_at")?.map(moment),
            reason: row.get("reason")?,
            sent_at: row.get::<Option<i64>>("sent_at")?.map(moment),
        })
    }
}

/// Writes the next version of a ticket's draft and returns its row.
///
/// # Errors
/// [`Fault`] of the database.
pub fn propose(
    tx: &Tx<'_>,
    ticket_id: i64,
    draft: &NewDraft,
    now: DateTime<Utc>,
) -> Result<i64, Fault> {
    tx.connection
        .prepare_cached(
            "INSERT INTO draft (ticket_id, version, kind, recommendation, rules, note, wording, answer_id, writer,
                                written_at, state)
             VALUES (:ticket, (SELECT COALESCE (MAX (version), 0) + 1 FROM draft WHERE ticket_id = :ticket), :kind,
                     :recommendation, :rules, :note, :wording, :answer, :writer, :now, 'proposed')",
        )?
        .execute(named_params! {
            ":ticket": ticket_id,
            ":kind": draft.kind.token(),
            ":recommendation": draft.recommendation,
            ":rules": draft.rules,
            ":note": draft.note,
            ":wording": draft.wording,
            ":answer": draft.answer_id,
            ":writer": draft.writer,
            ":now": seconds(now),
        })?;
    Ok(tx.connection.last_insert_rowid())
}

/// Decides the version `draft_id`: approved, or returned with a reason. Of what was taken from the answer bank `at` is when the note was
/// approved, which is before it was taken.
///
/// # Errors
/// [`Fault::Stale`] when it does not wait for a decision; [`Fault`] of the database.
pub fn decide(
    tx: &Tx<'_>,
    draft_id: i64,
    approved: bool,
    by: &str,
    reason: Option<&str>,
    at: DateTime<Utc>,
) -> Result<(), Fault> {
    let changed = tx
        .connection
        .prepare_cached(
            "UPDATE draft
                SET state = :state, decided_by = :by, decided_at = :at, reason = :reason
              WHERE id = :id AND state = 'proposed'",
        )?
        .execute(named_params! {
            ":id": draft_id,
            ":state": if approved { "approved" } else { "returned" },
            ":by": by,
            ":reason": reason,
            ":at": seconds(at),
        })?;
    one(changed, draft_id)
}

/// Notes that the approved wording went to the outbox.
///
/// # Errors
/// [`Fault::Stale`] when it is not approved or was sent before; [`Fault`] of the database.
pub fn sent(tx: &Tx<'_>, draft_id: i64, now: DateTime<Utc>) -> Result<(), Fault> {
    let changed = tx
        .connection
        .prepare_cached(
            "UPDATE draft SET sent_at = ?2 WHERE id = ?1 AND state = 'approved' AND sent_at IS NULL",
        )?
        .execute((draft_id, seconds(now)))?;
    one(changed, draft_id)
}

/// Notes that it was taken out of the outbox before it left.
///
/// # Errors
/// [`Fault`] of the database.
pub fn not_sent(tx: &Tx<'_>, draft_id: i64) -> Result<(), Fault> {
    tx.connection
        .prepare_cached("UPDATE draft SET sent_at = NULL WHERE id = ?1")?
        .execute([draft_id])?;
    Ok(())
}

/// The latest version of a ticket's draft.
///
/// # Errors
/// [`Fault`] of the database.
pub fn latest(tx: &Tx<'_>, ticket_id: i64) -> Result<Option<Draft>, Fault> {
    Ok(tx
        .connection
        .prepare_cached("SELECT * FROM draft WHERE ticket_id = ?1 ORDER BY version DESC LIMIT 1")?
        .query_row([ticket_id], Draft::read)
        .optional()?)
}

/// All versions, oldest first.
///
/// # Errors
/// [`Fault`] of the database.
pub fn of_ticket(tx: &Tx<'_>, ticket_id: i64) -> Result<Vec<Draft>, Fault> {
    let mut statement = tx
        .connection
        .prepare_cached("SELECT * FROM draft WHERE ticket_id = ?1 ORDER BY version")?;
    let drafts = statement.query_map([ticket_id], Draft::read)?.collect::<Result<_, _>>()?;
    Ok(drafts)
}

/// The wording that was sent last, which STATUS shortens and repeats.
///
/// # Errors
/// [`Fault`] of the database.
pub fn last_sent(tx: &Tx<'_>, ticket_id: i64) -> Result<Option<Draft>, Fault> {
    Ok(tx
        .connection
        .prepare_cached(
            "SELECT * FROM draft
              WHERE ticket_id = ?1 AND sent_at IS NOT NULL
              ORDER BY version DESC
              LIMIT 1",
        )?
        .query_row([ticket_id], Draft::read)
        .optional()?)
}

fn one(changed: usize, id: i64) -> Result<(), Fault> {
    if changed == 1 { Ok(()) } else { Err(Fault::Stale { table: "draft", id }) }
}
