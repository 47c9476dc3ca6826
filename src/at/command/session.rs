//! Talking at all: waking, echo, error numbers, functionality, hanging up, and lines from the quirks table.

use std::time::Duration;

use super::{
    AT_PATIENCE, CFUN_PATIENCE, Command, DEFAULT_PATIENCE, DRAIN_TIME, Malformed,
    syntax::{bodies, malformed, number, plain_fields},
};
use crate::at::request::{Expect, Line, Payload, Request};

/// `AT`: is anybody there? (V.250 §5.2.1)
#[derive(Clone, Copy, Debug)]
pub struct At;

/// ESC CR, then whatever comes in [`DRAIN_TIME`] is read away: leaves a prompt somebody else left open.
#[derive(Clone, Copy, Debug)]
pub struct Escape;

/// `ATE0`: no echo (V.250 §6.2.4).
#[derive(Clone, Copy, Debug)]
pub struct EchoOff;

/// `ATV1`: results in words (V.250 §6.2.6).
#[derive(Clone, Copy, Debug)]
pub struct Verbose;

/// `AT+CMEE=1`: errors with numbers (3GPP TS 27.007 §9.1).
#[derive(Clone, Copy, Debug)]
pub struct Cmee;

/// `AT+…?` of a setting that modems have: what they answer bears the setting's name, and is the answer to nothing else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Setting {
    /// `AT+CMEE?` (3GPP TS 27.007 §9.1).
    Errors,
    /// `AT+CSCS?` (3GPP TS 27.007 §5.5).
    Characters,
    /// `AT+CMGF?` (3GPP TS 27.005 §3.2.3).
    Format,
    /// `AT+CNMI?` (3GPP TS 27.005 §3.4.1).
    Notices,
    /// `AT+CSMS?` (3GPP TS 27.005 §3.2.1).
    Service,
}

impl Setting {
    /// How many there are.
    pub const COUNT: usize = 5;

    /// The one that is asked for after this one: the round of all of them.
    #[must_use]
    pub const fn after(self) -> Self {
        match self {
            Self::Errors => Self::Characters,
            Self::Characters => Self::Format,
            Self::Format => Self::Notices,
            Self::Notices => Self::Service,
            Self::Service => Self::Errors,
        }
    }

    const fn line(self) -> &'static str {
        match self {
            Self::Errors => "AT+CMEE?",
            Self::Characters => "AT+CSCS?",
            Self::Format => "AT+CMGF?",
            Self::Notices => "AT+CNMI?",
            Self::Service => "AT+CSMS?",
        }
    }

    const fn prefix(self) -> &'static str {
        match self {
            Self::Errors => "+CMEE:",
            Self::Characters => "+CSCS:",
            Self::Format => "+CMGF:",
            Self::Notices => "+CNMI:",
            Self::Service => "+CSMS:",
        }
    }
}

/// `AT+CHUP`: ends all calls (3GPP TS 27.007 §6.5).
#[derive(Clone, Copy, Debug)]
pub struct Hangup;

/// `ATH`: the same where `AT+CHUP` is not known (ITU-T V.250 §6.3.6).
#[derive(Clone, Copy, Debug)]
pub struct HookOn;

/// `AT+CSCS="GSM"`: texts outside of PDUs, as those of USSD, are in the alphabet of GSM (3GPP TS 27.007 §5.5).
#[derive(Clone, Copy, Debug)]
pub struct GsmCharacters;

/// `AT+CFUN?`: how much of the modem works (3GPP TS 27.007 §8.2).
#[derive(Clone, Copy, Debug)]
pub struct CfunQuery;

/// `AT+CFUN=`: radio on, off, or the modem restarted (3GPP TS 27.007 §8.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CfunSet {
    /// 0: the least that works; some firmware then needs a power cycle.
    Minimum,
    /// 1: everything.
    Full,
    /// 4: radio off, card and port on.
    RadioOff,
    /// 1,1: restart; the port may vanish.
    Restart,
}

/// The answer of `AT+CFUN?`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Functionality {
    /// 0.
    Minimum,
    /// 1.
    Full,
    /// 4: radio off; D-Link DWM-157 starts so.
    RadioOff,
    /// A vendor's number.
    Other(u8),
}

/// Implements commands whose only answer is `OK`.
macro_rules! only_ok {
    ($($command:ty => $line:literal, $patience:expr;)*) => {$(
        impl Command for $command {
            type Answer = ();

            fn request(&self) -> Request {
                Request::new(Line::built($line), Expect::Nothing, $patience)
            }

            fn answer(&self, _lines: &[String]) -> Result<(), Malformed> {
                Ok(())
            }
        }
    )*};
}
pub(super) use only_ok;

