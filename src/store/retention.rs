//! The one lawful way to change or destroy what is evidence: when its time is over (procedure.md 12.4).
//!
//! Each run has a row (berita acara). The triggers that guard the evidence let it go only while such a row is being worked on, and
//! that cannot be committed: what works in a row, ends it in the same transaction. They let through what takes away, and
//! nothing that puts other words in its place.

use chrono::{DateTime, Utc};
use rusqlite::{OptionalExtension, Row, named_params};

use super::named::Named;
use super::pseudonym::Key;
use super::trail::Removed;
use super::{Fault, Tx, answers, moment, requests, search, seconds, trail_words};
use crate::phone::PhoneNumber;

/// What was received or done at or before these times has had its time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cutoffs {
    /// Complaints finished then lose their number.
    pub active: DateTime<Utc>,
    /// Complaints finished then are destroyed.
    pub archived: DateTime<Utc>,
    /// What is no complaint is destroyed.
    pub other: DateTime<Utc>,
    /// Rows of the trail and of the access log are removed.
    pub trail: DateTime<Utc>,
}

/// How much of each class.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Complaints whose number is replaced.
    pub pseudonymised: i64,
    /// Tickets whose texts are destroyed.
    pub destroyed: i64,
    /// Received messages that belong to no ticket.
    pub messages: i64,
    /// Sent texts that belong to no ticket.
    pub texts: i64,
    /// Rows of the trail.
    pub trail: i64,
    /// Rows of the access log.
    pub accesses: i64,
    /// Blocks that have ended and requests that are answered: their number is replaced, or their row removed.
    pub decisions: i64,
}

/// A run, as it was recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// Its number.
    pub id: i64,
    /// When it began.
    pub started_at: DateTime<Utc>,
    /// The account that had it done.
    pub officer: String,
    /// `retention`, `request` or `restore`.
    pub cause: String,
    /// What was done.
    pub counts: Counts,
    /// When it ended; `None`: it was cut short, and the next run does the rest.
    pub finished_at: Option<DateTime<Utc>>,
}

impl Record {
    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        let row = Named::of(row);
        Ok(Self {
            id: row.get("id")?,
            started_at: moment(row.get("started_at")?),
            officer: row.get("officer")?,
            cause: row.get("cause")?,
            counts: Counts {
                pseudonymised: row.get("pseudonymised")?,
                destroyed: row.get("destroyed")?,
                messages: row.get("messages")?,
                texts: row.get("texts")?,
                trail: row.get("trail")?,
                accesses: row.get("accesses")?,
                decisions: row.get("decisions")?,
            },
            finished_at: row.get::<Option<i64>>("finished_at")?.map(moment),
        })
    }
}

/// What becomes of a ticket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// Its number is replaced, its texts stay.
    Pseudonymised,
    /// Its texts go too; what the figures are counted from stays.
    Destroyed,
}

/// Begins a run; its number.
///
/// # Errors
/// [`Fault`] of the database.
pub fn begin(tx: &Tx<'_>, officer: &str, cause: &str, now: DateTime<Utc>) -> Result<i64, Fault> {
    tx.connection
        .prepare_cached("INSERT INTO retention (started_at, officer, cause) VALUES (?1, ?2, ?3)")?
        .execute((seconds(now), officer, cause))?;
    Ok(tx.connection.last_insert_rowid())
}

/// Does some work of a run: the triggers let it go until the end of this, and what was done is added to the run's row.
///
/// # Errors
/// [`Fault::Stale`] where the run has ended; what `work` fails with.
pub fn within<E: From<Fault>>(
    tx: &Tx<'_>,
    run: i64,
    work: impl FnOnce() -> Result<Counts, E>,
) -> Result<Counts, E> {
    set_working(tx, run, true)?;
    // What is taken away is overwritten in the file too.
    let overwritten = |on: bool| -> Result<(), Fault> {
        Ok(tx.connection.pragma_update(None, "secure_delete", on)?)
    };
    overwritten(true)?;
    let done = work();
    overwritten(false)?;
    let done = done?;
    set_working(tx, run, false)?;
    add(tx, run, &done)?;
    Ok(done)
}

