//! One modem: command lines and prompts in, answers and notices out, the network at its back.
//!
//! ```text
//!            CR                     prompt                 Ctrl-Z, ESC
//!  typing ────────> running ────────────────> prompting ────────────────> running
//!    ^                 │ final result code                                   │
//!    └─────────────────┴─────────────────────────────────────────────────────┘
//! ```
//!
//! Pure: time comes in as the duration since the simulation began. After each call that takes `now`, drain
//! [`Modem::poll_transmit`] and [`Modem::poll_event`]; call [`Modem::handle_timeout`] when [`Modem::poll_timeout`] says so.
//! Too early is harmless, too late makes the modem catch up.

use std::collections::{BTreeMap, VecDeque};
use std::fmt;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::command_line::Command;
use super::failure::Failure;
use super::faults::{Faults, Mishap, Prng};
use super::power::Power;
use super::profile::Profile;
use super::routing::Awaited;
use super::sim::{SimCard, SimState};
use super::storage::{Status, Stored, Stores};
use super::terminal::{Input, Outcome, Settings};
use super::wire::{Condition, Wire};

/// Time between two `RING`.
const RING_EVERY: Duration = Duration::from_secs(5);
/// Shortest time between two notices of a storm.
const STORM_EVERY_MIN: Duration = Duration::from_millis(1);

/// `<stat>` of `+CREG` and its kin (3GPP TS 27.007 §7.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Registration {
    /// Not registered and not looking.
    Idle = 0,
    /// Home network.
    Home = 1,
    /// Looking for a network.
    Searching = 2,
    /// The network does not want this card.
    Denied = 3,
    /// No coverage or nothing known.
    Unknown = 4,
    /// Another network than its own.
    Roaming = 5,
    /// Home network, short messages only (LTE).
    MessagesOnly = 6,
}

impl Registration {
    /// Whether messages can go and come.
    pub fn serves(self) -> bool {
        match self {
            Self::Home | Self::Roaming | Self::MessagesOnly => true,
            Self::Idle | Self::Searching | Self::Denied | Self::Unknown => false,
        }
    }
}

/// What a modem hands to its network.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// A TPDU from `AT+CMGS`; it waits for [`Modem::network_verdict`].
    Submit(Submission),
    /// The answer to a routed message: acknowledged, or not.
    Acknowledged(bool),
    /// A full store has room again, or the modem is back: the network may try again now.
    Available,
    /// A USSD code to answer with [`Modem::ussd_answer`].
    Ussd(String),
    /// The call was ended from this side.
    HungUp,
}

/// One TPDU on its way to the message centre.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Submission {
    /// Names this submission in the verdict.
    pub ticket: u64,
    /// TP-MR, as the modem counts it and `+CMGS` tells it.
    pub reference: u8,
    /// Message centre address, then TPDU with that TP-MR.
    pub pdu: Vec<u8>,
}

/// The network's word on a submission.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// RP-ACK.
    Accepted,
    /// RP-ERROR with this cause, shown as `+CMS ERROR`.
    Refused(u16),
}

/// What happens later by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Timer {
    Awake,
    CardOpen,
    Notice(&'static str),
    ServiceReady,
    Registered,
    RadioOn,
    NetworkSilent,
    Unacknowledged,
    Ring { from: String, left: u8 },
    Storm,
    Babble,
    Recovered,
    ReleaseNotices,
}

