//! The text in which an exchange with a modem is written down: one chunk of octets a line, in the order of the wire.
//!
//! ```text
//! # key: value           about the modem and the file
//! > AT+CMGF=0\r          the computer writes
//! < \r\nOK\r\n           the modem sends; chunks that follow one another are one
//! @ wait 1500            so many milliseconds pass (also: silence)
//! @ unplug               the port is gone; what follows comes over another opening of it
//! ```
//!
//! Behind the mark and its blank everything is data. CR, LF, TAB, backslash and octets outside of printable ASCII are
//! written as `\r`, `\n`, `\t`, `\\` and `\xHH`.

use std::fmt::Write as _;
use std::time::Duration;

/// Who puts octets on the line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// The gateway: `> `.
    Computer,
    /// The modem: `< `.
    Modem,
}

/// What happens in a dialogue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// The computer writes; several chunks that follow one another are one step.
    Write(Vec<u8>),
    /// The modem sends; several chunks that follow one another are one step.
    Read(Vec<u8>),
    /// Time passes.
    Wait(Duration),
    /// The port is gone, and opened anew when it is there again.
    Reopen,
}

/// A line that belongs to no dialogue.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {problem}")]
pub struct NotADialogue {
    /// The line, counted from 1.
    pub line: usize,
    /// What is wrong with it.
    pub problem: &'static str,
}

/// Reads a dialogue.
///
/// # Errors
/// [`NotADialogue`] names the first line that is none of those above.
pub fn read(text: &str) -> Result<Vec<Step>, NotADialogue> {
    let mut steps = Vec::new();
    for (at, line) in text.lines().enumerate() {
        let wrong = |problem| NotADialogue { line: at + 1, problem };
        let Some((mark, data)) = line.split_at_checked(2) else {
            if line.is_empty() || line == "#" {
                continue;
            }
            return Err(wrong("neither \"> \", \"< \", \"@ \" nor \"# \""));
        };
        match (mark, steps.last_mut()) {
            ("> ", Some(Step::Write(octets))) | ("< ", Some(Step::Read(octets))) => {
                octets.extend(unescape(data).map_err(wrong)?);
            }
            ("> ", _) => steps.push(Step::Write(unescape(data).map_err(wrong)?)),
            ("< ", _) => steps.push(Step::Read(unescape(data).map_err(wrong)?)),
            ("@ ", _) => steps.extend(event(data).map_err(wrong)?),
            _ if line.starts_with('#') => {}
            _ => return Err(wrong("neither \"> \", \"< \", \"@ \" nor \"# \"")),
        }
    }
    Ok(steps)
}

/// What is no chunk. That a port came back, and what the driver should have done, are for the reader.
fn event(data: &str) -> Result<Option<Step>, &'static str> {
    match data.split_once(' ') {
        Some(("wait" | "silence", millis)) => match millis.trim().parse() {
            Ok(millis) => Ok(Some(Step::Wait(Duration::from_millis(millis)))),
            Err(_) => Err("a time is so many milliseconds"),
        },
        None if data == "unplug" => Ok(Some(Step::Reopen)),
        None if data == "replug" => Ok(None),
        Some(("stop", _)) => Ok(None),
        _ => Err("neither wait, silence, unplug, replug nor stop"),
    }
}

fn unescape(text: &str) -> Result<Vec<u8>, &'static str> {
    let mut octets = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes().iter().copied();
    while let Some(octet) = rest.next() {
        octets.push(match octet {
            b' '..=b'~' if octet != b'\\' => octet,
            b'\\' => match rest.next() {
                Some(b'r') => b'\r',
                Some(b'n') => b'\n',
                Some(b't') => b'\t',
                Some(b'\\') => b'\\',
                Some(b'x') => match (rest.next().and_then(nibble), rest.next().and_then(nibble)) {
                    (Some(high), Some(low)) => high << 4 | low,
                    _ => return Err("behind \\x two hexadecimal digits are needed"),
                },
                _ => return Err("behind a backslash stands r, n, t, x or a backslash"),
            },
            _ => return Err("a character outside of printable ASCII; it is written as \\xHH"),
        });
    }
    Ok(octets)
}

fn nibble(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).and_then(|value| u8::try_from(value).ok())
}

/// Octets as they stand behind a mark.
pub fn escape(octets: &[u8]) -> String {
    octets.iter().fold(String::with_capacity(octets.len() + 8), |mut text, octet| {
        match octet {
            b'\r' => text.push_str("\\r"),
            b'\n' => text.push_str("\\n"),
            b'\t' => text.push_str("\\t"),
            b'\\' => text.push_str("\\\\"),
            b' '..=b'~' => text.push(char::from(*octet)),
            other => {
                // Writing to a string cannot fail.
                let _ = write!(text, "\\x{other:02x}");
            }
        }
        text
    })
}

/// That the port is gone, as a line with its end.
pub const UNPLUG: &str = "@ unplug\n";

/// A pause as a line with its end; it is cut to whole milliseconds.
pub fn wait(pause: Duration) -> String {
    format!("@ wait {}\n", pause.as_millis())
}

/// One chunk as a line with its end.
pub fn chunk(side: Side, octets: &[u8]) -> String {
    let mark = match side {
        Side::Computer => '>',
        Side::Modem => '<',
    };
    format!("{mark} {}\n", escape(octets))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn every_kind_of_line_is_read() {
        let text = "# modem: any\n#\n\n> AT\\r\n< AT\n< \\r\\r\\nOK\\r\\n\n@ wait 20\n@ silence 5\n@ unplug\n@ replug\n\
                    @ stop operator\n> \\x1a\\\\\\t\n";
        let millis = Duration::from_millis;
        assert_eq!(
            read(text).unwrap(),
            [
                Step::Write(b"AT\r".to_vec()),
                Step::Read(b"AT\r\r\nOK\r\n".to_vec()),
                Step::Wait(millis(20)),
                Step::Wait(millis(5)),
                Step::Reopen,
                Step::Write(b"\x1a\\\t".to_vec()),
            ]
        );
    }

    #[test]
    fn what_is_no_dialogue_is_named_with_its_line() {
        for text in
            ["x", ">AT\\r", "> AT\\q", "> \\x1", "> caf\u{e9}", "@ wait long", "@ dance", "é"]
        {
            let error = read(&format!("# modem: any\n{text}\n")).unwrap_err();
            assert_eq!(error.line, 2, "{text}: {error}");
        }
    }

    proptest! {
        #[test]
        fn any_octets_are_read_as_they_were_written(octets: Vec<u8>) {
            let line = chunk(Side::Modem, &octets);
            prop_assert!(line.trim_end_matches('\n').bytes().all(|sign| (b' '..=b'~').contains(&sign)));
            prop_assert_eq!(read(&line), Ok(vec![Step::Read(octets)]));
        }
    }
}