fn set_working(tx: &Tx<'_>, run: i64, working: bool) -> Result<(), Fault> {
    let changed = tx
        .connection
        .prepare_cached(
            "UPDATE retention SET working = CASE WHEN ?2 THEN 0 END WHERE id = ?1 AND finished_at IS NULL",
        )?
        .execute((run, working))?;
    if changed == 1 { Ok(()) } else { Err(Fault::Stale { table: "retention", id: run }) }
}

fn add(tx: &Tx<'_>, run: i64, done: &Counts) -> Result<(), Fault> {
    tx.connection
        .prepare_cached(
            "UPDATE retention
                SET pseudonymised = pseudonymised + :pseudonymised, destroyed = destroyed + :destroyed,
                    messages = messages + :messages, texts = texts + :texts, trail = trail + :trail,
                    accesses = accesses + :accesses, decisions = decisions + :decisions
              WHERE id = :id",
        )?
        .execute(named_params! {
            ":id": run,
            ":pseudonymised": done.pseudonymised,
            ":destroyed": done.destroyed,
            ":messages": done.messages,
            ":texts": done.texts,
            ":trail": done.trail,
            ":accesses": done.accesses,
            ":decisions": done.decisions,
        })?;
    Ok(())
}

/// Ends a run; its row is never changed again.
///
/// # Errors
/// [`Fault`] of the database.
pub fn finish(tx: &Tx<'_>, run: i64, now: DateTime<Utc>) -> Result<Record, Fault> {
    Ok(tx
        .connection
        .prepare_cached("UPDATE retention SET finished_at = ?2 WHERE id = ?1 RETURNING *")?
        .query_row((run, seconds(now)), Record::read)?)
}

/// The last runs, latest first.
///
/// # Errors
/// [`Fault`] of the database.
pub fn records(tx: &Tx<'_>, limit: i64) -> Result<Vec<Record>, Fault> {
    let mut statement =
        tx.connection.prepare_cached("SELECT * FROM retention ORDER BY id DESC LIMIT ?1")?;
    let records = statement.query_map([limit], Record::read)?.collect::<Result<_, _>>()?;
    Ok(records)
}

/// How much would be done now. Of tickets at most: one of which a text may still leave stays; of the trail too: a row stays while one
/// before it has to.
///
/// # Errors
/// [`Fault`] of the database.
pub fn due(tx: &Tx<'_>, cutoffs: &Cutoffs) -> Result<Counts, Fault> {
    Ok(tx
        .connection
        .prepare_cached(
            "SELECT (SELECT COUNT (*) FROM ticket
                      WHERE finished_at > :archived AND finished_at <= :active AND citizen NOT LIKE '+999%'
                        AND citizen <> '' AND closed_as IS NOT 'SPAM'),
                    (SELECT COUNT (*) FROM ticket
                      WHERE finished_at <= :archived AND citizen <> :nobody AND closed_as IS NOT 'SPAM')
                    + (SELECT COUNT (*) FROM ticket
                        WHERE finished_at <= :other AND citizen <> :nobody AND closed_as = 'SPAM'),
                    (SELECT COUNT (*) FROM inbound
                      WHERE received_at <= :other AND ticket_id IS NULL AND state = 'handled' AND sender <> :nobody),
                    (SELECT COUNT (*) FROM outbox
                      WHERE created_at <= :other AND ticket_id IS NULL AND state <> 'queued' AND state <> 'claimed'
                        AND recipient <> :nobody),
                    (SELECT COUNT (*) FROM trail WHERE at <= :trail),
                    (SELECT COUNT (*) FROM access_log WHERE at <= :trail),
                    (SELECT COUNT (*) FROM block
                      WHERE COALESCE (lifted_at, ends_at) <= :other
                        AND (citizen NOT LIKE '+999%' OR COALESCE (lifted_at, ends_at) <= :trail))
                    + (SELECT COUNT (*) FROM data_request
                        WHERE answered_at <= :active
                          AND ((citizen <> '' AND citizen NOT LIKE '+999%') OR answered_at <= :trail))",
        )?
        .query_row(
            named_params! {
                ":active": seconds(cutoffs.active),
                ":archived": seconds(cutoffs.archived),
                ":other": seconds(cutoffs.other),
                ":trail": seconds(cutoffs.trail),
                ":nobody": PhoneNumber::NOBODY,
            },
            |row| {
                Ok(Counts {
                    pseudonymised: row.get(0)?,
                    destroyed: row.get(1)?,
                    messages: row.get(2)?,
                    texts: row.get(3)?,
                    trail: row.get(4)?,
                    accesses: row.get(5)?,
                    decisions: row.get(6)?,
                })
            },
        )?)
}

