//! One direction of a serial line: it takes time, and it may cut, hold, lose or double what it carries.

use std::borrow::Cow;
use std::collections::VecDeque;
use std::time::Duration;

use super::faults::{Faults, Prng};

/// Bits that one octet costs on a line of 8N1: start, eight of data, stop.
const BITS_PER_OCTET: u64 = 10;
/// Octets that a paced line hands over at once, as the FIFO of a UART does.
const FIFO_OCTETS: usize = 16;

/// What of [`Faults`] concerns one direction.
#[derive(Debug, Clone, Default)]
pub(super) struct Condition {
    /// Bits per second; `None` is a line that takes no time.
    pub(super) baud: Option<u32>,
    pub(super) split_octets_max: usize,
    pub(super) pause_max: Duration,
    pub(super) merge_within: Duration,
    pub(super) lost_per_million: u32,
    pub(super) doubled_per_million: u32,
}

impl Condition {
    /// From the modem to the computer: everything may happen.
    pub(super) fn outbound(baud: Option<u32>, faults: &Faults) -> Self {
        Self {
            baud,
            split_octets_max: faults.split_octets_max,
            pause_max: faults.pause_max,
            merge_within: faults.merge_within,
            lost_per_million: faults.lost_per_million,
            doubled_per_million: faults.doubled_per_million,
        }
    }

    /// From the computer to the modem: cuts cannot be seen there, so only loss and pace remain.
    pub(super) fn inbound(baud: Option<u32>, faults: &Faults) -> Self {
        Self {
            baud,
            lost_per_million: faults.lost_per_million,
            doubled_per_million: faults.doubled_per_million,
            ..Self::default()
        }
    }
}

/// Octets on their way, in order, each piece with the time at which it arrives.
#[derive(Debug)]
pub(super) struct Wire {
    pub(super) condition: Condition,
    prng: Prng,
    pieces: VecDeque<(Duration, Vec<u8>)>,
    /// When the last octet put on the line has left it.
    free_at: Duration,
}

impl Wire {
    pub(super) fn new(condition: Condition, seed: u64) -> Self {
        Self { condition, prng: Prng::new(seed), pieces: VecDeque::new(), free_at: Duration::ZERO }
    }

    /// The line behaves so from now on, drawing from `seed`; what is on its way arrives as it would have.
    pub(super) fn set(&mut self, condition: Condition, seed: u64) {
        self.condition = condition;
        self.prng = Prng::new(seed);
    }

    /// Puts `octets` on the line at `now`.
    pub(super) fn put(&mut self, octets: &[u8], now: Duration) {
        let carried = self.damaged(octets);
        let condition = &self.condition;
        let whole = condition.split_octets_max == 0
            && condition.pause_max.is_zero()
            && condition.baud.is_none();
        if whole {
            self.append(&carried, now);
            return;
        }
        let mut rest = carried.as_ref();
        while !rest.is_empty() {
            let length = self.piece_octets().min(rest.len());
            let (piece, after) = rest.split_at(length);
            let start = self.free_at.max(now) + self.prng.pause(self.condition.pause_max);
            self.free_at = start + self.time_of(piece.len());
            self.pieces.push_back((self.free_at, piece.to_vec()));
            rest = after;
        }
    }

    /// The next octets that have arrived by `now`: one piece on a line that cuts, else all of them.
    pub(super) fn take(&mut self, now: Duration) -> Option<Vec<u8>> {
        let (_, mut taken) = self.pieces.pop_front_if(|(at, _)| *at <= now)?;
        if self.condition.split_octets_max == 0 {
            while let Some((_, piece)) = self.pieces.pop_front_if(|(at, _)| *at <= now) {
                taken.extend_from_slice(&piece);
            }
        }
        Some(taken)
    }

    /// How many octets are on their way.
    pub(super) fn octets(&self) -> usize {
        self.pieces.iter().map(|(_, piece)| piece.len()).sum()
    }

    /// When the next octets arrive.
    pub(super) fn due(&self) -> Option<Duration> {
        self.pieces.front().map(|(at, _)| *at)
    }

    /// The plug is out: what was on its way is gone.
    pub(super) fn clear(&mut self) {
        self.pieces.clear();
        self.free_at = Duration::ZERO;
    }

    /// A line without pace: what comes together stays together, and waits for more when merging is asked.
    fn append(&mut self, octets: &[u8], now: Duration) {
        if octets.is_empty() {
            return;
        }
        let arrival = (now + self.condition.merge_within).max(self.free_at);
        self.free_at = arrival;
        match self.pieces.back_mut() {
            Some((at, piece)) if *at >= now => {
                *at = arrival;
                piece.extend_from_slice(octets);
            }
            _ => self.pieces.push_back((arrival, octets.to_vec())),
        }
    }

