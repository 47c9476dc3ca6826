//! Whole modems in conversation: what is typed, what comes back.

use std::time::Duration;

use proptest::prelude::*;

use super::*;
use crate::sms::{self, Address, Options, hex};

/// An SMS-DELIVER without a centre's address in front.
fn delivery(text: &str) -> Vec<u8> {
    let from = Address::international("+6281234567890").unwrap();
    let time = chrono::DateTime::parse_from_rfc3339("2026-11-24T12:00:00+07:00").unwrap();
    let parts = sms::parts::deliver_parts(&from, time, text, 1).unwrap();
    [vec![0], parts[0].encode().unwrap()].concat()
}

/// A modem and a clock.
struct Desk {
    modem: Modem,
    now: Duration,
}

impl Desk {
    fn new(profile: Profile, card: SimCard) -> Self {
        Self { modem: Modem::new(profile, card, "861234050000017", None), now: Duration::ZERO }
    }

    fn plain() -> Self {
        Self::new(Profile::default(), SimCard::new("+6281100001111", "+62811000000"))
    }

    /// Silent unless asked, and `+CMTI` on.
    fn quiet() -> Self {
        let mut desk = Self::plain();
        assert_eq!(desk.says("ATE0+CMEE=1;+CNMI=2,1,0,1,0\r"), "ATE0+CMEE=1;+CNMI=2,1,0,1,0\r|OK|");
        desk
    }

    /// What comes back at once; `|` stands for CR LF.
    fn says(&mut self, typed: &str) -> String {
        self.modem.handle_bytes(typed.as_bytes(), self.now);
        self.heard()
    }

    fn waits(&mut self, time: Duration) -> String {
        let end = self.now + time;
        let mut heard = String::new();
        while let Some(due) = self.modem.poll_timeout().filter(|due| *due <= end) {
            self.now = self.now.max(due);
            self.modem.handle_timeout(self.now);
            heard += &self.heard();
        }
        self.now = end;
        self.modem.handle_timeout(end);
        (heard + &self.heard()).replace("||", "|")
    }

    fn heard(&mut self) -> String {
        let mut heard = Vec::new();
        while let Some(octets) = self.modem.poll_transmit() {
            heard.extend(octets);
        }
        String::from_utf8_lossy(&heard).replace("\r\n", "|").replace("||", "|")
    }

    fn delivers(&mut self, text: &str) -> Reception {
        self.modem.deliver(&delivery(text), self.now)
    }

    fn events(&mut self) -> Vec<Event> {
        std::iter::from_fn(|| self.modem.poll_event()).collect()
    }

    /// A table of what is typed and what comes back.
    fn follows(&mut self, script: &[(&str, &str)]) {
        for (typed, expected) in script {
            assert_eq!(self.says(&format!("{typed}\r")), *expected, "{typed}");
        }
    }
}

#[test]
fn a_modem_is_brought_up_by_asking_it() {
    let mut desk = Desk::plain();
    desk.follows(&[
        ("AT", "AT\r|OK|"),
        ("ATE0", "ATE0\r|OK|"),
        ("AT+CMEE=1", "|OK|"),
        ("AT+CGMI", "|SIMCOM INCORPORATED|OK|"),
        ("AT+CPIN?", "|+CPIN: READY|OK|"),
        ("AT+CREG?", "|+CREG: 0,1|OK|"),
        ("AT+CSQ", "|+CSQ: 21,99|OK|"),
        ("AT+CMGF=0", "|OK|"),
        ("AT+CMGF=1", "|ERROR|"),
        ("AT+CSCA?", "|+CSCA: \"+62811000000\",145|OK|"),
        ("AT+CPMS=\"SM\",\"SM\",\"SM\"", "|+CPMS: 0,10,0,10,0,10|OK|"),
        ("AT+CNMI=2,1,0,1,0", "|OK|"),
        ("AT+CNMI?", "|+CNMI: 2,1,0,1,0|OK|"),
        ("AT+CNMI=9", "|ERROR|"),
        ("AT+NONSENSE", "|+CME ERROR: 4|"),
        ("nobody's line", ""),
    ]);
}

#[test]
fn a_locked_card_keeps_the_message_service_shut_until_its_pin() {
    let card = SimCard::new("+6281100001111", "").with_pin("1234", "87654321");
    let mut desk = Desk::new(Profile::default(), card);
    desk.follows(&[
        ("ATE0+CMEE=1", "ATE0+CMEE=1\r|OK|"),
        ("AT+CPIN?", "|+CPIN: SIM PIN|OK|"),
        ("AT+CMGL=4", "|+CMS ERROR: 311|"),
        ("AT+CPIN=\"0000\"", "|+CME ERROR: 16|"),
    ]);
    assert_eq!(desk.delivers("too early"), Reception::Unreachable);
    assert!(desk.says("AT+CPIN=\"1234\"\r").starts_with("|OK|"));
    assert_eq!(desk.waits(Duration::from_secs(1)), "|SMS DONE|PB DONE|");
    assert_eq!(desk.events().first(), Some(&Event::Available));
    desk.follows(&[("AT+CPIN?", "|+CPIN: READY|OK|"), ("AT+CMGL=4", "|OK|")]);
}

