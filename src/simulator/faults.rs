//! What can go wrong, drawn from a seed: the same seed and the same script give the same bytes.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::failure::Failure;
use super::scenario::time;
use super::sickness::{Cure, Sick, Sickness};

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
/// On `AT+CMGS` it strikes after the TPDU: an error and a sickness keep the TPDU from the network, the others let it go out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mishap {
    /// The command is not carried out and answers this.
    Error(Failure),
    /// The command is carried out, its final result code never comes.
    Swallow,
    /// The command is carried out, then the modem restarts instead of answering.
    Reset,
    /// The command is not carried out, and the modem is sick from then on.
    FallSick(Sick),
}

/// A fault of the script: the next `times` commands of that name meet `mishap`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scripted {
    /// Name as written after `AT` (`+CMGS`, `+CPMS`, `E`); an empty name strikes every command.
    pub command: String,
    /// What happens to it.
    pub mishap: Mishap,
    /// How many commands it strikes; 0 strikes none.
    pub times: u32,
}

/// Notices that nobody asked for, one after another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Storm {
    /// Time between two notices; at least a millisecond is kept.
    #[serde(with = "time")]
    pub every: Duration,
    /// Lines to draw from; empty means the chatter of the modem's family.
    #[serde(default)]
    pub lines: Vec<String>,
}

/// Faults of one modem and its line. All are off by default.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Faults {
    /// Where the draw begins.
    pub seed: u64,
    /// Writes of the modem are cut into pieces of 1 to this many octets; 0 leaves them whole.
    pub split_octets_max: usize,
    /// Each piece waits up to this long before it comes.
    #[serde(with = "time")]
    pub pause_max: Duration,
    /// Octets are held until nothing was added for this long, so that separate answers come in one read.
    #[serde(with = "time")]
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
    /// The modem is there and does not work, until it is cured.
    pub sick: Option<Sick>,
}

/// Even chances, out of a million.
const HALF: u32 = 500_000;
/// Commands of a driver that a drawn mishap may strike.
const COMMANDS: [&str; 9] =
    ["E", "+CFUN", "+CPIN", "+CPMS", "+CNMI", "+CREG", "+CMGL", "+CMGR", "+CMGD"];
/// Refusals that say nothing against a message.
const REFUSALS: [Failure; 4] =
    [Failure::Plain, Failure::Cms(500), Failure::Cms(320), Failure::Cme(14)];
/// What a driver gets over by closing the port, or by patience.
const CURABLE: [Sickness; 5] = [
    Sickness::Mute,
    Sickness::StuckPrompt,
    Sickness::Noise { lines: false },
    Sickness::Noise { lines: true },
    Sickness::Errors,
];

pub(super) fn pick<'a, T>(prng: &mut Prng, from: &'a [T]) -> Option<&'a T> {
    from.get(usize::try_from(prng.below(from.len() as u64)).unwrap_or(0))
}

impl Faults {
    /// The next `times` commands of that name meet `mishap`; nothing else goes wrong.
    pub fn once(command: &str, mishap: Mishap, times: u32) -> Self {
        Self {
            scripted: vec![Scripted { command: command.to_owned(), mishap, times }],
            ..Self::default()
        }
    }

    /// A mixture of what a driver must outlive without losing a message, the same for the same seed: cuts, pauses and joined
    /// reads, refusals, missing results, restarts, chatter, and a sickness that ends by what a driver does within a minute
    /// or by itself.
    ///
    /// Octets lost and doubled are left out: nobody can see that the last digit of `AT+CMGD=12` got lost on its way.
    pub fn drawn(seed: u64) -> Self {
        let mut prng = Prng::new(seed);
        let mut faults = Self { seed, ..Self::default() };
        if prng.chance(HALF) {
            faults.split_octets_max = usize::try_from(1 + prng.below(16)).unwrap_or(1);
            faults.pause_max = prng.pause(Duration::from_millis(2));
        }
        if prng.chance(HALF) {
            faults.merge_within = prng.pause(Duration::from_millis(20));
        }
        for _ in 0..prng.below(4) {
            let command = pick(&mut prng, &COMMANDS).copied().unwrap_or_default().to_owned();
            let mishap = match prng.below(3) {
                0 => Mishap::Error(pick(&mut prng, &REFUSALS).copied().unwrap_or(Failure::Plain)),
                1 => Mishap::Swallow,
                _ => Mishap::Reset,
            };
            let times = u32::try_from(1 + prng.below(2)).unwrap_or(1);
            faults.scripted.push(Scripted { command, mishap, times });
        }
        if prng.chance(HALF) {
            faults.errors_per_million = u32::try_from(prng.below(10_000)).unwrap_or(0);
            faults.swallowed_per_million = u32::try_from(prng.below(1_000)).unwrap_or(0);
            faults.resets_per_million = u32::try_from(prng.below(1_000)).unwrap_or(0);
        }
        if prng.chance(HALF) {
            let every = Duration::from_millis(20) + prng.pause(Duration::from_millis(500));
            faults.storm = Some(Storm { every, lines: Vec::new() });
        }
        if prng.chance(HALF) {
            let sickness = pick(&mut prng, &CURABLE).copied().unwrap_or(Sickness::Mute);
            let cure = match prng.below(3) {
                0 if sickness == Sickness::StuckPrompt => Cure::Escape,
                0 | 1 => Cure::After(prng.pause(Duration::from_secs(10))),
                _ => Cure::Reopening,
            };
            faults.sick = Some(Sick { sickness, cure });
        }
        faults
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
    fn a_drawn_mixture_is_the_seeds_and_holds_all_that_a_driver_must_outlive() {
        let drawn: Vec<Faults> = (0..500).map(Faults::drawn).collect();
        assert!((0..500).zip(&drawn).all(|(seed, faults)| Faults::drawn(seed) == *faults));
        let some = |holds: fn(&Faults) -> bool| {
            let count = drawn.iter().filter(|faults| holds(faults)).count();
            assert!((50..500).contains(&count), "{count} of 500");
        };
        some(|faults| faults.split_octets_max > 0);
        some(|faults| !faults.merge_within.is_zero());
        some(|faults| !faults.scripted.is_empty());
        some(|faults| faults.errors_per_million > 0 && faults.resets_per_million > 0);
        some(|faults| faults.storm.is_some());
        some(|faults| faults.sick.is_some());
        for faults in &drawn {
            assert!(!faults.mute);
            assert_eq!((faults.lost_per_million, faults.doubled_per_million), (0, 0));
            let cure = faults.sick.map(|sick| sick.cure);
            assert!(!matches!(cure, Some(Cure::None | Cure::Power)), "{faults:?}");
            // A text whose result is missing may or may not have left: nobody could say what is right.
            assert!(faults.scripted.iter().all(|scripted| scripted.command != "+CMGS"));
        }
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
