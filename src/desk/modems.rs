//! What the office knows of its modems beside what they show: whose card is in which, what waits, what the day brought;
//! and who may give them orders.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, Utc};

use super::cards::{self, Card};
use super::staff::Officer;
use super::{Error, Office};
use crate::store::cards as register;
use crate::store::modems::Identity;
use crate::store::{Fault, Tx, access_log, modems, outbox};
use crate::ticket::Role;

/// What the database knows of one modem.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// What it told when it was last brought up; its `sim` is the modem's name where the card did not tell.
    pub identity: Option<Identity>,
    /// Texts that wait for its card or for a route that leads by it.
    pub waiting: i64,
    /// Whole texts that it has received on this local day.
    pub received_today: i64,
    /// Whole texts that it has sent on this local day.
    pub sent_today: i64,
    /// What is known of its card.
    pub card: Card,
}

/// Texts that wait to be sent.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Waiting {
    /// By whichever modem.
    pub in_all: i64,
    /// Bound to no card and no route: any modem may send them.
    pub unbound: i64,
}

/// How many texts each modem has received on a local day, as far as that was counted: rows are added at the end only, so what
/// came since is counted on, and a day of a hundred thousand texts is not read again at each look.
#[derive(Debug, Default)]
pub struct Received(Mutex<Count>);

#[derive(Debug, Default)]
struct Count {
    /// The beginning of the day.
    since: Option<DateTime<Utc>>,
    /// The last row that is counted.
    last: i64,
    by_modem: HashMap<String, i64>,
}

impl Received {
    /// How many texts each modem has received since `midnight`.
    fn since(&self, tx: &Tx<'_>, midnight: DateTime<Utc>) -> Result<HashMap<String, i64>, Fault> {
        // What a look that died has left is whole: the database is asked before anything is changed.
        let mut count = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if count.since == Some(midnight) {
            for (row, modem) in modems::received_after(tx, count.last, midnight)? {
                count.last = row;
                *count.by_modem.entry(modem).or_default() += 1;
            }
        } else {
            let (counts, last) = modems::received_since(tx, midnight)?;
            let by_modem = counts.into_iter().collect();
            *count = Count { since: Some(midnight), last, by_modem };
        }
        Ok(count.by_modem.clone())
    }
}

/// The records of the modems of these names in their order, each with the prefixes of its routes, and what waits.
///
/// # Errors
/// [`Error::Fault`].
pub fn records(
    tx: &Tx<'_>,
    office: &Office,
    received: &Received,
    names: &[(String, Vec<String>)],
    now: DateTime<Utc>,
) -> Result<(Vec<Record>, Waiting), Error> {
    let zone = office.calendar.zone();
    let today = zone.midnight(zone.local(now).date_naive());
    let waiting = outbox::waiting(tx)?;
    let received = received.since(tx, today)?;
    let record = |(name, routes): &(String, Vec<String>)| -> Result<Record, Error> {
        let identity = modems::known(tx, name)?;
        let sim = identity.as_ref().map_or(name.as_str(), |known| known.sim.as_str());
        let is_for_it = |texts: &&outbox::Waiting| {
            texts.sim.as_deref() == Some(sim)
                || texts.route.as_ref().is_some_and(|route| routes.contains(route))
        };
        Ok(Record {
            waiting: waiting.iter().filter(is_for_it).map(|texts| texts.count).sum(),
            received_today: received.get(name).copied().unwrap_or(0),
            sent_today: outbox::sent_since(tx, sim, today)?,
            card: cards::known(tx, sim)?,
            identity,
        })
    };
    let records = names.iter().map(record).collect::<Result<_, _>>()?;
    let in_all = waiting.iter().map(|texts| texts.count).sum();
    let is_free = |texts: &&outbox::Waiting| texts.sim.is_none() && texts.route.is_none();
    let unbound = waiting.iter().filter(is_free).map(|texts| texts.count).sum();
    Ok((records, Waiting { in_all, unbound }))
}

/// Whether `officer` may give a modem an order; that it was given is noted before it is carried out. `order` is what it
/// is, as it stands in the access log: `reset modem-1`.
///
/// # Errors
/// [`Error::NotPermitted`] for whoever is no admin; [`Error::Fault`].
pub fn order(tx: &Tx<'_>, officer: &Officer, order: &str, now: DateTime<Utc>) -> Result<(), Error> {
    if !officer.is(Role::Admin) {
        return Err(Error::NotPermitted);
    }
    access_log::note(tx, officer.id.as_str(), "modem", None, order, now)?;
    Ok(())
}

/// Takes a modem out of service or back into it, now and after every start.
///
/// # Errors
/// As [`order`].
pub fn switch(
    tx: &Tx<'_>,
    officer: &Officer,
    (name, on): (&str, bool),
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let deed = if on { "enable" } else { "disable" };
    order(tx, officer, &format!("{deed} {name}"), now)?;
    if on {
        modems::enable(tx, name)?;
        // Whoever takes a modem into service has looked at it.
        let card = modems::known(tx, name)?.map_or_else(|| name.to_owned(), |known| known.sim);
        register::looked_at(tx, &card, now)?;
    } else {
        modems::disable(tx, name, officer.id.as_str(), now)?;
    }
    Ok(())
}
