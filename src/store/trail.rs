//! The trail (jejak perubahan): append-only, each row sealed by a digest over itself and the row before.

use chrono::{DateTime, Utc};
use rusqlite::{OptionalExtension, Row};
use sha2::{Digest, Sha256};

use super::named::Named;
use super::{Fault, Tx, moment, retention, seconds, trail_words};
use crate::mutation::Mutation;
use crate::phone::PhoneNumber;

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
    /// Further facts, a JSON object; a person's own words among them are marked by [`free`](trail_words::free).
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
        let transition = self.transition.map_or_else(String::new, |number| number.to_string());
        let (ticket_id, at) = (self.ticket_id.to_string(), seconds(self.at).to_string());
        let fields = [
            ticket_id.as_str(),
            &at,
            &self.actor,
            &transition,
            &self.action,
            self.from.as_deref().unwrap_or(""),
            self.to.as_deref().unwrap_or(""),
            &self.detail,
        ];
        seal(previous, fields.map(str::as_bytes)).to_vec()
    }
}

/// A seal: a SHA-256.
type Seal = [u8; 32];

fn seal(previous: &[u8], fields: [&[u8]; 8]) -> Seal {
    let mut hasher = Sha256::new();
    hasher.update(previous);
    for field in fields {
        hasher.update((field.len() as u64).to_be_bytes());
        hasher.update(field);
    }
    hasher.finalize().into()
}

/// A row of the trail and its seal, which vouches for every row up to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sealed {
    /// Row number.
    pub id: i64,
    /// When it was written.
    pub at: DateTime<Utc>,
    /// The seal, 64 hexadecimal digits.
    pub seal: String,
}

/// The first row whose seal does not fit: it was changed, or what stood before it was changed, taken out or moved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Broken {
    /// Row number.
    pub id: i64,
    /// The ticket that it names, by its number; `None`: there is no such ticket.
    pub ticket: Option<String>,
    /// When it was written, as it says itself.
    pub at: DateTime<Utc>,
}

/// A ticket that stands elsewhere than its trail last led it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Strayed {
    /// Ticket number.
    pub ticket: String,
    /// Where it stands, a token.
    pub stands: String,
    /// Where its trail ends, a token; `None`: there is no trail of it.
    pub led: Option<String>,
}

/// What looking at the whole trail found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    /// Rows whose seals fit, from the first one on.
    pub rows: u64,
    /// The last of them.
    pub newest: Option<Sealed>,
    /// The row behind them, where the seals end there.
    pub broken: Option<Broken>,
    /// The first ticket that the trail does not account for, where no seal is broken.
    pub strayed: Option<Strayed>,
    /// The row that bears the seal that was asked for, where it is among those that fit, or the last that the retention removed.
    pub pinned: Option<i64>,
    /// How far the retention has removed the trail: a seal of an earlier row cannot be found any more.
    pub removed: Option<Removed>,
}

/// The last row that the retention removed (procedure.md 12.4).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Removed {
    /// Row number.
    pub id: i64,
    /// When the run began that removed it: a ticket that was finished later has its trail still.
    pub at: DateTime<Utc>,
    /// Its seal, which the next row is sealed upon.
    pub digest: Vec<u8>,
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
        None => retention::removed(tx)?.map(|removed| removed.digest).unwrap_or_default(),
    };
    let mut detail = entry.detail.clone();
    let apart = trail_words::take_out(tx, &mut detail)?;
    let line = Line {
        id: 0,
        ticket_id,
        at: moment(seconds(now)),
        actor: entry.actor.to_owned(),
        transition: entry.transition.map(i64::from),
        action: entry.action.to_owned(),
        from: entry.from.map(str::to_owned),
        to: entry.to.map(str::to_owned),
        detail: detail.to_string(),
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
    trail_words::keep(tx, tx.connection.last_insert_rowid(), &apart)
}

/// The rows of one ticket, oldest first, with the words that people wrote into them; where those are gone their fingerprint.
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
    let mut lines: Vec<Line> =
        statement.query_map([ticket_id], Line::read)?.collect::<Result<_, _>>()?;
    trail_words::put_back(tx, ticket_id, &mut lines)?;
    Ok(lines)
}

/// The last row and its seal.
///
/// # Errors
/// [`Fault`] of the database.
pub fn newest(tx: &Tx<'_>) -> Result<Option<Sealed>, Fault> {
    Ok(tx
        .connection
        .prepare_cached("SELECT id, at, digest FROM trail ORDER BY id DESC LIMIT 1")?
        .query_row([], |row| {
            let digest: Vec<u8> = row.get(2)?;
            Ok(Sealed { id: row.get(0)?, at: moment(row.get(1)?), seal: hexadecimal(&digest) })
        })
        .optional()?)
}

/// Recomputes every seal, from the last row that the retention removed; the first row that does not fit, if any.
///
/// # Errors
/// [`Fault`] of the database.
pub fn first_broken(tx: &Tx<'_>) -> Result<Option<i64>, Fault> {
    Ok(chain(tx, None)?.broken.map(|broken| broken.id))
}

/// Recomputes every seal, row by row in the order of writing, and then holds every ticket against its trail. `pin` is a seal,
/// or its first digits, that somebody kept elsewhere. Where the retention has removed the oldest rows, the seals begin at the one
/// that its record keeps. The words beside a row are held against the fingerprint in it.
///
/// The seals show what was changed, taken out or moved before the last row, and not that last rows are missing. Those show
/// where a ticket stands elsewhere than its trail says; where the ticket was set back as well only a pin tells.
///
/// # Errors
/// [`Fault`] of the database.
pub fn verify(tx: &Tx<'_>, pin: Option<&str>) -> Result<Verified, Fault> {
    let mut verified = chain(tx, pin)?;
    if verified.broken.is_none() {
        verified.strayed = first_strayed(tx, verified.removed.as_ref())?;
    }
    Ok(verified)
}

