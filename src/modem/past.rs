//! What outlives a session with a modem: its troubles, and what it routed and the disk did not take.

use std::time::Duration;

use tokio::time::Instant;

use super::ModemConfig;
use super::clock::Clock;
use super::health::Registration;
use super::ladder::{Ladder, Measure};
use super::outage::{Finding, Outage};
use super::recovery::{Quota, RESTARTS_MAX, Recovery, Step, Trouble};
use crate::at::Reaction;

/// A PDU and the card that received it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Carried {
    /// The card.
    pub sim: String,
    /// The centre's address and the TPDU.
    pub pdu: Vec<u8>,
}

/// The memory of one modem's task.
#[derive(Debug)]
pub(super) struct Past {
    /// What the refusals of late mean.
    pub ladder: Ladder,
    /// Where it stands when it does not work at all.
    pub recovery: Recovery,
    /// How long it has been without a network.
    outage: Outage,
    /// Restarts of the last hour, for whatever reason.
    restarts: Quota,
    /// Until when nothing is sent.
    pub rest: Option<Rest>,
    /// What lies nowhere else and could not be committed yet.
    pub unkept: Vec<Carried>,
    /// What time stamps say of our clock.
    pub clock: Clock,
    /// The card that all this is about.
    card: Option<String>,
}

/// A pause in sending.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Rest {
    /// When the next message may be tried.
    pub until: Instant,
    /// Why, where a person must do something about it.
    pub alarm: Option<String>,
}

impl Default for Past {
    fn default() -> Self {
        Self {
            ladder: Ladder::default(),
            recovery: Recovery::default(),
            outage: Outage::default(),
            restarts: Quota::new(RESTARTS_MAX),
            rest: None,
            unkept: Vec::new(),
            card: None,
            clock: Clock::default(),
        }
    }
}

impl Past {
    /// A message to `recipient` was refused; what to do about the modem.
    pub fn refused(&mut self, reaction: Reaction, recipient: &str) -> Measure {
        self.ladder.refused(reaction, recipient, &mut self.restarts, Instant::now())
    }

    /// A session has ended, or none began; what to do before the next.
    pub fn failed(&mut self, trouble: Trouble, config: &ModemConfig) -> Step {
        let has_reset_command = !config.reset_command.is_empty();
        let (restarts, patience) = (&mut self.restarts, &config.patience);
        self.recovery.failed(trouble, has_reset_command, restarts, patience, Instant::now())
    }

    /// It was asked where it is registered; `long` is how long it may be nowhere.
    pub fn without_network(&mut self, registration: Registration, long: Duration) -> Finding {
        self.outage.judge(registration, long, &mut self.restarts, Instant::now())
    }

    /// Puts aside what cannot be committed now; what the network repeats meanwhile is there already.
    pub fn put_aside(&mut self, carried: impl Iterator<Item = Carried>) {
        for carried in carried {
            if !self.unkept.contains(&carried) {
                self.unkept.push(carried);
            }
        }
    }

    /// Whether a modem has served here since the task began.
    pub const fn has_served(&self) -> bool {
        self.card.is_some()
    }

    /// This card is in service now: what another one was refused does not count against it.
    pub fn meet(&mut self, sim: &str) {
        if self.card.as_deref() != Some(sim) {
            (self.ladder, self.rest) = (Ladder::default(), None);
            self.outage = Outage::default();
            self.card = Some(sim.to_owned());
        }
    }

    /// A person has looked at the modem: all is tried anew.
    pub fn forgive(&mut self) {
        (self.ladder, self.rest) = (Ladder::default(), None);
        (self.recovery, self.outage) = (Recovery::default(), Outage::default());
        self.restarts = Quota::new(RESTARTS_MAX);
    }

    /// Nothing is sent for so long.
    pub fn rest_for(&mut self, pause: Duration, alarm: Option<String>) {
        self.rest = Some(Rest { until: Instant::now() + pause, alarm });
    }

    /// When sending may go on, where that is later than now.
    pub fn rests_until(&self) -> Option<Instant> {
        self.rest.as_ref().map(|rest| rest.until).filter(|until| *until > Instant::now())
    }

    /// What a person must do something about, while nothing is sent for it. The next message shows whether somebody did.
    pub fn alarm(&self) -> Option<&str> {
        self.rest.as_ref()?.alarm.as_deref()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_network_repeats_is_put_aside_once_for_each_card() {
        let carried = |sim: &str| Carried { sim: sim.to_owned(), pdu: vec![1, 2] };
        let mut past = Past::default();
        past.put_aside([carried("a"), carried("a")].into_iter());
        past.put_aside([carried("a"), carried("b")].into_iter());
        assert_eq!(past.unkept, [carried("a"), carried("b")]);
    }

    #[tokio::test]
    async fn another_card_begins_anew_and_the_same_one_does_not() {
        let mut past = Past::default();
        past.meet("a");
        let refuse = |past: &mut Past| past.refused(Reaction::HoldAlert, "+6281234567890");
        let first = refuse(&mut past);
        past.rest_for(Duration::from_mins(30), Some("barred".to_owned()));
        past.meet("a");
        assert!(past.rests_until().is_some() && past.alarm().is_some());
        assert_ne!(refuse(&mut past), first, "held for longer");
        past.meet("b");
        assert_eq!((past.rests_until(), past.alarm()), (None, None));
        assert_eq!(refuse(&mut past), first);
        assert!(matches!(first, Measure::Hold(_)));
    }
}
