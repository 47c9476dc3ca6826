//! Rule 9.4.7: what a month begins with and what comes is what goes and what is left, of each unit and of all, and
//! with that the next one begins.

use std::collections::BTreeMap;
use std::iter::successors;

use aduan::control::protocol::{Ask, Recap, Tell, UnitRow};
use aduan::control::server::{self, Context};
use aduan::desk::recap::Month;
use aduan::ticket::OfficerId;
use chrono::{DateTime, Datelike, TimeDelta, Utc};

/// A clock may have been wrong by so much.
const SKEW_MAX: TimeDelta = TimeDelta::days(1);

/// Each month that the day has touched, whatever the box's clock said meanwhile.
pub(super) async fn balance(
    context: &Context,
    began: DateTime<Utc>,
    ended: DateTime<Utc>,
) -> Vec<String> {
    let zone = context.office.calendar.zone();
    let last = Month::of(zone, ended + SKEW_MAX);
    let first = Month::of(zone, began - SKEW_MAX);
    let mut months: Vec<Month> =
        successors(last, |month| (Some(*month) != first).then(|| month.before()).flatten())
            .collect();
    months.reverse();
    let (mut broken, mut before) = (Vec::new(), None::<i64>);
    for month in months {
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
            (came != went).then(told)
        }));
        // Of one unit it need not be so: a ticket may have gone to another one since.
        let opening = recap.summary.opening;
        if let Some(left) = before.replace(recap.summary.closing)
            && opening != left
        {
            broken.push(format!("{} begins with {opening}, where {left} were left", recap.month));
        }
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
