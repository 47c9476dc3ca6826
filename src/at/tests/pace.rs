//! Payloads that go out in pieces, with pauses: nothing of them can leave before their Ctrl-Z.

use std::time::Duration;

use super::{Desk, OCTETS, PATIENCE, PDU, PROMPT, WRITTEN, at, lines, send};
use crate::at::engine::{QUIET, SETTLING_MAX};
use crate::at::{Boot, Failure, Fate, Pace, Refusal, Request, Urc};

const ESCAPED: &str = "\\x1b\\r";
const AN_INSTANT: Duration = Duration::from_millis(1);
const PACE: Pace = Pace {
    pause: Duration::from_millis(100),
    piece: Some(3),
    between: Duration::from_millis(10),
    before_end: Duration::from_millis(500),
};

/// What is written, and how long after what was written before.
const STEPS: [(Duration, &str); 4] =
    [(PACE.pause, "001"), (PACE.between, "1AB"), (PACE.between, "CD"), (PACE.before_end, "\\x1a")];

fn slow() -> Request {
    send().at_pace(PACE)
}

/// A desk that has seen the prompt and written this many of the steps.
fn after(steps: usize) -> Desk {
    let mut desk = Desk::with(slow());
    desk.hears("\r\n> ");
    for (pause, written) in STEPS.into_iter().take(steps) {
        desk.waits(pause);
        assert_eq!(desk.wrote(), written);
    }
    desk
}

#[test]
fn each_piece_is_written_after_its_pause_and_no_sooner() {
    let mut desk = Desk::with(slow());
    assert!(desk.engine.keeps_payload_back());
    desk.hears("\r\n> ");
    for (place, (pause, written)) in STEPS.into_iter().enumerate() {
        assert_eq!(desk.engine.keeps_payload_back(), place == 0);
        desk.waits(pause.checked_sub(AN_INSTANT).unwrap());
        assert_eq!(desk.wrote(), "", "before {written}");
        desk.waits(AN_INSTANT);
        assert_eq!(desk.wrote(), written);
    }
    assert!(!desk.engine.keeps_payload_back());
    // The patience of the result begins with Ctrl-Z.
    desk.waits(PATIENCE.checked_sub(AN_INSTANT).unwrap());
    desk.hears("\r\n+CMGS: 5\r\n\r\nOK\r\n");
    assert_eq!(desk.finished(), [lines(&["+CMGS: 5"])]);
}

#[test]
fn a_pace_without_pauses_writes_all_at_once() {
    let mut desk = Desk::with(send().at_pace(Pace::default()));
    desk.hears(">");
    assert_eq!(desk.wrote(), WRITTEN);
    // A pause before the end alone holds back nothing but Ctrl-Z; pieces longer than the payload are one.
    for piece in [None, Some(OCTETS.len() * 2), Some(usize::MAX)] {
        let pace = Pace { piece, before_end: PACE.before_end, ..Pace::default() };
        let mut desk = Desk::with(send().at_pace(pace));
        desk.hears(">");
        assert_eq!(desk.wrote(), "0011ABCD");
        desk.waits(PACE.before_end);
        assert_eq!(desk.wrote(), "\\x1a");
    }
}

#[test]
fn all_paces_write_the_same_octets_in_the_end() {
    for piece in [None, Some(0), Some(1), Some(2), Some(7), Some(8), Some(9)] {
        for pauses in 0..8_u64 {
            let pause = |bit: u64| Duration::from_millis((pauses >> bit & 1) * 20);
            let pace = Pace { piece, pause: pause(0), between: pause(1), before_end: pause(2) };
            let mut desk = Desk::with(send().at_pace(pace));
            desk.hears("\r\n> ");
            desk.waits(PATIENCE / 2);
            assert_eq!(desk.wrote(), WRITTEN, "{pace:?}");
            desk.hears("\r\n+CMGS: 5\r\n\r\nOK\r\n");
            assert_eq!(desk.finished(), [lines(&["+CMGS: 5"])], "{pace:?}");
        }
    }
}

