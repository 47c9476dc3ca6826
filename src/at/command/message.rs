//! Messages: listing, reading, deleting, sending, acknowledging.

use super::{
    CMGD_PATIENCE, CMGL_PATIENCE, CMGS_PATIENCE, Command, DEFAULT_PATIENCE, Malformed,
    syntax::{Values, bodies, body, fields, malformed, number, plain_fields, value_sets},
};
use crate::at::request::{Expect, Line, Payload, Request};

/// `AT+CMGL=4`: lists all messages of the read store (3GPP TS 27.005 §4.1).
#[derive(Clone, Copy, Debug)]
pub struct CmglAll;

/// `AT+CMGR=`: reads one place of the read store (3GPP TS 27.005 §4.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cmgr {
    /// The place; the first is 0 or 1.
    pub index: u32,
}

/// `AT+CMGD=`: frees one place of the read store (3GPP TS 27.005 §3.5.4).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cmgd {
    /// The place.
    pub index: u32,
}

/// `AT+CMGS`: hands one TPDU to the network (3GPP TS 27.005 §4.3).
#[derive(Clone, Copy, Debug)]
pub struct SendTpdu<'a> {
    /// The SMSC address with its length octet (3GPP TS 24.011 §8.2.5); `None` for the one on the card.
    pub smsc: Option<&'a [u8]>,
    /// The SMS-SUBMIT.
    pub tpdu: &'a [u8],
}

/// `AT+CMMS=`: whether the link stays up between messages (3GPP TS 27.005 §3.5.6). Often refused, harmless.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cmms(pub Linger);

/// `AT+CMMS=?`: which of them the modem knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CmmsTest;

/// How long the link stays up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Linger {
    /// 0: not at all.
    Off,
    /// 1: until some seconds pass without a message.
    Once,
    /// 2: always.
    Always,
}

/// `AT+CNMA`: acknowledges a routed message or report, after it is safe on disk (3GPP TS 27.005 §4.6).
#[derive(Clone, Copy, Debug)]
pub struct Cnma<'a> {
    /// What is said.
    pub acknowledgement: Acknowledgement,
    /// The SMS-DELIVER-REPORT without SMSC address; a negative one needs it to tell the cause.
    pub report: Option<&'a [u8]>,
}

/// What is said to the network about a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Acknowledgement {
    /// Received, without a parameter: any modem takes it.
    Plain,
    /// 1: received.
    Positive,
    /// 2: not received, the network shall try again.
    Negative,
}

/// The state of a stored message (3GPP TS 27.005 §3.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MessageStatus {
    /// 0.
    Unread,
    /// 1.
    Read,
    /// 2: ours, not sent.
    Unsent,
    /// 3: ours, sent.
    Sent,
}

/// One entry of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// Its place.
    pub index: u32,
    /// Its state; some firmware leaves it out for reports.
    pub status: Option<MessageStatus>,
    /// Octets of the TPDU as announced; the PDU may be shorter or longer.
    pub length: Option<usize>,
    /// SMSC address and TPDU as the modem wrote them, perhaps garbled, empty when the line never came.
    pub pdu_hex: String,
}

/// One message read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    /// Its state; some firmware leaves it out for reports.
    pub status: Option<MessageStatus>,
    /// Octets of the TPDU as announced; the PDU may be shorter or longer.
    pub length: Option<usize>,
    /// SMSC address and TPDU as the modem wrote them, perhaps garbled, empty when the line never came.
    pub pdu_hex: String,
}

/// TP-MR, which the modem gives to a message and status reports repeat (3GPP TS 23.040 §9.2.3.6).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct MessageReference(pub u8);

impl MessageStatus {
    /// Reads the number of PDU mode, or the words of text mode.
    fn read(field: &str) -> Option<Self> {
        match field.trim() {
            "0" | "REC UNREAD" => Some(Self::Unread),
            "1" | "REC READ" => Some(Self::Read),
            "2" | "STO UNSENT" => Some(Self::Unsent),
            "3" | "STO SENT" => Some(Self::Sent),
            _ => None,
        }
    }
}

/// The number of octets as announced: always the last field.
fn announced(fields: &[&str]) -> Option<usize> {
    fields.last().and_then(|length| length.trim().parse().ok())
}

impl Command for CmglAll {
    type Answer = Vec<Listed>;

    fn request(&self) -> Request {
        Request::new(Line::built("AT+CMGL=4"), Expect::WithPdu("+CMGL:"), CMGL_PATIENCE)
    }

