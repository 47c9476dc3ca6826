//! SMS-SUBMIT: from us to the network (3GPP TS 23.040 §9.2.2.2).

use std::time::Duration;

use super::reader::Reader;
use super::scts::digits;
use super::user_data::TPDU_OCTETS_MAX;
use super::{Address, Concat, Dcs, DecodeError, EncodeError, Scts, UserData, first_octet};

/// One message, or one part of a long one, on its way out.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Submit {
    /// Message type and flags; [`Submit::encode`] sets TP-VPF and TP-UDHI by the fields below, whatever stands here.
    pub first_octet: u8,
    /// TP-MR; most modems put their own number in its place.
    pub message_reference: u8,
    /// TP-DA: who is to get it.
    pub destination: Address,
    /// TP-PID.
    pub protocol_id: u8,
    /// TP-DCS.
    pub coding: Dcs,
    /// TP-VP: how long the centre may try.
    pub validity: Validity,
    /// TP-UDL and TP-UD.
    pub user_data: UserData,
    /// Octets behind the user data; they are not encoded again.
    pub trailing_octets: usize,
}

/// The validity period in its three forms (§9.2.3.12), or the centre's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Validity {
    /// As long as the centre pleases.
    None,
    /// One octet in the steps of §9.2.3.12.1.
    Relative(u8),
    /// Seven octets of §9.2.3.12.3: a functionality indicator, and what it says of the others.
    Enhanced([u8; 7]),
    /// Until a moment (§9.2.3.12.2).
    Absolute(Scts),
}

/// How much longer than wanted a period may be before it is shortened: the smallest of its steps.
const SLACK: Duration = Duration::from_mins(5);

/// Has the centre try no longer than `left`, rounded down to a code of §9.2.3.12.1 and to five minutes at least; five minutes
/// more than `left` stay as they are. Whether the TPDU was changed. One that is no SMS-SUBMIT, or gives its period in another
/// form, is not.
pub fn shorten(tpdu: &mut [u8], left: Duration) -> bool {
    const MASK: u8 = first_octet::TYPE | first_octet::VPF;
    const WANTED: u8 = first_octet::SUBMIT | Validity::RELATIVE;
    if tpdu.first().is_none_or(|octet| octet & MASK != WANTED) {
        return false;
    }
    let at = protocol_id_at(tpdu).map(|at| at + 2);
    let Some(code) = at.and_then(|at| tpdu.get_mut(at)) else { return false };
    let period = |code: u8| Duration::from_mins(u64::from(minutes(code)));
    let changed = period(*code) > left.saturating_add(SLACK);
    if changed {
        *code = (0..*code).rev().find(|code| period(*code) <= left).unwrap_or(0);
    }
    changed
}

/// Where TP-PID stands: behind the first octet, TP-MR, and the digits of TP-DA, two in each octet.
fn protocol_id_at(tpdu: &[u8]) -> Option<usize> {
    tpdu.get(2).map(|digits| 4 + usize::from(*digits).div_ceil(2))
}

/// What of an SMS-SUBMIT may stand in a log: hexadecimal digits of its first octet, TP-PID, TP-DCS and TP-UDL, and dashes for
/// what lies between them. Neither number nor text can be read in it.
pub fn masked_head(tpdu: &[u8]) -> String {
    let validity = match tpdu.first().map(|octet| octet & first_octet::VPF) {
        None | Some(0) => 0,
        Some(Validity::RELATIVE) => 1,
        Some(_) => 7,
    };
    let at = protocol_id_at(tpdu).unwrap_or(usize::MAX);
    let shown = [0, at, at.saturating_add(1), at.saturating_add(2 + validity)];
    let head = tpdu.iter().enumerate().take_while(|(index, _)| shown.iter().any(|at| index <= at));
    head.map(
        |(index, octet)| {
            if shown.contains(&index) { format!("{octet:02X}") } else { "--".to_owned() }
        },
    )
    .collect()
}

impl Submit {
    /// Reads a TPDU.
    ///
    /// # Errors
    /// [`DecodeError`] names the field in which the octets cease to be an SMS-SUBMIT.
    pub fn decode(tpdu: &[u8]) -> Result<Self, DecodeError> {
        let mut reader = Reader::new(tpdu);
        let first_octet = reader.octet("first octet")?;
        let found = first_octet & first_octet::TYPE;
        if found != first_octet::SUBMIT {
            return Err(DecodeError::MessageType { position: 0, expected: "SMS-SUBMIT", found });
        }
        let message_reference = reader.octet("TP-MR")?;
        let destination = Address::decode(&mut reader, "TP-DA")?;
        let protocol_id = reader.octet("TP-PID")?;
        let coding = Dcs(reader.octet("TP-DCS")?);
        let validity = match first_octet & first_octet::VPF {
            Validity::RELATIVE => Validity::Relative(reader.octet("TP-VP")?),
            Validity::ENHANCED => Validity::Enhanced(reader.octets("TP-VP")?),
            Validity::ABSOLUTE => Validity::Absolute(Scts::decode(reader.octets("TP-VP")?)),
            _ => Validity::None,
        };
        let user_data =
            UserData::decode(&mut reader, coding, first_octet & first_octet::UDHI != 0)?;
        let trailing_octets = reader.rest().len();
        Ok(Self {
            first_octet,
            message_reference,
            destination,
            protocol_id,
            coding,
            validity,
            user_data,
            trailing_octets,
        })
    }

