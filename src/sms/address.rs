//! Addresses: centres, senders and recipients (3GPP TS 23.040 §9.1.2.5, 24.011 §8.2.5).

use super::alphabet::{self, encode_gsm7};
use super::reader::Reader;
use super::{DecodeError, EncodeError};

/// An address as the network carries it; the text is all a reader needs, TON and NPI say how it was meant.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Address {
    number: String,
    /// Type-of-address as on the wire; some senders leave its top bit clear.
    kind: u8,
}

/// Type of number (23.040 §9.1.2.5).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TypeOfNumber {
    /// Nobody says; the dialling plan of the place decides.
    Unknown = 0,
    /// With the country code.
    International = 1,
    /// Without trunk prefix and country code.
    National = 2,
    /// A number of the network itself.
    NetworkSpecific = 3,
    /// A subscriber number.
    Subscriber = 4,
    /// A name in GSM 7-bit.
    Alphanumeric = 5,
    /// An abbreviated number.
    Abbreviated = 6,
    /// Reserved for extension.
    Reserved = 7,
}

/// Numbering plan identification of telephone numbers, E.164.
pub const NPI_TELEPHONE: u8 = 1;

/// Semi-octets in one address; the whole field is 12 octets at most.
const SEMI_OCTETS_MAX: usize = 20;
/// Septets that fit into those.
const NAME_SEPTETS_MAX: usize = SEMI_OCTETS_MAX * 4 / 7;
/// Octets of a centre's address behind its length: the type and the digits.
const SMSC_OCTETS_MAX: usize = 1 + SEMI_OCTETS_MAX / 2;

impl Address {
    /// An international number, with or without its `+`.
    ///
    /// # Errors
    /// [`EncodeError::NotADigit`] and [`EncodeError::AddressTooLong`].
    pub fn international(number: &str) -> Result<Self, EncodeError> {
        Self::new(number, TypeOfNumber::International, NPI_TELEPHONE)
    }

    /// A number as it is dialled here: a short code, or one with the trunk prefix.
    ///
    /// # Errors
    /// [`EncodeError::NotADigit`] and [`EncodeError::AddressTooLong`].
    pub fn unknown(number: &str) -> Result<Self, EncodeError> {
        Self::new(number, TypeOfNumber::Unknown, NPI_TELEPHONE)
    }

    /// A name, such as operators send from.
    ///
    /// # Errors
    /// [`EncodeError::Foreign`] and [`EncodeError::AddressTooLong`] (11 septets).
    pub fn alphanumeric(name: &str) -> Result<Self, EncodeError> {
        Self::new(name, TypeOfNumber::Alphanumeric, 0)
    }

    /// Any address; a `+` in front is left out of an international number's digits.
    ///
    /// # Errors
    /// [`EncodeError::NotADigit`], [`EncodeError::Foreign`] and [`EncodeError::AddressTooLong`].
    pub fn new(number: &str, ton: TypeOfNumber, npi: u8) -> Result<Self, EncodeError> {
        let kind = 0x80 | (ton as u8) << 4 | npi & 0x0F;
        let (length, limit, number) = if ton == TypeOfNumber::Alphanumeric {
            (encode_gsm7(number)?.len(), NAME_SEPTETS_MAX, number.to_owned())
        } else {
            let international = ton == TypeOfNumber::International;
            let digits =
                if international { number.strip_prefix('+').unwrap_or(number) } else { number };
            if let Some(character) =
                digits.chars().find(|character| semi_octet(*character).is_none())
            {
                return Err(EncodeError::NotADigit { character });
            }
            let plus = if international && !digits.is_empty() { "+" } else { "" };
            (digits.len(), SEMI_OCTETS_MAX, [plus, digits].concat())
        };
        if length > limit {
            return Err(EncodeError::AddressTooLong { length });
        }
        Ok(Self { number, kind })
    }

