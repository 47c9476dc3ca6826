//! `aduan pdu`: TPDUs in hex to JSON and texts to TPDUs, without a daemon.

use std::io::{self, BufRead, Write};

use chrono::{DateTime, FixedOffset, SecondsFormat};
use clap::builder::{NonEmptyStringValueParser, PossibleValuesParser, TypedValueParser};
use clap::{Subcommand, ValueEnum};
use serde_json::{Map, Value, json};

use crate::phone::PhoneNumber;
use crate::sms::{
    Address, Coding, Dcs, DecodeError, Deliver, DeliverReport, EncodeError, Language, Optional,
    Options, Outcome, Reference, Scts, StatusReport, Submit, SubmitReport, UserData, Validity,
    WaitingKind, compose, first_octet, hex, split_smsc,
};

/// What a TPDU is to be read as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Direction {
    /// From the network.
    Deliver,
    /// To the network.
    Submit,
    /// Fate of a submit.
    StatusReport,
    /// Answer to a deliver, as `AT+CNMA=1` carries it.
    DeliverReport,
    /// Refusal of a deliver, as `AT+CNMA=2` carries it.
    DeliverRefusal,
    /// Answer to a submit, as `+CMGS` carries it.
    SubmitReport,
    /// Refusal of a submit.
    SubmitRefusal,
}

/// The two commands.
#[derive(Debug, Clone, PartialEq, Eq, Subcommand)]
pub enum PduCommand {
    /// Reads TPDUs in hex, one a line, and writes one JSON object a line
    Decode {
        /// TPDUs in hex; without any they are read from standard input
        hex: Vec<String>,
        /// The centre's address is not in front
        #[arg(long)]
        no_smsc: bool,
        /// Settles what the two type bits leave open
        #[arg(long, value_enum)]
        direction: Option<Direction>,
    },
    /// Prints the parts of a text in hex, one a line
    Encode {
        /// Recipient
        #[arg(long, value_parser = NonEmptyStringValueParser::new())]
        to: String,
        /// Text
        #[arg(long, allow_hyphen_values = true)]
        text: String,
        /// Concatenation reference
        #[arg(long = "ref", default_value_t = 0)]
        reference: u8,
        /// Ask for a status report
        #[arg(long)]
        report: bool,
        /// National table to write with before UCS-2
        #[arg(long, value_name = "LANGUAGE", value_parser = languages())]
        single_shift: Option<Language>,
    },
}

/// Runs one of the two.
///
/// # Errors
/// What reading or writing fails with; [`io::ErrorKind::InvalidInput`] for a recipient or text that cannot be encoded.
pub fn run(command: PduCommand, input: impl BufRead, mut output: impl Write) -> io::Result<()> {
    match command {
        PduCommand::Decode { hex, no_smsc, direction } => {
            if hex.is_empty() {
                // Lines of octets: one that is not even UTF-8 must not end the batch.
                for line in input.split(b'\n') {
                    let line = String::from_utf8_lossy(&line?).into_owned();
                    writeln!(output, "{}", object(&line, !no_smsc, direction))?;
                }
            } else {
                for line in hex {
                    writeln!(output, "{}", object(&line, !no_smsc, direction))?;
                }
            }
        }
        PduCommand::Encode { to, text, reference, report, single_shift } => {
            let options = Options {
                reference: Reference::Narrow(reference),
                status_report: report,
                validity: None,
                single_shift,
            };
            let parts = encode(&to, &text, &options)
                .map_err(|error| io::Error::new(io::ErrorKind::InvalidInput, error))?;
            for part in parts {
                writeln!(output, "{part}")?;
            }
        }
    }
    output.flush()
}

/// The parts of a text, each in hex with an empty centre address in front, as `AT+CMGS` takes them.
///
/// # Errors
/// [`EncodeError`] for a recipient that is no number or a text of too many parts.
pub fn encode(to: &str, text: &str, options: &Options) -> Result<Vec<String>, EncodeError> {
    let address = match PhoneNumber::parse(to) {
        Ok(number) => Address::international(number.reveal())?,
        // Numbers of test networks, too short or too long for E.164.
        Err(_) if to.len() > 1 && to.starts_with('+') => Address::international(to)?,
        Err(_) => Address::unknown(to)?,
    };
    compose(&address, text, options)?
        .iter()
        .map(|part| Ok(format!("00{}", hex::encode(&part.encode()?))))
        .collect()
}

