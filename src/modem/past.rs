//! What outlives a session with a modem: its troubles, and what it routed and the disk did not take.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{Mutex, MutexGuard};
use tokio::time::Instant;

use super::ModemConfig;
use super::ailment::Ailment;
use super::clock::Clock;
use super::health::Registration;
use super::ladder::{Ladder, Measure};
use super::outage::{Finding, Outage};
use super::recovery::{Patience, Quota, RESTARTS_MAX, Recovery, Step, Trouble};
use super::repetition::Damaged;
use super::shortage::Shortage;
use crate::at::Reaction;

/// Pauses in sending after texts in a row that went under, in multiples of the first. One may be chance: somebody pulled the
/// plug. Those after it would all be lost the same way.
const DOWNFALLS: [u32; 5] = [1, 6, 12, 24, 72];

/// A PDU and the card that received it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Carried {
    /// The card.
    pub sim: String,
    /// The centre's address and the TPDU, as the modem gave them.
    pub pdu: Vec<u8>,
    /// What they are read as, where the modem mangled them.
    pub repaired: Option<Vec<u8>>,
}

impl Carried {
    /// What is read.
    pub fn whole(&self) -> &[u8] {
        self.repaired.as_ref().unwrap_or(&self.pdu)
    }
}

/// How often what is put aside may be refused before the database is asked to keep it as it came.
const REFUSED_MAX: u32 = 3;

/// The memory of one modem, handed from a task that died to the one that is started in its place. One task has it at a time.
#[derive(Debug, Clone)]
pub struct Memory(Arc<Mutex<Past>>);

impl Memory {
    /// Of a modem that nothing is known of yet.
    pub fn new(patience: &Patience) -> Self {
        Self(Arc::new(Mutex::new(Past::new(patience))))
    }

    /// It is this task's until the task ends, in whatever way.
    pub(super) async fn take(&self) -> MutexGuard<'_, Past> {
        self.0.lock().await
    }
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
    /// Texts in a row in the middle of which the modem went down, or that nobody said a last word about.
    downfalls: usize,
    /// First pause after those.
    downfall_pause: Duration,
    /// Whether the card seems to be without credit.
    pub shortage: Shortage,
    /// Too many texts were refused in a row: its credit is to be asked for, once, when it is up again.
    pub doubts_credit: bool,
    /// Until when nothing is sent.
    pub rest: Option<Rest>,
    /// It announces what it does not store: it is to hand over.
    pub stores_nothing: bool,
    /// What was handed over damaged of late.
    pub damaged: Damaged,
    /// What lies nowhere else and could not be committed yet.
    pub unkept: Vec<Carried>,
    /// How often in a row the database has refused some of it.
    refused: u32,
    /// The task dies with the next thing that it has in hand.
    #[cfg(test)]
    pub dies: bool,
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
    pub alarm: Option<Ailment>,
}

impl Past {
    /// Of a modem that nothing is known of yet.
    pub fn new(patience: &Patience) -> Self {
        Self {
            ladder: Ladder::default(),
            recovery: Recovery::default(),
            outage: Outage::default(),
            restarts: Quota::new(RESTARTS_MAX),
            downfalls: 0,
            downfall_pause: patience.downfall,
            shortage: Shortage::default(),
            doubts_credit: false,
            rest: None,
            stores_nothing: false,
            damaged: Damaged::default(),
            unkept: Vec::new(),
            refused: 0,
            #[cfg(test)]
            dies: false,
            card: None,
            clock: Clock::default(),
        }
    }

    /// The network took a message: all is well. Whether that ends an alarm.
    pub fn accepted(&mut self) -> bool {
        self.ladder.accepted();
        self.downfalls = 0;
        let (suspicion, rest) = (self.shortage.accepted(), self.rest.take());
        suspicion || rest.is_some_and(|rest| rest.alarm.is_some())
    }

    /// The network told that the card has credit; whether that ends a suspicion, and with it the rest that it was put to.
    pub fn has_credit(&mut self) -> bool {
        let ends = self.shortage.refuted();
        if ends {
            self.rest = None;
        }
        ends
    }

    /// The modem went down in the middle of a message, or nobody said what became of that; whether a person must be told.
    pub fn went_under(&mut self, why: Ailment) -> bool {
        let row = self.downfalls;
        self.downfalls += 1;
        let Some(before) = row.checked_sub(1) else { return false };
        let times = DOWNFALLS.get(before).or(DOWNFALLS.last()).copied().unwrap_or(1);
        self.rest_for(self.downfall_pause * times, Some(why));
        true
    }

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

    /// It has found a network: what waited for that goes on.
    pub fn network_is_back(&mut self) {
        if self.alarm().is_none() {
            self.rest = None;
        }
    }

    /// Puts aside what cannot be committed now; what the network repeats meanwhile is there already.
    pub fn put_aside(&mut self, carried: impl Iterator<Item = Carried>) {
        for carried in carried {
            if !self.unkept.contains(&carried) {
                self.unkept.push(carried);
            }
        }
    }

    /// These are on the disk.
    pub fn kept(&mut self, carried: &[Carried]) {
        self.unkept.retain(|unkept| !carried.contains(unkept));
        if self.unkept.is_empty() {
            self.refused = 0;
        }
    }