    fn damaged<'a>(&mut self, octets: &'a [u8]) -> Cow<'a, [u8]> {
        let (lost, doubled) = (self.condition.lost_per_million, self.condition.doubled_per_million);
        if lost == 0 && doubled == 0 {
            return Cow::Borrowed(octets);
        }
        let mut carried = Vec::with_capacity(octets.len());
        for octet in octets {
            if self.prng.chance(lost) {
                continue;
            }
            carried.push(*octet);
            if self.prng.chance(doubled) {
                carried.push(*octet);
            }
        }
        Cow::Owned(carried)
    }

    fn piece_octets(&mut self) -> usize {
        let fifo = if self.condition.baud.is_some() { FIFO_OCTETS } else { usize::MAX };
        let cut = self.condition.split_octets_max;
        if cut == 0 {
            return fifo;
        }
        let drawn = self.prng.below(cut as u64).saturating_add(1);
        usize::try_from(drawn).unwrap_or(usize::MAX).min(fifo)
    }

    fn time_of(&self, octets: usize) -> Duration {
        let bits = BITS_PER_OCTET.saturating_mul(octets as u64);
        let nanos = self
            .condition
            .baud
            .and_then(|baud| (bits * 1_000_000_000).checked_div(u64::from(baud)));
        Duration::from_nanos(nanos.unwrap_or(0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drain(wire: &mut Wire) -> (Vec<u8>, usize, Duration) {
        let (mut all, mut pieces, mut now) = (Vec::new(), 0, Duration::ZERO);
        while let Some(due) = wire.due() {
            now = now.max(due);
            while let Some(piece) = wire.take(now) {
                all.extend(piece);
                pieces += 1;
            }
        }
        (all, pieces, now)
    }

    #[test]
    fn a_line_of_9600_baud_carries_960_octets_in_a_second() {
        let mut wire = Wire::new(Condition { baud: Some(9600), ..Condition::default() }, 1);
        wire.put(&[b'x'; 960], Duration::ZERO);
        assert_eq!(wire.take(Duration::ZERO), None);
        let (all, pieces, end) = drain(&mut wire);
        assert_eq!((all.len(), pieces), (960, 60));
        assert!(end.abs_diff(Duration::from_secs(1)) < Duration::from_micros(1), "took {end:?}");
    }

    #[test]
    fn cutting_and_pausing_keep_every_octet_in_order() {
        let sent: Vec<u8> = (0..=255).collect();
        let cuts = Condition {
            split_octets_max: 5,
            pause_max: Duration::from_millis(3),
            ..Condition::default()
        };
        let mut wire = Wire::new(cuts, 42);
        wire.put(&sent, Duration::ZERO);
        let (all, pieces, _) = drain(&mut wire);
        assert_eq!(all, sent);
        assert!(pieces > 50, "{pieces} pieces");
    }

    #[test]
    fn merging_joins_what_comes_close_together() {
        let mut wire = Wire::new(
            Condition { merge_within: Duration::from_millis(10), ..Condition::default() },
            1,
        );
        wire.put(b"one", Duration::ZERO);
        wire.put(b"two", Duration::from_millis(8));
        assert_eq!(wire.take(Duration::from_millis(17)), None);
        assert_eq!(wire.take(Duration::from_millis(18)).as_deref(), Some(&b"onetwo"[..]));
    }

    #[test]
    fn loss_and_doubling_follow_the_seed() {
        let bad = Condition {
            lost_per_million: 100_000,
            doubled_per_million: 100_000,
            ..Condition::default()
        };
        let run = |seed| {
            let mut wire = Wire::new(bad.clone(), seed);
            wire.put(&[b'x'; 1000], Duration::ZERO);
            drain(&mut wire).0.len()
        };
        assert_eq!(run(3), run(3));
        let mut lossy =
            Wire::new(Condition { lost_per_million: 1_000_000, ..Condition::default() }, 1);
        lossy.put(b"gone", Duration::ZERO);
        assert_eq!(lossy.due(), None);
        let mut double =
            Wire::new(Condition { doubled_per_million: 1_000_000, ..Condition::default() }, 1);
        double.put(b"ab", Duration::ZERO);
        assert_eq!(double.take(Duration::ZERO).as_deref(), Some(&b"aabb"[..]));
    }
}
