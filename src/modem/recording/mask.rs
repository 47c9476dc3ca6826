//! Lines of an exchange without what is private in them; each keeps its length, and what it is to the engine.
//!
//! | what | becomes |
//! |---|---|
//! | a PDU | itself with a number that ends in zeros and a text of `x` ([`super::tpdu`]) |
//! | digits, seven or more in a row (numbers, IMSI, IMEI, ICCID) | the first five at most, then zeros |
//! | texts of `+CUSD`, names beside numbers, lines that nobody knows | `x` for letters, `0` for digits |
//! | a PIN, in whatever is written or repeated | `*` |
//!
//! Of what is not known too much is masked rather than too little. A PIN is masked even where all else is kept.

use super::cover::{light, message, opaque, personal, quoted};
use super::dialogue::Side;
use crate::at::lines::{is_hex, unglue};
use crate::at::result;
use crate::at::urc::{self, Reading};

/// Lines for which a text may be torn; then its end was lost.
const TORN_LINES_MAX: u8 = 16;
/// Letters in what stands in the place of a PDU and is believed to be a notice.
const NOTICE_LETTERS_MAX: usize = 12;

/// Commands whose parameters are secrets.
const SECRET: &[&str] = &["AT+CPIN", "AT^CPIN", "AT+CLCK", "AT+CPWD", "AT+CPIN2"];

/// Commands that are answered by bare words about the modem.
const WORDS: &[&str] = &["AT+CGMI", "AT+CGMM", "AT+CGMR", "AT+GMI", "AT+GMM", "AT+GMR", "ATI"];

/// Commands that are answered by a bare number of the modem or the card.
const NUMBERS: &[&str] = &[
    "AT+CGSN",
    "AT+CIMI",
    "AT+CCID",
    "AT+ICCID",
    "AT+CICCID",
    "AT+QCCID",
    "AT^ICCID",
    "AT+GSN",
    "AT^SCID",
    "AT#CCID",
    "AT+ZGETICCID",
];

/// Headers behind which a message stands.
const HEADERS: &[&str] = &["+CMGL:", "+CMGR:", "+CMT:", "+CDS:", "+CBM:"];

/// Lines that name people or repeat what they wrote.
const PERSONAL: &[&str] =
    &["+CLIP:", "+CNUM:", "+CLCC:", "+CCWA:", "+CPBR:", "+CPBF:", "+CUSD:", "+CLASS0:", "^ORIG:"];

/// What comes on the next line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Next {
    /// Anything.
    Any,
    /// A message.
    Message,
    /// More of a torn text, for so many lines.
    Text(u8),
}

/// What must be remembered from line to line.
#[derive(Debug)]
pub(super) struct Mask {
    /// Everything but secrets stays.
    plain: bool,
    /// Name of the command that was written last, in capitals.
    command: String,
    /// The secrets that were written.
    secrets: Vec<Vec<u8>>,
    /// Digits of the payload that was written last.
    payload: usize,
    next: Next,
}

impl Mask {
    /// At the beginning of a session.
    pub(super) fn new(plain: bool) -> Self {
        Self { plain, command: String::new(), secrets: Vec::new(), payload: 0, next: Next::Any }
    }

    /// Masks a whole line without its end, in place.
    pub(super) fn line(&mut self, side: Side, line: &mut [u8]) {
        match side {
            Side::Computer => self.written(line),
            Side::Modem => self.read(line),
        }
    }

    /// Masks what is no whole line: its end never came, or it is too long to be one.
    pub(super) fn fragment(&mut self, side: Side, octets: &mut [u8]) {
        self.line(side, octets);
        if !self.plain {
            opaque(octets);
        }
    }

    fn is_secret(&self) -> bool {
        SECRET.contains(&self.command.as_str())
    }

    fn written(&mut self, line: &mut [u8]) {
        let text = ascii(line);
        // ESC, which leaves a prompt, may stand before a command.
        let from =
            text.len() - text.trim_start_matches(|sign: char| !sign.is_ascii_graphic()).len();
        let Some((own, text)) = line.get_mut(from..).zip(text.get(from..)) else { return };
        if text.is_empty() {
            return;
        }
        if is_command(text) {
            let name = text.split(['=', '?']).next().unwrap_or(text);
            self.command = name.to_ascii_uppercase();
            if self.is_secret() {
                self.secrets.extend(secrets(text));
            }
            command(own, text, self.plain);
        } else if !self.plain {
            // An acknowledgement holds no text, and no centre before it (3GPP TS 27.005 §4.6).
            if self.command != "AT+CNMA" {
                message(own, text);
            }
            self.payload = text.len();
        }
    }

