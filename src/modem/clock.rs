//! Our clock against the network's: the deadlines of the procedure run by ours, so it is said when ours is wrong. Nothing here
//! sets a clock.
//!
//! A message may be old when it comes, but never younger than it is: a time stamp in our future proves that our clock is
//! behind. That it is ahead shows only in the smallest delay of several messages, and may be a slow network instead. What the
//! network tells of its own time by itself, some modems hand over; that is the better witness.
//!
//! **Whole hours are no alarm.** Centres and modems that stamp with a wrong zone are common, and their messages differ from a
//! right clock by exactly so many hours; so does a computer whose clock was set to local time for UTC. Which of both it is,
//! nobody can tell from here: it is shown, with both causes, and not warned of.

use std::collections::VecDeque;
use std::sync::LazyLock;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use tokio::time::Instant;

use crate::clock;

/// A time stamp so far in our future is no jitter.
const BEHIND: TimeDelta = TimeDelta::minutes(2);

/// So long no message takes on a network that is well.
const AHEAD: TimeDelta = TimeDelta::minutes(5);

/// How near a difference must be to whole hours to be one of zones; and the farthest zones there are.
const ROUND: TimeDelta = TimeDelta::minutes(2);
const HOURS_MAX: i64 = 14;

/// How long a time stamp says something of our clock.
const RECENT: TimeDelta = TimeDelta::hours(6);

/// Time stamps that are kept.
const KEPT: usize = 32;

/// Messages, and the time between the first and the last of them, that make a delay the rule: what had waited in the network
/// comes all at once.
const MESSAGES_MIN: usize = 3;
const SPREAD: TimeDelta = TimeDelta::minutes(10);

/// The computer's clock was set when it moved against the time that has passed by more than this.
const STEP: TimeDelta = TimeDelta::seconds(30);

/// What there is to say about our clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Verdict {
    /// Nothing.
    #[default]
    Right,
    /// It is behind, by about so much.
    Behind(TimeDelta),
    /// It is ahead by about so much, or the network is slow.
    Ahead(TimeDelta),
    /// It differs by so many whole hours, ours less the network's: a zone is wrong, here or there.
    Zone(i64),
}

impl Verdict {
    /// Whether a person should look.
    pub const fn is_alarming(self) -> bool {
        matches!(self, Self::Behind(_) | Self::Ahead(_))
    }
}

/// Who stamped a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Witness {
    /// The network, of this moment.
    Network,
    /// A centre, of a message that has just come.
    Message,
    /// A centre, of a message that may have lain somewhere.
    Backlog,
}

/// A moment by our clock, and by the time that has passed, which nobody can set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// Our clock.
    pub wall: DateTime<Utc>,
    /// Since some fixed beginning.
    pub passed: Duration,
}

impl Moment {
    /// This one.
    pub fn now() -> Self {
        static BEGAN: LazyLock<Instant> = LazyLock::new(Instant::now);
        Self { passed: BEGAN.elapsed(), wall: clock::now() }
    }

    /// What our clock showed at the beginning, if it was never set since.
    fn origin(self) -> Option<DateTime<Utc>> {
        self.wall.checked_sub_signed(TimeDelta::from_std(self.passed).ok()?)
    }
}

/// One time stamp.
#[derive(Debug, Clone, Copy)]
struct Sample {
    witness: Witness,
    heard: DateTime<Utc>,
    /// Our clock less the stamp: the delay, and what our clock is ahead.
    lead: TimeDelta,
}

/// Time stamps of late, and what they say.
#[derive(Debug, Default)]
pub struct Clock {
    samples: VecDeque<Sample>,
    /// Our clock at the beginning of the time that has passed.
    origin: Option<DateTime<Utc>>,
    last: Verdict,
}

