//! Which lines end a command, and how.

use super::{Desk, PDU, ask, at, lines, list, send, unknown};
use crate::at::{CallEnd, CmeCode, CmsCode, Expect, Failure, Refusal, Urc};

/// Refusals as modems spell them.
fn refusals() -> Vec<(&'static str, Refusal)> {
    let words = |words: &str| Refusal::CmeWords(words.to_owned());
    let unsupported = |line: &str| Refusal::NotSupported(line.to_owned());
    vec![
        ("ERROR", Refusal::Plain),
        ("+CMS ERROR: 38", Refusal::Cms(CmsCode(38))),
        ("+CMS ERROR:512", Refusal::Cms(CmsCode(512))),
        ("+CMS ERROR 500", Refusal::Cms(CmsCode(500))),
        ("+CMS ERROR: unknown error", Refusal::Cms(CmsCode(500))),
        ("+CMS ERROR: Network timeout", Refusal::Cms(CmsCode(332))),
        ("+CMS ERROR: gone fishing", Refusal::CmsWords("gone fishing".to_owned())),
        ("+CME ERROR: 14", Refusal::Cme(CmeCode(14))),
        ("+CME ERROR:  515 ", Refusal::Cme(CmeCode(515))),
        ("+CME ERROR: SIM busy", Refusal::Cme(CmeCode(14))),
        ("+CME ERROR: (U)SIM PIN required", Refusal::Cme(CmeCode(11))),
        ("+CME ERROR: 70000", words("70000")),
        ("+CME ERROR:", words("")),
        ("+EXT ERROR: 5", words("5")),
        ("MODEM ERROR: 3", words("3")),
        ("ABORTED", Refusal::Cme(CmeCode(52))),
        ("COMMAND NOT SUPPORT", unsupported("COMMAND NOT SUPPORT")),
        ("COMMAND NOT SUPPORTED", unsupported("COMMAND NOT SUPPORTED")),
        ("TOO MANY PARAMETERS", unsupported("TOO MANY PARAMETERS")),
    ]
}

const CALL_ENDS: &[(&str, &str, CallEnd)] = &[
    ("NO CARRIER", "3", CallEnd::NoCarrier),
    ("NO DIALTONE", "6", CallEnd::NoDialtone),
    ("BUSY", "7", CallEnd::Busy),
    ("NO ANSWER", "8", CallEnd::NoAnswer),
];

/// One request for each way to expect an answer.
fn requests() -> [crate::at::Request; 5] {
    [
        at(),
        ask("AT+CPMS?", Expect::Prefixed("+CPMS:")),
        ask("AT+CPIN?", Expect::PrefixedOkOptional("+CPIN:")),
        list(),
        ask("AT+CGMI", Expect::Text(&["+CGMI:"])),
    ]
}

fn refused(refusal: Refusal, after_payload: bool) -> Result<Vec<String>, Failure> {
    Err(Failure::Refused { refusal, after_payload })
}

#[test]
fn ok_and_every_refusal_end_every_command_but_a_drain() {
    for request in requests() {
        let mut desk = Desk::with(request.clone());
        desk.hears("\r\nOK\r\n");
        assert_eq!(desk.finished(), [lines(&[])], "{request:?}");
        for (line, refusal) in refusals() {
            let mut desk = Desk::with(request.clone());
            desk.hears(format!("\r\n{line}\r\n"));
            assert_eq!(desk.finished(), [refused(refusal, false)], "{request:?}: {line}");
            assert_eq!(desk.notices(), [], "{line}");
        }
    }
    for (line, _) in refusals() {
        let mut desk = Desk::with(super::drain());
        desk.hears(format!("\r\n{line}\r\nOK\r\n"));
        assert_eq!((desk.finished(), desk.notices()), (vec![], vec![]), "{line}");
    }
}

#[test]
fn a_refusal_tells_whether_the_payload_was_written() {
    for (line, refusal) in refusals() {
        let mut desk = Desk::with(send());
        desk.hears(format!("\r\n{line}\r\n> "));
        assert_eq!(desk.finished(), [refused(refusal.clone(), false)], "{line}");
        // The prompt came after the refusal, and nobody waits for it.
        assert_eq!(desk.wrote(), "\\x1b\\r");
        let mut desk = Desk::sending();
        desk.hears(format!("\r\n{line}\r\n"));
        assert_eq!(desk.finished(), [refused(refusal, true)], "{line}");
    }
}

