//! Pauses between the tries of one text (errors.md, "backoff").

use chrono::TimeDelta;

/// Pause after each try in seconds; after the last one there is no other.
const PAUSES_SECONDS: [i64; 5] = [10, 30, 120, 600, 3600];

/// A pause is longer by up to this part of it.
const SPREAD: i64 = 5;

/// The pause after so many tries of a message, `None` where they were enough. It is longer by up to a fifth, each message
/// and each try by its own: what was refused together does not come back together.
pub(super) fn pause(message: i64, tries: i64) -> Option<TimeDelta> {
    let seconds = *PAUSES_SECONDS.get(usize::try_from(tries - 1).ok()?)?;
    let seed = message.wrapping_mul(8).wrapping_add(tries).cast_unsigned();
    let span = u64::try_from(seconds / SPREAD + 1).unwrap_or(1);
    let more = i64::try_from(scattered(seed) % span).unwrap_or(0);
    Some(TimeDelta::seconds(seconds + more))
}

/// A number in which nothing of the order of the seeds is left (the finalizer of `SplitMix64`: Steele, Lea, Flood 2014).
const fn scattered(seed: u64) -> u64 {
    let mut hash = seed.wrapping_add(0x9E37_79B9_7F4A_7C15);
    hash = (hash ^ (hash >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    hash = (hash ^ (hash >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    hash ^ (hash >> 31)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn a_pause_is_longer_by_a_fifth_at_most_and_the_tries_come_to_an_end() {
        for message in [1, 2, 77, i64::MAX] {
            for (tries, base) in (1..).zip(PAUSES_SECONDS) {
                let pause = pause(message, tries).unwrap().num_seconds();
                assert!((base..=base + base / 5).contains(&pause), "{message} {tries}: {pause}");
                assert_eq!(super::pause(message, tries), Some(TimeDelta::seconds(pause)));
            }
            assert_eq!((pause(message, 0), pause(message, 6)), (None, None));
        }
    }

    #[test]
    fn what_was_refused_together_does_not_come_back_together() {
        for (tries, base) in (1..).zip(PAUSES_SECONDS) {
            let mut counts = BTreeMap::new();
            for message in 1..=1000 {
                *counts.entry(pause(message, tries).unwrap()).or_insert(0_i64) += 1;
            }
            // No second is asked for much more often than its share, and few are left out.
            let seconds = base / 5 + 1;
            let asked_for = i64::try_from(counts.len()).unwrap();
            assert!(asked_for >= seconds * 2 / 3, "{tries}: {asked_for} of {seconds}");
            let most = counts.values().max().unwrap();
            assert!(*most <= 1000 / seconds * 3 / 2 + 12, "{tries}: {most} in one second");
        }
    }
}
