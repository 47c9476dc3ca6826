//! Whatever comes: every command ends once, nothing waits in the past, and memory stays bounded.

use std::time::{Duration, Instant};

use proptest::prelude::*;

use super::{Desk, PDU, ask, at, drain, lines, list, send};
use crate::at::answer::{ANSWER_BYTES_MAX, LINES_MAX};
use crate::at::engine::MEMORY_BYTES_MAX;
use crate::at::{Engine, Event, Expect, Pace, Request};

/// What may happen to an engine.
#[derive(Clone, Debug)]
enum Step {
    Submit(Request),
    Hear(Vec<u8>),
    Wait(u64),
    /// Until the engine wants to be woken.
    Doze,
    Reset,
}

/// Pieces of what modems say; noise seldom makes a header.
const PIECES: &[&str] = &[
    "\r\n",
    "\r",
    "> ",
    ">",
    "OK\r\n",
    "ERROR\r\n",
    "0\r",
    "+CMS ERROR: 38\r\n",
    "NO CARRIER\r\n",
    "RING\r\n",
    "RDY\r\n",
    "AT+CMGS=23\r",
    "+CMGS: 5\r\n",
    "+CMGL: 1,1,,23\r\n",
    "+CMT: ,23\r\n",
    "+CMT: \"a\",,\"b\"\r\n",
    "+CDS: 25\r\n",
    "+CUSD: 0,\"a",
    "\",15\r\n",
    "+CPIN: READY\r\n",
    "^RSSI:19\r\n",
    "+CMTI: \"SM\",3",
    "\0",
    "\u{1a}",
    PDU,
];

const PACE: Pace = Pace {
    pause: Duration::from_millis(100),
    piece: Some(4),
    between: Duration::from_millis(10),
    before_end: Duration::from_millis(500),
};

fn requests() -> impl Strategy<Value = Request> {
    prop_oneof![
        Just(at()),
        Just(send()),
        Just(send().at_pace(PACE)),
        Just(list()),
        Just(drain()),
        Just(ask("AT+CPIN?", Expect::PrefixedOkOptional("+CPIN:"))),
        Just(ask("AT+CGMI", Expect::Text(&["+CGMI:"]))),
    ]
}

fn steps() -> impl Strategy<Value = Step> {
    let piece = prop::sample::select(PIECES).prop_map(|piece| piece.as_bytes().to_vec());
    let said = prop_oneof![4 => piece, 1 => prop::collection::vec(any::<u8>(), 1..40)];
    prop_oneof![
        2 => requests().prop_map(Step::Submit),
        8 => prop::collection::vec(said, 1..6).prop_map(|said| Step::Hear(said.concat())),
        1 => (0u64..2000).prop_map(Step::Wait),
        1 => Just(Step::Doze),
        1 => Just(Step::Reset),
    ]
}

/// An engine whose outputs are counted and checked.
struct Watched {
    engine: Engine,
    now: Instant,
    accepted: usize,
    finished: usize,
    /// Octets told in answers, and notices.
    told: usize,
    heard: usize,
    /// A `>` has come since the last command line was written.
    prompted: bool,
}

impl Watched {
    fn new() -> Self {
        Self {
            engine: Engine::new(),
            now: Instant::now(),
            accepted: 0,
            finished: 0,
            told: 0,
            heard: 0,
            prompted: false,
        }
    }

    fn step(&mut self, step: Step) {
        match step {
            Step::Submit(request) => {
                self.accepted += usize::from(self.engine.submit(request, self.now).is_ok());
            }
            Step::Hear(octets) => {
                self.heard += octets.len();
                self.prompted |= octets.contains(&b'>');
                self.engine.handle_bytes(&octets, self.now);
            }
            Step::Wait(millis) => {
                self.now += Duration::from_millis(millis);
                self.engine.handle_timeout(self.now);
            }
            Step::Doze => {
                self.now = self.engine.poll_timeout().map_or(self.now, |due| due.max(self.now));
                self.engine.handle_timeout(self.now);
            }
            Step::Reset => self.engine.reset(),
        }
        self.drain();
    }

