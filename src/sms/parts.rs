//! Long messages: cutting a text into parts and joining parts into a text (3GPP TS 23.040 §9.2.3.24.1 and .8).

use std::time::Duration;

use chrono::{DateTime, FixedOffset};

use super::alphabet::{Septets, count_septets, encode_septets};
use super::text::Transcript;
use super::udh::{Element, id};
use super::user_data::USER_DATA_OCTETS_MAX;
use super::{
    Address, Concat, Dcs, Deliver, EncodeError, Language, Scts, Submit, UserData, Validity,
    first_octet,
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
    /// A single shift table to write with where the default alphabet has not all of a text; most handsets know none.
    pub single_shift: Option<Language>,
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
    /// GSM 7-bit, default alphabet and a national single shift table.
    National(Language),
    /// UCS-2, with surrogate pairs.
    Ucs2,
}

/// What sending a text costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Measure {
    /// The cheapest alphabet that has every character.
    pub alphabet: Alphabet,
    /// Septets (two for a character behind an escape), or UTF-16 units (two for one beyond the basic plane).
    pub units: usize,
    /// Messages that will be paid for.
    pub parts: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            reference: Reference::Narrow(0),
            status_report: false,
            validity: None,
            single_shift: None,
        }
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

    /// Octets of the element that says it.
    const fn element_octets(self) -> usize {
        match self {
            Self::Narrow(_) => 5,
            Self::Wide(_) => 6,
        }
    }
}

impl Alphabet {
    /// The cheapest alphabet for a text, and the units that the text takes in it.
    fn cheapest(text: &str, single_shift: Option<Language>) -> (Self, usize) {
        let national = || {
            let language = single_shift?;
            Some((Self::National(language), count_septets(text, Some(language))?))
        };
        count_septets(text, None)
            .map(|units| (Self::Gsm7, units))
            .or_else(national)
            .unwrap_or_else(|| (Self::Ucs2, text.encode_utf16().count()))
    }

    const fn single_shift(self) -> Option<Language> {
        match self {
            Self::National(language) => Some(language),
            Self::Gsm7 | Self::Ucs2 => None,
        }
    }

    /// Units a character takes.
    fn cost(self, character: char) -> usize {
        match self {
            Self::Gsm7 | Self::National(_) => {
                Septets::of(character, self.single_shift()).map_or(0, Septets::count)
            }
            Self::Ucs2 => character.len_utf16(),
        }
    }

    /// Units that fit into one TPDU: alone, or as one of several with this reference.
    const fn room(self, reference: Option<Reference>) -> usize {
        let concat = match reference {
            None => 0,
            Some(reference) => reference.element_octets(),
        };
        let elements = concat + if self.single_shift().is_some() { 3 } else { 0 };
        let octets = USER_DATA_OCTETS_MAX - if elements == 0 { 0 } else { 1 + elements };
        match self {
            Self::Gsm7 | Self::National(_) => octets * 8 / 7,
            Self::Ucs2 => octets / 2,
        }
    }

    const fn dcs(self) -> Dcs {
        match self {
            Self::Gsm7 | Self::National(_) => Dcs::GSM7,
            Self::Ucs2 => Dcs::UCS2,
        }
    }

    /// One part: its place among several, if there are several, and the table, which every part names for itself.
    fn user_data(self, place: Option<Concat>, text: &str) -> Result<UserData, EncodeError> {
        let concat = place.map(|place| (place.id(), place.data()));
        let language = self.single_shift().map(|language| [language.id()]);
        let concat = concat.as_ref().map(|(id, data)| Element { id: *id, data });
        let shift = language.as_ref().map(|data| Element { id: id::SINGLE_SHIFT, data });
        let elements: Vec<Element<'_>> = concat.into_iter().chain(shift).collect();
        match self {
            Self::Gsm7 | Self::National(_) => {
                UserData::from_septets(&elements, &encode_septets(text, self.single_shift())?)
            }
            Self::Ucs2 => {
                let octets: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
                UserData::from_octets(&elements, &octets)
            }
        }
    }
}

