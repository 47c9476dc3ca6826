//! The monthly report on its way (procedure.md row 6, A15, section 14): the petugas prepares it, a ketua signs, a pengarah takes
//! notice or gives it back. A signed month is frozen; what changes of it later stands in the next one as a correction (koreksi).

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::iter::successors;

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::Value;

use super::recap::{self, Counts, Month, Recap};
use super::staff::Officer;
use super::{Error, Office, cases};
use crate::masking;
use crate::store::signatures::{self, Signed};
use crate::store::{Fault, Tx, access_log, recap as rows, tickets};
use crate::ticket::Role;

/// The figures of a report by name: `A.received`, `B.DISHUB.closing`, `C.PENGADUAN`.
type Figures = BTreeMap<String, i64>;

/// A figure of a signed month that is another one since.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correction {
    /// Of which month.
    pub month: String,
    /// By name: `A.received`, `B.DISHUB.closing`, `C.PENGADUAN`.
    pub figure: String,
    /// As it was signed, or last told as a correction.
    pub was: i64,
    /// As it is now.
    pub is: i64,
}

/// A ketua signs a month that is over: `told` is kept as it is, and told again.
///
/// # Errors
/// [`Error::NotPermitted`]; [`Error::Invalid`] where the month is not over, or signed already; [`Error::Fault`].
pub fn sign(
    tx: &Tx<'_>,
    office: &Office,
    officer: &Officer,
    (counted, told): (&Recap, &str),
    now: DateTime<Utc>,
) -> Result<Signed, Error> {
    if !officer.is(Role::Chair) {
        return Err(Error::NotPermitted);
    }
    let month = counted.month;
    let name = month.name();
    let is_over = month.bounds(office.calendar.zone()).1 <= now;
    if !is_over || in_force(tx, month)?.is_some() {
        return Err(Error::Invalid { what: "month to sign", value: name });
    }
    let figures = serde_json::json!(figures(counted)).to_string();
    let who = officer.id.as_str();
    signatures::sign(tx, (&name, told, &figures), who, now)?;
    access_log::note(tx, who, "recap-sign", None, &name, now)?;
    signatures::last(tx, &name)?.ok_or(Error::Invalid { what: "month to sign", value: name })
}

/// The pengarah takes notice of a month that was signed.
///
/// # Errors
/// [`Error::NotPermitted`]; [`Error::Invalid`] where it is not signed, or acknowledged already; [`Error::Fault`].
pub fn acknowledge(
    tx: &Tx<'_>,
    officer: &Officer,
    month: Month,
    now: DateTime<Utc>,
) -> Result<Signed, Error> {
    let signed = for_director(tx, officer, (month, "month to acknowledge"))?;
    let who = officer.id.as_str();
    signatures::acknowledge(tx, signed.id, who, now)?;
    access_log::note(tx, who, "recap-acknowledge", None, &signed.month, now)?;
    Ok(signatures::last(tx, &signed.month)?.unwrap_or(signed))
}

/// The pengarah gives a signed month back to be corrected: its figures are counted anew, and it is signed anew.
///
/// # Errors
/// As [`acknowledge`]; [`Error::Missing`] without a reason.
pub fn give_back(
    tx: &Tx<'_>,
    officer: &Officer,
    (month, reason): (Month, &str),
    now: DateTime<Utc>,
) -> Result<Signed, Error> {
    let signed = for_director(tx, officer, (month, "month to return"))?;
    let reason = masking::numbers(reason.trim());
    if reason.is_empty() {
        return Err(Error::Missing("reason"));
    }
    let who = officer.id.as_str();
    signatures::give_back(tx, signed.id, (who, &reason), now)?;
    access_log::note(tx, who, "recap-return", None, &signed.month, now)?;
    Ok(signatures::last(tx, &signed.month)?.unwrap_or(signed))
}

