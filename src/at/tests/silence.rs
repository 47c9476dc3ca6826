//! Answers that come late, twice or never; restarts and resets in every state.

use std::time::Duration;

use super::{Desk, PATIENCE, PDU, PROMPT, WRITTEN, ask, at, drain, lines, list, send, unknown};
use crate::at::engine::{BREATH, QUIET, SETTLING_MAX};
use crate::at::{Boot, Expect, Failure, Fate, Heard, Request, Urc};

const ESCAPED: &str = "\\x1b\\r";
const AN_INSTANT: Duration = Duration::from_millis(1);

fn timed_out(fate: Fate) -> Vec<Result<Vec<String>, Failure>> {
    vec![Err(Failure::TimedOut(fate))]
}

#[test]
fn without_a_prompt_nothing_is_sent_and_the_line_is_escaped() {
    let mut desk = Desk::with(send());
    desk.waits(PROMPT.checked_sub(AN_INSTANT).unwrap());
    assert_eq!((desk.finished(), desk.wrote()), (vec![], String::new()));
    desk.waits(AN_INSTANT);
    assert_eq!((desk.finished(), desk.wrote()), (timed_out(Fate::NotSent), ESCAPED.to_owned()));
    desk.waits(SETTLING_MAX);
    assert_eq!((desk.finished(), desk.wrote()), (vec![], String::new()));
}

#[test]
fn without_a_result_the_fate_is_unknown_and_the_line_is_escaped() {
    let mut desk = Desk::with(send());
    // The patience of the result begins with the payload.
    desk.waits(PROMPT.checked_sub(AN_INSTANT).unwrap());
    desk.hears("> ");
    assert_eq!(desk.wrote(), WRITTEN);
    desk.waits(PATIENCE.checked_sub(AN_INSTANT).unwrap());
    assert_eq!(desk.finished(), []);
    desk.waits(AN_INSTANT);
    assert_eq!((desk.finished(), desk.wrote()), (timed_out(Fate::Unknown), ESCAPED.to_owned()));
}

#[test]
fn a_reference_without_its_ok_leaves_the_fate_unknown() {
    let mut desk = Desk::sending();
    desk.hears("\r\n+CMGS: 5\r\n");
    desk.waits(PATIENCE);
    assert_eq!(desk.finished(), timed_out(Fate::Unknown));
}

#[test]
fn without_an_answer_nothing_more_is_written() {
    for request in [at(), list(), ask("AT+CGMI", Expect::Text(&[]))] {
        let mut desk = Desk::with(request);
        desk.hears(format!("+CMGL: 1,1,,23\r\n{PDU}\r\n"));
        desk.waits(PATIENCE);
        assert_eq!((desk.finished(), desk.wrote()), (timed_out(Fate::NotSent), String::new()));
    }
}

#[test]
fn silence_ends_a_command_whose_ok_may_be_missing_but_only_after_its_line() {
    let request = || {
        let mut request = ask("AT+CPIN?", Expect::PrefixedOkOptional("+CPIN:"));
        request.patience = Duration::from_secs(15);
        request
    };
    let mut desk = Desk::with(request());
    desk.hears("\r\n+CPIN: READY\r\n");
    desk.waits(Duration::from_secs(2));
    assert_eq!(desk.finished(), [lines(&["+CPIN: READY"])]);
    desk.hears("\r\nOK\r\n");
    assert_eq!((desk.finished(), desk.notices()), (vec![], vec![]));
    let mut desk = Desk::with(request());
    desk.waits(Duration::from_secs(15));
    assert_eq!(desk.finished(), timed_out(Fate::NotSent));
}

#[test]
fn an_answer_after_the_time_belongs_to_nobody_before_and_after_quiet() {
    for (request, patience) in [(list(), PATIENCE), (send(), PROMPT)] {
        let mut desk = Desk::with(request);
        desk.waits(patience);
        assert_eq!(desk.finished().len(), 1);
        desk.wrote();
        let late = format!("\r\n+CMGL: 1,1,,23\r\n{PDU}\r\n\r\n+CMGS: 5\r\n\r\nOK\r\n");
        desk.hears(&late);
        desk.submit(at()).unwrap();
        desk.hears(&late);
        assert_eq!((desk.finished(), desk.wrote()), (vec![], String::new()));
        desk.waits(QUIET);
        assert_eq!(desk.wrote(), "AT\\r");
        desk.hears("\r\nOK\r\n");
        assert_eq!(desk.finished(), [lines(&[])]);
        desk.hears(&late);
        assert_eq!((desk.finished(), desk.wrote()), (vec![], String::new()));
    }
}