    /// Entries whose header names no place are left out: one bad header must not hide the rest.
    fn answer(&self, lines: &[String]) -> Result<Vec<Listed>, Malformed> {
        let mut list = Vec::new();
        let mut rest = lines.iter().peekable();
        while let Some(line) = rest.next() {
            let Some(header) = body(line, "+CMGL:") else { continue };
            let pdu_hex =
                rest.next_if(|next| !next.starts_with("+CMGL:")).cloned().unwrap_or_default();
            let fields = fields(header);
            if let Some(index) = number(&fields, 0) {
                let status = fields.get(1).and_then(|status| MessageStatus::read(status));
                list.push(Listed { index, status, length: announced(&fields), pdu_hex });
            }
        }
        Ok(list)
    }
}

impl Command for Cmgr {
    type Answer = Option<Stored>;

    fn request(&self) -> Request {
        let line = format!("AT+CMGR={}", self.index);
        Request::new(Line::built(line), Expect::WithPdu("+CMGR:"), DEFAULT_PATIENCE)
    }

    /// `None` for an empty place, which Huawei and Qualcomm answer by `OK` alone; others refuse with 321.
    fn answer(&self, lines: &[String]) -> Result<Option<Stored>, Malformed> {
        let [header, pdu @ ..] = lines else { return Ok(None) };
        let fields = fields(body(header, "+CMGR:").ok_or_else(|| malformed("AT+CMGR", lines))?);
        let status = fields.first().and_then(|status| MessageStatus::read(status));
        Ok(Some(Stored {
            status,
            length: announced(&fields),
            pdu_hex: pdu.first().cloned().unwrap_or_default(),
        }))
    }
}

impl Command for Cmgd {
    type Answer = ();

    fn request(&self) -> Request {
        Request::new(Line::built(format!("AT+CMGD={}", self.index)), Expect::Nothing, CMGD_PATIENCE)
    }

    fn answer(&self, _lines: &[String]) -> Result<(), Malformed> {
        Ok(())
    }
}

impl Command for SendTpdu<'_> {
    type Answer = Option<MessageReference>;

    fn request(&self) -> Request {
        // The length counts TPDU octets only: the SMSC address in front is left out.
        let line = format!("AT+CMGS={}", self.tpdu.len());
        let pdu = [self.smsc.unwrap_or(&[0]), self.tpdu].concat();
        Request::new(Line::built(line), Expect::Prefixed("+CMGS:"), CMGS_PATIENCE)
            .with_payload(Payload::of(&pdu))
    }

    /// `None` when `OK` came without a reference: the network took the message, and that is no error.
    fn answer(&self, lines: &[String]) -> Result<Option<MessageReference>, Malformed> {
        let reference =
            bodies(lines, "+CMGS:").next_back().and_then(|body| number(&plain_fields(body), 0));
        Ok(reference.map(MessageReference))
    }
}

impl Command for Cmms {
    type Answer = ();

    fn request(&self) -> Request {
        let line = match self.0 {
            Linger::Off => "AT+CMMS=0",
            Linger::Once => "AT+CMMS=1",
            Linger::Always => "AT+CMMS=2",
        };
        Request::new(Line::built(line), Expect::Nothing, DEFAULT_PATIENCE)
    }

    fn answer(&self, _lines: &[String]) -> Result<(), Malformed> {
        Ok(())
    }
}

impl Command for CmmsTest {
    type Answer = Values;

    fn request(&self) -> Request {
        Request::new(Line::built("AT+CMMS=?"), Expect::Prefixed("+CMMS:"), DEFAULT_PATIENCE)
    }

    fn answer(&self, lines: &[String]) -> Result<Values, Malformed> {
        let sets = bodies(lines, "+CMMS:").find_map(value_sets);
        sets.and_then(|sets| sets.into_iter().next()).ok_or_else(|| malformed("AT+CMMS=?", lines))
    }
}

