//! A modem that has been without a network for long, as a pure function of what was tried before.
//!
//! ```text
//! no network ──15 minutes──> alarm, radio off and on ──15 minutes──> restart, where the hour's are not used up
//!      ^                          ^                                             │
//!      └── registered             └──────────────────── an hour ────────────────┘
//! ```
//!
//! Where a network refuses the card, the radio alone, once an hour.

use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite};
use tokio::time::Instant;

use super::bring_up::optional;
use super::health::Registration;
use super::recovery::{Quota, SPAN};
use super::session::Session;
use super::{SessionError, Why};
use crate::at::command::CfunSet;

/// How long it may not be asked, for what it does or because it is brought up anew. After longer it was unplugged or mute, and
/// of a network of that time nothing is known.
const GAP: Duration = Duration::from_mins(5);

/// What is tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cure {
    /// The radio off and on.
    Radio,
    /// What restarts the family.
    Restart,
}

/// What is to be said and done now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Finding {
    /// It is to be warned of.
    pub lasts: bool,
    /// That has just begun, or just ended.
    pub is_news: bool,
    /// What is to be tried.
    pub cure: Option<Cure>,
}

/// How long one modem has been without a network, over all its sessions.
#[derive(Debug, Default)]
pub struct Outage {
    since: Option<Instant>,
    /// When it was last asked.
    asked: Option<Instant>,
    /// Somebody was told.
    alarmed: bool,
    /// What is tried next, and when.
    next: Option<(Cure, Instant)>,
}

impl Outage {
    /// It was asked where it is registered; `long` is how long it may be nowhere.
    pub fn judge(
        &mut self,
        registration: Registration,
        long: Duration,
        restarts: &mut Quota,
        now: Instant,
    ) -> Finding {
        if registration.is_registered() {
            let ended = std::mem::take(self);
            return Finding { is_news: ended.alarmed, ..Finding::default() };
        }
        let is_old = |asked: Instant| now.duration_since(asked) >= GAP;
        if self.asked.replace(now).is_some_and(is_old) && !self.alarmed {
            self.since = None;
        }
        let since = *self.since.get_or_insert(now);
        if now.duration_since(since) < long {
            return Finding::default();
        }
        if registration.is_denied() {
            // A network that refuses the card is there, and has a warning of its own. Some firmware remembers the refusal and asks
            // no more, though the card is paid for again: its radio is switched off and on once an hour.
            let due = self.next.is_none_or(|(_, at)| now >= at);
            if due {
                self.next = Some((Cure::Radio, now + SPAN));
            }
            return Finding { cure: due.then_some(Cure::Radio), ..Finding::default() };
        }
        let is_news = !std::mem::replace(&mut self.alarmed, true);
        let (cure, at) = self.next.unwrap_or((Cure::Radio, now));
        let due = now >= at;
        if due {
            self.next = Some(match cure {
                Cure::Radio => (Cure::Restart, now + long),
                Cure::Restart => (Cure::Radio, now + SPAN),
            });
        }
        let may = due && (cure == Cure::Radio || restarts.take(now));
        Finding { lasts: true, is_news, cure: may.then_some(cure) }
    }
}

