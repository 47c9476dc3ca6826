//! Long messages: cutting a text into parts and joining parts into a text (3GPP TS 23.040 §9.2.3.24.1 and .8).

use std::time::Duration;

use chrono::{DateTime, FixedOffset};

use super::alphabet::{Septets, encode_gsm7};
use super::text::Transcript;
use super::udh::Element;
use super::user_data::USER_DATA_OCTETS_MAX;
use super::{
    Address, Concat, Dcs, Deliver, EncodeError, Scts, Submit, UserData, Validity, first_octet,
};

/// Parts that one octet can number.
pub const PARTS_MAX: usize = 255;

/// What stands in a joined text for a part that is not there or is no text.
pub const MISSING: &str = " […] ";

/// How a text is to be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// What the parts of a long message have in common.
    pub reference: Reference,
    /// Whether each part asks for a status report.
    pub status_report: bool,
    /// How long the centre may try, rounded up to what the octet can say; nothing leaves it to the centre.
    pub validity: Option<Duration>,
}

/// The reference number of a long message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reference {
    /// Eight bits: 153 septets or 67 UTF-16 units a part.
    Narrow(u8),
    /// Sixteen bits: 152 septets or 66 UTF-16 units a part.
    Wide(u16),
}

/// The alphabets we write in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Alphabet {
    /// GSM 7-bit, default alphabet and extension.
    Gsm7,
    /// UCS-2, with surrogate pairs.
    Ucs2,
}

/// What sending a text costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Measure {
    /// The cheapest alphabet that has every character.
    pub alphabet: Alphabet,
    /// Septets (two for a character of the extension), or UTF-16 units (two for one beyond the basic plane).
    pub units: usize,
    /// Messages that will be paid for.
    pub parts: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self { reference: Reference::Narrow(0), status_report: false, validity: None }
    }
}

impl Reference {
    fn concat(self, total: u8, part: u8) -> Concat {
        match self {
            Self::Narrow(reference) => {
                Concat { reference: u16::from(reference), wide: false, total, part }
            }
            Self::Wide(reference) => Concat { reference, wide: true, total, part },
        }
    }

    /// Octets of a header with nothing but this reference.
    const fn header_octets(self) -> usize {
        match self {
            Self::Narrow(_) => 6,
            Self::Wide(_) => 7,
        }
    }
}

impl Alphabet {
    /// The cheapest alphabet for a text.
    fn of(text: &str) -> Self {
        if text.chars().all(|character| Septets::of(character).is_some()) {
            Self::Gsm7
        } else {
            Self::Ucs2
        }
    }

    /// Units a character takes.
    fn cost(self, character: char) -> usize {
        match self {
            Self::Gsm7 => Septets::of(character).map_or(0, Septets::count),
            Self::Ucs2 => character.len_utf16(),
        }
    }

    /// Units that fit behind a header of so many octets.
    const fn room(self, header_octets: usize) -> usize {
        let octets = USER_DATA_OCTETS_MAX - header_octets;
        match self {
            Self::Gsm7 => octets * 8 / 7,
            Self::Ucs2 => octets / 2,
        }
    }

    const fn dcs(self) -> Dcs {
        match self {
            Self::Gsm7 => Dcs::GSM7,
            Self::Ucs2 => Dcs::UCS2,
        }
    }

