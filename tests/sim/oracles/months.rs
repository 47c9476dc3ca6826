//! Rule 9.4.7: what a month begins with and what comes is what goes and what is left, of each unit and of all.

use std::collections::BTreeMap;
use std::path::Path;

use aduan::control::protocol::{Ask, Recap, Tell, UnitRow};
use aduan::control::server::{self, Context};
use aduan::desk::recap::Month;
use aduan::ticket::OfficerId;
use chrono::{DateTime, Datelike, TimeDelta, Utc};
use rusqlite::Connection;

/// A clock may have been wrong by so much.
const SKEW_MAX: TimeDelta = TimeDelta::days(1);

/// Each month that the day has touched, whatever the box's clock said meanwhile.
pub(super) async fn balance(
    context: &Context,
    database: &Path,
    began: DateTime<Utc>,
    ended: DateTime<Utc>,
) -> Vec<String> {
    let zone = context.office.calendar.zone();
    let mut months: Vec<Month> = [began - SKEW_MAX, began, ended, ended + SKEW_MAX]
        .into_iter()
        .filter_map(|at| Month::of(zone, at))
        .collect();
    months.dedup();
    let mut broken = Vec::new();
    for month in months {
        let (from, until) = month.bounds(zone);
        let counted = Connection::open(database)
            .and_then(|register| Ok(went_back(&register, from)? + went_back(&register, until)?));
        let astray = match counted {
            Ok(counted) => counted,
            Err(error) => return vec![format!("the register cannot be read: {error}")],
        };
        let recap = match ask(context, month).await {
            Ok(recap) => recap,
            Err(what) => {
                broken.push(format!("there is no recap of {}: {what}", month.name()));
                continue;
            }
        };
        let rows = rows(&recap);
        broken.extend(rows.values().filter_map(|row| {
            let came = row.opening + row.received + row.reopened;
            let went = row.finished + row.closed + row.closing;
            let told = || format!("{came} came, {went} went in {} for {}", recap.month, row.code);
            ((came - went).abs() > astray).then(told)
        }));
    }
    broken
}

async fn ask(context: &Context, month: Month) -> Result<Recap, String> {
    let (first, _) = month.days();
    let ask = Ask::Recap { year: first.year(), month: first.month(), register: false };
    match server::ask_directly(context, &OfficerId::from("ratna"), ask).await {
        Ok(Tell::Recap(recap)) => Ok(*recap),
        Ok(told) => Err(format!("{told:?}")),
        Err(trouble) => Err(trouble.code),
    }
}

/// The units of a month, and all of them together.
fn rows(recap: &Recap) -> BTreeMap<String, UnitRow> {
    let sums = &recap.summary;
    let all = UnitRow {
        code: "all".to_owned(),
        opening: sums.opening,
        received: sums.received,
        reopened: sums.reopened,
        finished: sums.finished,
        closed: sums.closed.iter().map(|(_, count)| count).sum(),
        closing: sums.closing,
        ..UnitRow::default()
    };
    let rows = recap.units.iter().cloned().chain([all]);
    rows.map(|row| (row.code.clone(), row)).collect()
}

/// How many tickets went back over the end of a month, with a clock that was set: the figures go by the times, whatever their
/// order.
fn went_back(register: &Connection, end: DateTime<Utc>) -> rusqlite::Result<i64> {
    register.query_row(
        "SELECT count(*) FROM ticket t WHERE EXISTS
             (SELECT 1 FROM trail r WHERE r.ticket_id = t.id AND r.at < ?1
                 AND (t.received_at >= ?1 OR EXISTS
                      (SELECT 1 FROM trail e WHERE e.ticket_id = t.id AND e.id < r.id AND e.at >= ?1)))",
        [end.timestamp()],
        |row| row.get(0),
    )
}
