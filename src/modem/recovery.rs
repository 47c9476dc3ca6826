//! The recovery ladder: what is tried with a modem that is there and does not work, as a pure function of what was tried
//! before. Within a session the engine has resynchronised already.
//!
//! ```text
//! opened anew, twice ──> restarted ──> DTR lowered ──> restarted ──> the office's reset command, twice
//!      ^  (each followed by a new opening)                                       │
//!      │          alarm: tried every five minutes, and all again after an hour <─┘
//!      └── it has served for five minutes, or its path was gone: another port is another start
//! ```
//!
//! It is told to restart twice, since nothing shows whether it read the line: what makes it sick may mar or swallow that too.

use std::collections::VecDeque;
use std::time::Duration;

use tokio::time::Instant;

/// The span in which restarts and reset commands are counted, and after which all is tried again.
pub const SPAN: Duration = Duration::from_hours(1);

/// Restarts of one modem in an hour, whoever wants them but an admin; more would serve nobody.
pub const RESTARTS_MAX: usize = 3;

/// Reset commands in an hour: where two did not help, a person must look.
pub const RESETS_MAX: usize = 2;

/// How long a modem that was told to restart is left alone: before that it would forget again what it is told.
pub const RESTART_TAKES: Duration = Duration::from_secs(3);

/// How patient the driver of a modem is. No file changes it; tests do, which have no minutes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Patience {
    /// How often a modem in service is asked how it is.
    pub heartbeat: Duration,
    /// Pause before a port is opened again; doubled after each failure up to the other one.
    pub pause_min: Duration,
    /// See there.
    pub pause_max: Duration,
    /// Pause between two tries when the ladder is at its end.
    pub rest: Duration,
    /// A modem that has served for so long begins at the foot of the ladder again.
    pub proven: Duration,
    /// How long a modem in service may be without a network before somebody is told and something is tried.
    pub outage: Duration,
    /// First pause in sending of a modem that goes down at one text after the other.
    pub downfall: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            heartbeat: Duration::from_mins(1),
            pause_min: Duration::from_millis(500),
            pause_max: Duration::from_mins(1),
            rest: Duration::from_mins(5),
            proven: Duration::from_mins(5),
            outage: Duration::from_mins(15),
            downfall: Duration::from_mins(5),
        }
    }
}

/// So many times an hour and no more.
#[derive(Debug)]
pub struct Quota {
    most: usize,
    taken: VecDeque<Instant>,
}

impl Quota {
    /// At most `most` times an hour.
    pub const fn new(most: usize) -> Self {
        Self { most, taken: VecDeque::new() }
    }

    /// Takes one, if there is one left.
    pub fn take(&mut self, now: Instant) -> bool {
        while self.taken.front().is_some_and(|at| now.duration_since(*at) >= SPAN) {
            self.taken.pop_front();
        }
        let allowed = self.taken.len() < self.most;
        if allowed {
            self.taken.push_back(now);
        }
        allowed
    }
}

/// Why a session ended, as far as it matters here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// The modem is mute, babbles, refuses everything, or its port breaks.
    Sick,
    /// Nothing that a restart would mend: the port is another program's, the card is locked, the disk is full.
    Other,
    /// Its card does not answer, or is not there: a restart mends the one and not the other.
    Cardless,
    /// Another task serves it: it is looked at seldom, for that one's sake.
    Twin,
    /// It was told to restart.
    Restarting,
}

/// What is done before the port is opened again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rung {
    /// Nothing.
    Reopen,
    /// `AT+CFUN=1,1`, or what restarts its family.
    Restart,
    /// DTR is lowered for a second: serial modems act on it.
    LowerDtr,
    /// The office's own command, such as one that cuts the power of a USB socket.
    ResetCommand,
}