#[test]
fn half_a_late_line_is_no_part_of_the_next_answer() {
    let mut desk = Desk::settling();
    desk.hears("\r\n+CPMS: 1,2");
    desk.waits(QUIET);
    desk.submit(at()).unwrap();
    desk.hears("OK\r\n");
    assert_eq!((desk.finished(), desk.notices()), (vec![lines(&[])], vec![]));
}

#[test]
fn an_answer_that_comes_twice_ends_one_command() {
    let mut desk = Desk::with(at());
    desk.hears("\r\nOK\r\n\r\nOK\r\n");
    assert_eq!((desk.finished(), desk.notices()), (vec![lines(&[])], vec![]));
    let mut desk = Desk::sending();
    desk.hears("\r\n+CMGS: 5\r\n\r\nOK\r\n\r\n+CMGS: 5\r\n\r\nOK\r\n");
    assert_eq!(
        (desk.finished(), desk.notices()),
        (vec![lines(&["+CMGS: 5"])], vec![unknown("+CMGS: 5")])
    );
    let mut desk = Desk::sending();
    desk.hears("\r\n+CMGS: 5\r\n\r\n+CMGS: 6\r\n\r\nOK\r\n");
    assert_eq!(desk.finished(), [lines(&["+CMGS: 5", "+CMGS: 6"])]);
}

#[test]
fn a_late_answer_of_an_earlier_sending_is_none_of_the_next_before_its_prompt() {
    let mut desk = Desk::with(send());
    desk.hears("\r\n+CMGS: 5\r\n\r\nOK\r\n");
    assert_eq!((desk.finished(), desk.wrote()), (vec![], String::new()));
    assert_eq!(desk.notices(), [unknown("+CMGS: 5")]);
    desk.hears("\r\n> ");
    assert_eq!(desk.wrote(), WRITTEN);
    desk.hears("\r\n+CMGS: 6\r\n\r\nOK\r\n");
    assert_eq!(desk.finished(), [lines(&["+CMGS: 6"])]);
}

#[test]
fn a_prompt_after_its_time_is_escaped_and_gets_no_payload() {
    let mut desk = Desk::with(send());
    desk.waits(PROMPT);
    assert_eq!(desk.wrote(), ESCAPED);
    // While the line settles: again and again, but not for ever.
    desk.hears("\r\n> ");
    assert_eq!(desk.wrote(), ESCAPED);
    desk.hears("\r\n> \r\n> \r\n> \r\n> ");
    assert_eq!(desk.wrote(), ESCAPED);
    desk.waits(QUIET);
    // After quiet: a new start of the same.
    desk.hears("\r\n> ");
    assert_eq!(desk.wrote(), ESCAPED);
    assert_eq!(desk.finished(), timed_out(Fate::NotSent));
}

#[test]
fn a_prompt_that_swallowed_a_command_is_escaped_when_its_time_is_over() {
    let mut desk = Desk::with(at());
    desk.hears("\r\n> ");
    assert_eq!(desk.wrote(), "", "it may be text, and an answer may come");
    desk.waits(PATIENCE);
    assert_eq!((desk.finished(), desk.wrote()), (timed_out(Fate::NotSent), ESCAPED.to_owned()));
}

#[test]
fn while_the_line_settles_nothing_is_written_and_quiet_is_waited_for() {
    let mut desk = Desk::settling();
    desk.submit(send()).unwrap();
    let pause = QUIET.checked_sub(AN_INSTANT).unwrap();
    for late in ["+CPMS: 1,20", "OK", "ERROR", "AT+CPMS?", "0791", "+CREG: 0,1", "+XYZ: 1"] {
        desk.hears(format!("\r\n{late}\r\n"));
        desk.waits(pause);
        assert_eq!((desk.wrote(), desk.finished()), (String::new(), vec![]), "{late}");
    }
    desk.waits(AN_INSTANT);
    assert_eq!(desk.wrote(), "AT+CMGS=23\\r");
}