    fn read(&mut self, line: &mut [u8]) {
        self.hide_secrets(line);
        let text = ascii(line);
        let from = text.len() - trim_lead(&text).len();
        let mut at = from;
        for piece in unglue(trim_lead(&text)) {
            let Some(begins) = text.get(at..).and_then(|rest| rest.find(piece)) else { return };
            let begins = at + begins;
            at = begins + piece.len();
            if let Some(own) = line.get_mut(begins..at) {
                self.piece(own, piece);
            }
        }
    }

    /// A line as the engine takes it apart.
    fn piece(&mut self, own: &mut [u8], text: &str) {
        if result::verbose(text).is_some() {
            if text.contains("ERROR") {
                light(own);
            }
            return;
        }
        if self.is_secret() && !urc::is_notice(text) {
            // Its echo, whatever the line made of it.
            own.iter_mut().filter(|octet| octet.is_ascii_digit()).for_each(|octet| *octet = b'*');
        }
        if is_command(text) {
            command(own, text, self.plain);
            return;
        }
        if self.plain {
            return;
        }
        match self.next {
            Next::Text(left) => {
                let ends = urc::ussd_ends(text) || left == 0;
                if !is_harmless(text) {
                    self.next = if ends { Next::Any } else { Next::Text(left.saturating_sub(1)) };
                    opaque(own);
                    return;
                }
            }
            Next::Message => {
                if is_hex(text) {
                    self.next = Next::Any;
                    message(own, text);
                    return;
                }
                if !is_harmless(text) && !HEADERS.iter().any(|header| text.starts_with(header)) {
                    self.next = Next::Any;
                    opaque(own);
                    return;
                }
            }
            Next::Any => {}
        }
        self.single(own, text);
    }

    /// A line that is neither a result, an echo nor part of a message.
    fn single(&mut self, own: &mut [u8], text: &str) {
        let name = text.split_inclusive(':').next().unwrap_or_default();
        if HEADERS.contains(&name) {
            self.next = Next::Message;
            personal(own);
        } else if PERSONAL.contains(&name) {
            if urc::read(text) == Reading::Torn {
                self.next = Next::Text(TORN_LINES_MAX);
                // All that follows the open quote.
                let quote = own.iter().position(|octet| *octet == b'"').unwrap_or(own.len());
                opaque(own.get_mut(quote..).unwrap_or_default());
            } else {
                personal(own);
            }
        } else if is_hex(text) && text.len() == self.payload && self.command.starts_with("AT+CMG") {
            // The echo of a payload; one that lost digits on the way would be read wrongly.
            message(own, text);
        } else if urc::read(text) != Reading::None || self.answers(name) {
            light(own);
        } else if urc::is_notice(text) {
            // Of a notice that nobody knows: its name and its figures.
            let rest = own.get_mut(name.len()..).unwrap_or_default();
            rest.iter_mut()
                .filter(|octet| octet.is_ascii_alphabetic())
                .for_each(|octet| *octet = b'x');
            light(rest);
        } else if WORDS.contains(&self.command.as_str())
            || NUMBERS.contains(&self.command.as_str()) && is_number(text)
        {
            light(own);
        } else if text.len() > 2 {
            opaque(own);
        }
    }

    /// Whether a line of this name answers the command in flight.
    fn answers(&self, name: &str) -> bool {
        name.strip_suffix(':').is_some_and(|name| self.command.strip_prefix("AT") == Some(name))
    }

    fn hide_secrets(&self, octets: &mut [u8]) {
        // Beside another command the same digits are something else: a PIN is short.
        for secret in self.secrets.iter().filter(|_| self.is_secret()) {
            while let Some(place) = octets.windows(secret.len()).position(|window| window == secret)
            {
                octets.get_mut(place..place + secret.len()).unwrap_or_default().fill(b'*');
            }
        }
    }
}

/// The line with `x` for octets outside of ASCII: places in it are places in the line.
fn ascii(line: &[u8]) -> String {
    line.iter().map(|octet| if octet.is_ascii() { char::from(*octet) } else { 'x' }).collect()
}