/// The last rows of tickets, received messages, sent texts, reports and the access log.
///
/// # Errors
/// [`Fault`] of the database.
pub fn last_rows(tx: &Tx<'_>) -> Result<[i64; 5], Fault> {
    Ok(tx
        .connection
        .prepare_cached(
            "SELECT (SELECT COALESCE (MAX (id), 0) FROM ticket), (SELECT COALESCE (MAX (id), 0) FROM inbound),
                    (SELECT COALESCE (MAX (id), 0) FROM outbox), (SELECT COALESCE (MAX (id), 0) FROM report),
                    (SELECT COALESCE (MAX (id), 0) FROM access_log)",
        )?
        .query_row([], |row| {
            Ok([row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?])
        })?)
}

/// The tickets among the rows `(after, until]` whose time is over, and what becomes of each. One of which a text may still leave
/// ([`outbox::is_under_way`](super::outbox::is_under_way)) stays until it has: without a number it would reach nobody.
///
/// # Errors
/// [`Fault`] of the database.
pub fn tickets(
    tx: &Tx<'_>,
    (after, until): (i64, i64),
    cutoffs: &Cutoffs,
) -> Result<Vec<(i64, Fate)>, Fault> {
    let mut statement = tx.connection.prepare_cached(
        "SELECT id, CASE WHEN finished_at <= CASE WHEN closed_as = 'SPAM' THEN :other ELSE :archived END
                         THEN citizen <> :nobody ELSE NULL END,
                finished_at <= :active AND citizen <> '' AND citizen NOT LIKE '+999%'
           FROM ticket
          WHERE id > :after AND id <= :until AND finished_at IS NOT NULL
            AND NOT EXISTS (SELECT 1 FROM outbox
                             WHERE outbox.ticket_id = ticket.id
                               AND (outbox.state = 'queued' OR outbox.state = 'claimed' OR outbox.state = 'unknown'))",
    )?;
    let mut rows = statement.query(named_params! {
        ":after": after,
        ":until": until,
        ":active": seconds(cutoffs.active),
        ":archived": seconds(cutoffs.archived),
        ":other": seconds(cutoffs.other),
        ":nobody": PhoneNumber::NOBODY,
    })?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let fate = match (row.get::<_, Option<bool>>(1)?, row.get::<_, bool>(2)?) {
            (Some(true), _) => Fate::Destroyed,
            (None, true) => Fate::Pseudonymised,
            (Some(false) | None, _) => continue,
        };
        found.push((row.get(0)?, fate));
    }
    Ok(found)
}

