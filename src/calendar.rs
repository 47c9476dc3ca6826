//! Office hours, holidays and working minutes: the only arithmetic on time (procedure.md section 6).
//!
//! Times go in and come out as UTC; days and hours are the office's own. A working minute runs only inside of office hours;
//! breaks are not counted, unless the office has none. The day of receipt is day 0.

use std::collections::BTreeSet;

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, TimeDelta, Timelike, Utc, Weekday};

/// Days that a search looks ahead before it gives up: a calendar whose holidays never end.
const DAYS_MAX: usize = 3660;

/// A zone of Indonesia; none knows daylight saving.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Zone {
    /// UTC+7, Waktu Indonesia Barat.
    Wib,
    /// UTC+8, Waktu Indonesia Tengah.
    Wita,
    /// UTC+9, Waktu Indonesia Timur.
    Wit,
}

impl Zone {
    /// By its letters or its IANA name.
    pub fn from_name(name: &str) -> Option<Self> {
        match name {
            "WIB" | "Asia/Jakarta" | "Asia/Pontianak" => Some(Self::Wib),
            "WITA" | "Asia/Makassar" => Some(Self::Wita),
            "WIT" | "Asia/Jayapura" => Some(Self::Wit),
            _ => None,
        }
    }

    /// The letters that follow a printed time.
    pub const fn letters(self) -> &'static str {
        match self {
            Self::Wib => "WIB",
            Self::Wita => "WITA",
            Self::Wit => "WIT",
        }
    }

    const fn hours(self) -> i32 {
        match self {
            Self::Wib => 7,
            Self::Wita => 8,
            Self::Wit => 9,
        }
    }

    /// The same instant on the office's clock.
    pub fn local(self, at: DateTime<Utc>) -> DateTime<FixedOffset> {
        let utc = at.fixed_offset();
        FixedOffset::east_opt(self.hours() * 3600).map_or(utc, |offset| at.with_timezone(&offset))
    }

    /// When a local day begins.
    pub fn midnight(self, day: NaiveDate) -> DateTime<Utc> {
        self.at(day, Minute(0))
    }

    /// When the local day began that a time lies in, and when the next one begins.
    pub fn day_of(self, at: DateTime<Utc>) -> (DateTime<Utc>, DateTime<Utc>) {
        let day = self.local(at).date_naive();
        (self.midnight(day), self.midnight(day.succ_opt().unwrap_or(day)))
    }

    fn at(self, day: NaiveDate, minute: Minute) -> DateTime<Utc> {
        let local = day.and_time(chrono::NaiveTime::MIN);
        let from_midnight = i64::from(minute.0) - i64::from(self.hours()) * 60;
        local
            .checked_add_signed(TimeDelta::minutes(from_midnight))
            .map_or(DateTime::<Utc>::MAX_UTC, |utc| utc.and_utc())
    }

    /// As an SMS writes it: `Sen 30-11-2026 15.30`.
    pub fn short(self, at: DateTime<Utc>) -> String {
        let local = self.local(at);
        let day = match local.weekday() {
            Weekday::Mon => "Sen",
            Weekday::Tue => "Sel",
            Weekday::Wed => "Rab",
            Weekday::Thu => "Kam",
            Weekday::Fri => "Jum",
            Weekday::Sat => "Sab",
            Weekday::Sun => "Min",
        };
        format!("{day} {}", local.format("%d-%m-%Y %H.%M"))
    }

    /// A day as an SMS writes it: `30-11-2026`.
    pub fn day(self, at: DateTime<Utc>) -> String {
        self.local(at).format("%d-%m-%Y").to_string()
    }
}

/// A minute of the day, 0 to 1440: 24.00 is the end of the day, which no clock shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Minute(u16);

impl Minute {
    fn parse(text: &str) -> Option<Self> {
        let (hour, minute) = text.trim().split_once(['.', ':'])?;
        let (hour, minute): (u16, u16) = (hour.parse().ok()?, minute.parse().ok()?);
        let whole = (hour < 24 && minute < 60) || (hour, minute) == (24, 0);
        whole.then(|| Self(hour * 60 + minute))
    }
}