fn chain(tx: &Tx<'_>, pin: Option<&str>) -> Result<Verified, Fault> {
    let pin = pin.map(str::to_ascii_lowercase);
    let bears = |seal: &[u8]| pin.as_ref().is_some_and(|pin| hexadecimal(seal).starts_with(pin));
    let removed = retention::removed(tx)?;
    let mut verified = Verified {
        rows: 0,
        newest: None,
        broken: None,
        strayed: None,
        pinned: removed.as_ref().filter(|removed| bears(&removed.digest)).map(|removed| removed.id),
        removed,
    };
    let mut statement = tx.connection.prepare_cached(
        "SELECT id, ticket_id, at, actor, transition, action, from_stage, to_stage, detail, digest
           FROM trail
          ORDER BY id",
    )?;
    let mut rows = statement.query([])?;
    let mut previous: Option<Seal> = None;
    let (mut id, mut at) = (0, 0);
    while let Some(row) = rows.next()? {
        let first = verified.removed.as_ref().map_or(&[][..], |removed| &removed.digest);
        let before = previous.as_ref().map_or(first, |seal| seal);
        let seal = match fitting(row, before) {
            Some(seal) if words_fit(tx, row)? => Some(seal),
            Some(_) | None => None,
        };
        let Some(seal) = seal else {
            let number = number_of(tx, row.get(1).unwrap_or_default())?;
            let at = moment(row.get(2).unwrap_or_default());
            verified.broken = Some(Broken { id: row.get(0)?, ticket: number, at });
            break;
        };
        (id, at) = (row.get(0)?, row.get(2)?);
        verified.rows += 1;
        if bears(&seal) {
            verified.pinned = Some(id);
        }
        previous = Some(seal);
    }
    verified.newest = previous.map(|seal| Sealed { id, at: moment(at), seal: hexadecimal(&seal) });
    Ok(verified)
}

/// The seal of a row, where it fits what the row holds. What no program of ours wrote need not even be text.
fn fitting(row: &Row<'_>, previous: &[u8]) -> Option<Seal> {
    let number = |place| row.get_ref(place).ok()?.as_i64_or_null().ok();
    let text = |place| Some(row.get_ref(place).ok()?.as_bytes_or_null().ok()?.unwrap_or_default());
    let transition = number(4)?.map_or_else(String::new, |number| number.to_string());
    let (ticket_id, at) = (number(1)??.to_string(), number(2)??.to_string());
    let fields = [
        ticket_id.as_bytes(),
        at.as_bytes(),
        text(3)?,
        transition.as_bytes(),
        text(5)?,
        text(6)?,
        text(7)?,
        text(8)?,
    ];
    let seal = seal(previous, fields);
    (text(9)? == seal).then_some(seal)
}

/// Whether the words beside a row are its own; those of a destroyed ticket are gone.
fn words_fit(tx: &Tx<'_>, row: &Row<'_>) -> Result<bool, Fault> {
    let ticket_id: i64 = row.get(1)?;
    let is_destroyed = || {
        let mut statement =
            tx.connection.prepare_cached("SELECT 1 FROM ticket WHERE id = ?1 AND citizen = ?2")?;
        Ok(statement.exists((ticket_id, PhoneNumber::NOBODY))?)
    };
    let detail = row.get_ref(8)?.as_bytes().unwrap_or_default();
    trail_words::fit(tx, (row.get(0)?, detail), is_destroyed)
}

fn number_of(tx: &Tx<'_>, ticket_id: i64) -> Result<Option<String>, Fault> {
    Ok(tx
        .connection
        .prepare_cached("SELECT number FROM ticket WHERE id = ?1")?
        .query_row([ticket_id], |row| row.get(0))
        .optional()?)
}

/// A ticket that is destroyed has lost its trail with the rows that the retention removed: of that nothing is left to hold it
/// against.
fn first_strayed(tx: &Tx<'_>, removed: Option<&Removed>) -> Result<Option<Strayed>, Fault> {
    let until = removed.map_or(i64::MIN, |removed| seconds(removed.at));
    Ok(tx
        .connection
        .prepare_cached(
            "SELECT number, stage, led
               FROM (SELECT number, stage, citizen, finished_at,
                            (SELECT to_stage FROM trail
                              WHERE ticket_id = ticket.id AND to_stage IS NOT NULL
                              ORDER BY id DESC LIMIT 1) AS led
                       FROM ticket)
              WHERE stage IS NOT led
                AND NOT (led IS NULL AND citizen = ?1 AND finished_at IS NOT NULL AND finished_at <= ?2)
              LIMIT 1",
        )?
        .query_row((PhoneNumber::NOBODY, until), |row| {
            Ok(Strayed { ticket: row.get(0)?, stands: row.get(1)?, led: row.get(2)? })
        })
        .optional()?)
}

pub(super) fn hexadecimal(octets: &[u8]) -> String {
    octets.iter().fold(String::with_capacity(octets.len() * 2), |mut text, octet| {
        for half in [octet >> 4, octet & 15] {
            text.extend(char::from_digit(half.into(), 16));
        }
        text
    })
}
