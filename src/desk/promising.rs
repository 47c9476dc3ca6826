//! The day by which remaining work is promised (T12, T18): what may be promised, and by when the follow-up is due.

use chrono::{DateTime, NaiveDate, Utc};

use super::{Error, Office};
use crate::store::drafts::Kind;
use crate::store::tickets::Ticket;
use crate::ticket::{Category, Stage};

/// Whether a day may be promised: not one that has passed, and none behind the national limit unless the office allows it or the
/// limit has passed already (A21).
///
/// # Errors
/// [`Error::Invalid`] with the day, and the limit.
pub fn check(
    office: &Office,
    ticket: &Ticket,
    promised: NaiveDate,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let written = |day: NaiveDate| day.format("%d-%m-%Y").to_string();
    let local = |at| office.calendar.zone().local(at).date_naive();
    if promised < local(now) {
        return Err(Error::Invalid { what: "promised day", value: written(promised) });
    }
    let limit = ticket.national_due_at.filter(|limit| *limit > now).map(local);
    match limit {
        Some(limit) if promised > limit && !office.limits.promise_beyond_limit => {
            let value = format!("{} > {}", written(promised), written(limit));
            Err(Error::Invalid { what: "promised day within the national limit", value })
        }
        Some(_) | None => Ok(()),
    }
}

/// By when words of this kind come for a ticket as it stands, as its citizen reads it: the standard time; the national limit of a
/// result, of an oversight case, and of what is past its standard time. While the citizen is asked they lie as if the pause ended now
/// (A20). Nothing where every limit has passed or none is known: a day that has passed is no promise, and the texts leave it out.
pub fn answer_by(
    office: &Office,
    ticket: &Ticket,
    kind: Kind,
    now: DateTime<Utc>,
) -> Option<String> {
    let calendar = &office.calendar;
    let as_it_stands = |due| match ticket.paused_at {
        Some(paused_at) => calendar.postpone(due, paused_at, now),
        None => due,
    };
    let has_standard = kind == Kind::Answer && ticket.category != Some(Category::Oversight);
    let standard = has_standard.then_some(ticket.answer_due_at);
    // A calendar without an end of its days off has no due times.
    let is_ahead = |due: &DateTime<Utc>| *due > now && *due < DateTime::<Utc>::MAX_UTC;
    let mut limits = standard.into_iter().chain(ticket.national_due_at).map(as_it_stands);
    limits.find(is_ahead).map(|due| calendar.zone().short(due))
}

/// By when a follow-up is due: the office's closing on the promised day, or the national limit where that comes first.
pub fn due(
    office: &Office,
    national: Option<DateTime<Utc>>,
    promised: Option<NaiveDate>,
) -> Option<DateTime<Utc>> {
    promised.map(|day| office.calendar.closing(day)).into_iter().chain(national).min()
}

/// The promised day, while its work remains to be done.
pub fn kept(ticket: &Ticket) -> Option<NaiveDate> {
    ticket.follow_up_on.filter(|_| ticket.follow_up && ticket.is_open())
}

/// Whether the promised day has passed with its work undone.
pub fn is_broken(office: &Office, ticket: &Ticket, now: DateTime<Utc>) -> bool {
    ticket.stage == Stage::FollowUp
        && kept(ticket).is_some_and(|day| office.calendar.closing(day) < now)
}