    fn user_data(self, elements: &[Element<'_>], text: &str) -> Result<UserData, EncodeError> {
        match self {
            Self::Gsm7 => UserData::from_septets(elements, &encode_gsm7(text)?),
            Self::Ucs2 => {
                let octets: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
                UserData::from_octets(elements, &octets)
            }
        }
    }
}

/// Writes a text as the fewest messages, in the cheapest alphabet; TP-MR is 0 in all of them.
///
/// Parts are cut between characters, so neither an escape nor a surrogate is parted from its second half.
///
/// # Errors
/// [`EncodeError::TooManyParts`] beyond 255 parts.
pub fn compose(to: &Address, text: &str, options: &Options) -> Result<Vec<Submit>, EncodeError> {
    let report = if options.status_report { first_octet::SRR } else { 0 };
    let validity = options.validity.map_or(Validity::None, Validity::at_least);
    let (coding, bodies) = split(text, options.reference)?;
    let submits = bodies.into_iter().map(|user_data| Submit {
        first_octet: first_octet::SUBMIT | report,
        message_reference: 0,
        destination: to.clone(),
        protocol_id: 0,
        coding,
        validity,
        user_data,
        trailing_octets: 0,
    });
    Ok(submits.collect())
}

/// What [`compose`] will make of a text, with a reference of eight bits.
pub fn measure(text: &str) -> Measure {
    let alphabet = Alphabet::of(text);
    let units = text.chars().map(|character| alphabet.cost(character)).sum();
    Measure { alphabet, units, parts: pieces(text, alphabet, Reference::Narrow(0)).len() }
}

/// A text as the network would deliver it, for a simulated network and for tests.
///
/// # Errors
/// [`EncodeError::TooManyParts`] beyond 255 parts.
pub fn deliver_parts(
    originator: &Address,
    timestamp: DateTime<FixedOffset>,
    text: &str,
    reference: u8,
) -> Result<Vec<Deliver>, EncodeError> {
    let (coding, bodies) = split(text, Reference::Narrow(reference))?;
    let delivers = bodies.into_iter().map(|user_data| Deliver {
        first_octet: first_octet::DELIVER | first_octet::MMS,
        originator: originator.clone(),
        protocol_id: 0,
        coding,
        timestamp: Scts::encode(timestamp),
        user_data,
        trailing_octets: 0,
    });
    Ok(delivers.collect())
}

/// The text of a long message from its parts, in their order; see [`MISSING`] for gaps.
///
/// Septets and UTF-16 units are joined before they become text: many phones cut between the two halves of a character.
pub fn join(parts: &[Option<&Deliver>]) -> String {
    let mut transcript = Transcript::default();
    for part in parts {
        if !part.is_some_and(|part| part.user_data.transcribe(part.coding, &mut transcript)) {
            transcript.push_mark(MISSING);
        }
    }
    transcript.finish()
}

/// User data for each part, with a header only where there are several.
fn split(text: &str, reference: Reference) -> Result<(Dcs, Vec<UserData>), EncodeError> {
    let alphabet = Alphabet::of(text);
    let pieces = pieces(text, alphabet, reference);
    let total = u8::try_from(pieces.len())
        .map_err(|_| EncodeError::TooManyParts { parts: pieces.len() })?;
    let bodies = if let [piece] = pieces.as_slice() {
        vec![alphabet.user_data(&[], piece)?]
    } else {
        let part = |(part, piece): (u8, &&str)| {
            let concat = reference.concat(total, part);
            alphabet.user_data(&[Element { id: concat.id(), data: &concat.data() }], piece)
        };
        (1..=total).zip(&pieces).map(part).collect::<Result<_, _>>()?
    };
    Ok((alphabet.dcs(), bodies))
}

/// Cuts a text so that every piece but the last is as full as whole characters allow; never empty.
fn pieces(text: &str, alphabet: Alphabet, reference: Reference) -> Vec<&str> {
    let total: usize = text.chars().map(|character| alphabet.cost(character)).sum();
    if total <= alphabet.room(0) {
        return vec![text];
    }
    let room = alphabet.room(reference.header_octets());
    let (mut pieces, mut rest) = (Vec::new(), text);
    while !rest.is_empty() {
        let mut units = 0;
        let end = rest.char_indices().find_map(|(place, character)| {
            units += alphabet.cost(character);
            (units > room).then_some(place)
        });
        let (piece, behind) = rest.split_at(end.unwrap_or(rest.len()));
        pieces.push(piece);
        rest = behind;
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn sender() -> Address {
        Address::international("+6281234567890").unwrap()
    }

    fn noon() -> DateTime<FixedOffset> {
        DateTime::parse_from_rfc3339("2026-11-24T12:00:00+07:00").unwrap()
    }

    fn delivered(text: &str) -> Vec<Deliver> {
        let parts = deliver_parts(&sender(), noon(), text, 7).unwrap();
        parts.iter().map(|part| Deliver::decode(&part.encode().unwrap()).unwrap()).collect()
    }

    fn submitted(text: &str, options: &Options) -> Vec<Submit> {
        let parts = compose(&sender(), text, options).unwrap();
        parts.iter().map(|part| Submit::decode(&part.encode().unwrap()).unwrap()).collect()
    }

    fn whole(parts: &[Deliver]) -> String {
        join(&parts.iter().map(Some).collect::<Vec<_>>())
    }

    /// A part made of raw user data, as phones make them that cut anywhere.
    fn part(coding: Dcs, user_data: Result<UserData, EncodeError>) -> Deliver {
        let mut part = delivered("").remove(0);
        part.coding = coding;
        part.user_data = user_data.unwrap();
        part
    }

    /// Characters of every cost in both alphabets.
    fn any_text() -> impl Strategy<Value = String> {
        prop_oneof![
            "[a-zA-Z .,@€^{}]{0,700}",
            "[a-z€\\u{1F600}-\\u{1F64F}\\u{A980}-\\u{A9BF}]{0,300}",
            any::<String>(),
        ]
    }

    #[test]
    fn limits_are_160_153_70_and_67() {
        for (sign, unit, single, each) in
            [("a", 1, 160, 153), ("[", 2, 80, 76), ("ж", 1, 70, 67), ("😊", 2, 35, 33)]
        {
            for (count, parts) in
                [(0, 1), (1, 1), (single, 1), (single + 1, 2), (2 * each, 2), (2 * each + 1, 3)]
            {
                let measure = measure(&sign.repeat(count));
                assert_eq!((measure.units, measure.parts), (unit * count, parts), "{count} {sign}");
            }
        }
        let wide = Options { reference: Reference::Wide(0xBEEF), ..Options::default() };
        assert_eq!(submitted(&"a".repeat(304), &wide).len(), 2);
        assert_eq!(submitted(&"a".repeat(305), &wide).len(), 3);
        assert_eq!(submitted(&"ж".repeat(132), &wide).len(), 2);
        assert_eq!(submitted(&"ж".repeat(133), &wide).len(), 3);
    }

    #[test]
    fn one_foreign_character_changes_the_alphabet() {
        assert_eq!(measure("Laporan [A] €").alphabet, Alphabet::Gsm7);
        assert_eq!(measure("Laporan “A”").alphabet, Alphabet::Ucs2);
        assert_eq!(delivered("é").first().unwrap().coding, Dcs::GSM7);
        assert_eq!(delivered("ê").first().unwrap().coding, Dcs::UCS2);
    }

    #[test]
    fn neither_escape_nor_surrogate_pairs_are_cut() {
        let parts = delivered(&("a".repeat(152) + "€" + &"b".repeat(20)));
        assert_eq!(parts.first().unwrap().text().unwrap(), "a".repeat(152));
        let parts = delivered(&("ж".repeat(66) + "😊" + &"d".repeat(20)));
        assert_eq!(parts.first().unwrap().text().unwrap(), "ж".repeat(66));
    }

    /// A character of two units on every place near a boundary, alone and beside another.
    #[test]
    fn no_place_of_a_wide_character_breaks_the_count() {
        for (narrow, wide, single, each) in [('a', '€', 160, 153), ('ж', '😊', 70, 67)] {
            for units in [single - 1, single, single + 1, 2 * each - 1, 2 * each, 2 * each + 1] {
                let places = (0..=units - 2).map(|place| (place, 1));
                for (place, wides) in places.chain((0..=units - 4).map(|place| (place, 2))) {
                    let mut characters = vec![narrow; units - 2 * wides];
                    characters.splice(place..place, vec![wide; wides]);
                    let text: String = characters.iter().collect();
                    let parts = submitted(&text, &Options::default());
                    // A part is one unit short where the next character needs two.
                    let mut expected = vec![0];
                    for cost in characters.iter().map(|sign| 1 + usize::from(*sign == wide)) {
                        let room = if units <= single { single } else { each };
                        match expected.last_mut() {
                            Some(last) if *last + cost <= room => *last += cost,
                            _ => expected.push(cost),
                        }
                    }
                    let alphabet = Alphabet::of(&text);
                    let count = |text: &str| text.chars().map(|sign| alphabet.cost(sign)).sum();
                    let texts: Vec<String> = parts.iter().filter_map(Submit::text).collect();
                    let counts: Vec<usize> = texts.iter().map(|text| count(text)).collect();
                    assert_eq!(counts, expected, "{units} units, {wide} at {place}");
                    assert_eq!(texts.concat(), text);
                }
            }
        }
    }

    #[test]
    fn parts_are_numbered_and_carry_what_was_asked_for() {
        let options = Options {
            reference: Reference::Narrow(0x42),
            status_report: true,
            validity: Some(Duration::from_hours(24)),
        };
        let parts = submitted(&"a".repeat(400), &options);
        for (number, submit) in (1..).zip(&parts) {
            let concat = Concat { reference: 0x42, wide: false, total: 3, part: number };
            assert_eq!(submit.concat(), Some(concat));
            assert_eq!(submit.first_octet, 0x71);
            assert_eq!(submit.validity, Validity::Relative(167));
            assert_eq!(submit.destination, sender());
        }
        let single = submitted("Ya", &Options::default());
        assert_eq!(single.first().unwrap().first_octet, 0x01);
        assert_eq!(single.first().unwrap().concat(), None);
    }

    #[test]
    fn more_than_255_parts_are_refused() {
        let compose = |count| compose(&sender(), &"a".repeat(count), &Options::default());
        assert_eq!(compose(255 * 153).unwrap().len(), 255);
        assert_eq!(compose(255 * 153 + 1), Err(EncodeError::TooManyParts { parts: 256 }));
    }

    #[test]
    fn a_missing_part_is_shown() {
        let parts = delivered(&["a".repeat(153), "b".repeat(153), "c".repeat(10)].concat());
        let (first, last) = (parts.first(), parts.last());
        let text = join(&[first, None, last]);
        assert_eq!(text, format!("{} […] {}", "a".repeat(153), "c".repeat(10)));
        assert_eq!(join(&[None]), MISSING);
        assert_eq!(join(&[]), "");
    }

    #[test]
    fn a_part_that_is_no_text_is_shown_as_missing() {
        let data = part(Dcs::OCTETS, UserData::from_octets(&[], &[1, 2, 3]));
        let text = part(Dcs::GSM7, UserData::from_septets(&[], b"ok"));
        assert_eq!(join(&[Some(&data), Some(&text)]), " […] ok");
    }

    #[test]
    fn halves_cut_by_phones_meet_again() {
        let ucs2 = |octets: &[u8]| part(Dcs::UCS2, UserData::from_octets(&[], octets));
        let (high, low) = (ucs2(&[0, 0x61, 0xD8, 0x3D]), ucs2(&[0xDE, 0x0A, 0, 0x62]));
        assert_eq!(join(&[Some(&high), Some(&low)]), "a😊b");
        assert_eq!(join(&[Some(&high), None, Some(&low)]), "a\u{FFFD} […] \u{FFFD}b");
        assert_eq!(join(&[Some(&low), Some(&high)]), "\u{FFFD}ba\u{FFFD}");
        let gsm7 = |septets: &[u8]| part(Dcs::GSM7, UserData::from_septets(&[], septets));
        let (escape, code) = (gsm7(&[0x61, 0x1B]), gsm7(&[0x65, 0x62]));
        assert_eq!(join(&[Some(&escape), Some(&code)]), "a€b");
        assert_eq!(join(&[Some(&escape), None, Some(&code)]), "a  […] eb");
    }

    proptest! {
        #[test]
        fn joining_inverts_composing(text in any_text()) {
            let parts = delivered(&text);
            prop_assert_eq!(whole(&parts), text.clone());
            let written: String = submitted(&text, &Options::default()).iter().filter_map(Submit::text).collect();
            prop_assert_eq!(written, text);
        }

        #[test]
        fn measuring_agrees_with_composing(text in any_text(), reference: u8) {
            let options = Options { reference: Reference::Narrow(reference), ..Options::default() };
            let parts = submitted(&text, &options);
            let measure = measure(&text);
            prop_assert_eq!(measure.parts, parts.len());
            let header_units = match (parts.len(), measure.alphabet) {
                (1, _) => 0,
                (_, Alphabet::Gsm7) => 7,
                (_, Alphabet::Ucs2) => 3,
            };
            let divisor = if measure.alphabet == Alphabet::Gsm7 { 1 } else { 2 };
            let units: usize =
                parts.iter().map(|part| usize::from(part.user_data.length()) / divisor - header_units).sum();
            prop_assert_eq!(measure.units, units);
        }

        #[test]
        fn order_and_repetition_of_parts_do_not_matter(
            text in any_text(),
            order in prop::collection::vec(any::<prop::sample::Index>(), 0..20),
        ) {
            let parts = delivered(&text);
            let arrived = order.iter().map(|index| index.get(&parts)).chain(&parts);
            let mut slots = vec![None; parts.len()];
            for part in arrived {
                let place = part.concat().map_or(0, |concat| usize::from(concat.part) - 1);
                slots[place] = Some(part);
            }
            prop_assert_eq!(join(&slots), text);
        }

        #[test]
        fn a_single_part_joins_to_its_own_text(octets: Vec<u8>, dcs: u8) {
            if let Ok(user_data) = UserData::from_octets(&[], &octets) {
                let mut part = delivered("").remove(0);
                part.coding = Dcs(dcs);
                part.user_data = user_data;
                prop_assert_eq!(join(&[Some(&part)]), part.text().unwrap_or(MISSING.to_owned()));
            }
        }
    }
}
