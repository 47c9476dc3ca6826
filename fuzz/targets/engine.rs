//! A modem that says anything at any time, while commands come and go and time passes. Each accepted command ends exactly
//! once and says truly whether its payload went out; where the bytes were cut makes no difference; what is told stays
//! within bounds; and a reset forgets everything.
//!
//! The first two octets draw the cuts. Then 0xFF begins a step whose name is the octet behind it; all else is heard.
#![no_main]

use std::time::{Duration, Instant};

use aduan::at::command::{self, Command};
use aduan::at::{Engine, Event, Expect, Failure, Fate, Line, Request};
use libfuzzer_sys::fuzz_target;

/// Characters of one line that is told, escaped for `Debug`; the engine keeps 4096 octets of a line.
const TOLD_CHARS_MAX: usize = 64 * 1024;
/// Lines of an answer that the engine keeps.
const LINES_MAX: usize = 2048;
/// Octets of one input that are heard, repetitions among them.
const HEARD_MAX: usize = 32 * 1024;

fn request(step: u8) -> Option<Request> {
    let of =
        |line, expect| Request::new(Line::parse(line).unwrap(), expect, Duration::from_secs(5));
    Some(match step {
        b'N' => of("AT+CMGD=1", Expect::Nothing),
        b'A' => of("ATD112;", Expect::Nothing),
        b'P' => of("AT+CPMS?", Expect::Prefixed("+CPMS:")),
        b'O' => of("AT+CPIN?", Expect::PrefixedOkOptional("+CPIN:")),
        b'L' => of("AT+CMGL=4", Expect::WithPdu("+CMGL:")),
        b'T' => of("AT+CGSN", Expect::Text(&["+CGSN:"])),
        b'D' => of("AT", Expect::Drain),
        b'S' => {
            command::SendTpdu { smsc: None, tpdu: &[0x01, 0, 2, 0x81, 0x21, 0, 0, 0] }.request()
        }
        _ => return None,
    })
}

/// Whatever the lines say, reading them as an answer must not panic.
fn read_as_answers(lines: &[String]) {
    let _ = command::CmglAll.answer(lines);
    let _ = command::Cmgr { index: 1 }.answer(lines);
    let _ = command::SendTpdu { smsc: None, tpdu: &[] }.answer(lines);
    let _ = (command::CpmsTest.answer(lines), command::CpmsQuery.answer(lines));
    let _ = (command::CnmiTest.answer(lines), command::CsmsQuery.answer(lines));
    let _ = (command::CpinQuery.answer(lines), command::PinTries.answer(lines));
    let _ = (command::HuaweiPinTries.answer(lines), command::QuectelPinTries.answer(lines));
    let _ = (command::CregQuery.answer(lines), command::CeregQuery.answer(lines));
    let _ = (command::Csq.answer(lines), command::CopsQuery.answer(lines));
    let _ = (command::CscaQuery.answer(lines), command::Cnum.answer(lines));
}

/// The command in flight.
struct Flight {
    has_payload: bool,
    payload_written: bool,
}

/// One run of the engine, with all that it gave.
struct Run {
    engine: Engine,
    now: Instant,
    flight: Option<Flight>,
    written: Vec<Vec<u8>>,
    events: Vec<Event>,
    /// Draws the cuts; without it the bytes come whole.
    cuts: Option<u32>,
    heard: usize,
}

impl Run {
    fn drain(&mut self) {
        while let Some(octets) = self.engine.poll_transmit() {
            if octets.ends_with(&[0x1A]) {
                let flight = self.flight.as_mut().expect("a payload belongs to a command");
                assert!(flight.has_payload && !flight.payload_written);
                flight.payload_written = true;
            } else {
                assert!(octets.ends_with(b"\r"));
            }
            self.written.push(octets);
        }
        while let Some(event) = self.engine.poll_event() {
            match &event {
                Event::Finished(result) => {
                    self.finished(result);
                }
                Event::Unsolicited(notice) => {
                    assert!(format!("{notice:?}").len() <= TOLD_CHARS_MAX);
                }
            }
            self.events.push(event);
        }
    }

