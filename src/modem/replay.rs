//! An exchange that was written down, gone through again: the same engine, a clock of its own, and no line.
//!
//! Each command is asked as the driver asks it; what the engine makes of the octets is told step by step, and what the driver
//! concludes where a text was not taken. Each step is judged by itself: what comes of several in a row, or of a row of days, the
//! driver knows and a recording does not.

use std::time::{Duration, Instant};

use super::ladder::Ladder;
pub use super::ladder::Measure;
use super::recovery::{Quota, RESTARTS_MAX};
use crate::at::command::{
    AT_PATIENCE, CFUN_PATIENCE, CMGD_PATIENCE, CMGL_PATIENCE, CMGS_PATIENCE, CPIN_PATIENCE,
    CUSD_PATIENCE, DEFAULT_PATIENCE, Escape,
};
use crate::at::engine::QUIET;
use crate::at::{Command, Engine, Event, Expect, Failure, Line, Payload, Reaction, Request, Urc};
use crate::sms::hex;

/// Commands, which lines are their answer, and how long they may take, as the typed ones say. The first that fits counts.
const COMMANDS: &[(&str, Expect, Duration)] = &[
    ("AT+CMGL", Expect::WithPdu("+CMGL:"), CMGL_PATIENCE),
    ("AT+CMGR", Expect::WithPdu("+CMGR:"), DEFAULT_PATIENCE),
    ("AT+CMGS", Expect::Prefixed("+CMGS:"), CMGS_PATIENCE),
    ("AT+CMGW", Expect::Prefixed("+CMGW:"), CMGS_PATIENCE),
    ("AT+CMGD", Expect::Nothing, CMGD_PATIENCE),
    ("AT+CPMS", Expect::Prefixed("+CPMS:"), DEFAULT_PATIENCE),
    ("AT+CNMI=?", Expect::Prefixed("+CNMI:"), DEFAULT_PATIENCE),
    ("AT+CSMS", Expect::Prefixed("+CSMS:"), DEFAULT_PATIENCE),
    ("AT+CREG", Expect::Prefixed("+CREG:"), DEFAULT_PATIENCE),
    ("AT+CEREG?", Expect::Prefixed("+CEREG:"), DEFAULT_PATIENCE),
    ("AT+COPS?", Expect::Prefixed("+COPS:"), DEFAULT_PATIENCE),
    ("AT+CNUM", Expect::Prefixed("+CNUM:"), DEFAULT_PATIENCE),
    ("AT+CFUN?", Expect::Prefixed("+CFUN:"), DEFAULT_PATIENCE),
    ("AT+CFUN=", Expect::Nothing, CFUN_PATIENCE),
    ("AT+CSCA?", Expect::Prefixed("+CSCA:"), DEFAULT_PATIENCE),
    ("AT+CSQ", Expect::Prefixed("+CSQ:"), DEFAULT_PATIENCE),
    ("AT+CPINR", Expect::Prefixed("+CPINR:"), DEFAULT_PATIENCE),
    ("AT+CPINC", Expect::Text(&["+CPINC"]), DEFAULT_PATIENCE),
    ("AT+ZPINPUK", Expect::Text(&["+ZPINPUK"]), DEFAULT_PATIENCE),
    ("AT+UPINCNT", Expect::Text(&["+UPINCNT"]), DEFAULT_PATIENCE),
    ("AT^SPIC", Expect::Text(&["^SPIC"]), DEFAULT_PATIENCE),
    ("AT#PCT", Expect::Text(&["#PCT"]), DEFAULT_PATIENCE),
    ("AT+CPIN?", Expect::PrefixedOkOptional("+CPIN:"), CPIN_PATIENCE),
    ("AT+CPIN", Expect::Nothing, CPIN_PATIENCE),
    ("AT^CPIN?", Expect::Prefixed("^CPIN:"), DEFAULT_PATIENCE),
    ("AT+SPIC", Expect::Prefixed("+SPIC:"), DEFAULT_PATIENCE),
    ("AT+QPINC?", Expect::Prefixed("+QPINC:"), DEFAULT_PATIENCE),
    ("AT+CGMI", Expect::Text(&["+CGMI:"]), DEFAULT_PATIENCE),
    ("AT+CGMM", Expect::Text(&["+CGMM:"]), DEFAULT_PATIENCE),
    ("AT+CGMR", Expect::Text(&["+CGMR:"]), DEFAULT_PATIENCE),
    ("AT+CGSN", Expect::Text(&["+CGSN:"]), DEFAULT_PATIENCE),
    ("AT+CIMI", Expect::Text(&["+CIMI:"]), DEFAULT_PATIENCE),
    ("AT+CCID", Expect::Text(&["+CCID:"]), DEFAULT_PATIENCE),
    ("AT+ICCID", Expect::Text(&["+ICCID:"]), DEFAULT_PATIENCE),
    ("AT+CICCID", Expect::Text(&["+ICCID:"]), DEFAULT_PATIENCE),
    ("AT+QCCID", Expect::Text(&["+QCCID:"]), DEFAULT_PATIENCE),
    ("AT^ICCID?", Expect::Text(&["^ICCID:"]), DEFAULT_PATIENCE),
    ("AT^SCID", Expect::Text(&["^SCID:"]), DEFAULT_PATIENCE),
    ("AT#CCID", Expect::Text(&["#CCID:"]), DEFAULT_PATIENCE),
    ("AT+ZGETICCID", Expect::Text(&["+ZGETICCID:"]), DEFAULT_PATIENCE),
    ("AT+CUSD", Expect::Nothing, CUSD_PATIENCE),
    ("AT+", Expect::Nothing, DEFAULT_PATIENCE),
    ("AT^", Expect::Nothing, DEFAULT_PATIENCE),
];

