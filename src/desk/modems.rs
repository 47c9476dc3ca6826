//! What the office knows of its modems beside what they show: whose card is in which, what waits, what the day brought.

use chrono::{DateTime, TimeDelta, Utc};

use super::{Error, Office};
use crate::store::modems::Identity;
use crate::store::{Tx, modems, outbox};

/// Longer than any text waits between its queueing and its sending: a window, a day of validity, and the tries of it.
const WAIT_MAX: TimeDelta = TimeDelta::days(7);

/// What the database knows of one modem.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// What it told when it was last brought up; its `sim` is the modem's name where the card did not tell.
    pub identity: Option<Identity>,
    /// Texts that wait for its card, and for no other.
    pub waiting: i64,
    /// Whole texts that it has received on this local day.
    pub received_today: i64,
    /// Whole texts that it has sent on this local day.
    pub sent_today: i64,
}

/// The records of the modems of these names in their order, and how many texts wait in all.
///
/// # Errors
/// [`Error::Fault`].
pub fn records(
    tx: &Tx<'_>,
    office: &Office,
    names: &[String],
    now: DateTime<Utc>,
) -> Result<(Vec<Record>, i64), Error> {
    let zone = office.calendar.zone();
    let today = zone.midnight(zone.local(now).date_naive());
    let waiting = outbox::waiting(tx)?;
    let received = modems::received_since(tx, today)?;
    let sent = outbox::sent_since(tx, today - WAIT_MAX, today)?;
    let record = |name: &String| -> Result<Record, Error> {
        let identity = modems::known(tx, name)?;
        let sim = identity.as_ref().map_or(name.as_str(), |known| known.sim.as_str());
        let of = |counts: &[(String, i64)], key: &str| {
            counts.iter().find(|(whose, _)| whose == key).map_or(0, |(_, count)| *count)
        };
        let bound = waiting.iter().find(|(whose, _)| whose.as_deref() == Some(sim));
        Ok(Record {
            waiting: bound.map_or(0, |(_, count)| *count),
            received_today: of(&received, name),
            sent_today: of(&sent, sim),
            identity,
        })
    };
    let records = names.iter().map(record).collect::<Result<_, _>>()?;
    Ok((records, waiting.iter().map(|(_, count)| count).sum()))
}