/// The names of the languages with a single shift table.
fn languages() -> impl TypedValueParser<Value = Language> {
    PossibleValuesParser::new(Language::ALL.map(|(_, name)| name))
        .try_map(|name| Language::from_name(&name).ok_or(name))
}

/// One TPDU in hex as the JSON of the test vectors; an object with `error` for one that cannot be read.
pub fn object(line: &str, with_smsc: bool, direction: Option<Direction>) -> Value {
    // A byte order mark is what some editors begin a file with.
    let is_digit = |sign: &char| !sign.is_whitespace() && *sign != '\u{FEFF}';
    let line: String = line.chars().filter(is_digit).collect();
    let octets = match hex::decode(&line) {
        Ok(octets) => octets,
        Err(error) => return json!({ "error": error.to_string() }),
    };
    match decode(&octets, with_smsc, direction) {
        Ok(fields) => Value::Object(fields),
        Err(error) => json!({ "error": error.to_string() }),
    }
}

fn decode(
    octets: &[u8],
    with_smsc: bool,
    direction: Option<Direction>,
) -> Result<Map<String, Value>, DecodeError> {
    let (smsc, tpdu) = if with_smsc { split_smsc(octets)? } else { (None, octets) };
    let behind = |error: DecodeError| error.behind(octets.len() - tpdu.len());
    let direction =
        direction.unwrap_or_else(|| match tpdu.first().map(|octet| octet & first_octet::TYPE) {
            Some(1) => Direction::Submit,
            Some(2) => Direction::StatusReport,
            _ => Direction::Deliver,
        });
    let mut fields = match direction {
        Direction::Deliver => deliver(&Deliver::decode(tpdu).map_err(behind)?),
        Direction::Submit => submit(&Submit::decode(tpdu).map_err(behind)?),
        Direction::StatusReport => report(&StatusReport::decode(tpdu).map_err(behind)?),
        Direction::DeliverReport | Direction::DeliverRefusal => {
            let refuses = direction == Direction::DeliverRefusal;
            deliver_report(&DeliverReport::decode(tpdu, refuses).map_err(behind)?)
        }
        Direction::SubmitReport | Direction::SubmitRefusal => {
            let refuses = direction == Direction::SubmitRefusal;
            submit_report(&SubmitReport::decode(tpdu, refuses).map_err(behind)?)
        }
    };
    if with_smsc {
        set(&mut fields, "smsc", smsc.as_ref().map_or(Value::Null, address));
    }
    fields.insert("tpdu_length".to_owned(), json!(tpdu.len()));
    Ok(fields)
}

fn deliver(message: &Deliver) -> Map<String, Value> {
    let mut fields =
        head("deliver", message.first_octet, &message.originator, message.trailing_octets);
    set(&mut fields, "mms", message.first_octet & first_octet::MMS != 0);
    set(&mut fields, "lp", message.first_octet & first_octet::LP != 0);
    set(&mut fields, "sri", message.first_octet & first_octet::SRI != 0);
    set(&mut fields, "rp", message.first_octet & first_octet::RP != 0);
    set(&mut fields, "pid", message.protocol_id);
    set(&mut fields, "timestamp", time(&message.timestamp));
    content(&mut fields, message.coding, &message.user_data);
    fields
}

fn submit(message: &Submit) -> Map<String, Value> {
    let mut fields =
        head("submit", message.first_octet, &message.destination, message.trailing_octets);
    set(&mut fields, "rd", message.first_octet & first_octet::RD != 0);
    set(&mut fields, "srr", message.first_octet & first_octet::SRR != 0);
    set(&mut fields, "rp", message.first_octet & first_octet::RP != 0);
    set(&mut fields, "mr", message.message_reference);
    set(&mut fields, "pid", message.protocol_id);
    let form = match message.validity {
        Validity::None => "none",
        Validity::Relative(code) => {
            set(&mut fields, "vp_relative", code);
            let minutes = message.validity.period().map(|period| period.as_secs() / 60);
            set(&mut fields, "vp_minutes", minutes);
            "relative"
        }
        Validity::Enhanced(octets) => {
            set(&mut fields, "vp_enhanced_hex", hex::encode(&octets));
            "enhanced"
        }
        Validity::Absolute(until) => {
            set(&mut fields, "vp_absolute", time(&until));
            "absolute"
        }
    };
    set(&mut fields, "vpf", form);
    content(&mut fields, message.coding, &message.user_data);
    fields
}