/// Takes its number from a ticket of which no text may leave any more, or its texts too; inside of [`within`]. What was found by the words of a text is found no more,
/// and what was proposed for the answer bank out of it goes with it.
///
/// # Errors
/// [`Fault`] of the database.
pub fn retire(
    tx: &Tx<'_>,
    key: &Key,
    (ticket_id, fate): (i64, Fate),
    now: DateTime<Utc>,
) -> Result<(), Fault> {
    let citizen: Option<String> = tx
        .connection
        .prepare_cached("SELECT citizen FROM ticket WHERE id = ?1")?
        .query_row([ticket_id], |row| row.get(0))
        .optional()?;
    let Some(citizen) = citizen else { return Ok(()) };
    let destroyed = fate == Fate::Destroyed;
    let instead = |number: &str| match fate {
        // Somebody at the counter without a number stays that.
        Fate::Pseudonymised if number.is_empty() => String::new(),
        Fate::Pseudonymised => key.pseudonym(number).reveal().to_owned(),
        Fate::Destroyed => PhoneNumber::NOBODY.to_owned(),
    };
    let messages = pairs(
        &mut *tx
            .connection
            .prepare_cached("SELECT id, sender FROM inbound WHERE ticket_id = ?1")?,
        ticket_id,
    )?;
    for (id, sender) in messages {
        retire_message(tx, key, id, (&instead(&sender), destroyed))?;
    }
    let texts = pairs(
        &mut *tx
            .connection
            .prepare_cached("SELECT id, recipient FROM outbox WHERE ticket_id = ?1")?,
        ticket_id,
    )?;
    for (id, recipient) in texts {
        retire_text(tx, id, (&instead(&recipient), destroyed))?;
    }
    tx.connection
        .prepare_cached("UPDATE ticket SET citizen = ?2, to_give_at = NULL WHERE id = ?1")?
        .execute((ticket_id, instead(&citizen)))?;
    if destroyed {
        empty(tx, ticket_id, now)?;
    }
    let is_elsewhere = tx
        .connection
        .prepare_cached("SELECT 1 FROM ticket WHERE citizen = ?1 LIMIT 1")?
        .exists([&citizen])?;
    if !citizen.is_empty() && !is_elsewhere {
        requests::rename(tx, &citizen, &instead(&citizen))?;
        tx.connection
            .prepare_cached("DELETE FROM unreachable WHERE citizen = ?1")?
            .execute([&citizen])?;
    }
    Ok(())
}

/// Leaves of a ticket what the figures are counted from, and that it holds specific data: what a version before 6 wrote into its
/// trail is still kept from most. Its messages are empty already, or their words would be indexed anew.
fn empty(tx: &Tx<'_>, ticket_id: i64, now: DateTime<Utc>) -> Result<(), Fault> {
    tx.connection
        .prepare_cached(
            "UPDATE ticket
                SET body = '', suggestions = '',
                    flags = CASE WHEN instr (' ' || flags || ' ', ' specific ') THEN 'specific' ELSE '' END
              WHERE id = ?1",
        )?
        .execute([ticket_id])?;
    search::forget(tx, ticket_id)?;
    tx.connection
        .prepare_cached(
            "UPDATE draft SET recommendation = '', rules = '', note = '', wording = '', reason = NULL
              WHERE ticket_id = ?1",
        )?
        .execute([ticket_id])?;
    trail_words::destroy(tx, ticket_id)?;
    // Why somebody wanted to see the number: words too.
    tx.connection
        .prepare_cached(
            "UPDATE access_log SET detail = '' WHERE ticket_id = ?1 AND action = 'reveal'",
        )?
        .execute([ticket_id])?;
    tx.connection
        .prepare_cached("DELETE FROM reminder WHERE ticket_id = ?1")?
        .execute([ticket_id])?;
    answers::forget_proposals(tx, ticket_id, now)
}

/// Overwrites what is left in the index of the words of destroyed texts, where a run since the last whole one destroyed any.
///
/// # Errors
/// [`Fault`] of the database.
pub fn sweep(tx: &Tx<'_>, run: i64) -> Result<(), Fault> {
    let is_needed = tx
        .connection
        .prepare_cached(
            "SELECT 1 FROM retention
              WHERE destroyed > 0 AND id <= ?1
                AND id > (SELECT COALESCE (MAX (id), 0) FROM retention
                           WHERE cause = 'retention' AND finished_at IS NOT NULL AND id < ?1)
              LIMIT 1",
        )?
        .exists([run])?;
    if is_needed { search::sweep(tx) } else { Ok(()) }
}