impl Command for Cnma<'_> {
    type Answer = ();

    fn request(&self) -> Request {
        let kind = match self.acknowledgement {
            Acknowledgement::Plain => {
                return Request::new(Line::built("AT+CNMA"), Expect::Nothing, DEFAULT_PATIENCE);
            }
            Acknowledgement::Positive => 1,
            Acknowledgement::Negative => 2,
        };
        match self.report {
            None => Request::new(
                Line::built(format!("AT+CNMA={kind}")),
                Expect::Nothing,
                DEFAULT_PATIENCE,
            ),
            Some(report) => {
                let line = format!("AT+CNMA={kind},{}", report.len());
                Request::new(Line::built(line), Expect::Nothing, DEFAULT_PATIENCE)
                    .with_payload(Payload::of(report))
            }
        }
    }

    fn answer(&self, _lines: &[String]) -> Result<(), Malformed> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_modem_says_which_links_it_keeps() {
        let read = |line: &str| CmmsTest.answer(&[line.to_owned()]);
        let once = |line: &str| read(line).map(|values| values.allows(1));
        assert_eq!(once("+CMMS: (0-2)"), Ok(true));
        assert_eq!(once("+CMMS: (0,2)"), Ok(false));
        assert!(read("+CMMS: yes").is_err());
    }
    use proptest::prelude::*;

    fn lines(texts: &[&str]) -> Vec<String> {
        texts.iter().map(|text| (*text).to_owned()).collect()
    }

    #[test]
    fn a_list_keeps_what_is_odd_in_it() {
        let answer = lines(&[
            "+CMGL: 0,0,,160",
            "0891=9p",
            "+CMGL: 7,\"REC READ\",\"Ana, Budi\",23",
            "+CMGL: 8,,25",
            "0791",
            "+CMGL: x,1,,2",
            "07",
            "+CMGL: 9,1,,2",
            "08",
        ]);
        let list = CmglAll.answer(&answer).unwrap();
        let listed = |index, status, length, pdu: &str| Listed {
            index,
            status,
            length,
            pdu_hex: pdu.to_owned(),
        };
        assert_eq!(
            list,
            [
                listed(0, Some(MessageStatus::Unread), Some(160), "0891=9p"),
                listed(7, Some(MessageStatus::Read), Some(23), ""),
                listed(8, None, Some(25), "0791"),
                listed(9, Some(MessageStatus::Read), Some(2), "08"),
            ]
        );
        assert_eq!(CmglAll.answer(&[]), Ok(vec![]));
    }

    #[test]
    fn an_empty_place_reads_as_none() {
        let command = Cmgr { index: 0 };
        assert_eq!(command.request().line.as_str(), "AT+CMGR=0");
        assert_eq!(command.answer(&[]), Ok(None));
        let stored = command.answer(&lines(&["+CMGR: ,,25", "0791"])).unwrap();
        assert_eq!(stored, Some(Stored { status: None, length: Some(25), pdu_hex: "0791".into() }));
    }

    #[test]
    fn the_length_leaves_the_centre_out() {
        let request = SendTpdu { smsc: None, tpdu: &[0x11, 0xAB] }.request();
        assert_eq!(request.line.as_str(), "AT+CMGS=2");
        assert_eq!(request.payload, Some(Payload::of(&[0x00, 0x11, 0xAB])));
        let request = SendTpdu { smsc: Some(&[0x01, 0x91]), tpdu: &[0x11, 0xAB] }.request();
        assert_eq!(request.line.as_str(), "AT+CMGS=2");
        assert_eq!(request.payload, Some(Payload::of(&[0x01, 0x91, 0x11, 0xAB])));
    }

    #[test]
    fn the_reference_is_read_where_there_is_one() {
        let command = SendTpdu { smsc: None, tpdu: &[] };
        assert_eq!(command.answer(&lines(&["+CMGS: 64"])), Ok(Some(MessageReference(64))));
        assert_eq!(
            command.answer(&lines(&["+CMGS:64,\"24/01/01\""])),
            Ok(Some(MessageReference(64)))
        );
        assert_eq!(command.answer(&[]), Ok(None));
    }

    #[test]
    fn acknowledgements_go_with_and_without_a_report() {
        let request = |acknowledgement, report| Cnma { acknowledgement, report }.request();
        assert_eq!(request(Acknowledgement::Plain, Some(&[1])).line.as_str(), "AT+CNMA");
        assert_eq!(request(Acknowledgement::Positive, None).line.as_str(), "AT+CNMA=1");
        let negative = request(Acknowledgement::Negative, Some(&[0x00, 0xD3, 0x00]));
        assert_eq!(negative.line.as_str(), "AT+CNMA=2,3");
        assert_eq!(negative.payload, Some(Payload::of(&[0x00, 0xD3, 0x00])));
    }

    proptest! {
        /// Whatever a modem answers, reading it neither panics nor invents places.
        #[test]
        fn reading_lists_is_total(answer in prop::collection::vec("(\\+CMGL:)?[0-9A-F,\" ]{0,30}", 0..10)) {
            let headers = answer.iter().filter(|line| line.starts_with("+CMGL:")).count();
            prop_assert!(CmglAll.answer(&answer).unwrap().len() <= headers);
        }
    }
}
