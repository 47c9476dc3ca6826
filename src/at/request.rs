//! What the engine is asked to do: a line, perhaps a payload behind a prompt, and which answer lines are its own.

use std::fmt;
use std::time::Duration;

use super::paying::Pace;

/// Longest command line we write; V.250 asks modems for 40 characters, all here take far more.
const LINE_CHARS_MAX: usize = 512;

/// Text that is no command line: empty, too long, or with a character outside printable ASCII.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a command line")]
pub struct NotALine;

/// One command line without its CR: printable ASCII by construction, so nothing can break out of it.
#[derive(Clone, PartialEq, Eq)]
pub struct Line(String);

impl Line {
    /// Reads a command line as a person or a table wrote it.
    ///
    /// # Errors
    /// [`NotALine`] when it is empty, too long or holds CR, LF, Ctrl-Z, ESC or anything but printable ASCII.
    pub fn parse(text: &str) -> Result<Self, NotALine> {
        let printable = text.bytes().all(|octet| (b' '..=b'~').contains(&octet));
        if text.is_empty() || text.len() > LINE_CHARS_MAX || !printable {
            return Err(NotALine);
        }
        Ok(Self(text.to_owned()))
    }

    /// A line put together from constants and from argument types that cannot hold anything harmful.
    pub(super) fn built(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The escape character, which with its CR leaves a half-open prompt (3GPP TS 27.005 §3.5.1).
    pub(super) fn escape() -> Self {
        Self("\u{1b}".to_owned())
    }

    /// The text as it goes on the wire, without CR; it may hold a PIN.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The command's name for logs: everything before the first `=`.
    pub fn name(&self) -> &str {
        self.0.split_once('=').map_or(self.0.as_str(), |(name, _)| name)
    }
}

/// Shows the line; of the commands that carry a PIN or a password the name alone.
impl fmt::Debug for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = self.name().to_ascii_uppercase();
        if ["AT+CPIN", "AT+CLCK", "AT+CPWD"].contains(&name.as_str()) && name.len() < self.0.len() {
            return write!(f, "{name}=…");
        }
        write!(f, "{:?}", self.0)
    }
}

/// Octets that go out as hexadecimal digits after the prompt; the engine ends them with Ctrl-Z.
#[derive(Clone, PartialEq, Eq)]
pub struct Payload(String);

impl Payload {
    /// Writes octets as upper-case hexadecimal digits.
    pub fn of(octets: &[u8]) -> Self {
        Self(hex(octets))
    }

    /// The digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Octets as upper-case hexadecimal digits.
pub(super) fn hex(octets: &[u8]) -> String {
    octets.iter().fold(String::with_capacity(octets.len() * 2), |mut digits, octet| {
        for nibble in [octet >> 4, octet & 0x0F] {
            digits.extend(
                char::from_digit(u32::from(nibble), 16).map(|digit| digit.to_ascii_uppercase()),
            );
        }
        digits
    })
}

/// Shows the length only: the digits are what a citizen reads.
impl fmt::Debug for Payload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} octets", self.0.len() / 2)
    }
}

/// Which lines are the command's own information lines; every other one is a URC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expect {
    /// None: only a final result code.
    Nothing,
    /// Lines with this prefix.
    Prefixed(&'static str),
    /// Lines with this prefix, after which some firmware omits the final `OK`: silence ends it too.
    PrefixedOkOptional(&'static str),
    /// Headers with this prefix, each followed by a line with a PDU.
    WithPdu(&'static str),
    /// Bare text, or lines with one of these prefixes.
    Text(&'static [&'static str]),
    /// Nothing that comes is believed: the command is over when its patience is, and has always succeeded.
    Drain,
}

/// One command for [`Engine::submit`](super::Engine::submit).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// The line, without CR.
    pub line: Line,
    /// What to write once the prompt has come.
    pub payload: Option<Payload>,
    /// How the payload is written; without one it means nothing.
    pub pace: Pace,
    /// Which lines belong to the answer.
    pub expect: Expect,
    /// How long to wait for the final result code, counted from the payload where there is one.
    pub patience: Duration,
    /// How long to wait for the prompt; without a payload it means nothing.
    pub prompt_patience: Duration,
}

impl Request {
    /// A request without payload.
    pub fn new(line: Line, expect: Expect, patience: Duration) -> Self {
        Self {
            line,
            payload: None,
            pace: Pace::default(),
            expect,
            patience,
            prompt_patience: super::command::PROMPT_PATIENCE,
        }
    }

    /// The same with a payload.
    #[must_use]
    pub fn with_payload(mut self, payload: Payload) -> Self {
        self.payload = Some(payload);
        self
    }

    /// The same with its payload written at this pace.
    #[must_use]
    pub const fn at_pace(mut self, pace: Pace) -> Self {
        self.pace = pace;
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_cannot_hold_what_would_end_it() {
        for text in ["AT\r", "AT\n", "AT\u{1a}", "AT\u{1b}", "", "AT\u{e9}", &"A".repeat(513)] {
            assert_eq!(Line::parse(text), Err(NotALine), "{text:?}");
        }
        assert_eq!(Line::parse("AT+CPMS=\"SM\"").unwrap().as_str(), "AT+CPMS=\"SM\"");
    }

    #[test]
    fn debug_shows_neither_pin_nor_message() {
        let line = Line::parse("AT+CPIN=\"1234\"").unwrap();
        let request = Request::new(line, Expect::Nothing, Duration::from_secs(1))
            .with_payload(Payload::of(&[0xAB; 3]));
        let shown = format!("{request:?}");
        assert!(!shown.contains("1234") && !shown.contains("AB"), "{shown}");
        assert!(shown.contains("AT+CPIN") && shown.contains("3 octets"), "{shown}");
        assert_eq!(format!("{:?}", Line::parse("AT+CPIN?").unwrap()), "\"AT+CPIN?\"");
    }
}