#[test]
fn call_results_end_dialling_and_are_notices_beside_all_else() {
    for (word, number, end) in CALL_ENDS {
        for line in [word, number] {
            let mut desk = Desk::with(ask("ATD*99#", Expect::Nothing));
            desk.hears(format!("\r\n{line}\r\n"));
            assert_eq!(desk.finished(), [refused(Refusal::Call(*end), false)], "{line}");
        }
        for request in requests() {
            let mut desk = Desk::with(request.clone());
            desk.hears(format!("\r\n{word}\r\n"));
            assert_eq!(desk.finished(), [], "{request:?}: {word}");
            desk.hears("\r\nOK\r\n");
            assert_eq!(desk.finished(), [lines(&[])], "{request:?}: {word}");
            assert_eq!(desk.notices(), [Urc::CallEnded], "{word}");
        }
    }
}

#[test]
fn a_figure_that_is_left_of_a_line_of_noise_ends_nothing() {
    for noise in ["\u{a0}\u{ff}4", "\u{7f}0", "\u{1b}4", "\u{fffd}\u{19}0"] {
        let mut desk = Desk::with(at());
        desk.hears(format!("\r\n{noise}\r\n"));
        assert_eq!(desk.finished(), [], "{noise:?}");
        desk.hears("AT\r\r\nOK\r\n");
        assert_eq!(desk.finished(), [lines(&[])], "{noise:?}");
    }
}

#[test]
fn numeric_results_end_a_command_whose_answer_has_no_bare_digits() {
    let usage = "+CPMS: 1,20,1,20";
    let mut desk = Desk::with(ask("AT+CPMS?", Expect::Prefixed("+CPMS:")));
    desk.hears(format!("{usage}\r\n0\r"));
    assert_eq!(desk.finished(), [lines(&[usage])]);
    let mut desk = Desk::with(at());
    desk.hears("AT\r4\r");
    assert_eq!(desk.finished(), [refused(Refusal::Plain, false)]);
    let mut desk = Desk::with(list());
    desk.hears(format!("+CMGL: 1,1,,23\r\n{PDU}\r\n0\r"));
    assert_eq!(desk.finished(), [lines(&["+CMGL: 1,1,,23", PDU])]);
    let mut desk = Desk::sending();
    desk.hears("+CMGS: 5\r\n0\r");
    assert_eq!(desk.finished(), [lines(&["+CMGS: 5"])]);
}

/// Taken for "no" the text would be sent once more, taken for "yes" it would be lost.
#[test]
fn a_figure_in_the_noise_behind_a_payload_is_no_result() {
    for digit in ["0", "4", "\u{fffd}\u{19}4"] {
        let mut desk = Desk::sending();
        desk.hears(format!("}}#(\r{digit}\n"));
        assert_eq!(desk.finished(), [], "{digit:?}");
        desk.hears("\r\n+CMGS: 5\r\n\r\nOK\r\n");
        assert_eq!(desk.finished(), [lines(&["+CMGS: 5"])], "{digit:?}");
    }
}

#[test]
fn bare_digits_are_an_answer_where_text_or_a_pdu_is_expected() {
    for digit in ["0", "4", "8"] {
        let mut desk = Desk::with(ask("AT+CGMR", Expect::Text(&[])));
        desk.hears(format!("\r\n{digit}\r\n\r\nOK\r\n"));
        assert_eq!(desk.finished(), [lines(&[digit])]);
        let mut desk = Desk::with(list());
        desk.hears(format!("\r\n+CMGL: 1,1,,23\r\n{digit}\r\n\r\nOK\r\n"));
        assert_eq!(desk.finished(), [lines(&["+CMGL: 1,1,,23", digit])]);
    }
}