/// Without a prompt and line noise in front, as the engine reads it.
fn trim_lead(text: &str) -> &str {
    text.trim_start_matches(|sign: char| !sign.is_ascii_graphic() || sign == '>')
}

fn is_command(text: &str) -> bool {
    let mut octets = text.bytes();
    octets.next().is_some_and(|first| first.eq_ignore_ascii_case(&b'a'))
        && octets.next().is_some_and(|second| second.eq_ignore_ascii_case(&b't'))
        && octets.next().is_none_or(|third| !third.is_ascii_whitespace())
}

/// Runs of digits behind the name of a command.
fn secrets(text: &str) -> impl Iterator<Item = Vec<u8>> {
    let parameters = text.split_once('=').map_or("", |(_, parameters)| parameters);
    parameters
        .split(|sign: char| !sign.is_ascii_alphanumeric())
        .filter(|run| run.len() >= 4)
        .map(|run| run.as_bytes().to_vec())
}

/// A command line, written or repeated.
fn command(own: &mut [u8], text: &str, plain: bool) {
    let name = text.split('=').next().unwrap_or(text);
    let parameters = own.get_mut(name.len()..).unwrap_or_default();
    let name = name.to_ascii_uppercase();
    if SECRET.contains(&name.as_str()) {
        let is_secret = |octet: &&mut u8| octet.is_ascii_alphanumeric() || !octet.is_ascii();
        parameters.iter_mut().filter(is_secret).for_each(|octet| *octet = b'*');
        return;
    }
    if plain {
        return;
    }
    if name == "AT+CUSD" {
        let quote = parameters.iter().position(|octet| *octet == b'"');
        quoted(parameters.get_mut(quote.unwrap_or(0)..).unwrap_or_default(), opaque);
    } else if name.starts_with("ATD") {
        opaque(own.get_mut(3..).unwrap_or_default());
    } else {
        light(own);
    }
}

/// Whether a line that stands where a message is awaited can be a notice, by its name and by how little it says.
fn is_harmless(text: &str) -> bool {
    let known = matches!(urc::read(text), Reading::Whole(_))
        || HEADERS.iter().any(|header| text.starts_with(header));
    let body = text.split_once(':').map_or("", |(_, body)| body);
    let letters = body.bytes().filter(u8::is_ascii_alphabetic).count();
    let is_sparse = |sign: u8| {
        sign.is_ascii_uppercase() || sign.is_ascii_digit() || b" \",.:;()+-_/".contains(&sign)
    };
    known && letters <= NOTICE_LETTERS_MAX && body.bytes().all(is_sparse)
}

