//! Asks about who sees what of a citizen.

use chrono::{DateTime, NaiveDate, Utc};

use super::answer::Desk;
use super::protocol::{Access, Tell};
use crate::desk::Error;
use crate::desk::privacy::{self, Mark};

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
    (number, mark, remove): (String, String, bool),
    now: DateTime<Utc>,
) -> Result<Tell, Error> {
    let mark = Mark::from_token(mark.trim()).ok_or(Error::Invalid { what: "mark", value: mark })?;
    let (number, flags) = desk
        .write(move |tx, office, who| privacy::mark(tx, office, who, (&number, mark, remove), now))
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