impl Measure {
    /// Units beyond what so many messages hold.
    pub const fn over(&self, parts: usize) -> usize {
        let room = if parts > 1 {
            self.alphabet.room(Some(Reference::Narrow(0))).saturating_mul(parts)
        } else {
            self.alphabet.room(None)
        };
        self.units.saturating_sub(room)
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
    let (coding, bodies) = split(text, options.reference, options.single_shift)?;
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
pub fn measure(text: &str, single_shift: Option<Language>) -> Measure {
    let (alphabet, units) = Alphabet::cheapest(text, single_shift);
    Measure { alphabet, units, parts: pieces(text, alphabet, units, Reference::Narrow(0)).len() }
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
    let (coding, bodies) = split(text, Reference::Narrow(reference), None)?;
    let delivers = bodies.into_iter().map(|user_data| Deliver {
        first_octet: first_octet::DELIVER | first_octet::MMS,
        originator: originator.clone(),
        protocol_id: 0,
        coding,
        timestamp: Scts::encode(timestamp),
        user_data,
        trailing_octets: 0,
        is_damaged: false,
    });
    Ok(delivers.collect())
}

/// The text of a long message from its parts, in their order; see [`MISSING`] for gaps.
///
/// Septets and UTF-16 units are joined before they become text: many phones cut between the two halves of a character.
pub fn join(parts: &[Option<&Deliver>]) -> String {
    let mut transcript = Transcript::default();
    for part in parts {
        let is_whole = part.is_some_and(|part| {
            part.user_data.transcribe(part.coding, &mut transcript) && !part.is_damaged
        });
        if !is_whole {
            transcript.push_mark(MISSING);
        }
    }
    transcript.finish()
}

/// User data for each part, with a header only where one is needed.
fn split(
    text: &str,
    reference: Reference,
    single_shift: Option<Language>,
) -> Result<(Dcs, Vec<UserData>), EncodeError> {
    let (alphabet, units) = Alphabet::cheapest(text, single_shift);
    let pieces = pieces(text, alphabet, units, reference);
    let total = u8::try_from(pieces.len())
        .map_err(|_| EncodeError::TooManyParts { parts: pieces.len() })?;
    let place = |part| (total > 1).then(|| reference.concat(total, part));
    let bodies =
        (1..=total).zip(&pieces).map(|(part, piece)| alphabet.user_data(place(part), piece));
    Ok((alphabet.dcs(), bodies.collect::<Result<_, _>>()?))
}

/// Cuts a text so that every piece but the last is as full as whole characters allow; never empty.
fn pieces(text: &str, alphabet: Alphabet, units: usize, reference: Reference) -> Vec<&str> {
    if units <= alphabet.room(None) {
        return vec![text];
    }
    let room = alphabet.room(Some(reference));
    let (mut pieces, mut rest) = (Vec::with_capacity(units / room + 1), text);
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
            "[a-z ğışçİĞŞ€]{0,400}",
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
                let measure = measure(&sign.repeat(count), None);
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
        assert_eq!(measure("Laporan [A] €", None).alphabet, Alphabet::Gsm7);
        assert_eq!(measure("Laporan “A”", None).alphabet, Alphabet::Ucs2);
        assert_eq!(delivered("é").first().unwrap().coding, Dcs::GSM7);
        assert_eq!(delivered("ê").first().unwrap().coding, Dcs::UCS2);
    }

    #[test]
    fn a_national_table_is_used_only_if_asked_for_and_only_where_it_helps() {
        let turkish = Some(Language::Turkish);
        let of = |text, language| measure(text, language).alphabet;
        assert_eq!(of("Işık yok", None), Alphabet::Ucs2);
        assert_eq!(of("Işık yok", turkish), Alphabet::National(Language::Turkish));
        assert_eq!(of("Isik yok [A]", turkish), Alphabet::Gsm7);
        assert_eq!(of("Işık “yok”", turkish), Alphabet::Ucs2);
        let options = Options { single_shift: turkish, ..Options::default() };
        let parts = submitted("Işık yok", &options);
        let [part] = parts.as_slice() else { panic!("one part: {parts:?}") };
        assert_eq!(part.coding, Dcs::GSM7);
        assert_eq!(part.user_data.header().unwrap().single_shift(), Some(1));
        assert_eq!(part.text().as_deref(), Some("Işık yok"));
        // 155 septets behind a header of four octets, 149 behind one of nine.
        for (count, parts) in [(77, 1), (78, 2), (148, 2), (149, 3)] {
            let text = "ş".repeat(count);
            assert_eq!(submitted(&text, &options).len(), parts, "{count}");
            assert_eq!(measure(&text, turkish).parts, parts, "{count}");
        }
        let parts = submitted(&"ş".repeat(100), &options);
        assert_eq!(parts[1].text().unwrap(), "ş".repeat(26), "no escape is cut from its letter");
        assert_eq!(parts[1].concat().unwrap().part, 2);
    }

    #[test]
    fn what_is_over_is_counted_in_units() {
        let over = |text: &str, parts| measure(text, None).over(parts);
        assert_eq!((over(&"a".repeat(160), 1), over(&"a".repeat(161), 1)), (0, 1));
        assert_eq!((over(&"a".repeat(612), 4), over(&"a".repeat(614), 4)), (0, 2));
        assert_eq!((over(&"ж".repeat(71), 1), over(&"ж".repeat(300), 4)), (1, 32));
    }

    #[test]
    fn a_damaged_part_is_followed_by_the_sign_of_what_is_missing() {
        let parts = delivered(&["a".repeat(153), "b".repeat(10)].concat());
        let mut damaged = parts[0].clone();
        damaged.is_damaged = true;
        let text = join(&[Some(&damaged), parts.last()]);
        assert_eq!(text, format!("{} […] {}", "a".repeat(153), "b".repeat(10)));
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
                    let (alphabet, _) = Alphabet::cheapest(&text, None);
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
            ..Options::default()
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
        fn measuring_agrees_with_composing(text in any_text(), reference: u8, language in 0u8..14) {
            let options = Options {
                reference: Reference::Narrow(reference),
                single_shift: Language::from_id(language),
                ..Options::default()
            };
            let parts = submitted(&text, &options);
            let measure = measure(&text, options.single_shift);
            prop_assert_eq!(measure.parts, parts.len());
            let header_units = match (parts.len(), measure.alphabet) {
                (1, Alphabet::Gsm7 | Alphabet::Ucs2) => 0,
                (1, Alphabet::National(_)) => 5,
                (_, Alphabet::Gsm7) => 7,
                (_, Alphabet::National(_)) => 11,
                (_, Alphabet::Ucs2) => 3,
            };
            let divisor = if measure.alphabet == Alphabet::Ucs2 { 2 } else { 1 };
            let units: usize =
                parts.iter().map(|part| usize::from(part.user_data.length()) / divisor - header_units).sum();
            prop_assert_eq!(measure.units, units);
            prop_assert_eq!(measure.over(parts.len()), 0);
            let written: String = parts.iter().filter_map(Submit::text).collect();
            prop_assert_eq!(written, text);
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
