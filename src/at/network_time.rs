//! The network's own time, where a modem tells it by itself with day and zone. No clock is ever set from it.

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime};

/// How a modem writes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// `*PSUTTZ: 2026,11,24,3,0,0,"+28",0` of `SIMCom`: UTC, then the zone.
    Utc,
    /// `^NWTIME: 26/11/24,10:00:00+28,00` of Huawei: local time, then the zone.
    Local,
    /// `+CTZE: "+28",0,"2026/11/24,10:00:00"` (3GPP TS 27.007 §8.41), and `+CTZV` of some: the zone, then local time.
    ZoneFirst,
}

/// Quarters of an hour between zones.
const QUARTER_SECONDS: i32 = 15 * 60;

/// Reads what stands behind the name; nothing where day or zone is missing, or where the modem has no time yet (1980, 2004).
pub fn read(form: Form, body: &str) -> Option<DateTime<FixedOffset>> {
    let all = figures(body);
    let (figures, quarters) = match (form, all.as_slice()) {
        (Form::Utc | Form::Local, [y, mo, d, h, mi, s, zone, ..])
        // Between zone and time some tell the summer time.
        | (Form::ZoneFirst, [zone, y, mo, d, h, mi, s] | [zone, _, y, mo, d, h, mi, s, ..]) => {
            ([*y, *mo, *d, *h, *mi, *s], *zone)
        }
        _ => return None,
    };
    let time = moment(figures)?;
    let zone = FixedOffset::east_opt(quarters.checked_mul(QUARTER_SECONDS)?)?;
    match form {
        Form::Utc => Some(time.and_utc().with_timezone(&zone)),
        Form::Local | Form::ZoneFirst => time.and_local_timezone(zone).single(),
    }
}

/// Year, month, day, hour, minute, second.
fn moment([year, month, day, hour, minute, second]: [i32; 6]) -> Option<NaiveDateTime> {
    const CENTURY: i32 = 2000;
    let year = if year < 100 { CENTURY + year } else { year };
    let part = |figure: i32| u32::try_from(figure).ok();
    let day = NaiveDate::from_ymd_opt(year, part(month)?, part(day)?)?;
    let time = day.and_hms_opt(part(hour)?, part(minute)?, part(second)?)?;
    // What a modem shows before it knows better.
    (2020..CENTURY + 100).contains(&year).then_some(time)
}

/// Every figure with its sign; more than ten are of no such notice.
fn figures(body: &str) -> Vec<i32> {
    const FIGURES_MAX: usize = 10;
    body.split(|sign: char| !(sign.is_ascii_digit() || matches!(sign, '+' | '-')))
        .flat_map(|piece| {
            // `21+28`: the sign begins the next figure.
            let cut = piece.find(['+', '-']).filter(|at| *at > 0).unwrap_or(piece.len());
            let (first, second) = piece.split_at(cut);
            [first, second]
        })
        .filter(|figure| !figure.is_empty())
        .map_while(|figure| figure.parse().ok())
        .take(FIGURES_MAX)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_form_tells_the_same_moment() {
        for (form, body) in [
            (Form::Utc, "2026,11,24,3,0,5,\"+28\",0"),
            (Form::Utc, "26,11,24,03,00,05,\"+28\",0"),
            (Form::Local, "26/11/24,10:00:05+28,00"),
            (Form::Local, "2026/11/24,10:00:05+28,0"),
            (Form::Local, "26/11/23,23:00:05-16,00"),
            (Form::ZoneFirst, "\"+28\",0,\"2026/11/24,10:00:05\""),
            (Form::ZoneFirst, "+28,\"26/11/24,10:00:05\""),
            (Form::ZoneFirst, "+32,0,\"2026/11/24,11:00:05\""),
        ] {
            let read = read(form, body).map(|time| time.to_utc().to_rfc3339());
            assert_eq!(read.as_deref(), Some("2026-11-24T03:00:05+00:00"), "{body}");
        }
    }

    #[test]
    fn what_is_no_whole_time_is_none() {
        for (form, body) in [
            (Form::ZoneFirst, "+28"),
            (Form::ZoneFirst, "+28,0"),
            (Form::Utc, ""),
            (Form::Utc, "1980,1,6,0,0,10,\"+0\",0"),
            (Form::Utc, "2026,13,24,3,0,5,\"+28\",0"),
            (Form::Utc, "2026,11,24,3,0,5"),
            (Form::Utc, "2026,11,24,3,0,5,\"+9999\",0"),
            (Form::Local, "26/11/24,10:00:05"),
            (Form::Local, "26/11/24,25:00:05+28,0"),
            (Form::Local, "99999999999,1"),
        ] {
            assert_eq!(read(form, body), None, "{body}");
        }
    }
}