impl<L: AsyncRead + AsyncWrite + Unpin> Session<'_, L> {
    /// Warns of a network that has been gone for long, and does what is to be tried; both outlive the session.
    pub(super) async fn judge_network(
        &mut self,
        registration: Registration,
    ) -> Result<(), SessionError> {
        let Finding { lasts, is_news, cure } =
            self.past.without_network(registration, self.patience.outage);
        self.gauge.note(|health| health.lacks_network = lasts);
        match (is_news, lasts) {
            (true, true) => tracing::error!(
                minutes = self.patience.outage.as_secs() / 60,
                "no network for so long: look at its antenna, its place and its card"
            ),
            (true, false) => tracing::info!("it has a network again"),
            (false, _) => {}
        }
        match cure {
            None => Ok(()),
            Some(Cure::Radio) => self.switch_radio().await,
            Some(Cure::Restart) => {
                tracing::warn!("it is told to restart, for want of a network");
                self.restart_modem().await?;
                Err(SessionError::Mended(Why::NoNetwork))
            }
        }
    }

    /// Switches the radio off and on. Some firmware closes its card with it: the modem is brought up anew.
    async fn switch_radio(&mut self) -> Result<(), SessionError> {
        if self.ready.treatment.radio == Some(false) {
            return Ok(());
        }
        // The card stays on, where the modem can do that.
        let off = match optional(&mut self.chat, &CfunSet::RadioOff).await? {
            None => optional(&mut self.chat, &CfunSet::Minimum).await?,
            off => off,
        };
        if off.is_none() {
            tracing::info!("its radio cannot be switched off and on");
            return Ok(());
        }
        tracing::warn!("its radio is switched off and on, for want of a network");
        optional(&mut self.chat, &CfunSet::Full).await?;
        Err(SessionError::Changed(Why::NoNetwork))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::at::RegistrationState as State;
    use crate::modem::recovery::RESTARTS_MAX;

    const MINUTE: Duration = Duration::from_mins(1);
    const LONG: Duration = Duration::from_mins(15);

    /// A modem that is asked once a minute.
    struct Patient {
        outage: Outage,
        restarts: Quota,
        now: Instant,
    }

    impl Patient {
        fn new() -> Self {
            let restarts = Quota::new(RESTARTS_MAX);
            Self { outage: Outage::default(), restarts, now: Instant::now() }
        }

        fn is(&mut self, circuit: State) -> Finding {
            self.now += MINUTE;
            let registration = Registration { circuit: Some(circuit), lte: None };
            self.outage.judge(registration, LONG, &mut self.restarts, self.now)
        }

        /// The minutes in which something was tried.
        fn tried(&mut self, minutes: usize) -> Vec<(usize, Cure)> {
            (0..minutes)
                .filter_map(|minute| Some((minute, self.is(State::Searching).cure?)))
                .collect()
        }
    }

    #[test]
    fn a_short_outage_is_nothing() {
        let mut patient = Patient::new();
        for _ in 0..20 {
            for _ in 0..15 {
                assert_eq!(patient.is(State::Searching), Finding::default());
            }
            assert_eq!(patient.is(State::Roaming), Finding::default());
        }
    }

    #[test]
    fn a_long_one_is_told_once_and_ends_once() {
        for state in [State::Searching, State::Off, State::Unknown] {
            let mut patient = Patient::new();
            let told: Vec<_> = (0..200).map(|_| patient.is(state)).collect();
            assert!(told.iter().skip(15).all(|finding| finding.lasts), "{state:?}");
            let news = told.iter().filter(|finding| finding.is_news);
            assert_eq!((news.count(), told[15].is_news), (1, true), "{state:?}");
            assert_eq!(patient.is(State::Home), Finding { is_news: true, ..Finding::default() });
            assert_eq!(patient.is(State::Home), Finding::default());
        }
    }

    #[test]
    fn the_radio_first_then_a_restart_and_all_again_each_hour() {
        let tried = Patient::new().tried(200);
        assert_eq!(
            tried,
            [
                (15, Cure::Radio),
                (30, Cure::Restart),
                (90, Cure::Radio),
                (105, Cure::Restart),
                (165, Cure::Radio),
                (180, Cure::Restart),
            ]
        );
    }

    #[test]
    fn restarts_for_other_reasons_count_too() {
        let mut patient = Patient::new();
        assert_eq!(patient.tried(16), [(15, Cure::Radio)]);
        while patient.restarts.take(patient.now) {}
        assert_eq!(patient.tried(100), [(74, Cure::Radio), (89, Cure::Restart)]);
    }

    #[test]
    fn the_time_in_which_a_modem_was_unplugged_does_not_count() {
        let mut patient = Patient::new();
        for _ in 0..10 {
            assert_eq!(patient.is(State::Searching), Finding::default());
        }
        patient.now += 20 * MINUTE;
        assert_eq!(patient.tried(16), [(15, Cure::Radio)]);
        // Whoever was told stays told.
        patient.now += 20 * MINUTE;
        assert!(patient.is(State::Searching).lasts);
    }

    #[test]
    fn a_network_that_refuses_the_card_is_warned_of_as_such_and_asked_anew_each_hour() {
        let mut patient = Patient::new();
        let found: Vec<_> = (0..200).map(|_| patient.is(State::Denied)).collect();
        assert!(found.iter().all(|finding| !finding.lasts && !finding.is_news));
        let tried =
            |cure| found.iter().enumerate().filter(move |(_, finding)| finding.cure == cure);
        let minutes: Vec<_> = tried(Some(Cure::Radio)).map(|(minute, _)| minute).collect();
        assert_eq!(minutes, [15, 75, 135, 195]);
        assert_eq!(tried(Some(Cure::Restart)).count(), 0);
        // None of them was a network for this card.
        assert_eq!(
            patient.is(State::Searching),
            Finding { lasts: true, is_news: true, cure: None }
        );
    }
}
