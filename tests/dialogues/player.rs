//! Reads a dialogue and plays the modem's side of it to an engine.

use std::fs;
use std::time::{Duration, Instant};

use aduan::at::command::{Escape, PROMPT_PATIENCE};
use aduan::at::engine::QUIET;
use aduan::at::{Command, Engine, Event, Expect, Failure, Line, Payload, Request, Urc};

/// What happens in a dialogue.
#[derive(Debug, Clone)]
pub enum Step {
    Write(Vec<u8>),
    Read(Vec<u8>),
    Wait(Duration),
    Reopen,
}

fn unescape(text: &str) -> Vec<u8> {
    let mut octets = Vec::new();
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        if character != '\\' {
            octets.push(u8::try_from(character).unwrap());
            continue;
        }
        octets.push(match characters.next().unwrap() {
            'r' => b'\r',
            'n' => b'\n',
            't' => b'\t',
            'x' => {
                let digits: String = characters.by_ref().take(2).collect();
                u8::from_str_radix(&digits, 16).unwrap()
            }
            other => u8::try_from(other).unwrap(),
        });
    }
    octets
}

/// The steps of a dialogue; what is read or written in several chunks is one.
fn steps(file: &str) -> Vec<Step> {
    let mut steps = Vec::new();
    for line in file.lines() {
        let data = line.get(2..).unwrap_or_default();
        let millis = || Duration::from_millis(data.rsplit(' ').next().unwrap().parse().unwrap());
        match (line.get(..2).unwrap_or_default(), steps.last_mut()) {
            ("> ", Some(Step::Write(bytes))) | ("< ", Some(Step::Read(bytes))) => {
                bytes.extend(unescape(data));
            }
            ("> ", _) => steps.push(Step::Write(unescape(data))),
            ("< ", _) => steps.push(Step::Read(unescape(data))),
            ("@ ", _) if data.starts_with("wait") || data.starts_with("silence") => {
                steps.push(Step::Wait(millis()));
            }
            ("@ ", _) if data == "unplug" => steps.push(Step::Reopen),
            _ => {}
        }
    }
    steps
}

/// Which lines the command of a dialogue expects, as the typed commands would say.
pub fn expect(line: &str) -> Expect {
    let upper = line.to_ascii_uppercase();
    for (command, expect) in [
        ("AT+CMGL", Expect::WithPdu("+CMGL:")),
        ("AT+CMGR", Expect::WithPdu("+CMGR:")),
        ("AT+CMGS", Expect::Prefixed("+CMGS:")),
        ("AT+CMGW", Expect::Prefixed("+CMGW:")),
        ("AT+CPMS", Expect::Prefixed("+CPMS:")),
        ("AT+CNMI=?", Expect::Prefixed("+CNMI:")),
        ("AT+CSMS", Expect::Prefixed("+CSMS:")),
        ("AT+CREG", Expect::Prefixed("+CREG:")),
        ("AT+CFUN?", Expect::Prefixed("+CFUN:")),
        ("AT+CSCA?", Expect::Prefixed("+CSCA:")),
        ("AT+CSQ", Expect::Prefixed("+CSQ:")),
        ("AT+CPIN?", Expect::PrefixedOkOptional("+CPIN:")),
        ("AT+CGMI", Expect::Text(&[])),
        ("AT+CGMM", Expect::Text(&[])),
        ("AT+CGSN", Expect::Text(&[])),
    ] {
        if upper.starts_with(command) {
            return expect;
        }
    }
    Expect::Nothing
}

/// What the engine said and wrote.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// Of each command, in order.
    pub finished: Vec<Result<Vec<String>, Failure>>,
    pub notices: Vec<Urc>,
    /// The octets that stand where the dialogue writes, and those after its end.
    pub written: Vec<Vec<u8>>,
}

struct Player {
    engine: Engine,
    now: Instant,
    outcome: Outcome,
    written: Vec<u8>,
    open: usize,
}