/// Of the received messages `(after, until]` those that belong to no ticket and whose time is over are emptied; how many.
///
/// # Errors
/// [`Fault`] of the database.
pub fn messages_apart(
    tx: &Tx<'_>,
    key: &Key,
    (after, until): (i64, i64),
    cutoffs: &Cutoffs,
) -> Result<i64, Fault> {
    let mut statement = tx.connection.prepare_cached(
        "SELECT id FROM inbound
          WHERE id > ?1 AND id <= ?2 AND received_at <= ?3 AND ticket_id IS NULL AND state = 'handled'
            AND sender <> ?4",
    )?;
    let ids: Vec<i64> = statement
        .query_map((after, until, seconds(cutoffs.other), PhoneNumber::NOBODY), |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    for id in &ids {
        retire_message(tx, key, *id, (PhoneNumber::NOBODY, true))?;
    }
    Ok(count(ids.len()))
}

/// The same of sent texts.
///
/// # Errors
/// [`Fault`] of the database.
pub fn texts_apart(
    tx: &Tx<'_>,
    (after, until): (i64, i64),
    cutoffs: &Cutoffs,
) -> Result<i64, Fault> {
    let mut statement = tx.connection.prepare_cached(
        "SELECT id FROM outbox
          WHERE id > ?1 AND id <= ?2 AND created_at <= ?3 AND ticket_id IS NULL
            AND state <> 'queued' AND state <> 'claimed' AND recipient <> ?4",
    )?;
    let ids: Vec<i64> = statement
        .query_map((after, until, seconds(cutoffs.other), PhoneNumber::NOBODY), |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    for id in &ids {
        retire_text(tx, *id, (PhoneNumber::NOBODY, true))?;
    }
    Ok(count(ids.len()))
}

/// Empties what a number wrote and read that belongs to no ticket; how many messages and texts.
///
/// # Errors
/// [`Fault`] of the database.
pub fn forget_apart(tx: &Tx<'_>, key: &Key, citizen: &str) -> Result<(i64, i64), Fault> {
    let rows = |statement: &mut rusqlite::Statement<'_>| -> Result<Vec<i64>, Fault> {
        Ok(statement.query_map([citizen], |row| row.get(0))?.collect::<Result<_, _>>()?)
    };
    let messages = rows(&mut *tx.connection.prepare_cached(
        "SELECT id FROM inbound WHERE sender = ?1 AND ticket_id IS NULL AND state = 'handled'",
    )?)?;
    let texts = rows(&mut *tx.connection.prepare_cached(
        "SELECT id FROM outbox
          WHERE recipient = ?1 AND ticket_id IS NULL AND state <> 'queued' AND state <> 'claimed'",
    )?)?;
    for id in &messages {
        retire_message(tx, key, *id, (PhoneNumber::NOBODY, true))?;
    }
    for id in &texts {
        retire_text(tx, *id, (PhoneNumber::NOBODY, true))?;
    }
    Ok((count(messages.len()), count(texts.len())))
}

fn retire_message(
    tx: &Tx<'_>,
    key: &Key,
    id: i64,
    (sender, destroyed): (&str, bool),
) -> Result<(), Fault> {
    tx.connection
        .prepare_cached(
            "UPDATE inbound SET sender = ?2, text = CASE WHEN ?3 THEN NULL ELSE text END WHERE id = ?1",
        )?
        .execute((id, sender, destroyed))?;
    let mut statement =
        tx.connection.prepare_cached("SELECT id, digest FROM part WHERE inbound_id = ?1")?;
    let parts: Vec<(i64, Vec<u8>)> = statement
        .query_map([id], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_, _>>()?;
    for (part, digest) in parts {
        // The number is in the PDU, and could be tried out on a digest that anybody can make.
        tx.connection
            .prepare_cached("UPDATE part SET sender = ?2, pdu = x'', digest = ?3 WHERE id = ?1")?
            .execute((part, sender, key.hash(&digest)))?;
    }
    Ok(())
}

fn retire_text(tx: &Tx<'_>, id: i64, (recipient, destroyed): (&str, bool)) -> Result<(), Fault> {
    tx.connection
        .prepare_cached(
            "UPDATE outbox SET recipient = ?2, body = CASE WHEN ?3 THEN '' ELSE body END WHERE id = ?1",
        )?
        .execute((id, recipient, destroyed))?;
    tx.connection
        .prepare_cached("UPDATE outbox_part SET tpdu = x'' WHERE outbox_id = ?1")?
        .execute([id])?;
    Ok(())
}

/// Removes status reports `(after, until]` whose time is over: what they told stands beside the part that they speak of.
///
/// # Errors
/// [`Fault`] of the database.
pub fn reports(tx: &Tx<'_>, (after, until): (i64, i64), cutoffs: &Cutoffs) -> Result<(), Fault> {
    tx.connection
        .prepare_cached("DELETE FROM report WHERE id > ?1 AND id <= ?2 AND received_at <= ?3")?
        .execute((after, until, seconds(cutoffs.other)))?;
    Ok(())
}

/// Removes rows `(after, until]` of the access log whose time is over; how many.
///
/// # Errors
/// [`Fault`] of the database.
pub fn accesses(tx: &Tx<'_>, (after, until): (i64, i64), cutoffs: &Cutoffs) -> Result<i64, Fault> {
    let removed = tx
        .connection
        .prepare_cached("DELETE FROM access_log WHERE id > ?1 AND id <= ?2 AND at <= ?3")?
        .execute((after, until, seconds(cutoffs.trail)))?;
    Ok(count(removed))
}

/// Blocks that have ended and answered requests: their number is replaced, and what is as old as a removed row of the trail is
/// removed; how many. A number that is marked as wrong or gone and has no ticket any more is forgotten, and so is one that was put
/// under STOP as long ago as a complaint keeps its number: there is nothing left that could be told to it.
///
/// # Errors
/// [`Fault`] of the database.
pub fn decisions(tx: &Tx<'_>, key: &Key, cutoffs: &Cutoffs) -> Result<i64, Fault> {
    let mut done = tx
        .connection
        .prepare_cached("DELETE FROM block WHERE COALESCE (lifted_at, ends_at) <= ?1")?
        .execute([seconds(cutoffs.trail)])?;
    done += tx
        .connection
        .prepare_cached("DELETE FROM data_request WHERE answered_at <= ?1")?
        .execute([seconds(cutoffs.trail)])?;
    // What a deletion waited for had its time meanwhile.
    tx.connection
        .prepare_cached(
            "UPDATE data_request
                SET outcome = 'granted', answer = begun_answer, answered_at = begun_at, begun_at = NULL, begun_answer = NULL
              WHERE answered_at IS NULL AND begun_at IS NOT NULL
                AND NOT EXISTS (SELECT 1 FROM ticket WHERE ticket.citizen = data_request.citizen
                                                       AND (data_request.citizen <> '' OR ticket.id = data_request.ticket_id))",
        )?
        .execute([])?;
    let blocks = pairs(
        &mut *tx.connection.prepare_cached(
            "SELECT id, citizen FROM block
              WHERE COALESCE (lifted_at, ends_at) <= ?1 AND citizen NOT LIKE '+999%'",
        )?,
        seconds(cutoffs.other),
    )?;
    for (id, citizen) in &blocks {
        tx.connection
            .prepare_cached("UPDATE block SET citizen = ?2 WHERE id = ?1")?
            .execute((id, key.pseudonym(citizen).reveal()))?;
    }
    let requests = pairs(
        &mut *tx.connection.prepare_cached(
            "SELECT id, citizen FROM data_request
              WHERE answered_at <= ?1 AND citizen <> '' AND citizen NOT LIKE '+999%'",
        )?,
        seconds(cutoffs.active),
    )?;
    for (id, citizen) in &requests {
        tx.connection
            .prepare_cached("UPDATE data_request SET citizen = ?2 WHERE id = ?1")?
            .execute((id, key.pseudonym(citizen).reveal()))?;
    }
    tx.connection
        .prepare_cached(
            "DELETE FROM unreachable
              WHERE marked_at <= ?1
                AND NOT EXISTS (SELECT 1 FROM ticket WHERE ticket.citizen = unreachable.citizen)",
        )?
        .execute([seconds(cutoffs.other)])?;
    tx.connection
        .prepare_cached(
            "DELETE FROM stopped
              WHERE since <= ?1
                AND NOT EXISTS (SELECT 1 FROM ticket WHERE ticket.citizen = stopped.citizen)",
        )?
        .execute([seconds(cutoffs.active)])?;
    Ok(count(done + blocks.len() + requests.len()))
}

/// Removes the oldest rows of the trail, at most `limit`, as far as their time is over and their ticket destroyed; how many. The
/// run's row keeps the seal of the last of them, which the next row is sealed upon: the chain still holds. Inside of [`within`].
///
/// # Errors
/// [`Fault`] of the database.
pub fn trail(tx: &Tx<'_>, run: i64, limit: i64, cutoffs: &Cutoffs) -> Result<i64, Fault> {
    let mut statement = tx.connection.prepare_cached(
        "SELECT trail.id, trail.digest, trail.at <= ?1 AND ticket.citizen = ?2
           FROM trail CROSS JOIN ticket ON ticket.id = trail.ticket_id
          WHERE trail.id < (SELECT MAX (id) FROM trail)
          ORDER BY trail.id
          LIMIT ?3",
    )?;
    let mut rows = statement.query((seconds(cutoffs.trail), PhoneNumber::NOBODY, limit))?;
    let mut last: Option<(i64, Vec<u8>)> = None;
    while let Some(row) = rows.next()? {
        if !row.get::<_, bool>(2)? {
            break;
        }
        last = Some((row.get(0)?, row.get(1)?));
    }
    drop(rows);
    let Some((id, digest)) = last else { return Ok(0) };
    // What was said of a ticket after its texts were destroyed.
    tx.connection.prepare_cached("DELETE FROM trail_words WHERE trail_id <= ?1")?.execute([id])?;
    let removed =
        tx.connection.prepare_cached("DELETE FROM trail WHERE id <= ?1")?.execute([id])?;
    tx.connection
        .prepare_cached("UPDATE retention SET trail_last = ?2, trail_digest = ?3 WHERE id = ?1")?
        .execute((run, id, digest))?;
    Ok(count(removed))
}

/// How far the trail was removed: what the first row left is sealed upon.
pub(super) fn removed(tx: &Tx<'_>) -> Result<Option<Removed>, Fault> {
    // A register of an earlier version has no such table, and nothing was removed from it.
    let Ok(mut statement) = tx.connection.prepare_cached(
        "SELECT trail_last, trail_digest, started_at FROM retention
          WHERE trail_last IS NOT NULL ORDER BY trail_last DESC LIMIT 1",
    ) else {
        return Ok(None);
    };
    Ok(statement
        .query_row([], |row| {
            Ok(Removed { id: row.get(0)?, digest: row.get(1)?, at: moment(row.get(2)?) })
        })
        .optional()?)
}

fn pairs(statement: &mut rusqlite::Statement<'_>, value: i64) -> Result<Vec<(i64, String)>, Fault> {
    let pairs = statement
        .query_map([value], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_, _>>()?;
    Ok(pairs)
}

fn count(rows: usize) -> i64 {
    i64::try_from(rows).unwrap_or(i64::MAX)
}
