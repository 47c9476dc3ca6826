//! Any exchange on a line, with numbers and texts of people in the places where modems put them: what is written down
//! reads as a dialogue of the same length, and is the same whoever the people are and whatever they say.
//!
//! The first two octets draw the cuts. Then 0xFF begins a step whose name is the octet behind it: `M` and `C` are said by
//! modem and computer as they stand, the others place something private, drawn from the octets behind them. Each exchange
//! is recorded twice, with other people: the numbers begin alike, the texts have letters, digits and signs in the same
//! places, and nothing else of them may be told from the recording.
#![no_main]

use std::time::{Duration, Instant};

use aduan::modem::recording::dialogue::{self, Side, Step};
use aduan::modem::recording::tape::Tape;
use aduan::sms::{Address, Options, compose, hex, parts};
use chrono::DateTime;
use libfuzzer_sys::fuzz_target;

/// Octets of all private steps, beside which nothing new comes.
const STEPS_MAX: usize = 64;

/// Commands under which private things are said. None carries a secret: a PIN may equal digits of a number, and hides them.
const COMMANDS: [&str; 8] = [
    "AT",
    "AT+CMGL=4",
    "AT+CMGR=3",
    "AT+CNUM",
    "AT+CIMI",
    "AT+CMGS=24",
    "AT+CUSD=1,\"*888#\",15",
    "AT+CREG?",
];

/// Letters of which no word of modems is made.
const LETTERS: [&[u8; 8]; 2] = [b"ghjlmpqs", b"tvwxyzGH"];

/// One person, and what is theirs; of two the first says the same in other words.
struct Person {
    number: String,
    text: String,
}

/// Digits of a number of so many that stay: country and operator at most.
fn digits_kept(digits: usize) -> usize {
    (digits / 3).min(5)
}

/// Two people that look alike in a recording.
fn people(drawn: &[u8]) -> [Person; 2] {
    let octet = |place: usize| drawn.get(place).copied().unwrap_or(0x35);
    let length = 8 + usize::from(octet(0) % 8);
    [0, 1].map(|which| {
        let digit = |place: usize| {
            let digit = octet(1 + place) % 9 + 1;
            let other = if place < digits_kept(length) { 0 } else { which };
            char::from(b'0' + (digit + other * 4) % 10)
        };
        let sign = |drawn: &u8| match drawn % 16 {
            0..10 => char::from(LETTERS[usize::from(which)][usize::from(drawn / 16 % 8)]),
            10..13 => char::from(b'0' + (drawn / 16 + which * 5) % 10),
            13 => '.',
            _ => ' ',
        };
        let number = (0..length).map(digit).collect();
        let letter = char::from(LETTERS[usize::from(which)][0]);
        // Long enough to be no result code.
        let said: String = drawn.iter().skip(1).map(sign).collect();
        Person { number, text: format!("{}{said}", String::from(letter).repeat(12)) }
    })
}

/// What the network hands over, or a card holds.
fn delivered(person: &Person) -> Vec<String> {
    let sender = Address::international(&format!("+{}", person.number)).unwrap();
    let noon = DateTime::parse_from_rfc3339("2026-11-24T12:00:00+07:00").unwrap();
    let parts = parts::deliver_parts(&sender, noon, &person.text, 7).unwrap();
    parts.iter().map(|part| format!("00{}", hex::encode(&part.encode().unwrap()))).collect()
}

/// What is sent.
fn submitted(person: &Person) -> Vec<String> {
    let recipient = Address::international(&format!("+{}", person.number)).unwrap();
    let parts = compose(&recipient, &person.text, &Options::default()).unwrap();
    parts.iter().map(|part| format!("00{}", hex::encode(&part.encode().unwrap()))).collect()
}