    fn drain(&mut self) {
        while let Some(octets) = self.engine.poll_transmit() {
            match octets.last() {
                Some(0x1a | b'0'..=b'9' | b'A'..=b'F') => {
                    assert!(self.prompted, "a payload without a prompt");
                }
                Some(b'\r') if octets.first() == Some(&b'A') => self.prompted = false,
                _ => assert_eq!(octets, b"\x1b\r"),
            }
        }
        while let Some(event) = self.engine.poll_event() {
            match event {
                Event::Finished(result) => {
                    self.finished += 1;
                    self.told += result.iter().flatten().map(String::len).sum::<usize>();
                }
                Event::Unsolicited(_) => self.told += 1,
            }
        }
        assert!(self.finished <= self.accepted, "a command has ended twice");
        assert!(self.accepted <= self.finished + 1, "two commands are in flight");
        assert!(self.engine.held_bytes() <= MEMORY_BYTES_MAX, "{}", self.engine.held_bytes());
        // An octet is told once, as one or two in UTF-8, and a notice takes a line.
        assert!(self.told <= 2 * self.heard, "{} of {}", self.told, self.heard);
    }

    /// Lets the engine's own deadlines pass, and nothing else; how many there were.
    fn rest(&mut self) -> usize {
        const DEADLINES_MAX: usize = 8;
        let mut deadlines = 0;
        while let Some(due) = self.engine.poll_timeout() {
            self.now = due.max(self.now);
            self.engine.handle_timeout(self.now);
            self.drain();
            deadlines += 1;
            assert!(deadlines <= DEADLINES_MAX, "no end of deadlines");
        }
        deadlines
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    /// Each accepted command ends exactly once, no payload goes without a prompt, memory and outputs are bounded,
    /// and a driver that follows the deadlines alone comes to rest.
    #[test]
    fn any_course_of_events_comes_to_rest(steps in prop::collection::vec(steps(), 0..60)) {
        let mut watched = Watched::new();
        for step in steps {
            watched.step(step);
            // A deadline that has passed is gone once it was heeded.
            watched.engine.handle_timeout(watched.now);
            watched.drain();
            prop_assert!(watched.engine.poll_timeout().is_none_or(|due| due > watched.now));
        }
        watched.rest();
        prop_assert_eq!(watched.finished, watched.accepted);
        prop_assert!(watched.engine.is_idle());
    }

    /// Where the line is cut makes no difference to whatever noise follows whatever command.
    #[test]
    fn any_noise_may_be_cut_anywhere(
        request in requests(),
        said in prop::collection::vec(
            prop_oneof![
                4 => prop::sample::select(PIECES).prop_map(|piece| piece.as_bytes().to_vec()),
                1 => prop::collection::vec(any::<u8>(), 1..8),
            ],
            0..20,
        ),
        cuts in prop::collection::vec(1usize..9, 1..20),
    ) {
        let octets = said.concat();
        let outcome = |pieces: &[&[u8]]| {
            let mut desk = Desk::with(request.clone());
            for piece in pieces {
                desk.hears(piece);
            }
            desk.waits(Duration::from_mins(1));
            (desk.wrote(), desk.finished(), desk.notices())
        };
        let mut pieces = Vec::new();
        let mut rest = octets.as_slice();
        let mut lengths = cuts.iter().cycle();
        while !rest.is_empty() {
            let (piece, tail) = rest.split_at(rest.len().min(*lengths.next().unwrap()));
            pieces.push(piece);
            rest = tail;
        }
        prop_assert_eq!(outcome(&pieces), outcome(&[&octets]));
    }
}

/// An engine in every state that takes octets.
fn states() -> Vec<(&'static str, Watched)> {
    let with = |steps: &[Step]| {
        let mut watched = Watched::new();
        steps.iter().cloned().for_each(|step| watched.step(step));
        watched
    };
    let hear = |text: &str| Step::Hear(text.as_bytes().to_vec());
    vec![
        ("idle", with(&[])),
        ("prompting", with(&[Step::Submit(send())])),
        ("paying", with(&[Step::Submit(send().at_pace(PACE)), hear("> "), Step::Doze])),
        ("sending", with(&[Step::Submit(send()), hear("> ")])),
        ("collecting", with(&[Step::Submit(list())])),
        ("before a PDU", with(&[Step::Submit(list()), hear("+CMGL: 1,1,,23\r\n")])),
        ("text", with(&[Step::Submit(ask("AT+CGMI", Expect::Text(&[])))])),
        ("drain", with(&[Step::Submit(drain())])),
        ("settling", with(&[Step::Submit(at()), Step::Doze])),
        ("second line", with(&[hear("+CMT: ,23\r\n")])),
        ("torn", with(&[hear("+CUSD: 0,\"")])),
    ]
}

const MEGABYTE: usize = 1 << 20;
const READ_BYTES: usize = 4096;

#[test]
fn a_megabyte_without_a_line_end_leaves_no_more_than_a_line() {
    for octet in [b'x', b'0', b'>', b' ', b'"', b'+', 0, 0xff, b'A'] {
        for (state, mut watched) in states() {
            let before = watched.told;
            for _ in 0..MEGABYTE / READ_BYTES {
                watched.step(Step::Hear(vec![octet; READ_BYTES]));
            }
            assert!(watched.engine.held_bytes() <= 32 * 1024, "{state}, {octet}");
            assert_eq!(watched.told, before, "{state}, {octet}");
            watched.rest();
            assert_eq!(watched.finished, watched.accepted, "{state}, {octet}");
        }
    }
}

#[test]
fn an_endless_stream_of_short_lines_leaves_no_more_than_one_answer() {
    /// Of [`READ_BYTES`]; twice as many of the shortest lines as an answer keeps.
    const BLOCKS: usize = 4;
    for line in [
        "x\n",
        "0\r",
        ">\n",
        "> \r\n",
        "+CMGL: 1,1,,23\r\n",
        "+CMGL:\n0\n",
        "+CMT: 1\n",
        "+CUSD: 0,\"\n",
        "\"\n",
        "RING\n",
    ] {
        for (state, mut watched) in states() {
            for _ in 0..BLOCKS {
                watched.step(Step::Hear(line.repeat(READ_BYTES / line.len()).into_bytes()));
            }
            watched.rest();
            assert_eq!(watched.finished, watched.accepted, "{state}, {line:?}");
        }
    }
}

#[test]
fn a_device_that_prompts_for_ever_is_escaped_a_few_times_and_not_for_ever() {
    let mut desk = Desk::new();
    for _ in 0..1000 {
        desk.hears("\r\n> ");
    }
    assert_eq!(desk.wrote(), "\\x1b\\r".repeat(3));
}

#[test]
fn an_answer_is_kept_up_to_its_bounds_and_then_cut_off_whole() {
    // Many short lines.
    let mut desk = Desk::with(list());
    desk.hears("+CMGL: 1,1,,23\r\n".repeat(2 * LINES_MAX));
    desk.hears("OK\r\n");
    assert_eq!(desk.finished().remove(0).map(|lines| lines.len()), Ok(LINES_MAX));
    // Few long ones: no short one slips in behind the first that was too much.
    let mut desk = Desk::with(ask("AT+CGMI", Expect::Text(&[])));
    let long = "y".repeat(4000);
    for _ in 0..2 * ANSWER_BYTES_MAX / long.len() {
        desk.hears(format!("{long}\r\n"));
    }
    desk.hears("short\r\nOK\r\n");
    let kept = desk.finished().remove(0).unwrap();
    assert_eq!(kept.len(), ANSWER_BYTES_MAX / long.len());
    assert!(kept.iter().all(|line| *line == long));
}

#[test]
fn a_full_store_fits_into_an_answer() {
    let pdu = "F".repeat(2 * (12 + 164));
    let entry = format!("+CMGL: 254,0,\"{}\",164\r\n{pdu}\r\n", "n".repeat(32));
    let mut desk = Desk::with(list());
    desk.hears(entry.repeat(1000));
    desk.hears("OK\r\n");
    assert_eq!(desk.finished().remove(0).unwrap().len(), 2000);
    let mut desk = Desk::with(list());
    desk.hears("OK\r\n");
    assert_eq!(desk.finished(), [lines(&[])]);
}