    fn finished(&mut self, result: &Result<Vec<String>, Failure>) {
        let Flight { has_payload, payload_written } =
            self.flight.take().expect("one end a command");
        match result {
            Ok(lines) => {
                assert_eq!(payload_written, has_payload);
                assert!(lines.len() <= LINES_MAX);
                assert!(lines.iter().all(|line| line.len() <= TOLD_CHARS_MAX));
                read_as_answers(lines);
            }
            Err(failure) => {
                let _ = (failure.verdict(), failure.reaction());
                match failure {
                    Failure::Refused { after_payload, .. } => {
                        assert_eq!(*after_payload, payload_written)
                    }
                    Failure::TimedOut(fate) | Failure::Restarted(fate) | Failure::Reset(fate) => {
                        assert_eq!(*fate == Fate::Unknown, payload_written);
                    }
                }
            }
        }
    }

    fn submit(&mut self, request: Request) {
        // What is over by now ends before the new command begins.
        self.engine.handle_timeout(self.now);
        self.drain();
        let has_payload = request.payload.is_some();
        let accepted = self.engine.submit(request, self.now).is_ok();
        assert_eq!(accepted, self.flight.is_none());
        if accepted {
            self.flight = Some(Flight { has_payload, payload_written: false });
        }
        self.drain();
    }

    fn hear(&mut self, mut bytes: &[u8]) {
        self.heard += bytes.len();
        if self.heard > HEARD_MAX {
            return;
        }
        while let Some(cuts) = &mut self.cuts
            && bytes.len() > 1
        {
            *cuts = cuts.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let (piece, rest) = bytes.split_at((*cuts >> 24) as usize % bytes.len().min(16));
            self.engine.handle_bytes(piece, self.now);
            // Too early is harmless.
            self.engine.handle_timeout(self.now);
            self.drain();
            bytes = if piece.is_empty() { bytes } else { rest };
        }
        self.engine.handle_bytes(bytes, self.now);
        self.drain();
    }

    /// Lets time pass, as the contract asks: the engine is told at every deadline.
    fn wait(&mut self, until: Instant) {
        while let Some(due) = self.engine.poll_timeout().filter(|due| *due <= until) {
            self.now = self.now.max(due);
            self.engine.handle_timeout(self.now);
            assert!(self.engine.poll_timeout().is_none_or(|next| next > self.now), "no progress");
            self.drain();
        }
        self.now = until;
    }

    fn step(&mut self, name: u8, behind: &[u8]) {
        match name {
            b's' => self.wait(self.now + Duration::from_millis(100)),
            b'w' => self.wait(self.now + Duration::from_secs(1)),
            b'W' => self.wait(self.now + Duration::from_secs(40)),
            // Nobody looked at the deadlines in time.
            b'z' => self.now += Duration::from_secs(7),
            b'r' => {
                self.engine.reset();
                self.drain();
                assert!(self.engine.is_idle() && self.flight.is_none());
            }
            // A storm: the same again and again.
            b'x' => (0..16).for_each(|_| self.hear(behind)),
            _ => {
                if let Some(request) = request(name) {
                    self.submit(request);
                }
            }
        }
        self.hear(behind);
    }

    fn of(steps: &[u8], cuts: Option<u32>, now: Instant) -> Self {
        let mut run = Self {
            engine: Engine::new(),
            now,
            flight: None,
            written: Vec::new(),
            events: Vec::new(),
            cuts,
            heard: 0,
        };
        let mut pieces = steps.split(|octet| *octet == 0xFF);
        run.hear(pieces.next().unwrap_or_default());
        for piece in pieces {
            if let Some((name, behind)) = piece.split_first() {
                run.step(*name, behind);
            }
        }
        // In an hour all patience is over.
        run.wait(run.now + Duration::from_hours(1));
        assert!(run.engine.is_idle() && run.flight.is_none());
        run.engine.reset();
        run.drain();
        assert_eq!(format!("{:?}", run.engine), format!("{:?}", Engine::new()));
        run
    }
}

fuzz_target!(|input: &[u8]| {
    let Some((seed, steps)) = input.split_first_chunk::<2>() else { return };
    let now = Instant::now();
    let whole = Run::of(steps, None, now);
    let cut = Run::of(steps, Some(u16::from_be_bytes(*seed).into()), now);
    assert_eq!(cut.events, whole.events);
    assert_eq!(cut.written, whole.written);
});
