//! How a modem is: what it told by itself, and what it was asked for while there was nothing else to do.
//!
//! Registration comes by notice (`AT+CREG=2`), the strength of the signal too on some; the rest is asked for, one question
//! at a time: a few after bring-up, then one a minute beside the heartbeat's own.

use std::collections::VecDeque;

use chrono::{DateTime, Utc};
use tokio::io::{AsyncRead, AsyncWrite};

use super::SessionError;
use super::bring_up::{Handing, Ready, optional};
use super::clock::{Moment, Verdict, Witness};
use super::gauge::{Reading, State};
use super::session::Session;
use crate::at::command::{
    Cnum, CopsLongName, CopsQuery, CpmsQuery, Csq, SignalQuality, StoreUsage,
};
use crate::at::{RegistrationState, Store as Memory};
use crate::sms::{Incoming, split_smsc};

/// A store so full, in hundredths, is worth a warning: it is emptied at once, so something keeps it from being emptied.
const FULL_PERCENT: u64 = 90;

/// Places that a store must have beside what is left there: a long message takes some, and the next one comes at once.
const ROOM_MIN: u32 = 3;

/// Where messages could go and come; `None` where the modem does not tell.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Registration {
    /// For calls and messages (`+CREG`).
    pub circuit: Option<RegistrationState>,
    /// In LTE (`+CEREG`).
    pub lte: Option<RegistrationState>,
}

impl Registration {
    /// Whether messages can go and come: either will do, and a modem that tells neither is believed.
    pub fn is_registered(self) -> bool {
        let mut told = self.circuit.into_iter().chain(self.lte).peekable();
        told.peek().is_none() || told.any(RegistrationState::is_registered)
    }

    /// Whether the network will not have this card, and none other does.
    pub fn is_denied(self) -> bool {
        let denied = |state| state == Some(RegistrationState::Denied);
        !self.is_registered() && (denied(self.circuit) || denied(self.lte))
    }
}

/// Parts of a local day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quota {
    /// Sent.
    pub used: i64,
    /// Allowed.
    pub limit: i64,
}

/// How a modem in service is; nothing of it is known while it is out of service.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a thing to warn of or not")]
pub struct Health {
    /// Long name of the network.
    pub operator: Option<String>,
    /// Strength of the signal.
    pub signal: Option<SignalQuality>,
    /// Where it is registered.
    pub registration: Registration,
    /// How full its stores are.
    pub stores: Vec<StoreUsage>,
    /// How many of the messages in a store are left there on purpose.
    pub left: Vec<(Memory, u32)>,
    /// The card's own number, where the card knows it.
    pub number: Option<String>,
    /// It has been without a network for long.
    pub lacks_network: bool,
    /// The card has no message centre: nothing can be sent.
    pub lacks_centre: bool,
    /// Its refusals look like those of a card without credit.
    pub lacks_credit: bool,
    /// Its messages are found by asking only: notices go to another interface, or nowhere.
    pub lacks_notices: bool,
    /// Not all that lies in its stores can be read.
    pub shows_not_all: bool,
    /// Flash messages came that it shows and does not keep.
    pub shows_flash: bool,
    /// It has announced what it does not store.
    pub stores_nothing: bool,
    /// How it hands over what it receives.
    pub handing: Handing,
    /// What its card has sent today, where it may not send as much as there is.
    pub quota: Option<Quota>,
    /// What the modem last said of its power, where that was not as it should be.
    pub power: Option<String>,
    /// What the network's time stamps say of our own clock.
    pub clock: Verdict,
}

impl Health {
    /// What bring-up has found out.
    pub(super) fn of(ready: &Ready) -> Self {
        Self {
            registration: ready.registration,
            stores: ready.usage.clone(),
            lacks_centre: !ready.has_centre,
            handing: ready.handing,
            ..Self::default()
        }
    }

    /// How many messages of a store are left there on purpose.
    pub fn left_in(&self, store: &StoreUsage) -> u32 {
        let known = self.left.iter().find(|(known, _)| Some(known) == store.store.as_ref());
        known.map_or(0, |(_, count)| *count)
    }

    /// Whether what is left in a store leaves too few places for what may come.
    fn lacks_room(&self, store: &StoreUsage) -> bool {
        let left = self.left_in(store);
        left > 0 && store.total > 0 && store.total.saturating_sub(left) < ROOM_MIN
    }

    /// A store as it was just told.
    fn note_store(&mut self, told: StoreUsage) {
        match self.stores.iter_mut().find(|known| known.store == told.store) {
            Some(known) => *known = told,
            None => self.stores.push(told),
        }
    }

