//! Status reports, matched to the parts that they speak of (TP-MR, recipient, SIM and time together).

use chrono::{DateTime, Utc};
use rusqlite::{OptionalExtension, named_params};

use super::{Fault, Tx, seconds};

/// A status report as a modem gave it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewReport {
    /// The SIM that received it.
    pub sim: String,
    /// As received.
    pub pdu: Vec<u8>,
    /// SHA-256 of SIM and TPDU.
    pub digest: Vec<u8>,
    /// TP-RA in canonical form.
    pub recipient: String,
    /// TP-MR.
    pub mr: u8,
    /// TP-ST.
    pub status: u8,
    /// TP-SCTS.
    pub centre_at: Option<DateTime<Utc>>,
}

/// What a report says of a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// The handset has it.
    Delivered,
    /// The centre will not say more.
    Unconfirmed,
    /// The centre is still trying: nothing is settled.
    Trying,
    /// The centre gave up.
    Failed,
    /// The validity period ended.
    Expired,
}

impl Verdict {
    /// State of the part; `None` while nothing is settled.
    const fn state(self) -> Option<&'static str> {
        match self {
            Self::Delivered => Some("delivered"),
            Self::Unconfirmed => Some("unconfirmed"),
            Self::Trying => None,
            Self::Failed => Some("failed"),
            Self::Expired => Some("expired"),
        }
    }
}

/// What became of the message that a report spoke of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// Nothing is settled yet: other parts are awaited, or the centre is still trying.
    None,
    /// The whole message is settled now, in this state.
    Settled {
        /// The message's row.
        id: i64,
        /// Whether every part was delivered (or passed on without confirmation).
        delivered: bool,
    },
}

/// Keeps a report, with the message that it speaks of where that is known; `None` when it was read before.
///
/// # Errors
/// [`Fault`] of the database.
pub fn record(
    tx: &Tx<'_>,
    report: &NewReport,
    outbox_id: Option<i64>,
    now: DateTime<Utc>,
) -> Result<Option<i64>, Fault> {
    let inserted = tx
        .connection
        .prepare_cached(
            "INSERT INTO report (sim, pdu, digest, recipient, mr, status, centre_at, received_at, outbox_id)
             VALUES (:sim, :pdu, :digest, :recipient, :mr, :status, :centre_at, :now, :outbox)
             ON CONFLICT (digest) DO NOTHING",
        )?
        .execute(named_params! {
            ":sim": report.sim,
            ":pdu": report.pdu,
            ":digest": report.digest,
            ":recipient": report.recipient,
            ":mr": report.mr,
            ":status": report.status,
            ":centre_at": report.centre_at.map(seconds),
            ":now": seconds(now),
            ":outbox": outbox_id,
        })?;
    Ok((inserted == 1).then(|| tx.connection.last_insert_rowid()))
}

/// Notes which message a report that matched nothing when it came speaks of.
///
/// # Errors
/// [`Fault`] of the database.
pub fn speaks_of(tx: &Tx<'_>, report_id: i64, outbox_id: i64) -> Result<(), Fault> {
    tx.connection
        .prepare_cached("UPDATE report SET outbox_id = ?2 WHERE id = ?1")?
        .execute((report_id, outbox_id))?;
    Ok(())
}

/// How far the time at which a part was accepted may be from the centre's own (TP-SCTS) for the two to be the same event, in
/// seconds: longer than a network takes to answer, shorter than 256 texts take.
const SAME_EVENT_SECONDS: i64 = 150;

/// How far back another text may have had a try that its report comes of only now, in seconds: two days, as long as a text is tried.
const RECENTLY_SECONDS: i64 = 2 * 24 * 3600;