/// From the foot to the top. After each measure the modem gets one more try than the measure itself.
const LADDER: [Rung; 11] = [
    Rung::Reopen,
    Rung::Reopen,
    Rung::Restart,
    Rung::Reopen,
    Rung::LowerDtr,
    Rung::Reopen,
    Rung::Restart,
    Rung::Reopen,
    Rung::ResetCommand,
    Rung::Reopen,
    Rung::ResetCommand,
];

/// Where it is climbed again after an hour's rest: what opening alone does has been seen.
const AGAIN: usize = 2;

/// What to do now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// Before the pause.
    pub rung: Rung,
    /// Before the port is opened again.
    pub pause: Duration,
    /// A person must be told: the ladder has just come to its end.
    pub alarm: bool,
}

/// Where one modem stands on the ladder.
#[derive(Debug)]
pub struct Recovery {
    height: usize,
    /// Failures of any kind in a row, for the pause.
    row: u32,
    /// Since when it serves.
    serves_since: Option<Instant>,
    /// When the top was reached, last.
    rests_since: Option<Instant>,
    alarm: bool,
    /// It was restarted for its card since it was plugged in, or since it last served.
    restarted_for_card: bool,
    /// What was done last takes a stick off the bus for a moment.
    took_off: bool,
    resets: Quota,
}

impl Default for Recovery {
    fn default() -> Self {
        Self {
            height: 0,
            row: 0,
            serves_since: None,
            rests_since: None,
            alarm: false,
            restarted_for_card: false,
            took_off: false,
            resets: Quota::new(RESETS_MAX),
        }
    }
}

impl Recovery {
    /// It is in service: whether that ends an alarm.
    pub fn serves(&mut self, now: Instant) -> bool {
        self.serves_since.get_or_insert(now);
        self.restarted_for_card = false;
        self.rests_since = None;
        std::mem::take(&mut self.alarm)
    }

    /// It spoke, although it does not serve: that ends an alarm too.
    pub fn answers(&mut self) {
        self.alarm = false;
    }

    /// Its path was not there: another port is another start, unless it went because of what was done here. What was done in the
    /// last hour still counts. Whether all begins anew.
    pub fn another_port(&mut self) -> bool {
        if self.took_off {
            return false;
        }
        (self.height, self.row, self.serves_since) = (0, 0, None);
        (self.rests_since, self.alarm) = (None, false);
        self.restarted_for_card = false;
        true
    }

    /// A session has ended, or none began; `has_reset_command` says whether the office has one for this modem.
    pub fn failed(
        &mut self,
        trouble: Trouble,
        has_reset_command: bool,
        restarts: &mut Quota,
        patience: &Patience,
        now: Instant,
    ) -> Step {
        self.took_off = false;
        if let Some(since) = self.serves_since.take() {
            self.row = 0;
            if now.duration_since(since) >= patience.proven {
                self.height = 0;
            }
        }
        let pause =
            (patience.pause_min * 2_u32.saturating_pow(self.row.min(16))).min(patience.pause_max);
        self.row = self.row.saturating_add(1);
        match trouble {
            Trouble::Sick => self.climb(has_reset_command, restarts, pause, patience, now),
            // Once: an empty slot stays empty.
            Trouble::Cardless if !self.restarted_for_card && restarts.take(now) => {
                (self.restarted_for_card, self.took_off) = (true, true);
                let pause = RESTART_TAKES.min(patience.pause_max);
                Step { rung: Rung::Restart, pause, alarm: false }
            }
            Trouble::Other | Trouble::Cardless => Step { rung: Rung::Reopen, pause, alarm: false },
            Trouble::Twin => Step { rung: Rung::Reopen, pause: patience.pause_max, alarm: false },
            Trouble::Restarting => Step {
                rung: Rung::Reopen,
                pause: RESTART_TAKES.min(patience.pause_max),
                alarm: false,
            },
        }
    }

