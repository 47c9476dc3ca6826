//! A notice of which more must come: the PDU behind a header, or the rest of a torn text.

use std::time::{Duration, Instant};

use super::lines::is_hex;
use super::urc::{self, Boot, Reading, TwoLine, Urc};

/// How long the second line of a notice, or the rest of a torn one, may take; 400 digits at 9600 baud take 0.5 s.
pub(super) const NOTICE_PATIENCE: Duration = Duration::from_secs(5);
/// Octets kept of a torn USSD text; the longest true one has 182 characters, four digits each.
pub(super) const TORN_BYTES_MAX: usize = 4096;

#[derive(Debug)]
pub(super) enum Held {
    Second { kind: TwoLine, length: Option<usize>, header: String, until: Instant },
    Torn { text: String, until: Instant },
}

impl Held {
    pub(super) fn until(&self) -> Instant {
        match self {
            Self::Second { until, .. } | Self::Torn { until, .. } => *until,
        }
    }

    /// What is left of a notice whose rest never came.
    pub(super) fn given_up(self) -> Urc {
        match self {
            Self::Second { header, .. } => Urc::Unknown(header),
            Self::Torn { text, .. } => urc::ussd(&text),
        }
    }

    /// Whether the next line may be any text: a `>` at its start is no prompt.
    pub(super) fn is_text(&self) -> bool {
        matches!(self, Self::Second { length: None, .. } | Self::Torn { .. })
    }

    /// Octets on the heap.
    #[cfg(test)]
    pub(super) fn held_bytes(&self) -> usize {
        match self {
            Self::Second { header: text, .. } | Self::Torn { text, .. } => text.capacity(),
        }
    }

    /// Whether a line is no part of this notice; `is_final` tells whether it would end the command in flight.
    pub(super) fn refuses(&self, line: &str, is_final: bool) -> bool {
        match self {
            // A damaged PDU is kept as it came, but digits it has.
            Self::Second { length: Some(_), .. } => {
                !is_hex(line) && (is_final || urc::is_notice(line))
            }
            // The text of a message may be "OK" or "RING".
            Self::Second { length: None, .. } => false,
            // So may a line of a network's menu, but for the marks that no menu has.
            Self::Torn { .. } => is_final || urc::begins(line) || is_start(line),
        }
    }
}

/// The boot line of a modem that has just started.
fn is_start(line: &str) -> bool {
    urc::read(line) == Reading::Whole(Urc::Boot(Boot::Started))
}