/// The part that a report speaks of: by reference, recipient and SIM, not older than `since`; else a part of unknown fate
/// to the same recipient by the same SIM, whose reference nobody was told.
///
/// Of several it is the one that the centre took when it says. Where its clock fits none of them, it is the latest under that
/// reference; of those without one it could be any, and is none, also where another text to that phone has had a try that the
/// network gave no answer to, and that has gone again since: what is wrongly called delivered is lost. `None` also where it is of a
/// part still in hand, whose reference or fate will be told in a moment ([`early`], [`of_unknown`]).
///
/// # Errors
/// [`Fault`] of the database.
pub fn part_of(
    tx: &Tx<'_>,
    report: &NewReport,
    since: DateTime<Utc>,
) -> Result<Option<(i64, i64)>, Fault> {
    let mut statement = tx.connection.prepare_cached(
        // By the card and the reference, not by the recipient: what a phone was ever sent grows with the years.
        "SELECT outbox_id, number, state,
                COALESCE (ABS (COALESCE (accepted_at, offered_at) - :centre_at) <= :same_event, FALSE) AS fits,
                EXISTS (SELECT 1 FROM outbox AS other
                         WHERE other.recipient = :recipient AND other.created_at >= :since AND other.id <> outbox_id
                           AND other.unanswered + other.repeated > 0) AS rivalled
           FROM (SELECT * FROM outbox_part
                  WHERE state IN ('accepted', 'unknown') AND state = 'accepted'
                    AND sim = :sim AND mr = :mr AND accepted_at >= :since
                 UNION ALL
                 SELECT * FROM outbox_part
                  WHERE state IN ('accepted', 'unknown') AND state = 'unknown'
                    AND sim = :sim AND mr IS NULL AND offered_at >= :since
                 UNION ALL
                 SELECT outbox_part.* FROM outbox JOIN outbox_part ON outbox_id = outbox.id
                  WHERE outbox.state = 'claimed' AND outbox_part.state = 'offered' AND outbox_part.sim = :sim
                ) AS matching
          WHERE (SELECT recipient FROM outbox WHERE outbox.id = matching.outbox_id) = :recipient
          ORDER BY state = 'accepted' DESC, fits DESC,
                   CASE WHEN fits THEN ABS (COALESCE (accepted_at, offered_at) - :centre_at) END,
                   accepted_at DESC, offered_at DESC
          LIMIT 2",
    )?;
    let candidates = statement.query_map(
        named_params! {
            ":sim": report.sim,
            ":recipient": report.recipient,
            ":mr": report.mr,
            ":since": seconds(since),
            ":centre_at": report.centre_at.map(seconds),
            ":same_event": SAME_EVENT_SECONDS,
        },
        |row| {
            let part = (row.get(0)?, row.get(1)?);
            Ok((part, row.get::<_, String>(2)?, row.get::<_, bool>(3)?, row.get::<_, bool>(4)?))
        },
    )?;
    let candidates: Vec<((i64, i64), String, bool, bool)> = candidates.collect::<Result<_, _>>()?;
    let Some((part, state, fits, rivalled)) = candidates.first() else { return Ok(None) };
    let is_certain = state == "accepted" || (!rivalled && (*fits || candidates.len() == 1));
    Ok((is_certain && state != "offered").then_some(*part))
}

/// Reports that came before the answer to their AT+CMGS: the latest that fits, of those that matched nothing.
///
/// # Errors
/// [`Fault`] of the database.
pub fn early(
    tx: &Tx<'_>,
    sim: &str,
    recipient: &str,
    mr: u8,
    since: DateTime<Utc>,
) -> Result<Option<(i64, u8)>, Fault> {
    Ok(tx
        .connection
        .prepare_cached(
            "SELECT id, status FROM report
              WHERE outbox_id IS NULL AND sim = :sim AND mr = :mr AND recipient = :recipient
                AND received_at >= :since
              ORDER BY id DESC
              LIMIT 1",
        )?
        .query_row(
            named_params! {
                ":sim": sim,
                ":recipient": recipient,
                ":mr": mr,
                ":since": seconds(since),
            },
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
        .optional()?)
}

/// A report, with its status, of a part that is now of unknown fate, and the part's number: it came while the message was in
/// hand, matched nothing, and the centre took what it speaks of when the part was offered.
///
/// # Errors
/// [`Fault`] of the database.
pub fn of_unknown(tx: &Tx<'_>, id: i64) -> Result<Option<(i64, u8, i64)>, Fault> {
    Ok(tx
        .connection
        .prepare_cached(
            "SELECT report.id, report.status, part.number
               FROM outbox
               JOIN outbox_part AS part ON part.outbox_id = outbox.id
               JOIN report ON report.sim = part.sim AND report.recipient = outbox.recipient
              WHERE outbox.id = :id AND part.state = 'unknown' AND part.mr IS NULL AND report.outbox_id IS NULL
                AND report.received_at >= part.offered_at
                AND ABS (part.offered_at - report.centre_at) <= :same_event
                AND NOT EXISTS (SELECT 1 FROM outbox AS other
                                 WHERE other.recipient = outbox.recipient AND other.id <> outbox.id
                                   AND other.created_at >= outbox.created_at - :recently
                                   AND other.unanswered + other.repeated > 0)
              ORDER BY ABS (part.offered_at - report.centre_at), report.id
              LIMIT 1",
        )?
        .query_row(named_params! { ":id": id, ":same_event": SAME_EVENT_SECONDS, ":recently": RECENTLY_SECONDS }, |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?))
        })
        .optional()?)
}