#[test]
fn a_tpdu_goes_out_when_its_length_is_right_and_only_then() {
    let to = Address::international("+6281234567890").unwrap();
    let submits = sms::compose(&to, "Terima kasih", &Options::default()).unwrap();
    let tpdu = hex::encode(&submits[0].encode().unwrap());
    let octets = tpdu.len() / 2;
    let mut desk = Desk::quiet();
    assert_eq!(desk.says(&format!("AT+CMGS={}\r", octets + 1)), "|> ");
    assert_eq!(desk.says(&format!("00{tpdu}\u{1a}")), "|+CMS ERROR: 304|");
    assert_eq!(desk.events(), []);

    assert_eq!(desk.says(&format!("AT+CMGS={octets}\r")), "|> ");
    assert_eq!(desk.says(&format!("00{tpdu}\u{1b}")), "|OK|", "ESC sends nothing");
    assert_eq!(desk.events(), []);

    for reference in 0..2 {
        assert_eq!(desk.says(&format!("AT+CMGS={octets}\r")), "|> ");
        assert_eq!(desk.says(&format!("00{tpdu}\u{1a}")), "");
        let events = desk.events();
        let [Event::Submit(submission)] = events.as_slice() else { panic!("{events:?}") };
        assert_eq!(submission.reference, reference);
        assert_eq!(hex::encode(&submission.pdu), format!("0001{reference:02X}{}", &tpdu[4..]));
        assert_eq!(desk.says("AT\r"), "", "a modem that waits for the network hears nothing");
        desk.modem.network_verdict(submission.ticket, Verdict::Accepted, desk.now);
        assert_eq!(desk.heard(), format!("|+CMGS: {reference}|OK|OK|"));
    }

    assert_eq!(desk.says(&format!("AT+CMGS={octets}\r")), "|> ");
    assert_eq!(desk.says(&format!("00{tpdu}\u{1a}")), "");
    assert_eq!(desk.waits(Duration::from_mins(2)), "|+CMS ERROR: 332|");
    let late = desk.events().remove(0);
    let Event::Submit(late) = late else { panic!() };
    desk.modem.network_verdict(late.ticket, Verdict::Accepted, desk.now);
    assert_eq!(desk.heard(), "", "a verdict that nobody waits for is lost");
}

#[test]
fn messages_are_announced_read_listed_and_deleted() {
    let (first, second) = (delivery("satu"), delivery("dua"));
    let (first_hex, second_hex) = (hex::encode(&first), hex::encode(&second));
    let (first_octets, second_octets) = (first.len() - 1, second.len() - 1);
    let mut desk = Desk::quiet();
    assert_eq!(desk.delivers("satu"), Reception::Taken);
    assert_eq!(desk.heard(), "|+CMTI: \"ME\",0|");
    assert_eq!(desk.delivers("dua"), Reception::Taken);
    assert_eq!(desk.heard(), "|+CMTI: \"ME\",1|");
    desk.follows(&[
        ("AT+CMGR=0", &format!("|+CMGR: 0,,{first_octets}|{first_hex}|OK|")),
        ("AT+CMGR=0", &format!("|+CMGR: 1,,{first_octets}|{first_hex}|OK|")),
        ("AT+CMGL=0", &format!("|+CMGL: 1,0,,{second_octets}|{second_hex}|OK|")),
        (
            "AT+CMGL=4",
            &format!(
                "|+CMGL: 0,1,,{first_octets}|{first_hex}|+CMGL: 1,1,,{second_octets}|{second_hex}|OK|"
            ),
        ),
        ("AT+CMGD=0", "|OK|"),
        ("AT+CMGD=0", "|OK|"),
        ("AT+CMGR=0", "|+CMS ERROR: 321|"),
        ("AT+CMGR=99", "|+CMS ERROR: 321|"),
        ("AT+CPMS?", "|+CPMS: \"ME\",1,23,\"ME\",1,23,\"ME\",1,23|OK|"),
        ("AT+CMGD=0,4", "|OK|"),
        ("AT+CMGL=4", "|OK|"),
    ]);
}

