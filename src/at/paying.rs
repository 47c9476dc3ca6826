//! A payload on its way behind the prompt: in one piece, or as slowly as the modem bears it.

use std::time::{Duration, Instant};

use super::answer::Echo;
use super::request::Request;

const CTRL_Z: u8 = 0x1a;

/// How a payload is written. Nothing set: at once and whole.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pace {
    /// From the prompt to the first digit.
    pub pause: Duration,
    /// Digits written at once; `None` is all of them.
    pub piece: Option<usize>,
    /// From one piece to the next.
    pub between: Duration,
    /// From the last digit to Ctrl-Z.
    pub before_end: Duration,
}

impl Pace {
    /// How long a payload of so many digits takes.
    fn takes(&self, digits: usize) -> Duration {
        let pieces = self.piece.map_or(1, |piece| digits.div_ceil(piece.max(1)));
        let gaps = u32::try_from(pieces.saturating_sub(1)).unwrap_or(u32::MAX);
        self.pause.saturating_add(self.between.saturating_mul(gaps)).saturating_add(self.before_end)
    }
}

/// The prompt has come, and Ctrl-Z has not gone out: nothing of the payload can leave the modem yet.
#[derive(Debug)]
pub(super) struct Paying {
    pub(super) request: Request,
    pub(super) echo: Echo,
    /// Digits written so far.
    written: usize,
    /// When there is more to write.
    next: Instant,
    /// Who is woken so late has no prompt any more.
    pub(super) deadline: Instant,
}

impl Paying {
    pub(super) fn new(request: Request, now: Instant) -> Self {
        let digits = request.payload.as_ref().map_or("", |payload| payload.as_str());
        let takes = request.pace.takes(digits.len());
        Self {
            echo: Echo::of_payload(digits),
            written: 0,
            next: now + request.pace.pause,
            deadline: now + takes + request.prompt_patience,
            request,
        }
    }

    /// When something is to be done.
    pub(super) fn due(&self) -> Instant {
        self.next.min(self.deadline)
    }

    /// Whether no digit is written yet.
    pub(super) const fn has_not_begun(&self) -> bool {
        self.written == 0
    }

    /// What is to be written now, if anything is, and whether Ctrl-Z is the last of it.
    pub(super) fn pay(&mut self, now: Instant) -> Option<(Vec<u8>, bool)> {
        if self.next > now {
            return None;
        }
        let pace = self.request.pace;
        let digits = self.request.payload.as_ref().map_or("", |payload| payload.as_str());
        let rest = digits.as_bytes().get(self.written..).unwrap_or_default();
        let count = pace.piece.map_or(rest.len(), |piece| piece.clamp(1, rest.len().max(1)));
        let (piece, later) = rest.split_at_checked(count).unwrap_or((rest, &[]));
        self.written += piece.len();
        let mut octets = piece.to_vec();
        if !later.is_empty() {
            self.next = now + pace.between;
            return Some((octets, false));
        }
        if !octets.is_empty() && !pace.before_end.is_zero() {
            self.next = now + pace.before_end;
            return Some((octets, false));
        }
        octets.push(CTRL_Z);
        Some((octets, true))
    }
}
