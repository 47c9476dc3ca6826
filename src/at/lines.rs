//! From bytes to lines: every CR and LF ends a line, empty ones vanish, and memory is bounded.
//!
//! Line ends come as CR LF, CR CR LF (Huawei E1752), a lone CR after the echo, several in a row, or not at all between
//! a PDU and the next header; [`unglue`] cuts the last kind apart once the line is whole. No decision looks at where
//! the driver cut the stream.

use super::urc;

/// Longest line that is kept; the longest true one (a USSD answer or a list of indexes) stays well under it.
pub const LINE_BYTES_MAX: usize = 4096;

/// What one byte completed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cut {
    /// A line without its end, not empty.
    Line(String),
    /// The end of a line longer than [`LINE_BYTES_MAX`], which was thrown away.
    Overlong,
}

/// Gathers bytes until a line is whole.
#[derive(Debug, Default)]
pub struct Splitter {
    bytes: Vec<u8>,
    overlong: bool,
    /// Leading octets known to be blanks or control characters, so that none is looked at twice.
    blanks: usize,
}

impl Splitter {
    /// Takes one byte; returns what it completed.
    pub fn push(&mut self, byte: u8) -> Option<Cut> {
        if byte != b'\r' && byte != b'\n' {
            if self.bytes.len() < LINE_BYTES_MAX {
                self.bytes.push(byte);
            } else {
                self.overlong = true;
            }
            return None;
        }
        self.blanks = 0;
        let bytes = std::mem::take(&mut self.bytes);
        if std::mem::take(&mut self.overlong) {
            return Some(Cut::Overlong);
        }
        (!bytes.is_empty()).then(|| Cut::Line(text(bytes)))
    }

    /// Whether nothing but blanks and control characters has come since the last line end: a prompt may stand here.
    pub fn at_line_start(&mut self) -> bool {
        while self.bytes.get(self.blanks).is_some_and(|octet| *octet <= b' ') {
            self.blanks += 1;
        }
        self.blanks == self.bytes.len() && !self.overlong
    }

    /// What has come of the line that has begun.
    pub fn begun(&self) -> &[u8] {
        &self.bytes
    }

    /// Octets on the heap.
    #[cfg(test)]
    pub(super) fn held_bytes(&self) -> usize {
        self.bytes.capacity()
    }

    /// Forgets the line that has begun.
    pub fn clear(&mut self) {
        self.bytes.clear();
        self.overlong = false;
        self.blanks = 0;
    }
}

/// UTF-8 where it is that, else one character per octet: nothing is lost either way.
fn text(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes)
        .unwrap_or_else(|broken| broken.into_bytes().into_iter().map(char::from).collect())
}

/// The line without blanks and control characters around it, and without line noise in front of it.
pub fn trimmed(line: &str) -> &str {
    line.trim_start_matches(|sign: char| !sign.is_ascii_graphic())
        .trim_end_matches(|sign: char| sign.is_whitespace() || sign.is_control())
}

