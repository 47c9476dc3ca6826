//! Floods (procedure.md section 11): of a number that sends very many messages each is kept and worked on, one more is acknowledged,
//! and a petugas is shown whose they are. Nobody is blocked by it: that is the ketua's decision.

use std::time::Duration;

use chrono::{DateTime, Utc};
use serde_json::json;

use super::blocking::{self, as_seen};
use super::intake::{self, Handled};
use super::staff::Officer;
use super::{Error, Office, cases, earlier, officer};
use crate::number::TicketNumber;
use crate::store::inbox::{Inbound, Outcome};
use crate::store::{Fault, Tx, access_log, floods, inbox, tickets};
use crate::ticket::{Role, may_read};

/// The flag of a ticket to which a flood of messages belongs.
pub const FLAG: &str = "flood";

const DAY: Duration = Duration::from_hours(24);

/// How a message stands among those of its sender.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Flood {
    /// There are not too many.
    No,
    /// With this one there are too many.
    Begins,
    /// There were too many before it.
    GoesOn,
}

/// Windows end at the message: one that had to wait for intake is counted as if it had not, and without those behind it.
///
/// # Errors
/// [`Fault`] of the database.
pub(super) fn among(tx: &Tx<'_>, office: &Office, message: &Inbound) -> Result<Flood, Fault> {
    const TEN_MINUTES: Duration = Duration::from_mins(10);
    let limits = &office.limits;
    let over = |window, limit| -> Result<i64, Fault> {
        let since = earlier(message.received_at, window);
        Ok(inbox::count_since(tx, &message.sender, since, message.id)? - limit)
    };
    let over = over(TEN_MINUTES, limits.flood_ten_minutes)?.max(over(DAY, limits.flood_day)?);
    Ok(match over {
        ..=0 => Flood::No,
        1 => Flood::Begins,
        2.. => Flood::GoesOn,
    })
}

/// A message over the limits is shown: its number in a list of its own, whatever it says, and a ticket that it belongs to bears a flag
/// and tells since which message. What nobody reads, and what a block keeps unanswered, is no citizen's flood.
///
/// # Errors
/// [`Fault`] of the database.
pub(super) fn show(
    tx: &Tx<'_>,
    office: &Office,
    message: &Inbound,
    handled: &Handled,
    now: DateTime<Utc>,
) -> Result<(), Fault> {
    if intake::worth_reading(office, message).is_ok() && handled.reason != blocking::REASON {
        floods::mark(tx, message.id)?;
    }
    if let (Some(id), Outcome::Ticket | Outcome::Addition) = (handled.ticket_id, handled.outcome)
        && tickets::flag(tx, id, FLAG)?
    {
        cases::remark(tx, id, "sistem", "BANJIR_PESAN", json!({ "inbound": message.id }), now)?;
    }
    Ok(())
}

/// A number that sends more than is answered, as this person may see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flooding {
    /// The number, masked for whoever may not see it.
    pub citizen: String,
    /// How many messages came over the limits in the last 24 hours.
    pub messages: i64,
    /// When the first of them came.
    pub since: DateTime<Utc>,
    /// When the last of them came.
    pub last_at: DateTime<Utc>,
    /// The ticket that the last one belongs to.
    pub ticket: Option<TicketNumber>,
    /// What the last one says, where it belongs to no ticket.
    pub text: Option<String>,
}

/// The numbers that sent more than is answered in the last 24 hours and are not blocked, latest in front; that it was asked is noted,
/// since whole numbers are read (12.3).
///
/// # Errors
/// [`Error::NotPermitted`]; [`Error::Fault`].
pub fn list(
    tx: &Tx<'_>,
    office: &Office,
    officer: &Officer,
    now: DateTime<Utc>,
) -> Result<Vec<Flooding>, Error> {
    if ![Role::Operator, Role::Chair, Role::Director].into_iter().any(|role| officer.is(role)) {
        return Err(Error::NotPermitted);
    }
    let actor = officer::actor(officer);
    let mut flooding = Vec::new();
    for flood in floods::since(tx, earlier(now, DAY), now)? {
        let message = inbox::by_id(tx, flood.last)?;
        let ticket = message.as_ref().and_then(|message| message.ticket_id);
        let ticket = ticket.map(|id| tickets::by_id(tx, id)).transpose()?.flatten();
        let text = message.and_then(|message| message.text).filter(|_| ticket.is_none());
        let ticket = ticket.filter(|ticket| may_read(&cases::case(office, ticket), &actor));
        flooding.push(Flooding {
            citizen: as_seen(tx, office, officer, &flood.citizen)?,
            messages: flood.messages,
            since: flood.since,
            last_at: flood.last_at,
            ticket: ticket.map(|ticket| ticket.number),
            text,
        });
    }
    access_log::note(tx, officer.id.as_str(), "floods", None, "", now)?;
    Ok(flooding)
}

/// How many such numbers there are, for who looks after them: petugas, and ketua, who may block one.
///
/// # Errors
/// [`Error::Fault`].
pub fn waiting(tx: &Tx<'_>, officer: &Officer, now: DateTime<Utc>) -> Result<usize, Error> {
    if !officer.is(Role::Operator) && !officer.is(Role::Chair) {
        return Ok(0);
    }
    Ok(floods::since(tx, earlier(now, DAY), now)?.len())
}