/// From one local time to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// Included.
    from: Minute,
    /// Not included.
    until: Minute,
}

impl Span {
    /// Texts that the office starts go out between these hours (procedure.md section 6).
    pub const SENDING: Self = Self { from: Minute(7 * 60), until: Minute(20 * 60) };

    /// Reads `07.30-16.00` (a colon will do for the full stop); the end of a day is `24.00`.
    pub fn parse(text: &str) -> Option<Self> {
        let (from, until) = text.split_once('-')?;
        let span = Self { from: Minute::parse(from)?, until: Minute::parse(until)? };
        (span.from < span.until).then_some(span)
    }
}

/// Office hours of one kind of week.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Week {
    /// Monday to Sunday; `None`: closed.
    pub days: [Option<Span>; 7],
    /// Break of every day but Friday.
    pub pause: Option<Span>,
    /// Break of Friday.
    pub friday_pause: Option<Span>,
}

impl Week {
    /// Perpres 21/2023: five days of 450 minutes (procedure.md section 6).
    pub fn ordinary() -> Self {
        Self::five_days("07.30-16.00", "07.30-16.30", "12.00-13.00", "11.30-13.00")
    }

    /// The same in Ramadan: 390 minutes.
    pub fn ramadan() -> Self {
        Self::five_days("08.00-15.00", "08.00-15.30", "12.00-12.30", "11.30-12.30")
    }

    fn five_days(day: &str, friday: &str, pause: &str, friday_pause: &str) -> Self {
        let (day, friday) = (Span::parse(day), Span::parse(friday));
        Self {
            days: [day, day, day, day, friday, None, None],
            pause: Span::parse(pause),
            friday_pause: Span::parse(friday_pause),
        }
    }

    /// Working time of a weekday: one span, or two round the break.
    fn spans(&self, weekday: Weekday) -> impl Iterator<Item = Span> + use<> {
        let day = usize::try_from(weekday.num_days_from_monday())
            .ok()
            .and_then(|day| self.days.get(day).copied().flatten());
        let pause = if weekday == Weekday::Fri { self.friday_pause } else { self.pause };
        let (morning, afternoon) = match (day, pause) {
            (None, _) => (None, None),
            (Some(day), None) => (Some(day), None),
            (Some(day), Some(pause)) => (
                Some(Span { from: day.from, until: pause.from.clamp(day.from, day.until) }),
                Some(Span { from: pause.until.clamp(day.from, day.until), until: day.until }),
            ),
        };
        morning.into_iter().chain(afternoon).filter(|span| span.from < span.until)
    }
}

/// What an office decides about its time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rules {
    /// One office has one zone.
    pub zone: Zone,
    /// Ordinary hours.
    pub ordinary: Week,
    /// Hours in Ramadan.
    pub ramadan: Week,
    /// First and last day of each Ramadan.
    pub ramadan_days: Vec<(NaiveDate, NaiveDate)>,
    /// Days off: national, joint leave, local.
    pub holidays: BTreeSet<NaiveDate>,
}

/// Hours that no office can keep.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RulesError {
    /// No weekday is open.
    #[error("no day of the week has office hours")]
    NeverOpen,
}

/// The office's time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calendar {
    rules: Rules,
}

impl Calendar {
    /// # Errors
    /// [`RulesError`] where no working minute would ever run.
    pub fn new(rules: Rules) -> Result<Self, RulesError> {
        // A day whose hours are all break is not open.
        let ever = |week: &Week| {
            let mut weekdays = (0..7).filter_map(|day| Weekday::try_from(day).ok());
            weekdays.any(|weekday| week.spans(weekday).next().is_some())
        };
        if ever(&rules.ordinary) && ever(&rules.ramadan) {
            Ok(Self { rules })
        } else {
            Err(RulesError::NeverOpen)
        }
    }

