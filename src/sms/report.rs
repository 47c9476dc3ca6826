//! SMS-STATUS-REPORT: what became of a message of ours (3GPP TS 23.040 §9.2.2.3).

use super::reader::Reader;
use super::{Address, Dcs, DecodeError, EncodeError, Scts, UserData, first_octet};

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
    /// TP-PI with its extension octets (§9.2.3.27); empty when the report ends before it.
    pub parameter_indicator: Vec<u8>,
    /// TP-PID, where the report has it.
    pub protocol_id: Option<u8>,
    /// TP-DCS, where the report has it.
    pub coding: Option<Dcs>,
    /// TP-UDL and TP-UD, where the report has them.
    pub user_data: Option<UserData>,
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

/// Bits of TP-PI.
mod pi {
    pub(super) const PROTOCOL_ID: u8 = 0b0000_0001;
    pub(super) const CODING: u8 = 0b0000_0010;
    pub(super) const USER_DATA: u8 = 0b0000_0100;
    pub(super) const EXTENSION: u8 = 0b1000_0000;
}

impl StatusReport {
    /// Reads a TPDU. Centres announce optional fields and then leave them out: what is missing at the end is none.
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
        let mut parameter_indicator = Vec::new();
        while let Some(octet) = reader.optional_octet() {
            parameter_indicator.push(octet);
            if octet & pi::EXTENSION == 0 {
                break;
            }
        }
        let indicated = |bit| parameter_indicator.first().is_some_and(|octet| octet & bit != 0);
        let protocol_id = if indicated(pi::PROTOCOL_ID) { reader.optional_octet() } else { None };
        let coding = if indicated(pi::CODING) { reader.optional_octet().map(Dcs) } else { None };
        let user_data = if indicated(pi::USER_DATA) && !reader.rest().is_empty() {
            let has_header = first_octet & first_octet::UDHI != 0;
            Some(UserData::decode(&mut reader, coding.unwrap_or_default(), has_header)?)
        } else {
            None
        };
        let trailing_octets = reader.rest().len();
        Ok(Self {
            first_octet,
            message_reference,
            recipient,
            timestamp,
            discharge,
            status,
            parameter_indicator,
            protocol_id,
            coding,
            user_data,
            trailing_octets,
        })
    }

    /// Writes the TPDU; TP-PI goes before whatever fields there are.
    ///
    /// # Errors
    /// [`EncodeError::UserDataTooLong`] when more user data was received than a TPDU should hold.
    pub fn encode(&self) -> Result<Vec<u8>, EncodeError> {
        let has_header = self.user_data.as_ref().is_some_and(|data| data.header().is_some());
        let mut octets =
            vec![first_octet::with_header(self.first_octet, has_header), self.message_reference];
        self.recipient.encode(&mut octets);
        octets.extend(self.timestamp.raw());
        octets.extend(self.discharge.raw());
        octets.push(self.status.0);
        octets.extend(self.indicator());
        octets.extend(self.protocol_id);
        octets.extend(self.coding.map(|dcs| dcs.0));
        if let Some(user_data) = &self.user_data {
            user_data.encode(&mut octets)?;
        }
        Ok(octets)
    }

    /// The text of the report, which few centres send.
    pub fn text(&self) -> Option<String> {
        self.user_data.as_ref()?.text(self.coding.unwrap_or_default())
    }

    /// TP-PI as received, with the bits of the fields that are there.
    fn indicator(&self) -> Vec<u8> {
        let bits = [
            (self.protocol_id.is_some(), pi::PROTOCOL_ID),
            (self.coding.is_some(), pi::CODING),
            (self.user_data.is_some(), pi::USER_DATA),
        ];
        let present =
            bits.into_iter().filter(|(there, _)| *there).fold(0, |all, (_, bit)| all | bit);
        match self.parameter_indicator.split_first() {
            Some((first, extension)) => [&[first | present], extension].concat(),
            None if present != 0 => vec![present],
            None => Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sms::hex;

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
            (text.protocol_id, text.coding, text.trailing_octets),
            (Some(0), Some(Dcs::GSM7), 0)
        );
        let bare = decode("00").unwrap();
        assert_eq!(
            (bare.parameter_indicator, bare.protocol_id, bare.user_data),
            (vec![], None, None)
        );
        let announced = decode("0007").unwrap();
        assert_eq!((announced.parameter_indicator, announced.protocol_id), (vec![7], None));
        let extended = decode("0081011F").unwrap();
        assert_eq!(
            (extended.parameter_indicator, extended.protocol_id),
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
