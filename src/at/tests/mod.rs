//! Conversations with the engine: a test says what the modem says and how time passes, and sees what comes of it.

mod bounds;
mod echo;
mod lines;
mod pace;
mod results;
mod sessions;
mod silence;

use std::time::{Duration, Instant};

use super::{Engine, Event, Expect, Failure, Line, Occupied, Payload, Request, Urc};

/// The octets of the payload of [`send`], and what is written of them.
const OCTETS: [u8; 4] = [0x00, 0x11, 0xAB, 0xCD];
const WRITTEN: &str = "0011ABCD\\x1a";
const PDU: &str = "07918497483252F0040B918496445078F700007121320144744004D4F29C0E";

/// A second is the patience of all requests here, and a prompt may take three.
const PATIENCE: Duration = Duration::from_secs(1);
const PROMPT: Duration = Duration::from_secs(3);

fn ask(line: &str, expect: Expect) -> Request {
    let mut request = Request::new(Line::parse(line).unwrap(), expect, PATIENCE);
    request.prompt_patience = PROMPT;
    request
}

fn at() -> Request {
    ask("AT", Expect::Nothing)
}

fn send() -> Request {
    ask("AT+CMGS=23", Expect::Prefixed("+CMGS:")).with_payload(Payload::of(&OCTETS))
}

fn list() -> Request {
    ask("AT+CMGL=4", Expect::WithPdu("+CMGL:"))
}

fn drain() -> Request {
    ask("AT", Expect::Drain)
}

/// A driver on a line whose other end is the test.
struct Desk {
    engine: Engine,
    now: Instant,
    written: Vec<u8>,
    finished: Vec<Result<Vec<String>, Failure>>,
    notices: Vec<Urc>,
}

impl Desk {
    fn new() -> Self {
        Self {
            engine: Engine::new(),
            now: Instant::now(),
            written: Vec::new(),
            finished: Vec::new(),
            notices: Vec::new(),
        }
    }

    /// A desk with a command in flight, its line written.
    fn with(request: Request) -> Self {
        let mut desk = Self::new();
        desk.submit(request).unwrap();
        desk.wrote();
        desk
    }

    /// A desk that has just written the payload of [`send`].
    fn sending() -> Self {
        let mut desk = Self::with(send());
        desk.hears("\r\n> ");
        assert_eq!(desk.wrote(), WRITTEN);
        desk
    }

    /// A desk on a line that settles after a time-out.
    fn settling() -> Self {
        let mut desk = Self::with(at());
        desk.waits(PATIENCE);
        assert_eq!(desk.finished().len(), 1);
        desk
    }

    fn submit(&mut self, request: Request) -> Result<(), Occupied> {
        let result = self.engine.submit(request, self.now);
        self.take();
        result
    }

    fn hears(&mut self, text: impl AsRef<[u8]>) {
        self.engine.handle_bytes(text.as_ref(), self.now);
        self.take();
    }

    fn resets(&mut self) {
        self.engine.reset();
        self.take();
    }

    fn waits(&mut self, time: Duration) {
        let end = self.now + time;
        while let Some(due) = self.engine.poll_timeout().filter(|due| *due <= end) {
            self.now = self.now.max(due);
            self.engine.handle_timeout(self.now);
            self.take();
        }
        self.now = end;
    }

    fn take(&mut self) {
        while let Some(octets) = self.engine.poll_transmit() {
            self.written.extend(octets);
        }
        while let Some(event) = self.engine.poll_event() {
            match event {
                Event::Finished(result) => self.finished.push(result),
                Event::Unsolicited(urc) => self.notices.push(urc),
            }
        }
    }

    /// What was written since it was asked last.
    fn wrote(&mut self) -> String {
        std::mem::take(&mut self.written).escape_ascii().to_string()
    }

    /// The commands that have ended since it was asked last.
    fn finished(&mut self) -> Vec<Result<Vec<String>, Failure>> {
        std::mem::take(&mut self.finished)
    }

    /// The notices that have come since it was asked last.
    fn notices(&mut self) -> Vec<Urc> {
        std::mem::take(&mut self.notices)
    }
}

#[expect(clippy::unnecessary_wraps, reason = "compared with what may have failed")]
fn lines(lines: &[&str]) -> Result<Vec<String>, Failure> {
    Ok(lines.iter().map(|line| (*line).to_owned()).collect())
}

fn unknown(line: &str) -> Urc {
    Urc::Unknown(line.to_owned())
}