    /// Reads what people write: `+` and digits are international, digits alone unknown, all else is a name.
    ///
    /// # Errors
    /// [`EncodeError::Foreign`] and [`EncodeError::AddressTooLong`].
    pub fn parse(text: &str) -> Result<Self, EncodeError> {
        let all_digits =
            |digits: &str| digits.chars().all(|character| semi_octet(character).is_some());
        match text.strip_prefix('+') {
            Some(digits) if !digits.is_empty() && all_digits(digits) => Self::international(digits),
            None if all_digits(text) => Self::unknown(text),
            _ => Self::alphanumeric(text),
        }
    }

    /// The digits (also `*`, `#`, `a`, `b`, `c`), with `+` in front of an international number; or the name.
    pub fn number(&self) -> &str {
        &self.number
    }

    /// Type of number.
    pub const fn ton(&self) -> TypeOfNumber {
        use TypeOfNumber as T;
        match self.kind >> 4 & 0b111 {
            0 => T::Unknown,
            1 => T::International,
            2 => T::National,
            3 => T::NetworkSpecific,
            4 => T::Subscriber,
            5 => T::Alphanumeric,
            6 => T::Abbreviated,
            _ => T::Reserved,
        }
    }

    /// Numbering plan identification, 1 for telephone numbers.
    pub const fn npi(&self) -> u8 {
        self.kind & 0x0F
    }

    /// Reads TP-OA, TP-DA or TP-RA, whose length counts semi-octets.
    pub(super) fn decode(
        reader: &mut Reader<'_>,
        field: &'static str,
    ) -> Result<Self, DecodeError> {
        let position = reader.position();
        let length = reader.octet(field)?;
        let semi_octets = usize::from(length);
        if semi_octets > SEMI_OCTETS_MAX {
            return Err(DecodeError::Length { field, position, length });
        }
        let kind = reader.octet(field)?;
        Ok(Self::read(kind, semi_octets, reader.slice(semi_octets.div_ceil(2), field)?))
    }

    /// Appends TP-OA, TP-DA or TP-RA.
    pub(super) fn encode(&self, octets: &mut Vec<u8>) {
        let place = octets.len();
        octets.extend([0, self.kind]);
        let semi_octets = self.write(octets);
        if let Some(length) = octets.get_mut(place) {
            *length = semi_octets;
        }
    }

    fn read(kind: u8, semi_octets: usize, octets: &[u8]) -> Self {
        let mut address = Self { number: String::new(), kind };
        let ton = address.ton();
        address.number = if ton == TypeOfNumber::Alphanumeric {
            name(semi_octets, octets)
        } else {
            digits(ton == TypeOfNumber::International, semi_octets, octets)
        };
        address
    }

    /// Appends the digits or the name; returns how many semi-octets are of use.
    fn write(&self, octets: &mut Vec<u8>) -> u8 {
        if self.ton() == TypeOfNumber::Alphanumeric {
            // A name was checked when it was made, or came out of this very alphabet.
            let septets = encode_gsm7(&self.number).unwrap_or_default();
            alphabet::pack_into(octets, &septets, 0);
            return count((septets.len() * 7).div_ceil(4));
        }
        let mut digits = self.number.chars().filter_map(semi_octet);
        let mut semi_octets = 0;
        while let Some(low) = digits.next() {
            let high = digits.next();
            octets.push(high.unwrap_or(0xF) << 4 | low);
            semi_octets += 1 + usize::from(high.is_some());
        }
        count(semi_octets)
    }
}

/// Takes the centre's address off the front of what `AT+CMGR` gives; its length counts octets, 0 says there is none.
///
/// # Errors
/// [`DecodeError`] when the length is more than 11 octets, or the octets end before it is reached.
pub fn split_smsc(octets: &[u8]) -> Result<(Option<Address>, &[u8]), DecodeError> {
    const FIELD: &str = "SMSC address";
    let mut reader = Reader::new(octets);
    let length = reader.octet(FIELD)?;
    let size = usize::from(length);
    if size > SMSC_OCTETS_MAX {
        return Err(DecodeError::Length { field: FIELD, position: 0, length });
    }
    let address = reader.slice(size, FIELD)?.split_first();
    let address = address.map(|(kind, body)| Address::read(*kind, body.len() * 2, body));
    Ok((address, reader.rest()))
}