#[test]
fn notices_do_not_break_the_quiet_however_often_they_come() {
    let notices = [
        "+CREG: 1",
        "^RSSI:20",
        "+CSQ: 20,99",
        "+CMTI: \"SM\",1",
        "RING",
        "^DSFLOWRPT:1,2,3",
        "+CDS: 25\r\n0791265586",
        "+CUSD: 0,\"Pulsa\r\nhabis\",15",
    ];
    for notice in notices {
        for (size, step) in [(usize::MAX, 100), (3, 20)] {
            let mut desk = Desk::settling();
            desk.submit(at()).unwrap();
            let (mut waited, step) = (Duration::ZERO, Duration::from_millis(step));
            let line = format!("\r\n{notice}\r\n").into_bytes();
            let mut pieces = line.chunks(size.min(line.len())).cycle();
            let mut rest = line.len();
            // A line that has begun is awaited: it may turn out to be noise.
            while waited < QUIET || rest > 0 {
                assert!(waited < QUIET || desk.wrote().is_empty(), "{notice}");
                if rest == 0 {
                    rest = line.len();
                }
                let piece = pieces.next().unwrap();
                rest -= piece.len();
                desk.hears(piece);
                desk.waits(step);
                waited += step;
            }
            assert!(waited < 3 * QUIET, "{notice} {waited:?}");
            assert_eq!(desk.wrote(), "AT\\r", "{notice}");
            assert!(desk.notices().iter().all(|urc| !matches!(urc, Urc::Unknown(_))), "{notice}");
        }
    }
}

#[test]
fn a_line_that_has_begun_is_awaited_before_the_line_is_believed() {
    let mut desk = Desk::settling();
    desk.submit(at()).unwrap();
    let pause = QUIET.checked_sub(AN_INSTANT).unwrap();
    desk.waits(pause);
    desk.hears("\r\n+CM");
    desk.waits(pause);
    assert_eq!(desk.wrote(), "");
    // It was a notice: that of the time before is quiet enough, but for a breath.
    desk.hears("TI: \"SM\",1\r\n");
    desk.waits(BREATH.checked_sub(AN_INSTANT).unwrap());
    assert_eq!(desk.wrote(), "");
    desk.waits(AN_INSTANT);
    assert_eq!((desk.wrote(), desk.notices().len()), ("AT\\r".to_owned(), 1));
    let mut desk = Desk::settling();
    desk.submit(at()).unwrap();
    desk.waits(pause);
    desk.hears("\r\n+CM");
    desk.waits(pause);
    // It was a late answer.
    desk.hears("GS: 5\r\n");
    desk.waits(pause);
    assert_eq!(desk.wrote(), "");
    desk.waits(AN_INSTANT);
    assert_eq!(desk.wrote(), "AT\\r");
}

#[test]
fn what_a_notice_is_glued_to_belongs_to_nobody_wherever_the_bytes_are_cut() {
    // A drain that ends, and a time-out that is over, while a notice is under way: both end with it.
    let drained = || {
        let mut desk = Desk::with(drain());
        desk.hears("\r\n+CM");
        desk.waits(PATIENCE);
        assert_eq!(desk.finished(), [lines(&[])]);
        desk
    };
    let settled = || {
        let mut desk = Desk::settling();
        desk.waits(QUIET.checked_sub(AN_INSTANT).unwrap());
        desk.hears("\r\n+CM");
        desk.waits(QUIET / 2);
        desk
    };
    let begun: [&dyn Fn() -> Desk; 2] = [&drained, &settled];
    let rest = "TI: \"SM\",1\r\n\r\nERROR\r\n\r\nOK\r\n";
    for begin in begun {
        for cut in 0..rest.len() {
            let mut desk = begin();
            desk.submit(at()).unwrap();
            desk.hears(&rest[..cut]);
            desk.waits(Duration::ZERO);
            desk.hears(&rest[cut..]);
            assert_eq!((desk.wrote(), desk.finished()), (String::new(), vec![]), "{cut}");
            assert_eq!(desk.notices().len(), 1, "{cut}");
            desk.waits(QUIET);
            assert_eq!(desk.wrote(), "AT\\r", "{cut}");
            desk.hears("\r\nOK\r\n");
            assert_eq!(desk.finished(), [lines(&[])]);
        }
    }
}

