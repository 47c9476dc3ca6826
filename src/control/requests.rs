//! Asks about citizens' requests concerning their own data.

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};

use super::answer::Desk;
use super::privacy::key;
use super::protocol::{CopiedText, DataRequest, RequestsDuty, Tell};
use crate::desk::requests::{self, Listed};
use crate::desk::staff::Officer;
use crate::desk::{Error, Office};
use crate::store::Tx;
use crate::store::requests::Kind;

pub(super) async fn add(
    desk: &Desk<'_>,
    (whose, kind, detail): (String, String, String),
    now: DateTime<Utc>,
) -> Result<Tell, Error> {
    let kind = Kind::from_token(kind.trim()).ok_or(Error::Invalid { what: "kind", value: kind })?;
    let (id, due_at) = desk
        .write(move |tx, office, who| requests::add(tx, office, who, (&whose, kind, &detail), now))
        .await?;
    Ok(Tell::RequestNoted { id, due_at })
}

/// What the inbox says of the requests that wait for the caller.
pub(super) fn duty(
    tx: &Tx<'_>,
    office: &Office,
    who: &Officer,
    now: DateTime<Utc>,
) -> Result<Option<RequestsDuty>, Error> {
    let waiting = requests::waiting(tx, office, who, now)?;
    Ok(waiting.map(|waiting| RequestsDuty {
        count: waiting.count,
        due_at: waiting.due_at,
        overdue: waiting.overdue,
        waits_for: waiting.waits_for,
    }))
}

pub(super) async fn list(desk: &Desk<'_>, all: bool, now: DateTime<Utc>) -> Result<Tell, Error> {
    let listed =
        desk.read(move |tx, office, who| requests::list(tx, office, who, all, now)).await?;
    let told = |Listed { request, number, waits_for }: Listed| DataRequest {
        id: request.id,
        citizen: request.citizen,
        number,
        kind: request.kind,
        detail: request.detail,
        registered_at: request.registered_at,
        due_at: request.due_at,
        answered_at: request.answered_at,
        outcome: request.outcome,
        answer: request.answer,
        begun_at: request.begun_at,
        begun_answer: request.begun_answer,
        waits_for,
    };
    Ok(Tell::Requests { requests: listed.into_iter().map(told).collect() })
}

pub(super) async fn answer(
    desk: &Desk<'_>,
    (id, granted, words): (i64, bool, String),
    now: DateTime<Utc>,
) -> Result<Tell, Error> {
    let key = Arc::new(key(desk).await?);
    let answered = desk
        .write(move |tx, office, who| {
            requests::answer(tx, office, who, (&key, id, granted, &words), now)
        })
        .await?;
    let told = |text: requests::Copied| CopiedText { at: text.at, own: text.own, text: text.text };
    Ok(Tell::RequestAnswered {
        id,
        granted,
        destroyed: answered.destroyed,
        pseudonymised: answered.pseudonymised,
        kept: i64::try_from(answered.kept.len()).unwrap_or(i64::MAX),
        waits_for: answered.kept,
        copy: answered.copy.into_iter().map(told).collect(),
    })
}

pub(super) async fn affected(
    desk: &Desk<'_>,
    (from, until): (Option<NaiveDate>, Option<NaiveDate>),
    now: DateTime<Utc>,
) -> Result<Tell, Error> {
    let requests::Affected { numbers, withheld } = desk
        .write(move |tx, office, who| requests::affected(tx, office, who, (from, until), now))
        .await?;
    Ok(Tell::Affected { numbers, withheld })
}