/// Writes what [`split_smsc`] reads; without an address the modem uses the centre it knows.
pub fn encode_smsc(address: Option<&Address>) -> Vec<u8> {
    address.map_or_else(
        || vec![0],
        |address| {
            let mut body = Vec::with_capacity(SMSC_OCTETS_MAX);
            address.write(&mut body);
            [&[count(1 + body.len()), address.kind], body.as_slice()].concat()
        },
    )
}

fn digits(international: bool, semi_octets: usize, octets: &[u8]) -> String {
    let mut number = String::with_capacity(semi_octets + 1);
    if international {
        number.push('+');
    }
    let halves = octets.iter().flat_map(|octet| [octet & 0x0F, octet >> 4]);
    number.extend(halves.take(semi_octets).map_while(digit));
    if number == "+" {
        number.clear();
    }
    number
}

fn name(semi_octets: usize, octets: &[u8]) -> String {
    let mut septets = [0; NAME_SEPTETS_MAX];
    let septets = septets.get_mut(..semi_octets * 4 / 7).unwrap_or_default();
    alphabet::unpack_aligned(octets, septets);
    match &*septets {
        // Seven letters fill 49 bits; who counts whole octets announces 56, and an eighth septet of nothing.
        [letters @ .., 0x00] if semi_octets == 14 => alphabet::decode_gsm7(letters),
        septets => alphabet::decode_gsm7(septets),
    }
}

/// The character of a semi-octet; F ends the number.
const fn digit(semi_octet: u8) -> Option<char> {
    Some(match semi_octet {
        0..=9 => (b'0' + semi_octet) as char,
        0xA => '*',
        0xB => '#',
        0xC => 'a',
        0xD => 'b',
        0xE => 'c',
        _ => return None,
    })
}

/// Inverse of [`digit`].
const fn semi_octet(character: char) -> Option<u8> {
    Some(match character {
        '0'..='9' => character as u8 - b'0',
        '*' => 0xA,
        '#' => 0xB,
        'a' => 0xC,
        'b' => 0xD,
        'c' => 0xE,
        _ => return None,
    })
}

