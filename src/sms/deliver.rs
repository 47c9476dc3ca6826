//! SMS-DELIVER: from the network to us (3GPP TS 23.040 §9.2.2.1).

use super::reader::Reader;
use super::{
    Address, Concat, Dcs, DecodeError, EncodeError, Scts, StatusReport, UserData, first_octet,
};

/// One message, or one part of a long one, as the centre delivers it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Deliver {
    /// Message type and flags; [`Deliver::encode`] sets TP-UDHI by the user data, whatever stands here.
    pub first_octet: u8,
    /// TP-OA: who sent it.
    pub originator: Address,
    /// TP-PID.
    pub protocol_id: u8,
    /// TP-DCS.
    pub coding: Dcs,
    /// TP-SCTS: when the centre took it in.
    pub timestamp: Scts,
    /// TP-UDL and TP-UD.
    pub user_data: UserData,
    /// Octets behind the user data, which some modems add; they are not encoded again.
    pub trailing_octets: usize,
}

/// What the network may send us.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Incoming {
    /// A message.
    Deliver(Deliver),
    /// The fate of a message of ours.
    StatusReport(StatusReport),
}

impl Deliver {
    /// Reads a TPDU; message type 3 is reserved, and read as this one (§9.2.3.1).
    ///
    /// # Errors
    /// [`DecodeError`] names the field in which the octets cease to be an SMS-DELIVER.
    pub fn decode(tpdu: &[u8]) -> Result<Self, DecodeError> {
        let mut reader = Reader::new(tpdu);
        let first_octet = reader.octet("first octet")?;
        let found = first_octet & first_octet::TYPE;
        if !matches!(found, first_octet::DELIVER | first_octet::RESERVED) {
            return Err(DecodeError::MessageType { position: 0, expected: "SMS-DELIVER", found });
        }
        let originator = Address::decode(&mut reader, "TP-OA")?;
        let protocol_id = reader.octet("TP-PID")?;
        let coding = Dcs(reader.octet("TP-DCS")?);
        let timestamp = Scts::decode(reader.octets("TP-SCTS")?);
        let user_data =
            UserData::decode(&mut reader, coding, first_octet & first_octet::UDHI != 0)?;
        let trailing_octets = reader.rest().len();
        Ok(Self {
            first_octet,
            originator,
            protocol_id,
            coding,
            timestamp,
            user_data,
            trailing_octets,
        })
    }

    /// Writes the TPDU.
    ///
    /// # Errors
    /// [`EncodeError::UserDataTooLong`] when more user data was received than a TPDU should hold.
    pub fn encode(&self) -> Result<Vec<u8>, EncodeError> {
        let mut octets =
            vec![first_octet::with_header(self.first_octet, self.user_data.header().is_some())];
        self.originator.encode(&mut octets);
        octets.extend([self.protocol_id, self.coding.0]);
        octets.extend(self.timestamp.raw());
        self.user_data.encode(&mut octets)?;
        Ok(octets)
    }

    /// The text of this part alone, nothing for 8-bit data and codings nobody can read.
    pub fn text(&self) -> Option<String> {
        self.user_data.text(self.coding)
    }

    /// Its place in a long message, valid or not.
    pub fn concat(&self) -> Option<Concat> {
        self.user_data.header()?.concat()
    }
}

impl Incoming {
    /// Reads a TPDU by its two type bits.
    ///
    /// # Errors
    /// [`DecodeError`], also for an SMS-SUBMIT-REPORT, which answers a phone and never reaches us as a message.
    pub fn decode(tpdu: &[u8]) -> Result<Self, DecodeError> {
        match tpdu.first().map(|octet| octet & first_octet::TYPE) {
            Some(first_octet::STATUS_REPORT) => StatusReport::decode(tpdu).map(Self::StatusReport),
            _ => Deliver::decode(tpdu).map(Self::Deliver),
        }
    }
}
