//! Every dialogue of tests/data/dialogues, byte by byte through the AT engine: cut anywhere, with notices between the
//! lines, the outcome of each command is the same. The format of the files stands in their README.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "the dialogues are part of the test: a bad file must stop it"
)]

use std::fs;
use std::time::{Duration, Instant};

use aduan::at::command::PROMPT_PATIENCE;
use aduan::at::engine::QUIET;
use aduan::at::{Engine, Event, Expect, Failure, Fate, Line, Payload, Request};

#[derive(Debug, Clone)]
enum Step {
    Write(Vec<u8>),
    Read(Vec<u8>),
    Wait(Duration),
    Reopen,
}

/// Notices that may stand between any two lines (quirks.md, section 6), each with its CR LF.
const NOTICES: &[&str] = &[
    "\r\n^RSSI:19\r\n",
    "\r\n^MODE:5,4\r\n",
    "\r\n+ZPASR: \"No Service\"\r\n",
    "\r\n+PSBEARER: 24, 0\r\n",
    "\r\n+CMTI: \"SM\",3\r\n",
    "\r\n+CDSI: \"SR\",1\r\n",
    "\r\nRING\r\n",
    "\r\n+CIEV: 2,1\r\n",
    "\r\n\r\n",
    "\r\n+CMT: ,23\r\n07918497483252F0040B918496445078F700007121320144744004D4F29C0E\r\n",
    "\r\n+CDS: 25\r\n07914875215652F006360B914892347527F3817003018104808170030181448000\r\n",
];

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

fn steps(file: &str) -> Vec<Step> {
    file.lines()
        .filter_map(|line| {
            let data = line.get(2..).unwrap_or_default();
            let millis =
                || Duration::from_millis(data.rsplit(' ').next().unwrap().parse().unwrap());
            match line.get(..2)? {
                "> " => Some(Step::Write(unescape(data))),
                "< " => Some(Step::Read(unescape(data))),
                "@ " if data.starts_with("wait") || data.starts_with("silence") => {
                    Some(Step::Wait(millis()))
                }
                "@ " if data == "unplug" => Some(Step::Reopen),
                _ => None,
            }
        })
        .collect()
}