    /// Writes the TPDU, whose length is what `AT+CMGS` wants to hear.
    ///
    /// # Errors
    /// [`EncodeError::UserDataTooLong`] when more user data was decoded than a TPDU should hold.
    pub fn encode(&self) -> Result<Vec<u8>, EncodeError> {
        let flags = self.first_octet & !(first_octet::TYPE | first_octet::VPF);
        let first_octet = flags | first_octet::SUBMIT | self.validity.format();
        let mut octets = Vec::with_capacity(TPDU_OCTETS_MAX);
        octets.extend([
            first_octet::with_header(first_octet, self.user_data.header().is_some()),
            self.message_reference,
        ]);
        self.destination.encode(&mut octets);
        octets.extend([self.protocol_id, self.coding.0]);
        match &self.validity {
            Validity::None => {}
            Validity::Relative(code) => octets.push(*code),
            Validity::Enhanced(period) => octets.extend(period),
            Validity::Absolute(time) => octets.extend(time.raw()),
        }
        self.user_data.encode(&mut octets)?;
        Ok(octets)
    }

    /// The text of this part alone, nothing for 8-bit data and codings nobody can read.
    pub fn text(&self) -> Option<String> {
        self.user_data.text(self.coding)
    }

    /// Its place in a long message, valid or not.
    pub fn concat(&self) -> Option<Concat> {
        self.user_data.header()?.concat()
    }
}

impl Validity {
    const ENHANCED: u8 = 0b0000_1000;
    const RELATIVE: u8 = 0b0001_0000;
    const ABSOLUTE: u8 = 0b0001_1000;

    /// The shortest relative period that is not shorter; 63 weeks is the longest there is.
    pub fn at_least(period: Duration) -> Self {
        let enough = |code: &u8| Duration::from_mins(u64::from(minutes(*code))) >= period;
        Self::Relative((0..=u8::MAX).find(enough).unwrap_or(u8::MAX))
    }

    /// How long the centre may try, where the message says so by itself; a moment depends on when it begins.
    pub fn period(&self) -> Option<Duration> {
        match self {
            Self::Relative(code) => Some(Duration::from_mins(u64::from(minutes(*code)))),
            Self::Enhanced(octets) => enhanced(*octets),
            Self::None | Self::Absolute(_) => None,
        }
    }

    const fn format(self) -> u8 {
        match self {
            Self::None => 0,
            Self::Relative(_) => Self::RELATIVE,
            Self::Enhanced(_) => Self::ENHANCED,
            Self::Absolute(_) => Self::ABSOLUTE,
        }
    }
}

/// Bits of the functionality indicator.
const EXTENSION: u8 = 0b1000_0000;
const FORM: u8 = 0b0000_0111;

/// The forms of §9.2.3.12.3: none, a relative code, seconds, or hours, minutes and seconds; the others are reserved.
fn enhanced([indicator, first, second, third, fourth, ..]: [u8; 7]) -> Option<Duration> {
    // An extension octet pushes all behind it by one.
    let [a, b, c] =
        if indicator & EXTENSION == 0 { [first, second, third] } else { [second, third, fourth] };
    match indicator & FORM {
        1 => Some(Duration::from_mins(u64::from(minutes(a)))),
        2 => Some(Duration::from_secs(u64::from(a))),
        3 => {
            let [hours, minutes, seconds] = [digits(a)?, digits(b)?, digits(c)?];
            let sixty = minutes < 60 && seconds < 60;
            sixty.then(|| Duration::from_secs(u64::from(hours * 3600 + minutes * 60 + seconds)))
        }
        _ => None,
    }
}

