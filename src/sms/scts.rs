//! TP-SCTS and the other times of the network: seven octets of swapped digits (3GPP TS 23.040 §9.2.3.11).

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, Offset, Timelike};

/// A time as the network wrote it: the octets, and the moment they name if their digits make one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Scts {
    raw: [u8; 7],
    time: Option<DateTime<FixedOffset>>,
}

impl Scts {
    /// Reads year, month, day, hour, minute, second and zone; the century is ours.
    pub fn decode(raw: [u8; 7]) -> Self {
        Self { raw, time: moment(raw) }
    }

    /// Writes a time; the century is lost, and a zone between the quarter hours gives way to the one west of it.
    pub fn encode(time: DateTime<FixedOffset>) -> Self {
        let quarters = time.offset().fix().local_minus_utc().div_euclid(QUARTER).clamp(-79, 79);
        let zone = FixedOffset::east_opt(quarters * QUARTER).unwrap_or(*time.offset());
        let time = time.with_timezone(&zone);
        let sign = if quarters < 0 { 0b1000 } else { 0 };
        let raw = [
            swapped(time.year().rem_euclid(100).unsigned_abs()),
            swapped(time.month()),
            swapped(time.day()),
            swapped(time.hour()),
            swapped(time.minute()),
            swapped(time.second()),
            swapped(quarters.unsigned_abs()) | sign,
        ];
        Self::decode(raw)
    }

    /// The seven octets, whatever they hold.
    pub const fn raw(&self) -> [u8; 7] {
        self.raw
    }

    /// The moment, or nothing when the digits make no date.
    pub const fn time(&self) -> Option<DateTime<FixedOffset>> {
        self.time
    }
}

/// Seconds in the unit of the zone.
const QUARTER: i32 = 15 * 60;

fn moment(raw: [u8; 7]) -> Option<DateTime<FixedOffset>> {
    let [year, month, day, hour, minute, second, zone] = raw;
    // Bit 3 of the zone is its sign and no part of its tens.
    let quarters = i32::try_from(digits(zone & !0b1000)?).ok()?;
    let east = if zone & 0b1000 == 0 { quarters } else { -quarters };
    NaiveDate::from_ymd_opt(
        2000 + i32::try_from(digits(year)?).ok()?,
        digits(month)?,
        digits(day)?,
    )?
    .and_hms_opt(digits(hour)?, digits(minute)?, digits(second)?)?
    .and_local_timezone(FixedOffset::east_opt(east * QUARTER)?)
    .single()
}

/// Two decimal digits, the tens in the low half.
pub(super) fn digits(octet: u8) -> Option<u32> {
    let (tens, units) = (octet & 0x0F, octet >> 4);
    (tens <= 9 && units <= 9).then(|| u32::from(tens * 10 + units))
}

/// Inverse of [`digits`] for numbers below 100.
fn swapped(number: u32) -> u8 {
    let (tens, units) = (number / 10 % 10, number % 10);
    u8::try_from(units << 4 | tens).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(raw: [u8; 7]) -> Option<String> {
        Scts::decode(raw).time().map(|time| time.to_rfc3339())
    }

    #[test]
    fn the_three_zones_of_indonesia_are_read() {
        let at = |zone| read([0x42, 0x11, 0x50, 0x90, 0x51, 0x03, zone]).unwrap();
        assert_eq!(at(0x82), "2024-11-05T09:15:30+07:00");
        assert_eq!(at(0x23), "2024-11-05T09:15:30+08:00");
        assert_eq!(at(0x63), "2024-11-05T09:15:30+09:00");
    }

    #[test]
    fn zones_west_of_greenwich_carry_the_sign_in_bit_3() {
        assert_eq!(
            read([0x81, 0x11, 0x70, 0x02, 0x12, 0x22, 0x2B]).unwrap(),
            "2018-11-07T20:21:22-08:00"
        );
        assert_eq!(
            read([0x81, 0x11, 0x70, 0x02, 0x12, 0x22, 0x97]).unwrap(),
            "2018-11-07T20:21:22+19:45"
        );
    }

    #[test]
    fn digits_that_make_no_date_leave_the_octets_only() {
        for raw in [
            [0; 7],
            [0xFF; 7],
            [0x32, 0x20, 0x92, 0, 0, 0, 0], // 29 February 2023
            [0x42, 0x99, 0x50, 0, 0, 0, 0],
            [0x42, 0x11, 0x50, 0x42, 0, 0, 0], // 24 o'clock
            [0x42, 0x11, 0x50, 0, 0, 0x06, 0],
            [0x42, 0x11, 0x50, 0, 0, 0, 0xA0],
        ] {
            assert_eq!(Scts::decode(raw).time(), None, "{raw:02X?}");
            assert_eq!(Scts::decode(raw).raw(), raw);
        }
    }

    #[test]
    fn an_odd_zone_keeps_the_moment() {
        let time = DateTime::parse_from_rfc3339("2026-11-24T08:30:00+05:35").unwrap();
        assert_eq!(Scts::encode(time).time(), Some(time));
    }

    proptest! {
        #[test]
        fn decoding_inverts_encoding(seconds in 946_771_200i64..4_102_358_400, quarters in -79i32..=79) {
            let zone = FixedOffset::east_opt(quarters * QUARTER).unwrap();
            let time = DateTime::from_timestamp(seconds, 0).unwrap().with_timezone(&zone);
            prop_assert_eq!(Scts::encode(time).time(), Some(time));
        }

        #[test]
        fn no_octets_are_too_strange(raw: [u8; 7]) {
            prop_assert_eq!(Scts::decode(raw).raw(), raw);
        }
    }
}
