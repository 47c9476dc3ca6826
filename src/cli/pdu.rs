//! `aduan pdu`: TPDUs in hex to JSON and texts to TPDUs, without a daemon.

use std::io::{self, BufRead, Write};

use chrono::{DateTime, FixedOffset, SecondsFormat};
use clap::{Subcommand, ValueEnum};
use serde_json::{Map, Value, json};

use crate::phone::PhoneNumber;
use crate::sms::{
    Address, Coding, Dcs, DecodeError, Deliver, EncodeError, Options, Outcome, Reference, Scts,
    StatusReport, Submit, UserData, Validity, WaitingKind, compose, first_octet, hex, split_smsc,
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
        #[arg(long)]
        to: String,
        /// Text
        #[arg(long)]
        text: String,
        /// Concatenation reference
        #[arg(long = "ref", default_value_t = 0)]
        reference: u8,
        /// Ask for a status report
        #[arg(long)]
        report: bool,
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
                for line in input.lines() {
                    writeln!(output, "{}", object(&line?, !no_smsc, direction))?;
                }
            } else {
                for line in hex {
                    writeln!(output, "{}", object(&line, !no_smsc, direction))?;
                }
            }
        }
        PduCommand::Encode { to, text, reference, report } => {
            let parts = encode(&to, &text, reference, report)
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
pub fn encode(
    to: &str,
    text: &str,
    reference: u8,
    report: bool,
) -> Result<Vec<String>, EncodeError> {
    let address = match PhoneNumber::parse(to) {
        Ok(number) => Address::international(number.reveal())?,
        Err(_) => Address::unknown(to)?,
    };
    let options =
        Options { reference: Reference::Narrow(reference), status_report: report, validity: None };
    compose(&address, text, &options)?
        .iter()
        .map(|part| Ok(format!("00{}", hex::encode(&part.encode()?))))
        .collect()
}

/// One TPDU in hex as the JSON of the test vectors; an object with `error` for one that cannot be read.
pub fn object(line: &str, with_smsc: bool, direction: Option<Direction>) -> Value {
    let line: String = line.chars().filter(|character| !character.is_whitespace()).collect();
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
    let direction =
        direction.unwrap_or_else(|| match tpdu.first().map(|octet| octet & first_octet::TYPE) {
            Some(1) => Direction::Submit,
            Some(2) => Direction::StatusReport,
            _ => Direction::Deliver,
        });
    let mut fields = match direction {
        Direction::Deliver => deliver(&Deliver::decode(tpdu)?),
        Direction::Submit => submit(&Submit::decode(tpdu)?),
        Direction::StatusReport => report(&StatusReport::decode(tpdu)?),
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
    set(&mut fields, "rd", message.first_octet & first_octet::MMS != 0);
    set(&mut fields, "srr", message.first_octet & first_octet::SRI != 0);
    set(&mut fields, "rp", message.first_octet & first_octet::RP != 0);
    set(&mut fields, "mr", message.message_reference);
    set(&mut fields, "pid", message.protocol_id);
    let form = match message.validity {
        Validity::None => "none",
        Validity::Relative(code) => {
            set(&mut fields, "vp_relative", code);
            set(&mut fields, "vp_minutes", message.validity.minutes());
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
    set(&mut fields, "srq", message.first_octet & first_octet::SRI != 0);
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
    if let Some(indicator) = message.parameter_indicator.first() {
        set(&mut fields, "pi", *indicator);
    }
    if let Some(protocol_id) = message.protocol_id {
        set(&mut fields, "pid", protocol_id);
    }
    match (&message.user_data, message.coding) {
        (Some(data), coding) => content(&mut fields, coding.unwrap_or(Dcs(0)), data),
        (None, Some(coding)) => set(&mut fields, "dcs", coding.0),
        (None, None) => {}
    }
    fields
}

fn head(kind: &str, first_octet: u8, party: &Address, trailing: usize) -> Map<String, Value> {
    let mut fields = Map::new();
    set(&mut fields, "type", kind);
    set(&mut fields, "first_octet", first_octet);
    set(&mut fields, "udhi", first_octet & first_octet::UDHI != 0);
    set(&mut fields, "address", address(party));
    if trailing > 0 {
        set(&mut fields, "trailing_octets", trailing);
    }
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
