//! The answer of the command in flight: which lines are its own, and what the modem merely repeats.

use std::time::{Duration, Instant};

use super::failure::Fate;
use super::lines::is_hex;
use super::request::{Expect, Request};
use super::{result, urc};

/// How long the final `OK` is awaited where some firmware leaves it out (`AT+CPIN?` on Wavecom).
const OK_OPTIONAL_SILENCE: Duration = Duration::from_secs(2);

/// Lines kept of one answer; a full store of 255 places takes 510.
pub(super) const LINES_MAX: usize = 2048;

/// Octets kept of one answer; 1024 messages with the longest PDU take 450 kB.
pub(super) const ANSWER_BYTES_MAX: usize = 512 * 1024;

const CTRL_Z: char = '\u{1a}';

/// What the modem may repeat of what we wrote.
#[derive(Debug)]
pub(super) struct Echo(String);

impl Echo {
    /// Of a command line.
    pub(super) fn of_line(line: &str) -> Self {
        Self(line.to_owned())
    }

    /// Of a payload's digits.
    pub(super) fn of_payload(digits: &str) -> Self {
        Self(digits.to_owned())
    }

    /// Whether a line is the echo: whole, or mangled on a line without handshake.
    pub(super) fn is(&self, piece: &str) -> bool {
        let piece = piece.trim_end_matches(CTRL_Z);
        piece.eq_ignore_ascii_case(&self.0) || looks_like_command(piece) || self.is_thinned(piece)
    }

    /// Whether this is the whole echo, so that a prompt may follow on the same line.
    pub(super) fn is_whole(&self, octets: &[u8]) -> bool {
        octets.trim_ascii().eq_ignore_ascii_case(self.0.as_bytes())
    }

    /// Half or more of its characters, in their order: the others were lost on the way.
    fn is_thinned(&self, piece: &str) -> bool {
        let mut whole = self.0.bytes();
        let half = self.0.len().div_ceil(2).max(1);
        (half..=self.0.len()).contains(&piece.len())
            && piece.bytes().all(|sign| whole.any(|own| own.eq_ignore_ascii_case(&sign)))
    }

    /// Octets on the heap.
    #[cfg(test)]
    pub(super) fn bytes(&self) -> usize {
        self.0.capacity()
    }
}

/// No modem begins an answer or a notice with `AT`: such a line was ours, whatever became of its letters.
pub(super) fn looks_like_command(piece: &str) -> bool {
    let mut letters = piece.chars();
    let at = matches!((letters.next(), letters.next()), (Some('A' | 'a'), Some('T' | 't')));
    // Commands go on with a sign, `E0`, `V1` and the like; words such as "ATTENTION" are text.
    at && letters.next().is_none_or(|next| {
        matches!(next, '+' | '^' | '&' | '#' | '%' | '*' | '$')
            || (matches!(next.to_ascii_uppercase(), 'E' | 'V' | 'Q' | 'Z' | 'H' | 'I' | 'P')
                && piece.len() <= 4)
    })
}

/// Information lines gather until a final result code.
#[derive(Debug)]
pub(super) struct Collecting {
    pub(super) request: Request,
    pub(super) lines: Vec<String>,
    pub(super) deadline: Instant,
    /// When silence ends the command, where its `OK` may be missing.
    pub(super) silence_at: Option<Instant>,
    /// A header came, and the PDU behind it did not yet.
    wants_pdu: bool,
    /// A prompt came that this command never asked for: it may stand open.
    pub(super) prompted: bool,
    /// What became of the payload if nothing more came.
    pub(super) fate: Fate,
    /// Octets of the lines, with those that were no longer kept.
    bytes: usize,
    echo: Echo,
}

impl Collecting {
    pub(super) fn new(request: Request, echo: Echo, fate: Fate, now: Instant) -> Self {
        let deadline = now + request.patience;
        Self {
            request,
            lines: Vec::new(),
            deadline,
            silence_at: None,
            wants_pdu: false,
            prompted: false,
            fate,
            bytes: 0,
            echo,
        }
    }

    /// Takes a line that is the command's own by its prefix, or the PDU behind a header.
    pub(super) fn takes_own(&mut self, piece: &str, now: Instant) -> bool {
        match self.request.expect {
            Expect::Nothing | Expect::Drain => false,
            Expect::Prefixed(prefix) => self.takes_prefixed(piece, prefix),
            Expect::PrefixedOkOptional(prefix) => {
                let taken = self.takes_prefixed(piece, prefix);
                if taken {
                    self.silence_at = Some(now + OK_OPTIONAL_SILENCE);
                }
                taken
            }
            Expect::WithPdu(prefix) => {
                if self.takes_prefixed(piece, prefix) {
                    self.wants_pdu = true;
                    return true;
                }
                // A damaged PDU is kept as it came, but a notice or a result code in its place is none.
                let is_pdu = self.wants_pdu
                    && (is_hex(piece)
                        || !(urc::is_notice(piece) || result::verbose(piece).is_some()));
                if is_pdu {
                    self.wants_pdu = false;
                    self.keep(piece);
                }
                is_pdu
            }
            Expect::Text(prefixes) => {
                prefixes.iter().any(|prefix| self.takes_prefixed(piece, prefix))
            }
        }
    }

    /// Takes a line that is nothing else, where the answer is bare text.
    pub(super) fn takes_bare(&mut self, piece: &str) -> bool {
        match self.request.expect {
            Expect::Text(_) => {
                self.keep(piece);
                true
            }
            Expect::Drain => true,
            Expect::Nothing
            | Expect::Prefixed(_)
            | Expect::PrefixedOkOptional(_)
            | Expect::WithPdu(_) => false,
        }
    }

    pub(super) fn takes_echo(&self, piece: &str) -> bool {
        self.echo.is(piece)
    }

    fn takes_prefixed(&mut self, piece: &str, prefix: &str) -> bool {
        let is_own = piece.starts_with(prefix);
        if is_own {
            self.keep(piece);
        }
        is_own
    }

    /// Nothing is kept after what found no place: a later line must not take the part of an earlier one.
    fn keep(&mut self, piece: &str) {
        self.bytes = self.bytes.saturating_add(piece.len());
        if self.lines.len() < LINES_MAX && self.bytes <= ANSWER_BYTES_MAX {
            self.lines.push(piece.to_owned());
        }
    }

    /// Octets on the heap.
    #[cfg(test)]
    pub(super) fn held_bytes(&self) -> usize {
        let lines: usize = self.lines.iter().map(String::capacity).sum();
        lines + self.lines.capacity() * size_of::<String>() + self.echo.bytes()
    }
}
