//! A simulated modem on a line in memory, the real database, and an office.
#![cfg(test)]

use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use chrono::{DateTime, TimeDelta, Utc};
use tempfile::TempDir;
use tokio::io::{AsyncReadExt, AsyncWriteExt, DuplexStream};
use tokio::sync::Notify;

use crate::config::{Config, OfficeTexts};
use crate::desk::Office;
use crate::desk::outbound::Sender;
use crate::modem::bring_up::bring_up;
use crate::modem::chat::Chat;
use crate::modem::gauge::Gauge;
use crate::modem::health::Health;
use crate::modem::past::Past;
use crate::modem::recovery::Patience;
use crate::modem::session::Session;
use crate::modem::{Found, ModemConfig};
use crate::simulator::{
    self, Cure, Failure, Faults, Mishap, Profile, Reception, Sick, Sickness, SimCard, Status,
};
use crate::sms::{Address, Deliver, parts::deliver_parts};
use crate::store::claim::Pace;
use crate::store::{Store, inbox, reports};

/// Octets that either end may be ahead.
const LINE_BYTES: usize = 64 * 1024;

/// How many commands a modem is slow to hear.
const LAGGING: usize = 8;

/// What happens in the modem before it hears a command.
type Happening = Box<dyn FnOnce(&mut simulator::Modem, Duration) + Send>;

/// A text from a phone as a modem keeps it: without a centre's address, of so many seconds after some noon.
pub fn message(text: &str, second: i64) -> Vec<u8> {
    let noon = DateTime::parse_from_rfc3339("2020-11-24T12:00:00+07:00").unwrap();
    written_at(text, (noon + TimeDelta::seconds(second)).to_utc())
}

/// The parts of a long text.
pub fn messages(text: &str) -> Vec<Vec<u8>> {
    let noon = DateTime::parse_from_rfc3339("2020-11-24T12:00:00+07:00").unwrap();
    let phone = Address::international("+6281234567890").unwrap();
    let parts = deliver_parts(&phone, noon, text, 1).unwrap();
    let whole = |part: &Deliver| [&[0], part.encode().unwrap().as_slice()].concat();
    parts.iter().map(whole).collect()
}

/// The same of a time.
pub fn written_at(text: &str, time: DateTime<Utc>) -> Vec<u8> {
    let phone = Address::international("+6281234567890").unwrap();
    let parts = deliver_parts(&phone, time.fixed_offset(), text, 1).unwrap();
    let [part] = parts.as_slice() else { panic!("{text} is longer than one SMS") };
    [&[0], part.encode().unwrap().as_slice()].concat()
}