only_ok! {
    At => "AT", AT_PATIENCE;
    EchoOff => "ATE0", AT_PATIENCE;
    Verbose => "ATV1", AT_PATIENCE;
    Cmee => "AT+CMEE=1", DEFAULT_PATIENCE;
    Hangup => "AT+CHUP", DEFAULT_PATIENCE;
    HookOn => "ATH", DEFAULT_PATIENCE;
    GsmCharacters => "AT+CSCS=\"GSM\"", DEFAULT_PATIENCE;
}

impl Command for Setting {
    /// Whether it was told: some answer nothing but `OK` to what they do not know.
    type Answer = bool;

    fn request(&self) -> Request {
        // What belongs to another question is to be seen too.
        Request::new(Line::built(self.line()), Expect::Text(&[]), DEFAULT_PATIENCE)
    }

    fn answer(&self, lines: &[String]) -> Result<bool, Malformed> {
        let is_told = bodies(lines, self.prefix()).next().is_some();
        if is_told || lines.is_empty() { Ok(is_told) } else { Err(malformed(self.line(), lines)) }
    }
}

impl Command for Escape {
    type Answer = ();

    fn request(&self) -> Request {
        Request::new(Line::escape(), Expect::Drain, DRAIN_TIME)
    }

    fn answer(&self, _lines: &[String]) -> Result<(), Malformed> {
        Ok(())
    }
}

impl Command for CfunQuery {
    type Answer = Functionality;

    fn request(&self) -> Request {
        Request::new(Line::built("AT+CFUN?"), Expect::Prefixed("+CFUN:"), DEFAULT_PATIENCE)
    }

    fn answer(&self, lines: &[String]) -> Result<Functionality, Malformed> {
        let level = bodies(lines, "+CFUN:").find_map(|body| number::<u8>(&plain_fields(body), 0));
        Ok(match level.ok_or_else(|| malformed("AT+CFUN?", lines))? {
            0 => Functionality::Minimum,
            1 => Functionality::Full,
            4 => Functionality::RadioOff,
            other => Functionality::Other(other),
        })
    }
}

impl Command for CfunSet {
    type Answer = ();

    fn request(&self) -> Request {
        let line = match self {
            Self::Minimum => "AT+CFUN=0",
            Self::Full => "AT+CFUN=1",
            Self::RadioOff => "AT+CFUN=4",
            Self::Restart => "AT+CFUN=1,1",
        };
        Request::new(Line::built(line), Expect::Nothing, CFUN_PATIENCE)
    }

    fn answer(&self, _lines: &[String]) -> Result<(), Malformed> {
        Ok(())
    }
}

/// A line as it stands in the quirks table or as a person typed it; its answer is the lines themselves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verbatim {
    line: Line,
    payload: Option<Payload>,
    expect: Expect,
    patience: Duration,
}

impl Verbatim {
    /// A line that is answered by `OK` alone, in [`DEFAULT_PATIENCE`].
    pub fn new(line: Line) -> Self {
        Self { line, payload: None, expect: Expect::Nothing, patience: DEFAULT_PATIENCE }
    }

    /// The same with other lines in its answer.
    #[must_use]
    pub fn expecting(mut self, expect: Expect) -> Self {
        self.expect = expect;
        self
    }

    /// The same with more time, or less.
    #[must_use]
    pub fn within(mut self, patience: Duration) -> Self {
        self.patience = patience;
        self
    }

    /// The same with octets to write after a prompt.
    #[must_use]
    pub fn carrying(mut self, octets: &[u8]) -> Self {
        self.payload = Some(Payload::of(octets));
        self
    }
}

impl Command for Verbatim {
    type Answer = Vec<String>;

    fn request(&self) -> Request {
        let mut request = Request::new(self.line.clone(), self.expect, self.patience);
        request.payload.clone_from(&self.payload);
        request
    }

    fn answer(&self, lines: &[String]) -> Result<Vec<String>, Malformed> {
        Ok(lines.to_vec())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn functionality_is_read_even_with_a_second_figure() {
        assert_eq!(CfunQuery.answer(&["+CFUN: 4".into()]), Ok(Functionality::RadioOff));
        assert_eq!(CfunQuery.answer(&["+CFUN: 1,0".into()]), Ok(Functionality::Full));
        assert!(CfunQuery.answer(&[]).is_err());
    }

    #[test]
    fn a_verbatim_line_is_sent_and_answered_as_it_is() {
        let line = Line::parse("AT^CURC=0").unwrap();
        let command = Verbatim::new(line.clone()).within(AT_PATIENCE).carrying(&[0x0A]);
        let request = command.request();
        assert_eq!((request.line, request.patience), (line, AT_PATIENCE));
        assert_eq!(
            request.payload.map(|payload| payload.as_str().to_owned()),
            Some("0A".to_owned())
        );
        assert_eq!(command.answer(&["^X: 1".into()]), Ok(vec!["^X: 1".to_owned()]));
    }
}