fn report(message: &StatusReport) -> Map<String, Value> {
    let mut fields =
        head("status-report", message.first_octet, &message.recipient, message.trailing_octets);
    set(&mut fields, "mms", message.first_octet & first_octet::MMS != 0);
    set(&mut fields, "srq", message.first_octet & first_octet::SRQ != 0);
    set(&mut fields, "mr", message.message_reference);
    set(&mut fields, "timestamp", time(&message.timestamp));
    set(&mut fields, "discharge", time(&message.discharge));
    set(&mut fields, "status", message.status.0);
    let outcome = match message.status.outcome() {
        Outcome::Delivered => "delivered",
        Outcome::Complete => "complete",
        Outcome::Trying => "trying",
        Outcome::Failed => "failed",
        Outcome::TryingStopped => "trying-stopped",
        Outcome::Reserved => "reserved",
    };
    set(&mut fields, "outcome", outcome);
    optional(&mut fields, &message.optional);
    fields
}

fn deliver_report(message: &DeliverReport) -> Map<String, Value> {
    let mut fields =
        acknowledgement("deliver-report", message.failure_cause, message.trailing_octets);
    optional(&mut fields, &message.optional);
    fields
}

fn submit_report(message: &SubmitReport) -> Map<String, Value> {
    let mut fields =
        acknowledgement("submit-report", message.failure_cause, message.trailing_octets);
    set(&mut fields, "timestamp", time(&message.timestamp));
    optional(&mut fields, &message.optional);
    fields
}

fn acknowledgement(kind: &str, cause: Option<u8>, trailing: usize) -> Map<String, Value> {
    let mut fields = Map::new();
    set(&mut fields, "type", kind);
    if let Some(cause) = cause {
        set(&mut fields, "fcs", cause);
    }
    trail(&mut fields, trailing);
    fields
}

fn optional(fields: &mut Map<String, Value>, optional: &Optional) {
    if let Some(indicator) = optional.indicator.first() {
        set(fields, "pi", *indicator);
    }
    if let Some(protocol_id) = optional.protocol_id {
        set(fields, "pid", protocol_id);
    }
    match (&optional.user_data, optional.coding) {
        (Some(data), coding) => content(fields, coding.unwrap_or(Dcs(0)), data),
        (None, Some(coding)) => set(fields, "dcs", coding.0),
        (None, None) => {}
    }
}

fn trail(fields: &mut Map<String, Value>, octets: usize) {
    if octets > 0 {
        set(fields, "trailing_octets", octets);
    }
}

fn head(kind: &str, first_octet: u8, party: &Address, trailing: usize) -> Map<String, Value> {
    let mut fields = Map::new();
    set(&mut fields, "type", kind);
    set(&mut fields, "first_octet", first_octet);
    set(&mut fields, "udhi", first_octet & first_octet::UDHI != 0);
    set(&mut fields, "address", address(party));
    trail(&mut fields, trailing);
    fields
}

fn describe(fields: &mut Map<String, Value>, coding: Dcs) {
    set(fields, "dcs", coding.0);
    let name = match coding.coding() {
        Coding::Gsm7 => "gsm7",
        Coding::Octets => "8bit",
        Coding::Ucs2 => "ucs2",
        Coding::Reserved => "reserved",
    };
    set(fields, "coding", name);
    if let Some(class) = coding.class() {
        set(fields, "class", class);
    }
    if coding.is_auto_deleted() {
        set(fields, "auto_delete", true);
    }
    if coding.is_reserved_group() {
        set(fields, "reserved_dcs", true);
    }
    if let Some(waiting) = coding.waiting() {
        let kind = match waiting.kind {
            WaitingKind::Voicemail => "voicemail",
            WaitingKind::Fax => "fax",
            WaitingKind::Email => "email",
            WaitingKind::Other => "other",
        };
        set(
            fields,
            "mwi",
            json!({ "active": waiting.active, "kind": kind, "store": waiting.store }),
        );
    }
}