/// Whether a piece is nothing but hexadecimal digits, and long enough not to be a number.
pub fn is_hex(piece: &str) -> bool {
    const DIGITS_MIN: usize = 8;
    piece.len() >= DIGITS_MIN && piece.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// Headers and results that may follow something without a line end in between, beside the URCs.
const GLUED: &[&str] = &["+CMGL:", "+CMGR:", "+CMGS:", "+CMS ERROR:", "+CME ERROR:"];

/// Cuts a line where a known header begins in its middle, and before an `OK` stuck to its end.
///
/// Quoted text is left alone: what a network says in a USSD answer is no header.
pub fn unglue(line: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut rest = line;
    while let Some(at) = inner_header(rest)
        && let Some((head, tail)) = rest.split_at_checked(at)
    {
        pieces.extend(without_ok(head));
        rest = tail;
    }
    pieces.extend(without_ok(rest));
    pieces.into_iter().map(trimmed).filter(|piece| !piece.is_empty()).collect()
}

/// Where, behind its beginning and outside quotes, the first known header stands.
fn inner_header(line: &str) -> Option<usize> {
    let mut quoted = false;
    line.char_indices().find_map(|(at, sign)| {
        if sign == '"' {
            quoted = !quoted;
        }
        if quoted || at == 0 || !matches!(sign, '+' | '^' | '*' | '#' | '_') {
            return None;
        }
        let tail = line.get(at..)?;
        let known = GLUED.iter().any(|header| tail.starts_with(header)) || urc::begins(tail);
        known.then_some(at)
    })
}

/// `…OK` is two pieces when what stands before it is a PDU, or a notice or header that ended in a figure.
fn without_ok(piece: &str) -> Vec<&str> {
    if let Some(head) = piece.strip_suffix("OK") {
        let head_is_whole = is_hex(head)
            || (head.ends_with(|end: char| end.is_ascii_digit() || end == '"')
                && (urc::begins(head) || GLUED.iter().any(|header| head.starts_with(header))));
        if head_is_whole {
            return vec![head, "OK"];
        }
    }
    vec![piece]
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn lines(bytes: &[u8]) -> Vec<Cut> {
        let mut splitter = Splitter::default();
        bytes.iter().filter_map(|byte| splitter.push(*byte)).collect()
    }

    fn kept(texts: &[&str]) -> Vec<Cut> {
        texts.iter().map(|text| Cut::Line((*text).to_owned())).collect()
    }

    #[test]
    fn all_odd_line_ends_mean_the_same() {
        for end in ["\r\n", "\r", "\n", "\r\r\n", "\r\n\r\n\r\n", "\n\r"] {
            assert_eq!(
                lines(format!("{end}A{end}B{end}").as_bytes()),
                kept(&["A", "B"]),
                "{end:?}"
            );
        }
    }

    #[test]
    fn an_overlong_line_is_thrown_away_and_the_next_is_whole() {
        let mut bytes = vec![b'x'; LINE_BYTES_MAX + 1];
        bytes.extend(b"\r\nOK\r\n");
        assert_eq!(lines(&bytes), [Cut::Overlong, Cut::Line("OK".into())]);
        bytes.remove(0);
        assert_eq!(lines(&bytes).len(), 2);
        assert_ne!(lines(&bytes).first(), Some(&Cut::Overlong));
    }

    #[test]
    fn a_line_begins_after_blanks_and_control_characters_only() {
        for (bytes, begins) in
            [("", true), (" \t\0", true), (" x", false), ("x\r\n ", true), ("x\r y", false)]
        {
            let mut splitter = Splitter::default();
            for byte in bytes.bytes() {
                splitter.push(byte);
                splitter.at_line_start();
            }
            assert_eq!(splitter.at_line_start(), begins, "{bytes:?}");
        }
        let mut splitter = Splitter::default();
        for _ in 0..=LINE_BYTES_MAX {
            splitter.push(b' ');
        }
        assert!(!splitter.at_line_start(), "what was thrown away may have been anything");
    }

    #[test]
    fn a_line_keeps_every_octet_even_if_it_is_no_utf_8() {
        assert_eq!(lines(b"caf\xe9\r"), kept(&["caf\u{e9}"]));
        assert_eq!(lines("café\r".as_bytes()), kept(&["café"]));
    }

    #[test]
    fn noise_before_a_line_and_control_signs_round_it_are_trimmed() {
        assert_eq!(trimmed("\u{ff}\u{fe}\0RDY\0 "), "RDY");
        assert_eq!(trimmed("0791AB\u{1a}"), "0791AB");
        assert_eq!(trimmed("\u{1b}"), "");
    }

    #[test]
    fn glued_lines_come_apart() {
        let pdu = "07918497483252F0040B";
        assert_eq!(unglue(&format!("{pdu}+CMGL: 2,1,,23")), [pdu, "+CMGL: 2,1,,23"]);
        assert_eq!(unglue(&format!("{pdu}OK")), [pdu, "OK"]);
        assert_eq!(unglue("OK+CMTI: \"SM\",3"), ["OK", "+CMTI: \"SM\",3"]);
        assert_eq!(unglue("+CMTI: \"SM\",3OK"), ["+CMTI: \"SM\",3", "OK"]);
        assert_eq!(unglue("+CMTI: \"SM\",3+CMGS: 5"), ["+CMTI: \"SM\",3", "+CMGS: 5"]);
        assert_eq!(unglue("+CMS ERROR: 38^RSSI:19"), ["+CMS ERROR: 38", "^RSSI:19"]);
        assert_eq!(unglue("AT+CMGF=0+CMTI: \"SM\",1"), ["AT+CMGF=0", "+CMTI: \"SM\",1"]);
    }

    #[test]
    fn what_belongs_together_stays_together() {
        for line in [
            "+CUSD: 0,\"see +CMTI: \"\"OK\",15",
            "+CNMI: (0-2),(0-3),(0,2),(0-2),(0,1)",
            "AT+CMGS=23",
            "+COPS: 0,0,\"+CMTI: OK\"",
            "OK",
            "LOOK",
            "+CMTI: \"SM\",3",
        ] {
            assert_eq!(unglue(line), [line]);
        }
    }

    proptest! {
        /// Whatever comes, a line stays within its limit.
        #[test]
        fn memory_is_bounded(bytes in prop::collection::vec(any::<u8>(), 0..20_000)) {
            let mut splitter = Splitter::default();
            for byte in bytes {
                splitter.push(byte);
                prop_assert!(splitter.bytes.len() <= LINE_BYTES_MAX);
            }
        }

        /// Cutting apart loses nothing but blanks.
        #[test]
        fn ungluing_keeps_every_sign(line in "[+^A-Z:0-9\" ]{0,80}") {
            let strip = |text: &str| text.replace(' ', "");
            prop_assert_eq!(strip(&unglue(&line).concat()), strip(&line));
        }
    }
}
