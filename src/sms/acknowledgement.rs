//! SMS-DELIVER-REPORT and SMS-SUBMIT-REPORT: whether a TPDU was taken (3GPP TS 23.040 §9.2.2.1a and §9.2.2.2a).
//!
//! The first is what `AT+CNMA` can carry to the centre, the second what `+CMGS` may carry back (27.005 §4.3 and §4.6). Of
//! both there are two forms, and no octet tells them apart: the transport beneath says whether it acknowledges or refuses
//! (24.011 §7.3), and a refusal has a cause.

use super::reader::Reader;
use super::{DecodeError, EncodeError, Optional, Scts, first_octet};

/// Our answer to an SMS-DELIVER.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct DeliverReport {
    /// TP-FCS, where the message is refused (§9.2.3.22): see the causes from 128 on among the `+CMS` errors.
    pub failure_cause: Option<u8>,
    /// The fields behind it.
    pub optional: Optional,
    /// Octets behind the last field; they are not encoded again.
    pub trailing_octets: usize,
}

/// The centre's answer to an SMS-SUBMIT.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct SubmitReport {
    /// TP-FCS, where the message is refused.
    pub failure_cause: Option<u8>,
    /// TP-SCTS: when the centre took the message in.
    pub timestamp: Scts,
    /// The fields behind it, though TP-PI stands before the time.
    pub optional: Optional,
    /// Octets behind the last field; they are not encoded again.
    pub trailing_octets: usize,
}

impl DeliverReport {
    /// TP-FCS: no place for the message now; the centre keeps it and tries again.
    pub const MEMORY_CAPACITY_EXCEEDED: u8 = 0xD3;
    /// TP-FCS: it was not kept for another reason.
    pub const UNSPECIFIED: u8 = 0xFF;

    /// A refusal with a cause and nothing else.
    pub fn refusing(cause: u8) -> Self {
        let optional = Optional { indicator: vec![0], ..Optional::default() };
        Self { failure_cause: Some(cause), optional, trailing_octets: 0 }
    }

    /// Reads a TPDU; who hands it in knows whether it refuses.
    ///
    /// # Errors
    /// [`DecodeError`] names the field in which the octets cease to be an SMS-DELIVER-REPORT.
    pub fn decode(tpdu: &[u8], refuses: bool) -> Result<Self, DecodeError> {
        let mut reader = Reader::new(tpdu);
        let has_header = begin(&mut reader, first_octet::DELIVER, "SMS-DELIVER-REPORT")?
            & first_octet::UDHI
            != 0;
        let failure_cause = cause(&mut reader, refuses)?;
        let indicator = Optional::indicator(&mut reader);
        let optional = Optional::decode(indicator, &mut reader, has_header)?;
        Ok(Self { failure_cause, optional, trailing_octets: reader.rest().len() })
    }

    /// Writes the TPDU.
    ///
    /// # Errors
    /// [`EncodeError::UserDataTooLong`] when more user data was received than a TPDU should hold.
    pub fn encode(&self) -> Result<Vec<u8>, EncodeError> {
        let mut octets =
            vec![first_octet::with_header(first_octet::DELIVER, self.optional.has_header())];
        octets.extend(self.failure_cause);
        self.optional.encode_indicator(&mut octets);
        self.optional.encode(&mut octets)?;
        Ok(octets)
    }
}

impl SubmitReport {
    /// Reads a TPDU; who hands it in knows whether it refuses.
    ///
    /// # Errors
    /// [`DecodeError`] names the field in which the octets cease to be an SMS-SUBMIT-REPORT.
    pub fn decode(tpdu: &[u8], refuses: bool) -> Result<Self, DecodeError> {
        let mut reader = Reader::new(tpdu);
        let has_header =
            begin(&mut reader, first_octet::SUBMIT, "SMS-SUBMIT-REPORT")? & first_octet::UDHI != 0;
        let failure_cause = cause(&mut reader, refuses)?;
        let indicator = Optional::indicator(&mut reader);
        let timestamp = Scts::decode(reader.octets("TP-SCTS")?);
        let optional = Optional::decode(indicator, &mut reader, has_header)?;
        Ok(Self { failure_cause, timestamp, optional, trailing_octets: reader.rest().len() })
    }

