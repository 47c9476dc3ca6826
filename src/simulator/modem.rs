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

use super::command_line::{self, Command};
use super::failure::Failure;
use super::faults::{Faults, Mishap, Prng};
use super::messages::Purpose;
use super::profile::{Profile, WhileBusy};
use super::routing::Awaited;
use super::sim::{SimCard, SimState};
use super::storage::Stores;
use super::wire::{Condition, Wire};

/// Octets of one command line; longer ones are answered with `ERROR`.
const LINE_OCTETS_MAX: usize = 2048;
/// Octets that wait while a command runs; the rest is lost.
const BACKLOG_OCTETS_MAX: usize = 1024;
/// Notices that wait while a line is typed or a prompt is open; the oldest is lost first.
const HELD_NOTICES_MAX: usize = 64;
/// How long a half-typed line holds notices back.
const HELD_AT_MOST: Duration = Duration::from_secs(1);
/// How long the modem waits for the network's word on a submission before it says 332 (network time-out).
const NETWORK_PATIENCE: Duration = Duration::from_mins(2);
/// Time between two `RING`.
const RING_EVERY: Duration = Duration::from_secs(5);
/// Shortest time between two notices of a storm.
const STORM_EVERY_MIN: Duration = Duration::from_millis(1);

const ESC: u8 = 0x1B;
const CTRL_Z: u8 = 0x1A;
const BACKSPACE: u8 = 0x08;

/// `<stat>` of `+CREG` and its kin (3GPP TS 27.007 §7.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Power {
    Unplugged,
    Starting,
    On,
}

#[derive(Debug)]
pub(super) enum Input {
    /// A command line is typed, or nothing is.
    Typing(Vec<u8>),
    /// A command runs.
    Running,
    /// The prompt was given; hexadecimal digits gather.
    Prompting { purpose: Purpose, digits: Vec<u8> },
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
    ReleaseNotices,
}

/// How a command ended, or that it has not.
pub(super) enum Outcome {
    /// Its information lines are written; `OK` may follow.
    Done,
    /// It failed.
    Failed(Failure),
    /// It goes on; someone calls [`Modem::finish`].
    Later,
    /// It is over without a final result code.
    Silent,
    /// Refused in the firmware's own words.
    Unknown(&'static str),
}

impl From<Result<(), Failure>> for Outcome {
    fn from(result: Result<(), Failure>) -> Self {
        match result {
            Ok(()) => Self::Done,
            Err(failure) => Self::Failed(failure),
        }
    }
}

/// Settings of the terminal adapter; a restart forgets them all.
#[derive(Debug, Clone)]
#[expect(clippy::struct_excessive_bools, reason = "each is one command of the standard")]
pub(super) struct Settings {
    pub(super) echo: bool,
    pub(super) verbose: bool,
    pub(super) quiet: bool,
    pub(super) cmee: u32,
    /// `AT+CREG`, `AT+CGREG`, `AT+CEREG`.
    pub(super) registration_notices: [u32; 3],
    pub(super) operator_format: u32,
    pub(super) phase_2: bool,
    pub(super) cnmi: [u32; 5],
    pub(super) memories: [&'static str; 3],
    pub(super) link: u32,
    pub(super) character_set: String,
    pub(super) caller_shown: bool,
    pub(super) ussd_shown: u32,
    pub(super) ussd_packed: bool,
}

impl Settings {
    pub(super) fn fresh(profile: &Profile) -> Self {
        Self {
            echo: true,
            verbose: true,
            quiet: false,
            cmee: 0,
            registration_notices: [0; 3],
            operator_format: 0,
            phase_2: false,
            cnmi: [0; 5],
            memories: profile.store_default,
            link: 0,
            character_set: "GSM".to_owned(),
            caller_shown: false,
            ussd_shown: 0,
            ussd_packed: profile.ussd_packed,
        }
    }
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
    pub(super) signal: u32,
    pub(super) operator: String,
    pub(super) busy_answers_left: u32,
    pub(super) input: Input,
    pub(super) reports_lost: usize,
    pub(super) calling: bool,
    power: Power,
    coverage: Registration,
    pub(super) registration: Registration,
    pub(super) service_ready: bool,
    pub(super) card_ready: bool,
    queue: VecDeque<Command>,
    backlog: VecDeque<u8>,
    held: VecDeque<String>,
    silenced: bool,
    reset_at_finish: bool,
    submission: Option<(u64, u8)>,
    next_ticket: u64,
    next_reference: u8,
    timers: BTreeMap<(Duration, u64), Timer>,
    timers_set: u64,
    faults: Faults,
    prng: Prng,
    baud: Option<u32>,
    inbound: Wire,
    outbound: Wire,
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
            signal: 21,
            operator: "TELKOMSEL".to_owned(),
            busy_answers_left: 0,
            input: Input::Typing(Vec::new()),
            reports_lost: 0,
            calling: false,
            power: Power::On,
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

