//! USSD: asking the network for the credit (3GPP TS 27.007 §7.15).
//!
//! `OK` only means that the request went out; the answer is [`Urc::Ussd`](crate::at::Urc::Ussd), or
//! [`Urc::LateError`](crate::at::Urc::LateError), seconds later or never.

use super::{CUSD_PATIENCE, Command, Malformed, session::only_ok};
use crate::at::request::{Expect, Line, Request, hex};

/// A USSD string that may go into a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UssdText(String);

/// What is not dialled as a USSD code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotACode {
    /// It has other signs, or too many.
    #[error("a USSD code has 1 to 182 digits, stars and hashes")]
    Unfit,
    /// The modem itself takes it: it changes a PIN of the card, or spends a try of its PUK (3GPP TS 22.030 §6.6).
    #[error("a code that begins with **04 or **05 changes the card's PIN: do that in a telephone")]
    Pin,
}

/// How codes begin that change PIN and PIN2 (`**04*`, `**042*`) or unblock them with a PUK (`**05*`, `**052*`).
const OF_PINS: [&str; 2] = ["**04", "**05"];

impl UssdText {
    /// Reads a code such as `*888#`, or the figure that answers a menu.
    ///
    /// # Errors
    /// [`NotACode`] for anything but 1 to 182 digits, stars and hashes, and for codes that change a PIN.
    pub fn parse(code: &str) -> Result<Self, NotACode> {
        let fits = |sign: u8| sign.is_ascii_digit() || sign == b'*' || sign == b'#';
        if !((1..=182).contains(&code.len()) && code.bytes().all(fits)) {
            return Err(NotACode::Unfit);
        }
        if OF_PINS.iter().any(|begin| code.starts_with(begin)) {
            return Err(NotACode::Pin);
        }
        Ok(Self(code.to_owned()))
    }

    /// As it was read or encoded.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The code already encoded, packed septets (Huawei) or UCS-2, for modems that want hexadecimal digits.
    ///
    /// # Errors
    /// [`NotACode`] when there is nothing, or more than fits a line.
    pub fn encoded(octets: &[u8]) -> Result<Self, NotACode> {
        const OCTETS_MAX: usize = 182;
        if octets.is_empty() || octets.len() > OCTETS_MAX {
            return Err(NotACode::Unfit);
        }
        Ok(Self(hex(octets)))
    }
}

/// `AT+CUSD=1`: sends a request, or answers a menu.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UssdRequest {
    /// What is sent.
    pub text: UssdText,
}

/// `AT+CUSD=2`: leaves a menu; refused by some, harmless.
#[derive(Clone, Copy, Debug)]
pub struct UssdCancel;

impl Command for UssdRequest {
    type Answer = ();

    fn request(&self) -> Request {
        Request::new(
            Line::built(format!("AT+CUSD=1,\"{}\",15", self.text.0)),
            Expect::Nothing,
            CUSD_PATIENCE,
        )
    }

    fn answer(&self, _lines: &[String]) -> Result<(), Malformed> {
        Ok(())
    }
}

only_ok! {
    UssdCancel => "AT+CUSD=2", CUSD_PATIENCE;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_holds_digits_stars_and_hashes_only() {
        let request = UssdRequest { text: UssdText::parse("*888#").unwrap() }.request();
        assert_eq!(request.line.as_str(), "AT+CUSD=1,\"*888#\",15");
        for text in ["", "*888\"", "*888#\r", "saldo", &"1".repeat(183)] {
            assert_eq!(UssdText::parse(text), Err(NotACode::Unfit), "{text:?}");
        }
    }

    #[test]
    fn a_code_that_changes_a_pin_is_none() {
        for text in [
            "**04*1234*9999*9999#",
            "**042*1*2*2#",
            "**05*12345678*1234*1234#",
            "**052*1*2*2#",
            "**04",
        ] {
            assert_eq!(UssdText::parse(text), Err(NotACode::Pin), "{text}");
        }
        for text in ["*#06#", "*04#", "**21*0812#", "*123*04#", "0", "##002#"] {
            assert!(UssdText::parse(text).is_ok(), "{text}");
        }
    }

    #[test]
    fn an_encoded_code_goes_as_digits() {
        let text = UssdText::encoded(&[0xAA, 0x18, 0x0C, 0x36, 0x02]).unwrap();
        assert_eq!(UssdRequest { text }.request().line.as_str(), "AT+CUSD=1,\"AA180C3602\",15");
        assert_eq!(UssdText::encoded(&[]), Err(NotACode::Unfit));
    }
}