#[test]
fn a_full_store_takes_again_once_a_place_is_free_and_says_so_once() {
    let mut desk = Desk::quiet();
    for place in 0..23 {
        assert_eq!(desk.delivers(&format!("nomor {place}")), Reception::Taken);
    }
    assert_eq!(desk.delivers("one too many"), Reception::Full);
    desk.heard();
    assert_eq!(desk.events(), []);
    desk.follows(&[("AT+CMGD=7", "|OK|")]);
    assert_eq!(desk.events(), [Event::Available]);
    desk.follows(&[("AT+CMGD=8", "|OK|")]);
    assert_eq!(desk.events(), []);
    assert_eq!(desk.delivers("one too many"), Reception::Taken);
    assert_eq!(desk.heard(), "|+CMTI: \"ME\",7|");
}

#[test]
fn a_notice_waits_while_a_line_is_typed_but_not_for_ever() {
    let mut desk = Desk::quiet();
    assert_eq!(desk.says("AT+C"), "");
    assert_eq!(desk.delivers("satu"), Reception::Taken);
    assert_eq!(desk.heard(), "");
    assert_eq!(desk.says("SQ\r"), "|+CMTI: \"ME\",0|+CSQ: 21,99|OK|");
    assert_eq!(desk.says("AT+C"), "");
    assert_eq!(desk.delivers("dua"), Reception::Taken);
    assert_eq!(desk.waits(Duration::from_secs(1)), "|+CMTI: \"ME\",1|");
    assert_eq!(desk.says("SQ\r"), "|+CSQ: 21,99|OK|");
    assert_eq!(desk.says("AT+CMGS=20\r"), "|> ");
    assert_eq!(desk.delivers("tiga"), Reception::Taken);
    assert_eq!(desk.waits(Duration::from_secs(5)), "", "a prompt is never disturbed");
    assert_eq!(desk.says("\u{1b}"), "|+CMTI: \"ME\",2|OK|");
}

#[test]
fn a_restart_forgets_settings_and_keeps_messages() {
    let mut desk = Desk::quiet();
    assert_eq!(desk.delivers("satu"), Reception::Taken);
    desk.heard();
    desk.follows(&[("AT+CFUN=1,1", "|OK|")]);
    assert_eq!(desk.says("AT\r"), "", "nothing is heard while it starts");
    assert_eq!(desk.delivers("dua"), Reception::Unreachable);
    assert_eq!(desk.waits(Duration::from_secs(2)), "|RDY|+CPIN: READY|SMS DONE|PB DONE|");
    assert_eq!(desk.delivers("dua"), Reception::Taken);
    assert_eq!(desk.heard(), "", "AT+CNMI is forgotten");
    desk.follows(&[("AT+CNMI?", "AT+CNMI?\r|+CNMI: 0,0,0,0,0|OK|")]);
    assert_eq!(desk.modem.stored("ME"), 2);
}

#[test]
fn an_unplugged_modem_is_deaf_and_dumb_until_it_is_back() {
    let mut desk = Desk::quiet();
    desk.modem.unplug(desk.now);
    assert!(!desk.modem.is_present());
    assert_eq!(desk.says("AT\r"), "");
    assert_eq!(desk.waits(Duration::from_mins(1)), "");
    desk.modem.plug_in(desk.now);
    assert!(desk.modem.is_present());
    assert_eq!(desk.waits(Duration::from_secs(2)), "|RDY|+CPIN: READY|SMS DONE|PB DONE|");
    assert_eq!(desk.says("AT\r"), "AT\r|OK|");
}

#[test]
fn a_missed_acknowledgement_ends_direct_delivery() {
    let pdu = delivery("satu");
    let (octets, digits) = (pdu.len() - 1, hex::encode(&pdu));
    let mut desk = Desk::quiet();
    desk.follows(&[("AT+CSMS=1", "|+CSMS: 1,1,1|OK|"), ("AT+CNMI=2,2,0,1,0", "|OK|")]);
    assert_eq!(desk.delivers("satu"), Reception::Awaiting);
    assert_eq!(desk.heard(), format!("|+CMT: ,{octets}|{digits}|"));
    assert_eq!(desk.delivers("dua"), Reception::Busy);
    desk.follows(&[("AT+CNMA", "|OK|"), ("AT+CNMA", "|+CMS ERROR: 340|")]);
    assert_eq!(desk.events(), [Event::Acknowledged(true)]);

    assert_eq!(desk.delivers("satu"), Reception::Awaiting);
    assert_eq!(desk.waits(Duration::from_secs(10)), format!("|+CMT: ,{octets}|{digits}|"));
    assert_eq!(desk.events(), [Event::Acknowledged(false)]);
    desk.follows(&[("AT+CNMI?", "|+CNMI: 2,0,0,0,0|OK|")]);
    assert_eq!(desk.delivers("satu"), Reception::Taken);
    assert_eq!(desk.heard(), "", "stored, and nobody wants to know");
    assert_eq!(desk.modem.stored("ME"), 1);
}

