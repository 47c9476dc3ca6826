//! A tap on a line: hands everything on between a daemon and its simulated modem, and notes what came when.

use std::fs::{File, OpenOptions};
use std::io::{Read, Write};
use std::os::fd::OwnedFd;
use std::os::unix::fs::{OpenOptionsExt, symlink};
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use nix::fcntl::OFlag;
use nix::pty::openpty;
use nix::sys::termios::{SetArg, cfmakeraw, tcgetattr, tcsetattr};
use nix::unistd::ttyname;

/// A line on which nothing comes for so long is at rest.
const REST: Duration = Duration::from_millis(40);

#[derive(Clone, Copy, PartialEq, Eq)]
enum From {
    Daemon,
    Modem,
}

type Entries = Vec<(Instant, From, Vec<u8>)>;

/// What was said, in order.
pub struct Log(Entries);

pub struct Tap {
    entries: Arc<Mutex<Entries>>,
    /// Keeps the line up whoever else opens it.
    _other_end: OwnedFd,
}

impl Tap {
    /// A port at `port` that leads to the modem at `behind`.
    pub fn between(port: &Path, behind: &Path) -> Self {
        let pty = openpty(None, None).unwrap();
        raw(&pty.slave);
        symlink(ttyname(&pty.slave).unwrap(), port).unwrap();
        let daemon = File::from(pty.master);
        let modem = OpenOptions::new()
            .read(true)
            .write(true)
            .custom_flags(OFlag::O_NOCTTY.bits())
            .open(behind)
            .unwrap();
        raw(&modem);
        let entries = Arc::new(Mutex::new(Vec::new()));
        // The ball is in the daemon's court once it can read, and until it has written.
        hand_on(From::Modem, modem.try_clone().unwrap(), daemon.try_clone().unwrap(), &entries);
        hand_on(From::Daemon, daemon, modem, &entries);
        Self { entries, _other_end: pty.slave }
    }

    /// Waits until the line is at rest.
    pub fn settle(&self) {
        let last = || self.entries.lock().unwrap().last().map(|(at, _, _)| *at);
        let begun = Instant::now();
        while last().unwrap_or(begun).max(begun).elapsed() < REST {
            thread::sleep(Duration::from_millis(5));
        }
    }

    /// What was said since this was asked last.
    pub fn clear(&self) -> Log {
        Log(std::mem::take(&mut self.entries.lock().unwrap()))
    }
}

fn raw(terminal: &impl std::os::fd::AsFd) {
    let mut settings = tcgetattr(terminal).unwrap();
    cfmakeraw(&mut settings);
    tcsetattr(terminal, SetArg::TCSANOW, &settings).unwrap();
}

fn hand_on(from: From, mut source: File, mut sink: File, entries: &Arc<Mutex<Entries>>) {
    let entries = Arc::clone(entries);
    thread::spawn(move || {
        let mut buffer = [0; 4096];
        // One end is gone when the office is closed.
        while let Ok(count) = source.read(&mut buffer)
            && count > 0
        {
            let read = Instant::now();
            let octets = &buffer[..count];
            if sink.write_all(octets).is_err() {
                return;
            }
            let at = if from == From::Daemon { read } else { Instant::now() };
            entries.lock().unwrap().push((at, from, octets.to_vec()));
        }
    });
}

impl Log {
    /// From the first octet to the last.
    pub fn wall(&self) -> Duration {
        match (self.0.first(), self.0.last()) {
            (Some((first, ..)), Some((last, ..))) => last.saturating_duration_since(*first),
            _ => Duration::ZERO,
        }
    }

    /// Octets that the modem sent.
    pub fn octets(&self) -> usize {
        let sent = self.0.iter().filter(|(_, from, _)| *from == From::Modem);
        sent.map(|(_, _, octets)| octets.len()).sum()
    }

    /// Time between the modem's last octet and the daemon's next one: nobody else had anything to do.
    pub fn own_time(&self) -> Duration {
        let pairs =
            self.0.windows(2).filter(|pair| pair[0].1 == From::Modem && pair[1].1 == From::Daemon);
        pairs.map(|pair| pair[1].0.saturating_duration_since(pair[0].0)).sum()
    }

    /// Command lines that the daemon wrote.
    pub fn commands(&self) -> usize {
        let lines = self.0.iter().filter(|(_, from, _)| *from == From::Daemon);
        lines.filter(|(_, _, octets)| octets.starts_with(b"AT")).count()
    }

    /// Up to the first payload.
    pub fn up_to_payload(mut self) -> Self {
        let end = self
            .0
            .iter()
            .position(|(_, from, octets)| *from == From::Daemon && octets.ends_with(b"\x1a"));
        self.0.truncate(end.map_or(self.0.len(), |end| end + 1));
        self
    }
}
