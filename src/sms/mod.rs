//! The SMS codec: octets of a TPDU to text and back (3GPP TS 23.040, 23.038).
//!
//! ```text
//! hex ── hex::decode ──> octets ── split_smsc ──> centre, TPDU ── Incoming::decode ──> Deliver | StatusReport
//!                                                                                      │ concat(): which part of what
//!                                                          parts, in order ── parts::join ──> text
//! text ── transliterate ──> text ── compose ──> Submit, Submit, … ── encode ──> TPDU ── hex::encode ──> hex
//! ```
//!
//! The answers to both, SMS-DELIVER-REPORT and SMS-SUBMIT-REPORT, stand in [`acknowledgement`](DeliverReport).
//!
//! Each TPDU is read and written in both directions, because a simulated network needs the other half. Decoding keeps
//! what it read, so that encoding says the same again, and in the same octets where an address was spelled as this
//! codec spells it. A date that is none, an unknown code, a lone surrogate are read as well as they can be, and
//! [`Deliver::remarks`] says so; of a TPDU that ends too early [`Deliver::rescue`] reads what is there. Only what has no
//! text at all is an error, and it names field and octet. No input makes it panic.

mod acknowledgement;
mod address;
mod alphabet;
mod dcs;
mod deliver;
mod error;
pub mod first_octet;
pub mod hex;
mod national;
mod optional;
pub mod parts;
mod reader;
mod remark;
mod report;
mod scts;
mod submit;
mod text;
mod transliteration;
mod udh;
mod user_data;

pub use acknowledgement::{DeliverReport, SubmitReport};
pub use address::{Address, NPI_TELEPHONE, TypeOfNumber, encode_smsc, split_smsc};
pub use alphabet::{
    decode_gsm7, encode_gsm7, foreign, pack, pack_unmeasured, unpack, unpack_unmeasured,
};
pub use dcs::{Coding, Dcs, Waiting, WaitingKind};
pub use deliver::{Deliver, Incoming};
pub use error::{DecodeError, EncodeError};
pub use national::Language;
pub use optional::Optional;
pub use parts::{Alphabet, Measure, Options, Reference, compose, measure};
pub use remark::Remark;
pub use report::{Outcome, Status, StatusReport};
pub use scts::Scts;
pub use submit::{Submit, Validity, masked_head, shorten};
pub use transliteration::transliterate;
pub use udh::{Concat, Element, Header, Ports, SpecialMessage};
pub use user_data::{USER_DATA_OCTETS_MAX, UserData};

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// Nor does what comes out of them grow faster than they do: three octets of UTF-8 for a septet at most.
        #[test]
        fn no_octets_make_a_decoder_panic(octets in prop::collection::vec(any::<u8>(), 0..2000)) {
            let bound = 3 * (octets.len() * 8).div_ceil(7);
            let is_bounded = |text: Option<String>| text.is_none_or(|text| text.len() <= bound);
            let _ = split_smsc(&octets);
            prop_assert!(Deliver::decode(&octets).map_or(true, |read| is_bounded(read.text())));
            prop_assert!(Deliver::rescue(&octets).map_or(true, |read| is_bounded(read.text())));
            prop_assert!(Submit::decode(&octets).map_or(true, |read| is_bounded(read.text())));
            prop_assert!(StatusReport::decode(&octets).map_or(true, |read| is_bounded(read.text())));
            for refuses in [false, true] {
                let _ = DeliverReport::decode(&octets, refuses);
                let _ = SubmitReport::decode(&octets, refuses);
            }
        }

        /// What [`Deliver::decode`] takes needs no rescue, and a message cut anywhere loses nothing before the cut.
        #[test]
        fn a_message_cut_anywhere_keeps_its_beginning(text in "[a-zA-Z €“]{1,160}", cut: prop::sample::Index) {
            let sender = Address::international("6281234567890").unwrap();
            let noon = chrono::DateTime::parse_from_rfc3339("2026-11-24T12:00:00+07:00").unwrap();
            for part in parts::deliver_parts(&sender, noon, &text, 7).unwrap() {
                let whole = part.text().unwrap();
                let tpdu = part.encode().unwrap();
                let cut = cut.index(tpdu.len());
                prop_assert!(Deliver::decode(&tpdu[..cut]).is_err());
                if let Ok(rest) = Deliver::rescue(&tpdu[..cut]) {
                    let left = rest.text().unwrap();
                    // The last letter may have lost its second half.
                    let left = left.trim_end_matches([' ', '\u{FFFD}']);
                    prop_assert!(whole.starts_with(left), "{left:?} of {whole:?}");
                    prop_assert!(rest.is_damaged);
                }
            }
        }

        /// Octets that look like a message reach the depths that random ones seldom do.
        #[test]
        fn whatever_was_read_is_written_again(
            first_octet: u8,
            dcs: u8,
            pid: u8,
            time: [u8; 7],
            digits in "[0-9*#abc]{0,20}",
            // Longer than a TPDU can be is read, but not written.
            length in 0u8..=140,
            octets in prop::collection::vec(any::<u8>(), 140),
        ) {
            let address = Address::international(&digits).unwrap();
            let mut head = Vec::new();
            address.encode(&mut head);
            head.extend([pid, dcs]);
            let body: Vec<u8> = time.into_iter().chain([length]).chain(octets).collect();
            let deliver = [&[first_octet & !0b11], head.as_slice(), &body].concat();
            if let Ok(read) = Deliver::decode(&deliver) {
                prop_assert!(deliver.starts_with(&read.encode().unwrap()));
                prop_assert_eq!(read.encode().unwrap().len() + read.trailing_octets, deliver.len());
                prop_assert_eq!(read.text().unwrap_or(parts::MISSING.to_owned()), parts::join(&[Some(&read)]));
            }
            let submit = [&[first_octet & !0b11 | 0b01, pid], head.as_slice(), &body].concat();
            if let Ok(read) = Submit::decode(&submit)
                && read.user_data.octets().len() <= USER_DATA_OCTETS_MAX
            {
                prop_assert!(submit.starts_with(&read.encode().unwrap()));
            }
        }
    }

    #[test]
    fn the_type_bits_choose_what_is_read() {
        let deliver = hex::decode("04069126181100004211509051038203803000").unwrap();
        assert!(matches!(Incoming::decode(&deliver), Ok(Incoming::Deliver(_))));
        let report = hex::decode("06090D91261832547698F0421150905103824211509051248200").unwrap();
        assert!(matches!(Incoming::decode(&report), Ok(Incoming::StatusReport(_))));
        let reserved = [&[0x07], &deliver[1..]].concat();
        assert!(matches!(Incoming::decode(&reserved), Ok(Incoming::Deliver(_))));
        assert_eq!(
            Incoming::decode(&[0x01]),
            Err(DecodeError::MessageType { position: 0, expected: "SMS-DELIVER", found: 1 })
        );
        assert_eq!(
            Incoming::decode(&[]),
            Err(DecodeError::Truncated { field: "first octet", position: 0 })
        );
    }
}
