//! The world outside of the daemon: modems, their network, the clock, and the disk as it is found after a crash.

use std::collections::VecDeque;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use aduan::modem::port::{Ports, Stream};
use aduan::simulator::{Modem, World};
use aduan::store::Step;
use chrono::{DateTime, TimeDelta, Utc};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::sync::Notify;
use tokio::time::Instant;

use crate::dice::Dice;

/// How a life of the daemon ends by force.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Death {
    /// `kill -9`: what it wrote to the line and to the disk stays.
    Kill,
    /// No power: the modems restart too, and a commit that was under way is torn.
    Power,
}

/// When and how a life ends.
#[derive(Debug, Clone, Copy)]
pub struct Fate {
    /// After so many steps.
    pub steps: u64,
    /// Of the writer alone: most octets on the lines are those of heartbeats.
    pub commits_only: bool,
    pub how: Death,
}

/// The world, shared by the tasks of one life and outliving it.
#[derive(Clone)]
pub struct Town {
    inner: Arc<Mutex<Inner>>,
    /// Told when something may have become due earlier.
    pub changed: Arc<Notify>,
    /// Told when the daemon is dead.
    death: Arc<Notify>,
}

pub struct Inner {
    pub world: World,
    ports: Vec<PathBuf>,
    /// How often each modem was plugged in: a line of before is dead.
    plugs: Vec<u32>,
    unread: Vec<VecDeque<u8>>,
    readers: Vec<Option<Waker>>,
    open: Vec<bool>,
    /// The world's time at the beginning of this life.
    base: Duration,
    born: Option<Instant>,
    epoch: DateTime<Utc>,
    /// How far the box's clock is ahead of the network's.
    pub skew: TimeDelta,
    pub dice: Dice,
    steps: u64,
    fate: Option<Fate>,
    pub dead: Option<Death>,
    database: PathBuf,
    /// Where the disk's state is put at a crash.
    image: PathBuf,
    /// The commit under way is torn.
    tearing: bool,
    /// This life ended with a torn commit.
    pub torn: bool,
    story: VecDeque<String>,
    /// Lines of the story that are kept.
    pub story_lines: usize,
    /// A disk that lies about what it has written.
    pub unsynced: bool,
    fingerprint: u64,
}

impl Town {
    pub fn new(world: World, ports: Vec<PathBuf>, epoch: DateTime<Utc>, dice: Dice) -> Self {
        let modems = ports.len();
        let inner = Inner {
            world,
            ports,
            plugs: vec![0; modems],
            unread: vec![VecDeque::new(); modems],
            readers: vec![None; modems],
            open: vec![false; modems],
            base: Duration::ZERO,
            born: None,
            epoch,
            skew: TimeDelta::zero(),
            dice,
            steps: 0,
            fate: None,
            dead: None,
            database: PathBuf::new(),
            image: PathBuf::new(),
            tearing: false,
            torn: false,
            story: VecDeque::new(),
            story_lines: 0,
            unsynced: false,
            fingerprint: 0xCBF2_9CE4_8422_2325,
        };
        Self {
            inner: Arc::new(Mutex::new(inner)),
            changed: Arc::new(Notify::new()),
            death: Arc::new(Notify::new()),
        }
    }

    pub fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A life begins, which ends after so many steps.
    pub fn begin(&self, database: &Path, image: &Path, fate: Option<Fate>) {
        let mut inner = self.lock();
        inner.born = Some(Instant::now());
        inner.steps = 0;
        inner.fate = fate;
        inner.dead = None;
        inner.tearing = false;
        inner.torn = false;
        database.clone_into(&mut inner.database);
        image.clone_into(&mut inner.image);
    }

