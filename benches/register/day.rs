//! When complaints arrive: by day over the years, by hour within a day, and a tenth of all in one month.

use aduan::desk::Office;
use chrono::{DateTime, Datelike, NaiveDate, TimeDelta, Utc, Weekday};

use super::prng::Prng;
use super::{Plan, YEARS, busy_month};

/// Of all tickets, in thousandths: in the busy month, and in the rest of its year. A million in all leave that year a few
/// numbers.
const BUSY_MONTH: f64 = 97.0;
const BUSY_YEAR: f64 = 2.0;

/// How much of a working day's post comes on a day off.
const DAY_OFF: f64 = 0.4;

/// The days of a register: when each ends, and the times of its arrivals.
pub struct Schedule<'a> {
    office: &'a Office,
    prng: Prng,
    until: DateTime<Utc>,
    days: std::vec::IntoIter<(NaiveDate, u32)>,
}

impl<'a> Schedule<'a> {
    pub fn new(office: &'a Office, plan: &Plan) -> Self {
        let last = office.calendar.zone().local(plan.until).date_naive();
        let first = NaiveDate::from_ymd_opt(last.year() - YEARS + 1, 1, 1).unwrap();
        let (year, month) = busy_month(plan.until);
        let days: Vec<NaiveDate> = first.iter_days().take_while(|day| *day <= last).collect();
        let group = |day: &NaiveDate| match (day.year() == year, day.month() == month) {
            (true, true) => 0,
            (true, false) => 1,
            (false, _) => 2,
        };
        let weight = |day: &NaiveDate| match day.weekday() {
            Weekday::Sat | Weekday::Sun => DAY_OFF,
            _ => 1.0,
        };
        let mut sums = [0.0; 3];
        for day in &days {
            sums[group(day)] += weight(day);
        }
        let shares = [BUSY_MONTH, BUSY_YEAR, 1000.0 - BUSY_MONTH - BUSY_YEAR];
        let (mut reached, mut counted) = (0.0, 0_u32);
        let counts = days.into_iter().map(|day| {
            reached += weight(&day) / sums[group(&day)] * shares[group(&day)] / 1000.0;
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share")]
            let due = (reached * f64::from(plan.tickets)).round() as u32;
            let count = due.min(plan.tickets) - counted;
            counted += count;
            (day, count)
        });
        let days = counts.collect::<Vec<_>>().into_iter();
        Self { office, prng: Prng::new(plan.seed ^ 1), until: plan.until, days }
    }
}

impl Iterator for Schedule<'_> {
    type Item = (DateTime<Utc>, Vec<DateTime<Utc>>);

    fn next(&mut self) -> Option<Self::Item> {
        let (day, count) = self.days.next()?;
        let midnight = self.office.calendar.zone().midnight(day);
        // Most write between six and ten, with the middle of the day in front.
        let latest = (self.until - midnight).num_seconds().min(22 * 3600);
        let mut times: Vec<DateTime<Utc>> = (0..count)
            .map(|_| {
                let second =
                    6 * 3600 + self.prng.within(0..8 * 3600) + self.prng.within(0..8 * 3600);
                let second = if second < latest { second } else { self.prng.within(0..latest) };
                midnight + TimeDelta::seconds(second)
            })
            .collect();
        times.sort();
        Some((midnight + TimeDelta::days(1), times))
    }
}
