//! The user data header and its elements (3GPP TS 23.040 §9.2.3.24).

use super::{DecodeError, EncodeError};

/// A user data header whose elements are known to fill it exactly.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Header<'a> {
    octets: &'a [u8],
}

/// One information element, whatever it means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Element<'a> {
    /// The information element identifier.
    pub id: u8,
    /// Its octets, without identifier and length.
    pub data: &'a [u8],
}

/// Place of a part in a long message (§9.2.3.24.1 and .8), as it stands in the header.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Concat {
    /// What the parts of one message have in common.
    pub reference: u16,
    /// Whether the reference has 16 bits; the same number in 8 bits is another reference.
    pub wide: bool,
    /// How many parts there are.
    pub total: u8,
    /// Which one this is, counted from 1.
    pub part: u8,
}

/// Application ports (§9.2.3.24.3 and .4): such a message is for a machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Ports {
    /// The port it is for.
    pub destination: u16,
    /// The port it comes from.
    pub source: u16,
    /// Whether the ports have 16 bits.
    pub wide: bool,
}

/// Special SMS message indication (§9.2.3.24.2): how many messages of a kind wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct SpecialMessage {
    /// The whole type octet: store flag, profile, kind.
    pub kind: u8,
    /// How many wait.
    pub count: u8,
}

/// Identifiers of the elements this codec reads.
pub(super) mod id {
    pub(super) const CONCAT: u8 = 0x00;
    pub(super) const SPECIAL_MESSAGE: u8 = 0x01;
    pub(super) const PORTS: u8 = 0x04;
    pub(super) const WIDE_PORTS: u8 = 0x05;
    pub(super) const WIDE_CONCAT: u8 = 0x08;
    pub(in crate::sms) const SINGLE_SHIFT: u8 = 0x24;
    pub(super) const LOCKING_SHIFT: u8 = 0x25;
}

impl Concat {
    /// Whether the numbers make sense: parts count from 1 to the total. If not, the standard has the element ignored.
    pub const fn is_valid(self) -> bool {
        self.part > 0 && self.part <= self.total
    }

    /// The identifier of the element that says this.
    pub(super) const fn id(self) -> u8 {
        if self.wide { id::WIDE_CONCAT } else { id::CONCAT }
    }

    /// The octets of the element that says this.
    pub(super) fn data(self) -> Vec<u8> {
        let [high, low] = self.reference.to_be_bytes();
        if self.wide {
            vec![high, low, self.total, self.part]
        } else {
            vec![low, self.total, self.part]
        }
    }
}

impl<'a> Header<'a> {
    /// Checks the octets behind UDHL; `position` is where they stand in the TPDU.
    pub(super) fn decode(octets: &'a [u8], position: usize) -> Result<Self, DecodeError> {
        let mut rest = octets;
        while let Some((_, behind)) = rest.split_first() {
            let place = position + octets.len() - rest.len();
            let (length, data) = behind
                .split_first()
                .ok_or(DecodeError::Truncated { field: "IEDL", position: place + 1 })?;
            rest = data.get(usize::from(*length)..).ok_or(DecodeError::Length {
                field: "IEDL",
                position: place + 1,
                length: *length,
            })?;
        }
        Ok(Self { octets })
    }

    /// Octets that have been through [`Header::decode`].
    pub(super) const fn checked(octets: &'a [u8]) -> Self {
        Self { octets }
    }

    /// UDHL: octets of all elements together.
    pub const fn length(&self) -> usize {
        self.octets.len()
    }

    /// All elements in their order.
    pub fn elements(&self) -> impl Iterator<Item = Element<'a>> + use<'a> {
        let mut rest = self.octets;
        std::iter::from_fn(move || {
            let (&[id, length], behind) = rest.split_first_chunk::<2>()?;
            let (data, behind) = behind.split_at_checked(usize::from(length))?;
            rest = behind;
            Some(Element { id, data })
        })
    }

    /// Place in a long message; of several the last counts, one of a wrong length does not.
    pub fn concat(&self) -> Option<Concat> {
        self.last(|element| match (element.id, element.data) {
            (id::CONCAT, &[reference, total, part]) => {
                Some(Concat { reference: u16::from(reference), wide: false, total, part })
            }
            (id::WIDE_CONCAT, &[high, low, total, part]) => {
                Some(Concat { reference: u16::from_be_bytes([high, low]), wide: true, total, part })
            }
            _ => None,
        })
    }

    /// Application ports; of several the last count.
    pub fn ports(&self) -> Option<Ports> {
        self.last(|element| match (element.id, element.data) {
            (id::PORTS, &[destination, source]) => Some(Ports {
                destination: u16::from(destination),
                source: u16::from(source),
                wide: false,
            }),
            (id::WIDE_PORTS, &[a, b, c, d]) => Some(Ports {
                destination: u16::from_be_bytes([a, b]),
                source: u16::from_be_bytes([c, d]),
                wide: true,
            }),
            _ => None,
        })
    }

    /// National language identifier of the locking shift table (§9.2.3.24.16).
    pub fn locking_shift(&self) -> Option<u8> {
        self.language(id::LOCKING_SHIFT)
    }

    /// National language identifier of the single shift table (§9.2.3.24.15).
    pub fn single_shift(&self) -> Option<u8> {
        self.language(id::SINGLE_SHIFT)
    }

