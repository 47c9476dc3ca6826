//! Due times of open tickets, reckoned anew where the office's calendar has changed: the list of days off is published in
//! autumn and sometimes changed during the year (procedure.md section 6).

use chrono::{DateTime, Utc};
use serde_json::json;
use sha2::{Digest, Sha256};

use super::{Office, cases, promising, reminding, requests};
use crate::store::tickets::Ticket;
use crate::store::trail::{self, Line};
use crate::store::{Fault, Tx, reckoning, tickets};
use crate::ticket::clock::{self, Taken};
use crate::ticket::{Advance, Category, Stage};

/// Reckons the due times of all open tickets and of requests that wait, and plans their reminders, where calendar, standard times
/// and what else they follow from are not those of the last time; how many tickets have changed.
///
/// # Errors
/// [`Fault`] of the database.
pub fn reckon(tx: &Tx<'_>, office: &Office, now: DateTime<Utc>) -> Result<usize, Fault> {
    let digest = digest(office);
    if reckoning::last(tx)?.as_deref() == Some(&*digest) {
        return Ok(0);
    }
    let mut moved = 0;
    for mut ticket in tickets::open_ones(tx)? {
        if reckon_one(tx, office, &mut ticket, now)? {
            moved += 1;
        }
        reminding::plan(tx, office, &ticket)?;
    }
    requests::reckon(tx, office)?;
    reckoning::keep(tx, &digest, now)?;
    Ok(moved)
}

/// Whether a ticket's due times have changed; the trail says from when to when.
fn reckon_one(
    tx: &Tx<'_>,
    office: &Office,
    ticket: &mut Ticket,
    now: DateTime<Utc>,
) -> Result<bool, Fault> {
    let old = ticket.clocks();
    let new = replayed(tx, office, ticket)?;
    if (new.due_at, new.answer_due_at, new.national_due_at)
        == (old.due_at, old.answer_due_at, old.national_due_at)
    {
        return Ok(false);
    }
    let zone = office.calendar.zone();
    let short = |at: Option<DateTime<Utc>>| at.map_or_else(|| "-".to_owned(), |at| zone.short(at));
    let mut detail = serde_json::Map::new();
    for (name, old, new) in [
        ("langkah", old.due_at, new.due_at),
        ("jawaban", Some(old.answer_due_at), Some(new.answer_due_at)),
        ("nasional", old.national_due_at, new.national_due_at),
    ] {
        if old != new {
            detail.insert(name.to_owned(), json!(format!("{} -> {}", short(old), short(new))));
        }
    }
    ticket.due_at = new.due_at;
    ticket.answer_due_at = new.answer_due_at;
    ticket.national_due_at = new.national_due_at;
    tickets::set_dues(tx, ticket)?;
    cases::remark(tx, ticket.id, "sistem", "TENGGAT_BERUBAH", detail.into(), now)?;
    Ok(true)
}

/// The clocks of a ticket as its trail and the calendar make them.
///
/// # Errors
/// [`Fault`] of the database.
pub fn replayed(tx: &Tx<'_>, office: &Office, ticket: &Ticket) -> Result<clock::Clocks, Fault> {
    let mut clocks = clock::replay(office.reckoning(), ticket.received_at, &steps(tx, ticket)?);
    if clocks.stage == Stage::FollowUp {
        clocks.due_at = promising::due(office, clocks.national_due_at, ticket.follow_up_on);
    }
    Ok(clocks)
}

/// The steps that a ticket took after it was opened.
///
/// # Errors
/// [`Fault`] of the database.
pub fn steps(tx: &Tx<'_>, ticket: &Ticket) -> Result<Vec<Taken>, Fault> {
    Ok(taken(&trail::of_ticket(tx, ticket.id)?))
}

/// The steps that a trail tells, after the opening.
fn taken(lines: &[Line]) -> Vec<Taken> {
    lines
        .iter()
        .filter(|line| line.from.is_some())
        .filter_map(|line| {
            let to = line.to.as_deref().and_then(Stage::from_token)?;
            let transition = line.transition.and_then(|number| u8::try_from(number).ok())?;
            Some(Taken {
                step: Advance { to, transition },
                category: category_of(transition, &line.detail),
                at: line.at,
            })
        })
        .collect()
}

/// The category that a step set.
fn category_of(transition: u8, detail: &str) -> Option<Category> {
    /// To the closed path: the limit of oversight holds (T8).
    const RESTRICTED: u8 = 7;
    if transition == RESTRICTED {
        return Some(Category::Oversight);
    }
    let detail: serde_json::Value = serde_json::from_str(detail).ok()?;
    Category::from_token(detail.get("kategori")?.as_str()?)
}

/// Tells one calendar from another; a new version of this program may reckon once more.
fn digest(office: &Office) -> Vec<u8> {
    let Office { calendar, standards, limits, .. } = office;
    // A question is sent again only before it ends the case, and in the window of what the office starts.
    let times = (&limits.reminders, limits.question, limits.window, limits.data_request);
    Sha256::digest(format!("promises {calendar:?} {standards:?} {times:?}")).to_vec()
}