/// A simulated modem with its card.
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own about the device")]
pub struct Modem {
    pub(super) profile: Profile,
    pub(super) card: SimCard,
    pub(super) imei: String,
    pub(super) settings: Settings,
    pub(super) stores: Stores,
    pub(super) now: Duration,
    pub(super) events: VecDeque<Event>,
    pub(super) awaited: Option<Awaited>,
    /// Notices kept back by `AT+CNMI=0`.
    pub(super) buffered: VecDeque<String>,
    /// A message found no place, and the network waits to hear that there is one.
    pub(super) was_full: bool,
    /// `AT+CFUN`.
    pub(super) functionality: u32,
    /// How often a command has switched the radio off.
    pub(super) radio_offs: u32,
    pub(super) signal: u32,
    pub(super) operator: String,
    pub(super) busy_answers_left: u32,
    pub(super) input: Input,
    pub(super) reports_lost: usize,
    pub(super) calling: bool,
    pub(super) power: Power,
    pub(super) restarts: u32,
    coverage: Registration,
    pub(super) registration: Registration,
    pub(super) service_ready: bool,
    pub(super) card_ready: bool,
    pub(super) queue: VecDeque<Command>,
    pub(super) backlog: VecDeque<u8>,
    pub(super) held: VecDeque<String>,
    pub(super) silenced: bool,
    pub(super) reset_at_finish: bool,
    pub(super) submission: Option<(u64, u8)>,
    next_ticket: u64,
    pub(super) next_reference: u8,
    pub(super) timers: BTreeMap<(Duration, u64), Timer>,
    timers_set: u64,
    pub(super) faults: Faults,
    pub(super) prng: Prng,
    pub(super) baud: Option<u32>,
    /// When a sickness ends by itself.
    pub(super) sick_until: Option<Duration>,
    /// Command lines of late.
    pub(super) heard: VecDeque<String>,
    /// What a sick modem has heard of a line.
    pub(super) typed_in_vain: Vec<u8>,
    pub(super) inbound: Wire,
    pub(super) outbound: Wire,
}

impl fmt::Debug for Modem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Modem")
            .field("model", &self.profile.model)
            .field("power", &self.power)
            .finish_non_exhaustive()
    }
}

impl Modem {
    /// A modem that was switched on long ago: silent, registered unless its card is locked, with default settings.
    ///
    /// `baud` paces the line in both directions; `None` is a line that takes no time.
    pub fn new(profile: Profile, card: SimCard, imei: &str, baud: Option<u32>) -> Self {
        let faults = Faults::default();
        let settings = Settings::fresh(&profile);
        let stores = Stores::new(profile.stores, profile.first_index);
        let ready = card.state() == SimState::Ready;
        Self {
            settings,
            stores,
            imei: imei.to_owned(),
            now: Duration::ZERO,
            events: VecDeque::new(),
            awaited: None,
            buffered: VecDeque::new(),
            was_full: false,
            functionality: 1,
            radio_offs: 0,
            signal: 21,
            operator: "TELKOMSEL".to_owned(),
            busy_answers_left: 0,
            input: Input::Typing(Vec::new()),
            reports_lost: 0,
            calling: false,
            power: Power::On,
            restarts: 0,
            coverage: Registration::Home,
            registration: if ready { Registration::Home } else { Registration::Idle },
            service_ready: ready,
            card_ready: ready,
            queue: VecDeque::new(),
            backlog: VecDeque::new(),
            held: VecDeque::new(),
            silenced: false,
            reset_at_finish: false,
            submission: None,
            next_ticket: 0,
            next_reference: 0,
            timers: BTreeMap::new(),
            timers_set: 0,
            prng: Prng::new(faults.seed),
            baud,
            sick_until: None,
            heard: VecDeque::new(),
            typed_in_vain: Vec::new(),
            inbound: Wire::new(Condition::inbound(baud, &faults), faults.seed),
            outbound: Wire::new(Condition::outbound(baud, &faults), faults.seed),
            faults,
            profile,
            card,
        }
    }

    // ── towards the computer ──

    /// Octets from the computer.
    pub fn handle_bytes(&mut self, bytes: &[u8], now: Duration) {
        self.run(now);
        if self.power != Power::Unplugged && !self.faults.mute {
            self.inbound.put(bytes, now);
        }
        self.run(now);
    }

    /// Time has passed.
    pub fn handle_timeout(&mut self, now: Duration) {
        self.run(now);
    }

    /// The next octets for the computer that have crossed the line by the time last given.
    pub fn poll_transmit(&mut self) -> Option<Vec<u8>> {
        self.outbound.take(self.now)
    }

    /// When something happens next by itself.
    pub fn poll_timeout(&self) -> Option<Duration> {
        let timer = self.timers.keys().next().map(|(at, _)| *at);
        [timer, self.inbound.due(), self.outbound.due()].into_iter().flatten().min()
    }

    /// Whether the device is on the bus: false while unplugged, and during a restart that leaves the bus.
    pub fn is_present(&self) -> bool {
        match self.power {
            Power::Unplugged => false,
            Power::Starting => !self.profile.restart_leaves_bus,
            Power::On => true,
        }
    }

    /// Messages in the store `name` (`SM`, `ME`, `MT`, `SR`).
    pub fn stored(&self, name: &str) -> usize {
        self.stores.level(name).0
    }