/// Applies a report to a part, and to its message once no part is open any more. A report never makes a finished state
/// worse: a settled part is not asked for by [`part_of`].
///
/// # Errors
/// [`Fault`] of the database.
pub fn apply(
    tx: &Tx<'_>,
    report_id: i64,
    (outbox_id, number): (i64, i64),
    status: u8,
    verdict: Verdict,
    now: DateTime<Utc>,
) -> Result<Effect, Fault> {
    if let Some(state) = verdict.state() {
        tx.connection
            .prepare_cached(
                "UPDATE outbox_part
                    SET state = ?3, status = ?4, settled_at = ?5
                  WHERE outbox_id = ?1 AND number = ?2 AND state IN ('accepted', 'unknown')",
            )?
            .execute((outbox_id, number, state, status, seconds(now)))?;
    } else {
        // A centre that tries has the part: what was unknown is accepted, and the report tells its reference.
        tx.connection
            .prepare_cached(
                "UPDATE outbox_part
                    SET state = 'accepted', status = ?3, accepted_at = COALESCE (accepted_at, offered_at),
                        mr = COALESCE (mr, (SELECT mr FROM report WHERE id = ?4)), settled_at = NULL
                  WHERE outbox_id = ?1 AND number = ?2 AND state IN ('accepted', 'unknown')",
            )?
            .execute((outbox_id, number, status, report_id))?;
    }
    settle(tx, outbox_id, now)
}

/// Settles a message whose parts are all settled. Where a centre cannot confirm a part's delivery, nobody can that of the whole:
/// it stays sent, and shows as not confirmed once row 7's time is over. One whose parts are all with the network is unknown no
/// longer: there is nothing left of it that could be sent once more.
fn settle(tx: &Tx<'_>, id: i64, now: DateTime<Utc>) -> Result<Effect, Fault> {
    let (open, unsent, failed, expired, unconfirmed): (i64, i64, i64, i64, i64) = tx
        .connection
        .prepare_cached(
            "SELECT COUNT (*) FILTER (WHERE state = 'accepted' OR state = 'queued' OR state = 'offered' OR state = 'unknown'),
                    COUNT (*) FILTER (WHERE state = 'queued' OR state = 'offered' OR state = 'unknown'),
                    COUNT (*) FILTER (WHERE state = 'failed'),
                    COUNT (*) FILTER (WHERE state = 'expired'),
                    COUNT (*) FILTER (WHERE state = 'unconfirmed')
               FROM outbox_part
              WHERE outbox_id = ?1",
        )?
        .query_row([id], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?))
        })?;
    let ended_well = failed == 0 && expired == 0;
    if open > 0 || (ended_well && unconfirmed > 0) {
        if unsent == 0 {
            tx.connection
                .prepare_cached(
                    "UPDATE outbox
                        SET state = 'sent', settled_at = NULL, sent_at = COALESCE (sent_at, ?2)
                      WHERE id = ?1 AND state = 'unknown'",
                )?
                .execute((id, seconds(now)))?;
        }
        return Ok(Effect::None);
    }
    let state = match (failed, expired) {
        (0, 0) => "delivered",
        (0, _) => "expired",
        _ => "failed",
    };
    let changed = tx
        .connection
        .prepare_cached(
            "UPDATE outbox
                SET state = ?2, settled_at = ?3, sent_at = COALESCE (sent_at, ?3)
              WHERE id = ?1 AND state IN ('sent', 'unknown')",
        )?
        .execute((id, state, seconds(now)))?;
    Ok(if changed == 1 {
        Effect::Settled { id, delivered: state == "delivered" }
    } else {
        Effect::None
    })
}
