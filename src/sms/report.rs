//! SMS-STATUS-REPORT: what became of a message of ours (3GPP TS 23.040 §9.2.2.3).

use super::reader::Reader;
use super::{Address, DecodeError, EncodeError, Optional, Scts, first_octet};

/// The centre's report on one SMS-SUBMIT or SMS-COMMAND.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct StatusReport {
    /// Message type and flags; [`StatusReport::encode`] sets TP-UDHI by the user data, whatever stands here.
    pub first_octet: u8,
    /// TP-MR: the number the modem gave the message; it wraps at 256.
    pub message_reference: u8,
    /// TP-RA: who was to get it, not always spelled as it was submitted.
    pub recipient: Address,
    /// TP-SCTS: when the centre took the message in.
    pub timestamp: Scts,
    /// TP-DT: when it came to what the status says.
    pub discharge: Scts,
    /// TP-ST.
    pub status: Status,
    /// The fields behind it.
    pub optional: Optional,
    /// Octets behind the last field; they are not encoded again.
    pub trailing_octets: usize,
}

/// TP-ST as it stands (§9.2.3.15).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Status(pub u8);

/// What a status means for the message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// The phone has it.
    Delivered,
    /// The centre is done with it, but cannot say that the phone has it.
    Complete,
    /// The centre is still trying.
    Trying,
    /// It never will arrive.
    Failed,
    /// The centre has stopped trying, for a reason that may pass.
    TryingStopped,
    /// The standard leaves the value open.
    Reserved,
}

impl Status {
    /// The group the value belongs to.
    pub const fn outcome(self) -> Outcome {
        match self.0 {
            0x00 => Outcome::Delivered,
            0x01..=0x1F => Outcome::Complete,
            0x20..=0x3F => Outcome::Trying,
            0x40..=0x5F => Outcome::Failed,
            0x60..=0x7F => Outcome::TryingStopped,
            0x80..=0xFF => Outcome::Reserved,
        }
    }
}

impl StatusReport {
    /// Reads a TPDU.
    ///
    /// # Errors
    /// [`DecodeError`] names the field in which the octets cease to be an SMS-STATUS-REPORT.
    pub fn decode(tpdu: &[u8]) -> Result<Self, DecodeError> {
        let mut reader = Reader::new(tpdu);
        let first_octet = reader.octet("first octet")?;
        let found = first_octet & first_octet::TYPE;
        if found != first_octet::STATUS_REPORT {
            return Err(DecodeError::MessageType {
                position: 0,
                expected: "SMS-STATUS-REPORT",
                found,
            });
        }
        let message_reference = reader.octet("TP-MR")?;
        let recipient = Address::decode(&mut reader, "TP-RA")?;
        let timestamp = Scts::decode(reader.octets("TP-SCTS")?);
        let discharge = Scts::decode(reader.octets("TP-DT")?);
        let status = Status(reader.octet("TP-ST")?);
        let indicator = Optional::indicator(&mut reader);
        let has_header = first_octet & first_octet::UDHI != 0;
        let optional = Optional::decode(indicator, &mut reader, has_header)?;
        let trailing_octets = reader.rest().len();
        Ok(Self {
            first_octet,
            message_reference,
            recipient,
            timestamp,
            discharge,
            status,
            optional,
            trailing_octets,
        })
    }

    /// Writes the TPDU; TP-PI goes before whatever fields there are.
    ///
    /// # Errors
    /// [`EncodeError::UserDataTooLong`] when more user data was received than a TPDU should hold.
    pub fn encode(&self) -> Result<Vec<u8>, EncodeError> {
        let has_header = self.optional.has_header();
        let mut octets =
            vec![first_octet::with_header(self.first_octet, has_header), self.message_reference];
        self.recipient.encode(&mut octets);
        octets.extend(self.timestamp.raw());
        octets.extend(self.discharge.raw());
        octets.push(self.status.0);
        self.optional.encode_indicator(&mut octets);
        self.optional.encode(&mut octets)?;
        Ok(octets)
    }

    /// The text of the report, which few centres send.
    pub fn text(&self) -> Option<String> {
        self.optional.text()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sms::{Dcs, hex};

    /// A report on message 9 to +6281234567890, up to TP-ST.
    const HEAD: &str = "06090D91261832547698F04211509051038242115090512482";

    fn decode(tail: &str) -> Result<StatusReport, DecodeError> {
        StatusReport::decode(&hex::decode(&format!("{HEAD}{tail}")).unwrap())
    }

    #[test]
    fn optional_fields_are_read_as_far_as_they_go() {
        let text = decode("0007000002EF35").unwrap();
        assert_eq!(text.text().as_deref(), Some("ok"));
        assert_eq!(
            (text.optional.protocol_id, text.optional.coding, text.trailing_octets),
            (Some(0), Some(Dcs::GSM7), 0)
        );
        let bare = decode("00").unwrap();
        assert_eq!(bare.optional, Optional::default());
        let announced = decode("0007").unwrap();
        assert_eq!(announced.optional, Optional { indicator: vec![7], ..Optional::default() });
        let extended = decode("0081011F").unwrap();
        assert_eq!(
            (extended.optional.indicator, extended.optional.protocol_id),
            (vec![0x81, 0x01], Some(0x1F))
        );
        assert_eq!(decode("0000FFFF").unwrap().trailing_octets, 2);
    }

    #[test]
    fn user_data_shorter_than_announced_are_refused() {
        assert_eq!(
            decode("000402EF"),
            Err(DecodeError::Truncated { field: "TP-UD", position: 28 })
        );
    }

    #[test]
    fn a_report_that_keeps_its_promises_is_written_as_it_was_read() {
        for tail in ["00", "46", "0000", "0007000002EF35", "0081011F", "300600024F4B"] {
            let octets = hex::decode(&format!("{HEAD}{tail}")).unwrap();
            assert_eq!(StatusReport::decode(&octets).unwrap().encode().unwrap(), octets, "{tail}");
        }
    }

    #[test]
    fn every_status_has_an_outcome() {
        let ranges = [
            (0x00..=0x00, Outcome::Delivered),
            (0x01..=0x1F, Outcome::Complete),
            (0x20..=0x3F, Outcome::Trying),
            (0x40..=0x5F, Outcome::Failed),
            (0x60..=0x7F, Outcome::TryingStopped),
            (0x80..=0xFF, Outcome::Reserved),
        ];
        for (range, outcome) in ranges {
            for value in range {
                assert_eq!(Status(value).outcome(), outcome, "{value:02X}");
            }
        }
    }
}
