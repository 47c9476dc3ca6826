//! On and off: what a start brings up, what a restart forgets.

use std::time::Duration;

use super::modem::{Event, Modem, Registration, Timer};
use super::sim::{SimCard, SimState};
use super::storage::Store;
use super::terminal::{Input, Settings};

/// The store that a card brings along.
const ON_THE_CARD: &str = "SM";

/// A card that is in no modem.
#[derive(Debug)]
pub(super) struct Loose {
    pub(super) card: SimCard,
    /// What lies on it; `None` as long as it was in no modem: as many places as that modem's own card has, and nothing there.
    pub(super) store: Option<Store>,
}

/// Whether the device works.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Power {
    /// Pulled out.
    Unplugged,
    /// Powered, but it neither hears nor answers yet.
    Starting,
    /// It works.
    On,
}

impl Modem {
    /// Power is cut for a moment: what ran is lost, settings are lost, stores stay.
    pub fn reset(&mut self, now: Duration) {
        self.run(now);
        if self.power != Power::Unplugged {
            self.power_cures();
            self.restart();
        }
    }

    /// The device is pulled out.
    pub fn unplug(&mut self, now: Duration) {
        self.run(now);
        self.power_cures();
        self.forget();
        self.inbound.clear();
        self.outbound.clear();
        self.power = Power::Unplugged;
    }

    /// The device is put in again and starts.
    pub fn plug_in(&mut self, now: Duration) {
        self.run(now);
        if self.power == Power::Unplugged {
            self.restart();
        }
    }

    /// The card is taken out of a modem that works: there is no network any more, and families that announce their card say so.
    pub fn take_card_out(&mut self, now: Duration) {
        self.run(now);
        if !self.card.take_out() || self.power != Power::On {
            return;
        }
        for timer in [Timer::CardOpen, Timer::ServiceReady, Timer::Registered] {
            self.cancel(&timer);
        }
        (self.card_ready, self.service_ready) = (false, false);
        self.register(Registration::Idle);
        if !self.profile.hides_removal {
            self.boot_says("+CPIN: NOT INSERTED");
        }
    }

    /// The card is put in again, and wants its PIN again where it has one.
    pub fn put_card_in(&mut self, now: Duration) {
        self.run(now);
        self.card.put_in();
        if self.power == Power::On {
            self.look_at_card();
        }
    }

    /// Another card lies in this one's place, with what lies on it; neither is put in by that.
    pub(super) fn swap_card(&mut self, other: &mut Loose) {
        std::mem::swap(&mut self.card, &mut other.card);
        other.store = self.stores.exchange(ON_THE_CARD, other.store.take());
        self.was_full = false;
    }

    /// The cards of two modems change places, likewise.
    pub(super) fn swap_card_with(&mut self, other: &mut Self) {
        let mut hand =
            Loose { card: self.card.clone(), store: self.stores.exchange(ON_THE_CARD, None) };
        other.swap_card(&mut hand);
        self.swap_card(&mut hand);
    }

    /// The modem restarts as soon as the running command is answered.
    pub(super) fn restart_after_answer(&mut self) {
        self.reset_at_finish = true;
    }

    /// How often it has started since it was made, however that came about.
    pub const fn restarts(&self) -> u32 {
        self.restarts
    }

    /// `AT+CFUN=1,1` and power cuts.
    pub(super) fn restart(&mut self) {
        self.restarts = self.restarts.saturating_add(1);
        self.forget();
        self.inbound.clear();
        self.power = Power::Starting;
        self.after(self.profile.boot_takes, Timer::Awake);
        self.resume_storm();
        self.resume_sickness();
    }

    /// The card is open, now or after its PIN: the lines and the services that follow.
    pub(super) fn open_card(&mut self) {
        self.card_ready = true;
        for (delay, line) in self.profile.card_lines {
            self.after(Duration::from_millis(*delay), Timer::Notice(line));
        }
        self.after(self.profile.service_after, Timer::ServiceReady);
        if self.functionality == 1 {
            self.begin_search();
        }
    }

    /// The radio goes on with an open card.
    pub(super) fn begin_search(&mut self) {
        self.register(Registration::Searching);
        self.after(self.profile.register_after, Timer::Registered);
    }

    /// Takes a new registration and tells who asked for notices.
    pub(super) fn register(&mut self, registration: Registration) {
        if self.registration == registration {
            return;
        }
        self.registration = registration;
        for (name, wanted) in
            ["+CREG", "+CGREG", "+CEREG"].into_iter().zip(self.settings.registration_notices)
        {
            if wanted > 0 {
                let line = format!("{name}: {}", self.registration_values(wanted));
                self.notice(line);
            }
        }
        if registration.serves() && self.service_ready {
            self.events.push_back(Event::Available);
        }
    }

    /// `<stat>` and, in mode 2, where.
    pub(super) fn registration_values(&self, mode: u32) -> String {
        let stat = self.registration as u8;
        if mode == 2 && self.registration.serves() {
            format!("{stat},\"1F40\",\"01A2B3C4\",7")
        } else {
            stat.to_string()
        }
    }

    /// Everything that does not outlive power.
    fn forget(&mut self) {
        self.timers.clear();
        self.queue.clear();
        self.backlog.clear();
        self.held.clear();
        self.buffered.clear();
        self.silenced = false;
        self.reset_at_finish = false;
        self.submission = None;
        if self.profile.forgets_reference {
            self.next_reference = 0;
        }
        self.calling = false;
        self.input = Input::Typing(Vec::new());
        self.settings = Settings::fresh(&self.profile);
        self.service_ready = false;
        self.card_ready = false;
        self.functionality = 1;
        self.registration = Registration::Idle;
        self.card.power_cycle();
        // The network hears nothing of a message that was being handed over: it will try again.
        if self.awaited.take().is_some() {
            self.events.push_back(Event::Acknowledged(false));
        }
    }

    pub(super) fn wake(&mut self) {
        self.power = Power::On;
        for (delay, line) in self.profile.boot_lines {
            self.after(Duration::from_millis(*delay), Timer::Notice(line));
        }
        self.look_at_card();
    }

    /// What the card wants is announced; one that wants nothing is opened.
    fn look_at_card(&mut self) {
        match self.card.state() {
            SimState::Ready => self.after(Duration::ZERO, Timer::CardOpen),
            SimState::Absent => self.boot_says("+CPIN: NOT INSERTED"),
            SimState::Pin => self.boot_says("+CPIN: SIM PIN"),
            SimState::Puk => self.boot_says("+CPIN: SIM PUK"),
            SimState::Dead => {}
        }
    }

    /// Families that announce an open card announce a closed one too.
    fn boot_says(&mut self, line: &'static str) {
        if self.profile.card_lines.iter().any(|(_, announced)| announced.starts_with("+CPIN")) {
            self.after(Duration::ZERO, Timer::Notice(line));
        }
    }
}
