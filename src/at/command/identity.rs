//! Who the modem and the card are.

use super::{Command, DEFAULT_PATIENCE, Malformed, syntax::malformed};
use crate::at::request::{Expect, Line, Request};

/// `AT+CGMI`: the manufacturer (3GPP TS 27.007 §5.1).
#[derive(Clone, Copy, Debug)]
pub struct Manufacturer;

/// `AT+CGMM`: the model (3GPP TS 27.007 §5.2).
#[derive(Clone, Copy, Debug)]
pub struct Model;

/// `AT+CGMR`: the firmware (3GPP TS 27.007 §5.3).
#[derive(Clone, Copy, Debug)]
pub struct Revision;

/// `AT+CGSN`: the IMEI (3GPP TS 27.007 §5.4).
#[derive(Clone, Copy, Debug)]
pub struct Serial;

/// `AT+CIMI`: the IMSI (3GPP TS 27.007 §5.6).
#[derive(Clone, Copy, Debug)]
pub struct Imsi;

/// The number printed on the card (ITU-T E.118), by the name the vendor gave the command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Iccid {
    /// `AT+CCID`: Wavecom, `SIMCom` 2G, u-blox, Quectel and most others.
    Ccid,
    /// `AT+ICCID`: some of `SIMCom`.
    Iccid,
    /// `AT+CICCID`: `SIMCom` 4G.
    Ciccid,
    /// `AT+QCCID`: Quectel.
    Qccid,
    /// `AT^ICCID?`: Huawei.
    Huawei,
    /// `AT^SCID`: Siemens and Cinterion.
    Siemens,
    /// `AT#CCID`: Telit.
    Telit,
    /// `AT+ZGETICCID`: ZTE.
    Zte,
}

const ICCID_PREFIXES: &[&str] =
    &["+CCID:", "+ICCID:", "+QCCID:", "^ICCID:", "^SCID:", "#CCID:", "+ZGETICCID:"];

/// Takes the prefix and quotes off the first line that is left with something.
fn text(command: &'static str, lines: &[String], prefixes: &[&str]) -> Result<String, Malformed> {
    lines
        .iter()
        .map(|line| {
            let bare = prefixes.iter().find_map(|prefix| line.strip_prefix(prefix)).unwrap_or(line);
            bare.trim().trim_matches('"').trim()
        })
        .find(|text| !text.is_empty())
        .map(str::to_owned)
        .ok_or_else(|| malformed(command, lines))
}

/// The first run of digits (and `F` or letters an ICCID may end in) that is long enough.
fn digits(
    command: &'static str,
    lines: &[String],
    range: std::ops::RangeInclusive<usize>,
) -> Result<String, Malformed> {
    lines
        .iter()
        .flat_map(|line| line.split(|sign: char| !sign.is_ascii_hexdigit()))
        .find(|run| {
            range.contains(&run.len()) && run.bytes().take(10).all(|digit| digit.is_ascii_digit())
        })
        .map(str::to_owned)
        .ok_or_else(|| malformed(command, lines))
}

macro_rules! text_command {
    ($($command:ty => $line:literal, $prefix:literal, $read:expr;)*) => {$(
        impl Command for $command {
            type Answer = String;

            fn request(&self) -> Request {
                Request::new(Line::built($line), Expect::Text(&[$prefix]), DEFAULT_PATIENCE)
            }

            fn answer(&self, lines: &[String]) -> Result<String, Malformed> {
                $read($line, lines)
            }
        }
    )*};
}

text_command! {
    Manufacturer => "AT+CGMI", "+CGMI:", |name, lines| text(name, lines, &["+CGMI:"]);
    Model => "AT+CGMM", "+CGMM:", |name, lines| text(name, lines, &["+CGMM:"]);
    Revision => "AT+CGMR", "+CGMR:", |name, lines| text(name, lines, &["+CGMR:"]);
    // 15 digits, or 16 with the software version.
    Serial => "AT+CGSN", "+CGSN:", |name, lines| digits(name, lines, 14..=16);
    Imsi => "AT+CIMI", "+CIMI:", |name, lines| digits(name, lines, 14..=16);
}

impl Iccid {
    /// All of them; those that most modems know come first.
    pub const ALL: [Self; 8] = [
        Self::Ccid,
        Self::Iccid,
        Self::Ciccid,
        Self::Qccid,
        Self::Huawei,
        Self::Siemens,
        Self::Telit,
        Self::Zte,
    ];
}

impl Command for Iccid {
    type Answer = String;

    fn request(&self) -> Request {
        let line = match self {
            Self::Ccid => "AT+CCID",
            Self::Iccid => "AT+ICCID",
            Self::Ciccid => "AT+CICCID",
            Self::Qccid => "AT+QCCID",
            Self::Huawei => "AT^ICCID?",
            Self::Siemens => "AT^SCID",
            Self::Telit => "AT#CCID",
            Self::Zte => "AT+ZGETICCID",
        };
        Request::new(Line::built(line), Expect::Text(ICCID_PREFIXES), DEFAULT_PATIENCE)
    }

    /// The digits without the filler `F`.
    fn answer(&self, lines: &[String]) -> Result<String, Malformed> {
        digits("AT+CCID", lines, 18..=22).map(|iccid| iccid.trim_end_matches(['F', 'f']).to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identity_is_bare_or_prefixed() {
        assert_eq!(Manufacturer.answer(&["WAVECOM MODEM".into()]), Ok("WAVECOM MODEM".into()));
        assert_eq!(
            Model.answer(&["+CGMM: \"MULTIBAND  900E  1800\"".into()]),
            Ok("MULTIBAND  900E  1800".into())
        );
        assert_eq!(Serial.answer(&["350000000000000".into()]), Ok("350000000000000".into()));
        assert_eq!(
            Serial.answer(&["+CGSN: \"350000000000000\"".into()]),
            Ok("350000000000000".into())
        );
        assert!(Serial.answer(&["none".into()]).is_err());
        assert!(Revision.answer(&[]).is_err());
    }

    #[test]
    fn the_card_number_loses_prefix_quotes_and_filler() {
        for line in [
            "8962100000000000001F",
            "+CCID: \"8962100000000000001\"",
            "^ICCID: 8962100000000000001F",
            "^SCID: 8962100000000000001",
            "#CCID: 8962100000000000001",
            "+ZGETICCID: 8962100000000000001F",
        ] {
            assert_eq!(
                Iccid::Ccid.answer(&[line.into()]),
                Ok("8962100000000000001".into()),
                "{line}"
            );
        }
    }
}