    /// A place of this store was freed.
    fn note_freed(&mut self, store: &Memory) {
        let known = self.stores.iter_mut().find(|known| known.store.as_ref() == Some(store));
        if let Some(known) = known {
            known.used = known.used.saturating_sub(1);
        }
    }
}

/// What a notice of the modem's power or temperature means, as a token: `under-voltage`, `over-voltage`, `cold`, `hot`, `off`,
/// `other` (`SIM800` AT manual: `+CMTE` below zero is cold, above it hot).
pub fn power_alarm(line: &str) -> &'static str {
    let upper = line.to_ascii_uppercase();
    match temperature(&upper) {
        Some(level) if level < 0 => "cold",
        Some(level) if level > 0 => "hot",
        None if upper.contains("UNDER-VOLTAGE") => "under-voltage",
        None if upper.contains("OVER-VOLTAGE") => "over-voltage",
        None if upper.contains("POWER DOWN") || upper.contains("SHUTDOWN") => "off",
        Some(_) | None => "other",
    }
}

/// Whether a notice tells that all is as it should be again.
pub(super) fn is_power_calm(line: &str) -> bool {
    temperature(&line.to_ascii_uppercase()) == Some(0)
}

/// The level of `+CMTE: <level>`, behind which some firmware writes the degrees.
fn temperature(line: &str) -> Option<i32> {
    line.strip_prefix("+CMTE:")?.split(',').next()?.trim().parse().ok()
}

/// Something that a person should look at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Warning {
    /// It does not answer whatever was done.
    NotAnswering,
    /// There is no card in it.
    NoCard,
    /// The card is locked.
    Locked,
    /// The network refuses the card.
    Denied,
    /// It has been without a network for long.
    NoNetwork,
    /// The card has no message centre.
    NoCentre,
    /// The card seems to be without credit.
    CreditSuspected,
    /// What lies in a store cannot be read.
    Unread,
    /// It announces what it does not store.
    NotStored,
    /// Flash messages came that it shows and does not keep.
    ClassZero,
    /// It hands over, and takes no acknowledgement.
    Unacknowledged,
    /// It is to hand over, and stores.
    StoredInstead,
    /// It shows no notices.
    NoNotices,
    /// The signal is too weak to be relied on.
    WeakSignal,
    /// What is left in a store fills it.
    NoRoom,
    /// A store is nearly full.
    StoreFull,
    /// Its supply or temperature is out of bounds.
    Power,
    /// Its card has sent what it may send today.
    Quota,
    /// Our own clock is not the network's.
    Clock,
}

impl Warning {
    /// The token that lists and scripts know it by.
    pub const fn token(self) -> &'static str {
        match self {
            Self::NotAnswering => "not-answering",
            Self::NoCard => "no-card",
            Self::Locked => "locked",
            Self::Denied => "denied",
            Self::NoNetwork => "no-network",
            Self::NoCentre => "no-centre",
            Self::CreditSuspected => "credit-suspected",
            Self::Unread => "unread",
            Self::NotStored => "not-stored",
            Self::ClassZero => "class-0",
            Self::Unacknowledged => "unacknowledged",
            Self::StoredInstead => "stored-instead",
            Self::NoNotices => "no-notices",
            Self::WeakSignal => "weak-signal",
            Self::NoRoom => "no-room",
            Self::StoreFull => "store-full",
            Self::Power => "power",
            Self::Quota => "quota",
            Self::Clock => "clock",
        }
    }
}

/// What a person should look at, the gravest first.
pub fn warnings(reading: &Reading) -> Vec<Warning> {
    let health = &reading.health;
    let full = |store: &StoreUsage| {
        let percent = u64::from(store.used) * 100;
        store.total > 0
            && percent >= u64::from(store.total) * FULL_PERCENT
            && !health.lacks_room(store)
    };
    let blocked = reading.state == State::Blocked;
    let weak = health.signal.and_then(SignalQuality::bars).is_some_and(|bars| bars < 2);
    [
        (reading.not_answering, Warning::NotAnswering),
        (reading.cardless && (blocked || reading.state == State::Recovering), Warning::NoCard),
        (blocked && !reading.cardless, Warning::Locked),
        (health.registration.is_denied(), Warning::Denied),
        (health.lacks_network, Warning::NoNetwork),
        (health.lacks_centre, Warning::NoCentre),
        (health.lacks_credit, Warning::CreditSuspected),
        (health.shows_not_all, Warning::Unread),
        (health.stores_nothing, Warning::NotStored),
        (health.shows_flash, Warning::ClassZero),
        (health.handing == Handing::Unacknowledged, Warning::Unacknowledged),
        (health.lacks_notices, Warning::NoNotices),
        (health.power.is_some(), Warning::Power),
        (health.quota.is_some_and(|quota| quota.used >= quota.limit), Warning::Quota),
        (health.clock.is_alarming(), Warning::Clock),
        (health.stores.iter().any(|store| health.lacks_room(store)), Warning::NoRoom),
        (health.stores.iter().any(full), Warning::StoreFull),
        (health.handing == Handing::StoredInstead, Warning::StoredInstead),
        (weak, Warning::WeakSignal),
    ]
    .into_iter()
    .filter_map(|(holds, warning)| holds.then_some(warning))
    .collect()
}

