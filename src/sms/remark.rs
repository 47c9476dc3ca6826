//! What is odd about a message that was read all the same: nothing is lost to strictness, and nothing is passed over.

use std::fmt;

use super::{Coding, Deliver, TypeOfNumber, first_octet};

/// One oddity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Remark {
    /// TP-MTI is reserved; it was read as SMS-DELIVER (3GPP TS 23.040 §9.2.3.1).
    MessageType,
    /// The type of number is reserved; its digits were read as they stand (§9.1.2.5).
    TypeOfNumber,
    /// TP-SCTS makes no date (§9.2.3.11).
    Timestamp,
    /// TP-DCS is of a reserved group; the text was read in the default alphabet (23.038 §4).
    CodingGroup,
    /// TP-DCS names the reserved alphabet or compression: the octets are kept, nobody can read them (23.038 §4).
    Unreadable,
    /// The place among the parts is impossible; the message stands alone (§9.2.3.24.1).
    Concatenation,
    /// One octet of half a UCS-2 unit at the end was left out.
    HalfUnit,
    /// Octets behind the user data were left out.
    Trailing(usize),
    /// The user data were cut short or their header overran, see [`Deliver::rescue`].
    Damaged,
}

impl Deliver {
    /// All that is odd about the message, in the order of its fields.
    pub fn remarks(&self) -> Vec<Remark> {
        let coding = self.coding.coding();
        let odd = [
            (self.first_octet & first_octet::TYPE == first_octet::RESERVED, Remark::MessageType),
            (self.originator.ton() == TypeOfNumber::Reserved, Remark::TypeOfNumber),
            (self.timestamp.time().is_none(), Remark::Timestamp),
            (self.coding.is_reserved_group(), Remark::CodingGroup),
            (coding == Coding::Reserved, Remark::Unreadable),
            (self.concat().is_some_and(|concat| !concat.is_valid()), Remark::Concatenation),
            (coding == Coding::Ucs2 && self.user_data.body().len() % 2 == 1, Remark::HalfUnit),
            (self.trailing_octets > 0, Remark::Trailing(self.trailing_octets)),
            (self.is_damaged, Remark::Damaged),
        ];
        odd.into_iter().filter(|(is_so, _)| *is_so).map(|(_, remark)| remark).collect()
    }
}

impl fmt::Display for Remark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::MessageType => f.write_str("TP-MTI is reserved"),
            Self::TypeOfNumber => f.write_str("the type of number of TP-OA is reserved"),
            Self::Timestamp => f.write_str("TP-SCTS makes no date"),
            Self::CodingGroup => f.write_str("TP-DCS is of a reserved group"),
            Self::Unreadable => f.write_str("TP-DCS names no alphabet that can be read"),
            Self::Concatenation => f.write_str("the place among the parts is impossible"),
            Self::HalfUnit => f.write_str("TP-UD ends in half a unit"),
            Self::Trailing(octets) => write!(f, "{octets} octets stand behind TP-UD"),
            Self::Damaged => f.write_str("TP-UD is damaged"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sms::hex;

    fn remarks(tpdu: &str) -> Vec<Remark> {
        Deliver::decode(&hex::decode(tpdu).unwrap()).unwrap().remarks()
    }

    #[test]
    fn what_is_as_it_should_be_has_no_remark() {
        assert_eq!(remarks("040691261811000042115090510382026117"), []);
    }

    #[test]
    fn each_oddity_is_told_and_costs_no_text() {
        for (tpdu, remark) in [
            ("070691261811000042115090510382026117", Remark::MessageType),
            ("0406F1261811000042115090510382026117", Remark::TypeOfNumber),
            ("040691261811000000000000000000026117", Remark::Timestamp),
            ("040691261811008042115090510382026117", Remark::CodingGroup),
            ("04069126181100084211509051038203006100", Remark::HalfUnit),
            ("0406912618110000421150905103820261170000", Remark::Trailing(2)),
            ("44069126181100004211509051038208050003010203C2", Remark::Concatenation),
        ] {
            assert!(remarks(tpdu).contains(&remark), "{tpdu}: {:?}", remarks(tpdu));
            let read = Deliver::decode(&hex::decode(tpdu).unwrap()).unwrap();
            assert!(read.text().unwrap().starts_with('a'), "{tpdu}: {:?}", read.text());
            assert!(!remark.to_string().is_empty());
        }
        assert_eq!(
            remarks("04069126181100 0C42115090510382024142".replace(' ', "").as_str()),
            [Remark::Unreadable]
        );
    }
}