    /// The database has refused some of it; whether it is to be kept as it came.
    pub fn not_kept(&mut self) -> bool {
        self.refused = self.refused.saturating_add(1);
        self.refused >= REFUSED_MAX
    }

    /// The card that served last.
    pub fn card(&self) -> Option<&str> {
        self.card.as_deref()
    }

    /// Takes one of the hour's restarts.
    #[cfg(test)]
    pub fn takes_restart(&mut self) -> bool {
        self.restarts.take(Instant::now())
    }

    /// Whether a modem has served here since the task began.
    pub const fn has_served(&self) -> bool {
        self.card.is_some()
    }

    /// This card is in service now: what another one was refused does not count against it.
    pub fn meet(&mut self, sim: &str) {
        if self.card.as_deref() != Some(sim) {
            (self.ladder, self.rest, self.downfalls) = (Ladder::default(), None, 0);
            self.shortage = Shortage::default();
            self.outage = Outage::default();
            self.card = Some(sim.to_owned());
        }
    }

    /// A person has looked at the modem: all is tried anew.
    pub fn forgive(&mut self) {
        (self.ladder, self.rest, self.downfalls) = (Ladder::default(), None, 0);
        self.shortage = Shortage::default();
        (self.recovery, self.outage) = (Recovery::default(), Outage::default());
        self.restarts = Quota::new(RESTARTS_MAX);
        self.stores_nothing = false;
    }

    /// Nothing is sent for so long; a longer rest goes on.
    pub fn rest_for(&mut self, pause: Duration, alarm: Option<Ailment>) {
        let until = Instant::now() + pause;
        if self.rest.as_ref().is_none_or(|rest| rest.until <= until) {
            self.rest = Some(Rest { until, alarm });
        }
    }

    /// When sending may go on, where that is later than now.
    pub fn rests_until(&self) -> Option<Instant> {
        self.rest.as_ref().map(|rest| rest.until).filter(|until| *until > Instant::now())
    }

    /// What a person must do something about, while nothing is sent for it. The next message shows whether somebody did.
    pub fn alarm(&self) -> Option<&Ailment> {
        self.rest.as_ref()?.alarm.as_ref()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_network_repeats_is_put_aside_once_for_each_card() {
        let carried = |sim: &str| Carried { sim: sim.to_owned(), pdu: vec![1, 2], repaired: None };
        let mut past = Past::new(&Patience::default());
        past.put_aside([carried("a"), carried("a")].into_iter());
        past.put_aside([carried("a"), carried("b")].into_iter());
        assert_eq!(past.unkept, [carried("a"), carried("b")]);
    }

    #[tokio::test]
    async fn another_card_begins_anew_and_the_same_one_does_not() {
        let mut past = Past::new(&Patience::default());
        past.meet("a");
        let refuse = |past: &mut Past| past.refused(Reaction::HoldAlert, "+6281234567890");
        let first = refuse(&mut past);
        past.rest_for(Duration::from_mins(30), Some(Ailment::NoCard));
        past.meet("a");
        assert!(past.rests_until().is_some() && past.alarm().is_some());
        assert_ne!(refuse(&mut past), first, "held for longer");
        past.meet("b");
        assert_eq!((past.rests_until(), past.alarm()), (None, None));
        assert_eq!(refuse(&mut past), first);
        assert!(matches!(first, Measure::Hold(_)));
    }

    #[tokio::test]
    async fn a_network_that_is_back_ends_the_wait_for_it_and_no_alarm() {
        let mut past = Past::new(&Patience::default());
        past.rest_for(Duration::from_secs(30), None);
        past.network_is_back();
        assert_eq!(past.rests_until(), None);
        past.rest_for(Duration::from_mins(30), Some(Ailment::NoCard));
        past.network_is_back();
        assert!(past.rests_until().is_some());
    }

    #[tokio::test]
    async fn one_text_that_goes_under_is_chance_and_each_after_it_a_longer_rest() {
        let mut past = Past::new(&Patience::default());
        past.meet("a");
        let minutes = |past: &mut Past| {
            past.went_under(Ailment::Restarted).then(|| {
                let pause = past.rests_until().unwrap() - Instant::now();
                pause.as_secs().div_ceil(60)
            })
        };
        assert_eq!((minutes(&mut past), past.rests_until()), (None, None));
        past.meet("a");
        assert_eq!(minutes(&mut past), Some(5));
        // What else is the matter with it cuts nothing short.
        past.rest_for(Duration::from_secs(2), None);
        assert_eq!(past.alarm(), Some(&Ailment::Restarted));
        let more: Vec<_> = (0..5).map(|_| minutes(&mut past).unwrap()).collect();
        assert_eq!(more, [30, 60, 120, 360, 360]);
        let ends: [fn(&mut Past); 3] =
            [|past| past.meet("b"), Past::forgive, |past| assert!(past.accepted())];
        for end in ends {
            end(&mut past);
            assert_eq!((minutes(&mut past), past.rests_until()), (None, None));
            assert_eq!(minutes(&mut past), Some(5));
        }
    }
}