#[test]
fn a_line_that_is_never_quiet_is_written_to_at_last() {
    let mut desk = Desk::settling();
    desk.submit(at()).unwrap();
    let mut waited = Duration::ZERO;
    while waited < SETTLING_MAX {
        assert_eq!(desk.wrote(), "", "{waited:?}");
        desk.hears("noise ");
        desk.waits(QUIET / 2);
        waited += QUIET / 2;
    }
    assert_eq!(desk.wrote(), "AT\\r");
}

#[test]
fn the_patience_of_a_command_that_waited_begins_when_it_is_written() {
    let mut desk = Desk::settling();
    desk.submit(at()).unwrap();
    desk.waits(QUIET + PATIENCE.checked_sub(AN_INSTANT).unwrap());
    assert_eq!((desk.wrote(), desk.finished()), ("AT\\r".to_owned(), vec![]));
    desk.waits(AN_INSTANT);
    assert_eq!(desk.finished(), timed_out(Fate::NotSent));
}

/// The desk in every state, and what it says when the command in flight is cut off.
fn states() -> Vec<(&'static str, Desk, Option<Fate>)> {
    let mut waiting = Desk::settling();
    waiting.submit(send()).unwrap();
    vec![
        ("idle", Desk::new(), None),
        ("prompting", Desk::with(send()), Some(Fate::NotSent)),
        ("collecting", Desk::with(list()), Some(Fate::NotSent)),
        ("sending", Desk::sending(), Some(Fate::Unknown)),
        ("settling", Desk::settling(), None),
        ("waiting", waiting, Some(Fate::NotSent)),
    ]
}

#[test]
fn a_boot_line_ends_what_was_written_and_nothing_else() {
    for boot in ["RDY", "*ATREADY: 1", "^SYSSTART"] {
        for (state, mut desk, fate) in states() {
            desk.hears(format!("\r\n{boot}\r\n"));
            // What waits for quiet is not written yet: the modem cannot have forgotten it.
            let fate = fate.filter(|_| state != "waiting");
            let expected: Vec<_> =
                fate.into_iter().map(|fate| Err(Failure::Restarted(fate))).collect();
            assert_eq!(desk.finished(), expected, "{state}");
            assert_eq!(desk.notices(), [Urc::Boot(Boot::Started)], "{state}");
            desk.waits(SETTLING_MAX);
            if state == "waiting" {
                assert_eq!(desk.wrote(), "AT+CMGS=23\\r\\x1b\\r");
                assert_eq!(desk.finished(), timed_out(Fate::NotSent));
            } else {
                assert_eq!((desk.finished(), desk.wrote()), (vec![], String::new()), "{state}");
            }
        }
    }
}

#[test]
fn a_boot_line_ends_a_notice_that_was_not_whole() {
    for (begun, left) in [
        ("+CMT: ,23", unknown("+CMT: ,23")),
        ("+CUSD: 0,\"Pulsa", Urc::Ussd { status: 0, text: Some("Pulsa".into()), dcs: None }),
    ] {
        let mut desk = Desk::sending();
        desk.hears(format!("\r\n{begun}\r\n\r\nRDY\r\n"));
        assert_eq!(desk.finished(), [Err(Failure::Restarted(Fate::Unknown))], "{begun}");
        assert_eq!(desk.notices(), [left, Urc::Boot(Boot::Started)]);
    }
}

#[test]
fn a_drain_believes_not_even_a_boot_line() {
    let mut desk = Desk::with(drain());
    desk.hears("\r\nRDY\r\n\r\nERROR\r\n");
    assert_eq!((desk.finished(), desk.notices()), (vec![], vec![Urc::Boot(Boot::Started)]));
    desk.waits(PATIENCE);
    assert_eq!(desk.finished(), [lines(&[])]);
    // Nothing settles after it: the next command is written at once.
    desk.submit(at()).unwrap();
    assert_eq!(desk.wrote(), "AT\\r");
}

#[test]
fn a_notice_that_has_begun_when_a_drain_ends_is_heard_whole() {
    let report = Urc::ReportRouted { pdu_hex: PDU.to_owned(), length: 23 };
    let whole = format!("\r\n+CDS: 23\r\n{PDU}\r\n");
    for cut in 3..whole.len() {
        let (begun, rest) = whole.split_at(cut);
        let mut desk = Desk::with(drain());
        desk.hears(begun);
        desk.waits(PATIENCE);
        assert_eq!(desk.finished(), [lines(&[])], "{begun:?}");
        desk.submit(at()).unwrap();
        desk.hears(rest);
        assert_eq!(desk.notices(), std::slice::from_ref(&report), "{begun:?}");
        desk.waits(QUIET);
        assert_eq!(desk.wrote(), "AT\\r");
        desk.hears("\r\nOK\r\n");
        assert_eq!(desk.finished(), [lines(&[])]);
    }
}