    /// A life has ended: its lines are closed, and the world goes on for a while without it.
    pub fn end(&self, pause: Duration) {
        let mut inner = self.lock();
        let now = inner.now();
        inner.born = None;
        inner.base = now;
        inner.readers.iter_mut().for_each(|reader| *reader = None);
        for modem in 0..inner.ports.len() {
            if std::mem::take(&mut inner.open[modem]) {
                inner.world.port_closed(modem, now);
            }
            if inner.dead == Some(Death::Power) {
                inner.pull(modem);
            }
        }
        inner.base = now + pause;
        inner.world.handle_timeout(now + pause);
        for modem in 0..inner.ports.len() {
            if inner.dead == Some(Death::Power) {
                inner.plug_in(modem);
            }
            inner.unread[modem].clear();
        }
    }

    /// Waits until the daemon is dead.
    pub async fn died(&self) {
        // A ring may be left over from the life before.
        while self.lock().dead.is_none() {
            self.death.notified().await;
        }
    }

    /// Does what is due, and tells whoever waits; when something is due again.
    pub fn advance(&self) -> Option<Instant> {
        let mut inner = self.lock();
        let now = inner.now();
        inner.world.handle_timeout(now);
        inner.hand_over();
        let due = inner.world.poll_timeout()?;
        let born = inner.born?;
        Some(born + due.saturating_sub(inner.base))
    }

    /// Time of the simulation.
    pub fn now(&self) -> Duration {
        self.lock().now()
    }

    /// The box's clock.
    pub fn clock(&self) -> DateTime<Utc> {
        let inner = self.lock();
        let passed = TimeDelta::from_std(inner.now()).unwrap_or_default();
        inner.epoch + passed + inner.skew
    }

    /// When the day began.
    pub fn began(&self) -> DateTime<Utc> {
        self.lock().epoch
    }

    /// The time that a right clock tells.
    pub fn true_time(&self) -> DateTime<Utc> {
        self.clock() - self.lock().skew
    }

    /// Does something to the world.
    pub fn act<T>(&self, act: impl FnOnce(&mut Inner, Duration) -> T) -> T {
        let mut inner = self.lock();
        let now = inner.now();
        inner.world.handle_timeout(now);
        let done = act(&mut inner, now);
        inner.world.handle_timeout(now);
        inner.hand_over();
        drop(inner);
        self.changed.notify_one();
        done
    }

    /// One line of the story.
    pub fn tell(&self, line: impl FnOnce() -> String) {
        self.lock().tell(line);
    }

    /// The last of the story.
    pub fn story(&self) -> Vec<String> {
        self.lock().story.iter().cloned().collect()
    }

    /// What the writer is doing; the daemon may die of it.
    pub fn step(&self, step: Step) {
        let mut inner = self.lock();
        let death = self.death.clone();
        match step {
            Step::Before if inner.dead.is_some() => {}
            Step::Before => match inner.step(true) {
                // What is committed now is on the disk before anything later is.
                None if inner.unsynced && inner.about_to_die() => inner.keep_disk(""),
                Some(Death::Power) => {
                    inner.tell(|| "power fails in a commit".to_owned());
                    inner.keep_disk("before");
                    (inner.tearing, inner.torn) = (true, true);
                    inner.dead = Some(Death::Power);
                }
                Some(Death::Kill) => inner.die(Death::Kill),
                None => {}
            },
            Step::After if inner.tearing => {
                inner.keep_disk("after");
                inner.tear();
                inner.tearing = false;
            }
            Step::After if inner.dead.is_some() => {}
            Step::After => {
                if let Some(how) = inner.step(true) {
                    inner.die(how);
                }
            }
        }
        if inner.dead.is_some() && !inner.tearing {
            death.notify_one();
        }
    }
}

impl Inner {
    pub fn now(&self) -> Duration {
        self.base + self.born.map(|born| born.elapsed()).unwrap_or_default()
    }

    pub fn no_more_deaths(&mut self) {
        self.fate = None;
    }

    pub const fn fingerprint(&self) -> u64 {
        self.fingerprint
    }

    /// FNV-1a over what passes on the lines, and when.
    fn mark(&mut self, modem: usize, octets: &[u8]) {
        let now = self.now().as_nanos().to_be_bytes();
        for octet in now.iter().chain(octets).copied().chain([modem.to_be_bytes()[7]]) {
            self.fingerprint = (self.fingerprint ^ u64::from(octet)).wrapping_mul(0x100_0000_01B3);
        }
    }