/// A length octet; every address is shorter than 256 by construction.
fn count(length: usize) -> u8 {
    u8::try_from(length).unwrap_or(u8::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn decode(octets: &[u8]) -> Result<Address, DecodeError> {
        Address::decode(&mut Reader::new(octets), "TP-OA")
    }

    fn encode(address: &Address) -> Vec<u8> {
        let mut octets = Vec::new();
        address.encode(&mut octets);
        octets
    }

    #[test]
    fn an_international_number_carries_its_plus() {
        let octets = [0x0D, 0x91, 0x26, 0x18, 0x32, 0x54, 0x76, 0x98, 0xF0];
        let address = decode(&octets).unwrap();
        assert_eq!((address.number(), address.npi()), ("+6281234567890", 1));
        assert_eq!(address, Address::international("6281234567890").unwrap());
        assert_eq!(address, Address::international("+6281234567890").unwrap());
        assert_eq!(encode(&address), octets);
    }

    #[test]
    fn star_hash_and_three_letters_are_digits() {
        let address = Address::unknown("*123#abc").unwrap();
        assert_eq!(encode(&address), [0x08, 0x81, 0x1A, 0x32, 0xCB, 0xED]);
        assert_eq!(decode(&encode(&address)).unwrap(), address);
    }

    #[test]
    fn seven_letters_in_fourteen_semi_octets_are_seven_letters() {
        let name = [0x42, 0xA8, 0x72, 0xBA, 0x2C, 0x4E, 0x01];
        for length in [13, 14] {
            let octets: Vec<u8> = [length, 0xD0].into_iter().chain(name).collect();
            assert_eq!(decode(&octets).unwrap().number(), "BPJSKES", "length {length}");
        }
        let eight = Address::alphanumeric("INDOSATX").unwrap();
        assert_eq!(decode(&encode(&eight)).unwrap(), eight);
    }

    #[test]
    fn a_trailing_at_sign_is_kept_where_it_was_counted() {
        assert_eq!(decode(&[0x04, 0xD0, 0x11, 0x00]).unwrap().number(), "_@");
    }

    #[test]
    fn an_empty_address_is_an_address() {
        for kind in [0x81, 0x91, 0xD0] {
            assert_eq!(decode(&[0, kind]).unwrap().number(), "");
        }
        assert_eq!(encode(&Address::international("").unwrap()), [0, 0x91]);
    }

    #[test]
    fn a_fill_half_inside_the_length_ends_the_number() {
        assert_eq!(decode(&[0x06, 0x81, 0x21, 0x43, 0xF5]).unwrap().number(), "12345");
    }

    #[test]
    fn lengths_beyond_the_standard_are_refused() {
        assert_eq!(
            decode(&[21, 0x91]),
            Err(DecodeError::Length { field: "TP-OA", position: 0, length: 21 })
        );
        assert_eq!(decode(&[]), Err(DecodeError::Truncated { field: "TP-OA", position: 0 }));
        assert_eq!(
            decode(&[4, 0x81, 0x21]),
            Err(DecodeError::Truncated { field: "TP-OA", position: 2 })
        );
        assert_eq!(
            Address::unknown("123456789012345678901"),
            Err(EncodeError::AddressTooLong { length: 21 })
        );
        assert_eq!(
            Address::alphanumeric("DUABELAS KTR"),
            Err(EncodeError::AddressTooLong { length: 12 })
        );
    }

    #[test]
    fn what_is_no_digit_is_named() {
        assert_eq!(
            Address::international("+62 812"),
            Err(EncodeError::NotADigit { character: ' ' })
        );
        assert_eq!(Address::unknown("+62812"), Err(EncodeError::NotADigit { character: '+' }));
        assert_eq!(Address::alphanumeric("Kantor–1"), Err(EncodeError::Foreign { character: '–' }));
    }

    #[test]
    fn people_write_numbers_and_names() {
        use TypeOfNumber as T;
        for (text, ton) in [
            ("+6281234567890", T::International),
            ("081234567890", T::Unknown),
            ("3636", T::Unknown),
            ("*123#", T::Unknown),
            ("TELKOMSEL", T::Alphanumeric),
            ("+62 KOTA", T::Alphanumeric),
            ("+", T::Alphanumeric),
        ] {
            let address = Address::parse(text).unwrap();
            assert_eq!((address.number(), address.ton()), (text, ton));
        }
    }

    #[test]
    fn the_centre_is_split_off() {
        let octets = [0x06, 0x91, 0x26, 0x18, 0x01, 0x00, 0x00, 0x04, 0x0D];
        let (centre, rest) = split_smsc(&octets).unwrap();
        let centre = centre.unwrap();
        assert_eq!((centre.number(), rest), ("+6281100000", [0x04, 0x0D].as_slice()));
        assert_eq!(encode_smsc(Some(&centre)), octets[..7]);
        assert_eq!(split_smsc(&[0, 1]).unwrap(), (None, [1].as_slice()));
        assert_eq!(encode_smsc(None), [0]);
        assert!(matches!(split_smsc(&[12; 20]), Err(DecodeError::Length { length: 12, .. })));
        assert!(split_smsc(&[3, 0x91, 0x26]).is_err());
        assert!(split_smsc(&[]).is_err());
    }

    proptest! {
        #[test]
        fn any_number_survives(number in "[0-9*#abc]{1,20}", ton in 0u8..8, npi in 0u8..16) {
            use TypeOfNumber as T;
            let kinds = [T::Unknown, T::International, T::National, T::NetworkSpecific, T::Subscriber, T::Abbreviated];
            let ton = kinds[usize::from(ton) % kinds.len()];
            let address = Address::new(&number, ton, npi).unwrap();
            prop_assert_eq!(address.ton(), ton);
            prop_assert_eq!(address.npi(), npi);
            prop_assert_eq!(decode(&encode(&address)).unwrap(), address.clone());
            let octets = encode_smsc(Some(&address));
            prop_assert_eq!(split_smsc(&octets).unwrap(), (Some(address), [].as_slice()));
        }

        #[test]
        fn any_name_survives(name in "[A-Za-z0-9 ._-]{0,11}") {
            let address = Address::alphanumeric(&name).unwrap();
            prop_assert_eq!(decode(&encode(&address)).unwrap(), address);
        }
    }
}
