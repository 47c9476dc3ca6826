//! What is kept no longer (procedure.md 12.4): shown by `plan`, done by a run that an admin begins, one bounded piece after the
//! other, each with its share of the record.

use std::time::Duration;

use chrono::{DateTime, Utc};

use super::staff::Officer;
use super::{Error, Office, earlier};
use crate::store::pseudonym::Key;
use crate::store::retention::{self as register, Counts, Cutoffs, Record};
use crate::store::{Tx, access_log};
use crate::ticket::Role;

/// How long personal data are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Retention {
    /// A finished complaint, with its number.
    pub active: Duration,
    /// Its texts after that, without it.
    pub archived: Duration,
    /// What is no complaint.
    pub other: Duration,
    /// The trail and the access log.
    pub trail: Duration,
}

impl Default for Retention {
    fn default() -> Self {
        const DAY: Duration = Duration::from_hours(24);
        const YEAR: Duration = Duration::from_hours(24 * 365);
        Self { active: 2 * YEAR, archived: 3 * YEAR, other: 90 * DAY, trail: 5 * YEAR }
    }
}

impl Retention {
    fn cutoffs(self, now: DateTime<Utc>) -> Cutoffs {
        Cutoffs {
            active: earlier(now, self.active),
            archived: earlier(now, self.active + self.archived),
            other: earlier(now, self.other),
            trail: earlier(now, self.trail),
        }
    }
}

/// Records that are told beside a plan.
const RECORDS_MAX: i64 = 20;

/// Rows that one piece of a run looks at.
const ROWS_MAX: i64 = 500;

/// What a run would do now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// What was finished, received or done at or before these times is concerned.
    pub cutoffs: Cutoffs,
    /// How much of each class. Of the trail at most: a row stays while one before it has to.
    pub due: Counts,
    /// The last runs, latest first.
    pub records: Vec<Record>,
}

/// What a run would do now, for admin and ketua.
///
/// # Errors
/// [`Error::NotPermitted`]; [`Error::Fault`].
pub fn plan(
    tx: &Tx<'_>,
    office: &Office,
    officer: &Officer,
    now: DateTime<Utc>,
) -> Result<Plan, Error> {
    if !officer.is(Role::Admin) && !officer.is(Role::Chair) {
        return Err(Error::NotPermitted);
    }
    let cutoffs = office.limits.retention.cutoffs(now);
    let due = register::due(tx, &cutoffs)?;
    Ok(Plan { cutoffs, due, records: register::records(tx, RECORDS_MAX)? })
}

/// Where a run stands: its number, what it works on, behind which row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    run: i64,
    part: Part,
    after: i64,
    /// The time that the run began at: all of it is reckoned from there.
    now: DateTime<Utc>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Tickets,
    Messages,
    Texts,
    Reports,
    Accesses,
    Decisions,
    Words,
    Trail,
}

/// What comes after a piece of a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Next {
    /// Another one.
    Piece(Place),
    /// Nothing: it is done, and this is its record.
    Done(Record),
}

/// An admin begins a run.
///
/// # Errors
/// [`Error::NotPermitted`] for whoever is no admin (9.3); [`Error::Fault`].
pub fn begin(tx: &Tx<'_>, officer: &Officer, now: DateTime<Utc>) -> Result<Place, Error> {
    if !officer.is(Role::Admin) {
        return Err(Error::NotPermitted);
    }
    let who = officer.id.as_str();
    let run = register::begin(tx, who, "retention", now)?;
    access_log::note(tx, who, "retention", None, &run.to_string(), now)?;
    Ok(Place { run, part: Part::Tickets, after: 0, now })
}

/// One piece of a run: so many rows, and in one transaction with what the record says of them.
///
/// # Errors
/// [`Error::Fault`].
pub fn go_on(tx: &Tx<'_>, office: &Office, key: &Key, place: Place) -> Result<Next, Error> {
    let Place { run, part, after, now } = place;
    let cutoffs = office.limits.retention.cutoffs(now);
    let [tickets, messages, texts, reports, accesses] = register::last_rows(tx)?;
    let until = after + ROWS_MAX;
    let rows = (after, until);
    let mut removed = 0;
    register::within(tx, run, || -> Result<Counts, Error> {
        let mut done = Counts::default();
        match part {
            Part::Tickets => {
                for (id, fate) in register::tickets(tx, rows, &cutoffs)? {
                    register::retire(tx, key, (id, fate), now)?;
                    match fate {
                        register::Fate::Pseudonymised => done.pseudonymised += 1,
                        register::Fate::Destroyed => done.destroyed += 1,
                    }
                }
            }
            Part::Messages => done.messages = register::messages_apart(tx, key, rows, &cutoffs)?,
            Part::Texts => done.texts = register::texts_apart(tx, rows, &cutoffs)?,
            Part::Reports => register::reports(tx, rows, &cutoffs)?,
            Part::Accesses => done.accesses = register::accesses(tx, rows, &cutoffs)?,
            Part::Decisions => done.decisions = register::decisions(tx, key, &cutoffs)?,
            Part::Words => register::sweep(tx, run)?,
            Part::Trail => {
                removed = register::trail(tx, run, ROWS_MAX, &cutoffs)?;
                done.trail = removed;
            }
        }
        Ok(done)
    })?;
    let (last, next) = match part {
        Part::Tickets => (tickets, Part::Messages),
        Part::Messages => (messages, Part::Texts),
        Part::Texts => (texts, Part::Reports),
        Part::Reports => (reports, Part::Accesses),
        Part::Accesses => (accesses, Part::Decisions),
        // Few, and the index is one thing.
        Part::Decisions => (0, Part::Words),
        Part::Words => (0, Part::Trail),
        // The oldest are gone: there is no row to be behind.
        Part::Trail if removed == ROWS_MAX => return Ok(Next::Piece(place)),
        Part::Trail => return Ok(Next::Done(register::finish(tx, run, now)?)),
    };
    Ok(Next::Piece(if until < last {
        Place { after: until, ..place }
    } else {
        Place { part: next, after: 0, ..place }
    }))
}
