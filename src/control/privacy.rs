//! Asks about who sees what of a citizen.

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};

use super::answer::Desk;
use super::protocol::{Access, RetentionPlan, RetentionRecord, Retired, Tell};
use crate::desk::Error;
use crate::desk::privacy::{self, Mark};
use crate::desk::retention::{self, Next};
use crate::store::Fault;
use crate::store::pseudonym::Key;
use crate::store::retention::{Counts, Record};

pub(super) async fn reveal(
    desk: &Desk<'_>,
    (number, reason): (String, String),
    now: DateTime<Utc>,
) -> Result<Tell, Error> {
    let (number, citizen) = desk
        .write(move |tx, office, who| privacy::reveal(tx, office, who, (&number, &reason), now))
        .await?;
    Ok(Tell::Revealed { number, citizen })
}

pub(super) async fn mark(
    desk: &Desk<'_>,
    (number, mark, remove, reason): (String, String, bool, Option<String>),
    now: DateTime<Utc>,
) -> Result<Tell, Error> {
    let mark = Mark::from_token(mark.trim()).ok_or(Error::Invalid { what: "mark", value: mark })?;
    let (number, flags) = desk
        .write(move |tx, office, who| {
            privacy::mark(tx, office, who, (&number, mark, remove, reason.as_deref()), now)
        })
        .await?;
    Ok(Tell::Marked { number, flags })
}

pub(super) async fn accesses(
    desk: &Desk<'_>,
    (number, from, until): (Option<String>, Option<NaiveDate>, Option<NaiveDate>),
    now: DateTime<Utc>,
) -> Result<Tell, Error> {
    let accesses = desk
        .write(move |tx, office, who| {
            privacy::accesses(tx, office, who, (number.as_deref(), from, until), now)
        })
        .await?;
    let told = |access: privacy::Access| Access {
        at: access.at,
        officer: access.officer,
        action: access.action,
        number: access.number,
        detail: access.detail,
    };
    Ok(Tell::Accesses { accesses: accesses.into_iter().map(told).collect() })
}

pub(super) async fn plan(desk: &Desk<'_>, now: DateTime<Utc>) -> Result<Tell, Error> {
    let plan = desk.read(move |tx, office, who| retention::plan(tx, office, who, now)).await?;
    Ok(Tell::RetentionPlan(Box::new(RetentionPlan {
        active_until: plan.cutoffs.active,
        archived_until: plan.cutoffs.archived,
        other_until: plan.cutoffs.other,
        trail_until: plan.cutoffs.trail,
        due: retired(plan.due),
        records: plan.records.into_iter().map(record).collect(),
    })))
}

/// A run, one bounded transaction after the other: others get their turn between them.
pub(super) async fn apply(desk: &Desk<'_>, now: DateTime<Utc>) -> Result<Tell, Error> {
    let mut place = desk.write(move |tx, _, who| retention::begin(tx, who, now)).await?;
    let key = Arc::new(key(desk).await?);
    loop {
        let key = Arc::clone(&key);
        match desk.write(move |tx, office, _| retention::go_on(tx, office, &key, place)).await? {
            Next::Piece(next) => place = next,
            Next::Done(done) => return Ok(Tell::RetentionDone(record(done))),
        }
    }
}

/// The key of the office's pseudonyms; made where there is none, which may take the disk a moment.
pub(super) async fn key(desk: &Desk<'_>) -> Result<Key, Error> {
    let store = desk.context.store.clone();
    let key = tokio::task::spawn_blocking(move || store.pseudonyms()).await;
    Ok(key.unwrap_or(Err(Fault::Died))?)
}

fn record(record: Record) -> RetentionRecord {
    RetentionRecord {
        id: record.id,
        at: record.started_at,
        officer: record.officer,
        cause: record.cause,
        retired: retired(record.counts),
        complete: record.finished_at.is_some(),
    }
}

fn retired(counts: Counts) -> Retired {
    let Counts { pseudonymised, destroyed, messages, texts, trail, accesses, decisions } = counts;
    Retired { pseudonymised, destroyed, messages, texts, trail, accesses, decisions }
}
