//! SMS-DELIVER: from the network to us (3GPP TS 23.040 §9.2.2.1).

use super::reader::Reader;
use super::user_data::TPDU_OCTETS_MAX;
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
    /// Whether this is only what was left of a message, see [`Deliver::rescue`].
    pub is_damaged: bool,
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
        Self::read(tpdu, UserData::decode)
    }

    /// What there is of a TPDU that [`Deliver::decode`] refuses: its beginning, if the octets end within the user data or
    /// the header in them is none. Octets that were lost before that have shifted all behind them, and a time stamp that
    /// is no date shows it: such a TPDU is refused here too.
    ///
    /// # Errors
    /// [`DecodeError`] of a TPDU with no text at all.
    pub fn rescue(tpdu: &[u8]) -> Result<Self, DecodeError> {
        let rest = Self { is_damaged: true, ..Self::read(tpdu, UserData::rescue)? };
        match rest.timestamp.time() {
            Some(_) => Ok(rest),
            None => Self::decode(tpdu),
        }
    }

    fn read(
        tpdu: &[u8],
        user_data: impl FnOnce(&mut Reader<'_>, Dcs, bool) -> Result<UserData, DecodeError>,
    ) -> Result<Self, DecodeError> {
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
        let user_data = user_data(&mut reader, coding, first_octet & first_octet::UDHI != 0)?;
        Ok(Self {
            first_octet,
            originator,
            protocol_id,
            coding,
            timestamp,
            user_data,
            trailing_octets: reader.rest().len(),
            is_damaged: false,
        })
    }

    /// Writes the TPDU.
    ///
    /// # Errors
    /// [`EncodeError::UserDataTooLong`] when more user data was received than a TPDU should hold.
    pub fn encode(&self) -> Result<Vec<u8>, EncodeError> {
        let mut octets = Vec::with_capacity(TPDU_OCTETS_MAX);
        octets.push(first_octet::with_header(self.first_octet, self.user_data.header().is_some()));
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sms::hex;

    fn rescued(tpdu: &str) -> Result<(Option<String>, bool), DecodeError> {
        let octets = hex::decode(tpdu).unwrap();
        assert!(Deliver::decode(&octets).is_err(), "{tpdu} needs no rescue");
        Deliver::rescue(&octets).map(|rest| (rest.text(), rest.concat().is_some()))
    }

    #[test]
    fn of_a_text_cut_short_its_beginning_is_read() {
        let whole = "0406912618110000421150905103820BE8329BFD06DDDF723619";
        for (octets, text) in
            [(22, "hello world"), (21, "hello worl"), (17, "hello"), (13, "h"), (12, "")]
        {
            let cut = &whole[..(octets + 4) * 2];
            if octets < 22 {
                assert_eq!(rescued(cut), Ok((Some(text.to_owned()), false)), "{octets}");
            }
        }
        let ucs2 = "04069126181100084211509051038206006100620";
        assert_eq!(rescued(&ucs2[..ucs2.len() - 1]), Ok((Some("ab".to_owned()), false)));
    }

    #[test]
    fn of_a_part_cut_short_its_place_is_known() {
        let part = "440691261811000042115090510382A0050003420201C2E231";
        assert_eq!(rescued(part), Ok((Some("abc".to_owned()), true)));
    }

    #[test]
    fn a_header_that_overruns_is_left_out_and_the_text_stays() {
        // Five octets of header, whose only element says it has six.
        let gsm7 = "4406912618110000421150905103820A05000642020142E231";
        assert_eq!(
            rescued(gsm7).map(|(text, concat)| (text.unwrap().len(), concat)),
            Ok((3, false))
        );
        let ucs2 = "4406912618110008421150905103820A05000642020100610062";
        assert_eq!(rescued(ucs2), Ok((Some("ab".to_owned()), false)));
    }

    #[test]
    fn what_has_no_text_or_has_shifted_is_refused() {
        for tpdu in [
            "040691261811",                           // within the head
            "04069126181100004211509051",             // within TP-SCTS
            "440691261811000042115090510382A0050003", // within the header
            "4406912618110000421150905103820",        // no user data, and no whole octet
        ] {
            let tpdu = &tpdu[..tpdu.len() / 2 * 2];
            assert!(rescued(tpdu).is_err(), "{tpdu}");
        }
        // A digit of the number is lost: the rest stands one place to the left, and the time is none.
        let shifted = "0406912618100004211509051038203E8329BFD06";
        assert!(rescued(&shifted[..shifted.len() - 1]).is_err());
    }
}