/// What is said in a private step; the same turns for everybody.
fn turns(name: u8, drawn: &[u8], person: &Person) -> Vec<(Side, String)> {
    let modem = |text: String| (Side::Modem, format!("\r\n{text}\r\n"));
    let Person { number, text } = person;
    match name {
        b'L' => {
            delivered(person).iter().map(|pdu| modem(format!("+CMGL: 1,1,,30\r\n{pdu}"))).collect()
        }
        b'R' => delivered(person)
            .iter()
            .map(|pdu| modem(format!("+CMGR: 0,,30\r\n{pdu}\r\n\r\nOK")))
            .collect(),
        b'T' => delivered(person).iter().map(|pdu| modem(format!("+CMT: ,30\r\n{pdu}"))).collect(),
        // A listed one without a line end behind it.
        b'G' => {
            let glued: Vec<String> =
                delivered(person).iter().map(|pdu| format!("+CMGL: 2,1,,30\r\n{pdu}")).collect();
            vec![modem(glued.concat())]
        }
        b'S' => {
            let mut turns = Vec::new();
            for pdu in submitted(person) {
                turns.push((Side::Computer, format!("\rAT+CMGS={}\r", pdu.len() / 2 - 1)));
                turns.push((Side::Modem, "\r\n> ".to_owned()));
                turns.push((Side::Computer, format!("{pdu}\x1a")));
                let echo = if drawn.len() % 2 == 0 { format!("{pdu}\r\n") } else { String::new() };
                turns.push((Side::Modem, format!("{echo}\r\n+CMGS: 7\r\n\r\nOK\r\n")));
            }
            turns
        }
        b'P' => vec![modem(format!("+CLIP: \"+{number}\",145,\"{text}\",,,0"))],
        b'N' => vec![modem(format!("+CNUM: \"{text}\",\"{number}\",129"))],
        b'B' => vec![modem(format!("+CPBR: 1,\"{number}\",129,\"{text}\""))],
        b'U' => vec![modem(format!("+CUSD: 0,\"{text}\",15"))],
        b'V' => {
            // Torn over two lines.
            let (head, tail) = text.split_at(text.len() / 2);
            vec![modem(format!("+CUSD: 0,\"{head}\r\n{tail}\",15"))]
        }
        b'X' => vec![modem(format!("+CMT: \"+{number}\",,\"24/05/01,10:11:12+28\"\r\n{text}"))],
        b'Q' => vec![modem(format!("MISSED_CALL: 02:03AM {number}"))],
        b'Y' => vec![modem(text.clone())],
        b'D' => vec![(Side::Computer, format!("\rATD+{number};\r"))],
        _ => Vec::new(),
    }
}

/// An exchange being recorded.
struct Recording {
    tape: Tape,
    text: String,
    said: [Vec<u8>; 2],
    now: Instant,
    cuts: u32,
}

impl Recording {
    fn new(cuts: u32) -> Self {
        let now = Instant::now();
        Self {
            tape: Tape::new(false, now),
            text: String::new(),
            said: [Vec::new(), Vec::new()],
            now,
            cuts,
        }
    }

    fn say(&mut self, side: Side, mut octets: &[u8]) {
        self.said[usize::from(side == Side::Modem)].extend_from_slice(octets);
        while !octets.is_empty() {
            self.cuts = self.cuts.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let (piece, rest) = octets.split_at((1 + (self.cuts >> 24) as usize).min(octets.len()));
            self.now += Duration::from_millis((self.cuts >> 20 & 0x1F).into());
            self.text += &self.tape.push(side, piece, self.now);
            octets = rest;
        }
    }

    fn of(steps: &[u8], which: usize, cuts: u32) -> Self {
        let mut recording = Self::new(cuts);
        for step in steps.split(|octet| *octet == 0xFF).take(STEPS_MAX) {
            let Some((name, drawn)) = step.split_first() else { continue };
            match name {
                b'M' => recording.say(Side::Modem, drawn),
                b'C' => recording.say(Side::Computer, drawn),
                b'!' => recording.text += &recording.tape.gone(),
                _ => {
                    let command = COMMANDS[drawn.len() % COMMANDS.len()];
                    recording.say(Side::Computer, format!("\r{command}\r").as_bytes());
                    for (side, text) in turns(*name, drawn, &people(drawn)[which]) {
                        recording.say(side, text.as_bytes());
                    }
                }
            }
        }
        recording.text += &recording.tape.end();
        recording
    }
}

fuzz_target!(|input: &[u8]| {
    let Some((seed, steps)) = input.split_first_chunk::<2>() else { return };
    let cuts = u16::from_be_bytes(*seed).into();
    let [one, other] = [0, 1].map(|which| Recording::of(steps, which, cuts));
    assert_eq!(one.text, other.text, "somebody can be told from the recording");
    let mut told = [0, 0];
    for step in dialogue::read(&one.text).unwrap() {
        match step {
            Step::Write(octets) => told[0] += octets.len(),
            Step::Read(octets) => told[1] += octets.len(),
            Step::Wait(_) | Step::Reopen => {}
        }
    }
    assert_eq!(told, one.said.map(|octets| octets.len()));
});
