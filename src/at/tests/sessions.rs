//! Whole sessions, drawn at random from a small model of a modem: what it answers is what arrives, whatever notices come
//! between the lines and wherever the stream is cut.

use proptest::prelude::*;

use super::{Desk, OCTETS, PDU, ask, lines, list, send};
use crate::at::{CmsCode, Expect, Failure, Payload, Refusal, Request, SimNotice, Urc};

type Answer = Result<Vec<String>, Failure>;

/// One command, and what the modem of the model makes of it.
#[derive(Clone, Debug)]
struct Exchange {
    request: Request,
    /// Before the prompt, where there is one.
    prompts: bool,
    /// Its lines, the final result code included.
    says: Vec<String>,
    answer: Answer,
}

/// How the modem writes.
#[derive(Clone, Copy, Debug)]
struct Manner {
    echoes: bool,
    line_end: &'static str,
    prompt: &'static str,
}

fn exchange(request: Request, own: &[String], last: &str, answer: Answer) -> Exchange {
    let prompts = request.payload.is_some();
    let says = own.iter().cloned().chain([last.to_owned()]).collect();
    Exchange { request, prompts, says, answer }
}

/// A command that succeeds with these lines.
fn success(request: Request, own: &[String]) -> Exchange {
    exchange(request, own, "OK", Ok(own.to_vec()))
}

/// The same commands, refused.
fn refused(request: Request, code: u16) -> Exchange {
    let after_payload = request.payload.is_some();
    let refusal = Refusal::Cms(CmsCode(code));
    let answer = Err(Failure::Refused { refusal, after_payload });
    exchange(request, &[], &format!("+CMS ERROR: {code}"), answer)
}

fn pdu() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(PDU.to_owned()),
        "[0-9A-F]{8,40}",
        // Damaged, but not to a result code or a notice.
        "[0-9A-F]{1,20}[=?~]{1,3}[0-9A-F]{0,20}",
    ]
}

fn exchanges() -> impl Strategy<Value = Exchange> {
    let usage = || ask("AT+CPMS=\"SM\"", Expect::Prefixed("+CPMS:"));
    let sim = || ask("AT+CPIN?", Expect::PrefixedOkOptional("+CPIN:"));
    let model = || ask("AT+CGMM", Expect::Text(&["+CGMM:"]));
    let longer = |octets: Vec<u8>| {
        ask("AT+CMGS=9", Expect::Prefixed("+CMGS:"))
            .with_payload(Payload::of(&[OCTETS.to_vec(), octets].concat()))
    };
    prop_oneof![
        Just(success(ask("AT+CMGF=0", Expect::Nothing), &[])),
        (0u8..50).prop_map(move |used| success(usage(), &[format!("+CPMS: {used},50,{used},50")])),
        Just(success(sim(), &["+CPIN: READY".to_owned()])),
        "[A-Z][a-z]{3,8} [0-9]{3}".prop_map(move |name| success(model(), &[name])),
        (0u8..=255, prop::collection::vec(any::<u8>(), 0..30)).prop_map(
            move |(reference, octets)| {
                success(longer(octets), &[format!("+CMGS: {reference}")])
            }
        ),
        (0u16..600).prop_map(|code| refused(send(), code)),
        (0u16..600).prop_map(|code| refused(list(), code)),
        prop::collection::vec(pdu(), 0..4).prop_map(|pdus| {
            let own: Vec<String> = pdus
                .into_iter()
                .enumerate()
                .flat_map(|(place, pdu)| [format!("+CMGL: {place},1,,23"), pdu])
                .collect();
            success(list(), &own)
        }),
    ]
}

