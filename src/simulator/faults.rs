//! What can go wrong, drawn from a seed: the same seed and the same script give the same bytes.

use std::time::Duration;

use super::failure::Failure;

/// `SplitMix64`: small, seeded, the same on every machine.
#[derive(Debug, Clone)]
pub(super) struct Prng(u64);

impl Prng {
    /// A generator that starts from `seed`.
    pub(super) fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next 64 bits.
    pub(super) fn draw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number below `bound`; 0 for a bound of 0.
    pub(super) fn below(&mut self, bound: u64) -> u64 {
        self.draw().checked_rem(bound).unwrap_or(0)
    }

    /// True `per_million` times out of a million. Draws nothing when the chance is nil, so that an unused fault moves no other.
    pub(super) fn chance(&mut self, per_million: u32) -> bool {
        per_million > 0 && self.below(1_000_000) < u64::from(per_million)
    }

    /// A pause from nothing to `longest`, in whole microseconds.
    pub(super) fn pause(&mut self, longest: Duration) -> Duration {
        if longest.is_zero() {
            return Duration::ZERO;
        }
        let micros = u64::try_from(longest.as_micros()).unwrap_or(u64::MAX - 1);
        Duration::from_micros(self.below(micros.saturating_add(1)))
    }
}

/// What becomes of a command that a fault has struck.
///
/// On `AT+CMGS` it strikes after the TPDU: an error keeps the TPDU from the network, the other two let it go out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mishap {
    /// The command is not carried out and answers this.
    Error(Failure),
    /// The command is carried out, its final result code never comes.
    Swallow,
    /// The command is carried out, then the modem restarts instead of answering.
    Reset,
}

/// A fault of the script: the next `times` commands of that name meet `mishap`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scripted {
    /// Name as written after `AT` (`+CMGS`, `+CPMS`, `E`); an empty name strikes every command.
    pub command: String,
    /// What happens to it.
    pub mishap: Mishap,
    /// How many commands it strikes; 0 strikes none.
    pub times: u32,
}

/// Notices that nobody asked for, one after another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Storm {
    /// Time between two notices; at least a millisecond is kept.
    pub every: Duration,
    /// Lines to draw from; empty means the chatter of the modem's family.
    pub lines: Vec<String>,
}

/// Faults of one modem and its line. All are off by default.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Faults {
    /// Where the draw begins.
    pub seed: u64,
    /// Writes of the modem are cut into pieces of 1 to this many octets; 0 leaves them whole.
    pub split_octets_max: usize,
    /// Each piece waits up to this long before it comes.
    pub pause_max: Duration,
    /// Octets are held until nothing was added for this long, so that separate answers come in one read.
    pub merge_within: Duration,
    /// Octets lost on the line, out of a million, in both directions.
    pub lost_per_million: u32,
    /// Octets doubled on the line, out of a million, in both directions.
    pub doubled_per_million: u32,
    /// Faults for named commands, used up in order.
    pub scripted: Vec<Scripted>,
    /// Chance of each mishap per command, out of a million, drawn after the script.
    pub errors_per_million: u32,
    /// Chance that a final result code never comes.
    pub swallowed_per_million: u32,
    /// Chance that the modem restarts instead of answering.
    pub resets_per_million: u32,
    /// Notices that nobody asked for.
    pub storm: Option<Storm>,
    /// The modem neither hears nor answers; the network goes on.
    pub mute: bool,
}

impl Faults {
    /// The next `times` commands of that name meet `mishap`; nothing else goes wrong.
    pub fn once(command: &str, mishap: Mishap, times: u32) -> Self {
        Self {
            scripted: vec![Scripted { command: command.to_owned(), mishap, times }],
            ..Self::default()
        }
    }

    /// The mishap that strikes the command `name` now, by script or by chance.
    pub(super) fn strike(&mut self, name: &str, prng: &mut Prng) -> Option<Mishap> {
        let scripted = self.scripted.iter_mut().find(|scripted| {
            scripted.times > 0 && (scripted.command.is_empty() || scripted.command == name)
        });
        if let Some(scripted) = scripted {
            scripted.times -= 1;
            return Some(scripted.mishap);
        }
        if prng.chance(self.resets_per_million) {
            return Some(Mishap::Reset);
        }
        if prng.chance(self.swallowed_per_million) {
            return Some(Mishap::Swallow);
        }
        if prng.chance(self.errors_per_million) {
            return Some(Mishap::Error(if name.starts_with("+CM") {
                Failure::Cms(500)
            } else {
                Failure::Cme(100)
            }));
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_generator_gives_the_published_sequence() {
        // First values for seed 1234567 of the reference implementation by Sebastiano Vigna.
        let mut prng = Prng::new(1_234_567);
        let drawn: Vec<u64> = (0..3).map(|_| prng.draw()).collect();
        assert_eq!(
            drawn,
            [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423]
        );
    }

    #[test]
    fn a_scripted_fault_is_used_up() {
        let mut faults = Faults::once("+CMGS", Mishap::Error(Failure::Cms(38)), 2);
        let mut prng = Prng::new(0);
        let struck: Vec<_> =
            ["+CMGS", "+CSQ", "+CMGS", "+CMGS"].map(|name| faults.strike(name, &mut prng)).to_vec();
        let error = Some(Mishap::Error(Failure::Cms(38)));
        assert_eq!(struck, [error, None, error, None]);
    }

    #[test]
    fn chances_come_about_as_often_as_they_should() {
        let mut prng = Prng::new(7);
        let hits = (0..100_000).filter(|_| prng.chance(100_000)).count();
        assert!((9_500..10_500).contains(&hits), "{hits} of 100,000 at one in ten");
        let longest = Duration::from_millis(5);
        assert!((0..1000).all(|_| prng.pause(longest) <= longest));
    }
}