fn content(fields: &mut Map<String, Value>, coding: Dcs, data: &UserData) {
    describe(fields, coding);
    set(fields, "udl", data.length());
    if let Some(header) = data.header() {
        let mut object = Map::new();
        set(&mut object, "len", header.length());
        let elements: Vec<Value> = header
            .elements()
            .map(|element| json!({ "iei": element.id, "data": hex::encode(element.data) }))
            .collect();
        set(&mut object, "ies", elements);
        if let Some(concat) = header.concat() {
            let bits = if concat.wide { 16 } else { 8 };
            let place = json!({ "bits": bits, "ref": concat.reference, "total": concat.total, "seq": concat.part });
            set(&mut object, "concat", place);
        }
        if let Some(ports) = header.ports() {
            let bits = if ports.wide { 16 } else { 8 };
            set(
                &mut object,
                "ports",
                json!({ "bits": bits, "dest": ports.destination, "src": ports.source }),
            );
        }
        if let Some(table) = header.locking_shift() {
            set(&mut object, "locking_shift", table);
        }
        if let Some(table) = header.single_shift() {
            set(&mut object, "single_shift", table);
        }
        let special: Vec<Value> = header
            .special_messages()
            .map(|special| json!({ "type": special.kind, "count": special.count }))
            .collect();
        if !special.is_empty() {
            set(&mut object, "special_sms", special);
        }
        set(fields, "udh", object);
    }
    match data.text(coding) {
        Some(text) => {
            if coding.coding() == Coding::Ucs2 && data.body().len() % 2 == 1 {
                set(fields, "odd_ucs2", true);
            }
            set(fields, "text", text);
        }
        None => set(fields, "data_hex", hex::encode(data.body())),
    }
}

fn set(fields: &mut Map<String, Value>, key: &str, value: impl Into<Value>) {
    fields.insert(key.to_owned(), value.into());
}

fn address(address: &Address) -> Value {
    json!({ "number": address.number(), "ton": address.ton() as u8, "npi": address.npi() })
}

