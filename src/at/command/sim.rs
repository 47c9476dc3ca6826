//! The card's lock.

use std::fmt;

use super::{
    CPIN_PATIENCE, Command, DEFAULT_PATIENCE, Malformed,
    syntax::{bodies, malformed, number, plain_fields, tries},
};
use crate::at::request::{Expect, Line, Request};

/// A PIN: four to eight digits (3GPP TS 31.101 §9). Debug shows none of them.
#[derive(Clone, PartialEq, Eq)]
pub struct Pin(String);

/// Not a PIN.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a PIN has four to eight digits")]
pub struct NotAPin;

impl Pin {
    /// Reads four to eight digits.
    ///
    /// # Errors
    /// [`NotAPin`] for anything else.
    pub fn parse(digits: &str) -> Result<Self, NotAPin> {
        let fits =
            (4..=8).contains(&digits.len()) && digits.bytes().all(|digit| digit.is_ascii_digit());
        if fits { Ok(Self(digits.to_owned())) } else { Err(NotAPin) }
    }
}

impl fmt::Debug for Pin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Pin(…)")
    }
}

/// What the card wants before it works (3GPP TS 27.007 §8.3).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SimLock {
    /// `READY`: nothing.
    Ready,
    /// `SIM PIN`.
    Pin,
    /// `SIM PUK`: the PIN was wrong too often; a person must act.
    Puk,
    /// There is no card, or it is not yet usable (`NOT INSERTED`, `NOT READY`).
    Absent,
    /// Another code or lock.
    Other(String),
}

/// `AT+CPIN?`: what the card wants. Wavecom ends the answer without `OK`.
#[derive(Clone, Copy, Debug)]
pub struct CpinQuery;

/// `AT+CPIN="…"`: enters the PIN. It counts as a try: never twice.
#[derive(Clone, Debug)]
pub struct CpinEnter {
    /// The PIN.
    pub pin: Pin,
}

/// `AT+CPINR`: how many tries are left (3GPP TS 27.007 §8.65).
#[derive(Clone, Copy, Debug)]
pub struct PinTries;

/// `AT^CPIN?`: the same on Huawei.
#[derive(Clone, Copy, Debug)]
pub struct HuaweiPinTries;

/// `AT+SPIC`: the same on `SIMCom`.
#[derive(Clone, Copy, Debug)]
pub struct SimcomPinTries;

/// `AT+QPINC?`: the same on Quectel.
#[derive(Clone, Copy, Debug)]
pub struct QuectelPinTries;

/// The same in a family's own words: a question out of the table of families, whose answer begins with the number for the PIN.
#[derive(Clone, Debug)]
pub struct FamilyPinTries(pub Line);

/// How many tries are left before the card locks; `None` where the modem does not say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PinTriesLeft {
    /// For the PIN, three at most.
    pub pin: Option<u8>,
    /// For the PUK, ten at most.
    pub puk: Option<u8>,
}

impl Command for CpinQuery {
    type Answer = SimLock;

    fn request(&self) -> Request {
        Request::new(Line::built("AT+CPIN?"), Expect::PrefixedOkOptional("+CPIN:"), CPIN_PATIENCE)
    }

    /// The last line counts: a notice of the same form may stand before the answer.
    fn answer(&self, lines: &[String]) -> Result<SimLock, Malformed> {
        let state =
            bodies(lines, "+CPIN:").next_back().ok_or_else(|| malformed("AT+CPIN?", lines))?;
        Ok(match state.trim_matches('"') {
            "READY" => SimLock::Ready,
            "SIM PIN" => SimLock::Pin,
            "SIM PUK" => SimLock::Puk,
            "NOT INSERTED" | "NOT READY" | "SIM REMOVED" | "REMOVED" => SimLock::Absent,
            other => SimLock::Other(other.to_owned()),
        })
    }
}

impl Command for CpinEnter {
    type Answer = ();

    fn request(&self) -> Request {
        Request::new(
            Line::built(format!("AT+CPIN=\"{}\"", self.pin.0)),
            Expect::Nothing,
            CPIN_PATIENCE,
        )
    }

    fn answer(&self, _lines: &[String]) -> Result<(), Malformed> {
        Ok(())
    }
}

impl Command for PinTries {
    type Answer = PinTriesLeft;

    fn request(&self) -> Request {
        Request::new(Line::built("AT+CPINR"), Expect::Prefixed("+CPINR:"), DEFAULT_PATIENCE)
    }

    fn answer(&self, lines: &[String]) -> Result<PinTriesLeft, Malformed> {
        let left =
            |wanted| bodies(lines, "+CPINR:").filter_map(tries).find(|(name, _)| *name == wanted);
        let answer = PinTriesLeft {
            pin: left("SIM PIN").map(|(_, left)| left),
            puk: left("SIM PUK").map(|(_, left)| left),
        };
        if answer == PinTriesLeft::default() {
            Err(malformed("AT+CPINR", lines))
        } else {
            Ok(answer)
        }
    }
}

impl Command for HuaweiPinTries {
    type Answer = PinTriesLeft;

    fn request(&self) -> Request {
        Request::new(Line::built("AT^CPIN?"), Expect::Prefixed("^CPIN:"), DEFAULT_PATIENCE)
    }

    /// `^CPIN: <code>,[<times>],<puk>,<pin>,<puk2>,<pin2>`.
    fn answer(&self, lines: &[String]) -> Result<PinTriesLeft, Malformed> {
        let body =
            bodies(lines, "^CPIN:").next_back().ok_or_else(|| malformed("AT^CPIN?", lines))?;
        let fields = plain_fields(body);
        Ok(PinTriesLeft { pin: number(&fields, 3), puk: number(&fields, 2) })
    }
}