impl Player {
    /// Takes what the engine has to say.
    fn drain(&mut self) {
        while let Some(octets) = self.engine.poll_transmit() {
            self.written.extend(octets);
        }
        while let Some(event) = self.engine.poll_event() {
            match event {
                Event::Finished(result) => {
                    self.open =
                        self.open.checked_sub(1).unwrap_or_else(|| panic!("finished twice"));
                    self.outcome.finished.push(result);
                }
                Event::Unsolicited(urc) => self.outcome.notices.push(urc),
            }
        }
    }

    fn wait(&mut self, time: Duration) {
        let end = self.now + time;
        while let Some(at) = self.engine.poll_timeout().filter(|at| *at <= end) {
            self.now = self.now.max(at);
            self.engine.handle_timeout(self.now);
            self.drain();
        }
        self.now = end;
    }

    fn read(&mut self, bytes: &[u8]) {
        self.engine.handle_bytes(bytes, self.now);
        self.drain();
    }

    fn submit(&mut self, request: Request) {
        // Time enough for what came before to be over: the driver, too, waits for its command to finish.
        if self.open > 0 {
            self.wait(PROMPT_PATIENCE * 5);
        }
        self.engine.submit(request, self.now).unwrap_or_else(|error| panic!("{error}"));
        self.open += 1;
        self.drain();
        // While the line settles after a time-out nothing is written, and nothing can answer.
        if self.written.is_empty() {
            self.wait(QUIET * 2);
        }
    }
}

/// The request behind a line of a dialogue. A payload is known beforehand; the engine writes it after the prompt.
fn request(line: &str, next_written: Option<&[u8]>) -> Request {
    let request = Request::new(Line::parse(line).unwrap(), expect(line), Duration::from_mins(1));
    if !["AT+CMGS", "AT+CMGW"].iter().any(|command| line.starts_with(command)) {
        return request;
    }
    let digits = next_written.filter(|bytes| bytes.first() != Some(&0x1b)).unwrap_or_default();
    let digits = String::from_utf8_lossy(digits);
    let octets = aduan::sms::hex::decode(digits.trim_end_matches('\u{1a}')).unwrap_or_default();
    request.with_payload(Payload::of(&octets))
}

/// Plays a dialogue; `pieces` cuts, or otherwise changes, each run of bytes from the modem, given the step's number.
pub fn play(steps: &[Step], pieces: impl Fn(usize, &[u8]) -> Vec<Vec<u8>>) -> Outcome {
    let mut player = Player {
        engine: Engine::new(),
        now: Instant::now(),
        outcome: Outcome::default(),
        written: Vec::new(),
        open: 0,
    };
    for (at, step) in steps.iter().enumerate() {
        match step {
            Step::Write(bytes) => {
                let text = String::from_utf8_lossy(bytes);
                let next = steps.iter().skip(at + 1).find_map(|step| match step {
                    Step::Write(bytes) => Some(bytes.as_slice()),
                    Step::Read(_) | Step::Wait(_) | Step::Reopen => None,
                });
                match text.strip_suffix('\r') {
                    // The engine may have written it already, at a time-out.
                    Some("\u{1b}") if player.written.is_empty() => {
                        player.submit(Escape.request());
                    }
                    Some("\u{1b}") | None => {}
                    Some(line) => player.submit(request(line, next)),
                }
                let written = std::mem::take(&mut player.written);
                player.outcome.written.push(written);
            }
            Step::Read(bytes) => {
                for piece in pieces(at, bytes) {
                    player.read(&piece);
                }
            }
            Step::Wait(time) => player.wait(*time),
            Step::Reopen => {
                player.engine.reset();
                player.drain();
            }
        }
    }
    player.wait(Duration::from_mins(10));
    assert_eq!(player.open, 0, "every command comes to an end");
    player.outcome.written.push(player.written);
    player.outcome
}

pub fn whole(_: usize, run: &[u8]) -> Vec<Vec<u8>> {
    vec![run.to_vec()]
}

pub fn dialogues() -> Vec<(String, Vec<Step>)> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/dialogues");
    let mut files: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "txt"))
        .collect();
    files.sort();
    assert!(files.len() > 50);
    files
        .into_iter()
        .map(|path| {
            let name = path.file_stem().unwrap().to_string_lossy().into_owned();
            (name, steps(&fs::read_to_string(path).unwrap()))
        })
        .collect()
}