    /// Places in the store `name`.
    pub fn places(&self, name: &str) -> usize {
        self.stores.level(name).1
    }

    /// The store `name` has so many places from now on.
    pub fn set_places(&mut self, name: &str, places: usize) {
        self.stores.resize(name, places);
    }

    /// Puts a message (centre address, then TPDU) into a store as if it had always lain there: nobody is told. Whether there
    /// was a place for it.
    pub fn keep(&mut self, store: &str, status: Status, pdu: &[u8]) -> bool {
        self.stores.put(store, Stored { status, pdu: pdu.to_vec() }).is_some()
    }

    /// Frees every place of a store whose message has this status, as another program may: nobody is told.
    pub fn remove(&mut self, store: &str, status: Status) {
        self.stores.delete_where(store, |stored| stored == status);
    }

    /// The card in the modem.
    pub fn card(&self) -> &SimCard {
        &self.card
    }

    // ── towards the network ──

    /// What the modem wants of its network.
    pub fn poll_event(&mut self) -> Option<Event> {
        self.events.pop_front()
    }

    /// The network has decided on a submission; one that nobody waits for any more is ignored.
    pub fn network_verdict(&mut self, ticket: u64, verdict: Verdict, now: Duration) {
        self.run(now);
        let Some((_, reference)) = self.submission.take_if(|(waiting, _)| *waiting == ticket)
        else {
            return;
        };
        self.cancel(&Timer::NetworkSilent);
        match verdict {
            Verdict::Accepted => {
                self.info(&[format!("+CMGS: {reference}")]);
                self.finish(Ok(()));
            }
            Verdict::Refused(cause) => self.finish(Err(Failure::Cms(cause))),
        }
        self.run(now);
    }

    /// Whether a message from the network would find the modem: on, registered, card and message service ready.
    pub fn is_reachable(&self) -> bool {
        self.power == Power::On && self.service_ready && self.registration.serves()
    }

    /// What the network offers here from now on.
    pub fn set_coverage(&mut self, coverage: Registration, now: Duration) {
        self.run(now);
        self.coverage = coverage;
        if self.card_ready && self.functionality == 1 {
            self.cancel(&Timer::Registered);
            self.register(coverage);
        }
    }

    /// How often a command has switched the radio off.
    pub const fn radio_offs(&self) -> u32 {
        self.radio_offs
    }

    /// Signal as `AT+CSQ` tells it: 0 to 31, 99 for unknown.
    pub fn set_signal(&mut self, signal: u32) {
        self.signal = signal;
    }

    /// The modem tells something of itself, such as `UNDER-VOLTAGE WARNNING`; nothing where it is off.
    pub fn say(&mut self, line: &str, now: Duration) {
        self.run(now);
        if self.power == Power::On {
            self.notice(line.to_owned());
        }
    }

    /// Someone calls; it rings `rings` times unless it is ended from this side.
    pub fn ring(&mut self, from: &str, rings: u8, now: Duration) {
        self.run(now);
        if self.is_reachable() && !self.calling {
            self.calling = true;
            self.after(Duration::ZERO, Timer::Ring { from: from.to_owned(), left: rings });
            self.run(now);
        }
    }

    // ── mishaps ──

    /// From now on these faults and no others.
    pub fn set_faults(&mut self, faults: Faults, now: Duration) {
        self.run(now);
        self.inbound.set(Condition::inbound(self.baud, &faults), faults.seed ^ 1);
        self.outbound.set(Condition::outbound(self.baud, &faults), faults.seed ^ 2);
        self.prng = Prng::new(faults.seed);
        self.cancel(&Timer::Storm);
        if let Some(storm) = &faults.storm {
            self.after(storm.every.max(STORM_EVERY_MIN), Timer::Storm);
        }
        self.recover();
        self.faults = faults;
        if let Some(sick) = self.faults.sick {
            self.begin_sickness(sick);
        }
    }

    // ── for the rooms next door ──

    pub(super) fn after(&mut self, delay: Duration, timer: Timer) {
        self.timers_set += 1;
        self.timers.insert((self.now + delay, self.timers_set), timer);
    }

    /// Forgets timers of the kind of `like`.
    pub(super) fn cancel(&mut self, like: &Timer) {
        let kind = std::mem::discriminant(like);
        self.timers.retain(|_, timer| std::mem::discriminant(timer) != kind);
    }