/// One thing to ask a modem.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Question {
    Stores,
    LongName,
    Operator,
    Signal,
    Number,
}

/// What is still to be asked.
#[derive(Debug)]
pub(super) struct Questions {
    /// Once, when there is nothing else to do.
    first: VecDeque<Question>,
    /// The signal and the operator take turns.
    operator_next: bool,
    /// The modem tells its signal by itself.
    signal_comes: bool,
}

impl Questions {
    pub(super) fn new() -> Self {
        use Question as Q;
        let first = [Q::Signal, Q::LongName, Q::Operator, Q::Number, Q::Stores];
        Self { first: first.into(), operator_next: false, signal_comes: false }
    }

    /// The one question of this minute.
    fn of_the_minute(&mut self) -> Question {
        if let Some(left) = self.first.pop_front() {
            return left;
        }
        let operator = self.operator_next || self.signal_comes;
        self.operator_next = !operator;
        self.signal_comes = false;
        if operator { Question::Operator } else { Question::Signal }
    }
}

impl<L: AsyncRead + AsyncWrite + Unpin> Session<'_, L> {
    /// Asks one of the first questions; whether there was one left.
    pub(super) async fn ask_first(&mut self) -> Result<bool, SessionError> {
        let Some(question) = self.questions.first.pop_front() else { return Ok(false) };
        self.ask(question).await?;
        Ok(true)
    }

    /// Asks the one question of this minute.
    pub(super) async fn ask_of_the_minute(&mut self) -> Result<(), SessionError> {
        let question = self.questions.of_the_minute();
        self.ask(question).await
    }

    async fn ask(&mut self, question: Question) -> Result<(), SessionError> {
        let chat = &mut self.chat;
        match question {
            Question::Stores => {
                if let Some(usage) = optional(chat, &CpmsQuery).await? {
                    self.note_chosen_store(usage.into_iter().next());
                }
            }
            Question::LongName => _ = optional(chat, &CopsLongName).await?,
            Question::Operator => {
                if let Some(operator) = optional(chat, &CopsQuery).await? {
                    self.gauge.note(|health| health.operator = operator.name);
                }
            }
            Question::Signal => {
                if let Some(signal) = optional(chat, &Csq).await? {
                    self.gauge.note(|health| health.signal = Some(signal));
                }
            }
            Question::Number => {
                let numbers = optional(chat, &Cnum).await?.unwrap_or_default();
                self.gauge.note(|health| health.number = numbers.into_iter().next());
            }
        }
        Ok(())
    }

    /// The modem told its signal by itself.
    pub(super) fn note_signal(&mut self, rssi: u8) {
        self.questions.signal_comes = true;
        let signal = SignalQuality { rssi: Some(rssi), bit_errors: None };
        self.gauge.note(|health| health.signal = Some(signal));
    }

    /// What was told of the store that is read now; without a name it is the one that announces.
    pub(super) fn note_chosen_store(&self, told: Option<StoreUsage>) {
        let Some(told) = told else { return };
        let store = told.store.clone().or_else(|| self.ready.stores.first().cloned());
        self.note_store(StoreUsage { store, ..told });
    }

    pub(super) fn note_store(&self, told: StoreUsage) {
        self.gauge.note(|health| health.note_store(told));
    }

    /// What the card has sent today.
    pub(super) fn note_quota(&self, used: i64) {
        let limit = i64::from(self.sender.pace.per_day);
        self.gauge.note(|health| health.quota = (limit > 0).then_some(Quota { used, limit }));
    }

    /// A place of the store that is read now was freed.
    pub(super) fn note_freed(&self) {
        if let Some(store) = self.chosen() {
            self.gauge.note(|health| health.note_freed(store));
        }
    }

    /// The network told its time.
    pub(super) fn note_network_time(&mut self, told: DateTime<Utc>, at: Moment) {
        self.past.clock.note(Witness::Network, told, at);
        self.judge_clock();
    }

    /// The times that centres have written on these messages and reports.
    pub(super) fn note_stamps<'a>(&mut self, pdus: impl IntoIterator<Item = &'a [u8]>) {
        let witness = if self.is_read_out { Witness::Message } else { Witness::Backlog };
        let now = Moment::now();
        for stamp in pdus.into_iter().filter_map(stamp) {
            self.past.clock.note(witness, stamp, now);
        }
        self.judge_clock();
    }

    /// What is to be said of our clock; in the log once when it begins and once when it ends.
    pub(super) fn judge_clock(&mut self) {
        let (verdict, is_news) = self.past.clock.judge(Moment::now());
        self.gauge.note(|health| health.clock = verdict);
        if !is_news {
            return;
        }
        match verdict {
            Verdict::Right => tracing::info!("nothing says any more that our clock is wrong"),
            Verdict::Behind(by) => tracing::error!(
                minutes = by.num_minutes(),
                "our clock is behind the network's: deadlines are counted by it, set it"
            ),
            Verdict::Ahead(by) => tracing::error!(
                minutes = by.num_minutes(),
                "our clock is ahead of the network's, or the network is slow: deadlines are counted by it"
            ),
            Verdict::Zone(hours) => tracing::warn!(
                hours,
                "our clock differs from the network's by whole hours: the centre's zone is wrong, or this computer's"
            ),
        }
    }

    /// The store that is read now was read out, and so many messages are left there on purpose.
    pub(super) fn note_left_in_store(&self, left: u32) {
        let Some(store) = self.chosen() else { return };
        let (mut news, mut lacks_room) = (false, false);
        self.gauge.note(|health| {
            let known = health.left.iter().position(|(known, _)| known == store);
            let before = known.map_or(0, |known| health.left.swap_remove(known).1);
            health.left.push((store.clone(), left));
            news = before != left;
            let usage = health.stores.iter().find(|usage| usage.store.as_ref() == Some(store));
            lacks_room = usage.is_some_and(|usage| health.lacks_room(usage));
        });
        if news && lacks_room {
            tracing::warn!(%store, left, "messages left in this store fill it: hardly anything can arrive; delete them in a telephone");
        } else if news {
            tracing::info!(%store, left, "messages are left in this store");
        }
    }

    pub(super) fn note_registration(&self, registration: Registration) {
        let mut news = false;
        self.gauge.note(|health| {
            news = registration.is_denied() && !health.registration.is_denied();
            health.registration = registration;
        });
        if news {
            tracing::error!("the network refuses this SIM: is it paid for, and registered?");
        }
    }
}

