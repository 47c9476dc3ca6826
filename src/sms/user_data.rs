//! TP-UDL and TP-UD: the header and what it heads (3GPP TS 23.040 §9.2.3.16, .23 and .24).

use super::alphabet::{self, Shifts};
use super::reader::Reader;
use super::text::Transcript;
use super::udh::{self, Element, Header};
use super::{Coding, Dcs, DecodeError, EncodeError};

/// Octets of user data in one TPDU.
pub const USER_DATA_OCTETS_MAX: usize = 140;
/// Octets of the longest TPDU: SMS-SUBMIT with TP-DA of 12 octets and TP-VP of 7.
pub(super) const TPDU_OCTETS_MAX: usize = 164;

/// User data as on the wire: header, fill bits and all.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct UserData {
    length: u8,
    octets: Vec<u8>,
    /// UDHL and what it counts: octets of `octets` that are header; 0 is none.
    header_octets: usize,
}

impl UserData {
    /// Text in GSM 7-bit, a septet an octet, behind a header of these elements (none: no header).
    ///
    /// # Errors
    /// [`EncodeError::UserDataTooLong`] beyond 140 octets.
    pub fn from_septets(elements: &[Element<'_>], septets: &[u8]) -> Result<Self, EncodeError> {
        let mut octets = Vec::with_capacity(USER_DATA_OCTETS_MAX);
        header(elements, &mut octets)?;
        let header_octets = octets.len();
        let header_septets = septets_of(header_octets);
        // The text begins on a septet boundary, so that phones that ignore the header still read it.
        let fill_bits = header_septets * 7 - header_octets * 8;
        alphabet::pack_into(&mut octets, septets, u32::try_from(fill_bits).unwrap_or_default());
        Self::built(header_septets + septets.len(), octets, header_octets)
    }

    /// Octets, or big-endian UCS-2, behind a header of these elements (none: no header).
    ///
    /// # Errors
    /// [`EncodeError::UserDataTooLong`] beyond 140 octets.
    pub fn from_octets(elements: &[Element<'_>], body: &[u8]) -> Result<Self, EncodeError> {
        let mut octets = Vec::with_capacity(USER_DATA_OCTETS_MAX);
        header(elements, &mut octets)?;
        let header_octets = octets.len();
        octets.extend(body);
        Self::built(octets.len(), octets, header_octets)
    }

    fn built(length: usize, octets: Vec<u8>, header_octets: usize) -> Result<Self, EncodeError> {
        match u8::try_from(length) {
            Ok(length) if octets.len() <= USER_DATA_OCTETS_MAX => {
                Ok(Self { length, octets, header_octets })
            }
            _ => Err(EncodeError::UserDataTooLong { octets: octets.len() }),
        }
    }

    /// Reads TP-UDL and TP-UD; octets behind them are left to the reader.
    pub(super) fn decode(
        reader: &mut Reader<'_>,
        dcs: Dcs,
        has_header: bool,
    ) -> Result<Self, DecodeError> {
        let length = reader.octet("TP-UDL")?;
        let size = if dcs.counts_septets() {
            (usize::from(length) * 7).div_ceil(8)
        } else {
            usize::from(length)
        };
        let position = reader.position();
        let octets = reader.slice(size, "TP-UD")?;
        let header_octets = if has_header {
            let (udhl, behind) = octets.split_first().ok_or(DecodeError::NoHeader { position })?;
            let header = behind.get(..usize::from(*udhl)).ok_or(DecodeError::Length {
                field: "UDHL",
                position,
                length: *udhl,
            })?;
            Header::decode(header, position + 1)?;
            1 + header.len()
        } else {
            0
        };
        Ok(Self { length, octets: octets.to_vec(), header_octets })
    }

    /// What there is of user data that [`UserData::decode`] refuses: cut short, they end where the octets end; a header whose
    /// elements do not fill it is left out whole (23.040 §9.2.3.24), and the text behind it stays.
    ///
    /// # Errors
    /// [`DecodeError`] when there is nothing: no TP-UDL, or not even the whole header.
    pub(super) fn rescue(
        reader: &mut Reader<'_>,
        dcs: Dcs,
        has_header: bool,
    ) -> Result<Self, DecodeError> {
        let announced = reader.octet("TP-UDL")?;
        let position = reader.position();
        let units = |octets: usize| if dcs.counts_septets() { octets * 8 / 7 } else { octets };
        let length = units(reader.rest().len()).min(usize::from(announced));
        let size = if dcs.counts_septets() { (length * 7).div_ceil(8) } else { length };
        let octets = reader.slice(size, "TP-UD")?;
        let header_octets = if has_header {
            octets.first().map(|udhl| usize::from(*udhl) + 1).filter(|size| *size <= octets.len())
        } else {
            Some(0)
        };
        let header_octets =
            header_octets.ok_or(DecodeError::Truncated { field: "UDHL", position })?;
        let is_header = |octets| Header::decode(octets, position).is_ok();
        if header_octets == 0 || octets.get(1..header_octets).is_some_and(is_header) {
            let length = u8::try_from(length).unwrap_or(announced);
            return Ok(Self { length, octets: octets.to_vec(), header_octets });
        }
        // Without its header the text begins at the first octet, so septets are packed anew.
        let data = if dcs.counts_septets() {
            let septets = alphabet::unpack(octets, length, 0)?;
            Self::from_septets(&[], septets.get(septets_of(header_octets)..).unwrap_or_default())
        } else {
            Self::from_octets(&[], octets.get(header_octets..).unwrap_or_default())
        };
        // More than a TPDU holds is read, and here it was cut.
        data.map_err(|_| DecodeError::Length { field: "TP-UDL", position, length: announced })
    }

    /// Appends TP-UDL and TP-UD.
    pub(super) fn encode(&self, octets: &mut Vec<u8>) -> Result<(), EncodeError> {
        if self.octets.len() > USER_DATA_OCTETS_MAX {
            return Err(EncodeError::UserDataTooLong { octets: self.octets.len() });
        }
        octets.push(self.length);
        octets.extend(&self.octets);
        Ok(())
    }

    /// TP-UDL: septets of GSM 7-bit text, octets of all else; the header counts in both.
    pub const fn length(&self) -> u8 {
        self.length
    }

    /// The whole of TP-UD, header included.
    pub fn octets(&self) -> &[u8] {
        &self.octets
    }

    /// The octets behind the header: for a GSM 7-bit text still packed and with its fill bits.
    pub fn body(&self) -> &[u8] {
        self.octets.get(self.header_octets..).unwrap_or_default()
    }

    /// The header, if there is one.
    pub fn header(&self) -> Option<Header<'_>> {
        self.octets.get(1..self.header_octets).map(Header::checked)
    }

    /// The text behind the header, nothing if it is none (8-bit data, reserved and compressed codings).
    pub fn text(&self, dcs: Dcs) -> Option<String> {
        let mut transcript = Transcript::default();
        self.transcribe(dcs, &mut transcript).then(|| transcript.finish())
    }

    /// Appends the text to a transcript; says no, and appends nothing, if this is none.
    pub(super) fn transcribe(&self, dcs: Dcs, transcript: &mut Transcript) -> bool {
        match dcs.coding() {
            Coding::Gsm7 => {
                let shifts = self.header().map_or(Shifts::DEFAULT, |header| {
                    Shifts::national(header.locking_shift(), header.single_shift())
                });
                // The header ends on a septet boundary: read it as septets too, and skip them.
                let mut septets = [0; u8::MAX as usize];
                let septets = septets.get_mut(..usize::from(self.length)).unwrap_or_default();
                alphabet::unpack_aligned(&self.octets, septets);
                let text = septets.get(septets_of(self.header_octets)..).unwrap_or_default();
                transcript.push_septets(text, shifts);
            }
            Coding::Ucs2 => transcript.push_units(self.body()),
            Coding::Octets | Coding::Reserved => return false,
        }
        true
    }
}

/// Appends UDHL and the elements; without any no header at all.
fn header(elements: &[Element<'_>], octets: &mut Vec<u8>) -> Result<(), EncodeError> {
    if elements.is_empty() {
        return Ok(());
    }
    let length = udh::length(elements);
    octets.push(
        u8::try_from(length).map_err(|_| EncodeError::UserDataTooLong { octets: length + 1 })?,
    );
    udh::encode(elements, octets)
}

/// Septets that a header of so many octets takes, fill bits included.
const fn septets_of(header_octets: usize) -> usize {
    (header_octets * 8).div_ceil(7)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn decode(octets: &[u8], dcs: Dcs, has_header: bool) -> Result<UserData, DecodeError> {
        UserData::decode(&mut Reader::new(octets), dcs, has_header)
    }

    fn encode(data: &UserData) -> Vec<u8> {
        let mut octets = Vec::new();
        data.encode(&mut octets).unwrap();
        octets
    }

    #[test]
    fn septets_of_a_whole_part_fit_with_and_without_a_header() {
        let concat = Element { id: 0, data: &[1, 2, 1] };
        assert_eq!(UserData::from_septets(&[], &[0x61; 160]).unwrap().octets().len(), 140);
        assert_eq!(UserData::from_septets(&[concat], &[0x61; 153]).unwrap().length(), 160);
        assert_eq!(
            UserData::from_septets(&[concat], &[0x61; 154]),
            Err(EncodeError::UserDataTooLong { octets: 141 })
        );
        assert!(UserData::from_octets(&[concat], &[0; 134]).is_ok());
        assert!(UserData::from_octets(&[concat], &[0; 135]).is_err());
    }

    #[test]
    fn a_header_must_fit_into_the_user_data() {
        assert_eq!(decode(&[0], Dcs::GSM7, true), Err(DecodeError::NoHeader { position: 1 }));
        assert_eq!(
            decode(&[5, 10, 0, 3, 1, 1], Dcs::OCTETS, true),
            Err(DecodeError::Length { field: "UDHL", position: 1, length: 10 })
        );
        assert_eq!(
            decode(&[17, 0xCC, 0x30, 0xFC], Dcs::GSM7, false),
            Err(DecodeError::Truncated { field: "TP-UD", position: 1 })
        );
    }

    #[test]
    fn national_tables_are_chosen_by_the_header() {
        let turkish = Element { id: 0x24, data: &[1] };
        let text = |elements: &[Element<'_>], septets: &[u8]| {
            UserData::from_septets(elements, septets).unwrap().text(Dcs::GSM7).unwrap()
        };
        assert_eq!(text(&[turkish], &[0x1B, 0x67, 0x1B, 0x3C]), "ğ[");
        assert_eq!(text(&[Element { id: 0x25, data: &[13] }], &[0, 2, 3]), "ابٻ");
        // A language nobody knows, and Spanish as a locking shift, leave the default alphabet.
        assert_eq!(text(&[Element { id: 0x25, data: &[2] }], &[0, 2, 0x61]), "@$a");
        assert_eq!(text(&[Element { id: 0x24, data: &[99] }], &[0x1B, 0x65]), "€");
    }

    #[test]
    fn only_text_is_text() {
        let data = UserData::from_octets(&[], &[0, 0x41, 0]).unwrap();
        assert_eq!(data.text(Dcs::OCTETS), None);
        assert_eq!(data.text(Dcs(0x0C)), None);
        assert_eq!(data.text(Dcs::UCS2).as_deref(), Some("A"));
    }

    proptest! {
        #[test]
        fn septets_survive_behind_any_header(
            data in prop::collection::vec(any::<u8>(), 0..20),
            septets in prop::collection::vec(0u8..0x1B, 0..120),
        ) {
            let element = Element { id: 0x7F, data: &data };
            let written = UserData::from_septets(&[element], &septets).unwrap();
            let read = decode(&encode(&written), Dcs::GSM7, true).unwrap();
            prop_assert_eq!(read.text(Dcs::GSM7).unwrap(), alphabet::decode_gsm7(&septets));
            prop_assert_eq!(read.header().unwrap().elements().collect::<Vec<_>>(), [element]);
            prop_assert_eq!(read, written);
        }

        #[test]
        fn any_octets_are_read_or_refused(octets: Vec<u8>, dcs: u8, has_header: bool) {
            if let Ok(data) = decode(&octets, Dcs(dcs), has_header) {
                prop_assert_eq!(data.text(Dcs(dcs)).is_none(), matches!(Dcs(dcs).coding(), Coding::Octets | Coding::Reserved));
                prop_assert!(octets.get(1..).unwrap().starts_with(data.octets()));
                prop_assert_eq!(data.header().is_some(), has_header);
                prop_assert!(data.octets().ends_with(data.body()));
            }
        }
    }
}