    /// Hands a PDU to the network under the next TP-MR.
    pub(super) fn submit(&mut self, mut pdu: Vec<u8>) -> Outcome {
        let mishap = self.faults.strike("+CMGS", &mut self.prng);
        match mishap {
            Some(Mishap::Error(failure)) => return Outcome::Failed(failure),
            Some(Mishap::FallSick(sick)) => {
                self.begin_sickness(sick);
                return Outcome::Later;
            }
            Some(Mishap::Swallow | Mishap::Reset) | None => {}
        }
        self.silenced |= mishap.is_some();
        self.reset_at_finish |= mishap == Some(Mishap::Reset);
        let reference = self.next_reference;
        self.next_reference = self.next_reference.wrapping_add(1);
        let tp_mr = pdu.first().map_or(0, |centre_octets| usize::from(*centre_octets)) + 2;
        if let Some(octet) = pdu.get_mut(tp_mr) {
            *octet = reference;
        }
        let ticket = self.next_ticket;
        self.next_ticket += 1;
        self.submission = Some((ticket, reference));
        self.events.push_back(Event::Submit(Submission { ticket, reference, pdu }));
        self.after(self.profile.gives_up_after, Timer::NetworkSilent);
        Outcome::Later
    }

    // ── inside ──

    pub(super) fn run(&mut self, now: Duration) {
        loop {
            let inbound = self.inbound.due().filter(|at| *at <= now);
            let timer =
                self.timers.first_key_value().map(|(key, _)| *key).filter(|(at, _)| *at <= now);
            match (inbound, timer) {
                (Some(heard), timer) if timer.is_none_or(|(at, _)| heard <= at) => {
                    self.now = self.now.max(heard);
                    let octets = self.inbound.take(heard).unwrap_or_default();
                    self.hear(&octets);
                }
                (_, Some(key)) => {
                    self.now = self.now.max(key.0);
                    if let Some(timer) = self.timers.remove(&key) {
                        self.fire(timer);
                        self.read_on();
                    }
                }
                (_, None) => break,
            }
        }
        self.now = self.now.max(now);
        self.read_on();
    }

    fn fire(&mut self, timer: Timer) {
        match timer {
            Timer::Awake => self.wake(),
            Timer::CardOpen => self.open_card(),
            Timer::Notice(line) => self.notice(line.to_owned()),
            Timer::ServiceReady => {
                self.service_ready = true;
                if self.registration.serves() {
                    self.events.push_back(Event::Available);
                }
            }
            Timer::Registered => self.register(self.coverage),
            Timer::RadioOn => self.radio_on(),
            Timer::NetworkSilent => {
                self.submission = None;
                self.finish(Err(Failure::Cms(332)));
            }
            Timer::Unacknowledged => self.acknowledgement_missed(),
            Timer::Ring { from, left } => self.ring_once(from, left),
            Timer::Storm => {
                self.storm();
                self.resume_storm();
            }
            Timer::Babble => self.babble(),
            Timer::Recovered => self.recover(),
            Timer::ReleaseNotices => {
                if matches!(self.input, Input::Typing(_)) {
                    self.release_notices();
                }
            }
        }
    }

    fn ring_once(&mut self, from: String, left: u8) {
        let Some(left) = left.checked_sub(1) else {
            self.calling = false;
            self.notice("NO CARRIER".to_owned());
            return;
        };
        self.notice("RING".to_owned());
        if self.settings.caller_shown {
            self.notice(format!("+CLIP: \"{from}\",145,\"\",0,\"\",0"));
        }
        self.after(RING_EVERY, Timer::Ring { from, left });
    }

    fn storm(&mut self) {
        let Some(storm) = &self.faults.storm else { return };
        let lines: Vec<&str> = if storm.lines.is_empty() {
            self.profile.chatter.to_vec()
        } else {
            storm.lines.iter().map(String::as_str).collect()
        };
        let drawn = usize::try_from(self.prng.below(lines.len() as u64)).unwrap_or(0);
        if let Some(line) = lines.get(drawn).map(|line| (*line).to_owned()) {
            self.notice(line);
        }
    }

    pub(super) fn resume_storm(&mut self) {
        let every = self.faults.storm.as_ref().map(|storm| storm.every.max(STORM_EVERY_MIN));
        if let Some(every) = every {
            self.after(every, Timer::Storm);
        }
    }
}
