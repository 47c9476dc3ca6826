//! All chance of a simulated day comes from here.

use std::time::Duration;

/// `SplitMix64`: the same on every machine.
#[derive(Debug, Clone)]
pub struct Dice(u64);

impl Dice {
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub fn draw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number below `bound`; 0 for a bound of 0.
    pub fn below(&mut self, bound: usize) -> usize {
        let drawn = self.draw().checked_rem(bound as u64).unwrap_or(0);
        usize::try_from(drawn).unwrap_or(0)
    }

    /// True so many times out of a hundred.
    pub fn percent(&mut self, chance: u64) -> bool {
        self.draw() % 100 < chance
    }

    /// One of these.
    pub fn pick<'a, T>(&mut self, among: &'a [T]) -> &'a T {
        &among[self.below(among.len())]
    }

    /// A time between nothing and `longest`.
    pub fn up_to(&mut self, longest: Duration) -> Duration {
        let micros = u64::try_from(longest.as_micros()).unwrap_or(u64::MAX - 1);
        Duration::from_micros(self.draw() % (micros + 1))
    }

    /// A time whose mean is this: the gaps of what comes by chance.
    pub fn about(&mut self, mean: Duration) -> Duration {
        #[expect(clippy::cast_precision_loss, reason = "53 bits are enough")]
        let uniform = (self.draw() >> 11) as f64 / (1_u64 << 53) as f64;
        mean.mul_f64(-(1.0 - uniform).ln())
    }

    /// Dice for a part of the day, so that one more throw there changes nothing elsewhere.
    pub fn another(&mut self) -> Self {
        Self(self.draw())
    }
}