    fn climb(
        &mut self,
        has_reset_command: bool,
        restarts: &mut Quota,
        pause: Duration,
        patience: &Patience,
        now: Instant,
    ) -> Step {
        if self.rests_since.is_some_and(|since| now.duration_since(since) >= SPAN) {
            self.rests_since = None;
            self.height = AGAIN;
        }
        while let Some(rung) = LADDER.get(self.height).copied() {
            self.height += 1;
            let (taken, pause) = match rung {
                Rung::Reopen => (true, pause),
                Rung::Restart => (restarts.take(now), RESTART_TAKES.min(patience.pause_max)),
                Rung::LowerDtr => (true, RESTART_TAKES.min(patience.pause_max)),
                Rung::ResetCommand => {
                    let taken = has_reset_command && self.resets.take(now);
                    (taken, RESTART_TAKES.min(patience.pause_max))
                }
            };
            if taken {
                self.took_off = rung != Rung::Reopen;
                return Step { rung, pause, alarm: false };
            }
        }
        self.rests_since.get_or_insert(now);
        let alarm = !std::mem::replace(&mut self.alarm, true);
        Step { rung: Rung::Reopen, pause: patience.rest, alarm }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTE: Duration = Duration::from_mins(1);

    /// A modem that fails once a minute, and what is done each time.
    struct Patient {
        recovery: Recovery,
        restarts: Quota,
        has_reset_command: bool,
        now: Instant,
    }

    impl Patient {
        fn new(has_reset_command: bool) -> Self {
            let (recovery, restarts) = (Recovery::default(), Quota::new(RESTARTS_MAX));
            Self { recovery, restarts, has_reset_command, now: Instant::now() }
        }

        fn fails(&mut self, trouble: Trouble) -> Step {
            self.now += MINUTE;
            self.recovery.failed(
                trouble,
                self.has_reset_command,
                &mut self.restarts,
                &Patience::default(),
                self.now,
            )
        }

        fn rungs(&mut self, times: usize) -> Vec<Rung> {
            (0..times).map(|_| self.fails(Trouble::Sick).rung).collect()
        }
    }

    #[test]
    fn a_sick_modem_climbs_to_the_alarm_which_is_raised_once() {
        let mut patient = Patient::new(true);
        assert_eq!(patient.rungs(LADDER.len()), LADDER);
        let top = patient.fails(Trouble::Sick);
        assert_eq!(top, Step { rung: Rung::Reopen, pause: 5 * MINUTE, alarm: true });
        assert_eq!(patient.fails(Trouble::Sick), Step { alarm: false, ..top });
        assert!(patient.recovery.serves(patient.now), "the alarm ends with the service");
        assert!(!patient.recovery.serves(patient.now));
    }

    #[test]
    fn a_restart_that_was_not_heard_is_told_once_more_within_minutes() {
        let mut patient = Patient::new(false);
        let begun = patient.now;
        let mut told = Vec::new();
        while patient.now.duration_since(begun) < SPAN / 4 {
            if patient.fails(Trouble::Sick).rung == Rung::Restart {
                told.push(patient.now);
            }
        }
        assert_eq!(told.len(), 2);
        assert!(patient.restarts.take(patient.now), "one is left for what the network refuses");
    }

    #[test]
    fn without_a_reset_command_there_is_none() {
        let mut patient = Patient::new(false);
        assert!(!patient.rungs(200).contains(&Rung::ResetCommand));
    }

    #[test]
    fn pauses_grow_and_a_restart_is_awaited() {
        let mut patient = Patient::new(false);
        let mut pauses = Vec::new();
        for _ in 0..4 {
            pauses.push(patient.fails(Trouble::Sick).pause.as_millis());
        }
        assert_eq!(pauses, [500, 1000, 3000, 4000]);
        let other: Vec<_> = (0..5).map(|_| patient.fails(Trouble::Other).pause.as_secs()).collect();
        assert_eq!(other, [8, 16, 32, 60, 60]);
        assert_eq!(patient.fails(Trouble::Restarting).pause, RESTART_TAKES);
        assert_eq!(Patient::new(false).fails(Trouble::Twin).pause, MINUTE);
    }

    #[test]
    fn never_more_than_three_restarts_and_two_reset_commands_in_any_hour() {
        // With and without a plug that is loose.
        for loose in [usize::MAX, 20] {
            let mut patient = Patient::new(true);
            let mut done = Vec::new();
            for time in 1..=2000 {
                let step = patient.fails(Trouble::Sick);
                done.push((patient.now, step.rung));
                if time % loose == 0 {
                    patient.recovery.another_port();
                }
            }
            for (rung, most) in [(Rung::Restart, 3), (Rung::ResetCommand, 2)] {
                let at: Vec<Instant> =
                    done.iter().filter(|(_, done)| *done == rung).map(|(at, _)| *at).collect();
                assert!(at.len() > 10, "tried again and again: {}", at.len());
                assert!(at.windows(most + 1).all(|times| times[most] - times[0] >= SPAN));
            }
        }
    }

    #[test]
    fn another_port_is_another_start_but_not_the_one_that_a_restart_brings() {
        let mut patient = Patient::new(true);
        assert_eq!(patient.rungs(3), LADDER[..3]);
        assert!(!patient.recovery.another_port(), "a stick leaves the bus when it restarts");
        assert_eq!(
            patient.rungs(LADDER.len()),
            LADDER[3..].iter().chain(&[Rung::Reopen; 3]).copied().collect::<Vec<_>>()
        );
        assert!(patient.recovery.another_port());
        assert!(!patient.recovery.serves(patient.now), "and ends the alarm");
        assert_eq!(patient.rungs(3), LADDER[..3]);
    }

    #[test]
    fn what_a_restart_cannot_mend_climbs_nothing() {
        let mut patient = Patient::new(true);
        for _ in 0..50 {
            assert_eq!(patient.fails(Trouble::Other).rung, Rung::Reopen);
        }
        assert_eq!(patient.rungs(3), LADDER[..3]);
    }

    #[test]
    fn a_card_that_does_not_answer_has_its_modem_restarted_once() {
        let mut patient = Patient::new(true);
        let restarts = |patient: &mut Patient| {
            let rungs: Vec<_> = (0..20).map(|_| patient.fails(Trouble::Cardless).rung).collect();
            assert_eq!(rungs.iter().skip(1).find(|rung| **rung != Rung::Reopen), None);
            rungs[0] == Rung::Restart
        };
        assert!(restarts(&mut patient));
        assert!(!restarts(&mut patient), "it is an empty slot");
        assert!(patient.recovery.another_port());
        assert!(restarts(&mut patient), "it was plugged in anew");
        patient.recovery.serves(patient.now);
        assert!(restarts(&mut patient), "it has served since");
        patient.recovery.serves(patient.now);
        let step = patient.recovery.failed(
            Trouble::Cardless,
            true,
            &mut Quota::new(0),
            &Patience::default(),
            patient.now,
        );
        assert_eq!(step.rung, Rung::Reopen, "three an hour are enough");
    }

    #[test]
    fn a_service_that_lasts_begins_anew_and_a_short_one_goes_on_climbing() {
        let mut patient = Patient::new(true);
        patient.rungs(2);
        patient.recovery.serves(patient.now);
        let step = patient.fails(Trouble::Sick);
        assert_eq!(step.rung, Rung::Restart, "it served for a minute only");
        patient.recovery.serves(patient.now);
        patient.now += 5 * MINUTE;
        let step = patient.fails(Trouble::Sick);
        assert_eq!((step.rung, step.pause), (Rung::Reopen, Duration::from_millis(500)));
    }

    #[test]
    fn restarts_for_refusals_count_too() {
        let mut patient = Patient::new(false);
        for _ in 0..RESTARTS_MAX {
            assert!(patient.restarts.take(patient.now));
        }
        assert_eq!(patient.rungs(4), [Rung::Reopen, Rung::Reopen, Rung::Reopen, Rung::LowerDtr]);
    }
}
