//! What a refusal means for the modem and its card, beside what it means for the one message: errors.md, as a pure
//! function of what has happened before.
//!
//! ```text
//! ready ──barred, no credit, no centre──> held, half an hour, then longer ──one message passes──> ready
//!   │ └──network──> held half a minute, or until there is one
//!   └──"unknown error" twice, or five in a row, to two people──> restart, at most three an hour ──> held an hour
//! ```

use std::time::Duration;

use tokio::time::Instant;

use super::recovery::Quota;
use crate::at::Reaction;

/// Pauses of a card whose contract or credit a person must look at: the next message shows whether somebody did.
const HOLDS: [Duration; 4] = [
    Duration::from_mins(30),
    Duration::from_hours(1),
    Duration::from_hours(2),
    Duration::from_hours(6),
];

/// Pause after a refusal for want of a network; it is asked for meanwhile.
const NETWORK_PAUSE: Duration = Duration::from_secs(30);

/// Refusals in a row for want of a network, of a modem that has one: a quarter of an hour of them has another reason.
const NETWORK_ROW_MAX: u32 = 30;

/// Pause while card or message service are busy, and how long that may go on.
const BUSY_PAUSE: Duration = Duration::from_secs(2);
const BUSY_MAX: Duration = Duration::from_mins(1);

/// Pause between the first "unknown error" and its repetition.
const RESET_PAUSE: Duration = Duration::from_secs(5);

/// Passing refusals in a row, to two people or more, that are a fault of card or modem.
const ROW_MAX: u32 = 5;

/// Sweeps in a row that free nothing, after which a full store is not ours to empty.
const SWEEPS_MAX: u32 = 2;

/// Pause in sending where there were too many restarts.
const RESTART_SPAN: Duration = Duration::from_hours(1);

/// What to do about the modem after a refusal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure {
    /// Nothing: the refusal concerned the one message.
    GoOn,
    /// Ask for the registration, and send nothing for so long.
    AskNetwork(Duration),
    /// Send nothing for so long; no person is needed.
    Wait(Duration),
    /// Send nothing on this card for so long, and tell a person.
    Hold(Duration),
    /// Read the stores out, then go on.
    Sweep,
    /// Bring the modem up anew: something changed under it.
    BringUp,
    /// Restart the modem (`AT+CFUN=1,1`), then bring it up anew.
    Restart,
}

/// The memory of one modem, over all its sessions.
#[derive(Debug, Default)]
pub struct Ladder {
    /// Passing refusals in a row, and to whom the first of them was.
    row: u32,
    first_recipient: Option<String>,
    two_recipients: bool,
    /// "Unknown error" in a row.
    unknown: u32,
    /// Since when card or service are busy.
    busy_since: Option<Instant>,
    /// Refusals in a row for want of a network.
    network_row: u32,
    /// Holds in a row.
    holds: usize,
    /// It was brought up anew since the last message, for the sake of its card, and of its settings.
    card_asked: bool,
    settings_told: bool,
    /// Sweeps in a row that freed nothing.
    sweeps: u32,
}

impl Ladder {
    /// The network took a message: all is well.
    pub fn accepted(&mut self) {
        *self = Self::default();
    }

    /// A message to `recipient` was refused; what to do about the modem.
    pub fn refused(
        &mut self,
        reaction: Reaction,
        recipient: &str,
        restarts: &mut Quota,
        now: Instant,
    ) -> Measure {
        match reaction {
            // The network looked at the message and at this number: the way there is open.
            Reaction::Fail | Reaction::FailBug | Reaction::FailNum => {
                self.accepted();
                Measure::GoOn
            }
            Reaction::HoldAlert => self.hold(),
            // Once more the same, and a person must see to the card.
            Reaction::SimOp | Reaction::Pin if std::mem::replace(&mut self.card_asked, true) => {
                self.hold()
            }
            // Once more the same, and it is the message.
            Reaction::Local if std::mem::replace(&mut self.settings_told, true) => {
                self.row_is_long(recipient, restarts, now).unwrap_or(Measure::GoOn)
            }
            Reaction::SimOp | Reaction::Pin | Reaction::Local => Measure::BringUp,
            Reaction::Full => Measure::Sweep,
            Reaction::Backoff | Reaction::Empty | Reaction::Skip | Reaction::None => {
                self.row_is_long(recipient, restarts, now).unwrap_or(Measure::GoOn)
            }
            Reaction::BackoffNet => {
                self.network_row = self.network_row.saturating_add(1);
                // So often to one person alone, and it costs each message a try.
                let measure = if self.network_row <= NETWORK_ROW_MAX {
                    Measure::AskNetwork(NETWORK_PAUSE)
                } else {
                    Measure::GoOn
                };
                self.row_is_long(recipient, restarts, now).unwrap_or(measure)
            }
            Reaction::Busy | Reaction::SimWait => {
                let since = *self.busy_since.get_or_insert(now);
                if now.duration_since(since) < BUSY_MAX {
                    Measure::Wait(BUSY_PAUSE)
                } else {
                    self.restart(restarts, now)
                }
            }
            Reaction::Reset => {
                self.unknown += 1;
                if self.unknown > 1 {
                    return self.restart(restarts, now);
                }
                self.row_is_long(recipient, restarts, now).unwrap_or(Measure::Wait(RESET_PAUSE))
            }
        }
    }