#[test]
fn what_only_resembles_a_result_ends_nothing() {
    for line in [
        "ok",
        "Ok",
        "Error",
        "OKAY",
        "OK.",
        "ERRORS",
        "NO",
        "CONNECT",
        "CONNECT 9600",
        "+CMS: 1",
        "1",
        "2",
        "5",
        "00",
        "-1",
        "44",
    ] {
        let mut desk = Desk::with(at());
        desk.hears(format!("\r\n{line}\r\n"));
        assert_eq!(desk.finished(), [], "{line}");
        assert_eq!(desk.notices(), [unknown(line)]);
    }
}

#[test]
fn a_result_glued_to_a_notice_or_a_pdu_ends_the_command() {
    for (glued, result) in [
        ("+CMTI: \"SM\",3OK", lines(&[])),
        ("+CMTI: \"SM\",3+CME ERROR: 14", refused(Refusal::Cme(CmeCode(14)), false)),
        ("+CMS ERROR: 38+CMTI: \"SM\",3", refused(Refusal::Cms(CmsCode(38)), false)),
        ("OK+CMTI: \"SM\",3", lines(&[])),
    ] {
        let mut desk = Desk::with(list());
        desk.hears(format!("\r\n{glued}\r\n"));
        assert_eq!(desk.finished(), [result], "{glued}");
        assert!(matches!(desk.notices().as_slice(), [Urc::MessageStored { .. }]), "{glued}");
    }
    let mut desk = Desk::with(list());
    desk.hears(format!("\r\n+CMGL: 1,1,,23\r\n{PDU}OK\r\n"));
    assert_eq!(desk.finished(), [lines(&["+CMGL: 1,1,,23", PDU])]);
}

#[test]
fn an_error_that_nobody_waits_for_is_told_and_an_ok_is_not() {
    let mut desk = Desk::new();
    desk.hears("\r\nOK\r\n\r\n+CME ERROR: 132\r\n");
    assert_eq!(desk.notices(), [Urc::LateError(Refusal::Cme(CmeCode(132)))]);
    let mut desk = Desk::settling();
    desk.hears("\r\nOK\r\n\r\n+CME ERROR: 132\r\n");
    assert_eq!(desk.notices(), []);
}

/// The rows of a reference table: the first and the last code, and the meaning.
fn rows(table: &str) -> Vec<(u16, u16, &str)> {
    table
        .lines()
        .skip(1)
        .map(|row| {
            let cells: Vec<&str> = row.split('\t').collect();
            let (first, last) = cells[0].split_once('-').unwrap_or((cells[0], cells[0]));
            (first.parse().unwrap(), last.parse().unwrap(), cells[1])
        })
        .collect()
}

#[test]
fn every_row_of_the_error_tables_is_read_by_its_numbers_and_by_its_words() {
    type Wrap = fn(u16) -> Refusal;
    let tables: [(&str, &str, Wrap); 2] = [
        ("CMS", include_str!("../../../tests/data/errors/cms.tsv"), |code| {
            Refusal::Cms(CmsCode(code))
        }),
        ("CME", include_str!("../../../tests/data/errors/cme.tsv"), |code| {
            Refusal::Cme(CmeCode(code))
        }),
    ];
    for (name, table, wrap) in tables {
        let rows = rows(table);
        assert!(rows.len() > 70);
        for (first, last, meaning) in &rows {
            let read = |reason: &str| {
                let mut desk = Desk::sending();
                desk.hears(format!("\r\n+{name} ERROR: {reason}\r\n"));
                match desk.finished().remove(0) {
                    Err(Failure::Refused { refusal, .. }) => refusal,
                    other => panic!("{name} {reason}: {other:?}"),
                }
            };
            for code in *first..=*last {
                assert_eq!(read(&code.to_string()), wrap(code));
            }
            // Where two numbers have the same words, the first of them: what to do is the same for both.
            let of_words = rows.iter().find(|row| row.2 == *meaning).map_or(*first, |row| row.0);
            assert_eq!(wrap(of_words).verdict(true), wrap(*first).verdict(true));
            for words in [meaning.to_string(), meaning.to_uppercase(), format!("{meaning}.")] {
                assert_eq!(read(&words), wrap(of_words), "{name} {words}");
            }
        }
    }
}