    /// What waits elsewhere; this element may come several times.
    pub fn special_messages(&self) -> impl Iterator<Item = SpecialMessage> + use<'a> {
        self.elements().filter_map(|element| match (element.id, element.data) {
            (id::SPECIAL_MESSAGE, &[kind, count]) => Some(SpecialMessage { kind, count }),
            _ => None,
        })
    }

    fn language(&self, id: u8) -> Option<u8> {
        self.last(|element| match element.data {
            &[language] if element.id == id => Some(language),
            _ => None,
        })
    }

    fn last<T>(&self, read: impl Fn(Element<'a>) -> Option<T>) -> Option<T> {
        self.elements().filter_map(read).last()
    }
}

/// UDHL of a header with these elements.
pub(super) fn length(elements: &[Element<'_>]) -> usize {
    elements.iter().map(|element| 2 + element.data.len()).sum()
}

/// Appends elements behind each other, as they stand behind UDHL.
///
/// # Errors
/// [`EncodeError::UserDataTooLong`] when one TPDU cannot hold them.
pub(super) fn encode(elements: &[Element<'_>], octets: &mut Vec<u8>) -> Result<(), EncodeError> {
    for element in elements {
        let too_long = |_| EncodeError::UserDataTooLong { octets: element.data.len() };
        octets.extend([element.id, u8::try_from(element.data.len()).map_err(too_long)?]);
        octets.extend(element.data);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn header(octets: &[u8]) -> Header<'_> {
        Header::decode(octets, 0).unwrap()
    }

    fn encoded(elements: &[Element<'_>]) -> Vec<u8> {
        let mut octets = Vec::new();
        encode(elements, &mut octets).unwrap();
        octets
    }

    #[test]
    fn both_widths_of_reference_are_read() {
        let narrow = header(&[0, 3, 0xA5, 3, 2]).concat().unwrap();
        assert_eq!(narrow, Concat { reference: 0xA5, wide: false, total: 3, part: 2 });
        let wide = header(&[8, 4, 0xBE, 0xEF, 3, 1]).concat().unwrap();
        assert_eq!(wide, Concat { reference: 0xBEEF, wide: true, total: 3, part: 1 });
        for concat in [narrow, wide] {
            let octets = encoded(&[Element { id: concat.id(), data: &concat.data() }]);
            assert_eq!(header(&octets).concat(), Some(concat));
        }
    }

    #[test]
    fn impossible_places_are_told() {
        let valid = |total, part| Concat { reference: 1, wide: false, total, part }.is_valid();
        assert!(valid(1, 1) && valid(255, 255));
        assert!(!valid(3, 0) && !valid(2, 3) && !valid(0, 0) && !valid(0, 1));
    }

    #[test]
    fn the_last_of_several_counts_and_wrong_lengths_do_not() {
        let octets = [0, 3, 1, 2, 1, 8, 4, 0, 9, 2, 2, 0, 2, 7, 7];
        assert_eq!(
            header(&octets).concat(),
            Some(Concat { reference: 9, wide: true, total: 2, part: 2 })
        );
        assert_eq!(header(&octets).elements().count(), 3);
    }

    #[test]
    fn ports_languages_and_waiting_messages_are_read() {
        let octets = [
            5, 4, 0x0B, 0x84, 0x23, 0xF0, 4, 2, 0xF0, 0xF1, 0x24, 1, 1, 0x25, 1, 13, 1, 2, 0x80, 3,
            1, 2, 1, 0,
        ];
        let header = header(&octets);
        assert_eq!(header.ports(), Some(Ports { destination: 240, source: 241, wide: false }));
        assert_eq!((header.single_shift(), header.locking_shift()), (Some(1), Some(13)));
        let waiting: Vec<_> = header.special_messages().collect();
        assert_eq!(
            waiting,
            [SpecialMessage { kind: 0x80, count: 3 }, SpecialMessage { kind: 1, count: 0 }]
        );
        assert_eq!(header.concat(), None);
    }

    #[test]
    fn elements_must_fill_the_header() {
        assert_eq!(
            Header::decode(&[0, 5, 1, 2, 1], 20),
            Err(DecodeError::Length { field: "IEDL", position: 21, length: 5 })
        );
        assert_eq!(
            Header::decode(&[0x7F, 0, 0x24], 20),
            Err(DecodeError::Truncated { field: "IEDL", position: 23 })
        );
        assert_eq!(header(&[]).elements().count(), 0);
    }

    proptest! {
        #[test]
        fn decoding_inverts_encoding(elements: Vec<(u8, [u8; 5])>, cut in 0usize..=5) {
            let elements: Vec<Element<'_>> =
                elements.iter().map(|(id, data)| Element { id: *id, data: &data[..cut] }).collect();
            let octets = encoded(&elements);
            prop_assert_eq!(octets.len(), length(&elements));
            let header = Header::decode(&octets, 0).unwrap();
            prop_assert_eq!(header.elements().collect::<Vec<_>>(), elements);
        }

        #[test]
        fn the_elements_of_any_good_header_fill_it(octets: Vec<u8>) {
            if let Ok(header) = Header::decode(&octets, 0) {
                let filled: usize = header.elements().map(|element| 2 + element.data.len()).sum();
                prop_assert_eq!(filled, octets.len());
            }
        }
    }
}