/// Which lines the command of a dialogue expects, as the typed commands would say.
fn expect(line: &str) -> Expect {
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

/// What the engine said of each command, in order.
#[derive(Debug, Default, PartialEq, Eq)]
struct Outcome {
    finished: Vec<Result<Vec<String>, Failure>>,
}

struct Player {
    engine: Engine,
    now: Instant,
    outcome: Outcome,
    open: usize,
}

impl Player {
    /// Takes what the engine has to say; whether it wrote something.
    fn drain(&mut self) -> bool {
        let mut wrote = false;
        while self.engine.poll_transmit().is_some() {
            wrote = true;
        }
        while let Some(event) = self.engine.poll_event() {
            if let Event::Finished(result) = event {
                self.open = self.open.checked_sub(1).unwrap_or_else(|| panic!("finished twice"));
                self.outcome.finished.push(result);
            }
        }
        wrote
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
}

/// Plays a dialogue; `pieces` cuts each run of bytes from the modem.
fn play(steps: &[Step], pieces: impl Fn(&[u8]) -> Vec<Vec<u8>>) -> Outcome {
    let mut player =
        Player { engine: Engine::new(), now: Instant::now(), outcome: Outcome::default(), open: 0 };
    let mut at = 0;
    while let Some(step) = steps.get(at) {
        at += 1;
        match step {
            Step::Write(bytes) => {
                let text = String::from_utf8_lossy(bytes);
                let Some(line) = text
                    .strip_suffix('\r')
                    .filter(|line| line.to_ascii_uppercase().starts_with("AT"))
                else {
                    continue;
                };
                // The payload is known beforehand; the engine writes it when the prompt has come.
                let payload = ["AT+CMGS", "AT+CMGW"]
                    .iter()
                    .any(|command| line.starts_with(command))
                    .then(|| {
                        let digits: String = steps
                            .iter()
                            .skip(at)
                            .find_map(|step| match step {
                                Step::Write(bytes) if bytes.first() != Some(&0x1b) => Some(
                                    String::from_utf8_lossy(bytes)
                                        .trim_end_matches('\u{1a}')
                                        .to_owned(),
                                ),
                                Step::Write(_) | Step::Read(_) | Step::Wait(_) | Step::Reopen => {
                                    None
                                }
                            })
                            .unwrap_or_default();
                        Payload::of(&aduan::sms::hex::decode(&digits).unwrap_or_default())
                    });
                let mut request =
                    Request::new(Line::parse(line).unwrap(), expect(line), Duration::from_mins(1));
                if let Some(payload) = payload {
                    request = request.with_payload(payload);
                }
                // Time enough for what came before to be over: the driver, too, waits for its command to finish.
                if player.open > 0 {
                    player.wait(PROMPT_PATIENCE * 5);
                }
                player
                    .engine
                    .submit(request, player.now)
                    .unwrap_or_else(|error| panic!("{line}: {error}"));
                player.open += 1;
                // While the line settles after a time-out nothing is written, and nothing can answer.
                if !player.drain() {
                    player.wait(QUIET * 2);
                }
            }
            Step::Read(bytes) => {
                let mut run = bytes.clone();
                while let Some(Step::Read(more)) = steps.get(at) {
                    run.extend(more);
                    at += 1;
                }
                for piece in pieces(&run) {
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
    player.outcome
}

fn whole(run: &[u8]) -> Vec<Vec<u8>> {
    vec![run.to_vec()]
}

fn dialogues() -> Vec<(String, Vec<Step>)> {
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

/// One line per command: what it answered, or why it did not.
fn told(outcome: &Outcome) -> String {
    outcome
        .finished
        .iter()
        .map(|result| match result {
            Ok(lines) if lines.is_empty() => "OK".to_owned(),
            Ok(lines) => format!(
                "OK {}",
                lines
                    .iter()
                    .map(|line| line.chars().take(28).collect())
                    .collect::<Vec<String>>()
                    .join(" / ")
            ),
            Err(failure) => match failure {
                Failure::TimedOut(fate) | Failure::Restarted(fate) | Failure::Reset(fate) => {
                    let fate = if *fate == Fate::Unknown { "fate unknown" } else { "nothing sent" };
                    format!("{failure}, {fate}")
                }
                Failure::Refused { .. } => failure.to_string(),
            },
        })
        .collect::<Vec<_>>()
        .join("\n")
}

#[test]
fn every_dialogue_ends_as_it_should() {
    let story: Vec<String> = dialogues()
        .iter()
        .map(|(name, steps)| format!("[{name}]\n{}\n", told(&play(steps, whole))))
        .collect();
    let story = story.join("\n");
    let expected = include_str!("data/dialogue-outcomes.txt");
    assert_eq!(story.trim(), expected.trim(), "\n{story}");
}

#[test]
fn where_the_line_is_cut_makes_no_difference() {
    for (name, steps) in dialogues() {
        let expected = play(&steps, whole);
        let single = |run: &[u8]| run.iter().map(|byte| vec![*byte]).collect();
        assert_eq!(play(&steps, single), expected, "{name}, byte by byte");
        let longest = steps
            .iter()
            .map(|step| if let Step::Read(bytes) = step { bytes.len() } else { 0 })
            .max();
        for cut in 1..longest.unwrap_or(0) {
            let at = |run: &[u8]| {
                let (head, tail) = run.split_at(cut.min(run.len()));
                vec![head.to_vec(), tail.to_vec()]
            };
            assert_eq!(play(&steps, at), expected, "{name}, cut at {cut}");
        }
    }
}

#[test]
fn a_notice_between_two_lines_changes_no_answer() {
    for (name, steps) in dialogues() {
        let expected = play(&steps, whole);
        for notice in NOTICES {
            let between = |run: &[u8]| {
                // After each line end, but not between a header and what belongs to it on the same line.
                run.split_inclusive(|byte| *byte == b'\n')
                    .flat_map(|line| {
                        let ends = line.ends_with(b"\r\n") && line.len() > 2 && is_boundary(line);
                        [line.to_vec(), if ends { notice.as_bytes().to_vec() } else { Vec::new() }]
                    })
                    .collect()
            };
            assert_eq!(play(&steps, between), expected, "{name}, with {notice:?}");
        }
    }
}

/// A notice of two lines is one: its header and its PDU are not torn apart.
fn is_boundary(line: &[u8]) -> bool {
    ![b"+CMT:".as_slice(), b"+CDS:", b"+CBM:", b"+CMGL:", b"+CMGR:"]
        .iter()
        .any(|header| line.starts_with(header))
        && !String::from_utf8_lossy(line).contains("+CMGL: 2,1,,23")
}