    /// The office's zone.
    pub const fn zone(&self) -> Zone {
        self.rules.zone
    }

    fn week(&self, day: NaiveDate) -> &Week {
        let in_ramadan =
            self.rules.ramadan_days.iter().any(|(first, last)| (*first..=*last).contains(&day));
        if in_ramadan { &self.rules.ramadan } else { &self.rules.ordinary }
    }

    /// Working time of a local day, in UTC.
    fn spans(
        &self,
        day: NaiveDate,
    ) -> impl Iterator<Item = (DateTime<Utc>, DateTime<Utc>)> + use<> {
        let zone = self.rules.zone;
        let holiday = self.rules.holidays.contains(&day);
        self.week(day)
            .spans(day.weekday())
            .filter(move |_| !holiday)
            .map(move |span| (zone.at(day, span.from), zone.at(day, span.until)))
    }

    fn local_day(&self, at: DateTime<Utc>) -> NaiveDate {
        self.rules.zone.local(at).date_naive()
    }

    /// Spans of working time from the day of `at` on, at most [`DAYS_MAX`] days.
    fn spans_from(
        &self,
        at: DateTime<Utc>,
    ) -> impl Iterator<Item = (DateTime<Utc>, DateTime<Utc>)> + '_ {
        self.local_day(at).iter_days().take(DAYS_MAX).flat_map(|day| self.spans(day))
    }

    /// Whether a working minute runs now.
    pub fn is_open(&self, at: DateTime<Utc>) -> bool {
        self.spans(self.local_day(at)).any(|(from, until)| from <= at && at < until)
    }

    /// `at` itself while the office is open, else when it opens next.
    pub fn next_opening(&self, at: DateTime<Utc>) -> DateTime<Utc> {
        self.spans_from(at)
            .find(|(_, until)| at < *until)
            .map_or(DateTime::<Utc>::MAX_UTC, |(from, _)| from.max(at))
    }

    /// When `minutes` working minutes have run since `from`.
    pub fn add_minutes(&self, from: DateTime<Utc>, minutes: i64) -> DateTime<Utc> {
        let mut left = TimeDelta::minutes(minutes.clamp(0, i64::from(u32::MAX)));
        for (start, end) in self.spans_from(from) {
            let start = start.max(from);
            let length = end - start;
            if length <= TimeDelta::zero() {
                continue;
            }
            if left <= length {
                return start + left;
            }
            left -= length;
        }
        DateTime::<Utc>::MAX_UTC
    }

    /// Whole working minutes between two times; 0 when `until` is not later.
    pub fn minutes_between(&self, from: DateTime<Utc>, until: DateTime<Utc>) -> i64 {
        self.worked(from, until).num_minutes()
    }

    fn worked(&self, from: DateTime<Utc>, until: DateTime<Utc>) -> TimeDelta {
        let mut sum = TimeDelta::zero();
        for (start, end) in self.spans_from(from).take_while(|(start, _)| *start < until) {
            sum += (end.min(until) - start.max(from)).max(TimeDelta::zero());
        }
        sum
    }

    /// Moves a due time on by the working time that passed while its clock stood still.
    pub fn postpone(
        &self,
        due: DateTime<Utc>,
        paused_at: DateTime<Utc>,
        resumed_at: DateTime<Utc>,
    ) -> DateTime<Utc> {
        if due <= paused_at {
            return due;
        }
        let left = self.worked(paused_at, due);
        let resumed = self.next_opening(resumed_at);
        let whole = self.add_minutes(resumed, left.num_minutes());
        whole + (left - TimeDelta::minutes(left.num_minutes()))
    }

    fn is_working_day(&self, day: NaiveDate) -> bool {
        self.spans(day).next().is_some()
    }

    /// Closing time of the `days`-th working day after the day of receipt.
    pub fn add_working_days(&self, received: DateTime<Utc>, days: u32) -> DateTime<Utc> {
        let day = self
            .local_day(received)
            .iter_days()
            .skip(1)
            .take(DAYS_MAX)
            .filter(|day| self.is_working_day(*day))
            .nth(usize::try_from(days.saturating_sub(1)).unwrap_or(usize::MAX));
        day.and_then(|day| self.spans(day).last()).map_or(DateTime::<Utc>::MAX_UTC, |(_, end)| end)
    }

    /// When the office closes on a local day; a minute before its midnight where it does not open.
    pub fn closing(&self, day: NaiveDate) -> DateTime<Utc> {
        const LAST_MINUTE: Minute = Minute(24 * 60 - 1);
        let midnight = || self.rules.zone.at(day, LAST_MINUTE);
        self.spans(day).last().map_or_else(midnight, |(_, end)| end)
    }

    /// When the office opens on the `days`-th working day before the day of a due time; with 0, on that day.
    pub fn working_days_before(&self, due: DateTime<Utc>, days: u32) -> DateTime<Utc> {
        let last = self.local_day(due);
        let day = std::iter::successors(Some(last), NaiveDate::pred_opt)
            .take(DAYS_MAX)
            .filter(|day| *day == last || self.is_working_day(*day))
            .nth(usize::try_from(days).unwrap_or(usize::MAX));
        day.and_then(|day| self.spans(day).next()).map_or(due, |(opening, _)| opening)
    }

    /// Working days after the day of `from`, up to and including the day of `until`.
    pub fn working_days_between(&self, from: DateTime<Utc>, until: DateTime<Utc>) -> i64 {
        let last = self.local_day(until);
        let days = self
            .local_day(from)
            .iter_days()
            .skip(1)
            .take(DAYS_MAX)
            .take_while(|day| *day <= last)
            .filter(|day| self.is_working_day(*day))
            .count();
        i64::try_from(days).unwrap_or(i64::MAX)
    }

    /// `at` itself inside of the daily window, else when the window opens next (local time, every day).
    pub fn next_in_window(&self, at: DateTime<Utc>, window: Span) -> DateTime<Utc> {
        let local = self.rules.zone.local(at);
        let (day, minute) = (local.date_naive(), local.hour() * 60 + local.minute());
        if minute < u32::from(window.from.0) {
            self.rules.zone.at(day, window.from)
        } else if minute < u32::from(window.until.0) {
            at
        } else {
            self.rules.zone.at(day.succ_opt().unwrap_or(day), window.from)
        }
    }
}