impl Clock {
    /// A time stamp came.
    pub fn note(&mut self, witness: Witness, stamp: DateTime<Utc>, at: Moment) {
        self.forget_before_a_step(at);
        if self.samples.len() == KEPT {
            self.samples.pop_front();
        }
        self.samples.push_back(Sample { witness, heard: at.wall, lead: at.wall - stamp });
    }

    /// What they say now, and whether the last verdict was of another kind.
    pub fn judge(&mut self, now: Moment) -> (Verdict, bool) {
        self.forget_before_a_step(now);
        self.samples.retain(|sample| now.wall - sample.heard < RECENT);
        let verdict = self.verdict();
        let is_news = std::mem::discriminant(&verdict) != std::mem::discriminant(&self.last);
        self.last = verdict;
        (verdict, is_news)
    }

    /// What was heard by a clock that was set since says nothing of it any more.
    fn forget_before_a_step(&mut self, now: Moment) {
        let Some(origin) = now.origin() else { return };
        if self.origin.is_some_and(|before| (origin - before).abs() > STEP) {
            self.samples.clear();
        }
        self.origin = Some(origin);
    }

    fn verdict(&self) -> Verdict {
        let of_network = self.samples.iter().rfind(|sample| sample.witness == Witness::Network);
        if let Some(sample) = of_network {
            return judged(sample.lead);
        }
        let is_future = |sample: &&Sample| sample.lead < -BEHIND;
        let mut future: Vec<TimeDelta> =
            self.samples.iter().filter(is_future).map(|sample| sample.lead).collect();
        // An old message proves nothing by being old.
        let telling = |sample: &&Sample| is_future(sample) || sample.witness == Witness::Message;
        let all = self.samples.iter().filter(telling).count();
        // A single centre with a wrong clock is not believed against all others.
        if !future.is_empty() && future.len() * 2 > all {
            future.sort_unstable();
            return future.get(future.len() / 2).copied().map_or(Verdict::Right, judged);
        }
        let live = || self.samples.iter().filter(|sample| sample.witness == Witness::Message);
        let heard = live().map(|sample| sample.heard);
        let spread = heard.clone().max().zip(heard.min()).map(|(last, first)| last - first);
        let least = live().map(|sample| sample.lead).min();
        match (least, spread) {
            (Some(least), Some(spread)) if live().count() >= MESSAGES_MIN && spread >= SPREAD => {
                judged(least)
            }
            _ => Verdict::Right,
        }
    }
}

