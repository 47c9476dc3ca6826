//! Lines in places where others were expected, and lines with octets that no modem should send.

use super::{Desk, PDU, ask, at, lines, list, unknown};
use crate::at::held::NOTICE_PATIENCE;
use crate::at::{Expect, Urc};

const HEADER: &str = "+CMGL: 1,1,,23";
const SECOND: &str = "+CMGL: 2,1,,23";

#[test]
fn a_notice_in_the_place_of_a_pdu_is_a_notice() {
    for notice in [
        "RING",
        "NO CARRIER",
        "NORMAL POWER DOWN",
        "^SHUTDOWN",
        "Call Ready",
        "+ODD: 1",
        "^RSSI:19",
    ] {
        let mut desk = Desk::with(list());
        desk.hears(format!("\r\n{HEADER}\r\n{notice}\r\n{PDU}\r\n\r\nOK\r\n"));
        assert_eq!(desk.finished(), [lines(&[HEADER, PDU])], "{notice}");
        assert_eq!(desk.notices().len(), 1, "{notice}");
    }
}

#[test]
fn a_damaged_pdu_is_kept_as_it_came() {
    for pdu in
        ["0BD04259303784=96p331p", "079", "=", "\u{e9}07918497", "07918497483252F0 040B", "RINGING"]
    {
        let mut desk = Desk::with(list());
        desk.hears(format!("\r\n{HEADER}\r\n{pdu}\r\n{SECOND}\r\n{PDU}\r\n\r\nOK\r\n"));
        let kept = pdu.trim_start_matches('\u{e9}');
        assert_eq!(desk.finished(), [lines(&[HEADER, kept, SECOND, PDU])]);
        assert_eq!(desk.notices(), []);
    }
}

#[test]
fn a_header_without_its_pdu_stands_alone_and_an_ok_in_its_place_ends_the_list() {
    let mut desk = Desk::with(list());
    desk.hears(format!("\r\n{HEADER}\r\n\r\n{SECOND}\r\n{PDU}\r\n\r\nOK\r\n"));
    assert_eq!(desk.finished(), [lines(&[HEADER, SECOND, PDU])]);
    let mut desk = Desk::with(list());
    desk.hears(format!("\r\n{HEADER}\r\n\r\nOK\r\n"));
    assert_eq!(desk.finished(), [lines(&[HEADER])]);
}

#[test]
fn a_line_between_the_header_of_a_notice_and_its_pdu_is_none_of_it() {
    for header in ["+CMT: ,23", "+CDS: 23", "+CBM: 23"] {
        let mut desk = Desk::with(at());
        desk.hears(format!("\r\n{header}\r\nRING\r\n+CMTI: \"SM\",3\r\n\r\nOK\r\n{PDU}\r\n"));
        assert_eq!(desk.finished(), [lines(&[])], "{header}");
        let told = desk.notices();
        assert!(matches!(told.as_slice(), [Urc::Ring, Urc::MessageStored { .. }, _]), "{told:?}");
        assert!(format!("{told:?}").contains(PDU), "{told:?}");
    }
}

#[test]
fn a_second_header_gives_up_the_first() {
    let mut desk = Desk::new();
    desk.hears(format!("\r\n+CMT: ,23\r\n+CDS: 23\r\n{PDU}\r\n"));
    assert_eq!(
        desk.notices(),
        [unknown("+CMT: ,23"), Urc::ReportRouted { pdu_hex: PDU.to_owned(), length: 23 }]
    );
}

#[test]
fn the_text_of_a_message_may_look_like_anything() {
    for text in ["OK", "RING", "ERROR", "+CMTI: \"SM\",3", "RDY"] {
        let header = "+CMT: \"+6281\",,\"24/01/01,10:00:00+28\",145,4";
        let mut desk = Desk::with(at());
        desk.hears(format!("\r\n{header}\r\n{text}\r\n"));
        assert_eq!(desk.finished(), [], "{text}");
        assert_eq!(desk.notices(), [unknown(&format!("{header}\n{text}"))]);
    }
}

#[test]
fn the_rest_of_a_notice_is_waited_for_but_not_for_ever() {
    let mut desk = Desk::new();
    desk.hears("\r\n+CMT: ,23\r\n");
    desk.waits(NOTICE_PATIENCE / 2);
    desk.hears(format!("{PDU}\r\n\r\n+CUSD: 0,\"Pulsa\r\n"));
    assert_eq!(desk.notices(), [Urc::MessageRouted { pdu_hex: PDU.to_owned(), length: 23 }]);
    desk.waits(NOTICE_PATIENCE);
    let text = Some("Pulsa".to_owned());
    assert_eq!(desk.notices(), [Urc::Ussd { status: 0, text, dcs: None }]);
    desk.hears("5.000\",15\r\n");
    assert_eq!(desk.notices(), [unknown("5.000\",15")]);
}

#[test]
fn a_menu_keeps_its_lines_whatever_signs_they_begin_with() {
    let mut desk = Desk::new();
    desk.hears("\r\n+CUSD: 1,\"Menu\r\n> 1. Pulsa\r\n\r\n* 2. Paket\r\nBUSY\r\n+CMTI: \"SM\",3\r\n0. OK\",15\r\n");
    let text = Some("Menu\n> 1. Pulsa\n* 2. Paket\nBUSY\n0. OK".to_owned());
    let told = desk.notices();
    assert!(matches!(told.first(), Some(Urc::MessageStored { .. })), "{told:?}");
    assert_eq!(told.get(1), Some(&Urc::Ussd { status: 1, text, dcs: Some(15) }));
    assert_eq!(desk.wrote(), "");
}

#[test]
fn noise_nul_and_control_characters_round_a_line_are_nothing() {
    for (before, after) in [("\0\0", ""), ("", "\0"), ("\u{7f}\u{1}", "\u{1a}"), ("  ", "\t ")] {
        let mut desk = Desk::with(list());
        desk.hears(format!(
            "{before}{HEADER}{after}\r\n{before}{PDU}{after}\r\n{before}OK{after}\r\n"
        ));
        assert_eq!(desk.finished(), [lines(&[HEADER, PDU])], "{before:?} {after:?}");
        assert_eq!(desk.notices(), []);
    }
    let mut desk = Desk::with(at());
    desk.hears(b"\xff\xfe\x80OK\r\n");
    assert_eq!(desk.finished(), [lines(&[])]);
}

#[test]
fn eight_bit_characters_inside_a_text_stay_one_each() {
    let mut desk = Desk::with(ask("AT+CGMI", Expect::Text(&[])));
    desk.hears(b"\r\nSoci\xe9t\xe9\r\n+CUSD: 0,\"\xa1Hola\",15\r\n\r\nOK\r\n");
    assert_eq!(desk.finished(), [lines(&["Soci\u{e9}t\u{e9}"])]);
    let text = Some("\u{a1}Hola".to_owned());
    assert_eq!(desk.notices(), [Urc::Ussd { status: 0, text, dcs: Some(15) }]);
}

#[test]
fn an_overlong_line_is_thrown_away_with_the_notice_it_might_have_ended() {
    let long = "A".repeat(crate::at::lines::LINE_BYTES_MAX + 1);
    let mut desk = Desk::with(list());
    desk.hears(format!("\r\n+CMT: ,23\r\n{long}\r\n{HEADER}\r\n{PDU}\r\n\r\nOK\r\n"));
    assert_eq!(desk.notices(), [unknown("+CMT: ,23")]);
    assert_eq!(desk.finished(), [lines(&[HEADER, PDU])]);
}