    /// Writes the TPDU.
    ///
    /// # Errors
    /// [`EncodeError::UserDataTooLong`] when more user data was received than a TPDU should hold.
    pub fn encode(&self) -> Result<Vec<u8>, EncodeError> {
        let mut octets =
            vec![first_octet::with_header(first_octet::SUBMIT, self.optional.has_header())];
        octets.extend(self.failure_cause);
        self.optional.encode_indicator(&mut octets);
        octets.extend(self.timestamp.raw());
        self.optional.encode(&mut octets)?;
        Ok(octets)
    }
}

/// The first octet, if its type bits are as they must be.
fn begin(reader: &mut Reader<'_>, kind: u8, expected: &'static str) -> Result<u8, DecodeError> {
    let first_octet = reader.octet("first octet")?;
    let found = first_octet & first_octet::TYPE;
    if found == kind {
        Ok(first_octet)
    } else {
        Err(DecodeError::MessageType { position: 0, expected, found })
    }
}

fn cause(reader: &mut Reader<'_>, refuses: bool) -> Result<Option<u8>, DecodeError> {
    if refuses { reader.octet("TP-FCS").map(Some) } else { Ok(None) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sms::{Dcs, hex};

    fn octets(digits: &str) -> Vec<u8> {
        hex::decode(digits).unwrap()
    }

    #[test]
    fn a_refusal_is_three_octets() {
        let refusal = DeliverReport::refusing(DeliverReport::MEMORY_CAPACITY_EXCEEDED);
        assert_eq!(refusal.encode().unwrap(), octets("00D300"));
        assert_eq!(DeliverReport::decode(&octets("00D300"), true), Ok(refusal));
    }

    #[test]
    fn both_reports_are_read_with_and_without_a_cause() {
        let report = DeliverReport::decode(&octets("0007000002EF35"), false).unwrap();
        assert_eq!((report.failure_cause, report.optional.text().as_deref()), (None, Some("ok")));
        assert_eq!(report.optional.coding, Some(Dcs::GSM7));
        let accepted = SubmitReport::decode(&octets("01004211509051038200"), false).unwrap();
        assert_eq!((accepted.failure_cause, accepted.trailing_octets), (None, 1));
        assert_eq!(accepted.timestamp.time().unwrap().to_rfc3339(), "2024-11-05T09:15:30+07:00");
        let refused = SubmitReport::decode(&octets("01C5004211509051"), true);
        assert_eq!(refused, Err(DecodeError::Truncated { field: "TP-SCTS", position: 3 }));
        let refused = SubmitReport::decode(&octets("01C501421150905103827F"), true).unwrap();
        assert_eq!((refused.failure_cause, refused.optional.protocol_id), (Some(0xC5), Some(0x7F)));
    }

    #[test]
    fn what_was_read_is_written_again() {
        for digits in ["0000", "0007000002EF35", "400608080366010000410042", "008001", "00"] {
            let read = DeliverReport::decode(&octets(digits), false).unwrap();
            assert_eq!(hex::encode(&read.encode().unwrap()), digits);
        }
        for digits in
            ["010042115090510382", "01074211509051038200000120", "4104421150905103820403030100"]
        {
            let read = SubmitReport::decode(&octets(digits), false).unwrap();
            assert_eq!(hex::encode(&read.encode().unwrap()), digits);
        }
    }

    #[test]
    fn another_type_and_a_missing_cause_are_named() {
        assert_eq!(
            DeliverReport::decode(&[0x01, 0], false),
            Err(DecodeError::MessageType { position: 0, expected: "SMS-DELIVER-REPORT", found: 1 })
        );
        assert_eq!(
            SubmitReport::decode(&[0x01], true),
            Err(DecodeError::Truncated { field: "TP-FCS", position: 1 })
        );
    }
}
