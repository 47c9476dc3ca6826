//! What the modem repeats, and where it prompts.

use super::{Desk, WRITTEN, ask, lines, list, send, unknown};
use crate::at::{Expect, Urc};

/// A line without the character at a place.
fn without(line: &str, place: usize) -> String {
    line.chars().enumerate().filter(|(at, _)| *at != place).map(|(_, sign)| sign).collect()
}

#[test]
fn an_echo_on_off_or_mangled_is_no_part_of_the_answer() {
    let command = "AT+CGMI";
    let mut echoes = vec![String::new(), command.to_owned(), command.to_ascii_lowercase()];
    echoes.push(format!("{command}\r"));
    echoes.push(format!("\0\0{command}"));
    for place in 0..command.len() {
        let thinned = without(command, place);
        echoes.extend((0..thinned.len()).map(|place| without(&thinned, place)));
        echoes.push(thinned);
    }
    for echo in echoes {
        let mut desk = Desk::with(ask(command, Expect::Text(&[])));
        desk.hears(format!("{echo}\r\r\nhuawei\r\n\r\nOK\r\n"));
        assert_eq!(desk.finished(), [lines(&["huawei"])], "{echo:?}");
        assert_eq!(desk.notices(), [], "{echo:?}");
    }
}

#[test]
fn an_answer_is_not_taken_for_an_echo() {
    for answer in ["GMI", "ATTENTION", "C", "huawei", "+CGMI", "MULTIBAND  900E  1800"] {
        let mut desk = Desk::with(ask("AT+CGMI", Expect::Text(&[])));
        desk.hears(format!("AT+CGMI\r\r\n{answer}\r\n\r\nOK\r\n"));
        let expected = if answer == "+CGMI" { lines(&[]) } else { lines(&[answer]) };
        assert_eq!(desk.finished(), [expected], "{answer}");
    }
}

#[test]
fn the_echo_of_a_pdu_is_nothing_whole_or_mangled() {
    for echo in [
        "0011ABCD\u{1a}\r\n",
        "0011ABCD\r\n",
        "0011abcd\u{1a}\r\n",
        "> 0011ABCD\u{1a}\r\n",
        "011ABCD\u{1a}\r\n",
        "0011CD\r\n",
        "0011ABCD\u{1a}",
    ] {
        let mut desk = Desk::sending();
        desk.hears(format!("{echo}\r\n+CMGS: 5\r\n\r\nOK\r\n"));
        assert_eq!(desk.finished(), [lines(&["+CMGS: 5"])], "{echo:?}");
        assert_eq!(desk.notices(), [], "{echo:?}");
        assert_eq!(desk.wrote(), "", "{echo:?}");
    }
    let mut desk = Desk::sending();
    desk.hears("0011ABCD\u{1a}+CMGS: 5\r\nOK\r\n");
    assert_eq!(desk.finished(), [lines(&["+CMGS: 5"])]);
}

#[test]
fn every_kind_of_prompt_lets_the_payload_go_once() {
    for prompt in [
        ">",
        "> ",
        "\r\n>",
        "\r\n> ",
        "\r\n>\r\n",
        "\r\n> \r\n",
        "AT+CMGS=23\r> ",
        "AT+CMGS=23\r\r\n> ",
        "AT+CMGS=23> ",
        "at+cmgs=23\r\n\r\n> ",
        "AT+CGS=23\r\r\n> ",
        "\r\n> > ",
        ">>>",
        "\r\n> \r\n> ",
        " \t> ",
        "\0> ",
        "^RSSI:19\r\n> ",
        "\r\n+CMTI: \"SM\",3\r\n\r\n> ",
    ] {
        let mut desk = Desk::with(send());
        desk.hears(prompt);
        assert_eq!(desk.wrote(), WRITTEN, "{prompt:?}");
        desk.hears("\r\n+CMGS: 5\r\n\r\nOK\r\n");
        assert_eq!(desk.finished(), [lines(&["+CMGS: 5"])], "{prompt:?}");
        assert_eq!(desk.wrote(), "", "{prompt:?}");
    }
}

#[test]
fn a_greater_sign_inside_a_line_is_no_prompt() {
    for line in [
        "\u{ff}\u{fe}>\u{80}",
        "+CUSD: 0,\"a > b\",15\r\n",
        "AT+CMGS=2>",
        "AT+CMGS=23 4>",
        "+CMGS: 5>",
        "+CUSD: 1,\"menu\r\n> 1. saldo\r\n> 2. paket\",15\r\n",
    ] {
        let mut desk = Desk::with(send());
        desk.hears(line);
        assert_eq!(desk.wrote(), "", "{line:?}");
        desk.hears("\r\n> ");
        assert_eq!(desk.wrote(), WRITTEN, "{line:?}");
    }
}

#[test]
fn the_text_of_a_message_is_no_prompt() {
    let mut desk = Desk::with(send());
    desk.hears("\r\n+CMT: \"+6281\",,\"24/01/01,10:00:00+28\",145,4\r\n> halo\r\n");
    assert_eq!(desk.wrote(), "");
    desk.hears("> ");
    assert_eq!(desk.wrote(), WRITTEN);
}

#[test]
fn a_prompt_between_a_header_and_its_pdu_is_a_prompt() {
    let mut desk = Desk::with(send());
    desk.hears("\r\n+CMT: ,4\r\n> ");
    assert_eq!(desk.wrote(), WRITTEN);
    desk.hears("\r\n0011223344\r\n+CMGS: 5\r\nOK\r\n");
    assert_eq!(
        desk.notices(),
        [Urc::MessageRouted { pdu_hex: "0011223344".to_owned(), length: 4 }]
    );
    assert_eq!(desk.finished(), [lines(&["+CMGS: 5"])]);
}

#[test]
fn an_echo_that_nobody_waits_for_is_nothing() {
    let mut desk = Desk::new();
    desk.hears("AT+CMGF=0\r\r\nATE0\r\r\nAT\r\r\n");
    assert_eq!((desk.notices(), desk.wrote()), (vec![], String::new()));
    desk.hears("ATTENTION\r\n");
    assert_eq!(desk.notices(), [unknown("ATTENTION")]);
}

#[test]
fn a_prompt_that_nobody_waits_for_is_escaped_and_the_next_command_waits_for_quiet() {
    let mut desk = Desk::new();
    desk.hears("\r\n> ");
    assert_eq!(desk.wrote(), "\\x1b\\r");
    desk.submit(list()).unwrap();
    assert_eq!(desk.wrote(), "");
    desk.waits(crate::at::engine::QUIET);
    assert_eq!(desk.wrote(), "AT+CMGL=4\\r");
}
