//! `aduan replay`: a recorded exchange with a modem, step by step, what the engine makes of it and what the driver concludes;
//! without a daemon.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::time::Duration;

use anyhow::Context;

use super::failure::{self, Failure};
use super::terminal::plain;
use super::words::Words;
use crate::at::command::{CmglAll, Cmgr, SendTpdu};
use crate::at::{Boot, Command, Failure as Unanswered, Fate, SimNotice, Urc};
use crate::control::protocol::Trouble;
use crate::modem::recording::dialogue::{self, Step};
use crate::modem::replay::{self, Conclusion, Measure, Replay, Told};
use crate::sms::{
    Address, Deliver, Incoming, Outcome, Scts, StatusReport, Submit, hex, split_smsc,
};

/// Replays a file to its end.
///
/// # Errors
/// [`Failure::Fault`] when the file cannot be read or is no recording, [`Failure::Trouble`] when a command in it has no end.
pub fn run(file: &Path, words: &Words, out: &mut dyn Write) -> Result<(), Failure> {
    let named = || file.display().to_string();
    let text = fs::read_to_string(file).with_context(named)?;
    let steps = dialogue::read(&text).with_context(named)?;
    let mut story = Story { words, out, counts: Counts::default() };
    let mut replay = Replay::new();
    for (at, step) in steps.iter().enumerate() {
        match step {
            Step::Write(octets) => {
                let next = steps.iter().skip(at + 1).find_map(|step| match step {
                    Step::Write(octets) => Some(octets.as_slice()),
                    Step::Read(_) | Step::Wait(_) | Step::Reopen => None,
                });
                let written = replay.write(octets, next);
                // What came to its end before, because no answer to it is in the recording.
                story.tell(replay.take_told())?;
                story.wrote(octets, &written)?;
            }
            Step::Read(octets) => {
                story.line("replay-read", &[("octets", &dialogue::escape(octets))])?;
                replay.read(octets);
            }
            Step::Wait(time) => {
                story.line("replay-wait", &[("seconds", &seconds(*time))])?;
                replay.wait(*time);
            }
            Step::Reopen => {
                story.line("replay-reopen", &[])?;
                replay.reopen();
            }
        }
        story.tell(replay.take_told())?;
    }
    let written = replay.end();
    if !written.is_empty() {
        story.line("replay-would-write", &[("octets", &dialogue::escape(&written))])?;
    }
    story.tell(replay.take_told())?;
    story.end()
}

/// `1.5`, without zeros at the end.
fn seconds(time: Duration) -> String {
    time.as_secs_f64().to_string()
}

#[derive(Debug, Default)]
struct Counts {
    answered: usize,
    refused: usize,
    endless: usize,
    notices: usize,
}

struct Story<'a> {
    words: &'a Words,
    out: &'a mut dyn Write,
    counts: Counts,
}