/// What was signed of a month and waits for the pengarah.
fn for_director(
    tx: &Tx<'_>,
    officer: &Officer,
    (month, what): (Month, &'static str),
) -> Result<Signed, Error> {
    if !officer.is(Role::Director) {
        return Err(Error::NotPermitted);
    }
    in_force(tx, month)?
        .filter(|signed| signed.acknowledged_at.is_none())
        .ok_or_else(|| Error::Invalid { what, value: month.name() })
}

/// What is signed of a month and was not given back: these figures hold.
///
/// # Errors
/// [`Fault`] of the database.
pub fn in_force(tx: &Tx<'_>, month: Month) -> Result<Option<Signed>, Fault> {
    Ok(signatures::last(tx, &month.name())?.filter(|signed| signed.returned_at.is_none()))
}

/// Of these tickets those that are on the closed path now: of them not even a signed report tells.
///
/// # Errors
/// [`Fault`] of the database.
pub fn sealed_since(
    tx: &Tx<'_>,
    office: &Office,
    numbers: &[String],
    now: DateTime<Utc>,
) -> Result<Vec<String>, Error> {
    let mut sealed = Vec::new();
    for number in numbers {
        let typed = super::ticket_number(number, office, now)?;
        if let Some(ticket) = tickets::find(tx, &typed)?
            && cases::case(office, &ticket).on_closed_path()
        {
            sealed.push(number.clone());
        }
    }
    Ok(sealed)
}

/// What has changed of signed months since it was last told, oldest month first: since they were signed, or since a later report that
/// was signed told of a correction. Each change is told once.
///
/// The month before is counted anew in any case. An older one is where a ticket that it may have counted was touched since.
///
/// # Errors
/// As [`recap::count`].
pub fn corrections(
    tx: &Tx<'_>,
    office: &Office,
    officer: &Officer,
    month: Month,
    now: DateTime<Utc>,
) -> Result<Vec<Correction>, Error> {
    let mut months: Vec<Month> =
        successors(month.before(), |month| month.before()).take(MONTHS_BACK).collect();
    months.reverse();
    let Some(oldest) = months.first() else { return Ok(Vec::new()) };
    let mut reports = signatures::in_force_since(tx, &oldest.name())?;
    reports.sort_by_key(|report| (report.signed_at, report.id));
    let mut found = Vec::new();
    let mut touched = BTreeMap::new();
    for earlier in months {
        let name = earlier.name();
        let Some(signed) = reports.iter().find(|report| report.month == name) else { continue };
        let later = || {
            let after =
                |report: &&Signed| report.month > name && report.signed_at >= signed.signed_at;
            reports.iter().filter(after)
        };
        let since = later().next_back().unwrap_or(signed).trail_row();
        let touched = match touched.entry(since) {
            Entry::Occupied(known) => *known.get(),
            Entry::Vacant(unknown) => *unknown.insert(rows::oldest_touched(tx, since)?),
        };
        let (_, until) = earlier.bounds(office.calendar.zone());
        if Some(earlier) != month.before() && touched.is_none_or(|oldest| oldest >= until) {
            continue;
        }
        let mut was: Figures = serde_json::from_str(&signed.figures).unwrap_or_default();
        was.extend(later().flat_map(|report| told_of(report, &name)));
        let is = figures(&recap::count(tx, office, officer, (earlier, false), now)?);
        found.extend(differences(&name, &was, &is));
    }
    Ok(found)
}

/// Months back that are held against their signatures: what is older is kept without numbers only, and stands in the archive.
const MONTHS_BACK: usize = 24;

fn differences(month: &str, was: &Figures, is: &Figures) -> Vec<Correction> {
    let value = |of: &Figures, name: &str| of.get(name).copied().unwrap_or(0);
    let names: BTreeSet<&String> = was.keys().chain(is.keys()).collect();
    names
        .into_iter()
        .map(|name| Correction {
            month: month.to_owned(),
            figure: name.clone(),
            was: value(was, name),
            is: value(is, name),
        })
        .filter(|figure| figure.was != figure.is)
        .collect()
}

/// The figures of a month that a report told as corrected.
fn told_of(report: &Signed, month: &str) -> Figures {
    let told: Value = serde_json::from_str(&report.told).unwrap_or_default();
    let corrections = told.get("corrections").and_then(Value::as_array);
    let figure = |told: &Value| {
        let name = told.get("figure")?.as_str()?;
        (told.get("month")?.as_str()? == month)
            .then_some((name.to_owned(), told.get("is")?.as_i64()?))
    };
    corrections.into_iter().flatten().filter_map(figure).collect()
}

/// The figures of parts A to C by name.
fn figures(counted: &Recap) -> Figures {
    let mut figures = Figures::new();
    let mut all = |prefix: &str, counts: &Counts| {
        for (name, count) in [
            ("opening", counts.opening),
            ("received", counts.received),
            ("reopened", counts.reopened),
            ("finished", counts.finished),
            ("closed", counts.closed_in_all()),
            ("closing", counts.closing),
            ("answered", counts.answered),
            ("on-time", counts.on_time),
        ] {
            figures.insert(format!("{prefix}.{name}"), count);
        }
    };
    all("A", &counted.summary);
    for (code, (_, counts)) in &counted.units {
        all(&format!("B.{code}"), counts);
    }
    for (category, count) in &counted.categories {
        figures.insert(format!("C.{category}"), *count);
    }
    figures
}

/// What is to be done about last month's report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Task {
    /// It is to be made and signed: the petugas's and the ketua's.
    Make,
    /// It is to be acknowledged: the pengarah's.
    Acknowledge,
}