/// Notices of every shape that are told apart from all answers of the model.
fn notices() -> impl Strategy<Value = (String, Urc)> {
    prop_oneof![
        Just(("RING".to_owned(), Urc::Ring)),
        Just(("NO CARRIER".to_owned(), Urc::CallEnded)),
        Just(("+WIND: 0".to_owned(), Urc::Sim(SimNotice::Removed))),
        (0u8..32).prop_map(|rssi| (format!("^RSSI:{rssi}"), Urc::Signal { rssi: Some(rssi) })),
        "[0-9A-F]{8,60}".prop_map(|pdu_hex| {
            (format!("+CMT: ,23\r\n{pdu_hex}"), Urc::MessageRouted { pdu_hex, length: 23 })
        }),
        "[0-9A-F]{8,60}".prop_map(|pdu_hex| {
            (format!("+CDS: 25\r\n{pdu_hex}"), Urc::ReportRouted { pdu_hex, length: 25 })
        }),
        "[a-zA-Z0-9 .>*]{0,20}[a-z](\r\n> [a-z]{1,9}){0,2}".prop_map(|text| {
            let told = Some(text.replace('\r', ""));
            (format!("+CUSD: 1,\"{text}\",15"), Urc::Ussd { status: 1, text: told, dcs: Some(15) })
        }),
    ]
}

fn manners() -> impl Strategy<Value = Manner> {
    (
        any::<bool>(),
        prop::sample::select(&["\r\n", "\r\r\n", "\n", "\r\n\r\n"][..]),
        prop::sample::select(&["> ", ">", "> \r\n"][..]),
    )
        .prop_map(|(echoes, line_end, prompt)| Manner { echoes, line_end, prompt })
}

/// Lines of the modem with a notice before each that the dice choose.
struct Stream<'a> {
    manner: Manner,
    notices: std::slice::Iter<'a, Option<(String, Urc)>>,
    told: Vec<Urc>,
}

impl Stream<'_> {
    fn of(&mut self, said: &[&str]) -> String {
        let mut text = String::new();
        for line in said {
            if let Some(Some((notice, urc))) = self.notices.next() {
                text.extend([self.manner.line_end, notice, self.manner.line_end]);
                self.told.push(urc.clone());
            }
            text.extend([self.manner.line_end, line, self.manner.line_end]);
        }
        text
    }
}

/// Lets the desk hear a text in pieces of the given lengths.
fn hear(desk: &mut Desk, text: &str, lengths: &mut impl Iterator<Item = usize>) {
    let mut rest = text.as_bytes();
    while !rest.is_empty() {
        let (piece, tail) = rest.split_at(rest.len().min(lengths.next().unwrap_or(1)));
        desk.hears(piece);
        rest = tail;
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    /// What the modem answers is what the driver gets, and each notice is told once and in its place.
    #[test]
    fn notices_and_cuts_change_no_answer(
        exchanges in prop::collection::vec(exchanges(), 1..12),
        manner in manners(),
        notices in prop::collection::vec(prop::option::of(notices()), 0..60),
        cuts in prop::collection::vec(1usize..40, 1..20),
    ) {
        let mut desk = Desk::new();
        let mut stream = Stream { manner, notices: notices.iter(), told: Vec::new() };
        let mut lengths = cuts.iter().copied().cycle();
        for exchange in &exchanges {
            let request = &exchange.request;
            let line = request.line.as_str().to_owned();
            desk.submit(request.clone()).unwrap();
            prop_assert_eq!(desk.wrote(), format!("{line}\\r").replace('"', "\\\""));
            let mut said = Vec::new();
            if manner.echoes {
                said.push(line.as_str());
            }
            let digits = request.payload.as_ref().map(Payload::as_str).unwrap_or_default();
            let echo = format!("{digits}\u{1a}");
            if exchange.prompts {
                let mut text = stream.of(&said);
                text.push_str(manner.line_end);
                text.push_str(manner.prompt);
                hear(&mut desk, &text, &mut lengths);
                prop_assert_eq!(desk.wrote(), format!("{digits}\\x1a"));
                said = if manner.echoes { vec![echo.as_str()] } else { Vec::new() };
            }
            prop_assert_eq!(desk.finished(), vec![]);
            said.extend(exchange.says.iter().map(String::as_str));
            let text = stream.of(&said);
            hear(&mut desk, &text, &mut lengths);
            prop_assert_eq!(desk.finished(), vec![exchange.answer.clone()]);
            prop_assert_eq!(desk.wrote(), "");
        }
        prop_assert_eq!(desk.notices(), stream.told);
        prop_assert!(desk.engine.is_idle());
        // Nothing is left over that would disturb what comes next.
        desk.submit(list()).unwrap();
        desk.hears(format!("{0}OK{0}", manner.line_end));
        prop_assert_eq!(desk.finished(), vec![lines(&[])]);
    }
}