impl Command for SimcomPinTries {
    type Answer = PinTriesLeft;

    fn request(&self) -> Request {
        Request::new(Line::built("AT+SPIC"), Expect::Prefixed("+SPIC:"), DEFAULT_PATIENCE)
    }

    /// `+SPIC: <pin>,<puk>,<pin2>,<puk2>`.
    fn answer(&self, lines: &[String]) -> Result<PinTriesLeft, Malformed> {
        let body =
            bodies(lines, "+SPIC:").next_back().ok_or_else(|| malformed("AT+SPIC", lines))?;
        let fields = plain_fields(body);
        Ok(PinTriesLeft { pin: number(&fields, 0), puk: number(&fields, 1) })
    }
}

impl Command for QuectelPinTries {
    type Answer = PinTriesLeft;

    fn request(&self) -> Request {
        Request::new(Line::built("AT+QPINC?"), Expect::Prefixed("+QPINC:"), DEFAULT_PATIENCE)
    }

    /// `+QPINC: "SC",<pin>,<puk>`, and a line for the second PIN.
    fn answer(&self, lines: &[String]) -> Result<PinTriesLeft, Malformed> {
        let fields = bodies(lines, "+QPINC:")
            .map(plain_fields)
            .find(|fields| fields.first().is_some_and(|name| name.trim_matches('"') == "SC"))
            .ok_or_else(|| malformed("AT+QPINC?", lines))?;
        Ok(PinTriesLeft { pin: number(&fields, 1), puk: number(&fields, 2) })
    }
}

impl Command for FamilyPinTries {
    type Answer = PinTriesLeft;

    fn request(&self) -> Request {
        Request::new(self.0.clone(), Expect::Text(&[]), DEFAULT_PATIENCE)
    }

    /// `+CPINC: <pin>,…`: the name of the question, a colon, and the number for the PIN first.
    fn answer(&self, lines: &[String]) -> Result<PinTriesLeft, Malformed> {
        let name = self.0.name().trim_start_matches("AT").trim_end_matches('?');
        // Some write a space before the colon.
        let body = |line: &'_ String| {
            Some(line.strip_prefix(name)?.trim_start().strip_prefix(':')?.trim().to_owned())
        };
        let pin = lines.iter().find_map(body).and_then(|body| number(&plain_fields(&body), 0));
        match pin {
            Some(pin) => Ok(PinTriesLeft { pin: Some(pin), puk: None }),
            None => Err(malformed("pin_tries", lines)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pin_is_digits_and_never_shown() {
        for text in ["123", "123456789", "12\"4", "12 4", "", "12\r4", "１２３４"] {
            assert_eq!(Pin::parse(text), Err(NotAPin), "{text:?}");
        }
        let command = CpinEnter { pin: Pin::parse("1234").unwrap() };
        assert_eq!(command.request().line.as_str(), "AT+CPIN=\"1234\"");
        assert!(!format!("{command:?} {:?}", command.request()).contains("1234"));
    }

    #[test]
    fn the_last_state_counts() {
        let lines = ["+CPIN: NOT READY".to_owned(), "+CPIN: SIM PIN".to_owned()];
        assert_eq!(CpinQuery.answer(&lines), Ok(SimLock::Pin));
        assert_eq!(
            CpinQuery.answer(&["+CPIN: SIM PUK2".into()]),
            Ok(SimLock::Other("SIM PUK2".into()))
        );
        assert!(CpinQuery.answer(&[]).is_err());
    }

    #[test]
    fn tries_are_counted_in_every_dialect() {
        let expected = PinTriesLeft { pin: Some(3), puk: Some(10) };
        let standard = ["+CPINR: SIM PIN,3,3".to_owned(), "+CPINR: SIM PUK, 10,10".to_owned()];
        assert_eq!(PinTries.answer(&standard), Ok(expected));
        assert_eq!(HuaweiPinTries.answer(&["^CPIN: SIM PIN,3,10,3,10,3".into()]), Ok(expected));
        assert_eq!(HuaweiPinTries.answer(&["^CPIN: READY,,10,3,10,3".into()]), Ok(expected));
        assert_eq!(SimcomPinTries.answer(&["+SPIC: 3,10,3,10".into()]), Ok(expected));
        let quectel = ["+QPINC: \"P2\",3,10".to_owned(), "+QPINC: \"SC\",3,10".to_owned()];
        assert_eq!(QuectelPinTries.answer(&quectel), Ok(expected));
        let left = |question: &str, answer: &str| {
            let question = FamilyPinTries(Line::parse(question).unwrap());
            question.answer(&[answer.to_owned()]).ok().and_then(|left| left.pin)
        };
        assert_eq!(left("AT+CPINC", "+CPINC : 2,3,10,10"), Some(2));
        assert_eq!(left("AT^SPIC=\"SC\"", "^SPIC: 3"), Some(3));
        assert_eq!(left("AT#PCT", "#PCT: 1"), Some(1));
        assert_eq!(left("AT+ZPINPUK=?", "+ZPINPUK: 3,10"), Some(3));
        assert_eq!(left("AT+CPINC?", "+CPINC: 3,3,10,10"), Some(3));
        assert_eq!(left("AT+CPINC", "+CPINC:"), None);
        assert_eq!(left("AT+CPINC", "+CPIN: 3"), None);
        assert_eq!(left("AT+CPINC", "+CPINCX: 3"), None);
        assert!(PinTries.answer(&[]).is_err() && SimcomPinTries.answer(&[]).is_err());
        assert!(QuectelPinTries.answer(&["+QPINC: \"P2\",3,10".into()]).is_err());
    }
}