#[test]
fn who_wakes_late_keeps_the_pauses_and_who_wakes_far_too_late_sends_nothing() {
    let mut desk = after(1);
    desk.now += PACE.before_end;
    desk.engine.handle_timeout(desk.now);
    desk.take();
    assert_eq!(desk.wrote(), "1AB", "one piece, however late");
    for steps in 0..STEPS.len() {
        let mut desk = after(steps);
        desk.now += PROMPT + Duration::from_secs(1);
        desk.engine.handle_timeout(desk.now);
        desk.take();
        assert_eq!(desk.finished(), [Err(Failure::TimedOut(Fate::NotSent))], "{steps}");
        assert_eq!(desk.wrote(), ESCAPED, "{steps}");
        desk.waits(SETTLING_MAX);
        assert_eq!(desk.wrote(), "", "{steps}");
    }
}

#[test]
fn notices_in_each_pause_are_told_and_hold_up_nothing() {
    let stored = |index| format!("\r\n+CMTI: \"SM\",{index}\r\n");
    for steps in 0..STEPS.len() {
        let mut desk = after(steps);
        desk.hears(stored(3));
        desk.hears(format!("\r\n+CMT: ,23\r\n{PDU}\r\n"));
        assert_eq!(desk.notices().len(), 2, "{steps}");
        assert_eq!((desk.finished(), desk.wrote()), (vec![], String::new()), "{steps}");
        for (pause, written) in STEPS.into_iter().skip(steps) {
            desk.waits(pause);
            assert_eq!(desk.wrote(), written, "{steps}");
        }
        desk.hears("\r\n+CMGS: 5\r\n\r\nOK\r\n");
        assert_eq!(desk.finished(), [lines(&["+CMGS: 5"])], "{steps}");
    }
}

#[test]
fn what_comes_in_a_pause_may_be_cut_anywhere() {
    let said = format!("001\r\n+CMT: ,23\r\n{PDU}\r\n\r\n> \r\nOK\r\n\r\n+CREG: 1\r\n");
    let whole = {
        let mut desk = after(1);
        desk.hears(&said);
        desk.notices()
    };
    assert!(whole.len() >= 2, "{whole:?}");
    for cut in 0..=said.len() {
        let mut desk = after(1);
        desk.hears(&said[..cut]);
        desk.hears(&said[cut..]);
        assert_eq!((desk.notices(), desk.finished()), (whole.clone(), vec![]), "{cut}");
        desk.waits(PATIENCE / 2);
        desk.waits(PACE.before_end);
        assert_eq!(desk.wrote(), "1ABCD\\x1a", "{cut}");
    }
}

#[test]
fn a_refusal_in_a_pause_ends_the_payload_and_leaves_the_prompt() {
    for steps in 0..STEPS.len() {
        let mut desk = after(steps);
        desk.hears("\r\nERROR\r\n");
        let refused = Failure::Refused { refusal: Refusal::Plain, after_payload: false };
        assert_eq!((desk.finished(), desk.wrote()), (vec![Err(refused)], ESCAPED.to_owned()));
        desk.submit(at()).unwrap();
        desk.waits(QUIET);
        assert_eq!(desk.wrote(), "AT\\r", "{steps}");
    }
}

#[test]
fn a_reset_or_a_restart_before_the_end_has_sent_nothing() {
    for steps in 0..=STEPS.len() {
        let fate = if steps < STEPS.len() { Fate::NotSent } else { Fate::Unknown };
        let mut desk = after(steps);
        assert!(desk.submit(at()).is_err());
        desk.resets();
        assert_eq!(desk.finished(), [Err(Failure::Reset(fate))], "{steps}");
        let mut desk = after(steps);
        desk.hears("\r\nRDY\r\n");
        assert_eq!(desk.finished(), [Err(Failure::Restarted(fate))], "{steps}");
        assert_eq!(desk.notices(), [Urc::Boot(Boot::Started)]);
        desk.waits(SETTLING_MAX);
        assert_eq!(desk.wrote(), "", "{steps}");
    }
}
