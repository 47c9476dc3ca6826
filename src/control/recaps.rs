//! Asks about the monthly report: its figures, and its way through ketua and pengarah.

use chrono::{DateTime, Utc};

use super::answer::Desk;
use super::protocol::{Correction, Recap, Signing, Tell};
use super::views;
use crate::desk::recap::{self, Month};
use crate::desk::staff::Officer;
use crate::desk::{Error, Office, signing};
use crate::store::signatures::{self, Signed};
use crate::store::{Fault, Tx};
use crate::ticket::OfficerId;

/// The figures of a month: those that were signed, else as they are now.
pub(super) async fn tell(
    desk: &Desk<'_>,
    (month, register): (Month, bool),
    now: DateTime<Utc>,
) -> Result<Tell, Error> {
    desk.write(move |tx, _, who| recap::note(tx, who, month, now)).await?;
    // A month may be long to count, and nobody who writes waits for it.
    let told = desk
        .read(move |tx, office, who| {
            if let Some(signed) = signing::in_force(tx, month)? {
                return again(tx, office, who, (&signed, month, register), now);
            }
            let (_, mut told) = counted(tx, office, who, (month, register), now)?;
            told.signing = signatures::last(tx, &month.name())?.map(|last| way(office, last));
            Ok(told)
        })
        .await?;
    Ok(Tell::Recap(Box::new(told)))
}

/// A month as it is now, with what has changed of those that were signed before.
fn counted(
    tx: &Tx<'_>,
    office: &Office,
    who: &Officer,
    wanted: (Month, bool),
    now: DateTime<Utc>,
) -> Result<(recap::Recap, Recap), Error> {
    let figures = recap::count(tx, office, who, wanted, now)?;
    let mut told = views::recap(figures.clone(), office, now);
    let corrections = signing::corrections(tx, office, who, wanted.0, now)?;
    let correction = |it: signing::Correction| Correction {
        month: it.month,
        figure: it.figure,
        was: it.was,
        is: it.is,
    };
    told.corrections = corrections.into_iter().map(correction).collect();
    Ok((figures, told))
}

/// A signed month as it was told then. The register is no part of what was signed: it holds texts, whose time ends.
fn again(
    tx: &Tx<'_>,
    office: &Office,
    who: &Officer,
    (signed, month, register): (&Signed, Month, bool),
    now: DateTime<Utc>,
) -> Result<Recap, Error> {
    let mut told: Recap = serde_json::from_str(&signed.told).map_err(|error| {
        Fault::Unreadable { table: "recap", id: signed.id, what: error.to_string() }
    })?;
    let numbers: Vec<String> = told.open.iter().map(|line| line.number.clone()).collect();
    let sealed = signing::sealed_since(tx, office, &numbers, now)?;
    told.open.retain(|line| !sealed.contains(&line.number));
    if register {
        let live = recap::count(tx, office, who, (month, true), now)?;
        told.register = views::recap(live, office, now).register;
        if let Some(register) = &mut told.register {
            register.made_at = Some(now);
        }
    }
    told.signing = Some(way(office, signed.clone()));
    Ok(told)
}

/// A ketua signs: what was counted is kept as it is told.
pub(super) async fn sign(desk: &Desk<'_>, month: Month, now: DateTime<Utc>) -> Result<Tell, Error> {
    let (figures, told) =
        desk.read(move |tx, office, who| counted(tx, office, who, (month, false), now)).await?;
    let text = serde_json::json!(told).to_string();
    let signed = desk
        .write(move |tx, office, who| {
            signing::sign(tx, office, who, (&figures, &text), now).map(|signed| way(office, signed))
        })
        .await?;
    Ok(Tell::RecapSigned { month: month.name(), signing: signed })
}

/// The pengarah takes notice.
pub(super) async fn acknowledge(
    desk: &Desk<'_>,
    month: Month,
    now: DateTime<Utc>,
) -> Result<Tell, Error> {
    let signed = desk
        .write(move |tx, office, who| {
            signing::acknowledge(tx, who, month, now).map(|signed| way(office, signed))
        })
        .await?;
    Ok(Tell::RecapSigned { month: month.name(), signing: signed })
}

/// The pengarah gives it back.
pub(super) async fn give_back(
    desk: &Desk<'_>,
    (month, reason): (Month, String),
    now: DateTime<Utc>,
) -> Result<Tell, Error> {
    let signed = desk
        .write(move |tx, office, who| {
            signing::give_back(tx, who, (month, &reason), now).map(|signed| way(office, signed))
        })
        .await?;
    Ok(Tell::RecapSigned { month: month.name(), signing: signed })
}

/// Who did what with it; whoever has left the office is called by account.
fn way(office: &Office, signed: Signed) -> Signing {
    let name = |account: String| {
        let found = office.staff.find(&OfficerId::from(account.as_str()));
        found.map_or(account, |officer| officer.name.clone())
    };
    Signing {
        signed_by: name(signed.signed_by),
        signed_at: signed.signed_at,
        acknowledged_by: signed.acknowledged_by.map(name),
        acknowledged_at: signed.acknowledged_at,
        returned_by: signed.returned_by.map(name),
        returned_at: signed.returned_at,
        reason: signed.reason,
    }
}