/// What it means that our clock is ahead by so much of another.
fn judged(lead: TimeDelta) -> Verdict {
    let half = TimeDelta::minutes(30);
    let hours = (lead.abs() + half).num_hours();
    let is_whole = (lead.abs() - TimeDelta::hours(hours)).abs() <= ROUND;
    if is_whole && (1..=HOURS_MAX).contains(&hours) {
        Verdict::Zone(if lead < TimeDelta::zero() { -hours } else { hours })
    } else if lead < -BEHIND {
        Verdict::Behind(lead.abs())
    } else if lead > AHEAD {
        Verdict::Ahead(lead)
    } else {
        Verdict::Right
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Verdict::{Ahead, Behind, Right, Zone};
    use Witness::{Backlog, Message, Network};

    /// A clock that has heard these: who, minutes after the beginning, and seconds that ours was ahead.
    fn heard(samples: &[(Witness, i64, i64)]) -> Clock {
        let mut clock = Clock::default();
        for (witness, minute, lead) in samples {
            let at = at(*minute);
            clock.note(*witness, at.wall - TimeDelta::seconds(*lead), at);
        }
        clock
    }

    fn at(minute: i64) -> Moment {
        let passed = Duration::from_mins(u64::try_from(minute).unwrap());
        let wall = DateTime::from_timestamp(1_796_000_000, 0).unwrap() + TimeDelta::minutes(minute);
        Moment { wall, passed }
    }

    fn verdict(samples: &[(Witness, i64, i64)]) -> Verdict {
        heard(samples).judge(at(60)).0
    }

    const MINUTE: i64 = 60;
    const HOUR: i64 = 3600;

    #[test]
    fn a_time_stamp_in_our_future_proves_that_we_are_behind() {
        let minutes = TimeDelta::minutes;
        assert_eq!(verdict(&[]), Right);
        assert_eq!(verdict(&[(Message, 1, -MINUTE)]), Right, "jitter");
        assert_eq!(verdict(&[(Message, 1, -10 * MINUTE)]), Behind(minutes(10)));
        // Also in what had waited, and beside what is merely old.
        let old = (Backlog, 1, 50 * MINUTE);
        assert_eq!(verdict(&[old, old, (Backlog, 1, -9 * MINUTE)]), Behind(minutes(9)));
        // One centre against the others.
        let prompt = (Message, 2, 3);
        assert_eq!(verdict(&[(Message, 1, -10 * MINUTE), prompt, prompt]), Right);
    }

    #[test]
    fn only_the_smallest_delay_of_several_messages_says_that_we_are_ahead() {
        let late = |minute, minutes: i64| (Message, minute, minutes * MINUTE);
        assert_eq!(verdict(&[late(1, 12), late(2, 12)]), Right, "too few");
        assert_eq!(verdict(&[late(1, 12), late(2, 9), late(3, 8)]), Right, "all at once");
        let nine = Ahead(TimeDelta::minutes(9));
        assert_eq!(verdict(&[late(1, 12), late(20, 9), late(40, 15)]), nine);
        assert_eq!(verdict(&[late(1, 12), late(20, 4), late(40, 15)]), Right, "one was quick");
        let backlog = |minute| (Backlog, minute, 40 * MINUTE);
        assert_eq!(verdict(&[backlog(1), backlog(20), backlog(40)]), Right);
    }

    #[test]
    fn whole_hours_are_a_matter_of_zones_and_no_alarm() {
        assert_eq!(verdict(&[(Message, 1, -7 * HOUR + 20)]), Zone(-7));
        assert_eq!(verdict(&[(Network, 1, HOUR + 2)]), Zone(1));
        let late = |minute| (Message, minute, 8 * HOUR + 10);
        assert_eq!(verdict(&[late(1), late(20), late(40)]), Zone(8));
        assert!(!Zone(7).is_alarming() && Behind(TimeDelta::minutes(3)).is_alarming());
        // Nowhere on earth.
        assert_eq!(verdict(&[(Network, 1, 26 * HOUR)]), Ahead(TimeDelta::hours(26)));
        assert_eq!(verdict(&[(Network, 1, HOUR + 10 * MINUTE)]), Ahead(TimeDelta::minutes(70)));
    }

    #[test]
    fn the_networks_own_word_counts_more_than_messages() {
        let future = (Message, 1, -30 * MINUTE);
        assert_eq!(verdict(&[(Network, 1, 2), future, future]), Right);
        assert_eq!(
            verdict(&[(Network, 1, -200), (Message, 2, 3)]),
            Behind(TimeDelta::seconds(200))
        );
        assert_eq!(verdict(&[(Network, 1, -200), (Network, 2, 0)]), Right, "the last one");
    }

    #[test]
    fn a_verdict_ends_when_the_clock_is_set_or_nothing_was_heard_for_hours() {
        let wrong = [(Message, 1, -10 * MINUTE)];
        let mut clock = heard(&wrong);
        assert_eq!(clock.judge(at(2)), (Behind(TimeDelta::minutes(10)), true));
        assert_eq!(clock.judge(at(3)), (Behind(TimeDelta::minutes(10)), false));
        // Set right: ten minutes are gone that did not pass.
        assert_eq!(clock.judge(Moment { passed: at(4).passed, ..at(14) }), (Right, true));
        let mut clock = heard(&wrong);
        assert_eq!(clock.judge(at(6 * 60)).0, Behind(TimeDelta::minutes(10)));
        assert_eq!(clock.judge(at(6 * 60 + 1)).0, Right);
    }
}