/// The steps of §9.2.3.12.1: five minutes, half an hour, a day, a week.
const fn minutes(code: u8) -> u32 {
    let step = code as u32;
    match code {
        0..=143 => (step + 1) * 5,
        144..=167 => (12 * 60) + (step - 143) * 30,
        168..=196 => (step - 166) * 24 * 60,
        197..=255 => (step - 192) * 7 * 24 * 60,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn relative_periods_follow_the_table_of_the_standard() {
        for (code, minutes) in [
            (0, 5),
            (143, 720),
            (144, 750),
            (167, 1440),
            (168, 2 * 1440),
            (196, 30 * 1440),
            (197, 5 * 10_080),
            (255, 63 * 10_080),
        ] {
            let period = Duration::from_mins(minutes);
            assert_eq!(Validity::Relative(code).period(), Some(period), "{code}");
        }
    }

    #[test]
    fn the_enhanced_form_has_forms_of_its_own() {
        let seconds = |octets: [u8; 7]| Validity::Enhanced(octets).period().map(|p| p.as_secs());
        assert_eq!(seconds([0, 9, 9, 9, 0, 0, 0]), None);
        assert_eq!(seconds([1, 167, 0, 0, 0, 0, 0]), Some(86_400));
        assert_eq!(seconds([2, 30, 0, 0, 0, 0, 0]), Some(30));
        // 12 hours, 34 minutes, 56 seconds, in swapped digits.
        assert_eq!(seconds([3, 0x21, 0x43, 0x65, 0, 0, 0]), Some(12 * 3600 + 34 * 60 + 56));
        assert_eq!(seconds([0x83, 0xFF, 0x21, 0x43, 0x65, 0, 0]), Some(12 * 3600 + 34 * 60 + 56));
        assert_eq!(seconds([3, 0x21, 0x06, 0x65, 0, 0, 0]), None, "60 minutes");
        assert_eq!(seconds([3, 0xFA, 0x43, 0x65, 0, 0, 0]), None, "no digits");
        assert_eq!(seconds([7, 1, 1, 1, 0, 0, 0]), None, "reserved");
        assert_eq!(seconds([0x41, 167, 0, 0, 0, 0, 0]), Some(86_400), "a single shot");
        assert_eq!(Validity::None.period(), None);
    }

    #[test]
    fn a_text_that_waited_is_tried_no_longer_than_what_is_left() {
        let submit = |validity| Submit {
            first_octet: 0,
            message_reference: 0,
            // An odd number of digits.
            destination: Address::international("+628123456789").unwrap(),
            protocol_id: 0,
            coding: Dcs(4),
            validity,
            user_data: UserData::from_octets(&[], b"Halo").unwrap(),
            trailing_octets: 0,
        };
        let left_of = |code, minutes| {
            let mut tpdu = submit(Validity::Relative(code)).encode().unwrap();
            let changed = shorten(&mut tpdu, Duration::from_mins(minutes));
            let after = Submit::decode(&tpdu).unwrap();
            assert_eq!(changed, after.validity != Validity::Relative(code));
            after.validity.period().unwrap().as_secs() / 60
        };
        // What leaves at once keeps its period.
        assert_eq!(
            (left_of(167, 1440), left_of(167, 1435), left_of(168, 2875)),
            (1440, 1440, 2880)
        );
        assert_eq!((left_of(167, 1434), left_of(168, 2874)), (1410, 1440));
        assert_eq!((left_of(167, 60), left_of(167, 64), left_of(167, 725)), (60, 60, 720));
        assert_eq!((left_of(167, 3), left_of(167, 0), left_of(0, 0)), (5, 5, 5));
        assert_eq!(left_of(11, 1440), 60, "never longer than it was");
        for validity in [Validity::None, Validity::Enhanced([1, 167, 0, 0, 0, 0, 0])] {
            let mut tpdu = submit(validity).encode().unwrap();
            assert!(!shorten(&mut tpdu, Duration::ZERO));
        }
        for short in 0..10 {
            let mut tpdu = submit(Validity::Relative(167)).encode().unwrap();
            tpdu.truncate(short);
            assert!(!shorten(&mut tpdu, Duration::ZERO));
        }
    }

    #[test]
    fn a_log_shows_neither_number_nor_text() {
        let head = |hex: &str| masked_head(&crate::sms::hex::decode(hex).unwrap());
        assert_eq!(
            head("31000D91261832547698F00004A70448616C6F"),
            "31--------------------0004--04"
        );
        assert_eq!(head("01000D91261832547698F0000404"), "01--------------------000404");
        assert_eq!(head("0900028121000411111111111111044861"), "09--------0004--------------04");
        // One that was cut off, and nothing at all.
        assert_eq!(
            (head("31000D9126"), head("31"), head("")),
            ("31--------".into(), "31".into(), String::new())
        );
    }

    #[test]
    fn a_period_is_rounded_up_to_the_next_code() {
        for (seconds, code) in
            [(0, 0), (300, 0), (301, 1), (12 * 3600 + 1, 144), (86_400, 167), (u64::MAX, 255)]
        {
            assert_eq!(
                Validity::at_least(Duration::from_secs(seconds)),
                Validity::Relative(code),
                "{seconds}"
            );
        }
    }

    proptest! {
        #[test]
        fn a_period_is_never_shortened(minutes in 0u64..63 * 10_080) {
            let period = Duration::from_mins(minutes);
            prop_assert!(Validity::at_least(period).period().unwrap() >= period);
        }
    }
}