    pub fn tell(&mut self, line: impl FnOnce() -> String) {
        if self.story_lines == 0 {
            return;
        }
        let now = self.now();
        let (hours, minutes) = (now.as_secs() / 3600, now.as_secs() / 60 % 60);
        let seconds = now.as_secs_f64() % 60.0;
        self.story.push_back(format!("{hours:02}:{minutes:02}:{seconds:09.6} {}", line()));
        if self.story.len() > self.story_lines {
            self.story.pop_front();
        }
    }

    /// One step of the daemon that somebody outside can see; how it dies of it, if it does.
    fn step(&mut self, of_the_writer: bool) -> Option<Death> {
        let fate = self.fate.filter(|fate| of_the_writer || !fate.commits_only)?;
        self.steps += 1;
        (self.steps >= fate.steps).then_some(fate.how)
    }

    fn die(&mut self, how: Death) {
        self.tell(|| format!("the daemon dies: {how:?}"));
        self.dead = Some(how);
        if !(self.unsynced && how == Death::Power) {
            self.keep_disk("");
        }
    }

    /// Whether power fails soon: until then an image of before is kept.
    fn about_to_die(&self) -> bool {
        self.fate.is_some_and(|fate| fate.how == Death::Power && self.steps + 200 >= fate.steps)
            && !with(&self.image, "").exists()
    }

    /// Copies the database as it is now to `image` + `suffix`.
    fn keep_disk(&self, suffix: &str) {
        for journal in ["", "-wal"] {
            let from = with(&self.database, journal);
            let to = with(&self.image, &format!("{suffix}{journal}"));
            let _ = fs::remove_file(&to);
            if from.exists() {
                fs::copy(&from, &to).expect("a copy of the database");
            }
        }
    }

    /// Power went while SQLite wrote what stands between `before` and `after`: either its journal, or, that being synced
    /// whole, pages of the database itself.
    fn tear(&mut self) {
        const PAGE: usize = 4096;
        let read = |suffix: &str| fs::read(with(&self.image, suffix)).unwrap_or_default();
        let (mut database, after) = (read("before"), read("after"));
        let (wal_before, mut wal) = (read("before-wal"), read("after-wal"));
        let checkpointed = database != after;
        if checkpointed && self.dice.percent(50) {
            database.resize(database.len().max(after.len()), 0);
            for (old, new) in database.chunks_mut(PAGE).zip(after.chunks(PAGE)) {
                if self.dice.percent(50) {
                    old.copy_from_slice(new);
                }
            }
        } else {
            let same = wal.iter().zip(&wal_before).take_while(|(new, old)| new == old).count();
            let written = same + self.dice.below(wal.len() - same + 1);
            wal.truncate(written);
            wal.extend(wal_before.get(written..).unwrap_or_default());
        }
        fs::write(&self.image, database).expect("an image");
        fs::write(with(&self.image, "-wal"), wal).expect("an image");
    }

    /// Octets that the modems have for the computer go to whoever reads.
    fn hand_over(&mut self) {
        for modem in 0..self.ports.len() {
            while let Some(octets) = self.world.poll_transmit(modem) {
                if self.open[modem] {
                    self.unread[modem].extend(octets);
                }
            }
            if !self.unread[modem].is_empty()
                && let Some(reader) = self.readers[modem].take()
            {
                reader.wake();
            }
        }
    }

    /// A modem is pulled out.
    pub fn pull(&mut self, modem: usize) {
        let now = self.now();
        self.plugs[modem] += 1;
        self.open[modem] = false;
        if let Some(reader) = self.readers[modem].take() {
            reader.wake();
        }
        if let Some(modem) = self.world.modem_mut(modem) {
            modem.unplug(now);
        }
    }