impl Story<'_> {
    fn line(&mut self, id: &str, values: &[(&str, &str)]) -> Result<(), Failure> {
        Ok(writeln!(self.out, "{}", self.sentence(id, values))?)
    }

    /// What follows from a step, indented below it.
    fn note(&mut self, id: &str, values: &[(&str, &str)]) -> Result<(), Failure> {
        Ok(writeln!(self.out, "    {}", self.sentence(id, values))?)
    }

    /// In one line, every blank kept: modems and citizens wrote the values.
    fn sentence(&self, id: &str, values: &[(&str, &str)]) -> String {
        plain(&self.words.fill(id, values)).replace('\n', " ")
    }

    fn wrote(&mut self, octets: &[u8], written: &[u8]) -> Result<(), Failure> {
        self.line("replay-write", &[("octets", &dialogue::escape(octets))])?;
        if written != octets {
            self.note("replay-would-write", &[("octets", &dialogue::escape(written))])?;
        }
        // A payload ends with Ctrl-Z.
        if let Some(digits) = octets.strip_suffix(b"\x1a") {
            self.pdu(&String::from_utf8_lossy(digits), true)?;
        }
        Ok(())
    }

    fn tell(&mut self, told: Vec<Told>) -> Result<(), Failure> {
        for told in told {
            match told {
                Told::Finished { line, result } => self.finished(&line, result)?,
                Told::Noticed(urc) => {
                    self.counts.notices += 1;
                    self.notice(&urc)?;
                }
            }
        }
        Ok(())
    }

    fn finished(
        &mut self,
        line: &str,
        result: Result<Vec<String>, Unanswered>,
    ) -> Result<(), Failure> {
        let command = dialogue::escape(line.split('=').next().unwrap_or(line).as_bytes());
        let command = [("command", command.as_str())];
        let lines = match result {
            Ok(lines) => lines,
            Err(unanswered) => return self.unanswered(command, &unanswered),
        };
        self.counts.answered += 1;
        let upper = line.to_ascii_uppercase();
        if upper.starts_with("AT+CMGL") {
            let listed = CmglAll.answer(&lines).unwrap_or_default();
            let count = listed.len().to_string();
            self.note("replay-list", &[command, [("count", count.as_str())]].concat())?;
            for entry in listed {
                self.pdu(&entry.pdu_hex, false)?;
            }
        } else if upper.starts_with("AT+CMGR=") {
            match (Cmgr { index: 0 }).answer(&lines) {
                Ok(Some(stored)) => {
                    self.note("replay-answered", &[command, [("answer", "OK")]].concat())?;
                    self.pdu(&stored.pdu_hex, false)?;
                }
                Ok(None) | Err(_) => self.note("replay-empty-place", &command)?,
            }
        } else if upper.starts_with("AT+CMGS") {
            let reference = SendTpdu { smsc: None, tpdu: &[] }.answer(&lines).ok().flatten();
            let reference = reference.map_or("-".to_owned(), |reference| reference.0.to_string());
            self.note("replay-sent", &[command, [("reference", reference.as_str())]].concat())?;
        } else {
            let answer = if lines.is_empty() { "OK".to_owned() } else { lines.join(" / ") };
            self.note("replay-answered", &[command, [("answer", answer.as_str())]].concat())?;
        }
        Ok(())
    }

    fn unanswered(
        &mut self,
        command: [(&str, &str); 1],
        failure: &Unanswered,
    ) -> Result<(), Failure> {
        let [(_, name)] = command;
        let is_text = name.to_ascii_uppercase().starts_with("AT+CMGS");
        let (id, fate) = match failure {
            Unanswered::Refused { refusal, .. } => {
                self.counts.refused += 1;
                let why = refusal.to_string();
                self.note("replay-refused", &[command, [("why", why.as_str())]].concat())?;
                return if is_text { self.concludes(failure) } else { Ok(()) };
            }
            Unanswered::TimedOut(fate) => ("replay-timed-out", fate),
            Unanswered::Restarted(fate) => ("replay-restarted", fate),
            Unanswered::Reset(fate) => ("replay-reset", fate),
        };
        self.counts.endless += 1;
        self.note(id, &command)?;
        if *fate == Fate::Unknown {
            self.note("replay-fate-unknown", &[])?;
        }
        match failure {
            _ if is_text => self.concludes(failure),
            Unanswered::TimedOut(_) => self.note("replay-then-mute", &[]),
            Unanswered::Refused { .. } | Unanswered::Restarted(_) | Unanswered::Reset(_) => Ok(()),
        }
    }

    /// What the driver does about a text that was not taken.
    fn concludes(&mut self, failure: &Unanswered) -> Result<(), Failure> {
        let id = match replay::conclusion(failure) {
            Conclusion::Unknown => "replay-then-unknown",
            Conclusion::Unanswered => "replay-then-unanswered",
            Conclusion::OnceMore => "replay-then-once-more",
            Conclusion::GivenUp => "replay-then-given-up",
            Conclusion::Again(measure) => match measure {
                Measure::GoOn => "replay-then-again",
                Measure::AskNetwork(_) => "replay-then-network",
                Measure::Wait(_) => "replay-then-wait",
                Measure::Hold(_) => "replay-then-hold",
                Measure::Sweep => "replay-then-sweep",
                Measure::BringUp => "replay-then-bring-up",
                Measure::Restart => "replay-then-restart",
            },
        };
        self.note(id, &[])
    }

    fn notice(&mut self, urc: &Urc) -> Result<(), Failure> {
        let place = |index: &Option<u32>| index.map_or("-".to_owned(), |index| index.to_string());
        let name = |store: &Option<crate::at::Store>| {
            store.as_ref().map_or("-".to_owned(), ToString::to_string)
        };
        match urc {
            Urc::MessageStored { store, index } => self.note(
                "replay-notice-message",
                &[("store", &name(store)), ("index", &place(index))],
            ),
            Urc::ReportStored { store, index } => self
                .note("replay-notice-report", &[("store", &name(store)), ("index", &place(index))]),
            Urc::MessageRouted { pdu_hex, .. } | Urc::ReportRouted { pdu_hex, .. } => {
                self.note("replay-notice-routed", &[])?;
                self.pdu(pdu_hex, false)
            }
            Urc::StorageFull { store } => {
                self.note("replay-notice-full", &[("store", &name(store))])
            }
            Urc::Boot(Boot::Started) => self.note("replay-notice-started", &[]),
            Urc::Boot(Boot::UnderWay) | Urc::SmsReady => self.note("replay-notice-starting", &[]),
            Urc::PowerAlarm(line) => self.note("replay-notice-power", &[("line", line)]),
            Urc::Registration { state, .. } => {
                let id = if state.is_registered() {
                    "replay-notice-network"
                } else {
                    "replay-notice-no-network"
                };
                self.note(id, &[])
            }
            Urc::Sim(SimNotice::Removed) => self.note("replay-notice-card-gone", &[]),
            Urc::Ring => self.note("replay-notice-call", &[]),
            Urc::Ussd { text, .. } => {
                self.note("replay-notice-ussd", &[("text", text.as_deref().unwrap_or("-"))])
            }
            Urc::LateError(refusal) => {
                self.note("replay-notice-late", &[("why", &refusal.to_string())])
            }
            Urc::Unknown(line) => self.note("replay-notice-unknown", &[("line", line)]),
            Urc::Broadcast { .. }
            | Urc::FlashShown(_)
            | Urc::Signal { .. }
            | Urc::Sim(_)
            | Urc::CallEnded
            | Urc::NetworkTime(_)
            | Urc::Ignored(_) => self.note("replay-notice-other", &[]),
        }
    }

    /// A PDU in hex as the driver reads it; of what we wrote ourselves it is known which kind it is.
    fn pdu(&mut self, digits: &str, ours: bool) -> Result<(), Failure> {
        let octets = match hex::decode(digits) {
            Ok(octets) => octets,
            Err(error) => return self.note("replay-unreadable", &[("why", &error.to_string())]),
        };
        let tpdu = match split_smsc(&octets) {
            Ok((_, tpdu)) => tpdu,
            Err(error) => return self.note("replay-unreadable", &[("why", &error.to_string())]),
        };
        if ours {
            // An acknowledgement is none, and says nothing.
            return match Submit::decode(tpdu) {
                Ok(submit) => self.message("replay-to", &submit.destination, None, submit.text()),
                Err(_) => Ok(()),
            };
        }
        match Incoming::decode(tpdu) {
            Ok(Incoming::Deliver(deliver)) => self.message(
                "replay-from",
                &deliver.originator,
                Some(&deliver.timestamp),
                deliver.text(),
            ),
            Ok(Incoming::StatusReport(report)) => self.report(&report),
            Err(error) => match (Submit::decode(tpdu), Deliver::rescue(tpdu)) {
                (Ok(submit), _) => {
                    self.message("replay-to", &submit.destination, None, submit.text())
                }
                (Err(_), Ok(rest)) => {
                    self.note("replay-damaged", &[("why", &error.to_string())])?;
                    self.message(
                        "replay-from",
                        &rest.originator,
                        Some(&rest.timestamp),
                        rest.text(),
                    )
                }
                (Err(_), Err(_)) => self.note("replay-unreadable", &[("why", &error.to_string())]),
            },
        }
    }

    fn message(
        &mut self,
        id: &str,
        party: &Address,
        time: Option<&Scts>,
        text: Option<String>,
    ) -> Result<(), Failure> {
        let time = time.and_then(Scts::time);
        let time =
            time.map_or("-".to_owned(), |time| time.format("%d-%m-%Y %H.%M.%S %:z").to_string());
        let text = text.unwrap_or_else(|| self.words.say("replay-no-text"));
        self.note(id, &[("number", party.number()), ("time", &time), ("text", &text)])
    }

    fn report(&mut self, report: &StatusReport) -> Result<(), Failure> {
        let id = match report.status.outcome() {
            Outcome::Delivered => "replay-delivered",
            Outcome::Complete | Outcome::Reserved => "replay-complete",
            Outcome::Trying => "replay-trying",
            Outcome::Failed | Outcome::TryingStopped => "replay-failed",
        };
        let reference = report.message_reference.to_string();
        self.note(id, &[("number", report.recipient.number()), ("reference", &reference)])
    }

    fn end(mut self) -> Result<(), Failure> {
        let Counts { answered, refused, endless, notices } = self.counts;
        let [answered, refused, without, notices] =
            [answered, refused, endless, notices].map(|count| count.to_string());
        let counts = [
            ("answered", answered.as_str()),
            ("refused", refused.as_str()),
            ("endless", without.as_str()),
            ("notices", notices.as_str()),
        ];
        self.line("replay-counts", &counts)?;
        self.out.flush()?;
        if endless == 0 {
            return Ok(());
        }
        let message = format!("{endless} commands without an end");
        let trouble = failure::own("UNANSWERED", message, vec![("count", without)]);
        Err(Failure::Trouble(Trouble { fault: false, ..trouble }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::language::Language;

    /// Whether every command came to an end, and what was told.
    fn replayed(name: &str, language: Language) -> (bool, String) {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/dialogues").join(name);
        let mut out = Vec::new();
        let done = match run(&file, &Words::new(language), &mut out) {
            Ok(()) => true,
            Err(Failure::Trouble(trouble)) => {
                assert!(!trouble.fault && trouble.code == "UNANSWERED");
                false
            }
            Err(failure) => panic!("{failure:?}"),
        };
        (done, String::from_utf8(out).unwrap())
    }

    #[test]
    fn what_came_is_told_with_what_it_means() {
        let (done, story) = replayed("recv-cmti-cmgr-cmgd-reply-cds.txt", Language::English);
        assert!(done, "{story}");
        for words in [
            "announces a message",
            "A message from ",
            "AT+CMGD: OK",
            "A message to ",
            "took the message",
        ] {
            assert!(story.contains(words), "{words}: {story}");
        }
        let (_, story) = replayed("recv-cmti-cmgr-cmgd-reply-cds.txt", Language::Indonesian);
        assert!(story.contains("SMS dari ") && story.contains("Modem mengirim"), "{story}");
    }

    #[test]
    fn a_command_without_an_end_is_told_and_makes_it_a_failure() {
        let (done, story) = replayed("send-no-result.txt", Language::English);
        assert!(!done && story.contains("may have gone out"), "{story}");
        assert!(story.contains("The driver waits for its delivery report"), "{story}");
        let (done, story) = replayed("send-plain-error.txt", Language::English);
        assert!(done && story.contains("refused"), "{story}");
    }

    #[test]
    fn what_the_driver_concludes_is_told() {
        for (name, concludes) in [
            ("send-cms38-wrong-number.txt", "tries the text again after a pause"),
            ("send-cms69-indonesia.txt", "sends nothing on this card"),
            ("recv-cmt-cnma.txt", "keeps it, and only then acknowledges it"),
            ("call-ring-during-work.txt", "The driver hangs up"),
            ("recv-cmgl-hang.txt", "asks it for a sign of life"),
        ] {
            let (_, story) = replayed(name, Language::English);
            assert!(story.contains(concludes), "{name}: {story}");
        }
        let (_, story) = replayed("send-cms69-indonesia.txt", Language::Indonesian);
        assert!(story.contains("tidak mengirim apa pun lewat kartu ini"), "{story}");
    }

    #[test]
    fn every_dialogue_of_the_tests_is_told_in_both_languages() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/dialogues");
        for entry in fs::read_dir(folder).unwrap() {
            let name = entry.unwrap().file_name().into_string().unwrap();
            if name == "README.md" {
                continue;
            }
            for language in Language::ALL {
                let (_, story) = replayed(&name, language);
                assert!(!story.contains("replay-") && story.lines().count() > 2, "{story}");
            }
        }
    }

    #[test]
    fn what_is_no_recording_is_named_with_its_line() {
        let home = tempfile::tempdir().unwrap();
        let file = home.path().join("notes.txt");
        fs::write(&file, "> AT\\r\nbeli kabel\n").unwrap();
        let error = run(&file, &Words::new(Language::English), &mut Vec::new()).unwrap_err();
        let Failure::Fault(error) = error else { panic!("{error:?}") };
        assert!(format!("{error:#}").contains("line 2"), "{error:#}");
    }
}