/// Whether a line holds nothing but one number, with the filler of an odd one.
fn is_number(text: &str) -> bool {
    text.bytes().all(|sign| sign.is_ascii_digit() || b"F\"-/ ".contains(&sign))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sms::{Address, Deliver, hex, parts::deliver_parts, split_smsc};
    use proptest::prelude::*;

    /// Lines of the modem, masked one after the other.
    fn read(mask: &mut Mask, lines: &[&str]) -> Vec<String> {
        let masked = |line: &&str| {
            let mut octets = line.as_bytes().to_vec();
            mask.line(Side::Modem, &mut octets);
            assert_eq!(octets.len(), line.len());
            String::from_utf8(octets).unwrap()
        };
        lines.iter().map(masked).collect()
    }

    fn written(mask: &mut Mask, line: &str) -> String {
        let mut octets = line.as_bytes().to_vec();
        mask.line(Side::Computer, &mut octets);
        String::from_utf8(octets).unwrap()
    }

    #[test]
    fn what_says_nothing_about_anybody_stays() {
        let mut mask = Mask::new(false);
        for line in [
            "ATE0",
            "AT+CMGF=0",
            "AT+CPMS=\"SM\",\"SM\",\"SM\"",
            "AT+CNMI=2,1,0,1,0",
            "AT+CMGL=4",
            "\u{1b}",
        ] {
            assert_eq!(written(&mut mask, line), line);
        }
        for (command, answer) in [
            ("AT+CGMI", "QUALCOMM INCORPORATED"),
            ("AT+CGMR", "1137B09SIM900M64_ST"),
            ("AT+CPMS=?", "+CPMS: (\"ME\",\"SM\"),(\"ME\"),(\"SM\")"),
            ("AT+XYZ?", "+XYZ: 1,\"ready\""),
            ("AT+CSQ", "+CSQ: 19,99"),
        ] {
            written(&mut mask, command);
            assert_eq!(read(&mut mask, &[answer]), [answer]);
        }
        for line in [
            "OK",
            "ERROR",
            "+CMS ERROR: 38",
            "+CME ERROR: SIM busy",
            "+CMTI: \"SM\",3",
            "^RSSI:19",
            "+CREG: 1",
            "RDY",
            "> ",
            "^HCSQ:\"LTE\",60,52,106,24",
            "0",
            "+QIND: \"smsfull\",\"ME\"",
            "",
        ] {
            assert_eq!(read(&mut mask, &[line]), [line]);
        }
    }

    #[test]
    fn numbers_keep_their_beginning() {
        let mut mask = Mask::new(false);
        for (command, line, masked) in [
            ("AT+CGSN", "861234050000017", "861230000000000"),
            ("AT+CIMI", "510101234567890", "510100000000000"),
            ("AT+CCID", "+CCID: \"8962101234567890123F\"", "+CCID: \"8962100000000000000F\""),
            (
                "AT+CNUM",
                "+CNUM: \"Kantor\",\"+6281234567890\",145",
                "+CNUM: \"xxxxxx\",\"+6281000000000\",145",
            ),
            (
                "AT",
                "+CLIP: \"+6281234567890\",145,\"Budi\",,,0",
                "+CLIP: \"+6281000000000\",145,\"xxxx\",,,0",
            ),
            ("AT", "MISSED_CALL: 02:03AM 6281234567890", "MISSED_CALL: 02:03AM 6281000000000"),
        ] {
            written(&mut mask, command);
            assert_eq!(read(&mut mask, &[line]), [masked]);
        }
        let centre = written(&mut mask, "AT+CSCA=\"+6281100000\",145");
        assert_eq!(centre, "AT+CSCA=\"+6280000000\",145");
    }

    #[test]
    fn a_pin_is_nowhere_even_where_all_else_is_kept() {
        for plain in [false, true] {
            let mut mask = Mask::new(plain);
            assert_eq!(written(&mut mask, "AT+CPIN=\"1234\""), "AT+CPIN=\"****\"");
            let echoes =
                ["AT+CPIN=\"1234\"", "AT+CPN=\"1234\"", "T+CPIN=\"12", "+CPIN: READY", "OK"];
            for line in read(&mut mask, &echoes) {
                assert!(!line.contains("12") && !line.contains('3'), "{line}");
            }
            assert_eq!(read(&mut mask, &["+CPIN: READY", "OK"]), ["+CPIN: READY", "OK"]);
            assert_eq!(written(&mut mask, "AT+CLCK=\"SC\",0,\"9876\"").matches("9876").count(), 0);
        }
    }

    #[test]
    fn ussd_is_masked_also_where_it_is_torn() {
        let mut mask = Mask::new(false);
        assert_eq!(
            written(&mut mask, "AT+CUSD=1,\"*123*9911#\",15"),
            "AT+CUSD=1,\"*000*0000#\",15"
        );
        assert_eq!(
            read(
                &mut mask,
                &[
                    "+CUSD: 0,\"Pulsa Rp 25.000",
                    "^RSSI:19",
                    "s.d. 31 Des\",15",
                    "+CUSD: 2,\"habis\",15",
                    "OK"
                ]
            ),
            [
                "+CUSD: 0,\"xxxxx xx 00.000",
                "^RSSI:19",
                "x.x. 00 xxx\",00",
                "+CUSD: 2,\"xxxxx\",15",
                "OK"
            ]
        );
    }

    #[test]
    fn what_stands_in_the_place_of_a_message_is_one() {
        let mut mask = Mask::new(false);
        assert_eq!(
            read(
                &mut mask,
                &[
                    "+CMT: \"+6281234567890\",,\"24/05/01,10:11:12+28\"",
                    "Lampu mati di Jalan Mawar 5",
                    "mohon diperbaiki, hub. 0812-3456",
                    "+RAHASIA: nama Budi",
                    "+CMGR: 0,,164",
                    "0BD04259303784=96p331p711600",
                    "+CMT: ,30",
                    "+CMTI: \"SM\",3",
                    "+CREG: ini rahasia",
                ]
            ),
            [
                "+CMT: \"+6281000000000\",,\"00/00/00,00:00:00+00\"",
                "xxxxx xxxx xx xxxxx xxxxx 0",
                "xxxxx xxxxxxxxxx, xxx. 0000-0000",
                "+RAHASIA: xxxx xxxx",
                "+CMGR: 0,,164",
                "0xx00000000000=00x000x000000",
                "+CMT: ,30",
                "+CMTI: \"SM\",3",
                "+xxxx: xxx xxxxxxx",
            ]
        );
    }

    #[test]
    fn a_message_where_a_text_is_awaited_tells_nothing_by_its_digits() {
        let mut mask = Mask::new(false);
        let lines = ["+CUSD: 0,\"Pulsa", "0001000D91683254769810F0", "habis\",15"];
        assert_eq!(read(&mut mask, &lines)[1], "000000000000000000000000");
    }

    #[test]
    fn a_text_where_a_number_is_awaited_is_no_number() {
        let mut mask = Mask::new(false);
        for command in ["AT+CIMI", "AT+CGSN"] {
            written(&mut mask, command);
            let lines = ["Lampu mati 5 hari", "510101234567890"];
            assert_eq!(read(&mut mask, &lines)[0], "xxxxx xxxx 0 xxxx");
        }
    }

    #[test]
    fn an_acknowledgement_stays() {
        let mut mask = Mask::new(false);
        written(&mut mask, "AT+CNMA=2,3");
        assert_eq!(written(&mut mask, "00D300"), "00D300");
    }

    fn pdus(number: &str, text: &str) -> Vec<String> {
        let sender = Address::international(number).unwrap();
        let noon = chrono::DateTime::parse_from_rfc3339("2026-11-24T12:00:00+07:00").unwrap();
        let parts = deliver_parts(&sender, noon, text, 7).unwrap();
        parts.iter().map(|part| format!("00{}", hex::encode(&part.encode().unwrap()))).collect()
    }

    proptest! {
        /// Listed, glued to the next header or alone: a PDU decodes and holds neither number nor text.
        #[test]
        fn a_listed_message_still_decodes(
            number in "[1-9][0-9]{9,13}",
            text in "[a-wA-Z]{20,300}",
            glued: bool,
            small: bool,
        ) {
            let mut mask = Mask::new(false);
            for pdu in pdus(&number, &text) {
                let pdu = if small { pdu.to_ascii_lowercase() } else { pdu };
                let tail = if glued { "+CMGL: 2,1,,23" } else { "" };
                let line = format!("{pdu}{tail}");
                let masked = read(&mut mask, &["+CMGL: 1,1,,23", &line]);
                let pdu = hex::decode(&masked[1][..pdu.len()]).unwrap();
                let (_, tpdu) = split_smsc(&pdu).unwrap();
                let read = Deliver::decode(tpdu).unwrap();
                prop_assert!(read.text().unwrap().chars().all(|letter| letter == 'x'));
                prop_assert!(read.originator.number().ends_with("00000"));
                prop_assert!(masked[1].ends_with(tail));
            }
        }

        /// Whatever comes keeps its length.
        #[test]
        fn any_lines_keep_their_length(lines in prop::collection::vec(
            prop_oneof![
                prop::collection::vec(any::<u8>(), 0..80),
                "(\\+CM[TG][LR]?: |\\+CUSD: |AT\\+|> |OK)?[0-9A-Fa-z\",+ ]{0,60}".prop_map(String::into_bytes),
            ], 0..8),
            side: bool,
        ) {
            let side = if side { Side::Modem } else { Side::Computer };
            let mut mask = Mask::new(false);
            for line in lines {
                let mut masked = line.clone();
                mask.line(side, &mut masked);
                prop_assert_eq!(masked.len(), line.len());
            }
        }

        /// No number of a telephone survives in any line that is no command of ours, whatever stands round it.
        #[test]
        fn no_number_survives(before in "[+^A-Za-z0-9:\", ]{0,20}", number in "[1-9]{9,14}", after in "[A-Z\", ]{0,10}") {
            let mut mask = Mask::new(false);
            let masked = read(&mut mask, &[&format!("{before} {number}{after}")]);
            prop_assert!(!masked[0].contains(&number), "{masked:?}");
        }
    }
}