/// When the centre took a message, or when a report's message was settled.
fn stamp(pdu: &[u8]) -> Option<DateTime<Utc>> {
    let (_, tpdu) = split_smsc(pdu).ok()?;
    let stamp = match Incoming::decode(tpdu).ok()? {
        Incoming::Deliver(deliver) => deliver.timestamp,
        Incoming::StatusReport(report) => report.discharge,
    };
    stamp.time().map(|time| time.to_utc())
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;
    use crate::modem::gauge::Gauge;

    fn usage(name: &str, used: u32, total: u32) -> StoreUsage {
        StoreUsage { store: Memory::parse(name).ok(), used, total }
    }

    fn of(health: Health) -> Vec<Warning> {
        warnings(&Reading { health, ..Gauge::new("modem-1", Utc::now()).read() })
    }

    #[test]
    fn either_registration_will_do_and_silence_is_believed() {
        use RegistrationState as S;
        let of = |circuit, lte| Registration { circuit, lte };
        assert!(of(None, None).is_registered());
        assert!(of(Some(S::Denied), Some(S::Home)).is_registered());
        assert!(!of(Some(S::Denied), Some(S::Home)).is_denied());
        assert!(of(Some(S::Denied), Some(S::Off)).is_denied());
        assert!(!of(Some(S::Searching), None).is_registered());
    }

    #[test]
    fn what_is_not_as_it_should_be_is_warned_of() {
        assert_eq!(of(Health::default()), []);
        let signal = |rssi| Some(SignalQuality { rssi, bit_errors: None });
        let weak = Health { signal: signal(Some(4)), ..Health::default() };
        assert_eq!(of(weak), [Warning::WeakSignal]);
        let good = Health { signal: signal(Some(5)), ..Health::default() };
        assert_eq!(of(good), []);
        let full = Health { stores: vec![usage("SM", 9, 10)], ..Health::default() };
        assert_eq!(of(full), [Warning::StoreFull]);
        for (used, warned) in [(9, vec![]), (10, vec![Warning::Quota])] {
            let quota = Some(Quota { used, limit: 10 });
            assert_eq!(of(Health { quota, ..Health::default() }), warned);
        }
        let left = |left| Health {
            stores: vec![usage("SM", 9, 10), usage("ME", 0, 23)],
            left: vec![(Memory::parse("SM").unwrap(), left)],
            ..Health::default()
        };
        assert_eq!(of(left(7)), [Warning::StoreFull]);
        // Why it is full is said, and not that it is.
        assert_eq!(of(left(8)), [Warning::NoRoom]);
        // A store without places is not full.
        let none = Health { stores: vec![usage("SR", 0, 0)], ..Health::default() };
        assert_eq!(of(none), []);
        let registration = Registration { circuit: Some(RegistrationState::Denied), lte: None };
        let clock = Verdict::Behind(TimeDelta::minutes(9));
        assert_eq!(of(Health { clock, ..Health::default() }), [Warning::Clock]);
        assert_eq!(of(Health { clock: Verdict::Zone(7), ..Health::default() }), []);
        let poor = Health { lacks_credit: true, ..Health::default() };
        assert_eq!(of(poor), [Warning::CreditSuspected]);
        let gone = Health { lacks_network: true, ..Health::default() };
        assert_eq!(of(gone), [Warning::NoNetwork]);
        let deaf = Health { shows_not_all: true, ..Health::default() };
        assert_eq!(of(deaf), [Warning::Unread]);
        let flashing = Health { shows_flash: true, ..Health::default() };
        assert_eq!(of(flashing), [Warning::ClassZero]);
        let forgetful = Health { stores_nothing: true, ..Health::default() };
        assert_eq!(of(forgetful), [Warning::NotStored]);
        for (handing, warned) in [
            (Handing::AsWanted, vec![]),
            (Handing::StoredInstead, vec![Warning::StoredInstead]),
            (Handing::Unacknowledged, vec![Warning::Unacknowledged]),
        ] {
            assert_eq!(of(Health { handing, ..Health::default() }), warned);
        }
        let bad = Health { registration, lacks_centre: true, ..Health::default() };
        assert_eq!(of(bad), [Warning::Denied, Warning::NoCentre]);
    }

    #[test]
    fn what_a_modem_says_of_its_power_has_a_meaning() {
        for (line, alarm) in [
            ("UNDER-VOLTAGE WARNNING", "under-voltage"),
            ("UNDER-VOLTAGE POWER DOWN", "under-voltage"),
            ("OVER-VOLTAGE WARNNING", "over-voltage"),
            ("+CMTE: -2", "cold"),
            ("+CMTE: 1", "hot"),
            ("+CMTE: 1,90", "hot"),
            ("+CMTE: 0", "other"),
            ("NORMAL POWER DOWN", "off"),
            ("^SHUTDOWN", "off"),
        ] {
            assert_eq!(power_alarm(line), alarm, "{line}");
            assert_eq!(is_power_calm(line), line == "+CMTE: 0", "{line}");
        }
    }

    #[test]
    fn a_store_is_noted_by_its_name_and_emptied_place_by_place() {
        let mut health = Health { stores: vec![usage("ME", 0, 23)], ..Health::default() };
        health.note_store(usage("SM", 1, 10));
        health.note_store(usage("ME", 2, 23));
        let sm = Memory::parse("SM").unwrap();
        health.note_freed(&sm);
        health.note_freed(&sm);
        assert_eq!(health.stores, [usage("ME", 2, 23), usage("SM", 0, 10)]);
    }

    #[test]
    fn one_question_a_minute_and_the_signal_is_left_out_where_it_comes_by_itself() {
        use Question::{Operator, Signal};
        let mut questions = Questions::new();
        questions.first.clear();
        let asked: Vec<_> = (0..4).map(|_| questions.of_the_minute()).collect();
        assert_eq!(asked, [Signal, Operator, Signal, Operator]);
        questions.signal_comes = true;
        assert_eq!([questions.of_the_minute(), questions.of_the_minute()], [Operator, Signal]);
    }
}