    /// Counts a passing refusal; a restart where there are too many in a row and not one person's number can be why.
    fn row_is_long(
        &mut self,
        recipient: &str,
        restarts: &mut Quota,
        now: Instant,
    ) -> Option<Measure> {
        self.row = self.row.saturating_add(1);
        let first = self.first_recipient.get_or_insert_with(|| recipient.to_owned());
        self.two_recipients |= first != recipient;
        (self.row >= ROW_MAX && self.two_recipients).then(|| self.restart(restarts, now))
    }

    /// The stores were read out, as [`Measure::Sweep`] says. Where that helps nothing again and again, for how long nothing is
    /// to be sent on this card.
    pub fn swept(&mut self, has_freed: bool) -> Option<Duration> {
        self.sweeps = if has_freed { 0 } else { self.sweeps.saturating_add(1) };
        (self.sweeps >= SWEEPS_MAX).then(|| self.next_hold())
    }

    fn hold(&mut self) -> Measure {
        Measure::Hold(self.next_hold())
    }

    /// How long nothing is sent on a card that may not send; longer each time, until a text passes.
    pub fn next_hold(&mut self) -> Duration {
        let pause = HOLDS.get(self.holds).or(HOLDS.last()).copied().unwrap_or_default();
        self.holds += 1;
        pause
    }