#[test]
fn struck_commands_meet_their_mishaps() {
    let mut desk = Desk::quiet();
    desk.modem.set_faults(Faults::once("+CSQ", Mishap::Error(Failure::Cme(100)), 1), desk.now);
    desk.follows(&[("AT+CSQ", "|+CME ERROR: 100|"), ("AT+CSQ", "|+CSQ: 21,99|OK|")]);
    desk.modem.set_faults(Faults::once("+CSQ", Mishap::Swallow, 1), desk.now);
    desk.follows(&[("AT+CSQ", ""), ("AT+CSQ", "|+CSQ: 21,99|OK|")]);
    desk.modem.set_faults(Faults::once("+CSQ", Mishap::Reset, 1), desk.now);
    desk.follows(&[("AT+CSQ", ""), ("AT+CSQ", "")]);
    assert_eq!(desk.waits(Duration::from_secs(1)), "|RDY|+CPIN: READY|SMS DONE|PB DONE|");
}

/// Octets that a driver might send, and some that none would.
fn typed() -> impl Strategy<Value = Vec<u8>> {
    let words = prop::sample::select(vec![
        "AT",
        "ATE1",
        "ATE0",
        "ATV0",
        "+CMGS=20",
        "+CMGW=5",
        "+CMGL=4",
        "+CMGR=0",
        "+CMGD=0",
        "+CSMS=1",
        "+CNMI=2,2,0,1,0",
        "+CNMA",
        "+CPMS=\"SM\"",
        "+CFUN=1,1",
        "+CFUN=0",
        "+CUSD=1,\"*123#\"",
        ";",
        "\r",
        "\n",
        "\u{1a}",
        "\u{1b}",
        "\u{8}",
        "00",
        "07",
        "\"",
        "=?",
        "?",
        "AT+CPIN?",
    ]);
    let piece = prop_oneof![
        6 => words.prop_map(|word| word.as_bytes().to_vec()),
        1 => prop::collection::vec(any::<u8>(), 0..20),
    ];
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

fn families() -> impl Strategy<Value = Profile> {
    prop::sample::select(vec![
        Profile::simcom_4g(),
        Profile::huawei_e1752(),
        Profile::wavecom(),
        Profile::quectel_ec25(),
        Profile::sim800(),
        Profile::cinterion_mc75i(),
        Profile::zte_mf190(),
        Profile::telit_he910(),
    ])
}

proptest! {
    #[test]
    fn whatever_is_typed_or_delivered_the_modem_lives_on(
        profile in families(),
        octets in typed(),
        pdu in prop::collection::vec(any::<u8>(), 0..200),
        pauses in prop::collection::vec(0u64..3_000, 1..8),
    ) {
        let mut desk = Desk::new(profile, SimCard::new("+6281100001111", "+62811000000"));
        for (piece, pause) in octets.chunks(17).zip(pauses.iter().cycle()) {
            desk.modem.handle_bytes(piece, desk.now);
            desk.modem.deliver(&pdu, desk.now);
            desk.modem.status_report(&pdu, desk.now);
            desk.heard();
            desk.waits(Duration::from_millis(*pause));
            for event in desk.events() {
                if let Event::Submit(submission) = event {
                    desk.modem.network_verdict(submission.ticket, Verdict::Accepted, desk.now);
                }
            }
        }
        desk.modem.reset(desk.now);
        desk.waits(Duration::from_secs(5));
        prop_assert!(desk.says("AT\r").ends_with("|OK|"));
    }

    #[test]
    fn chunking_is_invisible(
        profile in families(),
        octets in typed(),
        cuts in prop::collection::vec(1usize..9, 1..20),
    ) {
        let card = SimCard::new("+6281100001111", "+62811000000");
        let mut whole = Desk::new(profile.clone(), card.clone());
        let mut cut = Desk::new(profile, card);
        whole.modem.handle_bytes(&octets, Duration::ZERO);
        let mut rest = octets.as_slice();
        for size in cuts.iter().cycle() {
            let (piece, behind) = rest.split_at((*size).min(rest.len()));
            cut.modem.handle_bytes(piece, Duration::ZERO);
            rest = behind;
            if rest.is_empty() {
                break;
            }
        }
        prop_assert_eq!(cut.waits(Duration::from_mins(3)), whole.waits(Duration::from_mins(3)));
        prop_assert_eq!(cut.events(), whole.events());
    }
}