/// Commands that write something after a prompt.
const PROMPTING: &[&str] = &["AT+CMGS", "AT+CMGW", "AT+CNMA=1,", "AT+CNMA=2,"];

/// What the engine made of a step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Told {
    /// A command is over.
    Finished {
        /// The command line.
        line: String,
        /// Its information lines, or why there are none.
        result: Result<Vec<String>, Failure>,
    },
    /// A notice.
    Noticed(Urc),
}

/// What the driver concludes when a text that it handed to the modem was not taken, and nothing was amiss before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Conclusion {
    /// It may have gone out all the same.
    Unknown,
    /// So it may, and it goes back to the queue after a pause unless a report says that it did.
    Unanswered,
    /// It is tried once more, and given up then: the line may have marred it.
    OnceMore,
    /// It is given up.
    GivenUp,
    /// It goes back to the queue, and this is done about the modem.
    Again(Measure),
}

/// What the driver makes of a text that failed like this.
pub fn conclusion(failure: &Failure) -> Conclusion {
    if failure.is_unanswered() {
        return Conclusion::Unanswered;
    }
    if failure.may_have_gone_out() {
        return Conclusion::Unknown;
    }
    if failure.is_misread() {
        return Conclusion::OnceMore;
    }
    let reaction = failure.reaction();
    if matches!(reaction, Reaction::Fail | Reaction::FailBug | Reaction::FailNum) {
        return Conclusion::GivenUp;
    }
    let mut restarts = Quota::new(RESTARTS_MAX);
    let now = tokio::time::Instant::now();
    Conclusion::Again(Ladder::default().refused(reaction, "", &mut restarts, now))
}

/// Which lines the command on this line expects.
pub fn expect(line: &str) -> Expect {
    row(line).map_or(Expect::Nothing, |(_, expect, _)| *expect)
}

fn row(line: &str) -> Option<&'static (&'static str, Expect, Duration)> {
    let line = line.to_ascii_uppercase();
    COMMANDS.iter().find(|(command, _, _)| line.starts_with(command))
}

/// The engine on a line that is only written down.
#[derive(Debug)]
pub struct Replay {
    engine: Engine,
    now: Instant,
    /// The command in flight, or the one that waits for quiet.
    line: Option<String>,
    written: Vec<u8>,
    told: Vec<Told>,
    /// Overrules what the commands themselves say.
    patience: Option<Duration>,
}

impl Default for Replay {
    fn default() -> Self {
        Self::new()
    }
}

impl Replay {
    /// At the beginning of an exchange.
    pub fn new() -> Self {
        Self {
            engine: Engine::new(),
            now: Instant::now(),
            line: None,
            written: Vec::new(),
            told: Vec::new(),
            patience: None,
        }
    }

    /// The same with a patience for all commands.
    #[must_use]
    pub fn with_patience(mut self, patience: Duration) -> Self {
        self.patience = Some(patience);
        self
    }

    /// The computer writes `octets`, and `next` after them: a payload is known before its prompt comes. Gives what the
    /// engine itself writes here.
    pub fn write(&mut self, octets: &[u8], next: Option<&[u8]>) -> Vec<u8> {
        let text = String::from_utf8_lossy(octets);
        match text.strip_suffix('\r') {
            // The engine may have written it already, at a time-out.
            Some("\u{1b}") if self.written.is_empty() => {
                self.submit("\u{1b}", Escape.request());
            }
            Some("\u{1b}") | None => {}
            Some(line) => {
                if let Some(request) = self.request(line, next) {
                    self.submit(line, request);
                }
            }
        }
        std::mem::take(&mut self.written)
    }

    /// The modem sends.
    pub fn read(&mut self, octets: &[u8]) {
        self.engine.handle_bytes(octets, self.now);
        self.drain();
    }

    /// Time passes.
    pub fn wait(&mut self, time: Duration) {
        let end = self.now + time;
        while let Some(at) = self.engine.poll_timeout().filter(|at| *at <= end) {
            self.now = self.now.max(at);
            self.engine.handle_timeout(self.now);
            self.drain();
        }
        self.now = end;
    }

    /// The port was opened anew.
    pub fn reopen(&mut self) {
        self.engine.reset();
        self.drain();
    }

    /// Nothing more comes: every command comes to its end. Gives what the engine still writes.
    pub fn end(&mut self) -> Vec<u8> {
        self.finish();
        // What else the engine waits for takes seconds.
        self.wait(Duration::from_mins(1));
        std::mem::take(&mut self.written)
    }