impl Task {
    /// Its name on the socket.
    pub const fn token(self) -> &'static str {
        match self {
            Self::Make => "make",
            Self::Acknowledge => "acknowledge",
        }
    }
}

/// A month's report, where this person has something to do about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Duty {
    /// Which month's.
    pub month: Month,
    /// What.
    pub task: Task,
    /// By when it is to be signed: the closing of the last of the first working days (A15).
    pub due_at: DateTime<Utc>,
    /// It is not signed, and that time has passed.
    pub overdue: bool,
    /// Why it was given back, where it was.
    pub returned: Option<String>,
}

/// How far back an unsigned month is looked for: an office that begins late is not asked for years.
const MONTHS_ASKED: usize = 12;

/// The oldest month's report that waits for this person, from the first working day behind it on (A15), until it is signed; for the
/// pengarah until it is acknowledged. A month before the first complaint has none.
///
/// # Errors
/// [`Fault`] of the database.
pub fn duty(
    tx: &Tx<'_>,
    office: &Office,
    officer: &Officer,
    now: DateTime<Utc>,
) -> Result<Option<Duty>, Fault> {
    let zone = office.calendar.zone();
    let mut oldest = None;
    let mut month = Month::of(zone, now).and_then(Month::before);
    for _ in 0..MONTHS_ASKED {
        let Some(this) = month.filter(|_| is_asked(officer)) else { break };
        let (_, until) = this.bounds(zone);
        if !rows::any_before(tx, until)? {
            break;
        }
        oldest = duty_of(tx, office, officer, (this, until), now)?.or(oldest);
        month = this.before();
    }
    Ok(oldest)
}

/// Whether somebody has a part in the reports: who makes them, and who acknowledges them.
fn is_asked(officer: &Officer) -> bool {
    [Role::Operator, Role::Chair, Role::Director].iter().any(|role| officer.is(*role))
}

fn duty_of(
    tx: &Tx<'_>,
    office: &Office,
    officer: &Officer,
    (month, until): (Month, DateTime<Utc>),
    now: DateTime<Utc>,
) -> Result<Option<Duty>, Fault> {
    if now < office.calendar.next_opening(until) {
        return Ok(None);
    }
    let makes = officer.is(Role::Operator) || officer.is(Role::Chair);
    let last = signatures::last(tx, &month.name())?;
    let is_signed = last.as_ref().is_some_and(|signed| signed.returned_at.is_none());
    let is_acknowledged = last.as_ref().is_some_and(|signed| signed.acknowledged_at.is_some());
    let task = match (is_signed, is_acknowledged) {
        (false, _) if makes => Task::Make,
        (true, false) if officer.is(Role::Director) => Task::Acknowledge,
        (true | false, _) => return Ok(None),
    };
    let last_day = until - TimeDelta::seconds(1);
    let due_at = office.calendar.add_working_days(last_day, office.limits.reminders.report_days);
    Ok(Some(Duty {
        month,
        task,
        due_at,
        overdue: task == Task::Make && due_at < now,
        returned: last.filter(|_| !is_signed).and_then(|signed| signed.reason),
    }))
}