fn time(stamp: &Scts) -> Value {
    stamp.time().map_or(Value::Null, |time: DateTime<FixedOffset>| {
        Value::String(time.to_rfc3339_opts(SecondsFormat::Secs, false))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::arguments::Arguments;
    use clap::Parser;
    use proptest::prelude::*;

    const GOOD: &str = "0691261801000004069126181100004211509051038203803000";

    fn decoded(input: &[u8]) -> Vec<Value> {
        let mut output = Vec::new();
        let command = PduCommand::Decode { hex: Vec::new(), no_smsc: false, direction: None };
        run(command, input, &mut output).unwrap();
        let output = String::from_utf8(output).unwrap();
        output.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    fn error(line: &str) -> String {
        object(line, true, None)["error"].as_str().unwrap().to_owned()
    }

    #[test]
    fn a_batch_goes_on_behind_every_kind_of_bad_line() {
        let long = vec![b'0'; 1 << 20];
        let bad: [&[u8]; 7] =
            [b"", b"\xFF\xFE", b"0691", b"+CMT: ,24", b"069", "é".as_bytes(), &long];
        let mut input = bad.join(&b'\n');
        input.extend(format!("\n{GOOD}\r\n").bytes());
        let objects = decoded(&input);
        assert_eq!(objects.len(), bad.len() + 1);
        for object in &objects[..6] {
            assert!(object["error"].is_string(), "{object}");
        }
        assert_eq!(objects[7]["text"], "@a@");
    }

    #[test]
    fn case_spaces_and_byte_order_marks_do_not_matter() {
        let spaced: String = GOOD.to_lowercase().chars().flat_map(|digit| [digit, ' ']).collect();
        let expected = object(GOOD, true, None);
        assert_eq!(expected["address"]["number"], "+628111");
        for line in [&spaced, &format!("\u{FEFF}{GOOD}\r"), &format!("\t{GOOD}\u{A0}")] {
            assert_eq!(object(line, true, None), expected);
        }
    }

    #[test]
    fn the_place_of_an_error_counts_from_the_start_of_the_line() {
        assert_eq!(error("0691261801000004"), "TP-OA is cut short at octet 8");
        assert_eq!(error("000406912618110000"), "TP-SCTS is cut short at octet 9");
        assert_eq!(
            object("0001", true, Some(Direction::Deliver))["error"],
            "TP-MTI at octet 1 is 1, which is no SMS-DELIVER"
        );
        assert_eq!(object("04", false, None)["error"], "TP-OA is cut short at octet 1");
    }

    #[test]
    fn numbers_are_written_as_people_write_them() {
        for (to, address) in [
            ("081234567890", "0D91261832547698F0"),
            ("6281234567890", "0D91261832547698F0"),
            ("+62 812-3456-7890", "0D91261832547698F0"),
            ("0221234567", "0B912622214365F7"),
            ("+60123456789", "0B910621436587F9"),
            ("3636", "04816363"),
            ("112", "038111F2"),
            ("62812", "05812618F2"),
            ("*123#", "05811A32FB"),
            ("+628111", "0691261811"),
        ] {
            let parts = encode(to, "Ya", &Options::default()).unwrap();
            let [part] = parts.as_slice() else { panic!("one part: {parts:?}") };
            assert!(part.starts_with(&format!("000100{address}")), "{to}: {part}");
        }
        for to in ["TELKOMSEL", "+", "+62x", "123456789012345678901"] {
            assert!(encode(to, "Ya", &Options::default()).is_err(), "{to}");
        }
    }

    #[test]
    fn reference_and_report_stand_in_their_octets() {
        let options = Options { reference: Reference::Narrow(0x42), ..Options::default() };
        assert_eq!(encode("3636", "", &options).unwrap(), ["00010004816363000000"]);
        let options = Options { status_report: true, ..options };
        assert_eq!(encode("3636", "", &options).unwrap(), ["00210004816363000000"]);
        let parts = encode("3636", &"a".repeat(161), &options).unwrap();
        assert!(parts[0].starts_with("006100048163630000A0050003420201"), "{}", parts[0]);
        assert!(parts[1].starts_with("0061000481636300000F050003420202"), "{}", parts[1]);
    }

    #[test]
    fn acknowledgements_are_read_as_what_they_are_said_to_be() {
        let read = |line, direction| object(line, false, Some(direction));
        assert_eq!(
            read("00D300", Direction::DeliverRefusal),
            json!({ "type": "deliver-report", "fcs": 0xD3, "pi": 0, "tpdu_length": 3 })
        );
        assert_eq!(read("0000", Direction::DeliverReport)["type"], "deliver-report");
        let accepted = read("010042115090510382", Direction::SubmitReport);
        assert_eq!(accepted["timestamp"], "2024-11-05T09:15:30+07:00");
        assert_eq!(read("01C50042115090510382", Direction::SubmitRefusal)["fcs"], 0xC5);
        assert!(read("01", Direction::SubmitRefusal)["error"].is_string());
    }

    #[test]
    fn a_national_table_is_chosen_by_its_name() {
        let parse = |name| {
            Arguments::try_parse_from([
                "aduan",
                "pdu",
                "encode",
                "--to",
                "3636",
                "--text",
                "Işık",
                "--single-shift",
                name,
            ])
        };
        assert!(parse("turkish").is_ok());
        assert!(parse("turkce").unwrap_err().to_string().contains("portuguese"));
    }

    #[test]
    fn a_text_may_begin_with_a_hyphen_and_a_recipient_must_be_named() {
        let parse = |to: &str, text: &str| {
            Arguments::try_parse_from(["aduan", "pdu", "encode", "--to", to, "--text", text])
        };
        assert!(parse("3636", "- RT 03: lampu padam").is_ok());
        assert!(parse("3636", "").is_ok());
        assert!(parse("", "Ya").is_err());
    }

    proptest! {
        #[test]
        fn any_line_becomes_one_object(line: Vec<u8>) {
            let line: Vec<u8> = line.into_iter().filter(|octet| *octet != b'\n').collect();
            let input = [&line, b"\n".as_slice(), GOOD.as_bytes()].concat();
            prop_assert_eq!(decoded(&input).len(), 2);
        }
    }
}
