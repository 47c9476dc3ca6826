//! TP-PI and the fields that it announces, at the end of every kind of report (3GPP TS 23.040 §9.2.3.27).

use super::reader::Reader;
use super::{Dcs, DecodeError, EncodeError, UserData};

/// What a report may leave out. Senders announce fields and then leave them out: what is missing at the end is none.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Optional {
    /// TP-PI with its extension octets; empty when the report ends before it.
    pub indicator: Vec<u8>,
    /// TP-PID, where the report has it.
    pub protocol_id: Option<u8>,
    /// TP-DCS, where the report has it.
    pub coding: Option<Dcs>,
    /// TP-UDL and TP-UD, where the report has them.
    pub user_data: Option<UserData>,
}

/// Bits of TP-PI.
mod pi {
    pub(super) const PROTOCOL_ID: u8 = 0b0000_0001;
    pub(super) const CODING: u8 = 0b0000_0010;
    pub(super) const USER_DATA: u8 = 0b0000_0100;
    pub(super) const EXTENSION: u8 = 0b1000_0000;
}

impl Optional {
    /// Reads TP-PI, its extensions, and what they announce.
    pub(super) fn indicator(reader: &mut Reader<'_>) -> Vec<u8> {
        let mut indicator = Vec::new();
        while let Some(octet) = reader.optional_octet() {
            indicator.push(octet);
            if octet & pi::EXTENSION == 0 {
                break;
            }
        }
        indicator
    }

    /// Reads what an indicator announces.
    pub(super) fn decode(
        indicator: Vec<u8>,
        reader: &mut Reader<'_>,
        has_header: bool,
    ) -> Result<Self, DecodeError> {
        let indicated = |bit| indicator.first().is_some_and(|octet| octet & bit != 0);
        let protocol_id = if indicated(pi::PROTOCOL_ID) { reader.optional_octet() } else { None };
        let coding = if indicated(pi::CODING) { reader.optional_octet().map(Dcs) } else { None };
        let user_data = if indicated(pi::USER_DATA) && !reader.rest().is_empty() {
            Some(UserData::decode(reader, coding.unwrap_or_default(), has_header)?)
        } else {
            None
        };
        Ok(Self { indicator, protocol_id, coding, user_data })
    }

    /// Appends TP-PI as received, with the bits of the fields that are there; nothing when there is nothing to say.
    pub(super) fn encode_indicator(&self, octets: &mut Vec<u8>) {
        let bits = [
            (self.protocol_id.is_some(), pi::PROTOCOL_ID),
            (self.coding.is_some(), pi::CODING),
            (self.user_data.is_some(), pi::USER_DATA),
        ];
        let present =
            bits.into_iter().filter(|(there, _)| *there).fold(0, |all, (_, bit)| all | bit);
        match self.indicator.split_first() {
            Some((first, extension)) => {
                octets.push(first | present);
                octets.extend(extension);
            }
            None if present != 0 => octets.push(present),
            None => {}
        }
    }

    /// Appends the fields that are there.
    pub(super) fn encode(&self, octets: &mut Vec<u8>) -> Result<(), EncodeError> {
        octets.extend(self.protocol_id);
        octets.extend(self.coding.map(|dcs| dcs.0));
        self.user_data.as_ref().map_or(Ok(()), |data| data.encode(octets))
    }

    /// Whether there are user data, and a header in them.
    pub(super) fn has_header(&self) -> bool {
        self.user_data.as_ref().is_some_and(|data| data.header().is_some())
    }

    /// The text of the report, which few send.
    pub fn text(&self) -> Option<String> {
        self.user_data.as_ref()?.text(self.coding.unwrap_or_default())
    }
}