    /// A restart, unless there were too many of them.
    fn restart(&mut self, restarts: &mut Quota, now: Instant) -> Measure {
        self.accepted();
        if restarts.take(now) { Measure::Restart } else { Measure::Hold(RESTART_SPAN) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::modem::recovery::RESTARTS_MAX;

    const ANNA: &str = "+6281234567890";
    const BENI: &str = "+6285600000001";

    /// A ladder with restarts of its own.
    struct Patient(Ladder, Quota);

    impl Default for Patient {
        fn default() -> Self {
            Self(Ladder::default(), Quota::new(RESTARTS_MAX))
        }
    }

    impl Patient {
        fn refused(&mut self, reaction: Reaction, recipient: &str, now: Instant) -> Measure {
            self.0.refused(reaction, recipient, &mut self.1, now)
        }

        fn accepted(&mut self) {
            self.0.accepted();
        }
    }

    fn seconds(count: u64) -> Duration {
        Duration::from_secs(count)
    }

    #[test]
    fn what_concerns_one_message_concerns_no_other() {
        let mut ladder = Patient::default();
        for _ in 0..20 {
            for reaction in [Reaction::Fail, Reaction::FailBug, Reaction::FailNum] {
                assert_eq!(ladder.refused(reaction, ANNA, Instant::now()), Measure::GoOn);
            }
        }
    }

    #[test]
    fn a_card_that_may_not_send_is_held_longer_each_time_until_one_passes() {
        let mut ladder = Patient::default();
        let mut hold = || ladder.refused(Reaction::HoldAlert, ANNA, Instant::now());
        let minutes = [30, 60, 120, 360, 360].map(|count| Measure::Hold(seconds(count * 60)));
        assert_eq!([hold(), hold(), hold(), hold(), hold()], minutes);
        ladder.accepted();
        let again = ladder.refused(Reaction::HoldAlert, ANNA, Instant::now());
        assert_eq!(again, Measure::Hold(seconds(30 * 60)));
    }

    #[test]
    fn an_unknown_error_is_tried_once_more_and_then_the_modem_restarts() {
        let (mut ladder, now) = (Patient::default(), Instant::now());
        let mut unknown = |at| ladder.refused(Reaction::Reset, ANNA, now + seconds(at));
        assert_eq!(unknown(0), Measure::Wait(RESET_PAUSE));
        assert_eq!(unknown(5), Measure::Restart);
        assert_eq!(unknown(60), Measure::Wait(RESET_PAUSE), "after a restart all begins anew");
    }

    #[test]
    fn five_passing_refusals_to_one_person_are_that_persons_and_to_two_the_modems() {
        let (mut ladder, now) = (Patient::default(), Instant::now());
        for _ in 0..20 {
            assert_eq!(ladder.refused(Reaction::Backoff, ANNA, now), Measure::GoOn);
        }
        assert_eq!(ladder.refused(Reaction::Backoff, BENI, now), Measure::Restart);
        for recipient in [ANNA, BENI, ANNA, BENI] {
            assert_eq!(ladder.refused(Reaction::Backoff, recipient, now), Measure::GoOn);
        }
        ladder.accepted();
        assert_eq!(ladder.refused(Reaction::Backoff, ANNA, now), Measure::GoOn);
    }

    #[test]
    fn three_restarts_an_hour_are_enough() {
        let (mut ladder, now) = (Patient::default(), Instant::now());
        let mut worst = |at| {
            ladder.refused(Reaction::Reset, ANNA, now + seconds(at));
            ladder.refused(Reaction::Reset, ANNA, now + seconds(at + 5))
        };
        assert_eq!([worst(0), worst(60), worst(120)], [Measure::Restart; 3]);
        assert_eq!(worst(180), Measure::Hold(RESTART_SPAN));
        assert_eq!(worst(3700), Measure::Restart);
    }

    #[test]
    fn a_busy_card_is_awaited_for_a_minute() {
        let (mut ladder, now) = (Patient::default(), Instant::now());
        let mut busy = |at| ladder.refused(Reaction::SimWait, ANNA, now + seconds(at));
        assert!((0..30).all(|pause| busy(pause * 2) == Measure::Wait(BUSY_PAUSE)));
        assert_eq!(busy(60), Measure::Restart);
    }

    #[test]
    fn a_network_that_is_gone_is_awaited_and_not_for_ever() {
        let (mut ladder, now) = (Patient::default(), Instant::now());
        let mut gone = || ladder.refused(Reaction::BackoffNet, ANNA, now);
        let awaited = Measure::AskNetwork(NETWORK_PAUSE);
        assert!((0..NETWORK_ROW_MAX).all(|_| gone() == awaited));
        assert_eq!(gone(), Measure::GoOn, "it may be that number");
        ladder.accepted();
        assert_eq!(ladder.refused(Reaction::BackoffNet, ANNA, now), awaited);
        // To two people it is the modem, as with every passing refusal.
        let mut gone = |recipient| ladder.refused(Reaction::BackoffNet, recipient, now);
        assert_eq!([BENI, ANNA, BENI].map(&mut gone), [awaited; 3]);
        assert_eq!(gone(ANNA), Measure::Restart);
    }

    #[test]
    fn a_new_start_that_does_not_help_is_not_made_again_and_again() {
        let now = Instant::now();
        let hold = |minutes: u64| Measure::Hold(seconds(minutes * 60));
        for reaction in [Reaction::SimOp, Reaction::Pin] {
            let mut ladder = Patient::default();
            let mut refuse = || ladder.refused(reaction, ANNA, now);
            assert_eq!([refuse(), refuse(), refuse()], [Measure::BringUp, hold(30), hold(60)]);
            ladder.accepted();
            assert_eq!(ladder.refused(reaction, ANNA, now), Measure::BringUp);
        }
        // What the settings do not explain is the message's own, or everybody's.
        let mut ladder = Patient::default();
        let mut refuse = |recipient| ladder.refused(Reaction::Local, recipient, now);
        assert_eq!(refuse(ANNA), Measure::BringUp);
        assert!([ANNA; 4].map(&mut refuse).iter().all(|measure| *measure == Measure::GoOn));
        assert_eq!(refuse(BENI), Measure::Restart);
    }

    #[test]
    fn sweeps_that_free_nothing_come_to_an_end() {
        let mut ladder = Ladder::default();
        let swept = [false, true, false, false, false].map(|freed| ladder.swept(freed));
        let pauses = [None, None, None, Some(seconds(30 * 60)), Some(seconds(60 * 60))];
        assert_eq!(swept, pauses);
        ladder.accepted();
        assert_eq!(ladder.swept(false), None);
    }

    #[test]
    fn what_changed_under_the_modem_leads_to_a_new_start() {
        for reaction in [Reaction::Pin, Reaction::SimOp, Reaction::Local] {
            let mut ladder = Patient::default();
            assert_eq!(ladder.refused(reaction, ANNA, Instant::now()), Measure::BringUp);
        }
        let mut ladder = Patient::default();
        assert_eq!(ladder.refused(Reaction::Full, ANNA, Instant::now()), Measure::Sweep);
        let asked = ladder.refused(Reaction::BackoffNet, ANNA, Instant::now());
        assert_eq!(asked, Measure::AskNetwork(NETWORK_PAUSE));
    }
}