#[test]
fn a_line_that_does_not_end_keeps_a_drained_line_waiting_for_a_moment_only() {
    let mut desk = Desk::with(drain());
    desk.hears("\u{fe}x");
    desk.waits(PATIENCE);
    desk.submit(at()).unwrap();
    desk.hears("y");
    assert_eq!(desk.wrote(), "");
    desk.waits(QUIET);
    assert_eq!(desk.wrote(), "AT\\r");
    // And of it nothing is left.
    desk.hears("AT\r\r\nOK\r\n");
    assert_eq!((desk.finished(), desk.notices()), (vec![lines(&[]), lines(&[])], vec![]));
}

#[test]
fn a_pdu_that_pauses_while_the_line_settles_keeps_its_beginning() {
    let mut desk = Desk::settling();
    desk.hears(format!("\r\n+CDS: 23\r\n{}", &PDU[..20]));
    desk.waits(QUIET);
    desk.hears(format!("{}\r\n", &PDU[20..]));
    let report = Urc::ReportRouted { pdu_hex: PDU.to_owned(), length: 23 };
    assert_eq!(desk.notices(), [report]);
}

#[test]
fn a_reset_ends_what_was_in_flight_and_the_next_command_is_written_at_once() {
    for (state, mut desk, fate) in states() {
        // Half a line and half a notice are forgotten with the rest.
        desk.hears("\r\n+CMT: ,23\r\nO");
        desk.resets();
        let expected: Vec<_> = fate.into_iter().map(|fate| Err(Failure::Reset(fate))).collect();
        assert_eq!(desk.finished(), expected, "{state}");
        assert_eq!(desk.notices(), [unknown("+CMT: ,23")], "{state}");
        desk.submit(at()).unwrap();
        assert_eq!(desk.wrote(), "AT\\r", "{state}");
        desk.hears("K\r\n");
        assert_eq!(desk.finished(), [], "{state}");
        desk.hears("OK\r\n");
        assert_eq!(desk.finished(), [lines(&[])], "{state}");
    }
}

#[test]
fn what_was_not_taken_for_writing_is_forgotten_at_a_reset() {
    let mut engine = crate::at::Engine::new();
    engine.submit(at(), std::time::Instant::now()).unwrap();
    engine.reset();
    assert_eq!(engine.poll_transmit(), None);
}

#[test]
fn what_was_heard_before_a_reset_says_nothing_of_what_comes_after() {
    let mut engine = crate::at::Engine::new();
    engine.handle_bytes(b"\r\n+CMTI: \"SM\",1\r\n", std::time::Instant::now());
    engine.reset();
    assert_eq!(engine.take_heard(), Heard::Nothing);
}

#[test]
fn nothing_of_a_line_of_noise_outlives_it() {
    let mut engine = crate::at::Engine::new();
    engine.handle_bytes(b"O\xd7K\r\n", std::time::Instant::now());
    while engine.poll_event().is_some() {}
    engine.reset();
    assert_eq!(format!("{engine:?}"), format!("{:?}", crate::at::Engine::new()));
}

#[test]
fn a_second_command_is_handed_back_untouched() {
    let second = || -> Request { ask("AT+CMGW=4", Expect::Prefixed("+CMGW:")) };
    for (state, mut desk, fate) in states() {
        if fate.is_none() {
            continue;
        }
        let refused = desk.submit(second()).unwrap_err();
        assert_eq!(*refused.0, second(), "{state}");
        assert_eq!((desk.finished(), desk.wrote()), (vec![], String::new()), "{state}");
        desk.waits(SETTLING_MAX);
        assert_eq!(desk.finished().len(), 1, "{state}");
    }
}

#[test]
fn a_command_may_follow_in_the_moment_when_the_time_of_the_last_is_over() {
    let mut desk = Desk::with(at());
    desk.now += PATIENCE;
    desk.submit(list()).unwrap();
    assert_eq!((desk.finished(), desk.wrote()), (timed_out(Fate::NotSent), String::new()));
    desk.waits(QUIET);
    assert_eq!(desk.wrote(), "AT+CMGL=4\\r");
}
