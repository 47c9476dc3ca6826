//! The side of the modem that a computer types at: lines, prompts, notices and final result codes (V.250 §5).

use std::time::Duration;

use super::command_line;
use super::failure::Failure;
use super::faults::Mishap;
use super::messages::Purpose;
use super::modem::{Modem, Timer};
use super::power::Power;
use super::profile::{Profile, WhileBusy};

/// Octets of one command line; longer ones are answered with `ERROR`.
const LINE_OCTETS_MAX: usize = 2048;
/// Command lines that are remembered.
const HEARD_MAX: usize = 256;
/// Octets that wait while a command runs; the rest is lost.
const BACKLOG_OCTETS_MAX: usize = 1024;
/// Notices that wait while a line is typed or a prompt is open; the oldest is lost first.
const HELD_NOTICES_MAX: usize = 64;
/// How long a half-typed line holds notices back.
const HELD_AT_MOST: Duration = Duration::from_secs(1);

const ESC: u8 = 0x1B;
const CTRL_Z: u8 = 0x1A;
const BACKSPACE: u8 = 0x08;

#[derive(Debug)]
pub(super) enum Input {
    /// A command line is typed, or nothing is.
    Typing(Vec<u8>),
    /// A command runs.
    Running,
    /// The prompt was given; hexadecimal digits gather.
    Prompting { purpose: Purpose, digits: Vec<u8>, deaf_until: Duration },
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
    /// A full store is told of, on a family that must be asked for that.
    pub(super) tells_full: bool,
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
            tells_full: false,
            cnmi: profile.cnmi.map(|values| values.first().copied().unwrap_or(0)),
            memories: profile.store_default,
            link: 0,
            character_set: "GSM".to_owned(),
            caller_shown: false,
            ussd_shown: 0,
            ussd_packed: profile.ussd_packed,
        }
    }
}

impl Modem {
    /// The command lines of late, as they were typed, from the oldest.
    pub fn heard(&self) -> impl Iterator<Item = &str> {
        self.heard.iter().map(String::as_str)
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
        if self.hides_notices() {
            return;
        }
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
        let deaf_until = self.now + self.profile.deaf_after_prompt;
        self.input = Input::Prompting { purpose, digits: Vec::new(), deaf_until };
        Outcome::Later
    }

    /// Ends the running command; after a success the rest of its line goes on.
    pub(super) fn finish(&mut self, result: Result<(), Failure>) {
        let outcome = Outcome::from(result);
        self.conclude(&outcome);
        self.run_commands();
    }

    pub(super) fn transmit(&mut self, octets: &[u8]) {
        if !self.faults.mute && self.power == Power::On && !self.is_out_of_its_mind() {
            self.outbound.put(octets, self.now);
        }
    }

    pub(super) fn hear(&mut self, octets: &[u8]) {
        if self.power != Power::On || self.faults.mute {
            return;
        }
        if self.is_out_of_its_mind() {
            return self.hear_in_vain(octets);
        }
        self.backlog.extend(octets);
        self.read_on();
    }

    /// Takes what was heard, octet by octet, until a command runs that has to be waited for.
    pub(super) fn read_on(&mut self) {
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
            Input::Prompting { digits, deaf_until, .. } => match octet {
                CTRL_Z | ESC => self.end_prompt(octet == CTRL_Z),
                b'\r' | b'\n' => {}
                _ if self.now < *deaf_until => {}
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
        if self.heard.len() == HEARD_MAX {
            self.heard.pop_front();
        }
        self.heard.push_back(text.trim().to_owned());
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
        let Input::Prompting { purpose, digits, .. } =
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
            if self.refuses_everything()
                && !(self.restart_cures() && command.is(self.profile.restart))
            {
                self.conclude(&Outcome::Failed(Failure::Plain));
                return;
            }
            let outcome = match mishap {
                Some(Mishap::Error(failure)) => Outcome::Failed(failure),
                Some(Mishap::FallSick(sick)) => return self.begin_sickness(sick),
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
            if self.restart_cures() {
                self.recover();
            }
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

    pub(super) fn release_notices(&mut self) {
        self.cancel(&Timer::ReleaseNotices);
        for line in std::mem::take(&mut self.held) {
            self.transmit(format!("\r\n{line}\r\n").as_bytes());
        }
    }
}