    /// What the engine has told since this was asked last.
    pub fn take_told(&mut self) -> Vec<Told> {
        std::mem::take(&mut self.told)
    }

    /// Lets time pass until no command is in flight.
    fn finish(&mut self) {
        while self.line.is_some()
            && let Some(at) = self.engine.poll_timeout()
        {
            self.now = self.now.max(at);
            self.engine.handle_timeout(self.now);
            self.drain();
        }
    }

    fn submit(&mut self, line: &str, request: Request) {
        // The driver, too, waits for its command to finish.
        self.finish();
        // So the engine is free.
        if self.engine.submit(request, self.now).is_ok() {
            self.line = Some(line.to_owned());
        }
        self.drain();
        // While the line settles after a time-out nothing is written, and nothing can answer.
        if self.written.is_empty() {
            self.wait(QUIET * 2);
        }
    }

    fn request(&self, line: &str, next: Option<&[u8]>) -> Option<Request> {
        let (expect, patience) = row(line)
            .map_or((Expect::Nothing, AT_PATIENCE), |(_, expect, patience)| (*expect, *patience));
        let request =
            Request::new(Line::parse(line).ok()?, expect, self.patience.unwrap_or(patience));
        let upper = line.to_ascii_uppercase();
        if !PROMPTING.iter().any(|command| upper.starts_with(command)) {
            return Some(request);
        }
        let digits = String::from_utf8_lossy(next.unwrap_or_default());
        let octets = hex::decode(digits.trim_end_matches('\u{1a}')).unwrap_or_default();
        Some(request.with_payload(Payload::of(&octets)))
    }

    /// Takes what the engine has to say.
    fn drain(&mut self) {
        while let Some(octets) = self.engine.poll_transmit() {
            self.written.extend(octets);
        }
        while let Some(event) = self.engine.poll_event() {
            self.told.push(match event {
                Event::Finished(result) => {
                    Told::Finished { line: self.line.take().unwrap_or_default(), result }
                }
                Event::Unsolicited(urc) => Told::Noticed(urc),
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::at::Fate;

    #[test]
    fn a_command_is_answered_and_a_mute_one_comes_to_its_end() {
        let mut replay = Replay::new();
        assert_eq!(replay.write(b"AT+CSQ\r", None), b"AT+CSQ\r");
        replay.read(b"\r\n+CMTI: \"SM\",1\r\n\r\n+CSQ: 19,99\r\n\r\nOK\r\n");
        let told = replay.take_told();
        assert!(matches!(
            told.as_slice(),
            [Told::Noticed(Urc::MessageStored { .. }), Told::Finished { .. }]
        ));
        let answer = Ok(vec!["+CSQ: 19,99".to_owned()]);
        assert_eq!(
            told.last(),
            Some(&Told::Finished { line: "AT+CSQ".to_owned(), result: answer })
        );
        replay.write(b"AT\r", None);
        // The next command shows that the driver had given it up.
        assert_eq!(replay.write(b"ATE0\r", None), b"ATE0\r");
        let result = Err(Failure::TimedOut(Fate::NotSent));
        assert_eq!(replay.take_told(), [Told::Finished { line: "AT".to_owned(), result }]);
    }

    #[test]
    fn what_the_driver_concludes_is_what_its_ladder_says_of_the_first_of_its_kind() {
        use crate::at::{CmsCode, Refusal};
        let refused = |code| {
            let refusal = Refusal::Cms(CmsCode(code));
            conclusion(&Failure::Refused { refusal, after_payload: true })
        };
        assert_eq!(refused(41), Conclusion::Again(Measure::GoOn));
        assert_eq!(refused(1), Conclusion::GivenUp);
        assert_eq!(refused(95), Conclusion::GivenUp);
        assert!(matches!(refused(8), Conclusion::Again(Measure::Hold(_))));
        assert!(matches!(refused(331), Conclusion::Again(Measure::AskNetwork(_))));
        assert_eq!(refused(322), Conclusion::Again(Measure::Sweep));
        assert!(matches!(refused(500), Conclusion::Again(Measure::Wait(_))));
        assert_eq!(conclusion(&Failure::TimedOut(Fate::Unknown)), Conclusion::Unknown);
        let refusal = Refusal::Cms(CmsCode::NETWORK_TIME_OUT);
        let unanswered = Failure::Refused { refusal, after_payload: true };
        assert_eq!(conclusion(&unanswered), Conclusion::Unanswered);
    }

    #[test]
    fn a_payload_is_written_at_its_prompt() {
        let mut replay = Replay::new();
        let payload = b"00110000\x1a";
        replay.write(b"AT+CMGS=3\r", Some(payload));
        replay.read(b"\r\n> ");
        assert_eq!(replay.write(payload, None), payload);
        replay.read(b"\r\n+CMGS: 5\r\n\r\nOK\r\n");
        assert!(matches!(replay.take_told().as_slice(), [Told::Finished { result: Ok(_), .. }]));
    }
}