/// `3 Desember 2026`, as a report writes it.
pub fn long_date(day: NaiveDate) -> String {
    const MONTHS: [&str; 12] = [
        "Januari",
        "Februari",
        "Maret",
        "April",
        "Mei",
        "Juni",
        "Juli",
        "Agustus",
        "September",
        "Oktober",
        "November",
        "Desember",
    ];
    let month =
        usize::try_from(day.month0()).ok().and_then(|month| MONTHS.get(month)).unwrap_or(&"");
    format!("{} {month} {}", day.day(), day.year())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn calendar(zone: Zone) -> Calendar {
        let holidays = [
            "2026-01-01",
            "2026-01-16",
            "2026-02-17",
            "2026-03-19",
            "2026-03-21",
            "2026-03-22",
            "2026-04-03",
            "2026-04-05",
            "2026-05-01",
            "2026-05-14",
            "2026-05-27",
            "2026-05-31",
            "2026-06-01",
            "2026-06-16",
            "2026-08-17",
            "2026-08-25",
            "2026-12-25",
            "2026-02-16",
            "2026-03-18",
            "2026-03-20",
            "2026-03-23",
            "2026-03-24",
            "2026-05-15",
            "2026-05-28",
            "2026-12-24",
            "2027-01-01",
        ];
        Calendar::new(Rules {
            zone,
            ordinary: Week::ordinary(),
            ramadan: Week::ramadan(),
            ramadan_days: vec![(day("2026-02-19"), day("2026-03-19"))],
            holidays: holidays.into_iter().map(day).collect(),
        })
        .unwrap()
    }

    fn at(zone: Zone, text: &str) -> DateTime<Utc> {
        let (date, time) = text.split_once(' ').unwrap();
        let date = NaiveDate::parse_from_str(date, "%d-%m-%Y").unwrap();
        zone.at(date, Minute::parse(time).unwrap())
    }

    #[test]
    fn an_hour_that_no_day_has_is_no_time() {
        for text in ["24.01-24.02", "1302.00-1303.00", "65535.59-65535.60", "7-8", "08.00-07.00"] {
            assert_eq!(Span::parse(text), None, "{text}");
        }
    }

    /// The table of procedure.md section 6.
    #[test]
    fn the_worked_examples_of_the_procedure() {
        for zone in [Zone::Wib, Zone::Wita, Zone::Wit] {
            let calendar = calendar(zone);
            for [received, sorted, answer, five, fourteen] in [
                [
                    "24-11-2026 08.00",
                    "24-11-2026 08.15",
                    "24-11-2026 15.00",
                    "01-12-2026 16.00",
                    "14-12-2026 16.00",
                ],
                [
                    "24-11-2026 12.20",
                    "24-11-2026 13.15",
                    "25-11-2026 10.30",
                    "01-12-2026 16.00",
                    "14-12-2026 16.00",
                ],
                [
                    "26-11-2026 15.50",
                    "27-11-2026 07.35",
                    "27-11-2026 14.50",
                    "03-12-2026 16.00",
                    "16-12-2026 16.00",
                ],
                [
                    "27-11-2026 14.00",
                    "27-11-2026 14.15",
                    "30-11-2026 11.00",
                    "04-12-2026 16.30",
                    "17-12-2026 16.00",
                ],
                [
                    "28-11-2026 21.10",
                    "30-11-2026 07.45",
                    "30-11-2026 14.30",
                    "04-12-2026 16.30",
                    "17-12-2026 16.00",
                ],
                [
                    "23-12-2026 15.30",
                    "23-12-2026 15.45",
                    "28-12-2026 14.00",
                    "04-01-2027 16.00",
                    "15-01-2027 16.30",
                ],
            ] {
                let from = at(zone, received);
                assert_eq!(calendar.add_minutes(from, 15), at(zone, sorted), "{received}");
                assert_eq!(calendar.add_minutes(from, 360), at(zone, answer), "{received}");
                assert_eq!(calendar.add_working_days(from, 5), at(zone, five), "{received}");
                assert_eq!(calendar.add_working_days(from, 14), at(zone, fourteen), "{received}");
                assert_eq!(calendar.minutes_between(from, at(zone, answer)), 360, "{received}");
            }
        }
    }

    #[test]
    fn ramadan_has_its_own_hours() {
        let calendar = calendar(Zone::Wib);
        let monday = at(Zone::Wib, "23-02-2026 07.45");
        assert!(!calendar.is_open(monday));
        assert_eq!(calendar.next_opening(monday), at(Zone::Wib, "23-02-2026 08.00"));
        assert_eq!(calendar.minutes_between(monday, at(Zone::Wib, "23-02-2026 23.00")), 390);
    }

    #[test]
    fn a_message_of_one_instant_has_the_hours_of_each_zone() {
        let received: DateTime<Utc> = "2026-11-24T08:30:00Z".parse().unwrap();
        for (zone, due) in [
            // 15.30, 16.30 and 17.30 on the three clocks.
            (Zone::Wib, "24-11-2026 15.45"),
            (Zone::Wita, "25-11-2026 07.45"),
            (Zone::Wit, "25-11-2026 07.45"),
        ] {
            assert_eq!(calendar(zone).add_minutes(received, 15), at(zone, due), "{zone:?}");
        }
        for (name, letters) in
            [("Asia/Pontianak", "WIB"), ("Asia/Makassar", "WITA"), ("Asia/Jayapura", "WIT")]
        {
            assert_eq!(Zone::from_name(name).map(Zone::letters), Some(letters));
        }
    }

    #[test]
    fn a_week_without_hours_is_refused_and_endless_holidays_end() {
        let mut rules = calendar(Zone::Wib).rules;
        rules.holidays = day("2026-01-01").iter_days().take(DAYS_MAX + 400).collect();
        let endless = Calendar::new(rules.clone()).unwrap();
        assert_eq!(
            endless.add_minutes(at(Zone::Wib, "01-02-2026 08.00"), 1),
            DateTime::<Utc>::MAX_UTC
        );
        rules.ordinary.days = [None; 7];
        assert_eq!(Calendar::new(rules), Err(RulesError::NeverOpen));
        let break_alone = Week {
            days: [None, None, Span::parse("12.00-12.30"), None, None, None, None],
            ..Week::ordinary()
        };
        let rules = Rules { ordinary: break_alone, ..calendar(Zone::Wib).rules };
        assert_eq!(Calendar::new(rules), Err(RulesError::NeverOpen));
    }

    #[test]
    fn what_the_office_starts_waits_for_the_window() {
        let calendar = calendar(Zone::Wita);
        let window = Span::parse("07.00-20.00").unwrap();
        for [now, then] in [
            ["24-11-2026 06.59", "24-11-2026 07.00"],
            ["24-11-2026 07.00", "24-11-2026 07.00"],
            ["24-11-2026 19.59", "24-11-2026 19.59"],
            ["24-11-2026 20.00", "25-11-2026 07.00"],
        ] {
            assert_eq!(
                calendar.next_in_window(at(Zone::Wita, now), window),
                at(Zone::Wita, then),
                "{now}"
            );
        }
    }

    #[test]
    fn days_and_times_are_written_as_the_office_writes_them() {
        let time = at(Zone::Wib, "30-11-2026 15.30");
        assert_eq!(Zone::Wib.short(time), "Sen 30-11-2026 15.30");
        assert_eq!(Zone::Wita.short(time), "Sen 30-11-2026 16.30");
        assert_eq!(long_date(day("2026-12-03")), "3 Desember 2026");
        assert_eq!(Span::parse("16.00-07.30"), None);
        assert!(Span::parse("00.00-24.00").is_some());
        for wrong in ["07.30-24.01", "07.60-16.00", "7-16", "-1.00-16.00"] {
            assert_eq!(Span::parse(wrong), None, "{wrong}");
        }
        assert_eq!(Span::parse("7.30-16.00"), Span::parse("07:30 - 16:00"));
    }

    proptest! {
        #[test]
        fn minutes_that_are_added_are_counted_again(start in 0i64..60 * 24 * 500, minutes in 1i64..20_000) {
            let calendar = calendar(Zone::Wib);
            let from = at(Zone::Wib, "01-01-2026 00.00") + TimeDelta::minutes(start);
            let end = calendar.add_minutes(from, minutes);
            prop_assert_eq!(calendar.minutes_between(from, end), minutes);
            prop_assert!(calendar.add_minutes(from, minutes + 1) > end);
        }

        #[test]
        fn a_pause_leaves_the_remaining_minutes_as_they_were(start in 0i64..60 * 24 * 300, used in 0i64..300, pause in 0i64..60 * 24 * 40) {
            let calendar = calendar(Zone::Wib);
            let from = calendar.next_opening(at(Zone::Wib, "01-01-2026 00.00") + TimeDelta::minutes(start));
            let due = calendar.add_minutes(from, 360);
            let paused = calendar.add_minutes(from, used);
            let resumed = paused + TimeDelta::minutes(pause);
            let postponed = calendar.postpone(due, paused, resumed);
            prop_assert_eq!(calendar.minutes_between(resumed, postponed), calendar.minutes_between(paused, due));
        }
    }
}