    /// Signal as `AT+CSQ` tells it: 0 to 31, 99 for unknown.
    pub fn set_signal(&mut self, signal: u32) {
        self.signal = signal;
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
        self.faults = faults;
    }

    /// Power is cut for a moment: what ran is lost, settings are lost, stores stay.
    pub fn reset(&mut self, now: Duration) {
        self.run(now);
        if self.power != Power::Unplugged {
            self.restart();
        }
    }

    /// The device is pulled out.
    pub fn unplug(&mut self, now: Duration) {
        self.run(now);
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

    /// Writes information lines.
    pub(super) fn info(&mut self, lines: &[String]) {
        if self.silenced || lines.is_empty() {
            return;
        }
        let head = if self.settings.verbose { "\r\n" } else { "" };
        let text = format!("{head}{}\r\n", lines.join("\r\n"));
        self.transmit(text.as_bytes());
    }

    /// Writes a notice, or keeps it until the line is free of half-typed commands and prompts.
    pub(super) fn notice(&mut self, line: String) {
        let waits = match &self.input {
            Input::Typing(typed) => !typed.is_empty(),
            Input::Prompting { .. } => true,
            Input::Running => false,
        };
        if !waits {
            self.transmit(format!("\r\n{line}\r\n").as_bytes());
            return;
        }
        if self.held.len() == HELD_NOTICES_MAX {
            self.held.pop_front();
        }
        self.held.push_back(line);
        self.after(HELD_AT_MOST, Timer::ReleaseNotices);
    }

    /// Gives the prompt; the PDU that follows is for `purpose`.
    pub(super) fn prompt(&mut self, purpose: Purpose) -> Outcome {
        self.transmit(self.profile.prompt.as_bytes());
        self.input = Input::Prompting { purpose, digits: Vec::new() };
        Outcome::Later
    }

    /// Hands a PDU to the network under the next TP-MR.
    pub(super) fn submit(&mut self, mut pdu: Vec<u8>) -> Outcome {
        let mishap = self.faults.strike("+CMGS", &mut self.prng);
        if let Some(Mishap::Error(failure)) = mishap {
            return Outcome::Failed(failure);
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
        self.after(NETWORK_PATIENCE, Timer::NetworkSilent);
        Outcome::Later
    }

    /// The modem restarts as soon as the running command is answered.
    pub(super) fn restart_after_answer(&mut self) {
        self.reset_at_finish = true;
    }

    /// Ends the running command; after a success the rest of its line goes on.
    pub(super) fn finish(&mut self, result: Result<(), Failure>) {
        let outcome = Outcome::from(result);
        self.conclude(&outcome);
        self.run_commands();
    }

    /// `AT+CFUN=1,1` and power cuts.
    pub(super) fn restart(&mut self) {
        self.forget();
        self.inbound.clear();
        self.power = Power::Starting;
        self.after(self.profile.boot_takes, Timer::Awake);
        self.resume_storm();
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

    // ── inside ──

    fn run(&mut self, now: Duration) {
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

    fn transmit(&mut self, octets: &[u8]) {
        if !self.faults.mute && self.power == Power::On {
            self.outbound.put(octets, self.now);
        }
    }

    fn hear(&mut self, octets: &[u8]) {
        if self.power != Power::On || self.faults.mute {
            return;
        }
        self.backlog.extend(octets);
        self.read_on();
    }

    /// Takes what was heard, octet by octet, until a command runs that has to be waited for.
    fn read_on(&mut self) {
        while let Some(octet) = self.backlog.pop_front() {
            match (&self.input, self.profile.while_busy) {
                (Input::Running, WhileBusy::Ignored) => {}
                (Input::Running, WhileBusy::Queued) => {
                    self.backlog.push_front(octet);
                    self.backlog.truncate(BACKLOG_OCTETS_MAX);
                    return;
                }
                (Input::Typing(_) | Input::Prompting { .. }, _) => self.take_octet(octet),
            }
        }
    }

    fn take_octet(&mut self, octet: u8) {
        if self.settings.echo {
            self.transmit(&[octet]);
        }
        match &mut self.input {
            Input::Typing(typed) => match octet {
                b'\r' => {
                    let typed = std::mem::take(typed);
                    self.release_notices();
                    self.run_line(&typed);
                }
                BACKSPACE => {
                    typed.pop();
                }
                // One octet over the limit is kept, as the mark of a line that is too long.
                b' '..=b'~' | 0x80.. if typed.len() <= LINE_OCTETS_MAX => typed.push(octet),
                _ => {}
            },
            Input::Prompting { digits, .. } => match octet {
                CTRL_Z | ESC => self.end_prompt(octet == CTRL_Z),
                b'\r' | b'\n' => {}
                _ if digits.len() <= LINE_OCTETS_MAX => digits.push(octet),
                _ => {}
            },
            Input::Running => {}
        }
    }

    fn run_line(&mut self, typed: &[u8]) {
        let text = String::from_utf8_lossy(typed);
        // What stands before `AT` is noise (V.250 §5.2.1); a line without it is nobody's.
        let Some(start) = text.to_ascii_uppercase().find("AT") else { return };
        let commands = text
            .get(start + 2..)
            .filter(|_| typed.len() <= LINE_OCTETS_MAX)
            .and_then(command_line::read);
        self.input = Input::Running;
        match commands {
            Some(commands) => {
                self.queue = commands.into();
                self.run_commands();
            }
            None => self.conclude(&Outcome::Failed(Failure::Plain)),
        }
    }

    fn end_prompt(&mut self, send: bool) {
        let Input::Prompting { purpose, digits } =
            std::mem::replace(&mut self.input, Input::Running)
        else {
            return;
        };
        self.release_notices();
        if send {
            let outcome = self.take_pdu(purpose, &digits);
            self.conclude(&outcome);
            self.run_commands();
        } else {
            self.finish(Ok(()));
        }
    }

    /// Runs the commands of the line one after another, until one has to be waited for.
    fn run_commands(&mut self) {
        while matches!(self.input, Input::Running)
            && self.submission.is_none()
            && self.power == Power::On
        {
            let Some(command) = self.queue.pop_front() else { return };
            // A struck AT+CMGS meets its mishap once its TPDU is there.
            let mishap = match command.name.as_str() {
                "+CMGS" | "+CMSS" => None,
                name => self.faults.strike(name, &mut self.prng),
            };
            let outcome = match mishap {
                Some(Mishap::Error(failure)) => Outcome::Failed(failure),
                struck => {
                    self.silenced |= struck.is_some();
                    self.reset_at_finish |= struck == Some(Mishap::Reset);
                    self.execute(&command)
                }
            };
            if matches!(outcome, Outcome::Later) {
                return;
            }
            self.conclude(&outcome);
        }
    }

    /// Takes the outcome of a command; the last of a line, or a failed one, ends it with a final result code.
    fn conclude(&mut self, outcome: &Outcome) {
        let succeeded = matches!(outcome, Outcome::Done | Outcome::Silent);
        if matches!(outcome, Outcome::Later) || self.power != Power::On {
            return;
        }
        if succeeded && !self.queue.is_empty() && !self.reset_at_finish {
            return;
        }
        self.queue.clear();
        if !self.silenced {
            match outcome {
                Outcome::Done => self.result_code("OK", "0"),
                Outcome::Failed(failure) => {
                    let line = failure.line(self.settings.cmee, self.profile.plain_message_errors);
                    self.result_code(&line, "4");
                }
                Outcome::Unknown(words) => self.result_code(words, "4"),
                Outcome::Later | Outcome::Silent => {}
            }
        }
        self.silenced = false;
        self.input = Input::Typing(Vec::new());
        if std::mem::take(&mut self.reset_at_finish) {
            self.restart();
        }
    }

    fn result_code(&mut self, words: &str, digit: &str) {
        if self.settings.quiet {
            return;
        }
        let text = match (self.settings.verbose, words.starts_with('+')) {
            (true, _) => format!("\r\n{words}\r\n"),
            // Extended result codes have no number of their own (V.250 §6.2.6).
            (false, true) => format!("{words}\r"),
            (false, false) => format!("{digit}\r"),
        };
        self.transmit(text.as_bytes());
    }

    fn release_notices(&mut self) {
        self.cancel(&Timer::ReleaseNotices);
        for line in std::mem::take(&mut self.held) {
            self.transmit(format!("\r\n{line}\r\n").as_bytes());
        }
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

    fn resume_storm(&mut self) {
        let every = self.faults.storm.as_ref().map(|storm| storm.every.max(STORM_EVERY_MIN));
        if let Some(every) = every {
            self.after(every, Timer::Storm);
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

    fn wake(&mut self) {
        self.power = Power::On;
        for (delay, line) in self.profile.boot_lines {
            self.after(Duration::from_millis(*delay), Timer::Notice(line));
        }
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