struct Device {
    modem: simulator::Modem,
    begun: Instant,
    /// Everything that was written to it.
    heard: String,
    /// What happens before a command is heard.
    before: Option<(&'static str, Happening)>,
    /// The command from which on it is slow to hear, and how slow.
    slow_from: Option<(&'static str, Duration)>,
    /// How many more it is slow to hear, and how slow.
    lag: (usize, Duration),
    /// What it has not heard yet.
    unheard: Vec<u8>,
}

/// A modem, whichever line it is on.
#[derive(Clone)]
pub struct Modem {
    first_index: u32,
    device: Arc<Mutex<Device>>,
    changed: Arc<Notify>,
}

impl Modem {
    pub fn new(profile: Profile, card: &str) -> Self {
        let card = SimCard::new(card, "+62811000000");
        let first_index = u32::try_from(profile.first_index).unwrap();
        let modem = simulator::Modem::new(profile, card, "861234050000017", None);
        let device = Device {
            modem,
            begun: Instant::now(),
            heard: String::new(),
            before: None,
            slow_from: None,
            lag: (0, Duration::ZERO),
            unheard: Vec::new(),
        };
        Self { first_index, device: Arc::new(Mutex::new(device)), changed: Arc::new(Notify::new()) }
    }

    fn act<T>(&self, act: impl FnOnce(&mut simulator::Modem, Duration) -> T) -> T {
        let device = &mut *self.device.lock().unwrap();
        let now = device.begun.elapsed();
        device.modem.handle_timeout(now);
        let done = act(&mut device.modem, now);
        self.changed.notify_one();
        done
    }

    /// A message lies there, and nobody is told.
    pub fn keep(&self, store: &str, status: Status, pdu: &[u8]) {
        assert!(self.act(|modem, _| modem.keep(store, status, pdu)), "{store} is full");
    }

    /// All messages of a state are gone.
    pub fn delete(&self, store: &str, status: Status) {
        self.act(|modem, _| modem.remove(store, status));
    }

    /// A message arrives.
    pub fn deliver(&self, pdu: &[u8]) {
        let received = self.act(|modem, now| modem.deliver(pdu, now));
        assert!(matches!(received, Reception::Taken | Reception::Awaiting), "{received:?}");
    }

    /// A message arrives, and the line loses what the modem says of it.
    pub fn deliver_unheard(&self, pdu: &[u8]) {
        self.unheard(|modem, now| _ = modem.deliver(pdu, now));
    }

    /// A report arrives, and the line loses what the modem says of it.
    pub fn report_unheard(&self, pdu: &[u8]) {
        self.unheard(|modem, now| _ = modem.status_report(pdu, now));
    }

    fn unheard(&self, happens: impl FnOnce(&mut simulator::Modem, Duration)) {
        let deaf = Faults { lost_per_million: 1_000_000, ..Faults::default() };
        self.act(|modem, now| {
            modem.set_faults(deaf, now);
            happens(modem, now);
            // Its patience ends at once.
            modem.handle_timeout(now + Duration::from_micros(1));
            modem.set_faults(Faults::default(), now + Duration::from_micros(1));
        });
    }

    /// A message arrives, and the store is full.
    pub fn finds_no_place(&self, pdu: &[u8]) {
        assert_eq!(self.act(|modem, now| modem.deliver(pdu, now)), Reception::Full);
    }

    /// Places of a store.
    pub fn places(&self, store: &str) -> usize {
        self.act(|modem, _| modem.places(store))
    }

    /// Its first place.
    pub fn first_index(&self) -> u32 {
        self.first_index
    }

    pub fn stored(&self, store: &str) -> usize {
        self.act(|modem, _| modem.stored(store))
    }

    /// How many commands of this name it was given.
    pub fn heard(&self, command: &str) -> usize {
        let device = self.device.lock().unwrap();
        device.heard.split('\r').filter(|line| line.trim_start().starts_with(command)).count()
    }

    /// Refuses the next commands of a name.
    pub fn refuse(&self, command: &str, times: u32) {
        let faults = Faults::once(command, Mishap::Error(Failure::Cms(500)), times);
        self.act(|modem, now| modem.set_faults(faults, now));
    }

    /// Somebody calls.
    pub fn ring(&self) {
        self.act(|modem, now| modem.ring("+6281234567890", 5, now));
    }

    /// It shows nothing of its stores any more.
    pub fn falls_deaf(&self) {
        let sick = Sick { sickness: Sickness::Deaf, cure: Cure::Restart };
        self.act(|modem, now| modem.fall_sick(sick, now));
    }

    /// Lets something happen when it is next given this command.
    pub fn before(
        &self,
        command: &'static str,
        happens: impl FnOnce(&mut simulator::Modem, Duration) + Send + 'static,
    ) {
        self.device.lock().unwrap().before = Some((command, Box::new(happens)));
    }

    /// Says a line when it is next given this command; that, and some that follow, it hears so much later.
    pub fn says_before(&self, command: &'static str, line: &'static str, lag: Duration) {
        self.before(command, move |modem, now| modem.say(line, now));
        self.device.lock().unwrap().slow_from = Some((command, lag));
    }

    /// How much later it hears.
    fn lag(&self) -> Duration {
        let (left, lag) = &mut self.device.lock().unwrap().lag;
        let lags = *left > 0;
        *left = left.saturating_sub(1);
        if lags { *lag } else { Duration::ZERO }
    }

    /// Plugs it in: a line to it.
    pub fn line(&self) -> DuplexStream {
        let (driver, port) = tokio::io::duplex(LINE_BYTES);
        tokio::spawn(serve(self.clone(), port));
        driver
    }

    fn hear(&self, octets: &[u8]) {
        let device = &mut *self.device.lock().unwrap();
        let now = device.begun.elapsed();
        let text = String::from_utf8_lossy(octets).into_owned();
        if let Some((_, happens)) = device.before.take_if(|(command, _)| text.contains(*command)) {
            happens(&mut device.modem, now);
        }
        device.heard.push_str(&text);
        if let Some((_, lag)) = device.slow_from.take_if(|(command, _)| text.contains(*command)) {
            device.lag = (LAGGING, lag);
        }
        device.unheard.extend(octets);
    }

    fn hear_out(&self) {
        let device = &mut *self.device.lock().unwrap();
        let (now, octets) = (device.begun.elapsed(), std::mem::take(&mut device.unheard));
        device.modem.handle_bytes(&octets, now);
    }

    /// What it has to say, and how long it says nothing then.
    fn say(&self) -> (Vec<u8>, Duration) {
        let device = &mut *self.device.lock().unwrap();
        let now = device.begun.elapsed();
        device.modem.handle_timeout(now);
        let said = std::iter::from_fn(|| device.modem.poll_transmit()).flatten().collect();
        let next = device.modem.poll_timeout().map(|at| at.saturating_sub(now));
        (said, next.unwrap_or(Duration::from_hours(1)))
    }
}

/// Serves one line until nobody is at its other end.
async fn serve(modem: Modem, mut port: DuplexStream) {
    let mut octets = [0; 4096];
    loop {
        let (said, pause) = modem.say();
        if port.write_all(&said).await.is_err() {
            return;
        }
        tokio::select! {
            read = port.read(&mut octets) => match read {
                Ok(count @ 1..) => {
                    modem.hear(&octets[..count]);
                    let lag = modem.lag();
                    if !lag.is_zero() {
                        port.write_all(&modem.say().0).await.unwrap();
                        tokio::time::sleep(lag).await;
                    }
                    modem.hear_out();
                }
                _ => return,
            },
            () = modem.changed.notified() => {}
            () = tokio::time::sleep(pause) => {}
        }
    }
}

/// An office with its database, and what its one modem leaves behind between two sessions.
pub struct Bench {
    pub config: ModemConfig,
    pub store: Store,
    pub office: Arc<Office>,
    pub gauge: Gauge,
    past: Past,
    home: TempDir,
}

impl Bench {
    /// One that leaves on a card what it brought along.
    pub fn leaving() -> Self {
        let bench = Self::new();
        Self { config: ModemConfig { found: Found::Leave, ..bench.config }, ..bench }
    }

    pub fn new() -> Self {
        let home = tempfile::tempdir().unwrap();
        let shipped = include_str!("../../../config/aduan.toml");
        let config = Config::parse(shipped, Path::new("/etc/aduan/aduan.toml")).unwrap();
        let office = config.parse_office(OfficeTexts {
            units: include_str!("../../../config/units.tsv"),
            templates: include_str!("../../../config/templates.tsv"),
            staff: include_str!("../../../config/staff.toml"),
            holidays: include_str!("../../../config/holidays.toml"),
        });
        Self {
            config: config.modems[0].clone(),
            store: Store::open(&home.path().join("aduan.db")).unwrap(),
            office: Arc::new(office.unwrap()),
            gauge: Gauge::new("modem-1", Utc::now()),
            past: Past::new(&Patience::default()),
            home,
        }
    }

    /// The database's file.
    pub fn database(&self) -> std::path::PathBuf {
        self.home.path().join("aduan.db")
    }

    /// How many messages wait for intake, those too that nobody can read.
    pub async fn inbound(&self) -> usize {
        self.store.read(|tx| inbox::unread(tx, 0, 1000)).await.unwrap().len()
    }

    /// Brings a modem up; nothing is read out yet.
    pub async fn session(&mut self, modem: &Modem) -> Session<'_, DuplexStream> {
        let mut chat = Chat::new(modem.line());
        let (ready, _claim) =
            bring_up(&mut chat, &self.config, &self.store, &self.gauge).await.unwrap();
        self.gauge.note(|health| *health = Health::of(&ready));
        let names = ("modem-1", ready.identity.sim.as_str());
        let sender = Sender::new(names, Pace::default(), &[]);
        let mut session = Session::new(
            chat,
            (ready, sender),
            (&self.office, &self.store),
            &self.gauge,
            &mut self.past,
            Patience::default(),
        );
        session.meet(self.config.found).await.unwrap();
        session
    }

    /// Whether a report about a text of this reference was kept, that nobody here had sent.
    pub async fn has_report(&self, sim: &str, recipient: &str, mr: u8) -> bool {
        let (sim, recipient) = (sim.to_owned(), recipient.to_owned());
        let read = self
            .store
            .read(move |tx| reports::early(tx, &sim, &recipient, mr, DateTime::UNIX_EPOCH));
        read.await.unwrap().is_some()
    }

    /// The texts that were kept, in order.
    pub async fn texts(&self) -> Vec<String> {
        let read = self.store.read(|tx| {
            let ids = inbox::unread(tx, 0, 1000)?.into_iter();
            ids.map(|id| Ok(inbox::find_unread(tx, id)?.and_then(|message| message.text)))
                .collect::<Result<Vec<_>, crate::store::Fault>>()
        });
        let mut texts: Vec<String> = read.await.unwrap().into_iter().flatten().collect();
        texts.sort();
        texts
    }
}