    /// A modem is put in.
    pub fn plug_in(&mut self, modem: usize) {
        let now = self.now();
        if let Some(modem) = self.world.modem_mut(modem) {
            modem.plug_in(now);
        }
    }
}

fn with(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}

/// The daemon's end of a modem's line.
struct Wire {
    town: Town,
    modem: usize,
    plug: u32,
}

/// The ports of a town.
pub struct TownPorts(pub Town);

impl Ports for TownPorts {
    fn is_there(&self, path: &Path) -> bool {
        let inner = self.0.lock();
        let modem = inner.ports.iter().position(|port| port == path);
        modem.and_then(|modem| inner.world.modem(modem)).is_some_and(Modem::is_present)
    }

    fn open(&self, path: &Path) -> Option<Box<dyn Stream>> {
        let mut inner = self.0.lock();
        let modem = inner.ports.iter().position(|port| port == path)?;
        if !inner.world.modem(modem)?.is_present() {
            return None;
        }
        inner.open[modem] = true;
        inner.unread[modem].clear();
        let plug = inner.plugs[modem];
        drop(inner);
        Some(Box::new(Wire { town: self.0.clone(), modem, plug }))
    }
}

impl Wire {
    /// Whether its modem still hangs on it.
    fn holds(&self, inner: &Inner) -> bool {
        inner.plugs[self.modem] == self.plug
            && inner.world.modem(self.modem).is_some_and(Modem::is_present)
    }
}

impl Drop for Wire {
    fn drop(&mut self) {
        let mut inner = self.town.lock();
        if inner.dead.is_none() && self.holds(&inner) && inner.open[self.modem] {
            let now = inner.now();
            inner.open[self.modem] = false;
            inner.world.port_closed(self.modem, now);
        }
    }
}

impl Stream for Wire {
    fn set_dtr(&mut self, _raised: bool) -> io::Result<()> {
        Ok(())
    }
}

impl AsyncRead for Wire {
    fn poll_read(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let mut inner = self.town.lock();
        if inner.dead.is_some() {
            return Poll::Pending;
        }
        if !self.holds(&inner) {
            return Poll::Ready(Ok(()));
        }
        let now = inner.now();
        inner.world.handle_timeout(now);
        inner.hand_over();
        let modem = self.modem;
        if inner.unread[modem].is_empty() {
            inner.readers[modem] = Some(context.waker().clone());
            return Poll::Pending;
        }
        let some = inner.unread[modem].len().min(buffer.remaining());
        let octets: Vec<u8> = inner.unread[modem].drain(..some).collect();
        inner.tell(|| format!("modem {} says {:?}", modem + 1, String::from_utf8_lossy(&octets)));
        inner.mark(modem, &octets);
        buffer.put_slice(&octets);
        if let Some(how) = inner.step(false) {
            inner.die(how);
            self.town.death.notify_one();
        }
        Poll::Ready(Ok(()))
    }
}

impl AsyncWrite for Wire {
    fn poll_write(
        self: Pin<&mut Self>,
        _context: &mut Context<'_>,
        octets: &[u8],
    ) -> Poll<io::Result<usize>> {
        let mut inner = self.town.lock();
        if inner.dead.is_some() {
            return Poll::Pending;
        }
        if !self.holds(&inner) {
            return Poll::Ready(Err(io::ErrorKind::BrokenPipe.into()));
        }
        let modem = self.modem;
        let mut written = octets.len();
        let death = inner.step(false);
        if death.is_some() {
            // It dies in the middle of writing.
            written = inner.dice.below(octets.len() + 1);
        }
        let now = inner.now();
        let part = &octets[..written];
        inner.tell(|| format!("modem {} hears {:?}", modem + 1, String::from_utf8_lossy(part)));
        inner.mark(modem, part);
        inner.world.handle_bytes(modem, part, now);
        inner.hand_over();
        if let Some(how) = death {
            inner.die(how);
            self.town.death.notify_one();
        }
        drop(inner);
        self.town.changed.notify_one();
        Poll::Ready(Ok(octets.len()))
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }
}
